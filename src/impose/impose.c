/*
 * Pages into the cells of sheets.
 *
 * A leaf is two cells back to back. In a folded section the leaves further
 * in are pushed outwards by the paper they lie in: by the thickness of a
 * sheet for every leaf outside them. Trimming cuts that off, so there the
 * pages are moved towards the spine beforehand by
 *
 *	(leaves outside) * caliper * creep
 *
 * which for sheet k of a saddle-stitched book is the formula (k - 1) t q.
 * The paper is what it is, so creep is not scaled with the pages.
 *
 * Sides are made as the reader sees them, the back upright behind the
 * front. Only then is a back turned by half if the printer will turn the
 * sheet about the other axis: pages, marks and labels alike.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "impose/internal.h"

/* More sheets than that and no office stapler goes through: about 2.5 mm. */
#define THICK MM(2.5)

struct maker {
	const struct impose_job *job;
	struct impose *p;
	struct grid g;
	const uint32_t *order;
	struct section *sections;
	struct marker *marker;
	bool turn_backs;
};

/* --------------------------------------------------------------- placing */

/* How far page content reaches over its trim towards a neighbour. */
static sp
reach(const struct maker *m, int i, int n, int step, sp gap)
{
	sp bleed = sp_clamp(muldiv(m->p->o.bleed, m->g.scale, 1000000));

	if (i + step < 0 || i + step >= n)
		return bleed;
	return MIN(bleed, gap / 2);
}

/* What of a page may print: its bleed, but nothing beyond its spine's fold
 * or the middle of a cut. `shift` is how far it was moved. */
static struct impose_box
clip_of(const struct maker *m, int col, int row, sp x, sp shift)
{
	const struct grid *g = &m->g;
	const struct impose_options *o = &m->p->o;
	bool spine_right = impose_is_spine(o, col);
	bool spine_left = impose_folds(o->method) && !spine_right;
	sp left = x + shift - (spine_left ? 0 : reach(m, col, g->cols, -1,
	    g->cut_x));
	sp right = x + shift + g->w + (spine_right ? 0 : reach(m, col,
	    g->cols, 1, g->cut_x));
	sp top = g->y[row] - reach(m, row, g->rows, -1, g->cut_y);
	sp foot = g->y[row] + g->h + reach(m, row, g->rows, 1, g->cut_y);

	if (spine_left)
		left = x - g->spine / 2;
	if (spine_right)
		right = x + g->w + g->spine / 2;
	left = MAX(left, 0);
	top = MAX(top, 0);
	right = MIN(right, g->sheet_w);
	foot = MIN(foot, g->sheet_h);
	return (struct impose_box){left, top, right - left, foot - top};
}

/* The page of a cell; false if it is blank. */
static bool
place(const struct maker *m, const struct section *s, size_t sheet, bool back,
    int col, int row, struct impose_placement *out)
{
	const struct grid *g = &m->g;
	const struct impose_options *o = &m->p->o;
	bool turned;
	size_t at = impose_cell(o, m->p->right_bound, s, sheet, back, g->cols,
	    g->rows, col, row, &turned);
	/* Columns of the back lie behind those of the front. */
	sp x = back ? g->sheet_w - g->x[g->cols - 1 - col] - g->w : g->x[col];
	sp shift = 0;

	if (s->first + at > m->p->nplaces ||
	    m->order[s->first + at - 1] == IMPOSE_BLANK)
		return false;
	if (impose_folds(o->method)) {
		shift = sp_clamp(muldiv((int64_t)impose_depth(s, at) *
		    o->caliper, o->creep, 1000));
		if (!impose_is_spine(o, col))
			shift = -shift;
	}
	*out = (struct impose_placement){.page = m->order[s->first + at - 1],
	    .a = g->scale, .d = g->scale, .e = x + shift, .f = g->y[row],
	    .clip = clip_of(m, col, row, x, shift)};
	if (turned) {
		out->a = out->d = -g->scale;
		out->e += g->w;
		out->f += g->h;
	}
	return true;
}

/* ----------------------------------------------------------------- sides */

static void
turn_box(const struct grid *g, struct impose_box *b)
{
	if (b->w == 0)
		return;
	b->x = g->sheet_w - b->x - b->w;
	b->y = g->sheet_h - b->y - b->h;
}

static void
turn_item(const struct grid *g, struct page_item *it)
{
	if (it->kind == PAGE_RECT) {
		it->x += it->u.rect.w;
		it->y += it->u.rect.h;
	} else {
		it->turn = (it->turn + 2) & 3;
	}
	it->x = g->sheet_w - it->x;
	it->y = g->sheet_h - it->y;
}

static void
turn_side(const struct grid *g, struct impose_sheet *side,
    struct impose_placement *v, struct page_item *items)
{
	size_t i;

	for (i = 0; i < side->nplacements; i++) {
		v[i].a = -v[i].a;
		v[i].d = -v[i].d;
		v[i].e = g->sheet_w - v[i].e;
		v[i].f = g->sheet_h - v[i].f;
		turn_box(g, &v[i].clip);
	}
	for (i = 0; i < side->nitems; i++)
		turn_item(g, &items[i]);
	turn_box(g, &side->trim);
	turn_box(g, &side->bleed);
}

static struct impose_sheet
make_side(struct maker *m, const struct section *s, size_t sheet,
    const struct side_info *info)
{
	const struct grid *g = &m->g;
	struct impose_sheet side = {.width = g->sheet_w, .height = g->sheet_h,
	    .trim = impose_trim(g)};
	struct impose_placement *v = ARENA_ARRAY(&m->p->arena,
	    struct impose_placement, (size_t)(g->cols * g->rows));
	sp bleed = sp_clamp(muldiv(m->p->o.bleed, g->scale, 1000000)), dx, dy;
	struct page_item *items;
	int row, i, last = m->p->right_bound ? g->cols - 1 : 0;

	/* In the order of reading, as far as a side has one: text is then
	 * extracted so. */
	for (row = 0; row < g->rows; row++)
		for (i = 0; i < g->cols; i++)
			if (place(m, s, sheet, info->back, abs(last - i), row,
			    &v[side.nplacements]))
				side.nplacements++;
	side.placements = v;
	side.items = items = impose_mark(m->marker, info, &side.nitems);
	dx = MIN(bleed, side.trim.x);
	dy = MIN(bleed, side.trim.y);
	side.trim.x = MAX(side.trim.x, 0);	/* SLACK over the edge */
	side.trim.y = MAX(side.trim.y, 0);
	side.trim.w = MIN(side.trim.w, g->sheet_w);
	side.trim.h = MIN(side.trim.h, g->sheet_h);
	dx = MAX(dx, 0);
	dy = MAX(dy, 0);
	side.bleed = (struct impose_box){side.trim.x - dx, side.trim.y - dy,
	    side.trim.w + 2 * dx, side.trim.h + 2 * dy};
	if (info->back && m->turn_backs)
		turn_side(g, &side, v, items);
	return side;
}

/*
 * Where the sides of sheet `i` go. A pile of fronts is printed on again from
 * its top sheet. Come out face up it is turned over first, which brings the
 * first sheet to the top; face down it goes back as it lies, with the last
 * one on top.
 */
static size_t
index_of(const struct impose *p, size_t i, bool back)
{
	if (!p->o.separate)
		return 2 * i + back;
	if (!back)
		return i;
	return p->nsheets + (p->o.face_up ? i : p->nsheets - 1 - i);
}

static void
make_sides(struct maker *m)
{
	struct impose *p = m->p;
	size_t i, k, sheet = 0;
	int back;

	p->sides = ARENA_ARRAY(&p->arena, struct impose_sheet,
	    2 * p->nsheets + 1);
	for (i = 0; i < p->nsections; i++)
		for (k = 0; k < m->sections[i].nsheets; k++, sheet++)
			for (back = 0; back < 2; back++) {
				struct side_info info = {.sheet = sheet,
				    .nsheets = p->nsheets, .section = i,
				    .nsections = p->nsections, .back = back,
				    .outermost = k == 0 && !back};

				p->sides[index_of(p, sheet, back)] = make_side(
				    m, &m->sections[i], k, &info);
			}
}

/* ------------------------------------------------------------------ book */

static bool
is_right_bound(const struct impose_job *job)
{
	const char *binding = job->style != NULL &&
	    job->style->page.binding != NULL ? job->style->page.binding :
	    "auto";

	if (job->o.binding != IMPOSE_BIND_AUTO)
		return job->o.binding == IMPOSE_BIND_RIGHT;
	if (strcmp(binding, "auto") != 0)
		return strcmp(binding, "right") == 0;
	return job->book->level == 1;
}

static bool
is_of_cover(const struct doc_node *n)
{
	for (; n != NULL; n = n->parent)
		if (doc_has_class(n, "back-cover"))
			return true;
	return false;
}

/* What an item of a page comes from; NULL: nothing that the author wrote. */
static const struct doc_node *
node_of(const struct page_book *book, const struct page_item *it)
{
	int32_t e = it->elem;

	if (it->kind == PAGE_TEXT && it->u.text.para->node != NULL)
		return it->u.text.para->node;
	while (e >= 0 && book->elems != NULL && book->elems[e].node == NULL)
		e = book->elems[e].parent;
	return e > 0 && book->elems != NULL ? book->elems[e].node : NULL;
}

/*
 * Does the last page show a `.back-cover`? A picture without words comes
 * from nowhere; it is the cover if that ends the book and nothing else stands
 * on the page.
 */
static bool
has_back_cover(const struct page_book *book)
{
	const struct doc_node *root = book->nelems > 0 ? book->elems[0].node :
	    NULL;
	const struct page *last;
	bool other = false;

	if (book->npages == 0)
		return false;
	last = &book->pages[book->npages - 1];
	for (size_t i = 0; i < last->nitems; i++) {
		const struct doc_node *n = node_of(book, &last->items[i]);

		if (is_of_cover(n))
			return true;
		other |= n != NULL;
	}
	return !other && last->nitems > 0 && root != NULL &&
	    is_of_cover(root->last);
}

static void
tell_thick(const struct impose *p, struct diag *dg)
{
	sp64 pile = (sp64)p->nsheets * p->o.caliper;
	struct arena a = {0};

	if (p->o.method == IMPOSE_SADDLE && pile > THICK)
		diag_add(dg, p->o.pos, IMP_THICK, p->nsheets,
		    impose_mm(&a, sp_clamp(pile)));
	arena_free(&a);
}

struct impose *
impose_sheets(const struct impose_job *job)
{
	struct impose *p = xcalloc(1, sizeof(*p));
	struct maker m = {.job = job, .p = p};
	size_t i;

	p->o = job->o;
	p->npages = job->book->npages;
	p->right_bound = is_right_bound(job);
	/* Pages side by side have no cover to be the back of. */
	p->o.back_cover = impose_folds(p->o.method) &&
	    (p->o.back_cover || has_back_cover(job->book));
	p->nplaces = impose_nplaces(&p->o, p->npages);
	m.order = impose_order(&p->arena, p->npages, p->nplaces,
	    p->o.back_cover);
	m.sections = impose_sections(&p->arena, &p->o, p->nplaces,
	    &p->nsections);
	for (i = 0; i < p->nsections; i++)
		p->nsheets += m.sections[i].nsheets;
	impose_grid(&m.g, &p->o, job->dg, job->book, p->nsections);
	p->scale = m.g.scale;
	p->width = m.g.sheet_w;
	p->height = m.g.sheet_h;
	p->o.edge = impose_edge(&p->o, p->width, p->height);
	m.turn_backs = impose_turns_backs(&p->o, p->width, p->height);
	tell_thick(p, job->dg);
	if (p->nsheets > 0) {
		m.marker = impose_marker_open(job, p, &m.g);
		make_sides(&m);
		impose_marker_close(m.marker);
	}
	impose_ticket(p, &m.g, job->book, m.order);
	return p;
}

void
impose_free(struct impose *p)
{
	if (p == NULL)
		return;
	arena_free(&p->arena);
	free(p);
}
