/*
 * What the two files of a mail merge know of one another: shared.c draws
 * what readers have in common, merge.c makes files of it. Private to pdf/.
 */
#ifndef PDF_MERGE_H
#define PDF_MERGE_H

#include "pdf/internal.h"

/* A part of pages, drawn. */
struct shared {
	struct buf content;		/* as in the file */
	struct pdf_mark *marks;		/* page not set; order from 0 */
	struct pdf_link *links;		/* items from the part's top */
	const struct page_item **images;
	uint32_t nmarks, nlinks, nimages, norder;
	uint32_t file, object;		/* where it was written last */
};

/* Numbers of marked content that a bundle of boxes has to itself. */
struct range { uint32_t from, n; };

/* Content that only one page has, until the fonts of its words are made. */
struct own {
	struct buf content;
	uint32_t object;
};

struct pdf_merge {
	struct arena arena;		/* of the shared parts */
	struct arena reader;		/* of the reader at hand */
	struct pdf_options o;
	struct diag *dg;
	struct pdf_deflate *deflate;
	struct buf scratch;
	struct pdf_job base;		/* draws the shared parts; has no file */
	struct map parts;		/* key and first MCID -> struct shared */
	struct { struct range *v; size_t n, cap; } ranges;	/* by bundle */
	uint32_t after;			/* the first number behind them */

	/* The file at hand. */
	struct pdf_job j;
	struct out_file *out;
	const char *path;
	bool joined;
	size_t multiple;		/* of pages for each reader */
	uint32_t file;			/* its number, from 1 */
	uint32_t nreaders;
	size_t npages;
	struct map moves;		/* content of a matrix alone -> object */
	struct { struct own *v; size_t n, cap; } own;
	uint32_t in_group;		/* readers who share a font of names */
	/* Trees that grow by the reader. */
	uint32_t root, document;	/* elements */
	struct buf parts_of, numbers, ids, labels, kids, leaf_kids;
	uint32_t leaf, nleaf;		/* of the page tree, being filled */
	struct { uint32_t root, first, last, n; struct buf text; } outline;
};

struct shared *shared_part(struct pdf_merge *m, const struct page_book *b,
    const struct page *p, size_t k, uint32_t mcid);
bool shared_measure(struct pdf_merge *m, const struct page_book *like);
/* The shared part at each place of p->parts, or NULL: the page draws it.
 * Returns the first MCID that none of them has. */
uint32_t shared_find(struct pdf_merge *m, const struct page_book *b,
    const struct page *p, struct shared **out);
void shared_use(struct pdf_merge *m, const struct shared *s,
    const struct page_part *part, uint32_t page);

#endif
