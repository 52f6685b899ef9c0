/*
 * Which way a language and a text run.
 */
#include <string.h>

#include "base/base.h"

bool
lang_is_rtl(const char *lang)
{
	static const char *const rtl[] = {"fa", "ar", "ps", "ur", "ku", "ckb",
	    "he", "yi", "sd", "ug", "dv", "prs", "azb", NULL};
	size_t n = strcspn(lang, "-_");

	for (int i = 0; rtl[i] != NULL; i++)
		if (strlen(rtl[i]) == n && memcmp(rtl[i], lang, n) == 0)
			return true;
	return false;
}

int
text_level(const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp = utf8_next(s, n, &i);

		if (!uni_is_letter(cp))
			continue;
		switch (uni_script(cp)) {
		case SCRIPT_TAG('A', 'r', 'a', 'b'):
		case SCRIPT_TAG('H', 'e', 'b', 'r'):
		case SCRIPT_TAG('S', 'y', 'r', 'c'):
		case SCRIPT_TAG('T', 'h', 'a', 'a'):
		case SCRIPT_TAG('N', 'k', 'o', 'o'):
			return 1;
		default:
			return 0;
		}
	}
	return -1;
}
