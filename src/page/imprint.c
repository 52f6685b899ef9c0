/*
 * The imprint page (شناسنامه): what a library and a bookshop need to know,
 * from the metadata. The catalogue card is printed as it was given.
 */
#include <string.h>

#include "page/layout.h"

static const struct { const char *key, *fa, *ar, *en; } rows[] = {
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

void
imprint_gather(struct layout *l, struct ctx *c)
{
	const struct style_look *look = style_look(l->st, "imprint");
	const char *card = doc_meta(l->doc, "catalogue");

	for (size_t i = 0; i < NELEM(rows); i++) {
		const char *v = doc_meta(l->doc, rows[i].key);
		const char *word = strncmp(l->lang, "ar", 2) == 0 ? rows[i].ar :
		    lang_is_rtl(l->lang) ? rows[i].fa : rows[i].en;
		struct buf b = {0};

		if (v == NULL)
			continue;
		if (strcmp(rows[i].key, "isbn") == 0)
			buf_str(&b, v);
		else
			uni_digits(&b, l->lang, v, strlen(v));
		c->first = true;
		gather_para(l, c, NULL, arena_printf(l->a, "%s%s%.*s", word,
		    layout_word(l, "colon"), (int)b.n, b.p), look, ROLE_P);
		buf_free(&b);
	}
	if (card != NULL) {
		flow_gap(l, look->leading);
		c->first = true;
		gather_para(l, c, NULL, card, look, ROLE_P);
	}
}
