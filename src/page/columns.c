/*
 * Text in two, three or four columns: a fence, the section of a heading, the
 * text of a handout, an index.
 *
 * Columns are a run of boxes in the flow, all as narrow as a column, that
 * know what they are columns of. What the run takes of a page is a strip
 * across it (strip.c). Within columns a block may ask for the whole measure
 * (columns: 1): then the run ends before it, balanced, and a new one begins
 * after it.
 */
#include <stdlib.h>

#include "page/layout.h"

/* Columns that a fence or heading asks for by itself or by its class; 0 if
 * it says nothing. */
int
columns_asked(const struct doc_node *n, const struct style_look *look)
{
	const char *said = doc_value(n, "columns");

	if (said != NULL && *said >= '1' && *said <= '0' + MAX_COLUMNS &&
	    said[1] == '\0')
		return *said - '0';
	return look != NULL && style_look_sets(look, "columns") ?
	    look->columns : 0;
}

static struct columns *
columns_new(struct layout *l, const struct ctx *c,
    const struct style_look *look, int n)
{
	const struct style_look *body = style_look(l->st, "para");
	struct columns *cs = ARENA_NEW(l->a, struct columns);
	sp place = c->measure - c->start - c->end;

	if (look == NULL || !style_look_sets(look, "column-gap"))
		look = body;
	cs->gap = style_look_sets(look, "column-gap") ? look->column_gap :
	    body->size * 8 / 5;
	cs->n = n;
	cs->width = MAX((place - (n - 1) * cs->gap) / n, PT(1));
	cs->x = c->level & 1 ? c->end : c->start;
	cs->level = c->level;
	return cs;
}

/* -------------------------------------------------------------- gathering */

static void expand_columns(struct layout *l, const struct proto *p);

static void
run_proto(struct layout *l, struct columns *cs)
{
	struct proto *p = flow_proto(l, expand_columns);

	p->data = cs;
	p->marker = true;
}

/* White parts columns from lines as wide as the block. */
static void
columns_proto(struct layout *l, struct columns *cs, sp measure)
{
	run_proto(l, cs);
	flow_gap(l, l->grid / 2);
	l->place = measure;
	l->gutter = cs != NULL ? cs->gap : 0;
}

struct ctx
columns_begin(struct layout *l, const struct ctx *outer,
    const struct style_look *look, int n)
{
	struct ctx in = *outer;
	const struct style_look *rule = look;

	if (n < 2 || outer->columns != NULL)
		return in;
	in.columns = columns_new(l, outer, look, n);
	if (rule == NULL || !style_look_sets(rule, "column-rule"))
		rule = style_look(l->st, "para");
	in.columns->rule = rule->column_rule;
	in.columns->colour = rule->rule_colour;
	in.full = arena_dup(l->a, outer, sizeof(*outer));
	in.measure = in.columns->width;
	in.start = in.end = 0;
	/* Below a heading its own white is enough. */
	run_proto(l, in.columns);
	l->place = in.measure;
	l->gutter = in.columns->gap;
	return in;
}

void
columns_end(struct layout *l, const struct ctx *in, const struct ctx *outer)
{
	if (in->columns != outer->columns)
		columns_proto(l, NULL, outer->measure);
}

struct ctx
columns_leave(struct layout *l, const struct ctx *in)
{
	struct ctx out = *in;

	if (in->columns == NULL)
		return out;
	out.columns = NULL;
	out.full = NULL;
	out.measure = in->full->measure;
	out.start = in->full->start;
	out.end = in->full->end;
	out.ground = in->full->ground;
	columns_proto(l, NULL, out.measure);
	return out;
}

void
columns_again(struct layout *l, const struct ctx *in)
{
	if (in->columns != NULL)
		columns_proto(l, in->columns, in->measure);
}

/* -------------------------------------------------------------- expanding */

/* The run of boxes that is open ends here. */
static void
close_run(struct layout *l)
{
	struct columns *cs = l->cols;

	l->cols = NULL;
	if (cs == NULL)
		return;
	cs->end = l->flow.n;
	while (cs->end > 0 && l->flow.v[cs->end - 1].kind == BOX_GAP)
		cs->end--;
}

/* Each run has columns of its own, which say where it ends. */
static void
expand_columns(struct layout *l, const struct proto *p)
{
	close_run(l);
	if (p->data != NULL)
		l->cols = arena_dup(l->a, p->data, sizeof(struct columns));
}

/* A page ends within columns: one run before, one after. */
void
columns_force(struct layout *l)
{
	struct columns *cs = l->cols;

	close_run(l);
	if (cs != NULL)
		l->cols = arena_dup(l->a, cs, sizeof(*cs));
}

void
columns_settle(struct layout *l)
{
	for (size_t i = 0; i < l->flow.n; i++) {
		const struct box *b = &l->flow.v[i];

		if (b->cols != NULL && b->kind != BOX_GAP)
			((struct columns *)(uintptr_t)b->cols)->end = i + 1;
	}
}

void
columns_pause(struct layout *l)
{
	close_run(l);
}

void
columns_resume(struct layout *l, const struct columns *cs)
{
	if (cs != NULL)
		l->cols = arena_dup(l->a, cs, sizeof(*cs));
}
