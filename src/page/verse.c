/*
 * Verse.
 *
 * Classical verse has two hemistichs of equal width side by side, stretched
 * by kashida and word spaces, with a gap between them; where the widest does
 * not fit its half, they stand one under the other, the second shifted to
 * the end side. One that is wider than the whole measure goes on in a line
 * of its own, set in from where it began.
 *
 * Free verse, one line a row, is not stretched: lines begin under one
 * another, and with `align: centre` the longest of them stands in the
 * middle.
 *
 * A fence may hold several stanzas. Each is kept together if the style says
 * so; their hemistichs have one width.
 */
#include <stdlib.h>
#include <string.h>

#include "page/layout.h"

struct vrow {
	struct piece **v;		/* hemistichs; a cell's paragraphs too */
	uint32_t n;
	const struct doc_node *node;
};

struct verse {
	struct vrow *rows;
	size_t nrows;
	bool free;			/* no row has two hemistichs */
	const struct style_look *look;
	sp measure, start, end;		/* of the place it stands in */
	int level;
	struct colour background;
	struct verse *first, *next;	/* stanzas of one fence */
	bool ruled;			/* a rule follows this one */
};

/* ------------------------------------------------------------- gathering */

static struct piece *
gather_line(struct layout *l, const struct ctx *c, const struct verse *v,
    const struct doc_node *n, int32_t elem)
{
	struct piece *p;
	struct ctx in = *c;

	if (elem >= 0)
		elem = elem_new(l, elem, ROLE_P, n);
	in.elem = elem;
	p = piece_new(l, &in, n, NULL, v->look, elem);
	p->pstyle.kashida = l->st->para.kashida && v->look->kashida;
	/* More of it than in prose: the width is given, not found. */
	p->pstyle.kashida_words = MIN(p->pstyle.kashida_words, 2);
	p->pstyle.runt_demerits = 0;
	p->quiet = true;	/* stretched to one width: that is the form */
	return p;
}

static void
gather_row(struct layout *l, const struct ctx *c, const struct verse *v,
    const struct doc_node *r, struct vrow *row, int32_t elem)
{
	uint32_t cap = 0;

	for (const struct doc_node *n = r->first; n != NULL; n = n->next)
		cap += n->first != NULL && !doc_is_inline(n->first->kind) ?
		    0 : 1;
	for (const struct doc_node *n = r->first; n != NULL; n = n->next)
		for (const struct doc_node *k = n->first; k != NULL &&
		    !doc_is_inline(k->kind); k = k->next)
			cap++;
	row->node = r;
	row->v = ARENA_ARRAY(l->a, struct piece *, cap + 1);
	for (const struct doc_node *n = r->first; n != NULL; n = n->next) {
		const struct doc_node *k = n->first;

		if (k == NULL || doc_is_inline(k->kind)) {
			row->v[row->n++] = gather_line(l, c, v, n, elem);
			continue;
		}
		for (; k != NULL; k = k->next)
			row->v[row->n++] = gather_line(l, c, v, k, elem);
	}
}

/* The stanza before, if `n` goes on with its poem. */
static struct verse *
stanza_before(const struct layout *l, const struct doc_node *n)
{
	return n->prev != NULL && n->prev->kind == DOC_VERSE &&
	    l->stanza_node == n->prev ? l->stanza : NULL;
}

static void expand_verse(struct layout *l, const struct proto *p);

void
verse_gather(struct layout *l, struct ctx *c, const struct doc_node *n)
{
	const struct style_look *look = style_look(l->st, "verse");
	struct verse *v = ARENA_NEW(l->a, struct verse);
	struct verse *before = stanza_before(l, n);
	bool last = n->next == NULL || n->next->kind != DOC_VERSE;
	int32_t elem = c->elem;
	struct proto *p;
	size_t k = 0;

	v->look = look;
	v->measure = c->measure;
	v->start = c->start + look->indent_start;
	v->end = c->end + look->indent_end;
	v->level = c->level;
	v->background = look->background;
	v->first = before != NULL ? before->first : v;
	if (before != NULL)
		before->next = v;
	l->stanza = v;
	l->stanza_node = n;
	if (elem >= 0)
		elem = elem_new(l, elem, ROLE_BLOCK_QUOTE, n);
	for (const struct doc_node *r = n->first; r != NULL; r = r->next)
		k += r->kind == DOC_ROW;
	v->rows = ARENA_ARRAY(l->a, struct vrow, k + 1);
	v->free = true;
	if (before == NULL)
		force_look(l, look, false);
	flow_gap(l, look->space_before);
	if (before == NULL && look->rule_above > 0)
		gather_rule(l, c, look, look->rule_above);
	for (const struct doc_node *r = n->first; r != NULL; r = r->next)
		if (r->kind == DOC_ROW) {
			struct vrow *row = &v->rows[v->nrows++];

			gather_row(l, c, v, r, row, elem);
			v->free &= row->n <= 1;
		}
	v->first->free &= v->free;
	p = flow_proto(l, expand_verse);
	p->data = v;
	p->node = n;
	p->elem = elem;
	p->look = look;
	p->id = doc_id(n);
	v->ruled = last && look->rule_below > 0;
	if (v->ruled)
		gather_rule(l, c, look, look->rule_below);
	flow_gap(l, look->space_after);
}

/* ----------------------------------------------------------------- boxes */

/* How a poem is set; from the starting side. */
struct setting {
	sp avail;			/* of the measure */
	sp width;			/* of a hemistich, or of the longest line */
	sp gap;				/* between two */
	sp left_over;			/* before the block, by its alignment */
	bool free, stacked, wraps;
};

static struct setting
find_setting(const struct verse *v)
{
	struct setting s = {.avail = v->measure - v->start - v->end,
	    .gap = 2 * v->look->size, .free = v->first->free};
	sp need = 0, half = (s.avail - s.gap) / 2, block;

	for (const struct verse *w = v->first; w != NULL; w = w->next)
		for (size_t r = 0; r < w->nrows; r++)
			for (uint32_t i = 0; i < w->rows[r].n; i++) {
				sp lo, hi;

				para_widths(w->rows[r].v[i]->shaped, &lo, &hi);
				need = MAX(need, hi);
			}
	s.stacked = !s.free && need > half;
	s.wraps = need > s.avail;
	if (s.free || s.stacked)
		s.width = MIN(need, s.avail);
	else	/* the longest has some room to breathe, too */
		s.width = MIN(need + need / 12, half);
	block = s.free ? s.width : s.stacked ? s.avail : 2 * s.width + s.gap;
	s.left_over = v->look->align == STYLE_CENTRE ? (s.avail - block) / 2 :
	    v->look->align == STYLE_END ? s.avail - block : 0;
	return s;
}

/* From the starting side to the hemistich `i` of a row of n. */
static sp
place(const struct setting *s, uint32_t i, uint32_t n)
{
	if (s->free)
		return s->left_over;
	if (s->stacked)
		return i % 2 == 1 && !s->wraps ? s->avail - s->width : 0;
	/* One that is alone stands under the middle of both. */
	if (i + 1 == n && i % 2 == 0)
		return s->left_over + (s->width + s->gap) / 2;
	return s->left_over + (i % 2 == 1 ? s->width + s->gap : 0);
}

static void
break_line(struct layout *l, const struct setting *s, struct piece *p)
{
	bool natural = s->free || s->wraps;
	sp turn = natural ? 2 * p->look->size : 0;

	p->shape = (struct para_shape){.measure = s->wraps ? s->avail :
	    s->width, .indent_start = turn, .indent_first = -turn};
	p->pstyle.align = natural ? PARA_START : PARA_JUSTIFY;
	p->pstyle.keep_last_natural = natural;
	piece_break(l, p);
}

struct lines {
	struct page_item *v;
	size_t n, cap;
};

/* The lines of a hemistich whose box begins `at` from the starting side. */
static void
add_lines(struct layout *l, const struct verse *v, const struct piece *p,
    sp at, sp y, struct lines *out)
{
	sp base = line_baseline(l, p->look, p->leading);
	sp x = v->level & 1 ? v->measure - v->start - at - p->shape.measure :
	    v->start + at;

	for (uint32_t i = 0; i < p->para.lines->n; i++) {
		struct page_item *it = VEC_PUSH(out);

		memset(it, 0, sizeof(*it));
		it->kind = PAGE_TEXT;
		it->elem = p->pspans[0].elem;
		it->x = x + p->para.lines->v[i].x;
		it->y = y + (sp)i * p->leading + base;
		it->u.text.para = &p->para;
		it->u.text.line = i;
	}
}

static sp
lines_height(const struct piece *p)
{
	return p->leading * (sp)MAX(p->para.lines->n, 1);
}

static void
expand_row(struct layout *l, const struct verse *v, const struct setting *s,
    const struct vrow *row, struct lines *out)
{
	sp y = 0, high = 0;
	struct box *b;

	for (uint32_t i = 0; i < row->n; i++) {
		struct piece *p = row->v[i];

		break_line(l, s, p);
		add_lines(l, v, p, place(s, i, row->n), y, out);
		high = MAX(high, lines_height(p));
		if (s->stacked || s->free || i % 2 == 1 || i + 1 == row->n) {
			y += high;
			high = 0;
		}
	}
	b = flow_box(l, BOX_ITEMS);
	b->height = MAX(y, v->look->leading);
	b->items = arena_dup(l->a, out->v, out->n * sizeof(*out->v));
	b->nitems = (uint32_t)out->n;
	b->node = row->node;
	/* A ground or rules stand close to their verse, off the grid. */
	b->grid = v->look->leading == l->grid && v->background.space == 0 &&
	    v->look->rule_above == 0;
	b->background = v->background;
	b->back_x = v->level & 1 ? v->end : v->start;
	b->back_w = s->avail;
	out->n = 0;
}

/* Of ending the page inside a stanza. A line of it alone is as bad as one
 * of a paragraph. */
static int32_t
cost_after(const struct layout *l, const struct verse *v, size_t row)
{
	const struct style_breaks *br = &l->st->breaks;
	int64_t cost = v->look->keep_together ? br->keep : 0;

	if ((int64_t)row + 1 < br->orphan_lines)
		cost += br->orphan;
	if ((int64_t)(v->nrows - row) - 1 < br->widow_lines)
		cost += br->widow;
	return (int32_t)MIN(cost, NEVER - 1);
}

static void
expand_verse(struct layout *l, const struct proto *p)
{
	const struct verse *v = p->data;
	struct setting s = find_setting(v);
	struct lines out = {0};
	size_t first = l->flow.n;

	for (size_t r = 0; r < v->nrows; r++) {
		expand_row(l, v, &s, &v->rows[r], &out);
		if (r + 1 < v->nrows)
			l->flow.v[l->flow.n - 1].cost_after = cost_after(l, v,
			    r);
	}
	if (l->flow.n > first && v->ruled)
		l->flow.v[l->flow.n - 1].cost_after = NEVER;
	if (l->flow.n > first) {
		l->flow.v[first].id = p->id;
		l->flow.v[first].elem = p->elem;
	}
	free(out.v);
}
