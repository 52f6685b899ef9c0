/*
 * Which face of the style's chain draws which character.
 *
 * First the letters, word by word: a word that one face of the chain can
 * draw whole is drawn by it, for letters of two faces do not join, and
 * «Ṭāhir» with a foreign Ṭ looks like a misprint. Only a word that no face
 * has whole is cut into bases with their marks, each from the first face
 * that has it.
 *
 * Then what lies between: spaces, digits, punctuation. They follow the
 * words on both sides where these agree, so that a Latin phrase keeps its
 * own spaces and commas; else the style's first face has them.
 *
 * A default ignorable never asks for another face: HarfBuzz hides it.
 */
#include "shape/internal.h"

#include "base/messages.h"

#include <string.h>

#define ARAB SCRIPT_TAG('A', 'r', 'a', 'b')
#define LATN SCRIPT_TAG('L', 'a', 't', 'n')

bool
face_serves(const struct font_face *f, uint32_t cp, uint32_t flags)
{
	if (flags & P_UNSEEN || font_has(f, cp))
		return true;
	if (flags & P_BLANK || cp == '\t')
		return font_has(f, ' ');
	/* shape_item() puts U+002D in its place. */
	if (cp == 0x2010 || cp == 0x2011)
		return font_has(f, 0x2010) || font_has(f, '-');
	return false;
}

#define PHRASE_MAX 256		/* characters */

struct pick {
	struct shape_ctx *c;
	struct piece *pc;
	struct diag *dg;
	const struct shape_para *p;
	shape_place place;
	void *arg;
	const struct shape_style *style;
};

static size_t
nfaces(const struct pick *pk)
{
	return MIN(pk->style->chain.n, FACE_NONE);
}

/* HarfBuzz composes a base and a mark if the face has the composition. */
static bool
serves_composed(const struct font_face *f, const struct piece *pc, size_t i)
{
	hb_codepoint_t both;

	return i > 0 && pc->ch[i].flags & P_MARK &&
	    hb_unicode_compose(hb_unicode_funcs_get_default(),
	    pc->cps[i - 1], pc->cps[i], &both) && font_has(f, both);
}

/* ... and decomposes what it has only in parts. */
static bool
serves_parts(const struct font_face *f, uint32_t cp)
{
	hb_codepoint_t a, b;

	if (!hb_unicode_decompose(hb_unicode_funcs_get_default(), cp, &a, &b))
		return false;
	return (b == 0 || font_has(f, b)) &&
	    (font_has(f, a) || serves_parts(f, a));
}

static bool
serves(const struct pick *pk, size_t face, size_t start, size_t end,
    bool parts)
{
	const struct font_face *f = pk->style->chain.v[face];
	const struct piece *pc = pk->pc;
	size_t i;

	for (i = start; i < end; i++)
		if (!face_serves(f, pc->cps[i], pc->ch[i].flags) &&
		    !serves_composed(f, pc, i) &&
		    !(parts && serves_parts(f, pc->cps[i])))
			return false;
	return true;
}

/* -------------------------------------------------------------- messages */

/* The face that Latin letters come from beside a Persian one, or Persian
 * letters beside one that has none (of code): its work is no news. */
static bool
is_companion(const struct pick *pk, size_t i, size_t face)
{
	uint32_t script = pk->pc->ch[i].script, letter;
	size_t k;

	if (script == LATN)
		letter = 'a';
	else if (script == ARAB && !font_has(pk->style->chain.v[0], 0x627))
		letter = 0x627;
	else
		return false;
	for (k = 1; k < face; k++)
		if (font_has(pk->style->chain.v[k], letter))
			return false;
	return true;
}

/* Is this the first time for the face and the code point? */
static bool
first_time(struct shape_ctx *c, const struct font_face *f, uint32_t cp)
{
	uint32_t key[2] = { cp, (uint32_t)font_index(f) };
	void **slot;

	slot = map_put(&c->told, (const char *)key, sizeof(key));
	if (*slot != NULL)
		return false;
	*slot = c;
	return true;
}

static struct pos
pos_of(const struct pick *pk, size_t i)
{
	if (pk->place == NULL)
		return NOPOS;
	return pk->place(pk->arg,
	    (uint32_t)pk->pc->base + pk->pc->ch[i].off);
}

static void
tell_fallback(const struct pick *pk, size_t i, size_t face)
{
	const struct font_face *first = pk->style->chain.v[0];
	const struct font_face *f = pk->style->chain.v[face];
	struct fallback *b;
	size_t k;

	if (face == 0 || pk->dg == NULL || is_companion(pk, i, face) ||
	    face_serves(first, pk->pc->cps[i], pk->pc->ch[i].flags) ||
	    !first_time(pk->c, f, pk->pc->cps[i]))
		return;
	for (k = 0; k < pk->c->fallbacks.n; k++) {
		b = &pk->c->fallbacks.v[k];
		if (b->first == first && b->face == f) {
			b->n++;
			return;
		}
	}
	*VEC_PUSH(&pk->c->fallbacks) = (struct fallback){ first, f,
	    pos_of(pk, i), pk->pc->cps[i], 1 };
}

void
tell_fallbacks(struct shape_ctx *c, struct diag *dg)
{
	const struct fallback *b;
	size_t k;

	for (k = 0; k < c->fallbacks.n; k++) {
		char s[5] = "";

		b = &c->fallbacks.v[k];
		utf8_put(s, b->cp);
		diag_add(dg, b->pos, TXT_FALLBACK, font_family(b->first), b->n,
		    b->cp, s, font_family(b->face));
	}
	c->fallbacks.n = 0;
}

static void
tell_missing(const struct pick *pk, size_t i)
{
	const struct font_face *first;
	char s[5] = "";

	if (pk->dg == NULL || pk->style->chain.n == 0)
		return;
	first = pk->style->chain.v[0];
	if (!first_time(pk->c, first, pk->pc->cps[i]))
		return;
	utf8_put(s, pk->pc->cps[i]);
	diag_add(pk->dg, pos_of(pk, i), TXT_MISSING_GLYPH, pk->pc->cps[i], s,
	    font_family(first));
}

static void
assign(const struct pick *pk, size_t start, size_t end, size_t face)
{
	size_t i;

	for (i = start; i < end; i++) {
		pk->pc->ch[i].face = (uint8_t)face;
		if (face != 0)
			tell_fallback(pk, i, face);
	}
}

/* ------------------------------------------------------------------ words */

/* The end of the base and its marks that begin at i. */
static size_t
unit_end(const struct piece *pc, size_t i, size_t end)
{
	for (i++; i < end && pc->ch[i].flags & (P_MARK | P_IGNORABLE); i++)
		/* What U+200D binds to a symbol is one picture. */
		if (pc->cps[i] == 0x200d && i + 1 < end &&
		    !(pc->ch[i + 1].flags & P_LETTER))
			i++;
	return i;
}

/*
 * The first face that has all of a unit; else, character by character, the
 * first that has it, so that a stray mark does not take its base away.
 */
static void
pick_unit(const struct pick *pk, size_t start, size_t end)
{
	size_t k, i, n = nfaces(pk);

	for (k = 0; k < n; k++) {
		if (serves(pk, k, start, end, false)) {
			assign(pk, start, end, k);
			return;
		}
	}
	for (k = 0; k < n; k++) {
		if (serves(pk, k, start, end, true)) {
			assign(pk, start, end, k);
			return;
		}
	}
	for (i = start; i < end; i++) {
		for (k = 0; k < n; k++)
			if (serves(pk, k, i, i + 1, true))
				break;
		if (k == n) {
			pk->pc->ch[i].face = 0;
			tell_missing(pk, i);
		} else {
			assign(pk, i, i + 1, k);
		}
	}
}

/* One face for the whole, if there is one. */
static bool
pick_whole(const struct pick *pk, size_t start, size_t end)
{
	size_t k, n = nfaces(pk);

	for (k = 0; k < n; k++) {
		if (serves(pk, k, start, end, false)) {
			assign(pk, start, end, k);
			return true;
		}
	}
	return false;
}

static void
pick_word(const struct pick *pk, size_t start, size_t end)
{
	size_t i;

	if (pick_whole(pk, start, end))
		return;
	for (; start < end; start = i) {
		i = unit_end(pk->pc, start, end);
		pick_unit(pk, start, i);
	}
}

/* ---------------------------------------------------------------- between */

/*
 * A character of no script between the words that end before `a` and begin
 * at `b` (no such word: the style's text ends there).
 */
static void
pick_between(const struct pick *pk, size_t i, size_t end, size_t a, size_t b,
    size_t from, size_t to)
{
	const struct ch *ch = pk->pc->ch;
	size_t want = 0;
	bool left = a > from && ch[a - 1].level == ch[i].level;
	bool right = b < to && ch[b].level == ch[i].level;

	if (left && right)
		want = ch[a - 1].face == ch[b].face ? ch[b].face : 0;
	else if ((left || right) && ch[i].level != pk->p->level)
		want = left ? ch[a - 1].face : ch[b].face;
	if (nfaces(pk) > 0 && serves(pk, want, i, end, false)) {
		assign(pk, i, end, want);
		return;
	}
	pick_unit(pk, i, end);
}

/* Does a word of letters go on with this? */
static bool
in_word(const struct ch *ch, uint32_t cp, uint32_t script)
{
	if (ch->flags & P_COMMON)
		return ch->flags & (P_MARK | P_IGNORABLE) || cp == 0x640;
	return ch->script == script;
}

/* A letter, or the mark of one, of the phrase that begins at `start`? */
static bool
is_in_words(const struct ch *ch, size_t start, size_t i)
{
	return ch[i].script == ch[start].script && (!(ch[i].flags &
	    P_COMMON) || ch[i].flags & P_MARK);
}

/*
 * The end of the foreign phrase that begins with the word [a, b): to the
 * last word of its script at its level, or b. It is looked for no further
 * than PHRASE_MAX: a foreign text of many lines must not change its face
 * for one letter at its end.
 */
static size_t
phrase_end(const struct piece *pc, size_t a, size_t b, size_t to,
    unsigned base)
{
	const struct ch *ch = pc->ch;
	size_t i, end = b;

	if (ch[a].level == base)
		return b;
	for (i = b; i < to && i - a < PHRASE_MAX &&
	    ch[i].level == ch[a].level; i++) {
		if (ch[i].flags & P_COMMON)
			continue;
		if (ch[i].script != ch[a].script)
			break;
		end = i + 1;
	}
	while (end < to && in_word(&ch[end], pc->cps[end], ch[a].script))
		end++;
	return end;
}

/* Letters of a phrase take the face that has them all; what lies between
 * them follows by pick_between(), so that it need not have that. */
static bool
pick_phrase(const struct pick *pk, size_t start, size_t end)
{
	const struct ch *ch = pk->pc->ch;
	size_t k, i, n = nfaces(pk);

	for (k = 0; k < n; k++) {
		for (i = start; i < end; i++)
			if (is_in_words(ch, start, i) &&
			    !serves(pk, k, i, i + 1, false))
				break;
		if (i < end)
			continue;
		for (i = start; i < end; i++)
			if (is_in_words(ch, start, i))
				assign(pk, i, i + 1, k);
		return true;
	}
	return false;
}

/* Nearly always: the first face has all there is. */
static bool
pick_first(const struct pick *pk, size_t from, size_t to)
{
	const struct font_face *f;
	const struct piece *pc = pk->pc;
	size_t i;

	if (pk->style->chain.n == 0)
		return false;
	f = pk->style->chain.v[0];
	for (i = from; i < to; i++)
		if (!(pc->ch[i].flags & P_UNSEEN) && !font_has(f, pc->cps[i]))
			return false;
	for (i = from; i < to; i++)
		pc->ch[i].face = 0;
	return true;
}

static void
pick_stretch(const struct pick *pk, size_t from, size_t to)
{
	const struct piece *pc = pk->pc;
	struct ch *ch = pc->ch;
	size_t a, b, i, j, end;

	if (pick_first(pk, from, to))
		return;
	for (i = from; i < to; i++)
		ch[i].face = FACE_NONE;
	/* Letters first: what lies between looks at both sides. */
	for (a = from; a < to; a = b) {
		b = a + 1;
		if (ch[a].flags & P_COMMON)
			continue;
		if (ch[a].face != FACE_NONE)
			continue;
		while (b < to && in_word(&ch[b], pc->cps[b], ch[a].script))
			b++;
		end = phrase_end(pc, a, b, to, pk->p->level);
		if (end == b || !pick_phrase(pk, a, end))
			pick_word(pk, a, b);
	}
	for (a = from; a < to; a = b) {
		b = a + 1;
		if (ch[a].face != FACE_NONE)
			continue;
		while (b < to && ch[b].face == FACE_NONE)
			b++;
		for (i = a; i < b; i = j) {
			j = unit_end(pc, i, b);
			pick_between(pk, i, j, a, b, from, to);
		}
	}
}

void
pick_faces(struct shape_ctx *c, struct piece *pc, struct diag *dg,
    const struct shape_para *p, shape_place place, void *arg)
{
	struct pick pk = { c, pc, dg, p, place, arg, NULL };
	const struct shape_span *span;
	size_t i, j;

	for (i = 0; i < pc->n; i = j) {
		span = &p->spans[pc->ch[i].span];
		pk.style = span->style;
		j = i + 1;
		if (span->is_object) {
			pc->ch[i].face = 0;
			continue;
		}
		while (j < pc->n && (span = &p->spans[pc->ch[j].span])->style ==
		    pk.style && !span->is_object)
			j++;
		pick_stretch(&pk, i, j);
	}
}
