/*
 * Handouts: one section of the book for a class, in the parts and the order
 * that the style names (`handout: {parts: "header title table ..."}`):
 *
 *	header		course line, blanks for name, class and date
 *	title		the section's heading
 *	table		its tables at a glance (fences with class phase-table)
 *	timeline	its timeline, after its place on the whole span
 *	text		everything else in it
 *	terms		the glossary's terms that its text uses
 *	questions	its questions, with room to answer
 *	sources		what it cites, under the numbers of the whole book
 */
#include <string.h>

#include "page/layout.h"

/* ---------------------------------------------------------------- parts */

void
handout_heading(struct layout *l, struct ctx *c, const char *word)
{
	struct proto *p;

	c->first = true;
	if (c->elem >= 0) {
		c->elem = elem_new(l, 0, ROLE_SECT, NULL);
		l->elems.v[c->elem].title = layout_word(l, word);
	}
	p = gather_para(l, c, NULL, layout_word(l, word),
	    style_look(l->st, "heading-3"), ROLE_H2);
	p->keep_next = true;
	c->first = true;
}

static void
gather_header(struct layout *l, struct ctx *c)
{
	static const char *const blanks[] = {"name", "class", "date"};
	static const char *const widths[] = {"13em", "6em", "7em"};
	const char *course = doc_meta(l->doc, "course");
	struct doc_node *p = made_node(l, DOC_PARA, NOPOS);

	if (course == NULL)
		course = doc_meta(l->doc, "title");
	if (course != NULL)
		gather_para(l, c, NULL, course, style_look(l->st, "head"),
		    ROLE_P);
	for (size_t i = 0; i < NELEM(blanks); i++) {
		const char *filled = l->job->fill[i];

		doc_append(p, made_text(l, arena_printf(l->a, "%s%s%s",
		    i > 0 ? "\xe2\x80\x83" : "", layout_word(l, blanks[i]),
		    layout_word(l, "colon"))));
		doc_append(p, made_blank(l, filled != NULL ? filled : "",
		    widths[i], true));
	}
	c->first = true;
	gather_para(l, c, p, NULL, style_look(l->st, "handout-header"),
	    ROLE_P);
}

static bool
part_of(const struct doc_node *n, const char *cls)
{
	return n->kind == DOC_DIV && doc_has_class(n, cls);
}

static void
gather_class(struct layout *l, struct ctx *c, const char *cls,
    const struct doc_node *first, const struct doc_node *stop)
{
	for (const struct doc_node *n = first; n != stop && n != NULL; n = n->next)
		if (part_of(n, cls))
			gather_block(l, c, n);
}

static void
gather_text(struct layout *l, struct ctx *c, const struct doc_node *first,
    const struct doc_node *stop)
{
	c->first = true;
	for (const struct doc_node *n = first; n != stop && n != NULL; n = n->next)
		if (!part_of(n, "phase-table") && !part_of(n, "timeline"))
			gather_block(l, c, n);
}

static void
gather_terms(struct layout *l, struct ctx *c, const struct doc_node *first,
    const struct doc_node *stop)
{
	size_t n;
	const struct doc_node **v = doc_terms_used(l->a, l->doc, &l->terms,
	    first, stop, &n);

	if (n == 0)
		return;
	handout_heading(l, c, "terms");
	gather_deflist_part(l, c, v, n, NULL);
}

static void
gather_sources(struct layout *l, struct ctx *c, const struct doc_node *first,
    const struct doc_node *stop)
{
	struct doc_node *refs = made_node(l, DOC_REFS, NOPOS);
	size_t n;
	const struct doc_node **v = doc_sources_cited(l->a, l->doc, first,
	    stop, &n);

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		struct doc_node *copy = arena_dup(l->a, v[i], sizeof(*copy));

		copy->parent = copy->next = copy->prev = NULL;
		doc_append(refs, copy);
	}
	handout_heading(l, c, "sources");
	gather_block(l, c, refs);
}

void
handout_gather(struct layout *l, struct ctx *c, const struct doc_node *stop)
{
	const struct doc_node *head = l->job->section, *first = head->next;

	l->asks_apart = true;
	for (const char *p = l->st->handout.parts; *p != '\0';) {
		size_t n = strcspn(p, " ,");
		struct ctx in = *c;

		in.elem = c->elem;
		if (n == 6 && memcmp(p, "header", n) == 0)
			gather_header(l, &in);
		else if (n == 5 && memcmp(p, "title", n) == 0) {
			c->elem = elem_new(l, c->elem, ROLE_SECT, head);
			gather_block(l, c, head);
		} else if (n == 5 && memcmp(p, "table", n) == 0)
			gather_class(l, &in, "phase-table", first, stop);
		else if (n == 8 && memcmp(p, "timeline", n) == 0)
			gather_class(l, &in, "timeline", first, stop);
		else if (n == 4 && memcmp(p, "text", n) == 0)
			gather_text(l, &in, first, stop);
		else if (n == 5 && memcmp(p, "terms", n) == 0)
			gather_terms(l, &in, first, stop);
		else if (n == 9 && memcmp(p, "questions", n) == 0)
			questions_gather(l, &in, first, stop);
		else if (n == 7 && memcmp(p, "sources", n) == 0)
			gather_sources(l, &in, first, stop);
		p += n + strspn(p + n, " ,");
	}
}
