/*
 * EXIF is a small TIFF file: a byte order, and a list of tags, of which the
 * first one matters here. Anything in it may be wrong; what is, is not said.
 */
#include "image/private.h"

#include <string.h>

enum { TAG_ORIENTATION = 0x112, TAG_XRES = 0x11a, TAG_YRES = 0x11b,
	TAG_UNIT = 0x128 };
enum { TYPE_SHORT = 3, TYPE_RATIONAL = 5 };

struct tiff {
	const uint8_t *p;
	size_t n;
	bool big;
};

static uint32_t
get16(const struct tiff *t, size_t at)
{
	const uint8_t *p = t->p + at;

	return t->big ? be16(p) : (uint32_t)p[1] << 8 | p[0];
}

static uint32_t
get32(const struct tiff *t, size_t at)
{
	return t->big ? get16(t, at) << 16 | get16(t, at + 2) :
	    get16(t, at + 2) << 16 | get16(t, at);
}

/* A rational number of the entry at `at`, in thousandths; 0 if it is none. */
static uint64_t
rational(const struct tiff *t, size_t at)
{
	size_t off = get32(t, at + 8);
	uint32_t above, below;

	if (get16(t, at + 2) != TYPE_RATIONAL || off > t->n || t->n - off < 8)
		return 0;
	above = get32(t, off);
	below = get32(t, off + 4);
	return below == 0 ? 0 : (uint64_t)above * 1000 / below;
}

void
exif_read(const uint8_t *p, size_t n, struct exif *e)
{
	struct tiff t = { .p = p, .n = n };
	uint64_t x = 0, y = 0;
	uint32_t unit = 2, count, i, v;
	size_t at;

	if (n < 10 || (memcmp(p, "MM", 2) != 0 && memcmp(p, "II", 2) != 0))
		return;
	t.big = p[0] == 'M';
	if (get16(&t, 2) != 42)
		return;
	at = get32(&t, 4);
	if (at > n || n - at < 2)
		return;
	count = get16(&t, at);
	at += 2;
	for (i = 0; i < count && n - at >= 12; i++, at += 12) {
		switch (get16(&t, at)) {
		case TAG_ORIENTATION:
			v = get16(&t, at + 8);
			if (get16(&t, at + 2) == TYPE_SHORT && v >= 1 && v <= 8)
				e->orientation = (uint8_t)v;
			break;
		case TAG_XRES:
			x = rational(&t, at);
			break;
		case TAG_YRES:
			y = rational(&t, at);
			break;
		case TAG_UNIT:
			unit = get16(&t, at + 8);
			break;
		}
	}
	/* 2 inch, 3 centimetre, 1 none. */
	if (unit != 2 && unit != 3)
		return;
	e->xppi = unit == 3 ? x * 254 / 100 : x;
	e->yppi = unit == 3 ? y * 254 / 100 : y;
}
