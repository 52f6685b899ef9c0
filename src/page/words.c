/*
 * The book's own words in each language: one table. A style's `words:`
 * section may change any of them.
 */
#include <string.h>

#include "page/layout.h"

static const struct {
	const char *name, *fa, *ar, *en;
} words[] = {
	{"contents", "فهرست", "المحتويات", "Contents"},
	{"tables", "فهرست جدول‌ها", "قائمة الجداول", "Tables"},
	{"figures", "فهرست شکل‌ها", "قائمة الأشكال", "Figures"},
	{"table", "جدول", "جدول", "Table"},
	{"figure", "شکل", "شكل", "Figure"},
	{"page", "صفحه", "صفحة", "page"},
	{"section", "بخش", "قسم", "section"},
	{"timeline", "خط زمان", "الخط الزمني", "Timeline"},
	{"notes", "یادداشت‌ها", "الحواشي", "Notes"},
	{"glossary", "واژه‌نامه", "المصطلحات", "Glossary"},
	{"index", "نمایه", "الفهرس", "Index"},
	{"continued", "ادامه", "تابع", "continued"},
	{"isbn", "شابک", "ردمك", "ISBN"},
	{"translator", "ترجمه", "ترجمة", "Translated by"},
	{"name", "نام", "الاسم", "Name"},
	{"class", "کلاس", "الصف", "Class"},
	{"date", "تاریخ", "التاريخ", "Date"},
	{"questions", "پرسش‌ها", "الأسئلة", "Questions"},
	{"sources", "منابع", "المراجع", "Sources"},
	{"terms", "واژه‌های کلیدی", "المصطلحات", "Key terms"},
	{"of", "از", "من", "of"},
	{"true", "درست", "صح", "True"},
	{"false", "نادرست", "خطأ", "False"},
	{"comma", "، ", "، ", ", "},
	{"colon", ": ", ": ", ": "},
};

const char *
layout_word(const struct layout *l, const char *name)
{
	char key[64];
	const char *own;

	snprintf(key, sizeof(key), "words.%s", name);
	own = style_setting(l->st, key, NULL);
	if (own != NULL)
		return own;
	for (size_t i = 0; i < NELEM(words); i++)
		if (strcmp(words[i].name, name) == 0)
			return strncmp(l->lang, "ar", 2) == 0 ? words[i].ar :
			    lang_is_rtl(l->lang) ? words[i].fa : words[i].en;
	return name;
}

char *
layout_number(const struct layout *l, long n)
{
	struct buf b = {0};
	char *s;

	uni_number(&b, l->lang, n);
	s = arena_strn(l->a, b.p, b.n);
	buf_free(&b);
	return s;
}
