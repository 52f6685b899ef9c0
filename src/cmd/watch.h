/*
 * What a build tells `dabir watch`. Private to cmd/.
 */
#ifndef CMD_WATCH_H
#define CMD_WATCH_H

#include "cmd/options.h"
#include "cmd/project.h"

struct build_seen {
	struct kept *kept;		/* of earlier builds, or NULL */
	uint64_t *v;			/* a hash a page written, in order */
	size_t n, cap;
	size_t nfiles;			/* PDFs written */
	struct buf depends;		/* paths, each behind a byte of what it is
				 * (WATCH_) and ended by a 0 byte */
};
enum { WATCH_TEXT = 't',		/* manuscripts, references */
	WATCH_OTHER = 'o' };

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
void watch_depends(struct build_seen *seen, struct project *p,
    const char *over);

const char *watch_library(void);	/* "libuv 1.44.2" */

/*
 * A process that builds and keeps what it can from build to build, so that
 * the watch outlives whatever happens in it (worker.c).
 */
struct worker;
struct worker_report {
	uint64_t messages;		/* hash of their texts */
	uint64_t done;			/* when, CLOCK_MONOTONIC [ns] */
	size_t npages, nfiles, ndepends;	/* hashes, PDFs, bytes of paths */
	size_t nerrors, nwarnings;
};
enum { WORKER_TEXT = 't', WORKER_ALL = 'a' };	/* what may have changed */
struct worker *worker_open(const struct options *opt, bool persian);
/*
 * Build once. `said` becomes the hashes of the pages and the paths. False
 * if the process broke off: *status is as waitpid() has it, and the next
 * build has a new one.
 */
bool worker_build(struct worker *w, char what, struct worker_report *r,
    struct buf *said, int *status);
void worker_close(struct worker *w);

#endif
