/*
 * The process that builds for `dabir watch`.
 *
 * Whatever becomes of a build (no memory, a crash in a library), the watch
 * goes on: so builds run in a process of their own. It stays alive and keeps
 * what the next build can use again (kept.h); one that died is replaced by
 * one that keeps nothing yet. It is asked by one byte, and answers with a
 * report, hashes of the pages and the paths that the build depended on.
 */
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cmd/kept.h"
#include "cmd/watch.h"

/* Memory beyond which a worker ends when it has answered [KiB]. */
#define MEMORY_MAX (4L << 20)

struct worker {
	const struct options *opt;
	bool persian;
	pid_t pid;			/* 0: none runs */
	int fd;				/* to it and from it */
	uint64_t messages;		/* hash of what was said last */
};

struct worker *
worker_open(const struct options *opt, bool persian)
{
	struct worker *w = xcalloc(1, sizeof(*w));

	w->opt = opt;
	w->persian = persian;
	return w;
}

/* -------------------------------------------------------------- talking */

static bool
send_all(int fd, const void *p, size_t n)
{
	const char *s = p;

	while (n > 0) {
		/* A worker that died must not take the watch along. */
		ssize_t k = send(fd, s, n, MSG_NOSIGNAL);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return false;
		s += k;
		n -= (size_t)k;
	}
	return true;
}

static bool
take_all(int fd, void *p, size_t n)
{
	char *s = p;

	while (n > 0) {
		ssize_t k = read(fd, s, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return false;
		s += k;
		n -= (size_t)k;
	}
	return true;
}

/* ----------------------------------------------------------- the worker */

static uint64_t
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

/* A build broken off leaves no half of a file: out_abort_all() takes pointers
 * out of a table, without a lock, and unlinks, as a handler may. */
static void
broken_off(int sig)
{
	out_abort_all();
	_exit(128 + sig);
}

static bool
build_once(struct worker *w, struct kept *k, char asked, int fd)
{
	struct diag dg = {.persian = w->persian};
	struct build_seen seen = {.kept = k};
	struct worker_report r = {0};
	bool sent;

	kept_begin(k, asked == WORKER_ALL);
	build_seen(w->opt, &dg, &seen);
	r.done = now();
	r.messages = HASH_SEED;
	for (const struct diag_msg *m = dg.first; m != NULL; m = m->next)
		r.messages = hash_bytes(r.messages, m->text, strlen(m->text));
	r.npages = seen.n;
	r.nfiles = seen.nfiles;
	r.ndepends = seen.depends.n;
	r.nwarnings = dg.ncount[DIAG_WARNING];
	r.nerrors = dg.ncount[DIAG_ERROR] + dg.ncount[DIAG_FATAL];
	if (r.messages != w->messages && !option_given(w->opt, "--quiet"))
		diag_print(&dg, stderr, DIAG_WARNING, false);
	fflush(NULL);
	w->messages = r.messages;
	sent = send_all(fd, &r, sizeof(r)) &&
	    send_all(fd, seen.v, seen.n * sizeof(*seen.v)) &&
	    send_all(fd, seen.depends.p, seen.depends.n);
	free(seen.v);
	buf_free(&seen.depends);
	diag_free(&dg);
	return sent;
}

static void
run(struct worker *w, int fd)
{
	struct kept k = {0};
	struct rusage ru;
	struct sigaction sa = {.sa_handler = broken_off};
	char asked;

	/* What a build frees is for the next one: given back to the system, it
	 * would have to be cleared again page by page. */
	mallopt(M_MMAP_THRESHOLD, 1 << 26);
	mallopt(M_TRIM_THRESHOLD, 1 << 29);
	sigemptyset(&sa.sa_mask);
	/* The terminal's Ctrl-C is for the watch, which then ends this. */
	signal(SIGINT, SIG_IGN);
	sigaction(SIGTERM, &sa, NULL);
	while (take_all(fd, &asked, 1) && build_once(w, &k, asked, fd))
		if (getrusage(RUSAGE_SELF, &ru) == 0 &&
		    ru.ru_maxrss > MEMORY_MAX)
			break;
	kept_free(&k);
	_exit(0);
}

/* -------------------------------------------------------------- the watch */

static bool
start(struct worker *w)
{
	int fd[2];

	fflush(NULL);
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fd) != 0)
		return false;
	w->pid = fork();
	if (w->pid == 0) {
		close(fd[1]);
		run(w, fd[0]);
	}
	close(fd[0]);
	w->fd = fd[1];
	if (w->pid > 0)
		return true;
	w->pid = 0;
	close(w->fd);
	return false;
}

/* What it ended with; none runs then. */
static int
finish(struct worker *w)
{
	int status = -1;

	close(w->fd);
	while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
		;
	w->pid = 0;
	return status;
}

static bool
ask(struct worker *w, char what, struct worker_report *r, struct buf *said)
{
	size_t n;

	if (!send_all(w->fd, &what, 1) || !take_all(w->fd, r, sizeof(*r)))
		return false;
	n = r->npages * sizeof(uint64_t) + r->ndepends;
	buf_reserve(said, n);
	said->n = n;
	if (!take_all(w->fd, said->p, n))
		return false;
	w->messages = r->messages;
	return true;
}

bool
worker_build(struct worker *w, char what, struct worker_report *r,
    struct buf *said, int *status)
{
	*status = -1;
	if (w->pid == 0 && !start(w))
		return false;
	if (ask(w, what, r, said))
		return true;
	*status = finish(w);
	/* One that ended by itself after its last answer is only replaced. */
	if (*status != 0 || !start(w))
		return false;
	said->n = 0;
	if (ask(w, what, r, said))
		return true;
	*status = finish(w);
	return false;
}

void
worker_close(struct worker *w)
{
	if (w == NULL)
		return;
	if (w->pid > 0) {
		kill(w->pid, SIGTERM);
		finish(w);
	}
	free(w);
}
