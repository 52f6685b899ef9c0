/*
 * Floats: figures and tables that stand at the head or the foot of a page.
 *
 * A float's boxes are taken out of the flow and kept apart, with the box
 * before which it was named and the box that it may not come after: the next
 * heading of its own section's level or above. breaks.c puts floats on pages
 * in their order, together with the text: a page of the dynamic programming
 * may hold the next 0, 1, 2 ... of those that are named on it or before.
 * How many floats stand on the pages before belongs to the path, as a split
 * note does, not to the state: the cheapest way to begin a page at a box
 * keeps its own number, and being late has cost it `breaks: float` a page.
 *
 * What is named and too high to share a page with text, and what must stand
 * before a heading that begins the next page, gets pages of its own between
 * two pages of text; so does a turned table. Text fills the page before.
 *
 * A page's floats take whole lines of the grid, so that the text between
 * those at the head and those at the foot is as high either way, and lines
 * of facing pages stay level.
 */
#include <string.h>

#include "base/messages.h"
#include "page/fill.h"

/* ------------------------------------------------------------- gathering */

struct floating {
	struct proto *v;
	size_t n;
	enum float_place place;
};

enum float_place
float_place(struct layout *l, const struct ctx *c, const struct doc_node *n,
    const struct style_look *look, const char *place)
{
	static const char *const words[] = {"here", "top", "foot", "page"};
	const char *said = doc_value(n, "place");
	const struct style_look *fence = c->fence;

	if (said == NULL)
		said = c->place;
	if (fence != NULL && style_look_sets(fence, "place"))
		place = fence->place;
	if (style_look_sets(look, "place"))
		place = look->place;
	for (size_t i = 0; i < NELEM(words); i++)
		if (said != NULL && strcmp(said, words[i]) == 0)
			return (enum float_place)i;
	if (said != NULL)
		diag_add(l->dg, n->pos, MAN_NOT_SUPPORTED, arena_printf(l->a,
		    "place=%s", said), "it stands where it is named");
	for (size_t i = 0; said == NULL && place != NULL && i < NELEM(words);
	    i++)
		if (strcmp(place, words[i]) == 0)
			return (enum float_place)i;
	return FLOAT_HERE;
}

/* A float is set to the whole measure, wherever it is named. */
struct ctx
float_ctx(const struct layout *l, const struct ctx *c)
{
	struct ctx in = *c;

	in.measure = l->measure;
	in.start = in.end = 0;
	in.ground = NULL;
	in.columns = NULL;
	in.full = NULL;
	return in;
}

static void expand_float(struct layout *l, const struct proto *p);

/* Protos from `from` on become a float. White at its ends is dropped: it has
 * its own. */
void
float_wrap(struct layout *l, size_t from, enum float_place place)
{
	struct floating *f = ARENA_NEW(l->a, struct floating);
	struct proto *p;

	while (from < l->protos.n && proto_is_gap(&l->protos.v[l->protos.n -
	    1]))
		l->protos.n--;
	f->place = place;
	f->n = l->protos.n - from;
	f->v = arena_dup(l->a, l->protos.v + from, f->n * sizeof(*f->v));
	l->protos.n = from;
	while (f->n > 0 && proto_is_gap(f->v)) {
		f->v++;
		f->n--;
	}
	p = flow_proto(l, expand_float);
	p->data = f;
}

/* The first proto of a float that makes something to be seen; any other
 * proto itself. */
struct proto *
proto_inside(struct proto *p)
{
	struct floating *f = p->data;

	if (p->expand != expand_float)
		return p;
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].piece != NULL || f->v[i].data != NULL)
			return &f->v[i];
	return NULL;
}

/* -------------------------------------------------------------- expanding */

/* A table's header stands over each part of it. */
static void
repeat_header(struct box *v, uint32_t *n, sp *height, const struct box *b)
{
	for (uint32_t i = 0; i < b->nrepeat; i++) {
		v[(*n)++] = b->repeat[i];
		*height += b->repeat[i].height;
	}
}

/*
 * Boxes from `first` on leave the flow: one float, or several, if they are
 * higher than a page. A break is where the flow might have broken.
 */
void
float_take(struct layout *l, size_t first, enum float_place place)
{
	size_t i = first, end = l->flow.n;

	while (end > first && l->flow.v[end - 1].kind == BOX_GAP)
		end--;
	while (i < end) {
		struct float_flow *f = VEC_PUSH(&l->floats);
		const struct box *b = &l->flow.v[i];
		uint32_t n = 0;
		sp height = 0;
		size_t k, legal = i;

		*f = (struct float_flow){.anchor = first, .limit = SIZE_MAX,
		    .section = l->section_start,
		    .level = l->section_level, .foot = place == FLOAT_FOOT};
		if (i > first)
			for (uint32_t r = 0; r < b->nrepeat; r++)
				height += b->repeat[r].height;
		for (k = i; k < end && height + l->flow.v[k].height <=
		    l->height; k++) {
			height += l->flow.v[k].height;
			if (l->flow.v[k].cost_after != NEVER || k + 1 == end)
				legal = k + 1;
		}
		if (legal == i)
			legal = MAX(k, i + 1);
		f->boxes = ARENA_ARRAY(l->a, struct box, legal - i +
		    b->nrepeat);
		height = 0;
		if (i > first)
			repeat_header(f->boxes, &n, &height, b);
		for (; i < legal; i++) {
			f->boxes[n++] = l->flow.v[i];
			height += l->flow.v[i].height;
		}
		while (i < end && l->flow.v[i].kind == BOX_GAP)
			i++;
		f->nboxes = n;
		f->height = height;
		f->alone = place == FLOAT_PAGE ||
		    floats_room(l, l->floats.n - 1, 1) > FLOATS_MOST(l);
	}
	l->flow.n = first;
}

static void
expand_float(struct layout *l, const struct proto *p)
{
	const struct floating *f = p->data;
	struct columns *cols = l->cols;
	size_t first = l->flow.n;

	l->cols = NULL;			/* it stands across all of them */
	l->floating = true;
	for (size_t i = 0; i < f->n; i++)
		expand_proto(l, &f->v[i]);
	l->floating = false;
	l->cols = cols;
	/* In a note it stays where it is. */
	if (l->calling == NULL)
		float_take(l, first, f->place);
}

static void
expand_start(struct layout *l, const struct proto *p)
{
	(void)p;
	l->float_start = l->flow.n;
}

/* What is gathered from here on may have a float above it. */
void
floats_allow(struct layout *l)
{
	flow_proto(l, expand_start);
}

/* A heading begins at the end of the flow: floats of sections that end with
 * it may come no later. What stands over it, as a rule does, is its own. */
void
floats_close(struct layout *l, int level)
{
	size_t limit = l->flow.n;

	for (size_t i = limit; i-- > 0 && (l->flow.v[i].kind == BOX_GAP ||
	    (l->flow.v[i].kind == BOX_ITEMS &&
	    l->flow.v[i].cost_after == NEVER));)
		limit = l->flow.v[i].kind == BOX_GAP ? limit : i;
	for (size_t i = l->floats.n; i-- > 0;) {
		struct float_flow *f = &l->floats.v[i];

		if (f->limit == SIZE_MAX && f->level >= level)
			f->limit = limit;
		else if (f->limit != SIZE_MAX && f->level <= 1)
			break;	/* all before have theirs */
	}
	l->section_level = level;
	l->section_start = limit;
}

/* --------------------------------------------------------------- on pages */

/* What floats take of a page that holds text too [sp]. */
sp
floats_room(const struct layout *l, size_t first, uint32_t n)
{
	sp64 room = 0;

	for (uint32_t i = 0; i < n; i++) {
		sp64 h = (sp64)l->floats.v[first + i].height + l->grid;

		room += l->st->page.grid ? (h + l->grid - 1) / l->grid *
		    l->grid : h;
	}
	return sp_clamp(room);
}

/* The first box of a page that is no white. */
size_t
box_from(const struct layout *l, size_t i)
{
	while (i < l->flow.n && l->flow.v[i].kind == BOX_GAP)
		i++;
	return i;
}

/* May it stand at the head, at the foot of a page of boxes [start, end)? */
static bool
side_allowed(const struct layout *l, const struct float_flow *f, size_t start,
    size_t end, bool foot)
{
	size_t first = box_from(l, start);

	if (foot)
		return box_from(l, end) <= f->limit;
	/* Never above the book's title or the heading of its section; before
	 * a page that begins with the next section none is left. */
	return first >= l->float_start && (f->level == 0 ||
	    f->section < first);
}

bool
floats_arrange(const struct layout *l, size_t first, uint32_t n, size_t start,
    size_t end, uint32_t *nhead, int64_t *cost)
{
	bool foot = false;	/* order is kept: none at the head after it */

	*nhead = 0;
	*cost = 0;
	for (uint32_t i = 0; i < n; i++) {
		const struct float_flow *f = &l->floats.v[first + i];

		if (f->anchor > end)
			return false;
		foot |= f->foot;
		if (!side_allowed(l, f, start, end, foot)) {
			foot = !foot;
			if ((i > *nhead && !foot) ||
			    !side_allowed(l, f, start, end, foot))
				return false;
		}
		if (foot != f->foot)
			*cost += l->st->breaks.float_late / 2;
		*nhead += !foot;
	}
	return true;
}

uint32_t
floats_alone(const struct layout *l, size_t first, size_t end, size_t next)
{
	size_t last = first, k;
	sp64 room = 0;
	uint32_t n = 0;

	/* The last one named that cannot wait for a page with text. */
	next = box_from(l, next);
	for (k = first; k < l->floats.n && l->floats.v[k].anchor <= end; k++)
		if (l->floats.v[k].limit <= next || next >= l->flow.n)
			last = k + 1;
	if (last == first && (k == first || !l->floats.v[first].alone))
		return 0;
	do {
		room += floats_room(l, first + n, 1);
		n++;
	} while (first + n < k && room + floats_room(l, first + n, 1) -
	    l->grid <= l->height);
	return n;
}
