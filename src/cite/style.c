/*
 * Reading a citation style. docs/citations.md describes the schema; this
 * file checks it: an unknown key, field, term or a value of the wrong kind
 * is an error at its place, what was right stands, and a style is returned.
 *
 * `inherit: NAME` takes the file NAME.yaml of the same folder first. The
 * two trees are laid over each other before anything is read: maps key by
 * key, everything else whole. So every place in a message is that of the
 * file in which the line stands.
 */
#include "cite/format.h"

#include "base/messages.h"

#include <stdlib.h>
#include <string.h>

#define MAX_INHERIT 8
/* Each level pends three affixes at most; see format.h. */
#define MAX_PARTS_DEPTH 16

struct loader {
	struct arena *a;
	struct diag *dg;
	struct cite_style *s;
	const char *const *dirs;	/* folders of styles */
	size_t ndirs;
	bool in_author;		/* `cited-author` may not print itself */
	/* What Latin entries put for each piece of the style's punctuation. */
	const struct yaml *replace;
};

/* -------------------------------------------------------------- checking */

static void
wrong(struct loader *l, const struct yaml *y, const char *must,
    const char *otherwise)
{
	diag_add(l->dg, y->pos, STY_WRONG_TYPE, y->key != NULL ? y->key : "-",
	    must, y->kind == YAML_SCALAR ? y->text : y->kind == YAML_SEQ ?
	    SAY(l->dg, "a list", "فهرست") : SAY(l->dg, "a map", "نگاشت"),
	    otherwise);
}

/* A map whose keys are all among `names`. */
static bool
check_map(struct loader *l, const struct yaml *y, const char *const *names)
{
	const struct yaml *c;
	size_t i;

	if (y->kind != YAML_MAP) {
		wrong(l, y, SAY(l->dg, "a map", "نگاشت"), "-");
		return false;
	}
	for (c = y->child; c != NULL; c = c->next) {
		for (i = 0; names[i] != NULL; i++)
			if (strcmp(names[i], c->key) == 0)
				break;
		if (names[i] == NULL)
			diag_add(l->dg, c->key_pos, STY_UNKNOWN_KEY, c->key,
			    diag_near(l->dg, c->key, names));
	}
	return true;
}

static const char *
get_text(struct loader *l, const struct yaml *map, const char *key,
    const char *otherwise)
{
	const struct yaml *y = yaml_get(map, key);

	if (y == NULL)
		return otherwise;
	if (y->kind != YAML_SCALAR) {
		wrong(l, y, SAY(l->dg, "a text", "متن"), otherwise == NULL ?
		    "-" : otherwise);
		return otherwise;
	}
	return arena_strn(l->a, y->text, y->len);
}

static bool
get_bool(struct loader *l, const struct yaml *map, const char *key,
    bool otherwise)
{
	const struct yaml *y = yaml_get(map, key);

	if (y == NULL)
		return otherwise;
	if (y->kind == YAML_SCALAR && strcmp(y->text, "true") == 0)
		return true;
	if (y->kind == YAML_SCALAR && strcmp(y->text, "false") == 0)
		return false;
	wrong(l, y, SAY(l->dg, "true or false", "true یا false"),
	    otherwise ? "true" : "false");
	return otherwise;
}

static int
get_int(struct loader *l, const struct yaml *map, const char *key,
    int otherwise)
{
	const struct yaml *y = yaml_get(map, key);
	char num[16];
	long v;

	if (y == NULL)
		return otherwise;
	v = y->kind == YAML_SCALAR ? number_of(y->text) : -1;
	if (v >= 0 && v <= 1000)
		return (int)v;
	snprintf(num, sizeof(num), "%d", otherwise);
	wrong(l, y, SAY(l->dg, "a number from 0 to 1000",
	    "عددی از ۰ تا ۱۰۰۰"), num);
	return otherwise;
}

/* One of `words`; its index. */
static int
get_word(struct loader *l, const struct yaml *map, const char *key,
    const char *const *words, int otherwise)
{
	const struct yaml *y = yaml_get(map, key);
	struct buf must = {0};
	int i;

	if (y == NULL)
		return otherwise;
	for (i = 0; words[i] != NULL; i++)
		if (y->kind == YAML_SCALAR && strcmp(words[i], y->text) == 0)
			return i;
	for (i = 0; words[i] != NULL; i++) {
		if (i > 0)
			buf_str(&must, words[i + 1] != NULL ?
			    SAY(l->dg, ", ", "، ") :
			    SAY(l->dg, " or ", " یا "));
		buf_str(&must, words[i]);
	}
	wrong(l, y, must.p, words[otherwise]);
	buf_free(&must);
	return otherwise;
}

/* A word, or a list of words: into the arena. */
static const char **
get_list(struct loader *l, const struct yaml *y, size_t *n)
{
	const struct yaml *c;
	const char **list;

	*n = 0;
	if (y == NULL)
		return NULL;
	if (y->kind == YAML_SCALAR) {
		list = ARENA_ARRAY(l->a, const char *, 1);
		list[0] = arena_strn(l->a, y->text, y->len);
		*n = 1;
		return list;
	}
	if (y->kind != YAML_SEQ) {
		wrong(l, y, SAY(l->dg, "a word or a list of words",
		    "واژه یا فهرستی از واژه‌ها"), "-");
		return NULL;
	}
	list = ARENA_ARRAY(l->a, const char *, y->nchildren + 1);
	for (c = y->child; c != NULL; c = c->next) {
		if (c->kind != YAML_SCALAR)
			wrong(l, c, SAY(l->dg, "a word", "واژه"), "-");
		else
			list[(*n)++] = arena_strn(l->a, c->text, c->len);
	}
	return list;
}

/* Words that must be among `names`; the others are reported, left out. */
static bool
is_known(const struct loader *l, const char *word, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp(*names, word) == 0)
			return !l->in_author ||
			    strcmp(word, "cited-author") != 0;
	return false;
}

static const char **
get_known(struct loader *l, const struct yaml *map, const char *key,
    const char *const *names, size_t *n)
{
	const struct yaml *y = yaml_get(map, key);
	const char **list = get_list(l, y, n);
	size_t i, kept = 0;

	for (i = 0; i < *n; i++) {
		if (is_known(l, list[i], names))
			list[kept++] = list[i];
		else
			diag_add(l->dg, y->pos, STY_UNKNOWN_KEY, list[i],
			    diag_near(l->dg, list[i], names));
	}
	*n = kept;
	return list;
}

/* ---------------------------------------------------------- punctuation */

/* A text of the style as Latin entries have it. */
static const char *
replaced(struct loader *l, const char *s)
{
	const struct yaml *r;
	struct buf out = {0};
	const char *done;
	size_t n;

	if (l->replace == NULL || s == NULL)
		return s;
	while (*s != '\0') {
		for (r = l->replace->child; r != NULL; r = r->next) {
			n = strlen(r->key);
			if (n > 0 && r->kind == YAML_SCALAR &&
			    strncmp(s, r->key, n) == 0)
				break;
		}
		if (r != NULL) {
			buf_str(&out, r->text);
			s += strlen(r->key);
		} else {
			buf_char(&out, *s++);
		}
	}
	done = arena_strn(l->a, out.n > 0 ? out.p : "", out.n);
	buf_free(&out);
	return done;
}

static void
get_both(struct loader *l, const struct yaml *map, const char *key,
    const char *otherwise, const char *out[NTONGUES])
{
	out[OWN] = get_text(l, map, key, otherwise);
	out[LATIN] = replaced(l, out[OWN]);
}

/* ---------------------------------------------------------------- parts */

static struct part *read_parts(struct loader *, const struct yaml *, int);

static void
need_term(struct loader *l, const struct yaml *map, const char *key,
    const char *name)
{
	const struct yaml *y = yaml_get(map, key);
	const struct term *t;
	const char **names;
	size_t n = 0;

	if (name == NULL || style_term(l->s, OWN, name) != NULL)
		return;
	for (t = l->s->tongue[OWN].terms; t != NULL; t = t->next)
		n++;
	names = xcalloc(n + 1, sizeof(*names));
	n = 0;
	for (t = l->s->tongue[OWN].terms; t != NULL; t = t->next)
		names[n++] = t->name;
	diag_add(l->dg, y->pos, STY_UNKNOWN_KEY, name,
	    diag_near(l->dg, name, names));
	free(names);
}

static const struct names_form *
find_form(struct loader *l, const struct yaml *map)
{
	const char *name = get_text(l, map, "names", NULL);
	const struct names_form *form;

	if (name == NULL)
		return NULL;
	for (form = l->s->forms; form != NULL; form = form->next)
		if (strcmp(form->name, name) == 0)
			return form;
	diag_add(l->dg, yaml_get(map, "names")->pos, STY_UNKNOWN_KEY, name,
	    "");
	return NULL;
}

static void
read_conditions(struct loader *l, const struct yaml *y, struct part *p)
{
	static const char *const tongues[] = { "both", "own", "latin", NULL };

	p->with = get_known(l, y, "with", format_names(), &p->nwith);
	p->without = get_known(l, y, "without", format_names(), &p->nwithout);
	p->kinds = get_known(l, y, "kinds", kind_names(), &p->nkinds);
	p->not_kinds = get_known(l, y, "not-kinds", kind_names(),
	    &p->nnot_kinds);
	p->tongue = get_word(l, y, "tongue", tongues, 0) - 1;
}

static struct part *
read_part(struct loader *l, const struct yaml *y, int depth)
{
	static const char *const keys[] = { "field", "first", "term", "text",
		"group", "before", "after", "between", "look", "link",
		"names", "label", "label-after", "ordinal", "words", "with", "without", "kinds",
		"not-kinds", "tongue", "else", NULL };
	static const char *const looks[] = { "plain", "emph", "strong",
		"quotes", NULL };
	struct part *p = ARENA_NEW(l->a, struct part);
	const struct yaml *what;

	p->tongue = -1;
	if (y->kind == YAML_SCALAR) {	/* a bare name: that field */
		p->names = get_list(l, y, &p->nnames);
		if (!is_known(l, y->text, format_names())) {
			diag_add(l->dg, y->pos, STY_UNKNOWN_KEY, y->text,
			    diag_near(l->dg, y->text, format_names()));
			return NULL;
		}
		return p;
	}
	if (!check_map(l, y, keys))
		return NULL;
	read_conditions(l, y, p);
	get_both(l, y, "before", NULL, p->before);
	get_both(l, y, "after", NULL, p->after);
	get_both(l, y, "between", NULL, p->between);
	p->look = (enum part_look)get_word(l, y, "look", looks, LOOK_NONE);
	p->link = get_bool(l, y, "link", false);
	p->form = find_form(l, y);
	p->label = get_text(l, y, "label", NULL);
	need_term(l, y, "label", p->label);
	p->label_after = get_text(l, y, "label-after", NULL);
	need_term(l, y, "label-after", p->label_after);
	p->ordinal = get_bool(l, y, "ordinal", false);
	p->words = get_int(l, y, "words", 0);
	if ((what = yaml_get(y, "else")) != NULL)
		p->otherwise = read_parts(l, what, depth + 1);

	if (yaml_get(y, "field") != NULL) {
		p->names = get_known(l, y, "field", format_names(),
		    &p->nnames);
	} else if (yaml_get(y, "first") != NULL) {
		p->names = get_known(l, y, "first", format_names(),
		    &p->nnames);
	} else if (yaml_get(y, "term") != NULL) {
		p->kind = PART_TERM;
		p->term = get_text(l, y, "term", NULL);
		need_term(l, y, "term", p->term);
		if (p->term == NULL)
			return NULL;
	} else if (yaml_get(y, "text") != NULL) {
		p->kind = PART_TEXT;
		get_both(l, y, "text", "", p->text);
	} else if ((what = yaml_get(y, "group")) != NULL) {
		p->kind = PART_GROUP;
		p->child = read_parts(l, what, depth + 1);
	} else {
		wrong(l, y, SAY(l->dg,
		    "a part with field, first, term, text or group",
		    "بخشی با field، first، term، text یا group"), "-");
		return NULL;
	}
	return p;
}

static struct part *
read_parts(struct loader *l, const struct yaml *y, int depth)
{
	struct part *head = NULL, **tail = &head;
	const struct yaml *c;

	if (depth > MAX_PARTS_DEPTH) {
		diag_add(l->dg, y->pos, STY_LIMIT, SAY(l->dg,
		    "parts are nested deeper than 16",
		    "بخش‌ها بیش از ۱۶ لایه تو در تو است"));
		return NULL;
	}
	if (y->kind != YAML_SEQ)
		return read_part(l, y, depth);
	for (c = y->child; c != NULL; c = c->next) {
		*tail = read_part(l, c, depth);
		if (*tail != NULL)
			tail = &(*tail)->next;
	}
	return head;
}

/* Parts for every kind, or a map from kinds to parts. */
static struct template *
read_template(struct loader *l, const struct yaml *map, const char *key)
{
	const struct yaml *y = yaml_get(map, key), *c;
	struct template *head = NULL, **tail = &head, *t;
	const char *names[16];
	size_t n, i;
	bool by_kind = false;

	if (y == NULL)
		return NULL;
	for (n = 0; kind_names()[n] != NULL; n++)
		names[n] = kind_names()[n];
	names[n++] = "default";
	names[n] = NULL;
	/* A map with a kind among its keys is no part. */
	for (c = y->kind == YAML_MAP ? y->child : NULL; c != NULL; c = c->next)
		for (i = 0; i < n; i++)
			if (strcmp(names[i], c->key) == 0)
				by_kind = true;
	if (!by_kind) {
		head = ARENA_NEW(l->a, struct template);
		head->kind = "default";
		head->parts = read_parts(l, y, 0);
		return head;
	}
	check_map(l, y, names);
	for (c = y->child; c != NULL; c = c->next) {
		t = ARENA_NEW(l->a, struct template);
		t->kind = arena_str(l->a, c->key);
		t->parts = read_parts(l, c, 0);
		*tail = t;
		tail = &t->next;
	}
	return head;
}

/* ------------------------------------------------------------- sections */

static void
read_tongue(struct loader *l, const struct yaml *map, const char *key,
    int which)
{
	static const char *const keys[] = { "lang", "quotes", "terms",
		"replace", NULL };
	const struct yaml *y = yaml_get(map, key), *c;
	struct term **tail = &l->s->tongue[which].terms;
	const char **quotes;
	size_t n;

	l->s->tongue[which].lang = which == OWN ? l->s->lang : "en";
	l->s->tongue[which].open_quote = which == OWN ? "«" : "“";
	l->s->tongue[which].close_quote = which == OWN ? "»" : "”";
	if (y == NULL || !check_map(l, y, keys))
		return;
	l->s->tongue[which].lang = get_text(l, y, "lang",
	    l->s->tongue[which].lang);
	quotes = get_list(l, yaml_get(y, "quotes"), &n);
	if (n == 2) {
		l->s->tongue[which].open_quote = quotes[0];
		l->s->tongue[which].close_quote = quotes[1];
	} else if (yaml_get(y, "quotes") != NULL) {
		wrong(l, yaml_get(y, "quotes"), SAY(l->dg, "two marks",
		    "دو نشانه"), l->s->tongue[which].open_quote);
	}
	c = yaml_get(y, "terms");
	if (c != NULL && c->kind != YAML_MAP)
		wrong(l, c, SAY(l->dg, "a map", "نگاشت"), "-");
	for (c = c != NULL && c->kind == YAML_MAP ? c->child : NULL;
	    c != NULL; c = c->next) {
		if (c->kind != YAML_SCALAR) {
			wrong(l, c, SAY(l->dg, "a text", "متن"), "-");
			continue;
		}
		*tail = ARENA_NEW(l->a, struct term);
		(*tail)->name = arena_str(l->a, c->key);
		(*tail)->text = arena_strn(l->a, c->text, c->len);
		tail = &(*tail)->next;
	}
	c = yaml_get(y, "replace");
	if (c != NULL && c->kind == YAML_MAP && which == LATIN)
		l->replace = c;
	else if (c != NULL)
		wrong(l, c, SAY(l->dg, "a map, and of latin only",
		    "نگاشت، و تنها در latin"), "-");
}

static void
read_forms(struct loader *l, const struct yaml *y)
{
	static const char *const keys[] = { "show", "comma", "between",
		"last", "at-most", "then", "others", "initials", NULL };
	static const char *const shows[] = { "family", "family-first",
		"first-inverted", "given-first", NULL };
	struct names_form **tail = &l->s->forms, *form;
	const struct yaml *c;

	if (y == NULL)
		return;
	if (y->kind != YAML_MAP) {
		wrong(l, y, SAY(l->dg, "a map", "نگاشت"), "-");
		return;
	}
	for (c = y->child; c != NULL; c = c->next) {
		if (!check_map(l, c, keys))
			continue;
		form = ARENA_NEW(l->a, struct names_form);
		form->name = arena_str(l->a, c->key);
		form->show = (enum names_show)get_word(l, c, "show", shows,
		    SHOW_FAMILY_FIRST);
		get_both(l, c, "comma", "، ", form->comma);
		get_both(l, c, "between", "، ", form->between);
		get_both(l, c, "last", form->between[OWN], form->last);
		form->at_most = get_int(l, c, "at-most", 0);
		form->then = get_int(l, c, "then", 1);
		form->others = get_text(l, c, "others", "et-al");
		need_term(l, c, "others", yaml_get(c, "others") != NULL ?
		    form->others : NULL);
		form->initials = get_bool(l, c, "initials", false);
		*tail = form;
		tail = &form->next;
	}
}

static void
read_citation(struct loader *l, const struct yaml *y)
{
	static const char *const keys[] = { "open", "close", "between", "end",
		"collapse", "range", "between-plain", "author", "item",
		"first", "later", "same", "same-place", NULL };
	struct cite_style *s = l->s;
	const struct yaml *c;

	s->open = s->close = s->end = "";
	s->between = "؛ ";
	s->between_plain = "، ";
	s->range = "–";
	if (y == NULL || !check_map(l, y, keys))
		return;
	s->open = get_text(l, y, "open", "");
	s->close = get_text(l, y, "close", "");
	s->between = get_text(l, y, "between", s->between);
	s->end = get_text(l, y, "end", "");
	s->collapse = get_int(l, y, "collapse", 0);
	s->range = get_text(l, y, "range", s->range);
	s->between_plain = get_text(l, y, "between-plain", s->between_plain);
	l->in_author = true;
	if ((c = yaml_get(y, "author")) != NULL)
		s->author = read_parts(l, c, 1);
	l->in_author = false;
	s->item = read_template(l, y, "item");
	s->first = read_template(l, y, "first");
	s->later = read_template(l, y, "later");
	s->same = read_template(l, y, "same");
	s->same_place = read_template(l, y, "same-place");
}

static void
read_list(struct loader *l, const struct yaml *y)
{
	static const char *const keys[] = { "order", "show", "numbered",
		"marker", "backlinks", "entries", NULL };
	static const char *const orders[] = { "as-listed", "cited",
		"collation", NULL };
	static const char *const shows[] = { "cited", "all", NULL };
	struct cite_style *s = l->s;

	s->marker = "{}.";
	if (y == NULL || !check_map(l, y, keys))
		return;
	s->order = (enum style_order)get_word(l, y, "order", orders,
	    ORDER_LISTED);
	s->show_all = get_word(l, y, "show", shows, 0) == 1;
	s->numbered = get_bool(l, y, "numbered", false);
	s->marker = get_text(l, y, "marker", s->marker);
	s->backlinks = get_bool(l, y, "backlinks", false);
	s->entries = read_template(l, y, "entries");
}

/* ----------------------------------------------------------- inheriting */

static struct yaml *
read_yaml(struct loader *l, const char *path)
{
	struct buf text = {0};
	struct yaml *y = NULL;
	const char *why;

	/* A link in a folder of styles is judged as any other. */
	if (!path_allowed(path_dir(l->a, path), path)) {
		diag_add(l->dg, (struct pos){ .file = diag_file(l->dg, path) },
		    MAN_OUTSIDE, path_base(path));
		return NULL;
	}
	why = file_read(path, 1 << 20, &text);
	if (why != NULL)
		diag_add(l->dg, (struct pos){ .file = diag_file(l->dg, path) },
		    STY_SYNTAX, why);
	else
		y = yaml_parse(l->a, l->dg, path, text.p == NULL ? "" : text.p,
		    text.n, 0);
	buf_free(&text);
	return y;
}

/* `over` laid over `base`; both in the arena, base is changed. */
static void
overlay(struct yaml *base, struct yaml *over)
{
	struct yaml *o, *next, **b;

	for (o = over->child; o != NULL; o = next) {
		next = o->next;
		for (b = &base->child; *b != NULL; b = &(*b)->next)
			if (strcmp((*b)->key, o->key) == 0)
				break;
		if (*b != NULL && (*b)->kind == YAML_MAP &&
		    o->kind == YAML_MAP) {
			overlay(*b, o);
			continue;
		}
		/* In its place, so that order is the base's. */
		o->next = *b != NULL ? (*b)->next : NULL;
		if (*b == NULL)
			base->nchildren++;
		*b = o;
	}
}

/*
 * The file of a style by its name, for one that stands in `path`: beside it,
 * but never itself (a book's own "numeric-fa" may build on the shipped one),
 * then in the folders of styles. NULL if there is none.
 */
static const char *
find_base(struct loader *l, const char *path, const char *name)
{
	const char *file = path_join(l->a, path_dir(l->a, path),
	    arena_printf(l->a, "%s.yaml", name));

	if (file_exists(file) && (l->ndirs == 0 || strcmp(file, path) != 0))
		return file;
	for (size_t i = 0; i < l->ndirs; i++) {
		file = path_join(l->a, l->dirs[i], arena_printf(l->a,
		    "citations/%s.yaml", name));
		if (file_exists(file) && strcmp(file, path) != 0)
			return file;
	}
	return NULL;
}

static struct yaml *
load_tree(struct loader *l, const char *path, const char **seen, int nseen)
{
	struct yaml *y = read_yaml(l, path), *base, *name;
	const char *file;
	int i;

	if (y == NULL || y->kind != YAML_MAP)
		return y;
	name = yaml_get(y, "inherit");
	if (name == NULL)
		return y;
	if (name->kind != YAML_SCALAR || strchr(name->text, '/') != NULL) {
		wrong(l, name, SAY(l->dg, "the name of a style beside this",
		    "نام سبکی در کنار همین"), "-");
		return y;
	}
	file = find_base(l, path, name->text);
	if (file == NULL) {
		diag_add(l->dg, name->pos, STY_NO_STYLE, name->text,
		    path_dir(l->a, path), diag_near(l->dg, name->text,
		    dir_stems(l->a, path_dir(l->a, path), ".yaml")));
		return y;
	}
	seen[nseen++] = path;
	for (i = 0; i < nseen; i++)
		if (strcmp(seen[i], file) == 0)
			break;
	if (i < nseen || nseen == MAX_INHERIT) {
		diag_add(l->dg, name->pos, STY_CYCLE, name->text);
		return y;
	}
	base = load_tree(l, file, seen, nseen);
	if (base == NULL || base->kind != YAML_MAP)
		return y;	/* reported where it was read */
	overlay(base, y);
	return base;
}

struct cite_style *
cite_style_load(struct arena *a, struct diag *dg, const char *path,
    const char *const *dirs, size_t ndirs)
{
	static const char *const keys[] = { "inherit", "title", "kind",
		"language", "as-printed", "year-suffixes", "languages",
		"names", "citation", "list", NULL };
	static const char *const kinds[] = { "author-date", "numeric", "note",
		NULL };
	static const char *const tongues[] = { "own", "latin", NULL };
	struct loader l = { .a = a, .dg = dg, .dirs = dirs, .ndirs = ndirs };
	const char *seen[MAX_INHERIT + 1];
	const struct yaml *y, *c;
	struct cite_style *s;

	if (!file_exists(path)) {
		diag_add(dg, NOPOS, STY_NO_STYLE, path_base(path),
		    path_dir(a, path), "");
		return NULL;
	}
	y = load_tree(&l, path, seen, 0);
	if (y == NULL)
		return NULL;	/* reported where it was read */
	s = l.s = ARENA_NEW(a, struct cite_style);
	s->name = path_base(path);
	if (!check_map(&l, y, keys))
		return NULL;
	s->kind = (enum style_kind)get_word(&l, y, "kind", kinds,
	    STYLE_AUTHOR_DATE);
	s->lang = get_text(&l, y, "language", "fa");
	s->as_printed = get_bool(&l, y, "as-printed", false);
	s->year_suffixes = get_bool(&l, y, "year-suffixes", false);
	c = yaml_get(y, "languages");
	if (c != NULL && !check_map(&l, c, tongues))
		c = NULL;
	read_tongue(&l, c, "own", OWN);
	read_tongue(&l, c, "latin", LATIN);
	read_forms(&l, yaml_get(y, "names"));
	read_citation(&l, yaml_get(y, "citation"));
	read_list(&l, yaml_get(y, "list"));
	return s;
}
