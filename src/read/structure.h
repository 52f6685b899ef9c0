/*
 * cmark's tree of a skeleton. Only structure.c, blocks.c and fence.c
 * know cmark (and html.c, which borrows its entities).
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

/* blocks.c: where a block begins: its line, the byte in that line. */
size_t first_line(const struct reader *r, cmark_node *n);
size_t first_byte(const struct reader *r, cmark_node *n);

/* fence.c */
/* The colons of a fence; *opens if it is no closing one; its attributes
 * begin at byte *rest of its line. */
size_t fence_colons(const struct reader *r, cmark_node *n, bool *opens,
    size_t *rest);
void fence_attr(struct reader *r, struct doc_node *div, size_t line,
    size_t at);
/* Does an opening fence end at once ("::: page-break")? */
bool fence_is_alone(const struct reader *r, const struct doc_node *div,
    cmark_node *n, size_t colons);
void div_close(struct reader *r, struct doc_node *div);

#endif
