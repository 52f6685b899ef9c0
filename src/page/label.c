/*
 * Text outside the flow: one paragraph at a time, shaped and broken like
 * those of the book, but placed by whoever asks. A layout without a
 * document serves as the frame, so that looks, chains of faces and
 * direction are resolved as everywhere else.
 */
#include <stdlib.h>

#include "page/layout.h"

struct page_lettering {
	struct layout l;
	struct page_job job;
};

struct page_lettering *
page_lettering_open(struct arena *a, const struct style *st,
    struct font_set *fonts, struct diag *dg, const char *lang)
{
	struct page_lettering *w = xcalloc(1, sizeof(*w));

	w->job = (struct page_job){.style = st, .fonts = fonts, .dg = dg};
	w->l = (struct layout){.job = &w->job, .st = st, .dg = dg, .a = a,
	    .lang = lang, .level = lang_is_rtl(lang)};
	w->l.rules = layout_rules(st);
	w->l.rules.kashida = false;
	w->l.no_kashida_rules = w->l.rules;
	w->l.sctx = shape_ctx_open();
	return w;
}

void
page_lettering_close(struct page_lettering *w)
{
	if (w == NULL)
		return;
	shape_ctx_close(w->l.sctx);
	map_free(&w->l.style_map);
	arena_free(&w->l.scratch);
	free(w);
}

struct page_item *
page_text_items(struct page_lettering *w, const struct page_label *what,
    size_t *n)
{
	struct layout *l = &w->l;
	struct style_look *own = arena_dup(l->a, style_look(l->st, what->look),
	    sizeof(*own));
	struct ctx c = {.look = own, .lang = l->lang, .level = l->level,
	    .measure = what->measure};
	struct page_item *v;
	struct piece *p;

	own->align = what->align;
	own->indent_first = own->indent_start = own->indent_end = 0;
	own->kashida = false;
	if (what->weight > 0)
		own->weight = what->weight;
	if (what->size > 0) {
		own->leading = sp_clamp(muldiv(own->leading, what->size,
		    MAX(own->size, 1)));
		own->size = what->size;
	}
	p = piece_new(l, &c, NULL, what->text, own, ARTIFACT_PAGINATION);
	p->shape.measure = what->measure;
	p->quiet = true;
	piece_now(l, p);
	*n = p->para.lines != NULL ? p->para.lines->n : 0;
	v = ARENA_ARRAY(l->a, struct page_item, *n + 1);
	for (size_t i = 0; i < *n; i++) {
		v[i].kind = PAGE_TEXT;
		v[i].elem = ARTIFACT_PAGINATION;
		v[i].x = p->para.lines->v[i].x;
		v[i].y = sp_clamp((sp64)own->leading * (sp64)i);
		v[i].u.text.para = &p->para;
		v[i].u.text.line = (uint32_t)i;
	}
	return v;
}
