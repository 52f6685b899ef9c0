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

static void
share_white(const struct layout *l, const struct page_break *pb,
    struct spot *v)
{
	struct group g = {.first = SIZE_MAX};
	size_t first = SIZE_MAX;

	for (size_t i = pb->start; i < pb->end; i++) {
		const struct box *b = &l->flow.v[i];

		if (b->kind == BOX_GAP)
			continue;
		if (first == SIZE_MAX)
			first = i;
		if (!b->grid)
			group_add(&g, b, i);
		else if (g.first != SIZE_MAX)
			group_end(l, pb, v, &g, i, v[i - pb->start].white,
			    g.first == first);
	}
}

void
place_page(const struct layout *l, const struct page_break *pb,
    struct places *p)
{
	size_t first = pb->start;

	while (first < pb->end && l->flow.v[first].kind == BOX_GAP)
		first++;
	fill_start(&p->f, l, first < l->flow.n ? &l->flow.v[first] : NULL,
	    &pb->carry, pb->floats, pb->start < pb->end ? pb->nfloats : 0);
	p->head = floats_room(l, pb->floats, pb->nhead);
	p->n = pb->end - pb->start;
	vec_grow((void **)&p->v, &p->cap, p->n + 1, sizeof(*p->v));
	for (size_t i = pb->start; i < pb->end; i++) {
		struct spot *s = &p->v[i - pb->start];
		sp before = p->f.y + p->f.pending;

		s->top = fill_add(&p->f, &l->flow.v[i]);
		if (s->top < 0)		/* never fits: printed all the same */
			s->top = before;
		s->white = s->top - before;
	}
	share_white(l, pb, p->v);
	for (size_t i = 0; i < p->n; i++)
		p->v[i].top += p->head;
}
