/*
 * What the files of pdf/ know of one another, from the file upwards:
 *
 *	sink.c		bytes to the output; object and xref streams
 *	objects.c	numbered objects through libharu; the only file but
 *			sink.c that includes its headers
 *	deflate.c	compression, one compressor a thread
 *	content.c	numbers, colours, paths into a page's content
 *	glyphs.c	clusters -> keys of the embedded fonts
 *	text.c		lines -> runs of keys
 *	image.c		pictures
 *	fonts.c		font dictionaries, widths, ToUnicode
 *	tags.c		structure tree, marked content, parent tree
 *	outline.c	bookmarks, destinations, links, page labels
 *	xmp.c		Info, XMP, output intents, the file's identifier
 *	icc.c		a small sRGB profile of our own
 *	boxes.c		page boxes, bleed, printer's marks
 *	options.c	what a target says of standards and print
 *	sheets.c	sheets of paper as pages
 *	claims.c	what stands in the way of a standard
 *	shared.c	parts that pages of a mail merge have in common
 *	merge.c		pdf_merge_...(): files for one reader or many
 *	kept.c		what one write leaves for the next
 *	pdf.c		pdf_write(): the two passes over the pages
 */
#ifndef PDF_INTERNAL_H
#define PDF_INTERNAL_H

#include "pdf/pdf.h"

/* ------------------------------------------------------------- deflate */

struct pdf_deflate;
/* The time it takes is added to *spent [ns], unless that is NULL. */
struct pdf_deflate *pdf_deflate_open(_Atomic int64_t *spent);
void pdf_deflate_close(struct pdf_deflate *d);
/* Append `n` bytes at `p` to `out` in zlib's form. */
void pdf_deflate(struct pdf_deflate *d, const void *p, size_t n,
    struct buf *out);

/* ---------------------------------------------------------------- sink */

/*
 * Where libharu's bytes go. With `pack` the sink gathers objects without
 * streams into object streams and writes a cross-reference stream (PDF
 * 1.5), so it must be told about each object that has a stream before its
 * first byte of it: pdf_sink_stream().
 */
/* Object streams as they were written. */
struct pdf_packs {
	struct { struct buf plain, deflated; size_t first; } *v;
	size_t n, cap;
};
struct pdf_sink {
	struct out_file *out;
	struct pdf_deflate *deflate;	/* borrowed; NULL: streams are left
					 * plain */
	bool pack;
	bool failed;			/* a write failed; sticks */
	bool begun;			/* objects are written before libharu's */
	bool tail;			/* past the last object */
	bool in_object, direct;
	uint32_t object;		/* being written */
	uint32_t next;			/* object that is the sink's own */
	uint32_t pack_object;		/* of the object stream at hand */
	uint32_t root, info;		/* for the trailer of ours */
	uint64_t pos;			/* bytes written */
	uint64_t hash[2];
	struct buf pending;		/* an object, until it is known whole */
	struct buf pack_index, pack_body;
	uint32_t npack;
	struct pdf_packs *packs;	/* object streams of the last write of
					 * this file, made those of this one;
					 * NULL */
	size_t packs_done;
	uint64_t *places;		/* by object number: see sink.c */
	uint32_t nplaces, cplaces;
};
void pdf_sink_write(struct pdf_sink *s, const void *p, size_t n);
void pdf_sink_stream(struct pdf_sink *s);
/* What libharu does for an object's head; its end is "\nendobj\n". */
void pdf_sink_object(struct pdf_sink *s, uint32_t object);
/*
 * Write before libharu does: the file's head, then whole objects of numbers
 * from `next` on, in any order. `entries` is what stands in the dictionary.
 */
void pdf_sink_begin(struct pdf_sink *s, int version);
void pdf_sink_dict(struct pdf_sink *s, uint32_t object, const char *entries,
    size_t n);
void pdf_sink_whole(struct pdf_sink *s, uint32_t object, const char *entries,
    const struct buf *data, bool deflated);
/* What comes next stands in object streams of its own. */
void pdf_sink_cut(struct pdf_sink *s);
/* `n` objects from `object` on as the last write of this file has them, in
 * the object streams that were cut off there. */
void pdf_sink_again(struct pdf_sink *s, uint32_t object, uint32_t n);
void pdf_sink_finish(struct pdf_sink *s);
void pdf_packs_free(struct pdf_packs *p);
void pdf_sink_close(struct pdf_sink *s);
/* 16 bytes that depend on everything written so far, as 32 hex digits. */
void pdf_sink_id(const struct pdf_sink *s, char out[static 33]);

/* ------------------------------------------------------------- objects */

/*
 * A file being made. Objects are numbered when asked for and get their
 * contents at any time before pdf_file_save(), which writes them in order
 * of number. Contents of a dictionary are text without << and >>.
 */
struct pdf_file {
	struct arena arena;
	struct pdf_priv *priv;		/* libharu's handles */
	struct pdf_deflate *deflate;	/* of the thread that writes it */
	struct pdf_sink sink;
	struct diag *dg;
	struct pos pos;
	bool compress;
	uint32_t catalog, pages, info;	/* objects that always are */
	uint32_t direct;		/* first object of pdf_file_begin(); 0 */
	uint32_t own;			/* first that libharu knows nothing
					 * of; 0: it knows all */
	uint32_t next;			/* number of the next of those */
	uint32_t part, part_end;	/* of pdf_file_part(); 0: none */
	bool part_same;			/* it is written as it last was */
	struct pdf_object **objects;	/* by number */
	uint32_t nobjects;
};
/* Makes text of an object when it is written, so that long books need not
 * hold it. */
typedef void (*pdf_maker)(void *arg, uint32_t index, struct buf *out);

/* Reports and returns false when libharu fails. */
bool pdf_file_open(struct pdf_file *f, struct diag *dg, struct pos pos,
    bool compress, _Atomic int64_t *deflating);
/* Objects from here on go past libharu, which has no part in files that are
 * packed: such a file pdf_file_save() must make of it. */
void pdf_file_own(struct pdf_file *f);
/*
 * Objects without streams between these two stand in object streams of their
 * own: so they can be had again as they were, all of them, if their numbers
 * and what they say are the same. `packed` objects without streams must stand
 * before them then as did before.
 */
void pdf_file_part(struct pdf_file *f);
void pdf_file_part_end(struct pdf_file *f);
void pdf_file_part_again(struct pdf_file *f, uint32_t n);
uint32_t pdf_file_packed(const struct pdf_file *f);
uint32_t pdf_object(struct pdf_file *f);
/* `n` objects, numbered from the one returned. */
uint32_t pdf_objects(struct pdf_file *f, uint32_t n);
/* Text is copied. */
void pdf_dict(struct pdf_file *f, uint32_t object, const char *text, size_t n);
void pdf_dict_buf(struct pdf_file *f, uint32_t object, struct buf *b);
void pdf_dict_made(struct pdf_file *f, uint32_t object, pdf_maker make,
    void *arg, uint32_t index);
/*
 * A stream: `dict` holds the entries besides Length and Filter and is
 * copied. Data are copied (deflated, unless !compress).
 */
void pdf_stream(struct pdf_file *f, uint32_t object, const char *dict,
    const void *data, size_t n, bool compress);
/* The same from a buffer that already is what is to be written; takes it. */
void pdf_stream_take(struct pdf_file *f, uint32_t object, const char *dict,
    struct buf *data, bool deflated);
/* As pdf_dict_made(), a plain stream whose `dict` is fixed. */
void pdf_stream_made(struct pdf_file *f, uint32_t object, const char *dict,
    pdf_maker make, void *arg);
/*
 * From here on objects are written as soon as they get their contents, and
 * take no memory but a place in the table: for files of many alike. Always
 * packed. pdf_file_save() then ends the file, with the same arguments.
 */
void pdf_file_begin(struct pdf_file *f, struct out_file *out, int version);
/* As pdf_stream_take(), but the data stay the caller's, and where they are
 * until the file is saved. */
void pdf_stream_kept(struct pdf_file *f, uint32_t object, const char *dict,
    const struct buf *data, bool deflated);
/* version: 14, 16, 17; pack: object streams. Reports what fails. */
bool pdf_file_save(struct pdf_file *f, struct out_file *out, int version,
    bool pack, const char *path);
void pdf_file_close(struct pdf_file *f);

/* ------------------------------------------------------------- content */

/* Decimal numbers from integers: locale and floating point play no part. */
void pdf_put_int(struct buf *b, int64_t v);
/* "12 0 R": a reference to an object. */
void pdf_put_ref(struct buf *b, uint32_t object);
/* [sp] as points, rounded to `decimals` (0-3). */
void pdf_put_sp(struct buf *b, sp64 v, int decimals);
int64_t pdf_hundredths(sp64 v);		/* of a point, as it rounds */
/* v / 10^decimals, no trailing zeros. */
void pdf_put_fixed(struct buf *b, int64_t v, int decimals);
/* "/Name[left foot right top]" of a box by its lower left corner. */
void pdf_put_box(struct buf *b, const char *name, sp64 x, sp64 y, sp64 w,
    sp64 h);
/* A text string: ASCII as it stands, else UTF-16 with its mark; with the
 * parentheses. `s` is UTF-8. */
void pdf_put_text(struct buf *b, const char *s);
/* The same in hexadecimal: for places that bytes of any value would harm. */
void pdf_put_hex(struct buf *b, const char *s);
/* A name with its slash; odd bytes escaped. */
void pdf_put_name(struct buf *b, const char *s);

/*
 * A content stream in the making. It is text, but for strings shown: codes
 * are known only after every page was seen, so those stand in records that
 * pdf_content_finish() turns into Tf and TJ:
 *
 *	byte PDF_RECORD, u16 face, u16 units, i32 size [sp], u16 unit...
 *
 * A unit is a key below 0x7fff, or 0x7fff and the key in two units (low
 * first), or 0x8000 | 15 bits signed: an adjustment as TJ takes it, in
 * 1/1000 em.
 */
#define PDF_RECORD 1
#define PDF_UNIT_LONG 0x7fff
#define PDF_UNIT_ADJUST 0x8000
struct pdf_job;
struct pdf_content {
	struct buf b;
	sp height;			/* y downwards from here */
	sp margin;			/* of the media box around it */
	bool in_text;			/* between BT and ET ... */
	bool placed;			/* ... lines start from here: */
	int64_t x, y;			/* [1/100 pt] */
	struct colour fill, stroke;
	bool fill_set, stroke_set;
	int overprint;			/* -1 unknown, 0, 1 */
	sp line_width;			/* < 0 unknown */
	struct pdf_job *job;
};
/* One text object holds as many strings as it can: what is drawn otherwise,
 * or another tag, ends it. */
void pdf_begin_text(struct pdf_content *c);
void pdf_end_text(struct pdf_content *c);
void pdf_fill_colour(struct pdf_content *c, struct colour v);
void pdf_stroke_colour(struct pdf_content *c, struct colour v);
void pdf_rect(struct pdf_content *c, sp x, sp y, sp w, sp h,
    struct colour fill);
void pdf_path(struct pdf_content *c, sp x, sp y, const struct page_point *v,
    size_t n, bool closed, sp width, struct colour stroke, struct colour fill);

/* -------------------------------------------------------------- glyphs */

struct pdf_font_streams {
	struct buf gids, file, unicode, widths;
};
struct pdf_face {
	struct font_face *face;
	struct font_embed *embed;
	uint32_t index;			/* font_index() */
	int upem;
	uint32_t rlm, lrm;		/* key + 1 of the blank U+200F, U+200E */
	uint32_t *spaces;		/* key + 1, by advance * 2 + ALM */
	size_t nspaces;
	uint32_t nkeys;			/* largest key + 1 */
	uint32_t *final;		/* by key: program << 16 | code */
	size_t nfinal;
	struct pdf_font_streams *streams;	/* of the programs, as written */
	uint32_t *objects;		/* of the programs' Type0 fonts */
	size_t nobjects;
	/* Where pages are kept (kept.c), by key: how many use it; when it was
	 * met last; has it another code than before? */
	uint32_t *uses, *seen;
	size_t cuses;
	uint32_t nused;			/* keys with uses */
	bool *moved;
};
/* What is drawn for one or more clusters, in visual order. */
struct pdf_codes {
	uint32_t nkeys;
	int32_t adv;			/* sum [units] */
	uint32_t keys[];
};
struct pdf_glyphs {
	struct arena arena;
	struct pdf_face **faces;	/* by font_index() */
	size_t nfaces;
	struct pdf_slot *slots;
	size_t nslots, cslots;
};
enum { PDF_RTL = 1, PDF_ALM = 2, PDF_CARRY = 4 };
/* 1/1000 em of a blank glyph that only carries text: wide enough for readers
 * to see it, too narrow for eyes. */
#define PDF_BLANK 4
struct pdf_face *pdf_face(struct pdf_glyphs *g, struct font_face *face);
/*
 * Keys of `n` glyphs (visual order) that stand for `len` bytes of text.
 * PDF_CARRY leaves U+0640 out of the text but for the first code point.
 * PDF_ALM puts an Arabic letter mark before the first code point. The
 * result lives as long as `g`.
 */
const struct pdf_codes *pdf_cluster(struct pdf_glyphs *g, struct pdf_face *f,
    const char *text, size_t len, const struct shape_glyph *gl, size_t n,
    unsigned flags);
/* A blank of that advance [units]. */
uint32_t pdf_space(struct pdf_face *f, uint32_t cp, int adv, bool alm);
uint32_t pdf_rlm(struct pdf_face *f);
uint32_t pdf_lrm(struct pdf_face *f);
bool pdf_is_control(uint32_t cp);	/* bidi controls and U+FEFF */
void pdf_glyphs_free(struct pdf_glyphs *g);

/* ---------------------------------------------------------------- text */

/* Buffers of text.c, kept from line to line. */
struct pdf_text;
struct pdf_text *pdf_text_open(void);
void pdf_text_close(struct pdf_text *t);
/* Draw a PAGE_TEXT item. */
void pdf_draw_line(struct pdf_job *j, struct pdf_content *c,
    const struct page_item *it);

/* --------------------------------------------------------------- image */

/* Draw a PAGE_IMAGE item. */
void pdf_draw_image(struct pdf_job *j, struct pdf_content *c, uint32_t page,
    const struct page_item *it);
/* XObject of a Resources dictionary, if there are any. */
void pdf_image_resources(const struct pdf_job *j, struct buf *b);
/* Group of a page's dictionary, if anything on it is transparent. */
void pdf_image_group(const struct pdf_job *j, uint32_t page, struct buf *b);
/* Attributes of a Figure's element: where it stands. */
void pdf_image_box(const struct pdf_job *j, int32_t elem, struct buf *b);
/* Is there a picture that is not drawn, for it cannot be read? */
bool pdf_image_gone(struct pdf_job *j, const struct page_item *it);
/* What a page shows of a picture that another's content draws. */
void pdf_image_shown(struct pdf_job *j, uint32_t page,
    const struct page_item *it);
void pdf_images_turn(struct pdf_job *j);	/* pages count anew */
void pdf_images_free(struct pdf_job *j);
/* The inks of the press; NULL: there is no profile of them. */
struct image_inks *pdf_inks(struct pdf_job *j);

/* --------------------------------------------------------------- fonts */

/* Objects of every face used; false (reported) if one cannot be embedded. */
bool pdf_fonts_finish(struct pdf_job *j);
/* The two halves of that: codes; objects in a file. With `keep` the same
 * fonts may be put into further files. */
bool pdf_fonts_fix(struct pdf_job *j);
void pdf_fonts_put(struct pdf_job *j, struct pdf_file *file, bool keep);
void pdf_font_drop(struct pdf_face *f);	/* what pdf_fonts_fix() made */
/* Entries of a Resources dictionary's Font: "/F0 12 0 R ...". */
void pdf_fonts_resources(const struct pdf_job *j, struct buf *b);
/* Name of a face's program in content: "F0", "F0a". */
void pdf_font_name(struct buf *b, size_t face, size_t program);
/* The next record of a content stream from `*at` on, and where that is;
 * false if there is none. free() v. */
struct pdf_units {
	size_t from;
	uint16_t face;
	sp size;
	uint16_t *v;
	size_t n, cap;
};
bool pdf_units_next(const struct buf *in, size_t *at, struct pdf_units *u);
/* Turn the records of a content stream into operators. */
void pdf_content_finish(const struct pdf_job *j, const struct buf *in,
    struct buf *out);

/* ---------------------------------------------------------------- tags */

/* A marked content sequence, or an annotation, of an element. */
struct pdf_mark {
	int32_t elem;
	uint32_t page;
	uint32_t mcid;			/* UINT32_MAX: an annotation */
	uint32_t annot;			/* its object */
	uint32_t order;			/* place in what was drawn */
};
/* Which way the letters of a string run; graphics go along with either. */
enum pdf_order { PDF_ANY_ORDER, PDF_FORWARD, PDF_REVERSED };
enum pdf_edge { PDF_EDGE_NONE, PDF_EDGE_HEAD, PDF_EDGE_FOOT };
/* The artifact that printer's marks are, beside those of page/. */
#define PDF_ARTIFACT_PAGE (-4)
struct pdf_tags {
	bool open;			/* a sequence, of `elem` ... */
	int32_t elem;
	bool reversed;			/* ... in ReversedChars */
	enum pdf_edge edge;		/* ... of the page */
	uint32_t page, mcid;		/* page being drawn; its next MCID */
	uint32_t key;			/* of the first page in the parent tree */
	uint32_t order;			/* of the next mark */
	struct { struct pdf_mark *v; size_t n, cap; } marks;
	struct pdf_tree *tree;		/* tags.c's own */
};
void pdf_tag_page(struct pdf_job *j, uint32_t page);
/* What follows, which is of `it` unless that is NULL, belongs to `elem` (or
 * is an artifact). */
void pdf_tag(struct pdf_job *j, struct pdf_content *c,
    const struct page_item *it, int32_t elem, enum pdf_order order);
void pdf_tag_end(struct pdf_job *j, struct pdf_content *c);
/* An annotation of a link element; returns its key in the parent tree. */
void pdf_tag_annot(struct pdf_job *j, int32_t elem, uint32_t page,
    uint32_t object, uint32_t order);
/* Structure tree and parent tree; the catalog's entries. */
void pdf_tags_finish(struct pdf_job *j, struct buf *catalog);
/* The objects of one reader in a merged file, by the marks of their pages. */
struct pdf_part {
	uint32_t elem, leaf, ids;	/* ids: 0 if there is none */
	char first_id[40], last_id[40];
};
struct pdf_part pdf_tags_part(struct pdf_job *j, uint32_t top,
    uint32_t number, const char *name);
void pdf_tags_free(struct pdf_tags *t);

/* ------------------------------------------------------------- outline */

/* A PAGE_LINK on its page, in the order of pages. */
struct pdf_link {
	const struct page_item *item;
	uint32_t page, object;
	int32_t elem;
	uint32_t order;
	struct buf *text;		/* kept: its annotation, if it was
					 * made before; NULL */
};
/* A link met on a page; one that leads nowhere is left out. */
void pdf_link_add(struct pdf_job *j, uint32_t page,
    const struct page_item *it);
/* Annotations of all of them; then each page's /Annots, pages in order. */
void pdf_links(struct pdf_job *j);
void pdf_page_links(const struct pdf_job *j, uint32_t page, size_t *from,
    struct buf *b);
/* Names, bookmarks, labels; the catalog's entries. */
void pdf_outline(struct pdf_job *j, struct buf *catalog);

/* ----------------------------------------------------------------- xmp */

/* Set j->condition by target and profile, and tell where they differ. */
void pdf_condition(struct pdf_job *j);
/* Info, XMP, output intents. To be called last. */
void pdf_metadata(struct pdf_job *j, struct buf *catalog);
void pdf_icc_srgb(struct buf *out);

/* --------------------------------------------------------------- boxes */

/* The boxes of a page's dictionary. */
void pdf_boxes(const struct pdf_job *j, struct buf *b);
/* How far the media box reaches beyond the trim on each side [sp]. */
sp pdf_margin(const struct pdf_options *o);
/* Printer's marks around a page. */
void pdf_marks(struct pdf_job *j, struct pdf_content *c, uint32_t number);

/* -------------------------------------------------------------- sheets */

struct buf pdf_draw_sheet(struct pdf_job *j, const struct impose_sheet *s);
/* The objects of pages as forms and of sheets as pages. */
void pdf_put_sheets(struct pdf_job *j, struct buf *pages, struct buf *sheets);
/* Viewer preferences that sheets want. */
void pdf_print_setting(const struct pdf_job *j, struct buf *b);

/* ----------------------------------------------------------------- pdf */

/* What follows from book and options, before anything is drawn. */
void pdf_plan(struct pdf_job *j);
/* A content stream from its records, deflated if the file is. */
void pdf_content_deflate(const struct pdf_job *j, struct pdf_deflate *d,
    struct buf *b, struct buf *scratch);
/* Where a standard asks for a title. */
const char *pdf_title_of(struct pdf_job *j, const char *path);
/* The catalog's first entries. */
void pdf_put_viewing(struct pdf_job *j, struct buf *b);
void pdf_content_open(struct pdf_content *c, struct pdf_job *j, sp height);
void pdf_draw_item(struct pdf_job *j, struct pdf_content *c, uint32_t page,
    const struct page_item *it);
/* Entries of a Resources dictionary, but for XObjects. */
void pdf_put_resources(struct pdf_job *j, struct buf *b);
/* Object of the page tree's node above a page. */
uint32_t pdf_parent_of(const struct pdf_job *j, uint32_t page);

/* ---------------------------------------------------------------- kept */

/* Before anything is drawn: set j->kept and j->glyphs. */
void pdf_kept_begin(struct pdf_job *j);
void pdf_kept_end(struct pdf_job *j, bool ok);
/* A page drawn, by `draw` unless it was before. */
void pdf_kept_page(struct pdf_job *j, uint32_t number,
    struct buf (*draw)(struct pdf_job *j, uint32_t number));
/* Codes are fixed; then each page's stream can be made ... */
void pdf_kept_codes(struct pdf_job *j);
void pdf_kept_encode(const struct pdf_job *j, uint32_t number,
    struct pdf_deflate *d, struct buf *scratch);
struct pdf_packs *pdf_kept_packs(const struct pdf_job *j);
/* ... and is here; its hash. */
const struct buf *pdf_kept_stream(const struct pdf_job *j, uint32_t number);
uint64_t pdf_kept_hash(const struct pdf_job *j, uint32_t number);
/* Marks of all pages, before those of annotations. */
void pdf_kept_marks(struct pdf_job *j);
/*
 * Are ways and structure, all that stands behind the pages, as they were?
 * Then `catalog` gets its entries, and the objects their numbers. Else they
 * are to be made, in a pdf_file_part(), and entries from `at` on to be told.
 */
bool pdf_kept_tail(struct pdf_job *j, struct buf *catalog);
void pdf_kept_tail_made(struct pdf_job *j, const struct buf *catalog,
    size_t at);
/* Was nothing wrong with the elements that pdf_claims() looks at? */
bool pdf_kept_claims(const struct pdf_job *j);
void pdf_kept_claimed(const struct pdf_job *j);
/* A picture's form, and its bytes as written, by its name; NULL if nothing is
 * kept. */
struct pdf_picture {
	struct image_form *form;	/* NULL: not planned yet */
	bool made;
	struct buf colour, alpha;
};
struct pdf_picture *pdf_kept_picture(struct pdf_job *j, const char *name);
void pdf_kept_picture_made(struct pdf_job *j, struct pdf_picture *c);

/* ------------------------------------------------------------- options */

/* In the language that messages are in. */
const char *pdf_say(const struct diag *dg, const char *en, const char *fa);

/* -------------------------------------------------------------- claims */

/* Find out what may be claimed, and report what may not. */
void pdf_claims(struct pdf_job *j);

/* ----------------------------------------------------------------- job */

struct pdf_job {
	const struct page_book *book;
	const struct pdf_options *o;
	const struct impose_sheet *sheets;
	size_t nsheets;
	struct diag *dg;
	struct pdf_file file;
	struct arena arena;		/* words of this file alone */
	struct pdf_kept *kept;		/* NULL: nothing is */
	bool codes_moved;		/* a key has another than it had */
	struct pdf_glyphs glyphs;
	uint32_t first_program;		/* number of a face's first, in names */
	struct pdf_text *text;
	struct pdf_tags tags;
	struct pdf_images *images;	/* NULL until one is drawn */
	struct image_inks *inks;	/* see pdf_inks() */
	bool inks_tried;
	struct { uint8_t rgb[3]; struct colour inks; } inked[16];
	size_t ninked;			/* asked for so far */
	unsigned follows;		/* whose rules the file is made by, if
					 * only to come as near as it can */
	unsigned claims;		/* those that can be kept */
	const char *title;		/* the book's; NULL */
	const char *condition;		/* of the press: "FOGRA39"; NULL */
	struct buf profile;		/* ICC of the output condition */
	bool cmyk;			/* colours become CMYK */
	bool tagged, links;
	uint32_t page_base;		/* object of the first page (sheet) */
	uint32_t leaf_base;		/* of the page tree's leaves */
	uint32_t npages;		/* pages of the file */
	uint32_t resources;
	sp margin;			/* media box beyond the trim [sp] */
	struct { struct pdf_link *v; size_t n, cap; } linklist;
};

#endif
