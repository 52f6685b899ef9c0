/*
 * JPEG. A PDF takes one as it is, so what matters here is to know it well:
 * the markers are walked to the end of the picture, which tells its kind,
 * size and colours, and whether it breaks off. Pixels are wanted only for
 * the press, and come through libjpeg-turbo.
 *
 * Arithmetic coding, lossless and 12-bit JPEGs are refused: PDF readers do
 * not know them.
 */
#include "image/private.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

/*
 * A scan of a progressive picture visits every block, however few bytes it
 * has: a small file of many scans takes readers minutes. Encoders write 10.
 */
#define SCANS_MOST 100
/*
 * Of the copies we make for the press: no loss that can be seen. Tables of
 * the picture's own would save a tenth, and hold all of it in memory.
 */
#define QUALITY 95

enum { SOI = 0xd8, EOI = 0xd9, SOS = 0xda, SOF0 = 0xc0, SOF2 = 0xc2,
	DHT = 0xc4, JPG = 0xc8, DAC = 0xcc, APP0 = 0xe0, APP1 = 0xe1,
	APP2 = 0xe2, APP14 = 0xee, APP15 = 0xef, COM = 0xfe, TEM = 0x01,
	RST0 = 0xd0, RST7 = 0xd7 };

/* A marker with what belongs to it; coded data are passed over. */
struct segment {
	int marker;
	size_t at, end;			/* from its 0xff; past its parameters */
	const uint8_t *data;		/* parameters without their length */
	size_t n;
};

bool
jpeg_is(const uint8_t *p, size_t n)
{
	return n >= 3 && p[0] == 0xff && p[1] == SOI && p[2] == 0xff;
}

/* The next marker from *at on; false where the file breaks off before it. */
static bool
segment_next(const uint8_t *p, size_t n, size_t *at, struct segment *s)
{
	const uint8_t *ff;
	size_t i = *at, len;

	for (;;) {
		ff = i < n ? memchr(p + i, 0xff, n - i) : NULL;
		if (ff == NULL)
			return false;
		i = (size_t)(ff - p);
		while (i < n && p[i] == 0xff)
			i++;
		if (i == n)
			return false;
		if (p[i] != 0 && !(p[i] >= RST0 && p[i] <= RST7))
			break;
		i++;			/* inside coded data */
	}
	s->marker = p[i];
	s->at = i - 1;
	s->end = i + 1;
	s->data = NULL;
	s->n = 0;
	if (s->marker != SOI && s->marker != EOI && s->marker != TEM) {
		if (n - s->end < 2)
			return false;
		len = be16(p + s->end);
		if (len < 2 || len > n - s->end)
			return false;
		s->data = p + s->end + 2;
		s->n = len - 2;
		s->end += len;
	}
	*at = s->end;
	return true;
}

static bool
begins(const struct segment *s, const char *with, size_t n)
{
	return s->n >= n && memcmp(s->data, with, n) == 0;
}

/* ---------------------------------------------------------------- header */

struct header {
	bool sof, jfif, adobe;
	int transform;			/* Adobe's: 0 none, 1 YCC, 2 YCCK */
	int scans;
	uint8_t ids[4];
	struct exif exif;
	/* The profile comes in pieces of 64 KiB, numbered from 1. */
	const uint8_t *icc[256];
	uint32_t nicc[256];
	uint32_t pieces;
};

static const char *
read_frame(struct image *im, struct header *h, const struct segment *s,
    const struct image_limits *limits)
{
	const char *why;
	uint32_t n, i;

	if (h->sof || s->n < 6)
		return WHY_DAMAGED;
	h->sof = true;
	if (s->marker > SOF2 || s->data[0] != 8)
		return WHY_JPEG;
	im->rows = be16(s->data + 1);
	im->cols = be16(s->data + 3);
	if ((why = pixels_allowed(im->cols, im->rows, limits)) != NULL)
		return why;
	/* No more than libjpeg-turbo writes again. */
	if (MAX(im->cols, im->rows) > JPEG_MAX_DIMENSION)
		return WHY_LIMIT;
	n = s->data[5];
	if (n != 1 && n != 3 && n != 4)
		return WHY_COLOURS;
	if (s->n < 6 + 3 * (size_t)n)
		return WHY_DAMAGED;
	for (i = 0; i < n; i++)
		h->ids[i] = s->data[6 + 3 * i];
	im->space = (enum image_space)n;
	im->progressive = s->marker == SOF2;
	return NULL;
}

static void
read_jfif(struct image *im, struct header *h, const struct segment *s)
{
	uint32_t unit, scale;

	if (!begins(s, "JFIF", 5) || s->n < 12)
		return;
	h->jfif = true;
	unit = s->data[7];
	scale = unit == 1 ? 1000 : unit == 2 ? 2540 : 0;
	im->xppi = be16(s->data + 8) * scale;
	im->yppi = be16(s->data + 10) * scale;
}

static void
read_piece(struct header *h, const struct segment *s)
{
	uint32_t i;

	if (!begins(s, "ICC_PROFILE", 12) || s->n < 14)
		return;
	i = s->data[12];
	h->pieces = s->data[13];
	h->icc[i] = s->data + 14;
	h->nicc[i] = (uint32_t)s->n - 14;
}

static void
join_profile(struct arena *a, struct image *im, const struct header *h)
{
	size_t n = 0;
	uint8_t *p;
	uint32_t i;

	for (i = 1; i <= h->pieces; i++) {
		if (h->icc[i] == NULL)
			return;
		n += h->nicc[i];
	}
	if (n == 0 || n > ICC_MAX)
		return;
	im->icc = p = arena_alloc(a, n);
	im->nicc = n;
	for (i = 1; i <= h->pieces; i++) {
		memcpy(p, h->icc[i], h->nicc[i]);
		p += h->nicc[i];
	}
}

static void
read_application(struct image *im, struct header *h, const struct segment *s)
{
	switch (s->marker) {
	case APP0:
		read_jfif(im, h, s);
		break;
	case APP1:
		if (begins(s, "Exif\0", 6))
			exif_read(s->data + 6, s->n - 6, &h->exif);
		break;
	case APP2:
		read_piece(h, s);
		break;
	case APP14:
		if (begins(s, "Adobe", 5) && s->n >= 12) {
			h->adobe = true;
			h->transform = s->data[11];
		}
		break;
	}
}

static const char *
walk(struct image *im, struct header *h, const uint8_t *p, size_t n,
    const struct image_limits *limits)
{
	const char *why = NULL;
	struct segment s;
	size_t at = 2;

	do {
		if (!segment_next(p, n, &at, &s))
			return WHY_SHORT;
		if (s.marker == SOS) {
			if (!h->sof)
				return WHY_DAMAGED;
			if (++h->scans > SCANS_MOST)
				return WHY_SCANS;
		} else if (s.marker == DAC) {
			why = WHY_JPEG;
		} else if (s.marker >= SOF0 && s.marker < 0xd0 &&
		    s.marker != DHT && s.marker != JPG) {
			why = read_frame(im, h, &s, limits);
		} else if (s.marker >= APP0 && s.marker <= APP15 &&
		    h->scans == 0) {
			read_application(im, h, &s);
		}
		if (why != NULL)
			return why;
	} while (s.marker != EOI);
	return h->scans == 0 ? WHY_DAMAGED : NULL;
}

const char *
jpeg_open(struct arena *a, struct image *im, const uint8_t *p, size_t n,
    const struct image_limits *limits)
{
	struct header *h = xcalloc(1, sizeof(*h));
	const char *why = walk(im, h, p, n, limits);

	if (why != NULL)
		goto out;
	im->kind = IMAGE_JPEG;
	im->bits = 8;
	/* Photoshop writes inks upside down, and everyone after it. */
	im->inverted = im->space == IMAGE_CMYK && h->adobe;
	/* libjpeg goes by these names; PDF readers do not. */
	im->plain_rgb = im->space == IMAGE_RGB && !h->adobe && !h->jfif &&
	    memcmp(h->ids, "RGB", 3) == 0;
	if (h->exif.orientation != 0)
		im->orientation = h->exif.orientation;
	if (im->xppi == 0 || im->yppi == 0) {
		im->xppi = (uint32_t)MIN(h->exif.xppi, UINT32_MAX);
		im->yppi = (uint32_t)MIN(h->exif.yppi, UINT32_MAX);
	}
	join_profile(a, im, h);
	why = jpeg_rows(im, p, n, NULL, NULL);
out:
	free(h);
	return why;
}

void
jpeg_strip(const uint8_t *p, size_t n, struct buf *out)
{
	struct segment s;
	size_t at = 2, from = 0;

	buf_reserve(out, n);
	while (segment_next(p, n, &at, &s) && s.marker != EOI) {
		if (s.marker != COM && !(s.marker > APP0 &&
		    s.marker <= APP15 && s.marker != APP14))
			continue;
		buf_add(out, p + from, s.at - from);
		from = s.end;
	}
	buf_add(out, p + from, at - from);
}

/* ---------------------------------------------------------------- pixels */

struct jpeg_job {
	struct jpeg_decompress_struct c;
	struct jpeg_error_mgr error;
	jmp_buf jump;
	const struct image *im;
	row_taker take;
	void *arg;
	uint8_t *row;
};

static void
on_error(j_common_ptr c)
{
	struct jpeg_job *j = c->client_data;

	longjmp(j->jump, 1);
}

/* Of the warnings, those about the coded data: pixels are wrong then. */
static void
on_message(j_common_ptr c, int level)
{
	int code = c->err->msg_code;

	if (level < 0 && (code == JWRN_HIT_MARKER || code == JWRN_JPEG_EOF ||
	    code == JWRN_HUFF_BAD_CODE || code == JWRN_MUST_RESYNC))
		c->err->num_warnings++;
}

/* Only the header, with its tables, if nobody takes rows. */
static void
read_pixels(struct jpeg_job *j, const uint8_t *p, size_t n)
{
	const struct image *im = j->im;
	size_t i, count = (size_t)im->cols * im->space;
	JSAMPROW row;

	jpeg_create_decompress(&j->c);
	jpeg_mem_src(&j->c, p, n);
	jpeg_read_header(&j->c, TRUE);
	if (j->c.image_width != im->cols || j->c.image_height != im->rows ||
	    j->c.num_components != (int)im->space)
		on_error((j_common_ptr)&j->c);
	if (j->take == NULL)
		return;
	j->c.out_color_space = im->space == IMAGE_GRAY ? JCS_GRAYSCALE :
	    im->space == IMAGE_RGB ? JCS_RGB : JCS_CMYK;
	/* The same on every machine. */
	j->c.dct_method = JDCT_ISLOW;
	jpeg_start_decompress(&j->c);
	row = j->row = xmalloc(count);
	while (j->c.output_scanline < j->c.output_height) {
		jpeg_read_scanlines(&j->c, &row, 1);
		for (i = 0; i < count && im->inverted; i++)
			row[i] = 255 - row[i];
		if (!j->take(j->arg, row))
			break;
	}
}

const char *
jpeg_rows(const struct image *im, const uint8_t *p, size_t n, row_taker take,
    void *arg)
{
	struct jpeg_job *j = xcalloc(1, sizeof(*j));
	const char *why = NULL;

	j->im = im;
	j->take = take;
	j->arg = arg;
	j->c.err = jpeg_std_error(&j->error);
	j->c.client_data = j;
	j->error.error_exit = on_error;
	j->error.emit_message = on_message;
	if (setjmp(j->jump) != 0)
		why = WHY_DAMAGED;
	else
		read_pixels(j, p, n);
	if (why == NULL && j->error.num_warnings > 0)
		why = WHY_DAMAGED;
	jpeg_destroy_decompress(&j->c);
	free(j->row);
	free(j);
	return why;
}

/* ---------------------------------------------------------------- writing */

struct jpeg_writer {
	struct jpeg_compress_struct c;
	struct jpeg_error_mgr error;
	unsigned char *out;
	unsigned long n;
};

/* What we ask for can be written; only memory may lack. */
static void
on_write_error(j_common_ptr c)
{
	(void)c;
	abort();
}

struct jpeg_writer *
jpeg_writer_open(uint32_t cols, uint32_t rows, enum image_space space,
    bool plain)
{
	struct jpeg_writer *w = xcalloc(1, sizeof(*w));
	int i;

	w->c.err = jpeg_std_error(&w->error);
	w->error.error_exit = on_write_error;
	jpeg_create_compress(&w->c);
	jpeg_mem_dest(&w->c, &w->out, &w->n);
	w->c.image_width = cols;
	w->c.image_height = rows;
	w->c.input_components = (int)space;
	w->c.in_color_space = space == IMAGE_GRAY ? JCS_GRAYSCALE :
	    space == IMAGE_RGB ? JCS_RGB : JCS_CMYK;
	jpeg_set_defaults(&w->c);
	if (space == IMAGE_CMYK)
		jpeg_set_colorspace(&w->c, JCS_YCCK);
	else if (plain)
		jpeg_set_colorspace(&w->c, JCS_RGB);
	jpeg_set_quality(&w->c, QUALITY, TRUE);
	for (i = 0; i < w->c.num_components; i++)
		w->c.comp_info[i].h_samp_factor =
		    w->c.comp_info[i].v_samp_factor = 1;
	w->c.dct_method = JDCT_ISLOW;
	jpeg_start_compress(&w->c, TRUE);
	return w;
}

void
jpeg_writer_row(struct jpeg_writer *w, const uint8_t *row)
{
	JSAMPROW p = (JSAMPROW)(uintptr_t)row;

	if (w->c.next_scanline < w->c.image_height)
		jpeg_write_scanlines(&w->c, &p, 1);
}

bool
jpeg_writer_close(struct jpeg_writer *w, struct buf *out)
{
	bool whole = w->c.next_scanline == w->c.image_height;

	if (whole) {
		jpeg_finish_compress(&w->c);
		buf_add(out, w->out, w->n);
	}
	jpeg_destroy_compress(&w->c);
	free(w->out);
	free(w);
	return whole;
}
