/*
 * A proof copy: the pages as they will be, on paper with wide margins to
 * write in. Nothing on them moves, so that what is corrected on the proof is
 * what will be printed.
 *
 * On the side where lines begin each line has its number on the page and, from
 * the trim outwards, the line of the manuscript that it begins with; on the
 * other side stand the remarks, each beside its line or below the one before.
 * Lines that are remarked on for their word spaces have a ground. At the head
 * the proof says what it is.
 */
#include <stdlib.h>
#include <string.h>

#include "page/layout.h"

#define MM(x) PT((x) * 72 / 25.4)
#define SIDE MM(42)
#define HEAD MM(14)
#define GAP MM(2)

struct proof {
	struct page_book *b;
	const struct page_proof *job;
	struct page_lettering *numbers, *words;	/* the book's; the remarks' */
	struct { struct page_item *v; size_t n, cap; } items;
	sp width, height;		/* of the pages themselves */
};

static const struct colour faint = {1, {150}}, pale = {1, {225}};

/* -------------------------------------------------------------- larger paper */

static void
shift_path(struct page_book *b, struct page_item *it)
{
	struct page_point *v = arena_dup(&b->arena, it->u.path.v,
	    it->u.path.n * sizeof(*v));

	for (uint16_t i = 0; i < it->u.path.n; i++) {
		v[i].x += SIDE;
		v[i].y += HEAD;
	}
	it->u.path.v = v;
}

static void
shift_pages(struct page_book *b)
{
	for (size_t i = 0; i < b->npages; i++) {
		struct page *p = &b->pages[i];

		for (size_t k = 0; k < p->nitems; k++) {
			p->items[k].x += SIDE;
			p->items[k].y += HEAD;
			if (p->items[k].kind == PAGE_PATH)
				shift_path(b, &p->items[k]);
		}
		p->block_top += HEAD;
	}
	for (size_t i = 0; i < b->ndests; i++) {
		b->dests[i].x += SIDE;
		b->dests[i].y += HEAD;
	}
	for (size_t i = 0; i < b->noutline; i++)
		b->outline[i].y += HEAD;
	b->width += 2 * SIDE;
	b->height += 2 * HEAD;
}

/* ------------------------------------------------------------------- drawing */

static void
add_rect(struct proof *f, sp x, sp y, sp w, sp h, struct colour fill)
{
	*VEC_PUSH(&f->items) = (struct page_item){.kind = PAGE_RECT,
	    .elem = ARTIFACT_LAYOUT, .x = x, .y = y, .u.rect = {w, h, fill}};
}

/* Text from x on; returns the baseline of its last line. */
static sp
add_text(struct proof *f, struct page_lettering *w, sp x, sp y, sp measure,
    const struct page_label *like, const char *text)
{
	struct page_label what = *like;
	struct page_item *v;
	size_t n;

	what.text = text;
	what.measure = measure;
	v = page_text_items(w, &what, &n);
	for (size_t i = 0; i < n; i++) {
		v[i].x += x;
		v[i].y += y;
		*VEC_PUSH(&f->items) = v[i];
	}
	return n > 0 ? v[n - 1].y : y;
}

/* The edge of the page on the larger paper. */
static void
add_edge(struct proof *f)
{
	sp t = PT(0.3);

	add_rect(f, SIDE - t, HEAD - t, f->width + 2 * t, t, faint);
	add_rect(f, SIDE - t, HEAD + f->height, f->width + 2 * t, t, faint);
	add_rect(f, SIDE - t, HEAD, t, f->height, faint);
	add_rect(f, SIDE + f->width, HEAD, t, f->height, faint);
}

/* ------------------------------------------------------------------- numbers */

static int
by_height(const void *va, const void *vb)
{
	const struct page_item *const *a = va, *const *b = vb;

	return (*a)->y != (*b)->y ? ((*a)->y < (*b)->y ? -1 : 1) :
	    *a < *b ? -1 : *a > *b;
}

static struct pos
place_of(const struct page_item *it)
{
	const struct page_para *p = it->u.text.para;

	return p->source == NULL ? NOPOS : page_source_pos(p->source,
	    p->lines->v[it->u.text.line].text);
}

/* Cells of a row are one line of the page: they are numbered once. */
static void
number_lines(struct proof *f, const struct page *p)
{
	const struct page_item **v = xcalloc(p->nitems + 1, sizeof(*v));
	const struct page_label like = {.look = "folio", .size = PT(7),
	    .align = STYLE_END};	/* at the edge of the page */
	bool right = f->b->level == 1;
	sp half = (SIDE - 2 * GAP) / 2, last = SP_MAX;
	size_t n = 0;
	uint32_t seen = 0;
	long number = 0;

	for (size_t i = 0; i < p->nitems; i++)
		if (p->items[i].kind == PAGE_TEXT && p->items[i].elem >= 0 &&
		    p->items[i].turn == 0)
			v[n++] = &p->items[i];
	qsort(v, n, sizeof(*v), by_height);
	for (size_t i = 0; i < n; i++) {
		struct pos pos = place_of(v[i]);
		struct buf b = {0};

		if (v[i]->y == last)
			continue;
		last = v[i]->y;
		uni_number(&b, f->b->lang, ++number);
		add_text(f, f->numbers, right ? SIDE + f->width + GAP : SIDE -
		    GAP - half, last, half, &like, b.p);
		b.n = 0;
		if (pos.line != 0 && pos.line != seen) {
			buf_printf(&b, "%u", pos.line);
			add_text(f, f->numbers, right ? SIDE + f->width + GAP +
			    half : GAP, last, half, &like, b.p);
			seen = pos.line;
		}
		buf_free(&b);
	}
	free(v);
}

/* ------------------------------------------------------------------- remarks */

static void
add_remarks(struct proof *f, size_t page)
{
	const struct page_label like = {.look = "folio", .size = PT(7),
	    .align = STYLE_START};
	sp x = f->b->level == 1 ? GAP : SIDE + f->width + GAP, free_from = 0;

	for (size_t i = 0; i < f->job->n; i++) {
		const struct page_remark *r = &f->job->v[i];
		sp y;

		if (r->page != page + 1)
			continue;
		y = MAX(r->y + HEAD, MAX(free_from, HEAD));
		add_rect(f, f->b->level == 1 ? SIDE - PT(2.5) : SIDE +
		    f->width + PT(1), r->y + HEAD - PT(8), PT(1.5), PT(10),
		    (struct colour){1, {0}});
		free_from = add_text(f, f->words, x, y, SIDE - 2 * GAP, &like,
		    r->text) + PT(11);
	}
}

/* A ground behind lines that are loose, or closed beyond what was asked. */
static void
add_grounds(struct proof *f, const struct page *p)
{
	const struct style_para *rules = &f->job->style->para;
	int loose = f->job->style->check.loose;

	if (loose <= 0)
		loose = rules->space_max;
	for (size_t k = 0; k < p->nitems; k++) {
		const struct page_item *it = &p->items[k];
		const struct para_line *l;

		if (it->kind != PAGE_TEXT || it->elem < 0 || it->turn != 0)
			continue;
		l = &it->u.text.para->lines->v[it->u.text.line];
		if (!l->ragged && l->nspaces > 0 && (l->ratio > loose ||
		    l->ratio < rules->space_min))
			add_rect(f, it->x, it->y - l->ascent, l->width,
			    l->ascent + l->descent, pale);
	}
}

static void
mark_page(struct proof *f, size_t page)
{
	const struct page_label stamp = {.look = "folio", .size = PT(15),
	    .weight = 700, .align = STYLE_CENTRE};
	struct page *p = &f->b->pages[page];

	f->items.n = 0;
	add_edge(f);
	add_grounds(f, p);
	for (size_t k = 0; k < p->nitems; k++)
		*VEC_PUSH(&f->items) = p->items[k];
	add_text(f, f->words, 0, MM(9), f->b->width, &stamp, f->job->stamp);
	number_lines(f, p);
	add_remarks(f, page);
	p->items = arena_dup(&f->b->arena, f->items.v, f->items.n *
	    sizeof(*f->items.v));
	p->nitems = f->items.n;
}

void
page_proof(struct page_book *b, const struct page_proof *job)
{
	struct proof f = {.b = b, .job = job, .width = b->width,
	    .height = b->height};

	f.numbers = page_lettering_open(&b->arena, job->style, job->fonts,
	    job->dg, b->lang);
	f.words = page_lettering_open(&b->arena, job->style, job->fonts,
	    job->dg, job->lang);
	shift_pages(b);
	for (size_t i = 0; i < b->npages; i++)
		mark_page(&f, i);
	page_lettering_close(f.numbers);
	page_lettering_close(f.words);
	free(f.items.v);
}
