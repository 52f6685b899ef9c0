/*
 * Running heads and folios; what stands at the end of a line of contents.
 */
#include <string.h>

#include "page/emit.h"

/* What pages say again and again is shaped once. */
static struct piece *
piece_said(struct emitter *e, const char *key, const char *text,
    const struct style_look *look, enum style_align align, int32_t elem)
{
	struct layout *l = e->l;
	struct piece **slot = (struct piece **)map_put(e->running, key,
	    strlen(key)), *p;
	struct style_look *own;
	struct ctx c = {.lang = l->lang, .level = l->level,
	    .measure = l->measure};

	if (*slot != NULL)
		return *slot;
	c.look = own = arena_dup(l->a, look, sizeof(*own));
	own->align = align;
	/* A number stands where a line ends. */
	if (elem != ARTIFACT_PAGINATION)
		own->indent_first = 0;
	*slot = p = piece_new(l, &c, NULL, text, own, elem);
	p->shape.measure = l->measure;
	p->quiet = true;
	piece_now(l, p);
	return p;
}

static struct piece *
running_piece(struct emitter *e, const char *text, const char *look,
    enum style_align align)
{
	return piece_said(e, arena_printf(&e->l->scratch, "%s\1%s\1%d", look,
	    text, align), text, style_look(e->l->st, look), align,
	    ARTIFACT_PAGINATION);
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

void
emit_heads(struct emitter *e)
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
			emit_rect(e, ARTIFACT_PAGINATION, e->left, head +
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
void
emit_toc(struct emitter *e, const struct toc_line *t, const struct box *b,
    sp top)
{
	struct layout *l = e->l;
	const char *label = map_get(&l->labels, t->target, strlen(t->target));
	const struct para_line *ln = &b->piece->para.lines->v[b->line];
	struct page_item it = {.kind = PAGE_TEXT, .elem = t->elem};
	struct piece *p;
	sp from, to, unit;
	bool rtl = l->level & 1;
	struct page_item *link;

	if (label == NULL)
		return;
	p = piece_said(e, arena_printf(&l->scratch, "\2%p\1%s", (const void *)t,
	    label), label, t->look, STYLE_END, t->elem);
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
	link = emit_item(e, PAGE_LINK, t->link_elem, e->left +
	    (rtl ? 0 : ln->x), top);
	link->u.link.w = rtl ? ln->x + ln->width : l->measure - ln->x;
	link->u.link.h = b->height;
	link->u.link.href = arena_printf(l->a, "#%s", t->target);
	link->u.link.link_elem = t->link_elem;
	link->u.link.words = t->link_elem >= 0 ?
	    l->elems.v[t->link_elem].alt : NULL;
}
