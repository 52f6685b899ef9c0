/*
 * The text of a citation: [see @key, pp. 3–5, more; -@other, ص ۵۸].
 */
#include <stdlib.h>
#include <string.h>

#include "read/reader.h"

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
size_t
cite_key(const char *s, size_t n)
{
	size_t i = 0, end = 0, at;
	bool mark = true;	/* none may begin it */
	uint32_t cp, before = 0;

	n = MIN(n, 1000);
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

/* Longer words before those they begin with. */
static const char *const words[] = {
	"صفحه‌های", "صفحهٔ", "صفحات", "صفحه", "صص", "ص", "جلدهای", "جلد", "ج",
	"فصل‌های", "فصل", "بخش", "باب", "بند", "پاراگراف", "شماره", "ش",
	"سطر", "برگ", "آیه", "پانوشت",
	"pages", "page", "pp", "pg", "p", "volumes", "volume", "vols", "vol",
	"chapters", "chapter", "chaps", "chap", "ch", "sections", "section",
	"secs", "sec", "paragraphs", "paragraph", "paras", "para", "lines",
	"line", "ll", "l", "numbers", "number", "nos", "no", "nn", "n", "fig",
	"figs", "fol", "§§", "§", "¶¶", "¶",
};

static bool
is_number_at(const char *s, size_t n, size_t i)
{
	return i < n && uni_is_digit(utf8_next(s, n, &i));
}

static bool
is_roman(const char *s, size_t n, size_t i)
{
	size_t k = i;

	while (k < n && strchr("ivxlcdmIVXLCDM", s[k]) != NULL && s[k] != '\0')
		k++;
	return k > i && (k == n || !((unsigned char)s[k] >= 'A'));
}

static size_t
blanks(const char *s, size_t n, size_t i)
{
	while (i < n && (s[i] == ' ' || s[i] == '\n' || s[i] == '\t'))
		i++;
	return i;
}

/* The word at s with its full stop, if a number follows; *number is where. */
static size_t
label_scan(const char *s, size_t n, size_t *number)
{
	size_t i, k, len;

	for (i = 0; i < NELEM(words); i++) {
		len = strlen(words[i]);
		if (n <= len || memcmp(s, words[i], len) != 0)
			continue;
		k = len;
		if (s[k] == '.')
			k++;
		*number = blanks(s, n, k);
		if (is_number_at(s, n, *number) || ((*number > k || k > len) &&
		    is_roman(s, n, *number)))
			return k;
	}
	return 0;
}

/* Numbers, ranges and lists of them: «۱۲–۱۵، ۲۰», "iv-vii", "12 و 13". */
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
			if (!uni_is_digit(cp) && cp != '.' && cp != 0x66b &&
			    cp != 0x66c && (cp >= 0x80 ||
			    !is_digit_or_letter(cp))) {
				i = at;
				break;
			}
		}
		while (i > end && s[i - 1] == '.')
			i--;
		end = i;
		k = blanks(s, n, i);
		if (k >= n)
			return end;
		cp = utf8_next(s, n, &k);
		if (cp != '-' && cp != 0x2013 && cp != 0x2014 && cp != ',' &&
		    cp != 0x60c && cp != '/' && cp != ':' && cp != 0x648 &&
		    cp != '&')
			return end;
		k = blanks(s, n, k);
		if (!is_number_at(s, n, k) && !(roman && is_roman(s, n, k)))
			return end;
		i = k;
	}
}

/* Words around a key, in one line. */
static char *
trimmed(struct reader *r, const char *s, size_t from, size_t to)
{
	char *text, *p;

	from = blanks(s, to, from);
	while (to > from && strchr(" \n\t", s[to - 1]) != NULL)
		to--;
	text = p = unescape(r, s + from, to - from);
	while ((p = strchr(p, '\n')) != NULL)
		*p = ' ';
	return text;
}

/* Blanks and one comma between the parts. */
static size_t
comma(const char *s, size_t n, size_t i)
{
	i = blanks(s, n, i);
	if (i < n && s[i] == ',')
		i++;
	else if (n - i >= 2 && memcmp(s + i, "،", 2) == 0)
		i += 2;
	return blanks(s, n, i);
}

static void
tail_parse(struct reader *r, struct doc_cite *c, const char *s, size_t n)
{
	size_t i = comma(s, n, 0), number, len;

	c->label = c->locator = "";
	len = label_scan(s + i, n - i, &number);
	if (len > 0)
		c->label = arena_strn(&r->d->arena, s + i, len);
	else if (is_number_at(s, n, i))
		number = 0;
	else
		goto out;
	i += number;
	len = numbers_scan(s + i, n - i, *c->label != '\0');
	c->locator = arena_strn(&r->d->arena, s + i, len);
	i = comma(s, n, i + len);
out:
	c->suffix = trimmed(r, s, i, n);
}

/* ---------------------------------------------------------------- items */

/* The next key at or after s[i]: where "@" stands, n if there is none. */
static size_t
next_key(const char *s, size_t n, size_t i, size_t *len)
{
	const char *p;
	size_t at, k;
	uint32_t cp;

	for (; i < n; i = at + 1) {
		p = memchr(s + i, '@', n - i);
		if (p == NULL)
			return n;
		at = (size_t)(p - s);
		*len = cite_key(s + at + 1, n - at - 1);
		if (*len == 0)
			continue;
		if (at == 0)
			return at;
		k = at - 1;
		while (k > 0 && ((unsigned char)s[k] & 0xc0) == 0x80)
			k--;
		cp = utf8_next(s, n, &k);
		if (cp != '\\' && !is_digit_or_letter(cp))
			return at;
	}
	return n;
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
cite_parse(struct reader *r, const char *s, size_t n)
{
	struct doc_cite *first = NULL, **tail = &first, *c;
	size_t at, len = 0, next, nlen = 0, sep, start = 0, end, begin;

	at = next_key(s, n, 0, &len);
	if (at == n)
		return NULL;
	while (at < n) {
		c = ARENA_NEW(&r->d->arena, struct doc_cite);
		*tail = c;
		tail = &c->next;
		end = at;
		if (end > start && s[end - 1] == '-') {
			c->suppress_author = true;
			end--;
		}
		c->prefix = trimmed(r, s, start, end);
		c->key = arena_strn(&r->d->arena, s + at + 1, len);
		c->pos.col = (uint32_t)end;
		begin = at + 1 + len;
		next = next_key(s, n, begin, &nlen);
		end = n;
		start = n;
		if (next < n) {
			start = last_semicolon(s, begin, next, &sep);
			end = sep;
			if (start == next && sep == next && s[next - 1] == '-')
				start = end = next - 1;
		}
		tail_parse(r, c, s + begin, end - begin);
		at = next;
		len = nlen;
	}
	return first;
}
