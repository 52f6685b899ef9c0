/*
 * The breaker against exhaustive search, and its costs against numbers
 * worked out by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "para/break.h"

#define MOST 14

static const struct para_style plain = {
	.align = PARA_JUSTIFY,
	.space_min = 800, .space_max = 1500, .space_natural = 1000,
	.tolerance = 200, .line_penalty = 10, .fitness_demerits = 3000,
	.keep_last_natural = true,
};

static uint64_t seed;

static uint32_t
rnd(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % n;
}

/* A line by plain addition, to hold the prefix sums against. */
static struct brk_line
add_up(const struct brk *b, uint32_t start, uint32_t end)
{
	struct brk_line l = {0};
	uint32_t i;

	for (i = start; i < end; i++) {
		const struct brk_item *it = &b->items[i];

		l.natural += it->width + (i + 1 < end ? it->glue : 0);
		l.space += it->inner + (i + 1 < end ? it->glue : 0);
		l.kashida += it->kashida;
		l.nplaces += it->kashida > 0;
		l.nfresh += it->kashida > 0 && !it->again;
		l.weight += it->kashida > 0 ? it->weight : 0;
		l.nwords += it->spaces + (i + 1 < end && it->glue > 0);
	}
	l.nwords++;
	l.avail = start == 0 ? b->first : b->rest;
	l.penalty = b->items[end - 1].penalty;
	l.last = end == b->n;
	l.ends = l.last || b->items[end - 1].forced;
	l.only = l.last && start == 0;
	return l;
}

/* The least demerits of any breaking, by trying all, per number of lines. */
struct all {
	int64_t least[MOST + 1];
};

static int64_t
extra_of(const struct brk *b, uint32_t start, uint32_t end)
{
	int64_t d = 0;
	uint32_t i;

	for (i = 0; i < b->nextra; i++)
		if (b->extra[i].start == start && b->extra[i].end == end)
			d += b->extra[i].demerits;
	return d;
}

static void
try_all(const struct brk *b, int64_t limit, struct all *all)
{
	uint32_t mask, i, start, lines;
	struct brk_line l;
	struct brk_fit f;
	int64_t d;
	int before;

	for (i = 0; i <= MOST; i++)
		all->least[i] = INT64_MAX;
	for (mask = 0; mask < 1u << (b->n - 1); mask++) {
		d = 0;
		before = FIT_DECENT;
		start = lines = 0;
		for (i = 1; i <= b->n; i++) {
			if (i < b->n && !(mask >> (i - 1) & 1)) {
				if (b->items[i - 1].forced)
					break;
				continue;
			}
			l = add_up(b, start, i);
			f = brk_cost(b, &l);
			if (!f.fits && (limit >= 0 || i > start + 1))
				break;
			if (limit >= 0 && !f.natural && f.badness > limit)
				break;
			if (f.fits)
				d += f.demerits + extra_of(b, start, i);
			if (lines++ > 0)
				d += brk_pair(b->style, before, f.fitness);
			before = f.fitness;
			start = i;
		}
		if (i > b->n && d < all->least[lines])
			all->least[lines] = d;
	}
}

static int64_t
exhaustive(const struct brk *b, uint32_t *nlines)
{
	int64_t limits[3] = {
		(int64_t)MIN(b->style->tolerance, 100) * 1000,
		(int64_t)MAX(b->style->tolerance, 100) * 1000, -1 };
	struct all all;
	int i, j, want, best, win;
	int64_t found = INT64_MAX;

	for (i = 0; i < 3; i++) {
		try_all(b, limits[i], &all);
		best = 0;
		for (j = 1; j <= MOST; j++)
			if (all.least[j] < all.least[best])
				best = j;
		if (all.least[best] == INT64_MAX)
			continue;
		if (found != INT64_MAX && i == 2)
			break;
		want = best + b->style->looseness;
		win = best;
		for (j = 1; j <= MOST; j++)
			if (all.least[j] < INT64_MAX && (abs(j - want) <
			    abs(win - want) || (abs(j - want) ==
			    abs(win - want) && all.least[j] < all.least[win])))
				win = j;
		found = all.least[win];
		*nlines = (uint32_t)win;
		if (win == want || i > 0)
			break;
	}
	return found;
}

/* A paragraph of n items and settings as they may come. */
static void
draw(struct brk_item *it, uint32_t n, struct para_style *st, struct brk *b,
    struct brk_extra *extra)
{
	uint32_t i, j;
	int kind = (int)rnd(8);
	sp glue = PT(4), widest = PT(40);
	bool many = rnd(2) == 0;	/* many ways to break */

	*st = plain;
	if (many) {
		glue = PT(5) + (sp)rnd(PT(20));
		widest = PT(15);
		st->space_min = 300 + (int)rnd(600);
		st->space_max = 1200 + (int)rnd(2000);
	}
	st->line_penalty = (int)rnd(20);
	st->fitness_demerits = rnd(3) ? 3000 : (int)rnd(200000);
	st->alike_demerits = rnd(2) ? 0 : (int)rnd(5000);
	st->runt_demerits = rnd(2) ? 0 : (int)rnd(50000);
	st->runt_min = (sp)rnd(PT(60));
	st->tolerance = rnd(2) ? 200 : (int)rnd(400);
	st->keep_last_natural = rnd(5) != 0;
	if (kind == 0)
		st->align = PARA_START;
	if (kind >= 4) {
		st->kashida = true;
		st->kashida_min = 100;
		st->kashida_max = 500;
		st->kashida_words = 1 + (int)rnd(3);
		st->kashida_demerits = (int)rnd(5);
		st->kashida_repeat_demerits = (int)rnd(3000);
	}
	for (i = 0; i < n; i++) {
		memset(&it[i], 0, sizeof(it[i]));
		it[i].width = (sp)rnd((uint32_t)widest);
		it[i].glue = rnd(8) ? glue : 0;
		if (rnd(12) == 0) {
			it[i].inner = PT(3);
			it[i].spaces = (uint16_t)(1 + rnd(3));
			it[i].width += PT(3);
		}
		it[i].penalty = (int16_t)(rnd(8) ? 0 : (int)rnd(200) - 50);
		it[i].forced = rnd(25) == 0;
		if (rnd(3) == 0) {
			it[i].kashida = (sp)rnd(PT(6)) + 1;
			it[i].weight = (uint16_t)(16 + rnd(24));
			it[i].again = rnd(4) == 0;
		}
	}
	memset(b, 0, sizeof(*b));
	b->style = st;
	b->rest = PT(40) + (sp)rnd(PT(100));
	b->first = b->rest - (rnd(2) ? (sp)rnd(PT(30)) : 0) +
	    (rnd(4) ? 0 : PT(10));
	b->em = PT(12);
	b->items = it;
	b->n = n;
	if (rnd(4) == 0) {
		b->extra = extra;
		b->nextra = 1 + rnd(4);
		for (i = 0; i < b->nextra; i++) {
			struct brk_extra x = { 0, 0, 1000 * rnd(9000) };

			x.start = rnd(n);
			x.end = x.start + 1 + rnd(n - x.start);
			for (j = i; j > 0 && extra[j - 1].end > x.end; j--)
				extra[j] = extra[j - 1];
			extra[j] = x;
		}
	}
}

static void
compare(uint32_t i, bool loose)
{
	struct brk_item it[MOST];
	struct brk_extra extra[8];
	struct para_style st;
	struct arena a = {0};
	struct brk b;
	uint32_t n = 1 + rnd(i % 100 ? 11 : MOST), nlines = 0, *ends, got;
	int64_t d, want;

	draw(it, n, &st, &b, extra);
	if (loose)
		st.looseness = (int)rnd(5) - 2;
	brk_open(&b, &a);
	got = brk_optimum(&b, &a, &ends, &d);
	want = exhaustive(&b, &nlines);
	if (d != want)
		fail_msg("case %u: %lld demerits in %u lines, %lld in %u",
		    i, (long long)d, got, (long long)want, nlines);
	assert_int_equal(ends[got - 1], n);
	if (loose)
		assert_int_equal(got, nlines);
	arena_free(&a);
}

static void
optimum_is_the_exhaustive_one(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < 6000; i++) {
		seed = i;
		rnd(1);
		compare(i, false);
	}
}

static void
looseness_is_the_exhaustive_one(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < 2000; i++) {
		seed = i + 1000000;
		rnd(1);
		compare(i, true);
	}
}

/* What the breaker looks at in O(1) is what addition gives. */
static void
sums_are_additions(void **state)
{
	struct brk_item it[MOST];
	struct brk_extra extra[8];
	struct para_style st;
	struct arena a = {0};
	struct brk b;
	struct brk_line l, m;
	uint32_t i, j, k;

	(void)state;
	for (k = 0; k < 200; k++) {
		seed = k;
		draw(it, MOST, &st, &b, extra);
		brk_open(&b, &a);
		for (i = 0; i < MOST; i++)
			for (j = i + 1; j <= MOST; j++) {
				l = brk_measure(&b, i, j);
				m = add_up(&b, i, j);
				assert_int_equal(l.natural, m.natural);
				assert_int_equal(l.space, m.space);
				assert_int_equal(l.kashida, m.kashida);
				assert_int_equal(l.nplaces, m.nplaces);
				assert_int_equal(l.nfresh, m.nfresh);
				assert_int_equal(l.weight, m.weight);
				assert_int_equal(l.nwords, m.nwords);
				assert_int_equal(l.ends, m.ends);
			}
		arena_reset(&a);
	}
	arena_free(&a);
}

#define WORD(w) { .width = PT(w), .glue = PT(10) }

/* Ten spaces of 10 pt in a line of 200 pt of text: the cost by hand. */
static void
costs_are_the_formula(void **state)
{
	struct brk b = { .style = &plain, .em = PT(30) };
	struct brk_line l = { .natural = PT(300), .space = PT(100),
		.nwords = 11 };
	struct brk_fit f;

	(void)state;
	l.avail = PT(300);
	f = brk_cost(&b, &l);
	assert_int_equal(f.r, 0);
	assert_int_equal(f.demerits, 100 * 1000);
	assert_int_equal(f.fitness, FIT_DECENT);
	l.avail = PT(350);		/* spaces 1.5 of natural */
	f = brk_cost(&b, &l);
	assert_int_equal(f.r, 1000);
	assert_int_equal(f.badness, 100 * 1000);
	assert_int_equal(f.demerits, 110 * 110 * 1000);
	assert_int_equal(f.fitness, FIT_LOOSE);
	l.avail = PT(351);		/* loose */
	f = brk_cost(&b, &l);
	assert_true(f.fits);
	assert_true(f.demerits > 10000000000);
	l.avail = PT(280);		/* spaces 0.8 of natural */
	f = brk_cost(&b, &l);
	assert_int_equal(f.r, -1000);
	assert_true(f.fits);
	l.avail = PT(280) - 1;
	f = brk_cost(&b, &l);
	assert_false(f.fits);
	l.avail = PT(325);		/* r 0.5, with a penalty */
	l.penalty = 50;
	f = brk_cost(&b, &l);
	assert_int_equal(f.demerits, 506250 + 2500 * 1000);
}

static void
costs_of_neighbours_and_ends(void **state)
{
	struct para_style st = plain;
	struct brk b = { .style = &st, .em = PT(30) };
	struct brk_line l = { .natural = PT(30), .space = PT(10),
		.avail = PT(300), .ends = true, .last = true };
	struct brk_fit f;

	(void)state;
	st.alike_demerits = 700;
	assert_int_equal(brk_pair(&st, FIT_DECENT, FIT_DECENT), 0);
	assert_int_equal(brk_pair(&st, FIT_DECENT, FIT_LOOSE), 0);
	assert_int_equal(brk_pair(&st, FIT_TIGHT, FIT_DECENT), 0);
	assert_int_equal(brk_pair(&st, FIT_TIGHT, FIT_LOOSE), 3000000);
	assert_int_equal(brk_pair(&st, FIT_VERY_LOOSE, FIT_DECENT), 3000000);
	assert_int_equal(brk_pair(&st, FIT_LOOSE, FIT_LOOSE), 700000);
	assert_int_equal(brk_pair(&st, FIT_LOOSE, FIT_VERY_LOOSE), 700000);
	assert_int_equal(brk_pair(&st, FIT_TIGHT, FIT_TIGHT), 700000);
	/* A last line is natural, and cheap unless it is a runt. */
	f = brk_cost(&b, &l);
	assert_true(f.natural);
	assert_int_equal(f.demerits, 100 * 1000);
	st.runt_demerits = 5000;
	st.runt_min = PT(31);
	f = brk_cost(&b, &l);
	assert_int_equal(f.demerits, 5100 * 1000);
	l.only = true;
	f = brk_cost(&b, &l);
	assert_int_equal(f.demerits, 100 * 1000);
	l.only = false;
	l.last = false;			/* ends by force: no runt */
	f = brk_cost(&b, &l);
	assert_int_equal(f.demerits, 100 * 1000);
	st.keep_last_natural = false;
	f = brk_cost(&b, &l);
	assert_false(f.natural);
	assert_true(f.r > 1000);
}

/* A line within the limits is preferred, whatever it costs. */
static void
limits_come_before_demerits(void **state)
{
	struct brk_item it[] = { WORD(23), WORD(23), WORD(23), WORD(17),
		WORD(20) };
	struct para_style st = plain;
	struct brk b = { .style = &st, .items = it, .n = NELEM(it),
		.first = PT(100), .rest = PT(100), .em = PT(12) };
	struct arena a = {0};
	struct brk_line l;
	struct brk_fit three, four;
	uint32_t *ends;
	int64_t d;

	(void)state;
	st.space_min = 400;
	it[3].penalty = 300;
	brk_open(&b, &a);
	l = brk_measure(&b, 0, 3);
	three = brk_cost(&b, &l);
	assert_in_range(three.r, 1001, 1200);
	l = brk_measure(&b, 0, 4);
	four = brk_cost(&b, &l);
	assert_in_range(four.r, -1000, -800);
	assert_true(four.demerits > three.demerits - 10000000000);
	brk_optimum(&b, &a, &ends, &d);
	assert_int_equal(ends[0], 4);
	/* A stricter tolerance refuses it at first, not in the end. */
	st.tolerance = 10;
	brk_optimum(&b, &a, &ends, &d);
	assert_int_equal(ends[0], 4);
	/* Between two in the limits the tolerance decides before demerits. */
	it[2].penalty = 200;
	it[2].width = PT(31);
	it[3].penalty = 0;
	it[3].width = PT(11);
	st.tolerance = 100;
	brk_open(&b, &a);
	brk_optimum(&b, &a, &ends, &d);
	assert_int_equal(ends[0], 4);
	st.tolerance = 50;
	brk_optimum(&b, &a, &ends, &d);
	assert_int_equal(ends[0], 3);
	arena_free(&a);
}

/* Kashida costs by its length; spaces open to where it is cheaper. */
static void
kashida_takes_what_is_cheaper(void **state)
{
	struct para_style st = plain;
	struct brk b = { .style = &st, .em = PT(30) };
	struct brk_line l = { .natural = PT(300), .space = PT(100),
		.nwords = 11, .kashida = 5 * PT(15), .nplaces = 5,
		.nfresh = 5, .weight = 5 * 16, .avail = PT(340) };
	struct brk_fit f, g;
	struct arena a = {0};
	struct brk_item it = WORD(10);

	(void)state;
	b.items = &it;
	b.n = 1;
	st.kashida = true;
	st.kashida_min = 100;
	st.kashida_max = 500;
	st.kashida_words = 3;
	brk_open(&b, &a);
	f = brk_cost(&b, &l);		/* free: all of it, in 3 words */
	assert_int_equal(f.kashida, PT(40));
	assert_int_equal(f.nkashida, 3);
	assert_int_equal(f.r, 0);
	l.avail = PT(360);		/* three places of 15 pt, then space */
	f = brk_cost(&b, &l);
	assert_int_equal(f.kashida, PT(45));
	assert_int_equal(f.r, 300);
	st.kashida_demerits = 10;
	l.avail = PT(340);
	f = brk_cost(&b, &l);
	assert_true(f.kashida > 0 && f.kashida < PT(40));
	assert_true(f.r > 300 && f.r < 700);
	/* Never so dear that the line is loose for thrift. */
	st.kashida_demerits = 10000;
	l.avail = PT(360);
	f = brk_cost(&b, &l);
	assert_true(f.r <= 1000);
	/* A shorter one than the least is none. */
	st.kashida_demerits = 0;
	l.avail = PT(302);
	f = brk_cost(&b, &l);
	assert_int_equal(f.kashida, 0);
	/* One word in three: no kashida in a line of two. */
	l.avail = PT(340);
	l.nwords = 2;
	f = brk_cost(&b, &l);
	assert_int_equal(f.kashida, 0);
	/* Nor in the last line. */
	l.nwords = 11;
	l.last = l.ends = true;
	f = brk_cost(&b, &l);
	assert_int_equal(f.kashida, 0);
	/* Words that were there before are dearer. */
	l.last = l.ends = false;
	f = brk_cost(&b, &l);
	l.nfresh = 1;
	st.kashida_repeat_demerits = 500;
	g = brk_cost(&b, &l);
	assert_int_equal(g.demerits - f.demerits, 2 * 500 * 1000);
	arena_free(&a);
}

/* First fit fills line 1 to the point and leaves a word alone on line 2. */
static void
the_whole_paragraph_is_weighed(void **state)
{
	static const struct brk_item it[] = { WORD(10), WORD(10), WORD(10),
		WORD(10), WORD(10), WORD(10), WORD(88), WORD(50) };
	struct para_style st = plain;
	struct brk b = { .style = &st, .items = it, .n = NELEM(it),
		.first = PT(110), .rest = PT(110), .em = PT(12) };
	struct arena a = {0};
	uint32_t *ends;
	int64_t d, greedy;

	(void)state;
	brk_open(&b, &a);
	assert_int_equal(brk_first_fit(&b, &a, &ends, &greedy), 3);
	assert_int_equal(ends[0], 6);
	assert_int_equal(ends[1], 7);
	assert_int_equal(brk_optimum(&b, &a, &ends, &d), 3);
	assert_int_equal(ends[0], 5);
	assert_int_equal(ends[1], 7);
	assert_true(d < greedy);
	arena_free(&a);
}

/* Wide boxes, no boxes, no room: always a breaking. */
static void
nothing_cannot_be_broken(void **state)
{
	struct brk_item it[] = { WORD(20), WORD(500), WORD(20), WORD(0),
		WORD(500), WORD(500) };
	static const sp widths[] = { PT(100), PT(1), 0, -PT(10), SP_MAX };
	struct para_style st = plain;
	struct brk b = { .style = &st, .items = it, .n = NELEM(it),
		.em = PT(12) };
	struct arena a = {0};
	uint32_t *ends, i, n;
	int64_t d;

	(void)state;
	for (i = 0; i < NELEM(widths); i++) {
		b.first = b.rest = widths[i];
		brk_open(&b, &a);
		n = brk_optimum(&b, &a, &ends, &d);
		assert_in_range(n, 1, NELEM(it));
		assert_int_equal(ends[n - 1], NELEM(it));
	}
	b.first = b.rest = PT(100);
	assert_int_equal(brk_optimum(&b, &a, &ends, &d), 5);
	b.n = 0;
	brk_open(&b, &a);
	assert_int_equal(brk_optimum(&b, &a, &ends, &d), 0);
	assert_int_equal(brk_first_fit(&b, &a, &ends, &d), 0);
	arena_free(&a);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/*
 * Lines that are not filled grow apart from what the width of their text
 * makes likely, by hundreds in a long paragraph; those asked for are counted
 * from the best breaking's all the same.
 */
static void
looseness_of_a_long_one(void **state)
{
	static const int wanted[] = { 1, -1, 5 };
	struct para_style st = plain;
	struct brk_item *it = xcalloc(30000, sizeof(*it));
	struct brk b = { .style = &st, .items = it, .n = 30000,
		.first = PT(115), .rest = PT(115), .em = PT(12) };
	struct arena a = {0};
	uint32_t *ends, i, n;
	int64_t d;

	(void)state;
	seed = 9;
	for (i = 0; i < b.n; i++) {
		it[i].width = PT(6) + (sp)rnd(PT(40));
		it[i].glue = PT(4);
	}
	st.align = PARA_START;
	brk_open(&b, &a);
	n = brk_optimum(&b, &a, &ends, &d);
	assert_int_equal(ends[n - 1], b.n);
	for (i = 0; i < NELEM(wanted); i++) {
		st.looseness = wanted[i];
		brk_open(&b, &a);
		assert_int_equal(brk_optimum(&b, &a, &ends, &d),
		    n + (uint32_t)wanted[i]);
	}
	arena_free(&a);
	free(it);
}

static void
time_is_linear(void **state)
{
	static const uint32_t sizes[] = { 5000, 50000, 500000 };
	struct para_style st = plain;
	struct brk_item *it = xcalloc(500000, sizeof(*it));
	struct brk b = { .style = &st, .items = it, .first = PT(300),
		.rest = PT(300), .em = PT(12) };
	struct arena a = {0};
	uint32_t *ends, i, j, n;
	double t, took, bytes[NELEM(sizes)];
	int64_t d;

	(void)state;
	seed = 5;
	for (i = 0; i < 500000; i++) {
		it[i].width = PT(6) + (sp)rnd(PT(40));
		it[i].glue = PT(4);
		it[i].kashida = rnd(2) ? PT(5) : 0;
		it[i].weight = 16;
	}
	for (j = 0; j < 2; j++) {
		for (i = 0; i < NELEM(sizes); i++) {
			b.n = sizes[i];
			t = now();
			brk_open(&b, &a);
			n = brk_optimum(&b, &a, &ends, &d);
			took = now() - t;
			bytes[i] = (double)a.used / b.n;
			print_message("%s%u words, %u lines: %.1f ms, "
			    "%.0f bytes a word\n", j ? "kashida, " : "",
			    b.n, n, took * 1e3, bytes[i]);
			/* Far above what is seen, far below n squared. */
			assert_true(took < 20e-6 * b.n + 0.1);
			assert_true(bytes[i] < bytes[0] * 1.1);
			arena_reset(&a);
		}
		st.kashida = true;
		st.kashida_min = 100;
		st.kashida_max = 500;
		st.kashida_words = 3;
		st.kashida_demerits = 10;
	}
	/* One hopeless place: the whole is done again in the last pass. */
	it[250000].width = PT(400);
	t = now();
	brk_open(&b, &a);
	n = brk_optimum(&b, &a, &ends, &d);
	print_message("with a wide box, %u lines: %.1f ms\n", n,
	    (now() - t) * 1e3);
	arena_free(&a);
	free(it);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_are_additions),
		cmocka_unit_test(costs_are_the_formula),
		cmocka_unit_test(costs_of_neighbours_and_ends),
		cmocka_unit_test(limits_come_before_demerits),
		cmocka_unit_test(kashida_takes_what_is_cheaper),
		cmocka_unit_test(the_whole_paragraph_is_weighed),
		cmocka_unit_test(nothing_cannot_be_broken),
		cmocka_unit_test(optimum_is_the_exhaustive_one),
		cmocka_unit_test(looseness_is_the_exhaustive_one),
		cmocka_unit_test(looseness_of_a_long_one),
		cmocka_unit_test(time_is_linear),
	};

	return cmocka_run_group_tests_name("para/break", tests, NULL, NULL);
}
