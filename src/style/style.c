/*
 * Reading a style.
 *
 * Every key stands once, in one of the tables below, with its type, its
 * place in the struct and its limits: reading, checking, nearest names and
 * the defaults in messages all come from there.
 *
 * Files of an inheritance chain are read parent first and simply overwrite
 * what they state. Looks need more care: `size: 1.2em` in a child is
 * relative to whatever its `base:` turns out to be, so properties are kept
 * as their YAML nodes, merged over the chain, and resolved when all is read,
 * bases before those based on them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "style/style.h"
#include "style/table.h"

/* Less room for text than this holds no line of any size [sp]. */
#define LEAST_ROOM PT(20)

enum { MAX_CHAIN = 8, MAX_LOOKS = 512, MAX_FAMILIES = 16 };

/* A look while it is being read: the newest node for each property. */
struct raw_look {
	const char *name;
	const char *base;		/* NULL: the default for its name */
	const struct yaml *props[STYLE_NPROPS];
	struct pos pos;
	struct style_look *out;
	int state;			/* 0 new, 1 being resolved, 2 done */
};

struct loader {
	struct style *s;
	struct diag *dg;
	const char *const *dirs;
	size_t ndirs;
	const char *chain[MAX_CHAIN];
	size_t nchain;
	struct raw_look looks[MAX_LOOKS];
	size_t nlooks;
	struct map raw;			/* name -> raw_look * */
	struct pos page_pos;		/* of the newest `page:` */
};

static void load_file(struct loader *l, const char *path, struct pos pos);

static void
unknown_key(struct loader *l, const struct yaml *y, const char *const *known)
{
	const char *near = nearest(y->key, known);

	diag_add(l->dg, y->key_pos, STY_UNKNOWN_KEY, y->key, near == NULL ? "" :
	    arena_printf(&l->s->arena, " (did you mean “%s”?)", near));
}

/* ----------------------------------------------------------- sections */

static void
read_section(struct loader *l, const struct style_section *sec,
    const struct yaml *map)
{
	char *base = (char *)l->s + sec->offset;
	const char *known[64];
	size_t nknown = 0;

	if (map->kind != YAML_MAP) {
		diag_add(l->dg, map->pos, STY_WRONG_TYPE, sec->name,
		    "a mapping", style_kind_words(map), "section");
		return;
	}
	for (const struct style_key *k = sec->keys; k->name != NULL; k++)
		known[nknown++] = k->name;
	known[nknown] = NULL;
	/* `trim` sets the size, so that width and height after it may differ. */
	if (sec->trims) {
		const struct yaml *t = yaml_get(map, "trim");
		sp w, h;

		l->page_pos = map->key_pos;
		if (t != NULL && t->kind == YAML_SCALAR) {
			if (style_trim(l->s, t->text, &w, &h)) {
				l->s->page.width = w;
				l->s->page.height = h;
				l->s->page.trim = t->text;
			} else {
				diag_add(l->dg, t->pos, STY_WRONG_TYPE, "trim",
				    "a trim size that the style's “trims” name",
				    t->text, l->s->page.trim);
			}
		}
	}
	for (const struct yaml *y = map->child; y != NULL; y = y->next) {
		const struct style_key *k;

		if (sec->trims && strcmp(y->key, "trim") == 0)
			continue;
		for (k = sec->keys; k->name != NULL; k++)
			if (strcmp(k->name, y->key) == 0)
				break;
		if (k->name == NULL) {
			unknown_key(l, y, known);
			continue;
		}
		style_value(l->s, l->dg, k, y, base + k->offset,
		    (struct style_scale){0}, NULL);
		if (sec->trims && (strcmp(y->key, "width") == 0 ||
		    strcmp(y->key, "height") == 0))
			l->s->page.trim = NULL;
	}
}

/* trims: {A5: 148mm 210mm, رقعی: 145mm 210mm} */
static void
read_trims(struct loader *l, const struct yaml *map)
{
	for (const struct yaml *y = map->child; y != NULL; y = y->next) {
		struct length w, h;
		size_t n = y->kind == YAML_SCALAR ? strcspn(y->text, " x×") : 0;
		const char *rest = y->kind == YAML_SCALAR ? y->text + n : "";

		rest += strspn(rest, " x\xc3\x97");
		if (n == 0 || y->key == NULL ||
		    !length_parse(y->text, n, &w) || w.unit != UNIT_ABS ||
		    !length_parse(rest, strlen(rest), &h) ||
		    h.unit != UNIT_ABS) {
			diag_add(l->dg, y->pos, STY_WRONG_TYPE,
			    y->key == NULL ? "trims" : y->key,
			    "width and height, as in “148mm 210mm”",
			    style_kind_words(y), "(none)");
			continue;
		}
		*map_put(&l->s->settings, arena_printf(&l->s->arena,
		    "trims.%s", y->key), strlen(y->key) + 6) =
		    (void *)y->text;
	}
}

static void
read_fonts(struct loader *l, const struct yaml *map)
{
	static const char *const known[] = {"families", "scale", "nastaliq",
	    NULL};

	for (const struct yaml *y = map->child; y != NULL; y = y->next) {
		const struct yaml *fam = y, *scale = NULL;
		struct style_font *f = NULL;
		size_t i;

		if (y->key == NULL)
			continue;
		for (i = 0; i < l->s->nfonts; i++)
			if (strcmp(l->s->fonts[i].role, y->key) == 0)
				f = &l->s->fonts[i];
		if (f == NULL) {
			if (l->s->nfonts == STYLE_MAX_FONTS) {
				diag_add(l->dg, y->key_pos, STY_LIMIT,
				    "too many font roles (32); left out");
				continue;
			}
			f = &l->s->fonts[l->s->nfonts++];
			f->role = y->key;
		}
		if (y->kind == YAML_MAP) {
			fam = yaml_get(y, "families");
			scale = yaml_get(y, "scale");
			for (const struct yaml *k = y->child; k != NULL;
			    k = k->next)
				if (strcmp(k->key, "families") != 0 &&
				    strcmp(k->key, "scale") != 0 &&
				    strcmp(k->key, "nastaliq") != 0)
					unknown_key(l, k, known);
			if (yaml_get(y, "nastaliq") != NULL)
				style_bool(yaml_get(y, "nastaliq")->text,
				    &f->nastaliq);
		}
		if (fam != NULL && fam->kind != YAML_MAP) {
			const struct yaml *c = fam->kind == YAML_SEQ ?
			    fam->child : fam;

			f->families = ARENA_ARRAY(&l->s->arena, const char *,
			    MAX_FAMILIES);
			f->scale = ARENA_ARRAY(&l->s->arena, int, MAX_FAMILIES);
			f->nfamilies = 0;
			f->pos = fam->pos;
			for (; c != NULL && f->nfamilies < MAX_FAMILIES;
			    c = fam->kind == YAML_SEQ ? c->next : NULL) {
				f->families[f->nfamilies] =
				    c->kind == YAML_SCALAR ? c->text : "";
				f->scale[f->nfamilies++] = 0;
			}
		}
		/* scale: {Gentium Book Plus: 0.85} */
		for (const struct yaml *c = scale != NULL &&
		    scale->kind == YAML_MAP ? scale->child : NULL; c != NULL;
		    c = c->next) {
			int64_t v;

			for (i = 0; i < f->nfamilies; i++)
				if (strcmp(f->families[i], c->key) == 0)
					break;
			if (i == f->nfamilies)
				unknown_key(l, c, f->families);
			else if (c->kind != YAML_SCALAR ||
			    !style_decimal(c->text, &v) || v < 200000 ||
			    v > 5000000)
				diag_add(l->dg, c->pos, STY_WRONG_TYPE, c->key,
				    "a factor from 0.2 to 5",
				    style_kind_words(c),
				    "1");
			else
				f->scale[i] = (int)(v / 1000);
		}
	}
}

static struct raw_look *
raw_look(struct loader *l, const char *name)
{
	struct raw_look **slot = (struct raw_look **)map_put(&l->raw, name,
	    strlen(name));

	if (*slot == NULL && l->nlooks < MAX_LOOKS) {
		*slot = &l->looks[l->nlooks++];
		(*slot)->name = arena_str(&l->s->arena, name);
	}
	return *slot;
}

/* Looks stand under `looks:` by name, and under `classes:` as ".name". */
static void
read_looks(struct loader *l, const struct yaml *map, bool classes)
{
	const char *known[STYLE_NPROPS + 2];
	size_t nknown = 0;

	known[nknown++] = "base";
	for (size_t i = 0; i < STYLE_NPROPS; i++)
		known[nknown++] = style_props[i].name;
	known[nknown] = NULL;
	for (const struct yaml *y = map->child; y != NULL; y = y->next) {
		struct raw_look *r;

		if (y->key == NULL || y->kind != YAML_MAP) {
			diag_add(l->dg, y->pos, STY_WRONG_TYPE, y->key == NULL ?
			    "looks" : y->key, "a mapping of properties",
			    style_kind_words(y), "(none)");
			continue;
		}
		if (!classes && !style_look_is_known(y->key)) {
			unknown_key(l, y, style_look_names);
			continue;
		}
		r = raw_look(l, classes ? arena_printf(&l->s->arena, ".%s",
		    y->key) : y->key);
		if (r == NULL) {
			diag_add(l->dg, y->key_pos, STY_LIMIT,
			    "too many looks (512); left out");
			return;
		}
		r->pos = y->key_pos;
		for (const struct yaml *p = y->child; p != NULL; p = p->next) {
			size_t i;

			if (strcmp(p->key, "base") == 0) {
				r->base = p->text;
				continue;
			}
			for (i = 0; i < STYLE_NPROPS; i++)
				if (strcmp(style_props[i].name, p->key) == 0)
					break;
			if (i == STYLE_NPROPS)
				unknown_key(l, p, known);
			else
				r->props[i] = p;
		}
	}
}

/* check: {levels: {LAY002: error}} and the limits beside it. */
static void
read_check(struct loader *l, const struct yaml *map)
{
	const struct yaml *levels = map->kind == YAML_MAP ?
	    yaml_get(map, "levels") : NULL;
	struct yaml *rest = arena_dup(&l->s->arena, map, sizeof(*map));
	struct yaml **end = &rest->child;

	for (const struct yaml *y = map->child; y != NULL; y = y->next)
		if (y != levels) {
			*end = arena_dup(&l->s->arena, y, sizeof(*y));
			end = &(*end)->next;
		}
	*end = NULL;
	for (size_t i = 0; i < STYLE_NSECTIONS; i++)
		if (strcmp(style_sections[i].name, "check") == 0)
			read_section(l, &style_sections[i], rest);
	for (const struct yaml *y = levels != NULL ? levels->child : NULL;
	    y != NULL; y = y->next) {
		size_t w = 0;

		if (y->key == NULL || diag_explain(y->key, false) == NULL) {
			unknown_key(l, y, diag_codes());
			continue;
		}
		while (style_level_words[w] != NULL &&
		    strcmp(y->text, style_level_words[w]) != 0)
			w++;
		if (style_level_words[w] == NULL)
			diag_add(l->dg, y->pos, STY_WRONG_TYPE, y->key,
			    "off, info, warning or error", style_kind_words(y),
			    "level");
		else
			*map_put(&l->s->levels, y->key, strlen(y->key)) =
			    (void *)style_level_words[w];
	}
}

/* words: {contents: ...} and other free settings of two levels. */
static void
read_free(struct loader *l, const char *section, const struct yaml *map)
{
	for (const struct yaml *y = map->child; y != NULL; y = y->next)
		if (y->key != NULL && y->kind == YAML_SCALAR) {
			char *key = arena_printf(&l->s->arena, "%s.%s", section,
			    y->key);

			*map_put(&l->s->settings, key, strlen(key)) =
			    (void *)y->text;
		}
}

/* ------------------------------------------------------------ resolving */

static void
resolve(struct loader *l, struct raw_look *r)
{
	const char *base = r->base;
	const struct style_look *from = NULL;
	struct style_look *o = r->out;
	struct style_scale sc;

	if (r->state != 0)
		return;
	r->state = 1;
	if (base == NULL)
		base = style_default_base(r->name);
	if (base != NULL && strcmp(base, r->name) != 0) {
		struct raw_look *b = map_get(&l->raw, base, strlen(base));

		if (b == NULL && *base != '.') {
			char *dotted = arena_printf(&l->s->arena, ".%s", base);

			b = map_get(&l->raw, dotted, strlen(dotted));
		}
		if (b == NULL) {
			const char *near = nearest(base, style_look_names);

			diag_add(l->dg, r->pos, STY_UNKNOWN_KEY, base,
			    near == NULL ? "" : arena_printf(&l->s->arena,
			    " (did you mean “%s”?)", near));
		} else if (b->state == 1) {
			diag_add(l->dg, r->pos, STY_CYCLE, r->name);
		} else {
			resolve(l, b);
			from = b->out;
		}
	}
	if (from != NULL) {
		const char *name = o->name;

		*o = *from;
		o->name = name;
		if (strcmp(from->name, "body") == 0)
			o->set = 0;	/* everything comes from body anyway */
	} else {
		style_look_defaults(l->s, o);
	}
	/* Space around a block is its own affair, not its base's. */
	sc = (struct style_scale){o->size, o->leading};
	for (int pass = 0; pass < 3; pass++)
		for (size_t i = 0; i < STYLE_NPROPS; i++) {
			const struct style_key *k = &style_props[i];
			int order = strcmp(k->name, "size") == 0 ? 0 :
			    strcmp(k->name, "leading") == 0 ? 1 : 2;
			int64_t rel;

			if (r->props[i] == NULL || order != pass)
				continue;
			if (!style_value(l->s, l->dg, k, r->props[i],
			    (char *)o + k->offset, sc, &rel))
				continue;
			o->set |= (uint64_t)1 << i;
			if (order == 0) {
				o->size_rel = (int)rel;
				/* A new size keeps the leading's proportion. */
				o->leading = sp_clamp(muldiv(o->leading,
				    o->size, MAX(sc.em, 1)));
				sc.em = o->size;
				sc.lh = o->leading;
			} else if (order == 1) {
				sc.lh = o->leading;
			} else if (strcmp(k->name, "rise") == 0) {
				o->rise_rel = (int)rel;
			}
		}
	r->state = 2;
}

/* ---------------------------------------------------------------- files */

static char *
find(struct loader *l, const char *name)
{
	struct arena *a = &l->s->arena;

	if (strchr(name, '/') != NULL ||
	    (strlen(name) > 5 && strcmp(name + strlen(name) - 5, ".yaml") == 0
	    && file_exists(name)))
		return file_exists(name) ? arena_str(a, name) : NULL;
	for (size_t i = 0; i < l->ndirs; i++) {
		char *p = path_join(a, l->dirs[i], arena_printf(a, "%s.yaml",
		    name));

		if (file_exists(p))
			return p;
	}
	return NULL;
}

/* "; did you mean ...?" of all styles that can be had. */
static const char *
near_style(struct loader *l, const char *name)
{
	const char *near = "";

	for (size_t i = 0; i < l->ndirs && *near == '\0'; i++)
		near = diag_near(l->dg, name, dir_stems(&l->s->arena,
		    l->dirs[i], ".yaml"));
	return near;
}

/* In the folder of the style that was asked for, in those of styles, and
 * where the book may read. */
static bool
may_read(struct loader *l, const char *path)
{
	const char *first = l->nchain > 0 ? l->chain[0] : path;

	for (size_t i = 0; i < l->ndirs; i++)
		if (path_allowed(l->dirs[i], path))
			return true;
	return path_allowed(path_dir(&l->s->arena, first), path);
}

static bool
is_file_name(const char *name)
{
	size_t n = strlen(name);

	return strchr(name, '/') != NULL || (n > 5 &&
	    strcmp(name + n - 5, ".yaml") == 0);
}

static void
inherit(struct loader *l, const char *name, struct pos pos)
{
	struct arena *a = &l->s->arena;
	char *path;

	/* A path is relative to the style that names it. */
	if (is_file_name(name) && l->nchain > 0)
		path = find(l, path_join(a, path_dir(a, l->chain[l->nchain -
		    1]), name));
	else
		path = find(l, name);
	if (path == NULL) {
		diag_add(l->dg, pos, STY_NO_PARENT, name, near_style(l,
		    name));
		return;
	}
	for (size_t i = 0; i < l->nchain; i++)
		if (strcmp(l->chain[i], path) == 0) {
			diag_add(l->dg, pos, STY_CYCLE, name);
			return;
		}
	load_file(l, path, pos);
}

static void
load_file(struct loader *l, const char *path, struct pos pos)
{
	struct buf text = {0};
	const char *why;
	struct yaml *root;
	const struct yaml *up;
	const char *known[STYLE_NSECTIONS + 12];
	size_t n = 0;

	if (!may_read(l, path)) {
		diag_add(l->dg, pos, MAN_OUTSIDE, path);
		return;
	}
	why = file_read(path, 4 << 20, &text);
	if (why != NULL) {
		diag_add(l->dg, pos, STY_UNREADABLE, path, why);
		return;
	}
	if (l->nchain == MAX_CHAIN) {
		diag_add(l->dg, pos, STY_LIMIT,
		    "styles inherit more than 8 deep; the chain ends here");
		buf_free(&text);
		return;
	}
	l->chain[l->nchain++] = path;
	root = yaml_parse(&l->s->arena, l->dg, path, text.p, text.n, 0);
	buf_free(&text);
	if (root == NULL)
		return;
	if (root->kind != YAML_MAP) {
		if (root->kind != YAML_SCALAR || root->len > 0)
			diag_add(l->dg, root->pos, STY_SYNTAX,
			    "a style is a mapping of sections");
		return;
	}
	up = yaml_get(root, "inherit");
	if (up != NULL && up->kind == YAML_SCALAR)
		inherit(l, up->text, up->pos);
	else if (strcmp(path_base(path), "base.yaml") != 0 &&
	    find(l, "base") != NULL)
		inherit(l, "base", NOPOS);

	for (size_t i = 0; i < STYLE_NSECTIONS; i++)
		known[n++] = style_sections[i].name;
	known[n++] = "inherit";
	known[n++] = "description";
	known[n++] = "trims";
	known[n++] = "fonts";
	known[n++] = "looks";
	known[n++] = "classes";
	known[n++] = "words";
	known[n] = NULL;
	/* Names that others refer to come first, whatever the file's order. */
	if (yaml_get(root, "trims") != NULL)
		read_trims(l, yaml_get(root, "trims"));
	if (yaml_get(root, "fonts") != NULL)
		read_fonts(l, yaml_get(root, "fonts"));
	for (const struct yaml *y = root->child; y != NULL; y = y->next) {
		size_t i;

		for (i = 0; i < STYLE_NSECTIONS; i++)
			if (strcmp(style_sections[i].name, y->key) == 0)
				break;
		if (strcmp(y->key, "check") == 0)
			read_check(l, y);
		else if (i < STYLE_NSECTIONS)
			read_section(l, &style_sections[i], y);
		else if (strcmp(y->key, "looks") == 0)
			read_looks(l, y, false);
		else if (strcmp(y->key, "classes") == 0)
			read_looks(l, y, true);
		else if (strcmp(y->key, "words") == 0)
			read_free(l, y->key, y);
		else if (nearest(y->key, known) == NULL ||
		    strcmp(nearest(y->key, known), y->key) != 0)
			unknown_key(l, y, known);
	}
}

/* Margins that leave no room for a few words give way to an eighth each. */
static void
check_margins(struct loader *l, sp whole, sp *before, sp *after)
{
	sp64 room = (sp64)whole - *before - *after;
	char words[24], page[24];

	if (room >= LEAST_ROOM)
		return;
	diag_add(l->dg, l->page_pos, STY_NO_ROOM, sp_str(sp_clamp(room),
	    words), sp_str(whole, page));
	*before = *after = whole / 8;
}

struct style *
style_load(struct diag *dg, const char *name, const char *instead,
    const char *const *dirs, size_t ndirs, struct pos pos)
{
	struct style *s = xcalloc(1, sizeof(*s));
	struct loader *l = xcalloc(1, sizeof(*l));
	char *path;

	l->s = s;
	l->dg = dg;
	l->dirs = dirs;
	l->ndirs = ndirs;
	s->fonts = ARENA_ARRAY(&s->arena, struct style_font, STYLE_MAX_FONTS);
	style_defaults(s);
	path = find(l, name);
	if (path == NULL) {
		struct buf where = {0};

		for (size_t i = 0; i < ndirs; i++)
			buf_printf(&where, "%s%s", i > 0 ? ", " : "", dirs[i]);
		if (instead != NULL && find(l, instead) != NULL)
			diag_add(dg, pos, STY_OTHER_STYLE, name,
			    near_style(l, name), instead);
		else
			diag_add(dg, pos, STY_NO_STYLE, name, where.n > 0 ?
			    where.p : "any folder", near_style(l, name));
		buf_free(&where);
		map_free(&l->raw);
		free(l);
		style_free(s);
		return instead != NULL ? style_load(dg, instead, NULL, dirs,
		    ndirs, pos) : NULL;
	}
	s->path = path;
	s->name = arena_strn(&s->arena, path_base(path),
	    strlen(path_base(path)) - (strlen(path_base(path)) > 5 ? 5 : 0));
	for (size_t i = 0; style_look_names[i] != NULL; i++)
		raw_look(l, style_look_names[i]);
	load_file(l, path, pos);
	s->looks = ARENA_ARRAY(&s->arena, struct style_look, l->nlooks);
	s->nlooks = l->nlooks;
	for (size_t i = 0; i < l->nlooks; i++) {
		const char *n = l->looks[i].name;

		l->looks[i].out = &s->looks[i];
		s->looks[i].name = n;
		*map_put(*n == '.' ? &s->classes : &s->look_by_name,
		    n + (*n == '.'), strlen(n + (*n == '.'))) = &s->looks[i];
	}
	for (size_t i = 0; i < l->nlooks; i++)
		resolve(l, &l->looks[i]);
	check_margins(l, s->page.width, &s->page.inner, &s->page.outer);
	check_margins(l, s->page.height, &s->page.top, &s->page.foot);
	map_free(&l->raw);
	free(l);
	return s;
}

void
style_free(struct style *s)
{
	if (s == NULL)
		return;
	map_free(&s->look_by_name);
	map_free(&s->classes);
	map_free(&s->levels);
	map_free(&s->settings);
	arena_free(&s->arena);
	free(s);
}

/* -------------------------------------------------------------- lookups */

const struct style_look *
style_look_or_null(const struct style *s, const char *name)
{
	return map_get(&s->look_by_name, name, strlen(name));
}

const struct style_look *
style_look(const struct style *s, const char *name)
{
	const struct style_look *l = style_look_or_null(s, name);

	return l != NULL ? l : style_look_or_null(s, "body");
}

void
style_know_class(struct style *s, const char *cls)
{
	void **slot = map_put(&s->classes, cls, strlen(cls));

	if (*slot == NULL)
		*slot = ARENA_NEW(&s->arena, struct style_look);
}

const struct style_look *
style_class(const struct style *s, const char *cls)
{
	return map_get(&s->classes, cls, strlen(cls));
}

const char *
style_setting(const struct style *s, const char *key, const char *otherwise)
{
	const char *v = map_get(&s->settings, key, strlen(key));

	return v != NULL ? v : otherwise;
}

bool
style_look_sets(const struct style_look *l, const char *property)
{
	for (size_t i = 0; i < STYLE_NPROPS; i++)
		if (strcmp(style_props[i].name, property) == 0)
			return (l->set >> i & 1) != 0;
	return false;
}

void
style_overlay(struct style_look *look, const struct style_look *over)
{
	static const size_t sizes[] = {
		[T_SP] = sizeof(sp), [T_INT] = sizeof(int),
		[T_COST] = sizeof(int64_t), [T_MILLE] = sizeof(int),
		[T_BOOL] = sizeof(bool), [T_STR] = sizeof(char *),
		[T_COLOUR] = sizeof(struct colour), [T_ENUM] = sizeof(int),
		[T_WORD] = sizeof(char *), [T_FLAGS] = sizeof(unsigned),
		[T_ORDER] = sizeof(unsigned),
		[T_FONT] = sizeof(void *),
	};
	sp size = look->size, leading = look->leading;

	for (size_t i = 0; i < STYLE_NPROPS; i++) {
		const struct style_key *k = &style_props[i];

		if ((over->set >> i & 1) != 0)
			memcpy((char *)look + k->offset,
			    (const char *)over + k->offset, sizes[k->type]);
	}
	if (style_look_sets(over, "size")) {
		if (over->size_rel > 0)
			look->size = sp_clamp(muldiv(size, over->size_rel,
			    1000));
		if (!style_look_sets(over, "leading"))
			look->leading = sp_clamp(muldiv(leading, look->size,
			    MAX(size, 1)));
	}
	if (style_look_sets(over, "rise") && over->rise_rel != 0)
		look->rise = sp_clamp(muldiv(look->size, over->rise_rel, 1000));
	look->set |= over->set;
}
