/*
 * Total-fit line breaking.
 *
 * The model is Knuth and Plass's ("Breaking paragraphs into lines",
 * Software: Practice and Experience 11, 1981): boxes with glue between
 * them; a line's badness grows with the cube of how far its glue departs
 * from natural, its demerits with the square of its badness, and the sum of
 * all demerits is made least by dynamic programming over the positions
 * where a line may end. Kept are, for each position that can be reached,
 * the best way to reach it per fitness class (the class decides what the
 * next line costs); a position is active as long as a line from it to here
 * is not too wide. Since that is a line's worth of positions at most, time
 * is linear in the paragraph and memory a few nodes a position.
 *
 * What differs from the paper:
 *
 * - Glue is one thing only, word space, and its limits are ratios of its
 *   natural width. One prefix sum of natural space therefore gives a line's
 *   stretch and its shrink.
 * - Stretch has two sources. A line that is short takes from its words'
 *   kashida places what is cheaper there than in its spaces: kashida costs
 *   in proportion to its length, space grows dear with the fifth power, so
 *   there is one ratio `r` up to which spaces open first and after which
 *   kashida takes all, until its places are used up. The potential of a
 *   line is an estimate from prefix sums: as many places as kashida_words
 *   allows, of average length and average priority. It is the exact
 *   maximum when all places are alike; kashida.c, which picks the places,
 *   takes better than average ones, so the estimate errs to the dear side.
 *   To know the best places in the loop would make each step as long as a
 *   line, and the line above (for kashida under kashida) is not yet fixed.
 * - Lines looser than the limit are not a matter of tolerance but counted:
 *   each costs more than any paragraph of lines within it is likely to.
 * - Badness and demerits carry three more digits than TeX's, which calls
 *   all lines within 17% of their stretch equally perfect.
 * - Too wide is never chosen: at last resort every item stands on a line of
 *   its own, so there is always a breaking, and only an item wider than
 *   the line is overfull.
 *
 * First fit (brk_first_fit) is here as the measure to beat. An optimum over
 * windows of some lines was rejected: the whole costs no more than a few
 * microseconds a page, and a window's edge shows.
 */
#include "para/break.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define MILLI 1000
#define R_FULL 1000
/* Badness is cubic up to 10,000 (r = 4.64), then demerits grow linearly,
 * so that sums over millions of lines stay in 64 bits. */
#define R_CUBIC 4640
#define R_MOST 100000
/* A line outside the limits: more than 800 lines at the limit's edge. */
#define LOOSE_DEMERITS (10000000LL * MILLI)
/* Sums stop here; far above what a book can reach. */
#define DEMERITS_MAX (INT64_MAX / 4)
/* A ragged line is at its limit when a sixth of it is empty. */
#define RAGGED_PART 6
/* Line counts told apart at one position when looseness is asked for. */
#define LOOSE_LINES 64

struct brk_sum {
	sp64 width, space, kashida;
	uint32_t nplaces, nfresh, weight;
	uint32_t nspaces;	/* each ends a word */
};

/*
 * What stretching the spaces by a further unit of r costs, in thousandths,
 * at r = i/64: the derivative of (line_penalty + 100 r^3)^2.
 */
static void
fill_slope(struct brk *b)
{
	int64_t i, l = b->style->line_penalty;

	for (i = 0; i <= BRK_EASE; i++)
		b->slope[i] = 600 * MILLI * i * i / 4096 *
		    (l * 262144 + 100 * i * i * i) / 262144;
}

void
brk_open(struct brk *b, struct arena *a)
{
	const struct brk_item *it;
	struct brk_sum *s;
	uint32_t i;

	b->pass = 0;
	b->sums = ARENA_ARRAY(a, struct brk_sum, (size_t)b->n + 1);
	for (i = 0; i < b->n; i++) {
		it = &b->items[i];
		s = &b->sums[i + 1];
		*s = b->sums[i];
		s->width += (sp64)it->width + it->glue;
		s->space += (sp64)it->inner + it->glue;
		s->nspaces += it->spaces + (it->glue > 0);
		if (it->kashida > 0) {
			s->kashida += it->kashida;
			s->nplaces++;
			s->weight += it->weight;
			if (!it->again)
				s->nfresh++;
		}
	}
	fill_slope(b);
}

struct brk_line
brk_measure(const struct brk *b, uint32_t start, uint32_t end)
{
	const struct brk_sum *s = &b->sums[start], *e = &b->sums[end];
	const struct brk_item *it = &b->items[end - 1];
	struct brk_line l;

	l.natural = e->width - s->width - it->glue;
	l.space = e->space - s->space - it->glue;
	l.kashida = e->kashida - s->kashida;
	l.nplaces = e->nplaces - s->nplaces;
	l.nfresh = e->nfresh - s->nfresh;
	l.weight = e->weight - s->weight;
	l.nwords = e->nspaces - s->nspaces + (it->glue <= 0);
	l.avail = start == 0 ? b->first : b->rest;
	l.penalty = it->penalty;
	l.last = end == b->n;
	l.ends = l.last || it->forced;
	l.only = l.last && start == 0;
	return l;
}

static int64_t
badness(int64_t r)
{
	r = r < 0 ? -r : r;
	r = MIN(r, R_CUBIC);
	return r * r * r / 10000;
}

/* Demerits of word space at `r`, and of the line being there at all. */
static int64_t
space_demerits(const struct para_style *st, int64_t r, bool limited)
{
	int64_t d = (int64_t)st->line_penalty * MILLI + badness(r);

	d = d * d / MILLI;
	if (r > R_CUBIC)
		d += d / R_CUBIC * (MIN(r, R_MOST) - R_CUBIC);
	if (limited && r > R_FULL)
		d += LOOSE_DEMERITS;
	return d;
}

/* The least r at which a further unit of it costs `slope` in thousandths. */
static int64_t
ease(const struct brk *b, int64_t slope)
{
	int lo = 0, hi = BRK_EASE, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (b->slope[mid] < slope)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo * R_FULL / BRK_EASE;
}

/* Ratio of `need` to `full`, R_FULL if equal; out of bounds is R_MOST. */
static int64_t
ratio(sp64 need, sp64 full)
{
	if (need <= 0)
		return 0;
	if (full <= 0 || need >= full * (R_MOST / R_FULL))
		return R_MOST;
	return need * R_FULL / full;
}

struct kashida_use {
	sp64 length;
	uint32_t n;
	int64_t demerits;
};

/* The price of `length`, in thousandths. */
static struct kashida_use
use_kashida(const struct brk *b, const struct brk_line *l, sp64 length,
    uint32_t most)
{
	const struct para_style *st = b->style;
	struct kashida_use u = { length, 0, 0 };
	int64_t permille = length * 1000 / b->em;
	int64_t each = (st->kashida_min + st->kashida_max) / 2;

	if (length <= 0)
		return u;
	u.n = (uint32_t)((permille + each - 1) / MAX(each, 1));
	u.n = MAX(1, MIN(u.n, most));
	u.demerits = permille * st->kashida_demerits * (MILLI / 10) / 16 *
	    (l->nplaces > 0 ? l->weight / l->nplaces : 16);
	if (u.n > l->nfresh)
		u.demerits += (int64_t)(u.n - l->nfresh) *
		    st->kashida_repeat_demerits * MILLI;
	return u;
}

/*
 * How much of `need` kashida should take where `stretch` of space is r =
 * 1000. A kashida shorter than kashida_min is none; whether none or the
 * least is better then, the demerits say.
 */
static struct kashida_use
share_kashida(const struct brk *b, const struct brk_line *l, sp64 need,
    sp64 stretch)
{
	const struct para_style *st = b->style;
	struct kashida_use none = { 0, 0, 0 }, u;
	sp64 most, least = (sp64)b->em * st->kashida_min / 1000;
	sp64 length;
	uint32_t m;
	int64_t slope;

	m = l->nwords / (uint32_t)MAX(st->kashida_words, 1);
	m = MIN(m, l->nplaces);
	if (m == 0 || need < least)
		return none;
	most = MIN(need, l->kashida * m / l->nplaces);
	if (most < least)
		return none;
	slope = stretch * 1000 / b->em * st->kashida_demerits * (MILLI / 10) /
	    16 * (l->weight / l->nplaces);
	length = need - stretch * ease(b, slope) / R_FULL;
	if (length <= 0)
		return none;
	length = MAX(least, MIN(length, most));
	u = use_kashida(b, l, length, m);
	if (u.demerits +
	    space_demerits(st, ratio(need - length, stretch), true) >=
	    space_demerits(st, ratio(need, stretch), true))
		return none;
	return u;
}

static int
fitness(int64_t r)
{
	return r < -R_FULL / 2 ? FIT_TIGHT : r <= R_FULL / 2 ? FIT_DECENT :
	    r <= R_FULL ? FIT_LOOSE : FIT_VERY_LOOSE;
}

/* The line with `given` of kashida, or what is best if that is < 0. */
static struct brk_fit
cost(const struct brk *b, const struct brk_line *l, sp64 given)
{
	const struct para_style *st = b->style;
	struct brk_fit f = { .fits = true, .fitness = FIT_DECENT };
	struct kashida_use u = { 0, 0, 0 };
	sp64 need = l->avail - l->natural, full;
	bool justify = st->align == PARA_JUSTIFY;
	int64_t p = l->penalty;

	f.natural = !justify || (l->ends && st->keep_last_natural && need >= 0);
	if (f.natural && need >= 0) {
		if (!l->ends)
			f.r = ratio(need, MAX(l->avail, 0) / RAGGED_PART);
	} else if (f.natural) {
		f.fits = false;
	} else if (need >= 0) {
		full = l->space * (st->space_max - 1000) / 1000;
		/* Nothing here opens: as bad as the gap that stays. */
		if (l->space == 0)
			full = MAX(l->avail, 0) / (4 * RAGGED_PART);
		if (given >= 0)
			u = use_kashida(b, l, MIN(given, need), UINT32_MAX);
		else if (st->kashida && l->nplaces > 0)
			u = share_kashida(b, l, need, full);
		f.r = ratio(need - u.length, full);
		if (l->space == 0 && need > u.length)
			f.r += R_FULL;
	} else {
		full = l->space * (1000 - st->space_min) / 1000;
		f.fits = -need <= full;
		f.r = f.fits ? -ratio(-need, full) : -R_FULL;
	}
	f.kashida = sp_clamp(u.length);
	f.nkashida = u.n;
	f.badness = badness(f.r);
	/* A ragged line's gap has no limit: nothing looks wrong, only poor. */
	f.demerits = space_demerits(st, f.r, !f.natural) + u.demerits;
	if (!f.natural)
		f.fitness = (uint8_t)fitness(f.r);
	if (!l->ends)
		f.demerits += (p < 0 ? -p * p : p * p) * MILLI;
	if (l->last && !l->only && l->natural < st->runt_min)
		f.demerits += (int64_t)st->runt_demerits * MILLI;
	return f;
}

struct brk_fit
brk_cost(const struct brk *b, const struct brk_line *l)
{
	return cost(b, l, -1);
}

struct brk_fit
brk_cost_set(const struct brk *b, const struct brk_line *l, sp kashida)
{
	return cost(b, l, kashida);
}

int64_t
brk_pair(const struct para_style *st, int f, int g)
{
	int64_t d = 0;

	if (f - g > 1 || g - f > 1)
		d += st->fitness_demerits;
	/* Two lines alike are no fault, two lines alike and not good are. */
	if ((f == FIT_TIGHT && g == FIT_TIGHT) ||
	    (f >= FIT_LOOSE && g >= FIT_LOOSE))
		d += st->alike_demerits;
	return d * MILLI;
}

/* ----------------------------------------------------------- the search */

struct node {
	int64_t demerits;
	uint32_t pos;		/* items before it are set */
	uint32_t line;		/* lines before it */
	uint32_t prev;
	uint8_t fitness;	/* of the line that ends here */
};

struct best {
	int64_t demerits;
	uint32_t prev, line;
};

struct search {
	const struct brk *b;
	struct { struct node *v; size_t n, cap; } nodes;
	struct { uint32_t *v; size_t n, cap; } active;
	int64_t limit;		/* worst badness allowed; < 0: any */
	int64_t rmax;		/* r of that; R_FULL for any */
	int64_t least;		/* demerits of the best way to here */
	bool penalised;		/* some break has a negative penalty */
	int64_t differ;		/* most that fitness can cost the next line */
	uint32_t extra;		/* first of b->extra not yet passed */
	uint32_t base;		/* line number of best[0] */
	uint32_t nbest;		/* line numbers in use */
	struct best best[LOOSE_LINES][FIT_CLASSES];	/* reset_best() fills */
};

/* The line of the best way to the first position that is active. */
static uint32_t
best_line(const struct search *s)
{
	const struct node *best = &s->nodes.v[s->active.v[0]], *nd;
	size_t k;

	for (k = 1; k < s->active.n; k++) {
		nd = &s->nodes.v[s->active.v[k]];
		if (nd->pos != best->pos)
			break;
		if (nd->demerits < best->demerits)
			best = nd;
	}
	return best->line;
}

/*
 * The line numbers told apart at the next position: all as one, or those
 * near the best way's. (What the text's width makes likely is far off after
 * a thousand lines that are not filled.)
 */
static void
reset_best(struct search *s)
{
	uint32_t i, j, about;

	s->nbest = 1;
	s->base = 0;
	s->least = INT64_MAX;
	if (s->b->style->looseness != 0) {
		about = best_line(s) + 1;
		s->nbest = LOOSE_LINES;
		if (about > LOOSE_LINES / 2)
			s->base = about - LOOSE_LINES / 2;
	}
	for (i = 0; i < s->nbest; i++)
		for (j = 0; j < FIT_CLASSES; j++)
			s->best[i][j].demerits = INT64_MAX;
}

static void
offer(struct search *s, uint32_t prev, int fit, int64_t demerits)
{
	const struct node *nd = &s->nodes.v[prev];
	uint32_t i = 0;
	struct best *best;

	if (nd->pos > 0)
		demerits += brk_pair(s->b->style, nd->fitness, fit);
	demerits += nd->demerits;
	demerits = MIN(demerits, DEMERITS_MAX);
	if (s->nbest > 1) {
		if (nd->line + 1 < s->base ||
		    nd->line + 1 - s->base >= s->nbest)
			return;
		i = nd->line + 1 - s->base;
	}
	best = &s->best[i][fit];
	s->least = MIN(s->least, demerits);
	if (demerits < best->demerits)
		*best = (struct best){ demerits, prev, nd->line + 1 };
}

/* New nodes at `end`: per line number those that could still win. */
static void
settle(struct search *s, uint32_t end)
{
	uint32_t i, id;
	int j;
	int64_t least;
	struct best *row;

	for (i = 0; i < s->nbest; i++) {
		row = s->best[i];
		least = INT64_MAX;
		for (j = 0; j < FIT_CLASSES; j++)
			least = MIN(least, row[j].demerits);
		if (least == INT64_MAX)
			continue;
		for (j = 0; j < FIT_CLASSES; j++) {
			if (row[j].demerits > least + s->differ)
				continue;
			id = (uint32_t)s->nodes.n;
			*VEC_PUSH(&s->nodes) = (struct node){
				row[j].demerits, end, row[j].line,
				row[j].prev, (uint8_t)j };
			*VEC_PUSH(&s->active) = id;
		}
	}
}

/* What b->extra adds to the line; ends only ever rise. */
static int64_t
extra_demerits(struct search *s, uint32_t start, uint32_t end)
{
	const struct brk *b = s->b;
	uint32_t i;
	int64_t d = 0;

	while (s->extra < b->nextra && b->extra[s->extra].end < end)
		s->extra++;
	for (i = s->extra; i < b->nextra && b->extra[i].end == end; i++)
		if (b->extra[i].start == start)
			d += b->extra[i].demerits;
	return d;
}

/*
 * Is a line beyond rmax for certain, all its kashida places used? Most lines
 * the search looks at are too short: this measures no more of them than it
 * must (as brk_measure() does), and without a division.
 */
static bool
is_hopeless(const struct search *s, uint32_t start, uint32_t end)
{
	const struct brk *b = s->b;
	const struct para_style *st = b->style;
	const struct brk_sum *from = &b->sums[start], *to = &b->sums[end];
	const struct brk_item *it = &b->items[end - 1];
	sp64 need, space;

	if (st->align != PARA_JUSTIFY || end == b->n || it->forced)
		return false;
	need = (start == 0 ? b->first : b->rest) -
	    (to->width - from->width - it->glue);
	space = to->space - from->space - it->glue;
	if (st->kashida)
		need -= to->kashida - from->kashida;
	/* A little more than rmax: ratio() rounds down. */
	return space != 0 && need * 1000000 > space * (st->space_max - 1000) *
	    (s->rmax + 2);
}

enum { KEEP = 1, OFFER = 2 };

/* What is to be done about a line from node `nd` to `end`. */
static unsigned
weigh(struct search *s, const struct node *nd, uint32_t end,
    struct brk_fit *f)
{
	const struct brk *b = s->b;
	struct brk_line l;

	if (is_hopeless(s, nd->pos, end)) {
		if (s->limit >= 0)
			return KEEP;
		/* Loose, and there is a way that is not: settle() would
		 * drop it. (Nodes of a place differ by s->differ at most.) */
		if (s->nbest == 1 && !s->penalised && s->least <
		    nd->demerits + LOOSE_DEMERITS - 2 * s->differ)
			return KEEP;
	}
	l = brk_measure(b, nd->pos, end);
	*f = brk_cost(b, &l);
	if (!f->fits) {
		if (s->limit >= 0 || end > nd->pos + 1)
			return 0;
		f->demerits = 0;	/* one item: it cannot be helped */
		return OFFER;
	}
	if (s->limit >= 0 && !f->natural && f->badness > s->limit)
		return KEEP;
	if (b->nextra > 0)
		f->demerits += extra_demerits(s, nd->pos, end);
	return KEEP | OFFER;
}

/* The largest r whose badness is no worse than `limit`. */
static int64_t
limit_ratio(int64_t limit)
{
	int64_t r = 0, above = R_CUBIC + 1, mid;

	if (limit < 0)
		return R_FULL;
	while (above - r > 1) {
		mid = (r + above) / 2;
		if (badness(mid) <= limit)
			r = mid;
		else
			above = mid;
	}
	return r < R_CUBIC ? r : R_MOST;	/* badness ends there */
}

/*
 * One pass over the paragraph; false if its lines cannot all be as good as
 * `limit` (thousandths of badness; < 0 takes anything).
 */
static bool
search_pass(struct search *s, int64_t limit)
{
	const struct brk *b = s->b;
	struct brk_fit f = { .fits = false };
	uint32_t end, pos, id;
	unsigned what = 0;
	size_t k, kept;

	s->limit = limit;
	s->rmax = limit_ratio(limit);
	s->extra = 0;
	s->nodes.n = s->active.n = 0;
	*VEC_PUSH(&s->nodes) = (struct node){ .fitness = FIT_DECENT };
	*VEC_PUSH(&s->active) = 0;
	for (end = 1; end <= b->n; end++) {
		reset_best(s);
		pos = UINT32_MAX;
		for (k = kept = 0; k < s->active.n; k++) {
			id = s->active.v[k];
			/* Nodes of one position follow one another. */
			if (s->nodes.v[id].pos != pos) {
				pos = s->nodes.v[id].pos;
				what = weigh(s, &s->nodes.v[id], end, &f);
			}
			if (what & OFFER)
				offer(s, id, f.fitness, f.demerits);
			if (what & KEEP)
				s->active.v[kept++] = id;
		}
		s->active.n = b->items[end - 1].forced ? 0 : kept;
		settle(s, end);
		if (s->active.n == 0)
			return false;
	}
	return s->nodes.v[s->nodes.n - 1].pos == b->n;
}

/* The node the paragraph should end in; `exact`: has the looseness asked. */
static uint32_t
choose_end(const struct search *s, bool *exact)
{
	const struct node *nd = s->nodes.v;
	uint32_t i, n = (uint32_t)s->nodes.n, first = n, best, win;
	int64_t want, d, dwin;

	while (first > 0 && nd[first - 1].pos == s->b->n)
		first--;
	best = first;
	for (i = first; i < n; i++)
		if (nd[i].demerits < nd[best].demerits)
			best = i;
	want = (int64_t)nd[best].line + s->b->style->looseness;
	win = best;
	for (i = first; i < n; i++) {
		d = llabs((int64_t)nd[i].line - want);
		dwin = llabs((int64_t)nd[win].line - want);
		if (d < dwin ||
		    (d == dwin && nd[i].demerits < nd[win].demerits))
			win = i;
	}
	*exact = nd[win].line == want;
	return win;
}

static uint32_t
trace(const struct search *s, struct arena *a, uint32_t node, uint32_t **ends,
    int64_t *demerits)
{
	const struct node *nd = s->nodes.v;
	uint32_t n = nd[node].line, i = n;

	*demerits = nd[node].demerits;
	*ends = ARENA_ARRAY(a, uint32_t, n);
	for (; i > 0; node = nd[node].prev)
		(*ends)[--i] = nd[node].pos;
	return n;
}

uint32_t
brk_optimum(struct brk *b, struct arena *a, uint32_t **ends,
    int64_t *demerits)
{
	const struct para_style *st = b->style;
	struct search search, *s = &search;
	int64_t limits[3];
	uint32_t n = 0, i;
	bool exact;

	*ends = NULL;
	*demerits = 0;
	if (b->n == 0)
		return 0;
	/*
	 * First within the limits and the tolerance, then beyond one of them,
	 * then anything. Fewer candidates make the first pass the fast one,
	 * and nearly every paragraph needs no other.
	 */
	limits[0] = (int64_t)MIN(st->tolerance, 100) * MILLI;
	limits[1] = (int64_t)MAX(st->tolerance, 100) * MILLI;
	limits[2] = -1;
	memset(s, 0, offsetof(struct search, best));
	s->b = b;
	/* Rarely more than two ways lead to a place. */
	vec_grow((void **)&s->nodes.v, &s->nodes.cap, 2 * (size_t)b->n + 1,
	    sizeof(*s->nodes.v));
	for (i = 0; i < b->n; i++)
		s->penalised |= b->items[i].penalty < 0;
	s->differ = ((int64_t)st->fitness_demerits + st->alike_demerits) *
	    MILLI;
	for (i = b->pass; i < NELEM(limits); i++) {
		if (!search_pass(s, limits[i]))
			continue;
		/* b->extra changes nothing about what can be reached. */
		if (n == 0)
			b->pass = i;
		n = trace(s, a, choose_end(s, &exact), ends, demerits);
		/* More lines than the tolerance allows: try one pass more,
		 * but not the one that takes anything. */
		if (exact || i > 0)
			break;
	}
	assert(n > 0);
	free(s->nodes.v);
	free(s->active.v);
	return n;
}

int64_t
brk_total(const struct brk *b, const uint32_t *ends, uint32_t n)
{
	struct brk_line l;
	struct brk_fit f;
	uint32_t start = 0, i;
	int before = FIT_DECENT;
	int64_t d = 0;

	for (i = 0; i < n; start = ends[i++]) {
		l = brk_measure(b, start, ends[i]);
		f = brk_cost(b, &l);
		if (f.fits)
			d += f.demerits;
		if (i > 0)
			d += brk_pair(b->style, before, f.fitness);
		before = f.fitness;
	}
	return d;
}

uint32_t
brk_first_fit(const struct brk *b, struct arena *a, uint32_t **ends,
    int64_t *demerits)
{
	struct brk_line l;
	uint32_t start = 0, end, n = 0;
	bool full;

	*ends = ARENA_ARRAY(a, uint32_t, b->n);
	for (end = 1; end <= b->n; end++) {
		full = b->items[end - 1].forced || end == b->n;
		if (!full) {
			l = brk_measure(b, start, end + 1);
			full = l.natural > l.avail;
		}
		if (full) {
			(*ends)[n++] = end;
			start = end;
		}
	}
	*demerits = brk_total(b, *ends, n);
	return n;
}
