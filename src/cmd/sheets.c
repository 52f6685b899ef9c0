/*
 * Pages -> sheets -> file. The claims of a standard go along as far as
 * sheets can keep them: PDF/X stays, what promises a reading order or an
 * archive of pages does not.
 */
#include <string.h>

#include "base/messages.h"
#include "cmd/sheets.h"

/* Keys that speak of pages, in a target that takes another's. */
static void
tell_idle_keys(const struct read_target *t, struct diag *dg)
{
	static const char *const used[] = {"from", "output", "impose",
	    "standard", "default", "format"};
	const struct yaml *k = t->map != NULL ? t->map->child : NULL;
	size_t i;

	for (; k != NULL; k = k->next) {
		for (i = 0; i < NELEM(used); i++)
			if (strcmp(used[i], k->key) == 0)
				break;
		if (i == NELEM(used))
			diag_add(dg, k->key_pos, IMP_NO_EFFECT, k->key,
			    t->from);
	}
}

const struct read_target *
sheets_source(const struct read_book *book, const struct read_target *t,
    struct diag *dg)
{
	const struct read_target *s;
	const char *names[64], *why;
	size_t n = 0;

	if (t->from == NULL && (strcmp(t->format, "html") != 0 ||
	    !sheets_wanted(t)))
		return t;
	for (s = book->targets; s != NULL; s = s->next) {
		if (strcmp(s->name, t->from != NULL ? t->from : t->name) == 0)
			break;
		if (s->from == NULL && n + 1 < NELEM(names))
			names[n++] = s->name;
	}
	names[n] = NULL;
	if (s != NULL && s->from == NULL && strcmp(s->format, "html") != 0) {
		if (s != t)
			tell_idle_keys(t, dg);
		return s;
	}
	if (s != NULL && s->from == NULL)
		why = dg->persian ? "HTML صفحه ندارد" : "HTML has no pages";
	else if (s != NULL)
		why = dg->persian ? "آن هم صفحه‌های دیگری را می‌گیرد" :
		    "that takes another's in turn";
	else
		why = dg->persian ? "چنین خروجی‌ای نیست" :
		    "there is no such target";
	diag_add(dg, t->pos, IMP_NO_SOURCE, t->name, t->from != NULL ?
	    t->from : t->name, why, s != NULL ? "" : diag_near(dg, t->from,
	    names));
	return NULL;
}

bool
sheets_wanted(const struct read_target *t)
{
	return t->from != NULL || (t->map != NULL && yaml_get(t->map,
	    "impose") != NULL);
}

const struct read_target *
sheets_default(const struct read_book *book)
{
	const struct read_target *t;

	for (t = book->targets; t != NULL; t = t->next)
		if (sheets_wanted(t))
			return t;
	for (t = book->targets; t != NULL; t = t->next)
		if (t->is_default)
			return t;
	return book->targets;
}

/* --------------------------------------------------------------- options */

static const char *
help_of(const char *key)
{
	static const char *const help[][2] = {
		{"method", "saddle, signature-8, signature-16, fold-8, "
		    "fold-16, n-up"},
		{"pages", "n-up: 2, 4, 6 or 8 pages on a side"},
		{"sheet", "A4, SRA4 ... or “320mm 450mm”"},
		{"binding", "auto, right or left"},
		{"flip", "edge the printer turns sheets about: short, long; "
		    "or separate"},
		{"turn", "separate: edge the pile is turned about"},
		{"tray", "separate: fronts come out face up or down"},
		{"caliper", "thickness of the paper, 0.1mm"},
		{"creep", "share of it that inner sheets are shifted by"},
		{"gutter", "white between pages where they are cut apart"},
		{"milling", "what is ground off the spine"},
		{"fit", "printer: scale to stay inside its margin; none"},
		{"margin", "where the printer cannot print, 5mm"},
		{"marks", "true, false, or crop, fold, labels, collation, "
		    "bar"},
		{"back-cover", "true: blanks stand before the last page"},
	};

	for (size_t i = 0; i < NELEM(help); i++)
		if (strcmp(help[i][0], key) == 0)
			return help[i][1];
	return "";
}

const struct option_def *
sheets_options(struct arena *a, const struct option_def *defs)
{
	const char *const *keys = impose_keys();
	struct option_def *v;
	size_t n, k;

	for (n = 0; defs[n].name != NULL; n++)
		;
	for (k = 0; keys[k] != NULL; k++)
		;
	v = ARENA_ARRAY(a, struct option_def, n + k + 1);
	memcpy(v, defs, n * sizeof(*v));
	for (k = 0; keys[k] != NULL; k++)
		v[n + k] = (struct option_def){arena_printf(a, "--%s",
		    keys[k]), 0, "VALUE", help_of(keys[k])};
	return v;
}

static bool
is_impose_key(const char *option)
{
	for (const char *const *k = impose_keys(); *k != NULL; k++)
		if (strncmp(option, "--", 2) == 0 &&
		    strcmp(option + 2, *k) == 0)
			return true;
	return false;
}

static void
read_options(struct impose_options *o, const struct sheets_job *j)
{
	impose_defaults(o);
	o->pos = j->target->pos;
	o->bleed = j->pdf.bleed;
	if (j->target->map != NULL)
		impose_read(o, j->dg, yaml_get(j->target->map, "impose"));
	for (size_t i = 0; j->over != NULL && i < j->over->n; i++)
		if (is_impose_key(j->over->v[i].def->name)) {
			o->pos = NOPOS;
			impose_set(o, j->dg, j->over->v[i].def->name + 2,
			    j->over->v[i].value);
		}
}

/* --------------------------------------------------------------- writing */

/* "booklet.pdf" -> "booklet-backs.pdf". */
static char *
path_of(struct arena *a, const char *path, const char *part)
{
	const char *base = path_base(path), *dot = strrchr(base, '.');
	size_t n = dot != NULL && dot > base ? (size_t)(dot - path) :
	    strlen(path);

	return arena_printf(a, "%.*s-%s%s", (int)n, path, part, path + n);
}

char *
sheets_path(struct arena *a, const char *path)
{
	return path_of(a, path, "imposed");
}

static bool
write_both(const struct sheets_job *j, struct pdf_options *o,
    struct impose *p, struct arena *a, const char **names)
{
	char *fronts, *backs;

	o->ticket = p->ticket;
	if (!p->o.separate) {
		o->duplex = p->o.edge;
		*names = j->path;
		return pdf_write(j->book, o, p->sides, 2 * p->nsheets, j->dg,
		    j->path);
	}
	fronts = path_of(a, j->path, "fronts");
	backs = path_of(a, j->path, "backs");
	*names = arena_printf(a, "%s, %s", fronts, backs);
	if (!pdf_write(j->book, o, p->sides, p->nsheets, j->dg, fronts))
		return false;
	o->ticket = p->ticket_backs;
	return pdf_write(j->book, o, p->sides + p->nsheets, p->nsheets, j->dg,
	    backs);
}

/*
 * A target's own `standard:` where it shows another's pages; else what the
 * pages claim, as far as sheets can.
 */
static unsigned
standards_of(const struct sheets_job *j)
{
	const struct read_target *t = j->target;
	const unsigned press = PDF_X4 | PDF_X1A;
	unsigned bits, bit;

	if (t->from == NULL || !pdf_standards_read(&bits, j->dg, t->map))
		return j->pdf.standards & press;
	for (bit = 1; bit <= bits; bit <<= 1)
		if (bits & bit & ~press)
			diag_add(j->dg, t->pos, IMP_STANDARD,
			    pdf_standard_name(bit));
	return bits & press;
}

bool
sheets_write(const struct sheets_job *j)
{
	struct pdf_options o = j->pdf;
	struct impose_job job = {.book = j->book, .style = j->style,
	    .fonts = j->fonts, .dg = j->dg};
	struct arena a = {0};
	struct buf advice = {0};
	struct impose *p;
	const char *names;
	bool ok;

	read_options(&job.o, j);
	o.standards = standards_of(j);
	job.press = o.standards != 0;
	o.tagged = false;
	o.marks = 0;			/* those are a page's own */
	p = impose_sheets(&job);
	ok = write_both(j, &o, p, &a, &names);
	if (ok && !j->quiet) {
		impose_advice(p, j->dg->persian, &advice);
		printf("%s: %s\n", names, advice.p);
	}
	buf_free(&advice);
	impose_free(p);
	arena_free(&a);
	return ok;
}
