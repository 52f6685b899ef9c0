/*
 * Cutting a draft into words.
 */
#include "import/wordlist.h"

#include <stdlib.h>
#include <string.h>

void
wordlist_read(struct import *im, struct wordlist *w)
{
	const struct draft *d = &im->in;

	for (size_t i = 0; i < d->n;) {
		size_t from = i;
		struct word word;
		void **slot;

		while (is_arabic(cp_at(d, i)))
			i++;
		if (i == from) {
			i++;
			continue;
		}
		word = (struct word){from, i, cells_str(im, d, from, i),
		    w->n > 0 && from == w->v[w->n - 1].to + 1 &&
		    is_blank(cp_at(d, from - 1))};
		*VEC_PUSH(w) = word;
		slot = map_put(&w->counts, word.s, strlen(word.s));
		if (*slot == NULL)
			*slot = ARENA_NEW(&im->r->arena, size_t);
		++*(size_t *)*slot;
	}
}

size_t
wordlist_count(const struct wordlist *w, const char *s)
{
	const size_t *n = map_get(&w->counts, s, strlen(s));

	return n != NULL ? *n : 0;
}

void
wordlist_free(struct wordlist *w)
{
	free(w->v);
	map_free(&w->counts);
}
