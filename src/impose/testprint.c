/*
 * The test print: a sheet that tells which edge a printer turns it about,
 * whether it keeps sizes, and how near the edge it prints.
 *
 * The back bears two texts, one upright and one head down. The reader turns
 * the sheet over like the leaf of a book and reads the one that stands
 * upright: it names the setting that the printer used. That works without
 * knowing what the printer calls its settings, and for a pile turned by
 * hand as well.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "impose/internal.h"

#define LINE (SP_PT / 2)
/* A5: below that the steps would be too small to be read. */
#define LEAST_WIDTH MM(209.9)
#define LEAST_HEIGHT MM(147.9)
#define LEAST_SIZE PT(7)

struct draft {
	struct page_book *b;
	struct page_lettering *lettering;
	struct { struct page_item *v; size_t n, cap; } items;
};

static const struct colour black = {1, {0}};

static void
put(struct draft *d, sp x, sp y, sp w, sp h)
{
	*VEC_PUSH(&d->items) = (struct page_item){.kind = PAGE_RECT,
	    .elem = ARTIFACT_LAYOUT, .x = x, .y = y, .u.rect = {w, h, black}};
}

/* Lines of text from (x, y), the top left corner; returns where they end.
 * `turned`: head down, (x, y) the lower right corner of what is read. */
static sp
put_text(struct draft *d, const char *text, sp x, sp y, sp measure, sp size,
    int weight, enum style_align align, bool turned)
{
	struct page_label what = {.text = text, .look = "para", .size = size,
	    .weight = weight, .measure = measure, .align = align};
	size_t n;
	struct page_item *v = page_text_items(d->lettering, &what, &n);
	sp leading = n > 1 ? v[1].y : size * 3 / 2;

	for (size_t i = 0; i < n; i++) {
		v[i].turn = turned ? 2 : 0;
		v[i].x = turned ? x - v[i].x : x + v[i].x;
		v[i].y = turned ? y - size - v[i].y : y + size + v[i].y;
		*VEC_PUSH(&d->items) = v[i];
	}
	return turned ? y - (sp)n * leading : y + (sp)n * leading;
}

static char *
number(struct draft *d, long v)
{
	struct buf b = {0};
	char *s;

	uni_number(&b, "fa", v);
	s = arena_strn(&d->b->arena, b.p, b.n);
	buf_free(&b);
	return s;
}

/* A rule of 100 mm, lying or upright, with a mark each centimetre. */
static void
put_rule(struct draft *d, sp x, sp y, bool upright)
{
	for (int i = 0; i <= 100; i += 5) {
		/* Exact at the end, whatever a millimetre is rounded to. */
		sp at = sp_clamp(muldiv(MM(100), i, 100));
		sp length = i % 10 == 0 ? MM(4) : MM(2);

		if (upright)
			put(d, x, y + at - LINE / 2, length, LINE);
		else
			put(d, x + at - LINE / 2, y, LINE, length);
		if (i % 50 == 0 && upright)
			put_text(d, number(d, i), x + MM(5), y + at - PT(8),
			    MM(12), PT(8), 0, STYLE_END, false);
		else if (i % 50 == 0)
			put_text(d, number(d, i), x + at - MM(6), y + MM(4),
			    MM(12), PT(8), 0, STYLE_CENTRE, false);
	}
	if (upright)
		put(d, x - LINE / 2, y - LINE / 2, LINE, MM(100) + LINE);
	else
		put(d, x - LINE / 2, y - LINE / 2, MM(100) + LINE, LINE);
}

/* Steps of 2 to 9 mm from each edge, numbered: the shortest one that printed
 * whole is the printer's margin. */
static void
put_margins(struct draft *d)
{
	sp w = d->b->width, h = d->b->height, size = PT(7), room = MM(9);

	for (int i = 2; i <= 9; i++) {
		sp m = MM(1) * i, along = MM(6) * (i - 2);
		sp x = w / 2 - MM(24) + along, y = h / 2 - MM(24) + along;
		/* The middle of a step, and where its number's line begins. */
		sp mid_x = x + MM(2.5) - room / 2, mid_y = y + MM(2.5) - size;

		put(d, x, m, MM(5), LINE);
		put(d, x, h - m - LINE, MM(5), LINE);
		put(d, m, y, LINE, MM(5));
		put(d, w - m - LINE, y, LINE, MM(5));
		put_text(d, number(d, i), mid_x, MM(10), room, size, 0,
		    STYLE_CENTRE, false);
		put_text(d, number(d, i), mid_x, h - MM(11) - size, room, size,
		    0, STYLE_CENTRE, false);
		put_text(d, number(d, i), MM(11.5) - room / 2, mid_y, room,
		    size, 0, STYLE_CENTRE, false);
		put_text(d, number(d, i), w - MM(11.5) - room / 2, mid_y, room,
		    size, 0, STYLE_CENTRE, false);
	}
}

/* Crosses that lie on each other when the sheet is held against the light. */
static void
put_crosses(struct draft *d)
{
	sp w = d->b->width, h = d->b->height;

	for (int i = 0; i < 4; i++) {
		sp x = i & 1 ? w - MM(20) : MM(20);
		sp y = i & 2 ? h - MM(20) : MM(20);

		put(d, x - MM(5), y - LINE / 2, MM(10), LINE);
		put(d, x - LINE / 2, y - MM(5), LINE, MM(10));
	}
}

static void
end_page(struct draft *d, struct page *p)
{
	p->items = arena_dup(&d->b->arena, d->items.v, d->items.n *
	    sizeof(*d->items.v));
	p->nitems = d->items.n;
	p->label = "";
	d->items.n = 0;
}

/* The title and the steps in letters of that size; returns where they end. */
static sp
put_steps(struct draft *d, const char *const *steps, size_t n, sp size)
{
	sp measure = d->b->width - MM(50), y;

	y = put_text(d, "برگهٔ آزمایش چاپ – رو", MM(25), MM(18), measure,
	    size * 3 / 2, 700, STYLE_CENTRE, false);
	for (size_t i = 0; i < n; i++)
		y = put_text(d, steps[i], MM(25), y + size / 3, measure, size,
		    0, STYLE_START, false);
	return y;
}

static void
front(struct draft *d)
{
	static const char *const steps[] = {
		"۱. این دو صفحه را روی یک برگه، دورو و در اندازهٔ واقعی (۱۰۰٪، "
		"بی «جا دادن در صفحه») چاپ کنید. اگر چاپگر یک‌روست، نخست این رو "
		"را چاپ کنید، برگه را برگردانید و دوباره بگذارید و صفحهٔ دوم را "
		"چاپ کنید.",
		"۲. خط‌کش‌های پایین و چپ را اندازه بگیرید: هر دو باید درست ۱۰۰ "
		"میلی‌متر باشند. اگر نیستند، چاپگر اندازه را تغییر داده است: "
		"در تنظیم چاپ «اندازهٔ واقعی» یا «۱۰۰٪» را برگزینید.",
		"۳. برگه را مانند ورق کتاب، از پهلو، برگردانید و نوشته‌ای را "
		"بخوانید که راست ایستاده است: همان می‌گوید در «flip» (و برای "
		"چاپگر یک‌رو در «turn») چه بنویسید.",
		"۴. برگه را رو به نور بگیرید: چهار نشان + دو رو باید روی هم "
		"بیفتند.",
		"۵. در میانهٔ هر لبه پله‌هایی هست؛ عددِ نخستین پله‌ای که کامل چاپ "
		"شده، حاشیهٔ چاپ‌ناپذیر چاپگر به میلی‌متر است (margin).",
	};
	sp w = d->b->width, rule = d->b->height - MM(32), size = PT(13);

	/* As large as the room above the rule allows. */
	while (put_steps(d, steps, NELEM(steps), size) > rule - MM(4) &&
	    size > LEAST_SIZE) {
		d->items.n = 0;
		size -= SP_PT / 2;
	}
	put_rule(d, (w - MM(100)) / 2, rule, false);
	put_rule(d, MM(15), (d->b->height - MM(100)) / 2, true);
}

static void
back(struct draft *d)
{
	static const char upright[] =
	    "اگر این نوشته راست است، چاپگر برگه را از لبهٔ %s برگردانده است.";
	static const char setting[] = "flip: %s";
	sp w = d->b->width, h = d->b->height, measure = w - MM(60), y;
	bool lying = w >= h;
	/* Turned like a leaf, about the edges at the sides. */
	const char *side = lying ? "کوتاه" : "بلند";
	const char *other = lying ? "بلند" : "کوتاه";
	struct arena *a = &d->b->arena;

	y = put_text(d, arena_printf(a, upright, side), MM(30), h / 2 + MM(18),
	    measure, PT(16), 700, STYLE_CENTRE, false);
	put_text(d, arena_printf(a, setting, lying ? "short" : "long"),
	    MM(30), y + MM(4), measure, PT(22), 700, STYLE_CENTRE, false);
	y = put_text(d, arena_printf(a, upright, other), w - MM(30), h / 2 -
	    MM(18), measure, PT(16), 700, STYLE_CENTRE, true);
	put_text(d, arena_printf(a, setting, lying ? "long" : "short"),
	    w - MM(30), y - MM(4), measure, PT(22), 700, STYLE_CENTRE, true);
	put(d, MM(30), h / 2 - LINE / 2, w - MM(60), LINE);
}

struct page_book *
impose_test_print(const struct style *style, struct font_set *fonts,
    struct diag *dg, sp width, sp height)
{
	struct page_book *b;
	struct draft d = {0};
	struct arena a = {0};

	if (MAX(width, height) < LEAST_WIDTH || MIN(width, height) <
	    LEAST_HEIGHT) {
		diag_add(dg, NOPOS, IMP_TEST_SMALL, impose_mm(&a, MM(210)),
		    impose_mm(&a, MM(148)));
		arena_free(&a);
		return NULL;
	}
	d.b = b = xcalloc(1, sizeof(*b));
	b->width = width;
	b->height = height;
	b->level = 1;
	b->lang = "fa";
	b->title = "برگهٔ آزمایش چاپ";
	b->npages = 2;
	b->pages = ARENA_ARRAY(&b->arena, struct page, 2);
	d.lettering = page_lettering_open(&b->arena, style, fonts, dg,
	    b->lang);
	front(&d);
	put_crosses(&d);
	put_margins(&d);
	end_page(&d, &b->pages[0]);
	back(&d);
	put_crosses(&d);
	end_page(&d, &b->pages[1]);
	page_lettering_close(d.lettering);
	free(d.items.v);
	return b;
}
