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
#define SAY(en, fa) pdf_say(j->dg, en, fa)

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
	if (pos.line == 0)
		pos = j->o->pos;
	if (j->o->assumed)
		diag_add(j->dg, pos, PDF_ASSUMED, name_of(standards), what,
		    why);
	else
		diag_add(j->dg, pos, PDF_STANDARD, name_of(standards), what,
		    why);
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
			    SAY("words for every figure",
			    "برای هر تصویر متنی") :
			    SAY("words for every formula",
			    "برای هر فرمول متنی"),
			    SAY("this one has no alternative text",
			    "این یکی متن جایگزین ندارد"));
		if (e->role < ROLE_H1 || e->role > ROLE_H6)
			continue;
		level = (int)(e->role - ROLE_H1) + 1;
		if (level > last + 1)
			refuse(j, PDF_UA1, pos, SAY("headings without a gap",
			    "عنوان‌های پیوسته"), SAY("this one skips a level",
			    "این یکی از یک لایه پریده است"));
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

	/* X-1a may name a condition that presses know. */
	if (path == NULL && j->follows == PDF_X1A && j->o->condition != NULL)
		return;
	if (path == NULL) {
		refuse(j, PRINT, NOPOS, SAY("a profile of CMYK",
		    "نمایهٔ CMYK"), SAY("the target names none by “profile:”",
		    "خروجی با «profile:» نامی از آن نبرده است"));
		return;
	}
	why = file_read(path, 16 << 20, &j->profile);
	if (why == NULL && !is_cmyk(&j->profile))
		why = SAY("is no ICC profile of CMYK",
		    "نمایهٔ ICC برای CMYK نیست");
	if (why != NULL)
		refuse(j, PRINT, NOPOS, path, why);
}

void
pdf_claims(struct pdf_job *j)
{
	unsigned s = j->claims = j->o->standards;

	if ((s & PRINT) == PRINT)
		refuse(j, PDF_X1A, NOPOS, SAY("a file of its own",
		    "پرونده‌ای جدا"), SAY("PDF/X-4 and PDF/X-1a cannot both "
		    "be met", "PDF/X-4 و PDF/X-1a با هم نمی‌سازند"));
	if (s & PRINT) {
		refuse(j, s & ~PRINT, NOPOS, SAY("a file that is not for the "
		    "press", "پرونده‌ای که برای چاپخانه نباشد"), SAY("links "
		    "stay out of PDF/X; make a target for each", "پیوند در "
		    "PDF/X نمی‌آید؛ برای هر کدام خروجی جدا بسازید"));
		check_profile(j);
	}
	if (is_empty(j->title))
		refuse(j, PRINT | PDF_UA1, NOPOS, SAY("a title", "عنوان"),
		    SAY("the book has none", "کتاب عنوان ندارد"));
	if (!(s & TAGS) || (s & PRINT))
		return;
	if (j->nsheets > 0)
		refuse(j, TAGS, NOPOS, SAY("pages in reading order",
		    "صفحه‌ها به ترتیب خواندن"), SAY("sheets have none",
		    "برگه‌ها ترتیب خواندن ندارند"));
	if (is_empty(j->book->lang))
		refuse(j, TAGS, NOPOS, SAY("a language", "زبان"),
		    SAY("the book names none", "کتاب زبانی نام نبرده است"));
	if (j->book->nelems == 0)
		refuse(j, TAGS, NOPOS, SAY("structure", "ساختار"),
		    SAY("these pages have none", "این صفحه‌ها ساختار ندارند"));
	if (pdf_kept_claims(j))
		return;
	check_elems(j);
	pdf_kept_claimed(j);
}
