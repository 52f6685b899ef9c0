/*
 * Any bytes as a class list. Build as
 *	clang -fsanitize=fuzzer,address,undefined
 * with the sources of base/ and read/.
 */
#include "read/read.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct read_csv csv = {0};
	struct diag dg = {0};
	bool ok = read_csv_text(&csv, &dg, "a.csv", (const char *)data, size);

	/* Every cell that a row promises is there. */
	for (size_t i = 0; ok && i < csv.nrows; i++)
		for (size_t k = 0; k < csv.ncols; k++)
			if (memchr(csv.rows[i].cells[k], '\n', strlen(
			    csv.rows[i].cells[k])) != NULL)
				abort();
	if (ok ? csv.nrows == 0 : dg.worst != DIAG_FATAL)
		abort();
	read_csv_free(&csv);
	diag_free(&dg);
	return 0;
}
