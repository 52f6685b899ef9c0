/*
 * Where things are looked for: the book's folder and its parents up to the
 * first that has styles/ or fonts/; the folder above the program's own;
 * PREFIX/share/dabir. Never the current folder or the environment. These,
 * the book's folder and what the command line names are all that a book may
 * read (path_allowed()).
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "cmd/project.h"

/*
 * A folder that is there and lies where its parent does: a project must not
 * link its fonts/ to a home. That is an error of the book in its own folder;
 * a link further up is nobody's mistake, and passed by.
 */
static bool
is_folder(struct project *p, const char *dir, const char *path)
{
	char *own = p->book.dir != NULL ? path_real(&p->arena, p->book.dir) :
	    NULL;

	if (!dir_exists(path))
		return false;
	if (path_allowed(dir, path))
		return true;
	if (own != NULL && strcmp(own, dir) == 0)
		diag_add(p->dg, NOPOS, MAN_OUTSIDE, path);
	return false;
}

/* Adds `path` but where a link has led to it before: what lies there would be
 * read twice. */
static void
add_once(struct project *p, const char **dirs, size_t *n, const char *path)
{
	const char *real = *n > 0 ? path_real(&p->arena, path) : NULL;

	for (size_t i = 0; i < *n && real != NULL; i++) {
		const char *other = path_real(&p->arena, dirs[i]);

		if (other != NULL && strcmp(other, real) == 0)
			return;
	}
	dirs[(*n)++] = path;
}

static void
add_share(struct project *p, char *dir)
{
	struct arena *a = &p->arena;
	char *styles = path_join(a, dir, "styles");
	char *fonts = path_join(a, dir, "fonts");
	bool any = false;

	if (is_folder(p, dir, styles)) {
		add_once(p, p->styles, &p->nstyles, styles);
		any = true;
	}
	if (is_folder(p, dir, fonts)) {
		add_once(p, p->font_dirs, &p->nfont_dirs, fonts);
		any = true;
	}
	if (any)
		p->share[p->nshare++] = dir;
}

/* Folders beside the program, and where systems keep fonts and profiles: a
 * book may name what lies there, or link to it. */
static void
allow_shipped(struct arena *a, const char *up)
{
	static const char *const names[] = {"styles", "fonts", "build/icc",
	    "share/dabir", "/usr/share/fonts", "/usr/local/share/fonts",
	    "/usr/share/color", "/usr/local/share/color",
	    "/usr/share/ghostscript"};

	for (size_t i = 0; i < NELEM(names); i++)
		path_allow(path_join(a, up, names[i]));
}

static void
find_folders(struct project *p)
{
	struct arena *a = &p->arena;
	char *dir = p->book.dir != NULL ? path_real(a, p->book.dir) : NULL;
	char *program = path_of_program(a);

	p->styles = ARENA_ARRAY(a, const char *, 4);
	p->font_dirs = ARENA_ARRAY(a, const char *, 4);
	p->share = ARENA_ARRAY(a, const char *, 4);
	/* Before a project is judged that links to them. */
	allow_shipped(a, program != NULL ? path_dir(a, program) : "/usr");
	for (; dir != NULL; dir = path_dir(a, dir)) {
		add_share(p, dir);
		if (p->nshare > 0 || strcmp(dir, "/") == 0)
			break;
	}
	if (program != NULL) {
		char *up = path_dir(a, program);

		if (p->nshare == 0 || strcmp(p->share[0], up) != 0)
			add_share(p, up);
		add_share(p, path_join(a, up, "share/dabir"));
	}
	for (size_t i = 0; i < p->nstyles; i++)
		path_allow(p->styles[i]);
	for (size_t i = 0; i < p->nfont_dirs; i++)
		path_allow(p->font_dirs[i]);
}

bool
project_open_book(struct project *p, struct diag *dg, const char *path)
{
	p->dg = dg;
	if (!read_book(&p->book, dg, path))
		return false;
	path_allow(p->book.dir);
	find_folders(p);
	return true;
}

void
project_open_none(struct project *p, struct diag *dg)
{
	p->dg = dg;
	find_folders(p);
}

static const char *
near_citations(struct project *p, const char *name)
{
	const char *near = "";

	for (size_t i = 0; i < p->nstyles && *near == '\0'; i++)
		near = diag_near(p->dg, name, dir_stems(&p->arena,
		    path_join(&p->arena, p->styles[i], "citations"), ".yaml"));
	return near;
}

/* NULL, told if something is to be cited, where there is none. */
static struct cite_style *
read_citations(struct project *p)
{
	const char *name = p->book.citations != NULL ? p->book.citations :
	    "author-date-fa";
	const char *const *dirs = (const char *const *)p->styles;
	char *path;

	for (size_t i = 0; i < p->nstyles; i++) {
		path = path_join(&p->arena, p->styles[i],
		    arena_printf(&p->arena, "citations/%s.yaml", name));

		if (file_exists(path) && !path_allowed(p->styles[i], path)) {
			diag_add(p->dg, p->book.citations_pos, MAN_OUTSIDE,
			    name);
			continue;
		}
		if (file_exists(path)) {
			struct cite_style *st = p->kept != NULL ?
			    kept_citations(p->kept, p->dg, path, dirs,
			    p->nstyles) : cite_style_load(&p->arena, p->dg,
			    path, dirs, p->nstyles);

			if (st != NULL)
				return st;
			break;
		}
	}
	if (p->book.nbibliography > 0)
		diag_add(p->dg, p->book.citations_pos, STY_NO_CITATIONS, name,
		    near_citations(p, name));
	return NULL;
}

static void
read_references(struct project *p)
{
	struct cite_bib *bib = &p->bib;
	struct cite_style *style;
	const struct doc_marks *m;

	if (p->kept != NULL)
		bib = kept_bib(p->kept, p->dg, &p->book);
	else
		for (size_t i = 0; i < p->book.nbibliography; i++)
			cite_read_file(bib, p->dg, p->book.bibliography[i],
			    p->book.bibliography_at[i]);
	style = read_citations(p);
	m = p->book.nbibliography == 0 ? doc_marks(&p->doc) : NULL;
	for (size_t i = 0; m != NULL && i < m->n; i++)
		if (m->v[i].node->kind == DOC_REFS)
			diag_add(p->dg, m->v[i].node->pos, MAN_NO_BIBLIOGRAPHY);
	cite_resolve(&p->doc, bib, style, p->dg);
}

bool
project_open(struct project *p, struct diag *dg, const char *path)
{
	if (!project_open_book(p, dg, path))
		return false;
	p->have_doc = read_manuscripts(&p->doc, dg, &p->book,
	    p->kept != NULL ? p->kept->read : NULL);
	if (!p->have_doc)
		return false;
	read_references(p);
	return true;
}

struct font_set *
project_fonts(struct project *p)
{
	const char *ci = getenv("CI");

	if (p->fonts == NULL && p->kept != NULL)
		p->fonts = p->kept->fonts;
	if (p->fonts == NULL)
		p->fonts = font_set_open(p->dg, p->font_dirs, p->nfont_dirs,
		    ci != NULL && strcmp(ci, "true") == 0);
	if (p->kept != NULL)
		p->kept->fonts = p->fonts;
	return p->fonts;
}

/* A path in the book file is relative to the book; `instead` of one where the
 * book may not read. */
static const char *
book_style(struct project *p, const struct read_target *t, const char *name,
    const char *instead)
{
	const struct yaml *own = t != NULL && t->style != NULL ?
	    yaml_get(t->map, "style") : NULL;
	size_t n = strlen(name);
	const char *path;

	if (strchr(name, '/') == NULL && !(n > 5 &&
	    strcmp(name + n - 5, ".yaml") == 0))
		return name;
	path = path_join(&p->arena, p->book.dir, name);
	if (path_allowed(p->book.dir, path))
		return path;
	diag_add(p->dg, own != NULL ? own->pos : p->book.style_pos,
	    MAN_OUTSIDE, name);
	return instead;
}

struct style *
project_style(struct project *p, const struct read_target *t, const char *over)
{
	const char *name = over != NULL ? over : t != NULL && t->style != NULL ?
	    t->style : p->book.style != NULL ? p->book.style :
	    p->book.is_lone_md ? "essay" : "booklet", *instead = NULL;
	struct pos pos = NOPOS;
	struct style *st;

	/* A wrong name in the book is a mistake there, one on the command
	 * line is wrong usage. */
	if (over == NULL) {
		instead = p->book.is_lone_md ? "essay" : "booklet";
		pos = t != NULL ? t->pos : NOPOS;
		name = book_style(p, t, name, instead);
	}
	if (p->kept != NULL)
		st = kept_style(p->kept, p->dg, name, instead, p->styles,
		    p->nstyles, pos);
	else
		st = style_load(p->dg, name, instead, p->styles, p->nstyles,
		    pos);
	/* A class that picks the sections of a target need not look like
	 * anything. */
	for (t = p->book.targets; t != NULL && st != NULL; t = t->next)
		if (t->each != NULL && *t->each == '.')
			style_know_class(st, t->each + 1);
	return st;
}

void
project_style_done(const struct project *p, struct style *st)
{
	if (p->kept == NULL)
		style_free(st);
}

void
project_characters(struct project *p, const struct style *st)
{
	const struct style_characters *c = &st->characters;
	struct doc_characters want = { .letters = c->letters,
		.heh_hamza = (enum doc_heh)c->heh_hamza, .digits = c->digits,
		.separators = c->separators, .quotes = c->quotes,
		.ellipsis = c->ellipsis };

	doc_characters_undo(p->changes);
	p->changes = NULL;
	if (want.letters || want.heh_hamza != DOC_HEH_AS_TYPED ||
	    want.digits || want.separators || want.quotes || want.ellipsis)
		p->changes = doc_characters(&p->doc, &want, p->dg);
}

const char *const *
project_profiles(struct project *p, size_t *n)
{
	const char **v = ARENA_ARRAY(&p->arena, const char *, 2 * p->nshare +
	    2);
	char *program = path_of_program(&p->arena);

	*n = 0;
	if (p->book.dir != NULL)
		v[(*n)++] = p->book.dir;
	/* Set-up puts what it brings into build/ of the project. */
	for (size_t i = 0; i < p->nshare; i++) {
		v[(*n)++] = p->share[i];
		v[(*n)++] = path_join(&p->arena, p->share[i], "build");
	}
	if (program != NULL)
		v[(*n)++] = program;
	return v;
}

void
project_free(struct project *p)
{
	cite_free(&p->bib);
	doc_free(&p->doc);
	read_book_free(&p->book);
	arena_free(&p->arena);
}

void
project_close(struct project *p)
{
	if (p->kept == NULL)
		font_set_close(p->fonts);
	doc_characters_undo(p->changes);
	p->changes = NULL;
	if (p->kept == NULL || !kept_project(p->kept, p))
		project_free(p);
}
