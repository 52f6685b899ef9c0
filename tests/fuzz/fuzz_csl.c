/*
 * Any bytes as CSL-JSON: read, and cited in three styles. Build as
 *	clang -fsanitize=fuzzer,address,undefined
 * with the sources of base/, doc/ and cite/.
 */
#include "cited.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cite_bib bib = {0};
	struct diag dg = {0};

	cite_read_csl(&bib, &dg, "fuzz.json", (const char *)data, size);
	cite_and_dump(&bib, &dg);
	cite_free(&bib);
	diag_free(&dg);
	return 0;
}
