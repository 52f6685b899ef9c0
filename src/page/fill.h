/*
 * Filling one page: the same arithmetic for breaks.c, which tries pages, and
 * emit.c, which prints them. Private to page/.
 */
#ifndef PAGE_FILL_H
#define PAGE_FILL_H

#include "page/layout.h"

struct fill {
	const struct layout *l;
	sp y;			/* foot of what stands on the page */
	sp pending;		/* gap not yet used */
	sp notes;		/* height of notes with the space above */
	sp over;		/* the one box on it is so much too high */
	bool any;
	struct carry carry;	/* rest of notes the page begins with */
	struct carry split;	/* rest of notes it leaves for the next */
};

/* `first`: the box the page begins with (its table header is repeated). */
void fill_start(struct fill *f, const struct layout *l,
    const struct box *first, const struct carry *carry);
sp fill_add(struct fill *f, const struct box *b);
sp carry_height(const struct carry *c);
void carry_fits(struct fill *f);

#endif
