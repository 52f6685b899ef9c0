/*
 * Parts of a book, as handouts and other extracts take them out: where a
 * section ends, what it cites, what it asks.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "doc/doc.h"

/* -------------------------------------------------------------- sections */

const struct doc_node *
doc_section_end(const struct doc_node *heading)
{
	const struct doc_node *n = heading->next;

	while (n != NULL && !(n->kind == DOC_HEADING &&
	    n->level <= heading->level))
		n = n->next;
	return n;
}

int
doc_chapter_level(const struct doc *d)
{
	struct doc_walk w = {.d = d};
	const struct doc_node *n;
	int level = 7;

	while ((n = doc_walk_next(&w)) != NULL)
		if (n->kind == DOC_HEADING && n->parent == d->root)
			level = MIN(level, n->level);
	return level < 7 ? level : 1;
}

const struct doc_node *
doc_chapter(const struct doc_node *n)
{
	while (n->parent != NULL && n->parent->kind != DOC_ROOT)
		n = n->parent;
	while (n->prev != NULL && !(n->kind == DOC_HEADING && n->level == 1))
		n = n->prev;
	return n;
}

const char *
doc_name_without(struct arena *a, const struct doc_node *heading,
    const char *years)
{
	struct buf b = {0};
	const char *cut, *s;

	doc_plain(heading, &b);
	cut = b.n > 0 ? strstr(b.p, years) : NULL;
	if (cut != NULL) {
		b.n = (size_t)(cut - b.p);
		while (b.n > 0 && (b.p[b.n - 1] == ' ' ||
		    b.p[b.n - 1] == '('))
			b.n--;
	}
	s = arena_strn(a, b.n > 0 ? b.p : "", b.n);
	buf_free(&b);
	return s;
}

bool
doc_link_leads(const struct doc *d, const struct doc_node *link,
    struct diag *dg)
{
	const char *url = link->url, **names;
	struct doc_node *n;
	size_t k = 0;

	/* A link that nobody wrote was made together with its target. */
	if (url == NULL || *url != '#' || link->pos.line == 0 ||
	    map_get(&d->ids, url + 1, strlen(url + 1)) != NULL)
		return true;
	names = xcalloc(d->ids.n + 1, sizeof(*names));
	for (size_t i = 0; (n = map_next(&d->ids, &i)) != NULL;)
		if (doc_id(n) != NULL)
			names[k++] = doc_id(n);
	diag_add(dg, link->pos, MAN_DEAD_LINK, url, diag_near(dg, url + 1,
	    names));
	free(names);
	return false;
}

const char *
doc_block_id(struct arena *a, const struct doc_node *n)
{
	if (doc_id(n) != NULL)
		return doc_id(n);
	if (n->first != NULL && n->first->kind == DOC_CAPTION &&
	    doc_id(n->first) != NULL)
		return doc_id(n->first);
	return arena_printf(a, "block-%u", n->serial);
}

const char *
doc_alt(struct arena *a, const struct doc_node *figure)
{
	const char *s = doc_value(figure, "alt");
	struct buf b = {0};

	if (s == NULL)
		s = doc_value(figure, "fig-alt");
	if (s != NULL)
		return s;
	if (figure->first != NULL && figure->first->kind == DOC_CAPTION)
		doc_plain(figure->first, &b);
	s = b.n > 0 ? arena_strn(a, b.p, b.n) : figure->title;
	buf_free(&b);
	return s;
}

/* ----------------------------------------------------------------- notes */

/*
 * Notes may call notes. Those that a mark leads to stand in the order of
 * their marks, each followed by those it calls itself. Not by recursion: a
 * manuscript may chain as many as it likes.
 */
void
doc_notes_reached(struct map *seen, const struct doc_node *ref,
    struct doc_list *out)
{
	struct { struct { const struct doc_node *note, *at; } *v;
	    size_t n, cap; } stack = {0};
	const struct doc_node *d = ref;

	for (;;) {
		if (d != NULL && d->kind == DOC_NOTE_REF && d->target != NULL) {
			void **slot = map_put(seen, d->target->text,
			    d->target->len);

			if (*slot == NULL) {
				*slot = d->target;
				*VEC_PUSH(out) = d->target;
				VEC_PUSH(&stack);
				stack.v[stack.n - 1].note = d->target;
				stack.v[stack.n - 1].at = d->target;
			}
		}
		do {
			if (stack.n == 0) {
				free(stack.v);
				return;
			}
			d = doc_next(stack.v[stack.n - 1].at,
			    stack.v[stack.n - 1].note);
			if (d == NULL)
				stack.n--;
		} while (d == NULL);
		stack.v[stack.n - 1].at = d;
	}
}

/* --------------------------------------------------------------- sources */

/* Is the entry of this key cited from `first` up to `stop`? */
static bool
is_cited(const char *key, const struct doc_node *first,
    const struct doc_node *stop)
{
	for (const struct doc_node *n = first; n != stop && n != NULL;
	    n = n->next)
		for (const struct doc_node *k = n; k != NULL;
		    k = doc_next(k, n)) {
			if (k->kind != DOC_CITE)
				continue;
			for (const struct doc_cite *q = k->cite; q != NULL;
			    q = q->next)
				if (strcmp(q->key, key) == 0)
					return true;
		}
	return false;
}

const struct doc_node **
doc_sources_cited(struct arena *a, const struct doc *d,
    const struct doc_node *first, const struct doc_node *stop, size_t *n)
{
	struct { const struct doc_node **v; size_t n, cap; } found = {0};
	const struct doc_node **v;

	for (const struct doc_node *k = d->root; k != NULL;
	    k = doc_next(k, d->root))
		if (k->kind == DOC_REF_ENTRY && doc_id(k) != NULL &&
		    strncmp(doc_id(k), "ref-", 4) == 0 &&
		    is_cited(doc_id(k) + 4, first, stop))
			*VEC_PUSH(&found) = k;
	v = ARENA_ARRAY(a, const struct doc_node *, found.n + 1);
	if (found.n > 0)
		memcpy(v, found.v, found.n * sizeof(*v));
	free(found.v);
	*n = found.n;
	return v;
}

/* ------------------------------------------------------------- questions */

/* splitmix64 (Steele, Lea, Flood 2014): the same order on every machine. */
static uint64_t
next_random(uint64_t *s)
{
	uint64_t z = (*s += 0x9e3779b97f4a7c15u);

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

/* In its right order, or that turned round, it would be no question. */
static bool
is_order(const size_t *v, size_t n)
{
	bool same = true, reversed = n > 2;

	for (size_t i = 0; i < n; i++) {
		same &= v[i] == i;
		reversed &= v[i] == n - 1 - i;
	}
	return n > 1 && (same || reversed);
}

size_t *
doc_permutation(struct arena *a, size_t n, uint64_t seed)
{
	size_t *v = ARENA_ARRAY(a, size_t, n + 1);

	do {
		for (size_t i = 0; i < n; i++)
			v[i] = i;
		for (size_t i = n; i > 1; i--) {
			size_t k = next_random(&seed) % i, t = v[i - 1];

			v[i - 1] = v[k];
			v[k] = t;
		}
	} while (is_order(v, n));
	return v;
}

uint64_t
doc_question_seed(const struct doc_node *question, uint64_t seed)
{
	return hash_bytes(HASH_SEED, &question->serial,
	    sizeof(question->serial)) ^ seed;
}

const struct doc_node **
doc_questions(struct arena *a, const struct doc_node *first,
    const struct doc_node *stop, uint64_t seed, size_t *n)
{
	struct { const struct doc_node **v; size_t n, cap; } found = {0};
	const struct doc_node **v;
	const size_t *order;

	for (const struct doc_node *k = first; k != stop && k != NULL;
	    k = k->next)
		for (const struct doc_node *d = k; d != NULL;
		    d = doc_next(d, k))
			if (doc_has_class(d, "question"))
				*VEC_PUSH(&found) = d;
	v = ARENA_ARRAY(a, const struct doc_node *, found.n + 1);
	order = seed != 0 ? doc_permutation(a, found.n, seed) : NULL;
	for (size_t i = 0; i < found.n; i++)
		v[i] = found.v[order != NULL ? order[i] : i];
	free(found.v);
	*n = found.n;
	return v;
}

const struct doc_node **
doc_question_parts(struct arena *a, const struct doc_node *question,
    size_t *n)
{
	enum { MOST = 256 };
	bool match = doc_has_class(question, "match");
	const struct doc_node *whole = NULL, **v;

	*n = 0;
	for (const struct doc_node *k = question->first; k != NULL;
	    k = k->next)
		if (k->kind == (match ? DOC_TABLE : DOC_LIST))
			whole = k;
	v = ARENA_ARRAY(a, const struct doc_node *, MOST);
	for (const struct doc_node *k = whole != NULL ? whole->first : NULL;
	    k != NULL && *n < MOST; k = k->next)
		if (!match || (k->kind == DOC_ROW && !k->is_header &&
		    k->first != NULL && k->first->next != NULL))
			v[(*n)++] = k;
	return v;
}
