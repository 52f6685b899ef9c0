/*
 * dabir new: a project that builds at once, and that its owner understands.
 */
#include <errno.h>
#include <string.h>

#include "base/messages.h"
#include "cmd/cmd.h"
#include "cmd/options.h"

static const struct option_def defs[] = {
	{"--kind", 'k', "KIND", "booklet (default), article or handout"},
	{NULL, 0, NULL, NULL}
};

static const char booklet_yaml[] =
	"title: عنوان کتاب\n"
	"subtitle: زیرعنوان\n"
	"author: نام نویسنده\n"
	"lang: fa\n"
	"manuscript: [text.md]\n"
	"bibliography: [references.bib]\n"
	"citations: author-date-fa\n"
	"targets:\n"
	"  screen: {style: %s, output: %s.pdf, default: true}\n";

static const char text_md[] =
	"# مقدمه {#intro}\n"
	"\n"
	"این متن نمونه است؛ جای آن نوشته‌ی خود را بگذارید. ارجاع به منبع چنین\n"
	"نوشته می‌شود [@nemune1400, ۱۲] و پانوشت چنین.[^note]\n"
	"\n"
	"[^note]: متن پانوشت.\n"
	"\n"
	"## بخش نخست {#first}\n"
	"\n"
	"فهرست شماره‌دار:\n"
	"\n"
	"1. نخست\n"
	"2. دوم\n"
	"\n"
	"| سال | رویداد |\n"
	"|:---|:---|\n"
	"| ۱۳۹۹ | آغاز |\n"
	"| ۱۴۰۰ | پایان |\n"
	"\n"
	": رویدادها {#tbl-events}\n"
	"\n"
	"# منابع {#references}\n"
	"\n"
	"::: {#refs}\n"
	":::\n";

static const char references_bib[] =
	"@book{nemune1400,\n"
	"  author = {نویسنده, نام},\n"
	"  title = {نمونه‌ی یک کتاب},\n"
	"  year = {1400},\n"
	"  address = {تهران},\n"
	"  publisher = {نشر نمونه},\n"
	"  language = {fa},\n"
	"}\n";

static bool
write_file(struct diag *dg, struct arena *a, const char *dir, const char *name,
    const char *text)
{
	char *path = path_join(a, dir, name);
	const char *why = NULL;
	struct out_file *o;

	o = out_open(path, &why);
	if (o != NULL) {
		out_write(o, text, strlen(text));
		if (out_commit(o, &why))
			return true;
	}
	diag_add(dg, NOPOS, USE_CANNOT_WRITE, path, why);
	return false;
}

static bool
make_project(struct diag *dg, struct arena *a, const char *dir,
    const char *style)
{
	static const char *const names[] = {"book.yaml", "text.md",
	    "references.bib"};

	/* Never over what is there. */
	for (size_t i = 0; i < NELEM(names); i++) {
		char *path = path_join(a, dir, names[i]);

		if (file_exists(path)) {
			diag_add(dg, NOPOS, USE_CANNOT_WRITE, path,
			    "the file exists");
			return false;
		}
	}
	if (!dir_make(dir)) {
		diag_add(dg, NOPOS, USE_CANNOT_WRITE, dir, strerror(errno));
		return false;
	}
	return write_file(dg, a, dir, "book.yaml", arena_printf(a,
	    booklet_yaml, style, style)) &&
	    write_file(dg, a, dir, "text.md", text_md) &&
	    write_file(dg, a, dir, "references.bib", references_bib);
}

int
cmd_new(int argc, char **argv)
{
	static const char *const kinds[] = {"booklet", "article", "handout",
	    NULL};
	struct diag dg = {0};
	struct options o = {0};
	struct arena a = {0};
	const char *kind;
	int status = 0;
	bool known = false;

	if (!options_read(&o, &dg, argc, argv, defs)) {
		options_free(&o);
		return finish_messages(&dg);
	}
	if (o.help || o.nargs != 1) {
		options_help(o.help ? stdout : stderr,
		    "dabir new DIR [options]",
		    "Make a project in DIR that “dabir build DIR/book.yaml” "
		    "builds.", defs);
		status = o.help ? 0 : 2;
		options_free(&o);
		return status;
	}
	kind = option_value(&o, "--kind");
	if (kind == NULL)
		kind = "booklet";
	for (size_t i = 0; kinds[i] != NULL; i++)
		known |= strcmp(kinds[i], kind) == 0;
	if (!known)
		diag_add(&dg, NOPOS, USE_BAD_OPTION, kind, diag_near(&dg, kind,
		    kinds));
	else if (make_project(&dg, &a, o.args[0], kind))
		printf("%s is ready: dabir build %s/book.yaml\n", o.args[0],
		    o.args[0]);
	arena_free(&a);
	options_free(&o);
	return finish_messages(&dg);
}
