/*
 * Whole files, before outside judges: qpdf for their form, poppler for
 * their text. The paragraphs are real ones.
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

static int
run(const char *command, struct buf *said)
{
	FILE *f = popen(command, "r");
	char part[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		if (said != NULL)
			buf_add(said, part, n);
	return pclose(f);
}

static void
check_form(const char *path)
{
	struct buf said = {0}, command = {0};

	buf_printf(&command, "qpdf --check '%s' 2>&1", path);
	if (run(command.p, &said) != 0)
		fail_msg("%s: %s", path, said.p);
	assert_null(strstr(said.p, "WARNING"));
	buf_free(&said);
	buf_free(&command);
}

/* Words, one space between; what steers bidi is left out. */
static char *
words_of(const char *s, size_t n)
{
	struct buf b = {0};
	size_t i = 0;
	uint32_t cp;
	bool gap = false;

	buf_str(&b, "");
	while (i < n) {
		cp = utf8_next(s, n, &i);
		if (pdf_is_control(cp))
			continue;
		if (uni_is_space(cp) || cp == '\f') {
			gap = true;
			continue;
		}
		if (gap && b.n > 0)
			buf_char(&b, ' ');
		gap = false;
		buf_utf8(&b, cp);
	}
	return b.p;
}

static char *
extract(const char *path)
{
	struct buf said = {0}, command = {0};
	char *words;

	buf_printf(&command, "pdftotext '%s' -", path);
	assert_int_equal(run(command.p, &said), 0);
	words = words_of(said.p, said.n);
	buf_free(&said);
	buf_free(&command);
	return words;
}

static const char *const lines[] = {
	"باسماچیان معروف‌ترین شورش از طرف مردم آسیای مرکزی در برابر روس‌ها بود.",
	"رویدادها بین سال‌های ۱۹۱۶–۱۹۳۱ (چالیشکان، ۱۳۹۹: ۵۹–۶۰) بوده است.",
	"۱. درهٔ فرغانه: ۱۲٫۵٪ از ۳۴۰۰ نفر؛ «حدوداً» ۱/۳ آنان.",
	"اصطلاح لا و لآ و الله در کلمات اسلام، سلام و لالا.",
	"اِسْلام، مُحَمَّدْ و عمداً و مجدداً و رأس و مؤمن.",
	"این واژه در انگلیسی Basmachi movement نام دارد (Olcott 1981).",
	"[۱] نمونه‌ی «نقل (درون نقل)» و پرسش: چرا؟ آری!",
	"می‌روم، نمی‌شود، خانه‌ها و کتاب‌های‌شان را می‌خوانند.",
	"سال ۱۹۱۸م آغاز شد و ۱۹۲۰ پایان یافت",
	"حرکت آنان عمداً",
};

static void
put_lines(struct made *m)
{
	int32_t doc = made_elem(m, ROLE_DOCUMENT, -1);
	size_t i;

	for (i = 0; i < NELEM(lines); i++)
		made_text(m, lines[i], made_elem(m, ROLE_P, doc), 1);
}

static char *
all_lines(void)
{
	struct buf b = {0};
	char *words;
	size_t i;

	for (i = 0; i < NELEM(lines); i++) {
		buf_str(&b, lines[i]);
		buf_char(&b, '\n');
	}
	words = words_of(b.p, b.n);
	buf_free(&b);
	return words;
}

static void
comes_back(const char *family, bool compress)
{
	struct pdf_options o = { .compress = compress, .tagged = true,
		.creator = "test" };
	struct made m;
	char *want = all_lines(), *got;
	const char *path = file("back.pdf");

	made_open(&m, family);
	put_lines(&m);
	assert_true(made_write(&m, &o, path));
	made_close(&m);
	check_form(path);
	got = extract(path);
	assert_string_equal(got, want);
	free(got);
	free(want);
}

static void
test_text(void **state)
{
	(void)state;
	comes_back("Parastoo", true);
	comes_back("Amiri", true);
	comes_back("Vazirmatn", false);
}

/* Lines with kashida: the text is what was typed. */
static void
test_kashida(void **state)
{
	static const char text[] = "باسماچیان هدف خود را بدست آوردن حاکمیت بر "
	    "سرزمین و سرنوشت مردمان آسیای مرکزی اعلان نموده بودند و رهبری "
	    "این قیام را ابراهیم بیک لقی از باشندگان اصلی بخارا بر عهده داشت";
	struct pdf_options o = { .compress = true, .creator = "test" };
	const char *path = file("kashida.pdf");
	const struct para_lines *l;
	struct made m;
	uint32_t i, n = 0;
	char *got;

	(void)state;
	made_open(&m, "Parastoo");
	m.rules.kashida = true;
	m.style.kashida = true;
	m.style.kashida_min = 100;
	m.style.kashida_max = 500;
	m.style.kashida_words = 1;
	m.book.width = PT(300);
	l = made_text(&m, text, -1, 1);
	for (i = 0; i < l->n; i++)
		n += l->v[i].nkashida;
	if (n == 0) {
		made_close(&m);
		skip();
	}
	assert_true(made_write(&m, &o, path));
	got = extract(path);
	assert_string_equal(got, text);
	free(got);
	made_close(&m);
}

/* Two builds, or one in more threads, are byte for byte the same. */
static void
test_same_bytes(void **state)
{
	struct buf v[3] = {{0}};
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		struct pdf_options o = { .compress = true, .tagged = true,
			.creator = "test", .threads = i == 2 ? 4 : 1 };
		const char *path = file("same.pdf");
		struct made m;

		made_open(&m, "Parastoo");
		put_lines(&m);
		made_page_end(&m);
		put_lines(&m);
		assert_true(made_write(&m, &o, path));
		made_close(&m);
		assert_null(file_read(path, 1 << 24, &v[i]));
	}
	for (i = 1; i < 3; i++) {
		assert_int_equal(v[i].n, v[0].n);
		assert_memory_equal(v[i].p, v[0].p, v[0].n);
	}
	for (i = 0; i < 3; i++)
		buf_free(&v[i]);
}

static bool
said(const struct diag *dg, const char *code)
{
	const struct diag_msg *d;

	for (d = dg->first; d != NULL; d = d->next)
		if (strcmp(d->code, code) == 0)
			return true;
	return false;
}

static void
test_full_disk(void **state)
{
	struct pdf_options o = { .compress = true, .creator = "test" };
	struct made m;

	(void)state;
	made_open(&m, "Parastoo");
	put_lines(&m);
	assert_false(made_write(&m, &o, "/dev/full"));
	assert_true(said(&m.dg, "PDF002"));
	assert_int_equal(diag_exit(&m.dg), 2);
	made_close(&m);

	made_open(&m, "Parastoo");
	put_lines(&m);
	assert_false(made_write(&m, &o, file("no/such/folder/a.pdf")));
	assert_true(said(&m.dg, "PDF002"));
	made_close(&m);
}

static bool
holds(const struct buf *b, const char *s)
{
	return memmem(b->p, b->n, s, strlen(s)) != NULL;
}

/* A claim that cannot be kept is an error, and not made. */
static void
test_claims(void **state)
{
	static const unsigned both[] = { PDF_UA1 | PDF_X4, PDF_X4 | PDF_X1A,
		PDF_A2U | PDF_X1A };
	const char *path = file("claims.pdf");
	struct buf pdf = {0};
	struct made m;
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(both) + 3; i++) {
		struct pdf_options o = { .compress = true };

		remove(path);
		made_open(&m, "Parastoo");
		put_lines(&m);
		if (i < NELEM(both)) {
			o.standards = both[i];
		} else if (i == NELEM(both)) {
			o.standards = PDF_UA1;
			made_elem(&m, ROLE_FIGURE, 0);
		} else if (i == NELEM(both) + 1) {
			o.standards = PDF_UA1;
			m.book.title = NULL;
		} else {
			o.standards = PDF_X4;
			o.profile = file("no-such.icc");
		}
		o.compress = false;
		assert_true(made_write(&m, &o, path));
		assert_true(said(&m.dg, "PDF004"));
		assert_int_equal(diag_exit(&m.dg), 1);
		made_close(&m);
		check_form(path);
		pdf.n = 0;
		assert_null(file_read(path, 1 << 24, &pdf));
		assert_false(holds(&pdf, "<pdfaid:part>"));
		assert_false(holds(&pdf, "<pdfuaid:part>"));
		/* Of two that clash the file is what it says it is. */
		if (both[i % NELEM(both)] == (PDF_X4 | PDF_X1A) &&
		    i < NELEM(both)) {
			assert_memory_equal(pdf.p, "%PDF-1.6", 8);
			assert_false(holds(&pdf, "PDF/X-1a"));
		}
	}
	assert_false(holds(&pdf, "GTS_PDFX"));
	buf_free(&pdf);
}

/* Sheets show pages under transforms, and their text stays text. */
static void
test_sheets(void **state)
{
	static const struct impose_placement half[2] = {
		{ 1, 700000, 0, 0, 700000, PT(10), PT(10), { 0 } },
		{ 0, 0, 700000, -700000, 0, PT(830), PT(10),
		    { PT(320), 0, PT(520), PT(595) } },
	};
	struct impose_sheet sheet = { .width = PT(842), .height = PT(595),
		.placements = half, .nplacements = 2 };
	struct pdf_options o = { .compress = true, .creator = "test" };
	const char *path = file("sheets.pdf");
	struct made m;
	char *got;

	(void)state;
	made_open(&m, "Parastoo");
	made_text(&m, "نخستین", -1, 1);
	made_page_end(&m);
	made_text(&m, "دومین", -1, 1);
	made_page_end(&m);
	m.book.pages = m.pages.v;
	m.book.npages = m.pages.n;
	assert_true(pdf_write(&m.book, &o, &sheet, 1, &m.dg, path));
	made_close(&m);
	check_form(path);
	got = extract(path);
	assert_non_null(strstr(got, "دومین"));
	assert_non_null(strstr(got, "نخستین"));
	free(got);
}

static void
test_ways(void **state)
{
	/* Levels that skip and come back. */
	static const struct page_outline outline[] = {
		{ 1, "یکم", 0, 0, -1 }, { 3, "یکم، زیر", 0, PT(50), -1 },
		{ 2, "یکم، دوم", 0, PT(60), -1 }, { 1, "دوم", 0, PT(70), -1 },
		{ 2, "Second (b)", 0, PT(80), -1 },
	};
	static const struct page_dest dests[] = {
		{ "a(1)", 0, 0, PT(100), -1 }, { "بخش", 0, 0, PT(120), -1 },
	};
	struct pdf_options o = { .compress = false, .creator = "test" };
	const char *path = file("ways.pdf");
	struct page_item *it;
	struct buf pdf = {0};
	struct made m;
	int i;

	(void)state;
	made_open(&m, "Parastoo");
	put_lines(&m);
	for (i = 0; i < 3; i++) {
		it = VEC_PUSH(&m.items);
		memset(it, 0, sizeof(*it));
		it->kind = PAGE_LINK;
		it->x = PT(50);
		it->y = PT(60);
		it->u.link.w = PT(80);
		it->u.link.h = PT(12);
		it->u.link.link_elem = -1;
		it->u.link.href = i == 0 ? "#بخش" : i == 1 ? "#nowhere" :
		    "https://example.org/پرونده(1)";
	}
	m.book.outline = (struct page_outline *)outline;
	m.book.noutline = NELEM(outline);
	m.book.dests = (struct page_dest *)dests;
	m.book.ndests = NELEM(dests);
	assert_true(made_write(&m, &o, path));
	made_close(&m);
	check_form(path);
	assert_null(file_read(path, 1 << 24, &pdf));
	assert_true(holds(&pdf, "/Direction/R2L"));
	assert_true(holds(&pdf, "Rect[50 523 130 535]"));
	assert_true(holds(&pdf, "(https://example.org/%D9%BE%D8%B1%D9%88%D9"
	    "%86%D8%AF%D9%87\\(1\\))"));
	/* A label in Persian digits; the link to nowhere is no link. */
	assert_true(holds(&pdf, "/P(\xfe\xff\x06\xf1)"));
	assert_false(holds(&pdf, "nowhere"));
	buf_free(&pdf);
}

static void
test_many_pages(void **state)
{
	struct pdf_options o = { .compress = true, .tagged = true,
		.creator = "test" };
	const char *path = file("many.pdf");
	struct made m;
	int32_t doc;
	int i;

	(void)state;
	made_open(&m, "Parastoo");
	doc = made_elem(&m, ROLE_DOCUMENT, -1);
	for (i = 0; i < 150; i++) {
		made_text(&m, lines[i % NELEM(lines)],
		    made_elem(&m, ROLE_P, doc), 1);
		made_page_end(&m);
	}
	assert_true(made_write(&m, &o, path));
	made_close(&m);
	check_form(path);
}

/* Latin with kerning and letterspacing, left to right. */
static void
test_latin(void **state)
{
	static const char text[] = "AVATAR To Wave: café naïve (1984)";
	struct pdf_options o = { .compress = true, .creator = "test" };
	const char *path = file("latin.pdf");
	struct made m;
	char *got;

	(void)state;
	made_open(&m, "Gentium Book Plus");
	m.book.level = 0;
	m.look.lang = "en";
	m.look.tracking = PT(0.3);
	made_text(&m, text, -1, 0);
	assert_true(made_write(&m, &o, path));
	made_close(&m);
	got = extract(path);
	assert_string_equal(got, text);
	free(got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_kashida),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_claims),
		cmocka_unit_test(test_sheets),
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_many_pages),
		cmocka_unit_test(test_latin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
