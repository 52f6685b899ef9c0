/*
 * The nodes that are looked for all through a book.
 *
 * Most of a tree is words, and whoever looks for headings, citations or
 * pictures would walk past a hundred of them to find one. So they are listed
 * once, and the list goes on being good until a node is made that may belong
 * into it.
 */
#include <stdlib.h>
#include <string.h>

#include "doc/doc.h"

static bool
is_marked(const struct doc_node *n)
{
	switch (n->kind) {
	case DOC_HEADING:
	case DOC_TERM:
	case DOC_TABLE:
	case DOC_FIGURE:
	case DOC_DIV:
	case DOC_NOTE:
	case DOC_REFS:
	case DOC_IMAGE:
	case DOC_NOTE_REF:
	case DOC_CITE:
		return true;
	default:
		return n->attr != NULL;
	}
}

void
doc_marks_add(struct doc_marks *m, struct doc_node *top)
{
	struct doc_node *n = top;

	while (n != NULL) {
		if (is_marked(n)) {
			*VEC_PUSH(m) = (struct doc_mark){n, m->after};
			m->after = 0;
		} else {
			m->after++;
		}
		/* What is below these two is printed by cite/, and anew in
		 * each build. */
		if (n->kind == DOC_CITE || n->kind == DOC_REFS)
			n = doc_next_after(n, top);
		else
			n = doc_next(n, top);
	}
}

void
doc_marks_join(struct doc_marks *m, const struct doc_marks *more)
{
	size_t at = m->n;

	if (more->n == 0) {
		m->after += more->after;
		return;
	}
	vec_grow((void **)&m->v, &m->cap, at + more->n, sizeof(*m->v));
	memcpy(m->v + at, more->v, more->n * sizeof(*m->v));
	m->v[at].before += m->after;
	m->n += more->n;
	m->after = more->after;
}

static void
list_all(struct doc_marks *m, struct doc_node *root)
{
	m->n = 0;
	m->after = 0;
	for (struct doc_node *n = root->first; n != NULL; n = n->next)
		doc_marks_add(m, n);
}

const struct doc_marks *
doc_marks(struct doc *d)
{
	doc_open(d);
	if (!d->marked) {
		list_all(&d->marks, d->root);
		list_all(&d->note_marks, d->note_root);
		d->marked = true;
	}
	return &d->marks;
}

const struct doc_node *
doc_walk_next(struct doc_walk *w)
{
	const struct doc_node *root = w->notes ? w->d->note_root : w->d->root;
	const struct doc_marks *m = w->notes ? &w->d->note_marks : &w->d->marks;

	if (!w->d->marked) {
		w->n = w->n == NULL ? root : doc_next(w->n, root);
		return w->n;
	}
	if (w->top != NULL) {
		w->n = doc_next(w->n, w->top);
		if (w->n != NULL)
			return w->n;
	}
	w->n = w->i < m->n ? m->v[w->i++].node : NULL;
	w->top = w->n != NULL && (w->n->kind == DOC_CITE ||
	    w->n->kind == DOC_REFS) ? w->n : NULL;
	return w->n;
}
