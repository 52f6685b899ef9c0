/*
 * Handouts: one section of the book for a class, in the parts and the order
 * that the style names (`handout: {parts: "header title table ..."}`):
 *
 *	header		course line, blanks for name, class and date
 *	title		the section's heading
 *	table		its tables at a glance (fences with class phase-table)
 *	timeline	its timeline, after its place on the whole span
 *	text		everything else in it
 *	terms		the glossary's terms that its text uses
 *	questions	its questions, with room to answer
 *	sources		what it cites, under the numbers of the whole book
 *	notes		ruled lines to the foot of the last page
 */
#include <string.h>

#include "page/layout.h"

/* ---------------------------------------------------------------- parts */

void
handout_heading(struct layout *l, struct ctx *c, const char *word)
{
	struct proto *p;

	c->first = true;
	if (c->elem >= 0) {
		c->elem = elem_new(l, 0, ROLE_SECT, NULL);
		l->elems.v[c->elem].title = layout_word(l, word);
	}
	p = gather_para(l, c, NULL, layout_word(l, word),
	    style_look(l->st, "heading-3"), ROLE_H2);
	p->keep_next = true;
	c->first = true;
}

/* --------------------------------------------------------- teacher's marks */

/* A few words beside the first line of a paragraph, which does not know of
 * them: they move nothing. */
struct mark {
	struct piece *piece;
	sp x;
};

static void
expand_marked(struct layout *l, const struct proto *p)
{
	const struct mark *m = p->data;
	size_t at = l->flow.n;
	struct page_item *it;
	struct box *b;

	expand_lines(l, p);
	while (at < l->flow.n && l->flow.v[at].kind != BOX_LINE)
		at++;
	if (at == l->flow.n || m->piece->para.lines == NULL)
		return;
	b = &l->flow.v[at];
	it = ARENA_ARRAY(l->a, struct page_item, b->nitems +
	    m->piece->para.lines->n);
	if (b->nitems > 0)
		memcpy(it, b->items, b->nitems * sizeof(*it));
	b->items = it;
	for (uint32_t i = 0; i < m->piece->para.lines->n; i++) {
		it = &b->items[b->nitems++];
		it->kind = PAGE_TEXT;
		it->elem = m->piece->pspans[0].elem;
		it->x = m->x + m->piece->para.lines->v[i].x;
		it->y = b->baseline + (sp)i * m->piece->leading;
		it->u.text.para = &m->piece->para;
		it->u.text.line = i;
	}
}

static struct mark *
mark_new(struct layout *l, const char *text, const char *look,
    enum style_align align, sp measure, int32_t elem)
{
	struct mark *m = ARENA_NEW(l->a, struct mark);
	struct style_look *own = arena_dup(l->a, style_look(l->st, look),
	    sizeof(*own));
	struct ctx c = {.look = own, .lang = l->lang, .level = l->level};

	own->align = align;
	own->indent_first = 0;
	m->piece = piece_new(l, &c, NULL, text, own, elem);
	m->piece->shape.measure = measure;
	m->piece->quiet = true;
	return m;
}

/* In the margin at the end of the lines. */
void
handout_mark(struct layout *l, size_t from, const char *text, int32_t elem)
{
	sp gap = PT(5), w = MIN(l->st->page.inner, l->st->page.outer) - gap -
	    PT(8);

	/* Between columns there is less room than beside the page. */
	if (l->gutter > 0)
		w = MIN(w, l->gutter - gap - PT(2));
	if (w < PT(10))
		return;
	for (size_t i = from; i < l->protos.n; i++) {
		struct proto *p = &l->protos.v[i];
		struct mark *m;

		if (p->piece == NULL || p->expand != expand_lines)
			continue;
		if (elem >= 0)
			elem = elem_new(l, elem, ROLE_SPAN, NULL);
		m = mark_new(l, text, "teacher-mark", STYLE_START, w, elem);
		m->x = l->level & 1 ? -gap - w : l->place + gap;
		p = &l->protos.v[i];
		p->expand = expand_marked;
		p->data = m;
		return;
	}
}

/* --------------------------------------------------------------- its head */

static sp
word_width(struct layout *l, const struct style_look *look, const char *text)
{
	struct ctx c = {.look = look, .lang = l->lang, .level = l->level};
	struct piece *p = piece_new(l, &c, NULL, text, look, ARTIFACT_LAYOUT);

	p->shape.measure = SP_MAX / 4;
	p->quiet = true;
	piece_now(l, p);
	return p->para.lines != NULL && p->para.lines->n > 0 ?
	    p->para.lines->v[0].natural : 0;
}

static const char *
in_em(struct layout *l, sp width, sp size)
{
	return arena_printf(l->a, "%d.%02dem", (int)(width / size),
	    (int)((int64_t)(width % size) * 100 / size));
}

/* The spans of the blanks that a mail merge fills in. */
static void
find_blanks(struct layout *l, struct piece *p)
{
	size_t n = 0;

	for (uint32_t i = 0; l->share != NULL && i < p->nspans; i++)
		if ((p->pspans[i].line & 8) != 0 && n < l->share->nblanks)
			l->share->blanks[n++].span = &p->pspans[i];
}

/*
 * «نام: ____ کلاس: ____ تاریخ: ____»: one line shared by the blanks, half of
 * it for the name; two where the letters are too large for that.
 */
static void
gather_blanks(struct layout *l, struct ctx *c)
{
	static const char *const names[] = {"name", "class", "date"};
	static const int share[] = {50, 22, 28};	/* percent */
	const struct style_look *look = style_look(l->st, "handout-header");
	struct doc_node *p = made_node(l, DOC_PARA, NOPOS);
	const char *words[NELEM(names)];
	sp w[NELEM(names)], room, line = c->measure - c->start - c->end;
	bool two;

	for (size_t i = 0; i < NELEM(names); i++) {
		words[i] = arena_printf(l->a, "%s%s", layout_word(l,
		    names[i]), layout_word(l, "colon"));
		w[i] = word_width(l, look, words[i]) + look->size / 2;
	}
	room = line - w[0] - w[1] - w[2] - 2 * look->size;
	two = room < 17 * look->size;
	for (size_t i = 0; i < NELEM(names); i++) {
		const char *filled = l->fill[i];
		sp width = !two ? (sp)muldiv(room, share[i], 100) : i == 0 ?
		    line - w[0] : (line - w[1] - w[2] - look->size) / 2;

		if (i > 0)
			doc_append(p, two && i == 1 ? made_node(l,
			    DOC_HARD_BREAK, NOPOS) : made_text(l,
			    "\xe2\x80\x83"));
		doc_append(p, made_text(l, words[i]));
		doc_append(p, made_blank(l, filled != NULL ? filled : "",
		    in_em(l, width, look->size), true));
	}
	c->first = true;
	find_blanks(l, gather_para(l, c, p, NULL, look, ROLE_P)->piece);
}

static void
gather_header(struct layout *l, struct ctx *c)
{
	const char *course = doc_meta(l->doc, "course");
	const char *title = doc_meta(l->doc, "title");
	struct mark *m;
	struct proto *p;
	size_t at;

	if (course != NULL)
		title = arena_printf(l->a, "%s%s%s", layout_word(l, "course"),
		    layout_word(l, "colon"), course);
	if (title != NULL || l->job->answers) {
		at = l->protos.n;
		gather_para(l, c, NULL, title != NULL ? title : "\xc2\xa0",
		    style_look(l->st, "head"), ROLE_P);
		while (l->protos.v[at].piece == NULL)
			at++;
		if (l->job->answers) {
			m = mark_new(l, layout_word(l, "teacher"), "head",
			    STYLE_END, l->measure, c->elem >= 0 ? elem_new(l,
			    c->elem, ROLE_P, NULL) : c->elem);
			p = &l->protos.v[at];
			p->expand = expand_marked;
			p->data = m;
		}
	}
	gather_blanks(l, c);
}

/* The heading with its years, unless its words have them. */
static const struct doc_node *
titled(struct layout *l, const struct doc_node *head)
{
	const char *years = doc_value(head, "years");
	struct doc_node *n;
	struct buf words = {0};
	bool has;

	doc_plain(head, &words);
	has = years == NULL || (words.n > 0 && strstr(words.p, years) != NULL);
	buf_free(&words);
	if (has)
		return head;
	n = arena_dup(l->a, head, sizeof(*n));
	n->first = n->last = NULL;
	made_copies(l, n, head);
	doc_append(n, made_text(l, arena_printf(l->a, " (%s)", years)));
	return n;
}

/* ------------------------------------------------------ further pages */

static struct page_item
head_item(struct layout *l, const char *text, enum style_align align,
    sp measure)
{
	struct mark *m = mark_new(l, text, "head", align, measure,
	    ARTIFACT_PAGINATION);
	struct page_item it = {.kind = PAGE_TEXT, .elem = ARTIFACT_PAGINATION};

	piece_now(l, m->piece);
	it.u.text.para = &m->piece->para;
	if (m->piece->para.lines != NULL && m->piece->para.lines->n > 0)
		it.x = m->piece->para.lines->v[0].x;
	else
		it.kind = PAGE_LINK;	/* draws nothing */
	return it;
}

size_t
handout_head(struct layout *l, struct page_item out[HANDOUT_HEAD])
{
	const struct style_look *look = style_look(l->st, "head");
	const struct style_page *pg = &l->st->page;
	const char *name = l->fill[0];
	struct buf title = {0};
	sp rule = 11 * look->size;
	size_t n = 0;

	doc_plain(titled(l, l->job->section), &title);
	out[n++] = head_item(l, title.n > 0 ? arena_strn(l->a, title.p,
	    title.n) : "", STYLE_START, l->measure);
	buf_free(&title);
	if (l->job->answers) {		/* beside the folio */
		out[n] = head_item(l, layout_word(l, "teacher"), STYLE_START,
		    l->measure);
		out[n++].y = l->book->height - pg->foot + pg->foot_gap -
		    pg->top + pg->head_gap;
	}
	if (name != NULL) {
		out[n++] = head_item(l, name, STYLE_END, l->measure);
		return n;
	}
	out[n] = (struct page_item){.kind = PAGE_RECT,
	    .elem = ARTIFACT_PAGINATION, .y = PT(3),
	    .x = l->level & 1 ? 0 : l->measure - rule};
	out[n].u.rect.w = rule;
	out[n].u.rect.h = PT(0.5);
	out[n++].u.rect.fill = look->colour;
	out[n] = head_item(l, arena_printf(l->a, "%s%s", layout_word(l,
	    "name"), layout_word(l, "colon")), STYLE_END, l->measure - rule -
	    look->size / 3);
	if (l->level & 1)
		out[n].x += rule + look->size / 3;
	return n + 1;
}

/* ------------------------------------------------------------ room for notes */

struct jottings {
	struct piece *title;
	int32_t room;
};

static void
expand_notes(struct layout *l, const struct proto *p)
{
	flow_box(l, BOX_ITEMS)->to_foot = p->data;
}

static void
gather_notes(struct layout *l, struct ctx *c)
{
	const struct style_look *look = style_look(l->st, "heading-3");
	struct jottings *j = ARENA_NEW(l->a, struct jottings);
	const char *word = layout_word(l, "own-notes");
	int32_t elem = -1;

	j->room = ARTIFACT_LAYOUT;
	if (c->elem >= 0) {
		c->elem = elem_new(l, 0, ROLE_SECT, NULL);
		l->elems.v[c->elem].title = word;
		elem = elem_new(l, c->elem, ROLE_H2, NULL);
		j->room = elem_new(l, elem_new(l, c->elem, ROLE_P, NULL),
		    ROLE_SPAN, NULL);
	}
	j->title = piece_new(l, c, NULL, word, look, elem);
	j->title->shape.measure = c->measure;
	flow_proto(l, expand_notes)->data = j;
}

void
handout_to_foot(struct layout *l, struct box *b, sp room)
{
	enum { LEAST = 3 };
	const struct jottings *j = b->to_foot;
	const struct style_look *look = j->title->look;
	sp pitch = l->st->handout.line_height;
	sp top = look->space_before + look->leading;
	int n = (room - top) / pitch;
	struct page_item *it;

	if (n < LEAST || j->title->para.lines == NULL ||
	    j->title->para.lines->n == 0)
		return;
	b->items = it = ARENA_ARRAY(l->a, struct page_item, (size_t)n + 1);
	b->nitems = (uint32_t)n + 1;
	it->kind = PAGE_TEXT;
	it->elem = j->title->pspans[0].elem;
	it->x = j->title->para.lines->v[0].x;
	it->y = look->space_before + line_baseline(l, look, look->leading);
	it->u.text.para = &j->title->para;
	for (int i = 0; i < n; i++) {
		it++;
		it->kind = PAGE_RECT;
		it->elem = i == 0 ? j->room : ARTIFACT_LAYOUT;
		it->y = top + (i + 1) * pitch - PT(3);
		it->u.rect.w = l->measure;
		it->u.rect.h = PT(0.4);
		it->u.rect.fill = (struct colour){1, {130}};
	}
	if (j->room >= 0)
		l->elems.v[j->room].alt = room_words(l, n);
}

static bool
has_part(const struct layout *l, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = l->st->handout.parts; *p != '\0';) {
		size_t k = strcspn(p, " ,");

		if (k == n && memcmp(p, name, n) == 0)
			return true;
		p += k + strspn(p + k, " ,");
	}
	return false;
}

static bool
part_of(const struct doc_node *n, const char *cls)
{
	return n->kind == DOC_DIV && doc_has_class(n, cls);
}

static void
gather_class(struct layout *l, struct ctx *c, const char *cls,
    const struct doc_node *first, const struct doc_node *stop)
{
	for (const struct doc_node *n = first; n != stop && n != NULL; n = n->next)
		if (part_of(n, cls))
			gather_block(l, c, n);
}

static void
gather_text(struct layout *l, struct ctx *c, const struct doc_node *first,
    const struct doc_node *stop)
{
	const struct style_look *look = style_look(l->st, "handout-text");
	struct ctx in;

	c->first = true;
	c->look = look;
	in = columns_begin(l, c, look, look->columns);
	for (const struct doc_node *n = first; n != stop && n != NULL;
	    n = n->next) {
		size_t from = l->protos.n;

		if (part_of(n, "phase-table") || part_of(n, "timeline") ||
		    (part_of(n, "glossary") && has_part(l, "terms")))
			continue;
		gather_block(l, &in, n);
		if (l->job->answers && n->kind == DOC_PARA)
			handout_mark(l, from, layout_number(l,
			    doc_paragraph_number(n)), ARTIFACT_LAYOUT);
	}
	columns_end(l, &in, c);
}

static void
gather_terms(struct layout *l, struct ctx *c, const struct doc_node *first,
    const struct doc_node *stop)
{
	size_t n;
	const struct doc_node **v = doc_terms_used(l->a, l->doc, &l->terms,
	    first, stop, &n);

	if (n == 0)
		return;
	handout_heading(l, c, "terms");
	terms_gather(l, c, v, n);
}

static void
gather_sources(struct layout *l, struct ctx *c, const struct doc_node *first,
    const struct doc_node *stop)
{
	struct doc_node *refs = made_node(l, DOC_REFS, NOPOS);
	size_t n;
	const struct doc_node **v = doc_sources_cited(l->a, l->doc, first,
	    stop, &n);

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		struct doc_node *copy = arena_dup(l->a, v[i], sizeof(*copy));

		copy->parent = copy->next = copy->prev = NULL;
		doc_append(refs, copy);
	}
	handout_heading(l, c, "sources");
	gather_block(l, c, refs);
}

void
handout_gather(struct layout *l, struct ctx *c, const struct doc_node *stop)
{
	const struct doc_node *head = l->job->section, *first = head->next;

	l->is_handout = true;
	for (const char *p = l->st->handout.parts; *p != '\0';) {
		size_t n = strcspn(p, " ,");
		struct ctx in = *c;

		in.elem = c->elem;
		if (n == 6 && memcmp(p, "header", n) == 0)
			gather_header(l, &in);
		else if (n == 5 && memcmp(p, "title", n) == 0) {
			c->elem = elem_new(l, c->elem, ROLE_SECT, head);
			gather_block(l, c, titled(l, head));
			floats_allow(l);
		} else if (n == 5 && memcmp(p, "table", n) == 0)
			gather_class(l, &in, "phase-table", first, stop);
		else if (n == 8 && memcmp(p, "timeline", n) == 0)
			gather_class(l, &in, "timeline", first, stop);
		else if (n == 4 && memcmp(p, "text", n) == 0)
			gather_text(l, &in, first, stop);
		else if (n == 5 && memcmp(p, "terms", n) == 0)
			gather_terms(l, &in, first, stop);
		else if (n == 9 && memcmp(p, "questions", n) == 0)
			questions_gather(l, &in, first, stop);
		else if (n == 7 && memcmp(p, "sources", n) == 0)
			gather_sources(l, &in, first, stop);
		else if (n == 5 && memcmp(p, "notes", n) == 0)
			gather_notes(l, &in);
		p += n + strspn(p + n, " ,");
	}
}
