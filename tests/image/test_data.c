/* The bytes that go into a PDF, taken apart again. */
#include "image/pictures.h"

static struct arena arena;

struct made {
	struct image *im;
	struct image_target t;
	struct image_form f;
	struct buf file, colour, mask;
	bool deflated;
};

/* Write `m->file`, open it, and ask for its bytes for `m->t`. */
static void
make(struct made *m)
{
	const char *why = NULL;

	put_file("it", m->file.p, m->file.n);
	m->im = image_open(&arena, "it", NULL, &why);
	assert_null(why);
	assert_null(image_plan(m->im, &m->t, &m->f));
	assert_null(image_data(m->im, &m->t, &m->f, &m->colour, &m->mask,
	    &m->deflated));
}

static void
unmake(struct made *m)
{
	buf_free(&m->file);
	buf_free(&m->colour);
	buf_free(&m->mask);
}

/* Rows -> samples. */
static void
unrow(struct made *m)
{
	int samples = m->f.indexed ? 1 : (int)m->f.space;
	size_t bpp = (size_t)MAX(samples * m->f.bits / 8, 1);
	struct buf plain = {0};

	assert_false(m->f.jpeg);
	if (m->deflated) {
		unpack(&m->colour, &plain);
		buf_free(&m->colour);
		m->colour = plain;
	}
	unpredict(&m->colour, ((size_t)m->im->cols * (size_t)(samples *
	    m->f.bits) + 7) / 8, bpp, m->im->rows);
	if (m->f.mask)
		unpredict(&m->mask, m->im->cols, 1, m->im->rows);
}

static void
check_samples(const struct made *m, int from, int to)
{
	uint32_t x, y;
	int k;

	for (y = 0; y < m->im->rows; y++) {
		for (x = 0; x < m->im->cols; x++) {
			for (k = from; k < to; k++)
				assert_int_equal((uint8_t)m->colour.p[(y *
				    m->im->cols + x) * (uint32_t)(to - from) +
				    (uint32_t)(k - from)], sample(x, y, k));
		}
	}
}

static void
png_passes_as_it_is(void **state)
{
	static const struct { int kind, bits; } kinds[] = {
		{ PNG_COLOR_TYPE_GRAY, 1 }, { PNG_COLOR_TYPE_GRAY, 4 },
		{ PNG_COLOR_TYPE_GRAY, 8 }, { PNG_COLOR_TYPE_RGB, 8 },
		{ PNG_COLOR_TYPE_PALETTE, 2 }, { PNG_COLOR_TYPE_PALETTE, 8 },
	};
	uint8_t row[256];
	size_t i, n;
	uint32_t y;

	(void)state;
	for (i = 0; i < NELEM(kinds); i++) {
		struct picture p = { .cols = 33, .rows = 21,
			.kind = kinds[i].kind, .bits = kinds[i].bits };
		int channels = p.kind == PNG_COLOR_TYPE_RGB ? 3 : 1;
		struct made m = {0};

		make_png(&m.file, &p);
		make(&m);
		assert_true(m.f.as_is && m.deflated);
		assert_int_equal(m.f.bits, p.bits);
		assert_int_equal(m.f.indexed, m.im->indexed);
		assert_false(m.f.mask);
		if (m.f.indexed) {
			assert_int_equal(m.f.npalette, 1 << p.bits);
			assert_int_equal(m.f.palette[3], 7);
			assert_int_equal(m.f.palette[4], 252);
		}
		unrow(&m);
		n = (33 * (size_t)(channels * p.bits) + 7) / 8;
		for (y = 0; y < p.rows; y++) {
			picture_row(&p, y, channels, row);
			assert_memory_equal(m.colour.p + y * n, row, n);
		}
		unmake(&m);
	}
}

static void
alpha_goes_beside(void **state)
{
	struct picture p = { .cols = 37, .rows = 19, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB_ALPHA };
	uint32_t x, y;
	int i;

	(void)state;
	for (i = 0; i < 4; i++) {
		struct made m = {0};

		p.kind = i & 1 ? PNG_COLOR_TYPE_RGB_ALPHA :
		    PNG_COLOR_TYPE_GRAY_ALPHA;
		p.interlaced = i & 2;
		p.bits = i == 3 ? 16 : 8;
		make_png(&m.file, &p);
		make(&m);
		assert_true(m.f.mask && !m.f.as_is);
		assert_int_equal(m.f.bits, 8);
		unrow(&m);
		check_samples(&m, 0, i & 1 ? 3 : 1);
		for (y = 0; y < p.rows; y++) {
			for (x = 0; x < p.cols; x++)
				assert_int_equal((uint8_t)m.mask.p[y * p.cols +
				    x], sample(x, y, i & 1 ? 3 : 1));
		}
		unmake(&m);
	}
}

static uint8_t
opaque(uint32_t x, uint32_t y, int k)
{
	return k == 3 ? 255 : sample(x, y, k);
}

static void
alpha_of_nothing_is_dropped(void **state)
{
	struct picture p = { .cols = 37, .rows = 19, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB_ALPHA, .at = opaque };
	struct made m = {0};

	(void)state;
	make_png(&m.file, &p);
	make(&m);
	assert_false(m.f.mask);
	assert_int_equal(m.mask.n, 0);
	unrow(&m);
	check_samples(&m, 0, 3);
	unmake(&m);
}

static void
transparent_colours(void **state)
{
	struct picture p = { .cols = 40, .rows = 10, .bits = 8,
		.kind = PNG_COLOR_TYPE_PALETTE, .transparent = true };
	struct made m = {0};
	uint32_t i;
	int v;

	(void)state;
	make_png(&m.file, &p);
	make(&m);
	assert_true(m.f.mask && !m.f.indexed);
	assert_int_equal(m.f.space, IMAGE_RGB);
	unrow(&m);
	for (i = 0; i < 400; i++) {
		v = sample(i % 40, i / 40, 0);
		assert_int_equal((uint8_t)m.mask.p[i], v == 0 ? 0 : v == 1 ?
		    128 : 255);
		assert_int_equal((uint8_t)m.colour.p[i * 3], (uint8_t)(v * 7));
	}
	unmake(&m);
}

static void
jpeg_passes_as_it_is(void **state)
{
	struct photo p = { .cols = 40, .rows = 30, .space = JCS_RGB,
		.orientation = 6, .dpi = 300 };
	struct buf want = {0}, got = {0};
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct made m = {0};

		p.progressive = i;
		make_jpeg(&m.file, &p);
		make(&m);
		assert_true(m.f.jpeg && m.f.as_is);
		assert_false(m.f.mask || m.f.inverted);
		/* Only the words of it are gone. */
		assert_true(m.colour.n < m.file.n);
		assert_null(memmem(m.colour.p, m.colour.n, "Exif", 4));
		assert_null(memmem(m.colour.p, m.colour.n, "comment", 7));
		assert_non_null(memmem(m.colour.p, m.colour.n, "JFIF", 4));
		want.n = got.n = 0;
		unjpeg(&m.file, JCS_RGB, &want);
		unjpeg(&m.colour, JCS_RGB, &got);
		assert_int_equal(want.n, got.n);
		assert_memory_equal(want.p, got.p, got.n);
		unmake(&m);
	}
	buf_free(&want);
	buf_free(&got);
}

static void
inks_of_photoshop(void **state)
{
	struct photo p = { .cols = 16, .rows = 16, .space = JCS_CMYK };
	struct made m = { .t = { .press = true } };

	(void)state;
	make_jpeg(&m.file, &p);
	make(&m);
	assert_true(m.f.as_is && m.f.inverted);
	assert_int_equal(m.f.space, IMAGE_CMYK);
	unmake(&m);
}

static uint8_t
upside_down(uint32_t x, uint32_t y, int k)
{
	(void)x;
	(void)y;
	return k == 3 ? 255 : k == 1 ? 0 : 255;	/* magenta only */
}

static void
bare_inks_become_light(void **state)
{
	struct photo p = { .cols = 16, .rows = 16, .space = JCS_CMYK,
		.at = upside_down };
	struct made m = { .t = { .no_bare_inks = true } };
	struct buf rgb = {0};

	(void)state;
	make_jpeg(&m.file, &p);
	make(&m);
	assert_true(m.f.jpeg && !m.f.as_is && !m.f.inverted);
	assert_int_equal(m.f.space, IMAGE_RGB);
	unjpeg(&m.colour, JCS_RGB, &rgb);
	assert_true((uint8_t)rgb.p[0] > 250);
	assert_true((uint8_t)rgb.p[1] < 5);
	assert_true((uint8_t)rgb.p[2] > 250);
	buf_free(&rgb);
	unmake(&m);
}

/* ----------------------------------------------------------------- press */

static uint8_t
near_gray(uint32_t x, uint32_t y, int k)
{
	return (uint8_t)(sample(x, y, 0) / 2 + (uint32_t)(k == 2));
}

static void
gray_goes_to_the_black_plate(void **state)
{
	struct picture p = { .cols = 20, .rows = 20, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB, .at = near_gray };
	struct photo f = { .cols = 20, .rows = 20, .space = JCS_RGB,
		.at = near_gray };
	struct made m = { .t = { .press = true } };
	struct buf gray = {0};
	uint32_t i;
	int v;

	(void)state;
	make_png(&m.file, &p);
	make(&m);
	assert_int_equal(m.f.space, IMAGE_GRAY);
	unrow(&m);
	for (i = 0; i < 400; i++)
		assert_int_equal((uint8_t)m.colour.p[i], near_gray(i % 20,
		    i / 20, 0));
	unmake(&m);

	make_jpeg(&m.file, &f);
	make(&m);
	assert_true(m.f.jpeg);
	assert_int_equal(m.f.space, IMAGE_GRAY);
	unjpeg(&m.colour, JCS_GRAYSCALE, &gray);
	assert_int_equal(gray.n, 400);
	for (i = 0; i < 400; i++) {
		v = near_gray(i % 20, i / 20, 0);
		assert_in_range((uint8_t)gray.p[i] + 8, v, v + 16);
	}
	buf_free(&gray);
	unmake(&m);
}

/* Red paper, green, blue, white, black in columns of four. */
static uint8_t
flags(uint32_t x, uint32_t y, int k)
{
	(void)y;
	if (k == 3)
		return 255;
	return x < 12 ? (x / 4 == (uint32_t)k ? 255 : 0) : x < 16 ? 255 : 0;
}

static void
check_flags(const uint8_t *p, const uint8_t *black, int near)
{
	static const uint8_t want[4][4] = { { 0, 255, 255, 0 },
		{ 255, 0, 255, 0 }, { 255, 255, 0, 0 }, { 0, 0, 0, 0 } };
	int i, k;

	for (i = 0; i < 5; i++) {
		for (k = 0; k < 4; k++) {
			/* The middle of a stripe: JPEG smears its edges. */
			assert_true(abs(p[(i * 4 + 1) * 4 + k] - (i == 4 ?
			    black[k] : want[i][k])) <= near);
		}
	}
}

static void
colours_become_inks(void **state)
{
	struct picture p = { .cols = 20, .rows = 8, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB, .at = flags };
	struct photo f = { .cols = 20, .rows = 8, .space = JCS_RGB,
		.at = flags };
	/* Arithmetic takes black ink, the profile made here mixes. */
	static const uint8_t black[2][4] = { { 0, 0, 0, 255 },
		{ 255, 255, 255, 0 } };
	struct made m = { .t = { .press = true } };
	struct buf inks = {0};
	const char *why = NULL;
	int round;

	(void)state;
	make_ink_profile("inks.icc");
	for (round = 0; round < 2; round++) {
		if (round == 1) {
			m.t.inks = image_inks_open("inks.icc", &why);
			assert_null(why);
			assert_non_null(m.t.inks);
		}
		make_png(&m.file, &p);
		make(&m);
		assert_int_equal(m.f.space, IMAGE_CMYK);
		assert_false(m.f.icc);
		unrow(&m);
		check_flags((const uint8_t *)m.colour.p, black[round], round *
		    24);
		unmake(&m);

		make_jpeg(&m.file, &f);
		make(&m);
		assert_int_equal(m.f.space, IMAGE_CMYK);
		assert_true(m.f.jpeg && !m.f.inverted);
		inks.n = 0;
		unjpeg(&m.colour, JCS_CMYK, &inks);
		check_flags((const uint8_t *)inks.p, black[round], 40);
		unmake(&m);
	}
	image_inks_close(m.t.inks);
	buf_free(&inks);
}

/* White with `nred` pixels of red, which is two full inks. */
static uint32_t nred;
static uint8_t
some_red(uint32_t x, uint32_t y, int k)
{
	return y * 100 + x < nred ? (k == 0 ? 255 : 0) : 255;
}

/* One pixel in a thousand does not decide, two do. */
static void
ink_of_a_picture(void **state)
{
	static const struct { uint32_t nred; int ink; } want[] = { { 0, 0 },
		{ 10, 0 }, { 20, 200 }, { 10000, 200 } };
	struct picture p = { .cols = 100, .rows = 100, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB, .at = some_red };
	struct image_target press = { .press = true };
	struct made m = { .t = press };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(want) / sizeof(*want); i++) {
		nred = want[i].nred;
		make_png(&m.file, &p);
		make(&m);
		assert_int_equal(image_ink(m.im, &press), want[i].ink);
		unmake(&m);
	}
	p.kind = PNG_COLOR_TYPE_GRAY;
	make_png(&m.file, &p);
	make(&m);
	assert_int_equal(image_ink(m.im, &press), 100);
	unmake(&m);
}

static void
palettes_become_inks(void **state)
{
	struct picture p = { .cols = 20, .rows = 8, .bits = 4,
		.kind = PNG_COLOR_TYPE_PALETTE };
	struct made m = { .t = { .press = true } };

	(void)state;
	make_png(&m.file, &p);
	make(&m);
	assert_true(m.f.as_is && m.f.indexed && m.deflated);
	assert_int_equal(m.f.space, IMAGE_CMYK);
	/* Entry 0 is 0, 255, 0. */
	assert_int_equal(m.f.palette[0], 255);
	assert_int_equal(m.f.palette[1], 0);
	assert_int_equal(m.f.palette[2], 255);
	unmake(&m);
}

static void
no_glass_on_old_presses(void **state)
{
	struct picture p = { .cols = 20, .rows = 8, .bits = 8,
		.kind = PNG_COLOR_TYPE_GRAY_ALPHA };
	struct made m = { .t = { .press = true, .flat = true } };
	uint32_t x;
	int v, a;

	(void)state;
	make_png(&m.file, &p);
	make(&m);
	assert_false(m.f.mask);
	unrow(&m);
	for (x = 0; x < 20; x++) {
		v = sample(x, 0, 0);
		a = sample(x, 0, 1);
		assert_in_range((uint8_t)m.colour.p[x] + 1, (v * a + 255 *
		    (255 - a)) / 255, (v * a + 255 * (255 - a)) / 255 + 2);
	}
	unmake(&m);
}

static void
own_profile_is_kept_for_the_screen(void **state)
{
	struct picture p = { .cols = 20, .rows = 8, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB };
	struct made m = {0};
	struct buf icc = {0};

	(void)state;
	make_rgb_profile(&icc);
	p.icc = icc.p;
	p.nicc = icc.n;
	make_png(&m.file, &p);
	make(&m);
	assert_true(m.f.icc && m.f.as_is);
	m.t.press = true;
	assert_null(image_plan(m.im, &m.t, &m.f));
	assert_false(m.f.icc);
	unmake(&m);
	buf_free(&icc);
}

static void
not_inks(void **state)
{
	struct buf icc = {0};
	const char *why = NULL;

	(void)state;
	assert_null(image_inks_open("nowhere.icc", &why));
	assert_string_equal(why, "no such file or folder");
	make_rgb_profile(&icc);
	put_file("rgb.icc", icc.p, icc.n);
	assert_null(image_inks_open("rgb.icc", &why));
	assert_string_equal(why, "is no ICC profile of CMYK");
	put_file("half.icc", icc.p, icc.n / 2);
	assert_null(image_inks_open("half.icc", &why));
	assert_non_null(why);
	buf_free(&icc);
}

static void
same_bytes_every_time(void **state)
{
	struct photo f = { .cols = 50, .rows = 40, .space = JCS_RGB };
	struct made a = { .t = { .press = true } }, b = a;

	(void)state;
	make_jpeg(&a.file, &f);
	make_jpeg(&b.file, &f);
	make(&a);
	make(&b);
	assert_int_equal(a.colour.n, b.colour.n);
	assert_memory_equal(a.colour.p, b.colour.p, a.colour.n);
	unmake(&a);
	unmake(&b);
}

/* The file is another one by the time it is written. */
static void
changed_under_us(void **state)
{
	struct photo f = { .cols = 50, .rows = 40, .space = JCS_RGB };
	struct made m = {0};
	struct buf rgb = {0};

	(void)state;
	make_jpeg(&m.file, &f);
	make(&m);
	m.colour.n = 0;
	put_file("it", m.file.p, m.file.n / 2);
	assert_string_equal(image_data(m.im, &m.t, &m.f, &m.colour, &m.mask,
	    &m.deflated), "the file changed while the book was made");
	unjpeg(&m.colour, JCS_RGB, &rgb);
	assert_int_equal(rgb.n, 50 * 40 * 3);
	assert_int_equal((uint8_t)rgb.p[0], 255);
	m.colour.n = 0;
	assert_int_equal(unlink("it"), 0);
	assert_string_equal(image_data(m.im, &m.t, &m.f, &m.colour, &m.mask,
	    &m.deflated), "no such file or folder");
	assert_true(m.colour.n > 0);
	buf_free(&rgb);
	unmake(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(png_passes_as_it_is),
		cmocka_unit_test(alpha_goes_beside),
		cmocka_unit_test(alpha_of_nothing_is_dropped),
		cmocka_unit_test(transparent_colours),
		cmocka_unit_test(jpeg_passes_as_it_is),
		cmocka_unit_test(inks_of_photoshop),
		cmocka_unit_test(bare_inks_become_light),
		cmocka_unit_test(gray_goes_to_the_black_plate),
		cmocka_unit_test(colours_become_inks),
		cmocka_unit_test(ink_of_a_picture),
		cmocka_unit_test(palettes_become_inks),
		cmocka_unit_test(no_glass_on_old_presses),
		cmocka_unit_test(own_profile_is_kept_for_the_screen),
		cmocka_unit_test(not_inks),
		cmocka_unit_test(same_bytes_every_time),
		cmocka_unit_test(changed_under_us),
	};
	int ret;

	ret = cmocka_run_group_tests(tests, pictures_enter, pictures_leave);
	arena_free(&arena);
	return ret;
}
