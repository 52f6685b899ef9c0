/*
 * The book's own words: one table a language. A style's `words:` section may
 * change any of them.
 *
 * A language of a country ("fa-AF") states what it says otherwise; the rest
 * is its mother's. A language without a table has English words, which
 * style_knows() tells of.
 */
#include <string.h>

#include "style/style.h"

enum word {
	CONTENTS, TABLES, FIGURES, TABLE, FIGURE, PAGE, SECTION, TIMELINE,
	NOTES, NOTE, GLOSSARY, INDEX, CONTINUED, TRANSLATOR, NAME, CLASS,
	DATE, COURSE, TEACHER, PARAGRAPH, LIST, HEADING, SENTENCE, OWN_NOTES,
	QUESTIONS, SOURCES, TERMS, OF, TRUE_, FALSE_, ANSWER, PUT_RIGHT, BLANK,
	GAP, BACK, ROOM, LINES, COMMA, COLON,
	/* What the imprint calls its rows, in their order. */
	I_TITLE, I_AUTHOR, I_TRANSLATOR, I_EDITOR, I_PUBLISHER, I_PLACE,
	I_YEAR, I_EDITION, I_COPIES, I_ISBN, I_PRICE,
	NWORDS
};

/* By these names they are asked for, and stand in `words:`; a row of the
 * imprint is called after its key of the metadata. */
#define IMPRINT "imprint-"
static const char *const names[NWORDS] = {
	[CONTENTS] = "contents", [TABLES] = "tables", [FIGURES] = "figures",
	[TABLE] = "table", [FIGURE] = "figure", [PAGE] = "page",
	[SECTION] = "section", [TIMELINE] = "timeline", [NOTES] = "notes",
	[NOTE] = "note", [GLOSSARY] = "glossary", [INDEX] = "index", [CONTINUED] = "continued",
	[TRANSLATOR] = "translator", [NAME] = "name", [CLASS] = "class",
	[DATE] = "date", [COURSE] = "course", [TEACHER] = "teacher",
	[PARAGRAPH] = "paragraph", [LIST] = "list", [HEADING] = "heading",
	[SENTENCE] = "sentence", [OWN_NOTES] = "own-notes",
	[QUESTIONS] = "questions", [SOURCES] = "sources",
	[TERMS] = "terms", [OF] = "of", [TRUE_] = "true", [FALSE_] = "false",
	[ANSWER] = "answer", [PUT_RIGHT] = "put-right", [BLANK] = "blank", [GAP] = "gap", [BACK] = "back",
	[ROOM] = "room", [LINES] = "lines",
	[COMMA] = "comma", [COLON] = "colon",
	[I_TITLE] = IMPRINT "title", [I_AUTHOR] = IMPRINT "author",
	[I_TRANSLATOR] = IMPRINT "translator", [I_EDITOR] = IMPRINT "editor",
	[I_PUBLISHER] = IMPRINT "publisher", [I_PLACE] = IMPRINT "place",
	[I_YEAR] = IMPRINT "year", [I_EDITION] = IMPRINT "edition",
	[I_COPIES] = IMPRINT "copies", [I_ISBN] = IMPRINT "isbn",
	[I_PRICE] = IMPRINT "price",
};

static const struct language {
	const char *tag;
	const char *words[NWORDS];
} languages[] = {
	{"fa", {
		[CONTENTS] = "فهرست", [TABLES] = "فهرست جدول‌ها",
		[FIGURES] = "فهرست شکل‌ها", [TABLE] = "جدول",
		[FIGURE] = "شکل", [PAGE] = "صفحه", [SECTION] = "بخش",
		[TIMELINE] = "خط زمان", [NOTES] = "یادداشت‌ها",
		[NOTE] = "یادداشت",
		[GLOSSARY] = "واژه‌نامه", [INDEX] = "نمایه",
		[CONTINUED] = "ادامه", [TRANSLATOR] = "ترجمه",
		[NAME] = "نام", [CLASS] = "کلاس", [DATE] = "تاریخ",
		[QUESTIONS] = "پرسش‌ها", [SOURCES] = "منابع",
		[TERMS] = "واژه‌های کلیدی", [OF] = "از", [TRUE_] = "درست",
		[FALSE_] = "نادرست", [ANSWER] = "پاسخ",
		[BLANK] = "جای خالی", [GAP] = "فاصله",
		[BACK] = "بازگشت به متن",
		[ROOM] = "جای نوشتن", [LINES] = "سطر", [COMMA] = "، ",
		[COLON] = ": ",
		[COURSE] = "درس", [TEACHER] = "نسخهٔ آموزگار",
		[PARAGRAPH] = "بند", [LIST] = "فهرست",
		[HEADING] = "عنوان", [SENTENCE] = "جملهٔ من:",
		[OWN_NOTES] = "یادداشت‌های من",
		[PUT_RIGHT] = "شکل درست، اگر نادرست است:",
		[I_TITLE] = "عنوان", [I_AUTHOR] = "نویسنده",
		[I_TRANSLATOR] = "مترجم", [I_EDITOR] = "ویراستار",
		[I_PUBLISHER] = "ناشر", [I_PLACE] = "محل نشر",
		[I_YEAR] = "سال نشر", [I_EDITION] = "نوبت چاپ",
		[I_COPIES] = "شمارگان", [I_ISBN] = "شابک",
		[I_PRICE] = "بها",
	}},
	/* Dari: what schools and publishers of Afghanistan say. */
	{"fa-AF", {
		[CLASS] = "صنف", [COURSE] = "مضمون",
		[TEACHER] = "نسخهٔ معلم", [QUESTIONS] = "سؤال‌ها",
		[SOURCES] = "مآخذ", [I_PLACE] = "محل چاپ",
		[I_YEAR] = "سال چاپ", [I_COPIES] = "تیراژ",
		[I_ISBN] = "ISBN", [I_PRICE] = "قیمت",
	}},
	{"ar", {
		[CONTENTS] = "المحتويات", [TABLES] = "قائمة الجداول",
		[FIGURES] = "قائمة الأشكال", [TABLE] = "جدول",
		[FIGURE] = "شكل", [PAGE] = "صفحة", [SECTION] = "قسم",
		[TIMELINE] = "الخط الزمني", [NOTES] = "الحواشي",
		[NOTE] = "حاشية",
		[GLOSSARY] = "المصطلحات", [INDEX] = "الفهرس",
		[CONTINUED] = "تابع", [TRANSLATOR] = "ترجمة",
		[NAME] = "الاسم", [CLASS] = "الصف", [DATE] = "التاريخ",
		[QUESTIONS] = "الأسئلة", [SOURCES] = "المراجع",
		[TERMS] = "المصطلحات", [OF] = "من", [TRUE_] = "صح",
		[FALSE_] = "خطأ", [ANSWER] = "الجواب", [BLANK] = "فراغ",
		[GAP] = "فجوة", [BACK] = "العودة إلى النص",
		[ROOM] = "مكان للكتابة",
		[LINES] = "أسطر", [COMMA] = "، ", [COLON] = ": ",
		[COURSE] = "المادة", [TEACHER] = "نسخة المعلم",
		[PARAGRAPH] = "الفقرة", [LIST] = "القائمة",
		[HEADING] = "العنوان", [SENTENCE] = "جملتي:",
		[OWN_NOTES] = "ملاحظاتي",
		[PUT_RIGHT] = "الصواب إن كان خطأ:",
		[I_TITLE] = "العنوان", [I_AUTHOR] = "المؤلف",
		[I_TRANSLATOR] = "المترجم", [I_EDITOR] = "المحرر",
		[I_PUBLISHER] = "الناشر", [I_PLACE] = "مكان النشر",
		[I_YEAR] = "سنة النشر", [I_EDITION] = "الطبعة",
		[I_COPIES] = "عدد النسخ", [I_ISBN] = "ردمك",
		[I_PRICE] = "السعر",
	}},
	{"ur", {
		[CONTENTS] = "فہرست", [TABLES] = "جدولوں کی فہرست",
		[FIGURES] = "شکلوں کی فہرست", [TABLE] = "جدول",
		[FIGURE] = "شکل", [PAGE] = "صفحہ", [SECTION] = "حصہ",
		[TIMELINE] = "خطِ زمانی", [NOTES] = "حواشی",
		[NOTE] = "حاشیہ",
		[GLOSSARY] = "فرہنگ", [INDEX] = "اشاریہ",
		[CONTINUED] = "جاری", [TRANSLATOR] = "ترجمہ",
		[NAME] = "نام", [CLASS] = "جماعت", [DATE] = "تاریخ",
		[QUESTIONS] = "سوالات", [SOURCES] = "مآخذ",
		[TERMS] = "کلیدی الفاظ", [OF] = "از", [TRUE_] = "درست",
		[FALSE_] = "غلط", [ANSWER] = "جواب", [BLANK] = "خالی جگہ",
		[GAP] = "وقفہ", [BACK] = "متن پر واپس",
		[ROOM] = "لکھنے کی جگہ", [LINES] = "سطریں", [COMMA] = "، ",
		[COLON] = ": ",
		[COURSE] = "مضمون", [TEACHER] = "استاد کا نسخہ",
		[PARAGRAPH] = "پیراگراف", [LIST] = "فہرست",
		[HEADING] = "عنوان", [SENTENCE] = "میرا جملہ:",
		[OWN_NOTES] = "میرے نوٹس",
		[PUT_RIGHT] = "اگر غلط ہے تو درست صورت:",
		[I_TITLE] = "عنوان", [I_AUTHOR] = "مصنف",
		[I_TRANSLATOR] = "مترجم", [I_EDITOR] = "مرتب",
		[I_PUBLISHER] = "ناشر", [I_PLACE] = "مقامِ اشاعت",
		[I_YEAR] = "سالِ اشاعت", [I_EDITION] = "اشاعت",
		[I_COPIES] = "تعداد", [I_ISBN] = "ISBN",
		[I_PRICE] = "قیمت",
	}},
	{"he", {
		[CONTENTS] = "תוכן העניינים", [TABLES] = "רשימת טבלאות",
		[FIGURES] = "רשימת איורים", [TABLE] = "טבלה",
		[FIGURE] = "איור", [PAGE] = "עמוד", [SECTION] = "סעיף",
		[TIMELINE] = "ציר זמן", [NOTES] = "הערות",
		[NOTE] = "הערה",
		[GLOSSARY] = "מילון מונחים", [INDEX] = "מפתח",
		[CONTINUED] = "המשך", [TRANSLATOR] = "תרגום",
		[NAME] = "שם", [CLASS] = "כיתה", [DATE] = "תאריך",
		[QUESTIONS] = "שאלות", [SOURCES] = "מקורות",
		[TERMS] = "מונחי מפתח", [OF] = "מתוך", [TRUE_] = "נכון",
		[FALSE_] = "לא נכון", [ANSWER] = "תשובה",
		[BLANK] = "מקום ריק", [GAP] = "פער",
		[BACK] = "חזרה לטקסט",
		[ROOM] = "מקום לכתיבה", [LINES] = "שורות", [COMMA] = ", ",
		[COLON] = ": ",
		[COURSE] = "מקצוע", [TEACHER] = "עותק למורה",
		[PARAGRAPH] = "פסקה", [LIST] = "רשימה",
		[HEADING] = "כותרת", [SENTENCE] = "המשפט שלי:",
		[OWN_NOTES] = "ההערות שלי",
		[PUT_RIGHT] = "התיקון, אם לא נכון:",
		[I_TITLE] = "כותר", [I_AUTHOR] = "מחבר",
		[I_TRANSLATOR] = "מתרגם", [I_EDITOR] = "עורך",
		[I_PUBLISHER] = "מוציא לאור", [I_PLACE] = "מקום ההוצאה",
		[I_YEAR] = "שנת ההוצאה", [I_EDITION] = "מהדורה",
		[I_COPIES] = "מספר עותקים", [I_ISBN] = "מסת״ב",
		[I_PRICE] = "מחיר",
	}},
	{"en", {
		[CONTENTS] = "Contents", [TABLES] = "Tables",
		[FIGURES] = "Figures", [TABLE] = "Table",
		[FIGURE] = "Figure", [PAGE] = "page", [SECTION] = "section",
		[TIMELINE] = "Timeline", [NOTES] = "Notes",
		[NOTE] = "Note",
		[GLOSSARY] = "Glossary", [INDEX] = "Index",
		[CONTINUED] = "continued", [TRANSLATOR] = "Translated by",
		[NAME] = "Name", [CLASS] = "Class", [DATE] = "Date",
		[QUESTIONS] = "Questions", [SOURCES] = "Sources",
		[TERMS] = "Key terms", [OF] = "of", [TRUE_] = "True",
		[FALSE_] = "False", [ANSWER] = "Answer", [BLANK] = "blank",
		[GAP] = "Gap", [BACK] = "Back to the text",
		[ROOM] = "Room to write",
		[LINES] = "lines", [COMMA] = ", ", [COLON] = ": ",
		[COURSE] = "Course", [TEACHER] = "Teacher’s copy",
		[PARAGRAPH] = "paragraph", [LIST] = "list",
		[HEADING] = "heading", [SENTENCE] = "My sentence:",
		[OWN_NOTES] = "My notes",
		[PUT_RIGHT] = "Put right, if false:",
		[I_TITLE] = "Title", [I_AUTHOR] = "Author",
		[I_TRANSLATOR] = "Translator", [I_EDITOR] = "Editor",
		[I_PUBLISHER] = "Publisher", [I_PLACE] = "Place",
		[I_YEAR] = "Year", [I_EDITION] = "Edition",
		[I_COPIES] = "Copies", [I_ISBN] = "ISBN",
		[I_PRICE] = "Price",
	}},
};

static const struct language *
table_of(const char *tag, size_t n)
{
	for (size_t i = 0; i < NELEM(languages); i++)
		if (strlen(languages[i].tag) == n &&
		    memcmp(languages[i].tag, tag, n) == 0)
			return &languages[i];
	return NULL;
}

/* What others call Dari. */
static const char *
known_as(const char *lang)
{
	return strcmp(lang, "prs") == 0 ? "fa-AF" : lang;
}

static const char *
word_in(const char *lang, enum word w)
{
	const struct language *own, *mother;

	lang = known_as(lang);
	own = table_of(lang, strlen(lang));
	if (own != NULL && own->words[w] != NULL)
		return own->words[w];
	mother = table_of(lang, strcspn(lang, "-_"));
	if (mother == NULL)
		mother = table_of("en", 2);
	return mother->words[w];
}

bool
style_knows(const char *lang)
{
	lang = known_as(lang);
	return table_of(lang, strcspn(lang, "-_")) != NULL;
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
	for (int w = 0; w < NWORDS; w++)
		if (strcmp(names[w], name) == 0)
			return word_in(lang, (enum word)w);
	return name;
}

const char *
style_imprint(const struct style *st, size_t i, const char *lang,
    const char **key)
{
	if (i >= NWORDS - I_TITLE)
		return NULL;
	*key = names[I_TITLE + i] + strlen(IMPRINT);
	return style_word(st, lang, names[I_TITLE + i]);
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
