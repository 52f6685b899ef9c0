/*
 * Lists, with their labels; the entries of a bibliography; terms with their
 * definitions.
 */
#include <string.h>

#include "base/messages.h"
#include "page/layout.h"

static const char *
bullet(int depth)
{
	static const char *const marks[] = {"•", "–", "·"};

	return marks[depth % 3];
}

/* "decimal", "alphabetic" or "abjad". */
static const char *
list_numbers(const struct ctx *c, const struct doc_node *list,
    const struct style_look *look)
{
	const char *how = doc_value(list, "numbering");	/* as written: الف. */

	if (how == NULL)
		how = look->numbering;
	return how != NULL ? how :
	    (c->list_depth - c->bullet_depth) % 2 == 0 ? "decimal" :
	    "alphabetic";
}

/* Lists number as the style says for their depth: ۱، ۲ / الف، ب / bullets.
 * Each kind counts its own depth: bullets below numbers begin anew. */
const char *
list_label(struct layout *l, const struct ctx *c, const struct doc_node *list,
    const struct style_look *look, int number)
{
	const char *how = list_numbers(c, list, look), *s;
	struct buf b = {0};

	if (!list->ordered)
		return bullet(c->bullet_depth);
	if (strcmp(how, "abjad") == 0)
		uni_abjad(&b, number);
	else if (strcmp(how, "alphabetic") == 0)
		uni_alphabetic(&b, c->lang, number);
	else
		uni_number(&b, c->lang, number);
	if (look->label != NULL && strstr(look->label, "{}") != NULL) {
		const char *at = strstr(look->label, "{}");

		s = arena_printf(l->a, "%.*s%s%s", (int)(at - look->label),
		    look->label, b.p, at + 2);
	} else {
		s = arena_printf(l->a, "%s%c", b.p, list->delim == ')' ? ')' :
		    '.');
	}
	buf_free(&b);
	return s;
}

struct piece *
label_piece(struct layout *l, const struct ctx *c, const char *text,
    const struct style_look *look, int32_t elem)
{
	struct style_look *own = arena_dup(l->a, look, sizeof(*look));
	struct ctx plain = *c;
	struct piece *p;

	own->align = STYLE_START;
	own->indent_first = 0;
	if (style_look_or_null(l->st, "list-label") != NULL)
		style_overlay(own, style_look(l->st, "list-label"));
	p = piece_new(l, &plain, NULL, text, own, elem);
	p->shape.measure = l->measure;
	p->quiet = true;
	return p;
}

/* Give the first text of what follows a hanging label. */
void
label_first(struct layout *l, size_t from, struct piece *label, int32_t elem)
{
	for (size_t i = from; i < l->protos.n; i++)
		if (l->protos.v[i].piece != NULL &&
		    l->protos.v[i].expand == expand_lines) {
			l->protos.v[i].label = label;
			l->protos.v[i].label_elem = elem;
			return;
		}
}

void
list_gather(struct layout *l, struct ctx *outer, const struct doc_node *n)
{
	const struct style_look *look = look_with_classes(l, n,
	    style_look(l->st, "list"));
	const struct style_look *item = style_look(l->st, "item");
	int number = n->start;
	int32_t elem = outer->elem;

	if (elem >= 0) {
		elem = elem_new(l, elem, ROLE_LIST, n);
		/* PDF has no letters but Latin ones, and no dashes. */
		l->elems.v[elem].numbering = !n->ordered ? "Disc" :
		    strcmp(list_numbers(outer, n, look), "decimal") == 0 ?
		    "Decimal" : "LowerAlpha";
	}
	force_look(l, look, false);
	flow_gap(l, look->space_before);
	if (n->prev != NULL && n->prev->kind == DOC_LIST)
		flow_gap(l, look->leading / 2);	/* where one ends is seen */
	for (const struct doc_node *it = n->first; it != NULL; it = it->next) {
		struct ctx c = *outer;
		const char *text = list_label(l, outer, n, look, number++);
		int32_t lbl = ARTIFACT_LAYOUT;
		struct piece *label;
		size_t from;

		c.look = item;
		c.start += look->indent_start + (look->hang > 0 ? look->hang :
		    2 * look->size);
		c.end += look->indent_end;
		/* However deep, there is room for some words a line. */
		if (c.measure - c.start - c.end < 8 * item->size) {
			c.start = MAX(outer->start, c.measure - c.end -
			    8 * item->size);
			if (c.start == outer->start && *map_put(&l->warned,
			    "\1deep", 5) == NULL) {
				*map_put(&l->warned, "\1deep", 5) = l;
				diag_add(l->dg, it->pos, LAY_DEEP_LIST,
				    outer->list_depth + 1);
			}
		}
		c.list_depth++;
		c.bullet_depth += !n->ordered;
		c.first = true;
		c.tight = n->tight;
		if (elem >= 0) {
			int32_t li = elem_new(l, elem, ROLE_LI, it);

			lbl = elem_new(l, li, ROLE_LBL, it);
			c.elem = elem_new(l, li, ROLE_LBODY, it);
		}
		label = label_piece(l, &c, text, item, lbl);
		from = l->protos.n;
		flow_children(l, &c, it);
		label_first(l, from, label, lbl);
	}
	flow_gap(l, look->space_after);
	outer->first = false;
}

/*
 * A numbered entry of the other direction. One that fills no line stands at
 * its number, as the others do: at the far side it would look, and be read,
 * like a column of its own. Longer ones begin where their text does.
 */
static void
expand_foreign_ref(struct layout *l, const struct proto *p)
{
	const struct para_lines *ls = p->piece->para.lines;
	const struct para_shape *sh = &p->piece->shape;
	size_t from = l->flow.n;
	sp room;

	expand_lines(l, p);
	if (ls == NULL || ls->n != 1)
		return;
	room = sh->measure - sh->indent_start - sh->indent_end -
	    ls->v[0].width;
	l->flow.v[from].x += p->piece->level & 1 ? -room : room;
}

void
refs_gather(struct layout *l, struct ctx *outer, const struct doc_node *n)
{
	const struct style_look *look = style_look(l->st, "references");
	int32_t elem = outer->elem;

	if (elem >= 0) {
		elem = elem_new(l, elem, ROLE_LIST, n);
		l->elems.v[elem].numbering = n->first != NULL &&
		    doc_value(n->first, "marker") != NULL ? "Decimal" : "None";
	}
	for (const struct doc_node *e = n->first; e != NULL; e = e->next) {
		const char *marker = doc_value(e, "marker");
		const char *dir = doc_value(e, "dir"), *lang;
		struct ctx c = *outer;
		int32_t li = -1, lbl = ARTIFACT_LAYOUT;
		size_t from = l->protos.n;
		struct proto *p;

		/* An entry of the other direction is a block of its own: its
		 * number stays in the list's column, its lines begin where
		 * their text does. */
		if (dir != NULL)
			c.level = strcmp(dir, "rtl") == 0;
		lang = doc_value(e, "lang");
		c.lang = lang != NULL ? lang : outer->lang;
		c.look = look;
		if (marker != NULL && c.level != outer->level)
			c.end += look->hang;
		else
			c.start += look->hang;
		c.first = true;
		if (elem >= 0) {
			li = elem_new(l, elem, ROLE_LI, e);
			if (marker != NULL)
				lbl = elem_new(l, li, ROLE_LBL, e);
			c.elem = elem_new(l, li, ROLE_LBODY, e);
		}
		p = gather_para(l, &c, e, NULL, look, ROLE_BIBENTRY);
		if (p->elem >= 0)
			elem_speaks(l, p->elem, &c);
		if (marker != NULL) {
			label_first(l, from, label_piece(l, outer, marker,
			    look, lbl), lbl);
			if (c.level != outer->level)
				p->expand = expand_foreign_ref;
		} else	/* without a number the entry itself hangs */
			p->piece->shape.indent_first = -look->hang;
	}
	outer->first = false;
}

/*
 * Term and definition as one paragraph, where the term's look has a label
 * («{}: »): short lists then take half the lines.
 */
static bool
gather_run_in(struct layout *l, struct ctx *c, const struct doc_node *term,
    const struct doc_node *def, const struct style_look *look, int32_t list)
{
	const struct doc_node *body = def->first;
	struct doc_node *p, *strong, *after;
	const char *at = strstr(look->label, "{}");
	struct proto *pr;

	if (body != NULL && !doc_is_inline(body->kind)) {
		if (body->next != NULL || body->kind != DOC_PARA)
			return false;
		body = body->first;
	}
	p = ARENA_NEW(l->a, struct doc_node);
	strong = ARENA_NEW(l->a, struct doc_node);
	after = ARENA_NEW(l->a, struct doc_node);
	p->kind = DOC_PARA;
	p->pos = term->pos;
	strong->kind = DOC_STRONG;
	strong->first = term->first;
	after->kind = DOC_TEXT;
	after->text = at != NULL ? at + 2 : ": ";
	after->len = strlen(after->text);
	p->first = strong;
	strong->next = after;
	after->next = (struct doc_node *)(uintptr_t)body;
	if (list >= 0)
		c->elem = elem_new(l, elem_new(l, list, ROLE_LI, term),
		    ROLE_LBODY, term);
	pr = gather_para(l, c, p, NULL, style_look(l->st, "definition"),
	    ROLE_P);
	pr->id = term_id(l, term);
	return true;
}

/* Terms and definitions in the order of `v`. */
void
gather_deflist_part(struct layout *l, struct ctx *outer,
    const struct doc_node *const *v, size_t n, const struct doc_node *node)
{
	const struct style_look *term = style_look(l->st, "term");
	const struct style_look *def = style_look(l->st, "definition");
	int32_t list = outer->elem, li = -1;

	if (list >= 0)
		list = elem_new(l, list, ROLE_LIST, node);
	for (size_t i = 0; i < n; i++) {
		const struct doc_node *d = v[i];
		struct ctx c = *outer;

		c.first = true;
		if (d->kind == DOC_TERM) {
			const struct style_look *own = look_with_classes(l, d,
			    term);
			struct proto *p;

			if (own->label != NULL && i + 1 < n &&
			    v[i + 1]->kind == DOC_DEF &&
			    (i + 2 == n || v[i + 2]->kind == DOC_TERM) &&
			    gather_run_in(l, &c, d, v[i + 1], own, list)) {
				i++;
				continue;
			}
			if (list >= 0) {
				li = elem_new(l, list, ROLE_LI, d);
				c.elem = elem_new(l, li, ROLE_LBL, d);
			}
			p = gather_para(l, &c, d, NULL, own, ROLE_NROLES);
			if (p->id == NULL)
				p->id = term_id(l, d);
		} else {
			c.look = def;
			if (list >= 0)
				c.elem = elem_new(l, li >= 0 ? li : list,
				    ROLE_LBODY, d);
			flow_children(l, &c, d);
		}
	}
	outer->first = false;
}

void
deflist_gather(struct layout *l, struct ctx *c, const struct doc_node *n)
{
	const struct doc_node **v;
	size_t k = 0;

	for (const struct doc_node *d = n->first; d != NULL; d = d->next)
		k++;
	v = ARENA_ARRAY(l->a, const struct doc_node *, k + 1);
	k = 0;
	for (const struct doc_node *d = n->first; d != NULL; d = d->next)
		v[k++] = d;
	gather_deflist_part(l, c, v, k, n);
}
