/*
 * Files that are not what they say: refused in words, without a crash, and
 * before anything large is allocated. What harm is, `make san` sees.
 */
#include "image/pictures.h"

#include <sys/resource.h>
#include <sys/stat.h>

static struct arena arena;

/* Why these bytes are not read; NULL if they are. */
static const char *
why_not(const void *p, size_t n)
{
	const char *why = NULL;
	struct image *im = image_read(&arena, "it", p, n, NULL, &why);

	assert_true((im == NULL) == (why != NULL));
	return why;
}

static const char *
why_no_file(const char *path)
{
	const char *why = NULL;

	assert_null(image_open(&arena, path, NULL, &why));
	assert_non_null(why);
	return why;
}

static void
not_pictures(void **state)
{
	static const char text[] = "This is a text, whatever its name says.\n";

	(void)state;
	assert_string_equal(why_no_file("none.png"),
	    "no such file or folder");
	assert_int_equal(mkdir("folder.png", 0700), 0);
	assert_string_equal(why_no_file("folder.png"), "is a folder");
	assert_int_equal(mkfifo("pipe.png", 0600), 0);
	assert_string_equal(why_no_file("pipe.png"),
	    "is a pipe, not a file");
	put_file("text.png", text, sizeof(text) - 1);
	assert_string_equal(why_no_file("text.png"),
	    "is neither PNG nor JPEG");
	put_file("empty.jpg", "", 0);
	assert_string_equal(why_no_file("empty.jpg"),
	    "is neither PNG nor JPEG");
	assert_string_equal(why_not("GIF89a", 6), "is neither PNG nor JPEG");
	assert_string_equal(why_not("\x89PNG\r\n\x1a\n", 8),
	    "the file ends too early");
	assert_string_equal(why_not("\xff\xd8\xff", 3),
	    "the file ends too early");
}

static void
png_cut_short(void **state)
{
	struct picture p = { .cols = 20, .rows = 20, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB_ALPHA, .ppm = 5000,
		.orientation = 3 };
	struct buf b = {0};
	size_t n;

	(void)state;
	make_png(&b, &p);
	for (n = 0; n < b.n; n++)
		assert_non_null(why_not(b.p, n));
	assert_null(why_not(b.p, b.n));
	buf_free(&b);
}

static void
jpeg_cut_short(void **state)
{
	struct photo p = { .cols = 20, .rows = 20, .space = JCS_RGB,
		.progressive = true, .orientation = 3 };
	struct buf b = {0};
	size_t n;

	(void)state;
	make_jpeg(&b, &p);
	for (n = 0; n < b.n; n++)
		assert_non_null(why_not(b.p, n));
	assert_null(why_not(b.p, b.n));
	/* What a camera adds behind the end is no harm. */
	buf_str(&b, "trailing");
	assert_null(why_not(b.p, b.n));
	buf_free(&b);
}

static void
wrong_sums(void **state)
{
	struct picture p = { .cols = 20, .rows = 20, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB, .ppm = 5000 };
	struct buf b = {0};
	const char *why = NULL;
	struct image *im;
	char *at;

	(void)state;
	make_png(&b, &p);
	at = memmem(b.p, b.n, "IDAT", 4);
	assert_non_null(at);
	at[20] ^= 1;
	assert_string_equal(why_not(b.p, b.n),
	    "damaged: a checksum is wrong");
	at[20] ^= 1;
	/* What is not the picture may be broken; it does not count. */
	at = memmem(b.p, b.n, "pHYs", 4);
	assert_non_null(at);
	at[6] ^= 1;
	im = image_read(&arena, "it", b.p, b.n, NULL, &why);
	assert_non_null(im);
	assert_int_equal(im->xppi, 0);
	buf_free(&b);
}

static void
bombs(void **state)
{
	static const struct image_limits few = { 1000, 100 };
	struct buf b = {0}, packed = {0};
	const char *why = NULL;
	struct photo p = { .cols = 20, .rows = 20, .space = JCS_RGB };
	struct rusage before, after;
	char *sof;

	(void)state;
	getrusage(RUSAGE_SELF, &before);
	buf_add(&packed, "x\x9c\x03\0\0\0\0\1", 8);
	put_png(&b, 100000, 100000, packed.p, packed.n);
	assert_string_equal(why_not(b.p, b.n),
	    "has more than 100 million pixels");
	b.n = 0;
	put_png(&b, UINT32_MAX, UINT32_MAX, packed.p, packed.n);
	assert_string_equal(why_not(b.p, b.n),
	    "has more than 100 million pixels");
	b.n = 0;
	put_png(&b, 0, 5, packed.p, packed.n);
	assert_string_equal(why_not(b.p, b.n), "has no pixels");
	/* Few enough pixels, but these bytes cannot hold them. */
	b.n = 0;
	put_png(&b, 10000, 10000, packed.p, packed.n);
	assert_string_equal(why_not(b.p, b.n), "the file ends too early");
	b.n = 0;
	make_jpeg(&b, &p);
	assert_null(image_read(&arena, "it", b.p, b.n, &few, &why));
	assert_string_equal(why, "has too many pixels");
	sof = memmem(b.p, b.n, "\xff\xc0", 2);
	assert_non_null(sof);
	memset(sof + 5, 0xff, 4);
	assert_string_equal(why_not(b.p, b.n),
	    "has more than 100 million pixels");
	memset(sof + 5, 0, 4);
	assert_string_equal(why_not(b.p, b.n), "has no pixels");
	getrusage(RUSAGE_SELF, &after);
	assert_true(after.ru_maxrss - before.ru_maxrss < 20000);

	put_file("big.png", b.p, b.n);
	assert_null(image_open(&arena, "big.png", &few, &why));
	assert_string_equal(why, "too large");
	buf_free(&b);
	buf_free(&packed);
}

/* A profile of 100 MB that packs into 100 KB. */
static void
profile_bomb(void **state)
{
	struct picture p = { .cols = 4, .rows = 4, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB };
	uLong n = 100 << 20, packed = compressBound(n);
	uint8_t *zeros = xcalloc(n, 1), *out = xmalloc(packed);
	struct buf b = {0}, chunk = {0}, whole = {0};
	const char *why = NULL;
	struct image *im;

	(void)state;
	assert_int_equal(compress2(out, &packed, zeros, n, 9), Z_OK);
	buf_add(&chunk, "bomb\0\0", 6);
	buf_add(&chunk, out, packed);
	make_png(&b, &p);
	buf_add(&whole, b.p, 33);
	put_chunk(&whole, "iCCP", chunk.p, chunk.n);
	put_chunk(&whole, "zTXt", chunk.p, chunk.n);
	buf_add(&whole, b.p + 33, b.n - 33);
	im = image_read(&arena, "it", whole.p, whole.n, NULL, &why);
	assert_non_null(im);
	assert_null(im->icc);
	assert_true(arena.used < 1 << 20);
	free(zeros);
	free(out);
	buf_free(&b);
	buf_free(&chunk);
	buf_free(&whole);
}

/* Rows that go on long after the picture: whoever opens the PDF would unpack
 * them all. White stands in its place. */
static void
rows_bomb(void **state)
{
	uLong n = 50 << 20, packed = compressBound(n);
	uint8_t *zeros = xcalloc(n, 1), *out = xmalloc(packed);
	struct buf whole = {0}, colour = {0}, mask = {0};
	struct image_target screen = {0};
	struct image_form f;
	const char *why = NULL;
	struct image *im;
	bool deflated = false;

	(void)state;
	assert_int_equal(compress2(out, &packed, zeros, n, 9), Z_OK);
	put_png(&whole, 4, 4, out, packed);
	put_file("bomb.png", whole.p, whole.n);
	im = image_open(&arena, "bomb.png", NULL, &why);
	if (im != NULL) {
		assert_null(image_plan(im, &screen, &f));
		assert_non_null(image_data(im, &screen, &f, &colour, &mask,
		    &deflated));
		assert_true(colour.n < 1000);
		assert_false(deflated);
	}
	free(zeros);
	free(out);
	buf_free(&whole);
	buf_free(&colour);
	buf_free(&mask);
}

/* One scan after another over the same picture. */
static void
scan_bomb(void **state)
{
	struct photo p = { .cols = 64, .rows = 64, .space = JCS_GRAYSCALE,
		.progressive = true };
	struct buf b = {0};
	char *sos;
	size_t head, len;
	int i;

	(void)state;
	make_jpeg(&b, &p);
	sos = memmem(b.p, b.n, "\xff\xda", 2);
	assert_non_null(sos);
	head = (size_t)(sos - b.p);
	len = b.n - 2 - head;
	{
		struct buf many = {0};

		buf_add(&many, b.p, head);
		for (i = 0; i < 200; i++)
			buf_add(&many, b.p + head, len);
		buf_add(&many, "\xff\xd9", 2);
		assert_string_equal(why_not(many.p, many.n),
		    "has more than 100 scans");
		buf_free(&many);
	}
	buf_free(&b);
}

static void
other_jpegs(void **state)
{
	struct photo p = { .cols = 20, .rows = 20, .space = JCS_RGB };
	struct buf b = {0};
	uint8_t *sof;

	(void)state;
	make_jpeg(&b, &p);
	sof = memmem(b.p, b.n, "\xff\xc0", 2);
	assert_non_null(sof);
	sof[1] = 0xc3;			/* lossless */
	assert_non_null(strstr(why_not(b.p, b.n), "JPEG"));
	sof[1] = 0xc9;			/* arithmetic */
	assert_non_null(strstr(why_not(b.p, b.n), "JPEG"));
	sof[1] = 0xc0;
	sof[4] = 12;			/* bits */
	assert_non_null(strstr(why_not(b.p, b.n), "JPEG"));
	sof[4] = 8;
	sof[9] = 2;
	assert_string_equal(why_not(b.p, b.n),
	    "has colours of an unknown kind");
	sof[9] = 3;
	sof[11] = 0x55;			/* sampling */
	assert_string_equal(why_not(b.p, b.n), "damaged");
	buf_free(&b);
}

/* The same numbers on every machine. */
static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Open what was turned over, and have it written if it opens. */
static int
use(const char *path, const void *p, size_t n)
{
	struct image_target press = { .press = true }, screen = {0};
	const struct image_target *t[2] = { &press, &screen };
	const char *why = NULL;
	struct arena a = {0};
	struct image *im;
	int i;

	put_file(path, p, n);
	im = image_open(&a, path, NULL, &why);
	for (i = 0; im != NULL && i < 2; i++) {
		struct image_form f;
		struct buf colour = {0}, mask = {0};
		bool deflated;

		if (image_plan(im, t[i], &f) == NULL)
			image_data(im, t[i], &f, &colour, &mask, &deflated);
		buf_free(&colour);
		buf_free(&mask);
	}
	arena_free(&a);
	return im != NULL;
}

static void
bits_turned_over(void **state)
{
	struct picture p = { .cols = 30, .rows = 20, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB_ALPHA };
	struct photo f = { .cols = 30, .rows = 20, .space = JCS_RGB,
		.progressive = true, .orientation = 2 };
	uint32_t seed = 7;
	int opened = 0, i, k;

	(void)state;
	for (i = 0; i < 600; i++) {
		struct buf b = {0};

		if (i % 2 == 0)
			make_png(&b, &p);
		else
			make_jpeg(&b, &f);
		for (k = 0; k < 1 + i / 100; k++)
			b.p[next(&seed) % b.n] ^= (char)(1 << next(&seed) % 8);
		opened += use("flipped", b.p, b.n);
		buf_free(&b);
	}
	print_message("%d of 600 opened\n", opened);
}

/* Sound chunks around rows that are no rows. */
static void
rows_of_nonsense(void **state)
{
	struct buf b = {0}, junk = {0}, colour = {0}, mask = {0};
	struct image_target t = {0};
	struct image_form f;
	const char *why = NULL;
	struct image *im;
	bool deflated = true;
	uint32_t seed = 3;
	int i;

	(void)state;
	for (i = 0; i < 500; i++)
		buf_char(&junk, (char)next(&seed));
	put_png(&b, 50, 40, junk.p, junk.n);
	put_file("junk.png", b.p, b.n);
	im = image_open(&arena, "junk.png", NULL, &why);
	assert_non_null(im);
	assert_null(image_plan(im, &t, &f));
	assert_true(f.as_is);
	assert_string_equal(image_data(im, &t, &f, &colour, &mask, &deflated),
	    "damaged");
	/* White paper, in the form that was promised. */
	assert_false(deflated);
	unpredict(&colour, 50, 1, 40);
	for (i = 0; i < 50 * 40; i++)
		assert_int_equal((uint8_t)colour.p[i], 255);
	buf_free(&b);
	buf_free(&junk);
	buf_free(&colour);
	buf_free(&mask);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(not_pictures),
		cmocka_unit_test(png_cut_short),
		cmocka_unit_test(jpeg_cut_short),
		cmocka_unit_test(wrong_sums),
		cmocka_unit_test(bombs),
		cmocka_unit_test(profile_bomb),
		cmocka_unit_test(rows_bomb),
		cmocka_unit_test(scan_bomb),
		cmocka_unit_test(other_jpegs),
		cmocka_unit_test(bits_turned_over),
		cmocka_unit_test(rows_of_nonsense),
	};
	int ret;

	ret = cmocka_run_group_tests(tests, pictures_enter, pictures_leave);
	arena_free(&arena);
	return ret;
}
