/*
 * Hashes of a tree, by which two of them are compared: the words of each
 * paragraph apart, all else in one. What is inside a link, a citation, a
 * named span of a paragraph is its frame; only words that nothing else in a
 * book can know of count as words.
 */
#include <stdlib.h>
#include <string.h>

#include "doc/doc.h"

static uint64_t
mix_number(uint64_t h, uint64_t v)
{
	return hash_fast(h, &v, sizeof(v));
}

static uint64_t
mix_bytes(uint64_t h, const char *s, size_t n)
{
	return hash_fast(mix_number(h, n), s, n);
}

static uint64_t
mix_text(uint64_t h, const char *s)
{
	return s != NULL ? mix_bytes(h, s, strlen(s)) : mix_number(h, 1);
}

static uint64_t
mix_attr(uint64_t h, const struct doc_attr *a)
{
	if (a == NULL)
		return mix_number(h, 2);
	h = mix_text(h, a->id);
	for (size_t i = 0; i < a->nclasses; i++)
		h = mix_text(h, a->classes[i]);
	for (size_t i = 0; i < a->nkeys; i++)
		h = mix_text(mix_text(h, a->keys[i]), a->values[i]);
	return h;
}

/* All that a node says but for its text and its children. */
static uint64_t
mix_node(uint64_t h, const struct doc_node *n)
{
	h = mix_number(h, (uint64_t)n->kind | (uint64_t)n->level << 8 |
	    (uint64_t)n->ordered << 16 | (uint64_t)n->tight << 17 |
	    (uint64_t)n->is_header << 18 | (uint64_t)(n->first != NULL) << 19 |
	    (uint64_t)(unsigned char)n->delim << 24 |
	    (uint64_t)(uint32_t)n->number << 32);
	h = mix_number(h, (uint64_t)(uint32_t)n->start | (uint64_t)
	    (uint32_t)n->ncols << 32);
	for (int i = 0; i < n->ncols && n->align != NULL; i++)
		h = mix_number(h, (uint64_t)n->align[i]);
	if (n->attr != NULL)
		h = mix_attr(h, n->attr);
	if (n->url != NULL || n->title != NULL || n->info != NULL)
		h = mix_text(mix_text(mix_text(h, n->url), n->title),
		    n->info);
	if (n->target != NULL && n->target->text != NULL)
		h = mix_number(mix_bytes(h, n->target->text, n->target->len),
		    (uint64_t)(uint32_t)n->target->number);
	return h;
}

static uint64_t
mix_place(uint64_t h, const struct doc_node *n)
{
	return mix_number(mix_number(h, (uint64_t)n->pos.line << 32 |
	    n->pos.col), n->pos.file);
}

/* Do only letters stand in it that are set as such? */
static bool
holds_words(const struct doc_node *n)
{
	return n->attr == NULL && (n->kind == DOC_STRONG ||
	    n->kind == DOC_EMPH || n->kind == DOC_STRIKE);
}

static void
weigh_inlines(struct doc_words *w, const struct doc_node *parent, bool words)
{
	for (const struct doc_node *n = parent->first; n != NULL;
	    n = n->next) {
		w->frame = mix_node(w->frame, n);
		if (n->text != NULL && words && n->kind == DOC_TEXT)
			w->words = mix_bytes(w->words, n->text, n->len);
		else if (n->text != NULL)
			w->frame = mix_bytes(w->frame, n->text, n->len);
		weigh_inlines(w, n, words && holds_words(n));
		w->frame = mix_number(w->frame, 3);
	}
}

static void
weigh_blocks(struct doc_likeness *d, const struct doc_node *top)
{
	const struct doc_node *n = top;

	while (n != NULL) {
		d->frame = mix_place(mix_node(d->frame, n), n);
		if (n->text != NULL)
			d->frame = mix_bytes(d->frame, n->text, n->len);
		if (n->kind == DOC_PARA) {
			struct doc_words *w = VEC_PUSH(&d->paras);

			*w = (struct doc_words){.node = n, .frame = 1,
			    .words = 1};
			weigh_inlines(w, n, true);
		} else if (n->first != NULL) {
			n = n->first;
			continue;
		}
		while (n != top && n->next == NULL) {
			d->frame = mix_number(d->frame, 3);
			n = n->parent;
		}
		n = n != top ? n->next : NULL;
	}
}

void
doc_likeness(const struct doc *d, struct doc_likeness *out)
{
	out->frame = HASH_SEED;
	out->paras.n = 0;
	for (const struct doc_meta *m = d->meta; m != NULL; m = m->next)
		out->frame = mix_text(mix_text(out->frame, m->key), m->value);
	weigh_blocks(out, d->root);
	weigh_blocks(out, d->note_root);
}

void
doc_likeness_free(struct doc_likeness *d)
{
	free(d->paras.v);
	*d = (struct doc_likeness){0};
}
