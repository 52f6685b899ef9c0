/*
 * Columns on a page.
 *
 * A strip is what a page holds of a run of columns, from one height to
 * another. Its columns are filled one after the other, each with the boxes
 * that fit; of the legal ends of a column the last few are tried, so that
 * widows, orphans and headings cost at the foot of a column what they cost
 * at the foot of a page, and a line left empty costs too. That is dynamic
 * programming over columns within the page: a way to fill the first c of
 * them is known by the box that the next begins with.
 *
 * Where the run goes on overleaf all columns are as high as the page; every
 * end that the last one may have is a page that breaks.c weighs. Where the
 * run ends its columns are balanced: they are as low as they can be, the
 * next height being the least at which one more box would fit somewhere, or
 * a few lines higher where that spares a widow; whatever follows stands
 * below the highest.
 *
 * Notes stand at the foot of the page across all columns. Those called in a
 * later column take room from the first, which is why a strip is tried again
 * with the room that its notes turned out to need.
 *
 * Each column's lines stand on a grid of their own, so that lines side by
 * side are level; on the page's grid, where it has one.
 */
#include <string.h>

#include "page/fill.h"

enum {
	WINDOW = 6,		/* ends of a column that are tried */
	TRIES = 5,		/* with other room for notes */
	LINES_MORE = 3,		/* of a balanced strip, to spare a widow */
	LINES_LOW = 4,		/* at the foot of a page: lower is too low */
};

/* A way to fill some columns: boxes before `end` stand in them. */
struct cut {
	size_t end;
	int64_t cost;
	sp high;		/* of the highest of them */
	int from;		/* the way to fill all but the last */
};

struct cuts {
	struct cut v[MAX_COLUMNS][STRIP_ENDS];
	int n[MAX_COLUMNS];
	sp more;		/* least height at which more would fit */
};

/* -------------------------------------------------------------- one column */

void
column_start(struct column *c, const struct layout *l, const struct box *first)
{
	memset(c, 0, sizeof(*c));
	for (uint32_t i = 0; i < first->nrepeat; i++)
		c->y += first->repeat[i].height;
	c->l = l;
}

/* The top of the next box, from the column's top; c->y is its foot. */
sp
column_add(struct column *c, const struct box *b)
{
	sp top;

	if (b->kind == BOX_GAP) {
		if (c->any)
			c->pending = MAX(c->pending, b->height);
		return c->y;
	}
	c->natural = top = c->y + c->pending;
	if (b->grid)
		top = snap(top, c->l->grid);
	c->y = top + b->height;
	c->pending = 0;
	c->any = true;
	return top;
}

/*
 * The last ends that a column from box i on may have in `room`; with `must`
 * it holds at least one box.
 */
static int
column_ends(const struct layout *l, size_t i, size_t e, sp room, bool must,
    struct cut *v, sp *more)
{
	struct column c;
	size_t k = box_from(l, i);
	sp y = 0;
	int n = 0;

	column_start(&c, l, &l->flow.v[k]);
	for (; k < e; k++) {
		const struct box *b = &l->flow.v[k];
		bool first = !c.any;

		if (b->kind == BOX_GAP) {
			column_add(&c, b);
			continue;
		}
		column_add(&c, b);
		if (c.y > room && !(must && first)) {
			*more = MIN(*more, c.y);
			break;
		}
		y = c.y;
		if (b->cost_after == NEVER && k + 1 < e)
			continue;
		if (n == WINDOW)
			memmove(v, v + 1, --n * sizeof(*v));
		v[n++] = (struct cut){.end = k + 1, .high = y,
		    .cost = k + 1 < e ? b->cost_after : 0};
	}
	if (n == 0 && must)	/* nothing but unbreakable boxes */
		v[n++] = (struct cut){.end = MAX(k, i + 1), .high = y,
		    .cost = l->st->breaks.heading_foot};
	return n;
}

/* ------------------------------------------------------------ all columns */

static void
add_cut(struct cuts *cs, int column, const struct cut *c)
{
	struct cut *v = cs->v[column];

	for (int i = 0; i < cs->n[column]; i++)
		if (v[i].end == c->end) {
			if (c->cost < v[i].cost)
				v[i] = *c;
			return;
		}
	if (cs->n[column] < STRIP_ENDS)
		v[cs->n[column]++] = *c;
}

/* All ways to fill n columns from box i on, each at most `room` high. */
static void
fill_columns(const struct layout *l, size_t i, size_t e, int n, sp room,
    bool must, struct cuts *cs)
{
	struct cut none = {.end = i};

	cs->more = SP_MAX;
	for (int c = 0; c < MAX_COLUMNS; c++)
		cs->n[c] = 0;
	for (int c = 0; c < n; c++) {
		int nbefore = c == 0 ? 1 : cs->n[c - 1];

		for (int k = 0; k < nbefore; k++) {
			const struct cut *s = c == 0 ? &none :
			    &cs->v[c - 1][k];
			struct cut ends[WINDOW];
			int m;

			if (s->end >= e)
				continue;
			m = column_ends(l, s->end, e, room, must, ends,
			    &cs->more);
			for (int j = 0; j < m; j++) {
				int64_t lines = MAX(room - ends[j].high, 0) /
				    l->grid;

				if (ends[j].end < e)
					ends[j].cost += lines * lines *
					    l->st->breaks.short_page;
				ends[j].cost += s->cost;
				ends[j].high = MAX(ends[j].high, s->high);
				ends[j].from = k;
				add_cut(cs, c, &ends[j]);
			}
		}
	}
}

static void
strip_of(const struct cuts *cs, int column, int k, size_t start, sp top,
    struct strip *s)
{
	const struct cut *c = &cs->v[column][k];

	*s = (struct strip){.start = start, .end = c->end, .top = top,
	    .height = c->high, .cost = c->cost, .n = column + 1};
	for (; column >= 0; column--) {
		c = &cs->v[column][k];
		s->ends[column] = c->end;
		k = c->from;
	}
}

/* ------------------------------------------------------------------ notes */

static sp
strip_top(const struct fill *f)
{
	sp top = f->y + f->pending;

	return f->l->st->page.grid ? snap(top, f->l->grid) : top;
}

/* Notes of the boxes of a strip; what is left of those of the last box goes
 * on overleaf. False if the page has no room for them. */
static bool
strip_notes(const struct fill *f, struct strip *s)
{
	const struct layout *l = f->l;
	struct fill g = *f;
	sp room = f->height - s->top - s->height;
	size_t last = s->end - 1;

	g.any = true;
	s->notes = f->notes;
	for (size_t i = s->start; i < last; i++)
		for (uint32_t k = 0; k < l->flow.v[i].nnotes; k++) {
			if (s->notes == 0)
				s->notes = l->st->notes.gap;
			s->notes += l->flow.v[i].notes[k]->height;
		}
	if (f->split.n > 0 && (s->notes > f->notes ||
	    l->flow.v[last].nnotes > 0))
		return false;	/* a split note is the page's last */
	s->split = fit_notes(&g, &l->flow.v[last], room, &s->notes);
	return s->notes <= room;
}

/* ----------------------------------------------------------------- strips */

/* What a strip of this height would cost, balanced; the best in `s`. */
static bool
balanced(const struct fill *f, size_t i, const struct columns *cols, sp high,
    struct cuts *cs, struct strip *s)
{
	bool found = false;

	fill_columns(f->l, i, cols->end, cols->n, high, false, cs);
	for (int c = 0; c < cols->n; c++)
		for (int k = 0; k < cs->n[c]; k++)
			if (cs->v[c][k].end == cols->end && (!found ||
			    cs->v[c][k].cost < s->cost)) {
				strip_of(cs, c, k, i, strip_top(f), s);
				found = true;
			}
	return found;
}

/* The height of all the rest in one column. */
static sp
rest_height(const struct layout *l, size_t i, size_t e, sp enough)
{
	struct column c;

	column_start(&c, l, &l->flow.v[i]);
	for (; i < e && c.y < enough; i++)
		column_add(&c, &l->flow.v[i]);
	return c.y;
}

bool
strip_whole(const struct fill *f, size_t i, struct strip *s)
{
	const struct layout *l = f->l;
	const struct columns *cols = l->flow.v[i].cols;
	sp room = f->height - strip_top(f) - f->notes, high;
	struct cuts cs;
	struct strip more;

	high = room > 0 ? rest_height(l, i, cols->end, cols->n * (room + 1)) :
	    0;
	if (room <= 0 || high > cols->n * room)
		return false;
	/* What is left over by white at heads of columns. */
	high = high / cols->n - cols->n * l->grid;
	for (high = MAX(high, 1); !balanced(f, i, cols, high, &cs, s);
	    high = cs.more)
		if (cs.more > room)
			return false;
	for (int k = 1; k <= LINES_MORE && high + k * l->grid <= room; k++) {
		if (s->cost <= l->st->breaks.short_page * k * k ||
		    !balanced(f, i, cols, high + k * l->grid, &cs, &more))
			continue;
		more.cost += l->st->breaks.short_page * k * k;
		if (more.cost < s->cost)
			*s = more;
	}
	return strip_notes(f, s) && s->split.n == 0;
}

static void
keep_cheapest(struct strip *v, int *n, const struct strip *s)
{
	for (int i = 0; i < *n; i++)
		if (v[i].end == s->end) {
			if (s->cost < v[i].cost)
				v[i] = *s;
			return;
		}
	if (*n < STRIP_ENDS)
		v[(*n)++] = *s;
}

/*
 * Strips that fit, of all columns or, if there are none, of fewer. Returns
 * the least room for notes that one more would need; 0: all fit.
 */
static sp
strips_that_fit(const struct fill *f, size_t i, const struct cuts *cs,
    int ncols, size_t e, struct strip *v, int *n)
{
	sp need = 0;

	for (int c = ncols; c-- > 0 && *n == 0;)
		for (int k = 0; k < cs->n[c]; k++) {
			struct strip s;

			if (cs->v[c][k].end >= e)
				continue;
			strip_of(cs, c, k, i, strip_top(f), &s);
			/* Better some white at the foot than one paragraph
			 * in pieces of two lines side by side. */
			if (f->any && s.height < LINES_LOW * f->l->grid)
				s.cost += LINES_LOW * LINES_LOW *
				    f->l->st->breaks.short_page;
			if (strip_notes(f, &s))
				keep_cheapest(v, n, &s);
			else
				need = need == 0 ? s.notes : MIN(need, s.notes);
		}
	return need;
}

int
strip_ends(const struct fill *f, size_t i, struct strip *v)
{
	const struct layout *l = f->l;
	const struct columns *cols = l->flow.v[i].cols;
	bool must = !f->any && !f->floats;
	sp top = strip_top(f), notes = f->notes, need;
	struct cuts cs;
	int n = 0;

	for (int t = 0; t < TRIES; t++) {
		sp room = f->height - top - notes;

		if (room <= 0 && !must)
			break;
		fill_columns(l, i, cols->end, cols->n, room, must, &cs);
		need = strips_that_fit(f, i, &cs, cols->n, cols->end, v, &n);
		if (need <= notes)
			break;
		notes = need;
	}
	if (n == 0 && must) {		/* the notes run over the foot */
		fill_columns(l, i, cols->end, cols->n, f->height - top -
		    f->notes, true, &cs);
		for (int c = cols->n; c-- > 0 && n == 0;)
			if (cs.n[c] > 0) {
				strip_of(&cs, c, 0, i, top, &v[0]);
				strip_notes(f, &v[0]);
				n = 1;
			}
	}
	return n;
}

void
strip_add(struct fill *f, const struct strip *s)
{
	f->y = s->top + s->height;
	f->pending = 0;
	f->notes = s->notes;
	f->any = true;
	if (s->split.n > 0)
		f->split = s->split;
	f->over = MAX(f->over, f->y + f->notes - f->height);
}
