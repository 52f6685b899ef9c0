/*
 * Any bytes as a manuscript: read, finished and dumped. Build as
 *	clang -fsanitize=fuzzer,address,undefined
 * with the sources of base/, doc/ and read/. Besides crashes it finds text
 * that the reader drops: the account's message counts as one.
 */
#include "read/read.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct diag_msg *m;
	struct diag dg = {0};
	struct doc d = {0};
	struct buf out = {0};

	read_markdown(&d, &dg, "fuzz.md", (const char *)data, size);
	doc_finish(&d, &dg);
	doc_dump(&d, &out);
	for (m = dg.first; m != NULL; m = m->next) {
		if (strcmp(m->code, "MAN015") == 0) {
			fprintf(stderr, "lost at %u:%u: %s\n%s", m->pos.line,
			    m->pos.col, m->text, out.p);
			abort();
		}
	}
	buf_free(&out);
	doc_free(&d);
	diag_free(&dg);
	return 0;
}
