/*
 * A word shaped again with a kashida in it (rule 3 of the notes on writing
 * shaped text: as many U+0640 as come nearest the length, shaped with the
 * word, and what comes out stretched to the exact length).
 *
 * The rejected alternative is to draw bars beside the glyphs of the first
 * shaping. Fonts alter letters next to a tatweel, exchange the tatweel
 * itself (Amiri draws n of them as one glyph), and move marks; only shaping
 * shows what the face means. Where it means another letter shape, the place
 * is refused: the line was measured with the old one.
 */
#include "shape/internal.h"

#include <stdlib.h>
#include <string.h>

#define TATWEEL 0x640u
#define BARS_MAX 64u		/* inserted at once; far beyond any limit */
#define CONTEXT 8u		/* characters beside the word; HarfBuzz keeps 5 */
#define ONE 0x4000		/* 2.14 */

/* The word as characters, kept in the context from call to call. */
struct respell {
	struct shape_ctx *c;
	const struct shape_para *p;
	const struct shape_run *r;
	uint32_t c0, c1, at;
	uint32_t text, glyph;		/* of cluster c0 */
	size_t start, end;		/* of the word in c->word */
	size_t bar0, bar1;		/* of the inserted tatweels */
};

static void
add_char(struct respell *w, uint32_t cp, uint32_t owner)
{
	struct shape_ctx *c = w->c;
	uint32_t flags = prop_of(&c->props, cp)->flags;

	vec_grow((void **)&c->word.cps, &c->word.cap, c->word.n + 1,
	    sizeof(*c->word.cps));
	vec_grow((void **)&c->word.owner, &c->word.owner_cap, c->word.n + 1,
	    sizeof(*c->word.owner));
	c->word.cps[c->word.n] = stand_in(w->r->face, cp, flags);
	c->word.owner[c->word.n++] = owner;
}

/* Step back over one character of valid UTF-8. */
static uint32_t
before(const char *s, uint32_t i)
{
	while (i > 0 && ((unsigned char)s[--i] & 0xc0) == 0x80)
		;
	return i;
}

/* Context, clusters, the tatweels after cluster `at`, context. */
static void
spell(struct respell *w, unsigned ntatweels)
{
	const struct shape_para *p = w->p;
	uint32_t k, n;
	size_t i, stop;

	w->c->word.n = 0;
	for (i = w->text, n = 0; i > 0 && n < CONTEXT; n++)
		i = before(p->text, (uint32_t)i);
	while (i < w->text)
		add_char(w, utf8_next(p->text, p->n, &i), UINT32_MAX);
	w->start = w->c->word.n;
	w->bar0 = w->bar1 = 0;
	for (k = w->c0; k < w->c1; k++) {
		for (stop = i + p->clusters[k].len; i < stop;)
			add_char(w, utf8_next(p->text, p->n, &i), k);
		if (k != w->at)
			continue;
		w->bar0 = w->c->word.n;
		for (n = 0; n < ntatweels; n++)
			add_char(w, TATWEEL, k);
		w->bar1 = w->c->word.n;
	}
	w->end = w->c->word.n;
	for (n = 0; i < p->n && n < CONTEXT; n++)
		add_char(w, utf8_next(p->text, p->n, &i), UINT32_MAX);
}

/* ----------------------------------------------------------------- compare */

struct made {			/* glyphs of the word as shaped again */
	const hb_glyph_info_t *info;
	const hb_glyph_position_t *pos;
	unsigned n;
	unsigned space;
};

/*
 * Is glyph i of the buffer part of the bar? Besides the inserted tatweels
 * the author's own counts where the place is after it: some faces draw
 * them as one glyph.
 */
static bool
is_bar(const struct respell *w, const struct made *m, unsigned i)
{
	uint32_t v = m->info[i].cluster;

	return (v >= w->bar0 && v < w->bar1) ||
	    (w->p->clusters[w->at].flags & SHAPE_TATWEEL &&
	    w->c->word.owner[v] == w->at);
}

static bool
is_hidden(const struct made *m, unsigned i)
{
	return m->info[i].codepoint == m->space &&
	    m->pos[i].x_advance == 0;
}

/*
 * Walk both shapings in logical order and see that every letter kept its
 * glyphs. `change` is how much the letters' advances grew, `natural` the
 * length of the bars. False if a letter changed or a bar is none.
 */
static bool
compare(const struct respell *w, const struct made *m, int64_t *change,
    int64_t *natural)
{
	const struct shape_para *p = w->p;
	const struct shape_glyph *old = p->glyphs + w->glyph;
	bool own = p->clusters[w->at].flags & SHAPE_TATWEEL;
	uint32_t k, n;
	unsigned i = m->n, j;

	*change = *natural = 0;
	for (k = w->c0; k < w->c1; k++) {
		/* The glyphs of this cluster end at i, begin at j. */
		for (j = i; j > 0 &&
		    w->c->word.owner[m->info[j - 1].cluster] == k; j--)
			;
		for (n = 0; j < i; j++) {
			if (is_bar(w, m, j)) {
				if (m->pos[j].y_offset != 0 ||
				    m->pos[j].x_offset != 0 ||
				    !font_is_plain_bar(w->r->face,
				    m->info[j].codepoint))
					return false;
				*natural += m->pos[j].x_advance;
			} else if (!is_hidden(m, j)) {
				if (n >= p->clusters[k].nglyph ||
				    m->info[j].codepoint != old[n].gid)
					return false;
				n++;
				*change += m->pos[j].x_advance;
			}
		}
		if (k == w->at && own)
			*change -= p->clusters[k].adv;
		else if (n != p->clusters[k].nglyph)
			return false;
		else
			*change -= p->clusters[k].adv;
		old += p->clusters[k].nglyph;
		while (i > 0 &&
		    w->c->word.owner[m->info[i - 1].cluster] == k)
			i--;
	}
	return i == 0 && *natural > 0;
}

/* ------------------------------------------------------------------- write */

static int16_t
small(int64_t v)
{
	return (int16_t)MAX(INT16_MIN, MIN(INT16_MAX, v));
}

/*
 * The word's clusters and glyphs, bars stretched from `natural` to `want`:
 * each ends where the exact sum so far, rounded, lies.
 */
static void
write_word(const struct respell *w, const struct made *m, struct arena *a,
    int64_t natural, int64_t want, struct shape_word *out)
{
	uint32_t ncl = w->c1 - w->c0, k;
	struct shape_cluster *cl;
	struct shape_glyph *g;
	int64_t sum = 0, done = 0, next;
	unsigned i = m->n, j;

	out->clusters = arena_dup(a, w->p->clusters + w->c0,
	    ncl * sizeof(*cl));
	out->glyphs = g = ARENA_ARRAY(a, struct shape_glyph, MAX(m->n, 1));
	for (k = 0; k < ncl; k++) {
		cl = &out->clusters[k];
		cl->nglyph = 0;
		cl->adv = 0;
		for (j = i; j > 0 &&
		    w->c->word.owner[m->info[j - 1].cluster] == w->c0 + k;
		    j--)
			;
		for (next = i, i = j; j < next; j++) {
			if (!is_bar(w, m, j) && is_hidden(m, j))
				continue;
			g->gid = (uint16_t)m->info[j].codepoint;
			g->dx = small(m->pos[j].x_offset);
			g->dy = small(m->pos[j].y_offset);
			g->adv = small(m->pos[j].x_advance);
			g->xscale = ONE;
			if (is_bar(w, m, j)) {
				sum += m->pos[j].x_advance;
				g->adv = small(muldiv(sum, want, natural) -
				    done);
				done += g->adv;
				g->xscale = (uint16_t)muldiv(ONE, g->adv,
				    m->pos[j].x_advance);
			}
			cl->adv += g->adv;
			cl->nglyph++;
			g++;
		}
	}
	out->nglyphs = (uint32_t)(g - out->glyphs);
}

/* Shape the word with n tatweels and write it, if that serves. */
static bool
try_with(struct respell *w, struct plan *pl, unsigned n, int length,
    struct arena *a, struct shape_word *out)
{
	struct shape_ctx *c = w->c;
	const hb_feature_t *extra;
	struct made m;
	int64_t change, natural, want;
	unsigned nextra;

	spell(w, n);
	extra = without_allah(c, w->r->face, c->word.cps, w->start, w->end,
	    &nextra);
	shape_chars(c, pl, w->r->face, c->word.cps, c->word.n, w->start,
	    w->end, extra, nextra);
	m.info = hb_buffer_get_glyph_infos(c->buf, &m.n);
	m.pos = hb_buffer_get_glyph_positions(c->buf, NULL);
	m.space = font_glyph(w->r->face, ' ');
	if (!compare(w, &m, &change, &natural))
		return false;
	/* What the letters lost or won beside the bar, the bar makes good. */
	want = length - change;
	if (want <= 0 || want >= 2 * natural)
		return false;
	write_word(w, &m, a, natural, want, out);
	return true;
}

/*
 * The nearest number of tatweels first; then one fewer or more, for a face
 * may draw some number of them as a curve (Amiri does three), which is no
 * bar to be scaled.
 */
bool
shape_kashida(struct shape_ctx *c, struct arena *a,
    const struct shape_para *p, const struct shape_run *r, uint32_t c0,
    uint32_t c1, uint32_t at, int length, struct shape_word *out)
{
	struct respell w = { .c = c, .p = p, .r = r, .c0 = c0, .c1 = c1,
	    .at = at };
	int64_t n, begun = c->measures ? clock_ns() : 0;
	struct plan *pl;
	bool done;

	if (r->face == NULL || length <= 0 || at < c0 || at + 1 >= c1)
		return false;
	pl = plan_get(c, r->face, r->script, r->level & 1, r->style->lang,
	    r->style->features);
	if (pl == NULL || !(r->level & 1) || !bar_is_plain(c, pl, r->face))
		return false;
	n = MAX(1, muldiv(length, 1, pl->bar_adv));
	if (n > BARS_MAX)
		return false;
	shape_seek(p, c0, &w.text, &w.glyph);
	done = try_with(&w, pl, (unsigned)n, length, a, out) ||
	    (n > 1 && try_with(&w, pl, (unsigned)n - 1, length, a, out)) ||
	    try_with(&w, pl, (unsigned)n + 1, length, a, out);
	if (c->measures)
		c->spent += clock_ns() - begun;
	return done;
}
