/*
 * Page numbers that stand in running text.
 *
 * One number alone tells nothing: «۱۶ سال». But the numbers of the pages come
 * one after another, at even distances. So all numbers that stand alone are
 * gathered, and the longest chain n, n+1, ... is looked for in which each
 * step has about the length of a page. Three that follow each other are enough
 * to call it a chain; beyond these a page may have lost its number. Four digits
 * are a year: history goes on as evenly as pages do.
 */
#include "import/private.h"

#include <stdlib.h>
#include <string.h>

struct number {
	size_t from, to;
	long value;
	size_t before;		/* the one before it in its chain */
	int length, nones;	/* of the chain; of its steps that are 1 */
};
struct numbers { struct number *v; size_t n, cap; };

enum {
	MAX_NUMBERS = 20000,
	LOOK = 60,		/* numbers on from one that may follow it */
	MAX_STEP = 6,		/* pages without a number between two */
	MIN_PAGE = 300, MAX_PAGE = 12000	/* letters of a page */
};

static bool
ends_word(uint32_t cp)
{
	return is_blank(cp) || cp == '\n' || cp == '\f';
}

/* Numbers between blanks. A list's «1 .» and what begins a line of text is
 * no page number: there only a line of its own counts. */
static void
find_numbers(const struct draft *d, struct numbers *out)
{
	for (size_t i = 0; i < d->n && out->n < MAX_NUMBERS; i++) {
		size_t j = i, k;
		long v = 0;

		if (uni_digit_value(d->v[i].cp) < 0 ||
		    !ends_word(cp_at(d, i - 1)))
			continue;
		while (uni_digit_value(cp_at(d, j)) >= 0 && j - i < 4)
			v = v * 10 + uni_digit_value(cp_at(d, j++));
		k = j;
		while (is_blank(cp_at(d, k)))
			k++;
		if (ends_word(cp_at(d, j)) && v > 0 && v < 1000 && cp_at(d, k) != '.' &&
		    cp_at(d, k) != ')' && cp_at(d, k) != ':')
			*VEC_PUSH(out) = (struct number){i, j, v, SIZE_MAX, 1,
			    0};
		i = j;
	}
}

/* Letters a page, if `b` is to follow `a`; 0 if it cannot. */
static size_t
page_length(const struct number *a, const struct number *b)
{
	size_t step, length;

	if (b->value <= a->value || b->value > a->value + MAX_STEP)
		return 0;
	step = (size_t)(b->value - a->value);
	length = (b->from - a->from) / step;
	return length >= MIN_PAGE && length <= MAX_PAGE ? length : 0;
}

/* Longest chains by dynamic programming; a step must be like the one before
 * it, from three quarters to four thirds. */
static size_t
find_chain(struct numbers *nums)
{
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < nums->n; i++) {
		struct number *b = &nums->v[i];

		for (size_t j = i > LOOK ? i - LOOK : 0; j < i; j++) {
			struct number *a = &nums->v[j];
			size_t now = page_length(a, b), was;

			if (now == 0)
				continue;
			was = a->before == SIZE_MAX ? now :
			    page_length(&nums->v[a->before], a);
			if (now * 3 <= was * 4 && was * 3 <= now * 4 &&
			    a->length + 1 > b->length) {
				b->length = a->length + 1;
				b->nones = a->nones + (b->value == a->value +
				    1);
				b->before = j;
			}
		}
		if (b->nones >= 2 && (best == SIZE_MAX || b->length >
		    nums->v[best].length))
			best = i;
	}
	return best;
}

void
pass_folios(struct import *im)
{
	struct numbers nums = {0};
	bool *gone;
	size_t from = 0;

	find_numbers(&im->in, &nums);
	gone = xcalloc(nums.n + 1, sizeof(*gone));
	for (size_t i = find_chain(&nums); i != SIZE_MAX;
	    i = nums.v[i].before)
		gone[i] = true;
	for (size_t i = 0; i < nums.n; i++) {
		size_t a = nums.v[i].from, b = nums.v[i].to;

		if (!gone[i])
			continue;
		keep(im, from, a);
		/* With the blank after it, or the one before at an end. */
		if (is_blank(cp_at(&im->in, b)))
			b++;
		replace(im, "page-number", a, b, "");
		from = b;
	}
	keep(im, from, im->in.n);
	free(gone);
	free(nums.v);
}
