/* What catalogue.c and phrases.c know of messages; private to base/. */
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
/*
 * Append the Persian of words that stand for an argument: a fixed phrase, or
 * one with pieces that change, each in an isolate. False if it is none.
 */
bool catalogue_phrase(const char *english, struct buf *out);

#endif
