/*
 * A paragraph from first to last: items, breaks, rivers, kashida, lines,
 * messages.
 */
#include "base/messages.h"
#include "para/private.h"

#include <string.h>

/* ------------------------------------------------------------ messages */

static void
tell_ratio(const struct para_line *l, struct diag_msg *m, int limit)
{
	m->measured = l->ratio / 1000.0;
	m->limit = limit / 1000.0;
	m->has_measure = true;
}

static void
report(struct work *w, const struct para_line *l, sp avail)
{
	const struct para_style *st = w->style;
	struct diag_msg *m;
	struct pos pos;
	char over[24];

	/* A place is counted from the paragraph's start: only where needed. */
	if (!l->overfull && !l->split && l->ratio >= st->space_min &&
	    (l->ragged || (l->width >= avail && l->ratio <= st->space_max)))
		return;
	pos = w->place != NULL ? w->place(w->arg, l->text) : NOPOS;
	if (l->overfull) {
		m = diag_add(w->dg, pos, LAY_OVERFULL,
		    sp_str(l->width - avail, over));
		m->measured = (double)l->width / SP_PT;
		m->limit = (double)avail / SP_PT;
		m->has_measure = true;
	} else if (l->split) {
		diag_add(w->dg, pos, LAY_SPLIT_WORD);
	} else if (l->ratio < st->space_min) {
		m = diag_add(w->dg, pos, LAY_TIGHT, l->ratio / 1000.0,
		    st->space_min / 1000.0);
		tell_ratio(l, m, st->space_min);
	} else if (l->ragged) {
		return;
	} else if (l->width < avail) {
		m = diag_add(w->dg, pos, LAY_UNDERFULL,
		    sp_str(avail - l->width, over));
		m->measured = (double)l->width / SP_PT;
		m->limit = (double)avail / SP_PT;
		m->has_measure = true;
	} else if (l->ratio > st->space_max && l->nruns > 0 &&
	    !l->runs[0].run->style->nastaliq) {
		m = diag_add(w->dg, pos, LAY_LOOSE, l->ratio / 1000.0,
		    st->space_max / 1000.0);
		tell_ratio(l, m, st->space_max);
	}
}

/* ------------------------------------------------------------ paragraph */

/* The size most of the text has: unit of kashida lengths in the cost. */
static sp
body_size(const struct shape_para *p)
{
	uint32_t i, most = 0;
	sp size = SP_PT;

	for (i = 0; i < p->nruns; i++)
		if (p->runs[i].nclusters > most && p->runs[i].size > 0) {
			most = p->runs[i].nclusters;
			size = p->runs[i].size;
		}
	return size;
}

static void
prepare(struct work *w)
{
	struct brk *b = &w->brk;

	b->rest = sp_clamp((sp64)w->shape->measure - w->shape->indent_start -
	    w->shape->indent_end);
	b->first = sp_clamp((sp64)b->rest - w->shape->indent_first);
	if (w->style->split_wide)
		w->limit = MAX(MIN(b->first, b->rest), 1);
	items_build(w);
	stretch_mark(w);
	b->style = w->style;
	b->em = body_size(w->p);
	b->items = w->items;
	b->n = w->n;
	brk_open(b, w->scratch);
}

/* A breaking as lines, and how good they came out. */
struct setting {
	struct para_line *v;
	uint32_t n;
	uint32_t nloose;
	int worst;		/* largest ratio of a justified line */
	int64_t demerits;	/* as set, in thousandths */
	bool short_of;		/* a line got much less kashida than planned */
};

/* A line that came out so much looser than planned is worth a new breaking. */
#define MUCH_LOOSER 250

static void
set_lines(struct work *w, uint32_t n, const uint32_t *ends, struct setting *s)
{
	struct cursor c = {0};
	struct brk_line m;
	struct brk_fit plan, f;
	struct stretched *st;
	uint32_t i, start = 0, nst;
	int before = FIT_DECENT;

	memset(s, 0, sizeof(*s));
	s->n = n;
	s->v = ARENA_ARRAY(w->a, struct para_line, n);
	w->nabove = 0;
	if (w->used != NULL)
		memset(w->used, 0, w->nwords);
	for (i = 0; i < n; start = ends[i++]) {
		m = brk_measure(&w->brk, start, ends[i]);
		plan = brk_cost(&w->brk, &m);
		cursor_to(&c, w->p, w->pieces[start].first);
		nst = stretch_choose(w, c.run, start, ends[i], &plan, &st);
		line_set(w, &c, start, ends[i], st, nst, &s->v[i]);
		s->v[i].split = w->pieces[ends[i] - 1].split;
		f = brk_cost_set(&w->brk, &m, s->v[i].kashida);
		s->demerits += f.fits ? f.demerits : 0;
		if (i > 0)
			s->demerits += brk_pair(w->style, before, f.fitness);
		before = f.fitness;
		s->short_of |= f.r > plan.r + MUCH_LOOSER;
		if (f.natural)
			continue;
		s->worst = MAX(s->worst, s->v[i].ratio);
		s->nloose += s->v[i].ratio > w->style->space_max;
	}
	s->demerits += (int64_t)river_count(w, n, ends) * 1000 *
	    w->style->river_demerits;
}

static void
break_and_set(struct work *w, struct setting *s)
{
	uint32_t n, *ends;
	int64_t demerits;

	if (w->style->greedy) {
		n = brk_first_fit(&w->brk, w->scratch, &ends, &demerits);
	} else {
		n = brk_optimum(&w->brk, w->scratch, &ends, &demerits);
		n = river_avoid(w, n, &ends, &demerits);
	}
	set_lines(w, n, ends, s);
}

/*
 * The breaks were chosen for the kashida a line may hold, but a font can
 * refuse places. What it refused is known now: break again without it.
 * Each round learns of the places it tried; two are enough nearly always.
 */
#define ROUNDS 3
static void
set_again(struct work *w, struct setting *s)
{
	struct setting other = *s;
	uint32_t i;

	for (i = 0; i < ROUNDS && other.short_of; i++) {
		stretch_estimate(w);
		brk_open(&w->brk, w->scratch);
		break_and_set(w, &other);
		if (other.demerits < s->demerits)
			*s = other;
	}
}

/*
 * Where a line is loose all the same, look at the breaks that do without
 * kashida. With kashida added to them no line is worse than it would be
 * without, and that is promised: they stand unless the others have both
 * fewer loose lines and none so loose.
 */
static void
set_without(struct work *w, struct setting *s)
{
	struct para_style plain = *w->style;
	struct setting other;
	uint32_t n, *ends;
	int64_t demerits;

	plain.kashida = false;
	w->brk.style = &plain;
	w->brk.pass = 0;
	n = brk_optimum(&w->brk, w->scratch, &ends, &demerits);
	n = river_avoid(w, n, &ends, &demerits);
	w->brk.style = w->style;
	set_lines(w, n, ends, &other);
	if (other.nloose < s->nloose || other.worst < s->worst)
		*s = other;
}

struct para_lines *
para_break(struct shape_ctx *ctx, struct arena *a, struct arena *scratch,
    struct diag *dg, const struct shape_para *p,
    const struct para_shape *shape, const struct para_style *style,
    shape_place place, void *arg)
{
	struct work w = { .ctx = ctx, .a = a, .scratch = scratch, .dg = dg,
		.p = p, .shape = shape, .style = style, .place = place,
		.arg = arg };
	struct para_lines *out = ARENA_NEW(a, struct para_lines);
	struct setting s;
	uint32_t i;

	prepare(&w);
	break_and_set(&w, &s);
	if (w.word != NULL && !style->greedy) {
		set_again(&w, &s);
		if (s.nloose > 0)
			set_without(&w, &s);
	}
	for (i = 0; i < s.n; i++)
		report(&w, &s.v[i], i == 0 ? w.brk.first : w.brk.rest);
	out->para = p;
	out->v = s.v;
	out->n = s.n;
	out->demerits = s.demerits;
	return out;
}

void
para_widths(const struct shape_para *p, sp *min, sp *max)
{
	struct para_style st = { .space_natural = 1000 };
	struct arena scratch = {0};
	struct work w = { .scratch = &scratch, .p = p, .style = &st };
	sp64 line = 0, widest = 0;
	uint32_t i;

	items_build(&w);
	*min = 0;
	for (i = 0; i < w.n; i++) {
		*min = MAX(*min, w.items[i].width);
		widest = MAX(widest, line + w.items[i].width);
		line += (sp64)w.items[i].width + w.items[i].glue;
		if (w.items[i].forced)
			line = 0;
	}
	*max = sp_clamp(widest);
	arena_free(&scratch);
}
