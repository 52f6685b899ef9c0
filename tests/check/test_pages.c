/*
 * Lints over pages that no manuscript gives: an empty one, and a note that
 * begins on another page than its mark.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/messages.h"
#include "check/check.h"

/* The code of the one message, or "". */
static const char *
told(const struct page_book *b)
{
	static char code[8];
	struct style st = {.notes = {.place = "page"}};
	struct diag dg = {0};

	check_pages(b, &st, &dg);
	assert_true(dg.first == dg.last);
	snprintf(code, sizeof(code), "%s", dg.first != NULL ? dg.first->code :
	    "");
	assert_true(dg.first == NULL || dg.first->page == 1);
	diag_free(&dg);
	return code;
}

/* LAY_BLANK_PAGE */
static void
an_empty_page(void **state)
{
	struct page_item folio = {.kind = PAGE_RECT,
	    .elem = ARTIFACT_PAGINATION};
	struct page page = {.items = &folio, .nitems = 1,
	    .block_height = PT(100), .filled = PT(100)};
	struct page_book b = {.pages = &page, .npages = 1};

	(void)state;
	assert_string_equal(told(&b), "LAY020");
	page.blank = true;
	assert_string_equal(told(&b), "");
	page.blank = false;
	folio.elem = 0;
	assert_string_equal(told(&b), "");
}

/* LAY_NOTE_APART */
static void
a_note_apart_from_its_mark(void **state)
{
	struct page pages[2] = {{.blank = true}, {.blank = true}};
	struct page_dest dests[] = {{.id = "fn-a", .page = 1, .elem = -1},
	    {.id = "fnref-a", .page = 0, .elem = -1}};
	struct page_book b = {.pages = pages, .npages = 2, .dests = dests,
	    .ndests = 2};

	(void)state;
	assert_string_equal(told(&b), "LAY022");
	dests[0].page = 0;
	assert_string_equal(told(&b), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_page),
		cmocka_unit_test(a_note_apart_from_its_mark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
