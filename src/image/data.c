/*
 * The bytes that go into a PDF.
 *
 * What can pass as it is, does: a JPEG, and the compressed rows of a PNG,
 * whose filters PDF calls predictors 10 to 15. That costs no time, and no
 * quality. Everything else is decoded row by row, and what comes out is
 * again rows of a PNG (a predictor saves a third on photographs), or for
 * JPEGs a JPEG of high quality: lossless CMYK of a photograph would be ten
 * times the size of its file.
 *
 * A picture for the press whose pixels are all gray goes to the black plate
 * alone, even if its file is of three colours: scans of black and white
 * usually are.
 */
#include "image/private.h"

#include <stdlib.h>
#include <string.h>

/* Parts of a pixel that differ by no more than this are gray to the eye. */
#define GRAY_NEAR 2

/* The file again; NULL, or why not. */
const char *
image_load(const struct image *im, struct buf *b)
{
	const char *why = file_read(im->path, IMAGE_FILE_MAX, b);

	/* The same bytes need not be checked again. */
	if (why == NULL && (b->n != im->size || image_hash(b->p, b->n) !=
	    im->hash))
		why = WHY_CHANGED;
	return why;
}

const char *
image_rows(const struct image *im, const struct buf *b, row_taker take,
    void *arg)
{
	const uint8_t *p = (const uint8_t *)b->p;

	return im->kind == IMAGE_PNG ? png_rows(im, p, b->n, take, arg) :
	    jpeg_rows(im, p, b->n, take, arg);
}

/* ------------------------------------------------------------- judgement */

struct judge {
	uint32_t cols, y;
	int step, space;
	bool alpha;
	bool want_gray, want_opaque;	/* still possible, and asked */
};

static bool
judge_row(void *arg, const uint8_t *p)
{
	struct judge *j = arg;
	uint32_t x;
	int least, most;

	j->y++;
	for (x = 0; x < j->cols; x++, p += j->step) {
		if (j->alpha && p[j->space] != 255)
			j->want_opaque = false;
		if (!j->want_gray || (j->alpha && p[j->space] == 0))
			continue;
		least = MIN(MIN(p[0], p[1]), p[2]);
		most = MAX(MAX(p[0], p[1]), p[2]);
		if (most - least > GRAY_NEAR)
			j->want_gray = false;
	}
	return j->want_gray || j->want_opaque;
}

static bool
palette_is_gray(const struct image *im)
{
	struct judge j = { .cols = (uint32_t)im->npalette, .step = 3,
		.space = 3, .want_gray = true };

	return judge_row(&j, im->palette);
}

static void
plan_palette(const struct image *im, const struct image_target *t,
    struct image_form *f)
{
	struct colour_move *m;

	f->indexed = true;
	f->npalette = im->npalette;
	if (t->press)
		f->space = palette_is_gray(im) ? IMAGE_GRAY : IMAGE_CMYK;
	m = colour_move_open(im, t->inks, IMAGE_RGB, f->space);
	colour_move(m, im->palette, f->palette, (size_t)im->npalette);
	colour_move_close(m);
}

const char *
image_plan(const struct image *im, const struct image_target *t,
    struct image_form *f)
{
	bool colours = t->press && im->space == IMAGE_RGB;
	bool rows = im->alpha || im->interlaced || im->bits > 8;
	struct judge j = { .cols = im->cols, .alpha = im->alpha,
		.step = (int)im->space + im->alpha, .space = (int)im->space,
		.want_gray = colours, .want_opaque = im->alpha };
	struct buf b = {0};
	const char *why = NULL;

	memset(f, 0, sizeof(*f));
	f->jpeg = im->kind == IMAGE_JPEG;
	f->space = im->space;
	f->bits = im->bits;
	if (im->indexed && !rows) {
		plan_palette(im, t, f);
		f->as_is = true;
	} else {
		if (colours || im->alpha) {
			why = image_load(im, &b);
			if (why == NULL)
				why = image_rows(im, &b, judge_row, &j);
			buf_free(&b);
			/* Damage inside is told when it is printed. */
			if (j.y == im->rows)
				why = NULL;
		}
		if (colours)
			f->space = j.want_gray ? IMAGE_GRAY : IMAGE_CMYK;
		if (im->space == IMAGE_CMYK && t->no_bare_inks &&
		    im->icc == NULL && !t->press)
			f->space = IMAGE_RGB;
		f->mask = im->alpha && !j.want_opaque && !t->flat;
		f->as_is = !rows && f->space == im->space;
	}
	if (!f->as_is)
		f->bits = 8;
	f->inverted = f->as_is && im->inverted;
	f->plain_rgb = f->as_is && im->plain_rgb;
	f->icc = !t->press && im->icc != NULL && f->space == im->space;
	return why;
}

/* ------------------------------------------------------------------ rows */

/* PNG's predictors. */
enum { NONE, SUB, UP, AVERAGE, PAETH };

static uint8_t
paeth(int a, int b, int c)
{
	int pa = abs(b - c), pb = abs(a - c), pc = abs(a + b - 2 * c);

	return (uint8_t)(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

/*
 * Every `step`th byte of a row without what its neighbours tell: the pixels
 * to the left, above, and at the corner. Both rows have a pixel of zeros
 * before them, as PNG wants it. One loop each, without a branch in it: most
 * of the time of a large picture is spent here.
 */
static void
predict(int how, const uint8_t *row, const uint8_t *up, size_t n, size_t bpp,
    size_t step, uint8_t *out)
{
	const uint8_t *left = row - bpp, *corner = up - bpp;
	size_t i;

	switch (how) {
	case NONE:
		for (i = 0; i < n; i += step)
			*out++ = row[i];
		break;
	case SUB:
		for (i = 0; i < n; i += step)
			*out++ = (uint8_t)(row[i] - left[i]);
		break;
	case UP:
		for (i = 0; i < n; i += step)
			*out++ = (uint8_t)(row[i] - up[i]);
		break;
	case AVERAGE:
		for (i = 0; i < n; i += step)
			*out++ = (uint8_t)(row[i] - (left[i] + up[i]) / 2);
		break;
	case PAETH:
		for (i = 0; i < n; i += step)
			*out++ = (uint8_t)(row[i] - paeth(left[i], up[i],
			    corner[i]));
		break;
	}
}

/* Rows on their way into a buffer, each with the predictor that leaves the
 * least: the sum of differences is as good a guess as trial packing. */
struct filter {
	struct buf *out;
	size_t n, bpp;
	uint8_t *block, *row, *above, *trial;	/* `block` holds them all */
};

static void
filter_open(struct filter *f, struct buf *out, uint32_t cols, uint32_t rows,
    int samples)
{
	f->out = out;
	f->bpp = (size_t)samples;
	f->n = cols * f->bpp;
	f->block = xcalloc(3, f->n + f->bpp);
	f->row = f->block + f->bpp;
	f->above = f->row + f->n + f->bpp;
	f->trial = f->above + f->n;
	buf_reserve(out, (f->n + 1) * rows);
}

/* A sample of the row's bytes, all channels in turn, decides. */
static int
best_predictor(struct filter *f)
{
	size_t step = f->n < 256 ? 1 : 7 * f->bpp + 1;
	size_t count = (f->n + step - 1) / step, i;
	uint32_t least = UINT32_MAX, sum;
	int how, best = NONE;

	for (how = NONE; how <= PAETH; how++) {
		predict(how, f->row, f->above, f->n, f->bpp, step, f->trial);
		/* How far from zero, either way round. */
		for (i = 0, sum = 0; i < count; i++)
			sum += f->trial[i] < 128 ? f->trial[i] :
			    256u - f->trial[i];
		if (sum < least) {
			least = sum;
			best = how;
		}
	}
	return best;
}

static void
filter_row(struct filter *f, const uint8_t *row)
{
	uint8_t *swap;
	int how;

	memcpy(f->row, row, f->n);
	how = best_predictor(f);
	buf_char(f->out, (char)how);
	buf_reserve(f->out, f->n);
	predict(how, f->row, f->above, f->n, f->bpp, 1, (uint8_t *)f->out->p +
	    f->out->n);
	f->out->n += f->n;
	swap = f->above;
	f->above = f->row;
	f->row = swap;
}

static void
filter_close(struct filter *f)
{
	free(f->block);
}

struct maker {
	const struct image *im;
	const struct image_form *f;
	struct filter colour, mask;
	struct jpeg_writer *jpeg;
	struct colour_move *move;
	bool flat;
	uint32_t y;
	uint8_t *plain, *moved, *alpha;
};

/* A colour behind glass of this much alpha, on white paper. */
static uint8_t
on_white(int v, int alpha)
{
	return (uint8_t)((v * alpha + 255 * (255 - alpha) + 127) / 255);
}

static void
part_alpha(struct maker *m, const uint8_t *p)
{
	uint8_t *out = m->plain;
	uint32_t x;
	int i, a;

	for (x = 0; x < m->im->cols; x++) {
		a = p[m->im->space];
		for (i = 0; i < (int)m->im->space; i++)
			*out++ = m->flat ? on_white(p[i], a) : p[i];
		m->alpha[x] = (uint8_t)a;
		p += m->im->space + 1;
	}
}

static bool
make_row(void *arg, const uint8_t *p)
{
	struct maker *m = arg;

	m->y++;
	if (m->im->alpha) {
		part_alpha(m, p);
		p = m->plain;
		if (m->f->mask)
			filter_row(&m->mask, m->alpha);
	}
	if (m->f->space != m->im->space) {
		colour_move(m->move, p, m->moved, m->im->cols);
		p = m->moved;
	}
	if (m->f->jpeg)
		jpeg_writer_row(m->jpeg, p);
	else
		filter_row(&m->colour, p);
	return true;
}

/* White for the rows that did not come. */
static void
make_rest(struct maker *m)
{
	size_t n = (size_t)m->im->cols * m->f->space;

	memset(m->moved, m->f->space == IMAGE_CMYK && !m->f->inverted ? 0 :
	    255, n);
	memset(m->alpha, 255, m->im->cols);
	for (; m->y < m->im->rows; m->y++) {
		if (m->f->mask)
			filter_row(&m->mask, m->alpha);
		if (m->f->jpeg)
			jpeg_writer_row(m->jpeg, m->moved);
		else
			filter_row(&m->colour, m->moved);
	}
}

/* `b`: the file, or NULL for nothing but white. */
static const char *
make(const struct image *im, const struct image_target *t,
    const struct image_form *f, const struct buf *b, struct buf *colour,
    struct buf *mask)
{
	struct maker m = { .im = im, .f = f, .flat = t->flat };
	size_t cols = im->cols;
	const char *why = NULL;

	m.plain = xcalloc(cols, 9);
	m.moved = m.plain + cols * 4;
	m.alpha = m.moved + cols * 4;
	m.move = colour_move_open(im, t->inks, im->space, f->space);
	if (f->jpeg)
		m.jpeg = jpeg_writer_open(im->cols, im->rows, f->space,
		    f->plain_rgb);
	else
		filter_open(&m.colour, colour, im->cols, im->rows,
		    (int)f->space);
	if (f->mask)
		filter_open(&m.mask, mask, im->cols, im->rows, 1);
	if (b != NULL)
		why = image_rows(im, b, make_row, &m);
	make_rest(&m);
	if (f->jpeg)
		jpeg_writer_close(m.jpeg, colour);
	else
		filter_close(&m.colour);
	if (f->mask)
		filter_close(&m.mask);
	colour_move_close(m.move);
	free(m.plain);
	return why;
}

/*
 * White in the file's own samples, where those were promised. Index 0 has
 * to do for a palette.
 */
static void
blank(const struct image *im, const struct image_form *f, struct buf *colour)
{
	struct image_target t = {0};
	size_t n = ((size_t)im->cols * f->bits * (f->indexed ? 1 : f->space) +
	    7) / 8;
	uint32_t y;

	if (f->jpeg) {
		make(im, &t, f, NULL, colour, NULL);
		return;
	}
	buf_reserve(colour, (n + 1) * im->rows);
	for (y = 0; y < im->rows; y++) {
		buf_char(colour, NONE);
		memset(colour->p + colour->n, f->indexed ? 0 : 255, n);
		colour->n += n;
	}
}

const char *
image_data(const struct image *im, const struct image_target *t,
    const struct image_form *f, struct buf *colour, struct buf *mask,
    bool *deflated)
{
	struct buf b = {0};
	const char *why = image_load(im, &b);

	*deflated = false;
	if (!f->as_is) {
		const char *damage = make(im, t, f, why == NULL ? &b : NULL,
		    colour, mask);

		why = why != NULL ? why : damage;
	} else if (why == NULL && f->jpeg) {
		jpeg_strip((const uint8_t *)b.p, b.n, colour);
	} else if (why == NULL) {
		why = png_idat(im, (const uint8_t *)b.p, b.n, colour);
		*deflated = why == NULL;
	}
	if (f->as_is && why != NULL)
		blank(im, f, colour);
	buf_free(&b);
	return why;
}
