/*
 * The choice of line ends, without fonts: boxes, glue and penalties in,
 * positions out. Private to para/; tested by itself against an exhaustive
 * search.
 */
#ifndef PARA_BREAK_H
#define PARA_BREAK_H

#include "para/para.h"

/*
 * A box and the glue after it: what stands between two legal breaks.
 * Widths are natural. Breaking after the item drops its glue.
 */
struct brk_item {
	sp width;		/* of the box [sp], >= 0 */
	sp inner;		/* of that, spaces where no line may end [sp] */
	sp glue;		/* space after the box [sp] */
	sp kashida;		/* its word can grow so much [sp]; 0: cannot */
	uint16_t spaces;	/* between words inside the box */
	uint16_t weight;	/* of its kashida place, 16 = the best place */
	int16_t penalty;	/* of a break after it */
	bool again;		/* such a word had a place before */
	bool forced;		/* a line must end after it */
};

/* What a cost asks of a line; sums, so that any line is had in O(1). */
struct brk_line {
	sp64 natural;		/* [sp] */
	sp64 space;		/* of that, word space [sp] */
	sp64 kashida;		/* potential of all its places [sp] */
	uint32_t nplaces, nfresh;	/* kashida places; of words new here */
	uint32_t weight;	/* sum over the places */
	uint32_t nwords;	/* parted by spaces: a compound is one */
	sp avail;		/* what the line must fill [sp] */
	int penalty;
	bool only;		/* the paragraph's single line */
	bool ends;		/* by force, or as the paragraph's last */
	bool last;
};

enum { FIT_TIGHT, FIT_DECENT, FIT_LOOSE, FIT_VERY_LOOSE, FIT_CLASSES };

/*
 * How a line would look and what it costs. `r` is 0 at natural space, 1000
 * at space_max, -1000 at space_min.
 */
struct brk_fit {
	int64_t r;
	int64_t badness;	/* in thousandths; 100,000 at the limits */
	int64_t demerits;	/* in thousandths, neighbours not counted */
	sp kashida;		/* of the width to fill [sp] */
	uint32_t nkashida;	/* over so many words */
	uint8_t fitness;
	bool fits;		/* not too wide, spaces at their least */
	bool natural;		/* spaces keep their width */
};

struct brk_sum;

/* Demerits added to one possible line, found after a first breaking. */
struct brk_extra {
	uint32_t start, end;	/* items [start, end) */
	int64_t demerits;	/* in thousandths */
};

#define BRK_EASE 64		/* steps of the table between r = 0 and 1000 */
/* A paragraph to be broken. Fill the first part, then brk_open(). */
struct brk {
	const struct para_style *style;
	sp first, rest;		/* width of the first line, of the others */
	sp em;			/* of the body text: unit of kashida cost */
	const struct brk_item *items;	/* in logical order; borrowed */
	uint32_t n;
	const struct brk_extra *extra;	/* in order of end; may be NULL */
	uint32_t nextra;

	struct brk_sum *sums;	/* n + 1 of them */
	uint32_t pass;		/* of brk_optimum that first succeeded */
	int64_t slope[BRK_EASE + 1];
};

/* Prepare the sums, in `a`. */
void brk_open(struct brk *b, struct arena *a);
/* The line of items [start, end), start < end. */
struct brk_line brk_measure(const struct brk *b, uint32_t start, uint32_t end);
struct brk_fit brk_cost(const struct brk *b, const struct brk_line *l);
/* The same when so much kashida was really put in [sp]. */
struct brk_fit brk_cost_set(const struct brk *b, const struct brk_line *l,
    sp kashida);
/* Demerits in thousandths of a line of fitness `g` under one of `f`. */
int64_t brk_pair(const struct para_style *st, int f, int g);

/*
 * Where demerits are least: ends[i] is one past the last item of line i.
 * Returns the number of lines, 0 if there are no items; `ends` in `a`.
 */
uint32_t brk_optimum(struct brk *b, struct arena *a, uint32_t **ends,
    int64_t *demerits);
/* Demerits of a given breaking. */
int64_t brk_total(const struct brk *b, const uint32_t *ends, uint32_t n);
/* As a browser would: a line takes what goes in at natural width. */
uint32_t brk_first_fit(const struct brk *b, struct arena *a, uint32_t **ends,
    int64_t *demerits);

#endif
