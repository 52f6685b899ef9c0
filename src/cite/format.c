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

static const char *const value_names[] = {
	/* of the entry */
	"address", "authors", "booktitle", "chapter", "day", "doi",
	"edition", "editors", "era", "isbn", "issn", "journal", "month",
	"note", "number", "pages", "publisher", "series", "shortauthor",
	"shorttitle", "title", "translators", "type", "url", "urlday",
	"urlmonth", "urlyear", "volume", "year",
	/* of the list and the citation */
	"cited-author", "entry-number", "locator", "locator-other",
	"locator-page", NULL
};

const char *const *
format_names(void)
{
	return value_names;
}

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

static void
write_text(struct format *f, const char *s, size_t n)
{
	size_t i = n, at;

	if (n == 0)
		return;
	buf_add(&f->text, s, n);
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
}

void
format_text(struct format *f, const char *s)
{
	write_text(f, s, strlen(s));
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

/* --------------------------------------------------------------- people */

static void
add_initials(struct buf *out, const char *given)
{
	size_t n = strlen(given), i = 0, at;
	bool start = true;
	uint32_t c;

	while (i < n) {
		at = i;
		c = utf8_next(given, n, &i);
		if (start && uni_is_letter(c)) {
			if (out->n > 0 && out->p[out->n - 1] == '.')
				buf_char(out, ' ');
			buf_add(out, given + at, i - at);
			buf_char(out, '.');
			start = false;
		} else if (c == ' ' || c == 0xa0 || c == '-') {
			start = true;
		}
	}
}

static void
add_given(struct buf *out, const struct names_form *form, const char *given)
{
	struct buf tmp = {0};

	if (!form->initials) {
		buf_str(out, given);
		return;
	}
	add_initials(&tmp, given);
	buf_add(out, tmp.p, tmp.n);
	buf_free(&tmp);
}

static void
add_name(const struct format *f, const struct names_form *form,
    const struct cite_name *nm, bool first, struct buf *out)
{
	bool inverted = form->show == SHOW_FAMILY_FIRST ||
	    (form->show == SHOW_FIRST_INVERTED && first);

	if (form->show != SHOW_FAMILY && !inverted && *nm->given != '\0') {
		add_given(out, form, nm->given);
		buf_char(out, ' ');
	}
	if (*nm->particle != '\0') {
		buf_str(out, nm->particle);
		/* «d'Alembert», «al-Tabari»: nothing comes between. */
		if (nm->particle[strlen(nm->particle) - 1] != '\'' &&
		    nm->particle[strlen(nm->particle) - 1] != '-')
			buf_char(out, ' ');
	}
	buf_str(out, nm->family);
	if (form->show == SHOW_FAMILY)
		return;
	if (inverted && *nm->given != '\0') {
		buf_str(out, form->comma[f->tongue]);
		add_given(out, form, nm->given);
	}
	if (*nm->suffix != '\0') {
		buf_str(out, form->comma[f->tongue]);
		buf_str(out, nm->suffix);
	}
}

/* The names as `form` writes them, appended. */
static void
add_names(const struct format *f, const struct names_form *form,
    const struct cite_name *list, struct buf *out)
{
	const struct cite_name *nm;
	const char *term;
	int n = 0, shown, i = 0;
	bool others = false;

	for (nm = list; nm != NULL; nm = nm->next) {
		if (nm->others)
			others = true;
		else
			n++;
	}
	shown = n;
	if (form->at_most > 0 && n > form->at_most) {
		shown = MIN(form->then, n);
		others = true;
	}
	for (nm = list; nm != NULL && i < shown; nm = nm->next) {
		if (nm->others)
			continue;
		if (i > 0)
			buf_str(out, i == shown - 1 && !others ?
			    form->last[f->tongue] : form->between[f->tongue]);
		add_name(f, form, nm, i == 0, out);
		i++;
	}
	term = others ? style_term(f->style, f->tongue, form->others) : NULL;
	if (term != NULL) {
		buf_char(out, ' ');
		buf_str(out, term);
	}
}

/* --------------------------------------------------------------- values */

/* The code point that ends at s[i]. */
static uint32_t
before(const char *s, size_t i)
{
	size_t at = i;

	if (i == 0)
		return 0;
	do
		at--;
	while (at > 0 && (s[at] & 0xc0) == 0x80);
	return utf8_next(s, i, &at);
}

/*
 * Digits in the language of the entry's words. In a text of our own, a word
 * with Latin letters keeps its digits: «Windows 10» is one name, but «H2O»
 * and «B-52» are spelled so.
 */
static void
add_digits(const struct format *f, const char *s, size_t n, struct buf *out)
{
	size_t i = 0, start = 0, at;
	bool latin = false;
	uint32_t c = 0;
	int v;

	if (f->tongue == LATIN) {
		while (i < n) {
			at = i;
			v = uni_digit_value(c = utf8_next(s, n, &i));
			if (v >= 0 && c > 0x7f)
				buf_char(out, (char)('0' + v));
			else
				buf_add(out, s + at, i - at);
		}
		return;
	}
	while (i <= n) {
		at = i;
		if (i < n)
			c = utf8_next(s, n, &i);
		if (at == n || c == ' ') {
			if (latin)
				buf_add(out, s + start, at - start);
			else
				uni_digits(out, f->style->lang, s + start,
				    at - start);
			if (at == n)
				break;
			buf_char(out, ' ');
			start = i;
			latin = false;
		} else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
			latin = true;
		}
	}
}

/* The same for pages, where a hyphen between digits means "to". */
static void
add_range(const struct format *f, const char *s, size_t n, struct buf *out)
{
	struct buf tmp = {0};
	size_t i = 0, at, j;
	uint32_t c;

	while (i < n) {
		at = i;
		c = utf8_next(s, n, &i);
		if (c != '-' || uni_digit_value(before(s, at)) < 0) {
			buf_add(&tmp, s + at, i - at);
			continue;
		}
		while (i < n && s[i] == '-')
			i++;
		j = i;
		if (i < n && uni_digit_value(utf8_next(s, n, &j)) >= 0)
			buf_str(&tmp, "–");
		else
			buf_add(&tmp, s + at, i - at);
	}
	add_digits(f, tmp.p, tmp.n, out);
	buf_free(&tmp);
}

/* Words an author may put before a locator, and the style's term for them. */
static const struct {
	const char *word, *term;
} locator_words[] = {
	{"", "page"}, {"ص", "page"}, {"صص", "page"}, {"صفحه", "page"},
	{"صفحهٔ", "page"}, {"صفحات", "page"}, {"p", "page"}, {"pp", "page"},
	{"page", "page"}, {"pages", "page"}, {"ج", "volume"},
	{"جلد", "volume"}, {"vol", "volume"}, {"volume", "volume"},
	{"فصل", "chapter"}, {"باب", "chapter"}, {"ch", "chapter"},
	{"chap", "chapter"}, {"chapter", "chapter"}, {"بخش", "part"},
	{"part", "part"}, {"pt", "part"}, {"ش", "issue"},
	{"شماره", "issue"}, {"شمارهٔ", "issue"}, {"no", "issue"},
	{"س", "line"}, {"سطر", "line"}, {"line", "line"}, {"l", "line"},
	{"بند", "section"}, {"sec", "section"}, {"section", "section"},
	{"برگ", "folio"}, {"گ", "folio"}, {"fol", "folio"},
	{"folio", "folio"}, {"بیت", "verse"}, {"v", "verse"},
	{"verse", "verse"}, {"یادداشت", "note"}, {"پانوشت", "note"},
	{"n", "note"}, {"note", "note"},
};

/* A locator's term, NULL if we know none; *at: where its number begins, for
 * readers that leave the word in the locator. */
static const char *
locator_term(const struct doc_cite *c, const char **word, const char **number)
{
	const char *label = c->label != NULL ? c->label : "";
	const char *s = c->locator;
	size_t n = strlen(label), i;

	if (n > 0 && strncmp(s, label, n) == 0)
		s += n;
	while (*s == ' ' || *s == '.')
		s++;
	*number = s;
	*word = label;
	while (n > 0 && label[n - 1] == '.')
		n--;
	for (i = 0; i < NELEM(locator_words); i++)
		if (strlen(locator_words[i].word) == n &&
		    memcmp(locator_words[i].word, label, n) == 0)
			return locator_words[i].term;
	return NULL;
}

/* "page", or "pages" if the value names several and the style has both. */
static const char *
term_for(const struct format *f, const char *name, const char *value)
{
	char many[64];
	const char *term;

	if (strstr(value, "–") != NULL || strstr(value, "-") != NULL ||
	    strstr(value, "، ") != NULL || strstr(value, ", ") != NULL) {
		snprintf(many, sizeof(many), "%ss", name);
		term = style_term(f->style, f->tongue, many);
		if (term != NULL)
			return term;
	}
	return style_term(f->style, f->tongue, name);
}

/* `part`: "locator" all of it, "locator-page", "locator-other". */
static void
add_locator(const struct format *f, const char *part, struct buf *out)
{
	const char *term, *word, *number, *text;
	bool page;

	if (f->cite == NULL || f->cite->locator == NULL ||
	    *f->cite->locator == '\0')
		return;
	term = locator_term(f->cite, &word, &number);
	page = term != NULL && strcmp(term, "page") == 0;
	/* A locator without a word that is no number is words of its own. */
	if (page && *word == '\0' && !starts_with_digit(number))
		page = false, term = NULL;
	if (strcmp(part, "locator-page") == 0 && !page)
		return;
	if (strcmp(part, "locator-other") == 0 && page)
		return;
	if (strcmp(part, "locator-page") != 0) {
		text = term != NULL ? term_for(f, term, number) : word;
		if (text == NULL)
			text = word;
		buf_str(out, text);
		if (*text != '\0')
			buf_char(out, ' ');
	}
	add_range(f, number, strlen(number), out);
}

static void
add_year(const struct format *f, struct buf *out)
{
	const char *year = cite_field(f->e, "year");

	if (*year == '\0' && f->e->year > 0)
		uni_number(out, f->tongue == LATIN ? "en" : f->style->lang,
		    f->e->year);
	add_range(f, year, strlen(year), out);
	if (out->n > 0)
		buf_str(out, f->e->year_suffix);
}

static void
add_month(const struct format *f, const char *name, struct buf *out)
{
	const char *s = cite_field(f->e, name);
	long m = number_of(s);
	const char *word = m > 0 && m < 17 ? month_name((int)m, f->e->jalali &&
	    strcmp(name, "month") == 0, f->tongue == LATIN, f->afghan) : NULL;

	if (word != NULL)
		buf_str(out, word);
	else
		add_digits(f, s, strlen(s), out);
}

/* A thesis of @phdthesis has a type that is a term; others say it. */
static void
add_type(const struct format *f, struct buf *out)
{
	const char *type = cite_field(f->e, "type");
	const char *term = style_term(f->style, f->tongue, type);

	if (*type != '\0' && term != NULL)
		buf_str(out, term);
	else
		add_digits(f, type, strlen(type), out);
}

bool
format_value(const struct format *f, const char *name,
    const struct names_form *form, struct buf *out)
{
	size_t start = out->n;
	const struct cite_name *list = NULL;
	const char *s;

	if (form == NULL)
		form = f->style->forms;
	if (strcmp(name, "authors") == 0)
		list = f->e->authors;
	else if (strcmp(name, "editors") == 0)
		list = f->e->editors;
	else if (strcmp(name, "translators") == 0)
		list = f->e->translators;
	if (list != NULL) {
		if (form != NULL)
			add_names(f, form, list, out);
	} else if (strncmp(name, "locator", 7) == 0) {
		add_locator(f, name, out);
	} else if (strcmp(name, "year") == 0) {
		add_year(f, out);
	} else if (strcmp(name, "month") == 0 || strcmp(name, "urlmonth") == 0) {
		add_month(f, name, out);
	} else if (strcmp(name, "type") == 0) {
		add_type(f, out);
	} else if (strcmp(name, "entry-number") == 0) {
		uni_number(out, f->style->lang, f->e->number);
	} else if (strcmp(name, "era") == 0) {
		s = f->e->year == 0 ? NULL : style_term(f->style, f->tongue,
		    f->e->jalali ? "jalali" : "gregorian");
		buf_str(out, s != NULL ? s : "");
	} else {
		s = cite_field(f->e, name);
		if (strcmp(name, "url") == 0 || strcmp(name, "doi") == 0 ||
		    strcmp(name, "isbn") == 0 || strcmp(name, "issn") == 0)
			buf_str(out, s);
		else if (strcmp(name, "pages") == 0 ||
		    strcmp(name, "number") == 0 || strcmp(name, "volume") == 0)
			add_range(f, s, strlen(s), out);
		else
			add_digits(f, s, strlen(s), out);
	}
	return out->n > start;
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

/* The value at hand, with its label and look. */
static void
print_value(struct format *f, const struct part *p, const char *name,
    const char *s)
{
	const char *label = NULL;
	bool people = strcmp(name, "authors") == 0 ||
	    strcmp(name, "editors") == 0 || strcmp(name, "translators") == 0;

	/* «سال هفتم» says itself what it is; «۷» needs to be told. */
	if (p->label != NULL && (people || starts_with_digit(s)))
		label = term_for(f, p->label, people ? "" : s);
	release(f);
	if (label != NULL) {
		format_text(f, label);
		format_text(f, " ");
	}
	if (p->link) {
		print_link(f, name, s);
		return;
	}
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

static bool
print_field(struct format *f, const struct part *p)
{
	struct buf value = {0};
	size_t i;
	bool done = false;

	for (i = 0; i < p->nnames && !done; i++) {
		value.n = 0;
		if (strcmp(p->names[i], "cited-author") == 0) {
			done = !f->no_author &&
			    format_parts(f, f->style->author);
		} else if (format_value(f, p->names[i], p->form, &value)) {
			if (p->words > 0)
				cut_words(&value, p->words);
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
			print_value(f, p, "", s);
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
