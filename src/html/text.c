/*
 * Text and attributes, so that what a manuscript holds stays text.
 *
 * Five characters are escaped; control characters, which HTML forbids even
 * as references, and malformed bytes become U+FFFD. Ids and addresses come
 * from the manuscript too and have rules of their own below.
 *
 * A browser runs the bidirectional algorithm over the text as it is, and
 * that sets some things a Persian text is full of one way after a Persian
 * letter and another way after Latin or at the start of a paragraph:
 * numbers with a dash between them or a per cent sign, signed numbers, «C++».
 * These are isolated here as far as the style asks for it. Pages know more
 * kinds of them (shape/number.c), and what stands round them.
 */
#include <string.h>

#include "base/messages.h"
#include "html/private.h"

void
raw(struct html *h, const char *s)
{
	buf_str(&h->out, s);
}

void
unput(struct html *h, size_t at)
{
	if (h->out.p != NULL)
		h->out.p[at] = '\0';
	h->out.n = at;
}

void
rawf(struct html *h, const char *fmt, ...)
{
	char s[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(s, sizeof(s), fmt, ap);
	va_end(ap);
	buf_str(&h->out, s);
}

static bool
is_forbidden(uint32_t cp)
{
	return (cp < 0x20 && cp != '\n' && cp != '\t') ||
	    (cp >= 0x7f && cp < 0xa0) || (cp >= 0xfdd0 && cp <= 0xfdef) ||
	    (cp & 0xfffe) == 0xfffe || (cp >= 0xd800 && cp < 0xe000);
}

void
put_plain(struct html *h, const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp = utf8_next(s, n, &i);

		switch (cp) {
		case '&':
			raw(h, "&amp;");
			break;
		case '<':
			raw(h, "&lt;");
			break;
		case '>':
			raw(h, "&gt;");
			break;
		case '"':
			raw(h, "&quot;");
			break;
		case '\'':
			raw(h, "&#39;");
			break;
		default:
			buf_utf8(&h->out, is_forbidden(cp) ? 0xfffd : cp);
			break;
		}
	}
	if (n > 0)
		h->after_note = false;
}

void
put_attr(struct html *h, const char *name, const char *value)
{
	rawf(h, " %s=\"", name);
	put_plain(h, value, strlen(value));
	raw(h, "\"");
}

void
put_hidden(struct html *h, const char *s)
{
	raw(h, "<span class=\"db-hidden\">");
	put_plain(h, s, strlen(s));
	raw(h, "</span>");
}

const char *
word(const struct html *h, const char *name)
{
	return style_word(h->st, h->book_lang, name);
}

const char *
number(struct html *h, long n)
{
	return style_digits(&h->a, h->book_lang, n);
}

const char *
plain(struct html *h, const struct doc_node *n)
{
	struct buf b = {0};
	const char *s;

	doc_plain(n, &b);
	s = arena_strn(&h->a, b.n > 0 ? b.p : "", b.n);
	buf_free(&b);
	return s;
}

/* -------------------------------------------------------------- isolates */

/* The code point at i, 0 at the end; *next behind it. */
static uint32_t
look(const char *s, size_t n, size_t i, size_t *next)
{
	uint32_t cp = 0;

	if (i < n)
		cp = utf8_next(s, n, &i);
	*next = i;
	return cp;
}

static bool
is_dash(uint32_t cp)
{
	return cp == '-' || cp == 0x2013 || cp == 0x2010 || cp == 0x2011;
}

static bool
is_latin(uint32_t cp)
{
	return uni_is_letter(cp) && uni_script(cp) ==
	    SCRIPT_TAG('L', 'a', 't', 'n');
}

/* Digits, with decimal and thousands signs between them. */
static size_t
number_end(const char *s, size_t n, size_t i)
{
	size_t j = i, k;
	uint32_t cp = look(s, n, i, &j);

	while (uni_is_digit(cp)) {
		i = j;
		cp = look(s, n, i, &j);
		if ((cp == '.' || cp == ',' || cp == 0x66b || cp == 0x66c ||
		    cp == '/') && uni_is_digit(look(s, n, j, &k)))
			cp = look(s, n, j, &j);
	}
	return i;
}

/*
 * Does a number begin at i that must be isolated? Returns its end and sets
 * the direction, or i. `before` is the character in front.
 */
static size_t
number_isolate(const struct style_para *st, const char *s, size_t n, size_t i,
    uint32_t before, bool *rtl)
{
	size_t j, end;
	uint32_t cp = look(s, n, i, &j);
	int dashes = 0;

	if (uni_is_letter(before) || uni_is_digit(before))
		return i;
	if (cp == '-' || cp == '+' || cp == 0x2212) {
		end = number_end(s, n, j);
		*rtl = false;
		return end > j && !is_dash(before) && st->isolate_signs ?
		    end : i;
	}
	if (!uni_is_digit(cp))
		return i;
	end = number_end(s, n, i);
	for (;;) {
		size_t next = end, past;

		if (!is_dash(look(s, n, end, &next)))
			break;
		past = number_end(s, n, next);
		if (past == next)
			break;
		end = past;
		dashes++;
	}
	cp = look(s, n, end, &j);
	*rtl = dashes < 2;	/* more: a phone, a date, an ISBN */
	if (dashes < 2 && (cp == '%' || cp == 0x66a) && st->isolate_percent)
		return j;
	return (dashes == 1 && st->isolate_ranges) || (dashes > 1 &&
	    st->isolate_phones) ? end : i;
}

/*
 * Latin that has a sign of its own in it: «use C++». Its end, or i; *seen is
 * how far was looked, so that a long text is not looked through again from
 * each of its words.
 */
static size_t
latin_isolate(const char *s, size_t n, size_t i, size_t *seen)
{
	size_t from = i, end = i, j = i;
	uint32_t cp = look(s, n, i, &j), before = 0;
	bool sign = false;

	if (!is_latin(cp))
		return i;
	for (;; cp = look(s, n, i, &j)) {
		if ((cp == '+' || cp == '#') && (is_latin(before) ||
		    before == '+'))
			sign = true;
		else if (!is_latin(cp) && !(cp >= '0' && cp <= '9') &&
		    cp != ' ' && cp != '.' && cp != '-')
			break;
		if (cp != ' ' && cp != '.' && cp != '-')
			end = j;
		before = cp;
		i = j;
	}
	*seen = i;
	return sign ? end : from;
}

static uint32_t
last_of(const char *s, size_t i, size_t end)
{
	uint32_t cp = 0;

	while (i < end)
		cp = utf8_next(s, end, &i);
	return cp;
}

void
put_text(struct html *h, const char *s, size_t n)
{
	size_t from = 0, i = 0, seen = 0;
	uint32_t before = 0;

	while (i < n) {
		size_t next, end = i;
		uint32_t cp = look(s, n, i, &next);
		bool rtl = false;

		if ((h->level & 1) && !(h->latin && cp < 0x80))
			end = number_isolate(&h->st->para, s, n, i, before,
			    &rtl);
		if (end == i && (h->level & 1) && i >= seen &&
		    h->st->para.isolate_latin)
			end = latin_isolate(s, n, i, &seen);
		if (end > i) {
			put_plain(h, s + from, i - from);
			raw(h, rtl ? "<bdi dir=\"rtl\">" :
			    "<bdi dir=\"ltr\">");
			/* A hyphen or a per cent sign belongs to a number
			 * unless an Arabic letter, or this mark, is before
			 * it; an en dash parts two numbers of itself. */
			if (rtl && (memchr(s + i, '-', end - i) != NULL ||
			    !uni_is_digit(last_of(s, i, end))))
				raw(h, "&#x61c;");
			put_plain(h, s + i, end - i);
			raw(h, "</bdi>");
			from = i = end;
			before = '0';
			continue;
		}
		if (uni_is_letter(cp))
			h->latin = is_latin(cp);
		before = cp;
		i = next;
	}
	put_plain(h, s + from, n - from);
}

/* ------------------------------------------------------ ids and addresses */

/* An id may hold anything but white space. */
static const char *
clean_id(struct html *h, const char *id)
{
	char *s = arena_str(&h->a, id);

	for (char *p = s; *p != '\0'; p++)
		if ((unsigned char)*p <= ' ' || *p == 0x7f)
			*p = '-';
	return s;
}

void
put_id(struct html *h, const char *id)
{
	void **slot;

	if (id == NULL || *id == '\0')
		return;
	id = clean_id(h, id);
	slot = map_put(&h->ids, id, strlen(id));
	if (*slot != NULL)
		return;		/* the manuscript's mistake, told by doc/ */
	*slot = h;
	put_attr(h, "id", id);
}

/* What no address may hold as it is, and a per cent sign that is no escape;
 * brackets stand in a host alone. */
static void
put_address(struct html *h, const char *url)
{
	const char *host = strstr(url, "://"), *path = url, *from = url;

	if (host != NULL)
		path = host + 3 + strcspn(host + 3, "/?#");
	for (const char *p = url; *p != '\0'; p++) {
		if (strchr(" \"<>`{}|\\^", *p) == NULL &&
		    ((*p != '[' && *p != ']') || p < path) &&
		    (*p != '%' || strspn(p + 1, "0123456789abcdefABCDEF") > 1))
			continue;
		put_plain(h, from, (size_t)(p - from));
		rawf(h, "%%%02X", (unsigned char)*p);
		from = p + 1;
	}
	put_plain(h, from, strlen(from));
}

bool
put_href(struct html *h, const char *id)
{
	id = clean_id(h, id);
	if (h->in_link || (!h->first_pass && map_get(&h->there, id,
	    strlen(id)) == NULL))
		return false;
	raw(h, " href=\"#");
	put_address(h, id);
	raw(h, "\"");
	return true;
}

/* Letters, digits, + - . up to a colon. */
static size_t
scheme_length(const char *url)
{
	size_t n = strspn(url, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

	return n > 0 && url[n] == ':' ? n : 0;
}

static bool
may_link(const char *url)
{
	static const char *const schemes[] = {"http", "https", "mailto"};
	size_t n = scheme_length(url);

	/* Browsers drop tabs and line ends before they look for a scheme,
	 * and blanks and controls in front. */
	for (const char *p = url; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return false;
	if (*url == '\0' || *url == ' ')
		return false;
	/* "//host" and its like are another machine, not a path. */
	if (strspn(url, "/\\") > 1)
		return false;
	if (n == 0)
		return strcspn(url, ":") >= strcspn(url, "/?#");
	for (size_t i = 0; i < NELEM(schemes); i++)
		if (strlen(schemes[i]) == n && strncasecmp(schemes[i], url,
		    n) == 0)
			return true;
	return false;
}

bool
put_url(struct html *h, const char *url, struct pos pos)
{
	if (*url == '#' && url[1] != '\0')
		return put_href(h, url + 1);
	if (!may_link(url)) {
		diag_add(h->dg, pos, MAN_BAD_URL, url);
		return false;
	}
	if (h->in_link)
		return false;
	raw(h, " href=\"");
	put_address(h, url);
	raw(h, "\"");
	return true;
}

/* ---------------------------------------------------- language, direction */

/* Can it stand in a lang attribute? "fa", "fa-AF", "zh-Hant". */
static bool
is_tag(const char *lang)
{
	size_t n = strspn(lang, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return n >= 2 && n <= 3 && strspn(lang + n, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == strlen(lang + n) &&
	    (lang[n] == '\0' || lang[n] == '-' || lang[n] == '_');
}

static void
put_lang(struct html *h, const char *lang)
{
	char *s = arena_str(&h->a, lang);

	for (char *p = s; *p != '\0'; p++)
		if (*p == '_')
			*p = '-';
	put_attr(h, "lang", s);
}

struct tongue
tongue_set(struct html *h, const char *lang, const char *dir)
{
	struct tongue before = {h->lang, h->level};
	int level = h->level;

	if (lang != NULL && is_tag(lang) && strcmp(lang, h->lang) != 0) {
		put_lang(h, lang);
		h->lang = lang;
		level = lang_is_rtl(lang);
	}
	if (dir != NULL && strcmp(dir, "auto") == 0) {
		raw(h, " dir=\"auto\"");
		return before;
	}
	if (dir != NULL)
		level = strcmp(dir, "rtl") == 0;
	if (level != h->level || dir != NULL)
		put_attr(h, "dir", level ? "rtl" : "ltr");
	h->level = level;
	return before;
}

void
tongue_back(struct html *h, struct tongue before)
{
	h->lang = before.lang;
	h->level = before.level;
}
