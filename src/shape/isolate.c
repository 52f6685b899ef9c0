/*
 * Isolates that nobody typed.
 *
 * Spans of another direction are isolated as CSS and HTML have it. Beyond
 * that, the bidirectional algorithm as it stands sets some things a Persian
 * book is full of one way after a Persian letter and another way after
 * Latin or at the start of a paragraph: «۱۹۱۶-۱۹۳۱», «۲۵٪», «−۵», a phone
 * number, «C++». Each is found here and isolated, so that it looks the same
 * everywhere:
 *
 *	ranges, percent, 1-2-3		RLI ALM ... PDI: first number right
 *	signed numbers, phones, dates	LRI ... PDI: as they are dialled
 *	Latin ending in a sign		LRI ... PDI round the whole phrase
 *
 * The whole Latin phrase, because an isolate is a neutral to what is round
 * it: «use C++ and Go» with «C++» alone isolated would fall into three
 * parts set from right to left.
 *
 * ASCII digits that follow a Latin letter are left to it: in «(Khalid 2015:
 * 110-125)» the author means the range to read from left to right.
 */
#include "shape/internal.h"

#include <stdlib.h>
#include <string.h>

enum { EN_DASH = 0x2013, MINUS = 0x2212 };

struct scan {
	struct shape_ctx *c;
	struct piece *pc;
	const struct shape_span *spans;
	const struct shape_rules *rules;
	struct isolates *out;
	uint32_t *home;		/* of a span: the isolating one it is in, + 1 */
	uint8_t *rtl;		/* direction inside a home; [0] the paragraph */
	bool latin;		/* the last strong letter was left to right */
};

void
span_parents(struct shape_ctx *c, const struct shape_span *spans, size_t n)
{
	uint32_t up = 0;
	size_t i;

	if (n > c->parent_cap) {
		c->parent_cap = n + n / 2;
		c->parent = xrealloc(c->parent,
		    c->parent_cap * sizeof(*c->parent));
	}
	c->parent[0] = 0;
	for (i = 1; i < n; i++) {
		up = (uint32_t)i - 1;
		while (up != 0 && spans[up].end <= spans[i].start)
			up = c->parent[up];
		c->parent[i] = up;
	}
}

/* First character at or after a byte of the paragraph. */
static uint32_t
char_at(const struct piece *pc, uint32_t byte)
{
	size_t lo = 0, hi = pc->n, mid;

	if (byte <= pc->base)
		return 0;
	byte -= (uint32_t)pc->base;
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (pc->ch[mid].off < byte)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (uint32_t)lo;
}

static void
add(struct scan *s, size_t start, size_t end, uint8_t kind)
{
	uint32_t serial = (uint32_t)s->out->n;

	*VEC_PUSH(s->out) = (struct isolate){ (uint32_t)start, (uint32_t)end,
	    serial, kind };
}

static bool
first_strong_rtl(const struct piece *pc, size_t i, size_t end)
{
	for (; i < end; i++)
		if (pc->ch[i].flags & P_STRONG)
			return !(pc->ch[i].flags & P_LTR);
	return false;
}

/*
 * Raised marks that touch: «۱» and «۲» of two notes would make one number,
 * set from left to right. The later of two is isolated.
 */
static bool
is_second_mark(const struct scan *s, size_t i)
{
	const struct shape_span *span = &s->spans[i], *before;
	size_t k;

	if (i == 0 || span->style->rise <= 0 || !s->rules->isolate_numbers ||
	    s->spans[s->c->parent[i]].style->rise > 0)
		return false;
	/* The mark before it is an earlier span; others may lie within. */
	for (k = i; k-- > 1;) {
		before = &s->spans[k];
		if (before->end == span->start && before->style->rise > 0)
			return true;
		if (before->end < span->start)
			return false;
	}
	return false;
}

static void
find_spans(struct scan *s, size_t n, int level)
{
	const struct shape_span *span;
	uint32_t a, b;
	uint8_t kind;
	size_t i;

	s->rtl[0] = (uint8_t)(level & 1);
	for (i = 0; i < n; i++) {
		span = &s->spans[i];
		s->home[i] = i == 0 ? 0 : s->home[s->c->parent[i]];
		s->rtl[i + 1] = 0;
		if (span->dir == SHAPE_DIR_NONE &&
		    (s->rules == NULL || !is_second_mark(s, i)))
			continue;
		a = char_at(s->pc, span->start);
		b = char_at(s->pc, span->end);
		if (a >= b)
			continue;
		kind = span->dir == SHAPE_DIR_LTR ? ISOLATE_LTR :
		    span->dir == SHAPE_DIR_RTL ? ISOLATE_RTL :
		    span->dir == SHAPE_DIR_AUTO ? ISOLATE_AUTO :
		    s->rtl[s->home[i]] ? ISOLATE_RTL : ISOLATE_LTR;
		s->home[i] = (uint32_t)i + 1;
		s->rtl[i + 1] = kind == ISOLATE_RTL || (kind == ISOLATE_AUTO &&
		    first_strong_rtl(s->pc, a, b));
		add(s, a, b, kind);
	}
}

/* --------------------------------------------------- looking at the text */

static uint32_t
cp_at(const struct scan *s, size_t i)
{
	return i < s->pc->n ? s->pc->cps[i] : 0;
}

static uint32_t
home_at(const struct scan *s, size_t i)
{
	return s->home[s->pc->ch[i].span];
}

/* May a match that began at `from` take in character i? */
static bool
inside(const struct scan *s, size_t from, size_t i)
{
	const struct ch *ch = s->pc->ch;

	return i < s->pc->n && (ch[i].span == ch[from].span ||
	    (home_at(s, i) == home_at(s, from) &&
	    !s->spans[ch[i].span].code));
}

static bool
is_digit_at(const struct scan *s, size_t from, size_t i)
{
	return inside(s, from, i) && (s->pc->ch[i].flags & P_DIGIT);
}

static bool
is_latin_at(const struct scan *s, size_t from, size_t i)
{
	return inside(s, from, i) &&
	    (s->pc->ch[i].flags & (P_LTR | P_LETTER)) == (P_LTR | P_LETTER);
}

static bool
is_hyphen(uint32_t cp)
{
	return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

static bool
is_percent(uint32_t cp)
{
	return cp == '%' || cp == 0x66a || cp == 0x2030 || cp == 0x609 ||
	    cp == 0x60a;
}

static bool
is_space(uint32_t cp)
{
	return cp == ' ' || cp == 0xa0 || cp == 0x2009 || cp == 0x202f;
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

/* ---------------------------------------------------------------- numbers */

struct number {
	size_t end;
	unsigned groups;		/* parted by hyphens and dashes */
	unsigned digits, longest;	/* of all, of a group */
	unsigned first, last;		/* digits of those groups */
	unsigned middle;		/* the longest of the others */
	bool dash;			/* an en dash among them */
	bool spaced;			/* parted by spaces too */
	bool zero;			/* begins with 0 and goes on */
};

/* Digits and their inner separators from i; returns the end. */
static size_t
one_group(const struct scan *s, size_t from, size_t i, unsigned *digits)
{
	*digits = 0;
	for (;;) {
		while (is_digit_at(s, from, i)) {
			(*digits)++;
			i++;
		}
		if (!inside(s, from, i) || !is_separator(cp_at(s, i)) ||
		    !is_digit_at(s, from, i + 1))
			return i;
		i++;
	}
}

/* Is there a joint between groups at i? Returns where the next begins. */
static size_t
joint(const struct scan *s, size_t from, size_t i, bool phone,
    struct number *nr)
{
	uint32_t cp = cp_at(s, i);

	if (!inside(s, from, i))
		return 0;
	if ((is_hyphen(cp) || cp == EN_DASH) && is_digit_at(s, from, i + 1)) {
		nr->dash |= cp == EN_DASH;
		return i + 1;
	}
	if (is_space(cp) && inside(s, from, i + 1) &&
	    cp_at(s, i + 1) == EN_DASH && inside(s, from, i + 2) &&
	    is_space(cp_at(s, i + 2)) && is_digit_at(s, from, i + 3)) {
		nr->dash = true;
		return i + 3;
	}
	if (phone && is_space(cp) && is_digit_at(s, from, i + 1)) {
		nr->spaced = true;
		return i + 1;
	}
	return 0;
}

static void
read_number(const struct scan *s, size_t i, bool phone, struct number *nr)
{
	unsigned digits;
	size_t next = i, from = i;
	int value = uni_digit_value(cp_at(s, i));

	memset(nr, 0, sizeof(*nr));
	nr->zero = value == 0 && is_digit_at(s, from, i + 1);
	do {
		if (nr->groups > 1)
			nr->middle = MAX(nr->middle, nr->last);
		nr->end = one_group(s, from, next, &digits);
		nr->last = digits;
		if (nr->groups++ == 0)
			nr->first = digits;
		nr->digits += digits;
		nr->longest = MAX(nr->longest, digits);
		next = joint(s, from, nr->end, phone, nr);
	} while (next != 0);
}

/*
 * A hyphen means a range between two numbers, but also parts phone numbers,
 * dates and ISBNs, which read from left to right. Nothing but their look
 * tells: a leading zero, many digits, a year beside a month and a day.
 */
static bool
reads_ltr(const struct number *nr)
{
	if (nr->dash || nr->groups < 2)
		return false;
	if (nr->groups == 2)
		return (nr->zero && nr->digits >= 5) || nr->digits >= 9;
	if (nr->digits >= 7)
		return true;
	return nr->groups == 3 && nr->middle <= 2 &&
	    ((nr->first == 4 && nr->last <= 2) ||
	    (nr->last == 4 && nr->first <= 2));
}

/* Past the percent sign that belongs to a number ending at i, or i. */
static size_t
after_percent(const struct scan *s, size_t from, size_t i)
{
	if (inside(s, from, i) && is_percent(cp_at(s, i)))
		return i + 1;
	if (inside(s, from, i) && is_space(cp_at(s, i)) &&
	    inside(s, from, i + 1) && is_percent(cp_at(s, i + 1)) &&
	    !is_digit_at(s, from, i + 2))
		return i + 2;
	return i;
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

/*
 * A number, signed or not, with a percent sign before it or not, begins at
 * i. Returns where to go on.
 */
static size_t
number(struct scan *s, size_t i)
{
	const struct shape_rules *r = s->rules;
	bool rtl = s->rtl[home_at(s, i)], sign = false, before = false, ltr;
	size_t start = i, digits, end;
	struct number nr;

	if (is_percent(cp_at(s, i))) {
		before = true;
		i++;
	}
	if (is_sign(cp_at(s, i)) && is_digit_at(s, start, i + 1)) {
		sign = sign_may_stand(s, i);
		if (!sign)
			return i + 1;
		i++;
	}
	digits = i;
	read_number(s, digits, sign && cp_at(s, i - 1) == '+', &nr);
	end = before ? nr.end : after_percent(s, start, nr.end);
	/* An open end in Latin: «3-D», «19th». */
	if (is_latin_at(s, start, nr.end) || hangs_on_latin(s, start))
		return nr.end;
	if (cp_at(s, digits) <= '9' && (!rtl || s->latin))
		return nr.end;
	ltr = reads_ltr(&nr) || (nr.spaced && nr.digits >= 7);
	if (nr.spaced && !ltr) {
		/* «+۵ ۶»: no phone; only its first number is signed. */
		read_number(s, digits, false, &nr);
		end = after_percent(s, start, nr.end);
		ltr = reads_ltr(&nr);
	}
	if (ltr || (sign && nr.groups == 1)) {
		if (r->isolate_ranges && (end > nr.end || before))
			add(s, start, end, ISOLATE_NUMBER);
		if (r->isolate_numbers && rtl)
			add(s, start + before, nr.end, ISOLATE_LTR);
	} else if ((nr.groups > 1 || end > nr.end || before) &&
	    r->isolate_ranges) {
		add(s, start, end, ISOLATE_NUMBER);
	}
	return end;
}

/* ---------------------------------------------------------- Latin phrases */

static bool
is_tail_sign(uint32_t cp)
{
	return cp == '+' || cp == '#' || cp == '*';
}

static bool
is_head_sign(uint32_t cp)
{
	return cp == '@' || cp == '#' || cp == '.';
}

static bool
in_word(const struct scan *s, size_t from, size_t i)
{
	return is_latin_at(s, from, i) || (inside(s, from, i) &&
	    ((s->pc->ch[i].flags & P_MARK) ||
	    (cp_at(s, i) >= '0' && cp_at(s, i) <= '9') || cp_at(s, i) == '_'));
}

/* What may stand between the words of one phrase. */
static bool
in_gap(uint32_t cp)
{
	return is_space(cp) || cp == '-' || cp == '\'' || cp == 0x2019 ||
	    cp == '.' || cp == ',' || cp == ':' || cp == ';' || cp == '&' ||
	    cp == '/' || cp == '(' || cp == ')';
}

/* A phrase must not open a bracket that it does not close. */
static void
balance(const struct scan *s, size_t from, size_t *start, size_t *end)
{
	size_t i, depth = 0, open = 0;

	for (i = *start; i < *end; i++) {
		if (cp_at(s, i) == '(' && depth++ == 0)
			open = i;
		else if (cp_at(s, i) == ')' && depth > 0)
			depth--;
	}
	if (depth == 0)
		return;
	if (depth == 1 && inside(s, from, *end) && cp_at(s, *end) == ')')
		++*end;
	else
		*start = open + 1;
}

/*
 * A phrase of Latin words begins at i, perhaps with a sign before it.
 * Isolates it if a sign stands at either end; returns where it ends.
 */
static size_t
phrase(struct scan *s, size_t i)
{
	size_t start = i, from = i, end, next;
	bool head = is_head_sign(cp_at(s, i)), tail;

	i += head;
	for (;;) {
		while (in_word(s, from, i))
			i++;
		end = i;
		while (inside(s, from, i) && is_tail_sign(cp_at(s, i)))
			i++;
		tail = i > end && !in_word(s, from, i) &&
		    !(i < s->pc->n && s->pc->ch[i].flags & P_LETTER);
		if (tail)
			end = i;
		for (next = i; inside(s, from, next) &&
		    in_gap(cp_at(s, next)); next++)
			;
		if (inside(s, from, next) && is_head_sign(cp_at(s, next)) &&
		    is_latin_at(s, from, next + 1))
			next++;
		if (next == i || !in_word(s, from, next))
			break;
		i = next;
	}
	next = end;
	if ((head || tail) && s->rules->isolate_numbers &&
	    s->rtl[home_at(s, from)]) {
		balance(s, from, &start, &end);
		add(s, start, end, ISOLATE_LTR);
	}
	return MAX(next, from + 1);
}

/* -------------------------------------------------------------- the whole */

/* Does a phrase or its leading sign begin at i? */
static bool
phrase_begins(const struct scan *s, size_t i)
{
	if (is_latin_at(s, i, i))
		return true;
	return is_head_sign(cp_at(s, i)) && is_latin_at(s, i, i + 1) &&
	    (i == 0 || (s->pc->ch[i - 1].flags & (P_NEUTRAL | P_LETTER)) ==
	    P_NEUTRAL) && !(i > 0 && is_head_sign(cp_at(s, i - 1)));
}

static bool
number_begins(const struct scan *s, size_t i)
{
	uint32_t cp = cp_at(s, i);

	if (s->pc->ch[i].flags & P_DIGIT)
		return true;
	if (is_sign(cp))
		return is_digit_at(s, i, i + 1);
	if (!is_percent(cp) || (i > 0 && (s->pc->ch[i - 1].flags & P_DIGIT)))
		return false;
	return is_digit_at(s, i, i + 1) || (inside(s, i, i + 1) &&
	    is_sign(cp_at(s, i + 1)) && is_digit_at(s, i, i + 2));
}

static void
find_auto(struct scan *s)
{
	const struct ch *ch = s->pc->ch;
	uint32_t home = UINT32_MAX, span = UINT32_MAX;
	size_t i = 0, next;

	if (!(s->pc->seen & (P_DIGIT | P_LTR)))
		return;
	while (i < s->pc->n) {
		if (ch[i].span != span && home_at(s, i) != home) {
			home = home_at(s, i);
			s->latin = !s->rtl[home];
		}
		span = ch[i].span;
		/* Letters from right to left, and spaces, begin nothing. */
		if (ch[i].flags & P_STRONG && !(ch[i].flags & P_LTR)) {
			s->latin = false;
			i++;
			continue;
		}
		if (ch[i].flags & (P_BLANK | P_MARK)) {
			i++;
			continue;
		}
		if (s->spans[ch[i].span].code) {
			i++;
			continue;
		}
		if (phrase_begins(s, i)) {
			i = phrase(s, i);
			s->latin = true;
		} else if (number_begins(s, i)) {
			next = number(s, i);
			i = MAX(next, i + 1);
		} else {
			if (ch[i].flags & P_STRONG)
				s->latin = true;
			i++;
		}
	}
}

/* Outer before inner: a longer one first, then the span's own. */
static int
by_place(const void *pa, const void *pb)
{
	const struct isolate *a = pa, *b = pb;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->end != b->end)
		return a->end > b->end ? -1 : 1;
	return a->serial < b->serial ? -1 : 1;
}

void
isolate_find(struct shape_ctx *c, struct piece *pc,
    const struct shape_span *spans, size_t nspans,
    const struct shape_rules *rules, int level, struct isolates *out)
{
	struct scan s = { c, pc, spans, rules, out, NULL, NULL, false };

	out->n = 0;
	s.home = xmalloc(nspans * sizeof(*s.home));
	s.rtl = xmalloc(nspans + 1);
	find_spans(&s, nspans, level);
	if (rules != NULL && (rules->isolate_ranges || rules->isolate_numbers))
		find_auto(&s);
	if (out->n > 1)
		qsort(out->v, out->n, sizeof(*out->v), by_place);
	free(s.home);
	free(s.rtl);
}
