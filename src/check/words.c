/*
 * Words of a Persian text: doubled ones, prefixes and suffixes that want a
 * ZWNJ, lam-alef that the extraction of a PDF turned round. What depends on
 * sense is not told.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "check/private.h"

struct word { size_t at, n; bool joined; };

/* Words of letters, ZWNJ and marks; `joined`: only a space before it. */
static size_t
split(const struct block *b, struct word **out)
{
	struct { struct word *v; size_t n, cap; } w = {0};
	bool in = false, only_space = false;
	size_t spaces = 0;

	for (size_t i = 0; i < b->text.n;) {
		size_t at = i;
		uint32_t cp = utf8_next(b->text.p, b->text.n, &i);

		if (uni_is_letter(cp) || uni_is_mark(cp) || cp == 0x200c) {
			if (!in)
				*VEC_PUSH(&w) = (struct word){at, 0,
				    only_space && spaces == 1};
			in = true;
			w.v[w.n - 1].n = i - w.v[w.n - 1].at;
			continue;
		}
		if (in || cp != ' ')
			only_space = cp == ' ';
		spaces = in ? 1 : spaces + 1;
		in = false;
	}
	*out = w.v;
	return w.n;
}

static bool
word_is(const struct block *b, const struct word *w, const char *s)
{
	return w->n == strlen(s) && memcmp(b->text.p + w->at, s, w->n) == 0;
}

static bool
ends_with(const struct block *b, const struct word *w, const char *s)
{
	size_t n = strlen(s);

	return w->n > n && memcmp(b->text.p + w->at + w->n - n, s, n) == 0;
}

/*
 * «میشود»: the prefix written on to the verb. Forms of the commonest verbs
 * only: «میدان» and «میلاد» begin alike.
 */
static void
lint_joined(struct block *b, const struct word *w, struct arena *a)
{
	static const char *const verbs[] = {"شد", "شدند", "شود", "شوند", "کرد",
	    "کردند", "کرده", "کند", "کنند", "کنیم", "کنم", "کنید", "رود",
	    "روند", "رفت", "رفتند", "دهد", "دهند", "داد", "دادند", "گردد",
	    "گردند", "گردید", "گردیدند", "باشد", "باشند", "خواهد", "خواهند",
	    "خواست", "خواستند", "تواند", "توانند", "توانست", "توانستند",
	    "گوید", "گویند", "گفت", "گفتند", "آید", "آیند", "آمد", "آمدند",
	    "دانند", "دانست", "دانستند", "نمود", "نمودند", "نماید", "نمایند",
	    "گرفت", "گرفتند", "گیرد", "گیرند", "برد", "بردند", "یابد", "یابند",
	    "داشت", "داشتند", "رسید", "رسیدند", "رسد", "رسند"};
	const char *t = b->text.p + w->at;
	size_t n = memcmp(t, "نمی", MIN(w->n, 6)) == 0 ? 6 : 4;

	if (w->n <= n || memcmp(t + n - 4, "می", 4) != 0)
		return;
	for (size_t k = 0; k < NELEM(verbs); k++)
		if (w->n - n == strlen(verbs[k]) &&
		    memcmp(t + n, verbs[k], w->n - n) == 0)
			diag_add(b->dg, block_place(b, w->at), TXT_ZWNJ,
			    arena_strn(a, t, w->n), arena_printf(a,
			    "%.*s\xe2\x80\x8c%s", (int)n, t, verbs[k]));
}

/* -------------------------------------------------------------- lam-alef */

static size_t
letters_of(const char *s, size_t n, uint32_t *cps, size_t cap)
{
	size_t k = 0;

	for (size_t i = 0; i < n;) {
		uint32_t cp = utf8_next(s, n, &i);

		if (k == cap)
			return 0;
		cps[k++] = cp;
	}
	return k;
}

/*
 * May the pair ال at c[i] be a لا that the extraction of a PDF turned round?
 * By shape alone, where Persian has next to no word of that shape:
 *
 *   ..اال..	two alefs: «باال», «مقاالت»
 *   ..الً	tanwin wants an alef under it: «عمالً»
 *   ا.{1,3}ال[..]	the Arabic forms افتعال, افعال ... with ل as their
 *		third root: «اختالف», «اسالم», «انقالب»
 *   ...یالت	the plural of تفعیل: «تشکیالت» (but «ایالت»)
 */
static bool
looks_torn(const uint32_t *c, size_t n, size_t i)
{
	static const uint32_t thirds[] = {0x0645, 0x0646, 0x0641, 0x0628,
	    0x0639, 0x062d, 0x0644, 0x0642, 0x062c, 0x0635, 0x0633};

	if (i > 0 && c[i - 1] == 0x0627)
		return true;
	if (i + 2 < n && c[i + 2] == 0x064b)
		return true;
	if (i >= 3 && i + 2 < n && c[i - 1] == 0x06cc && c[i + 2] == 0x062a &&
	    (i + 3 == n || c[i + 3] == 0x06cc))
		return true;
	if (c[0] != 0x0627 || i < 2 || i > 4 || i + 2 >= n)
		return false;
	for (size_t k = 0; k < NELEM(thirds); k++)
		if (c[i + 2] == thirds[k])
			return true;
	return false;
}

/* Both ways round are words: nothing can be told. */
static bool
is_ambiguous(const char *s)
{
	static const char *const both[] = {"سالم", "خالص", "مالک", "طالب",
	    "قالب", "غالب", "حال", "مالک", "صالح", "عالم", "ظالم", "بال",
	    "قالبی", "سالمی", NULL};

	for (size_t i = 0; both[i] != NULL; i++)
		if (strcmp(both[i], s) == 0)
			return true;
	return false;
}

static void
lint_lam_alef(struct block *b, const struct word *w, const struct map *all,
    struct arena *a)
{
	uint32_t c[48];
	const char *t = b->text.p + w->at;
	size_t n = letters_of(t, w->n, c, NELEM(c));

	for (size_t i = 1; i + 1 < n; i++) {
		struct buf fixed = {0};
		char *word;
		uintptr_t right, torn;

		if (c[i] != 0x0627 || c[i + 1] != 0x0644)
			continue;
		for (size_t k = 0; k < n; k++)
			buf_utf8(&fixed, k == i ? c[i + 1] : k == i + 1 ?
			    c[i] : c[k]);
		word = arena_strn(a, t, w->n);
		right = (uintptr_t)map_get(all, fixed.p, fixed.n);
		torn = (uintptr_t)map_get(all, t, w->n);
		/* Or the book itself has it the other way as often. */
		if (looks_torn(c, n, i) || (n > 3 && right > 0 && right >=
		    torn && !is_ambiguous(word)))
			diag_add(b->dg, block_place(b, w->at), TXT_LAM_ALEF,
			    word, arena_strn(a, fixed.p, fixed.n));
		buf_free(&fixed);
	}
}

void
count_words(const struct doc *d, struct map *all)
{
	for (const struct doc_node *n = d->root; n != NULL;
	    n = doc_next(n, d->root)) {
		struct block b = {0};
		struct word *w;
		size_t k;

		if (n->kind != DOC_TEXT)
			continue;
		buf_add(&b.text, n->text, n->len);
		k = split(&b, &w);
		for (size_t i = 0; i < k; i++) {
			void **slot = map_put(all, b.text.p + w[i].at, w[i].n);

			*slot = (char *)*slot + 1;
		}
		free(w);
		buf_free(&b.text);
	}
}

void
lint_words(struct block *b, const struct map *all)
{
	static const char *const prefixes[] = {"می", "نمی"};
	static const char *const suffixes[] = {"ها", "های", "هایی", "تر",
	    "ترین", "ام", "اند", "ای"};
	struct word *w;
	size_t n = split(b, &w);
	struct arena a = {0};

	for (size_t i = 0; i < n; i++) {
		const char *t = b->text.p + w[i].at;

		if (i > 0 && w[i].joined && w[i].n == w[i - 1].n && w[i].n > 2 &&
		    memcmp(t, b->text.p + w[i - 1].at, w[i].n) == 0)
			diag_add(b->dg, block_place(b, w[i].at), TXT_DOUBLED,
			    arena_strn(&a, t, w[i].n));
		for (size_t k = 0; k < NELEM(prefixes); k++)
			if (i + 1 < n && w[i + 1].joined && word_is(b, &w[i],
			    prefixes[k]))
				diag_add(b->dg, block_place(b, w[i].at), TXT_ZWNJ,
				    arena_printf(&a, "%s %.*s", prefixes[k],
				    (int)w[i + 1].n, b->text.p + w[i + 1].at),
				    arena_printf(&a, "%s\xe2\x80\x8c%.*s",
				    prefixes[k], (int)w[i + 1].n, b->text.p +
				    w[i + 1].at));
		/* «ها» and its like never stand alone; «ای», «ام», «تر» may,
		 * after anything but a final ه. */
		for (size_t k = 0; k < NELEM(suffixes); k++)
			if (i > 0 && w[i].joined && word_is(b, &w[i],
			    suffixes[k]) && (k < 3 || k == 4 || ends_with(b,
			    &w[i - 1], "ه")))
				diag_add(b->dg, block_place(b, w[i - 1].at),
				    TXT_ZWNJ, arena_printf(&a, "%.*s %s",
				    (int)w[i - 1].n, b->text.p + w[i - 1].at,
				    suffixes[k]), arena_printf(&a,
				    "%.*s\xe2\x80\x8c%s", (int)w[i - 1].n,
				    b->text.p + w[i - 1].at, suffixes[k]));
		lint_joined(b, &w[i], &a);
		lint_lam_alef(b, &w[i], all, &a);
	}
	arena_free(&a);
	free(w);
}

