/*
 * Tables -> boxes.
 *
 * A row is one box. A row of many lines becomes several: its first lines, a
 * box a line, its last lines, so that it may go on overleaf at a cost where
 * no widow or orphan of a cell would arise; one higher than a page may break
 * after every line. The header's boxes are repeated where a page, a column
 * or a part of the table begins.
 *
 * A turned table is made of the same boxes, a quarter turn against the
 * clock: its caption and head look to the page's left, its rows run up the
 * page. It leaves the flow and has pages of its own (float.c), so that text
 * fills the page before.
 */
#include <stdlib.h>
#include <string.h>

#include "page/table.h"

struct items {
	struct page_item *v;
	size_t n, cap;
};

/* What rows are made with. */
struct maker {
	struct layout *l;
	struct table *t;
	const struct proto *p;
	struct items items;
	sp x, width;			/* of what is shown */
	struct box *header;		/* repeated; NULL: none */
	uint32_t nheader;
	size_t body;			/* rows of the body so far */
	bool begun;			/* a box of the body stands */
	int group;
};

/* -------------------------------------------------------------- one row */

/* Left edge of the i-th column shown, from the text block's left. */
static sp
column_x(const struct table *t, int i)
{
	sp x = t->level & 1 ? t->measure - t->start : t->start;

	for (int k = 0; k <= i; k++) {
		sp w = t->w[t->shown[k]] + 2 * t->pad_x;

		if (t->level & 1)
			x -= w;
		else if (k < i)
			x += w;
	}
	return x;
}

static void
add_rect(struct maker *m, int32_t elem, sp x, sp y, sp w, sp h,
    struct colour c)
{
	struct page_item *it = VEC_PUSH(&m->items);

	memset(it, 0, sizeof(*it));
	it->kind = PAGE_RECT;
	it->elem = elem;
	it->x = x;
	it->y = y;
	it->u.rect.w = w;
	it->u.rect.h = h;
	it->u.rect.fill = c;
}

static void
add_text(struct maker *m, const struct piece *p, uint32_t line, int32_t elem,
    sp x, sp y)
{
	struct page_item *it = VEC_PUSH(&m->items);

	memset(it, 0, sizeof(*it));
	it->kind = PAGE_TEXT;
	it->elem = elem;
	it->x = x + p->para.lines->v[line].x;
	it->y = y + line_baseline(m->l, p->look, p->leading);
	it->u.text.para = &p->para;
	it->u.text.line = line;
}

/* The label of an item stands at the start of its indent. */
static void
add_label(struct maker *m, const struct part *p, sp x, sp y, sp w,
    bool repeated)
{
	const struct para_line *ln;
	sp at;

	if (p->label == NULL || p->label->para.lines == NULL ||
	    p->label->para.lines->n == 0)
		return;
	ln = &p->label->para.lines->v[0];
	at = m->t->level & 1 ? w - p->indent * 3 / 4 : p->indent * 3 / 4 -
	    ln->width;
	add_text(m, p->label, 0, repeated ? ARTIFACT_PAGINATION :
	    p->label_elem, x + at - ln->x, y);
}

/*
 * Lines [from, to) of every cell of a row, counted through its parts, from
 * the height y on. Returns the height of the highest.
 */
static sp
add_cells(struct maker *m, const struct trow *row, sp y, uint32_t from,
    uint32_t to)
{
	const struct table *t = m->t;
	sp high = 0;

	for (int i = 0; i < t->nshown; i++) {
		const struct cell *c = &row->cells[t->shown[i]];
		bool repeated = i == 0 && m->group > 0 && t->first > 0;
		sp x = column_x(t, i) + t->pad_x, h = 0;
		uint32_t at = 0;

		for (uint32_t k = 0; k < c->n; k++) {
			const struct part *p = &c->v[k];
			uint32_t n = p->p->para.lines->n;

			for (uint32_t j = 0; j < n; j++, at++) {
				if (at < from || at >= to)
					continue;
				h += j == 0 ? p->above : 0;
				if (j == 0)
					add_label(m, p, x, y + h, t->w[
					    t->shown[i]], repeated);
				add_text(m, p->p, j, repeated ?
				    ARTIFACT_PAGINATION :
				    p->p->pspans[0].elem, x + c->shift,
				    y + h);
				h += p->p->leading;
			}
		}
		high = MAX(high, h);
	}
	return high;
}

static struct box *
row_box(struct maker *m, sp height, const struct trow *row)
{
	struct layout *l = m->l;
	struct box *b = flow_box(l, BOX_ITEMS);

	b->height = height;
	b->items = arena_dup(l->a, m->items.v, m->items.n *
	    sizeof(*m->items.v));
	b->nitems = (uint32_t)m->items.n;
	b->node = row->node;
	b->paper = m->t->paper;
	/* The first of the body has the header itself over it. */
	if (m->begun) {
		b->repeat = m->header;
		b->nrepeat = m->nheader;
	}
	m->begun = m->body > 0;
	m->items.n = 0;
	return b;
}

/* ------------------------------------------------------------ split rows */

/* Lines of the highest cell; whether all lines are alike. */
static uint32_t
count_lines(const struct table *t, const struct trow *row, sp *high,
    bool *alike)
{
	const struct piece *first = NULL;
	uint32_t n = 0;

	*high = 0;
	*alike = true;
	for (int i = 0; i < t->nshown; i++) {
		const struct cell *c = &row->cells[t->shown[i]];

		n = MAX(n, c->nlines);
		*high = MAX(*high, c->height);
		for (uint32_t k = 0; k < c->n; k++) {
			if (first == NULL)
				first = c->v[k].p;
			*alike &= c->v[k].p->leading == first->leading;
		}
	}
	return n;
}

/* The ground of a part of a row laps over that of the part before: viewers
 * show the seam of two that only touch. */
static void
add_ground(struct maker *m, struct colour c, sp h, bool goes_on)
{
	sp lap = goes_on ? PT(0.5) : 0;

	if (c.space != 0)
		add_rect(m, ARTIFACT_BACKGROUND, m->x, -lap, m->width, h + lap,
		    c);
}

/* A row as boxes of a line or more; `step` lines at its ends stay together. */
static void
make_split(struct maker *m, const struct trow *row, uint32_t lines,
    uint32_t head, uint32_t foot, sp above, sp below, struct colour ground)
{
	const struct style_table *st = &m->l->st->table;
	const struct table *t = m->t;

	for (uint32_t from = 0, to; from < lines; from = to) {
		bool last;
		struct box *b;
		sp y = from == 0 ? above + t->pad_y : 0, h;
		size_t ground_at = m->items.n;

		to = from == 0 ? head : from + 1;
		if (to + foot > lines)
			to = lines;
		last = to == lines;
		add_ground(m, ground, 0, from > 0);
		if (from == 0 && above > 0)
			add_rect(m, ARTIFACT_LAYOUT, m->x, 0, m->width, above,
			    st->rule_colour);
		h = y + add_cells(m, row, y, from, to);
		if (last) {
			h += t->pad_y + below;
			if (below > 0)
				add_rect(m, ARTIFACT_LAYOUT, m->x, h - below,
				    m->width, below, st->rule_colour);
		}
		if (ground.space != 0)
			m->items.v[ground_at].u.rect.h += h;
		b = row_box(m, h, row);
		if (!last)
			b->cost_after = (int32_t)MIN(m->l->st->breaks.split_row,
			    NEVER - 1);
	}
}

static void
make_whole(struct maker *m, const struct trow *row, sp high, sp above,
    sp below, struct colour ground)
{
	const struct style_table *st = &m->l->st->table;
	sp h = above + high + 2 * m->t->pad_y + below;

	add_ground(m, ground, h, false);
	if (above > 0)
		add_rect(m, ARTIFACT_LAYOUT, m->x, 0, m->width, above,
		    st->rule_colour);
	add_cells(m, row, above + m->t->pad_y, 0, UINT32_MAX);
	if (below > 0)
		add_rect(m, ARTIFACT_LAYOUT, m->x, h - below, m->width, below,
		    st->rule_colour);
	row_box(m, h, row);
}

static void
make_row(struct maker *m, size_t r)
{
	struct layout *l = m->l;
	const struct style_table *st = &l->st->table;
	const struct style_breaks *br = &l->st->breaks;
	const struct table *t = m->t;
	const struct trow *row = &t->rows[r];
	bool last = r + 1 == t->nrows, alike;
	sp above = r == 0 ? st->rule_top : 0, high;
	sp below = last ? st->rule_bottom : row->header &&
	    !t->rows[r + 1].header ? st->rule_head : st->rule_row;
	uint32_t lines = count_lines(t, row, &high, &alike);
	uint32_t head = (uint32_t)br->orphan_lines;
	uint32_t foot = (uint32_t)br->widow_lines;
	struct colour ground = row->header ? st->head_background :
	    m->body % 2 == 0 ? st->zebra : (struct colour){0};

	if (row->header || t->turned)
		make_whole(m, row, high, above, below, ground);
	else if (high > l->height * 9 / 10)
		make_split(m, row, lines, 1, 1, above, below, ground);
	else if (alike && lines >= head + foot)
		make_split(m, row, lines, head, foot, above, below, ground);
	else
		make_whole(m, row, high, above, below, ground);
}

/* --------------------------------------------------------------- a table */

/* Copies of the header: the flow's own boxes may still move. Said once is
 * enough: repeats are marks of the page. */
static void
copy_header(struct maker *m, size_t first)
{
	struct layout *l = m->l;

	m->nheader = (uint32_t)(l->flow.n - first);
	m->header = ARENA_ARRAY(l->a, struct box, m->nheader);
	for (uint32_t i = 0; i < m->nheader; i++) {
		struct box *b = &m->header[i];

		*b = l->flow.v[first + i];
		b->id = b->alias = NULL;
		b->items = arena_dup(l->a, b->items, b->nitems *
		    sizeof(*b->items));
		for (uint32_t k = 0; k < b->nitems; k++)
			b->items[k].elem = ARTIFACT_PAGINATION;
	}
}

static int32_t
after_row(const struct maker *m, size_t r)
{
	const struct style_breaks *br = &m->l->st->breaks;
	const struct table *t = m->t;
	bool last = r + 1 == t->nrows;
	int64_t cost = 0;

	if (t->rows[r].header && !last)
		return NEVER;
	if (t->keep && !last)
		cost = br->keep;
	/* Two rows of a table stay together at its head and foot. */
	else if (!last && (m->body == 1 || r + 2 == t->nrows))
		cost = br->widow / 4;
	return (int32_t)MIN(cost, NEVER - 1);
}

static void
make_rows(struct maker *m)
{
	struct layout *l = m->l;
	const struct table *t = m->t;
	size_t first = l->flow.n;

	m->nheader = 0;
	m->body = 0;
	m->begun = false;
	for (size_t r = 0; r < t->nrows; r++) {
		size_t from = l->flow.n;

		if (!t->rows[r].header && m->body++ == 0)
			copy_header(m, first);
		make_row(m, r);
		if (r == 0 && m->group == 0) {
			l->flow.v[from].id = m->p->id;
			l->flow.v[from].elem = m->p->elem;
		}
		if (l->flow.n > from)
			l->flow.v[l->flow.n - 1].cost_after = after_row(m, r);
	}
}

static void
find_extent(struct maker *m)
{
	const struct table *t = m->t;
	sp wide = 0;

	for (int i = 0; i < t->nshown; i++)
		wide += t->w[t->shown[i]] + 2 * t->pad_x;
	m->width = t->cut ? wide : t->measure - t->start - t->end;
	m->x = t->level & 1 ? t->measure - t->start - m->width : t->start;
}

/* The caption, to the measure that the table has found. */
static void
make_caption(struct layout *l, const struct table *t)
{
	for (size_t i = 0; i < t->ncaption; i++) {
		struct proto *p = &t->caption[i];
		size_t first = l->flow.n;

		if (p->piece != NULL && p->piece->shape.measure !=
		    t->measure) {
			p->piece->quiet = true;	/* it has said what there is */
			p->piece->shape.measure = t->measure;
			if (t->paper) {
				p->piece->shape.indent_start += t->start;
				p->piece->shape.indent_end += t->end;
			}
			piece_break(l, p->piece);
		}
		expand_proto(l, p);
		for (; first < l->flow.n; first++)
			l->flow.v[first].paper = t->paper;
	}
}

/* ----------------------------------------------------------------- turned */

/* What stands in a box a quarter turn against the clock, `across` from the
 * page's left. */
static void
turn_box(struct maker *m, const struct box *b, sp across)
{
	sp height = m->t->measure;
	size_t from = m->items.n;

	for (uint32_t k = 0; k < b->nitems; k++)
		*VEC_PUSH(&m->items) = b->items[k];
	if (b->kind == BOX_LINE) {
		add_text(m, b->piece, b->line, b->elem, b->x, 0);
		m->items.v[m->items.n - 1].y = b->baseline;
	}
	for (size_t k = from; k < m->items.n; k++) {
		struct page_item *it = &m->items.v[k];
		sp x = it->x, y = it->y + across;

		it->turn = 3;
		it->x = y;
		it->y = height - x;
		if (it->kind == PAGE_RECT) {
			sp w = it->u.rect.w;

			it->y -= w;
			it->u.rect.w = it->u.rect.h;
			it->u.rect.h = w;
			it->turn = 0;
		}
	}
}

/* Boxes from i on that stand side by side on a turned page. */
static size_t
page_end(const struct layout *l, size_t i, sp across)
{
	size_t legal = i, k;

	for (k = i; k < l->flow.n && across + l->flow.v[k].height <=
	    l->measure; k++) {
		across += l->flow.v[k].height;
		if (l->flow.v[k].cost_after != NEVER || k + 1 == l->flow.n)
			legal = k + 1;
	}
	return legal > i ? legal : MAX(k, i + 1);
}

/* Boxes from `first` on, as many as the measure holds in one. */
static void
turn_boxes(struct maker *m, size_t first)
{
	struct layout *l = m->l;
	struct boxes made = {0};
	size_t i = first;

	while (i < l->flow.n) {
		const struct box *b = &l->flow.v[i];
		struct box whole = {.kind = BOX_ITEMS, .elem = m->p->elem,
		    .id = i == first ? m->p->id : NULL,
		    .alias = i == first ? m->p->alias : NULL,
		    .node = m->t->node, .height = m->t->measure};
		struct note_list notes = {0};
		sp across = 0;
		size_t end;

		for (uint32_t h = 0; i > first && h < b->nrepeat; h++) {
			turn_box(m, &b->repeat[h], across);
			across += b->repeat[h].height;
		}
		for (end = page_end(l, i, across); i < end; i++) {
			b = &l->flow.v[i];
			turn_box(m, b, across);
			across += b->height;
			for (uint32_t k = 0; k < b->nnotes; k++)
				*VEC_PUSH(&notes) = b->notes[k];
		}
		whole.items = arena_dup(l->a, m->items.v, m->items.n *
		    sizeof(*m->items.v));
		whole.nitems = (uint32_t)m->items.n;
		whole.notes = arena_dup(l->a, notes.v, notes.n *
		    sizeof(*notes.v));
		whole.nnotes = (uint32_t)notes.n;
		free(notes.v);
		m->items.n = 0;
		*VEC_PUSH(&made) = whole;
	}
	l->flow.n = first;
	for (i = 0; i < made.n; i++)
		*flow_box(l, BOX_ITEMS) = made.v[i];
	free(made.v);
}

void
expand_table(struct layout *l, const struct proto *p)
{
	struct table *t = p->data;
	struct maker m = {.l = l, .t = t, .p = p};
	struct columns *cols = l->cols;
	size_t first;

	if (t->ncols == 0 || t->nrows == 0)
		return;
	/* Too wide for its column it stands across all of them. */
	if (t->full > 0)
		columns_pause(l);
	first = l->flow.n;
	if (t->above)
		make_caption(l, t);
	for (m.group = 0; m.group < t->groups; m.group++) {
		if (m.group > 0)
			flow_box(l, BOX_GAP)->height = t->look->leading / 2;
		table_show(l, t, m.group);
		find_extent(&m);
		make_rows(&m);
	}
	if (!t->above) {
		/* Below, it never parts from the last row. */
		if (t->ncaption > 0)
			l->flow.v[l->flow.n - 1].cost_after = NEVER;
		make_caption(l, t);
	}
	notes_of_items(l, first);
	if (t->turned) {
		turn_boxes(&m, first);
		float_take(l, first, FLOAT_PAGE);
	}
	if (t->full > 0)
		columns_resume(l, cols);
	free(m.items.v);
}
