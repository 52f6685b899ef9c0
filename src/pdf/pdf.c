/*
 * The display list -> a file, in two passes over the pages.
 *
 * The first turns every page into a content stream whose strings are still
 * keys of glyphs. Then the fonts are made, since only now is it known what
 * they must hold. The second writes codes for keys and deflates, each page
 * by itself, in threads if wanted. What a page's stream holds depends on
 * that page and the fonts' codes alone.
 */
#include "base/messages.h"
#include "pdf/internal.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Pages of a leaf of the page tree. */
#define LEAF 64
#define MAX_THREADS 64

void
pdf_draw_item(struct pdf_job *j, struct pdf_content *c, uint32_t page,
    const struct page_item *it)
{
	switch (it->kind) {
	case PAGE_TEXT:
		pdf_draw_line(j, c, it);
		break;
	case PAGE_RECT:
		pdf_tag(j, c, it, it->elem, PDF_ANY_ORDER);
		pdf_rect(c, it->x, it->y, it->u.rect.w, it->u.rect.h,
		    it->u.rect.fill);
		break;
	case PAGE_PATH:
		pdf_tag(j, c, it, it->elem, PDF_ANY_ORDER);
		pdf_path(c, it->x, it->y, it->u.path.v, it->u.path.n,
		    it->u.path.closed, it->u.path.width, it->u.path.stroke,
		    it->u.path.fill);
		break;
	case PAGE_IMAGE:
		pdf_draw_image(j, c, page, it);
		break;
	case PAGE_LINK:
		if (j->links)
			pdf_link_add(j, page, it);
		break;
	default:
		break;
	}
}

void
pdf_content_open(struct pdf_content *c, struct pdf_job *j, sp height)
{
	memset(c, 0, sizeof(*c));
	c->height = height;
	c->overprint = -1;
	c->line_width = -1;
	c->job = j;
}

/* One page; the buffer is the caller's to free. */
static struct buf
draw_page(struct pdf_job *j, uint32_t number)
{
	const struct page *p = &j->book->pages[number];
	struct pdf_content c;
	size_t i;

	pdf_content_open(&c, j, j->book->height);
	c.margin = j->margin;
	pdf_tag_page(j, number);
	if (j->margin > 0 && j->nsheets == 0) {
		buf_str(&c.b, "1 0 0 1 ");
		pdf_put_sp(&c.b, j->margin, 3);
		buf_char(&c.b, ' ');
		pdf_put_sp(&c.b, j->margin, 3);
		buf_str(&c.b, " cm\n");
	}
	for (i = 0; i < p->nitems; i++)
		pdf_draw_item(j, &c, number, &p->items[i]);
	if (j->o->marks && j->nsheets == 0)
		pdf_marks(j, &c, number);
	pdf_end_text(&c);
	pdf_tag_end(j, &c);
	return c.b;
}

/* -------------------------------------------------------- second pass */

struct finish {
	const struct pdf_job *j;
	struct buf *v;
	size_t n;
	atomic_size_t next;
};

void
pdf_content_deflate(const struct pdf_job *j, struct pdf_deflate *d,
    struct buf *b, struct buf *scratch)
{
	scratch->n = 0;
	pdf_content_finish(j, b, scratch);
	b->n = 0;
	if (!j->o->compress) {
		buf_add(b, scratch->p, scratch->n);
		return;
	}
	buf_free(b);
	pdf_deflate(d, scratch->p, scratch->n, b);
	/* The bound was larger than what it took. */
	b->p = xrealloc(b->p, b->n + 1);
	b->cap = b->n + 1;
}

/* Take streams as long as there are any. */
static void
finish_some(struct finish *f, struct pdf_deflate *d)
{
	struct buf plain = {0};
	size_t i;

	while ((i = atomic_fetch_add(&f->next, 1)) < f->n)
		if (f->j->kept != NULL)
			pdf_kept_encode(f->j, (uint32_t)i, d, &plain);
		else
			pdf_content_deflate(f->j, d, &f->v[i], &plain);
	buf_free(&plain);
}

static void *
finish_thread(void *arg)
{
	struct finish *f = arg;
	struct pdf_deflate *d = pdf_deflate_open(f->j->o->deflating);

	finish_some(f, d);
	pdf_deflate_close(d);
	return NULL;
}

static void
finish_all(const struct pdf_job *j, struct buf *v, size_t n)
{
	struct finish f = { .j = j, .v = v, .n = n };
	pthread_t threads[MAX_THREADS];
	int want = MIN(j->o->threads, MAX_THREADS), made = 0, i;

	while (made < want - 1 && pthread_create(&threads[made], NULL,
	    finish_thread, &f) == 0)
		made++;
	finish_some(&f, j->file.deflate);
	for (i = 0; i < made; i++)
		pthread_join(threads[i], NULL);
}

/* ------------------------------------------------------------- objects */

void
pdf_put_resources(struct pdf_job *j, struct buf *b)
{
	buf_str(b, "/Font<<");
	pdf_fonts_resources(j, b);
	buf_str(b, ">>");
	if (j->cmyk)
		buf_str(b, "/ExtGState<<"
		    "/O0<</Type/ExtGState/OP false/op false/OPM 1>>"
		    "/O1<</Type/ExtGState/OP false/op true/OPM 1>>>>");
	/* Where there are no plates it is shown in gray: ink would need an
	 * output condition of ink, which PDF/A of a screen has not. */
	if (j->o->marks || (j->cmyk && j->nsheets > 0))
		buf_str(b, j->cmyk ? "/ColorSpace<</All[/Separation/All"
		    "/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]"
		    "/C1[1 1 1 1]/N 1>>]>>" : "/ColorSpace<</All[/Separation"
		    "/All/DeviceGray<</FunctionType 2/Domain[0 1]/C0[1]/C1[0]"
		    "/N 1>>]>>");
}

/* The page tree: leaves of 64 under the root, or the pages themselves. */
static void
put_tree(struct pdf_job *j)
{
	uint32_t n = j->npages, nleaves = (n + LEAF - 1) / LEAF, i, k, leaf;
	struct buf b = {0}, kids = {0};

	for (i = 0; i < nleaves && nleaves > 1; i++) {
		leaf = j->leaf_base + i;
		buf_printf(&b, "/Type/Pages/Parent %u 0 R/Count %u/Kids[",
		    j->file.pages, MIN(n - i * LEAF, LEAF));
		for (k = i * LEAF; k < MIN(n, (i + 1) * LEAF); k++)
			buf_printf(&b, "%u 0 R ", j->page_base + k);
		buf_char(&b, ']');
		pdf_dict_buf(&j->file, leaf, &b);
		buf_printf(&kids, "%u 0 R ", leaf);
	}
	for (k = 0; k < n && nleaves == 1; k++)
		buf_printf(&kids, "%u 0 R ", j->page_base + k);
	buf_printf(&b, "/Type/Pages/Count %u/Kids[%.*s]", n, (int)kids.n,
	    kids.p);
	pdf_dict_buf(&j->file, j->file.pages, &b);
	buf_free(&kids);
}

uint32_t
pdf_parent_of(const struct pdf_job *j, uint32_t page)
{
	return j->npages > LEAF ? j->leaf_base + page / LEAF : j->file.pages;
}

static void
put_pages(struct pdf_job *j, struct buf *streams)
{
	struct buf b = {0}, boxes = {0};
	uint32_t i, contents;
	size_t link = 0;

	contents = pdf_objects(&j->file, j->npages);
	pdf_boxes(j, &boxes);
	for (i = 0; i < j->npages; i++) {
		buf_str(&b, "/Type/Page/Parent ");
		pdf_put_ref(&b, pdf_parent_of(j, i));
		buf_str(&b, "/Resources ");
		pdf_put_ref(&b, j->resources);
		buf_str(&b, "/Contents ");
		pdf_put_ref(&b, contents + i);
		buf_add(&b, boxes.p, boxes.n);
		pdf_page_links(j, i, &link, &b);
		pdf_image_group(j, i, &b);
		if (j->tagged) {
			buf_str(&b, "/StructParents ");
			pdf_put_int(&b, i);
			buf_str(&b, "/Tabs/S");
		}
		pdf_dict(&j->file, j->page_base + i, b.p, b.n);
		b.n = 0;
		if (j->kept != NULL)
			pdf_stream_kept(&j->file, contents + i, "",
			    pdf_kept_stream(j, i), j->o->compress);
		else
			pdf_stream_take(&j->file, contents + i, "",
			    &streams[i], j->o->compress);
	}
	buf_free(&boxes);
	buf_free(&b);
}

void
pdf_put_viewing(struct pdf_job *j, struct buf *b)
{
	if (j->book->lang != NULL) {
		buf_str(b, "/Lang");
		pdf_put_text(b, j->book->lang);
	}
	buf_str(b, "/ViewerPreferences<<");
	if (j->book->level == 1)
		buf_str(b, "/Direction/R2L");
	if (j->title != NULL)
		buf_str(b, "/DisplayDocTitle true");
	if (j->nsheets > 0)
		pdf_print_setting(j, b);
	buf_str(b, ">>");
}

/* What leads through the pages: bookmarks, names, structure. */
static void
put_ways(struct pdf_job *j, struct buf *catalog)
{
	size_t at = catalog->n;

	if (pdf_kept_tail(j, catalog))
		return;
	pdf_file_part(&j->file);
	pdf_outline(j, catalog);
	pdf_tags_finish(j, catalog);
	pdf_file_part_end(&j->file);
	pdf_kept_tail_made(j, catalog, at);
}

static void
put_catalog(struct pdf_job *j)
{
	struct buf b = {0};

	pdf_put_viewing(j, &b);
	/* A book opens at its cover, alone, then spread by spread. Not one
	 * that is bound at the right: pdf.js heeds the wish but not R2L, and
	 * would show its facing pages the wrong way round. */
	if (j->links && j->book->facing && j->book->level == 0 &&
	    j->npages > 2)
		buf_str(&b, "/PageLayout/TwoPageRight");
	put_ways(j, &b);
	pdf_metadata(j, &b);
	pdf_dict_buf(&j->file, j->file.catalog, &b);
}

static void
job_free(struct pdf_job *j)
{
	pdf_text_close(j->text);
	pdf_glyphs_free(&j->glyphs);
	pdf_tags_free(&j->tags);
	pdf_images_free(j);
	pdf_file_close(&j->file);
	free(j->linklist.v);
	buf_free(&j->profile);
	arena_free(&j->arena);
}

/*
 * Where a title is asked for it must be the author's. A lone text may have
 * none: what it begins with says what it is, or else the file's name.
 */
const char *
pdf_title_of(struct pdf_job *j, const char *path)
{
	const struct page_book *b = j->book;
	const char *base = path_base(path), *dot;

	if (b->title != NULL && b->title[0] != '\0')
		return b->title;
	if (!j->o->assumed)
		return NULL;
	if (b->noutline > 0 && b->outline[0].title != NULL)
		return b->outline[0].title;
	dot = strrchr(base, '.');
	return arena_strn(&j->arena, base, dot != NULL && dot > base ?
	    (size_t)(dot - base) : strlen(base));
}

void
pdf_plan(struct pdf_job *j)
{
	unsigned s = j->o->standards;
	bool pages = j->nsheets == 0;

	if ((s & (PDF_X4 | PDF_X1A)) == (PDF_X4 | PDF_X1A))
		s &= ~PDF_X1A;		/* both cannot be: told with the claims */
	j->follows = s;
	j->cmyk = s & (PDF_X4 | PDF_X1A);
	j->links = pages && !j->cmyk;
	j->tagged = pages && !(s & PDF_X1A) && j->book->nelems > 0 &&
	    (j->o->tagged || (s & (PDF_UA1 | PDF_A2A)));
	j->margin = pages ? pdf_margin(j->o) : 0;
	j->npages = (uint32_t)(pages ? j->book->npages : j->nsheets);
}

/* All objects of the file, from the pages up. */
static bool
make_objects(struct pdf_job *j, struct buf *streams, size_t nstreams)
{
	size_t n = j->book->npages, i;
	struct buf b = {0};

	j->text = pdf_text_open();
	j->page_base = pdf_objects(&j->file, j->npages);
	if (j->npages > LEAF)
		j->leaf_base = pdf_objects(&j->file,
		    (j->npages + LEAF - 1) / LEAF);
	j->resources = pdf_object(&j->file);

	for (i = 0; i < n; i++) {
		if (j->o->progress.tell != NULL)
			j->o->progress.tell(j->o->progress.arg,
			    "pages drawn", i, n);
		if (j->kept != NULL)
			pdf_kept_page(j, (uint32_t)i, draw_page);
		else
			streams[i] = draw_page(j, (uint32_t)i);
	}
	for (i = 0; i < j->nsheets; i++)
		streams[n + i] = pdf_draw_sheet(j, &j->sheets[i]);
	if (!pdf_fonts_finish(j))
		return false;
	pdf_put_resources(j, &b);
	pdf_image_resources(j, &b);
	pdf_dict_buf(&j->file, j->resources, &b);
	pdf_kept_codes(j);
	finish_all(j, streams, nstreams);
	for (i = 0; j->o->page_hashes != NULL && i < n; i++)
		j->o->page_hashes[i] = j->kept != NULL ?
		    pdf_kept_hash(j, (uint32_t)i) : hash_bytes(HASH_SEED,
		    streams[i].p, streams[i].n);
	put_tree(j);
	pdf_links(j);
	if (j->nsheets > 0)
		pdf_put_sheets(j, streams, streams + n);
	else
		put_pages(j, streams);
	put_catalog(j);
	return true;
}

bool
pdf_write(const struct page_book *book, const struct pdf_options *o,
    const struct impose_sheet *sheets, size_t nsheets, struct diag *dg,
    const char *path)
{
	struct pdf_job j = { .book = book, .o = o, .sheets = sheets,
		.nsheets = sheets != NULL ? nsheets : 0, .dg = dg };
	size_t n = book->npages + j.nsheets, i;
	int version;
	struct out_file *out;
	struct buf *streams;
	const char *why = NULL;
	bool ok, pack;

	if (book->npages == 0)
		return false;
	/* A place that cannot be written to is known before the work. */
	out = out_open(path, &why);
	if (out == NULL) {
		diag_add(dg, o->pos, PDF_WRITE, path, why);
		return false;
	}
	j.title = pdf_title_of(&j, path);
	pdf_plan(&j);
	pdf_claims(&j);
	pdf_condition(&j);
	pdf_kept_begin(&j);
	version = j.follows & PDF_X1A ? 14 : j.follows & PDF_X4 ? 16 : 17;
	streams = xcalloc(n, sizeof(*streams));
	pack = o->compress && version > 14;
	ok = pdf_file_open(&j.file, dg, o->pos, o->compress, o->deflating);
	if (ok && pack)
		pdf_file_own(&j.file);
	j.file.sink.packs = pdf_kept_packs(&j);
	ok = ok && make_objects(&j, streams, n) &&
	    pdf_file_save(&j.file, out, version, pack, path);
	if (!ok) {
		out_abort(out);
	} else if (!out_commit(out, &why)) {
		diag_add(dg, o->pos, PDF_WRITE, path, why);
		ok = false;
	}
	for (i = 0; i < n; i++)
		buf_free(&streams[i]);
	free(streams);
	pdf_kept_end(&j, ok);
	job_free(&j);
	return ok;
}
