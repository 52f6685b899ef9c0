/*
 * Single characters: what a font's encoding or an Arabic keyboard left.
 */
#include "import/private.h"

static const struct { uint32_t cp; const char *rule, *is; } letters[] = {
	{0x0640, "tatweel", ""}, {0x00ad, "control", ""},
	{0x200b, "control", ""}, {0x200e, "control", ""},
	{0x200f, "control", ""}, {0xfeff, "control", ""},
	{0x00a0, "space", " "}, {0x0000, "control", ""},
};

static bool
is_bidi_control(uint32_t cp)
{
	return cp == 0x061c || (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

/* Letters as a font draws them: ﻻ is لا, ﯾ is ی. */
static bool
is_presentation(uint32_t cp)
{
	return (cp >= 0xfb50 && cp <= 0xfdfb) || (cp >= 0xfe70 && cp <= 0xfefc);
}

static bool
mend_presentation(struct import *im, size_t i)
{
	struct buf b = {0};
	bool stands;

	if (!is_presentation(im->in.v[i].cp))
		return false;
	uni_compatible(im->in.v[i].cp, &b);
	/* ﻱ and ﻙ are the Arabic ones: the plain letters they stand for. */
	for (size_t k = 0; k < NELEM(letters); k++) {
		size_t at = 0;

		if (b.n > 0 && utf8_next(b.p, b.n, &at) == letters[k].cp &&
		    at == b.n) {
			buf_free(&b);
			buf_str(&b, letters[k].is);
		}
	}
	if (b.n > 0) {
		size_t at = 0;
		uint32_t cp = utf8_next(b.p, b.n, &at);

		if (at == b.n) {
			b.n = 0;
			buf_utf8(&b, uni_persian_letter(cp));
		}
	}
	stands = b.n > 0;
	if (stands)
		replace(im, "presentation", i, i + 1, b.p);
	buf_free(&b);
	return stands;
}

void
pass_letters(struct import *im)
{
	for (size_t i = 0; i < im->in.n; i++) {
		uint32_t cp = im->in.v[i].cp;
		size_t k = 0;

		if (mend_presentation(im, i))
			continue;
		if (is_bidi_control(cp)) {
			replace(im, "control", i, i + 1, "");
			continue;
		}
		if (cp == '\r' && cp_at(&im->in, i + 1) == '\n')
			continue;
		while (k < NELEM(letters) && letters[k].cp != cp)
			k++;
		if (uni_persian_letter(cp) != cp) {
			char is[8] = {0};

			utf8_put(is, uni_persian_letter(cp));
			replace(im, cp == 0x643 ? "kaf" : "yeh", i, i + 1, is);
		} else if (k < NELEM(letters))
			replace(im, letters[k].rule, i, i + 1, letters[k].is);
		else
			keep(im, i, i + 1);
	}
}
