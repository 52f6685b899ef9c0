/*
 * The word list, read with Hunspell: it knows its own endings. Beside it the
 * entries themselves, sorted: how many begin as a word does tells a common
 * word from a rare one in a list without frequencies.
 */
#include "import/private.h"

#include <hunspell/hunspell.h>
#include <stdlib.h>
#include <string.h>

struct import_words {
	Hunhandle *h;
	struct buf text;		/* the .dic, entries cut with NULs */
	struct { char **v; size_t n, cap; } entries;
	struct map asked;		/* word -> yes or no */
};

static char yes[] = "y", no[] = "n";

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
read_entries(struct import_words *w)
{
	char *p = w->text.p, *end = p + w->text.n;

	while (p < end) {
		char *nl = memchr(p, '\n', (size_t)(end - p));

		if (nl == NULL)
			nl = end;
		*nl = '\0';
		p[strcspn(p, "/\t\r")] = '\0';
		if (*p != '\0')
			*VEC_PUSH(&w->entries) = p;
		p = nl + 1;
	}
	if (w->entries.n > 0)
		qsort(w->entries.v, w->entries.n, sizeof(char *), by_bytes);
}

struct import_words *
import_words_open(const char *dic)
{
	struct import_words *w = xcalloc(1, sizeof(*w));
	struct arena a = {0};
	size_t n = strlen(dic);
	char *aff = arena_str(&a, dic);

	if (n > 4 && strcmp(aff + n - 4, ".dic") == 0)
		memcpy(aff + n - 4, ".aff", 4);
	if (!file_exists(aff) || file_read(dic, IMPORT_LIMIT, &w->text) !=
	    NULL || w->text.n == 0) {
		import_words_close(w);
		arena_free(&a);
		return NULL;
	}
	w->h = Hunspell_create(aff, dic);
	arena_free(&a);
	read_entries(w);
	return w;
}

void
import_words_close(struct import_words *w)
{
	if (w == NULL)
		return;
	if (w->h != NULL)
		Hunspell_destroy(w->h);
	map_free(&w->asked);
	free(w->entries.v);
	buf_free(&w->text);
	free(w);
}

bool
words_know(struct import_words *w, const char *s)
{
	void **slot;

	/* Hunspell takes no more than 100 letters of a word. */
	if (w == NULL || *s == '\0' || strlen(s) > 180)
		return false;
	slot = map_put(&w->asked, s, strlen(s));
	if (*slot == NULL)
		*slot = Hunspell_spell(w->h, s) != 0 ? yes : no;
	return *slot == yes;
}

/* The first entry not before `s`. */
static size_t
lower(const struct import_words *w, const char *s)
{
	size_t lo = 0, hi = w->entries.n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(w->entries.v[mid], s) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool
words_have(struct import_words *w, const char *s)
{
	size_t i;

	if (w == NULL)
		return false;
	i = lower(w, s);
	return i < w->entries.n && strcmp(w->entries.v[i], s) == 0;
}

size_t
words_beginning(struct import_words *w, const char *s)
{
	size_t i, n = strlen(s), count = 0;

	if (w == NULL)
		return 0;
	for (i = lower(w, s); i < w->entries.n && count < 1000 &&
	    strncmp(w->entries.v[i], s, n) == 0; i++)
		count++;
	return count;
}
