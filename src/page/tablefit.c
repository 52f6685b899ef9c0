/*
 * How wide the columns of a table are.
 *
 * A column needs the width of its widest word, and would like that of its
 * widest paragraph on one line. If all get what they like, what is left over
 * is shared in proportion, so that a short table still spans the measure.
 * Otherwise columns that would like no more than an equal share get it, since
 * a short column that wraps beside a long one spares nothing; the others
 * share the rest in proportion to what they would like, which gives their
 * longest cells about as many lines (after the automatic layout of CSS 2.1,
 * section 17.5.2.2, which shares by the difference instead).
 *
 * A table whose words do not fit stands across all columns of the page if it
 * was in one of them; then words wider than half of it are broken; then it
 * is turned, on a page of its own; then it is cut into groups of columns
 * under one another, each with the first column before it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "page/table.h"

static void
find_needs(struct table *t)
{
	for (size_t r = 0; r < t->nrows; r++)
		for (int k = 0; k < t->ncols; k++) {
			struct cell *c = &t->rows[r].cells[k];

			for (uint32_t i = 0; i < c->n; i++) {
				sp lo, hi;

				para_widths(c->v[i].p->shaped, &lo, &hi);
				lo = sp_clamp((sp64)lo + c->v[i].indent);
				hi = sp_clamp((sp64)hi + c->v[i].indent);
				c->v[i].wide = hi;
				t->min[k] = MAX(t->min[k], lo);
				t->max[k] = MAX(t->max[k], hi);
			}
		}
}

/* What is left for text in n columns. */
static sp64
room_of(const struct table *t, sp measure, int n)
{
	return (sp64)measure - t->start - t->end - 2 * (sp64)t->pad_x * n;
}

static sp64
least(const struct table *t, sp64 most)
{
	sp64 sum = 0;

	for (int k = 0; k < t->ncols; k++)
		sum += MIN(t->min[k], most);
	return sum;
}

/* --------------------------------------------------------------- sharing */

/* A share of the room each, in proportion to `like`, but no less than `min`:
 * who would get less gets that, and the others share what is left. */
static void
share(const struct table *t, const sp *min, const sp *like, sp64 room,
    bool *done, sp *w)
{
	bool again = true;

	while (again) {
		sp64 sum = 0, left = room;
		int n = 0;

		again = false;
		for (int i = 0; i < t->nshown; i++) {
			int k = t->shown[i];

			left -= done[k] ? w[k] : 0;
			sum += done[k] ? 0 : like[k];
			n += !done[k];
		}
		for (int i = 0; i < t->nshown; i++) {
			int k = t->shown[i];

			if (done[k])
				continue;
			w[k] = sp_clamp(sum > 0 ? muldiv(like[k], MAX(left, 0),
			    sum) : MAX(left, 0) / n);
			if (w[k] < min[k]) {
				w[k] = min[k];
				done[k] = again = true;
				break;
			}
		}
	}
}

/* Columns that would like no more than an equal share of what is left get
 * what they like, if the others still have their words' width then. */
static void
content_short(struct table *t, sp64 room, bool *done)
{
	bool again = true;

	while (again) {
		sp64 left = room, need = 0;
		int open = 0;

		again = false;
		for (int i = 0; i < t->nshown; i++) {
			int k = t->shown[i];

			left -= done[k] ? t->w[k] : 0;
			need += done[k] ? 0 : t->min[k];
			open += !done[k];
		}
		for (int i = 0; i < t->nshown && !again; i++) {
			int k = t->shown[i];

			if (done[k] || t->max[k] > left / open ||
			    need - t->min[k] > left - t->max[k])
				continue;
			t->w[k] = t->max[k];
			done[k] = again = true;
		}
	}
}

/* About how many thousandths of a line a cell has in a column so wide: lines
 * are seldom full to the last letter, the last one is half full. */
static int64_t
lines_in(const struct cell *c, sp w)
{
	int64_t n = 0;

	for (uint32_t i = 0; i < c->n; i++)
		n += c->v[i].wide <= w ? 1000 : 500 + (int64_t)c->v[i].wide *
		    1070 / MAX(w, 1);
	return n;
}

/* How high the table is about, in thousandths of a line. */
static int64_t
height_of(const struct table *t, const sp *w)
{
	int64_t sum = 0;

	for (size_t r = 0; r < t->nrows; r++) {
		int64_t high = 0;

		for (int i = 0; i < t->nshown; i++) {
			int k = t->shown[i];

			high = MAX(high, lines_in(&t->rows[r].cells[k], w[k]));
		}
		sum += high;
	}
	return sum;
}

/* Give some width of one column to another. Returns the least height there
 * is by that, with the columns in *from and *to. */
static int64_t
best_move(const struct table *t, const sp *min, const bool *done, sp step,
    sp *w, int *from, int *to)
{
	int64_t best = INT64_MAX;

	for (int i = 0; i < t->nshown; i++)
		for (int j = 0; j < t->nshown; j++) {
			int a = t->shown[i], b = t->shown[j];
			int64_t h;

			if (a == b || done[a] || done[b] ||
			    w[a] - step < min[a])
				continue;
			w[a] -= step;
			w[b] += step;
			h = height_of(t, w);
			w[a] += step;
			w[b] -= step;
			if (h < best) {
				best = h;
				*from = a;
				*to = b;
			}
		}
	return best;
}

/*
 * Columns that share what is left may make the table lower by sharing it
 * otherwise: a wide one whose long cell stands in a row that is high anyway
 * can give way. By small steps as long as that helps; large tables, where it
 * would take long, are left as they are.
 */
static void
lower(const struct table *t, const sp *min, const bool *done, sp room, sp *w)
{
	sp step = MAX(room / 40, 1);
	int64_t now = height_of(t, w);

	if (t->nshown > 12 || t->nrows > 100)
		return;
	for (int i = 0; i < 40; i++) {
		int from = 0, to = 0;
		int64_t h = best_move(t, min, done, step, w, &from, &to);

		if (h >= now)
			break;
		now = h;
		w[from] -= step;
		w[to] += step;
	}
}

/* Shares as "1 3 2": as many as there are, the others 1. */
static bool
stated_widths(const struct table *t, sp *like)
{
	const char *s = t->widths;

	for (int k = 0; k < t->ncols; k++) {
		char *end;
		double v;

		like[k] = PT(1);
		if (s == NULL || *s == '\0')
			continue;
		v = strtod(s, &end);
		if (end == s || v <= 0 || v > 1000)
			return false;
		like[k] = (sp)(v * SP_PT);
		s = end + strspn(end, " ,");
	}
	return s != NULL;
}

static void
find_widths(struct layout *l, struct table *t)
{
	sp64 room = MAX(room_of(t, t->measure, t->nshown), t->nshown);
	bool *done = xcalloc((size_t)t->ncols, sizeof(*done));
	sp *min = xcalloc((size_t)t->ncols, sizeof(*min));
	sp *like = xcalloc((size_t)t->ncols, sizeof(*like));
	sp64 summin = 0, summax = 0;

	for (int i = 0; i < t->nshown; i++) {
		summin += t->min[t->shown[i]];
		summax += t->max[t->shown[i]];
	}
	/* Where words are broken, every column gives way. */
	for (int k = 0; k < t->ncols; k++)
		min[k] = summin <= room ? t->min[k] : (sp)MIN(t->min[k],
		    room / (2 * t->nshown));
	if (t->widths != NULL && !stated_widths(t, like)) {
		diag_add(l->dg, t->node->pos, MAN_BAD_SIZE, "column-widths",
		    t->widths);
		t->widths = NULL;
	}
	if (t->first > 0) {
		done[0] = true;
		t->w[0] = t->first;
	}
	if (t->widths == NULL) {
		memcpy(like, t->max, (size_t)t->ncols * sizeof(*like));
		if (summax > room && summin <= room)
			content_short(t, room, done);
	}
	if (t->widths == NULL && summax > room) {
		bool *fixed = arena_dup(l->a, done, (size_t)t->ncols *
		    sizeof(*done));

		share(t, min, like, room, done, t->w);
		lower(t, min, fixed, sp_clamp(room), t->w);
	} else {
		share(t, min, like, room, done, t->w);
	}
	free(done);
	free(min);
	free(like);
}

/* ------------------------------------------------------------- too wide */

/*
 * The width that the first column has in all groups, so that it can stand
 * before the columns of each; 0 if there is no room for that.
 */
static sp
first_width(const struct table *t)
{
	sp64 room = room_of(t, t->measure, 2), widest = 0;

	for (int k = 1; k < t->ncols; k++)
		widest = MAX(widest, t->min[k]);
	if (t->ncols < 3 || t->min[0] + widest > room)
		return 0;
	return (sp)MIN(t->max[0], MAX(t->min[0], MIN(room / 4,
	    room - widest)));
}

/* Columns that stand side by side from column `first` on, after the first
 * one of the table where that is repeated; returns the next group's first. */
static int
take_group(struct table *t, int first)
{
	sp em = t->look->size;
	sp64 sum = 0;
	int k = first;

	t->nshown = 0;
	if (t->first > 0 && first > 0) {
		t->shown[t->nshown++] = 0;
		sum = t->first;
	}
	for (; k < t->ncols; k++) {
		sp want = MIN(t->max[k], MAX(t->min[k], 6 * em));

		if (k == 0 && t->first > 0)
			want = t->first;
		if (k > first && (k - first >= t->most || sum + want >
		    room_of(t, t->measure, t->nshown + 1)))
			break;
		sum += want;
		t->shown[t->nshown++] = k;
	}
	return k;
}

/* At least one, whatever stands in it. */
static int
count_groups(struct table *t)
{
	int groups = 1, first = take_group(t, 0);

	for (; first < t->ncols; groups++)
		first = take_group(t, first);
	return groups;
}

static void
show_all(struct table *t)
{
	t->nshown = t->ncols;
	for (int k = 0; k < t->ncols; k++)
		t->shown[k] = k;
}

/* The height of a turned table's page, which is its measure: the notes that
 * it calls stand upright at the foot. */
static sp
turned_measure(struct layout *l, const struct table *t)
{
	sp64 notes = 0;

	for (size_t r = 0; r < t->nrows; r++)
		for (int k = 0; k < t->ncols; k++)
			for (uint32_t i = 0; i < t->rows[r].cells[k].n; i++)
				notes += notes_room(l,
				    t->rows[r].cells[k].v[i].p);
	for (size_t i = 0; i < t->ncaption; i++)
		if (t->caption[i].piece != NULL)
			notes += notes_room(l, t->caption[i].piece);
	if (notes > 0)
		notes += l->st->notes.gap + l->grid / 2;
	return sp_clamp(MAX(l->height - notes, 0));
}

/* How a table that is too wide is set. Returns the number of its groups. */
static int
too_wide(struct layout *l, struct table *t)
{
	sp64 pad = 2 * (sp64)t->pad_x * t->ncols, summin = least(t, SP_MAX);
	sp64 room = room_of(t, t->measure, t->ncols);
	bool may_turn = l->measure < l->height && l->calling == NULL &&
	    !t->paper;
	char need[24], have[24];
	int groups;
	sp turned;

	if (t->full > 0 && summin + pad <= t->full) {
		t->measure = t->full;
		t->start = t->end = 0;
		return 1;
	}
	t->full = 0;
	t->split = true;
	if (room > 0 && least(t, room / 2) <= room)
		return 1;
	sp_str(sp_clamp(summin + pad), need);
	sp_str(t->measure - t->start - t->end, have);
	turned = turned_measure(l, t);
	if (may_turn && least(t, turned / 2) + pad <= turned) {
		diag_add(l->dg, t->node->pos, LAY_TABLE_TURNED, need, have);
		t->turned = true;
		t->measure = turned;
		t->start = t->end = 0;
		return 1;
	}
	t->first = first_width(t);
	t->most = t->ncols;
	groups = count_groups(t);
	t->cut = groups > 1;
	/* As many columns in each as in the others. */
	t->most = (t->ncols + groups - 1) / groups;
	groups = count_groups(t);
	if (groups > 1)
		diag_add(l->dg, t->node->pos, LAY_TABLE_WIDE, need, have,
		    t->first > 0 ? "it is cut into parts under one "
		    "another, each with the first column" :
		    "it is cut into parts under one another");
	return groups;
}

/* -------------------------------------------------------- decimal columns */

/* Where the decimal sign of a cell's number stands in its text, or its end. */
static uint32_t
decimal_at(const struct piece *p)
{
	bool digit = false;

	for (size_t i = 0; i < p->n;) {
		size_t at = i;
		uint32_t cp = utf8_next(p->text, p->n, &i);

		if (digit && (cp == 0x066b || cp == '.')) {
			size_t next = i;

			if (i < p->n && uni_is_digit(utf8_next(p->text, p->n,
			    &next)))
				return (uint32_t)at;
		}
		digit = uni_is_digit(cp);
	}
	return p->n;
}

/* Natural width of a piece's text before an offset [sp]. */
static sp
width_before(const struct piece *p, uint32_t end)
{
	const struct shape_para *s = p->shaped;
	sp64 w = 0;

	for (uint32_t r = 0; r < s->nruns; r++) {
		const struct shape_run *run = &s->runs[r];
		uint32_t at = run->text;

		for (uint32_t k = 0; k < run->nclusters && at < end; k++) {
			const struct shape_cluster *c =
			    &s->clusters[run->cluster + k];

			w += muldiv(c->adv, run->size,
			    font_metrics(run->face)->upem);
			at += c->len;
		}
	}
	return sp_clamp(w);
}

/* A number, whatever its signs; with words only if it has a decimal sign. */
static bool
is_number(const struct piece *p)
{
	bool digit = false, letter = false;

	for (size_t i = 0; i < p->n;) {
		uint32_t cp = utf8_next(p->text, p->n, &i);

		digit |= uni_is_digit(cp);
		letter |= uni_is_letter(cp);
	}
	return digit && (!letter || decimal_at(p) < p->n);
}

/* The number that is all of a cell below the header; NULL if it is none. */
static struct piece *
number_in(const struct trow *row, int col)
{
	const struct cell *c = &row->cells[col];

	return !row->header && c->n == 1 && c->v[0].p->shaped != NULL &&
	    is_number(c->v[0].p) ? c->v[0].p : NULL;
}

/*
 * Numbers of a column aligned to the end stand with their decimal signs
 * under one another, or without any, their units, and the widest part behind
 * the sign at the column's end. A number runs left to right in either book,
 * so that in a left-to-right one the end is behind its last digit, and whole
 * numbers need nothing; in a right-to-left one they would begin there.
 */
static void
align_decimals(struct table *t, int col)
{
	sp whole = 0, rest = 0;
	bool any = false;

	for (size_t r = 0; r < t->nrows; r++) {
		const struct piece *p = number_in(&t->rows[r], col);
		enum doc_align align = t->rows[r].cells[col].align;
		sp before;

		if (p == NULL)
			continue;
		if (align != DOC_ALIGN_END && align != DOC_ALIGN_DECIMAL)
			return;
		before = width_before(p, decimal_at(p));
		any |= t->level & 1 || decimal_at(p) < p->n;
		whole = MAX(whole, before);
		rest = MAX(rest, width_before(p, p->n) - before);
	}
	if (!any || (sp64)whole + rest > t->w[col])
		return;
	for (size_t r = 0; r < t->nrows; r++) {
		struct cell *c = &t->rows[r].cells[col];
		struct piece *p = number_in(&t->rows[r], col);

		if (p == NULL)
			continue;
		p->pstyle.align = t->level & 1 ? PARA_END : PARA_START;
		c->shift = whole - width_before(p, decimal_at(p));
		if (!(t->level & 1))
			c->shift += MAX(t->w[col] - whole - rest, 0);
	}
}

/* ---------------------------------------------------------------- lines */

static void
break_cell(struct layout *l, const struct table *t, struct cell *c, sp w)
{
	c->nlines = 0;
	c->height = 0;
	for (uint32_t i = 0; i < c->n; i++) {
		struct part *p = &c->v[i];
		struct para_shape shape = {.measure = MAX(w, 1),
		    .indent_start = MIN(p->indent, w / 2)};

		if (p->p->para.lines == NULL || p->p->shape.measure !=
		    shape.measure || p->p->shape.indent_start !=
		    shape.indent_start) {
			p->p->shape = shape;
			p->p->pstyle.split_wide |= t->split;
			piece_break(l, p->p);
			if (p->label != NULL)
				piece_break(l, p->label);
		}
		c->nlines += p->p->para.lines->n;
		c->height += p->above + p->p->leading *
		    (sp)p->p->para.lines->n;
	}
}

void
table_plan(struct layout *l, struct table *t)
{
	size_t n = (size_t)t->ncols;

	/* Its cells are as they were, whenever it is expanded again. */
	if (t->groups > 0)
		return;
	t->min = ARENA_ARRAY(l->a, sp, n);
	t->max = ARENA_ARRAY(l->a, sp, n);
	t->w = ARENA_ARRAY(l->a, sp, n);
	t->shown = ARENA_ARRAY(l->a, int, n + 1);
	find_needs(t);
	t->groups = 1;
	if (least(t, SP_MAX) > room_of(t, t->measure, t->ncols))
		t->groups = too_wide(l, t);
	else
		t->full = 0;
}

void
table_show(struct layout *l, struct table *t, int group)
{
	int first = 0;

	if (t->cut)
		for (int g = 0; g <= group; g++)
			first = take_group(t, first);
	else
		show_all(t);
	find_widths(l, t);
	for (int i = 0; i < t->nshown; i++) {
		int k = t->shown[i];

		if (k == 0 && group > 0)
			continue;	/* its lines stand in the first group */
		align_decimals(t, k);
		for (size_t r = 0; r < t->nrows; r++)
			break_cell(l, t, &t->rows[r].cells[k], t->w[k]);
	}
}
