/*
 * What a target of the book file says of standards and print.
 */
#include "base/messages.h"
#include "pdf/internal.h"

#include <string.h>

/* The profile that PDF/X takes when none is named: coated stock, as most
 * presses of the region ask for. */
#define DEFAULT_PROFILE "FOGRA39L_coated.icc"
/* A CMYK profile that comes with Ghostscript, where nothing else is. */
#define LAST_PROFILE "/usr/share/color/icc/ghostscript/default_cmyk.icc"
#define BLEED_MOST PT(144)

static const struct { const char *name; unsigned bit; } marks[] = {
	{ "crop", PDF_MARK_CROP }, { "registration", PDF_MARK_REGISTRATION },
	{ "bar", PDF_MARK_BAR }, { "slug", PDF_MARK_SLUG },
	{ "fold", PDF_MARK_FOLD }, { "true", PDF_MARK_ALL }, { "yes", PDF_MARK_ALL },
	{ "false", 0 }, { "no", 0 }, { "none", 0 },
};
static const struct { const char *name; unsigned bit; } standards[] = {
	{ "ua-1", PDF_UA1 }, { "a-2a", PDF_A2A }, { "a-2u", PDF_A2U },
	{ "x-4", PDF_X4 }, { "x-1a", PDF_X1A }, { "none", 0 },
};

const char *
pdf_say(const struct diag *dg, const char *en, const char *fa)
{
	return dg->persian ? fa : en;
}

static void
wrong(struct diag *dg, const struct yaml *y, const char *what,
    const char *otherwise)
{
	diag_add(dg, y->pos, STY_WRONG_TYPE, y->key != NULL ? y->key :
	    "marks", what, y->kind == YAML_SCALAR ? y->text :
	    pdf_say(dg, "a list", "فهرست"), otherwise);
}

/* ------------------------------------------------------------- standards */

/* One word of `standard:`, which stands at byte `at` of a scalar. */
static bool
add_standard(unsigned *bits, struct diag *dg, const struct yaml *y, size_t at,
    size_t n)
{
	const char *names[NELEM(standards) + 1];
	struct arena a = {0};
	struct pos pos = y->pos;
	const char *word;
	size_t i;

	for (i = 0; i < NELEM(standards); i++) {
		names[i] = standards[i].name;
		if (strlen(names[i]) == n &&
		    memcmp(names[i], y->text + at, n) == 0) {
			*bits |= standards[i].bit;
			return true;
		}
	}
	names[i] = NULL;
	word = arena_strn(&a, y->text + at, n);
	if (dg != NULL) {
		pos.col += (uint32_t)utf8_count(y->text, at) + y->quoted;
		diag_add(dg, pos, STY_UNKNOWN_WORD, "standard", word,
		    diag_near(dg, word, names));
	}
	arena_free(&a);
	return false;
}

/* "ua-1+a-2a"; is one of them known? */
static bool
add_standards(unsigned *bits, struct diag *dg, const struct yaml *y)
{
	const char *plus;
	size_t at, n;
	bool known = false;

	if (y->kind != YAML_SCALAR) {
		if (dg != NULL)
			wrong(dg, y, "ua-1, a-2a, a-2u, x-4, x-1a",
			    pdf_say(dg, "(nothing)", "(هیچ)"));
		return false;
	}
	for (at = 0; at < y->len; at += n + 1) {
		plus = memchr(y->text + at, '+', y->len - at);
		n = plus != NULL ? (size_t)(plus - (y->text + at)) :
		    y->len - at;
		if (n > 0)
			known |= add_standard(bits, dg, y, at, n);
	}
	return known;
}

bool
pdf_standards_read(unsigned *bits, struct diag *dg, const struct yaml *target)
{
	const struct yaml *y = target != NULL && target->kind == YAML_MAP ?
	    yaml_get(target, "standard") : NULL, *c;
	bool known = false;

	*bits = 0;
	if (y == NULL)
		return false;
	if (y->kind != YAML_SEQ)
		return add_standards(bits, dg, y);
	for (c = y->child; c != NULL; c = c->next)
		known |= add_standards(bits, dg, c);
	return known;
}

const char *
pdf_standard_name(unsigned bit)
{
	size_t i;

	for (i = 0; i < NELEM(standards); i++)
		if (standards[i].bit == bit)
			return standards[i].name;
	return "";
}

/* ----------------------------------------------------------------- print */

/* One word of `marks:`; an unknown one is told. */
static void
add_mark(unsigned *bits, struct diag *dg, const struct yaml *y)
{
	const char *names[NELEM(marks) + 1];
	size_t i;

	for (i = 0; y->kind == YAML_SCALAR && i < NELEM(marks); i++) {
		names[i] = marks[i].name;
		if (strcmp(y->text, names[i]) == 0) {
			*bits |= marks[i].bit;
			return;
		}
	}
	names[i] = NULL;
	diag_add(dg, y->pos, STY_UNKNOWN_WORD, "marks", y->kind ==
	    YAML_SCALAR ? y->text : pdf_say(dg, "a list", "فهرست"),
	    y->kind == YAML_SCALAR ? diag_near(dg, y->text, names) : "");
}

static void
read_marks(struct pdf_options *o, struct diag *dg, const struct yaml *y)
{
	const struct yaml *c;
	unsigned bits = 0;

	if (y->kind == YAML_SCALAR)
		add_mark(&bits, dg, y);
	for (c = y->kind == YAML_SEQ ? y->child : NULL; c != NULL;
	    c = c->next)
		add_mark(&bits, dg, c);
	if (y->kind == YAML_MAP)
		wrong(dg, y, "true, false, [crop, registration, bar, slug, "
		    "fold]", "false");
	o->marks = bits;
}

static void
read_folds(struct pdf_options *o, struct diag *dg, const struct yaml *y)
{
	if (y->kind == YAML_SCALAR && y->len == 1 && y->text[0] >= '1' &&
	    y->text[0] <= '3')
		o->folds = y->text[0] - '0';
	else
		wrong(dg, y, "1, 2, 3", "1");
}

static void
read_bleed(struct pdf_options *o, struct diag *dg, const struct yaml *y)
{
	struct length l;

	if (y->kind != YAML_SCALAR || !length_parse(y->text, y->len, &l) ||
	    l.unit != UNIT_ABS || l.value < 0 || l.value > BLEED_MOST)
		wrong(dg, y, pdf_say(dg, "a length from 0 to 2in, as 3mm",
		    "درازایی از 0 تا 2in، مانند 3mm"), "0");
	else
		o->bleed = (sp)l.value;
}

/* A file by name, in a folder or icc/ below it; NULL if in none. */
static const char *
find_profile(struct arena *a, const char *name, const char *const *dirs,
    size_t ndirs)
{
	const char *path;
	size_t i;

	if (name[0] == '/')
		return file_exists(name) ? name : NULL;
	for (i = 0; i < ndirs; i++) {
		path = path_join(a, dirs[i], name);
		if (file_exists(path))
			return path;
		path = path_join(a, path_join(a, dirs[i], "icc"), name);
		if (file_exists(path))
			return path;
	}
	return NULL;
}

/* A string that is not empty; NULL. */
static const char *
words_of(const struct yaml *target, const char *key)
{
	const struct yaml *v = yaml_get(target, key);

	return v != NULL && v->kind == YAML_SCALAR && v->text[0] != '\0' ?
	    v->text : NULL;
}

static bool
is_allowed_profile(const char *path, const char *const *dirs, size_t ndirs)
{
	size_t i;

	for (i = 0; i < ndirs; i++)
		if (path_allowed(dirs[i], path))
			return true;
	return path_allowed(NULL, path);
}

/* The profile that a target names, or the one that PDF/X takes. */
static void
read_profile(struct pdf_options *o, struct arena *a, struct diag *dg,
    const struct yaml *y, const char *const *dirs, size_t ndirs)
{
	const char *name = words_of(y, "profile");

	if (name != NULL) {
		o->profile = find_profile(a, name, dirs, ndirs);
		if (o->profile == NULL)
			/* pdf_write() tells that it is not there. */
			o->profile = name;
		if (!is_allowed_profile(o->profile, dirs, ndirs)) {
			diag_add(dg, yaml_get(y, "profile")->pos, MAN_OUTSIDE,
			    name);
			o->profile = name = NULL;
		}
	}
	o->profile_named = name != NULL;
	if (name == NULL && (o->standards & (PDF_X4 | PDF_X1A))) {
		o->profile = find_profile(a, DEFAULT_PROFILE, dirs, ndirs);
		if (o->profile == NULL)
			o->profile = find_profile(a, LAST_PROFILE, NULL, 0);
	}
}

void
pdf_options_read(struct pdf_options *o, struct arena *a, struct diag *dg,
    const struct yaml *y, const struct style_print *print,
    const char *const *dirs, size_t ndirs)
{
	static const char *const locks[] = { "encrypt", "encryption",
		"password", "permissions" };
	const struct yaml *v;
	size_t i;

	o->assumed = !pdf_standards_read(&o->standards, dg, y);
	if (o->assumed)
		o->standards = PDF_UA1 | PDF_A2A;
	/* A style serves the screen too: there marks are the target's own. */
	if (print != NULL && (o->standards & (PDF_X4 | PDF_X1A))) {
		o->bleed = print->bleed;
		o->marks = print->marks;
		o->folds = print->folds;
	}
	if (y == NULL || y->kind != YAML_MAP)
		return;
	for (i = 0; i < NELEM(locks); i++) {
		v = yaml_get(y, locks[i]);
		if (v != NULL)
			diag_add(dg, v->key_pos, PDF_ENCRYPT, locks[i]);
	}
	if ((v = yaml_get(y, "bleed")) != NULL)
		read_bleed(o, dg, v);
	if ((v = yaml_get(y, "marks")) != NULL)
		read_marks(o, dg, v);
	if ((v = yaml_get(y, "folds")) != NULL)
		read_folds(o, dg, v);
	o->slug = words_of(y, "slug");
	o->condition = words_of(y, "condition");
	read_profile(o, a, dg, y, dirs, ndirs);
}
