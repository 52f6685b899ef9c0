/*
 * What a build leaves for the next one of the same book, in one process.
 * Private to cmd/. A build with it writes the bytes and says the messages
 * that a build from nothing does.
 */
#ifndef CMD_KEPT_H
#define CMD_KEPT_H

#include "font/font.h"
#include "read/read.h"
#include "style/style.h"

struct kept_style;

struct kept {
	struct read_cache *read;
	struct font_set *fonts;		/* NULL: to be opened */
	struct kept_style *styles;
};

/* Manuscripts may have changed; `all`: anything else may too, and only what
 * was read is kept. Call it before each build. */
void kept_begin(struct kept *k, bool all);
/* As style_load(); borrowed from `k`. */
struct style *kept_style(struct kept *k, struct diag *dg, const char *name,
    const char *instead, const char *const *dirs, size_t ndirs,
    struct pos pos);
void kept_free(struct kept *k);

#endif
