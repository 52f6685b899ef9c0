/*
 * The .bib reader.
 *
 * The grammar is BibTeX's: anything outside an entry is a remark; an entry
 * is @kind{key, field = value, ...} in braces or round brackets; a value is
 * pieces joined by '#', each in braces, in quotes, a number, or a name that
 * @string defined. What differs is that nothing stops the reader:
 *
 * - A line that begins with '@', a word and a bracket begins an entry, even
 *   inside braces. So one brace too few costs one entry, not the file, and
 *   no value is ever searched for its end beyond the next entry.
 * - Inside an entry that does not close, the first value that does not
 *   close ends with its line, and reading goes on from the next line. Only
 *   the first: doing it for every value would walk a hostile entry once a
 *   line. A second one ends the entry. Where one brace lacks, the entry's
 *   own brace closes the value and the entry stays open; such a value is
 *   known by the fields it has taken in.
 *
 * Braces are counted without regard to backslashes, as BibTeX does.
 */
#include "cite/bib.h"

#include "base/messages.h"

#include <stdlib.h>
#include <string.h>

/* --------------------------------------------------------------- fields */

static void
unknown_field(struct reader *r, const char *name, struct pos pos)
{
	void **slot = map_put(&r->unknown, name, strlen(name));

	if (*slot != NULL)	/* once a file is enough */
		return;
	*slot = r;
	diag_add(r->dg, pos, BIB_UNKNOWN_FIELD, name,
	    diag_near(r->dg, name, field_names()));
}

/* Give the value in r->raw to the entry. `name` is in small letters. */
static void
store_field(struct reader *r, struct cite_entry *e, const char *name,
    struct pos pos)
{
	struct cite_name **list;
	const char *given = name;
	enum field_type type = field_lookup(&name);
	bool cut = false;

	r->text.n = 0;
	switch (type) {
	case FIELD_IGNORED:
		return;
	case FIELD_NAMES:
		list = entry_names(e, name);
		if (*list != NULL)
			break;
		*list = names_parse(&r->bib->arena, r->raw.p, r->raw.n, &cut);
		if (cut)
			diag_add(r->dg, pos, BIB_LIMIT, SAY(r->dg,
			    "a list of more than 1000 names",
			    "فهرستی با بیش از ۱۰۰۰ نام"));
		return;
	case FIELD_UNKNOWN:
		unknown_field(r, given, pos);
		name = arena_str(&r->bib->arena, given);
		/* FALLTHROUGH */
	case FIELD_TEXT:
		tex_text(&r->text, r->raw.p, r->raw.n);
		break;
	case FIELD_LITERAL:
	case FIELD_DATE:
		tex_literal(&r->text, r->raw.p, r->raw.n);
		break;
	}
	if (type != FIELD_NAMES) {
		if (strcmp(name, "crossref") == 0)
			r->has_crossref = true;
		if (r->text.n == 0 || entry_field(r->bib, e, name, r->text.p,
		    r->text.n, pos))
			return;
	}
	/* "school" beside "publisher" is no slip of the author's. */
	if (strcmp(given, name) == 0)
		diag_add(r->dg, pos, BIB_DUPLICATE_FIELD, given);
}

/*
 * After something that is no field: go to the next comma, the entry's end,
 * or the next entry. Returns false in the last case.
 */
static bool
skip_field(struct reader *r, char close)
{
	size_t end;

	while (r->i < r->n) {
		switch (r->s[r->i]) {
		case '{':
			end = bib_scan_closed(r, r->i);
			if (end == NONE) {
				r->i = bib_next_head(r, r->i);
				return false;
			}
			r->i = end;
			continue;
		case ',':
			return true;
		case '\n':
			if (bib_head_after(r, r->i) != NONE) {
				r->i = bib_head_after(r, r->i);
				return false;
			}
			break;
		default:
			if (r->s[r->i] == close)
				return true;
		}
		r->i++;
	}
	return false;
}

/*
 * The bracket at r->i closes the entry, unless a field follows it: then there
 * is one too many («author = {یک}}, title = ...»), and the entry goes on.
 */
static bool
is_stray(const struct reader *r)
{
	size_t i = r->i + 1, start;

	while (i < r->n && bib_is_space(r->s[i]))
		i++;
	if (i >= r->n || r->s[i] != ',')
		return false;
	for (i++; i < r->n && bib_is_space(r->s[i]); i++)
		;
	start = i;
	while (i < r->n && bib_is_name_char(r->s[i]))
		i++;
	if (i == start || i - start > 40)
		return false;
	while (i < r->n && (r->s[i] == ' ' || r->s[i] == '\t'))
		i++;
	return i < r->n && r->s[i] == '=';
}

/* The next entry or the end stands where a field or a bracket should. */
static bool
is_cut_off(const struct reader *r)
{
	return r->i >= r->n || (r->s[r->i] == '@' &&
	    bib_begins_line(r, r->i) && bib_is_head(r, r->i));
}

/*
 * The fields of an entry, up to its closing bracket. `e` may be NULL: then
 * they are the definitions of a @string.
 */
static void
read_fields(struct reader *r, struct cite_entry *e, char close,
    struct pos begun)
{
	size_t start, value, count = 0;
	struct pos pos;
	char name[NAME_SIZE];
	enum value_end end;
	void **slot;

	for (;;) {
		bib_skip_space(r);
		if (is_cut_off(r)) {
			bib_syntax(r, begun, e == NULL ? SAY(r->dg,
			    "this @string is never closed",
			    "این ‎@string بسته نشده است") : SAY(r->dg,
			    "this entry is never closed",
			    "این مدخل بسته نشده است"), r->i);
			return;
		}
		start = r->i;
		if (r->s[start] == close || r->s[start] == '}') {
			if (e != NULL && is_stray(r)) {
				bib_syntax(r, bib_place(r, start), SAY(r->dg,
				    "a bracket too many stands here",
				    "این‌جا یک آکولاد زیادی است"), start);
				r->i++;
				continue;
			}
			r->i++;
			return;
		}
		if (r->s[start] == ',') {
			r->i++;
			continue;
		}
		pos = bib_place(r, start);
		while (r->i < r->n && bib_is_name_char(r->s[r->i]))
			r->i++;
		bib_small(r->s + start, r->i - start, name);
		bib_skip_space(r);
		if (*name == '\0' || r->i >= r->n || r->s[r->i] != '=') {
			if (r->i == start)
				r->i++;
			if (!skip_field(r, close))
				continue;
			bib_syntax(r, pos, SAY(r->dg,
			    "a field is a name, “=” and a value",
			    "هر فیلد یک نام است، «=» و یک مقدار"), r->i);
			continue;
		}
		r->i++;
		bib_skip_space(r);
		value = r->i;
		end = bib_read_value(r);
		bib_skip_space(r);
		if (end == VALUE_OK && is_cut_off(r) && !r->gave_up &&
		    bib_has_swallowed(r, value, r->i)) {
			r->raw.n = 0;
			end = bib_cut_value(r, value);
		}
		if (end == VALUE_BAD) {
			(void)skip_field(r, close);
			bib_syntax(r, pos, SAY(r->dg,
			    "no value stands after “=”",
			    "پس از «=» مقداری نیامده است"), r->i);
			continue;
		}
		if (end == VALUE_LOST)
			return;
		if (++count == CITE_MAX_FIELDS + 1 && e != NULL)
			diag_add(r->dg, pos, BIB_LIMIT, SAY(r->dg,
			    "an entry of more than 256 fields",
			    "مدخلی با بیش از ۲۵۶ فیلد"));
		if (e == NULL) {
			slot = map_put(&r->bib->strings, name, strlen(name));
			*slot = arena_strn(&r->bib->arena, r->raw.p,
			    r->raw.n);
		} else if (count <= CITE_MAX_FIELDS) {
			store_field(r, e, name, pos);
		}
		bib_skip_space(r);
		if (end == VALUE_OK && r->i < r->n && r->s[r->i] != ',' &&
		    r->s[r->i] != close && r->s[r->i] != '}' &&
		    r->s[r->i] != '@')
			bib_syntax(r, bib_place(r, r->i), SAY(r->dg,
			    "a comma is missing before this",
			    "پیش از این یک ویرگول کم است"), r->i);
	}
}

/* -------------------------------------------------------------- entries */

/* The key after @kind{; r->i is then where fields begin. */
static const char *
read_key(struct reader *r, char close, struct pos pos)
{
	struct arena *a = &r->bib->arena;
	size_t start, end, k;

	bib_skip_space(r);
	start = r->i;
	while (r->i < r->n && strchr(",={}\n", r->s[r->i]) == NULL &&
	    r->s[r->i] != close)
		r->i++;
	end = r->i;
	while (end > start && bib_is_space(r->s[end - 1]))
		end--;
	if (end == start || (r->i < r->n && r->s[r->i] == '=')) {
		for (k = start; k < end && !bib_is_space(r->s[k]); k++)
			;
		if (k < end) {		/* @book{key author = ... */
			bib_syntax(r, bib_place(r, k), SAY(r->dg,
			    "no comma stands after the key",
			    "پس از کلید ویرگول نیامده است"), k);
			r->i = k;
			end = k;
		} else {	/* listed, though nothing can cite it */
			bib_syntax(r, pos, SAY(r->dg,
			    "this entry has no key",
			    "این مدخل کلید ندارد"), r->i);
			r->i = start;
			if (r->i < r->n && r->s[r->i] == ',')
				r->i++;
			return arena_printf(a, "line-%u", (unsigned)pos.line);
		}
	}
	return arena_strn(a, r->s + start, text_cut(r->s + start, end - start,
	    CITE_MAX_KEY));
}

/* r->i stands after the bracket of @kind{. */
static void
read_entry(struct reader *r, const char *word, char close, struct pos pos)
{
	struct cite_entry *e;
	const char *kind, *type;

	r->count++;
	kind = kind_of_bib(word, &type);
	if (kind == NULL) {
		diag_add(r->dg, pos, BIB_UNKNOWN_KIND, word,
		    diag_near(r->dg, word, kind_bib_names()));
		kind = "misc";
	}
	e = entry_new(r->bib, "", 0, kind, pos);
	e->key = read_key(r, close, pos);
	read_fields(r, e, close, pos);
	if (type != NULL)
		entry_field(r->bib, e, "type", type, strlen(type), pos);
	entry_finish(r->bib, r->dg, e);
}

/*
 * A child takes from its parent (crossref) what it does not say itself. One
 * step only, so no circle of them can hold us; a book's title becomes the
 * title of the whole.
 */
static void
inherit(struct reader *r, struct cite_entry *from)
{
	struct cite_entry *e, *parent;
	const struct cite_field *f;
	const char *key, *name;

	for (e = from; e != NULL; e = e->next) {
		key = cite_field(e, "crossref");
		if (*key == '\0')
			continue;
		parent = map_get(&r->bib->keys, key, strlen(key));
		if (parent == NULL || parent == e ||
		    *cite_field(parent, "crossref") != '\0')
			continue;
		for (f = parent->fields; f != NULL; f = f->next) {
			name = f->name;
			if (strcmp(name, "title") == 0)
				name = strcmp(e->kind, "article") == 0 ?
				    "journal" : "booktitle";
			else if (strncmp(name, "short", 5) == 0 ||
			    strcmp(name, "asprinted") == 0 ||
			    strcmp(name, "sortkey") == 0)
				continue;
			entry_field(r->bib, e, name, f->value,
			    strlen(f->value), f->pos);
		}
		if (e->authors == NULL)
			e->authors = parent->authors;
		if (e->editors == NULL)
			e->editors = parent->editors;
		if (e->translators == NULL)
			e->translators = parent->translators;
		if (e->year == 0) {
			e->year = parent->year;
			e->jalali = parent->jalali;
		}
	}
}

/* r->i stands at a '@'. */
static void
read_at(struct reader *r)
{
	size_t at = r->i, start = at + 1, end;
	struct pos pos;
	char word[NAME_SIZE], close;

	if (!bib_is_head(r, at)) {
		r->i++;
		/* An address in a remark is none of our business. */
		if (!bib_begins_line(r, at))
			return;
		pos = bib_place(r, at);
		r->i = bib_next_head(r, at);
		bib_syntax(r, pos, SAY(r->dg,
		    "an entry begins with “@”, its kind and a brace",
		    "مدخل با «@»، نوع آن و یک آکولاد آغاز می‌شود"), r->i);
		return;
	}
	pos = bib_place(r, at);
	end = start;
	while (bib_is_letter(r->s[end]))
		end++;
	bib_small(r->s + start, end - start, word);
	r->i = end;
	while (r->s[r->i] != '{' && r->s[r->i] != '(')
		r->i++;
	close = r->s[r->i] == '{' ? '}' : ')';
	if (strcmp(word, "comment") == 0) {
		end = close == '}' ? bib_scan_closed(r, r->i) : NONE;
		r->i = end != NONE ? end : bib_line_end(r, r->i);
		return;
	}
	r->i++;
	r->gave_up = false;
	if (strcmp(word, "string") == 0) {
		read_fields(r, NULL, close, pos);
	} else if (strcmp(word, "preamble") == 0) {
		if (bib_read_value(r) == VALUE_OK) {
			bib_skip_space(r);
			if (r->i < r->n && r->s[r->i] == close)
				r->i++;
		}
	} else {
		read_entry(r, word, close, pos);
	}
}

/* The text with U+FFFD for every malformed byte, each reported. */
static void
repair_utf8(struct reader *r, struct buf *out)
{
	size_t at = 0, bad;

	for (;;) {
		bad = at + utf8_valid(r->s + at, r->n - at);
		buf_add(out, r->s + at, bad - at);
		if (bad >= r->n)
			break;
		diag_add(r->dg, bib_place(r, bad), MAN_INVALID_UTF8,
		    (unsigned char)r->s[bad], bad);
		buf_str(out, "\ufffd");
		at = bad + 1;
	}
}

void
cite_read_bib(struct cite_bib *bib, struct diag *dg, const char *name,
    const char *text, size_t n)
{
	struct reader r = {0};
	struct buf clean = {0};
	struct cite_entry *before = bib->last;
	const char *at;

	r.bib = bib;
	r.dg = dg;
	r.s = text;
	r.n = n;
	r.budget = CITE_MAX_FILE;
	r.pos = (struct pos){1, 1, diag_file(dg, name)};
	buf_reserve(&r.raw, 1);		/* never NULL, even for no bytes */
	buf_reserve(&r.text, 1);
	if (n > CITE_MAX_FILE) {
		diag_add(dg, r.pos, BIB_LIMIT, SAY(dg,
		    "the file is larger than 64 MiB",
		    "پرونده از ۶۴ مبی‌بایت بزرگ‌تر است"));
		r.n = CITE_MAX_FILE;
	}
	if (utf8_valid(r.s, r.n) != r.n) {
		repair_utf8(&r, &clean);
		r.s = clean.p;
		r.n = clean.n;
		r.at = 0;
		r.pos.line = r.pos.col = 1;
	}
	while (r.i < r.n &&
	    (at = memchr(r.s + r.i, '@', r.n - r.i)) != NULL) {
		r.i = (size_t)(at - r.s);
		if (r.count >= CITE_MAX_ENTRIES) {
			diag_add(dg, bib_place(&r, r.i), BIB_LIMIT, SAY(dg,
			    "more than 200,000 entries",
			    "بیش از ۲۰۰٬۰۰۰ مدخل"));
			break;
		}
		read_at(&r);
	}
	if (r.has_crossref)
		inherit(&r, before != NULL ? before->next : bib->first);
	buf_free(&clean);
	buf_free(&r.raw);
	buf_free(&r.text);
	map_free(&r.unknown);
}

/* --------------------------------------------------------------- either */

void
cite_read_text(struct cite_bib *bib, struct diag *dg, const char *path,
    const struct buf *text)
{
	size_t n = strlen(path);

	if (n > 5 && strcmp(path + n - 5, ".json") == 0)
		cite_read_csl(bib, dg, path, text->p, text->n);
	else
		cite_read_bib(bib, dg, path, text->p == NULL ? "" : text->p,
		    text->n);
}

void
cite_read_file(struct cite_bib *bib, struct diag *dg, const char *path,
    struct pos named)
{
	struct buf text = {0};
	const char *why;

	why = file_read(path, CITE_MAX_FILE, &text);
	if (why != NULL) {
		if (named.line == 0)
			named.file = diag_file(dg, path);
		diag_add(dg, named, MAN_UNREADABLE, path, why);
		buf_free(&text);
		return;
	}
	cite_read_text(bib, dg, path, &text);
	buf_free(&text);
}

void
cite_free(struct cite_bib *bib)
{
	arena_free(&bib->arena);
	map_free(&bib->keys);
	map_free(&bib->strings);
	memset(bib, 0, sizeof(*bib));
}
