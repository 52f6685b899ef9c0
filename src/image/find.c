/*
 * A picture by the name that a manuscript gives it.
 *
 * Nothing outside the book's folder is read, be it named by an absolute
 * path, by "..", or reached by a link, unless the command line allowed it
 * (path_allowed()).
 */
#include <string.h>

#include "image/image.h"

/* Does a relative path climb out of the folder it starts in? */
static bool
climbs_out(const char *path)
{
	int depth = 0;

	while (*path != '\0') {
		size_t n = strcspn(path, "/");

		if (n == 2 && memcmp(path, "..", 2) == 0)
			depth--;
		else if (n > 0 && !(n == 1 && *path == '.'))
			depth++;
		if (depth < 0)
			return true;
		path += n;
		path += *path == '/';
	}
	return false;
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ?
	    c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* %20 as Markdown writes a blank; a path with a NUL is not one. */
static char *
percent_decoded(struct arena *a, const char *url)
{
	char *s = arena_str(a, url), *out = s;

	for (; *url != '\0'; url++) {
		int v = -1;

		if (*url == '%' && hex(url[1]) >= 0 && hex(url[2]) >= 0)
			v = hex(url[1]) << 4 | hex(url[2]);
		if (v > 0)
			url += 2;
		*out++ = v > 0 ? (char)v : *url;
	}
	*out = '\0';
	return s;
}

struct image *
image_find(struct arena *a, const char *dir, const char *url, bool *outside,
    const char **why)
{
	const char *path, *real;
	bool named_out;

	*outside = false;
	if (dir == NULL)
		dir = ".";
	if (*url == '\0') {
		*why = "no such file or folder";
		return NULL;
	}
	if (strstr(url, "://") != NULL || strncmp(url, "data:", 5) == 0) {
		*why = "lies on the network; only files are read";
		return NULL;
	}
	path = path_join(a, dir, url);
	if (!file_exists(path)) {
		url = percent_decoded(a, url);
		path = path_join(a, dir, url);
	}
	real = path_real(a, path);
	/* A name that climbs out tells nothing of what lies there, not even
	 * that nothing does. */
	named_out = *url == '/' || climbs_out(url);
	if (!path_allowed(named_out ? NULL : dir, path) ||
	    (named_out && real == NULL)) {
		*outside = true;
		return NULL;
	}
	/* A file that is not there says so itself. */
	return image_open(a, real != NULL ? real : path, NULL, why);
}
