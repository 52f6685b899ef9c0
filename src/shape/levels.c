/*
 * Embedding levels of text with isolates.
 *
 * FriBidi 1.0 knows isolates and passes Unicode's tests, yet it lets one
 * isolate see into an earlier one at its side: after RLI ALM 25% PDI the
 * minus sign in LRI -5 PDI takes its direction from the Arabic letter mark.
 * (It chains the runs of one isolate depth whatever stands between.) So it
 * is never shown an isolate. What an isolate holds is by definition resolved
 * as a paragraph of its own, whose level follows from where it stands (rules
 * X5a to X5c); what is round it sees two neutrals in its place (X5a, N1).
 * Each such stretch goes to FriBidi by itself, and the levels are raised to
 * the stretch's own. It is also linear, which FriBidi with thousands of
 * isolates is not.
 *
 * Only the depth of explicit embeddings is followed here, since an isolate's
 * level depends on the embedding round it.
 */
#include "shape/internal.h"

#include <stdlib.h>

#define NONE UINT32_MAX
#define DEPTH_MAX 125u			/* UAX #9, BD2 */

/* A stretch to be resolved alone: entries [start, end) at a level. */
struct stretch {
	uint32_t start, end;
	unsigned level;
};

struct work {
	struct bidi *b;
	struct { struct stretch *v; size_t n, cap; } todo;
	struct { uint32_t *v; size_t n, cap; } open;
	/* Explicit embeddings of the stretch that is being gathered. */
	unsigned stack[DEPTH_MAX + 2];
	size_t depth, overflow;
	size_t too_deep;		/* isolates that count for nothing */
};

static bool
is_initiator(FriBidiCharType t)
{
	return t == FRIBIDI_TYPE_LRI || t == FRIBIDI_TYPE_RLI ||
	    t == FRIBIDI_TYPE_FSI;
}

/* BD9: b->match of each initiator, NONE if it is never closed. */
static void
match_isolates(struct work *w, size_t m)
{
	const FriBidiCharType *types = w->b->types;
	size_t i;

	for (i = 0; i < m; i++) {
		w->b->match[i] = NONE;
		if (is_initiator(types[i]))
			*VEC_PUSH(&w->open) = (uint32_t)i;
		else if (types[i] == FRIBIDI_TYPE_PDI && w->open.n > 0)
			w->b->match[w->open.v[--w->open.n]] = (uint32_t)i;
	}
}

/* P2 and P3 for entries [i, end): 1 or 0, -1 if there is no letter. */
static int
first_strong(const struct bidi *b, size_t i, size_t end)
{
	for (; i < end; i++) {
		if (is_initiator(b->types[i])) {
			if (b->match[i] == NONE)
				return -1;
			i = b->match[i];
		} else if (FRIBIDI_IS_LETTER(b->types[i])) {
			return FRIBIDI_IS_RTL(b->types[i]) ? 1 : 0;
		}
	}
	return -1;
}

static unsigned
next_level(unsigned level, bool rtl)
{
	return rtl ? (level + 1) | 1 : (level + 2) & ~1u;
}

/*
 * Follow an embedding or its end. One that would be too deep has no effect
 * (X2 to X5, X7): false.
 */
static bool
embed(struct work *w, FriBidiCharType t)
{
	unsigned next;

	if (w->too_deep > 0)
		return false;
	if (t == FRIBIDI_TYPE_PDF) {
		if (w->overflow > 0) {
			w->overflow--;
			return false;
		}
		if (w->depth > 0)
			w->depth--;
		return true;
	}
	next = next_level(w->stack[w->depth], FRIBIDI_IS_RTL(t));
	if (next > DEPTH_MAX || w->overflow > 0) {
		w->overflow++;
		return false;
	}
	w->stack[++w->depth] = next;
	return true;
}

/* The level inside the isolate that opens at i; 0 if it would be too deep. */
static unsigned
inner_level(const struct work *w, size_t i, size_t end)
{
	FriBidiCharType t = w->b->types[i];
	unsigned level;

	level = next_level(w->stack[w->depth], t == FRIBIDI_TYPE_RLI ||
	    (t == FRIBIDI_TYPE_FSI && first_strong(w->b, i + 1, end) == 1));
	return level > DEPTH_MAX || w->overflow > 0 || w->too_deep > 0 ? 0 :
	    level;
}

static size_t
put(struct bidi *b, size_t k, FriBidiCharType t, size_t i)
{
	b->part_types[k] = t;
	b->part_brackets[k] = b->brackets[i];
	b->part_of[k] = (uint32_t)i;
	return k + 1;
}

/* The stretch without what its isolates hold; those are put off. */
static size_t
gather_stretch(struct work *w, const struct stretch *s)
{
	struct bidi *b = w->b;
	FriBidiCharType t;
	unsigned level;
	size_t i = s->start, k = 0, end;

	w->stack[0] = s->level;
	w->depth = w->overflow = w->too_deep = 0;
	while (i < s->end) {
		t = b->types[i];
		if (is_initiator(t)) {
			end = MIN(b->match[i], s->end);
			level = inner_level(w, i, end);
			k = put(b, k, FRIBIDI_TYPE_ON, i++);
			if (level == 0) {
				w->too_deep++;
				continue;
			}
			if (end > i)
				*VEC_PUSH(&w->todo) = (struct stretch){
				    (uint32_t)i, (uint32_t)end, level };
			i = end;
			continue;
		}
		if (t == FRIBIDI_TYPE_PDI) {
			w->too_deep -= w->too_deep > 0;
			t = FRIBIDI_TYPE_ON;
		} else if (FRIBIDI_IS_EXPLICIT(t) && !embed(w, t)) {
			t = FRIBIDI_TYPE_BN;
		}
		k = put(b, k, t, i++);
	}
	return k;
}

static void
call_fribidi(const FriBidiCharType *types,
    const FriBidiBracketType *brackets, size_t n, int level,
    FriBidiLevel *levels)
{
	FriBidiParType base = level & 1 ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;

	if (fribidi_get_par_embedding_levels_ex(types, brackets,
	    (FriBidiStrIndex)n, &base, levels) == 0) {
		fputs("dabir: out of memory\n", stderr);
		exit(2);
	}
}

/* L1, parts 1 to 3: FriBidi saw the separators of a stretch only, and took
 * its level for the paragraph's. */
static void
separators(struct bidi *b, size_t m, int level)
{
	bool reset = false;
	size_t i;

	for (i = m; i-- > 0;) {
		if (FRIBIDI_IS_SEPARATOR(b->types[i]))
			reset = true;
		else if (!FRIBIDI_IS_EXPLICIT_OR_BN_OR_WS(b->types[i]) &&
		    !FRIBIDI_IS_ISOLATE(b->types[i]))
			reset = false;
		if (reset)
			b->levels[i] = (FriBidiLevel)level;
	}
}

void
levels_resolve(struct bidi *b, size_t m, bool isolates, int *level)
{
	struct work w = { .b = b };
	struct stretch s;
	unsigned raise;
	size_t i, k;

	if (!isolates) {
		if (*level < 0)
			*level = MAX(first_strong(b, 0, m), 0);
		call_fribidi(b->types, b->brackets, m, *level, b->levels);
		return;
	}
	match_isolates(&w, m);
	if (*level < 0)
		*level = MAX(first_strong(b, 0, m), 0);
	*VEC_PUSH(&w.todo) = (struct stretch){ 0, (uint32_t)m,
	    (unsigned)*level };
	while (w.todo.n > 0) {
		s = w.todo.v[--w.todo.n];
		k = gather_stretch(&w, &s);
		call_fribidi(b->part_types, b->part_brackets, k,
		    (int)s.level, b->part_levels);
		raise = s.level & ~1u;
		for (i = 0; i < k; i++)
			b->levels[b->part_of[i]] = (FriBidiLevel)
			    ((unsigned char)b->part_levels[i] + raise);
	}
	separators(b, m, *level);
	free(w.todo.v);
	free(w.open.v);
}
