/*
 * Words after a number that belong to it: units, eras, the words that
 * multiply. A number stays on the line with them, and they with one another:
 * «۱٬۲۰۰ کیلومتر مربع», «۱۳۹۹ هجری شمسی», «۵۰ هزار تومان».
 *
 * Words are compared without joiners, tatweel and marks («سانتی‌متر»,
 * «درجهٔ»), and with the endings ی and ای («کیلومتری», «دقیقه‌ای»).
 */
#include "shape/internal.h"

#include <string.h>

#define ZWNJ 0x200c
#define ZWJ 0x200d
#define TATWEEL 0x640
#define FOLD_MAX 48u			/* bytes; no unit is as long */

/* By what may go on after it. */
static const char *const plain[] = {
	"درصد", "مترمربع", "مترمکعب", "کیلومترمربع", "کیلومترمکعب", "هکتار",
	"جریب", "گرم", "کیلو", "کیلوگرم", "میلیگرم", "تن", "من", "پوند",
	"لیتر", "میلیلیتر", "ثانیه", "دقیقه", "ساعت", "ریال", "تومان",
	"افغانی", "دلار", "یورو", "روبل", "سامانی", "وات", "کیلووات",
	"ولت", "آمپر", "هرتز", "میلادی", "خورشیدی", "شمسی", "قمری", "هش",
	"هق",
	"kg", "g", "mg", "t", "l", "ml", "s", "ms", "h", "min", "Hz", "kHz",
	"MHz", "GHz", "W", "kW", "V", "A", "Pa", "hPa", "kPa", "bar", "pt",
	"ppi", "dpi", "°C", "°F", "°", "K", "AD", "BC", "CE", "BCE", "AH",
	"km", "m", "cm", "mm", "nm", "µm", "ha"
};
static const char *const lengths[] = { "متر", "کیلومتر", "سانتیمتر",
	"میلیمتر", "میکرون", "فرسخ", "فرسنگ", "مایل" };
static const char *const counts[] = { "هزار", "میلیون", "میلیارد", "بیلیون",
	"تریلیون" };
static const char *const eras[] = { "هجری" };
static const char *const degrees[] = { "درجه" };

static const char *const after_length[] = { "مربع", "مکعب" };
static const char *const after_era[] = { "شمسی", "قمری", "خورشیدی" };
static const char *const after_degree[] = { "سانتیگراد", "سلسیوس",
	"فارنهایت" };

/* The word [i, end) as it is compared; "" if it is too long for a unit. */
static size_t
fold(const struct piece *pc, size_t i, size_t end, char out[FOLD_MAX + 4])
{
	size_t n = 0;

	for (; i < end && n <= FOLD_MAX; i++)
		if (pc->cps[i] != ZWNJ && pc->cps[i] != ZWJ &&
		    pc->cps[i] != TATWEEL && !(pc->ch[i].flags & P_MARK))
			n += utf8_put(out + n, pc->cps[i]);
	if (n > FOLD_MAX)
		n = 0;
	out[n] = '\0';
	return n;
}

static bool
is_listed(const char *s, size_t n, const char *const *words, size_t nwords)
{
	size_t k;

	for (k = 0; k < nwords; k++)
		if (strlen(words[k]) == n && memcmp(words[k], s, n) == 0)
			return true;
	return false;
}

static enum unit_word
kind_of(const char *s, size_t n)
{
	return is_listed(s, n, plain, NELEM(plain)) ? WORD_UNIT :
	    is_listed(s, n, lengths, NELEM(lengths)) ? WORD_LENGTH :
	    is_listed(s, n, counts, NELEM(counts)) ? WORD_COUNT :
	    is_listed(s, n, eras, NELEM(eras)) ? WORD_ERA :
	    is_listed(s, n, degrees, NELEM(degrees)) ? WORD_DEGREE :
	    WORD_NONE;
}

static bool
ends_in(const char *s, size_t n, const char *ending)
{
	size_t k = strlen(ending);

	return n > k && memcmp(s + n - k, ending, k) == 0;
}

enum unit_word
unit_after(const struct piece *pc, size_t i, size_t end,
    enum unit_word before)
{
	char s[FOLD_MAX + 4];
	size_t n = fold(pc, i, end, s);
	enum unit_word k;

	switch (before) {
	case WORD_LENGTH:
		return is_listed(s, n, after_length, NELEM(after_length)) ?
		    WORD_UNIT : WORD_NONE;
	case WORD_ERA:
		return is_listed(s, n, after_era, NELEM(after_era)) ?
		    WORD_UNIT : WORD_NONE;
	case WORD_DEGREE:
		return is_listed(s, n, after_degree, NELEM(after_degree)) ?
		    WORD_UNIT : WORD_NONE;
	case WORD_UNIT:
		return WORD_NONE;
	default:
		break;
	}
	k = kind_of(s, n);
	if (k == WORD_NONE && ends_in(s, n, "ی"))
		k = kind_of(s, n - strlen("ی"));
	if (k == WORD_NONE && ends_in(s, n, "ای"))
		k = kind_of(s, n - strlen("ای"));
	return k;
}
