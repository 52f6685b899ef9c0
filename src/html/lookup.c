/*
 * Glossary and index: where words are looked up, in the order of the
 * language's dictionaries. There are no pages, so the index calls a place by
 * the heading it stands below.
 */
#include <string.h>

#include "html/private.h"

void
put_glossary(struct html *h, const struct doc_node *n)
{
	const char *title = doc_value(n, "title");

	put_heading(h, doc_id(n), title != NULL ? title : word(h, "glossary"));
	for (const struct doc_node *k = n->first; k != NULL; k = k->next) {
		size_t nterms;
		const struct doc_node **v;

		if (k->kind != DOC_DEFLIST) {
			put_block(h, k);
			continue;
		}
		v = doc_sorted_terms(&h->a, k, h->book_lang, &nterms);
		put_terms(h, v, nterms);
	}
}

/* ------------------------------------------------------------------- index */

/* Places of one word, each called by the heading it stands below. */
static void
put_places(struct html *h, const struct doc_sorted *v, size_t n)
{
	const struct doc_node *last = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct mark *m = v[i].what;
		const char *num, *name;

		if (i > 0 && m->heading == last)
			continue;	/* one way into a section is enough */
		last = m->heading;
		num = last != NULL ? style_number_of(&h->num, last) : NULL;
		name = num != NULL ? num : last != NULL ? plain(h, last) :
		    doc_meta(h->doc, "title");
		if (name == NULL)
			name = m->id;
		put_plain(h, word(h, "comma"), strlen(word(h, "comma")));
		raw(h, "<a");
		if (!put_href(h, m->id))
			raw(h, " aria-disabled=\"true\"");
		raw(h, ">");
		put_plain(h, name, strlen(name));
		raw(h, "</a>");
	}
}

void
put_index(struct html *h, const struct doc_node *n)
{
	struct uni_collator *col = uni_collator_open(h->book_lang);
	const char *title = doc_value(n, "title");
	struct buf letter = {0}, own = {0};
	size_t k = h->index.n, i, j;
	struct doc_sorted *v = ARENA_ARRAY(&h->a, struct doc_sorted, k + 1);

	put_heading(h, doc_id(n), title != NULL ? title : word(h, "index"));
	for (i = 0; i < k; i++) {
		v[i].text = h->index.v[i].key;
		v[i].what = &h->index.v[i];
	}
	doc_sort(v, k, h->book_lang);
	for (i = 0; i < k; i = j) {
		own.n = 0;
		uni_index_letter(col, h->book_lang, v[i].text,
		    strlen(v[i].text), &own);
		for (j = i + 1; j < k && strcmp(v[j].text, v[i].text) == 0;)
			j++;
		if (i == 0 || (own.n > 0 && (letter.n == 0 ||
		    !uni_same_letter(col, own.p, own.n, letter.p,
		    letter.n)))) {
			raw(h, i > 0 ? "</ul>\n" : "");
			if (own.n > 0) {
				raw(h, "<p class=\"db-letter\">");
				put_plain(h, own.p, own.n);
				raw(h, "</p>\n");
			}
			raw(h, "<ul class=\"db-index db-plain\">\n");
			letter.n = 0;
			buf_add(&letter, own.p, own.n);
		}
		raw(h, "<li>");
		put_plain(h, v[i].text, strlen(v[i].text));
		put_places(h, v + i, j - i);
		raw(h, "</li>\n");
	}
	raw(h, k > 0 ? "</ul>\n" : "");
	uni_collator_close(col);
	buf_free(&letter);
	buf_free(&own);
}
