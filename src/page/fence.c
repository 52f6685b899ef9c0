/*
 * What a fence does to the boxes in it: it keeps them together, and paints
 * the ground behind all of them, be they lines, rows or drawings.
 */
#include "page/layout.h"

/* ------------------------------------------------------------------ keeps */

struct keep {
	size_t first;			/* box */
};

static void
expand_keep_begin(struct layout *l, const struct proto *p)
{
	struct keep *k = p->data;

	k->first = l->flow.n;
}

/* Boxes that end a paragraph, a row or a list would be free to end a page;
 * here only the last one of all is. */
static void
expand_keep_end(struct layout *l, const struct proto *p)
{
	const struct keep *k = p->data;
	int32_t cost = (int32_t)MIN(l->st->breaks.keep, NEVER - 1);
	size_t last = l->flow.n;

	while (last > k->first && l->flow.v[last - 1].kind == BOX_GAP)
		last--;
	for (size_t i = k->first; i + 1 < last; i++) {
		struct box *b = &l->flow.v[i];

		b->cost_after = MAX(b->cost_after, cost);
	}
}

struct keep *
keep_begin(struct layout *l)
{
	struct keep *k = ARENA_NEW(l->a, struct keep);
	struct proto *p = flow_proto(l, expand_keep_begin);

	p->data = k;
	p->marker = true;
	return k;
}

void
keep_end(struct layout *l, struct keep *k)
{
	struct proto *p = flow_proto(l, expand_keep_end);

	p->data = k;
	p->marker = true;
}

/* --------------------------------------------------------------- grounds */

struct ground *
ground_begin(struct layout *l, struct ctx *c, const struct style_look *look)
{
	struct ground *g = ARENA_NEW(l->a, struct ground);

	g->colour = look->background;
	g->x = c->level & 1 ? c->end : c->start;
	g->w = c->measure - c->start - c->end;
	g->first = l->protos.n;
	g->in_column = c->columns != NULL;
	g->outer = c->ground;
	c->ground = g;
	return g;
}

void
ground_end(struct layout *l, const struct ground *g)
{
	for (size_t i = g->first; i < l->protos.n; i++)
		if (l->protos.v[i].ground == NULL)	/* none further in */
			l->protos.v[i].ground = g;
}

/* White that belongs to what it surrounds: it stands even at the head of a
 * page. */
void
fence_padding(struct layout *l, sp height, bool below)
{
	if (height <= 0)
		return;
	fixed_gap(l, height);
	l->protos.v[l->protos.n - 1].keep_before = below;
}
