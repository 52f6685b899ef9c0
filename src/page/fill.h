/*
 * Filling one page: the same arithmetic for breaks.c, which tries pages, and
 * place.c, which says where boxes stand on them. Private to page/.
 */
#ifndef PAGE_FILL_H
#define PAGE_FILL_H

#include "page/layout.h"

/* What floats may take of a page with text: a fifth is left. */
#define FLOATS_MOST(l) ((l)->height / 5 * 4)

struct fill {
	const struct layout *l;
	sp height;		/* of the text block, less what floats take */
	sp y;			/* foot of what stands on the page */
	sp pending;		/* gap not yet used */
	sp notes;		/* height of notes with the space above */
	sp over;		/* the one box on it is so much too high */
	bool any;
	bool floats;		/* some stand on the page */
	struct carry carry;	/* rest of notes the page begins with */
	struct carry split;	/* rest of notes it leaves for the next */
};

/* `first`: the box the page begins with (its table header is repeated).
 * Floats floats .. floats + nfloats - 1 stand on the page too. */
void fill_start(struct fill *f, const struct layout *l,
    const struct box *first, const struct carry *carry, size_t floats,
    uint32_t nfloats);
sp fill_add(struct fill *f, const struct box *b);
/* As much of a split note as the page still has room for. */
void fill_note(struct fill *f);
/* Of notes too long even for a page of their own: what fits. */
void carry_fits(struct fill *f);
sp carry_height(const struct carry *c);
/* Lines the page is short of full, notes counted. */
int lines_short(const struct fill *f);
sp snap(sp y, sp grid);

/* Of a box's notes what `room` holds; `notes` grows, the rest is returned. */
struct carry fit_notes(const struct fill *f, const struct box *b, sp room,
    sp *notes);

/* --------------------------------------------------------------- strip.c */

enum { STRIP_ENDS = 64 };

/* Boxes [start, end) in columns on one page. */
struct strip {
	size_t start, end;
	size_t ends[MAX_COLUMNS];	/* box after the last of each column */
	int64_t cost;		/* of ends of columns, the last included */
	struct carry split;
	sp top, height;		/* from the top of the text block; highest */
	sp notes;		/* of the page, when the strip is added */
	int n;			/* columns used */
};

/* All the rest of the run that box i stands in, balanced; false if the page
 * has no room for it. */
bool strip_whole(const struct fill *f, size_t i, struct strip *s);
/* Strips from box i on after which the page ends, STRIP_ENDS at most; each
 * ends at another box. */
int strip_ends(const struct fill *f, size_t i, struct strip *v);
void strip_add(struct fill *f, const struct strip *s);

/* A column while it is filled. */
struct column {
	const struct layout *l;
	sp y, pending;		/* foot of what stands in it; white after it */
	sp natural;		/* top of the last box, but for the grid */
	bool any;
};
void column_start(struct column *c, const struct layout *l,
    const struct box *first);
sp column_add(struct column *c, const struct box *b);

/* --------------------------------------------------------------- place.c */

/* Where a box stands on its page [sp]. */
struct spot {
	sp top;			/* from the top of the text block */
	sp x;			/* of its column, from the block's left */
	sp white;		/* what the grid added above it */
	uint8_t column;		/* 0 outside of columns, else from 1 on */
	bool begins;		/* the first of the page or column ... */
	sp begin;		/* ... whose top this is */
};

/* The boxes of one page, in the order of the flow. */
struct places {
	struct spot *v;
	size_t n, cap;
	struct fill f;		/* when all of them stand */
	sp head;		/* what floats take above them */
	struct { struct strip *v; size_t n, cap; } strips;
};

/* Find the places of a page's boxes. `p` may be used again for the next. */
void place_page(const struct layout *l, const struct page_break *pb,
    struct places *p);
void places_free(struct places *p);
/* Left edge of a column of a run, from the block's. */
sp column_left(const struct columns *c, int column);

#endif
