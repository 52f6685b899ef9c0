/*
 * The document tree -> one semantic HTML file, with nothing beside it: for
 * phones, for screen readers, for the web. Nothing here is laid out, so
 * there are no pages: where the PDF says a page, this says a title or a
 * number. Words, numbers and order are those of the PDF, from the same code
 * (style/, doc/).
 *
 * The same tree and style give the same bytes. Everything a manuscript holds
 * is escaped; it can bring neither elements nor attributes nor scripts.
 */
#ifndef HTML_H
#define HTML_H

#include "base/base.h"
#include "doc/doc.h"
#include "style/style.h"

/* What to write; everything is borrowed. */
struct html_job {
	const struct doc *doc;		/* citations resolved */
	const struct style *style;
	struct diag *dg;
	const char *image_dir;		/* images are read below it alone */
	const struct doc_node *section;	/* only this heading's section, as a
					 * handout; NULL: the whole book */
	bool answers;			/* teacher's edition */
	uint64_t seed;			/* order of questions; 0: as written */
	const char *fill[3];		/* handout: name, class, date; NULL:
					 * blank */
	const char *creator;		/* "Dabir 0.1"; NULL: not told */
	struct pos pos;			/* of the target, for messages */
};

/* The file's bytes, appended. */
void html_text(const struct html_job *job, struct buf *out);
/*
 * Write them to `path`, beside it and renamed into place: what stood there
 * stands if anything fails (USE_CANNOT_WRITE; false). `hash`, if not NULL,
 * is set to one of the bytes, to tell whether an edit changed anything.
 */
bool html_write(const struct html_job *job, const char *path, uint64_t *hash);

#endif
