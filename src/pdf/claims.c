/*
 * Can the standards that a target asks for be claimed of these pages? What
 * cannot is an error at its place; a false claim is worse than no file.
 */
#include "base/messages.h"
#include "pdf/internal.h"

struct claim {
	struct pdf_job *j;
	const char *name;		/* of the standard, for messages */
	bool kept;
};

static void
refuse_at(struct claim *c, struct pos pos, const char *what, const char *why)
{
	diag_add(c->j->dg, pos.line != 0 ? pos : c->j->o->pos, PDF_STANDARD,
	    c->name, what, why);
	c->kept = false;
}

static void
refuse(struct claim *c, const char *what, const char *why)
{
	refuse_at(c, c->j->o->pos, what, why);
}

static bool
is_empty(const char *s)
{
	return s == NULL || s[0] == '\0';
}

/* What stands in the way in single elements: all of it is told. */
static void
check_elems(struct claim *c)
{
	const struct page_book *k = c->j->book;
	int level, last = 0;
	size_t i;

	for (i = 0; i < k->nelems; i++) {
		const struct page_elem *e = &k->elems[i];
		struct pos pos = e->node != NULL ? e->node->pos : NOPOS;

		if ((e->role == ROLE_FIGURE || e->role == ROLE_FORMULA) &&
		    is_empty(e->alt))
			refuse_at(c, pos, e->role == ROLE_FIGURE ?
			    "words for every figure" :
			    "words for every formula",
			    "this one has no alternative text");
		if (e->role < ROLE_H1 || e->role > ROLE_H6 ||
		    !(c->j->o->standards & PDF_UA1))
			continue;
		level = (int)(e->role - ROLE_H1) + 1;
		if (level > last + 1)
			refuse_at(c, pos, "headings without a gap",
			    "this one skips a level");
		last = level;
	}
}

bool
pdf_claims(struct pdf_job *j)
{
	unsigned s = j->o->standards;
	unsigned print = s & (PDF_X4 | PDF_X1A);
	bool tags = s & (PDF_UA1 | PDF_A2A);
	struct claim c = { j, s & PDF_UA1 ? "PDF/UA-1" : s & PDF_A2A ?
	    "PDF/A-2a" : s & PDF_A2U ? "PDF/A-2u" : s & PDF_X4 ? "PDF/X-4" :
	    "PDF/X-1a", true };

	if (print && print != s)
		refuse(&c, "a file that is not for the press",
		    "links stay out of PDF/X; make a target for each");
	if (print == (PDF_X4 | PDF_X1A))
		refuse(&c, "a file of its own",
		    "PDF/X-4 and PDF/X-1a cannot both be met");
	if (tags && j->nsheets > 0)
		refuse(&c, "pages in reading order", "sheets have none");
	if ((print || (s & PDF_UA1)) && is_empty(j->book->title))
		refuse(&c, "a title", "the book has none");
	if (tags && is_empty(j->book->lang))
		refuse(&c, "a language", "the book names none");
	if (tags && j->book->nelems == 0)
		refuse(&c, "structure", "these pages have none");
	if (tags)
		check_elems(&c);
	return c.kept;
}
