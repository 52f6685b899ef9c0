/*
 * A layout that lives on while its book is written.
 *
 * Who types changes a word of a paragraph, and mostly its lines stay as many
 * as they were. Then every page ends where it did; only that paragraph is
 * gathered, shaped and broken anew, and the pages with its lines are emitted
 * once more. What has changed is found by comparing the trees (doc_likeness()),
 * not by asking what the author did: numbers of citations and notes, titles
 * and places of blocks are part of the comparison.
 *
 * Where its lines are more or fewer, or call notes elsewhere, pages are found
 * again for all that stands as it is (again.c).
 *
 * Whenever something is not as it must be for that, the book is laid out from
 * nothing: pictures, a paragraph or a page that a message speaks of. So pages
 * and messages never depend on what was before.
 */
#include <stdlib.h>
#include <string.h>

#include "page/layout.h"

/* Paragraphs to be made anew one by one; beyond, all of them together are not
 * slower. */
enum { MAX_CHANGED = 64 };

/* Bytes that pages found again may take before all of it starts anew. */
#define ROOM ((size_t)64 << 20)

struct page_kept {
	struct layout *l;		/* NULL: nothing is kept */
	struct page_book *book;
	struct page_job job;
	struct keeping keeping;
	struct doc_likeness like;
	size_t *para_of;		/* by its paragraphs: keeping.paras + 1 */
	size_t used;			/* bytes of its arena, after a layout */
	struct diag said;		/* by the layout */
	char **files;			/* as `said` numbers them */
	size_t nfiles;
};

struct page_kept *
page_kept_open(void)
{
	return xcalloc(1, sizeof(struct page_kept));
}

static void
drop(struct page_kept *k)
{
	if (k->l != NULL)
		layout_close(k->l);
	else
		page_free(k->book);
	k->l = NULL;
	k->book = NULL;
	free(k->keeping.paras.v);
	free(k->keeping.noted.v);
	map_free(&k->keeping.running);
	k->keeping = (struct keeping){0};
	doc_likeness_free(&k->like);
	free(k->para_of);
	k->para_of = NULL;
	for (size_t i = 0; i < k->nfiles; i++)
		free(k->files[i]);
	free(k->files);
	k->files = NULL;
	k->nfiles = 0;
	diag_free(&k->said);
}

void
page_kept_close(struct page_kept *k)
{
	if (k == NULL)
		return;
	drop(k);
	free(k);
}

void
keep_para(struct layout *l, const struct kept_para *k)
{
	*VEC_PUSH(&l->keeping->paras) = *k;
}

/* Never twice in a process. */
static uint64_t
next_stamp(void)
{
	static uint64_t stamp;

	return ++stamp;
}

/* ----------------------------------------------------------- from nothing */

static int
by_node(const void *a, const void *b)
{
	const struct kept_para *x = *(const struct kept_para *const *)a;
	const struct kept_para *y = *(const struct kept_para *const *)b;

	return (x->node > y->node) - (x->node < y->node);
}

/* Which paragraph of the tree was gathered as which; one that was gathered
 * twice as none. */
static void
find_paras(struct page_kept *k)
{
	size_t n = k->keeping.paras.n, m = k->like.paras.n;
	const struct kept_para **v = xcalloc(n + 1, sizeof(*v)), **hit;

	for (size_t i = 0; i < n; i++)
		v[i] = &k->keeping.paras.v[i];
	qsort(v, n, sizeof(*v), by_node);
	k->para_of = xcalloc(m + 1, sizeof(*k->para_of));
	for (size_t i = 0; i < m; i++) {
		struct kept_para key = {.node = k->like.paras.v[i].node};
		const struct kept_para *at = &key;

		hit = bsearch(&at, v, n, sizeof(*v), by_node);
		if (hit == NULL || (hit > v && hit[-1]->node == key.node) ||
		    (hit + 1 < v + n && hit[1]->node == key.node))
			continue;
		k->para_of[i] = (size_t)(*hit - k->keeping.paras.v) + 1;
	}
	free(v);
}

static void
find_boxes(struct layout *l)
{
	for (size_t i = 0; i < l->flow.n; i++) {
		const struct box *b = &l->flow.v[i];

		if (b->kind == BOX_LINE && b->line == 0)
			((struct piece *)(uintptr_t)b->piece)->box =
			    (uint32_t)i + 1;
	}
}

static void
find_noted(struct layout *l)
{
	for (struct piece *p = l->first_piece; p != NULL; p = p->next)
		if (p->nnotes > 0)
			*VEC_PUSH(&l->keeping->noted) = p;
}

/* Places of what is said name files by number: those of the build at hand
 * while there is something to say. */
static void
borrow_files(struct diag *said, const struct diag *dg)
{
	said->persian = dg->persian;
	said->files = dg->files;
	said->nfiles = dg->nfiles;
}

static void
return_files(struct diag *said)
{
	said->files = NULL;
	said->nfiles = 0;
}

static void
remember_files(struct page_kept *k, const struct diag *dg)
{
	k->nfiles = dg->nfiles;
	k->files = xcalloc(k->nfiles + 1, sizeof(*k->files));
	for (size_t i = 1; i < k->nfiles; i++)
		k->files[i] = xstrdup(dg->files[i]);
}

/* Do the files that were spoken of have the same numbers in this build? */
static bool
same_files(const struct page_kept *k, const struct diag *dg)
{
	for (const struct diag_msg *m = k->said.first; m != NULL;
	    m = m->next) {
		size_t i = m->pos.file;

		if (i != 0 && (i >= dg->nfiles || i >= k->nfiles ||
		    strcmp(k->files[i], dg->files[i]) != 0))
			return false;
	}
	return true;
}

static void
lay_out(struct page_kept *k, const struct page_job *job,
    struct doc_likeness *like)
{
	struct page_book *b;

	k->job = *job;
	k->job.dg = &k->said;
	borrow_files(&k->said, job->dg);
	k->l = layout_open(&k->job);
	if (k->l == NULL) {		/* no font: said once more */
		k->job.dg = job->dg;
		return_files(&k->said);
		k->book = page_layout(&k->job);
		return;
	}
	k->l->keeping = &k->keeping;
	layout_pages(k->l);
	return_files(&k->said);
	remember_files(k, job->dg);
	k->book = b = k->l->book;
	k->like = *like;
	*like = (struct doc_likeness){0};
	find_paras(k);
	find_boxes(k->l);
	find_noted(k->l);
	k->used = k->l->a->used;
	b->made = next_stamp();
	b->placed = next_stamp();
	for (size_t i = 0; i < b->npages; i++)
		b->pages[i].made = next_stamp();
	diag_repeat(job->dg, &k->said);
}

/* ---------------------------------------------------------- what is alike */

/* Only words, and of paragraphs that can be made anew: how many; else -1. */
static int
find_changed(const struct page_kept *k, const struct doc_likeness *now,
    size_t changed[MAX_CHANGED])
{
	const struct doc_likeness *was = &k->like;
	int n = 0;

	if (was->frame != now->frame || was->paras.n != now->paras.n)
		return -1;
	for (size_t i = 0; i < now->paras.n; i++) {
		if (was->paras.v[i].frame != now->paras.v[i].frame)
			return -1;
		if (was->paras.v[i].words == now->paras.v[i].words)
			continue;
		if (n == MAX_CHANGED || k->para_of[i] == 0)
			return -1;
		changed[n++] = i;
	}
	return n;
}

static bool
same_job(const struct page_kept *k, const struct page_job *job)
{
	const struct page_job *j = &k->job;

	return k->l != NULL && j->style == job->style &&
	    j->fonts == job->fonts && j->section == NULL &&
	    job->section == NULL && j->answers == job->answers &&
	    j->greedy_pages == job->greedy_pages &&
	    strcmp(j->image_dir, job->image_dir) == 0 &&
	    k->said.persian == job->dg->persian &&
	    same_files(k, job->dg);
}

/* Was something said of its lines in the manuscript? */
static bool
was_spoken_of(const struct page_kept *k, const struct doc_node *n)
{
	if (n->end.line == 0)
		return true;
	for (const struct diag_msg *m = k->said.first; m != NULL; m = m->next)
		if (m->pos.file == n->pos.file && m->pos.line >= n->pos.line &&
		    m->pos.line <= n->end.line)
			return true;
	return false;
}

static bool
same_elem(const struct page_elem *a, const struct page_elem *b)
{
	return a->role == b->role && a->parent == b->parent &&
	    a->first == b->first && a->last == b->last && a->next == b->next &&
	    a->mode == b->mode &&
	    equal_strings(a->lang, b->lang) && equal_strings(a->alt, b->alt) &&
	    equal_strings(a->title, b->title) && equal_strings(a->id, b->id);
}

/* Has it the same anchors and calls of notes, on whatever lines? */
static bool
same_anchors(const struct piece *a, const struct piece *b)
{
	if (a->para.lines == NULL || b->para.lines == NULL ||
	    a->nids != b->nids || a->nnotes != b->nnotes ||
	    a->leading != b->leading)
		return false;
	for (uint32_t i = 0; i < a->nids; i++)
		if (strcmp(a->ids[i].id, b->ids[i].id) != 0)
			return false;
	return true;
}

static bool
holds_pictures(const struct piece *p)
{
	for (uint32_t i = 0; i < p->nspans; i++)
		if (p->pspans[i].image != NULL || p->pspans[i].filled != NULL)
			return true;
	return p->pictures;
}

static bool
can_change(const struct page_kept *k, const struct kept_para *kp)
{
	const struct piece *p = kp->piece;

	/* Marks that pages have numbered made it quiet. */
	return p->box > 0 && !p->placed && !p->unstable && (!p->quiet ||
	    (p->nnotes > 0 && notes_by_page(k->l))) && !holds_pictures(p) &&
	    !was_spoken_of(k, kp->node);
}

/* ------------------------------------------------------------- one of them */

/* Gather, shape and break; NULL if its elements come out otherwise or
 * something is to be said. */
static struct piece *
make_anew(struct page_kept *k, const struct kept_para *kp,
    const struct doc_node *node, struct diag *dg)
{
	struct layout *l = k->l;
	struct piece *last = l->last_piece, *p;
	size_t n = kp->elems_end - kp->elems, all = l->elems.n;
	struct page_elem *was = NULL, *own, before = {0};
	bool same = true;

	if (kp->elem >= 0) {
		own = &l->elems.v[kp->elem];
		before = *own;
		own->first = own->last = -1;
		/* Breaking lines clears the scratch. */
		was = arena_dup(l->a, l->elems.v + kp->elems, n *
		    sizeof(*was));
		l->elems.n = kp->elems;
	}
	p = piece_new(l, &kp->ctx, node, NULL, kp->look, kp->elem);
	last->next = NULL;
	l->last_piece = last;
	if (kp->elem >= 0) {
		same = l->elems.n == kp->elems_end;
		l->elems.n = all;
	}
	if (!same || dg->first != NULL || p->pictures)
		return NULL;
	p->shape = kp->piece->shape;
	piece_now(l, p);
	if (!marks_renumber(l, p))
		return NULL;
	if (was != NULL)
		same = same_elem(&l->elems.v[kp->elem], &before);
	for (size_t i = 0; was != NULL && i < n && same; i++)
		same = same_elem(&was[i], &l->elems.v[kp->elems + i]);
	return same && dg->first == NULL && same_anchors(kp->piece, p) ? p :
	    NULL;
}

/* It takes the place of the old one, to which boxes and items point. Do pages
 * know the same of it? */
static bool
put_in_place(struct page_kept *k, struct kept_para *kp, struct piece *p,
    const struct doc_node *node)
{
	struct piece *old = kp->piece;
	size_t n = kp->elems_end - kp->elems;
	bool same = lines_hash(old) == lines_hash(p);

	p->next = old->next;
	p->box = old->box;
	p->turn = k->keeping.turn;
	*old = *p;
	kp->node = node;
	if (kp->elem >= 0 && n > 0)
		memcpy(k->book->elems + kp->elems, k->l->elems.v + kp->elems,
		    n * sizeof(*k->book->elems));
	return same;
}

/* The break of the page with this box. */
static size_t
break_of(const struct layout *l, size_t box)
{
	size_t lo = 0, hi = l->nbreaks;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (l->breaks[mid].start <= box)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

static void
emit_lines(struct page_kept *k, const struct piece *p)
{
	struct layout *l = k->l;
	size_t box = p->box - 1, end = box + p->para.lines->n;
	size_t page = 0;

	for (size_t i = break_of(l, box); i < l->nbreaks &&
	    l->breaks[i].start < end; i++) {
		if (l->breaks[i].end <= box)
			continue;
		emit_again(l, i);
		page = i;
		for (size_t b = 0; b < i; b++)
			page += l->breaks[b].blank;
		k->book->pages[page].made = next_stamp();
	}
}

/* Pages are found again; those that say what they said keep their stamps. */
static bool
find_pages(struct page_kept *k)
{
	struct page_book *b = k->book;
	const struct page *was = b->pages;
	size_t n = b->npages, nelems = b->nelems, ndests = b->ndests;

	/* What was said of pages would have to be taken back. */
	if (diag_told(&k->said) != k->keeping.told ||
	    k->l->a->used > 2 * k->used + ROOM || !layout_again(k->l))
		return false;
	if (b->npages != n || b->nelems != nelems || b->ndests != ndests)
		b->made = next_stamp();
	b->placed = next_stamp();
	for (size_t i = 0; i < b->npages; i++)
		b->pages[i].made = i < n && page_is_same(&was[i],
		    &b->pages[i]) ? was[i].made : next_stamp();
	find_boxes(k->l);
	return true;
}

static bool
change(struct page_kept *k, const struct page_job *job,
    const struct doc_likeness *now, const size_t *changed, int n)
{
	struct diag dg = {.persian = job->dg->persian};
	struct layout *l = k->l;
	struct kept_para *kp;
	bool done = true, same = true;

	k->job.doc = l->doc = job->doc;
	k->job.dg = l->dg = &dg;
	k->job.times = job->times;
	borrow_files(&dg, job->dg);
	k->keeping.turn++;
	for (int i = 0; i < n && done; i++) {
		const struct doc_node *node = now->paras.v[changed[i]].node;
		struct piece *p;

		kp = &k->keeping.paras.v[k->para_of[changed[i]] - 1];
		p = can_change(k, kp) ? make_anew(k, kp, node, &dg) : NULL;
		done = p != NULL;
		if (done)
			same &= put_in_place(k, kp, p, node);
	}
	if (done && !same)
		done = find_pages(k);
	for (int i = 0; i < n && done && same; i++)
		emit_lines(k, k->keeping.paras.v[k->para_of[changed[i]] -
		    1].piece);
	done &= dg.first == NULL;
	return_files(&dg);
	diag_free(&dg);
	k->job.dg = l->dg = &k->said;
	return done;
}

struct page_book *
page_layout_kept(struct page_kept *k, const struct page_job *job,
    enum page_kept_how *how)
{
	struct doc_likeness now = {0};
	size_t changed[MAX_CHANGED];
	int n;

	doc_likeness(job->doc, &now);
	n = same_job(k, job) ? find_changed(k, &now, changed) : -1;
	*how = n > 0 ? KEPT_CHANGED : KEPT_SAME;
	if (n < 0 || (n > 0 && !change(k, job, &now, changed, n))) {
		*how = KEPT_NEW;
		drop(k);
		lay_out(k, job, &now);
	} else {
		struct doc_likeness was = k->like;

		k->like = now;
		now = was;
		diag_repeat(job->dg, &k->said);
	}
	doc_likeness_free(&now);
	return k->book;
}
