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
#include "check/private.h"

struct pos
block_place(const struct block *b, size_t at)
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

static void
lint_characters(struct block *b)
{
	const char *s = b->text.p;

	for (size_t i = 0; i < b->text.n;) {
		size_t at = i;
		uint32_t cp = utf8_next(s, b->text.n, &i);

		if (uni_persian_letter(cp) != cp) {
			char was[8] = {0}, is[8] = {0};

			utf8_put(was, cp);
			utf8_put(is, uni_persian_letter(cp));
			diag_add(b->dg, block_place(b, at), TXT_ARABIC_LETTER,
			    was, cp, is);
		}
		if (cp >= 0x0660 && cp <= 0x0669) {
			char was[8] = {0}, is[8] = {0};

			utf8_put(was, cp);
			utf8_put(is, cp - 0x0660 + 0x06f0);
			diag_add(b->dg, block_place(b, at), TXT_WRONG_DIGIT, was, cp,
			    is);
		}
		if (cp == '"')
			diag_add(b->dg, block_place(b, at), TXT_STRAIGHT_QUOTE);
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
			diag_add(b->dg, block_place(b, at), TXT_SPACE_BEFORE, mark);
		if (uni_is_letter(cp) && is_closing_mark(before) &&
		    before != '.' && uni_is_letter(two)) {
			char m[8] = {0};

			utf8_put(m, before);
			diag_add(b->dg, block_place(b, at), TXT_NO_SPACE_AFTER, m);
		}
		two = before;
		before = cp;
	}
}

/* Spaces in a row, and inside brackets. */
static void
lint_spaces(struct block *b)
{
	const char *s = b->text.p;
	uint32_t before = 0;
	size_t nspaces = 0, from = 0;

	for (size_t i = 0; i < b->text.n;) {
		size_t at = i;
		uint32_t cp = utf8_next(s, b->text.n, &i);
		char mark[8] = {0};

		if (cp == ' ') {
			from = nspaces++ == 0 ? at : from;
			continue;
		}
		if (nspaces > 1 && before != 0)
			diag_add(b->dg, block_place(b, from), TXT_DOUBLE_SPACE,
			    (int)nspaces);
		if (nspaces > 0 && (before == '(' || before == '[' ||
		    before == 0xab)) {
			utf8_put(mark, before);
			diag_add(b->dg, block_place(b, from), TXT_BRACKET_SPACE,
			    mark);
		}
		nspaces = 0;
		before = cp;
	}
}

/* Isolates and embeddings that the author wrote end with their paragraph,
 * but the rest of it stands inside them. */
static void
lint_isolates(struct block *b)
{
	struct { uint32_t cp; size_t at; } stack[64];
	size_t n = 0;

	for (size_t i = 0; i < b->text.n;) {
		size_t at = i;
		uint32_t cp = utf8_next(b->text.p, b->text.n, &i);
		bool embeds = cp == 0x202a || cp == 0x202b || cp == 0x202d ||
		    cp == 0x202e;

		if ((embeds || (cp >= 0x2066 && cp <= 0x2068)) &&
		    n < NELEM(stack)) {
			stack[n].cp = cp;
			stack[n++].at = at;
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
		diag_add(b->dg, block_place(b, stack[k].at), TXT_ISOLATE, name);
	}
}

/*
 * Numbers that go together with a mark: in Persian text the parts of a range
 * and the sign of a number stand on the wrong side unless they are isolated,
 * which shape/ does where the style lets it.
 */
static void
lint_ranges(struct block *b, bool ranges, bool numbers)
{
	size_t from = 0, end = 0;
	bool sign = false, range = false, digit = false;
	int depth = 0;

	for (size_t i = 0; i <= b->text.n;) {
		size_t at = i;
		uint32_t cp = i < b->text.n ? utf8_next(b->text.p, b->text.n,
		    &i) : 0;

		depth += cp >= 0x2066 && cp <= 0x2068 ? 1 : cp == 0x2069 ?
		    -1 : 0;
		if (depth <= 0 && uni_is_digit(cp)) {
			digit = true;
			end = i;
		} else if (digit && (cp == '-' || cp == 0x2013)) {
			uint32_t next = 0;
			size_t k = i;

			if (k < b->text.n)
				next = utf8_next(b->text.p, b->text.n, &k);
			range |= uni_is_digit(next);
		} else if (!digit && (cp == '-' || cp == '+' || cp == 0x2212)) {
			from = at;
			sign = true;
			continue;
		} else {
			if (digit && ((range && ranges) || (sign && numbers)))
				diag_add(b->dg, block_place(b, from), TXT_BARE_RANGE,
				    arena_strn(&b->dg->arena, b->text.p + from,
				    end - from));
			digit = sign = range = false;
			from = i;
		}
		if (at >= b->text.n)
			break;
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
					diag_add(b->dg, block_place(b, at),
					    TXT_UNBALANCED, mark);
			}
		}
	}
	for (size_t k = 0; k < n; k++) {
		char mark[8] = {0};

		utf8_put(mark, stack[k].cp);
		diag_add(b->dg, block_place(b, stack[k].at), TXT_UNBALANCED, mark);
	}
}

static bool
holds_text(const struct doc_node *n)
{
	return n->first != NULL && doc_is_inline(n->first->kind) &&
	    !doc_is_inline(n->kind);
}

void
check_text(const struct doc *d, const struct style *st, struct diag *dg)
{
	const char *lang = doc_meta(d, "lang");
	bool ours = lang == NULL || is_persian(lang);
	struct map all = {0};

	count_words(d, &all);


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
			lint_spaces(&b);
			lint_isolates(&b);
			lint_ranges(&b, !st->para.isolate_ranges,
			    !st->para.isolate_signs);
			lint_pairs(&b);
			lint_words(&b, &all);
		}
		buf_free(&b.text);
		free(b.src.v);
	}
	map_free(&all);
}
