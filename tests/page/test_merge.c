/*
 * Mail merge: a reader's pages are those that a run of their own lays out,
 * and parts of one key are the same wherever they stand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "page/page.h"
#include "read/read.h"

static const char *const styles[] = {"styles"}, *const fonts[] = {"fonts"};

static const char manuscript[] =
    "# درس نخست {#one .lesson}\n\n"
    "متن درس [پیوندی](#q) دارد و چند جمله که سطری را پر می‌کند، و باز هم\n"
    "جمله‌ای دیگر تا سطر دوم[^n] و سوم نیز پر شود و بند درازتر گردد.\n\n"
    "[^n]: یادداشتی در پای صفحه.\n\n"
    "::::: {.questions #q}\n\n"
    ":::: {.question .short lines=9}\nیکم؟\n\n::: {.answer}\nآری.\n:::\n::::\n\n"
    ":::: {.question .fill}\nدو [سه]{.blank} چهار.\n::::\n\n"
    ":::: {.question .short lines=12}\nسوم، که دو سطر\nمی‌خواهد؟\n\n"
    "::: {.answer}\nنه.\n:::\n::::\n\n"
    ":::: {.question .order}\nبه ترتیب.\n\n1. آ\n2. ب\n3. پ\n4. ت\n::::\n\n"
    ":::: {.question .true-false answer=false}\nچنین است.\n\n"
    "::: {.answer}\nچنان است.\n:::\n::::\n\n:::::\n";

static struct doc doc;
static struct diag dg;
static struct font_set *faces;
static struct style *style;
static struct page_job job;

static int
begin(void **state)
{
	(void)state;
	doc_open(&doc);
	doc_meta_add(&doc, "lang", "fa", NOPOS);
	doc_meta_add(&doc, "title", "کتاب", NOPOS);
	read_markdown(&doc, &dg, "a.md", manuscript, strlen(manuscript));
	doc_finish(&doc, &dg);
	faces = font_set_open(&dg, fonts, 1, false);
	style = style_load(&dg, "handout", NULL, styles, 1, NOPOS);
	style_know_class(style, "lesson");
	job = (struct page_job){.doc = &doc, .style = style, .fonts = faces,
	    .dg = &dg, .image_dir = ".", .section = doc.root->first};
	return 0;
}

static int
end(void **state)
{
	(void)state;
	style_free(style);
	font_set_close(faces);
	doc_free(&doc);
	diag_free(&dg);
	return 0;
}

/* Without the numbers of elements, which go by the order of gathering. */
static char *
dump_of(const struct page_book *b)
{
	struct buf out = {0};
	char *w, *r;

	page_dump(b, &out);
	buf_char(&out, '\0');
	for (w = r = out.p; *r != '\0';) {
		if (*r == ' ' && strspn(r + 1, "0123456789") > 0 &&
		    r[1 + strspn(r + 1, "0123456789")] == ']')
			r += 1 + strspn(r + 1, "0123456789");
		*w++ = *r++;
	}
	*w = '\0';
	return out.p;
}

static const struct page_reader readers[] = {
	{.fill = {NULL, NULL, NULL}},
	{.fill = {"مریم احمدی", "هشتم", NULL}, .seed = 5},
	{.fill = {"علی", NULL, "۱۴۰۴"}, .seed = 6},
	{.fill = {"Rosa Parks", "8b", "2026"}, .seed = 7},
	{.fill = {"نامی بسیار بسیار دراز که در جایش نمی‌گنجد و کوچک می‌شود "
	    "تا بگنجد", "هفتم", ""}, .seed = 8},
	{.fill = {"ژاله", "الف", NULL}, .seed = 9},
};

static void
compare(bool answers)
{
	struct page_merge *m;

	job.answers = answers;
	m = page_merge_open(&job);
	assert_true(page_merge_has_blanks(m));
	/* There and back: nothing of one reader is left for the next. */
	for (size_t k = 0; k < 2 * NELEM(readers); k++) {
		const struct page_reader *r = &readers[k < NELEM(readers) ? k :
		    2 * NELEM(readers) - 1 - k];
		struct page_job own = job;
		struct page_book *b;
		char *a, *z;

		memcpy(own.fill, r->fill, sizeof(own.fill));
		own.seed = r->seed;
		b = page_layout(&own);
		a = dump_of(page_merge_reader(m, r));
		z = dump_of(b);
		assert_string_equal(a, z);
		free(a);
		free(z);
		page_free(b);
	}
	page_merge_close(m);
}

static void
a_reader_has_the_pages_of_a_run_alone(void **state)
{
	(void)state;
	compare(false);
}

static void
so_does_a_teacher(void **state)
{
	(void)state;
	compare(true);
}

static void
the_order_of_elements_is_that_of_the_questions(void **state)
{
	struct page_merge *m = page_merge_open(&job);
	const struct page_reader r = {.seed = 5};
	const struct page_book *b = page_merge_reader(m, &r);
	int32_t list = 0, seen[8], n = 0;

	(void)state;
	while (b->elems[list].role != ROLE_LIST)
		list++;
	for (int32_t e = b->elems[list].first; e >= 0; e = b->elems[e].next) {
		assert_int_equal(b->elems[e].role, ROLE_LI);
		assert_int_equal(b->elems[e].parent, list);
		seen[n++] = e;
	}
	assert_int_equal(n, 5);
	assert_int_equal(b->elems[list].last, seen[4]);
	/* Not as written. */
	assert_false(seen[0] < seen[1] && seen[1] < seen[2] && seen[2] <
	    seen[3] && seen[3] < seen[4]);
	page_merge_close(m);
}

/* What is drawn, from the top of its part. */
static uint64_t
drawing(const struct page_item *it, sp top)
{
	uint64_t h = hash_bytes(HASH_SEED, &it->kind, 1);
	sp place[2] = {it->x, it->y - top};

	h = hash_bytes(h, place, sizeof(place));
	if (it->kind == PAGE_RECT)
		return hash_bytes(h, &it->u.rect.w, 2 * sizeof(sp));
	if (it->kind == PAGE_TEXT) {
		h = hash_bytes(h, &it->u.text.para, sizeof(void *));
		return hash_bytes(h, &it->u.text.line, sizeof(uint32_t));
	}
	return h;
}

static void
parts_of_one_key_are_the_same(void **state)
{
	struct page_merge *m = page_merge_open(&job);
	struct map seen = {0};
	size_t shared = 0, own = 0, again = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 60; seed++) {
		const struct page_reader r = {.fill = {"نام"}, .seed = seed};
		const struct page_book *b = page_merge_reader(m, &r);

		for (size_t i = 0; i < b->npages; i++) {
			const struct page *p = &b->pages[i];

			assert_true(p->nparts > 0);
			assert_int_equal(p->parts[0].from, 0);
			for (size_t k = 0; k < p->nparts; k++) {
				size_t end = k + 1 < p->nparts ?
				    p->parts[k + 1].from : p->nitems;
				uint64_t h = end - p->parts[k].from;
				size_t *n = p->parts[k].key == 0 ? &own :
				    &shared;
				void **slot;

				for (size_t j = p->parts[k].from; j < end; j++) {
					*n += p->items[j].kind == PAGE_TEXT;
					h = h * 31 + drawing(&p->items[j],
					    p->parts[k].top);
				}
				if (p->parts[k].key == 0)
					continue;
				slot = map_put(&seen, (const char *)
				    &p->parts[k].key, sizeof(uint64_t));
				again += *slot != NULL;
				if (*slot == NULL)
					*slot = (void *)(uintptr_t)(h | 1);
				assert_ptr_equal(*slot, (h | 1));
			}
		}
	}
	map_free(&seen);
	/* Most of what is printed is shared, and is met again and again. */
	assert_true(shared > 2 * own);
	assert_true(again > 400);
	page_merge_close(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_reader_has_the_pages_of_a_run_alone, begin, end),
		cmocka_unit_test_setup_teardown(so_does_a_teacher, begin, end),
		cmocka_unit_test_setup_teardown(
		    the_order_of_elements_is_that_of_the_questions, begin,
		    end),
		cmocka_unit_test_setup_teardown(parts_of_one_key_are_the_same,
		    begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
