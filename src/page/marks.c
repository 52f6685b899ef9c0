/*
 * Note marks whose numbers are known last.
 *
 * Where notes are numbered page by page, a mark's number is known when the
 * pages are, and the pages depend on the lines that the mark stands in. So
 * a mark first takes the room of the widest digits, with a number that only
 * stands for the true one. When the pages are found the true numbers come
 * in: as wide as they are where that leaves every line's words in their
 * place, else in the room that was kept for them, so that nothing can move.
 * Only a number of more digits than were reckoned with may ask for another
 * round; a reserve never shrinks, so that this ends.
 */
#include <stdlib.h>
#include <string.h>

#include "page/layout.h"

bool
notes_by_page(const struct layout *l)
{
	return strcmp(l->st->notes.reset, "page") == 0 &&
	    strcmp(l->st->notes.place, "page") == 0;
}

static int
digits_of(intptr_t n)
{
	int k = 1;

	for (; n > 9; n /= 10)
		k++;
	return k;
}

/* As many digits as the note's number had at most so far. */
static int
reserve_of(const struct layout *l, const struct doc_node *note)
{
	intptr_t n = (intptr_t)map_get(&l->note_digits, note->text, note->len);

	return n > 0 ? (int)n : 1;
}

/* 1, 11, 111: what stands for a number until it is known. */
int
mark_stand_in(const struct layout *l, const struct doc_node *note)
{
	int v = 1;

	for (int k = reserve_of(l, note); k > 1; k--)
		v = v * 10 + 1;
	return v;
}

/* The widest of the ten digits in a style, in units of its face. */
static int32_t
widest_digit(struct layout *l, const struct shape_style *style)
{
	void **slot = map_put(&l->digit_widths, (const char *)&style,
	    sizeof(style));
	struct buf b = {0};
	struct shape_span all = {.style = style};
	const struct shape_para *p;
	int32_t w = 1;

	if (*slot != NULL)
		return (int32_t)(intptr_t)*slot;
	for (int d = 0; d < 10; d++)
		uni_number(&b, l->lang, d);
	all.end = (uint32_t)b.n;
	p = shape_text(l->sctx, &l->scratch, NULL, b.p, b.n, &all, 1, l->level,
	    &l->no_kashida_rules, NULL, NULL);
	for (uint32_t i = 0; i < p->nclusters; i++)
		w = MAX(w, p->clusters[i].adv);
	buf_free(&b);
	*map_put(&l->digit_widths, (const char *)&style, sizeof(style)) =
	    (void *)(intptr_t)w;
	return w;
}

/* What a mark's advance is made, in units of its face; 0: left alone. */
int32_t
mark_room(struct layout *l, const struct doc_node *note,
    const struct shape_style *style)
{
	if (!notes_by_page(l))
		return 0;
	return reserve_of(l, note) * widest_digit(l, style);
}

/* Has a mark of the piece a number of more digits than it was given room
 * for? From now on it has. */
static bool
outgrown(struct layout *l, const struct piece *p)
{
	bool grown = false;

	for (uint32_t i = 0; i < p->nnotes; i++) {
		const struct doc_node *note = p->notes[i].note;
		int n = digits_of(note_number(l, note));

		if (n <= reserve_of(l, note))
			continue;
		*map_put(&l->note_digits, note->text, note->len) =
		    (void *)(intptr_t)n;
		grown = true;
	}
	return grown;
}

/*
 * Give a shaped mark its room. What a narrow number leaves is white on the
 * side that is away from the word. A number reads left to right in either
 * direction, so that side is its first digit's in a Persian line.
 */
static void
fit(struct shape_para *s, const struct shape_run *r, int32_t room, bool left)
{
	struct shape_cluster *c = &s->clusters[r->cluster];
	struct shape_glyph *g = &s->glyphs[r->glyph];
	uint32_t last = r->nclusters - 1;
	int upem = font_metrics(r->face)->upem;
	int32_t extra = room;
	sp64 want = muldiv(room, r->size, upem);

	if (r->nclusters == 0 || r->nglyphs != r->nclusters)
		return;		/* no digits that we know */
	for (uint32_t i = 0; i <= last; i++)
		extra -= c[i].adv;
	if (left) {
		c[0].adv += extra;
		g[0].dx = (int16_t)(g[0].dx + extra);
	} else {
		c[last].adv += extra;
	}
	/* Each cluster's width is rounded by itself: to the last unit the sum
	 * must be the same for all numbers. */
	for (int32_t k = 0; last > 0 && k < 2 * upem; k++) {
		sp64 sum = 0;

		for (uint32_t i = 0; i <= last; i++)
			sum += muldiv(c[i].adv, r->size, upem);
		if (sum == want)
			break;
		c[0].adv++;
		c[last].adv--;
	}
	for (uint32_t i = 0; i <= last; i++)
		g[i].adv = (int16_t)c[i].adv;
}

void
marks_fit(struct piece *p)
{
	struct shape_para *s = p->shaped;

	for (uint32_t i = 0, r = 0; i < p->nnotes; i++) {
		const struct note_at *at = &p->notes[i];

		while (r < s->nruns && s->runs[r].text < at->text)
			r++;
		if (at->room > 0 && r < s->nruns &&
		    s->runs[r].text == at->text &&
		    s->runs[r].span == at->span)
			fit(s, &s->runs[r], at->room, at->left);
	}
}

/* ------------------------------------------------------ the true numbers */

/* Everything that stands at or after byte `from` moves by `by` bytes. */
static void
shift(struct piece *p, uint32_t from, int64_t by)
{
	struct page_source *src = (struct page_source *)(uintptr_t)
	    p->para.source;

	if (by == 0)
		return;
	for (uint32_t i = 0; i < p->nspans; i++) {
		if (p->spans[i].start >= from)
			p->spans[i].start = (uint32_t)(p->spans[i].start + by);
		if (p->spans[i].end >= from)
			p->spans[i].end = (uint32_t)(p->spans[i].end + by);
	}
	for (uint32_t i = 0; i < p->nnotes; i++)
		if (p->notes[i].text >= from)
			p->notes[i].text = (uint32_t)(p->notes[i].text + by);
	for (uint32_t i = 0; i < p->nids; i++)
		if (p->ids[i].text >= from)
			p->ids[i].text = (uint32_t)(p->ids[i].text + by);
	for (uint32_t i = 0; src != NULL && i < src->n; i++)
		if (src->v[i].text >= from)
			src->v[i].text = (uint32_t)(src->v[i].text + by);
}

/* Put a number into a piece's text in place of `len` bytes at `at`. */
void
piece_renumber(struct layout *l, struct piece *p, uint32_t at, uint32_t len,
    const char *number)
{
	size_t n = strlen(number);
	struct buf b = {0};

	buf_add(&b, p->text, at);
	buf_str(&b, number);
	buf_add(&b, p->text + at + len, p->n - at - len);
	shift(p, at + len, (int64_t)n - len);
	p->text = arena_strn(l->a, b.p, b.n);
	p->n = (uint32_t)b.n;
	p->shaped = NULL;	/* work_run() makes it again */
	p->quiet = true;	/* it has said what there is to say */
	buf_free(&b);
}

static uint32_t
line_of(const struct para_lines *ls, uint32_t text)
{
	uint32_t i = 0;

	while (i + 1 < ls->n && ls->v[i].text_end <= text)
		i++;
	return i;
}

/* What pages know of a piece: its lines, and on which of them notes are
 * called and anchors stand. */
uint64_t
lines_hash(const struct piece *p)
{
	const struct para_lines *ls = p->para.lines;
	uint64_t h = HASH_SEED;

	if (ls == NULL)
		return h;
	h = hash_bytes(h, &ls->n, sizeof(ls->n));
	for (uint32_t i = 0; i < p->nnotes + p->nids; i++) {
		uint32_t line = line_of(ls, i < p->nnotes ? p->notes[i].text :
		    p->ids[i - p->nnotes].text);

		h = hash_bytes(h, &line, sizeof(line));
	}
	return h;
}

/* Marks as wide as their numbers are. What stands at a fixed place, as in a
 * table, keeps its widths. */
static void
set_natural(struct piece *p)
{
	for (uint32_t i = 0; i < p->nnotes && !p->placed; i++)
		p->notes[i].room = 0;
	p->shaped = NULL;
}

static void
set_room(struct layout *l, struct piece *p)
{
	for (uint32_t i = 0; i < p->nnotes; i++)
		p->notes[i].room = mark_room(l, p->notes[i].note,
		    p->spans[p->notes[i].span].style);
	p->shaped = NULL;
}

/* Every mark of a piece as its page numbers it. */
static void
number_piece(struct layout *l, struct piece *p)
{
	for (uint32_t i = 0; i < p->nnotes; i++) {
		struct note_at *at = &p->notes[i];
		const char *num = layout_number(l, note_number(l, at->note));
		uint32_t len = at->len;

		if (at->elem >= 0)
			l->elems.v[at->elem].alt = note_words(l, num);
		at->len = (uint32_t)strlen(num);
		piece_renumber(l, p, at->text, len, num);
	}
}

/* One piece made anew, whose notes have their numbers. False if its lines
 * would not stay as they are. */
bool
marks_renumber(struct layout *l, struct piece *p)
{
	uint64_t before = lines_hash(p);

	if (!notes_by_page(l) || p->nnotes == 0)
		return true;
	number_piece(l, p);
	set_natural(p);
	piece_now(l, p);
	return lines_hash(p) == before;
}

static bool
has_its_numbers(struct layout *l, const struct piece *p)
{
	for (uint32_t i = 0; i < p->nnotes; i++) {
		const struct note_at *at = &p->notes[i];
		const char *num = layout_number(l, note_number(l, at->note));

		if (strlen(num) != at->len ||
		    memcmp(num, p->text + at->text, at->len) != 0)
			return false;
	}
	return true;
}

bool
marks_again(struct layout *l)
{
	if (!notes_by_page(l))
		return true;
	for (size_t i = 0; i < l->keeping->noted.n; i++) {
		struct piece *p = l->keeping->noted.v[i];

		if (has_its_numbers(l, p))
			continue;
		if (outgrown(l, p) || !marks_renumber(l, p))
			return false;
		p->turn = l->keeping->turn;
	}
	notes_label(l, true);
	notes_hang(l);
	return true;
}

/*
 * When all else stands still: the numbers that pages gave to notes. False
 * where one was too long for lines to stay as they are; the next round
 * leaves more room for it.
 */
bool
marks_number(struct layout *l)
{
	struct {
		struct piece *p;
		uint64_t hash;
		struct shape_para *shaped;
		struct para_lines *lines;
	} *v;
	size_t n = 0;
	bool settled = true;

	if (!notes_by_page(l))
		return true;
	for (struct piece *p = l->first_piece; p != NULL; p = p->next)
		n += p->nnotes > 0;
	v = xcalloc(n + 1, sizeof(*v));
	n = 0;
	for (struct piece *p = l->first_piece; p != NULL; p = p->next)
		if (p->nnotes > 0) {
			v[n].p = p;
			v[n].hash = lines_hash(p);
			v[n].shaped = p->shaped;
			v[n++].lines = p->para.lines;
			number_piece(l, p);
			set_natural(p);
		}
	notes_label(l, false);
	work_run(l, l->first_piece);
	for (size_t i = 0; i < n; i++)
		if (lines_hash(v[i].p) != v[i].hash) {
			set_room(l, v[i].p);
			settled &= !outgrown(l, v[i].p);
		}
	work_run(l, l->first_piece);
	/* Boxes and pages hold numbers of lines, so whatever happens these
	 * must be the same. */
	for (size_t i = 0; i < n; i++)
		if (lines_hash(v[i].p) != v[i].hash) {
			v[i].p->shaped = v[i].shaped;
			v[i].p->para.lines = v[i].lines;
			settled = false;
		}
	notes_hang(l);
	free(v);
	return settled;
}
