/*
 * Where a line may break: UAX #14 as ICU has it, and what a Persian page
 * asks beyond it. Our rules only take breaks away:
 *
 *	always		the dash of a range stays with both its numbers
 *			nothing breaks at a ZWNJ: it is inside a word
 *			nor at a soft hyphen: no hyphen would be drawn
 *			nor between the signs of «C++»
 *	keep_units	a number stays with its sign («۲۵ ٪»), its unit («۵
 *			کیلومتر مربع»), the sign of its era («۱۹۱۶ م», «۶۰ ق.
 *			م.»), and, if it has no more than two digits, with the
 *			word it counts; a phone stays whole
 *	keep_particles	titles and headings: a line does not end in a word
 *			that only leads to the next («و», «بین», "of")
 *
 * What is said of numbers up to two digits is for words of Arabic letters: in
 * other scripts it would be a guess.
 */
#include "shape/internal.h"

#include <stdlib.h>
#include <string.h>

#define ARAB SCRIPT_TAG('A', 'r', 'a', 'b')
#define ZWNJ 0x200c
#define ZWJ 0x200d
#define SHY 0xad
#define TATWEEL 0x640

/* Words after a number that do not: it may be left at the line's end. */
static const char *const loose[] = {
	"و", "یا", "تا", "در", "از", "به", "با", "بر", "که", "را", "اما",
	"ولی", "نیز", "هم", "است", "بود", "شد", "and", "or", "to", "in",
	"of", "the", "is", "was"
};

/* Words that lead to the next: those of Persian, Arabic and English. */
static const char *const particles[] = {
	"و", "یا", "تا", "در", "از", "به", "با", "بر", "بی", "بین", "برای",
	"که", "جز", "من", "في", "على", "إلى", "عن", "مع", "أو", "and", "or",
	"to", "in", "of", "on", "at", "by", "for", "from", "with", "the", "a",
	"an"
};

static bool
is_range_dash(uint32_t cp)
{
	return cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212;
}

/* No break before character i, unless it must break there. */
static void
forbid(struct piece *pc, size_t i)
{
	uint8_t *at = &pc->at[pc->ch[i].off];

	if (*at == BREAK_ALLOWED)
		*at = BREAK_NONE;
}

static bool
is_digit(const struct piece *pc, size_t i)
{
	return i < pc->n && (pc->ch[i].flags & P_DIGIT);
}

/* A hyphen or dash at i, or « – », between two digits. */
static void
keep_range(struct piece *pc, size_t i)
{
	if (i == 0)
		return;
	if (is_digit(pc, i - 1) && is_digit(pc, i + 1)) {
		forbid(pc, i);
		forbid(pc, i + 1);
	} else if (i >= 2 && pc->cps[i - 1] == ' ' && i + 1 < pc->n &&
	    pc->cps[i + 1] == ' ' && is_digit(pc, i - 2) &&
	    is_digit(pc, i + 2)) {
		forbid(pc, i);
		forbid(pc, i + 2);
	}
}

/* Letters, marks and joiners from i: the word's end. */
static size_t
word_end(const struct piece *pc, size_t i)
{
	while (i < pc->n && ((pc->ch[i].flags & (P_LETTER | P_MARK)) ||
	    pc->cps[i] == ZWNJ || pc->cps[i] == ZWJ || pc->cps[i] == 0xb0))
		i++;
	return i;
}

static bool
is_one_of(const struct piece *pc, size_t i, size_t end,
    const char *const *words, size_t nwords)
{
	const char *s = pc->text + pc->ch[i].off;
	size_t k, n = pc->ch[end].off - pc->ch[i].off;

	for (k = 0; k < nwords; k++)
		if (strlen(words[k]) == n && memcmp(words[k], s, n) == 0)
			return true;
	return false;
}

/*
 * The end of a run of initials at i («م», «ق.م», «ه‍.ش.»), each one letter,
 * or i if the word there is longer. «و» is a word.
 */
static size_t
initials(const struct piece *pc, size_t i)
{
	size_t start = i, end = i, stop, k;
	unsigned letters;

	if (i >= pc->n || pc->ch[i].script != ARAB)
		return i;
	for (;;) {
		letters = 0;
		stop = word_end(pc, end);
		for (k = end; k < stop && letters < 2; k++)
			if (pc->ch[k].flags & P_LETTER &&
			    pc->cps[k] != TATWEEL)
				letters++;
		if (letters != 1)
			break;
		end = k;
		if (end >= pc->n || pc->cps[end] != '.')
			return pc->cps[start] == 0x648 && end == start + 1 ?
			    start : end;
		end++;
	}
	return letters == 0 ? end : start;
}

/* Initials of an era's two words with nothing but a space between them. */
static bool
is_era_pair(uint32_t a, uint32_t b)
{
	return ((a == 0x647 || a == 0x6be) &&
	    (b == 0x634 || b == 0x642)) ||		/* ه ش, ه ق */
	    ((a == 0x642 || a == 0x67e) && b == 0x645);	/* ق م, پ م */
}

/* Digits of the lone number that ends before i; 0 if it is not alone. */
static size_t
lone_digits(const struct piece *pc, size_t i)
{
	size_t k = i;

	while (k > 0 && is_digit(pc, k - 1))
		k--;
	if (k > 0 && pc->cps[k - 1] != ' ' && pc->cps[k - 1] != '(' &&
	    pc->cps[k - 1] != 0xab)
		return 0;
	return i - k;
}

static bool
is_currency(uint32_t cp)
{
	return cp == '$' || (cp >= 0xa2 && cp <= 0xa5) ||
	    (cp >= 0x20a0 && cp <= 0x20c0) || cp == 0xfdfc;
}

/* A sign that stands after a number, a space between them or not. */
static bool
is_number_sign(uint32_t cp)
{
	return cp == '%' || cp == 0x66a || cp == 0x2030 || cp == 0x609 ||
	    cp == 0x60a || is_currency(cp);
}

/* Era's initials that begin at `next`; true if there are any. */
static bool
keep_initials(struct piece *pc, size_t next)
{
	size_t start = next, end;

	while ((end = initials(pc, next)) > next) {
		forbid(pc, next);
		/* «ق. م.», «ه ش»: the next initial, if another follows. */
		if (end + 1 >= pc->n || pc->cps[end] != ' ' ||
		    (pc->cps[end - 1] != '.' &&
		    !is_era_pair(pc->cps[next], pc->cps[end + 1])))
			return true;
		next = end + 1;
	}
	return next != start;
}

/* The space at i stands after a digit. */
static void
keep_unit(struct piece *pc, size_t i)
{
	size_t next = i + 1, end, lone;
	enum unit_word kind;

	if (next < pc->n && is_number_sign(pc->cps[next])) {
		forbid(pc, next);
		return;
	}
	if (keep_initials(pc, next))
		return;
	end = word_end(pc, next);
	if (end == next)
		return;
	kind = unit_after(pc, next, end, WORD_NONE);
	lone = lone_digits(pc, i);
	if (kind == WORD_NONE && lone > 0 && lone <= 2 &&
	    pc->ch[next].script == ARAB &&
	    !is_one_of(pc, next, end, loose, NELEM(loose)))
		forbid(pc, next);
	while (kind != WORD_NONE) {
		forbid(pc, next);
		if (end >= pc->n || pc->cps[end] != ' ')
			return;
		next = end + 1;
		end = word_end(pc, next);
		kind = unit_after(pc, next, end, kind);
	}
}

/* The space at i stands after a word: does it lead to the next? */
static void
keep_particle(struct piece *pc, size_t i)
{
	size_t start = i;

	while (start > 0 && pc->cps[start - 1] != ' ')
		start--;
	if (start < i && is_one_of(pc, start, i, particles, NELEM(particles)))
		forbid(pc, i + 1);
}

static void
tailor(struct piece *pc, const struct shape_rules *rules)
{
	bool particles_too = rules != NULL && rules->keep_particles;
	bool units_too = rules != NULL && rules->keep_units;
	uint32_t cp;
	size_t i;

	for (i = 0; i < pc->n; i++) {
		cp = pc->cps[i];
		/* Letters, by far the most, have no rule. */
		if (pc->ch[i].flags & P_LETTER)
			continue;
		if (cp == ' ') {
			if (particles_too && i + 1 < pc->n)
				keep_particle(pc, i);
			if (units_too && i > 0 && is_digit(pc, i - 1))
				keep_unit(pc, i);
			else if (units_too && i > 0 && is_digit(pc, i + 1) &&
			    is_currency(pc->cps[i - 1]) &&
			    (i == 1 || !is_digit(pc, i - 2)))
				forbid(pc, i + 1);
		} else if (is_range_dash(cp)) {
			keep_range(pc, i);
		} else if (cp == '+' || cp == '#') {
			if (i > 0 && (pc->cps[i - 1] == '+' ||
			    pc->cps[i - 1] == '#'))
				forbid(pc, i);
		} else if (cp == ZWNJ || cp == SHY) {
			/* After a space the break stands before it, and
			 * moves over it with the cluster. */
			forbid(pc, i + 1);
		}
	}
}

static void
keep_whole(struct piece *pc, const struct isolates *is)
{
	size_t i, k;

	for (i = 0; i < is->n; i++)
		for (k = is->v[i].start + 1; is->v[i].whole &&
		    k < is->v[i].end; k++)
			forbid(pc, k);
}

static struct uni_breaker *
breaker(struct shape_ctx *c, const char *lang)
{
	struct breaker *b;
	size_t i;

	if (lang == NULL)
		lang = "";
	for (i = 0; i < c->breakers.n; i++)
		if (strcmp(c->breakers.v[i].lang, lang) == 0)
			return c->breakers.v[i].b;
	b = VEC_PUSH(&c->breakers);
	b->lang = xstrdup(lang);
	b->b = uni_breaker_open(lang);
	return b->b;
}

/*
 * Letters of these blocks, and marks on them, are of UAX #14's class AL.
 * Which classes other characters have, and what they mean, is ICU's to say.
 */
static bool
is_plain(const struct piece *pc, size_t i)
{
	uint32_t cp = pc->cps[i];

	if (pc->ch[i].flags & P_LETTER)
		return (cp < 0x250 && cp != 0xaa && cp != 0xba) ||
		    (cp >= 0x620 && cp <= 0x6d3);
	return cp == ZWNJ || (cp >= 0x64b && cp <= 0x65f) || cp == 0x670;
}

/*
 * The end of plain text that begins at i with a letter: words of letters,
 * perhaps with one comma or stop at their end, and the spaces after them.
 * Lines may break before each word but the first, and before what follows,
 * if that is plain too: no rule of UAX #14 looks further. Elsewhere the
 * last word is left to ICU, with what follows it.
 */
static size_t
plain_end(struct piece *pc, size_t i)
{
	size_t word = i;

	for (;;) {
		while (i < pc->n && is_plain(pc, i))
			i++;
		if (i < pc->n && (pc->cps[i] == '.' || pc->cps[i] == ',' ||
		    pc->cps[i] == 0x60c || pc->cps[i] == 0x61b))
			i++;
		if (i >= pc->n)
			return i;
		if (pc->cps[i] != ' ')
			return word;
		while (i < pc->n && pc->cps[i] == ' ')
			i++;
		if (i >= pc->n)
			return i;
		if (!(pc->ch[i].flags & P_LETTER) || !is_plain(pc, i))
			return word;
		pc->at[pc->ch[i].off] = BREAK_ALLOWED;
		word = i;
	}
}

/* Where plain text may be taken up again after i: at the second of two
 * plain words. */
static size_t
hard_end(const struct piece *pc, size_t i)
{
	bool letters = false;

	for (; i < pc->n; i++) {
		if (pc->cps[i] == ' ' && letters) {
			while (i < pc->n && pc->cps[i] == ' ')
				i++;
			if (i < pc->n && pc->ch[i].flags & P_LETTER &&
			    is_plain(pc, i))
				return i;
		}
		if (i >= pc->n)
			break;
		letters = is_plain(pc, i) && (letters ||
		    pc->ch[i].flags & P_LETTER);
	}
	return pc->n;
}

/*
 * ICU takes longer over Persian text than FriBidi does, and has nothing to
 * say about most of it. It is asked only of the stretches that hold more
 * than letters, single stops and spaces; where such a stretch meets plain
 * words, both sides being letters but for the spaces between, the break
 * there is allowed and neither side sees the other.
 */
static void
ask_icu(struct uni_breaker *b, struct piece *pc)
{
	size_t i = 0, end, s, e;
	uint8_t at_s;

	memset(pc->at, BREAK_NONE, pc->nbytes + 1);
	while (i < pc->n) {
		if (pc->ch[i].flags & P_LETTER && is_plain(pc, i)) {
			end = plain_end(pc, i);
			if (end > i) {
				i = end;
				continue;
			}
		}
		end = hard_end(pc, i);
		s = pc->ch[i].off;
		e = pc->ch[end].off;
		/* at[s] is decided; ICU writes at[s] too, and at[e]. */
		at_s = pc->at[s];
		uni_line_breaks(b, pc->text + s, e - s, pc->at + s);
		pc->at[s] = at_s;
		if (end < pc->n)
			pc->at[e] = BREAK_ALLOWED;
		i = end;
	}
}

void
break_find(struct shape_ctx *c, struct piece *pc, const char *lang,
    const struct shape_rules *rules, const struct isolates *isolates)
{
	struct uni_breaker *b = breaker(c, lang);
	size_t i;

	if (pc->nbytes + 1 > pc->at_cap) {
		pc->at_cap = pc->nbytes + pc->nbytes / 2 + 64;
		pc->at = xrealloc(pc->at, pc->at_cap);
	}
	if (b != NULL) {
		ask_icu(b, pc);
		pc->at[0] = BREAK_NONE;
	} else {
		/* Without ICU's data lines break after spaces. */
		memset(pc->at, BREAK_NONE, pc->nbytes + 1);
		for (i = 1; i < pc->n; i++)
			if (pc->cps[i - 1] == ' ' && pc->cps[i] != ' ')
				pc->at[pc->ch[i].off] = BREAK_ALLOWED;
	}
	tailor(pc, rules);
	if (isolates != NULL && rules != NULL && rules->keep_units)
		keep_whole(pc, isolates);
}

void
shape_breaks(struct shape_ctx *c, const char *lang, const char *text,
    size_t n, const struct shape_rules *rules, uint8_t *at)
{
	size_t done = 0, took;

	memset(at, BREAK_NONE, n + 1);
	while (done < n) {
		took = piece_decode(c, &c->piece, text + done, n - done);
		break_find(c, &c->piece, lang, rules, NULL);
		memcpy(at + done + 1, c->piece.at + 1, took);
		done += took;
	}
}
