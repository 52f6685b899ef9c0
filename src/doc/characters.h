/*
 * A block's characters while they are put in order; private to doc/.
 */
#ifndef DOC_CHARACTERS_H
#define DOC_CHARACTERS_H

#include "doc/doc.h"

/* What stands instead of a character: itself, nothing, or another. */
enum { CH_SAME = 0, CH_GONE = UINT32_MAX };

/* Nothing of the author's text: code, a note's mark, another language. */
#define CH_OTHER 0xfffcu

struct block_char {
	uint32_t cp;
	uint32_t is;		/* CH_SAME, CH_GONE or what it becomes */
	uint32_t more;		/* a further character after it; 0 */
	uint32_t node;		/* whose text it is, an index of the block */
};

enum { NKINDS = 6 };		/* of changes, in the order of messages */
enum change_kind { CHANGE_LETTERS, CHANGE_HEH, CHANGE_DIGITS,
	CHANGE_SEPARATORS, CHANGE_QUOTES, CHANGE_ELLIPSIS };

struct block {
	const struct doc_characters *want;
	uint32_t zero;		/* of the language's digits */
	bool persian;
	struct block_char *v;
	size_t n, cap;
	/* Places of each kind's changes: counted, and the first. */
	size_t count[NKINDS], first[NKINDS];
};

/* replace.c: decide what each character becomes. */
void block_replace(struct block *b);

#endif
