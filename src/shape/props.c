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
	return p;
}

void
props_free(struct props *ps)
{
	size_t i;

	for (i = 0; i < PROP_PAGES; i++)
		free(ps->page[i]);
}
