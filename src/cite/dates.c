/*
 * Months and years of three calendars, and what a language tag says.
 *
 * A name tells its calendar: دلو and بهمن are solar Hijri, ژانویه is
 * Gregorian, بهار and خزان may be either. Names are printed as the author
 * wrote them («دلو ۱۳۸۷» does not become «بهمن ۱۳۸۷»); the tables only give
 * numbers their names and names their place in the year.
 */
#include "cite/model.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const jalali_iran[] = {
	"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
	"مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
};
static const char *const jalali_afghan[] = {
	"حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله",
	"میزان", "عقرب", "قوس", "جدی", "دلو", "حوت",
};
static const char *const jalali_latin[] = {
	"Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
	"Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
};
static const char *const gregorian_iran[] = {
	"ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن",
	"ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر",
};
static const char *const gregorian_afghan[] = {
	"جنوری", "فبروری", "مارچ", "اپریل", "می", "جون",
	"جولای", "اگست", "سپتمبر", "اکتوبر", "نومبر", "دسمبر",
};
static const char *const gregorian_latin[] = {
	"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December",
};
static const char *const seasons_persian[] = {
	"بهار", "تابستان", "پاییز", "زمستان",
};
static const char *const seasons_afghan[] = {
	"بهار", "تابستان", "خزان", "زمستان",
};
static const char *const seasons_latin[] = {
	"Spring", "Summer", "Autumn", "Winter",
};

static const struct {
	const char *name;
	int month;
	enum calendar cal;
} other_names[] = {
	{"امرداد", 5, CAL_JALALI}, {"فبرایر", 2, CAL_GREGORIAN},
	{"ژوئیۀ", 7, CAL_GREGORIAN}, {"جولایی", 7, CAL_GREGORIAN},
	{"آگوست", 8, CAL_GREGORIAN}, {"اگوست", 8, CAL_GREGORIAN},
	{"پائیز", 15, CAL_SEASON}, {"Fall", 15, CAL_SEASON},
	{"Sept", 9, CAL_GREGORIAN},
};

static const struct {
	const char *const *names;
	int n, first;
	enum calendar cal;
} tables[] = {
	{jalali_iran, 12, 1, CAL_JALALI},
	{jalali_afghan, 12, 1, CAL_JALALI},
	{gregorian_latin, 12, 1, CAL_GREGORIAN},
	{gregorian_iran, 12, 1, CAL_GREGORIAN},
	{gregorian_afghan, 12, 1, CAL_GREGORIAN},
	{seasons_persian, 4, 13, CAL_SEASON},
	{seasons_afghan, 4, 13, CAL_SEASON},
	{seasons_latin, 4, 13, CAL_SEASON},
	{jalali_latin, 12, 1, CAL_JALALI},
};

/* Arabic Yeh and Kaf as Persian ones, ZWNJ and a final full stop gone. */
static void
fold(char out[static 32], const char *s, size_t n)
{
	size_t i = 0, k = 0, at;
	uint32_t c;

	while (n > 0 && (s[n - 1] == '.' || s[n - 1] == ' '))
		n--;
	while (i < n && k < 26) {
		at = i;
		c = utf8_next(s, n, &i);
		if (c == 0x64a || c == 0x649)
			c = 0x6cc;
		else if (c == 0x643)
			c = 0x6a9;
		else if (c == 0x200c)
			continue;
		if (c == 0xfffd)
			out[k++] = s[at];
		else
			k += utf8_put(out + k, c);
	}
	out[i < n ? 0 : k] = '\0';
}

int
month_lookup(const char *s, size_t n, enum calendar *cal)
{
	char word[32];
	size_t t;
	int m;

	*cal = CAL_NONE;
	if (n > 40)
		return 0;
	fold(word, s, n);
	if (word[0] == '\0')
		return 0;
	for (t = 0; t < NELEM(tables); t++) {
		for (m = 0; m < tables[t].n; m++) {
			if (strcasecmp(tables[t].names[m], word) == 0) {
				*cal = tables[t].cal;
				return tables[t].first + m;
			}
		}
	}
	/* "jan", "Feb": three letters are enough in English. */
	for (m = 0; strlen(word) == 3 && m < 12; m++) {
		if (strncasecmp(gregorian_latin[m], word, 3) == 0) {
			*cal = CAL_GREGORIAN;
			return m + 1;
		}
	}
	for (t = 0; t < NELEM(other_names); t++) {
		if (strcasecmp(other_names[t].name, word) == 0) {
			*cal = other_names[t].cal;
			return other_names[t].month;
		}
	}
	return 0;
}

const char *
month_name(int month, bool jalali, bool latin, bool afghan)
{
	static const char *const *const names[3][3] = {
		{ gregorian_iran, gregorian_afghan, gregorian_latin },
		{ jalali_iran, jalali_afghan, jalali_latin },
		{ seasons_persian, seasons_afghan, seasons_latin },
	};
	int way = latin ? 2 : afghan;

	if (month < 1 || month > 16)
		return NULL;
	if (month > 12)
		return names[2][way][month - 13];
	return names[jalali][way][month - 1];
}

int
year_of(const char *s)
{
	size_t n = strlen(s), i = 0;
	int year = 0, run = 0, len = 0, best = 0, v;

	while (i <= n) {
		v = i < n ? uni_digit_value(utf8_next(s, n, &i)) : -1;
		if (v >= 0) {
			run = run < 100000 ? run * 10 + v : run;
			len++;
			continue;
		}
		/* Three or four digits make a year, two a day. */
		if (len > 0 && len <= 5 && (len >= 3 || best < 3)) {
			year = run;
			best = len;
		}
		run = len = 0;
		if (i == n)
			break;
	}
	return year;
}

long
number_of(const char *s)
{
	size_t n = strlen(s), i = 0;
	long value = 0;
	int v;

	if (n == 0 || n > 32)
		return -1;
	while (i < n) {
		v = uni_digit_value(utf8_next(s, n, &i));
		if (v < 0 || value > 100000000)
			return -1;
		value = value * 10 + v;
	}
	return value;
}

bool
starts_with_digit(const char *s)
{
	size_t i = 0;

	return *s != '\0' && uni_digit_value(utf8_next(s, strlen(s), &i)) >= 0;
}

/* ------------------------------------------------------------ languages */

static const struct {
	const char *name, *tag;
} languages[] = {
	{"persian", "fa"}, {"farsi", "fa"}, {"فارسی", "fa"},
	{"dari", "fa-AF"}, {"دری", "fa-AF"}, {"pashto", "ps"},
	{"پشتو", "ps"}, {"arabic", "ar"}, {"عربی", "ar"},
	{"urdu", "ur"}, {"اردو", "ur"}, {"kurdish", "ckb"},
	{"hebrew", "he"}, {"tajik", "tg"}, {"تاجیکی", "tg"},
	{"english", "en"}, {"american", "en-US"}, {"british", "en-GB"},
	{"ukenglish", "en-GB"}, {"usenglish", "en-US"}, {"انگلیسی", "en"},
	{"french", "fr"}, {"francais", "fr"}, {"german", "de"},
	{"ngerman", "de"}, {"deutsch", "de"}, {"russian", "ru"},
	{"turkish", "tr"}, {"spanish", "es"}, {"italian", "it"},
	{"latin", "la"}, {"uzbek", "uz"}, {"kazakh", "kk"},
};

static const char *const rtl_tags[] = {
	"fa", "ar", "ps", "ur", "ckb", "he", "sd", "ug", "prs", "pes", "yi",
	"syr", "dv", "azb", "bal", "glk", "mzn", "lrc",
};

const char *
language_tag(struct arena *a, const char *s)
{
	char tag[24];
	size_t n = strlen(s), i, k;

	if (n == 0)
		return NULL;
	for (i = 0; i < NELEM(languages); i++)
		if (strcasecmp(languages[i].name, s) == 0)
			return languages[i].tag;
	/* A tag: two or three letters, then parts of letters and digits. */
	if (n >= sizeof(tag))
		return NULL;
	for (i = 0; i < n; i++) {
		if (s[i] == '-' || s[i] == '_')
			tag[i] = '-';
		else if ((s[i] >= 'a' && s[i] <= 'z') ||
		    (s[i] >= 'A' && s[i] <= 'Z') ||
		    (s[i] >= '0' && s[i] <= '9'))
			tag[i] = s[i];
		else
			return NULL;
	}
	tag[n] = '\0';
	k = strcspn(tag, "-");
	if (k < 2 || k > 3)
		return NULL;
	for (i = 0; i < k; i++) {
		if (tag[i] >= 'A' && tag[i] <= 'Z')
			tag[i] += 'a' - 'A';
		if (tag[i] < 'a')
			return NULL;
	}
	return arena_str(a, tag);
}

bool
language_is_ltr(const char *tag)
{
	size_t n = strcspn(tag, "-"), i;

	for (i = 0; i < NELEM(rtl_tags); i++)
		if (strlen(rtl_tags[i]) == n &&
		    strncmp(rtl_tags[i], tag, n) == 0)
			return false;
	return true;
}

int
letters_of(const char *s, size_t n)
{
	size_t i = 0;
	long rtl = 0, ltr = 0;
	uint32_t c;

	while (i < n) {
		c = utf8_next(s, n, &i);
		if (c < 0x80)
			ltr += (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		else if (uni_is_letter(c)) {
			/* Hebrew to Syriac and Arabic, and what they added. */
			if ((c >= 0x590 && c < 0x900) ||
			    (c >= 0xfb1d && c < 0xff00))
				rtl++;
			else
				ltr++;
		}
	}
	return rtl == 0 && ltr == 0 ? 0 : rtl >= ltr ? -1 : 1;
}
