/*
 * What a build tells `dabir watch`. Private to cmd/.
 */
#ifndef CMD_WATCH_H
#define CMD_WATCH_H

#include "cmd/options.h"
#include "cmd/project.h"

struct build_seen {
	uint64_t *v;			/* a hash a page written, in order */
	size_t n, cap;
	size_t nfiles;			/* PDFs written */
	struct buf depends;		/* paths, each ended by a 0 byte */
};

/* Build as `dabir build` does with these options, and say what was seen;
 * messages stay in `dg`. The caller frees `v` and `depends`. */
void build_seen(const struct options *o, struct diag *dg,
    struct build_seen *seen);

/*
 * The files and folders that a book is made of: book file, manuscripts,
 * bibliographies, images; folders of styles and fonts whole, with their
 * subfolders. `over` is the argument of --style, or NULL. Of a book that
 * could not be read, what is known of it.
 */
void watch_depends(struct build_seen *seen, const struct project *p,
    const char *over);

const char *watch_library(void);	/* "libuv 1.44.2" */

#endif
