/*
 * What the files of image/ know of one another, from the ground up:
 *
 *	exif.c		orientation and resolution out of EXIF
 *	colour.c	profiles and conversion; the only one with lcms2
 *	png.c		chunks by hand, pixels by libpng
 *	jpeg.c		markers by hand, pixels by libjpeg-turbo
 *	open.c		image_open()
 *	data.c		image_plan(), image_data()
 */
#ifndef IMAGE_PRIVATE_H
#define IMAGE_PRIVATE_H

#include "image/image.h"

/* Profiles larger than this are not worth a picture's while. */
#define ICC_MAX ((size_t)4 << 20)

/* Why a picture is not read; translated in base/catalogue.c. */
#define WHY_KIND "is neither PNG nor JPEG"
#define WHY_SHORT "the file ends too early"
#define WHY_SUM "damaged: a checksum is wrong"
#define WHY_DAMAGED "damaged"
#define WHY_PIXELS "has more than 100 million pixels"
#define WHY_LIMIT "has too many pixels"
#define WHY_EMPTY "has no pixels"
#define WHY_JPEG "a JPEG of a kind that is not read"
#define WHY_SCANS "has more than 100 scans"
#define WHY_COLOURS "has colours of an unknown kind"
#define WHY_CHANGED "the file changed while the book was made"

/* ---------------------------------------------------------------- exif.c */

struct exif {
	uint8_t orientation;		/* 1-8; 0 not said */
	uint64_t xppi, yppi;		/* [1/1000 pixel an inch]; 0 not said */
};
/* `p` begins with the byte order; what cannot be read is left alone. */
void exif_read(const uint8_t *p, size_t n, struct exif *e);

/* -------------------------------------------------------------- colour.c */

/* Is this a profile of pictures in that space that a PDF may hold? */
bool icc_is_valid(const uint8_t *p, size_t n, enum image_space space);

/*
 * Pixels of 8-bit samples from one space into another. An image's own
 * profile counts, else sRGB; NULL inks: arithmetic.
 */
struct colour_move;
struct colour_move *colour_move_open(const struct image *im,
    struct image_inks *inks, enum image_space from, enum image_space to);
void colour_move(struct colour_move *m, const uint8_t *in, uint8_t *out,
    size_t pixels);
void colour_move_close(struct colour_move *m);

const char *image_bars_library(void);	/* "2.11.1" */

/* ------------------------------------------------------------ png, jpeg */

/*
 * Takes a row, samples of 8 bits: the components of the image's space, then
 * alpha if it has any. False: no more are wanted.
 */
typedef bool (*row_taker)(void *arg, const uint8_t *row);

bool png_is(const uint8_t *p, size_t n);
bool jpeg_is(const uint8_t *p, size_t n);
/* Fill in what the header says; NULL or why not. */
const char *png_open(struct arena *a, struct image *im, const uint8_t *p,
    size_t n, const struct image_limits *limits);
const char *jpeg_open(struct arena *a, struct image *im, const uint8_t *p,
    size_t n, const struct image_limits *limits);
/* All rows from the top. CMYK comes as inks, 255 full, whatever the file. */
const char *png_rows(const struct image *im, const uint8_t *p, size_t n,
    row_taker take, void *arg);
const char *jpeg_rows(const struct image *im, const uint8_t *p, size_t n,
    row_taker take, void *arg);
/*
 * The compressed rows as they stand in the file, if they can be read from
 * end to end.
 */
const char *png_idat(const struct image *im, const uint8_t *p, size_t n,
    struct buf *out);
/* A JPEG without what is not picture: EXIF with its place and thumbnail,
 * XMP, profiles, comments. */
void jpeg_strip(const uint8_t *p, size_t n, struct buf *out);
/* The file's bytes, if they still are those that were opened; its rows. Both
 * NULL or why not. */
const char *image_load(const struct image *im, struct buf *b);
const char *image_rows(const struct image *im, const struct buf *b,
    row_taker take, void *arg);
/* Of a file's bytes, the same on every machine. */
uint64_t image_hash(const void *bytes, size_t n);
/* Is the number of pixels allowed? NULL or why not. */
const char *pixels_allowed(uint32_t cols, uint32_t rows,
    const struct image_limits *limits);

/* Rows -> a JPEG of high quality; `plain`: RGB stays RGB. */
struct jpeg_writer;
struct jpeg_writer *jpeg_writer_open(uint32_t cols, uint32_t rows,
    enum image_space space, bool plain);
void jpeg_writer_row(struct jpeg_writer *w, const uint8_t *row);
/* Ends it; false if that many rows did not come. */
bool jpeg_writer_close(struct jpeg_writer *w, struct buf *out);

static inline uint32_t
be16(const uint8_t *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

static inline uint32_t
be32(const uint8_t *p)
{
	return be16(p) << 16 | be16(p + 2);
}

#endif
