/*
 * Printing an entry by a template.
 *
 * Affixes wait in `pending` until something real follows: a template says
 * "(" before the year and the bracket never appears for a book without
 * one, however deep the groups. Nothing is measured first and printed
 * afterwards, so one walk over the template is enough.
 *
 * Two full stops, or a comma after a question mark, are a matter of what
 * was printed last and not of the template: format_affix() looks at it.
 */
#include "cite/format.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

const struct part *
template_parts(const struct template *t, const char *kind)
{
	const struct template *any = NULL;

	for (; t != NULL; t = t->next) {
		if (strcmp(t->kind, kind) == 0)
			return t->parts;
		if (strcmp(t->kind, "default") == 0)
			any = t;
	}
	return any != NULL ? any->parts : NULL;
}

const char *
style_term(const struct cite_style *s, int tongue, const char *name)
{
	const struct term *t;

	for (t = s->tongue[tongue].terms; t != NULL; t = t->next)
		if (strcmp(t->name, name) == 0)
			return t->text;
	return NULL;
}

/* -------------------------------------------------------------- writing */

void
format_flush(struct format *f)
{
	if (f->text.n > 0)
		doc_append(f->at, doc_text(f->d, f->text.p, f->text.n,
		    f->pos));
	f->text.n = 0;
}

/* The last code point that is no blank, for what may follow it. */
static void
note_last(struct format *f, const char *s, size_t n)
{
	size_t i = n, at;

	while (i > 0) {
		i--;
		while (i > 0 && (s[i] & 0xc0) == 0x80)
			i--;
		if (s[i] == ' ')
			continue;
		at = i;
		f->last = utf8_next(s, n, &at);
		break;
	}
}

static void
write_text(struct format *f, const char *s, size_t n)
{
	buf_add(&f->text, s, n);
	note_last(f, s, n);
	f->sentence = false;
}

/* Would `next` after `last` be one mark too many? */
static bool
is_twice(uint32_t last, uint32_t next)
{
	if (next != '.' && next != ',' && next != ':' && next != ';' &&
	    next != 0x60c && next != 0x61b)
		return false;
	if (last == next)
		return true;
	/* A sentence that has ended needs no full stop. */
	if (next == '.')
		return last == '?' || last == '!' || last == 0x61f ||
		    last == 0x2026;
	return false;
}

void
format_affix(struct format *f, const char *s)
{
	size_t i = 0, n = strlen(s);
	uint32_t c;

	if (n == 0)
		return;
	c = utf8_next(s, n, &i);
	if (is_twice(f->last, c))
		write_text(f, s + i, n - i);
	else
		write_text(f, s, n);
	f->sentence = c == '.';
}

/* A word of the style; it has a capital where a sentence begins. */
static void
format_word(struct format *f, const char *s)
{
	char first[] = {s[0], '\0'};

	if (f->sentence && *first >= 'a' && *first <= 'z') {
		*first -= 'a' - 'A';
		write_text(f, first, 1);
		s++;
	}
	format_text(f, s);
}

void
format_text(struct format *f, const char *s)
{
	write_text(f, s, strlen(s));
}

void
format_inlines(struct format *f, const struct doc_node *from, const char *s)
{
	const struct doc_node *n;

	format_flush(f);
	for (n = from->first; n != NULL; n = n->next)
		doc_append(f->at, doc_copy(f->d, n));
	note_last(f, s, strlen(s));
}

static void
push(struct format *f, const char *affix)
{
	if (affix == NULL || *affix == '\0')
		return;
	/* The loader bounds how deep templates go. */
	assert(f->npending < NELEM(f->pending));
	f->pending[f->npending++] = affix;
}

static void
release(struct format *f)
{
	size_t i;

	for (i = 0; i < f->npending; i++)
		format_affix(f, f->pending[i]);
	f->npending = 0;
}

/* ---------------------------------------------------------------- parts */

static bool
has_value(const struct format *f, const char *name)
{
	struct buf tmp = {0};
	bool has = format_value(f, name, NULL, &tmp);

	buf_free(&tmp);
	return has;
}

static bool
is_among(const char *word, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i], word) == 0)
			return true;
	return false;
}

static bool
holds(const struct format *f, const struct part *p)
{
	size_t i;

	if (p->tongue >= 0 && p->tongue != f->tongue)
		return false;
	if (p->nkinds > 0 && !is_among(f->e->kind, p->kinds, p->nkinds))
		return false;
	if (is_among(f->e->kind, p->not_kinds, p->nnot_kinds))
		return false;
	for (i = 0; i < p->nwith; i++)
		if (!has_value(f, p->with[i]))
			return false;
	for (i = 0; i < p->nwithout; i++)
		if (has_value(f, p->without[i]))
			return false;
	return true;
}

/* A node around what is written next. */
static struct doc_node *
open_node(struct format *f, enum doc_kind kind)
{
	struct doc_node *n = doc_new(f->d, kind, f->pos);

	format_flush(f);
	doc_append(f->at, n);
	f->at = n;
	return n;
}

static void
close_node(struct format *f)
{
	format_flush(f);
	f->at = f->at->parent;
}

/* An address: a link whose text runs from left to right. */
static void
print_link(struct format *f, const char *name, const char *s)
{
	struct doc_node *n = open_node(f, DOC_LINK);
	const char *root = "https://doi.org/";

	if (strcmp(name, "doi") == 0 && strncmp(s, "http", 4) != 0)
		n->url = arena_printf(&f->d->arena, "%s%s", root, s);
	else
		n->url = arena_str(&f->d->arena, s);
	if (f->tongue == OWN) {
		n = open_node(f, DOC_SPAN);
		doc_set_value(f->d, n, "dir", "ltr");
		doc_set_value(f->d, n, "lang", "en");
	}
	format_text(f, s);
	if (f->tongue == OWN)
		close_node(f);
	close_node(f);
}

/* Does it begin with a number, in digits or in words: 2nd, IV, دوم? */
static bool
is_counted(const char *s)
{
	static const char *const words[] = { "اول", "یکم", "نخست", "دوم",
		"سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم",
		"یازدهم", "دوازدهم", "سیزدهم", "چهاردهم", "پانزدهم", "بیستم",
		"first", "second", "third", "fourth", "fifth", "sixth",
		"seventh", "eighth", "ninth", "tenth" };
	size_t n = strcspn(s, " ,"), i;
	const char *comma = strstr(s, "،");

	if (starts_with_digit(s))
		return true;
	if (comma != NULL && comma < s + n)
		n = (size_t)(comma - s);
	if (n > 0 && strspn(s, "IVXLCDM") == n)
		return true;
	for (i = 0; i < NELEM(words); i++)
		if (strlen(words[i]) == n && strncasecmp(words[i], s, n) == 0)
			return true;
	return false;
}

/*
 * The word that says what a value is. «سال هفتم» says it itself, as does
 * "2nd ed."; «۷» and «دوم» need to be told, and so does what people did.
 */
static const char *
label_of(const struct format *f, const char *term, const char *name,
    const char *s)
{
	const struct cite_name *people = format_people(f, name);
	const char *label;

	if (term == NULL)
		return NULL;
	if (people != NULL)
		/* Two names are as much as two pages. */
		return format_term(f, term, people->next != NULL ? "–" : "");
	if (!is_counted(s))
		return NULL;
	label = format_term(f, term, s);
	return label != NULL && strstr(s, label) == NULL ? label : NULL;
}

/* 2 -> "2nd"; what is no bare number is left alone. */
static void
add_ordinal(struct buf *s)
{
	static const char *const ends[] = { "th", "st", "nd", "rd" };
	long v = number_of(s->p);

	if (v > 0)
		buf_str(s, v % 100 / 10 == 1 || v % 10 > 3 ? ends[0] :
		    ends[v % 10]);
}

static void
print_looked(struct format *f, const struct part *p, const char *s)
{
	switch (p->look) {
	case LOOK_NONE:
		format_text(f, s);
		break;
	case LOOK_QUOTES:
		format_text(f, f->style->tongue[f->tongue].open_quote);
		format_text(f, s);
		format_text(f, f->style->tongue[f->tongue].close_quote);
		break;
	case LOOK_EMPH:
	case LOOK_STRONG:
		open_node(f, p->look == LOOK_EMPH ? DOC_EMPH : DOC_STRONG);
		format_text(f, s);
		close_node(f);
		break;
	}
}

/* The value at hand, with its labels and look. */
static void
print_value(struct format *f, const struct part *p, const char *name,
    const char *s)
{
	const char *label = label_of(f, p->label, name, s);
	const char *after = label_of(f, p->label_after, name, s);
	/* No line ends between a word and its number. */
	const char *gap = format_people(f, name) != NULL ? " " : "\u00a0";

	release(f);
	if (label != NULL) {
		format_word(f, label);
		format_text(f, gap);
	}
	if (p->link)
		print_link(f, name, s);
	else
		print_looked(f, p, s);
	if (after != NULL) {
		format_text(f, gap);
		format_text(f, after);
	}
}

/* Cut after so many words, without the mark the last one may carry. */
static void
cut_words(struct buf *s, int words)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->p[i] == ' ' && --words == 0)
			break;
	if (i >= s->n)
		return;
	while (i > 0 && strchr(".,:; ", s->p[i - 1]) != NULL)
		i--;
	s->n = i;
	buf_str(s, "…");
}

/* An entry without people and title goes by its key. */
static bool
print_author(struct format *f)
{
	if (!format_parts(f, f->style->author)) {
		release(f);
		format_text(f, f->e->key);
	}
	return true;
}

static bool
print_field(struct format *f, const struct part *p)
{
	struct buf value = {0};
	size_t i;
	bool done = false;

	for (i = 0; i < p->nnames && !done; i++) {
		value.n = 0;
		if (strcmp(p->names[i], "cited-author") == 0) {
			done = !f->no_author && print_author(f);
		} else if (format_value(f, p->names[i], p->form, &value)) {
			if (p->words > 0)
				cut_words(&value, p->words);
			if (p->ordinal && f->tongue == LATIN)
				add_ordinal(&value);
			print_value(f, p, p->names[i], value.p);
			done = true;
		}
	}
	buf_free(&value);
	return done;
}

static bool print_or_else(struct format *, const struct part *);

static bool
print_group(struct format *f, const struct part *p)
{
	const struct part *c;
	size_t n;
	bool some = false;

	for (c = p->child; c != NULL; c = c->next) {
		n = f->npending;
		if (some)
			push(f, p->between[f->tongue]);
		if (print_or_else(f, c))
			some = true;
		else
			f->npending = n;
	}
	return some;
}

static bool
print_part(struct format *f, const struct part *p)
{
	size_t n = f->npending;
	const char *s;
	bool done = false;

	if (!holds(f, p))
		return false;
	push(f, p->before[f->tongue]);
	switch (p->kind) {
	case PART_FIELD:
		done = print_field(f, p);
		break;
	case PART_TERM:
		s = style_term(f->style, f->tongue, p->term);
		if (s != NULL && *s != '\0') {
			release(f);
			if (p->look == LOOK_NONE)
				format_word(f, s);
			else
				print_looked(f, p, s);
			done = true;
		}
		break;
	case PART_TEXT:
		release(f);
		format_affix(f, p->text[f->tongue]);
		done = true;
		break;
	case PART_GROUP:
		done = print_group(f, p);
		break;
	}
	if (done)
		format_affix(f, p->after[f->tongue] != NULL ?
		    p->after[f->tongue] : "");
	else
		f->npending = n;
	return done;
}

static bool
print_or_else(struct format *f, const struct part *p)
{
	return print_part(f, p) || format_parts(f, p->otherwise);
}

bool
format_parts(struct format *f, const struct part *p)
{
	bool some = false;

	for (; p != NULL; p = p->next)
		if (print_or_else(f, p))
			some = true;
	return some;
}

static bool
is_nameless(const struct cite_entry *e)
{
	static const char *const names[] = { "title", "shorttitle",
		"shortauthor", "booktitle", "journal" };

	for (size_t i = 0; i < NELEM(names); i++)
		if (*cite_field(e, names[i]) != '\0')
			return false;
	return e->authors == NULL && e->editors == NULL &&
	    e->translators == NULL;
}

bool
format_whole(struct format *f, const struct part *p)
{
	if (!is_nameless(f->e))
		return format_parts(f, p);
	format_text(f, f->e->key);
	push(f, " ");
	format_parts(f, p);
	f->npending = 0;
	return true;
}

void
format_begin(struct format *f, const struct cite_entry *e,
    const struct doc_cite *cite)
{
	f->e = e;
	f->cite = cite;
	f->tongue = e != NULL && e->ltr ? LATIN : OWN;
	f->no_author = false;
	f->npending = 0;
	f->last = 0;
}

void
format_close(struct format *f)
{
	format_flush(f);
	buf_free(&f->text);
}
