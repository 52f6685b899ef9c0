/*
 * The book file: book.yaml, or a lone .md taken as a book of one target.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "read/read.h"
#include "read/reader.h"

#define BOOK_LIMIT ((size_t)4 << 20)

static const char *const meta_keys[] = {
	"title", "subtitle", "author", "translator", "editor", "publisher",
	"place", "year", "date", "isbn", "lang", "edition", "series", "volume",
	"subject", "keywords", "abstract", "description", "rights", "licence",
	"license", "dedication", "colophon", "nocite", "course",
	"reference-list", "meta", NULL
};
static const char *const book_keys[] = {
	"title", "subtitle", "author", "translator", "editor", "publisher",
	"place", "year", "date", "isbn", "lang", "edition", "series", "volume",
	"subject", "keywords", "abstract", "description", "rights", "licence",
	"license", "dedication", "colophon", "nocite", "course",
	"reference-list", "meta", "manuscript",
	"bibliography", "citations", "style", "targets", NULL
};
static const char *const target_keys[] = {
	"style", "output", "from", "each", "format", "standard", "default",
	"answers", "impose", "bleed", "marks", "profile", "condition", "slug",
	"folds", "encrypt", "encryption", "password", "permissions", "one", "all", "seed", "select", "lang", "title",
	"subtitle", "book", "bibliography", "meta", NULL
};

struct book_reader {
	struct read_book *b;
	struct diag *dg;
};

static const char *
say_book(const struct book_reader *br, const char *en, const char *fa)
{
	return br->dg->persian ? fa : en;
}

static void
unknown_key(const struct book_reader *br, const struct yaml *y,
    const char *const *names)
{
	diag_add(br->dg, y->key_pos, STY_UNKNOWN_KEY, y->key,
	    diag_near(br->dg, y->key, names));
}

static void
wrong_type(const struct book_reader *br, const struct yaml *y,
    const char *want, const char *fallback)
{
	const char *got = y->kind == YAML_SCALAR ? y->text :
	    y->kind == YAML_SEQ ? say_book(br, "a list", "فهرست") :
	    say_book(br, "a mapping", "نگاشت");

	diag_add(br->dg, y->pos, STY_WRONG_TYPE, y->key != NULL ? y->key : "",
	    want, got, fallback);
}

static bool
is_known(const char *key, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp(*names, key) == 0)
			return true;
	return false;
}

/* A string, or NULL (reported) if the node is none. */
static const char *
string_of(const struct book_reader *br, const struct yaml *y)
{
	if (y->kind == YAML_SCALAR)
		return y->text;
	wrong_type(br, y, say_book(br, "a string", "رشته"),
	    say_book(br, "(nothing)", "(هیچ)"));
	return NULL;
}

static bool
bool_of(const struct book_reader *br, const struct yaml *y)
{
	static const char *const yes[] = {"true", "yes", "on", NULL};
	static const char *const no[] = {"false", "no", "off", NULL};

	if (y->kind == YAML_SCALAR && !y->quoted) {
		if (is_known(y->text, yes))
			return true;
		if (is_known(y->text, no))
			return false;
	}
	wrong_type(br, y, say_book(br, "true or false", "true یا false"),
	    "false");
	return false;
}

/* Names become paths from `dir`, without those where a book may not read. */
static size_t
paths_of(const struct book_reader *br, const char *dir, const char **v,
    struct pos *at, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		const char *path = path_join(&br->b->arena, dir, v[i]);

		if (!path_allowed(dir, path)) {
			diag_add(br->dg, at[i], MAN_OUTSIDE, v[i]);
			br->b->outside = true;
			continue;
		}
		v[k] = path;
		at[k++] = at[i];
	}
	return k;
}

/* A string or a list of strings, and where each stands unless `at` is NULL;
 * with `dir` they are paths. */
static const char **
strings_of(const struct book_reader *br, const struct yaml *y,
    const char *dir, const struct pos **at, size_t *n)
{
	struct arena *a = &br->b->arena;
	const struct yaml *c;
	const char **v, *s;
	struct pos *places;

	*n = 0;
	if (y->kind == YAML_MAP) {
		wrong_type(br, y, say_book(br, "a string or a list of strings",
		    "رشته یا فهرست رشته‌ها"),
		    say_book(br, "(nothing)", "(هیچ)"));
		return NULL;
	}
	v = ARENA_ARRAY(a, const char *, y->nchildren + 1);
	places = ARENA_ARRAY(a, struct pos, y->nchildren + 1);
	if (y->kind == YAML_SCALAR) {
		places[0] = y->pos;
		if (*y->text != '\0')
			v[(*n)++] = y->text;
	} else {
		for (c = y->child; c != NULL; c = c->next) {
			if ((s = string_of(br, c)) == NULL || *s == '\0')
				continue;
			places[*n] = c->pos;
			v[(*n)++] = s;
		}
	}
	if (at != NULL)
		*at = places;
	if (dir != NULL)
		*n = paths_of(br, dir, v, places, *n);
	return v;
}

static void
target_key(const struct book_reader *br, struct read_target *t,
    struct yaml *y)
{
	const struct { const char *key; const char **to; } strings[] = {
		{"style", &t->style}, {"output", &t->output},
		{"from", &t->from}, {"each", &t->each}, {"format", &t->format},
	};
	const char *s;
	size_t i;

	for (i = 0; i < NELEM(strings); i++) {
		if (strcmp(y->key, strings[i].key) != 0)
			continue;
		s = string_of(br, y);
		if (s != NULL && *s != '\0')
			*strings[i].to = s;
		return;
	}
	if (strcmp(y->key, "default") == 0)
		t->is_default = bool_of(br, y);
	else if (strcmp(y->key, "answers") == 0)
		t->answers = bool_of(br, y);
	else if (!is_known(y->key, target_keys))
		unknown_key(br, y, target_keys);
}

static void
format_check(const struct book_reader *br, struct read_target *t)
{
	struct yaml *y;

	if (t->format == NULL)
		t->format = "pdf";
	if (strcmp(t->format, "pdf") == 0 || strcmp(t->format, "html") == 0)
		return;
	y = yaml_get(t->map, "format");
	wrong_type(br, y, say_book(br, "pdf or html", "pdf یا html"), "pdf");
	t->format = "pdf";
}

static void
targets_read(const struct book_reader *br, struct yaml *y)
{
	struct read_target **tail = &br->b->targets, *t;
	struct yaml *c, *k;

	if (y->kind != YAML_MAP) {
		wrong_type(br, y, say_book(br, "a mapping of names to targets",
		    "نگاشتی از نام‌ها به خروجی‌ها"),
		    say_book(br, "one target, “pdf”,", "یک خروجی به نام pdf"));
		return;
	}
	for (c = y->child; c != NULL; c = c->next) {
		const struct read_target *o;

		/* "screen:" with nothing behind it takes all defaults. */
		if (c->kind != YAML_MAP && !(c->kind == YAML_SCALAR &&
		    c->len == 0)) {
			wrong_type(br, c, say_book(br, "a mapping", "نگاشت"),
			    say_book(br, "(no target)", "(بی خروجی)"));
			continue;
		}
		t = ARENA_NEW(&br->b->arena, struct read_target);
		t->name = c->key;
		t->pos = c->key_pos;
		t->map = c->kind == YAML_MAP ? c : NULL;
		for (k = c->kind == YAML_MAP ? c->child : NULL; k != NULL;
		    k = k->next)
			target_key(br, t, k);
		format_check(br, t);
		if (t->output == NULL)
			t->output = arena_printf(&br->b->arena, "%s.%s",
			    t->name, t->format);
		for (o = br->b->targets; o != NULL; o = o->next)
			if (strcmp(o->output, t->output) == 0)
				break;
		if (o != NULL)
			diag_add(br->dg, t->pos, STY_SAME_OUTPUT, t->name,
			    t->output, o->name);
		*tail = t;
		tail = &t->next;
	}
}

static void
target_sole(struct read_book *b, const char *output)
{
	struct read_target *t = ARENA_NEW(&b->arena, struct read_target);

	t->name = "pdf";
	t->format = "pdf";
	t->output = output;
	t->is_default = true;
	b->targets = t;
}

/* "a/b.c.md" -> "b.c.pdf", in the book's own folder. */
static const char *
output_of(struct read_book *b)
{
	const char *base = path_base(b->path), *dot = strrchr(base, '.');
	size_t n = dot != NULL && dot > base ? (size_t)(dot - base) :
	    strlen(base);

	return arena_printf(&b->arena, "%.*s.pdf", (int)n, base);
}

/* What book file and front matter have in common. */
static bool
common_key(const struct book_reader *br, struct yaml *y)
{
	struct read_book *b = br->b;
	const char *s;

	if (strcmp(y->key, "bibliography") == 0) {
		b->bibliography = strings_of(br, y, b->dir,
		    &b->bibliography_at, &b->nbibliography);
	} else if (strcmp(y->key, "citations") == 0) {
		b->citations_pos = y->pos;
		if ((s = string_of(br, y)) != NULL && *s != '\0')
			b->citations = s;
	} else if (strcmp(y->key, "style") == 0) {
		b->style_pos = y->pos;
		if ((s = string_of(br, y)) != NULL && *s != '\0')
			b->style = s;
	} else {
		return false;
	}
	return true;
}

static void
book_key(const struct book_reader *br, struct doc *meta, struct yaml *y)
{
	struct read_book *b = br->b;
	struct yaml *c, one;

	if (common_key(br, y))
		return;
	if (strcmp(y->key, "manuscript") == 0) {
		b->manuscript = strings_of(br, y, b->dir, &b->manuscript_at,
		    &b->nmanuscript);
	} else if (strcmp(y->key, "targets") == 0) {
		targets_read(br, y);
	} else if (strcmp(y->key, "meta") == 0) {
		if (y->kind == YAML_MAP)
			for (c = y->child; c != NULL; c = c->next)
				meta_add(meta, c->key, c, 0);
		else
			wrong_type(br, y, say_book(br, "a mapping", "نگاشت"),
			    say_book(br, "(nothing)", "(هیچ)"));
	} else if (is_known(y->key, meta_keys)) {
		one = *y;
		meta_add(meta, y->key, &one, 0);
	} else {
		unknown_key(br, y, book_keys);
	}
}

/*
 * Metadata are gathered by a tree that is thrown away; its entries are moved
 * into the book's arena.
 */
static void
meta_keep(struct read_book *b, struct doc *from)
{
	struct doc_meta **tail = &b->meta, *m, *copy;

	for (m = from->meta; m != NULL; m = m->next) {
		copy = ARENA_NEW(&b->arena, struct doc_meta);
		copy->key = arena_str(&b->arena, m->key);
		copy->value = arena_str(&b->arena, m->value);
		copy->pos = m->pos;
		*tail = copy;
		tail = &copy->next;
	}
	doc_free(from);
}

static bool
is_markdown(const char *path)
{
	static const char *const ends[] = {".md", ".markdown", ".mkd", ".txt"};
	size_t n = strlen(path), i, len;

	for (i = 0; i < NELEM(ends); i++) {
		len = strlen(ends[i]);
		if (n > len && strcmp(path + n - len, ends[i]) == 0)
			return true;
	}
	return false;
}

static void
lone_read(const struct book_reader *br, const char *text, size_t n)
{
	struct read_book *b = br->b;
	struct reader r = {.dg = br->dg};
	struct yaml *y, *c;

	b->is_lone_md = true;
	b->manuscript = ARENA_ARRAY(&b->arena, const char *, 1);
	b->manuscript[0] = b->path;
	b->manuscript_at = ARENA_NEW(&b->arena, struct pos);
	b->nmanuscript = 1;
	target_sole(b, output_of(b));
	r.file = diag_file(br->dg, b->path);
	r.silent = true;
	source_load(&r, text, n);
	y = front_matter(&r, &b->arena, b->path);
	if (y != NULL && y->kind == YAML_MAP)
		for (c = y->child; c != NULL; c = c->next)
			common_key(br, c);
	buf_free(&r.fixed);
	free(r.lines);
	free(r.seen);
}

bool
read_book(struct read_book *b, struct diag *dg, const char *path)
{
	struct book_reader br = {b, dg};
	struct doc meta = {0};
	struct buf text = {0};
	const char *why;
	struct yaml *y;
	bool md = is_markdown(path);

	memset(b, 0, sizeof(*b));
	b->path = arena_str(&b->arena, path);
	b->dir = path_dir(&b->arena, path);
	why = file_read(path, md ? READ_LIMIT : BOOK_LIMIT, &text);
	if (why != NULL) {
		diag_add(dg, NOPOS, USE_CANNOT_READ, path, why);
		return false;
	}
	if (md) {
		lone_read(&br, text.p != NULL ? text.p : "", text.n);
		buf_free(&text);
		return true;
	}
	b->yaml = yaml_parse(&b->arena, dg, path, text.p != NULL ? text.p : "",
	    text.n, 0);
	buf_free(&text);
	if (b->yaml == NULL)
		return false;
	if (b->yaml->kind != YAML_MAP) {
		diag_add(dg, b->yaml->pos, STY_SYNTAX, say_book(&br,
		    "a book file is a mapping (title: ..., manuscript: ...)",
		    "پروندهٔ کتاب نگاشت است (title: ...، manuscript: ...)"));
		return false;
	}
	for (y = b->yaml->child; y != NULL; y = y->next)
		book_key(&br, &meta, y);
	meta_keep(b, &meta);
	if (b->targets == NULL)
		target_sole(b, output_of(b));
	if (b->nmanuscript == 0 && !b->outside) {
		diag_add(dg, b->yaml->pos, STY_SYNTAX, say_book(&br,
		    "the book names no manuscript (manuscript: [file.md])",
		    "کتاب دست‌نوشته‌ای نام نبرده است (manuscript: [file.md])"));
	}
	return b->nmanuscript > 0;
}

void
read_book_free(struct read_book *b)
{
	arena_free(&b->arena);
	memset(b, 0, sizeof(*b));
}
