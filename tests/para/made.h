/*
 * Paragraphs made by hand, so that a test of lines does not stand or fall
 * with shaping: each byte of a notation is a cluster.
 *
 *	a-z	a letter of half an em, right to left; after p, q, r, s a
 *		kashida may stand, of priority 1, 2, 3, 4
 *	1-4	as p to s, but HarfBuzz does not vouch for the place
 *	A-Z	a letter of half an em, left to right (level 2)
 *	space	a word space; a line may end after it
 *	_	a word space where no line may end
 *	-	a quarter of an em; a line may end after it
 *	=	the same, but breaking there needs shaping again
 *	|	nothing; a line must end after it
 *	.	ignorable (as ZWNJ)
 */
#ifndef TESTS_PARA_MADE_H
#define TESTS_PARA_MADE_H

#include <string.h>

#include "para/para.h"

static struct font_set *made_fonts;
static struct font_face *made_face;
static struct shape_style made_style = { .size = PT(20), .lang = "fa" };
static struct shape_span made_span;

static inline void
made_open(struct diag *dg)
{
	static const char *const dirs[] = { "fonts" };

	made_fonts = font_set_open(dg, dirs, 1, false);
	made_face = font_lookup(made_fonts, dg, "Parastoo", 400, false, NOPOS);
	made_span.style = &made_style;
}

static inline void
made_close(void)
{
	font_set_close(made_fonts);
}

static inline bool
made_is_ltr(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline struct shape_para *
made_para(struct arena *a, const char *s)
{
	struct shape_para *p = ARENA_NEW(a, struct shape_para);
	int upem = font_metrics(made_face)->upem;
	struct shape_run *r = NULL;
	uint32_t i;

	p->text = s;
	p->n = (uint32_t)strlen(s);
	made_span.end = p->n;
	p->spans = &made_span;
	p->nspans = 1;
	p->level = 1;
	p->runs = ARENA_ARRAY(a, struct shape_run, p->n);
	p->clusters = ARENA_ARRAY(a, struct shape_cluster, p->n);
	p->glyphs = ARENA_ARRAY(a, struct shape_glyph, p->n);
	p->nclusters = p->nglyphs = p->n;
	for (i = 0; i < p->n; i++) {
		struct shape_cluster *c = &p->clusters[i];
		bool ltr = made_is_ltr(s[i]) || (s[i] == ' ' && i > 0 &&
		    made_is_ltr(s[i - 1]) && made_is_ltr(s[i + 1]));

		c->len = c->nglyph = 1;
		c->adv = upem / 2;
		if (s[i] == ' ' || s[i] == '_') {
			c->flags = SHAPE_SPACE;
			c->adv = upem / 5;	/* para/ asks the face */
		} else if (s[i] == '-' || s[i] == '=') {
			c->adv = upem / 4;
		} else if (s[i] == '|' || s[i] == '.') {
			c->flags = SHAPE_IGNORABLE;
			c->adv = 0;
		}
		if (s[i] >= 'p' && s[i] <= 's') {
			c->flags = (uint16_t)(SHAPE_KASHIDA |
			    SHAPE_KASHIDA_SAFE |
			    (s[i] - 'p' + 1) << SHAPE_PRIORITY_SHIFT);
			p->has_kashida = true;
		}
		if (s[i] >= '1' && s[i] <= '4') {
			c->flags = (uint16_t)(SHAPE_KASHIDA |
			    (s[i] - '1' + 1) << SHAPE_PRIORITY_SHIFT);
			p->has_kashida = true;
		}
		if (i > 0 && s[i] != ' ' && (s[i - 1] == ' ' ||
		    s[i - 1] == '-' || s[i - 1] == '='))
			c->flags |= SHAPE_BREAK;
		if (i > 0 && s[i - 1] == '=')
			c->flags |= SHAPE_UNSAFE;
		if (i > 0 && s[i - 1] == '|')
			c->flags |= SHAPE_FORCED;
		if (r == NULL || r->level != (ltr ? 2 : 1)) {
			r = &p->runs[p->nruns++];
			*r = (struct shape_run){ .face = made_face,
				.style = &made_style, .size = made_style.size,
				.script = ltr ? SCRIPT_TAG('L', 'a', 't', 'n') :
				    SCRIPT_TAG('A', 'r', 'a', 'b'),
				.text = i, .cluster = i, .glyph = i,
				.level = ltr ? 2 : 1,
				.edge = SHAPE_NO_EDGE, .para_level = 1 };
		}
		r->nclusters++;
		r->nglyphs++;
	}
	return p;
}

#endif
