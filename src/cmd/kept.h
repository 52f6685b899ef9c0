/*
 * What a build leaves for the next one of the same book, in one process.
 * Private to cmd/. A build with it writes the bytes and says the messages
 * that a build from nothing does.
 */
#ifndef CMD_KEPT_H
#define CMD_KEPT_H

#include "cite/cite.h"
#include "font/font.h"
#include "pdf/pdf.h"
#include "read/read.h"
#include "style/style.h"

struct kept_style;
struct kept_pages;
struct page_book;
struct page_job;
struct project;
struct kept_bib;
struct kept_citations;
struct kept_output;

struct kept {
	struct read_cache *read;
	struct font_set *fonts;		/* NULL: to be opened */
	struct kept_style *styles;
	/* Layouts by target, and what they point into: projects of earlier
	 * builds, the last one that of this build. */
	struct { struct kept_pages *v; size_t n, cap; } pages;
	struct { struct project **v; size_t n, cap; } projects;
	bool used;			/* this build's project is needed */
	struct kept_bib *bib;
	struct kept_citations *citations;
	struct kept_output *outputs;
};

/* Manuscripts may have changed; `all`: anything else may too, and only what
 * was read is kept. Call it before each build. */
void kept_begin(struct kept *k, bool all);
/* As style_load(); borrowed from `k`. */
struct style *kept_style(struct kept *k, struct diag *dg, const char *name,
    const char *instead, const char *const *dirs, size_t ndirs,
    struct pos pos);
/* As page_layout(), borrowed from `k`. `target` tells layouts apart. */
struct page_book *kept_pages(struct kept *k, const struct page_job *job,
    const char *target);
/* Takes the project of a build if a layout points into it; else false. */
bool kept_project(struct kept *k, const struct project *p);
/* The bibliographies of a book, parsed again where a byte of them changed. */
struct cite_bib *kept_bib(struct kept *k, struct diag *dg,
    const struct read_book *b);
/* As cite_style_load(); borrowed from `k`. */
struct cite_style *kept_citations(struct kept *k, struct diag *dg,
    const char *path, const char *const *dirs, size_t ndirs);
/* What the last write of the PDF at `path` left. */
struct pdf_kept *kept_pdf(struct kept *k, const char *path);
void kept_free(struct kept *k);

#endif
