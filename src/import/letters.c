/*
 * Single characters: what a font's encoding or an Arabic keyboard left.
 */
#include "import/private.h"

static bool
is_control(uint32_t cp)
{
	return cp == 0x061c || (cp >= 0x202a && cp <= 0x202e) ||
	    (cp >= 0x2066 && cp <= 0x2069) || cp == 0x00ad || cp == 0x200b ||
	    cp == 0x200e || cp == 0x200f || cp == 0xfeff || cp == 0;
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

/*
 * Marks of direction and their kind, of which the text of a PDF may have a
 * dozen a line: all are taken out, and listed once, "U+202B ×2 U+061C".
 */
static void
log_controls(struct import *im, size_t from, size_t to)
{
	struct { uint32_t cp; int n; } seen[16];
	struct buf was = {0};
	size_t n = 0, first = to;

	for (size_t i = from; i < to; i++) {
		size_t k = 0;

		if (!is_control(im->in.v[i].cp))
			continue;
		first = MIN(first, i);
		while (k < n && seen[k].cp != im->in.v[i].cp)
			k++;
		if (k == n) {
			seen[n].cp = im->in.v[i].cp;
			seen[n++].n = 0;
		}
		seen[k].n++;
	}
	for (size_t k = 0; k < n; k++) {
		buf_printf(&was, "%sU+%04X", k > 0 ? " " : "", seen[k].cp);
		if (seen[k].n > 1)
			buf_printf(&was, " ×%d", seen[k].n);
	}
	if (n > 0)
		log_words(im, "control", first, was.p);
	buf_free(&was);
}

void
pass_letters(struct import *im)
{
	size_t line = 0;

	for (size_t i = 0; i < im->in.n; i++) {
		uint32_t cp = im->in.v[i].cp;
		char is[8] = {0};

		if (cp == '\n' || i + 1 == im->in.n) {
			log_controls(im, line, i + 1);
			line = i + 1;
		}
		if (is_control(cp) || mend_presentation(im, i) || (cp ==
		    '\r' && cp_at(&im->in, i + 1) == '\n'))
			continue;
		utf8_put(is, uni_persian_letter(cp));
		if (uni_persian_letter(cp) != cp)
			replace(im, cp == 0x643 ? "kaf" : "yeh", i, i + 1, is);
		else if (cp == 0x0640)
			replace(im, "tatweel", i, i + 1, "");
		else if (cp == 0x00a0)
			replace(im, "space", i, i + 1, " ");
		else
			keep(im, i, i + 1);
	}
}
