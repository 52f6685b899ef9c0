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

/* The kind of isolate that a row depends on; SAME: bidi alone has it so. */
enum {
	SAME,
	RANGES = SHAPE_ISOLATE_RANGES, PERCENT = SHAPE_ISOLATE_PERCENT,
	SIGNS = SHAPE_ISOLATE_SIGNS, PHONES = SHAPE_ISOLATE_PHONES,
	DATES = SHAPE_ISOLATE_DATES, UNITS = SHAPE_ISOLATE_UNITS,
	LATIN = SHAPE_ISOLATE_LATIN
};

struct row {
	const char *typed, *seen;
	unsigned kind;
};

static void
rows(const struct row *row, size_t n)
{
	size_t i;

	if (!there)
		skip();
	for (i = 0; i < n; i++) {
		assert_string_equal(look(row[i].typed), row[i].seen);
		if (row[i].kind == SAME)
			continue;
		t.rules.isolate &= ~row[i].kind;
		assert_string_not_equal(look(row[i].typed), row[i].seen);
		t.rules.isolate = SHAPE_ISOLATE_ALL;
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
    { "Latin ۱۹۱۶—۱۹۳۱ بود", "دوب ۱۹۳۱—۱۹۱۶ Latin", RANGES },
    { "Latin ۱۹۱۶−۱۹۳۱ بود", "دوب ۱۹۳۱−۱۹۱۶ Latin", RANGES },
    { "Latin ۱۹۱۶ - ۱۹۳۱ بود", "دوب ۱۹۳۱ - ۱۹۱۶ Latin", RANGES },
    { "Latin ۱۹۱۶ — ۱۹۳۱ بود", "دوب ۱۹۳۱ — ۱۹۱۶ Latin", RANGES },
    { "Latin ۱۲:۳۰–۱۳:۴۵", "۱۳:۴۵–۱۲:۳۰ Latin", RANGES },
    { "ص ۵۹-۶۰", "۶۰-۵۹ ص", SAME },
    { "Latin ۳٫۵–۴٫۲", "۴٫۲–۳٫۵ Latin", RANGES },
    { "١٩١٦-١٩٣١", "١٩٣١-١٩١٦", SAME },
    { "1916-1931", "1931-1916", RANGES },
    /* Years before an era count backwards. */
    { "۲۶۰۰-۱۹۰۰ ق.م.", ".م.ق ۱۹۰۰-۲۶۰۰", RANGES },
    /* The slash of a date or a fraction reads from left to right. */
    { "سال ۱۹۱۶/۱۹۱۷", "۱۹۱۶/۱۹۱۷ لاس", SAME },
    { "Latin ۱۹۱۶/۱۹۱۷", "Latin ۱۹۱۶/۱۹۱۷", SAME },
    /* A Latin reference keeps its own order. */
    { "(Khalid 2015: 110-125)", ")Khalid 2015: 110-125(", SAME },
    { "مدل B2-3 و COVID-19", "COVID-19 و B2-3 لدم", SAME })

/* A sign belongs to its number, wherever that stands in the range. */
ROWS(signed_ranges,
    { "رشد −۵–۱۰٪", "٪۱۰–−۵ دشر", SIGNS },
    { "از -۵-۱۰ درجه", "هجرد ۱۰--۵ زا", SIGNS },
    { "از −۱۰–−۵ درجه", "هجرد −۵–−۱۰ زا", SIGNS },
    { "Latin −۵ – +۵ درجه", "هجرد +۵ – −۵ Latin", RANGES })

/* The sign stands left of the number. */
ROWS(percent,
    { "حدود ۲۵٪ بود", "دوب ٪۲۵ دودح", SAME },
    { "۲۵٪", "٪۲۵", PERCENT },
    { "Basmachi ۲۵٪", "٪۲۵ Basmachi", PERCENT },
    { "Basmachi ۲۵ ٪ بود", "دوب ٪ ۲۵ Basmachi", PERCENT },
    { "Basmachi ۲۰–۲۵٪", "٪۲۵–۲۰ Basmachi", RANGES },
    { "Latin ۲۰٪–۲۵٪ Latin", "Latin ٪۲۵–٪۲۰ Latin", RANGES },
    { "۲۵%", "%۲۵", PERCENT },
    { "۲۵° شمالی", "یلامش °۲۵", PERCENT },
    { "طول ۲۵° شمالی", "یلامش °۲۵ لوط", SAME })

/* A Latin unit that touches its number stands right of it. */
ROWS(units,
    { "دما ۲۵°C بود", "دوب ۲۵°C امد", UNITS },
    { "۲۵°C", "۲۵°C", SAME },
    { "دما −۵°C بود", "دوب −۵°C امد", UNITS },
    { "دما ۲۰–۲۵°C بود", "دوب ۲۵°C–۲۰ امد", UNITS },
    { "دما ۲۵ °C بود", "دوب °C ۲۵ امد", LATIN })

/* One order in a heading, the contents and a reference. */
ROWS(multi_level,
    { "۱-۲-۳", "۳-۲-۱", RANGES },
    { "بخش ۱-۲-۳", "۳-۲-۱ شخب", SAME },
    { "Part ۱-۲-۳", "۳-۲-۱ Part", RANGES },
    { "۳.۲.۱", "۳.۲.۱", SAME },
    { "بخش ۳.۲.۱", "۳.۲.۱ شخب", SAME })

/* The style may have one order for all of them. */
static void
levels(void **state)
{
	(void)state;
	if (!there)
		skip();
	t.rules.levels = SHAPE_LEVELS_RTL;
	assert_string_equal(look("بخش ۱.۲.۱۲ بود"), "دوب ۱۲.۲.۱ شخب");
	assert_string_equal(look("Part ۱.۲.۳"), "۳.۲.۱ Part");
	assert_string_equal(look("Part ۱-۲-۳"), "۳-۲-۱ Part");
	/* Two levels may as well be a fraction, and this is a date. */
	assert_string_equal(look("بخش ۱.۲ بود"), "دوب ۱.۲ شخب");
	assert_string_equal(look("در ۱.۲.۱۳۹۹ بود"), "دوب ۱.۲.۱۳۹۹ رد");
	t.rules.levels = SHAPE_LEVELS_LTR;
	assert_string_equal(look("بخش ۱-۲-۳ بود"), "دوب ۱-۲-۳ شخب");
	assert_string_equal(look("بخش ۱.۲.۳ بود"), "دوب ۱.۲.۳ شخب");
	assert_string_equal(look("سال ۱۹۱۶-۱۹۳۱"), "۱۹۳۱-۱۹۱۶ لاس");
	t.rules.levels = SHAPE_LEVELS_BY_SIGN;
}

ROWS(signed_numbers,
    { "دمای −۵ درجه", "هجرد −۵ یامد", SIGNS },
    { "دمای -۵ درجه", "هجرد -۵ یامد", SIGNS },
    { "دمای +۵ درجه", "هجرد +۵ یامد", SIGNS },
    { "رشد −۵٪ بود", "دوب ٪−۵ دشر", SIGNS },
    /* An isolate does not see into the one before it. */
    { "۲۵٪ و −۵ درجه", "هجرد −۵ و ٪۲۵", SIGNS },
    /* A dash after a letter is no sign. */
    { "آ-۵", "۵-آ", SAME })

ROWS(phones,
    { "تلفن +۹۸ ۲۱ ۸۸۷۷۶۶۵۵ است", "تسا +۹۸ ۲۱ ۸۸۷۷۶۶۵۵ نفلت", PHONES },
    { "تلفن ۰۲۱-۸۸۷۷۶۶۵۵", "۰۲۱-۸۸۷۷۶۶۵۵ نفلت", PHONES },
    { "در ۰۹۱۲ ۱۲۳ ۴۵۶۷ است", "تسا ۰۹۱۲ ۱۲۳ ۴۵۶۷ رد", PHONES },
    { "در (۰۲۱) ۸۸۷۷۶۶۵۵ است", "تسا (۰۲۱) ۸۸۷۷۶۶۵۵ رد", PHONES },
    { "در (۰۲۱) ۸۸۷۷ ۶۶۵۵ است", "تسا (۰۲۱) ۸۸۷۷ ۶۶۵۵ رد", PHONES },
    { "در ۰۲۱ – ۸۸۷۷۶۶۵۵ است", "تسا ۰۲۱ – ۸۸۷۷۶۶۵۵ رد", PHONES },
    /* A range climbs. */
    { "در ۸۸۷۷-۶۶۵۵ است", "تسا ۸۸۷۷-۶۶۵۵ رد", PHONES },
    /* The word before it tells. */
    { "تلفن: ۵۵۶۶-۷۷۸۸", "۵۵۶۶-۷۷۸۸ :نفلت", PHONES },
    { "تلفن ۵۵۶ ۷۷۸۸", "۵۵۶ ۷۷۸۸ نفلت", PHONES },
    { "شابک ۹۷۸-۶۰۰-۱۲۳-۴۵۶-۷", "۹۷۸-۶۰۰-۱۲۳-۴۵۶-۷ کباش", PHONES },
    /* Neither numbers in brackets nor two phones side by side are one. */
    { "سال (۰۲) ۱۹۱۶ بود", "دوب ۱۹۱۶ )۰۲( لاس", SAME },
    { "ص ۰۵ ۰۶ بود", "دوب ۰۶ ۰۵ ص", SAME },
    { "تلفن ۸۸۷۷۶۶۵۵ – ۸۸۷۷۶۶۵۶", "۸۸۷۷۶۶۵۶ – ۸۸۷۷۶۶۵۵ نفلت", SAME })

ROWS(dates,
    { "در ۱۳۹۹-۱۲-۳۰ بود", "دوب ۱۳۹۹-۱۲-۳۰ رد", DATES },
    { "در ۳۰-۱۲-۱۳۹۹ بود", "دوب ۳۰-۱۲-۱۳۹۹ رد", DATES },
    { "در ۱۳۹۹/۱۲/۳۰ بود", "دوب ۱۳۹۹/۱۲/۳۰ رد", SAME },
    { "Latin ۱۳۹۹/۱۲/۳۰–۱۴۰۰/۱/۵", "۱۴۰۰/۱/۵–۱۳۹۹/۱۲/۳۰ Latin", RANGES })

ROWS(latin_signs,
    { "زبان C++ است", "تسا C++ نابز", LATIN },
    { "C++", "C++", LATIN },
    { "زبان C#، نه C", "C هن ،C# نابز", LATIN },
    { "با use C++ and Go و", "و use C++ and Go اب", SAME },
    { "با use C++ و", "و use C++ اب", LATIN },
    { "در foo (C++) بود", "دوب foo (C++) رد", SAME },
    { "در (C++) بود", "دوب )C++( رد", LATIN },
    { "با .NET و", "و .NET اب", LATIN })

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
	t.rules.isolate &= ~(unsigned)SHAPE_ISOLATE_MARKS;
	assert_string_equal(shaping_visual(&t, shaping_spans(&t, text, v, 3)),
	    "رگید ۱۲نتم");
	t.rules.isolate = SHAPE_ISOLATE_ALL;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges),
		cmocka_unit_test(signed_ranges),
		cmocka_unit_test(percent),
		cmocka_unit_test(units),
		cmocka_unit_test(multi_level),
		cmocka_unit_test(levels),
		cmocka_unit_test(signed_numbers),
		cmocka_unit_test(phones),
		cmocka_unit_test(dates),
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
