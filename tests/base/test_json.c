/* The door to JSON, in and out. */
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

static struct json *
parse(const char *s)
{
	return json_parse(&arena, &dg, "x.json", s, strlen(s));
}

static void
kinds_and_order(void **state)
{
	struct json *j, *k;

	(void)state;
	j = parse("[{\"z\": \"گ\\u0644\\n\", \"a\": [1, -2.50, true, false, "
	    "null], \"m\": {}}]");
	assert_null(dg.first);
	assert_int_equal(j->kind, JSON_ARRAY);
	assert_int_equal(j->nchildren, 1);
	j = j->child;
	assert_int_equal(j->kind, JSON_OBJECT);
	assert_int_equal(j->nchildren, 3);
	assert_string_equal(j->child->key, "z");
	assert_string_equal(j->child->next->key, "a");
	assert_string_equal(j->child->next->next->key, "m");
	assert_null(j->child->next->next->next);
	assert_string_equal(json_get(j, "z")->text, "گل\n");
	assert_int_equal(json_get(j, "z")->len, 5);
	k = json_get(j, "a")->child;
	assert_int_equal(k->kind, JSON_NUMBER);
	assert_string_equal(k->text, "1");
	assert_null(k->key);
	k = k->next;
	assert_string_equal(k->text, "-2.50");
	assert_true(k->number == -2.5);
	k = k->next;
	assert_int_equal(k->kind, JSON_BOOL);
	assert_true(k->number == 1);
	k = k->next;
	assert_int_equal(k->kind, JSON_BOOL);
	assert_true(k->number == 0);
	assert_int_equal(k->next->kind, JSON_NULL);
	assert_null(json_get(j, "none"));
	assert_null(json_get(NULL, "z"));
	assert_null(json_get(k, "z"));
}

/* The text of a number comes from the source, past strings like it. */
static void
numbers_as_written(void **state)
{
	struct json *j;

	(void)state;
	j = parse("{\"1\": \"2 \\\" 3\", \"4\\\\\": 5e0, \"x\": ["
	    "123456789012345678901234567890, 1E+2, -0]}");
	assert_non_null(j);
	assert_string_equal(json_get(j, "4\\")->text, "5e0");
	j = json_get(j, "x")->child;
	assert_string_equal(j->text, "123456789012345678901234567890");
	assert_true(j->number > 1.2e29 && j->number < 1.3e29);
	assert_string_equal(j->next->text, "1E+2");
	assert_true(j->next->number == 100);
	assert_string_equal(j->next->next->text, "-0");
	assert_string_equal(parse("12")->text, "12");
	assert_string_equal(parse("\xef\xbb\xbf 7")->text, "7");
}

static void
strings_with_nul(void **state)
{
	struct json *j;

	(void)state;
	j = parse("\"a\\u0000b\"");
	assert_int_equal(j->len, 3);
	assert_memory_equal(j->text, "a\0b", 4);
}

static void
refused(const char *s, size_t n, uint32_t line, uint32_t col)
{
	fresh(NULL);
	assert_null(json_parse(&arena, &dg, "x.json", s, n));
	assert_non_null(dg.first);
	assert_null(dg.first->next);
	assert_string_equal(dg.first->code, "BIB010");
	assert_int_equal(dg.first->pos.line, line);
	if (col != 0)
		assert_int_equal(dg.first->pos.col, col);
	assert_int_equal(dg.first->level, DIAG_ERROR);
}

static void
mistakes_have_places(void **state)
{
	static const char *const bad[] = { "", " ", "{", "[", "\"", "[1,]",
	    "{\"a\"}", "{\"a\":}", "{,}", "01", "1.", "nul", "[1 2]", "1 2",
	    "{\"a\":1,\"a\":2}", "\"\\x\"", "\"\\ud800\"", "{\"a\\u0000\":1}",
	    "\"\n\"", "'a'", "+1", "NaN", "[1]]", "1e999999" };
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(bad); i++) {
		fresh(NULL);
		assert_null(parse(bad[i]));
		assert_non_null(dg.first);
		assert_null(dg.first->next);
		assert_true(dg.first->pos.line > 0);
	}
	refused("[1,\n \"گ\", x]", 13, 2, 7);
	refused("[\"\xff\"]", 5, 1, 0);
	refused("[1\0]", 4, 1, 3);
}

static void
nesting(void **state)
{
	struct buf b = {0};
	int i;

	(void)state;
	for (i = 0; i < 64; i++)
		buf_char(&b, '[');
	buf_str(&b, "\"]]]{{{[[[\\\"[[[\"");
	for (i = 0; i < 64; i++)
		buf_char(&b, ']');
	assert_non_null(parse(b.p));
	assert_null(dg.first);
	b.n = 0;
	buf_char(&b, '\n');
	for (i = 0; i < 1000000; i++)
		buf_char(&b, i % 2 ? '[' : '{');
	refused(b.p, b.n, 2, 65);
	buf_free(&b);
}

static void
cut_texts(void **state)
{
	static const char s[] =
	    "[{\"a\": [1.5e3, -7, \"گ\\u06cc\\\\\\\"\"], \"b\": null}, true]";
	size_t n;

	(void)state;
	for (n = 0; n < strlen(s); n++) {
		fresh(NULL);
		assert_null(json_parse(&arena, &dg, "x.json", s, n));
	}
	assert_non_null(parse(s));
}

static void
quoting(void **state)
{
	static const char raw[] = "a\"b\\c\n\r\t\x01\x1f\x7fگ😀/\xff\xc3.";
	struct buf b = {0};
	struct json *j;

	(void)state;
	json_quote(&b, raw, strlen(raw));
	assert_string_equal(b.p, "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u001f"
	    "\\u007fگ😀/\xef\xbf\xbd\xef\xbf\xbd.\"");
	j = parse(b.p);
	assert_string_equal(j->text, "a\"b\\c\n\r\t\x01\x1f\x7fگ😀/"
	    "\xef\xbf\xbd\xef\xbf\xbd.");
	b.n = 0;
	json_quote(&b, "a\0b", 3);
	assert_string_equal(b.p, "\"a\\u0000b\"");
	b.n = 0;
	json_quote(&b, "", 0);
	assert_string_equal(b.p, "\"\"");
	buf_free(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fresh, fresh)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(kinds_and_order),
		TEST(numbers_as_written),
		TEST(strings_with_nul),
		TEST(mistakes_have_places),
		TEST(nesting),
		TEST(cut_texts),
		TEST(quoting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
