/*
 * The round trip, with texts that a reader might give: what is right is not
 * told, whatever the order of lines; what is lost, other or too much is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "check/check.h"
#include "read/read.h"

static const char *const styles[] = {"styles"}, *const fonts[] = {"fonts"};
static struct doc doc;
static struct diag said, dg;
static struct font_set *faces;
static struct style *style;
static struct page_book *book;

static const char manuscript[] =
    "می‌رود (۱۳۹۰–۱۳۹۵) و کتـاب را می‌آورد.\n\n"
    "::: {.page-break}\n:::\n\nصفحهٔ دیگر است.\n";

static int
begin(void **state)
{
	(void)state;
	doc_open(&doc);
	doc_meta_add(&doc, "lang", "fa", NOPOS);
	read_markdown(&doc, &dg, "a.md", manuscript, strlen(manuscript));
	doc_finish(&doc, &dg);
	faces = font_set_open(&dg, fonts, 1, false);
	style = style_load(&dg, "essay", NULL, styles, 1, NOPOS);
	book = page_layout(&(struct page_job){.doc = &doc, .style = style,
	    .fonts = faces, .dg = &dg, .image_dir = "."});
	return 0;
}

static int
end(void **state)
{
	(void)state;
	page_free(book);
	style_free(style);
	font_set_close(faces);
	doc_free(&doc);
	diag_free(&dg);
	return 0;
}

/* The code of what is said of such a text, "" for nothing, and its page. */
static const char *
trip(const char *text, int *page)
{
	static char code[8];

	memset(&said, 0, sizeof(said));
	check_round_trip(book, text, strlen(text), false, false, &said);
	snprintf(code, sizeof(code), "%s", said.first != NULL ?
	    said.first->code : "");
	*page = said.first != NULL ? said.first->page : 0;
	if (said.first != NULL && said.first->next != NULL)
		snprintf(code, sizeof(code), "many");
	diag_free(&said);
	return code;
}

#define FIRST "می‌رود (۱۳۹۰–۱۳۹۵) و کتاب را می‌آورد.\n\f"
#define SECOND "صفحهٔ دیگر است.\n۲\f"

static void
check_trip(const char *text, const char *code, int page)
{
	int at;

	assert_string_equal(trip(text, &at), code);
	assert_int_equal(at, page);
}

static void
what_is_right_is_not_told(void **state)
{
	(void)state;
	assert_int_equal(book->npages, 2);
	check_trip("۱\n" FIRST SECOND, "", 0);
	/* Marks of direction, and lines in another order. */
	check_trip("و کتاب را\n\u202bمی‌رود \u202a(۱۳۹۰–۱۳۹۵)\u202c\u061c\n"
	    "می‌آورد.\n۱\f" SECOND, "", 0);
	/* poppler: numbers before a gap. */
	check_trip("۱می‌رود (۱۳۹۰–۱۳۹۵) و کتاب را می‌آورد.\n\f" SECOND, "", 0);
}

static void
what_is_wrong_is_told_on_its_page(void **state)
{
	(void)state;
	/* A ZWNJ, a letter, a digit, a word, a page. */
	check_trip("۱\n" FIRST "صفحهٔ دیگر اس.\n۲\f", "PDF010", 2);
	check_trip("۱\nمیرود (۱۳۹۰–۱۳۹۵) و کتاب را می‌آورد.\n\f" SECOND,
	    "PDF010", 1);
	check_trip("۱\nمی‌رود (۱۳۹۱–۱۳۹۵) و کتاب را می‌آورد.\n\f" SECOND,
	    "PDF010", 1);
	check_trip("۱\n" FIRST "صفحهٔ است.\n۲\f", "PDF011", 2);
	check_trip("۱\n" FIRST, "many", 2);
	/* A kashida that is in the text. */
	check_trip("۱\nمی‌رود (۱۳۹۰–۱۳۹۵) و کتـاب را می‌آورد.\n\f" SECOND,
	    "PDF012", 1);
	/* A word too many. */
	check_trip("۱\n" FIRST "صفحهٔ دیگر دیگر است.\n۲\f", "PDF012", 2);
}

static void
brackets_on_the_other_side_are_counted(void **state)
{
	(void)state;
	check_trip("۱\nمی‌رود )۱۳۹۰–۱۳۹۵( و کتاب را می‌آورد.\n\f" SECOND,
	    "PDF014", 1);
	check_trip("۱\n" FIRST "صفحهٔ دیگراست.\n۲\f", "PDF014", 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_right_is_not_told),
		cmocka_unit_test(what_is_wrong_is_told_on_its_page),
		cmocka_unit_test(brackets_on_the_other_side_are_counted),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
