/*
 * The document: head, body, and the two passes over the tree (private.h
 * says why two).
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "html/private.h"

/* A name for the window: of the book, of the section, or, where there is no
 * title, the first words that there are. */
static const char *
title_of(struct html *h)
{
	const char *title = doc_meta(h->doc, "title");
	const struct doc_node *n;

	if (h->job->section != NULL) {
		const char *own = plain(h, h->job->section);

		return title == NULL ? own : arena_printf(&h->a, "%s – %s",
		    own, title);
	}
	for (n = h->doc->root->first; title == NULL && n != NULL; n = n->next)
		if (n->kind == DOC_HEADING)
			title = plain(h, n);
	for (n = h->doc->root; title == NULL && n != NULL;
	    n = doc_next(n, h->doc->root))
		if (n->kind == DOC_TEXT)
			title = arena_strn(&h->a, n->text, n->len);
	return title != NULL && *title != '\0' ? title : "Dabir";
}

static void
put_meta_of(struct html *h, const char *name, const char *key)
{
	for (const struct doc_meta *m = h->doc->meta; m != NULL; m = m->next)
		if (strcmp(m->key, key) == 0 && *m->value != '\0') {
			raw(h, "<meta");
			put_attr(h, "name", name);
			put_attr(h, "content", m->value);
			raw(h, ">\n");
		}
}

static void
put_head(struct html *h)
{
	const char *title = title_of(h);

	raw(h, "<!DOCTYPE html>\n<html");
	h->lang = "";
	h->level = -1;
	(void)tongue_set(h, h->book_lang, NULL);
	if (h->level < 0)		/* no language that HTML knows */
		(void)tongue_set(h, "en", NULL);
	raw(h, ">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n<title>");
	put_plain(h, title, strlen(title));
	raw(h, "</title>\n");
	put_meta_of(h, "author", "author");
	put_meta_of(h, "description", doc_meta(h->doc, "description") !=
	    NULL ? "description" : doc_meta(h->doc, "abstract") != NULL ?
	    "abstract" : "subject");
	put_meta_of(h, "keywords", "keywords");
	if (h->job->creator != NULL) {
		raw(h, "<meta name=\"generator\"");
		put_attr(h, "content", h->job->creator);
		raw(h, ">\n");
	}
	put_sheet(h);
	raw(h, "</head>\n");
}

static void
put_body(struct html *h)
{
	const struct doc_node *section = h->job->section;

	raw(h, "<body>\n<main>\n");
	if (section == NULL) {
		put_front(h);
		put_blocks(h, h->doc->root->first, NULL);
	} else if (*h->st->handout.parts != '\0') {
		put_handout(h, doc_section_end(section));
	} else {
		put_title_of(h, section);
		put_blocks(h, section->next, doc_section_end(section));
	}
	put_notes(h);
	raw(h, "</main>\n</body>\n</html>\n");
}

/* Begin a pass: nothing written, nothing called. */
static void
start(struct html *h)
{
	h->lang = h->book_lang;
	h->level = lang_is_rtl(h->book_lang);
	h->top = h->job->section == NULL && doc_meta(h->doc, "title") != NULL;
	h->heading = NULL;
	h->out.n = h->open.n = h->notes.n = h->marks.n = 0;
	h->image_bytes = 0;
	map_free(&h->ids);
	map_free(&h->called);
	memset(h->counted, 0, sizeof(h->counted));
}

/* What the first pass found out stays for the second. */
static void
keep(struct html *h)
{
	h->there = h->ids;
	h->ids = (struct map){0};
	h->index.v = h->marks.v;
	h->index.n = h->marks.n;
	memset(&h->marks, 0, sizeof(h->marks));
}

static const char *
lang_of(const struct doc *d)
{
	const char *lang = doc_meta(d, "lang");

	return lang != NULL && *lang != '\0' ? lang : "fa";
}

void
html_text(const struct html_job *job, struct buf *out)
{
	struct diag nobody = {0};
	struct html h = {.job = job, .doc = job->doc, .st = job->style,
	    .dg = &nobody, .first_pass = true, .book_lang = lang_of(job->doc)};
	struct buf body;

	style_number(&h.num, &h.a, h.doc, h.st, h.book_lang);
	doc_terms(&h.terms, &h.a, h.doc);
	start(&h);
	put_body(&h);
	diag_free(&nobody);
	keep(&h);
	h.first_pass = false;
	h.dg = job->dg;
	style_tell_hidden(h.st, h.doc, job->section, h.dg);
	start(&h);
	put_body(&h);
	body = h.out;
	h.out = *out;
	put_head(&h);
	buf_add(&h.out, body.p, body.n);
	*out = h.out;

	buf_free(&body);
	style_numbers_free(&h.num);
	map_free(&h.terms);
	map_free(&h.there);
	map_free(&h.ids);
	map_free(&h.called);
	free(h.open.v);
	free(h.notes.v);
	free(h.marks.v);
	free(h.index.v);
	arena_free(&h.a);
}

bool
html_write(const struct html_job *job, const char *path, uint64_t *hash)
{
	struct buf b = {0};
	const char *why = NULL;
	struct out_file *f = out_open(path, &why);
	bool done;

	if (f != NULL) {
		html_text(job, &b);
		out_write(f, b.p, b.n);
	}
	if (hash != NULL)
		*hash = hash_bytes(HASH_SEED, b.n > 0 ? b.p : "", b.n);
	done = f != NULL && out_commit(f, &why);
	if (!done)
		diag_add(job->dg, job->pos, USE_CANNOT_WRITE, path, why);
	buf_free(&b);
	return done;
}
