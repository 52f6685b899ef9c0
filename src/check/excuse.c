/*
 * Excuses: a comment `<!-- dabir: allow LAY002: why -->` before a block, in a
 * bibliography `% dabir: allow BIB002: why` before an entry, in YAML
 * `# dabir: allow STY023: why` before a line. Several codes are parted by
 * commas. What has no reason, or names no code, excuses nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "check/check.h"

/* The lines of a file that an excuse is for. */
struct range {
	uint16_t file;
	uint32_t first, last;		/* last < first: none */
};

struct excuses {
	struct diag *dg;
	enum check_told told;
};

static struct range
range_of(const struct doc_node *n)
{
	if (n == NULL)
		return (struct range){0, 1, 0};
	return (struct range){n->pos.file, n->pos.line, n->end.line != 0 ?
	    n->end.line : n->pos.line};
}

static bool
is_code(const char *s, size_t n)
{
	for (const char *const *c = diag_codes(); *c != NULL; c++)
		if (strlen(*c) == n && memcmp(*c, s, n) == 0)
			return true;
	return false;
}

/* Messages of that code in the range get the reason; false: there are none. */
static bool
apply(struct diag *dg, const char *code, struct range r, const char *why)
{
	bool used = false;

	for (struct diag_msg *m = dg->first; m != NULL; m = m->next)
		if (m->pos.file == r.file && m->pos.line >= r.first &&
		    m->pos.line <= r.last && strcmp(m->code, code) == 0) {
			m->excuse = why;
			used = true;
		}
	return used;
}

static void
excuse(struct excuses *x, struct pos pos, const char *code, struct range r,
    const char *why)
{
	bool used;

	if (*why == '\0') {
		if (x->told != CHECK_NOT_TOLD)
			diag_add(x->dg, pos, MAN_NO_REASON, code);
		return;
	}
	used = apply(x->dg, code, r, why);
	if (!used && (x->told == CHECK_ALL_TOLD || (x->told ==
	    CHECK_TEXT_TOLD && strncmp(code, "LAY", 3) != 0)))
		diag_add(x->dg, pos, MAN_UNUSED_EXCUSE, code);
}

static void
no_such_code(struct excuses *x, struct pos pos, const char *word)
{
	char *upper = arena_str(&x->dg->arena, word);

	for (char *p = upper; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z')
			*p += 'A' - 'a';
	if (x->told != CHECK_NOT_TOLD)
		diag_add(x->dg, pos, MAN_NO_CODE, word, diag_near(x->dg, upper,
		    diag_codes()));
}

/* "TXT010, TXT006: why": the first word is a code, and so is each that
 * follows a comma or looks like one. */
static void
read_excuse(struct excuses *x, struct pos pos, const char *s, size_t n,
    struct range r)
{
	struct arena *a = &x->dg->arena;
	const char *end = s + n, *words[16];
	size_t nwords = 0;
	char *why;

	for (;;) {
		size_t k = 0;

		while (s + k < end && strchr(" \t\n,:", s[k]) == NULL)
			k++;
		if (k == 0 || nwords == NELEM(words))
			break;
		words[nwords++] = arena_strn(a, s, k);
		for (s += k; s < end && strchr(" \t\n", *s) != NULL; s++)
			;
		if (s < end && *s == ',')
			for (s++; s < end && strchr(" \t\n", *s) != NULL; s++)
				;
		else if (end - s < 6 || !is_code(s, 6))
			break;
	}
	while (s < end && strchr(" \t\n:,", *s) != NULL)
		s++;
	why = arena_strn(a, s, (size_t)(end - s));
	for (char *p = why; *p != '\0'; p++)
		if (*p == '\n')
			*p = ' ';
	for (size_t i = 0; i < nwords; i++)
		if (is_code(words[i], strlen(words[i])))
			excuse(x, pos, words[i], r, why);
		else
			no_such_code(x, pos, words[i]);
}

/* ------------------------------------------- bibliographies and YAML files */

/* Where what follows line `line` ends: the entry of a .bib, else one line. */
static uint32_t
last_line(const char *text, size_t n, uint32_t line, bool bib)
{
	uint32_t at = 1, entries = 0;
	bool more = true;

	for (size_t i = 0; i < n && more; at++) {
		const char *nl = memchr(text + i, '\n', n - i);
		size_t to = nl != NULL ? (size_t)(nl - text) : n;
		size_t k = i;

		while (k < to && strchr(" \t\r", text[k]) != NULL)
			k++;
		if (at > line && bib) {
			entries += k < to && text[k] == '@';
			more = entries < 2;
		} else if (at > line && k < to && text[k] != '#') {
			return at;
		}
		i = to + 1;
	}
	return at - (more ? 0 : 2);
}

static void
read_comments(struct excuses *x, uint16_t file, const char *text, size_t n,
    bool bib)
{
	static const char word[] = "dabir: allow ";
	const char *p = text, *end = text + n, *seen = text;
	uint32_t line = 1;

	while ((p = memmem(p, (size_t)(end - p), word, sizeof(word) - 1)) !=
	    NULL) {
		const char *start = p, *nl = memchr(p, '\n', (size_t)(end - p));
		struct pos pos = {0, 1, file};

		for (; seen < p; seen++)
			line += *seen == '\n';
		while (start > text && start[-1] != '\n')
			start--;
		while (*start == ' ' || *start == '\t')
			start++;
		p += sizeof(word) - 1;
		nl = nl != NULL ? nl : end;
		pos.line = line;
		if (*start == (bib ? '%' : '#'))
			read_excuse(x, pos, p, (size_t)(nl - p), (struct range)
			    {file, line + 1, last_line(text, n, line, bib)});
		p = nl;
	}
}

static bool
ends_in(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);

	return n > m && strcmp(s + n - m, tail) == 0;
}

/* Files that are no manuscript, as far as something was said of them. */
static void
excuses_in_files(struct excuses *x)
{
	size_t nfiles = x->dg->nfiles;
	bool *spoken = xcalloc(nfiles + 1, sizeof(*spoken));

	for (const struct diag_msg *m = x->dg->first; m != NULL; m = m->next)
		if (m->pos.file < nfiles)
			spoken[m->pos.file] = true;
	for (size_t i = 1; i < nfiles; i++) {
		const char *path = x->dg->files[i];
		bool bib = ends_in(path, ".bib");
		struct buf text = {0};

		if (spoken[i] && (bib || ends_in(path, ".yaml")) &&
		    file_read(path, (size_t)64 << 20, &text) == NULL &&
		    text.n > 0)
			read_comments(x, (uint16_t)i, text.p, text.n, bib);
		buf_free(&text);
	}
	free(spoken);
}

void
check_excuse(const struct doc *d, struct diag *dg, enum check_told told)
{
	struct excuses x = {dg, told};

	for (size_t i = 0; i < d->excuses.n; i++) {
		const struct doc_excuse *e = &d->excuses.v[i];

		read_excuse(&x, e->pos, e->text, strlen(e->text),
		    range_of(e->node));
	}
	excuses_in_files(&x);
}
