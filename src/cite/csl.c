/*
 * The CSL-JSON reader: what Zotero and Pandoc write.
 *
 * Each item becomes the entry that the same work would be in a .bib, with
 * the model's field names. What CSL has no name for (shortauthor,
 * asprinted, calendar) may stand in `custom`, in the item itself, or as
 * "name: value" lines in `note`, which is where Zotero keeps it.
 */
#include "cite/model.h"

#include "base/messages.h"

#include <string.h>

/* CSL's names of fields that only change their name. */
static const struct {
	const char *csl, *model;
} renamed[] = {
	{"DOI", "doi"}, {"ISBN", "isbn"}, {"ISSN", "issn"}, {"URL", "url"},
	{"chapter-number", "chapter"}, {"collection-title", "series"},
	{"edition", "edition"}, {"genre", "type"}, {"issue", "number"},
	{"language", "language"}, {"number", "number"}, {"page", "pages"},
	{"publisher", "publisher"}, {"publisher-place", "address"},
	{"event-place", "address"}, {"title", "title"},
	{"title-short", "shorttitle"}, {"shortTitle", "shorttitle"},
	{"volume", "volume"}, {"asprinted", "asprinted"},
	{"calendar", "calendar"}, {"shortauthor", "shortauthor"},
	{"sortkey", "sortkey"},
};

/* Of no use here, and no news to anyone. */
static const char *const ignored[] = {
	"id", "type", "author", "editor", "translator", "issued", "accessed",
	"custom", "note", "abstract", "keyword", "categories", "source",
	"archive", "archive_location", "archive-place", "call-number",
	"citation-key", "citation-label", "container-title",
	"container-title-short", "journalAbbreviation", "dimensions",
	"event", "event-title", "event-date", "license", "medium",
	"number-of-pages", "number-of-volumes", "original-date",
	"original-title", "PMID", "PMCID", "references", "scale", "section",
	"status", "submitted", "version", "director", "composer",
	"container-author", "collection-editor", "collection-number",
	"contributor", "illustrator", "interviewer", "original-author",
	"recipient", "reviewed-author", "editorial-director",
	"available-date", "annote", "system_id",
};

struct csl {
	struct cite_bib *bib;
	struct diag *dg;
	struct buf tmp;
	struct map unknown;
	/* Where the last id was seen, to find the place of the next. */
	const char *s;
	size_t n, at;
	struct pos pos;
};

/*
 * JSON values come without places. An item's is that of its "id", found by
 * looking onwards for the same words; once one is not found, places are
 * given up, so that the text is walked once in all.
 */
static struct pos
place(struct csl *c, const char *id)
{
	struct pos none = c->pos;
	size_t len = strlen(id), i, j;
	const char *hit;

	if (len == 0) {
		none.line = none.col = 0;
		return none;
	}
	while (c->at < c->n && (hit = memmem(c->s + c->at, c->n - c->at,
	    "\"id\"", 4)) != NULL) {
		i = (size_t)(hit - c->s);
		while (c->at < i + 4) {
			if (c->s[c->at] == '\n') {
				c->pos.line++;
				c->pos.col = 1;
				c->at++;
			} else {
				utf8_next(c->s, c->n, &c->at);
				c->pos.col++;
			}
		}
		j = c->at;
		while (j < c->n && strchr(" \t\r\n:", c->s[j]) != NULL)
			j++;
		if (j < c->n && c->s[j] == '"')
			j++;
		if (c->n - j >= len && memcmp(c->s + j, id, len) == 0) {
			none = c->pos;
			none.col -= 4;
			return none;
		}
	}
	c->at = c->n;
	none.line = none.col = 0;
	return none;
}

/*
 * The text of a value, in c->tmp: a string or a number; white space single,
 * the few tags CSL allows in titles gone, entities resolved. Cut at the
 * limit of a field.
 */
static const char *
text_of(struct csl *c, const struct json *j, struct pos pos)
{
	static const char *const tags[] = { "i>", "b>", "sup>", "sub>", "sc>",
		"span" };
	static const char *const entities[][2] = { {"&amp;", "&"},
		{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""},
		{"&nbsp;", "\u00a0"} };
	size_t i, k, len, n;
	const char *s, *close;
	bool space = false;

	c->tmp.n = 0;
	buf_reserve(&c->tmp, 1);
	c->tmp.p[0] = '\0';
	if (j == NULL || (j->kind != JSON_STRING && j->kind != JSON_NUMBER))
		return "";
	s = j->text;
	n = j->len;
	if (n > CITE_MAX_FIELD) {
		diag_add(c->dg, pos, BIB_LIMIT, SAY(c->dg,
		    "a field is longer than 1 MiB",
		    "فیلدی از ۱ مبی‌بایت درازتر است"));
		n = text_cut(s, n, CITE_MAX_FIELD);
	}
	for (i = 0; i < n; i++) {
		if (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' ||
		    s[i] == '\r' || s[i] == '\0') {
			space = true;
			continue;
		}
		if (s[i] == '<') {
			k = i + 1 + (i + 1 < n && s[i + 1] == '/');
			for (len = 0; len < NELEM(tags); len++)
				if (n - k >= strlen(tags[len]) && memcmp(s + k,
				    tags[len], strlen(tags[len])) == 0)
					break;
			/* Tags are short: no long walk for a lone "<". */
			close = len < NELEM(tags) ? memchr(s + k, '>',
			    MIN(n - k, 80)) : NULL;
			if (close != NULL) {
				i = (size_t)(close - s);
				continue;
			}
		}
		if (space && c->tmp.n > 0)
			buf_char(&c->tmp, ' ');
		space = false;
		for (k = 0; s[i] == '&' && k < NELEM(entities); k++) {
			len = strlen(entities[k][0]);
			if (n - i >= len &&
			    memcmp(s + i, entities[k][0], len) == 0)
				break;
		}
		if (s[i] == '&' && k < NELEM(entities)) {
			buf_str(&c->tmp, entities[k][1]);
			i += strlen(entities[k][0]) - 1;
		} else {
			buf_char(&c->tmp, s[i]);
		}
	}
	return c->tmp.p;
}

static void
put(struct csl *c, struct cite_entry *e, const char *name,
    const struct json *value)
{
	text_of(c, value, e->pos);
	if (c->tmp.n > 0)
		entry_field(c->bib, e, name, c->tmp.p, c->tmp.n, e->pos);
}

static const char *
name_part(struct csl *c, const struct json *person, const char *part)
{
	const char *s = text_of(c, json_get(person, part), NOPOS);

	return *s == '\0' ? "" : arena_str(&c->bib->arena, s);
}

static struct cite_name *
read_names(struct csl *c, const struct cite_entry *e, const struct json *list)
{
	struct cite_name *head = NULL, **tail = &head, *nm;
	const struct json *p;
	const char *dropping;
	size_t count = 0;

	if (list == NULL || list->kind != JSON_ARRAY)
		return NULL;
	for (p = list->child; p != NULL; p = p->next) {
		if (p->kind != JSON_OBJECT)
			continue;
		if (++count > CITE_MAX_NAMES) {
			diag_add(c->dg, e->pos, BIB_LIMIT, SAY(c->dg,
			    "a list of more than 1000 names",
			    "فهرستی با بیش از ۱۰۰۰ نام"));
			break;
		}
		nm = ARENA_NEW(&c->bib->arena, struct cite_name);
		nm->family = name_part(c, p, "literal");
		nm->given = nm->particle = nm->suffix = "";
		nm->corporate = nm->family[0] != '\0';
		if (!nm->corporate) {
			nm->family = name_part(c, p, "family");
			nm->given = name_part(c, p, "given");
			nm->suffix = name_part(c, p, "suffix");
			nm->particle = name_part(c, p, "non-dropping-particle");
			dropping = name_part(c, p, "dropping-particle");
			if (*dropping != '\0')
				nm->given = arena_printf(&c->bib->arena,
				    "%s%s%s", nm->given,
				    *nm->given != '\0' ? " " : "", dropping);
			if (nm->family[0] == '\0') {
				nm->family = nm->given;
				nm->given = "";
			}
		}
		if (nm->family[0] == '\0')
			continue;
		/* How "and others" comes out of converters. */
		if (nm->corporate && strcmp(nm->family, "others") == 0) {
			nm->others = true;
			nm->family = "";
		}
		*tail = nm;
		tail = &nm->next;
	}
	return head;
}

/* [[1380], [1385]]: years that differ are a range. False if they do not. */
static bool
read_years(struct csl *c, struct cite_entry *e, const struct json *parts,
    const char *name)
{
	const struct json *first = parts->child, *last;
	char *from;
	const char *to;

	last = first != NULL ? first->next : NULL;
	if (last == NULL || first->child == NULL || last->child == NULL)
		return false;
	from = arena_str(&c->bib->arena, text_of(c, first->child, e->pos));
	to = text_of(c, last->child, e->pos);
	if (strcmp(from, to) == 0 || strcmp(to, "0") == 0)
		return false;
	from = arena_printf(&c->bib->arena, "%s–%s", from, to);
	entry_field(c->bib, e, name, from, strlen(from), e->pos);
	return true;
}

/*
 * {"date-parts": [[1387, 11, 2]], "season": 3, "literal": "...", "raw"...}:
 * the first day of a range stands for all, but two years are printed. A
 * season or a month may also be a name, as the author writes it.
 */
static void
read_date(struct csl *c, struct cite_entry *e, const struct json *date,
    const char *const names[3])
{
	const struct json *parts, *p, *season;
	const char *s;
	char num[16];
	long v;
	int i;

	if (date == NULL)
		return;
	if (date->kind == JSON_STRING || date->kind == JSON_NUMBER) {
		put(c, e, names[0], date);
		return;
	}
	parts = json_get(date, "date-parts");
	if (parts != NULL && read_years(c, e, parts, names[0]))
		return;
	p = parts != NULL && parts->child != NULL ? parts->child->child : NULL;
	for (i = 0; i < 3 && p != NULL; i++, p = p->next)
		put(c, e, names[i], p);
	season = json_get(date, "season");
	s = text_of(c, season, e->pos);
	v = number_of(s);
	if (v >= 1 && v <= 4) {
		snprintf(num, sizeof(num), "%ld", v + 12);
		entry_field(c->bib, e, names[1], num, strlen(num), e->pos);
	} else {
		put(c, e, names[1], season);
	}
	if (parts == NULL) {
		season = json_get(date, "literal");
		put(c, e, names[0], season != NULL ? season :
		    json_get(date, "raw"));
	}
}

/* Pandoc and citeproc number the seasons from 13 or 21 in date-parts. */
static void
fix_season(struct csl *c, struct cite_entry *e)
{
	struct cite_field *f;
	long v;

	for (f = e->fields; f != NULL; f = f->next) {
		if (strcmp(f->name, "month") != 0)
			continue;
		v = number_of(f->value);
		if (v >= 21 && v <= 24)
			f->value = arena_printf(&c->bib->arena, "%ld", v - 8);
	}
}

/*
 * The note: lines "name: value" whose name is a field of the model are
 * fields, the rest is the note.
 */
static void
read_note(struct csl *c, struct cite_entry *e, const struct json *note)
{
	struct json line = { .kind = JSON_STRING };
	struct buf rest = {0};
	const char *s, *end, *nl, *colon, *name;
	char word[32];
	enum field_type type;
	size_t n;

	if (note == NULL || note->kind != JSON_STRING)
		return;
	s = note->text;
	end = s + note->len;
	for (; s < end; s = nl + 1) {
		nl = memchr(s, '\n', (size_t)(end - s));
		if (nl == NULL)
			nl = end;
		colon = memchr(s, ':', MIN((size_t)(nl - s), sizeof(word)));
		type = FIELD_UNKNOWN;
		if (colon != NULL && colon > s) {
			n = (size_t)(colon - s);
			memcpy(word, s, n);
			word[n] = '\0';
			name = word;
			type = field_lookup(&name);
		}
		if (type == FIELD_TEXT || type == FIELD_LITERAL) {
			line.text = colon + 1;
			line.len = (size_t)(nl - colon) - 1;
			put(c, e, name, &line);
			continue;
		}
		buf_add(&rest, s, (size_t)(nl - s));
		buf_char(&rest, '\n');
		if (nl == end)
			break;
	}
	line.text = rest.p;
	line.len = rest.n;
	if (rest.n > 0)
		put(c, e, "note", &line);
	buf_free(&rest);
}

/* Every member that only changes its name; `custom` likewise. */
static void
read_members(struct csl *c, struct cite_entry *e, const struct json *item)
{
	const struct json *m;
	const char *word;
	void **slot;
	size_t i, k;

	for (m = item->child; m != NULL; m = m->next) {
		for (i = 0; i < NELEM(renamed); i++)
			if (strcmp(renamed[i].csl, m->key) == 0)
				break;
		if (i < NELEM(renamed)) {
			put(c, e, renamed[i].model, m);
			continue;
		}
		for (k = 0; k < NELEM(ignored); k++)
			if (strcmp(ignored[k], m->key) == 0)
				break;
		if (k < NELEM(ignored))
			continue;
		slot = map_put(&c->unknown, m->key, strlen(m->key));
		if (*slot != NULL)
			continue;
		*slot = c;
		word = arena_strn(&c->dg->arena, m->key, text_cut(m->key,
		    strlen(m->key), 80));
		diag_add(c->dg, e->pos, BIB_UNKNOWN_FIELD, word,
		    diag_near(c->dg, word, field_names()));
	}
}

static void
read_item(struct csl *c, const struct json *item)
{
	static const char *const issued[] = { "year", "month", "day" };
	static const char *const seen[] = { "urlyear", "urlmonth", "urlday" };
	const struct json *j;
	struct cite_entry *e;
	const char *kind, *s;
	struct pos pos;
	char *id, made[32];

	s = text_of(c, json_get(item, "id"), NOPOS);
	pos = place(c, s);
	/* Zotero's own id is an address; the key stands beside it. */
	if ((*s == '\0' || strstr(s, "://") != NULL) &&
	    json_get(item, "citation-key") != NULL)
		s = text_of(c, json_get(item, "citation-key"), NOPOS);
	if (*s == '\0') {
		snprintf(made, sizeof(made), "item-%zu", c->bib->n + 1);
		s = made;
	}
	id = arena_strn(&c->bib->arena, s, text_cut(s, strlen(s),
	    CITE_MAX_KEY));
	s = text_of(c, json_get(item, "type"), pos);
	kind = kind_of_csl(s);
	if (kind == NULL) {
		s = arena_strn(&c->dg->arena, s, text_cut(s, strlen(s), 80));
		diag_add(c->dg, pos, BIB_UNKNOWN_KIND, s, diag_near(c->dg, s,
		    kind_csl_names()));
		kind = "misc";
	}
	e = entry_new(c->bib, id, strlen(id), kind, pos);
	e->authors = read_names(c, e, json_get(item, "author"));
	e->editors = read_names(c, e, json_get(item, "editor"));
	e->translators = read_names(c, e, json_get(item, "translator"));
	read_members(c, e, item);
	put(c, e, strcmp(kind, "chapter") == 0 ? "booktitle" :
	    strcmp(kind, "book") == 0 ? "series" : "journal",
	    json_get(item, "container-title"));
	j = json_get(item, "custom");
	if (j != NULL && j->kind == JSON_OBJECT)
		read_members(c, e, j);
	read_note(c, e, json_get(item, "note"));
	read_date(c, e, json_get(item, "issued"), issued);
	fix_season(c, e);
	read_date(c, e, json_get(item, "accessed"), seen);
	entry_finish(c->bib, c->dg, e);
}

void
cite_read_csl(struct cite_bib *bib, struct diag *dg, const char *name,
    const char *text, size_t n)
{
	struct csl c = {0};
	struct arena a = {0};
	struct pos pos = NOPOS;
	const struct json *root, *item;
	size_t count = 0;

	pos.file = diag_file(dg, name);
	if (n > CITE_MAX_FILE) {
		diag_add(dg, pos, BIB_LIMIT, SAY(dg,
		    "the file is larger than 64 MiB",
		    "پرونده از ۶۴ مبی‌بایت بزرگ‌تر است"));
		return;
	}
	root = json_parse(&a, dg, name, text, n);
	if (root == NULL)
		goto out;
	c.bib = bib;
	c.dg = dg;
	c.s = text;
	c.n = n;
	c.pos = (struct pos){1, 1, pos.file};
	/* An array of items; Zotero's own address gives {"items": [...]}. */
	if (root->kind == JSON_OBJECT && json_get(root, "items") != NULL)
		root = json_get(root, "items");
	if (root->kind == JSON_OBJECT) {
		read_item(&c, root);
		goto out;
	}
	if (root->kind != JSON_ARRAY) {
		diag_add(dg, pos, JSON_SYNTAX, SAY(dg,
		    "an array of items was expected",
		    "آرایه‌ای از مدخل‌ها انتظار می‌رفت"));
		goto out;
	}
	for (item = root->child; item != NULL; item = item->next) {
		if (item->kind != JSON_OBJECT)
			continue;
		if (++count > CITE_MAX_ENTRIES) {
			diag_add(dg, pos, BIB_LIMIT, SAY(dg,
			    "more than 200,000 entries",
			    "بیش از ۲۰۰٬۰۰۰ مدخل"));
			break;
		}
		read_item(&c, item);
	}
out:
	buf_free(&c.tmp);
	map_free(&c.unknown);
	arena_free(&a);
}
