/*
 * What stands on a sheet besides its pages: marks lie where paper is cut and
 * folded, on both sides, whichever edge the sheet is turned about; pages do
 * not print into each other; labels say which side it is and how to fold.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "impose/internal.h"

#define THIN (SP_PT / 4)
#define NEAR 4				/* of the rounding of a line's middle */

static struct style *style;
static struct font_set *fonts;
static struct diag open_dg;

struct made {
	struct page_book book;
	struct diag dg;
	struct impose_job job;
	struct impose *p;
};

static void
make(struct made *m, size_t npages, const char *lang)
{
	memset(m, 0, sizeof(*m));
	m->book.width = MM(100);
	m->book.height = MM(140);
	m->book.level = 1;
	m->book.lang = lang;
	m->book.npages = npages;
	m->book.pages = xcalloc(npages + 1, sizeof(*m->book.pages));
	m->job.book = &m->book;
	m->job.style = style;
	m->job.fonts = fonts;
	m->job.dg = &m->dg;
	m->job.press = true;
	impose_defaults(&m->job.o);
	m->job.o.width = MM(700);
	m->job.o.height = MM(1000);
	m->job.o.bleed = MM(3);
	m->job.o.caliper = 0;		/* pages stand where paper is cut */
}

static void
unmake(struct made *m)
{
	impose_free(m->p);
	diag_free(&m->dg);
	free(m->book.pages);
}

static bool
turns_backs(const struct impose *p)
{
	return (p->o.edge == IMPOSE_EDGE_SHORT) != (p->width >= p->height);
}

/* A rectangle as the front has it: a back is turned if need be, then held
 * against the light. */
static struct impose_box
seen(const struct impose *p, bool back, sp x, sp y, sp w, sp h)
{
	if (back && turns_backs(p)) {
		x = p->width - x - w;
		y = p->height - y - h;
	}
	if (back)
		x = p->width - x - w;
	return (struct impose_box){x, y, w, h};
}

static struct impose_box
seen_item(const struct impose *p, bool back, const struct page_item *it)
{
	return seen(p, back, it->x, it->y, it->u.rect.w, it->u.rect.h);
}

/* A page's trim. */
static struct impose_box
seen_page(const struct made *m, bool back, const struct impose_placement *pl)
{
	sp64 w = muldiv(m->book.width, pl->a, 1000000);
	sp64 h = muldiv(m->book.height, pl->d, 1000000);
	sp64 x = w < 0 ? pl->e + w : pl->e, y = h < 0 ? pl->f + h : pl->f;

	return seen(m->p, back, (sp)x, (sp)y, (sp)(w < 0 ? -w : w),
	    (sp)(h < 0 ? -h : h));
}

static bool
near(sp64 a, sp64 b)
{
	return a - b <= NEAR && b - a <= NEAR;
}

/* Where does a mark at x stand: at a page's edge (1), between two (2)? */
static int
place_of(const struct made *m, bool back, const struct impose_sheet *s,
    sp64 at, bool upright)
{
	sp64 lo[16], hi[16];
	size_t n = s->nplacements, i, k;

	for (i = 0; i < n; i++) {
		struct impose_box b = seen_page(m, back, &s->placements[i]);

		lo[i] = upright ? b.x : b.y;
		hi[i] = lo[i] + (upright ? b.w : b.h);
	}
	for (i = 0; i < n; i++)
		if (near(at, lo[i]) || near(at, hi[i]))
			return 1;
	/* The middle of a gap: as far from one page as from the next. */
	for (i = 0; i < n; i++)
		for (k = 0; k < n; k++)
			if (hi[i] < lo[k] && near(2 * at, hi[i] + lo[k]))
				return 2;
	return 0;
}

static bool
is_same_colour(struct colour a, struct colour b)
{
	return memcmp(&a, &b, sizeof(a)) == 0;
}

/* Every mark of one side is on the other, seen through the paper. */
static size_t
pair_marks(const struct made *m, const struct impose_sheet *front,
    const struct impose_sheet *back)
{
	size_t n = 0, i, k;

	for (i = 0; i < front->nitems; i++) {
		const struct page_item *a = &front->items[i];
		struct impose_box box;

		if (a->kind != PAGE_RECT)
			continue;
		box = seen_item(m->p, false, a);
		for (k = 0; k < back->nitems; k++) {
			const struct page_item *b = &back->items[k];
			struct impose_box other;

			if (b->kind != PAGE_RECT)
				continue;
			other = seen_item(m->p, true, b);
			if (near(box.x, other.x) && near(box.y, other.y) &&
			    near(box.w, other.w) && near(box.h, other.h) &&
			    is_same_colour(a->u.rect.fill, b->u.rect.fill))
				break;
		}
		/* The steps on the backs of sections stand on fronts only. */
		if (k < back->nitems)
			n++;
		else
			assert_true(box.w > MM(3) && box.h >= MM(5));
	}
	return n;
}

/* Thin marks stand at edges and folds, and outside the bleed. */
static void
check_marks(const struct made *m, bool back, const struct impose_sheet *s,
    size_t *edges, size_t *folds)
{
	struct impose_box trim = s->trim;
	sp off = m->p->o.bleed;
	size_t crosses = 0;

	trim = seen(m->p, back, trim.x, trim.y, trim.w, trim.h);
	for (size_t i = 0; i < s->nitems; i++) {
		const struct page_item *it = &s->items[i];
		struct impose_box b;
		bool upright;
		int at;

		if (it->kind != PAGE_RECT)
			continue;
		b = seen_item(m->p, back, it);
		if (b.w != THIN && b.h != THIN)
			continue;	/* bar, steps */
		upright = b.w == THIN;
		at = place_of(m, back, s, upright ? b.x + THIN / 2 :
		    b.y + THIN / 2, upright);
		if (at == 0) {		/* a cross beside the pages */
			assert_true(b.x + b.w <= trim.x - off + NEAR ||
			    b.x >= trim.x + trim.w + off - NEAR);
			crosses++;
			continue;
		}
		if (upright)
			assert_true(b.y + b.h <= trim.y - off ||
			    b.y >= trim.y + trim.h + off);
		else
			assert_true(b.x + b.w <= trim.x - off ||
			    b.x >= trim.x + trim.w + off);
		++*(at == 1 ? edges : folds);
	}
	assert_int_equal(crosses, 2 * 2);
}

static bool
overlap(const struct impose_box *a, const struct impose_box *b)
{
	return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y +
	    b->h && b->y < a->y + a->h;
}

/* Bleeds end in the middle between two pages, and reach as far as they may
 * at the outer edges. */
static void
check_clips(const struct impose_sheet *s)
{
	for (size_t i = 0; i < s->nplacements; i++)
		for (size_t k = 0; k < i; k++)
			assert_false(overlap(&s->placements[i].clip,
			    &s->placements[k].clip));
}

/* Two marks for every line that paper is cut or folded along. */
static const struct {
	enum impose_method method;
	int pages;
	size_t edges, folds;		/* marks of a side */
} methods[] = {
	/* Columns of two pages have two cuts, at the outer edges. */
	{IMPOSE_SADDLE, 0, 2 * 2 + 2 * 2, 3 * 2},
	{IMPOSE_SIGNATURE_8, 0, 2 * 2 + 2 * 2, 3 * 2},
	{IMPOSE_SIGNATURE_16, 0, 2 * 2 + 2 * 2, 3 * 2},
	{IMPOSE_FOLD_8, 0, 2 * 2 + 4 * 2, 3 * 4},
	{IMPOSE_FOLD_16, 0, 4 * 2 + 4 * 2, 3 * 8},
	{IMPOSE_N_UP, 4, 4 * 2 + 4 * 2, 0},
};

static void
marks(void **state)
{
	struct made m;

	(void)state;
	for (size_t k = 0; k < NELEM(methods); k++)
		for (int i = 0; i < 4; i++) {
			size_t n[2][2] = {{0}};

			make(&m, 32, "fa");
			m.job.o.method = methods[k].method;
			m.job.o.pages = methods[k].pages;
			m.job.o.binding = i & 1 ? IMPOSE_BIND_LEFT :
			    IMPOSE_BIND_RIGHT;
			m.job.o.edge = i & 2 ? IMPOSE_EDGE_LONG :
			    IMPOSE_EDGE_SHORT;
			m.job.o.gutter = impose_folds_once(methods[k].method) ?
			    0 : MM(2);		/* less than two bleeds */
			m.job.o.milling = impose_folds(methods[k].method) ?
			    MM(3) : 0;
			m.p = impose_sheets(&m.job);
			for (int back = 0; back < 2; back++) {
				check_marks(&m, back, &m.p->sides[back],
				    &n[back][0], &n[back][1]);
				check_clips(&m.p->sides[back]);
			}
			assert_true(pair_marks(&m, &m.p->sides[0],
			    &m.p->sides[1]) >= n[0][0] + n[0][1] + 11);
			assert_int_equal(n[0][0], n[1][0]);
			assert_int_equal(n[0][1], n[1][1]);
			assert_int_equal(n[0][0], methods[k].edges);
			assert_int_equal(n[0][1], methods[k].folds);
			unmake(&m);
		}
}

/* ---------------------------------------------------------------- labels */

static const char *
label_of(const struct impose_sheet *s)
{
	for (size_t i = 0; i < s->nitems; i++)
		if (s->items[i].kind == PAGE_TEXT)
			return s->items[i].u.text.para->lines->para->text;
	fail_msg("no label");
	return "";
}

static void
labels(void **state)
{
	static const struct {
		enum impose_method method;
		bool left;
		const char *front, *back;	/* of a Persian book */
		const char *latin;		/* front, of an English one */
	} cases[] = {
		{IMPOSE_SADDLE, false, "برگهٔ ۱ از ۸، رو، تا: از میان، این رو "
		    "بیرون · sheet 1/8 front", "برگهٔ ۱ از ۸، پشت · sheet 1/8 "
		    "back", "sheet 1/8 front, fold: in the middle, this side "
		    "out"},
		{IMPOSE_SIGNATURE_16, true, "برگهٔ ۱ از ۸، رو، دفتر ۱ از ۲، تا: "
		    "از میان، این رو بیرون · sheet 1/8 front, section 1/2",
		    "برگهٔ ۱ از ۸، پشت، دفتر ۱ از ۲ · sheet 1/8 back, section "
		    "1/2", "sheet 1/8 front, section 1/2, fold: in the middle, "
		    "this side out"},
		{IMPOSE_FOLD_8, false, "برگهٔ ۱ از ۴، رو، دفتر ۱ از ۴، تا: ۱) "
		    "بالا به پشت ۲) راست به پشت · sheet 1/4 front, section "
		    "1/4", "برگهٔ ۱ از ۴، پشت، دفتر ۱ از ۴ · sheet 1/4 back, "
		    "section 1/4", "sheet 1/4 front, section 1/4, fold: 1 top "
		    "to the back, 2 right to the back"},
		{IMPOSE_FOLD_8, true, "برگهٔ ۱ از ۴، رو، دفتر ۱ از ۴، تا: ۱) "
		    "بالا به پشت ۲) چپ به پشت · sheet 1/4 front, section 1/4",
		    NULL, "sheet 1/4 front, section 1/4, fold: 1 top to the "
		    "back, 2 left to the back"},
		{IMPOSE_FOLD_16, false, "برگهٔ ۱ از ۲، رو، دفتر ۱ از ۲، تا: ۱) "
		    "راست به پشت ۲) بالا به پشت ۳) راست به پشت · sheet 1/2 "
		    "front, section 1/2", "برگهٔ ۱ از ۲، پشت، دفتر ۱ از ۲ · "
		    "sheet 1/2 back, section 1/2", "sheet 1/2 front, section "
		    "1/2, fold: 1 right to the back, 2 top to the back, 3 "
		    "right to the back"},
		{IMPOSE_FOLD_16, true, "برگهٔ ۱ از ۲، رو، دفتر ۱ از ۲، تا: ۱) "
		    "چپ به پشت ۲) بالا به پشت ۳) چپ به پشت · sheet 1/2 front, "
		    "section 1/2", NULL, "sheet 1/2 front, section 1/2, fold: "
		    "1 left to the back, 2 top to the back, 3 left to the "
		    "back"},
		{IMPOSE_N_UP, false, "برگهٔ ۱ از ۴، رو · sheet 1/4 front",
		    "برگهٔ ۱ از ۴، پشت · sheet 1/4 back", "sheet 1/4 front"},
	};
	struct made m;

	(void)state;
	for (size_t k = 0; k < NELEM(cases); k++)
		for (int latin = 0; latin < 2; latin++) {
			make(&m, 32, latin ? "en" : "fa");
			m.job.o.method = cases[k].method;
			m.job.o.pages = 4;
			m.job.o.binding = cases[k].left ? IMPOSE_BIND_LEFT :
			    IMPOSE_BIND_RIGHT;
			m.p = impose_sheets(&m.job);
			assert_string_equal(label_of(&m.p->sides[0]), latin ?
			    cases[k].latin : cases[k].front);
			if (!latin && cases[k].back != NULL)
				assert_string_equal(label_of(&m.p->sides[1]),
				    cases[k].back);
			unmake(&m);
		}
}

static int
open_all(void **state)
{
	static const char *const styles[] = {"styles"}, *const dirs[] =
	    {"fonts"};

	(void)state;
	style = style_load(&open_dg, "booklet", NULL, styles, 1, NOPOS);
	fonts = font_set_open(&open_dg, dirs, 1, false);
	return style == NULL || fonts == NULL;
}

static int
close_all(void **state)
{
	(void)state;
	style_free(style);
	font_set_close(fonts);
	diag_free(&open_dg);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks),
		cmocka_unit_test(labels),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
