/*
 * styles/NAME.yaml -> resolved properties for every node.
 *
 * A style is a set of named looks ("body", "heading-1", "table-cell"...),
 * each inheriting from another (its `base:`, in the end "body"), plus page
 * geometry, fonts and rules. Styles may inherit from one another
 * (`inherit: booklet`). An unknown key or a value of the wrong type is an
 * error at its line, with the nearest known name; the default stands.
 */
#ifndef STYLE_H
#define STYLE_H

#include "base/base.h"
#include "doc/doc.h"

struct colour {
	uint8_t space;			/* 0 none, 1 gray, 3 RGB, 4 CMYK */
	uint8_t v[4];			/* gray: 0 black; CMYK: 255 full ink */
};

enum style_align { STYLE_JUSTIFY, STYLE_START, STYLE_END, STYLE_CENTRE };
enum style_display { STYLE_SHOW, STYLE_HIDE };
/* Mirrors enum shape_levels. */
enum style_levels { STYLE_LEVELS_BY_SIGN, STYLE_LEVELS_RTL,
	STYLE_LEVELS_LTR };
enum style_emphasis { EMPH_WEIGHT = 1, EMPH_COLOUR = 2, EMPH_OVERLINE = 4,
	EMPH_UNDERLINE = 8, EMPH_SLANT = 16,
	EMPH_AUTO = 32 };		/* slant if a face has it, else overline */

/* One look. All lengths resolved to [sp]; em against its own size. */
struct style_look {
	const char *name;
	const struct style_font *font;	/* role: "body", "heading" ... */
	int weight;			/* 100-900 */
	bool italic;
	sp size, leading;
	struct colour colour, background;
	enum style_align align;
	enum style_display display;
	sp space_before, space_after;	/* collapse: the larger counts */
	sp indent_first;		/* first line; not after headings */
	sp indent_start, indent_end;	/* both sides of the block */
	sp hang;			/* list labels: width of the label column */
	sp padding;			/* around a box with background or rules */
	sp rule_above, rule_below;	/* thickness; 0 none */
	struct colour rule_colour;
	bool keep_next;			/* with what follows (headings) */
	bool keep_together;
	bool page_before;		/* starts a fresh page */
	bool side_before;		/* starts a page of the opening side
					 * (left-hand in a Persian book) */
	bool kashida;			/* allowed here if the rules say so */
	int tracking;			/* 1/1000 em, never in joined scripts */
	sp rise;
	const char *features;
	int looseness;			/* lines more than the optimum; what the
					 * paragraph rules say if it does not */
	int columns;			/* of text inside; 1 */
	sp column_gap, column_rule;	/* between two; thickness, 0 none */
	const char *numbering;		/* list labels: "decimal", "abjad",
					 * "alphabetic", "bullet", "none";
					 * headings: "decimal" or "none" */
	const char *label;		/* text around a number: "{}."; of a
					 * heading too: "فصل {}" */
	const char *columns_widths;	/* tables: "1 3"; NULL: from contents */
	const char *place;		/* tables, figures: "here", "top", "foot",
					 * "page" */
	int size_rel;			/* size in 1/1000 of what surrounds it, for
					 * looks of inlines; 0: absolute */
	int rise_rel;			/* rise likewise, in 1/1000 em */
	uint64_t set;			/* bit i: property i was stated (inlines
					 * change only what their look states) */
};

/* Lay `over` on `look`: what `over` states itself replaces what stands
 * there; sizes stated in em are relative to `look`'s. */
void style_overlay(struct style_look *look, const struct style_look *over);
/* Was this property stated by the look itself or what it is based on? */
bool style_look_sets(const struct style_look *l, const char *property);

/* A font role: families tried in order, and the Latin companion. */
struct style_font {
	const char *role;
	const char **families;
	size_t nfamilies;
	int *scale;			/* permille, of each family; 0: by its
					 * letters */
	bool nastaliq;
	struct pos pos;			/* where its families are stated */
};

struct style_page {
	sp width, height;
	const char *trim;		/* "A5", "رقعی"; NULL if by numbers */
	sp inner, outer, top, foot;	/* margins */
	sp head_gap, foot_gap;		/* running head above, folio below block */
	const char *folio;		/* "outer", "centre", "inner", "none" */
	const char *folio_place;	/* "head", "foot" */
	const char *folio_text;		/* "{page}", "{page} از {pages}" */
	const char *head_recto, *head_verso;	/* "{title}", "{section}", "" */
	sp head_rule;			/* thickness under the head; 0 */
	bool grid;			/* lines stand on the baseline grid */
	const char *binding;		/* "auto", "right", "left" */
	int multiple;			/* pages padded to a multiple; 1 */
	const char *front;		/* front matter: "continued", "abjad",
					 * "roman", "none" */
};

/* Costs of page breaking; units are arbitrary but common. */
struct style_breaks {
	int widow_lines, orphan_lines;	/* at least so many, 2 */
	int64_t widow, orphan, heading_foot, split_row, split_note, uneven,
	    short_page, keep;
	int64_t float_late;		/* a page after the one it is named on */
	int heading_lines;		/* text lines kept with a heading, 2 */
};

/* Paragraph rules; mirrors para_style and shape_rules. */
struct style_para {
	int space_min, space_natural, space_max;
	int tolerance, looseness, line_penalty;
	int fitness_demerits, alike_demerits, river_demerits, runt_demerits;
	sp runt_min;
	bool greedy, split_wide;
	bool kashida;
	int kashida_min, kashida_max, kashida_words, kashida_letters;
	int kashida_demerits, kashida_stack_demerits, kashida_repeat_demerits;
	unsigned kashida_places;	/* ranks, 4 bits by enum shape_place */
	unsigned kashida_never;		/* SHAPE_NEVER_ bits */
	bool isolate_ranges, isolate_percent, isolate_signs, isolate_phones,
	    isolate_dates, isolate_units, isolate_latin, isolate_marks;
	enum style_levels multi_level;
	bool keep_units;
	unsigned emphasis, strong;	/* EMPH_ bits */
};

/* What keyboards write and a compositor sets otherwise; see
 * doc_characters(). All of it is off unless a style asks. */
struct style_characters {
	bool letters, digits, separators, quotes, ellipsis;
	int heh_hamza;			/* enum doc_heh */
	bool tatweel;			/* the author's is in a PDF's text */
};

struct style_toc {
	bool show, tables, figures;
	int depth;
	const char *leader;		/* repeated between title and number */
	const char *title;		/* NULL: the language's own word */
};
struct style_notes {
	const char *place;		/* "page", "end" */
	const char *reset;		/* "page", "chapter", "book" */
	sp rule_width, rule_size;
	sp gap;				/* above the rule */
};
struct style_table {
	sp rule_top, rule_head, rule_row, rule_bottom;
	struct colour rule_colour, zebra, head_background;
	sp pad_x, pad_y;		/* inside a cell */
	const char *caption_place;	/* "above", "below" */
	bool numbered;			/* "جدول ۱" before the caption */
	const char *place;		/* "here", "top", "foot", "page" */
	const char *span;		/* how wide: "measure", "page" */
	sp edge;			/* of the page, kept free by the latter */
};
struct style_figure {
	const char *caption_place;
	bool numbered;
	int ppi_min;			/* LAY_RESOLUTION below it */
	const char *place;		/* "here", "top", "foot", "page" */
};
struct style_handout {
	const char *parts;		/* "header title text ..."; "": none */
	sp line_height;			/* of ruled writing lines */
	int term_lines;			/* of them below each term */
};
struct style_title {
	bool page;			/* a title page of its own */
	bool half;			/* a half title before it */
	bool imprint;			/* a page with the imprint after it */
	sp drop;			/* from the block's top to the title */
	sp ornament;			/* width of the rule under it */
};
struct style_timeline {
	sp axis, tick, dot;		/* line thickness, tick length, dot size */
	struct colour colour, gap_colour;
	sp date_width;			/* vertical: column of the dates */
};

/* What a PDF for the press has outside its pages, unless its target says
 * otherwise. `marks` are bits of PDF_MARK_. */
struct style_print {
	sp bleed;
	unsigned marks;
	int folds;
};

/* Limits of what `dabir check` tells; 0: the check is off. */
struct style_check {
	int loose;			/* LAY002: permille of a word space above
					 * which a line is told; 0: space-max */
	int short_page;			/* LAY010: percent of the block */
	sp runt;			/* LAY012: shorter last lines */
	int page_multiple;		/* LAY021 */
	int river;			/* LAY023: lines */
	int contrast;			/* LAY024: permille, 4500 is 4.5:1 */
	int ink;			/* LAY025: percent, sum of the four */
};

struct style {
	struct arena arena;
	const char *name, *path;
	struct style_page page;
	struct style_breaks breaks;
	struct style_para para;
	struct style_characters characters;
	struct style_toc toc;
	struct style_notes notes;
	struct style_table table;
	struct style_figure figure;
	struct style_handout handout;
	struct style_title title;
	struct style_timeline timeline;
	struct style_print print;
	struct style_check check;
	struct style_font *fonts;
	size_t nfonts;
	struct style_look *looks;
	size_t nlooks;
	struct map look_by_name;	/* name -> struct style_look * */
	struct map classes;		/* ".class" -> struct style_look * */
	struct map levels;		/* "LAY002" -> "off", "info", "warning" or
					 * "error", from `check: {levels: ...}` */
	struct map settings;		/* everything else, "section.key" -> text */
};

/*
 * Load a style by name or path: `dirs` are folders named styles/, nearest
 * first. One that is not there is reported, and `instead` is loaded unless
 * it is NULL; NULL if that is not there either.
 */
struct style *style_load(struct diag *dg, const char *name,
    const char *instead, const char *const *dirs, size_t ndirs,
    struct pos pos);
void style_free(struct style *s);

/* A look by name; falls back to "body". Never NULL. */
const struct style_look *style_look(const struct style *s, const char *name);
const struct style_look *style_look_or_null(const struct style *s,
    const char *name);
/* A class's look ("phase-table"), or NULL if the style has none. */
const struct style_look *style_class(const struct style *s, const char *cls);
/* Let a class be known, as one that says nothing. */
void style_know_class(struct style *s, const char *cls);
/* The words of check's levels, NULL-terminated: off, info, warning, error. */
extern const char *const style_level_words[];
/* A free setting ("timeline.axis"), or `otherwise`. */
const char *style_setting(const struct style *s, const char *key,
    const char *otherwise);

/* ---------------------------------------------------- words and numbers */

/* A word of the book's own ("contents", "table", "figure", "references"...)
 * in a language; the style's `words:` section comes first. */
const char *style_word(const struct style *st, const char *lang,
    const char *name);
/* The imprint's word for its i-th row and the metadata key that is printed
 * there; NULL behind the last. */
const char *style_imprint(const struct style *st, size_t i, const char *lang,
    const char **key);
/* Has a language words of its own? Others get English ones. */
bool style_knows(const char *lang);
/* n in a language's digits. */
char *style_digits(struct arena *a, const char *lang, long n);

/* Does the last of its classes that says something of it hide a node? */
bool style_hides(const struct style *st, const struct doc_node *n);
/* Say of each class of fences that the style hides where the first one is,
 * and how many more there are (MAN_NO_LAYOUT): in the section that a heading
 * begins, or (NULL) the book. */
void style_tell_hidden(const struct style *st, const struct doc *d,
    const struct doc_node *section, struct diag *dg);

/*
 * What the book calls its headings, tables, figures and notes. It depends on
 * tree and style alone, so that a table has one number in every form of the
 * book and in every part of it. Borrowed while it is used: all but the maps.
 */
struct style_numbers {
	struct arena *a;		/* where the numbers' text lives */
	const struct doc *doc;
	const struct style *st;
	const char *lang;
	struct map counters;		/* "tbl", "fig" -> number */
	struct map of;			/* id, or node -> "۲" */
	struct map notes;		/* label -> number */
};
/* Number them. */
void style_number(struct style_numbers *n, struct arena *a,
    const struct doc *doc, const struct style *st, const char *lang);
void style_numbers_free(struct style_numbers *n);
/* NULL: it has none. */
const char *style_number_of(const struct style_numbers *n,
    const struct doc_node *node);
/* What stands before a heading's words: its number in the label of its look
 * («فصل {}»); NULL: nothing. */
const char *style_heading_number(const struct style_numbers *n,
    const struct doc_node *heading);
/* A heading's words with that before them, as the heading itself, the
 * contents and the running heads have them. */
const char *style_title(const struct style_numbers *n,
    const struct doc_node *heading);
/* 0 if nothing in the flow calls it. */
int style_number_of_note(const struct style_numbers *n,
    const struct doc_node *note);
/* Where a cross-reference leads; NULL (reported) if nowhere. */
const struct doc_node *style_ref(const struct style_numbers *n,
    const struct doc_node *ref, struct diag *dg);
/* What it prints where pages do not come into it: «جدول ۲», a title. */
const char *style_ref_words(const struct style_numbers *n,
    const struct doc_node *ref, const struct doc_node *to);

#endif
