/*
 * Kashida: not yet. No place is marked, so that nobody asks for one.
 */
#include "shape/internal.h"

void
kashida_mark(struct shape_ctx *c, struct piece *pc, struct plan *pl,
    const struct shape_run *r, const struct shape_rules *rules,
    const uint32_t *first, const uint8_t *safe, uint32_t k0, uint32_t k1)
{
	(void)c, (void)pc, (void)pl, (void)r, (void)rules;
	(void)first, (void)safe, (void)k0, (void)k1;
}

void
kashida_free(struct shape_ctx *c)
{
	(void)c;
}

bool
shape_kashida(struct shape_ctx *c, struct arena *a,
    const struct shape_para *p, const struct shape_run *r, uint32_t c0,
    uint32_t c1, uint32_t at, int length, struct shape_word *out)
{
	(void)c, (void)a, (void)p, (void)r;
	(void)c0, (void)c1, (void)at, (void)length, (void)out;
	return false;
}

int
shape_kashida_quantum(const struct font_face *f)
{
	return MAX(1, font_metrics(f)->upem / 64);
}
