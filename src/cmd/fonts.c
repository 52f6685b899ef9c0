/*
 * dabir fonts: which face serves which script of a book, and what is
 * missing. The book is laid out and its lines are asked, so what is said is
 * what is printed: in the looks, weights and slants of the style, with the
 * fallback of each cluster.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/project.h"
#include "page/page.h"

static const struct option_def defs[] = {
	{"--target", 't', "TARGET", "the pages of this target (the first)"},
	{"--style", 0, "FILE", "use this style"},
	{"--allow", 0, "DIR", "let the book read and write there too "
	    "(may be repeated)"},
	{"--lang", 0, "LANG", "messages in en or fa"},
	{NULL, 0, NULL, NULL}
};

/* Letters of one script that were asked of one face and drawn by another. */
struct use {
	const struct font_face *asked, *face;
	uint32_t script;
	size_t n;
};

/* A character that no face has, and the face it was asked of. */
struct lack {
	const struct font_face *asked;
	uint32_t cp;
	size_t n;
};

struct uses {
	struct { struct use *v; size_t n, cap; } uses;
	struct { struct lack *v; size_t n, cap; } lacks;
};

static void
list_files(struct project *p)
{
	struct font_info *v;
	size_t n = font_list(project_fonts(p), &p->arena, &v);

	printf("Faces of the manifest:\n");
	for (size_t i = 0; i < n; i++)
		printf("  %-22s %3d%-7s %-10s %-8s %s\n", v[i].family,
		    v[i].weight, v[i].italic ? " italic" : "", v[i].role,
		    !v[i].present ? "MISSING" : !v[i].hash_ok ? "DIFFERS" :
		    "ok", v[i].file);
}

static struct use *
use_of(struct uses *u, const struct font_face *asked,
    const struct font_face *face, uint32_t script)
{
	struct use *s;

	for (size_t i = 0; i < u->uses.n; i++) {
		s = &u->uses.v[i];
		if (s->asked == asked && s->face == face &&
		    s->script == script)
			return s;
	}
	s = VEC_PUSH(&u->uses);
	*s = (struct use){asked, face, script, 0};
	return s;
}

static void
add_lack(struct uses *u, const struct font_face *asked, uint32_t cp)
{
	for (size_t i = 0; i < u->lacks.n; i++)
		if (u->lacks.v[i].asked == asked && u->lacks.v[i].cp == cp) {
			u->lacks.v[i].n++;
			return;
		}
	*VEC_PUSH(&u->lacks) = (struct lack){asked, cp, 1};
}

static void
count_run(struct uses *u, const struct shape_para *p, const struct line_run *r)
{
	const struct font_face *asked = r->run->style->chain.v[0];
	struct use *use = use_of(u, asked, r->run->face, r->run->script);
	uint32_t text = r->text;

	for (uint32_t i = 0; i < r->nclusters; i++) {
		const struct shape_cluster *c = &p->clusters[r->cluster + i];
		size_t at = text;

		text += c->len;
		if (c->flags & (SHAPE_SPACE | SHAPE_OBJECT | SHAPE_IGNORABLE))
			continue;
		if (c->flags & SHAPE_MISSING)
			add_lack(u, asked, utf8_next(p->text, p->n, &at));
		else
			use->n++;
	}
}

static void
count_book(struct uses *u, const struct page_book *b)
{
	for (size_t i = 0; i < b->npages; i++)
		for (size_t k = 0; k < b->pages[i].nitems; k++) {
			const struct page_item *it = &b->pages[i].items[k];
			const struct para_lines *ls;

			if (it->kind != PAGE_TEXT)
				continue;
			ls = it->u.text.para->lines;
			for (uint32_t j = 0; j < ls->v[it->u.text.line].nruns;
			    j++)
				count_run(u, ls->para,
				    &ls->v[it->u.text.line].runs[j]);
		}
}

static int
compare_uses(const void *a, const void *b)
{
	const struct use *x = a, *y = b;
	int c = font_index(x->asked) - font_index(y->asked);

	if (c == 0)
		c = (x->script > y->script) - (x->script < y->script);
	if (c == 0)
		c = (x->n < y->n) - (x->n > y->n);
	return c != 0 ? c : font_index(x->face) - font_index(y->face);
}

/* What the style calls the family of a face: its role, or nothing. */
static const char *
role_of(const struct style *st, const struct font_face *f)
{
	for (size_t i = 0; i < st->nfonts; i++)
		if (st->fonts[i].nfamilies > 0 && strcmp(
		    st->fonts[i].families[0], font_family(f)) == 0)
			return st->fonts[i].role;
	return "";
}

static void
print_lacks(const struct uses *u, const struct font_face *asked)
{
	for (size_t i = 0; i < u->lacks.n; i++) {
		const struct lack *l = &u->lacks.v[i];

		if (l->asked == asked)
			printf("  MISSING U+%04X, %zu times\n", l->cp, l->n);
	}
}

/* How its Persian words can grow: what was looked for, and what is used. */
static void
print_stretch(struct shape_ctx *c, const struct font_face *f)
{
	unsigned how = shape_stretch(c, f);
	bool bar = how & SHAPE_STRETCH_BAR;

	printf("  kashida            jalt: %s, GEXT or MSHQ: %s, plain tatweel: "
	    "%s; %s\n", how & SHAPE_STRETCH_ALTERNATES ? "yes, not used" :
	    "no", how & SHAPE_STRETCH_AXIS ? "yes, not used" : "no",
	    bar ? "yes" : "no", bar ? "bars" : "none, spaces open");
}

static void
print_uses(struct uses *u, const struct style *st)
{
	struct shape_ctx *ctx = shape_ctx_open();
	const struct font_face *asked = NULL;

	if (u->uses.n > 0)
		qsort(u->uses.v, u->uses.n, sizeof(*u->uses.v), compare_uses);
	for (size_t i = 0; i < u->uses.n; i++) {
		const struct use *s = &u->uses.v[i];
		uint32_t t = s->script;

		if (s->asked != asked) {
			if (asked != NULL)
				print_lacks(u, asked);
			asked = s->asked;
			printf("\n%s %s (%s)\n", font_family(asked),
			    font_style_name(asked), role_of(st, asked));
		}
		if (s->n == 0)
			continue;
		if (t == SCRIPT_TAG('A', 'r', 'a', 'b') && s->face == asked)
			print_stretch(ctx, asked);
		if (t == SCRIPT_TAG('Z', 'y', 'y', 'y') ||
		    t == SCRIPT_TAG('Z', 'i', 'n', 'h'))
			printf("  marks and digits ");
		else
			printf("  %c%c%c%c             ", (char)(t >> 24),
			    (char)(t >> 16), (char)(t >> 8), (char)t);
		printf("%8zu  %s %s\n", s->n, font_family(s->face),
		    font_style_name(s->face));
	}
	if (asked != NULL)
		print_lacks(u, asked);
	shape_ctx_close(ctx);
}

static void
tell(struct project *p, struct diag *dg, const struct options *o)
{
	const struct read_target *t = p->book.targets;
	const char *name = option_value(o, "--target");
	struct page_job job = {.doc = &p->doc, .dg = dg,
	    .image_dir = p->book.dir, .threads = 2};
	struct page_book *b;
	struct uses u = {0};
	struct style *st;

	while (name != NULL && t != NULL && strcmp(t->name, name) != 0)
		t = t->next;
	if (t == NULL) {
		diag_add(dg, NOPOS, USE_NO_TARGET, name, "");
		return;
	}
	st = project_style(p, t, option_value(o, "--style"));
	if (st == NULL)
		return;
	job.fonts = project_fonts(p);
	job.style = st;
	list_files(p);
	b = page_layout(&job);
	count_book(&u, b);
	print_uses(&u, st);
	page_free(b);
	project_style_done(p, st);
	free(u.uses.v);
	free(u.lacks.v);
}

int
cmd_fonts(int argc, char **argv)
{
	struct diag dg = {0};
	struct project p = {0};
	struct options o = {0};
	int status;

	if (!options_read(&o, &dg, argc, argv, defs)) {
		options_free(&o);
		return finish_messages(&dg);
	}
	if (o.help || o.nargs != 1) {
		options_help(o.help ? stdout : stderr,
		    "dabir fonts BOOK [options]",
		    "Say which face serves which script, and what is missing.",
		    defs);
		status = o.help ? 0 : 2;
		options_free(&o);
		return status;
	}
	if (project_open(&p, &dg, o.args[0]))
		tell(&p, &dg, &o);
	project_close(&p);
	options_free(&o);
	return finish_messages(&dg);
}
