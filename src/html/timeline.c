/*
 * Timelines as lists in order of time. What a page shows by a broken axis, or
 * by where a bar stands, is said in words.
 */
#include <string.h>

#include "html/private.h"

/* "1916" for a date that is nothing but a year of this or the last few
 * centuries; other calendars, and words, are no date that HTML knows. */
static bool
is_year(const char *s, char year[static 5])
{
	size_t n = strlen(s), k = 0;

	for (size_t i = 0; i < n;) {
		int d = uni_digit_value(utf8_next(s, n, &i));

		if (d < 0 || k == 4)
			return false;
		year[k++] = (char)('0' + d);
	}
	year[k] = '\0';
	return k == 4 && strcmp(year, "1500") >= 0;
}

static void
put_date(struct html *h, const struct doc_node *term)
{
	char year[5];
	bool known = is_year(plain(h, term), year);

	if (doc_has_class(term, "gap"))
		put_hidden(h, arena_printf(&h->a, "%s%s", word(h, "gap"),
		    word(h, "colon")));
	if (known)
		rawf(h, "<time class=\"db-date\" datetime=\"%s\">", year);
	else
		raw(h, "<span class=\"db-date\">");
	put_inlines(h, term);
	raw(h, known ? "</time> " : "</span> ");
}

/* Sections with years in the chapter: where each stands on the whole span. */
static void
put_spans(struct html *h, const struct doc_node *at)
{
	const struct doc_node *from = doc_chapter(at);
	bool any = false;

	for (const struct doc_node *n = from; n != NULL; n = n->next) {
		const char *years = doc_value(n, "years"), *name;
		bool link, here = n == h->job->section;

		if (n != from && n->kind == DOC_HEADING && n->level == 1)
			break;
		if (n->kind != DOC_HEADING || years == NULL)
			continue;
		raw(h, any ? "" : "<ul class=\"db-plain db-spans\">\n");
		any = true;
		raw(h, here ? "<li aria-current=\"true\"><strong>" : "<li>");
		name = doc_name_without(&h->a, n, years);
		if (!here)
			raw(h, "<a");
		link = !here && doc_id(n) != NULL && put_href(h, doc_id(n));
		if (!here && !link)
			unput(h, h->out.n - 2);
		else if (link)
			raw(h, ">");
		put_plain(h, name, strlen(name));
		raw(h, link ? "</a>" : "");
		put_plain(h, word(h, "colon"), strlen(word(h, "colon")));
		put_text(h, years, strlen(years));
		raw(h, here ? "</strong></li>\n" : "</li>\n");
	}
	raw(h, any ? "</ul>\n" : "");
}

static void
put_event(struct html *h, const struct doc_node *term)
{
	const struct doc_node *d = term->next;

	h->latin = h->after_note = false;
	raw(h, "<li");
	put_id(h, doc_id(term));
	raw(h, doc_has_class(term, "gap") ? " class=\"db-gap\">" : ">");
	put_date(h, term);
	raw(h, "<span class=\"db-event\">");
	for (; d != NULL && d->kind == DOC_DEF; d = d->next)
		for (const struct doc_node *p = d->first; p != NULL;
		    p = p->next) {
			if (doc_is_inline(p->kind)) {
				put_inlines(h, d);
				break;
			}
			put_inlines(h, p);
			if (p->next != NULL || (d->next != NULL &&
			    d->next->kind == DOC_DEF))
				raw(h, "<br>\n");
		}
	raw(h, "</span></li>\n");
}

void
put_timeline(struct html *h, const struct doc_node *n)
{
	const struct doc_node *list = NULL;
	const char *title = doc_value(n, "title");
	struct tongue before;

	for (const struct doc_node *k = n->first; k != NULL; k = k->next)
		if (k->kind == DOC_DEFLIST)
			list = k;
	raw(h, "<div");
	before = put_attrs(h, n, "db-timeline");
	raw(h, ">\n");
	if (title != NULL) {
		raw(h, "<p class=\"db-caption\">");
		put_plain(h, title, strlen(title));
		raw(h, "</p>\n");
	}
	if (list == NULL) {
		put_children(h, n);
	} else {
		if (doc_value(n, "phase") == NULL || h->job->section != NULL)
			put_spans(h, n);
		raw(h, "<ol class=\"db-plain\"");
		put_attr(h, "aria-label", title != NULL ? title : word(h,
		    "timeline"));
		raw(h, ">\n");
		for (const struct doc_node *k = list->first; k != NULL;
		    k = k->next)
			if (k->kind == DOC_TERM)
				put_event(h, k);
		raw(h, "</ol>\n");
	}
	raw(h, "</div>\n");
	tongue_back(h, before);
}
