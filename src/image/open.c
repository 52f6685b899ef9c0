/*
 * Opening a picture: its bytes are read once, to the end, since a file that
 * breaks off, or was damaged on the way, must be known while the layout can
 * still leave a frame in its place. Nothing is decoded.
 */
#include "image/private.h"


/* 72 dots an inch come as 2834 or 2835 a metre. */
#define PPI_LEAST 71900
#define PPI_MOST 9600000

/*
 * FNV's way in words of 8 bytes, taken little end first on every machine:
 * the hash names the picture in the file of pages, and byte by byte it would
 * take as long as reading.
 */
uint64_t
image_hash(const void *bytes, size_t n)
{
	const uint8_t *p = bytes;
	uint64_t h = HASH_SEED ^ n, w;
	size_t i;

	for (; n >= 8; p += 8, n -= 8) {
		w = 0;
		for (i = 8; i-- > 0;)
			w = w << 8 | p[i];
		h = (h ^ w) * 0x9e3779b97f4a7c15u;
		h ^= h >> 32;
	}
	for (i = 0; i < n; i++)
		h = (h ^ p[i]) * 0x100000001b3u;
	return h ^ h >> 29;
}

const char *
pixels_allowed(uint32_t cols, uint32_t rows, const struct image_limits *limits)
{
	if (cols == 0 || rows == 0)
		return WHY_EMPTY;
	if ((uint64_t)cols * rows <= limits->pixels)
		return NULL;
	return limits->pixels == IMAGE_PIXELS_MAX ? WHY_PIXELS : WHY_LIMIT;
}

static uint32_t
believed(uint32_t ppi)
{
	return ppi >= PPI_LEAST && ppi <= PPI_MOST ? ppi : 0;
}

struct image *
image_read(struct arena *a, const char *path, const void *data, size_t n,
    const struct image_limits *limits, const char **why)
{
	static const struct image_limits usual = { IMAGE_FILE_MAX,
		IMAGE_PIXELS_MAX };
	struct image *im = ARENA_NEW(a, struct image);

	if (limits == NULL)
		limits = &usual;
	im->path = arena_str(a, path);
	im->orientation = 1;
	*why = png_is(data, n) ? png_open(a, im, data, n, limits) :
	    jpeg_is(data, n) ? jpeg_open(a, im, data, n, limits) : WHY_KIND;
	if (*why != NULL)
		return NULL;
	im->size = n;
	im->hash = image_hash(data, n);
	if (im->icc != NULL && !icc_is_valid(im->icc, im->nicc, im->space)) {
		im->icc = NULL;
		im->nicc = 0;
	}
	if (im->icc != NULL)
		im->icc_hash = image_hash(im->icc, im->nicc);
	im->xppi = believed(im->xppi);
	im->yppi = believed(im->yppi);
	if (im->xppi == 0 || im->yppi == 0)
		im->xppi = im->yppi = 0;
	im->width = im->orientation < 5 ? im->cols : im->rows;
	im->height = im->orientation < 5 ? im->rows : im->cols;
	if (im->orientation >= 5) {
		uint32_t x = im->xppi;

		im->xppi = im->yppi;
		im->yppi = x;
	}
	return im;
}

struct image *
image_open(struct arena *a, const char *path,
    const struct image_limits *limits, const char **why)
{
	struct image *im = NULL;
	struct buf b = {0};

	*why = file_read(path, limits != NULL ? limits->file : IMAGE_FILE_MAX,
	    &b);
	if (*why == NULL)
		im = image_read(a, path, b.n > 0 ? b.p : "", b.n, limits,
		    why);
	buf_free(&b);
	return im;
}
