/*
 * Attributes: {#id .class key=value key="two words" -}.
 */
#include <stdlib.h>
#include <string.h>

#include "read/reader.h"

#define ATTR_MAX 65536		/* bytes of one {...}: bounds the search */

static bool
is_gap(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* An id's or a class's name: anything up to a blank or a character that has
 * a meaning here. Dots and colons belong to it, as in Pandoc. */
static size_t
name_scan(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && !is_gap(s[i]) && strchr("{}\"'=#<>", s[i]) == NULL)
		i++;
	return i;
}

struct draft {
	const char *id;
	struct { const char **v; size_t n, cap; } classes, keys, values;
};

static void
class_add(struct reader *r, struct draft *a, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < a->classes.n; i++)
		if (strlen(a->classes.v[i]) == n &&
		    memcmp(a->classes.v[i], s, n) == 0)
			return;
	*VEC_PUSH(&a->classes) = arena_strn(&r->d->arena, s, n);
}

/* class="a b" and id="x" say what .a .b and #x do. */
static void
value_add(struct reader *r, struct draft *a, const char *key, size_t nkey,
    const char *value, size_t n)
{
	size_t i = 0, at;

	if (nkey == 2 && memcmp(key, "id", 2) == 0) {
		a->id = arena_strn(&r->d->arena, value, n);
		return;
	}
	if (nkey == 5 && memcmp(key, "class", 5) == 0) {
		while (i < n) {
			while (i < n && is_gap(value[i]))
				i++;
			for (at = i; i < n && !is_gap(value[i]); i++)
				;
			if (i > at)
				class_add(r, a, value + at, i - at);
		}
		return;
	}
	*VEC_PUSH(&a->keys) = arena_strn(&r->d->arena, key, nkey);
	*VEC_PUSH(&a->values) = arena_strn(&r->d->arena, value, n);
}

/* The value after "=": its bytes, 0 if a quote does not close. */
static size_t
value_scan(const char *s, size_t n, struct buf *out)
{
	size_t i = 0;
	char q;

	if (n > 0 && (s[0] == '"' || s[0] == '\'')) {
		q = s[0];
		for (i = 1; i < n && s[i] != q; i++) {
			if (s[i] == '\\' && i + 1 < n &&
			    (s[i + 1] == q || s[i + 1] == '\\'))
				i++;
			buf_char(out, s[i] == '\n' ? ' ' : s[i]);
		}
		return i < n ? i + 1 : 0;
	}
	while (i < n && !is_gap(s[i]) && s[i] != '}')
		buf_char(out, s[i++]);
	return i;
}

/* One part at s[i]; returns what follows it, or 0 with *why. */
static size_t
part_parse(struct reader *r, struct draft *a, const char *s, size_t n,
    size_t i, const char **why)
{
	struct buf value = {0};
	size_t k, used;

	if (s[i] == '#' || s[i] == '.') {
		k = name_scan(s + i + 1, n - i - 1);
		if (k == 0) {
			*why = say(r, "a name is missing after # or .",
			    "پس از # یا . نامی نیست");
			return 0;
		}
		if (s[i] == '#')
			a->id = arena_strn(&r->d->arena, s + i + 1, k);
		else
			class_add(r, a, s + i + 1, k);
		return i + 1 + k;
	}
	if (s[i] == '-' && i + 1 < n && (is_gap(s[i + 1]) || s[i + 1] == '}')) {
		class_add(r, a, "unnumbered", 10);
		return i + 1;
	}
	k = name_scan(s + i, n - i);
	if (k == 0 || i + k >= n || s[i + k] != '=') {
		*why = say(r, "a part is neither #id nor .class nor key=value",
		    "بخشی از آن نه ‎#id است، نه ‎.class و نه key=value");
		return 0;
	}
	buf_str(&value, "");
	used = value_scan(s + i + k + 1, n - i - k - 1, &value);
	if (used > 0 || (i + k + 1 < n && s[i + k + 1] == '}'))
		value_add(r, a, s + i, k, value.p, value.n);
	else
		*why = say(r, "a value is missing or its quote does not close",
		    "مقداری نیامده یا گیومه‌اش بسته نشده است");
	buf_free(&value);
	return *why == NULL ? i + k + 1 + used : 0;
}

static const char **
list_kept(struct reader *r, const char **v, size_t n)
{
	const char **w = NULL;

	if (n > 0)
		w = arena_dup(&r->d->arena, v, n * sizeof(*v));
	free(v);
	return w;
}

struct doc_attr *
attr_parse(struct reader *r, const char *s, size_t n, size_t *used,
    const char **why)
{
	struct draft a = {0};
	struct doc_attr *attr = NULL;
	size_t i = 1;

	*why = NULL;
	n = MIN(n, ATTR_MAX);
	if (n < 2 || s[0] != '{')
		return NULL;
	while (i < n && is_gap(s[i]))
		i++;
	/* "{" in prose is no attribute gone wrong: ask for some likeness. */
	if (i == n || !(s[i] == '#' || s[i] == '.' || s[i] == '}' ||
	    s[i] == '-' || memchr(s, '=', n) != NULL))
		return NULL;
	if (memchr(s, '}', n) == NULL) {
		if (s[i] == '#' || s[i] == '.')
			*why = say(r, "no closing brace",
			    "آکولاد بسته نشده است");
		return NULL;
	}
	while (i > 0) {
		while (i < n && is_gap(s[i]))
			i++;
		if (i == n) {
			*why = say(r, "no closing brace",
			    "آکولاد بسته نشده است");
			break;
		}
		if (s[i] == '}') {
			attr = ARENA_NEW(&r->d->arena, struct doc_attr);
			break;
		}
		i = part_parse(r, &a, s, n, i, why);
	}
	if (attr != NULL) {
		*used = i + 1;
		attr->id = a.id;
		attr->nclasses = a.classes.n;
		attr->classes = list_kept(r, a.classes.v, a.classes.n);
		attr->nkeys = a.keys.n;
		attr->keys = list_kept(r, a.keys.v, a.keys.n);
		attr->values = list_kept(r, a.values.v, a.values.n);
	} else {
		free(a.classes.v);
		free(a.keys.v);
		free(a.values.v);
	}
	return attr;
}

struct doc_attr *
attr_trailing(struct reader *r, const char *s, size_t n, size_t *start,
    const char **why)
{
	const char *reason = NULL;
	struct doc_attr *a;
	size_t end = n, i, used, tries = 0;

	*why = NULL;
	while (end > 0 && is_gap(s[end - 1]))
		end--;
	if (end == 0)
		return NULL;
	if (s[end - 1] != '}') {
		/* "# text {.class" is meant as attributes, too. */
		for (i = end; i-- > 0 && end - i < 200 && s[i] != '}';)
			if (s[i] == '{' && i > 0 && is_gap(s[i - 1])) {
				attr_parse(r, s + i, end - i, &used, why);
				*start = i;
				return NULL;
			}
		return NULL;
	}
	/* From the last "{" backwards: a quoted value may hold others. */
	for (i = end; i-- > 0 && tries < 8 && end - i < ATTR_MAX;) {
		if (s[i] != '{' || (i > 0 && s[i - 1] == '\\'))
			continue;
		tries++;
		a = attr_parse(r, s + i, end - i, &used, why);
		if (a != NULL && used == end - i) {
			*why = NULL;
			*start = i;
			return a;
		}
		if (*why != NULL && reason == NULL) {
			reason = *why;
			*start = i;
		}
	}
	*why = reason;
	return NULL;
}

void
attr_merge(struct reader *r, struct doc_node *n, struct doc_attr *more)
{
	size_t i;

	if (more == NULL)
		return;
	if (n->attr == NULL) {
		n->attr = more;
		return;
	}
	if (more->id != NULL)
		n->attr->id = more->id;
	for (i = 0; i < more->nclasses; i++)
		doc_add_class(r->d, n, more->classes[i]);
	for (i = 0; i < more->nkeys; i++)
		doc_set_value(r->d, n, more->keys[i], more->values[i]);
	n->attr->pos = more->pos;
}
