/*
 * Proof copies: what check/ has to say, beside the lines it says it of.
 */
#include <stdlib.h>
#include <string.h>

#include "check/check.h"
#include "cmd/proof.h"

struct remarks {
	struct page_remark *v;
	size_t n, cap;
};

char *
proof_path(struct arena *a, const char *path)
{
	const char *base = path_base(path), *dot = strrchr(base, '.');

	if (dot == NULL || dot == base)
		dot = base + strlen(base);
	return arena_printf(a, "%.*s-proof%s", (int)(dot - path), path, dot);
}

const char *
proof_refused(const struct read_target *t, bool sheets, bool press)
{
	if (strcmp(t->format, "html") == 0)
		return "HTML has no pages";
	if (sheets)
		return "it makes sheets, not pages";
	return press ? "it is for the press, which would print the remarks" :
	    NULL;
}

static int
by_place(const void *va, const void *vb)
{
	const struct page_remark *a = va, *b = vb;

	if (a->page != b->page)
		return a->page < b->page ? -1 : 1;
	return a->y != b->y ? (a->y < b->y ? -1 : 1) : strcmp(a->text, b->text);
}

static void
find_remarks(struct project *p, struct remarks *all)
{
	for (struct diag_msg *m = p->dg->first; m != NULL; m = m->next)
		if (m->page > 0 && m->output == NULL && m->excuse == NULL)
			*VEC_PUSH(all) = (struct page_remark){(uint32_t)m->page,
			    m->y, arena_printf(&p->arena, "%s %s", m->code,
			    m->text)};
	if (all->n > 1)
		qsort(all->v, all->n, sizeof(*all->v), by_place);
}

void
proof_make(struct project *p, struct page_book *b, struct style *st)
{
	struct remarks all = {0};

	check_text(&p->doc, st, p->dg);
	check_pages(b, st, p->dg);
	check_places(b, p->dg);
	check_excuse(&p->doc, p->dg, CHECK_NOT_TOLD);
	find_remarks(p, &all);
	page_proof(b, &(struct page_proof){.style = st,
	    .fonts = project_fonts(p), .dg = p->dg, .v = all.v, .n = all.n,
	    .stamp = p->dg->persian || b->level == 1 ? "نمونهٔ بازبینی" :
	    "PROOF", .lang = p->dg->persian || b->level == 1 ? "fa" : "en"});
	free(all.v);
}
