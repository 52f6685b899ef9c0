/*
 * One paragraph of text -> embedding levels, runs of one face, script,
 * level and language, glyph clusters, break and kashida opportunities.
 *
 * In: UTF-8 in logical order with spans of style. Out: runs and clusters in
 * logical order; only para/ makes visual order, line by line. Widths here
 * are in font units of the run's face; para/ scales them. A result depends
 * on text, spans and faces alone (not on measure or page), so it may be
 * made in any thread, one shape_ctx a thread.
 *
 * FriBidi and HarfBuzz shaping are known here alone.
 */
#ifndef SHAPE_H
#define SHAPE_H

#include "base/base.h"
#include "font/font.h"

/* How text of a span looks, as far as glyphs depend on it. Borrowed. */
struct shape_style {
	struct font_chain chain;	/* faces to try, per cluster, by coverage */
	sp size;			/* one em of chain.v[0] [sp] */
	/* For chain.v[i] the em is size * scale[i] / 1000; where that is 0,
	 * as large as makes it look like the first face (shape_scale()).
	 * NULL: 1000 for all. */
	const uint16_t *scale;
	const char *lang;		/* BCP 47: "fa", "en", "ar" */
	const char *features;		/* HarfBuzz syntax "ss01,-liga"; NULL */
	sp rise;			/* baseline shift up [sp]: note marks */
	sp tracking;			/* [sp] after each cluster, in their
					 * advances; never in joined scripts */
	bool no_kashida;
	bool nastaliq;			/* never kashida, no word stretch limit */
};

enum shape_dir { SHAPE_DIR_NONE,	/* no isolate: flows with the rest */
	SHAPE_DIR_LTR, SHAPE_DIR_RTL, SHAPE_DIR_AUTO };	/* isolated */

/*
 * Spans of the text, in order of start, properly nested: an inner span
 * wins. The first must cover the whole text.
 */
struct shape_span {
	uint32_t start, end;		/* [byte] */
	const struct shape_style *style;
	enum shape_dir dir;
	bool no_break;			/* no line break inside */
	bool code;			/* no automatic isolates, no normalising */
	bool is_object;			/* text is U+FFFC: an inline box of `width` */
	sp width;			/* is_object: [sp] */
	uint32_t user;			/* the caller's own mark (inline's serial) */
};

/* What is isolated without a span: see isolate.c and number.c. */
enum {
	SHAPE_ISOLATE_RANGES = 1 << 0,	/* ۱۹۱۶–۱۹۳۱ */
	SHAPE_ISOLATE_PERCENT = 1 << 1,	/* ۲۵٪, ۲۵° */
	SHAPE_ISOLATE_SIGNS = 1 << 2,	/* −۵ */
	SHAPE_ISOLATE_PHONES = 1 << 3,	/* ۰۲۱-۸۸۷۷۶۶۵۵, ISBNs */
	SHAPE_ISOLATE_DATES = 1 << 4,	/* ۱۳۹۹-۱۲-۳۰ */
	SHAPE_ISOLATE_UNITS = 1 << 5,	/* ۲۵°C */
	SHAPE_ISOLATE_LATIN = 1 << 6,	/* C++, .NET */
	SHAPE_ISOLATE_MARKS = 1 << 7,	/* raised marks that touch */
	SHAPE_ISOLATE_ALL = (1 << 8) - 1
};

/* Where the first level of a multi-level number stands: right of hyphens
 * and left of full stops, as bidi alone has it after Persian; or on one
 * side whatever joins them. */
enum shape_levels { SHAPE_LEVELS_BY_SIGN, SHAPE_LEVELS_RTL,
	SHAPE_LEVELS_LTR };

/* Where a word may be lengthened; "final" is a letter joined to the one
 * before it and not to the next. */
enum shape_place {
	SHAPE_PLACE_TATWEEL,		/* after one the author typed */
	SHAPE_PLACE_SEEN,		/* after س or ص */
	SHAPE_PLACE_HEH,		/* before final ه, ة or د */
	SHAPE_PLACE_ALEF,		/* before final ا, ط, ل, ک or گ */
	SHAPE_PLACE_BEH,		/* before medial ب that ر or ی follows */
	SHAPE_PLACE_WAW,		/* before final و, ع, ق or ف */
	SHAPE_PLACE_OTHER,		/* before other final letters */
	SHAPE_NPLACES
};
#define SHAPE_PLACES_USUAL { 1, 2, 3, 4, 5, 6, 7 }
/* ... and where not, whatever the place. */
enum {
	SHAPE_NEVER_LAM_ALEF = 1 << 0,	/* inside لا */
	SHAPE_NEVER_FINAL_YEH = 1 << 1,	/* before final ی but after س or ص */
	SHAPE_NEVER_ALLAH = 1 << 2,	/* in لله */
	SHAPE_NEVER_VOWELLED = 1 << 3,	/* in a word with vowel marks */
	SHAPE_NEVER_USUAL = SHAPE_NEVER_LAM_ALEF | SHAPE_NEVER_FINAL_YEH |
	    SHAPE_NEVER_ALLAH
};

/* Automatic isolates and other text rules the style can switch off. */
struct shape_rules {
	unsigned isolate;		/* SHAPE_ISOLATE_ kinds */
	enum shape_levels levels;	/* of numbers like ۱-۲-۳ */
	bool keep_units;		/* no break number|unit, year|م, lone number */
	bool keep_particles;		/* nor after «و», «بین», «از», "of" */
	bool kashida;			/* look for kashida places */
	int kashida_min_letters;	/* of a word, 4 */
	/* By enum shape_place: 1 the best ... 15; 0 never there. */
	uint8_t kashida_priority[7];
	unsigned kashida_never;		/* SHAPE_NEVER_ */
};

/* Cluster flags. */
enum {
	SHAPE_SPACE = 1 << 0,		/* justifiable word space */
	SHAPE_BREAK = 1 << 1,		/* a line may break BEFORE this cluster */
	SHAPE_FORCED = 1 << 2,		/* a line must break before it */
	SHAPE_UNSAFE = 1 << 3,		/* breaking before it needs reshaping */
	SHAPE_IGNORABLE = 1 << 4,	/* nothing but ZWNJ, bidi controls ... */
	SHAPE_MISSING = 1 << 5,		/* drawn as .notdef */
	SHAPE_TATWEEL = 1 << 6,		/* author's own U+0640 */
	SHAPE_NEUTRAL = 1 << 7,		/* bidi neutral, separator or sign */
	SHAPE_DIGIT = 1 << 8,
	SHAPE_OBJECT = 1 << 9,
	SHAPE_KASHIDA = 1 << 10,	/* a kashida may follow: bits 12-15 */
	SHAPE_KASHIDA_SAFE = 1 << 11,	/* HarfBuzz: SAFE_TO_INSERT_TATWEEL */
	SHAPE_PRIORITY_SHIFT = 12,	/* 1 = best ... 15 */
};

/* A glyph; those of a cluster stand in visual order, left to right. */
struct shape_glyph {
	uint16_t gid;
	int16_t adv;
	int16_t dx, dy;
	uint16_t xscale;		/* 2.14; 0x4000 but for kashida bars */
};

/*
 * A cluster: a base with its marks, or a ligature; what is never parted.
 * Text and glyphs of clusters follow one another without gaps, so a walk
 * sums `len` and `nglyph` from the run's start. 8 bytes: a long book holds
 * millions.
 */
struct shape_cluster {
	uint8_t len;			/* [byte] of text, > 0 */
	uint8_t nglyph;			/* 0 for what is drawn by a neighbour */
	uint16_t flags;
	int32_t adv;			/* sum of its glyphs' advances; OBJECT: [sp] */
};

/* In place of an edge's level: none stands there. */
enum { SHAPE_NO_EDGE = 0xff };

/* Clusters of one face, level, style, script; in logical order. */
struct shape_run {
	struct font_face *face;
	const struct shape_style *style;
	sp size;			/* em of this face [sp], scale applied */
	uint32_t script;		/* SCRIPT_TAG */
	uint32_t span;			/* index of the innermost span */
	uint32_t text;			/* [byte] of its first cluster */
	uint32_t cluster, nclusters;	/* range in the paragraph's clusters */
	uint32_t glyph, nglyphs;	/* range in the paragraph's glyphs */
	uint8_t level;			/* embedding level after L1 of the
					 * paragraph */
	/*
	 * The lowest level that an edge of isolates has between this run and
	 * the one before it. Nothing is seen of an edge, but where it lies
	 * below both it parts them when they are ordered: two note marks
	 * that touch are numbers of one level, and must not be read as one.
	 */
	uint8_t edge;
	uint8_t para_level;		/* for spaces at line ends (L1) */
};

/* Text and glyph of every SHAPE_MARK-th cluster of a paragraph. */
enum { SHAPE_MARK = 64 };
struct shape_mark {
	uint32_t text, glyph;
};

struct shape_para {
	const char *text;		/* borrowed from the caller's arena */
	uint32_t n;			/* [byte] */
	const struct shape_span *spans;
	uint32_t nspans;
	uint8_t level;			/* of the paragraph: 0 or 1 */
	struct shape_run *runs;
	uint32_t nruns;
	struct shape_cluster *clusters;
	uint32_t nclusters;
	struct shape_glyph *glyphs;
	uint32_t nglyphs;
	struct shape_mark *marks;	/* for shape_seek() */
	bool has_kashida;		/* some cluster has SHAPE_KASHIDA */
};

/*
 * What makes letters of `f` in a script look as large as those of `first`,
 * in thousandths of the em: alef like alef; letters of other scripts, which
 * have an x, in the usual proportion to alef. 1000 where nothing can be
 * compared.
 */
int shape_scale(const struct font_face *first, const struct font_face *f,
    uint32_t script);

/* Letterspacing of a run [sp]: its style's, none where letters join. */
sp shape_tracking(const struct shape_run *r);

/* Byte of text and glyph (both of the paragraph) where a cluster begins, in
 * constant time; `cluster` may be nclusters. */
void shape_seek(const struct shape_para *p, uint32_t cluster, uint32_t *text,
    uint32_t *glyph);

/* Buffers of one thread: an hb_buffer, a break iterator per language... */
struct shape_ctx;
struct shape_ctx *shape_ctx_open(void);
void shape_ctx_close(struct shape_ctx *c);
/* Keep shaped words from paragraph to paragraph (off at first; switching it
 * off forgets them). Results are the same; long books come several times
 * faster. */
void shape_ctx_cache(struct shape_ctx *c, bool on);

/* Measure the time spent on shaping, re-shaping for kashida included; what
 * it was so far [ns]. */
void shape_ctx_clock(struct shape_ctx *c, bool on);
int64_t shape_ctx_spent(const struct shape_ctx *c);

/* Where the text came from, so that a missing glyph has a place: maps a
 * byte offset to the manuscript. May be NULL. */
typedef struct pos (*shape_place)(void *arg, uint32_t offset);

/*
 * Shape a paragraph. `level` is its direction (1 right to left). The result
 * and its arrays live in `a`; text and spans must outlive it. Reports
 * TXT_MISSING_GLYPH once a code point, TXT_FALLBACK once a face in the
 * paragraph: what is said, too, depends on the paragraph alone (whoever
 * merges messages folds those of equal text). `dg` NULL: nothing is said.
 * Invalid UTF-8 must have been mended before. Lines of more than 2^31
 * bytes are refused by the readers.
 */
struct shape_para *shape_text(struct shape_ctx *c, struct arena *a,
    struct diag *dg, const char *text, size_t n,
    const struct shape_span *spans, size_t nspans, int level,
    const struct shape_rules *rules, shape_place place, void *arg);

/*
 * A word with kashida: clusters [c0, c1) of the paragraph, all in run `r`,
 * shaped again whole, with U+0640 after cluster `at`, the bars scaled so
 * that the word grows by exactly `length` (font units, already quantised by
 * the caller with shape_kashida_quantum()). Same number of clusters as
 * before with the same flags; cluster `at` carries the bars. Returns false
 * (nothing changed) where a letter would change its shape or the bar is not
 * plain.
 */
struct shape_word {
	struct shape_cluster *clusters;	/* c1 - c0 of them */
	struct shape_glyph *glyphs;
	uint32_t nglyphs;
};
bool shape_kashida(struct shape_ctx *c, struct arena *a,
    const struct shape_para *p, const struct shape_run *r, uint32_t c0,
    uint32_t c1, uint32_t at, int length, struct shape_word *out);
int shape_kashida_quantum(const struct font_face *f);	/* 1/64 em [units] */

/*
 * How a face can lengthen Persian words, best first: alternates of its own
 * for justification, an axis made for it, a tatweel that may be scaled. Only
 * the last is used so far (no face at hand has the others).
 */
enum {
	SHAPE_STRETCH_ALTERNATES = 1 << 0,	/* the feature jalt */
	SHAPE_STRETCH_AXIS = 1 << 1,		/* GEXT or MSHQ */
	SHAPE_STRETCH_BAR = 1 << 2
};
unsigned shape_stretch(struct shape_ctx *c, const struct font_face *f);

/* Bidi alone, for the conformance tests: levels and visual order of
 * `cps` by the program's own paragraph stage (level -1: from the text).
 * What rule X9 removes has level -1 and no visual place. */
void shape_bidi(struct shape_ctx *c, const uint32_t *cps, size_t n,
    int *level, int8_t *levels, uint32_t *visual, size_t *nvisual);
/* L2: order runs of a line for display, levels[n] -> order[n]. edges[i]:
 * the edge before run i, SHAPE_NO_EDGE if none; NULL: none at all. */
void shape_reorder(const uint8_t *levels, const uint8_t *edges, size_t n,
    uint32_t *order);

/* Break opportunities alone (UAX #14 as tailored), for the tests: at[i],
 * 0 < i < n, as uni_line_breaks() has it. */
void shape_breaks(struct shape_ctx *c, const char *lang, const char *text,
    size_t n, const struct shape_rules *rules, uint8_t *at);

/* The paragraph as text for --dump shape. */
void shape_dump(const struct shape_para *p, struct buf *out);

/* "HarfBuzz 6.0.0, FriBidi 1.0.8", for --version. */
const char *shape_library(void);

#endif
