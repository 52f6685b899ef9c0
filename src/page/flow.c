/*
 * The tree -> blocks -> boxes.
 *
 * The walk (flow_gather) leaves one proto a block: text gathered but not
 * shaped, with the block's look. When all pieces have their lines,
 * flow_expand() turns the protos into vertical boxes in the same order.
 * So everything expensive happens in between, in threads, and both walks
 * stay plain.
 *
 * Vertical space collapses: of two gaps that meet the larger counts.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "page/layout.h"

enum { MAX_DEPTH = 80 };

void
elem_link(struct layout *l, int32_t parent, int32_t i)
{
	struct page_elem *e = &l->elems.v[parent];

	l->elems.v[i].parent = parent;
	l->elems.v[i].next = -1;
	if (e->last >= 0)
		l->elems.v[e->last].next = i;
	else
		e->first = i;
	e->last = i;
}

int32_t
elem_new(struct layout *l, int32_t parent, enum page_role role,
    const struct doc_node *node)
{
	int32_t i = (int32_t)l->elems.n;

	*VEC_PUSH(&l->elems) = (struct page_elem){.role = role,
	    .parent = parent, .first = -1, .last = -1, .next = -1,
	    .node = node};
	if (parent >= 0)
		elem_link(l, parent, i);
	return i;
}

void
elem_speaks(struct layout *l, int32_t i, const struct ctx *c)
{
	struct page_elem *e = &l->elems.v[i];
	const char *lang = NULL;
	int8_t mode = 0;

	for (int32_t p = e->parent; p >= 0; p = l->elems.v[p].parent) {
		lang = lang != NULL ? lang : l->elems.v[p].lang;
		mode = mode != 0 ? mode : l->elems.v[p].mode;
	}
	if (e->lang == NULL && strcmp(c->lang, lang != NULL ? lang :
	    l->lang) != 0)
		e->lang = c->lang;
	if (c->level != (mode != 0 ? mode == 2 : l->level))
		e->mode = c->level ? 2 : 1;
}

/* All that was made since there were `from` of them: a fence has no element
 * of its own. A section goes on behind it, so its parts are told, not it;
 * notes speak for themselves. */
static void
elems_speak(struct layout *l, size_t from, const struct ctx *c)
{
	for (size_t i = from; i < l->elems.n; i++) {
		const struct page_elem *e = &l->elems.v[i];

		if (e->role != ROLE_SECT && e->role != ROLE_NOTE &&
		    (e->parent < (int32_t)from ||
		    l->elems.v[e->parent].role == ROLE_SECT))
			elem_speaks(l, (int32_t)i, c);
	}
}

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

/* A chapter that follows a page break opens a page. */
static void
open_page(struct layout *l)
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

/* ----------------------------------------------------------------- looks */

const struct style_look *
look_with_classes(struct layout *l, const struct doc_node *n,
    const struct style_look *look)
{
	struct style_look *own = NULL;

	for (size_t i = 0; n->attr != NULL && i < n->attr->nclasses; i++) {
		const char *cls = n->attr->classes[i];
		const struct style_look *o = style_class(l->st, cls);

		if (o == NULL) {
			unknown_class(l, n, cls);
			continue;
		}
		if (own == NULL)
			own = arena_dup(l->a, look, sizeof(*look));
		style_overlay(own, o);
	}
	return own != NULL ? own : look;
}

/* ----------------------------------------------------------------- lists */

static const char *
bullet(int depth)
{
	static const char *const marks[] = {"•", "–", "·"};

	return marks[depth % 3];
}

/* "decimal", "alphabetic" or "abjad". */
static const char *
list_numbers(const struct ctx *c, const struct doc_node *list,
    const struct style_look *look)
{
	const char *how = doc_value(list, "numbering");	/* as written: الف. */

	if (how == NULL)
		how = look->numbering;
	return how != NULL ? how :
	    (c->list_depth - c->bullet_depth) % 2 == 0 ? "decimal" :
	    "alphabetic";
}

/* Lists number as the style says for their depth: ۱، ۲ / الف، ب / bullets.
 * Each kind counts its own depth: bullets below numbers begin anew. */
const char *
list_label(struct layout *l, const struct ctx *c, const struct doc_node *list,
    const struct style_look *look, int number)
{
	const char *how = list_numbers(c, list, look), *s;
	struct buf b = {0};

	if (!list->ordered)
		return bullet(c->bullet_depth);
	if (strcmp(how, "abjad") == 0)
		uni_abjad(&b, number);
	else if (strcmp(how, "alphabetic") == 0)
		uni_alphabetic(&b, c->lang, number);
	else
		uni_number(&b, c->lang, number);
	if (look->label != NULL && strstr(look->label, "{}") != NULL) {
		const char *at = strstr(look->label, "{}");

		s = arena_printf(l->a, "%.*s%s%s", (int)(at - look->label),
		    look->label, b.p, at + 2);
	} else {
		s = arena_printf(l->a, "%s%c", b.p, list->delim == ')' ? ')' :
		    '.');
	}
	buf_free(&b);
	return s;
}

struct piece *
label_piece(struct layout *l, const struct ctx *c, const char *text,
    const struct style_look *look, int32_t elem)
{
	struct style_look *own = arena_dup(l->a, look, sizeof(*look));
	struct ctx plain = *c;
	struct piece *p;

	own->align = STYLE_START;
	own->indent_first = 0;
	if (style_look_or_null(l->st, "list-label") != NULL)
		style_overlay(own, style_look(l->st, "list-label"));
	p = piece_new(l, &plain, NULL, text, own, elem);
	p->shape.measure = l->measure;
	p->quiet = true;
	return p;
}

/* Give the first text of what follows a hanging label. */
void
label_first(struct layout *l, size_t from, struct piece *label, int32_t elem)
{
	for (size_t i = from; i < l->protos.n; i++)
		if (l->protos.v[i].piece != NULL &&
		    l->protos.v[i].expand == expand_lines) {
			l->protos.v[i].label = label;
			l->protos.v[i].label_elem = elem;
			return;
		}
}

static void
gather_list(struct layout *l, struct ctx *outer, const struct doc_node *n)
{
	const struct style_look *look = look_with_classes(l, n,
	    style_look(l->st, "list"));
	const struct style_look *item = style_look(l->st, "item");
	int number = n->start;
	int32_t elem = outer->elem;

	if (elem >= 0) {
		elem = elem_new(l, elem, ROLE_LIST, n);
		/* PDF has no letters but Latin ones, and no dashes. */
		l->elems.v[elem].numbering = !n->ordered ? "Disc" :
		    strcmp(list_numbers(outer, n, look), "decimal") == 0 ?
		    "Decimal" : "LowerAlpha";
	}
	force_look(l, look, false);
	flow_gap(l, look->space_before);
	if (n->prev != NULL && n->prev->kind == DOC_LIST)
		flow_gap(l, look->leading / 2);	/* where one ends is seen */
	for (const struct doc_node *it = n->first; it != NULL; it = it->next) {
		struct ctx c = *outer;
		const char *text = list_label(l, outer, n, look, number++);
		int32_t lbl = ARTIFACT_LAYOUT;
		struct piece *label;
		size_t from;

		c.look = item;
		c.start += look->indent_start + (look->hang > 0 ? look->hang :
		    2 * look->size);
		c.end += look->indent_end;
		/* However deep, there is room for some words a line. */
		if (c.measure - c.start - c.end < 8 * item->size) {
			c.start = MAX(outer->start, c.measure - c.end -
			    8 * item->size);
			if (c.start == outer->start && *map_put(&l->warned,
			    "\1deep", 5) == NULL) {
				*map_put(&l->warned, "\1deep", 5) = l;
				diag_add(l->dg, it->pos, LAY_DEEP_LIST,
				    outer->list_depth + 1);
			}
		}
		c.list_depth++;
		c.bullet_depth += !n->ordered;
		c.first = true;
		c.tight = n->tight;
		if (elem >= 0) {
			int32_t li = elem_new(l, elem, ROLE_LI, it);

			lbl = elem_new(l, li, ROLE_LBL, it);
			c.elem = elem_new(l, li, ROLE_LBODY, it);
		}
		label = label_piece(l, &c, text, item, lbl);
		from = l->protos.n;
		flow_children(l, &c, it);
		label_first(l, from, label, lbl);
	}
	flow_gap(l, look->space_after);
	outer->first = false;
}

/*
 * A numbered entry of the other direction. One that fills no line stands at
 * its number, as the others do: at the far side it would look, and be read,
 * like a column of its own. Longer ones begin where their text does.
 */
static void
expand_foreign_ref(struct layout *l, const struct proto *p)
{
	const struct para_lines *ls = p->piece->para.lines;
	const struct para_shape *sh = &p->piece->shape;
	size_t from = l->flow.n;
	sp room;

	expand_lines(l, p);
	if (ls == NULL || ls->n != 1)
		return;
	room = sh->measure - sh->indent_start - sh->indent_end -
	    ls->v[0].width;
	l->flow.v[from].x += p->piece->level & 1 ? -room : room;
}

static void
gather_refs(struct layout *l, struct ctx *outer, const struct doc_node *n)
{
	const struct style_look *look = style_look(l->st, "references");
	int32_t elem = outer->elem;

	if (elem >= 0) {
		elem = elem_new(l, elem, ROLE_LIST, n);
		l->elems.v[elem].numbering = n->first != NULL &&
		    doc_value(n->first, "marker") != NULL ? "Decimal" : "None";
	}
	for (const struct doc_node *e = n->first; e != NULL; e = e->next) {
		const char *marker = doc_value(e, "marker");
		const char *dir = doc_value(e, "dir"), *lang;
		struct ctx c = *outer;
		int32_t li = -1, lbl = ARTIFACT_LAYOUT;
		size_t from = l->protos.n;
		struct proto *p;

		/* An entry of the other direction is a block of its own: its
		 * number stays in the list's column, its lines begin where
		 * their text does. */
		if (dir != NULL)
			c.level = strcmp(dir, "rtl") == 0;
		lang = doc_value(e, "lang");
		c.lang = lang != NULL ? lang : outer->lang;
		c.look = look;
		if (marker != NULL && c.level != outer->level)
			c.end += look->hang;
		else
			c.start += look->hang;
		c.first = true;
		if (elem >= 0) {
			li = elem_new(l, elem, ROLE_LI, e);
			if (marker != NULL)
				lbl = elem_new(l, li, ROLE_LBL, e);
			c.elem = elem_new(l, li, ROLE_LBODY, e);
		}
		p = gather_para(l, &c, e, NULL, look, ROLE_BIBENTRY);
		if (p->elem >= 0)
			elem_speaks(l, p->elem, &c);
		if (marker != NULL) {
			label_first(l, from, label_piece(l, outer, marker,
			    look, lbl), lbl);
			if (c.level != outer->level)
				p->expand = expand_foreign_ref;
		} else	/* without a number the entry itself hangs */
			p->piece->shape.indent_first = -look->hang;
	}
	outer->first = false;
}

/*
 * Term and definition as one paragraph, where the term's look has a label
 * («{}: »): short lists then take half the lines.
 */
static bool
gather_run_in(struct layout *l, struct ctx *c, const struct doc_node *term,
    const struct doc_node *def, const struct style_look *look, int32_t list)
{
	const struct doc_node *body = def->first;
	struct doc_node *p, *strong, *after;
	const char *at = strstr(look->label, "{}");
	struct proto *pr;

	if (body != NULL && !doc_is_inline(body->kind)) {
		if (body->next != NULL || body->kind != DOC_PARA)
			return false;
		body = body->first;
	}
	p = ARENA_NEW(l->a, struct doc_node);
	strong = ARENA_NEW(l->a, struct doc_node);
	after = ARENA_NEW(l->a, struct doc_node);
	p->kind = DOC_PARA;
	p->pos = term->pos;
	strong->kind = DOC_STRONG;
	strong->first = term->first;
	after->kind = DOC_TEXT;
	after->text = at != NULL ? at + 2 : ": ";
	after->len = strlen(after->text);
	p->first = strong;
	strong->next = after;
	after->next = (struct doc_node *)(uintptr_t)body;
	if (list >= 0)
		c->elem = elem_new(l, elem_new(l, list, ROLE_LI, term),
		    ROLE_LBODY, term);
	pr = gather_para(l, c, p, NULL, style_look(l->st, "definition"),
	    ROLE_P);
	pr->id = term_id(l, term);
	return true;
}

/* Terms and definitions in the order of `v`. */
void
gather_deflist_part(struct layout *l, struct ctx *outer,
    const struct doc_node *const *v, size_t n, const struct doc_node *node)
{
	const struct style_look *term = style_look(l->st, "term");
	const struct style_look *def = style_look(l->st, "definition");
	int32_t list = outer->elem, li = -1;

	if (list >= 0)
		list = elem_new(l, list, ROLE_LIST, node);
	for (size_t i = 0; i < n; i++) {
		const struct doc_node *d = v[i];
		struct ctx c = *outer;

		c.first = true;
		if (d->kind == DOC_TERM) {
			const struct style_look *own = look_with_classes(l, d, term);
			struct proto *p;

			if (own->label != NULL && i + 1 < n &&
			    v[i + 1]->kind == DOC_DEF &&
			    (i + 2 == n || v[i + 2]->kind == DOC_TERM) &&
			    gather_run_in(l, &c, d, v[i + 1], own, list)) {
				i++;
				continue;
			}
			if (list >= 0) {
				li = elem_new(l, list, ROLE_LI, d);
				c.elem = elem_new(l, li, ROLE_LBL, d);
			}
			p = gather_para(l, &c, d, NULL, own, ROLE_NROLES);
			if (p->id == NULL)
				p->id = term_id(l, d);
		} else {
			c.look = def;
			if (list >= 0)
				c.elem = elem_new(l, li >= 0 ? li : list,
				    ROLE_LBODY, d);
			flow_children(l, &c, d);
		}
	}
	outer->first = false;
}

static void
gather_deflist(struct layout *l, struct ctx *c, const struct doc_node *n)
{
	const struct doc_node **v;
	size_t k = 0;

	for (const struct doc_node *d = n->first; d != NULL; d = d->next)
		k++;
	v = ARENA_ARRAY(l->a, const struct doc_node *, k + 1);
	k = 0;
	for (const struct doc_node *d = n->first; d != NULL; d = d->next)
		v[k++] = d;
	gather_deflist_part(l, c, v, k, n);
}

/* ----------------------------------------------------------------- fences */

static bool
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

static void
gather_div(struct layout *l, struct ctx *outer, const struct doc_node *n)
{
	struct ctx c = *outer;
	const struct style_look *look = NULL;
	struct style_look *own;
	const char *lang = doc_value(n, "lang"), *dir = doc_value(n, "dir");
	size_t from = l->protos.n, elems = l->elems.n;
	struct ground *ground = NULL;
	struct keep *keep = NULL;
	struct ctx edge = *outer, in;
	sp padding = 0;
	bool opener = false;
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
	for (size_t i = 0; n->attr != NULL && i < n->attr->nclasses; i++) {
		const struct style_look *o = style_class(l->st,
		    n->attr->classes[i]);

		const char *cls = n->attr->classes[i];

		/* Two that have a look of their own as well. */
		if (strcmp(cls, "dedication") == 0 ||
		    strcmp(cls, "colophon") == 0) {
			c.look = style_look(l->st, cls);
			opener = true;
		}
		if (o == NULL) {
			if (!opener && strcmp(cls, "timeline") != 0 &&
			    strcmp(cls, "glossary") != 0)
				unknown_class(l, n, cls);
			continue;
		}
		if (look == NULL)
			look = arena_dup(l->a, o, sizeof(*o));
		else
			style_overlay((struct style_look *)look, o);
	}
	if (look != NULL && look->display == STYLE_HIDE &&
	    style_look_sets(look, "display"))
		return;		/* style_tell_hidden() tells */
	columns = columns_asked(n, look);
	if (columns == 1 && outer->columns != NULL) {
		c = columns_leave(l, outer);
		gather_div(l, &c, n);
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
	if (is_division(n, "timeline")) {
		timeline_gather(l, &c, n, look);
		outer->first = false;
		return;
	}
	if (is_division(n, "glossary")) {
		glossary_gather(l, &c, n);
		outer->first = true;
		return;
	}
	if (doc_id(n) != NULL && strcmp(doc_id(n), "index") == 0) {
		index_gather(l, &c, n);
		return;
	}
	if (look != NULL) {
		own = arena_dup(l->a, c.look, sizeof(*own));
		style_overlay(own, look);
		/* These belong to the fence, not to each paragraph in it. */
		own->space_before = c.look->space_before;
		own->space_after = c.look->space_after;
		own->indent_start = c.look->indent_start;
		own->indent_end = c.look->indent_end;
		own->rule_above = own->rule_below = 0;
		own->page_before = own->side_before = false;
		own->background = c.look->background;
		own->padding = 0;
		own->keep_together = c.look->keep_together;
		c.look = own;
		c.fence = look;
		if (outer->fence != NULL) {
			own = arena_dup(l->a, outer->fence, sizeof(*own));
			style_overlay(own, look);
			c.fence = own;
		}
		c.start += style_look_sets(look, "indent-start") ?
		    look->indent_start : 0;
		c.end += style_look_sets(look, "indent-end") ?
		    look->indent_end : 0;
		if (style_look_sets(look, "padding") && (look->rule_above > 0 ||
		    look->rule_below > 0 || look->background.space != 0))
			padding = look->padding;
		force_look(l, look, opener);
		if (style_look_sets(look, "space-before"))
			flow_gap(l, look->space_before);
		if (style_look_sets(look, "keep-together") &&
		    look->keep_together)
			keep = keep_begin(l);
		if (look->background.space != 0)
			ground = ground_begin(l, &c, look);
		edge = c;
		if (style_look_sets(look, "rule-above") && look->rule_above > 0)
			gather_rule(l, &edge, look, look->rule_above);
		fence_padding(l, padding, false);
		c.start += padding;
		c.end += padding;
	}
	if (doc_value(n, "place") != NULL)
		c.place = doc_value(n, "place");
	c.first = true;
	if (columns > 1 && c.columns == NULL)
		flow_gap(l, l->grid / 2);
	in = columns_begin(l, &c, look, columns);
	flow_children(l, &in, n);
	columns_end(l, &in, &c);
	elems_speak(l, elems, &c);
	if (look != NULL) {
		fence_padding(l, padding, true);
		if (style_look_sets(look, "rule-below") && look->rule_below > 0)
			gather_rule_below(l, &edge, look, look->rule_below);
		if (ground != NULL)
			ground_end(l, ground);
		if (keep != NULL)
			keep_end(l, keep);
		if (style_look_sets(look, "space-after"))
			flow_gap(l, look->space_after);
	}
	if (doc_id(n) != NULL)
		name_first(l, from, doc_id(n));
	outer->first = in.first;
}

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
		open_page(l);
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
		gather_list(l, &in, n);
		c->first = false;
		break;
	case DOC_DEFLIST:
		gather_deflist(l, c, n);
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
		gather_div(l, c, n);
		break;
	case DOC_REFS:
		gather_refs(l, c, n);
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
