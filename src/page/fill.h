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

/* Where a box stands on its page [sp]. */
struct spot {
	sp top;			/* from the top of the text block */
	sp white;		/* what the grid added above it */
};

/* The boxes of one page, in the order of the flow. */
struct places {
	struct spot *v;
	size_t n, cap;
	struct fill f;		/* when all of them stand */
	sp head;		/* what floats take above them */
};

/* Find the places of a page's boxes. `p` may be used again for the next. */
void place_page(const struct layout *l, const struct page_break *pb,
    struct places *p);

#endif
