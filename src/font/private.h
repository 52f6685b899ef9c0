/*
 * What the files of this folder share: a face's insides, the manifest's
 * entries, SHA-256, outlines and the building of font files.
 */
#ifndef FONT_PRIVATE_H
#define FONT_PRIVATE_H

#include "font/font.h"

#include <hb.h>
#include <hb-ot.h>
#include <hb-subset.h>
#include <pthread.h>
#include <stdatomic.h>

#define FONT_FILE_MAX ((size_t)64 << 20)	/* no book face is larger */
#define FONT_FACES_MAX 512			/* entries of all manifests */

/* -------------------------------------------------------------- sha256.c */

#define SHA256_SIZE 32
void sha256(const void *p, size_t n, uint8_t out[static SHA256_SIZE]);
/* Without the processor's help: for machines that have none, and the test
 * that both agree. */
void sha256_plain(const void *p, size_t n, uint8_t out[static SHA256_SIZE]);
void sha256_hex(const uint8_t sum[static SHA256_SIZE],
    char out[static 2 * SHA256_SIZE + 1]);

/* ------------------------------------------------------------ manifest.c */

/* One face as a manifest lists it, or as the system offered it. */
struct font_entry {
	const char *family, *role, *licence;
	const char *path;		/* joined with the manifest's folder */
	int weight;
	bool italic;
	bool system;			/* from fontconfig */
	unsigned index;			/* in a collection */
	char sha256[2 * SHA256_SIZE + 1];	/* small letters; "" = none */
	const char **fallback;
	size_t nfallback;
	struct font_face *face;		/* once it was asked for */
	bool told;			/* that it is missing or broken */
	bool asked, there;		/* can its file be read? */
};

struct font_entries {
	struct font_entry **v;
	size_t n, cap;
};

/*
 * Append the faces that the manifest in `dir` lists, in its order; strings
 * live in `a`. Returns false if there is none. Whatever is wrong with it is
 * reported at its line, and that entry or key left out.
 */
bool manifest_read(struct arena *a, struct diag *dg, const char *dir,
    struct font_entries *out);

/* ---------------------------------------------------------------- face.c */

/* Code points in 256s; page 0 is empty and serves for all that lack. */
#define COVERAGE_PAGES (0x110000 / 256)
struct coverage {
	uint16_t page_of[COVERAGE_PAGES];
	uint64_t (*pages)[4];
	size_t npages, cap;
};

enum face_state { FACE_CLOSED, FACE_GOOD, FACE_BAD };

/*
 * A face comes into being closed, so that the far end of a fallback chain
 * costs nothing until a character needs it; whoever asks it something first
 * opens it, in any thread. After that nothing in it changes but `bars`.
 */
struct font_face {
	struct font_set *set;
	struct font_entry *entry;
	int index;
	_Atomic int state;		/* enum face_state */
	hb_blob_t *blob;
	hb_face_t *hb_face;
	hb_font_t *hb;
	const char *family, *style, *ps_name;
	struct font_metrics m;
	struct coverage cover;
	unsigned nglyphs;
	bool glyf, cff;
	unsigned fs_type;		/* OS/2: embedding permissions */
	char sha256[2 * SHA256_SIZE + 1];
	const char *why;		/* BAD: in words */
	_Atomic uint32_t bars[16];	/* remembered: gid << 2 | 2 | yes */
};

/* The face of an entry, made closed if it is new. */
struct font_face *face_of(struct font_set *s, struct font_entry *e);
/* Open if it is not yet; false if it cannot be used. */
bool face_open(const struct font_face *f);
void face_free(struct font_face *f);
/* Do these OS/2 embedding bits keep the face out of a file? */
bool is_forbidden(unsigned fs_type);
/* A table's bytes; the caller destroys the blob. */
const uint8_t *face_table(hb_face_t *f, hb_tag_t tag, hb_blob_t **blob,
    size_t *n);

static inline bool
face_ready(const struct font_face *f)
{
	return atomic_load_explicit(&f->state, memory_order_acquire) ==
	    FACE_GOOD || face_open(f);
}

/* --------------------------------------------------------------- lookup.c */

struct font_set {
	struct arena arena;
	pthread_mutex_t lock;		/* of face_open() */
	struct font_entries entries;	/* nearest manifest first */
	size_t nmanifest;		/* entries that stand in manifests */
	struct font_face **faces;	/* by index */
	size_t nfaces, cap;
	const char **dirs;
	size_t ndirs;
	struct lookup *lookups;		/* answers given before */
	struct system *system;		/* fontconfig, once it was needed */
	struct FT_LibraryRec_ *freetype;	/* under `lock` */
	bool strict, system_asked;
};

/* --------------------------------------------------------------- system.c */

/*
 * fontconfig, opened on the first call (10 ms). The entry of the face that
 * is nearest to what is asked, or NULL; with `exact` only if its family has
 * that name. System faces of outlines we can embed are considered, and
 * whatever lies in the set's own folders.
 */
struct font_entry *system_find(struct font_set *s, const char *family,
    int weight, bool italic, bool exact);
/* Up to `max` faces, best first, each with characters that those before it
 * lack: a chain for Persian, Arabic and Latin. Returns how many. */
size_t system_faces(struct font_set *s, const char *family, int weight,
    bool italic, bool exact, struct font_entry **out, size_t max);
void system_close(struct system *y);

/* -------------------------------------------------------------- outline.c */

/* A piece of outline: a curve already cut into straight lines. */
struct segment {
	float x0, y0, x1, y1;
};
struct outline {
	struct segment *v;
	size_t n, cap;
};
/* `o` is emptied first; the caller frees o->v. */
void outline_of(hb_font_t *font, unsigned gid, struct outline *o);
/* Lowest and highest ink on the vertical line at x; false if there is
 * none. */
bool outline_span(const struct outline *o, float x, float *low, float *high);

/* -------------------------------------------------------- embed.c, codes.c */

/*
 * A key as it is kept. Parts and code points follow it in memory: a page is
 * read with one of these a letter, and one place in the cache must do.
 */
struct key {
	uint64_t hash;		/* the same on every machine */
	int32_t advance;	/* 0 .. 65535 */
	uint16_t nparts;
	uint8_t ncps;
	struct font_part parts[];
};
static inline const uint32_t *
key_cps(const struct key *k)
{
	return (const uint32_t *)(const void *)(k->parts + k->nparts);
}

/* What one program holds: keys in the order of key_compare(). */
struct program {
	struct font_program out;
	hb_blob_t *blob;	/* out.data */
};

/* What HarfBuzz made of some glyphs of a face: as long as those are all that
 * is drawn with, it serves again. */
struct subset {
	hb_set_t *glyphs;		/* NULL: nothing was made yet */
	hb_subset_plan_t *plan;
	hb_face_t *face;		/* NULL: it could not be made */
};

struct font_embed {
	struct font_face *face;
	struct subset subset;
	struct arena arena;
	struct key **keys;	/* by provisional number */
	size_t nkeys, cap;
	uint64_t *slots;	/* upper half of the hash, number + 1 */
	size_t mask;
	struct program *programs;
	size_t nprograms;
	uint16_t *code_of;	/* after finish, by provisional number */
	uint8_t *program_of;
	struct arena made;	/* what belongs to the programs */
	bool *used;		/* the keys that they were made of */
	size_t nused;		/* places of `used`; 0: none were made */
	bool whole;		/* they could be made ... */
	bool unsubset;		/* ... but not by HarfBuzz's subsetter */
};

/* Total order: by hash, then by contents. */
int key_compare(const struct key *a, const struct key *b);
/* The order of what is drawn alone: 0 if two keys can share a glyph. */
int key_compare_drawing(const struct key *a, const struct key *b);
/* Codes of `n` keys in the order of key_compare(). */
void codes_assign(const struct key *const *keys, size_t n, uint16_t *codes);

/* ----------------------------------------------------------- glyf.c, cff.c */

/* A glyph to be made: parts at their places, and an advance. */
struct drawing {
	const struct font_part *parts;
	size_t nparts;
	int advance;
};

/*
 * A font of the tables a PDF needs: those of `base`, and behind its glyphs
 * one composite glyph for each drawing, whose parts are glyphs of `base`.
 * NULL if base's tables do not hold together, or hold too many glyphs.
 */
hb_blob_t *glyf_extend(hb_face_t *base, const struct drawing *v, size_t n);
/*
 * A CID-keyed CFF font whose glyph i + 1 is drawing i, with CID cids[i]
 * (rising); glyph 0 is .notdef of `hb`. Parts are glyphs of `hb`.
 */
hb_blob_t *cff_make(hb_font_t *hb, const char *name, const struct drawing *v,
    const uint16_t *cids, size_t n);

/* Big-endian numbers of font files. */
static inline unsigned
be16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static inline int
be16s(const uint8_t *p)
{
	return (int16_t)be16(p);
}

static inline uint32_t
be32(const uint8_t *p)
{
	return (uint32_t)be16(p) << 16 | be16(p + 2);
}

static inline void
put16(uint8_t *p, int v)
{
	p[0] = (uint8_t)((unsigned)v >> 8);
	p[1] = (uint8_t)v;
}

static inline void
put32(uint8_t *p, uint32_t v)
{
	put16(p, (int)(v >> 16));
	put16(p + 2, (int)(v & 0xffff));
}

#endif
