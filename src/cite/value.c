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
	"locator-page", NULL
};

const char *const *
format_names(void)
{
	return value_names;
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

/* The words read/ knows before a locator, and the style's term for them. */
static const struct {
	const char *word, *term;
} locator_words[] = {
	{"", "page"}, {"ص", "page"}, {"صص", "page"}, {"صفحه", "page"},
	{"صفحهٔ", "page"}, {"صفحات", "page"}, {"صفحه‌های", "page"},
	{"p", "page"}, {"pp", "page"}, {"pg", "page"},
	{"page", "page"}, {"pages", "page"}, {"ج", "volume"},
	{"جلد", "volume"}, {"جلدهای", "volume"}, {"vol", "volume"},
	{"vols", "volume"}, {"volume", "volume"}, {"volumes", "volume"},
	{"فصل", "chapter"}, {"فصل‌های", "chapter"}, {"باب", "chapter"},
	{"ch", "chapter"}, {"chap", "chapter"}, {"chaps", "chapter"},
	{"chapter", "chapter"}, {"chapters", "chapter"}, {"بخش", "part"},
	{"part", "part"}, {"pt", "part"}, {"ش", "issue"},
	{"شماره", "issue"}, {"شمارهٔ", "issue"}, {"no", "issue"},
	{"nos", "issue"}, {"number", "issue"}, {"numbers", "issue"},
	{"س", "line"}, {"سطر", "line"}, {"line", "line"}, {"l", "line"},
	{"ll", "line"}, {"lines", "line"},
	{"بند", "section"}, {"پاراگراف", "section"}, {"sec", "section"},
	{"secs", "section"}, {"section", "section"}, {"sections", "section"},
	{"برگ", "folio"}, {"گ", "folio"}, {"fol", "folio"},
	{"folio", "folio"}, {"بیت", "verse"}, {"v", "verse"},
	{"verse", "verse"}, {"یادداشت", "note"}, {"پانوشت", "note"},
	{"n", "note"}, {"nn", "note"}, {"note", "note"},
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

const char *
format_term(const struct format *f, const char *name, const char *value)
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
		text = term != NULL ? format_term(f, term, number) : NULL;
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
