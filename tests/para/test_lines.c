/*
 * Lines of paragraphs made by hand: alignment, indents, spaces, order,
 * hard cases, messages.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "para/check.h"
#include "para/made.h"

static struct arena arena, scratch;
static struct diag diag;
static struct para_style style;
static struct para_shape shape;
static sp space;		/* of the face, at 20 pt */
static sp LETTER;		/* half an em of it */

static struct pos
place(void *arg, uint32_t offset)
{
	(void)arg;
	return (struct pos){ 7, offset + 1, 0 };
}

static struct para_lines *
set(const char *text)
{
	return para_break(NULL, &arena, &scratch, &diag,
	    made_para(&arena, text), &shape, &style, place, NULL);
}

static size_t
messages(const char *code)
{
	const struct diag_msg *m;
	size_t n = 0;

	for (m = diag.first; m != NULL; m = m->next)
		n += strcmp(m->code, code) == 0;
	return n;
}

static int
setup(void **state)
{
	struct para_lines *l;

	(void)state;
	diag = (struct diag){0};
	made_open(&diag);
	style = (struct para_style){ .align = PARA_JUSTIFY,
		.space_min = 800, .space_max = 1500, .space_natural = 1000,
		.tolerance = 200, .line_penalty = 10,
		.fitness_demerits = 3000, .keep_last_natural = true };
	shape = (struct para_shape){ .measure = PT(300) };
	LETTER = set("a")->v[0].width;
	l = set("a b");
	space = l->v[0].width - 2 * LETTER;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	made_close();
	arena_free(&arena);
	arena_free(&scratch);
	diag_free(&diag);
	return 0;
}

static void
check(const struct para_lines *l)
{
	check_lines(l, &shape);
}

static const char *words = "aaa bb cccc dd eee ff ggg hhhhh ii jjj kk lll m "
    "nnnn oo ppp qq rrr sss tt uuuu vv www x yyy zz aaa bb ccc dd eee";

static void
lines_are_as_wide_as_the_measure(void **state)
{
	struct para_lines *l = set(words);
	uint32_t i;

	(void)state;
	check(l);
	assert_true(l->n > 3);
	for (i = 0; i + 1 < l->n; i++) {
		assert_int_equal(l->v[i].width, PT(300));
		assert_int_equal(l->v[i].x, 0);
		assert_in_range(l->v[i].ratio, 800, 1500);
		assert_true(l->v[i].ascent > 0 && l->v[i].descent > 0);
	}
	assert_true(l->v[i].ragged);
	assert_int_equal(l->v[i].ratio, 1000);
	/* The last line begins at the right. */
	assert_int_equal(l->v[i].x, PT(300) - l->v[i].width);
	assert_null(diag.first);
}

/* What is left over by rounding goes to the first spaces. */
static void
spaces_are_equal_to_one_sp(void **state)
{
	struct para_lines *l;
	const struct line_run *r;

	(void)state;
	style.keep_last_natural = false;
	shape.measure = 8 * LETTER + 3 * space + 5;
	l = set("aa bb cc dd");
	check(l);
	assert_int_equal(l->n, 1);
	r = &l->v[0].runs[0];
	assert_int_equal(r->space, space + 1);
	assert_int_equal(r->nextra, 2);
	shape.measure -= 5 + 4;		/* closing: rounded down too */
	l = set("aa bb cc dd");
	check(l);
	r = &l->v[0].runs[0];
	assert_int_equal(r->space, space - 2);
	assert_int_equal(r->nextra, 2);
}

static void
alignments(void **state)
{
	struct para_lines *l;
	sp width;

	(void)state;
	style.align = PARA_START;
	l = set("aaaa bb");
	width = 6 * LETTER + space;
	assert_int_equal(l->v[0].width, width);
	assert_int_equal(l->v[0].x, PT(300) - width);
	style.align = PARA_END;
	assert_int_equal(set("aaaa bb")->v[0].x, 0);
	style.align = PARA_CENTRE;
	assert_int_equal(set("aaaa bb")->v[0].x, (PT(300) - width) / 2);
	l = set(words);
	check(l);
	assert_true(l->v[0].ragged);
	assert_int_equal(l->v[0].ratio, 1000);
	assert_null(diag.first);
}

static void
indents(void **state)
{
	struct para_lines *l;
	uint32_t n;

	(void)state;
	shape.indent_first = PT(30);
	l = set(words);
	check(l);
	assert_int_equal(l->v[0].width, PT(270));
	assert_int_equal(l->v[0].x, 0);	/* the indent is at the right */
	assert_int_equal(l->v[1].width, PT(300));
	/* Hanging: the first line reaches back to the margin. */
	shape.indent_start = PT(40);
	shape.indent_first = -PT(40);
	shape.indent_end = PT(10);
	l = set(words);
	check(l);
	assert_int_equal(l->v[0].x, PT(10));
	assert_int_equal(l->v[0].width, PT(290));
	assert_int_equal(l->v[1].x, PT(10));
	assert_int_equal(l->v[1].width, PT(250));
	n = l->n - 1;
	assert_int_equal(l->v[n].x + l->v[n].width, PT(260));
}

/* In a Latin book start is the left. */
static void
left_to_right(void **state)
{
	struct shape_para *p = made_para(&arena, "aaaa bb");
	struct para_lines *l;

	(void)state;
	p->level = 0;
	shape.indent_first = PT(30);
	shape.indent_end = PT(7);
	l = para_break(NULL, &arena, &scratch, &diag, p, &shape, &style,
	    place, NULL);
	assert_int_equal(l->v[0].x, PT(30));
	style.align = PARA_END;
	l = para_break(NULL, &arena, &scratch, &diag, p, &shape, &style,
	    place, NULL);
	assert_int_equal(l->v[0].x, PT(293) - l->v[0].width);
}

static void
a_word_too_wide_juts_out(void **state)
{
	struct para_lines *l;

	(void)state;
	shape.measure = 20 * LETTER;
	l = set("aa aaaaaaaaaaaaaaaaaaaaaaaa bb");
	check(l);
	assert_int_equal(l->n, 3);
	assert_true(l->v[1].overfull);
	assert_int_equal(l->v[1].width, 24 * LETTER);
	/* At its end: the left. */
	assert_int_equal(l->v[1].x, -4 * LETTER);
	assert_int_equal(messages("LAY001"), 1);
	assert_int_equal(messages("LAY011"), 1);	/* "aa" alone */
	assert_int_equal(diag.first->pos.line, 7);
	assert_int_equal(diag.first->pos.col, 1);
	assert_int_equal(diag.last->pos.col, 4);
}

static void
paragraphs_of_nothing(void **state)
{
	struct para_lines *l;

	(void)state;
	l = set("");
	assert_int_equal(l->n, 0);
	l = set("   ");
	check(l);
	assert_int_equal(l->n, 0);
	l = set("aa");
	check(l);
	assert_int_equal(l->n, 1);
	assert_int_equal(l->v[0].width, 2 * LETTER);
	assert_true(l->v[0].last);
	l = set("  aa ");
	check(l);
	assert_int_equal(l->n, 1);
	assert_int_equal(l->v[0].text, 2);
	assert_int_equal(l->v[0].text_end, 5);
	assert_int_equal(l->v[0].width, 2 * LETTER);
	assert_null(diag.first);
}

static void
breaks_that_must_be(void **state)
{
	struct para_lines *l = set("aa bb|cc|| dd ee|");

	(void)state;
	check(l);
	assert_int_equal(l->n, 4);
	assert_int_equal(l->v[0].width, 4 * LETTER + space);
	assert_true(l->v[0].ragged);
	assert_false(l->v[0].last);
	assert_int_equal(l->v[2].width, 0);	/* between the two */
	assert_int_equal(l->v[3].width, 4 * LETTER + space);
	assert_null(diag.first);
}

/* Where the dash ends a line is better than a loose line, no more. */
static void
breaks_inside_words(void **state)
{
	struct para_lines *l;

	(void)state;
	style.align = PARA_START;
	shape.measure = 8 * LETTER;
	l = set("aaa bbb-ccc");
	check(l);
	assert_int_equal(l->n, 2);
	assert_int_equal(l->v[0].text_end, 8);
	/* Only when there is no other way. */
	shape.measure = 9 * LETTER;
	l = set("aaa bbb=ccc");
	check(l);
	assert_int_equal(l->v[0].text_end, 4);
	shape.measure = 6 * LETTER;
	l = set("aaa bbb=ccc");
	check(l);
	assert_int_equal(l->n, 3);
}

static void
spaces_at_line_ends_are_dropped(void **state)
{
	struct para_lines *l;

	(void)state;
	style.align = PARA_START;
	shape.measure = 5 * LETTER;
	l = set("aaaaa   .  bb");
	check(l);
	assert_int_equal(l->n, 2);
	assert_int_equal(l->v[0].width, 5 * LETTER);
	assert_int_equal(l->v[0].runs[0].nclusters, 5);
	assert_int_equal(l->v[1].text, 11);
	/* A joiner before the space belongs to the word. */
	l = set("aaaaa. bb");
	assert_int_equal(l->v[0].runs[0].nclusters, 6);
}

/* right to left: abc, then FOO BAR to its left, then de. */
static void
order_of_runs(void **state)
{
	struct para_lines *l;
	const struct para_line *v;

	(void)state;
	l = set("abc FOO BAR de");
	check(l);
	v = &l->v[0];
	assert_int_equal(v->nruns, 3);
	assert_int_equal(v->runs[0].x + v->runs[0].width, v->width);
	assert_int_equal(v->runs[2].x, 0);
	assert_int_equal(v->runs[1].x, v->runs[2].width);
	/* A phrase of the other direction over a line's end: its beginning
	 * stands on the first line, at that line's end. */
	style.align = PARA_START;
	shape.measure = 7 * LETTER + space;
	l = set("abc FOO BAR de");
	check(l);
	assert_int_equal(l->n, 2);
	v = &l->v[0];
	assert_int_equal(v->runs[v->nruns - 1].cluster, 4);
	assert_int_equal(v->runs[v->nruns - 1].nclusters, 3);
	assert_int_equal(v->runs[v->nruns - 1].x, 0);
}

static void
loose_and_tight_lines_are_told(void **state)
{
	struct para_lines *l;

	(void)state;
	shape.measure = PT(120);
	l = set("aaaa bbbb cccccccccc dd");
	check(l);
	assert_int_equal(l->n, 3);
	assert_true(l->v[0].ratio > 1500);
	assert_int_equal(messages("LAY002"), 1);
	assert_true(diag.first->has_measure);
	assert_true(diag.first->measured > 1.5);
	assert_int_equal(diag.first->pos.col, 1);
	/* What cannot be broken may close its spaces further. */
	shape.measure = 11 * LETTER + space / 10 * 7;
	l = set("aaaaa_bbbbbb ccccccccccc");
	check(l);
	assert_int_equal(messages("LAY003"), 1);
	assert_false(l->v[0].overfull);
	assert_in_range(l->v[0].ratio, 699, 700);
}

static void
first_fit_is_no_better(void **state)
{
	struct para_lines *l = set(words), *g;

	(void)state;
	style.greedy = true;
	g = set(words);
	check(g);
	assert_true(l->demerits <= g->demerits);
	assert_true(g->v[0].ratio >= 1000);	/* it does not shrink */
}

static void
widths_for_tables(void **state)
{
	sp min, max;

	(void)state;
	para_widths(made_para(&arena, "aaa bbbb cc"), &min, &max);
	assert_int_equal(min, 4 * LETTER);
	assert_int_equal(max, 9 * LETTER + 2 * space);
	para_widths(made_para(&arena, "aaa bbbb|cc"), &min, &max);
	assert_int_equal(max, 7 * LETTER + space);
	para_widths(made_para(&arena, ""), &min, &max);
	assert_int_equal(max, 0);
	/* In such a width it is one line. */
	para_widths(made_para(&arena, "aaa bbbb cc"), &min, &max);
	shape.measure = max;
	style.align = PARA_START;
	assert_int_equal(set("aaa bbbb cc")->n, 1);
}

static void
dump_names_everything(void **state)
{
	struct buf out = {0};

	(void)state;
	shape.measure = PT(100);
	para_dump(set("abc FOO de fgh ij"), &out);
	assert_non_null(strstr(out.p, "paragraph rtl, 2 lines"));
	assert_non_null(strstr(out.p, "line 1 x=0pt width=100pt natural="));
	assert_non_null(strstr(out.p, "«abc FOO "));
	assert_non_null(strstr(out.p, " last\n"));
	buf_free(&out);
}

static void
random_paragraphs(void **state)
{
	static const char signs[] = "abcdefgABCDEFG      _-=|..";
	char text[200];
	uint64_t seed = 42;
	uint32_t i, j, n;

	(void)state;
	for (i = 0; i < 4000; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		n = (uint32_t)(seed >> 40) % (sizeof(text) - 1);
		for (j = 0; j < n; j++) {
			seed = seed * 6364136223846793005u +
			    1442695040888963407u;
			text[j] = signs[(seed >> 40) % (sizeof(signs) - 1)];
		}
		text[n] = '\0';
		shape.measure = (sp)(seed >> 20 & 0xffffff) + 1;
		shape.indent_first = (sp)(seed >> 10 & 0xfffff) - 0x80000;
		style.align = (enum para_align)(seed >> 60 & 3);
		style.river_demerits = 3000;
		style.greedy = (seed >> 50 & 7) == 0;
		check(set(text));
		arena_reset(&arena);
		arena_reset(&scratch);
	}
}

/* Centres of a line's spaces as they were set, from its left end. */
static uint32_t
gaps(const struct para_lines *l, uint32_t i, sp *x)
{
	const struct line_run *r;
	uint32_t j, k, spaces, n = 0;
	sp right;

	for (j = 0; j < l->v[i].nruns; j++) {
		r = &l->v[i].runs[j];
		right = l->v[i].x + r->x + r->width;
		for (k = spaces = 0; k < r->nclusters; k++) {
			sp adv = para_advance(r, l->para, k, spaces);

			if (l->para->clusters[r->cluster + k].flags &
			    SHAPE_SPACE) {
				x[n++] = right - adv / 2;
				spaces++;
			}
			right -= adv;
		}
	}
	return n;
}

static uint32_t
rivers(const struct para_lines *l)
{
	sp x[3][100];
	uint32_t n[3], i, j, k, m, found = 0;

	for (m = 0; m + 2 < l->n; m++) {
		for (i = 0; i < 3; i++)
			n[i] = gaps(l, m + i, x[i]);
		for (i = 0; i < n[1]; i++) {
			bool above = false, below = false;

			for (j = 0; j < n[0]; j++)
				above |= abs(x[0][j] - x[1][i]) <= space / 3;
			for (k = 0; k < n[2]; k++)
				below |= abs(x[2][k] - x[1][i]) <= space / 3;
			found += above && below;
		}
	}
	return found;
}

static void
rivers_are_avoided(void **state)
{
	char text[2000];
	uint64_t seed = 11;
	uint32_t i, j, k, n[2] = { 0, 0 }, loose[2] = { 0, 0 };
	struct para_lines *l;

	(void)state;
	for (i = 0; i < 300; i++) {
		for (j = 0; j < sizeof(text) - 10; text[j++] = ' ') {
			seed = seed * 6364136223846793005u +
			    1442695040888963407u;
			for (k = 0; k <= (seed >> 40) % 6; k++)
				text[j++] = 'a';
		}
		text[j] = '\0';
		shape.measure = PT(1000);
		for (k = 0; k < 2; k++) {
			style.river_demerits = k ? 10000 : 0;
			l = set(text);
			n[k] += rivers(l);
			for (j = 0; j < l->n; j++)
				loose[k] += l->v[j].ratio > 1500;
		}
		arena_reset(&arena);
		arena_reset(&scratch);
	}
	print_message("rivers: %u, avoided %u; loose lines %u, %u\n", n[0],
	    n[0] - n[1], loose[0], loose[1]);
	assert_true(n[1] * 3 < n[0] * 2);
	assert_int_equal(loose[0], loose[1]);
}

/* A paragraph of 50,000 words. */
static void
a_very_long_one(void **state)
{
	struct timespec t, u;
	struct buf text = {0};
	struct shape_para *p;
	struct para_lines *l;
	uint64_t seed = 1;
	uint32_t i, j;

	(void)state;
	for (i = 0; i < 50000; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		for (j = 0; j <= (seed >> 40) % 7; j++)
			buf_char(&text, (char)('a' + (seed >> 50) % 26));
		buf_char(&text, ' ');
	}
	shape.measure = PT(600);
	style.river_demerits = 3000;
	p = made_para(&arena, text.p);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	l = para_break(NULL, &arena, &scratch, &diag, p, &shape, &style,
	    place, NULL);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &u);
	print_message("50,000 words, %u lines: %.1f ms\n", l->n,
	    (double)(u.tv_sec - t.tv_sec) * 1e3 +
	    (double)(u.tv_nsec - t.tv_nsec) / 1e6);
	check(l);
	buf_free(&text);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lines_are_as_wide_as_the_measure),
		TEST(spaces_are_equal_to_one_sp),
		TEST(alignments),
		TEST(indents),
		TEST(left_to_right),
		TEST(a_word_too_wide_juts_out),
		TEST(paragraphs_of_nothing),
		TEST(breaks_that_must_be),
		TEST(breaks_inside_words),
		TEST(spaces_at_line_ends_are_dropped),
		TEST(order_of_runs),
		TEST(loose_and_tight_lines_are_told),
		TEST(first_fit_is_no_better),
		TEST(widths_for_tables),
		TEST(dump_names_everything),
		TEST(random_paragraphs),
		TEST(rivers_are_avoided),
		TEST(a_very_long_one),
	};

	return cmocka_run_group_tests_name("para/lines", tests, NULL, NULL);
}
