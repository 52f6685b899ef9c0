/*
 * cmark's tree of a skeleton. Only this header and structure.c, blocks.c
 * know cmark.
 */
#ifndef READ_STRUCTURE_H
#define READ_STRUCTURE_H

#include <cmark-gfm.h>
#include <cmark-gfm-extension_api.h>

#include "read/reader.h"

/* Blocks of our own, beside cmark's. */
extern cmark_node_type NODE_FENCE;	/* leaf: a ::: line */
extern cmark_node_type NODE_DEFINITION;	/* container: after ": " */
extern cmark_node_type NODE_NOTE;	/* container: after "[^label]:" */

/* Parse r->skel. The tree stands until structure_done(). */
cmark_node *structure_parse(struct reader *r);
void structure_done(void);

#endif
