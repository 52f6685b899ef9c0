/*
 * A target's pages on sheets: what `dabir build` does for targets with
 * `from:`, and `dabir impose` for any. Private to cmd/.
 */
#ifndef CMD_SHEETS_H
#define CMD_SHEETS_H

#include "cmd/options.h"
#include "cmd/project.h"
#include "pdf/pdf.h"

/*
 * The target whose pages `t` shows: its own, or that of its `from:`. NULL
 * (reported) if there is none, or if that shows another's in turn.
 */
const struct read_target *sheets_source(const struct read_book *book,
    const struct read_target *t, struct diag *dg);

/* Does the book file ask for sheets: by `from:`, or by `impose:` alone? */
bool sheets_wanted(const struct read_target *t);
/* What `dabir impose` takes where no target is named: the first that asks
 * for sheets, else the first default one, else the first. */
const struct read_target *sheets_default(const struct read_book *book);
/* "booklet.pdf" -> "booklet-imposed.pdf". */
char *sheets_path(struct arena *a, const char *path);
/* `dabir impose BOOK`, options read; in build.c. Returns the exit status. */
int build_imposed(const struct options *o, struct diag *dg);

struct sheets_job {
	const struct page_book *book;
	const struct style *style;
	struct font_set *fonts;
	struct diag *dg;
	const struct read_target *target;	/* its `impose:` is read */
	const struct options *over;		/* command line; may be NULL */
	struct pdf_options pdf;		/* as for the pages themselves */
	const char *path;
	bool quiet;
};
/* Write them, one file or two, and say which printer setting to use.
 * Returns false if nothing was written. */
bool sheets_write(const struct sheets_job *j);

/* An option for every key of `impose:`, behind those of `defs`; the result
 * lives in `a`. */
const struct option_def *sheets_options(struct arena *a,
    const struct option_def *defs);

#endif
