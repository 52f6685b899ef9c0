/*
 * Pictures made for a test: PNG through libpng, JPEG through libjpeg-turbo,
 * chunks by hand where a library would refuse to write such a file. And the
 * way back: rows with predictors to samples, written here a second time.
 */
#ifndef TEST_PICTURES_H
#define TEST_PICTURES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <jpeglib.h>
#include <lcms2.h>
#include <png.h>
#include <zlib.h>

#include "image/image.h"

/* Each test works in an empty folder of its own. */
static char pictures_home[4096], pictures_work[64];

static inline int
pictures_enter(void **state)
{
	(void)state;
	if (getcwd(pictures_home, sizeof(pictures_home)) == NULL)
		return -1;
	strcpy(pictures_work, "/tmp/dabir-image-XXXXXX");
	return mkdtemp(pictures_work) == NULL || chdir(pictures_work) == -1 ?
	    -1 : 0;
}

static inline int
pictures_leave(void **state)
{
	char cmd[128];

	(void)state;
	snprintf(cmd, sizeof(cmd), "rm -rf '%s'", pictures_work);
	return chdir(pictures_home) == -1 || system(cmd) != 0 ? -1 : 0;
}

static inline void
put_file(const char *path, const void *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

/* Sample `k` of the pixel at x, y: smooth, and no two channels alike. */
static inline uint8_t
sample(uint32_t x, uint32_t y, int k)
{
	return (uint8_t)(x * 5 * (uint32_t)(k + 1) + y * 3 + (uint32_t)k * 40);
}

struct picture {
	uint32_t cols, rows;
	int kind;			/* PNG_COLOR_TYPE_... */
	int bits;
	bool interlaced;
	uint32_t ppm;			/* pHYs; 0 none */
	int orientation;		/* EXIF; 0 none */
	const void *icc;
	size_t nicc;
	bool transparent;		/* tRNS */
	uint8_t (*at)(uint32_t x, uint32_t y, int k);	/* NULL: sample() */
};

static inline void
picture_take(png_structp png, png_bytep p, size_t n)
{
	buf_add(png_get_io_ptr(png), p, n);
}

static inline void
picture_flush(png_structp png)
{
	(void)png;
}

/* A TIFF of one tag: the orientation. */
static inline size_t
picture_exif(uint8_t *out, int orientation)
{
	static const uint8_t head[] = { 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1,
		0x12, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 };

	memcpy(out, head, sizeof(head));
	out[19] = (uint8_t)orientation;
	return sizeof(head);
}

/*
 * The rows of a picture as PNG packs them: samples in `bits`, indices for a
 * palette.
 */
static inline void
picture_row(const struct picture *p, uint32_t y, int channels, uint8_t *row)
{
	uint8_t (*at)(uint32_t, uint32_t, int) = p->at != NULL ? p->at :
	    sample;
	uint32_t x, i = 0;
	int k, v;

	memset(row, 0, ((size_t)p->cols * (size_t)(channels * p->bits) + 7) /
	    8);
	for (x = 0; x < p->cols; x++) {
		for (k = 0; k < channels; k++, i++) {
			v = at(x, y, k);
			if (p->bits == 16) {
				row[2 * i] = (uint8_t)v;
				row[2 * i + 1] = (uint8_t)v;
			} else if (p->bits == 8) {
				row[i] = (uint8_t)v;
			} else {
				v >>= 8 - p->bits;
				row[i * (uint32_t)p->bits / 8] |= (uint8_t)(v <<
				    (8 - p->bits - (int)(i * (uint32_t)p->bits
				    % 8)));
			}
		}
	}
}

static inline void
make_png(struct buf *out, const struct picture *p)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL,
	    NULL, NULL);
	png_infop info = png_create_info_struct(png);
	int channels = p->kind == PNG_COLOR_TYPE_PALETTE ? 1 :
	    (p->kind & PNG_COLOR_MASK_COLOR ? 3 : 1) +
	    !!(p->kind & PNG_COLOR_MASK_ALPHA);
	uint8_t *row = xmalloc((size_t)p->cols * 8), exif[64];
	png_color palette[256];
	png_color_16 clear = { 0, 0, 0, 0, 0 };
	uint8_t alphas[2] = { 0, 128 };
	uint32_t y;
	int i, pass;

	png_set_write_fn(png, out, picture_take, picture_flush);
	png_set_IHDR(png, info, p->cols, p->rows, p->bits, p->kind,
	    p->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
	    PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	if (p->kind == PNG_COLOR_TYPE_PALETTE) {
		for (i = 0; i < 1 << p->bits; i++)
			palette[i] = (png_color){ (uint8_t)(i * 7),
				(uint8_t)(255 - i * 3), (uint8_t)(i * 11) };
		png_set_PLTE(png, info, palette, 1 << p->bits);
	}
	if (p->transparent)
		png_set_tRNS(png, info, alphas, 2, &clear);
	if (p->ppm > 0)
		png_set_pHYs(png, info, p->ppm, p->ppm,
		    PNG_RESOLUTION_METER);
	if (p->orientation > 0)
		png_set_eXIf_1(png, info, (png_uint_32)picture_exif(exif,
		    p->orientation), exif);
	if (p->icc != NULL)
		png_set_iCCP(png, info, "profile", 0, p->icc,
		    (png_uint_32)p->nicc);
	png_write_info(png, info);
	for (pass = png_set_interlace_handling(png); pass > 0; pass--) {
		for (y = 0; y < p->rows; y++) {
			picture_row(p, y, channels, row);
			png_write_row(png, row);
		}
	}
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
	free(row);
}

struct photo {
	uint32_t cols, rows;
	J_COLOR_SPACE space;		/* of the samples given */
	J_COLOR_SPACE stored;		/* JCS_UNKNOWN: libjpeg's choice */
	bool progressive;
	uint32_t dpi, dpcm;
	int orientation;
	const void *icc;
	size_t nicc;
	uint8_t (*at)(uint32_t x, uint32_t y, int k);
	bool no_marks;			/* neither JFIF nor Adobe */
};

static inline void
make_jpeg(struct buf *out, const struct photo *p)
{
	uint8_t (*at)(uint32_t, uint32_t, int) = p->at != NULL ? p->at :
	    sample;
	struct jpeg_compress_struct c;
	struct jpeg_error_mgr err;
	unsigned char *bytes = NULL;
	unsigned long n = 0;
	uint8_t *row = xmalloc((size_t)p->cols * 4), exif[64];
	size_t nexif;
	uint32_t x, y;
	int k;

	c.err = jpeg_std_error(&err);
	jpeg_create_compress(&c);
	jpeg_mem_dest(&c, &bytes, &n);
	c.image_width = p->cols;
	c.image_height = p->rows;
	c.in_color_space = p->space;
	c.input_components = p->space == JCS_GRAYSCALE ? 1 : p->space ==
	    JCS_RGB ? 3 : 4;
	jpeg_set_defaults(&c);
	if (p->stored != JCS_UNKNOWN)
		jpeg_set_colorspace(&c, p->stored);
	jpeg_set_quality(&c, 100, TRUE);
	for (k = 0; k < c.num_components; k++)
		c.comp_info[k].h_samp_factor = c.comp_info[k].v_samp_factor =
		    1;
	if (p->progressive)
		jpeg_simple_progression(&c);
	if (p->dpi + p->dpcm > 0) {
		c.density_unit = p->dpi > 0 ? 1 : 2;
		c.X_density = c.Y_density = (UINT16)(p->dpi + p->dpcm);
	}
	if (p->no_marks)
		c.write_JFIF_header = c.write_Adobe_marker = FALSE;
	jpeg_start_compress(&c, TRUE);
	if (p->orientation > 0) {
		memcpy(exif, "Exif\0\0", 6);
		nexif = picture_exif(exif + 6, p->orientation);
		jpeg_write_marker(&c, JPEG_APP0 + 1, exif,
		    (unsigned)nexif + 6);
	}
	jpeg_write_marker(&c, JPEG_COM, (const JOCTET *)"a comment", 9);
	if (p->icc != NULL)
		jpeg_write_icc_profile(&c, p->icc, (unsigned)p->nicc);
	for (y = 0; y < p->rows; y++) {
		for (x = 0; x < p->cols; x++) {
			for (k = 0; k < c.input_components; k++)
				row[x * (uint32_t)c.input_components +
				    (uint32_t)k] = at(x, y, k);
		}
		jpeg_write_scanlines(&c, &row, 1);
	}
	jpeg_finish_compress(&c);
	jpeg_destroy_compress(&c);
	buf_add(out, bytes, n);
	free(bytes);
	free(row);
}

/* ------------------------------------------------------------ chunks */

static inline void
put_be32(struct buf *b, uint32_t v)
{
	buf_char(b, (char)(v >> 24));
	buf_char(b, (char)(v >> 16));
	buf_char(b, (char)(v >> 8));
	buf_char(b, (char)v);
}

static inline void
put_chunk(struct buf *b, const char *type, const void *p, size_t n)
{
	size_t from = b->n + 4;

	put_be32(b, (uint32_t)n);
	buf_add(b, type, 4);
	buf_add(b, p, n);
	put_be32(b, (uint32_t)crc32(0, (const Bytef *)b->p + from,
	    (uInt)(n + 4)));
}

/* A PNG of gray with this header, and `n` bytes of packed rows. */
static inline void
put_png(struct buf *b, uint32_t cols, uint32_t rows, const void *idat, size_t n)
{
	struct buf h = {0};

	buf_add(b, "\x89PNG\r\n\x1a\n", 8);
	put_be32(&h, cols);
	put_be32(&h, rows);
	buf_add(&h, "\x08\0\0\0\0", 5);
	put_chunk(b, "IHDR", h.p, h.n);
	put_chunk(b, "IDAT", idat, n);
	put_chunk(b, "IEND", "", 0);
	buf_free(&h);
}

/* ---------------------------------------------------------- way back */

static inline void
unpack(const struct buf *in, struct buf *out)
{
	z_stream z = {0};
	int ret = Z_OK;

	assert_int_equal(inflateInit(&z), Z_OK);
	z.next_in = (Bytef *)in->p;
	z.avail_in = (uInt)in->n;
	while (ret == Z_OK) {
		buf_reserve(out, 4096);
		z.next_out = (Bytef *)out->p + out->n;
		z.avail_out = 4096;
		ret = inflate(&z, Z_NO_FLUSH);
		out->n += 4096 - z.avail_out;
	}
	assert_int_equal(ret, Z_STREAM_END);
	inflateEnd(&z);
}

/* Take PNG's predictors off rows of `n` bytes; only the samples stay. */
static inline void
unpredict(struct buf *b, size_t n, size_t bpp, uint32_t rows)
{
	uint8_t *p = (uint8_t *)b->p, *out = xcalloc(rows + 1, n), *row, *up;
	int a, c, q, d;
	uint32_t y;
	size_t i;

	assert_int_equal(b->n, (n + 1) * rows);
	for (y = 0; y < rows; y++, p += n + 1) {
		up = out + y * n;	/* the row above the first is zero */
		row = up + n;
		assert_true(p[0] <= 4);
		for (i = 0; i < n; i++) {
			a = i < bpp ? 0 : row[i - bpp];
			c = i < bpp ? 0 : up[i - bpp];
			q = a + up[i] - c;
			d = abs(q - a) <= abs(q - up[i]) && abs(q - a) <=
			    abs(q - c) ? a : abs(q - up[i]) <= abs(q - c) ?
			    up[i] : c;
			row[i] = (uint8_t)(p[i + 1] + (p[0] == 0 ? 0 :
			    p[0] == 1 ? a : p[0] == 2 ? up[i] : p[0] == 3 ?
			    (a + up[i]) / 2 : d));
		}
	}
	b->n = 0;
	buf_add(b, out + n, n * rows);
	free(out);
}

/* Samples of a JPEG, inks as they are stored. */
static inline void
unjpeg(const struct buf *in, J_COLOR_SPACE space, struct buf *out)
{
	struct jpeg_decompress_struct c;
	struct jpeg_error_mgr err;
	size_t n;

	c.err = jpeg_std_error(&err);
	jpeg_create_decompress(&c);
	jpeg_mem_src(&c, (const unsigned char *)in->p, in->n);
	jpeg_read_header(&c, TRUE);
	c.out_color_space = space;
	jpeg_start_decompress(&c);
	n = (size_t)c.output_width * (size_t)c.output_components;
	while (c.output_scanline < c.output_height) {
		JSAMPROW row;

		buf_reserve(out, n);
		row = (JSAMPROW)out->p + out->n;
		jpeg_read_scanlines(&c, &row, 1);
		out->n += n;
	}
	jpeg_destroy_decompress(&c);
}

/* ---------------------------------------------------------- profiles */

/* Any profile of RGB that is not sRGB. */
static inline void
make_rgb_profile(struct buf *out)
{
	static const cmsCIExyY white = { 0.3127, 0.3290, 1 };
	static const cmsCIExyYTRIPLE ends = { { 0.64, 0.33, 1 },
		{ 0.21, 0.71, 1 }, { 0.15, 0.06, 1 } };
	cmsToneCurve *g = cmsBuildGamma(NULL, 2.2), *three[3] = { g, g, g };
	cmsHPROFILE h = cmsCreateRGBProfile(&white, &ends, three);
	cmsUInt32Number n = 0;

	assert_true(cmsSaveProfileToMem(h, NULL, &n));
	buf_reserve(out, n);
	assert_true(cmsSaveProfileToMem(h, out->p, &n));
	out->n = n;
	cmsCloseProfile(h);
	cmsFreeToneCurve(g);
}

static inline cmsInt32Number
ink_to_lab(const cmsUInt16Number in[], cmsUInt16Number out[], void *arg)
{
	cmsUInt16Number rgb[3];
	int i;

	for (i = 0; i < 3; i++)
		rgb[i] = (cmsUInt16Number)((65535 - in[i]) * (uint64_t)(65535 -
		    in[3]) / 65535);
	cmsDoTransform(((cmsHTRANSFORM *)arg)[0], rgb, out, 1);
	return TRUE;
}

static inline cmsInt32Number
lab_to_ink(const cmsUInt16Number in[], cmsUInt16Number out[], void *arg)
{
	cmsUInt16Number rgb[3];
	int i;

	cmsDoTransform(((cmsHTRANSFORM *)arg)[1], in, rgb, 1);
	for (i = 0; i < 3; i++)
		out[i] = 65535 - rgb[i];
	out[3] = 0;
	return TRUE;
}

/* Inks that mix as light does, and make black without black. */
static inline void
make_ink_profile(const char *path)
{
	cmsHPROFILE h = cmsCreateProfilePlaceholder(NULL);
	cmsHPROFILE lab = cmsCreateLab2Profile(NULL);
	cmsHPROFILE rgb = cmsCreate_sRGBProfile();
	cmsHTRANSFORM t[2] = {
		cmsCreateTransform(rgb, TYPE_RGB_16, lab, TYPE_LabV2_16,
		    INTENT_RELATIVE_COLORIMETRIC, 0),
		cmsCreateTransform(lab, TYPE_LabV2_16, rgb, TYPE_RGB_16,
		    INTENT_RELATIVE_COLORIMETRIC, 0),
	};
	cmsTagSignature tags[2] = { cmsSigAToB0Tag, cmsSigBToA0Tag };
	int i;

	cmsSetProfileVersion(h, 2.1);
	cmsSetDeviceClass(h, cmsSigOutputClass);
	cmsSetColorSpace(h, cmsSigCmykData);
	cmsSetPCS(h, cmsSigLabData);
	for (i = 0; i < 2; i++) {
		cmsPipeline *p = cmsPipelineAlloc(NULL, i == 0 ? 4 : 3,
		    i == 0 ? 3 : 4);
		cmsStage *s = cmsStageAllocCLut16bit(NULL, i == 0 ? 9 : 17,
		    i == 0 ? 4 : 3, i == 0 ? 3 : 4, NULL);

		assert_true(cmsStageSampleCLut16bit(s, i == 0 ? ink_to_lab :
		    lab_to_ink, t, 0));
		cmsPipelineInsertStage(p, cmsAT_BEGIN, s);
		assert_true(cmsWriteTag(h, tags[i], p));
		cmsPipelineFree(p);
	}
	assert_true(cmsSaveProfileToFile(h, path));
	cmsDeleteTransform(t[0]);
	cmsDeleteTransform(t[1]);
	cmsCloseProfile(rgb);
	cmsCloseProfile(lab);
	cmsCloseProfile(h);
}

#endif
