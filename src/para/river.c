/*
 * Rivers: spaces under spaces, three lines running.
 *
 * A line's spaces are where they are only when its breaks are known, and a
 * river takes three lines: in the dynamic program each state would have to
 * carry the two lines before it. So the paragraph is broken first, its
 * rivers are looked for, the middle line of each is made dearer by
 * river_demerits, and it is broken again; the breaking whose demerits and
 * rivers together cost least is kept. A few rounds at most, as long as the
 * charges change anything, and none where no river was found: nearly every
 * paragraph. Such a search may miss a breaking whose way leads over one
 * that is worse than what the charges forbid; about half of the rivers go.
 *
 * Places are estimates: gaps are taken at natural width and moved apart in
 * proportion, along the line's logical order. In lines of one direction
 * that is off by less than a tenth of a space.
 */
#include "para/private.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS 5
/*
 * In a paragraph as long as a chapter some river always stays, and each
 * round breaks all of it again: there one round is all.
 */
#define LONG_PARAGRAPH 2000	/* items */

/* Centres of a line's spaces, from its start side. */
static uint32_t
gaps_of(const struct work *w, uint32_t start, uint32_t end, sp *x, sp *near)
{
	struct brk_line m = brk_measure(&w->brk, start, end);
	struct brk_fit f = brk_cost(&w->brk, &m);
	const struct brk_item *it;
	sp64 at = 0, width = f.natural ? m.natural : m.avail;
	sp shift = start == 0 ? w->shape->indent_first : 0;
	uint32_t i, n = 0;

	*near = 0;
	for (i = start; i + 1 < end; i++) {
		it = &w->items[i];
		at += it->width;
		if (it->glue > 0) {
			x[n++] = sp_clamp(shift + muldiv(at + it->glue / 2,
			    width, MAX(m.natural, 1)));
			*near = MAX(*near, it->glue);
		}
		at += it->glue;
	}
	*near /= 3;
	return n;
}

struct line_gaps {
	sp *x;
	uint32_t n;
	sp near;		/* spaces so near to these go on with them */
};

/* How many gaps of `b` have one of `a` above and one of `c` below. */
static uint32_t
rivers_at(const struct line_gaps *a, const struct line_gaps *b,
    const struct line_gaps *c)
{
	uint32_t i, j = 0, k = 0, n = 0;

	for (i = 0; i < b->n; i++) {
		while (j < a->n && a->x[j] < b->x[i] - b->near)
			j++;
		while (k < c->n && c->x[k] < b->x[i] - b->near)
			k++;
		n += j < a->n && a->x[j] <= b->x[i] + b->near &&
		    k < c->n && c->x[k] <= b->x[i] + b->near;
	}
	return n;
}

/*
 * Count the rivers of a breaking; the lines in their middle are added to
 * `extra` if that is not NULL.
 */
static uint32_t
find_rivers(const struct work *w, uint32_t n, const uint32_t *ends, sp *room,
    struct brk_extra *extra, uint32_t *nextra)
{
	struct line_gaps g[3];
	uint32_t i, k, start = 0, found, total = 0;
	sp *x[3];
	uint32_t cap = w->n;

	for (i = 0; i < 3; i++)
		x[i] = room + (size_t)i * cap;
	for (i = 0; i < n; i++) {
		k = i % 3;
		g[k].x = x[k];
		g[k].n = gaps_of(w, start, ends[i], g[k].x, &g[k].near);
		start = ends[i];
		if (i < 2)
			continue;
		found = rivers_at(&g[(i - 2) % 3], &g[(i - 1) % 3], &g[k]);
		if (found == 0)
			continue;
		total += found;
		if (extra != NULL)
			extra[(*nextra)++] = (struct brk_extra){
			    ends[i - 2], ends[i - 1], (int64_t)found * 1000 *
			    w->style->river_demerits };
	}
	return total;
}

uint32_t
river_count(const struct work *w, uint32_t n, const uint32_t *ends)
{
	if (w->style->river_demerits <= 0 || n < 3 ||
	    w->style->align != PARA_JUSTIFY)
		return 0;
	return find_rivers(w, n, ends,
	    ARENA_ARRAY(w->scratch, sp, (size_t)w->n * 3), NULL, NULL);
}

static int
by_end(const void *a, const void *b)
{
	const struct brk_extra *x = a, *y = b;

	return x->end != y->end ? (x->end > y->end) - (x->end < y->end) :
	    (x->start > y->start) - (x->start < y->start);
}

uint32_t
river_avoid(struct work *w, uint32_t n, uint32_t **ends, int64_t *demerits)
{
	int64_t each = (int64_t)w->style->river_demerits * 1000, d, best;
	struct brk_extra *extra;
	uint32_t rounds = w->n > LONG_PARAGRAPH ? 1 : ROUNDS;
	uint32_t nextra = 0, round, rivers, m, before = n;
	uint32_t *tried, *last = *ends;
	sp *room;

	if (each <= 0 || n < 3 || w->style->align != PARA_JUSTIFY)
		return n;
	room = ARENA_ARRAY(w->scratch, sp, (size_t)w->n * 3);
	extra = ARENA_ARRAY(w->scratch, struct brk_extra,
	    (size_t)n * 2 * (ROUNDS + 1));
	rivers = find_rivers(w, n, *ends, room, extra, &nextra);
	best = *demerits + rivers * each;
	for (round = 0; rivers > 0 && round < rounds; round++) {
		qsort(extra, nextra, sizeof(*extra), by_end);
		w->brk.extra = extra;
		w->brk.nextra = nextra;
		m = brk_optimum(&w->brk, w->scratch, &tried, &d);
		w->brk.nextra = 0;
		/* Dearer by what its rivers cost and still the best. */
		if (m == before && memcmp(tried, last, m * sizeof(*tried)) == 0)
			break;
		before = m;
		last = tried;
		rivers = find_rivers(w, m, tried, room, extra, &nextra);
		/* The charges for lines of old rivers are no demerits. */
		d = brk_total(&w->brk, tried, m) + rivers * each;
		if (d < best) {
			best = d;
			n = m;
			*ends = tried;
		}
	}
	*demerits = best;
	return n;
}
