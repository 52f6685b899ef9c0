/*
 * Can the standards that a target asks for be claimed of these pages? What
 * stands in the way is an error, each at its place; the file is written all
 * the same, but claims only what it keeps.
 */
#include "base/messages.h"
#include "pdf/internal.h"

#include <string.h>

#define PRINT (PDF_X4 | PDF_X1A)
#define TAGS (PDF_UA1 | PDF_A2A)

static const char *
name_of(unsigned standards)
{
	return standards & PDF_UA1 ? "PDF/UA-1" : standards & PDF_A2A ?
	    "PDF/A-2a" : standards & PDF_A2U ? "PDF/A-2u" :
	    standards & PDF_X4 ? "PDF/X-4" : "PDF/X-1a";
}

/* Give up those of `standards` that are still claimed, and say why. */
static void
refuse(struct pdf_job *j, unsigned standards, struct pos pos,
    const char *what, const char *why)
{
	standards &= j->o->standards;
	if (standards == 0)
		return;
	diag_add(j->dg, pos.line != 0 ? pos : j->o->pos, PDF_STANDARD,
	    name_of(standards), what, why);
	j->claims &= ~standards;
}

static bool
is_empty(const char *s)
{
	return s == NULL || s[0] == '\0';
}

/* All elements that are in the way, not the first alone. */
static void
check_elems(struct pdf_job *j)
{
	const struct page_book *k = j->book;
	int level, last = 0;
	size_t i;

	for (i = 0; i < k->nelems; i++) {
		const struct page_elem *e = &k->elems[i];
		struct pos pos = e->node != NULL ? e->node->pos : NOPOS;

		if ((e->role == ROLE_FIGURE || e->role == ROLE_FORMULA) &&
		    is_empty(e->alt))
			refuse(j, TAGS, pos, e->role == ROLE_FIGURE ?
			    "words for every figure" :
			    "words for every formula",
			    "this one has no alternative text");
		if (e->role < ROLE_H1 || e->role > ROLE_H6)
			continue;
		level = (int)(e->role - ROLE_H1) + 1;
		if (level > last + 1)
			refuse(j, PDF_UA1, pos, "headings without a gap",
			    "this one skips a level");
		last = level;
	}
}

/* Is it an ICC profile of CMYK, by its header? */
static bool
is_cmyk(const struct buf *b)
{
	return b->n > 132 && memcmp(b->p + 36, "acsp", 4) == 0 &&
	    memcmp(b->p + 16, "CMYK", 4) == 0;
}

static void
check_profile(struct pdf_job *j)
{
	const char *path = j->o->profile, *why;

	if (path == NULL) {
		refuse(j, PRINT, NOPOS, "a profile of CMYK",
		    "the target names none by “profile:”");
		return;
	}
	why = file_read(path, 16 << 20, &j->profile);
	if (why == NULL && !is_cmyk(&j->profile))
		why = "is no ICC profile of CMYK";
	if (why != NULL)
		refuse(j, PRINT, NOPOS, path, why);
}

void
pdf_claims(struct pdf_job *j)
{
	unsigned s = j->claims = j->o->standards;

	if ((s & PRINT) == PRINT)
		refuse(j, PDF_X1A, NOPOS, "a file of its own",
		    "PDF/X-4 and PDF/X-1a cannot both be met");
	if (s & PRINT) {
		refuse(j, s & ~PRINT, NOPOS,
		    "a file that is not for the press",
		    "links stay out of PDF/X; make a target for each");
		check_profile(j);
	}
	if (is_empty(j->book->title))
		refuse(j, PRINT | PDF_UA1, NOPOS, "a title",
		    "the book has none");
	if (!(s & TAGS) || (s & PRINT))
		return;
	if (j->nsheets > 0)
		refuse(j, TAGS, NOPOS, "pages in reading order",
		    "sheets have none");
	if (is_empty(j->book->lang))
		refuse(j, TAGS, NOPOS, "a language",
		    "the book names none");
	if (j->book->nelems == 0)
		refuse(j, TAGS, NOPOS, "structure", "these pages have none");
	check_elems(j);
}
