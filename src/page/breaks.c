/*
 * Where pages end.
 *
 * Dynamic programming over the legal breaks of the whole flow, after Plass
 * (Optimal Pagination Techniques for Automatic Typesetting Systems, 1981):
 * a node is a place where a page may begin, together with what the pages
 * after it must know of those before: the page's side, and how many lines
 * short the facing page was. From each node pages of every feasible length
 * are tried, so the work is the number of lines times the lines of a page
 * times a small constant: linear in the book. Pages that begin with one box
 * differ by their states only in what the facing page costs them, so those
 * are tried together (struct start).
 *
 * Greedy filling (page_job.greedy_pages) is the same walk where each page
 * only may be the longest: the measure to beat.
 *
 * Notes count with the line that calls them. When the notes of the last
 * line (or row of a table) do not fit, what is left of them is carried to the
 * next page at a cost; the carry belongs to the path (the cheapest one keeps
 * its own), not to the state, which keeps the states few.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "page/fill.h"

enum {
	NSHORT = 8,		/* 0, 1 ... 7 or more lines short */
	NSTATES = 2 * NSHORT,
	NO_NODE = -1,
};

struct node {
	int64_t cost;		/* of all pages before */
	int32_t from;		/* node before */
	uint32_t start;		/* box the next page begins with */
	struct carry carry;	/* rest of notes it begins with */
	size_t floats;		/* that stand on the pages before */
	/* of the page that ends here: */
	uint32_t end;
	uint32_t nfloats, nhead;	/* the last floats are on it */
	sp filled;
	int64_t page_cost;
	uint8_t state;
	bool blank, opener, forced;
};

struct finder {
	struct layout *l;
	struct { struct node *v; size_t n, cap; } nodes;
	/* best[i * NSTATES + s]: node that begins at box i in state s */
	int32_t *best;
	/* least[i * 2 + side]: the cheapest of those; the nodes of best[] are
	 * only ever replaced by cheaper ones */
	int32_t *least;
	size_t n;		/* boxes */
	/* The strips of a page that begins as this one does, found once for
	 * all states: most pages do. */
	struct {
		size_t at;		/* SIZE_MAX: none */
		struct fill f;
		struct strip whole, ends[STRIP_ENDS];
		bool fits;
		int n;
	} strips;
};

/* ----------------------------------------------------------------- costs */

static int64_t
square(int64_t v)
{
	return v * v;
}

/* A page that may be, from a node on. */
struct page_end {
	size_t end;		/* boxes before it are on the page */
	size_t next;		/* the box that the next page begins with */
	uint32_t nfloats;
	bool forced;		/* it ends here whatever it holds */
	enum side side;		/* as BOX_FORCE has it */
	bool opener;
	int64_t extra;		/* cost of this end */
	int64_t before;		/* of ends of columns on the page */
};

/* Where a page begins: nodes that know of nothing but their states. */
struct start {
	int32_t v[NSTATES];
	int n;
	size_t floats;
	uint32_t box;		/* node.start */
	struct carry carry;
};

/* What a page costs beside the one that faces it; `lines` short. */
static int64_t
facing_cost(const struct layout *l, const struct node *a, int lines)
{
	/* An odd index stands on the verso, the next one faces it. */
	if (a->state / NSHORT != 0 || a->from == NO_NODE || a->forced)
		return 0;
	return l->st->breaks.uneven * square(MIN(lines, NSHORT - 1) -
	    a->state % NSHORT);
}

/* What a page costs by itself. */
static int64_t
page_cost(const struct layout *l, bool first, const struct fill *f,
    const struct page_end *p, int lines)
{
	const struct style_breaks *br = &l->st->breaks;
	int64_t cost = p->extra;

	if (f->over > 0)
		cost += 10 * br->heading_foot;
	if (!p->forced)
		/* The first page of a handout is seen at a glance: what room
		 * must be left is better left on a later one. */
		cost += br->short_page * square(lines) *
		    (l->is_handout && first ? 4 : 1);
	else if (f->y < l->height / 6)
		cost += br->short_page * 4;	/* a few lost lines */
	/* Notes that are not even begun on the page of their marks weigh
	 * more than one that goes on overleaf. */
	if (f->split.n > 0)
		cost += br->split_note * (f->split.line > 0 ?
		    2 * f->split.n - 1 : 2 * f->split.n);
	return cost;
}

/* A note's rest is the last of a page; so are the notes of floats there. */
static bool
notes_clash(const struct layout *l, const struct fill *f, size_t floats,
    uint32_t n)
{
	for (uint32_t i = 0; f->split.n > 0 && i < n; i++)
		for (uint32_t k = 0; k < l->floats.v[floats + i].nboxes; k++)
			if (l->floats.v[floats + i].boxes[k].nnotes > 0)
				return true;
	return false;
}

/* Floats that wait after a page: how many pages of their own some of them
 * get, and what it costs that the others wait. */
static uint32_t
floats_after(const struct layout *l, size_t floats, const struct page_end *p,
    int64_t *cost)
{
	const struct style_breaks *br = &l->st->breaks;
	size_t end = box_from(l, p->end);
	uint32_t pages = 0, n;

	/* Not forbidden, or there might be no way on at all. */
	for (size_t i = floats; i < l->floats.n &&
	    l->floats.v[i].anchor <= p->end; i++)
		if (l->floats.v[i].limit < end)
			*cost += 100 * br->heading_foot;
	while ((n = floats_alone(l, floats, p->end, p->next)) > 0) {
		sp left = l->height - floats_room(l, floats, n);

		/* One that no page with text could hold is no choice. */
		if (!l->floats.v[floats].alone)
			*cost += 4 * br->float_late + br->short_page *
			    square(MAX(left, 0) / l->grid);
		floats += n;
		pages++;
	}
	for (; floats < l->floats.n && l->floats.v[floats].anchor <= p->end;
	    floats++)
		*cost += br->float_late;
	return pages;
}

/* The pages of floats between a page and the next: nodes of the path alone,
 * since they are no choice of theirs. `nn` is the page with text. */
static struct node
float_pages(struct finder *fd, struct node nn, const struct page_end *p)
{
	struct layout *l = fd->l;
	bool opener = nn.opener, blank = nn.blank;
	uint32_t n;

	while ((n = floats_alone(l, nn.floats, p->end, p->next)) > 0) {
		int32_t from = (int32_t)fd->nodes.n;

		nn.opener = nn.blank = false;
		*VEC_PUSH(&fd->nodes) = nn;
		nn.from = from;
		nn.end = nn.start;
		nn.floats += n;
		nn.nfloats = nn.nhead = n;
		nn.filled = MIN(floats_room(l, nn.floats - n, n), l->height);
		nn.page_cost = 0;
	}
	nn.opener = opener;
	nn.blank = blank;
	return nn;
}

/*
 * Whatever follows, pages that differ only in how short the facing one was
 * differ by at most what that costs: is a node in state `s` dearer than one
 * that begins as it does by more? `best`: those, by state.
 */
static bool
is_beaten(const struct finder *fd, const int32_t *best, int s,
    const struct node *a)
{
	int64_t most = fd->l->st->breaks.uneven * square(NSHORT - 1);
	int32_t k = fd->least[a->start * 2 + (size_t)(s / NSHORT)];

	if (a->carry.n > 0 || k == NO_NODE ||
	    fd->nodes.v[k].cost + most >= a->cost)
		return false;
	for (int i = -1; i < NSHORT; i++) {
		const struct node *b;

		if (i >= 0)
			k = best[s - s % NSHORT + i];
		b = k != NO_NODE ? &fd->nodes.v[k] : NULL;
		if (b != NULL && b->floats == a->floats && b->carry.n == 0 &&
		    b->cost + most < a->cost)
			return true;
	}
	return false;
}

/* A page from one of the nodes, if no other way to what follows is as good;
 * `sh` lines short, and with an odd count of pages of floats after it? */
static void
consider_one(struct finder *fd, int32_t from, const struct page_end *p,
    struct node *page, int sh, bool odd)
{
	const struct node *a = &fd->nodes.v[from];
	int next = a->state / NSHORT ^ 1 ^ odd;	/* the next page's side */
	int32_t *states = &fd->best[p->next * NSTATES], *best;
	int32_t *least;
	struct node nn;

	page->blank = p->side != SIDE_ANY &&
	    next != (int)p->side - SIDE_OPENING;
	page->state = (uint8_t)((next ^ page->blank) * NSHORT + sh);
	page->cost = a->cost + page->page_cost;
	page->from = from;
	best = &states[page->state];
	if ((*best != NO_NODE && fd->nodes.v[*best].cost <= page->cost) ||
	    is_beaten(fd, states, page->state, page))
		return;
	nn = float_pages(fd, *page, p);
	if (*best == NO_NODE) {
		*best = (int32_t)fd->nodes.n;
		VEC_PUSH(&fd->nodes);
	}
	fd->nodes.v[*best] = nn;
	least = &fd->least[p->next * 2 + nn.state / NSHORT];
	if (*least == NO_NODE || nn.cost < fd->nodes.v[*least].cost)
		*least = *best;
}

static void
consider(struct finder *fd, const struct start *s, const struct fill *filled,
    const struct page_end *p)
{
	struct layout *l = fd->l;
	struct fill f = *filled;
	struct node nn = {.start = (uint32_t)p->next, .end = (uint32_t)p->end,
	    .floats = s->floats + p->nfloats, .nfloats = p->nfloats,
	    .opener = p->opener};
	int64_t own, late = 0;
	uint32_t pages;
	int lines, sh;

	if (p->next > fd->n)
		return;
	fill_note(&f);
	if (!floats_arrange(l, s->floats, p->nfloats, s->box, p->end,
	    &nn.nhead, &own) || notes_clash(l, &f, s->floats + nn.nhead,
	    p->nfloats - nn.nhead))
		return;
	lines = lines_short(&f);
	pages = floats_after(l, s->floats + p->nfloats, p, &late);
	sh = pages > 0 ? 0 : MIN(lines, NSHORT - 1);
	own += late + page_cost(l, fd->nodes.v[s->v[0]].from == NO_NODE, &f,
	    p, lines);
	nn.carry = f.split;
	nn.filled = f.y;
	nn.forced = p->forced || pages > 0;
	for (int i = 0; i < s->n; i++) {
		nn.page_cost = own + (p->forced ? 0 : facing_cost(l,
		    &fd->nodes.v[s->v[i]], lines));
		consider_one(fd, s->v[i], p, &nn, sh, pages & 1);
	}
}

/*
 * Pages of nothing but a long note, or its rest, until a line of text fits
 * again. They are no choice, so they are nodes of the path alone: as states
 * they would lose to the cheaper node that has all of the note before it.
 */
static int32_t
notes_only(struct finder *fd, int32_t from, size_t i)
{
	struct layout *l = fd->l;

	for (;;) {
		struct node n = fd->nodes.v[from];
		struct fill f;

		fill_start(&f, l, i < fd->n ? &l->flow.v[i] : NULL, &n.carry,
		    0, 0);
		if (f.notes == 0 || (f.notes <= l->height && (i == fd->n ||
		    f.notes + f.y + l->flow.v[i].height <= l->height)))
			return from;
		if (f.notes > l->height)
			carry_fits(&f);
		n.from = from;
		n.start = n.end = (uint32_t)i;
		n.carry = f.split;
		n.nfloats = n.nhead = 0;
		n.filled = 0;
		n.page_cost = l->st->breaks.split_note;
		n.cost += n.page_cost;
		n.state = (uint8_t)((n.state / NSHORT ^ 1) * NSHORT);
		n.blank = n.opener = false;
		n.forced = true;
		from = (int32_t)fd->nodes.n;
		*VEC_PUSH(&fd->nodes) = n;
	}
}

/* What is left of a note after the last box. */
static int32_t
rest_at_end(struct finder *fd, int32_t k)
{
	struct node n;

	k = notes_only(fd, k, fd->n);
	n = fd->nodes.v[k];
	if (n.carry.n == 0)
		return k;
	n.from = k;
	n.start = n.end = (uint32_t)fd->n;
	n.carry = (struct carry){0};
	n.nfloats = n.nhead = 0;
	n.filled = 0;
	*VEC_PUSH(&fd->nodes) = n;
	return (int32_t)fd->nodes.n - 1;
}

/* Nothing but unbreakable boxes: break where the page is full. */
static void
break_anywhere(struct finder *fd, const struct start *s)
{
	struct layout *l = fd->l;
	size_t k = s->box;
	struct fill f;

	fill_start(&f, l, &l->flow.v[k], &s->carry, 0, 0);
	while (k < fd->n && l->flow.v[k].kind != BOX_FORCE &&
	    (l->flow.v[k].cols == NULL || l->flow.v[k].kind == BOX_GAP) &&
	    fill_add(&f, &l->flow.v[k]) >= 0)
		k++;
	k = MAX(k, (size_t)s->box + 1);
	consider(fd, s, &f, &(struct page_end){.end = k, .next = k,
	    .extra = l->st->breaks.heading_foot});
}

/* The strips that may begin with box i on a page so filled. */
static void
find_strips(struct finder *fd, const struct fill *f, size_t i)
{
	const struct fill *g = &fd->strips.f;

	if (fd->strips.at == i && g->y == f->y && g->pending == f->pending &&
	    g->height == f->height && g->notes == f->notes &&
	    g->any == f->any && g->floats == f->floats && g->split.n == 0 &&
	    f->split.n == 0)
		return;
	fd->strips.at = i;
	fd->strips.f = *f;
	fd->strips.fits = strip_whole(f, i, &fd->strips.whole);
	fd->strips.n = strip_ends(f, i, fd->strips.ends);
}

/*
 * Pages that end in the columns that box i begins or goes on with. Returns
 * whether the page holds all the rest of them: then `f` and `p` have it.
 */
static bool
pages_in_columns(struct finder *fd, const struct start *from, size_t *i,
    struct fill *f, struct page_end *p, bool greedy, bool *found)
{
	const struct strip *s = NULL;
	size_t end = *i;
	int64_t before = p->before;

	find_strips(fd, f, *i);
	for (int k = 0; k < fd->strips.n; k++) {
		struct fill g = *f;

		s = &fd->strips.ends[k];
		strip_add(&g, s);
		*found = true;
		end = MAX(end, s->end);
		if (!greedy)
			consider(fd, from, &g, &(struct page_end){.end =
			    s->end, .next = s->end, .nfloats = p->nfloats,
			    .extra = before + s->cost});
	}
	if (fd->strips.fits) {
		strip_add(f, &fd->strips.whole);
		p->before += fd->strips.whole.cost;
		*i = fd->strips.whole.end - 1;
		return true;
	}
	/* The longest of them is what the greedy way takes. */
	for (int k = 0; greedy && k < fd->strips.n; k++) {
		s = &fd->strips.ends[k];
		if (s->end != end)
			continue;
		strip_add(f, s);
		p->end = p->next = end;
		p->extra = before + s->cost;
	}
	*i = end;
	return false;
}

/*
 * All pages that may begin at some nodes, with box `i`, and hold the next
 * `nfloats` floats. Returns the box that none of them reaches.
 */
static size_t
pages_from(struct finder *fd, const struct start *from, size_t i,
    uint32_t nfloats)
{
	struct layout *l = fd->l;
	bool found = false, greedy = l->job->greedy_pages;
	struct page_end p = {.nfloats = nfloats};
	struct fill f, at_last = {0};

	fill_start(&f, l, i < fd->n ? &l->flow.v[i] : NULL, &from->carry,
	    from->floats, nfloats);
	for (; i < fd->n; i++) {
		const struct box *b = &l->flow.v[i];

		if (b->kind == BOX_FORCE) {
			consider(fd, from, &f, &(struct page_end){.end = i,
			    .next = i + 1, .nfloats = nfloats, .forced = true,
			    .extra = p.before, .side = b->side, .opener = b->opener});
			return i;
		}
		if (b->cols != NULL && b->kind != BOX_GAP) {
			if (!pages_in_columns(fd, from, &i, &f, &p, greedy,
			    &found)) {
				at_last = f;
				break;
			}
			b = &l->flow.v[i];
		} else if (fill_add(&f, b) < 0) {
			break;
		}
		if (b->kind == BOX_GAP ||
		    (b->cost_after == NEVER && !(f.over > 0)))
			continue;
		found = true;
		p.end = p.next = i + 1;
		p.extra = p.before + (b->cost_after == NEVER ? 0 :
		    b->cost_after);
		at_last = f;
		if (!greedy && i + 1 < fd->n)
			consider(fd, from, &f, &p);
		if (f.over > 0)
			break;
	}
	if (i >= fd->n)
		consider(fd, from, &f, &(struct page_end){.end = fd->n,
		    .next = fd->n, .nfloats = nfloats, .forced = true,
		    .extra = p.before});
	else if (!found && nfloats == 0)
		break_anywhere(fd, from);
	else if (found && greedy)
		consider(fd, from, &at_last, &p);
	return i;
}

/* All pages that may begin at some nodes. */
static void
extend(struct finder *fd, const struct start *s, size_t i)
{
	struct layout *l = fd->l;
	size_t reach = pages_from(fd, s, i, 0), k = s->floats;

	/* With floats that are named on the page or before, as many as leave
	 * some of it to the text. */
	for (uint32_t n = 1; k + n <= l->floats.n &&
	    l->floats.v[k + n - 1].anchor <= reach &&
	    !l->floats.v[k + n - 1].alone &&
	    floats_room(l, k, n) <= FLOATS_MOST(l); n++)
		pages_from(fd, s, i, n);
}

/* All pages that may begin with box `start`. */
static void
extend_all(struct finder *fd, size_t start)
{
	const int32_t *best = &fd->best[start * NSTATES];
	struct start alike = {.n = 0};
	size_t i = box_from(fd->l, start);

	for (int s = 0; s < NSTATES; s++) {
		int32_t k = best[s];
		struct start one;

		if (k == NO_NODE || is_beaten(fd, best, s, &fd->nodes.v[k]))
			continue;
		k = notes_only(fd, k, i);
		one = (struct start){.v = {k}, .n = 1,
		    .floats = fd->nodes.v[k].floats,
		    .box = fd->nodes.v[k].start, .carry = fd->nodes.v[k].carry};
		if (one.carry.n > 0 || (alike.n > 0 && (one.floats !=
		    alike.floats || one.box != alike.box)))
			extend(fd, &one, i);
		else if (alike.n == 0)
			alike = one;
		else
			alike.v[alike.n++] = k;
	}
	if (alike.n > 0)
		extend(fd, &alike, i);
}

static void
tell(struct layout *l, const struct page_break *b, const struct fill *f,
    size_t page)
{
	const struct box *last = NULL;
	struct diag_msg *m;

	for (size_t i = b->end; i-- > b->start;)
		if (l->flow.v[i].kind != BOX_GAP) {
			last = &l->flow.v[i];
			break;
		}
	if (f->over > 0 && b->end > b->start) {
		const struct box *bx = &l->flow.v[b->start];
		char by[24];

		m = diag_add(l->dg, bx->node != NULL ? bx->node->pos : NOPOS,
		    LAY_PAGE_OVER, "a block", sp_str(f->over, by));
		m->page = (int)page;
	}
	if (last == NULL || b->end >= l->flow.n ||
	    l->flow.v[b->end].kind == BOX_FORCE || last->piece == NULL)
		return;
	if (last->level > 0) {
		m = diag_add(l->dg, last->node != NULL ? last->node->pos :
		    NOPOS, LAY_HEADING_FOOT, 0);
		m->page = (int)page;
	} else if (!last->last_of_block) {
		int above = (int)last->line + 1;
		int below = (int)last->piece->para.lines->n - above;
		struct pos pos = NOPOS;

		/* A place is counted out: only for who has something to say. */
		if (above < l->st->breaks.orphan_lines ||
		    below < l->st->breaks.widow_lines)
			pos = piece_place((void *)(uintptr_t)last->piece,
			    last->piece->para.lines->v[last->line].text);
		if (above < l->st->breaks.orphan_lines) {
			m = diag_add(l->dg, pos, LAY_ORPHAN, above,
			    l->st->breaks.orphan_lines);
			m->page = (int)page;
		}
		if (below < l->st->breaks.widow_lines) {
			m = diag_add(l->dg, pos, LAY_WIDOW, below,
			    l->st->breaks.widow_lines);
			m->page = (int)page + 1;
		}
	}
}

void
breaks_find(struct layout *l)
{
	struct finder fd = {.l = l, .n = l->flow.n, .strips.at = SIZE_MAX};
	int32_t end = NO_NODE;
	struct { int32_t *v; size_t n, cap; } path = {0};

	/* Space at the very end would make a page of nothing. */
	while (fd.n > 0 && (l->flow.v[fd.n - 1].kind == BOX_GAP ||
	    l->flow.v[fd.n - 1].kind == BOX_FORCE))
		fd.n--;
	l->flow.n = fd.n;
	l->nbreaks = 0;
	if (fd.n == 0 && l->floats.n > 0) {
		flow_box(l, BOX_ITEMS);		/* nothing but floats */
		fd.n = 1;
	}
	if (fd.n == 0)
		return;
	for (size_t i = 0; i < l->floats.n; i++)
		l->floats.v[i].anchor = MIN(l->floats.v[i].anchor, fd.n);
	fd.best = xmalloc((fd.n + 1) * NSTATES * sizeof(*fd.best));
	fd.least = xmalloc((fd.n + 1) * 2 * sizeof(*fd.least));
	for (size_t i = 0; i < (fd.n + 1) * NSTATES; i++)
		fd.best[i] = NO_NODE;
	for (size_t i = 0; i < (fd.n + 1) * 2; i++)
		fd.least[i] = NO_NODE;
	*VEC_PUSH(&fd.nodes) = (struct node){.from = NO_NODE, .opener = true};
	fd.best[0] = 0;
	for (size_t i = 0; i < fd.n; i++)
		extend_all(&fd, i);
	for (int s = 0; s < NSTATES; s++) {
		int32_t k = fd.best[fd.n * NSTATES + (size_t)s];

		if (k == NO_NODE)
			continue;
		k = rest_at_end(&fd, k);
		if (end == NO_NODE ||
		    fd.nodes.v[k].cost < fd.nodes.v[end].cost)
			end = k;
	}
	for (int32_t k = end; k != NO_NODE && fd.nodes.v[k].from != NO_NODE;
	    k = fd.nodes.v[k].from)
		*VEC_PUSH(&path) = k;
	l->breaks = ARENA_ARRAY(l->a, struct page_break, path.n + 1);
	l->book->cost = end != NO_NODE ? fd.nodes.v[end].cost : 0;
	for (size_t i = path.n; i-- > 0;) {
		const struct node *nn = &fd.nodes.v[path.v[i]];
		const struct node *from = &fd.nodes.v[nn->from];
		struct page_break *b = &l->breaks[l->nbreaks++];

		*b = (struct page_break){.start = from->start, .end = nn->end,
		    .blank = nn->blank, .opener = from->opener,
		    .filled = nn->filled, .cost = nn->page_cost,
		    .carry = from->carry, .split = nn->carry,
		    .floats = nn->floats - nn->nfloats,
		    .nfloats = nn->nfloats, .nhead = nn->nhead};
	}
	free(path.v);
	free(fd.best);
	free(fd.least);
	free(fd.nodes.v);
}

/* Notes that no page holds whole, on the page where they begin. */
static void
tell_notes(struct layout *l, size_t i, size_t page)
{
	const struct page_break *b = &l->breaks[i];

	for (size_t k = b->start; k < b->end; k++)
		for (uint32_t j = 0; j < l->flow.v[k].nnotes; j++) {
			const struct note_flow *n = l->flow.v[k].notes[j];
			size_t to = i;
			struct diag_msg *m;

			if (n->height <= l->height - l->st->notes.gap)
				continue;
			while (to + 1 < l->nbreaks &&
			    l->breaks[to + 1].carry.n > 0 &&
			    l->breaks[to + 1].carry.v[0] == n)
				to++;
			m = diag_add(l->dg, n->node->pos, LAY_LONG_NOTE,
			    n->node->text, (int)(to - i) + 1);
			m->page = (int)page;
		}
}

void
breaks_tell(struct layout *l)
{
	struct places at = {0};
	size_t page = 0;

	for (size_t i = 0; i < l->nbreaks; i++) {
		const struct page_break *b = &l->breaks[i];

		page++;
		place_page(l, b, &at);
		tell(l, b, &at.f, page);
		tell_notes(l, i, page);
		page += b->blank;
	}
	places_free(&at);
}
