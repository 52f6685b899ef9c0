/*
 * What a target of the book file says of print.
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
	{ "true", PDF_MARK_ALL }, { "yes", PDF_MARK_ALL },
	{ "false", 0 }, { "no", 0 }, { "none", 0 },
};

static void
wrong(struct diag *dg, const struct yaml *y, const char *what,
    const char *otherwise)
{
	diag_add(dg, y->pos, STY_WRONG_TYPE, y->key != NULL ? y->key :
	    "marks", what, y->kind == YAML_SCALAR ? y->text : "a list",
	    otherwise);
}

static bool
add_mark(unsigned *bits, const struct yaml *y)
{
	size_t i;

	for (i = 0; y->kind == YAML_SCALAR && i < NELEM(marks); i++) {
		if (strcmp(y->text, marks[i].name) == 0) {
			*bits |= marks[i].bit;
			return true;
		}
	}
	return false;
}

static void
read_marks(struct pdf_options *o, struct diag *dg, const struct yaml *y)
{
	static const char what[] = "true, false, or a list of crop, "
	    "registration, bar, slug";
	const struct yaml *c;
	unsigned bits = 0;

	if (y->kind == YAML_SCALAR) {
		if (add_mark(&bits, y))
			o->marks = bits;
		else
			wrong(dg, y, what, "false");
		return;
	}
	for (c = y->kind == YAML_SEQ ? y->child : NULL; c != NULL;
	    c = c->next) {
		if (!add_mark(&bits, c))
			wrong(dg, c, what, "rest of the list");
	}
	if (y->kind == YAML_SEQ)
		o->marks = bits;
	else
		wrong(dg, y, what, "false");
}

static void
read_bleed(struct pdf_options *o, struct diag *dg, const struct yaml *y)
{
	struct length l;

	if (y->kind != YAML_SCALAR || !length_parse(y->text, y->len, &l) ||
	    l.unit != UNIT_ABS || l.value < 0 || l.value > BLEED_MOST)
		wrong(dg, y, "a length from 0 to 2in, as 3mm", "0");
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

void
pdf_options_read(struct pdf_options *o, struct arena *a, struct diag *dg,
    const struct yaml *y, const char *const *dirs, size_t ndirs)
{
	const struct yaml *v;

	if (y == NULL || y->kind != YAML_MAP)
		return;
	if ((v = yaml_get(y, "bleed")) != NULL)
		read_bleed(o, dg, v);
	if ((v = yaml_get(y, "marks")) != NULL)
		read_marks(o, dg, v);
	if ((v = yaml_get(y, "condition")) != NULL &&
	    v->kind == YAML_SCALAR && v->text[0] != '\0')
		o->condition = v->text;
	v = yaml_get(y, "profile");
	if (v != NULL && v->kind == YAML_SCALAR && v->text[0] != '\0') {
		o->profile = find_profile(a, v->text, dirs, ndirs);
		if (o->profile == NULL)
			/* pdf_write() tells that it is not there. */
			o->profile = v->text;
	} else if (o->standards & (PDF_X4 | PDF_X1A)) {
		o->profile = find_profile(a, DEFAULT_PROFILE, dirs, ndirs);
		if (o->profile == NULL)
			o->profile = find_profile(a, LAST_PROFILE, NULL, 0);
	}
}
