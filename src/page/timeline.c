/*
 * Timelines, drawn as vectors from a definition list (date, event).
 *
 * A timeline of a single phase is vertical: dates at the starting side, an
 * axis with a dot an event, the event's words beside it. One without a
 * `phase` attribute is an overview: first a horizontal axis that runs with
 * the text (right to left in a Persian book), true to scale, with a bar for
 * every heading that carries `years`, then the events below it.
 *
 * Everything is black, grey and white, told apart by shape and place, so
 * that it reads on any printer. A `{.gap}` date breaks the axis.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "page/timeline.h"

/* The least and largest number of three or four digits in a date, in any
 * digits: «۱۹۳۰–۱۹۲۳» is the same span. */
static void
years_of(const char *s, size_t n, int *from, int *to)
{
	int v = 0, digits = 0;

	*from = *to = 0;
	for (size_t i = 0; i <= n;) {
		int d = -1;

		if (i < n) {
			uint32_t cp = utf8_next(s, n, &i);

			d = uni_digit_value(cp);
		} else {
			i++;
		}
		if (d >= 0 && digits < 9) {
			v = v * 10 + d;
			digits++;
			continue;
		}
		if (digits == 3 || digits == 4) {
			*from = *from == 0 ? v : MIN(*from, v);
			*to = MAX(*to, v);
		}
		v = digits = 0;
	}
}

/* ------------------------------------------------------------- gathering */

static struct piece *
small_piece(struct layout *l, const struct ctx *c, const struct doc_node *n,
    const char *text, const char *look, enum style_align align, sp measure,
    int32_t elem)
{
	struct style_look *own = arena_dup(l->a, style_look(l->st, look),
	    sizeof(*own));
	struct piece *p;

	own->align = align;
	own->indent_first = 0;
	own->kashida = false;
	p = piece_new(l, c, n, text, own, elem);
	p->shape.measure = MAX(measure, PT(1));
	return p;
}

static struct piece *
bar_piece(struct layout *l, const struct ctx *c, const struct timeline *t,
    const char *text, const char *look, enum style_align align)
{
	struct piece *p = small_piece(l, c, NULL, text, look, align,
	    t->measure, t->figure);

	p->quiet = true;
	return p;
}

/* The bar of a heading that has years. */
static bool
bar_of(struct layout *l, const struct ctx *c, const struct timeline *t,
    const struct doc_node *n, struct bar *b, size_t number)
{
	const char *years = doc_value(n, "years"), *name, *key;

	if (n->kind != DOC_HEADING || years == NULL)
		return false;
	*b = (struct bar){.current = n == l->job->section};
	years_of(years, strlen(years), &b->from, &b->to);
	if (b->from == 0)
		return false;
	name = doc_name_without(l->a, n, years);
	key = layout_number(l, (long)number);
	b->label = bar_piece(l, c, t, name, "timeline-date", STYLE_CENTRE);
	b->years = bar_piece(l, c, t, years, "timeline", STYLE_CENTRE);
	b->key = bar_piece(l, c, t, key, "timeline-date", STYLE_CENTRE);
	b->legend = bar_piece(l, c, t, arena_printf(l->a, "%s. %s%s%s", key,
	    name, layout_word(l, "comma"), years), "timeline", STYLE_START);
	b->legend->shape.measure = MAX(t->measure - t->start - t->end, PT(1));
	return true;
}

/* A bar for every heading below the chapter's own; if none has years, that
 * one's. */
static void
add_bars(struct layout *l, const struct ctx *c, struct timeline *t,
    const struct doc_node *at)
{
	struct { struct bar *v; size_t n, cap; } bars = {0};
	const struct doc_node *from = doc_chapter(at);
	struct bar b;

	for (const struct doc_node *n = from->next; n != NULL && !(n->kind ==
	    DOC_HEADING && n->level == 1); n = n->next)
		if (bar_of(l, c, t, n, &b, bars.n + 1))
			*VEC_PUSH(&bars) = b;
	if (bars.n == 0 && bar_of(l, c, t, from, &b, 1))
		*VEC_PUSH(&bars) = b;
	for (size_t i = 0; i < bars.n; i++) {
		t->first = t->first == 0 ? bars.v[i].from : MIN(t->first,
		    bars.v[i].from);
		t->last = MAX(t->last, bars.v[i].to);
	}
	t->bars = arena_dup(l->a, bars.v, bars.n * sizeof(*bars.v));
	t->nbars = bars.n;
	free(bars.v);
}

static int
by_year(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void
add_ticks(struct layout *l, const struct ctx *c, struct timeline *t)
{
	size_t n = 0, k = 0;
	int *y = ARENA_ARRAY(l->a, int, 2 * t->nevents + 2);

	if (t->strip) {
		y = ARENA_ARRAY(l->a, int, 2 * t->nbars + 2);
		for (size_t i = 0; i < t->nbars; i++) {
			y[n++] = t->bars[i].from;
			y[n++] = t->bars[i].to;
		}
	}
	for (size_t i = 0; i < t->nevents && !t->strip; i++)
		if (t->events[i].from != 0) {
			y[n++] = t->events[i].from;
			if (t->events[i].to != t->events[i].from)
				y[n++] = t->events[i].to;
		}
	qsort(y, n, sizeof(*y), by_year);
	for (size_t i = 0; i < n; i++)
		if (k == 0 || y[k - 1] != y[i])
			y[k++] = y[i];
	if (k == 0)
		return;
	t->first = t->first == 0 ? y[0] : MIN(t->first, y[0]);
	t->last = MAX(t->last, y[k - 1]);
	t->tick_years = y;
	t->nticks = k;
	t->ticks = ARENA_ARRAY(l->a, struct piece *, k);
	for (size_t i = 0; i < k; i++) {
		t->ticks[i] = small_piece(l, c, NULL, layout_number(l, y[i]),
		    "timeline", STYLE_CENTRE, t->measure, t->figure);
		t->ticks[i]->quiet = true;
	}
}

static void expand_vertical(struct layout *l, const struct proto *p);

/* Every paragraph below a definition, however deep it stands. */
static void
add_texts(struct layout *l, const struct ctx *c, const struct timeline *t,
    struct event *ev, const struct doc_node *n)
{
	sp measure = t->measure - t->start - t->end - t->date_width -
	    2 * l->st->timeline.dot - PT(8);
	struct piece **v;

	if (n->text == NULL && (n->first == NULL ||
	    !doc_is_inline(n->first->kind))) {
		for (const struct doc_node *k = n->first; k != NULL;
		    k = k->next)
			add_texts(l, c, t, ev, k);
		return;
	}
	v = ARENA_ARRAY(l->a, struct piece *, ev->ntexts + 1);
	for (size_t i = 0; i < ev->ntexts; i++)
		v[i] = ev->texts[i];
	v[ev->ntexts++] = small_piece(l, c, n, n->text, "timeline",
	    STYLE_START, measure, ev->text_elem);
	ev->texts = v;
}

/* A date and the definitions that follow it. */
static void
add_event(struct layout *l, const struct ctx *c, struct timeline *t,
    struct event *ev, const struct doc_node *term, int32_t list)
{
	struct ctx in = *c;
	const struct doc_node *def = term->next;
	int32_t li = list >= 0 ? elem_new(l, list, ROLE_LI, term) : list;
	struct buf s = {0};

	doc_plain(term, &s);
	years_of(s.n > 0 ? s.p : "", s.n, &ev->from, &ev->to);
	buf_free(&s);
	ev->gap = doc_has_class(term, "gap");
	ev->node = term;
	in.first = true;
	ev->date_elem = li >= 0 ? elem_new(l, li, ROLE_LBL, term) : li;
	ev->date = small_piece(l, &in, term, NULL, "timeline-date", STYLE_END,
	    t->date_width, ev->date_elem);
	ev->text_elem = li >= 0 ? elem_new(l, li, ROLE_LBODY, def) : li;
	for (; def != NULL && def->kind != DOC_TERM; def = def->next)
		add_texts(l, &in, t, ev, def);
}

/* What stands in the fence besides the events, before or after them. */
static void
gather_rest(struct layout *l, struct ctx *c, const struct doc_node *n,
    bool before)
{
	bool seen = false;

	for (const struct doc_node *k = n->first; k != NULL; k = k->next) {
		seen |= k->kind == DOC_DEFLIST;
		if (k->kind != DOC_DEFLIST && seen != before)
			gather_block(l, c, k);
	}
}

/* What the picture is, in a line: «خط زمان: ۱۹۱۶ – ۱۹۳۱». Its events are read
 * in the list below it. */
static const char *
span_words(struct layout *l, const struct doc_node *list)
{
	const struct doc_node *first = NULL, *last = NULL;
	struct buf b = {0};
	const char *s;

	for (const struct doc_node *k = list; k != NULL; k = k->next)
		for (const struct doc_node *d = k->kind == DOC_DEFLIST ?
		    k->first : NULL; d != NULL; d = d->next)
			if (d->kind == DOC_TERM) {
				first = first == NULL ? d : first;
				last = d;
			}
	buf_str(&b, layout_word(l, "timeline"));
	if (first != NULL) {
		buf_str(&b, layout_word(l, "colon"));
		doc_plain(first, &b);
	}
	if (last != first) {
		buf_str(&b, " – ");
		doc_plain(last, &b);
	}
	s = arena_strn(l->a, b.p, b.n);
	buf_free(&b);
	return s;
}

void
timeline_gather(struct layout *l, struct ctx *c, const struct doc_node *n,
    const struct style_look *look)
{
	const struct style_look *base = style_look(l->st, "timeline");
	struct timeline *t = ARENA_NEW(l->a, struct timeline);
	const struct doc_node *list = NULL;
	const char *title = doc_value(n, "title");
	struct ctx in = *c;
	size_t cap = 0;
	int32_t le;
	struct proto *p;

	(void)look;
	for (const struct doc_node *k = n->first; k != NULL; k = k->next)
		if (k->kind == DOC_DEFLIST) {
			list = list != NULL ? list : k;
			for (const struct doc_node *d = k->first; d != NULL;
			    d = d->next)
				cap++;
		}
	if (list == NULL) {
		flow_children(l, c, n);
		return;
	}
	gather_rest(l, c, n, true);
	t->events = ARENA_ARRAY(l->a, struct event, cap + 1);
	t->measure = c->measure;
	t->start = c->start;
	t->end = c->end;
	t->date_width = l->st->timeline.date_width;
	t->level = c->level;
	t->overview = doc_value(n, "phase") == NULL;
	t->figure = c->elem;
	force_look(l, base, false);
	flow_gap(l, base->space_before);
	if (title != NULL) {
		struct proto *h = gather_para(l, &in, NULL, title,
		    style_look(l->st, "caption"), ROLE_P);

		h->keep_next = true;
	}
	t->strip = !t->overview && l->job->section != NULL;
	if ((t->overview || t->strip) && c->elem >= 0) {
		t->figure = elem_new(l, c->elem, ROLE_FIGURE, n);
		l->elems.v[t->figure].alt = span_words(l, list);
	}
	le = c->elem >= 0 ? elem_new(l, c->elem, ROLE_LIST, list) : c->elem;
	for (const struct doc_node *k = list; k != NULL; k = k->next)
		for (const struct doc_node *d = k->kind == DOC_DEFLIST ?
		    k->first : NULL; d != NULL; d = d->next)
			if (d->kind == DOC_TERM)
				add_event(l, &in, t, &t->events[t->nevents++],
				    d, le);
	if (t->overview || t->strip) {
		add_bars(l, &in, t, n);
		add_ticks(l, &in, t);
		p = flow_proto(l, expand_axis);
		p->data = t;
		p->node = n;
		p->id = t->overview ? doc_id(n) : NULL;
		flow_gap(l, base->leading / 2);
	}
	p = flow_proto(l, expand_vertical);
	p->data = t;
	p->node = n;
	p->id = t->overview ? NULL : doc_id(n);
	flow_gap(l, base->space_after);
	c->first = true;
	gather_rest(l, c, n, false);
}

/* ---------------------------------------------------------------- drawing */

static struct page_item *
draw(struct drawing *d, enum page_kind kind, sp x, sp y)
{
	struct page_item *it = VEC_PUSH(&d->items);

	memset(it, 0, sizeof(*it));
	it->kind = (uint8_t)kind;
	it->elem = ARTIFACT_LAYOUT;
	it->x = x;
	it->y = y;
	return it;
}

void
draw_rect(struct drawing *d, sp x, sp y, sp w, sp h, struct colour c)
{
	struct page_item *it = draw(d, PAGE_RECT, x, y);

	it->u.rect.w = w;
	it->u.rect.h = h;
	it->u.rect.fill = c;
}

/* A dot is a polygon of 16 sides: round at any size a booklet prints. */
void
draw_dot(struct drawing *d, sp cx, sp cy, sp size, struct colour c, bool hollow)
{
	/* cos and sin of 0, 22.5, 45, 67.5 degrees in 1/10000 */
	static const int cs[5] = {10000, 9239, 7071, 3827, 0};
	struct page_point *v = ARENA_ARRAY(d->l->a, struct page_point, 16);
	struct page_item *it = draw(d, PAGE_PATH, 0, 0);
	sp r = size / 2;

	for (int i = 0; i < 16; i++) {
		int q = i / 4, k = i % 4;
		int co = cs[k], si = cs[4 - k];
		int x = q == 0 ? co : q == 1 ? -si : q == 2 ? -co : si;
		int y = q == 0 ? si : q == 1 ? co : q == 2 ? -si : -co;

		v[i].x = cx + (sp)muldiv(r, x, 10000);
		v[i].y = cy + (sp)muldiv(r, y, 10000);
	}
	it->u.path.v = v;
	it->u.path.n = 16;
	it->u.path.closed = true;
	it->u.path.fill = hollow ? (struct colour){1, {255}} : c;
	it->u.path.width = hollow ? PT(0.9) : 0;
	it->u.path.stroke = c;
}

static void
draw_line(struct drawing *d, const struct piece *p, uint32_t line, sp x, sp y)
{
	struct page_item *it = draw(d, PAGE_TEXT, x +
	    p->para.lines->v[line].x, y + line_baseline(d->l, p->look,
	    p->leading));

	it->elem = p->pspans[0].elem;
	it->u.text.para = &p->para;
	it->u.text.line = line;
}

void
draw_lines(struct drawing *d, const struct piece *p, sp x, sp y)
{
	for (uint32_t i = 0; p->para.lines != NULL && i < p->para.lines->n; i++)
		draw_line(d, p, i, x, y + (sp)i * p->leading);
}

sp
lines_height(const struct piece *p)
{
	return p == NULL || p->para.lines == NULL ? 0 :
	    p->leading * (sp)p->para.lines->n;
}

struct box *
drawing_box(struct drawing *d, sp height)
{
	struct box *b = flow_box(d->l, BOX_ITEMS);

	b->height = height;
	b->items = arena_dup(d->l->a, d->items.v, d->items.n *
	    sizeof(*d->items.v));
	b->nitems = (uint32_t)d->items.n;
	d->items.n = 0;
	return b;
}

/* x of a length from the starting side, for something w wide. */
sp
from_start(const struct timeline *t, sp at, sp w)
{
	return t->level & 1 ? t->measure - at - w : at;
}

/* Where things stand across a vertical axis, from the starting side. */
static sp
axis_at(const struct layout *l, const struct timeline *t)
{
	return t->start + t->date_width + PT(4) + l->st->timeline.dot / 2;
}

/* Left edge of the events' words. */
static sp
text_x(const struct layout *l, const struct timeline *t)
{
	return t->level & 1 ? t->end : axis_at(l, t) + l->st->timeline.dot / 2 +
	    PT(6);
}

/* The axis beside an event, between two heights; broken where it says so. */
static void
draw_axis(struct drawing *d, const struct timeline *t, const struct event *ev,
    sp top, sp foot)
{
	const struct style_timeline *st = &d->l->st->timeline;
	sp x = from_start(t, axis_at(d->l, t) - st->axis / 2, st->axis);

	if (foot <= top)
		return;
	if (!ev->gap)
		draw_rect(d, x, top, st->axis, foot - top, st->colour);
	for (sp y = top; ev->gap && y < foot; y += PT(5))
		draw_rect(d, x, y, st->axis, MIN(PT(2), foot - y),
		    st->gap_colour);
}

static void
draw_date(struct drawing *d, const struct timeline *t, const struct event *ev)
{
	const struct style_timeline *st = &d->l->st->timeline;

	draw_dot(d, from_start(t, axis_at(d->l, t), 0), ev->date->leading / 2,
	    st->dot, ev->gap ? st->gap_colour : st->colour, ev->gap);
	draw_lines(d, ev->date, t->level & 1 ? t->measure - t->start -
	    t->date_width : t->start, 0);
}

/* An event higher than the page: a box a line. */
static void
expand_long(struct drawing *d, const struct timeline *t,
    const struct event *ev, sp between, bool first, bool last)
{
	struct layout *l = d->l;
	struct box *b;

	for (size_t i = 0; i < ev->ntexts; i++) {
		const struct piece *p = ev->texts[i];

		for (uint32_t k = 0; k < p->para.lines->n; k++) {
			bool head = i == 0 && k == 0;
			bool foot = i + 1 == ev->ntexts &&
			    k + 1 == p->para.lines->n;
			sp h = p->leading + (foot ? between : 0);

			draw_axis(d, t, ev, head && first ?
			    ev->date->leading / 2 : 0, last ? 0 : h);
			if (head)
				draw_date(d, t, ev);
			draw_line(d, p, k, text_x(l, t), 0);
			b = drawing_box(d, h);
			b->node = ev->node;
			b->cost_after = foot ? 0 : (int32_t)MIN(head ?
			    l->st->breaks.orphan : l->st->breaks.split_row,
			    NEVER - 1);
		}
	}
}

static void
expand_event(struct drawing *d, const struct timeline *t, size_t at)
{
	struct layout *l = d->l;
	const struct event *ev = &t->events[at];
	sp between = PT(4), dot_y = ev->date->leading / 2, h = 0;
	bool first = at == 0, last = at + 1 == t->nevents;
	struct box *b;

	for (size_t i = 0; i < ev->ntexts; i++)
		h += lines_height(ev->texts[i]);
	if (h > l->height * 9 / 10) {
		expand_long(d, t, ev, between, first, last);
		return;
	}
	h = MAX(lines_height(ev->date), h) + between;
	draw_axis(d, t, ev, first ? dot_y : 0, last ? dot_y : h);
	draw_date(d, t, ev);
	for (sp i = 0, y = 0; i < (sp)ev->ntexts; i++) {
		draw_lines(d, ev->texts[i], text_x(l, t), y);
		y += lines_height(ev->texts[i]);
	}
	b = drawing_box(d, h);
	b->node = ev->node;
	/* Two events stand together at the head and the foot. */
	b->cost_after = first || at + 2 == t->nevents ? (int32_t)MIN(
	    l->st->breaks.widow / 2, NEVER - 1) : 0;
}

static void
expand_vertical(struct layout *l, const struct proto *p)
{
	struct drawing d = {.l = l};
	const struct timeline *t = p->data;
	size_t from = l->flow.n;

	for (size_t i = 0; i < t->nevents; i++)
		expand_event(&d, t, i);
	if (l->flow.n > from)
		l->flow.v[from].id = p->id;
	free(d.items.v);
}
