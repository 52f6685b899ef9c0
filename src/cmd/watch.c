/*
 * dabir watch: build again when a file the book is made of is saved.
 *
 * Folders are watched, not files: editors save by writing a new file and
 * renaming it into place, and a watch on the old one would see nothing
 * more. An event only says "look": whether a rebuild is due is decided by
 * the stamps (time, size, inode) of what the last build depended on, so
 * neither an editor's swap file nor our own PDF starts one. A file whose
 * save has ended (nobody has it open for writing any more) is looked at
 * once, if the last look lies BURST_MS back. Else a burst of events is one
 * look, QUIET_MS after its last and at most BURST_MS after its first: what
 * follows the first of many saves is built together.
 *
 * Builds run in a process of their own (worker.c): its PDF is that of `dabir
 * build` byte for byte, and whatever becomes of it, the watch goes on and
 * the last PDF stands, since a new one is renamed into place when it is
 * whole.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
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
	QUIET_MS = 2,		/* two writes of one save come closer */
	BURST_MS = 100,
	TICK_MS = 10,		/* by which a file's time may lag */
	DEPTH = 3,		/* of folders below fonts/ and styles/ */
	ENTRIES = 10000,	/* of a folder, then it is looked at no more */
};

static const struct option_def defs[] = {
	{"--target", 't', "TARGET", "build this target (may be repeated)"},
	{"--output", 'o', "DIR", "write below DIR, not beside the book"},
	{"--style", 0, "FILE", "use this style for every target"},
	{"--allow", 0, "DIR", "let the book read and write there too "
	    "(may be repeated)"},
	{"--jobs", 'j', "N", "threads for shaping and breaking (default 2)"},
	{"--no-compress", 0, NULL, "leave the PDF's streams readable"},
	{"--lang", 0, "LANG", "messages in en or fa"},
	{"--quiet", 'q', NULL, "print only the line of each rebuild"},
	{NULL, 0, NULL, NULL}
};

struct depend {
	char *path;
	uint64_t stamp;
	bool is_text;
	bool young;		/* when stamped: a save may leave it as it is */
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
	uint64_t looked;		/* end of the last look [ns] */
	struct { uint64_t *v; size_t n, cap; } pages;
	struct worker *worker;
};

/* ------------------------------------------------------- what it depends on */

static void
add_depend(struct build_seen *s, char kind, const char *path)
{
	if (path == NULL)
		return;
	buf_char(&s->depends, kind);
	buf_add(&s->depends, path, strlen(path) + 1);
}

void
watch_depends(struct build_seen *s, struct project *p, const char *over)
{
	struct arena a = {0};
	const struct doc_marks *m;
	const struct doc_node *n;

	add_depend(s, p->book.is_lone_md ? WATCH_TEXT : WATCH_OTHER,
	    p->book.path);
	if (over != NULL && strchr(over, '/') != NULL)
		add_depend(s, WATCH_OTHER, over);
	for (size_t i = 0; i < p->book.nmanuscript; i++)
		add_depend(s, WATCH_TEXT, p->book.manuscript[i]);
	for (size_t i = 0; i < p->book.nbibliography; i++)
		add_depend(s, WATCH_TEXT, p->book.bibliography[i]);
	if (p->book.path != NULL)
		for (const struct read_target *t = p->book.targets; t != NULL;
		    t = t->next)
			if (t->style != NULL && strchr(t->style, '/') != NULL)
				add_depend(s, WATCH_OTHER, path_join(&a,
				    p->book.dir, t->style));
	for (size_t i = 0; i < p->nstyles; i++)
		add_depend(s, WATCH_OTHER, p->styles[i]);
	for (size_t i = 0; i < p->nfont_dirs; i++)
		add_depend(s, WATCH_OTHER, p->font_dirs[i]);
	m = p->have_doc ? doc_marks(&p->doc) : NULL;
	for (size_t i = 0; m != NULL && i < m->n; i++) {
		n = m->v[i].node;
		if ((n->kind == DOC_IMAGE || n->kind == DOC_FIGURE) &&
		    n->url != NULL)
			add_depend(s, WATCH_OTHER, path_join(&a, p->book.dir,
			    n->url));
	}
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

/* Of what the book depends on, the file of this name in a folder; or NULL.
 * (Paths are the book's own: a file in "." may be known by its name.) */
static struct depend *
known_file(const struct watch *w, uv_fs_event_t *e, const char *name)
{
	char path[PATH_MAX];
	size_t n = sizeof(path), len;
	struct depend *d;

	if (name == NULL || uv_fs_event_getpath(e, path, &n) != 0)
		return NULL;
	len = strlen(name);
	if (n + 1 + len > sizeof(path))
		return NULL;
	path[n] = '/';
	memcpy(path + n + 1, name, len);
	d = map_get(&w->known, path, n + 1 + len);
	return d != NULL || n != 1 || *path != '.' ? d :
	    map_get(&w->known, name, len);
}

/*
 * Has a save of it come to its end? A lease for reading is granted only where
 * nobody has the file open for writing, and not on all file systems, nor of
 * another user's file (fcntl(2)): false then, as for an empty one.
 */
static bool
is_whole(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	bool whole = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size > 0 && fcntl(fd, F_SETLEASE, F_RDLCK) == 0;

	if (whole)
		fcntl(fd, F_SETLEASE, F_UNLCK);
	if (fd >= 0)
		close(fd);
	return whole;
}

/* Something stirred in a folder: look at once, or when it has been quiet. */
static void
stirred(uv_fs_event_t *e, const char *name, int events, int status)
{
	struct watch *w = e->data;
	struct depend *d = known_file(w, e, name);
	uint64_t now = uv_hrtime();
	bool at_once = d != NULL && (now - w->looked) / 1000000 >= BURST_MS &&
	    is_whole(d->path);

	(void)status;
	uv_update_time(&w->loop);
	if (w->first == 0)
		w->first = now;
	if (d != NULL && (events & UV_CHANGE) && d->young)
		d->stamp = 1;
	uv_timer_start(&w->timer, look, (now - w->first) / 1000000 >= BURST_MS ||
	    at_once ? 0 : QUIET_MS, 0);
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

/* Was a file saved so shortly before `since` that another save may leave its
 * time as it is? */
static bool
is_young(const char *path, const struct timespec *since)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    (st.st_mtim.tv_sec - since->tv_sec) * 1000 +
	    (st.st_mtim.tv_nsec - since->tv_nsec) / 1000000 >= -TICK_MS;
}

/*
 * Remember what a build begun at `since` depended on. What was saved after
 * that (file times lag by a tick) may have been read before: its stamp is
 * one that no file has.
 */
static void
know(struct watch *w, const char *path, bool is_text,
    const struct timespec *since)
{
	void **slot = map_put(&w->known, path, strlen(path));
	struct depend *d;

	if ((d = *slot) != NULL) {
		d->is_text |= is_text;
		return;
	}
	d = xcalloc(1, sizeof(*d));
	d->path = xstrdup(path);
	d->is_text = is_text;
	d->stamp = stamp(path, DEPTH);
	if (since != NULL && is_young(path, since))
		d->stamp = 1;
	*slot = d;
	*VEC_PUSH(w) = d;
}

/* Take new stamps; what changed, as worker_build() wants it, or 0. */
static char
stale(struct watch *w)
{
	struct timespec now;
	bool text = false, other = false;

	clock_gettime(CLOCK_REALTIME, &now);
	for (size_t i = 0; i < w->n; i++) {
		struct depend *d = w->v[i];
		uint64_t s = stamp(d->path, DEPTH);

		if (s != d->stamp)
			d->young = is_young(d->path, &now);
		text |= s != d->stamp && d->is_text;
		other |= s != d->stamp && !d->is_text;
		d->stamp = s;
	}
	return other ? WORKER_ALL : text ? WORKER_TEXT : 0;
}

/* ------------------------------------------------------------ one rebuild */

/* The one line: time, pages changed, messages. */
static void
tell(struct watch *w, const struct worker_report *r, const char *hashes,
    uint64_t begun)
{
	size_t changed = 0;

	for (size_t i = 0; i < r->npages; i++) {
		uint64_t h;

		memcpy(&h, hashes + i * sizeof(h), sizeof(h));
		changed += i >= w->pages.n || w->pages.v[i] != h;
	}
	printf("%.0f ms: ", (double)(r->done - begun) / 1e6);
	if (r->nfiles == 0)
		printf("nothing written, the last PDF stands");
	else
		printf("%zu of %zu page%s changed", changed, r->npages,
		    r->npages == 1 ? "" : "s");
	printf("; %zu error%s, %zu warning%s\n", r->nerrors,
	    r->nerrors == 1 ? "" : "s", r->nwarnings,
	    r->nwarnings == 1 ? "" : "s");
	fflush(stdout);
	if (r->nfiles == 0)
		return;
	vec_grow((void **)&w->pages.v, &w->pages.cap, r->npages,
	    sizeof(*w->pages.v));
	w->pages.n = r->npages;
	if (r->npages > 0)
		memcpy(w->pages.v, hashes, r->npages * sizeof(uint64_t));
}

static void
rebuild(struct watch *w, char what, uint64_t begun)
{
	struct buf said = {0};
	struct worker_report r;
	struct timespec since;
	size_t at, end;
	int status;

	clock_gettime(CLOCK_REALTIME, &since);
	if (!worker_build(w->worker, what, &r, &said, &status)) {
		printf("%.0f ms: the build broke off (%s %d); the last PDF "
		    "stands\n", (double)(uv_hrtime() - begun) / 1e6,
		    WIFSIGNALED(status) ? "signal" : "status",
		    WIFSIGNALED(status) ? WTERMSIG(status) :
		    WEXITSTATUS(status));
		fflush(stdout);
	} else {
		tell(w, &r, said.p, begun);
		at = r.npages * sizeof(uint64_t);
		for (end = at + r.ndepends; at < end;
		    at += strlen(said.p + at) + 1)
			know(w, said.p + at + 1, said.p[at] == WATCH_TEXT,
			    &since);
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

	char what;

	w->first = 0;
	while ((what = stale(w)) != 0) {
		rebuild(w, what, begun);
		begun = uv_hrtime();
	}
	w->looked = uv_hrtime();
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
	/* Whoever breaks a lease (is_whole()) would end us by it. */
	signal(SIGIO, SIG_IGN);
	uv_signal_init(&w->loop, &w->sigint);
	uv_signal_start(&w->sigint, stop, SIGINT);
	uv_signal_init(&w->loop, &w->sigterm);
	uv_signal_start(&w->sigterm, stop, SIGTERM);
}

static void
close_loop(struct watch *w)
{
	worker_close(w->worker);
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
		    file_why(ENOENT));
		status = finish_messages(&dg);
	} else {
		w.persian = dg.persian;
		open_loop(&w);
		w.worker = worker_open(&w.opt, w.persian);
		know(&w, w.opt.args[0], false, NULL);
		rebuild(&w, WORKER_ALL, uv_hrtime());
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
