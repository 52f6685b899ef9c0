/*
 * Figures: a picture with its caption.
 *
 * What the author asks for counts (width=, height=), then the resolution the
 * file states, else the picture fills the measure. What the page cannot hold
 * is scaled, picture and caption together being one page at most, with the
 * heading that they follow. A picture that cannot be had leaves a ruled frame,
 * so that the book can be judged and paged before the pictures are all there.
 */
#include <string.h>

#include "base/messages.h"
#include "image/image.h"
#include "page/layout.h"

#define MM ((sp64)SP_PT * 72 * 10 / 254)	/* [sp] */
#define CAPTION_GAP PT(4)
#define FRAME_RULE PT(0.5)

/* One file, looked at once in all rounds of the layout. */
struct picture {
	const struct image *im;		/* NULL: see why, outside */
	const char *why;
	bool outside;
};

struct figure {
	const struct doc_node *node;
	const struct picture *file;
	sp measure, start, end;		/* of the place it stands in */
	sp width, height;		/* asked for; 0 not */
	enum style_align align;
	int level;
	int32_t elem;			/* or an artifact */
	struct piece *caption;
	bool caption_below;
};

/* ---------------------------------------------------------------- files */

static const struct picture *
picture_of(struct layout *l, const char *url)
{
	void **slot = map_put(&l->pictures, url, strlen(url));

	if (*slot == NULL) {
		struct picture *p = ARENA_NEW(l->a, struct picture);

		*slot = p;
		p->im = image_find(l->a, l->job->image_dir, url, &p->outside,
		    &p->why);
	}
	return *slot;
}

static void
tell_missing(struct layout *l, const struct figure *f)
{
	const struct doc_node *n = f->node;

	if (f->file->outside)
		diag_add(l->dg, n->pos, MAN_OUTSIDE, n->url);
	else if (f->file->im == NULL)
		diag_add(l->dg, n->pos, MAN_MISSING_IMAGE, n->url,
		    f->file->why);
}

/* ---------------------------------------------------------------- sizes */

/* width= or height= in [sp]; 0 if there is none that makes sense. */
static sp
asked(struct layout *l, const struct doc_node *n, const char *key, sp whole)
{
	const char *s = doc_value(n, key);
	const struct style_look *look = style_look(l->st, "figure");
	struct length v;
	sp64 size = 0;
	size_t len;

	if (s == NULL)
		return 0;
	len = strlen(s);
	/* As Pandoc has it: a bare number is pixels, 96 to the inch. */
	if (len > 2 && strcmp(s + len - 2, "px") == 0)
		len -= 2;
	if (length_parse(s, len, &v) && (s[len] == '\0' ||
	    v.unit == UNIT_NONE)) {
		switch (v.unit) {
		case UNIT_ABS:
			size = v.value;
			break;
		case UNIT_EM:
			size = muldiv(look->size, v.value, 1000000);
			break;
		case UNIT_LH:
			size = muldiv(look->leading, v.value, 1000000);
			break;
		case UNIT_PERCENT:
			size = muldiv(whole, v.value, 100000000);
			break;
		case UNIT_NONE:
			size = muldiv(v.value, SP_PT * 3 / 4, 1000000);
			break;
		}
	}
	if (size > 0)
		return sp_clamp(size);
	diag_add(l->dg, n->attr->pos.line != 0 ? n->attr->pos : n->pos,
	    MAN_BAD_SIZE, key, s);
	return 0;
}

static sp
caption_height(const struct figure *f)
{
	const struct piece *p = f->caption;

	return p == NULL || p->para.lines == NULL ? 0 : CAPTION_GAP +
	    sp_clamp((sp64)p->leading * p->para.lines->n);
}

/* The size by the file's own resolution; else as wide as the place. */
static void
own_size(const struct figure *f, sp64 *w, sp64 *h)
{
	const struct image *im = f->file->im;
	sp64 place = f->measure - f->start - f->end;

	if (im->xppi > 0) {
		*w = muldiv(im->width, (int64_t)72000 * SP_PT, im->xppi);
		*h = muldiv(im->height, (int64_t)72000 * SP_PT, im->yppi);
	} else {
		*w = place;
		*h = muldiv(place, im->height, im->width);
	}
}

static void
tell_scaled(struct layout *l, const struct figure *f, sp64 w, sp64 h,
    int percent)
{
	const struct doc_node *n = f->node;
	int wide = (int)MIN((w + MM / 2) / MM, INT32_MAX);
	int high = (int)MIN((h + MM / 2) / MM, INT32_MAX);

	if (f->width > 0 || f->height > 0)
		diag_add(l->dg, n->pos, LAY_FIGURE_LARGE, n->url, wide, high,
		    percent);
	else if (f->file->im->xppi > 0)
		diag_add(l->dg, n->pos, LAY_FIGURE_FITTED, n->url, wide, high,
		    percent);
}

static void
tell_resolution(struct layout *l, const struct figure *f, sp w, sp h)
{
	const struct image *im = f->file->im;
	int64_t x = muldiv(im->width, (int64_t)72 * SP_PT, w);
	int64_t y = muldiv(im->height, (int64_t)72 * SP_PT, h);
	int limit = l->st->figure.ppi_min;
	int ppi = (int)MIN(MIN(x, y), INT32_MAX);
	struct diag_msg *m;

	if (ppi >= limit)
		return;
	m = diag_add(l->dg, f->node->pos, LAY_RESOLUTION, f->node->url, ppi,
	    limit);
	m->measured = ppi;
	m->limit = limit;
	m->has_measure = true;
}

/* What must stand on the figure's page above it: a heading, if one does. */
static sp
heading_above(const struct layout *l)
{
	int64_t keeps = MIN(l->st->breaks.heading_foot, NEVER - 1);
	const struct box *b;
	sp gap = 0, h = 0;

	for (size_t i = l->flow.n; i-- > 0 && h < l->height / 2;) {
		b = &l->flow.v[i];
		if (b->kind == BOX_GAP) {
			gap = MAX(gap, b->height);
			continue;
		}
		if (b->cost_after < keeps)
			break;
		h += b->height + gap;
		gap = 0;
	}
	return h > 0 ? h + l->grid : 0;		/* lines stand on the grid */
}

/* What it is printed with; a frame for a picture that is not there. */
static void
find_size(struct layout *l, const struct figure *f, sp *width, sp *height)
{
	sp64 place = MAX(f->measure - f->start - f->end, PT(1));
	sp64 room = MAX(l->height - caption_height(f) - heading_above(l),
	    l->height / 4);
	sp64 own_w = place * 2 / 3, own_h = MIN(own_w * 5 / 8, l->height / 4);
	sp64 w, h, ww, hh;

	if (f->file->im != NULL)
		own_size(f, &own_w, &own_h);
	w = f->width > 0 ? f->width : own_w;
	h = f->height > 0 ? f->height : own_h;
	if (f->width > 0 && f->height == 0)
		h = muldiv(w, own_h, MAX(own_w, 1));
	else if (f->height > 0 && f->width == 0)
		w = muldiv(h, own_w, MAX(own_h, 1));
	ww = w;
	hh = h;
	if (ww > place) {
		hh = muldiv(hh, place, ww);
		ww = place;
	}
	if (hh > room) {
		ww = muldiv(ww, room, hh);
		hh = room;
	}
	if (ww < w && f->file->im != NULL)
		tell_scaled(l, f, w, h, (int)MAX(muldiv(ww, 100, w), 1));
	*width = sp_clamp(MAX(ww, 1));
	*height = sp_clamp(MAX(hh, 1));
	if (f->file->im != NULL)
		tell_resolution(l, f, *width, *height);
}

const struct image *
figure_inline(struct layout *l, const struct doc_node *n, sp wide, sp high,
    sp *w, sp *h)
{
	struct figure f = {.node = n, .measure = wide};
	sp64 own_w, own_h, ww, hh;

	f.file = picture_of(l, n->url != NULL ? n->url : "");
	tell_missing(l, &f);
	if (f.file->im == NULL)
		return NULL;
	f.width = asked(l, n, "width", wide);
	f.height = asked(l, n, "height", high);
	own_size(&f, &own_w, &own_h);
	ww = f.width > 0 ? f.width : f.height > 0 ? muldiv(f.height, own_w,
	    own_h) : own_w;
	hh = f.height > 0 ? f.height : muldiv(ww, own_h, own_w);
	own_w = ww;
	own_h = hh;
	if (ww > wide) {
		hh = muldiv(hh, wide, ww);
		ww = wide;
	}
	if (hh > high) {
		ww = muldiv(ww, high, hh);
		hh = high;
	}
	*w = sp_clamp(MAX(ww, 1));
	*h = sp_clamp(MAX(hh, 1));
	if (*w < own_w)
		tell_scaled(l, &f, own_w, own_h, (int)MAX(muldiv(ww, 100,
		    own_w), 1));
	tell_resolution(l, &f, *w, *h);
	return f.file->im;
}

/* ---------------------------------------------------------------- boxes */

static void
put_rule(struct page_item *it, int32_t elem, sp x, sp y, sp w, sp h)
{
	it->kind = PAGE_RECT;
	it->elem = elem;
	it->x = x;
	it->y = y;
	it->u.rect.w = w;
	it->u.rect.h = h;
	it->u.rect.fill = (struct colour){ 1, { 128 } };
}

static void
put_frame(struct layout *l, struct box *b, int32_t elem, sp x, sp w, sp h)
{
	struct page_item *it = ARENA_ARRAY(l->a, struct page_item, 4);
	sp t = FRAME_RULE;

	put_rule(&it[0], elem, x, 0, w, t);
	put_rule(&it[1], elem, x, MAX(h - t, 0), w, t);
	put_rule(&it[2], elem, x, 0, t, h);
	put_rule(&it[3], elem, x + MAX(w - t, 0), 0, t, h);
	b->items = it;
	b->nitems = 4;
}

static void
put_picture(struct layout *l, struct box *b, const struct figure *f, sp x,
    sp w, sp h)
{
	struct page_item *it = ARENA_NEW(l->a, struct page_item);

	it->kind = PAGE_IMAGE;
	it->elem = f->elem;
	it->x = x;
	it->u.image.w = w;
	it->u.image.h = h;
	it->u.image.image = f->file->im;
	b->items = it;
	b->nitems = 1;
}

static void
expand_figure(struct layout *l, const struct proto *p)
{
	const struct figure *f = p->data;
	bool left = (f->align == STYLE_END) == (f->level & 1);
	sp left_edge = f->level & 1 ? f->end : f->start;
	sp place = f->measure - f->start - f->end;
	struct box *b;
	sp x, w, h;

	find_size(l, f, &w, &h);
	x = left_edge + (f->align == STYLE_START || f->align == STYLE_END ?
	    (left ? 0 : place - w) : (place - w) / 2);
	b = flow_box(l, BOX_ITEMS);
	b->height = h;
	b->node = p->node;
	b->elem = f->elem;
	b->id = p->id;
	if (f->caption_below)
		b->cost_after = NEVER;
	if (f->file->im != NULL)
		put_picture(l, b, f, x, w, h);
	else
		put_frame(l, b, f->elem, x, w, h);
}

/*
 * A caption of one line stands in the middle, as its picture does. Above, it
 * never parts from it.
 */
static void
expand_caption(struct layout *l, const struct proto *p)
{
	const struct figure *f = p->data;
	const struct para_lines *ls = p->piece->para.lines;
	struct box *b;

	expand_lines(l, p);
	if (ls == NULL || ls->n == 0)
		return;
	b = &l->flow.v[l->flow.n - 1];
	if (!f->caption_below)
		b->cost_after = NEVER;
	if (ls->n == 1 && f->align != STYLE_START && f->align != STYLE_END)
		b->x = b->back_x + (b->back_w - ls->v[0].width) / 2 -
		    ls->v[0].x;
}

/* -------------------------------------------------------------- gathering */

/* The caption's proto, kept whole and with its picture; NULL if none. */
static struct proto *
gather_caption(struct layout *l, struct ctx *c, struct figure *f,
    const struct doc_node *caption, bool above)
{
	size_t from = l->protos.n;

	caption_gather(l, c, caption, layout_word(l, "figure"),
	    node_number(l, f->node), above);
	for (; from < l->protos.n; from++) {
		struct proto *p = &l->protos.v[from];

		if (p->expand != expand_lines)
			continue;
		p->keep_together = true;
		p->expand = expand_caption;
		p->data = f;
		f->caption = p->piece;
		return p;
	}
	return NULL;
}

void
figure_gather(struct layout *l, struct ctx *c, const struct doc_node *n,
    const struct doc_node *caption)
{
	const struct style_look *look = style_look(l->st, "figure");
	bool above = caption != NULL && strcmp(l->st->figure.caption_place,
	    "above") == 0;
	const char *alt = doc_alt(l->a, n);
	struct figure *f = ARENA_NEW(l->a, struct figure);
	struct ctx in = *c;
	struct proto *p;

	f->node = n;
	f->file = picture_of(l, n->url != NULL ? n->url : "");
	f->measure = c->measure;
	f->start = c->start + look->indent_start;
	f->end = c->end + look->indent_end;
	f->level = c->level;
	f->align = style_look_sets(look, "align") ? look->align :
	    STYLE_CENTRE;
	f->elem = ARTIFACT_LAYOUT;
	f->width = asked(l, n, "width", f->measure - f->start - f->end);
	f->height = asked(l, n, "height", l->height);
	tell_missing(l, f);
	if (c->elem >= 0 && caption != NULL)
		in.elem = elem_new(l, c->elem, ROLE_DIV, n);
	force_look(l, look, false);
	flow_gap(l, style_look_sets(look, "space-before") ?
	    look->space_before : l->grid * 2 / 3);
	if (above) {
		gather_caption(l, &in, f, caption, true);
		flow_gap(l, CAPTION_GAP);
	}
	if (c->elem >= 0 && (alt == NULL || *alt != '\0')) {
		f->elem = elem_new(l, in.elem, ROLE_FIGURE, n);
		l->elems.v[f->elem].alt = alt;
	}
	p = flow_proto(l, expand_figure);
	p->data = f;
	p->node = n;
	p->look = look;
	p->elem = f->elem;
	p->id = doc_id(n);
	if (caption != NULL && !above) {
		flow_gap(l, CAPTION_GAP);
		f->caption_below = gather_caption(l, &in, f, caption, false) !=
		    NULL;
	}
	flow_gap(l, style_look_sets(look, "space-after") ?
	    look->space_after : l->grid * 2 / 3);
}
