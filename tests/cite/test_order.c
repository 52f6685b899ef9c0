/* The order of the list: as listed, as cited, as Persian dictionaries do. */
#include "made.h"

/* Entries of these authors, in this order; keys are their numbers. */
static void
authors(const char *const *names, size_t n)
{
	struct buf b = {0};
	size_t i;

	for (i = 0; i < n; i++)
		buf_printf(&b, "@book{k%zu, author = {{%s}}, title = {x}, "
		    "publisher = {p}, year = 1390}\n", i, names[i]);
	cite_read_bib(&bib, &dg, "x.bib", b.p, b.n);
	buf_free(&b);
}

/* Sorted, the names come in this order. */
static void
sorts_to(const char *const *in, size_t n, const char *const *out)
{
	const struct doc_node *e;
	size_t i;

	fresh(NULL);
	authors(in, n);
	load("footnote-fa");	/* collates */
	all_refs_here();
	resolve();
	for (i = 0; i < n; i++) {
		e = listed((int)i + 1);
		if (strncmp(plain(e), out[i], strlen(out[i])) != 0)
			print_error("%zu: %s, not %s\n", i, plain(e), out[i]);
		assert_true(strncmp(plain(e), out[i], strlen(out[i])) == 0);
	}
}

static void
alphabet(void **state)
{
	static const char *const in[] = { "Zürn", "هنر", "کتاب", "آب", "یخ",
		"گل", "ژاله", "ابر", "Abel", "واژه", "چراغ", "پدر" };
	static const char *const out[] = { "آب", "ابر", "پدر", "چراغ", "ژاله",
		"کتاب", "گل", "واژه", "هنر", "یخ", "Abel", "Zürn" };

	(void)state;
	sorts_to(in, NELEM(in), out);
}

/* Hamza is sorted by its seat, and not before its letter. */
static void
hamza_seats(void **state)
{
	static const char *const in[] = { "مؤمن", "موم", "مأمور", "مامک",
		"رئیس", "ریس", "مسئول", "مسیب", "مسیح" };
	static const char *const out[] = { "ریس", "رئیس", "مامک", "مأمور",
		"مسیب", "مسیح", "مسئول", "موم", "مؤمن" };

	(void)state;
	sorts_to(in, NELEM(in), out);
}

static void
arabic_letters_and_joiners(void **state)
{
	/* Arabic Yeh and Kaf; with and without ZWNJ; tatweel; a mark. */
	static const char *const in[] = { "كتاب ب", "کتاب الف", "يخ ب",
		"یخ الف", "می‌رود ب", "میرود الف", "میرود پ", "مـیز",
		"کِتاب پ" };
	static const char *const out[] = { "کتاب الف", "كتاب ب", "کِتاب پ",
		"میرود الف", "می‌رود ب", "میرود پ", "مـیز", "یخ الف",
		"يخ ب" };

	(void)state;
	sorts_to(in, NELEM(in), out);
}

/* Marks count for nothing, a dash is a blank; and a family name that ends
 * stands before one that goes on. */
static void
marks(void **state)
{
	static const char *const in[] = { "Zürn", "«سیب»", "al-Tabari",
		"سیبک", "ʿAbd", "آب", "سیب الف", "Al Aswad", "“Äpfel”", "-",
		"احمدیان", "احمدی پ" };
	static const char *const out[] = { "-", "آب", "احمدی پ",
		"احمدیان", "«سیب»", "سیب الف", "سیبک", "ʿAbd", "Al Aswad",
		"al-Tabari", "“Äpfel”", "Zürn" };

	(void)state;
	sorts_to(in, NELEM(in), out);
}

static const char *
order_of(const char *name)
{
	static char s[200];
	struct cite_entry *e;
	struct doc_node *n;

	fresh_tree();
	load(name);
	cite("@c");
	cite("@a;@c");
	all_refs_here();
	resolve();
	s[0] = '\0';
	for (n = d.root; n != NULL; n = doc_next(n, d.root))
		if (n->kind == DOC_REF_ENTRY)
			strcat(strcat(s, doc_id(n) + 4), " ");
	for (e = bib.first; e != NULL; e = e->next)
		assert_non_null(e->node);
	return s;
}

static void
three_orders(void **state)
{
	(void)state;
	read_bib("@book{b, author={ب, ب}, title={ب}, publisher={p}, "
	    "year=1390}\n"
	    "@book{a, author={الف, ب}, title={الف}, publisher={p}, year=1390}\n"
	    "@book{e, author={Old, A.}, title={E}, publisher={p}, year=1990}\n"
	    "@book{c, author={پ, ب}, title={پ}, publisher={p}, year=1390}\n");
	assert_string_equal(order_of("author-date-fa"), "b a e c ");
	assert_string_equal(order_of("numeric-fa"), "c a b e ");
	assert_string_equal(order_of("footnote-fa"), "a b c e ");
}

/* The entry's language parts the list, not the letters of its author. */
static void
two_parts(void **state)
{
	(void)state;
	read_bib("@book{a, author={Abel, A}, title={T}, publisher={P}, "
	    "year=1990}\n"
	    "@book{n, author={{NATO}}, title={گزارش}, publisher={پ}, "
	    "year=1390}\n"
	    "@book{b, author={ب, ب}, title={In English}, publisher={P}, "
	    "year=1990, language={en}}\n");
	load("footnote-fa");
	all_refs_here();
	resolve();
	assert_string_equal(doc_id(listed(1)), "ref-n");
	assert_string_equal(doc_id(listed(2)), "ref-b");
	assert_string_equal(doc_id(listed(3)), "ref-a");
}

static void
years_and_particles(void **state)
{
	(void)state;
	/* One author: by year over both calendars, then by title. */
	read_bib("@book{a, author={ب, ب}, title={پ}, publisher={p}, "
	    "year=1395}\n"
	    "@book{b, author={ب, ب}, title={الف}, publisher={p}, year=1395}\n"
	    "@book{c, author={ب, ب}, title={ت}, publisher={p}, year=2010}\n"
	    "@book{e, author={von Abel, X}, title={t}, publisher={p}, "
	    "year=2000}\n"
	    "@book{f, author={Baker, X}, title={t}, publisher={p}, year=2000}\n"
	    "@book{g, author={ابن سینا}, title={t}, publisher={p}, year=1300, "
	    "language={fa}}\n");
	fresh_tree();
	load("footnote-fa");
	all_refs_here();
	resolve();
	assert_string_equal(doc_id(listed(1)), "ref-g");
	assert_string_equal(doc_id(listed(2)), "ref-c");
	assert_string_equal(doc_id(listed(3)), "ref-b");
	assert_string_equal(doc_id(listed(4)), "ref-a");
	assert_string_equal(doc_id(listed(5)), "ref-e");
	assert_string_equal(doc_id(listed(6)), "ref-f");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(alphabet, fresh),
		cmocka_unit_test_setup(hamza_seats, fresh),
		cmocka_unit_test_setup(arabic_letters_and_joiners, fresh),
		cmocka_unit_test_setup(marks, fresh),
		cmocka_unit_test_setup(three_orders, fresh),
		cmocka_unit_test_setup(two_parts, fresh),
		cmocka_unit_test_setup(years_and_particles, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, fresh);
}
