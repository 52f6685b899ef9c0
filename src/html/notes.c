/*
 * Notes: a mark leads to the note, the note back to its first mark. All
 * stand at the end, since there is no foot of a page, under the numbers of
 * the book. A note that a note calls follows them.
 */
#include <stdlib.h>
#include <string.h>

#include "html/private.h"

static struct called *
called(struct html *h, const struct doc_node *note)
{
	void **slot = map_put(&h->called, note->text, note->len);

	if (*slot == NULL) {
		*VEC_PUSH(&h->notes) = (struct called){.note = note};
		*slot = (void *)h->notes.n;
	}
	return &h->notes.v[(size_t)*slot - 1];
}

/* A note that only another note calls has no number of its own in the flow;
 * it goes on behind the last. */
static long
note_number(const struct html *h, const struct doc_node *note)
{
	int n = style_number_of_note(&h->num, note);

	return n > 0 ? n : note->number;
}

void
put_note_ref(struct html *h, const struct doc_node *n)
{
	struct called *c;
	const char *num;
	bool link;

	if (n->target == NULL) {
		put_plain(h, n->text, n->len);
		return;
	}
	c = called(h, n->target);
	num = number(h, note_number(h, n->target));
	/* Between two marks a thin space, or ۳ and ۴ would be read as ۳۴. */
	raw(h, h->after_note ? "\xe2\x80\x89<sup><a" : "<sup><a");
	link = put_href(h, arena_printf(&h->a, "fn-%s", n->target->text));
	if (c->times++ == 0)
		put_id(h, arena_printf(&h->a, "fnref-%s", n->target->text));
	else
		put_id(h, arena_printf(&h->a, "fnref-%s-%d", n->target->text,
		    c->times));
	raw(h, link ? " role=\"doc-noteref\">" : ">");
	put_plain(h, num, strlen(num));
	raw(h, "</a></sup>");
	h->after_note = true;
}

/* The way back stands in the note's last paragraph. */
static void
put_back(struct html *h, const struct doc_node *note)
{
	size_t at = h->out.n;
	const char end[] = "</p>\n";
	size_t n = sizeof(end) - 1;
	bool in_para = at >= n && memcmp(h->out.p + at - n, end, n) == 0;
	struct tongue before;

	if (in_para)
		unput(h, at - n);
	raw(h, " <a role=\"doc-backlink\"");
	put_href(h, arena_printf(&h->a, "fnref-%s", note->text));
	before = tongue_set(h, h->book_lang, NULL);
	put_attr(h, "aria-label", arena_printf(&h->a, "%s %s", word(h, "back"),
	    number(h, note_number(h, note))));
	raw(h, ">\xe2\x86\x91</a>");
	tongue_back(h, before);
	raw(h, in_para ? end : "");
}

void
put_notes(struct html *h)
{
	if (h->notes.n == 0)
		return;
	open_section(h, 1, 0, " role=\"doc-endnotes\"");
	put_heading(h, NULL, word(h, "notes"));
	raw(h, "<ol");
	put_count(h, COUNT_NUMBER, COUNT_DOT, "db-notes");
	raw(h, ">\n");
	/* Notes may call further ones while they are written. */
	for (size_t i = 0; i < h->notes.n; i++) {
		const struct doc_node *note = h->notes.v[i].note;
		const char *text = plain(h, note), *dir = doc_value(note,
		    "dir");
		int level = dir != NULL ? strcmp(dir, "rtl") == 0 :
		    text_level(text, strlen(text));
		struct tongue before;

		rawf(h, "<li value=\"%ld\"", note_number(h, note));
		put_id(h, arena_printf(&h->a, "fn-%s", note->text));
		raw(h, ">");
		/* A Latin note reads left to right under the same number. */
		raw(h, "<div");
		before = tongue_set(h, level < 0 || level == h->level ? NULL :
		    level ? "fa" : "en", NULL);
		raw(h, ">\n");
		put_children(h, note);
		put_back(h, note);
		raw(h, "</div></li>\n");
		tongue_back(h, before);
	}
	raw(h, "</ol>\n");
	close_sections(h, 0, 1);
}
