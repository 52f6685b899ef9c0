/*
 * Boxes on a page: their lines, pictures and grounds, with the links,
 * underlines and anchors in them; notes and floats.
 */
#include <stdlib.h>
#include <string.h>

#include "page/emit.h"

struct page_item *
emit_item(struct emitter *e, enum page_kind kind, int32_t elem, sp x, sp y)
{
	struct page_item *it = VEC_PUSH(&e->items);

	memset(it, 0, sizeof(*it));
	it->kind = (uint8_t)kind;
	it->elem = elem;
	it->x = x;
	it->y = y;
	return it;
}

void
emit_rect(struct emitter *e, int32_t elem, sp x, sp y, sp w, sp h,
    struct colour c)
{
	struct page_item *it = emit_item(e, PAGE_RECT, elem, x, y);

	it->u.rect.w = w;
	it->u.rect.h = h;
	it->u.rect.fill = c;
}

/* ---------------------------------------------------- links, under lines */

/*
 * Runs of a line that lie side by side and share a link make one area; a
 * link that turns the line's end has an area on each line.
 */
static void
put_links(struct emitter *e, const struct page_item *text)
{
	const struct page_para *para = text->u.text.para;
	const struct para_line *ln = &para->lines->v[text->u.text.line];

	for (uint32_t i = 0; i < ln->nruns; i++) {
		const struct line_run *r = &ln->runs[i];
		const struct page_span *ps = &para->spans[r->run->span];
		sp x0, x1, up, down;
		struct page_item *it;
		const struct font_metrics *m;

		if (ps->href == NULL)
			continue;
		x0 = r->x;
		x1 = r->x + r->width;
		m = font_metrics(r->run->face);
		up = sp_clamp(muldiv(r->run->size, m->ascent, m->upem));
		down = sp_clamp(muldiv(r->run->size, m->descent, m->upem));
		while (i + 1 < ln->nruns) {
			const struct line_run *s = &ln->runs[i + 1];
			const struct page_span *qs =
			    &para->spans[s->run->span];

			if (qs->href != ps->href ||
			    qs->link_elem != ps->link_elem)
				break;
			if (s->x + s->width != x0 && s->x != x1 &&
			    !(s->x <= x1 && s->x + s->width >= x0))
				break;
			x0 = MIN(x0, s->x);
			x1 = MAX(x1, s->x + s->width);
			i++;
		}
		it = emit_item(e, PAGE_LINK, ps->link_elem, text->x + x0,
		    text->y - up - (r->run->style != NULL ?
		    r->run->style->rise : 0));
		it->u.link.w = x1 - x0;
		it->u.link.h = up + down;
		it->u.link.href = ps->href;
		it->u.link.link_elem = ps->link_elem;
		it->u.link.words = ps->link_elem >= 0 ?
		    e->l->elems.v[ps->link_elem].alt : NULL;
	}
}

/* A blank to be filled in: a rule, and what fills it in the middle of it. */
static void
put_blank(struct emitter *e, const struct page_item *text,
    const struct line_run *r, const struct page_span *ps)
{
	bool own = part_is_own(e->l, ps);

	if (own)
		part_begin(e->l, e->items.n, 0, 0, 0, -1);
	emit_rect(e, ps->filled != NULL ? ARTIFACT_LAYOUT : ps->elem, text->x +
	    r->x, text->y + PT(3), r->width, PT(0.5), ps->colour);
	if (ps->filled != NULL && ps->filled->lines != NULL &&
	    ps->filled->lines->n > 0) {
		const struct para_line *ln = &ps->filled->lines->v[0];
		struct page_item it = {.kind = PAGE_TEXT, .elem = ps->elem};

		it.x = text->x + r->x + (r->width - ln->width) / 2;
		it.y = text->y;
		it.u.text.para = ps->filled;
		*VEC_PUSH(&e->items) = it;
	}
	if (own)
		part_again(e->l, e->items.n);
}

static void
put_picture(struct emitter *e, const struct page_item *text,
    const struct line_run *r, const struct page_span *ps)
{
	struct page_item *it = emit_item(e, PAGE_IMAGE, ps->elem,
	    text->x + r->x, text->y + ps->image_drop - ps->image_h);

	it->u.image.w = r->width;
	it->u.image.h = ps->image_h;
	it->u.image.image = ps->image;
}

static void
put_lines(struct emitter *e, const struct page_item *text)
{
	const struct page_para *para = text->u.text.para;
	const struct para_line *ln = &para->lines->v[text->u.text.line];
	struct strokes strokes = {0};

	for (uint32_t i = 0; i < ln->nruns; i++) {
		const struct line_run *r = &ln->runs[i];
		const struct page_span *ps = &para->spans[r->run->span];

		if (ps->line & 8)
			put_blank(e, text, r, ps);
		if (ps->line & 16)
			put_picture(e, text, r, ps);
	}
	line_strokes(para, ln, &strokes);
	for (size_t i = 0; i < strokes.n; i++) {
		const struct stroke *k = &strokes.v[i];

		emit_rect(e, ARTIFACT_LAYOUT, text->x + k->x, text->y + k->y,
		    k->w, k->h, k->colour);
	}
	free(strokes.v);
}

static void
put_dest(struct emitter *e, const char *id, sp x, sp y, int32_t elem)
{
	*VEC_PUSH(&e->l->dests) = (struct page_dest){.id = id,
	    .page = e->index, .x = x, .y = MAX(y, 0), .elem = elem};
}

/* What was put for a line from item `from` on goes along with its quarter
 * turn against the clock. */
static void
turn_about(struct emitter *e, size_t from, const struct page_item *text)
{
	for (size_t i = from; i < e->items.n; i++) {
		struct page_item *it = &e->items.v[i];
		sp dx = it->x - text->x, dy = it->y - text->y, t;
		sp *w = NULL, *h = NULL;

		switch (it->kind) {
		case PAGE_RECT: w = &it->u.rect.w; h = &it->u.rect.h; break;
		case PAGE_LINK: w = &it->u.link.w; h = &it->u.link.h; break;
		case PAGE_IMAGE: w = &it->u.image.w; h = &it->u.image.h; break;
		default: break;
		}
		it->x = text->x + dy;
		it->y = text->y - dx - (w != NULL ? *w : 0);
		if (it->kind == PAGE_TEXT || it->kind == PAGE_IMAGE)
			it->turn = 3;
		if (w != NULL) {
			t = *w;
			*w = *h;
			*h = t;
		}
	}
}

static void
put_text(struct emitter *e, struct page_item it)
{
	const struct piece *p = piece_of(it.u.text.para);
	const struct para_line *ln = &p->para.lines->v[it.u.text.line];
	size_t from;

	*VEC_PUSH(&e->items) = it;
	from = e->items.n;
	/* A repeated header leads nowhere: once is enough. */
	if (p->has_links && it.elem != ARTIFACT_PAGINATION)
		put_links(e, &it);
	if (p->has_lines)
		put_lines(e, &it);
	if (it.turn == 3)
		turn_about(e, from, &it);
	for (uint32_t i = 0; i < p->nids; i++)
		if (p->ids[i].text >= ln->text && p->ids[i].text < ln->text_end)
			put_dest(e, p->ids[i].id, it.x, it.y - p->leading,
			    p->ids[i].elem);
}

/* ----------------------------------------------------------------- boxes */

void
emit_box(struct emitter *e, const struct box *b, sp top)
{
	sp left = e->left;

	if (b->paper)
		e->left = 0;
	if (b->kind == BOX_LINE) {
		struct page_item it = {.kind = PAGE_TEXT, .elem = b->elem};

		for (uint32_t i = 0; i < b->nitems; i++) {
			struct page_item lab = b->items[i];

			lab.x += e->left;
			lab.y += top;
			if (i == 0 && b->label > 0)
				part_label(e->l, e->items.n, b, lab.y,
				    e->left);
			if (i == 1 && b->label > 0)
				part_again(e->l, e->items.n);
			if (lab.kind == PAGE_TEXT)
				put_text(e, lab);
			else
				*VEC_PUSH(&e->items) = lab;
		}
		if (b->label > 0 && b->nitems == 1)
			part_again(e->l, e->items.n);
		it.x = e->left + b->x + b->piece->para.lines->v[b->line].x;
		it.y = top + b->baseline;
		it.u.text.para = &b->piece->para;
		it.u.text.line = b->line;
		put_text(e, it);
	} else {
		for (uint32_t i = 0; i < b->nitems; i++) {
			struct page_item it = b->items[i];

			it.x += e->left;
			it.y += top;
			if (it.kind == PAGE_TEXT)
				put_text(e, it);
			else
				*VEC_PUSH(&e->items) = it;
		}
	}
	if (b->id != NULL)
		put_dest(e, b->id, e->left, top, b->elem);
	if (b->alias != NULL)
		put_dest(e, b->alias, e->left, top, b->elem);
	e->left = left;
}

sp
emit_box_top(const struct emitter *e, const struct page_break *pb, size_t i)
{
	return e->l->st->page.top + e->at.v[i - pb->start].top;
}

static bool
is_behind(const struct ground *g, const struct box *b)
{
	const struct ground *at = b->ground;

	while (at != NULL && at != g)
		at = at->outer;
	return at == g;
}

/* A fence's ground, behind all boxes of it that the page holds from `i` on. */
static void
put_ground(struct emitter *e, const struct page_break *pb, size_t i,
    const struct ground *g)
{
	const struct spot *at = &e->at.v[i - pb->start];
	sp top = emit_box_top(e, pb, i), foot = top;

	for (; i < pb->end; i++) {
		const struct box *b = &e->l->flow.v[i];

		if (b->kind == BOX_GAP)
			continue;
		if (!is_behind(g, b) || (g->in_column &&
		    e->at.v[i - pb->start].column != at->column))
			break;
		top = MIN(top, emit_box_top(e, pb, i));
		foot = MAX(foot, emit_box_top(e, pb, i) + b->height);
	}
	emit_rect(e, ARTIFACT_BACKGROUND, e->left + g->x + (g->in_column ?
	    at->x : 0), top, g->w, foot - top, g->colour);
}

/* Outer grounds first. `before`: the box before on this page. */
static void
put_grounds(struct emitter *e, const struct page_break *pb, size_t i,
    const struct ground *g, const struct box *before)
{
	const struct spot *at = &e->at.v[i - pb->start];

	if (g == NULL)
		return;
	put_grounds(e, pb, i, g->outer, before);
	if (before == NULL || !is_behind(g, before) ||
	    (g->in_column && at->begins))
		put_ground(e, pb, i, g);
}

void
emit_column_rules(struct emitter *e)
{
	const struct layout *l = e->l;

	for (size_t i = 0; i < e->at.strips.n; i++) {
		const struct strip *s = &e->at.strips.v[i];
		const struct columns *c = l->flow.v[s->start].cols;

		for (int k = 1; k < s->n && c->rule > 0; k++) {
			/* In the middle of the gap at the column's start. */
			sp x = column_left(c, k) + (c->level & 1 ? c->width +
			    c->gap / 2 : -c->gap / 2);

			emit_rect(e, ARTIFACT_LAYOUT, e->left + x - c->rule / 2,
			    l->st->page.top + s->top, c->rule, s->height,
			    c->colour);
		}
	}
}

void
emit_backgrounds(struct emitter *e, const struct page_break *pb)
{
	struct layout *l = e->l;
	const struct box *before = NULL;

	for (size_t i = pb->start; i < pb->end; i++) {
		const struct box *b = &l->flow.v[i];
		size_t j = i;

		if (b->kind == BOX_GAP)
			continue;
		put_grounds(e, pb, i, b->ground, before);
		before = b;
		if (b->background.space == 0)
			continue;
		for (size_t k = i + 1; k < pb->end; k++) {
			const struct box *c = &l->flow.v[k];

			if (c->kind == BOX_GAP)
				continue;
			if (c->ground != b->ground ||
			    e->at.v[k - pb->start].column !=
			    e->at.v[i - pb->start].column ||
			    memcmp(&c->background, &b->background,
			    sizeof(c->background)) != 0)
				break;
			j = k;
			before = c;
		}
		emit_rect(e, ARTIFACT_BACKGROUND, e->left + b->back_x +
		    e->at.v[i - pb->start].x,
		    emit_box_top(e, pb, i), b->back_w, emit_box_top(e, pb, j) +
		    l->flow.v[j].height - emit_box_top(e, pb, i),
		    b->background);
		i = j;
	}
}

/* ----------------------------------------------------------------- notes */

static sp
notes_height(const struct note_parts *parts)
{
	sp h = 0;

	for (size_t i = 0; i < parts->n; i++)
		for (uint32_t k = parts->v[i].from; k < parts->v[i].to; k++)
			h += parts->v[i].note->boxes[k].height;
	return h;
}

void
emit_notes(struct emitter *e, const struct page_break *pb)
{
	struct layout *l = e->l;
	struct note_parts parts = {0};
	sp h, y;

	notes_on_page(l, pb, &parts);
	h = notes_height(&parts);
	if (h == 0)
		goto out;
	y = l->st->page.top + l->height - h;
	/* The rule stands at the starting side. */
	if (l->st->notes.rule_size > 0)
		emit_rect(e, ARTIFACT_LAYOUT, l->level & 1 ? e->left +
		    l->measure - l->st->notes.rule_width : e->left,
		    y - l->st->notes.gap / 2, l->st->notes.rule_width,
		    l->st->notes.rule_size, (struct colour){1, {0}});
	for (size_t i = 0; i < parts.n; i++)
		for (uint32_t k = parts.v[i].from; k < parts.v[i].to; k++) {
			emit_box(e, &parts.v[i].note->boxes[k], y);
			y += parts.v[i].note->boxes[k].height;
		}
out:
	free(parts.v);
}

/* ---------------------------------------------------------------- floats */

static void
put_float(struct emitter *e, const struct float_flow *f, sp y)
{
	for (uint32_t i = 0; i < f->nboxes; i++) {
		if (f->boxes[i].kind != BOX_GAP)
			emit_box(e, &f->boxes[i], y);
		y += f->boxes[i].height;
	}
}

void
emit_head_floats(struct emitter *e, const struct page_break *pb)
{
	struct layout *l = e->l;
	sp y = l->st->page.top;

	for (size_t i = pb->floats; i < pb->floats + pb->nhead; i++) {
		put_float(e, &l->floats.v[i], y);
		y += floats_room(l, i, 1);
	}
}

void
emit_foot_floats(struct emitter *e, const struct page_break *pb)
{
	struct layout *l = e->l;
	uint32_t n = pb->nfloats - pb->nhead;
	struct note_parts parts = {0};
	sp y;

	if (n == 0)
		return;
	notes_on_page(l, pb, &parts);
	y = l->height - floats_room(l, pb->floats + pb->nhead, n);
	if (parts.n > 0)
		y -= notes_height(&parts) + l->st->notes.gap;
	free(parts.v);
	if (l->st->page.grid)
		y -= y % l->grid;
	y += l->st->page.top;
	for (size_t i = pb->floats + pb->nhead; i < pb->floats + pb->nfloats;
	    i++) {
		sp room = floats_room(l, i, 1);

		put_float(e, &l->floats.v[i], y + room -
		    l->floats.v[i].height);
		y += room;
	}
}
