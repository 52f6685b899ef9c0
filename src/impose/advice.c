/*
 * What goes with the sheets in words: which setting the printer needs, how
 * to fold, and the ticket, which tells the folded dummy the same.
 *
 * The ticket is a line of KEY=VALUE: how the paper is printed on, folded
 * and bound, the lines of folds and cuts [pt], what is left when all is
 * trimmed, and the number that each page of the book bears, in reading
 * order. Which page lies in which cell
 * is not in it: that is what the dummy finds out.
 */
#include <string.h>

#include "impose/internal.h"

const char *
impose_mm(struct arena *a, sp v)
{
	int64_t tenths = muldiv(v, 127, SP_PT * 36LL);

	if (tenths % 10 == 0)
		return arena_printf(a, "%lld mm", (long long)tenths / 10);
	return arena_printf(a, "%.1f mm", (double)tenths / 10);
}

const char *
impose_sheet_name(struct arena *a, const struct impose_options *o)
{
	if (o->sheet != NULL)
		return o->sheet;
	return arena_printf(a, "%s × %s", impose_mm(a, o->width),
	    impose_mm(a, o->height));
}

const char *
impose_method_name(enum impose_method m)
{
	static const char *const names[] = {"saddle", "signature-8",
	    "signature-16", "fold-8", "fold-16", "n-up"};

	return names[m];
}

const char *
impose_fold_words(const struct impose_options *o, bool right_bound,
    bool persian)
{
	switch (o->method) {
	case IMPOSE_FOLD_8:
		if (persian)
			return right_bound ?
			    "۱) بالا به پشت ۲) راست به پشت" :
			    "۱) بالا به پشت ۲) چپ به پشت";
		return right_bound ? "1 top to the back, 2 right to the back" :
		    "1 top to the back, 2 left to the back";
	case IMPOSE_FOLD_16:
		if (persian)
			return right_bound ? "۱) راست به پشت ۲) بالا به پشت "
			    "۳) راست به پشت" : "۱) چپ به پشت ۲) بالا به پشت "
			    "۳) چپ به پشت";
		return right_bound ? "1 right to the back, 2 top to the back, "
		    "3 right to the back" : "1 left to the back, 2 top to the "
		    "back, 3 left to the back";
	case IMPOSE_N_UP:
		return "";
	default:
		return persian ? "از میان، این رو بیرون" :
		    "in the middle, this side out";
	}
}

enum impose_edge
impose_edge(const struct impose_options *o, sp width, sp height)
{
	if (o->edge != IMPOSE_EDGE_FREE)
		return o->edge;
	return width >= height ? IMPOSE_EDGE_SHORT : IMPOSE_EDGE_LONG;
}

bool
impose_turns_backs(const struct impose_options *o, sp width, sp height)
{
	/* The edges at the sides are the short ones of a lying sheet. */
	return impose_edge(o, width, height) != (width >= height ?
	    IMPOSE_EDGE_SHORT : IMPOSE_EDGE_LONG);
}

/* ---------------------------------------------------------------- ticket */

static void
put_pt(struct buf *b, sp v)
{
	int64_t m = muldiv(v, 1000, SP_PT);

	buf_printf(b, "%s%lld.%03lld", m < 0 ? "-" : "",
	    (long long)(m < 0 ? -m : m) / 1000,
	    (long long)(m < 0 ? -m : m) % 1000);
}

static void
put_lines(struct buf *b, const struct grid *g)
{
	struct impose_box trim = impose_trim(g);
	int i;

	buf_str(b, " sheet=");
	put_pt(b, g->sheet_w);
	buf_char(b, 'x');
	put_pt(b, g->sheet_h);
	buf_str(b, " page=");
	put_pt(b, g->w);
	buf_char(b, 'x');
	put_pt(b, g->h);
	buf_str(b, " trim=");
	put_pt(b, MAX(trim.x, 0));	/* pages a hair wider than the sheet */
	buf_char(b, ',');
	put_pt(b, MAX(trim.y, 0));
	buf_char(b, ',');
	put_pt(b, trim.x + trim.w);
	buf_char(b, ',');
	put_pt(b, trim.y + trim.h);
	buf_str(b, " upright=");
	for (i = 0; i + 1 < g->cols; i++) {
		if (i > 0)
			buf_char(b, ',');
		put_pt(b, impose_line_x(g, i));
	}
	buf_str(b, " lying=");
	for (i = 0; i + 1 < g->rows; i++) {
		if (i > 0)
			buf_char(b, ',');
		put_pt(b, impose_line_y(g, i));
	}
}

/* What a page calls itself: "-" where nothing is printed, "." where its
 * number is not. */
static const char *
number_of(const struct page *pg)
{
	if (pg->nitems == 0)
		return "-";
	if (pg->label == NULL || pg->label[0] == '\0' ||
	    strpbrk(pg->label, ", ") != NULL)
		return ".";
	for (size_t i = 0; i < pg->nitems; i++)
		if (pg->items[i].kind == PAGE_TEXT &&
		    pg->items[i].elem == ARTIFACT_PAGINATION &&
		    strcmp(pg->items[i].u.text.para->lines->para->text,
		    pg->label) == 0)
			return pg->label;
	return ".";
}

static char *
ticket(struct impose *p, const struct grid *g, const struct page_book *book,
    const uint32_t *order, const char *file)
{
	struct buf b = {0};
	char *s;
	size_t i;

	buf_printf(&b, "method=%s binding=%s edge=%s file=%s pages=%zu "
	    "places=%zu section=%zu", impose_method_name(p->o.method),
	    p->right_bound ? "right" : "left", p->o.edge ==
	    IMPOSE_EDGE_SHORT ? "short" : "long", file, p->npages, p->nplaces,
	    impose_section_size(p->o.method));
	if (p->o.separate)
		buf_printf(&b, " tray=%s", p->o.face_up ? "up" : "down");
	put_lines(&b, g);
	buf_str(&b, " milling=");
	put_pt(&b, impose_folds_once(p->o.method) && p->o.milling == 0 ? 0 :
	    g->spine / 2);
	buf_str(&b, " numbers=");
	for (i = 0; i < p->nplaces; i++)
		buf_printf(&b, "%s%s", i > 0 ? "," : "", order[i] ==
		    IMPOSE_BLANK ? "-" : number_of(&book->pages[order[i]]));
	s = arena_strn(&p->arena, b.p, b.n);
	buf_free(&b);
	return s;
}

void
impose_ticket(struct impose *p, const struct grid *g,
    const struct page_book *book, const uint32_t *order)
{
	p->ticket = ticket(p, g, book, order, p->o.separate ? "fronts" :
	    "both");
	if (p->o.separate)
		p->ticket_backs = ticket(p, g, book, order, "backs");
}

/* ---------------------------------------------------------------- advice */

static void
advice_english(const struct impose *p, struct arena *a, struct buf *b)
{
	const char *edge = p->o.edge == IMPOSE_EDGE_SHORT ? "short" : "long";
	size_t blanks = p->nplaces - p->npages;

	buf_printf(b, "%zu sheet%s of %s", p->nsheets, p->nsheets == 1 ? "" :
	    "s", impose_sheet_name(a, &p->o));
	if (blanks > 0)
		buf_printf(b, ", %zu page%s left blank", blanks,
		    blanks == 1 ? "" : "s");
	if (!p->o.separate)
		buf_printf(b, "; print on both sides, flip on the %s edge",
		    edge);
	else
		buf_printf(b, "; print the fronts, %s, then print the backs "
		    "(should they come out head down: “turn: %s”)",
		    p->o.face_up ? arena_printf(a, "turn the pile over about "
		    "its %s edge and put it back", edge) : "put the pile back "
		    "as it lies, white sides up", p->o.edge ==
		    IMPOSE_EDGE_SHORT ? "long" : "short");
	buf_str(b, ", at actual size (100 %)");
	if (impose_folds_once(p->o.method))
		buf_printf(b, "; then %s", p->nsections > 1 ?
		    "fold each section in the middle and gather them" :
		    "fold the pile in the middle and staple it there");
	else if (impose_folds(p->o.method))
		buf_printf(b, "; then fold each sheet: %s",
		    impose_fold_words(&p->o, p->right_bound, false));
}

static void
put_persian(struct buf *b, size_t v)
{
	uni_number(b, "fa", (long)v);
}

static void
advice_persian(const struct impose *p, struct arena *a, struct buf *b)
{
	const char *edge = p->o.edge == IMPOSE_EDGE_SHORT ? "کوتاه" : "بلند";
	size_t blanks = p->nplaces - p->npages;

	put_persian(b, p->nsheets);
	buf_printf(b, " برگهٔ %s", impose_sheet_name(a, &p->o));
	if (blanks > 0) {
		buf_str(b, "، ");
		put_persian(b, blanks);
		buf_str(b, " صفحهٔ سفید");
	}
	if (!p->o.separate)
		buf_printf(b, "؛ چاپ دورو، چرخش از لبهٔ %s", edge);
	else if (p->o.face_up)
		buf_printf(b, "؛ نخست روها را چاپ کنید، دسته را از لبهٔ %s "
		    "برگردانید و دوباره بگذارید، سپس پشت‌ها را چاپ کنید",
		    edge);
	else
		buf_str(b, "؛ نخست روها را چاپ کنید، دسته را همان‌گونه که "
		    "درآمده، روی سفید به بالا، دوباره بگذارید، سپس پشت‌ها "
		    "را چاپ کنید");
	if (p->o.separate)
		buf_printf(b, " (اگر وارونه درآمدند: «turn: %s»)", p->o.edge ==
		    IMPOSE_EDGE_SHORT ? "long" : "short");
	buf_str(b, "، در اندازهٔ واقعی (۱۰۰٪)");
	if (impose_folds_once(p->o.method))
		buf_str(b, p->nsections > 1 ? "؛ سپس هر دفتر را از میان تا "
		    "کنید و روی هم بگذارید" : "؛ سپس دسته را از میان تا کنید "
		    "و همان‌جا منگنه بزنید");
	else if (impose_folds(p->o.method))
		buf_printf(b, "؛ سپس هر برگه را تا کنید: %s",
		    impose_fold_words(&p->o, p->right_bound, true));
}

void
impose_advice(const struct impose *p, bool persian, struct buf *out)
{
	struct arena a = {0};

	if (persian)
		advice_persian(p, &a, out);
	else
		advice_english(p, &a, out);
	arena_free(&a);
}
