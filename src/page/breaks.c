/*
 * Where pages end.
 *
 * Dynamic programming over the legal breaks of the whole flow, after Plass
 * (Optimal Pagination Techniques for Automatic Typesetting Systems, 1981):
 * a node is a place where a page may begin, together with what the pages
 * after it must know of those before: the page's side, and how many lines
 * short the facing page was. From each node pages of every feasible length
 * are tried, so the work is the number of lines times the lines of a page
 * times a small constant: linear in the book.
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
	/* of the page that ends here: */
	uint32_t end;
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
	size_t n;		/* boxes */
};

/* ----------------------------------------------------------------- costs */

static int64_t
square(int64_t v)
{
	return v * v;
}

static void
consider(struct finder *fd, int32_t from, size_t start,
    const struct fill *filled, size_t end, bool forced, enum side side,
    bool opener, int64_t extra)
{
	struct layout *l = fd->l;
	struct fill whole = *filled, *f = &whole;
	const struct style_breaks *br = &l->st->breaks;
	const struct node *a = &fd->nodes.v[from];
	int parity = a->state / NSHORT;		/* of the page that ends */
	int before = a->state % NSHORT;		/* of the facing page */
	int next = parity ^ 1, sh;
	int64_t cost = extra;
	bool blank = false;
	struct node *nn;
	int32_t *best;

	fill_note(f);
	sh = MIN(lines_short(f), NSHORT - 1);
	if (f->over > 0)
		cost += 10 * br->heading_foot;
	if (!forced) {
		/* The first page of a handout is seen at a glance: what room
		 * must be left is better left on a later one. */
		cost += br->short_page * square(lines_short(f)) *
		    (l->is_handout && a->from == NO_NODE ? 4 : 1);
		/* An odd index stands on the verso, the next one faces it. */
		if (parity == 0 && a->from != NO_NODE && !a->forced)
			cost += br->uneven * square(sh - before);
	} else if (f->y < l->height / 6) {
		cost += br->short_page * 4;	/* a few lost lines */
	}
	/* Notes that are not even begun on the page of their marks weigh
	 * more than one that goes on overleaf. */
	if (f->split.n > 0)
		cost += br->split_note * (f->split.line > 0 ?
		    2 * f->split.n - 1 : 2 * f->split.n);
	if (side != SIDE_ANY && next != (int)side - SIDE_OPENING) {
		blank = true;
		next ^= 1;
	}
	if (start > fd->n)
		return;
	best = &fd->best[start * NSTATES + (size_t)(next * NSHORT + sh)];
	cost += a->cost;
	if (*best != NO_NODE && fd->nodes.v[*best].cost <= cost)
		return;
	if (*best == NO_NODE) {
		*best = (int32_t)fd->nodes.n;
		VEC_PUSH(&fd->nodes);
		a = &fd->nodes.v[from];
	}
	nn = &fd->nodes.v[*best];
	*nn = (struct node){.cost = cost, .from = from,
	    .start = (uint32_t)start, .carry = f->split, .end = (uint32_t)end,
	    .filled = f->y, .page_cost = cost - a->cost,
	    .state = (uint8_t)(next * NSHORT + sh), .blank = blank,
	    .opener = opener, .forced = forced};
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

		fill_start(&f, l, i < fd->n ? &l->flow.v[i] : NULL, &n.carry);
		if (f.notes == 0 || (f.notes <= l->height && (i == fd->n ||
		    f.notes + f.y + l->flow.v[i].height <= l->height)))
			return from;
		if (f.notes > l->height)
			carry_fits(&f);
		n.from = from;
		n.start = n.end = (uint32_t)i;
		n.carry = f.split;
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
	n.filled = 0;
	*VEC_PUSH(&fd->nodes) = n;
	return (int32_t)fd->nodes.n - 1;
}

/* All pages that may begin at a node. */
static void
extend(struct finder *fd, int32_t from)
{
	struct layout *l = fd->l;
	const struct node *a;
	size_t i = fd->nodes.v[from].start, last = 0;
	struct fill f, at_last = {0};
	bool found = false, greedy = l->job->greedy_pages;
	int64_t last_cost = 0;

	while (i < fd->n && l->flow.v[i].kind == BOX_GAP)
		i++;
	from = notes_only(fd, from, i);
	a = &fd->nodes.v[from];
	fill_start(&f, l, i < fd->n ? &l->flow.v[i] : NULL, &a->carry);
	for (; i < fd->n; i++) {
		const struct box *b = &l->flow.v[i];
		int64_t cost;

		if (b->kind == BOX_FORCE) {
			consider(fd, from, i + 1, &f, i, true, b->side,
			    b->opener, 0);
			return;
		}
		if (fill_add(&f, b) < 0)
			break;
		if (b->kind == BOX_GAP)
			continue;
		cost = b->cost_after;
		if (cost == NEVER && !(f.over > 0))
			continue;
		found = true;
		last = i;
		at_last = f;
		last_cost = cost == NEVER ? 0 : cost;
		if (!greedy && i + 1 < fd->n)
			consider(fd, from, i + 1, &f, i + 1, false, SIDE_ANY,
			    false, cost);
		if (f.over > 0)
			break;
	}
	if (i >= fd->n) {
		consider(fd, from, fd->n, &f, fd->n, true, SIDE_ANY, false,
		    0);
		return;
	}
	if (!found) {
		/* Nothing but unbreakable boxes: break where it is full. */
		size_t k = a->start;

		fill_start(&f, l, &l->flow.v[k], &a->carry);
		while (k < fd->n && l->flow.v[k].kind != BOX_FORCE &&
		    fill_add(&f, &l->flow.v[k]) >= 0)
			k++;
		consider(fd, from, MAX(k, (size_t)a->start + 1), &f,
		    MAX(k, (size_t)a->start + 1), false, SIDE_ANY, false,
		    l->st->breaks.heading_foot);
	} else if (greedy) {
		consider(fd, from, last + 1, &at_last, last + 1, false,
		    SIDE_ANY, false, last_cost);
	}
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
	struct finder fd = {.l = l, .n = l->flow.n};
	int32_t end = NO_NODE;
	struct { int32_t *v; size_t n, cap; } path = {0};

	/* Space at the very end would make a page of nothing. */
	while (fd.n > 0 && (l->flow.v[fd.n - 1].kind == BOX_GAP ||
	    l->flow.v[fd.n - 1].kind == BOX_FORCE))
		fd.n--;
	l->flow.n = fd.n;
	l->nbreaks = 0;
	if (fd.n == 0)
		return;
	fd.best = xmalloc((fd.n + 1) * NSTATES * sizeof(*fd.best));
	for (size_t i = 0; i < (fd.n + 1) * NSTATES; i++)
		fd.best[i] = NO_NODE;
	*VEC_PUSH(&fd.nodes) = (struct node){.from = NO_NODE, .opener = true};
	fd.best[0] = 0;
	for (size_t i = 0; i < fd.n; i++)
		for (int s = 0; s < NSTATES; s++)
			if (fd.best[i * NSTATES + (size_t)s] != NO_NODE)
				extend(&fd, fd.best[i * NSTATES + (size_t)s]);
	for (int s = 0; s < NSTATES; s++) {
		int32_t k = fd.best[fd.n * NSTATES + (size_t)s];

		if (k == NO_NODE)
			continue;
		k = rest_at_end(&fd, k);
		if ( (end == NO_NODE ||
		    fd.nodes.v[k].cost < fd.nodes.v[end].cost))
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
		    .carry = from->carry, .split = nn->carry};
	}
	free(path.v);
	free(fd.best);
	free(fd.nodes.v);
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
		page += b->blank;
	}
	free(at.v);
}
