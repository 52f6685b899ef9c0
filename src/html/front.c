/*
 * What stands before the text: title, authors, imprint, contents.
 */
#include <string.h>

#include "html/private.h"

/* Every author, the first of anything else, each a paragraph. */
static void
put_meta(struct html *h, const char *key, const char *cls, const char *before)
{
	bool many = strcmp(key, "author") == 0, any = false;

	for (const struct doc_meta *m = h->doc->meta; m != NULL; m = m->next) {
		struct buf b = {0};

		if (strcmp(m->key, key) != 0 || *m->value == '\0' ||
		    (any && !many))
			continue;
		any = true;
		rawf(h, "<p class=\"db-%s\">", cls);
		if (before != NULL) {
			put_plain(h, before, strlen(before));
			put_plain(h, word(h, "colon"), strlen(word(h,
			    "colon")));
		}
		if (strcmp(key, "year") == 0) {
			uni_digits(&b, h->book_lang, m->value,
			    strlen(m->value));
			put_plain(h, b.p, b.n);
			buf_free(&b);
		} else {
			put_text(h, m->value, strlen(m->value));
		}
		raw(h, "</p>\n");
	}
}

/* شناسنامه: what a library and a bookshop need to know. */
static void
put_imprint(struct html *h)
{
	const char *card = doc_meta(h->doc, "catalogue"), *name, *key;
	bool any = false;

	for (size_t i = 0; (name = style_imprint(h->st, i, h->book_lang,
	    &key)) !=
	    NULL; i++) {
		const char *v = doc_meta(h->doc, key);
		struct buf b = {0};

		if (v == NULL)
			continue;
		if (strcmp(key, "isbn") == 0)
			buf_str(&b, v);
		else
			uni_digits(&b, h->book_lang, v, strlen(v));
		raw(h, any ? "" : "<dl class=\"db-imprint\">\n");
		any = true;
		raw(h, "<div><dt>");
		put_plain(h, name, strlen(name));
		raw(h, "</dt> <dd>");
		put_text(h, b.n > 0 ? b.p : "", b.n);
		raw(h, "</dd></div>\n");
		buf_free(&b);
	}
	raw(h, any ? "</dl>\n" : "");
	if (card != NULL) {
		raw(h, "<p class=\"db-imprint\">");
		put_text(h, card, strlen(card));
		raw(h, "</p>\n");
	}
}

static void
put_title(struct html *h)
{
	const char *title = doc_meta(h->doc, "title");

	if (title == NULL)
		return;
	raw(h, "<header>\n<h1>");
	put_text(h, title, strlen(title));
	raw(h, "</h1>\n");
	put_meta(h, "subtitle", "subtitle", NULL);
	put_meta(h, "author", "author", NULL);
	put_meta(h, "translator", "author", word(h, "translator"));
	put_meta(h, "publisher", "publisher", NULL);
	put_meta(h, "year", "publisher", NULL);
	if (h->st->title.page && h->st->title.imprint)
		put_imprint(h);
	raw(h, "</header>\n");
}

/* --------------------------------------------------------------- contents */

/* Lists in lists: as many are open as levels of headings above. */
struct contents {
	int open[8];
	int n;
};

static void
put_entry(struct html *h, struct contents *c, int level, const char *id,
    const char *text)
{
	size_t at;
	bool link;

	while (c->n > 0 && c->open[c->n - 1] > level) {
		raw(h, "</li>\n</ul>\n");
		c->n--;
	}
	if (c->n > 0 && c->open[c->n - 1] == level) {
		raw(h, "</li>\n");
	} else if (c->n < (int)NELEM(c->open)) {
		raw(h, c->n > 0 ? "\n<ul class=\"db-plain\">\n" :
		    "<ul class=\"db-plain\">\n");
		c->open[c->n++] = level;
	}
	raw(h, "<li>");
	at = h->out.n;
	raw(h, "<a");
	link = put_href(h, id);
	if (link)
		raw(h, ">");
	else
		unput(h, at);
	put_plain(h, text, strlen(text));
	raw(h, link ? "</a>" : "");
}

static void
put_entries_end(struct html *h, struct contents *c)
{
	while (c->n > 0) {
		raw(h, "</li>\n</ul>\n");
		c->n--;
	}
}

/* A list of all tables, or of all figures, with their captions. */
static void
put_list_of(struct html *h, enum doc_kind kind, const char *title,
    const char *word_name)
{
	struct contents c = {0};
	bool any = false;

	for (const struct doc_node *n = h->doc->root; n != NULL;
	    n = doc_next(n, h->doc->root)) {
		const char *num = style_number_of(&h->num, n), *text;

		if (n->kind != kind || n->first == NULL ||
		    n->first->kind != DOC_CAPTION)
			continue;
		if (!any) {
			rawf(h, "<nav aria-labelledby=\"db-%s\">\n<h2",
			    title);
			put_id(h, arena_printf(&h->a, "db-%s", title));
			raw(h, ">");
			put_plain(h, word(h, title), strlen(word(h, title)));
			raw(h, "</h2>\n");
			any = true;
		}
		text = plain(h, n->first);
		if (num != NULL)
			text = arena_printf(&h->a, "%s\xc2\xa0%s%s%s", word(h,
			    word_name), num, word(h, "colon"), text);
		put_entry(h, &c, 1, doc_block_id(&h->a, n), text);
	}
	put_entries_end(h, &c);
	raw(h, any ? "</nav>\n" : "");
}

static void
put_contents(struct html *h)
{
	const char *title = h->st->toc.title != NULL ? h->st->toc.title :
	    word(h, "contents");
	struct contents c = {0};

	raw(h, "<nav role=\"doc-toc\" aria-labelledby=\"db-contents\">\n<h2");
	put_id(h, "db-contents");
	raw(h, ">");
	put_plain(h, title, strlen(title));
	raw(h, "</h2>\n");
	for (const struct doc_node *n = h->doc->root->first; n != NULL;
	    n = n->next) {
		const char *num, *text = NULL;

		if (n->kind == DOC_HEADING && n->level <= h->st->toc.depth &&
		    !doc_has_class(n, "unlisted") && doc_id(n) != NULL) {
			num = style_number_of(&h->num, n);
			text = num == NULL ? plain(h, n) : arena_printf(&h->a,
			    "%s %s", num, plain(h, n));
		} else if (n->kind == DOC_DIV && doc_id(n) != NULL &&
		    doc_has_class(n, "glossary")) {
			text = doc_value(n, "title") != NULL ? doc_value(n,
			    "title") : word(h, "glossary");
		}
		if (text != NULL)
			put_entry(h, &c, n->kind == DOC_HEADING ? n->level : 1,
			    doc_id(n), text);
	}
	put_entries_end(h, &c);
	raw(h, "</nav>\n");
	if (h->st->toc.tables)
		put_list_of(h, DOC_TABLE, "tables", "table");
	if (h->st->toc.figures)
		put_list_of(h, DOC_FIGURE, "figures", "figure");
}

void
put_front(struct html *h)
{
	put_title(h);
	if (h->st->toc.show)
		put_contents(h);
}
