/*
 * Pictures as image XObjects.
 *
 * A picture's name in content is made of its bytes' hash, so a page's stream
 * depends on that page alone, and a picture used twice, under whatever path,
 * is one object. What it will be (its colours, its filter, whether alpha
 * goes beside it) is decided when it is first drawn; its bytes are fetched
 * when the object is written, so that only one is ever held.
 *
 * For the press colours are gray and CMYK, and PDF/X-1a lies on white. For
 * the screen a profile in the file is kept; without one, red, green and blue
 * are the output intent's, sRGB.
 */
#include "base/messages.h"
#include "image/image.h"
#include "pdf/internal.h"

#include <stdlib.h>
#include <string.h>

struct drawn {
	struct pdf_job *job;
	const struct image *im;
	struct image_form form;
	uint32_t object, mask;		/* 0: nothing to be drawn; no mask */
	const char *path;		/* as the author has it */
	struct pos pos;
	struct buf alpha;		/* made with colours, written next */
	struct pdf_picture *kept;	/* from the last write; NULL */
};

struct profile {
	uint64_t hash;
	size_t n;
	uint32_t object;
};

/* Where a figure was drawn, for its structure element. */
struct place {
	int32_t elem;
	sp64 x, y, w, h;		/* y up, from the foot of the page */
};

struct pdf_images {
	struct image_target target;
	struct map by_name;
	struct { struct drawn **v; size_t n, cap; } list;
	struct { struct profile *v; size_t n, cap; } profiles;
	struct { uint32_t *v; size_t n, cap; } masked;	/* pages, rising */
	struct { struct place *v; size_t n, cap; } places;	/* by element */
};

static struct pdf_images *
images_of(struct pdf_job *j)
{
	struct pdf_images *s = j->images;

	if (s != NULL)
		return s;
	s = j->images = xcalloc(1, sizeof(*s));
	s->target.press = j->cmyk;
	s->target.flat = j->follows & PDF_X1A;
	s->target.no_bare_inks = j->follows & (PDF_A2A | PDF_A2U);
	s->target.inks = pdf_inks(j);
	return s;
}

struct image_inks *
pdf_inks(struct pdf_job *j)
{
	const char *why;

	/* What is wrong with the profile is told with the output intent. */
	if (!j->inks_tried && j->cmyk && j->o->profile != NULL)
		j->inks = image_inks_open(j->o->profile, &why);
	j->inks_tried = true;
	return j->inks;
}

void
pdf_images_free(struct pdf_job *j)
{
	struct pdf_images *s = j->images;
	size_t i;

	image_inks_close(j->inks);
	if (s == NULL)
		return;
	for (i = 0; i < s->list.n; i++) {
		buf_free(&s->list.v[i]->alpha);
		free(s->list.v[i]);
	}
	free(s->list.v);
	free(s->profiles.v);
	free(s->masked.v);
	free(s->places.v);
	map_free(&s->by_name);
	free(s);
	j->images = NULL;
}

/* --------------------------------------------------------------- objects */

static uint32_t
profile_object(struct pdf_job *j, const struct image *im)
{
	struct pdf_images *s = j->images;
	char dict[16];
	uint32_t object;
	size_t i;

	for (i = 0; i < s->profiles.n; i++) {
		if (s->profiles.v[i].hash == im->icc_hash &&
		    s->profiles.v[i].n == im->nicc)
			return s->profiles.v[i].object;
	}
	object = pdf_object(&j->file);
	snprintf(dict, sizeof(dict), "/N %d", (int)im->space);
	pdf_stream(&j->file, object, dict, im->icc, im->nicc, true);
	*VEC_PUSH(&s->profiles) = (struct profile){ im->icc_hash, im->nicc,
		object };
	return object;
}

static void
put_colour_space(struct pdf_job *j, const struct drawn *d, struct buf *b)
{
	const struct image_form *f = &d->form;
	int i;

	buf_str(b, "/ColorSpace");
	if (f->indexed)
		buf_str(b, "[/Indexed");
	if (f->icc)
		buf_printf(b, "[/ICCBased %u 0 R]", profile_object(j, d->im));
	else
		buf_str(b, f->space == IMAGE_GRAY ? "/DeviceGray" :
		    f->space == IMAGE_RGB ? "/DeviceRGB" : "/DeviceCMYK");
	if (!f->indexed)
		return;
	buf_printf(b, " %d<", f->npalette - 1);
	for (i = 0; i < f->npalette * (int)f->space; i++)
		buf_printf(b, "%02x", f->palette[i]);
	buf_str(b, ">]");
}

static void
put_size(const struct image *im, int bits, struct buf *b)
{
	buf_printf(b, "/Type/XObject/Subtype/Image/Width %u/Height %u"
	    "/BitsPerComponent %d", im->cols, im->rows, bits);
}

static void
put_rows(const struct image *im, int colours, int bits, struct buf *b)
{
	buf_printf(b, "/Filter/FlateDecode/DecodeParms<</Predictor 15"
	    "/Colors %d/BitsPerComponent %d/Columns %u>>", colours, bits,
	    im->cols);
}

/* Colours first, when objects are written; alpha waits for its own. */
static void
make_colours(void *arg, uint32_t index, struct buf *out)
{
	struct drawn *d = arg;
	struct pdf_images *s = d->job->images;
	struct buf colour = {0}, mask = {0};
	const char *why;
	bool deflated;

	(void)index;
	why = image_data(d->im, &s->target, &d->form, &colour, &mask,
	    &deflated);
	if (why != NULL)
		diag_add(d->job->dg, d->pos, PDF_IMAGE, d->path, why);
	if (d->form.jpeg || deflated)
		buf_add(out, colour.p, colour.n);
	else
		pdf_deflate(d->job->file.deflate, colour.p, colour.n, out);
	if (d->form.mask)
		pdf_deflate(d->job->file.deflate, mask.p, mask.n, &d->alpha);
	if (d->kept != NULL && why == NULL) {
		buf_add(&d->kept->colour, out->p, out->n);
		buf_add(&d->kept->alpha, d->alpha.p, d->alpha.n);
		pdf_kept_picture_made(d->job, d->kept);
	}
	buf_free(&colour);
	buf_free(&mask);
}

static void
make_alpha(void *arg, uint32_t index, struct buf *out)
{
	struct drawn *d = arg;

	(void)index;
	buf_add(out, d->alpha.p, d->alpha.n);
	buf_free(&d->alpha);
}

static void
put_object(struct pdf_job *j, struct drawn *d)
{
	const struct image_form *f = &d->form;
	struct buf b = {0};

	/* The mask's number is the next: it is written right behind. */
	d->object = pdf_object(&j->file);
	d->mask = f->mask ? pdf_object(&j->file) : 0;
	put_size(d->im, f->bits, &b);
	put_colour_space(j, d, &b);
	if (!f->jpeg)
		put_rows(d->im, f->indexed ? 1 : (int)f->space, f->bits, &b);
	else
		buf_str(&b, f->plain_rgb ? "/Filter/DCTDecode/DecodeParms"
		    "<</ColorTransform 0>>" : "/Filter/DCTDecode");
	if (f->inverted)
		buf_str(&b, "/Decode[1 0 1 0 1 0 1 0]");
	if (f->mask)
		buf_printf(&b, "/SMask %u 0 R", d->mask);
	if (d->kept != NULL && d->kept->made)
		pdf_stream_kept(&j->file, d->object, b.p, &d->kept->colour,
		    false);
	else
		pdf_stream_made(&j->file, d->object, b.p, make_colours, d);
	if (f->mask) {
		b.n = 0;
		put_size(d->im, 8, &b);
		buf_str(&b, "/ColorSpace/DeviceGray");
		put_rows(d->im, 1, 8, &b);
		if (d->kept != NULL && d->kept->made)
			pdf_stream_kept(&j->file, d->mask, b.p,
			    &d->kept->alpha, false);
		else
			pdf_stream_made(&j->file, d->mask, b.p, make_alpha,
			    d);
	}
	buf_free(&b);
}

/* --------------------------------------------------------------- drawing */

static void
name_of(const struct image *im, char out[static 24])
{
	snprintf(out, 24, "I%016llx", (unsigned long long)im->hash);
}

static const struct doc_node *
node_of(const struct pdf_job *j, int32_t elem)
{
	return elem >= 0 && (size_t)elem < j->book->nelems ?
	    j->book->elems[elem].node : NULL;
}

static const char *
plan(struct drawn *d, const struct image_target *target)
{
	const char *why;

	if (d->kept != NULL && d->kept->form != NULL) {
		d->form = *d->kept->form;
		return NULL;
	}
	why = image_plan(d->im, target, &d->form);
	if (d->kept != NULL && why == NULL) {
		d->kept->form = xmalloc(sizeof(d->form));
		*d->kept->form = d->form;
	}
	return why;
}

/* The object of an item's picture, planned where it is met first. */
static struct drawn *
drawn_of(struct pdf_job *j, const struct page_item *it)
{
	struct pdf_images *s = images_of(j);
	const struct image *im = it->u.image.image;
	const struct doc_node *n = node_of(j, it->elem);
	const char *why;
	struct drawn *d;
	char name[24];
	void **slot;

	name_of(im, name);
	slot = map_put(&s->by_name, name, strlen(name));
	if (*slot != NULL)
		return *slot;
	*slot = d = xcalloc(1, sizeof(*d));
	*VEC_PUSH(&s->list) = d;
	d->job = j;
	d->im = im;
	d->path = n != NULL && n->url != NULL ? n->url : path_base(im->path);
	d->pos = n != NULL ? n->pos : NOPOS;
	d->kept = pdf_kept_picture(j, name);
	why = plan(d, &s->target);
	if (why == NULL && j->file.priv != NULL)
		put_object(j, d);
	else if (why == NULL)
		d->object = UINT32_MAX;	/* each file has its own */
	else
		diag_add(j->dg, d->pos, MAN_MISSING_IMAGE, d->path, why);
	return d;
}

/*
 * Where a point of the stored picture comes to stand when it is shown, both
 * from the top left corner, sides of length 1: EXIF's orientation, then
 * quarter turns clockwise.
 */
static void
turn_point(int orientation, int turn, int *u, int *v)
{
	int x = *u, y = *v, t;

	if (orientation >= 5) {		/* rows are columns */
		t = x;
		x = y;
		y = t;
	}
	if (orientation == 2 || orientation == 3 || orientation == 6 ||
	    orientation == 7)
		x = 1 - x;
	if (orientation == 3 || orientation == 4 || orientation == 7 ||
	    orientation == 8)
		y = 1 - y;
	for (turn &= 3; turn > 0; turn--) {
		t = x;
		x = 1 - y;
		y = t;
	}
	*u = x;
	*v = y;
}

/* The matrix from PDF's unit square, y up, to the item's box. */
static void
put_matrix(struct pdf_content *c, const struct page_item *it)
{
	const struct image *im = it->u.image.image;
	static const int at[3][2] = { { 0, 1 }, { 1, 1 }, { 0, 0 } };
	sp64 x[3], y[3];
	int i, u, v;

	/* Its origin, and the ends of its two sides. */
	for (i = 0; i < 3; i++) {
		u = at[i][0];
		v = at[i][1];
		turn_point(im->orientation, it->turn, &u, &v);
		x[i] = (sp64)it->x + u * (sp64)it->u.image.w;
		y[i] = (sp64)c->height - it->y - v * (sp64)it->u.image.h;
	}
	for (i = 1; i < 3; i++) {
		pdf_put_sp(&c->b, x[i] - x[0], 3);
		buf_char(&c->b, ' ');
		pdf_put_sp(&c->b, y[i] - y[0], 3);
		buf_char(&c->b, ' ');
	}
	pdf_put_sp(&c->b, x[0], 3);
	buf_char(&c->b, ' ');
	pdf_put_sp(&c->b, y[0], 3);
	buf_str(&c->b, " cm\n");
}

bool
pdf_image_gone(struct pdf_job *j, const struct page_item *it)
{
	return drawn_of(j, it)->object == 0;
}

void
pdf_image_shown(struct pdf_job *j, uint32_t page, const struct page_item *it)
{
	const struct drawn *d = drawn_of(j, it);
	struct pdf_images *s = j->images;

	if (d->object == 0)
		return;
	if (d->mask != 0 && (s->masked.n == 0 ||
	    s->masked.v[s->masked.n - 1] != page))
		*VEC_PUSH(&s->masked) = page;
	if (it->elem >= 0)
		*VEC_PUSH(&s->places) = (struct place){ it->elem,
			(sp64)j->margin + it->x, (sp64)j->margin +
			j->book->height - it->y - it->u.image.h,
			it->u.image.w, it->u.image.h };
}

void
pdf_images_turn(struct pdf_job *j)
{
	if (j->images != NULL)
		j->images->masked.n = j->images->places.n = 0;
}

void
pdf_draw_image(struct pdf_job *j, struct pdf_content *c, uint32_t page,
    const struct page_item *it)
{
	struct drawn *d = drawn_of(j, it);
	char name[24];

	if (d->object == 0)
		return;
	name_of(d->im, name);
	pdf_tag(j, c, it, it->elem, PDF_ANY_ORDER);
	pdf_end_text(c);
	buf_str(&c->b, "q\n");
	/* A picture is not black letters: it covers what is below it. */
	if (c->overprint == 1)
		buf_str(&c->b, "/O0 gs\n");
	put_matrix(c, it);
	buf_printf(&c->b, "/%s Do\nQ\n", name);
	pdf_image_shown(j, page, it);
}

/* ---------------------------------------------------------- dictionaries */

void
pdf_image_resources(const struct pdf_job *j, struct buf *b)
{
	const struct pdf_images *s = j->images;
	char name[24];
	size_t i;

	if (s == NULL || s->list.n == 0)
		return;
	buf_str(b, "/XObject<<");
	for (i = 0; i < s->list.n; i++) {
		if (s->list.v[i]->object == 0)
			continue;
		name_of(s->list.v[i]->im, name);
		buf_printf(b, "/%s %u 0 R", name, s->list.v[i]->object);
	}
	buf_str(b, ">>");
}

static int
by_page(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

void
pdf_image_group(const struct pdf_job *j, uint32_t page, struct buf *b)
{
	const struct pdf_images *s = j->images;

	/* Unsaid, viewers blend in whatever their screen has. */
	if (s != NULL && s->masked.n > 0 && bsearch(&page, s->masked.v,
	    s->masked.n, sizeof(page), by_page) != NULL)
		buf_printf(b, "/Group<</Type/Group/S/Transparency/CS/%s>>",
		    j->cmyk ? "DeviceCMYK" : "DeviceRGB");
}

void
pdf_image_box(const struct pdf_job *j, int32_t elem, struct buf *b)
{
	const struct pdf_images *s = j->images;
	const struct place *p;
	size_t i;

	for (i = 0; s != NULL && i < s->places.n; i++) {
		p = &s->places.v[i];
		if (p->elem != elem)
			continue;
		buf_str(b, "/A<</O/Layout/Placement/Block");
		pdf_put_box(b, "BBox", p->x, p->y, p->w, p->h);
		buf_str(b, ">>");
		return;
	}
}
