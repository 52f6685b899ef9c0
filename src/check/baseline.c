/*
 * A layout written down, and what an edit did to it.
 *
 * Paragraphs are known by their text: the k-th of the same words is matched
 * with the k-th of the baseline. What has no match was edited, and so were
 * the pages it stands on; every other page that differs was moved.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "check/check.h"

/* A paragraph of the flow; its lines as hash of where they break. */
struct para_record {
	char id[40];			/* hash of its text, and which of these */
	size_t first, last;		/* pages, from 1 */
	uint64_t breaks;
};

struct record {
	struct { struct para_record *v; size_t n, cap; } paras;
	struct { uint64_t *v; size_t n, cap; } pages;
};

static uint64_t
hash_item(uint64_t h, const struct page_item *it)
{
	int32_t at[] = {it->kind, it->turn, it->x, it->y};

	h = hash_bytes(h, at, sizeof(at));
	if (it->kind == PAGE_TEXT) {
		const struct para_lines *l = it->u.text.para->lines;
		const struct para_line *ln = &l->v[it->u.text.line];
		int32_t set[] = {ln->x, ln->width, ln->ratio, ln->kashida};

		h = hash_bytes(h, set, sizeof(set));
		for (uint32_t i = 0; i < ln->nruns; i++) {
			const struct shape_run *r = ln->runs[i].run;
			int32_t run[] = {ln->runs[i].x, ln->runs[i].width,
			    r->size};

			h = hash_bytes(h, run, sizeof(run));
			h = hash_bytes(h, font_family(r->face),
			    strlen(font_family(r->face)));
		}
		return hash_bytes(h, l->para->text + ln->text,
		    ln->text_end - ln->text);
	}
	if (it->kind == PAGE_RECT || it->kind == PAGE_IMAGE ||
	    it->kind == PAGE_LINK) {
		sp size[] = {it->kind == PAGE_RECT ? it->u.rect.w :
		    it->kind == PAGE_IMAGE ? it->u.image.w : it->u.link.w,
		    it->kind == PAGE_RECT ? it->u.rect.h :
		    it->kind == PAGE_IMAGE ? it->u.image.h : it->u.link.h};

		return hash_bytes(h, size, sizeof(size));
	}
	for (uint16_t i = 0; i < it->u.path.n; i++) {
		sp p[] = {it->u.path.v[i].x, it->u.path.v[i].y};

		h = hash_bytes(h, p, sizeof(p));
	}
	return h;
}

/* The paragraph's number in the record, counted from 1, made at need. */
static size_t
record_para(struct record *r, struct map *paras, struct map *same,
    const struct page_para *p, size_t page)
{
	void **slot = map_put(paras, (const char *)&p, sizeof(p));
	uint64_t h = HASH_SEED;
	struct para_record *new;
	void **count;

	if (*slot != NULL)
		return (size_t)(uintptr_t)*slot;
	h = hash_bytes(h, p->lines->para->text, p->lines->para->n);
	new = VEC_PUSH(&r->paras);
	*new = (struct para_record){.first = page, .breaks = HASH_SEED};
	*slot = (void *)(uintptr_t)r->paras.n;
	count = map_put(same, (const char *)&h, sizeof(h));
	*count = (void *)((uintptr_t)*count + 1);
	snprintf(new->id, sizeof(new->id), "%016llx.%zu",
	    (unsigned long long)h, (size_t)(uintptr_t)*count);
	for (uint32_t i = 0; i < p->lines->n; i++)
		new->breaks = hash_bytes(new->breaks, &p->lines->v[i].text,
		    sizeof(p->lines->v[i].text));
	return r->paras.n;
}

static void
record_book(struct record *r, const struct page_book *b)
{
	struct map paras = {0}, same = {0};

	for (size_t i = 0; i < b->npages; i++) {
		uint64_t h = HASH_SEED;

		for (size_t k = 0; k < b->pages[i].nitems; k++) {
			const struct page_item *it = &b->pages[i].items[k];
			size_t n;

			h = hash_item(h, it);
			if (it->kind != PAGE_TEXT || it->elem < 0 ||
			    it->u.text.para->source == NULL)
				continue;
			n = record_para(r, &paras, &same, it->u.text.para,
			    i + 1);
			r->paras.v[n - 1].last = i + 1;
		}
		*VEC_PUSH(&r->pages) = h;
	}
	map_free(&paras);
	map_free(&same);
}

static void
record_free(struct record *r)
{
	free(r->paras.v);
	free(r->pages.v);
}

/* "Parastoo Bold" -> hash of its file, of every face on the pages. */
static void
put_fonts(const struct page_book *b, struct buf *out)
{
	struct map seen = {0};
	const char *sep = "";

	for (size_t i = 0; i < b->npages; i++)
		for (size_t k = 0; k < b->pages[i].nitems; k++) {
			const struct page_item *it = &b->pages[i].items[k];
			const struct shape_para *p;

			if (it->kind != PAGE_TEXT)
				continue;
			p = it->u.text.para->lines->para;
			for (uint32_t j = 0; j < p->nruns; j++) {
				struct font_face *f = p->runs[j].face;
				void **slot = map_put(&seen,
				    (const char *)&f, sizeof(f));
				char sum[65];

				if (*slot != NULL)
					continue;
				*slot = f;
				buf_printf(out, "%s%s %s %s", sep,
				    font_family(f), font_style_name(f),
				    font_sum(f, sum) ? sum : "?");
				sep = ", ";
			}
		}
	map_free(&seen);
}

void
check_baseline_write(const struct page_book *b, const char *makers,
    struct buf *out)
{
	struct record r = {0};
	struct buf fonts = {0};

	record_book(&r, b);
	buf_str(out, "{\n\"layout\": 1,\n\"made_with\": ");
	json_quote(out, makers, strlen(makers));
	put_fonts(b, &fonts);
	buf_str(out, ",\n\"fonts\": ");
	json_quote(out, fonts.n > 0 ? fonts.p : "", fonts.n);
	buf_str(out, ",\n\"pages\": [");
	for (size_t i = 0; i < r.pages.n; i++)
		buf_printf(out, "%s\n\"%016llx\"", i > 0 ? "," : "",
		    (unsigned long long)r.pages.v[i]);
	buf_str(out, "],\n\"headings\": [");
	for (size_t i = 0; i < b->noutline; i++) {
		buf_str(out, i > 0 ? ",\n{\"title\": " : "\n{\"title\": ");
		json_quote(out, b->outline[i].title,
		    strlen(b->outline[i].title));
		buf_printf(out, ", \"page\": %u}", b->outline[i].page + 1);
	}
	buf_str(out, "],\n\"paragraphs\": [");
	for (size_t i = 0; i < r.paras.n; i++)
		buf_printf(out, "%s\n{\"id\": \"%s\", \"first\": %zu, "
		    "\"last\": %zu, \"breaks\": \"%016llx\"}",
		    i > 0 ? "," : "", r.paras.v[i].id, r.paras.v[i].first,
		    r.paras.v[i].last, (unsigned long long)r.paras.v[i].breaks);
	buf_str(out, "]\n}\n");
	buf_free(&fonts);
	record_free(&r);
}

static const char *
member(const struct json *j, const char *key)
{
	const struct json *v = j != NULL && j->kind == JSON_OBJECT ?
	    json_get(j, key) : NULL;

	return v != NULL && v->text != NULL ? v->text : "";
}

static size_t
page_of(const struct json *j, const char *key)
{
	return (size_t)strtoul(member(j, key), NULL, 10);
}

static void
mark(bool *edited, size_t n, size_t first, size_t last)
{
	for (size_t i = first; i <= last && i <= n; i++)
		edited[i] = true;
}

/* Headings by title, the k-th with the k-th: in order, each once. */
static void
compare_headings(const struct json *old, const struct json *new,
    struct buf *out)
{
	const struct json *from = old->child;

	for (const struct json *h = new->child; h != NULL; h = h->next) {
		const struct json *o = from;

		while (o != NULL && strcmp(member(o, "title"),
		    member(h, "title")) != 0)
			o = o->next;
		if (o == NULL)
			continue;
		from = o->next;
		if (page_of(o, "page") != page_of(h, "page"))
			buf_printf(out, "heading\t%zu\t%zu\t%s\n",
			    page_of(o, "page"), page_of(h, "page"),
			    member(h, "title"));
	}
}

static void
compare_paras(const struct json *old, const struct json *new, bool *edited,
    size_t n, struct buf *out)
{
	struct map had = {0};
	size_t broken = 0, moved = 0;

	for (struct json *p = old->child; p != NULL; p = p->next)
		*map_put(&had, member(p, "id"), strlen(member(p, "id"))) = p;
	for (const struct json *p = new->child; p != NULL; p = p->next) {
		const char *id = member(p, "id");
		const struct json *o = map_get(&had, id, strlen(id));

		if (o == NULL) {
			mark(edited, n, page_of(p, "first"),
			    page_of(p, "last"));
			continue;
		}
		*map_put(&had, id, strlen(id)) = NULL;
		broken += strcmp(member(o, "breaks"), member(p, "breaks")) != 0;
		if (page_of(o, "first") == page_of(p, "first") &&
		    page_of(o, "last") == page_of(p, "last"))
			continue;
		moved++;
		buf_printf(out, "paragraph\t%zu-%zu\t%zu-%zu\n",
		    page_of(o, "first"), page_of(o, "last"),
		    page_of(p, "first"), page_of(p, "last"));
	}
	for (const struct json *p = old->child; p != NULL; p = p->next) {
		const char *id = member(p, "id");

		if (map_get(&had, id, strlen(id)) != NULL)
			mark(edited, n, page_of(p, "first"),
			    page_of(p, "last"));
	}
	buf_printf(out, "paragraphs with lines broken anew\t%zu\n", broken);
	buf_printf(out, "paragraphs on other pages\t%zu\n", moved);
	map_free(&had);
}

static void
compare_pages(const struct json *old, const struct json *new,
    const bool *edited, bool frozen, struct diag *dg, struct buf *out)
{
	const struct json *o = old->child, *p = new->child;

	for (size_t i = 1; o != NULL || p != NULL; i++) {
		bool same = o != NULL && p != NULL && strcmp(o->text,
		    p->text) == 0;

		if (!same)
			buf_printf(out, "page\t%zu\t%s\n", i, o == NULL ?
			    "added" : p == NULL ? "gone" : edited[i] ?
			    "edited" : "moved");
		if (!same && frozen && !edited[i])
			diag_add(dg, NOPOS, LAY_PAGE_MOVED, (int)i)->page =
			    p != NULL ? (int)i : 0;
		o = o != NULL ? o->next : NULL;
		p = p != NULL ? p->next : NULL;
	}
	buf_printf(out, "pages\t%zu\t%zu\n", old->nchildren, new->nchildren);
}

/* An array of the baseline whose entries are of a kind; NULL if it is not. */
static const struct json *
array(const struct json *j, const char *key, enum json_kind kind)
{
	const struct json *v = json_get(j, key);

	if (v == NULL || v->kind != JSON_ARRAY)
		return NULL;
	for (const struct json *c = v->child; c != NULL; c = c->next)
		if (c->kind != kind)
			return NULL;
	return v;
}

static bool
same_maker(const struct json *old, const struct json *new, const char *key,
    const char *path, struct diag *dg)
{
	if (strcmp(member(old, key), member(new, key)) == 0)
		return true;
	diag_add(dg, NOPOS, USE_OTHER_MAKER, path, member(old, key),
	    member(new, key));
	return false;
}

bool
check_baseline(const struct page_book *b, const char *makers, const char *path,
    bool frozen, struct diag *dg, struct buf *out)
{
	static const char *const keys[] = {"pages", "headings", "paragraphs"};
	struct arena a = {0};
	struct buf file = {0}, now = {0};
	const char *why = file_read(path, (size_t)64 << 20, &file);
	struct json *old, *new;
	bool ok = false;

	if (why != NULL) {
		diag_add(dg, NOPOS, USE_CANNOT_READ, path, why);
		return false;
	}
	check_baseline_write(b, makers, &now);
	old = json_parse(&a, dg, path, file.p != NULL ? file.p : "", file.n);
	new = json_parse(&a, dg, path, now.p, now.n);
	if (old == NULL || new == NULL || old->kind != JSON_OBJECT ||
	    array(old, keys[0], JSON_STRING) == NULL ||
	    array(old, keys[1], JSON_OBJECT) == NULL ||
	    array(old, keys[2], JSON_OBJECT) == NULL) {
		diag_add(dg, NOPOS, USE_NO_BASELINE, path);
	} else if (same_maker(old, new, "made_with", path, dg) &&
	    same_maker(old, new, "fonts", path, dg)) {
		size_t n = MAX(json_get(old, keys[0])->nchildren,
		    json_get(new, keys[0])->nchildren);
		bool *edited = xcalloc(n + 1, sizeof(*edited));

		compare_headings(json_get(old, keys[1]),
		    json_get(new, keys[1]), out);
		compare_paras(json_get(old, keys[2]), json_get(new, keys[2]),
		    edited, n, out);
		compare_pages(json_get(old, keys[0]), json_get(new, keys[0]),
		    edited, frozen, dg, out);
		free(edited);
		ok = true;
	}
	buf_free(&file);
	buf_free(&now);
	arena_free(&a);
	return ok;
}
