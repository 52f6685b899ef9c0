/*
 * ZWNJ: between می and its verb, before ها, ای, ترین, and within compounds
 * that the word list writes with it. After a letter that does not join, ها
 * is closed up: نیروها.
 */
#include "import/wordlist.h"

#include <string.h>

static const char *const plurals[] = {"هایشان", "هایمان", "هایتان", "هایی",
    "هایش", "هایم", "های", "ها"};

static bool
is_one_of(const char *s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(s, list[i]) == 0)
			return true;
	return false;
}

static bool
ends_with(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);

	return n > m && strcmp(s + n - m, tail) == 0;
}

static uint32_t
last_letter(const char *s)
{
	uint32_t cp = 0;

	for (size_t i = 0, n = strlen(s); i < n;)
		cp = utf8_next(s, n, &i);
	return cp;
}

static bool
is_prefix_of_verb(const char *s)
{
	return strcmp(s, "می") == 0 || strcmp(s, "نمی") == 0;
}

/* A form of the verbs that go with a noun: «آورد», «گرفتند», «کند». */
static bool
is_light_verb(const char *s)
{
	static const char *const past[] = {"آورد", "گرفت", "کرد", "داد", "شد",
	    "رفت", "رسید", "رساند", "آمد", "زد", "برد", "داشت", "افتاد",
	    "گذاشت", "کشید", "خورد", "انداخت", "یافت", "ماند", "نمود", "بود"};
	static const char *const present[] = {"آور", "گیر", "کن", "ده", "شو",
	    "رو", "رس", "رسان", "آی", "زن", "بر", "دار", "افت", "گذار", "کش",
	    "خور", "انداز", "یاب", "مان"};
	/* «گیری» is a noun as well: «شکل‌گیری». */
	static const char *const ends[] = {"م", "یم", "ید", "ند", "", "ی"};

	for (size_t i = 0; i < NELEM(past); i++)
		if (strncmp(s, past[i], strlen(past[i])) == 0 &&
		    is_one_of(s + strlen(past[i]), ends, NELEM(ends)))
			return true;
	for (size_t i = 0; i < NELEM(present); i++)
		if (strncmp(s, present[i], strlen(present[i])) == 0 &&
		    (is_one_of(s + strlen(present[i]), ends, 4) ||
		    strcmp(s + strlen(present[i]), "د") == 0))
			return true;
	return false;
}

/*
 * Two words that the list also writes as one, but that grammar joins anew in
 * each sentence: «به نام», «آن را», and a noun with its participle, «شکست
 * خورده», which is one word or two as the sentence has it. A noun that hangs
 * on a preposition is no part of the verb behind it: «به دست آورد», whatever
 * «دست‌آورد» is elsewhere.
 */
static bool
is_loose_pair(const char *before, const char *a, const char *b)
{
	static const char *const prepositions[] = {"به", "از", "در", "با",
	    "بر"};

	static const char *const first[] = {"به", "از", "در", "با", "بر", "تا",
	    "آن", "این", "هر", "چه", "که", "و"};

	return is_one_of(a, first, NELEM(first)) || strcmp(b, "را") == 0 ||
	    ends_with(b, "ه") || (before != NULL && is_one_of(before,
	    prepositions, NELEM(prepositions)) && is_light_verb(b));
}

/*
 * What stands between two words that belong together: ZWNJ, nothing, or
 * NULL if they are two words.
 */
static const char *
between(struct import *im, const struct word *a, const struct word *b,
    const char **rule)
{
	const char *zwnj = uni_joins_next(last_letter(a->s)) ? "\u200c" : "";
	const char *joined;

	*rule = "zwnj-verb";
	if (is_prefix_of_verb(a->s))
		return "\u200c";
	*rule = "zwnj-plural";
	if (is_one_of(b->s, plurals, NELEM(plurals)))
		return zwnj;
	*rule = "zwnj-ending";
	if (ends_with(a->s, "ه") && strlen(a->s) > 4 &&
	    (strcmp(b->s, "ای") == 0 || strcmp(b->s, "ی") == 0))
		return "\u200c";
	joined = arena_printf(&im->r->arena, "%s\u200c%s", a->s, b->s);
	if ((strcmp(b->s, "تر") == 0 || strcmp(b->s, "ترین") == 0 ||
	    strcmp(b->s, "اند") == 0) && words_know(im->words, joined))
		return "\u200c";
	*rule = "space";
	if (strcmp(a->s, "نا") == 0 && words_know(im->words, arena_printf(
	    &im->r->arena, "نا%s", b->s)))
		return "";
	*rule = "zwnj-compound";
	if (!words_have(im->words, joined))
		return NULL;
	if (!is_loose_pair(a->follows ? a[-1].s : NULL, a->s, b->s))
		return "\u200c";
	log_repair(im, *rule, a->from, b->to, joined, true);
	return NULL;
}

static bool
is_stem(struct import *im, const struct wordlist *w, const char *s)
{
	return strlen(s) >= 4 && strcmp(s, "آن") != 0 && strcmp(s, "این") != 0 &&
	    (words_know(im->words, s) || wordlist_count(w, s) > 0);
}

/* Where in a word its ZWNJ is missing [byte]; 0: nowhere. */
static size_t
inside(struct import *im, const struct wordlist *w, const char *s,
    const char **rule)
{
	size_t n = strlen(s), skip;
	const char *joined;

	if (words_have(im->words, s) || im->words == NULL ||
	    strstr(s, "\u200c") != NULL)
		return 0;
	*rule = "zwnj-verb";
	skip = strncmp(s, "می", 4) == 0 ? 4 : strncmp(s, "نمی", 6) == 0 ? 6 : 0;
	if (skip > 0 && n > skip + 2) {
		joined = arena_printf(&im->r->arena, "%.*s\u200c%s", (int)skip,
		    s, s + skip);
		if (!words_know(im->words, s) && words_know(im->words, joined))
			return skip;
	}
	*rule = "zwnj-plural";
	for (size_t k = 0; k < NELEM(plurals); k++) {
		const char *stem;

		if (!ends_with(s, plurals[k]))
			continue;
		skip = n - strlen(plurals[k]);
		stem = arena_strn(&im->r->arena, s, skip);
		if (is_stem(im, w, stem))
			return uni_joins_next(last_letter(stem)) ? skip : 0;
		/* برنامهای: no برنام, but برنامه: its ending is ای. */
		stem = arena_strn(&im->r->arena, s, skip + 2);
		*rule = "zwnj-ending";
		return strcmp(plurals[k], "های") == 0 && words_know(im->words,
		    stem) ? skip + 2 : 0;
	}
	return 0;
}

static void
write_word(struct import *im, const struct wordlist *list,
    const struct word *w)
{
	const char *rule = NULL;
	size_t at = inside(im, list, w->s, &rule);

	if (at > 0)
		replace(im, rule, w->from, w->to, arena_printf(&im->r->arena,
		    "%.*s\u200c%s", (int)at, w->s, w->s + at));
	else
		keep(im, w->from, w->to);
}

void
pass_joiners(struct import *im)
{
	struct wordlist words = {0};
	size_t at = 0;

	wordlist_read(im, &words);
	for (size_t i = 0; i < words.n; i++) {
		const struct word *w = &words.v[i];
		const char *rule, *gap = NULL;

		if (w->follows)
			gap = between(im, w - 1, w, &rule);
		if (gap != NULL) {
			/* The list shows the two words, not the blank. */
			replace(im, rule, at, w->from, gap);
		} else {
			keep(im, at, w->from);
		}
		write_word(im, &words, w);
		at = w->to;
	}
	keep(im, at, im->in.n);
	wordlist_free(&words);
}
