/*
 * The little of HTML that is understood: comments (dropped, except what they
 * tell the lints), <br>, entities, and automatic links in angle brackets.
 */
#include <stdlib.h>
#include <string.h>

#include <cmark-gfm.h>

#include "read/reader.h"

#define TAG_MAX 1024		/* bytes of one tag or link */

static bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_alnum(char c)
{
	return is_alpha(c) || (c >= '0' && c <= '9');
}

/* <scheme:...> or <name@host>: its bytes, 0 if it is neither. */
size_t
autolink_scan(const char *s, size_t n)
{
	const char *close;
	size_t i = 1, len;
	bool at = false;

	n = MIN(n, TAG_MAX);
	close = memchr(s, '>', n);
	if (close == NULL)
		return 0;
	len = (size_t)(close - s);
	while (i < len && (is_alnum(s[i]) || strchr("+.-", s[i]) != NULL))
		i++;
	if (i >= 3 && i <= 33 && i < len && s[i] == ':' && is_alpha(s[1])) {
		for (; i < len; i++)
			if ((unsigned char)s[i] <= ' ' || s[i] == '<')
				return 0;
		return len + 1;
	}
	for (i = 1; i < len; i++) {
		if (s[i] == '@' && !at && i > 1 && i + 1 < len)
			at = true;
		else if (!is_alnum(s[i]) && strchr(".+-_", s[i]) == NULL)
			return 0;
	}
	return at ? len + 1 : 0;
}

/* A tag, an instruction: anything from "<" and a letter, "/",
 * "!" or "?" to its ">". Quoted values may hold one. */
size_t
html_scan(const char *s, size_t n)
{
	size_t i = 1, max = MIN(n, TAG_MAX);
	char q = 0;

	if (n < 3)
		return 0;
	if (s[1] == '/' || s[1] == '!' || s[1] == '?')
		i = 2;
	if (i == 1 || s[1] == '/') {
		if (!is_alpha(s[i]))
			return 0;
		while (i < max && (is_alnum(s[i]) || s[i] == '-'))
			i++;
		if (i >= max || strchr(" \t\n/>", s[i]) == NULL)
			return 0;
	}
	for (; i < max; i++) {
		if (q != 0) {
			if (s[i] == q)
				q = 0;
		} else if (s[i] == '"' || s[i] == '\'') {
			q = s[i];
		} else if (s[i] == '>') {
			return i + 1;
		} else if (s[i] == '<') {
			return 0;
		}
	}
	return 0;
}

bool
is_line_break_tag(const char *s, size_t n)
{
	size_t i = 3;

	if (n < 4 || (s[1] | 32) != 'b' || (s[2] | 32) != 'r')
		return false;
	while (i < n && (s[i] == ' ' || s[i] == '/'))
		i++;
	return s[i] == '>';
}

/*
 * <!-- dabir: allow CODE: why -->: an excuse for `block`, or if that is NULL
 * for the next block. Other comments say nothing.
 */
void
comment_take(struct reader *r, struct doc_node *block, struct pos pos,
    const char *s, size_t n)
{
	static const char *const words[] = {"dabir:", "allow"};
	const char *end = s + n - 3;

	s += 4;
	for (size_t i = 0; i < NELEM(words); i++) {
		size_t len = strlen(words[i]);

		while (s < end && strchr(" \t\n", *s) != NULL)
			s++;
		if ((size_t)(end - s) <= len || memcmp(s, words[i], len) != 0)
			return;
		s += len;
	}
	if (strchr(" \t\n", *s) == NULL)
		return;
	while (s < end && strchr(" \t\n", *s) != NULL)
		s++;
	while (end > s && strchr(" \t\n", end[-1]) != NULL)
		end--;
	*VEC_PUSH(&r->d->excuses) = (struct doc_excuse){
	    arena_strn(&r->d->arena, s, (size_t)(end - s)), pos, block};
}

void
excuses_give(struct reader *r, const struct doc_node *block)
{
	struct doc *d = r->d;

	for (; r->excused < d->excuses.n; r->excused++)
		if (d->excuses.v[r->excused].node == NULL)
			d->excuses.v[r->excused].node = block;
}

/* -------------------------------------------------------------- entities */

/*
 * The 2,125 names of HTML are in cmark already: it is given "&name;" alone
 * and asked for the text. Each name once; books use three or four.
 */
static const char *
entity_named(struct reader *r, const char *s, size_t n)
{
	void **slot = map_put(&r->entities, s, n);
	cmark_node *root, *t;
	const char *text = NULL;

	if (*slot != NULL)
		return *slot;
	root = cmark_parse_document(s, n, CMARK_OPT_DEFAULT);
	t = cmark_node_first_child(root);
	t = t != NULL ? cmark_node_first_child(t) : NULL;
	if (t != NULL && cmark_node_get_type(t) == CMARK_NODE_TEXT)
		text = cmark_node_get_literal(t);
	*slot = arena_str(&r->d->arena, text == NULL ||
	    strncmp(text, s, n) == 0 ? "" : text);
	cmark_node_free(root);
	return *slot;
}

size_t
entity_decode(struct reader *r, const char *s, size_t n, struct buf *out)
{
	size_t i = 1;
	uint32_t cp = 0;
	const char *text;
	bool hex;
	char c;

	if (n >= 4 && s[1] == '#') {
		hex = s[2] == 'x' || s[2] == 'X';
		for (i = hex ? 3 : 2; i < n && i < 10; i++) {
			c = (char)(s[i] | 32);
			if (s[i] >= '0' && s[i] <= '9')
				cp = cp * (hex ? 16 : 10) +
				    (uint32_t)(s[i] - '0');
			else if (hex && c >= 'a' && c <= 'f')
				cp = cp * 16 + (uint32_t)c - 'a' + 10;
			else
				break;
		}
		if (i >= n || s[i] != ';' || i == (hex ? 3u : 2u))
			return 0;
		if (cp == 0 || cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000))
			cp = 0xfffd;
		buf_utf8(out, cp);
		return i + 1;
	}
	while (i < n && i < 40 && is_alnum(s[i]))
		i++;
	if (i == 1 || i >= n || s[i] != ';')
		return 0;
	text = entity_named(r, s, i + 1);
	if (*text == '\0')
		return 0;
	buf_str(out, text);
	return i + 1;
}

/* A copy in the tree's arena, backslashes and entities resolved. */
char *
unescape(struct reader *r, const char *s, size_t n)
{
	struct buf out = {0};
	size_t i = 0, used;
	char *text;

	if (memchr(s, '\\', n) == NULL && memchr(s, '&', n) == NULL)
		return arena_strn(&r->d->arena, s, n);
	while (i < n) {
		if (s[i] == '\\' && i + 1 < n && !is_alnum(s[i + 1]) &&
		    s[i + 1] > ' ' && s[i + 1] < 0x7f) {
			buf_char(&out, s[i + 1]);
			i += 2;
		} else if (s[i] == '&' && (used = entity_decode(r, s + i, n - i,
		    &out)) > 0) {
			i += used;
		} else {
			buf_char(&out, s[i++]);
		}
	}
	text = arena_strn(&r->d->arena, out.p != NULL ? out.p : "", out.n);
	buf_free(&out);
	return text;
}
