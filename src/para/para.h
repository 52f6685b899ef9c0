/*
 * Lines: total-fit breaking of a shaped paragraph (Knuth & Plass, 1981)
 * with word space and kashida in one cost, and justification.
 *
 * In: clusters in logical order. Out: lines whose runs carry their visual
 * place; a line's runs stay in logical order (the PDF wants them so).
 */
#ifndef PARA_H
#define PARA_H

#include "base/base.h"
#include "shape/shape.h"

enum para_align { PARA_JUSTIFY, PARA_START, PARA_END, PARA_CENTRE };

/* All of it comes from the style. Permille are of the natural word space. */
struct para_style {
	enum para_align align;
	int space_min, space_max;	/* 800, 1500 */
	int space_natural;		/* 1000: of the font's own space */
	int tolerance;			/* worst badness accepted at first, 200 */
	int looseness;			/* lines more (or fewer) than the optimum */
	int line_penalty;		/* 10 */
	int fitness_demerits;		/* neighbours of unlike fitness, 3000 */
	int alike_demerits;		/* consecutive lines stretched alike */
	int river_demerits;		/* spaces under spaces */
	int runt_demerits;		/* last line shorter than runt_min */
	sp runt_min;			/* [sp] */
	bool greedy;			/* first fit: the measure to beat */
	bool split_wide;		/* a word wider than the measure is broken */
	bool keep_last_natural;		/* last line is not stretched */
	bool keep_spaces;		/* those that begin a line: code */

	bool kashida;
	int kashida_min, kashida_max;	/* 1/1000 em: 100, 500 */
	int kashida_words;		/* at most one word in this many, 3 */
	int kashida_demerits;		/* for each 1/100 em of it, 20 */
	int kashida_stack_demerits;	/* a kashida right under another */
	int kashida_repeat_demerits;	/* the same word twice in a paragraph */
};

/* The width of each line: `first` lines have their own indents. */
struct para_shape {
	sp measure;			/* [sp], > 0 */
	sp indent_first;		/* start side of the first line, may be < 0 */
	sp indent_start, indent_end;	/* of every line */
};

/*
 * A stretch of one shape_run inside a line. Clusters [cluster, cluster+n)
 * of the paragraph in logical order, unless `word` replaces them.
 */
struct line_run {
	const struct shape_run *run;
	uint32_t cluster, nclusters;
	uint32_t text, glyph;		/* of the first cluster */
	const struct shape_word *word;	/* kashida: drawn instead; NULL */
	uint8_t level;			/* after L1 of this line */
	sp x;				/* left edge, from the line's left end [sp] */
	sp width;			/* [sp] */
	sp space;			/* width of each SHAPE_SPACE in it [sp] */
	uint16_t nextra;		/* the first nextra spaces are 1 sp wider */
};

struct para_line {
	uint32_t text, text_end;	/* [byte]: what is printed, and the next
					 * line's start (break space between) */
	struct line_run *runs;		/* logical order */
	uint32_t nruns;
	sp x;				/* of the line's left end from the measure's
					 * left end (indents, alignment) [sp] */
	sp width;			/* as set */
	sp natural;			/* before justification */
	sp ascent, descent;		/* of what is in it [sp] */
	uint32_t nspaces;
	int ratio;			/* word space in permille of natural */
	sp kashida;			/* total put in [sp] */
	uint16_t nkashida;
	bool overfull, last;
	bool split;		/* ends inside a word that is too wide */
	bool ragged;		/* spaces left as they are: a last line, or
				 * text not justified */
};

struct para_lines {
	const struct shape_para *para;
	struct para_line *v;
	uint32_t n;
	int64_t demerits;		/* of the whole paragraph */
};

/*
 * Break and justify. `lines` and all below live in `a`; `scratch` is reset
 * by the caller when it likes. Reports LAY_OVERFULL, LAY_LOOSE, LAY_TIGHT,
 * LAY_UNDERFULL at their places in the manuscript; never fails: a box
 * wider than the measure gets an overfull line, or with `split_wide` is
 * broken where letters do not join, or where it must, where they do
 * (LAY_SPLIT_WORD). Each message's text start is mapped by `place`.
 */
struct para_lines *para_break(struct shape_ctx *c, struct arena *a,
    struct arena *scratch, struct diag *dg, const struct shape_para *p,
    const struct para_shape *shape, const struct para_style *style,
    shape_place place, void *arg);

/* Natural width of the widest unbreakable piece, and of the whole on one
 * line: what table columns are found from. */
void para_widths(const struct shape_para *p, sp *min, sp *max);

/* Advance of a cluster of a line run [sp]: `i` counts from its first
 * cluster, `space_index` counts SHAPE_SPACE clusters before it. */
sp para_advance(const struct line_run *r, const struct shape_para *p,
    uint32_t i, uint32_t space_index);

/* Lines as text for --dump para. */
void para_dump(const struct para_lines *l, struct buf *out);

#endif
