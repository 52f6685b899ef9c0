/*
 * The text of one block -> inlines: CommonMark's rules of delimiters and
 * brackets, with Pandoc's spans, citations, notes and attributes in them.
 *
 * One pass from left to right makes a flat list of nodes; emphasis marks and
 * opening brackets are text nodes that also stand on a stack, until what
 * closes them turns the nodes between into one node's children. Every node's
 * place is found when it is made, so places are asked for in rising order
 * and counting columns is linear in the text.
 *
 * Nothing here searches ahead without a bound (a note of what was not found,
 * or a length), and a node's height is kept while its leaf is parsed (in
 * `level`, which inlines do not use), so ten thousand open brackets or stars
 * cost what ten thousand letters cost and never nest past READ_DEPTH.
 */
#include <string.h>

#include "base/messages.h"
#include "read/inline.h"

static const char special[256] = {
	['\n'] = 1, ['\\'] = 1, ['`'] = 1, ['*'] = 1, ['_'] = 1, ['~'] = 1,
	['['] = 1, [']'] = 1, ['!'] = 1, ['^'] = 1, ['<'] = 1, ['&'] = 1,
	['@'] = 1, ['$'] = 1,
};

struct pos
inline_pos(struct inl *in, size_t off)
{
	return leaf_pos(in->r, in->leaf, off);
}

void
inline_seen(struct inl *in, size_t from, size_t to)
{
	leaf_seen(in->r, in->leaf, from, to);
}

/* ------------------------------------------------------------------ text */

/*
 * Text waits as a range of the source as long as it is one, and is copied
 * only when an escape or an entity changes it on the way.
 */
static void
text_spill(struct inl *in)
{
	if (in->run_to > in->run_from) {
		buf_add(&in->text, in->s + in->run_from,
		    in->run_to - in->run_from);
		in->run_from = in->run_to;
	}
}

void
inline_run(struct inl *in, size_t from, size_t to)
{
	if (in->run_to == in->run_from && in->text.n == 0) {
		in->text_at = in->run_from = from;
	} else if (in->run_to != from) {
		text_spill(in);
		in->run_from = from;
	}
	in->run_to = to;
}

static void
text_put(struct inl *in, size_t at, const char *s, size_t n)
{
	if (in->run_to == in->run_from && in->text.n == 0)
		in->text_at = at;
	text_spill(in);
	buf_add(&in->text, s, n);
}

void
inline_flush(struct inl *in)
{
	struct doc_node *t;
	struct pos pos;

	if (in->run_to == in->run_from && in->text.n == 0)
		return;
	pos = inline_pos(in, in->text_at);
	if (in->text.n == 0) {
		t = doc_text(in->r->d, in->s + in->run_from,
		    in->run_to - in->run_from, pos);
	} else {
		text_spill(in);
		t = doc_text(in->r->d, in->text.p, in->text.n, pos);
	}
	t->end = inline_pos(in, in->i);
	in->text.n = 0;
	in->run_from = in->run_to;
	doc_append(in->parent, t);
}

struct doc_node *
inline_node(struct inl *in, enum doc_kind kind, size_t from, size_t to)
{
	struct doc_node *n;

	inline_flush(in);
	n = doc_new(in->r->d, kind, inline_pos(in, from));
	n->end = inline_pos(in, to);
	doc_append(in->parent, n);
	return n;
}

void
inline_words(struct inl *in, size_t from, size_t to)
{
	struct doc_node *n;
	const char *nl, *text;
	size_t end;

	inline_flush(in);
	inline_seen(in, from, to);
	for (; from < to; from = end + 1) {
		nl = memchr(in->s + from, '\n', to - from);
		end = nl != NULL ? (size_t)(nl - in->s) : to;
		if (end > from) {
			text = unescape(in->r, in->s + from, end - from);
			n = doc_text(in->r->d, text, strlen(text),
			    inline_pos(in, from));
			n->end = inline_pos(in, end);
			doc_append(in->parent, n);
		}
		if (nl != NULL)
			inline_node(in, DOC_SOFT_BREAK, end, end + 1);
	}
	in->rough = true;
}

/* ----------------------------------------------------------- small marks */

static bool
is_ascii_punct(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
	    (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static void
take_newline(struct inl *in)
{
	size_t end = in->i;
	bool hard = false;

	/* Blanks before the line end: two ask for a break, all go. */
	if (in->run_to == in->i) {
		while (in->run_to > in->run_from &&
		    in->s[in->run_to - 1] == ' ')
			in->run_to--;
		hard = end - in->run_to >= 2;
	}
	inline_node(in, hard ? DOC_HARD_BREAK : DOC_SOFT_BREAK, end, end + 1);
	in->i++;
}

static void
take_backslash(struct inl *in)
{
	size_t i = in->i;
	char c = i + 1 < in->n ? in->s[i + 1] : 0;

	if (c == '\n') {
		inline_node(in, DOC_HARD_BREAK, i, i + 1);
		in->i += 2;
	} else if (c == ' ') {
		/* Pandoc: a blank that does not break. */
		text_put(in, i, "\xc2\xa0", 2);
		in->i += 2;
	} else if (c != 0 && is_ascii_punct(c)) {
		text_put(in, i, &c, 1);
		in->i += 2;
	} else {
		inline_run(in, i, i + 1);
		in->i++;
	}
}

static size_t
run_of(const struct inl *in, size_t i, char c)
{
	size_t k = i;

	while (k < in->n && in->s[k] == c)
		k++;
	return k - i;
}

/* Attributes right behind a node; reported if they cannot be read. */
size_t
inline_attr(struct inl *in, size_t at, struct doc_attr **attr)
{
	const char *why = NULL, *close;
	size_t used = 0, n = MIN(in->n - at, INLINE_ATTR_MAX);
	char *text;

	*attr = NULL;
	if (at >= in->n || in->s[at] != '{')
		return 0;
	*attr = attr_parse(in->r, in->s + at, n, &used, &why);
	if (*attr != NULL) {
		(*attr)->pos = inline_pos(in, at);
		inline_seen(in, at, at + used);
		return used;
	}
	if (why != NULL) {
		close = memchr(in->s + at, '}', n);
		used = close != NULL ? (size_t)(close - in->s) - at + 1 : 1;
		text = arena_strn(&in->r->scratch, in->s + at, used);
		diag_add(in->r->dg, inline_pos(in, at), MAN_BAD_ATTR, text,
		    why);
	}
	return 0;
}

static void
take_code(struct inl *in)
{
	size_t i = in->i, len = run_of(in, i, '`'), k, run, n, skip = 0;
	struct doc_node *node;
	struct doc_attr *attr;
	const char *p;
	char *text;

	/*
	 * A closing run is looked for once a length: what was seen on the way
	 * is kept, or unclosed runs of many lengths would be quadratic.
	 */
	if (len > INLINE_TICKS || (in->ticks_scanned &&
	    in->ticks[len] <= i + len))
		goto literal;
	for (k = i + len; k < in->n; k += run) {
		p = memchr(in->s + k, '`', in->n - k);
		if (p == NULL)
			break;
		k = (size_t)(p - in->s);
		run = run_of(in, k, '`');
		if (run == len)
			goto found;
		if (run <= INLINE_TICKS && in->ticks[run] < k)
			in->ticks[run] = k;
	}
	in->ticks_scanned = true;
literal:
	inline_run(in, i, i + len);
	in->i += len;
	return;
found:
	node = inline_node(in, DOC_CODE_SPAN, i, k + len);
	n = k - i - len;
	text = arena_strn(&in->r->d->arena, in->s + i + len, n);
	in->i = k + len;
	for (k = 0; k < n; k++)
		if (text[k] == '\n')
			text[k] = ' ';
	/* In a cell "\|" is a bar wherever it stands. */
	if (in->parent->kind == DOC_CELL)
		for (k = 0; k + 1 < n; k++)
			if (text[k] == '\\' && text[k + 1] == '|')
				memmove(text + k, text + k + 1, n-- - k);
	/* `` ` `` holds one tick: a blank on either side is not meant. */
	if (n > 2 && text[0] == ' ' && text[n - 1] == ' ' &&
	    strspn(text, " ") < n) {
		skip = 1;
		text[n - 1] = '\0';
	}
	node->text = text + skip;
	node->len = n - 2 * skip;
	in->i += inline_attr(in, in->i, &attr);
	attr_merge(in->r, node, attr);
}

static void
take_entity(struct inl *in)
{
	struct buf out = {0};
	size_t used = entity_decode(in->r, in->s + in->i, in->n - in->i, &out);

	if (used == 0) {
		inline_run(in, in->i, in->i + 1);
		in->i++;
		return;
	}
	text_put(in, in->i, out.p, out.n);
	inline_seen(in, in->i, in->i + used);
	in->i += used;
	buf_free(&out);
}

static void
take_autolink(struct inl *in, size_t len)
{
	size_t i = in->i;
	bool mail = memchr(in->s + i, ':', len) == NULL;
	struct doc_node *n = inline_node(in, DOC_LINK, i, i + len), *t;

	t = doc_text(in->r->d, in->s + i + 1, len - 2, inline_pos(in, i + 1));
	t->end = inline_pos(in, i + len - 1);
	doc_append(n, t);
	n->url = mail ? arena_printf(&in->r->d->arena, "mailto:%s", t->text) :
	    t->text;
	n->level = 1;
	in->nested = true;
	in->i += len;
}

static void
take_angle(struct inl *in)
{
	const char *s = in->s + in->i, *p;
	size_t n = in->n - in->i, len;

	if ((len = autolink_scan(s, n)) > 0) {
		take_autolink(in, len);
		return;
	}
	if (n >= 4 && memcmp(s, "<!--", 4) == 0 && !in->no_comment) {
		p = memmem(s + 4, n - 4, "-->", 3);
		if (p != NULL) {
			len = (size_t)(p - s) + 3;
			inline_flush(in);
			in->rough = true;
			inline_seen(in, in->i, in->i + len);
			comment_take(in->r, in->parent, inline_pos(in,
			    in->i), s, len);
			in->i += len;
			/* "a <!-- x --> b": one blank, not two. */
			if (s > in->s && s[-1] == ' ' && in->i < in->n &&
			    in->s[in->i] == ' ')
				in->i++;
			return;
		}
		in->no_comment = true;
		diag_add(in->r->dg, inline_pos(in, in->i), MAN_HTML, "<!--");
	}
	len = html_scan(s, n);
	if (len == 0) {
		inline_run(in, in->i, in->i + 1);
		in->i++;
		return;
	}
	if (is_line_break_tag(s, len)) {
		inline_seen(in, in->i, in->i + len);
		inline_node(in, DOC_HARD_BREAK, in->i, in->i + len);
		in->i += len;
		return;
	}
	if (s[1] != '/')
		diag_add(in->r->dg, inline_pos(in, in->i), MAN_HTML,
		    arena_strn(&in->r->scratch, s,
		    MIN(strcspn(s, "\n"), MIN(len, 200))));
	/* As it stands; a tag may go on in the next line. */
	while ((p = memchr(in->s + in->i, '\n', len)) != NULL) {
		n = (size_t)(p - in->s) - in->i;
		inline_run(in, in->i, in->i + n);
		in->i += n;
		len -= n + 1;
		take_newline(in);
	}
	inline_run(in, in->i, in->i + len);
	in->i += len;
}

/*
 * $x$ as Pandoc has it: no blank inside either dollar and no digit behind
 * the second, so that sums of money are not taken for mathematics.
 */
static void
take_dollar(struct inl *in)
{
	size_t i = in->i, len = run_of(in, i, '$'), from = i + len, k = from;
	size_t end = MIN(in->n, i + INLINE_MATH_MAX), at;
	struct doc_node *n;
	uint32_t cp;
	char *text;

	if (len > 2 || from >= end || in->s[from] == ' ' ||
	    in->s[from] == '\n')
		goto literal;
	for (; k < end; k++) {
		if (in->s[k] == '\\') {
			k++;
			continue;
		}
		if (in->s[k] != '$' || in->s[k - 1] == ' ')
			continue;
		if (run_of(in, k, '$') < len)
			continue;
		at = k + len;
		cp = at < in->n ? utf8_next(in->s, in->n, &at) : ' ';
		if (!uni_is_digit(cp))
			break;
	}
	if (k >= end)
		goto literal;
	n = inline_node(in, DOC_MATH, i, k + len);
	text = arena_strn(&in->r->d->arena, in->s + from, k - from);
	n->text = text;
	n->len = k - from;
	while ((text = strchr(text, '\n')) != NULL)
		*text = ' ';
	diag_add(in->r->dg, n->pos, MAN_NOT_SUPPORTED,
	    say(in->r, "mathematics", "ریاضی"),
	    say(in->r, "printed as it stands", "چنان که هست چاپ می‌شود"));
	in->i = k + len;
	return;
literal:
	inline_run(in, i, i + len);
	in->i += len;
}

/* ------------------------------------------------------------- structure */

bool
inline_wrap(struct inl *in, size_t seq, struct doc_node *node,
    struct doc_node *first, struct doc_node *last)
{
	struct doc_node *c, *next;
	int height = 0;

	/*
	 * Every mark still open before one that holds too much holds it, too.
	 * Without this, each of them would count through the same nodes.
	 */
	if (seq <= in->doomed)
		return false;
	for (c = first; c != NULL; c = c->next) {
		height = MAX(height, c->level);
		if (c == last)
			break;
	}
	if (height + 1 >= READ_DEPTH) {
		if (!in->deep_told)
			diag_add(in->r->dg, node->pos, MAN_DEEP, READ_DEPTH);
		in->deep_told = true;
		in->doomed = seq;
		return false;
	}
	node->level = height + 1;
	in->nested = true;
	for (c = first; c != NULL; c = next) {
		next = c == last ? NULL : c->next;
		doc_unlink(c);
		doc_append(node, c);
	}
	return true;
}

/*
 * Texts are one where nothing stood between them. Behind a comment that was
 * dropped a new one begins, or its place would be a lie.
 */
static bool
is_continued(const struct doc_node *t)
{
	const struct doc_node *next = t->next;

	return next != NULL && next->kind == DOC_TEXT &&
	    t->end.line == next->pos.line && t->end.col == next->pos.col;
}

static void
texts_join(struct inl *in, struct doc_node *first)
{
	struct doc_node *c, *next, *last = first;
	size_t n = first->len;
	char *text, *p;

	for (; is_continued(last); last = last->next)
		n += last->next->len;
	if (last == first)
		return;
	p = text = arena_alloc(&in->r->d->arena, n + 1);
	for (c = first;; c = next) {
		memcpy(p, c->text, c->len);
		p += c->len;
		next = c->next;
		if (c != first)
			doc_unlink(c);
		if (c == last)
			break;
	}
	first->text = text;
	first->len = n;
	first->end = last->end;
}

static void
tidy(struct inl *in)
{
	struct doc_node *n;

	n = in->before != NULL ? in->before->next : in->parent->first;
	for (; n != NULL; n = doc_next(n, in->parent)) {
		if (n->kind == DOC_TEXT)
			texts_join(in, n);
		n->level = 0;
	}
}

static bool
take_special(struct inl *in)
{
	char c = in->s[in->i], next = in->i + 1 < in->n ? in->s[in->i + 1] : 0;

	switch (c) {
	case '\n': take_newline(in); return true;
	case '\\': take_backslash(in); return true;
	case '`': take_code(in); return true;
	case '*':
	case '_':
	case '~': delim_take(in); return true;
	case '&': take_entity(in); return true;
	case '<': take_angle(in); return true;
	case '$': take_dollar(in); return true;
	case ']': bracket_close(in); return true;
	case '@': return key_take(in);
	case '[':
		if (next != '^' || !note_ref_take(in))
			bracket_open(in, BRACKET_LINK, 1);
		return true;
	case '!':
		if (next == '[')
			bracket_open(in, BRACKET_IMAGE, 2);
		return next == '[';
	case '^':
		if (next == '[')
			bracket_open(in, BRACKET_NOTE, 2);
		return next == '[';
	}
	return false;
}

static void
parse(struct inl *in)
{
	size_t from = in->i, at;

	/* Blanks at either end belong to no one. */
	while (in->n > from && strchr(" \t\n", in->s[in->n - 1]) != NULL)
		in->n--;
	while (in->i < in->n && strchr(" \t\n", in->s[in->i]) != NULL)
		in->i++;
	while (in->i < in->n) {
		at = in->i;
		while (in->i < in->n && !special[(unsigned char)in->s[in->i]])
			in->i++;
		if (in->i > at)
			inline_run(in, at, in->i);
		if (in->i < in->n && !take_special(in)) {
			inline_run(in, in->i, in->i + 1);
			in->i++;
		}
	}
	inline_flush(in);
	delims_close(in, NULL);
	buf_free(&in->text);
}

void
inline_part(struct inl *in, struct doc_node *parent, size_t from, size_t to)
{
	struct inl part = {.r = in->r, .leaf = in->leaf, .s = in->s, .i = from,
	    .n = to, .parent = parent, .deep_told = in->deep_told};
	struct doc_node *n;
	int height = 0;

	parse(&part);
	for (n = parent->first; n != NULL; n = n->next)
		height = MAX(height, n->level);
	tidy(&part);
	parent->level = height + 1;
}

void
inline_parse(struct reader *r, struct doc_node *parent, struct leaf *l,
    size_t from, size_t to)
{
	struct inl in = {.r = r, .leaf = l, .s = l->text.p, .i = from,
	    .n = to, .parent = parent,
	    .before = parent->last};

	parse(&in);
	if (in.rough || in.nested || in.brackets != NULL)
		tidy(&in);
	arena_reset(&r->scratch);
}
