/*
 * The passes in their order, and what they share.
 */
#include "import/private.h"

#include <stdlib.h>
#include <string.h>

bool
is_arabic(uint32_t cp)
{
	return cp == ZWNJ || ((uni_is_letter(cp) || uni_is_mark(cp)) &&
	    cp >= 0x0610 && cp <= 0x08ff);
}

bool
is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t';
}

uint32_t
cp_at(const struct draft *d, size_t i)
{
	return i < d->n ? d->v[i].cp : '\n';
}

bool
text_is(const struct draft *d, size_t i, const char *s)
{
	size_t n = strlen(s), k = 0;

	while (k < n)
		if (cp_at(d, i++) != utf8_next(s, n, &k))
			return false;
	return true;
}

void
keep(struct import *im, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		*VEC_PUSH(&im->out) = im->in.v[i];
}

void
put(struct import *im, const char *s, uint32_t at, size_t end)
{
	size_t n = strlen(s), i = 0;

	while (i < n) {
		uint32_t cp = utf8_next(s, n, &i);

		*VEC_PUSH(&im->out) = (struct cell){cp, at, false};
		if (at + 1 < end)
			at++;
	}
}

const char *
cells_str(struct import *im, const struct draft *d, size_t from, size_t to)
{
	struct buf b = {0};
	const char *s;

	for (size_t i = from; i < to; i++)
		buf_utf8(&b, d->v[i].cp);
	s = arena_strn(&im->r->arena, b.n > 0 ? b.p : "", b.n);
	buf_free(&b);
	return s;
}

void
log_repair(struct import *im, const char *rule, size_t from, size_t to,
    const char *is, bool doubtful)
{
	const struct draft *d = &im->in;
	size_t at = from < d->n ? d->v[from].at : im->source_len;
	size_t end = to < d->n ? d->v[to].at : im->source_len;

	*VEC_PUSH(&im->log) = (struct import_repair){.rule = rule, .from = at,
	    .to = MAX(at, end), .was = cells_str(im, d, from, to),
	    .is = arena_str(&im->r->arena, is), .doubtful = doubtful};
}

void
log_words(struct import *im, const char *rule, size_t from, const char *was)
{
	size_t at = im->in.v[from].at;

	*VEC_PUSH(&im->log) = (struct import_repair){.rule = rule, .from = at,
	    .to = at, .was = arena_str(&im->r->arena, was), .is = ""};
}

void
replace(struct import *im, const char *rule, size_t from, size_t to,
    const char *is)
{
	log_repair(im, rule, from, to, is, false);
	put(im, is, from < im->in.n ? im->in.v[from].at :
	    (uint32_t)im->source_len, to < im->in.n ? im->in.v[to].at :
	    im->source_len);
}

static void
run(struct import *im, void (*pass)(struct import *im))
{
	pass(im);
	free(im->in.v);
	im->in = im->out;
	im->out = (struct draft){0};
}

static int
by_source(const void *a, const void *b)
{
	const struct import_repair *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return strcmp(x->rule, y->rule);
}

/* Lines and columns of the repairs, which are in the source's order. */
static void
place_repairs(struct import *im, const char *s, size_t n)
{
	struct pos pos = {1, 1, 0};
	size_t i = 0;

	for (size_t k = 0; k < im->log.n; k++) {
		while (i < im->log.v[k].from && i < n) {
			if (utf8_next(s, n, &i) == '\n') {
				pos.line++;
				pos.col = 0;
			}
			pos.col++;
		}
		im->log.v[k].pos = pos;
	}
}

/* Comments must not end early: what «is» holds is letters of the text. */
static void
mark_doubt(struct buf *out, const struct import_repair *p)
{
	if (strstr(p->is, "--") == NULL)
		buf_printf(out, "<!-- %s? %s -->", p->rule, p->is);
}

/* The draft's bytes, and where in them each repair came to stand. */
static void
finish(struct import *im, bool mark)
{
	struct import_result *r = im->r;
	size_t first = 0, doubt = 0;
	size_t *at = xcalloc(im->in.n + 1, sizeof(*at));

	for (size_t i = 0; i < im->in.n; i++) {
		/* A doubtful word ends where its last cell does. */
		while (mark && doubt < im->log.n && im->in.v[i].at >=
		    im->log.v[doubt].to) {
			if (im->log.v[doubt].doubtful && i > 0)
				mark_doubt(&r->text, &im->log.v[doubt]);
			doubt++;
		}
		at[i] = r->text.n;
		buf_utf8(&r->text, im->in.v[i].cp);
	}
	while (mark && doubt < im->log.n) {
		if (im->log.v[doubt].doubtful)
			mark_doubt(&r->text, &im->log.v[doubt]);
		doubt++;
	}
	at[im->in.n] = r->text.n;
	for (size_t k = 0; k < im->log.n; k++) {
		struct import_repair *p = &im->log.v[k];
		size_t to;

		while (first < im->in.n && im->in.v[first].at < p->from)
			first++;
		to = first;
		while (to < im->in.n && im->in.v[to].at < p->to)
			to++;
		p->out_from = at[first];
		p->out_to = at[to];
		r->ndoubtful += p->doubtful;
	}
	free(at);
}

void
import_text(struct import_result *r, const char *s, size_t n,
    struct import_words *words, bool mark)
{
	struct import im = {.r = r, .words = words, .source_len = n};

	buf_reserve(&r->text, n);
	r->text.p[0] = '\0';
	for (size_t i = 0; i < n;) {
		uint32_t at = (uint32_t)i, cp = utf8_next(s, n, &i);

		*VEC_PUSH(&im.in) = (struct cell){cp, at, false};
	}
	run(&im, pass_letters);
	run(&im, pass_folios);
	run(&im, pass_heads);
	run(&im, pass_paragraphs);
	run(&im, pass_page_breaks);
	run(&im, pass_citations);
	run(&im, pass_brackets);
	run(&im, pass_words);
	run(&im, pass_joiners);
	run(&im, pass_spacing);
	if (im.log.n > 0)
		qsort(im.log.v, im.log.n, sizeof(*im.log.v), by_source);
	place_repairs(&im, s, n);
	finish(&im, mark);
	r->nrepairs = im.log.n;
	r->repairs = arena_array(&r->arena, im.log.n + 1,
	    sizeof(*r->repairs));
	if (im.log.n > 0)
		memcpy(r->repairs, im.log.v, im.log.n * sizeof(*im.log.v));
	free(im.log.v);
	free(im.in.v);
}

void
import_free(struct import_result *r)
{
	buf_free(&r->text);
	arena_free(&r->arena);
	*r = (struct import_result){0};
}
