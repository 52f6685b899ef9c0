/*
 * What the tests of read/ share: a text read into a tree, its dump.
 */
#ifndef TESTS_READ_MADE_H
#define TESTS_READ_MADE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "read/read.h"

#define UNUSED __attribute__((unused))

static struct doc d;
static struct diag dg;
static struct buf out;

UNUSED static int
done(void **state)
{
	(void)state;
	doc_free(&d);
	diag_free(&dg);
	memset(&dg, 0, sizeof(dg));
	buf_free(&out);
	return 0;
}

/* Read n bytes in place of what was read before. */
UNUSED static void
read_bytes(const char *text, size_t n)
{
	done(NULL);
	read_markdown(&d, &dg, "test.md", text, n);
	doc_finish(&d, &dg);
}

UNUSED static void
read_text(const char *text)
{
	read_bytes(text, strlen(text));
}

UNUSED static const char *
dump(void)
{
	out.n = 0;
	buf_str(&out, "");
	doc_dump(&d, &out);
	return out.p;
}

/* The dump of the first paragraph's inlines, without the paragraph. */
UNUSED static const char *
inlines(const char *text)
{
	static const char head[] = "root\n  para 1:1\n";

	read_text(text);
	dump();
	assert_int_equal(strncmp(out.p, head, sizeof(head) - 1), 0);
	return out.p + sizeof(head) - 1;
}

UNUSED static size_t
messages(const char *code)
{
	const struct diag_msg *m;
	size_t n = 0;

	for (m = dg.first; m != NULL; m = m->next)
		n += strcmp(m->code, code) == 0;
	return n;
}

UNUSED static const struct diag_msg *
message(const char *code)
{
	const struct diag_msg *m;

	for (m = dg.first; m != NULL; m = m->next)
		if (strcmp(m->code, code) == 0)
			return m;
	fail_msg("no message %s", code);
	return NULL;
}

UNUSED static struct doc_node *
first_of(enum doc_kind kind)
{
	struct doc_node *n;

	for (n = d.root; n != NULL; n = doc_next(n, d.root))
		if (n->kind == kind)
			return n;
	fail_msg("no %s", doc_kind_name(kind));
	return NULL;
}

#endif
