/*
 * A line of a broken paragraph -> strings of a content stream.
 *
 * Readers rebuild the order of a line from the places of its glyphs, each in
 * its own way, and all stumble where levels meet: numbers in Persian text
 * lose their order, full stops change sides. Measured on the readers at
 * hand, this is what comes out as it went in:
 *
 * - the line's level runs, and the strings of one face in them, follow one
 *   another in logical order, each placed by itself; inside a string glyphs
 *   are drawn from left to right;
 * - a blank U+200F ends (on the right) each right-to-left run that stands
 *   just left of a left-to-right one;
 * - a blank U+200E ends each left-to-right run of such lines whose last
 *   character is a bracket, a sign or a full stop;
 * - an Arabic letter mark goes before the separators and signs of
 *   right-to-left runs in lines of mixed levels, before the neutrals where
 *   such runs end, and before the one at the line's left end.
 *
 * Words stay bare: the marks would part them from a search.
 *
 * In tagged text right-to-left strings are marked ReversedChars (ISO
 * 32000-1, 14.8.2.3.3): who reads element by element then knows to turn them
 * round, and gets the manuscript letter for letter. No reader measured pays
 * heed to it in plain extraction. The mark stands around the element's own
 * sequence: poppler takes the end of one inside for the end of the element
 * and loses what follows (docs/pdf.md has the figures). The clause wants no
 * spaces inside such strings; a string a word would make pages a quarter
 * larger and has MuPDF print a word a line.
 */
#include "pdf/internal.h"

#include <stdlib.h>
#include <string.h>

/* Edges that meet may differ by this: they are sums of rounded widths. */
#define NEAR 64

/* Keys and moves of a record, each of three units at most. */
#define RECORD_MOST 20000

struct piece {
	const struct pdf_codes *codes;	/* NULL: the single `key` */
	uint32_t key;
	int32_t before;			/* 1/1000 em moved before it */
	int32_t after;
};

struct pdf_text {
	struct { struct piece *v; size_t n, cap; } units;
	struct { uint16_t *v; size_t n, cap; } record;
	struct { struct shape_glyph *v; size_t n, cap; } glyphs;
};

/* A run being turned into units. */
struct walk {
	const struct shape_para *p;
	const struct line_run *r;
	const struct shape_cluster *cl;
	const struct shape_glyph *gl;
	struct pdf_face *face;
	uint32_t n;
	uint32_t alm_from, alm_to;	/* neutrals of clusters < from or >=
					 * to get a mark */
	uint32_t left;			/* cluster at the line's left end */
	bool mixed, rtl;
	bool carry;			/* the author's tatweels */
	bool first;			/* of its line's runs */
	int64_t error;			/* wanted less given: sp * upem */
};

struct pdf_text *
pdf_text_open(void)
{
	return xcalloc(1, sizeof(struct pdf_text));
}

void
pdf_text_close(struct pdf_text *t)
{
	if (t == NULL)
		return;
	free(t->units.v);
	free(t->record.v);
	free(t->glyphs.v);
	free(t);
}

/* Characters that numbers draw to themselves (bidi classes ES, ET, CS, as
 * far as books have them). */
static bool
is_separator(uint32_t cp)
{
	switch (cp) {
	case '+': case '-': case ',': case '.': case '/': case ':':
	case '#': case '$': case '%': case 0xa0: case 0xb0: case 0xb1:
	case 0x609: case 0x60a: case 0x60c: case 0x66a: case 0x66b:
	case 0x66c: case 0x2030: case 0x2044: case 0x20ac: case 0x2212:
		return true;
	}
	return false;
}

static bool
is_narrow_letter(const struct walk *w, const struct shape_cluster *c,
    const char *text)
{
	size_t i = 0;
	uint32_t cp;

	if ((int64_t)c->adv * 20 >= w->face->upem || (c->flags & (SHAPE_SPACE |
	    SHAPE_DIGIT | SHAPE_NEUTRAL | SHAPE_OBJECT)) != 0)
		return false;
	cp = utf8_next(text, c->len, &i);
	return uni_is_letter(cp) || uni_is_mark(cp);
}

/* A letter whose code may carry the bars of tatweels after it. */
static bool
carries(const struct walk *w, const struct shape_cluster *c)
{
	return w->carry && w->rtl && c->nglyph > 0 && !(c->flags &
	    (SHAPE_SPACE | SHAPE_OBJECT | SHAPE_TATWEEL | SHAPE_NEUTRAL |
	    SHAPE_DIGIT | SHAPE_IGNORABLE));
}

/* Does cluster `c` ride on the one before it? */
static bool
joins(const struct walk *w, const struct shape_cluster *c, const char *text,
    bool carried)
{
	if (c->flags & (SHAPE_SPACE | SHAPE_OBJECT))
		return false;
	if (carried && c->flags & SHAPE_TATWEEL)
		return true;
	return c->nglyph == 0 || (c->flags & SHAPE_IGNORABLE) != 0 ||
	    is_narrow_letter(w, c, text);
}

/* Glyphs of clusters [i, j) in visual order; what is only there to steer
 * bidi is not drawn. */
static size_t
gather(struct pdf_text *t, const struct walk *w, uint32_t i, uint32_t j,
    uint32_t glyph)
{
	const struct shape_cluster *c;
	uint32_t k, n, total = 0;
	size_t at;

	for (k = i; k < j; k++) {
		if (!(w->cl[k].flags & SHAPE_IGNORABLE))
			total += w->cl[k].nglyph;
	}
	vec_grow((void **)&t->glyphs.v, &t->glyphs.cap, total + 1,
	    sizeof(*t->glyphs.v));
	at = w->rtl ? total : 0;
	for (k = i; k < j; k++) {
		c = &w->cl[k];
		n = c->flags & SHAPE_IGNORABLE ? 0 : c->nglyph;
		if (w->rtl)
			at -= n;
		memcpy(t->glyphs.v + at, w->gl + glyph, n * sizeof(*w->gl));
		if (!w->rtl)
			at += n;
		glyph += c->nglyph;
	}
	return total;
}

static bool
wants_mark(const struct walk *w, uint32_t i, const char *text)
{
	const struct shape_cluster *c = &w->cl[i];
	size_t at = 0;

	if (!w->rtl || !(c->flags & (SHAPE_NEUTRAL | SHAPE_SPACE)))
		return false;
	return i == w->left || i < w->alm_from || i >= w->alm_to ||
	    is_separator(utf8_next(text, c->len, &at));
}

/* sp * upem -> thousandths of an em. */
static int32_t
thousandths(const struct walk *w, int64_t v)
{
	return (int32_t)muldiv(v, 1000, (int64_t)w->r->run->size *
	    w->face->upem);
}

static void
add_space(struct pdf_text *t, struct walk *w, uint32_t i, uint32_t index,
    const char *text)
{
	const struct line_run *r = w->r;
	sp want = r->space + (index < r->nextra);
	sp size = r->run->size;
	size_t at = 0;
	uint32_t cp = utf8_next(text, w->cl[i].len, &at);
	struct piece *u = VEC_PUSH(&t->units);
	int64_t exact = (int64_t)want * w->face->upem;
	int adv;

	memset(u, 0, sizeof(*u));
	/* What rounding left over of earlier spaces goes in here. */
	w->error += exact;
	adv = (int)muldiv(w->error, 1, size);
	adv = MAX(adv, 0);
	w->error -= (int64_t)adv * size;
	u->key = pdf_space(w->face, cp, adv, wants_mark(w, i, text));
}

/* The first ZWNJ or ZWJ of `len` bytes, NULL if there is none: it belongs to
 * the word after the space that it is clustered with. */
static const char *
joiner_in(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i + 3 <= len; i++)
		if (memcmp(text + i, "\xe2\x80\x8c", 3) == 0 ||
		    memcmp(text + i, "\xe2\x80\x8d", 3) == 0)
			return text + i;
	return NULL;
}

/* That of the space which the line before this run dropped. */
static const char *
joiner_before(const struct walk *w)
{
	const char *text = w->p->text + w->r->text;
	uint32_t i = w->r->cluster, len;

	if (!w->first || i == 0 || !(w->p->clusters[i - 1].flags & SHAPE_SPACE))
		return NULL;
	len = w->p->clusters[i - 1].len;
	return joiner_in(text - len, len);
}

static sp
rise_of(const struct line_run *r)
{
	return r->run->style != NULL ? r->run->style->rise : 0;
}

static int
rise_units(const struct line_run *r)
{
	return (int)muldiv(rise_of(r), font_metrics(r->run->face)->upem,
	    MAX(r->run->size, 1));
}

/*
 * Raised text (a note's mark) is drawn by raised glyphs on the baseline of
 * its line. Moved up as a whole, by its matrix or by Ts, it would be a line
 * of its own to PDFium, which then hands out what follows it first.
 */
static const struct shape_glyph *
raised(struct pdf_text *t, const struct shape_glyph *gl, size_t n, int rise)
{
	if (gl != t->glyphs.v) {
		vec_grow((void **)&t->glyphs.v, &t->glyphs.cap, n + 1,
		    sizeof(*t->glyphs.v));
		memcpy(t->glyphs.v, gl, n * sizeof(*gl));
	}
	for (size_t i = 0; i < n; i++)
		t->glyphs.v[i].dy = (int16_t)(t->glyphs.v[i].dy + rise);
	return t->glyphs.v;
}

/*
 * Clusters of the run -> units in logical order. A cluster's text and
 * glyphs start where the last one's ended.
 */
static void
walk_run(struct pdf_text *t, struct walk *w, struct pdf_glyphs *g)
{
	const struct line_run *r = w->r;
	sp size = r->run->size;
	int rise = rise_units(r);
	uint32_t i, j, spaces = 0, glyph = w->r->word != NULL ? 0 : r->glyph;
	const char *text = w->p->text + r->text, *lead = joiner_before(w);
	size_t len, n;

	for (i = 0; i < w->n; i = j) {
		const struct shape_cluster *c = &w->cl[i];
		const struct shape_glyph *gl = w->gl + glyph;
		unsigned flags = w->rtl ? PDF_RTL : 0;
		struct piece *u;
		int64_t adv = c->adv, off;
		bool carried;

		j = i + 1;
		len = c->len;
		n = c->nglyph;
		if (c->flags & SHAPE_OBJECT) {
			u = VEC_PUSH(&t->units);
			memset(u, 0, sizeof(*u));
			u->key = UINT32_MAX;
			u->before = thousandths(w, (int64_t)c->adv *
			    w->face->upem);
			text += len;
			glyph += c->nglyph;
			lead = NULL;
			continue;
		}
		if (c->flags & SHAPE_SPACE) {
			add_space(t, w, i, spaces++, text);
			lead = joiner_in(text, len);
			text += len;
			glyph += c->nglyph;
			continue;
		}
		if (wants_mark(w, i, text))
			flags |= PDF_ALM;
		carried = carries(w, c);
		if ((c->flags & SHAPE_IGNORABLE) != 0 ||
		    (j < w->n && joins(w, &w->cl[j], text + len, carried))) {
			flags |= carried ? PDF_CARRY : 0;
			/* One that nothing stands before takes the next
			 * along. */
			bool lone = (c->flags & SHAPE_IGNORABLE) != 0;

			for (; j < w->n; j++) {
				const struct shape_cluster *d = &w->cl[j];

				if (lone && !(d->flags & (SHAPE_SPACE |
				    SHAPE_OBJECT))) {
					lone = d->flags & SHAPE_IGNORABLE;
				} else if (!joins(w, d, text + len, carried)) {
					break;
				}
				len += d->len;
				adv += d->adv;
			}
			n = gather(t, w, i, j, glyph);
			for (uint32_t k = i; k < j; k++)
				glyph += w->cl[k].nglyph;
			gl = t->glyphs.v;
		} else {
			glyph += c->nglyph;
		}
		if (rise != 0)
			gl = raised(t, gl, n, rise);
		u = VEC_PUSH(&t->units);
		memset(u, 0, sizeof(*u));
		if (lead == NULL)
			lead = text;
		u->codes = pdf_cluster(g, w->face, lead, (size_t)(text - lead) +
		    len, gl, n, flags);
		lead = NULL;
		/* Kerning of left-to-right text, and letterspacing. */
		off = (adv - u->codes->adv) * size;
		if (off != 0)
			u->after = thousandths(w, off);
		text += len;
	}
}

/* ------------------------------------------------------------- records */

static void
put_unit(struct pdf_text *t, uint32_t key)
{
	if (key < PDF_UNIT_LONG) {
		*VEC_PUSH(&t->record) = (uint16_t)key;
	} else {
		*VEC_PUSH(&t->record) = PDF_UNIT_LONG;
		*VEC_PUSH(&t->record) = (uint16_t)key;
		*VEC_PUSH(&t->record) = (uint16_t)(key >> 16);
	}
}

/* To the right by thousandths of an em; TJ counts to the left. */
static void
put_adjust(struct pdf_text *t, int32_t v)
{
	int32_t step;

	for (v = -v; v != 0; v -= step) {
		step = MAX(-16000, MIN(16000, v));
		*VEC_PUSH(&t->record) = PDF_UNIT_ADJUST |
		    ((uint16_t)step & 0x7fff);
	}
}

static void
flush_record(struct pdf_text *t, struct pdf_content *c, uint32_t face,
    sp size)
{
	unsigned char head[9] = { PDF_RECORD };
	uint16_t f = (uint16_t)face, n;
	size_t at, all = t->record.n, end, most;

	for (at = 0; at < all; at = end) {
		/* So many keys and moves whether keys are long or not: where
		 * a string is cut must not hang on the numbers of keys. */
		end = all <= RECORD_MOST ? all : at;
		for (most = RECORD_MOST; most > 0 && end < all; most--)
			end += t->record.v[end] == PDF_UNIT_LONG ? 3 : 1;
		n = (uint16_t)(end - at);
		memcpy(head + 1, &f, 2);
		memcpy(head + 3, &n, 2);
		memcpy(head + 5, &size, 4);
		buf_add(&c->b, head, sizeof(head));
		buf_add(&c->b, t->record.v + at, n * sizeof(uint16_t));
	}
	t->record.n = 0;
}

static void
put_units(struct pdf_text *t, struct pdf_content *c, const struct walk *w,
    bool lead, bool mark)
{
	size_t i, n = t->units.n;
	const struct piece *u;
	uint32_t k;

	if (lead)
		put_unit(t, pdf_rlm(w->face));
	for (i = 0; i < n; i++) {
		u = &t->units.v[w->rtl ? n - 1 - i : i];
		put_adjust(t, u->before);
		for (k = 0; u->codes != NULL && k < u->codes->nkeys; k++)
			put_unit(t, u->codes->keys[k]);
		if (u->codes == NULL && u->key != UINT32_MAX)
			put_unit(t, u->key);
		put_adjust(t, u->after);
	}
	if (mark) {
		/* Inside the run: at its very edge it would stand at the
		 * same place as the first digit, on either side of it. */
		put_adjust(t, -PDF_BLANK);
		put_unit(t, w->rtl ? pdf_rlm(w->face) : pdf_lrm(w->face));
	}
	flush_record(t, c, w->face->index, w->r->run->size);
	t->units.n = 0;
}

/* Do the units show anything? A picture's place alone is only a move. */
static bool
shows(const struct pdf_text *t)
{
	size_t i;

	for (i = 0; i < t->units.n; i++)
		if (t->units.v[i].codes != NULL ||
		    t->units.v[i].key != UINT32_MAX)
			return true;
	return false;
}

/*
 * Where the next string starts: by a move from where the last one did, which
 * takes half the bytes of a matrix and comes to the same in every reader
 * measured. One text object for several sequences would save a little more,
 * but MuPDF then puts notes' marks elsewhere. Places are rounded before they
 * are told apart, so nothing adds up.
 */
static void
place(struct pdf_content *c, sp x, sp y, int turn)
{
	static const char *const turns[] = { "1 0 0 1 ", "0 -1 1 0 ",
		"-1 0 0 -1 ", "0 1 -1 0 " };
	int64_t right = pdf_hundredths(x);
	int64_t up = pdf_hundredths((sp64)c->height - y);
	bool moves = c->placed && (turn & 3) == 0;

	if (!moves)
		buf_str(&c->b, turns[turn & 3]);
	pdf_put_fixed(&c->b, right - (moves ? c->x : 0), 2);
	buf_char(&c->b, ' ');
	pdf_put_fixed(&c->b, up - (moves ? c->y : 0), 2);
	buf_str(&c->b, moves ? " Td\n" : " Tm\n");
	c->placed = (turn & 3) == 0;
	c->x = right;
	c->y = up;
}

/* ---------------------------------------------------------------- lines */

static void
walk_open(struct walk *w, struct pdf_job *j, const struct shape_para *p,
    const struct line_run *r)
{
	memset(w, 0, sizeof(*w));
	w->p = p;
	w->r = r;
	w->cl = r->word != NULL ? r->word->clusters :
	    p->clusters + r->cluster;
	w->gl = r->word != NULL ? r->word->glyphs : p->glyphs;
	w->n = r->nclusters;
	w->face = pdf_face(&j->glyphs, r->run->face);
	w->rtl = r->level & 1;
	w->carry = j->o == NULL || !j->o->keep_tatweel;
	w->alm_to = w->left = UINT32_MAX;
}

static bool
is_neutral(const struct shape_cluster *c)
{
	return c->flags & (SHAPE_NEUTRAL | SHAPE_SPACE | SHAPE_IGNORABLE);
}

static sp
left_edge(const struct para_line *l, uint32_t i, uint32_t k)
{
	sp x = l->runs[i].x;

	for (; i < k; i++)
		x = MIN(x, l->runs[i].x);
	return x;
}

/* Is there a left-to-right run whose left edge is at `x`? */
static bool
meets_even(const struct para_line *l, sp x)
{
	uint32_t i;
	sp d;

	for (i = 0; i < l->nruns; i++) {
		d = l->runs[i].x - x;
		if (!(l->runs[i].level & 1) && d > -NEAR && d < NEAR)
			return true;
	}
	return false;
}

/*
 * A string that begins with a vowel mark (the word at the line's left end
 * has one on its last letter): MuPDF and pdf.js add the mark to what was
 * drawn before, a line above. A blank U+200F outside the line keeps it.
 */
static bool
ends_in_mark(const struct walk *w)
{
	const char *text = w->p->text + w->r->text;
	size_t n = 0, at;
	uint32_t i;

	for (i = 0; i < w->n; i++)
		n += w->cl[i].len;
	for (at = n; at > 0 && (text[at - 1] & 0xc0) == 0x80; at--)
		;
	if (at == 0)
		return false;
	at--;
	return uni_is_mark(utf8_next(text, n, &at));
}

/*
 * A left-to-right run that ends (on the right) in a bracket, as «Lenin
 * (1920)»: poppler, going from right to left, takes that for a part of what
 * stands before the run. A blank U+200E keeps it.
 */
static bool
ends_neutral(const struct walk *w)
{
	uint32_t i = w->n;

	while (i > 0 && w->cl[i - 1].flags & (SHAPE_IGNORABLE | SHAPE_SPACE))
		i--;
	return i > 0 && w->cl[i - 1].flags & SHAPE_NEUTRAL &&
	    !(w->cl[i - 1].flags & SHAPE_DIGIT);
}

struct line_job {
	struct pdf_job *j;
	struct pdf_content *c;
	const struct page_item *it;
	const struct para_line *l;
	bool mixed;
	sp left;			/* the line's left end */
};

static const struct page_span *
span_of(const struct line_job *d, const struct line_run *r)
{
	const struct page_para *pp = d->it->u.text.para;

	return pp->spans != NULL ? &pp->spans[r->run->span] : NULL;
}

/* May run `b`, which follows `a`, stand in the same string? */
static bool
same_string(const struct line_job *d, const struct line_run *a,
    const struct line_run *b)
{
	const struct page_span *s = span_of(d, a), *t = span_of(d, b);
	sp gap = a->level & 1 ? b->x + b->width - a->x : a->x + a->width - b->x;

	if (a->run->face != b->run->face || a->run->size != b->run->size ||
	    rise_of(a) != rise_of(b) || gap < -NEAR || gap > NEAR)
		return false;
	if (s == t)
		return true;
	return s != NULL && t != NULL && s->elem == t->elem &&
	    memcmp(&s->colour, &t->colour, sizeof(s->colour)) == 0;
}

/* Runs [i, end) of the level run [from, to) as one string. */
static void
draw_string(const struct line_job *d, uint32_t i, uint32_t end,
    uint32_t from, uint32_t to)
{
	const struct line_run *runs = d->l->runs, *r;
	const struct page_span *s = span_of(d, &runs[i]);
	bool rtl = runs[i].level & 1, mark, lead = false;
	sp x = d->it->x, y = d->it->y, along;
	struct pdf_text *t = d->j->text;
	struct walk w;
	int64_t error = 0;
	uint32_t k;

	for (k = i; k < end; k++) {
		r = &runs[k];
		walk_open(&w, d->j, d->it->u.text.para->lines->para, r);
		w.first = k == 0;
		w.error = error;
		if (rtl && d->mixed && k == from) {
			while (w.alm_from < w.n &&
			    is_neutral(&w.cl[w.alm_from]))
				w.alm_from++;
		}
		if (rtl && d->mixed && k == to - 1) {
			for (w.alm_to = w.n; w.alm_to > 0 &&
			    is_neutral(&w.cl[w.alm_to - 1]); w.alm_to--)
				;
		}
		if (rtl && k == to - 1 && r->x == d->left && w.n > 0) {
			w.left = w.n - 1;
			lead = ends_in_mark(&w);
		}
		walk_run(t, &w, &d->j->glyphs);
		error = w.error;
	}
	if (!shows(t)) {
		t->units.n = 0;
		return;
	}
	mark = d->mixed && (rtl ? i == from && meets_even(d->l,
	    runs[i].x + runs[i].width) :
	    end == to && w.p->level == 1 && ends_neutral(&w));

	pdf_tag(d->j, d->c, d->it, d->it->elem < 0 || s == NULL ?
	    d->it->elem : s->elem, rtl ? PDF_REVERSED : PDF_FORWARD);
	pdf_begin_text(d->c);
	pdf_fill_colour(d->c, s != NULL ? s->colour : (struct colour){0});
	along = rtl ? runs[end - 1].x : runs[i].x;
	if (lead)
		along -= (sp)muldiv(runs[i].run->size, PDF_BLANK, 1000);
	switch (d->it->turn & 3) {
	case 0: x += along; break;
	case 1: y += along; break;
	case 2: x -= along; break;
	case 3: y -= along; break;
	}
	place(d->c, x, y, d->it->turn);
	put_units(t, d->c, &w, lead, mark);
}

/* Level runs in logical order, and so the strings in them. */
void
pdf_draw_line(struct pdf_job *j, struct pdf_content *c,
    const struct page_item *it)
{
	struct line_job d = { .j = j, .c = c, .it = it,
		.l = &it->u.text.para->lines->v[it->u.text.line] };
	const struct para_line *l = d.l;
	uint32_t i, k, r, end;

	if (l->nruns == 0)
		return;
	d.left = left_edge(l, 0, l->nruns);
	for (i = 1; i < l->nruns; i++)
		d.mixed |= l->runs[i].level != l->runs[0].level;
	for (i = 0; i < l->nruns; i = k) {
		for (k = i + 1; k < l->nruns &&
		    l->runs[k].level == l->runs[i].level; k++)
			;
		for (r = i; r < k; r = end) {
			for (end = r + 1; end < k && same_string(&d,
			    &l->runs[end - 1], &l->runs[end]); end++)
				;
			draw_string(&d, r, end, i, k);
		}
	}
}
