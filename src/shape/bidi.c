/*
 * The bidirectional algorithm (UAX #9) through FriBidi.
 *
 * Isolates for spans, ranges and signed numbers must act as if the author
 * had typed RLI ... PDI, yet the text must stay as it is: it is what is
 * extracted and searched. So the controls are put into the array of types
 * that is analysed, and their levels dropped when it is mapped back.
 *
 * What the author typed must not upset them: an LRI never closed inside a
 * span would take our PDI for its own and leave the span open to the end of
 * the paragraph, and a stray PDI would close the span. Both are mended
 * here, by a PDI more and by an ignored one.
 */
#include "shape/internal.h"

#include <stdlib.h>
#include <string.h>

#define NOWHERE UINT32_MAX

static void
reserve(struct bidi *b, size_t n)
{
	if (n <= b->cap)
		return;
	b->cap = MAX(n, b->cap + b->cap / 2);
	b->types = xrealloc(b->types, b->cap * sizeof(*b->types));
	b->brackets = xrealloc(b->brackets, b->cap * sizeof(*b->brackets));
	b->levels = xrealloc(b->levels, b->cap * sizeof(*b->levels));
	b->from = xrealloc(b->from, b->cap * sizeof(*b->from));
	b->match = xrealloc(b->match, b->cap * sizeof(*b->match));
	b->part_types = xrealloc(b->part_types,
	    b->cap * sizeof(*b->part_types));
	b->part_brackets = xrealloc(b->part_brackets,
	    b->cap * sizeof(*b->part_brackets));
	b->part_levels = xrealloc(b->part_levels,
	    b->cap * sizeof(*b->part_levels));
	b->part_of = xrealloc(b->part_of, b->cap * sizeof(*b->part_of));
}

void
bidi_free(struct bidi *b)
{
	free(b->types);
	free(b->brackets);
	free(b->levels);
	free(b->from);
	free(b->match);
	free(b->part_types);
	free(b->part_brackets);
	free(b->part_levels);
	free(b->part_of);
}

static size_t
put(struct bidi *b, size_t m, FriBidiCharType t, FriBidiBracketType br,
    uint32_t from)
{
	b->types[m] = t;
	b->brackets[m] = br;
	b->from[m] = from;
	return m + 1;
}

static size_t
put_open(struct bidi *b, size_t m, uint8_t kind)
{
	switch (kind) {
	case ISOLATE_LTR:
		return put(b, m, FRIBIDI_TYPE_LRI, FRIBIDI_NO_BRACKET,
		    NOWHERE);
	case ISOLATE_RTL:
		return put(b, m, FRIBIDI_TYPE_RLI, FRIBIDI_NO_BRACKET,
		    NOWHERE);
	case ISOLATE_NUMBER:
		m = put(b, m, FRIBIDI_TYPE_RLI, FRIBIDI_NO_BRACKET, NOWHERE);
		return put(b, m, FRIBIDI_TYPE_AL, FRIBIDI_NO_BRACKET, NOWHERE);
	default:
		return put(b, m, FRIBIDI_TYPE_FSI, FRIBIDI_NO_BRACKET,
		    NOWHERE);
	}
}

static bool
opens_isolate(FriBidiCharType t)
{
	return t == FRIBIDI_TYPE_LRI || t == FRIBIDI_TYPE_RLI ||
	    t == FRIBIDI_TYPE_FSI;
}

/* An isolate of ours that is open, and the author's open within it. */
struct open {
	uint32_t end;
	uint32_t inner;
};

static FriBidiCharType
type_of(const struct prop *p, bool lines)
{
	/* A line end inside a paragraph is a space to the algorithm; the
	 * line breaker sees to the rest. */
	if (lines && p->type == FRIBIDI_TYPE_BS)
		return FRIBIDI_TYPE_WS;
	return p->type;
}

/* The array to be analysed; returns its length. */
static size_t
with_isolates(struct bidi *b, struct props *props, const uint32_t *cps,
    size_t n, const struct isolates *is, bool lines)
{
	struct { struct open *v; size_t n, cap; } stack = {0};
	struct open *top;
	const struct prop *p;
	FriBidiCharType t;
	size_t i, k = 0, m = 0, room;

	/* Three entries an isolate, and a PDI for each the author left open:
	 * never more than he typed. */
	room = n * 2 + is->n * 3 + 1;
	reserve(b, room);
	for (i = 0; i <= n; i++) {
		while (stack.n > 0 && stack.v[stack.n - 1].end == i) {
			top = &stack.v[--stack.n];
			while (top->inner-- > 0)
				m = put(b, m, FRIBIDI_TYPE_PDI,
				    FRIBIDI_NO_BRACKET, NOWHERE);
			m = put(b, m, FRIBIDI_TYPE_PDI, FRIBIDI_NO_BRACKET,
			    NOWHERE);
		}
		if (i == n)
			break;
		while (k < is->n && is->v[k].start == i) {
			*VEC_PUSH(&stack) = (struct open){ is->v[k].end, 0 };
			m = put_open(b, m, is->v[k++].kind);
		}
		p = prop_of(props, cps[i]);
		t = type_of(p, lines);
		if (stack.n > 0 && opens_isolate(t)) {
			stack.v[stack.n - 1].inner++;
		} else if (stack.n > 0 && t == FRIBIDI_TYPE_PDI) {
			if (stack.v[stack.n - 1].inner == 0)
				t = FRIBIDI_TYPE_BN;
			else
				stack.v[stack.n - 1].inner--;
		}
		m = put(b, m, t, p->bracket, (uint32_t)i);
	}
	free(stack.v);
	return m;
}

/* Without isolates of ours; true if the author typed some. */
static bool
plain(struct bidi *b, struct props *props, const uint32_t *cps, size_t n,
    bool lines)
{
	const struct prop *p;
	bool isolates = false;
	size_t i;

	reserve(b, n);
	for (i = 0; i < n; i++) {
		p = prop_of(props, cps[i]);
		b->types[i] = type_of(p, lines);
		b->brackets[i] = p->bracket;
		isolates |= FRIBIDI_IS_ISOLATE(b->types[i]) != 0;
	}
	return isolates;
}

/*
 * Most paragraphs of a Persian book hold letters of one direction and
 * neutrals. Their levels follow from X-N rules at sight: with no number, no
 * control and no letter of the other direction every neutral and every
 * separator (W6) takes the embedding direction.
 */
static bool
is_uniform(const struct bidi *b, size_t n, int level)
{
	FriBidiCharType t;
	size_t i;

	for (i = 0; i < n; i++) {
		t = b->types[i];
		if (FRIBIDI_IS_EXPLICIT(t) || FRIBIDI_IS_ISOLATE(t))
			return false;
		if (level == 1 && (t == FRIBIDI_TYPE_LTR ||
		    t == FRIBIDI_TYPE_EN || t == FRIBIDI_TYPE_AN))
			return false;
		/* Left to right, W7 makes European numbers letters. */
		if (level == 0 && (t == FRIBIDI_TYPE_RTL ||
		    t == FRIBIDI_TYPE_AL || t == FRIBIDI_TYPE_AN))
			return false;
	}
	return true;
}

/* L1, part 4: the white space that the line ends with. */
static void
trailing(struct props *props, const uint32_t *cps, size_t n, bool lines,
    int level, int8_t *levels)
{
	FriBidiCharType t;

	while (n > 0) {
		t = type_of(prop_of(props, cps[n - 1]), lines);
		if (!FRIBIDI_IS_EXPLICIT_OR_SEPARATOR_OR_BN_OR_WS(t) &&
		    !FRIBIDI_IS_ISOLATE(t))
			break;
		levels[--n] = (int8_t)level;
	}
}

/* Map the levels back; edges leave theirs with what follows them. */
static void
without_isolates(const struct bidi *b, size_t m, int8_t *levels,
    uint8_t *edges)
{
	uint8_t edge = SHAPE_NO_EDGE;
	size_t i;

	for (i = 0; i < m; i++) {
		if (b->from[i] == NOWHERE) {
			edge = MIN(edge, (uint8_t)b->levels[i]);
			continue;
		}
		levels[b->from[i]] = b->levels[i];
		edges[b->from[i]] = edge;
		edge = SHAPE_NO_EDGE;
	}
}

void
bidi_levels(struct bidi *b, struct props *props, const uint32_t *cps,
    size_t n, const struct isolates *is, bool lines, int *level,
    int8_t *levels, uint8_t *edges)
{
	bool isolates = true;
	size_t m = n;

	if (n == 0) {
		*level = MAX(*level, 0);
		return;
	}
	if (is != NULL && is->n > 0) {
		m = with_isolates(b, props, cps, n, is, lines);
	} else {
		is = NULL;
		isolates = plain(b, props, cps, n, lines);
		if (*level >= 0 && !isolates && is_uniform(b, n, *level)) {
			memset(levels, *level, n);
			return;
		}
	}
	levels_resolve(b, m, isolates, level);
	if (is == NULL)
		memcpy(levels, b->levels, n);
	else
		without_isolates(b, m, levels, edges);
	trailing(props, cps, n, lines, *level, levels);
}

/* ------------------------------------------------------------ reordering */

static void
reverse(uint32_t *v, size_t i, size_t j)
{
	uint32_t t;

	while (i + 1 < j) {
		t = v[i];
		v[i++] = v[--j];
		v[j] = t;
	}
}

/*
 * An isolate's edge counts as a character of its level. The rule stops at
 * the lowest odd level of the line; going down to 1 is the same, since what
 * is left would turn the whole line round an even number of times, and needs
 * no knowledge of levels that only edges have.
 */
void
shape_reorder(const uint8_t *levels, const uint8_t *edges, size_t n,
    uint32_t *order)
{
	unsigned level, high = 0;
	size_t i, j;

	for (i = 0; i < n; i++) {
		order[i] = (uint32_t)i;
		high = MAX(high, levels[i]);
	}
	for (level = high; level >= 1; level--) {
		for (i = 0; i < n; i = MAX(j, i + 1)) {
			for (j = i; j < n && levels[j] >= level; j++)
				if (j > i && edges != NULL &&
				    edges[j] < level)
					break;
			reverse(order, i, j);
		}
	}
}

void
shape_bidi(struct shape_ctx *c, const uint32_t *cps, size_t n, int *level,
    int8_t *levels, uint32_t *visual, size_t *nvisual)
{
	uint8_t *kept;
	uint32_t *order, *where;
	size_t i, k = 0;

	bidi_levels(&c->bidi, &c->props, cps, n, NULL, false, level, levels,
	    NULL);
	kept = xmalloc(n + 1);
	order = xmalloc((n + 1) * sizeof(*order));
	where = xmalloc((n + 1) * sizeof(*where));
	for (i = 0; i < n; i++) {
		if (prop_of(&c->props, cps[i])->flags & P_REMOVED) {
			levels[i] = -1;
			continue;
		}
		where[k] = (uint32_t)i;
		kept[k++] = (uint8_t)levels[i];
	}
	shape_reorder(kept, NULL, k, order);
	for (i = 0; i < k; i++)
		visual[i] = where[order[i]];
	*nvisual = k;
	free(kept);
	free(order);
	free(where);
}
