/*
 * Pages -> sheets of paper: booklets, sections for binding, folded sheets,
 * several pages on a side. Reads the display list and places its pages by
 * transforms; nothing on a page is changed, text stays text.
 *
 * A sheet has a front and a back. Places on the front are [sp] from its top
 * left corner, y downwards; places on the back likewise, as seen after the
 * sheet was turned about its vertical middle like the leaf of a book. So
 * what lies behind (x, y) of the front is (width - x, y) of the back.
 */
#ifndef IMPOSE_H
#define IMPOSE_H

#include "base/base.h"
#include "page/page.h"

/* ---------------------------------------------------------------- sheets */

struct impose_box {
	sp x, y, w, h;			/* top left corner; w 0: none */
};

/* A page on a side of a sheet. */
struct impose_placement {
	uint32_t page;		/* index into the book's pages */
	/* x' = a x + c y + e, y' = b x + d y + f; a..d in {-1,0,1} * scale,
	 * scale in millionths; e, f [sp] from the side's top left corner */
	int32_t a, b, c, d;
	sp e, f;
	struct impose_box clip;	/* on the sheet; w 0: none */
};

/* One side of a sheet: what pdf/ makes a page of. */
struct impose_sheet {
	sp width, height;
	struct impose_box trim, bleed;	/* round all pages; w 0: the sheet */
	const struct impose_placement *placements;
	size_t nplacements;
	const struct page_item *items;	/* marks and labels, artifacts */
	size_t nitems;
};

/* --------------------------------------------------------------- options */

enum impose_method {
	IMPOSE_SADDLE,		/* sheets folded once, one in another */
	IMPOSE_SIGNATURE_8,	/* so in sections of 8 pages, gathered */
	IMPOSE_SIGNATURE_16,
	IMPOSE_FOLD_8,		/* a sheet folded twice: 8 pages */
	IMPOSE_FOLD_16,		/* thrice: 16 */
	IMPOSE_N_UP,		/* pages side by side, no fold */
};

/* The edge about which the printer, or the reader's hand, turns a sheet.
 * FREE: the one that leaves backs upright. */
enum impose_edge { IMPOSE_EDGE_FREE, IMPOSE_EDGE_SHORT, IMPOSE_EDGE_LONG };

enum {
	IMPOSE_MARK_CROP = 1 << 0, IMPOSE_MARK_FOLD = 1 << 1,
	IMPOSE_MARK_LABEL = 1 << 2, IMPOSE_MARK_COLLATION = 1 << 3,
	IMPOSE_MARK_BAR = 1 << 4,
	IMPOSE_MARK_ALL = 31,
};

struct impose_options {
	enum impose_method method;
	int pages;			/* N_UP: on a side */
	enum { IMPOSE_BIND_AUTO, IMPOSE_BIND_RIGHT, IMPOSE_BIND_LEFT } binding;
	sp width, height;		/* of the sheet, either way round */
	const char *sheet;		/* "A4", as the user wrote it */
	enum impose_edge edge;
	bool separate;			/* fronts and backs as two files */
	bool face_up;			/* SEPARATE: as fronts leave the tray */
	sp caliper;			/* thickness of the paper */
	int creep;			/* permille of it */
	sp gutter;			/* between pages where they are cut
					 * apart (SADDLE: at the fold); < 0:
					 * the method's own */
	sp milling;			/* of the spine; < 0 likewise */
	sp bleed;			/* of the pages */
	bool fit;			/* scale into the margin below */
	sp margin;			/* where the printer cannot print */
	unsigned marks;			/* IMPOSE_MARK_ bits */
	bool bar_asked;			/* colour bar also where no press is */
	bool back_cover;		/* the last page is the cover's back */
	struct pos pos;			/* for messages */
};

/* Saddle stitch on A4, right- or left-bound by the language. */
void impose_defaults(struct impose_options *o);
/*
 * Read a target's `impose:` mapping over `o`. Unknown keys and wrong values
 * are reported at their places; what stood in `o` stands. Borrows from `y`.
 */
void impose_read(struct impose_options *o, struct diag *dg,
    const struct yaml *y);
/* The same for one key and its value: for the command line. */
void impose_set(struct impose_options *o, struct diag *dg, const char *key,
    const char *value);
/* All keys, NULL-terminated. */
const char *const *impose_keys(void);

/* ---------------------------------------------------------------- imposing */

struct impose_job {
	const struct page_book *book;
	const struct style *style;	/* of the pages: binding, labels */
	struct font_set *fonts;
	struct diag *dg;
	struct impose_options o;
	bool press;			/* in inks: registration, colour bar */
};

struct impose {
	struct arena arena;
	struct impose_options o;	/* with all defaults filled in */
	bool right_bound;
	size_t npages, nplaces;		/* of the book; with blanks */
	size_t nsheets, nsections;	/* of paper */
	int scale;			/* millionths */
	sp width, height;		/* of the sheet as it lies */
	/* Front, back, front ...: 2 * nsheets sides in the order of sheets.
	 * o.separate: nsheets fronts, then nsheets backs, these in the order
	 * in which the pile goes through the printer again. */
	struct impose_sheet *sides;
	/* How the sheets are folded and what the pages are called, for the
	 * PDF's Info and impose_verify(); of each file if there are two. */
	const char *ticket, *ticket_backs;
};

/* Never NULL; a book without pages has no sheets. */
struct impose *impose_sheets(const struct impose_job *job);
void impose_free(struct impose *p);

/*
 * What to tell the printer, and what to do with the paper, in one line
 * without its end; `persian` chooses the language.
 */
void impose_advice(const struct impose *p, bool persian, struct buf *out);

/* ------------------------------------------------------------ folded dummy */

/* A word as it was found on a side of a sheet [pt, y downwards]. */
struct impose_word {
	const char *text;
	double x0, y0, x1, y1;
};
/* The words of a side in the order in which they were drawn. */
struct impose_seen {
	double width, height;
	struct impose_word *words;
	size_t nwords;
};

/*
 * Fold, nest, gather, trim and read what was seen on printed sheets. The
 * ticket says how paper is folded, what number each page should bear and what
 * letters it has; it says nothing of where a page was put. `backs` are the sides of the second
 * file where fronts and backs are two, else NULL. `pages`, if not NULL, are
 * the pages themselves as another file shows them: then every place is
 * compared with its page word by word.
 *
 * Appends the reading order, a line a place, to `out`. Returns true if the
 * book reads from first to last, upright, each page once; *unread pages of it
 * have nothing that would tell (pictures alone).
 */
bool impose_verify(struct diag *dg, const char *ticket,
    const struct impose_seen *sides, size_t nsides,
    const struct impose_seen *backs, size_t nbacks,
    const struct impose_seen *pages, size_t npages, size_t *unread,
    struct buf *out);

/* -------------------------------------------------------------- test print */

/*
 * Two pages, front and back, that show which edge a printer turns sheets
 * about, with a rule of 100 mm; in Persian. `dg` may be told of fonts. NULL,
 * and reported, if the sheet is too small for that.
 */
struct page_book *impose_test_print(const struct style *style,
    struct font_set *fonts, struct diag *dg, sp width, sp height);

#endif
