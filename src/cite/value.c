/*
 * What the fields of an entry print: people, numbers in the style's digits,
 * months, locators with the style's words for them.
 */
#include "cite/format.h"

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
	"locator-page", "year-suffix", NULL
};

const char *const *
format_names(void)
{
	return value_names;
}

const char *
format_comma(const struct format *f)
{
	return f->tongue == LATIN || language_is_ltr(f->style->lang) ? ", " :
	    "، ";
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
 * with Latin letters keeps its digits, and so does a number behind one:
 * "H2O" and "Windows 10" are names.
 */
static void
add_digits(const struct format *f, const char *s, size_t n, struct buf *out)
{
	size_t i = 0, start = 0, at;
	bool latin = false;		/* the last word with letters was */
	bool has_latin = false, has_other = false;
	uint32_t c;

	while (f->tongue == LATIN && i < n) {
		at = i;
		c = utf8_next(s, n, &i);
		if (c > 0x7f && uni_digit_value(c) >= 0)
			buf_char(out, (char)('0' + uni_digit_value(c)));
		else
			buf_add(out, s + at, i - at);
	}
	while (i < n) {
		c = utf8_next(s, n, &i);
		if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
			has_latin = true;
		else if (c > 0x7f && uni_is_letter(c))
			has_other = true;
		if (c != ' ' && i < n)
			continue;
		/* A word has ended, with the blank after it. */
		if (has_latin || has_other)
			latin = has_latin;
		if (latin)
			buf_add(out, s + start, i - start);
		else
			uni_digits(out, f->style->lang, s + start, i - start);
		start = i;
		has_latin = has_other = false;
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

/* Does a value name several pages, volumes ...? */
static bool
is_several(const char *value)
{
	static const char *const joints[] = {"–", "-", "، ", ", ", " و ",
	    " تا ", " and ", " به بعد", " ff."};
	size_t i;

	for (i = 0; i < NELEM(joints); i++)
		if (strstr(value, joints[i]) != NULL)
			return true;
	return false;
}

const char *
format_term(const struct format *f, const char *name, const char *value)
{
	char many[64];
	const char *term;

	if (is_several(value)) {
		snprintf(many, sizeof(many), "%ss", name);
		term = style_term(f->style, f->tongue, many);
		if (term != NULL)
			return term;
	}
	return style_term(f->style, f->tongue, name);
}

/* The word for what a locator counts, in the entry's language. */
static void
add_locator_word(const struct format *f, const char *label,
    const struct doc_locator_word *w, const char *number, struct buf *out)
{
	const char *text = NULL;

	if (w != NULL && !(w->as_written && f->tongue == OWN))
		text = format_term(f, w->term, number);
	else if (w == NULL && *label == '\0')
		text = format_term(f, "page", number);
	if (text == NULL)
		text = label;
	if (*text == '\0')
		return;
	buf_str(out, text);
	/* No line ends between a word and its number. */
	buf_str(out, w != NULL && w->any ? " " : "\u00a0");
}

/*
 * What stands between the numbers of a locator, in the entry's language:
 * «۱۲ تا ۱۵» of a Latin book is 12–15, "3, 5" of a Persian one «۳، ۵».
 */
static void
add_joints(const struct format *f, const char *s, struct buf *out)
{
	static const struct { const char *from, *to; } latin[] = {
		{" تا ", "–"}, {" به بعد", " ff."}, {" و ", " and "},
		{"، ", ", "}, {"،", ", "},
	}, own[] = {
		{" to ", " تا "}, {" and ", " و "}, {" & ", " و "},
		{", ", "، "}, {",", "، "},
	};
	bool ltr = f->tongue == LATIN || language_is_ltr(f->style->lang);
	size_t i, n;

	while (*s != '\0') {
		for (i = 0; i < NELEM(latin); i++) {
			n = strlen(ltr ? latin[i].from : own[i].from);
			if (strncmp(s, ltr ? latin[i].from : own[i].from,
			    n) == 0)
				break;
		}
		if (i < NELEM(latin)) {
			buf_str(out, ltr ? latin[i].to : own[i].to);
			s += n;
		} else {
			buf_char(out, *s++);
		}
	}
}

/*
 * `part`: "locator" all of them, "locator-page" if the first is of pages,
 * then without its word, "locator-other" if not.
 */
static void
add_locator(const struct format *f, const char *part, struct buf *out)
{
	const struct doc_locator *first, *at;
	const struct doc_locator_word *w;
	struct buf text = {0};
	bool page;

	if (f->cite == NULL || f->cite->locators == NULL)
		return;
	first = f->cite->locators;
	w = doc_locator_lookup(first->label);
	page = *first->label == '\0' || (w != NULL &&
	    strcmp(w->term, "page") == 0);
	if (strcmp(part, page ? "locator-other" : "locator-page") == 0)
		return;
	for (at = first; at != NULL; at = at->next) {
		if (at != first)
			buf_str(out, at->comma ? format_comma(f) : " ");
		w = doc_locator_lookup(at->label);
		text.n = 0;
		add_joints(f, at->text, &text);
		buf_reserve(&text, 1);
		text.p[text.n] = '\0';
		if (at != first || strcmp(part, "locator-page") != 0)
			add_locator_word(f, at->label, w, text.p, out);
		add_range(f, text.p, text.n, out);
	}
	buf_free(&text);
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
	const char *s = cite_field(f->e, name), *word = NULL;
	bool jalali = f->e->jalali;
	long m = number_of(s);
	int year;

	/* A page of 1399 may have been seen in 2020, or in 1400. */
	if (strcmp(name, "urlmonth") == 0) {
		year = year_of(cite_field(f->e, "urlyear"));
		jalali = year > 0 && year < 1500;
	}
	if (m > 0 && m < 17)
		word = month_name((int)m, jalali, f->tongue == LATIN,
		    f->afghan);

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

const struct cite_name *
format_people(const struct format *f, const char *name)
{
	if (strcmp(name, "authors") == 0)
		return f->e->authors;
	if (strcmp(name, "editors") == 0)
		return f->e->editors;
	if (strcmp(name, "translators") == 0)
		return f->e->translators;
	return NULL;
}

bool
format_value(const struct format *f, const char *name,
    const struct names_form *form, struct buf *out)
{
	size_t start = out->n;
	const struct cite_name *list = format_people(f, name);
	const char *s;

	if (form == NULL)
		form = f->style->forms;
	if (list != NULL) {
		if (form != NULL)
			add_names(f, form, list, out);
	} else if (strncmp(name, "locator", 7) == 0) {
		add_locator(f, name, out);
	} else if (strcmp(name, "year") == 0) {
		add_year(f, out);
	} else if (strcmp(name, "year-suffix") == 0) {
		buf_str(out, f->e->year_suffix);
	} else if (strcmp(name, "month") == 0 ||
	    strcmp(name, "urlmonth") == 0) {
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
