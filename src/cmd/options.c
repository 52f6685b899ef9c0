/*
 * getopt_long() knows no nearest name and permutes argv by the environment;
 * a table and forty lines serve better.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/messages.h"
#include "cmd/options.h"

static const struct option_def *
find_def(const struct option_def *defs, const char *name, size_t n)
{
	for (; defs->name != NULL; defs++)
		if (strlen(defs->name) == n &&
		    memcmp(defs->name, name, n) == 0)
			return defs;
	return NULL;
}

static bool
unknown(struct diag *dg, const char *arg, const struct option_def *defs)
{
	const char *names[64];
	size_t n = 0;

	for (; defs->name != NULL && n + 1 < NELEM(names); defs++)
		names[n++] = defs->name;
	names[n] = NULL;
	diag_add(dg, NOPOS, USE_BAD_OPTION, arg, diag_near(dg, arg, names));
	return false;
}

/* What --lang is given, the last one counting; NULL: nothing. */
static const char *
asked_language(int argc, char **argv)
{
	const char *lang = NULL;

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strncmp(argv[i], "--lang=", 7) == 0)
			lang = argv[i] + 7;
		else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			lang = argv[++i];
	return lang;
}

/* --lang, else the locale of LC_ALL, LC_MESSAGES or LANG; what is printed
 * into a book depends on neither. */
static bool
wants_persian(int argc, char **argv)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	const char *lang = asked_language(argc, argv);

	for (size_t i = 0; i < NELEM(names) && (lang == NULL ||
	    *lang == '\0'); i++)
		lang = getenv(names[i]);
	return lang != NULL && strncmp(lang, "fa", 2) == 0;
}

/* What the user names is the user's own; only here, never in a book. */
static bool
allow_named(struct diag *dg, const struct options *o)
{
	struct arena a = {0};
	bool ok = true;

	for (size_t i = 0; i < o->n; i++) {
		const char *name = o->v[i].def->name, *value = o->v[i].value;

		if (strcmp(name, "--style") == 0 && file_exists(value)) {
			path_allow(path_dir(&a, value));
		} else if (strcmp(name, "--allow") == 0 &&
		    !(dir_exists(value) && path_allow(value))) {
			diag_add(dg, NOPOS, USE_CANNOT_READ, value,
			    "no such file or folder");
			ok = false;
		}
	}
	arena_free(&a);
	return ok;
}

bool
options_read(struct options *o, struct diag *dg, int argc, char **argv,
    const struct option_def *defs)
{
	bool only_args = false;

	/* Also of the options themselves something may have to be said. */
	dg->persian = wants_persian(argc, argv);
	for (int i = 1; i < argc; i++) {
		const char *a = argv[i], *eq;
		const struct option_def *d = NULL;
		const char *value = NULL;

		if (only_args || a[0] != '-' || a[1] == '\0') {
			vec_grow((void **)&o->args, &o->args_cap, o->nargs + 1,
			    sizeof(*o->args));
			o->args[o->nargs++] = a;
			continue;
		}
		if (strcmp(a, "--") == 0) {
			only_args = true;
			continue;
		}
		if (strcmp(a, "--help") == 0 || strcmp(a, "-h") == 0) {
			o->help = true;
			continue;
		}
		if (a[1] == '-') {
			eq = strchr(a, '=');
			d = find_def(defs, a, eq != NULL ? (size_t)(eq - a) :
			    strlen(a));
			if (eq != NULL)
				value = eq + 1;
		} else {
			for (d = defs; d->name != NULL; d++)
				if (d->letter == a[1])
					break;
			if (d->name == NULL)
				d = NULL;
			if (a[2] != '\0')
				value = a + 2;
		}
		if (d == NULL || (d->value == NULL && value != NULL))
			return unknown(dg, a, defs);
		if (d->value != NULL && value == NULL) {
			if (i + 1 == argc) {
				diag_add(dg, NOPOS, USE_NO_VALUE, a, d->value);
				return false;
			}
			value = argv[++i];
		}
		*VEC_PUSH(o) = (struct option){d, value};
	}
	if (option_given(o, "--quiet"))
		dg->least = DIAG_WARNING;
	return allow_named(dg, o);
}

const char *
option_value(const struct options *o, const char *name)
{
	for (size_t i = o->n; i-- > 0;)
		if (strcmp(o->v[i].def->name, name) == 0)
			return o->v[i].value;
	return NULL;
}

bool
option_given(const struct options *o, const char *name)
{
	for (size_t i = 0; i < o->n; i++)
		if (strcmp(o->v[i].def->name, name) == 0)
			return true;
	return false;
}

int
options_count(struct diag *dg, const char *name, const char *value, int most,
    int otherwise)
{
	char *end;
	long v;

	if (value == NULL)
		return otherwise;
	errno = 0;
	v = strtol(value, &end, 10);
	if (errno == 0 && end != value && *end == '\0' && v >= 1 && v <= most)
		return (int)v;
	diag_add(dg, NOPOS, USE_BAD_NUMBER, name, most, value);
	return 0;
}

void
options_help(FILE *f, const char *usage, const char *what,
    const struct option_def *defs)
{
	fprintf(f, "Usage: %s\n\n%s\n\nOptions:\n", usage, what);
	for (; defs->name != NULL; defs++) {
		char left[64];

		snprintf(left, sizeof(left), "%s%c%s%s%s%s",
		    defs->letter ? "-" : "   ", defs->letter ? defs->letter :
		    ' ', defs->letter ? ", " : "", defs->name,
		    defs->value != NULL ? " " : "",
		    defs->value != NULL ? defs->value : "");
		fprintf(f, "  %-28s %s\n", left, defs->help);
	}
	fprintf(f, "  %-28s %s\n", "-h, --help", "print this");
}

void
options_free(struct options *o)
{
	free(o->v);
	free(o->args);
}

int
finish_messages(struct diag *dg)
{
	int status = diag_exit(dg);
	const char *no_colour = getenv("NO_COLOR");

	diag_print(dg, stderr, dg->least, isatty(STDERR_FILENO) &&
	    (no_colour == NULL || *no_colour == '\0'));
	diag_free(dg);
	return status;
}
