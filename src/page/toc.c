/*
 * The contents. A title is broken with the number's place kept free, so
 * that numbers can be filled in when the pages are known (emit.c) and no
 * line moves.
 */
#include <string.h>

#include "page/layout.h"

static void
expand_entry(struct layout *l, const struct proto *p)
{
	size_t from = l->flow.n;

	expand_lines(l, p);
	if (l->flow.n > from)
		l->flow.v[l->flow.n - 1].toc = (uint32_t)(size_t)p->data;
}

static void
entry(struct layout *l, struct ctx *c, const struct doc_node *n,
    const char *text, int level, int32_t toc, const char *target)
{
	char name[16];
	const struct style_look *look;
	struct ctx in = *c;
	int32_t item, ref;
	struct proto *p;
	const char *words = text;

	snprintf(name, sizeof(name), "contents-%d", level);
	look = style_look(l->st, name);
	if (words == NULL)
		words = heading_title(l, n);
	item = elem_new(l, toc, ROLE_TOCI, NULL);
	ref = elem_new(l, item, ROLE_REFERENCE, NULL);
	in.elem = elem_new(l, ref, ROLE_LINK, NULL);
	l->elems.v[in.elem].alt = words;
	in.first = true;
	in.end += 3 * look->size;	/* leader and number */
	*VEC_PUSH(&l->toc) = (struct toc_line){.target = target,
	    .look = look, .level = level, .elem = in.elem,
	    .link_elem = in.elem};
	p = gather_para(l, &in, NULL, words, look, ROLE_NROLES);
	p->expand = expand_entry;
	p->data = (void *)l->toc.n;
	p->keep_next = false;
}

/* A chapter is not left at the foot, its sections going on overleaf. */
static void
keep_with_deeper(struct layout *l, size_t from)
{
	for (size_t i = from; i < l->protos.n; i++) {
		struct proto *p = &l->protos.v[i];
		size_t k = (size_t)p->data;	/* the entry after it */

		if (p->expand == expand_entry && k < l->toc.n &&
		    l->toc.v[k].level > l->toc.v[k - 1].level)
			p->keep_next = true;
	}
}

/* A list of all tables, or of all figures, with their captions. */
static void
gather_list_of(struct layout *l, struct ctx *c, enum doc_kind kind,
    const char *title, const char *word)
{
	struct doc_walk w = {.d = l->doc};
	const struct doc_node *n;
	struct ctx in = *c;
	int32_t toc = -1;

	while ((n = doc_walk_next(&w)) != NULL) {
		const char *number = node_number(l, n);
		struct buf b = {0};

		if (n->kind != kind || n->first == NULL ||
		    n->first->kind != DOC_CAPTION)
			continue;
		if (toc < 0) {
			struct proto *p;

			in.elem = elem_new(l, 0, ROLE_SECT, NULL);
			l->elems.v[in.elem].title = layout_word(l, title);
			/* A first title may stand close to the page's head;
			 * the next stands off the list above it. */
			flow_gap(l, style_look(l->st, "heading-1")->
			    space_before);
			p = gather_para(l, &in, NULL, layout_word(l, title),
			    style_look(l->st, "contents-title"), ROLE_H1);
			p->keep_next = true;
			toc = elem_new(l, in.elem, ROLE_TOC, NULL);
		}
		if (number != NULL)
			buf_printf(&b, "%s\xc2\xa0%s%s", layout_word(l, word),
			    number, layout_word(l, "colon"));
		doc_plain(n->first, &b);
		entry(l, &in, n, arena_strn(l->a, b.n > 0 ? b.p : "", b.n), 2,
		    toc, doc_block_id(l->a, n));
		buf_free(&b);
	}
}

/* The title of a glossary or an index; NULL for other nodes. */
static const char *
own_section(const struct layout *l, const struct doc_node *n)
{
	const char *word = NULL;

	if (n->kind == DOC_DIV && doc_has_class(n, "glossary"))
		word = "glossary";
	else if (n->kind == DOC_DIV && doc_id(n) != NULL &&
	    strcmp(doc_id(n), "index") == 0)
		word = "index";
	if (word == NULL)
		return NULL;
	return doc_value(n, "title") != NULL ? doc_value(n, "title") :
	    layout_word(l, word);
}

void
toc_gather(struct layout *l, struct ctx *c)
{
	struct doc_walk w = {.d = l->doc};
	const struct doc_node *n;
	struct ctx in = *c;
	struct proto *p;
	int32_t toc;
	const char *title = l->st->toc.title != NULL ? l->st->toc.title :
	    layout_word(l, "contents");
	size_t from = l->protos.n;

	in.elem = elem_new(l, 0, ROLE_SECT, NULL);
	l->elems.v[in.elem].title = title;
	p = gather_para(l, &in, NULL, title, style_look(l->st,
	    "contents-title"), ROLE_H1);
	p->keep_next = true;
	toc = elem_new(l, in.elem, ROLE_TOC, NULL);
	while ((n = doc_walk_next(&w)) != NULL) {
		if (n->parent != l->doc->root)
			continue;
		if (n->kind == DOC_HEADING && n->level <= l->st->toc.depth &&
		    !doc_has_class(n, "unlisted") && doc_id(n) != NULL)
			entry(l, &in, n, NULL, n->level, toc, doc_id(n));
		else if (own_section(l, n) != NULL)
			entry(l, &in, n, own_section(l, n), 1, toc,
			    section_id(l, n));
	}
	if (notes_at_end(l))
		entry(l, &in, NULL, layout_word(l, "notes"), 1, toc,
		    section_id(l, NULL));
	keep_with_deeper(l, from);
	if (l->st->toc.tables)
		gather_list_of(l, c, DOC_TABLE, "tables", "table");
	if (l->st->toc.figures)
		gather_list_of(l, c, DOC_FIGURE, "figures", "figure");
	c->first = true;
}
