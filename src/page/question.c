/*
 * Questions of a handout, each a numbered item that keeps together: its
 * words, then what its kind asks for (a box to tick, a table to match, items
 * to number), then ruled lines to write on.
 *
 * The teacher's edition (page_job.answers) has the same boxes: the room for
 * an answer is as large as the answer needs in both, so nothing moves; the
 * student's file does not hold the answers at all. Nor may the room betray
 * them: all blanks of a handout have one width, and all its true-or-false
 * questions one number of lines to put them right.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "page/layout.h"

/* What the questions of one handout share. */
struct asking {
	int32_t list;			/* their element */
	bool put_right;			/* true-or-false ones have lines, all */
	struct answer *rights;		/* those lines, by next */
};

/* ------------------------------------------------------- synthetic nodes */

struct doc_node *
made_node(struct layout *l, enum doc_kind kind, struct pos pos)
{
	struct doc_node *n = ARENA_NEW(l->a, struct doc_node);

	n->kind = kind;
	n->pos = pos;
	return n;
}

struct doc_node *
made_text(struct layout *l, const char *s)
{
	struct doc_node *n = made_node(l, DOC_TEXT, NOPOS);

	n->text = s;
	n->len = strlen(s);
	return n;
}

/* A blank `em` wide; `text` fills it for the teacher, or for all. */
struct doc_node *
made_blank(struct layout *l, const char *text, const char *em, bool for_all)
{
	static const char *classes[] = {"blank"};
	static const char *keys[] = {"width", "fill"};
	struct doc_node *n = made_node(l, DOC_SPAN, NOPOS);
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
		doc_append(n, made_text(l, text));
	return n;
}

/* The inlines of `from` behind those of `to`; the tree keeps its own. */
void
made_copies(struct layout *l, struct doc_node *to, const struct doc_node *from)
{
	for (const struct doc_node *c = from->first; c != NULL; c = c->next) {
		struct doc_node *n = arena_dup(l->a, c, sizeof(*c));

		n->parent = n->next = n->prev = NULL;
		doc_append(to, n);
	}
}

/* --------------------------------------------------------- keeping together */

struct kept {
	size_t first;			/* box */
};

static void
expand_begin(struct layout *l, const struct proto *p)
{
	((struct kept *)p->data)->first = l->flow.n;
}

/* A question higher than a page is broken like any text. */
static void
expand_end(struct layout *l, const struct proto *p)
{
	const struct kept *k = p->data;
	size_t last = l->flow.n;
	sp64 height = 0;

	while (last > k->first && l->flow.v[last - 1].kind == BOX_GAP)
		last--;
	for (size_t i = k->first; i < last; i++)
		height += l->flow.v[i].height;
	for (size_t i = k->first; i + 1 < last && height <= l->height; i++)
		l->flow.v[i].cost_after = NEVER;
}

static struct kept *
kept_begin(struct layout *l)
{
	struct kept *k = ARENA_NEW(l->a, struct kept);

	flow_proto(l, expand_begin)->data = k;
	return k;
}

static void
kept_end(struct layout *l, struct kept *k)
{
	flow_proto(l, expand_end)->data = k;
}

/* Neither the first nor the last of a list's items likes to stand alone. */
static void
expand_pairs(struct layout *l, const struct proto *p)
{
	const struct kept *k = p->data;
	struct box *first = NULL, *before = NULL, *last = NULL;
	int32_t cost = (int32_t)MIN(l->st->breaks.widow / 2, NEVER - 1);

	for (size_t i = k->first; i < l->flow.n; i++) {
		if (!l->flow.v[i].last_of_block)
			continue;
		first = first == NULL ? &l->flow.v[i] : first;
		before = last;
		last = &l->flow.v[i];
	}
	if (before == NULL)
		return;
	first->cost_after = MAX(first->cost_after, cost);
	before->cost_after = MAX(before->cost_after, cost);
}

/* ----------------------------------------------------------- answer lines */

/* Room for an answer: at least `lines`, and as many as it needs. */
struct answer {
	struct piece **v;		/* its paragraphs */
	size_t n;
	struct piece *label;		/* before the first rule; NULL */
	int lines;
	int32_t room;			/* element of empty lines */
	const struct asking *all;	/* as many as the most of these */
	struct answer *next;
};

static int
lines_of(const struct piece *p)
{
	return p->para.lines != NULL ? (int)p->para.lines->n : 0;
}

static int
lines_needed(const struct answer *a)
{
	int n = 0;

	for (size_t i = 0; i < a->n; i++)
		n += lines_of(a->v[i]);
	n = MAX(n, a->lines);
	return n;
}

static int
lines_ruled(const struct answer *a)
{
	int n = lines_needed(a);

	for (const struct answer *b = a->all != NULL ? a->all->rights : NULL;
	    b != NULL; b = b->next)
		n = MAX(n, lines_needed(b));
	return n;
}

static sp
label_width(const struct answer *a)
{
	return a->label == NULL || lines_of(a->label) == 0 ? 0 :
	    a->label->para.lines->v[0].natural + a->label->look->size / 2;
}

const char *
room_words(struct layout *l, int lines)
{
	return arena_printf(l->a, "%s%s%s %s", layout_word(l, "room"),
	    layout_word(l, "colon"), layout_number(l, lines),
	    layout_word(l, "lines"));
}

static void
put_piece(struct box *b, const struct piece *p, int line, sp y)
{
	struct page_item *it = &b->items[b->nitems++];

	it->kind = PAGE_TEXT;
	it->elem = p->pspans[0].elem;
	it->x = p->para.lines->v[line].x;
	it->y = y;
	it->u.text.para = &p->para;
	it->u.text.line = (uint32_t)line;
}

/* The words of the answer on its ruled line `i`. */
static void
put_words(struct box *b, const struct answer *a, int i, sp y)
{
	for (size_t k = 0; k < a->n; k++) {
		if (i < lines_of(a->v[k])) {
			put_piece(b, a->v[k], i, y);
			return;
		}
		i -= lines_of(a->v[k]);
	}
}

static void
expand_answer(struct layout *l, const struct proto *p)
{
	const struct answer *a = p->data;
	sp pitch = l->st->handout.line_height, w;
	sp y = line_baseline(l, p->look, pitch) - PT(1);
	int n = lines_ruled(a);

	if (a->room >= 0)
		l->elems.v[a->room].alt = room_words(l, n);
	for (int i = 0; i < n; i++) {
		struct box *b = flow_box(l, BOX_ITEMS);
		struct page_item *it = ARENA_ARRAY(l->a, struct page_item, 3);

		w = i == 0 ? label_width(a) : 0;
		b->items = it;
		b->height = pitch;
		b->node = p->node;
		if (w > 0)
			put_piece(b, a->label, 0, y);
		it = &b->items[b->nitems++];
		it->kind = PAGE_RECT;
		it->elem = i == 0 ? a->room : ARTIFACT_LAYOUT;
		it->x = l->level & 1 ? p->end : p->start + w;
		it->y = pitch - PT(3);
		it->u.rect.w = p->measure - p->start - p->end - w;
		it->u.rect.h = PT(0.4);
		it->u.rect.fill = (struct colour){1, {130}};
		if (l->job->answers)
			put_words(b, a, i, y);
	}
}

static struct piece *
answer_piece(struct layout *l, const struct ctx *c, const struct doc_node *n,
    const char *text, const struct style_look *look, bool shown)
{
	int32_t elem = c->elem;
	struct piece *p;

	if (elem >= 0)
		elem = shown ? elem_new(l, elem, ROLE_P, n) : ARTIFACT_LAYOUT;
	p = piece_new(l, c, n, text, look, elem);
	p->shape = (struct para_shape){.measure = c->measure,
	    .indent_start = c->start, .indent_end = c->end};
	p->quiet = true;
	return p;
}

/* A block of an answer as a paragraph: a list's marker before it, and of
 * what is no paragraph the words alone. */
static struct doc_node *
answer_para(struct layout *l, const struct doc_node *n, int number)
{
	const struct doc_node *body = n->kind == DOC_ITEM && n->first !=
	    NULL && n->first == n->last ? n->first : n;
	struct doc_node *p = made_node(l, DOC_PARA, n->pos);
	struct buf words = {0};

	if (n->kind == DOC_ITEM)
		doc_append(p, made_text(l, n->parent->ordered ?
		    arena_printf(l->a, "%s. ", layout_number(l, number)) :
		    "– "));
	if (body->first != NULL && doc_is_inline(body->first->kind)) {
		made_copies(l, p, body);
	} else {
		if (n->text != NULL)
			buf_add(&words, n->text, n->len);
		doc_plain(n, &words);
		doc_append(p, made_text(l, words.n > 0 ? arena_strn(l->a,
		    words.p, words.n) : ""));
		buf_free(&words);
	}
	return p;
}

static void
add_blocks(struct layout *l, const struct ctx *c, struct answer *a,
    const struct doc_node *parent)
{
	int number = parent->start;

	for (const struct doc_node *n = parent->first; n != NULL;
	    n = n->next) {
		struct piece *p;

		if (n->kind == DOC_LIST || n->kind == DOC_DIV ||
		    n->kind == DOC_QUOTE) {
			add_blocks(l, c, a, n);
			continue;
		}
		p = answer_piece(l, c, answer_para(l, n, number++), NULL,
		    style_look(l->st, "answer"), l->job->answers);
		if (a->n == 0)
			p->shape.indent_first = label_width(a);
		a->v[a->n++] = p;
	}
}

/* Readers who do not see empty lines are told of them. */
static int32_t
room_elem(struct layout *l, const struct ctx *c)
{
	if (c->elem < 0)
		return ARTIFACT_LAYOUT;
	return elem_new(l, elem_new(l, c->elem, ROLE_P, NULL), ROLE_SPAN,
	    NULL);
}

static struct answer *
answer_new(struct layout *l, struct ctx *c, const char *label,
    const struct doc_node *node)
{
	struct answer *a = ARENA_NEW(l->a, struct answer);
	struct proto *p = flow_proto(l, expand_answer);

	c->first = true;
	a->room = ARTIFACT_LAYOUT;
	p->data = a;
	p->look = style_look(l->st, "answer");
	p->start = c->start;
	p->end = c->end;
	p->node = node;
	if (label != NULL) {
		a->label = answer_piece(l, c, NULL, layout_word(l, label),
		    style_look(l->st, "questions"), true);
		piece_now(l, a->label);
	}
	return a;
}

/* Lines for an answer; `of`: to put a false sentence right, as a word there
 * asks. */
static void
gather_answer(struct layout *l, struct ctx *c, const struct doc_node *q,
    struct asking *of)
{
	struct answer *a = answer_new(l, c, of != NULL ? "put-right" : NULL,
	    q);
	size_t most = 1;

	for (const struct doc_node *n = q->first; n != NULL; n = doc_next(n,
	    q))
		most++;
	a->v = ARENA_ARRAY(l->a, struct piece *, most);
	a->lines = MAX(doc_question_lines(q), 0);
	if (of != NULL) {
		a->all = of;
		a->next = of->rights;
		of->rights = a;
	}
	for (const struct doc_node *n = q->first; n != NULL; n = n->next)
		if (doc_is_answer(n))
			add_blocks(l, c, a, n);
	if (a->lines == 0)
		a->lines = 1;
	if (!l->job->answers || a->n == 0)
		a->room = room_elem(l, c);
}

/* A term with its meaning, and lines for a sentence of the reader's own. */
static void
gather_term(struct layout *l, struct ctx *c, const struct doc_node *const *v,
    size_t n)
{
	struct kept *k = kept_begin(l);
	struct answer *a;

	gather_deflist_part(l, c, v, n, NULL);
	a = answer_new(l, c, "sentence", v[0]);
	a->lines = l->st->handout.term_lines;
	a->room = room_elem(l, c);
	kept_end(l, k);
}

void
terms_gather(struct layout *l, struct ctx *c, const struct doc_node *const *v,
    size_t n)
{
	struct kept *k;

	if (l->st->handout.term_lines == 0) {
		k = kept_begin(l);
		gather_deflist_part(l, c, v, n, NULL);
		flow_proto(l, expand_pairs)->data = k;
		return;
	}
	for (size_t i = 0, j; i < n; i = j) {
		for (j = i + 1; j < n && v[j]->kind != DOC_TERM; j++)
			;
		gather_term(l, c, v + i, j - i);
	}
}

/* ------------------------------------------------------------ their kinds */

static void
gather_prompt(struct layout *l, struct ctx *c, const struct doc_node *q,
    enum doc_kind except)
{
	for (const struct doc_node *n = q->first; n != NULL; n = n->next)
		if (!doc_is_answer(n) && n->kind != except)
			gather_block(l, c, n);
}

/* «درست ____ نادرست ____», the right one marked for the teacher. */
static void
gather_choice(struct layout *l, struct ctx *c, const struct doc_node *q)
{
	static const char *const words[] = {"true", "false"};
	int truth = doc_question_truth(q);
	struct doc_node *p = made_node(l, DOC_PARA, q->pos);

	for (int i = 0; i < 2; i++) {
		doc_append(p, made_text(l, arena_printf(l->a, "%s%s ", i > 0 ?
		    "\xe2\x80\x83\xe2\x80\x83" : "",
		    layout_word(l, words[i]))));
		doc_append(p, made_blank(l, truth == 1 - i ? "×" : "",
		    "1.6em", false));
	}
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

static struct doc_node *
made_cell(struct layout *l, struct doc_node *row)
{
	struct doc_node *c = made_node(l, DOC_CELL, row->pos);

	doc_append(row, c);
	return c;
}

/* What the author wrote above the rows: a caption, names of the columns. */
static void
copy_head(struct layout *l, struct doc_node *t, const struct doc_node *from)
{
	for (const struct doc_node *n = from->first; n != NULL; n = n->next) {
		struct doc_node *copy;
		bool has_words = n->kind == DOC_CAPTION;

		for (const struct doc_node *c = n->first; c != NULL;
		    c = c->next)
			has_words |= n->is_header && c->first != NULL;
		if (!has_words)
			continue;
		copy = made_node(l, n->kind, n->pos);
		copy->is_header = n->is_header;
		made_copies(l, copy, n);
		doc_append(t, copy);
	}
}

/* Two columns: numbered items with a blank, lettered matches in disorder. */
static void
gather_match(struct layout *l, struct ctx *c, const struct doc_node *q,
    uint64_t seed)
{
	size_t n, *order, *place;
	const struct doc_node **rows = doc_question_parts(l->a, q, &n);
	struct doc_node *t = made_node(l, DOC_TABLE, rows[0]->parent->pos);

	order = doc_permutation(l->a, n, seed);
	place = ARENA_ARRAY(l->a, size_t, n + 1);
	for (size_t i = 0; i < n; i++)
		place[order[i]] = i;
	t->ncols = 2;
	copy_head(l, t, rows[0]->parent);
	for (size_t i = 0; i < n; i++) {
		struct doc_node *row = made_node(l, DOC_ROW, rows[i]->pos);
		struct doc_node *a = made_cell(l, row), *b = made_cell(l,
		    row);

		doc_append(a, made_text(l, arena_printf(l->a, "%s. ",
		    layout_number(l, (long)i + 1))));
		doc_append(a, made_blank(l, letter(l, place[i]), "2em",
		    false));
		doc_append(a, made_text(l, " "));
		made_copies(l, a, rows[i]->first);
		doc_append(b, made_text(l, arena_printf(l->a, "%s. ",
		    letter(l, i))));
		made_copies(l, b, rows[order[i]]->first->next);
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
		struct doc_node *p = made_node(l, DOC_PARA, it->pos);

		doc_append(p, made_blank(l, layout_number(l, (long)order[i] +
		    1), "2em", false));
		doc_append(p, made_text(l, " "));
		made_copies(l, p, it->first != NULL &&
		    !doc_is_inline(it->first->kind) ? it->first : it);
		c->first = true;
		gather_para(l, c, p, NULL, c->look, ROLE_P);
	}
}

static bool
has_lines(const struct doc_node *q)
{
	bool lines = doc_question_lines(q) > 0;

	for (const struct doc_node *n = q->first; n != NULL; n = n->next)
		lines |= doc_is_answer(n);
	return lines;
}

static void
gather_kind(struct layout *l, struct ctx *c, const struct doc_node *q,
    struct asking *asking)
{
	uint64_t seed = doc_question_seed(q, 0);
	bool lines = has_lines(q);

	switch (doc_question_kind(q)) {
	case DOC_MATCH:
		gather_prompt(l, c, q, DOC_TABLE);
		gather_match(l, c, q, seed);
		break;
	case DOC_ORDER:
		gather_prompt(l, c, q, DOC_LIST);
		gather_order(l, c, q, seed);
		break;
	case DOC_TRUE_FALSE:
		gather_prompt(l, c, q, DOC_NKINDS);
		gather_choice(l, c, q);
		lines = asking->put_right;
		break;
	case DOC_SHORT:
		lines = true;
		/* fall through */
	default:
		gather_prompt(l, c, q, DOC_NKINDS);
		break;
	}
	if (lines)
		gather_answer(l, c, q, doc_question_kind(q) ==
		    DOC_TRUE_FALSE ? asking : NULL);
}

/* Where the text answers, by what par="21 list" says: «بند ۲۱، فهرست». */
static const char *
answer_place(struct layout *l, const struct doc_node *q)
{
	const char *p = doc_value(q, "par"), *s;
	struct buf b = {0};
	bool numbers = false;

	if (p == NULL)
		return NULL;
	for (p += strspn(p, " ,"); *p != '\0';) {
		size_t n = strcspn(p, " ,");
		const char *word = arena_strn(l->a, p, n);
		long v = strspn(word, "0123456789") == n && n < 6 ?
		    strtol(word, NULL, 10) : 0;

		if (b.n > 0)
			buf_str(&b, layout_word(l, "comma"));
		if (v > 0 && !numbers)
			buf_printf(&b, "%s\xc2\xa0", layout_word(l,
			    "paragraph"));
		numbers |= v > 0;
		buf_str(&b, v > 0 ? layout_number(l, v) : *word == 'h' ?
		    layout_word(l, "heading") : strcmp(word, "list") == 0 ?
		    layout_word(l, "list") : word);
		p += n + strspn(p + n, " ,");
	}
	s = b.n > 0 ? arena_strn(l->a, b.p, b.n) : NULL;
	buf_free(&b);
	return s;
}

/* In a mail merge a question is a bundle, and its label that of its place. */
static void
share_question(struct layout *l, size_t begun, size_t from,
    struct piece *label, int32_t body)
{
	struct bundle *u = VEC_PUSH(&l->share->questions);
	int32_t li = body >= 0 ? l->elems.v[body].parent : -1;

	*u = (struct bundle){.from = begun, .li = li, .label = label,
	    .lbl = li >= 0 ? l->elems.v[li].first : ARTIFACT_LAYOUT};
	l->share->list = li >= 0 ? l->elems.v[li].parent : -1;
	for (size_t i = from; i < l->protos.n; i++)
		if (l->protos.v[i].piece != NULL && l->protos.v[i].expand ==
		    expand_lines) {
			u->labelled = l->protos.v[i];
			return;
		}
}

static void
gather_question(struct layout *l, const struct ctx *outer,
    const struct doc_node *q, int number, struct asking *asking)
{
	const struct style_look *look = style_look(l->st, "questions");
	struct kept *k;
	struct ctx c = *outer;
	int32_t lbl = ARTIFACT_LAYOUT;
	const char *place;
	struct piece *label;
	size_t begun = l->protos.n, from;

	c.look = look;
	c.first = true;
	c.start += 2 * look->size;
	if (asking->list >= 0) {
		int32_t li = elem_new(l, asking->list, ROLE_LI, q);

		lbl = elem_new(l, li, ROLE_LBL, q);
		c.elem = elem_new(l, li, ROLE_LBODY, q);
	}
	flow_gap(l, look->leading / 2);
	from = l->protos.n;
	k = kept_begin(l);
	gather_kind(l, &c, q, asking);
	kept_end(l, k);
	place = l->job->answers ? answer_place(l, q) : NULL;
	label = label_piece(l, &c, arena_printf(l->a, "%s.",
	    layout_number(l, number)), look, lbl);
	if (l->share != NULL)
		share_question(l, begun, from, label, c.elem);
	else
		label_first(l, from, label, lbl);
	if (place != NULL)
		handout_mark(l, from, place, c.elem);
	if (l->share != NULL)
		l->share->questions.v[l->share->questions.n - 1].to =
		    l->protos.n;
}

/* ----------------------------------------------------------------- blanks */

sp
blank_room(sp natural, sp size)
{
	return natural * 4 / 3 + size;
}

/* The width of all blanks: what the longest answer needs, within reason. */
static sp
blank_width(struct layout *l, const struct ctx *c,
    const struct doc_node *const *qs, size_t n)
{
	const struct style_look *look = style_look(l->st, "questions");
	sp width = 5 * look->size;

	for (size_t i = 0; i < n; i++)
		for (const struct doc_node *k = qs[i]; k != NULL;
		    k = doc_next(k, qs[i])) {
			struct piece *p;

			if (k->kind != DOC_SPAN || !doc_has_class(k, "blank") ||
			    doc_value(k, "width") != NULL || k->first == NULL)
				continue;
			p = piece_new(l, c, k, NULL, look, ARTIFACT_LAYOUT);
			p->shape.measure = SP_MAX / 4;
			p->quiet = true;
			piece_now(l, p);
			if (p->para.lines != NULL && p->para.lines->n > 0)
				width = MAX(width, blank_room(
				    p->para.lines->v[0].natural, look->size));
		}
	return MIN(width, l->measure / 3);
}

void
questions_gather(struct layout *l, struct ctx *c, const struct doc_node *first,
    const struct doc_node *stop)
{
	size_t n;
	const struct doc_node **qs = doc_questions(l->a, first, stop,
	    l->job->seed, &n);
	struct asking asking = {.list = -1}, *a;

	if (n == 0)
		return;
	handout_heading(l, c, "questions");
	l->blank = blank_width(l, c, qs, n);
	for (size_t i = 0; i < n; i++)
		asking.put_right |= has_lines(qs[i]) &&
		    doc_question_kind(qs[i]) == DOC_TRUE_FALSE;
	a = arena_dup(l->a, &asking, sizeof(asking));
	if (c->elem >= 0) {
		a->list = elem_new(l, c->elem, ROLE_LIST, NULL);
		l->elems.v[a->list].numbering = "Decimal";
	}
	for (size_t i = 0; i < n; i++)
		gather_question(l, c, qs[i], (int)i + 1, a);
	l->blank = 0;
}
