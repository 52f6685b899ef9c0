/*
 * Tables: their cells and captions gathered. The first column stands at the
 * starting side.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "page/table.h"

static enum para_align
cell_align(enum doc_align a, const struct style_look *look)
{
	switch (a) {
	case DOC_ALIGN_START: return PARA_START;
	case DOC_ALIGN_CENTRE: return PARA_CENTRE;
	case DOC_ALIGN_END: case DOC_ALIGN_DECIMAL: return PARA_END;
	default: return (enum para_align)look->align;
	}
}

/* ----------------------------------------------------------------- cells */

struct gather {
	struct layout *l;
	struct ctx in;
	const struct style_look *look;
	enum para_align align;
	sp indent;
	struct { struct part *v; size_t n, cap; } parts;
};

static struct part *
add_part(struct gather *g, const struct doc_node *n, int32_t elem)
{
	struct part *p;
	struct piece *pc = piece_new(g->l, &g->in, n, NULL, g->look, elem);

	pc->pstyle.align = g->align;
	pc->pstyle.kashida = false;
	pc->pstyle.runt_demerits = 0;
	p = VEC_PUSH(&g->parts);
	*p = (struct part){.p = pc, .indent = g->indent};
	/* Paragraphs part by a little white; an indent would look like one of
	 * the column. */
	if (g->parts.n > 1)
		p->above = g->look->leading / 6;
	return p;
}

static void cell_blocks(struct gather *g, const struct doc_node *parent);

static void
cell_list(struct gather *g, const struct doc_node *list)
{
	struct layout *l = g->l;
	int32_t elem = g->in.elem;
	sp indent = g->indent;
	int number = list->start;

	if (elem >= 0)
		elem = elem_new(l, elem, ROLE_LIST, list);
	for (const struct doc_node *it = list->first; it != NULL;
	    it = it->next) {
		struct gather in = *g;
		int32_t li = elem >= 0 ? elem_new(l, elem, ROLE_LI, it) : elem;
		int32_t lbl = li >= 0 ? elem_new(l, li, ROLE_LBL, it) :
		    ARTIFACT_LAYOUT;
		struct piece *label = label_piece(l, &g->in, list_label(l,
		    &g->in, list, style_look(l->st, "list"), number++),
		    g->look, lbl);
		size_t first = g->parts.n;

		in.in.elem = li >= 0 ? elem_new(l, li, ROLE_LBODY, it) : li;
		in.in.list_depth++;
		in.in.bullet_depth += !list->ordered;
		in.indent = indent + g->look->size * 7 / 5;
		cell_blocks(&in, it);
		g->parts.v = in.parts.v;
		g->parts.n = in.parts.n;
		g->parts.cap = in.parts.cap;
		if (g->parts.n > first) {
			g->parts.v[first].label = label;
			g->parts.v[first].label_elem = lbl;
		}
	}
}

/* Whatever stands in a cell is set as paragraphs, items of lists labelled. */
static void
cell_block(struct gather *g, const struct doc_node *n)
{
	struct layout *l = g->l;
	int32_t elem = g->in.elem;

	switch (n->kind) {
	case DOC_LIST:
		cell_list(g, n);
		break;
	case DOC_TABLE: case DOC_ROW: case DOC_DIV: case DOC_QUOTE:
	case DOC_DEFLIST: case DOC_DEF: case DOC_VERSE:
		if (n->kind == DOC_TABLE)
			diag_add(l->dg, n->pos, MAN_NOT_SUPPORTED,
			    "a table within a table",
			    "its cells are set as paragraphs");
		cell_blocks(g, n);
		break;
	case DOC_RULE: case DOC_NOTE:
		break;
	default:
		add_part(g, n, elem >= 0 ? elem_new(l, elem, ROLE_P, n) :
		    elem);
		break;
	}
}

static void
cell_blocks(struct gather *g, const struct doc_node *parent)
{
	if (parent->first != NULL && doc_is_inline(parent->first->kind)) {
		add_part(g, parent, g->in.elem);
		return;
	}
	for (const struct doc_node *n = parent->first; n != NULL; n = n->next)
		cell_block(g, n);
}

static void
gather_cell(struct layout *l, const struct ctx *c, const struct doc_node *n,
    const struct style_look *look, struct cell *cell, int32_t elem)
{
	struct gather g = {.l = l, .in = *c, .look = look};

	g.align = cell_align(cell->align, look);
	g.in.elem = elem;
	g.in.first = true;
	g.in.start = g.in.end = 0;
	g.in.cell = true;
	if (n->first == NULL)
		add_part(&g, n, elem);
	else
		cell_blocks(&g, n);
	cell->v = arena_dup(l->a, g.parts.v, g.parts.n * sizeof(*g.parts.v));
	cell->n = (uint32_t)g.parts.n;
	free(g.parts.v);
}

void
caption_gather(struct layout *l, struct ctx *c, const struct doc_node *cap,
    const char *word, const char *number, bool keep_next)
{
	const struct style_look *look = style_look(l->st, "caption");
	struct proto *p;
	struct ctx in = *c;

	/* «جدول ۲: ...»: the label is an inline before the author's words. */
	if (number != NULL)
		cap = with_label(l, cap, arena_printf(l->a, "%s\xc2\xa0%s%s",
		    word, number, layout_word(l, "colon")), "caption-label");
	in.first = true;
	p = gather_para(l, &in, cap, NULL, look, ROLE_CAPTION);
	p->keep_next = keep_next;
}

/* ---------------------------------------------------------------- tables */

/* A table's look, with its classes and what fences around it say. */
static const struct style_look *
table_look(struct layout *l, const struct ctx *c, const struct doc_node *t)
{
	const struct style_look *look = style_look(l->st, "table");
	struct style_look *own;

	if (c->fence != NULL && style_look_sets(c->fence, "column-widths")) {
		own = arena_dup(l->a, look, sizeof(*own));
		own->columns_widths = c->fence->columns_widths;
		look = own;
	}
	return look_with_classes(l, t, look);
}

/* How wide the table may be: its place, or the page but for its edges. */
static void
find_place(struct layout *l, struct table *tb, const struct ctx *c)
{
	const char *span = doc_value(tb->node, "span");
	const struct style_table *st = &l->st->table;

	if (span == NULL)
		span = st->span;
	tb->measure = c->measure;
	tb->start = c->start + tb->look->indent_start;
	tb->end = c->end + tb->look->indent_end;
	if (c->full != NULL)
		tb->full = c->full->measure;
	if (span != NULL && strcmp(span, "page") == 0 && c->columns == NULL) {
		tb->paper = true;
		tb->measure = l->book->width;
		tb->start = tb->end = st->edge;
	}
}

/* The caption's protos wait until the table knows how wide it is. */
static void
gather_caption(struct layout *l, struct ctx *c, struct table *tb,
    const struct doc_node *cap)
{
	size_t from = l->protos.n;

	if (!tb->above)
		flow_gap(l, PT(3));
	caption_gather(l, c, cap, layout_word(l, "table"),
	    node_number(l, tb->node), tb->above);
	tb->ncaption = l->protos.n - from;
	tb->caption = arena_dup(l->a, l->protos.v + from, tb->ncaption *
	    sizeof(*tb->caption));
	l->protos.n = from;
}

static void
gather_row(struct layout *l, const struct ctx *c, struct table *tb,
    const struct doc_node *r, int32_t group)
{
	const struct style_look *look = style_look(l->st, r->is_header ?
	    "table-head" : "table-cell");
	const struct doc_node *t = tb->node;
	struct trow *row = &tb->rows[tb->nrows++];
	int32_t tr = group >= 0 ? elem_new(l, group, ROLE_TR, r) : group;
	int k = 0;

	row->header = r->is_header;
	row->node = r;
	row->cells = ARENA_ARRAY(l->a, struct cell, tb->ncols + 1);
	for (const struct doc_node *x = r->first; x != NULL; x = x->next, k++) {
		int32_t td = tr;

		row->cells[k].align = t->align != NULL && k < t->ncols ?
		    t->align[k] : DOC_ALIGN_NONE;
		if (tr >= 0) {
			td = elem_new(l, tr, r->is_header ? ROLE_TH : ROLE_TD,
			    x);
			if (r->is_header)
				l->elems.v[td].scope = 1;
		}
		gather_cell(l, c, x, look, &row->cells[k], td);
	}
}

static const struct doc_node *
count_rows(const struct doc_node *t, int *ncols, size_t *nrows)
{
	const struct doc_node *cap = NULL;

	*ncols = t->ncols;
	*nrows = 0;
	for (const struct doc_node *r = t->first; r != NULL; r = r->next) {
		int k = 0;

		if (r->kind == DOC_CAPTION)
			cap = r;
		if (r->kind != DOC_ROW)
			continue;
		for (const struct doc_node *x = r->first; x != NULL;
		    x = x->next)
			k++;
		*ncols = MAX(*ncols, k);
		++*nrows;
	}
	return cap;
}

/* White around a table that stays in the flow. */
static void
expand_before(struct layout *l, const struct proto *p)
{
	struct table *t = p->data;

	if (t->ncols > 0 && t->nrows > 0)
		table_plan(l, t);
	if (!t->turned && !l->floating)
		gap_box(l, t->look->space_before);
}

static void
expand_after(struct layout *l, const struct proto *p)
{
	const struct table *t = p->data;

	if (!t->turned && !l->floating)
		gap_box(l, t->look->space_after);
}

void
table_gather(struct layout *l, struct ctx *c, const struct doc_node *t)
{
	struct table *tb = ARENA_NEW(l->a, struct table);
	const struct doc_node *cap;
	int32_t elem = c->elem, group = -1;
	bool was_header = true;
	struct ctx in = *c;
	size_t nrows;
	struct proto *p;

	tb->node = t;
	tb->look = table_look(l, c, t);
	tb->pad_x = l->st->table.pad_x;
	tb->pad_y = l->st->table.pad_y;
	tb->level = c->level;
	tb->keep = tb->look->keep_together;
	tb->above = strcmp(l->st->table.caption_place, "above") == 0;
	tb->widths = doc_value(t, "column-widths");
	if (tb->widths == NULL)
		tb->widths = tb->look->columns_widths;
	find_place(l, tb, c);
	if (elem >= 0)
		in.elem = elem = elem_new(l, elem, ROLE_TABLE, t);
	cap = count_rows(t, &tb->ncols, &nrows);
	force_look(l, tb->look, false);
	flow_proto(l, expand_before)->data = tb;
	if (cap != NULL && tb->above)
		gather_caption(l, &in, tb, cap);
	tb->rows = ARENA_ARRAY(l->a, struct trow, nrows + 1);
	for (const struct doc_node *r = t->first; r != NULL; r = r->next) {
		if (r->kind != DOC_ROW)
			continue;
		if (elem >= 0 && (group < 0 || was_header != r->is_header))
			group = elem_new(l, elem, r->is_header ? ROLE_THEAD :
			    ROLE_TBODY, NULL);
		was_header = r->is_header;
		gather_row(l, c, tb, r, group);
	}
	p = flow_proto(l, expand_table);
	p->data = tb;
	p->node = t;
	p->elem = elem;
	p->look = tb->look;
	p->id = doc_block_id(l->a, t);
	if (cap != NULL && !tb->above)
		gather_caption(l, &in, tb, cap);
	flow_proto(l, expand_after)->data = tb;
}
