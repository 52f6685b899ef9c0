/*
 * A book on its way to pages: what every command that lays out shares.
 * Private to cmd/.
 */
#ifndef CMD_PROJECT_H
#define CMD_PROJECT_H

#include "cite/cite.h"
#include "cmd/kept.h"
#include "doc/doc.h"
#include "font/font.h"
#include "page/page.h"
#include "read/read.h"
#include "style/style.h"

struct project {
	struct arena arena;
	struct diag *dg;
	struct read_book book;
	struct doc doc;
	struct doc_changes *changes;	/* made of it for the last style */
	struct cite_bib bib;		/* empty where `kept` has it */
	struct font_set *fonts;
	const char **styles;		/* folders styles/, nearest first */
	size_t nstyles;
	const char **font_dirs;
	size_t nfont_dirs;
	const char **share;		/* folders that hold styles/ and fonts/ */
	size_t nshare;
	bool have_doc;
	struct kept *kept;		/* from an earlier build; NULL */
};

/*
 * Read book file, manuscripts and bibliography and resolve the citations.
 * Reports; false if there is nothing to lay out.
 */
bool project_open(struct project *p, struct diag *dg, const char *path);
/* Only the book file and the folders. */
bool project_open_book(struct project *p, struct diag *dg, const char *path);
/* No book: only the folders beside the program. */
void project_open_none(struct project *p, struct diag *dg);
struct font_set *project_fonts(struct project *p);
/* The style of a target: `over` (--style) if not NULL, else the target's,
 * the book's, "booklet". */
struct style *project_style(struct project *p, const struct read_target *t,
    const char *over);
void project_style_done(const struct project *p, struct style *st);
/* Put the characters of the tree in order as a style asks, and back again
 * what the last style asked for. */
void project_characters(struct project *p, const struct style *st);
/* Folders in which a profile may lie, or in icc/ below them. */
const char *const *project_profiles(struct project *p, size_t *n);
void project_close(struct project *p);
/* What is left of a project that was closed but kept (kept_project()). */
void project_free(struct project *p);

#endif
