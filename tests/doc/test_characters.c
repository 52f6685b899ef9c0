/*
 * What keyboards write and a compositor sets otherwise: each kind on and
 * off, what is left alone, places in the manuscript, and the way back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "doc/doc.h"

static struct doc d;
static struct diag dg;
static struct doc_node *para;

static void
open_doc(const char *lang)
{
	d = (struct doc){0};
	dg = (struct diag){0};
	doc_open(&d);
	doc_meta_add(&d, "lang", lang, NOPOS);
	para = doc_new(&d, DOC_PARA, (struct pos){ 1, 1, 1 });
	doc_append(d.root, para);
}

static void
close_doc(void)
{
	doc_free(&d);
	diag_free(&dg);
}

static struct doc_node *
add(struct doc_node *parent, const char *text, uint32_t col)
{
	struct doc_node *n = doc_text(&d, text, strlen(text),
	    (struct pos){ 1, col, 1 });

	doc_append(parent, n);
	return n;
}

static struct doc_node *
add_span(const char *lang, const char *text, uint32_t col)
{
	struct doc_node *n = doc_new(&d, DOC_SPAN, (struct pos){ 1, col, 1 });

	if (lang != NULL)
		doc_set_value(&d, n, "lang", lang);
	doc_append(para, n);
	add(n, text, col);
	return n;
}

static const char *
plain(void)
{
	static char out[512];
	struct buf b = {0};

	doc_plain(para, &b);
	snprintf(out, sizeof(out), "%.*s", (int)b.n, b.n > 0 ? b.p : "");
	buf_free(&b);
	return out;
}

/* A paragraph of one text, set as `w` asks. */
static const char *
set_in(const char *lang, const char *text, struct doc_characters w)
{
	static char out[512];
	struct doc_changes *c;

	open_doc(lang);
	add(para, text, 1);
	c = doc_characters(&d, &w, &dg);
	snprintf(out, sizeof(out), "%s", plain());
	doc_characters_undo(c);
	assert_string_equal(plain(), text);
	assert_ptr_equal(para->first, para->last);
	close_doc();
	return out;
}

/* One kind on makes `want` of it; all the others leave it as it is. */
static void
kind(const char *typed, const char *want, struct doc_characters w)
{
	struct doc_characters rest = { !w.letters, w.heh_hamza ==
		DOC_HEH_AS_TYPED ? DOC_HEH_COMPOSED : DOC_HEH_AS_TYPED,
		!w.digits, !w.separators, !w.quotes, !w.ellipsis };

	assert_string_equal(set_in("fa", typed, w), want);
	assert_string_equal(set_in("fa", want, w), want);
	if (strcmp(typed, want) != 0)
		assert_string_equal(set_in("fa", typed, rest), typed);
}

#define ONLY(field) (struct doc_characters){ .field = true }
#define HEH(how) (struct doc_characters){ .heh_hamza = DOC_HEH_##how }

static void
letters(void **state)
{
	(void)state;
	kind("كتاب علي و موسى", "کتاب علی و موسی", ONLY(letters));
	assert_string_equal(set_in("ar", "كتاب علي", ONLY(letters)),
	    "كتاب علي");
}

static void
heh(void **state)
{
	(void)state;
	kind("خانه\u0654 من", "خان\u06c0 من", HEH(COMPOSED));
	kind("خان\u06d5\u0654 من", "خان\u06c0 من", HEH(COMPOSED));
	assert_string_equal(set_in("fa", "خان\u06c0 من و راه", HEH(DECOMPOSED)),
	    "خانه\u0654 من و راه");
	assert_string_equal(set_in("fa", "خان\u06d5\u0654 من", HEH(DECOMPOSED)),
	    "خانه\u0654 من");
}

static void
digits(void **state)
{
	(void)state;
	kind("سال 1399 و ١٣٩٩ و ۱۳۹۹", "سال ۱۳۹۹ و ۱۳۹۹ و ۱۳۹۹", ONLY(digits));
	/* Latin keeps its own. */
	kind("در COVID-19 و H2O و 5km", "در COVID-19 و H2O و 5km",
	    ONLY(digits));
	kind("(Khalid 2015: 110) سال 5", "(Khalid 2015: 110) سال ۵",
	    ONLY(digits));
	kind("نشانی a@b.ir/5 و 6", "نشانی a@b.ir/5 و ۶", ONLY(digits));
	assert_string_equal(set_in("ar", "عام ۱۳۹۹ و 5", ONLY(digits)),
	    "عام ١٣٩٩ و ٥");
	assert_string_equal(set_in("en", "in ۱۳۹۹ and 5", ONLY(digits)),
	    "in 1399 and 5");
}

static void
separators(void **state)
{
	(void)state;
	kind("۳.۵ و ۱,۲۰۰ و ۱,۲۰۰,۰۰۰.۵ و ۵۰۰،۰۰۰",
	    "۳٫۵ و ۱٬۲۰۰ و ۱٬۲۰۰٬۰۰۰٫۵ و ۵۰۰٬۰۰۰", ONLY(separators));
	kind("۳.۲.۱ و ۱۳۹۹/۱/۵ و ۱,۲ و ۱۲:۳۰ و سال ۱۳۹۹. ۵",
	    "۳.۲.۱ و ۱۳۹۹/۱/۵ و ۱,۲ و ۱۲:۳۰ و سال ۱۳۹۹. ۵", ONLY(separators));
	/* ASCII digits are Latin unless they are set too. */
	kind("3.5", "3.5", ONLY(separators));
	assert_string_equal(set_in("fa", "3.5", (struct doc_characters){
	    .digits = true, .separators = true }), "۳٫۵");
	assert_string_equal(set_in("en", "3.5 and 1,200", ONLY(separators)),
	    "3.5 and 1,200");
}

static void
quotes(void **state)
{
	(void)state;
	kind("او \"سلام\" گفت.", "او «سلام» گفت.", ONLY(quotes));
	kind("\"یک\" (\"دو\")، \"سه\"", "«یک» («دو»)، «سه»", ONLY(quotes));
	kind("او گفت: \"شنیدم 'نه' گفت\".", "او گفت: «شنیدم ‹نه› گفت».",
	    ONLY(quotes));
	kind("«او \"نه\" گفت»", "«او ‹نه› گفت»", ONLY(quotes));
	/* Without a partner it may be anything; Latin has apostrophes. */
	kind("او \"سلام گفت.", "او \"سلام گفت.", ONLY(quotes));
	kind("صفحهٔ 5\" و 6\"", "صفحهٔ 5\" و 6\"", ONLY(quotes));
	kind("در 'Tis و don't و rock'n'roll", "در 'Tis و don't و rock'n'roll",
	    ONLY(quotes));
	assert_string_equal(set_in("en", "a \"b\"", ONLY(quotes)), "a \"b\"");
}

static void
ellipsis(void **state)
{
	(void)state;
	kind("سپس... و ...", "سپس… و …", ONLY(ellipsis));
	kind("فصل....... ۵", "فصل....... ۵", ONLY(ellipsis));
}

static const struct doc_characters all = { true, DOC_HEH_COMPOSED, true, true,
	true, true };

/* Code, another language, an address; and what stands beside them. */
static void
left_alone(void **state)
{
	struct doc_node *code, *link, *note;
	struct doc_changes *c;

	(void)state;
	open_doc("fa-IR");
	add(para, "\"", 1);
	add_span("ar", "كتاب ١...", 2);
	add_span("fa", "ي\"", 20);
	code = doc_new(&d, DOC_CODE_SPAN, NOPOS);
	code->text = "ي 1 \"a\" ...";
	code->len = strlen(code->text);
	doc_append(para, code);
	link = doc_new(&d, DOC_LINK, NOPOS);
	link->url = "https://a.ir/1";
	doc_append(para, link);
	add(link, "https://a.ir/1", 40);
	note = doc_new(&d, DOC_NOTE, NOPOS);
	doc_append(d.note_root, note);
	doc_set_value(&d, note, "lang", "ar");
	doc_append(note, doc_new(&d, DOC_PARA, NOPOS));
	add(note->first, "علي", 1);
	c = doc_characters(&d, &all, &dg);
	assert_string_equal(plain(),
	    "«كتاب ١...ی»ي 1 \"a\" ...https://a.ir/1");
	assert_memory_equal(note->first->first->text, "علي", strlen("علي"));
	doc_characters_undo(c);
	close_doc();
}

/* Where the count of characters changes, what follows has its own place. */
static void
places(void **state)
{
	struct doc_node *n, *span;
	struct doc_changes *c;

	(void)state;
	open_doc("fa");
	n = add(para, "خانه\u0654 ما... ي و 5", 10);
	n->end = (struct pos){ 1, 26, 1 };
	span = add_span(NULL, "...", 26);
	c = doc_characters(&d, &all, &dg);
	assert_string_equal(plain(), "خان\u06c0 ما… ی و ۵…");
	assert_int_equal(n->pos.col, 10);
	assert_int_equal(n->end.col, 15);
	n = n->next;
	assert_memory_equal(n->text, " ما…", n->len);
	assert_int_equal(n->pos.col, 15);
	assert_int_equal(n->end.col, 21);
	n = n->next;
	assert_memory_equal(n->text, " ی و ۵", n->len);
	assert_int_equal(n->pos.col, 21);
	assert_int_equal(n->end.col, 26);
	assert_ptr_equal(n->next, span);
	assert_ptr_equal(span->first, span->last);
	doc_characters_undo(c);
	assert_string_equal(plain(), "خانه\u0654 ما... ي و 5...");
	assert_ptr_equal(para->first->next, span);
	assert_int_equal(para->first->end.col, 26);
	close_doc();
}

/* One message a kind, with its count and the place of its first. */
static void
told(void **state)
{
	struct doc_changes *c;
	struct diag_msg *m;
	struct doc_node *other;

	(void)state;
	open_doc("fa");
	doc_meta_add(&d, "title", "كتاب", (struct pos){ 9, 1, 1 });
	add(para, "آن \"كتاب\" ", 1);
	other = doc_new(&d, DOC_PARA, (struct pos){ 3, 1, 1 });
	doc_append(d.root, other);
	add(other, "\"ي\"...", 5);
	c = doc_characters(&d, &all, &dg);
	assert_string_equal(doc_meta(&d, "title"), "کتاب");
	assert_int_equal(dg.ncount[DIAG_INFO], 3);
	for (m = dg.first; m != NULL; m = m->next) {
		if (strcmp(m->code, "TXT017") == 0) {
			assert_int_equal(m->pos.line, 9);
			assert_non_null(strstr(m->text, "(3)"));
		} else if (strcmp(m->code, "TXT021") == 0) {
			assert_int_equal(m->pos.line, 1);
			assert_int_equal(m->pos.col, 4);
			assert_non_null(strstr(m->text, "(4)"));
		} else {
			assert_string_equal(m->code, "TXT022");
			assert_int_equal(m->pos.col, 8);
		}
	}
	doc_characters_undo(c);
	assert_string_equal(doc_meta(&d, "title"), "كتاب");
	close_doc();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters),
		cmocka_unit_test(heh),
		cmocka_unit_test(digits),
		cmocka_unit_test(separators),
		cmocka_unit_test(quotes),
		cmocka_unit_test(ellipsis),
		cmocka_unit_test(left_alone),
		cmocka_unit_test(places),
		cmocka_unit_test(told),
	};

	return cmocka_run_group_tests_name("doc/characters", tests, NULL,
	    NULL);
}
