/*
 * BidiTest.txt and BidiCharacterTest.txt of the Unicode Character Database,
 * read case by case for whatever stage is to be judged.
 */
#ifndef TEST_BIDI_FILES_H
#define TEST_BIDI_FILES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "shape/shape.h"

#define BIDI_DATA "/usr/share/unicode/"
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

/*
 * Judge one case: characters, direction of the paragraph (-1: found from
 * them) and the one it should come to (-1: not told).
 */
typedef void (*bidi_judge)(const char *line, const uint32_t *cps, size_t n,
    int level, int para, const struct expected *e);

/* Numbers separated by spaces; "x" is -1. */
static inline size_t
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

static inline void
read_levels(struct expected *e, const char *s)
{
	long v[MAX_CHARS];
	size_t i;

	e->nlevels = numbers(s, v);
	for (i = 0; i < e->nlevels; i++)
		e->levels[i] = (int8_t)v[i];
}

static inline void
read_order(struct expected *e, const char *s)
{
	long v[MAX_CHARS];
	size_t i;

	e->norder = numbers(s, v);
	for (i = 0; i < e->norder; i++)
		e->order[i] = (uint32_t)v[i];
}

static inline size_t
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

/* False if the file is not here. */
static inline bool
bidi_by_class(bidi_judge judge)
{
	char line[4096], copy[4096], *semi;
	struct expected e = { .nlevels = 0 };
	uint32_t cps[MAX_CHARS];
	size_t n;
	long set;
	FILE *f;

	if ((f = fopen(BIDI_DATA "BidiTest.txt", "r")) == NULL)
		return false;
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
			judge(line, cps, n, -1, -1, &e);
		if (set & 2)
			judge(line, cps, n, 0, 0, &e);
		if (set & 4)
			judge(line, cps, n, 1, 1, &e);
	}
	fclose(f);
	return true;
}

static inline bool
bidi_by_character(bidi_judge judge)
{
	char line[4096], copy[4096], *field[5], *p;
	struct expected e;
	uint32_t cps[MAX_CHARS];
	size_t n;
	int i, dir;
	FILE *f;

	if ((f = fopen(BIDI_DATA "BidiCharacterTest.txt", "r")) == NULL)
		return false;
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
		judge(line, cps, n, dir == 2 ? -1 : dir, atoi(field[2]), &e);
	}
	fclose(f);
	return true;
}

#endif
