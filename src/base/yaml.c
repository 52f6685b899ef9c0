/*
 * YAML through libyaml's events.
 *
 * The document API would be shorter, but it takes the whole text before we
 * can count: a file of anchors alone costs it the square of their number,
 * and aliases give it shared nodes where our tree has one parent each. With
 * events every limit holds while reading, and an alias is a copy of what
 * its anchor named, counted like any other node.
 */
#include "base/base.h"
#include "base/messages.h"

#include <string.h>
#include <yaml.h>

#define MAX_DEPTH 64
#define MAX_NODES 100000

/* A collection whose end has not been read. */
struct open_node {
	struct yaml *node, *last;	/* last child */
	struct yaml *key;		/* scalar read, value still to come */
	struct pos key_pos;
	bool has_key;
	bool drop;			/* neither key nor value is kept */
	struct map keys;		/* key -> child, for duplicates */
};

struct reader {
	struct arena *a;
	struct diag *dg;
	struct pos base;		/* file, and lines before the text */
	struct open_node stack[MAX_DEPTH];
	int depth;
	size_t nnodes;
	struct map anchors;		/* name -> node */
	struct yaml *root;
	bool failed;
};

static struct pos
mark_pos(const struct reader *r, const yaml_mark_t *mark)
{
	struct pos p = r->base;

	p.line += (uint32_t)mark->line + 1;
	p.col = (uint32_t)mark->column + 1;
	return p;
}

/* Where byte `at` of the text stands; libyaml has no mark for it yet. */
static struct pos
byte_pos(const struct reader *r, const char *text, size_t at)
{
	struct pos p = r->base;
	const char *s = text, *nl;

	p.line++;
	while ((nl = memchr(s, '\n', (size_t)(text + at - s))) != NULL) {
		s = nl + 1;
		p.line++;
	}
	p.col = (uint32_t)utf8_count(s, (size_t)(text + at - s)) + 1;
	return p;
}

static void
limit(struct reader *r, struct pos pos, const char *what)
{
	diag_add(r->dg, pos, STY_LIMIT, what);
	r->failed = true;
}

static struct yaml *
node_new(struct reader *r, enum yaml_kind kind, struct pos pos)
{
	struct yaml *y;

	if (++r->nnodes > MAX_NODES) {
		limit(r, pos, "more than 100,000 values; not read");
		return NULL;
	}
	y = ARENA_NEW(r->a, struct yaml);
	y->kind = kind;
	y->pos = y->key_pos = pos;
	y->text = "";
	return y;
}

/* ------------------------------------------------------- placing nodes */

static bool
key_is_due(const struct reader *r)
{
	const struct open_node *o;

	if (r->depth == 0)
		return false;
	o = &r->stack[r->depth - 1];
	return o->node->kind == YAML_MAP && !o->has_key;
}

/* A node where a key is due: only plain text can be one. */
static void
take_key(struct reader *r, struct open_node *o, struct yaml *y)
{
	int i;

	o->has_key = true;
	o->drop = true;
	o->key = NULL;
	o->key_pos = y->pos;
	/* Inside of what is left out nothing more is said. */
	for (i = 0; i < r->depth - 1; i++) {
		if (r->stack[i].drop)
			return;
	}
	if (y->kind != YAML_SCALAR) {
		diag_add(r->dg, y->pos, STY_SYNTAX,
		    "a key must be plain text; left out with its value");
		return;
	}
	if (strlen(y->text) != y->len) {
		diag_add(r->dg, y->pos, STY_SYNTAX,
		    "a key must not hold U+0000; left out with its value");
		return;
	}
	if (map_get(&o->keys, y->text, y->len) != NULL) {
		diag_add(r->dg, y->pos, STY_DUPLICATE_KEY, y->text);
		return;
	}
	*map_put(&o->keys, y->text, y->len) = y;
	o->key = y;
	o->drop = false;
}

/* Hang a complete scalar, or an opened collection, where it belongs. */
static void
place(struct reader *r, struct yaml *y)
{
	struct open_node *o;

	if (r->depth == 0) {
		r->root = y;
		return;
	}
	o = &r->stack[r->depth - 1];
	if (o->node->kind == YAML_MAP) {
		if (!o->has_key) {
			take_key(r, o, y);
			return;
		}
		o->has_key = false;
		if (o->drop)
			return;
		y->key = o->key->text;
		y->key_pos = o->key_pos;
	}
	if (o->last != NULL)
		o->last->next = y;
	else
		o->node->child = y;
	o->last = y;
	o->node->nchildren++;
}

static void
set_anchor(struct reader *r, const char *name, struct yaml *y)
{
	/* A later anchor of the same name hides the earlier, as YAML says. */
	*map_put(&r->anchors, name, strlen(name)) = y;
}

static void
open_collection(struct reader *r, enum yaml_kind kind, const char *anchor,
    const yaml_mark_t *mark)
{
	struct pos pos = mark_pos(r, mark);
	struct open_node *o;
	struct yaml *y;

	if (r->depth == MAX_DEPTH) {
		limit(r, pos, "nested deeper than 64 levels; not read");
		return;
	}
	y = node_new(r, kind, pos);
	if (y == NULL)
		return;
	place(r, y);
	o = &r->stack[r->depth++];
	memset(o, 0, sizeof(*o));
	o->node = y;
	/*
	 * While it is open its anchor leads to the open node itself: that is
	 * how an alias inside is seen to be a circle.
	 */
	if (anchor != NULL)
		set_anchor(r, anchor, y);
}

static void
close_collection(struct reader *r)
{
	map_free(&r->stack[--r->depth].keys);
}

static void
add_scalar(struct reader *r, const yaml_event_t *ev)
{
	const char *tag = (const char *)ev->data.scalar.tag;
	struct yaml *y;

	y = node_new(r, YAML_SCALAR, mark_pos(r, &ev->start_mark));
	if (y == NULL)
		return;
	y->len = ev->data.scalar.length;
	if (y->len != 0)
		y->text = arena_strn(r->a,
		    (const char *)ev->data.scalar.value, y->len);
	y->quoted = ev->data.scalar.style != YAML_PLAIN_SCALAR_STYLE ||
	    (tag != NULL && strcmp(tag, YAML_STR_TAG) == 0);
	if (ev->data.scalar.anchor != NULL)
		set_anchor(r, (const char *)ev->data.scalar.anchor, y);
	place(r, y);
}

static bool
is_open(const struct reader *r, const struct yaml *y)
{
	int i;

	for (i = 0; i < r->depth; i++) {
		if (r->stack[i].node == y)
			return true;
	}
	return false;
}

/* A copy keeps the places of what was written, not those of the alias. */
static struct yaml *
copy(struct reader *r, const struct yaml *from, struct pos at, int depth)
{
	const struct yaml *c;
	struct yaml *y, *k, **link;

	if (depth > MAX_DEPTH) {
		limit(r, at, "nested deeper than 64 levels; not read");
		return NULL;
	}
	y = node_new(r, from->kind, at);
	if (y == NULL)
		return NULL;
	y->pos = from->pos;
	y->key = from->key;
	y->key_pos = from->key_pos;
	y->text = from->text;
	y->len = from->len;
	y->quoted = from->quoted;
	y->nchildren = from->nchildren;
	link = &y->child;
	for (c = from->child; c != NULL; c = c->next) {
		k = copy(r, c, at, depth + 1);
		if (k == NULL)
			return NULL;
		*link = k;
		link = &k->next;
	}
	return y;
}

static void
add_alias(struct reader *r, const char *name, const yaml_mark_t *mark)
{
	struct pos pos = mark_pos(r, mark);
	struct yaml *y, *from;

	from = map_get(&r->anchors, name, strlen(name));
	if (from == NULL) {
		diag_add(r->dg, pos, STY_SYNTAX,
		    "the alias names no anchor before it");
		r->failed = true;
		return;
	}
	if (is_open(r, from)) {
		limit(r, pos,
		    "the alias stands inside what it names; not read");
		return;
	}
	y = copy(r, from, pos, r->depth + 1);
	if (y == NULL)
		return;
	y->key = NULL;
	if (key_is_due(r))
		y->pos = pos;
	place(r, y);
}

/* -------------------------------------------------------------- events */

#define TAB "a tab indents this line; use spaces"
#define START "a value cannot begin with this character; put it in quotes"
#define QUOTE "a quotation mark is never closed"
#define COLON "a second “:” in one line; put the value in quotes"
#define KEY \
    "a key is expected here; is the indentation that of the line above?"

/* libyaml's words where ours are plainer. */
static const char *const problems[][2] = {
	{ "found character that cannot start any token", START },
	{ "found a tab character that violates indentation", TAB },
	{ "found a tab character where an indentation space is expected",
	  TAB },
	{ "mapping values are not allowed in this context", COLON },
	{ "could not find expected ':'",
	  "a “:” is missing after the key" },
	{ "did not find expected key", KEY },
	{ "did not find expected '-' indicator",
	  "a “-” is expected here; is the indentation that of the line above?" },
	{ "did not find expected ',' or ']'",
	  "a “,” or “]” is missing" },
	{ "did not find expected ',' or '}'",
	  "a “,” or “}” is missing" },
	{ "found unexpected end of stream", QUOTE },
	{ "found unexpected document indicator", QUOTE },
	{ "found unknown escape character",
	  "unknown escape after “\\”; between ' ' a “\\” stands for itself" },
	{ "did not find expected node content",
	  "a value is missing here" },
	{ "did not find expected comment or line break",
	  "nothing may follow “|” or “>” in their line" },
	{ "found incompatible YAML document",
	  "this version of YAML is not read, only 1.1 and 1.2" },
	{ "block sequence entries are not allowed in this context",
	  "a list cannot begin in the line of its key" },
	{ "control characters are not allowed",
	  "a control character stands here" },
	{ "did not find expected <document start>",
	  "the text goes on after its end; is the indentation right?" },
};

/* The text of the mark's line before its column. */
static const char *
line_before(const yaml_mark_t *mark, const char *text, size_t n,
    size_t *nbefore)
{
	const char *s = text, *end = text + n, *nl;
	size_t line, col, i = 0;

	for (line = mark->line; line > 0; line--) {
		nl = memchr(s, '\n', (size_t)(end - s));
		if (nl == NULL)
			break;
		s = nl + 1;
	}
	for (col = mark->column; col > 0 && s + i < end; col--)
		utf8_next(s, (size_t)(end - s), &i);
	*nbefore = i;
	return s;
}

/*
 * libyaml says the same of several mistakes. The commonest of them differ
 * in what stands in the line, so that is looked at.
 */
static const char *
plainer(const char *what, const yaml_mark_t *mark, const char *text,
    size_t n)
{
	const char *line;
	size_t i, k;

	for (i = 0; i < NELEM(problems); i++) {
		if (strcmp(what, problems[i][0]) == 0)
			what = problems[i][1];
	}
	line = line_before(mark, text, n, &k);
	if (strcmp(what, START) == 0 && line + k < text + n && line[k] == '\t')
		return TAB;
	for (i = 0; i < k && line[i] == ' ';)
		i++;
	if (strcmp(what, KEY) == 0 && i < k)
		return "the value ends before this; put all of it in quotes";
	if (strcmp(what, COLON) == 0 && memmem(line, k, ": ", 2) == NULL)
		return "a key cannot stand here; is the indentation that of "
		    "the keys above?";
	return what;
}

static void
syntax_error(struct reader *r, const yaml_parser_t *p, const char *text,
    size_t n)
{
	const char *what = p->problem != NULL ? p->problem : "unreadable";
	const yaml_mark_t *mark = &p->problem_mark;
	struct pos pos;

	if (p->error == YAML_MEMORY_ERROR)
		xmalloc(SIZE_MAX);	/* ends the program */
	/* A quotation mark left open is missed at the end of the text only. */
	if (p->context != NULL && p->context_mark.line < mark->line &&
	    strncmp(p->context, "while scanning a quoted", 23) == 0)
		mark = &p->context_mark;
	if (p->error == YAML_READER_ERROR)
		pos = byte_pos(r, text, MIN(p->problem_offset, n));
	else
		pos = mark_pos(r, mark);
	diag_add(r->dg, pos, STY_SYNTAX, plainer(what, mark, text, n));
	r->failed = true;
}

/*
 * libyaml compares every %TAG line with all before it, so their number is
 * bounded before it sees them.
 */
static bool
has_many_directives(const char *text, size_t n)
{
	const char *s = text, *end = text + n;
	int count = 0;

	while (s < end && (*s == '%' || *s == '#' || *s == '\n')) {
		count += *s == '%';
		s = memchr(s, '\n', (size_t)(end - s));
		if (s == NULL)
			break;
		s++;
	}
	return count > 16;
}

static bool
take_event(struct reader *r, const yaml_event_t *ev)
{
	switch (ev->type) {
	case YAML_SCALAR_EVENT:
		add_scalar(r, ev);
		break;
	case YAML_SEQUENCE_START_EVENT:
		open_collection(r, YAML_SEQ,
		    (const char *)ev->data.sequence_start.anchor,
		    &ev->start_mark);
		break;
	case YAML_MAPPING_START_EVENT:
		open_collection(r, YAML_MAP,
		    (const char *)ev->data.mapping_start.anchor,
		    &ev->start_mark);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		close_collection(r);
		break;
	case YAML_ALIAS_EVENT:
		add_alias(r, (const char *)ev->data.alias.anchor,
		    &ev->start_mark);
		break;
	case YAML_DOCUMENT_END_EVENT:
	case YAML_STREAM_END_EVENT:
		return false;
	default:
		break;
	}
	return !r->failed;
}

struct yaml *
yaml_parse(struct arena *a, struct diag *dg, const char *name,
    const char *text, size_t n, uint32_t line_offset)
{
	struct reader r = {0};
	yaml_parser_t parser;
	yaml_event_t ev;
	size_t bad;
	bool more = true;

	r.a = a;
	r.dg = dg;
	r.base = (struct pos){ line_offset, 0, diag_file(dg, name) };
	bad = utf8_valid(text, n);
	if (bad < n) {
		diag_add(dg, byte_pos(&r, text, bad), STY_SYNTAX,
		    "bytes here are not UTF-8; save the file as UTF-8");
		return NULL;
	}
	if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		n -= 3;
	}
	if (has_many_directives(text, n)) {
		r.base.line++;
		limit(&r, r.base, "more than 16 directives; not read");
		return NULL;
	}
	if (!yaml_parser_initialize(&parser))
		xmalloc(SIZE_MAX);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
	while (more) {
		if (!yaml_parser_parse(&parser, &ev)) {
			syntax_error(&r, &parser, text, n);
			break;
		}
		more = take_event(&r, &ev);
		yaml_event_delete(&ev);
	}
	yaml_parser_delete(&parser);
	while (r.depth > 0)
		close_collection(&r);
	map_free(&r.anchors);
	if (r.failed)
		return NULL;
	if (r.root == NULL) {	/* nothing, or comments alone */
		r.base.line++;
		r.base.col = 1;
		r.root = node_new(&r, YAML_SCALAR, r.base);
	}
	return r.root;
}

struct yaml *
yaml_get(const struct yaml *map, const char *key)
{
	struct yaml *y;

	if (map == NULL || map->kind != YAML_MAP)
		return NULL;
	for (y = map->child; y != NULL; y = y->next) {
		if (strcmp(y->key, key) == 0)
			return y;
	}
	return NULL;
}
