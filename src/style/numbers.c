/*
 * Numbers and references: what tables, figures, headings and notes are
 * called, and what [@tbl-x] prints.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "style/style.h"

static int
count(struct style_numbers *n, const char *what)
{
	void **slot = map_put(&n->counters, what, strlen(what));

	*slot = (void *)((intptr_t)*slot + 1);
	return (int)(intptr_t)*slot;
}

static void
remember(struct style_numbers *n, const char *id, const char *number)
{
	if (id != NULL)
		*map_put(&n->of, id, strlen(id)) = (void *)number;
}

/* The key of a node, for those without an id. */
static const char *
key_of(const struct doc_node *node, char key[static 16])
{
	snprintf(key, 16, "\1%u", node->serial);
	return key;
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

static void
number_block(struct style_numbers *n, const struct doc_node *d)
{
	char key[16];
	const char *num;

	if (d->first == NULL || d->first->kind != DOC_CAPTION)
		return;
	num = style_digits(n->a, n->lang, count(n, d->kind == DOC_TABLE ?
	    "tbl" : "fig"));
	remember(n, key_of(d, key), num);
	remember(n, doc_id(d), num);
	remember(n, id_below(d), num);
}

/*
 * «۱.۲» in logical order; bidi shows it as the language has it, the same in
 * heading, contents and reference. Full stops between digits stand from left
 * to right: where the style wants the first level on the right, isolates say
 * so here, since a reader of the text cannot tell «۱.۲» from a fraction.
 */
static void
put_levels(const struct style_numbers *n, struct buf *b, const int *depth,
    int level)
{
	bool rtl = n->st->para.multi_level == STYLE_LEVELS_RTL &&
	    lang_is_rtl(n->lang);
	int i, levels = 0;

	for (i = 1; i <= level; i++)
		levels += depth[i] > 0;
	rtl = rtl && levels > 1;
	if (rtl)
		buf_utf8(b, 0x2067);
	for (i = 1, levels = 0; i <= level; i++) {
		if (depth[i] <= 0)
			continue;
		if (levels++ > 0)
			buf_char(b, '.');
		if (rtl)
			buf_utf8(b, 0x2067);
		uni_number(b, n->lang, depth[i]);
		if (rtl)
			buf_utf8(b, 0x2069);
	}
	if (rtl)
		buf_utf8(b, 0x2069);
}

/* `depth` counts the headings of each level below the last one above it. */
static void
number_heading(struct style_numbers *n, const struct doc_node *d, int *depth)
{
	char name[16], key[16];
	const struct style_look *look;
	struct buf b = {0};
	const char *num;

	snprintf(name, sizeof(name), "heading-%d", d->level);
	look = style_look(n->st, name);
	if (look->numbering == NULL ||
	    strcmp(look->numbering, "decimal") != 0 ||
	    doc_has_class(d, "unnumbered"))
		return;
	depth[d->level]++;
	for (int i = d->level + 1; i < 7; i++)
		depth[i] = 0;
	put_levels(n, &b, depth, d->level);
	num = arena_str(n->a, b.p);
	remember(n, key_of(d, key), num);
	remember(n, doc_id(d), num);
	buf_free(&b);
}

void
style_number(struct style_numbers *n, struct arena *a, const struct doc *doc,
    const struct style *st, const char *lang)
{
	int depth[7] = {0}, nnotes = 0;
	bool by_chapter = strcmp(st->notes.reset, "chapter") == 0;
	struct doc_list notes = {0};
	struct map seen = {0};
	int chapter = doc_chapter_level(doc);
	struct doc_walk w = {.d = doc};
	const struct doc_node *d;

	*n = (struct style_numbers){.a = a, .doc = doc, .st = st,
	    .lang = lang};
	while ((d = doc_walk_next(&w)) != NULL) {
		if ((d->kind == DOC_TABLE && st->table.numbered) ||
		    (d->kind == DOC_FIGURE && st->figure.numbered)) {
			number_block(n, d);
		} else if (d->kind == DOC_HEADING) {
			if (by_chapter && d->level == chapter)
				nnotes = 0;
			number_heading(n, d, depth);
		} else if (d->kind == DOC_NOTE_REF) {
			notes.n = 0;
			doc_notes_reached(&seen, d, &notes);
			for (size_t i = 0; i < notes.n; i++)
				*map_put(&n->notes, notes.v[i]->text,
				    notes.v[i]->len) =
				    (void *)(intptr_t)++nnotes;
		}
	}
	free(notes.v);
	map_free(&seen);
}

void
style_numbers_free(struct style_numbers *n)
{
	map_free(&n->counters);
	map_free(&n->of);
	map_free(&n->notes);
}

const char *
style_number_of(const struct style_numbers *n, const struct doc_node *node)
{
	char key[16];

	key_of(node, key);
	return map_get(&n->of, key, strlen(key));
}

const char *
style_heading_number(const struct style_numbers *n,
    const struct doc_node *heading)
{
	const char *number = style_number_of(n, heading), *label, *at;
	char name[16];

	snprintf(name, sizeof(name), "heading-%d", heading->level);
	label = style_look(n->st, name)->label;
	at = label != NULL ? strstr(label, "{}") : NULL;
	if (number == NULL || at == NULL)
		return number;
	return arena_printf(n->a, "%.*s%s%s", (int)(at - label), label, number,
	    at + 2);
}

const char *
style_title(const struct style_numbers *n, const struct doc_node *heading)
{
	const char *number = style_heading_number(n, heading), *s;
	struct buf b = {0};

	if (number != NULL)
		buf_printf(&b, "%s ", number);
	doc_plain(heading, &b);
	s = arena_strn(n->a, b.n > 0 ? b.p : "", b.n);
	buf_free(&b);
	return s;
}

int
style_number_of_note(const struct style_numbers *n,
    const struct doc_node *note)
{
	return (int)(intptr_t)map_get(&n->notes, note->text, note->len);
}

const struct doc_node *
style_ref(const struct style_numbers *n, const struct doc_node *ref,
    struct diag *dg)
{
	const struct doc_node *to = map_get(&n->doc->ids, ref->text, ref->len);

	if (to == NULL && strncmp(ref->text, "sec-", 4) == 0)
		to = map_get(&n->doc->ids, ref->text + 4, ref->len - 4);
	if (to == NULL)
		diag_add(dg, ref->pos, MAN_UNKNOWN_REF, ref->text, "");
	return to;
}

const char *
style_ref_words(const struct style_numbers *n, const struct doc_node *ref,
    const struct doc_node *to)
{
	const char *how = doc_value(ref, "ref"), *s;
	const char *num = map_get(&n->of, ref->text, ref->len);
	struct buf b = {0};

	while (to->kind == DOC_CAPTION || (to->kind == DOC_DIV &&
	    to->first != NULL && to->first->kind == DOC_TABLE))
		to = to->kind == DOC_CAPTION ? to->parent : to->first;
	if (num == NULL)
		num = style_number_of(n, to);
	if (to->kind == DOC_HEADING || num == NULL) {
		if (num != NULL && (how == NULL || strcmp(how, "number") == 0))
			buf_printf(&b, "%s\xc2\xa0%s", style_word(n->st,
			    n->lang, "section"), num);
		else if (to->kind == DOC_HEADING)
			doc_plain(to, &b);
		else
			buf_str(&b, ref->text);
	} else if (how != NULL && strcmp(how, "number") == 0) {
		buf_str(&b, num);
	} else {
		buf_printf(&b, "%s\xc2\xa0%s", style_word(n->st, n->lang,
		    to->kind == DOC_TABLE ? "table" : "figure"), num);
	}
	s = arena_strn(n->a, b.n > 0 ? b.p : "", b.n);
	buf_free(&b);
	return s;
}
