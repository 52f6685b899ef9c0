/*
 * Where one page ends and the next begins: pdftotext's form feeds. A line
 * beside one that says the same on three pages is a running head; a sentence
 * that goes on over the page is put together again.
 */
#include "import/private.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD_MAX = 120, PAGES = 3 };

struct line { size_t from, to; const char *key; };
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
		    arena_strn(&im->r->arena, key.p, key.n)};
	buf_free(&key);
}

void
pass_heads(struct import *im)
{
	const struct draft *d = &im->in;
	struct lines lines = {0};
	struct map counts = {0};
	size_t at = 0, last = SIZE_MAX;

	for (size_t i = 0; i < d->n; i++) {
		if (!is_gap(d->v[i].cp)) {
			if (last == SIZE_MAX)
				take_line(im, i, &lines);
			last = i;
		} else if (d->v[i].cp == '\f') {
			size_t next = i;

			if (last != SIZE_MAX)
				take_line(im, last, &lines);
			while (is_gap(cp_at(d, next)) && next < d->n)
				next++;
			if (next < d->n)
				take_line(im, next, &lines);
			i = next - 1;
		}
	}
	for (size_t k = 0; k < lines.n; k++) {
		void **slot = map_put(&counts, lines.v[k].key,
		    strlen(lines.v[k].key));

		if (*slot == NULL)
			*slot = ARENA_NEW(&im->r->arena, size_t);
		++*(size_t *)*slot;
	}
	for (size_t k = 0; k < lines.n; k++) {
		const struct line *l = &lines.v[k];
		const size_t *n = map_get(&counts, l->key, strlen(l->key));

		if (n == NULL || *n < PAGES)
			continue;
		keep(im, at, l->from);
		replace(im, "running-head", l->from, l->to, "");
		at = l->to;
	}
	keep(im, at, d->n);
	map_free(&counts);
	free(lines.v);
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
