/*
 * The tree: making, walking, attributes, metadata, finishing, its dump.
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
static struct buf out;

static int
fresh(void **state)
{
	(void)state;
	doc_open(&d);
	return 0;
}

static int
done(void **state)
{
	(void)state;
	doc_free(&d);
	diag_free(&dg);
	memset(&dg, 0, sizeof(dg));
	buf_free(&out);
	return 0;
}

static struct pos
at(uint32_t line, uint32_t col)
{
	return (struct pos){line, col, 0};
}

static struct doc_node *
under(struct doc_node *parent, enum doc_kind kind, uint32_t line)
{
	struct doc_node *n = doc_new(&d, kind, at(line, 1));

	doc_append(parent, n);
	return n;
}

static struct doc_node *
words(struct doc_node *parent, const char *s, uint32_t line)
{
	struct doc_node *n = doc_text(&d, s, strlen(s), at(line, 1));

	doc_append(parent, n);
	return n;
}

static const char *
plain(const struct doc_node *n)
{
	out.n = 0;
	buf_str(&out, "");
	doc_plain(n, &out);
	return out.p;
}

static const char *
dump(void)
{
	out.n = 0;
	buf_str(&out, "");
	doc_dump(&d, &out);
	return out.p;
}

static size_t
messages(const char *code)
{
	const struct diag_msg *m;
	size_t n = 0;

	for (m = dg.first; m != NULL; m = m->next)
		n += strcmp(m->code, code) == 0;
	return n;
}

static void
nodes_are_linked_both_ways(void **state)
{
	struct doc_node *a = under(d.root, DOC_PARA, 1);
	struct doc_node *c = under(d.root, DOC_PARA, 3);
	struct doc_node *b = doc_new(&d, DOC_PARA, at(2, 1));
	struct doc_node *z = doc_new(&d, DOC_PARA, at(0, 0));

	(void)state;
	doc_insert_after(a, b);
	doc_insert_before(a, z);
	assert_ptr_equal(d.root->first, z);
	assert_ptr_equal(z->next, a);
	assert_ptr_equal(a->next, b);
	assert_ptr_equal(b->next, c);
	assert_ptr_equal(c->prev, b);
	assert_ptr_equal(d.root->last, c);
	doc_unlink(b);
	assert_ptr_equal(a->next, c);
	assert_ptr_equal(c->prev, a);
	assert_null(b->parent);
	doc_unlink(z);
	doc_unlink(c);
	assert_ptr_equal(d.root->first, a);
	assert_ptr_equal(d.root->last, a);
	doc_unlink(a);
	assert_null(d.root->first);
	assert_null(d.root->last);
}

static void
children_move_in_order(void **state)
{
	struct doc_node *from = under(d.root, DOC_PARA, 1);
	struct doc_node *to = under(d.root, DOC_PARA, 2);

	(void)state;
	words(to, "۱", 2);
	words(from, "۲", 1);
	words(from, "۳", 1);
	doc_move_children(from, to);
	assert_null(from->first);
	assert_null(from->last);
	assert_string_equal(plain(to), "۱۲۳");
	assert_ptr_equal(to->last->parent, to);
	doc_move_children(from, to);
	assert_string_equal(plain(to), "۱۲۳");
}

static void
walking_visits_each_node_once_in_order(void **state)
{
	struct doc_node *q = under(d.root, DOC_QUOTE, 1);
	struct doc_node *p = under(q, DOC_PARA, 1);
	struct doc_node *t = words(p, "x", 1);
	struct doc_node *r = under(d.root, DOC_RULE, 2);

	(void)state;
	assert_ptr_equal(doc_next(d.root, d.root), q);
	assert_ptr_equal(doc_next(q, d.root), p);
	assert_ptr_equal(doc_next(p, d.root), t);
	assert_ptr_equal(doc_next(t, d.root), r);
	assert_null(doc_next(r, d.root));
	assert_null(doc_next(t, q));
	assert_ptr_equal(doc_next_after(q, d.root), r);
	assert_null(doc_next_after(p, p));
}

static void
attributes_are_kept_once(void **state)
{
	struct doc_node *n = under(d.root, DOC_DIV, 7);

	(void)state;
	assert_null(doc_id(n));
	assert_false(doc_has_class(n, "a"));
	assert_null(doc_value(n, "k"));
	doc_add_class(&d, n, "a");
	doc_add_class(&d, n, "b");
	doc_add_class(&d, n, "a");
	assert_int_equal(n->attr->nclasses, 2);
	assert_true(doc_has_class(n, "b"));
	assert_int_equal(n->attr->pos.line, 7);
	doc_set_value(&d, n, "k", "v");
	doc_set_value(&d, n, "l", "w");
	doc_set_value(&d, n, "k", "دو");
	assert_int_equal(n->attr->nkeys, 2);
	assert_string_equal(doc_value(n, "k"), "دو");
	assert_string_equal(doc_value(n, "l"), "w");
}

static void
first_metadata_wins(void **state)
{
	(void)state;
	doc_meta_add(&d, "author", "یک", NOPOS);
	doc_meta_add(&d, "author", "دو", NOPOS);
	assert_string_equal(doc_meta(&d, "author"), "یک");
	assert_string_equal(d.meta->next->value, "دو");
	assert_null(doc_meta(&d, "title"));
}

static void
plain_text_parts_blocks_and_joins_inlines(void **state)
{
	struct doc_node *q = under(d.root, DOC_QUOTE, 1);
	struct doc_node *p = under(q, DOC_PARA, 1), *n, *em;

	(void)state;
	words(p, "یک ", 1);
	em = under(p, DOC_EMPH, 1);
	words(em, "دو", 1);
	under(p, DOC_SOFT_BREAK, 1);
	words(p, "سه", 2);
	under(p, DOC_HARD_BREAK, 2);
	n = under(p, DOC_CODE_SPAN, 3);
	n->text = "چهار";
	n->len = strlen(n->text);
	n = under(p, DOC_NOTE_REF, 3);
	n->text = "a";
	n->len = 1;
	p = under(q, DOC_PARA, 4);
	words(p, "پنج", 4);
	under(d.root, DOC_RULE, 5);
	n = under(d.root, DOC_CODE, 6);
	n->text = "شش\n";
	n->len = strlen(n->text);
	assert_string_equal(plain(d.root), "یک دو سه چهار\nپنج\nشش\n");
	assert_string_equal(plain(em), "دو");
}

static void
headings_get_ids_that_are_not_taken(void **state)
{
	struct doc_node *a = under(d.root, DOC_HEADING, 1);
	struct doc_node *b = under(d.root, DOC_HEADING, 2);
	struct doc_node *c = under(d.root, DOC_HEADING, 3);
	struct doc_node *e = under(d.root, DOC_HEADING, 4);
	struct doc_node *f = under(d.root, DOC_HEADING, 5);

	(void)state;
	words(a, "می\u200cرود، Two!", 1);
	words(b, "می\u200cرود، two", 2);
	words(c, "۱۲. !", 3);
	words(e, "دیگر", 4);
	doc_attr(&d, f)->id = "دیگر";	/* given later, yet first */
	words(f, "x", 5);
	doc_finish(&d, &dg);
	assert_string_equal(doc_id(a), "میرود-two");
	assert_string_equal(doc_id(b), "میرود-two-1");
	assert_string_equal(doc_id(c), "section");
	assert_string_equal(doc_id(e), "دیگر-1");
	assert_ptr_equal(map_get(&d.ids, "دیگر", strlen("دیگر")), f);
	assert_int_equal(dg.ncount[DIAG_ERROR], 0);
	/* A second time changes nothing. */
	doc_finish(&d, &dg);
	assert_string_equal(doc_id(b), "میرود-two-1");
	assert_int_equal(dg.ncount[DIAG_ERROR], 0);
}

static void
an_id_given_twice_is_told(void **state)
{
	struct doc_node *a = under(d.root, DOC_DIV, 3);
	struct doc_node *b = under(d.root, DOC_DIV, 9);

	(void)state;
	doc_attr(&d, a)->id = "x";
	doc_attr(&d, b)->id = "x";
	doc_finish(&d, &dg);
	assert_int_equal(messages("MAN009"), 1);
	assert_int_equal(dg.first->pos.line, 9);
	assert_ptr_equal(map_get(&d.ids, "x", 1), a);
}

static struct doc_node *
note(const char *label, uint32_t line)
{
	struct doc_node *n = doc_new(&d, DOC_NOTE, at(line, 1));

	n->text = label;
	n->len = strlen(label);
	doc_append(d.note_root, n);
	*map_put(&d.notes, label, strlen(label)) = n;
	words(under(n, DOC_PARA, line), label, line);
	return n;
}

static struct doc_node *
call(struct doc_node *parent, const char *label, uint32_t line)
{
	struct doc_node *n = under(parent, DOC_NOTE_REF, line);

	n->text = label;
	n->len = strlen(label);
	return n;
}

static void
notes_are_numbered_by_their_first_call(void **state)
{
	struct doc_node *p = under(d.root, DOC_PARA, 1);
	struct doc_node *a = note("a", 10), *b = note("b", 11);
	struct doc_node *c = note("c", 12), *x, *y;

	(void)state;
	x = call(p, "b", 1);
	call(p, "a", 2);
	call(p, "b", 3);
	y = call(p, "none", 4);
	doc_finish(&d, &dg);
	assert_ptr_equal(x->target, b);
	assert_int_equal(b->number, 1);
	assert_int_equal(a->number, 2);
	assert_int_equal(c->number, 0);
	assert_int_equal(messages("MAN010"), 1);
	assert_int_equal(messages("MAN011"), 1);
	assert_int_equal(y->kind, DOC_TEXT);
	assert_string_equal(y->text, "[^none]");
	assert_true(p->serial < x->serial && x->serial < b->serial);
}

static void
the_dump_shows_what_cannot_be_seen(void **state)
{
	struct doc_node *p = under(d.root, DOC_PARA, 2), *n;

	(void)state;
	doc_meta_add(&d, "title", "«الف»", at(1, 8));
	words(p, "می\u200cرود \u2067x\u2069\u00a0\"\\\t\x01 Aé", 2);
	n = under(d.root, DOC_LIST, 3);
	n->ordered = true;
	n->start = 5;
	n->delim = ')';
	n->tight = true;
	n = under(d.root, DOC_LINK, 4);
	n->url = "#x";
	n->title = "t";
	doc_attr(&d, n)->id = "i";
	doc_add_class(&d, n, "c");
	doc_set_value(&d, n, "k", "v w");
	note("n", 9);
	assert_string_equal(dump(),
	    "meta title 1:8 \"«الف»\"\n"
	    "root\n"
	    "  para 2:1\n"
	    "    text 2:1 \"می\\u{200C}رود \\u{2067}x\\u{2069}\\u{00A0}\\\"\\\\"
	    "\\t\\u{0001} Aé\"\n"
	    "  list 3:1 ordered start=5 delim=) tight\n"
	    "  link 4:1 url=\"#x\" title=\"t\" #i .c k=\"v w\"\n"
	    "note 9:1 \"n\"\n"
	    "  para 9:1\n"
	    "    text 9:1 \"n\"\n");
}

static void
every_kind_has_a_name(void **state)
{
	int k, i;

	(void)state;
	for (k = 0; k < DOC_NKINDS; k++) {
		assert_string_not_equal(doc_kind_name(k), "?");
		for (i = 0; i < k; i++)
			assert_string_not_equal(doc_kind_name(i),
			    doc_kind_name(k));
	}
	assert_false(doc_is_inline(DOC_REF_ENTRY));
	assert_true(doc_is_inline(DOC_TEXT));
	assert_true(doc_is_inline(DOC_MATH));
}

/* A tree a hundred thousand deep is walked, not climbed by recursion. */
static void
depth_costs_no_stack(void **state)
{
	struct doc_node *n = d.root;
	int i;

	(void)state;
	for (i = 0; i < 100000; i++)
		n = under(n, DOC_QUOTE, 1);
	words(under(n, DOC_PARA, 1), "ته", 1);
	doc_finish(&d, &dg);
	assert_string_equal(plain(d.root), "ته");
}

/* Ten thousand headings of one text: each look-up is short. */
static void
many_equal_headings_take_no_time(void **state)
{
	struct doc_node *h = NULL;
	int i;

	(void)state;
	for (i = 0; i < 10000; i++) {
		h = under(d.root, DOC_HEADING, 1);
		words(h, "یادداشت", 1);
	}
	doc_finish(&d, &dg);
	assert_string_equal(doc_id(h), "یادداشت-9999");
}

static void
what_is_looked_for_is_listed(void **state)
{
	struct doc_node *h = under(d.root, DOC_HEADING, 1), *p, *span, *div;
	const struct doc_marks *m;
	struct doc_marks two = {0};
	static const enum doc_kind walked[] = {DOC_HEADING, DOC_SPAN, DOC_CITE,
	    DOC_LINK, DOC_DIV};
	struct doc_walk w = {.d = &d};
	struct doc_node *cite;

	(void)state;
	words(h, "یک", 1);
	p = under(d.root, DOC_PARA, 2);
	words(p, "دو", 2);
	span = under(p, DOC_SPAN, 2);
	doc_attr(&d, span)->id = "s";
	cite = under(p, DOC_CITE, 2);
	under(cite, DOC_LINK, 2);
	m = doc_marks(&d);
	assert_int_equal(m->n, 3);
	assert_ptr_equal(m->v[1].node, span);
	assert_int_equal(m->v[1].before, 3);
	assert_ptr_equal(m->v[2].node, cite);
	assert_int_equal(m->v[2].before, 0);
	/* Text is none of them, any other node may be. */
	words(p, "سه", 3);
	assert_true(d.marked);
	div = under(d.root, DOC_DIV, 4);
	assert_int_equal(doc_marks(&d)->n, 4);
	assert_ptr_equal(m->v[3].node, div);
	assert_int_equal(m->v[3].before, 1);
	/* One walk by the list, with what is below the citation. */
	for (size_t i = 0; i < NELEM(walked); i++)
		assert_int_equal(doc_walk_next(&w)->kind, walked[i]);
	assert_null(doc_walk_next(&w));
	/* Two lists behind one another are the list of both. */
	doc_marks_add(&two, p);
	doc_marks_join(&two, &two);
	assert_int_equal(two.n, 4);
	assert_int_equal(two.v[2].before, two.v[0].before + two.after);
	free(two.v);
}

#define T(f) cmocka_unit_test_setup_teardown(f, fresh, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(nodes_are_linked_both_ways), T(children_move_in_order),
		T(walking_visits_each_node_once_in_order),
		T(attributes_are_kept_once), T(first_metadata_wins),
		T(plain_text_parts_blocks_and_joins_inlines),
		T(headings_get_ids_that_are_not_taken),
		T(an_id_given_twice_is_told),
		T(notes_are_numbered_by_their_first_call),
		T(the_dump_shows_what_cannot_be_seen),
		T(every_kind_has_a_name), T(depth_costs_no_stack),
		T(many_equal_headings_take_no_time),
		T(what_is_looked_for_is_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
