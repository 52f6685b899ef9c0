/*
 * `dabir build --proof`: pages to be read and written on. Private to cmd/.
 */
#ifndef CMD_PROOF_H
#define CMD_PROOF_H

#include "cmd/project.h"

/* "book.pdf" -> "book-proof.pdf". */
char *proof_path(struct arena *a, const char *path);
/* Why no proof is made of a target; NULL: one is. */
const char *proof_refused(const struct read_target *t, bool sheets,
    bool press);
/* Say what `dabir check` says of text and pages, and make the pages a proof
 * with it. */
void proof_make(struct project *p, struct page_book *b, struct style *st);

#endif
