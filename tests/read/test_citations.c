/*
 * Citations as the author writes them. What is printed for them is cite/'s
 * matter and not in these dumps.
 */
#include "made.h"

static void
each_form_is_read(void **state)
{
	static const struct { const char *in, *want; } cases[] = {
		{"[@a]", "    cite 1:1 [@a 1:2]\n"},
		{"[@a, ص ۵۸]", "    cite 1:1 [@a 1:2 label=\"ص\" "
		    "locator=\"۵۸\"]\n"},
		{"[@a، ص۵۸]", "    cite 1:1 [@a 1:2 label=\"ص\" "
		    "locator=\"۵۸\"]\n"},
		{"[@a ص. ۵۸]", "    cite 1:1 [@a 1:2 label=\"ص.\" "
		    "locator=\"۵۸\"]\n"},
		{"[@a, ۷۱]", "    cite 1:1 [@a 1:2 locator=\"۷۱\"]\n"},
		{"[@a, ۵۹–۶۰]", "    cite 1:1 [@a 1:2 locator=\"۵۹–۶۰\"]\n"},
		{"[@a, ۳، ۵–۷ و ۹]", "    cite 1:1 [@a 1:2 "
		    "locator=\"۳، ۵–۷ و ۹\"]\n"},
		{"[@a, صص ۱۲–۱۵، پانوشت]", "    cite 1:1 [@a 1:2 "
		    "label=\"صص\" locator=\"۱۲–۱۵\" suffix=\"پانوشت\"]\n"},
		{"[@a, ج ۲، ص ۵]", "    cite 1:1 [@a 1:2 label=\"ج\" "
		    "locator=\"۲\" label=\"ص\" locator=\"۵\"]\n"},
		{"[@a, ج ۲ ص ۵ به بعد]", "    cite 1:1 [@a 1:2 "
		    "label=\"ج\" locator=\"۲\" label=\"ص\" "
		    "close-locator=\"۵ به بعد\"]\n"},
		/* What belongs to a number stays with it. */
		{"[@a, ۱۲ب]", "    cite 1:1 [@a 1:2 locator=\"۱۲ب\"]\n"},
		{"[@a, p. 12a]", "    cite 1:1 [@a 1:2 label=\"p.\" "
		    "locator=\"12a\"]\n"},
		{"[@a, ص ۱۲ تا ۱۵ و ۲۰]", "    cite 1:1 [@a 1:2 "
		    "label=\"ص\" locator=\"۱۲ تا ۱۵ و ۲۰\"]\n"},
		{"[@a, ۱۲ به بعدی]", "    cite 1:1 [@a 1:2 "
		    "locator=\"۱۲\" close-suffix=\"به بعدی\"]\n"},
		{"[@a, ۱۲ و جاهای دیگر]", "    cite 1:1 [@a 1:2 "
		    "locator=\"۱۲\" close-suffix=\"و جاهای دیگر\"]\n"},
		{"[@a, ۱۲، و جاهای دیگر]", "    cite 1:1 [@a 1:2 "
		    "locator=\"۱۲\" suffix=\"و جاهای دیگر\"]\n"},
		/* Every word of CSL and its Persian fellow. */
		{"[@a, col. 3]", "    cite 1:1 [@a 1:2 label=\"col.\" "
		    "locator=\"3\"]\n"},
		{"[@a, op. 12]", "    cite 1:1 [@a 1:2 label=\"op.\" "
		    "locator=\"12\"]\n"},
		{"[@a, bk. 2]", "    cite 1:1 [@a 1:2 label=\"bk.\" "
		    "locator=\"2\"]\n"},
		{"[@a, ستون ۳، آیهٔ ۵]", "    cite 1:1 [@a 1:2 "
		    "label=\"ستون\" locator=\"۳\" label=\"آیهٔ\" "
		    "locator=\"۵\"]\n"},
		{"[@a, s.v. Khan, note]", "    cite 1:1 [@a 1:2 "
		    "label=\"s.v.\" locator=\"Khan\" suffix=\"note\"]\n"},
		{"[@a، ذیل باسماچی]", "    cite 1:1 [@a 1:2 "
		    "label=\"ذیل\" locator=\"باسماچی\"]\n"},
		{"[@a, صدها]", "    cite 1:1 [@a 1:2 suffix=\"صدها\"]\n"},
		/* Braces say where a locator, or a key, begins and ends. */
		{"[@a{ii, A, D-Z}, with a suffix]", "    cite 1:1 [@a 1:2 "
		    "label=\"page\" locator=\"ii, A, D-Z\" "
		    "suffix=\"with a suffix\"]\n"},
		{"[@a, {pp. iv, vi-xi, (xv)-(xvii)} with suffix here]",
		    "    cite 1:1 [@a 1:2 label=\"pp.\" "
		    "locator=\"iv, vi-xi, (xv)-(xvii)\" "
		    "close-suffix=\"with suffix here\"]\n"},
		{"[@a{}, 99 years later]", "    cite 1:1 [@a 1:2 "
		    "suffix=\"99 years later\"]\n"},
		{"[@a, {ص ۵]", "    cite 1:1 [@a 1:2 suffix=\"{ص ۵\"]\n"},
		{"@{https://x.y/z?a=1}", "    cite 1:1 "
		    "[in-text @https://x.y/z?a=1 1:1]\n"},
		{"[@{a.b.}, ص ۳]", "    cite 1:1 [@a.b. 1:2 "
		    "label=\"ص\" locator=\"۳\"]\n"},
		{"@{a b}", "    text 1:1 \"@{a b}\"\n"},
		{"[جدول @{tbl-a}]", "    text 1:2 \"جدول \"\n"
		    "    ref 1:7 \"tbl-a\"\n"},
		/* Without its author in running text. */
		{"گفت -@a [ص ۵].", "    text 1:1 \"گفت \"\n"
		    "    cite 1:5 [-@a 1:6 label=\"ص\" locator=\"۵\"]\n"
		    "    text 1:14 \".\"\n"},
		{"x-@a", "    text 1:1 \"x-\"\n"
		    "    cite 1:3 [in-text @a 1:3]\n"},
		{"--@a", "    text 1:1 \"--\"\n"
		    "    cite 1:3 [in-text @a 1:3]\n"},

		{"[@a, فصل ۳]", "    cite 1:1 [@a 1:2 label=\"فصل\" "
		    "locator=\"۳\"]\n"},
		{"[@a, p. 3]", "    cite 1:1 [@a 1:2 label=\"p.\" "
		    "locator=\"3\"]\n"},
		{"[@a, pp. iv--vii, 9]", "    cite 1:1 [@a 1:2 "
		    "label=\"pp.\" locator=\"iv--vii, 9\"]\n"},
		{"[@a, pp. iv–vii]", "    cite 1:1 [@a 1:2 "
		    "label=\"pp.\" locator=\"iv–vii\"]\n"},
		{"[@a, pp. iv-vii, 9]", "    cite 1:1 [@a 1:2 "
		    "label=\"pp.\" locator=\"iv-vii, 9\"]\n"},
		{"[@a, vol. 2]", "    cite 1:1 [@a 1:2 label=\"vol.\" "
		    "locator=\"2\"]\n"},
		{"[@a, chap. 1-2]", "    cite 1:1 [@a 1:2 "
		    "label=\"chap.\" locator=\"1-2\"]\n"},
		{"[@a, passim]", "    cite 1:1 [@a 1:2 "
		    "suffix=\"passim\"]\n"},
		{"[@a, جای دیگر]", "    cite 1:1 [@a 1:2 "
		    "suffix=\"جای دیگر\"]\n"},
		{"[see @a, p. 3, suffix]", "    cite 1:1 [@a 1:6 "
		    "prefix=\"see\" label=\"p.\" locator=\"3\" "
		    "suffix=\"suffix\"]\n"},
		{"[-@a]", "    cite 1:1 [-@a 1:2]\n"},
		{"[ن.ک. -@a، ۵]", "    cite 1:1 [-@a 1:7 "
		    "prefix=\"ن.ک.\" locator=\"۵\"]\n"},
		{"[@a; @b, ص ۱۲–۱۵]", "    cite 1:1 [@a 1:2] [@b 1:6 "
		    "label=\"ص\" locator=\"۱۲–۱۵\"]\n"},
		{"[@a، ص ۳؛ نیز @b]", "    cite 1:1 [@a 1:2 "
		    "label=\"ص\" locator=\"۳\"] [@b 1:15 prefix=\"نیز\"]\n"},
		{"[@a, الف؛ ب]", "    cite 1:1 [@a 1:2 "
		    "suffix=\"الف؛ ب\"]\n"},
		{"[@a:b_c-d.e/f]", "    cite 1:1 [@a:b_c-d.e/f 1:2]\n"},
		{"[@زمانی1399]", "    cite 1:1 [@زمانی1399 1:2]\n"},
		{"[@a]{.x}", "    cite 1:1 [@a 1:2] .x\n"},
		{"[@a,\nص ۵]", "    cite 1:1 [@a 1:2 label=\"ص\" "
		    "locator=\"۵\"]\n"},
		{"@a", "    cite 1:1 [in-text @a 1:1]\n"},
		{"@a.", "    cite 1:1 [in-text @a 1:1]\n    text 1:3 \".\"\n"},
		{"@a [ص ۵]", "    cite 1:1 [in-text @a 1:1 label=\"ص\" "
		    "locator=\"۵\"]\n"},
		{"@a [۵؛ نیز @b، ۷]", "    cite 1:1 [in-text @a 1:1 "
		    "locator=\"۵\"] [@b 1:12 prefix=\"نیز\" "
		    "locator=\"۷\"]\n"},
		{"@a[۵؛ @b]", "    cite 1:1 [in-text @a 1:1 "
		    "locator=\"۵\"] [@b 1:7]\n"},
		{"@a [x](y)", "    cite 1:1 [in-text @a 1:1]\n"
		    "    text 1:3 \" \"\n    link 1:4 url=\"y\"\n"
		    "      text 1:5 \"x\"\n"},
		{"@a [x]{.y}", "    cite 1:1 [in-text @a 1:1]\n"
		    "    text 1:3 \" \"\n    span 1:4 .y\n"
		    "      text 1:5 \"x\"\n"},
		{"[@ایوب‌زاده1399]", "    cite 1:1 "
		    "[@ایوب‌زاده1399 1:2]\n"},
		{"@a‌ها", "    cite 1:1 [in-text @a 1:1]\n"
		    "    text 1:3 \"\\u{200C}ها\"\n"},
		/* What only looks like one. */
		{"a@b.c", "    text 1:1 \"a@b.c\"\n"},
		{"نشانی@b", "    text 1:1 \"نشانی@b\"\n"},
		{"\\@a", "    text 1:1 \"@a\"\n"},
		{"\\[@a\\]", "    text 1:1 \"[\"\n"
		    "    cite 1:3 [in-text @a 1:3]\n    text 1:5 \"]\"\n"},
		{"[a@b]", "    text 1:1 \"[a@b]\"\n"},
		{"@", "    text 1:1 \"@\"\n"},
		{"[@]", "    text 1:1 \"[@]\"\n"},
		{"`[@a]`", "    code-span 1:1 \"[@a]\"\n"},
		/* A citation before a colon defines no link. */
		{"[@a]: http://x", "    cite 1:1 [@a 1:2]\n"
		    "    text 1:5 \": http://x\"\n"},
		{"[-@a]: x", "    cite 1:1 [-@a 1:2]\n"
		    "    text 1:6 \": x\"\n"},
		/* Cross-references are told by their prefix. */
		{"[@tbl-a]", "    ref 1:2 \"tbl-a\"\n"},
		{"[@tbl-a; @b]", "    cite 1:1 [@tbl-a 1:2] [@b 1:10]\n"},
		{"*[@a]*", "    emph 1:1\n      cite 1:2 [@a 1:3]\n"},
		{"[x [@a] y]{.z}", "    span 1:1 .z\n      text 1:2 \"x \"\n"
		    "      cite 1:4 [@a 1:5]\n      text 1:8 \" y\"\n"},
		{"[x *y* @a]", "    cite 1:1 [@a 1:8 prefix=\"x y\"]\n"},
		{"[@a; see **[x](y)**^[z] @b, `c`]", "    cite 1:1 [@a 1:2] "
		    "[@b 1:25 prefix=\"see x\" suffix=\"c\"]\n"
		    "note 1:20 number=1 \"^1\"\n  para 1:22\n"
		    "    text 1:22 \"z\"\n"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++)
		assert_string_equal(inlines(cases[i].in), cases[i].want);
}

/* A key stands where it says, behind lines, quotes and Persian. */
static void
keys_know_their_place(void **state)
{
	const struct doc_cite *c;

	(void)state;
	read_text("> متن *فارسی*\n> دیگر [ن.ک. @a، ۳؛\n> @b] پایان\n");
	c = first_of(DOC_CITE)->cite;
	assert_int_equal(c->pos.line, 2);
	assert_int_equal(c->pos.col, 14);
	assert_int_equal(c->next->pos.line, 3);
	assert_int_equal(c->next->pos.col, 3);
	assert_string_equal(c->next->key, "b");
	assert_int_equal(messages("MAN015"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(each_form_is_read, done),
		cmocka_unit_test_teardown(keys_know_their_place, done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
