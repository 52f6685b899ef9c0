/*
 * The words of locators. Two rooms ask: read/ must know where the place in a
 * source begins, cite/ what it is called in the entry's language. One table,
 * so that no word is found by one and unknown to the other.
 *
 * Terms are CSL's. A word that is not simply the term in Persian (باب is
 * a chapter, but not فصل) is printed as written among Persian words and
 * stands for its term among Latin ones.
 */
#include "doc/doc.h"

#include <string.h>

static const struct doc_locator_word words[] = {
	{"ص", "page", 0, 0}, {"صص", "page", 0, 0}, {"صفحه", "page", 0, 0},
	{"صفحهٔ", "page", 0, 0}, {"صفحۀ", "page", 0, 0},
	{"صفحات", "page", 0, 0}, {"صفحه‌های", "page", 0, 0},
	{"p", "page", 0, 0}, {"pp", "page", 0, 0}, {"pg", "page", 0, 0},
	{"page", "page", 0, 0}, {"pages", "page", 0, 0},

	{"کتاب", "book", 1, 0}, {"دفتر", "book", 1, 0},
	{"bk", "book", 0, 0}, {"bks", "book", 0, 0},
	{"book", "book", 0, 0}, {"books", "book", 0, 0},

	{"فصل", "chapter", 0, 0}, {"فصل‌های", "chapter", 0, 0},
	{"باب", "chapter", 1, 0}, {"ch", "chapter", 0, 0},
	{"chap", "chapter", 0, 0}, {"chaps", "chapter", 0, 0},
	{"chapter", "chapter", 0, 0}, {"chapters", "chapter", 0, 0},

	{"ستون", "column", 0, 0}, {"ستون‌های", "column", 0, 0},
	{"col", "column", 0, 0}, {"cols", "column", 0, 0},
	{"column", "column", 0, 0}, {"columns", "column", 0, 0},

	{"شکل", "figure", 0, 0}, {"شکل‌های", "figure", 0, 0},
	{"تصویر", "figure", 1, 0}, {"نقشه", "figure", 1, 0},
	{"fig", "figure", 0, 0}, {"figs", "figure", 0, 0},
	{"figure", "figure", 0, 0}, {"figures", "figure", 0, 0},

	{"برگ", "folio", 0, 0}, {"برگ‌های", "folio", 0, 0},
	{"گ", "folio", 0, 0}, {"fol", "folio", 0, 0},
	{"fols", "folio", 0, 0}, {"folio", "folio", 0, 0},
	{"folios", "folio", 0, 0},

	{"ش", "issue", 0, 0}, {"شماره", "issue", 0, 0},
	{"شمارهٔ", "issue", 0, 0}, {"شمارۀ", "issue", 0, 0},
	{"شماره‌های", "issue", 0, 0}, {"no", "issue", 0, 0},
	{"nos", "issue", 0, 0}, {"number", "issue", 0, 0},
	{"numbers", "issue", 0, 0}, {"issue", "issue", 0, 0},
	{"issues", "issue", 0, 0},

	{"س", "line", 0, 0}, {"سطر", "line", 0, 0},
	{"سطرهای", "line", 0, 0}, {"l", "line", 0, 0},
	{"ll", "line", 0, 0}, {"line", "line", 0, 0},
	{"lines", "line", 0, 0},

	{"یادداشت", "note", 0, 0}, {"پانوشت", "note", 1, 0},
	{"پی‌نوشت", "note", 1, 0}, {"پاورقی", "note", 1, 0},
	{"n", "note", 0, 0}, {"nn", "note", 0, 0},
	{"note", "note", 0, 0}, {"notes", "note", 0, 0},

	{"اپوس", "opus", 0, 0}, {"op", "opus", 0, 0},
	{"opus", "opus", 0, 0}, {"opera", "opus", 0, 0},

	{"بند", "paragraph", 0, 0}, {"بندهای", "paragraph", 0, 0},
	{"پاراگراف", "paragraph", 1, 0}, {"para", "paragraph", 0, 0},
	{"paras", "paragraph", 0, 0}, {"paragraph", "paragraph", 0, 0},
	{"paragraphs", "paragraph", 0, 0}, {"¶", "paragraph", 0, 0},
	{"¶¶", "paragraph", 0, 0},

	{"بخش", "part", 0, 0}, {"بخش‌های", "part", 0, 0},
	{"pt", "part", 0, 0}, {"pts", "part", 0, 0},
	{"part", "part", 0, 0}, {"parts", "part", 0, 0},

	{"sec", "section", 0, 0}, {"secs", "section", 0, 0},
	{"section", "section", 0, 0}, {"sections", "section", 0, 0},
	{"§", "section", 0, 0}, {"§§", "section", 0, 0},

	{"ذیل", "sub-verbo", 0, 1}, {"s.v", "sub-verbo", 0, 1},
	{"s.vv", "sub-verbo", 0, 1}, {"sub verbo", "sub-verbo", 0, 1},

	{"جدول", "table", 0, 0}, {"جدول‌های", "table", 0, 0},
	{"table", "table", 0, 0}, {"tables", "table", 0, 0},

	{"بیت", "verse", 0, 0}, {"بیت‌های", "verse", 0, 0},
	{"آیه", "verse", 1, 0}, {"آیهٔ", "verse", 1, 0},
	{"آیات", "verse", 1, 0}, {"v", "verse", 0, 0},
	{"vv", "verse", 0, 0}, {"verse", "verse", 0, 0},
	{"verses", "verse", 0, 0},

	{"ج", "volume", 0, 0}, {"جلد", "volume", 0, 0},
	{"جلدهای", "volume", 0, 0}, {"vol", "volume", 0, 0},
	{"vols", "volume", 0, 0}, {"volume", "volume", 0, 0},
	{"volumes", "volume", 0, 0},
};

const struct doc_locator_word *
doc_locator_scan(const char *s, size_t n, size_t *len)
{
	const struct doc_locator_word *best = NULL;
	size_t i, k;

	*len = 0;
	for (i = 0; i < NELEM(words); i++) {
		k = strlen(words[i].word);
		if (k > *len && k <= n && memcmp(words[i].word, s, k) == 0) {
			*len = k;
			best = &words[i];
		}
	}
	return best;
}

const struct doc_locator_word *
doc_locator_lookup(const char *label)
{
	size_t n = strlen(label), i;

	while (n > 0 && label[n - 1] == '.')
		n--;
	for (i = 0; i < NELEM(words); i++)
		if (strlen(words[i].word) == n &&
		    memcmp(words[i].word, label, n) == 0)
			return &words[i];
	return NULL;
}
