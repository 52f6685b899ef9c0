/*
 * Outlines of glyphs as straight pieces, unhinted, in font units.
 */
#include "font/private.h"

#include <math.h>
#include <stdlib.h>

/*
 * Pieces a curve is cut into. What is measured on them is the thickness of
 * a stroke; a quarter circle in 16 is off by less than 1/800 of its radius.
 */
#define CUTS 16

static void
add(struct outline *o, float x0, float y0, float x1, float y1)
{
	*VEC_PUSH(o) = (struct segment){ x0, y0, x1, y1 };
}

static void
line_to(hb_draw_funcs_t *df, void *data, hb_draw_state_t *st, float x,
    float y, void *user)
{
	(void)df;
	(void)user;
	add(data, st->current_x, st->current_y, x, y);
}

static void
quad_to(hb_draw_funcs_t *df, void *data, hb_draw_state_t *st, float cx,
    float cy, float x, float y, void *user)
{
	float x0 = st->current_x, y0 = st->current_y, px = x0, py = y0;
	float t, u, nx, ny;
	int i;

	(void)df;
	(void)user;
	for (i = 1; i <= CUTS; i++) {
		t = (float)i / CUTS;
		u = 1 - t;
		nx = u * u * x0 + 2 * u * t * cx + t * t * x;
		ny = u * u * y0 + 2 * u * t * cy + t * t * y;
		add(data, px, py, nx, ny);
		px = nx;
		py = ny;
	}
}

static void
cubic_to(hb_draw_funcs_t *df, void *data, hb_draw_state_t *st, float ax,
    float ay, float bx, float by, float x, float y, void *user)
{
	float x0 = st->current_x, y0 = st->current_y, px = x0, py = y0;
	float t, u, nx, ny;
	int i;

	(void)df;
	(void)user;
	for (i = 1; i <= CUTS; i++) {
		t = (float)i / CUTS;
		u = 1 - t;
		nx = u * u * u * x0 + 3 * u * u * t * ax +
		    3 * u * t * t * bx + t * t * t * x;
		ny = u * u * u * y0 + 3 * u * u * t * ay +
		    3 * u * t * t * by + t * t * t * y;
		add(data, px, py, nx, ny);
		px = nx;
		py = ny;
	}
}

void
outline_of(hb_font_t *font, unsigned gid, struct outline *o)
{
	hb_draw_funcs_t *df = hb_draw_funcs_create();

	o->n = 0;
	hb_draw_funcs_set_line_to_func(df, line_to, NULL, NULL);
	hb_draw_funcs_set_quadratic_to_func(df, quad_to, NULL, NULL);
	hb_draw_funcs_set_cubic_to_func(df, cubic_to, NULL, NULL);
	hb_font_get_glyph_shape(font, gid, df, o);
	hb_draw_funcs_destroy(df);
}

bool
outline_span(const struct outline *o, float x, float *low, float *high)
{
	const struct segment *s;
	bool found = false;
	float y;
	size_t i;

	for (i = 0; i < o->n; i++) {
		s = &o->v[i];
		if ((s->x0 < x) == (s->x1 < x))
			continue;	/* both on one side, or upright */
		y = s->y0 + (s->y1 - s->y0) * (x - s->x0) / (s->x1 - s->x0);
		if (!found || y < *low)
			*low = y;
		if (!found || y > *high)
			*high = y;
		found = true;
	}
	return found;
}

/* The part of a segment between two heights, as far as it widens the span. */
static void
widen(const struct segment *s, float low, float high, float *x0, float *x1)
{
	float y[2] = { s->y0, s->y1 }, x[2] = { s->x0, s->x1 }, at, cut;
	int i;

	if (MAX(y[0], y[1]) < low || MIN(y[0], y[1]) > high)
		return;
	for (i = 0; i < 2; i++) {
		cut = MAX(low, MIN(high, y[i]));
		at = cut == y[i] ? x[i] : x[0] + (x[1] - x[0]) *
		    (cut - y[0]) / (y[1] - y[0]);
		*x0 = MIN(*x0, at);
		*x1 = MAX(*x1, at);
	}
}

bool
font_ink(const struct font_face *f, unsigned gid, int low, int high,
    int *xmin, int *xmax)
{
	float x0 = 1e9f, x1 = -1e9f;
	struct outline o = {0};
	size_t i;

	if (font_hb(f) != NULL)
		outline_of(font_hb(f), gid, &o);
	for (i = 0; i < o.n; i++)
		widen(&o.v[i], (float)low, (float)high, &x0, &x1);
	free(o.v);
	*xmin = (int)floorf(x0);
	*xmax = (int)ceilf(x1);
	return x0 <= x1;
}
