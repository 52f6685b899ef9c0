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

/* Text quality of Persian: mixed Yeh and Kaf, digits, spacing, brackets,
 * quotes, missing ZWNJ, lam-alef of PDF extraction, doubled words. Spans of
 * another language and code are left alone. */
void check_text(const struct doc *d, struct diag *dg);

/* Pages: blank ones, their number, loose ends that layout does not tell. */
void check_pages(const struct page_book *b, struct diag *dg);

/*
 * Excuses: `<!-- dabir: allow LAY003: reason -->` before a block excuses
 * messages of that code whose place lies in the block. An excused message
 * keeps its level but counts for nothing; an excuse without use is told
 * (MAN_UNUSED_EXCUSE). Call once, after everything was said.
 */
void check_excuse(const struct doc *d, struct diag *dg);

enum check_format { CHECK_TEXT, CHECK_JSON, CHECK_SARIF, CHECK_JUNIT };
struct check_counts { size_t errors, warnings, infos, excused; };
struct check_counts check_count(const struct diag *dg);
/* The report of all messages; `version` is the program's. */
void check_report(const struct diag *dg, enum check_format format,
    const char *version, struct buf *out);

#endif
