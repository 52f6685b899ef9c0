/*
 * What a style keeps from its readers, told once for each class of fence.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "style/style.h"

bool
style_hides(const struct style *st, const struct doc_node *n)
{
	bool hides = false;

	for (size_t i = 0; n->attr != NULL && i < n->attr->nclasses; i++) {
		const struct style_look *look = style_class(st,
		    n->attr->classes[i]);

		if (look != NULL && style_look_sets(look, "display"))
			hides = look->display == STYLE_HIDE;
	}
	return hides;
}

/* A fence that is hidden itself, and not because one around it is. */
static bool
is_hidden_first(const struct style *st, const struct doc_node *n)
{
	if (n->kind != DOC_DIV || !style_hides(st, n))
		return false;
	while ((n = n->parent) != NULL)
		if (n->kind == DOC_DIV && style_hides(st, n))
			return false;
	return true;
}

struct hidden {
	const struct doc_node *first;
	size_t n;
};

static const char *
more_places(struct diag *dg, size_t n)
{
	struct buf number = {0};
	const char *s;

	if (n == 0)
		return "";
	uni_number(&number, dg->persian ? "fa" : "en", (long)n);
	s = arena_printf(&dg->arena, dg->persian ? "؛ %s جای دیگر هم" :
	    n == 1 ? "; and %s more place" : "; and %s more places", number.p);
	buf_free(&number);
	return s;
}

static void
find_hidden(const struct style *st, struct doc_walk *w,
    const struct doc_node *first, const struct doc_node *stop,
    struct map *classes, struct arena *a)
{
	const struct doc_node *n;
	struct hidden *is;
	void **slot;

	while (first != NULL && (n = doc_walk_next(w)) != NULL && n != first)
		;
	while ((n = doc_walk_next(w)) != NULL && n != stop) {
		if (!is_hidden_first(st, n))
			continue;
		slot = map_put(classes, n->attr->classes[0],
		    strlen(n->attr->classes[0]));
		if (*slot == NULL)
			*slot = ARENA_NEW(a, struct hidden);
		is = *slot;
		if (is->n++ == 0)
			is->first = n;
	}
}

static int
by_place(const void *a, const void *b)
{
	const struct hidden *const *x = a, *const *y = b;

	return (*x)->first->serial < (*y)->first->serial ? -1 :
	    (*x)->first->serial > (*y)->first->serial;
}

void
style_tell_hidden(const struct style *st, const struct doc *d,
    const struct doc_node *section, struct diag *dg)
{
	struct doc_walk flow = {.d = d}, notes = {.d = d, .notes = true};
	struct map classes = {0};
	struct arena a = {0};
	struct hidden **v, *is;
	size_t n = 0, i = 0;

	find_hidden(st, &flow, section, section != NULL ?
	    doc_section_end(section) : NULL, &classes, &a);
	if (section == NULL && d->note_root != NULL)
		find_hidden(st, &notes, NULL, NULL, &classes, &a);
	v = ARENA_ARRAY(&a, struct hidden *, classes.n + 1);
	while ((is = map_next(&classes, &i)) != NULL)
		v[n++] = is;
	qsort(v, n, sizeof(struct hidden *), by_place);
	for (i = 0; i < n; i++)
		diag_add(dg, v[i]->first->pos, MAN_NO_LAYOUT,
		    v[i]->first->attr->classes[0], more_places(dg,
		    v[i]->n - 1));
	map_free(&classes);
	arena_free(&a);
}
