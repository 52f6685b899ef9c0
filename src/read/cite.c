/*
 * The text of a citation: [see @key, pp. 3–5, more; -@other, ص ۵۸].
 */
#include <stdlib.h>
#include <string.h>

#include "read/inline.h"

static bool
is_digit_or_letter(uint32_t cp)
{
	return uni_is_letter(cp) || uni_is_digit(cp) || cp == '_';
}

/*
 * A key begins with a letter, a digit or "_"; marks like ":" and "-" stand
 * inside it only one at a time. ZWNJ belongs to it between Persian letters
 * (@ایوب‌زاده1399); behind others it joins the key to a word (@smith‌ها).
 */
static size_t
bare_key(const char *s, size_t n)
{
	size_t i = 0, end = 0, at;
	bool mark = true;	/* none may begin it */
	uint32_t cp, before = 0;

	while (i < n) {
		at = i;
		cp = utf8_next(s, n, &i);
		if (is_digit_or_letter(cp) || (at > 0 && uni_is_mark(cp))) {
			mark = false;
			end = i;
		} else if (cp == 0x200c && before > 0x7f &&
		    uni_is_letter(before)) {
			mark = true;
		} else if (!mark && cp < 0x80 && cp > 0 &&
		    strchr(":.#$%&-+?<>~/", (int)cp) != NULL) {
			mark = true;
		} else {
			break;
		}
		before = cp;
	}
	return end;
}

static size_t brace_end(const char *s, size_t n, size_t i);

/* @{key}: anything but blanks may stand in a key between braces. */
size_t
cite_key(const char *s, size_t n, const char **key, size_t *len)
{
	size_t end;

	n = MIN(n, 1000);
	*key = s;
	*len = 0;
	if (n == 0 || s[0] != '{')
		return *len = bare_key(s, n);
	end = brace_end(s, n, 0);
	if (end >= n || end < 2 || strcspn(s, " \t\n") < end)
		return 0;
	*key = s + 1;
	*len = end - 1;
	return end + 1;
}

bool
is_ref_key(const char *key, size_t n)
{
	static const char *const kinds[] = {"tbl-", "sec-", "fig-"};
	size_t i;

	for (i = 0; i < NELEM(kinds); i++)
		if (n > 4 && memcmp(key, kinds[i], 4) == 0)
			return true;
	return false;
}

/* ------------------------------------------------------------- locators */

static bool
is_number_at(const char *s, size_t n, size_t i)
{
	return i < n && uni_is_digit(utf8_next(s, n, &i));
}

static bool
is_letter_at(const char *s, size_t n, size_t i)
{
	return i < n && is_digit_or_letter(utf8_next(s, n, &i));
}

static bool
is_roman(const char *s, size_t n, size_t i)
{
	size_t k = i;

	while (k < n && strchr("ivxlcdmIVXLCDM", s[k]) != NULL && s[k] != '\0')
		k++;
	return k > i && !is_letter_at(s, n, k);
}

static size_t
blanks(const char *s, size_t n, size_t i)
{
	while (i < n && (s[i] == ' ' || s[i] == '\n' || s[i] == '\t'))
		i++;
	return i;
}

/* Blanks and one comma between the parts. */
static size_t
comma(const char *s, size_t n, size_t i, bool *is)
{
	*is = true;
	i = blanks(s, n, i);
	if (i < n && s[i] == ',')
		i++;
	else if (n - i >= 2 && memcmp(s + i, "،", 2) == 0)
		i += 2;
	else
		*is = false;
	return blanks(s, n, i);
}

/*
 * The word at s with its full stop, if a number (or, for «ذیل», anything)
 * follows; *number is where. `braced`: whatever follows.
 */
static const struct doc_locator_word *
label_scan(const char *s, size_t n, bool braced, size_t *len, size_t *number)
{
	const struct doc_locator_word *w = doc_locator_scan(s, n, len);
	size_t k = *len;

	if (w == NULL)
		return NULL;
	if (k < n && s[k] == '.')
		k++;
	*number = blanks(s, n, k);
	if (is_number_at(s, n, *number))
		*len = k;
	else if (*number < n && (*number > k || k > *len) && (w->any ||
	    braced || is_roman(s, n, *number)))
		*len = k;
	else
		w = NULL;
	return w;
}

/* What joins two numbers at s[i]: a mark, or a word between blanks. Its end,
 * 0 if nothing does. */
static size_t
joint_scan(const char *s, size_t n, size_t i)
{
	static const char *const joints[] = {"و", "تا", "and", "to"};
	size_t k = blanks(s, n, i), j, len;
	uint32_t cp;

	if (k >= n)
		return 0;
	for (j = 0; k > i && j < NELEM(joints); j++) {
		len = strlen(joints[j]);
		if (n - k > len && memcmp(s + k, joints[j], len) == 0 &&
		    blanks(s, n, k + len) > k + len)
			return k + len;
	}
	cp = utf8_next(s, n, &k);
	if (cp == '-')
		while (k < n && s[k] == '-')
			k++;
	return cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == ',' ||
	    cp == 0x60c || cp == '/' || cp == ':' || cp == '&' ? k : 0;
}

/* «۱۲ به بعد»: as much of it as there is at s[i]. */
static size_t
onwards_scan(const char *s, size_t n, size_t i)
{
	static const char word[] = "به بعد";
	size_t k = blanks(s, n, i), len = sizeof(word) - 1;

	if (k > i && n - k >= len && memcmp(s + k, word, len) == 0 &&
	    !is_letter_at(s, n, k + len))
		return k + len;
	return i;
}

/* Numbers with the letters on them, ranges and lists: «۱۲–۱۵، ۲۰ب», "iv-vii",
 * «۱۲ تا ۱۵», «۱۲ به بعد». */
static size_t
numbers_scan(const char *s, size_t n, bool roman)
{
	size_t i = 0, end, k, at;
	uint32_t cp;

	for (;;) {
		end = i;
		while (i < n) {
			at = i;
			cp = utf8_next(s, n, &i);
			if (!is_digit_or_letter(cp) && !uni_is_mark(cp) &&
			    cp != '.' && cp != 0x66b && cp != 0x66c) {
				i = at;
				break;
			}
		}
		while (i > end && s[i - 1] == '.')
			i--;
		end = i;
		k = joint_scan(s, n, i);
		if (k > 0)
			k = blanks(s, n, k);
		if (k == 0 || (!is_number_at(s, n, k) &&
		    !(roman && is_roman(s, n, k))))
			return onwards_scan(s, n, end);
		i = k;
	}
}

/* A word looked up goes on to the next comma. */
static size_t
words_scan(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && s[i] != ',' && s[i] != ';' && (n - i < 2 ||
	    memcmp(s + i, "،", 2) != 0))
		i++;
	while (i > 0 && strchr(" \t\n", s[i - 1]) != NULL)
		i--;
	return i;
}

/* The brace that closes the one at s[i], n if none does. */
static size_t
brace_end(const char *s, size_t n, size_t i)
{
	size_t depth = 0;

	for (; i < n; i++) {
		if (s[i] == '{')
			depth++;
		else if (s[i] == '}' && --depth == 0)
			break;
	}
	return i;
}

static char *
one_line(char *text)
{
	char *p = text;

	while ((p = strchr(p, '\n')) != NULL)
		*p = ' ';
	return text;
}

static void
locator_add(struct reader *r, struct doc_cite *c, const char *label,
    size_t nlabel, const char *text, size_t n, bool comma_before)
{
	struct doc_locator **tail = &c->locators, *at;

	while (*tail != NULL)
		tail = &(*tail)->next;
	at = ARENA_NEW(&r->d->arena, struct doc_locator);
	at->label = arena_strn(&r->d->arena, label, nlabel);
	at->text = one_line(arena_strn(&r->d->arena, text, n));
	at->comma = comma_before;
	*tail = at;
}

/* {pp. iv, vi-xi, (xv)}: the author says where the locator begins and ends;
 * a page if he does not say what it counts. {}: there is none. */
static void
braced_parse(struct reader *r, struct doc_cite *c, const char *s, size_t n,
    bool comma_before)
{
	size_t i = blanks(s, n, 0), len, number;

	while (n > i && strchr(" \t\n", s[n - 1]) != NULL)
		n--;
	if (i >= n)
		return;
	if (label_scan(s + i, n - i, true, &len, &number) != NULL)
		locator_add(r, c, s + i, len, s + i + number, n - i - number,
		    comma_before);
	else
		locator_add(r, c, "page", 4, s + i, n - i, comma_before);
}

/* The locators at the head of what follows a key: bytes they take. */
static size_t
locators_parse(struct reader *r, struct doc_cite *c, const char *s, size_t n)
{
	const struct doc_locator_word *w;
	size_t i = 0, at, len, number;
	bool comma_before;

	for (;;) {
		at = comma(s, n, i, &comma_before);
		if (c->locators == NULL && at < n && s[at] == '{' &&
		    (len = brace_end(s, n, at)) < n) {
			braced_parse(r, c, s + at + 1, len - at - 1,
			    comma_before);
			return len + 1;
		}
		w = label_scan(s + at, n - at, false, &len, &number);
		if (w == NULL) {
			if (c->locators != NULL || !is_number_at(s, n, at))
				return i;
			len = number = 0;
		}
		i = at + number;
		number = w != NULL && w->any ? words_scan(s + i, n - i) :
		    numbers_scan(s + i, n - i, w != NULL);
		locator_add(r, c, s + at, len, s + i, number, comma_before);
		i += number;
	}
}

/* ----------------------------------------------------------------- words */

/*
 * Words before or behind a key: in one line, and as inlines too where they
 * hold a mark that may be more than a letter. They stand at in->s[base..).
 */
static const char *
words_parse(struct inl *in, const char *s, size_t from, size_t to,
    size_t base, struct doc_node **inlines)
{
	struct buf plain = {0};
	const char *text;

	from = blanks(s, to, from);
	while (to > from && strchr(" \n\t", s[to - 1]) != NULL)
		to--;
	text = one_line(unescape(in->r, s + from, to - from));
	if (strpbrk(text, "*_~`[!^<$") == NULL)
		return text;
	*inlines = doc_new(in->r->d, DOC_SPAN, inline_pos(in, base + from));
	inline_part(in, *inlines, base + from, base + to);
	doc_plain(*inlines, &plain);
	text = plain.n > 0 ? arena_strn(&in->r->d->arena, plain.p, plain.n) :
	    "";
	buf_free(&plain);
	return text;
}

/* ---------------------------------------------------------------- items */

/* A key in the text: where "@" stands, what follows it, and the key. */
struct found {
	size_t at, after, len;
	const char *key;
};

/* The next key at or after s[i]; at == n if there is none. */
static struct found
next_key(const char *s, size_t n, size_t i)
{
	struct found f = {n, n, 0, NULL};
	const char *p;
	size_t at, k, used;
	uint32_t cp;

	for (; i < n; i = at + 1) {
		p = memchr(s + i, '@', n - i);
		if (p == NULL)
			break;
		at = (size_t)(p - s);
		used = cite_key(s + at + 1, n - at - 1, &f.key, &f.len);
		if (used == 0)
			continue;
		cp = ' ';
		if (at > 0) {
			k = at - 1;
			while (k > 0 && ((unsigned char)s[k] & 0xc0) == 0x80)
				k--;
			cp = utf8_next(s, n, &k);
		}
		if (cp != '\\' && !is_digit_or_letter(cp)) {
			f.at = at;
			f.after = at + 1 + used;
			break;
		}
	}
	return f;
}

bool
cite_has_key(const char *s, size_t n)
{
	return next_key(s, n, 0).at < n;
}

/* The last ";" or «؛» in s[from..to): what follows it, or `to` if none. */
static size_t
last_semicolon(const char *s, size_t from, size_t to, size_t *sep)
{
	size_t i = to;

	*sep = to;
	while (i-- > from) {
		if (s[i] == ';') {
			*sep = i;
			return i + 1;
		}
		if (i + 1 < to && memcmp(s + i, "؛", 2) == 0) {
			*sep = i;
			return i + 2;
		}
	}
	return to;
}

/*
 * NULL if the text holds no key. Words without a key after a semicolon
 * belong to the item before them. pos.col is the offset of "@" in s; the
 * caller turns it into a place.
 */
struct doc_cite *
cite_parse(struct inl *in, const char *s, size_t n, size_t base)
{
	struct arena *a = &in->r->d->arena;
	struct doc_cite *first = NULL, **tail = &first, *c;
	struct found at = next_key(s, n, 0), next;
	size_t sep, start = 0, end, i;

	for (; at.at < n; at = next) {
		c = ARENA_NEW(a, struct doc_cite);
		*tail = c;
		tail = &c->next;
		end = at.at;
		if (end > start && s[end - 1] == '-') {
			c->suppress_author = true;
			end--;
		}
		c->prefix = words_parse(in, s, start, end, base,
		    &c->prefix_inlines);
		c->key = arena_strn(a, at.key, at.len);
		c->pos.col = (uint32_t)end;
		next = next_key(s, n, at.after);
		start = end = n;
		if (next.at < n) {
			start = last_semicolon(s, at.after, next.at, &sep);
			end = sep;
			if (start == next.at && sep == next.at &&
			    s[next.at - 1] == '-')
				start = end = next.at - 1;
		}
		i = at.after + locators_parse(in->r, c, s + at.after, end -
		    at.after);
		i = comma(s, end, i, &c->comma);
		c->suffix = words_parse(in, s, i, end, base,
		    &c->suffix_inlines);
	}
	return first;
}
