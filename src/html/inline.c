/*
 * Inlines -> elements of a line.
 *
 * What surrounds a citation, a link or a foreign phrase must not pull at it:
 * each is an isolate (the style sheet says so for links), and has a direction
 * of its own where its letters differ from those around it.
 */
#include <string.h>

#include "base/messages.h"
#include "html/private.h"

/* ------------------------------------------------------------- attributes */

/* Our own classes begin with "db-"; an author's may not pose as one. */
static bool
is_ours(const char *cls)
{
	return strncmp(cls, "db-", 3) == 0;
}

struct tongue
put_attrs(struct html *h, const struct doc_node *n, const char *cls)
{
	bool any = cls != NULL;
	const struct doc_attr *a = n->attr;

	put_id(h, doc_id(n));
	if (cls != NULL)
		rawf(h, " class=\"%s", cls);
	for (size_t i = 0; a != NULL && i < a->nclasses; i++) {
		if (is_ours(a->classes[i]) || (cls != NULL &&
		    strcmp(cls, a->classes[i]) == 0))
			continue;
		raw(h, any ? " " : " class=\"");
		put_plain(h, a->classes[i], strlen(a->classes[i]));
		any = true;
	}
	if (any)
		raw(h, "\"");
	return tongue_set(h, doc_value(n, "lang"), doc_value(n, "dir"));
}

bool
is_hidden(const struct html *h, const struct doc_node *n)
{
	return style_hides(h->st, n);
}

/* --------------------------------------------------------------- elements */

static void
put_in(struct html *h, const char *name, const struct doc_node *n)
{
	struct tongue before;

	rawf(h, "<%s", name);
	before = put_attrs(h, n, NULL);
	raw(h, ">");
	put_inlines(h, n);
	tongue_back(h, before);
	rawf(h, "</%s>", name);
}

/* Code runs left to right, and is no text to translate. */
static void
put_code(struct html *h, const struct doc_node *n)
{
	raw(h, "<code dir=\"ltr\" translate=\"no\">");
	put_plain(h, n->text, n->len);
	raw(h, "</code>");
}

/* Its own letters give a link its direction; without any it has that of the
 * text around it. */
static struct tongue
own_direction(struct html *h, const struct doc_node *n)
{
	const char *words = plain(h, n);
	int level = text_level(words, strlen(words));

	return tongue_set(h, NULL, level < 0 || level == h->level ? NULL :
	    level ? "rtl" : "ltr");
}

/* <a href>, or a plain span where nothing can be linked to. */
static void
put_link(struct html *h, const struct doc_node *n)
{
	const char *url = n->url != NULL ? n->url : "", *role = NULL;
	size_t at = h->out.n;
	struct tongue before;
	bool link;

	raw(h, "<a");
	link = put_url(h, url, n->pos);
	if (!link) {
		unput(h, at);
		if (doc_id(n) == NULL) {
			put_inlines(h, n);
			return;
		}
		raw(h, "<span");
	} else if (strncmp(url, "#ref-", 5) == 0) {
		role = "doc-biblioref";
	}
	put_id(h, doc_id(n));
	if (role != NULL)
		put_attr(h, "role", role);
	if (link && n->title != NULL && *n->title != '\0')
		put_attr(h, "title", n->title);
	before = own_direction(h, n);
	raw(h, ">");
	h->in_link |= link;
	put_inlines(h, n);
	if (link)
		h->in_link = false;
	tongue_back(h, before);
	raw(h, link ? "</a>" : "</span>");
}

static void
put_ref(struct html *h, const struct doc_node *n)
{
	const struct doc_node *to = style_ref(&h->num, n, h->dg);
	size_t at = h->out.n;
	const char *words;
	bool link;

	if (to == NULL) {		/* leads nowhere: reported there */
		raw(h, "@");
		put_plain(h, n->text, n->len);
		return;
	}
	words = style_ref_words(&h->num, n, to);
	raw(h, "<a");
	link = put_href(h, doc_id(to) != NULL ? doc_id(to) : n->text);
	if (!link) {
		unput(h, at);
	} else {
		raw(h, ">");
	}
	put_plain(h, words, strlen(words));
	if (link)
		raw(h, "</a>");
}

/* A place for the index: what it calls it, and below which heading. */
static void
put_mark(struct html *h, const struct doc_node *n)
{
	const char *key = doc_value(n, "key");
	struct mark *m = VEC_PUSH(&h->marks);

	m->key = key != NULL ? key : plain(h, n);
	m->id = arena_printf(&h->a, "idx-%zu", h->marks.n);
	m->heading = h->heading;
	raw(h, "<span");
	put_id(h, m->id);
	raw(h, "></span>");
}

/* The ways from a reference back to where it is cited, by number. */
static void
put_backlinks(struct html *h, const struct doc_node *n)
{
	bool any = false;

	for (const struct doc_node *k = n->first; k != NULL; k = k->next) {
		size_t at = h->out.n;
		const char *words;

		if (k->kind != DOC_LINK || k->url == NULL || *k->url != '#')
			continue;
		words = any ? word(h, "comma") : arena_printf(&h->a, " (%s%s",
		    word(h, "back"), word(h, "colon"));
		put_plain(h, words, strlen(words));
		raw(h, "<a role=\"doc-backlink\"");
		if (!put_href(h, k->url + 1)) {
			unput(h, at);	/* cited in another part */
			continue;
		}
		any = true;
		raw(h, ">");
		put_inlines(h, k);
		raw(h, "</a>");
	}
	if (any)
		raw(h, ")");
}

/* [text]{.class lang=en dir=ltr}. */
static void
put_span(struct html *h, const struct doc_node *n)
{
	const char *id = NULL, *dir = doc_value(n, "dir");
	size_t at;
	bool link;

	if (is_hidden(h, n))
		return;
	if (doc_has_class(n, "blank")) {
		put_blank(h, h->job->answers || doc_value(n, "fill") != NULL ?
		    plain(h, n) : NULL);
		return;
	}
	if (doc_has_class(n, "backlinks")) {
		put_backlinks(h, n);
		return;
	}
	if (doc_has_class(n, "index"))
		put_mark(h, n);
	if (doc_has_class(n, "term")) {
		id = doc_term_id(&h->terms, n);
		if (id == NULL)
			diag_add(h->dg, n->pos, MAN_UNKNOWN_TERM, plain(h, n));
	}
	at = h->out.n;
	raw(h, "<a role=\"doc-glossref\"");
	link = id != NULL && put_href(h, id);
	if (link) {
		raw(h, ">");
		h->in_link = true;
	} else {
		unput(h, at);
	}
	/* A direction that the letters decide is what <bdi> is for. */
	put_in(h, dir != NULL && strcmp(dir, "auto") == 0 ? "bdi" : "span", n);
	if (link) {
		h->in_link = false;
		raw(h, "</a>");
	}
}

static void
put_cite(struct html *h, const struct doc_node *n)
{
	size_t at = h->out.n;
	struct tongue before;
	bool turned;

	raw(h, "<span");
	before = own_direction(h, n);
	turned = before.level != h->level;
	if (turned) {
		raw(h, ">");
	} else {
		unput(h, at);
	}
	put_inlines(h, n);
	tongue_back(h, before);
	if (turned)
		raw(h, "</span>");
}

static void
put_inline(struct html *h, const struct doc_node *n)
{
	switch (n->kind) {
	case DOC_TEXT:
		put_text(h, n->text, n->len);
		break;
	case DOC_STRONG:
		put_in(h, "strong", n);
		break;
	case DOC_EMPH:
		put_in(h, "em", n);
		break;
	case DOC_STRIKE:
		put_in(h, "s", n);
		break;
	case DOC_CODE_SPAN:
	case DOC_MATH:
		put_code(h, n);
		break;
	case DOC_SPAN:
		put_span(h, n);
		break;
	case DOC_LINK:
		put_link(h, n);
		break;
	case DOC_IMAGE:
		put_image(h, n, plain(h, n));
		break;
	case DOC_NOTE_REF:
		put_note_ref(h, n);
		break;
	case DOC_CITE:
		put_cite(h, n);
		break;
	case DOC_REF:
		put_ref(h, n);
		break;
	case DOC_SOFT_BREAK:
		raw(h, "\n");
		h->after_note = false;
		break;
	case DOC_HARD_BREAK:
		raw(h, "<br>\n");
		h->after_note = false;
		break;
	default:
		put_inlines(h, n);
		break;
	}
}

void
put_inlines(struct html *h, const struct doc_node *parent)
{
	if (h->deep >= MAX_DEEP)
		return;		/* read/ has reported and flattened these */
	h->deep++;
	for (const struct doc_node *n = parent->first; n != NULL; n = n->next)
		put_inline(h, n);
	h->deep--;
}
