/*
 * The book's own words and digits, in the language of the layout.
 */
#include "page/layout.h"

const char *
layout_word(const struct layout *l, const char *name)
{
	return style_word(l->st, l->lang, name);
}

char *
layout_number(const struct layout *l, long n)
{
	return style_digits(l->a, l->lang, n);
}
