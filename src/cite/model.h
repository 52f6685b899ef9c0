/*
 * What the readers share: fields with their names made one, TeX spellings
 * turned into text, people, dates. Private to cite/.
 *
 * A reader makes an entry with entry_new(), gives it what the file says with
 * entry_field() and entry_name(), and ends with entry_finish(), which works
 * out what no field says (language, calendar, a date in parts). After that
 * nobody can tell whether a .bib or a JSON file was read.
 */
#ifndef CITE_MODEL_H
#define CITE_MODEL_H

#include "cite/cite.h"

#define CITE_MAX_ENTRIES 200000
#define CITE_MAX_FIELD ((size_t)1 << 20)	/* [byte] */
#define CITE_MAX_DEPTH 64
#define CITE_MAX_KEY 1000			/* [byte]; the rest is cut */
#define CITE_MAX_FIELDS 256			/* of one entry */
#define CITE_MAX_NAMES 1000			/* of one list */

/* The words of a message that are not in its format. */
#define SAY(dg, en, fa) ((dg)->persian ? (fa) : (en))

/* ---------------------------------------------------------------- entry */

enum field_type {
	FIELD_TEXT,		/* TeX spellings and braces resolved */
	FIELD_LITERAL,		/* addresses: "~", "--" and "%" are letters */
	FIELD_NAMES,
	FIELD_DATE,		/* in ISO 8601 form, split by entry_finish() */
	FIELD_IGNORED,		/* well known, of no use here */
	FIELD_UNKNOWN
};

/*
 * What a field name of BibTeX, biblatex or CSL's `custom` stands for;
 * `name` becomes the one name it has in the model.
 */
enum field_type field_lookup(const char **name);
/* Every name of the model, for "did you mean"; NULL-terminated. */
const char *const *field_names(void);
/* "article" of "@article", "article-journal"; NULL if unknown. `type`
 * becomes "phd" or "masters" for a thesis that says so, else NULL. */
const char *kind_of_bib(const char *word, const char **type);
const char *kind_of_csl(const char *word);
const char *const *kind_names(void);	/* of the model; NULL-terminated */
const char *const *kind_bib_names(void);
const char *const *kind_csl_names(void);
/* A kind of the model as a message calls it. */
const char *kind_word(const struct diag *dg, const char *kind);

/* `key` is copied. Not yet part of the bibliography. */
struct cite_entry *entry_new(struct cite_bib *bib, const char *key, size_t n,
    const char *kind, struct pos pos);
/*
 * Give a field its value; `name` is one of field_names(), value plain text.
 * The first value stands: returns false, and changes nothing, if there was
 * one. `name` must live as long as the bibliography, the value is copied.
 */
bool entry_field(struct cite_bib *bib, struct cite_entry *e,
    const char *name, const char *value, size_t n, struct pos pos);
/* The list a name belongs to: "author", "editor", "translator"; else NULL. */
struct cite_name **entry_names(struct cite_entry *e, const char *name);
/*
 * Complete the entry and add it. Two entries of one key are reported and
 * the first stands.
 */
void entry_finish(struct cite_bib *bib, struct diag *dg,
    struct cite_entry *e);
/* Report fields that the entry's kind needs and that are not there. */
void entry_needs(struct diag *dg, const struct cite_entry *e);

/* A known field: look for it by name at reading time only. */
const struct cite_field *entry_lookup(const struct cite_entry *e,
    const char *name);

/* ----------------------------------------------------------------- text */

/* The most of n bytes, at most `max`, that do not end inside a letter. */
size_t text_cut(const char *s, size_t n, size_t max);

/* TeX spellings resolved, braces gone, white space made single; appended. */
void tex_text(struct buf *out, const char *s, size_t n);
/* The same for addresses: only escaped letters and braces are resolved. */
void tex_literal(struct buf *out, const char *s, size_t n);

/*
 * A list as BibTeX writes it ("von Last, First and ..."), before TeX
 * spellings are resolved. "and others" comes back as a last name with
 * `others` set. Commas may be Persian.
 */
struct cite_name *names_parse(struct arena *a, const char *s, size_t n,
    bool *cut);

/* ---------------------------------------------------------------- dates */

enum calendar { CAL_NONE, CAL_GREGORIAN, CAL_JALALI, CAL_SEASON };

/*
 * A month or season by any of its names (Iranian, Afghan, Persian and
 * English names of the Gregorian months): 1-12, seasons 13-16; 0 if it is
 * none.
 */
int month_lookup(const char *s, size_t n, enum calendar *cal);
/* The name to print; NULL if `month` is not 1-16. */
const char *month_name(int month, bool jalali, bool latin, bool afghan);
/* The year a field speaks of: its last number of three or four digits, or
 * its last number at all; 0 if it has none. */
int year_of(const char *s);
/* All digits (of any script): the number; else -1. */
long number_of(const char *s);
/* True if it begins with a digit of any script. */
bool starts_with_digit(const char *s);

/* "fa", "en", ... from a name or tag; NULL if it says nothing. */
const char *language_tag(struct arena *a, const char *s);
/* True for languages written from left to right. */
bool language_is_ltr(const char *tag);
/* -1 if most letters of s are written from right to left, 1 if from left
 * to right, 0 if there are none. */
int letters_of(const char *s, size_t n);

#endif
