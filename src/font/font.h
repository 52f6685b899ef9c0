/*
 * Faces: the manifest of fonts/, files and their hashes, fallback chains,
 * coverage, metrics; and the embedding of a face into a PDF, with the
 * synthesised glyphs that carry marks, ligatures, kashida and spaces.
 *
 * FreeType (validation, outlines), fontconfig (last resort) and hb-subset
 * are known here alone. Everything is in font units of the face unless
 * tagged [sp]. Faces are opened unhinted; metrics come from hb-ot.
 */
#ifndef FONT_H
#define FONT_H

#include "base/base.h"

struct hb_font_t;		/* shape/ shapes with it; scale = upem */
struct font_set;
struct font_face;

/* --------------------------------------------------------------- faces */

/*
 * The fonts of a run: reads `manifest.yaml` in each of `dirs` (folders named
 * fonts/, nearest first). `strict` makes a hash that differs an error
 * (CI=true, --reproducible). Faces are opened when first asked for. Never
 * NULL; with no manifest reports FNT_NO_MANIFEST and asks fontconfig.
 *
 * Lookups and chains are made by one thread at a time. A face may be asked
 * by many at once.
 */
struct font_set *font_set_open(struct diag *dg, const char *const *dirs,
    size_t ndirs, bool strict);
void font_set_close(struct font_set *s);
/*
 * Begin another build with the faces that are open: what was told of them
 * is told again. False if the set had to ask the system: which face came
 * first then depends on what was built before, and a new set is due.
 */
bool font_set_again(struct font_set *s);
/*
 * Faces of a chain behind its first are opened only when a character needs
 * them, in whatever thread that is: what is then found wrong with one (a
 * hash, a broken file) waits in the set and is told here, once. Lookups and
 * font_embed_finish() call this too.
 */
void font_set_report(struct font_set *s, struct diag *dg, struct pos pos);

/*
 * The face of a family nearest in weight (100-900) and slant. A missing
 * file, a broken font or an unknown family is reported once and the next
 * of the stated chain (manifest `fallback`) serves; before that, for a
 * missing file, a face of the family within 200 of its weight, and for a
 * family of no manifest the system's of that name (FNT_SYSTEM). NULL only
 * when no font at all can be opened (FNT_NONE). Borrowed; lives as long as
 * the set, and has been opened.
 */
struct font_face *font_lookup(struct font_set *s, struct diag *dg,
    const char *family, int weight, bool italic, struct pos pos);

/*
 * A fallback chain: family's face first, then those the style names, then
 * the manifest's own chain, same weight and slant where they exist. Files
 * that are missing are passed over in silence but for the first family's.
 */
struct font_chain {
	struct font_face **v;
	size_t n;
};
struct font_chain font_chain(struct font_set *s, struct arena *a,
    struct diag *dg, const char *const *families, size_t nfamilies,
    int weight, bool italic, struct pos pos);

struct font_metrics {
	int upem;
	int ascent, descent, line_gap;	/* descent > 0 below the baseline */
	int x_height, cap_height;	/* 0 if unknown */
	int alef_height;		/* ink height of U+0627, 0 if none */
	int underline_pos, underline_size;	/* pos > 0 below the baseline */
	int xmin, ymin, xmax, ymax;
	int weight;
	bool italic, fixed;
};
const struct font_metrics *font_metrics(const struct font_face *f);
const char *font_family(const struct font_face *f);	/* "Parastoo" */
const char *font_style_name(const struct font_face *f);	/* "Bold" */
const char *font_path(const struct font_face *f);
/* SHA-256 of its file as it is now, in hex; false if it cannot be read. */
bool font_sum(const struct font_face *f, char out[static 65]);
/* A small number, unique in the set: the face's place in the manifests, then
 * in the order of the system's answers (for keys, and names in a PDF). */
int font_index(const struct font_face *f);
/* Quick: answered from a coverage bitmap. */
bool font_has(const struct font_face *f, uint32_t cp);
unsigned font_glyph(const struct font_face *f, uint32_t cp);	/* 0: none */
int font_advance(const struct font_face *f, unsigned gid);
/* Ink box of a glyph; false if it has no ink. */
bool font_extents(const struct font_face *f, unsigned gid, int *xmin,
    int *ymin, int *xmax, int *ymax);
/* From where to where a glyph has ink between two heights; false: nowhere.
 * Reads the outline: for the few glyphs that something is drawn beside. */
bool font_ink(const struct font_face *f, unsigned gid, int low, int high,
    int *xmin, int *xmax);
/* Borrowed, immutable. */
struct hb_font_t *font_hb(const struct font_face *f);
bool font_is_cff(const struct font_face *f);	/* outlines of the file */
/*
 * Can glyphs be composed into the embedded font? True of every face that
 * opened, TrueType or CFF; a variable one is used and embedded as its
 * default instance alone.
 * And is `gid`, a tatweel as shaped, a plain bar that may be scaled
 * (libharu.md rule 8)? Answers are remembered.
 */
bool font_can_compose(const struct font_face *f);
bool font_is_plain_bar(const struct font_face *f, unsigned gid);
/* Every face the manifest lists, opened or not, for `dabir fonts`. */
struct font_info {
	const char *family, *file, *role, *licence;
	const char *sum;	/* SHA-256 of the file that is there; "" */
	int weight;
	bool italic, present, hash_ok;
};
size_t font_list(struct font_set *s, struct arena *a, struct font_info **out);

/* ----------------------------------------------------------- embedding */

/*
 * One PDF font being filled: two-byte codes, one per key. A key is what is
 * drawn (glyphs of the face at offsets, perhaps scaled in x), the advance,
 * and the text it stands for. Keys are interned while pages are read and
 * get their final codes in font_embed_finish(), which depend on the set of
 * keys alone, not on the order they came in; a key more or less moves
 * hardly any other's code but where the number of keys passes a power of
 * two. One thread at a time fills one.
 */
struct font_part {
	uint16_t gid;
	int16_t dx, dy;
	uint16_t xscale;		/* 2.14 fixed; 0x4000 = 1 */
};
struct font_key {
	const struct font_part *parts;	/* none: a blank glyph */
	size_t nparts;
	int advance;			/* 0-65535; beyond, it is clamped */
	const uint32_t *cps;		/* what ToUnicode says: 1-4 of them */
	size_t ncps;
};
struct font_embed;
struct font_embed *font_embed_open(struct font_face *f);
/* A provisional number for the key, stable until font_embed_close(). */
uint32_t font_embed_key(struct font_embed *e, const struct font_key *k);
/*
 * Make the subset and fix the codes. Simple keys (one part, no offset, own
 * advance, not scaled) use the face's glyph; the others become composite
 * glyphs of the subset (rules 2-6 of libharu.md), one for all keys that
 * draw the same. CFF faces, and TrueType ones that cannot be subset
 * (FNT_SUBSET), come out as CFF with a glyph for each code. Past 60,000
 * codes a further program carries the rest; without keys there is none.
 * Returns false only if the face never opened.
 */
bool font_embed_finish(struct font_embed *e, struct diag *dg);
/*
 * The same of those keys alone whose place in `uses`, which has one for each,
 * is not 0; and again whenever other keys are used, which makes what came of
 * the last time void. With the keys of the last time all stands, and *anew is
 * false. What was said then is said again.
 */
bool font_embed_finish_used(struct font_embed *e, const uint32_t *uses,
    bool *anew, struct diag *dg);
struct font_code {
	uint16_t code;			/* never 0 */
	uint16_t gid;			/* glyph of the program */
	int advance;			/* equals hmtx, or the charstring's */
	const uint32_t *cps;
	uint8_t ncps;
};
struct font_program {
	const char *name;		/* "ABCDEF+Parastoo-Regular" */
	const uint8_t *data;		/* font file to embed */
	size_t size;
	/*
	 * false: TrueType, /FontFile2, CIDFontType2 with a CIDToGIDMap from
	 * code to gid. true: bare CFF, /FontFile3 /CIDFontType0C,
	 * CIDFontType0; codes are its CIDs, there is no map.
	 */
	bool cff;
	struct font_code *codes;	/* by code, rising */
	size_t ncodes;
	int nglyphs;
};
size_t font_embed_nprograms(const struct font_embed *e);
const struct font_program *font_embed_program(const struct font_embed *e,
    size_t i);
/* After finish: program and code of a provisional number. */
void font_embed_code(const struct font_embed *e, uint32_t key, size_t *program,
    uint16_t *code);
void font_embed_close(struct font_embed *e);

/* "FreeType 2.12.1", for --version. */
const char *font_library(void);
/* "fontconfig 2.14.1": which fonts are found hangs on it, their shape not. */
const char *font_system_library(void);

#endif
