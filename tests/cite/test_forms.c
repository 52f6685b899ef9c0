/*
 * Citations as an author writes them, through the reader, as they print in
 * the three styles. "~" is a blank where no line ends.
 */
#include "made.h"

#include "read/read.h"

static const char *const references =
    "@book{a, author={احمدی, رضا}, title={کتاب}, publisher={پ}, year=1390}\n"
    "@book{b, author={بهرامی, ع}, title={دیگر}, publisher={پ}, year=1391}\n"
    "@book{o, author={Olcott, Martha}, title={Revolt}, publisher={P}, "
    "year=1981}\n"
    "@book{w, author={Roy, Olivier}, title={Second}, publisher={P}, "
    "year=2000}\n"
    "@book{x.y., author={نامی, ن}, title={ت}, publisher={پ}, year=1392}\n";

static void
read_text(const char *markdown)
{
	doc_free(&d);
	memset(&d, 0, sizeof(d));
	diag_free(&dg);
	memset(&dg, 0, sizeof(dg));
	read_markdown(&d, &dg, "x.md", markdown, strlen(markdown));
	doc_finish(&d, &dg);
	resolve();
}

/* What a paragraph prints, without the word before the citation. */
static void
prints(const char *markdown, const char *want)
{
	read_text(markdown);
	assert_string_equal(plain(d.root->first), want);
	if (said("MAN007", NULL) + said("MAN011", NULL) +
	    said("MAN015", NULL) > 0)
		diag_print(&dg, stderr, DIAG_INFO, false);
	assert_int_equal(said("MAN007", NULL), 0);
	assert_int_equal(said("MAN011", NULL), 0);
	assert_int_equal(said("MAN015", NULL), 0);
}

static const struct doc_node *
find(enum doc_kind kind)
{
	const struct doc_node *n;

	for (n = d.root; n != NULL; n = doc_next(n, d.root))
		if (n->kind == kind)
			return n;
	fail_msg("no such node");
	return NULL;
}

/* What follows a number stays as it was written: letters on it, «تا», «به
 * بعد», and a comma only where the author put one. */
static void
tails(void **state)
{
	(void)state;
	load("author-date-fa");
	prints("[@a, ۱۲ب]", "(احمدی، ۱۳۹۰: ۱۲ب)");
	prints("[@a, 12a]", "(احمدی، ۱۳۹۰: 12a)");
	prints("[@a, ۱۲ به بعد]", "(احمدی، ۱۳۹۰: ۱۲ به بعد)");
	prints("[@a, ص. ۱۲ تا ۱۵]", "(احمدی، ۱۳۹۰: ۱۲ تا ۱۵)");
	prints("[@a, pp. 12--15]", "(احمدی، ۱۳۹۰: ۱۲–۱۵)");
	prints("[@a, ۱۲ و جاهای دیگر]", "(احمدی، ۱۳۹۰: ۱۲ و جاهای دیگر)");
	prints("[@a, ۱۲، و جاهای دیگر]", "(احمدی، ۱۳۹۰: ۱۲، و جاهای دیگر)");
	prints("[@a, سراسر]", "(احمدی، ۱۳۹۰، سراسر)");
	prints("[@a سراسر]", "(احمدی، ۱۳۹۰ سراسر)");
	prints("[@a, ص ۷۱ (چاپ دوم)]", "(احمدی، ۱۳۹۰: ۷۱ (چاپ دوم))");
	prints("[@a, ۷۱؛ متن]", "(احمدی، ۱۳۹۰: ۷۱؛ متن)");
}

/* Several locators, each with its own word, in the entry's language. */
static void
locators(void **state)
{
	(void)state;
	load("author-date-fa");
	prints("[@a, ج ۲، ص ۱۵]", "(احمدی، ۱۳۹۰، ج~۲، ص~۱۵)");
	prints("[@a, ص ۱۵ پانوشت ۲]", "(احمدی، ۱۳۹۰: ۱۵ پانوشت~۲)");
	prints("[@a, vol. 2, p. 15]", "(احمدی، ۱۳۹۰، ج~۲، ص~۱۵)");
	prints("[@a, باب ۳]", "(احمدی، ۱۳۹۰، باب~۳)");
	prints("[@a, ذیل خان]", "(احمدی، ۱۳۹۰، ذیل خان)");
	prints("[@o, ج ۲، ص ۱۵]", "(Olcott, 1981, vol.~2, p.~15)");
	prints("[@o, باب ۳، پانوشت ۲]", "(Olcott, 1981, ch.~3, n.~2)");
	prints("[@o, ستون ۳ تا ۵]", "(Olcott, 1981, cols.~3–5)");
	prints("[@o, ص ۱۲ به بعد]", "(Olcott, 1981: 12 ff.)");
	prints("[@o, ص ۱۲ و ۱۵]", "(Olcott, 1981: 12 and 15)");
	prints("[@a, col. 3; @b, bk. 2, opus 4]",
	    "(احمدی، ۱۳۹۰، ستون~۳؛ بهرامی، ۱۳۹۱، کتاب~۲، اپوس~۴)");
	prints("[@o, s.v. Khan]", "(Olcott, 1981, s.v. Khan)");
}

static void
numbers(void **state)
{
	(void)state;
	load("numeric-fa");
	prints("[@a, ص ۱۲ تا ۱۵]", "[۱، ص~۱۲ تا ۱۵]");
	prints("[@a, ج ۲، ص ۱۵]", "[۱، ج~۲، ص~۱۵]");
	/* The number is the list's, so the page speaks its language too. */
	prints("[@o; @w, p. 3]", "[۱؛ ۲، ص~۳]");
	prints("@o [p. 352]", "Olcott [۱، ص~۳۵۲]");
	prints("[see @o, p. 3, and elsewhere]", "[see ۱، ص~۳، and elsewhere]");
}

/* What a note runs like: as its sources, unless Persian words stand beside
 * them. */
static void
directions(void **state)
{
	static const struct { const char *in, *dir; } cases[] = {
		{"[@o, p. 3]", "ltr"}, {"[see @o, p. 3, and so on]", "ltr"},
		{"[نک. @o, p. 3]", "rtl"}, {"[@o, p. 3 و جاهای دیگر]", "rtl"},
		{"[@o; @w]", "ltr"}, {"[@o; @a]", "rtl"}, {"[see @a]", "rtl"},
	};

	(void)state;
	load("footnote-fa");
	for (size_t i = 0; i < NELEM(cases); i++) {
		read_text(cases[i].in);
		assert_string_equal(doc_value(d.note_root->first, "dir"),
		    cases[i].dir);
	}
}

/* A Latin source with Latin words beside it is one run in a Persian line;
 * with Persian ones only the source is. */
static void
runs(void **state)
{
	const struct doc_node *n;

	(void)state;
	load("author-date-fa");
	read_text("[see @o, p. 3, and so on]");
	n = find(DOC_CITE)->first->next;
	assert_int_equal(n->kind, DOC_SPAN);
	assert_string_equal(doc_value(n, "dir"), "ltr");
	assert_string_equal(plain(n), "see Olcott, 1981: 3, and so on");
	read_text("[نک. @o, p. 3 و دیگر]");
	n = find(DOC_CITE)->first->next;
	assert_int_equal(n->kind, DOC_LINK);
	assert_string_equal(doc_value(n->first, "dir"), "ltr");
	assert_string_equal(plain(n), "Olcott, 1981: 3");
}

/* Pandoc's braces, keys of any letters, and a key without its author. */
static void
braces(void **state)
{
	(void)state;
	load("author-date-fa");
	prints("[@o{ii, A, D-Z}, with a suffix]",
	    "(Olcott, 1981: ii, A, D-Z, with a suffix)");
	prints("[@o, {pp. iv, vi-xi, (xv)-(xvii)} with suffix here]",
	    "(Olcott, 1981: iv, vi-xi, (xv)-(xvii) with suffix here)");
	prints("[@a{}, ۹۹ سال پس از آن]", "(احمدی، ۱۳۹۰، ۹۹ سال پس از آن)");
	prints("@{x.y.} گفت", "نامی (۱۳۹۲) گفت");
	prints("[@{x.y.}, ص ۳]", "(نامی، ۱۳۹۲: ۳)");
	prints("به گفتهٔ -@a [ص ۳]", "به گفتهٔ (۱۳۹۰: ۳)");
	prints("[نک. @x.y., ص ۳]", "(نک. @x.y., ص ۳)");
}

/* Words around a key are inlines: emphasis, links, code, notes. */
static void
words_around(void **state)
{
	const struct doc_node *n;

	(void)state;
	load("author-date-fa");
	prints("[see *also* @o, pp. 33-35 and **passim**; نیز @b]",
	    "(see also Olcott, 1981: 33–35 and passim؛ نیز بهرامی، ۱۳۹۱)");
	assert_string_equal(plain(find(DOC_EMPH)), "also");
	assert_string_equal(plain(find(DOC_STRONG)), "passim");
	prints("@a [ص ۵، *همان*]", "احمدی (۱۳۹۰: ۵، همان)");
	n = find(DOC_EMPH);
	assert_int_equal(n->pos.line, 1);
	assert_int_equal(n->pos.col, 10);
	prints("[@a, [نشانی](http://x.y) و `رمز`]",
	    "(احمدی، ۱۳۹۰، نشانی و رمز)");
	assert_string_equal(plain(find(DOC_CODE_SPAN)), "رمز");
	prints("[@a, نک. یادداشت[^k] و این^[متن]]\n\n[^k]: دیگر\n",
	    "(احمدی، ۱۳۹۰، نک. یادداشت و این)");
	assert_int_equal(d.note_root->first->number, 2);
	assert_int_equal(d.note_root->last->number, 1);
	assert_null(d.note_root->first->next->next);
	/* Said once, though it was read twice. */
	read_text("[@a, $x^2$]");
	assert_int_equal(said("MAN018", NULL), 1);
}

/* `nocite: |` goes over lines. */
static void
nocite(void **state)
{
	(void)state;
	load("author-date-fa");
	read_text("---\nnocite: |\n  @b, @o\n  @{x.y.}\n---\n\n[@a]\n\n"
	    "::: {#refs}\n:::\n");
	assert_int_equal(said("BIB001", NULL), 0);
	assert_true(entry("b")->nocite);
	assert_true(entry("o")->nocite);
	assert_true(entry("x.y.")->nocite);
	assert_false(entry("w")->nocite);
}

static int
with_references(void **state)
{
	fresh(state);
	read_bib(references);
	assert_null(dg.first);
	return 0;
}

#define FORM(f) cmocka_unit_test_setup(f, with_references)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FORM(tails), FORM(locators), FORM(numbers), FORM(directions),
		FORM(runs), FORM(braces),
		FORM(words_around), FORM(nocite),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	fresh(NULL);
	return failed;
}
