/*
 * Numbers and references as far as they depend on pages; the rest are the
 * style's (style/numbers.c).
 */
#include <string.h>

#include "base/messages.h"
#include "page/layout.h"

int
note_number(struct layout *l, const struct doc_node *note)
{
	if (notes_by_page(l)) {
		/* Pages number them after the last round: marks.c. */
		intptr_t n = (intptr_t)map_get(&l->page_notes, note->text,
		    note->len);

		return n > 0 ? (int)n : mark_stand_in(l, note);
	}
	return style_number_of_note(&l->num, note);
}

const char *
node_number(const struct layout *l, const struct doc_node *n)
{
	return style_number_of(&l->num, n);
}

const char *
heading_title(struct layout *l, const struct doc_node *n)
{
	return style_title(&l->num, n);
}

const char *
reference_words(struct layout *l, const struct doc_node *ref, const char **id,
    bool *by_page)
{
	const char *how = doc_value(ref, "ref"), *label;
	const struct doc_node *to = style_ref(&l->num, ref, l->dg);

	if (to == NULL)
		return NULL;
	*id = doc_id(to);
	if (how == NULL || strcmp(how, "page") != 0)
		return style_ref_words(&l->num, ref, to);
	label = map_get(&l->labels, *id, strlen(*id));
	*by_page = true;
	/* Pages are known after the first round: then it is on none. */
	if (label == NULL && l->labels.n > 0) {
		diag_add(l->dg, ref->pos, MAN_UNKNOWN_REF, ref->text, "");
		return NULL;
	}
	return arena_printf(l->a, "%s\xc2\xa0%s", layout_word(l, "page"),
	    label != NULL ? label : layout_number(l, 0));
}

/* "; did you mean ...?" of the classes that the program and the style know. */
static const char *
near_class(struct layout *l, const char *cls, const char *const *known)
{
	const char **names;
	size_t n = 0;

	while (known[n] != NULL)
		n++;
	names = ARENA_ARRAY(&l->scratch, const char *, n + l->st->nlooks + 1);
	memcpy(names, known, n * sizeof(*names));
	for (size_t i = 0; i < l->st->nlooks; i++)
		if (l->st->looks[i].name[0] == '.')
			names[n++] = l->st->looks[i].name + 1;
	return diag_near(l->dg, cls, names);
}

void
unknown_class(struct layout *l, const struct doc_node *n, const char *cls)
{
	static const char *const known[] = {"index", "blank", "phase",
	    "unnumbered", "unlisted", "gap", "term", "name", "smallcaps",
	    "backlinks", "timeline", "glossary", "questions", "page-break", NULL};
	void **slot;

	for (int i = 0; known[i] != NULL; i++)
		if (strcmp(known[i], cls) == 0)
			return;
	slot = map_put(&l->warned, cls, strlen(cls));
	if (*slot != NULL)
		return;
	*slot = l;
	diag_add(l->dg, n->attr != NULL && n->attr->pos.line != 0 ?
	    n->attr->pos : n->pos, MAN_UNKNOWN_CLASS, cls, near_class(l, cls,
	    known));
}
