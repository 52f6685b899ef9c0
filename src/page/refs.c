/*
 * Numbers and references: what tables, figures, headings and notes are
 * called, and what [@tbl-x] prints.
 */
#include <string.h>

#include "base/messages.h"
#include "page/layout.h"

static int
count(struct layout *l, const char *what)
{
	void **slot = map_put(&l->counters, what, strlen(what));

	*slot = (char *)*slot + 1;
	return (int)(intptr_t)*slot;
}

static void
remember(struct layout *l, const struct doc_node *n, const char *number)
{
	const char *id = doc_id(n);
	char key[32];

	/* By node, for the caption; by id, for references. */
	snprintf(key, sizeof(key), "\1%u", n->serial);
	*map_put(&l->numbers, key, strlen(key)) = (void *)number;
	if (id != NULL)
		*map_put(&l->numbers, id, strlen(id)) = (void *)number;
}

/* A table's id may stand on it, on its caption, or on the fence around it. */
static const char *
id_below(const struct doc_node *n)
{
	for (const struct doc_node *c = n->first; c != NULL; c = c->next)
		if (c->kind == DOC_CAPTION && doc_id(c) != NULL)
			return doc_id(c);
	return NULL;
}

static bool
has_caption(const struct doc_node *n)
{
	return n->first != NULL && n->first->kind == DOC_CAPTION;
}

void
refs_number(struct layout *l)
{
	int depth[7] = {0};
	int nnotes = 0;
	bool by_chapter = strcmp(l->st->notes.reset, "chapter") == 0;

	for (const struct doc_node *n = l->doc->root; n != NULL;
	    n = doc_next(n, l->doc->root)) {
		if ((n->kind == DOC_TABLE && l->st->table.numbered) ||
		    (n->kind == DOC_FIGURE && l->st->figure.numbered)) {
			const char *num, *id = id_below(n);

			if (!has_caption(n))
				continue;
			num = layout_number(l, count(l, n->kind == DOC_TABLE ?
			    "tbl" : "fig"));
			remember(l, n, num);
			if (id != NULL)
				*map_put(&l->numbers, id, strlen(id)) =
				    (void *)num;
		} else if (n->kind == DOC_HEADING) {
			char name[16];
			const struct style_look *look;
			struct buf b = {0};

			snprintf(name, sizeof(name), "heading-%d", n->level);
			look = style_look(l->st, name);
			if (by_chapter && n->level == 1)
				nnotes = 0;
			if (look->numbering == NULL ||
			    strcmp(look->numbering, "decimal") != 0 ||
			    doc_has_class(n, "unnumbered"))
				continue;
			depth[n->level]++;
			for (int i = n->level + 1; i < 7; i++)
				depth[i] = 0;
			/* In logical order; bidi shows it as the language
			 * has it, the same in heading, contents, reference. */
			for (int i = 1; i <= n->level; i++)
				if (depth[i] > 0) {
					if (b.n > 0)
						buf_str(&b, ".");
					uni_number(&b, l->lang, depth[i]);
				}
			remember(l, n, arena_str(l->a, b.p));
			buf_free(&b);
		} else if (n->kind == DOC_NOTE_REF && n->target != NULL) {
			void **slot = map_put(&l->note_numbers,
			    n->target->text, n->target->len);

			if (*slot == NULL)
				*slot = (void *)(intptr_t)++nnotes;
		}
	}
}

int
note_number(struct layout *l, const struct doc_node *note)
{
	if (strcmp(l->st->notes.reset, "page") == 0 &&
	    strcmp(l->st->notes.place, "page") == 0) {
		/* As they fell in the last round; one digit at first. */
		intptr_t n = (intptr_t)map_get(&l->page_notes, note->text,
		    note->len);

		return n > 0 ? (int)n : 1;
	}
	return (int)(intptr_t)map_get(&l->note_numbers, note->text, note->len);
}

const char *
node_number(const struct layout *l, const struct doc_node *n)
{
	char key[32];

	snprintf(key, sizeof(key), "\1%u", n->serial);
	return map_get(&l->numbers, key, strlen(key));
}

const char *
reference_words(struct layout *l, const struct doc_node *ref, bool *by_page)
{
	const char *how = doc_value(ref, "ref");
	struct doc_node *to = map_get(&l->doc->ids, ref->text, ref->len);
	const char *num = map_get(&l->numbers, ref->text, ref->len);
	struct buf b = {0};
	const char *s;

	if (to == NULL && strncmp(ref->text, "sec-", 4) == 0)
		to = map_get(&l->doc->ids, ref->text + 4, ref->len - 4);
	if (to == NULL) {
		diag_add(l->dg, ref->pos, MAN_UNKNOWN_REF, ref->text, "");
		return NULL;
	}
	if (how != NULL && strcmp(how, "page") == 0) {
		const char *label = map_get(&l->labels, ref->text, ref->len);

		*by_page = true;
		buf_printf(&b, "%s\xc2\xa0%s", layout_word(l, "page"),
		    label != NULL ? label : layout_number(l, 0));
	} else {
		while (to->kind == DOC_CAPTION || (to->kind == DOC_DIV &&
		    to->first != NULL && to->first->kind == DOC_TABLE))
			to = to->kind == DOC_CAPTION ? to->parent : to->first;
		if (num == NULL)
			num = node_number(l, to);
		if (to->kind == DOC_HEADING || num == NULL) {
			if (num != NULL && (how == NULL ||
			    strcmp(how, "number") == 0))
				buf_printf(&b, "%s\xc2\xa0%s",
				    layout_word(l, "section"), num);
			else if (to->kind == DOC_HEADING)
				doc_plain(to, &b);
			else
				buf_str(&b, ref->text);
		} else if (how != NULL && strcmp(how, "number") == 0) {
			buf_str(&b, num);
		} else {
			buf_printf(&b, "%s\xc2\xa0%s", layout_word(l,
			    to->kind == DOC_TABLE ? "table" : "figure"), num);
		}
	}
	s = arena_strn(l->a, b.n > 0 ? b.p : "", b.n);
	buf_free(&b);
	return s;
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
	    "unnumbered", "unlisted", "gap", "term", "smallcaps", "backlinks",
	    "timeline", "glossary", "questions", "page-break", NULL};
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
