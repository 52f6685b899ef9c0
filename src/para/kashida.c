/*
 * Kashida: which words of a line are lengthened, where, by how much.
 *
 * The breaker has decided how much of a line's want kashida takes and over
 * how many words; here are the words found. Each place costs by its
 * priority (shape/ gives them), by its distance from where an even spread
 * would have it, for standing under a kashida of the line above, for a word
 * that the paragraph has stretched before; the cheapest choice is found by
 * dynamic programming over the line's places, one a word. The two last
 * costs cannot be in the breaker's model, which fixes a line before the one
 * above it is known. It charges instead for words seen before (brk_item's
 * `again`), and nothing for stacks: a line has several times the places it
 * needs, so a stack is nearly always avoided here.
 *
 * A chosen word is shaped again with U+0640 in it. A font may refuse a
 * place; it is then struck out and the choice made again. What kashida in
 * the end does not take, being counted in whole quanta, goes to the spaces.
 *
 * Stretching the last places of a line first (neatroff), or one word only
 * (as word processors do), was rejected: kashidas then pile up at the
 * line's end or grow long.
 */
#include "para/private.h"

#include <stdlib.h>

#define PRIORITY_DEMERITS 100
/* A place HarfBuzz does not vouch for: only priority weighs more. */
#define UNSAFE_DEMERITS 50
/* A word half a slot from its even spread, as much as two priorities. */
#define EVEN_DEMERITS 200
/* Nearer than this to one above it counts as stacked: 3/4 em. */
#define STACK_NEAR(em) ((em) / 4 * 3)
/* Weight of priority 1 is 16; each further one costs a quarter more. */
#define WEIGHT(priority) (16 + 4 * ((priority) - 1))

struct place {
	uint32_t piece, run;
	uint32_t c0, c1;	/* the word's clusters inside its run */
	uint32_t at;		/* the cluster that carries the bar */
	sp x;			/* from the line's start, as set [sp] */
	sp middle;		/* of its piece, likewise: so that where in a
				 * word is a matter of priority alone */
	int64_t cost;		/* but for evenness, in demerits */
	int length;		/* asked of the font last [units] */
	struct shape_word word;
	sp gain;
	bool shaped, refused;
};

static int
priority(const struct shape_cluster *c)
{
	return c->flags >> SHAPE_PRIORITY_SHIFT & 15;
}

static bool
run_stretches(const struct shape_run *r)
{
	return !r->style->no_kashida && !r->style->nastaliq;
}

/* The longest kashida a word of `r` may get, a whole number of quanta. */
static int
longest(const struct work *w, const struct shape_run *r, int *least, int *q)
{
	int upem = font_metrics(r->face)->upem;
	int unit = MAX(shape_kashida_quantum(r->face), 1);

	*q = unit;
	*least = (w->style->kashida_min * upem / 1000 + unit - 1) / unit *
	    unit;
	return w->style->kashida_max * upem / 1000 / unit * unit;
}

static sp
units_to_sp(const struct shape_run *r, int units)
{
	return sp_clamp(muldiv(units, r->size, font_metrics(r->face)->upem));
}

/* The letters of a piece, whatever stands around them: with another note
 * called at its end it is the same word. */
static uint64_t
hash_word(const struct work *w, const struct piece *pc, uint32_t text)
{
	const struct shape_cluster *c = w->p->clusters;
	uint64_t h = HASH_SEED;
	uint32_t i;

	for (i = pc->first; i < pc->end; text += c[i++].len)
		if (!(c[i].flags & (SHAPE_NEUTRAL | SHAPE_IGNORABLE |
		    SHAPE_TATWEEL | SHAPE_DIGIT)))
			h = hash_bytes(h, w->p->text + text, c[i].len);
	return h;
}

/*
 * The number of the word with hash `h`; `slots` holds number + 1. Two words
 * of one hash would be taken for the same, which costs nothing but a
 * stretch.
 */
static uint32_t
number_word(uint32_t *slots, uint64_t *hashes, size_t mask, uint64_t h,
    uint32_t *n)
{
	size_t i = (size_t)h & mask;

	while (slots[i] != 0 && hashes[slots[i] - 1] != h)
		i = (i + 1) & mask;
	if (slots[i] == 0) {
		hashes[*n] = h;
		slots[i] = ++*n;
	}
	return slots[i] - 1;
}

static bool
is_place(const struct work *w, const struct shape_run *r, uint32_t cluster)
{
	return w->p->clusters[cluster].flags & SHAPE_KASHIDA &&
	    !w->struck[cluster] && run_stretches(r);
}

/*
 * Best priority among the piece's places that HarfBuzz vouches for, and its
 * run; false if there is none. The others are tried when words are chosen,
 * but of ten that Amiri has it refuses nine: the breaks may not count on
 * them.
 */
static bool
best_place(const struct work *w, const struct piece *pc, uint32_t run,
    int *best, uint32_t *best_run)
{
	const struct shape_para *p = w->p;
	const struct shape_cluster *c;
	uint32_t i;

	*best = 16;
	for (i = pc->first; i < pc->end; i++) {
		while (i >= p->runs[run].cluster + p->runs[run].nclusters)
			run++;
		c = &p->clusters[i];
		if (is_place(w, &p->runs[run], i) &&
		    c->flags & SHAPE_KASHIDA_SAFE && priority(c) < *best) {
			*best = priority(c);
			*best_run = run;
		}
	}
	return *best < 16;
}

static bool
has_place(const struct work *w, const struct piece *pc)
{
	uint32_t i;

	for (i = pc->first; i < pc->end; i++)
		if (w->p->clusters[i].flags & SHAPE_KASHIDA)
			return true;
	return false;
}

void
stretch_mark(struct work *w)
{
	struct cursor c = {0};
	uint32_t i, n = 0, before, *slots;
	uint64_t *hashes;
	size_t mask = 16;

	if (!w->style->kashida || !w->p->has_kashida ||
	    w->style->align != PARA_JUSTIFY || w->n == 0)
		return;
	while (mask < (size_t)w->n * 2)
		mask *= 2;
	slots = ARENA_ARRAY(w->scratch, uint32_t, mask--);
	hashes = ARENA_ARRAY(w->scratch, uint64_t, w->n);
	w->word = ARENA_ARRAY(w->scratch, uint32_t, w->n);
	w->struck = ARENA_ARRAY(w->scratch, uint8_t, w->p->nclusters);
	for (i = 0; i < w->n; i++) {
		if (!has_place(w, &w->pieces[i]))
			continue;
		cursor_to(&c, w->p, w->pieces[i].first);
		before = n;
		w->word[i] = number_word(slots, hashes, mask,
		    hash_word(w, &w->pieces[i], c.text), &n);
		w->items[i].again = n == before;
	}
	w->nwords = n;
	w->used = ARENA_ARRAY(w->scratch, uint8_t, n);
	w->above = ARENA_ARRAY(w->scratch, sp, w->n);
	stretch_estimate(w);
}

void
stretch_estimate(struct work *w)
{
	struct cursor c = {0};
	struct brk_item *it;
	uint32_t i, run = 0;
	int best, least, q;

	for (i = 0; w->word != NULL && i < w->n; i++) {
		it = &w->items[i];
		it->kashida = 0;
		if (!has_place(w, &w->pieces[i]))
			continue;
		cursor_to(&c, w->p, w->pieces[i].first);
		if (!best_place(w, &w->pieces[i], c.run, &best, &run))
			continue;
		it->kashida = units_to_sp(&w->p->runs[run],
		    longest(w, &w->p->runs[run], &least, &q));
		it->weight = (uint16_t)WEIGHT(best);
	}
}

/* ------------------------------------------------------- a line's places */

/* The word around cluster `i`: to the next space, or its run's ends. */
static void
find_word(const struct work *w, const struct piece *pc,
    const struct shape_run *r, uint32_t i, struct place *pl)
{
	const struct shape_cluster *c = w->p->clusters;
	uint32_t from = MAX(pc->first, r->cluster);
	uint32_t to = MIN(pc->end, r->cluster + r->nclusters);

	pl->c0 = pl->c1 = pl->at = i;
	while (pl->c0 > from && !(c[pl->c0 - 1].flags & SHAPE_SPACE))
		pl->c0--;
	while (pl->c1 < to && !(c[pl->c1].flags & SHAPE_SPACE))
		pl->c1++;
}

static int64_t
place_cost(const struct work *w, const struct place *pl)
{
	const struct shape_cluster *c = &w->p->clusters[pl->at];
	const struct para_style *st = w->style;
	int64_t cost = (priority(c) - 1) * PRIORITY_DEMERITS;
	uint32_t i;

	if (!(c->flags & SHAPE_KASHIDA_SAFE))
		cost += UNSAFE_DEMERITS;
	if (w->used[w->word[pl->piece]])
		cost += st->kashida_repeat_demerits;
	for (i = 0; i < w->nabove; i++)
		if (llabs((sp64)w->above[i] - pl->x) < STACK_NEAR(w->brk.em))
			cost += st->kashida_stack_demerits;
	return cost;
}

/* Where a place at natural distance `x` comes to stand, about. */
static sp
on_line(const struct brk_line *m, sp64 x)
{
	return sp_clamp(muldiv(x, m->avail, MAX(m->natural, 1)));
}

static uint32_t
collect(const struct work *w, uint32_t run, uint32_t start, uint32_t end,
    struct place **out)
{
	const struct shape_para *p = w->p;
	struct brk_line m = brk_measure(&w->brk, start, end);
	uint32_t i, j, n = 0, from = w->pieces[start].first;
	sp64 x = 0;
	struct place *pl;

	for (i = from; i < w->pieces[end - 1].end; i++)
		n += (p->clusters[i].flags & SHAPE_KASHIDA) != 0;
	pl = *out = ARENA_ARRAY(w->scratch, struct place, n);
	n = 0;
	for (j = start, i = from; j < end; j++) {
		sp middle = on_line(&m, x + w->items[j].width / 2);

		for (; i < w->pieces[j].next && i < w->pieces[end - 1].end;
		    x += w->width[i++]) {
			while (i >= p->runs[run].cluster +
			    p->runs[run].nclusters)
				run++;
			if (!is_place(w, &p->runs[run], i))
				continue;
			pl[n].piece = j;
			pl[n].run = run;
			find_word(w, &w->pieces[j], &p->runs[run], i, &pl[n]);
			/* The bar stands where the letter ends. */
			pl[n].x = on_line(&m, x + w->width[i]) +
			    (start == 0 ? w->shape->indent_first : 0);
			pl[n].middle = middle;
			pl[n].cost = place_cost(w, &pl[n]);
			n++;
		}
	}
	return n;
}

/* ------------------------------------------------------------- the choice */

struct step {
	int64_t cost;
	uint32_t from;
};

static int64_t
evenness(sp x, uint32_t j, uint32_t n, sp avail)
{
	int64_t slot = MAX(avail / (sp)n, 1);
	int64_t off = llabs(x - (slot * j + slot / 2)) * 2000 / slot;

	return EVEN_DEMERITS * off * off / 1000000;
}

/*
 * The cheapest n places, no two in one piece, in `pick`; false if there are
 * not so many. One pass over the places for each kashida: the best way to
 * have had j - 1 of them in earlier pieces is carried along.
 */
static bool
choose(struct work *w, const struct place *pl, uint32_t npl, uint32_t n,
    sp avail, uint32_t *pick)
{
	struct step *f = ARENA_ARRAY(w->scratch, struct step, (size_t)n * npl);
	struct step best, held;
	uint32_t i, j;

	for (j = 0; j < n; j++) {
		best = held = (struct step){ j == 0 ? 0 : INT64_MAX, 0 };
		for (i = 0; i < npl; i++) {
			struct step *s = &f[(size_t)j * npl + i];

			if (i > 0 && pl[i].piece != pl[i - 1].piece)
				best = held;
			*s = (struct step){ INT64_MAX, best.from };
			if (best.cost < INT64_MAX && !pl[i].refused)
				s->cost = best.cost + pl[i].cost +
				    evenness(pl[i].middle, j, n, avail);
			/* Of equal ones the later: ties go to the word's
			 * end. */
			if (j > 0 && f[(size_t)(j - 1) * npl + i].cost <=
			    held.cost)
				held = (struct step){
				    f[(size_t)(j - 1) * npl + i].cost, i };
		}
	}
	best = (struct step){ INT64_MAX, 0 };
	for (i = 0; i < npl; i++)
		if (f[(size_t)(n - 1) * npl + i].cost <= best.cost &&
		    f[(size_t)(n - 1) * npl + i].cost < INT64_MAX)
			best = (struct step){
			    f[(size_t)(n - 1) * npl + i].cost, i };
	if (best.cost == INT64_MAX)
		return false;
	for (i = best.from, j = n; j-- > 0;) {
		pick[j] = i;
		i = f[(size_t)j * npl + i].from;
	}
	return true;
}

/* One word stretched twice in the line: make its later place dearer. */
static bool
charge_twins(const struct work *w, struct place *pl, const uint32_t *pick,
    uint32_t n)
{
	uint32_t i, j, k;
	bool any = false;

	for (i = 1; i < n; i++)
		for (j = 0; j < i; j++) {
			if (w->word[pl[pick[i]].piece] !=
			    w->word[pl[pick[j]].piece])
				continue;
			k = pick[i];
			pl[k].cost += w->style->kashida_repeat_demerits;
			any = w->style->kashida_repeat_demerits > 0;
		}
	return any;
}

/*
 * Shape the picked words with equal shares of `length`; what rounding
 * leaves of one goes on to the next. False if the font refused one.
 */
static bool
shape_picked(struct work *w, struct place *pl, const uint32_t *pick,
    uint32_t n, sp64 length)
{
	const struct shape_run *r;
	struct place *p;
	uint32_t i, j;
	int most, least, q, units;
	sp64 rest = length;
	bool good = true;

	for (i = 0; i < n; i++) {
		p = &pl[pick[i]];
		r = &w->p->runs[p->run];
		most = longest(w, r, &least, &q);
		units = (int)muldiv(rest / (n - i),
		    font_metrics(r->face)->upem, MAX(r->size, 1));
		units = MAX(least, MIN(most, units / q * q));
		rest -= units_to_sp(r, units);
		if (p->shaped && p->length == units)
			continue;
		p->length = units;
		p->shaped = shape_kashida(w->ctx, w->a, w->p, r, p->c0, p->c1,
		    p->at, units, &p->word);
		if (!p->shaped) {
			p->refused = true;
			w->struck[p->at] = 1;
			good = false;
			continue;
		}
		p->gain = 0;
		for (j = p->c0; j < p->c1; j++)
			p->gain += cluster_width(r,
			    &p->word.clusters[j - p->c0],
			    font_metrics(r->face)->upem) - w->width[j];
	}
	return good;
}

static void
remember(struct work *w, const struct place *pl, const uint32_t *pick,
    uint32_t n)
{
	uint32_t i;

	w->nabove = n;
	for (i = 0; i < n; i++) {
		w->above[i] = pl[pick[i]].x;
		w->used[w->word[pl[pick[i]].piece]] = 1;
	}
}

uint32_t
stretch_choose(struct work *w, uint32_t run, uint32_t start, uint32_t end,
    const struct brk_fit *f, struct stretched **out)
{
	struct brk_line m = brk_measure(&w->brk, start, end);
	struct place *pl;
	uint32_t npl, n = f->nkashida, i, twins = 0;
	uint32_t *pick;
	struct shape_word *word;

	*out = NULL;
	if (w->word == NULL || f->kashida <= 0 || n == 0) {
		w->nabove = 0;
		return 0;
	}
	npl = collect(w, run, start, end, &pl);
	pick = ARENA_ARRAY(w->scratch, uint32_t, n);
	/* Each round ends, strikes out a place or lowers n. */
	while (n > 0) {
		if (!choose(w, pl, npl, n, m.avail, pick)) {
			n--;
			continue;
		}
		if (twins < 3 && charge_twins(w, pl, pick, n)) {
			twins++;
			continue;
		}
		if (shape_picked(w, pl, pick, n, f->kashida))
			break;
	}
	remember(w, pl, pick, n);
	*out = ARENA_ARRAY(w->scratch, struct stretched, n);
	for (i = 0; i < n; i++) {
		const struct place *p = &pl[pick[i]];

		word = arena_dup(w->a, &p->word, sizeof(p->word));
		(*out)[i] = (struct stretched){ p->c0, p->c1, word, p->gain };
	}
	return n;
}
