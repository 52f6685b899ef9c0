/*
 * PNG. The chunks are walked by hand: whether the file is whole, its sums
 * and its sizes are known before any library allocates for it, and the
 * compressed rows can be taken out as they are, since PDF knows PNG's
 * filters. Pixels come through libpng, which is told to leave all chunks
 * alone but those that make the picture, so that a bomb in a comment or a
 * profile is never unpacked.
 *
 * gAMA and cHRM without a profile are not heeded: files that have them mean
 * sRGB, or nothing.
 */
#include "image/private.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static const uint8_t magic[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a,
	'\n' };

/* zlib packs no better than this, so rows that need more are not there. */
#define PACK_MOST 1032
#define INFLATE_STEP 65536		/* unpacked at a time [byte] */

struct chunk {
	const uint8_t *type, *data;
	uint32_t n;
	bool sound;			/* its sum is right */
};

bool
png_is(const uint8_t *p, size_t n)
{
	return n >= sizeof(magic) && memcmp(p, magic, sizeof(magic)) == 0;
}

/* The chunk at *at, which moves past it; false if it is not whole. */
static bool
chunk_next(const uint8_t *p, size_t n, size_t *at, struct chunk *c)
{
	const uint8_t *s = p + *at;

	if (n - *at < 12 || be32(s) > n - *at - 12 || be32(s) > INT32_MAX)
		return false;
	c->n = be32(s);
	c->type = s + 4;
	c->data = s + 8;
	c->sound = crc32(crc32(0, NULL, 0), s + 4, c->n + 4) ==
	    be32(s + 8 + c->n);
	*at += (size_t)c->n + 12;
	return true;
}

static bool
is(const struct chunk *c, const char *type)
{
	return memcmp(c->type, type, 4) == 0;
}

/* ---------------------------------------------------------------- header */

/* Channels of a pixel as they are stored, by the kind of colour. */
static int
stored_channels(int kind)
{
	static const int8_t channels[7] = { 1, 0, 3, 1, 2, 0, 4 };

	return channels[kind];
}

static const char *
read_header(struct image *im, const struct chunk *c,
    const struct image_limits *limits)
{
	static const uint32_t depths[7] = { 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8 |
		1 << 16, 0, 1 << 8 | 1 << 16, 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8,
		1 << 8 | 1 << 16, 0, 1 << 8 | 1 << 16 };
	const char *why;
	int kind;

	if (!is(c, "IHDR") || c->n != 13)
		return WHY_DAMAGED;
	if (!c->sound)
		return WHY_SUM;
	im->cols = be32(c->data);
	im->rows = be32(c->data + 4);
	if ((why = pixels_allowed(im->cols, im->rows, limits)) != NULL)
		return why;
	im->bits = c->data[8];
	kind = c->data[9];
	if (kind > 6 || im->bits > 16 || !(depths[kind] >> im->bits & 1) ||
	    c->data[10] != 0 || c->data[11] != 0 || c->data[12] > 1)
		return WHY_COLOURS;
	im->kind = IMAGE_PNG;
	im->indexed = kind == 3;
	im->space = kind & 2 ? IMAGE_RGB : IMAGE_GRAY;
	im->alpha = kind & 4;
	im->interlaced = c->data[12] == 1;
	return NULL;
}

static const char *
read_palette(struct arena *a, struct image *im, const struct chunk *c)
{
	uint32_t n = c->n / 3;

	if (!im->indexed)
		return NULL;		/* a hint for poor screens */
	if (c->n % 3 != 0 || n == 0 || n > 256 || im->palette != NULL)
		return WHY_DAMAGED;
	/* Entries that no index can reach are left out. */
	im->npalette = (int)MIN(n, 1u << im->bits);
	im->palette = arena_dup(a, c->data, (size_t)im->npalette * 3);
	return NULL;
}

static void
read_transparency(struct image *im, const struct chunk *c)
{
	uint32_t want = im->space == IMAGE_GRAY ? 2 : 6;

	/* As libpng takes it: a chunk of another length is none. */
	if (im->alpha)
		return;
	if (im->indexed)
		im->alpha = im->palette != NULL && c->n > 0 &&
		    c->n <= (uint32_t)im->npalette;
	else
		im->alpha = c->n == want;
}

static void
read_resolution(struct image *im, const struct chunk *c)
{
	uint64_t x, y;

	if (c->n != 9 || c->data[8] != 1)
		return;
	x = (uint64_t)be32(c->data) * 254 / 10;
	y = (uint64_t)be32(c->data + 4) * 254 / 10;
	im->xppi = (uint32_t)MIN(x, UINT32_MAX);
	im->yppi = (uint32_t)MIN(y, UINT32_MAX);
}

static void
read_profile(struct arena *a, struct image *im, const struct chunk *c)
{
	const uint8_t *nul = memchr(c->data, 0, c->n);
	size_t head = nul == NULL ? c->n : (size_t)(nul - c->data) + 2;
	struct buf b = {0};
	z_stream z = {0};
	int ret = Z_OK;

	if (head >= c->n || nul[1] != 0 || im->icc != NULL ||
	    inflateInit(&z) != Z_OK)
		return;
	z.next_in = (Bytef *)(uintptr_t)(c->data + head);
	z.avail_in = (uInt)(c->n - head);
	while (ret == Z_OK && b.n < ICC_MAX) {
		buf_reserve(&b, 65536);
		z.next_out = (Bytef *)b.p + b.n;
		z.avail_out = 65536;
		ret = inflate(&z, Z_NO_FLUSH);
		b.n += 65536 - z.avail_out;
	}
	inflateEnd(&z);
	if (ret == Z_STREAM_END) {
		im->icc = arena_dup(a, b.p, b.n);
		im->nicc = b.n;
	}
	buf_free(&b);
}

static void
read_exif(struct image *im, const struct chunk *c)
{
	struct exif e = {0};

	exif_read(c->data, c->n, &e);
	if (e.orientation != 0)
		im->orientation = e.orientation;
}

const char *
png_open(struct arena *a, struct image *im, const uint8_t *p, size_t n,
    const struct image_limits *limits)
{
	size_t at = sizeof(magic);
	uint64_t packed = 0, need;
	struct chunk c;
	const char *why;
	int channels;

	if (!chunk_next(p, n, &at, &c))
		return WHY_SHORT;
	if ((why = read_header(im, &c, limits)) != NULL)
		return why;
	channels = stored_channels(c.data[9]);
	for (;;) {
		if (!chunk_next(p, n, &at, &c))
			return WHY_SHORT;
		/* A capital letter: no picture without this chunk. */
		if (!c.sound && !(c.type[0] & 32))
			return WHY_SUM;
		if (!c.sound)
			continue;
		if (is(&c, "IEND"))
			break;
		if (is(&c, "IDAT"))
			packed += c.n;
		else if (is(&c, "PLTE") && packed == 0)
			why = read_palette(a, im, &c);
		else if (is(&c, "tRNS") && packed == 0)
			read_transparency(im, &c);
		else if (is(&c, "pHYs"))
			read_resolution(im, &c);
		else if (is(&c, "iCCP") && packed == 0)
			read_profile(a, im, &c);
		else if (is(&c, "eXIf"))
			read_exif(im, &c);
		else if (!(c.type[0] & 32))
			why = WHY_DAMAGED;
		if (why != NULL)
			return why;
	}
	if (im->indexed && im->palette == NULL)
		return WHY_DAMAGED;
	need = ((uint64_t)im->cols * (uint64_t)channels * im->bits + 7) / 8 *
	    im->rows;
	return need > packed * PACK_MOST ? WHY_SHORT : NULL;
}

/* ---------------------------------------------------------------- pixels */

struct png_job {
	png_structp png;
	png_infop info;
	const struct image *im;
	const uint8_t *p;
	size_t n, at;
	row_taker take;
	void *arg;
	uint8_t *rows;
	bool stopped;
};

static void
on_error(png_structp png, png_const_charp words)
{
	(void)words;
	png_longjmp(png, 1);
}

static void
on_warning(png_structp png, png_const_charp words)
{
	(void)png;
	(void)words;
}

static void
give(png_structp png, png_bytep out, size_t n)
{
	struct png_job *j = png_get_io_ptr(png);

	if (n > j->n - j->at)
		png_error(png, "short");
	memcpy(out, j->p + j->at, n);
	j->at += n;
}

static void
ask_for_eight_bits(struct png_job *j)
{
	png_set_scale_16(j->png);
	if (j->im->indexed)
		png_set_palette_to_rgb(j->png);
	else if (j->im->space == IMAGE_GRAY && j->im->bits < 8)
		png_set_expand_gray_1_2_4_to_8(j->png);
	if (png_get_valid(j->png, j->info, PNG_INFO_tRNS))
		png_set_tRNS_to_alpha(j->png);
}

static void
read_pixels(struct png_job *j)
{
	const struct image *im = j->im;
	size_t stride, want = (size_t)im->space + im->alpha;
	uint32_t y;
	int passes, k;

	png_set_keep_unknown_chunks(j->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
	png_set_user_limits(j->png, im->cols, im->rows);
	png_set_read_fn(j->png, j, give);
	png_read_info(j->png, j->info);
	if (png_get_image_width(j->png, j->info) != im->cols ||
	    png_get_image_height(j->png, j->info) != im->rows)
		png_error(j->png, "another picture");
	ask_for_eight_bits(j);
	passes = png_set_interlace_handling(j->png);
	png_read_update_info(j->png, j->info);
	stride = png_get_rowbytes(j->png, j->info);
	if (png_get_channels(j->png, j->info) != want ||
	    png_get_bit_depth(j->png, j->info) != 8)
		png_error(j->png, "another kind");
	/* Rows of an interlaced picture are whole only with the last pass. */
	j->rows = xcalloc(passes > 1 ? im->rows : 1, stride);
	for (k = 0; k < passes; k++) {
		for (y = 0; y < im->rows; y++) {
			uint8_t *row = j->rows + (passes > 1 ? y * stride : 0);

			png_read_row(j->png, row, NULL);
			if (k + 1 == passes && j->take != NULL &&
			    !j->take(j->arg, row)) {
				j->stopped = true;
				return;
			}
		}
	}
}

static const char *
run(struct png_job *j)
{
	const char *why = NULL;

	j->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, on_error,
	    on_warning);
	if (j->png == NULL)
		return WHY_DAMAGED;
	j->info = png_create_info_struct(j->png);
	if (j->info == NULL || setjmp(png_jmpbuf(j->png)) != 0)
		why = WHY_DAMAGED;
	else
		read_pixels(j);
	png_destroy_read_struct(&j->png, &j->info, NULL);
	free(j->rows);
	return why;
}

const char *
png_rows(const struct image *im, const uint8_t *p, size_t n, row_taker take,
    void *arg)
{
	struct png_job j = { .im = im, .p = p, .n = n, .take = take,
		.arg = arg };

	return run(&j);
}

/*
 * Do packed rows unpack to the rows of the picture, each with a filter that
 * there is, and to nothing more? Whoever opens the PDF unpacks all of it.
 */
static bool
rows_fit(const struct image *im, const struct buf *packed)
{
	size_t row = ((size_t)im->cols * im->bits * (im->indexed ? 1 :
	    (size_t)im->space) + 7) / 8 + 1, all = row * im->rows, at = 0, k, n;
	z_stream z = {0};
	uint8_t *out;
	int got = Z_OK;
	bool good = true;

	if (inflateInit(&z) != Z_OK)
		return false;
	out = xmalloc(INFLATE_STEP);
	z.next_in = (Bytef *)packed->p;
	z.avail_in = (uInt)packed->n;
	while (good && got == Z_OK) {
		z.next_out = out;
		z.avail_out = INFLATE_STEP;
		got = inflate(&z, Z_NO_FLUSH);
		n = INFLATE_STEP - z.avail_out;
		for (k = (row - at % row) % row; k < n && good; k += row)
			good = out[k] <= 4;
		at += n;
		good = good && at <= all && (got == Z_STREAM_END ||
		    (got == Z_OK && n > 0));
	}
	inflateEnd(&z);
	free(out);
	return good && got == Z_STREAM_END && at == all;
}

const char *
png_idat(const struct image *im, const uint8_t *p, size_t n, struct buf *out)
{
	size_t at = sizeof(magic);
	struct chunk c;

	/* The chunks were sound when the picture was opened. */
	while (chunk_next(p, n, &at, &c)) {
		if (is(&c, "IDAT"))
			buf_add(out, c.data, c.n);
	}
	if (out->n <= UINT32_MAX && rows_fit(im, out))
		return NULL;
	out->n = 0;
	return WHY_DAMAGED;
}
