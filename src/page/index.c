/*
 * The index: words that the text marks, in the order of the language's
 * dictionaries, with the pages they stand on.
 *
 * Marks are looked for in the whole tree before anything is gathered, so
 * the index may stand anywhere and names what stands in notes and after it.
 * A mark that no page prints (in what a style hides) is in no index.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "page/layout.h"

struct place {
	const char *id;
	int page;
	size_t at;			/* its turn in the text */
};

struct entry {
	const char *key;
	struct place *v;
	size_t n, cap;
};

static size_t
mark_key(const struct doc_node *mark, char key[static 32])
{
	return (size_t)snprintf(key, 32, "%u", mark->serial);
}

const char *
index_id(struct layout *l, const struct doc_node *mark)
{
	char key[32];

	return map_get(&l->marks, key, mark_key(mark, key));
}

static void
find_in(struct layout *l, bool notes)
{
	struct doc_walk w = {.d = l->doc, .notes = notes};
	const struct doc_node *n;

	while ((n = doc_walk_next(&w)) != NULL) {
		const char *key = doc_value(n, "key");
		struct buf b = {0};
		struct index_mark *m;
		char name[32];

		if (n->kind != DOC_SPAN || !doc_has_class(n, "index"))
			continue;
		if (key == NULL) {
			doc_plain(n, &b);
			key = arena_strn(l->a, b.n > 0 ? b.p : "", b.n);
			buf_free(&b);
		}
		m = VEC_PUSH(&l->index);
		m->key = key;
		m->id = arena_printf(l->a, "idx-%zu", l->index.n);
		*map_put(&l->marks, name, mark_key(n, name)) =
		    (void *)(uintptr_t)m->id;
	}
}

void
index_find(struct layout *l)
{
	find_in(l, false);
	find_in(l, true);
}

/* --------------------------------------------------------------- entries */

static int
by_page(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->page != y->page)
		return x->page < y->page ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static struct doc_node *
text_node(struct layout *l, const char *text)
{
	struct doc_node *n = ARENA_NEW(l->a, struct doc_node);

	n->kind = DOC_TEXT;
	n->text = text;
	n->len = strlen(text);
	return n;
}

static void
append(struct doc_node *parent, struct doc_node *child)
{
	if (parent->last != NULL)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

/* «۱۲، ۱۵–۱۷»: each a link, pages that follow one another a range. */
static void
add_pages(struct layout *l, struct doc_node *para, const struct entry *e)
{
	for (size_t i = 0; i < e->n;) {
		size_t j = i;
		const char *a, *z, *words;
		struct doc_node *link;

		while (j + 1 < e->n && e->v[j + 1].page <= e->v[j].page + 1)
			j++;
		a = map_get(&l->labels, e->v[i].id, strlen(e->v[i].id));
		z = map_get(&l->labels, e->v[j].id, strlen(e->v[j].id));
		if (a != NULL && z != NULL) {
			words = e->v[j].page > e->v[i].page ?
			    arena_printf(l->a, "%s–%s", a, z) : a;
			link = ARENA_NEW(l->a, struct doc_node);
			link->kind = DOC_LINK;
			link->url = arena_printf(l->a, "#%s", e->v[i].id);
			append(link, text_node(l, words));
			append(para, text_node(l, layout_word(l, "comma")));
			append(para, link);
		}
		i = j + 1;
	}
}

static void
gather_entry(struct layout *l, struct ctx *c, const struct entry *e)
{
	struct doc_node *n = ARENA_NEW(l->a, struct doc_node);

	n->kind = DOC_PARA;
	append(n, text_node(l, e->key));
	add_pages(l, n, e);
	c->first = true;
	gather_para(l, c, n, NULL, style_look(l->st, "index"), ROLE_P);
}

/* Marks of one key make one entry; its pages in their order. */
static struct entry *
find_entries(struct layout *l, size_t *n)
{
	struct map seen = {0};
	struct { struct entry *v; size_t n, cap; } es = {0};
	bool known = l->page_of.n > 0;	/* not in the first round */

	for (size_t i = 0; i < l->index.n; i++) {
		const struct index_mark *m = &l->index.v[i];
		intptr_t page = (intptr_t)map_get(&l->page_of, m->id,
		    strlen(m->id));
		void **slot;
		struct entry *e;

		if (known && page == 0)
			continue;
		slot = map_put(&seen, m->key, strlen(m->key));
		if (*slot == NULL) {
			*VEC_PUSH(&es) = (struct entry){.key = m->key};
			*slot = (void *)es.n;
		}
		e = &es.v[(size_t)*slot - 1];
		*VEC_PUSH(e) = (struct place){m->id, (int)page, i};
	}
	for (size_t i = 0; i < es.n; i++)
		qsort(es.v[i].v, es.v[i].n, sizeof(*es.v[i].v), by_page);
	map_free(&seen);
	*n = es.n;
	return es.v;
}

/* What a word is sorted by: a quotation mark before it is no letter. */
static const char *
without_marks(const char *s)
{
	size_t n = strlen(s), i = 0;

	while (i < n) {
		size_t at = i;
		uint32_t cp = utf8_next(s, n, &i);

		if (uni_is_letter(cp) || uni_is_digit(cp))
			return s + at;
	}
	return s;
}

/* The head of the words that begin alike, before the first of them. */
static void
gather_letter(struct layout *l, struct ctx *c, struct uni_collator *col,
    const char *key, struct buf *letter)
{
	struct buf own = {0};
	struct proto *p;

	if (col != NULL)
		uni_index_letter(col, l->lang, key, strlen(key), &own);
	if (own.n > 0 && (letter->n == 0 || !uni_same_letter(col, own.p, own.n,
	    letter->p, letter->n))) {
		p = gather_para(l, c, NULL, own.p, style_look(l->st,
		    "index-letter"), ROLE_P);
		p->keep_next = true;
		letter->n = 0;
		buf_add(letter, own.p, own.n);
	}
	buf_free(&own);
}

void
index_gather(struct layout *l, struct ctx *c, const struct doc_node *n)
{
	const char *title = doc_value(n, "title");
	struct uni_collator *col = uni_collator_open(l->lang);
	struct buf letter = {0};
	struct entry *es;
	struct doc_sorted *v;
	const struct style_look *look = style_look(l->st, "index");
	struct ctx in;
	size_t nes;

	l->has_index = true;
	section_gather(l, c, n, title != NULL ? title : layout_word(l,
	    "index"), "index-title", section_id(l, n));
	es = find_entries(l, &nes);
	v = xcalloc(nes + 1, sizeof(*v));
	for (size_t i = 0; i < nes; i++)
		v[i].text = without_marks(es[i].key);
	doc_sort(v, nes, l->lang);
	in = columns_begin(l, c, look, look->columns);
	for (size_t i = 0; i < nes; i++) {
		gather_letter(l, &in, col, v[i].text, &letter);
		gather_entry(l, &in, &es[v[i].at]);
	}
	columns_end(l, &in, c);
	if (l->last_piece != NULL)
		l->last_piece->unstable = nes > 0;
	for (size_t i = 0; i < nes; i++)
		free(es[i].v);
	uni_collator_close(col);
	buf_free(&letter);
	free(es);
	free(v);
}
