/*
 * What the targets of a book file ask for: which of them, which sections they
 * make files of, what PDF. Private to cmd/.
 */
#ifndef CMD_TARGET_H
#define CMD_TARGET_H

#include "cmd/options.h"
#include "cmd/project.h"
#include "pdf/pdf.h"

struct targets {
	const struct read_target **v;
	size_t n, cap;
};
/*
 * Those that -t names, in its order; without it the default ones. A name that
 * no target has is reported (USE_NO_TARGET). free() v.
 */
void targets_pick(struct targets *ts, const struct options *o,
    const struct read_book *b, struct diag *dg);

/*
 * The section that a target's `each` makes its next file of: a heading of the
 * flow, ".class", "h2" or "#id", after the heading `after` (NULL: the first);
 * NULL: none is left.
 */
const struct doc_node *target_section(const struct doc *d,
    const struct read_target *t, const struct doc_node *after);
/* That `each` matches nothing: an error if the target was named. */
void target_no_match(const struct read_target *t, bool named,
    struct diag *dg);

/* "handouts/phase-1.pdf": the target's `output` with {id} filled in. */
char *target_output(struct project *p, const struct read_target *t,
    const struct doc_node *section);

/* Standards, print and date of the target's own pages, over `o`. */
void target_pdf(struct pdf_options *o, struct project *p,
    const struct read_target *t, const struct style *st);

#endif
