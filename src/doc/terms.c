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
	struct doc_walk w = {.d = d};
	const struct doc_node *n;
	struct buf word = {0};
	size_t k = 0;

	while ((n = doc_walk_next(&w)) != NULL) {
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
	const char *key = doc_value(n, "key"), *id;
	struct buf word = {0};

	if (key != NULL)
		return map_get(terms, key, strlen(key));
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

/*
 * What a word may end in and still be the term: nothing, or an ending that
 * Persian writes behind a joiner (قورباشی‌ها, جدیدی‌هایی) or joined on (its
 * plural alone), that English adds. Any other letter begins another word:
 * «بار» is not in «باران».
 */
static bool
ends_word(const char *s, const char *lang)
{
	static const char *const endings[] = {"ها", "های", "هایی", "هایش",
	    "هایشان", "ی", "ای", "اش", "ام", "ات", "شان", "مان", "تان", "تر",
	    "ترین", "s", "es", "'s", "’s"};
	static const char joiner[] = "\xe2\x80\x8c";
	bool joined = strncmp(s, joiner, 3) == 0;
	size_t at = 0;

	if (joined)
		s += 3;
	for (size_t i = 0; i < NELEM(endings); i++) {
		size_t n = strlen(endings[i]);
		bool english = (unsigned char)endings[i][0] < 0x80 || i ==
		    NELEM(endings) - 1;

		if (strncmp(s, endings[i], n) != 0 || (english ? joined ||
		    lang_is_rtl(lang) : !joined && i > 2))
			continue;
		at = n;
		if (s[at] == '\0' || !uni_is_letter(utf8_next(s, strlen(s),
		    &at)))
			return true;
	}
	at = 0;
	return !joined && (*s == '\0' || !uni_is_letter(utf8_next(s, strlen(s),
	    &at)));
}

/* Is `word` in `text` as a word, or one with an ending? */
static bool
uses(const char *text, const char *word, const char *lang)
{
	size_t n = strlen(word);

	for (const char *p = n > 0 ? strstr(text, word) : NULL; p != NULL;
	    p = strstr(p + 1, word)) {
		size_t i = (size_t)(p - text), at;

		/* The code point before it. */
		while (i > 0 && ((unsigned char)text[--i] & 0xc0) == 0x80)
			;
		at = i;
		if ((p == text || (strncmp(text + i, "\xe2\x80\x8c", 3) != 0 &&
		    !uni_is_letter(utf8_next(text, (size_t)(p - text),
		    &at)))) && ends_word(p + n, lang))
			return true;
	}
	return false;
}

/* The words of a section that may be terms: neither those of its questions
 * and glossaries nor a part of a name, [ابراهیم بیک لقی]{.name}. */
static void
add_words(const struct doc_node *top, struct buf *out)
{
	const struct doc_node *n = top;

	while (n != NULL) {
		if (doc_has_class(n, "questions") || doc_has_class(n,
		    "question") || doc_has_class(n, "glossary") ||
		    doc_has_class(n, "name")) {
			buf_char(out, ' ');
			n = doc_next_after(n, top);
			continue;
		}
		if (n->text != NULL && n->kind == DOC_TEXT)
			buf_add(out, n->text, n->len);
		else if (!doc_is_inline(n->kind) || n->kind ==
		    DOC_SOFT_BREAK || n->kind == DOC_HARD_BREAK)
			buf_char(out, ' ');
		n = doc_next(n, top);
	}
}

const struct doc_node **
doc_terms_used(struct arena *a, const struct doc *d, const struct map *terms,
    const struct doc_node *first, const struct doc_node *stop, size_t *n)
{
	enum { MOST = 1024 };
	struct buf text = {0};
	const struct doc_node **v = ARENA_ARRAY(a, const struct doc_node *,
	    MOST);
	const char *lang = doc_meta(d, "lang");

	*n = 0;
	for (const struct doc_node *k = first; k != stop && k != NULL;
	    k = k->next)
		add_words(k, &text);
	buf_char(&text, '\0');
	for (const struct doc_node *k = d->root; k != NULL && text.n > 0;
	    k = doc_next(k, d->root)) {
		struct buf word = {0};

		if (k->kind != DOC_TERM || doc_term_id(terms, k) == NULL)
			continue;
		doc_plain(k, &word);
		if (word.n > 0 && uses(text.p, word.p, lang != NULL ? lang :
		    "fa"))
			for (const struct doc_node *t = k; t != NULL &&
			    *n < MOST && (t == k || t->kind != DOC_TERM);
			    t = t->next)
				v[(*n)++] = t;
		buf_free(&word);
	}
	buf_free(&text);
	return v;
}
