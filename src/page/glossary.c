/*
 * Glossary and index: two lists that a reader looks words up in, both in
 * the order of the language's dictionaries.
 */
#include <stdlib.h>
#include <string.h>

#include "page/layout.h"

/* -------------------------------------------------------------- glossary */

/* Every term of every glossary gets an id that its word leads to. */
void
glossary_terms(struct layout *l)
{
	doc_terms(&l->terms, l->a, l->doc);
}

const char *
term_id(struct layout *l, const struct doc_node *term)
{
	return doc_term_id(&l->terms, term);
}

/* A list's terms sorted, each followed by its definitions. */
static void
gather_sorted(struct layout *l, struct ctx *c, const struct doc_node *list)
{
	size_t n;
	const struct doc_node **v = doc_sorted_terms(l->a, list, l->lang, &n);

	gather_deflist_part(l, c, v, n, list);
}

/* A section of its own that the contents and the outline name. */
static void
section(struct layout *l, struct ctx *c, const struct doc_node *n,
    const char *title, const char *look, const char *id)
{
	struct proto *p;
	struct head_info *h;

	if (c->elem >= 0) {
		c->elem = elem_new(l, 0, ROLE_SECT, n);
		l->elems.v[c->elem].title = title;
	}
	p = gather_para(l, c, n, title, style_look(l->st, look), ROLE_H1);
	p->level = 1;
	p->keep_next = true;
	p->id = id;
	h = VEC_PUSH(&l->heads);
	*h = (struct head_info){.node = n, .title = title, .elem = c->elem};
	c->first = true;
}

void
glossary_gather(struct layout *l, struct ctx *c, const struct doc_node *n)
{
	const char *title = doc_value(n, "title");

	section(l, c, n, title != NULL ? title : layout_word(l, "glossary"),
	    "glossary-title", doc_id(n));
	for (const struct doc_node *k = n->first; k != NULL; k = k->next)
		if (k->kind == DOC_DEFLIST)
			gather_sorted(l, c, k);
		else
			gather_block(l, c, k);
}

/* ----------------------------------------------------------------- index */

struct entry {
	const char *key;
	struct { const char *id; int page; } *v;
	size_t n, cap;
};

/* «۱۲، ۱۵–۱۷»: pages that follow one another make a range. */
static const char *
page_list(struct layout *l, const struct entry *e)
{
	struct buf b = {0};
	const char *s;

	for (size_t i = 0; i < e->n;) {
		size_t j = i;
		const char *a, *z;

		while (j + 1 < e->n && e->v[j + 1].page <= e->v[j].page + 1)
			j++;
		a = map_get(&l->labels, e->v[i].id, strlen(e->v[i].id));
		z = map_get(&l->labels, e->v[j].id, strlen(e->v[j].id));
		if (a == NULL || z == NULL)
			break;
		buf_str(&b, b.n > 0 ? layout_word(l, "comma") : "");
		buf_str(&b, a);
		if (e->v[j].page > e->v[i].page)
			buf_printf(&b, "–%s", z);
		i = j + 1;
	}
	s = arena_strn(l->a, b.n > 0 ? b.p : "", b.n);
	buf_free(&b);
	return s;
}

static void
gather_entry(struct layout *l, struct ctx *c, const struct entry *e)
{
	const struct style_look *look = style_look(l->st, "index");
	struct doc_node *n = ARENA_NEW(l->a, struct doc_node);
	struct doc_node *word = ARENA_NEW(l->a, struct doc_node);
	struct doc_node *link = ARENA_NEW(l->a, struct doc_node);
	struct doc_node *pages = ARENA_NEW(l->a, struct doc_node);

	n->kind = DOC_PARA;
	word->kind = pages->kind = DOC_TEXT;
	word->text = arena_printf(l->a, "%s%s", e->key, layout_word(l,
	    "comma"));
	word->len = strlen(word->text);
	pages->text = page_list(l, e);
	pages->len = strlen(pages->text);
	link->kind = DOC_LINK;
	link->url = arena_printf(l->a, "#%s", e->v[0].id);
	link->first = link->last = pages;
	word->next = link;
	n->first = word;
	c->first = true;
	gather_para(l, c, n, NULL, look, ROLE_P);
}

void
index_gather(struct layout *l, struct ctx *c, const struct doc_node *n)
{
	const char *title = doc_value(n, "title");
	struct map seen = {0};
	struct { struct entry *v; size_t n, cap; } es = {0};
	struct doc_sorted *v;
	const char *letter = "";

	l->has_index = true;
	section(l, c, n, title != NULL ? title : layout_word(l, "index"),
	    "index-title", doc_id(n));
	/* Marks gathered so far: the index stands at the end of the book. */
	for (size_t i = 0; i < l->index.n; i++) {
		const struct index_mark *m = &l->index.v[i];
		void **slot = map_put(&seen, m->key, strlen(m->key));
		struct entry *e;

		if (*slot == NULL) {
			*VEC_PUSH(&es) = (struct entry){.key = m->key};
			*slot = (void *)es.n;
		}
		e = &es.v[(size_t)*slot - 1];
		vec_grow((void **)&e->v, &e->cap, e->n + 1, sizeof(*e->v));
		e->v[e->n].id = m->id;
		e->v[e->n++].page = (int)(intptr_t)map_get(&l->page_of, m->id,
		    strlen(m->id));
	}
	v = xcalloc(es.n + 1, sizeof(*v));
	for (size_t i = 0; i < es.n; i++)
		v[i].text = es.v[i].key;
	doc_sort(v, es.n, l->lang);
	for (size_t i = 0; i < es.n; i++) {
		const struct entry *e = &es.v[v[i].at];
		const char *first = doc_first_letter(l->a, e->key);

		if (strcmp(first, letter) != 0) {
			struct proto *p = gather_para(l, c, NULL, first,
			    style_look(l->st, "index-letter"), ROLE_P);

			p->keep_next = true;
			letter = first;
		}
		gather_entry(l, c, e);
	}
	if (l->last_piece != NULL)
		l->last_piece->unstable = es.n > 0;
	for (size_t i = 0; i < es.n; i++)
		free(es.v[i].v);
	free(es.v);
	free(v);
	map_free(&seen);
}
