/*
 * A CFF font made from outlines (Adobe Technical Notes 5176 and 5177).
 *
 * A bare subset of a CFF face would not do: in a PDF a code is the glyph's
 * CID itself, there is no map between, and two keys that look alike but
 * stand for different characters need two codes. So the font is written
 * anew and CID-keyed, each glyph with the CID of its code, and while its
 * charstrings are written from outlines anyway, they may as well hold
 * letters with their marks, or kashida.
 *
 * Charstrings are plain: no hints, no subroutines. One that holds what
 * another held before shares nothing with it; deflate finds it.
 */
#include "font/private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Operators of charstrings and dictionaries; 12 is an escape. */
enum {
	CS_RLINETO = 5, CS_RRCURVETO = 8, CS_ENDCHAR = 14, CS_RMOVETO = 21,
	DICT_FONT_BBOX = 5, DICT_CHARSET = 15, DICT_CHARSTRINGS = 17,
	DICT_PRIVATE = 18, DICT_DEFAULT_WIDTH = 20, DICT_NOMINAL_WIDTH = 21,
	DICT_FONT_MATRIX = 0x0c07, DICT_ROS = 0x0c1e, DICT_CID_COUNT = 0x0c22,
	DICT_FD_ARRAY = 0x0c24, DICT_FD_SELECT = 0x0c25,
};
#define FIRST_SID 391			/* after the standard strings */
#define COORD_MAX 16000			/* deltas must fit 16 bits */

/* ----------------------------------------------------------- charstrings */

/*
 * One glyph on its way. Points are rounded where they come to lie, not as
 * steps, so that a long outline does not drift.
 */
struct pen {
	struct buf *out;
	int x, y;			/* where we are, rounded */
	int dx, dy, scale;		/* of the part being drawn */
	int width;			/* still to be written; -1: was */
	int xmin, ymin, xmax, ymax;	/* of all glyphs */
	bool any;
};

/* An operand of a charstring. */
static void
add_number(struct buf *b, int v)
{
	if (v >= -107 && v <= 107) {
		buf_char(b, (char)(v + 139));
	} else if (v >= 108 && v <= 1131) {
		buf_char(b, (char)(247 + ((v - 108) >> 8)));
		buf_char(b, (char)((v - 108) & 255));
	} else if (v >= -1131 && v <= -108) {
		buf_char(b, (char)(251 + ((-v - 108) >> 8)));
		buf_char(b, (char)((-v - 108) & 255));
	} else {
		buf_char(b, 28);
		buf_char(b, (char)((unsigned)v >> 8));
		buf_char(b, (char)v);
	}
}

/* Widths reach 65,535, which only the 16.16 form does. */
static void
add_width(struct pen *p)
{
	if (p->width < 0)
		return;
	if (p->width <= INT16_MAX) {
		add_number(p->out, p->width);
	} else {
		/* Two halves: one operand ends at 32,767. */
		add_number(p->out, INT16_MAX);
		add_number(p->out, p->width - INT16_MAX);
		buf_char(p->out, 12);
		buf_char(p->out, 10);	/* add */
	}
	p->width = -1;
}

static int
to_coord(float v)
{
	if (!(v > -COORD_MAX))
		return -COORD_MAX;
	return v < COORD_MAX ? (int)lrintf(v) : COORD_MAX;
}

static void
add_point(struct pen *p, float fx, float fy)
{
	int x = to_coord(fx * (float)p->scale / 0x4000 + (float)p->dx);
	int y = to_coord(fy + (float)p->dy);

	add_number(p->out, x - p->x);
	add_number(p->out, y - p->y);
	p->x = x;
	p->y = y;
	if (!p->any) {
		p->xmin = p->xmax = x;
		p->ymin = p->ymax = y;
		p->any = true;
	}
	p->xmin = MIN(p->xmin, x);
	p->xmax = MAX(p->xmax, x);
	p->ymin = MIN(p->ymin, y);
	p->ymax = MAX(p->ymax, y);
}

static void
move_to(hb_draw_funcs_t *df, void *data, hb_draw_state_t *st, float x,
    float y, void *user)
{
	struct pen *p = data;

	(void)df;
	(void)st;
	(void)user;
	add_width(p);
	add_point(p, x, y);
	buf_char(p->out, CS_RMOVETO);
}

static void
line_to(hb_draw_funcs_t *df, void *data, hb_draw_state_t *st, float x,
    float y, void *user)
{
	struct pen *p = data;

	(void)df;
	(void)st;
	(void)user;
	add_point(p, x, y);
	buf_char(p->out, CS_RLINETO);
}

/* Quadratic curves arrive as cubic ones: HarfBuzz turns them. */
static void
cubic_to(hb_draw_funcs_t *df, void *data, hb_draw_state_t *st, float ax,
    float ay, float bx, float by, float x, float y, void *user)
{
	struct pen *p = data;

	(void)df;
	(void)st;
	(void)user;
	add_point(p, ax, ay);
	add_point(p, bx, by);
	add_point(p, x, y);
	buf_char(p->out, CS_RRCURVETO);
}

/* --------------------------------------------------------- dictionaries */

static void
add_op(struct buf *b, int op)
{
	if (op > 255)
		buf_char(b, 12);
	buf_char(b, (char)op);
}

/* Always five bytes, so that offsets do not move what they point at. */
static void
add_long(struct buf *b, uint32_t v)
{
	uint8_t p[5] = { 29 };

	put32(p + 1, v);
	buf_add(b, p, 5);
}

static void
add_entry(struct buf *b, int op, uint32_t v)
{
	add_long(b, v);
	add_op(b, op);
}

/* A real number: nibbles, 0xa a point, 0xc "E-", 0xf the end. */
static void
add_real(struct buf *b, double v)
{
	static const char digit[] = "0123456789.E?e-";
	char text[32];
	const char *s, *at;
	int nibble, half = -1;

	/* %E of the C locale's point: no other is set in this program. */
	snprintf(text, sizeof(text), "%.12g", v);
	buf_char(b, 30);
	for (s = text; ; s++) {
		if (*s == '\0') {
			nibble = 15;
		} else if (*s == 'e') {
			nibble = 11;
			if (s[1] == '-') {
				nibble = 12;
				s++;
			} else if (s[1] == '+') {
				s++;
			}
		} else {
			at = strchr(digit, *s == ',' ? '.' : *s);
			nibble = at != NULL ? (int)(at - digit) : 0;
		}
		if (half < 0) {
			half = nibble;
			if (*s != '\0')
				continue;
			nibble = 15;
		}
		buf_char(b, (char)(half << 4 | nibble));
		half = -1;
		if (*s == '\0')
			return;
	}
}

/* An INDEX of the pieces of `data` that end at ends[i]. */
static void
add_index(struct buf *b, const struct buf *data, const uint32_t *ends,
    size_t n)
{
	uint32_t at;
	size_t i;
	int size, k;

	buf_char(b, (char)(n >> 8));
	buf_char(b, (char)n);
	if (n == 0)
		return;
	for (size = 1; size < 4 && (data->n + 1) >> (8 * size) != 0; size++)
		;
	buf_char(b, (char)size);
	for (i = 0; i <= n; i++) {
		at = i == 0 ? 1 : ends[i - 1] + 1;
		for (k = size - 1; k >= 0; k--)
			buf_char(b, (char)(at >> (8 * k)));
	}
	buf_add(b, data->p, data->n);
}

static void
add_index_one(struct buf *b, const struct buf *data)
{
	uint32_t end = (uint32_t)data->n;

	add_index(b, data, &end, 1);
}

/* ------------------------------------------------------------- the font */

static void
add_glyph(struct pen *p, hb_font_t *hb, hb_draw_funcs_t *df,
    const struct drawing *d)
{
	size_t i;

	p->x = p->y = 0;
	p->width = d->advance;
	for (i = 0; i < d->nparts; i++) {
		p->dx = d->parts[i].dx;
		p->dy = d->parts[i].dy;
		p->scale = d->parts[i].xscale;
		hb_font_get_glyph_shape(hb, d->parts[i].gid, df, p);
	}
	add_width(p);
	buf_char(p->out, CS_ENDCHAR);
}

struct offsets {
	uint32_t charset, fd_select, charstrings, fd_array, private;
};
#define PRIVATE_SIZE 4

static void
make_top(struct buf *b, const struct pen *p, const struct offsets *o,
    unsigned upem, unsigned cid_count)
{
	int i;

	add_long(b, FIRST_SID);
	add_long(b, FIRST_SID + 1);
	add_long(b, 0);
	add_op(b, DICT_ROS);
	if (upem != 1000) {
		for (i = 0; i < 6; i++)
			add_real(b, i == 0 || i == 3 ? 1.0 / upem : 0);
		add_op(b, DICT_FONT_MATRIX);
	}
	add_number(b, p->xmin);
	add_number(b, p->ymin);
	add_number(b, p->xmax);
	add_number(b, p->ymax);
	add_op(b, DICT_FONT_BBOX);
	add_entry(b, DICT_CID_COUNT, cid_count);
	add_entry(b, DICT_CHARSET, o->charset);
	add_entry(b, DICT_FD_SELECT, o->fd_select);
	add_entry(b, DICT_CHARSTRINGS, o->charstrings);
	add_entry(b, DICT_FD_ARRAY, o->fd_array);
}

/* The whole file; called twice, since the first offsets are not known. */
static void
make_file(struct buf *b, const char *name, const struct pen *p,
    struct offsets *o, unsigned upem, const struct buf *strings,
    const uint32_t *ends, const uint16_t *cids, size_t n)
{
	static const char ordering[] = "AdobeIdentity";
	static const uint32_t ordering_ends[] = { 5, 13 };
	struct buf part = {0};
	size_t i;

	b->n = 0;
	buf_add(b, "\1\0\4\4", 4);	/* version 1.0, 4 bytes, wide offsets */
	buf_str(&part, name);
	add_index_one(b, &part);
	part.n = 0;
	make_top(&part, p, o, upem, n > 0 ? cids[n - 1] + 1u : 1);
	add_index_one(b, &part);
	part.n = 0;
	buf_add(&part, ordering, 13);
	add_index(b, &part, ordering_ends, 2);
	add_index(b, &part, NULL, 0);	/* global subroutines */

	o->charset = (uint32_t)b->n;
	buf_char(b, 0);
	for (i = 0; i < n; i++) {
		buf_char(b, (char)(cids[i] >> 8));
		buf_char(b, (char)cids[i]);
	}
	o->fd_select = (uint32_t)b->n;
	buf_add(b, "\3\0\1\0\0\0", 6);	/* one range, from glyph 0, dict 0 */
	buf_char(b, (char)((n + 1) >> 8));
	buf_char(b, (char)(n + 1));
	o->charstrings = (uint32_t)b->n;
	add_index(b, strings, ends, n + 1);
	o->private = (uint32_t)b->n;
	add_number(b, 0);
	add_op(b, DICT_DEFAULT_WIDTH);
	add_number(b, 0);
	add_op(b, DICT_NOMINAL_WIDTH);
	o->fd_array = (uint32_t)b->n;
	part.n = 0;
	add_long(&part, PRIVATE_SIZE);
	add_entry(&part, DICT_PRIVATE, o->private);
	add_index_one(b, &part);
	buf_free(&part);
}

hb_blob_t *
cff_make(hb_font_t *hb, const char *name, const struct drawing *v,
    const uint16_t *cids, size_t n)
{
	struct font_part none = { 0, 0, 0, 0x4000 };
	struct drawing notdef = { &none, 1,
	    MAX(hb_font_get_glyph_h_advance(hb, 0), 0) };
	struct buf strings = {0}, file = {0};
	struct pen pen = { .out = &strings };
	struct offsets o = {0};
	hb_draw_funcs_t *df = hb_draw_funcs_create();
	hb_blob_t *blob = NULL;
	uint32_t *ends = xcalloc(n + 1, sizeof(*ends));
	unsigned upem = hb_face_get_upem(hb_font_get_face(hb));
	size_t i;

	hb_draw_funcs_set_move_to_func(df, move_to, NULL, NULL);
	hb_draw_funcs_set_line_to_func(df, line_to, NULL, NULL);
	hb_draw_funcs_set_cubic_to_func(df, cubic_to, NULL, NULL);
	add_glyph(&pen, hb, df, &notdef);
	ends[0] = (uint32_t)strings.n;
	for (i = 0; i < n; i++) {
		add_glyph(&pen, hb, df, &v[i]);
		ends[i + 1] = (uint32_t)strings.n;
	}
	hb_draw_funcs_destroy(df);
	make_file(&file, name, &pen, &o, upem, &strings, ends, cids, n);
	make_file(&file, name, &pen, &o, upem, &strings, ends, cids, n);
	blob = hb_blob_create(file.p, (unsigned)file.n,
	    HB_MEMORY_MODE_READONLY, file.p, free);
	free(ends);
	buf_free(&strings);
	return blob;
}
