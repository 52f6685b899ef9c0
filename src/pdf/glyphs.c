/*
 * Clusters -> codes of the embedded fonts.
 *
 * Every reader takes right-to-left text as drawn, left to right on the page,
 * and turns it round itself; a code that stands for two right-to-left
 * letters comes out with them swapped. So each code says one code point,
 * and the font carries what the text must not: a cluster's letter, marks,
 * offsets and kashida are one composite glyph of the subset, and the code
 * points it has besides the first are blank glyphs to its left, for whose
 * width its outline is moved left.
 *
 * A book has millions of clusters and a few thousand different ones, so
 * each is looked up by its bytes: text, glyphs, direction.
 */
#include "pdf/internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Code points of a cluster that are told apart; what is beyond is not a
 * letter with marks but an attack on the reader's patience. */
#define MAX_CPS 32
#define ALM 0x061c
#define LRM 0x200e
#define RLM 0x200f
#define TATWEEL 0x640

struct pdf_slot {
	uint64_t hash;
	const struct pdf_codes *codes;	/* NULL: free */
	const char *text;
	const struct shape_glyph *glyphs;
	uint32_t face;
	uint16_t len, n;
	unsigned flags;
};

struct pdf_face *
pdf_face(struct pdf_glyphs *g, struct font_face *face)
{
	size_t i = (size_t)font_index(face), n;
	struct pdf_face *f;

	if (i >= g->nfaces) {
		n = i + 8;
		g->faces = xrealloc(g->faces, n * sizeof(*g->faces));
		memset(g->faces + g->nfaces, 0,
		    (n - g->nfaces) * sizeof(*g->faces));
		g->nfaces = n;
	}
	if (g->faces[i] != NULL)
		return g->faces[i];
	f = g->faces[i] = ARENA_NEW(&g->arena, struct pdf_face);
	f->face = face;
	f->index = (uint32_t)i;
	f->upem = font_metrics(face)->upem;
	f->embed = font_embed_open(face);
	return f;
}

void
pdf_glyphs_free(struct pdf_glyphs *g)
{
	size_t i;

	for (i = 0; i < g->nfaces; i++) {
		if (g->faces[i] == NULL)
			continue;
		pdf_font_drop(g->faces[i]);
		free(g->faces[i]->uses);
		free(g->faces[i]->seen);
		free(g->faces[i]->moved);
		font_embed_close(g->faces[i]->embed);
		free(g->faces[i]->spaces);
		free(g->faces[i]->final);
	}
	free(g->faces);
	free(g->slots);
	arena_free(&g->arena);
}

/* Thousandths of an em in font units, at least one. */
static int
em_part(const struct pdf_face *f, int thousandths)
{
	return MAX(1, (f->upem * thousandths + 500) / 1000);
}

static uint32_t
intern(struct pdf_face *f, const struct font_part *parts, size_t nparts,
    int advance, const uint32_t *cps, size_t ncps)
{
	struct font_key k = { parts, nparts, advance, cps, ncps };
	uint32_t key = font_embed_key(f->embed, &k);

	if (key >= f->nkeys)
		f->nkeys = key + 1;
	return key;
}

/* A glyph that shows nothing, made when first asked for. */
static uint32_t
blank(struct pdf_face *f, uint32_t *kept, uint32_t cp)
{
	if (*kept == 0)
		*kept = 1 + intern(f, NULL, 0, em_part(f, PDF_BLANK), &cp, 1);
	return *kept - 1;
}

uint32_t
pdf_rlm(struct pdf_face *f)
{
	return blank(f, &f->rlm, RLM);
}

uint32_t
pdf_lrm(struct pdf_face *f)
{
	return blank(f, &f->lrm, LRM);
}

uint32_t
pdf_space(struct pdf_face *f, uint32_t cp, int adv, bool alm)
{
	uint32_t cps[2] = { ALM, cp };
	size_t at = (size_t)adv * 2 + alm, n;

	if (cp != ' ')
		return intern(f, NULL, 0, adv, alm ? cps : cps + 1,
		    alm ? 2 : 1);
	if (at >= f->nspaces) {
		n = at + 512;
		f->spaces = xrealloc(f->spaces, n * sizeof(*f->spaces));
		memset(f->spaces + f->nspaces, 0,
		    (n - f->nspaces) * sizeof(*f->spaces));
		f->nspaces = n;
	}
	if (f->spaces[at] == 0)
		f->spaces[at] = 1 + intern(f, NULL, 0, adv,
		    alm ? cps : cps + 1, alm ? 2 : 1);
	return f->spaces[at] - 1;
}

bool
pdf_is_control(uint32_t cp)
{
	return cp == 0x200e || cp == RLM || cp == ALM ||
	    (cp >= 0x202a && cp <= 0x202e) ||
	    (cp >= 0x2066 && cp <= 0x2069) || cp == 0xfeff;
}

/* What extractors never see is left out: bidi controls say nothing that
 * the order on the page does not, a tatweel that a letter carries is none of
 * the word. */
static size_t
read_text(const char *text, size_t len, unsigned flags,
    uint32_t cps[MAX_CPS])
{
	size_t i = 0, n = 0;
	uint32_t cp;

	while (i < len && n < MAX_CPS) {
		cp = utf8_next(text, len, &i);
		if (!pdf_is_control(cp) && (cp != TATWEEL || n == 0 ||
		    !(flags & PDF_CARRY)))
			cps[n++] = cp;
	}
	return n;
}

static bool
is_slight(uint32_t cp)
{
	return uni_is_mark(cp) || uni_is_default_ignorable(cp);
}

/* Which code point the visible glyph is: the first but for a ZWNJ or a mark
 * that stands before its letter. */
static size_t
visible_of(const uint32_t *cps, size_t n)
{
	size_t i = 0;

	while (i < n && is_slight(cps[i]))
		i++;
	return i < n ? i : 0;
}

/*
 * Widths of the blanks for all but cps[visible]: returns their sum, which
 * never takes the whole of the cluster.
 */
static int
blank_widths(const struct pdf_face *f, int width, const uint32_t *cps,
    size_t n, size_t visible, int *blanks)
{
	int slight = em_part(f, PDF_BLANK), left, sum = 0, letters = 1;
	size_t i;

	assert(n > 0);
	left = width;
	for (i = 0; i < n; i++) {
		if (i == visible)
			continue;
		if (is_slight(cps[i]))
			left -= slight;
		else
			letters++;
	}
	if (left < 2 * letters) {
		/* A cluster hardly wider than its blanks: even shares. */
		slight = width > (int)n ? width / (int)n : 0;
		left = width - slight * ((int)n - letters);
	}
	for (i = 0; i < n; i++) {
		blanks[i] = i == visible ? 0 : is_slight(cps[i]) ? slight :
		    left > 0 ? left / letters : 0;
		sum += blanks[i];
	}
	return sum;
}

struct keys {
	uint32_t v[MAX_CPS];
	size_t n;
	int adv;
};

static void
add_key(struct keys *k, uint32_t key)
{
	if (k->n < NELEM(k->v))
		k->v[k->n++] = key;
}

/* One glyph of its own for the whole cluster, blanks beside it. */
static void
compose(struct pdf_face *f, const uint32_t *cps, size_t ncps,
    const struct shape_glyph *gl, size_t n, unsigned flags, struct keys *out)
{
	struct font_part local[16], *parts = local;
	int blanks[MAX_CPS], sum, pen = 0, width = 0;
	size_t shown = visible_of(cps, ncps), i, np = 0;
	uint32_t first[2] = { ALM, cps[shown] };
	uint32_t visible;

	for (i = 0; i < n; i++)
		width += gl[i].adv;
	sum = blank_widths(f, width, cps, ncps, shown, blanks);
	/* The outline goes back over the blanks on its left. */
	for (i = 0; i < ncps; i++)
		if (flags & PDF_RTL ? i > shown : i < shown)
			pen -= blanks[i];
	if (n > NELEM(local))
		parts = xmalloc(n * sizeof(*parts));
	for (i = 0; i < n; i++) {
		int dx = pen + gl[i].dx;

		/* Glyph 0 must not be shown by that number: moved by one
		 * unit it becomes a glyph of its own. */
		parts[np++] = (struct font_part){ gl[i].gid,
			(int16_t)(gl[i].gid == 0 && dx == 0 ? 1 : dx),
			gl[i].dy, gl[i].xscale };
		pen += gl[i].adv;
	}
	visible = intern(f, parts, np, width - sum,
	    flags & PDF_ALM ? first : first + 1, flags & PDF_ALM ? 2 : 1);
	for (i = 0; i < ncps; i++) {
		size_t at = flags & PDF_RTL ? ncps - 1 - i : i;

		add_key(out, at == shown ? visible :
		    intern(f, NULL, 0, blanks[at], &cps[at], 1));
	}
	out->adv = width;
	if (parts != local)
		free(parts);
}

/*
 * Left-to-right text of plain glyphs needs none: kerning becomes an
 * adjustment, which its readers expect.
 */
static bool
is_plain(const struct pdf_face *f, const struct shape_glyph *gl, size_t n,
    size_t ncps, unsigned flags)
{
	if (n != 1 || ncps != 1 || gl->gid == 0 || gl->dx != 0 ||
	    gl->dy != 0 || gl->xscale != 0x4000)
		return false;
	return !(flags & PDF_RTL) || gl->adv == font_advance(f->face, gl->gid);
}

static const struct pdf_codes *
make_codes(struct pdf_glyphs *g, struct pdf_face *f, const char *text,
    size_t len, const struct shape_glyph *gl, size_t n, unsigned flags)
{
	uint32_t cps[MAX_CPS] = { 0 };
	struct keys k = { .n = 0 };
	struct pdf_codes *out;
	size_t ncps = read_text(text, len, flags, cps);
	uint32_t both[2] = { ALM, cps[0] };
	bool alm = flags & PDF_ALM;

	if (ncps == 0) {
		;	/* only controls: nothing to draw */
	} else if (n == 0) {
		add_key(&k, pdf_space(f, cps[0], 0, false));
	} else if (is_plain(f, gl, n, ncps, flags)) {
		struct font_part part = { gl->gid, 0, 0, 0x4000 };

		k.adv = font_advance(f->face, gl->gid);
		add_key(&k, intern(f, &part, 1, k.adv, alm ? both : both + 1,
		    alm ? 2 : 1));
	} else {
		compose(f, cps, ncps, gl, n, flags, &k);
	}
	out = arena_alloc(&g->arena, sizeof(*out) + k.n * sizeof(*k.v));
	out->nkeys = (uint16_t)k.n;
	out->adv = k.adv;
	memcpy(out->keys, k.v, k.n * sizeof(*k.v));
	return out;
}

/* -------------------------------------------------------------- lookup */

static void
grow(struct pdf_glyphs *g)
{
	size_t cap = g->cslots == 0 ? 4096 : g->cslots * 2, i, at;
	struct pdf_slot *slots = xcalloc(cap, sizeof(*slots));

	for (i = 0; i < g->cslots; i++) {
		if (g->slots[i].codes == NULL)
			continue;
		for (at = g->slots[i].hash & (cap - 1);
		    slots[at].codes != NULL; at = (at + 1) & (cap - 1))
			;
		slots[at] = g->slots[i];
	}
	free(g->slots);
	g->slots = slots;
	g->cslots = cap;
}

const struct pdf_codes *
pdf_cluster(struct pdf_glyphs *g, struct pdf_face *f, const char *text,
    size_t len, const struct shape_glyph *gl, size_t n, unsigned flags)
{
	uint64_t h = (uint64_t)f->index << 48 | (uint64_t)flags << 40 |
	    (uint64_t)n << 20 | len;
	struct pdf_slot *s;
	size_t at;

	len = MIN(len, 0xffff);
	n = MIN(n, 0xffff);
	if (g->nslots * 2 >= g->cslots)
		grow(g);
	h = hash_fast(hash_fast(h * 0x9e3779b97f4a7c15u, text, len), gl, n *
	    sizeof(*gl));
	for (at = h & (g->cslots - 1);; at = (at + 1) & (g->cslots - 1)) {
		s = &g->slots[at];
		if (s->codes == NULL)
			break;
		if (s->hash == h && s->len == len && s->n == n &&
		    s->flags == flags && s->face == f->index &&
		    memcmp(s->text, text, len) == 0 &&
		    memcmp(s->glyphs, gl, n * sizeof(*gl)) == 0)
			return s->codes;
	}
	s->hash = h;
	s->len = (uint16_t)len;
	s->n = (uint16_t)n;
	s->flags = flags;
	s->face = f->index;
	s->text = arena_strn(&g->arena, text, len);
	s->glyphs = arena_dup(&g->arena, gl, n * sizeof(*gl));
	g->nslots++;
	return s->codes = make_codes(g, f, text, len, gl, n, flags);
}
