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
 *	upright		is a page whose lines, in the order drawn, go down
 *			more often than up;
 *	the distance	from the spine is that of the nearest word.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "impose/internal.h"

enum { MAX_LINES = 4 };

struct ticket {
	const char *method, *file;
	bool right_bound, short_edge, face_up, separate;
	size_t npages, nplaces, section;
	double w, h;			/* of the sheet [pt] */
	double upright[MAX_LINES], lying[MAX_LINES];
	double trim[4];			/* left, top, right, foot */
	int nupright, nlying;
	double milling;
	const char **numbers;		/* by place; "-" blank, "." none */
};

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
	size_t wrong;
	char why[200];			/* the first thing wrong */
	struct buf *out;
};

/* ---------------------------------------------------------------- ticket */

static const char *
value_of(struct arena *a, const char *ticket, const char *key)
{
	size_t n = strlen(key);
	const char *p;

	for (p = ticket; *p != '\0'; p += strcspn(p, " "), p += *p == ' ')
		if (strncmp(p, key, n) == 0 && p[n] == '=')
			return arena_strn(a, p + n + 1, strcspn(p + n + 1,
			    " "));
	return NULL;
}

static size_t
count_of(struct arena *a, const char *ticket, const char *key)
{
	const char *v = value_of(a, ticket, key);
	long n = v != NULL ? strtol(v, NULL, 10) : 0;

	return n > 0 && n < 1000000 ? (size_t)n : 0;
}

/* "420.472,841.89": decimals by hand, since the locale is none of ours. */
static double
read_number(const char **p)
{
	double v = 0, part = 1;

	while (**p >= '0' && **p <= '9')
		v = v * 10 + (*(*p)++ - '0');
	if (**p == '.')
		for ((*p)++; **p >= '0' && **p <= '9'; (*p)++)
			v += (**p - '0') * (part /= 10);
	if (**p == ',' || **p == 'x')
		(*p)++;
	return v;
}

static int
read_lines(const char *s, double *v)
{
	int n;

	for (n = 0; s != NULL && *s >= '0' && *s <= '9' && n < MAX_LINES;)
		v[n++] = read_number(&s);
	return n;
}

static bool
is_value(struct arena *a, const char *ticket, const char *key,
    const char *value)
{
	const char *v = value_of(a, ticket, key);

	return v != NULL && strcmp(v, value) == 0;
}

static bool
read_ticket(struct dummy *d, const char *s)
{
	struct arena *a = &d->arena;
	struct ticket *t = &d->t;
	const char *sheet = value_of(a, s, "sheet"), *p;
	const char *milling = value_of(a, s, "milling");
	size_t i;

	t->method = value_of(a, s, "method");
	t->file = value_of(a, s, "file");
	t->npages = count_of(a, s, "pages");
	t->nplaces = count_of(a, s, "places");
	t->section = count_of(a, s, "section");
	t->right_bound = !is_value(a, s, "binding", "left");
	t->short_edge = !is_value(a, s, "edge", "long");
	t->face_up = is_value(a, s, "tray", "up");
	t->separate = !is_value(a, s, "file", "both");
	t->nupright = read_lines(value_of(a, s, "upright"), t->upright);
	t->nlying = read_lines(value_of(a, s, "lying"), t->lying);
	t->nupright = MIN(t->nupright, MAX_LINES - 1);
	t->nlying = MIN(t->nlying, MAX_LINES - 1);
	p = value_of(a, s, "numbers");
	if (read_lines(value_of(a, s, "trim"), t->trim) != 4 ||
	    t->method == NULL || sheet == NULL || p == NULL ||
	    t->nplaces == 0 || t->npages > t->nplaces)
		return false;
	t->w = read_number(&sheet);
	t->h = read_number(&sheet);
	t->milling = milling != NULL ? read_number(&milling) : 0;
	t->numbers = ARENA_ARRAY(a, const char *, t->nplaces);
	for (i = 0; i < t->nplaces; i++) {
		size_t n = strcspn(p, ",");

		t->numbers[i] = arena_strn(a, p, n);
		if (n > 0 && strcmp(t->numbers[i], "-") != 0 &&
		    strcmp(t->numbers[i], ".") != 0)
			*map_put(&d->labels, p, n) = (void *)t->numbers[i];
		p += n + (p[n] == ',');
	}
	return true;
}

/* ----------------------------------------------------------------- paper */

typedef struct leaves grid_of_piles[MAX_LINES][MAX_LINES];

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

/* Lines of text go down a page, whatever else jumps about. */
static int
trend_of(const struct face *f)
{
	int trend = 0;

	for (size_t i = 1; i < f->n; i++) {
		double dy = f->own[i].y0 - f->own[i - 1].y0;

		trend += (dy > 2) - (dy < -2);
	}
	return trend;
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

static bool
is_cut_off(const struct ticket *t, bool back, double x, double y)
{
	if (back)
		x = t->w - x;
	return x < t->trim[0] || x > t->trim[2] || y < t->trim[1] ||
	    y > t->trim[3];
}

/* What of a side is in a cell of it as the reader sees it. */
static struct face *
read_cell(struct dummy *d, const struct impose_seen *s, bool back,
    struct cell c, bool turned, int spine)
{
	struct face *f = VEC_PUSH(&d->faces);
	bool about = back && !is_sideways(&d->t);

	memset(f, 0, sizeof(*f));
	f->w = c.x1 - c.x0;
	f->h = c.y1 - c.y0;
	f->spine = 1e9;
	f->own = ARENA_ARRAY(&d->arena, struct impose_word, s->nwords + 1);
	for (size_t i = 0; i < s->nwords; i++) {
		struct impose_word w = s->words[i];
		double x, y;

		if (about)
			w = turn_word(w, s->width, s->height);
		x = (w.x0 + w.x1) / 2;
		y = (w.y0 + w.y1) / 2;
		if (x < c.x0 || x >= c.x1 || y < c.y0 || y >= c.y1 ||
		    is_cut_off(&d->t, back, x, y))
			continue;
		w.x0 -= c.x0;
		w.x1 -= c.x0;
		w.y0 -= c.y0;
		w.y1 -= c.y0;
		if (turned)
			w = turn_word(w, f->w, f->h);
		f->own[f->n++] = w;
		f->spine = MIN(f->spine, spine > 0 ? f->w - w.x1 : w.x0);
	}
	f->trend = trend_of(f);
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

static bool
is_upright(const struct face *f, int usual)
{
	if (f->trend != 0 || f->number == NULL || usual == 0)
		return f->trend >= 0;
	return (f->number_y > f->h / 2) == (usual > 0);
}

static void
judge(struct dummy *d, size_t i, const struct face *f, int usual,
    const struct impose_seen *page)
{
	const char *want = d->t.numbers[i], *said = "";

	if (strcmp(want, "-") == 0) {
		if (f->n > 0)
			wrong(d, i + 1, said = "should be blank",
			    "باید سفید باشد");
	} else if (f->n == 0) {
		wrong(d, i + 1, said = "is blank", "سفید است");
	} else if (!is_upright(f, usual)) {
		wrong(d, i + 1, said = "is upside down", "وارونه است");
	} else if (strcmp(want, ".") != 0 && (f->number == NULL ||
	    strcmp(f->number, want) != 0)) {
		wrong(d, i + 1, said = "has another page's number",
		    "شمارهٔ صفحهٔ دیگری دارد");
	} else if (page != NULL && !same_words(d, f, page)) {
		wrong(d, i + 1, said = "has another page's words",
		    "واژه‌های صفحهٔ دیگری دارد");
	} else if (f->spine < d->t.milling - 0.5 && d->t.section != 0) {
		wrong(d, i + 1, said = "is cut into by the milled spine",
		    "در شیرازهٔ تراشیده بریده می‌شود");
	}
	buf_printf(d->out, "%5zu  ", i + 1);
	if (f->n == 0)
		buf_str(d->out, "blank");
	else
		buf_printf(d->out, "page %s  %s", f->number != NULL ?
		    f->number : ".", is_upright(f, usual) ? "upright" :
		    "UPSIDE DOWN");
	if (f->n > 0 && strcmp(d->t.method, "n-up") != 0)
		buf_printf(d->out, "  %.1f mm from the spine",
		    (f->spine - d->t.milling) * 25.4 / 72);
	buf_printf(d->out, "%s%s\n", *said != '\0' ? "  WRONG: it " : "",
	    said);
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

bool
impose_verify(struct diag *dg, const char *s,
    const struct impose_seen *sides, size_t nsides,
    const struct impose_seen *backs, size_t nbacks,
    const struct impose_seen *pages, size_t npages, struct buf *out)
{
	struct dummy d = {.dg = dg, .out = out};
	bool ok = false;

	if (!read_ticket(&d, s) || !sort_sides(&d, sides, nsides, backs,
	    nbacks)) {
		diag_add(dg, NOPOS, IMP_READS_WRONG, dg->persian ?
		    "برگه‌ها و شرحشان با هم نمی‌خوانند" :
		    "sheets and what is said of them do not match");
		goto out;
	}
	read_book(&d);
	judge_all(&d, pages, npages);
	ok = d.wrong == 0;
	if (!ok)
		diag_add(dg, NOPOS, IMP_READS_WRONG, d.why);
out:
	free(d.book.v);
	free(d.faces.v);
	map_free(&d.labels);
	arena_free(&d.arena);
	return ok;
}
