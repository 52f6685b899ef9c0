/*
 * Fences: blocks between ::: lines, with the look of their classes, in
 * columns, in another language; page breaks.
 */
#include <string.h>

#include "base/messages.h"
#include "page/layout.h"

bool
is_division(const struct doc_node *n, const char *cls)
{
	return n->kind == DOC_DIV && doc_has_class(n, cls);
}

/* A fence is reached by what is printed of it first, which may have an id of
 * its own. */
static void
name_first(struct layout *l, size_t from, const char *id)
{
	for (size_t i = from; i < l->protos.n; i++) {
		struct proto *p = proto_inside(&l->protos.v[i]);

		if (p == NULL || p->marker)
			continue;
		if (p->piece != NULL && p->id == NULL) {
			p->id = id;
			return;
		}
		if ((p->piece != NULL || p->data != NULL) &&
		    p->alias == NULL) {
			p->alias = id;
			return;
		}
	}
}

/* ::: {.page-break side=opening}: the next page is a left-hand one in a
 * Persian book; side=other, a right-hand one. */
static enum side
side_of(struct layout *l, const struct doc_node *n)
{
	const char *s = doc_value(n, "side");

	if (s == NULL)
		return SIDE_ANY;
	if (strcmp(s, "opening") == 0)
		return SIDE_OPENING;
	if (strcmp(s, "other") == 0)
		return SIDE_OTHER;
	diag_add(l->dg, n->attr->pos.line != 0 ? n->attr->pos : n->pos,
	    MAN_NOT_SUPPORTED, arena_printf(l->a, "side=%s", s),
	    "the page break is on any side (write opening or other)");
	return SIDE_ANY;
}

/* What a fence puts around its blocks. */
struct frame {
	const struct style_look *look;	/* what its classes say; NULL */
	bool opener;			/* its page begins a part of the book */
	struct ctx edge;		/* of its rules */
	sp padding;
	struct ground *ground;
	struct keep *keep;
};

/* What the classes say; blocks in it have the look of those that have one. */
static void
frame_of(struct layout *l, struct ctx *c, const struct doc_node *n,
    struct frame *f)
{
	for (size_t i = 0; n->attr != NULL && i < n->attr->nclasses; i++) {
		const char *cls = n->attr->classes[i];
		const struct style_look *o = style_class(l->st, cls);

		/* Two that have a look of their own as well. */
		if (strcmp(cls, "dedication") == 0 ||
		    strcmp(cls, "colophon") == 0) {
			c->look = style_look(l->st, cls);
			f->opener = true;
		}
		if (o == NULL) {
			if (!f->opener && strcmp(cls, "timeline") != 0 &&
			    strcmp(cls, "glossary") != 0)
				unknown_class(l, n, cls);
			continue;
		}
		if (f->look == NULL)
			f->look = arena_dup(l->a, o, sizeof(*o));
		else
			style_overlay((struct style_look *)f->look, o);
	}
}

/* The look of a fence's blocks, and what classes say to tables and figures. */
static void
look_within(struct layout *l, struct ctx *c, const struct style_look *look)
{
	struct style_look *own = arena_dup(l->a, c->look, sizeof(*own));

	style_overlay(own, look);
	/* These belong to the fence, not to each paragraph in it. */
	own->space_before = c->look->space_before;
	own->space_after = c->look->space_after;
	own->indent_start = c->look->indent_start;
	own->indent_end = c->look->indent_end;
	own->rule_above = own->rule_below = 0;
	own->page_before = own->side_before = false;
	own->background = c->look->background;
	own->padding = 0;
	own->keep_together = c->look->keep_together;
	c->look = own;
	own = (struct style_look *)look;
	if (c->fence != NULL) {
		own = arena_dup(l->a, c->fence, sizeof(*own));
		style_overlay(own, look);
	}
	c->fence = own;
}

static void
frame_open(struct layout *l, struct ctx *c, struct frame *f)
{
	const struct style_look *look = f->look;

	if (look == NULL)
		return;
	look_within(l, c, look);
	c->start += style_look_sets(look, "indent-start") ?
	    look->indent_start : 0;
	c->end += style_look_sets(look, "indent-end") ? look->indent_end : 0;
	if (style_look_sets(look, "padding") && (look->rule_above > 0 ||
	    look->rule_below > 0 || look->background.space != 0))
		f->padding = look->padding;
	force_look(l, look, f->opener);
	if (style_look_sets(look, "space-before"))
		flow_gap(l, look->space_before);
	if (style_look_sets(look, "keep-together") && look->keep_together)
		f->keep = keep_begin(l);
	if (look->background.space != 0)
		f->ground = ground_begin(l, c, look);
	f->edge = *c;
	if (style_look_sets(look, "rule-above") && look->rule_above > 0)
		gather_rule(l, &f->edge, look, look->rule_above);
	fence_padding(l, f->padding, false);
	c->start += f->padding;
	c->end += f->padding;
}

static void
frame_close(struct layout *l, const struct frame *f)
{
	const struct style_look *look = f->look;

	if (look == NULL)
		return;
	fence_padding(l, f->padding, true);
	if (style_look_sets(look, "rule-below") && look->rule_below > 0)
		gather_rule_below(l, &f->edge, look, look->rule_below);
	if (f->ground != NULL)
		ground_end(l, f->ground);
	if (f->keep != NULL)
		keep_end(l, f->keep);
	if (style_look_sets(look, "space-after"))
		flow_gap(l, look->space_after);
}

/* Fences that are more than blocks with a look. Is this one? */
static bool
gather_special(struct layout *l, struct ctx *outer, struct ctx *c,
    const struct doc_node *n, const struct style_look *look)
{
	if (is_division(n, "timeline")) {
		timeline_gather(l, c, n, look);
		outer->first = false;
	} else if (is_division(n, "glossary")) {
		glossary_gather(l, c, n);
		outer->first = true;
	} else if (doc_id(n) != NULL && strcmp(doc_id(n), "index") == 0) {
		index_gather(l, c, n);
	} else {
		return false;
	}
	return true;
}

void
div_gather(struct layout *l, struct ctx *outer, const struct doc_node *n)
{
	const char *lang = doc_value(n, "lang"), *dir = doc_value(n, "dir");
	size_t from = l->protos.n, elems = l->elems.n;
	struct ctx c = *outer, in;
	struct frame f = {0};
	int columns;

	/* Handouts gather questions at their own place. */
	if (l->is_handout && (is_division(n, "questions") ||
	    is_division(n, "question")))
		return;
	if (is_division(n, "page-break") || is_division(n, "pagebreak")) {
		force_page(l, side_of(l, n), false);
		outer->first = true;
		return;
	}
	if (front_takes(l, n))
		return;		/* printed there */
	frame_of(l, &c, n, &f);
	if (f.look != NULL && f.look->display == STYLE_HIDE &&
	    style_look_sets(f.look, "display"))
		return;		/* style_tell_hidden() tells */
	columns = columns_asked(n, f.look);
	if (columns == 1 && outer->columns != NULL) {
		c = columns_leave(l, outer);
		div_gather(l, &c, n);
		columns_again(l, outer);
		outer->first = c.first;
		return;
	}
	if (lang != NULL) {
		c.lang = lang;
		c.level = lang_is_rtl(lang);
	}
	if (dir != NULL)
		c.level = strcmp(dir, "rtl") == 0;
	if (gather_special(l, outer, &c, n, f.look))
		return;
	frame_open(l, &c, &f);
	if (doc_value(n, "place") != NULL)
		c.place = doc_value(n, "place");
	c.first = true;
	if (columns > 1 && c.columns == NULL)
		flow_gap(l, l->grid / 2);
	in = columns_begin(l, &c, f.look, columns);
	flow_children(l, &in, n);
	columns_end(l, &in, &c);
	elems_speak(l, elems, &c);
	frame_close(l, &f);
	if (doc_id(n) != NULL)
		name_first(l, from, doc_id(n));
	outer->first = in.first;
}
