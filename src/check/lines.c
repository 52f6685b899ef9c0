/*
 * Lints over the lines as they are set: short last lines, rivers, and the
 * colours that text and grounds are printed in.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "check/private.h"
#include "image/image.h"

/* What the lints of a page read. */
struct on {
	const struct page_book *b;
	size_t page;
	const struct style *st;
	struct diag *dg;
};

/* The line's place; of one that is the page's own, that of the line before
 * it. */
static struct pos
line_pos(const struct on *o, const struct page_item *it)
{
	const struct page_para *p = it->u.text.para;
	struct pos pos = page_source_pos(p->source,
	    p->lines->v[it->u.text.line].text);

	if (pos.line == 0 && p->node != NULL)
		pos = p->node->pos;
	return pos.line != 0 ? pos : place_before(o->b, o->page, it->y);
}

static struct diag_msg *
on_page(struct diag_msg *m, const struct on *o, const struct page_item *it,
    double measured, double limit)
{
	m->page = (int)o->page + 1;
	m->x = it->x;
	m->y = it->y;
	m->measured = measured;
	m->limit = limit;
	m->has_measure = true;
	return m;
}

/* ------------------------------------------------------------------ runts */

static void
lint_runt(const struct on *o, const struct page_item *it)
{
	const struct para_lines *ls = it->u.text.para->lines;
	const struct para_line *l = &ls->v[it->u.text.line];
	struct buf words = {0};

	if (it->u.text.line + 1 != ls->n || ls->n < 2 || ls->v[ls->n -
	    2].ragged || l->width >= o->st->check.runt || l->nruns == 0)
		return;
	buf_add(&words, ls->para->text + l->text, MIN(l->text_end,
	    ls->para->n) - l->text);
	on_page(diag_add(o->dg, line_pos(o, it), LAY_RUNT, words.p), o, it,
	    (double)l->width / SP_PT, (double)o->st->check.runt / SP_PT);
	buf_free(&words);
}

/* ----------------------------------------------------------------- rivers */

/* The centre of a word space, and how many lines its river has so far. */
struct gap { sp x; int length; };
struct gaps { struct gap *v; size_t n, cap; sp width; };

/* The spaces of a line in visual order of its runs [sp of the page]. */
static void
find_gaps(const struct page_item *it, struct gaps *g)
{
	const struct para_lines *ls = it->u.text.para->lines;
	const struct para_line *l = &ls->v[it->u.text.line];

	g->n = 0;
	g->width = 0;
	for (uint32_t i = 0; i < l->nruns; i++) {
		const struct line_run *r = &l->runs[i];
		sp64 at = 0;
		uint32_t nspace = 0;

		if (r->word != NULL || r->nclusters == 0)
			continue;
		for (uint32_t k = 0; k < r->nclusters; k++) {
			bool space = (ls->para->clusters[r->cluster + k].flags &
			    SHAPE_SPACE) != 0;
			sp adv = para_advance(r, ls->para, k, nspace);

			if (space) {
				sp64 mid = at + adv / 2;

				*VEC_PUSH(g) = (struct gap){sp_clamp(it->x +
				    r->x + ((r->level & 1) ? r->width - mid :
				    mid)), 1};
				g->width = MAX(g->width, adv);
				nspace++;
			}
			at += adv;
		}
	}
}

/* Rivers as long as the limit are told once a paragraph, the longest. */
static void
lint_rivers(const struct on *o)
{
	const struct page *p = &o->b->pages[o->page];
	int limit = o->st->check.river;
	struct gaps two[2] = {{0}};
	const struct page_item *end = NULL, *before = NULL;
	int longest = 0;

	for (size_t i = 0; i <= p->nitems; i++) {
		const struct page_item *it = i < p->nitems ? &p->items[i] :
		    NULL;
		struct gaps *a = &two[i & 1], *b = &two[(i & 1) ^ 1];
		bool on;

		if (it != NULL && (it->kind != PAGE_TEXT || it->turn != 0 ||
		    it->elem < 0))
			it = NULL;
		on = it != NULL && before != NULL && it->u.text.para ==
		    before->u.text.para && it->u.text.line ==
		    before->u.text.line + 1;
		if (!on && longest >= limit)
			on_page(diag_add(o->dg, line_pos(o, end), LAY_RIVER,
			    longest, limit), o, end, longest, limit);
		if (!on)
			longest = 0;
		before = it;
		if (it == NULL)
			continue;
		find_gaps(it, a);
		for (size_t k = 0; on && k < a->n; k++)
			for (size_t j = 0; j < b->n; j++)
				if (labs((long)a->v[k].x - b->v[j].x) <=
				    MIN(a->width, b->width) / 2)
					a->v[k].length = MAX(a->v[k].length,
					    b->v[j].length + 1);
		for (size_t k = 0; k < a->n; k++)
			if (a->v[k].length > longest) {
				longest = a->v[k].length;
				end = it;
			}
	}
	free(two[0].v);
	free(two[1].v);
}

/* ---------------------------------------------------------------- colours */

/* One channel of sRGB, 0-255, as light; WCAG 2.1's curve needs pow(), which
 * may differ between machines in the last bit; only tenths are told. */
static double
light(int v)
{
	double c = v / 255.0;

	return c <= 0.04045 ? c / 12.92 :
	    pow((c + 0.055) / 1.055, 2.4);
}

/* Relative luminance; nothing printed is white paper. */
static double
luminance(struct colour c)
{
	int r = 255, g = 255, b = 255;

	if (c.space == 1) {
		r = g = b = c.v[0];
	} else if (c.space == 3) {
		r = c.v[0];
		g = c.v[1];
		b = c.v[2];
	} else if (c.space == 4) {
		r = (255 - c.v[0]) * (255 - c.v[3]) / 255;
		g = (255 - c.v[1]) * (255 - c.v[3]) / 255;
		b = (255 - c.v[2]) * (255 - c.v[3]) / 255;
	}
	return 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
}

/* Percent of the four inks together. */
static int
ink_of(struct colour c)
{
	return c.space == 4 ? (c.v[0] + c.v[1] + c.v[2] + c.v[3]) * 100 / 255 :
	    0;
}

static void
lint_ink(const struct on *o, const struct page_item *it, int ink)
{
	int limit = o->st->check.ink;
	struct pos pos;

	if (limit <= 0 || ink <= limit)
		return;
	pos = it->kind == PAGE_TEXT ? line_pos(o, it) : it->kind ==
	    PAGE_IMAGE && it->elem >= 0 && o->b->elems[it->elem].node !=
	    NULL ? o->b->elems[it->elem].node->pos :
	    place_before(o->b, o->page, it->y);
	on_page(diag_add(o->dg, pos, LAY_INK, ink, limit), o, it, ink, limit);
}

/* What is under a point of the page, painted before item `n`. */
static struct colour
ground(const struct page *p, size_t n, sp x, sp y)
{
	while (n-- > 0) {
		const struct page_item *it = &p->items[n];

		if (it->kind == PAGE_RECT && it->u.rect.fill.space != 0 &&
		    x >= it->x && x < it->x + it->u.rect.w && y > it->y &&
		    y <= it->y + it->u.rect.h)
			return it->u.rect.fill;
	}
	return (struct colour){0};
}

static void
lint_text_colour(const struct on *o, size_t i)
{
	const struct page *p = &o->b->pages[o->page];
	const struct page_item *it = &p->items[i];
	const struct page_para *para = it->u.text.para;
	const struct para_line *l = &para->lines->v[it->u.text.line];
	double limit = o->st->check.contrast / 1000.0;

	for (uint32_t k = 0; k < l->nruns; k++) {
		const struct line_run *r = &l->runs[k];
		struct colour c = para->spans[r->run->span].colour;
		double a, b, ratio;

		if (c.space == 0 || para->spans[r->run->span].line & 8)
			continue;
		lint_ink(o, it, ink_of(c));
		a = luminance(c) + 0.05;
		b = luminance(ground(p, i, it->x + r->x + r->width / 2,
		    it->y)) + 0.05;
		ratio = a > b ? a / b : b / a;
		if (limit > 0 && ratio < limit)
			on_page(diag_add(o->dg, line_pos(o, it), LAY_CONTRAST,
			    ratio, limit), o, it, ratio, limit);
	}
}

static void
lint_page(const struct on *o)
{
	const struct page *p = &o->b->pages[o->page];

	for (size_t k = 0; k < p->nitems; k++) {
		const struct page_item *it = &p->items[k];

		if (it->kind == PAGE_RECT)
			lint_ink(o, it, ink_of(it->u.rect.fill));
		if (it->kind != PAGE_TEXT)
			continue;
		lint_text_colour(o, k);
		if (it->elem >= 0)
			lint_runt(o, it);
	}
	if (o->st->check.river > 0)
		lint_rivers(o);
}

void
check_images(const struct page_book *b, const struct style *st,
    struct image_inks *inks, struct diag *dg)
{
	struct image_target press = {.press = true, .inks = inks};
	struct map seen = {0};

	for (size_t i = 0; i < b->npages && st->check.ink > 0; i++)
		for (size_t k = 0; k < b->pages[i].nitems; k++) {
			const struct page_item *it = &b->pages[i].items[k];
			const struct image *im = it->kind == PAGE_IMAGE ?
			    it->u.image.image : NULL;
			struct on o = {b, i, st, dg};
			void **slot;

			if (im == NULL)
				continue;
			slot = map_put(&seen, (const char *)&im->hash,
			    sizeof(im->hash));
			if (*slot == NULL)
				lint_ink(&o, it, image_ink(im, &press));
			*slot = (void *)(uintptr_t)1;
		}
	map_free(&seen);
}

void
check_lines(const struct page_book *b, const struct style *st,
    struct diag *dg)
{
	for (size_t i = 0; i < b->npages; i++)
		lint_page(&(struct on){b, i, st, dg});
}
