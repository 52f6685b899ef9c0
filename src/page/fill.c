/*
 * Filling one page with boxes and the notes they call, as breaks.c tries
 * pages and place.c prints them.
 */
#include <string.h>

#include "page/fill.h"

sp
snap(sp y, sp grid)
{
	sp r = y % grid;

	return r == 0 ? y : y + grid - r;
}

/* Notes called in a float, with the space above the first of a page. */
static sp
float_notes(const struct layout *l, const struct float_flow *fl, bool first)
{
	sp h = 0;

	for (uint32_t i = 0; i < fl->nboxes; i++)
		for (uint32_t k = 0; k < fl->boxes[i].nnotes; k++)
			h += fl->boxes[i].notes[k]->height;
	return h > 0 && first ? h + l->st->notes.gap : h;
}

void
fill_start(struct fill *f, const struct layout *l, const struct box *first,
    const struct carry *carry, size_t floats, uint32_t nfloats)
{
	memset(f, 0, sizeof(*f));
	f->l = l;
	f->floats = nfloats > 0;
	f->height = MAX(l->height - floats_room(l, floats, nfloats), 0);
	f->carry = *carry;
	if (carry->n > 0) {
		f->notes = l->st->notes.gap;
		f->notes += carry_height(carry);
	}
	for (uint32_t i = 0; i < nfloats; i++)
		f->notes += float_notes(l, &l->floats.v[floats + i],
		    f->notes == 0);
	if (first != NULL && first->cols == NULL)
		for (uint32_t i = 0; i < first->nrepeat; i++)
			f->y += first->repeat[i].height;
}

sp
carry_height(const struct carry *c)
{
	sp h = 0;

	for (uint32_t k = 0; k < c->n; k++)
		for (uint32_t i = k == 0 ? c->line : 0; i < c->v[k]->nboxes;
		    i++)
			h += c->v[k]->boxes[i].height;
	return h;
}

/*
 * Of a box's notes what `room` holds besides `notes`, which grows; the rest
 * is returned. The last note may go on overleaf where one line of it is let
 * in here: fill_note() adds as many more as there is room for in the end.
 * A box that stands first on its page may leave over as many notes as it
 * must, since no other page would hold them either.
 */
struct carry
fit_notes(const struct fill *f, const struct box *b, sp room, sp *notes)
{
	struct carry rest = {0};

	if (*notes == 0 && b->nnotes > 0)
		*notes = f->l->st->notes.gap;
	for (uint32_t i = 0; i < b->nnotes; i++) {
		const struct note_flow *n = b->notes[i];
		bool line = n->nboxes > 1 &&
		    *notes + n->boxes[0].height <= room;

		if (*notes + n->height <= room) {
			*notes += n->height;
			continue;
		}
		if (f->any && (!line || i + 1 < b->nnotes)) {
			*notes += n->height;
			break;
		}
		rest.v = b->notes + i;
		rest.n = b->nnotes - i;
		rest.line = line;
		*notes += line ? n->boxes[0].height : 0;
		break;
	}
	return rest;
}

/* Lay as much of what is left over on the page as `room` holds. */
static sp
take_rest(struct carry *c, sp h, sp room)
{
	while (c->n > 0) {
		if (c->line >= c->v[0]->nboxes) {
			c->v++;
			c->n--;
			c->line = 0;
			continue;
		}
		if (h + c->v[0]->boxes[c->line].height > room)
			break;
		h += c->v[0]->boxes[c->line++].height;
	}
	return h;
}

/*
 * Put a box on the page. Returns its top, or -1 if it does not fit; then
 * nothing has changed.
 */
sp
fill_add(struct fill *f, const struct box *b)
{
	const struct layout *l = f->l;
	sp top, notes = f->notes, room;
	struct carry rest;

	if (b->kind == BOX_GAP) {
		if (f->any)
			f->pending = MAX(f->pending, b->height);
		return f->y;
	}
	top = f->y + f->pending;
	if (b->grid && l->st->page.grid)
		top = snap(top, l->grid);
	room = f->height - top - b->height;
	if (f->split.n > 0 && b->nnotes > 0)
		return -1;	/* a split note is the page's last */
	rest = fit_notes(f, b, room, &notes);
	if (notes > room && f->any)
		return -1;
	if (notes > room && !f->any && (b->height > f->height ||
	    f->carry.n == 0))
		f->over = MAX(f->over, notes - room);
	else if (notes > room)
		return -1;
	f->y = top + b->height;
	f->pending = 0;
	f->notes = notes;
	f->any = true;
	if (rest.n > 0)
		f->split = rest;
	return top;
}

/* Lines the page is short of full, notes counted. */
int
lines_short(const struct fill *f)
{
	sp room = f->height - f->y - f->notes;

	return room <= 0 ? 0 : (int)(room / f->l->grid);
}

/* As much of a split note as the page still has room for. */
void
fill_note(struct fill *f)
{
	f->notes = take_rest(&f->split, f->notes, f->height - f->y);
}

/* Of notes too long even for a page of their own: what fits. */
void
carry_fits(struct fill *f)
{
	const struct layout *l = f->l;
	struct carry c = f->carry;
	sp h = take_rest(&c, l->st->notes.gap, f->height);

	if (c.n == f->carry.n && c.line == f->carry.line)
		c.line++;	/* a line higher than the page */
	f->notes = MIN(h, f->height);
	f->split = c;
}
