/* Numbers, strings and names as they stand in content and dictionaries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <string.h>
#include <cmocka.h>

#include "pdf/internal.h"

static void
check_fixed(int64_t v, int decimals, const char *want)
{
	struct buf b = {0};

	pdf_put_fixed(&b, v, decimals);
	assert_string_equal(b.p, want);
	buf_free(&b);
}

static void
check_sp(sp64 v, int decimals, const char *want)
{
	struct buf b = {0};

	pdf_put_sp(&b, v, decimals);
	assert_string_equal(b.p, want);
	buf_free(&b);
}

static void
test_numbers(void **state)
{
	(void)state;
	/* A locale with a comma must not show. */
	setlocale(LC_ALL, "de_DE.UTF-8");
	check_fixed(0, 0, "0");
	check_fixed(0, 3, "0");
	check_fixed(1000, 3, "1");
	check_fixed(1500, 3, "1.5");
	check_fixed(5, 3, ".005");
	check_fixed(-5, 3, "-.005");
	check_fixed(-12340, 3, "-12.34");
	check_fixed(INT64_MIN, 0, "-9223372036854775808");
	setlocale(LC_ALL, "C");
}

/* Rounded to nearest, half away from zero, both ways alike. */
static void
test_lengths(void **state)
{
	(void)state;
	check_sp(SP_PT, 3, "1");
	check_sp(SP_PT / 2, 3, ".5");
	check_sp(-SP_PT / 2, 0, "-1");
	check_sp(SP_PT / 2, 0, "1");
	check_sp(SP_PT / 2 - 1, 0, "0");
	check_sp(1, 3, "0");
	check_sp(PT(419.528), 3, "419.528");
	check_sp(-PT(0.25), 2, "-.25");
	check_sp((sp64)SP_MAX * 4, 0, "131072");
}

static void
check_text(const char *s, const char *want, size_t n)
{
	struct buf b = {0};

	pdf_put_text(&b, s);
	assert_int_equal(b.n, n);
	assert_memory_equal(b.p, want, n);
	buf_free(&b);
}

static void
test_strings(void **state)
{
	struct buf b = {0};

	(void)state;
	check_text("", "()", 2);
	check_text("a (b) \\", "(a \\(b\\) \\\\)", 12);
	/* UTF-16 has every byte in it, also those that end a string. */
	check_text("آ", "(\xfe\xff\x06\x22)", 6);
	check_text("ب", "(\xfe\xff\x06\\\x28)", 7);
	check_text("\xf0\x9d\x84\x9e", "(\xfe\xff\xd8\x34\xdd\x1e)", 8);
	/* U+060D would end in a carriage return, which readers change. */
	check_text("\xd8\x8d", "(\xfe\xff\x06\\r)", 7);
	pdf_put_hex(&b, "آ");
	assert_string_equal(b.p, "<FEFF0622>");
	buf_free(&b);
}

static void
test_names(void **state)
{
	struct buf b = {0};

	(void)state;
	pdf_put_name(&b, "ABCDEF+Noto Nastaliq/x#1");
	assert_string_equal(b.p, "/ABCDEF+Noto#20Nastaliq#2Fx#231");
	buf_free(&b);
}

static void
test_marks_of_colour(void **state)
{
	struct page_book book = {0};
	struct pdf_options o = {0};
	struct pdf_job j = { .book = &book, .o = &o };
	struct pdf_content c = { .height = PT(100), .overprint = -1,
		.line_width = -1, .job = &j };
	struct colour black = { 1, { 0 } }, red = { 3, { 255, 0, 0 } };
	struct colour white = { 1, { 255 } };

	(void)state;
	/* On screen gray stays gray, and nothing is said twice. */
	pdf_rect(&c, 0, 0, PT(10), PT(1), black);
	pdf_rect(&c, PT(5), PT(90), PT(10), PT(1), black);
	assert_string_equal(c.b.p, "0 g\n0 99 10 1 re f\n5 9 10 1 re f\n");
	/* For the press it is black ink that overprints; white never does. */
	c.b.n = 0;
	c.fill_set = false;
	j.cmyk = true;
	pdf_fill_colour(&c, black);
	pdf_fill_colour(&c, white);
	pdf_fill_colour(&c, red);
	pdf_fill_colour(&c, (struct colour){0});
	assert_string_equal(c.b.p, "/O1 gs\n0 0 0 1 k\n/O0 gs\n0 0 0 0 k\n"
	    "0 1 1 0 k\n/O1 gs\n0 0 0 1 k\n");
	buf_free(&c.b);
}

static void
test_paths(void **state)
{
	static const struct page_point v[] = { { 0, 0 }, { PT(10), 0 },
		{ PT(10), PT(10) } };
	struct page_book book = {0};
	struct pdf_options o = {0};
	struct pdf_job j = { .book = &book, .o = &o };
	struct pdf_content c = { .height = PT(100), .line_width = -1,
		.job = &j };
	struct colour none = {0}, black = { 1, { 0 } };

	(void)state;
	pdf_path(&c, PT(1), PT(2), v, 3, true, PT(0.25), black, none);
	assert_string_equal(c.b.p, "0 G\n.25 w\n1 98 m\n11 98 l\n11 88 l\n"
	    "s\n");
	c.b.n = 0;
	pdf_path(&c, PT(1), PT(2), v, 3, true, 0, none, black);
	assert_string_equal(c.b.p, "0 g\n1 98 m\n11 98 l\n11 88 l\nf\n");
	c.b.n = 0;
	pdf_path(&c, 0, 0, v, 3, true, 0, none, none);
	assert_int_equal(c.b.n, 0);
	buf_free(&c.b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_marks_of_colour),
		cmocka_unit_test(test_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
