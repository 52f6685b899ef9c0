/*
 * What cmark is shown. cmark-gfm judges the structure of blocks: what is a
 * quote, which line belongs to which item, what is code, which line goes on
 * with a paragraph. For that it needs the lead of a line (its blanks and
 * markers) and never the words behind it. So it is given a skeleton, line by
 * line, in which everything from the first word on is the letter "x":
 *
 *	> ۱۲. متن *مورب*			> 12. x
 *	## عنوان {#id}				## x
 *	::: {.question lines=2}			::: x
 *
 * The words are then read from the source by inline.c. The reasons:
 *
 * - cmark gives no usable place for an inline: its columns are bytes of the
 *   block's stripped text and go wrong in quotes, items and cells. Here a
 *   piece of skeleton that cmark hands back is the tail of a line, so the
 *   place of its first word is the line's length minus the tail's.
 * - Debian 12's cmark (0.29.0.gfm.6) takes quadratic time on nested brackets,
 *   on unclosed ones and on notes, and drops notes that nobody calls, cells
 *   past the header's count and definitions of links; it cannot be kept from
 *   reading "[@key]: x" as one. There are no brackets in a skeleton.
 * - Its inline hooks never see "[", so spans, citations and inline notes
 *   would have to be dug out of text whose escapes are gone.
 *
 * A byte of the lead stands for a code point of the source, so an offset in a
 * skeleton line is a column. That is how Persian and Arabic digits, and
 * letters counting «الف. ب. ج.», come to begin lists: as ASCII digits.
 */
#include <string.h>

#include "read/reader.h"

#define LEAD_MAX 512		/* of a skeleton line; more is text */
#define INDENT_MAX 256		/* columns of blanks that can still nest */
#define RUN_MAX 1000		/* of "```", "~~~", "---", "===" */

struct alpha {
	size_t col;		/* where the list's markers stand */
	int next;		/* of the letter expected */
	bool on, blank;
};

/* Counting by letters; the two orders part after «ب». */
static const char *const alphabetic[] = {
	"الف", "ب", "پ", "ت", "ث", "ج", "چ", "ح", "خ", "د", "ذ", "ر", "ز",
	"ژ", "س", "ش", "ص", "ض", "ط", "ظ", "ع", "غ", "ف", "ق", "ک", "گ", "ل",
	"م", "ن", "و", "ه", "ی",
};
static const char *const abjad[] = {
	"الف", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط", "ی", "ک", "ل", "م",
	"ن", "س", "ع", "ف", "ص", "ق", "ر", "ش", "ت", "ث", "خ", "ذ", "ض", "ظ",
	"غ",
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A marker counts only if a blank or the line's end follows it. */
static bool
marker_ends(const char *s, size_t n, size_t i)
{
	return i == n || is_blank(s[i]);
}

/* The value of a decimal digit at s[*i]; -1 and *i unmoved if none. */
static int
digit_at(const char *s, size_t n, size_t *i)
{
	size_t k = *i;
	uint32_t cp;

	if (k >= n)
		return -1;
	if (s[k] >= '0' && s[k] <= '9') {
		++*i;
		return s[k] - '0';
	}
	if ((unsigned char)s[k] != 0xd9 && (unsigned char)s[k] != 0xdb)
		return -1;
	cp = utf8_next(s, n, &k);
	if ((cp < 0x660 || cp > 0x669) && (cp < 0x6f0 || cp > 0x6f9))
		return -1;
	*i = k;
	return (int)(cp & 0xf);
}

/* "12." or "۱۲)": appended in ASCII; returns its bytes, 0 if none. */
static size_t
number_marker(struct buf *out, const char *s, size_t n, bool *wide)
{
	char digits[10];
	size_t i = 0, nd = 0, at;
	int v;

	for (;;) {
		at = i;
		v = digit_at(s, n, &i);
		if (v < 0)
			break;
		if (nd == 9)
			return 0;
		if (i - at > 1)
			*wide = true;
		digits[nd++] = (char)('0' + v);
	}
	if (nd == 0 || i >= n || (s[i] != '.' && s[i] != ')') ||
	    !marker_ends(s, n, i + 1))
		return 0;
	buf_add(out, digits, nd);
	buf_char(out, s[i]);
	return i + 1;
}

static bool
letter_is(const char *s, size_t n, const char *letter, size_t *len)
{
	*len = strlen(letter);
	return n > *len && memcmp(s, letter, *len) == 0 &&
	    (s[*len] == '.' || s[*len] == ')') && marker_ends(s, n, *len + 1);
}

/*
 * «الف.» begins a list of letters; after it, in the same column, only the
 * letter that comes next does. A paragraph that begins with the initial of
 * a name is therefore no list.
 */
static size_t
letter_marker(struct buf *out, const char *s, size_t n, struct alpha *al,
    size_t col)
{
	size_t len;

	if (letter_is(s, n, alphabetic[0], &len)) {
		al->on = true;
		al->col = col;
		al->next = 1;
		buf_str(out, "001");
	} else if (al->on && col == al->col &&
	    ((al->next < (int)NELEM(alphabetic) &&
	    letter_is(s, n, alphabetic[al->next], &len)) ||
	    (al->next < (int)NELEM(abjad) &&
	    letter_is(s, n, abjad[al->next], &len)))) {
		al->next++;
		buf_char(out, '2');
	} else {
		return 0;
	}
	buf_char(out, s[len]);
	return len + 1;
}

size_t
fence_scan(const char *s, size_t n, size_t *rest)
{
	size_t i = 0, colons, end = n;

	while (i < n && s[i] == ':')
		i++;
	if (i < 3)
		return 0;
	colons = i;
	while (i < n && is_blank(s[i]))
		i++;
	*rest = i;
	if (i == n || s[i] == '{')
		return colons;
	/* One bare word, perhaps with colons behind it for looks; a word of
	 * colons and blanks alone is no fence. */
	while (end > i && s[end - 1] == ':')
		end--;
	while (end > i && is_blank(s[end - 1]))
		end--;
	if (end == i)
		return 0;
	while (i < end && !is_blank(s[i]) && s[i] != '{')
		i++;
	while (i < end && is_blank(s[i]))
		i++;
	return i == end || s[i] == '{' ? colons : 0;
}

/* |---|:--:|: at least one bar and one dash, nothing else. */
static bool
is_delimiter_row(const char *s, size_t n)
{
	bool bar = false, dash = false;
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] == '|')
			bar = true;
		else if (s[i] == '-')
			dash = true;
		else if (s[i] != ':' && !is_blank(s[i]))
			return false;
	}
	return bar && dash;
}

/* Only the character c and blanks. */
static bool
is_all(const char *s, size_t n, char c)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] != c && !is_blank(s[i]))
			return false;
	return true;
}

static size_t
run_of(const char *s, size_t n, char c)
{
	size_t i = 0;

	while (i < n && s[i] == c)
		i++;
	return i;
}

/* What stands for the line's text from its first word on. */
static void
tail_add(struct buf *out, const char *s, size_t n, bool comment_closes)
{
	size_t k, rest;

	if (n == 0)
		return;
	switch (s[0]) {
	case '#':
		k = run_of(s, n, '#');
		if (k <= 6 && marker_ends(s, n, k)) {
			buf_add(out, s, k);
			buf_str(out, k < n ? " x" : "");
			goto out;
		}
		break;
	case '`':
	case '~':
		k = run_of(s, n, s[0]);
		if (k >= 3 && (s[0] == '~' ||
		    memchr(s + k, '`', n - k) == NULL)) {
			buf_add(out, s, MIN(k, RUN_MAX));
			buf_str(out, k < n ? "x" : "");
			goto out;
		}
		break;
	case '<':
		if (n >= 4 && memcmp(s, "<!--", 4) == 0) {
			buf_str(out, "<!--x");
			goto out;
		}
		break;
	case ':':
		if (fence_scan(s, n, &rest) > 0) {
			buf_str(out, rest < n ? "::: x" : ":::");
			goto out;
		}
		break;
	case '-':
	case '*':
	case '_':
	case '=':
		if (is_all(s, n, s[0])) {
			buf_add(out, s, MIN(n, RUN_MAX));
			goto out;
		}
		break;
	}
	buf_char(out, 'x');
out:
	if (comment_closes)
		buf_str(out, "-->");
}

/* "[^label]:" in the lead of a line: its bytes, 0 if none. */
static size_t
note_marker(struct buf *out, const char *s, size_t n, bool *wide)
{
	size_t i = 2, ncp = 0;

	if (n < 5 || s[0] != '[' || s[1] != '^')
		return 0;
	while (i < n && s[i] != ']') {
		if (is_blank(s[i]) || s[i] == '[' || s[i] == '^' || ncp > 200)
			return 0;
		utf8_next(s, n, &i);
		ncp++;
	}
	if (ncp == 0 || i + 1 >= n || s[i + 1] != ':')
		return 0;
	if (i - 2 != ncp)
		*wide = true;
	buf_str(out, "[^");
	while (ncp-- > 0)
		buf_char(out, 'y');
	buf_str(out, "]:");
	return i + 2;
}

/*
 * One line. Markers are taken from its head as long as there are any,
 * whether or not they stand where cmark will see them as such: in a line of
 * a code block it will not, and the words are read from the source anyway.
 */
static void
line_build(struct reader *r, struct line *l, struct alpha *al,
    bool comment_closes)
{
	struct buf *out = &r->skel;
	const char *s = r->src + l->off;
	size_t n = l->len, i = 0, k, from = out->n, mark, indent, nmarkers = 0;
	bool wide = false;

	l->skel = (uint32_t)from;
	if (l->flags & LINE_BLANK)
		al->blank = true;
	for (;;) {
		for (indent = 0; i < n && is_blank(s[i]); i++)
			if (indent++ < INDENT_MAX)
				buf_char(out, s[i]);
		/* A marker so far in is text, and said to be. */
		if (indent >= INDENT_MAX && i < n && (s[i] == '-' ||
		    s[i] == '*' || s[i] == '+') && marker_ends(s, n, i + 1))
			l->flags |= LINE_DEEP;
		if (i == n || indent >= INDENT_MAX || out->n - from > LEAD_MAX)
			break;
		if (is_delimiter_row(s + i, n - i)) {
			l->flags |= LINE_DELIM;
			break;
		}
		/* A rule of a hundred dashes is no nest of a hundred lists. */
		if (nmarkers == 0 && (s[i] == '-' || s[i] == '*') &&
		    is_all(s + i, n - i, s[i]))
			break;
		mark = out->n;
		if (s[i] == '>') {
			buf_char(out, '>');
			k = 1;
		} else if ((s[i] == '-' || s[i] == '*' || s[i] == '+') &&
		    marker_ends(s, n, i + 1)) {
			buf_char(out, s[i]);
			k = 1;
		} else if (s[i] == ':' && i + 1 < n && is_blank(s[i + 1])) {
			if (nmarkers == 0)
				l->flags |= LINE_DEF;
			buf_char(out, ':');
			k = 1;
		} else if (s[i] == '[') {
			k = note_marker(out, s + i, n - i, &wide);
		} else {
			k = number_marker(out, s + i, n - i, &wide);
			if (k == 0 && (unsigned char)s[i] >= 0xd8 &&
			    (unsigned char)s[i] <= 0xdb) {
				k = letter_marker(out, s + i, n - i, al,
				    out->n - from);
				wide = wide || k > 0;
			}
		}
		if (k == 0)
			break;
		if (++nmarkers > READ_DEPTH) {
			/* Take it back: it stays in the text. */
			out->n = mark;
			l->flags |= LINE_DEEP;
			break;
		}
		i += k;
	}
	if (al->on && al->blank && !(l->flags & LINE_BLANK) && nmarkers == 0 &&
	    out->n - from <= al->col)
		al->on = false;
	if (!(l->flags & LINE_BLANK))
		al->blank = false;
	if (l->flags & (LINE_DELIM | LINE_DEEP))
		buf_str(out, comment_closes ? "x-->" : "x");
	else
		tail_add(out, s + i, n - i, comment_closes);
	/* Blanks at the end of a lead are cut, as the source's are. */
	while (out->n > from && is_blank(out->p[out->n - 1]))
		out->n--;
	l->sklen = (uint16_t)(out->n - from);
	if (wide)
		l->flags |= LINE_WIDE;
	buf_char(out, '\n');
}

/*
 * A comment that is never closed would swallow the rest of the file; it is
 * shown to cmark as text. Which lines hold "-->" is found by one search
 * through the file, not one a line.
 */
void
skeleton_build(struct reader *r)
{
	struct alpha al = {0};
	const char *close = NULL, *last = NULL, *p;
	struct line *l;
	size_t i, at;

	for (p = r->src; p != NULL && r->n > 0;) {
		p = memmem(p, r->n - (size_t)(p - r->src), "-->", 3);
		if (p != NULL) {
			if (close == NULL)
				close = p;
			last = p++;
		}
	}
	buf_reserve(&r->skel, r->nlines * 4 + 64);
	for (i = r->body; i < r->nlines; i++) {
		bool closes = false;

		l = &r->lines[i];
		while (close != NULL && close < r->src + l->off)
			close = memmem(close + 1, r->n -
			    (size_t)(close + 1 - r->src), "-->", 3);
		closes = close != NULL && close < r->src + l->off + l->len;
		at = r->skel.n;
		line_build(r, l, &al, closes);
		if (last == NULL || r->src + l->off > last) {
			/* Past the last "-->" no comment can open. */
			p = memmem(r->skel.p + at, r->skel.n - at, "<!--x", 5);
			if (p != NULL) {
				r->skel.n = (size_t)(p - r->skel.p);
				buf_str(&r->skel, "x\n");
				l->sklen = (uint16_t)(r->skel.n - 1 - at);
			}
		}
	}
}
