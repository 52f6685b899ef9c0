/*
 * References and citations: .bib and CSL-JSON into one model, citation keys
 * into inlines, the list in its order. Styles are data
 * (styles/citations/NAME.yaml); no style is written in C.
 */
#ifndef CITE_H
#define CITE_H

#include "base/base.h"
#include "doc/doc.h"

/* One person, or a corporate body (only `family` filled in). */
struct cite_name {
	const char *family, *given, *particle, *suffix;	/* "" if none */
	bool corporate;
	bool others;			/* "and others": ends the list */
	struct cite_name *next;
};

struct cite_field {
	const char *name;		/* lower case: "title", "address" ... */
	const char *value;		/* braces and TeX escapes resolved */
	struct pos pos;
	struct cite_field *next;
};

struct cite_entry {
	const char *key, *kind;		/* kind: article, book, thesis, chapter,
					 * news, web, report, misc */
	struct cite_name *authors, *editors, *translators;
	struct cite_field *fields;	/* everything else, in file order */
	const char *lang;		/* as named, else by its letters */
	bool ltr;			/* that is written left to right */
	bool jalali;			/* its dates are solar Hijri */
	int year;			/* in its own calendar; 0 if none */
	struct pos pos;
	int number;			/* in the printed list, from 1 */
	int ncited;			/* times its key stands in the text */
	bool nocite;			/* listed because `nocite` names it */
	const char *year_suffix;	/* "الف" ...; "" */
	struct doc_node *node;		/* its DOC_REF_ENTRY, once made */
	struct cite_entry *next;
};

/* A bibliography; zero-initialise, cite_free() ends it. */
struct cite_bib {
	struct arena arena;
	struct cite_entry *first, *last;
	size_t n;
	struct map keys;		/* key -> struct cite_entry * */
	struct map strings;		/* @string definitions */
};

#define CITE_MAX_FILE ((size_t)64 << 20)	/* [byte] */

/*
 * Read a .bib (or CSL-JSON) text. An entry that does not close ends at the
 * next line that begins with '@' (BIB_SYNTAX) and the others are still read.
 * Limits: 64 MiB, 200,000 entries, 1 MiB a field, nesting 64.
 */
void cite_read_bib(struct cite_bib *bib, struct diag *dg, const char *name,
    const char *text, size_t n);
void cite_read_csl(struct cite_bib *bib, struct diag *dg, const char *name,
    const char *text, size_t n);
/* By the file's ending; an unreadable file is reported at `named`, the place
 * that names it. */
void cite_read_file(struct cite_bib *bib, struct diag *dg, const char *path,
    struct pos named);
/* The same of a file that is read already. */
void cite_read_text(struct cite_bib *bib, struct diag *dg, const char *path,
    const struct buf *text);
const char *cite_field(const struct cite_entry *e, const char *name); /* "" */

/*
 * A citation style, read from YAML. What it inherits from is looked for
 * beside it, then in citations/ of the folders `dirs`, in their order; NULL,
 * and reported, if it cannot be read.
 */
struct cite_style;
struct cite_style *cite_style_load(struct arena *a, struct diag *dg,
    const char *path, const char *const *dirs, size_t ndirs);

/*
 * Resolve every citation of the tree: each DOC_CITE gets the inlines to
 * print as children (links "#ref-KEY" to the list), DOC_REFS gets one
 * DOC_REF_ENTRY an entry (id "ref-KEY", number, inlines) in the style's
 * order. Notes are added to the tree for footnote styles. Reports unknown
 * keys (nearest known one), entries never cited, missing fields. Ends with
 * doc_finish(). `style` may be NULL: then keys are printed as written.
 *
 * A numbered entry has its number and, as the attribute "marker", what to
 * print for it ("۱۲." or "[۱۲]"). Where the style wants ways back, a
 * citation's link has the id "cite-KEY-N" and the entry ends in a DOC_SPAN
 * of class "backlinks" with a DOC_LINK to each, whose text is N until page/
 * puts the page there. Citations in Latin letters stand in a DOC_SPAN with
 * dir=ltr and lang; entries have these themselves.
 */
void cite_resolve(struct doc *d, struct cite_bib *bib,
    const struct cite_style *style, struct diag *dg);

void cite_free(struct cite_bib *bib);

#endif
