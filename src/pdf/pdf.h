/*
 * Display list -> PDF file: fonts with synthesised glyphs, text in the
 * order and codes that come out again as they went in, links, outline,
 * tags, metadata, conformance. libharu is known here alone.
 *
 * Writes the same bytes for the same pages: no clock, no locale, no
 * environment. Only this room turns [sp] into points.
 */
#ifndef PDF_H
#define PDF_H

#include "base/base.h"
#include "page/page.h"

/* Standards that may be claimed; several that agree may be or-ed. */
enum {
	PDF_UA1 = 1 << 0, PDF_A2A = 1 << 1, PDF_A2U = 1 << 2, PDF_X4 = 1 << 3,
	PDF_X1A = 1 << 4,
};

struct pdf_options {
	unsigned standards;
	bool tagged;		/* implied by UA-1 and A-2a */
	bool compress;		/* deflate streams; false for tests */
	const char *creator;	/* "Dabir 0.1" */
	const char *date;	/* "D:..." from SOURCE_DATE_EPOCH; NULL: none
				 * (a fixed date where a standard wants one) */
	sp bleed;		/* print: 3 mm [sp]; 0: none */
	bool marks;		/* crop and registration marks, outside the bleed */
	const char *profile;	/* ICC file of the output condition; NULL */
	const char *condition;	/* "FOGRA39"; NULL */
	struct pos pos;		/* of the target, for messages */
	int threads;
};

/* Sheets made of pages under transforms (impose/); NULL: pages as they are. */
struct pdf_placement {
	uint32_t page;		/* index into the book's pages */
	/* x' = a x + c y + e, y' = b x + d y + f; a..d in {-1,0,1} * scale,
	 * scale in millionths; e, f [sp] from the sheet's top left corner */
	int32_t a, b, c, d;
	sp e, f;
	sp clip_x, clip_y, clip_w, clip_h;	/* on the sheet; w 0: none */
};
struct pdf_sheet {
	sp width, height;
	const struct pdf_placement *placements;
	size_t nplacements;
	const struct page_item *items;	/* marks and labels, artifacts */
	size_t nitems;
};

/*
 * Write `book` to `path` (beside it, then renamed: the old file stands if
 * anything fails; PDF_WRITE). Returns false if nothing was written.
 */
bool pdf_write(const struct page_book *book, const struct pdf_options *o,
    const struct pdf_sheet *sheets, size_t nsheets, struct diag *dg,
    const char *path);

/* "libharu 2.3.0", for --version. */
const char *pdf_library(void);

#endif
