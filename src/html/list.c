/*
 * Lists: items, definitions, references. Numbers are counters of the style
 * sheet, in the digits and letters that pages have them in; sheet.c defines
 * those that occur.
 */
#include <string.h>

#include "html/private.h"

/* ------------------------------------------------------------------ items */

static enum count_lang
count_lang(const struct html *h)
{
	struct buf b = {0};
	enum count_lang l;

	uni_number(&b, h->lang, 0);
	l = strcmp(b.p, "۰") == 0 ? COUNT_FA : strcmp(b.p, "٠") == 0 ?
	    COUNT_AR : COUNT_EN;
	buf_free(&b);
	return l;
}

void
put_count(struct html *h, enum count_kind kind, enum count_round round,
    const char *cls)
{
	static const char *const langs[] = {"fa", "ar", "en"};
	static const char *const kinds[] = {"number", "abjad", "alpha"};
	static const char *const rounds[] = {"dot", "paren", "brackets"};
	enum count_lang l = count_lang(h);

	h->counted[l][kind][round] = true;
	rawf(h, " class=\"%s%sdb-%s-%s-%s\"", cls != NULL ? cls : "",
	    cls != NULL ? " " : "", langs[l], kinds[kind], rounds[round]);
}

/* As page/ counts: as the list says, as the style says, by its depth. */
static enum count_kind
list_kind(const struct html *h, const struct doc_node *n)
{
	const char *how = doc_value(n, "numbering");

	if (how == NULL)
		how = style_look(h->st, "item")->numbering;
	if (how == NULL)
		how = h->list_depth % 2 == 0 ? "decimal" : "alphabetic";
	return strcmp(how, "abjad") == 0 ? COUNT_ABJAD :
	    strcmp(how, "alphabetic") == 0 ? COUNT_ALPHA : COUNT_NUMBER;
}

/* An item of a tight list holds its words without a paragraph. */
static void
put_item(struct html *h, const struct doc_node *it, bool tight)
{
	raw(h, "<li>");
	for (const struct doc_node *n = it->first; n != NULL; n = n->next) {
		if (doc_is_inline(n->kind)) {
			put_inlines(h, it);
			break;
		}
		if (tight && n->kind == DOC_PARA && n->attr == NULL) {
			h->latin = h->after_note = false;
			put_inlines(h, n);
			raw(h, n->next != NULL ? "\n" : "");
		} else if (n->kind == DOC_HEADING) {
			put_blocks(h, n, NULL);
			break;
		} else {
			put_block(h, n);
		}
	}
	raw(h, "</li>\n");
}

void
put_list(struct html *h, const struct doc_node *n)
{
	struct tongue before;

	raw(h, n->ordered ? "<ol" : "<ul");
	if (n->ordered)
		put_count(h, list_kind(h, n), n->delim == ')' ? COUNT_PAREN :
		    COUNT_DOT, NULL);
	if (n->ordered && n->start != 1)
		rawf(h, " start=\"%d\"", n->start);
	put_id(h, doc_id(n));
	before = tongue_set(h, doc_value(n, "lang"), doc_value(n, "dir"));
	raw(h, ">\n");
	h->list_depth++;
	for (const struct doc_node *it = n->first; it != NULL; it = it->next)
		put_item(h, it, n->tight);
	h->list_depth--;
	raw(h, n->ordered ? "</ol>\n" : "</ul>\n");
	tongue_back(h, before);
}

/* ------------------------------------------------------------- definitions */

void
put_terms(struct html *h, const struct doc_node *const *v, size_t n)
{
	raw(h, "<dl>\n");
	for (size_t i = 0; i < n; i++) {
		const struct doc_node *d = v[i];
		bool term = d->kind == DOC_TERM;
		struct tongue before;

		h->latin = h->after_note = false;
		raw(h, term ? "<dt" : "<dd");
		if (term && doc_id(d) == NULL)
			put_id(h, doc_term_id(&h->terms, d));
		before = put_attrs(h, d, NULL);
		raw(h, ">");
		if (!term && d->first != NULL && d->first == d->last &&
		    d->first->kind == DOC_PARA)
			put_inlines(h, d->first);
		else
			put_children(h, d);
		raw(h, term ? "</dt>\n" : "</dd>\n");
		tongue_back(h, before);
	}
	raw(h, "</dl>\n");
}

void
put_deflist(struct html *h, const struct doc_node *n)
{
	const struct doc_node **v;
	size_t k = 0;

	for (const struct doc_node *d = n->first; d != NULL; d = d->next)
		k++;
	v = ARENA_ARRAY(&h->a, const struct doc_node *, k + 1);
	k = 0;
	for (const struct doc_node *d = n->first; d != NULL; d = d->next)
		v[k++] = d;
	if (k > 0)
		put_terms(h, v, k);
}

/* -------------------------------------------------------------- references */

void
put_refs(struct html *h, const struct doc_node *const *v, size_t n)
{
	const char *marker = n > 0 ? doc_value(v[0], "marker") : NULL;

	if (n == 0)
		return;
	raw(h, marker != NULL ? "<ol" : "<ul class=\"db-refs db-plain\"");
	if (marker != NULL)
		put_count(h, COUNT_NUMBER, *marker == '[' ? COUNT_BRACKETS :
		    COUNT_DOT, "db-refs");
	raw(h, ">\n");
	for (size_t i = 0; i < n; i++) {
		struct tongue before;

		h->latin = h->after_note = false;
		raw(h, "<li");
		if (marker != NULL)
			rawf(h, " value=\"%d\"", v[i]->number);
		before = put_attrs(h, v[i], NULL);
		raw(h, ">");
		put_inlines(h, v[i]);
		raw(h, "</li>\n");
		tongue_back(h, before);
	}
	raw(h, marker != NULL ? "</ol>\n" : "</ul>\n");
}

void
put_refs_of(struct html *h, const struct doc_node *n)
{
	bool alone = n->prev == NULL || n->prev->kind != DOC_HEADING;
	const struct doc_node **v;
	size_t k = 0;

	for (const struct doc_node *e = n->first; e != NULL; e = e->next)
		k++;
	v = ARENA_ARRAY(&h->a, const struct doc_node *, k + 1);
	k = 0;
	for (const struct doc_node *e = n->first; e != NULL; e = e->next)
		v[k++] = e;
	raw(h, "<div");
	put_id(h, doc_id(n));
	if (alone && k > 0) {
		put_attr(h, "role", "doc-bibliography");
		put_attr(h, "aria-label", word(h, "sources"));
	}
	raw(h, ">\n");
	put_refs(h, v, k);
	raw(h, "</div>\n");
}
