/*
 * The flow: protos, and the boxes they become.
 *
 * The walk over the tree (gather.c) leaves one proto a block: text gathered
 * but not shaped, with the block's look. When all pieces have their lines,
 * flow_expand() turns the protos into vertical boxes in the same order. So
 * everything expensive happens in between, in threads, and both walks stay
 * plain.
 *
 * Vertical space collapses: of two gaps that meet the larger counts.
 */
#include <stdlib.h>
#include <string.h>

#include "page/layout.h"

/* ---------------------------------------------------------------- protos */

struct proto *
flow_proto(struct layout *l, void (*expand)(struct layout *,
    const struct proto *))
{
	struct proto *p = VEC_PUSH(&l->protos);

	memset(p, 0, sizeof(*p));
	p->expand = expand;
	p->elem = ARTIFACT_LAYOUT;
	p->measure = l->place;
	return p;
}

struct box *
flow_box(struct layout *l, enum box_kind kind)
{
	struct box *b = VEC_PUSH(&l->flow);

	memset(b, 0, sizeof(*b));
	b->kind = (uint8_t)kind;
	b->elem = ARTIFACT_LAYOUT;
	b->cols = l->calling == NULL ? l->cols : NULL;
	return b;
}

void
gap_box(struct layout *l, sp height)
{
	struct box *last = l->flow.n > 0 ? &l->flow.v[l->flow.n - 1] : NULL;

	if (last != NULL && last->kind == BOX_GAP)
		last->height = MAX(last->height, height);
	else if (height > 0)
		flow_box(l, BOX_GAP)->height = height;
}

static void
expand_gap(struct layout *l, const struct proto *p)
{
	gap_box(l, p->height);
}

bool
proto_is_gap(const struct proto *p)
{
	return p->expand == expand_gap;
}

void
flow_gap(struct layout *l, sp height)
{
	if (height > 0)
		flow_proto(l, expand_gap)->height = height;
}

static void
expand_force(struct layout *l, const struct proto *p)
{
	struct box *last = l->flow.n > 0 ? &l->flow.v[l->flow.n - 1] : NULL;
	struct box *b;

	if (last != NULL && last->kind == BOX_GAP)
		last = l->flow.n > 1 ? last - 1 : NULL;
	if (last == NULL || last->kind == BOX_FORCE) {
		/* Two page ends meet, or nothing was printed yet: one end. */
		if (last != NULL) {
			last->side = MAX(last->side, p->side);
			last->opener |= p->level > 0;
		}
		return;
	}
	columns_force(l);
	b = flow_box(l, BOX_FORCE);
	b->cols = NULL;
	b->side = p->side;
	b->opener = p->level > 0;
}

void
force_page(struct layout *l, enum side side, bool opener)
{
	struct proto *p = flow_proto(l, expand_force);

	p->side = (uint8_t)side;
	p->level = opener;
}

void
force_look(struct layout *l, const struct style_look *look, bool opener)
{
	if (look->page_before || look->side_before)
		force_page(l, look->side_before ? SIDE_OPENING : SIDE_ANY,
		    opener);
}

void
flow_opens_page(struct layout *l)
{
	for (size_t i = l->protos.n; i-- > 0;) {
		struct proto *p = &l->protos.v[i];

		if (p->expand == expand_force)
			p->level = true;
		if (p->expand != expand_gap)
			return;
	}
}

/* ---------------------------------------------------------------- lines */

/*
 * Where the baseline stands in a line of `leading`: ink is centred by the
 * font's own ascent and descent, so that lines of one look stand alike
 * whatever is in them.
 */
sp
line_baseline(const struct layout *l, const struct style_look *look, sp leading)
{
	const struct shape_style *s = layout_style((struct layout *)l, look,
	    l->lang);
	const struct font_metrics *m;
	sp up, down;

	if (s->chain.n == 0)
		return leading * 3 / 4;
	m = font_metrics(s->chain.v[0]);
	up = sp_clamp(muldiv(look->size, m->ascent, m->upem));
	down = sp_clamp(muldiv(look->size, m->descent, m->upem));
	return (leading - up - down) / 2 + up;
}

/* One line of a piece as a display item, relative to its box. */
static struct page_item
text_item(const struct piece *p, uint32_t line, int32_t elem, sp x, sp y)
{
	struct page_item it = {.kind = PAGE_TEXT, .elem = elem};

	it.x = x + p->para.lines->v[line].x;
	it.y = y;
	it.u.text.para = &p->para;
	it.u.text.line = line;
	return it;
}

/*
 * The label of a list item, a note or a reference: it hangs in a column of
 * its own on the starting side, its end near the text, so that units stand
 * under units.
 */
void
hang_label(struct layout *l, struct box *b, const struct proto *p)
{
	const struct piece *lab = p->label;
	const struct para_line *ln;
	struct page_item *it;
	sp gap = p->look->size * 2 / 5, inset, text_edge, x;

	if (lab == NULL || lab->para.lines == NULL || lab->para.lines->n == 0)
		return;
	ln = &lab->para.lines->v[0];
	it = b->items != NULL ? b->items : arena_alloc(l->a, sizeof(*it));
	/* In a list the label keeps the list's side, whatever way the item's
	 * own text runs. */
	inset = lab->level == p->piece->level ? p->piece->shape.indent_start :
	    p->piece->shape.indent_end;
	if (lab->level & 1) {
		text_edge = p->piece->shape.measure - inset;
		x = text_edge + gap;
		/* A label wider than its column keeps inside the measure. */
		if (x + ln->width > p->piece->shape.measure)
			x = p->piece->shape.measure - ln->width;
	} else {
		text_edge = inset;
		x = MAX(text_edge - gap - ln->width, 0);
	}
	*it = text_item(lab, 0, p->label_elem, x - ln->x, b->baseline);
	b->items = it;
	b->nitems = 1;
}

/*
 * As many lines as the style asks for stand with a heading: the page does
 * not end before a line that is due. A caption is not of them; it goes with
 * its table.
 */
static void
stand_with_heading(struct layout *l, const struct proto *p)
{
	int64_t cost = l->st->breaks.heading_foot;

	if (p->level > 0 || p->keep_next)
		l->lines_due = 0;
	for (size_t i = l->flow.n; l->lines_due > 0 && i-- > 0;) {
		struct box *b = &l->flow.v[i];

		if (b->kind == BOX_GAP)
			continue;
		if (b->cost_after != NEVER)
			b->cost_after = (int32_t)MAX(b->cost_after, MIN(cost,
			    NEVER - 1));
		break;
	}
	l->lines_due -= l->lines_due > 0;
}

void
expand_lines(struct layout *l, const struct proto *p)
{
	struct piece *pc = p->piece;
	const struct para_lines *ls = pc->para.lines;
	const struct style_breaks *br = &l->st->breaks;
	uint32_t n = ls != NULL ? ls->n : 0;
	sp baseline = line_baseline(l, pc->look, pc->leading);

	for (uint32_t i = 0; i < n; i++) {
		struct note_list notes = {0};
		int64_t cost = 0;
		struct box *b;

		/* Before the line's own box: a note's boxes pass through the
		 * same list. */
		if (pc->nnotes > 0)
			notes_called(l, pc, i, i + 1, &notes);
		stand_with_heading(l, p);
		if (i == 0 && p->level > 0)
			floats_close(l, p->level);
		b = flow_box(l, BOX_LINE);
		b->nnotes = (uint32_t)notes.n;
		if (notes.n > 0)
			b->notes = arena_dup(l->a, notes.v, notes.n *
			    sizeof(*notes.v));
		free(notes.v);
		b->piece = pc;
		b->line = i;
		b->elem = p->elem;
		b->height = pc->leading;
		b->baseline = baseline;
		b->grid = pc->leading == l->grid && p->level == 0;
		b->node = p->node;
		b->background = p->background;
		b->back_x = pc->level & 1 ? p->end : p->start;
		b->back_w = p->measure - p->start - p->end;
		if (i == 0) {
			b->id = p->id;
			b->level = (uint8_t)p->level;
			b->head = p->head;
			hang_label(l, b, p);
		}
		if (i + 1 < n) {
			if ((int)i + 1 < br->orphan_lines)
				cost += br->orphan;
			if ((int)(n - i) - 1 < br->widow_lines)
				cost += br->widow;
			if (p->keep_together)
				cost += br->keep;
			if (p->level > 0)
				cost = NEVER;
		} else if (p->padded) {
			cost = NEVER;
		} else if (p->keep_next) {
			cost = br->heading_foot;
		}
		b->cost_after = (int32_t)MIN(cost, NEVER);
		b->last_of_block = i + 1 == n;
	}
	if (p->level > 0)
		l->lines_due = br->heading_lines;
}

/*
 * White inside a ground or between a rule and its text. Its box never ends a
 * page above the text; below it the page may end.
 */
static void
expand_pad(struct layout *l, const struct proto *p)
{
	struct box *b = flow_box(l, BOX_ITEMS);

	b->height = p->height;
	b->cost_after = p->padded ? 0 : NEVER;
	b->background = p->background;
	b->back_x = l->level & 1 ? p->end : p->start;
	b->back_w = p->measure - p->start - p->end;
}

static void
gather_pad(struct layout *l, const struct proto *like, sp height, bool below)
{
	struct proto p = *like;

	if (height <= 0)
		return;
	p.expand = expand_pad;
	p.piece = p.label = NULL;
	p.data = NULL;
	p.measure = l->place;
	p.id = p.alias = NULL;
	p.head = 0;
	p.height = height;
	p.padded = below;
	*VEC_PUSH(&l->protos) = p;
}

struct proto *
gather_para(struct layout *l, struct ctx *c, const struct doc_node *n,
    const char *text, const struct style_look *look, enum page_role role)
{
	struct proto *p;
	int32_t elem = c->elem;
	struct piece *pc;
	size_t at, elems;
	struct ctx as = *c;
	bool boxed = look->background.space != 0 || look->rule_above > 0 ||
	    look->rule_below > 0;
	sp pad = boxed ? look->padding : 0;
	struct proto like = {.start = c->start, .end = c->end,
	    .background = look->background};

	if (role < ROLE_NROLES && elem >= 0)
		elem = elem_new(l, elem, role, n);
	elems = l->elems.n;
	pc = piece_new(l, c, n, text, look, elem);
	pc->shape = (struct para_shape){.measure = c->measure,
	    .indent_start = c->start + look->indent_start + pad,
	    .indent_end = c->end + look->indent_end + pad,
	    .indent_first = c->first ? 0 : look->indent_first};
	if (pc->pictures) {
		pc->shape.indent_first = 0;
		pc->pstyle.align = PARA_CENTRE;
	}
	force_look(l, look, (role >= ROLE_H1 && role <= ROLE_H6) ||
	    role == ROLE_TITLE);
	flow_gap(l, look->space_before);
	if (look->rule_above > 0)
		gather_rule(l, c, look, look->rule_above);
	gather_pad(l, &like, pad, false);
	at = l->protos.n;
	p = flow_proto(l, expand_lines);
	p->piece = pc;
	p->elem = elem;
	p->look = look;
	p->node = n;
	p->id = n != NULL ? doc_id(n) : NULL;
	p->keep_next = look->keep_next;
	p->keep_together = look->keep_together;
	p->background = like.background;
	p->start = like.start;
	p->end = like.end;
	p->padded = pad > 0;
	if (l->keeping != NULL && n != NULL && text == NULL &&
	    n->kind == DOC_PARA && role == ROLE_P)
		keep_para(l, &(struct kept_para){.node = n, .ctx = as,
		    .look = look, .piece = pc, .proto = at, .elem = elem,
		    .elems = elems, .elems_end = l->elems.n});
	gather_pad(l, &like, pad, true);
	if (look->rule_below > 0)
		gather_rule_below(l, c, look, look->rule_below);
	flow_gap(l, look->space_after);
	c->first = false;
	return &l->protos.v[at];	/* the list may have moved */
}

/* ---------------------------------------------------------------- rules */

/* The last box belongs to what precedes it: a page may end after it where it
 * might have ended there. */
static void
stay_with_before(struct layout *l)
{
	size_t last = l->flow.n - 1, i = last;

	while (i > 0 && l->flow.v[i - 1].kind == BOX_GAP)
		i--;
	if (i == 0 || l->flow.v[i - 1].kind == BOX_FORCE)
		return;
	l->flow.v[last].cost_after = l->flow.v[i - 1].cost_after;
	l->flow.v[i - 1].cost_after = NEVER;
}

static void
expand_rule(struct layout *l, const struct proto *p)
{
	struct box *b = flow_box(l, BOX_ITEMS);
	struct page_item *it = arena_alloc(l->a, sizeof(*it));
	sp w = p->measure - p->start - p->end;

	it->kind = PAGE_RECT;
	it->elem = ARTIFACT_LAYOUT;
	it->x = l->level & 1 ? p->end : p->start;
	it->u.rect.w = p->label_x > 0 ? p->label_x : w;
	if (p->label_x > 0)
		it->x += (w - p->label_x) / 2;
	it->u.rect.h = p->height;
	it->u.rect.fill = p->look->rule_colour;
	b->items = it;
	b->nitems = 1;
	b->height = p->height;
	b->cost_after = NEVER;
	if (p->keep_before)
		stay_with_before(l);
}

void
gather_rule(struct layout *l, const struct ctx *c,
    const struct style_look *look, sp size)
{
	struct proto *p = flow_proto(l, expand_rule);

	p->height = size;
	p->look = look;
	p->start = c->start;
	p->end = c->end;
}

/* One that closes what stands above it. */
void
gather_rule_below(struct layout *l, const struct ctx *c,
    const struct style_look *look, sp size)
{
	gather_rule(l, c, look, size);
	l->protos.v[l->protos.n - 1].keep_before = true;
}
/* --------------------------------------------------------------- expanding */

void
expand_proto(struct layout *l, const struct proto *p)
{
	size_t first = l->flow.n;

	p->expand(l, p);
	if (p->piece == NULL && p->expand != expand_gap && l->flow.n > first)
		l->lines_due = 0;
	for (size_t i = first; p->alias != NULL && i < l->flow.n; i++)
		if (l->flow.v[i].kind == BOX_LINE ||
		    l->flow.v[i].kind == BOX_ITEMS) {
			l->flow.v[i].alias = p->alias;
			break;
		}
	notes_of_items(l, first);
	for (size_t i = first; p->ground != NULL && i < l->flow.n; i++)
		l->flow.v[i].ground = p->ground;
}

void
flow_expand(struct layout *l)
{
	for (size_t i = 0; i < l->protos.n; i++)
		expand_proto(l, &l->protos.v[i]);
}

/* A gap that stays even at the head of a page. */
static void
expand_fixed_gap(struct layout *l, const struct proto *p)
{
	struct box *b = flow_box(l, BOX_ITEMS);

	b->height = p->height;
	b->cost_after = NEVER;
	if (p->keep_before)
		stay_with_before(l);
}

void
fixed_gap(struct layout *l, sp height)
{
	flow_proto(l, expand_fixed_gap)->height = height;
}
