/* Reading files, paths, and output that appears whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"

/* Each test works in an empty folder of its own. */
static char home[4096], work[64];

static int
enter(void **state)
{
	(void)state;
	strcpy(work, "/tmp/dabir-test-XXXXXX");
	return mkdtemp(work) == NULL || chdir(work) == -1 ? -1 : 0;
}

static int
leave(void **state)
{
	char cmd[200];

	(void)state;
	snprintf(cmd, sizeof(cmd), "chmod -R u+rwx %s; rm -rf %s", work,
	    work);
	return system(cmd) != 0 || chdir(home) == -1 ? -1 : 0;
}

static void
put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void
holds(const char *path, const char *want)
{
	struct buf b = {0};

	assert_null(file_read(path, 1 << 20, &b));
	assert_string_equal(b.p, want);
	buf_free(&b);
}

static int
entries(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	int n = 0;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL)
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..");
	closedir(d);
	return n;
}

/* ------------------------------------------------------------- reading */

static void
read_whole(void **state)
{
	struct buf b = {0};
	FILE *f;
	size_t i;

	(void)state;
	put("empty", "");
	assert_null(file_read("empty", 0, &b));
	assert_int_equal(b.n, 0);
	assert_string_equal(b.p, "");
	put("a", "\xef\xbb\xbf" "one\r\n");
	assert_null(file_read("a", 100, &b));
	assert_string_equal(b.p, "\xef\xbb\xbf" "one\r\n");
	f = fopen("nul", "w");
	for (i = 0; i < 300000; i++)
		fputc((int)(i & 0xff), f);
	fclose(f);
	b.n = 0;
	assert_null(file_read("nul", 300000, &b));
	assert_int_equal(b.n, 300000);
	assert_int_equal((unsigned char)b.p[299999], 299999 & 0xff);
	/* Sizes of 0 that are none. */
	b.n = 0;
	assert_null(file_read("/proc/self/status", 1 << 20, &b));
	assert_true(b.n > 0);
	buf_free(&b);
}

static void
read_refuses(void **state)
{
	struct buf b = {0};
	char name[400];

	(void)state;
	buf_str(&b, "kept");
	assert_string_equal(file_read("none", 10, &b),
	    "no such file or folder");
	assert_string_equal(file_read("", 10, &b), "no such file or folder");
	assert_string_equal(file_read(".", 10, &b), "is a folder");
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_string_equal(file_read("fifo", 10, &b),
	    "is a pipe, not a file");
	assert_string_equal(file_read("/dev/zero", 10, &b),
	    "is not a regular file");
	put("a", "0123456789");
	assert_string_equal(file_read("a", 9, &b), "too large");
	assert_string_equal(file_read("a/b", 9, &b),
	    "no such file or folder");
	assert_string_equal(file_read("/proc/self/status", 5, &b),
	    "too large");
	assert_int_equal(symlink("loop", "loop"), 0);
	assert_string_equal(file_read("loop", 9, &b),
	    "the links lead in a circle");
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_string_equal(file_read(name, 9, &b), "the name is too long");
	assert_int_equal(truncate("a", (64 << 20) + 1), 0);
	assert_string_equal(file_read("a", 64 << 20, &b),
	    "larger than 64 MiB");
	/* Whatever failed, the buffer is as it was. */
	assert_string_equal(b.p, "kept");
	assert_int_equal(b.n, 4);
	buf_free(&b);
}

static void
read_without_permission(void **state)
{
	struct buf b = {0};
	const char *why;
	int status;
	pid_t child;

	(void)state;
	put("a", "x");
	chmod("a", 0);
	chmod(".", 0755);
	/* Root may read anything, so a child gives root up. */
	child = fork();
	if (child == 0) {
		if (geteuid() == 0 && setuid(65534) == -1)
			_exit(2);
		why = file_read("a", 10, &b);
		_exit(why == NULL || strcmp(why, "permission denied") != 0);
	}
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
}

static void
folders(void **state)
{
	(void)state;
	put("file", "");
	assert_true(file_exists("file"));
	assert_false(dir_exists("file"));
	assert_false(file_exists("."));
	assert_true(dir_exists("."));
	assert_false(file_exists("none"));
	assert_true(dir_make("a/b//c/"));
	assert_true(dir_exists("a/b/c"));
	assert_true(dir_make("a/b/c"));
	assert_true(dir_make("/"));
	assert_false(dir_make("file/x"));
	assert_int_equal(errno, ENOTDIR);
	assert_false(dir_make("file"));
	assert_int_equal(errno, ENOTDIR);
	assert_false(dir_make(""));
	assert_int_equal(symlink("a", "link"), 0);
	assert_true(dir_make("link/d"));
	assert_true(dir_exists("a/d"));
}

static void
paths(void **state)
{
	static const char *const dirs[][2] = {
		{ "a/b/c.md", "a/b" }, { "a", "." }, { "/a", "/" },
		{ "/", "/" }, { "a/b/", "a" }, { "a//b", "a" }, { "", "." },
		{ "//a", "/" }, { "./a", "." }, { "../a", ".." },
	};
	static const char *const joins[][3] = {
		{ "a", "b", "a/b" }, { "a/", "b", "a/b" }, { ".", "b", "b" },
		{ "", "b", "b" }, { "a", "/b", "/b" }, { "/", "b", "/b" },
		{ "a", "../b", "a/../b" }, { "a", "", "a/" },
	};
	struct arena a = {0};
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(dirs); i++)
		assert_string_equal(path_dir(&a, dirs[i][0]), dirs[i][1]);
	for (i = 0; i < NELEM(joins); i++)
		assert_string_equal(path_join(&a, joins[i][0], joins[i][1]),
		    joins[i][2]);
	assert_string_equal(path_base("a/b.md"), "b.md");
	assert_string_equal(path_base("b.md"), "b.md");
	assert_string_equal(path_base("a/"), "");
	assert_null(path_real(&a, "none"));
	put("file", "");
	symlink("file", "link");
	assert_string_equal(path_base(path_real(&a, "link")), "file");
	assert_true(dir_exists(path_of_program(&a)));
	arena_free(&a);
}

/* ------------------------------------------------------------- writing */

static void
write_appears_at_commit(void **state)
{
	static char big[65542];
	const char *why = NULL;
	struct out_file *o;
	struct buf all = {0};
	size_t i;

	(void)state;
	put("out", "old");
	o = out_open("out", &why);
	assert_non_null(o);
	for (i = 0; i < 30000; i++) {
		assert_true(out_write(o, "abcdefg", 7));
		buf_str(&all, "abcdefg");
	}
	/* Around the size of its buffer. */
	memset(big, 'w', sizeof(big));
	for (i = 65530; i < 65542; i++) {
		assert_true(out_write(o, big, i));
		assert_true(out_write(o, "", 0));
		buf_add(&all, big, i);
	}
	assert_int_equal(out_size(o), all.n);
	holds("out", "old");
	assert_null(out_error(o));
	assert_true(out_commit(o, &why));
	holds("out", all.p);
	assert_int_equal(entries("."), 1);
	buf_free(&all);
}

static void
abort_leaves_the_old(void **state)
{
	struct out_file *o;

	(void)state;
	put("out", "old");
	o = out_open("out", NULL);
	out_write(o, "new", 3);
	out_abort(o);
	out_abort(NULL);
	holds("out", "old");
	assert_int_equal(entries("."), 1);
}

static void
mode_follows_umask(void **state)
{
	mode_t old = umask(027);
	struct stat st;

	(void)state;
	assert_true(out_commit(out_open("out", NULL), NULL));
	umask(old);
	assert_int_equal(stat("out", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(st.st_size, 0);
}

static void
two_writers_of_one_file(void **state)
{
	struct out_file *a, *b;

	(void)state;
	a = out_open("out", NULL);
	b = out_open("out", NULL);
	assert_non_null(a);
	assert_non_null(b);
	out_write(a, "first", 5);
	out_write(b, "second", 6);
	assert_true(out_commit(b, NULL));
	holds("out", "second");
	assert_true(out_commit(a, NULL));
	holds("out", "first");
	assert_int_equal(entries("."), 1);
}

static void *
writer(void *arg)
{
	char text[2000];
	int i;

	memset(text, *(char *)arg, sizeof(text));
	for (i = 0; i < 200; i++) {
		struct out_file *o = out_open("out", NULL);

		if (o == NULL || !out_write(o, text, sizeof(text)) ||
		    !out_commit(o, NULL))
			return "failed";
	}
	return NULL;
}

static void
many_writers_in_threads_and_processes(void **state)
{
	char letters[] = "abcd";
	struct buf b = {0};
	pthread_t t[4];
	pid_t child;
	void *failed;
	int i, status;

	(void)state;
	child = fork();
	if (child == 0)
		_exit(writer("z") != NULL);
	for (i = 0; i < 4; i++)
		pthread_create(&t[i], NULL, writer, &letters[i]);
	for (i = 0; i < 4; i++) {
		pthread_join(t[i], &failed);
		assert_null(failed);
	}
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	assert_null(file_read("out", 1 << 20, &b));
	assert_int_equal(b.n, 2000);
	for (i = 1; i < 2000; i++)
		assert_int_equal(b.p[i], b.p[0]);
	assert_int_equal(entries("."), 1);
	buf_free(&b);
}

static void
links_are_followed(void **state)
{
	struct out_file *o;
	struct stat st;
	const char *why = NULL;

	(void)state;
	mkdir("d", 0777);
	put("d/real", "old");
	symlink("d/real", "link");
	o = out_open("link", NULL);
	out_write(o, "new", 3);
	assert_true(out_commit(o, NULL));
	holds("d/real", "new");
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	/* One that leads to nothing yet, through another. */
	symlink("to", "d/via");
	symlink("d/via", "far");
	o = out_open("far", NULL);
	out_write(o, "made", 4);
	assert_true(out_commit(o, NULL));
	holds("d/to", "made");
	symlink("circle", "circle");
	assert_null(out_open("circle", &why));
	assert_string_equal(why, "the links lead in a circle");
}

static void
open_refuses(void **state)
{
	const char *why = NULL;

	(void)state;
	assert_null(out_open("none/out", &why));
	assert_string_equal(why, "no such file or folder");
	assert_null(out_open(".", &why));
	assert_string_equal(why, "is a folder");
	assert_null(out_open("out/", &why));
	assert_string_equal(why, "is a folder");
	assert_null(out_open("", &why));
	assert_string_equal(why, "no such file or folder");
	assert_null(out_open("", NULL));
	put("file", "");
	assert_null(out_open("file/out", &why));
	assert_string_equal(why, "no such file or folder");
	assert_null(out_open("/proc/none", &why));
}

static void
unwritable_folder(void **state)
{
	const char *why = NULL;
	pid_t child;
	int status;

	(void)state;
	mkdir("d", 0777);
	put("d/out", "old");
	chmod("d", 0555);
	/* Root may write anywhere, so a child gives root up. */
	child = fork();
	if (child == 0) {
		if (geteuid() == 0 && (chmod(".", 0755) == -1 ||
		    setuid(65534) == -1))
			_exit(2);
		if (out_open("d/out", &why) != NULL)
			_exit(3);
		_exit(strcmp(why, "permission denied") != 0);
	}
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	holds("d/out", "old");
}

static void
a_name_as_long_as_names_can_be(void **state)
{
	char name[256];

	(void)state;
	memset(name, 'n', 255);
	name[255] = '\0';
	assert_true(out_commit(out_open(name, NULL), NULL));
	assert_true(file_exists(name));
}

static void
devices_are_written_directly(void **state)
{
	const char *why = NULL;
	struct out_file *o;
	struct stat st;
	char big[100000] = "";

	(void)state;
	o = out_open("/dev/full", &why);
	assert_non_null(o);
	assert_true(out_write(o, "x", 1));	/* still in the buffer */
	assert_false(out_commit(o, &why));
	assert_string_equal(why, "no space left on the disk");
	o = out_open("/dev/full", NULL);
	assert_false(out_write(o, big, sizeof(big)));
	assert_false(out_write(o, "x", 1));
	assert_string_equal(out_error(o), "no space left on the disk");
	assert_false(out_commit(o, NULL));
	o = out_open("/dev/null", NULL);
	assert_true(out_write(o, big, sizeof(big)));
	assert_true(out_commit(o, NULL));
	assert_int_equal(stat("/dev/null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
	assert_int_equal(stat("/dev/full", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
}

static void
standard_output_into_a_pipe(void **state)
{
	int fd[2], status;
	char got[8] = "";
	pid_t child;

	(void)state;
	assert_int_equal(pipe(fd), 0);
	child = fork();
	if (child == 0) {
		struct out_file *o;

		dup2(fd[1], 1);
		o = out_open("/dev/stdout", NULL);
		_exit(o == NULL || !out_write(o, "piped", 5) ||
		    !out_commit(o, NULL));
	}
	close(fd[1]);
	assert_int_equal(read(fd[0], got, sizeof(got)), 5);
	assert_string_equal(got, "piped");
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	close(fd[0]);
}

/* A disk that fills up in the middle: the old file stands. */
static void
failing_write_keeps_the_old(void **state)
{
	static char big[200000];
	const char *why = NULL;
	pid_t child;
	int status;

	(void)state;
	put("out", "old");
	child = fork();
	if (child == 0) {
		struct rlimit lim = { 100000, 100000 };
		struct out_file *o;

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &lim);
		o = out_open("out", NULL);
		if (o == NULL || out_write(o, big, sizeof(big)))
			_exit(1);
		if (out_commit(o, &why) || why == NULL)
			_exit(2);
		_exit(strcmp(why, "the file is too large for this disk") != 0);
	}
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	holds("out", "old");
	assert_int_equal(entries("."), 1);
}

static void
on_term(int sig)
{
	(void)sig;
	out_abort_all();
	_exit(7);
}

static void
a_signal_leaves_nothing_behind(void **state)
{
	int status;
	pid_t child;

	(void)state;
	child = fork();
	if (child == 0) {
		signal(SIGTERM, on_term);
		out_open("a", NULL);
		out_abort(out_open("b", NULL));
		out_commit(out_open("c", NULL), NULL);
		out_open("d", NULL);
		raise(SIGTERM);
		_exit(1);
	}
	waitpid(child, &status, 0);
	assert_int_equal(WEXITSTATUS(status), 7);
	assert_int_equal(entries("."), 1);
	assert_true(file_exists("c"));
	/* The list is empty again, so this harms nothing. */
	out_abort_all();
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, enter, leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(read_whole),
		TEST(read_refuses),
		TEST(read_without_permission),
		TEST(folders),
		TEST(paths),
		TEST(write_appears_at_commit),
		TEST(abort_leaves_the_old),
		TEST(mode_follows_umask),
		TEST(two_writers_of_one_file),
		TEST(many_writers_in_threads_and_processes),
		TEST(links_are_followed),
		TEST(open_refuses),
		TEST(unwritable_folder),
		TEST(a_name_as_long_as_names_can_be),
		TEST(devices_are_written_directly),
		TEST(standard_output_into_a_pipe),
		TEST(failing_write_keeps_the_old),
		TEST(a_signal_leaves_nothing_behind),
	};

	if (getcwd(home, sizeof(home)) == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
