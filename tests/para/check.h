/*
 * What holds of every breaking: lines follow one another without a gap in
 * the text, each cluster is printed once or is a dropped space, the runs
 * tile the line, advances add up, full lines are full.
 */
#ifndef TESTS_PARA_CHECK_H
#define TESTS_PARA_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "para/para.h"

/* Width of a run by the advances that readers will use. */
static inline sp64
check_run(const struct line_run *r, const struct shape_para *p)
{
	const struct shape_cluster *c = r->word != NULL ? r->word->clusters :
	    p->clusters + r->cluster;
	uint32_t i, spaces = 0;
	sp64 sum = 0;

	assert_true(r->nclusters > 0);
	assert_true(r->cluster >= r->run->cluster);
	assert_true(r->cluster + r->nclusters <=
	    r->run->cluster + r->run->nclusters);
	for (i = 0; i < r->nclusters; i++) {
		sum += para_advance(r, p, i, spaces);
		spaces += (c[i].flags & SHAPE_SPACE) != 0;
	}
	return sum;
}

/* They tile it: each begins where another ends. */
static inline void
check_tiling(const struct para_line *v)
{
	uint32_t i, j, n;

	for (i = 0; i < v->nruns; i++) {
		n = v->runs[i].x == 0;
		for (j = 0; j < v->nruns; j++)
			n += j != i && v->runs[j].x + v->runs[j].width ==
			    v->runs[i].x;
		assert_true(n > 0);
	}
}

static inline void
check_lines(const struct para_lines *l, const struct para_shape *shape)
{
	const struct shape_para *p = l->para;
	const struct para_line *v;
	const struct line_run *r;
	uint32_t i, j, k, at = 0, text = 0, glyph = 0;
	sp avail;

#define STEP() (text += p->clusters[at].len, \
	glyph += p->clusters[at++].nglyph)
#define DROP() do { \
	assert_true(p->clusters[at].flags & (SHAPE_SPACE | SHAPE_IGNORABLE)); \
	STEP(); \
} while (0)
	for (i = 0; i < l->n; i++) {
		sp64 width = 0;

		v = &l->v[i];
		avail = shape->measure - shape->indent_start -
		    shape->indent_end - (i == 0 ? shape->indent_first : 0);
		assert_true(v->text <= v->text_end);
		if (i > 0)
			assert_true(v->text >= l->v[i - 1].text_end);
		while (text < v->text)
			DROP();
		assert_int_equal(text, v->text);
		for (j = 0; j < v->nruns; j++) {
			r = &v->runs[j];
			assert_int_equal(r->cluster, at);
			assert_int_equal(r->text, text);
			assert_int_equal(r->glyph, glyph);
			assert_int_equal(check_run(r, p), r->width);
			for (k = 0; k < r->nclusters; k++)
				STEP();
			width += r->width;
		}
		while (text < v->text_end)
			DROP();
		check_tiling(v);
		assert_int_equal(width, v->width);
		assert_int_equal(v->last, i + 1 == l->n);
		if (!v->ragged && !v->overfull && v->nspaces > 0)
			assert_int_equal(v->width, avail);
		assert_int_equal(v->overfull, v->width > avail);
	}
	while (at < p->nclusters)
		DROP();
#undef STEP
#undef DROP
}

#endif
