/*
 * Any bytes as torn text: mended, then mended again. Build as
 *	clang -fsanitize=fuzzer,address,undefined
 * with the sources of base/ and import/. The draft is UTF-8, and each repair
 * lies within source and draft. FUZZ_WORDS names a word list.
 */
#include "import/import.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct import_words *words;

static void
check(const struct import_result *r, size_t size)
{
	size_t last = 0;

	if (utf8_valid(r->text.p, r->text.n) != r->text.n)
		abort();
	for (size_t i = 0; i < r->nrepairs; i++) {
		const struct import_repair *p = &r->repairs[i];

		if (p->from > p->to || p->to > size || p->from < last ||
		    p->out_from > p->out_to || p->out_to > r->text.n ||
		    p->pos.line == 0)
			abort();
		last = p->from;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct import_result r = {0}, again = {0};

	if (words == NULL) {
		const char *path = getenv("FUZZ_WORDS");

		words = import_words_open(path != NULL ? path :
		    "words/files/fa.dic");
	}
	import_text(&r, (const char *)data, size, words, size % 2 == 0);
	check(&r, size);
	import_text(&again, r.text.p, r.text.n, NULL, false);
	check(&again, r.text.n);
	import_free(&r);
	import_free(&again);
	return 0;
}
