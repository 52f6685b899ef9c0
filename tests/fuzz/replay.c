/*
 * A fuzzer's target without the fuzzer: each file named is one input. What
 * was found once stays found, in every run of the tests.
 */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		struct buf b = {0};
		const char *why = file_read(argv[i], (size_t)64 << 20, &b);
		uint8_t *copy;

		if (why != NULL) {
			fprintf(stderr, "%s: %s\n", argv[i], why);
			return 1;
		}
		/* Exactly as long as it is, so that one byte more is seen. */
		copy = xmalloc(b.n);
		if (b.n > 0)
			memcpy(copy, b.p, b.n);
		LLVMFuzzerTestOneInput(copy, b.n);
		free(copy);
		buf_free(&b);
	}
	return 0;
}
