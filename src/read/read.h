/*
 * Manuscript -> document tree: Pandoc's Markdown as far as Dabir supports
 * it, YAML front matter, and the book file. cmark-gfm is known here alone.
 *
 * Reading never fails: what cannot be read is reported at its place and
 * printed as it stands, and no letter of the file is lost (read_markdown()
 * closes with an account of every letter, MAN_LOST_TEXT).
 */
#ifndef READ_H
#define READ_H

#include "base/base.h"
#include "doc/doc.h"

/* What `targets:` of a book file asks for. Strings live in the book's arena. */
struct read_target {
	const char *name;
	const char *style;		/* "booklet" or a path; NULL: default */
	const char *output;		/* "handouts/{id}.pdf" */
	const char *from;		/* imposed: the target whose pages */
	const char *each;		/* ".phase", "h2", "who.csv"; NULL */
	const char *format;		/* "pdf" (default) or "html" */
	bool is_default, answers;
	struct yaml *map;		/* the target's whole mapping: impose,
					 * standard, bleed, marks ... are read by
					 * the rooms they concern */
	struct pos pos;
	struct read_target *next;
};

/* A book: a book.yaml, or a lone .md taken as a book of one target. */
struct read_book {
	struct arena arena;
	const char *path;		/* as the user gave it */
	const char *dir;		/* folder of the book file */
	const char **manuscript;	/* paths, in order, joined to dir */
	const struct pos *manuscript_at;	/* where each is named */
	size_t nmanuscript;
	const char **bibliography;
	const struct pos *bibliography_at;
	size_t nbibliography;
	const char *citations;		/* "author-date-fa"; NULL: default */
	const char *style;		/* default style of all targets; NULL */
	bool is_lone_md;
	bool outside;			/* names files that it may not read */
	struct read_target *targets;	/* in the file's order; at least one */
	struct doc_meta *meta;		/* title, subtitle, author, lang, ... */
	struct yaml *yaml;		/* whole file; NULL for a lone .md */
	struct pos citations_pos, style_pos;
};

/*
 * Read the book file (or take a lone .md as one) without reading its
 * manuscripts. Unknown keys are errors with the nearest known name.
 * Returns false if there is nothing to build (unreadable, not YAML).
 */
bool read_book(struct read_book *b, struct diag *dg, const char *path);
void read_book_free(struct read_book *b);

/*
 * Read all manuscripts of a book into one tree: ids, notes and citations
 * are book-wide. Ends with doc_finish(). A guessed language is reported
 * (MAN_NO_LANG) and put into the metadata. Returns false if nothing at all
 * could be read (each file reported) or the manuscript is empty (MAN_EMPTY).
 *
 * With `kept` (NULL: nothing is) what was read before and is the same now is
 * not read again. Nodes then belong to `kept`, not to `d`: one tree at a time
 * is made of them, and it must be freed before the next is, or the cache.
 */
struct read_cache;
bool read_manuscripts(struct doc *d, struct diag *dg,
    const struct read_book *b, struct read_cache *kept);

struct read_cache *read_cache_open(void);
void read_cache_close(struct read_cache *k);	/* NULL: nothing */
/*
 * While it is held, nodes that no reading will give out again are put aside
 * and not freed: what points into an earlier tree may look at them until the
 * release. Those given out again are changed as ever. Each call sets it; a
 * release, and read_cache_close(), free all that was put aside.
 */
void read_cache_hold(struct read_cache *k, bool hold);

/*
 * Read one Markdown text into `d`, appending to its root. `name` is the
 * file as messages call it. For tests, fuzzers and includes.
 */
void read_markdown(struct doc *d, struct diag *dg, const char *name,
    const char *text, size_t n);

/*
 * A table of comma-separated values: a header, and rows of as many cells, ""
 * where a row has fewer. Cells are text in one line.
 */
struct read_row {
	const char **cells;
	struct pos pos;
};
struct read_csv {
	struct arena arena;
	const char **names;		/* the header's cells */
	size_t ncols;
	struct read_row *rows;
	size_t nrows;			/* at least one */
	struct pos pos;			/* of the header */
};
/* False (told, fatal) if it cannot be read or has no rows. */
bool read_csv(struct read_csv *csv, struct diag *dg, const char *path);
bool read_csv_text(struct read_csv *csv, struct diag *dg, const char *path,
    const char *text, size_t n);
void read_csv_free(struct read_csv *csv);

/* "cmark-gfm 0.29.0.gfm.6", for --version. */
const char *read_library(void);

#endif
