/*
 * The two halves of the .bib reader: marks and values (bibtext.c), fields
 * and entries (bib.c). Private to cite/.
 */
#ifndef CITE_BIB_H
#define CITE_BIB_H

#include "cite/model.h"

#define NONE SIZE_MAX
#define NAME_SIZE 104	/* of a field, kind or @string [byte] */

struct reader {
	struct cite_bib *bib;
	struct diag *dg;
	const char *s;
	size_t n, i;
	/* place() goes on from where it was: line and column of `at`. */
	size_t at;
	struct pos pos;
	struct buf raw;		/* the value, its pieces joined */
	struct buf text;	/* and its TeX spellings resolved */
	struct map unknown;	/* field names already reported */
	size_t budget;		/* bytes that @strings may still put [byte] */
	size_t count;		/* entries, those with a known key too */
	bool has_crossref;
	bool gave_up;		/* a value of this entry was cut */
};

enum value_end {
	VALUE_OK,
	VALUE_CUT,	/* not closed: ended with its line, r->i after it */
	VALUE_LOST,	/* not closed, a second time: r->i at the next entry */
	VALUE_BAD	/* no value stands here; reported */
};

/* Line and column of an offset; cheap while offsets do not go back. */
struct pos bib_place(struct reader *r, size_t off);
/* Report what is wrong at `pos`; reading goes on from the offset `on`. */
void bib_syntax(struct reader *r, struct pos pos, const char *what,
    size_t on);
bool bib_is_space(char c);
bool bib_is_letter(char c);
bool bib_is_name_char(char c);
void bib_skip_space(struct reader *r);
/* A name in small letters; "" if it is too long to be one. */
void bib_small(const char *s, size_t n, char out[static NAME_SIZE]);
size_t bib_line_end(const struct reader *r, size_t i);

/* A '@' stands at i: does an entry begin here? */
bool bib_is_head(const struct reader *r, size_t i);
/* Only blanks stand before i on its line. */
bool bib_begins_line(const struct reader *r, size_t i);
/* After the line end at i: the '@' of an entry that begins there, or NONE. */
size_t bib_head_after(const struct reader *r, size_t i);
/* The next line from i on that begins an entry, or the end. */
size_t bib_next_head(const struct reader *r, size_t i);
/*
 * The index after the delimiter that closes the one at i, '{' or '"'; NONE
 * if the next entry or the end comes first.
 */
size_t bib_scan_closed(const struct reader *r, size_t i);

/* Read a value from r->i into r->raw, as long and deep as limits allow. */
enum value_end bib_read_value(struct reader *r);
/* The value that opens at i, a brace or a quotation mark, does not close. */
enum value_end bib_cut_value(struct reader *r, size_t i);
/*
 * Has the value of one pair of braces from `start` to `end` taken in fields
 * that follow it? They stand at the beginning of its lines.
 */
bool bib_has_swallowed(const struct reader *r, size_t start, size_t end);

#endif
