/* A context, a style and helpers that the tests of this folder share. */
#ifndef TEST_SHAPING_H
#define TEST_SHAPING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "shape/shape.h"

struct shaping {
	struct arena a, fonts;
	struct diag dg;
	struct font_set *set;
	struct shape_ctx *c;
	struct shape_style style;
	struct shape_span span;		/* of the last text */
	struct shape_rules rules;
	int level;
};

/*
 * Ready to shape in `families`, all rules on, right to left. False where
 * set-up could not bring the first family's file: the caller skips.
 */
static inline bool
shaping_open(struct shaping *t, const char *const *families, size_t n)
{
	const char *dir = "fonts";

	memset(t, 0, sizeof(*t));
	t->set = font_set_open(&t->dg, &dir, 1, false);
	t->style.chain = font_chain(t->set, &t->fonts, &t->dg, families, n,
	    400, false, NOPOS);
	t->style.size = PT(10);
	t->style.lang = "fa";
	t->rules = (struct shape_rules){ .isolate = SHAPE_ISOLATE_ALL,
		.keep_units = true, .kashida = true,
		.kashida_min_letters = 4,
		.kashida_priority = SHAPE_PLACES_USUAL,
		.kashida_never = SHAPE_NEVER_USUAL };
	t->level = 1;
	t->c = shape_ctx_open();
	if (t->style.chain.n > 0 &&
	    strcmp(font_family(t->style.chain.v[0]), families[0]) == 0)
		return true;
	print_message("%s is not here\n", families[0]);
	return false;
}

static inline void
shaping_close(struct shaping *t)
{
	shape_ctx_close(t->c);
	font_set_close(t->set);
	arena_free(&t->a);
	arena_free(&t->fonts);
	diag_free(&t->dg);
}

static inline struct shape_para *
shaping_spans(struct shaping *t, const char *text,
    const struct shape_span *spans, size_t nspans)
{
	return shape_text(t->c, &t->a, &t->dg, text, strlen(text), spans,
	    nspans, t->level, &t->rules, NULL, NULL);
}

static inline struct shape_para *
shaping_text(struct shaping *t, const char *text)
{
	struct shape_span *span = ARENA_NEW(&t->a, struct shape_span);

	span->end = (uint32_t)strlen(text);
	span->style = &t->style;
	return shaping_spans(t, text, span, 1);
}

/* The text as it stands on one line, from left to right. */
static inline const char *
shaping_visual(struct shaping *t, const struct shape_para *p)
{
	uint8_t *levels = arena_alloc(&t->a, p->nruns + 1);
	uint8_t *edges = arena_alloc(&t->a, p->nruns + 1);
	uint32_t *order = ARENA_ARRAY(&t->a, uint32_t, p->nruns + 1);
	struct buf out = {0};
	const struct shape_run *r;
	uint32_t i, k, at;
	const char *s;

	for (i = 0; i < p->nruns; i++) {
		levels[i] = p->runs[i].level;
		edges[i] = p->runs[i].edge;
	}
	shape_reorder(levels, edges, p->nruns, order);
	for (i = 0; i < p->nruns; i++) {
		r = &p->runs[order[i]];
		at = r->text;
		if (!(r->level & 1)) {
			for (k = 0; k < r->nclusters; k++) {
				buf_add(&out, p->text + at,
				    p->clusters[r->cluster + k].len);
				at += p->clusters[r->cluster + k].len;
			}
			continue;
		}
		for (k = 0; k < r->nclusters; k++)
			at += p->clusters[r->cluster + k].len;
		for (k = r->nclusters; k > 0; k--) {
			at -= p->clusters[r->cluster + k - 1].len;
			buf_add(&out, p->text + at,
			    p->clusters[r->cluster + k - 1].len);
		}
	}
	s = arena_strn(&t->a, out.p == NULL ? "" : out.p, out.n);
	buf_free(&out);
	return s;
}

/* The text in logical order, "|" where a line may break, "¶" where it must,
 * and a digit where a kashida of that priority may stand. */
static inline const char *
shaping_marked(struct shaping *t, const struct shape_para *p)
{
	struct buf out = {0};
	uint32_t i, at = 0;
	unsigned f;
	const char *s;

	for (i = 0; i < p->nclusters; i++) {
		f = p->clusters[i].flags;
		if (f & SHAPE_FORCED)
			buf_str(&out, "¶");
		else if (f & SHAPE_BREAK)
			buf_char(&out, '|');
		buf_add(&out, p->text + at, p->clusters[i].len);
		at += p->clusters[i].len;
		if (f & SHAPE_KASHIDA)
			buf_printf(&out, "%u", f >> SHAPE_PRIORITY_SHIFT);
	}
	s = arena_strn(&t->a, out.p == NULL ? "" : out.p, out.n);
	buf_free(&out);
	return s;
}

/* What always holds of a shaped paragraph; ends the test if it does not. */
static inline void
shaping_check(const struct shape_para *p)
{
	const struct shape_run *r;
	uint32_t i, k, text = 0, cluster = 0, glyph = 0, t2, g2;
	int64_t adv;

	for (i = 0; i < p->nruns; i++) {
		r = &p->runs[i];
		assert_int_equal(r->text, text);
		assert_int_equal(r->cluster, cluster);
		assert_int_equal(r->glyph, glyph);
		assert_true(r->nclusters > 0);
		assert_true(r->level >= p->level);
		assert_true(r->span < p->nspans);
		assert_true(p->spans[r->span].start <= r->text);
		shape_seek(p, r->cluster, &t2, &g2);
		assert_true(t2 == text && g2 == glyph);
		for (; cluster < r->cluster + r->nclusters; cluster++) {
			assert_true(p->clusters[cluster].len > 0);
			adv = 0;
			for (k = 0; k < p->clusters[cluster].nglyph; k++)
				adv += p->glyphs[glyph + k].adv;
			if (!(p->clusters[cluster].flags & SHAPE_OBJECT))
				assert_int_equal(adv,
				    p->clusters[cluster].adv);
			text += p->clusters[cluster].len;
			glyph += p->clusters[cluster].nglyph;
		}
		assert_true(text <= p->spans[r->span].end);
		assert_int_equal(glyph, r->glyph + r->nglyphs);
	}
	assert_int_equal(text, p->n);
	assert_int_equal(cluster, p->nclusters);
	assert_int_equal(glyph, p->nglyphs);
	shape_seek(p, p->nclusters, &t2, &g2);
	assert_true(t2 == text && g2 == glyph);
}

#endif
