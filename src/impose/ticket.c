/*
 * The ticket: a line of KEY=VALUE that goes with the sheets in the PDF's
 * Info. It tells the folded dummy how the paper is printed on, folded and
 * bound, the lines of folds and cuts [pt], what is left when all is trimmed,
 * and the number that each page of the book bears and the letters it has, in
 * reading order. Which page lies in which cell is not in it: that is what the
 * dummy finds out.
 */
#include <stdlib.h>
#include <string.h>

#include "impose/internal.h"

/* --------------------------------------------------------------- writing */

static void
put_pt(struct buf *b, sp v)
{
	int64_t m = muldiv(v, 1000, SP_PT);

	buf_printf(b, "%s%lld.%03lld", m < 0 ? "-" : "",
	    (long long)(m < 0 ? -m : m) / 1000,
	    (long long)(m < 0 ? -m : m) % 1000);
}

static void
put_lines(struct buf *b, const struct grid *g)
{
	struct impose_box trim = impose_trim(g);
	int i;

	buf_str(b, " sheet=");
	put_pt(b, g->sheet_w);
	buf_char(b, 'x');
	put_pt(b, g->sheet_h);
	buf_str(b, " page=");
	put_pt(b, g->w);
	buf_char(b, 'x');
	put_pt(b, g->h);
	buf_str(b, " trim=");
	put_pt(b, MAX(trim.x, 0));	/* pages a hair wider than the sheet */
	buf_char(b, ',');
	put_pt(b, MAX(trim.y, 0));
	buf_char(b, ',');
	put_pt(b, trim.x + trim.w);
	buf_char(b, ',');
	put_pt(b, trim.y + trim.h);
	buf_str(b, " upright=");
	for (i = 0; i + 1 < g->cols; i++) {
		if (i > 0)
			buf_char(b, ',');
		put_pt(b, impose_line_x(g, i));
	}
	buf_str(b, " lying=");
	for (i = 0; i + 1 < g->rows; i++) {
		if (i > 0)
			buf_char(b, ',');
		put_pt(b, impose_line_y(g, i));
	}
}

/* What a page calls itself: "-" where nothing is printed, "." where its
 * number is not. */
static const char *
number_of(const struct page *pg)
{
	if (pg->nitems == 0)
		return "-";
	if (pg->label == NULL || pg->label[0] == '\0' ||
	    strpbrk(pg->label, ", ") != NULL)
		return ".";
	for (size_t i = 0; i < pg->nitems; i++)
		if (pg->items[i].kind == PAGE_TEXT &&
		    pg->items[i].elem == ARTIFACT_PAGINATION &&
		    strcmp(pg->items[i].u.text.para->lines->para->text,
		    pg->label) == 0)
			return pg->label;
	return ".";
}

/* A string of a PDF ends at 64 KiB; a longer book is known by its folios. */
#define MOST_WORDS 2000

static void
put_words(struct buf *b, const struct impose *p, const struct page_book *book,
    const uint32_t *order)
{
	struct impose_letters letters;

	if (p->nplaces > MOST_WORDS)
		return;
	buf_str(b, " words=");
	for (size_t i = 0; i < p->nplaces; i++) {
		if (i > 0)
			buf_char(b, ',');
		if (order[i] == IMPOSE_BLANK) {
			buf_char(b, '-');
			continue;
		}
		impose_page_letters(&letters, &book->pages[order[i]]);
		impose_letters_put(b, &letters);
	}
}

static char *
ticket(struct impose *p, const struct grid *g, const struct page_book *book,
    const uint32_t *order, const char *file)
{
	struct buf b = {0};
	char *s;
	size_t i;

	buf_printf(&b, "method=%s binding=%s edge=%s file=%s pages=%zu "
	    "places=%zu section=%zu", impose_method_name(p->o.method),
	    p->right_bound ? "right" : "left", p->o.edge ==
	    IMPOSE_EDGE_SHORT ? "short" : "long", file, p->npages, p->nplaces,
	    impose_section_size(p->o.method));
	if (p->o.separate)
		buf_printf(&b, " tray=%s", p->o.face_up ? "up" : "down");
	put_lines(&b, g);
	buf_str(&b, " milling=");
	put_pt(&b, impose_folds_once(p->o.method) && p->o.milling == 0 ? 0 :
	    g->spine / 2);
	buf_str(&b, " numbers=");
	for (i = 0; i < p->nplaces; i++)
		buf_printf(&b, "%s%s", i > 0 ? "," : "", order[i] ==
		    IMPOSE_BLANK ? "-" : number_of(&book->pages[order[i]]));
	put_words(&b, p, book, order);
	s = arena_strn(&p->arena, b.p, b.n);
	buf_free(&b);
	return s;
}

void
impose_ticket(struct impose *p, const struct grid *g,
    const struct page_book *book, const uint32_t *order)
{
	p->ticket = ticket(p, g, book, order, p->o.separate ? "fronts" :
	    "both");
	if (p->o.separate)
		p->ticket_backs = ticket(p, g, book, order, "backs");
}

/* --------------------------------------------------------------- reading */

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

	for (n = 0; s != NULL && *s >= '0' && *s <= '9' && n < IMPOSE_LINES;)
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

/* Letters by place, where they are said. */
static void
read_words(struct arena *a, struct ticket *t, const char *p)
{
	size_t n;

	if (p == NULL)
		return;
	t->words = ARENA_ARRAY(a, struct impose_letters, t->nplaces);
	t->has_words = ARENA_ARRAY(a, bool, t->nplaces);
	for (size_t i = 0; i < t->nplaces; i++) {
		n = strcspn(p, ",");
		t->has_words[i] = impose_letters_read(&t->words[i], p, n);
		p += n + (p[n] == ',');
	}
}

bool
impose_ticket_read(struct arena *a, struct ticket *t, const char *s)
{
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
	t->nupright = MIN(t->nupright, IMPOSE_LINES - 1);
	t->nlying = MIN(t->nlying, IMPOSE_LINES - 1);
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
		p += n + (p[n] == ',');
	}
	read_words(a, t, value_of(a, s, "words"));
	return true;
}

