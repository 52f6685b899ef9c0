/*
 * Inside of tables: gathered by table.c, fitted by tablefit.c, made boxes by
 * tablebox.c. Private to these.
 */
#ifndef PAGE_TABLE_H
#define PAGE_TABLE_H

#include "page/layout.h"

/* A paragraph of a cell, or an item of a list in it. */
struct part {
	struct piece *p, *label;	/* label: of an item; NULL */
	int32_t label_elem;
	sp indent, above;		/* at its start; white over it */
	sp wide;			/* on one line, with the indent */
};

struct cell {
	struct part *v;
	uint32_t n;
	enum doc_align align;
	uint32_t nlines;		/* of all parts */
	sp height;			/* of the lines, with white between */
	sp shift;			/* decimal columns: to the right */
};

struct trow {
	struct cell *cells;
	bool header;
	const struct doc_node *node;
};

struct table {
	const struct doc_node *node;
	const struct style_look *look;
	int ncols;
	struct trow *rows;
	size_t nrows;
	sp measure, start, end;		/* of the place it stands in */
	sp full;			/* measure around the columns; 0 */
	sp pad_x, pad_y;
	int level;
	bool keep;
	int groups;			/* of columns; 0: not planned yet */
	bool turned;			/* a quarter turn, on a page of its own */
	bool paper;			/* as wide as the page: x is from its edge */
	bool split;			/* words wider than their column break */
	const char *widths;		/* "1 3": shares of the columns; NULL */
	struct proto *caption;
	size_t ncaption;
	bool above;			/* the caption stands above */
	sp *min, *max;			/* what columns need, and would like */
	/* What is shown side by side: a table too wide is cut into groups. */
	bool cut;
	sp first;			/* width of the first column, if each
					 * group has it; 0 */
	int most;			/* new columns in a group */
	int *shown, nshown;
	sp *w;				/* widths of the columns, without pads */
};

/* Decide where the table stands, and how it is cut if it is too wide. */
void table_plan(struct layout *l, struct table *t);
/* Show a group, from 0 on in turn: its columns and their widths, and the
 * lines of its cells. */
void table_show(struct layout *l, struct table *t, int group);

void expand_table(struct layout *l, const struct proto *p);

#endif
