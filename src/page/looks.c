/*
 * Looks: with the classes of a block laid over them, and as what the text is
 * shaped with.
 */
#include <string.h>

#include "page/layout.h"

const struct style_look *
look_with_classes(struct layout *l, const struct doc_node *n,
    const struct style_look *look)
{
	struct style_look *own = NULL;

	for (size_t i = 0; n->attr != NULL && i < n->attr->nclasses; i++) {
		const char *cls = n->attr->classes[i];
		const struct style_look *o = style_class(l->st, cls);

		if (o == NULL) {
			unknown_class(l, n, cls);
			continue;
		}
		if (own == NULL)
			own = arena_dup(l->a, look, sizeof(*look));
		style_overlay(own, o);
	}
	return own != NULL ? own : look;
}

/* Families of a role -> chain of faces, with the scale of each face. */
static const struct shape_style *
make_style(struct layout *l, const struct style_look *look, const char *lang,
    sp size, sp rise)
{
	/* Styles are kept for all readers of a mail merge. */
	struct arena *a = l->shared_book != NULL ? &l->shared_book->arena :
	    l->a;
	struct shape_style *s = ARENA_NEW(a, struct shape_style);
	const struct style_font *f = look->font;
	static const char *const none[] = {""};
	const char *const *families = f != NULL ? f->families : none;
	size_t nfamilies = f != NULL ? f->nfamilies : 0;
	uint16_t *scale;

	s->chain = font_chain(l->job->fonts, a, l->dg, families, nfamilies,
	    look->weight, look->italic, f != NULL ? f->pos : NOPOS);
	scale = ARENA_ARRAY(a, uint16_t, s->chain.n + 1);
	for (size_t i = 0; i < s->chain.n; i++) {
		scale[i] = i == 0 ? 1000 : 0;
		for (size_t k = 0; k < nfamilies; k++)
			if (f->scale[k] != 0 && strcmp(font_family(
			    s->chain.v[i]), families[k]) == 0)
				scale[i] = (uint16_t)f->scale[k];
	}
	s->scale = scale;
	s->size = size;
	s->rise = rise;
	s->lang = lang;
	s->features = look->features;
	s->tracking = sp_clamp(muldiv(size, look->tracking, 1000));
	s->no_kashida = !look->kashida || (f != NULL && f->nastaliq);
	s->nastaliq = f != NULL && f->nastaliq;
	return s;
}

/*
 * Styles are interned by what glyphs depend on. The key is bytes: the two
 * pointers, the numbers, then the language's letters.
 */
const struct shape_style *
layout_style(struct layout *l, const struct style_look *look, const char *lang)
{
	struct buf key = {0};
	int64_t numbers[] = {look->weight, look->tracking, look->size,
	    look->rise, look->italic, look->kashida};
	void **slot;

	buf_add(&key, &look->font, sizeof(look->font));
	buf_add(&key, &look->features, sizeof(look->features));
	buf_add(&key, numbers, sizeof(numbers));
	buf_str(&key, lang);
	slot = map_put(&l->style_map, key.p, key.n);
	buf_free(&key);
	if (*slot == NULL)
		*slot = (void *)make_style(l, look, lang, look->size,
		    look->rise);
	return *slot;
}
