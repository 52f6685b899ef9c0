/*
 * Private to read/: a file whose parts are taken from an earlier reading
 * where they are as they were.
 */
#ifndef READ_CACHE_H
#define READ_CACHE_H

#include "read/read.h"

struct reader;

/* As read_markdown(), with nodes that belong to `k`. */
void read_cached(struct read_cache *k, struct doc *d, struct diag *dg,
    const char *name, const char *text, size_t n);
void reader_free(struct reader *r);	/* manuscript.c */

#endif
