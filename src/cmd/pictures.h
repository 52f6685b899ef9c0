/*
 * Pictures of pages that changed against a baseline, for people: the old page,
 * the new one, and both over one another. Private to cmd/.
 */
#ifndef CMD_PICTURES_H
#define CMD_PICTURES_H

#include "check/check.h"

struct pictures {
	const char *dir;		/* of --diff-images */
	struct diag *dg;
	struct buf page;		/* index.html, so far */
	size_t n;
};

/* Where the pages of the baseline lie: `DIR/old/OUTPUT`. */
char *pictures_old(struct arena *a, const char *dir, const char *output);
/* The changed pages of one file, whose new pages are in the PDF `now`. */
void pictures_add(struct pictures *p, const struct check_change *v, size_t n,
    const char *output, const char *now);
/* Write DIR/index.html. */
void pictures_end(struct pictures *p);

#endif
