/*
 * Colours for the press, through the ICC profile of its inks.
 *
 * Relative colorimetric with the black points matched: what a printer's own
 * software does with photographs, since paper white is then paper, and
 * shadows keep their steps. Red, green and blue without a profile are sRGB.
 *
 * Gray never comes here: it stays on the black plate, whatever a profile
 * would make of it. A page of text with a gray picture must not need four
 * plates.
 */
#include "image/private.h"

#include <jpeglib.h>
#include <lcms2.h>
#include <png.h>
#include <zlib.h>
#include <stdlib.h>
#include <string.h>

struct image_inks {
	cmsHPROFILE profile;
	/* Building a transform takes longer than a small picture: the last
	 * one is kept, by the profile it comes from. */
	cmsHTRANSFORM transform;
	uint64_t icc_hash;
};

struct colour_move {
	enum image_space from, to;
	cmsHTRANSFORM transform;	/* borrowed; NULL: arithmetic */
};

static void
no_words(cmsContext context, cmsUInt32Number code, const char *words)
{
	(void)context;
	(void)code;
	(void)words;
}

static uint32_t
signature(enum image_space space)
{
	return space == IMAGE_GRAY ? cmsSigGrayData : space == IMAGE_RGB ?
	    cmsSigRgbData : cmsSigCmykData;
}

bool
icc_is_valid(const uint8_t *p, size_t n, enum image_space space)
{
	cmsHPROFILE h, lab;
	cmsHTRANSFORM t = NULL;

	if (n < 132 || n > ICC_MAX || be32(p) > n || memcmp(p + 36, "acsp",
	    4) != 0 || be32(p + 16) != signature(space))
		return false;
	/* PDF knows profiles up to version 4 of these classes. */
	if (p[8] > 4 || (memcmp(p + 12, "scnr", 4) != 0 &&
	    memcmp(p + 12, "mntr", 4) != 0 && memcmp(p + 12, "prtr", 4) != 0 &&
	    memcmp(p + 12, "spac", 4) != 0))
		return false;
	if (memcmp(p + 20, "XYZ ", 4) != 0 && memcmp(p + 20, "Lab ", 4) != 0)
		return false;
	cmsSetLogErrorHandler(no_words);
	/* The proof is that something can be done with it. */
	h = cmsOpenProfileFromMem(p, (cmsUInt32Number)n);
	lab = cmsCreateLab4Profile(NULL);
	if (h != NULL)
		t = cmsCreateTransform(h, space == IMAGE_GRAY ? TYPE_GRAY_16 :
		    space == IMAGE_RGB ? TYPE_RGB_16 : TYPE_CMYK_16, lab,
		    TYPE_Lab_16, INTENT_RELATIVE_COLORIMETRIC,
		    cmsFLAGS_NOOPTIMIZE);
	if (t != NULL)
		cmsDeleteTransform(t);
	if (h != NULL)
		cmsCloseProfile(h);
	cmsCloseProfile(lab);
	return t != NULL;
}

static cmsHTRANSFORM
transform_to(cmsHPROFILE inks, cmsHPROFILE from)
{
	return cmsCreateTransform(from, TYPE_RGB_8, inks, TYPE_CMYK_8,
	    INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_BLACKPOINTCOMPENSATION);
}

struct image_inks *
image_inks_open(const char *path, const char **why)
{
	struct image_inks *inks = NULL;
	struct buf b = {0};
	cmsHPROFILE h = NULL, srgb;
	cmsHTRANSFORM t = NULL;

	*why = file_read(path, (size_t)16 << 20, &b);
	if (*why != NULL)
		goto out;
	cmsSetLogErrorHandler(no_words);
	h = cmsOpenProfileFromMem(b.p, (cmsUInt32Number)b.n);
	if (h != NULL && cmsGetColorSpace(h) == cmsSigCmykData) {
		srgb = cmsCreate_sRGBProfile();
		t = transform_to(h, srgb);
		cmsCloseProfile(srgb);
	}
	if (t == NULL) {
		*why = "is no ICC profile of CMYK";
		goto out;
	}
	inks = xcalloc(1, sizeof(*inks));
	inks->profile = h;
	inks->transform = t;
	h = NULL;
out:
	if (h != NULL)
		cmsCloseProfile(h);
	buf_free(&b);
	return inks;
}

void
image_inks_close(struct image_inks *inks)
{
	if (inks == NULL)
		return;
	if (inks->transform != NULL)
		cmsDeleteTransform(inks->transform);
	cmsCloseProfile(inks->profile);
	free(inks);
}

/* From a profile, or from sRGB if there is none, whose hash is 0. */
static cmsHTRANSFORM
transform_of(struct image_inks *inks, const uint8_t *icc, size_t nicc,
    uint64_t hash)
{
	cmsHPROFILE from;

	if (inks->transform != NULL && inks->icc_hash == hash)
		return inks->transform;
	if (inks->transform != NULL)
		cmsDeleteTransform(inks->transform);
	from = icc != NULL ? cmsOpenProfileFromMem(icc,
	    (cmsUInt32Number)nicc) : cmsCreate_sRGBProfile();
	inks->transform = from == NULL ? NULL : transform_to(inks->profile,
	    from);
	inks->icc_hash = hash;
	if (from != NULL)
		cmsCloseProfile(from);
	return inks->transform;
}

struct colour_move *
colour_move_open(const struct image *im, struct image_inks *inks,
    enum image_space from, enum image_space to)
{
	struct colour_move *m = xcalloc(1, sizeof(*m));

	m->from = from;
	m->to = to;
	if (from == IMAGE_RGB && to == IMAGE_CMYK && inks != NULL)
		m->transform = transform_of(inks, im->icc, im->nicc,
		    im->icc_hash);
	return m;
}

/* The common part of the three inks becomes black. */
static void
rgb_to_inks(const uint8_t *in, uint8_t *out)
{
	int k = 255 - MAX(MAX(in[0], in[1]), in[2]), i;

	for (i = 0; i < 3; i++)
		out[i] = k == 255 ? 0 : (uint8_t)((255 - in[i] - k) * 255 /
		    (255 - k));
	out[3] = (uint8_t)k;
}

void
image_inks_colour(struct image_inks *inks, const uint8_t rgb[static 3],
    uint8_t cmyk[static 4])
{
	cmsHTRANSFORM t = NULL;

	if (inks != NULL && (rgb[0] != rgb[1] || rgb[1] != rgb[2]))
		t = transform_of(inks, NULL, 0, 0);
	if (t != NULL)
		cmsDoTransform(t, rgb, cmyk, 1);
	else
		rgb_to_inks(rgb, cmyk);
}

static void
inks_to_rgb(const uint8_t *in, uint8_t *out)
{
	int i;

	for (i = 0; i < 3; i++)
		out[i] = (uint8_t)((255 - in[i]) * (255 - in[3]) / 255);
}

void
colour_move(struct colour_move *m, const uint8_t *in, uint8_t *out,
    size_t pixels)
{
	size_t i;

	if (m->transform != NULL) {
		cmsDoTransform(m->transform, in, out,
		    (cmsUInt32Number)pixels);
		return;
	}
	for (i = 0; i < pixels; i++, in += m->from, out += m->to) {
		if (m->from == m->to)
			memcpy(out, in, m->from);
		else if (m->to == IMAGE_GRAY)	/* they were found equal */
			out[0] = in[1];
		else if (m->to == IMAGE_CMYK)
			rgb_to_inks(in, out);
		else
			inks_to_rgb(in, out);
	}
}

void
colour_move_close(struct colour_move *m)
{
	free(m);
}

#define TEXT2(x) #x
#define TEXT(x) TEXT2(x)

const char *
image_library(void)
{
	static char words[120];
	int v = cmsGetEncodedCMMversion();

	snprintf(words, sizeof(words), "libpng %s, zlib %s, libjpeg-turbo "
	    TEXT(LIBJPEG_TURBO_VERSION) ", lcms2 %d.%d, Zint %s",
	    png_get_libpng_ver(NULL), zlibVersion(), v / 1000, v % 1000 / 10,
	    image_bars_library());
	return words;
}
