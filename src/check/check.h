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
 * The layout as JSON, to be compared with later: pages, headings and
 * paragraphs with their pages, `makers` (program and libraries in words) and
 * the hashes of the font files. Appended.
 */
void check_baseline_write(const struct page_book *b, const char *makers,
    struct buf *out);
/*
 * Compare with the baseline in `path`; what differs is appended to `out`, a
 * line each, fields parted by tabs, old before new. With `frozen` a changed
 * page without an edited paragraph is told (LAY_PAGE_MOVED). False if it
 * cannot be compared, which was told: made by others, or no baseline.
 */
bool check_baseline(const struct page_book *b, const char *makers,
    const char *path, bool frozen, struct diag *dg, struct buf *out);

enum check_format { CHECK_TEXT, CHECK_JSON, CHECK_SARIF, CHECK_JUNIT };
struct check_counts { size_t errors, warnings, infos, excused; };
struct check_counts check_count(const struct diag *dg);
/* The report of all messages; `version` is the program's, `book` the file
 * that messages without a place of their own are shown at. */
void check_report(const struct diag *dg, enum check_format format,
    const char *version, const char *book, struct buf *out);

#endif
