/*
 * UTF-8, and the nearest name to one that is not known.
 *
 * Malformed input steps one byte and yields U+FFFD everywhere, so that any
 * two walks over the same bytes count the same code points.
 */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

uint32_t
utf8_next(const char *str, size_t n, size_t *i)
{
	const unsigned char *s = (const unsigned char *)str + *i;
	size_t left = n - *i;
	uint32_t c = s[0];

	if (c < 0x80) {
		*i += 1;
		return c;
	}
	if (c >= 0xc2 && c < 0xe0) {
		if (left >= 2 && (s[1] & 0xc0) == 0x80) {
			*i += 2;
			return (c & 0x1f) << 6 | (s[1] & 0x3f);
		}
	} else if (c >= 0xe0 && c < 0xf0) {
		if (left >= 3 && (s[1] & 0xc0) == 0x80 &&
		    (s[2] & 0xc0) == 0x80) {
			c = (c & 0x0f) << 12 | (uint32_t)(s[1] & 0x3f) << 6 |
			    (s[2] & 0x3f);
			if (c >= 0x800 && (c < 0xd800 || c > 0xdfff)) {
				*i += 3;
				return c;
			}
		}
	} else if (c >= 0xf0 && c < 0xf5) {
		if (left >= 4 && (s[1] & 0xc0) == 0x80 &&
		    (s[2] & 0xc0) == 0x80 && (s[3] & 0xc0) == 0x80) {
			c = (c & 0x07) << 18 | (uint32_t)(s[1] & 0x3f) << 12 |
			    (uint32_t)(s[2] & 0x3f) << 6 | (s[3] & 0x3f);
			if (c >= 0x10000 && c <= 0x10ffff) {
				*i += 4;
				return c;
			}
		}
	}
	*i += 1;
	return 0xfffd;
}

size_t
utf8_put(char out[static 4], uint32_t cp)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if ((cp >= 0xd800 && cp <= 0xdfff) || cp > 0x10ffff)
		cp = 0xfffd;
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

size_t
utf8_valid(const char *s, size_t n)
{
	size_t i = 0, at;
	uint64_t w;

	while (i < n) {
		if (n - i >= 8) {
			memcpy(&w, s + i, 8);
			if ((w & 0x8080808080808080u) == 0) {
				i += 8;
				continue;
			}
		}
		/* Persian is letters of two bytes. */
		while (n - i >= 2 && (unsigned char)s[i] >= 0xc2 &&
		    (unsigned char)s[i] < 0xe0 && (s[i + 1] & 0xc0) == 0x80)
			i += 2;
		if (i == n)
			break;
		at = i;
		/* U+FFFD itself takes three bytes, its stand-in one. */
		if (utf8_next(s, n, &i) == 0xfffd && i - at == 1)
			return at;
	}
	return n;
}

size_t
utf8_count(const char *s, size_t n)
{
	size_t i, count = n;
	uint64_t w;

	for (i = 0; n - i >= 8; i += 8) {
		memcpy(&w, s + i, 8);
		/* A bit for each byte of 10xxxxxx, then their sum. */
		w = w >> 7 & ~w >> 6 & 0x0101010101010101u;
		count -= w * 0x0101010101010101u >> 56;
	}
	for (; i < n; i++)
		count -= ((unsigned char)s[i] & 0xc0) == 0x80;
	return count;
}

/* The code points of a text, in `small` where they fit. */
static uint32_t *
decode(const char *s, size_t n, uint32_t *small, size_t nsmall)
{
	uint32_t *out = small;
	size_t i = 0, k = 0;

	if (n > nsmall)		/* never more code points than bytes */
		out = xmalloc(n * sizeof(*out));
	while (i < n)
		out[k++] = utf8_next(s, n, &i);
	return out;
}

/*
 * Only the band of width 2 * limit + 1 about the diagonal can hold results
 * up to the limit, so a hostile key of a megabyte costs a megabyte's walk
 * and not its square.
 */
int
utf8_distance(const char *a, const char *b, int limit)
{
	uint32_t sa[64] = {0}, sb[64] = {0}, *ca = NULL, *cb = NULL;
	int small[3 * 64], *row = small, *prev, *cur, *t;
	size_t la = strlen(a), lb = strlen(b), na, nb, i, j, lo, hi, lim;
	int best, v;

	if (limit < 0)
		limit = 0;
	lim = (size_t)limit;
	na = utf8_count(a, la);
	nb = utf8_count(b, lb);
	if ((na > nb ? na - nb : nb - na) > lim)
		return limit + 1;
	if (lim > MAX(na, nb))
		lim = MAX(na, nb);
	ca = decode(a, la, sa, NELEM(sa));
	cb = decode(b, lb, sb, NELEM(sb));
	if (2 * (nb + 1) > NELEM(small))
		row = xmalloc(2 * (nb + 1) * sizeof(*row));
	prev = row;
	cur = row + nb + 1;
	for (j = 0; j <= nb; j++)
		prev[j] = j <= lim ? (int)j : limit + 1;
	for (i = 1; i <= na; i++) {
		lo = i > lim ? i - lim : 1;
		hi = MIN(i + lim, nb);
		if (lo > 1)
			cur[lo - 1] = limit + 1;
		else
			cur[0] = (int)MIN(i, lim + 1);
		best = lo > 1 ? limit + 1 : cur[0];
		for (j = lo; j <= hi; j++) {
			v = prev[j - 1] + (ca[i - 1] != cb[j - 1]);
			if (prev[j] + 1 < v)
				v = prev[j] + 1;
			if (cur[j - 1] + 1 < v)
				v = cur[j - 1] + 1;
			cur[j] = MIN(v, limit + 1);
			if (cur[j] < best)
				best = cur[j];
		}
		if (hi < nb)	/* the next row reads one past this band */
			cur[hi + 1] = limit + 1;
		t = prev;
		prev = cur;
		cur = t;
		if (best > limit)
			break;
	}
	v = i <= na ? limit + 1 : MIN(prev[nb], limit + 1);
	if (ca != sa)
		free(ca);
	if (cb != sb)
		free(cb);
	if (row != small)
		free(row);
	return v;
}

const char *
nearest(const char *word, const char *const *names)
{
	const char *best = NULL;
	size_t n;
	int d, limit;

	/*
	 * Two letters swapped are two changes: words of four letters must
	 * allow that ("fnot"), shorter ones would find anything.
	 */
	n = utf8_count(word, strlen(word));
	limit = n < 2 ? 0 : n < 4 ? 1 : n < 8 ? 2 : 3;
	for (; *names != NULL && limit >= 0; names++) {
		d = utf8_distance(word, *names, limit);
		if (d <= limit) {
			best = *names;
			limit = d - 1;
		}
	}
	return best;
}

/* ------------------------------------------------------------- languages */

/* Letters that Persian has and Arabic lacks, and Persian digits. */
static bool
is_persian_only(uint32_t cp)
{
	return cp == 0x67e || cp == 0x686 || cp == 0x698 || cp == 0x6a9 ||
	    cp == 0x6af || cp == 0x6cc || (cp >= 0x6f0 && cp <= 0x6f9);
}

/* ة ي ك ى إ and Arabic digits; أ is written in Persian too. */
static bool
is_arabic_only(uint32_t cp)
{
	return cp == 0x629 || cp == 0x64a || cp == 0x643 || cp == 0x649 ||
	    cp == 0x625 || (cp >= 0x660 && cp <= 0x669);
}

void
lang_count(struct lang_letters *seen, const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp = utf8_next(s, n, &i);

		if ((cp | 32) >= 'a' && (cp | 32) <= 'z')
			seen->latin++;
		else if (cp >= 0x620 && cp <= 0x6f9)
			seen->arabic++;
		else if (cp >= 0x5d0 && cp <= 0x5ea)
			seen->hebrew++;
		seen->persian |= is_persian_only(cp);
		seen->not_persian |= is_arabic_only(cp);
	}
}

const char *
lang_guessed(const struct lang_letters *seen)
{
	if (seen->hebrew > seen->arabic && seen->hebrew >= seen->latin)
		return "he";
	if (seen->arabic == 0 || seen->arabic < seen->latin)
		return "en";
	return seen->persian || !seen->not_persian ? "fa" : "ar";
}
