/*
 * The colour space of the screen, sRGB (IEC 61966-2-1), as an ICC profile
 * (version 4.3) of a few hundred bytes, made here: PDF/A wants one embedded
 * and the common files of it are larger than a page of text.
 */
#include "pdf/internal.h"

#include <string.h>

static void
put16(struct buf *b, uint32_t v)
{
	buf_char(b, (char)(v >> 8));
	buf_char(b, (char)v);
}

static void
put32(struct buf *b, uint32_t v)
{
	put16(b, v >> 16);
	put16(b, v & 0xffff);
}

/* Millionths as s15Fixed16Number. */
static void
put_fixed(struct buf *b, int64_t millionths)
{
	put32(b, (uint32_t)(int32_t)muldiv(millionths, 65536, 1000000));
}

static void
put_xyz(struct buf *b, int64_t x, int64_t y, int64_t z)
{
	buf_str(b, "XYZ ");
	put32(b, 0);
	put_fixed(b, x);
	put_fixed(b, y);
	put_fixed(b, z);
}

/* One English text. */
static void
put_words(struct buf *b, const char *s)
{
	buf_str(b, "mluc");
	put32(b, 0);
	put32(b, 1);
	put32(b, 12);
	buf_str(b, "enUS");
	put32(b, (uint32_t)strlen(s) * 2);
	put32(b, 28);
	for (; *s != '\0'; s++)
		put16(b, (unsigned char)*s);
}

static void
put_tag(struct buf *table, const char *name, size_t from, size_t to)
{
	buf_add(table, name, 4);
	put32(table, (uint32_t)from);
	put32(table, (uint32_t)(to - from));
}

static size_t
align(struct buf *b)
{
	while (b->n % 4 != 0)
		buf_char(b, 0);
	return b->n;
}

void
pdf_icc_srgb(struct buf *out)
{
	enum { NTAGS = 10, START = 128 + 4 + NTAGS * 12 };
	/* Bradford's adaptation of D65 to D50, rows. */
	static const int64_t chad[9] = { 1047882, 22918, -50217, 29587,
		990478, -17059, -9247, 15076, 751678 };
	/* Primaries after it. */
	static const int64_t rgb[3][3] = { { 436041, 222485, 13920 },
		{ 385113, 716905, 97067 }, { 143046, 60610, 713913 } };
	static const char names[3][2][5] = { { "rXYZ", "rTRC" },
		{ "gXYZ", "gTRC" }, { "bXYZ", "bTRC" } };
	struct buf data = {0}, table = {0};
	size_t at, curve, i;

	put32(&table, NTAGS);
	/* Offsets count from the profile's start, START bytes earlier. */
	put_words(&data, "sRGB");
	put_tag(&table, "desc", START, START + data.n);
	at = align(&data);
	put_words(&data, "Public domain");
	put_tag(&table, "cprt", START + at, START + data.n);
	at = align(&data);
	put_xyz(&data, 964203, 1000000, 824905);
	put_tag(&table, "wtpt", START + at, START + data.n);
	at = align(&data);
	buf_str(&data, "sf32");
	put32(&data, 0);
	for (i = 0; i < 9; i++)
		put_fixed(&data, chad[i]);
	put_tag(&table, "chad", START + at, START + data.n);
	curve = align(&data);
	/* Y = (aX + b)^g from d on, else cX. */
	buf_str(&data, "para");
	put32(&data, 0);
	put16(&data, 3);
	put16(&data, 0);
	put_fixed(&data, 2400000);
	put_fixed(&data, 947867);
	put_fixed(&data, 52133);
	put_fixed(&data, 77399);
	put_fixed(&data, 40450);
	for (i = 0; i < 3; i++) {
		put_tag(&table, names[i][1], START + curve, START + curve +
		    32);
		at = align(&data);
		put_xyz(&data, rgb[i][0], rgb[i][1], rgb[i][2]);
		put_tag(&table, names[i][0], START + at, START + data.n);
	}
	align(&data);

	put32(out, (uint32_t)(START + data.n));
	put32(out, 0);
	put32(out, 0x04300000);
	buf_str(out, "mntrRGB XYZ ");
	for (i = 0; i < 6; i++)		/* of no day: the file is the same */
		put16(out, i == 0 ? 2000 : i < 3 ? 1 : 0);
	buf_str(out, "acsp");
	for (i = 0; i < 7; i++)		/* platform ... rendering intent */
		put32(out, 0);
	put_fixed(out, 964203);
	put_fixed(out, 1000000);
	put_fixed(out, 824905);
	for (i = 0; i < 12; i++)	/* creator, identifier, reserved */
		put32(out, 0);
	buf_add(out, table.p, table.n);
	buf_add(out, data.p, data.n);
	buf_free(&table);
	buf_free(&data);
}
