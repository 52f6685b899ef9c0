/*
 * dabir impose: a target's pages on sheets, by hand; the folded dummy; the
 * test print.
 *
 * Text of a PDF comes from poppler's programs, started here: what a reader
 * of the file sees, not what we meant to write.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "cmd/cmd.h"
#include "cmd/program.h"
#include "cmd/sheets.h"

#define TEXT_LIMIT ((size_t)512 << 20)

static const struct option_def defs[] = {
	{"--verify", 0, "FILE", "fold the sheets of a PDF and read them"},
	{"--backs", 0, "FILE", "with --verify: the file of the backs"},
	{"--compare", 0, "FILE", "with --verify: compare with these pages"},
	{"--test-sheet", 0, NULL, "write a test print: which setting is right"},
	{"--target", 't', "TARGET", "impose the pages of this target"},
	{"--output", 'o', "DIR", "write below DIR; a FILE for --test-sheet"},
	{"--style", 0, "FILE", "use this style"},
	{"--allow", 0, "DIR", "let the book read and write there too "
	    "(may be repeated)"},
	{"--jobs", 'j', "N", "threads for shaping and breaking (default 2)"},
	{"--no-compress", 0, NULL, "leave the PDF's streams readable"},
	{"--greedy-pages", 0, NULL, "fill pages first fit"},
	{"--timings", 0, NULL, "print the time of each room"},
	{"--lang", 0, "LANG", "messages in en or fa"},
	{"--quiet", 'q', NULL, "print only warnings and errors"},
	{NULL, 0, NULL, NULL}
};

/* --------------------------------------------------------------- poppler */

/* What a program prints; false (reported) if it cannot be run or fails. */
static bool
run(struct diag *dg, char *const *argv, const char *file, struct buf *out)
{
	enum program_end end = program_run(argv, TEXT_LIMIT, out);

	if (end == PROGRAM_MISSING)
		diag_add(dg, NOPOS, USE_CANNOT_READ, argv[0],
		    program_why(end));
	else if (end != PROGRAM_DONE)
		diag_add(dg, NOPOS, USE_CANNOT_READ, file, end ==
		    PROGRAM_FAILED ? "poppler cannot read it" :
		    program_why(end));
	return end == PROGRAM_DONE;
}

/* What the file says of its sheets; NULL (reported). */
static const char *
ticket_of(struct arena *a, struct diag *dg, const char *path)
{
	char *argv[] = {"pdfinfo", "-custom", program_file(a, path), NULL};
	struct buf out = {0};
	char *p, *ticket = NULL;

	if (run(dg, argv, path, &out)) {
		p = strstr(out.p, "\nDabirSheets:");
		if (p == NULL && strncmp(out.p, "DabirSheets:", 12) == 0)
			p = out.p - 1;
		if (p != NULL) {
			p += 13;
			p += strspn(p, " ");
			ticket = arena_strn(a, p, strcspn(p, "\n"));
		} else {
			diag_add(dg, NOPOS, IMP_TICKET, path);
		}
	}
	buf_free(&out);
	return ticket;
}

/* Undo &amp; and its kin, in place. */
static void
unescape(char *s)
{
	static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;",
	    "&apos;"};
	static const char letters[] = "&<>\"'";
	char *to = s;
	size_t i;

	while (*s != '\0') {
		for (i = 0; i < NELEM(names); i++)
			if (strncmp(s, names[i], strlen(names[i])) == 0)
				break;
		if (i < NELEM(names)) {
			*to++ = letters[i];
			s += strlen(names[i]);
		} else {
			*to++ = *s++;
		}
	}
	*to = '\0';
}

/* The value of xMin="..." in a tag. */
static double
attribute(const char *tag, const char *end, const char *name)
{
	const char *p = strstr(tag, name);
	double v = 0, part = 1;
	bool negative;

	if (p == NULL || p > end)
		return 0;
	p += strlen(name);
	negative = *p == '-';
	for (p += negative; *p >= '0' && *p <= '9'; p++)
		v = v * 10 + (*p - '0');
	if (*p == '.')
		for (p++; *p >= '0' && *p <= '9'; p++)
			v += (*p - '0') * (part /= 10);
	return negative ? -v : v;
}

struct sides {
	struct impose_seen *v;
	size_t n, cap;
};

/* Words that are nothing but marks of direction are none. */
static bool
is_seen(const char *s)
{
	size_t n = strlen(s), i = 0;

	while (i < n) {
		uint32_t cp = utf8_next(s, n, &i);

		if (!uni_is_default_ignorable(cp) && !uni_is_space(cp))
			return true;
	}
	return false;
}

/* Words and places in the order drawn, side by side. */
static bool
read_sides(struct arena *a, struct diag *dg, const char *path,
    struct sides *out)
{
	char *argv[] = {"pdftotext", "-bbox", "-raw", program_file(a, path), "-",
	    NULL};
	struct { struct impose_word *v; size_t n, cap; } words = {0};
	struct buf text = {0};
	char *p, *end, *close;

	if (!run(dg, argv, path, &text)) {
		buf_free(&text);
		return false;
	}
	for (p = text.p; (p = strchr(p, '<')) != NULL; p = end) {
		end = strchr(p, '>');
		if (end == NULL)
			break;
		if (strncmp(p, "<page ", 6) == 0) {
			*VEC_PUSH(out) = (struct impose_seen){
			    .width = attribute(p, end, "width=\""),
			    .height = attribute(p, end, "height=\"")};
			words.n = 0;
		} else if (strncmp(p, "<word ", 6) == 0 && out->n > 0) {
			struct impose_word w = {.x0 = attribute(p, end,
			    "xMin=\""), .y0 = attribute(p, end, "yMin=\""),
			    .x1 = attribute(p, end, "xMax=\""),
			    .y1 = attribute(p, end, "yMax=\"")};

			close = strchr(end, '<');
			if (close == NULL)
				break;
			char *s = arena_strn(a, end + 1, (size_t)(close - end -
			    1));

			unescape(s);
			w.text = s;
			if (is_seen(s))
				*VEC_PUSH(&words) = w;
		} else if (strncmp(p, "</page>", 7) == 0 && out->n > 0) {
			struct impose_seen *last = &out->v[out->n - 1];

			last->nwords = words.n;
			last->words = arena_dup(a, words.v, words.n *
			    sizeof(*words.v));
			words.n = 0;
		}
	}
	free(words.v);
	buf_free(&text);
	return true;
}

/* ---------------------------------------------------------------- commands */

/*
 * What the command line says of printer and binder goes before what the
 * file says: so a wrong setting can be tried without paper.
 */
static const char *
overridden(struct arena *a, const struct options *o, const char *ticket)
{
	static const char *const keys[][2] = {
		{"--flip", "edge"}, {"--turn", "edge"}, {"--tray", "tray"},
		{"--binding", "binding"}, {"--method", "method"},
	};
	const char *v;

	for (size_t i = 0; i < NELEM(keys); i++) {
		v = option_value(o, keys[i][0]);
		if (v != NULL && strpbrk(v, " =") == NULL)
			ticket = arena_printf(a, "%s=%s %s", keys[i][1], v,
			    ticket);
	}
	return ticket;
}

static void
say_verdict(const struct diag *dg, const char *path, size_t unread)
{
	struct buf b = {0};

	printf("%s: %s", path, dg->persian ? "مانند کتاب خوانده می‌شود" :
	    "reads as a book");
	if (unread > 0 && dg->persian) {
		uni_number(&b, "fa", (long)unread);
		printf("؛ %s صفحه چیزی ندارد که جایش را بگوید و سنجیده نشد",
		    b.p);
	} else if (unread > 0) {
		printf("; %zu page%s nothing that would tell its place: not "
		    "checked", unread, unread == 1 ? " has" : "s have");
	}
	printf("\n");
	buf_free(&b);
}

static void
verify(struct diag *dg, const struct options *o)
{
	size_t unread;
	const char *path = option_value(o, "--verify");
	const char *backs = option_value(o, "--backs");
	const char *pages = option_value(o, "--compare");
	struct sides s = {0}, b = {0}, p = {0};
	struct arena a = {0};
	struct buf out = {0};
	const char *ticket = ticket_of(&a, dg, path);
	bool ok;

	if (ticket == NULL || !read_sides(&a, dg, path, &s) ||
	    (backs != NULL && !read_sides(&a, dg, backs, &b)) ||
	    (pages != NULL && !read_sides(&a, dg, pages, &p)))
		goto out;
	ok = impose_verify(dg, overridden(&a, o, ticket), s.v, s.n, b.v, b.n,
	    pages != NULL ? p.v : NULL, p.n, &unread, &out);
	if (out.n > 0 && (!ok || !option_given(o, "--quiet")))
		fwrite(out.p, 1, out.n, stdout);
	if (ok)
		say_verdict(dg, path, unread);
out:
	buf_free(&out);
	free(s.v);
	free(b.v);
	free(p.v);
	arena_free(&a);
}

static void
test_sheet(struct diag *dg, const struct options *o)
{
	const char *path = option_value(o, "--output");
	const char *over = option_value(o, "--style");
	struct pdf_options pdf = {.compress = !option_given(o,
	    "--no-compress"), .creator = "Dabir " DABIR_VERSION,
	    .duplex = IMPOSE_EDGE_SHORT, .threads = 1};
	struct impose_placement pages[2];
	struct impose_sheet sides[2];
	struct impose_options io;
	struct project p = {0};
	struct style *st = NULL;
	struct page_book *book;

	if (path == NULL)
		path = "test-sheet.pdf";
	impose_defaults(&io);
	if (option_value(o, "--sheet") != NULL)
		impose_set(&io, dg, "sheet", option_value(o, "--sheet"));
	/* A book says where styles and fonts are. */
	if (o->nargs == 0)
		project_open_none(&p, dg);
	else if (!project_open_book(&p, dg, o->args[0]))
		goto out;
	st = project_style(&p, NULL, over);
	if (st != NULL) {
		/* Lying, as sheets of a booklet are, and on sheets, so that
		 * the file asks for its own size and for both sides. */
		book = impose_test_print(st, project_fonts(&p), dg,
		    MAX(io.width, io.height), MIN(io.width, io.height));
		if (book == NULL)
			goto out;
		for (uint32_t i = 0; i < 2; i++) {
			pages[i] = (struct impose_placement){.page = i,
			    .a = 1000000, .d = 1000000};
			sides[i] = (struct impose_sheet){.width = book->width,
			    .height = book->height, .placements = &pages[i],
			    .nplacements = 1};
		}
		if (pdf_write(book, &pdf, sides, 2, dg, path) &&
		    !option_given(o, "--quiet"))
			printf(dg->persian ? "%s: دورو و در اندازهٔ واقعی چاپ "
			    "کنید، سپس روی آن را بخوانید\n" : "%s: print it on "
			    "both sides, at actual size, and read its front\n",
			    path);
		page_free(book);
	}
out:
	project_style_done(&p, st);
	project_close(&p);
}

int
cmd_impose(int argc, char **argv)
{
	struct diag dg = {0};
	struct options o = {0};
	struct arena a = {0};
	const struct option_def *all = sheets_options(&a, defs);
	bool alone, fits;
	int status;

	if (!options_read(&o, &dg, argc, argv, all)) {
		options_free(&o);
		arena_free(&a);
		return finish_messages(&dg);
	}
	alone = option_given(&o, "--verify") || option_given(&o,
	    "--test-sheet");
	fits = option_given(&o, "--test-sheet") ? o.nargs <= 1 :
	    o.nargs == !alone;
	if (o.help || !fits) {
		options_help(o.help ? stdout : stderr,
		    "dabir impose BOOK [-t TARGET] [options]\n"
		    "       dabir impose --verify FILE [--compare FILE]\n"
		    "       dabir impose --test-sheet [BOOK] [-o FILE]",
		    "Put the pages of a book on sheets to be folded, fold "
		    "such sheets in software\nand read them, or write a test "
		    "print that tells the right printer setting.", all);
		status = o.help ? 0 : 2;
	} else if (alone) {
		if (option_given(&o, "--verify"))
			verify(&dg, &o);
		else
			test_sheet(&dg, &o);
		status = finish_messages(&dg);
	} else {
		status = build_imposed(&o, &dg);
	}
	options_free(&o);
	arena_free(&a);
	return status;
}
