/*
 * What stands where on a line: ranges, percent, signed numbers, phones,
 * dates, «C++», spans of another direction, note marks. Each row is given
 * as it is typed and as it stands from left to right; where a rule makes
 * the difference, the row must look otherwise with the rule off.
 */
#include "shaping.h"

static const char *const families[] = { "Parastoo", "Gentium Book Plus" };

static struct shaping t;
static bool there;

static int
set_up(void **state)
{
	(void)state;
	there = shaping_open(&t, families, NELEM(families));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shaping_close(&t);
	return 0;
}

static const char *
look(const char *text)
{
	struct shape_para *p = shaping_text(&t, text);

	shaping_check(p);
	return shaping_visual(&t, p);
}

enum { SAME, RANGES, NUMBERS };	/* the rule that a row depends on */

struct row {
	const char *typed, *seen;
	int rule;
};

static void
rows(const struct row *row, size_t n)
{
	size_t i;

	if (!there)
		skip();
	for (i = 0; i < n; i++) {
		assert_string_equal(look(row[i].typed), row[i].seen);
		if (row[i].rule == SAME)
			continue;
		t.rules.isolate_ranges = row[i].rule != RANGES;
		t.rules.isolate_numbers = row[i].rule != NUMBERS;
		assert_string_not_equal(look(row[i].typed), row[i].seen);
		t.rules.isolate_ranges = t.rules.isolate_numbers = true;
	}
}

#define ROWS(name, ...)							\
	static void							\
	name(void **state)						\
	{								\
		static const struct row row[] = { __VA_ARGS__ };	\
									\
		(void)state;						\
		rows(row, NELEM(row));					\
	}

/* The first number stands on the right in every context. */
ROWS(ranges,
    { "سال ۱۹۱۶–۱۹۳۱ بود", "دوب ۱۹۳۱–۱۹۱۶ لاس", SAME },
    { "۱۹۱۶-۱۹۳۱", "۱۹۳۱-۱۹۱۶", RANGES },
    { "(۱۹۱۶-۱۹۳۱)", ")۱۹۳۱-۱۹۱۶(", RANGES },
    { "Basmachi ۱۹۱۶–۱۹۳۱", "۱۹۳۱–۱۹۱۶ Basmachi", RANGES },
    { "Basmachi، ۱۹۱۶-۱۹۳۱", "۱۹۳۱-۱۹۱۶ ،Basmachi", RANGES },
    { "Basmachi ۱۹۱۶ – ۱۹۳۱", "۱۹۳۱ – ۱۹۱۶ Basmachi", RANGES },
    { "ص ۵۹-۶۰", "۶۰-۵۹ ص", SAME },
    { "Latin ۳٫۵–۴٫۲", "۴٫۲–۳٫۵ Latin", RANGES },
    { "١٩١٦-١٩٣١", "١٩٣١-١٩١٦", SAME },
    { "1916-1931", "1931-1916", RANGES },
    /* A Latin reference keeps its own order. */
    { "(Khalid 2015: 110-125)", ")Khalid 2015: 110-125(", SAME },
    { "مدل B2-3 و COVID-19", "COVID-19 و B2-3 لدم", SAME })

/* The sign stands left of the number. */
ROWS(percent,
    { "حدود ۲۵٪ بود", "دوب ٪۲۵ دودح", SAME },
    { "۲۵٪", "٪۲۵", RANGES },
    { "Basmachi ۲۵٪", "٪۲۵ Basmachi", RANGES },
    { "Basmachi ۲۵ ٪ بود", "دوب ٪ ۲۵ Basmachi", RANGES },
    { "Basmachi ۲۰–۲۵٪", "٪۲۵–۲۰ Basmachi", RANGES },
    { "۲۵%", "%۲۵", RANGES })

/* One order in a heading, the contents and a reference. */
ROWS(multi_level,
    { "۱-۲-۳", "۳-۲-۱", RANGES },
    { "بخش ۱-۲-۳", "۳-۲-۱ شخب", SAME },
    { "Part ۱-۲-۳", "۳-۲-۱ Part", RANGES })

ROWS(signed_numbers,
    { "دمای −۵ درجه", "هجرد −۵ یامد", NUMBERS },
    { "دمای -۵ درجه", "هجرد -۵ یامد", NUMBERS },
    { "دمای +۵ درجه", "هجرد +۵ یامد", NUMBERS },
    { "رشد −۵٪ بود", "دوب ٪−۵ دشر", NUMBERS },
    /* An isolate does not see into the one before it. */
    { "۲۵٪ و −۵ درجه", "هجرد −۵ و ٪۲۵", NUMBERS },
    /* A dash after a letter is no sign. */
    { "آ-۵", "۵-آ", SAME })

ROWS(phones_and_dates,
    { "تلفن +۹۸ ۲۱ ۸۸۷۷۶۶۵۵ است", "تسا +۹۸ ۲۱ ۸۸۷۷۶۶۵۵ نفلت", NUMBERS },
    { "تلفن ۰۲۱-۸۸۷۷۶۶۵۵", "۰۲۱-۸۸۷۷۶۶۵۵ نفلت", NUMBERS },
    { "در ۱۳۹۹-۱۲-۳۰ بود", "دوب ۱۳۹۹-۱۲-۳۰ رد", NUMBERS },
    { "شابک ۹۷۸-۶۰۰-۱۲۳-۴۵۶-۷", "۹۷۸-۶۰۰-۱۲۳-۴۵۶-۷ کباش", NUMBERS },
    { "در ۱۳۹۹/۱۲/۳۰ بود", "دوب ۱۳۹۹/۱۲/۳۰ رد", SAME })

ROWS(latin_signs,
    { "زبان C++ است", "تسا C++ نابز", NUMBERS },
    { "C++", "C++", NUMBERS },
    { "زبان C#، نه C", "C هن ،C# نابز", NUMBERS },
    { "با use C++ and Go و", "و use C++ and Go اب", SAME },
    { "با use C++ و", "و use C++ اب", NUMBERS },
    { "در foo (C++) بود", "دوب foo (C++) رد", SAME },
    { "در (C++) بود", "دوب )C++( رد", NUMBERS },
    { "با .NET و", "و .NET اب", NUMBERS })

/* Two citations on one line number from right to left. */
ROWS(counters,
    { "متن [۱] [۲] پایان", "نایاپ ]۲[ ]۱[ نتم", SAME },
    { "متن (۱) (۲)", ")۲( )۱( نتم", SAME })

/* A paragraph declared right to left stays so with Latin at its start. */
ROWS(direction,
    { "Basmachi جنبش", "شبنج Basmachi", SAME },
    { "Basmachi.", ".Basmachi", SAME })

static void
left_to_right(void **state)
{
	(void)state;
	if (!there)
		skip();
	t.level = 0;
	assert_string_equal(look("Basmachi."), "Basmachi.");
	assert_string_equal(look("in 1916-1931, -5 and C++."),
	    "in 1916-1931, -5 and C++.");
	assert_string_equal(look("the جنبش ها."), "the اه شبنج.");
	t.level = 1;
}

/* ---------------------------------------------------------------- spans */

struct shape_span_at { const char *word; enum shape_dir dir; bool code; };

/* Spans round the first places of words in the text. */
static const char *
look_spans(const char *text, const struct shape_span_at *at, size_t n)
{
	struct shape_span *v = ARENA_ARRAY(&t.a, struct shape_span, n + 1);
	struct shape_para *p;
	const char *from = text;
	size_t i;

	v[0] = (struct shape_span){ .end = (uint32_t)strlen(text),
	    .style = &t.style };
	for (i = 0; i < n; i++) {
		from = strstr(from, at[i].word);
		assert_non_null(from);
		v[i + 1] = (struct shape_span){
			.start = (uint32_t)(from - text),
			.end = (uint32_t)(from - text + strlen(at[i].word)),
			.style = &t.style, .dir = at[i].dir,
			.code = at[i].code };
		from += strlen(at[i].word);
	}
	p = shaping_spans(&t, text, v, n + 1);
	shaping_check(p);
	return shaping_visual(&t, p);
}

static void
spans(void **state)
{
	static const struct shape_span_at ltr[] = {
		{ "a ب", SHAPE_DIR_LTR, false } };
	static const struct shape_span_at citations[] = {
		{ "[۱]", SHAPE_DIR_RTL, false },
		{ "[۲]", SHAPE_DIR_RTL, false } };
	static const struct shape_span_at automatic[] = {
		{ "b: ج", SHAPE_DIR_AUTO, false },
		{ "ج: b", SHAPE_DIR_AUTO, false } };

	(void)state;
	if (!there)
		skip();
	assert_string_equal(look_spans("آ a ب پ", ltr, 1), "پ a ب آ");
	assert_string_equal(look("آ a ب پ"), "پ ب a آ");
	/* After Latin the brackets would go with it. */
	assert_string_equal(look_spans("Latin [۱] [۲]", citations, 2),
	    "]۲[ ]۱[ Latin");
	assert_string_equal(look("Latin [۱] [۲]"), "Latin [۱] [۲]");
	assert_string_equal(look_spans("آ b: ج و ج: b د", automatic, 2),
	    "د b :ج و b: ج آ");
}

/* Isolates that touch are ordered by what is round them: also where nothing
 * is, and inside another isolate. */
static void
touching(void **state)
{
	static const struct shape_span_at two[] = {
		{ "abc", SHAPE_DIR_LTR, false },
		{ "def", SHAPE_DIR_LTR, false } };
	static const struct shape_span_at typed[] = {
		{ "آ \u2066a\u2069\u2066b\u2069", SHAPE_DIR_RTL, false } };
	const char *seen = "و defabc آ";

	(void)state;
	if (!there)
		skip();
	assert_string_equal(look_spans("abcdef", two, 2), "defabc");
	assert_string_equal(look_spans("آ abcdef و", two, 2), seen);
	assert_string_equal(look("\u2066abc\u2069\u2066def\u2069"),
	    "def\u2069\u2066abc\u2069\u2066");
	t.level = 0;
	assert_string_equal(look_spans("abcdef", two, 2), "abcdef");
	assert_string_equal(look_spans(
	    "x آ \u2066a\u2069\u2066b\u2069 y", typed, 1),
	    "x b\u2069a\u2069\u2066 \u2066آ y");
	t.level = 1;
}

/* What the author leaves open in a span does not leak out of it, and what
 * he closes too often does not close it. */
static void
open_controls(void **state)
{
	static const struct shape_span_at one[] = {
		{ "a\u2066 b", SHAPE_DIR_LTR, false } };
	static const struct shape_span_at two[] = {
		{ "a\u2069 ب", SHAPE_DIR_LTR, false } };

	(void)state;
	if (!there)
		skip();
	assert_string_equal(look_spans("آ a\u2066 b پ C، ت", one, 1),
	    "ت ،C پ a\u2066 b آ");
	assert_string_equal(look_spans("آ a\u2069 ب پ", two, 1), "پ a\u2069 ب آ");
}

static void
code(void **state)
{
	static const struct shape_span_at c[] = {
		{ "۱-۲", SHAPE_DIR_LTR, true } };

	(void)state;
	if (!there)
		skip();
	assert_string_equal(look_spans("آ ۱-۲ پ", c, 1), "پ ۱-۲ آ");
	assert_string_equal(look("آ ۱-۲ پ"), "پ ۲-۱ آ");
}

/* Marks of two notes side by side: each a raised span. */
static void
note_marks(void **state)
{
	struct shape_style raised = t.style;
	const char *text = "متن۱۲ دیگر";
	struct shape_span v[3];
	uint32_t at = (uint32_t)strlen("متن"), digit = (uint32_t)strlen("۱");

	(void)state;
	if (!there)
		skip();
	raised.rise = PT(3);
	v[0] = (struct shape_span){ .end = (uint32_t)strlen(text),
	    .style = &t.style };
	v[1] = (struct shape_span){ .start = at, .end = at + digit,
	    .style = &raised };
	v[2] = (struct shape_span){ .start = at + digit,
	    .end = at + 2 * digit, .style = &raised };
	assert_string_equal(shaping_visual(&t, shaping_spans(&t, text, v, 3)),
	    "رگید ۲۱نتم");
	t.rules.isolate_numbers = false;
	assert_string_equal(shaping_visual(&t, shaping_spans(&t, text, v, 3)),
	    "رگید ۱۲نتم");
	t.rules.isolate_numbers = true;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges),
		cmocka_unit_test(percent),
		cmocka_unit_test(multi_level),
		cmocka_unit_test(signed_numbers),
		cmocka_unit_test(phones_and_dates),
		cmocka_unit_test(latin_signs),
		cmocka_unit_test(counters),
		cmocka_unit_test(direction),
		cmocka_unit_test(left_to_right),
		cmocka_unit_test(spans),
		cmocka_unit_test(touching),
		cmocka_unit_test(open_controls),
		cmocka_unit_test(code),
		cmocka_unit_test(note_marks),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
