/*
 * Which page stands where, before any measure.
 *
 * A book is a row of places, read in order; a place holds a page or is
 * blank. Places are parted into sections, each of which is folded and then
 * gathered with the others; saddle stitch and n-up have one section.
 *
 * Each section is told by one table, that of a right-bound front from the
 * top left corner, because that is what most of our books are. All else
 * follows from it:
 *
 *	the back	shows the other page of each leaf: behind place p is
 *			p + 1 if p is odd, p - 1 if it is even, in the
 *			mirrored cell;
 *	left-bound	is the mirror image, columns from the other side.
 *
 * For a sheet folded once that is sheet k of a section of P places, k from
 * 1 and outermost: 2k - 1 | P - 2k + 2. The folded sheets:
 *
 *	8:	4  5	(head down)	16:	8  9 12  5	(head down)
 *		1  8			1 16 13  4
 *
 * The last section of nested sheets may be short (a multiple of four), so
 * that no more than three blanks are ever needed; one folded sheet cannot
 * be short.
 */
#include "impose/internal.h"

static const uint8_t fold_8[2][2] = {{4, 5}, {1, 8}};
static const uint8_t fold_16[2][4] = {{8, 9, 12, 5}, {1, 16, 13, 4}};

bool
impose_folds_once(enum impose_method m)
{
	return m == IMPOSE_SADDLE || m == IMPOSE_SIGNATURE_8 ||
	    m == IMPOSE_SIGNATURE_16;
}

bool
impose_folds(enum impose_method m)
{
	return m != IMPOSE_N_UP;
}

size_t
impose_section_size(enum impose_method m)
{
	switch (m) {
	case IMPOSE_SIGNATURE_8: case IMPOSE_FOLD_8: return 8;
	case IMPOSE_SIGNATURE_16: case IMPOSE_FOLD_16: return 16;
	default: return 0;
	}
}

/* Places of one sheet, both its sides. */
static size_t
sheet_size(const struct impose_options *o)
{
	switch (o->method) {
	case IMPOSE_FOLD_8: return 8;
	case IMPOSE_FOLD_16: return 16;
	case IMPOSE_N_UP: return 2 * (size_t)MAX(o->pages, 1);
	default: return 4;
	}
}

size_t
impose_nplaces(const struct impose_options *o, size_t npages)
{
	size_t unit = sheet_size(o);

	return (npages + unit - 1) / unit * unit;
}

uint32_t *
impose_order(struct arena *a, size_t npages, size_t nplaces, bool back_cover)
{
	uint32_t *v = ARENA_ARRAY(a, uint32_t, nplaces + 1);
	size_t i, first = back_cover && npages > 0 ? npages - 1 : npages;

	for (i = 0; i < nplaces; i++)
		v[i] = i < first ? (uint32_t)i : IMPOSE_BLANK;
	if (first < npages)
		v[nplaces - 1] = (uint32_t)first;
	return v;
}

struct section *
impose_sections(struct arena *a, const struct impose_options *o,
    size_t nplaces, size_t *n)
{
	size_t size = impose_section_size(o->method), i;
	struct section *v;

	if (size == 0)
		size = nplaces;
	*n = nplaces == 0 ? 0 : (nplaces + size - 1) / size;
	v = ARENA_ARRAY(a, struct section, *n + 1);
	for (i = 0; i < *n; i++) {
		v[i].first = i * size;
		v[i].nplaces = MIN(size, nplaces - v[i].first);
		v[i].nsheets = v[i].nplaces / sheet_size(o);
	}
	return v;
}

size_t
impose_cell(const struct impose_options *o, bool right_bound,
    const struct section *s, size_t sheet, bool back, int cols, int rows,
    int col, int row, bool *turned)
{
	size_t place;

	*turned = false;
	if (o->method == IMPOSE_N_UP) {
		if (right_bound)
			col = cols - 1 - col;
		return (2 * sheet + back) * (size_t)(cols * rows) +
		    (size_t)(row * cols + col) + 1;
	}
	if (back != !right_bound)
		col = cols - 1 - col;
	if (o->method == IMPOSE_FOLD_8)
		place = fold_8[row][col];
	else if (o->method == IMPOSE_FOLD_16)
		place = fold_16[row][col];
	else
		place = col == 0 ? 2 * sheet + 1 : s->nplaces - 2 * sheet;
	*turned = rows == 2 && row == 0;
	if (!back)
		return place;
	return place % 2 != 0 ? place + 1 : place - 1;
}

size_t
impose_depth(const struct section *s, size_t place)
{
	return (MIN(place, s->nplaces + 1 - place) - 1) / 2;
}
