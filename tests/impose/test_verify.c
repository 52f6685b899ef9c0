/*
 * The folded dummy against sheets of every method, and against mistakes: a
 * judge that never says no is none. Pages are three lines and a number,
 * brought onto sheets by their placements as a PDF would show them.
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
#define LINES 4

/* A book whose pages bear their numbers, if `folios`. */
struct made {
	struct arena arena;
	struct diag dg;
	struct page_book book;
	struct impose_job job;
	struct impose *p;
	struct impose_seen *sides, *pages;
	size_t nsides, unread;
	int lines;			/* on a page, without its number */
};

/* Words that no other page has. */
static const char *
words_of(struct arena *a, size_t page, int line)
{
	struct buf b = {0};
	const char *s;

	for (size_t k = 0; k < 12; k++)
		buf_utf8(&b, 0x627 + (uint32_t)((page * 17 + (size_t)line * 5 +
		    k * k * (page + 3)) % 35));
	s = arena_strn(a, b.p, b.n);
	buf_free(&b);
	return s;
}

static void
put_line(struct arena *a, struct page_item *it, const char *s, int32_t elem)
{
	struct shape_para *text = ARENA_NEW(a, struct shape_para);
	struct para_lines *lines = ARENA_NEW(a, struct para_lines);
	struct page_para *para = ARENA_NEW(a, struct page_para);

	text->text = s;
	lines->para = text;
	lines->v = ARENA_NEW(a, struct para_line);
	lines->v->text_end = (uint32_t)strlen(s);
	lines->n = 1;
	para->lines = lines;
	it->kind = PAGE_TEXT;
	it->elem = elem;
	it->u.text.para = para;
}

static void
make_pages(struct made *m, size_t npages, int lines, bool folios)
{
	struct arena *a = &m->arena;

	memset(m, 0, sizeof(*m));
	m->lines = lines;
	m->book.width = MM(100);
	m->book.height = MM(140);
	m->book.level = 1;
	m->book.lang = "fa";
	m->book.npages = npages;
	m->book.pages = ARENA_ARRAY(a, struct page, npages + 1);
	for (size_t i = 0; i < npages; i++) {
		struct page *p = &m->book.pages[i];
		struct buf b = {0};

		uni_number(&b, "fa", (long)i + 1);
		p->label = folios ? arena_strn(a, b.p, b.n) : "";
		buf_free(&b);
		p->items = ARENA_ARRAY(a, struct page_item, (size_t)lines + 1);
		for (int k = 0; k < lines; k++)
			put_line(a, &p->items[p->nitems++], words_of(a, i, k),
			    0);
		if (folios)
			put_line(a, &p->items[p->nitems++], p->label,
			    ARTIFACT_PAGINATION);
	}
	m->job.book = &m->book;
	m->job.dg = &m->dg;
	impose_defaults(&m->job.o);
	m->job.o.width = MM(700);
	m->job.o.height = MM(1000);
	m->job.o.bleed = MM(3);
}

static void
make(struct made *m, size_t npages)
{
	make_pages(m, npages, LINES - 1, true);
}

static void
unmake(struct made *m)
{
	impose_free(m->p);
	diag_free(&m->dg);
	arena_free(&m->arena);
}

/* Item `k` of page `i` on the page itself; the number is the outer one. */
static struct impose_word
word_of(const struct made *m, uint32_t i, size_t k)
{
	const struct page_item *it = &m->book.pages[i].items[k];
	double w = m->book.width, h = m->book.height;
	struct impose_word v = {.text =
	    it->u.text.para->lines->para->text};

	if (it->elem != ARTIFACT_PAGINATION) {
		v.x0 = MM(12);
		v.x1 = w - MM(12);
		v.y0 = MM(15) + (double)k * MM(8);
	} else {
		v.x0 = (i + 1) % 2 != 0 ? MM(12) : w - MM(16);
		v.x1 = v.x0 + MM(4);
		v.y0 = h - MM(12);
	}
	v.y1 = v.y0 + MM(4);
	return v;
}

static void
sort(double *a, double *b)
{
	double t = *a;

	if (*a > *b) {
		*a = *b;
		*b = t;
	}
}

static void
show(const struct made *m, const struct impose_placement *pl,
    struct impose_word *w)
{
	double s = 1e6 * SP_PT, e = (double)pl->e / SP_PT;
	double f = (double)pl->f / SP_PT;
	struct impose_word v = *w;

	(void)m;
	w->x0 = (pl->a * v.x0 + pl->c * v.y0) / s + e;
	w->x1 = (pl->a * v.x1 + pl->c * v.y1) / s + e;
	w->y0 = (pl->b * v.x0 + pl->d * v.y0) / s + f;
	w->y1 = (pl->b * v.x1 + pl->d * v.y1) / s + f;
	sort(&w->x0, &w->x1);
	sort(&w->y0, &w->y1);
}

/* What of a page is seen where `pl` puts it; a line alone is two words. */
static void
print_page(struct made *m, const struct impose_placement *pl,
    struct impose_seen *seen)
{
	const struct page *pg = &m->book.pages[pl->page];

	for (size_t l = 0; l < pg->nitems; l++) {
		struct impose_word w = word_of(m, pl->page, l), half = w;

		if (pg->items[l].kind != PAGE_TEXT)
			continue;
		if (m->lines == 1) {
			w.text = arena_strn(&m->arena, w.text, 12);
			half.text += 12;
			w.x1 = half.x0 = (w.x0 + w.x1) / 2;
			show(m, pl, &half);
		}
		show(m, pl, &w);
		seen->words[seen->nwords++] = w;
		if (m->lines == 1)
			seen->words[seen->nwords++] = half;
	}
}

/* The sheets as a reader of the PDF sees them. */
static void
print(struct made *m)
{
	struct impose_placement plain = {.a = 1000000, .d = 1000000};
	size_t i, k;

	m->p = impose_sheets(&m->job);
	m->nsides = 2 * m->p->nsheets;
	m->sides = ARENA_ARRAY(&m->arena, struct impose_seen, m->nsides);
	for (i = 0; i < m->nsides; i++) {
		const struct impose_sheet *s = &m->p->sides[i];
		struct impose_seen *seen = &m->sides[i];

		seen->width = (double)s->width / SP_PT;
		seen->height = (double)s->height / SP_PT;
		seen->words = ARENA_ARRAY(&m->arena, struct impose_word,
		    s->nplacements * 2 * LINES + 1);
		for (k = 0; k < s->nplacements; k++)
			print_page(m, &s->placements[k], seen);
	}
	m->pages = ARENA_ARRAY(&m->arena, struct impose_seen, m->book.npages);
	for (i = 0; i < m->book.npages; i++) {
		m->pages[i].words = ARENA_ARRAY(&m->arena, struct impose_word,
		    2 * LINES);
		plain.page = (uint32_t)i;
		print_page(m, &plain, &m->pages[i]);
	}
}

/* Without the pages themselves, by the sheets and their ticket alone. */
static bool
reads_alone(struct made *m, struct buf *out)
{
	return impose_verify(&m->dg, m->p->ticket, m->sides, m->nsides, NULL, 0,
	    NULL, 0, &m->unread, out);
}

static bool
reads(struct made *m, const char *over, struct buf *out)
{
	char *ticket = arena_printf(&m->arena, "%s %s", over, m->p->ticket);
	size_t n = m->p->o.separate ? m->p->nsheets : m->nsides;
	struct buf own = {0};
	bool ok;

	ok = impose_verify(&m->dg, ticket, m->sides, n, m->p->o.separate ?
	    m->sides + n : NULL, m->p->o.separate ? n : 0, m->pages,
	    m->book.npages, &m->unread, out != NULL ? out : &own);
	buf_free(&own);
	return ok;
}

static void
every_method_reads(void **state)
{
	struct made m;
	size_t n;
	int method, i;

	(void)state;
	for (method = 0; method <= IMPOSE_N_UP; method++)
		for (n = 1; n <= 200; n += n < 40 ? 1 : 7)
			for (i = 0; i < 16; i++) {
				make(&m, n);
				m.job.o.method = (enum impose_method)method;
				m.job.o.pages = 2 + 2 * (int)(n % 4);
				m.job.o.binding = i & 1 ? IMPOSE_BIND_LEFT :
				    IMPOSE_BIND_RIGHT;
				m.job.o.edge = i & 2 ? IMPOSE_EDGE_SHORT :
				    IMPOSE_EDGE_LONG;
				m.job.o.separate = i & 4;
				m.job.o.face_up = i & 8;
				m.job.o.back_cover = n % 3 == 0;
				m.job.o.caliper = MM(0.04);	/* IMP005 */
				print(&m);
				assert_true(reads(&m, "", NULL));
				assert_null(m.dg.first);
				unmake(&m);
			}
}

/* A printer that turns sheets about the other edge, a binder who binds on
 * the other side, a pile put back the other way. */
static void
wrong_settings(void **state)
{
	struct made m;
	int method;

	(void)state;
	for (method = 0; method <= IMPOSE_FOLD_16; method++) {
		make(&m, 32);
		m.job.o.method = (enum impose_method)method;
		m.job.o.edge = IMPOSE_EDGE_SHORT;
		print(&m);
		assert_false(reads(&m, "edge=long", NULL));
		assert_false(reads(&m, "binding=left", NULL));
		assert_true(reads(&m, "", NULL));
		unmake(&m);

		make(&m, 40);
		m.job.o.method = (enum impose_method)method;
		m.job.o.separate = true;
		print(&m);
		assert_false(reads(&m, "tray=up", NULL));
		assert_true(reads(&m, "tray=down", NULL));
		unmake(&m);
	}
}

static void
swap(struct impose_word *a, struct impose_word *b)
{
	struct impose_word t = *a;

	*a = *b;
	*b = t;
}

/* Sheets that were tampered with. */
static void
wrong_sheets(void **state)
{
	struct made m;
	struct impose_seen *s;
	struct buf out = {0};
	int i, k;

	(void)state;
	for (i = 0; i < 8; i++) {
		make(&m, 16);
		print(&m);
		s = &m.sides[2];		/* 14 and 3 */
		assert_int_equal(s->nwords, 2 * LINES);
		switch (i) {
		case 0:			/* their numbers change places */
			swap(&s->words[LINES - 1], &s->words[2 * LINES - 1]);
			s->words[LINES - 1].text = s->words[2 * LINES -
			    1].text;
			break;
		case 1:			/* one page is not printed */
			s->nwords = LINES;
			break;
		case 2:			/* a page head down where it lies */
			for (k = 0; k < LINES; k++) {
				struct impose_word *w = &s->words[k];
				double h = s->height;

				w->y0 = h - w->y0;
				w->y1 = h - w->y1;
				sort(&w->y0, &w->y1);
			}
			break;
		case 3:			/* two sheets change places */
			*s = m.sides[4];
			m.sides[4] = m.sides[2];
			break;
		case 4:			/* a sheet is missing */
			m.nsides -= 2;
			break;
		case 5:			/* other words on a page */
			for (k = 0; k < LINES - 1; k++)
				s->words[k].text = "دیگر";
			break;
		case 6:			/* pages that are another book's */
			m.book.npages = 15;
			break;
		case 7:			/* a line that juts out, and is cut */
			s->words[0].x0 = -100;
			break;
		}
		assert_false(reads(&m, "", &out));
		assert_non_null(m.dg.first);
		assert_string_equal(m.dg.first->code, "IMP009");
		unmake(&m);
	}
	buf_free(&out);
}

/* Pages without folios are known by their letters. */
static void
without_folios(void **state)
{
	struct made m;
	struct buf out = {0};
	char *words;
	int lines;

	(void)state;
	for (lines = 1; lines < LINES; lines++) {
		struct impose_seen one;

		make_pages(&m, 16, lines, false);
		print(&m);
		assert_true(reads_alone(&m, &out));
		assert_int_equal(m.unread, 0);
		/* Two sheets change places. */
		one = m.sides[0];
		m.sides[0] = m.sides[2];
		m.sides[2] = one;
		assert_false(reads_alone(&m, &out));
		one = m.sides[0];
		m.sides[0] = m.sides[2];
		m.sides[2] = one;
		assert_true(reads_alone(&m, &out));
		/* Other words on one page. */
		m.sides[0].words[0].text = "دیگر";
		assert_false(reads_alone(&m, &out));
		unmake(&m);
	}
	/* A ticket that does not say them: nothing was checked, and it is
	 * said. */
	make_pages(&m, 16, 3, false);
	print(&m);
	words = strstr(m.p->ticket, " words=");
	assert_non_null(words);
	*words = '\0';
	assert_true(reads_alone(&m, &out));
	assert_int_equal(m.unread, 16);
	unmake(&m);
	buf_free(&out);
}

/* A page with one line is upright if its words go to the right. */
static void
one_line(void **state)
{
	struct made m;
	struct buf out = {0};
	size_t i;

	(void)state;
	make_pages(&m, 8, 1, false);
	print(&m);
	assert_true(reads_alone(&m, &out));
	assert_null(strstr(out.p, "either way"));
	for (i = 0; i < m.sides[1].nwords; i++) {
		struct impose_word *w = &m.sides[1].words[i];
		double x0 = w->x0;

		w->x0 = m.sides[1].width - w->x1;
		w->x1 = m.sides[1].width - x0;
	}
	assert_false(reads_alone(&m, &out));
	assert_non_null(strstr(out.p, "UPSIDE DOWN"));
	unmake(&m);
	buf_free(&out);
}

/* A page that is a picture has nothing to read: it is no blank, and it is
 * said that it was not checked; words that lie there are another page's. */
static void
pictures(void **state)
{
	struct made m;
	struct buf out = {0};

	(void)state;
	make_pages(&m, 8, 3, false);
	m.book.pages[2].items->kind = PAGE_IMAGE;
	m.book.pages[2].nitems = 1;
	print(&m);
	assert_true(reads_alone(&m, &out));
	assert_int_equal(m.unread, 1);
	assert_non_null(strstr(out.p, "    3  no words\n"));
	assert_null(m.dg.first);
	/* Its sheet in the place of another. */
	m.sides[0] = m.sides[2];
	assert_false(reads_alone(&m, &out));
	unmake(&m);
	buf_free(&out);
}

/* The reading order is told with each page's distance from the spine: the
 * inner sheets come nearer by the creep. */
static void
tells_distances(void **state)
{
	struct made m;
	struct buf out = {0};

	(void)state;
	make(&m, 16);
	m.job.o.caliper = MM(1);
	print(&m);
	assert_true(reads(&m, "", &out));
	assert_non_null(strstr(out.p, "    1  page ۱  upright  12.0 mm"));
	assert_non_null(strstr(out.p, "    3  page ۳  upright  11.0 mm"));
	assert_non_null(strstr(out.p, "    8  page ۸  upright  9.0 mm"));
	assert_non_null(strstr(out.p, "   16  page ۱۶  upright  12.0 mm"));
	buf_free(&out);
	unmake(&m);
}

/* Whatever a file says of itself, nothing breaks. */
static void
odd_tickets(void **state)
{
	static const char *const odd[] = {
		"", "method=saddle", "method=saddle places=4 sheet=1x1 "
		"numbers=", "places=99999999999999999999 method=x",
		"method=fold-16 binding=left edge=short file=both pages=4 "
		"places=4 section=16 sheet=0x0 trim=0,0,0,0 "
		"upright=1,2,3,4,5,6,7,8 lying=1,2,3,4,5,6,7 numbers=,,,,,,",
		"method=saddle pages=3 places=4 section=3 sheet=5x5 "
		"trim=0,0,9,9 upright=1,2 lying=1,2,3 numbers=-,.,-",
		"method=n-up pages=3 places=400 section=0 sheet=5x5 "
		"trim=0,0,9,9 upright= lying= numbers=-,.,-",
		"method=saddle file=fronts pages=3 places=4 sheet=5x5 "
		"trim=0,0,9,9 numbers=-,.,-",
	};
	struct made m;

	(void)state;
	make(&m, 9);
	print(&m);
	for (size_t i = 0; i < NELEM(odd); i++) {
		struct buf out = {0};

		assert_false(impose_verify(&m.dg, odd[i], m.sides, m.nsides,
		    NULL, 0, NULL, 0, &m.unread, &out));
		buf_free(&out);
	}
	unmake(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_method_reads),
		cmocka_unit_test(wrong_settings),
		cmocka_unit_test(wrong_sheets),
		cmocka_unit_test(without_folios),
		cmocka_unit_test(one_line),
		cmocka_unit_test(pictures),
		cmocka_unit_test(tells_distances),
		cmocka_unit_test(odd_tickets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
