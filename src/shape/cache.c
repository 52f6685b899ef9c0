/*
 * Words that were shaped before.
 *
 * A Persian book says the same few thousand words over and over. Between
 * two spaces a word comes out the same wherever it stands, provided that
 * the face's rules never look across a space; so its clusters and glyphs
 * are kept under its characters, face, features, language and what kashida
 * depends on, and copied when it comes again. Only breaks differ from place
 * to place, and they are put on the copy.
 *
 * Whether the face looks across spaces is asked of the face: its lookups
 * must not name the space glyph in input or context, must not skip over
 * bases (a mark then meets one of the word before: FarsiWeb's shadda and
 * fatha do), and a probe of every letter beside a space must not be called
 * unsafe to break there (a class of "all other glyphs" is named nowhere).
 *
 * Off unless shape_ctx_cache() switches it on: what a result costs would
 * else depend on what was shaped before it. The result itself does not.
 */
#include "shape/internal.h"

#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

#define ZWNJ 0x200cu
#define WORD_MAX 48u			/* characters; longer ones are rare */
#define CACHE_MAX ((size_t)24 << 20)	/* bytes, then it begins anew */

struct word_entry {
	struct word_entry *next;
	uint64_t hash;
	uint64_t kashida;		/* what was asked */
	uint32_t plan;			/* its index */
	uint32_t ncps, nclusters, nglyphs;
	bool has_kashida;
	const uint32_t *cps;
	const struct shape_cluster *clusters;
	const struct shape_glyph *glyphs;
};

/* ----------------------------------------------------------- is it allowed? */

static unsigned
u16_at(const char *p, unsigned len, size_t off)
{
	const unsigned char *s = (const unsigned char *)p;

	return off + 2 <= len ? (unsigned)s[off] << 8 | s[off + 1] : 0;
}

/*
 * Does any of these lookups skip over bases or ligatures? HarfBuzz does
 * not tell a lookup's flag, so it is read from the table (OpenType, Layout
 * common tables: LookupList at 8, offsets, then type and flag).
 */
static bool
skips_bases(hb_face_t *face, hb_tag_t tag, const hb_set_t *lookups)
{
	hb_blob_t *blob = hb_face_reference_table(face, tag);
	hb_codepoint_t i = HB_SET_VALUE_INVALID;
	unsigned len, list;
	const char *p = hb_blob_get_data(blob, &len);
	bool skips = false;

	list = u16_at(p, len, 8);
	while (!skips && hb_set_next(lookups, &i))
		skips = u16_at(p, len, list + u16_at(p, len,
		    list + 2 + 2 * (size_t)i) + 2) & 0x6;
	hb_blob_destroy(blob);
	return skips;
}

/* Do the plan's lookups in a table keep to one side of a space? */
static bool
keeps_apart(const struct plan *pl, hb_tag_t tag)
{
	hb_set_t *lookups = hb_set_create(), *glyphs = hb_set_create();
	hb_codepoint_t i = HB_SET_VALUE_INVALID;
	bool apart;

	hb_ot_shape_plan_collect_lookups(pl->plan, tag, lookups);
	apart = !skips_bases(pl->face, tag, lookups);
	while (apart && hb_set_next(lookups, &i)) {
		hb_ot_layout_lookup_collect_glyphs(pl->face, tag, i, glyphs,
		    glyphs, glyphs, NULL);
		apart = !hb_set_has(glyphs, pl->space);
	}
	hb_set_destroy(lookups);
	hb_set_destroy(glyphs);
	return apart;
}

/* Every letter, joined and not, with spaces round it. */
static bool
probe(struct shape_ctx *c, struct plan *pl, const struct font_face *f)
{
	struct { uint32_t *v; size_t n, cap; } cps = {0};
	const hb_glyph_info_t *info;
	unsigned n, i;
	uint32_t cp;
	bool safe = true;

	*VEC_PUSH(&cps) = ' ';
	for (cp = 0x21; cp < 0x700; cp++) {
		if (!font_has(f, cp) || uni_is_mark(cp))
			continue;
		*VEC_PUSH(&cps) = cp;
		*VEC_PUSH(&cps) = ' ';
		*VEC_PUSH(&cps) = cp;
		*VEC_PUSH(&cps) = cp;
		*VEC_PUSH(&cps) = ' ';
	}
	shape_chars(c, pl, f, cps.v, cps.n, 0, cps.n, NULL, 0);
	info = hb_buffer_get_glyph_infos(c->buf, &n);
	for (i = 0; i < n; i++)
		if ((cps.v[info[i].cluster] == ' ' || (info[i].cluster > 0 &&
		    cps.v[info[i].cluster - 1] == ' ')) &&
		    hb_glyph_info_get_glyph_flags(&info[i]) &
		    HB_GLYPH_FLAG_UNSAFE_TO_BREAK)
			safe = false;
	free(cps.v);
	return safe;
}

/* May words of this plan be kept? Also sets the plan's space. */
static bool
is_allowed(struct shape_ctx *c, struct plan *pl, const struct font_face *f)
{
	if (pl->words != 0)
		return pl->words > 0;
	pl->words = -1;
	pl->space = font_glyph(f, ' ');
	pl->space_adv = font_advance(f, pl->space);
	if (pl->space == 0 || pl->space_adv <= 0 ||
	    !keeps_apart(pl, HB_OT_TAG_GSUB) ||
	    !keeps_apart(pl, HB_OT_TAG_GPOS) || !probe(c, pl, f))
		return false;
	pl->words = 1;
	return true;
}

/* ------------------------------------------------------------------- table */

void
cache_free(struct cache *k)
{
	arena_free(&k->a);
	free(k->slots);
	*k = (struct cache){ .on = k->on };
}

static struct word_entry **
slot_of(struct cache *k, uint64_t hash)
{
	return &k->slots[(hash ^ hash >> 32) & (k->nslots - 1)];
}

static void
grow(struct cache *k)
{
	struct word_entry **old = k->slots, *e, *next;
	size_t i, n = k->nslots;

	k->nslots = n == 0 ? 1024 : 2 * n;
	k->slots = xcalloc(k->nslots, sizeof(*k->slots));
	for (i = 0; i < n; i++) {
		for (e = old[i]; e != NULL; e = next) {
			next = e->next;
			e->next = *slot_of(k, e->hash);
			*slot_of(k, e->hash) = e;
		}
	}
	free(old);
}

static const struct word_entry *
lookup(struct cache *k, uint64_t hash, uint32_t plan, uint64_t kashida,
    const uint32_t *cps, uint32_t n)
{
	const struct word_entry *e;

	if (k->nslots == 0)
		return NULL;
	for (e = *slot_of(k, hash); e != NULL; e = e->next)
		if (e->hash == hash && e->plan == plan &&
		    e->kashida == kashida && e->ncps == n &&
		    memcmp(e->cps, cps, n * sizeof(*cps)) == 0)
			return e;
	return NULL;
}

/* Keep the last word of the output, from cluster k0 and glyph g0 on. */
static void
store(struct shape_ctx *c, uint64_t hash, uint32_t plan, uint64_t kashida,
    const uint32_t *cps, uint32_t n, size_t k0, size_t g0)
{
	struct cache *k = &c->cache;
	struct word_entry *e;
	struct shape_cluster *cl;
	uint32_t i;

	if (k->a.used > CACHE_MAX)
		cache_free(k);
	if (k->n >= k->nslots)
		grow(k);
	e = ARENA_NEW(&k->a, struct word_entry);
	*e = (struct word_entry){
		.next = *slot_of(k, hash), .hash = hash, .plan = plan,
		.kashida = kashida, .ncps = n,
		.nclusters = (uint32_t)(c->clusters.n - k0),
		.nglyphs = (uint32_t)(c->glyphs.n - g0),
	};
	e->cps = arena_dup(&k->a, cps, n * sizeof(*cps));
	e->glyphs = arena_dup(&k->a, c->glyphs.v + g0,
	    e->nglyphs * sizeof(*e->glyphs));
	cl = arena_dup(&k->a, c->clusters.v + k0,
	    e->nclusters * sizeof(*cl));
	for (i = 0; i < e->nclusters; i++) {
		cl[i].flags &= (uint16_t)~(SHAPE_BREAK | SHAPE_FORCED);
		e->has_kashida |= cl[i].flags & SHAPE_KASHIDA;
	}
	e->clusters = cl;
	*slot_of(k, hash) = e;
	k->n++;
}

/* -------------------------------------------------------------------- runs */

/* The words of a run, one after another. */
struct walk {
	struct shape_ctx *c;
	struct piece *pc;
	struct shape_run *r;
	const struct shape_rules *rules;
	struct plan *pl;
	uint32_t plan;
	uint64_t kashida;
};

/*
 * Only plain runs: nothing unseen but ZWNJ inside words, no mark after a
 * space, no «الله» that some feature is put off for.
 */
static bool
is_plain(struct shape_ctx *c, const struct piece *pc, const struct item *it)
{
	const struct ch *ch = pc->ch;
	bool inside = false;
	uint32_t i;

	for (i = it->start; i < it->end; i++) {
		if (ch[i].flags & (P_MARK | P_UNSEEN | P_CONTROL)) {
			if (!inside || (!(ch[i].flags & P_MARK) &&
			    pc->cps[i] != ZWNJ))
				return false;
		} else if (pc->cps[i] == 0x644 &&
		    allah_ends(c, pc->cps, i, it->end) != i) {
			return false;
		}
		inside = pc->cps[i] != ' ';
	}
	return true;
}

/* Does what stands beside the run look into its first or last word? */
static bool
is_apart(const struct piece *pc, size_t i)
{
	return i >= pc->n || !(pc->ch[i].flags & (P_LETTER | P_MARK |
	    P_UNSEEN));
}

static void
put_space(struct walk *w, uint32_t i)
{
	struct shape_ctx *c = w->c;
	struct shape_cluster *cl = VEC_PUSH(&c->clusters);

	*cl = (struct shape_cluster){ 1, 1, (uint16_t)(w->pc->ch[i].shape |
	    break_flags(c, w->pc, i)), w->pl->space_adv };
	*VEC_PUSH(&c->glyphs) = (struct shape_glyph){ (uint16_t)w->pl->space,
	    (int16_t)w->pl->space_adv, 0, 0, 0x4000 };
}

/* A copy of what is kept, with the breaks of this place. */
static void
put_entry(struct walk *w, const struct word_entry *e, uint32_t i)
{
	struct shape_ctx *c = w->c;
	uint32_t off = w->pc->ch[i].off, k;
	struct shape_cluster *cl;

	vec_grow((void **)&c->clusters.v, &c->clusters.cap,
	    c->clusters.n + e->nclusters, sizeof(*cl));
	vec_grow((void **)&c->glyphs.v, &c->glyphs.cap,
	    c->glyphs.n + e->nglyphs, sizeof(*c->glyphs.v));
	cl = c->clusters.v + c->clusters.n;
	memcpy(cl, e->clusters, e->nclusters * sizeof(*cl));
	memcpy(c->glyphs.v + c->glyphs.n, e->glyphs,
	    e->nglyphs * sizeof(*e->glyphs));
	c->clusters.n += e->nclusters;
	c->glyphs.n += e->nglyphs;
	c->has_kashida |= e->has_kashida;
	cl->flags |= break_flags(c, w->pc, i);
	for (k = 1; k < e->nclusters; k++) {
		off += cl[k - 1].len;
		if (w->pc->at[off] != BREAK_NONE)
			cl[k].flags |= w->pc->at[off] == BREAK_FORCED ?
			    SHAPE_BREAK | SHAPE_FORCED : SHAPE_BREAK;
	}
}

static void
put_word(struct walk *w, uint32_t start, uint32_t end, uint64_t hash)
{
	struct shape_ctx *c = w->c;
	const struct word_entry *e = NULL;
	struct item it = { start, end };
	size_t k0 = c->clusters.n, g0 = c->glyphs.n;
	bool keep = end - start <= WORD_MAX && is_apart(w->pc, end) &&
	    (start == 0 || is_apart(w->pc, start - 1));

	if (keep)
		e = lookup(&c->cache, hash, w->plan, w->kashida,
		    w->pc->cps + start, end - start);
	if (e != NULL) {
		put_entry(w, e, start);
		return;
	}
	shape_and_gather(c, w->pc, &it, w->r, w->pl, w->rules);
	if (keep)
		store(c, hash, w->plan, w->kashida, w->pc->cps + start,
		    end - start, k0, g0);
}

/* Like hash_bytes(), a character at a time. */
static uint64_t
hash_char(uint64_t h, uint64_t cp)
{
	return (h ^ cp) * 0x9e3779b97f4a7c15u;
}

/* All of the rules that places of kashida depend on; 0: none is looked
 * for. */
static uint64_t
kashida_key(const struct shape_rules *r)
{
	uint64_t key = 1u + (uint64_t)MAX(0, MIN(r->kashida_min_letters, 254));
	size_t i;

	for (i = 0; i < SHAPE_NPLACES; i++)
		key = key << 4 | (r->kashida_priority[i] & 15u);
	return key << 8 | (r->kashida_never & 255u);
}

bool
shape_words(struct shape_ctx *c, struct piece *pc, const struct item *it,
    struct shape_run *r, struct plan *pl, const struct shape_rules *rules)
{
	struct walk w = { .c = c, .pc = pc, .r = r, .rules = rules, .pl = pl };
	uint64_t seed, hash;
	uint32_t i, start;

	if (!c->cache.on || shape_tracking(r) != 0 ||
	    !is_allowed(c, pl, r->face) || !is_plain(c, pc, it))
		return false;
	w.plan = (uint32_t)(pl - c->plans);
	if (rules != NULL && rules->kashida && !r->style->no_kashida &&
	    !r->style->nastaliq)
		w.kashida = kashida_key(rules);
	seed = hash_char(hash_char(HASH_SEED, w.plan), w.kashida);
	for (i = it->start; i < it->end; i++) {
		if (pc->cps[i] == ' ') {
			put_space(&w, i);
			continue;
		}
		hash = seed;
		for (start = i; i < it->end && pc->cps[i] != ' '; i++)
			hash = hash_char(hash, pc->cps[i]);
		put_word(&w, start, i, hash);
		i--;
	}
	return true;
}

void
shape_ctx_cache(struct shape_ctx *c, bool on)
{
	if (!on)
		cache_free(&c->cache);
	c->cache.on = on;
}
