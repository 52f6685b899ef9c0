/* The door to YAML: places, limits, and what is said of mistakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"

static struct arena arena;
static struct diag dg;

static int
fresh(void **state)
{
	(void)state;
	arena_free(&arena);
	diag_free(&dg);
	return 0;
}

static struct yaml *
parse(const char *s)
{
	return yaml_parse(&arena, &dg, "x.yaml", s, strlen(s), 0);
}

static void
at(struct pos p, uint32_t line, uint32_t col)
{
	assert_int_equal(p.line, line);
	assert_int_equal(p.col, col);
	assert_string_equal(dg.files[p.file], "x.yaml");
}

/* The only message so far is of this code, at this place, with this text. */
static void
said(const char *code, uint32_t line, uint32_t col, const char *text)
{
	assert_non_null(dg.first);
	assert_null(dg.first->next);
	assert_string_equal(dg.first->text, text);
	assert_string_equal(dg.first->code, code);
	at(dg.first->pos, line, col);
}

static void
refused(const char *s, const char *code, uint32_t line, uint32_t col,
    const char *text)
{
	fresh(NULL);
	assert_null(parse(s));
	said(code, line, col, text);
}

static void
kinds_and_places(void **state)
{
	struct yaml *y, *k;

	(void)state;
	y = parse("title: گلستان\n"
	    "نویسنده: 'سعدی'\n"
	    "list:\n"
	    "  - a\n"
	    "  - {k: v, k2: [1, 2]}\n"
	    "empty:\n"
	    "text: |\n"
	    "  one\n"
	    "  two\n");
	assert_null(dg.first);
	assert_int_equal(y->kind, YAML_MAP);
	assert_int_equal(y->nchildren, 5);
	assert_null(y->key);
	at(y->pos, 1, 1);
	k = yaml_get(y, "title");
	assert_int_equal(k->kind, YAML_SCALAR);
	assert_string_equal(k->text, "گلستان");
	assert_int_equal(k->len, strlen("گلستان"));
	assert_false(k->quoted);
	at(k->key_pos, 1, 1);
	at(k->pos, 1, 8);
	k = yaml_get(y, "نویسنده");
	assert_string_equal(k->text, "سعدی");
	assert_true(k->quoted);
	at(k->pos, 2, 10);		/* in code points */
	k = yaml_get(y, "list");
	assert_int_equal(k->kind, YAML_SEQ);
	assert_int_equal(k->nchildren, 2);
	at(k->pos, 4, 3);
	assert_string_equal(k->child->text, "a");
	assert_null(k->child->key);
	k = yaml_get(k->child->next, "k2");
	at(k->key_pos, 5, 12);
	at(k->pos, 5, 16);
	assert_string_equal(k->child->next->text, "2");
	assert_null(k->child->next->next);
	k = yaml_get(y, "empty");
	assert_int_equal(k->kind, YAML_SCALAR);
	assert_string_equal(k->text, "");
	assert_int_equal(k->len, 0);
	k = yaml_get(y, "text");
	assert_string_equal(k->text, "one\ntwo\n");
	assert_true(k->quoted);
	/* In the order of the file. */
	assert_string_equal(y->child->key, "title");
	assert_string_equal(y->child->next->key, "نویسنده");
	assert_null(yaml_get(y, "none"));
	assert_null(yaml_get(NULL, "none"));
	assert_null(yaml_get(k, "none"));
}

static void
front_matter_lines(void **state)
{
	static const char s[] = "a: 1\nb: [\n";
	struct yaml *y;

	(void)state;
	y = yaml_parse(&arena, &dg, "x.yaml", s, 4, 10);
	at(y->pos, 11, 1);
	assert_null(yaml_parse(&arena, &dg, "x.yaml", s, strlen(s), 10));
	assert_int_equal(dg.first->pos.line, 13);
}

static void
nothing_is_an_empty_scalar(void **state)
{
	static const char *const empty[] = { "", "\n\n", "# only\n", "---\n",
	    "\xef\xbb\xbf" };
	struct yaml *y;
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(empty); i++) {
		y = parse(empty[i]);
		assert_non_null(y);
		assert_int_equal(y->kind, YAML_SCALAR);
		assert_int_equal(y->len, 0);
		assert_null(dg.first);
	}
}

static void
only_the_first_document(void **state)
{
	struct yaml *y;

	(void)state;
	y = parse("a: 1\n---\nb: [\n");
	assert_int_equal(y->nchildren, 1);
	y = parse("--- \na: 1\n...\n*&@`\n");
	assert_int_equal(y->nchildren, 1);
	y = parse("\xef\xbb\xbf" "a: 1");
	at(y->pos, 1, 1);
	assert_null(dg.first);
}

static void
strings_by_their_tag(void **state)
{
	struct yaml *y;

	(void)state;
	y = parse("a: !!str 12\nb: !foo 12\nc: \"x\\0y\"\n");
	assert_true(yaml_get(y, "a")->quoted);
	assert_false(yaml_get(y, "b")->quoted);
	assert_int_equal(yaml_get(y, "c")->len, 3);
	assert_memory_equal(yaml_get(y, "c")->text, "x\0y", 4);
}

static void
duplicate_keys(void **state)
{
	struct yaml *y;

	(void)state;
	y = parse("a: 1\nb: 2\na: [3, {x: 1, x: 2}]\nc: {a: 4}\n");
	said("STY008", 3, 1,
	    "“a” was given before in the same place; the first one stands");
	assert_int_equal(y->nchildren, 3);
	assert_string_equal(yaml_get(y, "a")->text, "1");
	assert_string_equal(yaml_get(yaml_get(y, "c"), "a")->text, "4");
}

static void
keys_that_are_no_text(void **state)
{
	struct yaml *y;

	(void)state;
	y = parse("? [a, {b: c, b: d}]\n: 1\nx: 2\n");
	said("STY003", 1, 3,
	    "a key must be plain text; left out with its value");
	assert_int_equal(y->nchildren, 1);
	assert_string_equal(yaml_get(y, "x")->text, "2");
	fresh(NULL);
	y = parse("\"k\\0\": 1\nx: 2\n");
	said("STY003", 1, 1,
	    "a key must not hold U+0000; left out with its value");
	assert_int_equal(y->nchildren, 1);
}

static void
mistakes_of_authors(void **state)
{
	(void)state;
	refused("a: b: c\n", "STY003", 1, 5,
	    "a second “:” in one line; put the value in quotes");
	refused("title: \"گلستان\" سعدی\n", "STY003", 1, 17,
	    "the value ends before this; put all of it in quotes");
	refused("a:\n\tb: 1\n", "STY003", 2, 1,
	    "a tab indents this line; use spaces");
	refused("a: @b\n", "STY003", 1, 4,
	    "a value cannot begin with this character; put it in quotes");
	refused("a: 1\n  b: 2\n", "STY003", 2, 4,
	    "a key cannot stand here; is the indentation that of the keys "
	    "above?");
	refused("a:\n  - b\n - c\n", "STY003", 3, 2,
	    "a key is expected here; is the indentation that of the line "
	    "above?");
	refused("a: \"never\nb: 1\n", "STY003", 1, 4,
	    "a quotation mark is never closed");
	refused("a: 'never\n---\nb: 1\n", "STY003", 1, 4,
	    "a quotation mark is never closed");
	refused("a: [1, 2\nb: 3\n", "STY003", 2, 2,
	    "a “,” or “]” is missing");
	refused("a: *nope\n", "STY003", 1, 4,
	    "the alias names no anchor before it");
	refused("ب: \x01\n", "STY003", 1, 4,
	    "a control character stands here");
}

static void
bytes_that_are_not_utf8(void **state)
{
	struct arena a = {0};
	char *s;
	int c;

	(void)state;
	refused("a: 1\nبب: \xff\n", "STY003", 2, 5,
	    "bytes here are not UTF-8; save the file as UTF-8");
	refused("\xff\xfe" "a\0", "STY003", 1, 1,
	    "bytes here are not UTF-8; save the file as UTF-8");
	/* Any one byte, alone and in each position of a line. */
	for (c = 0; c < 256; c++) {
		s = arena_printf(&a, "k: v%cw", c);
		yaml_parse(&arena, &dg, "x.yaml", s, 6, 0);
		s = arena_printf(&a, "%c", c);
		yaml_parse(&arena, &dg, "x.yaml", s, 1, 0);
		s = arena_printf(&a, "%ck: 'v", c);
		yaml_parse(&arena, &dg, "x.yaml", s, 7, 0);
	}
	arena_free(&a);
}

/* Cut anywhere, a text is parsed or refused with one message. */
static void
cut_texts(void **state)
{
	static const char s[] = "%YAML 1.1\n---\na: &x [1, 'دو', \"\\u06cc\"]\n"
	    "b: *x\nc: {d: !!str e, ? f : g}\nh: |\n  i\n? k\n: >-\n  l\n...\n";
	struct yaml *y;
	size_t n;

	(void)state;
	for (n = 0; n <= strlen(s); n++) {
		fresh(NULL);
		y = yaml_parse(&arena, &dg, "x.yaml", s, n, 0);
		assert_true((y != NULL) == (dg.first == NULL));
	}
}

static void
aliases_are_copies(void **state)
{
	struct yaml *y, *b;

	(void)state;
	y = parse("a: &x {p: [q, r]}\nb: *x\nc: &k name\n*k : 3\n&m n: *k\n");
	assert_null(dg.first);
	b = yaml_get(y, "b");
	assert_int_equal(b->kind, YAML_MAP);
	assert_string_equal(b->key, "b");
	at(b->key_pos, 2, 1);
	at(b->pos, 1, 4);
	assert_string_equal(yaml_get(b, "p")->child->next->text, "r");
	assert_ptr_not_equal(b->child, yaml_get(y, "a")->child);
	assert_string_equal(yaml_get(y, "name")->text, "3");
	at(yaml_get(y, "name")->key_pos, 4, 1);
	assert_string_equal(yaml_get(y, "n")->text, "name");
	assert_int_equal(y->nchildren, 5);
}

static void
aliases_in_circles(void **state)
{
	(void)state;
	refused("a: &x [1, *x]\n", "STY007", 1, 11,
	    "the alias stands inside what it names; not read");
	refused("&x a: &y\n  b: &z {c: [*y]}\n", "STY007", 2, 14,
	    "the alias stands inside what it names; not read");
	refused("&x [*x]", "STY007", 1, 5,
	    "the alias stands inside what it names; not read");
}

static void
repeated(const char *head, const char *s, size_t n, const char *code,
    const char *text)
{
	struct buf b = {0};

	fresh(NULL);
	buf_str(&b, head);
	while (n-- > 0)
		buf_str(&b, s);
	assert_null(yaml_parse(&arena, &dg, "x.yaml", b.p, b.n, 0));
	assert_string_equal(dg.last->code, code);
	assert_string_equal(dg.last->text, text);
	buf_free(&b);
}

static void
limits(void **state)
{
	static const char deep[] = "nested deeper than 64 levels; not read",
	    many[] = "more than 100,000 values; not read";
	struct buf b = {0};
	int i;

	(void)state;
	repeated("", "[", 1000000, "STY007", deep);
	repeated("", "{", 1000000, "STY007", deep);
	repeated("", "- ", 1000000, "STY007", deep);
	repeated("", "? ", 1000000, "STY007", deep);
	repeated("", "{a: ", 100000, "STY007", deep);
	repeated("", "- a\n", 1000000, "STY007", many);
	repeated("[", "&a x, ", 200000, "STY007", many);
	repeated("[&a [1,2,3],", "*a ,", 200000, "STY007", many);
	repeated("", "%TAG !x! y\n", 1000000, "STY007",
	    "more than 16 directives; not read");

	/* Nine times nine times nine ... */
	fresh(NULL);
	buf_str(&b, "a0: &a0 x\n");
	for (i = 1; i < 20; i++)
		buf_printf(&b, "a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n",
		    i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
	assert_null(yaml_parse(&arena, &dg, "x.yaml", b.p, b.n, 0));
	assert_string_equal(dg.first->text, many);

	/* Deep by aliases alone. */
	fresh(NULL);
	b.n = 0;
	buf_str(&b, "a0: &a0 x\n");
	for (i = 1; i < 100; i++)
		buf_printf(&b, "a%d: &a%d [*a%d]\n", i, i, i - 1);
	assert_null(yaml_parse(&arena, &dg, "x.yaml", b.p, b.n, 0));
	assert_string_equal(dg.first->text, deep);

	/* At the limits all is well. */
	fresh(NULL);
	b.n = 0;
	for (i = 0; i < 64; i++)
		buf_char(&b, '[');
	for (i = 0; i < 64; i++)
		buf_char(&b, ']');
	assert_non_null(yaml_parse(&arena, &dg, "x.yaml", b.p, b.n, 0));
	b.n = 0;
	for (i = 0; i < 49999; i++)
		buf_printf(&b, "k%d: v\n", i);
	assert_non_null(yaml_parse(&arena, &dg, "x.yaml", b.p, b.n, 0));
	assert_null(dg.first);
	buf_free(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fresh, fresh)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(kinds_and_places),
		TEST(front_matter_lines),
		TEST(nothing_is_an_empty_scalar),
		TEST(only_the_first_document),
		TEST(strings_by_their_tag),
		TEST(duplicate_keys),
		TEST(keys_that_are_no_text),
		TEST(mistakes_of_authors),
		TEST(bytes_that_are_not_utf8),
		TEST(cut_texts),
		TEST(aliases_are_copies),
		TEST(aliases_in_circles),
		TEST(limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
