/*
 * The folded dummy: printed sheets are folded, nested, gathered, trimmed
 * and read, by what a PDF's text shows and where. Nothing of the plan is
 * asked; what is known is how a bookbinder would handle the paper, which
 * the ticket says.
 *
 * Paper first. A leaf is a cell of a sheet; sheets are grids of piles of
 * leaves. A fold lays the piles of one half behind those of the other, in
 * reversed order, each leaf with its other face up; a fold about a lying
 * line turns leaves head down as well. When one pile is left the sheet is
 * folded.
 *
 * Then text. Words of a back are first brought to where the reader sees
 * them: as they are if the printer turned the sheet about its side, else
 * turned by half. A leaf's face takes the words whose middle is in its
 * cell, turned with the leaf. Then
 *
 *	the number	is a word of the first or last line that some page of
 *			the book is numbered by;
 *	the letters	tell a page that bears no number from another;
 *	upright		is a page whose lines, in the order drawn, go down
 *			more often than up; with one line, whose words go to
 *			the right, for so they are drawn whatever they say;
 *	the distance	from the spine is that of the nearest word.
 *
 * A page of nothing but pictures says none of that: it is told that it was
 * not checked. Nor is a book certified of which nothing could be read.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "impose/internal.h"

struct leaf {
	size_t sheet;
	int col, row;			/* of the front */
	bool back_up, turned;
};

struct leaves {
	struct leaf *v;
	size_t n, cap;
};

/* One face of a leaf, or one cell of n-up. */
struct face {
	struct impose_word *own;	/* in the cell's places, upright */
	size_t n;
	double w, h;
	const char *number;		/* found; NULL */
	double number_y;
	int trend;			/* lines going down less going up */
	int along;			/* words of a line going right less
					 * going left */
	size_t cut;			/* words that the trim goes through */
	struct impose_letters letters;
	double spine;			/* from it to the nearest word */
};

struct dummy {
	struct arena arena;
	struct diag *dg;
	struct ticket t;
	struct map labels;		/* every number of the book */
	const struct impose_seen **fronts, **backs;	/* by sheet */
	size_t nsheets;
	struct leaves book;
	struct { struct face *v; size_t n, cap; } faces;
	size_t wrong, unread;
	char why[200];			/* the first thing wrong */
	struct buf *out;
};

/* ----------------------------------------------------------------- paper */

typedef struct leaves grid_of_piles[IMPOSE_LINES][IMPOSE_LINES];

/* `from` goes behind `to`, other face up. */
static void
lay_behind(struct leaves *to, struct leaves *from, bool turn)
{
	for (size_t i = from->n; i-- > 0;) {
		struct leaf l = from->v[i];

		l.back_up = !l.back_up;
		l.turned ^= turn;
		*VEC_PUSH(to) = l;
	}
	from->n = 0;
}

/* The starting half of the columns behind the other; which half moves is
 * the binding's: what is left is where page 1 is. */
static void
fold_aside(grid_of_piles g, int *first, int *cols, int rows, bool right)
{
	int half = *cols / 2, i, r;

	for (r = 0; r < rows; r++)
		for (i = 0; i < half; i++) {
			int left = *first + half - 1 - i;
			int opposite = *first + half + i;

			if (right)
				lay_behind(&g[r][left], &g[r][opposite],
				    false);
			else
				lay_behind(&g[r][opposite], &g[r][left],
				    false);
		}
	if (!right)
		*first += half;
	*cols = half;
}

/* The upper row behind the lower. */
static void
fold_top(grid_of_piles g, int first, int cols)
{
	for (int i = first; i < first + cols; i++)
		lay_behind(&g[1][i], &g[0][i], true);
}

/* All leaves of a sheet in one pile, appended to `out`. */
static void
fold_sheet(const struct ticket *t, size_t sheet, struct leaves *out)
{
	grid_of_piles g = {{{0}}};
	int cols = t->nupright + 1, rows = t->nlying + 1, first = 0;
	int all = cols, c, r;

	for (r = 0; r < rows; r++)
		for (c = 0; c < cols; c++)
			*VEC_PUSH(&g[r][c]) = (struct leaf){sheet, c, r,
			    false, false};
	if (cols == 4)
		fold_aside(g, &first, &cols, rows, t->right_bound);
	if (rows == 2)
		fold_top(g, first, cols);
	if (cols == 2)
		fold_aside(g, &first, &cols, rows, t->right_bound);
	for (size_t i = 0; i < g[rows - 1][first].n; i++)
		*VEC_PUSH(out) = g[rows - 1][first].v[i];
	for (r = 0; r < rows; r++)
		for (c = 0; c < all; c++)
			free(g[r][c].v);
}

static void
insert(struct leaves *book, size_t at, const struct leaves *in)
{
	size_t i, n = book->n;

	vec_grow((void **)&book->v, &book->cap, n + in->n + 1,
	    sizeof(*book->v));
	memmove(book->v + at + in->n, book->v + at, (n - at) *
	    sizeof(*book->v));
	for (i = 0; i < in->n; i++)
		book->v[at + i] = in->v[i];
	book->n += in->n;
}

/* Fold all, nest those of a section, gather the sections. */
static void
bind(struct dummy *d)
{
	const struct ticket *t = &d->t;
	size_t per_sheet = (size_t)(t->nupright + 1) * (size_t)(t->nlying + 1);
	size_t size = t->section > 0 ? t->section / (2 * per_sheet) :
	    d->nsheets;
	struct leaves one = {0};
	size_t i, k, at;

	for (i = 0; i < d->nsheets; i += MAX(size, 1)) {
		at = d->book.n;
		for (k = i; k < MIN(i + MAX(size, 1), d->nsheets); k++) {
			one.n = 0;
			fold_sheet(t, k, &one);
			insert(&d->book, at + (d->book.n - at) / 2, &one);
		}
	}
	free(one.v);
}

/* ------------------------------------------------------------------ text */

struct cell {
	double x0, y0, x1, y1;
};

static struct impose_word
turn_word(struct impose_word w, double width, double height)
{
	struct impose_word t = {w.text, width - w.x1, height - w.y1,
	    width - w.x0, height - w.y0};

	return t;
}

/* Does the printer turn sheets about their side edges? */
static bool
is_sideways(const struct ticket *t)
{
	return t->short_edge == (t->w >= t->h);
}

/* Lines of text go down a page, whatever else jumps about, and what is drawn
 * of a line at once goes to the right. */
static void
find_trends(struct face *f)
{
	for (size_t i = 1; i < f->n; i++) {
		double dx = f->own[i].x0 - f->own[i - 1].x0;
		double dy = f->own[i].y0 - f->own[i - 1].y0;

		f->trend += (dy > 2) - (dy < -2);
		if (fabs(dy) <= 2)
			f->along += (dx > 0) - (dx < 0);
	}
}

static void
find_number(const struct dummy *d, struct face *f)
{
	double top = 1e9, foot = -1e9, best = -1;
	size_t i, k;

	for (i = 0; i < f->n; i++) {
		top = MIN(top, f->own[i].y0);
		foot = MAX(foot, f->own[i].y1);
	}
	for (i = 0; i < f->n; i++) {
		const struct impose_word *w = &f->own[i];
		const char *label = map_get(&d->labels, w->text,
		    strlen(w->text));
		double out;

		if (label == NULL || (w->y0 > top + 6 && w->y1 < foot - 6))
			continue;
		/* Alone in its line, then the farthest out. */
		out = fabs((w->x0 + w->x1) / 2 - f->w / 2);
		for (k = 0; k < f->n; k++)
			if (k != i && fabs(f->own[k].y1 - w->y1) < 2)
				break;
		if (k == f->n)
			out += f->w;
		if (out > best) {
			best = out;
			f->number = label;
			f->number_y = (w->y0 + w->y1) / 2;
		}
	}
}

/* What of a cell remains when all is trimmed. */
static struct cell
trimmed(const struct ticket *t, struct cell c, bool back)
{
	double left = back ? t->w - t->trim[2] : t->trim[0];
	double right = back ? t->w - t->trim[0] : t->trim[2];

	c.x0 = MAX(c.x0, left);
	c.x1 = MIN(c.x1, right);
	c.y0 = MAX(c.y0, t->trim[1]);
	c.y1 = MIN(c.y1, t->trim[3]);
	return c;
}

/* A word is of the page that its middle is on. One that reaches over the
 * edge, by more than a letter may, is cut there. */
static bool
is_on(const struct impose_word *w, const struct cell *c)
{
	double x = (w->x0 + w->x1) / 2, y = (w->y0 + w->y1) / 2;

	return x >= c->x0 && x < c->x1 && y >= c->y0 && y < c->y1;
}

static bool
is_cut(const struct impose_word *w, const struct cell *c)
{
	double slack = 1;
	bool touches = w->x1 > c->x0 + slack && w->x0 < c->x1 - slack &&
	    w->y1 > c->y0 + slack && w->y0 < c->y1 - slack;

	return touches && (w->x0 < c->x0 - slack || w->x1 > c->x1 + slack);
}

/* What of a side is in a cell of it as the reader sees it. */
static struct face *
read_cell(struct dummy *d, const struct impose_seen *s, bool back,
    struct cell c, bool turned, int spine)
{
	struct face *f = VEC_PUSH(&d->faces);
	bool about = back && !is_sideways(&d->t);
	struct cell rest = trimmed(&d->t, c, back);

	memset(f, 0, sizeof(*f));
	f->w = c.x1 - c.x0;
	f->h = c.y1 - c.y0;
	f->spine = 1e9;
	f->own = ARENA_ARRAY(&d->arena, struct impose_word, s->nwords + 1);
	for (size_t i = 0; i < s->nwords; i++) {
		struct impose_word w = s->words[i];

		if (about)
			w = turn_word(w, s->width, s->height);
		f->cut += is_cut(&w, &rest);
		if (!is_on(&w, &rest))
			continue;
		w.x0 -= c.x0;
		w.x1 -= c.x0;
		w.y0 -= c.y0;
		w.y1 -= c.y0;
		if (turned)
			w = turn_word(w, f->w, f->h);
		f->own[f->n++] = w;
		impose_letters(&f->letters, w.text, strlen(w.text));
		f->spine = MIN(f->spine, spine > 0 ? f->w - w.x1 : w.x0);
	}
	find_trends(f);
	find_number(d, f);
	return f;
}

/* Borders of column c (row r) of the front. */
static void
borders(const double *lines, int n, double all, int i, double *lo, double *hi)
{
	*lo = i == 0 ? 0 : lines[i - 1];
	*hi = i == n ? all : lines[i];
}

static void
read_leaf(struct dummy *d, const struct leaf *l, bool under)
{
	const struct ticket *t = &d->t;
	bool back = l->back_up != under;
	const struct impose_seen *s = back ? d->backs[l->sheet] :
	    d->fronts[l->sheet];
	struct cell c, m;

	borders(t->upright, t->nupright, t->w, l->col, &c.x0, &c.x1);
	borders(t->lying, t->nlying, t->h, l->row, &c.y0, &c.y1);
	m = c;
	if (back) {
		m.x0 = t->w - c.x1;
		m.x1 = t->w - c.x0;
	}
	/* The spine of a right-bound book is to the right of what is up. */
	read_cell(d, s, back, m, l->turned, t->right_bound != under ? 1 : -1);
}

/* N-up: cells of a side from the starting corner. */
static void
read_side(struct dummy *d, const struct impose_seen *s, bool back)
{
	const struct ticket *t = &d->t;
	struct cell c;
	int row, i, col;

	for (row = 0; row <= t->nlying; row++)
		for (i = 0; i <= t->nupright; i++) {
			col = t->right_bound ? t->nupright - i : i;
			borders(t->upright, t->nupright, t->w, col, &c.x0,
			    &c.x1);
			borders(t->lying, t->nlying, t->h, row, &c.y0, &c.y1);
			read_cell(d, s, back, c, false, 0);
		}
}

/* --------------------------------------------------------------- verdict */

static void
wrong(struct dummy *d, size_t place, const char *en, const char *fa)
{
	if (d->wrong++ == 0)
		snprintf(d->why, sizeof(d->why), d->dg->persian ?
		    "جای %zu: %s" : "place %zu: %s", place, d->dg->persian ?
		    fa : en);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(((const struct impose_word *)a)->text,
	    ((const struct impose_word *)b)->text);
}

/* Do two pages have the same words, but for what readers part otherwise? */
static bool
same_words(struct dummy *d, const struct face *f,
    const struct impose_seen *page)
{
	struct impose_word *a = arena_dup(&d->arena, f->own, (f->n + 1) *
	    sizeof(*a)), *b = arena_dup(&d->arena, page->words,
	    page->nwords * sizeof(*b));
	size_t i = 0, k = 0, same = 0;

	qsort(a, f->n, sizeof(*a), by_text);
	qsort(b, page->nwords, sizeof(*b), by_text);
	while (i < f->n && k < page->nwords) {
		int c = strcmp(a[i].text, b[k].text);

		same += c == 0;
		i += c <= 0;
		k += c >= 0;
	}
	return same * 20 >= MAX(f->n, page->nwords) * 19;
}

/* Where folios stand on pages that are upright without doubt: +1 at the
 * foot, -1 at the head, 0 unknown. */
static int
usual_place(const struct dummy *d)
{
	int foot = 0;

	for (size_t i = 0; i < d->faces.n; i++) {
		const struct face *f = &d->faces.v[i];

		if (f->number != NULL && f->trend > 2)
			foot += f->number_y > f->h / 2 ? 1 : -1;
	}
	return foot > 0 ? 1 : foot < 0 ? -1 : 0;
}

/* 1: yes, -1: no, 0: nothing tells. */
static int
is_upright(const struct face *f, int usual)
{
	if (f->trend != 0)
		return f->trend > 0 ? 1 : -1;
	if (f->number != NULL && usual != 0)
		return (f->number_y > f->h / 2) == (usual > 0) ? 1 : -1;
	return f->along > 0 ? 1 : f->along < 0 ? -1 : 0;
}

/* What is wrong with a page that words are expected on; NULL. */
static const char *
fault_of(struct dummy *d, size_t i, const struct face *f, int usual,
    const struct impose_seen *page)
{
	const struct ticket *t = &d->t;
	const char *want = t->numbers[i], *said = NULL;
	bool told = t->words != NULL && t->has_words[i];

	if (f->n == 0)
		wrong(d, i + 1, said = "is blank", "سفید است");
	else if (is_upright(f, usual) < 0)
		wrong(d, i + 1, said = "is upside down", "وارونه است");
	else if (strcmp(want, ".") != 0 && (f->number == NULL ||
	    strcmp(f->number, want) != 0))
		wrong(d, i + 1, said = "has another page's number",
		    "شمارهٔ صفحهٔ دیگری دارد");
	else if (f->cut > 0)
		wrong(d, i + 1, said = "has words that the trim cuts off",
		    "واژه‌هایی دارد که برش از میانشان می‌گذرد");
	else if (told && !impose_letters_same(&f->letters, &t->words[i]))
		wrong(d, i + 1, said = impose_letters_count(&f->letters) * 2 <
		    impose_letters_count(&t->words[i]) ? "lacks most of its "
		    "words" : "has other words than its own",
		    "واژه‌هایش همان نیست که باید");
	else if (page != NULL && !same_words(d, f, page))
		wrong(d, i + 1, said = "has another page's words",
		    "واژه‌های صفحهٔ دیگری دارد");
	else if (f->spine < t->milling - 0.5 && t->section != 0)
		wrong(d, i + 1, said = "is cut into by the milled spine",
		    "در شیرازهٔ تراشیده بریده می‌شود");
	else if (strcmp(want, ".") == 0 && !told && page == NULL)
		d->unread++;	/* any page might lie here */
	else if (is_upright(f, usual) == 0)
		d->unread++;
	return said;
}

static void
judge(struct dummy *d, size_t i, const struct face *f, int usual,
    const struct impose_seen *page)
{
	const struct ticket *t = &d->t;
	const char *said = NULL;
	int up = is_upright(f, usual);

	if (strcmp(t->numbers[i], "-") == 0) {
		if (f->n > 0)
			wrong(d, i + 1, said = "should be blank",
			    "باید سفید باشد");
	} else if (t->words != NULL && t->has_words[i] &&
	    impose_letters_count(&t->words[i]) == 0 &&
	    strcmp(t->numbers[i], ".") == 0) {
		/* Pictures: there is nothing to read. */
		if (f->n > 0)
			wrong(d, i + 1, said = "has another page's words",
			    "واژه‌های صفحهٔ دیگری دارد");
		else
			d->unread++;
	} else {
		said = fault_of(d, i, f, usual, page);
	}
	buf_printf(d->out, "%5zu  ", i + 1);
	if (f->n == 0)
		buf_str(d->out, strcmp(t->numbers[i], "-") == 0 || said !=
		    NULL ? "blank" : "no words");
	else
		buf_printf(d->out, "page %s  %s", f->number != NULL ?
		    f->number : "(no number)", up > 0 ? "upright" : up < 0 ?
		    "UPSIDE DOWN" : "either way up");
	if (f->n > 0 && strcmp(t->method, "n-up") != 0)
		buf_printf(d->out, "  %.1f mm from the spine",
		    (f->spine - t->milling) * 25.4 / 72);
	buf_printf(d->out, "%s%s\n", said != NULL ? "  WRONG: it " : "",
	    said != NULL ? said : "");
}

/* Sides of the files -> fronts and backs by sheet; false if they do not
 * add up. */
static bool
sort_sides(struct dummy *d, const struct impose_seen *sides, size_t nsides,
    const struct impose_seen *backs, size_t nbacks)
{
	size_t n = d->t.separate ? nsides : nsides / 2, i;

	d->nsheets = n;
	if (n == 0 || (d->t.separate ? nbacks != nsides : nsides % 2 != 0))
		return false;
	d->fronts = ARENA_ARRAY(&d->arena, const struct impose_seen *, n);
	d->backs = ARENA_ARRAY(&d->arena, const struct impose_seen *, n);
	for (i = 0; i < n; i++) {
		if (!d->t.separate) {
			d->fronts[i] = &sides[2 * i];
			d->backs[i] = &sides[2 * i + 1];
			continue;
		}
		/* Fed again from the top of the pile: the first sheet is
		 * there if the pile was turned over, the last if not. */
		d->fronts[i] = &sides[i];
		d->backs[d->t.face_up ? i : n - 1 - i] = &backs[i];
	}
	return true;
}

static void
read_book(struct dummy *d)
{
	size_t i;

	if (strcmp(d->t.method, "n-up") == 0) {
		for (i = 0; i < d->nsheets; i++) {
			read_side(d, d->fronts[i], false);
			read_side(d, d->backs[i], true);
		}
		return;
	}
	bind(d);
	for (i = 0; i < d->book.n; i++) {
		read_leaf(d, &d->book.v[i], false);
		read_leaf(d, &d->book.v[i], true);
	}
}

static void
judge_all(struct dummy *d, const struct impose_seen *pages, size_t npages)
{
	int usual = usual_place(d);
	size_t i, page = 0, blanks = d->t.nplaces - d->t.npages;
	const struct impose_seen *p;
	bool blank;

	if (d->faces.n != d->t.nplaces)
		wrong(d, MIN(d->faces.n, d->t.nplaces), d->faces.n <
		    d->t.nplaces ? "is the last; sheets are missing" :
		    "is the last; there are too many sheets",
		    "شمار برگه‌ها درست نیست");
	for (i = 0; i < MIN(d->faces.n, d->t.nplaces); i++) {
		/* A place left blank has no page; one of the book's own
		 * blank pages has. Blanks come last, or before a cover. */
		blank = strcmp(d->t.numbers[i], "-") == 0 && blanks > 0 &&
		    page >= d->t.npages - 1 && d->t.nplaces - i > d->t.npages -
		    page;
		p = !blank && pages != NULL && page < npages ? &pages[page] :
		    NULL;
		judge(d, i, &d->faces.v[i], usual, p);
		page += !blank;
	}
	if (pages != NULL && page != npages)
		wrong(d, i, "is the last, but the pages' own file has another "
		    "number of them", "شمار صفحه‌ها با پروندهٔ صفحه‌ها "
		    "نمی‌خواند");
}

/* The numbers that pages of the book bear. */
static void
find_labels(struct dummy *d)
{
	const struct ticket *t = &d->t;

	for (size_t i = 0; i < t->nplaces; i++)
		if (t->numbers[i][0] != '\0' && strcmp(t->numbers[i], "-") !=
		    0 && strcmp(t->numbers[i], ".") != 0)
			*map_put(&d->labels, t->numbers[i],
			    strlen(t->numbers[i])) =
			    (void *)(uintptr_t)t->numbers[i];
}

bool
impose_verify(struct diag *dg, const char *s,
    const struct impose_seen *sides, size_t nsides,
    const struct impose_seen *backs, size_t nbacks,
    const struct impose_seen *pages, size_t npages, size_t *unread,
    struct buf *out)
{
	struct dummy d = {.dg = dg, .out = out};
	bool ok = false;

	*unread = 0;
	if (!impose_ticket_read(&d.arena, &d.t, s) || !sort_sides(&d, sides, nsides, backs,
	    nbacks)) {
		diag_add(dg, NOPOS, IMP_READS_WRONG, dg->persian ?
		    "برگه‌ها و شرحشان با هم نمی‌خوانند" :
		    "sheets and what is said of them do not match");
		goto out;
	}
	find_labels(&d);
	read_book(&d);
	judge_all(&d, pages, npages);
	ok = d.wrong == 0;
	*unread = d.unread;
	if (!ok)
		diag_add(dg, NOPOS, IMP_READS_WRONG, d.why);
out:
	free(d.book.v);
	free(d.faces.v);
	map_free(&d.labels);
	arena_free(&d.arena);
	return ok;
}
