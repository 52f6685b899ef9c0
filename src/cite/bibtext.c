/*
 * Marks and values of a .bib: where an entry begins, where a value ends and
 * what it says. bib.c tells why the next entry is always the limit.
 */
#include "cite/bib.h"

#include "base/messages.h"

#include <string.h>

struct pos
bib_place(struct reader *r, size_t off)
{
	if (off < r->at) {
		r->at = 0;
		r->pos.line = r->pos.col = 1;
	}
	while (r->at < off) {
		if (r->s[r->at] == '\n') {
			r->pos.line++;
			r->pos.col = 1;
			r->at++;
		} else {
			utf8_next(r->s, r->n, &r->at);
			r->pos.col++;
		}
	}
	return r->pos;
}

bool
bib_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' ||
	    c == '\v' || c == '\0';
}

/* What BibTeX allows in a name: all but blanks and its own marks. */
bool
bib_is_name_char(char c)
{
	return !bib_is_space(c) && strchr("\"#%'(),={}@\\", c) == NULL;
}

bool
bib_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void
bib_skip_space(struct reader *r)
{
	while (r->i < r->n && bib_is_space(r->s[r->i]))
		r->i++;
}

bool
bib_is_head(const struct reader *r, size_t i)
{
	size_t start = ++i;

	while (i < r->n && bib_is_letter(r->s[i]))
		i++;
	if (i == start || i - start > 40)
		return false;
	while (i < r->n && (r->s[i] == ' ' || r->s[i] == '\t'))
		i++;
	return i < r->n && (r->s[i] == '{' || r->s[i] == '(');
}

bool
bib_begins_line(const struct reader *r, size_t i)
{
	while (i > 0 && (r->s[i - 1] == ' ' || r->s[i - 1] == '\t'))
		i--;
	return i == 0 || r->s[i - 1] == '\n';
}

void
bib_small(const char *s, size_t n, char out[static NAME_SIZE])
{
	size_t i;

	if (n >= NAME_SIZE)
		n = 0;
	for (i = 0; i < n; i++)
		out[i] = s[i] >= 'A' && s[i] <= 'Z' ? s[i] + ('a' - 'A') :
		    s[i];
	out[n] = '\0';
}

size_t
bib_head_after(const struct reader *r, size_t i)
{
	i++;
	while (i < r->n && (r->s[i] == ' ' || r->s[i] == '\t'))
		i++;
	return i < r->n && r->s[i] == '@' && bib_is_head(r, i) ? i : NONE;
}

size_t
bib_next_head(const struct reader *r, size_t i)
{
	const char *nl;
	size_t head;

	while (i < r->n && (nl = memchr(r->s + i, '\n', r->n - i)) != NULL) {
		i = (size_t)(nl - r->s);
		head = bib_head_after(r, i);
		if (head != NONE)
			return head;
		i++;
	}
	return r->n;
}

size_t
bib_scan_closed(const struct reader *r, size_t i)
{
	bool quoted = r->s[i] == '"';
	size_t depth = 0;

	for (i++; i < r->n; i++) {
		switch (r->s[i]) {
		case '{':
			depth++;
			break;
		case '}':
			if (depth == 0 && !quoted)
				return i + 1;
			if (depth > 0)
				depth--;
			break;
		case '"':
			if (quoted && depth == 0)
				return i + 1;
			break;
		case '\n':
			if (bib_head_after(r, i) != NONE)
				return NONE;
			break;
		}
	}
	return NONE;
}

size_t
bib_line_end(const struct reader *r, size_t i)
{
	const char *nl = i < r->n ? memchr(r->s + i, '\n', r->n - i) : NULL;

	return nl != NULL ? (size_t)(nl - r->s) : r->n;
}

/* --------------------------------------------------------------- values */


static void
add_raw(struct reader *r, const char *s, size_t n)
{
	buf_add(&r->raw, s, n);
}

void
bib_syntax(struct reader *r, struct pos pos, const char *what, size_t on)
{
	diag_add(r->dg, pos, BIB_SYNTAX, what, (unsigned)bib_place(r, on).line);
}

enum value_end
bib_cut_value(struct reader *r, size_t i)
{
	struct pos pos = bib_place(r, i);
	const char *what = r->s[i] == '{' ?
	    SAY(r->dg, "this brace is never closed",
	    "این آکولاد بسته نشده است") :
	    SAY(r->dg, "this quotation mark is never closed",
	    "این نشانهٔ نقل‌قول بسته نشده است");
	size_t end = bib_line_end(r, i), from = i + 1;

	if (r->gave_up) {
		r->i = bib_next_head(r, i);
		bib_syntax(r, pos, what, r->i);
		return VALUE_LOST;
	}
	r->gave_up = true;
	r->i = end;
	while (end > from && (bib_is_space(r->s[end - 1]) ||
	    r->s[end - 1] == ','))
		end--;
	add_raw(r, r->s + from, end - from);
	bib_syntax(r, pos, what, r->i < r->n ? r->i + 1 : r->i);
	return VALUE_CUT;
}

static bool
is_number(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n)
		if (uni_digit_value(utf8_next(s, n, &i)) < 0)
			return false;
	return n > 0;
}

/* A bare word: a number, a @string's name, or a month. */
static void
add_word(struct reader *r, size_t at, size_t n)
{
	const char *s = r->s + at, *value;
	char name[NAME_SIZE];
	enum calendar cal;
	size_t len;

	if (is_number(s, n)) {
		add_raw(r, s, n);
		return;
	}
	bib_small(s, n, name);
	value = map_get(&r->bib->strings, name, strlen(name));
	if (value != NULL) {
		len = strlen(value);
		if (len > r->budget) {
			diag_add(r->dg, bib_place(r, at), BIB_LIMIT, SAY(r->dg,
			    "@string texts repeat beyond 64 MiB",
			    "متن‌های @string از ۶۴ مبی‌بایت گذشت"));
			return;
		}
		r->budget -= len;
		add_raw(r, value, len);
	} else if (month_lookup(s, n, &cal) > 0) {
		/* "month = jan" with no @string, and "month = دلو". */
		add_raw(r, s, n);
	} else {
		diag_add(r->dg, bib_place(r, at), BIB_UNKNOWN_STRING,
		    arena_strn(&r->dg->arena, s, text_cut(s, n, 80)));
	}
}

/* Pieces joined by "#", into r->raw. */
static enum value_end
read_pieces(struct reader *r)
{
	size_t start, end;
	char c;

	r->raw.n = 0;
	for (;;) {
		bib_skip_space(r);
		c = r->i < r->n ? r->s[r->i] : '\0';
		start = r->i;
		if (c == '{' || c == '"') {
			end = bib_scan_closed(r, start);
			if (end == NONE)
				return bib_cut_value(r, start);
			add_raw(r, r->s + start + 1, end - start - 2);
			r->i = end;
		} else if (r->i < r->n && bib_is_name_char(c)) {
			while (r->i < r->n && bib_is_name_char(r->s[r->i]))
				r->i++;
			add_word(r, start, r->i - start);
		} else {
			return VALUE_BAD;
		}
		bib_skip_space(r);
		if (r->i >= r->n || r->s[r->i] != '#')
			return VALUE_OK;
		r->i++;
	}
}

/* Cut what the limits forbid, never inside a code point. */
static void
limit_value(struct reader *r, size_t at)
{
	const char *what = NULL;
	size_t i, depth = 0;

	if (r->raw.n > CITE_MAX_FIELD) {
		r->raw.n = text_cut(r->raw.p, r->raw.n, CITE_MAX_FIELD);
		what = SAY(r->dg, "a field is longer than 1 MiB",
		    "فیلدی از ۱ مبی‌بایت درازتر است");
	}
	for (i = 0; i < r->raw.n; i++) {
		if (r->raw.p[i] == '{' && ++depth > CITE_MAX_DEPTH) {
			r->raw.n = i;
			what = SAY(r->dg, "braces are nested deeper than 64",
			    "آکولادها بیش از ۶۴ لایه تو در تو است");
			break;
		}
		if (r->raw.p[i] == '}' && depth > 0)
			depth--;
	}
	if (what != NULL)
		diag_add(r->dg, bib_place(r, at), BIB_LIMIT, what);
}

enum value_end
bib_read_value(struct reader *r)
{
	size_t at = r->i;
	enum value_end end = read_pieces(r);

	limit_value(r, at);
	return end;
}

bool
bib_has_swallowed(const struct reader *r, size_t start, size_t end)
{
	size_t i;

	if (r->s[start] != '{')
		return false;
	while ((start = bib_line_end(r, start)) < end) {
		for (i = start + 1; i < end && bib_is_space(r->s[i]); i++)
			;
		start = i;
		while (i < end && bib_is_name_char(r->s[i]))
			i++;
		if (i == start)
			continue;
		while (i < end && (r->s[i] == ' ' || r->s[i] == '\t'))
			i++;
		if (i < end && r->s[i] == '=')
			return true;
	}
	return false;
}
