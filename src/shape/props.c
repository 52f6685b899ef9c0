/*
 * What the stages ask about a code point, in one look-up.
 *
 * base/ answers each question by itself; asking a dozen of them for every
 * letter of a book costs more than shaping it. So the answers are gathered
 * the first time a code point is met and kept in the context.
 */
#include "shape/internal.h"

#include <stdlib.h>

#define ZYYY SCRIPT_TAG('Z', 'y', 'y', 'y')
#define ZINH SCRIPT_TAG('Z', 'i', 'n', 'h')
#define ZZZZ SCRIPT_TAG('Z', 'z', 'z', 'z')

/*
 * Spaces that HarfBuzz makes of the face's own U+0020 (with their proper
 * widths) when the face lacks them, so that no other face is asked.
 */
static bool
is_blank(uint32_t cp)
{
	return cp == 0x20 || cp == 0xa0 || (cp >= 0x2000 && cp <= 0x200a) ||
	    cp == 0x202f || cp == 0x205f || cp == 0x3000;
}

static bool
is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 ||
	    cp == 0x2029;
}

static uint32_t
bidi_flags(FriBidiCharType t)
{
	switch (t) {
	case FRIBIDI_TYPE_LTR:
		return P_STRONG | P_LTR;
	case FRIBIDI_TYPE_RTL:
	case FRIBIDI_TYPE_AL:
		return P_STRONG;
	case FRIBIDI_TYPE_EN:
	case FRIBIDI_TYPE_AN:
		return P_NUMBER;
	case FRIBIDI_TYPE_NSM:
		return 0;
	case FRIBIDI_TYPE_BN:
	case FRIBIDI_TYPE_LRE:
	case FRIBIDI_TYPE_RLE:
	case FRIBIDI_TYPE_LRO:
	case FRIBIDI_TYPE_RLO:
	case FRIBIDI_TYPE_PDF:
		return P_REMOVED;
	default:
		return P_NEUTRAL;
	}
}

static uint16_t
cluster_flags(uint32_t cp, uint32_t flags)
{
	uint16_t f = 0;

	if (flags & P_UNSEEN)
		return SHAPE_IGNORABLE;
	if (flags & P_NEUTRAL)
		f |= SHAPE_NEUTRAL;
	if (flags & P_NUMBER)
		f |= SHAPE_DIGIT;
	if (cp == ' ' || cp == 0xa0)
		f |= SHAPE_SPACE;
	if (cp == 0x640)
		f |= SHAPE_TATWEEL;
	return f;
}

/* --------------------------------------------------------- joining groups */

/*
 * Joining groups (ArabicShaping.txt) of the blocks Arabic and Arabic
 * Supplement, as far as the rules speak of them. G_BEH takes in what looks
 * like ب in the middle of a word, but for ی, which is G_YEH.
 */
static const struct { uint16_t first, last; uint8_t group; } groups[] = {
	{ 0x620, 0x620, G_YEH }, { 0x622, 0x623, G_ALEF },
	{ 0x624, 0x624, G_WAW }, { 0x625, 0x625, G_ALEF },
	{ 0x626, 0x626, G_YEH }, { 0x627, 0x627, G_ALEF },
	{ 0x628, 0x628, G_BEH }, { 0x629, 0x629, G_TEH_MARBUTA },
	{ 0x62a, 0x62b, G_BEH }, { 0x62f, 0x630, G_DAL },
	{ 0x631, 0x632, G_REH }, { 0x633, 0x634, G_SEEN },
	{ 0x635, 0x636, G_SAD }, { 0x637, 0x638, G_TAH },
	{ 0x639, 0x63a, G_AIN }, { 0x63b, 0x63c, G_GAF },
	{ 0x63d, 0x63f, G_YEH }, { 0x641, 0x641, G_FEH },
	{ 0x642, 0x642, G_QAF }, { 0x643, 0x643, G_KAF },
	{ 0x644, 0x644, G_LAM }, { 0x646, 0x646, G_BEH },
	{ 0x647, 0x647, G_HEH }, { 0x648, 0x648, G_WAW },
	{ 0x649, 0x64a, G_YEH }, { 0x66e, 0x66e, G_BEH },
	{ 0x66f, 0x66f, G_QAF }, { 0x671, 0x673, G_ALEF },
	{ 0x675, 0x675, G_ALEF }, { 0x676, 0x677, G_WAW },
	{ 0x678, 0x678, G_YEH }, { 0x679, 0x680, G_BEH },
	{ 0x688, 0x690, G_DAL }, { 0x691, 0x699, G_REH },
	{ 0x69a, 0x69c, G_SEEN }, { 0x69d, 0x69e, G_SAD },
	{ 0x69f, 0x69f, G_TAH }, { 0x6a0, 0x6a0, G_AIN },
	{ 0x6a1, 0x6a6, G_FEH }, { 0x6a7, 0x6a8, G_QAF },
	{ 0x6a9, 0x6a9, G_GAF }, { 0x6aa, 0x6aa, G_KAF },
	{ 0x6ab, 0x6ab, G_GAF }, { 0x6ac, 0x6ae, G_KAF },
	{ 0x6af, 0x6b4, G_GAF }, { 0x6b5, 0x6b8, G_LAM },
	{ 0x6b9, 0x6bd, G_BEH }, { 0x6be, 0x6be, G_HEH },
	{ 0x6c0, 0x6c0, G_TEH_MARBUTA }, { 0x6c1, 0x6c2, G_HEH },
	{ 0x6c3, 0x6c3, G_TEH_MARBUTA }, { 0x6c4, 0x6cb, G_WAW },
	{ 0x6cc, 0x6ce, G_YEH }, { 0x6cf, 0x6cf, G_WAW },
	{ 0x6d0, 0x6d3, G_YEH }, { 0x6d5, 0x6d5, G_TEH_MARBUTA },
	{ 0x6ee, 0x6ee, G_DAL }, { 0x6ef, 0x6ef, G_REH },
	{ 0x6fa, 0x6fa, G_SEEN }, { 0x6fb, 0x6fb, G_SAD },
	{ 0x6fc, 0x6fc, G_AIN }, { 0x6ff, 0x6ff, G_HEH },
	{ 0x750, 0x756, G_BEH }, { 0x759, 0x75a, G_DAL },
	{ 0x75b, 0x75b, G_REH }, { 0x75c, 0x75c, G_SEEN },
	{ 0x75d, 0x75f, G_AIN }, { 0x760, 0x761, G_FEH },
	{ 0x762, 0x764, G_GAF }, { 0x767, 0x769, G_BEH },
	{ 0x76a, 0x76a, G_LAM }, { 0x76b, 0x76c, G_REH },
	{ 0x76d, 0x76d, G_SEEN }, { 0x770, 0x770, G_SEEN },
	{ 0x771, 0x771, G_REH }, { 0x773, 0x774, G_ALEF },
	{ 0x775, 0x777, G_YEH }, { 0x778, 0x779, G_WAW },
	{ 0x77a, 0x77b, G_YEH }, { 0x77d, 0x77e, G_SEEN },
	{ 0x77f, 0x77f, G_KAF },
};

enum group
group_of(uint32_t cp)
{
	size_t lo = 0, hi = NELEM(groups), mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (cp < groups[mid].first)
			hi = mid;
		else if (cp > groups[mid].last)
			lo = mid + 1;
		else
			return groups[mid].group;
	}
	return G_OTHER;
}

/* --------------------------------------------------------------- look-up */

const struct prop *
prop_fill(struct props *ps, uint32_t cp)
{
	struct prop *p;

	if (cp > 0x10ffff)
		cp = 0xfffd;
	if (ps->page[cp >> 8] == NULL)
		ps->page[cp >> 8] = xcalloc(256, sizeof(*p));
	p = &ps->page[cp >> 8][cp & 0xff];
	p->script = uni_script(cp);
	p->type = fribidi_get_bidi_type(cp);
	p->bracket = FRIBIDI_NO_BRACKET;
	if (p->type == FRIBIDI_TYPE_ON)
		fribidi_get_bracket_types(&cp, 1, &p->type, &p->bracket);
	p->flags = P_KNOWN | bidi_flags(p->type);
	if (uni_is_default_ignorable(cp))
		p->flags |= P_IGNORABLE | P_UNSEEN;
	if (is_control(cp))
		p->flags |= P_CONTROL | (cp == '\t' ? 0 : P_UNSEEN);
	if (uni_is_mark(cp))
		p->flags |= P_MARK;
	if (uni_is_letter(cp))
		p->flags |= P_LETTER;
	if (uni_is_digit(cp))
		p->flags |= P_DIGIT;
	if (is_blank(cp))
		p->flags |= P_BLANK;
	if (uni_is_punct(cp))
		p->flags |= P_PUNCT;
	if (uni_joins_next(cp))
		p->flags |= P_JOINS_NEXT;
	if (uni_joins_prev(cp))
		p->flags |= P_JOINS_PREV;
	if (p->script == ZYYY || p->script == ZINH || p->script == ZZZZ)
		p->flags |= P_COMMON;
	p->shape = cluster_flags(cp, p->flags);
	p->group = (uint8_t)group_of(cp);
	return p;
}

void
props_free(struct props *ps)
{
	size_t i;

	for (i = 0; i < PROP_PAGES; i++)
		free(ps->page[i]);
}
