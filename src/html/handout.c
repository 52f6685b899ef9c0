/*
 * Handouts: a section of the book in the parts and the order that the style
 * names (page/handout.c lists them). Blanks are heard as blanks; answers are
 * in the teacher's file alone, not merely out of sight.
 */
#include <string.h>

#include "html/private.h"

void
put_blank(struct html *h, const char *answer)
{
	bool filled = answer != NULL && *answer != '\0';

	raw(h, filled ? "<span class=\"db-blank db-filled\">" :
	    "<span class=\"db-blank\">");
	if (filled)
		put_text(h, answer, strlen(answer));
	else
		put_hidden(h, word(h, "blank"));
	raw(h, "</span>");
}

/* -------------------------------------------------------------- questions */

static bool
is_answer(const struct doc_node *n)
{
	return n->kind == DOC_DIV && doc_has_class(n, "answer");
}

static void
put_prompt(struct html *h, const struct doc_node *q, enum doc_kind except)
{
	for (const struct doc_node *n = q->first; n != NULL; n = n->next)
		if (!is_answer(n) && n->kind != except)
			put_block(h, n);
}

/* Two boxes to choose from; the right one is marked for the teacher. */
static void
put_choice(struct html *h, const struct doc_node *q)
{
	static const char *const names[] = {"true", "false"};
	const char *answer = doc_value(q, "answer");
	bool yes = answer != NULL && strcmp(answer, "true") == 0;

	raw(h, "<p class=\"db-choice\">");
	for (size_t i = 0; i < NELEM(names); i++) {
		raw(h, i > 0 ? " " : "");
		put_plain(h, word(h, names[i]), strlen(word(h, names[i])));
		raw(h, " ");
		put_blank(h, h->job->answers && yes == (i == 0) ? "\xe2\x9c\x93"
		    : NULL);
	}
	raw(h, "</p>\n");
}

static const char *
letter(struct html *h, size_t i)
{
	struct buf b = {0};
	const char *s;

	uni_alphabetic(&b, h->book_lang, (long)i + 1);
	s = arena_strn(&h->a, b.p, b.n);
	buf_free(&b);
	return s;
}

/* Numbered items with a blank, then their matches with letters, in disorder
 * as on the page. */
static void
put_match(struct html *h, const struct doc_node *q, uint64_t seed)
{
	size_t n;
	const struct doc_node **rows = doc_question_parts(&h->a, q, &n);
	const size_t *order = doc_permutation(&h->a, n, seed);
	size_t *place = ARENA_ARRAY(&h->a, size_t, n + 1);

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++)
		place[order[i]] = i;
	raw(h, "<ol");
	put_count(h, COUNT_NUMBER, COUNT_DOT, NULL);
	raw(h, ">\n");
	for (size_t i = 0; i < n; i++) {
		raw(h, "<li>");
		put_inlines(h, rows[i]->first);
		raw(h, " ");
		put_blank(h, h->job->answers ? letter(h, place[i]) : NULL);
		raw(h, "</li>\n");
	}
	raw(h, "</ol>\n<ol");
	put_count(h, COUNT_ALPHA, COUNT_DOT, NULL);
	raw(h, ">\n");
	for (size_t i = 0; i < n; i++) {
		raw(h, "<li>");
		put_inlines(h, rows[order[i]]->first->next);
		raw(h, "</li>\n");
	}
	raw(h, "</ol>\n");
}

/* Items in disorder, each with a blank for its number. */
static void
put_order(struct html *h, const struct doc_node *q, uint64_t seed)
{
	size_t n;
	const struct doc_node **items = doc_question_parts(&h->a, q, &n);
	const size_t *order = doc_permutation(&h->a, n, seed);

	if (n == 0)
		return;
	raw(h, "<ul class=\"db-plain db-order\">\n");
	for (size_t i = 0; i < n; i++) {
		const struct doc_node *it = items[order[i]];

		raw(h, "<li>");
		put_blank(h, h->job->answers ? number(h, (long)order[i] + 1) :
		    NULL);
		raw(h, " ");
		put_inlines(h, it->first != NULL &&
		    !doc_is_inline(it->first->kind) ? it->first : it);
		raw(h, "</li>\n");
	}
	raw(h, "</ul>\n");
}

/* «پاسخ: » runs into the first paragraph. */
static void
put_answer(struct html *h, const struct doc_node *fence)
{
	const struct doc_node *n = fence->first;

	raw(h, "<div class=\"db-answer\">\n<p><strong>");
	put_plain(h, word(h, "answer"), strlen(word(h, "answer")));
	put_plain(h, word(h, "colon"), strlen(word(h, "colon")));
	raw(h, "</strong>");
	h->latin = h->after_note = false;
	if (n != NULL && doc_is_inline(n->kind)) {
		put_inlines(h, fence);
		n = NULL;
	} else if (n != NULL && n->kind == DOC_PARA) {
		put_inlines(h, n);
		n = n->next;
	}
	raw(h, "</p>\n");
	put_blocks(h, n, NULL);
	raw(h, "</div>\n");
}

static void
put_answers(struct html *h, const struct doc_node *q)
{
	if (!h->job->answers)
		return;
	for (const struct doc_node *n = q->first; n != NULL; n = n->next)
		if (is_answer(n))
			put_answer(h, n);
}

void
put_questions(struct html *h, const struct doc_node *const *v, size_t n)
{
	if (n == 0)
		return;
	raw(h, "<ol");
	put_count(h, COUNT_NUMBER, COUNT_DOT, "db-questions");
	raw(h, ">\n");
	for (size_t i = 0; i < n; i++) {
		const struct doc_node *q = v[i];
		uint64_t seed = doc_question_seed(q, h->job->seed);
		struct tongue before;

		h->latin = h->after_note = false;
		raw(h, "<li");
		before = put_attrs(h, q, NULL);
		raw(h, ">\n");
		if (doc_has_class(q, "match")) {
			put_prompt(h, q, DOC_TABLE);
			put_match(h, q, seed);
		} else if (doc_has_class(q, "order")) {
			put_prompt(h, q, DOC_LIST);
			put_order(h, q, seed);
		} else {
			put_prompt(h, q, DOC_NKINDS);
			if (doc_has_class(q, "true-false"))
				put_choice(h, q);
		}
		put_answers(h, q);
		raw(h, "</li>\n");
		tongue_back(h, before);
	}
	raw(h, "</ol>\n");
}

/* ------------------------------------------------------------------ parts */

static void
put_header(struct html *h)
{
	static const char *const blanks[] = {"name", "class", "date"};
	const char *course = doc_meta(h->doc, "course");

	if (course == NULL)
		course = doc_meta(h->doc, "title");
	raw(h, "<header>\n");
	if (course != NULL) {
		raw(h, "<p class=\"db-course\">");
		put_text(h, course, strlen(course));
		raw(h, "</p>\n");
	}
	raw(h, "<p class=\"db-fill\">");
	for (size_t i = 0; i < NELEM(blanks); i++) {
		raw(h, i > 0 ? " <span>" : "<span>");
		put_plain(h, word(h, blanks[i]), strlen(word(h, blanks[i])));
		put_plain(h, word(h, "colon"), strlen(word(h, "colon")));
		put_blank(h, h->job->fill[i]);
		raw(h, "</span>");
	}
	raw(h, "</p>\n</header>\n");
}

static bool
part_of(const struct doc_node *n, const char *cls)
{
	return n->kind == DOC_DIV && doc_has_class(n, cls);
}

static void
put_class(struct html *h, const char *cls, const struct doc_node *first,
    const struct doc_node *stop)
{
	for (const struct doc_node *n = first; n != stop; n = n->next)
		if (part_of(n, cls))
			put_block(h, n);
}

/* What is neither a table at a glance nor a timeline nor a question; runs of
 * it, so that headings inside still make sections. */
static void
put_running_text(struct html *h, const struct doc_node *first,
    const struct doc_node *stop)
{
	const struct doc_node *n = first;

	while (n != stop) {
		const struct doc_node *from = n;

		while (n != stop && !part_of(n, "phase-table") &&
		    !part_of(n, "timeline") && !part_of(n, "questions"))
			n = n->next;
		put_blocks(h, from, n);
		if (n != stop)
			n = n->next;
	}
}

static void
open_part(struct html *h, const char *name, const char *role)
{
	open_section(h, 7, h->open.n, role);
	put_heading(h, NULL, word(h, name));
}

static void
put_extras(struct html *h, const char *part, const struct doc_node *first,
    const struct doc_node *stop)
{
	const struct doc_node **v;
	size_t n, base = h->open.n;

	if (strcmp(part, "terms") == 0) {
		v = doc_terms_used(&h->a, h->doc, &h->terms, first, stop, &n);
		if (n == 0)
			return;
		open_part(h, part, " role=\"doc-glossary\"");
		put_terms(h, v, n);
	} else if (strcmp(part, "sources") == 0) {
		v = doc_sources_cited(&h->a, h->doc, first, stop, &n);
		if (n == 0)
			return;
		open_part(h, part, " role=\"doc-bibliography\"");
		put_refs(h, v, n);
	} else {
		v = doc_questions(&h->a, first, stop, h->job->seed, &n);
		if (n == 0)
			return;
		open_part(h, part, "");
		put_questions(h, v, n);
	}
	close_sections(h, base, 0);
}

void
put_handout(struct html *h, const struct doc_node *stop)
{
	const struct doc_node *head = h->job->section, *first = head->next;

	for (const char *p = h->st->handout.parts; *p != '\0';) {
		size_t n = strcspn(p, " ,");
		const char *part = arena_strn(&h->a, p, n);

		if (strcmp(part, "header") == 0)
			put_header(h);
		else if (strcmp(part, "title") == 0)
			put_title_of(h, head);
		else if (strcmp(part, "table") == 0)
			put_class(h, "phase-table", first, stop);
		else if (strcmp(part, "timeline") == 0)
			put_class(h, "timeline", first, stop);
		else if (strcmp(part, "text") == 0)
			put_running_text(h, first, stop);
		else if (strcmp(part, "terms") == 0 ||
		    strcmp(part, "questions") == 0 ||
		    strcmp(part, "sources") == 0)
			put_extras(h, part, first, stop);
		p += n + strspn(p + n, " ,");
	}
}
