/*
 * Inside check/: a layout as it is written down and compared. Everything is
 * in the record's arena: it outlives the pages it tells of.
 */
#ifndef CHECK_LAYOUT_H
#define CHECK_LAYOUT_H

#include "check/check.h"

/* A paragraph of the flow, or a picture. */
struct para_record {
	const char *id;			/* hash of what it shows, and which of
					 * these: "9f….2" */
	size_t first, last;		/* pages, from 1 */
	const char *words;		/* its first ones; of a picture its file */
	const char *file;		/* in the manuscript; NULL: unknown */
	uint32_t line;
	struct pos pos;			/* the same, in a record just made */
	uint32_t *lines;		/* where they begin in its text [byte] */
	size_t nlines;
};

struct heading_record {
	const char *title;
	size_t page;
	const char *file;
	uint32_t line;
	struct pos pos;
};

struct page_record {
	const char *hash;
	struct pos pos;			/* where it begins; of a record just made */
};

/* The pages of one file. */
struct output_record {
	const char *output;
	struct { struct page_record *v; size_t n, cap; } pages;
	struct { struct heading_record *v; size_t n, cap; } headings;
	struct { struct para_record *v; size_t n, cap; } paras;
};

struct check_layout {
	struct arena arena;
	struct { const char **v; size_t n, cap; } makers;  /* "HarfBuzz 6.0.0" */
	struct map faces;		/* "Parastoo Bold" -> SHA-256, a string */
	struct { const char **v; size_t n, cap; } face_names;
	struct { struct output_record *v; size_t n, cap; } outputs;
};

void layout_add_face(struct check_layout *l, const char *name,
    const char *sum);

#endif
