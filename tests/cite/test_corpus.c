/* What the fuzzers have kept, read once more: nothing falls over. */
#include "made.h"

#include <dirent.h>

static void
each_file(const char *dir, void (*read_it)(struct cite_bib *, struct diag *,
    const char *, const char *, size_t))
{
	struct buf b = {0}, out = {0};
	char path[512];
	struct dirent *f;
	DIR *at = opendir(dir);
	int n = 0;

	if (at == NULL)
		skip();
	while ((f = readdir(at)) != NULL) {
		if (f->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, f->d_name);
		fresh(NULL);
		load("author-date-fa");
		b.n = out.n = 0;
		assert_null(file_read(path, 1 << 20, &b));
		read_it(&bib, &dg, path, b.p, b.n);
		if (bib.first != NULL) {
			cite_in(d.root, "@x", NOPOS)->cite->key =
			    bib.first->key;
			cite_in(d.root, "+@x||12-15", NOPOS)->cite->key =
			    bib.last->key;
		}
		resolve();
		doc_dump(&d, &out);
		assert_int_equal(utf8_valid(out.p, out.n), out.n);
		n++;
	}
	closedir(at);
	buf_free(&b);
	buf_free(&out);
	assert_true(n > 10);
}

static void
bib_corpus(void **state)
{
	(void)state;
	each_file("tests/fuzz/corpus/bib", cite_read_bib);
}

static void
csl_corpus(void **state)
{
	(void)state;
	each_file("tests/fuzz/corpus/csl", cite_read_csl);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(bib_corpus, fresh),
		cmocka_unit_test_setup(csl_corpus, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, fresh);
}
