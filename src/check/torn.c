/*
 * Lam-alef that the extraction of a PDF turned round: «اصطالح» for «اصطلاح».
 *
 * A ال inside a word may be a لا, or a part of «سال», or the article of
 * «دارالفنون». Told is what looks like no other word, by three witnesses:
 *
 *   the letters beside it	«عالقه»: between ع and ق Persian has لا and
 *				never ال. The table holds the pairs of which
 *				a list of 100,000 words has three with لا or
 *				more, and none with ال; what may be an ending
 *				(م ت ش ن ی) is no witness.
 *   the shape			«اختالف», «انقالب»: the Arabic forms افتعال,
 *				افعال ... whose third root is a ل. Tanwin
 *				wants an alef under it: «عمالً».
 *   the book itself		has the word the other way oftener.
 */
#include <string.h>

#include "base/messages.h"
#include "check/private.h"

enum { LETTERS = 48 };

static size_t
letters_of(const char *s, size_t n, uint32_t *cps)
{
	size_t k = 0;

	for (size_t i = 0; i < n;) {
		uint32_t cp = utf8_next(s, n, &i);

		if (k == LETTERS)
			return 0;
		cps[k++] = cp;
	}
	return k;
}

static bool
is_in(const char *letters, uint32_t cp)
{
	for (size_t i = 0, n = strlen(letters); i < n;)
		if (utf8_next(letters, n, &i) == cp)
			return true;
	return false;
}

/* Do the letters at c[i] begin with s? */
static bool
has(const uint32_t *c, size_t n, size_t i, const char *s)
{
	for (size_t k = 0, len = strlen(s); k < len; i++)
		if (i >= n || utf8_next(s, len, &k) != c[i])
			return false;
	return true;
}

/* The article between two parts of a name: «ابوالقاسم», «عطاالله»,
 * «بهاالدین», «اخترالسادات». Behind it stands a word, not an ending. */
static bool
is_article(const uint32_t *c, size_t n, size_t i)
{
	static const char *const words[] = {"له", "دین", "حق", "ناس", "فضل",
	    "یه", "سادات", "ملک", "ملوک", "قاسم", "حسن", "زهرا", "زمان"};
	static const char *const before[] = {"ابو", "ابی", "ابا", "ابن", "ام",
	    "ال"};

	for (size_t k = 0; k < NELEM(words); k++)
		if (has(c, n, i + 2, words[k]))
			return true;
	for (size_t k = 0; k < NELEM(before); k++)
		if (has(c, n, 0, before[k]) && !has(c, n, 2, "ال") &&
		    i >= 2 + (k < 4))
			return true;
	return c[i - 1] == 0x200c || has(c, n, 0, "لااله");
}

static bool
is_pair(uint32_t before, uint32_t after)
{
	static const struct { const char *before, *after; } pairs[] = {
		{"ا", "ابپتثجچخدرزسشصعغفکگمنهوی"}, {"ت", "طفقل"}, {"ج", "دل"},
		{"ح", "جلو"}, {"خ", "ل"}, {"ص", "ب"}, {"ض", "عل"},
		{"ط", "حک"}, {"ع", "ءئقو"}, {"ف", "حط"}, {"ق", "ل"},
		{"م", "حطعفق"}, {"ن", "س"}, {"ه", "لک"}, {"و", "ئً"},
		{"ک", "غفک"}, {"گ", "س"}, {"ی", "در"},
	};

	for (size_t k = 0; k < NELEM(pairs); k++)
		if (is_in(pairs[k].before, before))
			return is_in(pairs[k].after, after);
	return false;
}

/* ا.{1,3}ال.: behind the third root only an ending. */
static bool
is_arabic_form(const uint32_t *c, size_t n, size_t i)
{
	static const char *const endings[] = {"ی", "ات", "اتی", "یه", "یت",
	    "ان", "یون", "گر", "گری", "یان", "اند", "ه", "یم", "ین", "م", "ش",
	    "مان", "شان", "یی", "پذیر", "ناپذیر", "کار", "ها", "های", "هایی",
	    "ای", "ن", "گرا", "گرایی", "گرایان", "شناس"};

	if (c[0] != 0x0627 || i < 2 || i > 4 || i + 2 >= n ||
	    !is_in("منفبعحلقجصس", c[i + 2]))
		return false;
	if (i + 3 == n || c[i + 3] == 0x200c)
		return true;
	for (size_t k = 0; k < NELEM(endings); k++)
		if (has(c, n, i + 3, endings[k]) && (i + 3 + utf8_count(
		    endings[k], strlen(endings[k])) == n || c[i + 3 +
		    utf8_count(endings[k], strlen(endings[k]))] == 0x200c))
			return true;
	return false;
}

static bool
looks_torn(const uint32_t *c, size_t n, size_t i)
{
	if (is_article(c, n, i))
		return false;
	/* «باال»: the second alef is the word's last letter. */
	if (i + 2 == n)
		return c[i - 1] == 0x0627;
	if (c[i + 2] == 0x064b || is_pair(c[i - 1], c[i + 2]))
		return true;
	/* «تشکیالت», but «ایالت». */
	if (i >= 3 && c[i - 1] == 0x06cc && c[i + 2] == 0x062a &&
	    (i + 3 == n || c[i + 3] == 0x06cc))
		return true;
	return is_arabic_form(c, n, i);
}

/* Both ways round are words: nothing can be told. */
static bool
is_ambiguous(const char *s)
{
	static const char *const both[] = {"سالم", "سالمی", "خالص", "مالک",
	    "مالکین", "طالب", "قالب", "قالبی", "غالب", "حال", "صالح", "صالحی",
	    "عالم", "ظالم", "بال", "مثال", "بالش", "قبال", "تالش", "تالشی",
	    "فعال", "عمال", "زوال", "خالق", "ایالت", "دوال", "ثالث", "والد",
	    "خالی", "سفال", "شوال", "پالتو", "پالس", "ارخالق", "ارخالقی",
	    "کالسکه"};

	for (size_t i = 0; i < NELEM(both); i++)
		if (strcmp(both[i], s) == 0)
			return true;
	return false;
}

void
lint_torn(struct block *b, size_t at, size_t len, const struct map *all)
{
	uint32_t c[LETTERS];
	const char *word = arena_strn(&b->dg->arena, b->text.p + at, len);
	size_t n = letters_of(word, len, c);
	uintptr_t torn = (uintptr_t)map_get(all, word, len);

	for (size_t i = 1; i + 1 < n; i++) {
		struct buf fixed = {0};
		uintptr_t right;

		if (c[i] != 0x0627 || c[i + 1] != 0x0644 ||
		    is_ambiguous(word))
			continue;
		for (size_t k = 0; k < n; k++)
			buf_utf8(&fixed, k == i ? c[i + 1] : k == i + 1 ?
			    c[i] : c[k]);
		right = (uintptr_t)map_get(all, fixed.p, fixed.n);
		if (looks_torn(c, n, i) || (n > 3 && right > 1 && right >
		    torn))
			diag_add(b->dg, block_place(b, at), TXT_LAM_ALEF,
			    word, fixed.p);
		buf_free(&fixed);
	}
}
