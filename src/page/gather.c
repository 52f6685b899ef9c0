/*
 * The walk over the tree: which block becomes what.
 *
 * What a paragraph, a rule or a gap leaves for the flow is flow.c's; lists,
 * fences, tables, figures, verse have files of their own.
 */
#include <stdio.h>
#include <string.h>

#include "page/layout.h"

enum { MAX_DEPTH = 80 };

/* ---------------------------------------------------------------- blocks */

const struct doc_node *
with_label(struct layout *l, const struct doc_node *n, const char *text,
    const char *cls)
{
	struct doc_node *copy = ARENA_NEW(l->a, struct doc_node);
	struct doc_node *label = ARENA_NEW(l->a, struct doc_node);
	struct doc_node *words = ARENA_NEW(l->a, struct doc_node);
	const char **classes = ARENA_ARRAY(l->a, const char *, 1);

	*copy = *n;
	words->kind = DOC_TEXT;
	words->text = text;
	words->len = strlen(text);
	classes[0] = cls;
	label->kind = DOC_SPAN;
	label->attr = ARENA_NEW(l->a, struct doc_attr);
	label->attr->classes = classes;
	label->attr->nclasses = 1;
	label->first = label->last = words;
	label->next = n->first;
	copy->first = label;
	return copy;
}

void
flow_head(struct layout *l, struct proto *p, int level, const char *title,
    int32_t elem)
{
	p->level = level;
	p->keep_next = true;
	*VEC_PUSH(&l->heads) = (struct head_info){.title = title,
	    .elem = elem};
	p->head = (uint32_t)l->heads.n;
	if (elem >= 0)
		l->elems.v[elem].title = title;
}

const char *
section_id(struct layout *l, const struct doc_node *n)
{
	if (n == NULL)
		return "notes.";	/* no author's id ends in a dot */
	return doc_id(n) != NULL ? doc_id(n) :
	    arena_printf(l->a, "section-%u.", n->serial);
}

void
section_gather(struct layout *l, struct ctx *c, const struct doc_node *n,
    const char *title, const char *look, const char *id)
{
	struct proto *p;

	if (c->elem >= 0)
		c->elem = elem_new(l, 0, ROLE_SECT, n);
	p = gather_para(l, c, n, title, style_look(l->st, look), ROLE_H1);
	p->id = id;
	flow_head(l, p, 1, title, c->elem);
	c->first = true;
}

static void
gather_heading(struct layout *l, struct ctx *c, const struct doc_node *n)
{
	char name[16];
	const struct style_look *look;
	const char *number;
	struct proto *p;
	int role;

	snprintf(name, sizeof(name), "heading-%d", n->level);
	look = look_with_classes(l, n, style_look(l->st, name));
	if (n->level <= l->chapter)
		flow_opens_page(l);
	c->first = true;
	/* A handout's title is its first heading, whatever it is in the book. */
	role = ROLE_H1 + n->level - 1;
	if (l->job->section != NULL)
		role = MAX(role - l->job->section->level + 1, (int)ROLE_H1);
	number = style_heading_number(&l->num, n);
	p = gather_para(l, c, number == NULL ? n : with_label(l, n,
	    arena_printf(l->a, "%s\xc2\xa0", number), "heading-number"), NULL,
	    look, (enum page_role)role);
	p->piece->heading = true;
	flow_head(l, p, n->level, heading_title(l, n), c->elem);
	c->first = true;
}

enum { TAB = 4 };

/* Code keeps its spaces and lines, left to right. */
static void
gather_code(struct layout *l, struct ctx *c, const struct doc_node *n)
{
	struct ctx in = *c;
	struct buf b = {0};
	size_t len = n->len, col = 0;
	struct proto *p;

	while (len > 0 && n->text[len - 1] == '\n')
		len--;
	for (size_t i = 0; i < len; i++) {
		if (n->text[i] == '\n') {
			buf_utf8(&b, 0x2028);
			col = 0;
		} else if (n->text[i] == '\t') {
			do
				buf_char(&b, ' ');
			while (++col % TAB != 0);
		} else {
			buf_char(&b, n->text[i]);
			/* A column a character, whatever its bytes. */
			col += ((unsigned char)n->text[i] & 0xc0) != 0x80;
		}
	}
	in.level = 0;
	in.lang = "en";
	in.first = true;
	p = gather_para(l, &in, n, b.n > 0 ? b.p : "", style_look(l->st,
	    "code"), ROLE_CODE);
	if (p->elem >= 0)
		elem_speaks(l, p->elem, &in);
	p->piece->spans[0].code = true;
	p->piece->pstyle.keep_spaces = true;
	buf_free(&b);
	c->first = false;
}

static void
gather_figure(struct layout *l, struct ctx *c, const struct doc_node *n)
{
	const struct doc_node *cap = n->first != NULL &&
	    n->first->kind == DOC_CAPTION ? n->first : NULL;

	figure_gather(l, c, n, cap);
}

/*
 * A figure or table where it is to stand: here, across all columns, or on
 * its way to the head or foot of a page.
 */
static void
gather_placed(struct layout *l, struct ctx *c, const struct doc_node *n,
    void (*gather)(struct layout *, struct ctx *, const struct doc_node *),
    const char *name, const char *place)
{
	const struct style_look *look = look_with_classes(l, n,
	    style_look(l->st, name));
	enum float_place at = float_place(l, c, n, look, place);
	struct ctx in = *c;
	size_t from = l->protos.n;
	sp measure = l->place;

	if (at != FLOAT_HERE) {
		in = float_ctx(l, c);
		l->place = in.measure;
		gather(l, &in, n);
		float_wrap(l, from, at);
		l->place = measure;
	} else if (columns_asked(n, look) == 1 && c->columns != NULL) {
		in = columns_leave(l, c);
		gather(l, &in, n);
		columns_again(l, c);
	} else {
		gather(l, &in, n);
	}
	c->first = false;
}

void
gather_block(struct layout *l, struct ctx *c, const struct doc_node *n)
{
	struct ctx in = *c;

	in.depth++;
	if (in.depth > MAX_DEPTH)
		return;		/* read/ has reported and flattened these */
	switch (n->kind) {
	case DOC_HEADING:
		gather_heading(l, c, n);
		break;
	case DOC_PARA:
		gather_para(l, c, n, NULL, look_with_classes(l, n, c->look),
		    ROLE_P);
		break;
	case DOC_QUOTE: {
		const struct style_look *q = style_look(l->st, "quote");
		struct style_look *own = arena_dup(l->a, q, sizeof(*q));

		/* White stands around the quotation, not around each of its
		 * paragraphs. */
		own->space_before = own->space_after = 0;
		own->page_before = own->side_before = false;
		force_look(l, q, false);
		/* Tables and lists in it are indented as its text is. */
		own->indent_start = own->indent_end = 0;
		in.start += q->indent_start;
		in.end += q->indent_end;
		flow_gap(l, q->space_before);
		in.look = own;
		in.first = true;
		if (in.elem >= 0)
			in.elem = elem_new(l, in.elem, ROLE_BLOCK_QUOTE, n);
		flow_children(l, &in, n);
		flow_gap(l, q->space_after);
		c->first = false;
		break;
	}
	case DOC_LIST:
		in.first = c->first;
		list_gather(l, &in, n);
		c->first = false;
		break;
	case DOC_DEFLIST:
		deflist_gather(l, c, n);
		break;
	case DOC_VERSE:
		verse_gather(l, &in, n);
		c->first = false;
		break;
	case DOC_TABLE:
		gather_placed(l, &in, n, table_gather, "table",
		    l->st->table.place);
		c->first = false;
		break;
	case DOC_CODE:
		gather_code(l, c, n);
		break;
	case DOC_RULE: {
		const struct style_look *r = style_look(l->st, "rule");

		flow_gap(l, MAX(r->space_before, l->grid / 2));
		gather_rule(l, c, r, r->rule_above > 0 ? r->rule_above :
		    PT(0.5));
		flow_gap(l, MAX(r->space_after, l->grid / 2));
		c->first = true;
		break;
	}
	case DOC_DIV:
		div_gather(l, c, n);
		break;
	case DOC_REFS:
		refs_gather(l, c, n);
		break;
	case DOC_FIGURE:
		gather_placed(l, &in, n, gather_figure, "figure",
		    l->st->figure.place);
		c->first = false;
		break;
	case DOC_NOTE:
	case DOC_CAPTION:
		break;
	default:
		if (doc_is_inline(n->kind))
			break;
		flow_children(l, &in, n);
		break;
	}
}

/* Blocks below a node; inlines standing there make one paragraph. */
void
flow_children(struct layout *l, struct ctx *c, const struct doc_node *parent)
{
	if (parent->first != NULL && doc_is_inline(parent->first->kind)) {
		gather_para(l, c, parent, NULL, c->look, ROLE_P);
		return;
	}
	for (const struct doc_node *n = parent->first; n != NULL; n = n->next)
		gather_block(l, c, n);
}

/* ----------------------------------------------------------------- book */

/*
 * Columns of sections: a heading that asks for some stands across the
 * measure, and so does one that ends those of the section before. Others are
 * set in the columns of the section they are in.
 */
struct section_columns {
	struct ctx outside;		/* the place without columns */
	int n[7];			/* of the last section of each level */
};

static void
section_ends(struct layout *l, struct section_columns *s, struct ctx *c)
{
	struct ctx in = *c;

	if (in.columns == NULL)
		return;
	*c = s->outside;
	c->elem = in.elem;
	c->first = in.first;
	columns_end(l, &in, c);
}

static void
gather_heading_columns(struct layout *l, struct section_columns *s,
    struct ctx *c, const struct doc_node *n)
{
	char name[16];
	const struct style_look *look;
	int asked, level = n->level;

	snprintf(name, sizeof(name), "heading-%d", level);
	look = look_with_classes(l, n, style_look(l->st, name));
	asked = columns_asked(n, look);
	s->n[level] = asked > 0 ? asked : s->n[level - 1];
	for (int i = level + 1; i < 7; i++)
		s->n[i] = s->n[level];
	if (c->columns != NULL && (asked > 0 || s->n[level] !=
	    c->columns->n))
		section_ends(l, s, c);
	gather_block(l, c, n);
	if (c->columns == NULL && s->n[level] > 1) {
		s->outside = *c;
		*c = columns_begin(l, &s->outside, look, s->n[level]);
	}
}

/* Sections nest by the levels of their headings. */
static void
gather_body(struct layout *l, struct ctx *c, const struct doc_node *first,
    const struct doc_node *stop)
{
	struct section_columns cols = {.n = {0}};
	int32_t sect[7];
	int level = 0;

	sect[0] = c->elem;
	for (const struct doc_node *n = first; n != stop; n = n->next) {
		if (n->kind == DOC_HEADING) {
			int to = MIN(n->level, level + 1);

			level = MAX(to, 1);
			sect[level] = elem_new(l, sect[level - 1], ROLE_SECT,
			    n);
			c->elem = sect[level];
			gather_heading_columns(l, &cols, c, n);
			continue;
		}
		/* These are sections of their own. */
		if (is_division(n, "glossary") || (n->kind == DOC_DIV &&
		    doc_id(n) != NULL && strcmp(doc_id(n), "index") == 0))
			section_ends(l, &cols, c);
		gather_block(l, c, n);
	}
	section_ends(l, &cols, c);
}

const struct doc_node *
flow_first(const struct layout *l)
{
	return l->job->section != NULL ? l->job->section : l->doc->root->first;
}

const struct doc_node *
flow_stop(const struct layout *l)
{
	const struct doc_node *section = l->job->section, *n;

	if (section == NULL)
		return NULL;
	for (n = section->next; n != NULL; n = n->next)
		if (n->kind == DOC_HEADING && n->level <= section->level)
			break;
	return n;
}

void
flow_gather(struct layout *l)
{
	const struct page_job *job = l->job;
	struct ctx c = {.look = style_look(l->st, "para"), .lang = l->lang,
	    .level = l->level, .measure = l->measure};

	l->place = l->measure;
	c.elem = elem_new(l, -1, ROLE_DOCUMENT, l->doc->root);
	glossary_terms(l);
	index_find(l);
	style_tell_hidden(l->st, l->doc, job->section, l->dg);
	c.first = true;
	if (job->section != NULL) {
		if (*l->st->handout.parts != '\0')
			handout_gather(l, &c, flow_stop(l));
		else
			gather_body(l, &c, job->section, flow_stop(l));
	} else {
		front_gather(l, &c);
		c.elem = 0;
		gather_body(l, &c, flow_first(l), NULL);
	}
	notes_gather_end(l, &c);
	if (job->section == NULL) {
		c.elem = 0;
		colophon_gather(l, &c);
	}
}
