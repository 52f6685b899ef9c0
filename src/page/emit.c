/*
 * Boxes -> pages. Positions come from place.c; here each page is gone
 * through, its margins mirrored by its side, and labels find their pages.
 */
#include <stdlib.h>
#include <string.h>

#include "page/emit.h"

static void
note_heading(struct emitter *e, const struct box *b, sp top)
{
	struct layout *l = e->l;
	const struct head_info *h = &l->heads.v[b->head - 1];
	struct page_outline *o;

	e->sections[b->level] = h->title;
	for (int i = b->level + 1; i < 7; i++)
		e->sections[i] = NULL;
	o = &l->book->outline[l->book->noutline++];
	*o = (struct page_outline){.level = b->level, .title = h->title,
	    .page = e->index, .y = top, .elem = h->elem};
}

/*
 * The head names the section that the page begins in, or the first that
 * begins on it. Where a chapter's title stands at the head of the page, it
 * would only repeat that.
 */
static void
name_section(struct emitter *e, int level, bool at_head)
{
	if (at_head && level <= e->l->chapter)
		e->page->opener = true;
	if (!at_head && e->page_sections[level] != NULL)
		return;
	e->page_sections[level] = e->sections[level];
	for (int i = level + 1; at_head && i < 7; i++)
		e->page_sections[i] = NULL;
}

/* What the page says: items that it had, if that is just these. */
static void
take_items(struct emitter *e)
{
	const struct keeping *k = e->l->keeping;
	const struct page *was = k != NULL && e->index < k->nwas ?
	    &k->was[e->index] : NULL;

	e->page->nitems = e->items.n;
	e->page->items = was != NULL && items_are_same(was, e->items.v,
	    e->items.n, k->turn) ? was->items : arena_dup(e->l->a, e->items.v,
	    e->items.n * sizeof(*e->items.v));
}

static void
put_page(struct emitter *e, const struct page_break *pb)
{
	struct layout *l = e->l;
	bool at_head = true;		/* nothing printed on it so far */
	sp left = e->left;

	part_page(l);
	place_page(l, pb, &e->at);
	e->page->filled = MIN(e->at.f.y + floats_room(l, pb->floats,
	    pb->nfloats), l->height);
	emit_head_floats(e, pb);
	emit_backgrounds(e, pb);
	memcpy(e->page_sections, e->sections, sizeof(e->sections));
	for (size_t i = pb->start; i < pb->end; i++) {
		const struct box *b = &l->flow.v[i];
		sp top = emit_box_top(e, pb, i);

		if (b->kind == BOX_GAP || b->kind == BOX_FORCE)
			continue;
		e->left = left + e->at.v[i - pb->start].x;
		part_box(l, e->items.n, pb, i, &e->at, e->left);
		if (e->at.v[i - pb->start].begins && b->nrepeat > 0) {
			sp y = l->st->page.top + e->at.v[i - pb->start].begin;

			for (uint32_t k = 0; k < b->nrepeat; k++) {
				emit_box(e, &b->repeat[k], y);
				y += b->repeat[k].height;
			}
		}
		if (b->head > 0) {
			note_heading(e, b, top);
			name_section(e, b->level, at_head);
		}
		at_head = false;
		if (b->to_foot != NULL)
			handout_to_foot(l, &l->flow.v[i], l->height +
			    l->st->page.top - top - e->at.f.notes);
		emit_box(e, b, top);
		if (b->toc > 0)
			emit_toc(e, &l->toc.v[b->toc - 1], b, top);
		e->left = left;
	}
	part_begin(l, e->items.n, 0, 0, 0, -1);
	emit_column_rules(e);
	emit_foot_floats(e, pb);
	emit_notes(e, pb);
	emit_heads(e);
	part_page_end(l, e->page);
	take_items(e);
	e->items.n = 0;
}

static int
by_id(const void *a, const void *b)
{
	const struct page_dest *x = a, *y = b;
	int c = strcmp(x->id, y->id);

	return c != 0 ? c : x->page < y->page ? -1 : x->page > y->page;
}

static void
roman(struct buf *b, int n)
{
	static const struct { int v; const char *s; } d[] = {{1000, "m"},
	    {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"},
	    {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"},
	    {1, "i"}};

	for (size_t i = 0; i < NELEM(d); i++)
		for (; n >= d[i].v; n -= d[i].v)
			buf_str(b, d[i].s);
}

static void
remember_id(struct layout *l, const char *id, const struct page *p)
{
	size_t n = strlen(id);

	*map_put(&l->labels, id, n) = (void *)p->label;
	*map_put(&l->page_of, id, n) = (void *)(intptr_t)p->number;
	l->printed = hash_bytes(l->printed, id, n);
	l->printed = hash_bytes(l->printed, p->label, strlen(p->label) + 1);
}

/* Ids that lead into a line of a piece. */
static void
number_line(struct layout *l, const struct piece *pc, uint32_t line,
    const struct page *p)
{
	const struct para_line *ln = &pc->para.lines->v[line];

	for (uint32_t j = 0; j < pc->nids; j++)
		if (pc->ids[j].text >= ln->text &&
		    pc->ids[j].text < ln->text_end)
			remember_id(l, pc->ids[j].id, p);
}

/* Which ids lead to a box or into it. */
static void
number_box(struct layout *l, const struct box *b, const struct page *p)
{
	if (b->id != NULL)
		remember_id(l, b->id, p);
	if (b->alias != NULL)
		remember_id(l, b->alias, p);
	if (b->kind == BOX_LINE && b->piece->nids > 0)
		number_line(l, b->piece, b->line, p);
	for (uint32_t i = 0; b->kind == BOX_ITEMS && i < b->nitems; i++) {
		const struct page_item *it = &b->items[i];
		const struct piece *pc;

		if (it->kind != PAGE_TEXT)
			continue;
		pc = piece_of(it->u.text.para);
		if (pc->nids > 0)
			number_line(l, pc, it->u.text.line, p);
	}
}

/* A box's ids, and the notes it calls from number `note` + 1 on. */
static intptr_t
number_calls(struct layout *l, const struct box *b, const struct page *p,
    intptr_t note)
{
	number_box(l, b, p);
	for (uint32_t j = 0; j < b->nnotes; j++) {
		const struct doc_node *n = b->notes[j]->node;

		*map_put(&l->page_notes, n->text, n->len) = (void *)++note;
	}
	return note;
}

static intptr_t
number_float(struct layout *l, const struct float_flow *f,
    const struct page *p, intptr_t note)
{
	for (uint32_t i = 0; i < f->nboxes; i++)
		note = number_calls(l, &f->boxes[i], p, note);
	return note;
}

/* Which ids stand on a page, and the numbers of the notes called on it. */
static void
number_boxes(struct layout *l, const struct page_break *pb,
    const struct page *p)
{
	struct note_parts parts = {0};
	intptr_t note = 0;

	for (uint32_t k = 0; k < pb->nhead; k++)
		note = number_float(l, &l->floats.v[pb->floats + k], p, note);
	for (size_t k = pb->start; k < pb->end; k++)
		note = number_calls(l, &l->flow.v[k], p, note);
	for (uint32_t k = pb->nhead; k < pb->nfloats; k++)
		note = number_float(l, &l->floats.v[pb->floats + k], p, note);
	notes_on_page(l, pb, &parts);
	for (size_t i = 0; i < parts.n; i++)
		for (uint32_t k = parts.v[i].from; k < parts.v[i].to; k++)
			number_box(l, &parts.v[i].note->boxes[k], p);
	free(parts.v);
}

/*
 * What is printed on a page. Front matter is numbered apart where the style
 * says so; the page's own number, which decides its side, counts on.
 */
static const char *
page_label(struct layout *l, const struct page_break *pb, int number,
    int *front)
{
	const char *how = l->st->page.front;
	struct buf b = {0};
	const char *s;

	if (how == NULL || strcmp(how, "continued") == 0)
		return layout_number(l, number);
	if (pb->start < l->body_start) {
		*front = number;
		if (strcmp(how, "none") == 0)
			return "";
		if (strcmp(how, "roman") == 0)
			roman(&b, number);
		else
			uni_abjad(&b, number);
		s = arena_strn(l->a, b.p, b.n);
		buf_free(&b);
		return s;
	}
	return layout_number(l, number - *front);
}

/* Labels of all pages, and on which page every id stands. */
void
emit_number(struct layout *l)
{
	struct page_book *bk = l->book;
	size_t n = 0, multiple = (size_t)MAX(l->st->page.multiple, 1);
	int front = 0;

	l->printed = HASH_SEED;
	for (size_t i = 0; i < l->nbreaks; i++)
		n += 1 + l->breaks[i].blank;
	/* Empty pages at the end, as many as the sheets have. */
	bk->npages = n + (multiple - n % multiple) % multiple;
	bk->pages = ARENA_ARRAY(l->a, struct page, bk->npages + 1);
	n = 0;
	for (size_t i = 0; i < l->nbreaks; i++) {
		const struct page_break *pb = &l->breaks[i];
		struct page *p = &bk->pages[n++];

		p->number = (int)n;
		p->label = page_label(l, pb, (int)n, &front);
		p->opener = pb->opener;
		p->title = pb->start < l->title_end;
		p->block_top = l->st->page.top;
		p->block_height = l->height;
		number_boxes(l, pb, p);
		if (pb->blank) {
			p = &bk->pages[n++];
			p->number = (int)n;
			p->label = "";
			p->blank = true;
			if (pb->start < l->body_start)
				front = (int)n;
		}
	}
	for (; n < bk->npages; n++)
		bk->pages[n] = (struct page){.number = (int)n + 1,
		    .label = "", .blank = true};
}

/* The page of a break, e->index. */
static void
emit_page(struct emitter *e, size_t i)
{
	struct layout *l = e->l;
	const char *binding = l->st->page.binding;
	bool right_bound = strcmp(binding, "right") == 0 ||
	    (strcmp(binding, "auto") == 0 && (l->level & 1)), odd;

	e->page = &l->book->pages[e->index];
	odd = e->page->number % 2 != 0;
	e->left = right_bound == odd ? l->st->page.outer : l->st->page.inner;
	put_page(e, &l->breaks[i]);
}

static void
open_emitter(struct emitter *e, struct layout *l)
{
	*e = (struct emitter){.l = l};
	e->running = l->keeping != NULL ? &l->keeping->running :
	    &e->own_running;
}

static void
close_emitter(struct emitter *e)
{
	map_free(&e->own_running);
	free(e->items.v);
	places_free(&e->at);
	arena_reset(&e->l->scratch);
}

/* What stands on the page is known to stand on it already. */
void
emit_again(struct layout *l, size_t i)
{
	const struct page_before *before = &l->keeping->before[i];
	size_t ndests = l->dests.n, noutline = l->book->noutline;
	struct emitter e;

	open_emitter(&e, l);
	for (size_t k = 0; k < i; k++)
		e.index += 1 + l->breaks[k].blank;
	memcpy(e.sections, before->sections, sizeof(e.sections));
	l->book->noutline = before->noutline;
	emit_page(&e, i);
	l->book->noutline = noutline;
	l->dests.n = ndests;
	close_emitter(&e);
}

void
emit_pages(struct layout *l)
{
	struct emitter e;
	struct page_book *bk = l->book;

	open_emitter(&e, l);
	bk->outline = ARENA_ARRAY(l->a, struct page_outline, l->heads.n + 1);
	bk->noutline = 0;
	if (l->keeping != NULL)
		l->keeping->before = ARENA_ARRAY(l->a, struct page_before,
		    l->nbreaks + 1);
	for (size_t i = 0; i < l->nbreaks; i++) {
		if (l->keeping != NULL) {
			struct page_before *b = &l->keeping->before[i];

			memcpy(b->sections, e.sections, sizeof(b->sections));
			b->noutline = bk->noutline;
		}
		emit_page(&e, i);
		e.index++;
		e.index += l->breaks[i].blank;
	}
	bk->dests = arena_dup(l->a, l->dests.v, l->dests.n *
	    sizeof(*l->dests.v));
	bk->ndests = l->dests.n;
	qsort(bk->dests, bk->ndests, sizeof(*bk->dests), by_id);
	/* Where pages are found again there are as many as before. */
	if (bk->elems == NULL || bk->nelems != l->elems.n)
		bk->elems = ARENA_ARRAY(l->a, struct page_elem, l->elems.n + 1);
	bk->nelems = l->elems.n;
	if (l->elems.n > 0)
		memcpy(bk->elems, l->elems.v, l->elems.n * sizeof(*bk->elems));
	close_emitter(&e);
}
