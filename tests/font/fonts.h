/* The set that the tests of this folder open, and a face of it. */
#ifndef TEST_FONTS_H
#define TEST_FONTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"
#include "font/font.h"

struct fonts {
	struct diag dg;
	struct arena a;
	struct font_set *set;
};

static inline void
fonts_open(struct fonts *t, const char *dir)
{
	memset(t, 0, sizeof(*t));
	t->set = font_set_open(&t->dg, &dir, 1, false);
}

static inline void
fonts_close(struct fonts *t)
{
	font_set_close(t->set);
	arena_free(&t->a);
	diag_free(&t->dg);
}

/*
 * The face, or NULL with a word to the reader where set-up could not bring
 * its file (npm out of reach): the caller skips.
 */
static inline struct font_face *
fonts_face(struct fonts *t, const char *family, int weight)
{
	struct font_face *f;

	f = font_lookup(t->set, &t->dg, family, weight, false, NOPOS);
	if (f != NULL && strcmp(font_family(f), family) == 0)
		return f;
	print_message("%s is not here\n", family);
	return NULL;
}

/* How often a code was reported. */
static inline int
said(const struct diag *dg, const char *code)
{
	const struct diag_msg *m;
	int n = 0;

	for (m = dg->first; m != NULL; m = m->next)
		n += strcmp(m->code, code) == 0;
	return n;
}

#endif
