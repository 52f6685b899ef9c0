/*
 * A page that is being emitted: shared by emit.c, which goes through pages,
 * put.c, which puts boxes on them, and heads.c.
 */
#ifndef PAGE_EMIT_H
#define PAGE_EMIT_H

#include "page/fill.h"

struct emitter {
	struct layout *l;
	struct page *page;
	uint32_t index;
	struct { struct page_item *v; size_t n, cap; } items;
	sp left;			/* left edge of the text block */
	struct places at;		/* the boxes of this page */
	const char *sections[7];	/* running: title at each level */
	const char *page_sections[7];	/* what the head of this page says */
	struct map own_running;
	struct map *running;		/* head text -> piece */
};

/* ---------------------------------------------------------------- put.c */

/* An item at the end of the page's; it stays where it is until the next. */
struct page_item *emit_item(struct emitter *e, enum page_kind kind,
    int32_t elem, sp x, sp y);
void emit_rect(struct emitter *e, int32_t elem, sp x, sp y, sp w, sp h,
    struct colour c);
/* Top of box `i` of the flow, from the top of the page. */
sp emit_box_top(const struct emitter *e, const struct page_break *pb, size_t i);
void emit_box(struct emitter *e, const struct box *b, sp top);
/* Grounds behind the page's boxes; rules between columns. */
void emit_backgrounds(struct emitter *e, const struct page_break *pb);
void emit_column_rules(struct emitter *e);
void emit_notes(struct emitter *e, const struct page_break *pb);
void emit_head_floats(struct emitter *e, const struct page_break *pb);
/* Above the notes, with white over each. */
void emit_foot_floats(struct emitter *e, const struct page_break *pb);

/* -------------------------------------------------------------- heads.c */

/* Running head and folio. */
void emit_heads(struct emitter *e);
/* Leader and number at the end of a contents line. */
void emit_toc(struct emitter *e, const struct toc_line *t, const struct box *b,
    sp top);

#endif
