/*
 * What an entry prints, field by field: its line of the list, its first
 * note. Both languages, all kinds; every field that a kind prints is in some
 * entry here, so none can be dropped in silence. "~" is a blank where no line
 * ends.
 */
#include "made.h"

static const struct line {
	const char *entry, *list, *note;
} lines[] = {
	{"@book{k, author={احمدی, رضا}, title={کتاب}, edition={دوم}, "
	    "volume={۳}, translator={بهرامی, علی}, editor={جمالی, ج and دانا, "
	    "د}, series={میراث}, publisher={نشر}, address={تهران}, year=1390, "
	    "note={یادداشت}}",
	    "احمدی، رضا (۱۳۹۰). کتاب، ج~۳. ترجمهٔ علی بهرامی، به کوشش ج جمالی "
	    "و د دانا، چاپ~دوم، از مجموعهٔ میراث. تهران: نشر. یادداشت.",
	    "رضا احمدی، کتاب، ج~۳، ترجمهٔ علی بهرامی، چاپ~دوم (تهران: نشر، "
	    "۱۳۹۰)."},
	{"@book{k, author={Smith, John}, title={Book}, edition={2}, "
	    "translator={Doe, Jane}, editor={Roe, R. and Poe, P.}, "
	    "series={Studies}, volume={4}, publisher={Brill}, "
	    "address={Leiden}, year=1994}",
	    "Smith, John (1994). Book, vol.~4. Trans. Jane Doe, ed. R. Roe and "
	    "P. Poe, 2nd~ed., ser. Studies. Leiden: Brill.",
	    "John Smith, Book, vol.~4, trans. Jane Doe, 2nd~ed. (Leiden: "
	    "Brill, 1994)."},
	/* What says itself what it is, and what is no number. */
	{"@book{k, author={Smith, John}, title={Book}, edition={11th ed.}, "
	    "publisher={P}, year=1994}",
	    "Smith, John (1994). Book. 11th ed. P.",
	    "John Smith, Book, 11th ed. (P, 1994)."},
	{"@book{k, author={Smith, John}, title={Book}, edition=11, "
	    "publisher={P}, year=1994}",
	    "Smith, John (1994). Book. 11th~ed. P.", NULL},
	{"@book{k, author={احمدی, ا}, title={کتاب}, edition={چاپ سوم}, "
	    "publisher={پ}, year=1390}",
	    "احمدی، ا (۱۳۹۰). کتاب. چاپ سوم. پ.", NULL},
	{"@book{k, author={احمدی, ا}, title={کتاب}, edition={ویراست نو}, "
	    "publisher={پ}, year=1390}",
	    "احمدی، ا (۱۳۹۰). کتاب. ویراست نو. پ.", NULL},
	/* Who made it, if it was no author. */
	{"@book{k, editor={افشار, ایرج}, translator={کشاورز, ک}, "
	    "title={مجموعه}, publisher={علمی}, year=1370}",
	    "افشار، ایرج (گردآورنده) (۱۳۷۰). مجموعه. ترجمهٔ ک کشاورز. علمی.",
	    "ایرج افشار (گردآورنده)، مجموعه، ترجمهٔ ک کشاورز (علمی، ۱۳۷۰)."},
	{"@book{k, editor={Roe, R. and Poe, P.}, title={Collection}, "
	    "publisher={Brill}, year=1997}",
	    "Roe, R.; Poe, P. (eds.) (1997). Collection. Brill.",
	    "R. Roe and P. Poe (eds.), Collection (Brill, 1997)."},
	{"@book{k, translator={کشاورز, کریم}, title={ترکستان‌نامه}, "
	    "publisher={آگاه}, year={1366-1369}}",
	    "کشاورز، کریم (مترجم) (۱۳۶۶–۱۳۶۹). ترکستان‌نامه. آگاه.",
	    "کریم کشاورز (مترجم)، ترکستان‌نامه (آگاه، ۱۳۶۶–۱۳۶۹)."},
	{"@book{k, author={کسی, ک}, title={دوره}, publisher={پ}, "
	    "date={1380-03/1385-02}}",
	    "کسی، ک (۱۳۸۰–۱۳۸۵). دوره. پ.", NULL},
	{"@book{k, author={Roy, O}, title={T}, publisher={P}, "
	    "date={1999/..}}", "Roy, O (1999–). T. P.", NULL},
	{"@article{k, author={پ, پ}, title={پاییز}, journal={مجله}, year=1380, "
	    "month={پاییز}}", "پ، پ (۱۳۸۰). پاییز. مجله (پاییز).",
	    "پ پ، «پاییز»، مجله (پاییز ۱۳۸۰)."},
	{"@article{k, author={Q, Q}, title={Article}, journal={J}, "
	    "date={1999-03-04}, doi={10.1/2}}",
	    "Q, Q (1999). Article. J (4 March). 10.1/2",
	    "Q Q, “Article”, J (4 March 1999)."},
	{"@article{k, author={پ, پ}, title={کامل}, journal={مجله}, volume={۵}, "
	    "number={۱۸}, year=1399, month={بهار}, pages={12-15}, "
	    "translator={م, م}, note={ویژه}}",
	    "پ، پ (۱۳۹۹). کامل. مجله، ترجمهٔ م م، سال~۵، شماره~۱۸ (بهار)، "
	    "ص~۱۲–۱۵. ویژه.",
	    "پ پ، «کامل»، مجله، ترجمهٔ م م، سال~۵، شماره~۱۸ (بهار ۱۳۹۹)."},
	{"@incollection{k, author={ز, ز}, title={فصل}, booktitle={تاریخ}, "
	    "editor={آ, ی}, translator={ت, ت}, edition={۲}, volume={۲}, "
	    "chapter={3}, pages={۱۲–۱۵}, publisher={نی}, address={تهران}, "
	    "year=1380}",
	    "ز، ز (۱۳۸۰). «فصل»، در تاریخ، به کوشش ی آ، ترجمهٔ ت ت، ج~۲، "
	    "فصل~۳، چاپ~۲، ص~۱۲–۱۵. تهران: نی.",
	    "ز ز، «فصل»، در تاریخ، به کوشش ی آ، ترجمهٔ ت ت، ج~۲، فصل~۳، چاپ~۲ "
	    "(تهران: نی، ۱۳۸۰)."},
	{"@newspaper{k, author={{خبرگزاری}}, title={گزارش}, journal={ایران}, "
	    "date={1397-11-02}, number={۶۸۴۵}, pages={۵}}",
	    "خبرگزاری (۱۳۹۷، ۲ بهمن). گزارش. ایران، شماره~۶۸۴۵، ص~۵.",
	    "خبرگزاری، «گزارش»، ایران (۲ بهمن ۱۳۹۷)."},
	{"@online{k, author={{Wiki}}, title={Page}, date={2020-01-05}, "
	    "urlyear=2021, urlmonth=3, urlday=4, url={https://x.y/z}}",
	    "Wiki (2020, 5 January). Page. Accessed 4 March 2021. "
	    "https://x.y/z",
	    "Wiki, “Page” (5 January 2020), https://x.y/z."},
	{"@techreport{k, author={{مرکز}}, title={گزارش}, institution={مجلس}, "
	    "number={۱۲}, type={گزارش کارشناسی}, year=1395}",
	    "مرکز (۱۳۹۵). گزارش، گزارش کارشناسی، شماره~۱۲. مجلس.",
	    "مرکز، «گزارش»، مجلس (۱۳۹۵)."},
	{"@phdthesis{k, author={ر, م}, title={رساله}, school={دانشگاه}, "
	    "address={شیراز}, year=1398}",
	    "ر، م (۱۳۹۸). رساله. رسالهٔ دکتری. شیراز: دانشگاه.",
	    "م ر، «رساله» (رسالهٔ دکتری، شیراز، دانشگاه، ۱۳۹۸)."},
	/* Nothing names it but its key. */
	{"@misc{k, publisher={پ}, year=1390}", "k (۱۳۹۰). پ.",
	    "k پ (۱۳۹۰)."},
	{"@misc{k}", "k", "k (بی‌تا)."},
};

static void
each_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < NELEM(lines); i++) {
		fresh(NULL);
		style = cite_style_load(&arena, &dg,
		    "styles/citations/author-date-fa.yaml", NULL, 0);
		read_bib(lines[i].entry);
		assert_int_equal(said("BIB006", NULL), 0);
		cite("@k");
		refs_here();
		resolve();
		assert_string_equal(plain(listed(1)), lines[i].list);
		if (lines[i].note == NULL)
			continue;
		fresh_tree();
		load("footnote-fa");
		cite("@k");
		resolve();
		assert_string_equal(note(1), lines[i].note);
	}
}

/* An address is a link, a DOI one to its resolver. */
static void
addresses(void **state)
{
	const struct doc_node *n;

	(void)state;
	load("author-date-fa");
	read_bib("@article{a, author={Q, Q}, title={T}, journal={J}, "
	    "year=1999, doi={10.1/2}, url={https://no.no}}\n"
	    "@article{b, author={پ, پ}, title={ت}, journal={م}, year=1399, "
	    "url={https://x.y/z}}\n");
	cite("@a;@b");
	refs_here();
	resolve();
	n = listed(1)->last;
	assert_int_equal(n->kind, DOC_LINK);
	assert_string_equal(n->url, "https://doi.org/10.1/2");
	assert_string_equal(plain(n), "10.1/2");
	n = listed(2)->last;
	assert_int_equal(n->kind, DOC_LINK);
	assert_string_equal(n->url, "https://x.y/z");
	/* Within a Persian line it runs from left to right. */
	assert_string_equal(doc_value(n->first, "dir"), "ltr");
}

/* Who an entry goes by in the text: authors, editors, translators, title,
 * key; the list is in the same order. */
static void
goes_by(void **state)
{
	static const struct { const char *key, *want; } cases[] = {
		{"@e", "(افشار، ۱۳۷۰)"}, {"@t", "(کشاورز، ۱۳۶۶)"},
		{"@n", "(بی‌نام، ۱۳۸۰)"}, {"@x", "(x، بی‌تا)"},
	};

	(void)state;
	style = cite_style_load(&arena, &dg,
	    "styles/citations/author-date-fa.yaml", NULL, 0);
	read_bib("@book{e, editor={افشار, ا}, translator={ب, ب}, title={م}, "
	    "publisher={پ}, year=1370}\n"
	    "@book{t, translator={کشاورز, ک}, title={آ}, publisher={پ}, "
	    "year=1366}\n"
	    "@book{n, title={بی‌نام}, publisher={پ}, year=1380}\n"
	    "@misc{x}\n");
	for (size_t i = 0; i < NELEM(cases); i++) {
		fresh_tree();
		assert_string_equal(plain((cite(cases[i].key), resolve(),
		    d.root->first->last)), cases[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_line, fresh),
		cmocka_unit_test_setup(addresses, fresh),
		cmocka_unit_test_setup(goes_by, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, fresh);
}
