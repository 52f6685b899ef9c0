/*
 * The document tree: what the author wrote, with nothing decided about how
 * it looks. read/ and cite/ build it, page/ and html/ walk it.
 *
 * A tree and all its strings live in one arena. Text is UTF-8 in logical
 * order. Blocks hold blocks or inlines as the comments say, never both.
 */
#ifndef DOC_H
#define DOC_H

#include "base/base.h"

enum doc_kind {
	/* blocks */
	DOC_ROOT,		/* blocks: the whole book, files in order */
	DOC_HEADING,		/* inlines; level 1-6 */
	DOC_PARA,		/* inlines */
	DOC_QUOTE,		/* blocks */
	DOC_LIST,		/* items; ordered, start, tight */
	DOC_ITEM,		/* blocks */
	DOC_DEFLIST,		/* terms and definitions, in turn */
	DOC_TERM,		/* inlines */
	DOC_DEF,		/* blocks */
	DOC_TABLE,		/* [caption] rows; ncols, align[] */
	DOC_ROW,		/* cells; is_header */
	DOC_CELL,		/* inlines, or blocks (cell from a ::: row) */
	DOC_CAPTION,		/* inlines; first child of a table or figure */
	DOC_FIGURE,		/* image alone in a paragraph: [caption] url */
	DOC_CODE,		/* text: a code block, verbatim */
	DOC_VERSE,		/* rows of hemistichs: DOC_ROW of DOC_CELL */
	DOC_RULE,		/* a horizontal rule */
	DOC_DIV,		/* blocks: a ::: fence with its attributes */
	DOC_NOTE,		/* blocks: text of a footnote; label in text */
	DOC_REFS,		/* place of the bibliography: ::: {#refs} */
	DOC_REF_ENTRY,		/* inlines: an entry of the list; number; id */
	/* inlines */
	DOC_TEXT,		/* text */
	DOC_STRONG,		/* inlines */
	DOC_EMPH,		/* inlines */
	DOC_STRIKE,		/* inlines */
	DOC_CODE_SPAN,		/* text */
	DOC_SPAN,		/* inlines: [text]{attributes} */
	DOC_LINK,		/* inlines; url ("#id" inside the book) */
	DOC_IMAGE,		/* inlines = alternative text; url */
	DOC_NOTE_REF,		/* label in text; target = its DOC_NOTE */
	DOC_CITE,		/* a citation: cite; once cite_resolve() ran,
				 * its children are the inlines to print */
	DOC_REF,		/* cross-reference [@tbl-x]: text = id */
	DOC_SOFT_BREAK,		/* a line end in the source, printed as space */
	DOC_HARD_BREAK,		/* a line break the author asked for */
	DOC_MATH,		/* text: kept, printed as code with a message */
	DOC_NKINDS
};

/* Attributes {#id .class key="value"}; every string in the tree's arena. */
struct doc_attr {
	const char *id;			/* NULL if none */
	const char **classes;
	size_t nclasses;
	const char **keys, **values;
	size_t nkeys;
	struct pos pos;
};

/* A place in a source, of «ج ۲، ص ۵» each of the two. */
struct doc_locator {
	const char *label;	/* its word as written: "ص", "vol."; "" */
	const char *text;	/* «۱۲–۱۵», "iv", «۱۲ به بعد» */
	bool comma;		/* one stood before it */
	struct doc_locator *next;
};

/* One key of a citation: [prefix @key locators suffix]. */
struct doc_cite {
	const char *key;
	const char *prefix, *suffix;	/* plain, "" if none; logical order */
	/* The same as inlines below a node outside the tree, where they are
	 * more than words; else NULL. cite/ copies them, nothing changes. */
	struct doc_node *prefix_inlines, *suffix_inlines;
	struct doc_locator *locators;	/* in order; NULL if none */
	bool comma;		/* one stood before the suffix */
	bool suppress_author;	/* [-@key] */
	bool in_text;		/* @key [..], or @key bare */
	struct pos pos;
	struct doc_cite *next;
};

enum doc_align { DOC_ALIGN_NONE, DOC_ALIGN_START, DOC_ALIGN_CENTRE,
	DOC_ALIGN_END, DOC_ALIGN_DECIMAL };

struct doc_node {
	enum doc_kind kind;
	struct doc_node *parent, *first, *last, *next, *prev;
	struct doc_attr *attr;		/* NULL if none */
	struct pos pos;			/* where it begins in the manuscript */
	struct pos end;			/* just past its last character (so the
					 * column exclusive); line 0: unknown */

	const char *text;		/* TEXT, CODE, CODE_SPAN; CITE: as it was
					 * written; else NULL */
	size_t len;			/* [byte] */
	/*
	 * TEXT only: source column of text[0] is pos.col; when the source
	 * held escapes or entities the columns after them are near, not exact.
	 */
	const char *url;		/* LINK, IMAGE, FIGURE */
	const char *title;		/* LINK, IMAGE; NULL */
	const char *info;		/* CODE: the language word */
	int level;			/* HEADING 1-6 */
	bool ordered, tight;		/* LIST */
	char delim;			/* LIST: '.' or ')' */
	int start;			/* LIST: first number */
	bool is_header;			/* ROW */
	int ncols;			/* TABLE */
	enum doc_align *align;		/* TABLE: ncols of them */
	struct doc_cite *cite;		/* CITE: keys in order */
	struct doc_node *target;	/* NOTE_REF: its NOTE; NOTE: the NOTE_REF
					 * it was written in, ^[...] */
	int number;			/* NOTE, REF_ENTRY, HEADING; 0 = none */
	uint32_t serial;		/* of nodes that doc_marks() lists: running
					 * number in document order */
	uint32_t made;			/* blocks of the flow: which reading made it,
					 * a number never used again; blocks of the
					 * same number are as they were when that
					 * was read. 0: nothing is known */
};

/*
 * A comment `<!-- dabir: allow LAY002: why -->`: what check/ is not to hold
 * against the block that follows it.
 */
struct doc_excuse {
	const char *text;		/* "LAY002: why", as it was written */
	struct pos pos;			/* of the comment */
	const struct doc_node *node;	/* the block; NULL: none follows */
};

/* Nodes in document order, and how many others stand between them. */
struct doc_mark {
	struct doc_node *node;
	uint32_t before;		/* since the one listed before it */
};
struct doc_marks {
	struct doc_mark *v;
	size_t n, cap;
	uint32_t after;			/* behind the last one */
};

/*
 * One book's tree with what belongs to it. Zero-initialise; doc_free() ends
 * it. The roots are made by the first doc_new() or doc_open().
 */
struct doc {
	struct arena arena;
	struct doc_node *root;		/* DOC_ROOT: the flow */
	/*
	 * A second DOC_ROOT that holds every DOC_NOTE in source order, called
	 * or not. Notes stand outside the flow: doc_next() under `root` does
	 * not meet them; reach them by a NOTE_REF's target or walk this list.
	 */
	struct doc_node *note_root;
	struct doc_meta *meta;		/* list, see below */
	struct map ids;			/* id -> struct doc_node * */
	struct map notes;		/* label -> its DOC_NOTE */
	struct { struct doc_excuse *v; size_t n, cap; } excuses;
	uint32_t nserial;
	struct doc_marks marks, note_marks;	/* of the two roots, if */
	bool marked;			/* nothing was made since: doc_marks() */
};

/* Metadata from front matter and the book file: title, lang, author... The
 * book file's value comes first; several authors are several entries. */
struct doc_meta {
	const char *key, *value;
	struct pos pos;
	struct doc_meta *next;
};

/* Make the two roots if they are not there yet. */
void doc_open(struct doc *d);
struct doc_node *doc_new(struct doc *d, enum doc_kind kind, struct pos pos);
void doc_append(struct doc_node *parent, struct doc_node *child);
void doc_insert_after(struct doc_node *after, struct doc_node *node);
void doc_insert_before(struct doc_node *before, struct doc_node *node);
void doc_unlink(struct doc_node *node);	/* from its parent; not freed */
/* Move all children of `from` to the end of `to`. */
void doc_move_children(struct doc_node *from, struct doc_node *to);
/* A copy of a node and all below it, outside the tree; it shares strings and
 * attributes. No deeper than the tree, so it may call itself. */
struct doc_node *doc_copy(struct doc *d, const struct doc_node *n);
/* A TEXT node holding a copy of s. */
struct doc_node *doc_text(struct doc *d, const char *s, size_t n,
    struct pos pos);
/* The next node in document order under `top`; NULL at the end. */
struct doc_node *doc_next(const struct doc_node *n, const struct doc_node *top);
/* The next node that is not inside n. */
struct doc_node *doc_next_after(const struct doc_node *n,
    const struct doc_node *top);
bool doc_is_inline(enum doc_kind kind);

/*
 * What is looked for all through a book, listed: headings, terms, tables,
 * figures, fences, notes, the place of the references, images, calls of
 * notes, citations (but nothing below these), and every node with attributes.
 * The list is made at need and then kept (`note_marks` is the notes') until
 * doc_new() makes a node that is no text. Whoever puts listed nodes
 * into the tree himself adds them and sets `marked`.
 */
const struct doc_marks *doc_marks(struct doc *d);
/* List a node and all below it; put another list behind the first. */
void doc_marks_add(struct doc_marks *m, struct doc_node *top);
void doc_marks_join(struct doc_marks *m, const struct doc_marks *more);
/*
 * The listed nodes of the flow, or of the notes, each with what cite/ printed
 * below it, one after the other: begin with {.d = d}. Of a tree that changed
 * since it was finished all nodes come. NULL at the end.
 */
struct doc_walk {
	const struct doc *d;
	bool notes;
	size_t i;			/* of the list */
	const struct doc_node *n, *top;
};
const struct doc_node *doc_walk_next(struct doc_walk *w);
const char *doc_kind_name(enum doc_kind kind);	/* "heading", ... */

const char *doc_id(const struct doc_node *n);		/* NULL if none */
bool doc_has_class(const struct doc_node *n, const char *cls);
const char *doc_value(const struct doc_node *n, const char *key); /* NULL */
/* Its attributes, made at need. */
struct doc_attr *doc_attr(struct doc *d, struct doc_node *n);
void doc_add_class(struct doc *d, struct doc_node *n, const char *cls);
void doc_set_value(struct doc *d, struct doc_node *n, const char *key,
    const char *value);

/*
 * Words that say what a locator counts, of both languages. read/ finds them,
 * cite/ prints the style's word for the same thing.
 */
struct doc_locator_word {
	const char *word;	/* without its full stop */
	const char *term;	/* CSL's name: "page", "sub-verbo" ... */
	bool as_written;	/* it says more than the term: باب, پانوشت */
	bool any;		/* words may follow instead of a number */
};
/* The longest word that s begins with; its bytes in *len. NULL: none. */
const struct doc_locator_word *doc_locator_scan(const char *s, size_t n,
    size_t *len);
/* The word of a label, whose full stop may be there. NULL: none. */
const struct doc_locator_word *doc_locator_lookup(const char *label);

/* First value of a metadata key, or NULL. */
const char *doc_meta(const struct doc *d, const char *key);
void doc_meta_add(struct doc *d, const char *key, const char *value,
    struct pos pos);

/*
 * The text of a node and all below it, without notes; appended. Breaks of
 * any kind become a space, blocks are parted by a line end.
 */
void doc_plain(const struct doc_node *n, struct buf *out);
/*
 * Register the ids of the whole tree (MAN_DUPLICATE_ID), give headings
 * without one an id from their text, number nodes (serial: the flow first,
 * then the notes), tie NOTE_REFs to their notes and number these in the
 * order of their first call (MAN_UNKNOWN_NOTE, MAN_UNUSED_NOTE). A NOTE_REF
 * without a note becomes the text it was written as. Of notes with one label
 * the first is called (MAN_DUPLICATE_NOTE). May be called again when the tree
 * has grown.
 */
void doc_finish(struct doc *d, struct diag *dg);
/* What doc_characters() puts in order, each a switch of its own. */
enum doc_heh { DOC_HEH_AS_TYPED, DOC_HEH_COMPOSED, DOC_HEH_DECOMPOSED };
struct doc_characters {
	bool letters;		/* ي ى ك -> ی ک, Persian text only */
	enum doc_heh heh_hamza;	/* U+06C0 or U+0647 U+0654, Persian only */
	bool digits;		/* those of the book's language */
	bool separators;	/* ٫ and ٬ in numbers of Arabic digits */
	bool quotes;		/* "..." -> «...», inside another ‹...› */
	bool ellipsis;		/* ... -> … */
};
/*
 * Change the text of the tree, but for code and what is in another language
 * than the book's; places stay right, since nodes are parted where the count
 * of characters changes. Reports each kind once (TXT_SET_...), with its count
 * and the place of its first. Until doc_characters_undo(), which takes all of
 * it back and frees the list; NULL is allowed there.
 */
struct doc_changes;
struct doc_changes *doc_characters(struct doc *d,
    const struct doc_characters *want, struct diag *dg);
void doc_characters_undo(struct doc_changes *c);

/*
 * The tree as text for --dump doc: metadata, then one node a line, indented
 * by two spaces a level: kind, line:col, what it has, "text". Controls,
 * ZWNJ, bidi controls and no-break spaces are shown as \u{200C}.
 */
void doc_dump(const struct doc *d, struct buf *out);

/*
 * How like are two trees? Of equal frames (which hold where blocks stand in
 * the manuscript), with paragraphs of equal frames, they differ at most in
 * words: those of the paragraphs, in order, whose `words` differ.
 */
struct doc_words {
	const struct doc_node *node;
	uint64_t frame, words;
};
struct doc_likeness {
	uint64_t frame;
	struct { struct doc_words *v; size_t n, cap; } paras;
};
/* Of a tree that is finished. `out` may hold an earlier one. */
void doc_likeness(const struct doc *d, struct doc_likeness *out);
void doc_likeness_free(struct doc_likeness *d);
void doc_free(struct doc *d);

/* ------------------------------------------------------- parts of a book */

/* The node behind a heading's section; NULL: it ends with the book. */
const struct doc_node *doc_section_end(const struct doc_node *heading);
/* The level of chapters: that of the uppermost headings; 1 without any. */
int doc_chapter_level(const struct doc *d);
/* The heading of the chapter that a node stands in, or the book's first
 * node: both stand in the flow itself. */
const struct doc_node *doc_chapter(const struct doc_node *n);
/* A heading's words up to these years and the bracket round them: on a
 * timeline the years are told beside it. */
const char *doc_name_without(struct arena *a, const struct doc_node *heading,
    const char *years);
/* Does a link into the book lead somewhere? Reports one that does not. */
bool doc_link_leads(const struct doc *d, const struct doc_node *link,
    struct diag *dg);
/* What a table or figure is reached by: its id, its caption's, or its place
 * in the tree. */
const char *doc_block_id(struct arena *a, const struct doc_node *n);
/* Words for those who do not see a figure; "" says that there is nothing to
 * see, NULL that it has none. */
const char *doc_alt(struct arena *a, const struct doc_node *figure);

/* Notes may call notes: the one that a NOTE_REF leads to, unless it is in
 * `seen`, then those it calls itself, at the end of `out`. */
struct doc_list {
	const struct doc_node **v;
	size_t n, cap;
};
void doc_notes_reached(struct map *seen, const struct doc_node *ref,
    struct doc_list *out);

/* Something to put in order by its text, as dictionaries of a language do;
 * equal ones keep the given order. */
struct doc_sorted {
	const char *text;
	const void *what;
	size_t at;			/* set: its place before */
};
void doc_sort(struct doc_sorted *v, size_t n, const char *lang);

/* Give every term of every glossary an id ("term-3") that its word leads to;
 * they live in `a`. */
void doc_terms(struct map *terms, struct arena *a, const struct doc *d);
/* A word's id, or NULL if no glossary has it: [باسماچی‌ها]{.term
 * key=باسماچی} is looked up by its key. */
const char *doc_term_id(const struct map *terms, const struct doc_node *n);
/* The terms of a list in the language's order, each with its definitions. */
const struct doc_node **doc_sorted_terms(struct arena *a,
    const struct doc_node *list, const char *lang, size_t *n);

/*
 * What a handout shows beside the text of a section, whose nodes are those
 * from `first` up to `stop`: the glossary's terms that it uses, each with
 * its definitions; the entries of the bibliography that it cites, in the
 * list's order.
 */
const struct doc_node **doc_terms_used(struct arena *a, const struct doc *d,
    const struct map *terms, const struct doc_node *first,
    const struct doc_node *stop, size_t *n);
const struct doc_node **doc_sources_cited(struct arena *a,
    const struct doc *d, const struct doc_node *first,
    const struct doc_node *stop, size_t *n);

/*
 * Its questions in order; a seed that is not 0 shuffles them (mail merge).
 * What is shuffled inside one goes by a seed of its own, so that all forms
 * of a handout have the same letters for the same answers.
 */
const struct doc_node **doc_questions(struct arena *a,
    const struct doc_node *first, const struct doc_node *stop, uint64_t seed,
    size_t *n);
enum doc_question { DOC_SHORT, DOC_FILL, DOC_TRUE_FALSE, DOC_MATCH,
	DOC_ORDER };
/* As its class says; DOC_SHORT where it has not what that kind needs. */
enum doc_question doc_question_kind(const struct doc_node *question);
/* lines=3: 1-40; 0: not said; -1: no such number. */
int doc_question_lines(const struct doc_node *question);
int doc_question_truth(const struct doc_node *question); /* 1, 0; -1: unsaid */
/* A paragraph of the flow by its number in the book, as par=21 names it. */
int doc_paragraph_number(const struct doc_node *paragraph);
bool doc_is_answer(const struct doc_node *n);	/* ::: {.answer} */
/* Report what is amiss in them (MAN_QUESTION_...), all through the book. */
void doc_check_questions(struct doc *d, struct diag *dg);
uint64_t doc_question_seed(const struct doc_node *question, uint64_t seed);
/* A permutation of 0..n-1, neither the identity if n > 1 nor it turned round
 * if n > 2. */
size_t *doc_permutation(struct arena *a, size_t n, uint64_t seed);
/* A question's rows of two cells (`.match`), else the items of its list: at
 * most 256. */
const struct doc_node **doc_question_parts(struct arena *a,
    const struct doc_node *question, size_t *n);

#endif
