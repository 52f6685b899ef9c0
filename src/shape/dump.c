/*
 * The paragraph as text, for --dump shape and the tests.
 *
 *	paragraph rtl 23 bytes
 *	run 1 Arab Parastoo 13.5pt fa
 *		 س  gid 812+0 adv 1432  B
 *
 * A cluster's line: its text, its glyphs from left to right (with offset,
 * if any), its advance in font units, its flags:
 *
 *	S space, B a line may break before it, F must, U breaking there
 *	needs shaping again, I nothing is seen, M missing, T tatweel of the
 *	author's, N neutral, D digit, O object, K3 kashida of priority 3
 *	(k3: HarfBuzz does not call it safe)
 */
#include "shape/shape.h"

#include <inttypes.h>

/* Unseen and unprintable characters by their code, the rest as they are. */
static void
put_text(struct buf *out, const char *s, size_t n)
{
	size_t i = 0;
	uint32_t cp;

	buf_char(out, '"');
	while (i < n) {
		cp = utf8_next(s, n, &i);
		if (uni_is_default_ignorable(cp) || uni_is_mark(cp) ||
		    cp < 0x20 || cp == 0x7f || (uni_is_space(cp) && cp != ' '))
			buf_printf(out, "<%04" PRIX32 ">", cp);
		else
			buf_utf8(out, cp);
	}
	buf_char(out, '"');
}

static void
put_flags(struct buf *out, unsigned f)
{
	static const struct { unsigned bit; char c; } names[] = {
		{ SHAPE_SPACE, 'S' }, { SHAPE_UNSAFE, 'U' },
		{ SHAPE_IGNORABLE, 'I' }, { SHAPE_MISSING, 'M' },
		{ SHAPE_TATWEEL, 'T' }, { SHAPE_NEUTRAL, 'N' },
		{ SHAPE_DIGIT, 'D' }, { SHAPE_OBJECT, 'O' }
	};
	size_t i;

	if (f & SHAPE_FORCED)
		buf_str(out, " F");
	else if (f & SHAPE_BREAK)
		buf_str(out, " B");
	for (i = 0; i < NELEM(names); i++)
		if (f & names[i].bit)
			buf_printf(out, " %c", names[i].c);
	if (f & SHAPE_KASHIDA)
		buf_printf(out, " %c%u", f & SHAPE_KASHIDA_SAFE ? 'K' : 'k',
		    f >> SHAPE_PRIORITY_SHIFT);
}

static void
put_glyph(struct buf *out, const struct shape_glyph *g)
{
	buf_printf(out, " %u", g->gid);
	if (g->dx != 0 || g->dy != 0)
		buf_printf(out, "@%d,%d", g->dx, g->dy);
	if (g->xscale != 0x4000)
		buf_printf(out, "*%u", g->xscale);
}

static void
put_run(struct buf *out, const struct shape_para *p,
    const struct shape_run *r)
{
	const struct shape_cluster *cl = p->clusters + r->cluster;
	const struct shape_glyph *g = p->glyphs + r->glyph;
	uint32_t text = r->text, i, k;
	char size[24];

	buf_printf(out, "run %u", r->level);
	if (r->edge != SHAPE_NO_EDGE)
		buf_printf(out, " edge %u", r->edge);
	buf_printf(out, " %c%c%c%c %s %s %s span %u\n",
	    (char)(r->script >> 24), (char)(r->script >> 16),
	    (char)(r->script >> 8), (char)r->script,
	    r->face == NULL ? "-" : font_family(r->face),
	    sp_str(r->size, size), r->style->lang == NULL ? "-" :
	    r->style->lang, r->span);
	for (i = 0; i < r->nclusters; i++, cl++) {
		buf_char(out, '\t');
		put_text(out, p->text + text, cl->len);
		for (k = 0; k < cl->nglyph; k++)
			put_glyph(out, g++);
		buf_printf(out, " =%" PRId32, cl->adv);
		put_flags(out, cl->flags);
		buf_char(out, '\n');
		text += cl->len;
	}
}

void
shape_dump(const struct shape_para *p, struct buf *out)
{
	uint32_t i;

	buf_printf(out, "paragraph %s %u bytes\n", p->level & 1 ? "rtl" :
	    "ltr", p->n);
	for (i = 0; i < p->nruns; i++)
		put_run(out, p, &p->runs[i]);
}
