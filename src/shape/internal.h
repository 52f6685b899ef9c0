/*
 * What the files of this folder share.
 *
 * A paragraph is worked on in pieces of at most PIECE_MAX characters, so
 * that scratch memory is bounded whatever the input; every real paragraph
 * is one piece. A piece goes through the stages in the order of this file:
 *
 *	decode -> bidi -> breaks -> itemize (scripts, faces, runs)
 *	       -> HarfBuzz, clusters -> kashida places
 *
 * Places inside a piece are character indexes; only what leaves the folder
 * is in bytes. HarfBuzz's cluster values are character indexes too.
 */
#ifndef SHAPE_INTERNAL_H
#define SHAPE_INTERNAL_H

#include "shape/shape.h"

#include <fribidi.h>
#include <hb.h>

/* ------------------------------------------------- properties (props.c) */

enum {
	P_LTR = 1 << 0,			/* bidi L */
	P_IGNORABLE = 1 << 1,		/* default ignorable: ZWNJ, LRM ... */
	P_CONTROL = 1 << 2,		/* Cc, line and paragraph separator */
	P_MARK = 1 << 3,
	P_LETTER = 1 << 4,
	P_DIGIT = 1 << 5,
	P_BLANK = 1 << 6,		/* a space HarfBuzz can make of U+0020 */
	P_PUNCT = 1 << 7,
	P_JOINS_NEXT = 1 << 8,
	P_JOINS_PREV = 1 << 9,
	P_COMMON = 1 << 10,		/* script Common or Inherited */
	P_NEUTRAL = 1 << 11,		/* bidi: neither strong, number nor mark */
	P_NUMBER = 1 << 12,		/* bidi EN or AN */
	P_UNSEEN = 1 << 13,		/* nothing is drawn: IGNORABLE, CONTROL */
	P_REMOVED = 1 << 14,		/* bidi X9 takes it out */
	P_STRONG = 1 << 15,		/* bidi L, R, AL */
	P_KNOWN = 1 << 30		/* the entry is filled */
};

struct prop {
	uint32_t script;		/* SCRIPT_TAG */
	FriBidiCharType type;
	FriBidiBracketType bracket;
	uint32_t flags;
	uint16_t shape;			/* SHAPE_ flags of its cluster */
	uint8_t group;			/* enum group */
};

/* Joining groups, as far as the rules for kashida speak of them. */
enum group { G_OTHER, G_AIN, G_ALEF, G_BEH, G_DAL, G_FEH, G_GAF, G_HEH,
	G_KAF, G_LAM, G_QAF, G_REH, G_SAD, G_SEEN, G_TAH, G_TEH_MARBUTA,
	G_WAW, G_YEH };

#define PROP_PAGES (0x110000 / 256)

/* What is known of a code point; computed once a context. */
struct props {
	struct prop *page[PROP_PAGES];
};
enum group group_of(uint32_t cp);
const struct prop *prop_fill(struct props *p, uint32_t cp);
void props_free(struct props *p);

static inline const struct prop *
prop_of(struct props *p, uint32_t cp)
{
	const struct prop *page = p->page[cp >> 8];

	if (page != NULL && page[cp & 0xff].flags & P_KNOWN)
		return &page[cp & 0xff];
	return prop_fill(p, cp);
}

/* --------------------------------------------------------------- pieces */

#define PIECE_MAX (1u << 20)		/* characters */
#define RUN_MAX (1u << 16)		/* characters HarfBuzz gets at a time */

enum { FACE_NONE = 0xff };

struct ch {
	uint32_t off;			/* [byte] from the piece's start */
	uint32_t span;			/* innermost */
	uint32_t script;
	uint16_t flags;			/* P_ of the code point */
	uint16_t shape;			/* SHAPE_ flags of its cluster */
	uint8_t level;
	uint8_t edge;			/* before it, as a run's */
	uint8_t face;			/* index in the style's chain */
};

/* A stretch of characters to be shaped at once. */
struct item {
	uint32_t start, end;		/* characters */
};

struct piece {
	const char *text;
	size_t nbytes;
	size_t base;			/* [byte] of text in the paragraph */
	uint32_t *cps;
	struct ch *ch;			/* one more than n: the end's offset */
	size_t n, cap;
	uint32_t seen;			/* all flags of its characters */
	uint32_t script;		/* the only one, or 0 */
	uint8_t *at;			/* breaks, by byte: at[0..nbytes] */
	size_t at_cap;
	struct item *items;
	size_t nitems, items_cap;
};

/* Where an isolate opens or closes, for the analysis alone. */
struct isolate {
	uint32_t start, end;		/* characters */
	uint32_t serial;		/* the earlier is outside, if equal */
	uint8_t kind;
	bool whole;			/* no line breaks inside: a phone */
};
enum {
	ISOLATE_LTR, ISOLATE_RTL, ISOLATE_AUTO,
	ISOLATE_NUMBER			/* RLI and an Arabic letter mark */
};

struct isolates {
	struct isolate *v;
	size_t n, cap;
};

/* ---------------------------------------------------------------- bidi.c */

struct bidi {
	FriBidiCharType *types;
	FriBidiBracketType *brackets;
	FriBidiLevel *levels;
	uint32_t *from;			/* character of an entry, or UINT32_MAX */
	size_t cap;
	/* levels.c: the entry that closes an isolate; one stretch. */
	uint32_t *match;
	FriBidiCharType *part_types;
	FriBidiBracketType *part_brackets;
	FriBidiLevel *part_levels;
	uint32_t *part_of;
};

/*
 * Levels of n characters, L1 applied as if they stood on one line. *level:
 * of the paragraph, or -1 to find it (P2, P3) and set it. `isolates` are in
 * order of start, properly nested, outer first; they are no part of the
 * text and give way to nothing the author typed. `lines`: separators do
 * not end the paragraph. edges[i]: the lowest level of an edge of
 * `isolates` right before character i (those the author typed are characters
 * themselves); NULL where there are no `isolates`.
 */
void bidi_levels(struct bidi *b, struct props *props, const uint32_t *cps,
    size_t n, const struct isolates *isolates, bool lines, int *level,
    int8_t *levels, uint8_t *edges);
void bidi_free(struct bidi *b);
/* levels.c: b->levels of the m entries of b->types and b->brackets, but for
 * L1 part 4; *level as for bidi_levels(). */
void levels_resolve(struct bidi *b, size_t m, bool isolates, int *level);

/* isolate.c: what span is directly inside which, in c->parent[]. */
void span_parents(struct shape_ctx *c, const struct shape_span *spans,
    size_t n);
/* The isolates that spans and rules ask for. */
void isolate_find(struct shape_ctx *c, struct piece *pc,
    const struct shape_span *spans, size_t nspans,
    const struct shape_rules *rules, int level, struct isolates *out);

/* -------------------------------------------------------------- breaks.c */

/* pc->at[] for a decoded piece. Isolates that are kept whole are. */
void break_find(struct shape_ctx *c, struct piece *pc, const char *lang,
    const struct shape_rules *rules, const struct isolates *isolates);

/* --------------------------------------------------------------- units.c */

enum unit_word { WORD_NONE, WORD_UNIT, WORD_LENGTH, WORD_COUNT, WORD_ERA,
	WORD_DEGREE };
/* Does the word [i, end) belong to a number right before it, or to the unit
 * `before` that does (WORD_NONE: the number itself)? */
enum unit_word unit_after(const struct piece *pc, size_t i, size_t end,
    enum unit_word before);

/* ------------------------------------------------------------- itemize.c */

void itemize(struct shape_ctx *c, struct piece *pc, struct diag *dg,
    const struct shape_para *p, shape_place place, void *arg);
/* faces.c: ch.face of all characters. */
void pick_faces(struct shape_ctx *c, struct piece *pc, struct diag *dg,
    const struct shape_para *p, shape_place place, void *arg);
/* Report TXT_FALLBACK for the paragraph and forget. */
void tell_fallbacks(struct shape_ctx *c, struct diag *dg);
/* Does the face draw the character, HarfBuzz's own stand-ins counted? */
bool face_serves(const struct font_face *f, uint32_t cp, uint32_t flags);

/* ------------------------------------------------------------- cluster.c */

/* A prepared way through a face: one script, direction, language, set of
 * features. Holds a reference on the face, so its address stays its own. */
struct plan {
	hb_face_t *face;
	hb_shape_plan_t *plan;
	hb_segment_properties_t props;
	char *lang, *features;		/* as the style spells them */
	hb_feature_t *feat;
	unsigned nfeat;
	/* What kashida.c learnt of this face's tatweel; 0 not asked yet. */
	int8_t bar;			/* 1 plain, -1 not */
	int bar_adv;			/* of one, as shaped */
	/* What cache.c learnt: may words be kept? 0 not asked yet. */
	int8_t words;
	unsigned space;			/* its glyph */
	int space_adv;
};

struct plan *plan_get(struct shape_ctx *c, const struct font_face *f,
    uint32_t script, bool rtl, const char *lang, const char *features);
void plans_free(struct shape_ctx *c);
/*
 * Shape characters [start, end) of cps[0..n) (the rest is context) into
 * c->buf, with `extra` features beyond the plan's; cluster values are
 * indexes of cps.
 */
void shape_chars(struct shape_ctx *c, struct plan *pl,
    const struct font_face *f, const uint32_t *cps, size_t n, size_t start,
    size_t end, const hb_feature_t *extra, unsigned nextra);
/* What HarfBuzz gets for a character that the face need not have. */
uint32_t stand_in(const struct font_face *f, uint32_t cp, uint32_t flags);
/* Where «لله» with marks ends that begins at character i; i if none does. */
size_t allah_ends(struct shape_ctx *c, const uint32_t *cps, size_t i,
    size_t end);
/* The features that mend «الله» in some faces; borrowed from c. */
const hb_feature_t *without_allah(struct shape_ctx *c,
    const struct font_face *f, const uint32_t *cps, size_t start, size_t end,
    unsigned *n);
/* Append a run and its clusters and glyphs to the context's output. */
void shape_item(struct shape_ctx *c, struct piece *pc, const struct item *it,
    const struct shape_para *p, const struct shape_rules *rules);

/* Shape characters of a run and append their clusters and glyphs. */
void shape_and_gather(struct shape_ctx *c, struct piece *pc,
    const struct item *it, struct shape_run *r, struct plan *pl,
    const struct shape_rules *rules);
/* Flags of the break before character i; takes up what was held. */
uint16_t break_flags(struct shape_ctx *c, const struct piece *pc, uint32_t i);

/* --------------------------------------------------------------- track.c */

/* Letterspacing for the run that ends the output: after the last glyph of
 * each of its clusters. */
void track_run(struct shape_ctx *c, const struct shape_run *r);

/* --------------------------------------------------------------- cache.c */

struct cache {
	bool on;
	struct arena a;
	struct word_entry **slots;
	size_t n, nslots;
};
/* The run from words kept; false: nothing was done, shape it whole. */
bool shape_words(struct shape_ctx *c, struct piece *pc,
    const struct item *it, struct shape_run *r, struct plan *pl,
    const struct shape_rules *rules);
void cache_free(struct cache *k);

/* ------------------------------------------------------------- kashida.c */

/*
 * Set SHAPE_KASHIDA on clusters [k0, k1) of the output; first[i - k0] is
 * the first character of cluster i.
 */
void kashida_mark(struct shape_ctx *c, struct piece *pc, struct plan *pl,
    const struct shape_run *r, const struct shape_rules *rules,
    const uint32_t *first, const uint8_t *safe, uint32_t k0, uint32_t k1);
/* Is the face's tatweel, shaped, a bar that may be scaled? Sets bar_adv. */
bool bar_is_plain(struct shape_ctx *c, struct plan *pl,
    const struct font_face *f);

/* --------------------------------------------------------------- shape.c */

struct breaker {
	char *lang;
	struct uni_breaker *b;
};

/* Characters of this paragraph that one face took over from another. */
struct fallback {
	const struct font_face *first, *face;
	struct pos pos;			/* of the first of them */
	uint32_t cp;
	size_t n;			/* each counted once */
};

struct out_runs { struct shape_run *v; size_t n, cap; };
struct out_clusters { struct shape_cluster *v; size_t n, cap; };
struct out_glyphs { struct shape_glyph *v; size_t n, cap; };

struct shape_ctx {
	bool measures;
	int64_t spent;			/* [ns] */
	struct props props;
	struct bidi bidi;
	int8_t *levels;
	uint8_t *edges;
	size_t levels_cap;
	struct piece piece;
	hb_buffer_t *buf;
	struct plan *plans;
	size_t nplans, plans_cap, last_plan;
	struct { struct breaker *v; size_t n, cap; } breakers;
	struct isolates isolates;
	uint32_t *parent;		/* of spans */
	size_t parent_cap;
	struct { hb_feature_t *v; size_t n, cap; } features;
	struct {			/* lengthen.c: a word spelt again */
		uint32_t *cps, *owner;	/* owner: its cluster */
		size_t n, cap, owner_cap;
	} word;
	struct { struct shape_mark *v; size_t n, cap; } marks;
	uint32_t *first;		/* first characters of clusters */
	uint8_t *safe;
	size_t first_cap;
	struct out_runs runs;
	struct out_clusters clusters;
	struct out_glyphs glyphs;
	struct map told;		/* of this paragraph: face, code point */
	struct { struct fallback *v; size_t n, cap; } fallbacks;
	struct cache cache;
	bool has_kashida;
	unsigned held;			/* a break that a control before the
					 * next cluster has passed on */
};

/* Decode a piece of text; returns bytes taken. */
size_t piece_decode(struct shape_ctx *c, struct piece *pc, const char *text,
    size_t n);

#endif
