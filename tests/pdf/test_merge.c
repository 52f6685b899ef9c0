/*
 * Files of a mail merge. With a folder as argument, writes there what
 * tests/pdf/merge.t judges: alone.pdf as pdf_write() makes it, merged.pdf of
 * the same reader, joined.pdf of many, plain.pdf of many without compression.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "page/page.h"
#include "pdf/pdf.h"
#include "read/read.h"

enum { MANY = 150 };

static const char *const styles[] = {"styles"}, *const fonts[] = {"fonts"};

static const char manuscript[] =
    "# درس نخست {#one .lesson}\n\n"
    "متن درس [پیوندی](#q) دارد[^n] و چند جمله که سطری را پر می‌کند، و باز\n"
    "جمله‌ای دیگر تا سطر دوم و سوم نیز پر شود و بند [درازتر](http://a.b/)\n"
    "گردد.\n\n[^n]: یادداشتی در پای صفحه.\n\n"
    "::::: {.questions #q}\n\n"
    ":::: {.question .short lines=14}\nیکم؟\n\n::: {.answer}\nآری.\n:::\n::::\n\n"
    ":::: {.question .fill}\nدو [سه]{.blank} [چهار](http://c.d/).\n::::\n\n"
    ":::: {.question .short lines=12}\nسوم، که دو سطر\nمی‌خواهد؟\n\n"
    "::: {.answer}\nنه.\n:::\n::::\n\n"
    ":::: {.question .match}\nجور کنید.\n\n| این | آن |\n|---|---|\n"
    "| آ | ا |\n| ب | بو |\n| پ | پا |\n::::\n\n"
    ":::: {.question .true-false answer=false}\nچنین است.\n\n"
    "::: {.answer}\nچنان است.\n:::\n::::\n\n:::::\n";

static struct doc doc;
static struct diag dg;
static struct font_set *faces;
static struct style *style;
static struct page_job job;
static struct pdf_options options = {.standards = PDF_UA1 | PDF_A2A,
	.tagged = true, .compress = true, .creator = "Dabir test"};
static struct page_merge *merge;
static struct pdf_merge *pdf;
static char folder[256];

static int
begin(void **state)
{
	const struct page_reader nobody = {.seed = 0};

	(void)state;
	doc_open(&doc);
	doc_meta_add(&doc, "lang", "fa", NOPOS);
	doc_meta_add(&doc, "title", "کتاب", NOPOS);
	read_markdown(&doc, &dg, "a.md", manuscript, strlen(manuscript));
	doc_finish(&doc, &dg);
	faces = font_set_open(&dg, fonts, 1, false);
	style = style_load(&dg, "handout", NULL, styles, 1, NOPOS);
	style_know_class(style, "lesson");
	job = (struct page_job){.doc = &doc, .style = style, .fonts = faces,
	    .dg = &dg, .image_dir = ".", .section = doc.root->first};
	merge = page_merge_open(&job);
	pdf = pdf_merge_open(page_merge_reader(merge, &nobody), &options, &dg);
	return pdf == NULL;
}

static int
end(void **state)
{
	(void)state;
	pdf_merge_close(pdf);
	page_merge_close(merge);
	style_free(style);
	font_set_close(faces);
	doc_free(&doc);
	diag_free(&dg);
	return 0;
}

static const char *
in_folder(const char *name)
{
	static char path[4][320];
	static int i;

	i = (i + 1) % 4;
	snprintf(path[i], sizeof(path[i]), "%s/%s", folder, name);
	return path[i];
}

/* Reader `i` of the list; 0: nobody. */
static struct page_reader
reader(int i)
{
	static const char *const names[] = {NULL, "مریم احمدی", "ژاله",
	    "Rosa Parks", "نامی دراز با ی و ه و گ و چ", "علی"};

	return (struct page_reader){.fill = {names[i % (int)NELEM(names)],
	    i % 2 ? "هشتم" : NULL, NULL}, .seed = (uint64_t)i};
}

static bool
write_one(int i, const char *name)
{
	struct page_reader r = reader(i);
	const struct page_book *b = page_merge_reader(merge, &r);

	return pdf_merge_begin(pdf, in_folder(name), b->title, false, 1) &&
	    pdf_merge_end(pdf, pdf_merge_add(pdf, b, ""));
}

static bool
write_many(const char *name, int n)
{
	bool ok = pdf_merge_begin(pdf, in_folder(name), "همه", true, 2);

	for (int i = 0; ok && i < n; i++) {
		struct page_reader r = reader(i);

		ok = pdf_merge_add(pdf, page_merge_reader(merge, &r),
		    r.fill[0] != NULL ? r.fill[0] : "بی‌نام");
	}
	return pdf_merge_end(pdf, ok);
}

static void
same(const char *a, const char *b, bool want)
{
	struct buf x = {0}, y = {0};

	assert_null(file_read(in_folder(a), 1 << 24, &x));
	assert_null(file_read(in_folder(b), 1 << 24, &y));
	assert_true(want == (x.n == y.n && memcmp(x.p, y.p, x.n) == 0));
	buf_free(&x);
	buf_free(&y);
}

static void
a_file_depends_on_its_reader_alone(void **state)
{
	(void)state;
	assert_true(write_one(3, "three.pdf"));
	for (int i = 0; i < 6; i++)
		assert_true(write_one(i, "other.pdf"));
	assert_true(write_one(3, "again.pdf"));
	same("three.pdf", "again.pdf", true);
	same("three.pdf", "other.pdf", false);
	/* Nor on one for many that came between. */
	assert_true(write_many("many.pdf", 70));
	assert_true(write_one(3, "again.pdf"));
	same("three.pdf", "again.pdf", true);
	/* And in another process with a merge of its own. */
	end(NULL);
	assert_int_equal(begin(NULL), 0);
	assert_true(write_one(3, "again.pdf"));
	same("three.pdf", "again.pdf", true);
}

static void
nothing_is_left_of_a_file_that_fails(void **state)
{
	(void)state;
	assert_false(pdf_merge_begin(pdf, in_folder("none/a.pdf"), "", false,
	    1));
	assert_int_equal(dg.worst, DIAG_FATAL);
	assert_true(pdf_merge_begin(pdf, in_folder("gone.pdf"), "", true, 1));
	assert_false(pdf_merge_end(pdf, false));
	assert_false(file_exists(in_folder("gone.pdf")));
	/* Of no reader there is no file. */
	assert_true(pdf_merge_begin(pdf, in_folder("gone.pdf"), "", true, 1));
	assert_false(pdf_merge_end(pdf, true));
	assert_false(file_exists(in_folder("gone.pdf")));
	assert_true(write_one(1, "one.pdf"));
}

static int
write_for_judges(void)
{
	struct page_reader r = reader(4);
	struct page_job alone;
	struct page_book *b;
	bool ok;

	if (begin(NULL) != 0)
		return 1;
	alone = job;
	memcpy(alone.fill, r.fill, sizeof(alone.fill));
	alone.seed = r.seed;
	b = page_layout(&alone);
	ok = pdf_write(b, &options, NULL, 0, &dg, in_folder("alone.pdf")) &&
	    write_one(4, "merged.pdf") && write_many("joined.pdf", MANY);
	page_free(b);
	end(NULL);
	options.compress = false;
	ok = ok && begin(NULL) == 0 && write_many("plain.pdf", 3);
	end(NULL);
	return !ok;
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_file_depends_on_its_reader_alone, begin, end),
		cmocka_unit_test_setup_teardown(
		    nothing_is_left_of_a_file_that_fails, begin, end),
	};
	const char *tmp = getenv("TMP");

	if (argc > 1) {
		snprintf(folder, sizeof(folder), "%s", argv[1]);
		return write_for_judges();
	}
	snprintf(folder, sizeof(folder), "%s/dabir-merge-%d", tmp != NULL ?
	    tmp : "/tmp", (int)getpid());
	dir_make(folder);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
