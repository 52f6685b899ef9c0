/*
 * PNG and JPEG: what a picture is, told from its header, and the bytes of it
 * that go into a file of pages. libpng, libjpeg-turbo and lcms2 are known
 * here alone.
 *
 * A picture is opened once for the layout, which looks at headers and
 * checksums and decodes nothing; its pixels are read when they are written,
 * one picture at a time, so a book of photographs needs the memory of its
 * largest one. The same file gives the same bytes: no clock, no locale, no
 * threads.
 */
#ifndef IMAGE_H
#define IMAGE_H

#include "base/base.h"

enum image_kind { IMAGE_PNG = 1, IMAGE_JPEG };
/* The value is the number of components. */
enum image_space { IMAGE_GRAY = 1, IMAGE_RGB = 3, IMAGE_CMYK = 4 };

struct image {
	const char *path;
	uint64_t hash, size;		/* of the file; both same: same */
	enum image_kind kind;
	enum image_space space;		/* of the palette, if indexed */
	uint8_t bits;			/* a component, or an index: 1-16 */
	bool indexed;			/* `palette`: npalette * 3 bytes RGB */
	bool alpha;			/* a channel of it, or colours given as
					 * transparent */
	bool interlaced;		/* PNG */
	bool progressive;		/* JPEG */
	bool inverted;			/* JPEG of CMYK: 255 is no ink */
	bool plain_rgb;			/* JPEG of RGB that says so nowhere */
	uint8_t orientation;		/* EXIF's 1-8: how the stored picture
					 * must be turned; 1 as it is */
	uint32_t cols, rows;		/* as stored [pixel] */
	uint32_t width, height;		/* turned upright [pixel] */
	/* Turned upright [1/1000 pixel an inch]; 0 where the file says
	 * nothing that can be believed (below 72, above 9600). */
	uint32_t xppi, yppi;
	const uint8_t *palette;
	int npalette;
	const uint8_t *icc;		/* valid, and of `space`; or NULL */
	size_t nicc;
	uint64_t icc_hash;
};

struct image_limits {
	size_t file;			/* [byte] */
	uint64_t pixels;
};
#define IMAGE_FILE_MAX ((size_t)256 << 20)
#define IMAGE_PIXELS_MAX 100000000u

/*
 * Look at the file at `path`. NULL limits are those above. On failure
 * returns NULL and says why in fixed words ("no such file or folder"), which
 * have their Persian in the catalogue. All is in `a`.
 */
struct image *image_open(struct arena *a, const char *path,
    const struct image_limits *limits, const char **why);
/*
 * The same for what a manuscript calls `url`, in the book's folder `dir`
 * (NULL: the current one). Where that lies outside it, *outside and no why.
 */
struct image *image_find(struct arena *a, const char *dir, const char *url,
    bool *outside, const char **why);
/* And for bytes in memory; `path` is only kept. */
struct image *image_read(struct arena *a, const char *path, const void *data,
    size_t n, const struct image_limits *limits, const char **why);

/* ---------------------------------------------------------------- output */

/* The inks of a press: its ICC profile, opened. */
struct image_inks;
struct image_inks *image_inks_open(const char *path, const char **why);
void image_inks_close(struct image_inks *inks);
/* Inks of a colour of sRGB, as a picture's pixels get them; by arithmetic if
 * `inks` is NULL. Grays are black ink alone. */
void image_inks_colour(struct image_inks *inks, const uint8_t rgb[static 3],
    uint8_t cmyk[static 4]);

/* What the file of pages can hold. Zero: a screen's. */
struct image_target {
	bool press;			/* gray and CMYK only */
	bool flat;			/* no transparency: laid on white */
	bool no_bare_inks;		/* CMYK only with a profile */
	struct image_inks *inks;	/* press; NULL: plain arithmetic */
};

/*
 * How a picture will be written. The samples are either a JPEG, or rows of a
 * PNG: each begins with the byte of its filter, as PDF's predictor 15 has
 * it.
 */
struct image_form {
	bool jpeg;
	bool as_is;			/* the file's own, not decoded */
	enum image_space space;
	uint8_t bits;
	bool mask;			/* alpha goes beside, 8 bits gray */
	bool inverted;			/* 255 is no ink */
	bool plain_rgb;			/* decoders must be told */
	bool icc;			/* as its own profile has it */
	bool indexed;
	int npalette;
	uint8_t palette[256 * 4];	/* `space` components an entry */
};

/*
 * Decide. Decodes where the answer depends on the pixels: is the alpha
 * channel more than 255 everywhere, are the colours for the press more than
 * gray? Returns NULL, or why the picture cannot be read.
 */
const char *image_plan(const struct image *im, const struct image_target *t,
    struct image_form *f);

/*
 * The bytes, appended to `colour` and `mask`. *deflated says whether rows
 * come out of the file compressed as they are (JPEGs never are). When the
 * file turns out to be damaged or another one, returns why; what could not
 * be read is white then, and the bytes still are what `f` says.
 */
const char *image_data(const struct image *im, const struct image_target *t,
    const struct image_form *f, struct buf *colour, struct buf *mask,
    bool *deflated);

/*
 * The most ink that a press will lay on one place, in percent of one full ink:
 * what no more than a pixel in a thousand exceeds, so that the noise of a
 * JPEG does not decide. 0: the picture cannot be read.
 */
int image_ink(const struct image *im, const struct image_target *t);

/* "libpng 1.6.39, zlib 1.2.13, ..., Zint 2.11.1", for --version. */
const char *image_library(void);

/* Dark bars of a barcode, in modules from its left end. */
struct image_bar { int at, width; };
struct image_bars {
	struct image_bar *bars;
	int n, nmodules;
	const char *digits;		/* what they say */
};
/* An ISBN-13 (hyphens allowed) as EAN-13; false: `why` in words. */
bool image_ean13(struct arena *a, const char *isbn, struct image_bars *out,
    const char **why);

#endif
