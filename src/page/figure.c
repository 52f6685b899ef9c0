/*
 * Figures: a picture with its caption.
 */
#include <string.h>

#include "base/messages.h"
#include "page/layout.h"

void
figure_gather(struct layout *l, struct ctx *c, const struct doc_node *n,
    const struct doc_node *caption)
{
	struct ctx in = *c;

	diag_add(l->dg, n->pos, MAN_MISSING_IMAGE, n->url, "no reader for it");
	if (caption == NULL)
		return;
	if (in.elem >= 0)
		in.elem = elem_new(l, in.elem, ROLE_DIV, n);
	caption_gather(l, &in, caption, layout_word(l, "figure"),
	    node_number(l, n), false);
}
