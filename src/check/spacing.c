/*
 * Lints of spaces: a mark closes up to the word before it and wants a space
 * after, a bracket the other way round on each of its sides.
 */
#include <string.h>

#include "base/messages.h"
#include "check/private.h"

#define ZWNJ 0x200c

static bool
is_mark(uint32_t cp)
{
	return cp == 0x060c || cp == 0x061b || cp == 0x061f || cp == '.' ||
	    cp == ':' || cp == '!' || cp == '?' || cp == ';' || cp == ',';
}

static const char *
mark_str(struct block *b, uint32_t cp)
{
	char mark[8] = {0};

	utf8_put(mark, cp);
	return arena_str(&b->dg->arena, mark);
}

/* How many Arabic letters stand in a row from i on, or before it. */
static size_t
letters_after(const struct block *b, size_t i)
{
	size_t n = 0;

	while (i + n < b->signs.n && (is_arabic_letter(sign(b, i + n)) ||
	    sign(b, i + n) == ZWNJ))
		n++;
	return n;
}

static size_t
letters_before(const struct block *b, size_t i)
{
	size_t n = 0;

	while (n < i && (is_arabic_letter(sign(b, i - n - 1)) ||
	    sign(b, i - n - 1) == ZWNJ))
		n++;
	return n;
}

/* What may close up to a word in brackets, or stand in brackets as part of
 * one: «کتاب(ها)», «باسماچی»ها, علی(ع). */
static bool
is_ending(const struct block *b, size_t i, size_t n)
{
	static const char *const endings[] = {"ها", "های", "هایی", "ای", "ان",
	    "ات", "اش", "ام", "اند", "تر", "ترین", "ین", "ست", "مان", "تان",
	    "شان", "گان", "علیه", "ره", "عج"};
	const char *s;

	if (n == 0 || n > 4)
		return false;
	if (n == 1)
		return true;
	s = signs_str(b, i, i + n);
	for (size_t k = 0; k < NELEM(endings); k++)
		if (strcmp(endings[k], s) == 0)
			return true;
	return false;
}

/* ---------------------------------------------------------- before a mark */

static void
lint_before(struct block *b, size_t i)
{
	uint32_t cp = sign(b, i), next = sign(b, i + 1);

	if (i < 2 || sign(b, i - 1) != ' ' || !(is_mark(cp) ||
	    is_closing(cp)))
		return;
	/* « ...», « .bib», « ,x»: no mark of the sentence. */
	if ((cp == '.' || cp == ',') && !(uni_is_space(next) ||
	    is_closing(next) || is_arabic_letter(next)))
		return;
	/* Inside brackets it is told of these. */
	if (is_closing(cp) && is_opening(sign(b, i - 2)))
		return;
	diag_add(b->dg, sign_place(b, i), TXT_SPACE_BEFORE,
		    mark_str(b, cp));
}

/* ----------------------------------------------------------- after a mark */

/* «ه.ش», «ق.م»: one letter, a point, one letter. */
static bool
is_short_form(const struct block *b, size_t i)
{
	return letters_before(b, i) < 2 || letters_after(b, i + 1) < 2;
}

static void
lint_after(struct block *b, size_t i)
{
	uint32_t cp = sign(b, i), next = sign(b, i + 1);
	uint32_t before = i > 0 ? sign(b, i - 1) : ' ';

	if (i + 1 >= b->signs.n || !is_arabic_letter(next))
		return;
	if (cp == '.' && is_arabic_letter(before) && !is_short_form(b, i))
		diag_add(b->dg, sign_place(b, i + 1), TXT_NO_SPACE_AFTER,
		    mark_str(b, cp));
	else if (is_mark(cp) && cp != '.' && (uni_is_letter(before) ||
	    is_closing(before)))
		diag_add(b->dg, sign_place(b, i + 1), TXT_NO_SPACE_AFTER,
		    mark_str(b, cp));
	else if ((cp == ')' || cp == 0xbb || cp == 0x201d) &&
	    !is_ending(b, i + 1, letters_after(b, i + 1)))
		diag_add(b->dg, sign_place(b, i + 1), TXT_NO_SPACE_AFTER,
		    mark_str(b, cp));
}

/* ------------------------------------------------------- before a bracket */

static void
lint_bracket(struct block *b, size_t i)
{
	uint32_t cp = sign(b, i);
	size_t n = letters_after(b, i + 1);

	/* [ ] also marks what an editor put into a word. */
	if ((cp != '(' && cp != 0xab && cp != 0x201c) || i == 0 ||
	    !is_arabic_letter(sign(b, i - 1)))
		return;
	if (cp == '(' && sign(b, i + 1 + n) == ')' && is_ending(b, i + 1, n))
		return;
	diag_add(b->dg, sign_place(b, i), TXT_NO_SPACE_BEFORE,
		    mark_str(b, cp));
}

/* ------------------------------------------------------------------ rows */

/* Spaces in a row, and inside brackets. */
static void
lint_row(struct block *b, size_t i)
{
	size_t j = i;

	while (j < b->signs.n && sign(b, j) == ' ')
		j++;
	if (i == 0 || j == b->signs.n)
		return;
	if (j - i > 1)
		diag_add(b->dg, sign_place(b, i), TXT_DOUBLE_SPACE,
		    (int)(j - i));
	if (is_opening(sign(b, i - 1)))
		diag_add(b->dg, sign_place(b, i), TXT_BRACKET_SPACE,
		    mark_str(b, sign(b, i - 1)));
}

void
lint_spacing(struct block *b)
{
	for (size_t i = 0; i < b->signs.n; i++) {
		if (sign(b, i) == ' ' && (i == 0 || sign(b, i - 1) != ' '))
			lint_row(b, i);
		lint_before(b, i);
		lint_after(b, i);
		lint_bracket(b, i);
	}
}
