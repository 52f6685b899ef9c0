/*
 * Pages as pictures come from pdftoppm. They are put side by side by a small
 * HTML file, in which the browser lays the new page over the old one as well:
 * what is black in one alone is seen at a glance.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "cmd/pictures.h"
#include "cmd/program.h"

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
    "<title>Changed pages</title>\n<style>\n"
    "body { font: 14px sans-serif; margin: 1em }\n"
    "figure { display: inline-block; margin: 0 .5em; vertical-align: top }\n"
    "img { border: 1px solid #999; max-width: 30vw }\n"
    ".both { position: relative }\n"
    ".both img + img { position: absolute; left: 0; top: 0;\n"
    "	mix-blend-mode: difference }\n"
    "</style>\n<h1>Changed pages</h1>\n";

/* An output as a name in a folder, this one, and in HTML. */
static char *
plain_name(struct arena *a, const char *output)
{
	char *s = arena_str(a, output);

	for (char *c = s; *c != '\0'; c++)
		if (!((*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') ||
		    (*c >= 'A' && *c <= 'Z') || (unsigned char)*c >= 0x80 ||
		    (*c == '.' && c > s)))
			*c = '-';
	return s;
}

char *
pictures_old(struct arena *a, const char *dir, const char *output)
{
	return path_join(a, path_join(a, dir, "old"), plain_name(a, output));
}

/* A page of a PDF as `name`.png; false (told once a run) if it is none. */
static bool
picture(struct pictures *p, struct arena *a, const char *pdf, size_t number,
    const char *name)
{
	char *n = arena_printf(a, "%zu", number);
	char *argv[] = {"pdftoppm", "-q", "-r", "100", "-png", "-f", n, "-l", n,
	    "-singlefile", program_file(a, pdf), program_file(a, path_join(a,
	    p->dir, name)), NULL};
	enum program_end end = program_run(argv, 1 << 16, NULL);

	if (end != PROGRAM_DONE)
		diag_add(p->dg, NOPOS, USE_NO_PICTURE, pdf, end ==
		    PROGRAM_MISSING ? program_why(end) : "could not read it");
	return end == PROGRAM_DONE;
}

static void
add_figure(struct pictures *p, const char *name, const char *what, size_t page)
{
	buf_printf(&p->page, "<figure><img src=\"%s.png\" alt=\"\">"
	    "<figcaption>%s, page %zu</figcaption></figure>\n", name, what,
	    page);
}

void
pictures_add(struct pictures *p, const struct check_change *v, size_t n,
    const char *output, const char *now)
{
	struct arena a = {0};
	const char *then = pictures_old(&a, p->dir, output);
	const char *base = plain_name(&a, output);

	for (size_t i = 0; i < n; i++) {
		const char *old, *new;
		bool had = v[i].old_first > 0, has = v[i].new_first > 0;

		if (v[i].kind != CHECK_PAGE)
			continue;
		old = arena_printf(&a, "%s-%zu-old", base, v[i].old_first);
		new = arena_printf(&a, "%s-%zu-new", base, v[i].new_first);
		if (had && !picture(p, &a, then, v[i].old_first, old))
			break;
		if (has && !picture(p, &a, now, v[i].new_first, new))
			break;
		buf_printf(&p->page, "<h2>%s: %s</h2>\n", base, check_state(
		    v[i].state, false));
		if (had)
			add_figure(p, old, "old", v[i].old_first);
		if (has)
			add_figure(p, new, "new", v[i].new_first);
		if (had && has)
			buf_printf(&p->page, "<figure><div class=\"both\"><img "
			    "src=\"%s.png\" alt=\"\"><img src=\"%s.png\" "
			    "alt=\"\"></div><figcaption>what differs"
			    "</figcaption></figure>\n", old, new);
		p->n++;
	}
	arena_free(&a);
}

void
pictures_end(struct pictures *p)
{
	struct arena a = {0};
	char *path = path_join(&a, p->dir, "index.html");
	const char *why = NULL;
	struct out_file *f = out_open(path, &why);

	if (f != NULL) {
		out_write(f, head, sizeof(head) - 1);
		if (p->n > 0)
			out_write(f, p->page.p, p->page.n);
		else
			out_write(f, "<p>None.\n", 9);
	}
	if (f == NULL || !out_commit(f, &why))
		diag_add(p->dg, NOPOS, USE_CANNOT_WRITE, path, why);
	buf_free(&p->page);
	arena_free(&a);
}
