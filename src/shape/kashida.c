/*
 * Kashida: where a word may be lengthened, and the word lengthened.
 *
 * The places, and the order they have unless a style says another, are those
 * of the compositors' rules that LibreOffice and, before it, Internet
 * Explorer made public (enum shape_place); here every legal place of a word
 * is marked with its priority, since only para/ knows how much a line wants.
 *
 * "Final" is a letter joined to the one before it and not to the next, so a
 * د inside a word counts, and ه before a ZWNJ does; beside the ZWNJ nothing
 * joins.
 *
 * A place is only where the two letters really join in one run, and where
 * the face's own tatweel, as shaped, is a bar that may be scaled. Whether
 * the letters round it keep their shapes is found when the word is shaped
 * again: to ask that for every place here would double the cost of shaping
 * for the few places that are used. HarfBuzz's own opinion (SAFE_TO_INSERT_
 * TATWEEL) comes free and is passed on as a preference.
 */
#include "shape/internal.h"

#include <hb-ot.h>

#define ARAB SCRIPT_TAG('A', 'r', 'a', 'b')
#define TATWEEL 0x640u
#define ZWNJ 0x200cu
#define BEH 0x628u
#define LAM 0x644u
#define HEH 0x647u
#define WORD_MAX 64u		/* letters looked back over */

/* ---------------------------------------------------------------- letters */

/*
 * The kind of place between letters p and q that join; q is final or
 * followed by n, which it joins (0 otherwise). SHAPE_NPLACES: no place.
 */
static enum shape_place
place_of(struct props *ps, uint32_t p, uint32_t q, uint32_t n, unsigned never)
{
	enum group gp = prop_of(ps, p)->group, gq = prop_of(ps, q)->group, gn;
	bool final = n == 0;

	if (gp == G_LAM && gq == G_ALEF && never & SHAPE_NEVER_LAM_ALEF)
		return SHAPE_NPLACES;
	if (q == TATWEEL)
		return SHAPE_NPLACES;	/* the place is after the last */
	if (p == TATWEEL)
		return SHAPE_PLACE_TATWEEL;
	if (gp == G_SEEN || gp == G_SAD)
		return SHAPE_PLACE_SEEN;
	if (gq == G_TEH_MARBUTA || gq == G_DAL || (gq == G_HEH && final))
		return SHAPE_PLACE_HEH;
	if (gq == G_ALEF || (final && (gq == G_TAH || gq == G_LAM ||
	    gq == G_KAF || gq == G_GAF)))
		return SHAPE_PLACE_ALEF;
	if (!final && (gq == G_BEH || gq == G_YEH)) {
		gn = prop_of(ps, n)->group;
		if (gn == G_REH || gn == G_YEH)
			return SHAPE_PLACE_BEH;
	}
	if (gq == G_WAW || (final && (gq == G_AIN || gq == G_QAF ||
	    gq == G_FEH)))
		return SHAPE_PLACE_WAW;
	if (gq == G_REH || (final && (gq != G_YEH ||
	    !(never & SHAPE_NEVER_FINAL_YEH))))
		return SHAPE_PLACE_OTHER;
	return SHAPE_NPLACES;
}

/* ------------------------------------------------------------- the tatweel */

/* Found by shaping: cmap's glyph says nothing, Amiri's is blank. */
bool
bar_is_plain(struct shape_ctx *c, struct plan *pl, const struct font_face *f)
{
	static const uint32_t cps[3] = { BEH, TATWEEL, BEH };
	const hb_glyph_info_t *info;
	const hb_glyph_position_t *pos;
	unsigned n, i, bar = 0, nbars = 0;

	if (pl->bar != 0)
		return pl->bar > 0;
	pl->bar = -1;
	if (!font_can_compose(f) || !font_has(f, TATWEEL))
		return false;
	shape_chars(c, pl, f, cps, 3, 0, 3, NULL, 0);
	info = hb_buffer_get_glyph_infos(c->buf, &n);
	pos = hb_buffer_get_glyph_positions(c->buf, NULL);
	for (i = 0; i < n; i++) {
		if (info[i].cluster == 1) {
			bar = i;
			nbars++;
		}
	}
	if (nbars != 1 || pos[bar].x_advance <= 0 || pos[bar].y_offset != 0 ||
	    !font_is_plain_bar(f, info[bar].codepoint))
		return false;
	pl->bar_adv = pos[bar].x_advance;
	pl->bar = 1;
	return true;
}

/* ------------------------------------------------------------------ places */

struct word {			/* the one that holds the place looked at */
	size_t end;		/* characters */
	bool long_enough, vowelled;
};

static bool
in_word(const struct piece *pc, size_t i)
{
	return pc->ch[i].flags & (P_LETTER | P_MARK) ||
	    (pc->ch[i].flags & (P_IGNORABLE | P_CONTROL)) == P_IGNORABLE;
}

static bool
is_counted(const struct piece *pc, size_t i)
{
	return pc->ch[i].flags & P_LETTER && pc->cps[i] != TATWEEL;
}

/* The word round character i, which may go on in other runs. */
static void
find_word(const struct piece *pc, size_t i, int least, struct word *w)
{
	bool marks = false;
	int n = 0;
	size_t k;

	for (k = i; k > 0 && in_word(pc, k - 1) && i - k < WORD_MAX; k--) {
		n += is_counted(pc, k - 1);
		marks |= pc->ch[k - 1].flags & P_MARK;
	}
	for (k = i; k < pc->n && in_word(pc, k); k++) {
		n += is_counted(pc, k);
		marks |= pc->ch[k].flags & P_MARK;
	}
	w->end = k;
	w->long_enough = n >= least;
	w->vowelled = marks;
}

/*
 * The letter that a cluster of characters [a, b) shows to the next, or 0
 * if a ZWNJ or another control stands between.
 */
static uint32_t
last_letter(const struct piece *pc, uint32_t a, uint32_t b)
{
	while (b-- > a) {
		if (pc->ch[b].flags & P_UNSEEN)
			return 0;
		if (pc->ch[b].flags & P_LETTER)
			return pc->cps[b];
		if (!(pc->ch[b].flags & P_MARK))
			return 0;
	}
	return 0;
}

/* The letter after the one at i that it joins to, or 0: it is final. */
static uint32_t
joined_next(const struct piece *pc, uint32_t i)
{
	size_t k;

	if (!(pc->ch[i].flags & P_JOINS_NEXT))
		return 0;
	for (k = i + 1; k < pc->n; k++) {
		if (pc->ch[k].flags & P_JOINS_PREV)
			return pc->cps[k];
		if (pc->cps[k] == ZWNJ || !(pc->ch[k].flags &
		    (P_MARK | P_IGNORABLE)))
			return 0;
	}
	return 0;
}

/* Does لله end with the letter at i, marks between its letters or not? */
static bool
ends_allah(const struct piece *pc, size_t i)
{
	int lams = 0;

	if (pc->cps[i] != HEH)
		return false;
	while (i-- > 0 && lams < 2) {
		if (pc->ch[i].flags & P_MARK)
			continue;
		if (pc->cps[i] != LAM)
			return false;
		lams++;
	}
	return lams == 2;
}

/* The priority after cluster [a, b), whose next begins at b; 0: none. */
static inline unsigned
place_after(struct shape_ctx *c, const struct piece *pc,
    const struct shape_rules *rules, uint32_t a, uint32_t b)
{
	const struct ch *ch = pc->ch;
	enum shape_place place;
	uint32_t p, n;

	/* Most places fall here: half of all letters do not join. */
	if ((ch[b].flags & (P_LETTER | P_JOINS_PREV)) !=
	    (P_LETTER | P_JOINS_PREV))
		return 0;
	if (b == a + 1) {
		if ((ch[a].flags & (P_LETTER | P_JOINS_NEXT)) !=
		    (P_LETTER | P_JOINS_NEXT))
			return 0;
		p = pc->cps[a];
	} else {
		p = last_letter(pc, a, b);
		if (p == 0 || !(prop_of(&c->props, p)->flags & P_JOINS_NEXT))
			return 0;
	}
	n = joined_next(pc, b);
	place = place_of(&c->props, p, pc->cps[b], n, rules->kashida_never);
	if (place == SHAPE_NPLACES || (place == SHAPE_PLACE_HEH && n == 0 &&
	    rules->kashida_never & SHAPE_NEVER_ALLAH && ends_allah(pc, b)))
		return 0;
	return rules->kashida_priority[place];
}

void
kashida_mark(struct shape_ctx *c, struct piece *pc, struct plan *pl,
    const struct shape_run *r, const struct shape_rules *rules,
    const uint32_t *first, const uint8_t *safe, uint32_t k0, uint32_t k1)
{
	struct shape_cluster *cl = c->clusters.v;
	struct word w = { 0, false, false };
	unsigned prio;
	uint32_t k, a, b;

	if (r->script != ARAB || !(r->level & 1) || r->style->no_kashida ||
	    r->style->nastaliq || !bar_is_plain(c, pl, r->face))
		return;
	b = first[0];
	for (k = k0; k + 1 < k1; k++) {
		a = b;
		b = first[k + 1 - k0];
		prio = place_after(c, pc, rules, a, b);
		if (prio == 0)
			continue;
		if (a >= w.end)
			find_word(pc, a, rules->kashida_min_letters, &w);
		/* What the author lengthened himself is long enough. */
		if (!w.long_enough && !(cl[k].flags & SHAPE_TATWEEL))
			continue;
		if (w.vowelled && rules->kashida_never & SHAPE_NEVER_VOWELLED)
			continue;
		cl[k].flags |= (uint16_t)(SHAPE_KASHIDA |
		    prio << SHAPE_PRIORITY_SHIFT);
		if (safe[k + 1 - k0])
			cl[k].flags |= SHAPE_KASHIDA_SAFE;
		c->has_kashida = true;
	}
}

int
shape_kashida_quantum(const struct font_face *f)
{
	return MAX(1, font_metrics(f)->upem / 64);
}

static bool
has_feature(hb_face_t *face, hb_tag_t want)
{
	hb_set_t *found = hb_set_create();
	hb_tag_t wanted[2] = { want, HB_TAG_NONE };
	bool has;

	hb_ot_layout_collect_features(face, HB_OT_TAG_GSUB, NULL, NULL,
	    wanted, found);
	has = !hb_set_is_empty(found);
	hb_set_destroy(found);
	return has;
}

unsigned
shape_stretch(struct shape_ctx *c, const struct font_face *f)
{
	hb_font_t *font = font_hb(f);
	hb_ot_var_axis_info_t axis;
	hb_face_t *face;
	struct plan *pl;
	unsigned how = 0;

	if (font == NULL)
		return 0;
	face = hb_font_get_face(font);
	if (has_feature(face, HB_TAG('j', 'a', 'l', 't')))
		how |= SHAPE_STRETCH_ALTERNATES;
	if (hb_ot_var_find_axis_info(face, HB_TAG('G', 'E', 'X', 'T'),
	    &axis) || hb_ot_var_find_axis_info(face, HB_TAG('M', 'S', 'H',
	    'Q'), &axis))
		how |= SHAPE_STRETCH_AXIS;
	pl = plan_get(c, f, ARAB, true, "fa", NULL);
	if (pl != NULL && bar_is_plain(c, pl, f))
		how |= SHAPE_STRETCH_BAR;
	return how;
}
