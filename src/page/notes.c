/*
 * Notes: gathered apart from the flow, so that each has boxes of its own
 * which the page that calls it takes in.
 */
#include <stdlib.h>
#include <string.h>

#include "page/layout.h"

/* A note between gathering and expanding. */
struct note {
	struct note_flow flow;
	struct proto *protos;
	size_t nprotos;
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

/* One note's protos, at the end of l->protos. */
static void
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
		c.level = dir;
		c.lang = dir == 0 ? "en" : "fa";
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
}

/* Notes that are called, in the order of their numbers. */
static size_t
called(struct layout *l, const struct doc_node ***out)
{
	const struct doc_node **v = NULL;
	size_t n = 0, cap = 0;

	for (const struct doc_node *d = l->doc->root; d != NULL;
	    d = doc_next(d, l->doc->root)) {
		void **slot;

		if (d->kind != DOC_NOTE_REF || d->target == NULL)
			continue;
		slot = map_put(&l->note_flows, d->target->text,
		    d->target->len);
		if (*slot != NULL)
			continue;
		*slot = ARENA_NEW(l->a, struct note);
		vec_grow((void **)&v, &cap, n + 1, sizeof(*v));
		v[n++] = d->target;
	}
	*out = v;
	return n;
}

static int32_t
note_elem(struct layout *l, const struct doc_node *note)
{
	int32_t e = elem_new(l, 0, ROLE_NOTE, note);

	l->elems.v[e].id = arena_printf(l->a, "fn-%s", note->text);
	return e;
}

void
notes_gather(struct layout *l)
{
	const struct doc_node **v;
	size_t n;

	if (strcmp(l->st->notes.place, "page") != 0)
		return;
	n = called(l, &v);
	for (size_t i = 0; i < n; i++) {
		struct note *nt = map_get(&l->note_flows, v[i]->text,
		    v[i]->len);
		size_t from = l->protos.n;

		nt->flow.node = v[i];
		nt->flow.number = note_number(l, v[i]);
		gather_one(l, v[i], note_elem(l, v[i]));
		nt->nprotos = l->protos.n - from;
		nt->protos = arena_dup(l->a, l->protos.v + from, nt->nprotos *
		    sizeof(*nt->protos));
		l->protos.n = from;
	}
	free(v);
}

/* A note's boxes; made when the first line that calls it is expanded. */
struct note_flow *
note_flow(struct layout *l, const struct doc_node *node)
{
	struct note *nt = map_get(&l->note_flows, node->text, node->len);
	size_t from = l->flow.n;

	if (nt == NULL || nt->protos == NULL)
		return NULL;
	if (nt->flow.boxes != NULL)
		return NULL;	/* printed where it is first called */
	for (size_t i = 0; i < nt->nprotos; i++)
		nt->protos[i].expand(l, &nt->protos[i]);
	nt->flow.boxes = ARENA_ARRAY(l->a, struct box, l->flow.n - from + 1);
	for (size_t i = from; i < l->flow.n; i++) {
		const struct box *b = &l->flow.v[i];

		if (b->kind != BOX_LINE && b->kind != BOX_ITEMS)
			continue;
		nt->flow.boxes[nt->flow.nboxes++] = *b;
		nt->flow.height += b->height;
	}
	l->flow.n = from;
	return &nt->flow;
}

void
notes_gather_end(struct layout *l, struct ctx *c)
{
	const struct doc_node **v;
	size_t n;
	struct ctx in = *c;
	struct proto *p;
	struct head_info *h;

	if (strcmp(l->st->notes.place, "end") != 0)
		return;
	n = called(l, &v);
	if (n > 0) {
		in.elem = elem_new(l, 0, ROLE_SECT, NULL);
		p = gather_para(l, &in, NULL, layout_word(l, "notes"),
		    style_look(l->st, "heading-1"), ROLE_H1);
		p->level = 1;
		p->keep_next = true;
		h = VEC_PUSH(&l->heads);
		*h = (struct head_info){.title = layout_word(l, "notes"),
		    .elem = in.elem};
	}
	for (size_t i = 0; i < n; i++)
		gather_one(l, v[i], note_elem(l, v[i]));
	free(v);
}
