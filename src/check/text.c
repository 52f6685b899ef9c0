/*
 * Persian text: what an editor would mark with a pencil.
 *
 * Works on one block at a time: its inlines are laid end to end, with the
 * place of every stretch; what is not the author's Persian (code, a citation
 * as a style prints it, another language) is one U+FFFC. Rules are those of
 * the Academy's orthography as far as a program can tell; what it cannot be
 * sure of is only an info.
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

struct pos
sign_place(const struct block *b, size_t i)
{
	return block_place(b, b->signs.v[i].at);
}

uint32_t
sign(const struct block *b, size_t i)
{
	return i < b->signs.n ? b->signs.v[i].cp : ' ';
}

const char *
signs_str(const struct block *b, size_t i, size_t j)
{
	size_t from = b->signs.v[i].at;
	size_t to = j < b->signs.n ? b->signs.v[j].at : b->text.n;

	return arena_strn(&b->dg->arena, b->text.p + from, to - from);
}

bool
is_arabic_letter(uint32_t cp)
{
	return cp >= 0x0610 && cp <= 0x08ff && (uni_is_letter(cp) ||
	    uni_is_mark(cp));
}

bool
is_latin_letter(uint32_t cp)
{
	return cp < 0x0530 && uni_is_letter(cp);
}

bool
is_persian_digit(uint32_t cp)
{
	return cp >= 0x06f0 && cp <= 0x06f9;
}

/* Guillemets, brackets, and the quotation marks of typewriters' heirs. */
static const struct { uint32_t open, shut; } pairs[] = {
	{'(', ')'}, {'[', ']'}, {'{', '}'}, {0xab, 0xbb}, {0x201c, 0x201d},
	{0x2039, 0x203a},
};

bool
is_opening(uint32_t cp)
{
	for (size_t i = 0; i < NELEM(pairs); i++)
		if (pairs[i].open == cp)
			return true;
	return false;
}

bool
is_closing(uint32_t cp)
{
	for (size_t i = 0; i < NELEM(pairs); i++)
		if (pairs[i].shut == cp)
			return true;
	return false;
}

static bool
is_persian(const char *lang)
{
	return strncmp(lang, "fa", 2) == 0 || strcmp(lang, "prs") == 0;
}

/* ---------------------------------------------------------------- blocks */

static void
gather_text(struct block *b, const char *s, size_t n, struct pos pos)
{
	*VEC_PUSH(&b->src) = (struct stretch){b->text.n, pos};
	buf_add(&b->text, s, n);
}

static void
gather(struct block *b, const struct doc_node *n, bool ours)
{
	for (const struct doc_node *c = n->first; c != NULL; c = c->next) {
		const char *lang = doc_value(c, "lang");
		bool mine = lang != NULL ? is_persian(lang) : ours;

		switch (c->kind) {
		case DOC_TEXT:
			if (!ours)
				buf_utf8(&b->text, 0xfffc);
			else
				gather_text(b, c->text, c->len, c->pos);
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
		case DOC_CITE:	/* its spacing is the style's */
			buf_utf8(&b->text, 0xfffc);
			break;
		default:
			gather(b, c, mine);
			break;
		}
	}
}

static void
find_signs(struct block *b)
{
	for (size_t i = 0; i < b->text.n;) {
		size_t at = i;

		*VEC_PUSH(&b->signs) = (struct sign){utf8_next(b->text.p,
		    b->text.n, &i), at};
	}
}

/* What all lints read, one block's signs to the end. */
struct reading {
	const struct style *st;
	struct diag *dg;
	struct map words;		/* of the whole book */
	struct quotation quotation;
	const struct doc_node *last;	/* paragraph of the quotation */
};

static void
lint_block(struct reading *r, struct block *b)
{
	find_signs(b);
	if (b->signs.n == 0)
		return;
	lint_characters(b);
	lint_spacing(b);
	lint_isolates(b);
	lint_ranges(b, !r->st->para.isolate_ranges,
	    !r->st->para.isolate_signs);
	lint_pairs(b, &r->quotation);
	lint_words(b, &r->words);
}

static void
block_free(struct block *b)
{
	buf_free(&b->text);
	free(b->src.v);
	free(b->signs.v);
}

/* -------------------------------------------------------------- the walk */

static bool
holds_text(const struct doc_node *n)
{
	return n->first != NULL && doc_is_inline(n->first->kind) &&
	    !doc_is_inline(n->kind);
}

/* Is what a block holds Persian, by its own language or that around it? */
static bool
in_persian(const struct doc_node *n, bool otherwise)
{
	for (; n != NULL; n = n->parent) {
		const char *lang = doc_value(n, "lang");

		if (lang != NULL)
			return is_persian(lang);
	}
	return otherwise;
}

static void
lint_tree(struct reading *r, const struct doc_node *top, bool ours)
{
	for (const struct doc_node *n = top; n != NULL; n = doc_next(n, top)) {
		struct block b = {.dg = r->dg};

		if (!holds_text(n) || n->kind == DOC_REF_ENTRY ||
		    !in_persian(n, ours))
			continue;
		/* A quotation goes on in the next paragraph, nowhere else. */
		if (n->kind != DOC_PARA || n->prev != r->last)
			lint_pairs_end(&r->quotation, r->dg);
		gather(&b, n, true);
		lint_block(r, &b);
		if (n->kind != DOC_PARA)
			lint_pairs_end(&r->quotation, r->dg);
		r->last = n;
		block_free(&b);
	}
	lint_pairs_end(&r->quotation, r->dg);
}

/* Words of the front matter that are printed; not numbers and names of
 * files, which are no Persian text. */
static void
lint_meta(struct reading *r, const struct doc *d)
{
	static const char *const keys[] = {"title", "subtitle", "author",
	    "translator", "editor", "editors", "publisher", "place", "series",
	    "edition", "subject", "keywords", "rights", "licence", "license",
	    "dedication", "colophon", "course", "description", "printing",
	    "printer", "cover", "design", "layout"};

	for (const struct doc_meta *m = d->meta; m != NULL; m = m->next) {
		struct block b = {.dg = r->dg};
		size_t k = 0;

		while (k < NELEM(keys) && strcmp(keys[k], m->key) != 0)
			k++;
		if (k == NELEM(keys))
			continue;
		gather_text(&b, m->value, strlen(m->value), m->pos);
		lint_block(r, &b);
		lint_pairs_end(&r->quotation, r->dg);
		block_free(&b);
	}
}

void
check_text(const struct doc *d, const struct style *st, struct diag *dg)
{
	const char *lang = doc_meta(d, "lang");
	bool ours = lang == NULL || is_persian(lang);
	struct reading r = {.st = st, .dg = dg};

	count_words(d, &r.words);
	if (ours)
		lint_meta(&r, d);
	lint_tree(&r, d->root, ours);
	for (const struct doc_node *n = d->note_root->first; n != NULL;
	    n = n->next)
		lint_tree(&r, n, ours);
	map_free(&r.words);
}
