/*
 * Blanks, full stops, quotation marks and digits, read once from the start.
 */
#include "import/private.h"

#include <string.h>

static bool
closes_up(uint32_t cp)		/* no blank before it */
{
	return cp == 0x060c || cp == 0x061b || cp == 0x061f || cp == '.' ||
	    cp == ':' || cp == '!' || cp == ')' || cp == 0xbb || cp == ']';
}

static bool
opens(uint32_t cp)
{
	return cp == '(' || cp == 0xab || cp == '[';
}

static bool
is_word(uint32_t cp)
{
	return is_arabic(cp) || uni_digit_value(cp) >= 0;
}

static uint32_t
before(const struct import *im)
{
	return im->out.n > 0 ? im->out.v[im->out.n - 1].cp : '\n';
}

static bool
is_latin(uint32_t cp)
{
	return uni_script(cp) == SCRIPT_TAG('L', 'a', 't', 'n') || cp == '/' ||
	    cp == '@' || cp == '_';
}

/* ---------------------------------------------------------------- digits */

/* The run of digits at i, in Persian ones unless Latin letters touch it. */
static size_t
write_number(struct import *im, size_t i)
{
	const struct draft *d = &im->in;
	struct buf is = {0};
	size_t j = i;
	bool wrong = false, latin = is_latin(before(im));

	/* A list's number must stay one that Markdown knows. */
	if (before(im) == '\n') {
		while (cp_at(d, j) >= '0' && cp_at(d, j) <= '9')
			j++;
		if (j > i && cp_at(d, j) == '.') {
			keep(im, i, j);
			return j;
		}
		if (j > i && cp_at(d, j) == ' ' && cp_at(d, j + 1) == '.' &&
		    cp_at(d, j + 2) != '.') {
			keep(im, i, j);
			replace(im, "list", j, j + 2, is_blank(cp_at(d, j +
			    2)) ? "." : ". ");
			return j + 2;
		}
		j = i;
	}
	while (uni_digit_value(cp_at(d, j)) >= 0) {
		int v = uni_digit_value(cp_at(d, j));

		wrong |= d->v[j].cp != 0x06f0 + (uint32_t)v;
		buf_utf8(&is, 0x06f0 + (uint32_t)v);
		j++;
	}
	latin |= is_latin(cp_at(d, j)) || (cp_at(d, j) == '.' &&
	    is_latin(cp_at(d, j + 1)));
	if (wrong && !latin)
		replace(im, "digit", i, j, is.p);
	else
		keep(im, i, j);
	buf_free(&is);
	return j;
}

/* ----------------------------------------------------------------- marks */

/* «ه.ش»: one letter, a point, one letter. */
static bool
is_short_form(const struct draft *d, size_t dot)
{
	return (!is_arabic(cp_at(d, dot - 2)) || !is_arabic(cp_at(d, dot +
	    2))) && is_arabic(cp_at(d, dot - 1)) && is_arabic(cp_at(d, dot +
	    1));
}

/* «کتاب(ها)», علی(ع): part of the word, or said of it. */
static bool
is_ending(const struct draft *d, size_t i)
{
	static const char *const endings[] = {"(ها)", "(های)", "(ی)", "(ان)",
	    "(ات)", "(ین)", "(تر)", "(ع)", "(ص)", "(س)", "(ره)", "(عج)"};

	for (size_t k = 0; k < NELEM(endings); k++)
		if (text_is(d, i, endings[k]))
			return true;
	return false;
}

/* Does a blank lack between what was written and the cell at i? */
static bool
lacks_blank(const struct import *im, size_t i)
{
	const struct draft *d = &im->in;
	uint32_t a = before(im), b = cp_at(d, i), a2 = im->out.n > 1 ?
	    im->out.v[im->out.n - 2].cp : '\n';

	if (is_arabic(a) && a != ZWNJ && uni_digit_value(b) >= 0)
		return true;
	if (opens(b) && (is_word(a) || a == ')'))
		return !is_ending(d, i);
	if (!is_arabic(b) && uni_digit_value(b) < 0)
		return false;
	if (a == 0x060c || a == 0x061b || a == 0x061f || a == ')' ||
	    a == 0xbb || a == 0x2026)
		return true;
	if (a == ':')
		return is_arabic(a2) || (uni_digit_value(a2) >= 0 &&
		    is_arabic(b));
	return a == '.' && is_arabic(b) && !is_short_form(d, i - 1) &&
	    (is_arabic(a2) || a2 == ')' || uni_digit_value(a2) >= 0);
}

/* The blanks at i: one, or none. */
static size_t
write_blanks(struct import *im, size_t i)
{
	const struct draft *d = &im->in;
	size_t j = i;
	uint32_t a = before(im), b;
	const char *is = " ";

	while (is_blank(cp_at(d, j)))
		j++;
	b = cp_at(d, j);
	if (b == '\n' || opens(a) || a == '\n' || (closes_up(b) &&
	    (is_word(a) || closes_up(a)) && !text_is(d, j, "...") &&
	    !(b == '.' && uni_digit_value(cp_at(d, j + 1)) >= 0)))
		is = "";
	if (j == i + 1 && *is != '\0')
		keep(im, i, j);
	else
		replace(im, "space", i, j, is);
	return j;
}

/* Where the dots end that lead from a title to its page: ". . . . . ۴". i: they
 * are none. */
static size_t
leader_end(const struct draft *d, size_t i)
{
	size_t j = i, end = i, dots = 0, blanks = 0;

	for (; cp_at(d, j) == '.' || is_blank(cp_at(d, j)); j++) {
		if (cp_at(d, j) == '.') {
			dots++;
			end = j + 1;
		} else {
			blanks++;
		}
	}
	return dots >= 5 && blanks >= 3 ? end : i;
}

static size_t
write_stops(struct import *im, size_t i)
{
	const struct draft *d = &im->in;
	size_t j = leader_end(d, i);

	if (j > i) {
		replace(im, "leader", i, j, is_blank(before(im)) ||
		    before(im) == '\n' ? "…" : " …");
		return j;
	}

	while (cp_at(d, j) == '.')
		j++;
	if (j == i + 2)
		replace(im, "stop", i, j, ".");
	else if (j == i + 3)
		replace(im, "stop", i, j, is_word(before(im)) ? " …" : "…");
	else
		keep(im, i, j);
	return j;
}

/* Straight quotes of a line, if they come in pairs. */
static bool
quotes_pair(const struct draft *d, size_t i)
{
	size_t n = 0;

	for (; i < d->n && d->v[i].cp != '\n'; i++)
		n += d->v[i].cp == '"';
	return n % 2 == 0;
}

/* A dash between two numbers is one of a range. */
static bool
is_range(const struct import *im, size_t i)
{
	return cp_at(&im->in, i) == '-' && uni_digit_value(before(im)) >= 0 &&
	    uni_digit_value(cp_at(&im->in, i + 1)) >= 0 &&
	    !is_latin(cp_at(&im->in, i + 2));
}

void
pass_spacing(struct import *im)
{
	const struct draft *d = &im->in;
	bool paired = quotes_pair(d, 0), open = false;

	for (size_t i = 0; i < d->n;) {
		uint32_t cp = d->v[i].cp;

		if (lacks_blank(im, i))
			replace(im, "space", i, i, " ");
		if (cp == '\n') {
			paired = quotes_pair(d, i + 1);
			open = false;
		}
		if (is_blank(cp)) {
			i = write_blanks(im, i);
		} else if (cp == '.') {
			i = write_stops(im, i);
		} else if (uni_digit_value(cp) >= 0) {
			i = write_number(im, i);
		} else if (is_range(im, i)) {
			replace(im, "dash", i, i + 1, "–");
			i++;
		} else if (cp == '"' && paired) {
			replace(im, "quote", i, i + 1, open ? "»" : "«");
			open = !open;
			i++;
		} else {
			keep(im, i, i + 1);
			i++;
		}
	}
}
