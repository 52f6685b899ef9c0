/*
 * The words of a draft, and how often each stands in it. Private to import/.
 */
#ifndef IMPORT_WORDLIST_H
#define IMPORT_WORDLIST_H

#include "import/private.h"

struct word {
	size_t from, to;	/* cells */
	const char *s;		/* UTF-8, in the arena */
	bool follows;		/* one blank parts it from the word before */
};

struct wordlist {
	struct word *v;
	size_t n, cap;
	struct map counts;
};

void wordlist_read(struct import *im, struct wordlist *w);
void wordlist_free(struct wordlist *w);
/* How often `s` stands in the text. */
size_t wordlist_count(const struct wordlist *w, const char *s);

#endif
