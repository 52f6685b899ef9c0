/*
 * What was said is tied to the pages, and weighed as the style says.
 */
#include <stdlib.h>
#include <string.h>

#include "check/private.h"

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

/* Where a line of the flow, or a picture, stands in the manuscript. */
static struct pos
item_pos(const struct page_book *b, const struct page_item *it)
{
	const struct page_para *p = it->kind == PAGE_TEXT ? it->u.text.para :
	    NULL;

	if (it->elem < 0)
		return NOPOS;
	if (p != NULL && p->source != NULL)
		return page_source_pos(p->source,
		    p->lines->v[it->u.text.line].text);
	return it->kind == PAGE_IMAGE && b->elems[it->elem].node != NULL ?
	    b->elems[it->elem].node->pos : NOPOS;
}

/* Where columns were counted to last: lines come in order, and a paragraph
 * that is one line of the manuscript may be as long as a book. */
struct counted {
	const struct page_para *para;
	uint32_t stretch, text, col;
};

/* The place of a line's first letter: columns count code points from the
 * start of its stretch. */
static struct pos
line_start(const struct page_item *it, struct pos pos, struct counted *at)
{
	const struct page_para *p = it->u.text.para;
	const struct page_source *s = p->source;
	uint32_t text = p->lines->v[it->u.text.line].text, i = 0;
	uint32_t hi = s->n;

	while (hi - i > 1) {
		uint32_t mid = i + (hi - i) / 2;

		if (s->v[mid].text <= text)
			i = mid;
		else
			hi = mid;
	}
	if (pos.col == 0 || s->v[i].text > text || text > p->lines->para->n)
		return pos;
	if (at->para != p || at->stretch != i || at->text > text)
		*at = (struct counted){p, i, s->v[i].text, pos.col};
	at->col += (uint32_t)utf8_count(p->lines->para->text + at->text,
	    text - at->text);
	at->text = text;
	pos.col = at->col;
	return pos;
}

static void
find_spots(const struct page_book *b, struct spots *all)
{
	struct counted at = {NULL, 0, 0, 0};

	for (size_t i = 0; i < b->npages; i++)
		for (size_t k = 0; k < b->pages[i].nitems; k++) {
			const struct page_item *it = &b->pages[i].items[k];
			struct pos pos = item_pos(b, it);

			if (pos.line != 0 && it->kind == PAGE_TEXT)
				pos = line_start(it, pos, &at);
			if (pos.line != 0)
				*VEC_PUSH(all) = (struct spot){pos,
				    MAX(it->kind == PAGE_TEXT ? last_line(
				    it->u.text.para, pos.file) : 0,
				    pos.line), (int)i + 1, it->x, it->y};
		}
}

struct pos
place_before(const struct page_book *b, size_t page, sp y)
{
	for (size_t i = page + 1; i-- > 0; y = 0)
		for (size_t k = b->pages[i].nitems; k-- > 0;) {
			const struct page_item *it = &b->pages[i].items[k];
			struct pos pos = item_pos(b, it);

			if (pos.line != 0 && (y == 0 || it->y <= y))
				return pos;
		}
	return NOPOS;
}

struct pos
place_first(const struct page_book *b, size_t page)
{
	struct pos pos = NOPOS;

	for (size_t k = 0; k < b->pages[page].nitems && pos.line == 0; k++)
		pos = item_pos(b, &b->pages[page].items[k]);
	return pos;
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

/* What layout said of a page, or of a place on it, is said of the line
 * before that place. */
static void
place_in_text(const struct page_book *b, struct diag *dg)
{
	struct diag_msg **at = &dg->first, *m;

	dg->last = NULL;
	while ((m = *at) != NULL) {
		bool placed = false;

		if (m->page > 0 && (size_t)m->page <= b->npages &&
		    m->pos.line == 0 && m->output == NULL) {
			m->pos = place_before(b, (size_t)m->page - 1, m->y);
			placed = m->pos.line != 0;
		}
		if (placed && is_said(dg, m)) {
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
	place_in_text(b, dg);
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

/* The level that a style gives a message, or DIAG_FATAL + 1: it is off. */
static int
level_of(const struct style *st, const struct diag_msg *m)
{
	const char *word = map_get(&st->levels, m->code, strlen(m->code));
	int k = 1;

	/* A line may be looser than the breaking wants, and yet pass. */
	if ((word != NULL && strcmp(word, "off") == 0) ||
	    (strcmp(m->code, "LAY002") == 0 && st->check.loose > 0 &&
	    m->has_measure && m->measured * 1000 <= st->check.loose))
		return DIAG_FATAL + 1;
	while (word != NULL && style_level_words[k] != NULL &&
	    strcmp(style_level_words[k], word) != 0)
		k++;
	return word != NULL && style_level_words[k] != NULL ? k - 1 :
	    (int)m->level;
}

void
check_levels(const struct style *st, struct diag *dg,
    const struct diag_msg *after)
{
	struct diag_msg **at = &dg->first, *m;
	bool mine = after == NULL;

	dg->last = NULL;
	while ((m = *at) != NULL) {
		int level = mine && m->level != DIAG_FATAL ? level_of(st, m) :
		    (int)m->level;

		mine |= m == after;
		if (level > DIAG_FATAL) {
			*at = m->next;
			continue;
		}
		m->level = (enum diag_level)level;
		dg->last = m;
		at = &m->next;
	}
}
