/* What the files of check/ share. */
#ifndef CHECK_PRIVATE_H
#define CHECK_PRIVATE_H

#include "check/check.h"

struct stretch { size_t at; struct pos pos; };

/* A block's text; stretches of another language hold U+FFFC instead. */
struct block {
	struct buf text;
	struct { struct stretch *v; size_t n, cap; } src;
	struct diag *dg;
};

/* Where a byte of the block stands in the manuscript. */
struct pos block_place(const struct block *b, size_t at);
/* Every word of a book -> how often, as an integer in the pointer. */
void count_words(const struct doc *d, struct map *all);
/* Doubled words, missing ZWNJ, torn lam-alef. */
void lint_words(struct block *b, const struct map *all);

/* Runts, rivers, contrast and ink; called by check_pages(). */
void check_lines(const struct page_book *b, const struct style *st,
    struct diag *dg);

#endif
