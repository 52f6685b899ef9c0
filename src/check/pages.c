/*
 * Lints over the laid-out pages: blank and short ones, their number, rows
 * and notes that pages tear apart. What layout itself decides (widows,
 * headings at the foot, loose lines) it tells itself.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "check/private.h"

/* Does it leave ink: a line with more than blanks, or anything drawn? The
 * page's own number and running head are none of its text. */
static bool
is_seen(const struct page_item *it)
{
	const struct para_lines *l;
	size_t i;

	if (it->elem == ARTIFACT_PAGINATION || it->kind == PAGE_LINK)
		return false;
	if (it->kind != PAGE_TEXT)
		return true;
	l = it->u.text.para->lines;
	for (i = l->v[it->u.text.line].text; i <
	    l->v[it->u.text.line].text_end;) {
		uint32_t cp = utf8_next(l->para->text, l->para->n, &i);

		if (!uni_is_space(cp) && !uni_is_default_ignorable(cp))
			return true;
	}
	return false;
}

static void
lint_filling(const struct page_book *b, const struct style *st,
    struct diag *dg)
{
	for (size_t i = 0; i < b->npages; i++) {
		const struct page *p = &b->pages[i];
		const struct page *next = i + 1 < b->npages ? p + 1 : NULL;
		struct diag_msg *m;
		bool any = p->blank;
		int percent;

		for (size_t k = 0; k < p->nitems && !any; k++)
			any = is_seen(&p->items[k]);
		if (!any) {
			m = diag_add(dg, place_before(b, i, 0),
			    LAY_BLANK_PAGE);
			m->page = (int)i + 1;
			m->y = p->block_top;
			continue;
		}
		/* Before a page that was to begin afresh, blank is meant. */
		if (p->blank || p->title || next == NULL || next->opener ||
		    next->title || next->blank || p->block_height <= 0)
			continue;
		percent = (int)muldiv(p->filled, 100, p->block_height);
		if (percent >= st->check.short_page)
			continue;
		m = diag_add(dg, place_before(b, i, 0), LAY_SHORT_PAGE,
		    (int)i + 1, percent);
		m->page = (int)i + 1;
		m->y = p->block_top + p->filled;
		m->measured = percent;
		m->limit = st->check.short_page;
		m->has_measure = true;
	}
}

static void
lint_count(const struct page_book *b, const struct style *st, struct diag *dg)
{
	int n = (int)b->npages, by = st->check.page_multiple;
	struct diag_msg *m;

	if (by < 2 || n == 0 || n % by == 0)
		return;
	m = diag_add(dg, place_before(b, (size_t)n - 1, 0), LAY_PAGE_COUNT, n,
	    by, by - n % by);
	m->page = n;
	m->measured = n;
	m->limit = by;
	m->has_measure = true;
}

/* The body row that an element stands in; -1: none. */
static int32_t
row_of(const struct page_book *b, int32_t elem)
{
	while (elem >= 0 && b->elems[elem].role != ROLE_TR)
		elem = b->elems[elem].parent;
	/* A header may stand on every page of its table. */
	if (elem >= 0 && b->elems[elem].parent >= 0 &&
	    b->elems[b->elems[elem].parent].role == ROLE_THEAD)
		return -1;
	return elem;
}

static void
lint_rows(const struct page_book *b, struct diag *dg)
{
	size_t *first = xcalloc(b->nelems, sizeof(*first));

	for (size_t i = 0; i < b->npages; i++)
		for (size_t k = 0; k < b->pages[i].nitems; k++) {
			const struct page_item *it = &b->pages[i].items[k];
			int32_t row = it->kind == PAGE_TEXT ?
			    row_of(b, it->elem) : -1;
			struct diag_msg *m;

			if (row < 0 || first[row] == i + 1 ||
			    first[row] == SIZE_MAX)
				continue;
			if (first[row] == 0) {
				first[row] = i + 1;
				continue;
			}
			m = diag_add(dg, b->elems[row].node != NULL ?
			    b->elems[row].node->pos : NOPOS, LAY_ROW_SPLIT);
			m->page = (int)i + 1;
			m->x = it->x;
			m->y = it->y;
			first[row] = SIZE_MAX;	/* told */
		}
	free(first);
}

static const struct page_dest *
find_dest(const struct page_book *b, const char *id)
{
	size_t lo = 0, hi = b->ndests;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(b->dests[mid].id, id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < b->ndests && strcmp(b->dests[lo].id, id) == 0 ?
	    &b->dests[lo] : NULL;
}

static void
lint_notes(const struct page_book *b, struct diag *dg)
{
	for (size_t i = 0; i < b->ndests; i++) {
		const struct page_dest *mark = &b->dests[i], *text;
		struct buf id = {0};
		struct diag_msg *m;
		int32_t e = mark->elem;

		if (strncmp(mark->id, "fnref-", 6) != 0)
			continue;
		buf_printf(&id, "fn-%s", mark->id + 6);
		text = find_dest(b, id.p);
		buf_free(&id);
		if (text == NULL || text->page == mark->page)
			continue;
		while (e >= 0 && b->elems[e].node == NULL)
			e = b->elems[e].parent;
		m = diag_add(dg, e >= 0 ? b->elems[e].node->pos : NOPOS,
		    LAY_NOTE_APART, mark->id + 6, (int)text->page + 1,
		    (int)mark->page + 1);
		m->page = (int)mark->page + 1;
		m->x = mark->x;
		m->y = mark->y;
	}
}

void
check_pages(const struct page_book *b, const struct style *st,
    struct diag *dg)
{
	lint_filling(b, st, dg);
	lint_count(b, st, dg);
	lint_rows(b, dg);
	if (strcmp(st->notes.place, "page") == 0)
		lint_notes(b, dg);
	check_lines(b, st, dg);
}
