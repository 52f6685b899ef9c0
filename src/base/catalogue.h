/* What catalogue.c knows of each message; for diag.c and its tests only. */
#ifndef BASE_CATALOGUE_H
#define BASE_CATALOGUE_H

#include "base/base.h"

struct catalogue_entry {
	const char *code;
	enum diag_level level;
	const char *format;	/* English, from messages.h */
	const char *persian;	/* same arguments; %2$s where order differs */
	const char *help;	/* what to do, in one sentence */
	const char *help_persian;
};

/* NULL if unknown. */
const struct catalogue_entry *catalogue_lookup(const char *code);
/* The Persian of a fixed phrase that stands for an argument, or NULL. */
const char *catalogue_phrase(const char *english);

#endif
