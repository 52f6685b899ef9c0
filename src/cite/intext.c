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

/* The way from the text to the entry, and a name for the way back. */
static void
open_link(struct resolver *r, const struct cite_entry *e, bool named)
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
	if (e->ltr)
		open_span(f, "ltr", e->lang);
}

static void
close_link(struct resolver *r, const struct cite_entry *e)
{
	format_flush(&r->f);
	if (e->ltr)
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
	struct format *f = &r->f;

	format_text(f, "@");
	format_text(f, c->key);
	if (has_text(c->locator)) {
		format_text(f, "، ");
		if (has_text(c->label) &&
		    strncmp(c->locator, c->label, strlen(c->label)) != 0) {
			format_text(f, c->label);
			format_text(f, " ");
		}
		format_text(f, c->locator);
	}
}

static bool
starts_with(const char *s, const char *word)
{
	return strncmp(s, word, strlen(word)) == 0;
}

/*
 * The words behind a locator. The comma before them is not kept by read/:
 * «ص ۵، پانوشت ۲» has one, «ص ۵ و جاهای دیگر» has none.
 */
static void
print_suffix(struct resolver *r, const char *s, const struct cite_entry *e)
{
	if (!has_text(s))
		return;
	if (strchr("([", *s) != NULL || starts_with(s, "و ") ||
	    starts_with(s, "and "))
		format_text(&r->f, " ");
	else if (strchr(" .,:;)]", *s) == NULL && !starts_with(s, "،") &&
	    !starts_with(s, "؛"))
		format_text(&r->f, e != NULL && e->ltr ? ", " : "، ");
	format_text(&r->f, s);
}

/* One key with the text before and after it. */
static void
print_item(struct resolver *r, const struct doc_cite *c,
    const struct template *t)
{
	struct format *f = &r->f;
	const struct cite_entry *e = resolver_lookup(r, c->key);

	f->pos = c->pos.line != 0 ? c->pos : f->pos;
	format_begin(f, NULL, NULL);
	if (has_text(c->prefix)) {
		format_text(f, c->prefix);
		if (c->prefix[strlen(c->prefix) - 1] != ' ')
			format_text(f, " ");
	}
	if (e == NULL) {
		print_unknown(r, c);
	} else {
		open_link(r, e, !c->in_text || r->style->kind ==
		    STYLE_NUMERIC);
		format_begin(f, e, c);
		f->no_author = c->suppress_author || c->in_text;
		if (!format_parts(f, template_parts(t, e->kind)))
			format_text(f, e->key);
		close_link(r, e);
		state_of(r, e)->last = c;
	}
	print_suffix(r, c->suffix, e);
}

/* The author of @key, in front of the rest. */
static void
print_author(struct resolver *r, const struct doc_cite *c)
{
	struct format *f = &r->f;
	const struct cite_entry *e = resolver_lookup(r, c->key);

	if (e == NULL)
		return;
	open_link(r, e, r->style->kind != STYLE_NUMERIC);
	format_begin(f, e, c);
	if (!format_parts(f, r->style->author))
		format_text(f, e->key);
	close_link(r, e);
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
		    has_text(c->locator) ||
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
same_text(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
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
		if (s->same_place != NULL && same_text(prev->label, c->label) &&
		    same_text(prev->locator, c->locator))
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

/* A note of Latin sources alone runs from left to right, whatever letter
 * it begins with. */
static const char *
note_dir(const struct resolver *r, const struct doc_cite *c)
{
	const struct cite_entry *e;

	for (; c != NULL; c = c->next) {
		e = resolver_lookup(r, c->key);
		if (e == NULL || !e->ltr)
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
