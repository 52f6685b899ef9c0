/*
 * Brackets that came out mirrored: «)ذکی ولیدی(».
 *
 * Brackets of a paragraph are read in a row, citations already in order left
 * out. A closing one that nothing opened, and behind it an opening one that
 * nothing closes, are a mirrored pair. Where the second could as well begin
 * an honest pair, «۱) یک (دو)», the blanks beside them decide: a bracket that
 * opens has its blank before it.
 */
#include "import/private.h"

#include <stdlib.h>

enum { PAIR_MAX = 240 };	/* cells between the two of a pair */

struct brackets { size_t *v; size_t n, cap; };

static bool
has_blank(const struct draft *d, size_t i)
{
	uint32_t cp = cp_at(d, i);

	return is_blank(cp) || cp == '\n';
}

/* How much the blanks say that a pair at i, j is the wrong way round. */
static int
mirrored(const struct draft *d, size_t i, size_t j)
{
	int score = 0;

	score += has_blank(d, i - 1) - has_blank(d, i + 1);
	score += has_blank(d, j + 1) - has_blank(d, j - 1);
	return score;
}

static bool
near(size_t i, size_t j)
{
	return j - i < PAIR_MAX;
}

static void
read_row(struct import *im, const struct brackets *b, char *turn)
{
	const struct draft *d = &im->in;
	size_t k = 0;

	while (k < b->n) {
		size_t i = b->v[k], j, next;

		if (k + 1 >= b->n)
			break;
		j = b->v[k + 1];
		if (d->v[i].cp == '(') {
			k += d->v[j].cp == ')' ? 2 : 1;
			continue;
		}
		next = k + 2 < b->n ? b->v[k + 2] : SIZE_MAX;
		if (d->v[j].cp == '(' && near(i, j)) {
			bool honest = next != SIZE_MAX &&
			    d->v[next].cp == ')' && near(j, next);

			if (!honest || mirrored(d, i, j) > 0) {
				turn[i] = turn[j] = 1;
				k += 2;
				continue;
			}
		}
		k++;
	}
}

void
pass_brackets(struct import *im)
{
	struct brackets row = {0};
	char *turn = xcalloc(im->in.n + 1, 1);

	for (size_t i = 0; i <= im->in.n; i++) {
		uint32_t cp = cp_at(&im->in, i);

		if (i == im->in.n || (cp == '\n' && (cp_at(&im->in, i + 1) ==
		    '\n' || cp_at(&im->in, i + 1) == '\f'))) {
			read_row(im, &row, turn);
			row.n = 0;
		} else if ((cp == '(' || cp == ')') && !im->in.v[i].fixed) {
			*VEC_PUSH(&row) = i;
		}
	}
	for (size_t i = 0; i < im->in.n; i++) {
		if (turn[i])
			replace(im, "bracket", i, i + 1, im->in.v[i].cp == '(' ?
			    ")" : "(");
		else
			keep(im, i, i + 1);
	}
	free(row.v);
	free(turn);
}
