/*
 * What a Persian compositor sets for what keyboards write.
 *
 * A block's text is read once a kind, in the order below, each seeing what
 * those before it have made of the characters. Where a rule would have to
 * guess it leaves the author's character: a digit among Latin letters, a
 * quote without its partner.
 */
#include "doc/characters.h"

#include <stdlib.h>

/* The character at i as it will be; 0 outside the block. */
static uint32_t
at(const struct block *b, size_t i)
{
	if (i >= b->n)
		return 0;
	return b->v[i].is == CH_SAME || b->v[i].is == CH_GONE ? b->v[i].cp :
	    b->v[i].is;
}

static void
change(struct block *b, enum change_kind kind, size_t i, uint32_t is)
{
	b->v[i].is = is;
	/* Quotes are set when they close: inner ones before outer. */
	if (b->count[kind]++ == 0 || i < b->first[kind])
		b->first[kind] = i;
}

static bool
is_blank(uint32_t cp)
{
	return cp == 0 || cp == ' ' || cp == '\t' || cp == '\n' || cp == 0xa0;
}

static bool
is_latin(uint32_t cp)
{
	return cp < 0x250 && uni_is_letter(cp);
}

static bool
is_arabic(uint32_t cp)
{
	return uni_is_letter(cp) &&
	    uni_script(cp) == SCRIPT_TAG('A', 'r', 'a', 'b');
}

/* ---------------------------------------------------------------- letters */

static void
letters(struct block *b)
{
	uint32_t is;
	size_t i;

	for (i = 0; i < b->n; i++) {
		is = uni_persian_letter(b->v[i].cp);
		if (is != b->v[i].cp)
			change(b, CHANGE_LETTERS, i, is);
	}
}

/* NFC takes U+06C0 apart into U+06D5 and the hamza; nobody types that. */
static void
heh_hamza(struct block *b)
{
	bool one = b->want->heh_hamza == DOC_HEH_COMPOSED;
	size_t i;

	for (i = 0; i < b->n; i++) {
		uint32_t cp = at(b, i);

		if (one && (cp == 0x647 || cp == 0x6d5) &&
		    at(b, i + 1) == 0x654) {
			change(b, CHANGE_HEH, i, 0x6c0);
			b->v[++i].is = CH_GONE;
		} else if (!one && cp == 0x6c0) {
			change(b, CHANGE_HEH, i, 0x647);
			b->v[i].more = 0x654;
		} else if (!one && cp == 0x6d5 && at(b, i + 1) == 0x654) {
			change(b, CHANGE_HEH, i, 0x647);
		}
	}
}

/* ---------------------------------------------------------------- numbers */

/* Does a word [i, j) hold a Latin letter, or is it an address? */
static bool
is_latin_word(const struct block *b, size_t i, size_t j)
{
	for (; i < j; i++)
		if (is_latin(b->v[i].cp) || b->v[i].cp == '@')
			return true;
	return false;
}

static size_t
word_end(const struct block *b, size_t i)
{
	while (i < b->n && !is_blank(b->v[i].cp) && b->v[i].cp != CH_OTHER)
		i++;
	return i;
}

/*
 * ASCII digits that follow Latin words are left to them, as bidi does: in
 * «(Khalid 2015: 110–125)» they belong to the English reference. Digits of
 * another Arabic set never do.
 */
static void
digits(struct block *b)
{
	bool latin = false;
	size_t i, j, k;
	int v;

	for (i = 0; i < b->n; i = j) {
		j = word_end(b, i);
		if (j == i) {
			j++;
			continue;
		}
		latin = is_latin_word(b, i, j) || latin;
		for (k = i; k < j; k++) {
			if (is_arabic(b->v[k].cp))
				latin = is_latin_word(b, k, j);
			v = uni_digit_value(b->v[k].cp);
			if (v < 0 || b->v[k].cp == b->zero + (uint32_t)v ||
			    (b->v[k].cp <= '9' && latin))
				continue;
			change(b, CHANGE_DIGITS, k, b->zero + (uint32_t)v);
		}
	}
}

static bool
is_own_digit(const struct block *b, size_t i)
{
	uint32_t cp = at(b, i);

	return cp >= b->zero && cp < b->zero + 10;
}

/* A number from i on: its groups of digits and what parts them. */
struct number {
	size_t end;
	size_t sign[8];		/* places of the separators */
	unsigned size[9];	/* of each group */
	unsigned n;		/* separators; past 8 it is no number */
};

static void
read_number(const struct block *b, size_t i, struct number *nr)
{
	*nr = (struct number){ .n = 0 };
	for (;;) {
		uint32_t cp;
		unsigned size = 0;

		for (; is_own_digit(b, i); i++)
			size++;
		if (nr->n < 9)
			nr->size[nr->n] = size;
		cp = at(b, i);
		if (!is_own_digit(b, i + 1) || (cp != '.' && cp != ',' &&
		    cp != 0x60c && cp != 0x66b && cp != 0x66c && cp != '/' &&
		    cp != ':'))
			break;
		if (nr->n < 8)
			nr->sign[nr->n] = i;
		nr->n++;
		i++;
	}
	nr->end = i;
}

/* «۱,۲۰۰,۰۰۰»: the first `n` separators part thousands. */
static bool
are_thousands(const struct block *b, const struct number *nr, unsigned n)
{
	unsigned i;

	if (n == 0 || nr->size[0] > 3)
		return false;
	for (i = 0; i < n; i++)
		if ((at(b, nr->sign[i]) != ',' &&
		    at(b, nr->sign[i]) != 0x60c &&
		    at(b, nr->sign[i]) != 0x66c) || nr->size[i + 1] != 3)
			return false;
	return true;
}

/* «۳.۵» and «۱,۲۰۰.۵»; «۳.۲.۱» and «۱۳۹۹/۱/۵» are no fractions. */
static void
separators(struct block *b)
{
	struct number nr;
	unsigned i, n;
	size_t k;
	bool point;

	for (k = 0; k < b->n; k = nr.end) {
		if (!is_own_digit(b, k)) {
			nr.end = k + 1;
			continue;
		}
		read_number(b, k, &nr);
		if (nr.n == 0 || nr.n > 8)
			continue;
		point = at(b, nr.sign[nr.n - 1]) == '.';
		n = nr.n - point;
		if (n > 0 && !are_thousands(b, &nr, n))
			continue;
		for (i = 0; i < n; i++)
			if (at(b, nr.sign[i]) != 0x66c)
				change(b, CHANGE_SEPARATORS, nr.sign[i],
				    0x66c);
		if (point)
			change(b, CHANGE_SEPARATORS, nr.sign[nr.n - 1], 0x66b);
	}
}

/* ----------------------------------------------------------------- quotes */

struct quote {
	uint32_t cp;
	size_t at;
};

struct quotes {
	struct quote *v;
	size_t n, cap;
};

static bool
opens_after(uint32_t before)
{
	return is_blank(before) || before == '(' || before == '[' ||
	    before == '{' || before == 0xab || before == 0x2039 ||
	    before == '"' || before == '\'' || before == 0x2013 ||
	    before == 0x2014 || before == 0x200c || before == CH_OTHER;
}

/* May a quote at i open: something stands before which one would, and
 * after it what is quoted? A single one is an apostrophe elsewhere. */
static bool
can_open(const struct block *b, size_t i)
{
	uint32_t before = i > 0 ? at(b, i - 1) : 0, after = at(b, i + 1);

	if (b->v[i].cp == '\'')
		return opens_after(before) && is_arabic(after);
	return opens_after(before) && !is_blank(after);
}

static bool
can_close(const struct block *b, size_t i)
{
	uint32_t before = i > 0 ? at(b, i - 1) : 0, after = at(b, i + 1);

	if (b->v[i].cp == '\'')
		return !is_blank(before) && !uni_is_letter(after);
	return !is_blank(before);
}

/* Quotes nest no deeper; a text of nothing but open ones must not cost the
 * square of its length. */
#define QUOTES_MAX 16

/* The open quote that one like `cp` closes; SIZE_MAX: none. */
static size_t
partner(const struct quotes *open, uint32_t cp)
{
	size_t i = open->n, least = i > QUOTES_MAX ? i - QUOTES_MAX : 0;

	while (i > least && open->v[i - 1].cp != cp)
		i--;
	return i > least ? i - 1 : SIZE_MAX;
}

/* Set a pair: quotes inside quotes are the single ones. */
static void
pair(struct block *b, size_t from, size_t to, size_t depth)
{
	bool inner = depth % 2 != 0;

	change(b, CHANGE_QUOTES, from, inner ? 0x2039 : 0xab);
	change(b, CHANGE_QUOTES, to, inner ? 0x203a : 0xbb);
}

static void
quotes(struct block *b)
{
	struct quotes open = { NULL, 0, 0 };
	size_t i, k;

	for (i = 0; i < b->n; i++) {
		uint32_t cp = b->v[i].cp;

		if (cp == 0xab || cp == 0x2039) {
			*VEC_PUSH(&open) = (struct quote){ cp, i };
		} else if (cp == 0xbb || cp == 0x203a) {
			k = partner(&open, cp == 0xbb ? 0xab : 0x2039);
			open.n = k != SIZE_MAX ? k : open.n;
		} else if (cp == '"' || cp == '\'') {
			k = partner(&open, cp);
			if (k < open.n && can_close(b, i)) {
				pair(b, open.v[k].at, i, k);
				open.n = k;
			} else if (can_open(b, i)) {
				*VEC_PUSH(&open) = (struct quote){ cp, i };
			}
		}
	}
	free(open.v);
}

/* --------------------------------------------------------------- the rest */

static void
ellipsis(struct block *b)
{
	size_t i, j;

	for (i = 0; i < b->n; i = j + 1) {
		for (j = i; j < b->n && b->v[j].cp == '.'; j++)
			;
		if (j - i != 3)
			continue;
		change(b, CHANGE_ELLIPSIS, i, 0x2026);
		b->v[i + 1].is = b->v[i + 2].is = CH_GONE;
	}
}

void
block_replace(struct block *b)
{
	const struct doc_characters *w = b->want;

	if (w->letters && b->persian)
		letters(b);
	if (w->heh_hamza != DOC_HEH_AS_TYPED && b->persian)
		heh_hamza(b);
	if (w->digits)
		digits(b);
	if (w->separators && b->zero != '0')
		separators(b);
	if (w->quotes && b->zero != '0')
		quotes(b);
	if (w->ellipsis)
		ellipsis(b);
}
