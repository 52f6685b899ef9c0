/*
 * Any bytes as a manuscript, all the way: read, laid out, checked, written.
 * The first byte chooses style and claims, so that handouts, tags and the
 * press see hostile text too.
 */
#include "cite/cite.h"
#include "doc/doc.h"
#include "font/font.h"
#include "page/page.h"
#include "pdf/pdf.h"
#include "read/read.h"
#include "style/style.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {"booklet", "article", "essay", "handout"};
static struct style *styles[NELEM(names)];
static struct font_set *fonts;

static void
open_once(void)
{
	static const char *const style_dirs[] = {"styles"};
	static const char *const font_dirs[] = {"fonts"};
	struct diag dg = {0};

	if (fonts != NULL)
		return;
	for (size_t i = 0; i < NELEM(names); i++) {
		styles[i] = style_load(&dg, names[i], NULL, style_dirs, 1,
		    NOPOS);
		if (styles[i] == NULL)
			abort();
	}
	fonts = font_set_open(&dg, font_dirs, 1, false);
	diag_free(&dg);
}

static const struct doc_node *
first_heading(const struct doc *d)
{
	for (const struct doc_node *n = d->root->first; n != NULL; n = n->next)
		if (n->kind == DOC_HEADING)
			return n;
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct diag dg = {0};
	struct doc d = {0};
	struct cite_bib bib = {0};
	struct page_job job = {.doc = &d, .dg = &dg, .threads = 1,
	    .image_dir = "tests/fuzz"};
	struct pdf_options o = {.compress = true, .creator = "fuzz",
	    .threads = 1};
	struct page_book *b;
	unsigned how = size > 0 ? data[0] : 0;

	open_once();
	job.style = styles[how % NELEM(names)];
	job.fonts = fonts;
	job.answers = how & 4;
	o.tagged = how & 8;
	o.standards = how & 16 ? PDF_UA1 | PDF_A2A : 0;
	read_markdown(&d, &dg, "fuzz.md", (const char *)data, size);
	doc_finish(&d, &dg);
	cite_resolve(&d, &bib, NULL, &dg);
	if (how % NELEM(names) == 3)
		job.section = first_heading(&d);
	b = page_layout(&job);
	if (b->npages > 0)
		pdf_write(b, &o, NULL, 0, &dg, "/dev/null");
	page_free(b);
	cite_free(&bib);
	doc_free(&d);
	diag_free(&dg);
	return 0;
}
