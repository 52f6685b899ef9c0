/*
 * What is wrong with a book, before anything is printed: lints over the text
 * and over the laid-out pages, excuses, and reports for people and machines.
 *
 * The lints read the same display list that is printed. Everything goes into
 * the run's diag; nothing here changes the tree or the pages.
 */
#ifndef CHECK_H
#define CHECK_H

#include "base/base.h"
#include "doc/doc.h"
#include "page/page.h"
#include "style/style.h"

struct image_inks;		/* image/image.h */

/* Text quality of Persian: mixed Yeh and Kaf, digits, spacing, brackets,
 * quotes, missing ZWNJ, lam-alef of PDF extraction, doubled words. Spans of
 * another language and code are left alone. Ranges and numbers that the
 * style's paragraphs do not isolate are told. */
void check_text(const struct doc *d, const struct style *st, struct diag *dg);

/* Pages: blank and short ones, their number, split rows, notes apart from
 * their marks, rivers, runts, contrast and ink: what layout does not tell.
 * Limits are the style's `check:`. */
void check_pages(const struct page_book *b, const struct style *st,
    struct diag *dg);

/* Ink of the pictures, as a press with these inks (NULL: arithmetic) prints
 * them; the limit is the style's. */
void check_images(const struct page_book *b, const struct style *st,
    struct image_inks *inks, struct diag *dg);

/*
 * What a reader got out of the PDF (`text`, a page up to each form feed)
 * against the words as they are set: a word that is another, is lost or stands
 * on no line is an error. `tatweel`: typed ones are letters of the PDF's text;
 * `more`: the PDF has words beside the pages' (a slug line). Returns how many
 * words were compared.
 */
size_t check_round_trip(const struct page_book *b, const char *text, size_t n,
    bool tatweel, bool more, struct diag *dg);

/* Give each message that has a place in the manuscript its page and position,
 * the printed line that this place falls in; and one that has only a page the
 * place of the last line before it. After all lints. */
void check_places(const struct page_book *b, struct diag *dg);

/* Levels as the style's `check: {levels: ...}` has them, of what was said
 * after `after` (NULL: of all); what is off goes. Fatal errors stay. Before
 * check_excuse(). */
void check_levels(const struct style *st, struct diag *dg,
    const struct diag_msg *after);

/*
 * Excuses: `<!-- dabir: allow LAY003: reason -->` before a block excuses
 * messages of that code whose place lies in the block; lines `% dabir: allow`
 * of a .bib and `# dabir: allow` of a .yaml, what follows them. An excused
 * message keeps its level but counts for nothing. Call once, after everything
 * was said; `told` are the excuses that are told if they are of no use
 * (MAN_UNUSED_EXCUSE): of the layout (LAY) only where these are the pages they
 * were written for, those of the default targets, and none where not all was
 * looked for that they might excuse.
 */
enum check_told { CHECK_NOT_TOLD, CHECK_TEXT_TOLD, CHECK_ALL_TOLD };
void check_excuse(const struct doc *d, struct diag *dg, enum check_told told);

/*
 * A layout written down as JSON, to be compared with later: pages, headings
 * and paragraphs with their pages and lines, `makers` (program and libraries,
 * "HarfBuzz 6.0.0", NULL-terminated) and the hashes of the faces on the pages.
 */
struct check_layout;
struct check_layout *check_layout_open(const char *const *makers);
void check_layout_free(struct check_layout *l);		/* accepts NULL */
/* The pages of one more file; `dg` knows the manuscripts' names. */
void check_layout_add(struct check_layout *l, const struct page_book *b,
    const char *output, struct diag *dg);
void check_layout_write(struct check_layout *l, struct buf *out);
/* NULL (told) if it cannot be read, or is none. */
struct check_layout *check_layout_read(const char *path, struct diag *dg);
/*
 * May the two be compared: made with the same, and of faces in both the same
 * files? What differs is told by name (USE_OTHER_MAKER).
 */
bool check_layout_fits(const struct check_layout *old,
    const struct check_layout *now, const char *path, struct diag *dg);

enum check_change_kind { CHECK_PAGES, CHECK_PAGE, CHECK_HEADING,
	CHECK_PARAGRAPH, CHECK_LINES };
enum check_state { CHECK_EDITED, CHECK_CHANGED, CHECK_ADDED, CHECK_GONE };
struct check_change {
	enum check_change_kind kind;
	enum check_state state;		/* of a PAGE */
	const char *output;
	/* Pages from 1; 0: there is none. PAGES: how many, in `last`. */
	size_t old_first, old_last, new_first, new_last;
	const char *text;		/* title, or first words */
	const char *file;		/* of the manuscript; NULL: unknown */
	struct pos pos;
	size_t nlines, line;		/* LINES: how many, the first of them */
};
struct check_changes {
	struct check_change *v;		/* free() */
	size_t n, cap;
};
/* What became of the file added last; texts live as long as `now`. */
void check_layout_compare(const struct check_layout *old,
    const struct check_layout *now, struct check_changes *out);
const char *check_state(enum check_state state, bool persian);
/* An info for each change if `all`; with `frozen` an error for each page that
 * changed without an edit on it (LAY_PAGE_FROZEN). */
void check_changes_tell(const struct check_changes *c, bool all, bool frozen,
    struct diag *dg);
/* A line a change, fields parted by tabs, old before new; `several` files
 * are parted by their names. */
void check_changes_table(const struct check_changes *c, bool persian,
    bool several, struct buf *out);

enum check_format { CHECK_TEXT, CHECK_JSON, CHECK_SARIF, CHECK_JUNIT };
struct check_counts { size_t errors, warnings, infos, excused; };
struct check_counts check_count(const struct diag *dg);
/* The report of all messages; `version` is the program's, `book` the file
 * that messages without a place of their own are shown at, `changes` those
 * against a baseline (NULL: there was none). */
void check_report(const struct diag *dg, enum check_format format,
    const char *version, const char *book,
    const struct check_changes *changes, struct buf *out);

#endif
