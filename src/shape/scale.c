/*
 * The size of a face that stands in for another.
 *
 * Faces of one size look unlike: at one em alef is 0.56 high in Parastoo, 0.70
 * in Scheherazade New. What is drawn by a fallback is set as large as makes it
 * look like its neighbours: Persian by the height of alef, Latin, Greek and
 * Cyrillic by their x. An x beside an alef looks right at about two thirds of
 * its height; the scales that were chosen by eye for Gentium beside Parastoo
 * (0.85) and Vazirmatn (1.0) are 0.69 and 0.68 of it.
 */
#include "shape/internal.h"

#define ARAB SCRIPT_TAG('A', 'r', 'a', 'b')
#define X_OF_ALEF 680		/* thousandths */
/* A face so far off is no companion: its metrics are not to be trusted. */
#define SCALE_MIN 500
#define SCALE_MAX 2000

/* Height in thousandths of the em that alef has, or would have; 0 unknown. */
static int64_t
alef_of(const struct font_face *f, bool arab)
{
	const struct font_metrics *m = font_metrics(f);
	int x0, y0, x1, y1, x = m->x_height;

	if (arab)
		return m->alef_height * 1000 / m->upem;
	if (font_has(f, 'x') && font_extents(f, font_glyph(f, 'x'), &x0, &y0,
	    &x1, &y1))
		x = y1;
	return (int64_t)x * 1000 * 1000 / X_OF_ALEF / m->upem;
}

int
shape_scale(const struct font_face *first, const struct font_face *f,
    uint32_t script)
{
	int64_t want = alef_of(first, true), have = alef_of(f, script == ARAB);

	if (want <= 0)
		want = alef_of(first, false);
	if (want <= 0 || have <= 0)
		return 1000;
	return (int)MAX(SCALE_MIN, MIN(SCALE_MAX, want * 1000 / have));
}
