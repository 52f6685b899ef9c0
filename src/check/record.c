/*
 * Pages -> a record of them: what each shows as one hash, where headings and
 * paragraphs stand, where lines break.
 *
 * A paragraph is known by what it shows: its text, the addresses its links
 * lead to, the answers in its blanks; a picture by the bytes of its file. The
 * k-th of the same is the k-th again. So an edit gives what it touched
 * another name, and whatever else changed moved, or looks another way.
 */
#include <stdlib.h>
#include <string.h>

#include "check/layout.h"
#include "check/private.h"
#include "image/image.h"

#define HASHED(h, v) hash_bytes((h), &(v), sizeof(v))

struct check_layout *
check_layout_open(const char *const *makers)
{
	struct check_layout *l = xcalloc(1, sizeof(*l));

	for (; *makers != NULL; makers++)
		*VEC_PUSH(&l->makers) = arena_str(&l->arena, *makers);
	return l;
}

void
check_layout_free(struct check_layout *l)
{
	if (l == NULL)
		return;
	for (size_t i = 0; i < l->outputs.n; i++) {
		free(l->outputs.v[i].pages.v);
		free(l->outputs.v[i].headings.v);
		free(l->outputs.v[i].paras.v);
	}
	free(l->outputs.v);
	free(l->makers.v);
	free(l->face_names.v);
	map_free(&l->faces);
	arena_free(&l->arena);
	free(l);
}

/* ---------------------------------------------------------------- hashes */

static uint64_t
hash_str(uint64_t h, const char *s)
{
	return s == NULL ? h : hash_bytes(h, s, strlen(s) + 1);
}

static uint64_t
hash_colour(uint64_t h, struct colour c)
{
	h = HASHED(h, c.space);
	return hash_bytes(h, c.v, c.space);
}

/* A line as it is set: places, faces, sizes, colours, text. */
static uint64_t
hash_line(uint64_t h, const struct page_item *it)
{
	const struct page_para *p = it->u.text.para;
	const struct para_line *ln = &p->lines->v[it->u.text.line];
	int32_t set[] = {ln->x, ln->width, ln->ratio, ln->kashida};

	h = HASHED(h, set);
	for (uint32_t i = 0; i < ln->nruns; i++) {
		const struct shape_run *r = ln->runs[i].run;
		const struct page_span *s = p->spans != NULL ?
		    &p->spans[r->span] : NULL;
		int32_t run[] = {ln->runs[i].x, ln->runs[i].width, r->size};

		h = HASHED(h, run);
		h = hash_str(h, font_family(r->face));
		h = hash_str(h, font_style_name(r->face));
		if (s == NULL)
			continue;
		h = hash_colour(h, s->colour);
		if (s->filled != NULL)
			h = hash_bytes(h, s->filled->lines->para->text,
			    s->filled->lines->para->n);
	}
	return hash_bytes(h, p->lines->para->text + ln->text, ln->text_end -
	    ln->text);
}

static uint64_t
hash_item(uint64_t h, const struct page_item *it)
{
	int32_t at[] = {it->kind, it->turn, it->x, it->y};

	h = HASHED(h, at);
	switch (it->kind) {
	case PAGE_TEXT:
		return hash_line(h, it);
	case PAGE_RECT:
		h = HASHED(h, it->u.rect.w);
		h = HASHED(h, it->u.rect.h);
		return hash_colour(h, it->u.rect.fill);
	case PAGE_IMAGE:
		h = HASHED(h, it->u.image.w);
		h = HASHED(h, it->u.image.h);
		return it->u.image.image != NULL ?
		    HASHED(h, it->u.image.image->hash) : h;
	case PAGE_LINK:
		h = HASHED(h, it->u.link.w);
		h = HASHED(h, it->u.link.h);
		return hash_str(h, it->u.link.href);
	default:
		h = HASHED(h, it->u.path.width);
		h = hash_colour(h, it->u.path.stroke);
		h = hash_colour(h, it->u.path.fill);
		return hash_bytes(h, it->u.path.v, it->u.path.n *
		    sizeof(*it->u.path.v));
	}
}

/* ------------------------------------------------------------ paragraphs */

/* Paragraphs met before, and how often one of the same look. */
struct seen {
	struct check_layout *l;
	struct output_record *out;
	struct diag *dg;
	struct map paras, same;
};

/* The first words of a text, without what cannot be seen. */
static const char *
first_words(struct arena *a, const char *s, size_t n)
{
	enum { MOST = 40 };
	struct buf b = {0};
	size_t count = 0, end = 0, i = 0;
	const char *out;

	while (i < n && count < MOST) {
		uint32_t cp = utf8_next(s, n, &i);

		if (uni_is_space(cp) && b.n > 0)
			end = b.n;
		if (cp == 0x200c || !uni_is_default_ignorable(cp))
			buf_utf8(&b, cp < 0x20 || cp == 0x2028 ? ' ' : cp);
		count++;
	}
	if (i < n && end > 0)
		b.n = end;
	if (i < n)
		buf_str(&b, "…");
	out = arena_strn(a, b.n > 0 ? b.p : "", b.n);
	buf_free(&b);
	return out;
}

static void
place_record(struct seen *s, struct pos pos, struct pos *out,
    const char **file, uint32_t *line)
{
	*out = pos;
	if (pos.line != 0 && pos.file < s->dg->nfiles &&
	    s->dg->files[pos.file] != NULL) {
		*file = arena_str(&s->l->arena, s->dg->files[pos.file]);
		*line = pos.line;
	}
}

/* The record of what is met for the first time, by the hash of what it
 * shows. */
static struct para_record *
new_record(struct seen *s, uint64_t h, size_t page, struct pos pos)
{
	void **count = map_put(&s->same, (const char *)&h, sizeof(h));
	struct para_record *p = VEC_PUSH(&s->out->paras);

	*count = (char *)*count + 1;
	memset(p, 0, sizeof(*p));
	p->id = arena_printf(&s->l->arena, "%016llx.%zu", (unsigned long long)h,
	    (size_t)(uintptr_t)*count);
	p->first = p->last = page;
	place_record(s, pos, &p->pos, &p->file, &p->line);
	return p;
}

static void
record_para(struct seen *s, const struct page_para *p, size_t page)
{
	void **slot = map_put(&s->paras, (const char *)&p, sizeof(p));
	const struct shape_para *t = p->lines->para;
	struct para_record *r;
	uint64_t h;

	if (*slot != NULL) {
		s->out->paras.v[(uintptr_t)*slot - 1].last = page;
		return;
	}
	h = hash_bytes(HASH_SEED, t->text, t->n);
	for (uint32_t i = 0; p->spans != NULL && i < t->nspans; i++)
		h = hash_str(h, p->spans[i].href);
	r = new_record(s, h, page, page_source_pos(p->source, 0));
	*slot = (void *)(uintptr_t)s->out->paras.n;
	r->words = first_words(&s->l->arena, t->text, t->n);
	r->nlines = p->lines->n;
	r->lines = ARENA_ARRAY(&s->l->arena, uint32_t, r->nlines + 1);
	for (uint32_t i = 0; i < p->lines->n; i++)
		r->lines[i] = p->lines->v[i].text;
}

static void
record_picture(struct seen *s, const struct page_book *b,
    const struct page_item *it, size_t page)
{
	const struct doc_node *n = it->elem >= 0 ? b->elems[it->elem].node :
	    NULL;
	struct para_record *r = new_record(s, it->u.image.image->hash, page,
	    n != NULL ? n->pos : NOPOS);

	r->words = arena_str(&s->l->arena, path_base(
	    it->u.image.image->path));
}

/* ---------------------------------------------------------------- faces */

void
layout_add_face(struct check_layout *l, const char *name, const char *sum)
{
	void **slot = map_put(&l->faces, name, strlen(name));

	if (*slot != NULL)
		return;
	*slot = arena_str(&l->arena, sum);
	*VEC_PUSH(&l->face_names) = arena_str(&l->arena, name);
}

static void
record_faces(struct check_layout *l, const struct page_para *p,
    struct map *met)
{
	const struct shape_para *t = p->lines->para;

	for (uint32_t i = 0; i < t->nruns; i++) {
		struct font_face *f = t->runs[i].face;
		void **slot = map_put(met, (const char *)&f, sizeof(f));
		char sum[65];

		if (*slot != NULL)
			continue;
		*slot = f;
		layout_add_face(l, arena_printf(&l->arena, "%s %s",
		    font_family(f), font_style_name(f)), font_sum(f, sum) ?
		    sum : "?");
	}
}

/* ------------------------------------------------------------------ pages */

static void
record_headings(struct seen *s, const struct page_book *b)
{
	for (size_t i = 0; i < b->noutline; i++) {
		const struct page_outline *o = &b->outline[i];
		struct heading_record *r = VEC_PUSH(&s->out->headings);
		const struct doc_node *n = o->elem >= 0 ?
		    b->elems[o->elem].node : NULL;

		memset(r, 0, sizeof(*r));
		r->title = arena_str(&s->l->arena, o->title);
		r->page = o->page + 1;
		place_record(s, n != NULL ? n->pos : NOPOS, &r->pos, &r->file,
		    &r->line);
	}
}

void
check_layout_add(struct check_layout *l, const struct page_book *b,
    const char *output, struct diag *dg)
{
	struct map met = {0};
	struct seen s = {.l = l, .dg = dg};

	s.out = VEC_PUSH(&l->outputs);
	memset(s.out, 0, sizeof(*s.out));
	s.out->output = arena_str(&l->arena, output);
	for (size_t i = 0; i < b->npages; i++) {
		uint64_t h = HASH_SEED;

		for (size_t k = 0; k < b->pages[i].nitems; k++) {
			const struct page_item *it = &b->pages[i].items[k];

			h = hash_item(h, it);
			if (it->kind == PAGE_TEXT)
				record_faces(l, it->u.text.para, &met);
			if (it->kind == PAGE_TEXT && it->elem >= 0 &&
			    it->u.text.para->source != NULL)
				record_para(&s, it->u.text.para, i + 1);
			else if (it->kind == PAGE_IMAGE &&
			    it->u.image.image != NULL)
				record_picture(&s, b, it, i + 1);
		}
		*VEC_PUSH(&s.out->pages) = (struct page_record){arena_printf(
		    &l->arena, "%016llx", (unsigned long long)h),
		    place_first(b, i)};
	}
	record_headings(&s, b);
	map_free(&s.paras);
	map_free(&s.same);
	map_free(&met);
}
