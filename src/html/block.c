/*
 * Blocks, and the sections that headings make of them.
 *
 * In the tree a heading stands beside its text; here it opens a <section>
 * that ends where one of its level, or above, begins. A heading's level is
 * how many sections are open, so none is ever skipped, whatever the author
 * skipped, and a handout's title is an <h1> wherever it stands in the book.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "html/private.h"

/* --------------------------------------------------------------- sections */

int
heading_level(const struct html *h)
{
	return MIN(MAX(h->top + (int)h->open.n, 1), 6);
}

void
open_section(struct html *h, int level, size_t base, const char *attrs)
{
	close_sections(h, base, level);
	*VEC_PUSH(&h->open) = level;
	rawf(h, "<section%s>\n", attrs);
}

/* Those at `base` and above it in the list that are not above `level`. */
void
close_sections(struct html *h, size_t base, int level)
{
	while (h->open.n > base && h->open.v[h->open.n - 1] >= level) {
		h->open.n--;
		raw(h, "</section>\n");
	}
}

void
put_heading(struct html *h, const char *id, const char *title)
{
	int level = heading_level(h);

	rawf(h, "<h%d", level);
	put_id(h, id);
	raw(h, ">");
	put_plain(h, title, strlen(title));
	rawf(h, "</h%d>\n", level);
}

static void
put_section_heading(struct html *h, const struct doc_node *n)
{
	const char *num = style_number_of(&h->num, n);
	int level = heading_level(h);
	struct tongue before;

	h->heading = n;
	h->latin = false;
	rawf(h, "<h%d", level);
	before = put_attrs(h, n, NULL);
	raw(h, ">");
	if (num != NULL) {
		put_plain(h, num, strlen(num));
		raw(h, " ");
	}
	put_inlines(h, n);
	rawf(h, "</h%d>\n", level);
	tongue_back(h, before);
}

void
put_title_of(struct html *h, const struct doc_node *heading)
{
	h->top = 1;
	put_section_heading(h, heading);
}

/* Does a glossary or an index stand here, a chapter without a heading? */
static bool
is_chapter(const struct doc_node *n)
{
	return n->kind == DOC_DIV && (doc_has_class(n, "glossary") ||
	    (doc_id(n) != NULL && strcmp(doc_id(n), "index") == 0));
}

void
put_blocks(struct html *h, const struct doc_node *first,
    const struct doc_node *stop)
{
	size_t base = h->open.n;

	for (const struct doc_node *n = first; n != stop; n = n->next) {
		if (n->kind == DOC_HEADING) {
			open_section(h, n->level, base, n->next != NULL &&
			    n->next->kind == DOC_REFS ?
			    " role=\"doc-bibliography\"" : "");
			put_section_heading(h, n);
		} else if (is_chapter(n)) {
			open_section(h, 1, base, doc_has_class(n, "glossary") ?
			    " role=\"doc-glossary\"" : " role=\"doc-index\"");
			put_block(h, n);
			close_sections(h, base, 1);
		} else {
			put_block(h, n);
		}
	}
	close_sections(h, base, 0);
}

void
put_children(struct html *h, const struct doc_node *n)
{
	if (n->first != NULL && doc_is_inline(n->first->kind))
		put_inlines(h, n);
	else
		put_blocks(h, n->first, NULL);
}

/* ----------------------------------------------------------------- blocks */

static void
put_para(struct html *h, const struct doc_node *n)
{
	struct tongue before;

	raw(h, "<p");
	before = put_attrs(h, n, NULL);
	raw(h, ">");
	put_inlines(h, n);
	raw(h, "</p>\n");
	tongue_back(h, before);
}

static void
put_code_block(struct html *h, const struct doc_node *n)
{
	size_t len = n->len;

	while (len > 0 && n->text[len - 1] == '\n')
		len--;
	raw(h, "<pre dir=\"ltr\"");
	put_id(h, doc_id(n));
	raw(h, "><code translate=\"no\">");
	put_plain(h, n->text, len);
	raw(h, "</code></pre>\n");
}

/* ::: questions, where the style shows them in the running text. */
static void
put_question_fence(struct html *h, const struct doc_node *n)
{
	size_t nq;
	const struct doc_node **q = doc_questions(&h->a, n, n->next,
	    h->job->seed, &nq);

	/* What is not a question is text between them. */
	for (const struct doc_node *k = n->first; k != NULL; k = k->next)
		if (!doc_has_class(k, "question"))
			put_block(h, k);
	put_questions(h, q, nq);
}

static void
put_div(struct html *h, const struct doc_node *n)
{
	struct tongue before;

	if (doc_has_class(n, "page-break") || doc_has_class(n, "pagebreak"))
		return;
	if (is_hidden(h, n))
		return;		/* style_tell_hidden() tells */
	if (doc_has_class(n, "answer") && !h->job->answers)
		return;
	if (doc_has_class(n, "timeline")) {
		put_timeline(h, n);
		return;
	}
	if (is_chapter(n)) {
		if (doc_has_class(n, "glossary"))
			put_glossary(h, n);
		else
			put_index(h, n);
		return;
	}
	raw(h, "<div");
	before = put_attrs(h, n, NULL);
	raw(h, ">\n");
	if (doc_has_class(n, "questions"))
		put_question_fence(h, n);
	else if (n->first != NULL && doc_is_inline(n->first->kind))
		put_para(h, n);
	else
		put_children(h, n);
	raw(h, "</div>\n");
	tongue_back(h, before);
}

static void
put_quote(struct html *h, const struct doc_node *n)
{
	struct tongue before;

	raw(h, "<blockquote");
	before = put_attrs(h, n, NULL);
	raw(h, ">\n");
	put_children(h, n);
	raw(h, "</blockquote>\n");
	tongue_back(h, before);
}

void
put_block(struct html *h, const struct doc_node *n)
{
	if (h->deep >= MAX_DEEP)
		return;		/* read/ has reported and flattened these */
	h->deep++;
	h->latin = h->after_note = false;
	switch (n->kind) {
	case DOC_HEADING:
		put_blocks(h, n, n->next);
		break;
	case DOC_PARA:
		put_para(h, n);
		break;
	case DOC_QUOTE:
		put_quote(h, n);
		break;
	case DOC_LIST:
		put_list(h, n);
		break;
	case DOC_DEFLIST:
		put_deflist(h, n);
		break;
	case DOC_TABLE:
		put_table(h, n);
		break;
	case DOC_VERSE:
		put_verse(h, n);
		break;
	case DOC_CODE:
		put_code_block(h, n);
		break;
	case DOC_RULE:
		raw(h, "<hr>\n");
		break;
	case DOC_DIV:
		put_div(h, n);
		break;
	case DOC_REFS:
		put_refs_of(h, n);
		break;
	case DOC_FIGURE:
		put_figure(h, n);
		break;
	case DOC_NOTE:
	case DOC_CAPTION:
		break;
	default:
		put_children(h, n);
		break;
	}
	h->deep--;
}
