/*
 * The text of content streams and dictionaries: numbers, strings, colours,
 * paths. Every number is made from integers, so the bytes are the same on
 * every machine and in every locale.
 *
 * Coordinates come in [sp], y downwards from the top of the page, and leave
 * as points, y upwards. Two decimals (0.0035 mm) hold any place; sizes and
 * line widths get three.
 */
#include "image/image.h"
#include "pdf/internal.h"

#include <string.h>

static const int64_t power[] = { 1, 10, 100, 1000, 10000 };

void
pdf_put_int(struct buf *b, int64_t v)
{
	char tmp[24], *p = tmp + sizeof(tmp);
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	if (v < 0)
		*--p = '-';
	buf_add(b, p, (size_t)(tmp + sizeof(tmp) - p));
}

void
pdf_put_ref(struct buf *b, uint32_t object)
{
	pdf_put_int(b, object);
	buf_add(b, " 0 R", 4);
}

void
pdf_put_fixed(struct buf *b, int64_t v, int decimals)
{
	char tmp[28], *p = tmp + sizeof(tmp);
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	int i;

	for (i = decimals; i > 0 && u % 10 == 0; i--)
		u /= 10;
	if (i > 0) {
		for (; i > 0; i--, u /= 10)
			*--p = (char)('0' + u % 10);
		*--p = '.';
	}
	/* ".5" is a number in PDF. */
	if (u != 0 || p == tmp + sizeof(tmp)) {
		do
			*--p = (char)('0' + u % 10);
		while ((u /= 10) != 0);
	}
	if (v < 0)
		*--p = '-';
	buf_add(b, p, (size_t)(tmp + sizeof(tmp) - p));
}

/* Half away from zero, as everywhere. */
static int64_t
scaled(sp64 v, int decimals)
{
	v *= power[decimals];
	return v >= 0 ? (v + SP_PT / 2) / SP_PT : -((-v + SP_PT / 2) / SP_PT);
}

void
pdf_put_sp(struct buf *b, sp64 v, int decimals)
{
	pdf_put_fixed(b, scaled(v, decimals), decimals);
}

int64_t
pdf_hundredths(sp64 v)
{
	return scaled(v, 2);
}

void
pdf_put_box(struct buf *b, const char *name, sp64 x, sp64 y, sp64 w, sp64 h)
{
	const sp64 v[4] = { x, y, x + w, y + h };
	int i;

	buf_printf(b, "/%s[", name);
	for (i = 0; i < 4; i++) {
		pdf_put_sp(b, v[i], 3);
		buf_char(b, i == 3 ? ']' : ' ');
	}
}

/* One byte inside ( ): CR would be read as LF. */
static void
put_escaped(struct buf *b, unsigned c)
{
	c &= 0xff;
	if (c == '(' || c == ')' || c == '\\')
		buf_char(b, '\\');
	if (c == '\r')
		buf_str(b, "\\r");
	else
		buf_char(b, (char)c);
}

static bool
is_ascii(const char *s)
{
	for (; *s != '\0'; s++) {
		if ((unsigned char)*s < ' ' || (unsigned char)*s > '~')
			return false;
	}
	return true;
}

/* UTF-16, big end first, with its mark: each byte through `put`. */
static void
each_utf16(struct buf *b, const char *s, void (*put)(struct buf *, unsigned))
{
	size_t n = strlen(s), i = 0;
	uint32_t cp;

	put(b, 0xfe);
	put(b, 0xff);
	while (i < n) {
		cp = utf8_next(s, n, &i);
		if (cp > 0xffff) {
			cp -= 0x10000;
			put(b, 0xd8 | cp >> 18);
			put(b, cp >> 10);
			cp = 0xdc00 | (cp & 0x3ff);
		}
		put(b, cp >> 8);
		put(b, cp);
	}
}

static void
put_hex_byte(struct buf *b, unsigned c)
{
	static const char digits[] = "0123456789ABCDEF";

	buf_char(b, digits[c >> 4 & 15]);
	buf_char(b, digits[c & 15]);
}

void
pdf_put_text(struct buf *b, const char *s)
{
	buf_char(b, '(');
	if (is_ascii(s)) {
		for (; *s != '\0'; s++)
			put_escaped(b, (unsigned char)*s);
	} else {
		each_utf16(b, s, put_escaped);
	}
	buf_char(b, ')');
}

void
pdf_put_hex(struct buf *b, const char *s)
{
	buf_char(b, '<');
	each_utf16(b, s, put_hex_byte);
	buf_char(b, '>');
}

void
pdf_put_name(struct buf *b, const char *s)
{
	buf_char(b, '/');
	for (; *s != '\0'; s++) {
		if ((unsigned char)*s <= ' ' || (unsigned char)*s > '~' ||
		    strchr("#/()<>[]{}%", *s) != NULL) {
			buf_char(b, '#');
			put_hex_byte(b, (unsigned char)*s);
		} else {
			buf_char(b, *s);
		}
	}
}

/* -------------------------------------------------------------- content */

void
pdf_begin_text(struct pdf_content *c)
{
	if (c->in_text)
		return;
	buf_str(&c->b, "BT\n");
	c->in_text = c->placed = true;
	c->x = c->y = 0;
}

void
pdf_end_text(struct pdf_content *c)
{
	if (!c->in_text)
		return;
	buf_str(&c->b, "ET\n");
	c->in_text = false;
}

/* v / 255 with three decimals. */
static void
put_part(struct buf *b, int v)
{
	pdf_put_fixed(b, (v * 1000 + 127) / 255, 3);
	buf_char(b, ' ');
}

/*
 * For the press every colour is CMYK: gray becomes black ink alone; red,
 * green and blue go through the profile of the output condition, as pictures
 * do, so that a heading has the red of the picture below it. A style for
 * print names its inks.
 */
static struct colour
to_cmyk(struct pdf_job *j, struct colour v)
{
	struct colour out = { .space = 4 };
	size_t i;

	if (v.space == 4)
		return v;
	if (v.space == 1) {
		out.v[3] = (uint8_t)(255 - v.v[0]);
		return out;
	}
	/* A book has a few colours, and many strings of each. */
	for (i = 0; i < j->ninked && i < NELEM(j->inked); i++)
		if (memcmp(j->inked[i].rgb, v.v, 3) == 0)
			return j->inked[i].inks;
	image_inks_colour(pdf_inks(j), v.v, out.v);
	i = j->ninked++ % NELEM(j->inked);
	memcpy(j->inked[i].rgb, v.v, 3);
	j->inked[i].inks = out;
	return out;
}

/* For the screen the inks become light again. */
static struct colour
to_rgb(struct colour v)
{
	struct colour out = { .space = 3 };
	int i;

	if (v.space != 4)
		return v;
	if (v.v[0] == 0 && v.v[1] == 0 && v.v[2] == 0)
		return (struct colour){ 1, { (uint8_t)(255 - v.v[3]) } };
	for (i = 0; i < 3; i++)
		out.v[i] = (uint8_t)((255 - v.v[i]) * (255 - v.v[3]) / 255);
	return out;
}

/*
 * Black letters overprint, so that a plate out of register leaves no white
 * edge. Nothing else does: under overprint mode 1 white paints nothing.
 */
static void
set_overprint(struct pdf_content *c, struct colour v)
{
	int on = v.v[0] == 0 && v.v[1] == 0 && v.v[2] == 0 && v.v[3] == 255;

	if (on == c->overprint)
		return;
	c->overprint = on;
	buf_str(&c->b, on ? "/O1 gs\n" : "/O0 gs\n");
}

static struct colour
for_output(struct pdf_content *c, struct colour v)
{
	if (v.space == 0)
		v = (struct colour){ 1, { 0 } };
	return c->job->cmyk ? to_cmyk(c->job, v) : to_rgb(v);
}

static bool
same(struct colour a, struct colour b)
{
	return a.space == b.space && memcmp(a.v, b.v, sizeof(a.v)) == 0;
}

void
pdf_fill_colour(struct pdf_content *c, struct colour v)
{
	int i;

	v = for_output(c, v);
	if (c->fill_set && same(c->fill, v))
		return;
	c->fill = v;
	c->fill_set = true;
	if (v.space == 4)
		set_overprint(c, v);
	for (i = 0; i < v.space; i++)
		put_part(&c->b, v.v[i]);
	buf_str(&c->b, v.space == 1 ? "g\n" : v.space == 3 ? "rg\n" : "k\n");
}

void
pdf_stroke_colour(struct pdf_content *c, struct colour v)
{
	int i;

	v = for_output(c, v);
	if (c->stroke_set && same(c->stroke, v))
		return;
	c->stroke = v;
	c->stroke_set = true;
	for (i = 0; i < v.space; i++)
		put_part(&c->b, v.v[i]);
	buf_str(&c->b, v.space == 1 ? "G\n" : v.space == 3 ? "RG\n" : "K\n");
}

static void
put_point(struct pdf_content *c, sp64 x, sp64 y)
{
	pdf_put_sp(&c->b, x, 2);
	buf_char(&c->b, ' ');
	pdf_put_sp(&c->b, c->height - y, 2);
	buf_char(&c->b, ' ');
}

void
pdf_rect(struct pdf_content *c, sp x, sp y, sp w, sp h, struct colour fill)
{
	if (w <= 0 || h <= 0)
		return;
	pdf_end_text(c);
	pdf_fill_colour(c, fill);
	/* Three decimals: a hairline of 0.25 pt is not to become 0.3. */
	pdf_put_sp(&c->b, x, 3);
	buf_char(&c->b, ' ');
	pdf_put_sp(&c->b, (sp64)c->height - y - h, 3);
	buf_char(&c->b, ' ');
	pdf_put_sp(&c->b, w, 3);
	buf_char(&c->b, ' ');
	pdf_put_sp(&c->b, h, 3);
	buf_str(&c->b, " re f\n");
}

void
pdf_path(struct pdf_content *c, sp x, sp y, const struct page_point *v,
    size_t n, bool closed, sp width, struct colour stroke, struct colour fill)
{
	bool strokes = width > 0 && stroke.space != 0;
	bool fills = fill.space != 0 && n > 2;
	size_t i;

	if (n < 2 || (!strokes && !fills))
		return;
	pdf_end_text(c);
	if (fills)
		pdf_fill_colour(c, fill);
	if (strokes) {
		pdf_stroke_colour(c, stroke);
		if (c->line_width != width) {
			pdf_put_sp(&c->b, width, 3);
			buf_str(&c->b, " w\n");
			c->line_width = width;
		}
	}
	for (i = 0; i < n; i++) {
		put_point(c, (sp64)x + v[i].x, (sp64)y + v[i].y);
		buf_str(&c->b, i == 0 ? "m\n" : "l\n");
	}
	if (fills && strokes)
		buf_str(&c->b, closed ? "b\n" : "B\n");
	else if (fills)
		buf_str(&c->b, "f\n");
	else
		buf_str(&c->b, closed ? "s\n" : "S\n");
}
