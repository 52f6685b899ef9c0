/*
 * The system's fonts, through fontconfig: for families that no manifest
 * lists, and where there is no manifest at all.
 *
 * The configuration is our own object and never made fontconfig's current
 * one: what else the process does with fontconfig stays as it was. Files in
 * the set's own folders join the system's, so that a font that lies in a
 * book's fonts/ is found by its name without any manifest.
 */
#include "font/private.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

struct system {
	FcConfig *config;
};

static struct system *
system_open(struct font_set *s)
{
	struct system *y;
	size_t i;

	if (s->system_asked)
		return s->system;
	s->system_asked = true;
	y = xcalloc(1, sizeof(*y));
	y->config = FcInitLoadConfigAndFonts();
	if (y->config == NULL) {
		free(y);
		return NULL;
	}
	for (i = 0; i < s->ndirs; i++)
		if (dir_exists(s->dirs[i]))
			FcConfigAppFontAddDir(y->config,
			    (const FcChar8 *)s->dirs[i]);
	s->system = y;
	return y;
}

void
system_close(struct system *y)
{
	if (y == NULL)
		return;
	FcConfigDestroy(y->config);
	free(y);
}

static FcPattern *
make_pattern(FcConfig *config, const char *family, int weight, bool italic)
{
	FcPattern *p = FcPatternCreate();

	FcPatternAddString(p, FC_FAMILY, (const FcChar8 *)family);
	FcPatternAddInteger(p, FC_WEIGHT, FcWeightFromOpenType(weight));
	FcPatternAddInteger(p, FC_SLANT,
	    italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN);
	FcPatternAddBool(p, FC_OUTLINE, FcTrue);
	FcPatternAddBool(p, FC_VARIABLE, FcFalse);
	FcPatternAddString(p, FC_LANG, (const FcChar8 *)"fa");
	FcPatternAddString(p, FC_LANG, (const FcChar8 *)"en");
	FcConfigSubstitute(config, p, FcMatchPattern);
	FcDefaultSubstitute(p);
	return p;
}

/* Is one of the face's names (it has one a language) the one asked for? */
static bool
has_family(FcPattern *p, const char *family)
{
	FcChar8 *name;
	int i;

	for (i = 0; FcPatternGetString(p, FC_FAMILY, i, &name) ==
	    FcResultMatch; i++)
		if (FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0)
			return true;
	return false;
}

/* Type 1, bitmaps, colour: nothing that we embed. */
static bool
is_usable(FcPattern *p)
{
	FcChar8 *format;
	FcBool yes;

	if (FcPatternGetString(p, FC_FONTFORMAT, 0, &format) !=
	    FcResultMatch || (strcmp((char *)format, "TrueType") != 0 &&
	    strcmp((char *)format, "CFF") != 0))
		return false;
	return FcPatternGetBool(p, FC_COLOR, 0, &yes) != FcResultMatch || !yes;
}

/* The set's entry for a face of the system, made if it is new. */
static struct font_entry *
make_entry(struct font_set *s, FcPattern *p)
{
	struct font_entry *e;
	FcChar8 *file, *family;
	int index = 0, weight = FC_WEIGHT_REGULAR, slant = FC_SLANT_ROMAN;
	size_t i;

	if (!is_usable(p) || FcPatternGetString(p, FC_FILE, 0, &file) !=
	    FcResultMatch || FcPatternGetString(p, FC_FAMILY, 0, &family) !=
	    FcResultMatch)
		return NULL;
	FcPatternGetInteger(p, FC_INDEX, 0, &index);
	FcPatternGetInteger(p, FC_WEIGHT, 0, &weight);
	FcPatternGetInteger(p, FC_SLANT, 0, &slant);
	index &= 0xffff;	/* above: a named instance of a variable face */
	for (i = 0; i < s->entries.n; i++) {
		e = s->entries.v[i];
		if (e->index == (unsigned)index &&
		    strcmp(e->path, (char *)file) == 0)
			return e;
	}
	e = ARENA_NEW(&s->arena, struct font_entry);
	e->family = arena_str(&s->arena, (char *)family);
	e->path = arena_str(&s->arena, (char *)file);
	e->weight = FcWeightToOpenType(weight);
	e->italic = slant != FC_SLANT_ROMAN;
	e->index = (unsigned)index;
	e->system = true;
	*VEC_PUSH(&s->entries) = e;
	return e;
}

struct font_entry *
system_find(struct font_set *s, const char *family, int weight, bool italic,
    bool exact)
{
	struct font_entry *e;

	return system_faces(s, family, weight, italic, exact, &e, 1) == 1 ?
	    e : NULL;
}

size_t
system_faces(struct font_set *s, const char *family, int weight, bool italic,
    bool exact, struct font_entry **out, size_t max)
{
	struct system *y = system_open(s);
	FcPattern *pattern;
	FcFontSet *set;
	FcResult result;
	size_t n = 0;
	int i;

	if (y == NULL)
		return 0;
	pattern = make_pattern(y->config, family, weight, italic);
	/* Trimmed: only faces that add characters to those before. */
	set = FcFontSort(y->config, pattern, FcTrue, NULL, &result);
	for (i = 0; set != NULL && i < set->nfont && n < max; i++) {
		if (exact && !has_family(set->fonts[i], family))
			continue;
		out[n] = make_entry(s, set->fonts[i]);
		if (out[n] != NULL)
			n++;
	}
	if (set != NULL)
		FcFontSetDestroy(set);
	FcPatternDestroy(pattern);
	return n;
}

const char *
font_system_library(void)
{
	static char words[32];
	int v = FcGetVersion();

	snprintf(words, sizeof(words), "fontconfig %d.%d.%d", v / 10000,
	    v / 100 % 100, v % 100);
	return words;
}
