/* Citation styles: what the loader takes, and what it says of mistakes. */
#include "made.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files of this test, in a folder of its own. */
static char dir[64];

static int
open_dir(void **state)
{
	fresh(state);
	snprintf(dir, sizeof(dir), "/tmp/dabir-cite-XXXXXX");
	return mkdtemp(dir) == NULL;
}

static const char *
in_dir(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s.yaml", dir, name);
	return path;
}

static void
put(const char *name, const char *s)
{
	FILE *f = fopen(in_dir(name), "w");

	assert_non_null(f);
	fputs(s, f);
	fclose(f);
}

static int
close_dir(void **state)
{
	static const char *const names[] = { "a", "b", "c" };
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(names); i++)
		unlink(in_dir(names[i]));
	return rmdir(dir);
}

static void
load_text(const char *s)
{
	put("a", s);
	style = cite_style_load(&arena, &dg, in_dir("a"), NULL, 0);
}

/* What two entries come to in the list of this style. */
static const char *
prints(const char *s)
{
	load_text(s);
	assert_non_null(style);
	all_refs_here();
	resolve();
	return plain(listed(1));
}

static void
shipped_styles_are_right(void **state)
{
	(void)state;
	load("author-date-fa");
	load("numeric-fa");
	load("footnote-fa");
}

static void
parts(void **state)
{
	(void)state;
	read_bib("@book{k, author={احمدی, رضا and Smith, J. and ب, پ}, "
	    "title={عنوان}, year=1390, volume=2, pages={1-5}, "
	    "note={سال ۱۲ Windows 10 و 7}}");
	assert_string_equal(prints("names:\n"
	    "  one: {show: given-first, at-most: 2, then: 1, others: more}\n"
	    "languages: {own: {quotes: [‹, ›], terms: {more: و ..., v: ج, "
	    "p: ص, ps: صص}}}\n"
	    "list:\n  entries:\n"
	    "    - {field: authors, names: one}\n"
	    "    - {field: publisher, before: ' [', after: ']'}\n"
	    "    - {group: [{field: title, look: quotes}, address, year], "
	    "between: '، ', before: ' (', after: ')'}\n"
	    "    - {field: volume, label: v, before: '، '}\n"
	    "    - {field: pages, label: p, before: '، '}\n"
	    "    - {field: doi, else: {text: ' بی‌نشانی'}}\n"
	    "    - {field: note, before: '. ', kinds: [book], after: '.'}\n"
	    "    - {field: note, kinds: article}\n"
	    "    - {term: v, without: [year]}\n"
	    "    - {term: v, with: [year, volume], before: ' '}\n"),
	    "رضا احمدی و ... (‹عنوان›، ۱۳۹۰)، ج~۲، صص~۱–۵ بی‌نشانی. "
	    "سال ۱۲ Windows 10 و ۷. ج");
	assert_int_equal(said("STY001", NULL), 0);
}

static void
punctuation_does_not_double(void **state)
{
	(void)state;
	read_bib("@book{k, author={A. B. C.}, title={چرا؟}, year=1390}");
	assert_string_equal(prints("list:\n  entries:\n"
	    "    - {group: [title, year, year], between: '. ', after: '.'}\n"
	    "    - {text: '.'}\n"), "چرا؟ ۱۳۹۰. ۱۳۹۰.");
}

static void
latin_words(void **state)
{
	(void)state;
	read_bib("@book{k, author={Smith, John and Doe, Jane and Roe, R. and "
	    "Poe, E.}, title={Title}, year={۱۹۹۰}, volume=3}");
	assert_string_equal(prints("languages:\n"
	    "  own: {terms: {et-al: و, v: ج}}\n"
	    "  latin: {replace: {'، ': ', ', ' و ': ' and '}, "
	    "terms: {et-al: et al., v: vol.}}\n"
	    "names: {n: {show: family-first, comma: '، ', between: '، ', "
	    "last: ' و ', at-most: 3, then: 2, initials: true}}\n"
	    "list: {entries: [authors, {field: year, before: '، '}, "
	    "{field: title, look: quotes, before: '، '}, "
	    "{field: volume, label: v, before: '، '}]}\n"),
	    "Smith, J., Doe, J. et al., 1990, “Title”, vol.~3");
}

static void
unknown_names(void **state)
{
	(void)state;
	load_text("kind: author-date\n"
	    "lisst: {}\n"
	    "citation:\n"
	    "  opne: '('\n"
	    "  item: [auhtors, {field: yaer}, {term: nothing}]\n"
	    "list:\n"
	    "  entries:\n"
	    "    book: [{feild: title}]\n"
	    "    boook: [title]\n");
	assert_non_null(style);
	assert_int_equal(said("STY001", NULL), 7);
	assert_int_equal(dg.first->pos.line, 2);
	assert_int_equal(dg.first->pos.col, 1);
	assert_string_equal(dg.first->text, "unknown key “lisst”; did you "
	    "mean “list”?");
	assert_int_equal(dg.first->next->pos.line, 4);
	assert_int_equal(dg.first->next->pos.col, 3);
	assert_int_equal(dg.worst, DIAG_ERROR);
}

static void
wrong_values(void **state)
{
	(void)state;
	load_text("kind: footnotes\n"
	    "as-printed: perhaps\n"
	    "language: [fa]\n"
	    "names: {n: {at-most: many}}\n"
	    "list: {order: sorted, entries: [{field: title, look: [x]}, "
	    "{}]}\n");
	assert_non_null(style);
	assert_int_equal(said("STY002", NULL), 7);
	assert_string_equal(dg.first->text, "“kind” must be author-date, "
	    "numeric or note, not “footnotes”; the default author-date "
	    "stands");
	assert_int_equal(dg.first->pos.line, 1);
	assert_int_equal(dg.first->pos.col, 7);
}

static void
the_author_cannot_hold_itself(void **state)
{
	(void)state;
	read_bib("@book{k, title={x}}");
	load_text("citation: {author: [{group: [cited-author]}], "
	    "item: [cited-author, title]}\n");
	assert_non_null(style);
	assert_int_equal(said("STY001", NULL), 1);
	cite("@k");
	resolve();
}

static void
inheriting(void **state)
{
	(void)state;
	put("b", "title: ب\nlist: {order: cited, numbered: true, "
	    "marker: '<{}>', entries: {book: [title], default: [year]}}\n");
	read_bib("@book{k, title={عنوان}, year=1390}");
	assert_string_equal(prints("inherit: b\nlist: {marker: '{}/', "
	    "entries: {book: [year]}}\n"), "۱۳۹۰");
	assert_string_equal(doc_value(listed(1), "marker"), "۱/");
	assert_null(said("STY001", NULL) ? dg.first : NULL);
}

static void
inheriting_in_a_circle(void **state)
{
	(void)state;
	put("b", "inherit: c\n");
	put("c", "inherit: a\nlist: {order: cited}\n");
	load_text("inherit: b\n");
	assert_non_null(style);
	assert_int_equal(said("STY005", NULL), 1);
	fresh(NULL);
	load_text("inherit: ../../etc/x\n");
	assert_int_equal(said("STY002", NULL), 1);
	fresh(NULL);
	load_text("inherit: nowhere\n");
	assert_int_equal(said("STY004", NULL), 1);
}

static void
unreadable(void **state)
{
	(void)state;
	assert_null(cite_style_load(&arena, &dg, in_dir("none"),
	    NULL, 0));
	assert_int_equal(said("STY004", NULL), 1);
	fresh(NULL);
	load_text("a: [\n");
	assert_null(style);
	assert_int_equal(said("STY003", NULL), 1);
	fresh(NULL);
	load_text("- a\n");
	assert_null(style);
	assert_int_equal(said("STY002", NULL), 1);
}

static void
deep_parts(void **state)
{
	struct buf b = {0};
	int i;

	(void)state;
	read_bib("@book{k, title={x}}");
	buf_str(&b, "list: {entries: [");
	for (i = 0; i < 16; i++)
		buf_str(&b, "{before: a, between: b, group: [");
	buf_str(&b, "title, title");
	for (i = 0; i < 16; i++)
		buf_str(&b, "]}");
	buf_str(&b, "]}\n");
	assert_string_equal(prints(b.p), "aaaaaaaaaaaaaaaaxbx");
	fresh(NULL);
	b.n = 0;
	buf_str(&b, "list: {entries: [");
	for (i = 0; i < 25; i++)
		buf_str(&b, "{group: [");
	for (i = 0; i < 25; i++)
		buf_str(&b, "]}");
	buf_str(&b, "]}\n");
	load_text(b.p);
	assert_int_equal(said("STY007", NULL), 1);
	buf_free(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_dir, close_dir)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(shipped_styles_are_right), TEST(parts),
		TEST(punctuation_does_not_double), TEST(latin_words),
		TEST(unknown_names), TEST(wrong_values),
		TEST(the_author_cannot_hold_itself), TEST(inheriting),
		TEST(inheriting_in_a_circle), TEST(unreadable),
		TEST(deep_parts),
	};

	return cmocka_run_group_tests(tests, NULL, fresh);
}
