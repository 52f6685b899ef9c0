/*
 * Any bytes as a .bib: read, resolved and dumped; the dump is UTF-8. Build as
 *	clang -fsanitize=fuzzer,address,undefined
 * with the sources of base/, doc/ and cite/. The first two keys read are
 * cited, so that names, dates and templates are walked as well.
 */
#include "cite/cite.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena style_arena;
static struct cite_style *style;

/* The style is read once; it is not what is tested here. */
static void
load_style(void)
{
	struct diag dg = {0};
	const char *path = getenv("FUZZ_STYLE");

	style = cite_style_load(&style_arena, &dg, path != NULL ? path :
	    "styles/citations/author-date-fa.yaml", NULL, 0);
	diag_free(&dg);
	if (style == NULL)
		abort();
}

static void
cite(struct doc *d, const struct cite_entry *e)
{
	struct doc_node *p = doc_new(d, DOC_PARA, NOPOS);
	struct doc_node *n = doc_new(d, DOC_CITE, NOPOS);

	n->cite = ARENA_NEW(&d->arena, struct doc_cite);
	n->cite->key = e->key;
	n->cite->prefix = n->cite->suffix = n->cite->label = "";
	n->cite->locator = "12-15";
	doc_append(d->root, p);
	doc_append(p, n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cite_bib bib = {0};
	struct diag dg = {0};
	struct doc d = {0};
	struct buf out = {0};

	if (style == NULL)
		load_style();
	doc_open(&d);
	cite_read_bib(&bib, &dg, "fuzz.bib", (const char *)data, size);
	if (bib.first != NULL) {
		cite(&d, bib.first);
		cite(&d, bib.last);
	}
	cite_resolve(&d, &bib, style, &dg);
	doc_dump(&d, &out);
	if (utf8_valid(out.p, out.n) != out.n)
		abort();
	buf_free(&out);
	cite_free(&bib);
	doc_free(&d);
	diag_free(&dg);
	return 0;
}
