/*
 * What was said is tied to the pages, and weighed as the style says.
 */
#include <stdlib.h>
#include <string.h>

#include "check/check.h"

/* A printed line, by its first letter's place in the manuscript. */
struct spot {
	struct pos pos;
	uint32_t last;			/* line on which its block ends */
	int page;
	sp x, y;
};

static int
by_pos(const void *va, const void *vb)
{
	const struct spot *a = va, *b = vb;

	if (a->pos.file != b->pos.file)
		return a->pos.file < b->pos.file ? -1 : 1;
	if (a->pos.line != b->pos.line)
		return a->pos.line < b->pos.line ? -1 : 1;
	if (a->pos.col != b->pos.col)
		return a->pos.col < b->pos.col ? -1 : 1;
	return a->page != b->page ? (a->page < b->page ? -1 : 1) : 0;
}

/* Where the block ends; an entry of a bibliography stands in its own file. */
static uint32_t
last_line(const struct page_para *p, uint16_t file)
{
	const struct doc_node *n = p->node;

	while (n != NULL && n->end.line == 0)
		n = n->parent;
	return n != NULL && n->parent != NULL && n->end.file == file ?
	    n->end.line : 0;
}

struct spots {
	struct spot *v;
	size_t n, cap;
};

/* Lines of the flow, and what else has an element, page by page. */
static void
find_spots(const struct page_book *b, struct spots *all)
{
	for (size_t i = 0; i < b->npages; i++)
		for (size_t k = 0; k < b->pages[i].nitems; k++) {
			const struct page_item *it = &b->pages[i].items[k];
			const struct page_para *p = it->kind == PAGE_TEXT ?
			    it->u.text.para : NULL;
			const struct doc_node *n = it->elem >= 0 ?
			    b->elems[it->elem].node : NULL;
			struct pos pos = NOPOS;

			if (it->elem < 0 || it->kind == PAGE_LINK)
				continue;
			if (p != NULL && p->source != NULL)
				pos = page_source_pos(p->source,
				    p->lines->v[it->u.text.line].text);
			else if (it->kind == PAGE_IMAGE && n != NULL)
				pos = n->pos;
			if (pos.line != 0)
				*VEC_PUSH(all) = (struct spot){pos,
				    MAX(p != NULL ? last_line(p,
				    pos.file) : 0, pos.line), (int)i + 1, it->x, it->y};
		}
}

/* Did a message say the same of the same place, once it has one? */
static bool
is_said(const struct diag *dg, const struct diag_msg *m)
{
	for (const struct diag_msg *o = dg->first; o != NULL; o = o->next)
		if (o != m && o->page == m->page &&
		    o->pos.file == m->pos.file &&
		    o->pos.line == m->pos.line && o->pos.col == m->pos.col &&
		    strcmp(o->code, m->code) == 0 &&
		    strcmp(o->text, m->text) == 0)
			return true;
	return false;
}

/* The line before a place of a page; NULL: the book has none so far. */
static const struct spot *
spot_before(const struct spots *all, int page, sp y)
{
	const struct spot *best = NULL;

	for (size_t i = 0; i < all->n && all->v[i].page <= page; i++)
		if (best == NULL || all->v[i].page < page || y == 0 ||
		    all->v[i].y <= y)
			best = &all->v[i];
	return best;
}

/*
 * What was said of a page, or of a place on it, is said of the line before
 * that place: of an empty page, the last one printed; of the book's number of
 * pages, its end.
 */
static void
place_in_text(const struct spots *all, struct diag *dg)
{
	struct diag_msg **at = &dg->first, *m;

	dg->last = NULL;
	while ((m = *at) != NULL) {
		const struct spot *best = m->page != 0 && m->pos.line == 0 ?
		    spot_before(all, m->page, m->y) : NULL;

		if (best != NULL)
			m->pos = best->pos;
		if (best != NULL && is_said(dg, m)) {
			*at = m->next;
			continue;
		}
		dg->last = m;
		at = &m->next;
	}
}

/* The line that a place in the manuscript falls in; NULL: it is not printed. */
static const struct spot *
find_spot(const struct spots *all, struct pos pos)
{
	struct spot key = {.pos = pos, .page = INT32_MAX};
	size_t lo = 0, hi = all->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (by_pos(&all->v[mid], &key) <= 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 && all->v[lo - 1].pos.file == pos.file &&
	    all->v[lo - 1].last >= pos.line ? &all->v[lo - 1] : NULL;
}

void
check_places(const struct page_book *b, struct diag *dg)
{
	struct spots all = {0};

	find_spots(b, &all);
	place_in_text(&all, dg);
	if (all.n > 0)
		qsort(all.v, all.n, sizeof(*all.v), by_pos);
	for (struct diag_msg *m = dg->first; m != NULL; m = m->next) {
		const struct spot *at;

		if (m->pos.line == 0 || m->x != 0 || m->y != 0)
			continue;
		at = find_spot(&all, m->pos);
		if (at == NULL || (m->page != 0 && m->page != at->page))
			continue;
		m->page = at->page;
		m->x = at->x;
		m->y = at->y;
	}
	free(all.v);
}

void
check_levels(const struct style *st, struct diag *dg)
{
	struct diag_msg **at = &dg->first, *m;

	dg->last = NULL;
	while ((m = *at) != NULL) {
		const char *word = map_get(&st->levels, m->code,
		    strlen(m->code));
		bool off = word != NULL && strcmp(word, "off") == 0;

		/* A line may be looser than the breaking wants, and yet pass. */
		off |= strcmp(m->code, "LAY002") == 0 && st->check.loose > 0 &&
		    m->has_measure && m->measured * 1000 <= st->check.loose;
		if (m->level != DIAG_FATAL && off) {
			*at = m->next;
			continue;
		}
		if (word != NULL && m->level != DIAG_FATAL)
			for (int k = 1; style_level_words[k] != NULL; k++)
				if (strcmp(style_level_words[k], word) == 0)
					m->level = (enum diag_level)(k - 1);
		dg->last = m;
		at = &m->next;
	}
}
