/*
 * Unicode's bidi files through the stage that sets a book's paragraphs: text
 * in UTF-8 is shaped (shape_text) and set on a line (para_break), and what
 * is compared are the levels of the line's runs and the places they got.
 *
 * What cannot be asked of a line:
 * - what is not seen (controls, default ignorables) has no place on it; its
 *   levels are judged by tests/shape/test_bidi_conformance.c;
 * - spaces at a line's ends are not printed;
 * - what is drawn in one cluster with the character before it, as a mark
 *   with its base, has no place of its own;
 * - a paragraph separator (class B) never stands in a paragraph: the case is
 *   cut there, as read/ cuts a manuscript, and its parts are judged each;
 * - the direction of a paragraph is declared: cases that ask for it to be
 *   found (P2, P3) are set in the one that bidi.c finds.
 */
#include "shape/bidi_files.h"
#include "shape/shaping.h"
#include "para/para.h"

static struct shaping t;
static struct arena scratch;
static size_t cases, failures, seen, unseen;

static const char *const families[] = { "Parastoo", "Gentium Book Plus",
	"Scheherazade New" };

static const struct para_style style = { .align = PARA_START,
	.space_min = 800, .space_max = 1500, .space_natural = 1000,
	.tolerance = 200, .line_penalty = 10, .keep_last_natural = true };
static const struct para_shape shape = { .measure = PT(30000) };

/* Where a character came to stand: a run of the line, from its left. */
struct seat {
	const struct line_run *run;	/* NULL: nowhere */
	bool shared;			/* in a cluster it does not begin */
	uint32_t nth, of;		/* in the run, from left to right */
};

/* Nothing is drawn of it. */
static bool
is_unseen(uint32_t cp)
{
	return uni_is_default_ignorable(cp) || cp < 0x20 ||
	    (cp >= 0x7f && cp < 0xa0);
}

static void
read_run(const struct shape_para *p, const struct line_run *r,
    const uint32_t *cps, const uint32_t *at, size_t n, struct seat *seats)
{
	uint32_t list[MAX_CHARS], m = 0, end = r->text, k, c = 0;
	bool taken;

	while (c < n && at[c] != end)
		c++;
	for (k = 0; k < r->nclusters; k++) {
		const struct shape_cluster *cl =
		    &p->clusters[r->cluster + k];

		end += cl->len;
		taken = cl->flags & SHAPE_IGNORABLE;
		for (; c < n && at[c] < end; c++) {
			seats[c].shared = taken;
			if (taken || (is_unseen(cps[c]) && cps[c] != '\t'))
				continue;
			list[m++] = c;
			taken = true;
		}
	}
	for (k = 0; k < m; k++)
		seats[list[k]] = (struct seat){ r, false,
		    r->level & 1 ? m - 1 - k : k, m };
}

/* Set n characters as a paragraph. */
static void
set_line(const uint32_t *cps, size_t n, int level, struct seat *seats)
{
	struct shape_rules off = {0};
	struct shape_span span = { .style = &t.style };
	struct para_lines *l;
	struct shape_para *p;
	struct buf text = {0};
	uint32_t at[MAX_CHARS], i;

	for (i = 0; i < n; i++) {
		at[i] = (uint32_t)text.n;
		buf_utf8(&text, cps[i]);
	}
	span.end = (uint32_t)text.n;
	p = shape_text(t.c, &t.a, NULL, text.p, text.n, &span, 1, level, &off,
	    NULL, NULL);
	l = para_break(t.c, &t.a, &scratch, &t.dg, p, &shape, &style, NULL,
	    NULL);
	assert_true(l->n <= 1);
	memset(seats, 0, n * sizeof(*seats));
	for (i = 0; l->n > 0 && i < l->v[0].nruns; i++)
		read_run(p, &l->v[0].runs[i], cps, at, n, seats);
	buf_free(&text);
}

/* May a line be without character i? */
static bool
may_lack(const struct seat *seats, const uint32_t *cps, size_t n, size_t i)
{
	size_t k;

	if (seats[i].shared || is_unseen(cps[i]))
		return true;
	if (cps[i] != ' ' && cps[i] != 0xa0)
		return false;
	for (k = i; k > 0 && seats[k - 1].run == NULL; k--)
		;
	if (k == 0)
		return true;
	for (k = i + 1; k < n && seats[k].run == NULL; k++)
		;
	return k == n;
}

/* May `b` stand right of `a` with nothing between them? */
static bool
follow(const struct seat *a, const struct seat *b)
{
	if (a->run == b->run)
		return b->nth == a->nth + 1;
	return a->nth + 1 == a->of && b->nth == 0 &&
	    b->run->x >= a->run->x + a->run->width;
}

/* Characters [from, to) of the case, as a paragraph. */
static bool
part_is_right(const uint32_t *cps, size_t from, size_t to, int level,
    const struct expected *e)
{
	struct seat seats[MAX_CHARS], *before = NULL, *seat;
	size_t i, c, there = 0, met = 0;

	set_line(cps + from, to - from, level, seats);
	for (i = 0; i < to - from; i++) {
		if (seats[i].run != NULL)
			there++;
		else if (may_lack(seats, cps + from, to - from, i))
			unseen++;
		else
			return false;
	}
	seen += there;
	for (i = 0; i < e->norder; i++) {
		c = e->order[i];
		if (c < from || c >= to || seats[c - from].run == NULL)
			continue;
		seat = &seats[c - from];
		if (seat->run->level != e->levels[c] ||
		    (before != NULL && !follow(before, seat)))
			return false;
		before = seat;
		met++;
	}
	return met == there;
}

static void
judge(const char *line, const uint32_t *cps, size_t n, int level, int para,
    const struct expected *e)
{
	int8_t levels[MAX_CHARS];
	uint32_t order[MAX_CHARS];
	size_t i, from = 0, norder;
	bool right = true;

	(void)para;
	cases++;
	if (level < 0)
		shape_bidi(t.c, cps, n, &level, levels, order, &norder);
	for (i = 0; i <= n; i++) {
		if (i < n && cps[i] != 0x2029 && cps[i] != '\n')
			continue;
		right &= from == i || part_is_right(cps, from, i, level, e);
		from = i + 1;
	}
	if (!right && failures++ < 10)
		print_error("level %d: %s", level, line);
	arena_reset(&t.a);
	arena_reset(&scratch);
}

static void
whole_file(bool (*read)(bidi_judge), const char *name, size_t least)
{
	bool there = shaping_open(&t, families, NELEM(families));

	cases = failures = seen = unseen = 0;
	there = there && read(judge);
	shaping_close(&t);
	arena_free(&scratch);
	if (!there)
		skip();
	print_message("%s: %zu cases, %zu failed; %zu characters on lines, "
	    "%zu with none\n", name, cases, failures, seen, unseen);
	assert_true(cases > least && seen > cases);
	assert_int_equal(failures, 0);
}

static void
by_class(void **state)
{
	(void)state;
	whole_file(bidi_by_class, "BidiTest.txt", 700000);
}

static void
by_character(void **state)
{
	(void)state;
	whole_file(bidi_by_character, "BidiCharacterTest.txt", 90000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_class),
		cmocka_unit_test(by_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
