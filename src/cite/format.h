/*
 * A citation style as data, and the engine that prints an entry by it.
 * Private to cite/. The schema that authors see is in docs/citations.md.
 */
#ifndef CITE_FORMAT_H
#define CITE_FORMAT_H

#include "cite/model.h"

/* Every text of a style stands twice: for entries in the style's own
 * language, and for those written from left to right. */
enum { OWN, LATIN, NTONGUES };

enum style_kind { STYLE_AUTHOR_DATE, STYLE_NUMERIC, STYLE_NOTE };
enum style_order { ORDER_LISTED, ORDER_CITED, ORDER_COLLATION };

enum names_show {
	SHOW_FAMILY,		/* چالیشکان */
	SHOW_FAMILY_FIRST,	/* چالیشکان، مرات */
	SHOW_FIRST_INVERTED,	/* the first so, the others as below */
	SHOW_GIVEN_FIRST	/* مرات چالیشکان */
};

/* How a list of people is written. */
struct names_form {
	const char *name;
	enum names_show show;
	const char *comma[NTONGUES], *between[NTONGUES], *last[NTONGUES];
	int at_most, then;	/* more than at_most: `then` of them, and */
	const char *others;	/* this term */
	bool initials;
	struct names_form *next;
};

enum part_kind { PART_FIELD, PART_TERM, PART_TEXT, PART_GROUP };
enum part_look { LOOK_NONE, LOOK_EMPH, LOOK_STRONG, LOOK_QUOTES };

/*
 * One step of a template. It prints nothing, affixes included, where its
 * conditions do not hold or its value is empty; then `otherwise` is tried.
 */
struct part {
	enum part_kind kind;
	const char **names;	/* FIELD: the first of these that is there */
	size_t nnames;
	const char *term;
	const char *text[NTONGUES];
	const char *before[NTONGUES], *after[NTONGUES], *between[NTONGUES];
	enum part_look look;
	bool link;
	const struct names_form *form;	/* of people; NULL: the first form */
	const char *label;		/* term before the value; NULL */
	const char *label_after;	/* term behind it; NULL */
	bool ordinal;		/* 2 is printed as 2nd, to Latin entries */
	int words;			/* at most so many, then "…"; 0: all */
	const char **with, **without, **kinds, **not_kinds;
	size_t nwith, nwithout, nkinds, nnot_kinds;
	int tongue;			/* only for it; -1: both */
	struct part *child;		/* GROUP */
	struct part *otherwise;
	struct part *next;
};

/* A template for each kind of entry; the one named "default" for the rest. */
struct template {
	const char *kind;
	struct part *parts;
	struct template *next;
};

struct term {
	const char *name, *text;
	struct term *next;
};

struct cite_style {
	const char *name;
	enum style_kind kind;
	const char *lang;
	bool as_printed, year_suffixes;
	struct {
		const char *lang;
		const char *open_quote, *close_quote;
		struct term *terms;
	} tongue[NTONGUES];
	struct names_form *forms;

	const char *open, *close, *between, *end;
	int collapse;			/* shortest run made a range; 0 never */
	const char *range, *between_plain;
	struct part *author;		/* of @key, and where templates say */
	struct template *item, *first, *later, *same, *same_place;

	enum style_order order;
	bool show_all, numbered, backlinks;
	const char *marker;
	struct template *entries;
};

/* The parts for an entry of this kind; NULL if there are none. */
const struct part *template_parts(const struct template *t, const char *kind);
const char *style_term(const struct cite_style *s, int tongue,
    const char *name);		/* NULL if there is none */

/* The names of all that a part can print; NULL-terminated. */
const char *const *format_names(void);

/*
 * What is being printed, and into which node. Zero-initialise, fill in what
 * the comment says, end with format_close().
 */
struct format {
	const struct cite_style *style;		/* these four are given */
	struct doc *d;
	struct doc_node *at;			/* parent of what is written */
	struct pos pos;
	bool afghan;			/* months and seasons of fa-AF */

	const struct cite_entry *e;	/* set by format_begin() */
	const struct doc_cite *cite;	/* NULL in the list */
	int tongue;
	bool no_author;			/* the author is left out */
	struct buf text;		/* written, not yet a node */
	const char *pending[128];	/* affixes nothing has followed yet */
	size_t npending;
	uint32_t last;			/* code point, blanks left out */
	bool sentence;			/* the affix before began a new one */
};

/* Go on with this entry; NULL for text of our own. */
void format_begin(struct format *f, const struct cite_entry *e,
    const struct doc_cite *cite);
/* Print parts; true if anything came of it. */
bool format_parts(struct format *f, const struct part *p);
/* The same for an entry as a whole, a line of the list or a first note: its
 * key goes before what nothing names. */
bool format_whole(struct format *f, const struct part *p);
/* Plain text; the second leaves out a mark that would stand twice. */
void format_text(struct format *f, const char *s);
void format_affix(struct format *f, const char *s);
/* Copies of the inlines below `from`, whose plain text is `s`. */
void format_inlines(struct format *f, const struct doc_node *from,
    const char *s);
/* What was written becomes a node; `at` may then be changed. */
void format_flush(struct format *f);
/*
 * The term `name`, or its plural ("pages") if the value names several and
 * the style has one. NULL if there is neither.
 */
const char *format_term(const struct format *f, const char *name,
    const char *value);
/* The people a field of that name names; NULL if it is of no people. */
const struct cite_name *format_people(const struct format *f,
    const char *name);
/* What parts two things of one kind: "، " or ", ". */
const char *format_comma(const struct format *f);
/* A value as printed, without affixes; false if empty. Appended. */
bool format_value(const struct format *f, const char *name,
    const struct names_form *form, struct buf *out);
void format_close(struct format *f);

#endif
