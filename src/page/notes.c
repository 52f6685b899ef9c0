/*
 * Notes: gathered apart from the flow, so that each has boxes of its own
 * which the page that calls it takes in.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "page/layout.h"

/* A note between gathering and expanding. */
struct note {
	struct note_flow flow;
	struct proto *protos;
	size_t nprotos;
	struct piece *label;
	int32_t elem, elem_end;		/* its elements: [elem, elem_end) */
	bool taken;			/* it is printed where it is called first */
	bool told;			/* its element stands behind a block */
};

static const char *
plain_of(struct layout *l, const struct doc_node *n)
{
	struct buf b = {0};
	const char *s;

	doc_plain(n, &b);
	s = arena_strn(l->a, b.n > 0 ? b.p : "", b.n);
	buf_free(&b);
	return s;
}

/* One note's protos, at the end of l->protos. Returns the piece with its
 * number. */
static struct piece *
gather_one(struct layout *l, const struct doc_node *note, int32_t elem)
{
	const struct style_look *look = style_look(l->st, "note");
	const struct style_look *num = style_look(l->st, "note-number");
	struct ctx c = {.look = look, .lang = l->lang, .level = l->level,
	    .measure = l->measure, .elem = elem, .first = true};
	const char *text = plain_of(l, note);
	const char *said = doc_value(note, "dir");
	int dir = said != NULL ? strcmp(said, "rtl") == 0 :
	    text_level(text, strlen(text));
	size_t from = l->protos.n;
	struct piece *label;
	struct style_look *own = arena_dup(l->a, num, sizeof(*own));
	struct ctx lc;

	/* A Latin note reads left to right under the same rule. */
	if (dir >= 0 && dir != c.level) {
		struct lang_letters seen = {0};

		lang_count(&seen, text, strlen(text));
		c.level = dir;
		c.lang = lang_guessed(&seen);
		if (lang_is_rtl(c.lang) != (dir != 0))
			c.lang = dir != 0 ? "fa" : "en";
		if (elem >= 0)
			elem_speaks(l, elem, &c);
	}
	c.start += look->hang > 0 ? look->hang : look->size * 3 / 2;
	lc = c;
	lc.elem = elem >= 0 ? elem_new(l, elem, ROLE_LBL, note) : elem;
	own->align = STYLE_START;
	own->indent_first = 0;
	label = piece_new(l, &lc, NULL, layout_number(l, note_number(l, note)),
	    own, lc.elem);
	label->shape.measure = l->measure;
	label->quiet = true;
	flow_children(l, &c, note);
	for (size_t i = from; i < l->protos.n; i++)
		if (l->protos.v[i].piece != NULL) {
			l->protos.v[i].label = label;
			l->protos.v[i].label_elem = lc.elem;
			l->protos.v[i].id = arena_printf(l->a, "fn-%s",
			    note->text);
			break;
		}
	return label;
}

/* The next mark of a note in what is printed; NULL at its end. A section
 * begins and ends at headings, which the walk meets. */
static const struct doc_node *
next_mark(const struct layout *l, struct doc_walk *w)
{
	const struct doc_node *first = l->job->section, *stop = flow_stop(l);
	const struct doc_node *d;

	if (w->d == NULL) {
		w->d = l->doc;
		while (first != NULL && (d = doc_walk_next(w)) != NULL &&
		    d != first)
			;
	}
	while ((d = doc_walk_next(w)) != NULL && d != stop)
		if (d->kind == DOC_NOTE_REF && d->target != NULL)
			return d;
	return NULL;
}

/* Notes that are called, in the order of their numbers. */
static struct doc_list
called(struct layout *l)
{
	struct doc_list out = {0};
	const struct doc_node *d;
	struct doc_walk w = {0};
	struct map seen = {0};

	while ((d = next_mark(l, &w)) != NULL)
		doc_notes_reached(&seen, d, &out);
	map_free(&seen);
	return out;
}

static int32_t
note_elem(struct layout *l, const struct doc_node *note)
{
	int32_t e = elem_new(l, 0, ROLE_NOTE, note);

	l->elems.v[e].id = arena_printf(l->a, "fn-%s", note->text);
	return e;
}

/*
 * Notes stand at the foot of pages, but who hears the book meets each behind
 * the block that calls it first: paragraph, list, table. Blocks are the parts
 * of sections. A note that a note calls follows that one, so among the notes
 * of a block the numbers go up.
 */
struct place_walk {
	struct place_range {
		int32_t at, end;
		int32_t block;		/* of the notes called in it; -1: ask */
	} *v;
	size_t n, cap;
	int32_t *last;			/* by block: its last note; 0: none */
};

static int32_t
block_of(const struct layout *l, int32_t i)
{
	const struct page_elem *v = l->elems.v;

	while (v[i].parent > 0 && v[v[i].parent].role != ROLE_SECT)
		i = v[i].parent;
	return i;
}

static void
place_behind(struct layout *l, int32_t note, int32_t sibling)
{
	struct page_elem *v = l->elems.v, *e = &v[note], *s = &v[sibling];

	e->parent = s->parent;
	e->next = s->next;
	s->next = note;
	if (v[s->parent].last == sibling)
		v[s->parent].last = note;
}

/* The note that element `i` is the mark of, if none was before it. */
static struct note *
first_called(const struct layout *l, int32_t i)
{
	const struct page_elem *e = &l->elems.v[i];
	struct note *nt;

	if (e->role != ROLE_REFERENCE || e->node == NULL ||
	    e->node->kind != DOC_NOTE_REF)
		return NULL;
	nt = map_get(&l->note_flows, e->node->target->text,
	    e->node->target->len);
	return nt != NULL && !nt->told ? nt : NULL;
}

static void
place_from(struct layout *l, struct place_walk *w, int32_t end)
{
	*VEC_PUSH(w) = (struct place_range){0, end, -1};
	while (w->n > 0) {
		int32_t i = w->v[w->n - 1].at, block = w->v[w->n - 1].block;
		struct note *nt;

		if (i == w->v[w->n - 1].end) {
			w->n--;
			continue;
		}
		w->v[w->n - 1].at++;
		if ((nt = first_called(l, i)) == NULL)
			continue;
		if (block < 0)
			block = block_of(l, i);
		place_behind(l, nt->elem, w->last[block] > 0 ?
		    w->last[block] : block);
		w->last[block] = nt->elem;
		nt->told = true;
		*VEC_PUSH(w) = (struct place_range){nt->elem, nt->elem_end,
		    block};
	}
}

/* Notes were gathered as the last parts of the book, from element `from` on:
 * those whose marks are no elements stay there. */
static void
place_elems(struct layout *l, const struct doc_list *all, int32_t before,
    int32_t from)
{
	struct place_walk w = {.last = xcalloc(l->elems.n, sizeof(*w.last))};

	if (before >= 0)
		l->elems.v[before].next = -1;
	else
		l->elems.v[0].first = -1;
	l->elems.v[0].last = before;
	place_from(l, &w, from);
	for (size_t i = 0; i < all->n; i++) {
		const struct note *nt = map_get(&l->note_flows, all->v[i]->text,
		    all->v[i]->len);

		if (!nt->told)
			elem_link(l, 0, nt->elem);
	}
	free(w.last);
	free(w.v);
}

void
notes_gather(struct layout *l)
{
	int32_t elems = (int32_t)l->elems.n, before;
	struct doc_list all;

	if (strcmp(l->st->notes.place, "page") != 0)
		return;
	all = called(l);
	before = l->elems.v[0].last;
	for (size_t i = 0; i < all.n; i++) {
		const struct doc_node *n = all.v[i];
		struct note *nt = ARENA_NEW(l->a, struct note);
		size_t from = l->protos.n;

		*map_put(&l->note_flows, n->text, n->len) = nt;
		nt->flow.node = n;
		nt->elem = note_elem(l, n);
		nt->label = gather_one(l, n, nt->elem);
		nt->elem_end = (int32_t)l->elems.n;
		nt->nprotos = l->protos.n - from;
		nt->protos = arena_dup(l->a, l->protos.v + from, nt->nprotos *
		    sizeof(*nt->protos));
		l->protos.n = from;
	}
	place_elems(l, &all, before, elems);
	free(all.v);
}

/* A note's boxes; the notes it calls come to `inner`. */
static void
expand_note(struct layout *l, struct note *nt, struct note_list *inner)
{
	size_t from = l->flow.n;
	int due = l->lines_due;

	l->lines_due = 0;
	l->calling = inner;
	for (size_t i = 0; i < nt->nprotos; i++)
		expand_proto(l, &nt->protos[i]);
	l->calling = NULL;
	l->lines_due = due;
	nt->flow.boxes = ARENA_ARRAY(l->a, struct box, l->flow.n - from + 1);
	for (size_t i = from; i < l->flow.n; i++) {
		const struct box *b = &l->flow.v[i];

		if (b->kind != BOX_LINE && b->kind != BOX_ITEMS)
			continue;
		nt->flow.boxes[nt->flow.nboxes++] = *b;
		nt->flow.height += b->height;
	}
	l->flow.n = from;
}

void
notes_forget_boxes(struct layout *l)
{
	struct note *nt;

	for (size_t i = 0; (nt = map_next(&l->note_flows, &i)) != NULL;) {
		nt->taken = false;
		nt->flow = (struct note_flow){.node = nt->flow.node};
	}
}

/*
 * The note a mark calls, and after it those that it calls itself: a note's
 * boxes are made when the first line that calls it is. Inside of a note the
 * call is only written down, so that a chain of notes is no recursion.
 */
static void
take(struct layout *l, const struct doc_node *node, struct note_list *out)
{
	struct note *nt = map_get(&l->note_flows, node->text, node->len);
	struct { struct note **v; size_t n, cap; } todo = {0};
	struct note_list inner = {0};

	if (nt == NULL || nt->taken)
		return;
	nt->taken = true;
	if (l->calling != NULL) {
		*VEC_PUSH(l->calling) = &nt->flow;
		return;
	}
	*VEC_PUSH(&todo) = nt;
	while (todo.n > 0) {
		nt = todo.v[--todo.n];
		*VEC_PUSH(out) = &nt->flow;
		inner.n = 0;
		expand_note(l, nt, &inner);
		for (size_t i = inner.n; i-- > 0;)
			*VEC_PUSH(&todo) = map_get(&l->note_flows,
			    inner.v[i]->node->text, inner.v[i]->node->len);
	}
	free(inner.v);
	free(todo.v);
}

void
notes_called(struct layout *l, const struct piece *p, uint32_t from,
    uint32_t to, struct note_list *out)
{
	const struct para_lines *ls = p->para.lines;
	uint32_t first, end;

	if (p->nnotes == 0 || ls == NULL || from >= ls->n)
		return;
	to = MIN(to, ls->n);
	first = from == 0 ? 0 : ls->v[from - 1].text_end;
	end = to == ls->n ? UINT32_MAX : ls->v[to - 1].text_end;
	for (uint32_t i = 0; i < p->nnotes; i++)
		if (p->notes[i].text >= first && p->notes[i].text < end)
			take(l, p->notes[i].note, out);
}

sp
notes_room(struct layout *l, const struct piece *p)
{
	sp64 h = 0;

	for (uint32_t i = 0; i < p->nnotes; i++) {
		const struct doc_node *n = p->notes[i].note;
		const struct note *nt = map_get(&l->note_flows, n->text,
		    n->len);

		for (size_t k = 0; nt != NULL && !nt->taken &&
		    k < nt->nprotos; k++) {
			const struct piece *q = nt->protos[k].piece;

			if (q != NULL && q->para.lines != NULL)
				h += (sp64)q->leading * q->para.lines->n;
		}
	}
	return sp_clamp(h);
}

/*
 * Rows, verses, drawings: the lines that stand in a box say what notes it
 * calls. By index: notes pass through the end of the same list.
 */
void
notes_of_items(struct layout *l, size_t first)
{
	size_t end = l->flow.n;

	for (size_t i = first; i < end; i++) {
		struct note_list list = {0};
		const struct box b = l->flow.v[i];

		if (b.kind != BOX_ITEMS || b.notes != NULL)
			continue;
		for (uint32_t k = 0; k < b.nitems; k++) {
			const struct page_item *it = &b.items[k];

			struct piece *p;

			if (it->kind != PAGE_TEXT)
				continue;
			p = piece_of(it->u.text.para);
			p->placed = true;
			notes_called(l, p, it->u.text.line, it->u.text.line +
			    1, &list);
		}
		if (list.n > 0) {
			l->flow.v[i].notes = arena_dup(l->a, list.v, list.n *
			    sizeof(*list.v));
			l->flow.v[i].nnotes = (uint32_t)list.n;
		}
		free(list.v);
	}
}

static void
parts_of_box(const struct box *b, struct note_parts *out)
{
	for (uint32_t k = 0; k < b->nnotes; k++)
		*VEC_PUSH(out) = (struct note_part){b->notes[k], 0,
		    b->notes[k]->nboxes};
}

static void
parts_of_float(const struct float_flow *f, struct note_parts *out)
{
	for (uint32_t i = 0; i < f->nboxes; i++)
		parts_of_box(&f->boxes[i], out);
}

void
notes_on_page(const struct layout *l, const struct page_break *pb,
    struct note_parts *out)
{
	const struct carry *c = &pb->carry, *s = &pb->split;

	for (uint32_t k = 0; k < c->n; k++)
		*VEC_PUSH(out) = (struct note_part){c->v[k], k == 0 ? c->line :
		    0, c->v[k]->nboxes};
	for (uint32_t i = 0; i < pb->nhead; i++)
		parts_of_float(&l->floats.v[pb->floats + i], out);
	for (size_t i = pb->start; i < pb->end; i++)
		parts_of_box(&l->flow.v[i], out);
	for (uint32_t i = pb->nhead; i < pb->nfloats; i++)
		parts_of_float(&l->floats.v[pb->floats + i], out);
	/* What is left over is the end of what stands here. */
	if (s->n > 0 && out->n >= s->n) {
		out->n -= s->n - 1;
		out->v[out->n - 1].to = s->line;
	}
}

/* --------------------------------------------------------------- numbers */

void
notes_label(struct layout *l, bool now)
{
	const struct note *nt;

	for (size_t i = 0; (nt = map_next(&l->note_flows, &i)) != NULL;) {
		struct piece *p = nt->label;
		const char *number = layout_number(l, note_number(l,
		    nt->flow.node));

		if (!nt->taken || p == NULL || (strlen(number) == p->n &&
		    memcmp(number, p->text, p->n) == 0))
			continue;
		piece_renumber(l, p, 0, p->n, number);
		if (now) {
			piece_now(l, p);
			p->turn = l->keeping->turn;
		}
	}
}

/* A note's number beside its first line, as wide as it is now. */
static void
hang_again(struct layout *l, struct box *b, const struct note *nt)
{
	if (b->kind != BOX_LINE || b->nitems == 0)
		return;
	for (size_t k = 0; k < nt->nprotos; k++)
		if (nt->protos[k].label == nt->label &&
		    nt->protos[k].piece == b->piece)
			hang_label(l, b, &nt->protos[k]);
}

void
notes_hang(struct layout *l)
{
	struct note *nt;

	for (size_t i = 0; (nt = map_next(&l->note_flows, &i)) != NULL;)
		for (uint32_t k = 0; k < nt->flow.nboxes; k++)
			hang_again(l, &nt->flow.boxes[k], nt);
}

/* ---------------------------------------------------- notes at the end */

bool
notes_at_end(const struct layout *l)
{
	struct doc_walk w = {0};

	return strcmp(l->st->notes.place, "end") == 0 &&
	    next_mark(l, &w) != NULL;
}

/* The chapter that a mark stands in; NULL before the first. */
static const struct doc_node *
chapter_of(const struct layout *l, const struct doc_node *mark)
{
	const struct doc_node *n = mark;

	while (n->parent != NULL && n->parent != l->doc->root)
		n = n->parent;
	while (n != NULL && !(n->kind == DOC_HEADING && n->level == l->chapter))
		n = n->prev;
	return n;
}

/* Where numbers begin anew, the chapter's name says whose they are. */
static void
gather_chapter(struct layout *l, struct ctx *c, const struct doc_node *chapter)
{
	struct proto *p;

	c->first = true;
	p = gather_para(l, c, NULL, heading_title(l, chapter), style_look(l->st,
	    "heading-2"), ROLE_H2);
	p->keep_next = true;
	p->level = 2;
}

void
notes_gather_end(struct layout *l, struct ctx *c)
{
	bool named = strcmp(l->st->notes.reset, "chapter") == 0;
	const struct doc_node *now = NULL, *d;
	struct doc_list all = {0};
	struct doc_walk w = {0};
	struct map seen = {0};
	struct ctx in = *c;

	if (!notes_at_end(l))
		return;
	if (l->job->section != NULL)
		handout_heading(l, &in, "notes");
	else
		section_gather(l, &in, NULL, layout_word(l, "notes"),
		    "heading-1", section_id(l, NULL));
	while ((d = next_mark(l, &w)) != NULL) {
		all.n = 0;
		doc_notes_reached(&seen, d, &all);
		if (named && all.n > 0 && chapter_of(l, d) != now) {
			now = chapter_of(l, d);
			gather_chapter(l, &in, now);
		}
		for (size_t i = 0; i < all.n; i++)
			gather_one(l, all.v[i], note_elem(l, all.v[i]));
	}
	map_free(&seen);
	free(all.v);
}

static struct pos
pos_of(const struct layout *l, int32_t elem)
{
	while (elem >= 0 && l->elems.v[elem].node == NULL)
		elem = l->elems.v[elem].parent;
	return elem >= 0 ? l->elems.v[elem].node->pos : NOPOS;
}

void
notes_account(const struct layout *l)
{
	struct map texts = {0};
	const struct page_dest *d;
	size_t i;

	for (i = 0; i < l->dests.n; i++) {
		d = &l->dests.v[i];
		if (strncmp(d->id, "fn-", 3) == 0)
			*map_put(&texts, d->id + 3, strlen(d->id + 3)) =
			    (void *)(uintptr_t)d->id;
	}
	for (i = 0; i < l->dests.n; i++) {
		d = &l->dests.v[i];
		if (strncmp(d->id, "fnref-", 6) == 0 && map_get(&texts, d->id +
		    6, strlen(d->id + 6)) == NULL)
			diag_add(l->dg, pos_of(l, d->elem), LAY_NOTE_LOST,
			    d->id + 6);
	}
	map_free(&texts);
}
