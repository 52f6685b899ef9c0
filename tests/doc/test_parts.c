/*
 * Parts of a book: ends of sections, terms, sources, questions, and orders
 * that must be the same wherever they are asked for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "doc/doc.h"

static struct doc d;
static struct arena a;

static int
done(void **state)
{
	(void)state;
	doc_free(&d);
	arena_free(&a);
	return 0;
}

static struct doc_node *
under(struct doc_node *parent, enum doc_kind kind, const char *words)
{
	struct doc_node *n;

	doc_open(&d);
	n = doc_new(&d, kind, NOPOS);

	doc_append(parent != NULL ? parent : d.root, n);
	if (words != NULL)
		doc_append(n, doc_text(&d, words, strlen(words), NOPOS));
	return n;
}

static struct doc_node *
heading(int level, const char *words)
{
	struct doc_node *n = under(NULL, DOC_HEADING, words);

	n->level = level;
	return n;
}

static void
a_section_ends_at_its_own_level(void **state)
{
	struct doc_node *one, *two, *deep, *para;

	(void)state;
	one = heading(1, "یک");
	deep = heading(2, "درون (۱۹۱۶–۱۹۲۰)");
	para = under(NULL, DOC_PARA, "متن");
	two = heading(1, "دو");
	assert_ptr_equal(doc_section_end(deep), two);
	assert_ptr_equal(doc_section_end(one), two);
	assert_null(doc_section_end(two));
	assert_ptr_equal(doc_chapter(para), one);
	assert_ptr_equal(doc_chapter(para->first), one);
	assert_string_equal(doc_name_without(&a, deep, "۱۹۱۶–۱۹۲۰"), "درون");
	assert_string_equal(doc_name_without(&a, one, "۱۹۱۶"), "یک");
}

static void
terms_sort_as_persian(void **state)
{
	static const char *const given[] = {"یخ", "آب", "ژاله", "پدر", "ابر"};
	static const char *const sorted[] = {"آب", "ابر", "پدر", "ژاله", "یخ"};
	struct doc_node *glossary = under(NULL, DOC_DIV, NULL), *list;
	struct map terms = {0};
	const struct doc_node **v;
	size_t n;

	(void)state;
	doc_add_class(&d, glossary, "glossary");
	list = under(glossary, DOC_DEFLIST, NULL);
	for (size_t i = 0; i < NELEM(given); i++) {
		under(list, DOC_TERM, given[i]);
		under(list, DOC_DEF, "معنی");
	}
	v = doc_sorted_terms(&a, list, "fa", &n);
	assert_int_equal(n, 2 * NELEM(given));
	for (size_t i = 0; i < NELEM(sorted); i++) {
		assert_string_equal(v[2 * i]->first->text, sorted[i]);
		assert_int_equal(v[2 * i + 1]->kind, DOC_DEF);
	}
	/* Ids go by the order of the tree. */
	doc_terms(&terms, &a, &d);
	assert_string_equal(doc_term_id(&terms, v[0]), "term-2");
	assert_null(doc_term_id(&terms, v[1]));
	map_free(&terms);
}

static void
a_term_is_used_from_a_word_s_beginning(void **state)
{
	struct doc_node *para = under(NULL, DOC_PARA, "قورباشی‌ها و نالقی");
	struct doc_node *glossary = under(NULL, DOC_DIV, NULL), *list;
	struct map terms = {0};
	const struct doc_node **v;
	size_t n;

	(void)state;
	doc_add_class(&d, glossary, "glossary");
	list = under(glossary, DOC_DEFLIST, NULL);
	under(list, DOC_TERM, "قورباشی");
	under(list, DOC_DEF, "یک");
	under(list, DOC_TERM, "لقی");
	under(list, DOC_DEF, "دو");
	doc_terms(&terms, &a, &d);
	v = doc_terms_used(&a, &d, &terms, para, glossary, &n);
	assert_int_equal(n, 2);
	assert_string_equal(v[0]->first->text, "قورباشی");
	map_free(&terms);
}

static void
a_term_is_used_as_a_whole_word(void **state)
{
	static const struct { const char *term, *text; bool used; } cases[] = {
		{"بار", "بارش باران", false}, {"بار", "هر بار", true},
		{"بار", "بارها", true}, {"بار", "انبار", false},
		{"بار", "بار‌ها", true}, {"بار", "هم‌بار", false},
		{"قورباشی", "قورباشی‌های", true},
		{"باسماچی", "باسماچیان", false}, {"خیوه", "خیوه،", true},
		{"شهر", "شهرستان", false}, {"شهر", "شهر‌نشین", false},
	};

	(void)state;
	for (size_t i = 0; i < NELEM(cases); i++) {
		struct doc_node *para = under(NULL, DOC_PARA, cases[i].text);
		struct doc_node *glossary = under(NULL, DOC_DIV, NULL), *list;
		struct map terms = {0};
		size_t n;

		doc_add_class(&d, glossary, "glossary");
		list = under(glossary, DOC_DEFLIST, NULL);
		under(list, DOC_TERM, cases[i].term);
		under(list, DOC_DEF, "یک");
		doc_terms(&terms, &a, &d);
		/* Up to the end: what the glossary itself says is no use. */
		doc_terms_used(&a, &d, &terms, para, NULL, &n);
		if ((n > 0) != cases[i].used)
			fail_msg("%s in %s", cases[i].term, cases[i].text);
		map_free(&terms);
		doc_free(&d);
		memset(&d, 0, sizeof(d));
	}
}

static void
a_term_in_a_name_is_not_used(void **state)
{
	struct doc_node *para = under(NULL, DOC_PARA, "نوشتهٔ "), *name;
	struct doc_node *glossary = under(NULL, DOC_DIV, NULL), *list;
	struct map terms = {0};
	size_t n;

	(void)state;
	name = under(para, DOC_SPAN, "ابراهیم بیک لقی");
	doc_add_class(&d, glossary, "glossary");
	list = under(glossary, DOC_DEFLIST, NULL);
	under(list, DOC_TERM, "لقی");
	under(list, DOC_DEF, "یک");
	doc_terms(&terms, &a, &d);
	doc_terms_used(&a, &d, &terms, para, glossary, &n);
	assert_int_equal(n, 2);
	doc_add_class(&d, name, "name");
	doc_terms_used(&a, &d, &terms, para, glossary, &n);
	assert_int_equal(n, 0);
	map_free(&terms);
}

static void
sources_of_a_section(void **state)
{
	struct doc_node *para = under(NULL, DOC_PARA, "متن");
	struct doc_node *cite = under(para, DOC_CITE, NULL);
	struct doc_node *refs = under(NULL, DOC_REFS, NULL), *entry;
	struct doc_cite key = {.key = "ب"};
	static const char *const ids[] = {"ref-الف", "ref-ب"};
	const struct doc_node **v;
	size_t n;

	(void)state;
	cite->cite = &key;
	for (size_t i = 0; i < NELEM(ids); i++) {
		entry = under(refs, DOC_REF_ENTRY, "کتاب");
		doc_attr(&d, entry)->id = ids[i];
	}
	v = doc_sources_cited(&a, &d, para, refs, &n);
	assert_int_equal(n, 1);
	assert_string_equal(doc_id(v[0]), "ref-ب");
	doc_sources_cited(&a, &d, refs, NULL, &n);
	assert_int_equal(n, 0);
}

static void
an_order_is_no_answer(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 200; seed++)
		for (size_t n = 2; n < 5; n++) {
			const size_t *v = doc_permutation(&a, n, seed);
			size_t same = 0, seen = 0, reversed = n == 2;

			for (size_t i = 0; i < n; i++) {
				same += v[i] == i;
				reversed += v[i] == n - 1 - i;
				seen |= (size_t)1 << v[i];
			}
			assert_int_equal(seen, ((size_t)1 << n) - 1);
			assert_true(same < n);
			assert_true(reversed < n || n == 2);
		}
	/* The same everywhere: handouts are compared with those of others. */
	assert_int_equal(doc_permutation(&a, 6, 42)[0],
	    doc_permutation(&a, 6, 42)[0]);
}

static void
questions_and_what_they_are_made_of(void **state)
{
	struct doc_node *fence = under(NULL, DOC_DIV, NULL), *q, *list, *table;
	const struct doc_node **v;
	size_t n;

	(void)state;
	q = under(fence, DOC_DIV, NULL);
	doc_add_class(&d, q, "question");
	doc_add_class(&d, q, "match");
	table = under(q, DOC_TABLE, NULL);
	under(table, DOC_ROW, NULL)->is_header = true;
	for (int i = 0; i < 2; i++) {
		struct doc_node *row = under(table, DOC_ROW, NULL);

		under(row, DOC_CELL, "الف");
		under(row, DOC_CELL, "ب");
	}
	under(under(table, DOC_ROW, NULL), DOC_CELL, "تنها");
	q = under(fence, DOC_DIV, NULL);
	doc_add_class(&d, q, "question");
	list = under(q, DOC_LIST, NULL);
	under(list, DOC_ITEM, NULL);
	v = doc_questions(&a, fence, NULL, 0, &n);
	assert_int_equal(n, 2);
	assert_ptr_equal(v[1], q);
	doc_question_parts(&a, v[0], &n);
	assert_int_equal(n, 2);
	doc_question_parts(&a, v[1], &n);
	assert_int_equal(n, 1);
	/* Of two questions any seed changes the order. */
	assert_ptr_equal(doc_questions(&a, fence, NULL, 7, &n)[0], q);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_section_ends_at_its_own_level,
		    done),
		cmocka_unit_test_teardown(terms_sort_as_persian, done),
		cmocka_unit_test_teardown(
		    a_term_is_used_from_a_word_s_beginning, done),
		cmocka_unit_test_teardown(a_term_is_used_as_a_whole_word,
		    done),
		cmocka_unit_test_teardown(a_term_in_a_name_is_not_used, done),
		cmocka_unit_test_teardown(sources_of_a_section, done),
		cmocka_unit_test_teardown(an_order_is_no_answer, done),
		cmocka_unit_test_teardown(questions_and_what_they_are_made_of,
		    done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
