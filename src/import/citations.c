/*
 * Citations that came out in pieces.
 *
 * «(نویسنده، ۱۳۹۵: ۷۱). » holds letters, numbers and neutral marks, so every
 * program that turns visual order back into logical order breaks it in its
 * own way: brackets mirrored, the full stop inside, the pages behind the
 * bracket, the whole of it backwards. The parts are still there: this reads
 * bracket, author, comma, year, colon, pages and what hangs on the end, in
 * each of the orders met with, and writes them in the one order that is right.
 */
#include "import/private.h"

#include <string.h>

struct span { size_t from, to; };
struct citation {
	struct span author, year, pages, word;
	size_t end;		/* behind all of it */
	bool has_stop;
};

enum { AUTHOR_MAX = 70 };

static size_t
skip_blanks(const struct draft *d, size_t i)
{
	while (is_blank(cp_at(d, i)))
		i++;
	return i;
}

static bool
is_bracket(uint32_t cp)
{
	return cp == '(' || cp == ')';
}

static size_t
skip_digits(const struct draft *d, size_t i)
{
	while (uni_digit_value(cp_at(d, i)) >= 0)
		i++;
	return i;
}

/* Four digits, from 1000 to 2999. */
static bool
read_year(const struct draft *d, size_t *i, struct span *out)
{
	size_t end = skip_digits(d, *i);
	int first = uni_digit_value(cp_at(d, *i));

	if (end - *i != 4 || (first != 1 && first != 2))
		return false;
	*out = (struct span){*i, end};
	*i = end;
	return true;
}

static bool
read_pages(const struct draft *d, size_t *i, struct span *out)
{
	size_t end = skip_digits(d, *i), more;

	if (end == *i || end - *i > 5)
		return false;
	if (cp_at(d, end) == '-' || cp_at(d, end) == 0x2013) {
		more = skip_digits(d, end + 1);
		end = more > end + 1 ? more : end;
	}
	*out = (struct span){*i, end};
	*i = end;
	return true;
}

/* Letters up to a comma; true and behind it, or false. */
static bool
read_author(const struct draft *d, size_t *i, struct span *out)
{
	size_t j = *i;

	while (j - *i < AUTHOR_MAX && (is_arabic(cp_at(d, j)) ||
	    is_blank(cp_at(d, j))))
		j++;
	if (j == *i || cp_at(d, j) != 0x060c)
		return false;
	*out = (struct span){*i, j};
	while (out->to > out->from && is_blank(cp_at(d, out->to - 1)))
		out->to--;
	*i = skip_blanks(d, j + 1);
	return out->to > out->from;
}

/* «)», «.)», « .)»: the bracket that ends it and its full stop. */
static bool
read_tail(const struct draft *d, size_t *i, struct citation *c)
{
	size_t j = skip_blanks(d, *i);

	if (cp_at(d, j) == '.') {
		c->has_stop = true;
		j = skip_blanks(d, j + 1);
	}
	if (!is_bracket(cp_at(d, j)))
		return false;
	*i = j + 1;
	return true;
}

/* «.)63-65 :1399 )» behind an author: numbers in visual order. */
static bool
read_turned_numbers(const struct draft *d, size_t *i, struct citation *c)
{
	size_t j = *i;

	if (cp_at(d, j) != '.' || !is_bracket(cp_at(d, j + 1)))
		return false;
	j += 2;
	if (!read_pages(d, &j, &c->pages))
		return false;
	j = skip_blanks(d, j);
	if (cp_at(d, j) != ':')
		return false;
	j = skip_blanks(d, j + 1);
	if (!read_year(d, &j, &c->year))
		return false;
	j = skip_blanks(d, j);
	if (!is_bracket(cp_at(d, j)))
		return false;
	c->has_stop = true;
	c->end = j + 1;
	return true;
}

/* «(author، year: pages)» with what may be wrong in it. */
static bool
read_citation(const struct draft *d, size_t i, struct citation *c)
{
	bool has_author;

	*c = (struct citation){0};
	if (!is_bracket(cp_at(d, i)))
		return false;
	i = skip_blanks(d, i + 1);
	has_author = read_author(d, &i, &c->author);
	if (has_author && read_turned_numbers(d, &i, c))
		return true;
	if (!read_year(d, &i, &c->year))
		return false;
	if (has_author && cp_at(d, skip_blanks(d, i)) == ':') {
		i = skip_blanks(d, skip_blanks(d, i) + 1);
		if (!read_pages(d, &i, &c->pages)) {
			/* «: .)58»: the pages fell out of the bracket. */
			if (!read_tail(d, &i, c) ||
			    !read_pages(d, &i, &c->pages))
				return false;
			c->end = i;
			return true;
		}
	}
	if (!read_tail(d, &i, c))
		return false;
	c->end = i;
	return true;
}

/* «.(60 :1399 ،author )word»: all of it in visual order, and before it the
 * word that it should follow. */
static bool
read_backwards(const struct draft *d, size_t i, struct citation *c)
{
	size_t j = i + 2, end;

	*c = (struct citation){0};
	if (cp_at(d, i) != '.' || cp_at(d, i + 1) != '(' ||
	    !read_pages(d, &j, &c->pages))
		return false;
	j = skip_blanks(d, j);
	if (cp_at(d, j) != ':')
		return false;
	j = skip_blanks(d, j + 1);
	if (!read_year(d, &j, &c->year))
		return false;
	j = skip_blanks(d, j);
	if (cp_at(d, j) != 0x060c)
		return false;
	j = skip_blanks(d, j + 1);
	for (end = j; end - j < AUTHOR_MAX && (is_arabic(cp_at(d, end)) ||
	    is_blank(cp_at(d, end)));)
		end++;
	if (end == j || cp_at(d, end) != ')')
		return false;
	c->author = (struct span){j, end};
	while (c->author.to > j && is_blank(cp_at(d, c->author.to - 1)))
		c->author.to--;
	for (j = end + 1; is_arabic(cp_at(d, j));)
		j++;
	c->word = (struct span){end + 1, j};
	c->end = j;
	c->has_stop = true;
	return true;
}

static const char *
written(struct import *im, const struct citation *c)
{
	const struct draft *d = &im->in;
	const char *author = cells_str(im, d, c->author.from, c->author.to);
	const char *pages = cells_str(im, d, c->pages.from, c->pages.to);
	const char *word = cells_str(im, d, c->word.from, c->word.to);

	return arena_printf(&im->r->arena, "%s%s(%s%s%s%s%s)%s", word,
	    *word != '\0' ? " " : "", author, *author != '\0' ? "، " : "",
	    cells_str(im, d, c->year.from, c->year.to), *pages != '\0' ?
	    ": " : "", pages, c->has_stop ? "." : "");
}

/* A sentence that ends before its citation and in it ends once, behind it. */
static void
drop_stop_before(struct import *im)
{
	size_t n = im->out.n;

	while (n > 0 && is_blank(im->out.v[n - 1].cp))
		n--;
	if (n > 0 && im->out.v[n - 1].cp == '.' && n < im->out.n) {
		im->out.v[n - 1].cp = ' ';
		im->out.n = n;
	}
}

static void
write_citation(struct import *im, size_t at, const struct citation *c)
{
	const char *was = cells_str(im, &im->in, at, c->end);
	const char *is = written(im, c);
	size_t first;

	if (c->has_stop)
		drop_stop_before(im);
	if (im->out.n > 0 && (is_arabic(im->out.v[im->out.n - 1].cp) ||
	    im->out.v[im->out.n - 1].cp == ')'))
		put(im, " ", im->in.v[at].at, 0);
	first = im->out.n;
	if (strcmp(was, is) == 0)
		keep(im, at, c->end);
	else
		replace(im, "citation", at, c->end, is);
	for (size_t i = first; i < im->out.n; i++)
		im->out.v[i].fixed = true;
	if (is_arabic(cp_at(&im->in, c->end)))
		put(im, " ", im->in.v[c->end - 1].at, 0);
}

void
pass_citations(struct import *im)
{
	struct citation c;

	for (size_t i = 0; i < im->in.n;) {
		if (read_citation(&im->in, i, &c) ||
		    read_backwards(&im->in, i, &c)) {
			write_citation(im, i, &c);
			i = c.end;
		} else {
			keep(im, i, i + 1);
			i++;
		}
	}
}
