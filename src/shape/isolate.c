/*
 * Isolates that nobody typed.
 *
 * Spans of another direction are isolated as CSS and HTML have it. Beyond
 * that, the bidirectional algorithm as it stands sets some things a Persian
 * book is full of one way after a Persian letter and another way after
 * Latin or at the start of a paragraph: «۱۹۱۶-۱۹۳۱», «۲۵٪», «−۵», a phone
 * number, «C++». Each is found (numbers by number.c) and isolated, so that
 * it looks the same everywhere:
 *
 *	ranges, percent			RLI ALM ... PDI: first number right
 *	signed numbers, phones, dates	LRI ... PDI: as they are dialled
 *	Latin with a sign at an end	LRI ... PDI round the whole phrase
 *
 * The whole Latin phrase, because an isolate is a neutral to what is round
 * it: «use C++ and Go» with «C++» alone isolated would fall into three
 * parts set from right to left.
 *
 * ASCII digits that follow a Latin letter are left to it: in «(Khalid 2015:
 * 110-125)» the author means the range to read from left to right.
 */
#include "shape/isolate.h"

#include <stdlib.h>

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

	if (i == 0 || span->style->rise <= 0 || !isolates(s, SHAPE_ISOLATE_MARKS) ||
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
		add_isolate(s, a, b, kind);
	}
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
	return cp == '@' || cp == '#' || cp == '.' || cp == 0xb0;
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
	if ((head || tail) && isolates(s, SHAPE_ISOLATE_LATIN) &&
	    s->rtl[home_at(s, from)]) {
		balance(s, from, &start, &end);
		add_isolate(s, start, end, ISOLATE_LTR);
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
			next = number_isolate(s, i);
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
	if (rules != NULL && (rules->isolate != 0 ||
	    rules->levels == SHAPE_LEVELS_RTL))
		find_auto(&s);
	if (out->n > 1)
		qsort(out->v, out->n, sizeof(*out->v), by_place);
	free(s.home);
	free(s.rtl);
}
