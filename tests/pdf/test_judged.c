/*
 * Files for the judges of run.sh, which calls this program with the folder
 * to put them in: every kind of element on two pages, read aloud (ua.pdf)
 * and printed (x4.pdf, x1a.pdf), an archive without tags (a2u.pdf), sheets.
 * Called without a folder it only writes them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "made.h"

static const char *folder;
static const char *profile = "/usr/share/color/icc/ghostscript/"
    "default_cmyk.icc";

static char *
in_folder(const char *name)
{
	static char path[512];
	const char *b = getenv("B");

	if (folder != NULL)
		snprintf(path, sizeof(path), "%s/%s", folder, name);
	else
		snprintf(path, sizeof(path), "%s/tests/pdf/judged-%s",
		    b != NULL ? b : "build", name);
	return path;
}

static void
put(struct made *m, enum page_role role, int32_t parent, const char *text)
{
	made_text(m, text, made_elem(m, role, parent), 1);
}

static void
put_item(struct made *m, int32_t list, const char *label, const char *text)
{
	int32_t li = made_elem(m, ROLE_LI, list);

	put(m, ROLE_LBL, li, label);
	put(m, ROLE_P, made_elem(m, ROLE_LBODY, li), text);
}

static struct page_item *
put_mark(struct made *m, uint8_t kind, int32_t elem)
{
	struct page_item *it = VEC_PUSH(&m->items);

	memset(it, 0, sizeof(*it));
	it->kind = kind;
	it->elem = elem;
	it->x = m->margin;
	it->y = m->y;
	return it;
}

/* A paragraph with a link over its middle words. */
static void
put_link(struct made *m, int32_t parent, enum page_role role,
    const char *href)
{
	static const char text[] = "پیش از پیوند، خود پیوند و پس از آن.";
	int32_t p = made_elem(m, ROLE_P, parent);
	int32_t l = made_elem(m, role, p);
	const char *from = strstr(text, "خود");
	struct shape_style *look = arena_dup(&m->arena, &m->look,
	    sizeof(m->look));
	struct shape_span s[2] = {
		{ .end = sizeof(text) - 1, .style = look,
		    .user = (uint32_t)p },
		{ .start = (uint32_t)(from - text), .style = look,
		    .user = (uint32_t)l },
	};
	struct page_item *it;

	s[1].end = s[1].start + (uint32_t)strlen("خود پیوند");
	made_spans(m, text, s, 2, 1);
	it = put_mark(m, PAGE_LINK, -1);
	it->y -= PT(10);
	it->u.link.w = PT(60);
	it->u.link.h = PT(14);
	it->u.link.href = href;
	it->u.link.link_elem = l;
	it->u.link.words = "خود پیوند";
}

static void
put_table(struct made *m, int32_t parent)
{
	static const char *const cells[3][2] = { { "موضوع", "شرح" },
		{ "آغاز", "۱۹۱۸" }, { "پایان", "" } };
	int32_t t = made_elem(m, ROLE_TABLE, parent), r, c, head, body = -1;
	struct page_item *it;
	int i, k;

	put(m, ROLE_CAPTION, t, "جدول ۱: دو ستون");
	head = made_elem(m, ROLE_THEAD, t);
	for (i = 0; i < 3; i++) {
		if (i == 1)
			body = made_elem(m, ROLE_TBODY, t);
		r = made_elem(m, ROLE_TR, i == 0 ? head : body);
		for (k = 0; k < 2; k++) {
			c = made_elem(m, i == 0 || k == 0 ? ROLE_TH : ROLE_TD,
			    r);
			m->elems.v[c].scope = i == 0 ? 1 : k == 0 ? 2 : 0;
			if (cells[i][k][0] != '\0')
				made_text(m, cells[i][k], c, 1);
		}
		it = put_mark(m, PAGE_RECT, ARTIFACT_LAYOUT);
		it->y += PT(4);
		it->u.rect.w = PT(300);
		it->u.rect.h = PT(0.5);
	}
}

/* Everything page/ may give an element. */
static void
put_all(struct made *m)
{
	static const struct page_point arrow[] = { { 0, 0 }, { PT(40), 0 },
		{ PT(40), PT(10) } };
	static const struct page_dest dests[] = {
		{ "here", 0, 0, PT(100), -1 } };
	static const struct page_outline outline[] = {
		{ 1, "بخش نخست", 0, 0, -1 }, { 2, "زیربخش", 0, PT(9), -1 } };
	int32_t doc = made_elem(m, ROLE_DOCUMENT, -1), sect, list, e, toc;
	struct page_item *it;

	made_text(m, "سرصفحه ۱", ARTIFACT_PAGINATION, 1);
	put(m, ROLE_TITLE, doc, "کتاب آزمون");
	toc = made_elem(m, ROLE_TOC, doc);
	put_link(m, made_elem(m, ROLE_TOCI, toc), ROLE_REFERENCE, "#here");
	sect = made_elem(m, ROLE_SECT, doc);
	m->elems.v[sect].title = "بخش نخست";
	put(m, ROLE_H1, sect, "بخش نخست");
	put(m, ROLE_P, sect, "متنی با ارجاع (چالیشکان، ۱۳۹۹: ۵۹–۶۰) و نیم‌فاصله.");
	e = made_elem(m, ROLE_P, sect);
	m->elems.v[e].lang = "en";
	made_text(m, "An English paragraph.", e, 0);
	put(m, ROLE_H2, sect, "زیربخش");
	list = made_elem(m, ROLE_LIST, sect);
	m->elems.v[list].numbering = "Decimal";
	put_item(m, list, "۱.", "مورد یکم");
	put_item(m, list, "۲.", "مورد دوم");
	put(m, ROLE_P, made_elem(m, ROLE_BLOCK_QUOTE, sect), "نقل بلند");
	put(m, ROLE_QUOTE, made_elem(m, ROLE_P, sect), "نقل کوتاه");
	put(m, ROLE_CODE, made_elem(m, ROLE_P, sect), "code()");
	put(m, ROLE_FORMULA, sect, "x + y");
	m->elems.v[m->elems.n - 1].alt = "x به اضافهٔ y";
	made_page_end(m);
	put_table(m, sect);
	e = made_elem(m, ROLE_FIGURE, sect);
	m->elems.v[e].alt = "پیکانی به چپ";
	it = put_mark(m, PAGE_PATH, e);
	it->y += PT(10);
	it->u.path.v = arrow;
	it->u.path.n = NELEM(arrow);
	it->u.path.width = PT(1);
	it->u.path.stroke = (struct colour){ 1, { 0 } };
	m->y += PT(30);
	put(m, ROLE_CAPTION, e, "شکل ۱");
	put_link(m, sect, ROLE_LINK, "https://example.org/");
	put(m, ROLE_REFERENCE, made_elem(m, ROLE_P, sect), "۱");
	put(m, ROLE_NOTE, sect, "۱ یادداشت پای صفحه");
	put(m, ROLE_NOTE, sect, "۲ یادداشت دیگر");
	put(m, ROLE_BIBENTRY, sect, "چالیشکان، ۱۳۹۹");
	put(m, ROLE_P, made_elem(m, ROLE_INDEX, doc), "آ، ۱");
	put(m, ROLE_SPAN, made_elem(m, ROLE_P, made_elem(m, ROLE_DIV, doc)),
	    "پایان");
	made_text(m, "۲", ARTIFACT_PAGINATION, 1);
	made_page_end(m);
	m->book.outline = (struct page_outline *)outline;
	m->book.noutline = NELEM(outline);
	m->book.dests = (struct page_dest *)dests;
	m->book.ndests = NELEM(dests);
	m->book.author = "نویسندهٔ آزمون & دیگران";
	m->book.keywords = "آزمون، پی‌دی‌اف";
}

static void
write_file(const char *name, struct pdf_options o)
{
	struct made m;
	bool ok;

	o.compress = true;
	o.creator = "Dabir tests";
	made_open(&m, "Parastoo");
	put_all(&m);
	ok = made_write(&m, &o, in_folder(name));
	if (!ok)
		diag_print(&m.dg, stderr, DIAG_INFO, false);
	made_close(&m);
	assert_true(ok);
}

static void
test_read(void **state)
{
	(void)state;
	write_file("ua.pdf", (struct pdf_options){
		.standards = PDF_UA1 | PDF_A2A });
	write_file("a2u.pdf", (struct pdf_options){ .standards = PDF_A2U });
	write_file("plain.pdf", (struct pdf_options){ .tagged = false });
	write_file("dated.pdf", (struct pdf_options){ .standards = PDF_UA1 |
		PDF_A2A, .date = "D:20240229123456Z" });
	write_file("marked.pdf", (struct pdf_options){ .standards = PDF_UA1 |
		PDF_A2A, .bleed = PT(8.504), .marks = PDF_MARK_ALL });
}

static void
test_print(void **state)
{
	struct pdf_options o = { .bleed = PT(8.504), .marks = PDF_MARK_ALL,
		.profile = profile, .condition = "FOGRA39" };

	(void)state;
	if (!file_exists(profile))
		skip();
	o.standards = PDF_X4;
	write_file("x4.pdf", o);
	o.standards = PDF_X1A;
	write_file("x1a.pdf", o);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_print),
	};

	if (argc > 1)
		folder = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
