/* Collecting messages, folding them, printing them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"
#include "base/messages.h"

static struct pos
at(uint16_t file, uint32_t line, uint32_t col)
{
	return (struct pos){ line, col, file };
}

static void
printed(const struct diag *dg, enum diag_level least, bool colour,
    const char *want)
{
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);

	diag_print(dg, f, least, colour);
	fclose(f);
	assert_string_equal(text, want);
	free(text);
}

static void
nothing_to_say(void **state)
{
	struct diag dg = {0};

	(void)state;
	printed(&dg, DIAG_INFO, false, "");
	assert_int_equal(diag_exit(&dg), 0);
	diag_free(&dg);
}

static void
files_have_numbers(void **state)
{
	struct diag dg = {0};
	char name[32];
	unsigned i;

	(void)state;
	assert_int_equal(diag_file(&dg, "a.md"), 1);
	assert_int_equal(diag_file(&dg, "b.md"), 2);
	assert_int_equal(diag_file(&dg, "a.md"), 1);
	assert_null(dg.files[0]);
	assert_int_equal(dg.nfiles, 3);
	for (i = 3; i < 100; i++) {
		snprintf(name, sizeof(name), "f%u", i);
		assert_int_equal(diag_file(&dg, name), i);
	}
	assert_string_equal(dg.files[1], "a.md");
	assert_string_equal(dg.files[99], "f99");
	diag_free(&dg);
	assert_int_equal(diag_file(&dg, "again"), 1);
	diag_free(&dg);
}

static void
in_order_of_file_and_place(void **state)
{
	struct diag dg = {0};
	struct diag_msg *m;
	uint16_t a, b;

	(void)state;
	b = diag_file(&dg, "b.md");
	a = diag_file(&dg, "a.md");
	diag_add(&dg, at(a, 1, 1), MAN_STRAY_FENCE);
	diag_add(&dg, at(b, 10, 2), MAN_UNKNOWN_NOTE, "n");
	diag_add(&dg, at(b, 9, 30), MAN_UNKNOWN_NOTE, "m");
	m = diag_add(&dg, at(b, 9, 4), LAY_RUNT, "تا");
	m->page = 12;
	diag_add(&dg, at(b, 9, 4), MAN_UNUSED_NOTE, "second at one place");
	diag_add(&dg, at(b, 0, 0), MAN_EMPTY);
	m = diag_add(&dg, at(0, 0, 0), FNT_NO_MANIFEST);
	m->excuse = "no fonts here";
	diag_add(&dg, at(b, 3, 0), MAN_UNCLOSED_FENCE);
	printed(&dg, DIAG_INFO, false,
	    "warning: no fonts/manifest was found; faces are looked for in "
	    "the system (accepted: no fonts here) [FNT001]\n"
	    "b.md: error: the manuscript is empty; nothing was written "
	    "[MAN005]\n"
	    "b.md:3: error: fence “:::” is never closed; it ends with the "
	    "file [MAN002]\n"
	    "b.md:9:4: warning: runt: the last line holds only “تا” (page 12) "
	    "[LAY012]\n"
	    "b.md:9:4: warning: note “[^second at one place]” is never "
	    "called; its text is not printed [MAN011]\n"
	    "b.md:9:30: error: note “[^m]” has no text; the mark is printed "
	    "as it stands [MAN010]\n"
	    "b.md:10:2: error: note “[^n]” has no text; the mark is printed "
	    "as it stands [MAN010]\n"
	    "a.md:1:1: warning: “:::” closes nothing; the line was left out "
	    "[MAN003]\n");
	printed(&dg, DIAG_FATAL, false, "");
	diag_free(&dg);
}

static void
colours(void **state)
{
	struct diag dg = {0};

	(void)state;
	diag_add(&dg, at(diag_file(&dg, "a"), 1, 2), MAN_EMPTY);
	printed(&dg, DIAG_INFO, true,
	    "\033[1ma:1:2:\033[0m \033[1;31merror:\033[0m the manuscript is "
	    "empty; nothing was written [MAN005]\n");
	diag_free(&dg);
}

static void
worst_level_is_the_exit_status(void **state)
{
	struct diag dg = {0};

	(void)state;
	diag_add(&dg, NOPOS, MAN_NO_LAYOUT, "x", "");
	assert_int_equal(dg.worst, DIAG_INFO);
	assert_int_equal(diag_exit(&dg), 0);
	diag_add(&dg, NOPOS, MAN_STRAY_FENCE);
	assert_int_equal(diag_exit(&dg), 0);
	diag_add(&dg, NOPOS, MAN_EMPTY);
	assert_int_equal(diag_exit(&dg), 1);
	diag_add(&dg, NOPOS, USE_CANNOT_READ, "x", "y");
	assert_int_equal(diag_exit(&dg), 2);
	diag_add(&dg, NOPOS, MAN_NO_LAYOUT, "y", "");
	assert_int_equal(diag_exit(&dg), 2);
	assert_int_equal(dg.ncount[DIAG_INFO], 2);
	assert_int_equal(dg.ncount[DIAG_FATAL], 1);
	diag_free(&dg);
}

/* Four rounds of layout say the same four times. */
static void
equal_messages_are_kept_once(void **state)
{
	struct diag dg = {0};
	struct diag_msg *first, *again;
	uint16_t f = diag_file(&dg, "a.md");

	(void)state;
	first = diag_add(&dg, at(f, 1, 1), MAN_UNKNOWN_NOTE, "a");
	again = diag_add(&dg, at(f, 1, 1), MAN_UNKNOWN_NOTE, "a");
	assert_non_null(again);
	assert_ptr_not_equal(first, again);
	again->page = 9;		/* must do no harm */
	again->excuse = "x";
	diag_add(&dg, at(f, 1, 1), MAN_UNKNOWN_NOTE, "b");
	diag_add(&dg, at(f, 1, 2), MAN_UNKNOWN_NOTE, "a");
	diag_add(&dg, at(f, 1, 1), MAN_UNUSED_NOTE, "a");
	assert_int_equal(dg.ncount[DIAG_ERROR], 3);
	assert_int_equal(dg.ncount[DIAG_WARNING], 1);
	assert_int_equal(first->page, 0);
	assert_ptr_equal(dg.first, first);
	diag_free(&dg);
}

static void
floods_are_counted(void **state)
{
	struct diag dg = {0};
	char *text = NULL;
	const char *more;
	size_t n = 0, lines = 0, i;
	unsigned k, round;
	FILE *f;

	(void)state;
	for (round = 0; round < 2; round++) {
		for (k = 1; k <= 100000; k++)
			diag_add(&dg, at(1, k, 1), MAN_UNKNOWN_NOTE, "x");
		for (k = 1; k <= 200; k++)
			diag_add(&dg, at(1, k, 1), MAN_STRAY_FENCE);
		diag_add(&dg, at(1, k, 1), MAN_UNUSED_NOTE, "x");
	}
	assert_int_equal(dg.ncount[DIAG_ERROR], 100000);
	f = open_memstream(&text, &n);
	diag_print(&dg, f, DIAG_INFO, false);
	fclose(f);
	for (i = 0; i < n; i++)
		lines += text[i] == '\n';
	assert_int_equal(lines, 200 + 200 + 1 + 1);
	more = strstr(text, "… and ");
	assert_string_equal(more, "… and 99800 more of MAN010\n");
	free(text);
	diag_free(&dg);
}

static void
merging(void **state)
{
	struct diag dg = {0}, part = {0};
	struct diag_msg *m;
	uint16_t f = diag_file(&dg, "a.md");
	unsigned k;

	(void)state;
	diag_add(&dg, at(f, 1, 1), MAN_STRAY_FENCE);
	diag_add(&part, at(f, 1, 1), MAN_STRAY_FENCE);
	m = diag_add(&part, at(f, 2, 1), MAN_NO_LAYOUT, "x", "");
	m->page = 3;
	m->excuse = arena_str(&part.arena, "so be it");
	for (k = 0; k < 300; k++)
		diag_add(&part, at(f, 9, k + 1), MAN_UNKNOWN_NOTE, "n");
	diag_merge(&dg, &part);
	assert_null(part.first);
	assert_int_equal(dg.ncount[DIAG_WARNING], 1);
	assert_int_equal(dg.ncount[DIAG_ERROR], 300);
	assert_int_equal(dg.worst, DIAG_ERROR);
	m = dg.first->next;
	assert_string_equal(m->text,
	    "“.x” is read and kept but this style does not show it");
	assert_int_equal(m->page, 3);
	assert_string_equal(m->excuse, "so be it");
	diag_merge(&dg, &part);		/* of nothing */
	diag_free(&dg);
}

/* What a manuscript brings along must not break lines or drive terminals. */
static void
arguments_are_cleaned(void **state)
{
	struct diag dg = {0};
	char *big = xmalloc(1 << 20);
	struct diag_msg *m;

	(void)state;
	m = diag_add(&dg, NOPOS, STY_SYNTAX, "a\nb\tc\033[31m\x7f\xff\xc2\x9b.");
	assert_string_equal(m->text,
	    "a b c␛[31m\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd.");
	memset(big, 'w', (1 << 20) - 1);
	big[(1 << 20) - 1] = '\0';
	m = diag_add(&dg, NOPOS, STY_SYNTAX, big);
	assert_true(strlen(m->text) < 5000);
	assert_int_equal(utf8_valid(m->text, strlen(m->text)),
	    strlen(m->text));
	diag_add(&dg, at(diag_file(&dg, "a\nb\033.md"), 1, 1), MAN_EMPTY);
	printed(&dg, DIAG_FATAL + 1, false, "");
	dg.first = dg.last;
	printed(&dg, DIAG_ERROR, false, "a b␛.md:1:1: error: the manuscript "
	    "is empty; nothing was written [MAN005]\n");
	free(big);
	diag_free(&dg);
}

#define FSI "\xe2\x81\xa8"
#define PDI "\xe2\x81\xa9"

static void
in_persian(void **state)
{
	static const char *const keys[] = { "title", NULL };
	struct diag dg = { .persian = true };
	struct diag_msg *m;
	uint16_t f = diag_file(&dg, "book.yaml");

	(void)state;
	diag_add(&dg, at(f, 2, 1), STY_UNKNOWN_KEY, "titel",
	    diag_near(&dg, "titel", keys));
	m = diag_add(&dg, at(f, 3, 1), MAN_RAGGED_ROW, 3, 2, "");
	m->page = 4;
	diag_add(&dg, at(f, 4, 1), MAN_UNREADABLE, "x.md",
	    "permission denied");
	diag_add(&dg, at(f, 5, 1), LAY_LOOSE, 1.5, 1.25);
	diag_add(&dg, at(f, 6, 1), FNT_HASH, "f.ttf", "0123456789abcdef",
	    "fedcba9876543210");
	diag_add(&dg, at(f, 7, 1), PDF_LIBRARY, 0x1025ul, "page 3");
	diag_add(&dg, at(f, 8, 1), MAN_INVALID_UTF8, 0xffu, (size_t)1 << 40);
	printed(&dg, DIAG_INFO, false,
	    FSI "book.yaml:2:1" PDI ": خطا: کلید «" FSI "titel" PDI
	    "» شناخته نیست" FSI "؛ آیا «" FSI "title" PDI "» منظور بود؟" PDI
	    " [STY001]\n"
	    FSI "book.yaml:3:1" PDI ": خطا: این ردیف جدول ۳ خانه دارد و "
	    "سرستون ۲ خانه؛  (صفحهٔ ۴) [MAN004]\n"
	    FSI "book.yaml:4:1" PDI ": خطا: «" FSI "x.md" PDI "»: " FSI
	    "اجازه داده نشد" PDI "؛ کنار گذاشته شد [MAN008]\n"
	    FSI "book.yaml:5:1" PDI ": هشدار: سطر باز: فاصلهٔ واژه‌ها ۱٫۵۰ "
	    "برابر عادی است (حد ۱٫۲۵) [LAY002]\n"
	    FSI "book.yaml:6:1" PDI ": هشدار: " FSI "f.ttf" PDI
	    " با فهرست قلم‌ها نمی‌خواند (SHA-256 آن " FSI "0123456789ab" PDI
	    "… است، نه " FSI "fedcba987654" PDI "…) [FNT003]\n"
	    FSI "book.yaml:7:1" PDI ": خطای بازدارنده: کتابخانهٔ PDF از کار "
	    "بازماند (0x1025) در " FSI "page 3" PDI "؛ چیزی نوشته نشد "
	    "[PDF001]\n"
	    FSI "book.yaml:8:1" PDI ": خطا: بایت 0xff در جای ۱۰۹۹۵۱۱۶۲۷۷۷۶ "
	    "با UTF-8 نمی‌خواند؛ به جای آن U+FFFD آمد [MAN001]\n");
	diag_free(&dg);
}

static void
near_in_english(void **state)
{
	static const char *const keys[] = { "title", NULL };
	struct diag dg = {0};

	(void)state;
	assert_string_equal(diag_near(&dg, "titel", keys),
	    "; did you mean “title”?");
	assert_string_equal(diag_near(&dg, "zzzzz", keys), "");
	diag_free(&dg);
}

/* A code without an entry, as a room's newest, is still told. */
static void
unknown_code_in_persian(void **state)
{
	struct diag dg = { .persian = true };

	(void)state;
	diag_add(&dg, NOPOS, "ZZZ999", DIAG_ERROR, "%d of %s", 3, "x");
	printed(&dg, DIAG_INFO, false, "خطا: 3 of x [ZZZ999]\n");
	diag_free(&dg);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_to_say),
		cmocka_unit_test(files_have_numbers),
		cmocka_unit_test(in_order_of_file_and_place),
		cmocka_unit_test(colours),
		cmocka_unit_test(worst_level_is_the_exit_status),
		cmocka_unit_test(equal_messages_are_kept_once),
		cmocka_unit_test(floods_are_counted),
		cmocka_unit_test(merging),
		cmocka_unit_test(arguments_are_cleaned),
		cmocka_unit_test(in_persian),
		cmocka_unit_test(near_in_english),
		cmocka_unit_test(unknown_code_in_persian),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
