/*
 * dabir check: what is wrong with a book, where, and whether to fail.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/messages.h"
#include "check/check.h"
#include "cmd/cmd.h"
#include "cmd/judge.h"
#include "cmd/options.h"
#include "cmd/project.h"

static const struct option_def defs[] = {
	{"--target", 't', "TARGET", "check this target (may be repeated)"},
	{"--format", 0, "FORMAT", "text (default), json, sarif or junit"},
	{"--fail-on", 0, "LEVEL", "error (default) or warning"},
	{"--explain", 0, "CODE", "say what a code means and what to do"},
	{"--write-baseline", 0, "FILE", "write the layout down"},
	{"--baseline", 0, "FILE", "tell what differs from a layout written down"},
	{"--frozen", 0, NULL, "fail if pages changed that were not edited"},
	{"--diff-images", 0, "DIR", "pictures of changed pages, old and new; the "
	    "old are kept there"},
	{"--no-round-trip", 0, NULL, "do not compare the words that come out of "
	    "the PDF"},
	{"--style", 0, "FILE", "use this style"},
	{"--allow", 0, "DIR", "let the book read and write there too "
	    "(may be repeated)"},
	{"--lang", 0, "LANG", "messages in en or fa"},
	{NULL, 0, NULL, NULL}
};

static const char *const formats[] = {"text", "json", "sarif", "junit", NULL};

/* Codes may be typed in small letters. */
static int
explain(struct diag *dg, const char *asked)
{
	char *code = arena_str(&dg->arena, asked);
	const char *help;

	for (char *p = code; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z')
			*p += 'A' - 'a';
	help = diag_explain(code, dg->persian);
	if (help == NULL) {
		diag_add(dg, NOPOS, USE_BAD_OPTION, asked, diag_near(dg, code,
		    diag_codes()));
		return 2;
	}
	printf("%s: %s\n", code, help);
	return 0;
}

/* "1 errors, 0 warnings ..." after the last message. */
static void
print_counts(const struct check_counts *c, bool persian)
{
	const struct { size_t n; const char *english, *persian; } v[] = {
		{c->errors, "errors", "خطا"},
		{c->warnings, "warnings", "هشدار"},
		{c->infos, "infos", "یادآوری"},
		{c->excused, "excused", "پذیرفته"},
	};
	struct buf b = {0};

	for (size_t i = 0; i < NELEM(v); i++) {
		buf_str(&b, i == 0 ? "" : persian ? "، " : ", ");
		uni_number(&b, persian ? "fa" : "en", (long)v[i].n);
		buf_printf(&b, " %s", persian ? v[i].persian : v[i].english);
	}
	fprintf(stderr, "%s\n", b.p);
	buf_free(&b);
}

static void
print_changes(const struct judged *j, bool persian)
{
	struct buf b = {0};

	if (!j->compared)
		return;
	check_changes_table(&j->changes, persian, j->several, &b);
	fwrite(b.p, 1, b.n, stdout);
	buf_free(&b);
}

int
cmd_check(int argc, char **argv)
{
	struct diag dg = {0};
	struct project p = {0};
	struct options o = {0};
	struct judged judged = {0};
	struct check_counts c;
	const char *format, *fail;
	int status = 0, f = 0;

	if (!options_read(&o, &dg, argc, argv, defs)) {
		options_free(&o);
		return finish_messages(&dg);
	}
	if (!o.help && option_value(&o, "--explain") != NULL) {
		status = explain(&dg, option_value(&o, "--explain"));
		options_free(&o);
		finish_messages(&dg);
		return status;
	}
	if (o.help || o.nargs != 1) {
		options_help(o.help ? stdout : stderr,
		    "dabir check BOOK [options]",
		    "Lay the book out, print nothing, and tell what is wrong "
		    "with its text and pages.", defs);
		status = o.help ? 0 : 2;
		options_free(&o);
		return status;
	}
	format = option_value(&o, "--format");
	while (format != NULL && formats[f] != NULL &&
	    strcmp(formats[f], format) != 0)
		f++;
	fail = option_value(&o, "--fail-on");
	if (formats[f] == NULL)
		diag_add(&dg, NOPOS, USE_BAD_OPTION, format, diag_near(&dg,
		    format, formats));
	else if (fail != NULL && strcmp(fail, "error") != 0 &&
	    strcmp(fail, "warning") != 0)
		diag_add(&dg, NOPOS, USE_BAD_OPTION, fail,
		    " (error or warning)");
	else if (option_given(&o, "--diff-images") &&
	    option_value(&o, "--baseline") == NULL &&
	    option_value(&o, "--write-baseline") == NULL)
		diag_add(&dg, NOPOS, USE_NO_VALUE, "--baseline",
		    "--diff-images shows what differs from it");
	else if (option_given(&o, "--frozen") &&
	    option_value(&o, "--baseline") == NULL)
		diag_add(&dg, NOPOS, USE_NO_VALUE, "--baseline",
		    "--frozen compares with it");
	else if (project_open(&p, &dg, o.args[0]))
		judge_book(&p, &o, &dg, &judged);
	c = check_count(&dg);
	if (dg.worst == DIAG_FATAL)
		status = 2;
	else if (c.errors > 0 || (c.warnings > 0 && fail != NULL &&
	    strcmp(fail, "warning") == 0))
		status = 1;
	if (f > 0 && formats[f] != NULL) {
		struct buf out = {0};

		check_report(&dg, (enum check_format)f, DABIR_VERSION,
		    o.args[0], judged.compared ? &judged.changes : NULL,
		    &out);
		fwrite(out.p, 1, out.n, stdout);
		buf_free(&out);
	} else {
		const char *none = getenv("NO_COLOR");

		print_changes(&judged, dg.persian);
		diag_print(&dg, stderr, DIAG_INFO, isatty(STDERR_FILENO) &&
		    (none == NULL || *none == '\0'));
		print_counts(&c, dg.persian);
	}
	judged_free(&judged);
	project_close(&p);
	options_free(&o);
	diag_free(&dg);
	return status;
}
