/*
 * Every key a style may hold: name, type, place, limits. Private to style/.
 */
#ifndef STYLE_TABLE_H
#define STYLE_TABLE_H

#include "style/style.h"

enum style_type {
	T_SP,			/* length */
	T_INT,
	T_COST,			/* int64_t */
	T_MILLE,		/* decimal, kept as thousandths in an int */
	T_BOOL,
	T_STR,
	T_COLOUR,
	T_ENUM,			/* index of a word, int-sized enum */
	T_WORD,			/* one of the words, kept as a string */
	T_FLAGS,		/* several words, bits in an unsigned */
	T_ORDER,		/* several words, the rank of each (1 first, 0
				 * not named) in 4 bits of an unsigned */
	T_FONT			/* a font role */
};

struct style_key {
	const char *name;
	enum style_type type;
	size_t offset;
	int64_t lo, hi;		/* in the type's own unit */
	const char *const *words;
};

struct style_section {
	const char *name;
	size_t offset;		/* of its struct in struct style */
	const struct style_key *keys;
	bool trims;		/* has the key `trim` */
};

#define STYLE_MAX_FONTS 32
#define STYLE_NPROPS 35
#define STYLE_NSECTIONS 13

extern const struct style_key style_props[STYLE_NPROPS];
extern const struct style_section style_sections[STYLE_NSECTIONS];
extern const char *const style_look_names[];	/* NULL-terminated */

bool style_look_is_known(const char *name);
/* What a look is based on when it does not say; NULL: nothing. */
const char *style_default_base(const char *name);
const char *style_type_words(const struct style_key *k);
const char *style_range_words(struct arena *a, const struct style_key *k);
void style_look_defaults(const struct style *s, struct style_look *l);
void style_defaults(struct style *s);

/* em and lh are relative to these; 0 where they make no sense. */
struct style_scale {
	sp em, lh;
};
/*
 * Read one value into `at`; `rel`, which may be NULL, gets its thousandths of
 * an em (0: it is no such). What cannot be read is reported and leaves the
 * value that stood there: false.
 */
bool style_value(struct style *s, struct diag *dg, const struct style_key *k,
    const struct yaml *y, void *at, struct style_scale sc, int64_t *rel);
bool style_bool(const char *t, bool *out);
/* "-1.25" -> millionths; only digits, one sign, one point. */
bool style_decimal(const char *t, int64_t *out);
const char *style_kind_words(const struct yaml *y);	/* for messages */
/* A trim size by the name the style's `trims` or the C table gives. */
bool style_trim(const struct style *s, const char *name, sp *w, sp *h);

#endif
