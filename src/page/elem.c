/*
 * The tree of elements that readers aloud follow.
 */
#include <string.h>

#include "page/layout.h"

void
elem_link(struct layout *l, int32_t parent, int32_t i)
{
	struct page_elem *e = &l->elems.v[parent];

	l->elems.v[i].parent = parent;
	l->elems.v[i].next = -1;
	if (e->last >= 0)
		l->elems.v[e->last].next = i;
	else
		e->first = i;
	e->last = i;
}

int32_t
elem_new(struct layout *l, int32_t parent, enum page_role role,
    const struct doc_node *node)
{
	int32_t i = (int32_t)l->elems.n;

	*VEC_PUSH(&l->elems) = (struct page_elem){.role = role,
	    .parent = parent, .first = -1, .last = -1, .next = -1,
	    .node = node};
	if (parent >= 0)
		elem_link(l, parent, i);
	return i;
}

void
elem_speaks(struct layout *l, int32_t i, const struct ctx *c)
{
	struct page_elem *e = &l->elems.v[i];
	const char *lang = NULL;
	int8_t mode = 0;

	for (int32_t p = e->parent; p >= 0; p = l->elems.v[p].parent) {
		lang = lang != NULL ? lang : l->elems.v[p].lang;
		mode = mode != 0 ? mode : l->elems.v[p].mode;
	}
	if (e->lang == NULL && strcmp(c->lang, lang != NULL ? lang :
	    l->lang) != 0)
		e->lang = c->lang;
	if (c->level != (mode != 0 ? mode == 2 : l->level))
		e->mode = c->level ? 2 : 1;
}

/* A section goes on behind a fence, so its parts are told, not it; notes speak
 * for themselves. */
void
elems_speak(struct layout *l, size_t from, const struct ctx *c)
{
	for (size_t i = from; i < l->elems.n; i++) {
		const struct page_elem *e = &l->elems.v[i];

		if (e->role != ROLE_SECT && e->role != ROLE_NOTE &&
		    (e->parent < (int32_t)from ||
		    l->elems.v[e->parent].role == ROLE_SECT))
			elem_speaks(l, (int32_t)i, c);
	}
}
