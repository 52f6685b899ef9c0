/*
 * dabir check, from the targets to the last lint. What build refuses is found
 * by doing what build does: the PDF is written, but to nowhere.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/messages.h"
#include "check/check.h"
#include "cmd/cmd.h"
#include "cmd/judge.h"
#include "cmd/pictures.h"
#include "cmd/program.h"
#include "cmd/sheets.h"
#include "cmd/target.h"
#include "image/image.h"
#include "pdf/pdf.h"

#define NOWHERE "/dev/null"
#define TEXT_LIMIT ((size_t)256 << 20)

struct judge {
	struct project *p;
	const struct options *opt;
	struct diag *dg;
	struct judged *out;
	struct targets targets;
	size_t nfiles;
	bool trip;			/* --no-round-trip is not there */
	struct pictures pictures;	/* dir NULL: none are wanted */
	/* Pages kept for the sheets that show them. */
	const struct read_target *laid_of;
	struct style *laid_style;
	struct page_book *laid;
};

/* ------------------------------------------------------------- baselines */

/* "HarfBuzz 6.0.0, FriBidi 1.0.8" -> two of the list. */
static void
add_makers(struct arena *a, const char **v, size_t *n, size_t most,
    const char *names)
{
	while (*names != '\0' && *n + 1 < most) {
		size_t len = strcspn(names, ",");

		v[(*n)++] = arena_strn(a, names, len);
		names += len + strspn(names + len, ", ");
	}
	v[*n] = NULL;
}

static const char *const *
makers(struct arena *a)
{
	enum { MOST = 32 };
	const char **v = ARENA_ARRAY(a, const char *, MOST);
	size_t n = 0;

	add_makers(a, v, &n, MOST, arena_printf(a, "dabir %s",
	    dabir_version()));
	add_makers(a, v, &n, MOST, shape_library());
	add_makers(a, v, &n, MOST, font_library());
	add_makers(a, v, &n, MOST, base_library());
	add_makers(a, v, &n, MOST, read_library());
	add_makers(a, v, &n, MOST, image_library());
	add_makers(a, v, &n, MOST, pdf_library());
	add_makers(a, v, &n, MOST, pdf_deflate_library());
	return v;
}

static void
open_baselines(struct judge *j)
{
	const char *old = option_value(j->opt, "--baseline");

	if (old == NULL && option_value(j->opt, "--write-baseline") == NULL)
		return;
	j->out->now = check_layout_open(makers(&j->p->arena));
	if (old != NULL)
		j->out->old = check_layout_read(old, j->dg);
	j->out->compared = j->out->old != NULL;
}

/*
 * Pages that changed, as pictures. The baseline's own lie in the folder since
 * it was written; where one is written now, these become they.
 */
static void
show_changes(struct judge *j, const struct page_book *b, const char *output,
    size_t had)
{
	struct arena a = {0};
	struct pdf_options o = {.threads = 2};
	char *old = j->pictures.dir == NULL ? NULL : pictures_old(&a,
	    j->pictures.dir, output);
	char *now = old == NULL ? NULL : arena_printf(&a, "%s.new", old);

	if (old == NULL)
		return;
	if (!dir_make(path_dir(&a, old))) {
		diag_add(j->dg, NOPOS, USE_CANNOT_WRITE, old, file_why(errno));
	} else if (pdf_write(b, &o, NULL, 0, j->dg, now)) {
		if (j->out->compared)
			pictures_add(&j->pictures, j->out->changes.v + had,
			    j->out->changes.n - had, output, now);
		if (option_value(j->opt, "--write-baseline") == NULL ||
		    rename(now, old) != 0)
			unlink(now);
	}
	arena_free(&a);
}

/* What became of the pages just laid out, and who is to know: people read a
 * table, machines a message at its place. */
static void
compare_pages(struct judge *j, const struct page_book *b, const char *output)
{
	const char *format = option_value(j->opt, "--format");
	struct judged *out = j->out;
	size_t had = out->changes.n;

	if (out->now == NULL)
		return;
	check_layout_add(out->now, b, output, j->dg);
	out->compared = out->compared && check_layout_fits(out->old, out->now,
	    option_value(j->opt, "--baseline"), j->dg);
	if (out->compared) {
		check_layout_compare(out->old, out->now, &out->changes);
		check_changes_tell(&(struct check_changes){out->changes.v + had,
		    out->changes.n - had, 0}, format != NULL && strcmp(format,
		    "text") != 0, option_given(j->opt, "--frozen"), j->dg);
	}
	show_changes(j, b, output, had);
}

/* Compared before, so both may be one file; what cannot be compared with
 * stands as it was. */
static void
write_baseline(struct judge *j)
{
	const char *path = option_value(j->opt, "--write-baseline");
	const char *why = NULL;
	struct out_file *f;
	struct buf out = {0};

	if (path == NULL || j->nfiles == 0 || (option_value(j->opt,
	    "--baseline") != NULL && !j->out->compared))
		return;
	f = out_open(path, &why);
	if (f != NULL) {
		check_layout_write(j->out->now, &out);
		out_write(f, out.p, out.n);
		buf_free(&out);
	}
	if (f == NULL || !out_commit(f, &why))
		diag_add(j->dg, NOPOS, USE_CANNOT_WRITE, path, why);
}

void
judged_free(struct judged *j)
{
	check_layout_free(j->old);
	check_layout_free(j->now);
	free(j->changes.v);
}

/* ------------------------------------------------------------ round trip */

/* A folder of ours for a PDF; NULL: there is no room for one. */
static char *
temporary_folder(struct arena *a)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = path_join(a, tmp != NULL && *tmp == '/' ? tmp : "/tmp",
	    "dabir-XXXXXX");

	return mkdtemp(dir);
}

/* Has poppler read the PDF, and compare. Where it cannot, that is told once. */
static void
round_trip(struct judge *j, const struct page_book *b,
    const struct pdf_options *o, const char *path)
{
	char *argv[] = {"pdftotext", "-q", "-enc", "UTF-8", (char *)path, "-",
	    NULL};
	struct buf text = {0};
	enum program_end end = program_run(argv, TEXT_LIMIT, &text);

	if (end == PROGRAM_DONE) {
		check_round_trip(b, text.p, text.n, o->keep_tatweel, o->marks != 0,
		    j->dg);
	} else {
		diag_add(j->dg, NOPOS, PDF_NO_TRIP, program_why(end));
		j->trip = false;
	}
	buf_free(&text);
}

/* The PDF as build writes it, to nowhere or on a trip there and back. */
static void
write_pdf(struct judge *j, const struct page_book *b,
    const struct pdf_options *o)
{
	struct arena a = {0};
	char *dir = j->trip ? temporary_folder(&a) : NULL;
	const char *path = dir != NULL ? path_join(&a, dir, "pages.pdf") :
	    NOWHERE;

	if (pdf_write(b, o, NULL, 0, j->dg, path) && dir != NULL)
		round_trip(j, b, o, path);
	if (dir != NULL) {
		unlink(path);
		rmdir(dir);
	}
	arena_free(&a);
}

/* -------------------------------------------------------------- one file */

/* Write it as build would, to nowhere: claims, images and sheets are judged
 * by who makes them. */
static void
judge_pdf(struct judge *j, const struct read_target *t,
    const struct read_target *of, const struct page_book *b,
    const struct style *st)
{
	struct pdf_options o = {.creator = "Dabir " DABIR_VERSION,
	    .keep_tatweel = st->characters.tatweel, .pos = t->pos,
	    /* poppler takes twice as long where nothing is compressed. */
	    .compress = j->trip, .threads = 2};

	target_pdf(&o, j->p, of, st);
	if (o.standards & (PDF_X4 | PDF_X1A)) {
		const char *why;
		struct image_inks *inks = o.profile != NULL ?
		    image_inks_open(o.profile, &why) : NULL;

		check_images(b, st, inks, j->dg);
		image_inks_close(inks);
	}
	if (sheets_wanted(t))
		sheets_write(&(struct sheets_job){.book = b, .style = st,
		    .fonts = project_fonts(j->p), .dg = j->dg, .target = t,
		    .pdf = o, .path = NOWHERE, .quiet = true});
	else
		write_pdf(j, b, &o);
}

/* Pages of another file count from 1 as well: those that were found now are
 * this file's. */
static void
name_output(struct judge *j, const char *output)
{
	for (struct diag_msg *m = j->dg->first; m != NULL; m = m->next)
		if (m->page != 0 && m->output == NULL)
			m->output = output;
}

static struct page_book *
lay_out(struct judge *j, const struct read_target *of, struct style *st,
    const struct doc_node *section)
{
	struct page_job job = {.doc = &j->p->doc, .dg = j->dg,
	    .image_dir = j->p->book.dir, .threads = 2, .style = st,
	    .fonts = project_fonts(j->p), .section = section,
	    .answers = of->answers};

	return page_layout(&job);
}

/* One file of a target; `laid`: its pages were judged as another's. */
static struct page_book *
judge_file(struct judge *j, const struct read_target *t,
    const struct read_target *of, struct style *st,
    const struct doc_node *section, struct page_book *laid)
{
	const struct diag_msg *before = j->nfiles == 0 ? NULL : j->dg->last;
	const char *output = target_output(j->p, t, section);
	struct page_book *b = laid;

	if (b == NULL) {
		b = lay_out(j, of, st, section);
		check_pages(b, st, j->dg);
	}
	if (b->npages > 0)
		judge_pdf(j, t, of, b, st);
	else if (j->dg->worst < DIAG_FATAL)	/* else that was told */
		diag_add(j->dg, NOPOS, MAN_EMPTY);
	if (laid == NULL)
		compare_pages(j, b, output);
	check_places(b, j->dg);
	if (j->out->several)
		name_output(j, output);
	check_levels(st, j->dg, before);
	j->nfiles++;
	return b;
}

/* --------------------------------------------------------------- targets */

static void
forget_laid(struct judge *j)
{
	if (j->laid_of == NULL)
		return;
	page_free(j->laid);
	project_style_done(j->p, j->laid_style);
	j->laid_of = NULL;
}

static void
judge_sections(struct judge *j, const struct read_target *t,
    const struct read_target *of, struct style *st)
{
	const struct doc_node *n = target_section(&j->p->doc, of, NULL);

	if (n == NULL)
		target_no_match(of, option_given(j->opt, "--target"), j->dg);
	for (; n != NULL; n = target_section(&j->p->doc, of, n))
		page_free(judge_file(j, t, of, st, n, NULL));
}

static void
judge_target(struct judge *j, const struct read_target *t)
{
	const struct read_target *of = sheets_source(&j->p->book, t, j->dg);
	struct style *st;

	if (of == NULL)
		return;
	if (of == j->laid_of) {
		judge_file(j, t, of, j->laid_style, NULL, j->laid);
		return;
	}
	forget_laid(j);
	st = project_style(j->p, of, option_value(j->opt, "--style"));
	if (st == NULL)
		return;
	project_characters(j->p, st);
	check_text(&j->p->doc, st, j->dg);
	if (of->format != NULL && strcmp(of->format, "pdf") != 0) {
		project_style_done(j->p, st);	/* it has no pages */
		return;
	}
	if (of->each != NULL) {
		judge_sections(j, t, of, st);
		project_style_done(j->p, st);
	} else {
		j->laid = judge_file(j, t, of, st, NULL, NULL);
		j->laid_of = of;
		j->laid_style = st;
	}
}

/* How many files do the targets make? One is enough to know that they are
 * several. */
static bool
are_several(const struct judge *j)
{
	return j->targets.n > 1 || (j->targets.n == 1 &&
	    j->targets.v[0]->each != NULL);
}

/*
 * Is the layout of every target seen? Then an excuse of the layout that
 * excused nothing is of no use; else it may be one of those not seen.
 */
static bool
all_seen(const struct judge *j)
{
	for (const struct read_target *t = j->p->book.targets; t != NULL;
	    t = t->next) {
		size_t i = 0;

		if (t->from != NULL)
			continue;
		while (i < j->targets.n && (j->targets.v[i]->answers !=
		    t->answers || (j->targets.v[i]->each == NULL) !=
		    (t->each == NULL) || (t->style != NULL &&
		    j->targets.v[i]->style != NULL && strcmp(t->style,
		    j->targets.v[i]->style) != 0)))
			i++;
		if (i == j->targets.n)
			return false;
	}
	return true;
}

void
judge_book(struct project *p, const struct options *o, struct diag *dg,
    struct judged *out)
{
	struct judge j = {.p = p, .opt = o, .dg = dg, .out = out,
	    .trip = !option_given(o, "--no-round-trip"),
	    .pictures = {.dir = option_value(o, "--diff-images"), .dg = dg}};

	targets_pick(&j.targets, o, &p->book, dg);
	if (j.targets.n == 0 && !option_given(o, "--target"))
		diag_add(dg, NOPOS, USE_NO_TARGET, "default: true", "");
	out->several = are_several(&j);
	open_baselines(&j);
	for (size_t i = 0; i < j.targets.n; i++)
		judge_target(&j, j.targets.v[i]);
	forget_laid(&j);
	check_excuse(&p->doc, dg, all_seen(&j) ? CHECK_ALL_TOLD :
	    CHECK_TEXT_TOLD);
	write_baseline(&j);
	if (out->compared && j.pictures.dir != NULL)
		pictures_end(&j.pictures);
	buf_free(&j.pictures.page);
	free(j.targets.v);
}
