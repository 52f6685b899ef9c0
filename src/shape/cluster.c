/*
 * HarfBuzz, and its glyphs gathered into clusters.
 *
 * HarfBuzz is asked for clusters as fine as it has them (MONOTONE_
 * CHARACTERS), because the PDF needs to know which letter each glyph came
 * from. They are then joined to what a line, a kashida or a reader may not
 * part: a base with its marks, a ligature, and what is not seen with what
 * stands before it.
 *
 * HarfBuzz gives glyphs from left to right, so a right-to-left run's come
 * last letter first. Clusters here are in logical order, and so are their
 * glyphs; only inside a cluster do the glyphs stand from left to right.
 * Since HarfBuzz never interleaves clusters, a cluster's glyphs are always
 * one stretch of its buffer, which is all that has to be remembered.
 */
#include "shape/internal.h"

#include <stdlib.h>
#include <string.h>

#define CLUSTER_MAX 255u	/* bytes and glyphs: both counted in a byte */

/* ------------------------------------------------------------------ plans */

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
plan_is(const struct plan *pl, hb_face_t *face, uint32_t script,
    hb_direction_t dir, const char *lang, const char *features)
{
	return pl->face == face && (uint32_t)pl->props.script == script &&
	    pl->props.direction == dir && same(pl->lang, lang) &&
	    same(pl->features, features);
}

/* "ss01,-liga": what HarfBuzz cannot read is left out. */
static void
read_features(struct plan *pl, const char *s)
{
	hb_feature_t f;
	size_t n;

	while (*s != '\0') {
		n = strcspn(s, ",");
		if (n > 0 && hb_feature_from_string(s, (int)n, &f)) {
			pl->feat = xrealloc(pl->feat,
			    (pl->nfeat + 2) * sizeof(*pl->feat));
			pl->feat[pl->nfeat++] = f;
		}
		s += n + (s[n] == ',');
	}
}

/* Without the list HarfBuzz would give faces with Graphite tables to that
 * engine, whose clusters and positions are its own. */
static const char *const shapers[] = { "ot", NULL };

struct plan *
plan_get(struct shape_ctx *c, const struct font_face *f, uint32_t script,
    bool rtl, const char *lang, const char *features)
{
	hb_direction_t dir = rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR;
	hb_font_t *font = font_hb(f);
	struct plan *pl;
	hb_face_t *face;
	size_t i;

	if (font == NULL)
		return NULL;
	face = hb_font_get_face(font);
	if (c->last_plan < c->nplans && plan_is(&c->plans[c->last_plan], face,
	    script, dir, lang, features))
		return &c->plans[c->last_plan];
	for (i = 0; i < c->nplans; i++) {
		if (plan_is(&c->plans[i], face, script, dir, lang, features)) {
			c->last_plan = i;
			return &c->plans[i];
		}
	}
	vec_grow((void **)&c->plans, &c->plans_cap, c->nplans + 1,
	    sizeof(*c->plans));
	c->last_plan = c->nplans++;
	pl = &c->plans[c->last_plan];
	memset(pl, 0, sizeof(*pl));
	pl->face = hb_face_reference(face);
	pl->props.direction = dir;
	pl->props.script = (hb_script_t)script;
	pl->props.language = hb_language_from_string(lang == NULL ? "" : lang,
	    -1);
	pl->lang = lang == NULL ? NULL : xstrdup(lang);
	pl->features = features == NULL ? NULL : xstrdup(features);
	if (features != NULL)
		read_features(pl, features);
	pl->plan = hb_shape_plan_create(face, &pl->props, pl->feat, pl->nfeat,
	    shapers);
	return pl;
}

void
plans_free(struct shape_ctx *c)
{
	size_t i;

	for (i = 0; i < c->nplans; i++) {
		hb_shape_plan_destroy(c->plans[i].plan);
		hb_face_destroy(c->plans[i].face);
		free(c->plans[i].lang);
		free(c->plans[i].features);
		free(c->plans[i].feat);
	}
	free(c->plans);
}

/* ---------------------------------------------------------------- shaping */

void
shape_chars(struct shape_ctx *c, struct plan *pl, const struct font_face *f,
    const uint32_t *cps, size_t n, size_t start, size_t end,
    const hb_feature_t *extra, unsigned nextra)
{
	struct { hb_feature_t *v; size_t n, cap; } feat = {0};
	unsigned i;

	hb_buffer_clear_contents(c->buf);
	hb_buffer_add_codepoints(c->buf, cps, (int)n, (unsigned)start,
	    (int)(end - start));
	hb_buffer_set_segment_properties(c->buf, &pl->props);
	hb_buffer_set_flags(c->buf,
	    HB_BUFFER_FLAG_PRODUCE_SAFE_TO_INSERT_TATWEEL |
	    (start == 0 ? HB_BUFFER_FLAG_BOT : 0) |
	    (end == n ? HB_BUFFER_FLAG_EOT : 0));
	if (nextra == 0) {
		hb_shape_plan_execute(pl->plan, font_hb(f), c->buf, pl->feat,
		    pl->nfeat);
		return;
	}
	for (i = 0; i < pl->nfeat; i++)
		*VEC_PUSH(&feat) = pl->feat[i];
	for (i = 0; i < nextra; i++)
		*VEC_PUSH(&feat) = extra[i];
	hb_shape_full(font_hb(f), c->buf, feat.v, (unsigned)feat.n, shapers);
	free(feat.v);
}

/* ------------------------------------------------------------------ «الله» */

#define LAM 0x644
#define HEH 0x647

static size_t
over_marks(struct shape_ctx *c, const uint32_t *cps, size_t i, size_t end,
    bool *marks)
{
	while (i < end && prop_of(&c->props, cps[i])->flags & P_MARK) {
		*marks = true;
		i++;
	}
	return i;
}

size_t
allah_ends(struct shape_ctx *c, const uint32_t *cps, size_t i, size_t end)
{
	bool marks = false;
	size_t k;

	if (cps[i] != LAM)
		return i;
	k = over_marks(c, cps, i + 1, end, &marks);
	if (k >= end || cps[k] != LAM)
		return i;
	k = over_marks(c, cps, k + 1, end, &marks);
	if (k >= end || cps[k] != HEH)
		return i;
	k = over_marks(c, cps, k + 1, end, &marks);
	return marks ? k : i;
}

/*
 * Parastoo's ligature of «لله» (feature rlig) puts the marks of one letter
 * under another: «اللهِ» has its kasra under the alef. Without the ligature
 * they stand right; but rlig makes lam-alef too, so that it is put off for
 * these letters alone. Features' ranges are in cluster values.
 */
const hb_feature_t *
without_allah(struct shape_ctx *c, const struct font_face *f,
    const uint32_t *cps, size_t start, size_t end, unsigned *n)
{
	size_t i, k;

	c->features.n = 0;
	if (strcmp(font_family(f), "Parastoo") == 0) {
		for (i = start; i < end; i++) {
			if (cps[i] != LAM)
				continue;
			k = allah_ends(c, cps, i, end);
			if (k == i)
				continue;
			*VEC_PUSH(&c->features) = (hb_feature_t){
			    HB_TAG('r', 'l', 'i', 'g'), 0, (unsigned)i,
			    (unsigned)k };
			i = k - 1;
		}
	}
	*n = (unsigned)c->features.n;
	return c->features.v;
}

/* ------------------------------------------------------------- gathering */

struct gather {
	struct shape_ctx *c;
	struct piece *pc;
	const hb_glyph_info_t *info;
	const hb_glyph_position_t *pos;
	struct shape_run *run;
	unsigned space;			/* the face's space glyph */
	bool rtl;
	uint32_t last;			/* first character of the last cluster */
	size_t nth;			/* clusters of the run so far */
};

static int16_t
small(hb_position_t v)
{
	return (int16_t)MAX(INT16_MIN, MIN(INT16_MAX, v));
}

/*
 * Room for a run of `nchars` characters and `n` glyphs: never more clusters
 * than characters.
 */
static void
reserve(struct shape_ctx *c, uint32_t nchars, uint32_t n)
{
	vec_grow((void **)&c->clusters.v, &c->clusters.cap,
	    c->clusters.n + nchars, sizeof(*c->clusters.v));
	vec_grow((void **)&c->glyphs.v, &c->glyphs.cap, c->glyphs.n + n,
	    sizeof(*c->glyphs.v));
	if (nchars + 1 > c->first_cap) {
		c->first_cap = nchars + nchars / 2 + 256;
		c->first = xrealloc(c->first,
		    c->first_cap * sizeof(*c->first));
		c->safe = xrealloc(c->safe, c->first_cap);
	}
}

/*
 * A glyph for something unseen? HarfBuzz hides a default ignorable by the
 * space glyph without its advance, which no real space is.
 */
static bool
is_hidden(const struct gather *g, uint32_t i)
{
	uint32_t flags;

	if (g->info[i].codepoint == g->space && g->pos[i].x_advance == 0)
		return true;
	flags = g->pc->ch[g->info[i].cluster].flags;
	return (flags & (P_UNSEEN | P_CONTROL)) == (P_UNSEEN | P_CONTROL);
}

/* Write glyph i of the buffer at `out` and count it in. */
static void
put_glyph(const struct gather *g, struct shape_cluster *cl,
    struct shape_glyph *out, uint32_t i)
{
	const hb_glyph_position_t *pos = &g->pos[i];

	out->gid = (uint16_t)g->info[i].codepoint;
	out->adv = small(pos->x_advance);
	out->dx = small(pos->x_offset);
	out->dy = small(pos->y_offset);
	out->xscale = 0x4000;
	cl->adv += out->adv;
	cl->nglyph++;
	if (out->gid == 0)
		cl->flags |= SHAPE_MISSING;
}

/*
 * Add glyphs [g0, g1) of the buffer to the last cluster. In a right-to-left
 * run what comes later in the text stands to the left.
 */
static void
put_glyphs(struct gather *g, struct shape_cluster *cl, uint32_t g0,
    uint32_t g1)
{
	struct shape_glyph *first = g->c->glyphs.v + g->c->glyphs.n -
	    cl->nglyph, *out = first + cl->nglyph;
	uint32_t had = cl->nglyph, n = 0, i;

	for (i = g0; i < g1; i++)
		n += !is_hidden(g, i);
	if (g->rtl && had > 0 && n > 0) {
		memmove(first + n, first, had * sizeof(*first));
		out = first;
	}
	for (i = g0; i < g1; i++)
		if (!is_hidden(g, i))
			put_glyph(g, cl, out++, i);
	g->c->glyphs.n += n;
}

static struct shape_cluster *
new_cluster(struct gather *g, uint32_t first, uint32_t len, uint32_t flags)
{
	struct shape_ctx *c = g->c;
	struct shape_cluster *cl = &c->clusters.v[c->clusters.n++];

	cl->len = (uint8_t)len;
	cl->nglyph = 0;
	cl->flags = (uint16_t)flags;
	cl->adv = 0;
	c->first[g->nth] = first;
	c->safe[g->nth++] = 0;
	g->last = first;
	return cl;
}

/*
 * A cluster too large for its counters (a letter under hundreds of marks)
 * is cut: its text at characters, its glyphs as they come.
 */
static void
put_split(struct gather *g, uint32_t c0, uint32_t c1, uint32_t g0,
    uint32_t g1, uint32_t flags)
{
	const struct ch *ch = g->pc->ch;
	uint32_t end, left = g1 - g0, k;
	struct shape_cluster *cl;

	for (; c0 < c1; c0 = end) {
		for (end = c0 + 1; end < c1 &&
		    ch[end + 1].off - ch[c0].off <= CLUSTER_MAX; end++)
			;
		cl = new_cluster(g, c0, ch[end].off - ch[c0].off, flags);
		flags &= ~(unsigned)(SHAPE_BREAK | SHAPE_FORCED);
		k = MIN(left, CLUSTER_MAX);
		left -= k;
		if (g->rtl)
			put_glyphs(g, cl, g1 - k, g1);
		else
			put_glyphs(g, cl, g0, g0 + k);
		g0 += k;
		g1 -= k;
	}
}

/*
 * Do characters [c0, c1), of which `seen` is the first that is no control,
 * belong to the cluster before them, being a mark or not seen at all?
 */
static bool
joins(const struct gather *g, uint32_t c0, uint32_t seen, uint32_t c1,
    uint32_t nglyphs)
{
	const struct ch *ch = g->pc->ch, *last = &ch[g->last];
	const struct shape_cluster *cl;

	if (g->nth == 0 || (ch[seen].flags | last->flags) & P_CONTROL)
		return false;
	/* A mark after a space stands alone, or the space could not be
	 * stretched. */
	if (!(ch[seen].flags & P_UNSEEN) && last->flags & (P_BLANK | P_UNSEEN))
		return false;
	cl = &g->c->clusters.v[g->c->clusters.n - 1];
	return cl->len + (ch[c1].off - ch[c0].off) <= CLUSTER_MAX &&
	    cl->nglyph + nglyphs <= CLUSTER_MAX;
}

uint16_t
break_flags(struct shape_ctx *c, const struct piece *pc, uint32_t i)
{
	unsigned at = MAX(c->held, pc->at[pc->ch[i].off]);

	c->held = BREAK_NONE;
	return at == BREAK_FORCED ? SHAPE_BREAK | SHAPE_FORCED :
	    at == BREAK_ALLOWED ? SHAPE_BREAK : 0;
}

/* The first of characters [c0, c1) that is seen; the last if none is. */
static uint32_t
first_seen(const struct piece *pc, uint32_t c0, uint32_t c1)
{
	while (c0 + 1 < c1 && pc->ch[c0].flags & P_UNSEEN)
		c0++;
	return c0;
}

/* Is there something to see after character `seen` of its cluster? A space
 * with a mark that HarfBuzz binds to it is no word space. */
static bool
is_more_seen(const struct piece *pc, uint32_t seen, uint32_t c1)
{
	while (++seen < c1)
		if (!(pc->ch[seen].flags & P_UNSEEN))
			return true;
	return false;
}

/* Characters [c0, c1) with glyphs [g0, g1): one of HarfBuzz's clusters. */
static void
take(struct gather *g, uint32_t c0, uint32_t c1, uint32_t g0, uint32_t g1)
{
	const struct ch *ch = &g->pc->ch[c0];
	uint32_t seen = first_seen(g->pc, c0, c1);
	uint32_t bytes = g->pc->ch[c1].off - ch->off, fl;
	uint32_t flags = g->pc->ch[seen].shape;
	struct shape_cluster *cl;

	if (g->pc->ch[seen].flags & (P_MARK | P_UNSEEN) &&
	    joins(g, c0, seen, c1, g1 - g0)) {
		cl = &g->c->clusters.v[g->c->clusters.n - 1];
		cl->len += (uint8_t)bytes;
		put_glyphs(g, cl, g0, g1);
		/* The break before a control goes to what follows it. */
		if (ch->flags & P_UNSEEN)
			g->c->held = MAX(g->c->held, g->pc->at[ch->off]);
		return;
	}
	if (flags & SHAPE_SPACE && is_more_seen(g->pc, seen, c1))
		flags &= ~(unsigned)SHAPE_SPACE;
	if (g->pc->at[ch->off] | g->c->held)
		flags |= break_flags(g->c, g->pc, c0);
	fl = g1 > g0 ? hb_glyph_info_get_glyph_flags(&g->info[g0]) : 0;
	if (fl & HB_GLYPH_FLAG_UNSAFE_TO_BREAK && g->nth > 0)
		flags |= SHAPE_UNSAFE;
	if (bytes > CLUSTER_MAX || g1 - g0 > CLUSTER_MAX) {
		put_split(g, c0, c1, g0, g1, flags);
		return;
	}
	cl = new_cluster(g, c0, bytes, flags);
	g->c->safe[g->nth - 1] =
	    (fl & HB_GLYPH_FLAG_SAFE_TO_INSERT_TATWEEL) != 0;
	if (g1 - g0 != 1) {
		put_glyphs(g, cl, g0, g1);
	} else if (!is_hidden(g, g0)) {
		put_glyph(g, cl, &g->c->glyphs.v[g->c->glyphs.n], g0);
		g->c->glyphs.n++;
	}
}

/*
 * Walk HarfBuzz's clusters in logical order. A cluster that has lost its
 * glyphs is part of the one before it, since values there only rise.
 */
static void
gather(struct gather *g, uint32_t start, uint32_t end, uint32_t n)
{
	const hb_glyph_info_t *info = g->info;
	uint32_t i, j, c0 = start, c1;

	reserve(g->c, end - start, n);
	if (n == 0) {
		/* A broken face, or nothing but what is deleted. */
		for (; c0 < end; c0++)
			take(g, c0, c0 + 1, 0, 0);
	} else if (g->rtl) {
		for (i = n; i > 0; i = j) {
			for (j = i - 1; j > 0 &&
			    info[j - 1].cluster == info[i - 1].cluster; j--)
				;
			c1 = j > 0 ? info[j - 1].cluster : end;
			take(g, c0, c1, j, i);
			c0 = c1;
		}
	} else {
		for (i = 0; i < n; i = j) {
			for (j = i + 1; j < n &&
			    info[j].cluster == info[i].cluster; j++)
				;
			c1 = j < n ? info[j].cluster : end;
			take(g, c0, c1, i, j);
			c0 = c1;
		}
	}
}

/* -------------------------------------------------------------------- run */

/*
 * Characters the face lacks but need not have: HarfBuzz makes its own
 * spaces and hides what is to be hidden, the rest is exchanged here.
 */
uint32_t
stand_in(const struct font_face *f, uint32_t cp, uint32_t flags)
{
	if (flags & P_CONTROL)
		return ' ';
	if ((cp == 0x2010 || cp == 0x2011) && !font_has(f, cp))
		return font_has(f, 0x2010) ? 0x2010 : '-';
	return cp;
}

static void
shape_object(struct shape_ctx *c, struct piece *pc, const struct item *it,
    struct shape_run *r, const struct shape_span *span)
{
	struct gather g = { .c = c, .pc = pc, .run = r };
	struct shape_cluster *cl;

	reserve(c, 1, 0);
	take(&g, it->start, it->end, 0, 0);
	cl = &c->clusters.v[c->clusters.n - 1];
	cl->flags |= SHAPE_OBJECT;
	cl->adv = span->width;
}

static sp
size_of(const struct shape_style *st, size_t face, uint32_t script)
{
	int scale = 1000;

	if (st->scale != NULL && st->scale[face] != 0)
		scale = st->scale[face];
	else if (st->scale != NULL && face > 0)
		scale = shape_scale(st->chain.v[0], st->chain.v[face],
		    script);
	return (sp)muldiv(st->size, scale, 1000);
}

static struct shape_run *
new_run(struct shape_ctx *c, const struct piece *pc, const struct item *it,
    const struct shape_para *p)
{
	const struct ch *ch = &pc->ch[it->start];
	const struct shape_style *st = p->spans[ch->span].style;
	struct shape_run *r = VEC_PUSH(&c->runs);
	size_t face = ch->face == FACE_NONE ? 0 : ch->face;

	*r = (struct shape_run){
		.face = st->chain.n > 0 ? st->chain.v[face] : NULL,
		.style = st,
		.size = size_of(st, face, ch->script),
		.script = ch->script,
		.span = ch->span,
		.text = (uint32_t)(pc->base + ch->off),
		.cluster = (uint32_t)c->clusters.n,
		.glyph = (uint32_t)c->glyphs.n,
		.level = ch->level,
		.edge = ch->edge,
		.para_level = p->level,
	};
	return r;
}

void
shape_and_gather(struct shape_ctx *c, struct piece *pc,
    const struct item *it, struct shape_run *r, struct plan *pl,
    const struct shape_rules *rules)
{
	struct gather g = { .c = c, .pc = pc, .run = r,
	    .rtl = r->level & 1 };
	uint32_t k0 = (uint32_t)c->clusters.n;
	const hb_feature_t *extra;
	unsigned n = 0, nextra;

	if (pl != NULL) {
		extra = without_allah(c, r->face, pc->cps, it->start, it->end,
		    &nextra);
		shape_chars(c, pl, r->face, pc->cps, pc->n, it->start,
		    it->end, extra, nextra);
		g.info = hb_buffer_get_glyph_infos(c->buf, &n);
		g.pos = hb_buffer_get_glyph_positions(c->buf, NULL);
		g.space = font_glyph(r->face, ' ');
	}
	gather(&g, it->start, it->end, n);
	if (pl != NULL && rules != NULL && rules->kashida)
		kashida_mark(c, pc, pl, r, rules, c->first, c->safe, k0,
		    (uint32_t)c->clusters.n);
}

void
shape_item(struct shape_ctx *c, struct piece *pc, const struct item *it,
    const struct shape_para *p, const struct shape_rules *rules)
{
	const struct shape_span *span = &p->spans[pc->ch[it->start].span];
	struct shape_run *r = new_run(c, pc, it, p);
	struct plan *pl = NULL;
	uint32_t i;

	if (span->is_object) {
		shape_object(c, pc, it, r, span);
		goto out;
	}
	if (r->face != NULL)
		pl = plan_get(c, r->face, r->script, r->level & 1,
		    r->style->lang, r->style->features);
	for (i = it->start; pl != NULL && i < it->end; i++)
		if (!(pc->ch[i].flags & P_LETTER))
			pc->cps[i] = stand_in(r->face, pc->cps[i],
			    pc->ch[i].flags);
	if (pl == NULL || !shape_words(c, pc, it, r, pl, rules))
		shape_and_gather(c, pc, it, r, pl, rules);
	if (pl != NULL)
		track_run(c, r);
out:
	r->nclusters = (uint32_t)c->clusters.n - r->cluster;
	r->nglyphs = (uint32_t)c->glyphs.n - r->glyph;
}
