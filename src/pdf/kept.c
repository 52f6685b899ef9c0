/*
 * What one write leaves for the next of the same file.
 *
 * A page whose stamp is that of the last time was drawn already: the strings
 * of its stream stand in it as keys, and those live on with the glyphs they
 * are of. What drawing does besides (marks, links, pictures shown) is done
 * again from lists. A font depends on the set of its keys alone, so it is
 * known of each how many pages use it; while the set is the same, fonts and
 * codes are, and else those pages whose keys have new codes are encoded anew.
 *
 * All that is numbered or counted through the file (objects, order, places in
 * the tree) is made afresh each time: nothing kept depends on another page.
 */
#include "image/image.h"
#include "pdf/internal.h"

#include <stdlib.h>
#include <string.h>

/* Glyphs outlive the pages that they were made for, and with each edit come
 * new ones: beyond so many for one of the first write all starts anew. */
#define GROWN_MOST 4
#define SIZE_LEAST 131072
/* Bytes of pictures that are kept. */
#define PICTURES_MOST ((size_t)256 << 20)

struct key_of {
	uint32_t face, key;
};

struct kept_link {
	uint32_t item;			/* of the page's */
	int32_t elem;
	uint32_t order;			/* from the page's first */
	struct buf text;		/* of its annotation; made when asked */
};

struct kept_page {
	uint64_t made;			/* the page's; 0: draw it */
	sp block_top, block_height;
	struct buf content;		/* strings as keys */
	struct buf stream;		/* as it goes into the file */
	uint64_t hash;			/* of that */
	bool encoded;			/* `stream` is of `content` */
	char *label;
	uint32_t order;			/* of its first mark, this time */
	struct key_of *keys;		/* each once */
	struct pdf_mark *marks;		/* order from the page's first */
	struct kept_link *links;
	uint32_t *pictures;		/* items */
	uint32_t nkeys, nmarks, nlinks, npictures, norder;
};

/* Ways and structure, of the last write, and what they depend on besides
 * the pages' lists. */
struct tail {
	bool known, moved;		/* a page's lists are others */
	uint32_t from, n, packed;	/* its objects; those before it */
	uint32_t link, nlinks;		/* annotations */
	struct buf catalog;
};

struct pdf_kept {
	struct buf sign;		/* what all of it depends on */
	struct pdf_glyphs glyphs;
	size_t size;			/* of them, after the first write */
	struct kept_page *pages;
	size_t npages;
	struct pdf_packs packs;
	struct tail tail;
	uint64_t placed;		/* book.placed of the last write */
	uint64_t claims_made;		/* book.made whose elements keep ... */
	unsigned claims;		/* ... these standards */
	struct map pictures;		/* struct pdf_picture, by name */
	size_t picture_bytes;
	uint32_t turn;			/* counts pages drawn */
};

struct pdf_kept *
pdf_kept_open(void)
{
	return xcalloc(1, sizeof(struct pdf_kept));
}

static void
empty_page(struct kept_page *p)
{
	uint32_t i;

	for (i = 0; i < p->nlinks; i++)
		buf_free(&p->links[i].text);
	buf_free(&p->content);
	buf_free(&p->stream);
	free(p->label);
	free(p->keys);
	free(p->marks);
	free(p->links);
	free(p->pictures);
	memset(p, 0, sizeof(*p));
}

static void
drop_pictures(struct pdf_kept *k)
{
	struct pdf_picture *c;
	size_t i = 0;

	while ((c = map_next(&k->pictures, &i)) != NULL) {
		buf_free(&c->colour);
		buf_free(&c->alpha);
		free(c->form);
		free(c);
	}
	map_free(&k->pictures);
	memset(&k->pictures, 0, sizeof(k->pictures));
	k->picture_bytes = 0;
}

static void
forget(struct pdf_kept *k)
{
	size_t i;

	for (i = 0; i < k->npages; i++)
		empty_page(&k->pages[i]);
	free(k->pages);
	pdf_glyphs_free(&k->glyphs);
	pdf_packs_free(&k->packs);
	buf_free(&k->tail.catalog);
	drop_pictures(k);
	buf_free(&k->sign);
	memset(k, 0, sizeof(*k));
}

void
pdf_kept_close(struct pdf_kept *k)
{
	if (k == NULL)
		return;
	forget(k);
	free(k);
}

/* ------------------------------------------------------------ begin, end */

static void
sign_number(struct buf *b, uint64_t v)
{
	buf_add(b, &v, sizeof(v));
}

static void
sign_words(struct buf *b, const char *s)
{
	buf_char(b, s != NULL);
	buf_add(b, s != NULL ? s : "", s != NULL ? strlen(s) + 1 : 0);
}

/* Book and options, as far as anything kept depends on them. */
static void
sign(struct buf *b, const struct pdf_job *j)
{
	const struct pdf_options *o = j->o;
	const struct page_book *k = j->book;

	sign_number(b, k->made);
	sign_number(b, k->npages);
	sign_number(b, k->nelems);
	sign_number(b, k->ndests);
	sign_number(b, (uint64_t)k->width << 32 | (uint32_t)k->height);
	sign_number(b, (uint64_t)k->level);
	sign_number(b, (uint64_t)j->follows << 32 | j->claims);
	sign_number(b, (uint64_t)o->marks << 32 | (uint32_t)o->folds);
	sign_number(b, (uint64_t)(uint32_t)o->bleed << 32 | j->cmyk |
	    (unsigned)j->tagged << 1 | (unsigned)j->links << 2 |
	    (unsigned)o->compress << 3 | (unsigned)o->keep_tatweel << 4);
	sign_words(b, o->profile);
	sign_words(b, j->condition);
	sign_number(b, hash_bytes(HASH_SEED, j->profile.p, j->profile.n));
}

/* Clusters and keys. */
static size_t
size_of(const struct pdf_glyphs *g)
{
	size_t n = g->nslots, i;

	for (i = 0; i < g->nfaces; i++)
		n += g->faces[i] != NULL ? g->faces[i]->nkeys : 0;
	return n;
}

/* Links lead to heights on pages. */
static void
forget_places(struct pdf_kept *k)
{
	for (size_t i = 0; i < k->npages; i++)
		for (uint32_t n = 0; n < k->pages[i].nlinks; n++)
			k->pages[i].links[n].text.n = 0;
}

void
pdf_kept_begin(struct pdf_job *j)
{
	struct pdf_kept *k = j->o->kept;
	struct buf b = {0};

	if (k == NULL)
		return;
	/* Sheets show each page once and are made at the end of the work; the
	 * printer's words on a page have the looks of another. */
	if (j->nsheets > 0 || j->book->made == 0 ||
	    (j->o->marks & PDF_MARK_SLUG)) {
		forget(k);
		return;
	}
	sign(&b, j);
	if (k->sign.n != b.n || memcmp(k->sign.p, b.p, b.n) != 0 ||
	    size_of(&k->glyphs) > MAX(k->size * GROWN_MOST, SIZE_LEAST)) {
		forget(k);
		k->sign = b;
		k->npages = j->book->npages;
		k->pages = xcalloc(k->npages, sizeof(*k->pages));
	} else {
		buf_free(&b);
	}
	j->kept = k;
	k->tail.moved = k->placed != j->book->placed;
	if (k->tail.moved)
		forget_places(k);
	k->placed = j->book->placed;
	j->glyphs = k->glyphs;
	memset(&k->glyphs, 0, sizeof(k->glyphs));
}

void
pdf_kept_end(struct pdf_job *j, bool ok)
{
	struct pdf_kept *k = j->kept;

	if (k == NULL)
		return;
	k->glyphs = j->glyphs;
	memset(&j->glyphs, 0, sizeof(j->glyphs));
	if (!ok)
		forget(k);
	else if (k->size == 0)
		k->size = size_of(&k->glyphs);
	if (k->picture_bytes > PICTURES_MOST)
		drop_pictures(k);
}

/* ------------------------------------------------------------------ keys */

/* Count a page in, or out, of those that use each of its keys. */
static void
count_keys(struct pdf_job *j, const struct kept_page *p, bool in)
{
	struct pdf_face *f;
	uint32_t i;

	for (i = 0; i < p->nkeys; i++) {
		f = j->glyphs.faces[p->keys[i].face];
		if (in)
			f->nused += f->uses[p->keys[i].key]++ == 0;
		else
			f->nused -= --f->uses[p->keys[i].key] == 0;
	}
}

static void
make_room(struct pdf_face *f)
{
	size_t n = f->cuses, cap = f->nkeys + 1024;

	if (f->nkeys <= n)
		return;
	f->uses = xrealloc(f->uses, cap * sizeof(*f->uses));
	f->seen = xrealloc(f->seen, cap * sizeof(*f->seen));
	memset(f->uses + n, 0, (cap - n) * sizeof(*f->uses));
	memset(f->seen + n, 0, (cap - n) * sizeof(*f->seen));
	f->cuses = cap;
}

/* The keys in a page's records, each once. */
static void
collect_keys(struct pdf_job *j, struct kept_page *p)
{
	struct { struct key_of *v; size_t n, cap; } keys = {0};
	struct pdf_units u = {0};
	struct pdf_face *f;
	uint32_t key;
	size_t at = 0, i;

	j->kept->turn++;
	while (pdf_units_next(&p->content, &at, &u)) {
		f = j->glyphs.faces[u.face];
		make_room(f);
		for (i = 0; i < u.n; i++) {
			key = u.v[i];
			if (key & PDF_UNIT_ADJUST)
				continue;
			if (key == PDF_UNIT_LONG) {
				key = u.v[i + 1] | (uint32_t)u.v[i + 2] << 16;
				i += 2;
			}
			if (f->seen[key] == j->kept->turn)
				continue;
			f->seen[key] = j->kept->turn;
			*VEC_PUSH(&keys) = (struct key_of){ u.face, key };
		}
	}
	free(u.v);
	p->nkeys = (uint32_t)keys.n;
	p->keys = keys.n > 0 ? xrealloc(keys.v, keys.n * sizeof(*keys.v)) :
	    keys.v;
}

/* ----------------------------------------------------------------- pages */

/* What drawing the page does besides its stream. */
static void
do_again(struct pdf_job *j, struct kept_page *p, uint32_t number)
{
	const struct page_item *items = j->book->pages[number].items;
	uint32_t order = j->tags.order, i;

	for (i = 0; i < p->nlinks; i++)
		*VEC_PUSH(&j->linklist) = (struct pdf_link){
			.item = &items[p->links[i].item], .page = number,
			.elem = p->links[i].elem,
			.order = order + p->links[i].order,
			.text = &p->links[i].text };
	for (i = 0; i < p->npictures; i++)
		pdf_image_shown(j, number, &items[p->pictures[i]]);
	j->tags.order += p->norder;
}

/* What was drawn is as large as it will be. */
static void
fit(struct buf *b)
{
	if (b->n > 0) {
		b->p = xrealloc(b->p, b->n + 1);
		b->cap = b->n + 1;
	}
}

/* Lists of what drawing the page did besides. Its marks are put among the
 * others where those are asked for. */
static void
list_page(struct pdf_job *j, struct kept_page *p, uint32_t number,
    size_t link)
{
	const struct page *page = &j->book->pages[number];
	struct { uint32_t *v; size_t n, cap; } pictures = {0};
	uint32_t order = p->order;
	size_t i;

	p->norder = j->tags.order - order;
	p->nmarks = (uint32_t)j->tags.marks.n;
	p->marks = xmalloc(p->nmarks * sizeof(*p->marks));
	for (i = 0; i < p->nmarks; i++) {
		p->marks[i] = j->tags.marks.v[i];
		p->marks[i].order -= order;
	}
	j->tags.marks.n = 0;
	p->nlinks = (uint32_t)(j->linklist.n - link);
	p->links = xcalloc(p->nlinks, sizeof(*p->links));
	for (i = 0; i < p->nlinks; i++) {
		struct pdf_link *l = &j->linklist.v[link + i];

		p->links[i] = (struct kept_link){
			.item = (uint32_t)(l->item - page->items),
			.elem = l->elem, .order = l->order - order };
		l->text = &p->links[i].text;
	}
	for (i = 0; i < page->nitems; i++) {
		if (page->items[i].kind != PAGE_IMAGE)
			continue;
		*VEC_PUSH(&pictures) = (uint32_t)i;
		if (pdf_image_gone(j, &page->items[i]))
			p->made = 0;	/* it may come back */
	}
	p->pictures = pictures.v;
	p->npictures = (uint32_t)pictures.n;
}

/* Do two drawings of a page lead to the same structure? Figures say where
 * their pictures stand, which is not looked at here. */
static bool
leads_alike(const struct kept_page *a, const struct kept_page *b)
{
	uint32_t i;

	if (a->nmarks != b->nmarks || a->nlinks != b->nlinks ||
	    a->npictures > 0 || b->npictures > 0)
		return false;
	for (i = 0; i < a->nmarks; i++)
		if (a->marks[i].elem != b->marks[i].elem ||
		    a->marks[i].mcid != b->marks[i].mcid ||
		    a->marks[i].order != b->marks[i].order)
			return false;
	for (i = 0; i < a->nlinks; i++)
		if (a->links[i].elem != b->links[i].elem ||
		    a->links[i].order != b->links[i].order)
			return false;
	return true;
}

static bool
same_label(const struct kept_page *p, const struct page *page)
{
	return p->label != NULL && strcmp(p->label, page->label != NULL ?
	    page->label : "") == 0;
}

static void
draw_anew(struct pdf_job *j, struct kept_page *p, uint32_t number,
    struct buf (*draw)(struct pdf_job *j, uint32_t number))
{
	const struct page *page = &j->book->pages[number];
	size_t link = j->linklist.n, before = diag_told(j->dg);
	struct kept_page was = *p;

	count_keys(j, &was, false);
	memset(p, 0, sizeof(*p));
	p->order = j->tags.order;
	p->content = draw(j, number);
	fit(&p->content);
	/* What was said must be said again. */
	p->made = diag_told(j->dg) == before ? page->made : 0;
	p->block_top = page->block_top;
	p->block_height = page->block_height;
	list_page(j, p, number, link);
	collect_keys(j, p);
	count_keys(j, p, true);
	if (!leads_alike(&was, p))
		j->kept->tail.moved = true;
	p->label = was.label;
	was.label = NULL;
	empty_page(&was);
}

void
pdf_kept_page(struct pdf_job *j, uint32_t number,
    struct buf (*draw)(struct pdf_job *j, uint32_t number))
{
	const struct page *page = &j->book->pages[number];
	struct kept_page *p = &j->kept->pages[number];

	if (page->made != 0 && p->made == page->made &&
	    p->block_top == page->block_top &&
	    p->block_height == page->block_height) {
		p->order = j->tags.order;
		do_again(j, p, number);
	} else {
		draw_anew(j, p, number, draw);
	}
	if (!same_label(p, page)) {
		free(p->label);
		p->label = xstrdup(page->label != NULL ? page->label : "");
		j->kept->tail.moved = true;
	}
}

void
pdf_kept_marks(struct pdf_job *j)
{
	size_t n = j->tags.marks.n, total = 0, i, k;
	const struct kept_page *p;
	struct pdf_mark *m;

	if (j->kept == NULL)
		return;
	for (i = 0; i < j->kept->npages; i++)
		total += j->kept->pages[i].nmarks;
	vec_grow((void **)&j->tags.marks.v, &j->tags.marks.cap, n + total,
	    sizeof(*m));
	m = j->tags.marks.v;
	if (n > 0)
		memmove(m + total, m, n * sizeof(*m));
	for (i = 0; i < j->kept->npages; i++) {
		p = &j->kept->pages[i];
		for (k = 0; k < p->nmarks; k++, m++) {
			*m = p->marks[k];
			m->order += p->order;
		}
	}
	j->tags.marks.n = n + total;
}

/* ------------------------------------------------------ ways, structure */

bool
pdf_kept_tail(struct pdf_job *j, struct buf *catalog)
{
	struct tail *t, now = {0};

	if (j->kept == NULL || j->file.own == 0)
		return false;
	t = &j->kept->tail;
	now.from = j->file.next;
	now.packed = pdf_file_packed(&j->file);
	now.nlinks = (uint32_t)j->linklist.n;
	now.link = now.nlinks > 0 ? j->linklist.v[0].object : 0;
	if (t->known && !t->moved && t->from == now.from && t->packed ==
	    now.packed && t->nlinks == now.nlinks && t->link == now.link) {
		buf_add(catalog, t->catalog.p, t->catalog.n);
		pdf_file_part_again(&j->file, t->n);
		return true;
	}
	buf_free(&t->catalog);
	*t = now;
	return false;
}

void
pdf_kept_tail_made(struct pdf_job *j, const struct buf *catalog, size_t at)
{
	struct tail *t;

	if (j->kept == NULL || j->file.own == 0)
		return;
	t = &j->kept->tail;
	t->known = true;
	t->n = j->file.next - t->from;
	buf_add(&t->catalog, catalog->p + at, catalog->n - at);
}

bool
pdf_kept_claims(const struct pdf_job *j)
{
	const struct pdf_kept *k = j->o->kept;

	return k != NULL && k->claims_made != 0 &&
	    k->claims_made == j->book->made && k->claims == j->claims;
}

void
pdf_kept_claimed(const struct pdf_job *j)
{
	struct pdf_kept *k = j->o->kept;

	if (k == NULL)
		return;
	/* What stood in the way must be told again. */
	k->claims_made = j->claims == j->o->standards ? j->book->made : 0;
	k->claims = j->claims;
}

/* Codes are fixed: which streams have others than the last time? */
void
pdf_kept_codes(struct pdf_job *j)
{
	struct kept_page *p;
	const struct key_of *k;
	size_t i;

	if (!j->codes_moved)
		return;
	for (i = 0; i < j->kept->npages; i++) {
		p = &j->kept->pages[i];
		for (k = p->keys; p->encoded && k < p->keys + p->nkeys; k++)
			p->encoded = !j->glyphs.faces[k->face]->moved[k->key];
	}
}

void
pdf_kept_encode(const struct pdf_job *j, uint32_t number,
    struct pdf_deflate *d, struct buf *scratch)
{
	struct kept_page *p = &j->kept->pages[number];

	if (p->encoded)
		return;
	scratch->n = p->stream.n = 0;
	pdf_content_finish(j, &p->content, scratch);
	if (j->o->compress)
		pdf_deflate(d, scratch->p, scratch->n, &p->stream);
	else
		buf_add(&p->stream, scratch->p, scratch->n);
	fit(&p->stream);
	p->hash = hash_bytes(HASH_SEED, p->stream.p, p->stream.n);
	p->encoded = true;
}

struct pdf_packs *
pdf_kept_packs(const struct pdf_job *j)
{
	return j->kept != NULL ? &j->kept->packs : NULL;
}

const struct buf *
pdf_kept_stream(const struct pdf_job *j, uint32_t number)
{
	return &j->kept->pages[number].stream;
}

uint64_t
pdf_kept_hash(const struct pdf_job *j, uint32_t number)
{
	return j->kept->pages[number].hash;
}

/* -------------------------------------------------------------- pictures */

struct pdf_picture *
pdf_kept_picture(struct pdf_job *j, const char *name)
{
	void **slot;

	if (j->kept == NULL)
		return NULL;
	slot = map_put(&j->kept->pictures, name, strlen(name));
	if (*slot == NULL)
		*slot = xcalloc(1, sizeof(struct pdf_picture));
	return *slot;
}

void
pdf_kept_picture_made(struct pdf_job *j, struct pdf_picture *c)
{
	j->kept->picture_bytes += c->colour.n + c->alpha.n;
	c->made = true;
}
