/* Lengths: exact in integers, the same everywhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"

static void
muldiv_rounds_half_away(void **state)
{
	(void)state;
	assert_int_equal(muldiv(7, 1, 2), 4);
	assert_int_equal(muldiv(-7, 1, 2), -4);
	assert_int_equal(muldiv(7, 1, -2), -4);
	assert_int_equal(muldiv(-7, 1, -2), 4);
	assert_int_equal(muldiv(1, 1, 3), 0);
	assert_int_equal(muldiv(2, 1, 3), 1);
	assert_int_equal(muldiv(0, 5, 3), 0);
	/* The product does not fit 64 bits, the quotient does. */
	assert_true(muldiv(INT64_MAX, INT64_MAX, INT64_MAX) == INT64_MAX);
	assert_true(muldiv(INT64_MIN, 3, 3) == INT64_MIN);
	assert_true(muldiv(INT64_MAX, 2, 1) == INT64_MAX);
	assert_true(muldiv(INT64_MIN, 2, 1) == INT64_MIN);
	assert_true(muldiv(INT64_MIN, 1, -1) == INT64_MAX);
	assert_true(muldiv(INT64_MIN, 1, INT64_MIN) == 1);
}

static void
clamp(void **state)
{
	(void)state;
	assert_int_equal(sp_clamp(5), 5);
	assert_int_equal(sp_clamp((sp64)INT32_MAX + 1), INT32_MAX);
	assert_int_equal(sp_clamp((sp64)INT32_MIN - 1), INT32_MIN);
	assert_int_equal(sp_clamp(INT64_MIN), INT32_MIN);
}

static void
parse_units(void **state)
{
	static const struct {
		const char *s;
		enum unit unit;
		int64_t value;
	} cases[] = {
		{ "12.5pt", UNIT_ABS, 819200 },
		{ "1bp", UNIT_ABS, 65536 },
		{ "1in", UNIT_ABS, 72 * 65536 },
		{ "2.54cm", UNIT_ABS, 72 * 65536 },
		{ "25.4mm", UNIT_ABS, 72 * 65536 },
		{ "210mm", UNIT_ABS, 39011981 },	/* 39011981.1 */
		{ "3mm", UNIT_ABS, 557314 },		/* 557314.0157 */
		{ "1pc", UNIT_ABS, 12 * 65536 },
		{ ".5pt", UNIT_ABS, 32768 },
		{ "-3pt", UNIT_ABS, -3 * 65536 },
		{ "-0pt", UNIT_ABS, 0 },
		{ "0.000008pt", UNIT_ABS, 1 },		/* 0.524 sp */
		{ "32767pt", UNIT_ABS, 32767 * 65536 },
		{ "0.5em", UNIT_EM, 500000 },
		{ "-0.25em", UNIT_EM, -250000 },
		{ "1.5lh", UNIT_LH, 1500000 },
		{ "40%", UNIT_PERCENT, 40000000 },
		{ "33.333333%", UNIT_PERCENT, 33333333 },
		{ "3", UNIT_NONE, 3000000 },
		{ "0", UNIT_NONE, 0 },
		{ "00012", UNIT_NONE, 12000000 },
	};
	struct length l;
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(cases); i++) {
		assert_true(length_parse(cases[i].s, strlen(cases[i].s), &l));
		assert_int_equal(l.unit, cases[i].unit);
		assert_int_equal(l.value, cases[i].value);
	}
}

static void
parse_refuses(void **state)
{
	static const char *const bad[] = { "", "-", ".", "pt", "-pt", "5.",
	    "5.pt", "1e3pt", "1,5pt", "12 pt", " 12pt", "12pt ", "12ptx",
	    "+3pt", "--3pt", "1.2.3pt", "0.1234567pt", "۱۲pt", "12PT", "12px",
	    "32768pt", "-32768pt", "99999999999999999999pt", "inf", "nan",
	    "0x10pt", "12p", "1.pt", "3٪" };
	struct length l;
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(bad); i++) {
		if (length_parse(bad[i], strlen(bad[i]), &l))
			fail_msg("“%s” was taken for a length", bad[i]);
	}
	/* Only n bytes are read; a NUL is a byte like others. */
	assert_true(length_parse("12ptXX", 4, &l));
	assert_int_equal(l.value, 12 * 65536);
	assert_false(length_parse("12pt\0", 5, &l));
}

/* What it prints reads back as the same sp, and no decimal is wasted. */
static void
print_reads_back(void **state)
{
	struct length l;
	char s[24], shorter[24];
	int64_t v;
	size_t n;

	(void)state;
	assert_string_equal(sp_str(PT(12.5), s), "12.5pt");
	assert_string_equal(sp_str(0, s), "0pt");
	assert_string_equal(sp_str(PT(-3), s), "-3pt");
	assert_string_equal(sp_str(1, s), "0.00002pt");
	assert_string_equal(sp_str(557314, s), "8.50394pt");
	sp_str(INT32_MIN, s);
	assert_string_equal(s, "-32768pt");
	for (v = INT32_MIN + 1; v < INT32_MAX; v += 104729) {
		sp_str((sp)v, s);
		n = strlen(s);
		assert_true(n < 24);
		assert_true(length_parse(s, n, &l));
		assert_int_equal(l.value, v);
		if (strchr(s, '.') == NULL)
			continue;
		/* One digit less is another length. */
		memcpy(shorter, s, n - 3);
		n -= shorter[n - 4] == '.' ? 4 : 3;
		memcpy(shorter + n, "pt", 3);
		assert_true(length_parse(shorter, n + 2, &l));
		assert_int_not_equal(l.value, v);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(muldiv_rounds_half_away),
		cmocka_unit_test(clamp),
		cmocka_unit_test(parse_units),
		cmocka_unit_test(parse_refuses),
		cmocka_unit_test(print_reads_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
