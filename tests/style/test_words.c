/* The book's own words: every language says all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "style/style.h"

static const char *const names[] = {"contents", "tables", "figures", "table",
	"figure", "page", "section", "timeline", "notes", "glossary", "index",
	"continued", "translator", "name", "class", "date", "questions",
	"sources", "terms", "of", "true", "false", "answer", "blank", "gap",
	"back", "room", "lines", "comma", "colon", "course", "teacher",
	"paragraph", "list", "heading", "sentence", "own-notes", "put-right"};

static void
every_language_is_whole(void **state)
{
	static const char *const langs[] = {"fa", "fa-AF", "prs", "ar",
	    "ar-EG", "ur", "he", "en", "en-GB"};
	struct style st = {0};
	const char *key;

	(void)state;
	for (size_t i = 0; i < NELEM(langs); i++) {
		assert_true(style_knows(langs[i]));
		for (size_t k = 0; k < NELEM(names); k++)
			assert_true(*style_word(&st, langs[i], names[k]) != '\0');
		for (size_t k = 0; k < 11; k++)
			assert_non_null(style_imprint(&st, k, langs[i], &key));
		assert_null(style_imprint(&st, 11, langs[i], &key));
	}
}

static void
each_speaks_for_itself(void **state)
{
	static const struct { const char *lang, *contents, *page; } v[] = {
		{"fa", "فهرست", "صفحه"}, {"ar", "المحتويات", "صفحة"},
		{"ur", "فہرست", "صفحہ"}, {"he", "תוכן העניינים", "עמוד"},
		{"en", "Contents", "page"}, {"ps", "Contents", "page"},
		{"de", "Contents", "page"}, {"fa-AF", "فهرست", "صفحه"},
	};
	struct style st = {0};

	(void)state;
	for (size_t i = 0; i < NELEM(v); i++) {
		assert_string_equal(style_word(&st, v[i].lang, "contents"),
		    v[i].contents);
		assert_string_equal(style_word(&st, v[i].lang, "page"),
		    v[i].page);
	}
	assert_false(style_knows("ps"));
	assert_true(style_knows("ar-EG"));
}

/* Dari differs where Afghanistan does, under both of its names. */
static void
dari_has_its_own(void **state)
{
	struct style st = {0};
	const char *key, *copies = NULL;

	(void)state;
	assert_string_equal(style_word(&st, "fa", "class"), "کلاس");
	assert_string_equal(style_word(&st, "fa-AF", "class"), "صنف");
	assert_string_equal(style_word(&st, "prs", "class"), "صنف");
	assert_string_equal(style_word(&st, "prs", "table"), "جدول");
	for (size_t i = 0; style_imprint(&st, i, "fa-AF", &key) != NULL; i++)
		if (strcmp(key, "copies") == 0)
			copies = style_imprint(&st, i, "fa-AF", &key);
	assert_non_null(copies);
	assert_string_equal(copies, "تیراژ");
}

static void
a_style_comes_first(void **state)
{
	struct style st = {0};
	const char *key;

	(void)state;
	*map_put(&st.settings, "words.page", 10) = (void *)(uintptr_t)"ص";
	*map_put(&st.settings, "words.imprint-title", 19) =
	    (void *)(uintptr_t)"نام کتاب";
	assert_string_equal(style_word(&st, "fa", "page"), "ص");
	assert_string_equal(style_imprint(&st, 0, "fa", &key), "نام کتاب");
	assert_string_equal(key, "title");
	map_free(&st.settings);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_language_is_whole),
		cmocka_unit_test(each_speaks_for_itself),
		cmocka_unit_test(dari_has_its_own),
		cmocka_unit_test(a_style_comes_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
