/* Lints over the laid-out pages. */
#include "base/messages.h"
#include "check/check.h"

void
check_pages(const struct page_book *b, struct diag *dg)
{
	for (size_t i = 0; i < b->npages; i++) {
		const struct page *p = &b->pages[i];
		bool any = p->blank;

		for (size_t k = 0; k < p->nitems && !any; k++)
			any = p->items[k].elem != ARTIFACT_PAGINATION;
		if (!any)
			diag_add(dg, NOPOS, LAY_BLANK_PAGE)->page = (int)i + 1;
	}
}
