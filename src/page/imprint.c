/*
 * The imprint page (شناسنامه): what a library and a bookshop need to know,
 * from the metadata. The catalogue card is printed as it was given.
 */
#include <string.h>

#include "base/messages.h"
#include "image/image.h"
#include "page/layout.h"

/* 37.29 mm by 22.85 mm at nominal size; a module is 0.33 mm (ISO 15420). */
#define MODULE ((sp)(0.33 * 72 / 25.4 * SP_PT))
#define BAR_HEIGHT ((sp)(22.85 * 72 / 25.4 * SP_PT))

struct bars {
	struct image_bars b;
	struct piece *digits;
};

static void
expand_bars(struct layout *l, const struct proto *p)
{
	const struct bars *bars = p->data;
	struct box *b = flow_box(l, BOX_ITEMS);
	struct page_item *it = ARENA_ARRAY(l->a, struct page_item,
	    (size_t)bars->b.n + 1);
	sp quiet = 11 * MODULE;		/* the white that readers need */
	sp w = bars->b.nmodules * MODULE, x = l->level & 1 ? l->measure - w -
	    quiet : quiet;

	for (int i = 0; i < bars->b.n; i++) {
		it[i].kind = PAGE_RECT;
		it[i].elem = p->elem;
		it[i].x = x + bars->b.bars[i].at * MODULE;
		it[i].u.rect.w = bars->b.bars[i].width * MODULE;
		it[i].u.rect.h = BAR_HEIGHT;
		it[i].u.rect.fill = (struct colour){1, {0}};
	}
	b->items = it;
	b->nitems = (uint32_t)bars->b.n;
	b->height = BAR_HEIGHT;
	if (bars->digits->para.lines->n > 0) {
		struct page_item *t = &it[b->nitems++];
		const struct para_line *ln = &bars->digits->para.lines->v[0];

		t->kind = PAGE_TEXT;
		t->elem = p->elem;
		t->x = x + (w - ln->width) / 2;
		t->y = BAR_HEIGHT + PT(9);
		t->u.text.para = &bars->digits->para;
		b->height += PT(12);
	}
}

static void
gather_bars(struct layout *l, const struct ctx *c, const char *isbn)
{
	struct bars *bars = ARENA_NEW(l->a, struct bars);
	struct style_look *look = arena_dup(l->a, style_look(l->st, "imprint"),
	    sizeof(*look));
	struct ctx in = *c;
	const char *why = NULL;
	struct proto *p;

	if (!image_ean13(l->a, isbn, &bars->b, &why)) {
		diag_add(l->dg, NOPOS, MAN_BAD_ISBN, isbn, why);
		return;
	}
	if (in.elem >= 0) {
		in.elem = elem_new(l, in.elem, ROLE_FIGURE, NULL);
		l->elems.v[in.elem].alt = arena_printf(l->a, "ISBN %s", isbn);
	}
	look->align = STYLE_START;
	look->size = PT(8);
	in.level = 0;
	in.lang = "en";
	bars->digits = piece_new(l, &in, NULL, bars->b.digits, look, in.elem);
	bars->digits->shape.measure = l->measure;
	bars->digits->quiet = true;
	flow_gap(l, l->grid);
	p = flow_proto(l, expand_bars);
	p->data = bars;
	p->elem = in.elem;
}

void
imprint_gather(struct layout *l, struct ctx *c)
{
	const struct style_look *look = style_look(l->st, "imprint");
	const char *card = doc_meta(l->doc, "catalogue");
	const char *word, *key;

	for (size_t i = 0; (word = style_imprint(i, l->lang, &key)) != NULL;
	    i++) {
		const char *v = doc_meta(l->doc, key);
		struct buf b = {0};

		if (v == NULL)
			continue;
		if (strcmp(key, "isbn") == 0)
			buf_str(&b, v);
		else
			uni_digits(&b, l->lang, v, strlen(v));
		c->first = true;
		gather_para(l, c, NULL, arena_printf(l->a, "%s%s%.*s", word,
		    layout_word(l, "colon"), (int)b.n, b.p), look, ROLE_P);
		buf_free(&b);
	}
	if (card != NULL) {
		flow_gap(l, look->leading);
		c->first = true;
		gather_para(l, c, NULL, card, look, ROLE_P);
	}
	if (doc_meta(l->doc, "isbn") != NULL)
		gather_bars(l, c, doc_meta(l->doc, "isbn"));
}
