/*
 * dabir check, from the targets to the last lint. What build refuses is found
 * by doing what build does: the PDF is written, but to nowhere.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "check/check.h"
#include "cmd/cmd.h"
#include "cmd/judge.h"
#include "cmd/sheets.h"
#include "cmd/target.h"
#include "pdf/pdf.h"

#define NOWHERE "/dev/null"

struct judge {
	struct project *p;
	const struct options *opt;
	struct diag *dg;
	struct targets targets;
	bool several;			/* files: a page is one of its file */
	size_t nfiles;
	/* Pages kept for the sheets that show them. */
	const struct read_target *laid_of;
	struct style *laid_style;
	struct page_book *laid;
};

/* ------------------------------------------------------------- baselines */

static void
write_baseline(const struct page_book *b, const char *makers, const char *path,
    struct diag *dg)
{
	const char *why = NULL;
	struct out_file *f = out_open(path, &why);
	struct buf out = {0};

	if (f != NULL) {
		check_baseline_write(b, makers, &out);
		out_write(f, out.p, out.n);
		buf_free(&out);
	}
	if (f == NULL || !out_commit(f, &why))
		diag_add(dg, NOPOS, USE_CANNOT_WRITE, path, why);
}

/* Compare before writing, so that both may name one file. The table goes to
 * standard output unless a report for machines does. */
static void
baselines(const struct page_book *b, const struct options *o, struct diag *dg)
{
	const char *old = option_value(o, "--baseline");
	const char *new = option_value(o, "--write-baseline");
	const char *format = option_value(o, "--format");
	char makers[512];
	struct buf out = {0};

	snprintf(makers, sizeof(makers), "dabir %s, %s, %s, %s, %s, %s",
	    DABIR_VERSION, shape_library(), font_library(), base_library(),
	    read_library(), pdf_library());
	if (old != NULL && !check_baseline(b, makers, old,
	    option_given(o, "--frozen"), dg, &out))
		new = NULL;
	if (out.n > 0 && (format == NULL || strcmp(format, "text") == 0))
		fwrite(out.p, 1, out.n, stdout);
	if (new != NULL)
		write_baseline(b, makers, new, dg);
	buf_free(&out);
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
	    .pos = t->pos, .threads = 2};

	target_pdf(&o, j->p, of);
	if (sheets_wanted(t))
		sheets_write(&(struct sheets_job){.book = b, .style = st,
		    .fonts = project_fonts(j->p), .dg = j->dg, .target = t,
		    .pdf = o, .path = NOWHERE, .quiet = true});
	else
		pdf_write(b, &o, NULL, 0, j->dg, NOWHERE);
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
	struct page_book *b = laid;

	if (b == NULL) {
		b = lay_out(j, of, st, section);
		check_pages(b, st, j->dg);
	}
	if (b->npages > 0)
		judge_pdf(j, t, of, b, st);
	else if (j->dg->worst < DIAG_FATAL)	/* else that was told */
		diag_add(j->dg, NOPOS, MAN_EMPTY);
	if (laid == NULL && j->nfiles == 0)
		baselines(b, j->opt, j->dg);
	check_places(b, j->dg);
	if (j->several)
		name_output(j, target_output(j->p, t, section));
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
judge_book(struct project *p, const struct options *o, struct diag *dg)
{
	struct judge j = {.p = p, .opt = o, .dg = dg};

	targets_pick(&j.targets, o, &p->book, dg);
	if (j.targets.n == 0 && !option_given(o, "--target"))
		diag_add(dg, NOPOS, USE_NO_TARGET, "default: true", "");
	j.several = are_several(&j);
	for (size_t i = 0; i < j.targets.n; i++)
		judge_target(&j, j.targets.v[i]);
	forget_laid(&j);
	check_excuse(&p->doc, dg, all_seen(&j) ? CHECK_ALL_TOLD :
	    CHECK_TEXT_TOLD);
	free(j.targets.v);
}
