/*
 * From the keys of a face to the font programs of a PDF.
 *
 * A TrueType face is subset by HarfBuzz over the glyphs that keys draw
 * with; drawings that are no plain glyph are then appended as composites.
 * Everything else, CFF faces and files that HarfBuzz cannot subset, is
 * drawn anew as a CFF font from the outlines HarfBuzz reads.
 *
 * A PDF needs no names, layout tables or character map in a font that is
 * asked by glyph number, and hinting would pull composites apart: all of it
 * is dropped.
 */
#include "base/messages.h"
#include "font/private.h"

#include <stdlib.h>
#include <string.h>

#define CODES_MAX 60000		/* a program; beyond, probing gets slow */
#define SCALE_ONE 0x4000

static const char *const dropped[] = { "GSUB", "GPOS", "GDEF", "BASE", "JSTF",
    "MATH", "kern", "name", "cmap", "OS/2", "post", "gasp", "DSIG", "hdmx",
    "VDMX", "LTSH", "PCLT", "vhea", "vmtx", "VORG", "fvar", "gvar", "avar",
    "cvar", "HVAR", "VVAR", "MVAR", "STAT", "COLR", "CPAL", "SVG ", "meta",
    "cvt ", "fpgm", "prep" };

/* ---------------------------------------------------------------- subset */

/* The glyphs that the keys draw with. */
static hb_set_t *
glyphs_of(const struct font_face *f, const struct key *const *keys, size_t n)
{
	hb_set_t *glyphs = hb_set_create();
	size_t i, j;

	hb_set_add(glyphs, 0);
	for (i = 0; i < n; i++)
		for (j = 0; j < keys[i]->nparts; j++)
			if (keys[i]->parts[j].gid < f->nglyphs)
				hb_set_add(glyphs, keys[i]->parts[j].gid);
	/* OS/2 may forbid subsets: then all glyphs go along. */
	if ((f->fs_type & 0x0100) != 0)
		hb_set_add_range(glyphs, 0, f->nglyphs - 1);
	return glyphs;
}

static hb_subset_plan_t *
subset_plan(const struct font_face *f, const hb_set_t *glyphs)
{
	hb_subset_input_t *in = hb_subset_input_create_or_fail();
	hb_subset_plan_t *plan;
	hb_set_t *tables;
	const char *t;
	size_t i;

	if (in == NULL)
		return NULL;
	hb_set_set(hb_subset_input_glyph_set(in), glyphs);
	tables = hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (i = 0; i < NELEM(dropped); i++) {
		t = dropped[i];
		hb_set_add(tables, HB_TAG(t[0], t[1], t[2], t[3]));
	}
	/* A missing glyph is printed as .notdef's box. */
	hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_NO_HINTING |
	    HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
	plan = hb_subset_plan_create_or_fail(f->hb_face, in);
	hb_subset_input_destroy(in);
	return plan;
}

/*
 * The subset as it reads from its bytes: tables of a face that comes
 * straight out of HarfBuzz 6.0's subsetter cannot be listed.
 */
static hb_face_t *
subset_face(hb_subset_plan_t *plan)
{
	hb_face_t *sub, *face;
	hb_blob_t *blob;

	sub = plan != NULL ? hb_subset_plan_execute_or_fail(plan) : NULL;
	if (sub == NULL)
		return NULL;
	blob = hb_face_reference_blob(sub);
	face = hb_face_create(blob, 0);
	hb_blob_destroy(blob);
	hb_face_destroy(sub);
	return face;
}

static void
subset_free(struct subset *s)
{
	hb_set_destroy(s->glyphs);
	hb_subset_plan_destroy(s->plan);
	hb_face_destroy(s->face);
	memset(s, 0, sizeof(*s));
}

/* That of all the keys draw with: the last one, or a new one. */
static void
subset_for(struct subset *s, const struct font_face *f,
    const struct key *const *keys, size_t n)
{
	hb_set_t *glyphs = glyphs_of(f, keys, n);

	if (s->glyphs != NULL && hb_set_is_equal(s->glyphs, glyphs)) {
		hb_set_destroy(glyphs);
		return;
	}
	subset_free(s);
	s->glyphs = glyphs;
	s->plan = subset_plan(f, glyphs);
	s->face = subset_face(s->plan);
}

/* -------------------------------------------------------------- drawings */

/* Drawn by the face's own glyph just as it stands? */
static bool
is_simple(const struct font_face *f, const struct key *k)
{
	const struct font_part *p = k->parts;

	return k->nparts == 1 && p->dx == 0 && p->dy == 0 &&
	    p->xscale == SCALE_ONE && p->gid < f->nglyphs &&
	    hb_font_get_glyph_h_advance(f->hb, p->gid) == k->advance;
}

/* A key that needs a glyph of its own, and its place in the program. */
struct wanted {
	const struct key *key;
	size_t at;
};

static int
compare_wanted(const void *a, const void *b)
{
	const struct wanted *x = a, *y = b;
	int d = key_compare_drawing(x->key, y->key);

	return d != 0 ? d : (x->at > y->at) - (x->at < y->at);
}

static unsigned
new_gid(const hb_map_t *map, unsigned gid)
{
	hb_codepoint_t to = hb_map_get(map, gid);

	return to == HB_MAP_VALUE_INVALID ? 0 : to;
}

/*
 * Composites of the keys that are not simple, each drawing once, in the
 * order of the drawings; `gids` gets the glyph of every key. Parts are
 * renumbered for the subset and live in `a`.
 */
static size_t
make_drawings(const struct font_face *f, struct arena *a,
    const struct key *const *keys, size_t n, const hb_map_t *map,
    unsigned first, struct drawing *out, uint32_t *gids)
{
	struct wanted *w = ARENA_ARRAY(a, struct wanted, MAX(n, 1));
	struct font_part *parts;
	const struct key *k;
	size_t i, j, nw = 0, nout = 0;

	for (i = 0; i < n; i++) {
		if (is_simple(f, keys[i]))
			gids[i] = new_gid(map, keys[i]->parts[0].gid);
		else
			w[nw++] = (struct wanted){ keys[i], i };
	}
	qsort(w, nw, sizeof(*w), compare_wanted);
	for (i = 0; i < nw; i++) {
		k = w[i].key;
		if (i == 0 || key_compare_drawing(w[i - 1].key, k) != 0) {
			parts = arena_dup(a, k->parts,
			    k->nparts * sizeof(*parts));
			for (j = 0; j < k->nparts; j++)
				parts[j].gid = (uint16_t)new_gid(map,
				    parts[j].gid);
			out[nout++] = (struct drawing){ parts, k->nparts,
			    k->advance };
		}
		gids[w[i].at] = first + (uint32_t)nout - 1;
	}
	return nout;
}

/* -------------------------------------------------------------- programs */

/* What one program is made from and into. */
struct job {
	const struct font_face *face;
	const struct key *const *keys;	/* in order */
	size_t n;
	uint16_t *codes;		/* of each key */
	uint32_t *gids;
	hb_blob_t *blob;
	bool cff;
	unsigned nglyphs;
};

static int
compare_numbers(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The keys that have a code, in the order of the codes: code << 16 | key. How
 * many they are. */
static size_t
by_code(const struct job *j, struct arena *a, uint32_t **out)
{
	uint32_t *v = *out = ARENA_ARRAY(a, uint32_t, j->n);
	size_t i, n = 0;

	for (i = 0; i < j->n; i++)
		if (j->codes[i] != 0)
			v[n++] = (uint32_t)j->codes[i] << 16 | (uint32_t)i;
	qsort(v, n, sizeof(*v), compare_numbers);
	return n;
}

/* As CFF, a glyph a code: its CID says the code, so no map is needed. */
static bool
make_cff(struct job *j)
{
	struct arena a = {0};
	struct drawing *v = ARENA_ARRAY(&a, struct drawing, j->n);
	uint16_t *cids = ARENA_ARRAY(&a, uint16_t, j->n);
	uint32_t *order;
	const struct key *k;
	size_t i, n = by_code(j, &a, &order);

	for (i = 0; i < n; i++) {
		k = j->keys[order[i] & UINT16_MAX];
		v[i] = (struct drawing){ k->parts, k->nparts, k->advance };
		cids[i] = (uint16_t)(order[i] >> 16);
		j->gids[order[i] & UINT16_MAX] = (uint32_t)i + 1;
	}
	j->blob = cff_make(j->face->hb, j->face->ps_name, v, cids, n);
	j->cff = true;
	j->nglyphs = (unsigned)n + 1;
	arena_free(&a);
	return j->blob != NULL;
}

/* As TrueType; false also where 65,535 glyphs do not do. */
static bool
make_glyf(struct job *j, struct subset *s)
{
	struct arena a = {0};
	struct drawing *v = ARENA_ARRAY(&a, struct drawing, j->n);
	size_t n;

	subset_for(s, j->face, j->keys, j->n);
	if (s->face != NULL) {
		j->nglyphs = hb_face_get_glyph_count(s->face);
		n = make_drawings(j->face, &a, j->keys, j->n,
		    hb_subset_plan_old_to_new_glyph_mapping(s->plan),
		    j->nglyphs, v, j->gids);
		j->blob = glyf_extend(s->face, v, n);
		j->nglyphs += (unsigned)n;
	}
	arena_free(&a);
	return j->blob != NULL;
}

/* Six letters of the contents: the same font gets the same name. */
static const char *
subset_name(struct arena *a, const char *ps_name, const void *p, size_t n)
{
	uint64_t h = hash_fast(HASH_SEED, p, n);
	char tag[7] = "";
	int i;

	for (i = 0; i < 6; i++) {
		tag[i] = (char)('A' + h % 26);
		h /= 26;
	}
	return arena_printf(a, "%s+%s", tag, ps_name);
}

static void
fill_program(struct font_embed *e, struct program *p, const struct job *j)
{
	struct arena a = {0};
	struct font_code *c;
	const struct key *k;
	unsigned size;
	uint32_t *order;
	size_t i, n = by_code(j, &a, &order);

	p->blob = j->blob;
	p->out.data = (const uint8_t *)hb_blob_get_data(j->blob, &size);
	p->out.size = size;
	p->out.cff = j->cff;
	p->out.nglyphs = (int)j->nglyphs;
	p->out.name = subset_name(&e->made, e->face->ps_name, p->out.data,
	    size);
	p->out.codes = c = ARENA_ARRAY(&e->made, struct font_code, j->n);
	p->out.ncodes = j->n;
	for (i = 0; i < n; i++) {
		k = j->keys[order[i] & UINT16_MAX];
		c->code = (uint16_t)(order[i] >> 16);
		c->gid = (uint16_t)j->gids[order[i] & UINT16_MAX];
		c->advance = k->advance;
		c->cps = key_cps(k);
		c->ncps = k->ncps;
		c++;
	}
	arena_free(&a);
}

/* ---------------------------------------------------------------- finish */

/* Keys in order, and back to their numbers. */
struct ranked {
	const struct key *key;
	uint32_t number;
};

static int
compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	return key_compare(x->key, y->key);
}

static void
drop_programs(struct font_embed *e)
{
	size_t i;

	for (i = 0; i < e->nprograms; i++)
		hb_blob_destroy(e->programs[i].blob);
	free(e->programs);
	e->programs = NULL;
	e->nprograms = 0;
}

/*
 * Share the keys out to `nprograms` programs, in order and evenly. False if
 * one of them cannot hold its glyphs; nothing is kept then.
 */
static bool
make_programs(struct font_embed *e, const struct ranked *ranked, size_t n,
    size_t nprograms, bool cff)
{
	const struct key **keys = xcalloc(n, sizeof(*keys));
	uint16_t *codes = xcalloc(n, sizeof(*codes));
	uint32_t *gids = xcalloc(n, sizeof(*gids));
	struct job j;
	size_t i, k, from, to;
	bool ok = true;

	for (i = 0; i < n; i++)
		keys[i] = ranked[i].key;
	e->programs = xcalloc(nprograms, sizeof(*e->programs));
	for (i = 0; i < nprograms && ok; i++) {
		from = i * n / nprograms;
		to = (i + 1) * n / nprograms;
		j = (struct job){ .face = e->face, .keys = keys + from,
		    .n = to - from, .codes = codes + from,
		    .gids = gids + from };
		codes_assign(j.keys, j.n, j.codes);
		ok = cff ? make_cff(&j) : make_glyf(&j, &e->subset);
		if (!ok)
			break;
		fill_program(e, &e->programs[i], &j);
		for (k = from; k < to; k++) {
			e->code_of[ranked[k].number] = codes[k];
			e->program_of[ranked[k].number] = (uint8_t)i;
		}
		e->nprograms++;
	}
	if (!ok)
		drop_programs(e);
	free(keys);
	free(codes);
	free(gids);
	return ok;
}

/* Programs of `n` keys. */
static void
share_out(struct font_embed *e, const struct ranked *ranked, size_t n)
{
	size_t least = (n + CODES_MAX - 1) / CODES_MAX;

	e->whole = false;
	if (e->face->glyf) {
		/* Once more with smaller shares, for 60,000 composites and
		 * the glyphs they are made of are too many for one. */
		e->whole = make_programs(e, ranked, n, least, false) ||
		    make_programs(e, ranked, n, least + 1, false);
		e->unsubset = !e->whole;
	}
	if (!e->whole && least <= UINT8_MAX)
		e->whole = make_programs(e, ranked, n, least, true);
}

static bool
used_as_before(const struct font_embed *e, const uint32_t *uses)
{
	size_t i;

	for (i = 0; i < e->nkeys; i++)
		if ((uses == NULL || uses[i] != 0) != (i < e->nused &&
		    e->used[i]))
			return false;
	return e->nused > 0;
}

static void
make_anew(struct font_embed *e, const uint32_t *uses)
{
	struct ranked *ranked = xcalloc(e->nkeys, sizeof(*ranked));
	size_t i, n = 0;

	drop_programs(e);
	arena_reset(&e->made);
	e->nused = e->nkeys;
	e->used = xrealloc(e->used, e->nkeys * sizeof(*e->used));
	free(e->code_of);
	free(e->program_of);
	e->code_of = xcalloc(e->nkeys, sizeof(*e->code_of));
	e->program_of = xcalloc(e->nkeys, sizeof(*e->program_of));
	for (i = 0; i < e->nkeys; i++) {
		e->used[i] = uses == NULL || uses[i] != 0;
		if (e->used[i])
			ranked[n++] = (struct ranked){ e->keys[i],
				(uint32_t)i };
	}
	qsort(ranked, n, sizeof(*ranked), compare_ranked);
	e->whole = true;
	e->unsubset = false;
	if (n > 0)
		share_out(e, ranked, n);
	free(ranked);
}

bool
font_embed_finish_used(struct font_embed *e, const uint32_t *uses,
    bool *anew, struct diag *dg)
{
	font_set_report(e->face->set, dg, NOPOS);
	*anew = false;
	if (!face_ready(e->face))
		return false;
	if (e->nkeys == 0)
		return true;
	*anew = !used_as_before(e, uses);
	if (*anew)
		make_anew(e, uses);
	if (e->unsubset)
		diag_add(dg, NOPOS, FNT_SUBSET, e->face->entry->path);
	return e->whole;
}

bool
font_embed_finish(struct font_embed *e, struct diag *dg)
{
	bool anew;

	return font_embed_finish_used(e, NULL, &anew, dg);
}

size_t
font_embed_nprograms(const struct font_embed *e)
{
	return e->nprograms;
}

const struct font_program *
font_embed_program(const struct font_embed *e, size_t i)
{
	return &e->programs[i].out;
}

void
font_embed_code(const struct font_embed *e, uint32_t key, size_t *program,
    uint16_t *code)
{
	*program = e->program_of[key];
	*code = e->code_of[key];
}

void
font_embed_close(struct font_embed *e)
{
	if (e == NULL)
		return;
	drop_programs(e);
	subset_free(&e->subset);
	free(e->used);
	arena_free(&e->made);
	free(e->keys);
	free(e->slots);
	free(e->code_of);
	free(e->program_of);
	arena_free(&e->arena);
	free(e);
}
