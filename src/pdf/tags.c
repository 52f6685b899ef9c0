/*
 * Tagged PDF: the elements that page/ made become the structure tree, what
 * is drawn becomes marked content of them or an artifact.
 *
 * What is drawn in a page's stream follows the reading order but for notes,
 * and each sequence remembers its place in that; an element's kids are its
 * children as page/ has them in a row, its own sequences between them by that
 * place. Elements are written as text when their turn comes: a long book has
 * a hundred thousand.
 */
#include "pdf/internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const roles[ROLE_NROLES] = {
	[ROLE_DOCUMENT] = "Document", [ROLE_SECT] = "Sect",
	[ROLE_H1] = "H1", [ROLE_H2] = "H2", [ROLE_H3] = "H3",
	[ROLE_H4] = "H4", [ROLE_H5] = "H5", [ROLE_H6] = "H6",
	[ROLE_P] = "P", [ROLE_TITLE] = "Title", [ROLE_QUOTE] = "Quote",
	[ROLE_BLOCK_QUOTE] = "BlockQuote", [ROLE_LIST] = "L",
	[ROLE_LI] = "LI", [ROLE_LBL] = "Lbl", [ROLE_LBODY] = "LBody",
	[ROLE_TABLE] = "Table", [ROLE_THEAD] = "THead",
	[ROLE_TBODY] = "TBody", [ROLE_TR] = "TR", [ROLE_TH] = "TH",
	[ROLE_TD] = "TD", [ROLE_CAPTION] = "Caption",
	[ROLE_FIGURE] = "Figure", [ROLE_CODE] = "Code",
	[ROLE_SPAN] = "Span", [ROLE_LINK] = "Link",
	[ROLE_REFERENCE] = "Reference", [ROLE_NOTE] = "Note",
	[ROLE_TOC] = "TOC", [ROLE_TOCI] = "TOCI",
	[ROLE_BIBENTRY] = "BibEntry", [ROLE_DIV] = "Div",
	[ROLE_INDEX] = "Index", [ROLE_FORMULA] = "Formula",
};

/* Identifier of a note in one part of a merged file; sorted by bytes they
 * keep this order. */
#define PART_NOTE "n%08u-%06d"

struct node {
	uint32_t object;		/* 0: has nothing to say */
	uint32_t link;			/* a Link of ours inside a Reference */
	uint32_t mark, nmarks;		/* range in the sorted marks */
	uint32_t order;			/* first of it and below */
};

struct pdf_tree {
	const struct pdf_job *j;
	const char *name;		/* of a part of a merged file; NULL */
	uint32_t number;		/* of that part */
	struct node *nodes;		/* by element */
	const struct pdf_mark *marks;	/* sorted by element */
	uint32_t root;
};

/* -------------------------------------------------------- while drawing */

void
pdf_tag_page(struct pdf_job *j, uint32_t page)
{
	j->tags.page = page;
	j->tags.mcid = 0;
	j->tags.open = false;
}

void
pdf_tag_end(struct pdf_job *j, struct pdf_content *c)
{
	if (!j->tags.open)
		return;
	pdf_end_text(c);
	buf_str(&c->b, j->tags.reversed ? "EMC\nEMC\n" : "EMC\n");
	j->tags.open = false;
}

/* Is what stands outside the text block at the head or the foot? */
static enum pdf_edge
edge_of(const struct pdf_job *j, int32_t elem, const struct page_item *it)
{
	const struct page *p = &j->book->pages[j->tags.page];

	if (elem != ARTIFACT_PAGINATION || it == NULL || p->block_height <= 0)
		return PDF_EDGE_NONE;
	return it->y < p->block_top ? PDF_EDGE_HEAD :
	    it->y > p->block_top + p->block_height ? PDF_EDGE_FOOT :
	    PDF_EDGE_NONE;
}

static void
put_artifact(struct pdf_content *c, int32_t elem, enum pdf_edge edge,
    const struct page_item *it)
{
	static const char *const types[] = { "Pagination", "Layout",
		"Background", "Page" };
	static const char *const edges[] = { "", "/Subtype/Header",
		"/Subtype/Footer" };

	buf_printf(&c->b, "/Artifact<</Type/%s%s", types[MIN(-elem - 1, 3)],
	    edges[edge]);
	if (elem == ARTIFACT_BACKGROUND && it != NULL &&
	    it->kind == PAGE_RECT) {
		sp64 left = (sp64)it->x, foot = (sp64)c->height - it->y -
		    it->u.rect.h;

		pdf_put_box(&c->b, "BBox", c->margin + left, c->margin + foot,
		    it->u.rect.w, it->u.rect.h);
	}
	buf_str(&c->b, ">>BDC\n");
}

void
pdf_tag(struct pdf_job *j, struct pdf_content *c, const struct page_item *it,
    int32_t elem, enum pdf_order order)
{
	struct pdf_tags *t = &j->tags;
	enum pdf_edge edge;

	if (!j->tagged)
		return;
	if (elem >= (int32_t)j->book->nelems)
		elem = ARTIFACT_LAYOUT;
	edge = edge_of(j, elem, it);
	if (elem < 0 && order == PDF_REVERSED)
		order = PDF_FORWARD;
	if (t->open && t->elem == elem && t->edge == edge &&
	    elem != ARTIFACT_BACKGROUND && (order == PDF_ANY_ORDER ||
	    t->reversed == (order == PDF_REVERSED)))
		return;
	pdf_tag_end(j, c);
	t->open = true;
	t->elem = elem;
	t->edge = edge;
	t->reversed = order == PDF_REVERSED;
	if (elem < 0) {
		put_artifact(c, elem, edge, it);
		return;
	}
	if (t->reversed)
		buf_str(&c->b, "/ReversedChars BMC\n");
	pdf_put_name(&c->b, roles[j->book->elems[elem].role]);
	buf_printf(&c->b, "<</MCID %u>>BDC\n", t->mcid);
	*VEC_PUSH(&t->marks) = (struct pdf_mark){ elem, t->page, t->mcid, 0,
		t->order++ };
	t->mcid++;
}

void
pdf_tag_annot(struct pdf_job *j, int32_t elem, uint32_t page,
    uint32_t object, uint32_t order)
{
	if (elem < 0 || elem >= (int32_t)j->book->nelems)
		return;
	*VEC_PUSH(&j->tags.marks) = (struct pdf_mark){ elem, page,
		UINT32_MAX, object, order };
}

/* ------------------------------------------------------------- the tree */

static int
by_elem(const void *a, const void *b)
{
	const struct pdf_mark *x = a, *y = b;

	if (x->elem != y->elem)
		return x->elem < y->elem ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	if (x->page != y->page)
		return x->page < y->page ? -1 : 1;
	return (x->mcid > y->mcid) - (x->mcid < y->mcid);
}

/* Hardly ever out of order: only annotations come behind their time. */
static void
sort_few(struct pdf_mark *m, size_t n)
{
	struct pdf_mark x;
	size_t i, k;

	for (i = 1; i < n; i++) {
		if (by_elem(&m[i - 1], &m[i]) <= 0)
			continue;
		if (n - i > 64) {
			qsort(m, n, sizeof(*m), by_elem);
			return;
		}
		x = m[i];
		for (k = i; k > 0 && by_elem(&m[k - 1], &x) > 0; k--)
			m[k] = m[k - 1];
		m[k] = x;
	}
}

/*
 * The marks sorted by element, in memory of their own. They come in the order
 * of pages but for annotations, which come last.
 */
static struct pdf_mark *
sort_marks(const struct pdf_job *j)
{
	const struct pdf_mark *m = j->tags.marks.v;
	size_t n = j->tags.marks.n, nelems = j->book->nelems, i, at;
	struct pdf_mark *out = xmalloc((n + 1) * sizeof(*out));
	uint32_t *from = xcalloc(nelems + 2, sizeof(*from));

	for (i = 0; i < n; i++)
		from[m[i].elem + 2]++;
	for (i = 2; i < nelems + 2; i++)
		from[i] += from[i - 1];
	for (i = 0; i < n; i++)
		out[from[m[i].elem + 1]++] = m[i];
	for (i = at = 0; i < nelems; at = from[++i])
		sort_few(out + at, from[i + 1] - at);
	free(from);
	return out;
}

static bool
stands_empty(const struct page_elem *e)
{
	return e->role == ROLE_TD || e->role == ROLE_TH;
}

/* How its lines run, where its parents' run otherwise. */
static const char *
writing_mode(const struct pdf_job *j, int32_t i)
{
	int mode = j->book->elems[i].mode;

	if (i == 0)
		mode = j->book->level == 1 ? 2 : 0;
	return mode == 2 ? "RlTb" : mode == 1 ? "LrTb" : NULL;
}

static void
put_cell(struct buf *b, const struct page_elem *e)
{
	static const char *const scopes[] = { "", "Column", "Row", "Both" };

	buf_str(b, "<</O/Table");
	if (e->role == ROLE_TH && e->scope > 0 && e->scope < 4)
		buf_printf(b, "/Scope/%s", scopes[e->scope]);
	if (e->colspan > 1)
		buf_printf(b, "/ColSpan %d", e->colspan);
	if (e->rowspan > 1)
		buf_printf(b, "/RowSpan %d", e->rowspan);
	buf_str(b, ">>");
}

/* One attribute dictionary, an array of two, or nothing. */
static void
put_attributes(struct buf *b, const struct pdf_job *j, int32_t i)
{
	const struct page_elem *e = &j->book->elems[i];
	const char *mode = writing_mode(j, i);
	bool list = e->role == ROLE_LIST && e->numbering != NULL;
	bool cell = (e->role == ROLE_TH || e->role == ROLE_TD) &&
	    (e->colspan > 1 || e->rowspan > 1 ||
	    (e->role == ROLE_TH && e->scope > 0));

	if (e->role == ROLE_FIGURE) {
		pdf_image_box(j, i, b);
		return;
	}
	if (mode == NULL && !list && !cell)
		return;
	buf_str(b, mode != NULL && (list || cell) ? "/A[" : "/A");
	if (mode != NULL)
		buf_printf(b, "<</O/Layout/WritingMode/%s>>", mode);
	if (list) {
		buf_str(b, "<</O/List/ListNumbering");
		pdf_put_name(b, e->numbering);
		buf_str(b, ">>");
	} else if (cell) {
		put_cell(b, e);
	}
	if (mode != NULL && (list || cell))
		buf_char(b, ']');
}

static void
put_mark(struct buf *b, const struct pdf_job *j, const struct pdf_mark *m,
    uint32_t *page)
{
	uint32_t object = j->page_base + m->page;

	if (m->mcid == UINT32_MAX) {
		buf_str(b, "<</Type/OBJR/Obj ");
		pdf_put_ref(b, m->annot);
		buf_str(b, "/Pg ");
		pdf_put_ref(b, object);
		buf_str(b, ">>");
		return;
	}
	if (*page == 0)
		*page = object;
	if (*page == object) {
		buf_char(b, ' ');
		pdf_put_int(b, m->mcid);
		return;
	}
	buf_str(b, "<</Type/MCR/Pg ");
	pdf_put_ref(b, object);
	buf_str(b, "/MCID ");
	pdf_put_int(b, m->mcid);
	buf_str(b, ">>");
}

/* Kids in reading order: sequences of its own between its children. */
static uint32_t
put_kids(struct buf *b, const struct pdf_tree *t, int32_t i)
{
	const struct pdf_job *j = t->j;
	const struct node *n = &t->nodes[i];
	const struct pdf_mark *m = t->marks + n->mark;
	const struct pdf_mark *end = m + n->nmarks;
	uint32_t page = 0;
	int32_t c;

	buf_str(b, "/K[");
	for (c = j->book->elems[i].first; c >= 0; c = j->book->elems[c].next) {
		if (t->nodes[c].object == 0)
			continue;
		while (m < end && m->order < t->nodes[c].order)
			put_mark(b, j, m++, &page);
		buf_char(b, ' ');
		pdf_put_ref(b, t->nodes[c].object);
	}
	while (m < end)
		put_mark(b, j, m++, &page);
	buf_char(b, ']');
	if (page != 0) {
		buf_str(b, "/Pg ");
		pdf_put_ref(b, page);
	}
	return page;
}

static void
make_elem(void *arg, uint32_t index, struct buf *b)
{
	const struct pdf_tree *t = arg;
	const struct pdf_job *j = t->j;
	int32_t i = (int32_t)index, p;
	const struct page_elem *e = &j->book->elems[i];
	const char *lang = i == 0 && e->lang == NULL ? j->book->lang : e->lang;

	buf_str(b, "/S");
	pdf_put_name(b, i == 0 && t->number > 0 ? "Part" : roles[e->role]);
	if (i == 0 && t->name != NULL) {
		buf_str(b, "/T");
		pdf_put_text(b, t->name);
	}
	p = e->parent;
	buf_str(b, "/P ");
	pdf_put_ref(b, i == 0 || p < 0 ? t->root : t->nodes[p].object);
	put_attributes(b, j, i);
	if (lang != NULL) {
		buf_str(b, "/Lang");
		pdf_put_text(b, lang);
	}
	if (e->title != NULL && e->title[0] != '\0') {
		buf_str(b, "/T");
		pdf_put_text(b, e->title);
	}
	if (e->alt != NULL && (e->role == ROLE_FIGURE || e->role == ROLE_SPAN ||
	    e->role == ROLE_FORMULA)) {
		buf_str(b, "/Alt");
		pdf_put_text(b, e->alt);
	}
	if (e->role == ROLE_NOTE && t->number == 0)
		buf_printf(b, "/ID(note-%d)", i);
	else if (e->role == ROLE_NOTE)
		buf_printf(b, "/ID(" PART_NOTE ")", t->number, i);
	if (t->nodes[i].link == 0) {
		put_kids(b, t, i);
		return;
	}
	buf_str(b, "/K ");
	pdf_put_ref(b, t->nodes[i].link);
}

/* A link annotation must stand in a Link: a Reference gets one inside. */
static void
make_link(void *arg, uint32_t index, struct buf *b)
{
	const struct pdf_tree *t = arg;

	buf_printf(b, "/S/Link/P %u 0 R", t->nodes[index].object);
	put_kids(b, t, (int32_t)index);
}

/* Which elements have something to say, and where each begins. */
static void
number_elems(struct pdf_job *j, struct pdf_tree *t)
{
	const struct page_book *book = j->book;
	const struct pdf_mark *m = t->marks;
	size_t nm = j->tags.marks.n, k;
	int32_t i, n = (int32_t)book->nelems, p;
	bool *alive = xcalloc((size_t)n + 1, sizeof(bool));

	for (i = 0; i < n; i++)
		t->nodes[i].order = UINT32_MAX;
	for (k = 0; k < nm; k++) {
		struct node *d = &t->nodes[m[k].elem];

		if (d->nmarks++ == 0)
			d->mark = (uint32_t)k;
		d->order = MIN(d->order, m[k].order);
		alive[m[k].elem] = true;
	}
	/* Children come after their parents. */
	for (i = n - 1; i >= 0; i--) {
		p = book->elems[i].parent;
		assert(p < i);
		alive[i] = alive[i] || i == 0 || stands_empty(&book->elems[i]);
		if (alive[i] && p >= 0) {
			alive[p] = true;
			t->nodes[p].order = MIN(t->nodes[p].order,
			    t->nodes[i].order);
		}
	}
	for (i = 0; i < n; i++)
		if (alive[i])
			t->nodes[i].object = pdf_object(&j->file);
	for (k = 0; k < nm; k++) {
		struct node *d = &t->nodes[m[k].elem];

		if (m[k].mcid == UINT32_MAX && d->link == 0 &&
		    book->elems[m[k].elem].role != ROLE_LINK)
			d->link = pdf_object(&j->file);
	}
	/* All have their numbers: they may be written at once. */
	for (i = 0; i < n; i++) {
		if (alive[i])
			pdf_dict_made(&j->file, t->nodes[i].object, make_elem,
			    t, (uint32_t)i);
		if (t->nodes[i].link != 0)
			pdf_dict_made(&j->file, t->nodes[i].link, make_link,
			    t, (uint32_t)i);
	}
	free(alive);
}

static uint32_t
holder(const struct pdf_tree *t, const struct pdf_mark *m)
{
	const struct node *d = &t->nodes[m->elem];

	return d->link != 0 ? d->link : d->object;
}

static int
by_page(const void *a, const void *b)
{
	const struct pdf_mark *x = a, *y = b;

	if (x->page != y->page)
		return x->page < y->page ? -1 : 1;
	return (x->mcid > y->mcid) - (x->mcid < y->mcid);
}

/*
 * From a page and an MCID, or an annotation, back to the element. Keys are
 * page numbers, then those of annotations. 64 entries a leaf.
 */
static uint32_t
parent_tree(struct pdf_job *j, const struct pdf_tree *t)
{
	size_t n = j->tags.marks.n, k, e, links = 0, nums = 0;
	const struct pdf_mark *m = j->tags.marks.v;
	struct buf leaf = {0}, kids = {0};
	uint32_t root = pdf_object(&j->file), first = 0, key = 0, object;

	/* Pages were drawn in order, and each numbers its own. */
	for (k = 0; k <= n; k = e) {
		e = k + 1;
		if (k < n && m[k].mcid == UINT32_MAX)
			continue;
		if (k < n) {
			key = m[k].page;
			if (nums == 0)
				first = key;
			pdf_put_int(&leaf, key);
			buf_char(&leaf, '[');
			for (e = k; e < n && m[e].page == key &&
			    m[e].mcid != UINT32_MAX; e++) {
				/* A number missing would shift the rest. */
				assert(m[e].mcid == e - k);
				pdf_put_ref(&leaf, holder(t, &m[e]));
				buf_char(&leaf, ' ');
			}
			buf_char(&leaf, ']');
			nums++;
		}
		if (nums == 64 || (k == n && nums > 0)) {
			object = pdf_object(&j->file);
			buf_printf(&kids, "%u 0 R ", object);
			buf_str(&leaf, "]");
			{
				struct buf d = {0};

				buf_printf(&d, "/Limits[%u %u]/Nums[", first,
				    key);
				buf_add(&d, leaf.p, leaf.n);
				pdf_dict_buf(&j->file, object, &d);
			}
			leaf.n = 0;
			nums = 0;
		}
	}
	/* Annotations are keyed in the order of the list of links. */
	for (k = 0; k < j->linklist.n; k = e) {
		object = pdf_object(&j->file);
		buf_printf(&kids, "%u 0 R ", object);
		e = MIN(k + 64, j->linklist.n);
		leaf.n = 0;
		buf_printf(&leaf, "/Limits[%zu %zu]/Nums[", j->npages + k,
		    j->npages + e - 1);
		for (links = k; links < e; links++) {
			struct pdf_mark a = {
				.elem = j->linklist.v[links].elem };

			if (a.elem >= 0)
				buf_printf(&leaf, "%zu %u 0 R ", j->npages +
				    links, holder(t, &a));
		}
		buf_str(&leaf, "]");
		pdf_dict(&j->file, object, leaf.p, leaf.n);
	}
	leaf.n = 0;
	buf_str(&leaf, "/Kids[");
	buf_add(&leaf, kids.p, kids.n);
	buf_str(&leaf, "]");
	pdf_dict_buf(&j->file, root, &leaf);
	buf_free(&kids);
	return root;
}

/*
 * One reader of a merged file: the elements under `top`, a leaf of the parent
 * tree, and one of the tree of identifiers if there are any. Keys of pages and
 * annotations go by j->tags.key.
 */
struct pdf_part
pdf_tags_part(struct pdf_job *j, uint32_t top, uint32_t number,
    const char *name)
{
	struct pdf_tree t = {.j = j, .root = top, .number = number,
		.name = name};
	struct pdf_mark *m = j->tags.marks.v, a;
	size_t n = j->tags.marks.n, k, last = j->npages + j->linklist.n;
	struct pdf_part out = {0};
	struct buf b = {0}, ids = {0};
	uint32_t mcid = 0;

	t.nodes = xcalloc(j->book->nelems + 1, sizeof(*t.nodes));
	if (n > 0)
		qsort(m, n, sizeof(*m), by_elem);
	t.marks = m;
	number_elems(j, &t);
	out.elem = t.nodes[0].object;
	if (n > 0)
		qsort(m, n, sizeof(*m), by_page);
	buf_printf(&b, "/Limits[%u %u]/Nums[", j->tags.key, j->tags.key +
	    (uint32_t)MAX(last, 1) - 1);
	for (k = 0; k < n; k++) {
		if (m[k].mcid == UINT32_MAX)
			continue;
		if (k == 0 || m[k].page != m[k - 1].page) {
			buf_printf(&b, "%u[", j->tags.key + m[k].page);
			mcid = 0;
		}
		/* Numbers that only other readers' pages have. */
		for (; mcid < m[k].mcid; mcid++)
			buf_str(&b, "null ");
		pdf_put_int(&b, holder(&t, &m[k]));
		buf_str(&b, " 0 R ");
		mcid++;
		if (k + 1 == n || m[k + 1].page != m[k].page ||
		    m[k + 1].mcid == UINT32_MAX)
			buf_char(&b, ']');
	}
	for (k = 0; k < j->linklist.n; k++) {
		a = (struct pdf_mark){ .elem = j->linklist.v[k].elem };
		if (a.elem >= 0)
			buf_printf(&b, "%zu %u 0 R ", j->tags.key +
			    j->npages + k, holder(&t, &a));
	}
	buf_char(&b, ']');
	out.leaf = pdf_object(&j->file);
	pdf_dict_buf(&j->file, out.leaf, &b);
	for (int32_t i = 0; i < (int32_t)j->book->nelems; i++) {
		char id[40];

		if (j->book->elems[i].role != ROLE_NOTE ||
		    t.nodes[i].object == 0)
			continue;
		snprintf(id, sizeof(id), PART_NOTE, number, i);
		if (out.first_id[0] == '\0')
			snprintf(out.first_id, sizeof(out.first_id), "%s", id);
		snprintf(out.last_id, sizeof(out.last_id), "%s", id);
		buf_printf(&ids, "(%s)%u 0 R ", id, t.nodes[i].object);
	}
	if (ids.n > 0) {
		out.ids = pdf_object(&j->file);
		buf_printf(&b, "/Limits[(%s)(%s)]/Names[%.*s]", out.first_id,
		    out.last_id, (int)ids.n, ids.p);
		pdf_dict_buf(&j->file, out.ids, &b);
		buf_free(&ids);
	}
	free(t.nodes);
	return out;
}

static int
by_id(const void *a, const void *b)
{
	char x[24], y[24];

	snprintf(x, sizeof(x), "note-%d", *(const int32_t *)a);
	snprintf(y, sizeof(y), "note-%d", *(const int32_t *)b);
	return strcmp(x, y);
}

/* Notes have identifiers; the tree that finds them is sorted by bytes. */
static uint32_t
id_tree(struct pdf_job *j, const struct pdf_tree *t)
{
	struct { int32_t *v; size_t n, cap; } ids = {0};
	struct buf b = {0};
	uint32_t object = 0;
	int32_t i;
	size_t k;

	for (i = 0; i < (int32_t)j->book->nelems; i++) {
		if (j->book->elems[i].role == ROLE_NOTE &&
		    t->nodes[i].object != 0)
			*VEC_PUSH(&ids) = i;
	}
	if (ids.n > 0) {
		qsort(ids.v, ids.n, sizeof(*ids.v), by_id);
		buf_str(&b, "/Names[");
		for (k = 0; k < ids.n; k++)
			buf_printf(&b, "(note-%d)%u 0 R ", ids.v[k],
			    t->nodes[ids.v[k]].object);
		buf_char(&b, ']');
		object = pdf_object(&j->file);
		pdf_dict_buf(&j->file, object, &b);
	}
	free(ids.v);
	return object;
}

void
pdf_tags_finish(struct pdf_job *j, struct buf *catalog)
{
	struct pdf_tree *t;
	struct buf b = {0};
	uint32_t parents, ids;

	if (!j->tagged || j->book->nelems == 0)
		return;
	pdf_kept_marks(j);
	t = j->tags.tree = xcalloc(1, sizeof(*t));
	t->j = j;
	t->nodes = xcalloc(j->book->nelems, sizeof(*t->nodes));
	t->root = pdf_object(&j->file);
	t->marks = sort_marks(j);
	number_elems(j, t);
	parents = parent_tree(j, t);
	ids = id_tree(j, t);
	buf_printf(&b, "/Type/StructTreeRoot/K[%u 0 R]/ParentTree %u 0 R"
	    "/ParentTreeNextKey %zu/RoleMap<</Title/P>>", t->nodes[0].object,
	    parents, j->npages + j->linklist.n);
	if (ids != 0)
		buf_printf(&b, "/IDTree %u 0 R", ids);
	pdf_dict_buf(&j->file, t->root, &b);
	/* Suspects is false by default; poppler takes its telling amiss. */
	buf_printf(catalog, "/StructTreeRoot %u 0 R/MarkInfo<</Marked true>>",
	    t->root);
}

void
pdf_tags_free(struct pdf_tags *t)
{
	free(t->marks.v);
	if (t->tree != NULL) {
		free(t->tree->nodes);
		free((void *)(uintptr_t)t->tree->marks);
	}
	free(t->tree);
}
