/*
 * Lengths. Everything is exact in integers: 3 mm is 3 * 360/127 pt rounded
 * once, so the same style gives the same sp on every machine.
 */
#include "base/base.h"

#include <string.h>

#define MICRO 1000000

__extension__ typedef __int128 wide;

int64_t
muldiv(int64_t a, int64_t b, int64_t c)
{
	wide p, d = c;
	int64_t small;

	/* Nearly always: a product of 64 bits, and no division of 128. */
	if (a == (int32_t)a && b == (int32_t)b && c > 0 && c == (int32_t)c) {
		small = a * b;
		return small < 0 ? -((-small + c / 2) / c) :
		    (small + c / 2) / c;
	}
	p = (wide)a * b;
	if (d < 0) {
		p = -p;
		d = -d;
	}
	p = p < 0 ? -((-p + d / 2) / d) : (p + d / 2) / d;
	return p > INT64_MAX ? INT64_MAX : p < INT64_MIN ? INT64_MIN :
	    (int64_t)p;
}

sp
sp_clamp(sp64 v)
{
	return v > INT32_MAX ? INT32_MAX : v < INT32_MIN ? INT32_MIN : (sp)v;
}

/* Points in one of the unit, as a fraction; num 0 where it is relative. */
static const struct {
	const char *name;
	enum unit unit;
	int num, den;
} units[] = {
	{ "pt", UNIT_ABS, 1, 1 },
	{ "bp", UNIT_ABS, 1, 1 },
	{ "mm", UNIT_ABS, 360, 127 },
	{ "cm", UNIT_ABS, 3600, 127 },
	{ "in", UNIT_ABS, 72, 1 },
	{ "pc", UNIT_ABS, 12, 1 },
	{ "em", UNIT_EM, 0, 1 },
	{ "lh", UNIT_LH, 0, 1 },
	{ "%", UNIT_PERCENT, 0, 1 },
	{ "", UNIT_NONE, 0, 1 },
};

bool
length_parse(const char *s, size_t n, struct length *out)
{
	size_t i = 0, j, start, decimals;
	int64_t micro = 0, v;
	bool negative = false;

	if (i < n && s[i] == '-') {
		negative = true;
		i++;
	}
	start = i;
	for (; i < n && s[i] >= '0' && s[i] <= '9'; i++) {
		micro = micro * 10 + (s[i] - '0');
		if (micro > MICRO * 1000)	/* no page is so large */
			return false;
	}
	if (i < n && s[i] == '.') {
		j = ++i;
		for (; i < n && s[i] >= '0' && s[i] <= '9'; i++) {
			if (i - j == 6)
				return false;
			micro = micro * 10 + (s[i] - '0');
		}
		decimals = i - j;
		if (decimals == 0)
			return false;
	} else {
		decimals = 0;
		if (i == start)
			return false;
	}
	for (; decimals < 6; decimals++)
		micro *= 10;
	if (negative)
		micro = -micro;

	for (j = 0; j < NELEM(units); j++) {
		if (strlen(units[j].name) == n - i &&
		    memcmp(units[j].name, s + i, n - i) == 0)
			break;
	}
	if (j == NELEM(units))
		return false;
	if (units[j].unit != UNIT_ABS) {
		*out = (struct length){ micro, units[j].unit };
		return true;
	}
	v = muldiv(micro, (int64_t)SP_PT * units[j].num,
	    (int64_t)MICRO * units[j].den);
	if (v > SP_MAX || v < -SP_MAX)
		return false;
	*out = (struct length){ v, UNIT_ABS };
	return true;
}

const char *
sp_str(sp v, char out[static 24])
{
	int64_t abs = v < 0 ? -(int64_t)v : v, scale = 1, r = 0;
	size_t n;
	int d;

	/* Five decimals are finer than half an sp, so this always ends. */
	for (d = 0; d < 6; d++, scale *= 10) {
		r = muldiv(abs, scale, SP_PT);
		if (muldiv(r, SP_PT, scale) == abs)
			break;
	}
	n = (size_t)snprintf(out, 24, "%s%u", v < 0 ? "-" : "",
	    (unsigned)(r / scale));
	if (d > 0)
		out[n++] = '.';
	for (; d > 0; d--) {
		scale /= 10;
		out[n++] = (char)('0' + r / scale % 10);
	}
	memcpy(out + n, "pt", 3);
	return out;
}
