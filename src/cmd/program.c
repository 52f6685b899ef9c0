/*
 * posix_spawn() and a pipe.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/program.h"

#define PIECE ((size_t)1 << 16)

extern char **environ;

/* All that comes down the pipe; false: more than `limit`. */
static bool
read_all(int fd, size_t limit, struct buf *out)
{
	size_t had = out->n;
	ssize_t n;

	for (;;) {
		buf_reserve(out, PIECE);
		n = read(fd, out->p + out->n, PIECE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		out->n += (size_t)n;
		if (out->n - had > limit)
			return false;
	}
	out->p[out->n] = '\0';
	return true;
}

static enum program_end
spawn(char *const *argv, int in, pid_t *pid)
{
	posix_spawn_file_actions_t fa;
	int err;

	posix_spawn_file_actions_init(&fa);
	posix_spawn_file_actions_addopen(&fa, STDIN_FILENO, "/dev/null",
	    O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&fa, in, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&fa, STDERR_FILENO, "/dev/null",
	    O_WRONLY, 0);
	err = posix_spawnp(pid, argv[0], &fa, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&fa);
	return err != 0 ? PROGRAM_MISSING : PROGRAM_DONE;
}

enum program_end
program_run(char *const *argv, size_t limit, struct buf *out)
{
	struct buf unheard = {0};
	enum program_end end;
	int fd[2], status = 0;
	bool all = true;
	pid_t pid;

	if (pipe2(fd, O_CLOEXEC) != 0)
		return PROGRAM_MISSING;
	end = spawn(argv, fd[1], &pid);
	close(fd[1]);
	if (end == PROGRAM_DONE) {
		all = read_all(fd[0], limit, out != NULL ? out : &unheard);
		close(fd[0]);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
		end = !all ? PROGRAM_TOO_MUCH : status != 0 ? PROGRAM_FAILED :
		    PROGRAM_DONE;
	} else {
		close(fd[0]);
	}
	buf_free(&unheard);
	return end;
}

const char *
program_why(enum program_end end)
{
	switch (end) {
	case PROGRAM_MISSING:
		return "is not installed";
	case PROGRAM_FAILED:
		return "could not read it";
	case PROGRAM_TOO_MUCH:
		return "found too much text in it";
	case PROGRAM_DONE:
		break;
	}
	return NULL;
}

char *
program_file(struct arena *a, const char *path)
{
	return path[0] == '-' ? arena_printf(a, "./%s", path) :
	    arena_str(a, path);
}
