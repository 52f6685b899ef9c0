/* UTF-8 and near names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"

static void
every_code_point_comes_back(void **state)
{
	char s[4];
	uint32_t c;
	size_t i, n;

	(void)state;
	for (c = 0; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		n = utf8_put(s, c);
		i = 0;
		assert_int_equal(utf8_next(s, n, &i), c);
		assert_int_equal(i, n);
		assert_int_equal(utf8_valid(s, n), n);
	}
}

static void
malformed_bytes_step_one(void **state)
{
	static const char *const bad[] = {
		"\x80", "\xbf", "\xc0\x80", "\xc1\xbf",		/* overlong */
		"\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf",
		"\xed\xa0\x80", "\xed\xbf\xbf",			/* surrogates */
		"\xf4\x90\x80\x80", "\xf5\x80\x80\x80",		/* too high */
		"\xfe", "\xff", "\xc3", "\xe2\x82", "\xf0\x9f\x98",
		"\xc3" "a", "\xe2\x82" "a", "\xf0\x9f\x98" "a",
	};
	size_t i, k;

	(void)state;
	for (k = 0; k < NELEM(bad); k++) {
		i = 0;
		assert_int_equal(utf8_next(bad[k], strlen(bad[k]), &i),
		    0xfffd);
		assert_int_equal(i, 1);
		assert_int_equal(utf8_valid(bad[k], strlen(bad[k])), 0);
	}
}

static void
validity_and_count(void **state)
{
	static const char s[] = "دبیر، the scribe 😀 \xef\xbf\xbd";
	size_t n = strlen(s);

	(void)state;
	assert_int_equal(utf8_valid(s, n), n);
	assert_int_equal(utf8_count(s, n), 4 + 1 + 12 + 1 + 1 + 1);
	assert_int_equal(utf8_valid("", 0), 0);
	assert_int_equal(utf8_count("", 0), 0);
	assert_int_equal(utf8_valid("12345678\xff", 9), 8);
	assert_int_equal(utf8_valid("1234567\xff""9", 9), 7);
	assert_int_equal(utf8_valid("a\0b", 3), 3);
	assert_int_equal(utf8_count("a\xff\xff""b", 4), 4);
	/* A letter cut in two by the end. */
	assert_int_equal(utf8_valid("12345678د", 9), 8);
}

static int
plain_distance(const char *a, const char *b)
{
	uint32_t ca[32], cb[32];
	size_t i, j, na = 0, nb = 0, la = strlen(a), lb = strlen(b);
	int d[33][33], v;

	for (i = 0; i < la;)
		ca[na++] = utf8_next(a, la, &i);
	for (i = 0; i < lb;)
		cb[nb++] = utf8_next(b, lb, &i);
	for (i = 0; i <= na; i++) {
		for (j = 0; j <= nb; j++) {
			if (i == 0 || j == 0) {
				d[i][j] = (int)(i + j);
				continue;
			}
			v = d[i - 1][j - 1] + (ca[i - 1] != cb[j - 1]);
			v = MIN(v, d[i - 1][j] + 1);
			d[i][j] = MIN(v, d[i][j - 1] + 1);
		}
	}
	return d[na][nb];
}

/* The band must give what the whole table gives, at every limit. */
static void
distance_agrees_with_the_plain_one(void **state)
{
	static const char *const letters[] = { "a", "b", "ی", "😀" };
	char a[64], b[64];
	int i, k, n, limit, want;

	(void)state;
	srand(1);
	for (i = 0; i < 20000; i++) {
		a[0] = b[0] = '\0';
		for (n = rand() % 9, k = 0; k < n; k++)
			strcat(a, letters[rand() % 4]);
		for (n = rand() % 9, k = 0; k < n; k++)
			strcat(b, letters[rand() % 4]);
		want = plain_distance(a, b);
		for (limit = 0; limit < 10; limit++)
			assert_int_equal(utf8_distance(a, b, limit),
			    MIN(want, limit + 1));
	}
	assert_int_equal(utf8_distance("kitten", "sitting", 9), 3);
	assert_int_equal(utf8_distance("كتاب", "کتاب", 9), 1);
	assert_int_equal(utf8_distance("", "", 0), 0);
	assert_int_equal(utf8_distance("a", "b", -5), 1);
	assert_int_equal(utf8_distance("\xff", "\xfe", 3), 0);	/* both U+FFFD */
}

static void
distance_of_a_megabyte(void **state)
{
	size_t n = 1 << 20;
	char *a = xmalloc(n + 1), *b = xmalloc(n + 1);

	(void)state;
	memset(a, 'a', n);
	memset(b, 'a', n);
	a[n] = b[n] = '\0';
	b[n / 2] = 'x';
	assert_int_equal(utf8_distance(a, b, 3), 1);
	assert_int_equal(utf8_distance(a, "a", 3), 4);
	free(a);
	free(b);
}

static void
nearest_name(void **state)
{
	static const char *const keys[] = { "title", "subtitle", "author",
	    "font", "size", "margin", "page", "کتاب", "به", NULL };
	static const char *const none[] = { NULL };

	(void)state;
	assert_string_equal(nearest("titel", keys), "title");
	assert_string_equal(nearest("fnot", keys), "font");
	assert_string_equal(nearest("autor", keys), "author");
	assert_string_equal(nearest("margins", keys), "margin");
	assert_string_equal(nearest("كتاب", keys), "کتاب");
	assert_string_equal(nearest("title", keys), "title");
	assert_null(nearest("publisher", keys));
	assert_null(nearest("x", keys));
	assert_null(nearest("", keys));
	assert_null(nearest("title", none));
}

static void
direction_of_languages_and_texts(void **state)
{
	(void)state;
	assert_true(lang_is_rtl("fa"));
	assert_true(lang_is_rtl("fa-AF"));
	assert_true(lang_is_rtl("ckb_IQ"));
	assert_false(lang_is_rtl("fat"));
	assert_false(lang_is_rtl("en"));
	assert_false(lang_is_rtl(""));
	/* Neither digits nor signs decide, the first letter does. */
	assert_int_equal(text_level("12 (کتاب) book", 19), 1);
	assert_int_equal(text_level("۱۲ book کتاب", 18), 0);
	assert_int_equal(text_level("۱۲ – ؟", 11), -1);
	assert_int_equal(text_level("", 0), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_comes_back),
		cmocka_unit_test(malformed_bytes_step_one),
		cmocka_unit_test(validity_and_count),
		cmocka_unit_test(distance_agrees_with_the_plain_one),
		cmocka_unit_test(distance_of_a_megabyte),
		cmocka_unit_test(nearest_name),
		cmocka_unit_test(direction_of_languages_and_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
