/*
 * Options as they are typed, and the folders in which a book's styles and
 * fonts are looked for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/options.h"
#include "cmd/project.h"

static const struct option_def defs[] = {
	{"--target", 't', "TARGET", "a target"},
	{"--quiet", 'q', NULL, "say less"},
	{"--lang", 0, "LANG", "en or fa"},
	{NULL, 0, NULL, NULL}
};

static struct options o;
static struct diag dg;

static int
done(void **state)
{
	(void)state;
	options_free(&o);
	memset(&o, 0, sizeof(o));
	diag_free(&dg);
	return 0;
}

/* Words after the command's own name, NULL-terminated. */
static bool
reads(char *words[])
{
	int n = 1;
	char *argv[16] = {"dabir"};

	done(NULL);
	for (; words[n - 1] != NULL; n++)
		argv[n] = words[n - 1];
	return options_read(&o, &dg, n, argv, defs);
}
#define READS(...) reads((char *[]){__VA_ARGS__, NULL})

static void
forms(void **state)
{
	(void)state;
	assert_true(READS("--target", "a", "book", "-q"));
	assert_string_equal(option_value(&o, "--target"), "a");
	assert_true(option_given(&o, "--quiet"));
	assert_int_equal(o.nargs, 1);
	assert_string_equal(o.args[0], "book");
	assert_true(READS("--target=a=b", "-tc"));
	assert_string_equal(option_value(&o, "--target"), "c");
	assert_int_equal(o.n, 2);
	assert_string_equal(o.v[0].value, "a=b");
	assert_true(READS("-t", "--quiet"));	/* the value, not an option */
	assert_string_equal(option_value(&o, "--target"), "--quiet");
	assert_false(option_given(&o, "--quiet"));
	assert_true(READS("--", "-q", "--target"));
	assert_int_equal(o.nargs, 2);
	assert_false(option_given(&o, "--quiet"));
	assert_true(READS("-"));
	assert_string_equal(o.args[0], "-");
	assert_true(READS("-h"));
	assert_true(o.help);
}

static void
mistakes(void **state)
{
	(void)state;
	assert_false(READS("--tarhet", "a"));
	assert_string_equal(dg.first->code, "USE001");
	assert_non_null(strstr(dg.first->text, "--target"));
	assert_false(READS("-x"));
	assert_string_equal(dg.first->code, "USE001");
	assert_false(READS("--quiet=yes"));
	assert_string_equal(dg.first->code, "USE001");
	assert_false(READS("book", "-t"));
	assert_string_equal(dg.first->code, "USE006");
	assert_int_equal(diag_exit(&dg), 2);
}

static void
language(void **state)
{
	(void)state;
	setenv("LC_ALL", "fa_IR.UTF-8", 1);
	assert_true(READS("book"));
	assert_true(dg.persian);
	assert_true(READS("book", "--lang", "en"));
	assert_false(dg.persian);
	setenv("LC_ALL", "C.UTF-8", 1);
	assert_true(READS("book"));
	assert_false(dg.persian);
	assert_true(READS("book", "--lang=fa"));
	assert_true(dg.persian);
}

/* The first folder from the book upwards that has styles/ or fonts/, then
 * the program's own; never the current folder. */
static void
folders(void **state)
{
	struct project p = {0};
	char top[] = "/tmp/dabir-options-XXXXXX", path[128];
	FILE *f;

	(void)state;
	assert_non_null(mkdtemp(top));
	snprintf(path, sizeof(path), "%s/styles", top);
	mkdir(path, 0755);
	snprintf(path, sizeof(path), "%s/a", top);
	mkdir(path, 0755);
	snprintf(path, sizeof(path), "%s/a/b.md", top);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("متن\n", f);
	fclose(f);
	done(NULL);
	assert_true(project_open_book(&p, &dg, path));
	assert_true(p.nstyles >= 1);
	assert_memory_equal(p.styles[0], top, strlen(top));
	for (size_t i = 0; i < p.nstyles; i++)
		assert_int_equal(p.styles[i][0], '/');
	project_close(&p);
	unlink(path);
	snprintf(path, sizeof(path), "%s/a", top);
	rmdir(path);
	snprintf(path, sizeof(path), "%s/styles", top);
	rmdir(path);
	rmdir(top);
}

#define T(f) cmocka_unit_test_teardown(f, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(forms), T(mistakes), T(language), T(folders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
