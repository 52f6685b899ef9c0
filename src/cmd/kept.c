/*
 * Things that outlive a build: parts of manuscripts that were read, open
 * faces, styles. Whoever calls knows when a style or a font file changed.
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/kept.h"

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

void
kept_begin(struct kept *k, bool all)
{
	if (k->read == NULL)
		k->read = read_cache_open();
	if (all || (k->fonts != NULL && !font_set_again(k->fonts))) {
		font_set_close(k->fonts);
		k->fonts = NULL;
	}
	if (all)
		drop_styles(k);
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
	read_cache_close(k->read);
	font_set_close(k->fonts);
	drop_styles(k);
	memset(k, 0, sizeof(*k));
}
