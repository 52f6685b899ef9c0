/*
 * The tree as text: what golden tests compare and --dump doc prints.
 */
#include <string.h>

#include "doc/doc.h"

/*
 * What the eye cannot see, or what would turn the line around when it is
 * read in a terminal: these are spelled out.
 */
static bool
is_invisible(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0xa0) || cp == 0xad ||
	    cp == 0x34f || cp == 0x61c || cp == 0x180e ||
	    (cp >= 0x2000 && cp <= 0x200f) || (cp >= 0x2028 && cp <= 0x202f) ||
	    (cp >= 0x205f && cp <= 0x206f) || cp == 0x3000 || cp == 0xfeff ||
	    (cp >= 0xfff9 && cp <= 0xfffb) || (cp >= 0xe0000 && cp <= 0xe0fff);
}

static void
quote(struct buf *out, const char *s, size_t n)
{
	size_t i = 0, at;
	uint32_t cp;

	buf_char(out, '"');
	while (i < n) {
		at = i;
		cp = utf8_next(s, n, &i);
		if (cp == '"' || cp == '\\') {
			buf_char(out, '\\');
			buf_char(out, (char)cp);
		} else if (cp == '\n') {
			buf_str(out, "\\n");
		} else if (cp == '\t') {
			buf_str(out, "\\t");
		} else if (is_invisible(cp)) {
			buf_printf(out, "\\u{%04X}", cp);
		} else if (cp == 0xfffd) {
			buf_utf8(out, cp);
		} else {
			buf_add(out, s + at, i - at);
		}
	}
	buf_char(out, '"');
}

static void
named(struct buf *out, const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	buf_printf(out, " %s=", name);
	quote(out, value, strlen(value));
}

static void
dump_attr(struct buf *out, const struct doc_attr *a)
{
	size_t i;

	if (a->id != NULL)
		buf_printf(out, " #%s", a->id);
	for (i = 0; i < a->nclasses; i++)
		buf_printf(out, " .%s", a->classes[i]);
	for (i = 0; i < a->nkeys; i++) {
		buf_printf(out, " %s=", a->keys[i]);
		quote(out, a->values[i], strlen(a->values[i]));
	}
}

static void
dump_align(struct buf *out, const struct doc_node *n)
{
	static const char *const names[] = {
		[DOC_ALIGN_NONE] = "none", [DOC_ALIGN_START] = "start",
		[DOC_ALIGN_CENTRE] = "centre", [DOC_ALIGN_END] = "end",
		[DOC_ALIGN_DECIMAL] = "decimal",
	};
	int i;

	buf_printf(out, " ncols=%d", n->ncols);
	for (i = 0; n->align != NULL && i < n->ncols; i++)
		buf_printf(out, "%s%s", i == 0 ? " align=" : ",",
		    names[n->align[i]]);
}

static void
dump_cite(struct buf *out, const struct doc_cite *c)
{
	const struct doc_locator *at;

	for (; c != NULL; c = c->next) {
		buf_printf(out, " [%s%s@%s %u:%u",
		    c->suppress_author ? "-" : "",
		    c->in_text ? "in-text " : "", c->key, c->pos.line,
		    c->pos.col);
		named(out, "prefix", c->prefix);
		for (at = c->locators; at != NULL; at = at->next) {
			named(out, "label", at->label);
			named(out, at->comma || at == c->locators ?
			    "locator" : "close-locator", at->text);
		}
		named(out, c->comma ? "suffix" : "close-suffix", c->suffix);
		buf_char(out, ']');
	}
}

static void
dump_node(struct buf *out, const struct doc_node *n, int depth)
{
	int i;

	for (i = 0; i < depth; i++)
		buf_str(out, "  ");
	buf_str(out, doc_kind_name(n->kind));
	if (n->pos.line != 0)
		buf_printf(out, " %u:%u", n->pos.line, n->pos.col);
	switch (n->kind) {
	case DOC_HEADING:
		buf_printf(out, " level=%d", n->level);
		break;
	case DOC_LIST:
		if (n->ordered)
			buf_printf(out, " ordered start=%d delim=%c", n->start,
			    n->delim);
		if (n->tight)
			buf_str(out, " tight");
		break;
	case DOC_TABLE:
		dump_align(out, n);
		break;
	case DOC_ROW:
		if (n->is_header)
			buf_str(out, " header");
		break;
	case DOC_CITE:
		dump_cite(out, n->cite);
		break;
	default:
		break;
	}
	if (n->number != 0)
		buf_printf(out, " number=%d", n->number);
	named(out, "url", n->url);
	named(out, "title", n->title);
	named(out, "info", n->info);
	if (n->attr != NULL)
		dump_attr(out, n->attr);
	if (n->text != NULL && n->kind != DOC_CITE) {
		buf_char(out, ' ');
		quote(out, n->text, n->len);
	}
	buf_char(out, '\n');
}

static void
dump_tree(struct buf *out, const struct doc_node *top)
{
	const struct doc_node *n = top;
	int depth = 0;

	while (n != NULL) {
		dump_node(out, n, depth);
		if (n->first != NULL) {
			n = n->first;
			depth++;
			continue;
		}
		while (n != top && n->next == NULL) {
			n = n->parent;
			depth--;
		}
		n = n == top ? NULL : n->next;
	}
}

void
doc_dump(const struct doc *d, struct buf *out)
{
	const struct doc_meta *m;
	const struct doc_node *n;

	for (m = d->meta; m != NULL; m = m->next) {
		buf_printf(out, "meta %s", m->key);
		if (m->pos.line != 0)
			buf_printf(out, " %u:%u", m->pos.line, m->pos.col);
		buf_char(out, ' ');
		quote(out, m->value, strlen(m->value));
		buf_char(out, '\n');
	}
	if (d->root == NULL)
		return;
	dump_tree(out, d->root);
	for (n = d->note_root->first; n != NULL; n = n->next)
		dump_tree(out, n);
	for (size_t i = 0; i < d->excuses.n; i++) {
		const struct doc_excuse *e = &d->excuses.v[i];

		buf_printf(out, "allow %u:%u", e->pos.line, e->pos.col);
		named(out, "what", e->text);
		if (e->node != NULL)
			buf_printf(out, " for %s %u:%u",
			    doc_kind_name(e->node->kind), e->node->pos.line,
			    e->node->pos.col);
		buf_char(out, '\n');
	}
}
