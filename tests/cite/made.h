/*
 * What the tests of cite/ share: a bibliography from text, citations from a
 * short notation, and the text that came of them.
 */
#ifndef TESTS_CITE_MADE_H
#define TESTS_CITE_MADE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cite/cite.h"

#define UNUSED __attribute__((unused))

/* One bibliography, one tree, one style: a test begins with fresh(). */
static struct arena arena;
static struct diag dg;
static struct doc d;
static struct cite_bib bib;
static struct cite_style *style;
static struct buf text;

UNUSED static int
fresh(void **state)
{
	(void)state;
	arena_free(&arena);
	diag_free(&dg);
	memset(&dg, 0, sizeof(dg));
	doc_free(&d);
	memset(&d, 0, sizeof(d));
	cite_free(&bib);
	buf_free(&text);
	style = NULL;
	doc_open(&d);
	return 0;
}

/* A new tree for another style over the same bibliography. */
UNUSED static void
fresh_tree(void)
{
	doc_free(&d);
	memset(&d, 0, sizeof(d));
	doc_open(&d);
	diag_free(&dg);
	memset(&dg, 0, sizeof(dg));
}

UNUSED static void
read_bib(const char *s)
{
	cite_read_bib(&bib, &dg, "x.bib", s, strlen(s));
}

UNUSED static struct cite_entry *
entry(const char *key)
{
	struct cite_entry *e = map_get(&bib.keys, key, strlen(key));

	assert_non_null(e);
	return e;
}

UNUSED static void
field_is(const char *key, const char *name, const char *value)
{
	assert_string_equal(cite_field(entry(key), name), value);
}

/* How many messages of a code there are; the first in *m. */
UNUSED static int
said(const char *code, const struct diag_msg **m)
{
	const struct diag_msg *at;
	int n = 0;

	for (at = dg.first; at != NULL; at = at->next) {
		if (strcmp(at->code, code) != 0)
			continue;
		if (n++ == 0 && m != NULL)
			*m = at;
	}
	return n;
}

/* This message, at this line, once. */
UNUSED static void
said_at(const char *code, uint32_t line, uint32_t col, const char *words)
{
	const struct diag_msg *m = NULL;

	if (said(code, &m) != 1)
		diag_print(&dg, stderr, DIAG_INFO, false);
	assert_int_equal(said(code, &m), 1);
	assert_string_equal(m->text, words);
	assert_int_equal(m->pos.line, line);
	assert_int_equal(m->pos.col, col);
}

UNUSED static void
load(const char *name)
{
	char path[200];

	snprintf(path, sizeof(path), "styles/citations/%s.yaml", name);
	style = cite_style_load(&arena, &dg, path, NULL, 0);
	assert_non_null(style);
	assert_null(dg.first);
}

/*
 * A paragraph "word CITATION" with a citation in a shorthand of Pandoc's:
 * keys parted by ';', each "prefix @key|label|locator|suffix" with '-'
 * before '@' for a suppressed author and '+' for one in the text. A comma
 * stands before a suffix unless it begins with '~'.
 */
UNUSED static struct doc_node *
cite_in(struct doc_node *block, const char *spec, struct pos pos)
{
	struct doc_node *n = doc_new(&d, DOC_CITE, pos);
	struct doc_cite **tail = &n->cite, *c;
	char *s = arena_str(&d.arena, spec), *one, *save = NULL, *at, *part;
	const char *slot[3], *end;
	int i;

	doc_append(block, n);
	for (one = strtok_r(s, ";", &save); one != NULL;
	    one = strtok_r(NULL, ";", &save)) {
		c = ARENA_NEW(&d.arena, struct doc_cite);
		c->prefix = "";
		c->pos = pos;
		at = strchr(one, '@');
		assert_non_null(at);
		c->suppress_author = at > one && at[-1] == '-';
		c->in_text = at > one && at[-1] == '+';
		end = at - (c->suppress_author || c->in_text);
		while (end > one && end[-1] == ' ')
			end--;
		if (end > one)
			c->prefix = arena_strn(&d.arena, one, (size_t)(end -
			    one));
		c->key = at + 1;
		part = strchr(at, '|');
		for (i = 0; i < 3; i++) {
			slot[i] = "";
			if (part == NULL)
				continue;
			*part++ = '\0';
			slot[i] = part;
			part = strchr(part, '|');
		}
		if (*slot[1] != '\0') {
			c->locators = ARENA_NEW(&d.arena, struct doc_locator);
			c->locators->label = slot[0];
			c->locators->text = slot[1];
		}
		c->comma = *slot[2] != '~';
		c->suffix = slot[2] + !c->comma;
		*tail = c;
		tail = &c->next;
	}
	return n;
}

UNUSED static struct doc_node *
cite(const char *spec)
{
	static uint32_t line;
	struct doc_node *p = doc_new(&d, DOC_PARA, NOPOS);

	doc_append(d.root, p);
	doc_append(p, doc_text(&d, "واژه ", strlen("واژه "), NOPOS));
	return cite_in(p, spec, (struct pos){++line, 6, 0});
}

UNUSED static struct doc_node *
refs_here(void)
{
	struct doc_node *n = doc_new(&d, DOC_REFS, (struct pos){900, 1, 0});

	doc_append(d.root, n);
	return n;
}

/* The same for a list that holds what nothing cites, too. */
UNUSED static struct doc_node *
all_refs_here(void)
{
	doc_meta_add(&d, "reference-list", "all", NOPOS);
	return refs_here();
}

UNUSED static void
resolve(void)
{
	cite_resolve(&d, &bib, style, &dg);
}

/* A blank where no line ends is shown as "~". */
UNUSED static const char *
plain(const struct doc_node *n)
{
	char *at;

	text.n = 0;
	doc_plain(n, &text);
	if (text.n == 0)
		return "";
	while ((at = strstr(text.p, "\u00a0")) != NULL) {
		*at = '~';
		memmove(at + 1, at + 2, strlen(at + 2) + 1);
	}
	return text.p;
}

/* The n-th entry of the list, from 1. */
UNUSED static struct doc_node *
listed(int n)
{
	struct doc_node *at;

	for (at = d.root; at != NULL; at = doc_next(at, d.root))
		if (at->kind == DOC_REF_ENTRY && --n == 0)
			return at;
	fail_msg("the list is too short");
	return NULL;
}

/* The text of the n-th footnote, from 1. */
UNUSED static const char *
note(int n)
{
	struct doc_node *at;

	for (at = d.note_root->first; at != NULL; at = at->next)
		if (at->number == n)
			return plain(at);
	fail_msg("no such note");
	return "";
}

#endif
