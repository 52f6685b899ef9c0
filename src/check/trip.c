/*
 * The round trip: what a reader of the PDF gets out of it, compared with the
 * lines as they were set, page by page and word by word.
 *
 * The words of a page are compared as a bag. Readers of PDFs put the lines of
 * tables and columns in orders of their own, and a fault of theirs there is
 * none of the file's; while letters that are lost, a wrong code, a ZWNJ gone, a
 * bracket or a full stop on the wrong side of its word: all of these make other
 * words. Marks of direction are left out, which readers put in by their own
 * lights.
 *
 * One fault is poppler's: where a number stands before a gap in a line from
 * right to left («۱. نان», «۱۹۲۰–۱۹۲۴ . . .»), the number and what is behind the
 * gap change places or grow together. So what did not meet is parted about its
 * numbers and compared once more; brackets stay where they are.
 *
 * Of lines of two directions a PDF says nothing but where their glyphs are: on
 * which side of a word a bracket belongs each reader guesses. Where all signs
 * come out, but for such reasons in other words, that is counted and told once
 * as an info; a sign that is another, too few or too many is an error.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "check/private.h"

struct word {
	const char *s;
	size_t n;
	struct pos pos;			/* of a line of the flow */
	sp x, y;
	uint32_t order;
};

struct words {
	struct word *v;
	size_t n, cap;
};

/* How often a sign is set but not read (> 0), or read but not set (< 0). */
struct sign_count { uint32_t cp; long n; };

struct trip {
	struct arena arena;
	struct words set, read;		/* of the page at hand */
	struct words near;		/* read, and met nothing */
	struct buf word;
	bool tatweel;			/* is a letter of the text */
	bool more;			/* the file has words of no page, too */
	struct { struct sign_count *v; size_t n, cap; } signs;
	size_t nmoved;			/* words whose signs all come out */
	struct word moved;		/* the first of them, and its page */
	size_t moved_page;
	struct arena kept;
	struct diag *dg;
	size_t nwords;
};

static bool
is_left_out(const struct trip *t, uint32_t cp, bool set)
{
	return cp == 0x200e || cp == 0x200f || cp == 0x061c || cp == 0x00ad ||
	    (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) ||
	    cp == 0x2060 || cp == 0xfeff ||
	    (set && !t->tatweel && cp == 0x0640);
}

static void
end_word(struct trip *t, struct words *to, const struct word *like)
{
	struct word w = *like;

	if (t->word.n == 0)
		return;
	w.s = arena_strn(&t->arena, t->word.p, t->word.n);
	w.n = t->word.n;
	w.order = (uint32_t)to->n;
	*VEC_PUSH(to) = w;
	t->word.n = 0;
}

/* ------------------------------------------------------------ as it is set */

/* Is this text of a blank, which shows a line or an answer in its stead? */
static bool
is_blank(const struct page_para *p, uint32_t at, uint32_t *span)
{
	const struct shape_para *shaped = p->lines->para;

	while (*span + 1 < shaped->nspans && shaped->spans[*span].end <= at)
		++*span;
	return *span < shaped->nspans && (p->spans[*span].line & 8) != 0;
}

static void
add_line(struct trip *t, const struct page_para *p, uint32_t line,
    const struct word *at)
{
	const struct shape_para *shaped = p->lines->para;
	const struct para_line *l = &p->lines->v[line];
	size_t end = MIN((size_t)l->text_end, shaped->n);
	struct word w = *at;
	uint32_t span = 0;

	for (size_t i = l->text; i < end;) {
		uint32_t here = (uint32_t)i;
		uint32_t cp = utf8_next(shaped->text, shaped->n, &i);

		if (uni_is_space(cp) || cp == 0xfffc ||
		    is_blank(p, here, &span)) {
			end_word(t, &t->set, &w);
			continue;
		}
		if (is_left_out(t, cp, true))
			continue;
		if (t->word.n == 0 && p->source != NULL)
			w.pos = page_source_pos(p->source, here);
		buf_utf8(&t->word, cp);
	}
	end_word(t, &t->set, &w);
}

static void
words_set(struct trip *t, const struct page *p)
{
	for (size_t i = 0; i < p->nitems; i++) {
		const struct page_item *it = &p->items[i];

		if (it->kind == PAGE_TEXT)
			add_line(t, it->u.text.para, it->u.text.line,
			    &(struct word){.x = it->x, .y = it->y});
	}
}

/* ----------------------------------------------------------- as it is read */

static void
words_read(struct trip *t, const char *s, size_t n)
{
	const struct word like = {0};

	for (size_t i = 0; i < n;) {
		uint32_t cp = utf8_next(s, n, &i);

		if (uni_is_space(cp) || cp < ' ')
			end_word(t, &t->read, &like);
		else if (!is_left_out(t, cp, false))
			buf_utf8(&t->word, cp);
	}
	end_word(t, &t->read, &like);
}

/* ---------------------------------------------------------------- compared */

static int
by_letters(const void *va, const void *vb)
{
	const struct word *a = va, *b = vb;
	int c = strcmp(a->s, b->s);

	return c != 0 ? c : a->order < b->order ? -1 : a->order > b->order;
}

static int
by_order(const void *va, const void *vb)
{
	const struct word *a = va, *b = vb;

	return a->order < b->order ? -1 : a->order > b->order;
}

static void
sort(struct words *w, int (*by)(const void *, const void *))
{
	if (w->n > 1)
		qsort(w->v, w->n, sizeof(*w->v), by);
}

/* Take out of both what is in both. */
static void
drop_met(struct words *a, struct words *b)
{
	size_t i = 0, k = 0, wa = 0, wb = 0;

	sort(a, by_letters);
	sort(b, by_letters);
	while (i < a->n || k < b->n) {
		int c = i == a->n ? 1 : k == b->n ? -1 : strcmp(a->v[i].s,
		    b->v[k].s);

		if (c < 0)
			a->v[wa++] = a->v[i++];
		else if (c > 0)
			b->v[wb++] = b->v[k++];
		else
			i++, k++;
	}
	a->n = wa;
	b->n = wb;
	sort(a, by_order);
	sort(b, by_order);
}

enum sign_kind { LETTER, LATIN, DIGIT, BRACKET, MARK };

static enum sign_kind
kind_of(uint32_t cp)
{
	if (uni_is_digit(cp))
		return DIGIT;
	if (is_opening(cp) || is_closing(cp))
		return BRACKET;
	return uni_is_punct(cp) ? MARK : is_latin_letter(cp) ? LATIN : LETTER;
}

/* Do two signs belong to one piece? With `all` brackets go, too, and what
 * remains is letters of one script and numbers. */
static bool
holds(enum sign_kind a, enum sign_kind b, bool all)
{
	if (!all && (a == BRACKET || b == BRACKET))
		return true;
	return a == b && a != MARK && a != BRACKET;
}

/* Part words with numbers in them, and those of nothing but marks; or all. */
static void
part(struct trip *t, struct words *w, bool all)
{
	struct words out = {0};

	for (size_t i = 0; i < w->n; i++) {
		const struct word *from = &w->v[i];
		bool any = false, letters = false;
		enum sign_kind last = LETTER;

		for (size_t k = 0; k < from->n;) {
			enum sign_kind kind = kind_of(utf8_next(from->s, from->n,
			    &k));

			any |= kind == DIGIT;
			letters |= kind == LETTER || kind == LATIN;
		}
		for (size_t k = 0; k < from->n;) {
			uint32_t cp = utf8_next(from->s, from->n, &k);
			enum sign_kind kind = kind_of(cp);

			if ((all || any || !letters) && !holds(last, kind, all))
				end_word(t, &out, from);
			buf_utf8(&t->word, cp);
			last = kind;
		}
		end_word(t, &out, from);
	}
	free(w->v);
	*w = out;
}

static void
take_out(struct words *w, size_t i)
{
	memmove(w->v + i, w->v + i + 1, (w->n - i - 1) * sizeof(*w->v));
	w->n--;
}

/* What it seems to have become: of the words that did not meet that which is
 * most like it. It is taken out. */
static const char *
most_like(struct trip *t, const struct word *w)
{
	int limit = (int)utf8_count(w->s, w->n) / 2 + 1, best = limit + 1;
	struct word found = {0};
	size_t which = 0;

	for (size_t i = 0; i < t->near.n; i++) {
		int d = utf8_distance(w->s, t->near.v[i].s, limit);

		if (d < best) {
			best = d;
			which = i;
			found = t->near.v[i];
		}
	}
	if (found.s == NULL)
		return NULL;
	take_out(&t->near, which);
	for (size_t i = 0; i < t->read.n; i++)
		if (t->read.v[i].order == found.order) {
			take_out(&t->read, i);
			break;
		}
	return found.s;
}

/* Invisible letters by their names, so that a message shows what differs. */
static const char *
shown(struct trip *t, const char *s)
{
	struct buf b = {0};
	size_t n = strlen(s), i = 0;
	const char *out;

	while (i < n) {
		uint32_t cp = utf8_next(s, n, &i);

		if (uni_is_default_ignorable(cp) || cp == 0xfffd)
			buf_printf(&b, "<U+%04X>", cp);
		else
			buf_utf8(&b, cp);
	}
	out = arena_strn(&t->arena, b.p, b.n);
	buf_free(&b);
	return out;
}

static void
count_signs(struct trip *t, const struct words *w, int step)
{
	for (size_t i = 0; i < w->n; i++)
		for (size_t k = 0; k < w->v[i].n;) {
			uint32_t cp = utf8_next(w->v[i].s, w->v[i].n, &k);
			size_t at = 0;

			/* pdftotext joins what a hyphen parts at a line's
			 * end. */
			if (cp == '-' || cp == 0x2010)
				continue;
			while (at < t->signs.n && t->signs.v[at].cp != cp)
				at++;
			if (at == t->signs.n)
				*VEC_PUSH(&t->signs) = (struct sign_count){cp, 0};
			t->signs.v[at].n += step;
		}
}

/* Keep the words in which a sign is that counts with this step. */
static void
keep_wrong(struct trip *t, struct words *w, int step)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++) {
		bool wrong = false;

		for (size_t k = 0; k < w->v[i].n;) {
			uint32_t cp = utf8_next(w->v[i].s, w->v[i].n, &k);

			for (size_t at = 0; at < t->signs.n; at++)
				if (t->signs.v[at].cp == cp &&
				    t->signs.v[at].n * step > 0) {
					t->signs.v[at].n -= step;
					wrong = true;
				}
		}
		if (wrong)
			w->v[n++] = w->v[i];
	}
	w->n = n;
}

/* What is left is parted further, and of that what comes out in pieces or
 * grown together is no error. */
static void
drop_moved(struct trip *t)
{
	part(t, &t->set, true);
	part(t, &t->read, true);
	drop_met(&t->set, &t->read);
	t->signs.n = 0;
	count_signs(t, &t->set, 1);
	count_signs(t, &t->read, -1);
	keep_wrong(t, &t->set, 1);
	t->near.n = 0;
	for (size_t i = 0; i < t->read.n; i++)
		*VEC_PUSH(&t->near) = t->read.v[i];
	keep_wrong(t, &t->read, -1);
}

static void
compare_page(struct trip *t, size_t page)
{
	struct word first = {0};
	struct diag_msg *m;
	size_t n;

	drop_met(&t->set, &t->read);
	part(t, &t->set, false);
	part(t, &t->read, false);
	drop_met(&t->set, &t->read);
	n = t->set.n;
	if (n > 0)
		first = t->set.v[0];
	drop_moved(t);
	if (n > 0 && t->set.n == 0 && (t->read.n == 0 || t->more)) {
		if (t->nmoved == 0) {
			t->moved = first;
			t->moved.s = arena_str(&t->kept, shown(t, first.s));
			t->moved_page = page;
		}
		t->nmoved += n;
	}
	for (size_t i = 0; i < t->set.n; i++) {
		const struct word *w = &t->set.v[i];
		const char *like = most_like(t, w);

		m = like != NULL ? diag_add(t->dg, w->pos, PDF_OTHER_WORD,
		    shown(t, w->s), shown(t, like)) : diag_add(t->dg, w->pos,
		    PDF_LOST_WORD, shown(t, w->s));
		m->page = (int)page + 1;
		m->x = w->x;
		m->y = w->y;
	}
	for (size_t i = 0; i < t->read.n && !t->more; i++) {
		m = diag_add(t->dg, NOPOS, PDF_STRAY_WORD, shown(t,
		    t->read.v[i].s));
		m->page = (int)page + 1;
	}
}

size_t
check_round_trip(const struct page_book *b, const char *text, size_t n,
    bool tatweel, bool more, struct diag *dg)
{
	struct trip t = {.tatweel = tatweel, .more = more, .dg = dg};

	for (size_t i = 0; i < b->npages; i++) {
		const char *end = n > 0 ? memchr(text, '\f', n) : NULL;
		size_t len = end != NULL ? (size_t)(end - text) : n;

		t.set.n = t.read.n = 0;
		words_set(&t, &b->pages[i]);
		words_read(&t, text, len);
		t.nwords += t.set.n;
		compare_page(&t, i);
		arena_reset(&t.arena);
		len += end != NULL;
		text += len;
		n -= len;
	}
	if (t.nmoved > 0) {
		struct diag_msg *m = diag_add(dg, t.moved.pos, PDF_MOVED_WORDS,
		    t.nmoved, t.moved.s);

		m->page = (int)t.moved_page + 1;
		m->x = t.moved.x;
		m->y = t.moved.y;
	}
	free(t.set.v);
	free(t.read.v);
	free(t.near.v);
	free(t.signs.v);
	arena_free(&t.kept);
	buf_free(&t.word);
	arena_free(&t.arena);
	return t.nwords;
}
