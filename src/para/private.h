/*
 * What the files of para/ share: a paragraph while it is being broken.
 */
#ifndef PARA_PRIVATE_H
#define PARA_PRIVATE_H

#include "para/break.h"
#include "para/para.h"

/* The clusters of a brk_item, by index into the paragraph's. */
struct piece {
	uint32_t first, end;	/* what a line that holds it prints */
	uint32_t next;		/* the piece after it; spaces between */
	bool split;		/* a word goes on in the next piece */
};

/* A walk over the clusters in logical order: where cluster `cluster` is. */
struct cursor {
	uint32_t run, cluster;
	uint32_t text, glyph;
};

struct work {
	struct shape_ctx *ctx;
	struct arena *a, *scratch;
	struct diag *dg;
	const struct shape_para *p;
	const struct para_shape *shape;
	const struct para_style *style;
	shape_place place;
	void *arg;

	/* What is wider than this is split between clusters; 0: nothing is [sp] */
	sp limit;
	sp *width;		/* natural, of each cluster [sp] */
	struct piece *pieces;
	struct brk_item *items;	/* one a piece */
	uint32_t n;
	struct brk brk;

	/* Kashida; NULL and 0 where there is none. */
	uint32_t *word;		/* of each piece: equal words, equal numbers */
	uint32_t nwords;	/* such numbers */
	uint8_t *used;		/* of each: stretched already */
	uint8_t *struck;	/* of each cluster: the font refused it */
	sp *above;		/* kashidas of the line above, from its start */
	uint32_t nabove;
};

/* A word that carries a kashida: its clusters, what is drawn instead. */
struct stretched {
	uint32_t cluster, cluster_end;
	const struct shape_word *word;
	sp gain;		/* it is wider by so much [sp] */
};

/* items.c */

/* Natural width of a cluster of `r` that is no SHAPE_SPACE [sp]. */
sp cluster_width(const struct shape_run *r, const struct shape_cluster *c,
    int upem);
/* Width of each word space of `r`, before justification [sp]. */
sp run_space(const struct shape_run *r, const struct shape_para *p,
    int permille);
/* Fill width, pieces, items and n from the paragraph. */
void items_build(struct work *w);
/* Step `c` forward to `cluster`; past the end of a run into the next. */
void cursor_to(struct cursor *c, const struct shape_para *p,
    uint32_t cluster);

/* lines.c */

/*
 * Lay out pieces [start, end) as a line, with the words `st` (in logical
 * order) stretched. `c` comes from the line before.
 */
void line_set(struct work *w, struct cursor *c, uint32_t start, uint32_t end,
    const struct stretched *st, uint32_t nst, struct para_line *out);

/* kashida.c */

/* Find the words; fill in what the items can be lengthened by. */
void stretch_mark(struct work *w);
/* The second again, with what has since been refused. */
void stretch_estimate(struct work *w);
/*
 * Choose and shape the words that a line of pieces [start, end) stretches,
 * as much of `f->kashida` as the font and the rules permit. `run` is that
 * of the line's first cluster. Returns how many; `out` in scratch.
 */
uint32_t stretch_choose(struct work *w, uint32_t run, uint32_t start,
    uint32_t end, const struct brk_fit *f, struct stretched **out);

/* river.c */

/* How many rivers a breaking has, as far as can be told. */
uint32_t river_count(const struct work *w, uint32_t n, const uint32_t *ends);
/*
 * Break again so that spaces do not stand under spaces, if that is worth
 * its demerits. Takes and returns a breaking.
 */
uint32_t river_avoid(struct work *w, uint32_t n, uint32_t **ends,
    int64_t *demerits);

#endif
