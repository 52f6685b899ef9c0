/* A list of 10,000 entries with 5,000 citations: the time it adds. */
#include "made.h"

#include <time.h>

/* Of this process, so that a busy machine does not fail the test. [ms] */
static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Every third entry an article, a book, a Latin book; no two alike. */
static void
make(struct buf *b, int n)
{
	static const char *const names[] = { "احمدی", "محمدی", "رضایی",
		"کریمی", "چالیشکان", "فریزر", "زمانی محبوب" };
	int i;

	for (i = 0; i < n; i++) {
		buf_printf(b, "@%s{key%d,\n", i % 3 == 0 ? "article" : "book",
		    i);
		if (i % 3 == 2)
			buf_printf(b, "  author = {Smith%d, John and de la "
			    "Cruz, M.},\n  title = {A {H}istory \\\"Uber %d},\n"
			    "  year = %d,\n", i % 997, i, 1950 + i % 70);
		else
			buf_printf(b, "  author = {%s, ا and %s, ب},\n"
			    "  title = {تاریخ و سیاست در آسیای میانه %d},\n"
			    "  year = %d,\n  month = {بهار},\n",
			    names[i % NELEM(names)], names[i * 31 %
			    NELEM(names)], i, 1340 + i % 60);
		buf_printf(b, "  journal = {مجله},\n  volume = %d,\n"
		    "  number = %d,\n  pages = {%d--%d},\n"
		    "  publisher = {نشر},\n  address = {تهران},\n}\n\n",
		    i % 40, i % 12, i, i + 12);
	}
}

/* Milliseconds for n entries and n / 2 citations, reading included. */
static double
spent(const char *name, int n)
{
	struct buf b = {0};
	struct doc_node *p;
	struct doc_node *c;
	double t0, t1, t2;
	int i;

	fresh(NULL);
	load(name);
	make(&b, n);
	t0 = now();
	cite_read_bib(&bib, &dg, "x.bib", b.p, b.n);
	t1 = now();
	assert_int_equal(bib.n, n);
	for (i = 0; i < n / 2; i++) {
		p = doc_new(&d, DOC_PARA, NOPOS);
		c = doc_new(&d, DOC_CITE, (struct pos){(uint32_t)i + 1, 1, 0});
		doc_append(d.root, p);
		doc_append(p, c);
		c->cite = ARENA_NEW(&d.arena, struct doc_cite);
		c->cite->key = arena_printf(&d.arena, "key%d", i * 7919 % n);
		c->cite->prefix = c->cite->suffix = "";
		c->cite->locators = ARENA_NEW(&d.arena, struct doc_locator);
		c->cite->locators->label = "";
		c->cite->locators->text = "12-15";
	}
	all_refs_here();
	t2 = now();
	resolve();
	t1 = t1 - t0 + now() - t2;
	assert_int_equal(listed(n)->kind, DOC_REF_ENTRY);
	buf_free(&b);
	return t1;
}

static void
scale(const char *name)
{
	double small = spent(name, 1000), large = spent(name, 10000);

	print_message("# %s: 1,000 entries %.1f ms, 10,000 entries %.1f ms\n",
	    name, small, large);
	/* The sanitizers' build is some five times slower and still passes. */
	assert_true(large < 1000);
	/* Ten times the entries; twice that leaves room for caches. */
	assert_true(large < 20 * small + 20);
}

static void
author_date(void **state)
{
	(void)state;
	scale("author-date-fa");
}

static void
numeric(void **state)
{
	(void)state;
	scale("numeric-fa");
}

static void
footnote(void **state)
{
	(void)state;
	scale("footnote-fa");
}

/* A book whose every key is wrong asks for the nearest of 10,000 each. */
static void
all_keys_wrong(void **state)
{
	struct buf b = {0};
	double t0;
	char spec[32];
	int i;

	(void)state;
	fresh(NULL);
	load("author-date-fa");
	make(&b, 10000);
	cite_read_bib(&bib, &dg, "x.bib", b.p, b.n);
	for (i = 0; i < 5000; i++) {
		snprintf(spec, sizeof(spec), "@kye%d", i);
		cite(spec);
	}
	t0 = now();
	resolve();
	assert_true(now() - t0 < 3000);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(author_date, fresh),
		cmocka_unit_test_setup(numeric, fresh),
		cmocka_unit_test_setup(footnote, fresh),
		cmocka_unit_test_setup(all_keys_wrong, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, fresh);
}
