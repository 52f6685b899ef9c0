/*
 * Words that readers look up: order of the language's dictionaries, the
 * glossary's terms and their ids.
 */
#include <stdlib.h>
#include <string.h>

#include "doc/doc.h"

/* -------------------------------------------------------------- sorting */

struct keyed {
	struct doc_sorted s;
	struct buf key;
};

static int
by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	size_t n = MIN(x->key.n, y->key.n);
	int c = n > 0 ? memcmp(x->key.p, y->key.p, n) : 0;

	if (c == 0)
		c = x->key.n < y->key.n ? -1 : x->key.n > y->key.n;
	return c != 0 ? c : x->s.at < y->s.at ? -1 : x->s.at > y->s.at;
}

void
doc_sort(struct doc_sorted *v, size_t n, const char *lang)
{
	struct uni_collator *c = uni_collator_open(lang);
	struct keyed *k = xcalloc(n + 1, sizeof(*k));

	for (size_t i = 0; i < n; i++) {
		k[i].s = v[i];
		k[i].s.at = i;
		if (c != NULL)
			uni_sort_key(c, v[i].text, strlen(v[i].text),
			    &k[i].key);
	}
	uni_collator_close(c);
	qsort(k, n, sizeof(*k), by_key);
	for (size_t i = 0; i < n; i++) {
		v[i] = k[i].s;
		buf_free(&k[i].key);
	}
	free(k);
}

/* ---------------------------------------------------------------- terms */

static bool
in_glossary(const struct doc_node *n)
{
	while (n != NULL && !doc_has_class(n, "glossary"))
		n = n->parent;
	return n != NULL;
}

void
doc_terms(struct map *terms, struct arena *a, const struct doc *d)
{
	struct buf word = {0};
	size_t k = 0;

	for (const struct doc_node *n = d->root; n != NULL;
	    n = doc_next(n, d->root)) {
		void **slot;

		if (n->kind != DOC_TERM || !in_glossary(n->parent))
			continue;
		word.n = 0;
		doc_plain(n, &word);
		slot = map_put(terms, word.n > 0 ? word.p : "", word.n);
		if (*slot == NULL)
			*slot = arena_printf(a, "term-%zu", ++k);
	}
	buf_free(&word);
}

const char *
doc_term_id(const struct map *terms, const struct doc_node *n)
{
	struct buf word = {0};
	const char *id;

	doc_plain(n, &word);
	id = map_get(terms, word.n > 0 ? word.p : "", word.n);
	buf_free(&word);
	return id;
}

const struct doc_node **
doc_sorted_terms(struct arena *a, const struct doc_node *list,
    const char *lang, size_t *n)
{
	struct doc_sorted *v;
	const struct doc_node **out;
	struct buf word = {0};
	size_t nterms = 0, all = 0;

	for (const struct doc_node *d = list->first; d != NULL; d = d->next) {
		nterms += d->kind == DOC_TERM;
		all++;
	}
	v = ARENA_ARRAY(a, struct doc_sorted, nterms + 1);
	out = ARENA_ARRAY(a, const struct doc_node *, all + 1);
	nterms = *n = 0;
	for (const struct doc_node *d = list->first; d != NULL; d = d->next)
		if (d->kind == DOC_TERM) {
			word.n = 0;
			doc_plain(d, &word);
			v[nterms].text = arena_strn(a, word.n > 0 ? word.p :
			    "", word.n);
			v[nterms++].what = d;
		}
	buf_free(&word);
	doc_sort(v, nterms, lang);
	for (size_t i = 0; i < nterms; i++) {
		const struct doc_node *d = v[i].what;

		do {
			out[(*n)++] = d;
			d = d->next;
		} while (d != NULL && d->kind != DOC_TERM);
	}
	return out;
}

/* Is `word` in `text` as a word (or the beginning of an inflected one)? */
static bool
uses(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = strstr(text, word); p != NULL;
	    p = strstr(p + 1, word)) {
		size_t back = (size_t)(p - text), i;
		uint32_t before = ' ';

		/* The code point before it. */
		for (i = back; i > 0 && ((unsigned char)text[i - 1] & 0xc0) ==
		    0x80; i--)
			;
		if (i > 0) {
			size_t at = i - 1;

			before = utf8_next(text, back, &at);
		}
		if (!uni_is_letter(before) && n > 0)
			return true;
	}
	return false;
}

const struct doc_node **
doc_terms_used(struct arena *a, const struct doc *d, const struct map *terms,
    const struct doc_node *first, const struct doc_node *stop, size_t *n)
{
	enum { MOST = 1024 };
	struct buf text = {0};
	const struct doc_node **v = ARENA_ARRAY(a, const struct doc_node *,
	    MOST);

	*n = 0;
	for (const struct doc_node *k = first; k != stop && k != NULL;
	    k = k->next)
		if (k->kind != DOC_DIV || !doc_has_class(k, "questions")) {
			doc_plain(k, &text);
			buf_char(&text, ' ');
		}
	for (const struct doc_node *k = d->root; k != NULL && text.n > 0;
	    k = doc_next(k, d->root)) {
		struct buf word = {0};

		if (k->kind != DOC_TERM || doc_term_id(terms, k) == NULL)
			continue;
		doc_plain(k, &word);
		if (word.n > 0 && uses(text.p, word.p))
			for (const struct doc_node *t = k; t != NULL &&
			    *n < MOST && (t == k || t->kind != DOC_TERM);
			    t = t->next)
				v[(*n)++] = t;
		buf_free(&word);
	}
	buf_free(&text);
	return v;
}
