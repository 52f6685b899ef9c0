/*
 * Whatever stands in brackets:
 *
 *	[text](url "title")  [text][label]  [label]	links
 *	![text](url)					images
 *	[text]{.class}					spans
 *	[see @key, p. 5; @other]  [@tbl-x]		citations, references
 *	^[text]						inline notes
 *	[^label]					calls of notes
 *
 * and keys outside of them: @key [p. 5].
 */
#include <string.h>

#include "base/messages.h"
#include "read/inline.h"

void
bracket_open(struct inl *in, enum bracket_kind kind, size_t len)
{
	struct bracket *b;

	inline_flush(in);
	inline_run(in, in->i, in->i + len);
	in->i += len;
	inline_flush(in);
	b = ARENA_NEW(&in->r->scratch, struct bracket);
	b->node = in->parent->last;
	b->kind = kind;
	b->from = in->i;
	b->seq = ++in->seq;
	b->delim = in->delims;
	b->prev = in->brackets;
	in->brackets = b;
	in->rough = true;
}

/* Put `node`, which holds all that followed the mark, in the mark's place. */
static bool
bracket_become(struct inl *in, struct bracket *b, struct doc_node *node,
    size_t end)
{
	inline_flush(in);
	delims_close(in, b->delim);
	node->pos = b->node->pos;
	node->end = inline_pos(in, end);
	if (b->node->next == NULL)
		node->level = 1;
	else if (!inline_wrap(in, b->seq, node, b->node->next,
	    in->parent->last))
		return false;
	doc_insert_after(b->node, node);
	doc_unlink(b->node);
	return true;
}

/* Notes written below a node that goes; they will be read again. */
static void
notes_drop(struct doc_node *top)
{
	struct doc_node *n;

	for (n = top; n != NULL; n = doc_next(n, top))
		if (n->kind == DOC_NOTE_REF && n->target != NULL)
			doc_unlink(n->target);
}

/* A citation is read from its text: what was parsed inside it goes. */
static void
bracket_drop(struct inl *in, struct bracket *b)
{
	inline_flush(in);
	in->delims = b->delim;
	if (in->delims != NULL)
		in->delims->next = NULL;
	while (b->node->next != NULL) {
		notes_drop(b->node->next);
		doc_unlink(b->node->next);
	}
	doc_unlink(b->node);
}

/* What the author wrote in bytes [from, to), for want of a style. */
static void
cite_source(struct inl *in, struct doc_node *n, size_t from, size_t to)
{
	n->text = arena_strn(&in->r->d->arena, in->s + from, to - from);
	n->len = to - from;
}

/* ---------------------------------------------------------------- places */

/* The places of the keys of a citation that begins at text[from]. */
static void
cite_places(struct inl *in, struct doc_cite *c, size_t from, size_t to)
{
	for (; c != NULL; c = c->next)
		/* Until now pos.col held the key's offset in the text. */
		c->pos = inline_pos(in, MIN(from + c->pos.col, to));
}

/* A citation in its node, which is as deep as the words around its keys. */
static void
cite_give(struct inl *in, struct doc_node *n, struct doc_cite *c)
{
	int height = 0;

	n->cite = c;
	for (; c != NULL; c = c->next) {
		if (c->prefix_inlines != NULL)
			height = MAX(height, c->prefix_inlines->level);
		if (c->suffix_inlines != NULL)
			height = MAX(height, c->suffix_inlines->level);
	}
	/* Links and directions stand around the keys. */
	n->level = height + 3;
	in->nested = true;
}

/*
 * [@tbl-a], [جدول @tbl-a، ستون ۲], [@tbl-a; @fig-b]: cross-references, each a
 * node of its own; the words around them are text. Returns the last one.
 */
static struct doc_node *
refs_emit(struct inl *in, struct doc_cite *c, size_t from, size_t to)
{
	struct doc_node *n = NULL;
	size_t at, end = from, len;
	const char *key;

	for (;; c = c->next) {
		at = c != NULL ? from + c->pos.col + c->suppress_author : to;
		inline_words(in, end, at);
		if (c == NULL)
			return n;
		end = at + 1 + cite_key(in->s + at + 1, to - at - 1, &key,
		    &len);
		n = doc_new(in->r->d, DOC_REF, inline_pos(in, at));
		n->end = inline_pos(in, end);
		n->text = c->key;
		n->len = strlen(c->key);
		inline_seen(in, at, end);
		doc_append(in->parent, n);
	}
}

static bool
is_all_refs(const struct doc_cite *c)
{
	for (; c != NULL; c = c->next)
		if (!is_ref_key(c->key, strlen(c->key)))
			return false;
	return true;
}

static bool
try_cite(struct inl *in, struct bracket *b, size_t close)
{
	struct doc_cite *c;
	struct doc_node *n;
	struct doc_attr *attr;
	size_t used;

	if (close - b->from > INLINE_CITE_MAX ||
	    !cite_has_key(in->s + b->from, close - b->from))
		return false;
	/* Before what is inside it is read again: notes would change places. */
	bracket_drop(in, b);
	c = cite_parse(in, in->s + b->from, close - b->from, b->from);
	if (b->prev != NULL)
		b->prev->has_cite = true;
	if (is_all_refs(c)) {
		n = refs_emit(in, c, b->from, close);
	} else {
		cite_places(in, c, b->from, close);
		inline_seen(in, b->from, close);
		n = doc_new(in->r->d, DOC_CITE, b->node->pos);
		cite_give(in, n, c);
		cite_source(in, n, b->from - 1, close + 1);
		n->end = inline_pos(in, close + 1);
		doc_append(in->parent, n);
	}
	in->i = close + 1;
	used = inline_attr(in, in->i, &attr);
	attr_merge(in->r, n, attr);
	in->i += used;
	return true;
}

/* ----------------------------------------------------------------- links */

static bool
link_make(struct inl *in, struct bracket *b, const char *url,
    const char *title, size_t close, size_t end)
{
	struct doc_node *n = doc_new(in->r->d,
	    b->kind == BRACKET_IMAGE ? DOC_IMAGE : DOC_LINK, NOPOS);
	struct doc_attr *attr;
	size_t used;

	if (!bracket_become(in, b, n, end))
		return false;
	n->url = url;
	n->title = title;
	inline_seen(in, close + 1, end);
	in->i = end;
	used = inline_attr(in, end, &attr);
	attr_merge(in->r, n, attr);
	in->i += used;
	/* Links do not stand within links. */
	if (b->kind == BRACKET_LINK)
		in->no_link_before = b->seq;
	return true;
}

static bool
try_inline_link(struct inl *in, struct bracket *b, size_t close)
{
	const char *url, *title;
	size_t used;

	if (!link_tail(in->r, in->s + close + 1, in->n - close - 1, &used,
	    in->no_title, &url, &title))
		return false;
	return link_make(in, b, url, title, close, close + 1 + used);
}

static bool
try_reference(struct inl *in, struct bracket *b, size_t close)
{
	size_t from = b->from, to = close, end = close + 1, k;
	struct linkdef *def;
	char *label;

	if (in->r->refs.n == 0)
		return false;
	if (end < in->n && in->s[end] == '[') {
		for (k = end + 1; k < in->n && k < end + 1000 &&
		    in->s[k] != ']' && in->s[k] != '['; k++)
			if (in->s[k] == '\\')
				k++;
		if (k < in->n && in->s[k] == ']') {
			if (strspn(in->s + end + 1, " \t\n") < k - end - 1) {
				from = end + 1;
				to = k;
			}
			end = k + 1;
		}
	}
	if (to - from > 999 || to == from)
		return false;
	label = label_fold(in->r, in->s + from, to - from);
	def = map_get(&in->r->refs, label, strlen(label));
	if (def == NULL)
		return false;
	def->used = true;
	return link_make(in, b, def->url, def->title, close, end);
}

static bool
try_span(struct inl *in, struct bracket *b, size_t close)
{
	struct doc_attr *attr;
	struct doc_node *n;
	size_t used = inline_attr(in, close + 1, &attr);

	if (used == 0)
		return false;
	n = doc_new(in->r->d, DOC_SPAN, NOPOS);
	if (!bracket_become(in, b, n, close + 1 + used))
		return false;
	n->attr = attr;
	in->i = close + 1 + used;
	return true;
}

/* ----------------------------------------------------------------- notes */

static bool
note_make(struct inl *in, struct bracket *b, size_t close)
{
	struct doc *d = in->r->d;
	struct doc_node *note, *para, *ref = doc_new(d, DOC_NOTE_REF, NOPOS);

	para = doc_new(d, DOC_PARA, b->node->end);
	if (!bracket_become(in, b, ref, close + 1))
		return false;
	doc_move_children(ref, para);
	para->end = inline_pos(in, close);
	note = doc_new(d, DOC_NOTE, ref->pos);
	note->end = ref->end;
	doc_append(note, para);
	doc_append(d->note_root, note);
	/* Its label is made up when the whole book is there. */
	ref->target = note;
	note->target = ref;
	in->i = close + 1;
	return true;
}

bool
note_ref_take(struct inl *in)
{
	size_t from = in->i + 2, k = from;
	struct doc_node *n;

	while (k < in->n && k - from < 400 && in->s[k] != ']' &&
	    strchr(" \t\n[^", in->s[k]) == NULL)
		k++;
	if (k == from || k >= in->n || in->s[k] != ']')
		return false;
	n = inline_node(in, DOC_NOTE_REF, in->i, k + 1);
	n->text = arena_strn(&in->r->d->arena, in->s + from, k - from);
	n->len = k - from;
	inline_seen(in, from, k);
	in->i = k + 1;
	return true;
}

/* -------------------------------------------------------------- closing */

void
bracket_close(struct inl *in)
{
	struct bracket *b = in->brackets;
	size_t close = in->i;
	char next = close + 1 < in->n ? in->s[close + 1] : 0;
	bool linked = b != NULL && (b->kind == BRACKET_IMAGE ||
	    b->seq > in->no_link_before);

	if (b != NULL) {
		in->brackets = b->prev;
		if (b->kind == BRACKET_NOTE ? note_make(in, b, close) :
		    (b->kind == BRACKET_LINK && b->has_key && !b->has_cite &&
		    try_cite(in, b, close)) ||
		    (next == '(' && linked && try_inline_link(in, b, close)) ||
		    (next == '{' && b->kind == BRACKET_LINK &&
		    try_span(in, b, close)) ||
		    (linked && try_reference(in, b, close)))
			return;
	}
	inline_run(in, close, close + 1);
	in->i = close + 1;
}

/* ----------------------------------------------------- keys in the text */

/*
 * The bracket behind a key, "@key [ص ۵؛ نیز @other]": bytes from text[at] to
 * its end, 0 if none that belongs to the key stands there.
 */
static size_t
key_bracket(const struct inl *in, size_t at)
{
	size_t k = at, from;

	if (k < in->n && (in->s[k] == ' ' || in->s[k] == '\n'))
		k++;
	if (k >= in->n || in->s[k] != '[')
		return 0;
	from = ++k;
	if (k < in->n && (in->s[k] == '@' || in->s[k] == '^'))
		return 0;
	while (k < in->n && k - from < INLINE_CITE_MAX && in->s[k] != ']' &&
	    in->s[k] != '[')
		k++;
	if (k >= in->n || in->s[k] != ']' || k == from)
		return 0;
	/* [text](url), [text]{.class}, [text][label] mean something else. */
	if (k + 1 < in->n && strchr("({[", in->s[k + 1]) != NULL)
		return 0;
	return k + 1 - at;
}

/*
 * The dash of "-@key", which stands in the text that waits: it is taken back.
 * Only where it does not follow a word: a-@b is nothing of the kind.
 */
static bool
dash_take(struct inl *in)
{
	size_t i = in->i, at;
	uint32_t cp;

	if (in->run_to != i || in->run_to == in->run_from ||
	    in->s[i - 1] != '-')
		return false;
	at = --i;
	if (at > 0) {
		do
			at--;
		while (at > 0 && ((unsigned char)in->s[at] & 0xc0) == 0x80);
		cp = utf8_next(in->s, i, &at);
		if (cp == '-' || cp == '_' || uni_is_letter(cp) ||
		    uni_is_digit(cp))
			return false;
	}
	in->run_to--;
	return true;
}

/* The citation that text[i] begins with, "@key [p. 5]"; *end is where the
 * key ends, or its bracket. */
static struct doc_cite *
key_parse(struct inl *in, size_t i, size_t *end)
{
	size_t used = key_bracket(in, *end), n = *end - i;
	struct buf text = {0};
	struct doc_cite *c;

	/* One grammar for both forms: "[" becomes the comma behind the key, so
	 * offsets stay. */
	buf_add(&text, in->s + i, n + used - (used > 0));
	if (used > 0)
		*strchr(text.p + n, '[') = ',';
	c = cite_parse(in, text.p, text.n, i);
	if (c == NULL || (used > 0 && c->next != NULL &&
	    *c->next->key == '\0')) {
		used = 0;
		c = cite_parse(in, in->s + i, n, i);
	}
	buf_free(&text);
	*end += used;
	return c;
}

bool
key_take(struct inl *in)
{
	size_t i = in->i, len, used, end, at = i;
	struct doc_cite *c = NULL;
	struct doc_node *n;
	struct doc_attr *attr;
	const char *key;
	uint32_t cp;

	if (i > 0) {
		do
			at--;
		while (at > 0 && ((unsigned char)in->s[at] & 0xc0) == 0x80);
		cp = utf8_next(in->s, i, &at);
		/* a@b is an address. */
		if (uni_is_letter(cp) || uni_is_digit(cp) || cp == '_')
			return false;
	}
	used = cite_key(in->s + i + 1, in->n - i - 1, &key, &len);
	if (used == 0)
		return false;
	if (in->brackets != NULL)
		in->brackets->has_key = true;
	end = i + 1 + used;
	if (is_ref_key(key, len)) {
		n = inline_node(in, DOC_REF, i, end);
		n->text = arena_strn(&in->r->d->arena, key, len);
		n->len = len;
	} else {
		c = key_parse(in, i, &end);
		if (c == NULL)
			return false;
		if (dash_take(in))
			i--;
		cite_places(in, c, in->i, end);
		n = inline_node(in, DOC_CITE, i, end);
		cite_give(in, n, c);
		cite_source(in, n, i, end);
		c->suppress_author = i < in->i;
		c->in_text = !c->suppress_author;
	}
	inline_seen(in, i, end);
	in->i = end;
	/* In a bracket that may become a citation, "{" opens a locator. */
	if (in->brackets != NULL && n->kind == DOC_CITE)
		return true;
	used = inline_attr(in, end, &attr);
	attr_merge(in->r, n, attr);
	in->i += used;
	return true;
}
