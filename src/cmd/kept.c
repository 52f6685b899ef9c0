/*
 * Things that outlive a build: parts of manuscripts that were read, open
 * faces, styles. Whoever calls knows when a style or a font file changed.
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
enum { MAX_PROJECTS = 32 };

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
	if (n > 0 && k->projects.n == 0)
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
		font_set_close(k->fonts);
		k->fonts = NULL;
		drop_styles(k);
	}
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
		s->said.persian = dg->persian;
		for (size_t i = 1; i < dg->nfiles; i++)
			diag_file(&s->said, dg->files[i]);
		s->style = style_load(&s->said, name, instead, dirs, ndirs,
		    pos);
		s->next = k->styles;
		k->styles = s;
	}
	say_again(dg, &s->said);
	return s->style;
}

void
kept_free(struct kept *k)
{
	drop_pages(k);
	free(k->pages.v);
	free(k->projects.v);
	read_cache_close(k->read);
	font_set_close(k->fonts);
	drop_styles(k);
	memset(k, 0, sizeof(*k));
}
