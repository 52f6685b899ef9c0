/*
 * Pictures, which are put into the file itself, so that it can be sent as it
 * is. What is too large for that is told, and its words stand in its place.
 *
 * The bytes are the file's own: browsers read PNG and JPEG, turn them as
 * EXIF says, and know their profiles.
 */
#include <string.h>

#include "base/messages.h"
#include "html/private.h"
#include "image/image.h"

/* Above these a phone is better served by a smaller picture [byte]. */
#define PICTURE_MAX ((size_t)4 << 20)
#define PICTURES_MAX ((size_t)48 << 20)

static void
put_base64(struct html *h, const unsigned char *p, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	char quad[4];

	buf_reserve(&h->out, (n + 2) / 3 * 4);
	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = (uint32_t)p[i] << 16 |
		    (i + 1 < n ? (uint32_t)p[i + 1] << 8 : 0) |
		    (i + 2 < n ? p[i + 2] : 0u);

		for (int k = 0; k < 4; k++)
			quad[k] = digits[v >> (18 - 6 * k) & 63];
		if (i + 1 >= n)
			quad[2] = '=';
		if (i + 2 >= n)
			quad[3] = '=';
		buf_add(&h->out, quad, 4);
	}
}

/* The picture's file; NULL, and reported, if it cannot be shown. */
static const struct image *
find(struct html *h, const struct doc_node *n, struct buf *bytes)
{
	const char *url = n->url != NULL ? n->url : "", *why = NULL;
	bool outside;
	const struct image *im = image_find(&h->a, h->job->image_dir, url,
	    &outside, &why);

	if (outside) {
		diag_add(h->dg, n->pos, MAN_OUTSIDE, url);
	} else if (im == NULL) {
		diag_add(h->dg, n->pos, MAN_MISSING_IMAGE, url, why);
	} else if (im->size > PICTURE_MAX ||
	    h->image_bytes + im->size > PICTURES_MAX) {
		diag_add(h->dg, n->pos, MAN_IMAGE_LARGE, url,
		    (size_t)(im->size >> 10), (im->size > PICTURE_MAX ?
		    PICTURE_MAX : PICTURES_MAX) >> 10);
		im = NULL;
	} else if (!h->first_pass) {
		why = file_read(im->path, PICTURE_MAX, bytes);
		if (why != NULL) {
			diag_add(h->dg, n->pos, MAN_MISSING_IMAGE, url, why);
			im = NULL;
		}
	}
	return im;
}

/* width= and height= as the author asks; else the picture's own. */
static void
put_size(struct html *h, const struct doc_node *n, const struct image *im)
{
	static const char *const keys[] = {"width", "height"};
	static const char *const sides[] = {"inline-size", "block-size"};
	int64_t size[2] = {im->width, im->height};
	bool asked = false;

	for (int k = 0; k < 2; k++) {
		const char *s = doc_value(n, keys[k]);
		size_t len = s != NULL ? strlen(s) : 0;
		struct length v;
		int64_t px = 0;

		if (len > 2 && strcmp(s + len - 2, "px") == 0)
			len -= 2;
		if (s == NULL || !length_parse(s, len, &v))
			continue;
		if (v.unit == UNIT_PERCENT && v.value > 0) {
			rawf(h, " style=\"%s:%d%%\"", sides[k],
			    (int)MIN(v.value / 1000000, 100));
			return;
		}
		if (v.unit == UNIT_ABS)
			px = muldiv(v.value, 96, (int64_t)72 * SP_PT);
		else if (v.unit == UNIT_NONE)
			px = v.value / 1000000;
		else if (v.unit == UNIT_EM)
			px = muldiv(v.value, 16, 1000000);
		if (px < 1 || px > 100000)
			continue;
		if (!asked)
			size[1 - k] = muldiv(size[1 - k], px, MAX(size[k], 1));
		size[k] = px;
		asked = true;
	}
	rawf(h, " width=\"%d\" height=\"%d\"", (int)MAX(size[0], 1),
	    (int)MAX(size[1], 1));
}

void
put_image(struct html *h, const struct doc_node *n, const char *alt)
{
	struct buf bytes = {0};
	const struct image *im = find(h, n, &bytes);

	if (im == NULL) {
		raw(h, "<span class=\"db-missing\">");
		if (alt != NULL)
			put_plain(h, alt, strlen(alt));
		raw(h, "</span>");
		buf_free(&bytes);
		return;
	}
	h->image_bytes += im->size;
	rawf(h, "<img src=\"data:image/%s;base64,", im->kind == IMAGE_PNG ?
	    "png" : "jpeg");
	put_base64(h, (const unsigned char *)bytes.p, bytes.n);
	raw(h, "\"");
	put_size(h, n, im);
	put_attr(h, "alt", alt != NULL ? alt : "");
	raw(h, ">");
	buf_free(&bytes);
}

void
put_figure(struct html *h, const struct doc_node *n)
{
	const struct doc_node *caption = n->first != NULL &&
	    n->first->kind == DOC_CAPTION ? n->first : NULL;
	bool above = strcmp(h->st->figure.caption_place, "above") == 0;
	struct tongue before;

	raw(h, "<figure");
	if (doc_id(n) == NULL)
		put_id(h, doc_block_id(&h->a, n));
	before = put_attrs(h, n, NULL);
	raw(h, ">\n");
	for (int turn = 0; turn < 2; turn++) {
		if ((turn == 0) != above) {
			put_image(h, n, doc_alt(&h->a, n));
			raw(h, "\n");
		} else if (caption != NULL) {
			raw(h, "<figcaption>");
			put_caption(h, caption, "figure", style_number_of(
			    &h->num, n));
			raw(h, "</figcaption>\n");
		}
	}
	raw(h, "</figure>\n");
	tongue_back(h, before);
}
