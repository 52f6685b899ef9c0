/*
 * The set of fonts of a run: which face serves a family, and who stands in.
 *
 * The order in which faces are tried decides what a page looks like, so it
 * depends on the manifest and the files beside it alone; the system is
 * asked (through fontconfig, 10 ms) only for what no manifest knows.
 */
#include "base/messages.h"
#include "font/private.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/*
 * A family's other weight stands in for a missing one only so far: a text
 * whose Regular is lost must not come out bold, another family is better.
 */
#define WEIGHT_NEAR 200
#define SYSTEM_CHAIN 12		/* faces asked of the system */
#define CHAIN_MAX 64

/* An answer given before; a style asks for the same few all the time. */
struct lookup {
	struct lookup *next;
	const char *family;
	int weight;
	bool italic;
	struct font_face *face;
};

/* ------------------------------------------------------------ open, close */

struct font_set *
font_set_open(struct diag *dg, const char *const *dirs, size_t ndirs,
    bool strict)
{
	struct font_set *s = xcalloc(1, sizeof(*s));
	bool found = false;
	size_t i;

	pthread_mutex_init(&s->lock, NULL);
	s->strict = strict;
	s->dirs = ARENA_ARRAY(&s->arena, const char *, MAX(ndirs, 1));
	for (i = 0; i < ndirs; i++) {
		s->dirs[s->ndirs++] = arena_str(&s->arena, dirs[i]);
		found |= manifest_read(&s->arena, dg, dirs[i], &s->entries);
	}
	s->nmanifest = s->entries.n;
	if (!found)
		diag_add(dg, NOPOS, FNT_NO_MANIFEST);
	return s;
}

void
font_set_close(struct font_set *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < s->nfaces; i++)
		face_free(s->faces[i]);
	free(s->faces);
	free(s->entries.v);
	system_close(s->system);
	FT_Done_FreeType(s->freetype);
	pthread_mutex_destroy(&s->lock);
	arena_free(&s->arena);
	free(s);
}

bool
font_set_again(struct font_set *s)
{
	size_t i;

	s->lookups = NULL;
	for (i = 0; i < s->entries.n; i++)
		s->entries.v[i]->told = s->entries.v[i]->asked = false;
	return s->entries.n == s->nmanifest && s->nmanifest > 0;
}

/* -------------------------------------------------------------- messages */

void
font_set_report(struct font_set *s, struct diag *dg, struct pos pos)
{
	struct font_face *f;
	struct font_entry *e;
	size_t i;
	int state;

	for (i = 0; i < s->nfaces; i++) {
		f = s->faces[i];
		e = f->entry;
		state = atomic_load_explicit(&f->state, memory_order_acquire);
		if (state == FACE_CLOSED || e->told)
			continue;
		e->told = true;
		if (f->sha256[0] != '\0' && strcmp(f->sha256, e->sha256) != 0) {
			if (s->strict)
				diag_add(dg, pos, FNT_HASH_CI, e->path,
				    f->sha256, e->sha256);
			else
				diag_add(dg, pos, FNT_HASH, e->path,
				    f->sha256, e->sha256);
		}
		if (state == FACE_BAD && is_forbidden(f->fs_type))
			diag_add(dg, pos, FNT_FORBIDDEN, e->path, f->fs_type);
		else if (state == FACE_BAD)
			diag_add(dg, pos, FNT_BROKEN, e->path, f->why);
	}
}

/* --------------------------------------------------------------- choosing */

static bool
same_family(const char *a, const char *b)
{
	return strcasecmp(a, b) == 0;
}

/* Asked of the system once a build: chains ask it of every face. */
static bool
is_there(struct font_entry *e)
{
	if (!e->asked)
		e->there = access(e->path, R_OK) == 0;
	e->asked = true;
	return e->there;
}

/*
 * How ill an entry fits. Slant comes before weight; of two weights equally
 * far the one on the far side of 500 from the other text is better: bold
 * must stay bold.
 */
static int
distance(const struct font_entry *e, int weight, bool italic)
{
	int d = abs(e->weight - weight) * 2;

	if ((weight > 500) != (e->weight > weight))
		d++;
	return e->italic != italic ? d + 10000 : d;
}

/* The entry nearest to what is asked among those not yet in `tried`. */
static struct font_entry *
nearest_entry(const struct font_set *s, const char *family, int weight,
    bool italic, const bool *tried)
{
	struct font_entry *e, *best = NULL;
	int d, least = INT_MAX;
	size_t i;

	for (i = 0; i < s->nmanifest; i++) {
		e = s->entries.v[i];
		if ((tried != NULL && tried[i]) ||
		    (family != NULL && !same_family(e->family, family)))
			continue;
		d = distance(e, weight, italic);
		if (d < least) {
			least = d;
			best = e;
		}
	}
	return best;
}

/*
 * The first face of a family that can be opened (or, with `lazy`, whose
 * file is there), nearest first; NULL if none is. family NULL: any.
 */
static struct font_face *
family_face(struct font_set *s, const char *family, int weight, bool italic,
    bool lazy)
{
	bool tried[FONT_FACES_MAX] = {false};
	struct font_entry *e, *first = NULL;
	struct font_face *f;
	size_t i;

	while ((e = nearest_entry(s, family, weight, italic, tried)) != NULL) {
		for (i = 0; s->entries.v[i] != e; i++)
			;
		tried[i] = true;
		if (first == NULL)
			first = e;
		if (family != NULL && (e->italic != first->italic ||
		    abs(e->weight - first->weight) > WEIGHT_NEAR))
			continue;
		if (!is_there(e))
			continue;
		f = face_of(s, e);
		if (lazy ? atomic_load(&f->state) != FACE_BAD : face_ready(f))
			return f;
	}
	return NULL;
}

static struct font_face *
entry_face(struct font_set *s, struct font_entry *e)
{
	struct font_face *f;

	if (e == NULL)
		return NULL;
	f = face_of(s, e);
	return face_ready(f) ? f : NULL;
}

/* "; did you mean ...": over the families of all manifests. */
static const char *
near_family(const struct font_set *s, struct diag *dg, const char *family)
{
	const char *names[FONT_FACES_MAX + 1];
	size_t i;

	for (i = 0; i < s->nmanifest; i++)
		names[i] = s->entries.v[i]->family;
	names[i] = NULL;
	return diag_near(dg, family, names);
}

/* "Parastoo" may be served by its own Medium: then say which. */
static const char *
serves(struct arena *a, const struct font_face *f, const char *family)
{
	if (!same_family(f->family, family))
		return f->family;
	return arena_printf(a, "%s %s", f->family, f->style);
}

/* A family no manifest knows: the system's, if it has it by that name. */
static struct font_face *
foreign_face(struct font_set *s, struct diag *dg, const char *family,
    int weight, bool italic, struct pos pos)
{
	struct font_face *f;

	f = entry_face(s, system_find(s, family, weight, italic, true));
	if (f != NULL && s->nmanifest > 0)
		diag_add(dg, pos, FNT_SYSTEM, family, f->entry->path);
	return f;
}

static struct font_face *
lookup(struct font_set *s, struct diag *dg, const char *family, int weight,
    bool italic, struct pos pos)
{
	struct font_entry *want;
	struct font_face *f = NULL;
	size_t i;

	want = nearest_entry(s, family, weight, italic, NULL);
	if (want == NULL) {
		f = foreign_face(s, dg, family, weight, italic, pos);
		if (f != NULL)
			return f;
		if (s->nmanifest > 0)
			f = family_face(s, s->entries.v[0]->family, weight,
			    italic, false);
	} else {
		f = family_face(s, family, weight, italic, false);
		for (i = 0; f == NULL && i < want->nfallback; i++)
			f = family_face(s, want->fallback[i], weight, italic,
			    false);
	}
	/* The stated chain ends here; anything is better than no page. */
	if (f == NULL)
		f = family_face(s, NULL, weight, italic, false);
	if (f == NULL)
		f = entry_face(s, system_find(s, family, weight, italic,
		    false));
	if (f == NULL)
		return NULL;
	if (want == NULL)
		diag_add(dg, pos, FNT_NO_FAMILY, family,
		    near_family(s, dg, family), f->family);
	else if (f->entry != want && !want->told && !is_there(want)) {
		want->told = true;
		diag_add(dg, pos, FNT_MISSING, want->path, family,
		    serves(&s->arena, f, family));
	}
	return f;
}

struct font_face *
font_lookup(struct font_set *s, struct diag *dg, const char *family,
    int weight, bool italic, struct pos pos)
{
	struct lookup *l;

	for (l = s->lookups; l != NULL; l = l->next)
		if (l->weight == weight && l->italic == italic &&
		    strcmp(l->family, family) == 0)
			return l->face;
	l = ARENA_NEW(&s->arena, struct lookup);
	l->family = arena_str(&s->arena, family);
	l->weight = weight;
	l->italic = italic;
	l->face = lookup(s, dg, family, weight, italic, pos);
	l->next = s->lookups;
	s->lookups = l;
	font_set_report(s, dg, pos);
	if (l->face == NULL)
		diag_add(dg, pos, FNT_NONE);
	return l->face;
}

/* ----------------------------------------------------------------- chains */

static void
chain_add(struct font_chain *c, struct font_face *f)
{
	size_t i;

	if (f == NULL || c->n == CHAIN_MAX)
		return;
	for (i = 0; i < c->n; i++)
		if (c->v[i] == f)
			return;
	c->v[c->n++] = f;
}

/* The families that the manifest lets stand in for `family`. */
static void
chain_add_fallback(struct font_set *s, struct font_chain *c,
    const char *family, int weight, bool italic)
{
	const struct font_entry *e;
	size_t i;

	e = nearest_entry(s, family, weight, italic, NULL);
	if (e == NULL)
		return;
	for (i = 0; i < e->nfallback; i++)
		chain_add(c, family_face(s, e->fallback[i], weight, italic,
		    true));
}

struct font_chain
font_chain(struct font_set *s, struct arena *a, struct diag *dg,
    const char *const *families, size_t nfamilies, int weight, bool italic,
    struct pos pos)
{
	struct font_entry *sys[SYSTEM_CHAIN];
	struct font_chain c = {0};
	const char *first;
	size_t i, n;

	first = nfamilies > 0 ? families[0] :
	    s->nmanifest > 0 ? s->entries.v[0]->family : "serif";
	c.v = ARENA_ARRAY(a, struct font_face *, CHAIN_MAX);
	chain_add(&c, font_lookup(s, dg, first, weight, italic, pos));
	if (c.n == 0)
		return c;
	for (i = 1; i < nfamilies; i++) {
		if (nearest_entry(s, families[i], weight, italic, NULL) == NULL)
			chain_add(&c, font_lookup(s, dg, families[i], weight,
			    italic, pos));
		else
			chain_add(&c, family_face(s, families[i], weight,
			    italic, true));
	}
	for (i = 0; i < MAX(nfamilies, 1); i++)
		chain_add_fallback(s, &c, i == 0 ? first : families[i],
		    weight, italic);
	/* What stands in for the first may itself have a chain. */
	chain_add_fallback(s, &c, c.v[0]->family, weight, italic);
	if (s->nmanifest == 0) {
		n = system_faces(s, first, weight, italic, false, sys,
		    NELEM(sys));
		for (i = 0; i < n; i++)
			chain_add(&c, face_of(s, sys[i]));
	}
	return c;
}

/* ------------------------------------------------------------------- list */

/* Of a file that no build has opened. */
static bool
hash_of_file(const char *path, char hex[static 2 * SHA256_SIZE + 1])
{
	struct buf file = {0};
	uint8_t sum[SHA256_SIZE];
	bool ok;

	ok = file_read(path, FONT_FILE_MAX, &file) == NULL;
	if (ok) {
		sha256(file.p, file.n, sum);
		sha256_hex(sum, hex);
	}
	buf_free(&file);
	return ok;
}

size_t
font_list(struct font_set *s, struct arena *a, struct font_info **out)
{
	struct font_info *v = ARENA_ARRAY(a, struct font_info,
	    MAX(s->nmanifest, 1));
	char hex[2 * SHA256_SIZE + 1];
	struct font_entry *e;
	size_t i;

	for (i = 0; i < s->nmanifest; i++) {
		e = s->entries.v[i];
		v[i].family = e->family;
		v[i].file = e->path;
		v[i].role = e->role != NULL ? e->role : "";
		v[i].licence = e->licence != NULL ? e->licence : "";
		v[i].weight = e->weight;
		v[i].italic = e->italic;
		v[i].present = is_there(e);
		v[i].sum = v[i].present && hash_of_file(e->path, hex) ?
		    arena_str(a, hex) : "";
		v[i].hash_ok = v[i].present && (e->sha256[0] == '\0' ||
		    strcmp(v[i].sum, e->sha256) == 0);
	}
	*out = v;
	return s->nmanifest;
}
