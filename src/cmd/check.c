/*
 * dabir check: what is wrong with a book, where, and whether to fail.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/messages.h"
#include "check/check.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/project.h"
#include "pdf/pdf.h"

static const struct option_def defs[] = {
	{"--target", 't', "TARGET", "check this target's pages"},
	{"--format", 0, "FORMAT", "text (default), json, sarif or junit"},
	{"--fail-on", 0, "LEVEL", "error (default) or warning"},
	{"--explain", 0, "CODE", "say what a code means and what to do"},
	{"--write-baseline", 0, "FILE", "write the layout down"},
	{"--baseline", 0, "FILE", "tell what differs from a layout written down"},
	{"--frozen", 0, NULL, "fail if pages changed that were not edited"},
	{"--style", 0, "FILE", "use this style"},
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

static void
write_baseline(const struct page_book *b, const char *makers, const char *path,
    struct diag *dg)
{
	const char *why = NULL;
	struct out_file *f = out_open(path, &why);
	struct buf out = {0};

	if (f != NULL) {
		check_baseline_write(b, makers, &out);
		out_write(f, out.p, out.n);
		buf_free(&out);
	}
	if (f == NULL || !out_commit(f, &why))
		diag_add(dg, NOPOS, USE_CANNOT_WRITE, path, why);
}

/* Compare before writing, so that both may name one file. The table goes to
 * standard output unless a report for machines does. */
static void
baselines(const struct page_book *b, struct options *o, struct diag *dg)
{
	const char *old = option_value(o, "--baseline");
	const char *new = option_value(o, "--write-baseline");
	const char *format = option_value(o, "--format");
	char makers[512];
	struct buf out = {0};

	snprintf(makers, sizeof(makers), "dabir %s, %s, %s, %s, %s, %s",
	    DABIR_VERSION, shape_library(), font_library(), base_library(),
	    read_library(), pdf_library());
	if (old != NULL && !check_baseline(b, makers, old,
	    option_given(o, "--frozen"), dg, &out))
		new = NULL;
	if (out.n > 0 && (format == NULL || strcmp(format, "text") == 0))
		fwrite(out.p, 1, out.n, stdout);
	if (new != NULL)
		write_baseline(b, makers, new, dg);
	buf_free(&out);
}

static void
check_book(struct project *p, struct options *o, struct diag *dg)
{
	const char *name = option_value(o, "--target");
	const struct read_target *t = p->book.targets;
	struct page_job job = {.doc = &p->doc, .dg = dg,
	    .image_dir = p->book.dir, .threads = 2};
	struct style *st;
	struct page_book *b;

	while (t != NULL && (name != NULL ? strcmp(t->name, name) != 0 :
	    !t->is_default))
		t = t->next;
	if (t == NULL) {
		diag_add(dg, NOPOS, USE_NO_TARGET, name != NULL ? name :
		    "default: true", "");
		return;
	}
	st = project_style(p, t, option_value(o, "--style"));
	if (st == NULL)
		return;
	project_characters(p, st);
	job.style = st;
	job.fonts = project_fonts(p);
	job.answers = t->answers;
	check_text(&p->doc, st, dg);
	b = page_layout(&job);
	check_pages(b, st, dg);
	baselines(b, o, dg);
	check_places(b, dg);
	check_levels(st, dg);
	check_excuse(&p->doc, dg, t->is_default ? CHECK_ALL_TOLD :
	    CHECK_TEXT_TOLD);
	page_free(b);
	project_style_done(p, st);
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

int
cmd_check(int argc, char **argv)
{
	struct diag dg = {0};
	struct project p = {0};
	struct options o = {0};
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
	else if (option_given(&o, "--frozen") &&
	    option_value(&o, "--baseline") == NULL)
		diag_add(&dg, NOPOS, USE_NO_VALUE, "--baseline",
		    "--frozen compares with it");
	else if (project_open(&p, &dg, o.args[0]))
		check_book(&p, &o, &dg);
	c = check_count(&dg);
	if (dg.worst == DIAG_FATAL)
		status = 2;
	else if (c.errors > 0 || (c.warnings > 0 && fail != NULL &&
	    strcmp(fail, "warning") == 0))
		status = 1;
	if (f > 0 && formats[f] != NULL) {
		struct buf out = {0};

		check_report(&dg, (enum check_format)f, DABIR_VERSION,
		    o.args[0], &out);
		fwrite(out.p, 1, out.n, stdout);
		buf_free(&out);
	} else {
		const char *none = getenv("NO_COLOR");

		diag_print(&dg, stderr, DIAG_INFO, isatty(STDERR_FILENO) &&
		    (none == NULL || *none == '\0'));
		print_counts(&c, dg.persian);
	}
	project_close(&p);
	options_free(&o);
	diag_free(&dg);
	return status;
}
