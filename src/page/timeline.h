/*
 * Inside of timelines: gathered and set vertically by timeline.c, their axis
 * drawn by axis.c. Private to these.
 */
#ifndef PAGE_TIMELINE_H
#define PAGE_TIMELINE_H

#include "page/layout.h"

struct event {
	struct piece *date;
	struct piece **texts;		/* one a paragraph */
	size_t ntexts;
	int from, to;			/* years; 0: none found */
	bool gap;
	int32_t date_elem, text_elem;
	const struct doc_node *node;
};

struct bar {
	struct piece *label, *years;	/* above it, within it */
	struct piece *key, *legend;	/* or a number, told below the axis */
	int from, to;
	bool current;			/* the section of this handout */
};

struct timeline {
	struct event *events;
	size_t nevents;
	struct bar *bars;
	size_t nbars;
	struct piece **ticks;		/* label of each year with an event */
	int *tick_years;
	size_t nticks;
	sp measure, start, end, date_width;
	int level;
	bool overview;
	bool strip;			/* a handout: its place on the whole span */
	int32_t figure;
	int first, last;		/* years of the axis */
};

struct drawing {
	struct layout *l;
	struct { struct page_item *v; size_t n, cap; } items;
};

void draw_rect(struct drawing *d, sp x, sp y, sp w, sp h, struct colour c);
void draw_dot(struct drawing *d, sp cx, sp cy, sp size, struct colour c,
    bool hollow);
void draw_lines(struct drawing *d, const struct piece *p, sp x, sp y);
sp lines_height(const struct piece *p);
/* What was drawn becomes a box of the flow. */
struct box *drawing_box(struct drawing *d, sp height);
/* x of a length from the starting side, for something w wide. */
sp from_start(const struct timeline *t, sp at, sp w);

void expand_axis(struct layout *l, const struct proto *p);

#endif
