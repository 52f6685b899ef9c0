/*
 * Where one page ends and the next begins: pdftotext's form feeds. A line
 * beside one is a running head if it says the same on three pages; or on two,
 * and once as a heading; or if it stands in a sentence that goes on over the
 * page. Such a sentence is put together again.
 *
 * The lines of a page are those of the book, and nothing parts paragraphs. But
 * a line is full: where the first word of the next would have had room, the
 * break was meant.
 */
#include "import/private.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD_MAX = 120, PAGES = 3 };

/* `first`: of its page; `inside`: the sentence before goes on behind it. */
struct line { size_t from, to; const char *key; bool inside; };
struct lines { struct line *v; size_t n, cap; };

static bool
is_gap(uint32_t cp)
{
	return is_blank(cp) || cp == '\n' || cp == '\f';
}

/* The line around the cell i; its key has no numbers and no blanks. */
static void
take_line(struct import *im, size_t i, struct lines *out)
{
	const struct draft *d = &im->in;
	size_t from = i, to = i;
	struct buf key = {0};

	while (from > 0 && cp_at(d, from - 1) != '\n' &&
	    cp_at(d, from - 1) != '\f' && i - from <= HEAD_MAX)
		from--;
	while (to < d->n && cp_at(d, to) != '\n' && cp_at(d, to) != '\f' &&
	    to - i <= HEAD_MAX)
		to++;
	if (to - from > HEAD_MAX || (out->n > 0 &&
	    out->v[out->n - 1].to > from))
		return;
	for (size_t k = from; k < to; k++)
		if (!is_gap(d->v[k].cp) && uni_digit_value(d->v[k].cp) < 0)
			buf_utf8(&key, d->v[k].cp);
	if (key.n > 0)
		*VEC_PUSH(out) = (struct line){from, to,
		    arena_strn(&im->r->arena, key.p, key.n), false};
	buf_free(&key);
}

/* The last and first lines about each form feed. */
static void
find_edges(struct import *im, struct lines *lines)
{
	const struct draft *d = &im->in;
	size_t last = SIZE_MAX;

	for (size_t i = 0; i < d->n; i++) {
		if (!is_gap(d->v[i].cp)) {
			if (last == SIZE_MAX)
				take_line(im, i, lines);
			last = i;
		} else if (d->v[i].cp == '\f') {
			size_t next = i, had;

			if (last != SIZE_MAX)
				take_line(im, last, lines);
			had = lines->n;
			while (is_gap(cp_at(d, next)) && next < d->n)
				next++;
			if (next < d->n)
				take_line(im, next, lines);
			if (lines->n > had && last != SIZE_MAX)
				lines->v[had].inside = is_arabic(
				    d->v[last].cp) || d->v[last].cp == 0x060c;
			i = next - 1;
		}
	}
}

static void
count_line(struct import *im, struct map *counts, const char *key)
{
	void **slot = map_put(counts, key, strlen(key));

	if (*slot == NULL)
		*slot = ARENA_NEW(&im->r->arena, size_t);
	++*(size_t *)*slot;
}

static size_t
count_of(const struct map *counts, const char *key)
{
	const size_t *n = map_get(counts, key, strlen(key));

	return n != NULL ? *n : 0;
}

/* Every line of the text, wherever it stands. */
static void
count_lines(struct import *im, struct map *all)
{
	const struct draft *d = &im->in;

	for (size_t i = 0; i < d->n;) {
		struct lines one = {0};
		size_t j = i;

		while (j < d->n && d->v[j].cp != '\n' && d->v[j].cp != '\f')
			j++;
		if (j > i && j - i <= HEAD_MAX)
			take_line(im, i, &one);
		if (one.n > 0)
			count_line(im, all, one.v[0].key);
		free(one.v);
		i = j + 1;
	}
}

void
pass_heads(struct import *im)
{
	struct lines lines = {0};
	struct map counts = {0}, all = {0};
	size_t at = 0;

	find_edges(im, &lines);
	for (size_t k = 0; k < lines.n; k++)
		count_line(im, &counts, lines.v[k].key);
	count_lines(im, &all);
	for (size_t k = 0; k < lines.n; k++) {
		const struct line *l = &lines.v[k];
		size_t n = count_of(&counts, l->key);
		bool heading = count_of(&all, l->key) > n;

		if (n < PAGES && !(heading && (n > 1 || l->inside)))
			continue;
		keep(im, at, l->from);
		replace(im, "running-head", l->from, l->to, "");
		at = l->to;
	}
	keep(im, at, im->in.n);
	map_free(&counts);
	map_free(&all);
	free(lines.v);
}

/* ------------------------------------------------------------- paragraphs */

static size_t
line_end(const struct draft *d, size_t i)
{
	while (i < d->n && d->v[i].cp != '\n' && d->v[i].cp != '\f')
		i++;
	return i;
}

/* Letters that take room: no marks, no ZWNJ. */
static size_t
width_of(const struct draft *d, size_t from, size_t to)
{
	size_t n = 0;

	for (; from < to; from++)
		n += d->v[from].cp != ZWNJ && !uni_is_mark(d->v[from].cp);
	return n;
}

static int
by_size(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/*
 * How many letters a full line of this text has: three lines in four are no
 * longer. 0 where not one in three is about as long as that: verse, tables, text
 * that nobody set in lines.
 */
static size_t
full_line(const struct draft *d)
{
	struct { size_t *v; size_t n, cap; } widths = {0};
	size_t full = 0, alike = 0;

	for (size_t i = 0, j; i < d->n; i = j + 1) {
		j = line_end(d, i);
		if (j > i)
			*VEC_PUSH(&widths) = width_of(d, i, j);
	}
	if (widths.n >= 20) {
		qsort(widths.v, widths.n, sizeof(*widths.v), by_size);
		full = widths.v[widths.n * 3 / 4];
	}
	for (size_t i = 0; i < widths.n; i++)
		alike += widths.v[i] * 10 >= full * 8 && widths.v[i] * 10 <=
		    full * 13;
	full = alike * 3 >= widths.n && full >= 30 && full < HEAD_MAX ? full :
	    0;
	free(widths.v);
	return full;
}

static bool
ends_sentence(uint32_t cp)
{
	return cp == '.' || cp == 0x061f || cp == '!' || cp == ':' ||
	    cp == 0xbb || cp == ')' || cp == 0x2026;
}

/* Does a paragraph end with the line [i, j), which `next` follows? */
static bool
ends_paragraph(const struct draft *d, size_t i, size_t j, size_t full)
{
	size_t width = width_of(d, i, j), word = j + 1, last = j;

	while (word < d->n && !is_gap(d->v[word].cp))
		word++;
	while (last > i && is_blank(d->v[last - 1].cp))
		last--;
	if (last == i || word == j + 1)
		return false;
	/* A heading ends without a stop, and is short. */
	if (!ends_sentence(d->v[last - 1].cp))
		return width * 10 < full * 6 && (i < 2 ||
		    d->v[i - 2].cp == '\n' || ends_sentence(d->v[i - 2].cp));
	return (width + 1 + width_of(d, j + 1, word)) * 100 < full * 92;
}

void
pass_paragraphs(struct import *im)
{
	const struct draft *d = &im->in;
	size_t full = full_line(d), pages = 0;

	for (size_t i = 0; i < d->n; i++)
		pages += d->v[i].cp == '\f';
	for (size_t i = 0, j; i < d->n; i = j + 1) {
		j = line_end(d, i);
		keep(im, i, j);
		if (j < d->n && d->v[j].cp == '\n' && pages > 0 && full > 0 &&
		    ends_paragraph(d, i, j, full))
			replace(im, "paragraph", j, j + 1, "\n\n");
		else
			keep(im, j, MIN(j + 1, d->n));
	}
}

void
pass_page_breaks(struct import *im)
{
	const struct draft *d = &im->in;

	for (size_t i = 0; i < d->n;) {
		size_t j = i;
		bool page = false;

		while (j < d->n && is_gap(d->v[j].cp))
			page |= d->v[j++].cp == '\f';
		if (j == i)
			j++;
		if (page && i == 0)
			replace(im, "page-break", i, j, "");
		else if (page)
			/* A letter at the end: the sentence goes on. */
			replace(im, "page-break", i, j, j == d->n ||
			    is_arabic(d->v[i - 1].cp) ? "\n" : "\n\n");
		else
			keep(im, i, j);
		i = j;
	}
}
