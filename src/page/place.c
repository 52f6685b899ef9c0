/*
 * Where the boxes of a page stand: the fill that breaks.c tried, made final.
 *
 * Where lines on the grid follow material off it, the white that the grid
 * adds is shared. A heading belongs to what follows, so two thirds of it go
 * above the heading and one third below, wherever the heading stands among
 * such material: white under headings then differs by a third of a line at
 * most. Without a heading half goes above and half below. At the head of a
 * page only a heading moves down.
 */
#include <stdlib.h>
#include <string.h>

#include "page/fill.h"

/* Material off the grid, and how it is cut: a part begins at each heading. */
struct group {
	size_t first;		/* box; SIZE_MAX: none open */
	int parts;
	bool heading;		/* there is one */
	bool after_heading;	/* the box before was a heading's line */
};

static void
group_add(struct group *g, const struct box *b, size_t i)
{
	bool heading = b->level > 0;

	if (g->first == SIZE_MAX) {
		*g = (struct group){.first = i, .parts = 1,
		    .heading = heading};
	} else if (heading && !g->after_heading) {
		g->parts++;
		g->heading = true;
	}
	g->after_heading = heading;
}

/*
 * Move the boxes of a group down, before box `end` that the grid has pushed
 * by `white`. Each part takes its share of what goes above the last one.
 */
static void
group_end(const struct layout *l, const struct page_break *pb,
    struct spot *v, struct group *g, size_t end, sp white, bool at_head)
{
	bool fixed = at_head && l->flow.v[g->first].level == 0;
	sp above = g->heading ? white * 2 / 3 : white / 2;
	int parts = g->parts - fixed, part = !fixed;
	bool after_heading = false;

	for (size_t i = g->first; i < end && parts > 0 && white > 0; i++) {
		const struct box *b = &l->flow.v[i];

		if (b->kind == BOX_GAP)
			continue;
		if (i > g->first && b->level > 0 && !after_heading)
			part++;
		after_heading = b->level > 0;
		v[i - pb->start].top += sp_clamp(muldiv(above, part, parts));
	}
	g->first = SIZE_MAX;
}

/*
 * Share the white among boxes [from, to), which are of one column, or of
 * none; `white` is what the grid added above what follows them.
 */
static void
share_white(const struct layout *l, const struct page_break *pb,
    struct spot *v, size_t from, size_t to, sp white)
{
	struct group g = {.first = SIZE_MAX};

	for (size_t i = from; i < to; i++) {
		const struct box *b = &l->flow.v[i];

		if (b->kind == BOX_GAP)
			continue;
		if (!b->grid)
			group_add(&g, b, i);
		else if (g.first != SIZE_MAX)
			group_end(l, pb, v, &g, i, v[i - pb->start].white,
			    v[g.first - pb->start].begins);
	}
	if (g.first != SIZE_MAX && white > 0)
		group_end(l, pb, v, &g, to, white,
		    v[g.first - pb->start].begins);
}

sp
column_left(const struct columns *c, int column)
{
	if (c->level & 1)
		column = c->n - 1 - column;
	return c->x + column * (c->width + c->gap);
}

static void
place_column(const struct layout *l, const struct page_break *pb,
    struct places *p, const struct strip *s, int column)
{
	const struct columns *cols = l->flow.v[s->start].cols;
	size_t from = column == 0 ? s->start : s->ends[column - 1];
	size_t first = box_from(l, from);
	struct column c;

	column_start(&c, l, &l->flow.v[first]);
	for (size_t i = from; i < s->ends[column]; i++) {
		struct spot *at = &p->v[i - pb->start];

		at->x = column_left(cols, column);
		at->column = (uint8_t)(column + 1);
		at->begins = i == first;
		at->begin = s->top;
		at->top = s->top + column_add(&c, &l->flow.v[i]);
		at->white = s->top + c.y - l->flow.v[i].height -
		    (s->top + c.natural);
	}
	share_white(l, pb, p->v, from, s->ends[column], 0);
}

/* The strip from box i on, as breaks.c has chosen it. */
static bool
find_strip(const struct fill *f, size_t i, size_t end, struct strip *s)
{
	struct strip v[STRIP_ENDS];
	int n;

	if (end >= f->l->flow.v[i].cols->end)
		return strip_whole(f, i, s);
	n = strip_ends(f, i, v);
	for (int k = 0; k < n; k++)
		if (v[k].end == end) {
			*s = v[k];
			return true;
		}
	return false;
}

static void
place_box(const struct layout *l, const struct page_break *pb,
    struct places *p, size_t i, size_t first)
{
	struct spot *s = &p->v[i - pb->start];
	sp before = p->f.y + p->f.pending;

	s->top = fill_add(&p->f, &l->flow.v[i]);
	if (s->top < 0)		/* never fits: printed all the same */
		s->top = before;
	s->white = s->top - before;
	s->begins = i == first;
}

void
place_page(const struct layout *l, const struct page_break *pb,
    struct places *p)
{
	size_t first = pb->start, done = pb->start;

	while (first < pb->end && l->flow.v[first].kind == BOX_GAP)
		first++;
	fill_start(&p->f, l, first < l->flow.n ? &l->flow.v[first] : NULL,
	    &pb->carry, pb->floats, pb->start < pb->end ? pb->nfloats : 0);
	p->head = floats_room(l, pb->floats, pb->nhead);
	p->n = pb->end - pb->start;
	p->strips.n = 0;
	vec_grow((void **)&p->v, &p->cap, p->n + 1, sizeof(*p->v));
	memset(p->v, 0, p->n * sizeof(*p->v));
	for (size_t i = pb->start; i < pb->end; i++) {
		sp before = p->f.y + p->f.pending;
		struct strip s;

		if (l->flow.v[i].cols == NULL || l->flow.v[i].kind == BOX_GAP ||
		    !find_strip(&p->f, i, pb->end, &s)) {
			place_box(l, pb, p, i, first);
			continue;
		}
		share_white(l, pb, p->v, done, i, s.top - before);
		for (int c = 0; c < s.n; c++)
			place_column(l, pb, p, &s, c);
		strip_add(&p->f, &s);
		*VEC_PUSH(&p->strips) = s;
		done = s.end;
		i = s.end - 1;
	}
	share_white(l, pb, p->v, done, pb->end, 0);
	for (size_t i = 0; i < p->n; i++) {
		p->v[i].top += p->head;
		p->v[i].begin += p->head;
	}
	for (size_t i = 0; i < p->strips.n; i++)
		p->strips.v[i].top += p->head;
}

void
places_free(struct places *p)
{
	free(p->v);
	free(p->strips.v);
}
