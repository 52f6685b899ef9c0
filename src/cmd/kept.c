/*
 * Things that outlive a build: parts of manuscripts that were read, parsed
 * bibliographies, open faces, styles, layouts, what PDFs were made of. Whoever
 * calls knows when a style or a font file changed.
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/kept.h"
#include "cmd/project.h"

/* A style as it was loaded, and what was said of it. */
struct kept_style {
	struct kept_style *next;
	char *name;
	struct pos pos;
	struct style *style;
	struct diag said;
};

/* The bibliographies of a book as they were, and what was said of them. */
struct kept_file {
	char *path;
	struct buf text;
	uint16_t number;		/* in places of the entries */
};
struct kept_bib {
	struct { struct kept_file *v; size_t n, cap; } files;
	bool whole;			/* all files could be read */
	struct cite_bib bib;
	struct diag said;
};

/* The last citation style, likewise. */
struct kept_citations {
	char *path;
	struct arena arena;
	struct cite_style *style;
	struct diag said;
};

static void
drop_bib(struct kept_bib *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; i < b->files.n; i++) {
		free(b->files.v[i].path);
		buf_free(&b->files.v[i].text);
	}
	free(b->files.v);
	cite_free(&b->bib);
	diag_free(&b->said);
	free(b);
}

static void
drop_citations(struct kept *k)
{
	if (k->citations == NULL)
		return;
	free(k->citations->path);
	arena_free(&k->citations->arena);
	diag_free(&k->citations->said);
	free(k->citations);
	k->citations = NULL;
}

struct kept_output {
	struct kept_output *next;
	char *path;
	struct pdf_kept *pdf;
};

static void
drop_outputs(struct kept *k)
{
	struct kept_output *f, *next;

	for (f = k->outputs; f != NULL; f = next) {
		next = f->next;
		pdf_kept_close(f->pdf);
		free(f->path);
		free(f);
	}
	k->outputs = NULL;
}

static void
drop_styles(struct kept *k)
{
	struct kept_style *s, *next;

	for (s = k->styles; s != NULL; s = next) {
		next = s->next;
		style_free(s->style);
		diag_free(&s->said);
		free(s->name);
		free(s);
	}
	k->styles = NULL;
}

/* -------------------------------------------------------------- layouts */

/* Earlier projects whose trees a layout may point into. Each holds what its
 * citations print: some MB of a long book. */
enum { MAX_PROJECTS = 128 };

struct kept_pages {
	char *target;
	struct page_kept *kept;
	size_t since;			/* first project it points into */
};

/* Projects that no layout points into any more. */
static void
drop_projects(struct kept *k)
{
	size_t n = k->projects.n;

	for (size_t i = 0; i < k->pages.n; i++)
		n = MIN(n, k->pages.v[i].since);
	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		project_free(k->projects.v[i]);
		free(k->projects.v[i]);
	}
	memmove(k->projects.v, k->projects.v + n, (k->projects.n - n) *
	    sizeof(*k->projects.v));
	k->projects.n -= n;
	for (size_t i = 0; i < k->pages.n; i++)
		k->pages.v[i].since -= n;
	/* What they alone pointed into goes as well. */
	if (k->projects.n == 0)
		read_cache_hold(k->read, false);
}

static void
drop_pages(struct kept *k)
{
	for (size_t i = 0; i < k->pages.n; i++) {
		page_kept_close(k->pages.v[i].kept);
		free(k->pages.v[i].target);
	}
	k->pages.n = 0;
	drop_projects(k);
}

struct page_book *
kept_pages(struct kept *k, const struct page_job *job, const char *target)
{
	struct kept_pages *p = NULL;
	struct page_book *book;
	enum page_kept_how how;

	for (size_t i = 0; i < k->pages.n && p == NULL; i++)
		if (strcmp(k->pages.v[i].target, target) == 0)
			p = &k->pages.v[i];
	if (p == NULL) {
		p = VEC_PUSH(&k->pages);
		*p = (struct kept_pages){.target = xstrdup(target),
		    .kept = page_kept_open(), .since = k->projects.n};
	}
	book = page_layout_kept(p->kept, job, &how);
	k->used |= how != KEPT_SAME;
	if (how == KEPT_NEW) {
		p->since = k->projects.n;
		drop_projects(k);
	}
	if (how != KEPT_SAME)
		read_cache_hold(k->read, true);
	return book;
}

bool
kept_project(struct kept *k, const struct project *p)
{
	if (!k->used)
		return false;
	*VEC_PUSH(&k->projects) = xmalloc(sizeof(*p));
	*k->projects.v[k->projects.n - 1] = *p;
	return true;
}

void
kept_begin(struct kept *k, bool all)
{
	if (k->read == NULL)
		k->read = read_cache_open();
	k->used = false;
	if (k->fonts != NULL && !font_set_again(k->fonts))
		all = true;
	if (all || k->projects.n > MAX_PROJECTS)
		drop_pages(k);
	if (all) {
		drop_outputs(k);		/* they are made of its faces */
		font_set_close(k->fonts);
		k->fonts = NULL;
		drop_styles(k);
		drop_citations(k);
	}
}

/* What is read now is told to `said`, whose files have the numbers of `dg`. */
static void
begin_said(struct diag *said, const struct diag *dg)
{
	said->persian = dg->persian;
	for (size_t i = 1; i < dg->nfiles; i++)
		diag_file(said, dg->files[i]);
}

/* Files have numbers, which go by the order in which a build names them:
 * what was said takes those of this build while it is said again. */
static void
say_again(struct diag *dg, struct diag *said)
{
	struct { uint16_t *v; size_t n, cap; } was = {0};
	struct diag_msg *m;
	size_t i = 0;

	for (m = said->first; m != NULL; m = m->next) {
		*VEC_PUSH(&was) = m->pos.file;
		if (m->pos.file != 0)
			m->pos.file = diag_file(dg, said->files[m->pos.file]);
	}
	diag_repeat(dg, said);
	for (m = said->first; m != NULL; m = m->next)
		m->pos.file = was.v[i++];
	free(was.v);
}

struct style *
kept_style(struct kept *k, struct diag *dg, const char *name,
    const char *instead, const char *const *dirs, size_t ndirs,
    struct pos pos)
{
	struct kept_style *s;

	for (s = k->styles; s != NULL; s = s->next)
		if (strcmp(s->name, name) == 0 && s->pos.line == pos.line &&
		    s->pos.col == pos.col)
			break;
	if (s == NULL) {
		s = xcalloc(1, sizeof(*s));
		s->name = xstrdup(name);
		s->pos = pos;
		begin_said(&s->said, dg);
		s->style = style_load(&s->said, name, instead, dirs, ndirs,
		    pos);
		s->next = k->styles;
		k->styles = s;
	}
	say_again(dg, &s->said);
	return s->style;
}

/* --------------------------------------------------------- bibliographies */

/* The texts alone; false if one cannot be read. */
static bool
load_files(struct kept_bib *b, struct diag *dg, const struct read_book *book)
{
	struct kept_file *f;

	for (size_t i = 0; i < book->nbibliography; i++) {
		f = VEC_PUSH(&b->files);
		*f = (struct kept_file){0};
		f->path = xstrdup(book->bibliography[i]);
		if (file_read(f->path, CITE_MAX_FILE, &f->text) != NULL)
			return false;
		f->number = diag_file(dg, f->path);
	}
	return true;
}

static bool
is_same(const struct kept_bib *a, const struct kept_bib *b)
{
	if (a == NULL || !a->whole || !b->whole ||
	    a->files.n != b->files.n)
		return false;
	for (size_t i = 0; i < a->files.n; i++) {
		const struct kept_file *f = &a->files.v[i], *g = &b->files.v[i];

		if (strcmp(f->path, g->path) != 0 || f->number != g->number ||
		    f->text.n != g->text.n || (f->text.n > 0 &&
		    memcmp(f->text.p, g->text.p, f->text.n) != 0))
			return false;
	}
	return true;
}

struct cite_bib *
kept_bib(struct kept *k, struct diag *dg, const struct read_book *book)
{
	struct kept_bib *b = xcalloc(1, sizeof(*b));

	b->whole = load_files(b, dg, book);
	if (is_same(k->bib, b)) {
		drop_bib(b);
		say_again(dg, &k->bib->said);
		return &k->bib->bib;
	}
	begin_said(&b->said, dg);
	for (size_t i = 0; i < book->nbibliography; i++)
		if (b->whole)
			cite_read_text(&b->bib, &b->said, b->files.v[i].path,
			    &b->files.v[i].text);
		else
			cite_read_file(&b->bib, &b->said, book->bibliography[i],
			    book->bibliography_at[i]);
	for (size_t i = 1; i < b->said.nfiles; i++)
		diag_file(dg, b->said.files[i]);
	drop_pages(k);		/* they may point into it */
	drop_bib(k->bib);
	k->bib = b;
	say_again(dg, &b->said);
	return &b->bib;
}

struct cite_style *
kept_citations(struct kept *k, struct diag *dg, const char *path,
    const char *const *dirs, size_t ndirs)
{
	struct kept_citations *c = k->citations;

	if (c == NULL || strcmp(c->path, path) != 0) {
		drop_pages(k);
		drop_citations(k);
		c = k->citations = xcalloc(1, sizeof(*c));
		c->path = xstrdup(path);
		begin_said(&c->said, dg);
		c->style = cite_style_load(&c->arena, &c->said, path, dirs,
		    ndirs);
	}
	say_again(dg, &c->said);
	return c->style;
}

struct pdf_kept *
kept_pdf(struct kept *k, const char *path)
{
	struct kept_output *f;

	for (f = k->outputs; f != NULL; f = f->next)
		if (strcmp(f->path, path) == 0)
			return f->pdf;
	f = xcalloc(1, sizeof(*f));
	f->path = xstrdup(path);
	f->pdf = pdf_kept_open();
	f->next = k->outputs;
	k->outputs = f;
	return f->pdf;
}

void
kept_free(struct kept *k)
{
	drop_pages(k);
	free(k->pages.v);
	free(k->projects.v);
	drop_bib(k->bib);
	drop_citations(k);
	drop_outputs(k);
	read_cache_close(k->read);
	font_set_close(k->fonts);
	drop_styles(k);
	memset(k, 0, sizeof(*k));
}
