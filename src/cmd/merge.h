/*
 * Mail merge: `dabir build --each students.csv`, a file for each row or one
 * for all of them. Private to cmd/.
 */
#ifndef CMD_MERGE_H
#define CMD_MERGE_H

#include "cmd/options.h"
#include "cmd/progress.h"
#include "page/page.h"
#include "pdf/pdf.h"

/* The rows to be filled in, all of them found to be good. */
struct merge;
/*
 * As --each, --rows, --joined and --list ask. NULL without --each, or (told,
 * fatal) where something is wrong with the file or with the options.
 */
struct merge *merge_open(const struct options *o, struct diag *dg);
void merge_close(struct merge *m);

/* --list: files are named and not written. */
bool merge_only_lists(const struct merge *m);
/* The file of rows. */
const char *merge_path(const struct merge *m);

struct merge_job {
	const char *target;		/* for messages */
	struct pos pos;
	struct page_job page;		/* the handout */
	struct pdf_options pdf;
	const char *path;		/* "handouts/phase-1.pdf": rows have
					 * "handouts/phase-1-07.pdf" */
	struct bar *bar;
	bool quiet;
};
/* Write one handout for every row; returns how many files there are now. */
size_t merge_write(struct merge *m, const struct merge_job *j);

#endif
