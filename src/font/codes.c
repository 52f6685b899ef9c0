/*
 * Keys of an embedded font and the two-byte codes they get.
 *
 * A page's content stream holds codes, and a page that an edit elsewhere did
 * not touch must keep its bytes. So a code may not depend on how many keys
 * came before: it is the first free slot from the key's own hash, in a table
 * filled in an order of the keys themselves. A key that comes or goes then
 * moves only those it collides with.
 *
 * The table has the least power of two of slots that leaves it at least
 * half empty. All 65,535 slots always would make codes independent of the
 * number of keys too; but CIDToGIDMap has two bytes a slot and /W, which
 * libharu writes uncompressed, a number a gap. What is paid: as the keys of
 * a book pass a power of two, all codes change once.
 */
#include "font/private.h"

#include <stdlib.h>
#include <string.h>

#define CODES_LEAST 256		/* slots; code 0 is never given */
#define CODES_MOST 65536
#define SLOTS_LEAST 1024

/* ---------------------------------------------------------------- hashing */

static uint64_t
mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 32;
}

/* Words are put together by value, so that byte order does not matter. */
static uint64_t
key_hash(const struct font_key *k, int32_t advance)
{
	const struct font_part *p;
	uint64_t h = HASH_SEED;
	size_t i;

	h = mix(h, (uint64_t)(uint32_t)advance | (uint64_t)k->nparts << 32 |
	    (uint64_t)k->ncps << 48);
	for (i = 0; i < k->nparts; i++) {
		p = &k->parts[i];
		h = mix(h, (uint64_t)p->gid | (uint64_t)(uint16_t)p->dx << 16 |
		    (uint64_t)(uint16_t)p->dy << 32 |
		    (uint64_t)p->xscale << 48);
	}
	for (i = 0; i < k->ncps; i++)
		h = mix(h, k->cps[i]);
	return mix(h, 0);
}

static int
cmp(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

int
key_compare_drawing(const struct key *a, const struct key *b)
{
	const struct font_part *p, *q;
	size_t i;
	int d;

	if ((d = cmp(a->nparts, b->nparts)) != 0)
		return d;
	for (i = 0; i < a->nparts; i++) {
		p = &a->parts[i];
		q = &b->parts[i];
		if ((d = cmp(p->gid, q->gid)) != 0 ||
		    (d = cmp(p->dx, q->dx)) != 0 ||
		    (d = cmp(p->dy, q->dy)) != 0 ||
		    (d = cmp(p->xscale, q->xscale)) != 0)
			return d;
	}
	return cmp(a->advance, b->advance);
}

int
key_compare(const struct key *a, const struct key *b)
{
	size_t i;
	int d;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if ((d = key_compare_drawing(a, b)) != 0 ||
	    (d = cmp(a->ncps, b->ncps)) != 0)
		return d;
	for (i = 0; i < a->ncps; i++)
		if ((d = cmp(key_cps(a)[i], key_cps(b)[i])) != 0)
			return d;
	return 0;
}

/* -------------------------------------------------------------- interning */

static bool
key_is(const struct key *k, const struct font_key *f, int32_t advance)
{
	return k->advance == advance && k->nparts == f->nparts &&
	    k->ncps == f->ncps &&
	    (f->nparts == 0 || memcmp(k->parts, f->parts,
	    f->nparts * sizeof(*f->parts)) == 0) &&
	    (f->ncps == 0 || memcmp(key_cps(k), f->cps,
	    f->ncps * sizeof(*f->cps)) == 0);
}

static void
grow_slots(struct font_embed *e)
{
	size_t n = e->mask + 1, i, at;

	free(e->slots);
	e->mask = n * 2 - 1;
	e->slots = xcalloc(n * 2, sizeof(*e->slots));
	for (i = 0; i < e->nkeys; i++) {
		at = e->keys[i]->hash & e->mask;
		while (e->slots[at] != 0)
			at = (at + 1) & e->mask;
		e->slots[at] = (e->keys[i]->hash & ~(uint64_t)UINT32_MAX) |
		    (i + 1);
	}
}

static struct key *
key_new(struct font_embed *e, const struct font_key *f, int32_t advance,
    uint64_t hash)
{
	size_t parts = f->nparts * sizeof(*f->parts);
	struct key *k;

	k = arena_alloc(&e->arena, sizeof(*k) + parts +
	    f->ncps * sizeof(*f->cps));
	k->hash = hash;
	k->advance = advance;
	k->nparts = (uint16_t)f->nparts;
	k->ncps = (uint8_t)f->ncps;
	if (f->nparts > 0)
		memcpy(k->parts, f->parts, parts);
	if (f->ncps > 0)
		memcpy((char *)(k + 1) + parts, f->cps,
		    f->ncps * sizeof(*f->cps));
	return k;
}

struct font_embed *
font_embed_open(struct font_face *f)
{
	struct font_embed *e = xcalloc(1, sizeof(*e));

	e->face = f;
	e->mask = SLOTS_LEAST - 1;
	e->slots = xcalloc(SLOTS_LEAST, sizeof(*e->slots));
	return e;
}

uint32_t
font_embed_key(struct font_embed *e, const struct font_key *f)
{
	struct font_key k = *f;
	int32_t advance = MAX(0, MIN(f->advance, UINT16_MAX));
	uint64_t hash, s;
	size_t at;

	/* No cluster of a language is as long: see the shaper's limits. */
	k.nparts = MIN(k.nparts, UINT16_MAX);
	k.ncps = MIN(k.ncps, UINT8_MAX);
	hash = key_hash(&k, advance);
	for (at = hash & e->mask; (s = e->slots[at]) != 0;
	    at = (at + 1) & e->mask)
		if ((s ^ hash) >> 32 == 0 &&
		    key_is(e->keys[(uint32_t)s - 1], &k, advance))
			return (uint32_t)s - 1;
	vec_grow((void **)&e->keys, &e->cap, e->nkeys + 1, sizeof(*e->keys));
	e->keys[e->nkeys++] = key_new(e, &k, advance, hash);
	e->slots[at] = (hash & ~(uint64_t)UINT32_MAX) | e->nkeys;
	if (e->nkeys * 2 > e->mask)
		grow_slots(e);
	return (uint32_t)(e->nkeys - 1);
}

/* ------------------------------------------------------------------ codes */

void
codes_assign(const struct key *const *keys, size_t n, uint16_t *codes)
{
	uint8_t *taken;
	size_t size = CODES_LEAST, i, at;

	while (size < CODES_MOST && size < 2 * n)
		size *= 2;
	taken = xcalloc(size, 1);
	taken[0] = 1;
	for (i = 0; i < n; i++) {
		at = keys[i]->hash & (size - 1);
		while (taken[at])
			at = (at + 1) & (size - 1);
		taken[at] = 1;
		codes[i] = (uint16_t)at;
	}
	free(taken);
}
