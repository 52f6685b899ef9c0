/* import: each rule on the smallest text that shows it, without a list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "import/import.h"

#define Z "\xe2\x80\x8c"

static const struct { const char *in, *out, *rule; } cases[] = {
	{"كتاب", "کتاب", "kaf"},
	{"علي", "علی", "yeh"},
	{"ﻻله", "لاله", "presentation"},
	{"ﻳﻚ", "یک", "presentation"},
	{"کتـــاب", "کتاب", "tatweel"},
	{"یک\u200fدو", "یکدو", "control"},
	{"سال 1395 بود", "سال ۱۳۹۵ بود", "digit"},
	{"سال ١٣٩٥ بود", "سال ۱۳۹۵ بود", "digit"},
	{"در HTML5 است", "در HTML5 است", NULL},
	{"۱۹۱۶-۱۹۳۱ بود", "۱۹۱۶–۱۹۳۱ بود", "dash"},
	{"رفت .او", "رفت. او", "space"},
	{"سیب ،به", "سیب، به", "space"},
	{"رفت..", "رفت.", "stop"},
	{"سال ۱۳۲۰ ه.ش بود", "سال ۱۳۲۰ ه.ش بود", NULL},
	{"می رود", "می" Z "رود", "zwnj-verb"},
	{"کتاب ها", "کتاب" Z "ها", "zwnj-plural"},
	{"نیرو های", "نیروهای", "zwnj-plural"},
	{"خانه ای", "خانه" Z "ای", "zwnj-ending"},
	{"او \"خوب\" است", "او «خوب» است", "quote"},
	{"1 .یک", "1. یک", "list"},
	{"گفت )زید( رفت", "گفت (زید) رفت", "bracket"},
	{"گفت (زید) رفت", "گفت (زید) رفت", NULL},
	{"۱) یک (دو) سه", "۱) یک (دو) سه", NULL},
	{"بود )زمانی، ۱۳۹۵ :۷۱ .)باز", "بود (زمانی، ۱۳۹۵: ۷۱). باز",
	    "citation"},
	{"بود. (زید، ۱۳۹۹ : .)۵۸ باز", "بود (زید، ۱۳۹۹: ۵۸). باز",
	    "citation"},
	{"بود (زید، .)۶۳-۶۵ :۱۳۹۹ )اما", "بود (زید، ۱۳۹۹: ۶۳–۶۵). اما",
	    "citation"},
	{"توسعه .(۵۹ :۱۳۹۹ ،زید )یافت نیرو", "توسعه یافت (زید، ۱۳۹۹: ۵۹). نیرو",
	    "citation"},
	{"(۱۳۹۹ .) فصل", "(۱۳۹۹). فصل", "citation"},
	{"بود (زید، ۱۳۹۵: ۷۱). باز", "بود (زید، ۱۳۹۵: ۷۱). باز", NULL},
	{"(۱۶ سال) بود", "(۱۶ سال) بود", NULL},
	{"سر ۱\nگفت و\n\fسر ۲\nرفت و\n\fسر ۳\nآمد.\n\fسر ۴\nباز\n",
	    "\nگفت و\nرفت و\nآمد.\n\nباز\n", "running-head"},
	{"یک\n\n\fدو\n", "یک\nدو\n", "page-break"},
	{"", "", NULL},
};

static void
rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct import_result r = {0};
		bool found = false;

		import_text(&r, cases[i].in, strlen(cases[i].in), NULL, true);
		assert_string_equal(r.text.p, cases[i].out);
		for (size_t k = 0; k < r.nrepairs; k++)
			found |= cases[i].rule != NULL &&
			    strcmp(r.repairs[k].rule, cases[i].rule) == 0;
		assert_int_equal(found, cases[i].rule != NULL);
		assert_true(cases[i].rule != NULL || r.nrepairs == 0);
		import_free(&r);
	}
}

/* The text itself is a witness: three times intact, once torn. */
static void
text_bears_out(void **state)
{
	static const char s[] = "انقلاب و انقلاب و انقلاب و انقالب";
	struct import_result r = {0};

	(void)state;
	import_text(&r, s, strlen(s), NULL, true);
	assert_string_equal(r.text.p, "انقلاب و انقلاب و انقلاب و انقلاب");
	assert_int_equal(r.nrepairs, 1);
	assert_string_equal(r.repairs[0].rule, "lam-alef");
	assert_int_equal(r.repairs[0].pos.line, 1);
	assert_int_equal(r.repairs[0].pos.col, 28);
	import_free(&r);
	import_text(&r, "انقالب", strlen("انقالب"), NULL, true);
	assert_int_equal(r.nrepairs, 0);
	import_free(&r);
}

/* Pages of some 600 letters; the numbers 4, 5, 6 go, «۱۶ سال» stays. */
static void
folios(void **state)
{
	struct import_result r = {0};
	struct buf b = {0};

	(void)state;
	for (int page = 4; page < 7; page++) {
		for (int i = 0; i < 60; i++)
			buf_str(&b, i == 30 ? "تا ۱۶ سال " : "گفت و رفت ");
		buf_printf(&b, "%d ", page);
	}
	buf_str(&b, "پایان");
	import_text(&r, b.p, b.n, NULL, true);
	assert_int_equal(r.nrepairs, 3);
	for (size_t i = 0; i < r.nrepairs; i++)
		assert_string_equal(r.repairs[i].rule, "page-number");
	assert_non_null(strstr(r.text.p, "۱۶"));
	assert_null(strpbrk(r.text.p, "456"));
	import_free(&r);
	buf_free(&b);
}

/* Years go on as evenly as pages do; they stay. */
static void
years_stay(void **state)
{
	struct import_result r = {0};
	struct buf b = {0};

	(void)state;
	for (int year = 0; year < 4; year++) {
		for (int i = 0; i < 60; i++)
			buf_str(&b, "گفت و رفت ");
		buf_printf(&b, "در سال ۱۹۲%s ", (const char *[]){"۰", "۱",
		    "۲", "۳"}[year]);
	}
	buf_str(&b, "پایان");
	import_text(&r, b.p, b.n, NULL, true);
	assert_int_equal(r.nrepairs, 0);
	import_free(&r);
	buf_free(&b);
}

static void
malformed(void **state)
{
	struct import_result r = {0};

	(void)state;
	import_text(&r, "\xff(\xd9", 3, NULL, true);
	assert_int_equal(utf8_valid(r.text.p, r.text.n), r.text.n);
	import_free(&r);
	assert_null(import_words_open("/no/such.dic"));
	import_words_close(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules),
		cmocka_unit_test(text_bears_out),
		cmocka_unit_test(folios),
		cmocka_unit_test(years_stay),
		cmocka_unit_test(malformed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
