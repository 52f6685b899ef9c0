/*
 * Any bytes as a picture: opened, then planned and written for the screen
 * and for the press. Build as
 *	clang -fsanitize=fuzzer,address,undefined
 * with the sources of base/ and image/. The sums of PNG are mended first,
 * or nothing but the code that checks them would be reached.
 */
#include "image/image.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Large pictures are slow, not interesting. */
static const struct image_limits limits = { 1 << 20, 1 << 18 };

static void
mend_sums(uint8_t *p, size_t n)
{
	size_t at = 8, len;
	uint32_t sum;
	int i;

	while (n >= 12 && at <= n - 12) {
		len = (size_t)p[at] << 24 | (size_t)p[at + 1] << 16 |
		    (size_t)p[at + 2] << 8 | p[at + 3];
		if (len > n - at - 12)
			break;
		sum = (uint32_t)crc32(0, p + at + 4, (uInt)len + 4);
		at += len + 12;
		for (i = 1; i <= 4; i++, sum >>= 8)
			p[at - (size_t)i] = (uint8_t)sum;
	}
}

/* The bytes as a file of no folder, since pixels are read from files. */
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
	static const struct image_target targets[] = { {0},
		{ .no_bare_inks = true }, { .press = true },
		{ .press = true, .flat = true } };
	const char *why = NULL, *path;
	struct arena a = {0};
	struct image *im;
	uint8_t *copy;
	size_t i;

	if (size == 0)
		return 0;
	copy = xmalloc(size);
	memcpy(copy, data, size);
	if (copy[0] == 0x89)
		mend_sums(copy, size);
	path = file_of(copy, size);
	im = image_open(&a, path, &limits, &why);
	if ((im == NULL) != (why != NULL))
		abort();
	for (i = 0; im != NULL && i < NELEM(targets); i++) {
		struct buf colour = {0}, mask = {0};
		struct image_form f;
		bool deflated;

		if (image_plan(im, &targets[i], &f) == NULL) {
			image_data(im, &targets[i], &f, &colour, &mask,
			    &deflated);
			if (colour.n == 0 || (f.mask && mask.n !=
			    ((size_t)im->cols + 1) * im->rows))
				abort();
		}
		buf_free(&colour);
		buf_free(&mask);
	}
	arena_free(&a);
	free(copy);
	return 0;
}
