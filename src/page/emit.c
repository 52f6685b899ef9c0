/*
 * Boxes -> pages. Positions come from place.c; here margins are mirrored by
 * the page's side, and heads, folios, notes, links, underlines and anchors
 * find their places.
 */
#include <stdlib.h>
#include <string.h>

#include "page/fill.h"

struct emitter {
	struct layout *l;
	struct page *page;
	uint32_t index;
	struct { struct page_item *v; size_t n, cap; } items;
	sp left;			/* left edge of the text block */
	struct places at;		/* the boxes of this page */
	const char *sections[7];	/* running: title at each level */
	const char *page_sections[7];	/* what the head of this page says */
	struct map own_running;
	struct map *running;		/* head text -> piece */
};

static struct page_item *
put(struct emitter *e, enum page_kind kind, int32_t elem, sp x, sp y)
{
	struct page_item *it = VEC_PUSH(&e->items);

	memset(it, 0, sizeof(*it));
	it->kind = (uint8_t)kind;
	it->elem = elem;
	it->x = x;
	it->y = y;
	return it;
}

static void
put_rect(struct emitter *e, int32_t elem, sp x, sp y, sp w, sp h,
    struct colour c)
{
	struct page_item *it = put(e, PAGE_RECT, elem, x, y);

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
		it = put(e, PAGE_LINK, ps->link_elem, text->x + x0,
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
	put_rect(e, ps->filled != NULL ? ARTIFACT_LAYOUT : ps->elem, text->x +
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
	struct page_item *it = put(e, PAGE_IMAGE, ps->elem, text->x + r->x,
	    text->y + ps->image_drop - ps->image_h);

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

		put_rect(e, ARTIFACT_LAYOUT, text->x + k->x, text->y + k->y,
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

static void
put_box(struct emitter *e, const struct box *b, sp top)
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

/* From the top of the page. */
static sp
box_top(const struct emitter *e, const struct page_break *pb, size_t i)
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
	sp top = box_top(e, pb, i), foot = top;

	for (; i < pb->end; i++) {
		const struct box *b = &e->l->flow.v[i];

		if (b->kind == BOX_GAP)
			continue;
		if (!is_behind(g, b) || (g->in_column &&
		    e->at.v[i - pb->start].column != at->column))
			break;
		top = MIN(top, box_top(e, pb, i));
		foot = MAX(foot, box_top(e, pb, i) + b->height);
	}
	put_rect(e, ARTIFACT_BACKGROUND, e->left + g->x + (g->in_column ?
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

static void
put_column_rules(struct emitter *e)
{
	const struct layout *l = e->l;

	for (size_t i = 0; i < e->at.strips.n; i++) {
		const struct strip *s = &e->at.strips.v[i];
		const struct columns *c = l->flow.v[s->start].cols;

		for (int k = 1; k < s->n && c->rule > 0; k++) {
			/* In the middle of the gap at the column's start. */
			sp x = column_left(c, k) + (c->level & 1 ? c->width +
			    c->gap / 2 : -c->gap / 2);

			put_rect(e, ARTIFACT_LAYOUT, e->left + x - c->rule / 2,
			    l->st->page.top + s->top, c->rule, s->height,
			    c->colour);
		}
	}
}

static void
put_backgrounds(struct emitter *e, const struct page_break *pb)
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
			    e->at.v[i - pb->start].column || memcmp(&c->background, &b->background,
			    sizeof(c->background)) != 0)
				break;
			j = k;
			before = c;
		}
		put_rect(e, ARTIFACT_BACKGROUND, e->left + b->back_x +
		    e->at.v[i - pb->start].x,
		    box_top(e, pb, i), b->back_w, box_top(e, pb, j) +
		    l->flow.v[j].height - box_top(e, pb, i), b->background);
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

static void
put_notes(struct emitter *e, const struct page_break *pb)
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
		put_rect(e, ARTIFACT_LAYOUT, l->level & 1 ? e->left +
		    l->measure - l->st->notes.rule_width : e->left,
		    y - l->st->notes.gap / 2, l->st->notes.rule_width,
		    l->st->notes.rule_size, (struct colour){1, {0}});
	for (size_t i = 0; i < parts.n; i++)
		for (uint32_t k = parts.v[i].from; k < parts.v[i].to; k++) {
			put_box(e, &parts.v[i].note->boxes[k], y);
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
			put_box(e, &f->boxes[i], y);
		y += f->boxes[i].height;
	}
}

static void
put_head_floats(struct emitter *e, const struct page_break *pb)
{
	struct layout *l = e->l;
	sp y = l->st->page.top;

	for (size_t i = pb->floats; i < pb->floats + pb->nhead; i++) {
		put_float(e, &l->floats.v[i], y);
		y += floats_room(l, i, 1);
	}
}

/* At the foot, above the notes. White stands above each. */
static void
put_foot_floats(struct emitter *e, const struct page_break *pb)
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

/* -------------------------------------------------------- heads, folios */

static struct piece *
running_piece(struct emitter *e, const char *text, const char *look,
    enum style_align align)
{
	struct layout *l = e->l;
	char *key = arena_printf(&l->scratch, "%s\1%s\1%d", look, text, align);
	struct piece **slot = (struct piece **)map_put(e->running, key,
	    strlen(key));

	if (*slot == NULL) {
		struct style_look *own = arena_dup(l->a, style_look(l->st,
		    look), sizeof(*own));
		struct ctx c = {.look = own, .lang = l->lang,
		    .level = l->level, .measure = l->measure};
		struct piece *p;

		own->align = align;
		p = piece_new(l, &c, NULL, text, own, ARTIFACT_PAGINATION);
		p->shape.measure = l->measure;
		p->quiet = true;
		piece_now(l, p);
		*slot = p;
	}
	return *slot;
}

static void
put_running(struct emitter *e, const char *text, const char *look,
    enum style_align align, sp baseline)
{
	struct piece *p = running_piece(e, text, look, align);
	struct page_item it = {.kind = PAGE_TEXT, .elem = ARTIFACT_PAGINATION};

	if (p->para.lines == NULL || p->para.lines->n == 0)
		return;
	it.x = e->left + p->para.lines->v[0].x;
	it.y = baseline;
	it.u.text.para = &p->para;
	*VEC_PUSH(&e->items) = it;
}

/* Of "{section}" and "{section-2}" what follows the word: the level, 0 if it
 * is neither. */
static int
level_named(const char *s, int chapter)
{
	if (*s == '}')
		return chapter;
	return s[0] == '-' && s[1] >= '1' && s[1] <= '6' && s[2] == '}' ?
	    s[1] - '0' : 0;
}

/* The section of this level, or that around it, which the page is in. */
static const char *
section_named(const struct emitter *e, int level)
{
	for (; level > 0; level--)
		if (e->page_sections[level] != NULL)
			return e->page_sections[level];
	return "";
}

/* "{title} – {section}" with its words filled in. */
static const char *
fill_in(struct emitter *e, const char *pattern)
{
	struct layout *l = e->l;
	struct buf b = {0};
	const char *s;
	int n;

	for (const char *p = pattern; *p != '\0';) {
		if (strncmp(p, "{title}", 7) == 0) {
			const char *title = doc_meta(l->doc, "title");

			buf_str(&b, title != NULL ? title : "");
			p += 7;
		} else if (strncmp(p, "{section", 8) == 0 &&
		    (n = level_named(p + 8, l->chapter)) > 0) {
			buf_str(&b, section_named(e, n));
			p = strchr(p, '}') + 1;
		} else if (strncmp(p, "{author}", 8) == 0) {
			buf_str(&b, l->book->author != NULL ?
			    l->book->author : "");
			p += 8;
		} else if (strncmp(p, "{page}", 6) == 0) {
			buf_str(&b, e->page->label);
			p += 6;
		} else if (strncmp(p, "{pages}", 7) == 0) {
			buf_str(&b, layout_number(l, (long)l->book->npages));
			p += 7;
		} else {
			buf_char(&b, *p++);
		}
	}
	s = arena_strn(l->a, b.n > 0 ? b.p : "", b.n);
	buf_free(&b);
	return s;
}

static void
put_sheet_head(struct emitter *e, sp baseline)
{
	struct page_item v[HANDOUT_HEAD];
	size_t n = handout_head(e->l, v);

	for (size_t i = 0; i < n; i++) {
		v[i].x += e->left;
		v[i].y += baseline;
		*VEC_PUSH(&e->items) = v[i];
	}
}

static void
put_heads(struct emitter *e)
{
	struct layout *l = e->l;
	const struct style_page *pg = &l->st->page;
	bool odd = e->page->number % 2 != 0;
	/* Away from the spine: an odd page of a right-bound book is a
	 * left-hand one, its outer side is the left, the end side. */
	enum style_align outer = odd ? STYLE_END : STYLE_START;
	enum style_align inner = odd ? STYLE_START : STYLE_END;
	sp head = pg->top - pg->head_gap, foot = l->book->height - pg->foot +
	    pg->foot_gap;
	enum style_align at = strcmp(pg->folio, "centre") == 0 ? STYLE_CENTRE :
	    strcmp(pg->folio, "inner") == 0 ? inner : outer;
	const char *text = fill_in(e, odd ? pg->head_recto : pg->head_verso);
	bool folio_in_head = strcmp(pg->folio_place, "head") == 0;
	enum style_align said = style_look(l->st, "head")->align;
	/* Of the spread, not of the line: start is the inner side. */
	enum style_align side = said == STYLE_START ? inner :
	    said == STYLE_END ? outer : STYLE_CENTRE;

	/* Where the folio stands already, the other side is free. */
	if (folio_in_head && at == outer && side != inner)
		side = inner;
	else if (folio_in_head && at == inner && side == inner)
		side = outer;
	if (strcmp(pg->folio, "none") != 0 && !e->page->title &&
	    !(e->page->opener && folio_in_head) &&
	    e->page->label[0] != '\0')
		put_running(e, fill_in(e, pg->folio_text), "folio", at,
		    folio_in_head ? head : foot);
	if (*text == '\0' && l->is_handout && !e->page->opener)
		put_sheet_head(e, head);
	if (*text != '\0' && !e->page->opener && !e->page->title) {
		put_running(e, text, "head", side, head);
		if (pg->head_rule > 0)
			put_rect(e, ARTIFACT_PAGINATION, e->left, head +
			    PT(3), l->measure, pg->head_rule,
			    (struct colour){1, {0}});
	}
}

/* ------------------------------------------------------------ contents */

/*
 * Title, leader, number: what stands at the end of a contents line. The
 * number's place was kept free when the title was broken, so filling it in
 * moves nothing.
 */
static void
put_toc(struct emitter *e, const struct toc_line *t, const struct box *b, sp top)
{
	struct layout *l = e->l;
	const char *label = map_get(&l->labels, t->target, strlen(t->target));
	const struct para_line *ln = &b->piece->para.lines->v[b->line];
	struct ctx c = {.look = t->look, .lang = l->lang, .level = l->level,
	    .measure = l->measure};
	struct style_look *own = arena_dup(l->a, t->look, sizeof(*own));
	struct page_item it = {.kind = PAGE_TEXT, .elem = t->elem};
	struct piece *p;
	struct buf dots = {0};
	sp from, to, unit;
	bool rtl = l->level & 1;
	struct page_item *link;

	if (label == NULL)
		return;
	own->align = STYLE_END;
	own->indent_first = 0;
	p = piece_new(l, &c, NULL, label, own, t->elem);
	p->shape.measure = l->measure;
	p->quiet = true;
	piece_now(l, p);
	it.x = e->left + p->para.lines->v[0].x;
	it.y = top + b->baseline;
	it.u.text.para = &p->para;
	*VEC_PUSH(&e->items) = it;
	/* Leader between the title's end and the number. */
	from = rtl ? p->para.lines->v[0].x + p->para.lines->v[0].width :
	    ln->x + ln->width;
	to = rtl ? ln->x : p->para.lines->v[0].x;
	if (l->st->toc.leader != NULL && *l->st->toc.leader != '\0') {
		struct piece *dot = running_piece(e, l->st->toc.leader,
		    t->look->name, STYLE_START);
		sp gap = t->look->size / 2;

		unit = dot->para.lines->n > 0 ?
		    dot->para.lines->v[0].natural + t->look->size / 5 : 0;
		/* Dots of all lines stand in columns: count from the end. */
		for (sp x = rtl ? from + gap : to - gap - unit; unit > 0 &&
		    (rtl ? x + unit <= to - gap : x >= from + gap);
		    x += rtl ? unit : -unit) {
			struct page_item d = {.kind = PAGE_TEXT,
			    .elem = ARTIFACT_LAYOUT};
			sp snapx = x - (x % unit);

			d.x = e->left + snapx;
			if (rtl ? snapx < from + gap / 2 : snapx + unit > to)
				continue;
			d.y = top + b->baseline;
			d.u.text.para = &dot->para;
			*VEC_PUSH(&e->items) = d;
		}
	}
	buf_free(&dots);
	link = put(e, PAGE_LINK, t->link_elem, e->left + (rtl ? 0 : ln->x),
	    top);
	link->u.link.w = rtl ? ln->x + ln->width : l->measure - ln->x;
	link->u.link.h = b->height;
	link->u.link.href = arena_printf(l->a, "#%s", t->target);
	link->u.link.link_elem = t->link_elem;
	link->u.link.words = t->link_elem >= 0 ?
	    l->elems.v[t->link_elem].alt : NULL;
}

/* ----------------------------------------------------------------- pages */

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
	put_head_floats(e, pb);
	put_backgrounds(e, pb);
	memcpy(e->page_sections, e->sections, sizeof(e->sections));
	for (size_t i = pb->start; i < pb->end; i++) {
		const struct box *b = &l->flow.v[i];
		sp top = box_top(e, pb, i);

		if (b->kind == BOX_GAP || b->kind == BOX_FORCE)
			continue;
		e->left = left + e->at.v[i - pb->start].x;
		part_box(l, e->items.n, pb, i, &e->at, e->left);
		if (e->at.v[i - pb->start].begins && b->nrepeat > 0) {
			sp y = l->st->page.top + e->at.v[i - pb->start].begin;

			for (uint32_t k = 0; k < b->nrepeat; k++) {
				put_box(e, &b->repeat[k], y);
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
		put_box(e, b, top);
		if (b->toc > 0)
			put_toc(e, &l->toc.v[b->toc - 1], b, top);
		e->left = left;
	}
	part_begin(l, e->items.n, 0, 0, 0, -1);
	put_column_rules(e);
	put_foot_floats(e, pb);
	put_notes(e, pb);
	put_heads(e);
	part_page_end(l, e->page);
	e->page->items = arena_dup(l->a, e->items.v, e->items.n *
	    sizeof(*e->items.v));
	e->page->nitems = e->items.n;
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
	bk->elems = arena_dup(l->a, l->elems.v, l->elems.n *
	    sizeof(*l->elems.v));
	bk->nelems = l->elems.n;
	close_emitter(&e);
}
