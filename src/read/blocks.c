/*
 * cmark's tree -> blocks of the document.
 *
 * The tree's shape is cmark's; places and words come from the source (see
 * skeleton.c). Fences are paired here: children of one container are walked
 * in order, an opener makes a div and goes on inside it, a closer goes back
 * out. A fence thus closes where it was opened, in the same item or quote.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "read/structure.h"

static void blocks(struct reader *r, cmark_node *n, struct doc_node *parent,
    int depth);

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* ---------------------------------------------------------------- places */

size_t
first_line(const struct reader *r, cmark_node *n)
{
	return MIN(r->body + (size_t)cmark_node_get_start_line(n) - 1,
	    r->nlines - 1);
}

size_t
first_byte(const struct reader *r, cmark_node *n)
{
	int col = cmark_node_get_start_column(n);

	return line_byte(r, first_line(r, n), col > 0 ? (size_t)col - 1 : 0);
}

static struct doc_node *
block_new(struct reader *r, enum doc_kind kind, cmark_node *n)
{
	size_t line = first_line(r, n), last;
	struct doc_node *b;
	int end = cmark_node_get_end_line(n);

	b = doc_new(r->d, kind, line_pos(r, line, first_byte(r, n)));
	last = r->body + (size_t)MAX(end, 1) - 1;
	if (last < r->nlines && last >= line)
		b->end = line_pos(r, last, r->lines[last].len);
	return b;
}

void
block_append(struct reader *r, struct doc_node *parent, struct doc_node *node)
{
	struct doc_node *c = r->caption;

	excuses_give(r, node);
	doc_append(parent, node);
	if (c != NULL) {
		r->caption = NULL;
		if (node->kind != DOC_TABLE ||
		    !caption_attach(r, node, c, r->caption_attr)) {
			c->kind = DOC_PARA;
			doc_insert_before(node, c);
		}
	}
}

/* The text of a paragraph, line by line, without what encloses it. */
static void
leaf_load(struct reader *r, struct leaf *l, cmark_node *n)
{
	const char *s = cmark_node_get_string_content(n), *nl;
	size_t line = first_line(r, n), len, skel;

	leaf_reset(l);
	if (cmark_node_get_type(n) == CMARK_NODE_HTML_BLOCK)
		s = cmark_node_get_literal(n);
	while (s != NULL && *s != '\0' && line < r->nlines) {
		nl = strchr(s, '\n');
		len = nl != NULL ? (size_t)(nl - s) : strlen(s);
		skel = r->lines[line].sklen;
		leaf_add(r, l, line, line_byte(r, line,
		    skel > len ? skel - len : 0), r->lines[line].len);
		if ((r->lines[line].flags & LINE_DEEP) && !r->deep_told) {
			diag_add(r->dg, leaf_pos(r, l, l->v[l->n - 1].off),
			    MAN_DEEP, READ_DEPTH);
			r->deep_told = true;
		}
		if (nl == NULL)
			break;
		s = nl + 1;
		line++;
	}
}

/* -------------------------------------------------------------- headings */

static void
heading_read(struct reader *r, struct doc_node *parent, cmark_node *n,
    struct leaf *l)
{
	struct doc_node *h = block_new(r, DOC_HEADING, n);
	size_t line = first_line(r, n), at = first_byte(r, n), to, k;
	size_t end = r->lines[line].len;
	const char *s = line_text(r, line);
	struct doc_attr *attr;

	h->level = cmark_node_get_heading_level(n);
	for (k = at; k < end && s[k] == '#'; k++)
		;
	/* "#text" over a line of dashes is a heading of the other kind. */
	if (k > at && k - at <= 6 && (k == end || is_blank(s[k]))) {
		leaf_reset(l);
		leaf_add(r, l, line, k, end);
	} else {
		leaf_load(r, l, n);
	}
	if (l->n == 0)
		goto out;
	to = leaf_attr(r, l, 0, l->text.n, &attr);
	/* "## text ##": marks at the end are for looks. */
	while (to > 0 && is_blank(l->text.p[to - 1]))
		to--;
	for (k = to; k > 0 && l->text.p[k - 1] == '#'; k--)
		;
	if (k == 0 || is_blank(l->text.p[k - 1]))
		to = k;
	inline_parse(r, h, l, 0, to);
	attr_merge(r, h, attr);
out:
	if (r->last_heading > 0 && h->level > r->last_heading + 1)
		diag_add(r->dg, h->pos, MAN_HEADING_SKIP, h->level,
		    r->last_heading);
	r->last_heading = h->level;
	block_append(r, parent, h);
}

/* ------------------------------------------------------------ paragraphs */

/* An image alone is a figure; its alternative text is the caption. */
static void
figure_make(struct reader *r, struct doc_node *p)
{
	struct doc_node *image = p->first, *c;

	doc_unlink(image);
	p->kind = DOC_FIGURE;
	p->url = image->url;
	p->title = image->title;
	attr_merge(r, p, image->attr);
	if (image->first != NULL) {
		c = doc_new(r->d, DOC_CAPTION, image->first->pos);
		c->end = image->last->end;
		doc_move_children(image, c);
		doc_append(p, c);
	}
}

/* The end of the line before the next that begins with a marker too deep to
 * count: items that are set as plain paragraphs are not run together. */
static size_t
para_end(const struct reader *r, const struct leaf *l, size_t from)
{
	for (size_t i = 1; i < l->n; i++)
		if (l->v[i].off > from && r->lines[l->v[i].line].flags &
		    LINE_DEEP)
			return l->v[i].off - 1;
	return l->text.n;
}

static void
para_read(struct reader *r, struct doc_node *parent, struct leaf *l,
    size_t from)
{
	struct doc_node *p = doc_new(r->d, DOC_PARA, leaf_pos(r, l, from));
	size_t end = para_end(r, l, from);

	inline_parse(r, p, l, from, end);
	p->end = leaf_pos(r, l, end);
	if (p->first == NULL) {
		/* Nothing but comments: what they allow is for the next. */
		for (size_t i = r->excused; i < r->d->excuses.n; i++)
			if (r->d->excuses.v[i].node == p)
				r->d->excuses.v[i].node = NULL;
		return;
	}
	if (p->first == p->last && p->first->kind == DOC_IMAGE)
		figure_make(r, p);
	block_append(r, parent, p);
}

static void
term_read(struct reader *r, struct doc_node *parent, struct leaf *l)
{
	struct doc_node *list = parent->last, *t;
	struct doc_attr *attr;
	size_t to;

	if (list == NULL || list->kind != DOC_DEFLIST) {
		list = doc_new(r->d, DOC_DEFLIST, leaf_pos(r, l, 0));
		block_append(r, parent, list);
	}
	t = doc_new(r->d, DOC_TERM, leaf_pos(r, l, 0));
	to = leaf_attr(r, l, 0, l->text.n, &attr);
	inline_parse(r, t, l, 0, to);
	t->end = leaf_pos(r, l, l->text.n);
	attr_merge(r, t, attr);
	doc_append(list, t);
}

/* Is the node a paragraph that begins with a table? */
static bool
is_table(const struct reader *r, cmark_node *n)
{
	size_t line;

	if (n == NULL || cmark_node_get_type(n) != CMARK_NODE_PARAGRAPH)
		return false;
	line = first_line(r, n);
	return (r->lines[line].flags & LINE_DELIM) ||
	    (line + 1 < r->nlines && (r->lines[line + 1].flags & LINE_DELIM));
}

static void
paragraph_read(struct reader *r, struct doc_node *parent, cmark_node *n,
    struct leaf *l)
{
	cmark_node *next = cmark_node_next(n);
	struct doc_node *c, *last = parent->last;
	struct doc_attr *attr;
	size_t from = 0;
	int delim;

	leaf_load(r, l, n);
	if (l->n == 0)
		return;
	if (next != NULL && cmark_node_get_type(next) == NODE_DEFINITION) {
		term_read(r, parent, l);
		return;
	}
	if (parent->kind == DOC_DIV && doc_has_class(parent, "verse")) {
		verse_read(r, parent, l);
		return;
	}
	delim = table_find(r, l);
	if (delim >= 0) {
		table_read(r, parent, l, delim);
		return;
	}
	if (caption_scan(l->text.p, l->text.n) > 0) {
		if (last != NULL && last->kind == DOC_TABLE &&
		    (last->first == NULL || last->first->kind != DOC_CAPTION)) {
			c = caption_read(r, l, 0, &attr);
			caption_attach(r, last, c, attr);
			return;
		}
		if (is_table(r, next) && r->caption == NULL) {
			r->caption = caption_read(r, l, 0, &r->caption_attr);
			return;
		}
	}
	if (l->text.p[0] == '|' && line_block_read(r, parent, l))
		return;
	unsupported_find(r, l);
	if (l->text.p[0] == '[')
		from = linkdefs_scan(r, l, false);
	for (size_t end; from < l->text.n; from = end + 1) {
		end = para_end(r, l, from);
		para_read(r, parent, l, from);
	}
}

/* ------------------------------------------------------- code, comments */

static void
code_info(struct reader *r, struct doc_node *code, size_t line, size_t at)
{
	const char *s = line_text(r, line), *why = NULL;
	size_t end = r->lines[line].len, used, k;
	struct doc_attr *attr;
	char mark = s[at];

	while (at < end && s[at] == mark)
		at++;
	while (at < end && is_blank(s[at]))
		at++;
	if (at == end)
		return;
	seen_mark(r, r->lines[line].off + at, r->lines[line].off + end);
	for (k = at; k < end && !is_blank(s[k]) && s[k] != '{'; k++)
		;
	if (k > at)
		code->info = unescape(r, s + at, k - at);
	while (k < end && is_blank(s[k]))
		k++;
	if (k == end)
		return;
	attr = attr_parse(r, s + k, end - k, &used, &why);
	if (attr != NULL) {
		attr->pos = line_pos(r, line, k);
		attr_merge(r, code, attr);
		if (code->info == NULL && attr->nclasses > 0)
			code->info = attr->classes[0];
	} else {
		doc_set_value(r->d, code, "rest",
		    arena_strn(&r->scratch, s + k, end - k));
	}
}

static void
code_read(struct reader *r, struct doc_node *parent, cmark_node *n)
{
	struct doc_node *code = block_new(r, DOC_CODE, n);
	const char *s = cmark_node_get_literal(n), *nl;
	size_t line = first_line(r, n), len, lead, skel, at;
	struct buf out = {0};
	int length, offset;
	char mark;

	if (cmark_node_get_fenced(n, &length, &offset, &mark)) {
		code_info(r, code, line, first_byte(r, n));
		line++;
	}
	buf_str(&out, "");
	while (s != NULL && *s != '\0' && line < r->nlines) {
		nl = strchr(s, '\n');
		len = nl != NULL ? (size_t)(nl - s) : strlen(s);
		/* Blanks may come of a tab cut in two: they are cmark's. */
		for (lead = 0; lead < len && is_blank(s[lead]); lead++)
			;
		buf_add(&out, s, lead);
		if (lead < len) {
			skel = r->lines[line].sklen;
			at = line_byte(r, line, skel > len - lead ?
			    skel - (len - lead) : 0);
			buf_add(&out, line_text(r, line) + at,
			    r->lines[line].len - at);
		}
		if (nl == NULL)
			break;
		buf_char(&out, '\n');
		s = nl + 1;
		line++;
	}
	code->text = arena_strn(&r->d->arena, out.p, out.n);
	code->len = out.n;
	buf_free(&out);
	block_append(r, parent, code);
}

/*
 * The only HTML block in a skeleton is a comment. It ends with the line that
 * closes it, so words may stand behind it; and a quote or an item may end
 * before it does: then it is text.
 */
static void
comment_read(struct reader *r, struct doc_node *parent, cmark_node *n,
    struct leaf *l)
{
	const char *p;
	size_t end = 0;

	leaf_load(r, l, n);
	if (l->n == 0)
		return;
	p = l->text.n > 4 ? memmem(l->text.p + 4, l->text.n - 4, "-->", 3) :
	    NULL;
	if (p != NULL) {
		end = (size_t)(p - l->text.p) + 3;
		leaf_seen(r, l, 0, end);
		comment_take(r, NULL, leaf_pos(r, l, 0), l->text.p, end);
	} else {
		diag_add(r->dg, leaf_pos(r, l, 0), MAN_HTML, "<!--");
	}
	while (end < l->text.n && strchr(" \t\n", l->text.p[end]) != NULL)
		end++;
	if (end < l->text.n)
		para_read(r, parent, l, end);
}

static void
rule_read(struct reader *r, struct doc_node *parent, cmark_node *n)
{
	struct doc_node *rule = block_new(r, DOC_RULE, n);

	unsupported_rule(r, rule->pos, first_line(r, n), first_byte(r, n));
	block_append(r, parent, rule);
}

/* ------------------------------------------------------------ containers */

/*
 * May another level be opened? Past the limit what a container holds is set
 * at its own level, and the author is told once.
 */
static bool
may_nest(struct reader *r, cmark_node *n, int depth)
{
	if (depth < READ_DEPTH) {
		r->deep_told = false;
		return true;
	}
	if (!r->deep_told)
		diag_add(r->dg, line_pos(r, first_line(r, n), first_byte(r, n)),
		    MAN_DEEP, READ_DEPTH);
	r->deep_told = true;
	return false;
}

static void
container_read(struct reader *r, struct doc_node *parent, cmark_node *n,
    enum doc_kind kind, int depth)
{
	struct doc_node *b;

	if (!may_nest(r, n, depth)) {
		blocks(r, cmark_node_first_child(n), parent, depth);
		return;
	}
	b = block_new(r, kind, n);
	block_append(r, parent, b);
	blocks(r, cmark_node_first_child(n), b, depth + 1);
}

/* What an item's mark says. */
struct mark {
	bool letter;		/* counts by letters */
	bool alef, jim;		/* «الف» begins; «ج» third is abjad */
	int number;
};

static struct mark
mark_read(struct reader *r, cmark_node *item)
{
	size_t line = first_line(r, item), at = first_byte(r, item), k = at;
	const char *s = line_text(r, line);
	struct mark m = {0};
	uint32_t cp;

	while (k < r->lines[line].len && !is_blank(s[k])) {
		cp = utf8_next(s, r->lines[line].len, &k);
		if (uni_is_letter(cp))
			m.letter = true;
		else if (uni_is_digit(cp) && m.number < 100000000)
			m.number = m.number * 10 + uni_digit_value(cp);
	}
	/* Not part of the text: tick it off. */
	seen_mark(r, r->lines[line].off + at, r->lines[line].off + k);
	m.alef = m.letter && k - at > 6;
	m.jim = k - at == 3 && memcmp(s + at, "ج", 2) == 0;
	return m;
}

/*
 * One list of the items from `item` on; returns the item behind it. cmark
 * keeps one list as long as "." or ")" stays; numbers and letters are two,
 * and «الف» begins one.
 */
static cmark_node *
list_part(struct reader *r, struct doc_node *parent, cmark_node *n,
    cmark_node *item, int depth)
{
	struct doc_node *list = block_new(r, DOC_LIST, item);
	struct mark first = mark_read(r, item), m;

	list->tight = cmark_node_get_list_tight(n);
	list->ordered = cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
	if (list->ordered) {
		list->start = first.letter ? 1 : first.number;
		list->delim = cmark_node_get_list_delim(n) ==
		    CMARK_PAREN_DELIM ? ')' : '.';
	}
	if (first.letter)
		doc_set_value(r->d, list, "numbering", "alphabetic");
	block_append(r, parent, list);
	do {
		doc_append(list, block_new(r, DOC_ITEM, item));
		list->end = list->last->end;
		blocks(r, cmark_node_first_child(item), list->last, depth + 1);
		item = cmark_node_next(item);
		if (item == NULL)
			break;
		m = mark_read(r, item);
		if (m.jim && first.letter)
			doc_set_value(r->d, list, "numbering", "abjad");
	} while (m.letter == first.letter && !m.alef);
	return item;
}

static void
list_read(struct reader *r, struct doc_node *parent, cmark_node *n, int depth)
{
	cmark_node *item = cmark_node_first_child(n);
	bool nests = may_nest(r, n, depth);

	while (item != NULL && nests)
		item = list_part(r, parent, n, item, depth);
	for (; item != NULL; item = cmark_node_next(item)) {
		mark_read(r, item);
		blocks(r, cmark_node_first_child(item), parent, depth);
	}
}

static void
definition_read(struct reader *r, struct doc_node *parent, cmark_node *n,
    int depth)
{
	struct doc_node *list = parent->last, *def;

	if (list == NULL || list->kind != DOC_DEFLIST) {
		list = block_new(r, DOC_DEFLIST, n);
		block_append(r, parent, list);
	}
	if (!may_nest(r, n, depth)) {
		blocks(r, cmark_node_first_child(n), parent, depth);
		return;
	}
	def = block_new(r, DOC_DEF, n);
	doc_append(list, def);
	list->end = def->end;
	blocks(r, cmark_node_first_child(n), def, depth + 1);
}

static void
note_read(struct reader *r, cmark_node *n)
{
	size_t line = first_line(r, n), at = first_byte(r, n), k;
	const char *s = line_text(r, line);
	struct doc_node *note = block_new(r, DOC_NOTE, n);

	at += 2;
	for (k = at; k < r->lines[line].len && s[k] != ']'; k++)
		;
	note->text = arena_strn(&r->d->arena, s + at, k - at);
	note->len = k - at;
	seen_mark(r, r->lines[line].off + at, r->lines[line].off + k);
	doc_append(r->d->note_root, note);
	excuses_give(r, note);
	blocks(r, cmark_node_first_child(n), note, 1);
}

/* ------------------------------------------------------------------ walk */

/* One block that is no fence. */
static void
block(struct reader *r, cmark_node *n, struct doc_node *parent, int depth,
    struct leaf *l)
{
	cmark_node_type type = cmark_node_get_type(n);

	if (type == NODE_DEFINITION) {
		definition_read(r, parent, n, depth);
		return;
	}
	if (type == NODE_NOTE) {
		note_read(r, n);
		return;
	}
	switch (type) {
	case CMARK_NODE_PARAGRAPH:
		paragraph_read(r, parent, n, l);
		break;
	case CMARK_NODE_HEADING:
		heading_read(r, parent, n, l);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		container_read(r, parent, n, DOC_QUOTE, depth);
		break;
	case CMARK_NODE_LIST:
		list_read(r, parent, n, depth);
		break;
	case CMARK_NODE_CODE_BLOCK:
		code_read(r, parent, n);
		break;
	case CMARK_NODE_HTML_BLOCK:
		comment_read(r, parent, n, l);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		rule_read(r, parent, n);
		break;
	default:
		break;
	}
}

static void
blocks(struct reader *r, cmark_node *n, struct doc_node *parent, int depth)
{
	struct doc_node *at = parent, *div;
	struct leaf l = {0};
	size_t over = 0, rest, colons;
	bool opens;

	for (; n != NULL; n = cmark_node_next(n)) {
		if (cmark_node_get_type(n) != NODE_FENCE) {
			block(r, n, at, depth, &l);
			continue;
		}
		colons = fence_colons(r, n, &opens, &rest);
		if (opens && !may_nest(r, n, depth)) {
			seen_mark(r, r->lines[first_line(r, n)].off,
			    r->lines[first_line(r, n)].off +
			    r->lines[first_line(r, n)].len);
			over++;
		} else if (opens) {
			div = block_new(r, DOC_DIV, n);
			block_append(r, at, div);
			fence_attr(r, div, first_line(r, n), rest);
			if (fence_is_alone(r, div, n, colons))
				continue;
			at = div;
			depth++;
		} else if (over > 0) {
			over--;
		} else if (at != parent) {
			div = at;
			at = at->parent;
			depth--;
			div->end = line_pos(r, first_line(r, n), SIZE_MAX);
			div_close(r, div);
		} else {
			diag_add(r->dg, line_pos(r, first_line(r, n),
			    first_byte(r, n)), MAN_STRAY_FENCE);
		}
	}
	while (at != parent) {
		diag_add(r->dg, at->pos, MAN_UNCLOSED_FENCE);
		div = at;
		at = at->parent;
		div_close(r, div);
	}
	leaf_free(&l);
}

/* Definitions of links first: a link may stand before its own. */
static void
links_collect(struct reader *r, cmark_node *root)
{
	cmark_iter *it = cmark_iter_new(root);
	struct leaf l = {0};
	cmark_event_type ev;
	cmark_node *n;
	size_t line, at;

	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		n = cmark_iter_get_node(it);
		if (ev != CMARK_EVENT_ENTER ||
		    cmark_node_get_type(n) != CMARK_NODE_PARAGRAPH)
			continue;
		line = first_line(r, n);
		at = first_byte(r, n);
		if (at >= r->lines[line].len || line_text(r, line)[at] != '[')
			continue;
		leaf_load(r, &l, n);
		if (l.n > 0)
			linkdefs_scan(r, &l, true);
	}
	cmark_iter_free(it);
	leaf_free(&l);
}

void
blocks_read(struct reader *r)
{
	cmark_node *root;

	if (r->nlines == 0 || r->skel.n == 0)
		return;
	root = structure_parse(r);
	links_collect(r, root);
	blocks(r, cmark_node_first_child(root), r->d->root, 0);
	structure_done();
	if (r->caption != NULL) {
		r->caption->kind = DOC_PARA;
		doc_append(r->d->root, r->caption);
	}
}
