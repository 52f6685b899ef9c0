/*
 * Manuscripts meant to hurt: each is one piece, many times over. None may
 * crash, nest past the limit, lose a letter, or take more than its share of
 * time: twice the pieces may take two and a half times as long, not four.
 */
#include <time.h>

#include "made.h"

#define DEEPEST 300		/* nodes above one another in any tree */

static const struct { const char *head, *piece, *tail, *close; } cases[] = {
	/* brackets */
	{"", "[", "", ""}, {"", "[", "a", "]"}, {"", "[a](", "", ""},
	{"", "[a](b \"", "", ""}, {"", "[a](b '", "", ""},
	{"", "[a](<b", "", ""}, {"", "[", "a", "](b)"},
	{"", "![", "a", "](b)"}, {"", "[", "a", "]{.b}"},
	{"", "[a]{", "", ""}, {"", "[a]{.b ", "", ""}, {"", "[a]{b=\"", "", ""},
	{"", "^[", "a", "]"}, {"", "[^a]", "", ""}, {"", "[^a", "", ""},
	{"", "[@a ", "", ""}, {"", "[@a;", "", "]"}, {"", "[@a ", "", "]"},
	{"", "@", "", ""}, {"", "@a ", "", ""}, {"", "@a [", "", ""},
	{"[a]: b\n\n", "[x", "", ""}, {"[a]: b\n\n", "[x][y", "", ""},
	{"[a]: b\n\n", "[", "x", "]["}, {"", "[a]: b\n", "", ""},
	{"", "[a]:\n", "", ""}, {"", "[^a]: [^b]: ", "", ""},
	{"", "[^a]: b\n\n", "", ""},
	/* marks */
	{"", "*a ", "", ""}, {"", "a*", "", ""}, {"", "*a **b ", "", ""},
	{"", "**a *b ", "", " c* d**"}, {"", "*a _b ", "", "c_ d*"},
	{"", "*", "a", "*"}, {"", "`a", "", ""}, {"", "``a`b", "", ""},
	{"", "~~a ", "", "~~"}, {"", "$a", "", ""}, {"", "a$ $b", "", ""},
	{"", "<", "", ""}, {"", "<a ", "", ""}, {"", "<a '\"", "", ""},
	{"", "<!--", "", ""}, {"", "a <!--", "", ""},
	{"", "<!-- x -->\n", "", ""}, {"", "- <!--\n", "\n-->\n", ""},
	{"", "&a", "", ""}, {"", "&#x;", "", ""}, {"", "&amp;", "", ""},
	{"", "\\", "", ""}, {"", "\\\n", "", ""}, {"", "a  \n", "", ""},
	/* blocks */
	{"", ">", "", ""}, {"", "> ", "a", ""}, {"", "- ", "a", ""},
	{"", "1. ", "", ""}, {"", "> - ", "a", ""}, {"- - - a\n", "\n", "", ""},
	{"> a\n", "b\n", "", ""}, {"a\n", ": ", "", ""},
	{"", "a\n: b\n", "", ""},
	{"a\n: b\n", "    : c\n", "", ""},
	{"", "a\n\n: b\n\n", "|a|\n|-|\n", ""},
	{"", "::: a\n", "", ""}, {"", "::: a\n", "", ":::\n"},
	{"", ":::\n", "", ""}, {"", "::: {.a\n", "", ""}, {"", ":", "", ""},
	{"", "> ::: a\n", "", ""}, {"", "::: page-break\n", "", ""},
	{"|a|b|\n|-|-|\n", "|a|b|c|\n", "", ""},
	{"|a|b|\n|-|-|\n", "a\n", "", ""},
	{"a|b\n-|-\n", "|", "", ""}, {"", "|-|\n", "", ""},
	{"", "|a|\n|-|\n\n", "", ""}, {"", ": a\n\n", "", ""},
	{"|a|\n|-|\n|b|\n", ": a\n", "", ""}, {"", "| *a*\n", "", ""},
	{"", "#", "", ""}, {"", "# a\n", "", ""}, {"# a ", "{.b} ", "", ""},
	{"# ", "{", "", "}"}, {"", "a\n", "===", ""}, {"", "```\n", "", ""},
	{"", "`", "\na\n", ""}, {"", "    a\n", "", ""},
	{"", "الف. x\n\n", "", ""}, {"", "۱. x\n", "", ""},
	{"", "1", ". x", ""},
	{"", "- ", "\n", "* "}, {"", "---\n", "", ""},
	{"---\n", "[", "\n---\n", ""},
	{"::: verse\n", "a | b\n", ":::\n", ""},
	/* letters and none */
	{"", "ب", "", ""}, {"", "ب ", "", ""}, {"", " ", "a", ""},
	{"", "\t", "a", ""}, {"", "\r", "", ""}, {"", "a\r\n", "", ""},
	{"", "\xff", "", ""}, {"", "\xef\xbb\xbf", "", ""},
	{"", "\xe2\x80\xae", "", ""}, {"", "\xe2\x80\x8c", "", ""},
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
build(struct buf *b, size_t i, int times)
{
	int k;

	b->n = 0;
	buf_str(b, cases[i].head);
	for (k = 0; k < times; k++)
		buf_str(b, cases[i].piece);
	buf_str(b, cases[i].tail);
	for (k = 0; k < times; k++)
		buf_str(b, cases[i].close);
}

static int
depth_of(const struct doc_node *top)
{
	const struct doc_node *n = top;
	int depth = 0, most = 0;

	while (n != NULL) {
		most = depth > most ? depth : most;
		if (n->first != NULL) {
			n = n->first;
			depth++;
			continue;
		}
		while (n != top && n->next == NULL) {
			n = n->parent;
			depth--;
		}
		n = n == top ? NULL : n->next;
	}
	return most;
}

static double
read_timed(const struct buf *b)
{
	double t;

	done(NULL);
	t = now();
	read_bytes(b->p, b->n);
	return now() - t;
}

static void
ten_thousand_of_anything(void **state)
{
	struct buf b = {0};
	double half, whole;
	int tries;

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		/* A busy machine may be slow once; quadratic is slow always. */
		for (tries = 0; tries < 4; tries++) {
			build(&b, i, 10000);
			half = read_timed(&b);
			assert_int_equal(messages("MAN015"), 0);
			assert_true(depth_of(d.root) < DEEPEST);
			assert_true(depth_of(d.note_root) < DEEPEST);
			if (half < 0.05)
				break;
			build(&b, i, 20000);
			whole = read_timed(&b);
			if (whole < half * 3)
				break;
		}
		if (tries == 4)
			fail_msg("case %zu (“%s”) takes %.2f s for 10,000",
			    i, cases[i].piece, half);
	}
	buf_free(&b);
}

/* Deeper by one with every line: quotes by their marks, lists by blanks. */
static void
deeper_line_by_line(void **state)
{
	struct buf b = {0};
	int i, k;

	(void)state;
	for (i = 0; i < 400; i++) {
		for (k = 0; k <= i; k++)
			buf_str(&b, "> ");
		buf_str(&b, "a\n");
	}
	read_bytes(b.p, b.n);
	assert_true(depth_of(d.root) < DEEPEST);
	assert_true(messages("MAN014") > 0);
	b.n = 0;
	for (i = 0; i < 400; i++) {
		for (k = 0; k < i; k++)
			buf_str(&b, "  ");
		buf_str(&b, "- a\n");
	}
	for (i = 0; i < 10000; i++)
		buf_char(&b, '\n');
	read_bytes(b.p, b.n);
	assert_true(depth_of(d.root) < DEEPEST);
	assert_int_equal(messages("MAN015"), 0);
	buf_free(&b);
}

static void
one_endless_word(void **state)
{
	struct buf b = {0};
	double t;

	(void)state;
	while (b.n < 10 << 20)
		buf_str(&b, "باسماچی‌");
	t = read_timed(&b);
	assert_int_equal(d.root->first->first->len, b.n);
	assert_true(t < 5);
	buf_free(&b);
}

/* Ten thousand links and notes, each defined, each called. */
static void
many_names(void **state)
{
	struct buf b = {0};
	int i;

	(void)state;
	for (i = 0; i < 10000; i++)
		buf_printf(&b, "[a%d] [^n%d]\n\n", i, i);
	for (i = 0; i < 10000; i++)
		buf_printf(&b, "[a%d]: u%d\n\n[^n%d]: t\n\n", i, i, i);
	assert_true(read_timed(&b) < 5);
	assert_null(dg.first);
	assert_int_equal(first_of(DOC_NOTE_REF)->target->number, 1);
	buf_free(&b);
}

/* A table may not make more of short rows than fits in memory. */
static void
short_rows_of_a_wide_table(void **state)
{
	struct buf b = {0};
	int i;

	(void)state;
	for (i = 0; i < 5000; i++)
		buf_str(&b, "|a");
	buf_str(&b, "\n");
	for (i = 0; i < 5000; i++)
		buf_str(&b, "|-");
	buf_str(&b, "\n");
	for (i = 0; i < 5000; i++)
		buf_str(&b, "a\n");
	read_bytes(b.p, b.n);
	assert_int_equal(first_of(DOC_TABLE)->ncols, 1000);
	assert_true(d.nserial < 300000);
	assert_int_equal(messages("MAN018"), 1);
	assert_int_equal(messages("MAN015"), 0);
	buf_free(&b);
}

#define T(f) cmocka_unit_test_teardown(f, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(ten_thousand_of_anything), T(deeper_line_by_line),
		T(one_endless_word), T(many_names),
		T(short_rows_of_a_wide_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
