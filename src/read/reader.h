/*
 * What the files of this room share. The order of work on one manuscript:
 *
 *	source.c	bytes -> checked UTF-8, lines
 *	front.c		YAML front matter -> metadata
 *	skeleton.c	lines -> what cmark is shown
 *	structure.c	cmark and our block extension
 *	blocks.c	cmark's tree -> doc blocks; table.c, deflist and fences
 *	inline.c	text of one block -> doc inlines; link.c, cite.c, html.c
 *	account.c	was every letter taken?
 *	cache.c		parts of files, kept from one reading to the next
 */
#ifndef READ_READER_H
#define READ_READER_H

#include "base/base.h"
#include "doc/doc.h"

#define READ_DEPTH 64		/* blocks within blocks, inlines in inlines */
/*
 * Bytes of one manuscript: four thousand pages and more. A letter costs 50
 * bytes of memory until its page is written, and 130 in a word without an
 * end, which would make more of it than a machine has.
 */
#define READ_LIMIT ((size_t)16 << 20)

/* ----------------------------------------------------------- the source */

enum {
	LINE_BLANK = 1,
	LINE_DELIM = 2,		/* |---|:--:|: the row under a table's head */
	LINE_DEF = 4,		/* begins with ": " */
	LINE_HARD = 8,		/* ends with two blanks or more */
	LINE_DEEP = 16,		/* markers past READ_DEPTH left as text */
	LINE_WIDE = 32,		/* its lead is not one byte a code point */
};

struct line {
	uint32_t off, len;	/* in the source [byte], trailing blanks cut */
	uint32_t skel;		/* its stand-in in the skeleton [byte] */
	uint16_t sklen;
	uint16_t flags;
};

/* A link's definition: [label]: url "title". */
struct linkdef {
	const char *label, *url, *title;
	struct pos pos;
	bool used;
};

struct reader {
	struct doc *d;
	struct diag *dg;
	uint16_t file;
	uint32_t line_base;	/* lines of the file before src (cache.c) */
	const char *src;	/* valid UTF-8, no BOM, no NUL */
	size_t n;
	struct buf fixed;	/* holds src if bytes had to be exchanged */
	struct line *lines;	/* lines[i] is line i + 1 of the file */
	size_t nlines, caplines;
	size_t body;		/* index of the first line of the text */
	struct buf skel;
	uint8_t *seen;		/* a bit a byte of src: taken into a node */
	struct map refs;	/* folded label -> struct linkdef * */
	struct map entities;	/* name -> char *, decoded */
	struct arena scratch;	/* one block's delimiters and brackets */
	struct {
		struct linkdef **v;
		size_t n, cap;
	} deflist;
	size_t excused;		/* excuses from here on that have no block
				 * wait for the next one */
	struct doc_node *caption;	/* waiting for its table, or NULL */
	struct doc_attr *caption_attr;
	size_t npadded;		/* cells made up for short rows so far */
	bool silent;		/* bytes are repaired without a word */
	int last_heading;	/* level; 0 = none yet */
	bool deep_told;		/* MAN_DEEP once for this subtree */
};

/* source.c */
void source_load(struct reader *r, const char *text, size_t n);
/* The place of byte `at` of line index `i`. */
struct pos line_pos(const struct reader *r, size_t i, size_t at);
/* Byte offset in the line of code point `col` (from 0). */
size_t line_byte(const struct reader *r, size_t i, size_t col);
const char *line_text(const struct reader *r, size_t i);
/* English or Persian, as the messages are. */
const char *say(const struct reader *r, const char *en, const char *fa);

/* front.c */
/* Parsed into `a`; NULL if there is none or it is broken (reported). */
struct yaml *front_matter(struct reader *r, struct arena *a, const char *name);
void meta_from_yaml(struct doc *d, struct diag *dg, const struct yaml *map);
void meta_add(struct doc *d, const char *key, const struct yaml *v, int depth);

/* skeleton.c */
void skeleton_build(struct reader *r);
/* The number of colons if the n bytes at s are a fence line, else 0;
 * *rest is where its attributes begin. */
size_t fence_scan(const char *s, size_t n, size_t *rest);

/* --------------------------------------------------------------- leaves */

/* Where a piece of a leaf's text stands: text[off] is at line:col. */
struct seg {
	size_t off;
	size_t line;		/* index into lines */
	size_t at;		/* byte in the line */
	uint32_t col;		/* code points, from 1 */
};

/*
 * The text of one block, its lines joined by '\n' without what encloses
 * them. Buffers are used again for the next leaf.
 */
struct leaf {
	struct buf text;
	struct seg *v;
	size_t n, cap;
	/* The place last asked for: text[at_off], in v[at_seg], is at at_col.
	 * The next costs the steps from there, so places asked for in rising
	 * order cost one walk through the text. */
	size_t at_seg, at_off;
	uint32_t at_col;
};
void leaf_reset(struct leaf *l);
/* Add bytes [at, end) of a line. */
void leaf_add(struct reader *r, struct leaf *l, size_t line, size_t at,
    size_t end);
void leaf_free(struct leaf *l);
struct pos leaf_pos(struct reader *r, struct leaf *l, size_t off);
/* Mark text[from..to) as taken. */
void leaf_seen(struct reader *r, const struct leaf *l, size_t from, size_t to);
/* Where a trailing "{...}" of text[from..to) begins, its attributes in *attr;
 * `to` if there is none (reported if it cannot be read). */
size_t leaf_attr(struct reader *r, struct leaf *l, size_t from, size_t to,
    struct doc_attr **attr);

/* inline.c: parse text[from..to) into inlines under `parent`. */
void inline_parse(struct reader *r, struct doc_node *parent,
    struct leaf *l, size_t from, size_t to);

/* ----------------------------------------------------------- attributes */

/*
 * Parse "{...}" at s. Returns the attributes and sets *used, or NULL and
 * *why: in words, or NULL if it does not even look like attributes.
 */
struct doc_attr *attr_parse(struct reader *r, const char *s, size_t n,
    size_t *used, const char **why);
/* Attributes at the very end of s[0..n): *start is where "{" stands. NULL
 * if there are none; *why as above. */
struct doc_attr *attr_trailing(struct reader *r, const char *s, size_t n,
    size_t *start, const char **why);
/* Join `more` into the node's attributes. */
void attr_merge(struct reader *r, struct doc_node *n, struct doc_attr *more);

/* ---------------------------------------------------------------- blocks */

void blocks_read(struct reader *r);
/* Append a block; what waits for one (excuses, a caption) is given to it. */
void block_append(struct reader *r, struct doc_node *parent,
    struct doc_node *node);

/* unsupported.c: tell what Pandoc would have read otherwise. */
void unsupported_find(struct reader *r, struct leaf *l);
void unsupported_rule(struct reader *r, struct pos pos, size_t line,
    size_t at);

/* table.c */
/* The line of the leaf that parts a table's head from its body, or -1. */
int table_find(const struct reader *r, struct leaf *l);
void table_read(struct reader *r, struct doc_node *parent,
    struct leaf *l, int delim);
/* A fence ".row", closed: a row of the table before it, or of a new one. */
void row_close(struct reader *r, struct doc_node *div);
void verse_read(struct reader *r, struct doc_node *parent,
    struct leaf *l);
/* "| text" lines, set one by one; false if the leaf is none of these. */
bool line_block_read(struct reader *r, struct doc_node *parent,
    struct leaf *l);
/* ": text", "Table: text", «جدول: متن»: bytes of the mark, 0 if none. */
size_t caption_scan(const char *s, size_t n);
/* The caption whose mark stands at text[from]. */
struct doc_node *caption_read(struct reader *r, struct leaf *l,
    size_t from, struct doc_attr **attr);
/* Make it the table's; false if that has one already. */
bool caption_attach(struct reader *r, struct doc_node *table,
    struct doc_node *caption, struct doc_attr *attr);

/* link.c */
/*
 * Definitions at the head of a paragraph, "[label]: url": bytes they take.
 * With `keep` they are registered; they are met twice, since a link may
 * stand before its definition.
 */
size_t linkdefs_scan(struct reader *r, struct leaf *l, bool keep);
void linkdefs_report(struct reader *r);	/* those never used */
char *label_fold(struct reader *r, const char *s, size_t n);
/*
 * (url "title") at s. `no_title[q]` is set once no quote q closes any more,
 * so that it is not looked for again.
 */
bool link_tail(struct reader *r, const char *s, size_t n, size_t *used,
    bool *no_title, const char **url, const char **title);

/* cite.c */
/* What follows '@': the key, its length in *len; bytes it takes, 0: none. */
size_t cite_key(const char *s, size_t n, const char **key, size_t *len);
bool is_ref_key(const char *key, size_t n);

/* html.c */
void comment_take(struct reader *r, struct doc_node *block, struct pos pos,
    const char *s, size_t n);
/* All excuses that wait are for this block. */
void excuses_give(struct reader *r, const struct doc_node *block);
size_t autolink_scan(const char *s, size_t n);
bool is_line_break_tag(const char *s, size_t n);
size_t html_scan(const char *s, size_t n);	/* length of a tag, 0: none */
size_t entity_decode(struct reader *r, const char *s, size_t n,
    struct buf *out);
char *unescape(struct reader *r, const char *s, size_t n);

/* account.c */
void seen_mark(struct reader *r, size_t from, size_t to); /* bytes of src */
/* Find what was not; `first` and `first_note` are this file's first block
 * and note in the tree, or NULL. */
void account_close(struct reader *r, struct doc_node *first,
    struct doc_node *first_note);

#endif
