/*
 * Sheets of paper (impose/) as the file's pages: each page of the book is a
 * form, made once, that sheets show under a transform, so text stays text
 * and fonts are shared.
 */
#include "pdf/internal.h"

#include <string.h>

static void
put_matrix(struct buf *b, const struct impose_placement *p, sp64 page_height,
    sp64 sheet_height)
{
	/* Both spaces are turned over: y grows upwards from their feet. */
	int32_t m[4] = { p->a, -p->b, -p->c, p->d };
	int i;

	for (i = 0; i < 4; i++) {
		pdf_put_fixed(b, m[i], 6);
		buf_char(b, ' ');
	}
	pdf_put_sp(b, muldiv(p->c, page_height, 1000000) + p->e, 3);
	buf_char(b, ' ');
	pdf_put_sp(b, sheet_height - muldiv(p->d, page_height, 1000000) -
	    p->f, 3);
	buf_str(b, " cm\n");
}

/* All four inks in full: what must print on every plate. */
static bool
is_registration(const struct page_item *it)
{
	static const struct colour all = { 4, { 255, 255, 255, 255 } };

	return it->kind == PAGE_RECT &&
	    memcmp(&it->u.rect.fill, &all, sizeof(all)) == 0;
}

static void
draw_registration(struct pdf_content *c, const struct page_item *it)
{
	pdf_end_text(c);
	buf_str(&c->b, "/All cs 1 scn ");
	pdf_put_sp(&c->b, it->x, 3);
	buf_char(&c->b, ' ');
	pdf_put_sp(&c->b, (sp64)c->height - it->y - it->u.rect.h, 3);
	buf_char(&c->b, ' ');
	pdf_put_sp(&c->b, it->u.rect.w, 3);
	buf_char(&c->b, ' ');
	pdf_put_sp(&c->b, it->u.rect.h, 3);
	buf_str(&c->b, " re f\n");
	c->fill_set = false;
}

struct buf
pdf_draw_sheet(struct pdf_job *j, const struct impose_sheet *s)
{
	struct pdf_content c;
	size_t i;

	pdf_content_open(&c, j, s->height);
	for (i = 0; i < s->nplacements; i++) {
		const struct impose_placement *p = &s->placements[i];

		if (p->page >= j->book->npages)
			continue;
		buf_str(&c.b, "q\n");
		if (p->clip.w > 0) {
			pdf_put_sp(&c.b, p->clip.x, 3);
			buf_char(&c.b, ' ');
			pdf_put_sp(&c.b, (sp64)s->height - p->clip.y -
			    p->clip.h, 3);
			buf_char(&c.b, ' ');
			pdf_put_sp(&c.b, p->clip.w, 3);
			buf_char(&c.b, ' ');
			pdf_put_sp(&c.b, p->clip.h, 3);
			buf_str(&c.b, " re W n\n");
		}
		put_matrix(&c.b, p, j->book->height, s->height);
		buf_printf(&c.b, "/P%u Do\nQ\n", p->page);
	}
	for (i = 0; i < s->nitems; i++) {
		if (j->cmyk && is_registration(&s->items[i]))
			draw_registration(&c, &s->items[i]);
		else
			pdf_draw_item(j, &c, 0, &s->items[i]);
	}
	pdf_end_text(&c);
	return c.b;
}

static void
put_sheet_box(const struct impose_sheet *s, const char *name,
    const struct impose_box *box, struct buf *b)
{
	struct impose_box all = { 0, 0, s->width, s->height };

	if (box->w <= 0)
		box = &all;
	buf_printf(b, "/%s[", name);
	pdf_put_sp(b, box->x, 3);
	buf_char(b, ' ');
	pdf_put_sp(b, (sp64)s->height - box->y - box->h, 3);
	buf_char(b, ' ');
	pdf_put_sp(b, (sp64)box->x + box->w, 3);
	buf_char(b, ' ');
	pdf_put_sp(b, (sp64)s->height - box->y, 3);
	buf_char(b, ']');
}

static void
put_sheet_boxes(const struct impose_sheet *s, bool press, struct buf *b)
{
	if (!press && s->trim.w <= 0)
		return;
	put_sheet_box(s, "BleedBox", s->bleed.w > 0 ? &s->bleed : &s->trim, b);
	put_sheet_box(s, "TrimBox", &s->trim, b);
}

void
pdf_put_sheets(struct pdf_job *j, struct buf *pages, struct buf *sheets)
{
	uint32_t n = (uint32_t)j->book->npages, forms, resources, i, contents;
	sp64 bleed = MAX(j->o->bleed, 0);
	struct buf b = {0};

	forms = pdf_objects(&j->file, n);
	for (i = 0; i < n; i++) {
		buf_str(&b, "/Type/XObject/Subtype/Form/BBox[");
		pdf_put_sp(&b, -bleed, 3);
		buf_char(&b, ' ');
		pdf_put_sp(&b, -bleed, 3);
		buf_char(&b, ' ');
		pdf_put_sp(&b, j->book->width + bleed, 3);
		buf_char(&b, ' ');
		pdf_put_sp(&b, j->book->height + bleed, 3);
		buf_printf(&b, "]/Resources %u 0 R", j->resources);
		pdf_stream_take(&j->file, forms + i, b.p, &pages[i],
		    j->o->compress);
		b.n = 0;
	}
	resources = pdf_object(&j->file);
	pdf_put_resources(j, &b);
	buf_str(&b, "/XObject<<");
	for (i = 0; i < n; i++)
		buf_printf(&b, "/P%u %u 0 R", i, forms + i);
	buf_str(&b, ">>");
	pdf_dict_buf(&j->file, resources, &b);
	contents = pdf_objects(&j->file, j->npages);
	for (i = 0; i < j->npages; i++) {
		buf_printf(&b, "/Type/Page/Parent %u 0 R/Resources %u 0 R"
		    "/Contents %u 0 R/MediaBox[0 0 ", pdf_parent_of(j, i),
		    resources, contents + i);
		pdf_put_sp(&b, j->sheets[i].width, 3);
		buf_char(&b, ' ');
		pdf_put_sp(&b, j->sheets[i].height, 3);
		buf_char(&b, ']');
		put_sheet_boxes(&j->sheets[i], j->cmyk, &b);
		pdf_dict_buf(&j->file, j->page_base + i, &b);
		pdf_stream_take(&j->file, contents + i, "", &sheets[i],
		    j->o->compress);
	}
}

/* A sheet is of use at its own size only, with its back the right way up. */
void
pdf_print_setting(const struct pdf_job *j, struct buf *b)
{
	if (j->follows & PDF_X1A)
		return;			/* PDF 1.4 has no such keys, 1.6 one */
	buf_str(b, "/PrintScaling/None");
	if (j->follows & PDF_X4)
		return;
	if (j->o->duplex == IMPOSE_EDGE_SHORT)
		buf_str(b, "/Duplex/DuplexFlipShortEdge");
	else if (j->o->duplex == IMPOSE_EDGE_LONG)
		buf_str(b, "/Duplex/DuplexFlipLongEdge");
	else
		buf_str(b, "/Duplex/Simplex");
}
