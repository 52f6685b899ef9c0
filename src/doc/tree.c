/*
 * Making and walking the tree, attributes and metadata.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "doc/doc.h"

static struct doc_node *
node_alloc(struct doc *d, enum doc_kind kind, struct pos pos)
{
	struct doc_node *n = ARENA_NEW(&d->arena, struct doc_node);

	n->kind = kind;
	n->pos = pos;
	return n;
}

void
doc_open(struct doc *d)
{
	if (d->root == NULL)
		d->root = node_alloc(d, DOC_ROOT, NOPOS);
	if (d->note_root == NULL)
		d->note_root = node_alloc(d, DOC_ROOT, NOPOS);
}

struct doc_node *
doc_new(struct doc *d, enum doc_kind kind, struct pos pos)
{
	doc_open(d);
	if (kind != DOC_TEXT)
		d->marked = false;
	return node_alloc(d, kind, pos);
}

void
doc_append(struct doc_node *parent, struct doc_node *child)
{
	assert(child->parent == NULL);
	child->parent = parent;
	child->prev = parent->last;
	child->next = NULL;
	if (parent->last != NULL)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

void
doc_insert_after(struct doc_node *after, struct doc_node *node)
{
	struct doc_node *parent = after->parent;

	assert(parent != NULL && node->parent == NULL);
	node->parent = parent;
	node->prev = after;
	node->next = after->next;
	if (after->next != NULL)
		after->next->prev = node;
	else
		parent->last = node;
	after->next = node;
}

void
doc_insert_before(struct doc_node *before, struct doc_node *node)
{
	struct doc_node *parent = before->parent;

	assert(parent != NULL && node->parent == NULL);
	node->parent = parent;
	node->next = before;
	node->prev = before->prev;
	if (before->prev != NULL)
		before->prev->next = node;
	else
		parent->first = node;
	before->prev = node;
}

void
doc_unlink(struct doc_node *n)
{
	if (n->prev != NULL)
		n->prev->next = n->next;
	else if (n->parent != NULL)
		n->parent->first = n->next;
	if (n->next != NULL)
		n->next->prev = n->prev;
	else if (n->parent != NULL)
		n->parent->last = n->prev;
	n->parent = n->prev = n->next = NULL;
}

void
doc_move_children(struct doc_node *from, struct doc_node *to)
{
	struct doc_node *c;

	if (from->first == NULL)
		return;
	for (c = from->first; c != NULL; c = c->next)
		c->parent = to;
	from->first->prev = to->last;
	if (to->last != NULL)
		to->last->next = from->first;
	else
		to->first = from->first;
	to->last = from->last;
	from->first = from->last = NULL;
}

struct doc_node *
doc_text(struct doc *d, const char *s, size_t n, struct pos pos)
{
	struct doc_node *t = doc_new(d, DOC_TEXT, pos);

	t->text = arena_strn(&d->arena, s, n);
	t->len = n;
	return t;
}

struct doc_node *
doc_copy(struct doc *d, const struct doc_node *n)
{
	struct doc_node *copy = arena_dup(&d->arena, n, sizeof(*n));
	const struct doc_node *c;

	copy->parent = copy->first = copy->last = NULL;
	copy->prev = copy->next = NULL;
	for (c = n->first; c != NULL; c = c->next)
		doc_append(copy, doc_copy(d, c));
	return copy;
}

struct doc_node *
doc_next(const struct doc_node *n, const struct doc_node *top)
{
	if (n->first != NULL)
		return n->first;
	return doc_next_after(n, top);
}

struct doc_node *
doc_next_after(const struct doc_node *n, const struct doc_node *top)
{
	while (n != NULL && n != top) {
		if (n->next != NULL)
			return n->next;
		n = n->parent;
	}
	return NULL;
}

bool
doc_is_inline(enum doc_kind kind)
{
	return kind >= DOC_TEXT && kind < DOC_NKINDS;
}

const char *
doc_kind_name(enum doc_kind kind)
{
	static const char *const names[DOC_NKINDS] = {
		[DOC_ROOT] = "root", [DOC_HEADING] = "heading",
		[DOC_PARA] = "para", [DOC_QUOTE] = "quote",
		[DOC_LIST] = "list", [DOC_ITEM] = "item",
		[DOC_DEFLIST] = "deflist", [DOC_TERM] = "term",
		[DOC_DEF] = "def", [DOC_TABLE] = "table",
		[DOC_ROW] = "row", [DOC_CELL] = "cell",
		[DOC_CAPTION] = "caption", [DOC_FIGURE] = "figure",
		[DOC_CODE] = "code", [DOC_VERSE] = "verse",
		[DOC_RULE] = "rule", [DOC_DIV] = "div",
		[DOC_NOTE] = "note", [DOC_REFS] = "refs",
		[DOC_REF_ENTRY] = "ref-entry", [DOC_TEXT] = "text",
		[DOC_STRONG] = "strong", [DOC_EMPH] = "emph",
		[DOC_STRIKE] = "strike", [DOC_CODE_SPAN] = "code-span",
		[DOC_SPAN] = "span", [DOC_LINK] = "link",
		[DOC_IMAGE] = "image", [DOC_NOTE_REF] = "note-ref",
		[DOC_CITE] = "cite", [DOC_REF] = "ref",
		[DOC_SOFT_BREAK] = "soft-break",
		[DOC_HARD_BREAK] = "hard-break", [DOC_MATH] = "math",
	};

	return (unsigned)kind < DOC_NKINDS ? names[kind] : "?";
}

const char *
doc_id(const struct doc_node *n)
{
	return n->attr != NULL ? n->attr->id : NULL;
}

bool
doc_has_class(const struct doc_node *n, const char *cls)
{
	size_t i;

	if (n->attr == NULL)
		return false;
	for (i = 0; i < n->attr->nclasses; i++)
		if (strcmp(n->attr->classes[i], cls) == 0)
			return true;
	return false;
}

const char *
doc_value(const struct doc_node *n, const char *key)
{
	size_t i;

	if (n->attr == NULL)
		return NULL;
	for (i = 0; i < n->attr->nkeys; i++)
		if (strcmp(n->attr->keys[i], key) == 0)
			return n->attr->values[i];
	return NULL;
}

struct doc_attr *
doc_attr(struct doc *d, struct doc_node *n)
{
	if (n->attr == NULL) {
		n->attr = ARENA_NEW(&d->arena, struct doc_attr);
		n->attr->pos = n->pos;
	}
	return n->attr;
}

/*
 * Lists of attributes are short and rarely grow, so each addition copies the
 * array: the arena has nothing to give back and the struct needs no capacity.
 */
static const char **
list_grown(struct doc *d, const char **v, size_t n, const char *s)
{
	const char **w = ARENA_ARRAY(&d->arena, const char *, n + 1);

	if (n > 0)
		memcpy(w, v, n * sizeof(*v));
	w[n] = arena_str(&d->arena, s);
	return w;
}

void
doc_add_class(struct doc *d, struct doc_node *n, const char *cls)
{
	struct doc_attr *a = doc_attr(d, n);

	if (doc_has_class(n, cls))
		return;
	a->classes = list_grown(d, a->classes, a->nclasses, cls);
	a->nclasses++;
}

void
doc_set_value(struct doc *d, struct doc_node *n, const char *key,
    const char *value)
{
	struct doc_attr *a = doc_attr(d, n);
	size_t i;

	for (i = 0; i < a->nkeys; i++) {
		if (strcmp(a->keys[i], key) == 0) {
			a->values[i] = arena_str(&d->arena, value);
			return;
		}
	}
	a->keys = list_grown(d, a->keys, a->nkeys, key);
	a->values = list_grown(d, a->values, a->nkeys, value);
	a->nkeys++;
}

const char *
doc_meta(const struct doc *d, const char *key)
{
	const struct doc_meta *m;

	for (m = d->meta; m != NULL; m = m->next)
		if (strcmp(m->key, key) == 0)
			return m->value;
	return NULL;
}

void
doc_meta_add(struct doc *d, const char *key, const char *value,
    struct pos pos)
{
	struct doc_meta *m = ARENA_NEW(&d->arena, struct doc_meta), **p;

	m->key = arena_str(&d->arena, key);
	m->value = arena_str(&d->arena, value);
	m->pos = pos;
	for (p = &d->meta; *p != NULL; p = &(*p)->next)
		;
	*p = m;
}

void
doc_plain(const struct doc_node *top, struct buf *out)
{
	const struct doc_node *n = top;
	bool block_before = false;

	while (n != NULL) {
		if (!doc_is_inline(n->kind) && n->first == NULL &&
		    n->text == NULL) {
			n = doc_next_after(n, top);
			continue;
		}
		/* A block that begins text parts it from the one before. */
		if (!doc_is_inline(n->kind) && (n->text != NULL ||
		    doc_is_inline(n->first->kind))) {
			if (block_before && out->n > 0)
				buf_char(out, '\n');
			block_before = true;
		}
		switch (n->kind) {
		case DOC_TEXT:
		case DOC_CODE:
		case DOC_CODE_SPAN:
		case DOC_MATH:
			buf_add(out, n->text, n->len);
			break;
		case DOC_SOFT_BREAK:
		case DOC_HARD_BREAK:
			buf_char(out, ' ');
			break;
		case DOC_NOTE:
			if (n != top) {
				n = doc_next_after(n, top);
				continue;
			}
			break;
		default:
			break;
		}
		n = doc_next(n, top);
	}
}

void
doc_free(struct doc *d)
{
	map_free(&d->ids);
	map_free(&d->notes);
	free(d->excuses.v);
	free(d->marks.v);
	free(d->note_marks.v);
	arena_free(&d->arena);
	memset(d, 0, sizeof(*d));
}
