/*
 * What a write leaves for the next: whatever happens to a book between two,
 * the second has the bytes and the messages of one that knows of no first.
 */
#include "image/pictures.h"
#include "pdf/made.h"

enum { PAGES = 9, BAND = 8 };		/* elements of a page */

struct edited {
	struct made m;
	struct pdf_kept *kept;
	struct pdf_options o;
	struct image *pictures[3];	/* opaque, with a mask, gone */
	struct page past[PAGES];
	uint64_t stamp;
	uint32_t seed;
	int wrong;
};

static uint32_t
any(struct edited *e, uint32_t n)
{
	e->seed = e->seed * 1664525u + 1013904223u;
	return (e->seed >> 8) % n;
}

/* Where files go: the folder of this run's build. */
static const char *
file(const char *name)
{
	static char path[4][512];
	static int turn;
	const char *b = getenv("B");

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof(path[turn]), "%s/tests/pdf/%s",
	    b != NULL ? b : "build", name);
	return path[turn];
}

/* ----------------------------------------------------------- pages made */

static const char *const words[] = { "باسماچیان", "معروف‌ترین", "شورش", "از",
	"مردم", "آسیای", "۱۹۱۶–۱۹۳۱", "(چالیشکان،", "۵۹)", "لا", "الله",
	"اِسْلام،", "مُحَمَّدْ", "عمداً", "رأس", "Basmachi", "(Olcott", "1981).",
	"«نقل»", "چرا؟", "ژاژ", "ثقیل", "ظرف", "غصّه", "ضرب", "پایان." };
static const char *const families[] = { "Parastoo", "Amiri", "Vazirmatn" };
static const char *const hrefs[] = { "#one", "#two", "#none",
	"https://example.org/نام", NULL };

static void
put_text(struct edited *e, int32_t elem)
{
	struct buf b = {0};
	uint32_t n = 1 + any(e, 30), i;

	for (i = 0; i < n; i++) {
		buf_str(&b, i > 0 ? " " : "");
		buf_str(&b, words[any(e, NELEM(words))]);
	}
	if (any(e, 4) == 0)
		made_face(&e->m, families[any(e, NELEM(families))],
		    any(e, 2) ? 400 : 700);
	made_text(&e->m, b.p, elem, 1);
	buf_free(&b);
}

static void
put_other(struct edited *e, int32_t elem, uint8_t kind)
{
	struct page_item it = { .kind = kind, .elem = elem,
		.x = PT((int)any(e, 300)), .y = PT((int)any(e, 500)) };

	it.u.rect.w = PT(5 + (int)any(e, 50));
	it.u.rect.h = PT(5);
	if (kind == PAGE_RECT) {
		it.elem = ARTIFACT_LAYOUT - (int)any(e, 2);
		it.u.rect.fill = (struct colour){ 1, { (uint8_t)any(e, 99) } };
	} else if (kind == PAGE_IMAGE) {
		it.u.image.image = e->pictures[any(e, 3)];
	} else {
		it.u.link.href = hrefs[any(e, NELEM(hrefs))];
		it.u.link.link_elem = elem;
		it.u.link.words = any(e, 2) ? "پیوند" : NULL;
	}
	*VEC_PUSH(&e->m.items) = it;
}

/* A page of anything, of the elements that are its own. */
static struct page
make_page(struct edited *e, uint32_t number)
{
	int32_t elem = 1 + (int32_t)number * BAND;
	struct page p;

	for (int i = 0; i < BAND; i++) {
		switch (any(e, 5)) {
		case 0: put_other(e, elem + i, PAGE_RECT); break;
		case 1: put_other(e, elem + i, PAGE_LINK); break;
		case 2: put_other(e, elem + i, PAGE_IMAGE); break;
		default: put_text(e, elem + i); break;
		}
		if (e->m.y > e->m.book.height / 2)
			break;
	}
	made_page_end(&e->m);
	p = e->m.pages.v[e->m.pages.n - 1];
	p.block_top = PT(40);
	p.block_height = PT(500);
	p.made = ++e->stamp;
	e->m.pages.n = PAGES;
	return p;
}

static void
make_elems(struct edited *e)
{
	static const enum page_role roles[] = { ROLE_P, ROLE_REFERENCE,
		ROLE_NOTE, ROLE_FIGURE, ROLE_LINK, ROLE_TD, ROLE_SPAN,
		ROLE_H1 };
	int32_t i, k, parent, in;

	made_elem(&e->m, ROLE_DOCUMENT, -1);
	for (i = 0; i < PAGES; i++) {
		for (k = 0; k < BAND; k++) {
			in = k == 6 ? 1 + i * BAND : 0;
			parent = made_elem(&e->m, roles[k], in);
			e->m.elems.v[parent].alt = "تصویر";
		}
	}
}

static struct image *
make_picture(struct edited *e, const char *name, int kind)
{
	struct picture p = { .cols = 20, .rows = 10, .bits = 8,
		.kind = kind };
	const char *why = NULL, *path = file(name);
	struct buf b = {0};

	make_png(&b, &p);
	put_file(path, b.p, b.n);
	buf_free(&b);
	return image_open(&e->m.arena, path, NULL, &why);
}

static void
begin(struct edited *e, uint32_t seed)
{
	static struct page_dest dests[] = { { "one", 1, 0, PT(100), 1 },
		{ "two", PAGES - 1, 0, PT(9), 2 } };
	static struct page_outline outline[] = { { 1, "یکم", 0, 0, 1 },
		{ 2, "دوم", 3, PT(7), 2 } };

	memset(e, 0, sizeof(*e));
	e->seed = seed;
	made_open(&e->m, "Parastoo");
	e->kept = pdf_kept_open();
	e->o = (struct pdf_options){ .compress = true, .creator = "test",
		.standards = PDF_UA1 | PDF_A2A, .tagged = true,
		.threads = 1, .kept = e->kept };
	e->pictures[0] = make_picture(e, "kept-a.png", PNG_COLOR_TYPE_RGB);
	e->pictures[1] = make_picture(e, "kept-b.png",
	    PNG_COLOR_TYPE_RGB_ALPHA);
	e->pictures[2] = make_picture(e, "kept-c.png",
	    PNG_COLOR_TYPE_GRAY_ALPHA);
	unlink(file("kept-c.png"));
	make_elems(e);
	vec_grow((void **)&e->m.pages.v, &e->m.pages.cap, PAGES + 64,
	    sizeof(*e->m.pages.v));
	e->m.pages.n = PAGES;
	for (uint32_t i = 0; i < PAGES; i++)
		e->past[i] = e->m.pages.v[i] = make_page(e, i);
	e->m.book.made = ++e->stamp;
	e->m.book.pages = e->m.pages.v;
	e->m.book.npages = PAGES;
	e->m.book.elems = e->m.elems.v;
	e->m.book.nelems = e->m.elems.n;
	e->m.book.dests = dests;
	e->m.book.ndests = NELEM(dests);
	e->m.book.outline = outline;
	e->m.book.noutline = NELEM(outline);
}

static void
end(struct edited *e)
{
	pdf_kept_close(e->kept);
	made_close(&e->m);
}

/* -------------------------------------------------------------- compared */

struct written {
	struct buf file, said;
	uint64_t hashes[PAGES];
};

static void
write_it(struct edited *e, const struct pdf_options *o, struct written *w)
{
	struct impose_placement at = { .page = 1, .a = 1000000,
		.d = 1000000 };
	struct impose_sheet sheet = { .width = e->m.book.width,
		.height = e->m.book.height, .placements = &at,
		.nplacements = 1 };
	struct pdf_options own = *o;
	const char *path = file("kept.pdf");
	struct diag dg = {0};
	const struct diag_msg *m;

	own.page_hashes = w->hashes;
	assert_true(pdf_write(&e->m.book, &own, o->duplex ? &sheet : NULL,
	    o->duplex ? 1 : 0, &dg, path));
	assert_null(file_read(path, 1 << 26, &w->file));
	for (m = dg.first; m != NULL; m = m->next)
		buf_printf(&w->said, "%s %d %s\n", m->code, m->pos.line,
		    m->text);
	diag_free(&dg);
}

static bool
is_same(const struct buf *a, const struct buf *b)
{
	return a->n == b->n && (a->n == 0 || memcmp(a->p, b->p, a->n) == 0);
}

/* With what was kept, and then from nothing. */
static void
compare(struct edited *e, const char *what, int turn)
{
	struct pdf_options cold = e->o;
	struct written w[2] = {0};

	cold.kept = NULL;
	write_it(e, &e->o, &w[0]);
	write_it(e, &cold, &w[1]);
	if (!is_same(&w[0].file, &w[1].file) ||
	    !is_same(&w[0].said, &w[1].said) ||
	    memcmp(w[0].hashes, w[1].hashes, sizeof(w[0].hashes)) != 0) {
		print_error("%d: %s: differs\n", turn, what);
		e->wrong++;
	}
	for (int i = 0; i < 2; i++) {
		buf_free(&w[i].file);
		buf_free(&w[i].said);
	}
}

/* One of all that may become of a book. */
static const char *
edit(struct edited *e)
{
	uint32_t i = any(e, PAGES), k = any(e, PAGES);
	struct page *p = e->m.pages.v;

	switch (any(e, 12)) {
	case 0:
		p[i] = e->past[i];
		return "a page as it began";
	case 1:
		for (k = 0; k < PAGES; k++)
			p[k] = make_page(e, k);
		return "all pages";
	case 2:
		p[i].made = 0;
		return "a page of which nothing is known";
	case 3:
		e->m.elems.v[1 + i].title = words[any(e, NELEM(words))];
		e->m.book.made = ++e->stamp;
		return "an element";
	case 4:
		p[i].label = words[k];
		p[i].made = ++e->stamp;
		return "a number";
	case 5:
		p[i].nitems = 0;
		p[i].made = ++e->stamp;
		return "a page emptied";
	case 6:
		p[i] = make_page(e, i);
		p[k] = make_page(e, k);
		return "two pages";
	case 7:
		return "nothing";
	default:
		p[i] = make_page(e, i);
		return "a page";
	}
}

static void
edits(void **state)
{
	struct edited e;
	const char *what;

	(void)state;
	begin(&e, 1916);
	compare(&e, "the first", 0);
	for (int i = 1; i < 250; i++) {
		what = edit(&e);
		if (i == 200)	/* it is back: pages that lack it show it */
			make_picture(&e, "kept-c.png",
			    PNG_COLOR_TYPE_GRAY_ALPHA);
		compare(&e, what, i);
	}
	end(&e);
	assert_int_equal(e.wrong, 0);
}

/* Options that change, with some edits under each. */
static void
options(void **state)
{
	struct pdf_options was;
	struct edited e;
	const char *what;

	(void)state;
	begin(&e, 1931);
	was = e.o;
	for (int i = 0; i < 110; i++) {
		if (i % 5 == 0) {
			e.o = was;
			switch (i / 5 % 11) {
			case 0: e.o.compress = false; break;
			case 1: e.o.standards = PDF_A2U; break;
			case 2: e.o.bleed = PT(9); break;
			case 3: e.o.marks = PDF_MARK_CROP; break;
			case 4: e.o.marks = PDF_MARK_ALL; break;
			case 5: e.o.standards = PDF_X4; break;
			case 6: e.o.standards = PDF_X1A; break;
			case 7: e.o.duplex = IMPOSE_EDGE_SHORT; break;
			case 8: e.o.standards = 0; break;
			case 9: e.o.threads = 3; break;
			}
		}
		what = edit(&e);
		compare(&e, what, i);
	}
	end(&e);
	assert_int_equal(e.wrong, 0);
}

/* That pages are kept at all: one whose contents changed behind the back of
 * its stamp is written as it was. */
static void
is_kept(void **state)
{
	struct written w[2] = {0};
	struct edited e;
	struct page *p;

	(void)state;
	begin(&e, 7);
	write_it(&e, &e.o, &w[0]);
	for (p = e.m.pages.v; p->nitems == 0 ||
	    p->items[0].kind != PAGE_TEXT; p++)
		;
	p->items[0].y += PT(3);
	write_it(&e, &e.o, &w[1]);
	assert_true(p < e.m.pages.v + PAGES);
	assert_true(is_same(&w[0].file, &w[1].file));
	p->made = ++e.stamp;
	w[1].file.n = 0;
	write_it(&e, &e.o, &w[1]);
	assert_false(is_same(&w[0].file, &w[1].file));
	for (int i = 0; i < 2; i++) {
		buf_free(&w[i].file);
		buf_free(&w[i].said);
	}
	end(&e);
}

/* A write that fails leaves nothing half kept. */
static void
fails(void **state)
{
	struct edited e;
	struct diag dg = {0};

	(void)state;
	begin(&e, 77);
	compare(&e, "before", 0);
	e.m.pages.v[2] = make_page(&e, 2);
	assert_false(pdf_write(&e.m.book, &e.o, NULL, 0, &dg, "/dev/full"));
	assert_false(pdf_write(&e.m.book, &e.o, NULL, 0, &dg, "/none/x.pdf"));
	diag_free(&dg);
	compare(&e, "after", 1);
	e.m.pages.v[5] = make_page(&e, 5);
	compare(&e, "and again", 2);
	end(&e);
	assert_int_equal(e.wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edits),
		cmocka_unit_test(options),
		cmocka_unit_test(is_kept),
		cmocka_unit_test(fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
