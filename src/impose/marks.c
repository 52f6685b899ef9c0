/*
 * What stands on a sheet besides its pages: crop marks and fold marks in
 * the strips round them, a colour bar and crosses for the press, a label
 * that says which side of which sheet this is and how it is folded, and the
 * steps on the backs of sections that show whether they were gathered in
 * order.
 *
 * All of it stands outside the bleed, the steps inside what is milled off:
 * nothing remains in the book. So where a sheet has no room, as two A5
 * pages on A4, these things are left out, and it is said once.
 *
 * Marks are made for the front and mirrored for the back, so that they lie
 * on each other when a sheet is held against the light; labels are not.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "impose/internal.h"

#define LINE (SP_PT / 4)
#define GAP MM(1)			/* from the bleed to a mark */
#define BARE MM(2)			/* the same where there is no bleed */
#define EDGE MM(0.5)			/* from a mark to the paper's edge */
#define LONGEST MM(5)			/* a mark */
#define SHORTEST MM(1.5)
#define DASH MM(0.8)
#define LABEL_SIZE PT(6)
#define LABEL_ROOM MM(2.6)
#define PATCH MM(5)
#define PATCH_LEAST MM(2.5)
#define CROSS MM(4)
#define STEP MM(6)			/* down to the next section's step */
#define STEP_HEIGHT MM(5)
#define STEP_WIDTH MM(4)
#define STEP_TOP MM(20)

struct marker {
	const struct impose_job *job;
	struct impose *p;
	const struct grid *g;
	struct impose_box trim;
	sp off;				/* from the trim to where marks begin */
	sp room_x, room_y;		/* beside the trims; above and below */
	unsigned marks;			/* those there is room for */
	bool bar, crosses;
	struct page_lettering *lettering;
	struct { struct page_item *v; size_t n, cap; } items;
	bool back;
};

static struct colour
ink(const struct marker *m)
{
	return m->job->press ? (struct colour){4, {255, 255, 255, 255}} :
	    (struct colour){1, {0}};
}

static void
put(struct marker *m, sp x, sp y, sp w, sp h, struct colour c)
{
	*VEC_PUSH(&m->items) = (struct page_item){.kind = PAGE_RECT,
	    .elem = ARTIFACT_LAYOUT, .x = m->back ? m->g->sheet_w - x - w : x,
	    .y = y, .u.rect = {w, h, c}};
}

/* A mark in the strips above and below the trims, `dashes` of it. */
static void
put_upright(struct marker *m, sp x, int dashes)
{
	sp length = MIN(m->room_y, LONGEST), foot = m->trim.y + m->trim.h;
	sp part = dashes > 1 ? MIN(length / (2 * dashes - 1), DASH) : length;
	int i;

	for (i = 0; i < dashes; i++) {
		put(m, x - LINE / 2, m->trim.y - m->off - part - 2 * i * part,
		    LINE, part, ink(m));
		put(m, x - LINE / 2, foot + m->off + 2 * i * part, LINE, part,
		    ink(m));
	}
}

static void
put_lying(struct marker *m, sp y, int dashes)
{
	sp length = MIN(m->room_x, LONGEST), right = m->trim.x + m->trim.w;
	sp part = dashes > 1 ? MIN(length / (2 * dashes - 1), DASH) : length;
	int i;

	for (i = 0; i < dashes; i++) {
		put(m, m->trim.x - m->off - part - 2 * i * part, y - LINE / 2,
		    part, LINE, ink(m));
		put(m, right + m->off + 2 * i * part, y - LINE / 2, part,
		    LINE, ink(m));
	}
}

static void
put_crops(struct marker *m)
{
	const struct grid *g = m->g;
	const struct impose_options *o = &m->p->o;
	int i;

	for (i = 0; i < g->cols; i++) {
		/* Nothing is cut at a spine. */
		if (i == 0 || !impose_is_spine(o, i - 1))
			put_upright(m, g->x[i], 1);
		if (!impose_is_spine(o, i) && (i + 1 == g->cols ||
		    g->cut_x > 0))
			put_upright(m, g->x[i] + g->w, 1);
	}
	for (i = 0; i < g->rows; i++) {
		put_lying(m, g->y[i], 1);
		if (i + 1 == g->rows || g->cut_y > 0)
			put_lying(m, g->y[i] + g->h, 1);
	}
}

static void
put_folds(struct marker *m)
{
	const struct grid *g = m->g;
	int i;

	for (i = 0; i + 1 < g->cols; i++)
		put_upright(m, impose_line_x(g, i), 3);
	for (i = 0; i + 1 < g->rows; i++)
		put_lying(m, impose_line_y(g, i), 3);
}

/* Crosses in the middles of the side strips, off the folds. */
static void
put_crosses(struct marker *m)
{
	const struct grid *g = m->g;
	sp y = g->y[0] + g->h / 4, x[2];
	int i;

	x[0] = m->trim.x - m->off - CROSS / 2;
	x[1] = m->trim.x + m->trim.w + m->off + CROSS / 2;
	for (i = 0; i < 2; i++) {
		put(m, x[i] - CROSS / 2, y - LINE / 2, CROSS, LINE, ink(m));
		put(m, x[i] - LINE / 2, y - CROSS / 2, LINE, CROSS, ink(m));
	}
}

static void
put_bar(struct marker *m)
{
	static const struct colour inks[] = {
		{4, {255, 0, 0, 0}}, {4, {0, 255, 0, 0}}, {4, {0, 0, 255, 0}},
		{4, {0, 0, 0, 255}}, {4, {255, 255, 0, 0}},
		{4, {255, 0, 255, 0}}, {4, {0, 255, 255, 0}},
		{4, {128, 0, 0, 0}}, {4, {0, 128, 0, 0}}, {4, {0, 0, 128, 0}},
		{4, {0, 0, 0, 128}},
	};
	sp side = MIN(MIN(m->room_y, PATCH), (m->g->w - MM(8)) /
	    (sp)NELEM(inks));
	sp x = m->g->x[0] + MM(4);
	size_t i;

	for (i = 0; i < NELEM(inks); i++)
		put(m, x + (sp)i * side, m->trim.y - m->off - side, side, side,
		    inks[i]);
}

/* A step on the fold that the backs of all sections show, each lower than
 * the last; after as many as the page is high they begin again. */
static void
put_step(struct marker *m, size_t section)
{
	const struct grid *g = m->g;
	int c = m->p->right_bound ? 0 : g->cols - 2, n;
	sp w = MIN(g->spine, STEP_WIDTH), x = impose_line_x(g, c);

	n = MAX((g->h - 2 * STEP_TOP) / STEP, 1);
	put(m, x - w / 2, g->y[g->rows - 1] + MIN(STEP_TOP, g->h / 4) +
	    (sp)(section % (size_t)n) * STEP, w, STEP_HEIGHT,
	    m->job->press ? (struct colour){4, {0, 0, 0, 255}} :
	    (struct colour){1, {0}});
}

/* ---------------------------------------------------------------- labels */

static bool
is_persian(const struct marker *m)
{
	const char *lang = m->job->book->lang;

	return lang != NULL && strncmp(lang, "fa", 2) == 0;
}

static void
put_number(struct marker *m, struct buf *b, size_t v)
{
	uni_number(b, m->job->book->lang, (long)v);
}

static void
label_persian(struct marker *m, const struct side_info *s, struct buf *b)
{
	const char *fold = impose_fold_words(&m->p->o, m->p->right_bound,
	    true);

	buf_str(b, "برگهٔ ");
	put_number(m, b, s->sheet + 1);
	buf_str(b, " از ");
	put_number(m, b, s->nsheets);
	buf_str(b, s->back ? "، پشت" : "، رو");
	if (s->nsections > 1) {
		buf_str(b, "، دفتر ");
		put_number(m, b, s->section + 1);
		buf_str(b, " از ");
		put_number(m, b, s->nsections);
	}
	if (!s->back && *fold != '\0')
		buf_printf(b, "، تا: %s", fold);
	buf_str(b, " · ");
}

static void
label_latin(struct marker *m, const struct side_info *s, struct buf *b)
{
	const char *fold = impose_fold_words(&m->p->o, m->p->right_bound,
	    false);

	buf_printf(b, "sheet %zu/%zu %s", s->sheet + 1, s->nsheets, s->back ?
	    "back" : "front");
	if (s->nsections > 1)
		buf_printf(b, ", section %zu/%zu", s->section + 1,
		    s->nsections);
	if (!s->back && *fold != '\0' && !is_persian(m))
		buf_printf(b, ", fold: %s", fold);
}

/* At the foot, or where there is no room upright at the left. */
static void
put_label(struct marker *m, const struct side_info *s)
{
	const struct grid *g = m->g;
	bool lying = m->room_y >= LABEL_ROOM;
	struct page_label what = {.look = "folio", .size = LABEL_SIZE,
	    .align = STYLE_START, .measure = (lying ? g->w : g->h) - MM(6)};
	struct page_item *v;
	struct buf b = {0};
	size_t n;

	if (is_persian(m))
		label_persian(m, s, &b);
	label_latin(m, s, &b);
	what.text = b.p;
	v = page_text_items(m->lettering, &what, &n);
	buf_free(&b);
	if (n == 0)
		return;
	if (lying) {
		v->x += g->x[0] + MM(3);
		v->y = m->trim.y + m->trim.h + m->off + LABEL_SIZE;
	} else {
		v->turn = 3;		/* reads upwards */
		v->y = g->y[g->rows - 1] + g->h - MM(3) - v->x;
		v->x = m->trim.x - m->off - LABEL_SIZE / 3;
	}
	*VEC_PUSH(&m->items) = *v;
}

/* ------------------------------------------------------------------ room */

static void
name_missing(struct marker *m, unsigned missing, bool bar)
{
	static const struct { unsigned bit; const char *en, *fa; } words[] = {
		{IMPOSE_MARK_CROP, "crop marks", "نشان‌های برش"},
		{IMPOSE_MARK_FOLD, "fold marks", "نشان‌های تا"},
		{IMPOSE_MARK_LABEL, "labels", "برچسب‌ها"},
		{IMPOSE_MARK_COLLATION, "collation marks", "نشان‌های ترتیب"},
		{IMPOSE_MARK_BAR, "the colour bar", "نوار رنگ"},
	};
	bool persian = m->job->dg->persian;
	struct arena a = {0};
	struct buf b = {0};

	if (bar)
		missing |= IMPOSE_MARK_BAR;
	for (size_t i = 0; i < NELEM(words); i++)
		if (missing & words[i].bit)
			buf_printf(&b, "%s%s", b.n == 0 ? "" : persian ?
			    "، " : ", ", persian ? words[i].fa : words[i].en);
	if (b.n > 0)
		diag_add(m->job->dg, m->p->o.pos, IMP_NO_ROOM,
		    impose_sheet_name(&a, &m->p->o), b.p);
	buf_free(&b);
	arena_free(&a);
}

static void
find_room(struct marker *m)
{
	const struct impose_options *o = &m->p->o;
	sp bleed = sp_clamp(muldiv(o->bleed, m->g->scale, 1000000));
	sp edge = o->fit ? MAX(o->margin, EDGE) : EDGE;
	unsigned asked = o->marks & ~(unsigned)IMPOSE_MARK_BAR, fits = 0;
	bool bar = (o->marks & IMPOSE_MARK_BAR) && (m->job->press ||
	    o->bar_asked);

	m->trim = impose_trim(m->g);
	m->off = bleed > 0 ? bleed + GAP : BARE;
	m->room_x = m->trim.x - m->off - edge;
	m->room_y = m->trim.y - m->off - edge;
	if (!impose_folds(o->method))
		asked &= ~(unsigned)IMPOSE_MARK_FOLD;
	if (m->p->nsections < 2)
		asked &= ~(unsigned)IMPOSE_MARK_COLLATION;
	if (m->room_x >= SHORTEST && m->room_y >= SHORTEST)
		fits |= IMPOSE_MARK_CROP;
	if (m->room_y >= SHORTEST && (m->g->rows == 1 ||
	    m->room_x >= SHORTEST))
		fits |= IMPOSE_MARK_FOLD;
	if (m->room_y >= LABEL_ROOM || m->room_x >= LABEL_ROOM)
		fits |= IMPOSE_MARK_LABEL;
	if (m->g->spine >= MM(1))
		fits |= IMPOSE_MARK_COLLATION;
	m->marks = asked & fits;
	m->bar = bar && m->room_y >= PATCH_LEAST;
	m->crosses = m->job->press && (asked & IMPOSE_MARK_CROP) &&
	    m->room_x >= CROSS;
	name_missing(m, asked & ~fits, bar && !m->bar);
}

/* ----------------------------------------------------------------- doors */

struct marker *
impose_marker_open(const struct impose_job *job, struct impose *p,
    const struct grid *g)
{
	struct marker *m = xcalloc(1, sizeof(*m));

	m->job = job;
	m->p = p;
	m->g = g;
	find_room(m);
	if ((m->marks & IMPOSE_MARK_LABEL) && job->style != NULL &&
	    job->fonts != NULL)
		m->lettering = page_lettering_open(&p->arena, job->style,
		    job->fonts, job->dg, job->book->lang);
	return m;
}

struct page_item *
impose_mark(struct marker *m, const struct side_info *s, size_t *n)
{
	m->back = s->back;
	m->items.n = 0;
	if (m->marks & IMPOSE_MARK_CROP)
		put_crops(m);
	if (m->marks & IMPOSE_MARK_FOLD)
		put_folds(m);
	if ((m->marks & IMPOSE_MARK_COLLATION) && s->outermost)
		put_step(m, s->section);
	if (m->crosses)
		put_crosses(m);
	if (m->bar)
		put_bar(m);
	if (m->lettering != NULL)
		put_label(m, s);
	*n = m->items.n;
	return arena_dup(&m->p->arena, m->items.v, m->items.n *
	    sizeof(*m->items.v));
}

void
impose_marker_close(struct marker *m)
{
	page_lettering_close(m->lettering);
	free(m->items.v);
	free(m);
}
