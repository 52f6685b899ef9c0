/*
 * Lines under, over and through words.
 *
 * A stroke has one height along the words it belongs to, whatever faces they
 * are set in; it is found from the letters of those faces and not from their
 * line metrics, which leave room for marks that are not there. Under Persian
 * the line lies below the dot of ب, and keeps clear of what goes
 * deeper: where ink of a letter comes near, the line has a gap as wide as the
 * ink, seen from the glyph's own outline.
 */
#include <stdlib.h>
#include <string.h>

#include "page/layout.h"

enum { UNDER = 1, OVER = 2, THROUGH = 4 };

#define ARAB SCRIPT_TAG('A', 'r', 'a', 'b')
#define BEH 0x628

/* A stretch of a line, from its left end [sp]. */
struct stretch {
	sp from, to;
};

struct stretches {
	struct stretch *v;
	size_t n, cap;
};

/* Runs [i, end) of a line, drawn under (or over, or through) as one. */
struct group {
	const struct page_para *para;
	const struct para_line *line;
	uint32_t i, end;
	sp y;			/* its line's upper edge, below the baseline */
	sp thick;
	sp em;
};

static sp
scaled(const struct line_run *r, int units)
{
	return sp_clamp(muldiv(r->run->size, units,
	    font_metrics(r->run->face)->upem));
}

static bool
is_drawn(const struct line_run *r)
{
	return r->run->face != NULL && r->nclusters > 0 && !(r->run->style ==
	    NULL || r->width <= 0);
}

/* ---------------------------------------------------------------- glyphs */

/* A glyph of a run where it stands: its origin from the line's left end. */
struct placed {
	const struct line_run *run;
	const struct shape_glyph *glyph;
	sp x;
};

/* Every glyph of the run, in no order of note. */
static void
each_glyph(const struct para_lines *lines, const struct line_run *r,
    void (*see)(const struct placed *, void *), void *arg)
{
	const struct shape_para *p = lines->para;
	const struct shape_cluster *cl = r->word != NULL ? r->word->clusters :
	    p->clusters + r->cluster;
	const struct shape_glyph *g = r->word != NULL ? r->word->glyphs :
	    p->glyphs + r->glyph;
	bool rtl = r->level & 1;
	sp x = rtl ? r->x + r->width : r->x, adv;
	uint32_t i, k, spaces = 0;

	for (i = 0; i < r->nclusters; g += cl[i++].nglyph) {
		struct placed at = { r, NULL, 0 };

		adv = para_advance(r, p, i, spaces);
		spaces += (cl[i].flags & SHAPE_SPACE) != 0;
		x -= rtl ? adv : 0;
		at.x = x;
		for (k = 0; k < cl[i].nglyph; k++) {
			at.glyph = &g[k];
			if (!(cl[i].flags & (SHAPE_SPACE | SHAPE_OBJECT)))
				see(&at, arg);
			at.x += scaled(r, g[k].adv);
		}
		x += rtl ? 0 : adv;
	}
}

/* ---------------------------------------------------------------- heights */

static void
see_top(const struct placed *p, void *arg)
{
	int x0, y0, x1, y1;
	sp *top = arg;

	if (font_extents(p->run->run->face, p->glyph->gid, &x0, &y0, &x1,
	    &y1))
		*top = MAX(*top, scaled(p->run, y1 + p->glyph->dy) +
		    p->run->run->style->rise);
}

/* How far below the baseline the line lies: under the dot of ب. */
static int
depth(const struct line_run *r)
{
	const struct font_metrics *m = font_metrics(r->run->face);
	unsigned gid = r->run->script == ARAB ?
	    font_glyph(r->run->face, BEH) : 0;
	int x0, y0, x1, y1;
	int least = m->underline_pos > 0 ? m->underline_pos : m->upem / 10;

	if (gid == 0 || !font_extents(r->run->face, gid, &x0, &y0, &x1, &y1))
		return least;
	return MAX(least, -y0 + m->upem / 20);
}

/* Height of the letters that have neither marks nor tails. */
static int
letters(const struct line_run *r)
{
	const struct font_metrics *m = font_metrics(r->run->face);
	int h = r->run->script == ARAB ? m->alef_height : m->cap_height;

	return h > 0 ? h : m->ascent * 7 / 10;
}

static void
find_heights(struct group *g, int kind)
{
	sp y = 0, top = 0;
	uint32_t i;

	g->thick = PT(0.4);
	g->em = 0;
	for (i = g->i; i < g->end; i++) {
		const struct line_run *r = &g->line->runs[i];
		const struct font_metrics *m;

		if (!is_drawn(r))
			continue;
		m = font_metrics(r->run->face);
		g->em = MAX(g->em, r->run->size);
		g->thick = MAX(g->thick, scaled(r, m->underline_size > 0 ?
		    m->underline_size : m->upem / 20));
		if (kind == UNDER)
			y = MAX(y, scaled(r, depth(r)));
		else if (kind == THROUGH)
			y = MAX(y, scaled(r, letters(r)) / 3);
		else
			y = MAX(y, scaled(r, letters(r)));
		if (kind == OVER)
			each_glyph(g->para->lines, r, see_top, &top);
	}
	/* Over alef by a tenth of an em, and clear of گ, آ and vowels. */
	if (kind == OVER)
		y = MAX(y + g->em / 10, top + g->em / 16) + g->thick;
	g->y = kind == UNDER ? y : -y;
}

/* ------------------------------------------------------------------- gaps */

struct gaps {
	const struct group *group;
	struct stretches *out;
};

/* Ink of a glyph near the line below it. */
static void
see_gap(const struct placed *p, void *arg)
{
	struct gaps *gaps = arg;
	const struct group *g = gaps->group;
	const struct shape_run *run = p->run->run;
	int upem = font_metrics(run->face)->upem, x0, x1;
	sp near = g->thick + g->em / 40;
	sp up = run->style->rise;
	/* The line and its surroundings, in the glyph's own units. */
	int high = (int)muldiv(-(g->y - near) - up, upem, run->size) -
	    p->glyph->dy;
	int low = (int)muldiv(-(g->y + g->thick + near) - up, upem,
	    run->size) - p->glyph->dy;
	sp x;

	if (!font_ink(run->face, p->glyph->gid, low, high, &x0, &x1))
		return;
	x = p->x + scaled(p->run, p->glyph->dx);
	x0 = (int)muldiv(x0, p->glyph->xscale, 0x4000);
	x1 = (int)muldiv(x1, p->glyph->xscale, 0x4000);
	*VEC_PUSH(gaps->out) = (struct stretch){ x + scaled(p->run, x0) - near,
	    x + scaled(p->run, x1) + near };
}

static int
by_start(const void *pa, const void *pb)
{
	const struct stretch *a = pa, *b = pb;

	return (a->from > b->from) - (a->from < b->from);
}

/* Sorted, those that touch made one. */
static void
merge(struct stretches *s)
{
	size_t i, n = 0;

	if (s->n == 0)
		return;
	qsort(s->v, s->n, sizeof(*s->v), by_start);
	for (i = 1; i < s->n; i++) {
		/* Edges of runs are sums of rounded widths. */
		if (s->v[i].from <= s->v[n].to + 64)
			s->v[n].to = MAX(s->v[n].to, s->v[i].to);
		else
			s->v[++n] = s->v[i];
	}
	s->n = n + 1;
}

static void
put_stroke(const struct group *g, sp from, sp to, struct colour colour,
    struct strokes *out)
{
	*VEC_PUSH(out) = (struct stroke){ from, g->y, to - from, g->thick,
	    colour };
}

/* The group's stretches without its gaps; crumbs are left out. */
static void
put_group(const struct group *g, int kind, struct colour colour,
    struct strokes *out)
{
	struct stretches whole = {0}, gap = {0};
	struct gaps gaps = { g, &gap };
	size_t k, j = 0;
	uint32_t i;

	for (i = g->i; i < g->end; i++) {
		const struct line_run *r = &g->line->runs[i];

		if (!is_drawn(r))
			continue;
		*VEC_PUSH(&whole) = (struct stretch){ r->x, r->x + r->width };
		if (kind == UNDER)
			each_glyph(g->para->lines, r, see_gap, &gaps);
	}
	merge(&whole);
	merge(&gap);
	for (k = 0; k < whole.n; k++) {
		sp x = whole.v[k].from, end = whole.v[k].to;

		for (; j < gap.n && gap.v[j].from < end; j++) {
			if (gap.v[j].from - x > 2 * g->thick)
				put_stroke(g, x, gap.v[j].from, colour, out);
			x = MAX(x, gap.v[j].to);
			if (gap.v[j].to > end)
				break;	/* it may reach the next */
		}
		if (end - x > (x == whole.v[k].from ? 0 : 2 * g->thick))
			put_stroke(g, x, end, colour, out);
	}
	free(whole.v);
	free(gap.v);
}

void
line_strokes(const struct page_para *para, const struct para_line *ln,
    struct strokes *out)
{
	static const int kinds[] = { UNDER, OVER, THROUGH };
	struct group g = { .para = para, .line = ln };
	const struct page_span *s, *t;
	size_t k;

	out->n = 0;
	for (k = 0; k < NELEM(kinds); k++) {
		for (g.i = 0; g.i < ln->nruns; g.i = g.end) {
			s = &para->spans[ln->runs[g.i].run->span];
			g.end = g.i + 1;
			if (!(s->line & kinds[k]))
				continue;
			for (; g.end < ln->nruns; g.end++) {
				t = &para->spans[
				    ln->runs[g.end].run->span];
				if (!(t->line & kinds[k]) ||
				    memcmp(&s->colour, &t->colour,
				    sizeof(s->colour)) != 0)
					break;
			}
			find_heights(&g, kinds[k]);
			put_group(&g, kinds[k], s->colour, out);
		}
	}
}
