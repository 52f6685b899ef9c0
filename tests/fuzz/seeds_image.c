/*
 * seeds_image DIR: small pictures of every kind into DIR, for fuzz_image to
 * begin with. Pictures are not kept in the tree; they are made.
 */
#include "image/pictures.h"

static int made;

static void
keep(const char *dir, struct buf *b)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/picture-%03d", dir, made++);
	put_file(path, b->p, b->n);
	buf_free(b);
}

int
main(int argc, char **argv)
{
	static const int kinds[] = { PNG_COLOR_TYPE_GRAY,
		PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
		PNG_COLOR_TYPE_RGB_ALPHA, PNG_COLOR_TYPE_PALETTE };
	static const J_COLOR_SPACE spaces[] = { JCS_GRAYSCALE, JCS_RGB,
		JCS_CMYK };
	struct buf icc = {0}, b = {0};
	size_t i;
	int k;

	if (argc != 2) {
		fprintf(stderr, "usage: seeds_image DIR\n");
		return 2;
	}
	make_rgb_profile(&icc);
	for (i = 0; i < NELEM(kinds); i++) {
		for (k = 0; k < 8; k++) {
			struct picture p = { .cols = 9, .rows = 7,
				.kind = kinds[i], .bits = 8,
				.interlaced = k & 1, .ppm = k & 2 ? 11811 : 0,
				.orientation = k & 2 ? 6 : 0,
				.transparent = k & 4 && !(kinds[i] &
				    PNG_COLOR_MASK_ALPHA) };

			if (k & 4 && kinds[i] != PNG_COLOR_TYPE_GRAY &&
			    kinds[i] != PNG_COLOR_TYPE_GRAY_ALPHA) {
				p.icc = icc.p;
				p.nicc = icc.n;
			}
			if (k == 7)
				p.bits = kinds[i] ==
				    PNG_COLOR_TYPE_PALETTE ? 2 : 16;
			make_png(&b, &p);
			keep(argv[1], &b);
		}
	}
	for (i = 0; i < NELEM(spaces); i++) {
		for (k = 0; k < 8; k++) {
			struct photo p = { .cols = 17, .rows = 9,
				.space = spaces[i], .progressive = k & 1,
				.dpi = k & 2 ? 300 : 0,
				.orientation = k & 2 ? 8 : 0,
				.no_marks = k & 4 };

			if (k & 4 && spaces[i] == JCS_RGB) {
				p.icc = icc.p;
				p.nicc = icc.n;
			}
			make_jpeg(&b, &p);
			keep(argv[1], &b);
		}
	}
	buf_free(&icc);
	return 0;
}
