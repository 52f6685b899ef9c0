/*
 * TeX spellings in a .bib file: \'e, {\"o}, \c{c}, \&, --, ~, \emph{...}.
 *
 * This is no TeX: one walk over the bytes, no nesting, no macros. A brace
 * is dropped wherever it stands, an accent is put behind the letter that
 * follows it and composed at the end (NFC), a control word that is not in
 * the table goes and its argument stays. So every input has an answer, in
 * linear time, and letters of the author are never lost.
 */
#include "cite/model.h"

#include <stdlib.h>
#include <string.h>

struct control {
	const char *word;
	const char *text;
};

/* Sorted by strcmp() for bsearch(). */
static const struct control controls[] = {
	{"AA", "Å"}, {"AE", "Æ"}, {"DH", "Ð"}, {"DJ", "Đ"}, {"L", "Ł"},
	{"LaTeX", "LaTeX"}, {"NG", "Ŋ"}, {"O", "Ø"}, {"OE", "Œ"},
	{"P", "¶"}, {"S", "§"}, {"SS", "ẞ"}, {"TH", "Þ"}, {"TeX", "TeX"},
	{"aa", "å"}, {"ae", "æ"}, {"copyright", "©"}, {"dh", "ð"},
	{"dj", "đ"}, {"dots", "…"}, {"enspace", " "}, {"i", "ı"},
	{"j", "ȷ"}, {"l", "ł"}, {"ldots", "…"}, {"ng", "ŋ"},
	{"o", "ø"}, {"oe", "œ"}, {"par", " "}, {"pounds", "£"},
	{"quad", " "}, {"space", " "}, {"ss", "ß"},
	{"textasciicircum", "^"}, {"textasciitilde", "~"},
	{"textbackslash", "\\"}, {"textbar", "|"}, {"textbraceleft", "{"},
	{"textbraceright", "}"}, {"textdegree", "°"}, {"textdollar", "$"},
	{"textellipsis", "…"}, {"textemdash", "—"}, {"textendash", "–"},
	{"textgreater", ">"}, {"textless", "<"}, {"textquotedbl", "\""},
	{"textquotedblleft", "“"}, {"textquotedblright", "”"},
	{"textquoteleft", "‘"}, {"textquoteright", "’"},
	{"textsuperscript", ""}, {"textunderscore", "_"}, {"th", "þ"},
	{"zwnj", "\u200c"},
};

static int
compare_control(const void *a, const void *b)
{
	return strcmp(((const struct control *)a)->word,
	    ((const struct control *)b)->word);
}

/* The combining mark of an accent command, 0 if it is none. */
static uint32_t
accent_mark(char c)
{
	switch (c) {
	case '`': return 0x300;
	case '\'': return 0x301;
	case '^': return 0x302;
	case '~': return 0x303;
	case '=': return 0x304;
	case 'u': return 0x306;
	case '.': return 0x307;
	case '"': return 0x308;
	case 'r': return 0x30a;
	case 'H': return 0x30b;
	case 'v': return 0x30c;
	case 'd': return 0x323;
	case 'c': return 0x327;
	case 'k': return 0x328;
	case 'b': return 0x331;
	case 't': return 0x361;
	default: return 0;
	}
}

static bool
is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' ||
	    c == '\v' || c == '\0';
}

/* White space is put off until something follows it. */
struct out {
	struct buf *b;
	size_t start;		/* where our text begins in b */
	bool space;		/* one is owed */
	bool marks;		/* combining marks were put: compose */
};

static void
put(struct out *o, const char *s, size_t n)
{
	if (n == 0)
		return;
	if (o->space && o->b->n > o->start)
		buf_char(o->b, ' ');
	o->space = false;
	buf_add(o->b, s, n);
}

static void
put_str(struct out *o, const char *s)
{
	if (strcmp(s, " ") == 0)
		o->space = true;
	else
		put(o, s, strlen(s));
}

/*
 * The letter an accent stands on, from s[i]: blanks and one brace before it
 * are skipped, a dotless i gets its dot back (the mark replaces it). Returns
 * the index after the letter; the brace after it is dropped by the caller
 * like any other.
 */
static size_t
accent(struct out *o, const char *s, size_t n, size_t i, char c)
{
	char mark[4], letter[2] = "";
	size_t at, j = i, len;

	while (j < n && is_blank(s[j]))
		j++;
	while (j < n && s[j] == '{')
		j++;
	if (j + 1 < n && s[j] == '\\' && (s[j + 1] == 'i' || s[j + 1] == 'j') &&
	    (j + 2 >= n || !is_ascii_letter(s[j + 2]))) {
		letter[0] = s[j + 1];
		put(o, letter, 1);
		j += 2;
		while (j < n && is_blank(s[j]))
			j++;
	} else if (j >= n || s[j] == '}' || s[j] == '\\') {
		/* \~{} is how an address writes a tilde. */
		if (c == '~' || c == '^')
			put(o, &c, 1);
		return j;
	} else {
		at = j;
		utf8_next(s, n, &j);
		put(o, s + at, j - at);
	}
	len = utf8_put(mark, accent_mark(c));
	put(o, mark, len);
	o->marks = true;
	return j;
}

/* A backslash stands at s[i - 1]. Returns the index after its command. */
static size_t
command(struct out *o, const char *s, size_t n, size_t i)
{
	struct control want;
	const struct control *found;
	char word[32];
	size_t start = i;

	if (i >= n) {
		put(o, "\\", 1);
		return i;
	}
	if (!is_ascii_letter(s[i])) {
		i++;
		if (accent_mark(s[start]) != 0)
			return accent(o, s, n, i, s[start]);
		switch (s[start]) {
		case '\\': case ' ': case '\n': case '\t':
			o->space = true;
			break;
		case ',':
			put_str(o, "\u2009");
			break;
		case '-': case '/': case '!': case '(': case ')':
			break;		/* a break opportunity or nothing */
		case ';': case ':':
			o->space = true;
			break;
		default:
			i = start;	/* \& \% \$ \# \_ \{ \}, or a letter */
			utf8_next(s, n, &i);
			put(o, s + start, i - start);
		}
		return i;
	}
	while (i < n && is_ascii_letter(s[i]))
		i++;
	if (i - start == 1 && accent_mark(s[start]) != 0)
		return accent(o, s, n, i, s[start]);
	if (i - start < sizeof(word)) {
		memcpy(word, s + start, i - start);
		word[i - start] = '\0';
		want.word = word;
		found = bsearch(&want, controls, NELEM(controls),
		    sizeof(controls[0]), compare_control);
		if (found != NULL)
			put_str(o, found->text);
	}
	/* TeX eats the blanks after a control word. */
	while (i < n && is_blank(s[i]))
		i++;
	return i;
}

/* Compose letters and marks of what was appended since `start`. */
static void
compose(struct buf *b, size_t start)
{
	struct buf nfc = {0};

	uni_nfc(b->p + start, b->n - start, &nfc);
	b->n = start;
	buf_add(b, nfc.p, nfc.n);
	buf_free(&nfc);
}

/* Whether anything in s needs more than copying. */
static bool
is_plain(const char *s, size_t n)
{
	size_t i;

	if (n > 0 && (is_blank(s[0]) || is_blank(s[n - 1])))
		return false;
	for (i = 0; i < n; i++) {
		switch (s[i]) {
		case '\\': case '{': case '}': case '~': case '\'': case '`':
		case '-': case '\t': case '\n': case '\r': case '\f':
		case '\v': case '\0':
			return false;
		case ' ':
			if (s[i + 1] == ' ')	/* i + 1 < n, see above */
				return false;
		}
	}
	return true;
}

size_t
text_cut(const char *s, size_t n, size_t max)
{
	if (n <= max)
		return n;
	while (max > 0 && (s[max] & 0xc0) == 0x80)
		max--;
	return max;
}

void
tex_text(struct buf *out, const char *s, size_t n)
{
	struct out o = { out, out->n, false, false };
	size_t i = 0, at;

	if (is_plain(s, n)) {
		buf_add(out, s, n);
		return;
	}
	while (i < n) {
		if (is_blank(s[i])) {
			o.space = true;
			i++;
			continue;
		}
		switch (s[i]) {
		case '{': case '}':
			i++;
			break;
		case '\\':
			i = command(&o, s, n, i + 1);
			break;
		case '~':
			put_str(&o, "\u00a0");
			i++;
			break;
		case '-':
			at = i;
			while (i < n && s[i] == '-' && i - at < 3)
				i++;
			put_str(&o, i - at == 3 ? "—" : i - at == 2 ? "–" :
			    "-");
			break;
		case '`':
			if (i + 1 < n && s[i + 1] == '`') {
				put_str(&o, "“");
				i += 2;
			} else {
				put_str(&o, "‘");
				i++;
			}
			break;
		case '\'':
			if (i + 1 < n && s[i + 1] == '\'') {
				put_str(&o, "”");
				i += 2;
			} else {
				put_str(&o, "'");
				i++;
			}
			break;
		default:
			at = i;
			while (i < n && !is_blank(s[i]) &&
			    strchr("{}\\~-`'", s[i]) == NULL)
				i++;
			put(&o, s + at, i - at);
		}
	}
	if (o.marks)
		compose(out, o.start);
}

void
tex_literal(struct buf *out, const char *s, size_t n)
{
	struct out o = { out, out->n, false, false };
	size_t i = 0;

	while (i < n) {
		if (is_blank(s[i])) {
			o.space = true;
			i++;
		} else if (s[i] == '{' || s[i] == '}') {
			i++;
		} else if (s[i] == '\\' && i + 1 < n) {
			/* \_ \% \& \# \~{}; \url{...} keeps its argument. */
			if (is_ascii_letter(s[i + 1]))
				i = command(&o, s, n, i + 1);
			else {
				put(&o, s + i + 1, 1);
				i += 2;
			}
		} else {
			put(&o, s + i, 1);
			i++;
		}
	}
	if (o.marks)
		compose(out, o.start);
}
