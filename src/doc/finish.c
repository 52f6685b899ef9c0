/*
 * What can only be said once the whole tree stands: ids, notes, numbers.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "doc/doc.h"

/*
 * Pandoc's rule for a heading's id: letters, digits, "_", "-" and "." of its
 * text, blanks as "-", nothing before the first letter. ZWNJ and marks go:
 * they cannot be seen in a link, and one reader types them, another not.
 */
static char *
id_of_heading(struct doc *d, const struct doc_node *h)
{
	struct buf text = {0}, id = {0};
	size_t i = 0, n = 0;
	uint32_t cp;
	char *s;

	doc_plain(h, &text);
	while (i < text.n && n < 200) {
		cp = utf8_next(text.p, text.n, &i);
		if (cp >= 'A' && cp <= 'Z')
			cp += 'a' - 'A';
		if (uni_is_letter(cp) || (id.n > 0 && (uni_is_digit(cp) ||
		    cp == '_' || cp == '-' || cp == '.'))) {
			buf_utf8(&id, cp);
			n++;
		} else if (id.n > 0 && uni_is_space(cp) &&
		    id.p[id.n - 1] != '-') {
			buf_char(&id, '-');
			n++;
		}
	}
	while (id.n > 0 && id.p[id.n - 1] == '-')
		id.n--;
	s = id.n > 0 ? arena_strn(&d->arena, id.p, id.n) :
	    arena_str(&d->arena, "section");
	buf_free(&text);
	buf_free(&id);
	return s;
}

static void
id_register(struct doc *d, struct diag *dg, struct doc_node *n)
{
	const char *id = doc_id(n);
	struct pos pos;
	void **slot;

	if (id == NULL || n->kind == DOC_REF)
		return;
	slot = map_put(&d->ids, id, strlen(id));
	if (*slot == NULL) {
		*slot = n;
	} else if (*slot != n) {
		pos = n->attr->pos.line != 0 ? n->attr->pos : n->pos;
		diag_add(dg, pos, MAN_DUPLICATE_ID, id,
		    (unsigned)((struct doc_node *)*slot)->pos.line);
	}
}

/*
 * "name", "name-1", "name-2": the first that is free. `next` remembers where
 * the last search for this name ended, or a thousand chapters called "Notes"
 * would take a million look-ups.
 */
static void
id_give(struct doc *d, struct doc_node *h, struct map *next)
{
	char *base = id_of_heading(d, h), *id = base;
	void **slot = map_put(next, base, strlen(base)), **at;
	uintptr_t k = (uintptr_t)*slot;

	for (;;) {
		if (k > 0)
			id = arena_printf(&d->arena, "%s-%zu", base,
			    (size_t)k);
		at = map_put(&d->ids, id, strlen(id));
		k++;
		if (*at == NULL)
			break;
	}
	*at = h;
	*slot = (void *)k;
	doc_attr(d, h)->id = id;
}

static void
note_ref_finish(struct doc *d, struct diag *dg, struct doc_node *n,
    int *nnotes)
{
	char *text;

	if (n->target == NULL)
		n->target = map_get(&d->notes, n->text, n->len);
	if (n->target == NULL) {
		diag_add(dg, n->pos, MAN_UNKNOWN_NOTE, n->text);
		text = arena_printf(&d->arena, "[^%s]", n->text);
		n->kind = DOC_TEXT;
		n->text = text;
		n->len = strlen(text);
		return;
	}
	if (n->target->number == 0)
		n->target->number = ++*nnotes;
}

/*
 * Labels of notes: those written in the text get one, of two that are the
 * same the first is called.
 */
static void
notes_register(struct doc *d, struct diag *dg)
{
	struct doc_node *n, *first;
	unsigned ninline = 0;
	void **slot;

	for (n = d->note_root->first; n != NULL; n = n->next) {
		n->number = 0;
		if (n->target != NULL) {
			n->text = arena_printf(&d->arena, "^%u", ++ninline);
			n->len = strlen(n->text);
			n->target->text = n->text;
			n->target->len = n->len;
			continue;
		}
		slot = map_put(&d->notes, n->text, n->len);
		first = *slot;
		if (first == NULL)
			*slot = n;
		else if (first != n)
			diag_add(dg, n->pos, MAN_DUPLICATE_NOTE, n->text,
			    (unsigned)first->pos.line);
	}
}

static void
notes_called_in(struct doc *d, struct diag *dg, struct doc_node *top,
    int *nnotes)
{
	struct doc_node *n;

	for (n = top; n != NULL; n = doc_next(n, top))
		if (n->kind == DOC_NOTE_REF)
			note_ref_finish(d, dg, n, nnotes);
}

/* What cite/ printed there is not listed, and has ids and calls of its own. */
static void
printed_below(struct doc *d, struct diag *dg, struct doc_node *top,
    int *nnotes)
{
	struct doc_node *n;

	for (n = doc_next(top, top); n != NULL; n = doc_next(n, top)) {
		n->serial = ++d->nserial;
		id_register(d, dg, n);
		if (n->kind == DOC_NOTE_REF)
			note_ref_finish(d, dg, n, nnotes);
	}
}

static void
walk(struct doc *d, struct diag *dg, const struct doc_marks *m, int *nnotes)
{
	struct doc_node *n;
	struct doc_cite *c;

	d->nserial++;		/* the root */
	for (size_t i = 0; i < m->n; i++) {
		n = m->v[i].node;
		d->nserial += m->v[i].before + 1;
		n->serial = d->nserial;
		id_register(d, dg, n);
		if (n->kind == DOC_NOTE_REF)
			note_ref_finish(d, dg, n, nnotes);
		if (n->kind == DOC_CITE || n->kind == DOC_REFS)
			printed_below(d, dg, n, nnotes);
		/* Words of a citation are of the tree once it is printed. */
		for (c = n->first == NULL ? n->cite : NULL; c != NULL;
		    c = c->next) {
			notes_called_in(d, dg, c->prefix_inlines, nnotes);
			notes_called_in(d, dg, c->suffix_inlines, nnotes);
		}
	}
	d->nserial += m->after;
}

static void
headings(struct doc *d, const struct doc_marks *m, struct map *next)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].node->kind == DOC_HEADING &&
		    doc_id(m->v[i].node) == NULL)
			id_give(d, m->v[i].node, next);
}

void
doc_finish(struct doc *d, struct diag *dg)
{
	struct map next = {0};
	struct doc_node *n;
	int nnotes = 0;

	doc_marks(d);
	d->nserial = 0;
	notes_register(d, dg);
	walk(d, dg, &d->marks, &nnotes);
	walk(d, dg, &d->note_marks, &nnotes);
	/* Ids the author gave stand before any that is made up. */
	headings(d, &d->marks, &next);
	headings(d, &d->note_marks, &next);
	map_free(&next);
	for (n = d->note_root->first; n != NULL; n = n->next)
		if (n->number == 0 && n->text != NULL &&
		    map_get(&d->notes, n->text, n->len) == n)
			diag_add(dg, n->pos, MAN_UNUSED_NOTE, n->text);
}
