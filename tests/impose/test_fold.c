/*
 * Sheets are printed, folded, nested, gathered and read, with paper that
 * knows nothing of plans: layers of rectangles, each with a face up, that a
 * fold reflects and puts behind the others in reversed order. What is then
 * read must be the book, upright, each page once, for every length.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "impose/impose.h"

#define MM(x) ((sp)((x) * (SP_PT * 360.0 / 127.0)))

/* ------------------------------------------------------------------ paper */

/* A piece of a sheet: [x0, x1) x [y0, y1) of its front, which lies in the
 * plane at (sx x + tx, sy y + ty). */
struct layer {
	size_t sheet;
	double x0, y0, x1, y1;
	int sx, sy;
	double tx, ty;
	bool back_up;
};

struct pile {
	struct layer v[256];		/* from the top */
	size_t n;
};

enum side { RIGHT, LEFT, TOP };

/* Cut a layer at a line of the plane: is there something on that side? */
static bool
part_of(const struct layer *l, enum side side, bool beyond, double line,
    struct layer *out)
{
	bool upright = side != TOP;
	/* The line in the layer's own places. */
	double at = upright ? (line - l->tx) * l->sx : (line - l->ty) * l->sy;
	/* Beyond means greater for RIGHT, less for LEFT and TOP. */
	bool greater = (side == RIGHT) == beyond;
	double *lo, *hi;

	if ((upright ? l->sx : l->sy) < 0)
		greater = !greater;
	*out = *l;
	lo = upright ? &out->x0 : &out->y0;
	hi = upright ? &out->x1 : &out->y1;
	if (greater)
		*lo = *lo > at ? *lo : at;
	else
		*hi = *hi < at ? *hi : at;
	return *hi - *lo > 64;		/* thinner than 0.001 pt is none */
}

/* What lies beyond the line goes behind the rest. */
static void
fold(struct pile *p, enum side side, double line)
{
	static struct pile out;
	struct layer part;
	size_t i;

	out.n = 0;
	for (i = 0; i < p->n; i++)
		if (part_of(&p->v[i], side, false, line, &part))
			out.v[out.n++] = part;
	for (i = p->n; i-- > 0;) {
		if (!part_of(&p->v[i], side, true, line, &part))
			continue;
		if (side == TOP) {
			part.sy = -part.sy;
			part.ty = 2 * line - part.ty;
		} else {
			part.sx = -part.sx;
			part.tx = 2 * line - part.tx;
		}
		part.back_up = !part.back_up;
		out.v[out.n++] = part;
	}
	*p = out;
}

/* `in` goes into the middle of `p`. */
static void
nest(struct pile *p, const struct pile *in)
{
	size_t half = p->n / 2;

	memmove(p->v + half + in->n, p->v + half, (p->n - half) *
	    sizeof(*p->v));
	memcpy(p->v + half, in->v, in->n * sizeof(*p->v));
	p->n += in->n;
}

static void
gather(struct pile *p, const struct pile *next)
{
	memcpy(p->v + p->n, next->v, next->n * sizeof(*p->v));
	p->n += next->n;
}

/* --------------------------------------------------------------- printing */

/* A book of blank paper that has npages pages. */
struct made {
	struct page_book book;
	struct diag dg;
	struct impose_job job;
	struct impose *p;
};

static void
make(struct made *m, size_t npages)
{
	memset(m, 0, sizeof(*m));
	m->book.width = MM(100);
	m->book.height = MM(140);
	m->book.level = 1;
	m->book.lang = "fa";
	m->book.npages = npages;
	m->book.pages = xcalloc(npages + 1, sizeof(*m->book.pages));
	m->job.book = &m->book;
	m->job.dg = &m->dg;
	impose_defaults(&m->job.o);
	m->job.o.width = MM(700);
	m->job.o.height = MM(1000);
	m->job.o.bleed = MM(3);
}

static void
impose(struct made *m)
{
	impose_free(m->p);
	m->p = impose_sheets(&m->job);
}

static void
unmake(struct made *m)
{
	impose_free(m->p);
	diag_free(&m->dg);
	free(m->book.pages);
}

/* The sides of a sheet as they come out of the printer. */
static const struct impose_sheet *
printed(const struct impose *p, size_t sheet, bool back)
{
	size_t n = p->nsheets, i, pile[256], feed[256];

	if (!p->o.separate)
		return &p->sides[2 * sheet + back];
	if (!back)
		return &p->sides[sheet];
	/* Fronts fall on one another: the last is on top. */
	for (i = 0; i < n; i++)
		pile[i] = n - 1 - i;
	/* Fed from the top with the white side up: face up, the pile is
	 * turned over first. */
	for (i = 0; i < n; i++)
		feed[i] = p->o.face_up ? pile[n - 1 - i] : pile[i];
	for (i = 0; feed[i] != sheet; i++)
		;
	return &p->sides[n + i];
}

/* Is the edge that sheets are turned about at the sides? */
static bool
turned_sideways(const struct impose *p)
{
	bool lying = p->width >= p->height;

	assert_true(p->o.edge != IMPOSE_EDGE_FREE);
	return (p->o.edge == IMPOSE_EDGE_SHORT) == lying;
}

/* ---------------------------------------------------------------- reading */

struct seen {
	uint32_t page;			/* UINT32_MAX: blank */
	/* Of the trimmed page as the reader sees it. */
	double left, top, right, foot;
	bool upright;
};

/* Where a point of a page is to the reader of a layer's face. */
static void
look(const struct impose *p, const struct layer *l, bool under,
    const struct impose_placement *pl, double px, double py, double *x,
    double *y)
{
	bool back = l->back_up != under;
	double s = 1e6;
	double sx = (pl->a * px + pl->c * py) / s + pl->e;
	double sy = (pl->b * px + pl->d * py) / s + pl->f;

	/* From the file's page to the paper, by places of the front. */
	if (back && turned_sideways(p))
		sx = p->width - sx;
	else if (back)
		sy = p->height - sy;
	*x = l->sx * sx + l->tx;
	*y = l->sy * sy + l->ty;
	if (under)
		*x = -*x;		/* the leaf was turned */
}

static struct seen
read_face(const struct made *m, const struct layer *l, bool under)
{
	const struct impose *p = m->p;
	const struct impose_sheet *side = printed(p, l->sheet,
	    l->back_up != under);
	struct seen s = {.page = UINT32_MAX};
	double w = m->book.width, h = m->book.height;
	double x0, y0, x1, y1, rx, ry, cx, cy, mx, my;

	for (size_t i = 0; i < side->nplacements; i++) {
		const struct impose_placement *pl = &side->placements[i];

		look(p, l, under, pl, w / 2, h / 2, &cx, &cy);
		/* Is the page's middle on this piece of paper? */
		mx = ((under ? -cx : cx) - l->tx) * l->sx;
		my = (cy - l->ty) * l->sy;
		if (mx < l->x0 || mx > l->x1 || my < l->y0 || my > l->y1)
			continue;
		assert_true(s.page == UINT32_MAX);
		s.page = pl->page;
		look(p, l, under, pl, 0, 0, &x0, &y0);
		look(p, l, under, pl, w, 0, &rx, &ry);
		look(p, l, under, pl, w, h, &x1, &y1);
		s.upright = rx > x0 && ry == y0 && y1 > y0;
		s.left = x0;
		s.top = y0;
		s.right = x1;
		s.foot = y1;
	}
	return s;
}

/* ------------------------------------------------------------------ books */

static struct pile
folded(const struct impose *p, size_t sheet)
{
	struct pile pile = {.n = 1};
	enum side aside = p->right_bound ? RIGHT : LEFT;
	double w = p->width, h = p->height;
	/* From the middle to the fold at a spine. */
	double leaf = MM(100) + p->o.milling + p->o.gutter / 2.0;

	pile.v[0] = (struct layer){sheet, 0, 0, w, h, 1, 1, 0, 0, false};
	switch (p->o.method) {
	case IMPOSE_FOLD_8:
		fold(&pile, TOP, h / 2);
		fold(&pile, aside, w / 2);
		break;
	case IMPOSE_FOLD_16:
		fold(&pile, aside, w / 2);
		fold(&pile, TOP, h / 2);
		fold(&pile, aside, w / 2 + (aside == RIGHT ? -leaf : leaf));
		break;
	case IMPOSE_N_UP:
		break;
	default:
		fold(&pile, aside, w / 2);
		break;
	}
	return pile;
}

/* All of it, bound. */
static void
bind(const struct impose *p, struct pile *book)
{
	size_t size = p->o.method == IMPOSE_SIGNATURE_8 ? 2 :
	    p->o.method == IMPOSE_SIGNATURE_16 ? 4 :
	    p->o.method == IMPOSE_SADDLE ? 1000 : 1, i, k;
	static struct pile section, one;

	book->n = 0;
	for (i = 0; i < p->nsheets; i += size) {
		section = folded(p, i);
		for (k = i + 1; k < i + size && k < p->nsheets; k++) {
			one = folded(p, k);
			nest(&section, &one);
		}
		gather(book, &section);
	}
}

static int64_t
creep_of(const struct impose *p, size_t place)
{
	size_t size = p->o.method == IMPOSE_SADDLE ? p->nplaces :
	    p->o.method == IMPOSE_SIGNATURE_8 || p->o.method ==
	    IMPOSE_FOLD_8 ? 8 : 16, first = place / size * size, in, k;

	size = MIN(size, p->nplaces - first);
	in = place - first + 1;
	k = (MIN(in, size + 1 - in) + 1) / 2;		/* from outside */
	return (int64_t)(k - 1) * p->o.caliper * p->o.creep / 1000;
}

static void
check_place(const struct made *m, const struct seen *s, size_t place)
{
	const struct impose *p = m->p;
	bool odd = place % 2 == 0;		/* places from 0 */
	bool spine_right = odd == p->right_bound;
	double fold_at, spine, gap, top;

	assert_true(s->upright);
	/* The spine is where all sheets are folded last. */
	fold_at = p->width / 2.0;
	if (p->o.method == IMPOSE_FOLD_16) {
		double leaf = MM(100) + p->o.milling + p->o.gutter / 2.0;

		fold_at += p->right_bound ? -leaf : leaf;
	}
	if (!odd)
		fold_at = -fold_at;		/* seen from the other side */
	spine = spine_right ? fold_at - s->right : s->left - fold_at;
	gap = p->o.milling;
	if (p->o.method <= IMPOSE_SIGNATURE_16)
		gap += p->o.gutter / 2.0;
	assert_true(spine - (gap - (double)creep_of(p, place)) < 4);
	assert_true(spine - (gap - (double)creep_of(p, place)) > -4);
	/* All heads at one height. */
	top = p->o.method <= IMPOSE_SIGNATURE_16 ?
	    (p->height - MM(140)) / 2.0 : p->height / 2.0 +
	    p->o.gutter / 2.0;
	assert_true(s->top - top < 4 && s->top - top > -4);
}

static void
check_reading(const struct made *m, const uint32_t *read, size_t n)
{
	size_t npages = m->book.npages, i, next = 0, unit;

	for (i = 0; i < n; i++) {
		if (read[i] == UINT32_MAX) {
			/* Blanks only at the end, or before a back cover. */
			assert_true(next >= npages - m->p->o.back_cover);
			continue;
		}
		assert_int_equal(read[i], next);
		next++;
	}
	assert_int_equal(next, npages);
	if (m->p->o.back_cover)
		assert_int_equal(read[n - 1], npages - 1);
	unit = m->p->o.method == IMPOSE_FOLD_8 ? 8 : m->p->o.method ==
	    IMPOSE_FOLD_16 ? 16 : m->p->o.method == IMPOSE_N_UP ?
	    2 * (size_t)m->p->o.pages : 4;
	assert_true(n - npages < unit);
}

static void
check_folded(struct made *m)
{
	static struct pile book;
	uint32_t read[512];
	size_t i, n = 0;
	int under;

	impose(m);
	bind(m->p, &book);
	for (i = 0; i < book.n; i++)
		for (under = 0; under < 2; under++) {
			struct seen s = read_face(m, &book.v[i], under);

			if (s.page != UINT32_MAX)
				check_place(m, &s, n);
			read[n++] = s.page;
		}
	assert_int_equal(n, m->p->nplaces);
	check_reading(m, read, n);
}

/* Sheets of a pile turned over one by one, each side from the starting
 * corner. */
static void
check_n_up(struct made *m)
{
	uint32_t read[512];
	size_t i, n = 0;
	int under;

	impose(m);
	for (i = 0; i < m->p->nsheets; i++)
		for (under = 0; under < 2; under++) {
			struct layer l = {i, 0, 0, m->p->width, m->p->height,
			    1, 1, 0, 0, false};
			const struct impose_sheet *side = printed(m->p, i,
			    under);
			double last_top = -1e9, last_x = 0;
			size_t k;

			for (k = 0; k < side->nplacements; k++) {
				double x, y, rx, ry, fx, fy;
				bool row;

				look(m->p, &l, under, &side->placements[k],
				    0, 0, &x, &y);
				look(m->p, &l, under, &side->placements[k],
				    m->book.width, 0, &rx, &ry);
				look(m->p, &l, under, &side->placements[k],
				    0, m->book.height, &fx, &fy);
				assert_true(rx > x && ry == y && fx == x &&
				    fy > y);
				row = y > last_top + 64;
				assert_true(row || (y > last_top - 64 &&
				    (m->p->right_bound ? x < last_x :
				    x > last_x)));
				last_top = y;
				last_x = x;
				read[n++] = side->placements[k].page;
			}
			for (; k < (size_t)m->p->o.pages; k++)
				read[n++] = UINT32_MAX;
		}
	assert_int_equal(n, m->p->nplaces);
	check_reading(m, read, n);
}

/* ------------------------------------------------------------------ tests */

/* flip short, long; two files face down and up, turned about either edge. */
static const struct { enum impose_edge edge; bool separate, face_up; }
    settings[] = {
	{IMPOSE_EDGE_SHORT, false, false}, {IMPOSE_EDGE_LONG, false, false},
	{IMPOSE_EDGE_SHORT, true, false}, {IMPOSE_EDGE_LONG, true, false},
	{IMPOSE_EDGE_SHORT, true, true}, {IMPOSE_EDGE_LONG, true, true},
	{IMPOSE_EDGE_FREE, false, false},
};

static void
all_settings(enum impose_method method, int pages)
{
	struct made m;
	size_t n, i;
	int b, back;

	for (n = 1; n <= 200; n++)
		for (b = 0; b < 2; b++)
			for (i = 0; i < NELEM(settings); i++) {
				make(&m, n);
				m.job.o.method = method;
				m.job.o.pages = pages;
				m.job.o.binding = b ? IMPOSE_BIND_LEFT :
				    IMPOSE_BIND_RIGHT;
				m.job.o.edge = settings[i].edge;
				m.job.o.separate = settings[i].separate;
				m.job.o.face_up = settings[i].face_up;
				m.job.o.creep = 1000 + (int)n;
				for (back = 0; back < 2; back++) {
					m.job.o.back_cover = back;
					if (method == IMPOSE_N_UP)
						check_n_up(&m);
					else
						check_folded(&m);
				}
				unmake(&m);
			}
}

static void
saddle_reads(void **state)
{
	(void)state;
	all_settings(IMPOSE_SADDLE, 2);
}

static void
signatures_read(void **state)
{
	(void)state;
	all_settings(IMPOSE_SIGNATURE_8, 2);
	all_settings(IMPOSE_SIGNATURE_16, 2);
}

static void
folded_sheets_read(void **state)
{
	(void)state;
	all_settings(IMPOSE_FOLD_8, 2);
	all_settings(IMPOSE_FOLD_16, 2);
}

static void
n_up_reads(void **state)
{
	(void)state;
	all_settings(IMPOSE_N_UP, 2);
	all_settings(IMPOSE_N_UP, 4);
	all_settings(IMPOSE_N_UP, 6);
	all_settings(IMPOSE_N_UP, 8);
}

/* Sheets upright or lying, whichever edge: where pages are wider than high
 * the best way round changes. */
static void
wide_pages_read(void **state)
{
	struct made m;
	size_t n, i;

	(void)state;
	for (n = 1; n <= 40; n++)
		for (i = 0; i < NELEM(settings); i++) {
			make(&m, n);
			m.book.width = MM(100);
			m.book.height = MM(70);
			m.job.o.width = MM(150);
			m.job.o.height = MM(200);
			m.job.o.method = IMPOSE_N_UP;
			m.job.o.pages = n % 2 != 0 ? 2 : 6;
			m.job.o.edge = settings[i].edge;
			m.job.o.separate = settings[i].separate;
			m.job.o.face_up = settings[i].face_up;
			check_n_up(&m);
			unmake(&m);
		}
}

/* "8 9 12 5 / 1 16 13 4": pages from 1 in rows from the left, head-down
 * ones too. */
static void
check_side(const struct impose_sheet *side, const char *expected)
{
	struct { double x, y; uint32_t page; } v[16], t;
	struct buf b = {0};
	size_t i, k;

	for (i = 0; i < side->nplacements; i++) {
		const struct impose_placement *p = &side->placements[i];

		v[i].x = p->clip.x + p->clip.w / 2.0;
		v[i].y = p->clip.y + p->clip.h / 2.0;
		v[i].page = p->page + 1;
		for (k = i; k > 0 && (v[k].y < v[k - 1].y - MM(30) ||
		    (v[k].y < v[k - 1].y + MM(30) && v[k].x < v[k - 1].x));
		    k--) {
			t = v[k];
			v[k] = v[k - 1];
			v[k - 1] = t;
		}
	}
	for (i = 0; i < side->nplacements; i++) {
		if (i > 0)
			buf_str(&b, v[i].y > v[i - 1].y + MM(30) ? " / " :
			    " ");
		buf_printf(&b, "%u", v[i].page);
	}
	assert_string_equal(b.p, expected);
	buf_free(&b);
}

static void
check_sides(size_t npages, enum impose_method method, int binding,
    const char *const *expected)
{
	struct made m;
	size_t i;

	make(&m, npages);
	m.job.o.method = method;
	m.job.o.binding = (unsigned)binding;
	impose(&m);
	for (i = 0; expected[i] != NULL; i++)
		check_side(&m.p->sides[i], expected[i]);
	assert_int_equal(i, 2 * m.p->nsheets);
	unmake(&m);
}

/* The examples of the requirements, letter for letter. */
static void
examples(void **state)
{
	static const char *const eight[] = {"1 8", "7 2", "3 6", "5 4", NULL};
	static const char *const sixteen[] = {"1 16", "15 2", "3 14", "13 4",
	    "5 12", "11 6", "7 10", "9 8", NULL};
	static const char *const sheet16[] = {"8 9 12 5 / 1 16 13 4",
	    "6 11 10 7 / 3 14 15 2", NULL};
	static const char *const sheet8[] = {"4 5 / 1 8", "6 3 / 7 2", NULL};
	static const char *const eight_left[] = {"8 1", "2 7", "6 3", "4 5",
	    NULL};
	static const char *const sheet16_left[] = {"5 12 9 8 / 4 13 16 1",
	    "7 10 11 6 / 2 15 14 3", NULL};
	static const char *const sections[] = {"1 8", "7 2", "3 6", "5 4",
	    "9 16", "15 10", "11 14", "13 12", "17 20", "19 18", NULL};

	(void)state;
	check_sides(8, IMPOSE_SADDLE, IMPOSE_BIND_AUTO, eight);
	check_sides(16, IMPOSE_SADDLE, IMPOSE_BIND_AUTO, sixteen);
	check_sides(16, IMPOSE_SIGNATURE_16, IMPOSE_BIND_RIGHT, sixteen);
	check_sides(16, IMPOSE_FOLD_16, IMPOSE_BIND_AUTO, sheet16);
	check_sides(8, IMPOSE_FOLD_8, IMPOSE_BIND_RIGHT, sheet8);
	check_sides(8, IMPOSE_SADDLE, IMPOSE_BIND_LEFT, eight_left);
	check_sides(16, IMPOSE_FOLD_16, IMPOSE_BIND_LEFT, sheet16_left);
	check_sides(20, IMPOSE_SIGNATURE_8, IMPOSE_BIND_AUTO, sections);
}

/* Left in a row is told from the end of the row in a Persian book. */
static void
n_up_fills_from_the_right(void **state)
{
	static const char *const right[] = {"2 1 / 4 3", "6 5 / 8 7", NULL};
	static const char *const left[] = {"1 2 / 3 4", "5 6 / 7 8", NULL};
	struct made m;
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		make(&m, 8);
		m.job.o.method = IMPOSE_N_UP;
		m.job.o.pages = 4;
		m.book.level = i == 0;		/* of a Latin book: 0 */
		impose(&m);
		check_side(&m.p->sides[0], (i == 0 ? right : left)[0]);
		check_side(&m.p->sides[1], (i == 0 ? right : left)[1]);
		unmake(&m);
	}
}

static const struct impose_placement *
find_page(const struct impose *p, uint32_t page)
{
	for (size_t i = 0; i < 2 * p->nsheets; i++)
		for (size_t k = 0; k < p->sides[i].nplacements; k++)
			if (p->sides[i].placements[k].page == page)
				return &p->sides[i].placements[k];
	fail_msg("page %u is nowhere", page);
	return NULL;
}

/* t (n - 1) q, towards the spine: odd pages right, even ones left. */
static void
creep_is_the_formula(void **state)
{
	struct made m;
	size_t n, k;
	sp t = MM(0.12), middle;

	(void)state;
	make(&m, 64);
	m.job.o.caliper = t;
	m.job.o.creep = 1300;
	impose(&m);
	n = m.p->nsheets;
	assert_int_equal(n, 16);
	middle = m.p->width / 2;
	for (k = 1; k <= n; k++) {
		sp shift = (sp)muldiv((int64_t)(k - 1) * t, 1300, 1000);
		const struct impose_placement *odd = find_page(m.p,
		    (uint32_t)(2 * k - 2)), *even = find_page(m.p,
		    (uint32_t)(2 * k - 1));

		assert_in_range(odd->e + m.book.width - middle - shift + 2, 0,
		    4);
		assert_in_range(middle - even->e - shift + 2, 0, 4);
		/* Nothing prints beyond the fold. */
		assert_in_range(odd->clip.x + odd->clip.w - middle + 2, 0, 4);
		assert_in_range(even->clip.x - middle + 2, 0, 4);
	}
	/* 15 sheets of 0.12 mm, times 1.3: 2.34 mm. */
	assert_in_range(find_page(m.p, 31)->e - (middle - MM(2.34)) + 32, 0,
	    64);
	unmake(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(saddle_reads),
		cmocka_unit_test(signatures_read),
		cmocka_unit_test(folded_sheets_read),
		cmocka_unit_test(n_up_reads),
		cmocka_unit_test(wide_pages_read),
		cmocka_unit_test(examples),
		cmocka_unit_test(n_up_fills_from_the_right),
		cmocka_unit_test(creep_is_the_formula),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
