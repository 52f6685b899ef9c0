/*
 * Text torn out of a PDF or a scan, made a manuscript draft again.
 *
 * What extraction breaks in Persian is regular: لا comes out as ال, brackets
 * come out mirrored, the page's number stands in a sentence, Arabic Yeh and
 * Kaf replace the Persian ones, and ZWNJ is lost. Each rule here mends one
 * such thing. A rule changes letters only where a word list, or the same word
 * intact elsewhere in the same text, bears it out; what it only suspects is
 * listed as doubtful and left as it stands.
 */
#ifndef IMPORT_H
#define IMPORT_H

#include "base/base.h"

/* Text longer than this is not read [byte]. */
#define IMPORT_LIMIT ((size_t)64 << 20)

/* One repair, in the order of the source. */
struct import_repair {
	const char *rule;	/* "lam-alef", "bracket", ...: static */
	struct pos pos;		/* in the source; the column in code points */
	size_t from, to;	/* in the source [byte] */
	size_t out_from, out_to;	/* in the draft [byte] */
	const char *was, *is;	/* UTF-8; "" where nothing stood or stands */
	bool doubtful;		/* not applied */
};

/* The draft and what was done; all in `arena`, except the text. */
struct import_result {
	struct arena arena;
	struct buf text;	/* UTF-8 */
	struct import_repair *repairs;
	size_t nrepairs, ndoubtful;	/* nrepairs counts both kinds */
};

struct import_words;		/* a word list: Hunspell's .aff and .dic */

/* Open DIC with the .aff beside it; NULL if either cannot be read. */
struct import_words *import_words_open(const char *dic);
void import_words_close(struct import_words *w);	/* accepts NULL */

/*
 * Mend `n` bytes of text. Malformed bytes become U+FFFD. `words` may be
 * NULL: then only rules that need none are sure, and the rest is doubtful.
 * With `mark`, each doubtful word is followed in the draft by a comment
 * that no output prints: «مال<!-- lam-alef? ملا -->». Never fails; r is
 * zero-initialised by the caller and freed with import_free().
 */
void import_text(struct import_result *r, const char *s, size_t n,
    struct import_words *words, bool mark);
void import_free(struct import_result *r);

#endif
