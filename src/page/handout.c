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
 *
 * The teacher's edition (page_job.answers) has the same boxes: the room for
 * an answer is as large as the answer needs in both, so nothing moves; the
 * student's file does not hold the answers at all.
 */
#include <stdlib.h>
#include <string.h>

#include "page/layout.h"

/* ------------------------------------------------------- synthetic nodes */

static struct doc_node *
node(struct layout *l, enum doc_kind kind, struct pos pos)
{
	struct doc_node *n = ARENA_NEW(l->a, struct doc_node);

	n->kind = kind;
	n->pos = pos;
	return n;
}

static struct doc_node *
text_node(struct layout *l, const char *s)
{
	struct doc_node *n = node(l, DOC_TEXT, NOPOS);

	n->text = s;
	n->len = strlen(s);
	return n;
}

/* A blank `em` wide; `text` fills it for the teacher, or for all. */
static struct doc_node *
blank_node(struct layout *l, const char *text, const char *em, bool for_all)
{
	static const char *classes[] = {"blank"};
	static const char *keys[] = {"width", "fill"};
	struct doc_node *n = node(l, DOC_SPAN, NOPOS);
	struct doc_attr *a = ARENA_NEW(l->a, struct doc_attr);

	a->classes = classes;
	a->nclasses = 1;
	a->keys = keys;
	a->values = ARENA_ARRAY(l->a, const char *, 2);
	a->values[0] = em;
	a->values[1] = "always";
	a->nkeys = for_all ? 2 : 1;
	n->attr = a;
	if (*text != '\0')
		doc_append(n, text_node(l, text));
	return n;
}

/* The inlines of `from` behind those of `to`; the tree keeps its own. */
static void
copy_inlines(struct layout *l, struct doc_node *to,
    const struct doc_node *from)
{
	for (const struct doc_node *c = from->first; c != NULL; c = c->next) {
		struct doc_node *n = arena_dup(l->a, c, sizeof(*c));

		n->parent = n->next = n->prev = NULL;
		doc_append(to, n);
	}
}

/* ----------------------------------------------------------- answer lines */

struct answer {
	struct piece *piece;		/* NULL: none */
	int lines;
};

static void
expand_answer(struct layout *l, const struct proto *p)
{
	const struct answer *a = p->data;
	sp pitch = l->st->handout.line_height;
	sp w = l->measure - p->start - p->end;
	sp x = l->level & 1 ? p->end : p->start;
	uint32_t need = a->piece != NULL && a->piece->para.lines != NULL ?
	    a->piece->para.lines->n : 0;
	int n = MAX(a->lines, (int)need);
	sp base = line_baseline(l, p->look, pitch);

	for (int i = 0; i < n; i++) {
		struct box *b = flow_box(l, BOX_ITEMS);
		struct page_item *it = ARENA_ARRAY(l->a, struct page_item, 2);

		it[0].kind = PAGE_RECT;
		it[0].elem = ARTIFACT_LAYOUT;
		it[0].x = x;
		it[0].y = pitch - PT(3);
		it[0].u.rect.w = w;
		it[0].u.rect.h = PT(0.4);
		it[0].u.rect.fill = (struct colour){1, {130}};
		b->items = it;
		b->nitems = 1;
		b->height = pitch;
		b->node = p->node;
		b->cost_after = i + 1 < n ? (int32_t)MIN(l->st->breaks.keep,
		    NEVER - 1) : 0;
		if (l->job->answers && i < (int)need) {
			const struct para_line *ln =
			    &a->piece->para.lines->v[i];

			it[1].kind = PAGE_TEXT;
			it[1].elem = p->elem;
			it[1].x = ln->x;
			it[1].y = base - PT(1);
			it[1].u.text.para = &a->piece->para;
			it[1].u.text.line = (uint32_t)i;
			b->nitems = 2;
		}
	}
}

static void
gather_answer(struct layout *l, const struct ctx *c, const struct doc_node *q,
    int lines)
{
	const struct doc_node *fence = NULL;
	struct answer *a = ARENA_NEW(l->a, struct answer);
	const struct style_look *look = style_look(l->st, "answer");
	struct ctx in = *c;
	struct proto *p;

	for (const struct doc_node *n = q->first; n != NULL; n = n->next)
		if (doc_has_class(n, "answer"))
			fence = n;
	a->lines = lines;
	if (fence != NULL && fence->first != NULL) {
		in.first = true;
		if (in.elem >= 0 && l->job->answers)
			in.elem = elem_new(l, in.elem, ROLE_P, fence);
		a->piece = piece_new(l, &in, fence->first, NULL, look,
		    l->job->answers ? in.elem : ARTIFACT_LAYOUT);
		a->piece->shape = (struct para_shape){.measure = c->measure,
		    .indent_start = c->start, .indent_end = c->end};
		a->piece->quiet = true;
	}
	p = flow_proto(l, expand_answer);
	p->data = a;
	p->look = look;
	p->start = c->start;
	p->end = c->end;
	p->elem = in.elem;
	p->node = q;
}

/* -------------------------------------------------------------- questions */

static bool
is_answer(const struct doc_node *n)
{
	return n->kind == DOC_DIV && doc_has_class(n, "answer");
}

static void
gather_prompt(struct layout *l, struct ctx *c, const struct doc_node *q,
    enum doc_kind except)
{
	for (const struct doc_node *n = q->first; n != NULL; n = n->next)
		if (!is_answer(n) && n->kind != except)
			gather_block(l, c, n);
}

/* «درست (  )   نادرست (  )», the right one marked for the teacher. */
static void
gather_choice(struct layout *l, struct ctx *c, const struct doc_node *q)
{
	const char *answer = doc_value(q, "answer");
	bool yes = answer != NULL && strcmp(answer, "true") == 0;
	struct doc_node *p = node(l, DOC_PARA, q->pos);

	doc_append(p, text_node(l, arena_printf(l->a, "%s ", layout_word(l,
	    "true"))));
	doc_append(p, blank_node(l, yes ? "×" : "", "1.6em", false));
	doc_append(p, text_node(l, arena_printf(l->a, "\xe2\x80\x83%s ",
	    layout_word(l, "false"))));
	doc_append(p, blank_node(l, yes ? "" : "×", "1.6em", false));
	c->first = true;
	gather_para(l, c, p, NULL, c->look, ROLE_P);
}

static const char *
letter(struct layout *l, size_t i)
{
	struct buf b = {0};
	const char *s;

	uni_alphabetic(&b, l->lang, (long)i + 1);
	s = arena_strn(l->a, b.p, b.n);
	buf_free(&b);
	return s;
}

/* Two columns: numbered items with a blank, lettered matches in disorder. */
static void
gather_match(struct layout *l, struct ctx *c, const struct doc_node *q,
    uint64_t seed)
{
	struct doc_node *t;
	const struct doc_node **rows;
	size_t n, *order, *place;

	rows = doc_question_parts(l->a, q, &n);
	if (n == 0)
		return;
	order = doc_permutation(l->a, n, seed);
	place = ARENA_ARRAY(l->a, size_t, n + 1);
	for (size_t i = 0; i < n; i++)
		place[order[i]] = i;
	t = node(l, DOC_TABLE, rows[0]->parent->pos);
	t->ncols = 2;
	for (size_t i = 0; i < n; i++) {
		struct doc_node *row = node(l, DOC_ROW, rows[i]->pos);
		struct doc_node *a = node(l, DOC_CELL, rows[i]->pos);
		struct doc_node *b = node(l, DOC_CELL, rows[i]->pos);

		doc_append(a, text_node(l, arena_printf(l->a, "%s. ",
		    layout_number(l, (long)i + 1))));
		doc_append(a, blank_node(l, letter(l, place[i]), "2em",
		    false));
		doc_append(a, text_node(l, " "));
		copy_inlines(l, a, rows[i]->first);
		doc_append(b, text_node(l, arena_printf(l->a, "%s. ",
		    letter(l, i))));
		copy_inlines(l, b, rows[order[i]]->first->next);
		doc_append(row, a);
		doc_append(row, b);
		doc_append(t, row);
	}
	gather_block(l, c, t);
}

/* Items in disorder, each with a blank for its number. */
static void
gather_order(struct layout *l, struct ctx *c, const struct doc_node *q,
    uint64_t seed)
{
	size_t n, *order;
	const struct doc_node **items = doc_question_parts(l->a, q, &n);

	order = doc_permutation(l->a, n, seed);
	for (size_t i = 0; i < n; i++) {
		const struct doc_node *it = items[order[i]];
		struct doc_node *p = node(l, DOC_PARA, it->pos);

		doc_append(p, blank_node(l, layout_number(l, (long)order[i] +
		    1), "2em", false));
		doc_append(p, text_node(l, " "));
		copy_inlines(l, p, it->first != NULL &&
		    !doc_is_inline(it->first->kind) ? it->first : it);
		c->first = true;
		gather_para(l, c, p, NULL, c->look, ROLE_P);
	}
}

static void
gather_question(struct layout *l, const struct ctx *outer,
    const struct doc_node *q, int number, int32_t list)
{
	const struct style_look *look = style_look(l->st, "questions");
	struct ctx c = *outer;
	const char *lines = doc_value(q, "lines");
	uint64_t seed = doc_question_seed(q, l->job->seed);
	int32_t lbl = ARTIFACT_LAYOUT;
	size_t from;

	c.look = look;
	c.first = true;
	c.start += 2 * look->size;
	if (list >= 0) {
		int32_t li = elem_new(l, list, ROLE_LI, q);

		lbl = elem_new(l, li, ROLE_LBL, q);
		c.elem = elem_new(l, li, ROLE_LBODY, q);
	}
	flow_gap(l, look->leading / 2);
	from = l->protos.n;
	if (doc_has_class(q, "match")) {
		gather_prompt(l, &c, q, DOC_TABLE);
		gather_match(l, &c, q, seed);
	} else if (doc_has_class(q, "order")) {
		gather_prompt(l, &c, q, DOC_LIST);
		gather_order(l, &c, q, seed);
	} else {
		gather_prompt(l, &c, q, DOC_NKINDS);
		if (doc_has_class(q, "true-false"))
			gather_choice(l, &c, q);
		if (doc_has_class(q, "short") || doc_has_class(q,
		    "true-false"))
			gather_answer(l, &c, q, lines != NULL ? MIN(MAX(atoi(
			    lines), 1), 40) : 1);
	}
	for (size_t i = from; i < l->protos.n; i++)
		if (l->protos.v[i].piece != NULL) {
			l->protos.v[i].keep_next = true;
			break;
		}
	label_first(l, from, label_piece(l, &c, arena_printf(l->a, "%s.",
	    layout_number(l, number)), look, lbl), lbl);
}

/* Every question in a fence (and its fences) below `top`, in order. */
static void
gather_questions(struct layout *l, struct ctx *c, const struct doc_node *first,
    const struct doc_node *stop)
{
	size_t n;
	const struct doc_node **qs = doc_questions(l->a, first, stop,
	    l->job->seed, &n);
	int32_t list;

	if (n == 0)
		return;
	handout_heading(l, c, "questions");
	list = c->elem >= 0 ? elem_new(l, c->elem, ROLE_LIST, NULL) : -1;
	for (size_t i = 0; i < n; i++)
		gather_question(l, c, qs[i], (int)i + 1, list);
}

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

static void
gather_header(struct layout *l, struct ctx *c)
{
	static const char *const blanks[] = {"name", "class", "date"};
	static const char *const widths[] = {"13em", "6em", "7em"};
	const char *course = doc_meta(l->doc, "course");
	struct doc_node *p = node(l, DOC_PARA, NOPOS);

	if (course == NULL)
		course = doc_meta(l->doc, "title");
	if (course != NULL)
		gather_para(l, c, NULL, course, style_look(l->st, "head"),
		    ROLE_P);
	for (size_t i = 0; i < NELEM(blanks); i++) {
		const char *filled = l->job->fill[i];

		doc_append(p, text_node(l, arena_printf(l->a, "%s%s%s",
		    i > 0 ? "\xe2\x80\x83" : "", layout_word(l, blanks[i]),
		    layout_word(l, "colon"))));
		doc_append(p, blank_node(l, filled != NULL ? filled : "",
		    widths[i], true));
	}
	c->first = true;
	gather_para(l, c, p, NULL, style_look(l->st, "handout-header"),
	    ROLE_P);
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
	c->first = true;
	for (const struct doc_node *n = first; n != stop && n != NULL; n = n->next)
		if (!part_of(n, "phase-table") && !part_of(n, "timeline") &&
		    !part_of(n, "questions"))
			gather_block(l, c, n);
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
	gather_deflist_part(l, c, v, n, NULL);
}

static void
gather_sources(struct layout *l, struct ctx *c, const struct doc_node *first,
    const struct doc_node *stop)
{
	struct doc_node *refs = node(l, DOC_REFS, NOPOS);
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

	for (const char *p = l->st->handout.parts; *p != '\0';) {
		size_t n = strcspn(p, " ,");
		struct ctx in = *c;

		in.elem = c->elem;
		if (n == 6 && memcmp(p, "header", n) == 0)
			gather_header(l, &in);
		else if (n == 5 && memcmp(p, "title", n) == 0) {
			c->elem = elem_new(l, c->elem, ROLE_SECT, head);
			gather_block(l, c, head);
		} else if (n == 5 && memcmp(p, "table", n) == 0)
			gather_class(l, &in, "phase-table", first, stop);
		else if (n == 8 && memcmp(p, "timeline", n) == 0)
			gather_class(l, &in, "timeline", first, stop);
		else if (n == 4 && memcmp(p, "text", n) == 0)
			gather_text(l, &in, first, stop);
		else if (n == 5 && memcmp(p, "terms", n) == 0)
			gather_terms(l, &in, first, stop);
		else if (n == 9 && memcmp(p, "questions", n) == 0)
			gather_questions(l, &in, first, stop);
		else if (n == 7 && memcmp(p, "sources", n) == 0)
			gather_sources(l, &in, first, stop);
		p += n + strspn(p + n, " ,");
	}
}
