/*
 * Inside of html/: one writer that walks the tree and appends to a buffer.
 *
 * The body is written twice. The first time nobody keeps it, but it tells
 * which ids there are (a handout holds a part of the book, and a link must
 * not lead to what is not in it), what the index has to name, and which
 * kinds of numbers the style sheet must define. Messages come from the
 * second time alone.
 */
#ifndef HTML_PRIVATE_H
#define HTML_PRIVATE_H

#include "html/html.h"

enum { MAX_DEEP = 200 };

/* [word]{.index}: a place the index names. */
struct mark {
	const char *key;		/* what the index prints */
	const char *id;			/* of the place */
	const struct doc_node *heading;	/* it stands below this; or NULL */
};

/* A note that was called. */
struct called {
	const struct doc_node *note;
	int times;			/* so far */
};

/* How list items are counted: language, kind of number, what is round it. */
enum count_lang { COUNT_FA, COUNT_AR, COUNT_EN, COUNT_NLANGS };
enum count_kind { COUNT_NUMBER, COUNT_ABJAD, COUNT_ALPHA, COUNT_NKINDS };
enum count_round { COUNT_DOT, COUNT_PAREN, COUNT_BRACKETS, COUNT_NROUNDS };

struct html {
	const struct html_job *job;
	const struct doc *doc;
	const struct style *st;
	struct diag *dg;		/* of the first pass: thrown away */
	struct arena a;
	struct buf out;
	bool first_pass;
	const char *book_lang;
	struct style_numbers num;
	struct map terms;		/* glossary's words -> id */
	struct map there;		/* ids that the first pass wrote */
	struct map ids;			/* ids of this pass */
	bool counted[COUNT_NLANGS][COUNT_NKINDS][COUNT_NROUNDS];

	/* Where the writer is. */
	const char *lang;		/* of the element it is in */
	int level;			/* its direction: 1 right to left */
	int deep;			/* of nesting, against hostile trees */
	int list_depth;
	bool latin;			/* the last letter was left to right */
	bool after_note;		/* a note's mark ends what is written */
	bool in_link;			/* links do not nest */
	int top;			/* 1: the page has a title of its own */
	struct { int *v; size_t n, cap; } open;	/* sections: levels in the
					 * tree of their headings */
	const struct doc_node *heading;	/* the last one */

	struct { struct called *v; size_t n, cap; } notes;
	struct map called;		/* label -> place in `notes`, from 1 */
	struct { struct mark *v; size_t n, cap; } marks;	/* this pass */
	struct { struct mark *v; size_t n, cap; } index;	/* the first */
	size_t image_bytes;		/* embedded so far */
};

/* --------------------------------------------------------------- text.c */

void raw(struct html *h, const char *s);		/* as it stands */
void unput(struct html *h, size_t at);	/* back to this length */
void rawf(struct html *h, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Escaped. put_text() also isolates what bidi would turn round. */
void put_plain(struct html *h, const char *s, size_t n);
void put_text(struct html *h, const char *s, size_t n);
/* ` name="value"`, escaped. */
void put_attr(struct html *h, const char *name, const char *value);
/* ` id="..."` unless it is NULL or was written before. */
void put_id(struct html *h, const char *id);
/* ` href="#id"`; false, and nothing, if there is no such place here. */
bool put_href(struct html *h, const char *id);
/* ` href="url"`; false (reported), and nothing, if a page may not link to
 * it: other schemes than http, https and mailto, other hosts in disguise. */
bool put_url(struct html *h, const char *url, struct pos pos);
const char *word(const struct html *h, const char *name);
const char *number(struct html *h, long n);
const char *plain(struct html *h, const struct doc_node *n);
/* Words that are heard and not seen. */
void put_hidden(struct html *h, const char *s);
/* Language and direction of an element, where they differ. */
struct tongue { const char *lang; int level; };
struct tongue tongue_set(struct html *h, const char *lang, const char *dir);
void tongue_back(struct html *h, struct tongue before);

/* ------------------------------------------------------------- inline.c */

void put_inlines(struct html *h, const struct doc_node *parent);
/* Id, classes, language and direction that the author gave a node; where
 * `cls` is not NULL it comes first. */
struct tongue put_attrs(struct html *h, const struct doc_node *n,
    const char *cls);
bool is_hidden(const struct html *h, const struct doc_node *n);

/* -------------------------------------------------------------- block.c */

void put_block(struct html *h, const struct doc_node *n);
/* Siblings from `first` up to `stop`, in sections. */
void put_blocks(struct html *h, const struct doc_node *first,
    const struct doc_node *stop);
/* What stands below a node: blocks, or inlines as they are. */
void put_children(struct html *h, const struct doc_node *n);
void open_section(struct html *h, int level, size_t base, const char *attrs);
void close_sections(struct html *h, size_t base, int level);
int heading_level(const struct html *h);
/* The page's own title: a handout's heading. */
void put_title_of(struct html *h, const struct doc_node *heading);
/* <h2 id="...">title</h2> of our own making. */
void put_heading(struct html *h, const char *id, const char *title);

/* --------------------------------------------------------------- list.c */

void put_list(struct html *h, const struct doc_node *n);
/* " class=..." of a list that counts so, and note it for the style sheet. */
void put_count(struct html *h, enum count_kind kind, enum count_round round,
    const char *cls);
void put_deflist(struct html *h, const struct doc_node *n);
void put_terms(struct html *h, const struct doc_node *const *v, size_t n);
void put_refs(struct html *h, const struct doc_node *const *v, size_t n);
void put_refs_of(struct html *h, const struct doc_node *n);

/* ------------------------------------------------ lookup.c, timeline.c */

void put_glossary(struct html *h, const struct doc_node *n);
void put_index(struct html *h, const struct doc_node *n);
void put_timeline(struct html *h, const struct doc_node *n);

/* -------------------------------------------------------------- table.c */

void put_table(struct html *h, const struct doc_node *n);
void put_verse(struct html *h, const struct doc_node *n);
void put_caption(struct html *h, const struct doc_node *caption,
    const char *word_name, const char *num);

/* ------------------------------------------------------------- figure.c */

void put_figure(struct html *h, const struct doc_node *n);
void put_image(struct html *h, const struct doc_node *n, const char *alt);

/* -------------------------------------------------------------- notes.c */

void put_note_ref(struct html *h, const struct doc_node *n);
void put_notes(struct html *h);

/* -------------------------------------------------- front.c, handout.c */

void put_front(struct html *h);
void put_handout(struct html *h, const struct doc_node *stop);
void put_questions(struct html *h, const struct doc_node *const *v, size_t n);
void put_blank(struct html *h, const char *answer);

/* -------------------------------------------------------------- sheet.c */

void put_sheet(struct html *h);		/* <style>...</style> */

#endif
