/*
 * Addresses of links: behind the text in brackets, or defined elsewhere.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "read/reader.h"

#define LABEL_MAX 999
#define PAREN_MAX 32		/* parentheses within an address */

static bool
is_gap(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static size_t
gap(const char *s, size_t n, size_t i)
{
	while (i < n && is_gap(s[i]))
		i++;
	return i;
}

/* Blanks and at most one line end. */
static size_t
small_gap(const char *s, size_t n, size_t i)
{
	while (i < n && (s[i] == ' ' || s[i] == '\t'))
		i++;
	if (i < n && s[i] == '\n')
		for (i++; i < n && (s[i] == ' ' || s[i] == '\t'); i++)
			;
	return i;
}

/* An address at s[i]: *from, *to its bytes; returns what follows, 0: none. */
static size_t
url_scan(const char *s, size_t n, size_t i, size_t *from, size_t *to)
{
	int depth = 0;

	if (i < n && s[i] == '<') {
		*from = ++i;
		for (; i < n && s[i] != '>'; i++) {
			if (s[i] == '\n' || s[i] == '<')
				return 0;
			if (s[i] == '\\' && i + 1 < n)
				i++;
		}
		*to = i;
		return i < n ? i + 1 : 0;
	}
	*from = i;
	for (; i < n && (unsigned char)s[i] > ' ' && s[i] != 0x7f; i++) {
		if (s[i] == '\\' && i + 1 < n && s[i + 1] > ' ')
			i++;
		else if (s[i] == '(' && ++depth > PAREN_MAX)
			return 0;
		else if (s[i] == ')' && --depth < 0)
			break;
	}
	*to = i;
	return depth > 0 ? 0 : i;
}

/* "title", 'title' or (title) at s[i]; returns what follows, 0: none. */
static size_t
title_scan(const char *s, size_t n, size_t i, bool *no_title, size_t *from,
    size_t *to)
{
	char q;

	if (i >= n || strchr("\"'(", s[i]) == NULL || s[i] == '\0')
		return 0;
	q = s[i] == '(' ? ')' : s[i];
	if (no_title[(int)q])
		return 0;
	*from = ++i;
	for (; i < n && s[i] != q; i++) {
		if (s[i] == '\\' && i + 1 < n)
			i++;
		else if (q == ')' && s[i] == '(')
			return 0;
	}
	if (i >= n) {
		no_title[(int)q] = true;
		return 0;
	}
	*to = i;
	return i + 1;
}

bool
link_tail(struct reader *r, const char *s, size_t n, size_t *used,
    bool *no_title, const char **url, const char **title)
{
	size_t i, k, from, to, tfrom = 0, tto = 0;

	i = gap(s, n, 1);
	i = url_scan(s, n, i, &from, &to);
	if (i == 0)
		return false;
	k = gap(s, n, i);
	if (k > i && k < n && s[k] != ')') {
		k = title_scan(s, n, k, no_title, &tfrom, &tto);
		if (k == 0)
			return false;
		k = gap(s, n, k);
	}
	if (k >= n || s[k] != ')')
		return false;
	*url = unescape(r, s + from, to - from);
	*title = tto > tfrom ? unescape(r, s + tfrom, tto - tfrom) : NULL;
	*used = k + 1;
	return true;
}

/*
 * Labels match whatever the case of ASCII letters and the length of blanks.
 */
char *
label_fold(struct reader *r, const char *s, size_t n)
{
	char *out = arena_alloc(&r->scratch, n + 1), *p = out;
	size_t i;

	for (i = 0; i < n; i++) {
		if (is_gap(s[i])) {
			if (p > out && p[-1] != ' ')
				*p++ = ' ';
		} else {
			*p++ = s[i] >= 'A' && s[i] <= 'Z' ?
			    (char)(s[i] + 32) : s[i];
		}
	}
	if (p > out && p[-1] == ' ')
		p--;
	*p = '\0';
	return out;
}

/* One definition at s[at]: what follows it, 0 if there is none. */
static size_t
linkdef_scan(struct reader *r, struct leaf *l, size_t at, bool keep)
{
	const char *s = l->text.p;
	size_t n = l->text.n, i = at + 1, label_to, from, to, end, k;
	size_t tfrom = 0, tto = 0;
	struct linkdef *def;
	bool no_title[128] = {false};
	char *label;
	void **slot;

	if (at >= n || s[at] != '[')
		return 0;
	/* "[@key]: x" is a citation with words behind it, "[^x]" a note. */
	if (i < n && (s[i] == '@' || s[i] == '^' || (s[i] == '-' &&
	    i + 1 < n && s[i + 1] == '@')))
		return 0;
	while (i < n && s[i] != ']' && i - at < LABEL_MAX) {
		if (s[i] == '[')
			return 0;
		i += s[i] == '\\' && i + 1 < n ? 2 : 1;
	}
	if (i + 1 >= n || s[i] != ']' || s[i + 1] != ':' ||
	    gap(s, i, at + 1) == i)
		return 0;
	label_to = i;
	i = small_gap(s, n, i + 2);
	if (i >= n)
		return 0;
	i = url_scan(s, n, i, &from, &to);
	if (i == 0 || (to == from && s[from] != '>'))
		return 0;
	/* A title must end its line; one that does not is no title. */
	k = small_gap(s, n, i);
	end = i;
	while (end < n && (s[end] == ' ' || s[end] == '\t'))
		end++;
	if (k > i && (k = title_scan(s, n, k, no_title, &tfrom, &tto)) > 0) {
		while (k < n && (s[k] == ' ' || s[k] == '\t'))
			k++;
		if (k == n || s[k] == '\n')
			end = k;
		else
			tto = tfrom;
	}
	if (end < n && s[end] != '\n')
		return 0;
	if (keep) {
		def = ARENA_NEW(&r->d->arena, struct linkdef);
		def->label = arena_strn(&r->d->arena, s + at + 1,
		    label_to - at - 1);
		def->url = unescape(r, s + from, to - from);
		def->title = tto > tfrom ? unescape(r, s + tfrom, tto - tfrom) :
		    NULL;
		def->pos = leaf_pos(r, l, at);
		*VEC_PUSH(&r->deflist) = def;
		label = label_fold(r, s + at + 1, label_to - at - 1);
		slot = map_put(&r->refs, label, strlen(label));
		if (*slot == NULL)
			*slot = def;
		leaf_seen(r, l, at, end);
	}
	return end < n ? end + 1 : end;
}

size_t
linkdefs_scan(struct reader *r, struct leaf *l, bool keep)
{
	size_t at = 0, next;

	while ((next = linkdef_scan(r, l, at, keep)) > 0)
		at = next;
	return at;
}

void
linkdefs_report(struct reader *r)
{
	size_t i;

	for (i = 0; i < r->deflist.n; i++)
		if (!r->deflist.v[i]->used)
			diag_add(r->dg, r->deflist.v[i]->pos, MAN_UNUSED_LINK,
			    r->deflist.v[i]->label);
}
