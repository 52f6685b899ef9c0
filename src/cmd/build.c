/*
 * dabir build: a book, a target at a time.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/messages.h"
#include "check/check.h"
#include "cmd/cmd.h"
#include "cmd/merge.h"
#include "cmd/options.h"
#include "cmd/progress.h"
#include "cmd/project.h"
#include "cmd/proof.h"
#include "cmd/sheets.h"
#include "cmd/target.h"
#include "cmd/watch.h"
#include "html/html.h"
#include "pdf/pdf.h"

static const struct option_def defs[] = {
	{"--target", 't', "TARGET", "build this target (may be repeated)"},
	{"--output", 'o', "DIR", "write below DIR, not beside the book"},
	{"--style", 0, "FILE", "use this style for every target"},
	{"--each", 0, "CSV", "fill in name, class and date, a PDF a row"},
	{"--rows", 0, "A-B", "with --each: these rows alone, from 1"},
	{"--joined", 0, NULL, "with --each: one PDF for all its rows"},
	{"--list", 0, NULL, "with --each: print what is read, and what would "
	    "be written"},
	{"--allow", 0, "DIR", "let the book read and write there too "
	    "(may be repeated)"},
	{"--proof", 0, NULL, "a copy to write on: lines numbered, remarks beside "
	    "them"},
	{"--dump", 0, "STAGE", "print doc, shape, para, page or html; write no file"},
	{"--jobs", 'j', "N", "threads for shaping and breaking (default 2)"},
	{"--greedy-pages", 0, NULL, "fill pages first fit, to compare"},
	{"--no-compress", 0, NULL, "leave the PDF's streams readable"},
	{"--no-word-cache", 0, NULL, "shape words again that were shaped "
	    "before"},
	{"--timings", 0, NULL, "print the time of each room"},
	{"--lang", 0, "LANG", "messages in en or fa"},
	{"--quiet", 'q', NULL, "print only warnings and errors"},
	{NULL, 0, NULL, NULL}
};

/* A layout kept for the sheets that will show it once more. */
struct laid {
	const struct read_target *of;
	struct style *style;
	struct page_book *book;
	bool kept;			/* by the watch: not ours */
};

struct build {
	struct project p;
	struct options opt;
	struct diag *dg;
	const char *outdir;
	int threads;
	bool timings, quiet;
	bool impose;			/* dabir impose: sheets of any target */
	struct build_seen *seen;	/* dabir watch; else NULL */
	struct merge *merge;		/* --each; else NULL */
	double last;
	size_t nbuilt;
	struct page_times times;
	struct bar bar;
	_Atomic int64_t deflating;
	struct { struct laid *v; size_t n, cap; } laid;
};

static double
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

/* The time since the last call, under the room's name. */
static void
timing(struct build *b, const char *room)
{
	double t = now();

	struct rusage ru;

	if (b->timings && getrusage(RUSAGE_SELF, &ru) == 0)
		fprintf(stderr, "%-8s %8.2f ms, at most %ld MiB so far\n",
		    room, t - b->last, ru.ru_maxrss / 1024);
	b->last = t;
}

/* Where a target's file goes. */
static char *
output_path(struct build *b, const struct read_target *t,
    const struct doc_node *section)
{
	return path_join(&b->p.arena, b->outdir != NULL ? b->outdir :
	    b->p.book.dir, target_output(&b->p, t, section));
}

/* The folder of a file to be written; false, and reported, if there can be
 * none, or none where this book may write. */
static bool
output_dir(struct build *b, const struct read_target *t, const char *path)
{
	char *dir = path_dir(&b->p.arena, path);

	if (!path_allowed(b->outdir != NULL ? b->outdir : b->p.book.dir,
	    path)) {
		diag_add(b->dg, t->pos, STY_OUTPUT_OUTSIDE, t->name,
		    t->output);
		return false;
	}
	if (dir_make(dir))
		return true;
	diag_add(b->dg, t->pos, USE_CANNOT_WRITE, dir, file_why(errno));
	return false;
}

static int
dump(struct build *b, const char *stage)
{
	struct buf out = {0};
	struct style *st;
	struct page_job job = {.doc = &b->p.doc, .dg = b->dg,
	    .fonts = project_fonts(&b->p), .image_dir = b->p.book.dir,
	    .threads = 1};
	struct page_book *book;

	if (strcmp(stage, "doc") == 0) {
		doc_dump(&b->p.doc, &out);
	} else if (strcmp(stage, "shape") != 0 && strcmp(stage, "para") != 0 &&
	    strcmp(stage, "page") != 0 && strcmp(stage, "html") != 0) {
		static const char *const stages[] = {"doc", "shape", "para",
		    "page", "html", NULL};

		diag_add(b->dg, NOPOS, USE_BAD_OPTION, stage, diag_near(b->dg,
		    stage, stages));
	} else {
		st = project_style(&b->p, b->p.book.targets,
		    option_value(&b->opt, "--style"));
		if (st == NULL)
			return 2;
		project_characters(&b->p, st);
		job.style = st;
		job.greedy_pages = option_given(&b->opt, "--greedy-pages");
		if (strcmp(stage, "page") == 0) {
			book = page_layout(&job);
			page_dump(book, &out);
			page_free(book);
		} else if (strcmp(stage, "html") == 0) {
			html_text(&(struct html_job){.doc = &b->p.doc,
			    .style = st, .dg = b->dg,
			    .image_dir = b->p.book.dir}, &out);
		} else {
			page_dump_paras(&job, strcmp(stage, "para") == 0,
			    &out);
		}
		project_style_done(&b->p, st);
	}
	if (out.n > 0)
		fwrite(out.p, 1, out.n, stdout);
	buf_free(&out);
	return 0;
}

static const struct laid *
find_laid(const struct build *b, const struct read_target *of)
{
	for (size_t i = 0; i < b->laid.n; i++)
		if (b->laid.v[i].of == of)
			return &b->laid.v[i];
	return NULL;
}

/* Do sheets take the pages of this target, all in one file? */
static bool
is_source(const struct build *b, const struct read_target *of)
{
	const struct read_target *t;

	for (t = b->p.book.targets; t != NULL; t = t->next)
		if (t->from != NULL && strcmp(t->from, of->name) == 0)
			return of->each == NULL;
	return false;
}

/* In a watch the layout of a whole book outlives the build. */
static bool
keeps(const struct build *b, const struct read_target *of)
{
	return b->seen != NULL && of->each == NULL &&
	    !option_given(&b->opt, "--proof");
}

/* A length in millimetres, to a tenth. */
static double
millimetres(sp v)
{
	return (double)muldiv(v, 254, (int64_t)72 * SP_PT) / 10;
}

/* What was made, on what: «book.pdf: 27 pages of A5, 148 × 210 mm». */
static void
tell_pages(const char *path, const struct page_book *book,
    const struct style *st)
{
	const char *trim = book->width == st->page.width ? st->page.trim :
	    NULL;			/* a proof is larger */

	printf("%s: %zu page%s of %s%s%g × %g mm\n", path, book->npages,
	    book->npages == 1 ? "" : "s", trim != NULL ? trim : "",
	    trim != NULL ? ", " : "",
	    millimetres(book->width), millimetres(book->height));
}

/* Write a book's pages; for `dabir watch`, remember how they look. */
static bool
write_pages(struct build *b, const struct page_book *book,
    struct pdf_options *o, const char *path)
{
	struct build_seen *s = b->seen;
	bool done;

	if (s != NULL) {
		vec_grow((void **)&s->v, &s->cap, s->n + book->npages,
		    sizeof(*s->v));
		o->page_hashes = s->v + s->n;
		if (s->kept != NULL)
			o->kept = kept_pdf(s->kept, path);
	}
	done = pdf_write(book, o, NULL, 0, b->dg, path);
	if (s != NULL && done) {
		s->n += book->npages;
		s->nfiles++;
	}
	return done;
}

/* The same tree without pages: nothing is laid out. */
static void
build_html(struct build *b, const struct read_target *t, struct style *st,
    const struct doc_node *section)
{
	struct html_job job = {.doc = &b->p.doc, .style = st, .dg = b->dg,
	    .image_dir = b->p.book.dir, .section = section,
	    .answers = t->answers, .creator = "Dabir " DABIR_VERSION,
	    .pos = t->pos};
	char *path = output_path(b, t, section);
	struct build_seen *s = b->seen;
	uint64_t hash;

	if (b->impose) {
		diag_add(b->dg, t->pos, IMP_NO_SOURCE, t->name, t->name,
		    b->dg->persian ? "HTML صفحه ندارد" : "HTML has no pages",
		    "");
	} else if (!output_dir(b, t, path)) {
		return;
	} else if (html_write(&job, path, &hash)) {
		b->nbuilt++;
		if (s != NULL) {
			*VEC_PUSH(s) = hash;
			s->nfiles++;
		}
		if (!b->quiet)
			printf("%s\n", path);
	}
	timing(b, "html");
}

static struct page_job
page_job_of(struct build *b, const struct read_target *of, struct style *st,
    const struct doc_node *section)
{
	return (struct page_job){.doc = &b->p.doc, .style = st, .dg = b->dg,
	    .fonts = project_fonts(&b->p), .image_dir = b->p.book.dir,
	    .section = section, .answers = of->answers,
	    .greedy_pages = option_given(&b->opt, "--greedy-pages"),
	    .threads = b->threads,
	    .no_word_cache = option_given(&b->opt, "--no-word-cache"),
	    .times = b->timings ? &b->times : NULL,
	    .progress = b->bar.progress};
}

/* Without what the target says of it: target_pdf() adds that. */
static struct pdf_options
pdf_options_of(struct build *b, const struct read_target *t,
    const struct style *st)
{
	return (struct pdf_options){.compress = !option_given(&b->opt,
	    "--no-compress"), .creator = "Dabir " DABIR_VERSION,
	    .keep_tatweel = st->characters.tatweel,
	    .pos = t->pos, .threads = b->threads, .progress = b->bar.progress,
	    .deflating = b->timings ? &b->deflating : NULL};
}

/*
 * Lay out and write one file: the whole book, or one section of it. `of` is
 * the target whose pages these are: `t` but for sheets of another's.
 */
static void
build_file(struct build *b, const struct read_target *t,
    const struct read_target *of, struct style *st,
    const struct doc_node *section)
{
	struct page_job job = page_job_of(b, of, st, section);
	struct pdf_options o = pdf_options_of(b, t, st);
	const struct laid *laid = find_laid(b, of);
	struct page_book *book;
	bool proof = option_given(&b->opt, "--proof");
	const char *why;
	char *path;

	/* Where nothing can be written nothing need be laid out. */
	path = output_path(b, t, section);
	target_pdf(&o, &b->p, of, st);
	if (proof) {
		why = proof_refused(of, b->impose || sheets_wanted(t),
		    (o.standards & (PDF_X4 | PDF_X1A)) != 0);
		if (why != NULL) {
			diag_add(b->dg, t->pos, USE_NO_PROOF, t->name, why);
			return;
		}
		path = proof_path(&b->p.arena, path);
	}
	if (!output_dir(b, t, path))
		return;
	book = laid != NULL ? laid->book : keeps(b, of) ? kept_pages(
	    b->seen->kept, &job, of->name) : page_layout(&job);
	if (b->timings) {
		fprintf(stderr, "shape    %8.2f ms of all threads\n",
		    (double)b->times.shape / 1e6);
		fprintf(stderr, "para     %8.2f ms of all threads\n",
		    (double)b->times.lines / 1e6);
	}
	if (proof && book->npages > 0)
		proof_make(&b->p, book, st);
	timing(b, "page");
	if (book->npages == 0) {
		if (b->dg->worst < DIAG_FATAL)	/* else that was told */
			diag_add(b->dg, NOPOS, MAN_EMPTY);
	} else if (b->impose || sheets_wanted(t)) {
		b->nbuilt += sheets_write(&(struct sheets_job){.book = book,
		    .style = st, .fonts = job.fonts, .dg = b->dg, .target = t,
		    .over = &b->opt, .pdf = o, .path = sheets_wanted(t) ?
		    path : sheets_path(&b->p.arena, path), .quiet = b->quiet});
	} else if (write_pages(b, book, &o, path)) {
		b->nbuilt++;
		bar_wipe(&b->bar);
		if (!b->quiet)
			tell_pages(path, book, st);
	}
	bar_wipe(&b->bar);
	if (b->timings)
		fprintf(stderr, "deflate  %8.2f ms of all threads\n",
		    (double)b->deflating / 1e6);
	timing(b, "pdf");
	if (laid != NULL)
		return;
	if (is_source(b, of))
		*VEC_PUSH(&b->laid) = (struct laid){of, st, book,
		    keeps(b, of)};
	else if (!keeps(b, of))
		page_free(book);
}

/* One handout for every row of --each. */
static void
build_merge(struct build *b, const struct read_target *t, struct style *st,
    const struct doc_node *section)
{
	struct merge_job j = {.target = t->name, .pos = t->pos,
	    .path = output_path(b, t, section), .bar = &b->bar,
	    .quiet = b->quiet};
	const char *why = strcmp(t->format, "html") == 0 ?
	    "it is HTML, which has no blanks" : sheets_wanted(t) ?
	    "it makes sheets, not pages" : section == NULL ?
	    "it is no handout of a section (“each:”)" : NULL;
	char *dir = path_dir(&b->p.arena, j.path);

	if (option_given(&b->opt, "--proof")) {
		diag_add(b->dg, t->pos, USE_NO_PROOF, t->name,
		    "--each makes files for readers");
		return;
	}
	if (why != NULL) {
		diag_add(b->dg, t->pos, USE_NO_MERGE, t->name, why);
		return;
	}
	if (!merge_only_lists(b->merge) && !dir_make(dir)) {
		diag_add(b->dg, t->pos, USE_CANNOT_WRITE, dir,
		    file_why(errno));
		return;
	}
	j.page = page_job_of(b, t, st, section);
	j.pdf = pdf_options_of(b, t, st);
	target_pdf(&j.pdf, &b->p, t, st);
	b->nbuilt += merge_write(b->merge, &j);
	timing(b, "merge");
}

static void
build_one(struct build *b, const struct read_target *t,
    const struct read_target *of, struct style *st,
    const struct doc_node *section)
{
	if (b->merge != NULL)
		build_merge(b, t, st, section);
	else if (strcmp(of->format, "html") == 0 &&
	    !option_given(&b->opt, "--proof"))
		build_html(b, of, st, section);
	else
		build_file(b, t, of, st, section);
}

static void
build_target(struct build *b, const struct read_target *t)
{
	const struct read_target *of = sheets_source(&b->p.book, t, b->dg);
	const struct doc_node *n = NULL;
	struct style *st;

	if (of == NULL)
		return;
	st = find_laid(b, of) != NULL ? find_laid(b, of)->style :
	    project_style(&b->p, of, option_value(&b->opt, "--style"));
	if (st == NULL)
		return;
	project_characters(&b->p, st);
	timing(b, "style");
	if (of->each == NULL) {
		build_one(b, t, of, st, NULL);
	} else if ((n = target_section(&b->p.doc, of, NULL)) == NULL) {
		target_no_match(of, option_given(&b->opt, "--target"), b->dg);
	}
	for (; n != NULL; n = target_section(&b->p.doc, of, n))
		build_one(b, t, of, st, n);
	if (find_laid(b, of) == NULL)
		project_style_done(&b->p, st);
}

static void
build_all(struct build *b)
{
	struct targets ts = {0};

	if (b->impose && !option_given(&b->opt, "--target"))
		*VEC_PUSH(&ts) = sheets_default(&b->p.book);
	else
		targets_pick(&ts, &b->opt, &b->p.book, b->dg);
	for (size_t i = 0; i < ts.n; i++)
		build_target(b, ts.v[i]);
	free(ts.v);
}

/* What a build reads, a line each, for whoever sends it to another machine:
 * folders of styles and fonts are named whole. */
static void
list_inputs(struct build *b)
{
	struct build_seen seen = {0};

	watch_depends(&seen, &b->p, option_value(&b->opt, "--style"));
	printf("input\t%s\n", merge_path(b->merge));
	for (size_t i = 0; i < seen.depends.n;
	    i += strlen(seen.depends.p + i) + 1)
		printf("input\t%s\n", seen.depends.p + i + 1);
	buf_free(&seen.depends);
}

/* Options are read: do what they say of the book. */
static void
build_book(struct build *b)
{
	const char *stage = option_value(&b->opt, "--dump");
	const char *jobs = option_value(&b->opt, "--jobs");

	b->last = now();
	bar_begin(&b->bar, b->seen == NULL && !b->timings &&
	    !option_given(&b->opt, "--quiet"));
	b->outdir = option_value(&b->opt, "--output");
	b->timings = option_given(&b->opt, "--timings");
	b->quiet = b->seen != NULL || option_given(&b->opt, "--quiet");
	b->threads = options_count(b->dg, "--jobs", jobs, 64, 2);
	if (b->threads == 0)
		return;
	b->merge = merge_open(&b->opt, b->dg);
	if (b->dg->worst == DIAG_FATAL) {
		merge_close(b->merge);
		return;
	}
	b->p.kept = b->seen != NULL ? b->seen->kept : NULL;
	bool open = project_open(&b->p, b->dg, b->opt.args[0]);

	if (b->seen != NULL)
		watch_depends(b->seen, &b->p, option_value(&b->opt, "--style"));
	if (open) {
		timing(b, "read");
		if (b->merge != NULL && merge_only_lists(b->merge))
			list_inputs(b);
		if (stage != NULL)
			dump(b, stage);
		else
			build_all(b);
		/* What only `dabir check` looks for cannot be missed here. */
		check_excuse(&b->p.doc, b->dg, CHECK_NOT_TOLD);
		diag_drop_excused(b->dg);
	}
	for (size_t i = 0; i < b->laid.n; i++) {
		if (!b->laid.v[i].kept)
			page_free(b->laid.v[i].book);
		project_style_done(&b->p, b->laid.v[i].style);
	}
	free(b->laid.v);
	merge_close(b->merge);
	project_close(&b->p);
}

void
build_seen(const struct options *o, struct diag *dg, struct build_seen *seen)
{
	struct build b = {.dg = dg, .opt = *o, .seen = seen};

	build_book(&b);
}

int
build_imposed(const struct options *o, struct diag *dg)
{
	struct build b = {.dg = dg, .opt = *o, .impose = true};

	build_book(&b);
	return finish_messages(dg);
}

int
cmd_build(int argc, char **argv)
{
	struct diag dg = {0};
	struct build b = {.dg = &dg};
	int status = 0;

	if (!options_read(&b.opt, &dg, argc, argv, defs)) {
		options_free(&b.opt);
		return finish_messages(&dg);
	}
	if (b.opt.help || b.opt.nargs != 1) {
		options_help(b.opt.help ? stdout : stderr,
		    "dabir build BOOK [options]",
		    "Build the targets of a book file (book.yaml), or a lone "
		    ".md, into PDF or HTML.", defs);
		status = b.opt.help ? 0 : 2;
		options_free(&b.opt);
		return status;
	}
	build_book(&b);
	options_free(&b.opt);
	return finish_messages(&dg);
}
