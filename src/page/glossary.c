/*
 * The glossary, in the order of the language's dictionaries.
 */
#include "page/layout.h"

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

void
glossary_gather(struct layout *l, struct ctx *c, const struct doc_node *n)
{
	const char *title = doc_value(n, "title");
	const struct style_look *look = style_class(l->st, "glossary");
	struct ctx in;

	section_gather(l, c, n, title != NULL ? title : layout_word(l,
	    "glossary"), "glossary-title", section_id(l, n));
	in = columns_begin(l, c, look, columns_asked(n, look));
	for (const struct doc_node *k = n->first; k != NULL; k = k->next)
		if (k->kind == DOC_DEFLIST)
			gather_sorted(l, &in, k);
		else
			gather_block(l, &in, k);
	columns_end(l, &in, c);
}
