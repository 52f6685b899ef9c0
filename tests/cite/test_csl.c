/* CSL-JSON: the same model as a .bib, and the same tree. */
#include "made.h"

static void
read_csl(const char *s)
{
	cite_read_csl(&bib, &dg, "x.json", s, strlen(s));
}

static void
items(void **state)
{
	const struct cite_entry *e;

	(void)state;
	cite_read_file(&bib, &dg, "tests/cite/items.json", NOPOS);
	assert_int_equal(bib.n, 4);
	e = entry("a");
	assert_string_equal(e->kind, "article");
	field_is("a", "title", "عنوان کج & راست");
	field_is("a", "journal", "مجله");
	field_is("a", "number", "3");
	field_is("a", "pages", "1-12");
	field_is("a", "year", "1399");
	field_is("a", "month", "11");
	field_is("a", "day", "2");
	field_is("a", "urlyear", "2020");
	field_is("a", "shortauthor", "چ");
	field_is("a", "note", "یادداشت");
	assert_true(e->jalali);
	assert_string_equal(e->authors->family, "چالیشکان");
	assert_true(e->authors->next->corporate);
	e = entry("12");
	assert_string_equal(e->kind, "thesis");
	assert_string_equal(e->authors->particle, "von");
	assert_string_equal(e->authors->given, "John de");
	assert_string_equal(e->authors->suffix, "Jr");
	assert_int_equal(e->year, 1387);
	field_is("12", "type", "PhD thesis");
	field_is("12", "doi", "10.1/2");
	field_is("c", "booktitle", "B");
	field_is("c", "month", "15");
	field_is("d", "month", "14");
	field_is("d", "shorttitle", "s");
	assert_string_equal(entry("d")->kind, "misc");
}

static void
places(void **state)
{
	(void)state;
	read_csl("[\n {\"id\": \"a\", \"type\": \"book\", \"bogus\": 1},\n"
	    "  {\"type\": \"book\",\n   \"id\": \"a\"}]\n");
	said_at("BIB006", 2, 3, "field “bogus” is not used");
	said_at("BIB004", 4, 4, "key “a” was given before, at line 2; the "
	    "first is used");
}

static void
shapes(void **state)
{
	(void)state;
	read_csl("{\"items\": [{\"id\": \"a\", \"type\": \"book\"}]}");
	read_csl("{\"id\": \"b\", \"type\": \"book\", \"author\": \"x\", "
	    "\"issued\": \"1399\", \"title\": 12}");
	read_csl("[1, null, [], {\"type\": \"book\"}, {\"id\": \"c\", "
	    "\"author\": [1, {}, {\"given\": \"x\"}], \"issued\": {}}]");
	assert_int_equal(bib.n, 4);
	field_is("b", "year", "1399");
	field_is("b", "title", "12");
	assert_string_equal(entry("c")->authors->family, "x");
	assert_int_equal(said("BIB010", NULL), 0);
	read_csl("[{\"id\": \"http://zotero.org/users/1/items/AB\", "
	    "\"citation-key\": \"smith\", \"type\": \"book\"}]");
	assert_string_equal(bib.last->key, "smith");
	entry("smith");
	read_csl("12");
	read_csl("[{\"id\": ");
	assert_int_equal(said("BIB010", NULL), 2);
}

/* Entries stand at the lines of their own file; "6:0" becomes "0:0". */
static void
forget_lines(char *s)
{
	char *from = s, *to = s;

	while (*from != '\0') {
		size_t n = strspn(from, "0123456789");

		if (n > 0 && strncmp(from + n, ":0 ", 3) == 0 &&
		    from > s && from[-1] == ' ') {
			*to++ = '0';
			from += n;
			continue;
		}
		n = MAX(n, 1);
		memmove(to, from, n);
		to += n;
		from += n;
	}
	*to = '\0';
}

/* A kind that CSL does not have is told; those that print as misc are not. */
static void
kinds(void **state)
{
	(void)state;
	read_csl("[{\"id\": \"a\", \"type\": \"motion_picture\"},\n"
	    "{\"id\": \"b\", \"type\": \"article-jornal\"}]");
	assert_string_equal(entry("a")->kind, "misc");
	assert_string_equal(entry("b")->kind, "misc");
	said_at("BIB011", 2, 2, "no kind of entry is called “article-jornal”; "
	    "read as misc; did you mean “article-journal”?");
}

/* Two years are printed, of days within one the first stands for all. */
static void
spans_of_years(void **state)
{
	(void)state;
	read_csl("[{\"id\": \"a\", \"type\": \"book\", \"issued\": "
	    "{\"date-parts\": [[1380, 3], [1385, 2]]}},\n"
	    "{\"id\": \"b\", \"type\": \"book\", \"issued\": "
	    "{\"date-parts\": [[1380, 3, 1], [1380, 3, 5]]}}]");
	field_is("a", "year", "1380–1385");
	field_is("a", "month", "");
	field_is("b", "year", "1380");
	field_is("b", "day", "1");
}

/* The book's list from either file, in every style, as one tree. */
static void
same_tree(void **state)
{
	static const char *const styles[] = { "author-date-fa", "numeric-fa",
		"footnote-fa" };
	static const char *const files[] = { "manuscript/references.bib",
		"tests/cite/references.json" };
	struct buf out[2] = {{0}};
	size_t i, k;

	(void)state;
	for (i = 0; i < NELEM(styles); i++) {
		for (k = 0; k < 2; k++) {
			fresh(NULL);
			cite_read_file(&bib, &dg, files[k], NOPOS);
			assert_int_equal(bib.n, 10);
			load(styles[i]);
			cite_in(d.root, "@زمانی۱۳۹۵||۷۱", (struct pos){1, 1,
			    0});
			cite_in(d.root, "@آریانفر۱۳۸۷;@تسنیم۱۳۹۷",
			    (struct pos){2, 1, 0});
			all_refs_here();
			resolve();
			out[k].n = 0;
			doc_dump(&d, &out[k]);
			forget_lines(out[k].p);
		}
		assert_string_equal(out[0].p, out[1].p);
	}
	buf_free(&out[0]);
	buf_free(&out[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(items, fresh),
		cmocka_unit_test_setup(places, fresh),
		cmocka_unit_test_setup(shapes, fresh),
		cmocka_unit_test_setup(kinds, fresh),
		cmocka_unit_test_setup(spans_of_years, fresh),
		cmocka_unit_test_setup(same_tree, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, fresh);
}
