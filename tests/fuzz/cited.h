/*
 * What the fuzzers of both bibliographies do with what was read: the first
 * keys and the last are cited in a text, resolved in each of the three styles
 * and dumped, so that names, dates, templates, order and letters of twins are
 * walked as well. The dump is UTF-8.
 */
#ifndef TESTS_FUZZ_CITED_H
#define TESTS_FUZZ_CITED_H

#include "cite/cite.h"

#include <stdlib.h>
#include <string.h>

enum { CITED = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena style_arena;
static struct cite_style *styles[3];

/* The styles are read once; they are not what is tested here. */
static void
load_styles(void)
{
	static const char *const names[] = { "author-date-fa", "numeric-fa",
		"footnote-fa" };
	struct diag dg = {0};

	for (size_t i = 0; i < 3; i++) {
		styles[i] = cite_style_load(&style_arena, &dg, arena_printf(
		    &style_arena, "styles/citations/%s.yaml", names[i]), NULL,
		    0);
		if (styles[i] == NULL)
			abort();
	}
	diag_free(&dg);
}

static void
cite(struct doc *d, const struct cite_entry *e, size_t k)
{
	static const char *const places[] = { "12-15", "۱۲ به بعد", "xii" };
	static const char *const labels[] = { "", "ج", "p." };
	struct doc_node *p = doc_new(d, DOC_PARA, NOPOS);
	struct doc_node *n = doc_new(d, DOC_CITE, NOPOS);
	struct doc_cite *c = ARENA_NEW(&d->arena, struct doc_cite);
	struct doc_locator *at = ARENA_NEW(&d->arena, struct doc_locator);

	at->label = labels[k % 3];
	at->text = places[k % 3];
	c->key = e->key;
	c->prefix = k % 4 == 1 ? "نک." : "";
	c->suffix = k % 4 == 2 ? "and so on" : "";
	c->locators = k % 2 == 0 ? at : NULL;
	c->suppress_author = k % 3 == 1;
	c->in_text = k % 3 == 2;
	n->cite = c;
	doc_append(d->root, p);
	doc_append(p, doc_text(d, "احمدی ", strlen("احمدی "), NOPOS));
	doc_append(p, n);
}

static void
cite_and_dump(struct cite_bib *bib, struct diag *dg)
{
	if (styles[0] == NULL)
		load_styles();
	for (size_t i = 0; i < 3; i++) {
		struct doc d = {0};
		struct buf out = {0};
		const struct cite_entry *e = bib->first;

		doc_open(&d);
		doc_meta_add(&d, "reference-list", "all", NOPOS);
		for (size_t k = 0; k < CITED && e != NULL; k++, e = e->next)
			cite(&d, e, k);
		if (bib->last != NULL)
			cite(&d, bib->last, 0);
		cite_resolve(&d, bib, styles[i], dg);
		doc_dump(&d, &out);
		if (utf8_valid(out.p, out.n) != out.n)
			abort();
		buf_free(&out);
		doc_free(&d);
	}
}

#endif
