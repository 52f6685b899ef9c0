/*
 * Letterspacing. It is added to advances here and nowhere else: who places
 * or prints clusters later has it in them already.
 */
#include "shape/internal.h"

/* Letters of these scripts join: nothing may come between them. */
static bool
is_joined(uint32_t script)
{
	switch (script) {
	case SCRIPT_TAG('A', 'r', 'a', 'b'):
	case SCRIPT_TAG('S', 'y', 'r', 'c'):
	case SCRIPT_TAG('N', 'k', 'o', 'o'):
	case SCRIPT_TAG('M', 'o', 'n', 'g'):
	case SCRIPT_TAG('M', 'a', 'n', 'd'):
	case SCRIPT_TAG('A', 'd', 'l', 'm'):
	case SCRIPT_TAG('R', 'o', 'h', 'g'):
	case SCRIPT_TAG('D', 'e', 'v', 'a'):
	case SCRIPT_TAG('B', 'e', 'n', 'g'):
		return true;
	}
	return false;
}

sp
shape_tracking(const struct shape_run *r)
{
	return r->style == NULL || is_joined(r->script) ? 0 :
	    r->style->tracking;
}

void
track_run(struct shape_ctx *c, const struct shape_run *r)
{
	struct shape_glyph *g = c->glyphs.v + r->glyph;
	struct shape_cluster *cl = c->clusters.v + r->cluster;
	int64_t units = muldiv(shape_tracking(r), font_metrics(r->face)->upem,
	    MAX(r->size, 1));

	if (units == 0)
		return;
	for (; cl < c->clusters.v + c->clusters.n; cl++) {
		g += cl->nglyph;
		if (cl->nglyph == 0)
			continue;
		cl->adv -= g[-1].adv;
		g[-1].adv = (int16_t)MAX(INT16_MIN, MIN(INT16_MAX,
		    g[-1].adv + units));
		cl->adv += g[-1].adv;
	}
}
