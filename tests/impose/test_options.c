/*
 * What a target's `impose:` may say, what is said of mistakes in it, and
 * what happens to marks and scale on sheets that are too small.
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

struct made {
	struct arena arena;
	struct diag dg;
	struct page_book book;
	struct page pages[64];
	struct impose_job job;
	struct impose *p;
};

static void
open_a5(struct made *m, size_t npages)
{
	memset(m, 0, sizeof(*m));
	m->book.width = MM(148);
	m->book.height = MM(210);
	m->book.level = 1;
	m->book.lang = "fa";
	m->book.pages = m->pages;
	m->book.npages = npages;
	m->job.book = &m->book;
	m->job.dg = &m->dg;
	impose_defaults(&m->job.o);
}

static void
read_options(struct made *m, const char *yaml)
{
	struct yaml *y = yaml_parse(&m->arena, &m->dg, "book.yaml", yaml,
	    strlen(yaml), 0);

	assert_non_null(y);
	impose_read(&m->job.o, &m->dg, y);
}

static void
impose(struct made *m)
{
	impose_free(m->p);
	m->p = impose_sheets(&m->job);
}

static void
close_all(struct made *m)
{
	impose_free(m->p);
	diag_free(&m->dg);
	arena_free(&m->arena);
}

/* The only message of a code; fails if there is another one. */
static const struct diag_msg *
only(const struct made *m, const char *code)
{
	assert_non_null(m->dg.first);
	assert_null(m->dg.first->next);
	assert_string_equal(m->dg.first->code, code);
	return m->dg.first;
}

static void
all_keys(void **state)
{
	struct made m;

	(void)state;
	open_a5(&m, 8);
	read_options(&m, "{method: n-up, pages: 6, sheet: SRA3, binding: left,"
	    " flip: separate, turn: long, tray: up, caliper: 0.2mm,"
	    " creep: 1.25, gutter: 4mm, milling: 2mm, fit: printer,"
	    " margin: 6mm, marks: [crop, labels], back-cover: true}");
	assert_null(m.dg.first);
	assert_int_equal(m.job.o.method, IMPOSE_N_UP);
	assert_int_equal(m.job.o.pages, 6);
	assert_string_equal(m.job.o.sheet, "SRA3");
	assert_in_range(m.job.o.width, MM(320) - 1, MM(320) + 1);
	assert_in_range(m.job.o.height, MM(450) - 1, MM(450) + 1);
	assert_int_equal(m.job.o.binding, IMPOSE_BIND_LEFT);
	assert_true(m.job.o.separate && m.job.o.face_up);
	assert_int_equal(m.job.o.edge, IMPOSE_EDGE_LONG);
	assert_in_range(m.job.o.caliper, MM(0.2) - 1, MM(0.2) + 1);
	assert_int_equal(m.job.o.creep, 1250);
	assert_in_range(m.job.o.gutter, MM(4) - 1, MM(4) + 1);
	assert_in_range(m.job.o.milling, MM(2) - 1, MM(2) + 1);
	assert_true(m.job.o.fit && m.job.o.back_cover);
	assert_int_equal(m.job.o.marks, IMPOSE_MARK_CROP | IMPOSE_MARK_LABEL);
	close_all(&m);

	open_a5(&m, 8);
	read_options(&m, "fold-16");		/* short for the method */
	assert_null(m.dg.first);
	assert_int_equal(m.job.o.method, IMPOSE_FOLD_16);
	read_options(&m, "{sheet: 320mm 450mm, marks: false}");
	assert_null(m.dg.first);
	assert_null(m.job.o.sheet);
	assert_in_range(m.job.o.height, MM(450) - 1, MM(450) + 1);
	assert_int_equal(m.job.o.marks, 0);
	read_options(&m, "{sheet: 60x90, marks: bar}");
	assert_in_range(m.job.o.height, MM(900) - 1, MM(900) + 1);
	assert_true(m.job.o.bar_asked);
	assert_null(m.dg.first);
	close_all(&m);
}

/* A mistake is told at its place, and what stood there stands. */
static void
mistakes(void **state)
{
	static const struct { const char *yaml, *code, *has; uint32_t col; }
	    cases[] = {
		{"{metod: saddle}", "STY001", "method", 2},
		{"{creap: 1}", "STY001", "creep", 2},
		{"{method: sadle}", "STY002", "signature-8", 10},
		{"{method: fold-8, pages: 3}", "STY002", "2, 4, 6 or 8", 25},
		{"{sheet: A44}", "STY002", "A44", 9},
		{"{sheet: 3mm 5mm}", "STY002", "320mm", 9},
		{"{caliper: thick}", "STY002", "length", 11},
		{"{caliper: 1em}", "STY002", "length", 11},
		{"{caliper: 5mm}", "STY006", "2.0 mm", 11},
		{"{creep: 3}", "STY006", "0 to 2", 9},
		{"{creep: 50%}", "STY002", "number", 9},
		{"{flip: sideways}", "STY002", "separate", 8},
		{"{margin: -1mm}", "STY006", "40.0 mm", 10},
		{"{marks: [crop, stars]}", "STY002", "collation", 9},
		{"{back-cover: perhaps}", "STY002", "true or false", 14},
		{"{tray: {up: yes}}", "STY002", "mapping", 8},
		{"[saddle, fold]", "STY002", "signature", 1},
	};
	struct impose_options fresh;
	struct made m;

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		const struct diag_msg *msg;

		open_a5(&m, 8);
		read_options(&m, cases[i].yaml);
		msg = only(&m, cases[i].code);
		assert_non_null(strstr(msg->text, cases[i].has));
		assert_int_equal(msg->pos.line, 1);
		assert_int_equal(msg->pos.col, cases[i].col);
		impose_defaults(&fresh);
		assert_int_equal(m.job.o.caliper, fresh.caliper);
		assert_int_equal(m.job.o.width, fresh.width);
		assert_int_equal(m.job.o.creep, fresh.creep);
		assert_int_equal(m.job.o.margin, fresh.margin);
		assert_int_equal(m.job.o.marks, fresh.marks);
		close_all(&m);
	}
}

/* From the command line the same rules hold. */
static void
by_hand(void **state)
{
	struct made m;

	(void)state;
	open_a5(&m, 8);
	impose_set(&m.job.o, &m.dg, "flip", "long");
	impose_set(&m.job.o, &m.dg, "marks", "crop,fold");
	assert_null(m.dg.first);
	assert_int_equal(m.job.o.edge, IMPOSE_EDGE_LONG);
	assert_int_equal(m.job.o.marks, IMPOSE_MARK_CROP | IMPOSE_MARK_FOLD);
	impose_set(&m.job.o, &m.dg, "fliip", "long");
	assert_non_null(strstr(only(&m, "STY001")->text, "flip"));
	for (const char *const *k = impose_keys(); *k != NULL; k++)
		assert_true(**k >= 'a' && **k <= 'z');
	close_all(&m);
}

/* ----------------------------------------------------------------- room */

static bool
inside(const struct impose_box *box, const struct page_item *it)
{
	return it->x < box->x + box->w && it->x + it->u.rect.w > box->x &&
	    it->y < box->y + box->h && it->y + it->u.rect.h > box->y;
}

/* Every mark outside the bleed and on the sheet. */
static void
check_marks(const struct made *m, bool spine)
{
	for (size_t i = 0; i < 2 * m->p->nsheets; i++) {
		const struct impose_sheet *s = &m->p->sides[i];

		for (size_t k = 0; k < s->nitems; k++) {
			const struct page_item *it = &s->items[k];

			assert_int_equal(it->kind, PAGE_RECT);
			assert_true(it->x >= 0 && it->y >= 0 &&
			    it->x + it->u.rect.w <= s->width &&
			    it->y + it->u.rect.h <= s->height);
			if (!spine)
				assert_false(inside(&s->bleed, it));
		}
	}
}

/* Two A5 pages fill A4: that is said once, and no mark is cut off. */
static void
no_room_on_a4(void **state)
{
	struct made m;

	(void)state;
	open_a5(&m, 8);
	impose(&m);
	assert_non_null(strstr(only(&m, "IMP001")->text, "A4"));
	assert_int_equal(m.p->sides[0].nitems, 0);
	assert_int_equal(m.p->scale, 1000000);
	assert_int_equal(m.p->o.edge, IMPOSE_EDGE_SHORT);
	impose_free(m.p);
	m.p = NULL;
	diag_free(&m.dg);
	memset(&m.dg, 0, sizeof(m.dg));
	m.job.o.marks = 0;
	impose(&m);
	assert_null(m.dg.first);
	close_all(&m);
}

static void
press_on_sra4(void **state)
{
	struct made m;
	size_t crosses = 0, i;

	(void)state;
	open_a5(&m, 8);
	m.job.press = true;
	m.job.o.bleed = MM(3);
	read_options(&m, "{sheet: SRA4}");
	impose(&m);
	assert_null(m.dg.first);
	assert_true(m.p->sides[0].nitems > 20);
	check_marks(&m, false);
	for (i = 0; i < m.p->sides[0].nitems; i++)
		crosses += m.p->sides[0].items[i].u.rect.fill.v[0] == 255 &&
		    m.p->sides[0].items[i].u.rect.fill.v[3] == 255;
	assert_true(crosses >= 12);
	/* The trim is the spread, the bleed 3 mm more on every side. */
	assert_in_range(m.p->sides[0].trim.w, MM(296) - 4, MM(296) + 4);
	assert_in_range(m.p->sides[0].bleed.w, MM(302) - 4, MM(302) + 4);
	assert_in_range(m.p->sides[0].bleed.h, MM(216) - 4, MM(216) + 4);
	/* A page's bleed ends at the fold. */
	for (i = 0; i < m.p->sides[0].nplacements; i++) {
		const struct impose_box *c = &m.p->sides[0].placements[i].clip;

		assert_in_range(c->w, MM(151) - 4, MM(151) + 4);
	}
	close_all(&m);
}

/* Steps on the spine, one lower than the last, ground off with it. */
static void
collation(void **state)
{
	struct made m;
	sp last = 0;
	size_t steps = 0;

	(void)state;
	open_a5(&m, 48);
	read_options(&m, "{method: signature-16, sheet: SRA4, marks: "
	    "collation}");
	impose(&m);
	assert_null(m.dg.first);
	assert_int_equal(m.p->nsections, 3);
	for (size_t i = 0; i < 2 * m.p->nsheets; i++)
		for (size_t k = 0; k < m.p->sides[i].nitems; k++) {
			const struct page_item *it = &m.p->sides[i].items[k];
			sp middle = m.p->width / 2;

			assert_true(it->y > last);
			last = it->y;
			steps++;
			assert_true(it->x >= middle - MM(3) && it->x +
			    it->u.rect.w <= middle + MM(3));
			assert_int_equal(i % 8, 0);
		}
	assert_int_equal(steps, 3);
	close_all(&m);
}

static void
fits_the_printer(void **state)
{
	struct made m;
	sp margin = MM(5);

	(void)state;
	open_a5(&m, 16);
	read_options(&m, "{fit: printer, marks: false}");
	impose(&m);
	only(&m, "IMP004");
	for (size_t i = 0; i < 2 * m.p->nsheets; i++) {
		const struct impose_sheet *s = &m.p->sides[i];

		assert_true(s->trim.x >= margin - 2 * MM(0.2));
		assert_true(s->trim.y >= margin - 2 * MM(0.2));
		assert_true(s->trim.x + s->trim.w <= s->width - margin + 2 *
		    MM(0.2));
	}
	close_all(&m);
}

/* Milling gives way before pages are scaled; pages are scaled before they
 * are cut off. */
static void
too_small(void **state)
{
	struct made m;

	(void)state;
	open_a5(&m, 16);
	read_options(&m, "{method: signature-16, marks: false}");
	impose(&m);
	assert_non_null(strstr(only(&m, "IMP003")->text, "milling of 3 mm"));
	assert_int_equal(m.p->scale, 1000000);
	close_all(&m);

	open_a5(&m, 16);
	read_options(&m, "{method: fold-16, marks: false}");
	impose(&m);
	only(&m, "IMP002");
	assert_in_range(m.p->scale, 400000, 500000);
	for (size_t i = 0; i < 2; i++)
		assert_true(m.p->sides[i].trim.x >= 0 &&
		    m.p->sides[i].trim.x + m.p->sides[i].trim.w <=
		    m.p->width);
	close_all(&m);
}

static void
too_thick(void **state)
{
	struct made m;

	(void)state;
	open_a5(&m, 64);
	read_options(&m, "{marks: false, caliper: 0.2mm}");
	impose(&m);
	assert_non_null(strstr(only(&m, "IMP005")->text, "16 sheets"));
	close_all(&m);
}

/* Nothing to impose. */
static void
no_pages(void **state)
{
	struct made m;

	(void)state;
	open_a5(&m, 0);
	m.job.o.back_cover = true;
	for (int i = 0; i <= IMPOSE_N_UP; i++) {
		m.job.o.method = (enum impose_method)i;
		impose(&m);
		assert_int_equal(m.p->nsheets, 0);
		assert_int_equal(m.p->nplaces, 0);
	}
	close_all(&m);
}

static void
advice(void **state)
{
	struct made m;
	struct buf b = {0};

	(void)state;
	open_a5(&m, 27);
	impose(&m);
	impose_advice(m.p, false, &b);
	assert_string_equal(b.p, "7 sheets of A4, 1 page left blank; print on "
	    "both sides, flip on the short edge, at actual size (100 %); then "
	    "fold the pile in the middle and staple it there");
	b.n = 0;
	impose_advice(m.p, true, &b);
	assert_non_null(strstr(b.p, "۷ برگهٔ A4"));
	assert_non_null(strstr(b.p, "لبهٔ کوتاه"));
	buf_free(&b);
	close_all(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_keys),
		cmocka_unit_test(mistakes),
		cmocka_unit_test(by_hand),
		cmocka_unit_test(no_room_on_a4),
		cmocka_unit_test(press_on_sra4),
		cmocka_unit_test(collation),
		cmocka_unit_test(fits_the_printer),
		cmocka_unit_test(too_small),
		cmocka_unit_test(too_thick),
		cmocka_unit_test(no_pages),
		cmocka_unit_test(advice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
