/*
 * The inline parser's own state, shared by inline.c (text and small marks),
 * emphasis.c (delimiters) and bracket.c (whatever stands in brackets).
 */
#ifndef READ_INLINE_H
#define READ_INLINE_H

#include "read/reader.h"

#define INLINE_ATTR_MAX 4096	/* bytes of "{...}" behind an inline */
#define INLINE_CITE_MAX 4096	/* bytes of "[... @key ...]" */
#define INLINE_MATH_MAX 1000
#define INLINE_TICKS 80		/* longest run of backticks that delimits */

/* A run of *, _ or ~ that may open or close. */
struct delim {
	struct delim *prev, *next;
	struct doc_node *node;	/* the marks as text */
	char c;
	size_t len, left;	/* as written; not yet used */
	size_t seq;		/* rises with the place */
	bool open, close;
	bool both;		/* by CommonMark's letter, not by our leave */
};

enum bracket_kind { BRACKET_LINK, BRACKET_IMAGE, BRACKET_NOTE };

struct bracket {
	struct bracket *prev;
	struct doc_node *node;	/* the opening mark as text */
	enum bracket_kind kind;
	size_t from;		/* first byte behind the mark */
	size_t seq;
	struct delim *delim;	/* top of the delimiters when it opened */
	bool has_key;		/* "@key" directly inside: a citation */
	bool has_cite;		/* one closed inside: no citation itself */
};

struct inl {
	struct reader *r;
	struct leaf *leaf;
	const char *s;
	size_t i, n;		/* [byte] in s; n = end of what is parsed */
	struct doc_node *parent;	/* all nodes, flat, until closed over */

	/* Waiting text: a range of s, or a copy. */
	struct buf text;
	size_t text_at, run_from, run_to;

	struct doc_node *before;	/* the parent's last when this began */

	struct delim *delims;	/* top of the stack */
	struct bracket *brackets;
	size_t seq;
	size_t no_link_before;	/* brackets of a lower seq may not be links */
	/* What opened at this seq or before holds READ_DEPTH levels already:
	 * it can close over nothing more. */
	size_t doomed;
	bool ticks_scanned;
	size_t ticks[INLINE_TICKS + 1];
	bool no_title[128];	/* by quote: none closes any more */
	bool no_comment;	/* no "-->" follows any more */
	bool deep_told;
	bool rough;		/* texts lie side by side: join them */
	bool nested;		/* some node holds others: clear heights */
};

struct pos inline_pos(struct inl *in, size_t off);
/* Mark text[from..to) of the leaf as taken. */
void inline_seen(struct inl *in, size_t from, size_t to);
/* Take text[from..to) as it stands. */
void inline_run(struct inl *in, size_t from, size_t to);
void inline_flush(struct inl *in);
/* Take text[from..to) without looking for marks in it: only escapes and
 * entities are resolved, line ends are soft breaks. */
void inline_words(struct inl *in, size_t from, size_t to);
/* Append a node that stands for text[from..to). */
struct doc_node *inline_node(struct inl *in, enum doc_kind kind, size_t from,
    size_t to);
/* Attributes at text[at]: bytes they take, 0 if none. */
size_t inline_attr(struct inl *in, size_t at, struct doc_attr **attr);
/* Give `node`, whose mark opened at `seq`, the siblings first..last as
 * children; false, and reported, if that would nest too deep. */
bool inline_wrap(struct inl *in, size_t seq, struct doc_node *node,
    struct doc_node *first, struct doc_node *last);

/* Parse text[from..to), a part of what is being parsed, into `parent`, which
 * stands outside the tree. How deep it is goes into parent->level. */
void inline_part(struct inl *in, struct doc_node *parent, size_t from,
    size_t to);

/* cite.c: the citation s[0..n), which stands at text[base]; NULL if it has
 * no key. */
bool cite_has_key(const char *s, size_t n);
struct doc_cite *cite_parse(struct inl *in, const char *s, size_t n,
    size_t base);

/* emphasis.c */
void delim_take(struct inl *in);
void delims_close(struct inl *in, const struct delim *bottom);

/* bracket.c */
void bracket_open(struct inl *in, enum bracket_kind kind, size_t len);
void bracket_close(struct inl *in);
bool note_ref_take(struct inl *in);
bool key_take(struct inl *in);		/* @key in running text */

#endif
