/*
 * The imprint page (شناسنامه): what a library and a bookshop need to know,
 * from the metadata. The catalogue card is printed as it was given, with its
 * lines and the spaces they begin with.
 */
#include <string.h>

#include "base/messages.h"
#include "image/image.h"
#include "page/layout.h"

/* EAN-13 at its nominal size (ISO/IEC 15420): a module is 0.33 mm, bars are
 * 22.85 mm high, those that guard both ends and the middle 5 modules more. */
#define MODULE ((sp)(0.33 * 72 / 25.4 * SP_PT))
#define BAR_HEIGHT ((sp)(22.85 * 72 / 25.4 * SP_PT))
enum { GUARD = 5, QUIET = 11, HALF = 42, LEFT = 3, MIDDLE = 45, RIGHT = 50,
	LAST = 92 };

/* What stands under the bars: a digit before them, six under each half. */
enum { NDIGITS = 13 };

struct bars {
	struct image_bars b;
	struct piece *digits[NDIGITS];
	struct piece *words;		/* "ISBN 978-..." above */
};

static bool
is_guard(int module)
{
	return module < LEFT || (module >= MIDDLE && module < RIGHT) ||
	    module >= LAST;
}

/* Where the i-th digit stands, in modules from the first bar: its middle in
 * halves of a module. */
static int
digit_at(int i)
{
	if (i == 0)
		return -2 * 7;	/* in the white before the bars */
	i--;
	return 2 * ((i < 6 ? LEFT : RIGHT) + i % 6 * 7) + 7;
}

static struct page_item
text_at(const struct piece *p, int32_t elem, sp x, sp y)
{
	struct page_item it = {.kind = PAGE_TEXT, .elem = elem, .x = x, .y = y};

	it.u.text.para = &p->para;
	return it;
}

static sp
width_of(const struct piece *p)
{
	return p->para.lines->n > 0 ? p->para.lines->v[0].width : 0;
}

static void
expand_bars(struct layout *l, const struct proto *p)
{
	const struct bars *bars = p->data;
	struct box *b = flow_box(l, BOX_ITEMS);
	struct page_item *it = ARENA_ARRAY(l->a, struct page_item,
	    (size_t)bars->b.n + NDIGITS + 1);
	sp w = bars->b.nmodules * MODULE, quiet = QUIET * MODULE;
	sp x = l->level & 1 ? l->measure - w - quiet : quiet;
	sp top = bars->words->leading, size = bars->digits[0]->look->size;
	uint32_t n = 0;

	it[n++] = text_at(bars->words, p->elem, x + (w - width_of(bars->words)) /
	    2, line_baseline(l, bars->words->look, top));
	for (int i = 0; i < bars->b.n; i++) {
		const struct image_bar *bar = &bars->b.bars[i];
		struct page_item *r = &it[n++];

		r->kind = PAGE_RECT;
		r->elem = p->elem;
		r->x = x + bar->at * MODULE;
		r->y = top;
		r->u.rect.w = bar->width * MODULE;
		r->u.rect.h = BAR_HEIGHT + (is_guard(bar->at) ? GUARD *
		    MODULE : 0);
		r->u.rect.fill = (struct colour){1, {0}};
	}
	for (int i = 0; i < NDIGITS; i++)
		it[n++] = text_at(bars->digits[i], p->elem, x + digit_at(i) *
		    (MODULE / 2) - width_of(bars->digits[i]) / 2, top +
		    BAR_HEIGHT + MODULE + size * 3 / 4);
	b->items = it;
	b->nitems = n;
	b->height = top + BAR_HEIGHT + MODULE + size;
	b->id = p->id;
}

static const struct doc_meta *
meta_of(const struct layout *l, const char *key)
{
	const struct doc_meta *m = l->doc->meta;

	while (m != NULL && strcmp(m->key, key) != 0)
		m = m->next;
	return m;
}

static struct piece *
bar_text(struct layout *l, const struct ctx *c, const char *text, sp size)
{
	struct style_look *look = arena_dup(l->a, style_look(l->st, "imprint"),
	    sizeof(*look));
	struct piece *p;

	look->align = STYLE_START;
	look->size = size;
	look->leading = size * 5 / 4;
	look->features = "lnum,tnum";
	p = piece_new(l, c, NULL, text, look, c->elem);
	p->shape.measure = l->measure;
	p->quiet = true;
	return p;
}

static void
gather_bars(struct layout *l, const struct ctx *c, const struct doc_meta *isbn)
{
	struct bars *bars = ARENA_NEW(l->a, struct bars);
	struct ctx in = *c;
	const char *why = NULL;
	struct proto *p;

	if (!image_ean13(l->a, isbn->value, &bars->b, &why)) {
		diag_add(l->dg, isbn->pos, MAN_BAD_ISBN, isbn->value, why);
		return;
	}
	if (in.elem >= 0) {
		in.elem = elem_new(l, in.elem, ROLE_FIGURE, NULL);
		l->elems.v[in.elem].alt = arena_printf(l->a, "ISBN %s",
		    isbn->value);
	}
	in.level = 0;
	in.lang = "en";
	for (int i = 0; i < NDIGITS; i++)
		bars->digits[i] = bar_text(l, &in, arena_strn(l->a,
		    bars->b.digits + i, 1), 7 * MODULE * 4 / 3);
	bars->words = bar_text(l, &in, arena_printf(l->a, "ISBN %s",
	    isbn->value), PT(8));
	flow_gap(l, l->grid);
	p = flow_proto(l, expand_bars);
	p->data = bars;
	p->elem = in.elem;
}

/* All values of a key: authors of a book are several, of other keys the book
 * file's own comes first and is the only one. */
const char *
imprint_value(struct layout *l, const char *key)
{
	bool many = strcmp(key, "author") == 0;
	struct buf b = {0};
	const char *s = NULL;

	for (const struct doc_meta *m = l->doc->meta; m != NULL; m = m->next) {
		if (strcmp(m->key, key) != 0 || *m->value == '\0' ||
		    (b.n > 0 && (!many || strstr(b.p, m->value) != NULL)))
			continue;
		if (b.n > 0)
			buf_str(&b, layout_word(l, "comma"));
		buf_str(&b, m->value);
	}
	if (b.n > 0)
		s = arena_strn(l->a, b.p, b.n);
	buf_free(&b);
	return s;
}

/* Text of the metadata: a blank line parts paragraphs, a line is a line. */
void
gather_lines(struct layout *l, struct ctx *c, const char *text,
    const struct style_look *look, bool verbatim)
{
	struct buf b = {0};
	struct proto *p;
	size_t n = strlen(text);

	while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == ' '))
		n--;
	for (size_t i = 0; i < n; i++)
		if (text[i] == '\n')
			buf_utf8(&b, 0x2028);
		else if (text[i] == '\t')
			buf_str(&b, "    ");
		else
			buf_char(&b, text[i]);
	if (b.n == 0)
		return;
	c->first = true;
	p = gather_para(l, c, NULL, b.p, look, ROLE_P);
	p->piece->pstyle.keep_spaces = verbatim;
	buf_free(&b);
}

void
imprint_gather(struct layout *l, struct ctx *c)
{
	const struct style_look *look = style_look(l->st, "imprint");
	const char *card = doc_meta(l->doc, "catalogue"), *word, *key;

	for (size_t i = 0; (word = style_imprint(l->st, i, l->lang, &key)) !=
	    NULL; i++) {
		const char *v = imprint_value(l, key);
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
		gather_lines(l, c, card, look, true);
	}
	if (meta_of(l, "isbn") != NULL)
		gather_bars(l, c, meta_of(l, "isbn"));
}
