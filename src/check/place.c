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

static uint32_t
last_line(const struct page_para *p)
{
	const struct doc_node *n = p->node;

	while (n != NULL && n->end.line == 0)
		n = n->parent;
	return n != NULL && n->parent != NULL ? n->end.line : 0;
}

void
check_places(const struct page_book *b, struct diag *dg)
{
	struct { struct spot *v; size_t n, cap; } all = {0};

	for (size_t i = 0; i < b->npages; i++)
		for (size_t k = 0; k < b->pages[i].nitems; k++) {
			const struct page_item *it = &b->pages[i].items[k];
			const struct page_para *p = it->kind == PAGE_TEXT ?
			    it->u.text.para : NULL;
			struct pos pos;

			if (p == NULL || p->source == NULL || it->elem < 0)
				continue;
			pos = page_source_pos(p->source,
			    p->lines->v[it->u.text.line].text);
			if (pos.line != 0)
				*VEC_PUSH(&all) = (struct spot){pos,
				    MAX(last_line(p), pos.line), (int)i + 1,
				    it->x, it->y};
		}
	if (all.n > 0)
		qsort(all.v, all.n, sizeof(*all.v), by_pos);
	for (struct diag_msg *m = dg->first; m != NULL; m = m->next) {
		struct spot key = {.pos = m->pos, .page = INT32_MAX};
		size_t lo = 0, hi = all.n;

		if (m->pos.line == 0 || m->x != 0 || m->y != 0)
			continue;
		while (lo < hi) {
			size_t mid = lo + (hi - lo) / 2;

			if (by_pos(&all.v[mid], &key) <= 0)
				lo = mid + 1;
			else
				hi = mid;
		}
		if (lo == 0 || all.v[lo - 1].pos.file != m->pos.file ||
		    all.v[lo - 1].last < m->pos.line ||
		    (m->page != 0 && m->page != all.v[lo - 1].page))
			continue;
		m->page = all.v[lo - 1].page;
		m->x = all.v[lo - 1].x;
		m->y = all.v[lo - 1].y;
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
