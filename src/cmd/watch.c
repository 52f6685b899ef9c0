/*
 * dabir watch: build again when a file the book is made of is saved.
 *
 * Folders are watched, not files: editors save by writing a new file and
 * renaming it into place, and a watch on the old one would see nothing
 * more. An event only says "look": whether a rebuild is due is decided by
 * the stamps (time, size, inode) of what the last build depended on, so
 * neither an editor's swap file nor our own PDF starts one. A burst of
 * events is one look, QUIET_MS after its last and at most BURST_MS after
 * its first.
 *
 * Each build runs in a child process, which starts as a cold build does:
 * its PDF is that of `dabir build` byte for byte, and whatever becomes of
 * it (no memory, a crash in a library), the watch goes on and the last PDF
 * stands, since a new one is renamed into place when it is whole. The
 * child sends back, through a pipe, what watch.h calls seen.
 *
 * Nothing is kept from build to build but this. A cache of shaped words or
 * pages would have to live in a process that survives a build; the child
 * would become a worker that is started anew only when it dies.
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/messages.h"
#include "cmd/cmd.h"
#include "cmd/watch.h"

#include <uv.h>		/* last: brings a MIN and MAX of its own */

enum {
	QUIET_MS = 4,		/* two writes of one save come closer */
	BURST_MS = 100,
	TICK_MS = 10,
	DEPTH = 3,		/* of folders below fonts/ and styles/ */
	ENTRIES = 10000,	/* of a folder, then it is looked at no more */
};

static const struct option_def defs[] = {
	{"--target", 't', "TARGET", "build this target (may be repeated)"},
	{"--output", 'o', "DIR", "write below DIR, not beside the book"},
	{"--style", 0, "FILE", "use this style for every target"},
	{"--jobs", 'j', "N", "threads for shaping and breaking (default 2)"},
	{"--no-compress", 0, NULL, "leave the PDF's streams readable"},
	{"--lang", 0, "LANG", "messages in en or fa"},
	{"--quiet", 'q', NULL, "print only the line of each rebuild"},
	{NULL, 0, NULL, NULL}
};

/* The head of what a child sends; `n` hashes and the paths follow. */
struct report {
	uint64_t messages;		/* hash of their texts */
	uint64_t done;			/* when, uv_hrtime() [ns] */
	size_t n, nfiles, ndepends;	/* hashes, PDFs, bytes of paths */
	size_t nerrors, nwarnings;
};

struct depend {
	char *path;
	uint64_t stamp;
};

struct watch {
	struct options opt;
	bool persian;
	uv_loop_t loop;
	uv_timer_t timer;
	uv_signal_t sigint, sigterm;
	struct map folders;		/* path -> its uv_fs_event_t */
	struct map known;		/* path -> struct depend in `v` */
	struct depend **v;
	size_t n, cap;
	uint64_t first;			/* of a burst [ns]; 0: none */
	struct { uint64_t *v; size_t n, cap; } pages;
	uint64_t messages;
};

/* ------------------------------------------------------- what it depends on */

static void
add_depend(struct build_seen *s, const char *path)
{
	if (path != NULL)
		buf_add(&s->depends, path, strlen(path) + 1);
}

void
watch_depends(struct build_seen *s, const struct project *p, const char *over)
{
	struct arena a = {0};

	add_depend(s, p->book.path);
	if (over != NULL && strchr(over, '/') != NULL)
		add_depend(s, over);
	for (size_t i = 0; i < p->book.nmanuscript; i++)
		add_depend(s, p->book.manuscript[i]);
	for (size_t i = 0; i < p->book.nbibliography; i++)
		add_depend(s, p->book.bibliography[i]);
	if (p->book.path != NULL)
		for (const struct read_target *t = p->book.targets; t != NULL;
		    t = t->next)
			if (t->style != NULL && strchr(t->style, '/') != NULL)
				add_depend(s, path_join(&a, p->book.dir,
				    t->style));
	for (size_t i = 0; i < p->nstyles; i++)
		add_depend(s, p->styles[i]);
	for (size_t i = 0; i < p->nfont_dirs; i++)
		add_depend(s, p->font_dirs[i]);
	if (p->have_doc)
		for (const struct doc_node *n = p->doc.root; n != NULL;
		    n = doc_next(n, p->doc.root))
			if ((n->kind == DOC_IMAGE || n->kind == DOC_FIGURE) &&
			    n->url != NULL)
				add_depend(s, path_join(&a, p->book.dir,
				    n->url));
	arena_free(&a);
}

/* A hash that changes when the file does, or a file in the folder. */
static uint64_t
stamp(const char *path, int depth)
{
	struct stat st;
	struct dirent *e;
	uint64_t h = HASH_SEED, sum = 0;
	char *below;
	DIR *d;

	if (stat(path, &st) != 0)
		return 0;
	if (!S_ISDIR(st.st_mode)) {
		h = hash_bytes(h, &st.st_mtim.tv_sec, sizeof(time_t));
		h = hash_bytes(h, &st.st_mtim.tv_nsec, sizeof(long));
		h = hash_bytes(h, &st.st_size, sizeof(st.st_size));
		return hash_bytes(h, &st.st_ino, sizeof(st.st_ino));
	}
	d = depth > 0 ? opendir(path) : NULL;
	for (int i = 0; d != NULL && i < ENTRIES &&
	    (e = readdir(d)) != NULL; i++) {
		if (e->d_name[0] == '.' || e->d_name[0] == '\0' ||
		    e->d_name[strlen(e->d_name) - 1] == '~')
			continue;
		if (asprintf(&below, "%s/%s", path, e->d_name) < 0)
			break;
		h = stamp(below, depth - 1);
		sum += hash_bytes(h, e->d_name, strlen(e->d_name));
		free(below);
	}
	if (d != NULL)
		closedir(d);
	return sum;
}

static void look(uv_timer_t *t);

/* Something stirred in a folder: look when it has been quiet a while. */
static void
stirred(uv_fs_event_t *e, const char *name, int events, int status)
{
	struct watch *w = e->data;
	uint64_t since;

	(void)name, (void)events, (void)status;
	uv_update_time(&w->loop);
	if (w->first == 0)
		w->first = uv_hrtime();
	since = (uv_hrtime() - w->first) / 1000000;
	uv_timer_start(&w->timer, look, since >= BURST_MS ? 0 : QUIET_MS, 0);
}

static void
closed(uv_handle_t *h)
{
	free(h);
}

/* A folder that was removed and made again needs a new watch, and cannot be
 * told from one that was not; so all are made anew after a build. */
static void
forget_folders(struct watch *w)
{
	uv_fs_event_t *e;

	for (size_t i = 0; (e = map_next(&w->folders, &i)) != NULL;)
		uv_close((uv_handle_t *)e, closed);
	map_free(&w->folders);
	w->folders = (struct map){0};
}

static void
watch_folder(struct watch *w, const char *path)
{
	void **slot = map_put(&w->folders, path, strlen(path));
	uv_fs_event_t *e;

	if (*slot != NULL)
		return;
	e = xcalloc(1, sizeof(*e));
	e->data = w;
	uv_fs_event_init(&w->loop, e);
	*slot = e;
	/* One that is not there yet is seen when the one above stirs. */
	(void)uv_fs_event_start(e, stirred, path, 0);
}

static void
watch_tree(struct watch *w, struct arena *a, const char *path, int depth)
{
	struct dirent *e;
	DIR *d;

	watch_folder(w, path);
	d = depth > 0 ? opendir(path) : NULL;
	for (int i = 0; d != NULL && i < ENTRIES &&
	    (e = readdir(d)) != NULL; i++) {
		char *below = path_join(a, path, e->d_name);

		if (e->d_name[0] != '.' && dir_exists(below))
			watch_tree(w, a, below, depth - 1);
	}
	if (d != NULL)
		closedir(d);
}

/* Of a file the folder, and that of the file a link leads to. */
static void
watch_path(struct watch *w, const char *path)
{
	struct arena a = {0};
	char *real = path_real(&a, path);

	if (dir_exists(path)) {
		watch_tree(w, &a, path, DEPTH);
	} else {
		/* The nearest folder that is there. */
		char *dir = path_dir(&a, path);

		while (!dir_exists(dir) && strcmp(dir, "/") != 0 &&
		    strcmp(dir, ".") != 0)
			dir = path_dir(&a, dir);
		watch_folder(w, dir);
		if (real != NULL)
			watch_folder(w, path_dir(&a, real));
	}
	arena_free(&a);
}

/*
 * Remember what a build begun at `since` depended on. What was saved after
 * that (file times lag by a tick) may have been read before: its stamp is
 * one that no file has.
 */
static void
know(struct watch *w, const char *path, const struct timespec *since)
{
	void **slot = map_put(&w->known, path, strlen(path));
	struct depend *d;
	struct stat st;

	if (*slot != NULL)
		return;
	d = xcalloc(1, sizeof(*d));
	d->path = xstrdup(path);
	d->stamp = stamp(path, DEPTH);
	if (since != NULL && stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    (st.st_mtim.tv_sec - since->tv_sec) * 1000 +
	    (st.st_mtim.tv_nsec - since->tv_nsec) / 1000000 >= -TICK_MS)
		d->stamp = 1;
	*slot = d;
	*VEC_PUSH(w) = d;
}

/* Take new stamps; did one change? */
static bool
is_stale(struct watch *w)
{
	bool stale = false;

	for (size_t i = 0; i < w->n; i++) {
		uint64_t s = stamp(w->v[i]->path, DEPTH);

		stale |= s != w->v[i]->stamp;
		w->v[i]->stamp = s;
	}
	return stale;
}

/* ------------------------------------------------------------ one rebuild */

static bool
send_all(int fd, const void *p, size_t n)
{
	const char *s = p;

	while (n > 0) {
		ssize_t k = write(fd, s, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return false;
		s += k;
		n -= (size_t)k;
	}
	return true;
}

/* The child: build, tell, end. */
static void
child(struct watch *w, int fd)
{
	struct diag dg = {.persian = w->persian};
	struct build_seen seen = {0};
	struct report r = {0};

	build_seen(&w->opt, &dg, &seen);
	r.done = uv_hrtime();
	r.messages = HASH_SEED;
	for (const struct diag_msg *m = dg.first; m != NULL; m = m->next)
		r.messages = hash_bytes(r.messages, m->text, strlen(m->text));
	r.n = seen.n;
	r.nfiles = seen.nfiles;
	r.ndepends = seen.depends.n;
	r.nwarnings = dg.ncount[DIAG_WARNING];
	r.nerrors = dg.ncount[DIAG_ERROR] + dg.ncount[DIAG_FATAL];
	if (r.messages != w->messages && !option_given(&w->opt, "--quiet"))
		diag_print(&dg, stderr, DIAG_WARNING, false);
	fflush(NULL);
	_exit(send_all(fd, &r, sizeof(r)) &&
	    send_all(fd, seen.v, seen.n * sizeof(*seen.v)) &&
	    send_all(fd, seen.depends.p, seen.depends.n) ? 0 : 1);
}

/* Run a child and take all it sends; what it ended with. */
static int
run_child(struct watch *w, struct buf *said)
{
	int fd[2], status = -1;
	char piece[1 << 14];
	ssize_t k;
	pid_t pid;

	fflush(NULL);
	if (pipe(fd) != 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		signal(SIGINT, SIG_DFL);
		signal(SIGTERM, SIG_DFL);
		close(fd[0]);
		child(w, fd[1]);
	}
	close(fd[1]);
	while (pid > 0 && ((k = read(fd[0], piece, sizeof(piece))) > 0 ||
	    (k < 0 && errno == EINTR)))
		if (k > 0)
			buf_add(said, piece, (size_t)k);
	close(fd[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* The one line: time, pages changed, messages. */
static void
tell(struct watch *w, const struct report *r, const char *hashes,
    uint64_t begun)
{
	size_t changed = 0;

	for (size_t i = 0; i < r->n; i++) {
		uint64_t h;

		memcpy(&h, hashes + i * sizeof(h), sizeof(h));
		changed += i >= w->pages.n || w->pages.v[i] != h;
	}
	printf("%.0f ms: ", (double)(r->done - begun) / 1e6);
	if (r->nfiles == 0)
		printf("nothing written, the last PDF stands");
	else
		printf("%zu of %zu page%s changed", changed, r->n,
		    r->n == 1 ? "" : "s");
	printf("; %zu error%s, %zu warning%s\n", r->nerrors,
	    r->nerrors == 1 ? "" : "s", r->nwarnings,
	    r->nwarnings == 1 ? "" : "s");
	fflush(stdout);
	w->messages = r->messages;
	if (r->nfiles == 0)
		return;
	vec_grow((void **)&w->pages.v, &w->pages.cap, r->n,
	    sizeof(*w->pages.v));
	w->pages.n = r->n;
	if (r->n > 0)
		memcpy(w->pages.v, hashes, r->n * sizeof(uint64_t));
}

static void
rebuild(struct watch *w, uint64_t begun)
{
	struct buf said = {0};
	struct report r;
	struct timespec since;
	size_t at = sizeof(r), end;
	int status;

	clock_gettime(CLOCK_REALTIME, &since);
	status = run_child(w, &said);
	if (status != 0 || said.n < sizeof(r)) {
		printf("%.0f ms: the build broke off (%s %d); the last PDF "
		    "stands\n", (double)(uv_hrtime() - begun) / 1e6,
		    WIFSIGNALED(status) ? "signal" : "status",
		    WIFSIGNALED(status) ? WTERMSIG(status) :
		    WEXITSTATUS(status));
		fflush(stdout);
	} else {
		memcpy(&r, said.p, sizeof(r));
		tell(w, &r, said.p + at, begun);
		at += r.n * sizeof(uint64_t);
		for (end = at + r.ndepends; at < end;
		    at += strlen(said.p + at) + 1)
			know(w, said.p + at, &since);
	}
	buf_free(&said);
	/* Folders before the look: what is saved meanwhile is seen by one. */
	forget_folders(w);
	for (size_t i = 0; i < w->n; i++)
		watch_path(w, w->v[i]->path);
}

static void
look(uv_timer_t *t)
{
	struct watch *w = t->data;
	uint64_t begun = w->first != 0 ? w->first : uv_hrtime();

	w->first = 0;
	while (is_stale(w)) {
		rebuild(w, begun);
		begun = uv_hrtime();
	}
}

static void
stop(uv_signal_t *s, int number)
{
	(void)number;
	uv_stop(s->loop);
}

static void
open_loop(struct watch *w)
{
	uv_loop_init(&w->loop);
	uv_timer_init(&w->loop, &w->timer);
	w->timer.data = w;
	uv_signal_init(&w->loop, &w->sigint);
	uv_signal_start(&w->sigint, stop, SIGINT);
	uv_signal_init(&w->loop, &w->sigterm);
	uv_signal_start(&w->sigterm, stop, SIGTERM);
}

static void
close_loop(struct watch *w)
{
	forget_folders(w);
	uv_close((uv_handle_t *)&w->timer, NULL);
	uv_close((uv_handle_t *)&w->sigint, NULL);
	uv_close((uv_handle_t *)&w->sigterm, NULL);
	uv_run(&w->loop, UV_RUN_DEFAULT);
	uv_loop_close(&w->loop);
	for (size_t i = 0; i < w->n; i++) {
		free(w->v[i]->path);
		free(w->v[i]);
	}
	free(w->v);
	free(w->pages.v);
	map_free(&w->known);
}

int
cmd_watch(int argc, char **argv)
{
	struct watch w = {0};
	struct diag dg = {0};
	int status = 0;

	if (!options_read(&w.opt, &dg, argc, argv, defs)) {
		status = finish_messages(&dg);
	} else if (w.opt.help || w.opt.nargs != 1) {
		options_help(w.opt.help ? stdout : stderr,
		    "dabir watch BOOK [options]",
		    "Build a book, and again whenever a file it is made of is "
		    "saved.", defs);
		status = w.opt.help ? 0 : 2;
	} else if (!file_exists(w.opt.args[0])) {
		diag_add(&dg, NOPOS, USE_CANNOT_READ, w.opt.args[0],
		    strerror(ENOENT));
		status = finish_messages(&dg);
	} else {
		w.persian = options_persian(&w.opt);
		open_loop(&w);
		know(&w, w.opt.args[0], NULL);
		rebuild(&w, uv_hrtime());
		look(&w.timer);
		uv_run(&w.loop, UV_RUN_DEFAULT);
		close_loop(&w);
	}
	options_free(&w.opt);
	return status;
}

const char *
watch_library(void)
{
	static char words[32];

	snprintf(words, sizeof(words), "libuv %s", uv_version_string());
	return words;
}
