/*
 * Words: لا that came out as ال, words broken in two, slips of one letter.
 *
 * Two witnesses are heard: the word list, and the text itself, in which most
 * words stand more than once and some of them intact. A word that neither
 * knows, with one reading that either knows, is mended. Where the word is
 * itself one («اسالم» is a name) its reading must be the commoner by far.
 */
#include "import/wordlist.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_PAIRS = 4,		/* places of ال in a word: 15 readings */
	COMMON = 8,		/* so often a word counts as the text's own */
	MAX_COMMON = 2000,	/* words compared for slips */
	MAX_SLIPS = 20000	/* and how many words are tried */
};

struct judge {
	struct import *im;
	struct wordlist words;
	const char **common;	/* words that stand COMMON times, each once */
	size_t ncommon, nslips;
	size_t ntorn;		/* words that are surely torn at a لا */
};

/* ------------------------------------------------------------- lam-alef */

/* The places of «ال» in a word [byte]. */
static size_t
find_pairs(const char *s, size_t out[static MAX_PAIRS])
{
	size_t n = 0;

	for (const char *p = s; n < MAX_PAIRS && (p = strstr(p, "ال")) != NULL;
	    p += 4)
		out[n++] = (size_t)(p - s);
	return n;
}

static bool
is_known(const struct judge *j, const char *s)
{
	return words_know(j->im->words, s) ||
	    wordlist_count(&j->words, s) >= 3;
}

/*
 * Of a word that may be right, is the other reading the likelier? Entries of
 * the list that begin with it say how common a word is: اسلام has dozens,
 * اسالم one.
 */
enum { MANY_TORN = 5 };
enum verdict { NO, DOUBT, SURE };

static enum verdict
weigh(const struct judge *j, const char *was, const char *is)
{
	size_t mine = words_beginning(j->im->words, was) + 1;
	size_t other = words_beginning(j->im->words, is) + 1;
	size_t here = wordlist_count(&j->words, is);

	if (here > 0 && other >= 3 * mine)
		return SURE;
	/* In a text much torn, one that stands intact as often may be torn. */
	if (j->ntorn >= MANY_TORN && here >= 2 && other >= mine &&
	    here >= wordlist_count(&j->words, was))
		return SURE;
	return here > 0 || other >= 3 * mine ? DOUBT : NO;
}

/* Write لا over the ال at `at`; both have four bytes. */
static void
turn(char *s, size_t at)
{
	static const char lam_alef[] = {'\xd9', '\x84', '\xd8', '\xa7'};

	memcpy(s + at, lam_alef, sizeof(lam_alef));
}

/* Neither the word nor a reading of it is known, but much here is torn: a
 * name, it may be. */
static const char *
read_unheard(const struct judge *j, const char *s, const size_t *at, size_t n,
    enum verdict *verdict)
{
	char *c;

	if (j->ntorn < MANY_TORN || n != 1 || at[0] == 0 ||
	    is_known(j, s))
		return NULL;
	*verdict = DOUBT;
	c = arena_str(&j->im->r->arena, s);
	turn(c, at[0]);
	return c;
}

/* The best reading of `s` with some of its ال turned; NULL if none. */
static const char *
read_lam_alef(const struct judge *j, const char *s, enum verdict *verdict)
{
	size_t at[MAX_PAIRS], n = find_pairs(s, at);
	const char *best = NULL;
	size_t best_score = 0, nknown = 0;

	*verdict = NO;
	for (unsigned set = 1; set < 1u << n; set++) {
		char *c = arena_str(&j->im->r->arena, s);
		size_t score;

		for (size_t k = 0; k < n; k++)
			if (set & 1u << k)
				turn(c, at[k]);
		if (!is_known(j, c))
			continue;
		nknown++;
		score = 1 + words_beginning(j->im->words, c) +
		    10 * wordlist_count(&j->words, c);
		if (score > best_score) {
			best = c;
			best_score = score;
		}
	}
	if (best == NULL)
		return read_unheard(j, s, at, n, verdict);
	if (!words_know(j->im->words, s))
		*verdict = j->im->words != NULL || nknown == 1 ? SURE : DOUBT;
	else
		*verdict = weigh(j, s, best);
	return best;
}

/* --------------------------------------------------------------- slips */

/* One letter of an unknown word differs from one common in this text. */
static const char *
read_slip(struct judge *j, const char *s)
{
	const char *best = NULL;
	size_t n = utf8_count(s, strlen(s));

	if (j->im->words == NULL || n < 4 || j->nslips++ > MAX_SLIPS ||
	    wordlist_count(&j->words, s) > 1 || words_know(j->im->words, s))
		return NULL;
	for (size_t k = 0; k < j->ncommon; k++) {
		if (utf8_distance(s, j->common[k], 1) != 1)
			continue;
		if (best != NULL)
			return NULL;	/* two readings are none */
		best = j->common[k];
	}
	return best;
}

static void
find_common(struct judge *j)
{
	struct map seen = {0};
	static char yes[] = "y";

	j->common = xcalloc(MAX_COMMON, sizeof(*j->common));
	for (size_t i = 0; i < j->words.n && j->ncommon < MAX_COMMON; i++) {
		const char *s = j->words.v[i].s;
		void **slot;

		if (wordlist_count(&j->words, s) < COMMON)
			continue;
		slot = map_put(&seen, s, strlen(s));
		if (*slot == NULL && utf8_count(s, strlen(s)) >= 4)
			j->common[j->ncommon++] = s;
		*slot = yes;
	}
	map_free(&seen);
}

/* -------------------------------------------------------- broken words */

/* «با سماچیان»: the second half is no word, the whole stands elsewhere. */
static const char *
read_broken(const struct judge *j, const struct word *a, const struct word *b)
{
	const char *whole;

	if (!b->follows || wordlist_count(&j->words, b->s) > 1 ||
	    words_know(j->im->words, b->s) || j->im->words == NULL)
		return NULL;
	whole = arena_printf(&j->im->r->arena, "%s%s", a->s, b->s);
	return wordlist_count(&j->words, whole) >= 2 ? whole : NULL;
}

/* ------------------------------------------------------------ the pass */

/* Mend or doubt one word; returns false where nothing is said of it. */
static bool
mend_word(struct judge *j, const struct word *w)
{
	enum verdict verdict;
	const char *is = read_lam_alef(j, w->s, &verdict);

	if (is != NULL && verdict == SURE) {
		replace(j->im, "lam-alef", w->from, w->to, is);
		return true;
	}
	if (is != NULL && verdict == DOUBT) {
		log_repair(j->im, "lam-alef", w->from, w->to, is, true);
		return false;
	}
	if (is == NULL && (is = read_slip(j, w->s)) != NULL) {
		replace(j->im, "slip", w->from, w->to, is);
		return true;
	}
	return false;
}

void
pass_words(struct import *im)
{
	struct judge j = {.im = im};
	size_t at = 0;

	wordlist_read(im, &j.words);
	find_common(&j);
	for (size_t i = 0; i < j.words.n; i++) {
		enum verdict verdict;

		if (!words_know(im->words, j.words.v[i].s) &&
		    read_lam_alef(&j, j.words.v[i].s, &verdict) != NULL)
			j.ntorn += verdict == SURE;
	}
	for (size_t i = 0; i < j.words.n; i++) {
		const struct word *w = &j.words.v[i];
		const char *whole = i + 1 < j.words.n ? read_broken(&j, w,
		    w + 1) : NULL;

		keep(im, at, w->from);
		at = w->to;
		if (whole != NULL) {
			replace(im, "broken-word", w->from, w[1].to, whole);
			at = w[1].to;
			i++;
		} else if (!mend_word(&j, w)) {
			keep(im, w->from, w->to);
		}
	}
	keep(im, at, im->in.n);
	free(j.common);
	wordlist_free(&j.words);
}
