/*
 * Persian text: what an editor would mark with a pencil.
 *
 * Works on one block at a time: its inlines are laid end to end (notes and
 * citations as they print), with the place of every stretch, and read once
 * from the start. Rules are those of the Academy's orthography as far as a
 * program can tell; what it cannot be sure of is only an info.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "check/check.h"

struct stretch { size_t at; struct pos pos; };

/* A block's text; stretches of another language hold U+FFFC instead. */
struct block {
	struct buf text;
	struct { struct stretch *v; size_t n, cap; } src;
	struct diag *dg;
};

static struct pos
place(const struct block *b, size_t at)
{
	size_t i = b->src.n;
	struct pos pos;

	while (i > 1 && b->src.v[i - 1].at > at)
		i--;
	if (i == 0)
		return NOPOS;
	pos = b->src.v[i - 1].pos;
	pos.col += (uint32_t)utf8_count(b->text.p + b->src.v[i - 1].at,
	    at - b->src.v[i - 1].at);
	return pos;
}

static bool
is_persian(const char *lang)
{
	return strncmp(lang, "fa", 2) == 0 || strcmp(lang, "prs") == 0;
}

static void
gather(struct block *b, const struct doc_node *n, bool ours)
{
	for (const struct doc_node *c = n->first; c != NULL; c = c->next) {
		const char *lang = doc_value(c, "lang");
		bool mine = ours && (lang == NULL || is_persian(lang));

		switch (c->kind) {
		case DOC_TEXT:
			if (!ours) {
				buf_utf8(&b->text, 0xfffc);
				break;
			}
			*VEC_PUSH(&b->src) = (struct stretch){b->text.n,
			    c->pos};
			buf_add(&b->text, c->text, c->len);
			break;
		case DOC_SOFT_BREAK:
		case DOC_HARD_BREAK:
			buf_char(&b->text, ' ');
			break;
		case DOC_CODE_SPAN:
		case DOC_MATH:
		case DOC_NOTE_REF:
		case DOC_REF:
		case DOC_IMAGE:
			buf_utf8(&b->text, 0xfffc);
			break;
		case DOC_CITE:
			/* What a style prints is not the author's spacing. */
			buf_utf8(&b->text, 0xfffc);
			break;
		default:
			gather(b, c, mine);
			break;
		}
	}
}

/* ------------------------------------------------------------- characters */

static const struct { uint32_t cp; const char *wrong, *right; } letters[] = {
	{0x064a, "ي", "ی"}, {0x0649, "ى", "ی"}, {0x0643, "ك", "ک"},
};

static void
lint_characters(struct block *b)
{
	const char *s = b->text.p;

	for (size_t i = 0; i < b->text.n;) {
		size_t at = i;
		uint32_t cp = utf8_next(s, b->text.n, &i);

		for (size_t k = 0; k < NELEM(letters); k++)
			if (cp == letters[k].cp)
				diag_add(b->dg, place(b, at),
				    TXT_ARABIC_LETTER, letters[k].wrong, cp,
				    letters[k].right);
		if (cp >= 0x0660 && cp <= 0x0669) {
			char was[8] = {0}, is[8] = {0};

			utf8_put(was, cp);
			utf8_put(is, cp - 0x0660 + 0x06f0);
			diag_add(b->dg, place(b, at), TXT_WRONG_DIGIT, was, cp,
			    is);
		}
		if (cp == '"')
			diag_add(b->dg, place(b, at), TXT_STRAIGHT_QUOTE);
	}
}

/* Marks that close up to the word before them and want a space after. */
static bool
is_closing_mark(uint32_t cp)
{
	return cp == 0x060c || cp == 0x061b || cp == 0x061f || cp == '.' ||
	    cp == ':' || cp == '!';
}

static void
lint_spacing(struct block *b)
{
	const char *s = b->text.p;
	uint32_t before = ' ', two = ' ';

	for (size_t i = 0; i < b->text.n;) {
		size_t at = i;
		uint32_t cp = utf8_next(s, b->text.n, &i);
		char mark[8] = {0};

		utf8_put(mark, cp);
		if ((is_closing_mark(cp) || cp == ')' || cp == 0xbb) &&
		    before == ' ' && at > 0 && cp != '.')
			diag_add(b->dg, place(b, at), TXT_SPACE_BEFORE, mark);
		if (uni_is_letter(cp) && is_closing_mark(before) &&
		    before != '.' && uni_is_letter(two)) {
			char m[8] = {0};

			utf8_put(m, before);
			diag_add(b->dg, place(b, at), TXT_NO_SPACE_AFTER, m);
		}
		two = before;
		before = cp;
	}
}

static void
lint_pairs(struct block *b)
{
	static const uint32_t open[] = {'(', '[', 0xab}, shut[] = {')', ']',
	    0xbb};
	struct { uint32_t cp; size_t at; } stack[64];
	size_t n = 0;

	for (size_t i = 0; i < b->text.n;) {
		size_t at = i;
		uint32_t cp = utf8_next(b->text.p, b->text.n, &i);
		char mark[8] = {0};

		utf8_put(mark, cp);
		for (size_t k = 0; k < NELEM(open); k++) {
			if (cp == open[k] && n < NELEM(stack)) {
				stack[n].cp = cp;
				stack[n++].at = at;
			} else if (cp == shut[k]) {
				if (n > 0 && stack[n - 1].cp == open[k])
					n--;
				else
					diag_add(b->dg, place(b, at),
					    TXT_UNBALANCED, mark);
			}
		}
	}
	for (size_t k = 0; k < n; k++) {
		char mark[8] = {0};

		utf8_put(mark, stack[k].cp);
		diag_add(b->dg, place(b, stack[k].at), TXT_UNBALANCED, mark);
	}
}

/* ------------------------------------------------------------------ words */

struct word { size_t at, n; bool joined; };

/* Words of letters, ZWNJ and marks; `joined`: only a space before it. */
static size_t
split(const struct block *b, struct word **out)
{
	struct { struct word *v; size_t n, cap; } w = {0};
	bool in = false, only_space = false;
	size_t spaces = 0;

	for (size_t i = 0; i < b->text.n;) {
		size_t at = i;
		uint32_t cp = utf8_next(b->text.p, b->text.n, &i);

		if (uni_is_letter(cp) || uni_is_mark(cp) || cp == 0x200c) {
			if (!in)
				*VEC_PUSH(&w) = (struct word){at, 0,
				    only_space && spaces == 1};
			in = true;
			w.v[w.n - 1].n = i - w.v[w.n - 1].at;
			continue;
		}
		if (in || cp != ' ')
			only_space = cp == ' ';
		spaces = in ? 1 : spaces + 1;
		in = false;
	}
	*out = w.v;
	return w.n;
}

static bool
word_is(const struct block *b, const struct word *w, const char *s)
{
	return w->n == strlen(s) && memcmp(b->text.p + w->at, s, w->n) == 0;
}

static bool
ends_with(const struct block *b, const struct word *w, const char *s)
{
	size_t n = strlen(s);

	return w->n > n && memcmp(b->text.p + w->at + w->n - n, s, n) == 0;
}

static void
lint_words(struct block *b)
{
	static const char *const prefixes[] = {"می", "نمی"};
	static const char *const suffixes[] = {"ها", "های", "هایی", "تر",
	    "ترین", "ام", "اند", "ای"};
	struct word *w;
	size_t n = split(b, &w);
	struct arena a = {0};

	for (size_t i = 0; i < n; i++) {
		const char *t = b->text.p + w[i].at;

		if (i > 0 && w[i].joined && w[i].n == w[i - 1].n && w[i].n > 2 &&
		    memcmp(t, b->text.p + w[i - 1].at, w[i].n) == 0)
			diag_add(b->dg, place(b, w[i].at), TXT_DOUBLED,
			    arena_strn(&a, t, w[i].n));
		for (size_t k = 0; k < NELEM(prefixes); k++)
			if (i + 1 < n && w[i + 1].joined && word_is(b, &w[i],
			    prefixes[k]))
				diag_add(b->dg, place(b, w[i].at), TXT_ZWNJ,
				    arena_printf(&a, "%s %.*s", prefixes[k],
				    (int)w[i + 1].n, b->text.p + w[i + 1].at),
				    arena_printf(&a, "%s\xe2\x80\x8c%.*s",
				    prefixes[k], (int)w[i + 1].n, b->text.p +
				    w[i + 1].at));
		/* «ها» and its like never stand alone; «ای», «ام», «تر» may,
		 * after anything but a final ه. */
		for (size_t k = 0; k < NELEM(suffixes); k++)
			if (i > 0 && w[i].joined && word_is(b, &w[i],
			    suffixes[k]) && (k < 3 || k == 4 || ends_with(b,
			    &w[i - 1], "ه")))
				diag_add(b->dg, place(b, w[i - 1].at),
				    TXT_ZWNJ, arena_printf(&a, "%.*s %s",
				    (int)w[i - 1].n, b->text.p + w[i - 1].at,
				    suffixes[k]), arena_printf(&a,
				    "%.*s\xe2\x80\x8c%s", (int)w[i - 1].n,
				    b->text.p + w[i - 1].at, suffixes[k]));
		/* «اصطالح»: the pair ال within a word, before one of the
		 * letters after which لا is far commoner. Only a hint. */
		for (size_t j = 4; j + 4 < w[i].n; j += 2) {
			static const char *const tails[] = {"الح", "الف", "الق",
			    "الت", "الب", "الم"};
			struct buf fixed = {0};

			for (size_t k = 0; k < NELEM(tails); k++)
				if (w[i].n - j == strlen(tails[k]) &&
				    memcmp(t + j, tails[k], w[i].n - j) == 0 &&
				    memcmp(t + j - 2, "ط", 2) == 0) {
					buf_add(&fixed, t, j);
					buf_str(&fixed, "لا");
					buf_add(&fixed, t + j + 4, w[i].n - j -
					    4);
					diag_add(b->dg, place(b, w[i].at),
					    TXT_LAM_ALEF, arena_strn(&a, t,
					    w[i].n), fixed.p);
				}
			buf_free(&fixed);
		}
	}
	arena_free(&a);
	free(w);
}

static bool
holds_text(const struct doc_node *n)
{
	return n->first != NULL && doc_is_inline(n->first->kind) &&
	    !doc_is_inline(n->kind);
}

void
check_text(const struct doc *d, struct diag *dg)
{
	const char *lang = doc_meta(d, "lang");
	bool ours = lang == NULL || is_persian(lang);

	for (const struct doc_node *n = d->root; n != NULL;
	    n = doc_next(n, d->root)) {
		struct block b = {.dg = dg};
		bool mine = ours;

		if (!holds_text(n) || n->kind == DOC_REF_ENTRY)
			continue;
		for (const struct doc_node *up = n; up != NULL;
		    up = up->parent) {
			const char *own = doc_value(up, "lang");

			if (own != NULL) {
				mine = is_persian(own);
				break;
			}
		}
		if (!mine)
			continue;
		gather(&b, n, true);
		if (b.text.n > 0) {
			lint_characters(&b);
			lint_spacing(&b);
			lint_pairs(&b);
			lint_words(&b);
		}
		buf_free(&b.text);
		free(b.src.v);
	}
}
