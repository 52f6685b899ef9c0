/*
 * Any bytes as YAML: as a style, with all looks resolved, and as a book file.
 * Build as
 *	clang -fsanitize=fuzzer,address,undefined
 * with the sources of base/, doc/, read/ and style/.
 */
#include "read/read.h"
#include "style/style.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes as a file of no folder, since both are read from files. */
static const char *
file_of(const uint8_t *p, size_t n)
{
	static char path[32];
	static int fd = -1;

	if (fd == -1) {
		fd = memfd_create("fuzz", 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	if (fd == -1 || ftruncate(fd, 0) == -1 ||
	    pwrite(fd, p, n, 0) != (ssize_t)n)
		abort();
	return path;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const dirs[] = {"styles"};
	struct read_book b = {0};
	struct diag dg = {0};
	struct style *s = style_load(&dg, file_of(data, size), NULL, dirs,
	    NELEM(dirs), NOPOS);

	if (s != NULL) {
		style_look(s, "body");
		style_free(s);
	}
	read_book(&b, &dg, file_of(data, size));
	read_book_free(&b);
	diag_free(&dg);
	return 0;
}
