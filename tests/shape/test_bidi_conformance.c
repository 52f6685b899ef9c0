/*
 * BidiTest.txt and BidiCharacterTest.txt of the Unicode Character Database
 * through the program's own paragraph stage: levels and visual order of
 * every case, none excused. Skipped where unicode-data is not installed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "shape/shape.h"

#define DATA "/usr/share/unicode/"
#define MAX_CHARS 256

/* A character for each class, as BidiTest.txt names them. */
static const struct { const char *name; uint32_t cp; } classes[] = {
	{ "L", 'a' }, { "R", 0x5d0 }, { "AL", 0x627 }, { "EN", '1' },
	{ "ES", '+' }, { "ET", '#' }, { "AN", 0x661 }, { "CS", ',' },
	{ "NSM", 0x300 }, { "BN", 0xad }, { "B", 0x2029 }, { "S", '\t' },
	{ "WS", ' ' }, { "ON", '!' }, { "LRE", 0x202a }, { "RLE", 0x202b },
	{ "PDF", 0x202c }, { "LRO", 0x202d }, { "RLO", 0x202e },
	{ "LRI", 0x2066 }, { "RLI", 0x2067 }, { "FSI", 0x2068 },
	{ "PDI", 0x2069 }
};

struct expected {
	int8_t levels[MAX_CHARS];
	size_t nlevels;
	uint32_t order[MAX_CHARS];
	size_t norder;
};

static size_t cases, failures;

/* Numbers separated by spaces; "x" is -1. */
static size_t
numbers(const char *s, long *out)
{
	size_t n = 0;
	char *end;

	for (;;) {
		while (*s == ' ' || *s == '\t')
			s++;
		if (*s == 'x') {
			out[n++] = -1;
			s++;
			continue;
		}
		out[n] = strtol(s, &end, 10);
		if (end == s)
			return n;
		n++;
		s = end;
	}
}

static void
read_levels(struct expected *e, const char *s)
{
	long v[MAX_CHARS];
	size_t i;

	e->nlevels = numbers(s, v);
	for (i = 0; i < e->nlevels; i++)
		e->levels[i] = (int8_t)v[i];
}

static void
read_order(struct expected *e, const char *s)
{
	long v[MAX_CHARS];
	size_t i;

	e->norder = numbers(s, v);
	for (i = 0; i < e->norder; i++)
		e->order[i] = (uint32_t)v[i];
}

static void
judge(struct shape_ctx *c, const char *line, const uint32_t *cps, size_t n,
    int level, int para, const struct expected *e)
{
	int8_t levels[MAX_CHARS];
	uint32_t order[MAX_CHARS];
	size_t norder;

	cases++;
	shape_bidi(c, cps, n, &level, levels, order, &norder);
	if (n == e->nlevels && memcmp(levels, e->levels, n) == 0 &&
	    norder == e->norder &&
	    memcmp(order, e->order, norder * sizeof(*order)) == 0 &&
	    (para < 0 || para == level))
		return;
	if (failures++ < 10)
		print_error("level %d: %s", level, line);
}

static size_t
read_classes(char *s, uint32_t *cps)
{
	size_t n = 0, i;
	char *word;

	for (word = strtok(s, " \t"); word != NULL;
	    word = strtok(NULL, " \t")) {
		for (i = 0; i < NELEM(classes); i++)
			if (strcmp(classes[i].name, word) == 0)
				break;
		assert_true(i < NELEM(classes) && n < MAX_CHARS);
		cps[n++] = classes[i].cp;
	}
	return n;
}

static void
by_class(void **state)
{
	char line[4096], copy[4096], *semi;
	struct expected e = { .nlevels = 0 };
	struct shape_ctx *c;
	uint32_t cps[MAX_CHARS];
	size_t n;
	long set;
	FILE *f;

	(void)state;
	if ((f = fopen(DATA "BidiTest.txt", "r")) == NULL)
		skip();
	c = shape_ctx_open();
	cases = failures = 0;
	while (fgets(line, sizeof(line), f) != NULL) {
		if (strncmp(line, "@Levels:", 8) == 0)
			read_levels(&e, line + 8);
		else if (strncmp(line, "@Reorder:", 9) == 0)
			read_order(&e, line + 9);
		if (strchr("#@\n", line[0]) != NULL)
			continue;
		strcpy(copy, line);
		semi = strchr(copy, ';');
		assert_non_null(semi);
		*semi = '\0';
		set = strtol(semi + 1, NULL, 16);
		n = read_classes(copy, cps);
		if (set & 1)
			judge(c, line, cps, n, -1, -1, &e);
		if (set & 2)
			judge(c, line, cps, n, 0, 0, &e);
		if (set & 4)
			judge(c, line, cps, n, 1, 1, &e);
	}
	fclose(f);
	shape_ctx_close(c);
	print_message("BidiTest.txt: %zu cases, %zu failed\n", cases,
	    failures);
	assert_true(cases > 700000);
	assert_int_equal(failures, 0);
}

static void
by_character(void **state)
{
	char line[4096], copy[4096], *field[5], *p;
	struct expected e;
	struct shape_ctx *c;
	uint32_t cps[MAX_CHARS];
	size_t n;
	int i, dir;
	FILE *f;

	(void)state;
	if ((f = fopen(DATA "BidiCharacterTest.txt", "r")) == NULL)
		skip();
	c = shape_ctx_open();
	cases = failures = 0;
	while (fgets(line, sizeof(line), f) != NULL) {
		if (strchr("#\n", line[0]) != NULL)
			continue;
		strcpy(copy, line);
		p = copy;
		for (i = 0; i < 5; i++) {
			field[i] = p;
			p += strcspn(p, ";\n");
			*p++ = '\0';
		}
		n = 0;
		for (p = field[0]; *p != '\0';)
			cps[n++] = (uint32_t)strtoul(p, &p, 16);
		dir = atoi(field[1]);
		read_levels(&e, field[3]);
		read_order(&e, field[4]);
		judge(c, line, cps, n, dir == 2 ? -1 : dir, atoi(field[2]),
		    &e);
	}
	fclose(f);
	shape_ctx_close(c);
	print_message("BidiCharacterTest.txt: %zu cases, %zu failed\n",
	    cases, failures);
	assert_true(cases > 90000);
	assert_int_equal(failures, 0);
}

/*
 * What Unicode's files do not ask: isolates side by side are strangers. An
 * Arabic letter in the first must not turn the digits of the second.
 */
static void
siblings(void **state)
{
	static const uint32_t cps[] = { 0x2067, 0x627, '1', '%', 0x2069, ' ',
		0x627, ' ', 0x2066, '-', '1', 0x2069, 0x2066, 'a', 0x2069 };
	static const int8_t want[] = { 1, 3, 4, 3, 1, 1, 1, 1, 1, 2, 2, 1, 1,
		2, 1 };
	struct shape_ctx *c = shape_ctx_open();
	uint32_t order[NELEM(cps)];
	int8_t levels[NELEM(cps)];
	size_t n;
	int level = 1;

	(void)state;
	shape_bidi(c, cps, NELEM(cps), &level, levels, order, &n);
	assert_memory_equal(levels, want, sizeof(want));
	shape_ctx_close(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_class),
		cmocka_unit_test(by_character),
		cmocka_unit_test(siblings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
