/*
 * Pages found again, where a paragraph of the last ones has more lines now,
 * or fewer.
 *
 * All that was gathered, shaped and broken stands: boxes are made of it once
 * more, pages end where they now must, and what stands on each is put there.
 * That takes a third of a layout. Notes that pages number have their numbers
 * already; few of them change.
 *
 * A page that says what it said is known by comparing what is on it, and has
 * the items it had.
 */
#include <string.h>

#include "page/layout.h"

/* False if the book must be laid out from nothing. */
bool
layout_again(struct layout *l)
{
	/* What took rounds (text that holds page numbers, marks that had too
	 * little room) might take others now. */
	if (l->book->rounds > 1 || l->note_digits.n > 0)
		return false;
	layout_forget_boxes(l);
	notes_forget_boxes(l);
	l->dests.n = 0;
	l->keeping->was = l->book->pages;
	l->keeping->nwas = l->book->npages;
	flow_expand(l);
	breaks_find(l);
	emit_number(l);
	if (!marks_again(l))
		return false;
	breaks_tell(l);
	emit_pages(l);
	l->keeping->nwas = 0;
	notes_account(l);
	return true;
}

/* ------------------------------------------------------------ comparing */

bool
equal_strings(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
same_colour(struct colour a, struct colour b)
{
	return memcmp(&a, &b, sizeof(a)) == 0;
}

static bool
same_item(const struct page_item *a, const struct page_item *b, uint32_t turn)
{
	if (a->kind != b->kind || a->turn != b->turn || a->elem != b->elem ||
	    a->x != b->x || a->y != b->y)
		return false;
	switch ((enum page_kind)a->kind) {
	case PAGE_TEXT:
		return a->u.text.para == b->u.text.para &&
		    a->u.text.line == b->u.text.line &&
		    piece_of(a->u.text.para)->turn != turn;
	case PAGE_RECT:
		return a->u.rect.w == b->u.rect.w && a->u.rect.h ==
		    b->u.rect.h && same_colour(a->u.rect.fill, b->u.rect.fill);
	case PAGE_PATH:
		return a->u.path.n == b->u.path.n && a->u.path.closed ==
		    b->u.path.closed && a->u.path.width == b->u.path.width &&
		    same_colour(a->u.path.stroke, b->u.path.stroke) &&
		    same_colour(a->u.path.fill, b->u.path.fill) &&
		    memcmp(a->u.path.v, b->u.path.v, a->u.path.n *
		    sizeof(*a->u.path.v)) == 0;
	case PAGE_IMAGE:
		return a->u.image.w == b->u.image.w && a->u.image.h ==
		    b->u.image.h && a->u.image.image == b->u.image.image;
	case PAGE_LINK:
		return a->u.link.w == b->u.link.w && a->u.link.h ==
		    b->u.link.h && a->u.link.link_elem ==
		    b->u.link.link_elem && equal_strings(a->u.link.href,
		    b->u.link.href) && equal_strings(a->u.link.words,
		    b->u.link.words);
	}
	return false;
}

bool
items_are_same(const struct page *a, const struct page_item *v, size_t n,
    uint32_t turn)
{
	if (a->nitems != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!same_item(&a->items[i], &v[i], turn))
			return false;
	return true;
}

bool
page_is_same(const struct page *a, const struct page *b)
{
	return a->items == b->items && a->nitems == b->nitems &&
	    a->number == b->number && a->blank == b->blank &&
	    a->opener == b->opener && a->title == b->title &&
	    a->filled == b->filled && a->block_top == b->block_top &&
	    a->block_height == b->block_height &&
	    equal_strings(a->label, b->label);
}
