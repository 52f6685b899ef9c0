/* What a header tells. */
#include "image/pictures.h"

static struct arena arena;

static struct image *
open_png(const struct picture *p)
{
	struct buf b = {0};
	const char *why = NULL;
	struct image *im;

	make_png(&b, p);
	put_file("a.png", b.p, b.n);
	im = image_open(&arena, "a.png", NULL, &why);
	assert_null(why);
	assert_non_null(im);
	assert_int_equal(im->kind, IMAGE_PNG);
	assert_int_equal(im->size, b.n);
	buf_free(&b);
	return im;
}

static struct image *
open_jpeg(const struct photo *p)
{
	struct buf b = {0};
	const char *why = NULL;
	struct image *im;

	make_jpeg(&b, p);
	put_file("a.jpg", b.p, b.n);
	im = image_open(&arena, "a.jpg", NULL, &why);
	assert_null(why);
	assert_non_null(im);
	assert_int_equal(im->kind, IMAGE_JPEG);
	buf_free(&b);
	return im;
}

static void
png_of_every_kind(void **state)
{
	static const struct { int kind, bits; enum image_space space; bool
	    alpha; } kinds[] = {
		{ PNG_COLOR_TYPE_GRAY, 1, IMAGE_GRAY, false },
		{ PNG_COLOR_TYPE_GRAY, 2, IMAGE_GRAY, false },
		{ PNG_COLOR_TYPE_GRAY, 4, IMAGE_GRAY, false },
		{ PNG_COLOR_TYPE_GRAY, 8, IMAGE_GRAY, false },
		{ PNG_COLOR_TYPE_GRAY, 16, IMAGE_GRAY, false },
		{ PNG_COLOR_TYPE_GRAY_ALPHA, 8, IMAGE_GRAY, true },
		{ PNG_COLOR_TYPE_GRAY_ALPHA, 16, IMAGE_GRAY, true },
		{ PNG_COLOR_TYPE_RGB, 8, IMAGE_RGB, false },
		{ PNG_COLOR_TYPE_RGB, 16, IMAGE_RGB, false },
		{ PNG_COLOR_TYPE_RGB_ALPHA, 8, IMAGE_RGB, true },
		{ PNG_COLOR_TYPE_RGB_ALPHA, 16, IMAGE_RGB, true },
		{ PNG_COLOR_TYPE_PALETTE, 1, IMAGE_RGB, false },
		{ PNG_COLOR_TYPE_PALETTE, 4, IMAGE_RGB, false },
		{ PNG_COLOR_TYPE_PALETTE, 8, IMAGE_RGB, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(kinds); i++) {
		struct picture p = { .cols = 31, .rows = 17,
			.kind = kinds[i].kind, .bits = kinds[i].bits,
			.interlaced = i & 1 };
		struct image *im = open_png(&p);

		assert_int_equal(im->cols, 31);
		assert_int_equal(im->rows, 17);
		assert_int_equal(im->width, 31);
		assert_int_equal(im->bits, kinds[i].bits);
		assert_int_equal(im->space, kinds[i].space);
		assert_int_equal(im->alpha, kinds[i].alpha);
		assert_int_equal(im->interlaced, i & 1);
		assert_int_equal(im->indexed, kinds[i].kind ==
		    PNG_COLOR_TYPE_PALETTE);
		assert_int_equal(im->npalette, im->indexed ?
		    1 << kinds[i].bits : 0);
		assert_int_equal(im->orientation, 1);
		assert_int_equal(im->xppi, 0);
		assert_null(im->icc);
	}
}

static void
transparent_colours_are_alpha(void **state)
{
	struct picture p = { .cols = 8, .rows = 8, .bits = 8,
		.kind = PNG_COLOR_TYPE_PALETTE, .transparent = true };

	(void)state;
	assert_true(open_png(&p)->alpha);
	p.kind = PNG_COLOR_TYPE_RGB;
	assert_true(open_png(&p)->alpha);
	p.kind = PNG_COLOR_TYPE_GRAY;
	assert_true(open_png(&p)->alpha);
}

static void
jpeg_of_every_kind(void **state)
{
	struct photo p = { .cols = 40, .rows = 30, .space = JCS_RGB };
	struct image *im;

	(void)state;
	im = open_jpeg(&p);
	assert_int_equal(im->space, IMAGE_RGB);
	assert_int_equal(im->bits, 8);
	assert_false(im->progressive || im->inverted || im->plain_rgb);
	p.progressive = true;
	assert_true(open_jpeg(&p)->progressive);
	p.stored = JCS_RGB;
	assert_false(open_jpeg(&p)->plain_rgb);	/* Adobe's mark says it */
	p.no_marks = true;
	assert_true(open_jpeg(&p)->plain_rgb);
	p = (struct photo){ .cols = 40, .rows = 30, .space = JCS_GRAYSCALE };
	assert_int_equal(open_jpeg(&p)->space, IMAGE_GRAY);
	p.space = JCS_CMYK;
	im = open_jpeg(&p);
	assert_int_equal(im->space, IMAGE_CMYK);
	assert_true(im->inverted);
	p.stored = JCS_YCCK;
	assert_true(open_jpeg(&p)->inverted);
	p.stored = JCS_CMYK;
	p.no_marks = true;
	assert_false(open_jpeg(&p)->inverted);
}

static void
resolution(void **state)
{
	struct picture p = { .cols = 8, .rows = 8, .bits = 8,
		.kind = PNG_COLOR_TYPE_GRAY, .ppm = 11811 };
	struct photo f = { .cols = 8, .rows = 8, .space = JCS_GRAYSCALE,
		.dpi = 300 };

	(void)state;
	assert_int_equal(open_png(&p)->xppi, 299999);
	p.ppm = 2834;			/* 72, as some write it */
	assert_int_equal(open_png(&p)->yppi, 71983);
	p.ppm = 1;			/* nobody means that */
	assert_int_equal(open_png(&p)->xppi, 0);
	p.ppm = 4000000000u;
	assert_int_equal(open_png(&p)->xppi, 0);
	assert_int_equal(open_jpeg(&f)->xppi, 300000);
	f.dpi = 0;
	f.dpcm = 100;
	assert_int_equal(open_jpeg(&f)->yppi, 254000);
	f.dpcm = 1;
	assert_int_equal(open_jpeg(&f)->yppi, 0);
}

static void
orientation(void **state)
{
	struct photo f = { .cols = 20, .rows = 10, .space = JCS_RGB };
	struct picture p = { .cols = 20, .rows = 10, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB, .orientation = 8 };
	struct image *im;
	int i;

	(void)state;
	for (i = 1; i <= 8; i++) {
		f.orientation = i;
		im = open_jpeg(&f);
		assert_int_equal(im->orientation, i);
		assert_int_equal(im->cols, 20);
		assert_int_equal(im->width, i < 5 ? 20 : 10);
		assert_int_equal(im->height, i < 5 ? 10 : 20);
	}
	f.orientation = 9;
	assert_int_equal(open_jpeg(&f)->orientation, 1);
	im = open_png(&p);
	assert_int_equal(im->orientation, 8);
	assert_int_equal(im->width, 10);
}

static void
profiles(void **state)
{
	struct buf icc = {0};
	struct picture p = { .cols = 8, .rows = 8, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB };
	struct photo f = { .cols = 8, .rows = 8, .space = JCS_RGB };
	struct image *im, *other;

	(void)state;
	make_rgb_profile(&icc);
	p.icc = f.icc = icc.p;
	p.nicc = f.nicc = icc.n;
	im = open_png(&p);
	assert_int_equal(im->nicc, icc.n);
	assert_memory_equal(im->icc, icc.p, icc.n);
	other = open_jpeg(&f);
	assert_int_equal(other->nicc, icc.n);
	assert_memory_equal(other->icc, icc.p, icc.n);
	assert_true(im->icc_hash == other->icc_hash);
	assert_true(im->hash != other->hash);
	/* A profile of other colours than the picture's is none. */
	f.space = JCS_GRAYSCALE;
	assert_null(open_jpeg(&f)->icc);
	f.space = JCS_RGB;
	icc.p[36] = 'x';
	assert_null(open_jpeg(&f)->icc);
	buf_free(&icc);
}

static void
same_bytes_have_the_same_hash(void **state)
{
	struct picture p = { .cols = 30, .rows = 30, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB };
	const struct image *a = open_png(&p), *b = open_png(&p), *c;

	(void)state;
	assert_true(a->hash == b->hash);
	p.ppm = 3000;
	c = open_png(&p);
	assert_true(a->hash != c->hash);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(png_of_every_kind),
		cmocka_unit_test(transparent_colours_are_alpha),
		cmocka_unit_test(jpeg_of_every_kind),
		cmocka_unit_test(resolution),
		cmocka_unit_test(orientation),
		cmocka_unit_test(profiles),
		cmocka_unit_test(same_bytes_have_the_same_hash),
	};
	int ret;

	ret = cmocka_run_group_tests(tests, pictures_enter, pictures_leave);
	arena_free(&arena);
	return ret;
}
