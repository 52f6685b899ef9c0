/*
 * Files. What went wrong is told in words that stand in a message after
 * the path; the same words have their Persian in catalogue.c.
 */
#include "base/base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/stat.h>
#include <unistd.h>

const char *
file_why(int e)
{
	switch (e) {
	case ENOENT:
	case ENOTDIR:
		return "no such file or folder";
	case EACCES:
	case EPERM:
		return "permission denied";
	case EISDIR:
		return "is a folder";
	case ENOSPC:
		return "no space left on the disk";
	case EDQUOT:
		return "the disk quota is used up";
	case EFBIG:
		return "the file is too large for this disk";
	case EROFS:
		return "the disk is read-only";
	case EIO:
		return "the disk reports an error";
	case EMFILE:
	case ENFILE:
		return "too many open files";
	case ENAMETOOLONG:
		return "the name is too long";
	case ELOOP:
		return "the links lead in a circle";
	case EPIPE:
		return "nobody reads the other end";
	default:
		/* Static and in English, unlike strerror(). */
		return strerrordesc_np(e) != NULL ? strerrordesc_np(e) :
		    "unknown error";
	}
}

static const char *
why_limit(size_t limit)
{
	static const char *const words[] = {
		"larger than 64 KiB", "larger than 128 KiB",
		"larger than 256 KiB", "larger than 512 KiB",
		"larger than 1 MiB", "larger than 2 MiB",
		"larger than 4 MiB", "larger than 8 MiB",
		"larger than 16 MiB", "larger than 32 MiB",
		"larger than 64 MiB", "larger than 128 MiB",
		"larger than 256 MiB", "larger than 512 MiB",
		"larger than 1 GiB",
	};
	size_t i;

	for (i = 0; i < NELEM(words); i++) {
		if (limit == (size_t)65536 << i)
			return words[i];
	}
	return "too large";
}

static const char *
why_kind(mode_t mode)
{
	if (S_ISDIR(mode))
		return "is a folder";
	if (S_ISFIFO(mode))
		return "is a pipe, not a file";
	return "is not a regular file";
}

const char *
file_read(const char *path, size_t limit, struct buf *out)
{
	const char *why = NULL;
	struct stat st;
	size_t start = out->n, room;
	ssize_t got;
	int fd;

	/* A pipe must not hang the open: it is refused below. */
	do
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	while (fd == -1 && errno == EINTR);
	if (fd == -1)
		return file_why(errno);
	if (fstat(fd, &st) == -1) {
		why = file_why(errno);
		goto out;
	}
	if (!S_ISREG(st.st_mode)) {
		why = why_kind(st.st_mode);
		goto out;
	}
	if (st.st_size > 0 && (uintmax_t)st.st_size > limit) {
		why = why_limit(limit);
		goto out;
	}
	/* One byte more than it says, so that the end is seen at once. */
	buf_reserve(out, (size_t)st.st_size + 1);
	for (;;) {
		/* It may grow as we read; /proc gives sizes of 0. */
		room = out->cap - out->n - 1;
		if (room == 0) {
			buf_reserve(out, 65536);
			room = out->cap - out->n - 1;
		}
		got = read(fd, out->p + out->n, room);
		if (got == -1 && errno == EINTR)
			continue;
		if (got == -1) {
			why = file_why(errno);
			break;
		}
		if (got == 0)
			break;
		out->n += (size_t)got;
		if (out->n - start > limit) {
			why = why_limit(limit);
			break;
		}
	}
	if (why != NULL)
		out->n = start;
	out->p[out->n] = '\0';
out:
	close(fd);
	return why;
}

bool
file_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

bool
dir_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **
dir_stems(struct arena *a, const char *dir, const char *end)
{
	struct { const char **v; size_t n, cap; } names = {0};
	size_t nend = strlen(end), n;
	const struct dirent *e;
	const char **out;
	DIR *d = opendir(dir);

	while (d != NULL && (e = readdir(d)) != NULL) {
		n = strlen(e->d_name);
		if (n > nend && strcmp(e->d_name + n - nend, end) == 0)
			*VEC_PUSH(&names) = arena_strn(a, e->d_name, n - nend);
	}
	if (d != NULL)
		closedir(d);
	if (names.n > 0)
		qsort(names.v, names.n, sizeof(*names.v), compare_names);
	out = ARENA_ARRAY(a, const char *, names.n + 1);
	if (names.n > 0)
		memcpy(out, names.v, names.n * sizeof(*out));
	free(names.v);
	return out;
}

bool
dir_make(const char *path)
{
	char *copy, *p, end;
	bool ok = true;

	if (path[0] == '\0') {
		errno = ENOENT;
		return false;
	}
	copy = xstrdup(path);
	for (p = copy; ok && *p != '\0';) {
		while (*p == '/')
			p++;
		while (*p != '\0' && *p != '/')
			p++;
		end = *p;
		*p = '\0';
		/* Another process may make it between a test and mkdir. */
		if (mkdir(copy, 0777) == -1 && !dir_exists(copy)) {
			if (errno == EEXIST)
				errno = ENOTDIR;
			ok = false;
		}
		*p = end;
	}
	free(copy);
	return ok;
}

/* --------------------------------------------------------------- paths */

char *
path_dir(struct arena *a, const char *path)
{
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/')
		n--;
	while (n > 0 && path[n - 1] != '/')
		n--;
	while (n > 1 && path[n - 1] == '/')
		n--;
	return n == 0 ? arena_str(a, ".") : arena_strn(a, path, n);
}

char *
path_join(struct arena *a, const char *dir, const char *rest)
{
	size_t n = strlen(dir);

	/* "./a.md" would only lengthen every message. */
	if (rest[0] == '/' || n == 0 || strcmp(dir, ".") == 0)
		return arena_str(a, rest);
	return arena_printf(a, "%s%s%s", dir, dir[n - 1] == '/' ? "" : "/",
	    rest);
}

const char *
path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

char *
path_real(struct arena *a, const char *path)
{
	char *real = realpath(path, NULL), *copy;

	if (real == NULL)
		return NULL;
	copy = arena_str(a, real);
	free(real);
	return copy;
}

char *
path_of_program(struct arena *a)
{
	char *real;

	real = path_real(a, "/proc/self/exe");
	if (real == NULL)
		real = path_real(a, program_invocation_name);
	return real != NULL ? path_dir(a, real) : arena_str(a, ".");
}

/* -------------------------------------------------------------- output */

struct out_file {
	char *target;		/* symbolic links followed */
	char *temp;		/* NULL: written straight into the target */
	const char *why;	/* the first failure; static text */
	int fd;
	int slot;		/* in open_temps, or -1 */
	size_t size, nbuf;
	char buf[65536];
};

/*
 * The files that must go if a signal ends the program. A handler cannot
 * lock, so each slot is one atomic pointer; whoever takes the pointer out
 * owns it. Files past the last slot are simply not covered.
 */
static _Atomic(char *) open_temps[64];

static int
temp_enlist(char *path)
{
	char *none;
	size_t i;

	for (i = 0; i < NELEM(open_temps); i++) {
		none = NULL;
		if (atomic_compare_exchange_strong(&open_temps[i], &none,
		    path))
			return (int)i;
	}
	return -1;
}

void
out_abort_all(void)
{
	size_t i;
	char *path;

	for (i = 0; i < NELEM(open_temps); i++) {
		path = atomic_exchange(&open_temps[i], NULL);
		if (path != NULL)
			unlink(path);
	}
}

/*
 * The file that writing to `path` would change: links are followed by hand
 * since the last one may lead to a file that is still to be made.
 */
static char *
follow_links(struct arena *a, const char *path)
{
	char target[PATH_MAX], *p = arena_str(a, path);
	ssize_t n;
	int hops;

	for (hops = 0; hops < 40; hops++) {
		n = readlink(p, target, sizeof(target) - 1);
		if (n == -1)
			return p;
		target[n] = '\0';
		p = path_join(a, path_dir(a, p), target);
	}
	return NULL;
}

/*
 * A build that was killed leaves its file beside the old one. It is removed
 * by a later build in this folder, but not before a day is over, for other
 * machines may write here whose processes nobody can ask for. A folder is
 * looked through once.
 */
static void
temps_sweep(const char *dir)
{
	static uint64_t swept;
	uint64_t h = hash_bytes(HASH_SEED, dir, strlen(dir)) | 1;
	const struct dirent *e;
	struct stat st;
	long pid;
	char end[8];
	int n;
	DIR *d;

	if (h == swept)
		return;
	swept = h;
	d = opendir(dir);
	while (d != NULL && (e = readdir(d)) != NULL) {
		if (sscanf(e->d_name, ".dabir-%ld-%d.%7s", &pid, &n, end) == 3 &&
		    strcmp(end, "tmp") == 0 && pid > 0 &&
		    kill((pid_t)pid, 0) != 0 && errno == ESRCH &&
		    fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) ==
		    0 && S_ISREG(st.st_mode) &&
		    time(NULL) - st.st_mtime > 24 * 60 * 60)
			unlinkat(dirfd(d), e->d_name, 0);
	}
	if (d != NULL)
		closedir(d);
}

/*
 * Two builds may write the same output at once: O_EXCL gives each its own
 * file. The name does not grow from the target's, which may already be as
 * long as names can be.
 */
static bool
temp_open(struct out_file *o, const char *dir)
{
	sigset_t all, old;
	struct arena a = {0};
	int i, e = EEXIST;

	temps_sweep(dir);
	/* No signal between making the file and enlisting it. */
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &old);
	for (i = 0; i < 10000 && e == EEXIST; i++) {
		arena_reset(&a);
		o->temp = path_join(&a, dir, arena_printf(&a,
		    ".dabir-%ld-%d.tmp", (long)getpid(), i));
		o->fd = open(o->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		    0666);
		e = o->fd == -1 ? errno : 0;
	}
	if (e == 0) {
		o->temp = xstrdup(o->temp);
		o->slot = temp_enlist(o->temp);
	} else {
		o->temp = NULL;
		o->why = file_why(e);
	}
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	arena_free(&a);
	return e == 0;
}

static void
out_free(struct out_file *o)
{
	if (o->fd != -1)
		close(o->fd);
	if (o->slot != -1)
		atomic_store(&open_temps[o->slot], NULL);
	free(o->target);
	free(o->temp);
	free(o);
}

struct out_file *
out_open(const char *path, const char **why)
{
	struct arena a = {0};
	struct out_file *o;
	struct stat st;
	char *target = NULL;
	bool direct, ok = false;

	o = xmalloc(sizeof(*o));
	o->target = o->temp = NULL;
	o->why = NULL;
	o->fd = o->slot = -1;
	o->size = o->nbuf = 0;

	direct = strncmp(path, "/dev/", 5) == 0 ||
	    strncmp(path, "/proc/", 6) == 0;
	if (path[0] == '\0' || path[strlen(path) - 1] == '/') {
		o->why = file_why(path[0] == '\0' ? ENOENT : EISDIR);
	} else if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		o->why = file_why(EISDIR);
	} else if (direct || (stat(path, &st) == 0 && !S_ISREG(st.st_mode))) {
		/* /dev/stdout is itself a link: it must not be followed. */
		o->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		if (o->fd == -1)
			o->why = file_why(errno);
		ok = o->fd != -1;
	} else if ((target = follow_links(&a, path)) == NULL) {
		o->why = file_why(ELOOP);
	} else {
		o->target = xstrdup(target);
		ok = temp_open(o, path_dir(&a, target));
	}
	arena_free(&a);
	if (!ok) {
		if (why != NULL)
			*why = o->why;
		out_free(o);
		return NULL;
	}
	return o;
}

static bool
write_all(struct out_file *o, const char *p, size_t n)
{
	ssize_t w;

	while (n > 0) {
		w = write(o->fd, p, n);
		if (w == -1 && errno == EINTR)
			continue;
		if (w == -1) {
			o->why = file_why(errno);
			return false;
		}
		p += w;
		n -= (size_t)w;
	}
	return true;
}

static bool
out_flush(struct out_file *o)
{
	size_t n = o->nbuf;

	o->nbuf = 0;
	return write_all(o, o->buf, n);
}

bool
out_write(struct out_file *o, const void *p, size_t n)
{
	if (o->why != NULL)
		return false;
	o->size += n;
	if (n > sizeof(o->buf) - o->nbuf && !out_flush(o))
		return false;
	if (n >= sizeof(o->buf))
		return write_all(o, p, n);
	if (n != 0)
		memcpy(o->buf + o->nbuf, p, n);
	o->nbuf += n;
	return true;
}

size_t
out_size(const struct out_file *o)
{
	return o->size;
}

const char *
out_error(const struct out_file *o)
{
	return o->why;
}

bool
out_commit(struct out_file *o, const char **why)
{
	bool ok;

	if (o->why == NULL)
		out_flush(o);
	/* Some file systems tell only now that the disk is full. */
	if (close(o->fd) == -1 && o->why == NULL && errno != EINTR)
		o->why = file_why(errno);
	o->fd = -1;
	if (o->why == NULL && o->temp != NULL &&
	    rename(o->temp, o->target) == -1)
		o->why = file_why(errno);
	ok = o->why == NULL;
	if (!ok && o->temp != NULL)
		unlink(o->temp);
	if (!ok && why != NULL)
		*why = o->why;
	out_free(o);
	return ok;
}

void
out_abort(struct out_file *o)
{
	if (o == NULL)
		return;
	if (o->temp != NULL)
		unlink(o->temp);
	out_free(o);
}
