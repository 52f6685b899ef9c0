/* Unicode data: properties, breaks, collation, calendar, numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/base.h"

#define ZWNJ "\xe2\x80\x8c"

/* ---------------------------------------------------------- properties */

static void
scripts(void **state)
{
	static const struct {
		uint32_t cp;
		char tag[5];
	} cases[] = {
		{ 0x06cc, "Arab" }, { 'a', "Latn" }, { ' ', "Zyyy" },
		{ 0x060c, "Zyyy" }, { 0x0640, "Zyyy" }, { 0x064b, "Zinh" },
		{ 0x06f1, "Arab" }, { 0x0661, "Arab" }, { 0x200c, "Zinh" },
		{ 0x05d0, "Hebr" }, { 0x4e00, "Hani" }, { 0x0416, "Cyrl" },
		{ 0xfdfc, "Arab" }, { 0x1f600, "Zyyy" }, { 0x10380, "Ugar" },
		{ 0x103a0, "Xpeo" }, { 0xe000, "Zzzz" }, { 0x10ffff, "Zzzz" },
		{ 0x110000, "Zzzz" }, { UINT32_MAX, "Zzzz" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(cases); i++) {
		const char *t = cases[i].tag;

		assert_int_equal(uni_script(cases[i].cp),
		    SCRIPT_TAG(t[0], t[1], t[2], t[3]));
	}
}

static void
properties(void **state)
{
	(void)state;
	assert_true(uni_is_default_ignorable(0x200c));
	assert_true(uni_is_default_ignorable(0xad));
	assert_true(uni_is_default_ignorable(0x2068));
	assert_true(uni_is_default_ignorable(0xe0001));
	assert_false(uni_is_default_ignorable(' '));
	assert_true(uni_is_mark(0x064e));
	assert_true(uni_is_mark(0x0654));
	assert_true(uni_is_mark(0x0301));
	assert_false(uni_is_mark(0x0640));
	assert_true(uni_is_letter(0x06cc));
	assert_true(uni_is_letter(0x0640));
	assert_true(uni_is_letter('z'));
	assert_false(uni_is_letter('1'));
	assert_false(uni_is_letter(0x110000));
	assert_true(uni_is_digit(0x06f9));
	assert_false(uni_is_digit(0xb2));
	assert_true(uni_is_punct(0x060c));
	assert_true(uni_is_punct(0x066a));
	assert_true(uni_is_punct('+'));
	assert_true(uni_is_punct(0xab));
	assert_false(uni_is_punct('a'));
	assert_true(uni_is_space(' '));
	assert_true(uni_is_space('\n'));
	assert_true(uni_is_space(0xa0));
	assert_true(uni_is_space(0x2028));
	assert_false(uni_is_space(0x200b));
	assert_int_equal(uni_digit_value('7'), 7);
	assert_int_equal(uni_digit_value(0x06f4), 4);
	assert_int_equal(uni_digit_value(0x0664), 4);
	assert_int_equal(uni_digit_value(0x1d7d9), 1);
	assert_int_equal(uni_digit_value('x'), -1);
	assert_int_equal(uni_digit_value(0xb2), -1);
}

static void
joining(void **state)
{
	(void)state;
	assert_true(uni_joins_next(0x0628));	/* beh */
	assert_true(uni_joins_prev(0x0628));
	assert_false(uni_joins_next(0x0627));	/* alef */
	assert_true(uni_joins_prev(0x0627));
	assert_false(uni_joins_next(0x0648));	/* vav */
	assert_true(uni_joins_prev(0x0698));	/* zheh */
	assert_true(uni_joins_next(0x06cc));
	assert_true(uni_joins_next(0x0640));	/* tatweel */
	assert_true(uni_joins_prev(0x200d));	/* ZWJ */
	assert_false(uni_joins_next(0x200c));	/* ZWNJ */
	assert_false(uni_joins_prev(0x200c));
	assert_false(uni_joins_prev(0x0621));	/* hamza */
	assert_false(uni_joins_next(0x064e));	/* a mark is transparent */
	assert_false(uni_joins_next('a'));
}

static void *
ask_all(void *arg)
{
	uint64_t *sum = arg;
	uint32_t c;

	for (c = 0; c < 0x30000; c++)
		*sum = *sum * 31 + uni_script(c) + uni_is_mark(c);
	return NULL;
}

/* Pages that threads fill at the same time are the same. */
static void
properties_in_threads(void **state)
{
	uint64_t sum[4] = {0};
	pthread_t t[4];
	int i;

	(void)state;
	for (i = 0; i < 4; i++)
		pthread_create(&t[i], NULL, ask_all, &sum[i]);
	for (i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	for (i = 1; i < 4; i++)
		assert_true(sum[i] == sum[0]);
}

static void
nfc(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" }, { "abc", "abc" },
		{ "ا\xd9\x93" "ب", "آب" },		/* U+0653 */
		{ "e\xcc\x81", "é" },
		{ "می" ZWNJ "شود", "می" ZWNJ "شود" },
		{ "a\xff" "b", "a\xef\xbf\xbd" "b" },
		{ "\xc3", "\xef\xbf\xbd" },
		{ "🙂", "🙂" },
		{ "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
	};
	struct buf b = {0}, out = {0};
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(cases); i++) {
		buf_str(&b, "left over");
		uni_nfc(cases[i][0], strlen(cases[i][0]), &b);
		assert_string_equal(b.p, cases[i][1]);
		assert_int_equal(b.n, strlen(cases[i][1]));
	}
	uni_nfc("a\0b", 3, &b);
	assert_int_equal(b.n, 3);
	/* What grows: U+FB2C becomes three letters. */
	b.n = 0;
	for (i = 0; i < 1000; i++)
		buf_utf8(&b, 0xfb2c);
	uni_nfc(b.p, b.n, &out);
	assert_int_equal(utf8_count(out.p, out.n), 3000);
	buf_free(&out);
	buf_free(&b);
}

/* -------------------------------------------------------------- breaks */

/* The text with "|" where it may break and "!" where it must. */
static void
breaks(struct uni_breaker *b, const char *s, const char *want)
{
	size_t i, n = strlen(s);
	uint8_t *at = xmalloc(n + 1);
	struct buf out = {0};

	memset(at, 0x55, n + 1);
	uni_line_breaks(b, s, n, at);
	buf_str(&out, "");
	for (i = 0; i <= n; i++) {
		if (at[i] != BREAK_NONE)
			buf_char(&out, at[i] == BREAK_FORCED ? '!' : '|');
		if (i < n)
			buf_char(&out, s[i]);
	}
	assert_string_equal(out.p, want);
	buf_free(&out);
	free(at);
}

static void
line_breaks(void **state)
{
	struct uni_breaker *b = uni_breaker_open("fa");

	(void)state;
	assert_non_null(b);
	breaks(b, "", "");
	breaks(b, "a", "a|");
	breaks(b, "سلام دنیا", "سلام |دنیا|");
	breaks(b, "می" ZWNJ "شود، اگر", "می" ZWNJ "شود، |اگر|");
	breaks(b, "a\nb\n", "a\n!b\n!");
	breaks(b, "a\xe2\x80\xa8" "b", "a\xe2\x80\xa8!b|");
	breaks(b, "(سلام)", "(سلام)|");
	breaks(b, "a\xc2\xa0" "b", "a\xc2\xa0" "b|");
	breaks(b, "a\xe2\x80\x8b" "b", "a\xe2\x80\x8b|b|");
	breaks(b, "co-op", "co-|op|");
	breaks(b, "🙂🙂 x", "🙂|🙂 |x|");
	breaks(b, "漢字", "漢|字|");
	breaks(b, "a \xff b", "a |\xff |b|");
	breaks(b, "\xd8", "\xd8|");
	uni_breaker_close(b);
	uni_breaker_close(NULL);
}

static void
graphemes(void **state)
{
	static const struct {
		const char *s, *want;
	} cases[] = {
		{ "abc", "111" },
		{ "بَب", "100010" },
		{ "e\xcc\x81x", "1001" },
		{ "\r\nx", "101" },
		{ "👩\xe2\x80\x8d👧a", "100000000001" },
		{ "🇮🇷a", "100000001" },
		{ "a\xff" "b", "111" },
		{ "ب" ZWNJ "ب", "1000010" },
	};
	struct uni_breaker *b = uni_breaker_open("fa-AF");
	uint8_t at[32];
	size_t i, k;

	(void)state;
	for (i = 0; i < NELEM(cases); i++) {
		size_t n = strlen(cases[i].s);
		char got[32] = "";

		memset(at, 0x55, sizeof(at));
		uni_graphemes(b, cases[i].s, n, at);
		for (k = 0; k < n; k++)
			got[k] = at[k] ? '1' : '0';
		assert_string_equal(got, cases[i].want);
		assert_int_equal(at[n], 0x55);	/* not its to write */
	}
	uni_graphemes(b, "", 0, at);
	uni_breaker_close(b);
}

/* Any bytes: nothing crashes, and no break falls inside a letter. */
static void
breaks_of_noise(void **state)
{
	struct uni_breaker *b = uni_breaker_open("fa");
	char s[200];
	uint8_t at[201], begins[201];
	size_t i, k, n;

	(void)state;
	srand(7);
	for (k = 0; k < 5000; k++) {
		n = (size_t)rand() % sizeof(s);
		for (i = 0; i < n; i++)
			s[i] = (char)(k % 2 ? rand() : "ab \xd8\xa7\xe2\x80"
			    "\x8c\n\0\xf0\x9f\x99\x82"[rand() % 14]);
		memset(begins, 0, sizeof(begins));
		for (i = 0; i < n;) {
			begins[i] = 1;
			utf8_next(s, n, &i);
		}
		begins[n] = 1;
		uni_line_breaks(b, s, n, at);
		for (i = 0; i <= n; i++)
			assert_true(at[i] == 0 || begins[i]);
		assert_int_equal(at[0], 0);
		assert_true(n == 0 || at[n] != 0);
		uni_graphemes(b, s, n, at);
		for (i = 0; i < n; i++)
			assert_true(at[i] == 0 || begins[i]);
		assert_true(n == 0 || at[0]);
	}
	uni_breaker_close(b);
}

static void
languages_that_do_not_exist(void **state)
{
	static const char *const langs[] = { "", "xx", "fa", "fa-AF", "fa_IR",
	    "not a language at all", "en-US-u-co-phonebk", "\xff\xfe", NULL };
	struct uni_collator *c;
	struct uni_breaker *b;
	struct buf k = {0};
	char big[5000];
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(langs); i++) {
		b = uni_breaker_open(langs[i]);
		assert_non_null(b);
		breaks(b, "a b", "a |b|");
		uni_breaker_close(b);
		c = uni_collator_open(langs[i]);
		assert_non_null(c);
		uni_sort_key(c, "a", 1, &k);
		uni_collator_close(c);
	}
	memset(big, 'a', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	b = uni_breaker_open(big);
	assert_non_null(b);
	uni_breaker_close(b);
	buf_free(&k);
}

/* A book of 3 MB must cost no more than a blink. */
static void
breaks_of_a_book(void **state)
{
	static const char s[] = "در این کتاب، نخستین فصل دربارهٔ تاریخ نگارش "
	    "فارسی است؛ می" ZWNJ "خواهیم بدانیم چرا (و چگونه) واژه"
	    ZWNJ "ها شکسته می" ZWNJ "شوند. ";
	struct uni_breaker *b = uni_breaker_open("fa");
	struct timespec t0, t1;
	struct buf text = {0};
	uint8_t *at;
	double ms;

	(void)state;
	while (text.n < 3000000)
		buf_str(&text, s);
	at = xmalloc(text.n + 1);
	uni_line_breaks(b, "warm", 4, at);
	clock_gettime(CLOCK_MONOTONIC, &t0);
	uni_line_breaks(b, text.p, text.n, at);
	clock_gettime(CLOCK_MONOTONIC, &t1);
	ms = (double)(t1.tv_sec - t0.tv_sec) * 1e3 +
	    (double)(t1.tv_nsec - t0.tv_nsec) / 1e6;
	/* 20 ms alone on a desk; wide enough for a busy machine and ASan. */
	if (ms > 1000)
		fail_msg("%.0f ms", ms);
	free(at);
	buf_free(&text);
	uni_breaker_close(b);
}

/* ----------------------------------------------------------- collation */

static int
compare(struct uni_collator *c, const char *s, const char *t)
{
	struct buf a = {0}, b = {0};
	int d;

	uni_sort_key(c, s, strlen(s), &a);
	uni_sort_key(c, t, strlen(t), &b);
	d = memcmp(a.p, b.p, MIN(a.n, b.n));
	if (d == 0)
		d = (a.n > b.n) - (a.n < b.n);
	buf_free(&a);
	buf_free(&b);
	return d;
}

/* Under which letter a word stands: one head for all that begin alike. */
static void
index_letters(void **state)
{
	static const struct { const char *lang, *word, *letter; } v[] = {
		{ "en", "apple", "A" }, { "en", "âge", "A" },
		{ "en", "Éclair", "E" }, { "en", "1916", "" },
		{ "en", "“zebra”", "Z" }, { "sv", "ägg", "Ä" },
		{ "fa", "آب", "آ" }, { "fa", "ابر", "ا" },
		{ "fa", "أمیر", "ا" }, { "fa", "كتاب", "ک" },
		{ "fa", "يد", "ی" }, { "fa", "«گل»", "گ" },
		{ "fa", "۱۹۱۶", "" }, { "fa", "", "" },
		{ "ar", "آسيا", "ا" }, { "ar", "إمارة", "ا" },
		{ "ar", "كتاب", "ك" }, { "ar", "يد", "ي" },
	};

	(void)state;
	for (size_t i = 0; i < NELEM(v); i++) {
		struct uni_collator *c = uni_collator_open(v[i].lang);
		struct buf b = {0};

		uni_index_letter(c, v[i].lang, v[i].word, strlen(v[i].word),
		    &b);
		assert_string_equal(b.n > 0 ? b.p : "", v[i].letter);
		buf_free(&b);
		uni_collator_close(c);
	}
}

static void
persian_order(void **state)
{
	static const char *const words[] = { "آب", "آبی", "ابر", "ابر باران",
	    "ابرار", "بابا", "پدر", "تاب", "ثابت", "جان", "چراغ", "حال",
	    "خانه", "دل", "ذره", "راه", "زر", "ژاله", "سر", "شب", "صبر",
	    "ضرر", "طلا", "ظلم", "عقل", "غم", "فال", "قلم", "کتاب", "گل",
	    "لب", "ماه", "نان", "واژه", "هنر", "یخ", "Arabic", "Latin" };
	struct uni_collator *c = uni_collator_open("fa");
	size_t i;

	(void)state;
	assert_non_null(c);
	for (i = 1; i < NELEM(words); i++) {
		if (compare(c, words[i - 1], words[i]) >= 0)
			fail_msg("%s does not sort before %s", words[i - 1],
			    words[i]);
	}
	uni_collator_close(c);
	uni_collator_close(NULL);
}

static void
what_sorting_does_not_see(void **state)
{
	static const char *const same[][2] = {
		{ "كتاب", "کتاب" }, { "علي", "علی" }, { "موسى", "موسی" },
		{ "می" ZWNJ "رود", "میرود" }, { "کتـــاب", "کتاب" },
		{ "مُحَمَّد", "محمد" }, { "خانهٔ", "خانه" }, { "خانۀ", "خانه" },
		{ "مسأله", "مساله" }, { "مسئول", "مسیول" },
		{ "مؤمن", "مومن" }, { "إبراهیم", "ابراهیم" },
		{ "ا\xd9\x93" "ب", "آب" },	/* decomposed */
		{ "\xe2\x80\x8f" "آب", "آب" },
	};
	struct uni_collator *c = uni_collator_open("fa");
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(same); i++) {
		if (compare(c, same[i][0], same[i][1]) != 0)
			fail_msg("%s and %s differ", same[i][0], same[i][1]);
	}
	assert_true(compare(c, "آب", "اب") < 0);
	assert_true(compare(c, "", "ا") < 0);
	assert_true(compare(c, "کار", "کارد") < 0);
	uni_collator_close(c);
}

static void
keys_are_appended(void **state)
{
	struct uni_collator *c = uni_collator_open("fa");
	struct buf b = {0}, big = {0};
	size_t n, i;

	(void)state;
	uni_sort_key(c, "ب", 2, &b);
	n = b.n;
	assert_true(n > 0);
	assert_int_equal(b.p[n - 1], 0);
	uni_sort_key(c, "ب", 2, &b);
	assert_int_equal(b.n, 2 * n);
	assert_memory_equal(b.p, b.p + n, n);
	/* Much room, no room, bytes that are nothing. */
	for (i = 0; i < 100000; i++)
		buf_str(&big, i % 3 ? "漢" : "é");
	b.n = 0;
	uni_sort_key(c, big.p, big.n, &b);
	assert_true(b.n > 100000);
	b.n = 0;
	uni_sort_key(c, "\xff\0\xc3", 3, &b);
	uni_sort_key(c, "", 0, &b);
	assert_true(b.n > 0);
	buf_free(&b);
	buf_free(&big);
	uni_collator_close(c);
}

/* ----------------------------------------------------- dates, numbers */

static void
persian_dates(void **state)
{
	static const int cases[][6] = {
		{ 2024, 3, 20, 1403, 1, 1 },
		{ 2025, 3, 20, 1403, 12, 30 },	/* a leap year */
		{ 2025, 3, 21, 1404, 1, 1 },
		{ 2026, 3, 20, 1404, 12, 29 },
		{ 2024, 9, 21, 1403, 6, 31 },
		{ 2024, 9, 22, 1403, 7, 1 },
		{ 1979, 2, 11, 1357, 11, 22 },
		{ 1906, 8, 5, 1285, 5, 13 },
		{ 1925, 3, 31, 1304, 1, 11 },
		{ 1970, 1, 1, 1348, 10, 11 },
	};
	int y, m, d;
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(cases); i++) {
		uni_persian_date(cases[i][0], cases[i][1], cases[i][2], &y,
		    &m, &d);
		assert_int_equal(y, cases[i][3]);
		assert_int_equal(m, cases[i][4]);
		assert_int_equal(d, cases[i][5]);
	}
	uni_persian_date(2024, 13, 1, &y, &m, &d);
	assert_int_equal(y | m | d, 0);
	uni_persian_date(2024, 0, 1, &y, &m, &d);
	assert_int_equal(y | m | d, 0);
	uni_persian_date(INT32_MAX, 12, 31, &y, &m, &d);
	uni_persian_date(INT32_MIN, 1, 1, &y, &m, &d);
}

static void
number(const char *lang, long v, const char *want)
{
	struct buf b = {0};

	buf_char(&b, '<');
	uni_number(&b, lang, v);
	assert_string_equal(b.p + 1, want);
	buf_free(&b);
}

static void
numbers(void **state)
{
	struct buf b = {0};

	(void)state;
	number("fa", 1403, "۱۴۰۳");
	number("fa-AF", 0, "۰");
	number("ps", 5, "۵");
	number("ur", 6, "۶");
	number("ar", 1403, "١٤٠٣");
	number("ar-EG", 9, "٩");
	number("en", 1403, "1403");
	number("fars", 1, "1");
	number("", 1, "1");
	number(NULL, 1, "1");
	number("fa", -12, "−۱۲");
	number("en", -12, "−12");
	number("en", INT64_MIN, "−9223372036854775808");
	uni_digits(&b, "fa", "ص 58-60, گ۲\xff", strlen("ص 58-60, گ۲\xff"));
	assert_string_equal(b.p, "ص ۵۸-۶۰, گ۲\xff");
	buf_free(&b);
}

static void
letters_for_numbers(void **state)
{
	static const struct {
		long v;
		const char *abjad, *fa, *ar, *en;
	} cases[] = {
		{ 1, "ا", "الف", "أ", "a" },
		{ 2, "ب", "ب", "ب", "b" },
		{ 3, "ج", "پ", "ت", "c" },
		{ 11, "یا", "ذ", "ز", "k" },
		{ 15, "یه", "س", "ض", "o" },
		{ 28, "کح", "م", "ي", "ab" },
		{ 32, "لب", "ی", "أ" ZWNJ "ث", "af" },
		{ 33, "لج", "الف" ZWNJ "الف", "أ" ZWNJ "ج", "ag" },
		{ 786, "ذفو", NULL, NULL, "adf" },
		{ 1000, "غ", NULL, NULL, "all" },
		{ 1999, "غظصط", NULL, NULL, "bxw" },
		{ 2000, "۲۰۰۰", NULL, NULL, "bxx" },
		{ 0, "۰", "۰", "٠", "0" },
		{ -3, "−۳", "−۳", "−٣", "−3" },
	};
	struct buf b = {0};
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(cases); i++) {
		b.n = 0;
		uni_abjad(&b, cases[i].v);
		assert_string_equal(b.p, cases[i].abjad);
		if (cases[i].fa != NULL) {
			b.n = 0;
			uni_alphabetic(&b, "fa", cases[i].v);
			assert_string_equal(b.p, cases[i].fa);
			b.n = 0;
			uni_alphabetic(&b, "ar", cases[i].v);
			assert_string_equal(b.p, cases[i].ar);
		}
		b.n = 0;
		uni_alphabetic(&b, "en", cases[i].v);
		assert_string_equal(b.p, cases[i].en);
	}
	b.n = 0;
	uni_alphabetic(&b, "fa", INT64_MAX);
	uni_alphabetic(&b, NULL, INT64_MAX);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(properties_in_threads),
		cmocka_unit_test(scripts),
		cmocka_unit_test(properties),
		cmocka_unit_test(joining),
		cmocka_unit_test(nfc),
		cmocka_unit_test(line_breaks),
		cmocka_unit_test(graphemes),
		cmocka_unit_test(breaks_of_noise),
		cmocka_unit_test(languages_that_do_not_exist),
		cmocka_unit_test(breaks_of_a_book),
		cmocka_unit_test(persian_order),
		cmocka_unit_test(what_sorting_does_not_see),
		cmocka_unit_test(keys_are_appended),
		cmocka_unit_test(index_letters),
		cmocka_unit_test(persian_dates),
		cmocka_unit_test(numbers),
		cmocka_unit_test(letters_for_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
