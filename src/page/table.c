/*
 * Tables.
 *
 * Column widths come from what is in them (the automatic layout of CSS 2.1,
 * section 17.5.2.2): every column gets the width of its widest unbreakable
 * piece, what is left goes to the columns in proportion to how much more
 * each would like, and what then remains is shared out so that the table
 * spans the measure. The first column stands at the starting side.
 *
 * A row is one box; a row higher than a page becomes one box a line. The
 * header's boxes are repeated where a page begins inside the table.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "page/layout.h"

struct cell {
	struct piece **v;		/* one a paragraph */
	uint32_t n;
	enum doc_align align;
	sp height;
	sp shift;			/* decimal columns: to the right */
};

struct trow {
	struct cell *cells;
	bool header;
	sp height;
	const struct doc_node *node;
};

struct table {
	const struct doc_node *node;
	const struct style_look *look;
	int ncols;
	struct trow *rows;
	size_t nrows;
	sp measure, start, end;		/* of the place it stands in */
	sp pad_x, pad_y;
	int level;
	bool keep;
	bool turned;			/* a quarter turn, on a page of its own */
};

/* ------------------------------------------------------------- gathering */

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

static void
gather_cell(struct layout *l, const struct ctx *c, const struct doc_node *n,
    const struct style_look *look, struct cell *cell, int32_t elem)
{
	struct ctx in = *c;
	uint32_t cap = 1;

	in.elem = elem;
	in.first = true;
	in.start = in.end = 0;
	in.cell = true;
	if (n->first != NULL && !doc_is_inline(n->first->kind))
		for (const struct doc_node *b = n->first; b != NULL; b = b->next)
			cap++;
	cell->v = ARENA_ARRAY(l->a, struct piece *, cap);
	if (cap == 1) {
		cell->v[cell->n++] = piece_new(l, &in, n, NULL, look, elem);
	} else {
		for (const struct doc_node *b = n->first; b != NULL;
		    b = b->next) {
			int32_t p = elem >= 0 ? elem_new(l, elem, ROLE_P, b) :
			    elem;

			cell->v[cell->n++] = piece_new(l, &in, b, NULL, look,
			    p);
		}
	}
	for (uint32_t i = 0; i < cell->n; i++) {
		struct piece *p = cell->v[i];

		p->pstyle.align = cell_align(cell->align, look);
		p->pstyle.kashida = false;
		p->pstyle.runt_demerits = 0;
	}
}

static void expand_table(struct layout *l, const struct proto *p);

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

void
table_gather(struct layout *l, struct ctx *c, const struct doc_node *t)
{
	struct table *tb = ARENA_NEW(l->a, struct table);
	const struct style_look *cell = style_look(l->st, "table-cell");
	const struct style_look *head = style_look(l->st, "table-head");
	const struct style_look *look = style_look(l->st, "table");
	const struct doc_node *cap = NULL;
	int32_t elem = c->elem, group = -1;
	bool above = strcmp(l->st->table.caption_place, "above") == 0;
	bool was_header = true;
	struct ctx in = *c;
	size_t nrows = 0;
	struct proto *p;

	tb->node = t;
	tb->look = look;
	tb->measure = c->measure;
	tb->start = c->start + look->indent_start;
	tb->end = c->end + look->indent_end;
	tb->pad_x = l->st->table.pad_x;
	tb->pad_y = l->st->table.pad_y;
	tb->level = c->level;
	tb->keep = look->keep_together;
	if (elem >= 0)
		in.elem = elem = elem_new(l, elem, ROLE_TABLE, t);
	for (const struct doc_node *n = t->first; n != NULL; n = n->next)
		if (n->kind == DOC_CAPTION)
			cap = n;
		else if (n->kind == DOC_ROW)
			nrows++;
	force_look(l, look, false);
	flow_gap(l, look->space_before);
	if (cap != NULL && above)
		caption_gather(l, &in, cap, layout_word(l, "table"),
		    node_number(l, t), true);
	tb->rows = ARENA_ARRAY(l->a, struct trow, nrows + 1);
	tb->ncols = t->ncols;
	for (const struct doc_node *r = t->first; r != NULL; r = r->next) {
		struct trow *row;
		int32_t tr = elem;
		int k = 0;

		if (r->kind != DOC_ROW)
			continue;
		for (const struct doc_node *x = r->first; x != NULL;
		    x = x->next)
			k++;
		tb->ncols = MAX(tb->ncols, k);
		row = &tb->rows[tb->nrows++];
		row->header = r->is_header;
		row->node = r;
		row->cells = ARENA_ARRAY(l->a, struct cell, MAX(k, 1) +
		    MAX(t->ncols, 0));
		if (elem >= 0) {
			if (group < 0 || was_header != r->is_header)
				group = elem_new(l, elem, r->is_header ?
				    ROLE_THEAD : ROLE_TBODY, NULL);
			was_header = r->is_header;
			tr = elem_new(l, group, ROLE_TR, r);
		}
		k = 0;
		for (const struct doc_node *x = r->first; x != NULL;
		    x = x->next, k++) {
			int32_t td = tr;

			row->cells[k].align = t->align != NULL && k < t->ncols ?
			    t->align[k] : DOC_ALIGN_NONE;
			if (elem >= 0) {
				td = elem_new(l, tr, r->is_header ? ROLE_TH :
				    ROLE_TD, x);
				if (r->is_header)
					l->elems.v[td].scope = 1;
			}
			gather_cell(l, c, x, r->is_header ? head : cell,
			    &row->cells[k], td);
		}
	}
	p = flow_proto(l, expand_table);
	p->data = tb;
	p->node = t;
	p->elem = elem;
	p->look = look;
	p->id = doc_block_id(l->a, t);
	if (cap != NULL && !above) {
		flow_gap(l, PT(3));
		caption_gather(l, &in, cap, layout_word(l, "table"),
		    node_number(l, t), false);
	}
	flow_gap(l, look->space_after);
}

/* ---------------------------------------------------------------- widths */

/* What the columns need at least, and would like. */
static void
column_needs(const struct table *t, sp *min, sp *max, sp64 *summin,
    sp64 *summax)
{
	*summin = *summax = 0;
	for (size_t r = 0; r < t->nrows; r++)
		for (int k = 0; k < t->ncols; k++) {
			const struct cell *c = &t->rows[r].cells[k];

			for (uint32_t i = 0; i < c->n; i++) {
				sp lo, hi;

				para_widths(c->v[i]->shaped, &lo, &hi);
				min[k] = MAX(min[k], lo);
				max[k] = MAX(max[k], hi);
			}
		}
	for (int k = 0; k < t->ncols; k++) {
		*summin += min[k];
		*summax += max[k];
	}
}

static sp64
room(const struct table *t)
{
	return (sp64)t->measure - t->start - t->end -
	    2 * (sp64)t->pad_x * t->ncols;
}

/*
 * A table too wide for the measure is turned if that helps; else its
 * columns are narrowed and words jut out. One message says so; its cells
 * then keep quiet.
 */
static void
too_wide(struct layout *l, struct table *t, sp64 summin)
{
	char need[24], have[24];
	sp64 pad = 2 * (sp64)t->pad_x * t->ncols;

	sp_str(sp_clamp(summin + pad), need);
	sp_str(t->measure - t->start - t->end, have);
	if (summin + pad <= l->height && l->measure < l->height) {
		diag_add(l->dg, t->node->pos, LAY_TABLE_TURNED, need, have);
		t->turned = true;
		t->measure = l->height;
		t->start = t->end = 0;
		return;
	}
	diag_add(l->dg, t->node->pos, LAY_TABLE_WIDE, need, have,
	    "columns were narrowed, and words jut out of their cells");
	t->pad_x = MIN(t->pad_x, (t->measure - t->start - t->end) /
	    (8 * t->ncols));
	for (size_t r = 0; r < t->nrows; r++)
		for (int k = 0; k < t->ncols; k++)
			for (uint32_t i = 0; i < t->rows[r].cells[k].n; i++)
				t->rows[r].cells[k].v[i]->quiet = true;
}

static void
find_widths(struct layout *l, struct table *t, sp *w)
{
	int n = t->ncols;
	sp *min = xcalloc((size_t)n, sizeof(*min));
	sp *max = xcalloc((size_t)n, sizeof(*max));
	sp64 summin, summax, avail;

	column_needs(t, min, max, &summin, &summax);
	if (summin > room(t))
		too_wide(l, t, summin);
	avail = room(t);
	for (int k = 0; k < n; k++)
		if (summax <= avail)
			/* What is left over is shared in proportion, so that
			 * a short table still spans the measure. */
			w[k] = summax > 0 ? sp_clamp(muldiv(max[k], avail,
			    summax)) : sp_clamp(avail / n);
		else if (summin <= avail)
			w[k] = min[k] + sp_clamp(muldiv(max[k] - min[k],
			    avail - summin, MAX(summax - summin, 1)));
		else
			w[k] = sp_clamp(muldiv(min[k], MAX(avail, n), MAX(
			    summin, 1)));
	free(min);
	free(max);
}

/* -------------------------------------------------------- decimal columns */

/* Where the decimal sign of a cell's number stands in its text, or its end. */
static uint32_t
decimal_at(const struct piece *p)
{
	bool digit = false;

	for (size_t i = 0; i < p->n;) {
		size_t at = i;
		uint32_t cp = utf8_next(p->text, p->n, &i);

		if (digit && (cp == 0x066b || cp == '.')) {
			size_t next = i;

			if (i < p->n && uni_is_digit(utf8_next(p->text, p->n,
			    &next)))
				return (uint32_t)at;
		}
		digit = uni_is_digit(cp);
	}
	return p->n;
}

/* Natural width of a piece's text before an offset [sp]. */
static sp
width_before(const struct piece *p, uint32_t end)
{
	const struct shape_para *s = p->shaped;
	sp64 w = 0;

	for (uint32_t r = 0; r < s->nruns; r++) {
		const struct shape_run *run = &s->runs[r];
		uint32_t at = run->text;

		for (uint32_t k = 0; k < run->nclusters && at < end; k++) {
			const struct shape_cluster *c =
			    &s->clusters[run->cluster + k];

			w += muldiv(c->adv, run->size,
			    font_metrics(run->face)->upem);
			at += c->len;
		}
	}
	return sp_clamp(w);
}

/*
 * Numbers of a column aligned to the end stand with their decimal signs
 * under one another, if any of them has one. A number runs left to right in
 * either book, so what counts is the width of its whole part.
 */
static void
align_decimals(struct table *t, int col)
{
	sp widest = 0;
	bool any = false;

	for (size_t r = 0; r < t->nrows; r++) {
		struct cell *c = &t->rows[r].cells[col];

		if (t->rows[r].header || c->n != 1 || c->v[0]->shaped == NULL)
			continue;
		if (c->align != DOC_ALIGN_END && c->align != DOC_ALIGN_DECIMAL)
			return;
		any |= decimal_at(c->v[0]) < c->v[0]->n;
		widest = MAX(widest, width_before(c->v[0],
		    decimal_at(c->v[0])));
	}
	for (size_t r = 0; any && r < t->nrows; r++) {
		struct cell *c = &t->rows[r].cells[col];

		if (t->rows[r].header || c->n != 1)
			continue;
		c->v[0]->pstyle.align = t->level & 1 ? PARA_END : PARA_START;
		c->shift = widest - width_before(c->v[0],
		    decimal_at(c->v[0]));
	}
}

/* ----------------------------------------------------------------- boxes */

static sp
cell_height(const struct cell *c)
{
	sp h = 0;

	for (uint32_t i = 0; i < c->n; i++)
		h += c->v[i]->leading * (sp)(c->v[i]->para.lines != NULL ?
		    c->v[i]->para.lines->n : 0);
	return h;
}

/* Left edge of column k, from the text block's left. */
static sp
column_x(const struct table *t, const sp *w, int k)
{
	sp x = t->level & 1 ? t->measure - t->start : t->start;

	for (int i = 0; i <= k; i++)
		if (t->level & 1)
			x -= w[i] + 2 * t->pad_x;
		else if (i < k)
			x += w[i] + 2 * t->pad_x;
	return x;
}

struct items {
	struct page_item *v;
	size_t n, cap;
};

static void
add_rect(struct items *out, int32_t elem, sp x, sp y, sp w, sp h,
    struct colour c)
{
	struct page_item *it = VEC_PUSH(out);

	memset(it, 0, sizeof(*it));
	it->kind = PAGE_RECT;
	it->elem = elem;
	it->x = x;
	it->y = y;
	it->u.rect.w = w;
	it->u.rect.h = h;
	it->u.rect.fill = c;
}

/*
 * Lines [from, to) of every cell of a row (counted through its paragraphs),
 * from the height y on.
 */
static sp
add_cells(struct layout *l, struct items *out, const struct table *t,
    const struct trow *row, const sp *w, sp y, uint32_t from, uint32_t to)
{
	sp high = 0;

	for (int k = 0; k < t->ncols; k++) {
		const struct cell *c = &row->cells[k];
		uint32_t at = 0;
		sp h = 0;

		for (uint32_t i = 0; i < c->n; i++) {
			const struct piece *p = c->v[i];
			sp base = line_baseline(l, p->look, p->leading);
			uint32_t n = p->para.lines != NULL ?
			    p->para.lines->n : 0;

			for (uint32_t j = 0; j < n; j++, at++) {
				struct page_item *it;

				if (at < from || at >= to)
					continue;
				it = VEC_PUSH(out);
				memset(it, 0, sizeof(*it));
				it->kind = PAGE_TEXT;
				it->elem = p->pspans[0].elem;
				it->x = column_x(t, w, k) + t->pad_x +
				    c->shift + p->para.lines->v[j].x;
				it->y = y + h + base;
				it->u.text.para = &p->para;
				it->u.text.line = j;
				h += p->leading;
			}
		}
		high = MAX(high, h);
	}
	return high;
}

static struct box *
row_box(struct layout *l, const struct table *t, struct items *it, sp height,
    const struct doc_node *node)
{
	struct box *b = flow_box(l, BOX_ITEMS);

	b->height = height;
	b->items = arena_dup(l->a, it->v, it->n * sizeof(*it->v));
	b->nitems = (uint32_t)it->n;
	b->node = node;
	b->cost_after = t->keep ? (int32_t)MIN(l->st->breaks.keep, NEVER - 1) :
	    0;
	it->n = 0;
	return b;
}

/*
 * Boxes from `first` on, a quarter turn against the clock: the table's head
 * looks to the page's left, its rows run up the page. As many rows as the
 * measure holds make one box as high as the page.
 */
static void
turn_boxes(struct layout *l, size_t first)
{
	struct items out = {0};
	struct { struct box *v; size_t n, cap; } made = {0};
	size_t i = first, n = l->flow.n;

	while (i < n) {
		sp across = 0;
		struct box whole = {.kind = BOX_ITEMS,
		    .elem = l->flow.v[i].elem, .id = l->flow.v[i].id,
		    .node = l->flow.v[i].node, .height = l->height};
		const struct box *first_row = &l->flow.v[i];
		uint32_t repeat = first_row->nrepeat;

		for (uint32_t h = 0; i < n; h++) {
			const struct box *b = h < repeat ?
			    &first_row->repeat[h] : &l->flow.v[i];

			if (across > 0 && across + b->height > l->measure)
				break;
			for (uint32_t k = 0; k < b->nitems; k++) {
				struct page_item it = b->items[k];
				sp x = it.x, y = it.y + across;

				it.turn = 3;
				it.x = y;
				it.y = l->height - x;
				if (it.kind == PAGE_RECT) {
					sp w = it.u.rect.w;

					it.y -= w;
					it.u.rect.w = it.u.rect.h;
					it.u.rect.h = w;
					it.turn = 0;
				}
				*VEC_PUSH(&out) = it;
			}
			across += b->height;
			i += h >= repeat;
		}
		whole.items = arena_dup(l->a, out.v, out.n * sizeof(*out.v));
		whole.nitems = (uint32_t)out.n;
		out.n = 0;
		*VEC_PUSH(&made) = whole;
	}
	l->flow.n = first;
	for (i = 0; i < made.n; i++)
		*flow_box(l, BOX_ITEMS) = made.v[i];
	free(made.v);
	free(out.v);
}

static void
expand_table(struct layout *l, const struct proto *p)
{
	struct table *t = p->data;
	const struct style_table *st = &l->st->table;
	sp *w;
	struct items it = {0};
	sp x, width;
	size_t first_box = l->flow.n, nhead = 0, body = 0;
	struct box *header = NULL;
	uint32_t nheader = 0;

	if (t->ncols == 0 || t->nrows == 0)
		return;
	w = xcalloc((size_t)t->ncols, sizeof(*w));
	find_widths(l, t, w);
	for (int k = 0; k < t->ncols; k++)
		align_decimals(t, k);
	x = t->level & 1 ? t->end : t->start;
	width = t->measure - t->start - t->end;
	for (size_t r = 0; r < t->nrows; r++) {
		struct trow *row = &t->rows[r];

		for (int k = 0; k < t->ncols; k++) {
			struct cell *c = &row->cells[k];

			for (uint32_t i = 0; i < c->n; i++) {
				c->v[i]->shape = (struct para_shape){
				    .measure = MAX(w[k], 1)};
				piece_break(l, c->v[i]);
			}
			c->height = cell_height(c);
			row->height = MAX(row->height, c->height);
		}
		row->height += 2 * t->pad_y;
		nhead += row->header;
	}
	for (size_t r = 0; r < t->nrows; r++) {
		struct trow *row = &t->rows[r];
		bool last = r + 1 == t->nrows;
		sp above = r == 0 ? st->rule_top : 0;
		sp below = last ? st->rule_bottom : row->header &&
		    !t->rows[r + 1].header ? st->rule_head : st->rule_row;
		sp h = above + row->height + below;
		struct box *b;

		if (!row->header)
			body++;
		if (h > l->height * 9 / 10 && !row->header) {
			/* Higher than a page: a box a line. */
			uint32_t lines = 0;

			for (int k = 0; k < t->ncols; k++) {
				uint32_t n = 0;

				for (uint32_t i = 0; i < row->cells[k].n; i++)
					n += row->cells[k].v[i]->para.lines->n;
				lines = MAX(lines, n);
			}
			for (uint32_t i = 0; i < lines; i++) {
				sp top = i == 0 ? t->pad_y : 0, high;

				high = add_cells(l, &it, t, row, w, top, i,
				    i + 1) + top;
				if (i + 1 == lines) {
					high += t->pad_y;
					if (below > 0)
						add_rect(&it, ARTIFACT_LAYOUT,
						    x, high, width, below,
						    st->rule_colour);
					high += below;
				}
				b = row_box(l, t, &it, high, row->node);
				if (i + 1 < lines)
					b->cost_after = (int32_t)MIN(
					    l->st->breaks.split_row, NEVER - 1);
				if (header != NULL) {
					b->repeat = header;
					b->nrepeat = nheader;
				}
			}
			continue;
		}
		if (row->header && st->head_background.space != 0)
			add_rect(&it, ARTIFACT_BACKGROUND, x, 0, width, h,
			    st->head_background);
		else if (!row->header && body % 2 == 0 && st->zebra.space != 0)
			add_rect(&it, ARTIFACT_BACKGROUND, x, 0, width, h,
			    st->zebra);
		if (above > 0)
			add_rect(&it, ARTIFACT_LAYOUT, x, 0, width, above,
			    st->rule_colour);
		add_cells(l, &it, t, row, w, above + t->pad_y, 0, UINT32_MAX);
		if (below > 0)
			add_rect(&it, ARTIFACT_LAYOUT, x, h - below, width,
			    below, st->rule_colour);
		b = row_box(l, t, &it, h, row->node);
		if (r == 0) {
			b->id = p->id;
			b->elem = p->elem;
		}
		if (row->header) {
			b->cost_after = NEVER;
		} else if (nhead > 0 && header == NULL) {
			/* Copies: the flow's own boxes may still move. */
			nheader = (uint32_t)nhead;
			header = ARENA_ARRAY(l->a, struct box, nhead);
			for (uint32_t i = 0; i < nheader; i++) {
				header[i] = l->flow.v[first_box + i];
				header[i].id = NULL;
				/* Said once is enough: repeats are marks. */
				header[i].items = arena_dup(l->a,
				    header[i].items, header[i].nitems *
				    sizeof(*header[i].items));
				for (uint32_t k = 0; k < header[i].nitems; k++)
					header[i].items[k].elem =
					    ARTIFACT_PAGINATION;
			}
		} else if (header != NULL) {
			b->repeat = header;
			b->nrepeat = nheader;
		}
		/* Two rows of a table stay together at its head and foot. */
		if (!row->header && !last && (body == 1 || r + 2 == t->nrows) &&
		    b->cost_after == 0)
			b->cost_after = (int32_t)MIN(l->st->breaks.widow / 4,
			    NEVER - 1);
	}
	free(w);
	free(it.v);
	if (t->turned)
		turn_boxes(l, first_box);
}
