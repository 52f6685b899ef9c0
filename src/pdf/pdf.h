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
#include "impose/impose.h"
#include "page/page.h"

/*
 * Standards that may be claimed; several that agree may be or-ed. What stands
 * in the way of one is reported (PDF_STANDARD) at its place; the file is
 * written, and does not claim it.
 */
enum {
	PDF_UA1 = 1 << 0, PDF_A2A = 1 << 1, PDF_A2U = 1 << 2, PDF_X4 = 1 << 3,
	PDF_X1A = 1 << 4,
};

/* Printer's marks, outside the bleed. */
enum {
	PDF_MARK_CROP = 1 << 0, PDF_MARK_REGISTRATION = 1 << 1,
	PDF_MARK_BAR = 1 << 2,		/* patches of the inks */
	PDF_MARK_SLUG = 1 << 3,		/* page, condition, title */
	PDF_MARK_FOLD = 1 << 4,		/* where the printed page is folded */
	PDF_MARK_ALL = 15,		/* of a book's page, which is not */
};

/*
 * What a write leaves for the next one of the same file: pages of the same
 * stamp (page.made) are not drawn or encoded again, fonts of the same glyphs
 * not made again. Bytes and messages are those of a write without it. One is
 * for one file; where book or options differ it begins anew by itself, but
 * faces that it has seen must stay open until it is closed.
 */
struct pdf_kept;
struct pdf_kept *pdf_kept_open(void);
void pdf_kept_close(struct pdf_kept *k);

struct pdf_options {
	unsigned standards;
	bool assumed;		/* nobody asked for them: what stands in
				 * their way is a warning */
	bool tagged;		/* implied by UA-1 and A-2a */
	bool compress;		/* deflate streams; false for tests */
	/* U+0640 that the author typed is a letter of the text. Else the one
	 * before it carries its bar, as with kashida: seen, but a search for
	 * the word finds it. */
	bool keep_tatweel;
	const char *creator;	/* "Dabir 0.1" */
	const char *date;	/* "D:..." from SOURCE_DATE_EPOCH; NULL: none
				 * (a fixed date where a standard wants one) */
	sp bleed;		/* print: 3 mm [sp]; 0: none */
	unsigned marks;		/* PDF_MARK_ bits */
	int folds;		/* PDF_MARK_FOLD: how many; 0 is 1 */
	const char *slug;	/* words of the printer's for the slug; NULL */
	const char *profile;	/* ICC file of the output condition; NULL */
	bool profile_named;	/* by the target, not found by default */
	const char *condition;	/* "FOGRA39"; NULL: by the profile */
	struct pos pos;		/* of the target, for messages */
	/* Of sheets alone: the edge that a printer is to turn them about
	 * (FREE: one side only), and Info's entry for impose_verify(). */
	enum impose_edge duplex;
	const char *ticket;	/* NULL: none */
	int threads;
	struct progress progress;
	/* Filled if not NULL: for each page of the book a hash of its content
	 * stream as it went into the file, to tell what an edit changed. Of
	 * nothing else: a link's address is not in it. */
	uint64_t *page_hashes;
	struct pdf_kept *kept;	/* NULL: nothing is kept */
	/* Time spent on deflating the pages, of all threads [ns]; NULL. */
	_Atomic int64_t *deflating;
};

/*
 * The bits of a target's `standard:`, whose mapping is `target` (or NULL):
 * "ua-1+a-2a", a list, or none. Unknown ones are reported unless `dg` is
 * NULL. False if it names no standard that is known, nor "none".
 */
bool pdf_standards_read(unsigned *bits, struct diag *dg,
    const struct yaml *target);
const char *pdf_standard_name(unsigned bit);	/* "ua-1" */

/*
 * Read what a target's mapping says of its PDF over `o`:
 *
 *	standard: ua-1+a-2a, which is assumed where nothing is said
 *	bleed: 3mm	marks: true, or some of [crop, registration, bar, slug,
 *			fold]
 *	folds: 2	slug: WORDS
 *	profile: FILE	condition: FOGRA39
 *
 * A wrong value is reported at its place; what stood in `o` stands: for the
 * press that is what `print` of the style asks for. A profile is looked for in each of `dirs`, and in icc/ below it; so is the
 * one that PDF/X takes if none is named, FOGRA39L_coated.icc, and at last
 * Ghostscript's. Strings live in `a`, or in `y`.
 */
void pdf_options_read(struct pdf_options *o, struct arena *a,
    struct diag *dg, const struct yaml *y, const struct style_print *print,
    const char *const *dirs, size_t ndirs);

/*
 * Write `book` to `path` (beside it, then renamed: the old file stands if
 * anything fails; PDF_WRITE). With `sheets` (impose/) these are the file's
 * pages; NULL: the book's as they are. Returns false if nothing was written.
 */
bool pdf_write(const struct page_book *book, const struct pdf_options *o,
    const struct impose_sheet *sheets, size_t nsheets, struct diag *dg,
    const char *path);

/*
 * Mail merge: books of page_merge_reader() into a file each, or one for all.
 * What they share is drawn and compressed once. `like` is one of them, as
 * written and without names; it may go when this returns, but what page_merge
 * holds must stay. NULL (reported) if a font cannot be embedded.
 */
struct pdf_merge;
struct pdf_merge *pdf_merge_open(const struct page_book *like,
    const struct pdf_options *o, struct diag *dg);
/*
 * A file: begin, a reader or many, end. `title` and `path` stay until then.
 * `joined` makes room for many, each a part with a bookmark and, of `multiple`
 * 2, a sheet of its own. A book need not outlive pdf_merge_add(), but in a
 * file that is not joined must last until the end. pdf_merge_end() is due
 * after every begin that was true; with `ok` false nothing is written.
 * Memory grows by some 10 bytes an object. A reader's file does not depend on
 * those before it.
 */
bool pdf_merge_begin(struct pdf_merge *m, const char *path, const char *title,
    bool joined, int multiple);
bool pdf_merge_add(struct pdf_merge *m, const struct page_book *b,
    const char *name);
bool pdf_merge_end(struct pdf_merge *m, bool ok);
void pdf_merge_close(struct pdf_merge *m);

/* "libharu 2.3.0", for --version. */
const char *pdf_library(void);
const char *pdf_deflate_library(void);	/* "libdeflate 1.14" */

#endif
