/*
 * Values of a style: what each type of key takes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "style/table.h"

const char *
style_kind_words(const struct yaml *y)
{
	return y->kind == YAML_SCALAR ? y->text :
	    y->kind == YAML_SEQ ? "a list" : "a mapping";
}

bool
style_bool(const char *t, bool *out)
{
	static const char *const yes[] = {"true", "yes", "on", NULL};
	static const char *const no[] = {"false", "no", "off", NULL};

	for (int i = 0; yes[i] != NULL; i++)
		if (strcmp(t, yes[i]) == 0) {
			*out = true;
			return true;
		} else if (strcmp(t, no[i]) == 0) {
			*out = false;
			return true;
		}
	return false;
}

bool
style_decimal(const char *t, int64_t *out)
{
	struct length len;

	if (!length_parse(t, strlen(t), &len) || len.unit != UNIT_NONE)
		return false;
	*out = len.value;
	return true;
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' :
	    c >= 'a' && c <= 'f' ? c - 'a' + 10 :
	    c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "#a0522d", "black", "white", "none", "k 60%", "cmyk 0 20 80 10". */
static bool
parse_colour(const char *t, struct colour *out)
{
	struct colour c = {0};

	if (strcmp(t, "none") == 0) {
		*out = c;
		return true;
	}
	if (strcmp(t, "black") == 0 || strcmp(t, "white") == 0) {
		c.space = 1;
		c.v[0] = *t == 'b' ? 0 : 255;
		*out = c;
		return true;
	}
	if (*t == '#' && strlen(t) == 7) {
		c.space = 3;
		for (int i = 0; i < 3; i++) {
			int hi = hex(t[1 + 2 * i]), lo = hex(t[2 + 2 * i]);

			if (hi < 0 || lo < 0)
				return false;
			c.v[i] = (uint8_t)(hi * 16 + lo);
		}
		if (c.v[0] == c.v[1] && c.v[1] == c.v[2])
			c.space = 1;
		*out = c;
		return true;
	}
	if (strncmp(t, "k ", 2) == 0 || strncmp(t, "cmyk ", 5) == 0) {
		bool gray = *t == 'k';
		const char *p = t + (gray ? 2 : 5);

		for (int i = 0; i < (gray ? 1 : 4); i++) {
			char *end;
			long v = strtol(p, &end, 10);

			if (end == p || v < 0 || v > 100)
				return false;
			c.v[i] = (uint8_t)((v * 255 + 50) / 100);
			p = end + strspn(end, "% ");
		}
		if (*p != '\0')
			return false;
		c.space = gray ? 1 : 4;
		if (gray)
			c.v[0] = (uint8_t)(255 - c.v[0]);
		*out = c;
		return true;
	}
	return false;
}

static const char *
default_words(struct style *s, const struct style_key *k, const void *at)
{
	char num[24];

	switch (k->type) {
	case T_SP:
		return arena_str(&s->arena, sp_str(*(const sp *)at, num));
	case T_INT:
		return arena_printf(&s->arena, "%d", *(const int *)at);
	case T_COST:
		return arena_printf(&s->arena, "%lld",
		    (long long)*(const int64_t *)at);
	case T_MILLE:
		return arena_printf(&s->arena, "%d/1000", *(const int *)at);
	case T_BOOL:
		return *(const bool *)at ? "true" : "false";
	case T_STR:
		return *(const char *const *)at != NULL ?
		    *(const char *const *)at : "(none)";
	default:
		return "(as it was)";
	}
}

static void
wrong_type(struct style *s, struct diag *dg, const struct style_key *k,
    const struct yaml *y, const void *at)
{
	diag_add(dg, y->pos, STY_WRONG_TYPE, k->name, style_type_words(k),
	    style_kind_words(y), default_words(s, k, at));
}

static void
out_of_range(struct style *s, struct diag *dg, const struct style_key *k,
    const struct yaml *y, const void *at)
{
	diag_add(dg, y->pos, STY_RANGE, k->name, y->text,
	    style_range_words(&s->arena, k), default_words(s, k, at));
}

static bool
resolve_length(const char *t, struct style_scale sc, sp *out, int64_t *rel)
{
	struct length len;

	if (!length_parse(t, strlen(t), &len))
		return false;
	*rel = 0;
	switch (len.unit) {
	case UNIT_ABS:
		*out = sp_clamp(len.value);
		return true;
	case UNIT_EM:
		*rel = len.value / 1000;
		*out = sp_clamp(muldiv(len.value, sc.em, 1000000));
		return sc.em > 0;
	case UNIT_LH:
		*out = sp_clamp(muldiv(len.value, sc.lh, 1000000));
		return sc.lh > 0;
	case UNIT_PERCENT:
		*rel = len.value / 100000;
		*out = sp_clamp(muldiv(len.value, sc.em, 100000000));
		return sc.em > 0;
	case UNIT_NONE:
		*out = 0;
		return len.value == 0;
	}
	return false;
}

/* Several words: the bits of them, or their order. */
static bool
read_words(const struct style_key *k, const char *t, unsigned *out)
{
	unsigned v = 0, rank = 0;

	for (const char *p = t; *p != '\0';) {
		size_t n = strcspn(p, " +,");
		int i;

		for (i = 0; k->words[i] != NULL; i++)
			if (strlen(k->words[i]) == n &&
			    memcmp(k->words[i], p, n) == 0)
				break;
		if (n > 0 && k->words[i] == NULL)
			return false;
		if (n > 0 && k->type == T_FLAGS)
			v |= 1u << i;
		else if (n > 0 && (v >> 4 * i & 15) == 0)
			v |= ++rank << 4 * i;
		p += n + strspn(p + n, " +,");
	}
	*out = v;
	return true;
}

/* [a, b] as "a b"; what is no list of words stays as it is. */
static const struct yaml *
words_of(struct style *s, const struct yaml *y)
{
	struct yaml *one;
	struct buf b = {0};

	if (y->kind != YAML_SEQ)
		return y;
	for (const struct yaml *c = y->child; c != NULL; c = c->next) {
		if (c->kind != YAML_SCALAR)
			return y;
		buf_printf(&b, "%s ", c->text);
	}
	one = arena_dup(&s->arena, y, sizeof(*y));
	one->kind = YAML_SCALAR;
	one->text = arena_strn(&s->arena, b.n > 0 ? b.p : "", b.n);
	buf_free(&b);
	return one;
}

bool
style_value(struct style *s, struct diag *dg, const struct style_key *k,
    const struct yaml *y, void *at, struct style_scale sc, int64_t *rel)
{
	const char *t;
	int64_t v, dummy;
	bool b;
	sp len;
	struct colour c;

	if (rel == NULL)
		rel = &dummy;
	*rel = 0;
	if (k->type == T_FLAGS || k->type == T_ORDER)
		y = words_of(s, y);
	t = y->text;
	if (y->kind != YAML_SCALAR) {
		wrong_type(s, dg, k, y, at);
		return false;
	}
	switch (k->type) {
	case T_SP:
		if (!resolve_length(t, sc, &len, rel))
			break;
		if (len < k->lo || len > k->hi) {
			out_of_range(s, dg, k, y, at);
			return false;
		}
		*(sp *)at = len;
		return true;
	case T_INT:
	case T_COST:
	case T_MILLE:
		if (!style_decimal(t, &v))
			break;
		if (k->type == T_MILLE)
			v /= 1000;
		else if (v % 1000000 != 0)
			break;
		else
			v /= 1000000;
		if (v < k->lo || v > k->hi) {
			out_of_range(s, dg, k, y, at);
			return false;
		}
		if (k->type == T_COST)
			*(int64_t *)at = v;
		else
			*(int *)at = (int)v;
		return true;
	case T_BOOL:
		if (!style_bool(t, &b))
			break;
		*(bool *)at = b;
		return true;
	case T_STR:
		*(const char **)at = t;
		return true;
	case T_COLOUR:
		if (!parse_colour(t, &c))
			break;
		*(struct colour *)at = c;
		return true;
	case T_ENUM:
	case T_WORD:
		for (int i = 0; k->words[i] != NULL; i++)
			if (strcmp(k->words[i], t) == 0) {
				if (k->type == T_ENUM)
					*(int *)at = i;
				else
					*(const char **)at = k->words[i];
				return true;
			}
		break;
	case T_FLAGS:
	case T_ORDER:
		if (!read_words(k, t, (unsigned *)at))
			break;
		return true;
	case T_FONT:
		for (size_t i = 0; i < s->nfonts; i++)
			if (strcmp(s->fonts[i].role, t) == 0) {
				*(const struct style_font **)at =
				    &s->fonts[i];
				return true;
			}
		break;
	}
	wrong_type(s, dg, k, y, at);
	return false;
}
