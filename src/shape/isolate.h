/*
 * What isolate.c and number.c share: a walk over a piece's characters that
 * gathers isolates.
 */
#ifndef SHAPE_ISOLATE_H
#define SHAPE_ISOLATE_H

#include "shape/internal.h"

struct scan {
	struct shape_ctx *c;
	struct piece *pc;
	const struct shape_span *spans;
	const struct shape_rules *rules;
	struct isolates *out;
	uint32_t *home;		/* of a span: the isolating one it is in, + 1 */
	uint8_t *rtl;		/* direction inside a home; [0] the paragraph */
	bool latin;		/* the last strong letter was left to right */
};

static inline bool
isolates(const struct scan *s, unsigned kind)
{
	return (s->rules->isolate & kind) != 0;
}

/* Returned until the next is added. */
static inline struct isolate *
add_isolate(struct scan *s, size_t start, size_t end, uint8_t kind)
{
	uint32_t serial = (uint32_t)s->out->n;
	struct isolate *is = VEC_PUSH(s->out);

	*is = (struct isolate){ (uint32_t)start, (uint32_t)end, serial, kind,
	    false };
	return is;
}

static inline uint32_t
cp_at(const struct scan *s, size_t i)
{
	return i < s->pc->n ? s->pc->cps[i] : 0;
}

static inline uint32_t
home_at(const struct scan *s, size_t i)
{
	return s->home[s->pc->ch[i].span];
}

/* May a match that began at `from` take in character i? */
static inline bool
inside(const struct scan *s, size_t from, size_t i)
{
	const struct ch *ch = s->pc->ch;

	return i < s->pc->n && (ch[i].span == ch[from].span ||
	    (home_at(s, i) == home_at(s, from) &&
	    !s->spans[ch[i].span].code));
}

static inline bool
is_digit_at(const struct scan *s, size_t from, size_t i)
{
	return inside(s, from, i) && (s->pc->ch[i].flags & P_DIGIT);
}

static inline bool
is_latin_at(const struct scan *s, size_t from, size_t i)
{
	return inside(s, from, i) &&
	    (s->pc->ch[i].flags & (P_LTR | P_LETTER)) == (P_LTR | P_LETTER);
}

static inline bool
is_space(uint32_t cp)
{
	return cp == ' ' || cp == 0xa0 || cp == 0x2009 || cp == 0x202f;
}

/* number.c: does a number, or its sign or bracket, begin at i? */
bool number_begins(const struct scan *s, size_t i);
/* Isolate the number that begins at i, as the rules ask; where to go on. */
size_t number_isolate(struct scan *s, size_t i);

#endif
