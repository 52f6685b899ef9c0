/*
 * The axis of an overview: years true to scale, with a bar for each phase.
 *
 * Names stand over their bars on as few lines as the room between the
 * neighbours' middles takes. Where a name has no room there, or phases
 * overlap, the bars have numbers instead, and names and years are told below
 * the axis. Bars that overlap stand under one another.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "page/timeline.h"

#define GAP PT(4)			/* between names, numbers */

enum { MAX_LANES = 8 };

struct axis {
	struct layout *l;
	struct timeline *t;
	struct drawing d;
	sp pad;				/* before the first year, after the last */
	int lanes;
	int *lane;			/* of each bar */
	bool keyed;			/* numbers stand for names */
	sp y;				/* foot of what is drawn */
};

/* Where a year stands on the axis, from the starting side. */
static sp
year_at(const struct axis *x, int year)
{
	const struct timeline *t = x->t;
	sp w = t->measure - t->start - t->end - 2 * x->pad;

	return t->start + x->pad + sp_clamp(muldiv(year - t->first, w,
	    MAX(t->last - t->first, 1)));
}

/* Draw a centred piece with its middle at `mid` from the starting side. */
static void
draw_centred(struct axis *x, const struct piece *p, sp mid, sp y)
{
	draw_lines(&x->d, p, from_start(x->t, mid, 0) -
	    p->shape.measure / 2, y);
}

static sp
natural_width(const struct piece *p)
{
	sp w = 0;

	for (uint32_t i = 0; p->para.lines != NULL && i < p->para.lines->n;
	    i++)
		w = MAX(w, p->para.lines->v[i].natural);
	return w;
}

/* ----------------------------------------------------------------- bars */

/* The middle of a name that would stand over its bar, kept in the measure. */
static sp
name_middle(const struct axis *x, const struct bar *b, sp w)
{
	const struct timeline *t = x->t;
	sp mid = (year_at(x, b->from) + year_at(x, b->to)) / 2;

	return MAX(MIN(mid, t->measure - t->end - w / 2), t->start + w / 2);
}

/* Do names that are so wide stand clear of one another? */
static bool
names_clear(const struct axis *x, const sp *w)
{
	const struct timeline *t = x->t;

	for (size_t i = 0; i < t->nbars; i++)
		for (size_t k = 0; k < i; k++) {
			sp a = name_middle(x, &t->bars[i], w[i]);
			sp b = name_middle(x, &t->bars[k], w[k]);

			if (abs(a - b) < (w[i] + w[k]) / 2 + GAP)
				return false;
		}
	return true;
}

/* Widest that a name may be between the middles of the bars beside it. */
static sp
name_room(const struct axis *x, size_t i)
{
	const struct timeline *t = x->t;
	sp mid = name_middle(x, &t->bars[i], 0), room = SP_MAX;

	for (size_t k = 0; k < t->nbars; k++)
		if (k != i)
			room = MIN(room, abs(name_middle(x, &t->bars[k], 0) -
			    mid) - GAP);
	return MIN(room, t->measure - t->start - t->end);
}

/* Names over their bars on one line, or on several; else numbers. */
static void
fit_names(struct axis *x)
{
	struct timeline *t = x->t;
	sp *w = ARENA_ARRAY(x->l->a, sp, t->nbars + 1);

	for (size_t i = 0; i < t->nbars; i++) {
		w[i] = natural_width(t->bars[i].label);
		x->keyed |= x->lanes > 1 || w[i] > t->measure - t->start -
		    t->end;
	}
	if (x->keyed || names_clear(x, w))
		return;
	for (size_t i = 0; i < t->nbars; i++) {
		sp lo, hi, room = name_room(x, i);

		para_widths(t->bars[i].label->shaped, &lo, &hi);
		x->keyed |= room < lo || hi > 4 * (sp64)room;
		w[i] = MIN(MAX(room, 0), w[i]);
	}
	x->keyed |= !names_clear(x, w);
	for (size_t i = 0; i < t->nbars && !x->keyed; i++) {
		t->bars[i].label->shape.measure = w[i] + PT(0.5);
		piece_break(x->l, t->bars[i].label);
	}
}

/* Bars that overlap in time stand under one another. */
static void
find_lanes(struct axis *x)
{
	const struct timeline *t = x->t;
	int until[MAX_LANES];

	x->lane = ARENA_ARRAY(x->l->a, int, t->nbars + 1);
	for (size_t i = 0; i < t->nbars; i++) {
		int k = 0;

		while (k < x->lanes && k + 1 < MAX_LANES &&
		    until[k] > t->bars[i].from)
			k++;
		if (k == x->lanes)
			x->lanes++;
		x->lane[i] = k;
		until[k] = t->bars[i].to;
	}
}

static void
draw_bars(struct axis *x)
{
	static const uint8_t greys[] = {205, 165, 225};
	struct timeline *t = x->t;
	sp names = 0, high = 0;

	for (size_t i = 0; i < t->nbars; i++) {
		names = MAX(names, x->keyed ? 0 :
		    lines_height(t->bars[i].label));
		high = MAX(high, t->bars[i].years->leading + PT(2));
	}
	for (size_t i = 0; i < t->nbars; i++) {
		const struct bar *b = &t->bars[i];
		sp a = year_at(x, b->from), w = year_at(x, b->to) - a;
		sp y = names + x->lane[i] * (high + PT(1));
		const struct piece *in = x->keyed ? b->key : b->years;

		draw_rect(&x->d, from_start(t, a, w), y, w, high,
		    (struct colour){1, {t->strip ? b->current ? 165 : 232 :
		    greys[i % NELEM(greys)]}});
		if (!x->keyed)
			draw_centred(x, b->label, name_middle(x, b,
			    natural_width(b->label)), names -
			    lines_height(b->label));
		/* Years that are wider than their bar stand on the axis. */
		if (x->keyed || natural_width(in) <= w)
			draw_centred(x, in, a + w / 2, y + PT(1));
	}
	x->y = names + MAX(x->lanes, 1) * high + MAX(x->lanes - 1, 0) * PT(1);
}

/* ---------------------------------------------------------------- years */

/* Years between two short ticks: no more than can be told apart. */
static int
tick_step(const struct axis *x)
{
	static const int steps[] = {1, 5, 10, 50, 100, 500, 1000};
	const struct timeline *t = x->t;
	size_t i = 0;

	while (i + 1 < NELEM(steps) && year_at(x, t->first + steps[i]) -
	    year_at(x, t->first) < PT(2))
		i++;
	return steps[i];
}

/*
 * Every year a short tick, years with an event a dot and a number; numbers
 * that would touch go to a second row, and are left out where that is full:
 * the events have them.
 */
static void
draw_years(struct axis *x)
{
	struct timeline *t = x->t;
	const struct style_timeline *st = &x->l->st->timeline;
	sp axis_y = x->y + PT(9), lead = t->ticks[0]->leading;
	sp free_at[2] = {-SP_MAX, -SP_MAX};
	int step = tick_step(x);

	draw_rect(&x->d, from_start(t, t->start, t->measure - t->start -
	    t->end), axis_y - st->axis / 2, t->measure - t->start - t->end,
	    st->axis, st->colour);
	for (int year = (t->first + step - 1) / step * step; year <= t->last;
	    year += step)
		draw_rect(&x->d, from_start(t, year_at(x, year) - PT(0.25),
		    PT(0.5)), axis_y - st->tick / 2, PT(0.5), st->tick,
		    st->colour);
	x->y = axis_y + st->dot + lead;
	for (size_t i = 0; i < t->nticks; i++) {
		const struct piece *tk = t->ticks[i];
		sp w = natural_width(tk), at = year_at(x, t->tick_years[i]);
		int row = at - w / 2 > free_at[0] ? 0 : at - w / 2 >
		    free_at[1] ? 1 : 2;
		sp ty = axis_y + st->dot + row * (lead * 4 / 5);
		sp cx = from_start(t, at, 0);

		draw_dot(&x->d, cx, axis_y, st->dot, st->colour, false);
		if (row == 2)
			continue;
		if (row == 1)
			draw_rect(&x->d, cx - PT(0.15), axis_y + st->dot / 2,
			    PT(0.3), lead * 4 / 5, st->gap_colour);
		draw_centred(x, tk, at, ty);
		free_at[row] = at + w / 2 + PT(3);
		x->y = MAX(x->y, ty + lead);
	}
}

/* What the numbers in the bars stand for. */
static void
draw_legend(struct axis *x)
{
	const struct timeline *t = x->t;

	x->y += PT(3);
	for (size_t i = 0; i < t->nbars; i++) {
		draw_lines(&x->d, t->bars[i].legend, t->level & 1 ? t->end :
		    t->start, x->y);
		x->y += lines_height(t->bars[i].legend);
	}
}

void
expand_axis(struct layout *l, const struct proto *p)
{
	struct timeline *t = p->data;
	struct axis x = {.l = l, .t = t, .d = {.l = l}, .pad = PT(10)};
	struct box *b;

	if (t->nticks == 0) {
		if (p->node != NULL && t->nevents > 0)
			diag_add(l->dg, p->node->pos, LAY_NO_AXIS);
		return;
	}
	x.pad = MAX(x.pad, MAX(natural_width(t->ticks[0]),
	    natural_width(t->ticks[t->nticks - 1])) / 2);
	find_lanes(&x);
	fit_names(&x);
	draw_bars(&x);
	draw_years(&x);
	if (x.keyed)
		draw_legend(&x);
	b = drawing_box(&x.d, x.y);
	b->id = p->id;
	b->node = p->node;
	b->elem = t->figure;
	b->cost_after = (int32_t)MIN(l->st->breaks.heading_foot, NEVER - 1);
	free(x.d.items.v);
}
