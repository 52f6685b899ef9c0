/* What the files of check/ share. */
#ifndef CHECK_PRIVATE_H
#define CHECK_PRIVATE_H

#include "check/check.h"

struct stretch { size_t at; struct pos pos; };

/* A block's text; stretches of another language hold U+FFFC instead. */
struct block {
	struct buf text;
	struct { struct stretch *v; size_t n, cap; } src;
	/* Its code points, each with its byte; `at` of one past the last is
	 * the text's length. */
	struct { struct sign { uint32_t cp; size_t at; } *v; size_t n, cap; }
	    signs;
	struct diag *dg;
};

/* Where a byte of the block stands in the manuscript. */
struct pos block_place(const struct block *b, size_t at);
/* Place of the i-th sign. */
struct pos sign_place(const struct block *b, size_t i);
/* The i-th sign; a space before the first and after the last. */
uint32_t sign(const struct block *b, size_t i);
/* Signs [i, j) as a string in the diag's arena. */
const char *signs_str(const struct block *b, size_t i, size_t j);

bool is_arabic_letter(uint32_t cp);	/* or a mark on one */
bool is_latin_letter(uint32_t cp);
bool is_persian_digit(uint32_t cp);
/* Brackets and quotation marks that open, and that close. */
bool is_opening(uint32_t cp);
bool is_closing(uint32_t cp);

/* Arabic letters, digits, Latin marks, presentation forms, stray ZWNJ. */
void lint_characters(struct block *b);
/* Spaces too many and too few, about marks and brackets. */
void lint_spacing(struct block *b);
/* Isolates that are never closed. */
void lint_isolates(struct block *b);
/* Ranges and signed numbers that nothing isolates. */
void lint_ranges(struct block *b, bool ranges, bool numbers);

/*
 * Brackets and quotation marks without a partner. A quotation may run over
 * paragraphs, each of which opens it again: what stays open of one is told
 * only when the next does not go on with it.
 */
struct quotation {
	struct pos pos;			/* where it was opened; line 0: none */
};
void lint_pairs(struct block *b, struct quotation *q);
/* The paragraphs of a quotation are over. */
void lint_pairs_end(struct quotation *q, struct diag *dg);

/* Every word of a book -> how often, as an integer in the pointer. */
void count_words(const struct doc *d, struct map *all);
/* Doubled words, missing ZWNJ, torn lam-alef. */
void lint_words(struct block *b, const struct map *all);
/* A word that may hold a لا turned round; letters, and its text. */
void lint_torn(struct block *b, size_t at, size_t n, const struct map *all);

/*
 * Where a place of a page, or all of it (y 0), ends in the manuscript: the
 * last line before it, if need be on an earlier page. Of an empty page that is
 * the last one printed, of the last page the end of the book.
 */
struct pos place_before(const struct page_book *b, size_t page, sp y);
/* Where a page begins; NOPOS: with nothing of the manuscript. */
struct pos place_first(const struct page_book *b, size_t page);

/* Runts, rivers, contrast and ink; called by check_pages(). */
void check_lines(const struct page_book *b, const struct style *st,
    struct diag *dg);

#endif
