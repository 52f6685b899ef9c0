/*
 * From chosen breaks to lines: justification to the last sp, visual order,
 * places.
 *
 * All spaces of a line are opened in one ratio, so spaces of one font are
 * equal. Each run's space is rounded down; what is then missing, less than
 * 1 sp a space, goes to the line's first spaces, so that a justified line
 * is as wide as its measure exactly.
 */
#include "para/private.h"

#include <string.h>

/* An unbreakable box whose own spaces go below space_min before it juts
 * out, as long as they keep half of their width. */
#define EMERGENCY_MIN 500

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static void
add_segment(struct work *w, struct cursor *c, uint32_t from, uint32_t to,
    const struct shape_word *word, struct para_line *l, uint32_t *nspace)
{
	const struct shape_cluster *cl = word != NULL ? word->clusters :
	    w->p->clusters + from;
	struct line_run *r = &l->runs[l->nruns];
	sp64 width = 0;
	uint32_t i, n = 0;
	int upem;

	if (from == to)
		return;
	cursor_to(c, w->p, from);
	r->run = &w->p->runs[c->run];
	r->cluster = from;
	r->nclusters = to - from;
	r->text = c->text;
	r->glyph = c->glyph;
	r->word = word;
	r->level = r->run->level;
	upem = word != NULL ? font_metrics(r->run->face)->upem : 0;
	for (i = 0; i < r->nclusters; i++) {
		if (cl[i].flags & SHAPE_SPACE) {
			r->space = w->width[from + i];
			n++;
		} else {
			width += word != NULL ?
			    cluster_width(r->run, &cl[i], upem) :
			    w->width[from + i];
		}
	}
	r->width = sp_clamp(width);
	nspace[l->nruns++] = n;
	l->nspaces += n;
}

/* The line's runs with natural spaces, in logical order. */
static void
make_runs(struct work *w, struct cursor *c, uint32_t from, uint32_t to,
    const struct stretched *st, uint32_t nst, struct para_line *l,
    uint32_t **nspace)
{
	const struct shape_run *r;
	uint32_t at = from, end, n = 2 * nst, i = 0, last;

	cursor_to(c, w->p, from);
	l->text = c->text;
	for (last = c->run; last < w->p->nruns &&
	    w->p->runs[last].cluster < to; last++)
		n++;
	l->runs = ARENA_ARRAY(w->a, struct line_run, n);
	*nspace = ARENA_ARRAY(w->scratch, uint32_t, n);
	while (at < to) {
		cursor_to(c, w->p, at);
		r = &w->p->runs[c->run];
		end = MIN(to, r->cluster + r->nclusters);
		if (i < nst && st[i].cluster < end) {
			add_segment(w, c, at, st[i].cluster, NULL, l, *nspace);
			at = st[i].cluster_end;
			add_segment(w, c, st[i].cluster, at, st[i].word, l,
			    *nspace);
			l->kashida += st[i].gain;
			l->nkashida++;
			i++;
		} else {
			add_segment(w, c, at, end, NULL, l, *nspace);
			at = end;
		}
	}
}

/*
 * Open (or close, open < 0) the line's spaces by `open` together; `space`
 * is their natural sum.
 */
static void
set_spaces(struct para_line *l, const uint32_t *nspace, sp64 open, sp64 space)
{
	struct line_run *r;
	sp64 rest = open, each;
	uint32_t i;

	for (i = 0; i < l->nruns; i++) {
		r = &l->runs[i];
		if (nspace[i] == 0)
			continue;
		each = space > 0 ?
		    floor_div((sp64)r->space * open, space) : 0;
		rest -= each * nspace[i];
		r->space = sp_clamp(r->space + each);
	}
	for (i = 0; i < l->nruns; i++) {
		r = &l->runs[i];
		r->nextra = (uint16_t)MIN(MIN((sp64)nspace[i], UINT16_MAX),
		    MAX(rest, 0));
		rest -= r->nextra;
		r->width = sp_clamp(r->width + (sp64)nspace[i] * r->space +
		    r->nextra);
	}
}

/* Rule L2, then each run's place from the line's left end. */
static void
place_runs(struct work *w, struct para_line *l)
{
	uint8_t *levels = ARENA_ARRAY(w->scratch, uint8_t, l->nruns);
	uint8_t *edges = ARENA_ARRAY(w->scratch, uint8_t, l->nruns);
	uint32_t *order = ARENA_ARRAY(w->scratch, uint32_t, l->nruns);
	struct line_run *r;
	sp64 x = 0;
	uint32_t i;

	for (i = 0; i < l->nruns; i++) {
		r = &l->runs[i];
		levels[i] = r->level;
		/* An edge stands before a run's first cluster only. */
		edges[i] = r->cluster == r->run->cluster ? r->run->edge :
		    SHAPE_NO_EDGE;
	}
	shape_reorder(levels, edges, l->nruns, order);
	for (i = 0; i < l->nruns; i++) {
		r = &l->runs[order[i]];
		r->x = sp_clamp(x);
		x += r->width;
	}
	l->width = sp_clamp(x);
}

static void
line_height(struct para_line *l)
{
	const struct font_metrics *m;
	const struct shape_run *r;
	uint32_t i;
	sp up, down;

	for (i = 0; i < l->nruns; i++) {
		r = l->runs[i].run;
		m = font_metrics(r->face);
		up = sp_clamp(muldiv(m->ascent, r->size, m->upem));
		down = sp_clamp(muldiv(m->descent, r->size, m->upem));
		l->ascent = MAX(l->ascent, up + r->style->rise);
		l->descent = MAX(l->descent, down - r->style->rise);
	}
}

/* Left end of a line of width `width` in `avail`; the paragraph's start is
 * its right side if it runs from right to left. */
static sp
line_x(const struct work *w, bool first, sp avail, sp width)
{
	const struct para_shape *s = w->shape;
	bool rtl = w->p->level & 1;
	sp start = s->indent_start + (first ? s->indent_first : 0);
	sp left = rtl ? s->indent_end : start;
	enum para_align align = w->style->align;

	if (align == PARA_CENTRE)
		return left + (avail - width) / 2;
	if ((align == PARA_END) != rtl)
		return left + avail - width;
	return left;
}

void
line_set(struct work *w, struct cursor *c, uint32_t start, uint32_t end,
    const struct stretched *st, uint32_t nst, struct para_line *l)
{
	struct brk_line m = brk_measure(&w->brk, start, end);
	struct brk_fit f = brk_cost(&w->brk, &m);
	sp64 open, least;
	uint32_t *nspace, i;

	memset(l, 0, sizeof(*l));
	make_runs(w, c, w->pieces[start].first, w->pieces[end - 1].end, st,
	    nst, l, &nspace);
	cursor_to(c, w->p, w->pieces[end - 1].next);
	l->text_end = c->text;
	l->natural = sp_clamp(m.natural);
	l->last = m.last;
	l->ragged = f.natural;
	open = f.natural && f.fits ? 0 : m.avail - m.natural - l->kashida;
	least = -(m.space * (1000 - w->style->space_min) / 1000);
	if (open < 0 && w->style->align != PARA_JUSTIFY)
		open = 0;
	if (open < least)
		least = -(m.space * (1000 - EMERGENCY_MIN) / 1000);
	if (open < least)
		open = -(m.space * (1000 - w->style->space_min) / 1000);
	if (m.space == 0)
		open = 0;
	for (i = 0; i < l->nruns && nspace[i] == 0; i++)
		;
	set_spaces(l, nspace, open, m.space);
	place_runs(w, l);
	line_height(l);
	l->ratio = 1000;
	if (m.space > 0)
		l->ratio = (int)MIN((m.space + open) * 1000 / m.space,
		    INT32_MAX);
	l->overfull = l->width > m.avail;
	l->x = line_x(w, start == 0, m.avail, l->width);
}

sp
para_advance(const struct line_run *r, const struct shape_para *p, uint32_t i,
    uint32_t space_index)
{
	const struct shape_cluster *c = r->word != NULL ?
	    &r->word->clusters[i] : &p->clusters[r->cluster + i];

	if (c->flags & SHAPE_SPACE)
		return r->space + (space_index < r->nextra);
	return cluster_width(r->run, c, font_metrics(r->run->face)->upem);
}
