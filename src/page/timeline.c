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

#include "page/layout.h"

struct event {
	struct piece *date;
	struct piece **texts;		/* one a paragraph */
	size_t ntexts;
	int from, to;			/* years; 0: none found */
	bool gap;
	int32_t date_elem, text_elem;
	const struct doc_node *node;
};

struct bar {
	struct piece *label, *years;
	int from, to;
	bool current;			/* the section of this handout */
};

struct timeline {
	struct event *events;
	size_t nevents;
	struct bar *bars;
	size_t nbars;
	struct piece **ticks;		/* label of each year with an event */
	int *tick_years;
	size_t nticks;
	sp measure, start, end, date_width;
	int level;
	bool overview;
	bool strip;			/* a handout: its place on the whole span */
	int32_t figure;
	int first, last;		/* years of the axis */
};

/* The first and last number of four digits in a date, in any digits. */
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
		if (digits == 4) {
			if (*from == 0)
				*from = v;
			*to = v;
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

static void
add_bars(struct layout *l, const struct ctx *c, struct timeline *t,
    const struct doc_node *at)
{
	struct { struct bar *v; size_t n, cap; } bars = {0};
	const struct doc_node *from = doc_chapter(at);

	for (const struct doc_node *n = from; n != NULL; n = n->next) {
		const char *years = doc_value(n, "years");
		struct bar b = {0};

		if (n != from && n->kind == DOC_HEADING && n->level == 1)
			break;
		if (n->kind != DOC_HEADING || years == NULL)
			continue;
		years_of(years, strlen(years), &b.from, &b.to);
		if (b.from == 0)
			continue;
		b.label = small_piece(l, c, NULL, doc_name_without(l->a, n,
		    years),
		    "timeline-date", STYLE_CENTRE, t->measure, t->figure);
		b.label->quiet = true;
		b.years = small_piece(l, c, NULL, years, "timeline",
		    STYLE_CENTRE, t->measure, t->figure);
		b.years->quiet = true;
		*VEC_PUSH(&bars) = b;
		b.current = n == l->job->section;
		bars.v[bars.n - 1].current = b.current;
		t->first = t->first == 0 ? b.from : MIN(t->first, b.from);
		t->last = MAX(t->last, b.to);
	}
	t->bars = bars.v != NULL ? arena_dup(l->a, bars.v, bars.n *
	    sizeof(*bars.v)) : NULL;
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
static void expand_axis(struct layout *l, const struct proto *p);

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
		struct buf alt = {0};

		t->figure = elem_new(l, c->elem, ROLE_FIGURE, n);
		buf_printf(&alt, "%s%s", layout_word(l, "timeline"),
		    layout_word(l, "colon"));
		doc_plain(list, &alt);
		l->elems.v[t->figure].alt = arena_strn(l->a, alt.p, alt.n);
		buf_free(&alt);
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

struct drawing {
	struct layout *l;
	struct { struct page_item *v; size_t n, cap; } items;
};

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

static void
draw_rect(struct drawing *d, sp x, sp y, sp w, sp h, struct colour c)
{
	struct page_item *it = draw(d, PAGE_RECT, x, y);

	it->u.rect.w = w;
	it->u.rect.h = h;
	it->u.rect.fill = c;
}

/* A dot is a polygon of 16 sides: round at any size a booklet prints. */
static void
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

static void
draw_lines(struct drawing *d, const struct piece *p, sp x, sp y)
{
	for (uint32_t i = 0; p->para.lines != NULL && i < p->para.lines->n; i++)
		draw_line(d, p, i, x, y + (sp)i * p->leading);
}

static sp
lines_height(const struct piece *p)
{
	return p == NULL || p->para.lines == NULL ? 0 :
	    p->leading * (sp)p->para.lines->n;
}

static struct box *
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
static sp
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

/* Where a year stands on the axis, from the starting side. */
static sp
year_at(const struct timeline *t, int year)
{
	sp pad = PT(10);
	sp w = t->measure - t->start - t->end - 2 * pad;

	return t->start + pad + sp_clamp(muldiv(year - t->first, w,
	    MAX(t->last - t->first, 1)));
}

static void
expand_axis(struct layout *l, const struct proto *p)
{
	struct timeline *t = p->data;
	const struct style_timeline *st = &l->st->timeline;
	static const uint8_t greys[] = {205, 165, 225};
	struct drawing d = {.l = l};
	sp y = 0, axis_y, free_at[2] = {SP_MAX, SP_MAX};
	sp bar_h = 0, low = 0, lead;
	struct box *b;

	if (t->nticks == 0)
		return;
	lead = t->ticks[0]->leading;
	free_at[0] = free_at[1] = -SP_MAX;
	/* Bars: name above, years inside. */
	for (size_t i = 0; i < t->nbars; i++) {
		const struct bar *bar = &t->bars[i];

		y = MAX(y, lines_height(bar->label));
		bar_h = MAX(bar_h, bar->years->leading + PT(2));
	}
	for (size_t i = 0; i < t->nbars; i++) {
		const struct bar *bar = &t->bars[i];
		sp a = year_at(t, bar->from), z = year_at(t, bar->to);
		sp x = from_start(t, a, z - a);
		const struct para_line *ln = &bar->label->para.lines->v[0];
		sp mid = x + (z - a) / 2 - t->measure / 2;

		draw_rect(&d, x, y, z - a, bar_h, (struct colour){1,
		    {t->strip ? bar->current ? 165 : 232 :
		    greys[i % NELEM(greys)]}});
		(void)ln;
		draw_lines(&d, bar->label, mid, y - bar->label->leading);
		draw_lines(&d, bar->years, mid, y + PT(1));
	}
	axis_y = y + bar_h + PT(9);
	draw_rect(&d, from_start(t, t->start, t->measure - t->start - t->end),
	    axis_y - st->axis / 2, t->measure - t->start - t->end, st->axis,
	    st->colour);
	/* Every year a short tick, years with an event a dot and a number;
	 * numbers that would touch go to a second row. */
	for (int year = t->first; year <= t->last; year++)
		draw_rect(&d, from_start(t, year_at(t, year) - PT(0.25),
		    PT(0.5)), axis_y - st->tick / 2, PT(0.5), st->tick,
		    st->colour);
	for (size_t i = 0; i < t->nticks; i++) {
		const struct piece *tk = t->ticks[i];
		sp w = tk->para.lines->v[0].natural;
		sp at = year_at(t, t->tick_years[i]);
		int row = at - w / 2 > free_at[0] ? 0 : at - w / 2 >
		    free_at[1] ? 1 : free_at[0] <= free_at[1] ? 0 : 1;
		sp ty = axis_y + st->dot + (sp)row * (lead * 4 / 5);
		sp cx = from_start(t, at, 0);

		draw_dot(&d, cx, axis_y, st->dot, st->colour, false);
		if (row == 1)
			draw_rect(&d, cx - PT(0.15), axis_y + st->dot / 2,
			    PT(0.3), lead * 4 / 5, st->gap_colour);
		draw_lines(&d, tk, cx - t->measure / 2, ty);
		free_at[row] = at + w / 2 + PT(3);
		low = MAX(low, ty + lead);
	}
	b = drawing_box(&d, low);
	b->id = p->id;
	b->node = p->node;
	b->elem = t->figure;
	b->cost_after = (int32_t)MIN(l->st->breaks.heading_foot, NEVER - 1);
	free(d.items.v);
}
