/*
 * Lints of what comes in pairs: brackets, quotation marks, isolates; and of
 * numbers that go together with a mark.
 */
#include "base/messages.h"
#include "check/private.h"

/* ---------------------------------------------------------------- brackets */

struct open { uint32_t cp; size_t i; };

static uint32_t
partner(uint32_t shut)
{
	switch (shut) {
	case ')': return '(';
	case ']': return '[';
	case '}': return '{';
	case 0xbb: return 0xab;
	case 0x201d: return 0x201c;
	default: return 0x2039;
	}
}

static void
tell(struct block *b, size_t i)
{
	char mark[8] = {0};

	utf8_put(mark, sign(b, i));
	diag_add(b->dg, sign_place(b, i), TXT_UNBALANCED, mark);
}

/* «الف)», «۲)»: a letter or a number of a list, and what it ends with. */
static bool
is_enumerator(const struct block *b, size_t i)
{
	size_t n = 0;

	while (n < i && (is_arabic_letter(sign(b, i - n - 1)) ||
	    uni_is_digit(sign(b, i - n - 1))))
		n++;
	return n > 0 && n <= 3 && (n == i || uni_is_space(sign(b, i - n -
	    1)) || is_opening(sign(b, i - n - 1)));
}

/*
 * A quotation that an earlier paragraph opened: this one may open it again
 * with its first sign, and close it. True: the sign is accounted for.
 */
static bool
goes_on(struct quotation *q, uint32_t cp, size_t i, size_t depth)
{
	if (q->pos.line == 0)
		return false;
	if (cp == 0xbb && depth == 0) {
		q->pos = NOPOS;
		return true;
	}
	return cp == 0xab && i == 0;
}

void
lint_pairs(struct block *b, struct quotation *q)
{
	struct open stack[64];
	size_t n = 0;
	bool own = false;

	for (size_t i = 0; i < b->signs.n; i++) {
		uint32_t cp = sign(b, i);

		if ((!is_opening(cp) && !is_closing(cp)) ||
		    goes_on(q, cp, i, n))
			continue;
		own |= cp == 0xab;
		if (is_opening(cp) && n < NELEM(stack))
			stack[n++] = (struct open){cp, i};
		else if (is_closing(cp) && n > 0 && stack[n - 1].cp ==
		    partner(cp))
			n--;
		else if (is_closing(cp) && !(cp == ')' && is_enumerator(b, i)))
			tell(b, i);
	}
	/* Quotations of its own, and no end of the other: that had ended in
	 * its paragraph, or should have. */
	if (own)
		lint_pairs_end(q, b->dg);
	for (size_t k = 0; k < n; k++)
		if (k == n - 1 && stack[k].cp == 0xab && q->pos.line == 0)
			q->pos = sign_place(b, stack[k].i);
		else
			tell(b, stack[k].i);
}

void
lint_pairs_end(struct quotation *q, struct diag *dg)
{
	if (q->pos.line != 0)
		diag_add(dg, q->pos, TXT_UNBALANCED, "«");
	q->pos = NOPOS;
}


/* ---------------------------------------------------------------- isolates */

/* Isolates and embeddings that the author wrote end with their paragraph,
 * but the rest of it stands inside them. */
void
lint_isolates(struct block *b)
{
	struct open stack[64];
	size_t n = 0;

	for (size_t i = 0; i < b->signs.n; i++) {
		uint32_t cp = sign(b, i);
		bool embeds = cp == 0x202a || cp == 0x202b || cp == 0x202d ||
		    cp == 0x202e;

		if ((embeds || (cp >= 0x2066 && cp <= 0x2068)) &&
		    n < NELEM(stack)) {
			stack[n++] = (struct open){cp, i};
		} else if (cp == 0x202c && n > 0 && stack[n - 1].cp < 0x2060) {
			n--;
		} else if (cp == 0x2069) {
			/* It also ends embeddings inside its isolate. */
			while (n > 0 && stack[n - 1].cp < 0x2060)
				n--;
			n -= n > 0;
		}
	}
	for (size_t k = 0; k < n; k++) {
		char name[8];

		snprintf(name, sizeof(name), "U+%04X", (unsigned)stack[k].cp &
		    0xffff);
		diag_add(b->dg, sign_place(b, stack[k].i), TXT_ISOLATE, name);
	}
}

/* ----------------------------------------------------------------- ranges */

/*
 * Numbers that go together with a mark: in Persian text the parts of a range
 * and the sign of a number stand on the wrong side unless they are isolated,
 * which shape/ does where the style lets it.
 */
void
lint_ranges(struct block *b, bool ranges, bool numbers)
{
	size_t from = 0;
	bool sgn = false, range = false, digit = false;
	int depth = 0;

	if (!ranges && !numbers)
		return;
	for (size_t i = 0; i <= b->signs.n; i++) {
		uint32_t cp = i < b->signs.n ? sign(b, i) : 0;

		depth += cp >= 0x2066 && cp <= 0x2068 ? 1 : cp == 0x2069 ?
		    -1 : 0;
		if (depth <= 0 && uni_is_digit(cp)) {
			digit = true;
		} else if (digit && (cp == '-' || cp == 0x2013) &&
		    uni_is_digit(sign(b, i + 1))) {
			range = true;
		} else if (!digit && (cp == '-' || cp == '+' || cp == 0x2212)) {
			from = i;
			sgn = true;
		} else {
			if (digit && ((range && ranges) || (sgn && numbers)))
				diag_add(b->dg, sign_place(b, from),
				    TXT_BARE_RANGE, signs_str(b, from, i));
			digit = sgn = range = false;
			from = i + 1;
		}
	}
}
