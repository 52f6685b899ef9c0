/*
 * Document tree + style + lines -> pages: a display list that pdf/, impose/,
 * check/ and later readers only read. Everything that decides a position
 * happens here or before.
 *
 * Coordinates are [sp] from the top left corner of the trimmed page, y
 * downwards. "Start" and "end" follow the base direction: in a Persian book
 * start is right.
 */
#ifndef PAGE_H
#define PAGE_H

#include "base/base.h"
#include "doc/doc.h"
#include "font/font.h"
#include "para/para.h"
#include "shape/shape.h"
#include "style/style.h"

struct image;			/* image/image.h */

/* ----------------------------------------------------- structure tags */

/* What an element is, for the tagged PDF and for check/. */
enum page_role {
	ROLE_DOCUMENT, ROLE_SECT, ROLE_H1, ROLE_H2, ROLE_H3, ROLE_H4, ROLE_H5,
	ROLE_H6, ROLE_P, ROLE_TITLE, ROLE_QUOTE, ROLE_BLOCK_QUOTE, ROLE_LIST,
	ROLE_LI, ROLE_LBL, ROLE_LBODY, ROLE_TABLE, ROLE_THEAD, ROLE_TBODY,
	ROLE_TR, ROLE_TH, ROLE_TD, ROLE_CAPTION, ROLE_FIGURE, ROLE_CODE,
	ROLE_SPAN, ROLE_LINK, ROLE_REFERENCE, ROLE_NOTE, ROLE_TOC, ROLE_TOCI,
	ROLE_BIBENTRY, ROLE_DIV, ROLE_INDEX, ROLE_FORMULA,
	ROLE_NROLES
};

/*
 * Artifact types: items with elem < 0.
 */
enum { ARTIFACT_PAGINATION = -1, ARTIFACT_LAYOUT = -2, ARTIFACT_BACKGROUND = -3 };

/* An element of the logical structure; elems[0] is the Document. Children
 * are in reading order by `first`/`next`. */
struct page_elem {
	enum page_role role;
	int32_t parent, first, last, next;	/* -1: none */
	const char *lang;	/* where it differs from the parent; NULL */
	const char *alt;	/* FIGURE, LINK: words; NULL */
	const char *title;	/* SECT, headings; NULL */
	const char *id;		/* NOTE, and anything linked to; NULL */
	const char *numbering;	/* LIST: "Decimal", "Disc", "None" */
	int8_t scope;		/* TH: 1 column, 2 row, 3 both */
	uint8_t mode;		/* written 1 from left to right, 2 from right
				 * to left, 0 as its parent */
	uint16_t colspan, rowspan;	/* 0: 1 */
	const struct doc_node *node;	/* where it came from; may be NULL */
};

/* ------------------------------------------------------- display list */

/* What a span of a paragraph adds to shape_span (same index). */
struct page_span {
	int32_t elem;		/* innermost element of its text */
	struct colour colour;
	const char *href;	/* "#id" or a URL; NULL */
	int32_t link_elem;	/* the ROLE_LINK or ROLE_REFERENCE element */
	uint8_t line;		/* 1 underline, 2 overline, 4 strike, 8 blank:
				 * drawn as PAGE_RECT by page/, told for html;
				 * 16 picture */
	const struct image *image;	/* a picture in the line, ... */
	sp image_h, image_drop;		/* its height; its foot below the
					 * baseline */
	const struct page_para *filled;	/* a blank's answer, drawn over it */
	const char *alt;	/* ActualText where it helps; NULL */
	const struct doc_node *node;
};

/* A broken paragraph with what its readers need. */
struct page_para {
	struct para_lines *lines;
	const struct page_span *spans;
	const struct doc_node *node;	/* NULL: made by page/ (folios ...) */
	const struct page_source *source;	/* text offset -> manuscript */
	const char *lang;
};

/* Pieces of a paragraph's text and where they stand in the manuscript. */
struct page_source {
	uint32_t n;
	struct { uint32_t text; struct pos pos; } v[];
};
struct pos page_source_pos(const struct page_source *s, uint32_t text);

enum page_kind {
	PAGE_TEXT,		/* one line of a paragraph */
	PAGE_RECT,		/* filled rectangle (rules too) */
	PAGE_PATH,		/* polyline or polygon: points */
	PAGE_IMAGE,
	PAGE_LINK,		/* clickable area; draws nothing */
};

struct page_point { sp x, y; };

struct page_item {
	uint8_t kind;		/* enum page_kind */
	uint8_t turn;		/* quarter turns clockwise (rotated tables) */
	int32_t elem;		/* element, or ARTIFACT_... (< 0) */
	sp x, y;		/* TEXT: left end of the line, baseline;
				 * others: top left corner */
	union {
		struct { const struct page_para *para; uint32_t line; } text;
		struct { sp w, h; struct colour fill; } rect;
		struct { const struct page_point *v; uint16_t n; bool closed;
			sp width; struct colour stroke, fill; } path;
		struct { sp w, h; const struct image *image; } image;
		struct { sp w, h; const char *href; int32_t link_elem;
			const char *words; } link;
	} u;
};

/*
 * A stretch of a page's items. In a mail merge pages of other readers have it
 * too: parts of one key are alike but for `top`, from which all their y count,
 * and `elem`.
 */
struct page_part {
	size_t from;			/* first item: up to the next part's */
	uint64_t key;			/* 0: of this page alone */
	uint32_t bundle;		/* boxes that stay in order: a page has
					 * each stretch of it once */
	sp top;
	int32_t elem;			/* what all its items belong to; -1: each
					 * as it says */
};

struct page {
	/* A number that in this process no other contents have had: what it
	 * says, item for item, is what it said with that number before. 0:
	 * nothing is known. */
	uint64_t made;
	struct page_item *items;
	size_t nitems;
	const struct page_part *parts;	/* mail merge; else NULL */
	size_t nparts;
	const char *label;	/* printed number: "۱۲", "ج"; "" on blanks */
	int number;		/* the page's number in its numbering */
	bool blank;		/* left empty on purpose */
	bool opener;		/* first page of a chapter: no running head */
	bool title;		/* the title page: no folio either */
	sp filled;		/* height used of the text block [sp] */
	sp block_top, block_height;	/* the text block */
};

struct page_dest { const char *id; uint32_t page; sp x, y; int32_t elem; };
struct page_outline { int level; const char *title; uint32_t page; sp y;
	int32_t elem; };

/* A laid-out book: one arena, freed whole. */
struct page_book {
	struct arena arena;
	/* Stamps as a page has them, of all that is not in its pages: how much
	 * there is of what and how it hangs together; and where things stand,
	 * and what they are called. */
	uint64_t made, placed;
	sp width, height;		/* trim size */
	int level;			/* base direction: 1 right to left */
	bool facing;			/* left and right pages differ: a book */
	const char *lang, *title, *author, *subject, *keywords;
	struct page *pages;
	size_t npages;
	struct page_elem *elems;
	size_t nelems;
	struct page_dest *dests;	/* by id, strcmp order */
	size_t ndests;
	struct page_outline *outline;
	size_t noutline;
	int rounds;			/* layouts it took until nothing moved */
	int64_t cost;			/* of the page breaks */
	struct arena **arenas;		/* of the threads that shaped: owned */
	size_t narenas;
};

/* One reader of a mail merge. */
struct page_reader {
	const char *fill[3];		/* name, class, date; NULL: blank */
	uint64_t seed;			/* order of the questions; 0: as written */
	struct pos pos;			/* for messages */
};

/* Where the time goes: nanoseconds of all threads together. */
struct page_times {
	_Atomic int64_t shape, lines;
};

/* What to lay out, and how. */
struct page_job {
	const struct doc *doc;
	const struct style *style;
	struct font_set *fonts;
	struct diag *dg;
	const char *image_dir;		/* images are read relative to it */
	const struct doc_node *section;	/* only this heading's section; NULL: all */
	bool answers;			/* teacher's edition */
	uint64_t seed;			/* order of a handout's questions; 0: as
					 * written */
	const char *fill[3];		/* handout: name, class, date; NULL: blank */
	bool greedy_pages;		/* first fit: the measure to beat */
	int threads;			/* shaping and breaking; 0 = 1 */
	bool no_word_cache;		/* shape each word wherever it stands: the
					 * same pages, slower */
	struct page_times *times;	/* measured if not NULL */
	struct progress progress;
};

/* Lay out a book. Never NULL; a doc without a word gives no pages. */
struct page_book *page_layout(const struct page_job *job);
void page_free(struct page_book *b);

/*
 * The same for a book that is laid out again and again while it is written.
 * Where only words of paragraphs have changed, the last book comes back with
 * those lines and their pages made anew, or with all pages found again, if
 * lines are not as many as they were; else it is laid out from nothing. Pages
 * and messages are the same whichever way it is.
 *
 * The book is `k`'s: do not free it. It points into the trees it was made of:
 * KEPT_NEW asks the caller to keep job->doc and to let go of all earlier ones,
 * KEPT_CHANGED to keep this one too, KEPT_SAME nothing.
 */
enum page_kept_how { KEPT_NEW, KEPT_CHANGED, KEPT_SAME };
struct page_kept;
struct page_kept *page_kept_open(void);
struct page_book *page_layout_kept(struct page_kept *k,
    const struct page_job *job, enum page_kept_how *how);
void page_kept_close(struct page_kept *k);

/*
 * Mail merge: the handout of `job` for one reader after another. What they
 * share is laid out once; each gets the pages that a run of their own, with
 * `fill` and `seed` in the job, would give. A reader's book is borrowed until
 * the next or the end.
 */
struct page_merge;
struct page_merge *page_merge_open(const struct page_job *job);
/* Does the style's header have the blanks that are to be filled in? */
bool page_merge_has_blanks(const struct page_merge *m);
const struct page_book *page_merge_reader(struct page_merge *m,
    const struct page_reader *r);
void page_merge_close(struct page_merge *m);

/*
 * Text outside the flow, for what is on no page of the book: labels of
 * sheets, test prints. `lang` gives the direction; all that is made lives
 * in `a`.
 */
struct page_label {
	const char *text;
	const char *look;		/* of the style */
	sp size;			/* 0: the look's; the leading goes along */
	int weight;			/* 0: the look's */
	sp measure;			/* lines are broken to it */
	enum style_align align;
};
struct page_lettering;
struct page_lettering *page_lettering_open(struct arena *a,
    const struct style *st, struct font_set *fonts, struct diag *dg,
    const char *lang);
void page_lettering_close(struct page_lettering *w);
/* An item a line, from the measure's left end, the first baseline at 0. */
struct page_item *page_text_items(struct page_lettering *w,
    const struct page_label *what, size_t *n);

/*
 * A proof copy: the pages on larger paper, lines numbered, with the lines of
 * the manuscript they begin with, remarks beside them and a stamp at the head.
 * What is on the pages stands as it did. Once for a book.
 */
struct page_remark {
	uint32_t page;			/* from 1 */
	sp y;				/* of the line */
	const char *text;
};
struct page_proof {
	const struct style *style;
	struct font_set *fonts;
	struct diag *dg;
	const struct page_remark *v;	/* in the order of pages and lines */
	size_t n;
	const char *stamp, *lang;	/* of stamp and remarks */
};
void page_proof(struct page_book *b, const struct page_proof *job);

/* The display list as text for --dump page. */
void page_dump(const struct page_book *b, struct buf *out);
/* Shaped and broken paragraphs for --dump shape and --dump para. */
void page_dump_paras(const struct page_job *job, bool lines, struct buf *out);

#endif
