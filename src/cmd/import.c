/*
 * dabir import: text torn out of a PDF or a scan, made a draft.
 *
 * The source is only read. The draft is a new file, and the list of repairs,
 * a line each, goes to stdout or into a file of its own.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/program.h"
#include "import/import.h"

static const struct option_def defs[] = {
	{"--output", 'o', "FILE", "the draft (FILE-draft.md beside FILE)"},
	{"--list", 0, "FILE", "write the repairs here, not to stdout"},
	{"--words", 0, "DIC", "a Hunspell .dic, its .aff beside it"},
	{"--no-words", 0, NULL, "use no word list"},
	{"--no-marks", 0, NULL, "no comments at doubtful places"},
	{"--lang", 0, "LANG", "messages in en or fa"},
	{NULL, 0, NULL, NULL}
};

/* What pdftotext prints of a PDF; NULL, or why not. */
static const char *
read_pdf(const char *path, struct buf *out)
{
	struct arena a = {0};
	char program[] = "pdftotext", enc[] = "-enc", utf8[] = "UTF-8",
	    stdout_name[] = "-";
	char *argv[] = {program, enc, utf8, program_file(&a, path),
	    stdout_name, NULL};
	enum program_end end = program_run(argv, IMPORT_LIMIT, out);

	arena_free(&a);
	return program_why(end);
}

static bool
read_source(struct diag *dg, const char *path, struct buf *text)
{
	const char *why = file_read(path, IMPORT_LIMIT, text);
	size_t bad;

	if (why != NULL) {
		diag_add(dg, NOPOS, USE_CANNOT_READ, path, why);
		return false;
	}
	if (text->n >= 5 && memcmp(text->p, "%PDF-", 5) == 0) {
		text->n = 0;
		why = read_pdf(path, text);
		if (why != NULL) {
			diag_add(dg, NOPOS, USE_NO_PDFTOTEXT, path, why);
			return false;
		}
	}
	bad = utf8_valid(text->p, text->n);
	if (bad < text->n) {
		diag_add(dg, NOPOS, USE_NOT_UTF8, path, (unsigned)(uint8_t)
		    text->p[bad], bad);
		return false;
	}
	return true;
}

/* The list that was named, or the one of set-up or of the installation. */
static struct import_words *
find_words(struct diag *dg, struct arena *a, const struct options *o)
{
	static const char *const places[] = {"../words/files/fa.dic",
	    "../../words/files/fa.dic", "../share/dabir/words/fa.dic",
	    "/usr/share/hunspell/fa_IR.dic", "/usr/share/hunspell/fa.dic"};
	const char *named = option_value(o, "--words");
	struct import_words *w = NULL;

	if (option_given(o, "--no-words"))
		return NULL;
	if (named != NULL) {
		w = import_words_open(named);
		if (w == NULL)
			diag_add(dg, NOPOS, USE_CANNOT_READ, named,
			    "no word list with its .aff beside it");
		return w;
	}
	for (size_t i = 0; i < NELEM(places) && w == NULL; i++)
		w = import_words_open(path_join(a, path_of_program(a),
		    places[i]));
	if (w == NULL)
		diag_add(dg, NOPOS, USE_NO_WORDS, "");
	return w;
}

/* "x/book.txt" -> "x/book-draft.md" */
static const char *
draft_name(struct arena *a, const char *path)
{
	const char *base = path_base(path), *dot = strrchr(base, '.');
	size_t n = dot != NULL && dot > base ? (size_t)(dot - path) :
	    strlen(path);

	return arena_printf(a, "%.*s-draft.md", (int)n, path);
}

static bool
is_free(struct diag *dg, const char *path)
{
	if (!file_exists(path) && !dir_exists(path))
		return true;
	diag_add(dg, NOPOS, USE_OUTPUT_EXISTS, path);
	return false;
}

static bool
told_twice(struct diag *dg, const char *path)
{
	diag_add(dg, NOPOS, USE_BAD_OPTION, path, " (--list and -o are the "
	    "same file)");
	return false;
}

static bool
write_out(struct diag *dg, const char *path, const struct buf *b)
{
	const char *why = NULL;
	struct out_file *f = out_open(path, &why);

	if (f != NULL) {
		out_write(f, b->p, b->n);
		if (out_commit(f, &why))
			return true;
	}
	diag_add(dg, NOPOS, USE_CANNOT_WRITE, path, why);
	return false;
}

/* A line a repair: place, rule, what stood, what stands; tabs between. */
static void
list_repairs(const char *path, const struct import_result *r, struct buf *out)
{
	for (size_t i = 0; i < r->nrepairs; i++) {
		const struct import_repair *p = &r->repairs[i];

		buf_printf(out, "%s:%u:%u\t%s%s\t", path, p->pos.line,
		    p->pos.col, p->rule, p->doubtful ? "?" : "");
		json_quote(out, p->was, strlen(p->was));
		buf_str(out, "\t");
		json_quote(out, p->is, strlen(p->is));
		buf_printf(out, "\t%zu-%zu\n", p->out_from, p->out_to);
	}
}

static void
import_file(struct diag *dg, struct arena *a, const struct options *o)
{
	const char *path = o->args[0], *draft = option_value(o, "--output");
	const char *list = option_value(o, "--list");
	struct import_result r = {0};
	struct import_words *w;
	struct buf text = {0}, lines = {0};

	if (draft == NULL)
		draft = draft_name(a, path);
	if (!read_source(dg, path, &text) || !is_free(dg, draft) ||
	    (list != NULL && !is_free(dg, list)) || (list != NULL &&
	    strcmp(list, draft) == 0 && !told_twice(dg, list))) {
		buf_free(&text);
		return;
	}
	w = find_words(dg, a, o);
	if (dg->worst < DIAG_FATAL) {
		import_text(&r, text.p, text.n, w,
		    !option_given(o, "--no-marks"));
		list_repairs(path, &r, &lines);
		buf_reserve(&lines, 1);
		if (write_out(dg, draft, &r.text)) {
			if (list == NULL)
				fwrite(lines.p, 1, lines.n, stdout);
			else
				write_out(dg, list, &lines);
			diag_add(dg, NOPOS, USE_IMPORTED, draft, r.nrepairs -
			    r.ndoubtful, r.ndoubtful);
		}
	}
	import_words_close(w);
	import_free(&r);
	buf_free(&lines);
	buf_free(&text);
}

int
cmd_import(int argc, char **argv)
{
	struct diag dg = {0};
	struct options o = {0};
	struct arena a = {0};
	int status;

	if (!options_read(&o, &dg, argc, argv, defs)) {
		options_free(&o);
		return finish_messages(&dg);
	}
	if (o.help || o.nargs != 1) {
		options_help(o.help ? stdout : stderr,
		    "dabir import FILE [options]",
		    "Make a draft of text torn from a PDF or a scan, or of a "
		    "PDF's own text, and\nlist every repair: place, rule, what "
		    "stood, what stands now, bytes of the draft.\nA rule with "
		    "“?” was not applied.", defs);
		status = o.help ? 0 : 2;
		options_free(&o);
		return status;
	}
	import_file(&dg, &a, &o);
	arena_free(&a);
	options_free(&o);
	return finish_messages(&dg);
}
