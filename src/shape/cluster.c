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

/* A cluster being gathered. */
struct gathered {
	uint32_t c0, c1;		/* characters */
	uint32_t g0, g1;		/* glyphs of HarfBuzz's buffer */
	unsigned after;			/* break for the cluster after it */
};

struct gather {
	struct shape_ctx *c;
	struct piece *pc;
	const hb_glyph_info_t *info;
	const hb_glyph_position_t *pos;
	struct shape_run *run;
	int tracking;			/* font units after each cluster */
	unsigned space;			/* the face's space glyph */
	size_t nth;			/* clusters of the run so far */
};

static int16_t
small(hb_position_t v)
{
	return (int16_t)MAX(INT16_MIN, MIN(INT16_MAX, v));
}

/*
 * A glyph for something unseen? HarfBuzz hides a default ignorable by the
 * space glyph without its advance, which no real space is.
 */
static bool
is_hidden(const struct gather *g, const hb_glyph_info_t *info,
    const hb_glyph_position_t *pos)
{
	uint32_t flags = g->pc->ch[info->cluster].flags;

	if ((flags & (P_UNSEEN | P_CONTROL)) == (P_UNSEEN | P_CONTROL))
		return true;
	return info->codepoint == g->space && pos->x_advance == 0;
}

/* Append the glyphs [g0, g1) of the buffer to the output. */
static void
put_glyphs(struct gather *g, struct shape_cluster *cl, uint32_t g0,
    uint32_t g1)
{
	struct shape_glyph *out;
	uint32_t i;

	vec_grow((void **)&g->c->glyphs.v, &g->c->glyphs.cap,
	    g->c->glyphs.n + (g1 - g0), sizeof(*g->c->glyphs.v));
	out = g->c->glyphs.v + g->c->glyphs.n;
	for (i = g0; i < g1; i++) {
		if (is_hidden(g, &g->info[i], &g->pos[i]))
			continue;
		out->gid = (uint16_t)g->info[i].codepoint;
		out->adv = small(g->pos[i].x_advance);
		out->dx = small(g->pos[i].x_offset);
		out->dy = small(g->pos[i].y_offset);
		out->xscale = 0x4000;
		cl->adv += out->adv;
		cl->nglyph++;
		if (out->gid == 0)
			cl->flags |= SHAPE_MISSING;
		out++;
	}
	g->c->glyphs.n += cl->nglyph;
	if (g->tracking != 0 && cl->nglyph > 0) {
		out[-1].adv = small(out[-1].adv + g->tracking);
		cl->adv += g->tracking;
	}
}

/* What the characters of a cluster say of it. */
static uint16_t
char_flags(const struct gather *g, const struct gathered *u)
{
	const struct piece *pc = g->pc;
	const struct ch *ch = &pc->ch[u->c0];
	uint32_t cp = pc->cps[u->c0], i;
	uint16_t f = 0;

	if (ch->flags & P_NEUTRAL && !(ch->flags & P_UNSEEN))
		f |= SHAPE_NEUTRAL;
	if (ch->flags & P_NUMBER)
		f |= SHAPE_DIGIT;
	/* A tab has become a space by now, but not one that stretches. */
	if ((cp == ' ' || cp == 0xa0) && !(ch->flags & P_CONTROL))
		f |= SHAPE_SPACE;
	if (cp == 0x640)
		f |= SHAPE_TATWEEL;
	for (i = u->c0; i < u->c1 && pc->ch[i].flags & P_UNSEEN; i++)
		;
	if (i == u->c1)
		f |= SHAPE_IGNORABLE;
	return f;
}

static struct shape_cluster *
new_cluster(struct gather *g, uint32_t first)
{
	struct shape_ctx *c = g->c;
	struct shape_cluster *cl;

	if (g->nth + 1 > c->first_cap) {
		c->first_cap = c->first_cap + c->first_cap / 2 + 256;
		c->first = xrealloc(c->first,
		    c->first_cap * sizeof(*c->first));
		c->safe = xrealloc(c->safe, c->first_cap);
	}
	c->first[g->nth] = first;
	c->safe[g->nth++] = 0;
	cl = VEC_PUSH(&c->clusters);
	*cl = (struct shape_cluster){0};
	return cl;
}

/*
 * A cluster too large for its counters (a letter under hundreds of marks)
 * is cut: its text at characters, its glyphs as they come.
 */
static void
put_split(struct gather *g, const struct gathered *u, uint16_t flags)
{
	const struct ch *ch = g->pc->ch;
	bool rtl = g->run->level & 1;
	uint32_t c0, c1, left = u->g1 - u->g0, k, g0 = u->g0, g1 = u->g1;
	struct shape_cluster *cl;

	for (c0 = u->c0; c0 < u->c1; c0 = c1) {
		for (c1 = c0 + 1; c1 < u->c1 &&
		    ch[c1 + 1].off - ch[c0].off <= CLUSTER_MAX; c1++)
			;
		cl = new_cluster(g, c0);
		cl->len = (uint8_t)(ch[c1].off - ch[c0].off);
		cl->flags = flags;
		flags &= (uint16_t)~(SHAPE_BREAK | SHAPE_FORCED);
		k = MIN(left, CLUSTER_MAX);
		left -= k;
		if (rtl)
			put_glyphs(g, cl, g1 - k, g1);
		else
			put_glyphs(g, cl, g0, g0 + k);
		g0 += k;
		g1 -= k;
	}
}

static void
put_cluster(struct gather *g, const struct gathered *u)
{
	const struct ch *ch = g->pc->ch;
	const hb_glyph_info_t *first;
	uint32_t bytes = ch[u->c1].off - ch[u->c0].off, fl = 0;
	unsigned at = MAX(g->c->held, g->pc->at[ch[u->c0].off]);
	uint16_t flags = char_flags(g, u);
	struct shape_cluster *cl;

	g->c->held = u->after;
	if (at == BREAK_FORCED)
		flags |= SHAPE_BREAK | SHAPE_FORCED;
	else if (at == BREAK_ALLOWED)
		flags |= SHAPE_BREAK;
	if (u->g1 > u->g0) {
		/* The glyph whose cluster begins this one. */
		first = &g->info[g->run->level & 1 ? u->g1 - 1 : u->g0];
		fl = hb_glyph_info_get_glyph_flags(first);
	}
	if (fl & HB_GLYPH_FLAG_UNSAFE_TO_BREAK && g->nth > 0)
		flags |= SHAPE_UNSAFE;
	if (bytes > CLUSTER_MAX || u->g1 - u->g0 > CLUSTER_MAX) {
		put_split(g, u, flags);
		return;
	}
	cl = new_cluster(g, u->c0);
	cl->len = (uint8_t)bytes;
	cl->flags = flags;
	put_glyphs(g, cl, u->g0, u->g1);
	g->c->safe[g->nth - 1] =
	    (fl & HB_GLYPH_FLAG_SAFE_TO_INSERT_TATWEEL) != 0;
}

/* Does what begins at character i belong to the cluster before it? */
static bool
joins(const struct gather *g, const struct gathered *u, uint32_t i,
    uint32_t end, uint32_t nglyphs)
{
	const struct ch *ch = g->pc->ch;

	if (ch[i].flags & P_CONTROL || ch[u->c0].flags & P_CONTROL)
		return false;
	/* A mark after a space stands alone, or the space could not be
	 * stretched. */
	if (ch[i].flags & P_MARK) {
		if (ch[u->c0].flags & (P_BLANK | P_UNSEEN) &&
		    !(ch[i].flags & P_UNSEEN))
			return false;
	} else if (!(ch[i].flags & P_UNSEEN)) {
		return false;
	}
	return ch[end].off - ch[u->c0].off <= CLUSTER_MAX &&
	    u->g1 - u->g0 + nglyphs <= CLUSTER_MAX;
}

/* Characters [c0, c1) with glyphs [g0, g1): one of HarfBuzz's clusters. */
static void
take(struct gather *g, struct gathered *u, uint32_t c0, uint32_t c1,
    uint32_t g0, uint32_t g1)
{
	if (u->c1 > u->c0 && joins(g, u, c0, c1, g1 - g0)) {
		/* The break before a control goes to what follows it. */
		if (g->pc->ch[c0].flags & P_UNSEEN)
			u->after = MAX(u->after,
			    g->pc->at[g->pc->ch[c0].off]);
		u->c1 = c1;
		u->g0 = MIN(u->g0, g0);
		u->g1 = MAX(u->g1, g1);
		return;
	}
	if (u->c1 > u->c0)
		put_cluster(g, u);
	*u = (struct gathered){ c0, c1, g0, g1, BREAK_NONE };
}

/*
 * Walk HarfBuzz's clusters in logical order. A cluster that has lost its
 * glyphs is part of the one before it, since values there only rise.
 */
static void
gather(struct gather *g, uint32_t start, uint32_t end, uint32_t n)
{
	struct gathered u = {0};
	uint32_t i, j, c0 = start, c1;

	if (n == 0) {
		/* A broken face, or nothing but what is deleted. */
		for (c0 = start; c0 < end; c0 = c1) {
			c1 = c0 + 1;
			take(g, &u, c0, c1, 0, 0);
		}
	} else if (g->run->level & 1) {
		for (i = n; i > 0; i = j) {
			for (j = i - 1; j > 0 && g->info[j - 1].cluster ==
			    g->info[i - 1].cluster; j--)
				;
			c1 = j > 0 ? g->info[j - 1].cluster : end;
			take(g, &u, c0, c1, j, i);
			c0 = c1;
		}
	} else {
		for (i = 0; i < n; i = j) {
			for (j = i + 1; j < n && g->info[j].cluster ==
			    g->info[i].cluster; j++)
				;
			c1 = j < n ? g->info[j].cluster : end;
			take(g, &u, c0, c1, i, j);
			c0 = c1;
		}
	}
	put_cluster(g, &u);
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

static bool
is_joined_script(uint32_t script)
{
	return script == SCRIPT_TAG('A', 'r', 'a', 'b') ||
	    script == SCRIPT_TAG('S', 'y', 'r', 'c') ||
	    script == SCRIPT_TAG('N', 'k', 'o', 'o') ||
	    script == SCRIPT_TAG('M', 'o', 'n', 'g') ||
	    script == SCRIPT_TAG('D', 'e', 'v', 'a');
}

static void
shape_object(struct gather *g, const struct item *it,
    const struct shape_span *span)
{
	struct gathered u = { it->start, it->end, 0, 0, BREAK_NONE };

	put_cluster(g, &u);
	g->c->clusters.v[g->c->clusters.n - 1].flags |= SHAPE_OBJECT;
	g->c->clusters.v[g->c->clusters.n - 1].adv = span->width;
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
		.size = st->scale == NULL ? st->size :
		    (sp)muldiv(st->size, st->scale[face], 1000),
		.script = ch->script,
		.span = ch->span,
		.text = (uint32_t)(pc->base + ch->off),
		.cluster = (uint32_t)c->clusters.n,
		.glyph = (uint32_t)c->glyphs.n,
		.level = ch->level,
		.para_level = p->level,
	};
	return r;
}

void
shape_item(struct shape_ctx *c, struct piece *pc, const struct item *it,
    const struct shape_para *p, const struct shape_rules *rules)
{
	const struct shape_span *span = &p->spans[pc->ch[it->start].span];
	struct shape_run *r = new_run(c, pc, it, p);
	struct gather g = { .c = c, .pc = pc, .run = r };
	struct plan *pl = NULL;
	const hb_feature_t *extra;
	unsigned n = 0, nextra;
	uint32_t i;

	if (span->is_object) {
		shape_object(&g, it, span);
		goto out;
	}
	if (r->face != NULL)
		pl = plan_get(c, r->face, r->script, r->level & 1,
		    r->style->lang, r->style->features);
	if (pl != NULL) {
		for (i = it->start; i < it->end; i++)
			if (!(pc->ch[i].flags & P_LETTER))
				pc->cps[i] = stand_in(r->face, pc->cps[i],
				    pc->ch[i].flags);
		extra = without_allah(c, r->face, pc->cps, it->start, it->end,
		    &nextra);
		shape_chars(c, pl, r->face, pc->cps, pc->n, it->start,
		    it->end, extra, nextra);
		g.space = font_glyph(r->face, ' ');
		g.info = hb_buffer_get_glyph_infos(c->buf, &n);
		g.pos = hb_buffer_get_glyph_positions(c->buf, NULL);
		if (r->style->tracking != 0 && !is_joined_script(r->script))
			g.tracking = (int)muldiv(r->style->tracking,
			    font_metrics(r->face)->upem, MAX(r->size, 1));
	}
	gather(&g, it->start, it->end, n);
	if (pl != NULL && rules != NULL && rules->kashida)
		kashida_mark(c, pc, pl, r, rules, c->first, c->safe,
		    r->cluster, (uint32_t)c->clusters.n);
out:
	r->nclusters = (uint32_t)c->clusters.n - r->cluster;
	r->nglyphs = (uint32_t)c->glyphs.n - r->glyph;
}
