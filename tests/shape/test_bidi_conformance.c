/*
 * BidiTest.txt and BidiCharacterTest.txt of the Unicode Character Database
 * through bidi.c: levels and visual order of every case, none excused. The
 * whole paragraph stage, to the glyphs' places, is judged by them too:
 * tests/para/test_bidi.c. Skipped where unicode-data is not installed.
 */
#include "shape/bidi_files.h"

static struct shape_ctx *ctx;
static size_t cases, failures;

static void
judge(const char *line, const uint32_t *cps, size_t n, int level, int para,
    const struct expected *e)
{
	int8_t levels[MAX_CHARS];
	uint32_t order[MAX_CHARS];
	size_t norder;

	cases++;
	shape_bidi(ctx, cps, n, &level, levels, order, &norder);
	if (n == e->nlevels && memcmp(levels, e->levels, n) == 0 &&
	    norder == e->norder &&
	    memcmp(order, e->order, norder * sizeof(*order)) == 0 &&
	    (para < 0 || para == level))
		return;
	if (failures++ < 10)
		print_error("level %d: %s", level, line);
}

static void
whole_file(bool (*read)(bidi_judge), const char *name, size_t least)
{
	bool there;

	ctx = shape_ctx_open();
	cases = failures = 0;
	there = read(judge);
	shape_ctx_close(ctx);
	if (!there)
		skip();
	print_message("%s: %zu cases, %zu failed\n", name, cases, failures);
	assert_true(cases > least);
	assert_int_equal(failures, 0);
}

static void
by_class(void **state)
{
	(void)state;
	whole_file(bidi_by_class, "BidiTest.txt", 700000);
}

static void
by_character(void **state)
{
	(void)state;
	whole_file(bidi_by_character, "BidiCharacterTest.txt", 90000);
}

/*
 * What Unicode's files do not ask: isolates side by side are strangers. An
 * Arabic letter in the first must not turn the digits of the second.
 */
static void
siblings(void **state)
{
	static const uint32_t cps[] = { 0x2067, 0x627, '1', '%', 0x2069, ' ',
		0x627, ' ', 0x2066, '-', '1', 0x2069, 0x2066, 'a', 0x2069 };
	static const int8_t want[] = { 1, 3, 4, 3, 1, 1, 1, 1, 1, 2, 2, 1, 1,
		2, 1 };
	struct shape_ctx *c = shape_ctx_open();
	uint32_t order[NELEM(cps)];
	int8_t levels[NELEM(cps)];
	size_t n;
	int level = 1;

	(void)state;
	shape_bidi(c, cps, NELEM(cps), &level, levels, order, &n);
	assert_memory_equal(levels, want, sizeof(want));
	shape_ctx_close(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_class),
		cmocka_unit_test(by_character),
		cmocka_unit_test(siblings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
