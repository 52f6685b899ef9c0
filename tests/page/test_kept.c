/*
 * A book that is laid out while it is written: pages and messages are those
 * of a layout from nothing, and most edits of a word take the short way.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "page/page.h"
#include "read/read.h"

enum { EDITS = 120 };

static const char *const styles[] = {"styles"}, *const fonts[] = {"fonts"};

/* What stands beside words: marks, a link, a note, emphasis, a list. */
static const char more[] =
    "\n\n# پیوست {#more}\n\n"
    "متن [پیوندی](#more) دارد و **چند واژهٔ پررنگ** که سطری را پر می‌کند، و\n"
    "باز هم *کج* جمله‌ای دیگر تا سطر دوم[^n] و سوم نیز پر شود و بند درازتر\n"
    "گردد؛ [نمایه]{.index} و [نام]{#name} هم در آن است و پایان می‌گیرد.\n\n"
    "[^n]: یادداشتی در پای صفحه که خود چند واژه دارد.\n\n"
    "- یکم از فهرست که چند واژه دارد و تا سطر دوم می‌رود چون دراز است و باز\n"
    "  هم درازتر می‌شود\n- دوم\n\n"
    "> نقلی از کسی که چیزی گفته است و آن را این‌جا آورده‌اند تا خوانده شود.\n\n"
    "::: {.nonesuch}\nبندی در حصاری که سبک نمی‌شناسد.\n:::\n\n"
    "بندی با واژه‌ای کوتاه.\n";

/* A chapter of all that makes boxes otherwise than lines do; «نشان» is where
 * it is edited. */
static const char chapter[] =
    "# بخش\n\n"
    "بند یکم نشان با یادداشتی[^a%1$d] و جدول [@tbl-a%1$d] پس از آن می‌آید و سه "
    "سطر دارد تا صفحه پر شود و باز هم پر شود، چنان که جدول به صفحهٔ دیگری "
    "برود و نه به این صفحه.\n\n"
    "| الف | ب |\n|---|---|\n| یک[^b%1$d] | دو |\n| سه | ۱٫۵ |\n\n"
    ": در سر صفحه {#tbl-a%1$d place=top}\n\n"
    "::: {.pair columns=2}\nبند ستون نشان که در آن چند واژه هست و به سطر دوم و "
    "سوم هم می‌رسد، چون ستون باریک است.\n\nبند دوم ستون نشان.\n:::\n\n"
    "::: verse\nتوانا بود هر که دانا بود | ز دانش دل پیر برنا بود\n:::\n\n"
    "| پ | ت |\n|---|---|\n| پنج | شش واژه در خانه‌ای از جدول |\n\n"
    ": این‌جا\n\n"
    "- نشان در فهرست، که آن هم دراز است و به سطر دوم خود می‌رسد و می‌گذرد\n"
    "- دیگر\n\n"
    "> نقلی نشان که در آن سخن کسی آمده است.\n\n"
    "[^a%1$d]: یادداشت یکم که خود نیز چند واژه دارد و سطری را پر می‌کند.\n\n"
    "[^b%1$d]: یادداشت جدول.\n\n";

static char *text;
static size_t ntext;
static struct font_set *faces;
static struct style *style;

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static int
begin(void **state)
{
	struct diag dg = {0};
	struct buf b = {0};
	FILE *f = fopen("manuscript/basmachi.md", "rb");

	(void)state;
	assert_non_null(f);
	buf_reserve(&b, 200000);
	b.n = fread(b.p, 1, 200000, f);
	fclose(f);
	buf_str(&b, more);
	text = b.p;
	ntext = b.n;
	faces = font_set_open(&dg, fonts, 1, false);
	style = style_load(&dg, "booklet", NULL, styles, 1, NOPOS);
	diag_free(&dg);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	style_free(style);
	font_set_close(faces);
	free(text);
	return 0;
}

static void
read_doc(struct doc *d)
{
	struct diag dg = {0};

	*d = (struct doc){0};
	doc_open(d);
	doc_meta_add(d, "lang", "fa", NOPOS);
	read_markdown(d, &dg, "a.md", text, ntext);
	doc_finish(d, &dg);
	diag_free(&dg);
}

/* Pages, then all that was said of them. */
static char *
told(const struct page_book *b, const struct diag *dg)
{
	struct buf out = {0};

	page_dump(b, &out);
	for (const struct diag_msg *m = dg->first; m != NULL; m = m->next)
		buf_printf(&out, "%u:%u p%d %s %s\n", m->pos.line, m->pos.col,
		    m->page, m->code, m->text);
	buf_char(&out, '\0');
	return out.p;
}

static struct page_job
job_of(const struct doc *d, struct diag *dg)
{
	diag_file(dg, "a.md");
	return (struct page_job){.doc = d, .style = style, .fonts = faces,
	    .dg = dg, .image_dir = ".", .threads = 1};
}

/* Is it in a paragraph, and nothing but a word? */
static bool
is_word(size_t at, size_t to)
{
	size_t line = at;

	while (line > 0 && text[line - 1] != '\n')
		line--;
	if ((unsigned char)text[line] < 0x80 && text[line] != '[')
		return false;
	for (; at < to; at++)
		if ((unsigned char)text[at] < 0x80 && text[at] != '.')
			return false;
	return true;
}

/* Put a word, or none, in place of one: mostly of a paragraph. */
static void
edit(uint32_t *seed, bool anywhere)
{
	static const char *const words[] = {"و", "واژه", "بسیار", "",
	    "کوتاه", "درازترین‌واژهٔ‌این‌کتاب", "Latin", "۱۹۲۰",
	    "چند واژهٔ دیگر که سطر را پر می‌کند و شاید سطری دیگر می‌سازد و",
	    "و باز سخنی دراز از همان دست که بود، تا آن که دو سطر از آن پر "
	    "شود و صفحه‌ها دیگر شوند، اگر جایی برای آن نمانده باشد"};
	const char *word = words[next_random(seed) % NELEM(words)];
	size_t at, to;
	struct buf b = {0};

	do {
		at = next_random(seed) % (ntext - 400);
		while (at < ntext && text[at] != ' ')
			at++;
		at = MIN(at + 1, ntext - 1);
		for (to = at; to < ntext && text[to] != ' ' &&
		    text[to] != '\n'; to++)
			;
	} while (!anywhere && !is_word(at, to));
	buf_add(&b, text, at);
	buf_str(&b, word);
	buf_add(&b, text + to, ntext - to);
	free(text);
	text = b.p;
	ntext = b.n;
}

/* The dump of the kept book, which must be that of one from nothing. */
static enum page_kept_how
lay_out(struct page_kept *k, const struct doc *d)
{
	struct diag dg = {0}, fresh = {0};
	struct page_job job = job_of(d, &dg), alone = job_of(d, &fresh);
	enum page_kept_how how;
	char *a = told(page_layout_kept(k, &job, &how), &dg), *z;
	struct page_book *b = page_layout(&alone);

	z = told(b, &fresh);
	assert_string_equal(a, z);
	free(a);
	free(z);
	page_free(b);
	diag_free(&dg);
	diag_free(&fresh);
	return how;
}

static void
edits_give_the_pages_of_a_layout_from_nothing(void **state)
{
	struct page_kept *k = page_kept_open();
	struct doc docs[EDITS + 2];
	uint32_t seed = 1916, short_ways = 0;

	(void)state;
	read_doc(&docs[0]);
	assert_int_equal(lay_out(k, &docs[0]), KEPT_NEW);
	read_doc(&docs[1]);
	assert_int_equal(lay_out(k, &docs[1]), KEPT_SAME);
	for (size_t i = 2; i < EDITS + 2; i++) {
		edit(&seed, i % 4 == 0);
		read_doc(&docs[i]);
		short_ways += lay_out(k, &docs[i]) == KEPT_CHANGED;
	}
	print_message("%u of %d edits took the short way\n", short_ways,
	    EDITS);
	assert_true(short_ways > EDITS / 3);
	page_kept_close(k);
	for (size_t i = 0; i < EDITS + 2; i++)
		doc_free(&docs[i]);
}

static void
pages_without_the_word_keep_their_stamps(void **state)
{
	struct page_kept *k = page_kept_open();
	struct diag dg = {0};
	struct doc a, b;
	struct page_job job = job_of(&a, &dg);
	enum page_kept_how how;
	struct page_book *book;
	uint64_t made[200], whole;
	size_t changed = 0;
	char *at;

	(void)state;
	read_doc(&a);
	book = page_layout_kept(k, &job, &how);
	assert_true(book->npages < NELEM(made));
	whole = book->made;
	for (size_t i = 0; i < book->npages; i++)
		made[i] = book->pages[i].made;
	at = strstr(text, "بندی با واژه‌ای");
	assert_non_null(at);
	memcpy(at, "متنی", strlen("متنی"));
	read_doc(&b);
	job.doc = &b;
	assert_ptr_equal(page_layout_kept(k, &job, &how), book);
	assert_int_equal(how, KEPT_CHANGED);
	assert_true(book->made == whole);
	for (size_t i = 0; i < book->npages; i++)
		changed += book->pages[i].made != made[i];
	assert_int_equal(changed, 1);
	page_kept_close(k);
	doc_free(&a);
	doc_free(&b);
	diag_free(&dg);
}

static void
set_chapters(const char *chapters)
{
	free(text);
	text = strdup(chapters);
	ntext = strlen(text);
}

/* Each «نشان» in turn grows by two lines, then is a word again. */
static void
pages_are_found_again(void **state)
{
	static const char mark[] = "نشان", phrase[] =
	    "نشان و سخنی دراز که چند سطر دیگر می‌سازد، از آن دست که پیش از این "
	    "هم بود، تا آن که صفحه جایی برای آن نداشته باشد و چیزی از آن به "
	    "صفحهٔ دیگر برود";
	struct page_kept *k = page_kept_open();
	struct doc docs[2 * 40 + 1];
	struct buf plain = {0}, grown = {0};
	size_t n = 0, i = 0, found = 0;

	(void)state;
	for (int c = 0; c < 8; c++)
		buf_printf(&plain, chapter, c);
	set_chapters(plain.p);
	read_doc(&docs[n]);
	assert_int_equal(lay_out(k, &docs[n++]), KEPT_NEW);
	for (const char *at = plain.p; (at = strstr(at, mark)) != NULL;
	    at += sizeof(mark) - 1, i++) {
		if (i % 2 == 1)
			continue;
		grown.n = 0;
		buf_add(&grown, plain.p, (size_t)(at - plain.p));
		buf_str(&grown, phrase);
		buf_str(&grown, at + sizeof(mark) - 1);
		set_chapters(grown.p);
		read_doc(&docs[n]);
		found += lay_out(k, &docs[n++]) == KEPT_CHANGED;
		set_chapters(plain.p);
		read_doc(&docs[n]);
		found += lay_out(k, &docs[n++]) == KEPT_CHANGED;
		assert_true(n + 2 < NELEM(docs));
	}
	print_message("pages of %zu of %zu edits were found again\n", found,
	    n - 1);
	assert_true(found > (n - 1) / 2);
	page_kept_close(k);
	for (i = 0; i < n; i++)
		doc_free(&docs[i]);
	buf_free(&plain);
	buf_free(&grown);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    edits_give_the_pages_of_a_layout_from_nothing),
		cmocka_unit_test(pages_without_the_word_keep_their_stamps),
		cmocka_unit_test(pages_are_found_again),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
