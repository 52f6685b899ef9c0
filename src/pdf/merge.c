/*
 * Mail merge: one reader after another into a file for all, or a file each.
 *
 * The fonts of what readers share are made once, in pdf_merge_open(), and
 * written into every file. A reader's own words (a name, folios) need glyphs
 * that those fonts may lack, so they have fonts of their own: one for a file
 * of one reader, one for each GROUP of readers in a file of many. So a
 * reader's file depends on no other reader, and a file of many is written as
 * they come: all that stays in memory is the table of its objects and a few
 * words of its trees for each.
 */
#include "base/messages.h"
#include "pdf/merge.h"

#include <stdlib.h>
#include <string.h>

enum {
	GROUP = 64,			/* readers of one font of names */
	LEAF = 64,			/* pages of a leaf of the page tree */
	OWN_PROGRAM = 100,		/* number of a face's own font in names */
	MOVES = 4096,			/* matrices remembered */
};

/* ------------------------------------------------------------------ open */

struct pdf_merge *
pdf_merge_open(const struct page_book *like, const struct pdf_options *o,
    struct diag *dg)
{
	struct pdf_merge *m = xcalloc(1, sizeof(*m));
	struct pdf_job *j = &m->base;

	m->o = *o;
	m->o.page_hashes = NULL;
	m->dg = dg;
	m->deflate = pdf_deflate_open(o->deflating);
	*j = (struct pdf_job){ .book = like, .o = &m->o, .dg = dg };
	j->title = pdf_title_of(j, "");
	/* Object streams came after the PDF that PDF/X-1a is made of. */
	if (m->o.standards & PDF_X1A) {
		diag_add(dg, o->pos, PDF_STANDARD, "PDF/X-1a", pdf_say(dg,
		    "no object streams", "نبود جریان شیء"), pdf_say(dg,
		    "a mail merge writes them", "ادغام نامه‌ها آن را می‌نویسد"));
		m->o.standards &= ~(unsigned)PDF_X1A;
	}
	pdf_plan(j);
	pdf_claims(j);
	pdf_condition(j);
	j->text = pdf_text_open();
	if (shared_measure(m, like))
		return m;
	pdf_merge_close(m);
	return NULL;
}

static void
job_free(struct pdf_job *j)
{
	pdf_text_close(j->text);
	pdf_glyphs_free(&j->glyphs);
	pdf_tags_free(&j->tags);
	pdf_images_free(j);
	free(j->linklist.v);
	arena_free(&j->arena);
}

static void
free_part(struct map *parts)
{
	size_t i = 0;
	struct shared *s;

	while ((s = map_next(parts, &i)) != NULL)
		buf_free(&s->content);
	map_free(parts);
}

void
pdf_merge_close(struct pdf_merge *m)
{
	if (m == NULL)
		return;
	free_part(&m->parts);
	free(m->ranges.v);
	job_free(&m->base);
	buf_free(&m->base.profile);
	pdf_deflate_close(m->deflate);
	buf_free(&m->scratch);
	free(m->own.v);
	arena_free(&m->reader);
	arena_free(&m->arena);
	free(m);
}

/* ----------------------------------------------------------------- begin */

bool
pdf_merge_begin(struct pdf_merge *m, const char *path, const char *title,
    bool joined, int multiple)
{
	const struct pdf_job *base = &m->base;
	struct pdf_job *j = &m->j;
	const char *why = NULL;

	m->out = out_open(path, &why);
	if (m->out == NULL) {
		diag_add(m->dg, m->o.pos, PDF_WRITE, path, why);
		return false;
	}
	m->path = path;
	m->joined = joined;
	m->multiple = (size_t)MAX(multiple, 1);
	m->file++;
	m->nreaders = m->in_group = 0;
	m->npages = 0;
	m->leaf = m->nleaf = 0;
	memset(&m->outline, 0, sizeof(m->outline));
	*j = (struct pdf_job){ .book = base->book, .o = &m->o, .dg = m->dg,
		.follows = base->follows, .claims = base->claims,
		.title = title != NULL ? title : base->title,
		.profile = base->profile, .cmyk = base->cmyk,
		.tagged = base->tagged, .links = base->links,
		.margin = base->margin, .first_program = OWN_PROGRAM };
	if (!pdf_file_open(&j->file, m->dg, m->o.pos, m->o.compress,
	    m->o.deflating)) {
		pdf_merge_end(m, false);
		return false;
	}
	pdf_file_begin(&j->file, m->out, j->follows & PDF_X4 ? 16 : 17);
	pdf_fonts_put(&m->base, &j->file, true);
	if (j->tagged)
		m->root = pdf_object(&j->file);
	if (j->tagged && joined)
		m->document = pdf_object(&j->file);
	return true;
}

/* ---------------------------------------------------------------- groups */

static void
group_begin(struct pdf_merge *m)
{
	m->j.text = pdf_text_open();
	m->j.resources = pdf_object(&m->j.file);
}

static void
put_own(struct pdf_merge *m, struct own *own)
{
	m->scratch.n = 0;
	pdf_content_finish(&m->j, &own->content, &m->scratch);
	/* What a few words save the filter's name costs. */
	pdf_stream(&m->j.file, own->object, "", m->scratch.p, m->scratch.n,
	    m->scratch.n > 100);
	buf_free(&own->content);
}

/* Names and folios have their fonts: what waited for them is written. */
static bool
group_end(struct pdf_merge *m)
{
	struct pdf_job *j = &m->j;
	struct buf b = {0}, fonts = {0};
	bool ok;

	if (m->in_group == 0)
		return true;
	ok = pdf_fonts_finish(j);
	for (size_t i = 0; i < m->own.n; i++)
		put_own(m, &m->own.v[i]);
	m->own.n = 0;
	pdf_fonts_resources(&m->base, &fonts);
	pdf_put_resources(j, &b);	/* begins with "/Font<<" */
	buf_str(&fonts, b.p + 7);
	b.n = 7;
	buf_add(&b, fonts.p, fonts.n);
	pdf_image_resources(j, &b);
	pdf_dict_buf(&j->file, j->resources, &b);
	buf_free(&fonts);
	pdf_text_close(j->text);
	pdf_glyphs_free(&j->glyphs);
	j->text = NULL;
	memset(&j->glyphs, 0, sizeof(j->glyphs));
	m->in_group = 0;
	return ok;
}

/* ---------------------------------------------------------------- a page */

/* The content of a page while it is put together. */
struct page_content {
	struct pdf_content c;		/* what is its own, so far */
	struct buf list;		/* "12 0 R 13 0 R " */
	bool moved;			/* inside a matrix of a part's */
};

static void
open_own(struct pdf_merge *m, struct page_content *pc)
{
	pdf_content_open(&pc->c, &m->j, m->j.book->height);
	m->j.tags.open = false;
}

/* What was drawn becomes a stream. Matrices recur, and are written once. */
static void
flush_own(struct pdf_merge *m, struct page_content *pc)
{
	struct buf *b = &pc->c.b;
	void **slot = NULL;
	uint32_t object;

	pdf_end_text(&pc->c);
	pdf_tag_end(&m->j, &pc->c);
	if (b->n == 0)
		return;
	if (b->n < 100 && m->moves.n < MOVES && memchr(b->p, PDF_RECORD,
	    b->n) == NULL)
		slot = map_put(&m->moves, b->p, b->n);
	if (slot != NULL && *slot != NULL) {
		object = (uint32_t)(uintptr_t)*slot;
		buf_free(b);
	} else {
		object = pdf_object(&m->j.file);
		if (slot != NULL)
			*slot = (void *)(uintptr_t)object;
		*VEC_PUSH(&m->own) = (struct own){ *b, object };
	}
	buf_printf(&pc->list, "%u 0 R ", object);
	open_own(m, pc);
}

static void
end_move(struct page_content *pc)
{
	if (pc->moved)
		buf_str(&pc->c.b, "Q\n");
	pc->moved = false;
}

static void
add_shared(struct pdf_merge *m, struct page_content *pc, struct shared *s,
    const struct page_part *part, uint32_t page)
{
	pdf_end_text(&pc->c);
	pdf_tag_end(&m->j, &pc->c);
	end_move(pc);
	buf_str(&pc->c.b, "q\n1 0 0 1 0 ");
	pdf_put_sp(&pc->c.b, -(sp64)part->top, 3);
	buf_str(&pc->c.b, " cm\n");
	pc->moved = true;
	flush_own(m, pc);
	if (s->file != m->file) {
		s->file = m->file;
		s->object = pdf_object(&m->j.file);
		pdf_stream_kept(&m->j.file, s->object, "", &s->content,
		    m->o.compress);
	}
	buf_printf(&pc->list, "%u 0 R ", s->object);
	shared_use(m, s, part, page);
}

static void
add_own(struct pdf_merge *m, struct page_content *pc, const struct page *p,
    size_t from, size_t end, uint32_t page)
{
	if (from < end)
		end_move(pc);
	for (size_t i = from; i < end; i++)
		pdf_draw_item(&m->j, &pc->c, page, &p->items[i]);
}

/* A page's content as the text of an array. */
static struct buf
compose_page(struct pdf_merge *m, const struct page_book *b, uint32_t number)
{
	const struct page *p = &b->pages[number];
	struct page_content pc = {0};
	struct shared **found = xcalloc(p->nparts + 1, sizeof(struct shared *));
	struct pdf_job *j = &m->j;

	pdf_tag_page(j, number);
	j->tags.mcid = shared_find(m, b, p, found);
	open_own(m, &pc);
	if (j->margin > 0) {
		buf_str(&pc.c.b, "1 0 0 1 ");
		pdf_put_sp(&pc.c.b, j->margin, 3);
		buf_char(&pc.c.b, ' ');
		pdf_put_sp(&pc.c.b, j->margin, 3);
		buf_str(&pc.c.b, " cm\n");
	}
	if (p->nparts == 0)
		add_own(m, &pc, p, 0, p->nitems, number);
	for (size_t k = 0; k < p->nparts; k++)
		if (found[k] != NULL)
			add_shared(m, &pc, found[k], &p->parts[k], number);
		else
			add_own(m, &pc, p, p->parts[k].from, k + 1 <
			    p->nparts ? p->parts[k + 1].from : p->nitems,
			    number);
	end_move(&pc);
	if (m->o.marks)
		pdf_marks(j, &pc.c, number);
	flush_own(m, &pc);
	buf_free(&pc.c.b);
	free(found);
	return pc.list;
}

/* ------------------------------------------------------------ page tree */

static void
end_leaf(struct pdf_merge *m)
{
	struct buf b = {0};

	if (m->nleaf == 0)
		return;
	buf_printf(&b, "/Type/Pages/Parent %u 0 R/Count %u/Kids[%.*s]",
	    m->j.file.pages, m->nleaf, (int)m->leaf_kids.n,
	    m->leaf_kids.p);
	pdf_dict_buf(&m->j.file, m->leaf, &b);
	buf_printf(&m->kids, "%u 0 R ", m->leaf);
	m->leaf_kids.n = 0;
	m->nleaf = 0;
}

/* A place for a page in the tree; returns its parent. */
static uint32_t
add_to_leaf(struct pdf_merge *m, uint32_t page)
{
	uint32_t leaf;

	if (m->nleaf == 0)
		m->leaf = pdf_object(&m->j.file);
	leaf = m->leaf;
	buf_printf(&m->leaf_kids, "%u 0 R ", page);
	m->npages++;
	if (++m->nleaf == LEAF)
		end_leaf(m);
	return leaf;
}

static void
put_page(struct pdf_merge *m, uint32_t number, const struct buf *content,
    size_t *link)
{
	struct pdf_job *j = &m->j;
	uint32_t object = j->page_base + number;
	struct buf b = {0};

	buf_printf(&b, "/Type/Page/Parent %u 0 R/Resources %u 0 R",
	    add_to_leaf(m, object), j->resources);
	if (content->n > 0)
		buf_printf(&b, "/Contents[%.*s]", (int)content->n - 1,
		    content->p);
	pdf_boxes(j, &b);
	pdf_page_links(j, number, link, &b);
	pdf_image_group(j, number, &b);
	if (j->tagged)
		buf_printf(&b, "/StructParents %u/Tabs/S", j->tags.key +
		    number);
	pdf_dict_buf(&j->file, object, &b);
}

/* ------------------------------------------------- trees that grow along */

static void
grow_structure(struct pdf_merge *m, const char *name)
{
	struct pdf_job *j = &m->j;
	struct pdf_part part;

	if (!j->tagged)
		return;
	part = pdf_tags_part(j, m->joined ? m->document : m->root,
	    m->joined ? m->nreaders : 0, m->joined ? name : NULL);
	buf_printf(&m->parts_of, "%u 0 R ", part.elem);
	buf_printf(&m->numbers, "%u 0 R ", part.leaf);
	if (part.ids != 0)
		buf_printf(&m->ids, "%u 0 R ", part.ids);
	j->tags.key += j->npages + (uint32_t)j->linklist.n;
}

static void
grow_labels(struct pdf_merge *m, const struct page_book *b, size_t first,
    size_t all)
{
	struct buf d = {0};
	uint32_t object = pdf_object(&m->j.file);

	buf_printf(&d, "/Limits[%zu %zu]/Nums[", first, first + all - 1);
	for (size_t i = 0; i < all; i++) {
		const char *s = i < b->npages ? b->pages[i].label : NULL;

		buf_printf(&d, "%zu<<", first + i);
		if (s != NULL && s[0] != '\0') {
			buf_str(&d, "/P");
			pdf_put_text(&d, s);
		}
		buf_str(&d, ">>");
	}
	buf_char(&d, ']');
	pdf_dict_buf(&m->j.file, object, &d);
	buf_printf(&m->labels, "%u 0 R ", object);
}

/* A bookmark is written when it is known whether another follows. */
static void
end_bookmark(struct pdf_merge *m, uint32_t next)
{
	if (m->outline.n == 0)
		return;
	if (next != 0)
		buf_printf(&m->outline.text, "/Next %u 0 R", next);
	pdf_dict_buf(&m->j.file, m->outline.last, &m->outline.text);
}

static void
grow_outline(struct pdf_merge *m, const char *name)
{
	uint32_t object = pdf_object(&m->j.file);

	if (m->outline.n == 0) {
		m->outline.root = pdf_object(&m->j.file);
		m->outline.first = object;
	}
	end_bookmark(m, object);
	buf_str(&m->outline.text, "/Title");
	pdf_put_text(&m->outline.text, name);
	buf_printf(&m->outline.text, "/Parent %u 0 R/Dest[%u 0 R/XYZ null "
	    "null null]", m->outline.root, m->j.page_base);
	if (m->outline.n > 0)
		buf_printf(&m->outline.text, "/Prev %u 0 R", m->outline.last);
	m->outline.last = object;
	m->outline.n++;
}

/* -------------------------------------------------------------- a reader */

static size_t
round_up(size_t n, size_t multiple)
{
	return n + (multiple - n % multiple) % multiple;
}

bool
pdf_merge_add(struct pdf_merge *m, const struct page_book *b,
    const char *name)
{
	struct pdf_job *j = &m->j;
	struct buf *contents = xcalloc(b->npages + 1, sizeof(*contents));
	size_t link = 0, first = m->npages, all = round_up(b->npages,
	    m->multiple);

	if (m->in_group++ == 0)
		group_begin(m);
	m->nreaders++;
	arena_reset(&m->reader);
	j->book = b;
	j->npages = (uint32_t)b->npages;
	j->tags.marks.n = j->linklist.n = 0;
	j->tags.order = 0;
	pdf_images_turn(j);
	j->page_base = pdf_objects(&j->file, (uint32_t)all);
	for (uint32_t i = 0; i < j->npages; i++)
		contents[i] = compose_page(m, b, i);
	pdf_links(j);
	for (uint32_t i = 0; i < all; i++)
		put_page(m, i, i < j->npages ? &contents[i] :
		    &(struct buf){0}, &link);
	grow_structure(m, name);
	if (m->joined) {
		grow_labels(m, b, first, all);
		grow_outline(m, name);
	}
	for (size_t i = 0; i < b->npages; i++)
		buf_free(&contents[i]);
	free(contents);
	return m->in_group < GROUP || group_end(m);
}

/* ------------------------------------------------------------------- end */

static void
put_kids(struct pdf_merge *m, struct buf *catalog, const char *key,
    struct buf *kids)
{
	uint32_t object;
	struct buf b = {0};

	if (kids->n == 0)
		return;
	object = pdf_object(&m->j.file);
	buf_printf(&b, "/Kids[");
	buf_add(&b, kids->p, kids->n);
	buf_char(&b, ']');
	pdf_dict_buf(&m->j.file, object, &b);
	buf_printf(catalog, "/%s %u 0 R", key, object);
	buf_free(kids);
}

static void
put_structure(struct pdf_merge *m, struct buf *catalog)
{
	struct pdf_job *j = &m->j;
	struct buf b = {0};

	if (!j->tagged)
		return;
	if (m->joined) {
		buf_printf(&b, "/S/Document/P %u 0 R/K[", m->root);
		buf_add(&b, m->parts_of.p, m->parts_of.n);
		buf_char(&b, ']');
		pdf_dict_buf(&j->file, m->document, &b);
		m->parts_of.n = 0;
		buf_printf(&m->parts_of, "%u 0 R ", m->document);
	}
	buf_printf(&b, "/Type/StructTreeRoot/K[%.*s]/ParentTreeNextKey %u"
	    "/RoleMap<</Title/P>>", (int)m->parts_of.n, m->parts_of.p,
	    j->tags.key);
	put_kids(m, &b, "ParentTree", &m->numbers);
	put_kids(m, &b, "IDTree", &m->ids);
	pdf_dict_buf(&j->file, m->root, &b);
	buf_printf(catalog, "/StructTreeRoot %u 0 R/MarkInfo<</Marked true>>",
	    m->root);
}

static void
put_outline(struct pdf_merge *m, struct buf *catalog)
{
	struct buf b = {0};

	if (!m->joined) {
		pdf_outline(&m->j, catalog);
		return;
	}
	put_kids(m, catalog, "PageLabels", &m->labels);
	if (m->outline.n == 0)
		return;
	end_bookmark(m, 0);
	buf_printf(&b, "/Type/Outlines/First %u 0 R/Last %u 0 R/Count %u",
	    m->outline.first, m->outline.last, m->outline.n);
	pdf_dict_buf(&m->j.file, m->outline.root, &b);
	buf_printf(catalog, "/Outlines %u 0 R/PageMode/UseOutlines",
	    m->outline.root);
}

static void
put_catalog(struct pdf_merge *m)
{
	struct pdf_job *j = &m->j;
	struct buf b = {0};

	end_leaf(m);
	buf_printf(&b, "/Type/Pages/Count %zu/Kids[", m->npages);
	buf_add(&b, m->kids.p, m->kids.n);
	buf_char(&b, ']');
	pdf_dict_buf(&j->file, j->file.pages, &b);
	pdf_put_viewing(j, &b);
	put_outline(m, &b);
	put_structure(m, &b);
	pdf_metadata(j, &b);
	pdf_dict_buf(&j->file, j->file.catalog, &b);
}

static void
forget_file(struct pdf_merge *m)
{
	struct buf *bufs[] = { &m->parts_of, &m->numbers, &m->ids, &m->labels,
		&m->kids, &m->leaf_kids, &m->outline.text };

	for (size_t i = 0; i < NELEM(bufs); i++)
		buf_free(bufs[i]);
	for (size_t i = 0; i < m->own.n; i++)
		buf_free(&m->own.v[i].content);
	m->own.n = 0;
	map_free(&m->moves);
	pdf_file_close(&m->j.file);
	job_free(&m->j);
	memset(&m->j, 0, sizeof(m->j));
	m->out = NULL;
}

bool
pdf_merge_end(struct pdf_merge *m, bool ok)
{
	struct pdf_job *j = &m->j;
	const char *why = NULL;

	ok = ok && m->npages > 0 && group_end(m);
	if (ok) {
		put_catalog(m);
		ok = pdf_file_save(&j->file, m->out, j->follows & PDF_X4 ? 16 :
		    17, true, m->path);
	}
	if (!ok) {
		out_abort(m->out);
	} else if (!out_commit(m->out, &why)) {
		diag_add(m->dg, m->o.pos, PDF_WRITE, m->path, why);
		ok = false;
	}
	forget_file(m);
	return ok;
}
