/*
 * Ways through the file: links, destinations, bookmarks, page labels.
 *
 * Destinations lead to a height on a page and leave the reader's zoom and
 * side alone: "left" means nothing to a book that opens from the right.
 */
#include "pdf/internal.h"

#include <stdlib.h>
#include <string.h>

/* Entries of a leaf of a name or number tree. */
#define LEAF 64
/* Characters of a link's words. */
#define WORDS_MAX 200
/* Bookmarks that may stand open when the file is opened. */
#define OPEN_MOST 40

static void
put_dest(struct buf *b, const struct pdf_job *j, uint32_t page, sp y)
{
	buf_char(b, '[');
	pdf_put_ref(b, j->page_base + MIN(page, j->npages - 1));
	buf_str(b, "/XYZ null ");
	pdf_put_sp(b, (sp64)j->book->height - y + j->margin, 1);
	buf_str(b, " null]");
}

static int
by_name(const void *key, const void *dest)
{
	return strcmp(key, ((const struct page_dest *)dest)->id);
}

/* An address may hold ASCII alone. */
static void
put_uri(struct buf *b, const char *s)
{
	static const char digits[] = "0123456789ABCDEF";

	buf_str(b, "/A<</S/URI/URI(");
	for (; *s != '\0'; s++) {
		unsigned c = (unsigned char)*s;

		if (c <= ' ' || c > '~') {
			buf_char(b, '%');
			buf_char(b, digits[c >> 4]);
			buf_char(b, digits[c & 15]);
			continue;
		}
		if (c == '(' || c == ')' || c == '\\')
			buf_char(b, '\\');
		buf_char(b, (char)c);
	}
	buf_str(b, ")>>");
}

/* Where a link leads; false if to a place that is not in these pages. */
static bool
put_target(struct buf *b, const struct pdf_job *j, const char *href)
{
	const struct page_dest *d;

	if (href == NULL)
		return false;
	if (href[0] != '#') {
		put_uri(b, href);
		return true;
	}
	d = j->book->ndests == 0 ? NULL : bsearch(href + 1, j->book->dests,
	    j->book->ndests, sizeof(*d), by_name);
	if (d == NULL || d->page >= j->book->npages)
		return false;
	buf_str(b, "/Dest");
	put_dest(b, j, d->page, d->y);
	return true;
}

/* A link seen on a page: it gets its object and place in the tree. */
void
pdf_link_add(struct pdf_job *j, uint32_t page, const struct page_item *it)
{
	struct buf target = {0};

	if (!put_target(&target, j, it->u.link.href)) {
		buf_free(&target);
		return;
	}
	buf_free(&target);
	*VEC_PUSH(&j->linklist) = (struct pdf_link){ .item = it,
		.page = page, .elem = it->u.link.link_elem <
		(int32_t)j->book->nelems ? it->u.link.link_elem : -1,
		.order = j->tags.order++ };
}

/*
 * What a reader without eyes hears of a link. A long one has an area, and so
 * this, on each of its lines: its beginning is enough.
 */
static void
put_words(struct buf *b, const char *words)
{
	size_t n = strlen(words), at = 0, k;
	char cut[4 * WORDS_MAX + 4];

	for (k = 0; k < WORDS_MAX && at < n; k++)
		utf8_next(words, n, &at);
	if (at == n) {
		pdf_put_text(b, words);
		return;
	}
	memcpy(cut, words, at);
	memcpy(cut + at, "…", sizeof("…"));
	pdf_put_text(b, cut);
}

/* An annotation, but for its place in the parent tree. */
static void
put_annotation(struct buf *b, const struct pdf_job *j,
    const struct page_item *it)
{
	sp64 left = (sp64)it->x + j->margin;
	sp64 top = (sp64)j->book->height - it->y + j->margin;
	sp64 corner[4] = { left, top - it->u.link.h, left + it->u.link.w,
		top };
	int k;

	buf_str(b, "/Type/Annot/Subtype/Link/Border[0 0 0]/F 4/Rect[");
	for (k = 0; k < 4; k++) {
		pdf_put_sp(b, corner[k], 2);
		buf_char(b, k == 3 ? ']' : ' ');
	}
	put_target(b, j, it->u.link.href);
	if (it->u.link.words != NULL) {
		buf_str(b, "/Contents");
		put_words(b, it->u.link.words);
	}
}

void
pdf_links(struct pdf_job *j)
{
	struct buf b = {0};
	size_t i;

	for (i = 0; i < j->linklist.n; i++) {
		struct pdf_link *l = &j->linklist.v[i];

		l->object = pdf_object(&j->file);
		b.n = 0;
		if (l->text == NULL) {
			put_annotation(&b, j, l->item);
		} else {
			if (l->text->n == 0)
				put_annotation(l->text, j, l->item);
			buf_add(&b, l->text->p, l->text->n);
		}
		if (j->tagged && l->elem >= 0) {
			buf_str(&b, "/StructParent ");
			pdf_put_int(&b, (int64_t)(j->tags.key + j->npages +
			    i));
			pdf_tag_annot(j, l->elem, l->page, l->object,
			    l->order);
		}
		pdf_dict(&j->file, l->object, b.p, b.n);
	}
	buf_free(&b);
}

void
pdf_page_links(const struct pdf_job *j, uint32_t page, size_t *from,
    struct buf *b)
{
	size_t i = *from;

	if (i >= j->linklist.n || j->linklist.v[i].page != page)
		return;
	buf_str(b, "/Annots[");
	for (; i < j->linklist.n && j->linklist.v[i].page == page; i++) {
		pdf_put_ref(b, j->linklist.v[i].object);
		buf_char(b, ' ');
	}
	buf_char(b, ']');
	*from = i;
}

/* --------------------------------------------------------------- names */

static void
put_bytes(struct buf *b, const char *s)
{
	buf_char(b, '(');
	for (; *s != '\0'; s++) {
		if (*s == '(' || *s == ')' || *s == '\\')
			buf_char(b, '\\');
		buf_char(b, *s);
	}
	buf_char(b, ')');
}

/* Every id of the book by name, for addresses that end in "#id". */
static void
put_names(struct pdf_job *j, struct buf *catalog)
{
	const struct page_dest *d = j->book->dests;
	size_t n = j->book->ndests, i, k;
	struct buf b = {0}, kids = {0};
	uint32_t object;

	if (n == 0)
		return;
	for (i = 0; i < n; i = k) {
		k = MIN(i + LEAF, n);
		buf_str(&b, "/Limits[");
		put_bytes(&b, d[i].id);
		put_bytes(&b, d[k - 1].id);
		buf_str(&b, "]/Names[");
		for (size_t m = i; m < k; m++) {
			put_bytes(&b, d[m].id);
			put_dest(&b, j, d[m].page, d[m].y);
		}
		buf_char(&b, ']');
		object = pdf_object(&j->file);
		pdf_dict_buf(&j->file, object, &b);
		buf_printf(&kids, "%u 0 R ", object);
	}
	object = pdf_object(&j->file);
	buf_printf(&b, "/Kids[%.*s]", (int)kids.n, kids.p);
	pdf_dict_buf(&j->file, object, &b);
	buf_printf(catalog, "/Names<</Dests %u 0 R>>", object);
	buf_free(&kids);
}

/* ----------------------------------------------------------- bookmarks */

struct mark {
	int parent, first, last, prev, next;	/* -1: none */
	int below;				/* all that hang under it */
};

static void
link_marks(const struct page_outline *o, int n, struct mark *m)
{
	int i, p;

	for (i = 0; i < n; i++) {
		m[i] = (struct mark){ -1, -1, -1, -1, -1, 0 };
		/* The nearest one before it of a lower level. */
		for (p = i - 1; p >= 0 && o[p].level >= o[i].level;
		    p = m[p].parent)
			;
		m[i].parent = p;
		if (p >= 0) {
			m[i].prev = m[p].last;
			if (m[p].first < 0)
				m[p].first = i;
			m[p].last = i;
		} else {
			/* The last one without a parent. */
			for (p = i - 1; p >= 0 && m[p].parent >= 0;
			    p = m[p].parent)
				;
			m[i].prev = p;
		}
		if (m[i].prev >= 0)
			m[m[i].prev].next = i;
		for (p = m[i].parent; p >= 0; p = m[p].parent)
			m[p].below++;
	}
}

static void
put_ref(struct buf *b, const char *key, uint32_t base, int i)
{
	if (i >= 0)
		buf_printf(b, "/%s %u 0 R", key, base + (uint32_t)i);
}

static void
put_outline(struct pdf_job *j, struct buf *catalog)
{
	const struct page_outline *o = j->book->outline;
	int n = (int)j->book->noutline, i, tops = 0, last = -1;
	bool open = n <= OPEN_MOST;
	uint32_t root, base;
	struct mark *m;
	struct buf b = {0};

	if (n == 0)
		return;
	m = xmalloc((size_t)n * sizeof(*m));
	link_marks(o, n, m);
	root = pdf_object(&j->file);
	base = pdf_objects(&j->file, (uint32_t)n);
	for (i = 0; i < n; i++) {
		if (m[i].parent < 0) {
			tops++;
			last = i;
		}
		buf_str(&b, "/Title");
		pdf_put_text(&b, o[i].title);
		buf_printf(&b, "/Parent %u 0 R", m[i].parent < 0 ? root :
		    base + (uint32_t)m[i].parent);
		put_ref(&b, "Prev", base, m[i].prev);
		put_ref(&b, "Next", base, m[i].next);
		put_ref(&b, "First", base, m[i].first);
		put_ref(&b, "Last", base, m[i].last);
		if (m[i].below > 0)
			buf_printf(&b, "/Count %d", open ? m[i].below :
			    -m[i].below);
		buf_str(&b, "/Dest");
		put_dest(&b, j, o[i].page, o[i].y);
		pdf_dict_buf(&j->file, base + (uint32_t)i, &b);
	}
	buf_printf(&b, "/Type/Outlines/First %u 0 R/Last %u 0 R/Count %d",
	    base, base + (uint32_t)last, open ? n : tops);
	pdf_dict_buf(&j->file, root, &b);
	buf_printf(catalog, "/Outlines %u 0 R/PageMode/UseOutlines", root);
	free(m);
}

/* -------------------------------------------------------------- labels */

/*
 * PDF counts in Latin digits and letters alone, so a Persian number is a
 * prefix without a count, one a page.
 */
static void
put_labels(struct pdf_job *j, struct buf *catalog)
{
	struct buf b = {0}, kids = {0};
	size_t n = j->book->npages, i, k;
	uint32_t object;

	for (i = 0; i < n; i = k) {
		k = MIN(i + LEAF, n);
		buf_printf(&b, "/Limits[%zu %zu]/Nums[", i, k - 1);
		for (size_t m = i; m < k; m++) {
			const char *s = j->book->pages[m].label;

			pdf_put_int(&b, (int64_t)m);
			buf_str(&b, "<<");
			if (s != NULL && s[0] != '\0') {
				buf_str(&b, "/P");
				pdf_put_text(&b, s);
			}
			buf_str(&b, ">>");
		}
		buf_char(&b, ']');
		object = pdf_object(&j->file);
		pdf_dict_buf(&j->file, object, &b);
		buf_printf(&kids, "%u 0 R ", object);
	}
	object = pdf_object(&j->file);
	buf_printf(&b, "/Kids[%.*s]", (int)kids.n, kids.n > 0 ? kids.p : "");
	pdf_dict_buf(&j->file, object, &b);
	buf_printf(catalog, "/PageLabels %u 0 R", object);
	buf_free(&kids);
}

void
pdf_outline(struct pdf_job *j, struct buf *catalog)
{
	if (j->nsheets > 0)
		return;		/* a sheet is no place to go to */
	put_names(j, catalog);
	put_outline(j, catalog);
	if (j->book->npages > 0)
		put_labels(j, catalog);
}
