/*
 * How much ink a picture asks for: the sum of the four inks of each pixel, as
 * it will be written for the press.
 */
#include "image/private.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 4 * 255, ODD_PIXELS = 1000 };

struct tally {
	const struct image *im;
	struct colour_move *move;
	uint8_t *plain, *inks;		/* rows */
	uint64_t count[MOST + 1];	/* pixels by the sum of their inks */
};

/* What shows through glass is paper. */
static void
lay_on_white(const struct image *im, const uint8_t *p, uint8_t *out)
{
	for (uint32_t x = 0; x < im->cols; x++) {
		int alpha = p[im->space];

		for (int i = 0; i < (int)im->space; i++) {
			int paper = im->space == IMAGE_CMYK ? 0 : 255;

			*out++ = (uint8_t)((*p++ * alpha + paper *
			    (255 - alpha) + 127) / 255);
		}
		p++;
	}
}

static bool
tally_row(void *arg, const uint8_t *p)
{
	struct tally *t = arg;

	if (t->im->alpha) {
		lay_on_white(t->im, p, t->plain);
		p = t->plain;
	}
	if (t->im->space != IMAGE_CMYK) {
		colour_move(t->move, p, t->inks, t->im->cols);
		p = t->inks;
	}
	for (uint32_t x = 0; x < t->im->cols; x++, p += 4)
		t->count[p[0] + p[1] + p[2] + p[3]]++;
	return true;
}

int
image_ink(const struct image *im, const struct image_target *target)
{
	struct tally *t;
	struct buf b = {0};
	uint64_t above = 0, odd = (uint64_t)im->cols * im->rows / ODD_PIXELS;
	int ink = MOST;

	/* Black alone: never more than one ink. */
	if (im->space == IMAGE_GRAY || image_load(im, &b) != NULL)
		return im->space == IMAGE_GRAY ? 100 : 0;
	t = xcalloc(1, sizeof(*t));
	t->im = im;
	t->move = colour_move_open(im, target->inks, im->space, IMAGE_CMYK);
	t->plain = xcalloc(im->cols, 8);
	t->inks = t->plain + (size_t)im->cols * 4;
	image_rows(im, &b, tally_row, t);
	while (ink > 0 && (above += t->count[ink]) <= odd)
		ink--;
	colour_move_close(t->move);
	free(t->plain);
	free(t);
	buf_free(&b);
	return (ink * 100 + 127) / 255;
}
