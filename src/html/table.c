/*
 * Tables and verse.
 *
 * Markdown knows headers of columns only. A table whose first column names
 * each row, none empty and no two alike, has headers of rows too: a reader
 * who hears a cell then hears both. They look like any cell.
 */
#include <string.h>

#include "html/private.h"

void
put_caption(struct html *h, const struct doc_node *caption,
    const char *word_name, const char *num)
{
	h->latin = h->after_note = false;
	if (num != NULL) {
		raw(h, "<strong>");
		put_plain(h, word(h, word_name), strlen(word(h, word_name)));
		raw(h, "\xc2\xa0");
		put_plain(h, num, strlen(num));
		put_plain(h, word(h, "colon"), strlen(word(h, "colon")));
		raw(h, "</strong>");
	}
	put_inlines(h, caption);
}

static const struct doc_node *
caption_of(const struct doc_node *n)
{
	for (const struct doc_node *c = n->first; c != NULL; c = c->next)
		if (c->kind == DOC_CAPTION)
			return c;
	return NULL;
}

static bool
is_row(const struct doc_node *r)
{
	return r->kind == DOC_ROW;
}

/* Does the first column name the rows? */
static bool
names_rows(struct html *h, const struct doc_node *t)
{
	struct map seen = {0};
	bool names = true, header = false;
	size_t n = 0;

	for (const struct doc_node *r = t->first; r != NULL && names;
	    r = r->next) {
		const char *name;
		void **slot;

		if (!is_row(r))
			continue;
		header |= r->is_header;
		if (r->is_header || r->first == NULL)
			continue;
		name = plain(h, r->first);
		slot = map_put(&seen, name, strlen(name));
		names = *name != '\0' && *slot == NULL &&
		    r->first->next != NULL;
		*slot = h;
		n++;
	}
	map_free(&seen);
	return names && header && n > 1;
}

/* How a cell's column stands, as a class; NULL: as the text does. */
static const char *
cell_class(const struct doc_node *t, int k)
{
	switch (t->align != NULL && k < t->ncols ? t->align[k] :
	    DOC_ALIGN_NONE) {
	case DOC_ALIGN_CENTRE:
		return "db-centre";
	case DOC_ALIGN_END:
	case DOC_ALIGN_DECIMAL:
		return "db-end";
	default:
		return NULL;
	}
}

static void
put_cell(struct html *h, const struct doc_node *t, const struct doc_node *c,
    int k, const char *scope)
{
	/* A header without words would be announced as one all the same. */
	bool head = scope != NULL && c->first != NULL;
	struct tongue before;

	h->latin = h->after_note = false;
	raw(h, head ? "<th" : "<td");
	if (head)
		put_attr(h, "scope", scope);
	before = put_attrs(h, c, cell_class(t, k));
	raw(h, ">");
	put_children(h, c);
	raw(h, head ? "</th>\n" : "</td>\n");
	tongue_back(h, before);
}

static void
put_row(struct html *h, const struct doc_node *t, const struct doc_node *r,
    bool named)
{
	int k = 0;

	raw(h, "<tr>\n");
	for (const struct doc_node *c = r->first; c != NULL; c = c->next, k++)
		put_cell(h, t, c, k, r->is_header ? "col" : named && k == 0 ?
		    "row" : NULL);
	for (; k < t->ncols; k++)
		raw(h, "<td></td>\n");
	raw(h, "</tr>\n");
}

/* A table that a narrow screen cannot hold is moved about in its frame, by
 * keys too. */
static void
put_frame(struct html *h, const struct doc_node *t,
    const struct doc_node *caption)
{
	raw(h, "<div class=\"db-scroll\" role=\"group\" tabindex=\"0\"");
	if (caption != NULL)
		rawf(h, " aria-labelledby=\"caption-%u\"", t->serial);
	else
		put_attr(h, "aria-label", word(h, "table"));
	raw(h, ">\n");
}

void
put_table(struct html *h, const struct doc_node *t)
{
	const struct doc_node *caption = caption_of(t);
	bool named = names_rows(h, t), wide = t->ncols > 2;
	const char *group = NULL;
	struct tongue before;

	if (wide)
		put_frame(h, t, caption);
	raw(h, "<table");
	if (doc_id(t) == NULL)
		put_id(h, doc_block_id(&h->a, t));
	before = put_attrs(h, t, NULL);
	raw(h, ">\n");
	if (caption != NULL) {
		raw(h, "<caption");
		put_id(h, arena_printf(&h->a, "caption-%u", t->serial));
		raw(h, ">");
		put_caption(h, caption, "table", style_number_of(&h->num, t));
		raw(h, "</caption>\n");
	}
	for (const struct doc_node *r = t->first; r != NULL; r = r->next) {
		const char *now = r->is_header ? "thead" : "tbody";

		if (!is_row(r))
			continue;
		if (group == NULL || strcmp(group, now) != 0) {
			if (group != NULL)
				rawf(h, "</%s>\n", group);
			rawf(h, "<%s>\n", now);
			group = now;
		}
		put_row(h, t, r, named);
	}
	if (group != NULL)
		rawf(h, "</%s>\n", group);
	raw(h, "</table>\n");
	if (wide)
		raw(h, "</div>\n");
	tongue_back(h, before);
}

/* A verse is a line of two (or more) hemistichs. */
void
put_verse(struct html *h, const struct doc_node *n)
{
	struct tongue before;

	raw(h, "<blockquote");
	before = put_attrs(h, n, "db-verse");
	raw(h, ">\n");
	for (const struct doc_node *r = n->first; r != NULL; r = r->next) {
		if (!is_row(r))
			continue;
		raw(h, "<p>");
		for (const struct doc_node *c = r->first; c != NULL;
		    c = c->next) {
			h->latin = h->after_note = false;
			raw(h, "<span>");
			put_inlines(h, c);
			raw(h, c->next != NULL ? "</span> " : "</span>");
		}
		raw(h, "</p>\n");
	}
	raw(h, "</blockquote>\n");
	tongue_back(h, before);
}
