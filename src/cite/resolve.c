/*
 * The tree's citations and its list, resolved against one bibliography.
 *
 * Order matters: keys are counted first, for "as first cited" needs all of
 * them; then the list gets its order and numbers, for a number in the text
 * is a place in the list; then the text is printed, for the ways back need
 * its ids; then the list's entries.
 */
#include "cite/resolve.h"

#include "base/messages.h"

#include <stdlib.h>
#include <string.h>

/* Comparisons spent on "did you mean"; a book of wrong keys gets that many
 * answers and not the product of its keys and citations. */
#define NEAR_BUDGET 1000000

/* ------------------------------------------------------------ collecting */

static const char *
near_key(struct resolver *r, const char *key)
{
	struct cite_entry *e;
	size_t n = 0;

	if (r->near_budget < r->bib->n || r->bib->n == 0)
		return "";
	r->near_budget -= r->bib->n;
	if (r->keys == NULL) {
		r->keys = xcalloc(r->bib->n + 1, sizeof(*r->keys));
		for (e = r->bib->first; e != NULL; e = e->next)
			r->keys[n++] = e->key;
	}
	return diag_near(r->dg, key, r->keys);
}

static void
collect_cite(struct resolver *r, struct doc_node *node)
{
	const struct doc_cite *c;
	struct cite_entry *e;

	for (c = node->cite; c != NULL; c = c->next) {
		e = resolver_lookup(r, c->key);
		if (e == NULL) {
			diag_add(r->dg, c->pos.line != 0 ? c->pos : node->pos,
			    BIB_UNKNOWN_KEY, c->key,
			    arena_printf(&r->dg->arena, "@%s", c->key),
			    near_key(r, c->key));
			continue;
		}
		if (e->ncited++ == 0) {
			*VEC_PUSH(&r->cited) = e;
			author_check_short(r, c, e);
		}
		if (c->suppress_author)
			author_check_word(r, node, e);
	}
}

/* A key of `nocite` after its "@", maybe in braces; *n: its length. What
 * follows it is returned. */
static const char *
nocite_key(const char **key, size_t *n)
{
	const char *s = *key;

	if (*s == '{') {
		*key = ++s;
		*n = strcspn(s, "}");
		return s + *n + (s[*n] == '}');
	}
	*n = strcspn(s, " \t\n,;]@");
	while (*n > 0 && strchr(".:", s[*n - 1]) != NULL)
		--*n;
	return s + *n;
}

static void
nocite_entry(struct resolver *r, const char *key, size_t n, struct pos pos)
{
	struct cite_entry *e;
	const char *unknown;

	if (n == 1 && *key == '*') {
		for (e = r->bib->first; e != NULL; e = e->next)
			e->nocite = true;
		return;
	}
	e = map_get(&r->bib->keys, key, n);
	if (e != NULL) {
		e->nocite = true;
	} else if (n > 0) {
		unknown = arena_strn(&r->dg->arena, key, n);
		diag_add(r->dg, pos, BIB_UNKNOWN_KEY, unknown, "-",
		    near_key(r, unknown));
	}
}

/*
 * `nocite: "@a, @b"` of the metadata, "@*" for all: they stand in the list.
 * That nothing cites them is still worth a word.
 */
static void
collect_nocite(struct resolver *r)
{
	const struct doc_meta *m;
	const char *s, *key;
	size_t n;

	for (m = r->d->meta; m != NULL; m = m->next) {
		if (strcmp(m->key, "nocite") != 0)
			continue;
		for (s = m->value; (s = strchr(s, '@')) != NULL;) {
			key = s + 1;
			s = nocite_key(&key, &n);
			nocite_entry(r, key, n, m->pos);
		}
	}
}

/*
 * Where no style can be had, citations are printed as they were written (or
 * by their keys, if a program made them), and the list has the keys.
 */
static const struct cite_style no_style = { .kind = STYLE_AUTHOR_DATE,
    .lang = "fa", .open = "[", .close = "]", .between = "; ", .end = "",
    .marker = "{}." };

static void
collect_site(struct resolver *r, struct doc_node *n, bool in_note)
{
	if (n->cite == NULL)
		return;
	collect_cite(r, n);
	n->first = n->last = NULL;
	if (r->style == &no_style && n->text != NULL)
		doc_append(n, doc_text(r->d, n->text, n->len, n->pos));
	else
		*VEC_PUSH(&r->sites) = (struct site){ n, in_note };
}

/* The note that a NOTE_REF calls, if nothing called it before; else NULL. */
static struct doc_node *
first_called(struct map *seen, const struct doc_node *n)
{
	struct doc_node *note = n->kind == DOC_NOTE_REF ? n->target : NULL;
	void **slot;

	if (note == NULL)
		return NULL;
	slot = map_put(seen, (const char *)&note, sizeof(note));
	if (*slot != NULL)
		return NULL;
	*slot = note;
	return note;
}

/* Notes may call notes, so the way back is kept on a stack. */
static void
collect_note(struct resolver *r, struct map *seen, struct doc_node *note)
{
	struct { struct doc_node **v; size_t n, cap; } ways = {0};
	struct doc_node *top = note, *n = note;

	*VEC_PUSH(&r->sites) = (struct site){ note, true };
	while (n != NULL || ways.n > 0) {
		if (n == NULL) {
			/* Back to where the note was called. */
			n = ways.v[--ways.n];
			top = ways.v[--ways.n];
			n = doc_next(n, top);
			continue;
		}
		if (n->kind == DOC_CITE)
			collect_site(r, n, true);
		note = first_called(seen, n);
		if (note != NULL) {
			*VEC_PUSH(&r->sites) = (struct site){ note, true };
			*VEC_PUSH(&ways) = top;
			*VEC_PUSH(&ways) = n;
			top = n = note;
		}
		n = doc_next(n, top);
	}
	free(ways.v);
}

/* Citations in reading order: a footnote is read where it is called, and
 * once. */
static void
collect(struct resolver *r, const struct doc_marks *m)
{
	struct map seen = {0};
	struct doc_node *note;

	for (size_t i = 0; i < m->n; i++) {
		if (m->v[i].node->kind == DOC_CITE)
			collect_site(r, m->v[i].node, false);
		note = first_called(&seen, m->v[i].node);
		if (note != NULL)
			collect_note(r, &seen, note);
	}
	map_free(&seen);
}

/* ------------------------------------------------------------------ list */

/* "{}." with the number in the style's digits. */
static const char *
marker(struct resolver *r, int number)
{
	const char *m = r->style->marker, *gap = strstr(m, "{}");
	struct buf out = {0};
	const char *s;

	if (gap == NULL) {
		buf_str(&out, m);
	} else {
		buf_add(&out, m, (size_t)(gap - m));
		uni_number(&out, r->style->lang, number);
		buf_str(&out, gap + 2);
	}
	s = arena_strn(&r->d->arena, out.p != NULL ? out.p : "", out.n);
	buf_free(&out);
	return s;
}

/* The ways back; page/ puts page numbers for the ordinals. */
static void
print_backlinks(struct resolver *r, const struct cite_entry *e,
    struct doc_node *entry)
{
	const struct use *u = r->state[e->number - 1].uses;
	struct doc_node *span, *link;
	struct buf num = {0};
	long k = 0;

	if (u == NULL)
		return;
	span = doc_new(r->d, DOC_SPAN, r->f.pos);
	doc_add_class(r->d, span, "backlinks");
	if (e->ltr != language_is_ltr(r->style->lang)) {
		doc_set_value(r->d, span, "dir", e->ltr ? "rtl" : "ltr");
		doc_set_value(r->d, span, "lang", r->style->lang);
	}
	doc_append(entry, span);
	for (; u != NULL; u = u->next) {
		doc_append(span, doc_text(r->d, k > 0 ? "، " : " ",
		    k > 0 ? strlen("، ") : 1, r->f.pos));
		link = doc_new(r->d, DOC_LINK, r->f.pos);
		link->url = arena_printf(&r->d->arena, "#%s", u->id);
		num.n = 0;
		uni_number(&num, r->style->lang, ++k);
		doc_append(link, doc_text(r->d, num.p, num.n, r->f.pos));
		doc_append(span, link);
	}
	buf_free(&num);
}

static void
print_entry(struct resolver *r, struct cite_entry *e, struct doc_node *refs)
{
	struct format *f = &r->f;
	struct doc_node *n;
	const char *as_printed = cite_field(e, "asprinted");

	/* What is wrong with a letter of it is to be mended in the .bib. Its
	 * text is put together of fields: no column is known. */
	f->pos = e->pos;
	f->pos.col = 0;
	n = doc_new(r->d, DOC_REF_ENTRY, f->pos);
	e->node = n;
	doc_append(refs, n);
	doc_attr(r->d, n)->id = arena_printf(&r->d->arena, "ref-%s", e->key);
	if (r->style->numbered) {
		n->number = e->number;
		doc_set_value(r->d, n, "marker", marker(r, e->number));
	}
	f->at = n;
	format_begin(f, e, NULL);
	if (e->ltr) {
		doc_set_value(r->d, n, "dir", "ltr");
		doc_set_value(r->d, n, "lang", e->lang);
	}
	if (r->style->as_printed && *as_printed != '\0') {
		format_text(f, as_printed);
	} else {
		entry_needs(r->dg, e);
		if (!format_whole(f, template_parts(r->style->entries,
		    e->kind)))
			format_text(f, e->key);
	}
	format_flush(f);
	if (r->style->backlinks)
		print_backlinks(r, e, n);
}

/* The place of the list: ::: {#refs}, or the end of the book. */
static struct doc_node *
find_refs(struct resolver *r)
{
	struct doc_marks *m = &r->d->marks;
	struct doc_node *n;

	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].node->kind == DOC_REFS)
			return m->v[i].node;
	if (r->cited.n == 0 || r->nlist == 0)
		return NULL;
	n = doc_new(r->d, DOC_REFS, NOPOS);
	doc_append(r->d->root, n);
	doc_marks_add(m, n);
	return n;
}

static void
print_list(struct resolver *r)
{
	struct doc_node *refs = find_refs(r);
	size_t i;

	if (refs == NULL)
		return;
	r->f.pos = refs->pos;
	for (i = 0; i < r->nlist; i++)
		print_entry(r, r->list[i], refs);
}

/* ------------------------------------------------------------------ whole */

/* The list of the tree's nodes has what was made here: nothing but notes is
 * put where it counts. */
static void
list_notes(struct doc *d, const struct doc_node *last)
{
	struct doc_node *n = last != NULL ? last->next : d->note_root->first;

	for (; n != NULL; n = n->next)
		doc_marks_add(&d->note_marks, n);
	d->marked = true;
}

/* What stands in the list though nothing cites it, one by one; the rest of a
 * large library in one word. */
static void
tell_uncited(struct resolver *r)
{
	const struct cite_entry *e, *first = NULL;
	size_t n = 0;

	for (e = r->bib->first; e != NULL; e = e->next) {
		if (e->ncited > 0)
			continue;
		if (e->number > 0) {
			diag_add(r->dg, e->pos, BIB_NEVER_CITED, e->key);
			continue;
		}
		if (n++ == 0)
			first = e;
	}
	if (n > 0)
		diag_add(r->dg, first->pos, BIB_NOT_LISTED, n, first->key);
}

static bool
is_afghan(const struct doc *d, const struct cite_style *style)
{
	const char *lang = doc_meta(d, "lang");

	if (lang == NULL)
		lang = style->lang;
	return strcmp(lang, "fa-AF") == 0 || strcmp(lang, "prs") == 0 ||
	    strcmp(lang, "ps") == 0;
}

void
cite_resolve(struct doc *d, struct cite_bib *bib,
    const struct cite_style *style, struct diag *dg)
{
	struct resolver r = { .d = d, .bib = bib, .style = style, .dg = dg,
	    .near_budget = NEAR_BUDGET };
	const struct doc_marks *marks = doc_marks(d);
	const struct doc_node *last = d->note_root->last;
	struct cite_entry *e;

	if (style == NULL)
		r.style = style = &no_style;
	for (e = bib->first; e != NULL; e = e->next) {
		e->ncited = e->number = 0;
		e->nocite = false;
		e->year_suffix = "";
		e->node = NULL;
	}
	r.f.style = style;
	r.f.d = d;
	r.f.afghan = is_afghan(d, style);

	collect(&r, marks);
	collect_nocite(&r);
	order_list(&r);
	if (style->year_suffixes)
		order_suffixes(&r);
	intext_print(&r);
	print_list(&r);
	tell_uncited(&r);
	list_notes(d, last);
	doc_finish(d, dg);

	format_close(&r.f);
	free(r.sites.v);
	free(r.cited.v);
	free(r.keys);
	map_free(&r.families);
}
