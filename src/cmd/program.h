/*
 * Other programs, poppler's above all: started here, and what they print
 * handed down. Private to cmd/.
 */
#ifndef CMD_PROGRAM_H
#define CMD_PROGRAM_H

#include "base/base.h"

enum program_end {
	PROGRAM_DONE,
	PROGRAM_MISSING,	/* is not installed, or could not be started */
	PROGRAM_FAILED,		/* its exit status was not 0 */
	PROGRAM_TOO_MUCH,	/* it printed more than `limit` */
};

/*
 * Run argv[0] (looked for in PATH) with nothing to read and its complaints
 * thrown away; what it prints is appended to `out` (NULL: thrown away, too).
 */
enum program_end program_run(char *const *argv, size_t limit,
    struct buf *out);
/* In words, as "pdftotext %s" would go on; of a DONE one NULL. */
const char *program_why(enum program_end end);
/* A file that begins with a dash is no option. */
char *program_file(struct arena *a, const char *path);

#endif
