/*
 * A paragraph through all the stages of internal.h, piece by piece.
 */
#include "shape/internal.h"

#include <stdlib.h>
#include <string.h>

/* Scratch beyond this is given back: one absurd paragraph must not keep a
 * whole book's memory from then on. */
#define KEEP_MAX ((size_t)1 << 20)

struct shape_ctx *
shape_ctx_open(void)
{
	struct shape_ctx *c = xcalloc(1, sizeof(*c));

	c->buf = hb_buffer_create();
	hb_buffer_set_cluster_level(c->buf,
	    HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
	hb_buffer_set_content_type(c->buf, HB_BUFFER_CONTENT_TYPE_UNICODE);
	return c;
}

static void
piece_free(struct piece *pc)
{
	free(pc->cps);
	free(pc->ch);
	free(pc->at);
	free(pc->items);
	memset(pc, 0, sizeof(*pc));
}

/* Arrays whose size follows the text's. */
static void
free_scratch(struct shape_ctx *c)
{
	piece_free(&c->piece);
	bidi_free(&c->bidi);
	memset(&c->bidi, 0, sizeof(c->bidi));
	free(c->levels);
	free(c->edges);
	c->levels = NULL;
	c->edges = NULL;
	c->levels_cap = 0;
	free(c->isolates.v);
	memset(&c->isolates, 0, sizeof(c->isolates));
	free(c->features.v);
	memset(&c->features, 0, sizeof(c->features));
	free(c->first);
	free(c->safe);
	c->first = NULL;
	c->safe = NULL;
	c->first_cap = 0;
	free(c->runs.v);
	free(c->clusters.v);
	free(c->glyphs.v);
	free(c->marks.v);
	memset(&c->marks, 0, sizeof(c->marks));
	memset(&c->runs, 0, sizeof(c->runs));
	memset(&c->clusters, 0, sizeof(c->clusters));
	memset(&c->glyphs, 0, sizeof(c->glyphs));
}

void
shape_ctx_close(struct shape_ctx *c)
{
	size_t i;

	if (c == NULL)
		return;
	free_scratch(c);
	free(c->word.cps);
	free(c->word.owner);
	plans_free(c);
	cache_free(&c->cache);
	for (i = 0; i < c->breakers.n; i++) {
		free(c->breakers.v[i].lang);
		uni_breaker_close(c->breakers.v[i].b);
	}
	free(c->breakers.v);
	free(c->parent);
	map_free(&c->told);
	free(c->fallbacks.v);
	props_free(&c->props);
	hb_buffer_destroy(c->buf);
	free(c);
}

/* ----------------------------------------------------------------- decode */

static void
piece_reserve(struct piece *pc, size_t n)
{
	if (n <= pc->cap)
		return;
	pc->cap = MAX(n, pc->cap + pc->cap / 2);
	pc->cps = xrealloc(pc->cps, pc->cap * sizeof(*pc->cps));
	pc->ch = xrealloc(pc->ch, pc->cap * sizeof(*pc->ch));
}

/*
 * Where to end a piece that is cut: after the last space of its last
 * sixteenth, or before a character that begins a cluster.
 */
static size_t
piece_cut(const struct piece *pc)
{
	size_t i, low = pc->n - pc->n / 16;

	for (i = pc->n - 1; i > low; i--)
		if (pc->cps[i - 1] == ' ' && pc->cps[i] != ' ' &&
		    !(pc->ch[i].flags & (P_MARK | P_UNSEEN)))
			return i;
	for (i = pc->n - 1; i > low; i--)
		if (!(pc->ch[i].flags & (P_MARK | P_UNSEEN)))
			return i;
	return pc->n;
}

#define MANY SCRIPT_TAG('Z', 'z', 'z', 'z')	/* no letter has it */

size_t
piece_decode(struct shape_ctx *c, struct piece *pc, const char *text,
    size_t n)
{
	const struct prop *p;
	struct ch *ch;
	size_t i = 0, k = 0;
	uint32_t cp, seen = 0, script = 0;

	/* A character a byte at most, and one entry for the end. */
	piece_reserve(pc, MIN(n, PIECE_MAX) + 1);
	while (i < n && k < PIECE_MAX) {
		ch = &pc->ch[k];
		ch->off = (uint32_t)i;
		cp = (unsigned char)text[i];
		if (cp < 0x80) {
			i++;
		} else if (cp >= 0xc2 && cp < 0xe0 && i + 1 < n &&
		    ((unsigned char)text[i + 1] & 0xc0) == 0x80) {
			/* Arabic: two bytes. */
			cp = (cp & 0x1f) << 6 | (text[i + 1] & 0x3f);
			i += 2;
		} else {
			cp = utf8_next(text, n, &i);
		}
		p = prop_of(&c->props, cp);
		pc->cps[k++] = cp;
		ch->script = p->script;
		ch->flags = (uint16_t)p->flags;
		ch->shape = p->shape;
		seen |= p->flags;
		if (!(p->flags & P_COMMON) && p->script != script)
			script = script == 0 ? p->script : MANY;
	}
	pc->text = text;
	pc->n = k;
	pc->seen = seen;
	pc->script = script == MANY ? 0 : script;
	if (i < n) {
		pc->n = piece_cut(pc);
		if (pc->n < k)
			i = pc->ch[pc->n].off;
	}
	pc->ch[pc->n].off = (uint32_t)i;
	pc->ch[pc->n].flags = 0;
	pc->nbytes = i;
	return i;
}

/* ------------------------------------------------------------------ spans */

/* ch.span: the innermost span of each character; *next is where the walk
 * stands from piece to piece. */
static void
place_spans(struct shape_ctx *c, struct piece *pc,
    const struct shape_span *spans, size_t nspans, size_t *next,
    uint32_t *current)
{
	uint32_t cur = *current, byte;
	size_t i, k = *next;

	if (nspans == 1) {
		for (i = 0; i < pc->n; i++)
			pc->ch[i].span = 0;
		return;
	}
	for (i = 0; i < pc->n; i++) {
		byte = (uint32_t)pc->base + pc->ch[i].off;
		while (cur != 0 && spans[cur].end <= byte)
			cur = c->parent[cur];
		for (; k < nspans && spans[k].start <= byte; k++)
			if (spans[k].end > byte)
				cur = (uint32_t)k;
		pc->ch[i].span = cur;
	}
	*next = k;
	*current = cur;
}

static void
keep_spans_whole(struct piece *pc, const struct shape_span *spans,
    size_t nspans)
{
	size_t i, b, end;

	for (i = 0; i < nspans; i++) {
		if (!spans[i].no_break || spans[i].end <= pc->base)
			continue;
		end = MIN(spans[i].end - pc->base, pc->nbytes + 1);
		b = spans[i].start < pc->base ? 0 :
		    spans[i].start - pc->base + 1;
		for (; b < end; b++)
			if (pc->at[b] == BREAK_ALLOWED)
				pc->at[b] = BREAK_NONE;
	}
}

/* ------------------------------------------------------------------ whole */

static void
shape_piece(struct shape_ctx *c, struct piece *pc, struct diag *dg,
    const struct shape_para *p, const struct shape_rules *rules,
    shape_place place, void *arg)
{
	int level = p->level;
	size_t i;

	isolate_find(c, pc, p->spans, p->nspans, rules, level, &c->isolates);
	if (pc->n > c->levels_cap) {
		c->levels_cap = pc->n + pc->n / 2;
		c->levels = xrealloc(c->levels, c->levels_cap);
		c->edges = xrealloc(c->edges, c->levels_cap);
	}
	bidi_levels(&c->bidi, &c->props, pc->cps, pc->n, &c->isolates, true,
	    &level, c->levels, c->edges);
	for (i = 0; i < pc->n; i++) {
		pc->ch[i].level = (uint8_t)c->levels[i];
		pc->ch[i].edge = c->isolates.n > 0 ? c->edges[i] :
		    SHAPE_NO_EDGE;
	}
	break_find(c, pc, p->spans[0].style->lang, rules, &c->isolates);
	keep_spans_whole(pc, p->spans, p->nspans);
	if (pc->base > 0 && p->text[pc->base - 1] == ' ')
		pc->at[0] = BREAK_ALLOWED;
	itemize(c, pc, dg, p, place, arg);
	for (i = 0; i < pc->nitems; i++)
		shape_item(c, pc, &pc->items[i], p, rules);
}

/* Where every SHAPE_MARK-th cluster has its text and glyphs. */
static void
put_marks(struct shape_ctx *c)
{
	uint32_t text = 0, glyph = 0, i;

	c->marks.n = 0;
	for (i = 0; i < c->clusters.n; i++) {
		if (i % SHAPE_MARK == 0)
			*VEC_PUSH(&c->marks) =
			    (struct shape_mark){ text, glyph };
		text += c->clusters.v[i].len;
		glyph += c->clusters.v[i].nglyph;
	}
}

void
shape_seek(const struct shape_para *p, uint32_t cluster, uint32_t *text,
    uint32_t *glyph)
{
	uint32_t i = MIN(cluster, p->nclusters) / SHAPE_MARK;

	if (p->nclusters == 0) {
		*text = *glyph = 0;
		return;
	}
	i = MIN(i, (p->nclusters - 1) / SHAPE_MARK);
	*text = p->marks[i].text;
	*glyph = p->marks[i].glyph;
	for (i *= SHAPE_MARK; i < cluster && i < p->nclusters; i++) {
		*text += p->clusters[i].len;
		*glyph += p->clusters[i].nglyph;
	}
}

static void
keep(struct shape_ctx *c, struct arena *a, struct shape_para *p)
{
	put_marks(c);
	p->marks = arena_dup(a, c->marks.v, c->marks.n * sizeof(*p->marks));
	p->nruns = (uint32_t)c->runs.n;
	p->nclusters = (uint32_t)c->clusters.n;
	p->nglyphs = (uint32_t)c->glyphs.n;
	p->runs = arena_dup(a, c->runs.v, c->runs.n * sizeof(*p->runs));
	p->clusters = arena_dup(a, c->clusters.v,
	    c->clusters.n * sizeof(*p->clusters));
	p->glyphs = arena_dup(a, c->glyphs.v,
	    c->glyphs.n * sizeof(*p->glyphs));
	p->has_kashida = c->has_kashida;
	if (c->glyphs.cap > KEEP_MAX || c->clusters.cap > KEEP_MAX)
		free_scratch(c);
}

struct shape_para *
shape_text(struct shape_ctx *c, struct arena *a, struct diag *dg,
    const char *text, size_t n, const struct shape_span *spans,
    size_t nspans, int level, const struct shape_rules *rules,
    shape_place place, void *arg)
{
	struct shape_para *p = ARENA_NEW(a, struct shape_para);
	struct piece *pc = &c->piece;
	size_t done, next = 1;
	uint32_t current = 0;
	int64_t begun = c->measures ? clock_ns() : 0;

	p->text = text;
	p->n = (uint32_t)n;
	p->spans = spans;
	p->nspans = (uint32_t)nspans;
	p->level = (uint8_t)(level & 1);
	c->runs.n = c->clusters.n = c->glyphs.n = 0;
	c->has_kashida = false;
	c->held = BREAK_NONE;
	if (c->told.n > 0)
		map_free(&c->told);
	span_parents(c, spans, nspans);
	for (done = 0; done < n; done += pc->nbytes) {
		pc->base = done;
		piece_decode(c, pc, text + done, n - done);
		place_spans(c, pc, spans, nspans, &next, &current);
		shape_piece(c, pc, dg, p, rules, place, arg);
	}
	if (c->fallbacks.n > 0)
		tell_fallbacks(c, dg);
	keep(c, a, p);
	if (c->measures)
		c->spent += clock_ns() - begun;
	return p;
}

void
shape_ctx_clock(struct shape_ctx *c, bool on)
{
	c->measures = on;
}

int64_t
shape_ctx_spent(const struct shape_ctx *c)
{
	return c->spent;
}
