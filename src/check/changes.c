/*
 * What an edit did to a layout: the record of now against that of a baseline,
 * file by file. What has no match there was edited, and so were the pages it
 * stands on; every other page that differs was moved by an edit before it, or
 * looks another way.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "check/layout.h"

static const struct output_record *
find_output(const struct check_layout *l, const char *output)
{
	for (size_t i = 0; i < l->outputs.n; i++)
		if (strcmp(l->outputs.v[i].output, output) == 0)
			return &l->outputs.v[i];
	return NULL;
}

static struct check_change *
add(struct check_changes *c, enum check_change_kind kind, const char *output)
{
	struct check_change *v = VEC_PUSH(c);

	memset(v, 0, sizeof(*v));
	v->kind = kind;
	v->output = output;
	v->text = "";
	return v;
}

/* --------------------------------------------------------------- headings */

/* By title, the k-th with the k-th: in order, each once. */
static void
compare_headings(const struct output_record *old,
    const struct output_record *now, struct check_changes *out)
{
	size_t from = 0;

	for (size_t i = 0; i < now->headings.n; i++) {
		const struct heading_record *h = &now->headings.v[i], *o;
		struct check_change *c;
		size_t k = from;

		while (k < old->headings.n && strcmp(old->headings.v[k].title,
		    h->title) != 0)
			k++;
		if (k == old->headings.n)
			continue;
		from = k + 1;
		o = &old->headings.v[k];
		if (o->page == h->page)
			continue;
		c = add(out, CHECK_HEADING, now->output);
		c->old_first = c->old_last = o->page;
		c->new_first = c->new_last = h->page;
		c->text = h->title;
		c->file = h->file;
		c->pos = h->pos;
	}
}

/* ------------------------------------------------------------- paragraphs */

static void
mark(bool *edited, size_t n, const struct para_record *p)
{
	for (size_t i = p->first; i <= p->last && i <= n; i++)
		edited[i] = true;
}

/* How many of a paragraph's lines begin elsewhere; *first: the first. */
static size_t
broken_anew(const struct para_record *o, const struct para_record *p,
    size_t *first)
{
	size_t n = 0;

	for (size_t i = 0; i < p->nlines; i++) {
		if (i < o->nlines && o->lines[i] == p->lines[i])
			continue;
		if (n++ == 0)
			*first = i + 1;
	}
	return n > 0 || o->nlines == p->nlines ? n : 1;
}

static void
compare_para(const struct output_record *now, const struct para_record *o,
    const struct para_record *p, struct check_changes *out)
{
	size_t first = p->nlines, n = broken_anew(o, p, &first);
	bool moved = o->first != p->first || o->last != p->last;

	for (int k = 0; k < 2; k++) {
		struct check_change *c;

		if (k == 0 ? !moved : n == 0)
			continue;
		c = add(out, k == 0 ? CHECK_PARAGRAPH : CHECK_LINES,
		    now->output);
		c->old_first = o->first;
		c->old_last = o->last;
		c->new_first = p->first;
		c->new_last = p->last;
		c->text = p->words;
		c->file = p->file;
		c->pos = p->pos;
		c->nlines = n;
		c->line = first;
	}
}

static void
compare_paras(const struct output_record *old,
    const struct output_record *now, bool *edited, size_t n,
    struct check_changes *out)
{
	struct map had = {0};

	for (size_t i = 0; i < old->paras.n; i++)
		*map_put(&had, old->paras.v[i].id,
		    strlen(old->paras.v[i].id)) = &old->paras.v[i];
	for (size_t i = 0; i < now->paras.n; i++) {
		const struct para_record *p = &now->paras.v[i];
		void *o = map_get(&had, p->id, strlen(p->id));

		if (o == NULL) {
			mark(edited, n, p);
			continue;
		}
		*map_put(&had, p->id, strlen(p->id)) = NULL;
		compare_para(now, o, p, out);
	}
	for (size_t i = 0; i < old->paras.n; i++)
		if (map_get(&had, old->paras.v[i].id,
		    strlen(old->paras.v[i].id)) != NULL)
			mark(edited, n, &old->paras.v[i]);
	map_free(&had);
}

/* ------------------------------------------------------------------ pages */

static void
compare_pages(const struct output_record *old,
    const struct output_record *now, const bool *edited,
    struct check_changes *out)
{
	size_t n = MAX(old->pages.n, now->pages.n);

	if (old->pages.n != now->pages.n) {
		struct check_change *c = add(out, CHECK_PAGES, now->output);

		c->old_last = old->pages.n;
		c->new_last = now->pages.n;
		if (now->pages.n > 0)
			c->pos = now->pages.v[now->pages.n - 1].pos;
	}
	for (size_t i = 0; i < n; i++) {
		bool was = i < old->pages.n, is = i < now->pages.n;
		struct check_change *c;

		if (was && is && strcmp(old->pages.v[i].hash,
		    now->pages.v[i].hash) == 0)
			continue;
		c = add(out, CHECK_PAGE, now->output);
		c->old_first = c->old_last = was ? i + 1 : 0;
		c->new_first = c->new_last = is ? i + 1 : 0;
		c->state = !was ? CHECK_ADDED : !is ? CHECK_GONE :
		    edited[i + 1] ? CHECK_EDITED : CHECK_CHANGED;
		if (is)
			c->pos = now->pages.v[i].pos;
	}
}

void
check_layout_compare(const struct check_layout *old,
    const struct check_layout *now, struct check_changes *out)
{
	const struct output_record *p = &now->outputs.v[now->outputs.n - 1];
	const struct output_record *o = find_output(old, p->output);
	static const struct output_record nothing;
	struct check_changes paras = {0};
	size_t n;
	bool *edited;

	if (o == NULL)
		o = &nothing;
	n = MAX(o->pages.n, p->pages.n);
	edited = xcalloc(n + 1, sizeof(*edited));
	compare_paras(o, p, edited, n, &paras);
	compare_pages(o, p, edited, out);
	compare_headings(o, p, out);
	for (size_t i = 0; i < paras.n; i++)
		*VEC_PUSH(out) = paras.v[i];
	free(paras.v);
	free(edited);
}

/* ------------------------------------------------------------- being told */

static const char *const states[][2] = {
	[CHECK_EDITED] = {"edited", "ویرایش‌شده"},
	[CHECK_CHANGED] = {"changed", "دگرگون"},
	[CHECK_ADDED] = {"added", "افزوده"},
	[CHECK_GONE] = {"gone", "حذف‌شده"},
};

const char *
check_state(enum check_state state, bool persian)
{
	return states[state][persian];
}

/* "6", "6-7", or nothing. */
static void
put_pages(struct buf *out, size_t first, size_t last)
{
	if (first != 0)
		buf_printf(out, first == last ? "%zu" : "%zu-%zu", first, last);
}

/* An info for each change, at its place. */
static void
tell_change(const struct check_change *c, struct diag *dg)
{
	struct diag_msg *m = NULL;
	struct buf was = {0}, is = {0};

	buf_str(&was, "");
	buf_str(&is, "");
	put_pages(&was, c->old_first, c->old_last);
	put_pages(&is, c->new_first, c->new_last);
	switch (c->kind) {
	case CHECK_PAGES:
		m = diag_add(dg, c->pos, LAY_NPAGES, (int)c->old_last,
		    (int)c->new_last);
		break;
	case CHECK_PAGE:
		m = diag_add(dg, c->pos, LAY_PAGE_CHANGED, (int)MAX(
		    c->old_first, c->new_first), check_state(c->state, false));
		break;
	case CHECK_HEADING:
		m = diag_add(dg, c->pos, LAY_HEADING_MOVED, c->text, was.p,
		    is.p);
		break;
	case CHECK_PARAGRAPH:
		m = diag_add(dg, c->pos, LAY_PARAGRAPH_MOVED, c->text, was.p,
		    is.p);
		break;
	case CHECK_LINES:
		m = diag_add(dg, c->pos, LAY_LINES_BROKEN, (int)c->nlines,
		    c->text, (int)c->line);
		break;
	}
	m->page = (int)(c->kind == CHECK_PAGES ? c->new_last : c->new_first);
	buf_free(&was);
	buf_free(&is);
}

void
check_changes_tell(const struct check_changes *changes, bool all, bool frozen,
    struct diag *dg)
{
	for (size_t i = 0; i < changes->n; i++) {
		const struct check_change *c = &changes->v[i];
		struct diag_msg *m;

		if (all)
			tell_change(c, dg);
		if (!frozen || c->kind != CHECK_PAGE ||
		    c->state == CHECK_EDITED)
			continue;
		m = diag_add(dg, c->pos, LAY_PAGE_FROZEN, (int)MAX(
		    c->old_first, c->new_first));
		m->page = (int)c->new_first;
	}
}

/* ---------------------------------------------------------------- a table */

/* Old and new, and where: fields parted by tabs. */
static void
put_change(const struct check_change *c, bool fa, struct buf *out)
{
	static const char *const kinds[][2] = {
		[CHECK_PAGES] = {"pages", "شمار صفحه‌ها"},
		[CHECK_PAGE] = {"page", "صفحه"},
		[CHECK_HEADING] = {"heading", "عنوان"},
		[CHECK_PARAGRAPH] = {"paragraph", "بند"},
		[CHECK_LINES] = {"lines", "سطرها"},
	};

	buf_printf(out, "%s\t", kinds[c->kind][fa]);
	switch (c->kind) {
	case CHECK_PAGES:
		buf_printf(out, "%zu\t%zu", c->old_last, c->new_last);
		break;
	case CHECK_PAGE:
		buf_printf(out, "%zu\t%s", MAX(c->old_first, c->new_first),
		    check_state(c->state, fa));
		break;
	case CHECK_LINES:
		put_pages(out, c->new_first, c->new_last);
		buf_printf(out, fa ? "\t%zu از سطر %zu" : "\t%zu from line %zu",
		    c->nlines, c->line);
		break;
	default:
		put_pages(out, c->old_first, c->old_last);
		buf_char(out, '\t');
		put_pages(out, c->new_first, c->new_last);
	}
	if (c->kind != CHECK_PAGES && c->kind != CHECK_PAGE)
		buf_printf(out, "\t%s", c->text);
	if (c->file != NULL)
		buf_printf(out, "\t%s:%u", c->file, c->pos.line);
	buf_char(out, '\n');
}

void
check_changes_table(const struct check_changes *changes, bool persian,
    bool several, struct buf *out)
{
	const char *output = NULL;
	size_t lines = 0, moved = 0;

	for (size_t i = 0; i < changes->n; i++) {
		const struct check_change *c = &changes->v[i];

		if (several && (output == NULL || strcmp(output, c->output) !=
		    0))
			buf_printf(out, "%s\n", c->output);
		output = c->output;
		lines += c->kind == CHECK_LINES;
		moved += c->kind == CHECK_PARAGRAPH;
		put_change(c, persian, out);
	}
	buf_printf(out, persian ? "بندهایی که سطرهایشان از نو شکست\t%zu\n" :
	    "paragraphs with lines broken anew\t%zu\n", lines);
	buf_printf(out, persian ? "بندهایی که صفحه‌شان عوض شد\t%zu\n" :
	    "paragraphs on other pages\t%zu\n", moved);
}
