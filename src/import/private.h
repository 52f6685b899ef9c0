/*
 * Inside import/: the text as cells, and the passes over it.
 *
 * Each pass reads one draft and writes the next, so that none is quadratic,
 * and each cell keeps the byte of the source it came from: a repair of any
 * pass can name its line.
 */
#ifndef IMPORT_PRIVATE_H
#define IMPORT_PRIVATE_H

#include "import/import.h"

#define ZWNJ 0x200c

struct cell {
	uint32_t cp;
	uint32_t at;		/* in the source [byte] */
	bool fixed;		/* a citation in order: brackets stay */
};

struct draft {
	struct cell *v;
	size_t n, cap;
};

struct import {
	struct import_result *r;
	struct { struct import_repair *v; size_t n, cap; } log;
	struct import_words *words;
	struct draft in, out;	/* of the pass at work */
	size_t source_len;	/* [byte] */
};

/* Letters, marks and ZWNJ of the Arabic script; digits of any script. */
bool is_arabic(uint32_t cp);
bool is_blank(uint32_t cp);		/* space or tab, no line end */
/* The cell at i, or a line end outside the text. */
uint32_t cp_at(const struct draft *d, size_t i);
bool text_is(const struct draft *d, size_t i, const char *s);

/* Copy the cells [from, to) of im->in to im->out. */
void keep(struct import *im, size_t from, size_t to);
/* Write UTF-8 `s` as if it stood in the source's bytes from `at` on, the
 * last of them before `end`. */
void put(struct import *im, const char *s, uint32_t at, size_t end);
/* Copy cells [from, to) into the arena as UTF-8. */
const char *cells_str(struct import *im, const struct draft *d, size_t from,
    size_t to);
/* Put down a repair of the cells [from, to) of im->in. */
void log_repair(struct import *im, const char *rule, size_t from, size_t to,
    const char *is, bool doubtful);
/* Put down, in words, what was taken out at the cell `from` and behind it. */
void log_words(struct import *im, const char *rule, size_t from,
    const char *was);
/* Log it and write it: the common case. */
void replace(struct import *im, const char *rule, size_t from, size_t to,
    const char *is);

/* The word list: what it knows, and how many of its entries begin so. */
bool words_know(struct import_words *w, const char *s);
bool words_have(struct import_words *w, const char *s);	/* as an entry */
size_t words_beginning(struct import_words *w, const char *s);

/* The passes, in their order. */
void pass_letters(struct import *im);
void pass_folios(struct import *im);
void pass_heads(struct import *im);
void pass_paragraphs(struct import *im);
void pass_page_breaks(struct import *im);
void pass_citations(struct import *im);
void pass_brackets(struct import *im);
void pass_words(struct import *im);
void pass_joiners(struct import *im);
void pass_spacing(struct import *im);

#endif
