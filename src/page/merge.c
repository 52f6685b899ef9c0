/*
 * Mail merge: one handout for many readers, each with a name in the blanks
 * and an order of the questions.
 *
 * What they share is gathered, shaped and broken into lines once: the boxes
 * before the questions, those of each question, those behind them (bundles).
 * For a reader these boxes are put together in their order, with the labels
 * of their places and three short pieces for the blanks; then pages are
 * broken and emitted as for any book. So a reader's pages are those that a
 * run of their own would lay out, and cost a hundredth of it.
 *
 * So that pdf/ need not draw the same things again either, a page says which
 * stretches of its items (parts) other pages may have too: boxes of one bundle
 * that stand alike on the page, and labels. What a part holds depends on its
 * key alone; where it stands is said beside it. The rest is the page's own:
 * blanks that are filled in, running heads, folios, notes.
 *
 * Where a text prints numbers of pages, what is before the questions depends
 * on their order after all: then each reader is laid out from nothing. So is
 * one whose order moves a note that is numbered by its page to another.
 */
#include <stdlib.h>
#include <string.h>

#include "page/fill.h"

struct page_merge {
	struct page_job job;
	struct layout *l;
	struct sharing s;
	struct page_book row;		/* of the reader at hand */
	struct page_book *alone;	/* the same, laid out from nothing */
	bool each_alone;
	struct piece *last_piece;	/* of those that are shared */
	uint64_t notes;			/* how pages number them */
	bool first;			/* no reader was laid out yet */
};


/* ------------------------------------------------------------ the shared */

/* A box that no gap of the next bundle can melt into. */
static void
fence(struct layout *l)
{
	flow_box(l, BOX_ITEMS);
}

static void
expand_bundle(struct layout *l, struct bundle *u, uint32_t number)
{
	size_t from;

	fence(l);
	from = l->flow.n;
	for (size_t i = u->from; i < u->to; i++)
		l->protos.v[i].expand(l, &l->protos.v[i]);
	u->n = l->flow.n - from;
	for (size_t i = from; i < l->flow.n; i++) {
		l->flow.v[i].bundle = number + 1;
		l->flow.v[i].serial = (uint32_t)(i - from);
	}
	u->boxes = arena_dup(l->a, l->flow.v + from, u->n *
	    sizeof(*u->boxes));
}

/* What lies before and behind the questions are bundles as well. */
static void
make_bundles(struct layout *l, struct sharing *s)
{
	size_t n = s->questions.n;
	struct bundle *v = ARENA_ARRAY(l->a, struct bundle, n + 2);

	if (n > 0)
		memcpy(v + 1, s->questions.v, n * sizeof(*v));
	v[0].to = n > 0 ? v[1].from : l->protos.n;
	v[n + 1].from = n > 0 ? v[n].to : l->protos.n;
	v[n + 1].to = l->protos.n;
	for (size_t i = 0; i < n + 2; i++)
		expand_bundle(l, &v[i], (uint32_t)i);
	s->bundles = v;
	s->nbundles = n + 2;
	l->flow.n = 0;
}

static void begin_reader(struct page_merge *m);
static void end_reader(struct page_merge *m);
static void order_questions(struct layout *l, struct sharing *s,
    uint64_t seed);

/* Which notes stand on which page, as what number. */
static uint64_t
notes_hash(const struct layout *l)
{
	uint64_t h = HASH_SEED;

	for (size_t i = 0; i < l->nbreaks; i++) {
		h = hash_bytes(h, &i, sizeof(i));
		for (size_t k = l->breaks[i].start; k < l->breaks[i].end; k++)
			for (uint32_t n = 0; n < l->flow.v[k].nnotes; n++)
				h = hash_bytes(h, &l->flow.v[k].notes[n],
				    sizeof(struct note_flow *));
	}
	return l->note_flows.n > 0 ? h : 0;
}

static bool
ask_with_notes(const struct sharing *s)
{
	for (size_t i = 1; i < s->nbundles; i++)
		for (size_t k = 0; k < s->bundles[i].n; k++)
			if (s->bundles[i].boxes[k].nnotes > 0)
				return true;
	return false;
}

/* Once in the order as written: notes get the numbers of their pages. */
static bool
settle(struct page_merge *m)
{
	struct layout *l = m->l;
	bool settled;

	m->last_piece = l->last_piece;
	begin_reader(m);
	order_questions(l, &m->s, 0);
	breaks_find(l);
	emit_number(l);
	m->notes = notes_hash(l);
	end_reader(m);
	settled = marks_number(l);
	m->last_piece = l->last_piece;
	return settled;
}

static bool
share(struct page_merge *m)
{
	enum { ROUNDS = 4 };
	struct layout *l = m->l;

	l->share = &m->s;
	for (int i = 0; i < ROUNDS; i++) {
		if (i > 0)
			layout_forget(l);
		m->s.questions.n = m->s.nblanks = 0;
		layout_gather(l);
		if (layout_is_unstable(l))
			return false;
		make_bundles(l, &m->s);
		if (l->note_flows.n > 0 && ask_with_notes(&m->s))
			return false;
		if (settle(m))
			return true;
	}
	return false;
}

struct page_merge *
page_merge_open(const struct page_job *job)
{
	struct page_merge *m = xcalloc(1, sizeof(*m));

	m->job = *job;
	for (size_t i = 0; i < NELEM(m->job.fill); i++)
		m->job.fill[i] = NULL;
	m->job.seed = 0;
	m->first = true;
	m->l = layout_open(&m->job);
	m->each_alone = m->l == NULL || !share(m);
	return m;
}

void
page_merge_close(struct page_merge *m)
{
	if (m == NULL)
		return;
	page_free(m->alone);
	if (m->l != NULL)
		layout_close(m->l);
	arena_free(&m->row.arena);
	free(m->s.questions.v);
	free(m->s.cuts.v);
	free(m);
}

bool
page_merge_has_blanks(const struct page_merge *m)
{
	return m->l != NULL && m->s.nblanks > 0;
}

/* -------------------------------------------------------------- a reader */

/* The boxes of the bundles in the order of the pages. */
static void
add_bundle(struct layout *l, const struct bundle *u)
{
	vec_grow((void **)&l->flow.v, &l->flow.cap, l->flow.n + u->n,
	    sizeof(*l->flow.v));
	if (u->n > 0)
		memcpy(l->flow.v + l->flow.n, u->boxes, u->n *
		    sizeof(*u->boxes));
	l->flow.n += u->n;
}

/* The label of its place on a question's first line, before what else hangs
 * there. */
static void
add_label(struct layout *l, const struct bundle *u, size_t from,
    const struct piece *label, uint32_t place)
{
	struct proto p = u->labelled;
	struct page_item *items;

	p.label = (struct piece *)(uintptr_t)label;
	p.label_elem = u->lbl;
	for (size_t i = from; i < l->flow.n; i++) {
		struct box *b = &l->flow.v[i], bare = *b;

		if (b->kind != BOX_LINE || b->piece != p.piece)
			continue;
		bare.items = NULL;
		bare.nitems = 0;
		hang_label(l, &bare, &p);
		if (bare.nitems == 0)
			return;
		items = ARENA_ARRAY(l->a, struct page_item, b->nitems + 1);
		items[0] = bare.items[0];
		if (b->nitems > 0)
			memcpy(items + 1, b->items, b->nitems *
			    sizeof(*items));
		b->items = items;
		b->nitems++;
		b->label = place + 1;
		return;
	}
}

static void
order_questions(struct layout *l, struct sharing *s, uint64_t seed)
{
	size_t n = s->questions.n, *order = NULL;
	int32_t last = -1;

	if (seed != 0)
		order = doc_permutation(l->a, n, seed);
	add_bundle(l, &s->bundles[0]);
	for (size_t i = 0; i < n; i++) {
		const struct bundle *u = &s->bundles[1 + (order != NULL ?
		    order[i] : i)];
		size_t from = l->flow.n;

		add_bundle(l, u);
		add_label(l, u, from, s->bundles[1 + i].label, (uint32_t)i);
		/* Its element in the same order. */
		if (u->li < 0)
			continue;
		if (last < 0)
			l->elems.v[s->list].first = u->li;
		else
			l->elems.v[last].next = u->li;
		last = u->li;
		l->elems.v[last].next = -1;
		l->elems.v[s->list].last = last;
	}
	add_bundle(l, &s->bundles[s->nbundles - 1]);
	columns_settle(l);
}

static void
fill_blanks(struct layout *l, struct sharing *s, const struct page_reader *r)
{
	for (size_t i = 0; i < s->nblanks; i++) {
		const struct blank_place *at = &s->blanks[i];
		struct page_span *span = at->span;

		l->fill[i] = r->fill[i];
		if (span == NULL)
			continue;
		span->filled = r->fill[i] == NULL || *r->fill[i] == '\0' ?
		    NULL : blank_fill(l, at, r->fill[i], r->pos);
		if (span->elem >= 0)
			l->elems.v[span->elem].alt = span->filled != NULL ?
			    NULL : layout_word(l, "blank");
	}
}

/* What the last reader left goes; what is shared stays. */
static void
begin_reader(struct page_merge *m)
{
	struct layout *l = m->l;
	struct page_book *shared = l->shared_book, *b = &m->row;

	arena_reset(&b->arena);
	*b = (struct page_book){.arena = b->arena, .width = shared->width,
	    .height = shared->height, .level = shared->level,
	    .lang = shared->lang, .title = shared->title,
	    .author = shared->author, .subject = shared->subject,
	    .keywords = shared->keywords, .rounds = 1};
	l->book = b;
	l->a = &b->arena;
	l->flow.n = l->dests.n = 0;
	m->s.cuts.n = 0;
}

static void
end_reader(struct page_merge *m)
{
	struct layout *l = m->l;

	if (m->last_piece != NULL)
		m->last_piece->next = NULL;
	else
		l->first_piece = NULL;
	l->last_piece = m->last_piece;
	l->book = l->shared_book;
	l->a = &l->book->arena;
}

static const char *
reader_title(const struct page_merge *m, const struct page_reader *r,
    struct arena *a)
{
	const char *title = m->row.title;

	if (r->fill[0] == NULL || *r->fill[0] == '\0')
		return title;
	return title == NULL ? r->fill[0] : arena_printf(a, "%s – %s",
	    r->fill[0], title);
}

/* The slow way. */
static const struct page_book *
lay_out_alone(struct page_merge *m, const struct page_reader *r)
{
	struct page_job job = m->job;

	memcpy(job.fill, r->fill, sizeof(job.fill));
	job.seed = r->seed;
	page_free(m->alone);
	m->alone = page_layout(&job);
	return m->alone;
}

const struct page_book *
page_merge_reader(struct page_merge *m, const struct page_reader *r)
{
	struct layout *l = m->l;

	if (m->each_alone)
		return lay_out_alone(m, r);
	begin_reader(m);
	fill_blanks(l, &m->s, r);
	order_questions(l, &m->s, r->seed);
	breaks_find(l);
	emit_number(l);
	if (notes_hash(l) != m->notes) {
		end_reader(m);
		return lay_out_alone(m, r);
	}
	if (m->first)
		breaks_tell(l);
	m->first = false;
	emit_pages(l);
	m->row.title = reader_title(m, r, l->a);
	end_reader(m);
	return &m->row;
}

/* ----------------------------------------------------------------- parts */

void
part_begin(struct layout *l, size_t item, uint64_t key, uint32_t bundle, sp top,
    int32_t elem)
{
	if (l->share != NULL)
		*VEC_PUSH(&l->share->cuts) = (struct page_part){.from = item,
		    .key = key, .bundle = bundle, .top = top, .elem = elem};
}

bool
part_is_own(const struct layout *l, const struct page_span *ps)
{
	for (size_t i = 0; l->share != NULL && i < l->share->nblanks; i++)
		if (l->share->blanks[i].span == ps)
			return true;
	return false;
}

/* A part that was interrupted goes on. */
void
part_again(struct layout *l, size_t item)
{
	struct sharing *s = l->share;
	uint64_t key;

	if (s == NULL)
		return;
	s->times++;
	key = hash_bytes(s->key, &s->times, sizeof(s->times));
	part_begin(l, item, s->key == 0 ? 0 : key | 1, s->bundle, s->top, -1);
}

/*
 * Box `i` is next on a page: where its bundle begins there, so does a part.
 * Its key is made of all that decides how its items stand to one another.
 */
void
part_box(struct layout *l, size_t item, const struct page_break *pb, size_t i,
    const struct places *at, sp left)
{
	struct sharing *s = l->share;
	const struct box *b = &l->flow.v[i];
	sp top;

	if (s == NULL || (b->bundle == s->page_bundle && b->to_foot == NULL))
		return;
	if (b->to_foot != NULL) {	/* fills what this page has left */
		part_begin(l, item, 0, 0, 0, -1);
		return;
	}
	s->page_bundle = b->bundle;
	s->key = hash_bytes(HASH_SEED, &left, sizeof(left));
	top = at->v[i - pb->start].top;
	for (size_t k = i; k < pb->end; k++) {
		const struct box *c = &l->flow.v[k];
		const struct spot *is_at = &at->v[k - pb->start];
		struct { uint32_t bundle, serial; sp x, top, begin; } is = {
		    c->bundle, c->serial, is_at->x, is_at->top - top,
		    is_at->begins ? is_at->begin - top : 0};

		if (c->kind == BOX_GAP || c->to_foot != NULL)
			continue;
		if (c->bundle != b->bundle)
			break;
		s->key = hash_bytes(s->key, &is, sizeof(is));
	}
	s->key |= 1;
	s->times = 0;
	s->bundle = b->bundle;
	s->top = top + l->st->page.top;
	part_begin(l, item, s->key, s->bundle, s->top, -1);
}

/* The label of a question, one item: the same wherever it stands. */
void
part_label(struct layout *l, size_t item, const struct box *b, sp y, sp left)
{
	struct { sp left; uint32_t label; } is = {left, b->label};

	if (l->share != NULL)
		part_begin(l, item, hash_bytes(HASH_SEED, &is, sizeof(is)) |
		    1, (uint32_t)l->share->nbundles + b->label, y,
		    b->items[0].elem);
}

void
part_page(struct layout *l)
{
	if (l->share == NULL)
		return;
	l->share->cuts.n = 0;
	l->share->page_bundle = 0;
	part_begin(l, 0, 0, 0, 0, -1);
}

void
part_page_end(struct layout *l, struct page *p)
{
	struct sharing *s = l->share;

	if (s == NULL)
		return;
	p->parts = arena_dup(l->a, s->cuts.v, s->cuts.n *
	    sizeof(*s->cuts.v));
	p->nparts = s->cuts.n;
}
