/*
 * The book file: its keys, its mistakes, a lone .md; then the manuscripts of
 * a book in one tree.
 */
#include <stdio.h>
#include <unistd.h>

#include "made.h"

static struct read_book b;
static char dir[64];
static char path[128];

static int
book_setup(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/dabir-book-XXXXXX");
	assert_non_null(mkdtemp(dir));
	return 0;
}

static int
book_done(void **state)
{
	static const char *const names[] = {"book.yaml", "a.md", "b.md",
		"essay.v2.md"};

	read_book_free(&b);
	for (size_t i = 0; i < NELEM(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		unlink(path);
	}
	rmdir(dir);
	return done(state);
}

static const char *
file(const char *name, const char *text)
{
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return path;
}

static bool
book(const char *text)
{
	read_book_free(&b);
	return read_book(&b, &dg, file("book.yaml", text));
}

static void
every_key_is_read(void **state)
{
	const struct read_target *t;
	const struct doc_meta *m;

	(void)state;
	assert_true(book(
	    "title: کتاب\n"
	    "author: [یک, دو]\n"
	    "lang: fa\n"
	    "meta: {شابک: x, a: {b: c}}\n"
	    "manuscript: [a.md, sub/b.md, sub/../c.md]\n"
	    "bibliography: refs.bib\n"
	    "citations: numeric-fa\n"
	    "style: booklet\n"
	    "targets:\n"
	    "  screen: {style: booklet, output: s.pdf, standard: ua-1+a-2a,"
	    " default: true}\n"
	    "  print: {standard: [x-4], bleed: 3mm, marks: true}\n"
	    "  hand: {each: .phase, output: \"h/{id}.html\", format: html,"
	    " answers: yes}\n"
	    "  imposed: {from: screen, impose: {method: saddle}}\n"
	    "  bare:\n"));
	assert_null(dg.first);
	assert_int_equal(b.nmanuscript, 3);
	assert_string_equal(b.manuscript[1] + strlen(dir), "/sub/b.md");
	assert_string_equal(b.manuscript[2] + strlen(dir), "/sub/../c.md");
	assert_int_equal(b.nbibliography, 1);
	assert_string_equal(b.bibliography[0] + strlen(dir), "/refs.bib");
	assert_int_equal(b.bibliography_at[0].line, 6);
	assert_string_equal(b.citations, "numeric-fa");
	assert_string_equal(b.style, "booklet");
	assert_false(b.is_lone_md);

	m = b.meta;
	assert_string_equal(m->key, "title");
	assert_int_equal(m->pos.line, 1);
	assert_string_equal(m->next->value, "یک");
	assert_string_equal(m->next->next->value, "دو");
	m = m->next->next->next->next;
	assert_string_equal(m->key, "شابک");
	assert_string_equal(m->next->key, "a.b");
	assert_null(m->next->next);

	t = b.targets;
	assert_string_equal(t->name, "screen");
	assert_true(t->is_default);
	assert_string_equal(t->format, "pdf");
	assert_int_equal(t->pos.line, 10);
	t = t->next;
	assert_string_equal(t->output, "print.pdf");
	assert_non_null(yaml_get(t->map, "bleed"));
	t = t->next;
	assert_string_equal(t->each, ".phase");
	assert_string_equal(t->format, "html");
	assert_true(t->answers);
	t = t->next;
	assert_string_equal(t->from, "screen");
	assert_non_null(yaml_get(t->map, "impose"));
	t = t->next;
	assert_string_equal(t->name, "bare");
	assert_null(t->next);
}

static void
mistakes_have_places_and_names(void **state)
{
	const struct diag_msg *m;

	(void)state;
	assert_true(book(
	    "titel: x\n"
	    "bibliography: {a: b}\n"
	    "manuscript: a.md\n"
	    "style: [a]\n"
	    "targets:\n"
	    "  one: {outptu: x, default: maybe, format: doc}\n"
	    "  two: x\n"));
	m = message("STY001");
	assert_int_equal(m->pos.line, 1);
	assert_non_null(strstr(m->text, "“title”"));
	assert_int_equal(messages("STY001"), 2);
	assert_true(messages("STY002") >= 4);
	assert_string_equal(b.targets->name, "one");
	assert_null(b.targets->next);
	assert_string_equal(b.targets->format, "pdf");
	assert_int_equal(diag_exit(&dg), 1);
}

static void
what_cannot_be_built_is_refused(void **state)
{
	(void)state;
	assert_false(book("- a list\n"));
	assert_false(book("title: no manuscript\n"));
	assert_false(book("a: [\n"));
	assert_false(book(""));
	read_book_free(&b);
	assert_false(read_book(&b, &dg, "/nonexistent/book.yaml"));
	assert_int_equal(diag_exit(&dg), 2);
}

static void
a_lone_md_is_a_book_of_one_target(void **state)
{
	(void)state;
	assert_true(read_book(&b, &dg, file("essay.v2.md",
	    "---\ntitle: ع\nstyle: handout\nbibliography: [r.bib]\n"
	    "citations: notes-fa\nlang: fa\n---\n\nمتن\n")));
	assert_true(b.is_lone_md);
	assert_int_equal(b.nmanuscript, 1);
	assert_string_equal(b.manuscript[0], path);
	assert_string_equal(b.targets->name, "pdf");
	assert_string_equal(b.targets->output, "essay.v2.pdf");
	assert_true(b.targets->is_default);
	assert_null(b.targets->next);
	assert_string_equal(b.style, "handout");
	assert_int_equal(b.style_pos.line, 3);
	assert_string_equal(b.citations, "notes-fa");
	assert_string_equal(b.bibliography[0] + strlen(dir), "/r.bib");
	assert_true(read_manuscripts(&d, &dg, &b, NULL));
	assert_string_equal(doc_meta(&d, "title"), "ع");
	assert_null(dg.first);
}

static void
two_files_are_one_book(void **state)
{
	(void)state;
	file("a.md", "# یک {#x}\n\nمتن[^n]، [@tbl-t] و [پیوند][l].\n\n"
	    "[l]: http://a\n");
	file("b.md", "---\ntitle: ب\n---\n\n[^n]: یادداشت\n\n[پیوند][l]\n\n"
	    "# دو {#x}\n");
	assert_true(book("title: الف\nlang: fa\n"
	    "manuscript: [a.md, none.md, b.md]\n"));
	assert_true(read_manuscripts(&d, &dg, &b, NULL));
	assert_string_equal(doc_meta(&d, "title"), "الف");
	assert_non_null(first_of(DOC_NOTE_REF)->target);
	assert_int_equal(messages("MAN008"), 1);
	assert_int_equal(message("MAN008")->pos.line, 3);
	assert_int_equal(messages("MAN009"), 1);
	/* Links are defined for their own file. */
	assert_non_null(strstr(dump(), "\"[پیوند][l]\""));
	assert_string_equal(dg.files[message("MAN009")->pos.file] +
	    strlen(dir), "/b.md");
}

static void
an_empty_book_is_told(void **state)
{
	(void)state;
	file("a.md", "\n<!-- هیچ -->\n");
	assert_true(book("manuscript: a.md\n"));
	assert_false(read_manuscripts(&d, &dg, &b, NULL));
	assert_int_equal(messages("MAN005"), 1);
}

static void
no_file_at_all(void **state)
{
	(void)state;
	assert_true(book("manuscript: [none.md, other.md]\n"));
	assert_false(read_manuscripts(&d, &dg, &b, NULL));
	assert_int_equal(messages("MAN008"), 2);
	assert_int_equal(messages("MAN005"), 0);
}

static void
the_language_is_guessed_by_letters(void **state)
{
	static const struct { const char *text, *lang; } cases[] = {
		{"این متن فارسی است، with two words.", "fa"},
		{"هذا نص عربي.", "ar"},
		{"This is English, با چند واژه.", "en"},
		{"متن نمونه است.", "fa"},
		{"متن.", "fa"},
		{"۱۲۳", "fa"},
		{"١٢٣", "ar"},
		{"שלום", "he"},
		{"123", "en"},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		file("a.md", cases[i].text);
		assert_true(book("manuscript: a.md\n"));
		assert_true(read_manuscripts(&d, &dg, &b, NULL));
		assert_string_equal(doc_meta(&d, "lang"), cases[i].lang);
		assert_int_equal(messages("MAN016"), 1);
		read_book_free(&b);
		done(NULL);
	}
	file("a.md", "---\nlang: ar\n---\nاین فارسی است\n");
	assert_true(book("manuscript: a.md\n"));
	assert_true(read_manuscripts(&d, &dg, &b, NULL));
	assert_string_equal(doc_meta(&d, "lang"), "ar");
	assert_int_equal(messages("MAN016"), 0);
}

#define T(f) cmocka_unit_test_setup_teardown(f, book_setup, book_done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(every_key_is_read), T(mistakes_have_places_and_names),
		T(what_cannot_be_built_is_refused),
		T(a_lone_md_is_a_book_of_one_target),
		T(two_files_are_one_book), T(an_empty_book_is_told),
		T(no_file_at_all), T(the_language_is_guessed_by_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
