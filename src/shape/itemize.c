/*
 * Cut a piece into what HarfBuzz can shape at once: one span (so one style
 * and language), one level, one script, one face.
 *
 * Each cut costs a call and the kerning across it, so the characters that
 * have no script of their own are given to a neighbour of their own level:
 * the comma between a Latin phrase and Persian text goes with the Persian,
 * the space inside the phrase with the Latin.
 */
#include "shape/internal.h"

#include <stdlib.h>
#include <string.h>

#define ARAB SCRIPT_TAG('A', 'r', 'a', 'b')
#define HEBR SCRIPT_TAG('H', 'e', 'b', 'r')
#define LATN SCRIPT_TAG('L', 'a', 't', 'n')

#define BRACKETS_MAX 64		/* deeper ones are plain neutrals */
#define STACK_MAX 256		/* marks on one letter, and ... */
#define PLACES_MAX 32		/* «الله» with marks, in one run */

/* The script of a text that has no letter. */
static uint32_t
script_of_lang(const char *lang)
{
	static const char *const arab[] = {
		"fa", "ar", "ur", "ps", "ckb", "sd", "ug", "prs", "pnb"
	};
	size_t i, n;

	if (lang == NULL)
		return LATN;
	n = strcspn(lang, "-_");
	for (i = 0; i < NELEM(arab); i++)
		if (strlen(arab[i]) == n && strncmp(lang, arab[i], n) == 0)
			return ARAB;
	if (n == 2 && (strncmp(lang, "he", 2) == 0 ||
	    strncmp(lang, "yi", 2) == 0))
		return HEBR;
	return LATN;
}

struct brackets {
	struct { FriBidiBracketType type; uint32_t script; }
	    v[BRACKETS_MAX];
	size_t n;
};

static void
bracket_open(struct brackets *b, FriBidiBracketType type, uint32_t script)
{
	if (b->n < BRACKETS_MAX) {
		b->v[b->n].type = type;
		b->v[b->n++].script = script;
	}
}

/* The script of the opening bracket, 0 if none is open. */
static uint32_t
bracket_close(struct brackets *b, FriBidiBracketType type)
{
	size_t i;

	for (i = b->n; i-- > 0;) {
		if (FRIBIDI_BRACKET_ID(b->v[i].type) ==
		    FRIBIDI_BRACKET_ID(type)) {
			b->n = i;
			return b->v[i].script;
		}
	}
	return 0;
}

/*
 * A script for character k without one; `prev` and `next` are the nearest
 * that have one (n: none). `home` is the last script seen at each level.
 */
static uint32_t
lend_script(const struct piece *pc, size_t k, size_t prev, size_t next,
    const uint32_t *home, uint32_t otherwise)
{
	const struct ch *ch = pc->ch;

	if (prev < pc->n && ch[prev].level == ch[k].level)
		return ch[prev].script;
	if (next < pc->n && ch[next].level == ch[k].level)
		return ch[next].script;
	if (home[ch[k].level] != 0)
		return home[ch[k].level];
	/* Digits of a Persian text stand a level above its letters. */
	if (ch[k].flags & P_NUMBER && prev < pc->n)
		return ch[prev].script;
	return otherwise;
}

static void
resolve_scripts(struct shape_ctx *c, struct piece *pc, uint32_t otherwise)
{
	struct ch *ch = pc->ch;
	struct brackets stack = { .n = 0 };
	uint32_t home[128] = {0}, s;
	FriBidiBracketType br;
	size_t i, prev = pc->n, next = 0;

	if (pc->script == otherwise) {
		/* Nothing to choose between. */
		for (i = 0; i < pc->n; i++)
			ch[i].script = otherwise;
		return;
	}
	for (i = 0; i < pc->n; i++) {
		if (!(ch[i].flags & P_COMMON)) {
			home[ch[i].level] = ch[i].script;
			prev = i;
			continue;
		}
		if (i > 0 && ch[i].flags & (P_MARK | P_UNSEEN)) {
			ch[i].script = ch[i - 1].script;
			continue;
		}
		if (next <= i)
			for (next = i + 1; next < pc->n &&
			    ch[next].flags & P_COMMON; next++)
				;
		br = ch[i].flags & P_NEUTRAL ?
		    prop_of(&c->props, pc->cps[i])->bracket :
		    FRIBIDI_NO_BRACKET;
		s = 0;
		if (br != FRIBIDI_NO_BRACKET && !FRIBIDI_IS_BRACKET_OPEN(br))
			s = bracket_close(&stack, br);
		if (s == 0)
			s = lend_script(pc, i, prev, next, home, otherwise);
		if (br != FRIBIDI_NO_BRACKET && FRIBIDI_IS_BRACKET_OPEN(br))
			bracket_open(&stack, br, s);
		ch[i].script = s;
	}
}

/*
 * What is not seen takes everything from what stands before it, so that it
 * makes no run of its own; at the start, from what stands after. Only the
 * edge of an isolate the author typed leaves a trace: its level, as those of
 * ours do, wherever it lies below what is seen on both sides.
 */
static void
settle_unseen(struct piece *pc)
{
	struct ch *ch = pc->ch;
	uint8_t before = 0, edge = SHAPE_NO_EDGE;
	size_t i, k;

	for (i = 0; i < pc->n; i++) {
		edge = MIN(edge, ch[i].edge);
		ch[i].edge = SHAPE_NO_EDGE;
		if (ch[i].flags & P_UNSEEN) {
			if (!(ch[i].flags & P_REMOVED))
				edge = MIN(edge, ch[i].level);
			if (i > 0)
				ch[i].level = ch[i - 1].level;
			continue;
		}
		if (edge < MIN(before, ch[i].level))
			ch[i].edge = edge;
		before = ch[i].level;
		edge = SHAPE_NO_EDGE;
	}
	for (k = 0; k < pc->n && ch[k].flags & P_UNSEEN; k++)
		;
	for (i = 0; i < k && k < pc->n; i++)
		ch[i].level = ch[k].level;
}

/*
 * Cut a run that is longer than HarfBuzz gets at a time: after a space if
 * one is near, else where no cluster is parted.
 */
static uint32_t
safe_cut(const struct piece *pc, uint32_t start, uint32_t end)
{
	uint32_t i, low = end - RUN_MAX / 16;

	for (i = end; i > low; i--)
		if (pc->cps[i - 1] == ' ' &&
		    !(pc->ch[i].flags & (P_MARK | P_UNSEEN)))
			return i;
	for (i = end; i > start + 1; i--)
		if (!(pc->ch[i].flags & (P_MARK | P_UNSEEN)))
			return i;
	return end;
}

static inline bool
goes_on(const struct piece *pc, const struct shape_para *p, size_t i)
{
	const struct ch *a = &pc->ch[i - 1], *b = &pc->ch[i];

	return !((a->span ^ b->span) | (a->script ^ b->script) |
	    (a->level ^ b->level) | (unsigned)(a->face ^ b->face)) &&
	    b->edge == SHAPE_NO_EDGE &&
	    (pc->cps[i] != 0xfffc || !p->spans[a->span].is_object);
}

/*
 * Some input makes HarfBuzz slow: its time grows with the square of the
 * marks on one letter and with the number of places where a feature is put
 * off. Both are counted, and a run that has its fill of them ends.
 */
struct load {
	unsigned marks, places;
};

static inline bool
is_full(struct shape_ctx *c, const struct piece *pc, size_t i,
    struct load *l)
{
	if (pc->ch[i].flags & (P_MARK | P_UNSEEN))
		return ++l->marks >= STACK_MAX;
	l->marks = 0;
	return pc->cps[i] == 0x644 && allah_ends(c, pc->cps, i, pc->n) != i &&
	    ++l->places >= PLACES_MAX;
}

static void
cut(struct shape_ctx *c, struct piece *pc, const struct shape_para *p)
{
	struct load load = { 0, 0 };
	uint32_t start = 0, end, k;
	size_t i;

	pc->nitems = 0;
	for (i = 1; i <= pc->n; i++) {
		if (i < pc->n && goes_on(pc, p, i) &&
		    !is_full(c, pc, i, &load))
			continue;
		load = (struct load){ 0, 0 };
		end = (uint32_t)i;
		while (start < end) {
			k = end - start <= RUN_MAX ? end :
			    safe_cut(pc, start, start + RUN_MAX);
			vec_grow((void **)&pc->items, &pc->items_cap,
			    pc->nitems + 1, sizeof(*pc->items));
			pc->items[pc->nitems++] = (struct item){ start, k };
			start = k;
		}
	}
}

void
itemize(struct shape_ctx *c, struct piece *pc, struct diag *dg,
    const struct shape_para *p, shape_place place, void *arg)
{
	size_t i;

	if (pc->seen & P_UNSEEN || c->isolates.n > 0)
		settle_unseen(pc);
	resolve_scripts(c, pc, script_of_lang(p->spans[0].style->lang));
	pick_faces(c, pc, dg, p, place, arg);
	/* After the faces are known: see settle_unseen(). */
	for (i = 1; pc->seen & P_UNSEEN && i < pc->n; i++)
		if (pc->ch[i].flags & P_UNSEEN &&
		    pc->ch[i].span == pc->ch[i - 1].span)
			pc->ch[i].face = pc->ch[i - 1].face;
	cut(c, pc, p);
}
