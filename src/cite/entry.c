/*
 * Entries: one name for each field and kind whatever file it came from,
 * and what an entry says without saying it.
 *
 * The model's names are BibTeX's where BibTeX has one name for a thing
 * (title, journal, address); where it has several that print alike
 * (school, institution, organization: publisher) they are made one here, so
 * that neither a style nor the CSL reader must know them all.
 */
#include "cite/model.h"

#include "base/messages.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---------------------------------------------------------------- names */

static const struct field_def {
	const char *name;
	const char *model;
	enum field_type type;
} fields[] = {	/* sorted by name */
	{"abstract", NULL, FIELD_IGNORED},
	{"accessed", "urldate", FIELD_DATE},
	{"addendum", "note", FIELD_TEXT},
	{"address", "address", FIELD_TEXT},
	{"annotation", NULL, FIELD_IGNORED},
	{"annote", NULL, FIELD_IGNORED},
	{"asprinted", "asprinted", FIELD_TEXT},
	{"author", "author", FIELD_NAMES},
	{"bdsk-url-1", NULL, FIELD_IGNORED},
	{"booktitle", "booktitle", FIELD_TEXT},
	{"calendar", "calendar", FIELD_TEXT},
	{"chapter", "chapter", FIELD_TEXT},
	{"copyright", NULL, FIELD_IGNORED},
	{"creationdate", NULL, FIELD_IGNORED},
	{"crossref", "crossref", FIELD_LITERAL},
	{"date", "date", FIELD_DATE},
	{"date-added", NULL, FIELD_IGNORED},
	{"date-modified", NULL, FIELD_IGNORED},
	{"day", "day", FIELD_TEXT},
	{"doi", "doi", FIELD_LITERAL},
	{"edition", "edition", FIELD_TEXT},
	{"editor", "editor", FIELD_NAMES},
	{"eprint", NULL, FIELD_IGNORED},
	{"eprinttype", NULL, FIELD_IGNORED},
	{"file", NULL, FIELD_IGNORED},
	{"groups", NULL, FIELD_IGNORED},
	{"howpublished", "note", FIELD_TEXT},
	{"hyphenation", "language", FIELD_TEXT},
	{"institution", "publisher", FIELD_TEXT},
	{"isbn", "isbn", FIELD_LITERAL},
	{"issn", "issn", FIELD_LITERAL},
	{"issue", "number", FIELD_TEXT},
	{"journal", "journal", FIELD_TEXT},
	{"journaltitle", "journal", FIELD_TEXT},
	{"keywords", NULL, FIELD_IGNORED},
	{"langid", "language", FIELD_TEXT},
	{"language", "language", FIELD_TEXT},
	{"local-url", NULL, FIELD_IGNORED},
	{"location", "address", FIELD_TEXT},
	{"modificationdate", NULL, FIELD_IGNORED},
	{"month", "month", FIELD_TEXT},
	{"note", "note", FIELD_TEXT},
	{"number", "number", FIELD_TEXT},
	{"options", NULL, FIELD_IGNORED},
	{"organization", "publisher", FIELD_TEXT},
	{"owner", NULL, FIELD_IGNORED},
	{"pages", "pages", FIELD_TEXT},
	{"pagetotal", NULL, FIELD_IGNORED},
	{"publisher", "publisher", FIELD_TEXT},
	{"school", "publisher", FIELD_TEXT},
	{"series", "series", FIELD_TEXT},
	{"shortauthor", "shortauthor", FIELD_TEXT},
	{"shortjournal", NULL, FIELD_IGNORED},
	{"shorttitle", "shorttitle", FIELD_TEXT},
	{"sortkey", "sortkey", FIELD_TEXT},
	{"sortname", "sortkey", FIELD_TEXT},
	{"subtitle", "subtitle", FIELD_TEXT},
	{"timestamp", NULL, FIELD_IGNORED},
	{"title", "title", FIELD_TEXT},
	{"titleaddon", NULL, FIELD_IGNORED},
	{"translator", "translator", FIELD_NAMES},
	{"type", "type", FIELD_TEXT},
	{"url", "url", FIELD_LITERAL},
	{"urldate", "urldate", FIELD_DATE},
	{"urlday", "urlday", FIELD_TEXT},
	{"urlmonth", "urlmonth", FIELD_TEXT},
	{"urlyear", "urlyear", FIELD_TEXT},
	{"volume", "volume", FIELD_TEXT},
	{"volumes", NULL, FIELD_IGNORED},
	{"year", "year", FIELD_TEXT},
};

static const char *const model_names[] = {
	"address", "asprinted", "author", "booktitle", "calendar", "chapter",
	"crossref", "date", "day", "doi", "edition", "editor", "isbn", "issn",
	"journal", "language", "month", "note", "number", "pages",
	"publisher", "series", "shortauthor", "shorttitle", "sortkey",
	"subtitle", "title", "translator", "type", "url", "urlday",
	"urlmonth", "urlyear", "urldate", "volume", "year", NULL
};

static int
compare_field(const void *key, const void *def)
{
	return strcmp(key, ((const struct field_def *)def)->name);
}

enum field_type
field_lookup(const char **name)
{
	const struct field_def *f;

	f = bsearch(*name, fields, NELEM(fields), sizeof(fields[0]),
	    compare_field);
	if (f == NULL)
		return FIELD_UNKNOWN;
	*name = f->model;
	return f->type;
}

const char *const *
field_names(void)
{
	return model_names;
}

/* ---------------------------------------------------------------- kinds */

static const struct kind_def {
	const char *word, *kind, *type;
} bib_kinds[] = {
	{"article", "article", NULL}, {"suppperiodical", "article", NULL},
	{"periodical", "article", NULL}, {"review", "article", NULL},
	{"book", "book", NULL}, {"mvbook", "book", NULL},
	{"booklet", "book", NULL}, {"collection", "book", NULL},
	{"mvcollection", "book", NULL}, {"proceedings", "book", NULL},
	{"mvproceedings", "book", NULL}, {"reference", "book", NULL},
	{"manual", "book", NULL},
	{"thesis", "thesis", NULL}, {"phdthesis", "thesis", "phd"},
	{"mastersthesis", "thesis", "masters"},
	{"chapter", "chapter", NULL}, {"inbook", "chapter", NULL},
	{"bookinbook", "chapter", NULL}, {"suppbook", "chapter", NULL},
	{"incollection", "chapter", NULL}, {"inproceedings", "chapter", NULL},
	{"inreference", "chapter", NULL}, {"conference", "chapter", NULL},
	{"news", "news", NULL}, {"newspaper", "news", NULL},
	{"newsarticle", "news", NULL},
	{"online", "web", NULL}, {"electronic", "web", NULL},
	{"www", "web", NULL}, {"webpage", "web", NULL},
	{"report", "report", NULL}, {"techreport", "report", NULL},
	{"misc", "misc", NULL}, {"unpublished", "misc", NULL},
	{"letter", "misc", NULL}, {"artwork", "misc", NULL},
	{"audio", "misc", NULL}, {"video", "misc", NULL},
	{"image", "misc", NULL}, {"movie", "misc", NULL},
	{"music", "misc", NULL}, {"dataset", "misc", NULL},
	{"software", "misc", NULL}, {"legal", "misc", NULL},
	{"legislation", "misc", NULL}, {"jurisdiction", "misc", NULL},
	{"patent", "misc", NULL}, {"standard", "misc", NULL},
};

static const struct kind_def csl_kinds[] = {
	{"article", "article", NULL}, {"article-journal", "article", NULL},
	{"article-magazine", "article", NULL}, {"review", "article", NULL},
	{"review-book", "article", NULL}, {"periodical", "article", NULL},
	{"article-newspaper", "news", NULL}, {"broadcast", "news", NULL},
	{"book", "book", NULL}, {"classic", "book", NULL},
	{"collection", "book", NULL}, {"pamphlet", "book", NULL},
	{"thesis", "thesis", NULL}, {"chapter", "chapter", NULL},
	{"paper-conference", "chapter", NULL},
	{"entry", "chapter", NULL}, {"entry-dictionary", "chapter", NULL},
	{"entry-encyclopedia", "chapter", NULL},
	{"webpage", "web", NULL}, {"post", "web", NULL},
	{"post-weblog", "web", NULL}, {"report", "report", NULL},
	{"bill", "misc", NULL}, {"dataset", "misc", NULL},
	{"document", "misc", NULL}, {"event", "misc", NULL},
	{"figure", "misc", NULL}, {"graphic", "misc", NULL},
	{"hearing", "misc", NULL}, {"interview", "misc", NULL},
	{"legal_case", "misc", NULL}, {"legislation", "misc", NULL},
	{"manuscript", "misc", NULL}, {"map", "misc", NULL},
	{"motion_picture", "misc", NULL}, {"musical_score", "misc", NULL},
	{"patent", "misc", NULL}, {"performance", "misc", NULL},
	{"personal_communication", "misc", NULL},
	{"regulation", "misc", NULL}, {"software", "misc", NULL},
	{"song", "misc", NULL}, {"speech", "misc", NULL},
	{"standard", "misc", NULL}, {"treaty", "misc", NULL},
};

static const char *const kinds[] = {
	"article", "book", "thesis", "chapter", "news", "web", "report",
	"misc", NULL
};

const char *
kind_of_bib(const char *word, const char **type)
{
	size_t i;

	*type = NULL;
	for (i = 0; i < NELEM(bib_kinds); i++) {
		if (strcmp(bib_kinds[i].word, word) == 0) {
			*type = bib_kinds[i].type;
			return bib_kinds[i].kind;
		}
	}
	return NULL;
}

const char *
kind_of_csl(const char *word)
{
	size_t i;

	for (i = 0; i < NELEM(csl_kinds); i++)
		if (strcmp(csl_kinds[i].word, word) == 0)
			return csl_kinds[i].kind;
	return NULL;
}

const char *const *
kind_csl_names(void)
{
	static const char *names[NELEM(csl_kinds) + 1];
	size_t i;

	for (i = 0; i < NELEM(csl_kinds); i++)
		names[i] = csl_kinds[i].word;
	return names;
}

const char *const *
kind_names(void)
{
	return kinds;
}

const char *const *
kind_bib_names(void)
{
	static const char *const names[] = {
		"article", "book", "booklet", "chapter", "collection",
		"conference", "inbook", "incollection", "inproceedings",
		"manual", "mastersthesis", "misc", "news", "online",
		"phdthesis", "proceedings", "report", "techreport", "thesis",
		"unpublished", "webpage", "www", NULL
	};

	return names;
}

const char *
kind_word(const struct diag *dg, const char *kind)
{
	static const char *const persian[] = {
		"مقاله", "کتاب", "پایان‌نامه", "فصل کتاب", "خبر",
		"صفحه وب", "گزارش", "متفرقه",
	};
	size_t i;

	for (i = 0; dg->persian && i < NELEM(persian); i++)
		if (strcmp(kinds[i], kind) == 0)
			return persian[i];
	return kind;
}

/* -------------------------------------------------------------- entries */

struct cite_entry *
entry_new(struct cite_bib *bib, const char *key, size_t n, const char *kind,
    struct pos pos)
{
	struct cite_entry *e = ARENA_NEW(&bib->arena, struct cite_entry);

	e->key = arena_strn(&bib->arena, key, n);
	e->kind = kind;
	e->lang = "";
	e->year_suffix = "";
	e->pos = pos;
	return e;
}

const struct cite_field *
entry_lookup(const struct cite_entry *e, const char *name)
{
	const struct cite_field *f;

	for (f = e->fields; f != NULL; f = f->next)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

const char *
cite_field(const struct cite_entry *e, const char *name)
{
	const struct cite_field *f = entry_lookup(e, name);

	return f != NULL ? f->value : "";
}

bool
entry_field(struct cite_bib *bib, struct cite_entry *e, const char *name,
    const char *value, size_t n, struct pos pos)
{
	struct cite_field **f, *new;

	for (f = &e->fields; *f != NULL; f = &(*f)->next)
		if (strcmp((*f)->name, name) == 0)
			return false;
	new = ARENA_NEW(&bib->arena, struct cite_field);
	new->name = name;
	new->value = arena_strn(&bib->arena, value, n);
	new->pos = pos;
	*f = new;
	return true;
}

struct cite_name **
entry_names(struct cite_entry *e, const char *name)
{
	if (strcmp(name, "author") == 0)
		return &e->authors;
	if (strcmp(name, "editor") == 0)
		return &e->editors;
	if (strcmp(name, "translator") == 0)
		return &e->translators;
	return NULL;
}

/* ------------------------------------------------------------ finishing */

static void
set_str(struct cite_bib *bib, struct cite_entry *e, const char *name,
    const char *value, struct pos pos)
{
	if (*value != '\0')
		entry_field(bib, e, name, value, strlen(value), pos);
}

/* Year, month and day of "1399-11-02" as digits; what follows them. */
static const char *
date_parts(const char *s, char part[3][16])
{
	size_t i, len;

	memset(part, 0, 3 * sizeof(part[0]));
	for (i = 0; i < 3; i++) {
		len = strspn(s, "0123456789");
		if (len == 0 || len >= sizeof(part[i]))
			break;
		memcpy(part[i], s, len);
		s += len;
		if (*s != '-')
			break;
		s++;
	}
	return s;
}

static void
set_number(struct cite_bib *bib, struct cite_entry *e, const char *name,
    long v, struct pos pos)
{
	char num[16];

	snprintf(num, sizeof(num), "%ld", v);
	set_str(bib, e, name, num, pos);
}

/*
 * "1399-11-02", "1399-11", "1399"; of "1399-11-02/1399-11-05" the first day
 * stands for all, "1380/1385" are the years 1380–1385. Fields that say the
 * same by themselves come first. What is no such date is a year as it stands
 * ("دلو ۱۳۸۷", "بی‌تا").
 */
static void
split_date(struct cite_bib *bib, struct cite_entry *e, const char *from,
    const char *year, const char *month, const char *day)
{
	const struct cite_field *f = entry_lookup(e, from);
	char part[3][16], until[3][16] = {{0}};
	const char *s;
	long v;

	if (f == NULL)
		return;
	s = date_parts(f->value, part);
	if (strlen(part[0]) < 3 || (*s != '\0' &&
	    strchr("/T~?- ", *s) == NULL)) {
		set_str(bib, e, year, f->value, f->pos);
		return;
	}
	if (*s == '/') {
		date_parts(s + 1, until);
		/* "1380/" and "1380/..": it goes on. */
		if (until[0][0] == '\0' || strcmp(until[0], part[0]) != 0) {
			set_str(bib, e, year, arena_printf(&bib->arena,
			    "%s–%s", part[0], until[0]), f->pos);
			return;
		}
	}
	set_str(bib, e, year, part[0], f->pos);
	v = part[1][0] != '\0' ? number_of(part[1]) : 0;
	if (v >= 21 && v <= 24)		/* ISO 8601-2: the four seasons */
		v -= 8;
	if (v >= 1 && v <= 16)
		set_number(bib, e, month, v, f->pos);
	v = part[2][0] != '\0' ? number_of(part[2]) : 0;
	if (v >= 1 && v <= 31)
		set_number(bib, e, day, v, f->pos);
}

/* Which calendar: as `calendar` says, as the month's name says, else by
 * the year, for no book of 1500 or before is dated by a modern reader. */
static bool
is_jalali(const struct cite_entry *e)
{
	static const char *const yes[] = { "jalali", "shamsi", "solar",
		"persian", "hijri-shamsi", "شمسی", "خورشیدی", "جلالی",
		"هجری شمسی", "هجری خورشیدی" };
	const char *cal = cite_field(e, "calendar");
	const char *month = cite_field(e, "month");
	enum calendar of_month;
	size_t i;

	for (i = 0; i < NELEM(yes); i++)
		if (strcasecmp(cal, yes[i]) == 0)
			return true;
	if (*cal != '\0')
		return false;
	month_lookup(month, strlen(month), &of_month);
	if (of_month == CAL_JALALI)
		return true;
	if (of_month == CAL_GREGORIAN)
		return false;
	return e->year > 0 && e->year < 1500;
}

/* English month names become numbers, so that a Persian entry prints them
 * in Persian; a Persian name is the author's choice and stays. */
static void
number_month(struct cite_bib *bib, struct cite_entry *e, const char *name)
{
	struct cite_field *f;
	enum calendar cal;
	int m;

	for (f = e->fields; f != NULL; f = f->next) {
		if (strcmp(f->name, name) != 0)
			continue;
		m = month_lookup(f->value, strlen(f->value), &cal);
		if (m > 0 && (unsigned char)f->value[0] < 0x80)
			f->value = arena_printf(&bib->arena, "%d", m);
	}
}

static void
guess_language(struct cite_bib *bib, struct cite_entry *e)
{
	static const char *const tell[] = { "title", "booktitle", "journal",
		"publisher", "asprinted" };
	const struct cite_name *nm = e->authors;
	const char *named = cite_field(e, "language"), *tag, *s;
	int side = 0;
	size_t i;

	tag = language_tag(&bib->arena, named);
	for (i = 0; i < NELEM(tell) && side == 0; i++) {
		s = cite_field(e, tell[i]);
		side = letters_of(s, strlen(s));
		/* An entry without a title is what its author is. */
		if (i == 0 && side == 0 && nm != NULL)
			side = letters_of(nm->family, strlen(nm->family));
	}
	if (tag == NULL)
		tag = side > 0 ? "en" : "fa";
	e->lang = tag;
	e->ltr = language_is_ltr(tag);
}

void
entry_finish(struct cite_bib *bib, struct diag *dg, struct cite_entry *e)
{
	const struct cite_field *sub = entry_lookup(e, "subtitle");
	struct cite_field *f;
	struct cite_entry *first;
	void **slot;

	split_date(bib, e, "date", "year", "month", "day");
	split_date(bib, e, "urldate", "urlyear", "urlmonth", "urlday");
	for (f = e->fields; sub != NULL && f != NULL; f = f->next)
		if (strcmp(f->name, "title") == 0)
			f->value = arena_printf(&bib->arena, "%s: %s",
			    f->value, sub->value);
	e->year = year_of(cite_field(e, "year"));
	e->jalali = is_jalali(e);	/* before names become numbers */
	number_month(bib, e, "month");
	number_month(bib, e, "urlmonth");
	guess_language(bib, e);

	slot = map_put(&bib->keys, e->key, strlen(e->key));
	if (*slot != NULL) {
		first = *slot;
		diag_add(dg, e->pos, BIB_DUPLICATE_KEY, e->key,
		    (unsigned)first->pos.line);
		return;
	}
	*slot = e;
	if (bib->last != NULL)
		bib->last->next = e;
	else
		bib->first = e;
	bib->last = e;
	bib->n++;
}

/* ---------------------------------------------------------------- needs */

/* What a kind needs; names parted by '|' stand for one another. */
static const struct {
	const char *kind;
	const char *fields[6];
} needs[] = {
	{"article", {"author|editor", "title", "journal", "year"}},
	{"book", {"author|editor|translator", "title", "publisher", "year"}},
	{"thesis", {"author", "title", "publisher", "year"}},
	{"chapter", {"author|editor", "title", "booktitle", "publisher",
	    "year"}},
	{"news", {"author|journal|publisher", "title", "year"}},
	{"web", {"author|editor|publisher|journal", "title", "url"}},
	{"report", {"author|editor|publisher", "title", "year"}},
	{"misc", {"author|editor|title"}},
};

static const struct {
	const char *name, *english, *persian;
} need_words[] = {
	{"author", "author", "پدیدآور"}, {"title", "title", "عنوان"},
	{"journal", "journal", "نام مجله"}, {"year", "year", "سال"},
	{"publisher", "publisher", "ناشر"},
	{"booktitle", "title of the whole (booktitle)", "عنوان کتاب"},
	{"url", "address (url)", "نشانی"},
};

static bool
has_one(const struct cite_entry *e, const char *names)
{
	char name[24];
	size_t n;

	for (; *names != '\0'; names += n + (names[n] == '|')) {
		struct cite_name **list;

		n = strcspn(names, "|");
		snprintf(name, sizeof(name), "%.*s", (int)n, names);
		list = entry_names((struct cite_entry *)e, name);
		if (list != NULL ? *list != NULL :
		    *cite_field(e, name) != '\0')
			return true;
	}
	return false;
}

void
entry_needs(struct diag *dg, const struct cite_entry *e)
{
	const char *const *need;
	size_t i, k, n;

	for (i = 0; i < NELEM(needs); i++) {
		if (strcmp(needs[i].kind, e->kind) != 0)
			continue;
		for (need = needs[i].fields; *need != NULL; need++) {
			if (has_one(e, *need))
				continue;
			n = strcspn(*need, "|");
			for (k = 0; k < NELEM(need_words) - 1; k++)
				if (strncmp(need_words[k].name, *need, n) == 0)
					break;
			diag_add(dg, e->pos, BIB_MISSING_FIELD, e->key,
			    kind_word(dg, e->kind), SAY(dg,
			    need_words[k].english, need_words[k].persian));
		}
	}
}
