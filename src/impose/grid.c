/*
 * Where the pages of a sheet are.
 *
 * Seen from its middle a sheet is symmetric: pages in rows and columns,
 * with a gap between neighbours that is either a spine (twice the milling,
 * and the gutter of sheets folded once) or a cut. Then front and back
 * lie on each other whichever edge the sheet is turned about, and a printer
 * that is out of the middle moves all pages alike.
 *
 * Where the sheet is too small the gaps give way first, since a book whose
 * pages are all there is better than one that is scaled; only then are the
 * pages scaled. `fit: printer` asks for scaling, so there the gaps stay.
 */
#include "base/messages.h"
#include "impose/internal.h"

#define WHOLE 1000000			/* millionths */
#define LEAST 10000
/* Two A5 pages are 0.1 mm wider than A4 in some printers' tables. */
#define SLACK MM(0.2)

/* What is asked for, before a sheet is looked at. */
struct wish {
	int cols, rows;
	sp page_w, page_h;
	sp spine, cut;
};

static sp
gaps_x(const struct wish *w, bool folds)
{
	return folds ? w->spine * (w->cols / 2) + w->cut * (w->cols / 2 - 1) :
	    w->cut * (w->cols - 1);
}

static sp
gaps_y(const struct wish *w)
{
	return w->cut * (w->rows - 1);
}

/* Scale at which the pages fit between gaps of that much, at most 1. */
static int64_t
scale_for(const struct wish *w, sp64 room_x, sp64 room_y)
{
	int64_t x = muldiv(room_x + SLACK, WHOLE, (sp64)w->cols * w->page_w);
	int64_t y = muldiv(room_y + SLACK, WHOLE, (sp64)w->rows * w->page_h);

	return MAX(LEAST, MIN(WHOLE, MIN(x, y)));
}

static int64_t
try_sheet(const struct wish *w, const struct impose_options *o, sp width,
    sp height)
{
	sp64 m = o->fit ? 2 * (sp64)o->margin : 0;

	return scale_for(w, width - m - gaps_x(w, impose_folds(o->method)),
	    height - m - gaps_y(w));
}

/*
 * Columns, rows, and the sheet on its side or upright: what leaves the
 * pages largest; lying where it makes no difference.
 */
static int64_t
choose(struct grid *g, struct wish *w, const struct impose_options *o)
{
	static const int ways[][3] = {		/* pages, columns, rows */
		{2, 2, 1}, {2, 1, 2}, {4, 2, 2}, {6, 3, 2}, {6, 2, 3},
		{8, 4, 2}, {8, 2, 4},
	};
	sp longer = MAX(o->width, o->height), shorter = MIN(o->width,
	    o->height);
	int64_t best = 0, s;
	size_t i;
	int upright, pages = o->method == IMPOSE_N_UP ? o->pages :
	    impose_folds_once(o->method) ? 2 :
	    (int)impose_section_size(o->method) / 2;
	struct wish try = *w;

	for (i = 0; i < NELEM(ways); i++) {
		if (ways[i][0] != pages ||
		    (impose_folds(o->method) && ways[i][2] > ways[i][1]))
			continue;
		try.cols = ways[i][1];
		try.rows = ways[i][2];
		for (upright = 0; upright < 2; upright++) {
			s = try_sheet(&try, o, upright ? shorter : longer,
			    upright ? longer : shorter);
			if (s <= best)
				continue;
			best = s;
			*w = try;
			g->sheet_w = upright ? shorter : longer;
			g->sheet_h = upright ? longer : shorter;
		}
	}
	return best;
}

/* A gap that must shrink is told of by the key it came from. */
static void
tell_tight(const struct impose_options *o, struct diag *dg, const char *key,
    sp want, sp got)
{
	struct arena a = {0};

	if (want - got > SLACK)
		diag_add(dg, o->pos, IMP_TIGHT, key, impose_mm(&a, want),
		    impose_sheet_name(&a, o), impose_mm(&a, got));
	arena_free(&a);
}

/* Gaps in the room that whole pages leave. */
static void
shrink(struct grid *g, const struct wish *w, const struct impose_options *o,
    struct diag *dg)
{
	sp64 room_x = MAX((sp64)g->sheet_w - (sp64)w->cols * w->page_w, 0);
	sp64 room_y = MAX((sp64)g->sheet_h - (sp64)w->rows * w->page_h, 0);
	sp need_x = gaps_x(w, impose_folds(o->method)), need_y = gaps_y(w);

	/* A saddle's spine is no cut; where nothing is cut along an axis its
	 * gap does not shrink, so the smaller of the two is what is left. */
	if (need_x > room_x) {
		g->spine = (sp)muldiv(g->spine, room_x, need_x);
		g->cut_x = (sp)muldiv(g->cut_x, room_x, need_x);
	}
	if (need_y > room_y)
		g->cut_y = (sp)muldiv(g->cut_y, room_y, need_y);
	if (w->spine > 0)
		tell_tight(o, dg, o->milling > 0 ? "milling" : "gutter",
		    o->milling > 0 ? w->spine / 2 : w->spine,
		    o->milling > 0 ? g->spine / 2 : g->spine);
	if (w->cut > 0)
		tell_tight(o, dg, "gutter", w->cut, MIN(g->cut_x, g->cut_y));
}

static void
tell_small(const struct grid *g, const struct wish *w,
    const struct impose_options *o, struct diag *dg)
{
	struct arena a = {0};
	char percent[24];

	snprintf(percent, sizeof(percent), "%d.%d", g->scale / 10000,
	    g->scale / 1000 % 10);
	if (o->fit)
		diag_add(dg, o->pos, IMP_SCALED, percent,
		    impose_mm(&a, o->margin));
	else
		diag_add(dg, o->pos, IMP_TOO_SMALL, impose_mm(&a,
		    sp_clamp((sp64)w->cols * w->page_w)), impose_mm(&a,
		    sp_clamp((sp64)w->rows * w->page_h)),
		    impose_sheet_name(&a, o), percent);
	arena_free(&a);
}

static void
place_columns(struct grid *g, const struct impose_options *o)
{
	sp64 all = 0, at;
	int i;

	for (i = 0; i < g->cols; i++)
		all += g->w + (i + 1 == g->cols ? 0 : impose_is_spine(o, i) ?
		    g->spine : g->cut_x);
	at = (g->sheet_w - all) / 2;
	for (i = 0; i < g->cols; i++) {
		g->x[i] = (sp)at;
		at += g->w + (impose_is_spine(o, i) ? g->spine : g->cut_x);
	}
	all = (sp64)g->rows * g->h + (sp64)(g->rows - 1) * g->cut_y;
	at = (g->sheet_h - all) / 2;
	for (i = 0; i < g->rows; i++, at += g->h + g->cut_y)
		g->y[i] = (sp)at;
}

void
impose_grid(struct grid *g, struct impose_options *o, struct diag *dg,
    const struct page_book *book, size_t nsections)
{
	bool sheet_folds = impose_folds(o->method) &&
	    !impose_folds_once(o->method);
	bool gathered = o->method == IMPOSE_SIGNATURE_8 ||
	    o->method == IMPOSE_SIGNATURE_16 ||
	    (sheet_folds && nsections > 1);
	struct wish w = {0};

	/* A head fold that is not trimmed leaves pages shut. */
	if (o->gutter < 0)
		o->gutter = sheet_folds ? MAX(2 * o->bleed, MM(6)) : 0;
	if (o->milling < 0)
		o->milling = gathered ? MM(3) : 0;
	w.page_w = book->width;
	w.page_h = book->height;
	w.cut = impose_folds_once(o->method) ? 0 : o->gutter;
	w.spine = (impose_folds(o->method) ? 2 * o->milling : 0) +
	    (impose_folds_once(o->method) ? o->gutter : 0);
	g->scale = (int32_t)choose(g, &w, o);
	g->cols = w.cols;
	g->rows = w.rows;
	g->spine = w.spine;
	g->cut_x = g->cut_y = w.cut;
	if (!o->fit && g->scale < WHOLE && scale_for(&w, g->sheet_w,
	    g->sheet_h) == WHOLE) {
		g->scale = WHOLE;
		shrink(g, &w, o, dg);
	} else if (g->scale < WHOLE && o->method != IMPOSE_N_UP) {
		tell_small(g, &w, o, dg);
	}
	g->w = sp_clamp(muldiv(w.page_w, g->scale, WHOLE));
	g->h = sp_clamp(muldiv(w.page_h, g->scale, WHOLE));
	place_columns(g, o);
}

struct impose_box
impose_trim(const struct grid *g)
{
	return (struct impose_box){g->x[0], g->y[0],
	    g->x[g->cols - 1] + g->w - g->x[0],
	    g->y[g->rows - 1] + g->h - g->y[0]};
}

sp
impose_line_x(const struct grid *g, int c)
{
	return (sp)(((sp64)g->x[c] + g->w + g->x[c + 1]) / 2);
}

sp
impose_line_y(const struct grid *g, int r)
{
	return (sp)(((sp64)g->y[r] + g->h + g->y[r + 1]) / 2);
}

bool
impose_is_spine(const struct impose_options *o, int c)
{
	return impose_folds(o->method) && c % 2 == 0;
}
