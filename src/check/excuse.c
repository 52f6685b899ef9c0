/*
 * Excuses. read/ keeps the comment's words as the value `allow` of the block
 * that follows it; several are parted by newlines.
 */
#include <string.h>

#include "base/messages.h"
#include "check/check.h"

static bool
inside(struct pos p, const struct doc_node *n)
{
	uint32_t last = n->end.line != 0 ? n->end.line : n->pos.line;

	return p.file == n->pos.file && p.line >= n->pos.line &&
	    p.line <= last;
}

static void
excuse(const struct doc_node *n, struct diag *dg, const char *code,
    size_t ncode, const char *why, bool own_pages)
{
	bool used = false;
	char name[16];

	for (struct diag_msg *m = dg->first; m != NULL; m = m->next)
		if (strlen(m->code) == ncode &&
		    memcmp(m->code, code, ncode) == 0 && inside(m->pos, n)) {
			m->excuse = why;
			used = true;
		}
	if (!used && (own_pages || ncode < 3 || memcmp(code, "LAY", 3) != 0)) {
		snprintf(name, sizeof(name), "%.*s", (int)MIN(ncode, 15), code);
		diag_add(dg, n->pos, MAN_UNUSED_EXCUSE, name);
	}
}

void
check_excuse(const struct doc *d, struct diag *dg, bool own_pages)
{
	for (const struct doc_node *n = d->root; n != NULL;
	    n = doc_next(n, d->root)) {
		const char *s = doc_value(n, "allow");

		while (s != NULL && *s != '\0') {
			size_t line = strcspn(s, "\n");
			size_t ncode = strcspn(s, ":\n ");
			const char *why = s + ncode + strspn(s + ncode, ": ");

			if (ncode > 0)
				excuse(n, dg, s, ncode, arena_strn(&dg->arena,
				    why, line > (size_t)(why - s) ? line -
				    (size_t)(why - s) : 0), own_pages);
			s += line + (s[line] == '\n');
		}
	}
}
