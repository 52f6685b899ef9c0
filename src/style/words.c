/*
 * The book's own words in each language: one table. A style's `words:`
 * section may change any of them.
 */
#include <string.h>

#include "style/style.h"

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
	{"course", "درس", "المادة", "Course"},
	{"teacher", "نسخهٔ آموزگار", "نسخة المعلم", "Teacher’s copy"},
	{"paragraph", "بند", "الفقرة", "paragraph"},
	{"list", "فهرست", "القائمة", "list"},
	{"heading", "عنوان", "العنوان", "heading"},
	{"sentence", "جملهٔ من:", "جملتي:", "My sentence:"},
	{"own-notes", "یادداشت‌های من", "ملاحظاتي", "My notes"},
	{"questions", "پرسش‌ها", "الأسئلة", "Questions"},
	{"sources", "منابع", "المراجع", "Sources"},
	{"terms", "واژه‌های کلیدی", "المصطلحات", "Key terms"},
	{"of", "از", "من", "of"},
	{"true", "درست", "صح", "True"},
	{"false", "نادرست", "خطأ", "False"},
	{"answer", "پاسخ", "الجواب", "Answer"},
	{"put-right", "شکل درست، اگر نادرست است:", "الصواب إن كان خطأ:",
	    "Put right, if false:"},
	{"blank", "جای خالی", "فراغ", "blank"},
	{"gap", "فاصله", "فجوة", "Gap"},
	{"back", "بازگشت به متن", "العودة إلى النص", "Back to the text"},
	{"room", "جای نوشتن", "مكان للكتابة", "Room to write"},
	{"lines", "سطر", "أسطر", "lines"},
	{"comma", "، ", "، ", ", "},
	{"colon", ": ", ": ", ": "},
};

/* What the imprint calls the metadata of these keys. */
static const struct { const char *key, *fa, *ar, *en; } imprint[] = {
	{"title", "عنوان", "العنوان", "Title"},
	{"author", "نویسنده", "المؤلف", "Author"},
	{"translator", "مترجم", "المترجم", "Translator"},
	{"editor", "ویراستار", "المحرر", "Editor"},
	{"publisher", "ناشر", "الناشر", "Publisher"},
	{"place", "محل نشر", "مكان النشر", "Place"},
	{"year", "سال نشر", "سنة النشر", "Year"},
	{"edition", "نوبت چاپ", "الطبعة", "Edition"},
	{"copies", "شمارگان", "عدد النسخ", "Copies"},
	{"isbn", "شابک", "ردمك", "ISBN"},
	{"price", "بها", "السعر", "Price"},
};

static const char *
in_language(const char *lang, const char *fa, const char *ar, const char *en)
{
	return strncmp(lang, "ar", 2) == 0 ? ar : lang_is_rtl(lang) ? fa : en;
}

const char *
style_word(const struct style *st, const char *lang, const char *name)
{
	char key[64];
	const char *own;

	snprintf(key, sizeof(key), "words.%s", name);
	own = style_setting(st, key, NULL);
	if (own != NULL)
		return own;
	for (size_t i = 0; i < NELEM(words); i++)
		if (strcmp(words[i].name, name) == 0)
			return in_language(lang, words[i].fa, words[i].ar,
			    words[i].en);
	return name;
}

const char *
style_imprint(size_t i, const char *lang, const char **key)
{
	if (i >= NELEM(imprint))
		return NULL;
	*key = imprint[i].key;
	return in_language(lang, imprint[i].fa, imprint[i].ar, imprint[i].en);
}

char *
style_digits(struct arena *a, const char *lang, long n)
{
	struct buf b = {0};
	char *s;

	uni_number(&b, lang, n);
	s = arena_strn(a, b.p, b.n);
	buf_free(&b);
	return s;
}
