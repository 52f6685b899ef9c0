/*
 * A bar on the terminal while a long build goes on. Private to cmd/.
 */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include "base/base.h"

struct bar {
	struct progress progress;	/* for page/ and pdf/ */
	int64_t begun, told;		/* [ns] */
	bool on, drawn;
};

/* Nothing is drawn unless standard error is a terminal and the build takes
 * more than a moment. The bar must not move while it is on. */
void bar_begin(struct bar *b, bool wanted);
/* Wipe it, before anything else is printed; it may come again. */
void bar_wipe(struct bar *b);

#endif
