/*
 * Kashida: where a word may be lengthened, and the word lengthened.
 *
 * The places and their order are those of the compositors' rules that
 * LibreOffice and, before it, Internet Explorer made public; here every
 * legal place of a word is marked with its priority, since only para/ knows
 * how much a line wants:
 *
 *	1 after a tatweel the author typed
 *	2 after س or ص
 *	3 before final ه, ة or د
 *	4 before final ا, ط, ل, ک or گ
 *	5 before a medial ب (or its like) that stands before ر or ی
 *	6 before final و, ع, ق or ف
 *	7 before other final letters
 *
 * "Final" is a letter joined to the one before it and not to the next, so a
 * د inside a word counts, and ه before a ZWNJ does. Never before a final ی
 * but after س or ص, never inside لا, never beside a ZWNJ.
 *
 * A place is only where the two letters really join in one run, and where
 * the face's own tatweel, as shaped, is a bar that may be scaled. Whether
 * the letters round it keep their shapes is found when the word is shaped
 * again: to ask that for every place here would double the cost of shaping
 * for the few places that are used. HarfBuzz's own opinion (SAFE_TO_INSERT_
 * TATWEEL) comes free and is passed on as a preference.
 */
#include "shape/internal.h"

#define ARAB SCRIPT_TAG('A', 'r', 'a', 'b')
#define TATWEEL 0x640u
#define ZWNJ 0x200cu
#define BEH 0x628u

/* ---------------------------------------------------------------- letters */

/*
 * Priority of the place between letters p and q that join; q is final or
 * followed by n, which it joins (0 otherwise). 0: no place.
 */
static unsigned
priority(struct props *ps, uint32_t p, uint32_t q, uint32_t n)
{
	enum group gp = prop_of(ps, p)->group, gq = prop_of(ps, q)->group, gn;
	bool final = n == 0;

	if (gp == G_LAM && gq == G_ALEF)
		return 0;
	if (q == TATWEEL)
		return 0;	/* the place is after the last of them */
	if (p == TATWEEL)
		return 1;
	if (gp == G_SEEN || gp == G_SAD)
		return 2;
	if (gq == G_TEH_MARBUTA || gq == G_DAL || (gq == G_HEH && final))
		return 3;
	if (gq == G_ALEF || (final && (gq == G_TAH || gq == G_LAM ||
	    gq == G_KAF || gq == G_GAF)))
		return 4;
	if (!final && (gq == G_BEH || gq == G_YEH)) {
		gn = prop_of(ps, n)->group;
		if (gn == G_REH || gn == G_YEH)
			return 5;
	}
	if (gq == G_WAW || (final && (gq == G_AIN || gq == G_QAF ||
	    gq == G_FEH)))
		return 6;
	if (gq == G_REH || (final && gq != G_YEH))
		return 7;
	return 0;
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
	bool long_enough;
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
	int n = 0;
	size_t k;

	for (k = i; k > 0 && n < least && in_word(pc, k - 1); k--)
		n += is_counted(pc, k - 1);
	for (k = i; k < pc->n && in_word(pc, k); k++)
		n += is_counted(pc, k);
	w->end = k;
	w->long_enough = n >= least;
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

/* The priority after cluster [a, b), whose next begins at b; 0: none. */
static inline unsigned
place_after(struct shape_ctx *c, const struct piece *pc, uint32_t a,
    uint32_t b)
{
	const struct ch *ch = pc->ch;
	uint32_t p;

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
	return priority(&c->props, p, pc->cps[b], joined_next(pc, b));
}

void
kashida_mark(struct shape_ctx *c, struct piece *pc, struct plan *pl,
    const struct shape_run *r, const struct shape_rules *rules,
    const uint32_t *first, const uint8_t *safe, uint32_t k0, uint32_t k1)
{
	struct shape_cluster *cl = c->clusters.v;
	struct word w = { 0, false };
	unsigned prio;
	uint32_t k, a, b;

	if (r->script != ARAB || !(r->level & 1) || r->style->no_kashida ||
	    r->style->nastaliq || !bar_is_plain(c, pl, r->face))
		return;
	b = first[0];
	for (k = k0; k + 1 < k1; k++) {
		a = b;
		b = first[k + 1 - k0];
		prio = place_after(c, pc, a, b);
		if (prio == 0)
			continue;
		if (a >= w.end)
			find_word(pc, a, rules->kashida_min_letters, &w);
		/* What the author lengthened himself is long enough. */
		if (prio > 1 && !w.long_enough)
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
