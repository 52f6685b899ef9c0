/*
 * What the files of impose/ know of one another:
 *
 *	options.c	a target's `impose:` mapping
 *	order.c		which page stands in which cell of which side
 *	grid.c		where the cells of a sheet are
 *	impose.c	both together: sides with placements
 *	marks.c		fold, crop and collation marks, colour bar, labels
 *	advice.c	printer settings
 *	ticket.c	what goes with the sheets for the folded dummy
 *	words.c		what a page says, in short
 *	verify.c	the folded dummy
 *	testprint.c	the test print
 */
#ifndef IMPOSE_INTERNAL_H
#define IMPOSE_INTERNAL_H

#include "impose/impose.h"

/* A place that no page stands in. */
#define IMPOSE_BLANK UINT32_MAX
#define MM(x) ((sp)((x) * (SP_PT * 360.0 / 127.0)))

/* ---------------------------------------------------------------- order */

enum { MAX_COLS = 4, MAX_ROWS = 4 };

/*
 * A section: sheets that are nested, or the one sheet that is folded; its
 * places count from 1 in reading order. N_UP: all there is.
 */
struct section {
	size_t first;			/* places before it */
	size_t nplaces;
	size_t nsheets;
};

bool impose_folds_once(enum impose_method m);	/* saddle, signatures */
bool impose_folds(enum impose_method m);	/* not N_UP */
/* Places of a whole section; 0: one section takes all. */
size_t impose_section_size(enum impose_method m);
/* Places that `npages` pages need, blanks among them. */
size_t impose_nplaces(const struct impose_options *o, size_t npages);
/* For each place (from 0) its page, or IMPOSE_BLANK. */
uint32_t *impose_order(struct arena *a, size_t npages, size_t nplaces,
    bool back_cover);
struct section *impose_sections(struct arena *a,
    const struct impose_options *o, size_t nplaces, size_t *n);
/* The place (from 1, in the section) that a cell shows, cells counted from
 * the top left of the side as it is seen; *turned: head down. */
size_t impose_cell(const struct impose_options *o, bool right_bound,
    const struct section *s, size_t sheet, bool back, int cols, int rows,
    int col, int row, bool *turned);
/* How many leaves lie outside the one with this place. */
size_t impose_depth(const struct section *s, size_t place);

/* ----------------------------------------------------------------- grid */

/*
 * The cells of a front. Columns 0 and 1, and 2 and 3, meet at their spines;
 * all else meets where it is cut.
 */
struct grid {
	int cols, rows;
	int32_t scale;			/* millionths */
	sp sheet_w, sheet_h;
	sp w, h;			/* a page's trim on the sheet */
	sp spine, cut_x, cut_y;		/* gaps between neighbours */
	sp x[MAX_COLS], y[MAX_ROWS];	/* left and top of the trims */
};

/* Finds it; reports what had to give way. */
void impose_grid(struct grid *g, struct impose_options *o, struct diag *dg,
    const struct page_book *book, size_t nsections);
/* Round all trims. */
struct impose_box impose_trim(const struct grid *g);
/* The line between columns c and c + 1 (rows r and r + 1). */
sp impose_line_x(const struct grid *g, int c);
sp impose_line_y(const struct grid *g, int r);
bool impose_is_spine(const struct impose_options *o, int c);

/* ---------------------------------------------------------------- marks */

/* What a side bears besides pages. */
struct side_info {
	size_t sheet, nsheets;		/* of all, from 0 */
	size_t section, nsections;
	bool back;
	bool outermost;			/* front of a section's first sheet */
};

struct marker;
struct marker *impose_marker_open(const struct impose_job *job,
    struct impose *p, const struct grid *g);
/* Items of a side, in the arena of `p`. */
struct page_item *impose_mark(struct marker *m, const struct side_info *s,
    size_t *n);
void impose_marker_close(struct marker *m);

/* ---------------------------------------------------------------- words */

enum { IMPOSE_LETTERS = 12 };

struct impose_letters {
	uint32_t n[IMPOSE_LETTERS];	/* letters and digits, by box */
};

/* Count those of a text in. */
void impose_letters(struct impose_letters *v, const char *s, size_t n);
void impose_page_letters(struct impose_letters *v, const struct page *pg);
uint32_t impose_letters_count(const struct impose_letters *v);
bool impose_letters_same(const struct impose_letters *a,
    const struct impose_letters *b);
/* As 2 * IMPOSE_LETTERS signs, and back; false if they are none. */
void impose_letters_put(struct buf *b, const struct impose_letters *v);
bool impose_letters_read(struct impose_letters *v, const char *s, size_t n);

/* --------------------------------------------------------------- ticket */

enum { IMPOSE_LINES = 4 };

/* What a ticket says. */
struct ticket {
	const char *method, *file;
	bool right_bound, short_edge, face_up, separate;
	size_t npages, nplaces, section;
	double w, h;			/* of the sheet [pt] */
	double upright[IMPOSE_LINES], lying[IMPOSE_LINES];
	double trim[4];			/* left, top, right, foot */
	int nupright, nlying;
	double milling;
	const char **numbers;		/* by place; "-" blank, "." none */
	struct impose_letters *words;	/* by place; NULL: not said */
	bool *has_words;		/* said of this place */
};

void impose_ticket(struct impose *p, const struct grid *g,
    const struct page_book *book, const uint32_t *order);
/* Strings live in `a`; false if it makes no sense. */
bool impose_ticket_read(struct arena *a, struct ticket *t, const char *s);

/* --------------------------------------------------------------- advice */

/* Are backs to be turned by half so that they stand upright? */
bool impose_turns_backs(const struct impose_options *o, sp width, sp height);
/* FREE made plain: the edge that a sheet is turned about. */
enum impose_edge impose_edge(const struct impose_options *o, sp width,
    sp height);
/* "A4", or "320 × 450 mm". */
const char *impose_sheet_name(struct arena *a, const struct impose_options *o);
const char *impose_mm(struct arena *a, sp v);	/* "2.5 mm" */
const char *impose_method_name(enum impose_method m);
/* How a sheet is folded, for labels and advice; "" for N_UP. */
const char *impose_fold_words(const struct impose_options *o,
    bool right_bound, bool persian);

#endif
