/*
 * One face: read, hashed, validated, measured; then only asked.
 *
 * A file is read whole rather than mapped. Hashing touches every page of it
 * anyway, so that mapping saves nothing, and a file that set-up replaces
 * while a book is being watched cannot pull the pages from under us.
 *
 * HarfBuzz bounds every access to a font's tables, and what it cannot trust
 * it leaves empty. FreeType is asked once whether it would open the file,
 * since a printer's or viewer's renderer is likely to be of its kind.
 */
#include "base/messages.h"
#include "font/private.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <stdlib.h>
#include <string.h>

/* --------------------------------------------------------------- opening */

struct font_face *
face_of(struct font_set *s, struct font_entry *e)
{
	struct font_face *f;

	if (e->face != NULL)
		return e->face;
	f = xcalloc(1, sizeof(*f));
	f->set = s;
	f->entry = e;
	while (s->entries.v[f->index] != e)
		f->index++;
	f->m.upem = 1000;	/* nobody divides by 0, even if it fails */
	f->family = e->family;
	f->hb = hb_font_get_empty();
	atomic_init(&f->state, FACE_CLOSED);
	vec_grow((void **)&s->faces, &s->cap, s->nfaces + 1,
	    sizeof(*s->faces));
	s->faces[s->nfaces++] = f;
	e->face = f;
	return f;
}

const uint8_t *
face_table(hb_face_t *f, hb_tag_t tag, hb_blob_t **blob, size_t *n)
{
	unsigned len;
	const char *p;

	*blob = hb_face_reference_table(f, tag);
	p = hb_blob_get_data(*blob, &len);
	*n = len;
	return (const uint8_t *)p;
}

static bool
has_table(hb_face_t *f, hb_tag_t tag)
{
	hb_blob_t *b = hb_face_reference_table(f, tag);
	bool yes = hb_blob_get_length(b) > 0;

	hb_blob_destroy(b);
	return yes;
}

static void
cover_add(struct coverage *c, hb_codepoint_t first, hb_codepoint_t last)
{
	hb_codepoint_t cp;
	uint16_t *page;

	for (cp = first; cp <= last && cp < 0x110000; cp++) {
		page = &c->page_of[cp >> 8];
		if (*page == 0) {
			vec_grow((void **)&c->pages, &c->cap, c->npages + 1,
			    sizeof(*c->pages));
			memset(c->pages[c->npages], 0, sizeof(*c->pages));
			*page = (uint16_t)c->npages++;
		}
		c->pages[*page][(cp >> 6) & 3] |= (uint64_t)1 << (cp & 63);
	}
}

/* Returns the number of code points. */
static unsigned
read_coverage(struct font_face *f)
{
	hb_set_t *set = hb_set_create();
	hb_codepoint_t first, last = HB_SET_VALUE_INVALID;
	unsigned n;

	vec_grow((void **)&f->cover.pages, &f->cover.cap, 1,
	    sizeof(*f->cover.pages));
	memset(f->cover.pages[0], 0, sizeof(*f->cover.pages));
	f->cover.npages = 1;
	hb_face_collect_unicodes(f->hb_face, set);
	while (hb_set_next_range(set, &first, &last))
		cover_add(&f->cover, first, last);
	n = hb_set_get_population(set);
	hb_set_destroy(set);
	return n;
}

/* A name of the face in English, allocated; NULL if it has none. */
static char *
get_name(hb_face_t *f, hb_ot_name_id_t id)
{
	hb_language_t en = hb_language_from_string("en", -1);
	char text[128];
	unsigned n = sizeof(text);

	if (hb_ot_name_get_utf8(f, id, en, &n, text) == 0 || n == 0)
		return NULL;
	return xstrdup(text);
}

/*
 * The PostScript name goes into the PDF as a name object: only what needs
 * no escape there and what PDF/A allows.
 */
static char *
get_ps_name(const struct font_face *f)
{
	char *name = get_name(f->hb_face, HB_OT_NAME_ID_POSTSCRIPT_NAME);
	char *s, *d;
	struct buf b = {0};

	if (name == NULL) {
		buf_printf(&b, "%s-%s", f->family, f->style);
		name = b.p;
	}
	for (s = d = name; *s != '\0'; s++)
		if (*s > ' ' && *s < 127 && strchr("[](){}<>/%#", *s) == NULL)
			*d++ = *s;
	*d = '\0';
	if (d == name) {
		free(name);
		name = xstrdup("Font");
	} else if (d - name > 63) {
		name[63] = '\0';
	}
	return name;
}

static int
metric(hb_font_t *hb, hb_ot_metrics_tag_t tag)
{
	hb_position_t v;

	return hb_ot_metrics_get_position(hb, tag, &v) ? v : 0;
}

static void
read_metrics(struct font_face *f)
{
	struct font_metrics *m = &f->m;
	hb_blob_t *blob;
	const uint8_t *p;
	hb_glyph_extents_t ext;
	hb_codepoint_t gid;
	size_t n;
	int size;

	m->upem = (int)hb_face_get_upem(f->hb_face);
	m->ascent = metric(f->hb, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
	m->descent = -metric(f->hb, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
	m->line_gap = metric(f->hb, HB_OT_METRICS_TAG_HORIZONTAL_LINE_GAP);
	m->x_height = metric(f->hb, HB_OT_METRICS_TAG_X_HEIGHT);
	m->cap_height = metric(f->hb, HB_OT_METRICS_TAG_CAP_HEIGHT);
	m->underline_pos = -metric(f->hb, HB_OT_METRICS_TAG_UNDERLINE_OFFSET);
	size = metric(f->hb, HB_OT_METRICS_TAG_UNDERLINE_SIZE);
	m->underline_size = size > 0 ? size : m->upem / 20;
	if (hb_font_get_nominal_glyph(f->hb, 0x0627, &gid) &&
	    hb_font_get_glyph_extents(f->hb, gid, &ext))
		m->alef_height = ext.y_bearing;
	m->weight = f->entry->weight;
	m->italic = f->entry->italic;
	p = face_table(f->hb_face, HB_TAG('h', 'e', 'a', 'd'), &blob, &n);
	if (n >= 54) {
		m->xmin = be16s(p + 36);
		m->ymin = be16s(p + 38);
		m->xmax = be16s(p + 40);
		m->ymax = be16s(p + 42);
	}
	hb_blob_destroy(blob);
	p = face_table(f->hb_face, HB_TAG('p', 'o', 's', 't'), &blob, &n);
	m->fixed = n >= 16 && be32(p + 12) != 0;
	hb_blob_destroy(blob);
	p = face_table(f->hb_face, HB_TAG('O', 'S', '/', '2'), &blob, &n);
	f->fs_type = n >= 10 ? be16(p + 8) : 0;
	hb_blob_destroy(blob);
}

/* NULL, or in words what FreeType has against the file. */
static const char *
freetype_says(struct font_set *s, const struct buf *file, unsigned index)
{
	FT_Face face;
	const char *why = NULL;
	bool scalable;

	if (s->freetype == NULL && FT_Init_FreeType(&s->freetype) != 0) {
		s->freetype = NULL;
		return NULL;		/* its trouble, not the font's */
	}
	if (FT_New_Memory_Face(s->freetype, (const FT_Byte *)file->p,
	    (FT_Long)file->n, (FT_Long)index, &face) != 0)
		return "damaged, or not a font";
	scalable = FT_IS_SCALABLE(face);
	if (!scalable)
		why = "has no outlines";
	FT_Done_Face(face);
	return why;
}

bool
is_forbidden(unsigned fs_type)
{
	/* Of several rights the least strict one counts. */
	return (fs_type & 0x000e) == 0x0002 || (fs_type & 0x0200) != 0;
}

/* NULL, or in words why the face cannot be used. */
static const char *
load(struct font_face *f)
{
	struct font_entry *e = f->entry;
	struct buf file = {0};
	uint8_t sum[SHA256_SIZE];
	const char *why;

	why = file_read(e->path, FONT_FILE_MAX, &file);
	if (why == NULL && file.n < 12)
		why = "not a font";
	if (why == NULL)
		why = freetype_says(f->set, &file, e->index);
	if (why != NULL) {
		buf_free(&file);
		return why;
	}
	if (e->sha256[0] != '\0') {
		sha256(file.p, file.n, sum);
		sha256_hex(sum, f->sha256);
	}
	f->blob = hb_blob_create(file.p, (unsigned)file.n,
	    HB_MEMORY_MODE_READONLY, file.p, free);
	f->hb_face = hb_face_create(f->blob, e->index);
	f->nglyphs = hb_face_get_glyph_count(f->hb_face);
	f->glyf = has_table(f->hb_face, HB_TAG('g', 'l', 'y', 'f')) &&
	    has_table(f->hb_face, HB_TAG('l', 'o', 'c', 'a'));
	f->cff = !f->glyf &&
	    (has_table(f->hb_face, HB_TAG('C', 'F', 'F', ' ')) ||
	    has_table(f->hb_face, HB_TAG('C', 'F', 'F', '2')));
	if (f->nglyphs == 0 || !has_table(f->hb_face,
	    HB_TAG('h', 'e', 'a', 'd')))
		return "damaged, or not a font";
	if (!f->glyf && !f->cff)
		return "has no outlines";
	if (!has_table(f->hb_face, HB_TAG('h', 'm', 't', 'x')))
		return "has no widths";
	f->hb = hb_font_create(f->hb_face);
	hb_ot_font_set_funcs(f->hb);
	hb_font_make_immutable(f->hb);
	hb_face_make_immutable(f->hb_face);
	if (read_coverage(f) == 0)
		return "covers no character";
	read_metrics(f);
	if (is_forbidden(f->fs_type))
		return "forbids embedding";
	f->style = get_name(f->hb_face, HB_OT_NAME_ID_TYPOGRAPHIC_SUBFAMILY);
	if (f->style == NULL)
		f->style = get_name(f->hb_face, HB_OT_NAME_ID_FONT_SUBFAMILY);
	if (f->style == NULL)
		f->style = xstrdup("Regular");
	f->ps_name = get_ps_name(f);
	return NULL;
}

/* What a face that failed must not answer from. */
static void
unload(struct font_face *f)
{
	hb_font_destroy(f->hb);
	hb_face_destroy(f->hb_face);
	hb_blob_destroy(f->blob);
	free(f->cover.pages);
	free((char *)(uintptr_t)f->style);
	free((char *)(uintptr_t)f->ps_name);
	f->hb = hb_font_get_empty();
	f->hb_face = NULL;
	f->blob = NULL;
	memset(&f->cover, 0, sizeof(f->cover));
	f->style = f->ps_name = NULL;
	f->glyf = f->cff = false;
}

/*
 * Called through const pointers: opening is no change that anyone outside
 * could see, and no face is in read-only memory.
 */
bool
face_open(const struct font_face *face)
{
	struct font_face *f = (struct font_face *)(uintptr_t)face;
	int state;

	pthread_mutex_lock(&f->set->lock);
	state = atomic_load_explicit(&f->state, memory_order_relaxed);
	if (state == FACE_CLOSED) {
		f->why = load(f);
		state = f->why == NULL ? FACE_GOOD : FACE_BAD;
		if (state == FACE_BAD)
			unload(f);
		atomic_store_explicit(&f->state, state, memory_order_release);
	}
	pthread_mutex_unlock(&f->set->lock);
	return state == FACE_GOOD;
}

void
face_free(struct font_face *f)
{
	if (f == NULL)
		return;
	unload(f);
	free(f);
}

/* ---------------------------------------------------------------- asking */

const struct font_metrics *
font_metrics(const struct font_face *f)
{
	face_ready(f);
	return &f->m;
}

const char *
font_family(const struct font_face *f)
{
	return f->family;
}

const char *
font_style_name(const struct font_face *f)
{
	return face_ready(f) ? f->style : "";
}

const char *
font_path(const struct font_face *f)
{
	return f->entry->path;
}

bool
font_sum(const struct font_face *f, char out[static 65])
{
	uint8_t sum[SHA256_SIZE];
	struct buf file = {0};
	bool ok = file_read(font_path(f), (size_t)256 << 20, &file) == NULL;

	if (ok) {
		sha256(file.p, file.n, sum);
		sha256_hex(sum, out);
	}
	buf_free(&file);
	return ok;
}

int
font_index(const struct font_face *f)
{
	return f->index;
}

bool
font_has(const struct font_face *f, uint32_t cp)
{
	const uint64_t *page;

	if (!face_ready(f) || cp >= 0x110000)
		return false;
	page = f->cover.pages[f->cover.page_of[cp >> 8]];
	return (page[(cp >> 6) & 3] >> (cp & 63) & 1) != 0;
}

unsigned
font_glyph(const struct font_face *f, uint32_t cp)
{
	hb_codepoint_t gid;

	if (!font_has(f, cp) || !hb_font_get_nominal_glyph(f->hb, cp, &gid))
		return 0;
	return gid;
}

int
font_advance(const struct font_face *f, unsigned gid)
{
	return face_ready(f) ? hb_font_get_glyph_h_advance(f->hb, gid) : 0;
}

bool
font_extents(const struct font_face *f, unsigned gid, int *xmin, int *ymin,
    int *xmax, int *ymax)
{
	hb_glyph_extents_t e;

	/* HarfBuzz answers for space too, with a box of no size. */
	if (!face_ready(f) || !hb_font_get_glyph_extents(f->hb, gid, &e) ||
	    (e.width == 0 && e.height == 0))
		return false;
	*xmin = e.x_bearing;
	*xmax = e.x_bearing + e.width;
	*ymin = e.y_bearing + e.height;
	*ymax = e.y_bearing;
	return true;
}

struct hb_font_t *
font_hb(const struct font_face *f)
{
	face_ready(f);
	return f->hb;
}

bool
font_is_cff(const struct font_face *f)
{
	return face_ready(f) && f->cff;
}

bool
font_can_compose(const struct font_face *f)
{
	return face_ready(f);
}

/* ------------------------------------------------------------------ bars */

/*
 * How far top and bottom at one end of a bar may be off those at the other,
 * in thousandths of an em. The worst seam among the fonts that were looked
 * at and found good is 6; Nastaliq's slant is 60 and more.
 */
#define BAR_SEAM 8

static bool
is_bar(const struct font_face *f, unsigned gid)
{
	struct outline o = {0};
	int adv = hb_font_get_glyph_h_advance(f->hb, gid);
	int xmin, ymin, xmax, ymax;
	float l0, h0, l1, h1, seam = (float)f->m.upem * BAR_SEAM / 1000;
	bool yes;

	if (adv <= 0 || !font_extents(f, gid, &xmin, &ymin, &xmax, &ymax) ||
	    xmin > 0 || xmax < adv)
		return false;
	outline_of(f->hb, gid, &o);
	/* Half a unit inside, so that a bar that ends there is met. */
	yes = outline_span(&o, 0.5f, &l0, &h0) &&
	    outline_span(&o, (float)adv - 0.5f, &l1, &h1) &&
	    h0 > l0 && l0 - l1 <= seam && l1 - l0 <= seam &&
	    h0 - h1 <= seam && h1 - h0 <= seam;
	free(o.v);
	return yes;
}

bool
font_is_plain_bar(const struct font_face *face, unsigned gid)
{
	struct font_face *f = (struct font_face *)(uintptr_t)face;
	_Atomic uint32_t *slot;
	uint32_t known;
	bool yes;

	if (!face_ready(f) || gid >= f->nglyphs)
		return false;
	/* Two threads may find out the same at once; they find the same. */
	slot = &f->bars[gid % NELEM(f->bars)];
	known = atomic_load_explicit(slot, memory_order_relaxed);
	if ((known & 2) != 0 && known >> 2 == gid)
		return (known & 1) != 0;
	yes = is_bar(f, gid);
	atomic_store_explicit(slot, gid << 2 | 2 | (uint32_t)yes,
	    memory_order_relaxed);
	return yes;
}
