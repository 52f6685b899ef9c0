/*
 * What the pages of a mail merge have in common, drawn once: a content
 * stream for each part of a page that others have too.
 *
 * A page's content is an array of streams, which readers take for one. A
 * part is drawn as if its top were that of the page; the page moves it to
 * its place by a matrix of its own. What it holds must not depend on the
 * page, so its marked content has numbers that no other part of a page can
 * have: each bundle of boxes has a range of them. Numbers that a page leaves
 * out are holes in the parent tree.
 */
#include "pdf/internal.h"
#include "pdf/merge.h"

#include <stdlib.h>
#include <string.h>

static size_t
part_end(const struct page *p, size_t k)
{
	return k + 1 < p->nparts ? p->parts[k + 1].from : p->nitems;
}

/* Draw items [from, end) of a page as from `top` downwards. */
static void
draw(struct pdf_merge *m, struct shared *s, const struct page_item *v,
    size_t n, sp top, uint32_t mcid)
{
	struct pdf_job *j = &m->base;
	struct page_item *items = arena_dup(&m->arena, v, n * sizeof(*v));
	struct pdf_content c;
	size_t i;

	j->tags.marks.n = j->linklist.n = 0;
	j->tags.order = 0;
	j->tags.mcid = mcid;
	j->tags.open = false;
	s->images = ARENA_ARRAY(&m->arena, const struct page_item *, n);
	pdf_content_open(&c, j, j->book->height);
	for (i = 0; i < n; i++) {
		items[i].y -= top;
		if (items[i].kind == PAGE_IMAGE)
			s->images[s->nimages++] = &items[i];
		pdf_draw_item(j, &c, 0, &items[i]);
	}
	pdf_end_text(&c);
	pdf_tag_end(j, &c);
	s->content = c.b;
	s->nmarks = (uint32_t)j->tags.marks.n;
	s->nlinks = (uint32_t)j->linklist.n;
	s->norder = j->tags.order;
	if (s->nmarks > 0)
		s->marks = arena_dup(&m->arena, j->tags.marks.v,
		    s->nmarks * sizeof(*s->marks));
	if (s->nlinks > 0)
		s->links = arena_dup(&m->arena, j->linklist.v,
		    s->nlinks * sizeof(*s->links));
}

struct shared *
shared_part(struct pdf_merge *m, const struct page_book *b,
    const struct page *p, size_t k, uint32_t mcid)
{
	const struct page_part *part = &p->parts[k];
	struct { uint64_t key; uint64_t mcid; } is = {part->key, mcid};
	void **slot = map_put(&m->parts, (const char *)&is, sizeof(is));
	struct shared *s = *slot;

	if (s != NULL)
		return s;
	*slot = s = ARENA_NEW(&m->arena, struct shared);
	m->base.book = b;
	draw(m, s, p->items + part->from, part_end(p, k) - part->from,
	    part->top, mcid);
	pdf_content_deflate(&m->base, m->deflate, &s->content, &m->scratch);
	return s;
}

/* Of a book like those to come: which fonts are needed, and how many numbers
 * the marked content of each bundle takes. */
static void
measure_page(struct pdf_merge *m, const struct page *p)
{
	for (size_t k = 0; k < p->nparts; k++) {
		const struct page_part *part = &p->parts[k];
		struct shared s = {0};

		if (part->key == 0)
			continue;
		draw(m, &s, p->items + part->from, part_end(p, k) -
		    part->from, part->top, 0);
		buf_free(&s.content);
		while (part->bundle >= m->ranges.n)
			*VEC_PUSH(&m->ranges) = (struct range){0, 0};
		m->ranges.v[part->bundle].n += s.nmarks;
	}
}

bool
shared_measure(struct pdf_merge *m, const struct page_book *like)
{
	uint32_t next = 0;

	m->base.book = like;
	for (size_t i = 0; i < like->npages; i++)
		measure_page(m, &like->pages[i]);
	/* The first bundle comes last: pages that have no other begin at 0. */
	for (size_t i = 2; i < m->ranges.n; i++) {
		m->ranges.v[i].from = next;
		next += m->ranges.v[i].n;
	}
	m->after = next;
	return pdf_fonts_fix(&m->base);
}

/* ------------------------------------------------------------ for a page */

static bool
has_other_bundles(const struct page *p)
{
	for (size_t k = 0; k < p->nparts; k++)
		if (p->parts[k].key != 0 && p->parts[k].bundle != 1 &&
		    part_end(p, k) > p->parts[k].from)
			return true;
	return false;
}

uint32_t
shared_find(struct pdf_merge *m, const struct page_book *b,
    const struct page *p, struct shared **out)
{
	uint32_t first = has_other_bundles(p) ? m->after : 0, past = 0;
	uint32_t *used = xcalloc(m->ranges.n + 1, sizeof(*used));

	for (size_t k = 0; k < p->nparts; k++) {
		const struct page_part *part = &p->parts[k];
		uint32_t bundle = part->bundle, at;
		struct shared *s;

		out[k] = NULL;
		if (part->key == 0 || part_end(p, k) == part->from ||
		    bundle == 0 || bundle >= m->ranges.n)
			continue;
		at = used[bundle] + (bundle == 1 ? first :
		    m->ranges.v[bundle].from);
		s = shared_part(m, b, p, k, at);
		/* More numbers than were measured: the page draws it. */
		if (bundle != 1 && used[bundle] + s->nmarks >
		    m->ranges.v[bundle].n)
			continue;
		out[k] = s;
		used[bundle] += s->nmarks;
		past = MAX(past, at + s->nmarks);
	}
	free(used);
	return past;
}

/*
 * What a shared part means for a page of this reader: marks of its elements,
 * links at their places, pictures. Reading order goes on behind it.
 */
void
shared_use(struct pdf_merge *m, const struct shared *s,
    const struct page_part *part, uint32_t page)
{
	struct pdf_job *j = &m->j;
	struct page_item *it;
	uint32_t i;

	for (i = 0; i < s->nmarks; i++)
		*VEC_PUSH(&j->tags.marks) = (struct pdf_mark){
			.elem = part->elem >= 0 ? part->elem :
			s->marks[i].elem, .page = page,
			.mcid = s->marks[i].mcid,
			.order = j->tags.order + s->marks[i].order };
	for (i = 0; i < s->nlinks; i++) {
		it = arena_dup(&m->reader, s->links[i].item, sizeof(*it));
		it->y += part->top;
		*VEC_PUSH(&j->linklist) = (struct pdf_link){ .item = it,
			.page = page, .elem = s->links[i].elem,
			.order = j->tags.order + s->links[i].order };
	}
	for (i = 0; i < s->nimages; i++) {
		it = arena_dup(&m->reader, s->images[i], sizeof(*it));
		it->y += part->top;
		pdf_image_shown(j, page, it);
	}
	j->tags.order += s->norder;
}
