/*
 * One run of cite_resolve(): what its parts hand to one another. Private.
 */
#ifndef CITE_RESOLVE_H
#define CITE_RESOLVE_H

#include "cite/format.h"

/* A place where an entry is cited, for the way back. */
struct use {
	const char *id;
	struct use *next;
};

/* What citations say of a listed entry; by its number - 1. */
struct entry_state {
	const struct doc_cite *last;	/* its last citation printed; NULL */
	struct use *uses, **last_use;
	int nuses;
};

/* A citation of the tree, or the beginning of an author's footnote. */
struct site {
	struct doc_node *node;		/* DOC_CITE or DOC_NOTE */
	bool in_note;			/* the citation stands in a footnote */
};

struct resolver {
	struct doc *d;
	struct cite_bib *bib;
	const struct cite_style *style;
	struct diag *dg;
	struct format f;
	struct { struct site *v; size_t n, cap; } sites; /* in reading order */
	/* Cited entries in the order of their first citation. */
	struct { struct cite_entry **v; size_t n, cap; } cited;
	struct cite_entry **list;	/* as printed */
	size_t nlist;
	struct entry_state *state;	/* nlist of them */
	const char **keys;		/* all known, for the nearest; NULL */
	size_t near_budget;		/* comparisons still allowed */
	struct map families;		/* folded name -> struct cite_entry * */
	struct doc_node *scratch;	/* outside the tree */
	size_t nnotes;			/* made by us */
	const char *last_id;		/* of the last link with a way back */
};

/* author.c: is who the text names who the entry says? */
void author_check_short(struct resolver *r, const struct doc_cite *c,
    const struct cite_entry *e);
void author_check_word(struct resolver *r, const struct doc_node *node,
    const struct cite_entry *e);

/* order.c: fill `list`, number its entries, tell equal years apart. */
void order_list(struct resolver *r);
void order_suffixes(struct resolver *r);

/* intext.c: the inlines of every citation. */
void intext_print(struct resolver *r);
/* The entry of a key, NULL if unknown. */
struct cite_entry *resolver_lookup(const struct resolver *r, const char *key);
/* The short name an entry goes by in the text; appended. */
void intext_author(struct resolver *r, const struct cite_entry *e,
    struct buf *out);

#endif
