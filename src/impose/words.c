/*
 * What a page says, so short that it fits on a ticket: how many letters fall
 * into each of a dozen boxes. Two pages of a book do not have the same
 * numbers, though they be filled alike, and a reader that parts words
 * otherwise, drops a mark or changes the order of a line changes nothing.
 *
 * A hash would be shorter still, but says only "not the same"; here a letter
 * or two that a reader lost is seen to be little.
 */
#include <string.h>

#include "impose/internal.h"

/* 64 signs, none of which has a meaning in a ticket. */
static const char signs[] = "0123456789abcdefghijklmnopqrstuvwxyz"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ_~";

void
impose_letters(struct impose_letters *v, const char *s, size_t n)
{
	struct buf b = {0};
	size_t i = 0, k;
	uint32_t cp;

	while (i < n) {
		cp = utf8_next(s, n, &i);
		b.n = 0;
		/* A ligature is its letters. */
		uni_compatible(cp, &b);
		for (k = 0; k < b.n;) {
			cp = utf8_next(b.p, b.n, &k);
			if (uni_is_letter(cp) || uni_is_digit(cp))
				v->n[(cp * 2654435761u >> 16) %
				    IMPOSE_LETTERS]++;
		}
	}
	buf_free(&b);
}

/* Of all that is drawn on a page as text. */
void
impose_page_letters(struct impose_letters *v, const struct page *pg)
{
	memset(v, 0, sizeof(*v));
	for (size_t i = 0; i < pg->nitems; i++) {
		const struct para_lines *ls;
		const struct para_line *ln;

		if (pg->items[i].kind != PAGE_TEXT)
			continue;
		ls = pg->items[i].u.text.para->lines;
		if (ls->v == NULL)
			continue;
		ln = &ls->v[pg->items[i].u.text.line];
		impose_letters(v, ls->para->text + ln->text, ln->text_end -
		    ln->text);
	}
}

void
impose_letters_put(struct buf *b, const struct impose_letters *v)
{
	for (int i = 0; i < IMPOSE_LETTERS; i++) {
		uint32_t n = MIN(v->n[i], 64 * 64 - 1);

		buf_char(b, signs[n / 64]);
		buf_char(b, signs[n % 64]);
	}
}

bool
impose_letters_read(struct impose_letters *v, const char *s, size_t n)
{
	const char *a, *b;

	if (n != 2 * IMPOSE_LETTERS)
		return false;
	for (int i = 0; i < IMPOSE_LETTERS; i++, s += 2) {
		a = s[0] != '\0' ? strchr(signs, s[0]) : NULL;
		b = s[1] != '\0' ? strchr(signs, s[1]) : NULL;
		if (a == NULL || b == NULL)
			return false;
		v->n[i] = (uint32_t)((a - signs) * 64 + (b - signs));
	}
	return true;
}

uint32_t
impose_letters_count(const struct impose_letters *v)
{
	uint32_t n = 0;

	for (int i = 0; i < IMPOSE_LETTERS; i++)
		n += v->n[i];
	return n;
}

/* As good as equal: one letter in a hundred may have been read otherwise. */
bool
impose_letters_same(const struct impose_letters *a,
    const struct impose_letters *b)
{
	uint32_t apart = 0;

	for (int i = 0; i < IMPOSE_LETTERS; i++)
		apart += a->n[i] > b->n[i] ? a->n[i] - b->n[i] :
		    b->n[i] - a->n[i];
	return apart * 100 <= MAX(impose_letters_count(a),
	    impose_letters_count(b)) + 100;
}
