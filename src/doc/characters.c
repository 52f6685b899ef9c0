/*
 * The author's characters put in order, as a style asks: the tree is changed
 * itself, so that pages, contents, outline and every other reader of it say
 * the same. It is changed for one target and then changed back, for the next
 * may ask for something else.
 *
 * A block's inlines are laid end to end, since a quote may open in one and
 * close in another. Text of another language, code and what a program wrote
 * (marks of notes, numbers of references) stands there as one object that
 * nothing is read into.
 *
 * A place in the manuscript is the column of a node's first character and a
 * count from there. Where the count changes the node is parted, and the part
 * after it says its own column.
 */
#include "doc/characters.h"

#include <stdlib.h>
#include <string.h>

#include "base/messages.h"

/* A node as it was, and how many were put after it. */
struct change {
	struct doc_node *node;
	const char *text;
	size_t len;
	struct pos end;
	size_t nadded;
	struct doc_meta *meta;		/* or this value */
};

struct doc_changes {
	struct change *v;
	size_t n, cap;
};

struct run {
	struct doc *d;
	struct doc_changes *out;
	struct block block;
	const char *lang;		/* the book's */
	struct doc_node **nodes;	/* of the block */
	size_t nnodes, nodes_cap;
	size_t count[NKINDS];
	struct pos first[NKINDS];
};

static bool
same_lang(const char *a, const char *b)
{
	size_t n = strcspn(a, "-_");

	return n == strcspn(b, "-_") && memcmp(a, b, n) == 0;
}

/* --------------------------------------------------------------- gathering */

/* Belongs to no node: a line end, something else than text. */
#define NO_NODE UINT32_MAX

static void
put_char(struct run *r, uint32_t cp, uint32_t node)
{
	struct block *b = &r->block;

	*VEC_PUSH(b) = (struct block_char){ .cp = cp, .node = node };
}

static void
put_text(struct run *r, struct doc_node *n)
{
	size_t i = 0;

	while (i < n->len)
		put_char(r, utf8_next(n->text, n->len, &i),
		    (uint32_t)r->nnodes);
	vec_grow((void **)&r->nodes, &r->nodes_cap, r->nnodes + 1,
	    sizeof(*r->nodes));
	r->nodes[r->nnodes++] = n;
}

/* An address shown as it is: nothing in it is text. */
static bool
is_address(const struct doc_node *link)
{
	const struct doc_node *t = link->first;

	return t != NULL && t->kind == DOC_TEXT && t->next == NULL &&
	    (memmem(t->text, t->len, "://", 3) != NULL ||
	    memchr(t->text, '@', t->len) != NULL);
}

static void
gather(struct run *r, struct doc_node *parent)
{
	struct doc_node *n;
	const char *lang;

	for (n = parent->first; n != NULL; n = n->next) {
		lang = doc_value(n, "lang");
		if (lang != NULL && !same_lang(lang, r->lang)) {
			put_char(r, CH_OTHER, NO_NODE);
			continue;
		}
		switch (n->kind) {
		case DOC_TEXT:
			put_text(r, n);
			break;
		case DOC_SOFT_BREAK:
		case DOC_HARD_BREAK:
			put_char(r, '\n', NO_NODE);
			break;
		case DOC_STRONG:
		case DOC_EMPH:
		case DOC_STRIKE:
		case DOC_SPAN:
		case DOC_IMAGE:
		case DOC_CITE:
			gather(r, n);
			break;
		case DOC_LINK:
			if (is_address(n))
				put_char(r, CH_OTHER, NO_NODE);
			else
				gather(r, n);
			break;
		default:
			put_char(r, CH_OTHER, NO_NODE);
			break;
		}
	}
}

/* ---------------------------------------------------------------- applying */

/* The text of characters [i, end), to where their count changes: *next is
 * the character that a node of its own must begin at. */
static void
new_text(const struct block *b, size_t i, size_t end, struct buf *out,
    size_t *next)
{
	const struct block_char *c;
	bool part = false;

	out->n = 0;
	for (; i < end; i++) {
		c = &b->v[i];
		if (part && c->is != CH_GONE)
			break;
		if (c->is == CH_GONE) {
			part = true;
			continue;
		}
		buf_utf8(out, c->is == CH_SAME ? c->cp : c->is);
		if (c->more != 0) {
			buf_utf8(out, c->more);
			part = true;
		}
	}
	*next = i;
}

static void
apply_node(struct run *r, struct doc_node *n, size_t from, size_t end)
{
	const struct block *b = &r->block;
	struct change *c = VEC_PUSH(r->out);
	struct doc_node *last = n, *more;
	struct buf text = {0};
	struct pos pos = n->pos;
	size_t i = from, next;

	*c = (struct change){ .node = n, .text = n->text, .len = n->len,
	    .end = n->end };
	new_text(b, i, end, &text, &next);
	n->text = arena_strn(&r->d->arena, text.n > 0 ? text.p : "", text.n);
	n->len = text.n;
	while (next < end) {
		pos.col += pos.line == 0 ? 0 : (uint32_t)(next - i);
		i = next;
		new_text(b, i, end, &text, &next);
		more = doc_text(r->d, text.n > 0 ? text.p : "", text.n, pos);
		last->end = pos;
		more->end = c->end;
		doc_insert_after(last, more);
		last = more;
		c->nadded++;
	}
	buf_free(&text);
}

/* Nodes of the block that hold a change. */
static void
apply(struct run *r)
{
	const struct block *b = &r->block;
	size_t i, j;
	bool any;

	for (i = 0; i < b->n; i = j) {
		uint32_t node = b->v[i].node;

		any = false;
		for (j = i; j < b->n && b->v[j].node == node; j++)
			any |= b->v[j].is != CH_SAME;
		if (any)
			apply_node(r, r->nodes[node], i, j);
	}
}

/* --------------------------------------------------------------- the whole */

/* Add the block's counts to the book's; `pos` where it has no nodes. */
static void
count(struct run *r, struct pos pos)
{
	struct block *b = &r->block;
	const struct block_char *c;
	size_t k, i;

	for (k = 0; k < NKINDS; k++) {
		if (b->count[k] > 0 && r->count[k] == 0) {
			c = &b->v[b->first[k]];
			if (c->node != NO_NODE) {
				for (i = b->first[k]; i > 0 &&
				    b->v[i - 1].node == c->node; i--)
					;
				pos = r->nodes[c->node]->pos;
				if (pos.line != 0)
					pos.col += (uint32_t)(b->first[k] - i);
			}
			r->first[k] = pos;
		}
		r->count[k] += b->count[k];
		b->count[k] = 0;
	}
}

static bool
is_other_lang(const struct run *r, const struct doc_node *n)
{
	const char *lang;

	for (; n != NULL; n = n->parent)
		if ((lang = doc_value(n, "lang")) != NULL)
			return !same_lang(lang, r->lang);
	return false;
}

static void
walk(struct run *r, struct doc_node *top)
{
	struct doc_node *n;

	for (n = top; n != NULL; n = doc_next(n, top)) {
		if (doc_is_inline(n->kind) || n->first == NULL ||
		    !doc_is_inline(n->first->kind) || is_other_lang(r, n))
			continue;
		r->block.n = r->nnodes = 0;
		gather(r, n);
		block_replace(&r->block);
		count(r, n->pos);
		apply(r);
	}
}

/* What of a book's data is text and not a name of something. */
static bool
is_text(const char *key)
{
	static const char *const keys[] = { "title", "subtitle", "author",
		"translator", "editor", "publisher", "place", "edition",
		"series", "subject", "keywords", "dedication", "course",
		"rights", "colophon", "description", "abstract", "printer",
		"design", "cover", "layout", "editors" };
	size_t i;

	for (i = 0; i < NELEM(keys); i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

static void
value(struct run *r, struct doc_meta *m)
{
	struct block *b = &r->block;
	size_t i, n = strlen(m->value), changes = 0;
	struct buf out = {0};

	b->n = 0;
	for (i = 0; i < n;)
		put_char(r, utf8_next(m->value, n, &i), NO_NODE);
	block_replace(b);
	for (i = 0; i < NKINDS; i++)
		changes += b->count[i];
	count(r, m->pos);
	if (changes == 0)
		return;
	*VEC_PUSH(r->out) = (struct change){ .meta = m, .text = m->value };
	for (i = 0; i < b->n; i++) {
		if (b->v[i].is == CH_GONE)
			continue;
		buf_utf8(&out, b->v[i].is == CH_SAME ? b->v[i].cp :
		    b->v[i].is);
		if (b->v[i].more != 0)
			buf_utf8(&out, b->v[i].more);
	}
	m->value = arena_strn(&r->d->arena, out.p, out.n);
	buf_free(&out);
}

static void
tell(const struct run *r, struct diag *dg)
{
	const size_t *n = r->count;

	if (n[CHANGE_LETTERS] > 0)
		diag_add(dg, r->first[CHANGE_LETTERS], TXT_SET_LETTERS,
		    n[CHANGE_LETTERS]);
	if (n[CHANGE_HEH] > 0)
		diag_add(dg, r->first[CHANGE_HEH], TXT_SET_HEH, n[CHANGE_HEH],
		    r->block.want->heh_hamza == DOC_HEH_COMPOSED ? "U+06C0" :
		    "U+0647 U+0654");
	if (n[CHANGE_DIGITS] > 0)
		diag_add(dg, r->first[CHANGE_DIGITS], TXT_SET_DIGITS,
		    n[CHANGE_DIGITS]);
	if (n[CHANGE_SEPARATORS] > 0)
		diag_add(dg, r->first[CHANGE_SEPARATORS], TXT_SET_SEPARATORS,
		    n[CHANGE_SEPARATORS]);
	if (n[CHANGE_QUOTES] > 0)
		diag_add(dg, r->first[CHANGE_QUOTES], TXT_SET_QUOTES,
		    n[CHANGE_QUOTES]);
	if (n[CHANGE_ELLIPSIS] > 0)
		diag_add(dg, r->first[CHANGE_ELLIPSIS], TXT_SET_ELLIPSIS,
		    n[CHANGE_ELLIPSIS]);
}

struct doc_changes *
doc_characters(struct doc *d, const struct doc_characters *want,
    struct diag *dg)
{
	struct run r = { .d = d, .lang = doc_meta(d, "lang") };
	struct doc_meta *m;

	if (r.lang == NULL)
		r.lang = "fa";
	r.out = xcalloc(1, sizeof(*r.out));
	r.block.want = want;
	r.block.zero = uni_zero(r.lang);
	r.block.persian = same_lang(r.lang, "fa") || same_lang(r.lang, "prs");
	for (m = d->meta; m != NULL; m = m->next)
		if (is_text(m->key))
			value(&r, m);
	walk(&r, d->root);
	walk(&r, d->note_root);
	tell(&r, dg);
	free(r.block.v);
	free(r.nodes);
	return r.out;
}

void
doc_characters_undo(struct doc_changes *c)
{
	size_t i, k;

	if (c == NULL)
		return;
	for (i = 0; i < c->n; i++) {
		struct change *ch = &c->v[i];

		if (ch->meta != NULL) {
			ch->meta->value = ch->text;
			continue;
		}
		ch->node->text = ch->text;
		ch->node->len = ch->len;
		ch->node->end = ch->end;
		for (k = 0; k < ch->nadded; k++)
			doc_unlink(ch->node->next);
	}
	free(c->v);
	free(c);
}
