/*
 * Reading the command line: one table a command. Private to cmd/.
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "base/base.h"

struct option_def {
	const char *name;	/* "--output" */
	char letter;		/* 'o'; 0: none */
	const char *value;	/* "DIR"; NULL: takes none */
	const char *help;
};

struct option {
	const struct option_def *def;
	const char *value;	/* NULL for those without */
};

struct options {
	struct option *v;
	size_t n, cap;
	const char **args;	/* what is no option */
	size_t nargs, args_cap;
	bool help;
};

/*
 * Parse argv[1..]; unknown options are reported with the nearest known
 * name (USE_BAD_OPTION). Returns false then. `defs` ends with name NULL.
 * From here on `dg` speaks the language of --lang, or of the locale (LC_ALL,
 * LC_MESSAGES, LANG); with --quiet it keeps infos to itself in the end.
 */
/* What --allow names, and the folder of --style, a book may read
 * (path_allow()). */
bool options_read(struct options *o, struct diag *dg, int argc, char **argv,
    const struct option_def *defs);
const char *option_value(const struct options *o, const char *name); /* last */
bool option_given(const struct options *o, const char *name);
/* "Usage: dabir build BOOK [options]" and a line an option. */
void options_help(FILE *f, const char *usage, const char *what,
    const struct option_def *defs);
void options_free(struct options *o);
/* A whole number from 1 to `most`; `otherwise` if there is none, 0 (and
 * USE_BAD_NUMBER) if it is something else. */
int options_count(struct diag *dg, const char *name, const char *value,
    int most, int otherwise);
/* Print messages to stderr and return the exit status. */
int finish_messages(struct diag *dg);

#endif
