/*
 * Fences: their lines, their attributes, and what a div turns out to be.
 */
#include <string.h>

#include "base/messages.h"
#include "read/structure.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/*
 * The attributes of an opening fence. What cannot be read is printed as it
 * stands, as the div's first paragraph.
 */
void
fence_attr(struct reader *r, struct doc_node *div, size_t line, size_t at)
{
	const char *s = line_text(r, line), *why = NULL;
	size_t end = r->lines[line].len, used = 0, k;
	struct doc_attr *attr;
	struct doc_node *p;
	struct pos pos;

	while (end > at && (s[end - 1] == ':' || is_blank(s[end - 1])))
		end--;
	for (k = at; k < end && !is_blank(s[k]) && s[k] != '{'; k++)
		;
	if (k > at)
		doc_add_class(r->d, div,
		    arena_strn(&r->scratch, s + at, k - at));
	while (k < end && is_blank(s[k]))
		k++;
	seen_mark(r, r->lines[line].off + at, r->lines[line].off + k);
	if (k == end)
		return;
	pos = line_pos(r, line, k);
	attr = attr_parse(r, s + k, end - k, &used, &why);
	if (attr != NULL) {
		attr->pos = pos;
		attr_merge(r, div, attr);
		seen_mark(r, r->lines[line].off + k,
		    r->lines[line].off + k + used);
	}
	for (k += used; k < end && is_blank(s[k]); k++)
		;
	if (k == end)
		return;
	if (why == NULL)
		why = say(r, "words behind them, or no attributes at all",
		    "پس از آنها یا به جای آنها واژه‌های دیگر آمده است");
	pos = line_pos(r, line, k);
	p = doc_new(r->d, DOC_PARA, pos);
	doc_append(p, doc_text(r->d, s + k, end - k, pos));
	doc_append(div, p);
	diag_add(r->dg, pos, MAN_BAD_ATTR, p->first->text, why);
}

/* The colons of a fence; *opens if it is no closing one. */
size_t
fence_colons(const struct reader *r, cmark_node *n, bool *opens, size_t *rest)
{
	size_t line = first_line(r, n), at = first_byte(r, n), colons;

	colons = fence_scan(line_text(r, line) + at, r->lines[line].len - at,
	    rest);
	*rest += at;
	*opens = *rest < r->lines[line].len;
	return colons;
}

/* "::: page-break" may stand alone, or be closed at once. */
bool
fence_is_alone(const struct reader *r, const struct doc_node *div,
    cmark_node *n, size_t colons)
{
	cmark_node *next = cmark_node_next(n);
	bool opens;
	size_t rest;

	if (!doc_has_class(div, "page-break"))
		return false;
	if (next == NULL || cmark_node_get_type(next) != NODE_FENCE)
		return true;
	return fence_colons(r, next, &opens, &rest) != colons || opens;
}

/* What a div turns out to be once it is closed. */
void
div_close(struct reader *r, struct doc_node *div)
{
	struct doc_node *c;

	if (doc_has_class(div, "row")) {
		row_close(r, div);
		return;
	}
	if (doc_id(div) == NULL || strcmp(doc_id(div), "refs") != 0)
		return;
	/* The place of the references; words inside it come before. */
	while ((c = div->first) != NULL) {
		doc_unlink(c);
		doc_insert_before(div, c);
	}
	div->kind = DOC_REFS;
}
