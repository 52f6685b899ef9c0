/*
 * Unicode data through ICU.
 *
 * Properties are asked for every character of a book, often, so they are
 * kept in pages of 256 code points, filled the first time one is needed.
 * Filling is pure, so two threads that race fill the same page twice and
 * one copy is dropped: no lock, and no start-up cost for the scripts that a
 * book does not use.
 */
#include "base/base.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ucal.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

/* ---------------------------------------------------------- properties */

enum {
	PROP_IGNORABLE = 1 << 0,
	PROP_MARK = 1 << 1,
	PROP_LETTER = 1 << 2,
	PROP_DIGIT = 1 << 3,
	PROP_PUNCT = 1 << 4,
	PROP_SPACE = 1 << 5,
	PROP_JOINS_NEXT = 1 << 6,
	PROP_JOINS_PREV = 1 << 7,
};

struct prop {
	uint32_t script;	/* SCRIPT_TAG */
	uint8_t flags;
	int8_t digit;		/* 0-9, or -1 */
};

#define PAGE 256
#define NPAGES (0x110000 / PAGE)

static _Atomic(struct prop *) pages[NPAGES];

static uint32_t
script_tag(UChar32 c)
{
	UErrorCode status = U_ZERO_ERROR;
	const char *s;

	s = uscript_getShortName(uscript_getScript(c, &status));
	if (U_FAILURE(status) || s == NULL || strlen(s) != 4)
		return SCRIPT_TAG('Z', 'z', 'z', 'z');
	return SCRIPT_TAG((unsigned char)s[0], (unsigned char)s[1],
	    (unsigned char)s[2], (unsigned char)s[3]);
}

static struct prop
prop_of(UChar32 c)
{
	struct prop p = { script_tag(c), 0, -1 };
	uint32_t type = U_GET_GC_MASK(c);

	if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
		p.flags |= PROP_IGNORABLE;
	if (type & U_GC_M_MASK)
		p.flags |= PROP_MARK;
	if (type & U_GC_L_MASK)
		p.flags |= PROP_LETTER;
	if (type & U_GC_ND_MASK) {
		p.flags |= PROP_DIGIT;
		p.digit = (int8_t)u_charDigitValue(c);
	}
	if (type & (U_GC_P_MASK | U_GC_S_MASK))
		p.flags |= PROP_PUNCT;
	if (u_isUWhiteSpace(c))
		p.flags |= PROP_SPACE;
	/* Logical order: a right-joining letter (alef) joins backwards. */
	switch (u_getIntPropertyValue(c, UCHAR_JOINING_TYPE)) {
	case U_JT_DUAL_JOINING:
	case U_JT_JOIN_CAUSING:
		p.flags |= PROP_JOINS_NEXT | PROP_JOINS_PREV;
		break;
	case U_JT_RIGHT_JOINING:
		p.flags |= PROP_JOINS_PREV;
		break;
	case U_JT_LEFT_JOINING:
		p.flags |= PROP_JOINS_NEXT;
		break;
	default:
		break;
	}
	return p;
}

static const struct prop *
page_fill(uint32_t i)
{
	struct prop *page, *other = NULL;
	uint32_t k;

	page = xmalloc(PAGE * sizeof(*page));
	for (k = 0; k < PAGE; k++)
		page[k] = prop_of((UChar32)(i * PAGE + k));
	if (!atomic_compare_exchange_strong(&pages[i], &other, page)) {
		free(page);
		return other;
	}
	return page;
}

static inline const struct prop *
prop(uint32_t cp)
{
	const struct prop *page;
	uint32_t i;

	if (cp > 0x10ffff)
		cp = 0x10ffff;	/* a noncharacter: no property holds */
	i = cp / PAGE;
	page = atomic_load_explicit(&pages[i], memory_order_acquire);
	if (__builtin_expect(page == NULL, 0))
		page = page_fill(i);
	return &page[cp % PAGE];
}

uint32_t
uni_script(uint32_t cp)
{
	return prop(cp)->script;
}

bool
uni_is_default_ignorable(uint32_t cp)
{
	return prop(cp)->flags & PROP_IGNORABLE;
}

bool
uni_is_mark(uint32_t cp)
{
	return prop(cp)->flags & PROP_MARK;
}

bool
uni_is_letter(uint32_t cp)
{
	return prop(cp)->flags & PROP_LETTER;
}

bool
uni_is_digit(uint32_t cp)
{
	return prop(cp)->flags & PROP_DIGIT;
}

bool
uni_is_punct(uint32_t cp)
{
	return prop(cp)->flags & PROP_PUNCT;
}

bool
uni_is_space(uint32_t cp)
{
	return prop(cp)->flags & PROP_SPACE;
}

int
uni_digit_value(uint32_t cp)
{
	return prop(cp)->digit;
}

bool
uni_joins_next(uint32_t cp)
{
	return prop(cp)->flags & PROP_JOINS_NEXT;
}

bool
uni_joins_prev(uint32_t cp)
{
	return prop(cp)->flags & PROP_JOINS_PREV;
}

/* -------------------------------------------------------------- UTF-16 */

/*
 * ICU works on UTF-16. Its UText reads UTF-8 too, but a whole conversion
 * into a buffer that is kept costs less than UText's chunks, and treats
 * malformed bytes as utf8_next() does, one U+FFFD each: so offsets can be
 * brought back by walking both texts at once.
 */
struct wide {
	UChar *p;
	size_t n, cap;
};

static void
wide_reserve(struct wide *w, size_t n)
{
	if (n > INT32_MAX / 2) {
		fputs("dabir: text larger than 1 GiB\n", stderr);
		exit(2);
	}
	vec_grow((void **)&w->p, &w->cap, MAX(n, 64), sizeof(*w->p));
}

static void
wide_from(struct wide *w, const char *s, size_t n)
{
	size_t i = 0, k = 0;
	uint32_t c;

	wide_reserve(w, n);	/* never more units than bytes */
	while (i < n) {
		c = utf8_next(s, n, &i);
		if (c < 0x10000) {
			w->p[k++] = (UChar)c;
		} else {
			w->p[k++] = U16_LEAD(c);
			w->p[k++] = U16_TRAIL(c);
		}
	}
	w->n = k;
}

static void
wide_to(struct buf *out, const UChar *p, size_t n)
{
	size_t i = 0;
	UChar32 c;

	buf_reserve(out, n);
	while (i < n) {
		U16_NEXT(p, i, n, c);
		buf_utf8(out, (uint32_t)c);
	}
}

static bool
nfc_normalize(struct wide *w)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	struct wide to = {0};
	int32_t span, n;

	if (U_FAILURE(status))
		return false;
	span = unorm2_spanQuickCheckYes(nfc, w->p, (int32_t)w->n, &status);
	if (U_FAILURE(status) || (size_t)span == w->n)
		return false;
	wide_reserve(&to, w->n + w->n / 2 + 16);
	n = unorm2_normalize(nfc, w->p, (int32_t)w->n, to.p, (int32_t)to.cap,
	    &status);
	if (status == U_BUFFER_OVERFLOW_ERROR) {
		status = U_ZERO_ERROR;
		wide_reserve(&to, (size_t)n);
		n = unorm2_normalize(nfc, w->p, (int32_t)w->n, to.p,
		    (int32_t)to.cap, &status);
	}
	if (U_FAILURE(status)) {
		free(to.p);
		return false;
	}
	free(w->p);
	*w = to;
	w->n = (size_t)n;
	return true;
}

void
uni_nfc(const char *s, size_t n, struct buf *out)
{
	struct wide w = {0};

	out->n = 0;
	wide_from(&w, s, n);
	if (nfc_normalize(&w) || utf8_valid(s, n) != n)
		wide_to(out, w.p, w.n);
	else
		buf_add(out, s, n);
	buf_reserve(out, 0);
	free(w.p);
}

void
uni_compatible(uint32_t cp, struct buf *out)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
	UChar to[32];
	int32_t n = -1;

	if (U_SUCCESS(status))
		n = unorm2_getDecomposition(nfkc, (UChar32)cp, to, NELEM(to),
		    &status);
	if (U_SUCCESS(status) && n > 0)
		wide_to(out, to, (size_t)n);
	else
		buf_utf8(out, cp);
}

/* -------------------------------------------------------------- breaks */

/*
 * A language ICU has no data for falls back to the locale of the
 * environment, and the same book would break differently in Tokyo.
 */
static void
forget_environment(void)
{
	UErrorCode status = U_ZERO_ERROR;

	uloc_setDefault("en", &status);
}

static const char *
locale_of(const char *lang, char out[static ULOC_FULLNAME_CAPACITY])
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	UErrorCode status = U_ZERO_ERROR;
	int32_t n;

	pthread_once(&once, forget_environment);
	if (lang == NULL)
		lang = "";
	n = uloc_forLanguageTag(lang, out, ULOC_FULLNAME_CAPACITY, NULL,
	    &status);
	if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING ||
	    n <= 0)
		strcpy(out, "en");
	return out;
}

struct uni_breaker {
	UBreakIterator *line, *grapheme;
	struct wide text;
};

struct uni_breaker *
uni_breaker_open(const char *lang)
{
	char locale[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	struct uni_breaker *b;

	locale_of(lang, locale);
	b = xcalloc(1, sizeof(*b));
	b->line = ubrk_open(UBRK_LINE, locale, NULL, 0, &status);
	if (U_SUCCESS(status))
		b->grapheme = ubrk_open(UBRK_CHARACTER, locale, NULL, 0,
		    &status);
	if (U_FAILURE(status)) {
		uni_breaker_close(b);
		return NULL;
	}
	return b;
}

void
uni_breaker_close(struct uni_breaker *b)
{
	if (b == NULL)
		return;
	if (b->line != NULL)
		ubrk_close(b->line);
	if (b->grapheme != NULL)
		ubrk_close(b->grapheme);
	free(b->text.p);
	free(b);
}

/* One walk over both forms: byte i8 and UTF-16 unit i16 are one place. */
struct lockstep {
	const char *s;
	size_t n, i8, i16;
};

static size_t
byte_at(struct lockstep *l, size_t i16)
{
	while (l->i16 < i16 && l->i8 < l->n)
		l->i16 += utf8_next(l->s, l->n, &l->i8) > 0xffff ? 2 : 1;
	return l->i8;
}

static bool
set_text(UBreakIterator *it, struct wide *w, const char *s, size_t n)
{
	UErrorCode status = U_ZERO_ERROR;

	wide_from(w, s, n);
	ubrk_setText(it, w->p, (int32_t)w->n, &status);
	return U_SUCCESS(status);
}

void
uni_line_breaks(struct uni_breaker *b, const char *text, size_t n,
    uint8_t *at)
{
	struct lockstep l = { text, n, 0, 0 };
	int32_t i;

	memset(at, BREAK_NONE, n + 1);
	if (n == 0 || !set_text(b->line, &b->text, text, n))
		return;
	ubrk_first(b->line);
	while ((i = ubrk_next(b->line)) != UBRK_DONE)
		at[byte_at(&l, (size_t)i)] =
		    ubrk_getRuleStatus(b->line) >= UBRK_LINE_HARD ?
		    BREAK_FORCED : BREAK_ALLOWED;
}

void
uni_graphemes(struct uni_breaker *b, const char *text, size_t n, uint8_t *at)
{
	struct lockstep l = { text, n, 0, 0 };
	int32_t i;

	if (n == 0)
		return;
	memset(at, 0, n);
	at[0] = 1;
	if (!set_text(b->grapheme, &b->text, text, n))
		return;
	ubrk_first(b->grapheme);
	while ((i = ubrk_next(b->grapheme)) != UBRK_DONE) {
		if ((size_t)i < b->text.n)
			at[byte_at(&l, (size_t)i)] = 1;
	}
}

/* ----------------------------------------------------------- collation */

struct uni_collator {
	UCollator *col;
	bool arabic;			/* آ is a kind of alef */
	struct wide text;
};

/*
 * ICU's Persian order puts digits first, then Arabic script, then Latin and
 * the rest ("[reorder Arab]"); a list that wants Latin entries by
 * themselves parts them by script before it sorts. Spaces count, and sort
 * before letters: «ابر باران» stands before «ابرار», as in a bibliography.
 */
struct uni_collator *
uni_collator_open(const char *lang)
{
	char locale[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	struct uni_collator *c;
	UCollator *col;

	col = ucol_open(locale_of(lang, locale), &status);
	if (U_FAILURE(status))
		return NULL;
	c = xcalloc(1, sizeof(*c));
	c->col = col;
	c->arabic = lang != NULL && strncmp(lang, "ar", 2) == 0;
	return c;
}

void
uni_collator_close(struct uni_collator *c)
{
	if (c == NULL)
		return;
	ucol_close(c->col);
	free(c->text.p);
	free(c);
}

/*
 * What a Persian dictionary sees of a letter; 0: nothing. Hamza sorts with
 * its seat; to ICU all of its letters, ؤ and ئ too, are kinds of alef.
 */
static UChar
fold(UChar c)
{
	switch (c) {
	case 0x0623:	/* أ */
	case 0x0625:	/* إ */
	case 0x0671:	/* ٱ */
		return 0x0627;
	case 0x0624:	/* ؤ */
		return 0x0648;
	case 0x0626:	/* ئ */
	case 0x0649:	/* ى */
	case 0x064a:	/* ي */
		return 0x06cc;
	case 0x0643:	/* ك */
		return 0x06a9;
	case 0x06c0:	/* ۀ */
	case 0x06c2:	/* ۂ */
	case 0x06d5:	/* ە */
		return 0x0647;
	case 0x0640:	/* tatweel */
		return 0;
	default:
		return c;
	}
}

void
uni_sort_key(struct uni_collator *c, const char *s, size_t n,
    struct buf *out)
{
	struct wide *w = &c->text;
	size_t i, k = 0;
	int32_t len, room;
	UChar u;

	wide_from(w, s, n);
	/* Composed first: the madda of آ counts, loose marks do not. */
	nfc_normalize(w);
	for (i = 0; i < w->n; i++) {
		u = w->p[i];
		if (!U16_IS_SURROGATE(u) && (uni_is_mark(u) ||
		    uni_is_default_ignorable(u) || (u = fold(u)) == 0))
			continue;
		/* In Arabic it is one; in Persian the first letter. */
		if (u == 0x0622 && c->arabic)
			u = 0x0627;
		w->p[k++] = u;
	}
	w->n = k;
	buf_reserve(out, 4 * k + 32);
	room = (int32_t)MIN(out->cap - out->n - 1, INT32_MAX);
	len = ucol_getSortKey(c->col, w->p, (int32_t)k,
	    (uint8_t *)out->p + out->n, room);
	if (len > room) {
		buf_reserve(out, (size_t)len);
		ucol_getSortKey(c->col, w->p, (int32_t)k,
		    (uint8_t *)out->p + out->n, len);
	}
	/*
	 * The zero that ends the key stays: it sorts a prefix before what
	 * goes on, and parts a following key from this one.
	 */
	out->n += (size_t)MAX(len, 0);
	out->p[out->n] = '\0';
}

/*
 * The first level of a key (primary weights) ends where the others do, at a
 * byte of 1: UTS #10 as ICU writes it.
 */
static size_t
primary(const struct buf *key)
{
	const char *end = key->n > 0 ? memchr(key->p, 1, key->n) : NULL;

	return end != NULL ? (size_t)(end - key->p) : key->n;
}

bool
uni_same_letter(struct uni_collator *c, const char *a, size_t na,
    const char *b, size_t nb)
{
	struct buf x = {0}, y = {0};
	bool same;

	uni_sort_key(c, a, na, &x);
	uni_sort_key(c, b, nb, &y);
	same = primary(&x) == primary(&y) && memcmp(x.p, y.p, primary(&x)) == 0;
	buf_free(&x);
	buf_free(&y);
	return same;
}

/* A letter without its marks, where the language takes it for the same. */
static uint32_t
bare_letter(struct uni_collator *c, uint32_t cp)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
	UChar to[16];
	UChar32 base;
	char a[4], b[4];
	int32_t n;

	if (U_FAILURE(status))
		return cp;
	n = unorm2_getDecomposition(nfd, (UChar32)cp, to, NELEM(to), &status);
	if (U_FAILURE(status) || n <= 0)
		return cp;
	U16_GET(to, 0, 0, n, base);
	return uni_same_letter(c, a, utf8_put(a, cp), b, utf8_put(b,
	    (uint32_t)base)) ? (uint32_t)base : cp;
}

void
uni_index_letter(struct uni_collator *c, const char *lang, const char *s,
    size_t n, struct buf *out)
{
	uint32_t cp = 0;

	for (size_t i = 0; i < n && !uni_is_letter(cp);) {
		cp = utf8_next(s, n, &i);
		if (uni_is_digit(cp))
			return;
	}
	if (!uni_is_letter(cp))
		return;
	cp = bare_letter(c, cp);
	/* Arabic keeps its own Yeh and Kaf, which sort as the Persian ones. */
	if (cp < 0x10000 && strncmp(lang, "ar", 2) != 0 && fold((UChar)cp) != 0)
		cp = fold((UChar)cp);
	buf_utf8(out, (uint32_t)u_toupper((UChar32)cp));
}

/* ------------------------------------------------------------ calendar */

/* Days from 1970-01-01 to a Gregorian date (H. Hinnant's formula). */
static int64_t
days_from_civil(int64_t y, int m, int d)
{
	int64_t era;
	int yoe, doy;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = (int)(y - era * 400);
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void
uni_persian_date(int gy, int gm, int gd, int *y, int *m, int *d)
{
	static const UChar gmt[] = { 'G', 'M', 'T', 0 };
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *cal;

	*y = *m = *d = 0;
	if (gm < 1 || gm > 12 || gd < 1 || gd > 31)
		return;
	cal = ucal_open(gmt, -1, "fa_IR@calendar=persian", UCAL_TRADITIONAL,
	    &status);
	if (U_FAILURE(status))
		return;
	ucal_setMillis(cal, (double)days_from_civil(gy, gm, gd) * 86400000.0,
	    &status);
	*y = ucal_get(cal, UCAL_EXTENDED_YEAR, &status);
	*m = ucal_get(cal, UCAL_MONTH, &status) + 1;
	*d = ucal_get(cal, UCAL_DATE, &status);
	ucal_close(cal);
	if (U_FAILURE(status))
		*y = *m = *d = 0;
}

/* -------------------------------------------------------------- digits */

/* Is `lang` this language, whatever its region or script? */
static bool
is_lang(const char *lang, const char *name)
{
	size_t n = strlen(name);

	return strncmp(lang, name, n) == 0 &&
	    (lang[n] == '\0' || lang[n] == '-' || lang[n] == '_');
}

uint32_t
uni_persian_letter(uint32_t cp)
{
	return cp == 0x64a || cp == 0x649 ? 0x6cc : cp == 0x643 ? 0x6a9 : cp;
}

uint32_t
uni_zero(const char *lang)
{
	static const char *const eastern[] = { "fa", "prs", "ps", "ur" };
	static const char *const arabic[] = { "ar", "ckb" };
	size_t i;

	if (lang == NULL)
		return '0';
	for (i = 0; i < NELEM(eastern); i++) {
		if (is_lang(lang, eastern[i]))
			return 0x06f0;
	}
	for (i = 0; i < NELEM(arabic); i++) {
		if (is_lang(lang, arabic[i]))
			return 0x0660;
	}
	return '0';
}

void
uni_digits(struct buf *b, const char *lang, const char *s, size_t n)
{
	uint32_t zero = uni_zero(lang);
	size_t i;

	buf_reserve(b, n);
	for (i = 0; i < n; i++) {
		if (s[i] >= '0' && s[i] <= '9')
			buf_utf8(b, zero + (uint32_t)(s[i] - '0'));
		else
			buf_char(b, s[i]);
	}
}

bool
uni_is_lang(const char *tag)
{
	const char *const *known;
	size_t n = strcspn(tag, "-_");

	if (n < 2 || n > 3)
		return false;
	for (known = uloc_getISOLanguages(); *known != NULL; known++)
		if (strlen(*known) == n && strncmp(*known, tag, n) == 0)
			return true;
	/* ICU lists few codes of three letters; any of them is taken on
	 * trust, since only the digits and words of some are known. */
	return n == 3;
}

void
uni_number(struct buf *b, const char *lang, long value)
{
	char s[32];
	int n;

	n = snprintf(s, sizeof(s), "%ld", value);
	if (value < 0)
		buf_utf8(b, 0x2212);
	uni_digits(b, lang, s + (value < 0), (size_t)n - (value < 0));
}

void
uni_abjad(struct buf *b, long value)
{
	static const char *const digits[4][10] = {
		{ "", "ا", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط" },
		{ "", "ی", "ک", "ل", "م", "ن", "س", "ع", "ف", "ص" },
		{ "", "ق", "ر", "ش", "ت", "ث", "خ", "ذ", "ض", "ظ" },
		{ "", "غ" },
	};

	if (value < 1 || value > 1999) {
		uni_number(b, "fa", value);
		return;
	}
	buf_str(b, digits[3][value / 1000]);
	buf_str(b, digits[2][value / 100 % 10]);
	buf_str(b, digits[1][value / 10 % 10]);
	buf_str(b, digits[0][value % 10]);
}

void
uni_alphabetic(struct buf *b, const char *lang, long value)
{
	static const char *const persian[] = { "الف", "ب", "پ", "ت", "ث",
		"ج", "چ", "ح", "خ", "د", "ذ", "ر", "ز", "ژ", "س", "ش", "ص",
		"ض", "ط", "ظ", "ع", "غ", "ف", "ق", "ک", "گ", "ل", "م", "ن",
		"و", "ه", "ی" };
	static const char *const arabic[] = { "أ", "ب", "ت", "ث", "ج", "ح",
		"خ", "د", "ذ", "ر", "ز", "س", "ش", "ص", "ض", "ط", "ظ", "ع",
		"غ", "ف", "ق", "ك", "ل", "م", "ن", "ه", "و", "ي" };
	const char *const *letters = NULL;
	long n = 26, digits[16];
	uint32_t zero = uni_zero(lang);
	int k = 0;

	if (zero == 0x06f0) {
		letters = persian;
		n = (long)NELEM(persian);
	} else if (zero == 0x0660) {
		letters = arabic;
		n = (long)NELEM(arabic);
	}
	if (value < 1) {
		uni_number(b, lang, value);
		return;
	}
	/* After the last letter come pairs, as columns of a sheet count. */
	for (; value > 0; value = (value - 1) / n)
		digits[k++] = (value - 1) % n;
	while (k-- > 0) {
		if (letters == NULL) {
			buf_char(b, (char)('a' + digits[k]));
			continue;
		}
		buf_str(b, letters[digits[k]]);
		if (k > 0)	/* or two letters would join into a word */
			buf_str(b, "\xe2\x80\x8c");
	}
}
