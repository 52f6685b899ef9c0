/*
 * A book judged target by target, file by file: what build would write, and
 * what is wrong with it. Private to cmd/.
 */
#ifndef CMD_JUDGE_H
#define CMD_JUDGE_H

#include "check/check.h"
#include "cmd/options.h"
#include "cmd/project.h"

/* What was found beside the messages. */
struct judged {
	struct check_layout *old, *now;	/* NULL: no baseline, none wanted */
	struct check_changes changes;
	bool compared;			/* with a baseline */
	bool several;			/* files */
};

/*
 * Lay out what the options name, and say into `dg` what text, pages and PDF
 * lack. The project is open. Levels, places and excuses are settled.
 */
void judge_book(struct project *p, const struct options *o, struct diag *dg,
    struct judged *out);
void judged_free(struct judged *j);

#endif
