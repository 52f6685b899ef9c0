/*
 * The ISBN of a book as EAN-13 bars, by libzint (its encoder is under a
 * 3-clause BSD licence).
 */
#include <string.h>

#include <zint.h>

#include "image/private.h"

bool
image_ean13(struct arena *a, const char *isbn, struct image_bars *out,
    const char **why)
{
	char digits[16];
	size_t n = 0;
	struct zint_symbol *z;
	bool ok = false;

	for (size_t i = 0, end = strlen(isbn); i < end;) {
		uint32_t cp = utf8_next(isbn, end, &i);
		int d = uni_digit_value(cp);

		if (cp == '-' || cp == ' ' || cp == 0x2010 || cp == 0x2013)
			continue;
		if (d < 0 || n == 13) {
			*why = "it is no ISBN of 13 digits";
			return false;
		}
		digits[n++] = (char)('0' + d);
	}
	digits[n] = '\0';
	if (n != 13) {
		*why = "it is no ISBN of 13 digits";
		return false;
	}
	z = ZBarcode_Create();
	if (z == NULL) {
		*why = "the barcode library failed";
		return false;
	}
	z->symbology = BARCODE_EANX;
	if (ZBarcode_Encode(z, (const unsigned char *)digits, 13) >=
	    ZINT_ERROR) {
		*why = "its check digit is wrong";
		goto out;
	}
	/* One row of modules, a bit each, from the left. */
	out->nmodules = z->width;
	out->bars = ARENA_ARRAY(a, struct image_bar, (size_t)z->width);
	for (int i = 0; i < z->width; i++) {
		bool dark = (z->encoded_data[0][i / 8] >> (i % 8) & 1) != 0;

		if (!dark)
			continue;
		if (out->n > 0 && out->bars[out->n - 1].at +
		    out->bars[out->n - 1].width == i)
			out->bars[out->n - 1].width++;
		else
			out->bars[out->n++] = (struct image_bar){i, 1};
	}
	out->digits = arena_str(a, digits);
	ok = true;
out:
	ZBarcode_Delete(z);
	return ok;
}

const char *
image_bars_library(void)
{
	static char words[32];
	int v = ZBarcode_Version();

	snprintf(words, sizeof(words), "%d.%d.%d", v / 10000, v / 100 % 100,
	    v % 100);
	return words;
}
