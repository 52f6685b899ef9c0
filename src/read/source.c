/*
 * Bytes -> text that the rest can trust: valid UTF-8, no byte order mark, no
 * NUL, and a table of its lines.
 *
 * A byte that is not UTF-8 becomes U+FFFD, and so does NUL, which would cut
 * short every string it stands in. Each is one code point before and after,
 * so columns counted in the repaired text are those of the file.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "read/reader.h"

static void
bytes_repair(struct reader *r, const char *s, size_t n, size_t bom)
{
	struct pos pos = {1, 1, r->file};
	size_t i = 0, at;
	uint32_t cp;

	while (i < n) {
		at = i;
		cp = utf8_next(s, n, &i);
		if (cp == 0 || (cp == 0xfffd && i - at == 1)) {
			if (!r->silent)
				diag_add(r->dg, pos, MAN_INVALID_UTF8,
				    (unsigned)(unsigned char)s[at], at + bom);
			buf_utf8(&r->fixed, 0xfffd);
		} else {
			buf_add(&r->fixed, s + at, i - at);
		}
		if (cp == '\n' || (cp == '\r' && !(i < n && s[i] == '\n'))) {
			pos.line++;
			pos.col = 1;
		} else {
			pos.col++;
		}
	}
}

static void
line_add(struct reader *r, size_t from, size_t to)
{
	size_t end = to;
	struct line *l;

	while (end > from && (r->src[end - 1] == ' ' ||
	    r->src[end - 1] == '\t'))
		end--;
	vec_grow((void **)&r->lines, &r->caplines, r->nlines + 1,
	    sizeof(*r->lines));
	l = &r->lines[r->nlines++];
	memset(l, 0, sizeof(*l));
	l->off = (uint32_t)from;
	l->len = (uint32_t)(end - from);
	if (end == from)
		l->flags |= LINE_BLANK;
	if (to - end >= 2 && r->src[to - 1] == ' ' && r->src[to - 2] == ' ')
		l->flags |= LINE_HARD;
}

/* LF, CRLF and a lone CR each end a line, as in CommonMark. */
static void
lines_split(struct reader *r)
{
	size_t at = 0, end = 0;
	const char *nl = r->src, *cr;

	if (r->src == NULL)
		return;
	while (at < r->n) {
		if (nl != NULL && at >= end) {
			nl = memchr(r->src + at, '\n', r->n - at);
			end = nl != NULL ? (size_t)(nl - r->src) : r->n;
		}
		cr = memchr(r->src + at, '\r', end - at);
		if (cr != NULL) {
			size_t c = (size_t)(cr - r->src);

			line_add(r, at, c);
			at = c + 1 == end && nl != NULL ? end + 1 : c + 1;
			continue;
		}
		line_add(r, at, end);
		at = end + 1;
	}
}

void
source_load(struct reader *r, const char *text, size_t n)
{
	size_t bom = 0;

	if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		bom = 3;
	text += bom;
	n -= bom;
	if (utf8_valid(text, n) < n || memchr(text, 0, n) != NULL) {
		bytes_repair(r, text, n, bom);
		r->src = r->fixed.p;
		r->n = r->fixed.n;
	} else {
		r->src = text;
		r->n = n;
	}
	r->seen = xcalloc(r->n / 8 + 1, 1);
	lines_split(r);
}

const char *
line_text(const struct reader *r, size_t i)
{
	return r->src + r->lines[i].off;
}

struct pos
line_pos(const struct reader *r, size_t i, size_t at)
{
	struct pos pos = {r->line_base + (uint32_t)i + 1, 1, r->file};

	if (i < r->nlines)
		pos.col += (uint32_t)utf8_count(line_text(r, i),
		    MIN(at, r->lines[i].len));
	return pos;
}

size_t
line_byte(const struct reader *r, size_t i, size_t col)
{
	const char *s = line_text(r, i);
	size_t at = 0;

	if (!(r->lines[i].flags & LINE_WIDE))
		return MIN(col, r->lines[i].len);
	while (col > 0 && at < r->lines[i].len) {
		utf8_next(s, r->lines[i].len, &at);
		col--;
	}
	return at;
}

const char *
say(const struct reader *r, const char *en, const char *fa)
{
	return r->dg->persian ? fa : en;
}

void
leaf_reset(struct leaf *l)
{
	l->text.n = 0;
	l->n = 0;
	l->at_seg = SIZE_MAX;
	l->at_off = 0;
}

void
leaf_add(struct reader *r, struct leaf *l, size_t line, size_t at, size_t end)
{
	const char *s = line_text(r, line);
	struct seg *g;

	while (at < end && (s[at] == ' ' || s[at] == '\t'))
		at++;
	if (l->n > 0)
		buf_char(&l->text, '\n');
	vec_grow((void **)&l->v, &l->cap, l->n + 1, sizeof(*l->v));
	g = &l->v[l->n++];
	g->off = l->text.n;
	g->line = line;
	g->at = at;
	g->col = line_pos(r, line, at).col;
	buf_add(&l->text, s + at, end - at);
	if (end == r->lines[line].len && (r->lines[line].flags & LINE_HARD))
		buf_str(&l->text, "  ");
}

/* The line of the leaf in which text[off] stands. */
static size_t
leaf_line(const struct leaf *l, size_t off)
{
	size_t lo = 0, hi = l->n, mid;

	while (hi - lo > 1) {
		mid = (lo + hi) / 2;
		if (l->v[mid].off <= off)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

struct pos
leaf_pos(struct reader *r, struct leaf *l, size_t off)
{
	size_t i = l->at_seg;

	if (i >= l->n || off < l->v[i].off ||
	    (i + 1 < l->n && l->v[i + 1].off <= off)) {
		i = leaf_line(l, off);
		l->at_seg = i;
		l->at_off = l->v[i].off;
		l->at_col = l->v[i].col;
	}
	if (off >= l->at_off)
		l->at_col += (uint32_t)utf8_count(l->text.p + l->at_off,
		    off - l->at_off);
	else
		l->at_col -= (uint32_t)utf8_count(l->text.p + off,
		    l->at_off - off);
	l->at_off = off;
	return (struct pos){r->line_base + (uint32_t)l->v[i].line + 1,
	    l->at_col, r->file};
}

void
leaf_seen(struct reader *r, const struct leaf *l, size_t from, size_t to)
{
	size_t i, a, b, src;

	if (l->n == 0)
		return;
	for (i = leaf_line(l, from); i < l->n && l->v[i].off < to; i++) {
		a = MAX(from, l->v[i].off);
		b = i + 1 < l->n ? MIN(to, l->v[i + 1].off) : to;
		src = r->lines[l->v[i].line].off + l->v[i].at - l->v[i].off;
		if (b > a)
			seen_mark(r, src + a, MIN(src + b, r->n));
	}
}

size_t
leaf_attr(struct reader *r, struct leaf *l, size_t from, size_t to,
    struct doc_attr **attr)
{
	const char *why = NULL;
	size_t start = 0;

	*attr = attr_trailing(r, l->text.p + from, to - from, &start, &why);
	start += from;
	/* Right behind a bracket they are those of a span or a link. */
	if ((*attr != NULL || why != NULL) && start > from &&
	    strchr("])`", l->text.p[start - 1]) != NULL) {
		*attr = NULL;
		return to;
	}
	if (*attr != NULL) {
		(*attr)->pos = leaf_pos(r, l, start);
		leaf_seen(r, l, start, to);
		return start;
	}
	if (why != NULL)
		diag_add(r->dg, leaf_pos(r, l, start), MAN_BAD_ATTR,
		    arena_strn(&r->scratch, l->text.p + start, to - start),
		    why);
	return to;
}

void
leaf_free(struct leaf *l)
{
	buf_free(&l->text);
	free(l->v);
	memset(l, 0, sizeof(*l));
}
