/*
 * Words of a Persian text: doubled ones, prefixes and suffixes that want a
 * ZWNJ. What depends on sense is not told, or only as an info.
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

/* Is it one of `list`, NULL-terminated? */
static bool
word_in(const struct block *b, const struct word *w, const char *const *list)
{
	for (; *list != NULL; list++)
		if (word_is(b, w, *list))
			return true;
	return false;
}

static bool
ends_with(const struct block *b, const struct word *w, const char *s)
{
	size_t n = strlen(s);

	return w->n > n && memcmp(b->text.p + w->at + w->n - n, s, n) == 0;
}

static const char *
word_str(const struct block *b, const struct word *w)
{
	return arena_strn(&b->dg->arena, b->text.p + w->at, w->n);
}

/* "was", which may want a ZWNJ before its byte `at`. */
static void
want_zwnj(struct block *b, const struct word *w, size_t at, const char *rest)
{
	const char *was = word_str(b, w);

	diag_add(b->dg, block_place(b, w->at), TXT_ZWNJ, was, arena_printf(
	    &b->dg->arena, "%.*s\xe2\x80\x8c%s", (int)at, was, rest));
}

/* ------------------------------------------------------- verbs after می */

static const char *const present[] = {"کن", "رو", "شو", "ده", "گوی", "گو",
    "آی", "آور", "خواه", "توان", "دان", "گیر", "بر", "یاب", "دار", "رس",
    "رسان", "نویس", "خوان", "بین", "شنو", "گرد", "گردان", "گذار", "گذر",
    "ساز", "پرداز", "فرست", "پذیر", "افت", "ایست", "نشین", "مان", "زن", "کش",
    "بخش", "پرس", "ترس", "جنگ", "خر", "فروش", "خور", "کوش", "گریز", "شمار",
    "شناس", "اندیش", "آموز", "انگیز", "پیوند", "نمای", "افزای", "فرمای",
    "باش", "گشای", "شکن", "سوز", "خند", "چرخ", "ورز", "پوش", "جوی", NULL};
static const char *const past[] = {"کرد", "رفت", "داد", "شد", "گفت", "آمد",
    "آورد", "خواست", "توانست", "دانست", "گرفت", "برد", "یافت", "داشت",
    "رسید", "رساند", "نوشت", "خواند", "دید", "شنید", "گشت", "گردید",
    "گذاشت", "گذشت", "ساخت", "پرداخت", "فرستاد", "پذیرفت", "افتاد",
    "ایستاد", "نشست", "ماند", "زد", "کشید", "بخشید", "پرسید", "ترسید",
    "جنگید", "خرید", "فروخت", "خورد", "کوشید", "گریخت", "شمرد", "شناخت",
    "اندیشید", "آموخت", "انگیخت", "پیوست", "نامید", "نمود", "افزود",
    "فرمود", "گشود", "شکست", "سوخت", "خندید", "چرخید", "ورزید", "پوشید",
    "جست", NULL};
static const char *const present_ends[] = {"م", "ی", "د", "یم", "ید", "ند",
    NULL};
static const char *const past_ends[] = {"", "م", "ی", "یم", "ید", "ند", "ه",
    NULL};

static bool
is_form(const char *s, size_t n, const char *const *stems,
    const char *const *ends)
{
	for (; *stems != NULL; stems++) {
		size_t k = strlen(*stems);

		if (n < k || memcmp(s, *stems, k) != 0)
			continue;
		for (const char *const *e = ends; *e != NULL; e++)
			if (strlen(*e) == n - k &&
			    memcmp(s + k, *e, n - k) == 0)
				return true;
	}
	return false;
}

/*
 * «میشود»: the prefix written on to the verb. Of common verbs only: «میدان»
 * and «میلاد» begin alike, «میدانی» is of a field, too.
 */
static void
lint_joined_verb(struct block *b, const struct word *w)
{
	const char *s = b->text.p + w->at;
	size_t n = w->n > 6 && memcmp(s, "نمی", 6) == 0 ? 6 : 4;

	if (w->n <= n || memcmp(s + n - 4, "می", 4) != 0 ||
	    word_is(b, w, "میدانی"))
		return;
	if (is_form(s + n, w->n - n, present, present_ends) ||
	    is_form(s + n, w->n - n, past, past_ends))
		want_zwnj(b, w, n, word_str(b, w) + n);
}

/* ------------------------------------------------------------- endings */

/* Words that end like a plural and are none, or are written so: آنها. */
static const char *const no_plurals[] = {"تنها", "انتها", "منتها", "اشتها",
    "بها", "گرانبها", "پربها", "خونبها", "شیربها", "رها", "اینها", "آنها",
    "بدانها", "فقها", "سفها", "سها", "منها", "علیها", "الیها", "شفاها",
    "گاها", "اشتباها", "اژدها", "طاها", "یاماها", "شانگها", "بتنها",
    NULL};
static const char *const plurals[] = {"هایشان", "هایمان", "هایتان", "هایی",
    "هایش", "هایم", "های", "ها", NULL};

/* The last letter before byte n of a word. */
static uint32_t
letter_before(const char *s, size_t n)
{
	size_t at = n;

	while (at > 0 && ((unsigned char)s[--at] & 0xc0) == 0x80)
		;
	return n > 0 ? utf8_next(s, n, &at) : 0;
}

/* «کتابها»: the ending joined to the letter before it. */
static void
lint_joined_plural(struct block *b, const struct word *w)
{
	const char *s = b->text.p + w->at;
	struct word part = *w;

	/* «بی‌انتها»: of a compound the last part. */
	for (size_t i = 0; i + 3 < w->n; i++)
		if (memcmp(s + i, "\xe2\x80\x8c", 3) == 0) {
			part.at = w->at + i + 3;
			part.n = w->n - i - 3;
		}
	for (size_t k = 0; plurals[k] != NULL; k++) {
		size_t stem = w->n - MIN(w->n, strlen(plurals[k]));
		size_t own = part.n - MIN(part.n, strlen(plurals[k]));
		struct word base = {part.at, own + 4, false};

		if (own < 4 || !ends_with(b, &part, plurals[k]))
			continue;
		if (!uni_joins_next(letter_before(s, stem)) ||
		    word_in(b, &base, no_plurals))
			return;
		want_zwnj(b, w, stem, plurals[k]);
		return;
	}
}

/* Never alone: «ها» and its kin. After a final ه: «ای», «ام», «اند». After
 * an adjective: «تر», which is a word of its own after «چشم» and «خشک و». */
static bool
wants_ending(const struct block *b, const struct word *before,
    const struct word *w)
{
	static const char *const always[] = {"ترین", NULL};
	static const char *const after_h[] = {"ای", "ام", "اند", "ایم", "اید",
	    NULL};
	static const char *const wet[] = {"و", "یا", "را", "هم", "چشم", "لب",
	    "دامن", "مژه", "گونه", "چوب", "هیزم", "میوه", "دست", "است", "نه",
	    NULL};

	return word_in(b, w, plurals) || word_in(b, w, always) ||
	    (word_in(b, w, after_h) && ends_with(b, before, "ه") &&
	    before->n > 4) ||
	    (word_is(b, w, "تر") && !word_in(b, before, wet));
}

/* ------------------------------------------------------------- in a row */

/*
 * Words that no speech says twice: «از از», «است است». Other words are said
 * twice to be strong or slow, «کم کم», «آرام آرام»: of these it is only
 * mentioned.
 */
static const char *const never_twice[] = {"از", "در", "به", "با", "بر", "تا",
    "برای", "که", "و", "یا", "را", "این", "آن", "است", "بود", "شد", "هم",
    "نیز", "اما", "ولی", "اگر", "چون", "پس", "سپس", "هر", "همه", "یک",
    "خود", "من", "تو", "او", "ما", "شما", "ایشان", "آنها", "آنان", "نیست",
    "نبود", "شده", "شود", "باشد", "دارد", "داشت", "کرد", "کرده", "کند",
    "کردند", "شدند", "بودند", "دارند", "هستند", "خواهد", "می", "نمی",
    "باید", "شاید", "نه", "چنین", "همین", "همان", "دیگر", "بین", "میان",
    "نزد", "روی", "زیر", "پیش", "بعد", NULL};

static void
lint_doubled(struct block *b, const struct word *before, const struct word *w)
{
	struct diag_msg *m;

	if (w->n != before->n || w->n < 3 || memcmp(b->text.p + w->at,
	    b->text.p + before->at, w->n) != 0)
		return;
	m = diag_add(b->dg, block_place(b, w->at), TXT_DOUBLED,
	    word_str(b, w));
	if (!word_in(b, w, never_twice))
		m->level = DIAG_INFO;
}

/* A prefix of verbs that stands alone, an ending that does. */
static void
lint_apart(struct block *b, const struct word *before, const struct word *w)
{
	static const char *const prefixes[] = {"می", "نمی", NULL};
	bool prefix = word_in(b, before, prefixes);

	if (prefix || wants_ending(b, before, w))
		diag_add(b->dg, block_place(b, before->at), TXT_ZWNJ,
		    arena_printf(&b->dg->arena, "%s %s", word_str(b, before),
		    word_str(b, w)), arena_printf(&b->dg->arena,
		    "%s\xe2\x80\x8c%s", word_str(b, before),
		    word_str(b, w)));
}

void
count_words(const struct doc *d, struct map *all)
{
	const struct doc_node *tops[] = {d->root, d->note_root};

	for (size_t t = 0; t < NELEM(tops); t++)
		for (const struct doc_node *n = tops[t]; n != NULL;
		    n = doc_next(n, tops[t])) {
			struct block b = {0};
			struct word *w;
			size_t k;

			if (n->kind != DOC_TEXT)
				continue;
			buf_add(&b.text, n->text, n->len);
			k = split(&b, &w);
			for (size_t i = 0; i < k; i++) {
				void **slot = map_put(all, b.text.p + w[i].at,
				    w[i].n);

				*slot = (char *)*slot + 1;
			}
			free(w);
			buf_free(&b.text);
		}
}

void
lint_words(struct block *b, const struct map *all)
{
	struct word *w;
	size_t n = split(b, &w);

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && w[i].joined) {
			lint_doubled(b, &w[i - 1], &w[i]);
			lint_apart(b, &w[i - 1], &w[i]);
		}
		lint_joined_verb(b, &w[i]);
		lint_joined_plural(b, &w[i]);
		lint_torn(b, w[i].at, w[i].n, all);
	}
	free(w);
}
