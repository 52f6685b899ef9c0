/*
 * What goes with the sheets in words: which setting the printer needs, and
 * how to fold.
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
