/*
 * Citations in the text: (author, date), [number] and footnotes.
 *
 * Which is which is the style's `kind`, because the three differ in more
 * than punctuation: numbers are sorted and joined to ranges, notes need a
 * place to stand and remember what the note before said. What each prints
 * for one key is a template of the style.
 */
#include "cite/resolve.h"

#include "base/messages.h"

#include <stdlib.h>
#include <string.h>

struct cite_entry *
resolver_lookup(const struct resolver *r, const char *key)
{
	return map_get(&r->bib->keys, key, strlen(key));
}

static struct entry_state *
state_of(struct resolver *r, const struct cite_entry *e)
{
	return &r->state[e->number - 1];
}

/* ---------------------------------------------------------------- nodes */

static void
open_span(struct format *f, const char *dir, const char *lang)
{
	struct doc_node *n = doc_new(f->d, DOC_SPAN, f->pos);

	format_flush(f);
	doc_append(f->at, n);
	doc_set_value(f->d, n, "dir", dir);
	doc_set_value(f->d, n, "lang", lang);
	f->at = n;
}

/* Remember a way back to a citation. */
static void
add_use(struct resolver *r, const struct cite_entry *e, const char *id)
{
	struct entry_state *st = state_of(r, e);
	struct use *u = ARENA_NEW(&r->d->arena, struct use);

	u->id = id;
	*st->last_use = u;
	st->last_use = &u->next;
	st->nuses++;
}

/* A number is the list's, not the entry's: all about it is Persian in a
 * Persian list, and so is the page: [۱، ص ۳۵۲]. */
static bool
speaks_latin(const struct resolver *r, const struct cite_entry *e)
{
	return e->ltr && r->style->kind != STYLE_NUMERIC;
}

/* The way from the text to the entry, and a name for the way back. */
static void
open_link(struct resolver *r, const struct cite_entry *e, bool named,
    bool ltr)
{
	struct format *f = &r->f;
	struct doc_node *n = doc_new(f->d, DOC_LINK, f->pos);

	format_flush(f);
	doc_append(f->at, n);
	n->url = arena_printf(&r->d->arena, "#ref-%s", e->key);
	if (named && r->style->backlinks) {
		r->last_id = arena_printf(&r->d->arena, "cite-%s-%d", e->key,
		    state_of(r, e)->nuses + 1);
		add_use(r, e, r->last_id);
		doc_attr(r->d, n)->id = r->last_id;
	}
	f->at = n;
	if (ltr)
		open_span(f, "ltr", e->lang);
}

static void
close_link(struct resolver *r, bool ltr)
{
	format_flush(&r->f);
	if (ltr)
		r->f.at = r->f.at->parent;
	r->f.at = r->f.at->parent;
}

/* ----------------------------------------------------------------- items */

static bool
has_text(const char *s)
{
	return s != NULL && *s != '\0';
}

/* An unknown key prints as it was written, so the place can be seen. */
static void
print_unknown(struct resolver *r, const struct doc_cite *c)
{
	const struct doc_locator *at;
	struct format *f = &r->f;

	format_text(f, "@");
	format_text(f, c->key);
	for (at = c->locators; at != NULL; at = at->next) {
		format_text(f, at->comma || at == c->locators ?
		    format_comma(f) : " ");
		format_text(f, at->label);
		if (*at->label != '\0')
			format_text(f, " ");
		format_text(f, at->text);
	}
}

/* Words before or behind a key, with their emphasis and links. */
static void
print_words(struct format *f, const char *s, const struct doc_node *inlines)
{
	if (inlines != NULL)
		format_inlines(f, inlines, s);
	else
		format_text(f, s);
}

static bool
starts_with(const char *s, const char *word)
{
	return strncmp(s, word, strlen(word)) == 0;
}

/* The words behind a locator, with a comma if one was written. */
static void
print_suffix(struct resolver *r, const struct doc_cite *c,
    const struct cite_entry *e)
{
	const char *s = c->suffix;
	bool ltr = language_is_ltr(r->style->lang) || (e != NULL &&
	    speaks_latin(r, e) && letters_of(s, strlen(s)) >= 0);

	if (!has_text(s))
		return;
	if (c->comma)
		format_text(&r->f, ltr ? ", " : "، ");
	else if (strchr(".,:;)]", *s) == NULL &&
	    !starts_with(s, "،") && !starts_with(s, "؛"))
		format_text(&r->f, " ");
	print_words(&r->f, s, c->suffix_inlines);
}

/*
 * «see Adams, 1999, and others» is one run from left to right within a
 * Persian line. With Persian words beside it only the source is, and has a
 * direction of its own.
 */
static bool
is_latin_whole(const struct doc_cite *c, const struct cite_entry *e)
{
	return e != NULL && e->ltr && (has_text(c->prefix) ||
	    has_text(c->suffix)) &&
	    letters_of(c->prefix, strlen(c->prefix)) >= 0 &&
	    letters_of(c->suffix, strlen(c->suffix)) >= 0;
}

/* The entry itself, linked to the list. */
static void
print_entry(struct resolver *r, const struct cite_entry *e,
    const struct doc_cite *c, const struct template *t)
{
	struct format *f = &r->f;
	bool ltr = speaks_latin(r, e);

	open_link(r, e, !c->in_text || r->style->kind == STYLE_NUMERIC, ltr);
	format_begin(f, e, c);
	if (!ltr)
		f->tongue = OWN;
	f->no_author = c->suppress_author || c->in_text;
	if (!(t == r->style->first ? format_whole : format_parts)(f,
	    template_parts(t, e->kind)))
		format_text(f, e->key);
	close_link(r, ltr);
	state_of(r, e)->last = c;
}

/* One key with the text before and after it. */
static void
print_item(struct resolver *r, const struct doc_cite *c,
    const struct template *t)
{
	struct format *f = &r->f;
	const struct cite_entry *e = resolver_lookup(r, c->key);
	bool latin = is_latin_whole(c, e) && speaks_latin(r, e);

	f->pos = c->pos.line != 0 ? c->pos : f->pos;
	format_begin(f, NULL, NULL);
	if (latin)
		open_span(f, "ltr", e->lang);
	if (has_text(c->prefix)) {
		print_words(f, c->prefix, c->prefix_inlines);
		format_text(f, " ");
	}
	if (e == NULL)
		print_unknown(r, c);
	else
		print_entry(r, e, c, t);
	print_suffix(r, c, e);
	if (latin) {
		format_flush(f);
		f->at = f->at->parent;
	}
}

/* The author of @key, in front of the rest. */
static void
print_author(struct resolver *r, const struct doc_cite *c)
{
	struct format *f = &r->f;
	const struct cite_entry *e = resolver_lookup(r, c->key);

	if (e == NULL)
		return;
	open_link(r, e, r->style->kind != STYLE_NUMERIC, e->ltr);
	format_begin(f, e, c);
	if (!format_parts(f, r->style->author))
		format_text(f, e->key);
	close_link(r, e->ltr);
}

void
intext_author(struct resolver *r, const struct cite_entry *e,
    struct buf *out)
{
	struct format *f = &r->f;

	if (r->scratch == NULL)
		r->scratch = doc_new(r->d, DOC_SPAN, NOPOS);
	f->at = r->scratch;
	format_begin(f, e, NULL);
	format_parts(f, r->style->author);
	if (f->at->first != NULL) {	/* emphasised, or a link */
		format_flush(f);
		doc_plain(f->at, out);
		f->at->first = f->at->last = NULL;
	} else if (f->text.n > 0) {
		buf_add(out, f->text.p, f->text.n);
	}
	f->text.n = 0;
}

/* --------------------------------------------------------------- numbers */

/* All keys known, and nothing but keys: then they may be sorted. */
static size_t
count_plain(const struct resolver *r, const struct doc_cite *c)
{
	size_t n = 0;

	for (; c != NULL; c = c->next) {
		if (has_text(c->prefix) || has_text(c->suffix) ||
		    c->locators != NULL ||
		    resolver_lookup(r, c->key) == NULL)
			return 0;
		n++;
	}
	return n;
}

struct numbered {
	int number;
	const struct doc_cite *cite;
};

static int
compare_numbered(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

/* [۱–۳، ۵]: sorted, each once, runs joined. */
static void
print_numbers(struct resolver *r, const struct doc_cite *c, size_t n)
{
	const struct cite_style *s = r->style;
	struct numbered *v = xcalloc(n, sizeof(*v));
	size_t i, k, end;

	for (i = 0; i < n; i++, c = c->next) {
		v[i].number = resolver_lookup(r, c->key)->number;
		v[i].cite = c;
	}
	qsort(v, n, sizeof(*v), compare_numbered);
	for (i = k = 0; i < n; i++)
		if (k == 0 || v[k - 1].number != v[i].number)
			v[k++] = v[i];
	n = k;
	for (i = 0; i < n; i = end) {
		for (end = i + 1; end < n &&
		    v[end].number == v[end - 1].number + 1; end++)
			;
		if (s->collapse < 2 || end - i < (size_t)s->collapse)
			end = i + 1;
		if (i > 0)
			format_text(&r->f, s->between_plain);
		print_item(r, v[i].cite, s->item);
		/* Those a range passes over are cited where it begins. */
		for (k = i + 1; s->backlinks && k + 1 < end; k++)
			add_use(r, resolver_lookup(r, v[k].cite->key),
			    r->last_id);
		if (end - i > 1) {
			format_text(&r->f, s->range);
			print_item(r, v[end - 1].cite, s->item);
		}
	}
	free(v);
}

static void
print_bracket(struct resolver *r, struct doc_node *node)
{
	const struct cite_style *s = r->style;
	const struct doc_cite *c = node->cite;
	size_t plain = 0;

	if (c->in_text && resolver_lookup(r, c->key) != NULL) {
		print_author(r, c);
		format_text(&r->f, " ");
	}
	format_text(&r->f, s->open);
	if (s->kind == STYLE_NUMERIC)
		plain = count_plain(r, c);
	if (plain > 1) {
		print_numbers(r, c, plain);
	} else {
		for (; c != NULL; c = c->next) {
			print_item(r, c, s->item);
			if (c->next != NULL)
				format_text(&r->f, s->between);
		}
	}
	format_text(&r->f, s->close);
}

/* ----------------------------------------------------------------- notes */

/* What «همان» would mean: the only source of the note before. */
struct before {
	const struct doc_cite *cite;	/* NULL: none, or several */
	bool fresh;			/* this note has cited nothing yet */
	const struct doc_cite *in_this;	/* the last one of this note */
	size_t count;			/* of this note */
};

static bool
same_place(const struct doc_locator *a, const struct doc_locator *b)
{
	for (; a != NULL && b != NULL; a = a->next, b = b->next)
		if (strcmp(a->label, b->label) != 0 ||
		    strcmp(a->text, b->text) != 0)
			return false;
	return a == b;
}

static const struct template *
note_template(struct resolver *r, const struct doc_cite *c,
    const struct before *b)
{
	const struct cite_style *s = r->style;
	const struct cite_entry *e = resolver_lookup(r, c->key);
	const struct doc_cite *prev = b->count > 0 ? b->in_this : b->cite;
	const struct template *first = s->first != NULL ? s->first : s->item;

	if (e == NULL || state_of(r, e)->last == NULL)
		return first;
	if (prev != NULL && strcmp(prev->key, c->key) == 0) {
		if (s->same_place != NULL && same_place(prev->locators,
		    c->locators))
			return s->same_place;
		if (s->same != NULL)
			return s->same;
	}
	return s->later != NULL ? s->later : first;
}

static void
next_note(struct before *b)
{
	b->cite = b->count == 1 ? b->in_this : NULL;
	b->in_this = NULL;
	b->count = 0;
}

static void
print_sources(struct resolver *r, const struct doc_cite *c, struct before *b)
{
	const struct template *t;

	for (; c != NULL; c = c->next) {
		t = note_template(r, c, b);
		print_item(r, c, t);
		b->in_this = c;
		b->count++;
		if (c->next != NULL)
			format_text(&r->f, r->style->between);
	}
}

/* A note's mark stands at its word: the blank before it goes. */
static void
close_up(struct doc *d, struct doc_node *node)
{
	struct doc_node *prev = node->prev;
	size_t n;

	if (prev != NULL && prev->kind == DOC_SOFT_BREAK) {
		doc_unlink(prev);
		return;
	}
	if (prev == NULL || prev->kind != DOC_TEXT)
		return;
	for (n = prev->len; n > 0 && prev->text[n - 1] == ' '; n--)
		;
	if (n == prev->len)
		return;
	if (n == 0) {
		doc_unlink(prev);
		return;
	}
	prev->text = arena_strn(&d->arena, prev->text, n);
	prev->len = n;
}

/* A note of Latin sources alone, and no Persian words beside them, runs from
 * left to right, whatever letter it begins with. */
static const char *
note_dir(const struct resolver *r, const struct doc_cite *c)
{
	const struct cite_entry *e;

	for (; c != NULL; c = c->next) {
		e = resolver_lookup(r, c->key);
		if (e == NULL || !e->ltr ||
		    letters_of(c->prefix, strlen(c->prefix)) < 0 ||
		    letters_of(c->suffix, strlen(c->suffix)) < 0)
			return language_is_ltr(r->style->lang) ? "ltr" :
			    "rtl";
	}
	return "ltr";
}

/* A footnote of our own: its mark in the citation, its text in the tree. */
static void
make_note(struct resolver *r, struct doc_node *node, struct before *b)
{
	struct doc *d = r->d;
	struct doc_node *ref = doc_new(d, DOC_NOTE_REF, node->pos);
	struct doc_node *note = doc_new(d, DOC_NOTE, node->pos);
	struct doc_node *para = doc_new(d, DOC_PARA, node->pos);
	const char *label;
	void **slot;

	do {
		label = arena_printf(&d->arena, "cite-%zu", ++r->nnotes);
		slot = map_put(&d->notes, label, strlen(label));
	} while (*slot != NULL);
	*slot = note;
	note->text = ref->text = label;
	note->len = ref->len = strlen(label);
	ref->target = note;
	doc_append(d->note_root, note);
	doc_append(note, para);

	format_flush(&r->f);
	doc_append(node, ref);
	if (!node->cite->in_text)
		close_up(d, node);
	next_note(b);
	r->f.at = para;
	print_sources(r, node->cite, b);
	format_affix(&r->f, r->style->end);
	format_flush(&r->f);
	doc_set_value(d, note, "dir", note_dir(r, node->cite));
}

static void
print_note(struct resolver *r, const struct site *s, struct before *b)
{
	struct doc_node *node = s->node;

	if (node->cite->in_text) {
		print_author(r, node->cite);
		/* In a note the source follows; in the text its mark hugs. */
		if (s->in_note && resolver_lookup(r, node->cite->key) != NULL)
			format_text(&r->f, "، ");
	}
	if (s->in_note)
		print_sources(r, node->cite, b);
	else
		make_note(r, node, b);
}

void
intext_print(struct resolver *r)
{
	struct before b = {0};
	const struct site *s;
	size_t i;

	for (i = 0; i < r->sites.n; i++) {
		s = &r->sites.v[i];
		if (s->node->kind == DOC_NOTE) {	/* the author's own */
			next_note(&b);
			continue;
		}
		r->f.at = s->node;
		r->f.pos = s->node->pos;
		if (r->style->kind == STYLE_NOTE)
			print_note(r, s, &b);
		else
			print_bracket(r, s->node);
		format_flush(&r->f);
	}
}
