/*
 * Books for the tests of pdf/, made of real paragraphs without page/: each
 * text is shaped, broken, and its lines put on pages from the top down.
 */
#ifndef TESTS_PDF_MADE_H
#define TESTS_PDF_MADE_H

#include "pdf/internal.h"

#include <stdlib.h>
#include <string.h>

struct made {
	struct arena arena, scratch;
	struct diag dg;
	struct font_set *fonts;
	struct shape_ctx *shape;
	struct page_book book;
	struct para_style style;
	struct shape_rules rules;
	struct shape_style look;
	sp leading, y, margin;
	struct { struct page *v; size_t n, cap; } pages;
	struct { struct page_item *v; size_t n, cap; } items;
	struct { struct page_elem *v; size_t n, cap; } elems;
};

static inline void
made_face(struct made *m, const char *family, int weight)
{
	const char *families[] = { family };

	m->look.chain = font_chain(m->fonts, &m->arena, &m->dg, families, 1,
	    weight, false, NOPOS);
}

static inline void
made_open(struct made *m, const char *family)
{
	static const char *const dirs[] = { "fonts" };

	memset(m, 0, sizeof(*m));
	m->fonts = font_set_open(&m->dg, dirs, 1, false);
	m->shape = shape_ctx_open();
	m->book.width = PT(420);
	m->book.height = PT(595);
	m->book.level = 1;
	m->book.lang = "fa";
	m->book.title = "کتاب آزمون";
	m->margin = PT(50);
	m->y = m->margin;
	m->leading = PT(20);
	m->look = (struct shape_style){ .size = PT(12), .lang = "fa" };
	made_face(m, family, 400);
	m->style = (struct para_style){ .align = PARA_JUSTIFY,
		.space_min = 800, .space_natural = 1000, .space_max = 1500,
		.tolerance = 200, .line_penalty = 10,
		.fitness_demerits = 3000, .keep_last_natural = true };
	m->rules = (struct shape_rules){ .isolate = SHAPE_ISOLATE_ALL,
		.kashida_min_letters = 4,
		.kashida_priority = SHAPE_PLACES_USUAL,
		.kashida_never = SHAPE_NEVER_USUAL };
}

static inline int32_t
made_elem(struct made *m, enum page_role role, int32_t parent)
{
	int32_t i = (int32_t)m->elems.n, p;
	struct page_elem *e = VEC_PUSH(&m->elems);

	memset(e, 0, sizeof(*e));
	*e = (struct page_elem){ .role = role, .parent = parent, .first = -1,
		.last = -1, .next = -1 };
	if (parent >= 0) {
		p = m->elems.v[parent].last;
		if (p >= 0)
			m->elems.v[p].next = i;
		else
			m->elems.v[parent].first = i;
		m->elems.v[parent].last = i;
	}
	return i;
}

static inline void
made_page_end(struct made *m)
{
	struct page *p = VEC_PUSH(&m->pages);
	struct buf label = {0};

	memset(p, 0, sizeof(*p));
	p->nitems = m->items.n;
	p->items = arena_dup(&m->arena, m->items.v,
	    m->items.n * sizeof(*m->items.v));
	uni_number(&label, "fa", (long)m->pages.n);
	p->label = arena_str(&m->arena, label.p);
	buf_free(&label);
	m->items.n = 0;
	m->y = m->margin;
}

/*
 * A paragraph of spans; `spans[i].user` is the element of its text. Returns
 * its lines.
 */
static inline const struct para_lines *
made_spans(struct made *m, const char *text, const struct shape_span *spans,
    size_t nspans, int level)
{
	sp measure = m->book.width - 2 * m->margin;
	struct para_shape shape = { .measure = measure };
	size_t n = strlen(text), i;
	struct page_para *pp = ARENA_NEW(&m->arena, struct page_para);
	struct page_span *ps = ARENA_ARRAY(&m->arena, struct page_span, nspans);
	struct shape_span *copy = arena_dup(&m->arena, spans,
	    nspans * sizeof(*spans));
	struct shape_para *p;

	text = arena_strn(&m->arena, text, n);
	p = shape_text(m->shape, &m->arena, &m->dg, text, n, copy, nspans,
	    level, &m->rules, NULL, NULL);
	for (i = 0; i < nspans; i++)
		ps[i].elem = (int32_t)spans[i].user;
	pp->spans = ps;
	pp->lang = "fa";
	pp->lines = para_break(m->shape, &m->arena, &m->scratch, &m->dg, p,
	    &shape, &m->style, NULL, NULL);
	for (i = 0; i < pp->lines->n; i++) {
		struct page_item *it;

		if (m->y + m->leading > m->book.height - m->margin)
			made_page_end(m);
		m->y += m->leading;
		it = VEC_PUSH(&m->items);
		memset(it, 0, sizeof(*it));
		it->kind = PAGE_TEXT;
		it->elem = (int32_t)spans[0].user;
		it->x = m->margin + pp->lines->v[i].x;
		it->y = m->y;
		it->u.text.para = pp;
		it->u.text.line = (uint32_t)i;
	}
	return pp->lines;
}

static inline const struct para_lines *
made_text(struct made *m, const char *text, int32_t elem, int level)
{
	struct shape_style *look = arena_dup(&m->arena, &m->look,
	    sizeof(m->look));
	struct shape_span s = { .end = (uint32_t)strlen(text), .style = look,
		.user = (uint32_t)elem };

	return made_spans(m, text, &s, 1, level);
}

static inline bool
made_write(struct made *m, const struct pdf_options *o, const char *path)
{
	if (m->items.n > 0)
		made_page_end(m);
	m->book.pages = m->pages.v;
	m->book.npages = m->pages.n;
	m->book.elems = m->elems.v;
	m->book.nelems = m->elems.n;
	return pdf_write(&m->book, o, NULL, 0, &m->dg, path);
}

static inline void
made_close(struct made *m)
{
	free(m->pages.v);
	free(m->items.v);
	free(m->elems.v);
	shape_ctx_close(m->shape);
	font_set_close(m->fonts);
	diag_free(&m->dg);
	arena_free(&m->arena);
	arena_free(&m->scratch);
}

#endif
