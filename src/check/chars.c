/*
 * Lints of single characters: letters and digits of a neighbour's keyboard,
 * marks of Latin text, shapes instead of letters, and ZWNJ that joins
 * nothing.
 */
#include <string.h>

#include "base/messages.h"
#include "check/private.h"

#define ZWNJ 0x200c

/* --------------------------------------------------------------- letters */

/* Of Urdu and Kurdish keyboards, beside the Arabic Yeh and Kaf. */
static uint32_t
persian_letter(uint32_t cp)
{
	static const uint32_t letters[][2] = {{0x06d2, 0x06cc},
	    {0x06aa, 0x06a9}, {0x06be, 0x0647}, {0x06c1, 0x0647},
	    {0x06d5, 0x0647}};

	for (size_t i = 0; i < NELEM(letters); i++)
		if (letters[i][0] == cp)
			return letters[i][1];
	return uni_persian_letter(cp);
}

/* Letters as a font draws them: ﻻ is لا, ﯾ is ی. Ornate brackets and ﷼,
 * ﷺ are characters of their own. */
static bool
is_presentation(uint32_t cp)
{
	return (cp >= 0xfb50 && cp <= 0xfbff) || (cp >= 0xfe70 && cp <= 0xfefc);
}

/* What a presentation form stands for, in Persian letters. */
static void
plain_letter(uint32_t cp, struct buf *out)
{
	struct buf b = {0};

	uni_compatible(cp, &b);
	for (size_t i = 0; i < b.n;)
		buf_utf8(out, persian_letter(utf8_next(b.p, b.n, &i)));
	buf_free(&b);
}

static void
lint_letter(struct block *b, size_t i)
{
	uint32_t cp = sign(b, i);
	char was[8] = {0}, right[8] = {0};
	struct buf is = {0};

	utf8_put(was, cp);
	if (is_presentation(cp)) {
		plain_letter(cp, &is);
		diag_add(b->dg, sign_place(b, i), TXT_PRESENTATION, was, cp,
		    is.p);
		buf_free(&is);
	} else if (persian_letter(cp) != cp) {
		utf8_put(right, persian_letter(cp));
		diag_add(b->dg, sign_place(b, i), TXT_ARABIC_LETTER, was, cp,
		    right);
	}
}

/* ---------------------------------------------------------------- digits */

static bool
is_ascii_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

/* What parts two words: a token of Latin text may hold anything else. */
static bool
parts_tokens(uint32_t cp)
{
	return uni_is_space(cp) || is_opening(cp) || is_closing(cp) ||
	    cp == 0x060c || cp == 0x061b || cp == 0x061f;
}

/* The token around sign i: [*from, *to). */
static void
token_at(const struct block *b, size_t i, size_t *from, size_t *to)
{
	*from = *to = i;
	while (*from > 0 && !parts_tokens(sign(b, *from - 1)))
		--*from;
	while (*to < b->signs.n && !parts_tokens(sign(b, *to)))
		++*to;
}

/* Letters of Latin text, and what stands for a stretch of it. */
static bool
has_latin(const struct block *b, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (is_latin_letter(sign(b, i)) || sign(b, i) == 0xfffc)
			return true;
	return false;
}

static bool
is_number(const struct block *b, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (uni_is_letter(sign(b, i)))
			return false;
	return from < to;
}

/*
 * Does a number belong to Latin text: «PDF/X-4», «HarfBuzz 6.0», «ISBN 978
 * 600», «3 GHz»? Then a word beside it is Latin, or a number that is.
 */
static bool
is_of_latin(const struct block *b, size_t from, size_t to)
{
	size_t i = from, k = to;

	if (has_latin(b, from, to))
		return true;
	while (i > 0 && sign(b, i - 1) == ' ') {
		size_t end = i - 1, at;

		at = end;
		while (at > 0 && !parts_tokens(sign(b, at - 1)))
			at--;
		if (has_latin(b, at, end))
			return true;
		if (!is_number(b, at, end))
			break;
		i = at;
	}
	while (sign(b, k) == ' ' && k < b->signs.n) {
		size_t at = k + 1, end = at;

		while (end < b->signs.n && !parts_tokens(sign(b, end)))
			end++;
		if (has_latin(b, at, end))
			return true;
		if (!is_number(b, at, end))
			break;
		k = end;
	}
	return false;
}

/* The run of digits at i, once for all of it; returns its end. */
static size_t
lint_digits(struct block *b, size_t i)
{
	size_t j = i, from, to;
	bool ascii = is_ascii_digit(sign(b, i));
	struct buf is = {0};

	while (j < b->signs.n && (ascii ? is_ascii_digit(sign(b, j)) :
	    sign(b, j) >= 0x0660 && sign(b, j) <= 0x0669)) {
		buf_utf8(&is, 0x06f0 + (uint32_t)uni_digit_value(sign(b, j)));
		j++;
	}
	token_at(b, i, &from, &to);
	if (!ascii || !is_of_latin(b, from, to))
		diag_add(b->dg, sign_place(b, i), TXT_WRONG_DIGIT,
		    signs_str(b, i, j), sign(b, i), is.p);
	buf_free(&is);
	return j;
}

/* ----------------------------------------------------------- Latin marks */

static bool
ends_persian(uint32_t cp)
{
	return is_arabic_letter(cp) || is_persian_digit(cp) || cp == 0xbb ||
	    cp == ')' || cp == ZWNJ;
}

/* The Persian mark that is meant by a Latin one; NULL: it may stay. */
static const char *
persian_mark(const struct block *b, size_t i)
{
	size_t k = i;
	uint32_t before, cp = sign(b, i);

	if (cp != '?' && cp != ';' && cp != ',' && cp != '%')
		return NULL;
	/* «درست است ?»: that the space is wrong, too, is another matter. */
	while (k > 0 && sign(b, k - 1) == ' ')
		k--;
	before = k > 0 ? sign(b, k - 1) : ' ';
	if (cp == '%')
		return (is_persian_digit(before) || is_persian_digit(sign(b,
		    i + 1))) || (is_ascii_digit(before) && !is_latin_letter(
		    sign(b, i + 1))) ? "٪" : NULL;
	if (cp == ',' && is_persian_digit(before) && is_persian_digit(sign(b,
	    i + 1)))
		return "٬";
	if (!ends_persian(before) || is_latin_letter(sign(b, i + 1)))
		return NULL;
	return cp == '?' ? "؟" : cp == ';' ? "؛" : "،";
}

static void
lint_mark(struct block *b, size_t i)
{
	const char *is = persian_mark(b, i);
	char was[8] = {0};

	utf8_put(was, sign(b, i));
	if (is != NULL)
		diag_add(b->dg, sign_place(b, i), TXT_LATIN_MARK, was, is);
	if (sign(b, i) == '"')
		diag_add(b->dg, sign_place(b, i), TXT_STRAIGHT_QUOTE);
}

/* ------------------------------------------------------------------ ZWNJ */

/* It joins a word to its ending, whatever ends the word: «PDF‌ها»,
 * «باسماچی»‌ها, ۱۰‌ها. */
static void
lint_zwnj(struct block *b, size_t i)
{
	uint32_t before = i > 0 ? sign(b, i - 1) : ' ';
	uint32_t after = i + 1 < b->signs.n ? sign(b, i + 1) : ' ';
	bool joins = !uni_is_space(before) && before != ZWNJ &&
	    (uni_is_letter(after) || uni_is_mark(after) ||
	    uni_is_digit(after) || after == 0xfffc || is_opening(after));

	/* Of two in a row the second is told. */
	if (!joins && after != ZWNJ)
		diag_add(b->dg, sign_place(b, i), TXT_STRAY_ZWNJ);
}

void
lint_characters(struct block *b)
{
	bool left_to_right = false;	/* inside an isolate or embedding */

	for (size_t i = 0; i < b->signs.n; i++) {
		uint32_t cp = sign(b, i);

		if (cp == 0x202a || cp == 0x2066)
			left_to_right = true;
		else if (cp == 0x202c || cp == 0x2069)
			left_to_right = false;
		if (is_ascii_digit(cp) && left_to_right)
			continue;
		if (is_ascii_digit(cp) || (cp >= 0x0660 && cp <= 0x0669)) {
			i = lint_digits(b, i) - 1;
		} else if (cp == ZWNJ) {
			lint_zwnj(b, i);
		} else if (cp < 0x80) {
			lint_mark(b, i);
		} else {
			lint_letter(b, i);
		}
	}
}
