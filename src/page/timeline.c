/*
 * Timelines.
 */
#include "page/layout.h"

void
timeline_gather(struct layout *l, struct ctx *c, const struct doc_node *n,
    const struct style_look *look)
{
	(void)look;
	flow_children(l, c, n);
}
