/*
 * Numbers that bidi alone would not set the same way everywhere.
 *
 *	range		«۱۹۱۶–۱۹۳۱», «۲۰٪–۲۵٪»	first number right
 *	percent		«۲۵٪», «۲۵°»		sign left
 *	signed		«−۵»			sign left
 *	phone		«۰۲۱-۸۸۷۷۶۶۵۵», ISBN	as it is dialled
 *	date		«۱۳۹۹-۱۲-۳۰»		year left
 *	with a unit	«۲۵°C»			unit right
 *	multi-level	«۱-۲-۳», «۳.۲.۱»	as the style says
 *
 * A number is read as groups of digits that hyphens and dashes join; what it
 * is follows from its look alone: a leading zero, how many digits, a year
 * beside a month and a day, and from the word «تلفن» and its like before it.
 */
#include "shape/isolate.h"

#include <string.h>

enum { MINUS = 0x2212, DEGREE = 0xb0 };

#define GROUPS_MAX 16u		/* signs of further ones are not looked at */

struct digits {
	size_t start, end;	/* its sign is part of it */
	bool is_signed;
};

struct number {
	struct digits v[GROUPS_MAX];
	size_t end;		/* of the last digit */
	size_t marked;		/* with the percent sign after it */
	unsigned n;		/* groups, all of them */
	unsigned digits;	/* of all groups */
	unsigned shortest, longest;
	unsigned first, last;	/* digits of those groups */
	unsigned middle;	/* the longest of the others */
	unsigned parts;		/* parted by full stops, in the first group */
	unsigned part;		/* digits of the longest of them */
	bool dash;		/* a dash joins, not only hyphens */
	bool spaced;		/* spaces alone join */
	bool zero;		/* begins with 0 and goes on */
	bool is_signed;		/* a group has a sign */
	bool percent;		/* a percent or degree sign stands in it */
};

/* ---------------------------------------------------------- single signs */

static bool
is_hyphen(uint32_t cp)
{
	return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

static bool
is_dash(uint32_t cp)
{
	return (cp >= 0x2012 && cp <= 0x2015) || cp == MINUS;
}

static bool
is_percent(uint32_t cp)
{
	return cp == '%' || cp == 0x66a || cp == 0x2030 || cp == 0x609 ||
	    cp == 0x60a;
}

static bool
is_sign(uint32_t cp)
{
	return cp == '+' || cp == '-' || cp == MINUS || cp == 0xb1;
}

/* What may stand between the digits of one number. */
static bool
is_separator(uint32_t cp)
{
	return cp == '.' || cp == ',' || cp == '/' || cp == ':' ||
	    cp == 0x66b || cp == 0x66c;
}

/* --------------------------------------------------------------- reading */

/* Digits and their inner separators from i; returns the end. */
static size_t
read_group(const struct scan *s, size_t from, size_t i, struct number *nr,
    unsigned *digits)
{
	unsigned here = 0, parts = 1, part = 0;

	*digits = 0;
	for (;;) {
		for (here = 0; is_digit_at(s, from, i); i++)
			here++;
		*digits += here;
		part = MAX(part, here);
		if (!inside(s, from, i) || !is_separator(cp_at(s, i)) ||
		    !is_digit_at(s, from, i + 1))
			break;
		if (cp_at(s, i) != '.')
			part = UINT32_MAX;
		parts++;
		i++;
	}
	if (nr->n == 0) {
		nr->parts = parts;
		nr->part = part;
	}
	return i;
}

/* Past the percent or degree sign that belongs to a number ending at i. */
static size_t
after_percent(const struct scan *s, size_t from, size_t i)
{
	if (inside(s, from, i) && is_percent(cp_at(s, i)))
		return i + 1;
	if (inside(s, from, i) && cp_at(s, i) == DEGREE &&
	    !is_digit_at(s, from, i + 1))
		return i + 1;
	if (inside(s, from, i) && is_space(cp_at(s, i)) &&
	    inside(s, from, i + 1) && is_percent(cp_at(s, i + 1)) &&
	    !is_digit_at(s, from, i + 2))
		return i + 2;
	return i;
}

/* Where the digits of a group begin at i, perhaps after a sign; 0: none do.
 * After a hyphen a second one is no sign. */
static size_t
group_begins(const struct scan *s, size_t from, size_t i, bool hyphen)
{
	if (is_digit_at(s, from, i))
		return i;
	if (inside(s, from, i) && is_sign(cp_at(s, i)) &&
	    !(hyphen && is_hyphen(cp_at(s, i))) &&
	    is_digit_at(s, from, i + 1))
		return i + 1;
	return 0;
}

/*
 * Is there a joint between groups at i? Returns where the next group begins
 * (0: nowhere) and where its digits do.
 */
static size_t
joint(const struct scan *s, size_t from, size_t i, bool phone,
    struct number *nr, size_t *digits)
{
	uint32_t cp = cp_at(s, i);
	size_t space = 0;

	if (!inside(s, from, i))
		return 0;
	if (is_space(cp) && inside(s, from, i + 1) &&
	    (is_hyphen(cp_at(s, i + 1)) || is_dash(cp_at(s, i + 1))) &&
	    inside(s, from, i + 2) && is_space(cp_at(s, i + 2)))
		space = 1;
	cp = cp_at(s, i + space);
	if (is_hyphen(cp) || is_dash(cp)) {
		*digits = group_begins(s, from, i + 1 + 2 * space,
		    is_hyphen(cp) && !space);
		if (*digits != 0)
			nr->dash |= is_dash(cp) || space;
		return *digits == 0 ? 0 : i + 1 + 2 * space;
	}
	if (phone && is_space(cp) && is_digit_at(s, from, i + 1)) {
		nr->spaced = true;
		return *digits = i + 1;
	}
	return 0;
}

/* Read the number whose first group, perhaps signed, begins at i. */
static void
read_number(const struct scan *s, size_t i, size_t digits, bool phone,
    struct number *nr)
{
	size_t from = i;
	unsigned n;

	memset(nr, 0, sizeof(*nr));
	nr->zero = uni_digit_value(cp_at(s, digits)) == 0 &&
	    is_digit_at(s, from, digits + 1);
	nr->shortest = UINT32_MAX;
	do {
		if (nr->n > 1)
			nr->middle = MAX(nr->middle, nr->last);
		nr->end = read_group(s, from, digits, nr, &n);
		if (nr->n < GROUPS_MAX)
			nr->v[nr->n] = (struct digits){ i, nr->end,
			    digits > i };
		nr->is_signed |= digits > i;
		nr->last = n;
		if (nr->n++ == 0)
			nr->first = n;
		nr->digits += n;
		nr->shortest = MIN(nr->shortest, n);
		nr->longest = MAX(nr->longest, n);
		nr->marked = after_percent(s, from, nr->end);
		nr->percent |= nr->marked > nr->end;
		i = joint(s, from, nr->marked, phone, nr, &digits);
	} while (i != 0);
}

/* ---------------------------------------------------------- what is it? */

/* Words before a number that is dialled or looked up, never a range. */
static const char *const phone_words[] = { "تلفن", "فکس", "نمابر", "دورنگار",
	"موبایل", "همراه", "تماس", "شاپا", "شابک", "پستی" };

#define PHONE_WORD_MAX 8u	/* letters of the longest, and one more */

static bool
after_phone_word(const struct scan *s, size_t i)
{
	const struct ch *ch = s->pc->ch;
	size_t end, k, n;

	while (i > 0 && (is_space(cp_at(s, i - 1)) || cp_at(s, i - 1) == ':'))
		i--;
	for (end = i; i > 0 && end - i < PHONE_WORD_MAX &&
	    ch[i - 1].flags & P_LETTER; i--)
		;
	n = ch[end].off - ch[i].off;
	for (k = 0; k < NELEM(phone_words) && end > i; k++)
		if (strlen(phone_words[k]) == n && memcmp(phone_words[k],
		    s->pc->text + ch[i].off, n) == 0)
			return true;
	return false;
}

/* «ق.م.», «پ.م.», «پیش از», «قبل از» after i: years count backwards. */
static bool
before_era(const struct scan *s, size_t i)
{
	uint32_t cp;

	while (is_space(cp_at(s, i)))
		i++;
	cp = cp_at(s, i);
	return cp == 0x642 || cp == 0x67e;	/* ق پ */
}

static int64_t
value_of(const struct scan *s, const struct digits *g)
{
	int64_t v = 0;
	size_t i;
	int d;

	for (i = g->start; i < g->end && v < INT64_MAX / 20; i++)
		if ((d = uni_digit_value(cp_at(s, i))) >= 0)
			v = v * 10 + d;
	return v;
}

/*
 * Phones and ISBNs read from left to right. A range climbs: two numbers of
 * four digits that fall are a phone, unless they are years before an era.
 */
static bool
is_phone(const struct scan *s, const struct number *nr, bool word)
{
	bool plus;

	if (nr->n < 2 || nr->percent)
		return false;
	/* Two whole numbers side by side. */
	if (nr->dash && nr->shortest >= 7)
		return false;
	plus = cp_at(s, nr->v[0].start) == '+';
	if (nr->spaced || nr->dash)
		return (word || plus || nr->zero) &&
		    nr->digits >= (word || plus ? 7 : 8);
	if (word && nr->digits >= 5)
		return true;
	if (nr->n > 2)
		return nr->digits >= 7 && nr->longest > 2;
	if ((nr->zero && nr->digits >= 5) || nr->digits >= 9)
		return true;
	return nr->first == 4 && nr->last == 4 && !nr->is_signed &&
	    value_of(s, &nr->v[0]) > value_of(s, &nr->v[1]) &&
	    !before_era(s, nr->end);
}

/* A year beside a month and a day. */
static bool
is_date(const struct number *nr)
{
	return nr->n == 3 && !nr->dash && !nr->spaced && !nr->percent &&
	    nr->middle <= 2 && ((nr->first == 4 && nr->last <= 2) ||
	    (nr->last == 4 && nr->first <= 2));
}

/* «۱-۲-۳» and «۳.۲.۱»: three levels or more, of two digits at most. */
static bool
is_multi_level(const struct number *nr)
{
	if (nr->dash || nr->spaced || nr->percent || nr->is_signed)
		return false;
	return nr->n >= 3 ? nr->longest <= 2 && nr->parts == 1 :
	    nr->n == 1 && nr->parts >= 3 && nr->part <= 2;
}

/* Do digits at i hang on a Latin word («COVID-19», «B2»)? */
static bool
hangs_on_latin(const struct scan *s, size_t i)
{
	if (i == 0)
		return false;
	if (is_hyphen(cp_at(s, i - 1)) && i >= 2)
		i--;
	return is_latin_at(s, i - 1, i - 1);
}

static bool
sign_may_stand(const struct scan *s, size_t i)
{
	uint32_t flags;

	if (i == 0)
		return true;
	flags = s->pc->ch[i - 1].flags;
	return !(flags & (P_LETTER | P_DIGIT | P_MARK)) &&
	    !is_percent(s->pc->cps[i - 1]) && !is_hyphen(s->pc->cps[i - 1]) &&
	    s->pc->cps[i - 1] != 0x200c;
}

/* Past «°C» at i, or i. */
static size_t
after_unit(const struct scan *s, size_t from, size_t i)
{
	size_t end = i + 1;

	if (!inside(s, from, i) || cp_at(s, i) != DEGREE)
		return i;
	while (is_latin_at(s, from, end))
		end++;
	return end > i + 1 ? end : i;
}

/* -------------------------------------------------------------- isolates */

/* Each level is an isolate, so that full stops between them take the
 * direction of the whole. */
static void
add_levels(struct scan *s, const struct number *nr)
{
	size_t i, start = nr->v[0].start;

	add_isolate(s, start, nr->end, ISOLATE_RTL);
	for (i = start; i <= nr->end; i++) {
		if (i < nr->end && s->pc->ch[i].flags & P_DIGIT)
			continue;
		add_isolate(s, start, i, ISOLATE_RTL);
		start = i + 1;
	}
}

/* False: it is set as any number of its signs. */
static bool
multi_level(struct scan *s, const struct number *nr)
{
	if (s->rules->levels == SHAPE_LEVELS_RTL && nr->n == 1)
		add_levels(s, nr);
	else if (s->rules->levels == SHAPE_LEVELS_RTL)
		add_isolate(s, nr->v[0].start, nr->end, ISOLATE_NUMBER);
	else if (s->rules->levels == SHAPE_LEVELS_LTR && nr->n > 1)
		add_isolate(s, nr->v[0].start, nr->end, ISOLATE_LTR);
	else
		return nr->n == 1;
	return true;
}

/* The number [start, end), its percent signs counted, from right to left;
 * signed groups and a unit at its end from left to right inside it. */
static void
rtl_number(struct scan *s, const struct number *nr, size_t start, size_t end,
    size_t unit)
{
	const struct digits *last = nr->n <= GROUPS_MAX ? &nr->v[nr->n - 1] :
	    NULL;
	unsigned i;

	add_isolate(s, start, MAX(end, unit), ISOLATE_NUMBER);
	for (i = 0; i < MIN(nr->n, GROUPS_MAX); i++) {
		if (&nr->v[i] == last && unit > nr->end)
			add_isolate(s, last->start, unit, ISOLATE_LTR);
		else if (nr->v[i].is_signed && isolates(s, SHAPE_ISOLATE_SIGNS))
			add_isolate(s, nr->v[i].start, nr->v[i].end,
			    ISOLATE_LTR);
	}
}

/* «(۰۲۱) ۸۸۷۷۶۶۵۵» with its bracket at i; returns its end, or i. */
static size_t
bracketed_phone(struct scan *s, size_t i)
{
	struct number nr;
	unsigned digits = 0;
	size_t k = i + 1;

	if (!is_digit_at(s, i, k) || uni_digit_value(cp_at(s, k)) != 0)
		return i;
	for (; is_digit_at(s, i, k) && digits < 6; k++)
		digits++;
	if (digits < 2 || digits > 5 || !inside(s, i, k) ||
	    cp_at(s, k) != ')')
		return i;
	k++;
	if (inside(s, i, k) && (is_space(cp_at(s, k)) ||
	    is_hyphen(cp_at(s, k))))
		k++;
	if (!is_digit_at(s, i, k))
		return i;
	read_number(s, k, k, true, &nr);
	if (nr.digits < 5 || nr.digits > 10 || nr.percent)
		return i;
	add_isolate(s, i, nr.end, ISOLATE_LTR)->whole = true;
	return nr.end;
}

bool
number_begins(const struct scan *s, size_t i)
{
	uint32_t cp = cp_at(s, i);

	if (s->pc->ch[i].flags & P_DIGIT)
		return true;
	if (is_sign(cp) || cp == '(')
		return is_digit_at(s, i, i + 1);
	if (!is_percent(cp) || (i > 0 && (s->pc->ch[i - 1].flags & P_DIGIT)))
		return false;
	return is_digit_at(s, i, i + 1) || (inside(s, i, i + 1) &&
	    is_sign(cp_at(s, i + 1)) && is_digit_at(s, i, i + 2));
}

/* The number read, whose percent sign may stand before it at `start`. */
static size_t
isolate_it(struct scan *s, const struct number *nr, size_t start, bool word)
{
	bool rtl = s->rtl[home_at(s, start)], before = start < nr->v[0].start;
	bool percent = before || nr->percent;
	size_t from = nr->v[0].start, unit = nr->end;
	size_t end = before ? nr->end : nr->marked;

	if (isolates(s, SHAPE_ISOLATE_UNITS))
		unit = after_unit(s, from, nr->end);
	if (rtl && is_multi_level(nr) && multi_level(s, nr))
		return end;
	if (is_phone(s, nr, word) || is_date(nr)) {
		if (rtl && isolates(s, is_date(nr) ? SHAPE_ISOLATE_DATES :
		    SHAPE_ISOLATE_PHONES))
			add_isolate(s, from, nr->end, ISOLATE_LTR)->whole =
			    true;
	} else if (nr->n > 1) {
		if (isolates(s, SHAPE_ISOLATE_RANGES))
			rtl_number(s, nr, start, end, unit);
	} else if (unit > nr->end) {
		if (rtl)
			add_isolate(s, from, unit, ISOLATE_LTR);
	} else if (percent && isolates(s, SHAPE_ISOLATE_PERCENT)) {
		rtl_number(s, nr, start, end, unit);
	} else if (nr->is_signed && rtl && isolates(s, SHAPE_ISOLATE_SIGNS)) {
		add_isolate(s, from, nr->end, ISOLATE_LTR);
	}
	return MAX(end, unit);
}

size_t
number_isolate(struct scan *s, size_t i)
{
	bool rtl = s->rtl[home_at(s, i)], phone, word;
	size_t start = i, from, digits, end;
	struct number nr;

	if (cp_at(s, i) == '(') {
		end = rtl && isolates(s, SHAPE_ISOLATE_PHONES) ?
		    bracketed_phone(s, i) : i;
		return MAX(end, i + 1);
	}
	if (is_percent(cp_at(s, i)))
		i++;
	from = digits = i;
	if (is_sign(cp_at(s, i)) && is_digit_at(s, start, i + 1)) {
		if (!sign_may_stand(s, i))
			return i + 1;
		digits++;
	}
	word = after_phone_word(s, start);
	phone = word || cp_at(s, from) == '+' ||
	    uni_digit_value(cp_at(s, digits)) == 0;
	read_number(s, from, digits, phone, &nr);
	/* «+۵ ۶» and «۰ ۱» are no phones. */
	if (nr.spaced && !is_phone(s, &nr, word))
		read_number(s, from, digits, false, &nr);
	/* An open end in Latin: «3-D», «19th». */
	if (is_latin_at(s, start, nr.end) || hangs_on_latin(s, start))
		return nr.end;
	if (cp_at(s, digits) <= '9' && (!rtl || s->latin))
		return nr.end;
	return isolate_it(s, &nr, start, word);
}
