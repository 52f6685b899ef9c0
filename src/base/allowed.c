/*
 * Where a book may read and write.
 *
 * A book names files: manuscripts, pictures, a bibliography, a style. It may
 * come from somebody else, and must not be able to print /etc/passwd or to
 * write over a file of the reader's. So it has its own folder, those of the
 * styles and fonts beside the program, and what the command line allows;
 * never what it says itself. Links are followed first: what counts is where
 * a path leads. What the user gives on the command line is not judged.
 */
#include "base/base.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HOPS = 40 };		/* links of a path, as the kernel has it */

/* Set while the command line and the book file are read; later only asked,
 * by threads too. */
static struct { char **v; size_t n, cap; } allowed;

bool
path_lies_in(const char *real, const char *dir)
{
	size_t n = strlen(dir);

	while (n > 0 && dir[n - 1] == '/')
		n--;
	return strncmp(real, dir, n) == 0 && (real[n] == '/' ||
	    (real[n] == '\0' && n > 0));
}

bool
path_allow(const char *dir)
{
	char *real = realpath(dir, NULL);

	if (real == NULL)
		return false;
	for (size_t i = 0; i < allowed.n; i++)
		if (strcmp(allowed.v[i], real) == 0) {
			free(real);
			return true;
		}
	*VEC_PUSH(&allowed) = real;
	return true;
}

void
path_allow_none(void)
{
	for (size_t i = 0; i < allowed.n; i++)
		free(allowed.v[i]);
	free(allowed.v);
	memset(&allowed, 0, sizeof(allowed));
}

/*
 * The file that a path leads to, which may still have to be made, as may
 * folders on the way to it. NULL: nothing can be opened there (errno says
 * why), or EINVAL: it is too winding.
 */
static char *
leads_to(struct arena *a, const char *path, int hops)
{
	char target[PATH_MAX], *real = path_real(a, path), *dir;
	const char *base = path_base(path);
	ssize_t n;

	if (real != NULL || errno != ENOENT)
		return real;
	if (hops == HOPS) {
		errno = EINVAL;
		return NULL;
	}
	dir = path_dir(a, path);
	if (strcmp(base, "..") == 0) {	/* of what is still to be made */
		real = leads_to(a, dir, hops + 1);
		return real != NULL ? path_dir(a, real) : NULL;
	}
	n = readlink(path, target, sizeof(target) - 1);
	if (n > 0) {
		target[n] = '\0';
		return leads_to(a, path_join(a, dir, target), hops + 1);
	}
	real = leads_to(a, dir, hops + 1);
	return real != NULL ? path_join(a, real, base) : NULL;
}

bool
path_allowed(const char *dir, const char *path)
{
	struct arena a = {0};
	const char *real, *root = dir != NULL ? leads_to(&a, dir, 0) : NULL;
	bool ok;

	errno = 0;
	real = leads_to(&a, path, 0);
	/* What cannot be opened says so itself. */
	ok = real == NULL ? errno != EINVAL : root != NULL &&
	    path_lies_in(real, root);
	for (size_t i = 0; i < allowed.n && !ok && real != NULL; i++)
		ok = path_lies_in(real, allowed.v[i]);
	arena_free(&a);
	return ok;
}
