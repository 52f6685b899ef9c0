/*
 * What a question of a handout asks for, and whether it has what its kind
 * needs. A question that lacks it is set as one with a short answer: then
 * nothing of it is lost, and the author is told.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "doc/doc.h"

enum { LINES_MOST = 40 };

static const char *const kinds[] = {
	[DOC_SHORT] = "short", [DOC_FILL] = "fill",
	[DOC_TRUE_FALSE] = "true-false", [DOC_MATCH] = "match",
	[DOC_ORDER] = "order", NULL
};

/* The kind it names; -1: none. */
static int
named_kind(const struct doc_node *q)
{
	for (int i = 0; kinds[i] != NULL; i++)
		if (doc_has_class(q, kinds[i]))
			return i;
	return -1;
}

bool
doc_is_answer(const struct doc_node *n)
{
	return n->kind == DOC_DIV && doc_has_class(n, "answer");
}

static bool
has_blank(const struct doc_node *q)
{
	for (const struct doc_node *n = q->first; n != NULL;
	    n = doc_is_answer(n) ? doc_next_after(n, q) : doc_next(n, q))
		if (n->kind == DOC_SPAN && doc_has_class(n, "blank"))
			return true;
	return false;
}

static bool
has_answer(const struct doc_node *q)
{
	for (const struct doc_node *n = q->first; n != NULL; n = n->next)
		if (doc_is_answer(n) && n->first != NULL)
			return true;
	return false;
}

/* Of a kind that asks for parts: are there two of them at least? */
static bool
has_parts(const struct doc_node *q)
{
	struct arena a = {0};
	size_t n;

	doc_question_parts(&a, q, &n);
	arena_free(&a);
	return n > 1;
}

static bool
has_its_need(const struct doc_node *q, enum doc_question kind)
{
	return kind == DOC_FILL ? has_blank(q) :
	    kind == DOC_MATCH || kind == DOC_ORDER ? has_parts(q) : true;
}

enum doc_question
doc_question_kind(const struct doc_node *q)
{
	int kind = named_kind(q);

	if (kind < 0)		/* blanks say it without a word */
		return has_blank(q) ? DOC_FILL : DOC_SHORT;
	return has_its_need(q, (enum doc_question)kind) ?
	    (enum doc_question)kind : DOC_SHORT;
}

int
doc_question_lines(const struct doc_node *q)
{
	const char *s = doc_value(q, "lines");
	int v = 0, digit;
	size_t n = s != NULL ? strlen(s) : 0, i = 0;

	while (i < n) {
		digit = uni_digit_value(utf8_next(s, n, &i));
		if (digit < 0 || (v = v * 10 + digit) > LINES_MOST)
			return -1;
	}
	return n > 0 && v == 0 ? -1 : v;
}

int
doc_question_truth(const struct doc_node *q)
{
	static const char *const words[2][4] = {
		{"false", "no", "نادرست", "خطأ"},
		{"true", "yes", "درست", "صح"},
	};
	const char *s = doc_value(q, "answer");

	for (int truth = 0; truth < 2 && s != NULL; truth++)
		for (size_t i = 0; i < NELEM(words[0]); i++)
			if (strcmp(s, words[truth][i]) == 0)
				return truth;
	return -1;
}

int
doc_paragraph_number(const struct doc_node *n)
{
	int number = 0;

	for (; n != NULL; n = n->prev)
		number += n->kind == DOC_PARA;
	return number;
}

/* --------------------------------------------------------------- checking */

/* A word at a question's head that is no kind but may be meant for one. */
static const char *
near_kind(const struct doc_node *q, struct diag *dg)
{
	const char *near = "";

	for (size_t i = 0; q->attr != NULL && i < q->attr->nclasses &&
	    *near == '\0'; i++)
		if (strcmp(q->attr->classes[i], "question") != 0)
			near = diag_near(dg, q->attr->classes[i], kinds);
	return near;
}

static void
check_question(const struct doc_node *q, struct diag *dg)
{
	static const char *const needs[2][5] = {
		{[DOC_FILL] = "“[...]{.blank}”",
		    [DOC_MATCH] = "table with two rows of two cells",
		    [DOC_ORDER] = "list with two items"},
		{[DOC_FILL] = "«[...]{.blank}»",
		    [DOC_MATCH] = "جدولی با دو ردیف دوخانه‌ای",
		    [DOC_ORDER] = "فهرستی با دو مورد"},
	};
	int kind = named_kind(q);
	struct pos pos = q->attr->pos.line != 0 ? q->attr->pos : q->pos;
	const char *truth = doc_value(q, "answer");

	if (kind < 0 && !has_blank(q))
		diag_add(dg, pos, MAN_QUESTION_KIND, near_kind(q, dg));
	else if (kind >= 0 && !has_its_need(q, (enum doc_question)kind))
		diag_add(dg, pos, MAN_QUESTION_NEEDS, kinds[kind],
		    needs[dg->persian][kind]);
	if (kind == DOC_TRUE_FALSE && doc_question_truth(q) < 0)
		diag_add(dg, pos, MAN_QUESTION_KEY, truth != NULL ? truth :
		    "");
	if (doc_question_lines(q) < 0)
		diag_add(dg, pos, MAN_QUESTION_LINES, doc_value(q, "lines"));
	if (doc_question_kind(q) == DOC_SHORT && !has_answer(q))
		diag_add(dg, pos, MAN_QUESTION_NO_ANSWER);
}

void
doc_check_questions(struct doc *d, struct diag *dg)
{
	const struct doc_marks *m = doc_marks(d);

	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].node->kind == DOC_DIV &&
		    doc_has_class(m->v[i].node, "question"))
			check_question(m->v[i].node, dg);
}
