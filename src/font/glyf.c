/*
 * Composite glyphs behind the glyphs of a TrueType font.
 *
 * A letter with its marks, or with its kashida, becomes one glyph of the
 * embedded font, made of the font's own glyphs at offsets. The text then
 * says one code a letter and the page is drawn exactly as it was shaped.
 *
 * What a composite's place is: a renderer moves a glyph so that its xMin
 * comes to its left side bearing, and it does so for the glyph as a whole,
 * not for the components of one. So a composite gets lsb = xMin, and a
 * component whose own lsb differs from its xMin is shifted by the
 * difference, as it would be if it were drawn alone. Components carry no
 * ROUND_XY and no USE_MY_METRICS, and there are no instructions: offsets
 * are font units and stay so.
 */
#include "font/private.h"

#include <stdlib.h>
#include <string.h>

#define MAXP_SIZE 32
#define HEAD_SIZE 54
#define HHEA_SIZE 36
#define SHORT_LOCA_MAX 131070	/* offsets are halved into 16 bits */

enum {
	ARGS_ARE_WORDS = 0x0001,
	ARGS_ARE_XY = 0x0002,
	HAVE_SCALE = 0x0008,
	MORE_COMPONENTS = 0x0020,
	HAVE_XY_SCALE = 0x0040,
	HAVE_2X2 = 0x0080,
	OVERLAP_COMPOUND = 0x0400,
	UNSCALED_OFFSET = 0x1000,
};
#define SCALE_ONE 0x4000

/* What maxp counts, components followed to the bottom. */
struct count {
	uint32_t points, contours;
	uint16_t depth;
	uint8_t state;		/* of the walk */
};
enum { COUNT_NEW, COUNT_OPEN, COUNT_DONE };

struct table {
	const uint8_t *p;
	size_t n;
	hb_blob_t *blob;
};

struct glyf {
	struct table glyf, loca, hmtx, hhea, head, maxp;
	unsigned nglyphs, nlong;	/* glyphs; those with an advance of
					 * their own */
	bool long_loca;
	struct count *counts;
	struct count most;		/* over all new composites */
	unsigned most_parts;
};

/* The box of a glyph, in font units. */
struct box {
	int xmin, ymin, xmax, ymax;
};

static void
box_join(struct box *a, const struct box *b)
{
	a->xmin = MIN(a->xmin, b->xmin);
	a->ymin = MIN(a->ymin, b->ymin);
	a->xmax = MAX(a->xmax, b->xmax);
	a->ymax = MAX(a->ymax, b->ymax);
}

static int
clamp16(int64_t v)
{
	return (int)MAX(INT16_MIN, MIN(v, INT16_MAX));
}

/* --------------------------------------------------------------- reading */

static void
take(struct table *t, hb_face_t *face, const char *tag)
{
	t->p = face_table(face, HB_TAG(tag[0], tag[1], tag[2], tag[3]),
	    &t->blob, &t->n);
}

static void
glyf_close(struct glyf *g)
{
	hb_blob_destroy(g->glyf.blob);
	hb_blob_destroy(g->loca.blob);
	hb_blob_destroy(g->hmtx.blob);
	hb_blob_destroy(g->hhea.blob);
	hb_blob_destroy(g->head.blob);
	hb_blob_destroy(g->maxp.blob);
	free(g->counts);
}

/* False if the tables do not fit together; close in any case. */
static bool
glyf_open(struct glyf *g, hb_face_t *face)
{
	memset(g, 0, sizeof(*g));
	take(&g->glyf, face, "glyf");
	take(&g->loca, face, "loca");
	take(&g->hmtx, face, "hmtx");
	take(&g->hhea, face, "hhea");
	take(&g->head, face, "head");
	take(&g->maxp, face, "maxp");
	if (g->head.n < HEAD_SIZE || g->hhea.n < HHEA_SIZE ||
	    g->maxp.n < MAXP_SIZE)
		return false;
	g->nglyphs = be16(g->maxp.p + 4);
	g->nlong = be16(g->hhea.p + 34);
	g->long_loca = be16(g->head.p + 50) != 0;
	if (g->nglyphs == 0 || g->nlong == 0 || g->nlong > g->nglyphs ||
	    g->loca.n < ((size_t)g->nglyphs + 1) * (g->long_loca ? 4 : 2) ||
	    g->hmtx.n < (size_t)g->nlong * 4 + (g->nglyphs - g->nlong) * 2)
		return false;
	g->counts = xcalloc(g->nglyphs, sizeof(*g->counts));
	return true;
}

static size_t
loca_at(const struct glyf *g, unsigned i)
{
	return g->long_loca ? be32(g->loca.p + 4 * (size_t)i) :
	    2 * (size_t)be16(g->loca.p + 2 * (size_t)i);
}

/* The glyph's bytes; 0 of them if it has no ink, or none that hold. */
static size_t
glyph_data(const struct glyf *g, unsigned gid, const uint8_t **p)
{
	size_t from, to;

	if (gid >= g->nglyphs)
		return 0;
	from = loca_at(g, gid);
	to = loca_at(g, gid + 1);
	if (from >= to || to > g->glyf.n || to - from < 10)
		return 0;
	*p = g->glyf.p + from;
	return to - from;
}

static int
glyph_advance(const struct glyf *g, unsigned gid)
{
	return (int)be16(g->hmtx.p + 4 * (size_t)MIN(gid, g->nlong - 1));
}

static int
glyph_lsb(const struct glyf *g, unsigned gid)
{
	if (gid < g->nlong)
		return be16s(g->hmtx.p + 4 * (size_t)gid + 2);
	return be16s(g->hmtx.p + 4 * (size_t)g->nlong +
	    2 * (size_t)(gid - g->nlong));
}

/* Step over a component record; 0 when it does not fit into n bytes. */
static size_t
component_size(const uint8_t *p, size_t n)
{
	unsigned flags;
	size_t size = 4;

	if (n < 4)
		return 0;
	flags = be16(p);
	size += (flags & ARGS_ARE_WORDS) != 0 ? 4 : 2;
	if ((flags & HAVE_2X2) != 0)
		size += 8;
	else if ((flags & HAVE_XY_SCALE) != 0)
		size += 4;
	else if ((flags & HAVE_SCALE) != 0)
		size += 2;
	return size <= n ? size : 0;
}

/*
 * Each glyph is counted once, so that a file of components of components
 * costs its size and not its expansion; one that leads back to itself
 * counts as empty there.
 */
static const struct count *
count_glyph(struct glyf *g, unsigned gid, int level)
{
	static const struct count nothing;
	struct count *c;
	const struct count *sub;
	const uint8_t *p;
	size_t n, step;
	int ncontours;

	if (gid >= g->nglyphs || level > 64)
		return &nothing;
	c = &g->counts[gid];
	if (c->state == COUNT_OPEN)
		return &nothing;
	if (c->state == COUNT_DONE)
		return c;
	c->state = COUNT_OPEN;
	n = glyph_data(g, gid, &p);
	ncontours = n > 0 ? be16s(p) : 0;
	if (ncontours > 0 && n >= 10 + 2 * (size_t)ncontours) {
		c->contours = (uint32_t)ncontours;
		c->points = be16(p + 8 + 2 * (size_t)ncontours) + 1;
	} else if (ncontours < 0) {
		p += 10;
		n -= 10;
		while ((step = component_size(p, n)) > 0) {
			sub = count_glyph(g, be16(p + 2), level + 1);
			c->points = MIN(c->points + sub->points, UINT16_MAX);
			c->contours = MIN(c->contours + sub->contours,
			    UINT16_MAX);
			c->depth = MAX(c->depth, sub->depth);
			if ((be16(p) & MORE_COMPONENTS) == 0)
				break;
			p += step;
			n -= step;
		}
		c->depth++;
	}
	c->state = COUNT_DONE;
	return c;
}

/* --------------------------------------------------------------- writing */

static void
add16(struct buf *b, int v)
{
	uint8_t p[2];

	put16(p, v);
	buf_add(b, p, 2);
}

static void
add32(struct buf *b, uint32_t v)
{
	uint8_t p[4];

	put32(p, v);
	buf_add(b, p, 4);
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/*
 * Where a part comes to lie, given its box in the font: its offset in the
 * composite and the box there.
 */
static void
place_part(const struct glyf *g, const struct font_part *p,
    const uint8_t *data, int *dx, int *scale, struct box *box)
{
	int xmin = be16s(data + 2), xmax = be16s(data + 6);

	*scale = MIN(p->xscale, INT16_MAX);
	*dx = clamp16(p->dx + muldiv(glyph_lsb(g, p->gid) - xmin, *scale,
	    SCALE_ONE));
	box->xmin = clamp16(*dx + floor_div((int64_t)xmin * *scale,
	    SCALE_ONE));
	box->xmax = clamp16(*dx - floor_div(-(int64_t)xmax * *scale,
	    SCALE_ONE));
	box->ymin = clamp16(p->dy + be16s(data + 4));
	box->ymax = clamp16(p->dy + be16s(data + 8));
}

static void
add_component(struct buf *out, unsigned gid, int dx, int dy, int scale,
    bool first, bool more)
{
	bool words = dx < INT8_MIN || dx > INT8_MAX || dy < INT8_MIN ||
	    dy > INT8_MAX;
	int flags = ARGS_ARE_XY | UNSCALED_OFFSET;

	if (words)
		flags |= ARGS_ARE_WORDS;
	if (scale != SCALE_ONE)
		flags |= HAVE_XY_SCALE;
	if (first)
		flags |= OVERLAP_COMPOUND;
	if (more)
		flags |= MORE_COMPONENTS;
	add16(out, flags);
	add16(out, (int)gid);
	if (words) {
		add16(out, dx);
		add16(out, dy);
	} else {
		buf_char(out, (char)dx);
		buf_char(out, (char)dy);
	}
	if (scale != SCALE_ONE) {
		add16(out, scale);
		add16(out, SCALE_ONE);
	}
}

/*
 * Append a drawing to `out`; parts without ink are left out, and nothing at
 * all is written if none has any. Returns whether there is a box.
 */
static bool
add_composite(struct glyf *g, struct buf *out, const struct drawing *d,
    struct box *box)
{
	const struct count *c;
	struct count sum = {0};
	const uint8_t *data;
	struct box one;
	size_t start = out->n, i, left = 0;
	unsigned n = 0;
	int dx, scale;

	for (i = 0; i < d->nparts; i++)
		left += glyph_data(g, d->parts[i].gid, &data) > 0;
	if (left == 0)
		return false;
	add16(out, -1);
	add32(out, 0);
	add32(out, 0);
	for (i = 0; i < d->nparts; i++) {
		if (glyph_data(g, d->parts[i].gid, &data) == 0)
			continue;
		place_part(g, &d->parts[i], data, &dx, &scale, &one);
		left--;
		add_component(out, d->parts[i].gid, dx, d->parts[i].dy, scale,
		    n == 0, left > 0);
		if (n++ == 0)
			*box = one;
		else
			box_join(box, &one);
		c = count_glyph(g, d->parts[i].gid, 0);
		sum.points += c->points;
		sum.contours += c->contours;
		sum.depth = MAX(sum.depth, c->depth);
	}
	put16((uint8_t *)out->p + start + 2, box->xmin);
	put16((uint8_t *)out->p + start + 4, box->ymin);
	put16((uint8_t *)out->p + start + 6, box->xmax);
	put16((uint8_t *)out->p + start + 8, box->ymax);
	if ((out->n - start) % 2 != 0)
		buf_char(out, 0);
	g->most.points = MAX(g->most.points, sum.points);
	g->most.contours = MAX(g->most.contours, sum.contours);
	g->most.depth = MAX(g->most.depth, sum.depth + 1);
	g->most_parts = MAX(g->most_parts, n);
	return true;
}

/* What hhea says of all glyphs. */
struct widths {
	int advance, lsb, rsb, extent;	/* most, least, least, most */
};

static void
add_metrics(struct buf *hmtx, struct widths *w, int advance,
    const struct box *box)
{
	add16(hmtx, advance);
	add16(hmtx, box != NULL ? box->xmin : 0);
	w->advance = MAX(w->advance, advance);
	if (box != NULL) {
		w->lsb = MIN(w->lsb, box->xmin);
		w->rsb = MIN(w->rsb, clamp16(advance - box->xmax));
		w->extent = MAX(w->extent, box->xmax);
	}
}

static hb_blob_t *
blob_of(const struct buf *b)
{
	return hb_blob_create_or_fail(b->n > 0 ? b->p : "", (unsigned)b->n,
	    HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
}

static void
add_table(hb_face_t *builder, const char *tag, const struct buf *b)
{
	hb_blob_t *blob = blob_of(b);

	hb_face_builder_add_table(builder,
	    HB_TAG(tag[0], tag[1], tag[2], tag[3]), blob);
	hb_blob_destroy(blob);
}

/* head, hhea and maxp as they were but for what the new glyphs change. */
static void
add_fixed(hb_face_t *builder, const struct glyf *g, unsigned nglyphs,
    const struct box *box, const struct widths *w, bool long_loca)
{
	struct buf b = {0};
	uint8_t *p;

	buf_add(&b, g->head.p, HEAD_SIZE);
	p = (uint8_t *)b.p;
	put16(p + 36, box->xmin);
	put16(p + 38, box->ymin);
	put16(p + 40, box->xmax);
	put16(p + 42, box->ymax);
	put16(p + 50, long_loca);
	add_table(builder, "head", &b);

	b.n = 0;
	buf_add(&b, g->hhea.p, HHEA_SIZE);
	p = (uint8_t *)b.p;
	put16(p + 10, w->advance);
	put16(p + 12, w->lsb);
	put16(p + 14, w->rsb);
	put16(p + 16, w->extent);
	put16(p + 34, (int)nglyphs);
	add_table(builder, "hhea", &b);

	b.n = 0;
	buf_add(&b, g->maxp.p, MAXP_SIZE);
	p = (uint8_t *)b.p;
	put16(p + 4, (int)nglyphs);
	put16(p + 10, (int)MIN(MAX(be16(p + 10), g->most.points), UINT16_MAX));
	put16(p + 12, (int)MIN(MAX(be16(p + 12), g->most.contours),
	    UINT16_MAX));
	put16(p + 28, (int)MAX(be16(p + 28), g->most_parts));
	put16(p + 30, (int)MAX(be16(p + 30), g->most.depth));
	add_table(builder, "maxp", &b);
	buf_free(&b);
}

static void
add_loca(hb_face_t *builder, const uint32_t *ends, unsigned nglyphs,
    bool long_loca)
{
	struct buf b = {0};
	unsigned i;

	for (i = 0; i <= nglyphs; i++) {
		if (long_loca)
			add32(&b, ends[i]);
		else
			add16(&b, (int)(ends[i] / 2));
	}
	add_table(builder, "loca", &b);
	buf_free(&b);
}

hb_blob_t *
glyf_extend(hb_face_t *base, const struct drawing *v, size_t n)
{
	struct glyf g;
	struct buf glyf = {0}, hmtx = {0};
	struct widths w;
	struct box all, box;
	uint32_t *starts = NULL;	/* in the new glyf */
	hb_face_t *builder;
	hb_blob_t *out = NULL;
	const uint8_t *data;
	unsigned i, total;
	size_t size;
	bool long_loca, ink;

	if (!glyf_open(&g, base) || g.nglyphs + n > UINT16_MAX)
		goto out;
	total = g.nglyphs + (unsigned)n;
	starts = xcalloc((size_t)total + 1, sizeof(*starts));
	all = (struct box){ be16s(g.head.p + 36), be16s(g.head.p + 38),
	    be16s(g.head.p + 40), be16s(g.head.p + 42) };
	w = (struct widths){ (int)be16(g.hhea.p + 10), be16s(g.hhea.p + 12),
	    be16s(g.hhea.p + 14), be16s(g.hhea.p + 16) };
	for (i = 0; i < g.nglyphs; i++) {
		starts[i] = (uint32_t)glyf.n;
		size = glyph_data(&g, i, &data);
		if (size > 0)
			buf_add(&glyf, data, size);
		if (size % 2 != 0)
			buf_char(&glyf, 0);
		add16(&hmtx, glyph_advance(&g, i));
		add16(&hmtx, glyph_lsb(&g, i));
	}
	for (i = 0; i < n; i++) {
		starts[g.nglyphs + i] = (uint32_t)glyf.n;
		ink = add_composite(&g, &glyf, &v[i], &box);
		add_metrics(&hmtx, &w, v[i].advance, ink ? &box : NULL);
		if (ink)
			box_join(&all, &box);
	}
	starts[total] = (uint32_t)glyf.n;
	/* An empty table would count as missing. */
	if (glyf.n == 0)
		buf_add(&glyf, "\0", 1);
	long_loca = glyf.n > SHORT_LOCA_MAX;
	builder = hb_face_builder_create();
	add_fixed(builder, &g, total, &all, &w, long_loca);
	add_loca(builder, starts, total, long_loca);
	add_table(builder, "glyf", &glyf);
	add_table(builder, "hmtx", &hmtx);
	out = hb_face_reference_blob(builder);
	hb_face_destroy(builder);
out:
	free(starts);
	buf_free(&glyf);
	buf_free(&hmtx);
	glyf_close(&g);
	return out;
}
