/*
 * A shaped paragraph as boxes, glue and penalties.
 *
 * A piece is what stands between two legal breaks, nearly always a word
 * with its punctuation and the space after it. The space, when the line
 * ends there, is dropped (so rule L1 of UAX #9 needs nothing more: no
 * space is left that could stand at the wrong side). Spaces where no line
 * may end (between a number and its unit) stretch like the others but
 * belong to the box.
 *
 * A break where HarfBuzz says that the glyphs on both sides depend on each
 * other (SHAPE_UNSAFE) and no space is dropped would need the two halves
 * shaped again. In Persian there is none: words are not parted, and
 * joining ends at what UAX #14 breaks at. What is left is a kern after a
 * hyphen or a slash in Latin, and a word that no line can hold. Such a break
 * is so dear that it is taken when nothing else is left, and then the line is
 * off by the kern; to shape again would buy nothing that can be seen.
 */
#include "para/private.h"

#include <string.h>

/* After a hyphen, a dash or a slash inside a word: as TeX's
 * \exhyphenpenalty. */
#define PENALTY_INSIDE 50
/* As much as the worst line costs. */
#define PENALTY_UNSAFE 10000
/* Inside a word that no line can hold: as few of these as will do, and rather
 * than where letters join. */
#define PENALTY_SPLIT 5000

/* muldiv() for font units: inline, since a book asks millions of times. */
static inline sp
scale(int adv, sp size, int upem)
{
	int64_t v = (int64_t)adv * size;

	return (sp)(v < 0 ? -((-v + upem / 2) / upem) :
	    (v + upem / 2) / upem);
}

sp
cluster_width(const struct shape_run *r, const struct shape_cluster *c,
    int upem)
{
	if (c->flags & SHAPE_OBJECT)
		return c->adv;
	return scale(c->adv, r->size, upem);
}

/*
 * The face's own U+0020 and not the cluster's advance: kerning may have
 * made that one narrower after some letters, and spaces are to be equal.
 * Letterspacing, which advances hold already, is therefore added to it.
 */
sp
run_space(const struct shape_run *r, const struct shape_para *p, int permille)
{
	const struct shape_cluster *c = &p->clusters[r->cluster];
	unsigned gid = font_glyph(r->face, ' ');
	int adv = 0;
	uint32_t i;

	if (gid != 0)
		adv = font_advance(r->face, gid);
	for (i = 0; adv == 0 && i < r->nclusters; i++)
		if (c[i].flags & SHAPE_SPACE)
			adv = c[i].adv;
	return (sp)((int64_t)scale(adv, r->size, font_metrics(r->face)->upem) *
	    permille / 1000) + shape_tracking(r);
}

static void
measure_clusters(struct work *w)
{
	const struct shape_para *p = w->p;
	const struct shape_run *r;
	const struct shape_cluster *c;
	uint32_t i, j;
	sp space;
	int upem;

	w->width = ARENA_ARRAY(w->scratch, sp, p->nclusters);
	for (i = 0; i < p->nruns; i++) {
		r = &p->runs[i];
		upem = font_metrics(r->face)->upem;
		space = run_space(r, p, w->style->space_natural);
		for (j = r->cluster; j < r->cluster + r->nclusters; j++) {
			c = &p->clusters[j];
			w->width[j] = c->flags & SHAPE_SPACE ? space :
			    cluster_width(r, c, upem);
		}
	}
}

/*
 * Clusters [first, next) as a piece. The spaces that a line end drops
 * start at the first of those that nothing visible follows; a ZWNJ before
 * them stays, a closing isolate after them goes.
 */
static void
cut_piece(const struct work *w, uint32_t first, uint32_t next,
    struct piece *pc, struct brk_item *it)
{
	const struct shape_cluster *c = w->p->clusters;
	uint32_t i;
	sp64 width = 0, inner = 0, glue = 0;
	uint16_t spaces = 0;

	pc->end = pc->next = next;
	for (i = next; i > first && c[i - 1].flags &
	    (SHAPE_SPACE | SHAPE_IGNORABLE); i--)
		if (c[i - 1].flags & SHAPE_SPACE)
			pc->end = i - 1;
	/* Nothing visible at all. UAX #14 allows a break between a space and
	 * the isolate's end, and again after the space that follows. */
	if (i == first)
		pc->end = first;
	for (i = first; i < pc->end; i++) {
		width += w->width[i];
		if (!(c[i].flags & SHAPE_SPACE))
			continue;
		inner += w->width[i];
		if (i > first && !(c[i - 1].flags & SHAPE_SPACE) &&
		    spaces < UINT16_MAX)
			spaces++;
	}
	for (; i < next; i++)
		glue += w->width[i];
	pc->first = first;
	pc->split = false;
	memset(it, 0, sizeof(*it));
	it->width = sp_clamp(MAX(width, 0));
	it->inner = sp_clamp(inner);
	it->spaces = spaces;
	it->glue = sp_clamp(glue);
}

/*
 * Add the piece [first, next). One without anything to print is no item
 * but lengthens the space before it, unless it is a line of its own: an
 * empty one between two forced breaks.
 */
static void
add_piece(struct work *w, uint32_t first, uint32_t next, bool forced)
{
	const struct shape_cluster *c = w->p->clusters;
	struct piece pc;
	struct brk_item it, *last = w->n > 0 ? &w->items[w->n - 1] : NULL;
	bool line_start = last == NULL || last->forced;

	if (line_start && !w->style->keep_spaces)
		while (first < next && c[first].flags & SHAPE_SPACE)
			first++;
	cut_piece(w, first, next, &pc, &it);
	if (pc.end == pc.first && !(line_start && forced)) {
		if (line_start)
			return;
		w->pieces[w->n - 1].next = next;
		last->glue = sp_clamp((sp64)last->glue + it.glue);
		last->forced = forced;
		if (it.glue > 0)
			last->penalty = 0;
		return;
	}
	it.forced = forced;
	if (it.glue == 0 && pc.end == next && next < w->p->nclusters)
		it.penalty = c[next].flags & SHAPE_UNSAFE ? PENALTY_UNSAFE :
		    PENALTY_INSIDE;
	w->items[w->n] = it;
	w->pieces[w->n++] = pc;
}

/* Where a word that is too wide may be broken. */
enum parting {
	PART_NOWHERE,
	PART_ANYWHERE,		/* but before a space, a mark or a ZWNJ */
	PART_AT_GAPS		/* only where letters do not join or kern */
};

static bool
can_split(const struct work *w, uint32_t i, enum parting where)
{
	const struct shape_cluster *c = &w->p->clusters[i];
	unsigned never = SHAPE_SPACE | SHAPE_IGNORABLE;

	if (where == PART_AT_GAPS)
		never |= SHAPE_UNSAFE | SHAPE_NEUTRAL;
	return w->width[i] > 0 && c->nglyph > 0 && !(c->flags & never);
}

static bool
is_too_wide(const struct work *w, uint32_t first, uint32_t next)
{
	sp64 width = 0;
	uint32_t i;

	for (i = first; i < next; i++)
		if (!(w->p->clusters[i].flags & SHAPE_SPACE))
			width += w->width[i];
	return w->limit > 0 && width > w->limit;
}

/*
 * A piece as it is, or where no line could hold it, each part of it that
 * can be broken off; lines take as many as go in. A part that is too wide
 * itself («خخخ…», which joins all along, or a row of dashes) is broken
 * between any two letters, which keep their shapes: better than to print
 * beyond the paper.
 */
static void
add_pieces(struct work *w, uint32_t first, uint32_t next, bool forced,
    enum parting where)
{
	bool wide = where != PART_NOWHERE && is_too_wide(w, first, next);
	uint32_t i, n;

	for (i = first + 1; wide && i < next; i++) {
		if (!can_split(w, i, where))
			continue;
		n = w->n;
		add_pieces(w, first, i, false, where - 1);
		if (w->n == n)
			continue;
		first = i;
		n = w->n - 1;
		if (w->items[n].glue > 0)
			continue;
		w->items[n].penalty = where == PART_AT_GAPS ? PENALTY_SPLIT :
		    PENALTY_UNSAFE;
		w->pieces[n].split = true;
	}
	if (wide && where == PART_AT_GAPS)
		add_pieces(w, first, next, forced, PART_ANYWHERE);
	else
		add_piece(w, first, next, forced);
}

/* Spaces that a line begins with belong to its first word. */
static bool
is_indent(const struct work *w, uint32_t first, uint32_t end)
{
	while (first < end && w->p->clusters[first].flags & SHAPE_SPACE)
		first++;
	return first == end;
}

void
items_build(struct work *w)
{
	const struct shape_para *p = w->p;
	const struct shape_cluster *c = p->clusters;
	uint32_t i, first = 0, n = 1;

	measure_clusters(w);
	for (i = 1; i < p->nclusters; i++)
		n += w->limit > 0 ||
		    (c[i].flags & (SHAPE_BREAK | SHAPE_FORCED)) != 0;
	w->items = ARENA_ARRAY(w->scratch, struct brk_item, n);
	w->pieces = ARENA_ARRAY(w->scratch, struct piece, n);
	for (i = 1; i < p->nclusters; i++) {
		if (!(c[i].flags & (SHAPE_BREAK | SHAPE_FORCED)))
			continue;
		if (w->style->keep_spaces && !(c[i].flags & SHAPE_FORCED) &&
		    is_indent(w, first, i))
			continue;
		add_pieces(w, first, i, (c[i].flags & SHAPE_FORCED) != 0,
		    PART_AT_GAPS);
		first = i;
	}
	if (p->nclusters > 0)
		add_pieces(w, first, p->nclusters, false, PART_AT_GAPS);
}

void
cursor_to(struct cursor *c, const struct shape_para *p, uint32_t cluster)
{
	const struct shape_run *r;

	for (; c->cluster < cluster; c->cluster++) {
		c->text += p->clusters[c->cluster].len;
		c->glyph += p->clusters[c->cluster].nglyph;
	}
	r = &p->runs[c->run];
	while (c->run + 1 < p->nruns && cluster >= r->cluster + r->nclusters)
		r = &p->runs[++c->run];
}
