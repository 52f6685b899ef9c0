/*
 * Pipe tables with their captions; verse; line blocks. All of these are
 * paragraphs to cmark, whose lines are taken one by one here.
 *
 * cmark's own tables are not used: they forget the cells past the header's
 * count and know no place for a word in a cell.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "read/reader.h"

#define COLS_MAX 1000
#define PADDED_MAX 200000	/* empty cells made up in one file */

struct cells {
	struct { size_t from, to; } *v;
	size_t n, cap;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t
line_end(struct leaf *l, size_t i)
{
	return i + 1 < l->n ? l->v[i + 1].off - 1 : l->text.n;
}

static void
trim(const char *s, size_t *from, size_t *to)
{
	while (*from < *to && is_blank(s[*from]))
		++*from;
	while (*to > *from && is_blank(s[*to - 1]))
		--*to;
}

/*
 * The end of a code span that begins at s[i]; i if it does not close on this
 * line. `open` remembers the lengths of runs that have no partner left.
 */
static size_t
code_skip(const char *s, size_t i, size_t to, uint64_t *open)
{
	size_t len = 0, k, run;

	while (i + len < to && s[i + len] == '`')
		len++;
	if (len > 63 || (*open >> len & 1))
		return i + len;
	for (k = i + len; k < to; k += run) {
		for (run = 0; k + run < to && s[k + run] == '`'; run++)
			;
		if (run == len)
			return k + len;
		run += run == 0;
	}
	*open |= (uint64_t)1 << len;
	return i + len;
}

/* Cut a line at its bars; bars in code or behind a backslash are text. */
static void
row_split(const char *s, size_t from, size_t to, struct cells *cells)
{
	uint64_t open = 0;
	size_t i, at;

	cells->n = 0;
	trim(s, &from, &to);
	if (from < to && s[from] == '|')
		from++;
	for (i = at = from; i < to;) {
		if (s[i] == '\\') {
			i += 2;
		} else if (s[i] == '`') {
			i = code_skip(s, i, to, &open);
		} else if (s[i] == '|') {
			vec_grow((void **)&cells->v, &cells->cap, cells->n + 1,
			    sizeof(*cells->v));
			cells->v[cells->n].from = at;
			cells->v[cells->n++].to = i;
			at = ++i;
		} else {
			i++;
		}
	}
	/* The bar at the end of a line closes the last cell. */
	if (at < to || cells->n == 0) {
		vec_grow((void **)&cells->v, &cells->cap, cells->n + 1,
		    sizeof(*cells->v));
		cells->v[cells->n].from = at;
		cells->v[cells->n++].to = to;
	}
	for (i = 0; i < cells->n; i++)
		trim(s, &cells->v[i].from, &cells->v[i].to);
}

int
table_find(const struct reader *r, struct leaf *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		if (!(r->lines[l->v[i].line].flags & LINE_DELIM))
			continue;
		/* Pandoc has tables without a head, too. */
		if (i == 0 ? l->n > 1 && memchr(l->text.p + l->v[1].off, '|',
		    line_end(l, 1) - l->v[1].off) != NULL :
		    memchr(l->text.p + l->v[i - 1].off, '|',
		    line_end(l, i - 1) - l->v[i - 1].off) != NULL)
			return (int)i;
	}
	return -1;
}

static void
aligns_read(struct reader *r, struct doc_node *table, struct leaf *l,
    struct cells *cells, size_t delim)
{
	const char *s = l->text.p;
	size_t i, from, to;
	bool first, last;

	row_split(s, l->v[delim].off, line_end(l, delim), cells);
	table->ncols = (int)MIN(cells->n, COLS_MAX);
	table->align = ARENA_ARRAY(&r->d->arena, enum doc_align,
	    (size_t)table->ncols);
	for (i = 0; i < (size_t)table->ncols; i++) {
		from = cells->v[i].from;
		to = cells->v[i].to;
		first = from < to && s[from] == ':';
		last = from < to && s[to - 1] == ':';
		table->align[i] = first && last ? DOC_ALIGN_CENTRE :
		    first ? DOC_ALIGN_START : last ? DOC_ALIGN_END :
		    DOC_ALIGN_NONE;
	}
	if (cells->n > COLS_MAX)
		diag_add(r->dg, table->pos, MAN_NOT_SUPPORTED,
		    say(r, "a table of more than 1000 columns",
		    "جدول با بیش از ۱۰۰۰ ستون"),
		    say(r, "the rest is joined into the last",
		    "بقیه به ستون آخر پیوست"));
}

/* A row of `n` cells is the table's: too few or too many are told. */
static void
row_end(struct reader *r, struct doc_node *table, struct doc_node *row,
    size_t n)
{
	size_t ncols = (size_t)table->ncols;

	if (n != ncols)
		diag_add(r->dg, row->pos, MAN_RAGGED_ROW, (int)n,
		    (int)ncols, n > ncols ?
		    say(r, "the surplus is joined into the last",
		    "زیادی‌ها به خانهٔ آخر پیوست") :
		    say(r, "the missing ones are empty",
		    "خانه‌های کم خالی ماند"));
	for (; n < ncols && r->npadded < PADDED_MAX; n++, r->npadded++)
		doc_append(row, doc_new(r->d, DOC_CELL, row->end));
	doc_append(table, row);
}

static void
row_read(struct reader *r, struct doc_node *table, struct leaf *l,
    struct cells *cells, size_t line, bool header)
{
	size_t ncols = (size_t)table->ncols, i;
	struct doc_node *row, *cell;

	row_split(l->text.p, l->v[line].off, line_end(l, line), cells);
	row = doc_new(r->d, DOC_ROW, leaf_pos(r, l, l->v[line].off));
	row->end = leaf_pos(r, l, line_end(l, line));
	row->is_header = header;
	for (i = 0; i < cells->n; i++) {
		struct pos pos = leaf_pos(r, l, cells->v[i].from);

		if (i < ncols)
			doc_append(row, doc_new(r->d, DOC_CELL, pos));
		cell = row->last;
		if (i >= ncols && cells->v[i].to > cells->v[i].from)
			doc_append(cell, doc_text(r->d, "; ", 2, pos));
		inline_parse(r, cell, l, cells->v[i].from, cells->v[i].to);
		cell->end = leaf_pos(r, l, cells->v[i].to);
	}
	row_end(r, table, row, cells->n);
}

/* Lines [from, to) of a leaf as a paragraph of their own. */
static void
lines_para(struct reader *r, struct doc_node *parent, struct leaf *l,
    size_t from, size_t to)
{
	struct doc_node *p;

	if (from >= to)
		return;
	p = doc_new(r->d, DOC_PARA, leaf_pos(r, l, l->v[from].off));
	p->end = leaf_pos(r, l, line_end(l, to - 1));
	inline_parse(r, p, l, l->v[from].off, line_end(l, to - 1));
	block_append(r, parent, p);
}

/*
 * The leaf holds perhaps lines of a paragraph, then the head's line, the
 * delimiter row, the body, and perhaps a caption above or below.
 */
void
table_read(struct reader *r, struct doc_node *parent, struct leaf *l,
    int delim)
{
	size_t head = delim > 0 ? (size_t)delim - 1 : 0, i, end = l->n, mark;
	struct cells cells = {0};
	struct doc_node *table, *caption = NULL;
	struct doc_attr *attr = NULL;

	if (head > 0 && caption_scan(l->text.p, l->text.n) > 0) {
		/* A caption right above: a leaf of its own lines. */
		struct leaf above = *l;

		above.n = head;
		above.text.n = line_end(l, head - 1);
		caption = caption_read(r, &above, 0, &attr);
	} else {
		lines_para(r, parent, l, 0, head);
	}
	table = doc_new(r->d, DOC_TABLE, leaf_pos(r, l, l->v[head].off));
	aligns_read(r, table, l, &cells, (size_t)delim);
	if (delim > 0)
		row_read(r, table, l, &cells, head, true);
	for (i = (size_t)delim + 1; i < l->n; i++) {
		mark = l->v[i].off;
		if (caption_scan(l->text.p + mark, l->text.n - mark) > 0) {
			end = i;
			break;
		}
		row_read(r, table, l, &cells, i, false);
	}
	table->end = leaf_pos(r, l, line_end(l, end - 1));
	free(cells.v);
	block_append(r, parent, table);
	if (caption != NULL)
		caption_attach(r, table, caption, attr);
	if (end < l->n) {
		if (table->first != NULL && table->first->kind == DOC_CAPTION) {
			lines_para(r, parent, l, end, l->n);
		} else {
			caption = caption_read(r, l, l->v[end].off, &attr);
			caption_attach(r, table, caption, attr);
		}
	}
}

/* ---------------------------------------------------------- rows as fences */

/* A block becomes a cell, or the next block of the cell before it. */
static void
cell_add(struct reader *r, struct doc_node *row, struct doc_node *block,
    bool joined)
{
	struct doc_node *cell = row->last, *p;

	if (!joined || cell == NULL) {
		cell = doc_new(r->d, DOC_CELL, block->pos);
		cell->end = block->end;
		doc_append(row, cell);
	}
	doc_unlink(block);
	if (cell->first == NULL && block->kind == DOC_PARA &&
	    block->attr == NULL) {
		doc_move_children(block, cell);
		return;
	}
	if (cell->first != NULL && doc_is_inline(cell->first->kind)) {
		p = doc_new(r->d, DOC_PARA, cell->pos);
		doc_move_children(cell, p);
		doc_append(cell, p);
	}
	doc_append(cell, block);
}

/*
 * "::: row" behind a table is a row of it whose cells may hold several
 * blocks: each of its blocks is a cell, a fence ".cell" is one of all that
 * stands in it. Where no table stands before, it begins one. ".header" makes
 * it a head.
 */
void
row_close(struct reader *r, struct doc_node *div)
{
	struct doc_node *table = div->prev, *row, *c, *k;
	size_t n = 0;

	if (div->first == NULL)
		return;
	row = doc_new(r->d, DOC_ROW, div->pos);
	row->end = div->end;
	row->is_header = doc_has_class(div, "header");
	/* A head below other rows is that of the next table. */
	if (table == NULL || table->kind != DOC_TABLE || (row->is_header &&
	    !table->last->is_header)) {
		table = doc_new(r->d, DOC_TABLE, div->pos);
		for (c = div->first; c != NULL; c = c->next)
			table->ncols++;
		doc_insert_before(div, table);
	}
	while ((c = div->first) != NULL) {
		bool joined = n >= (size_t)table->ncols;

		if (c->kind != DOC_DIV || !doc_has_class(c, "cell")) {
			cell_add(r, row, c, joined);
		} else {
			if (c->first == NULL && !joined)
				doc_append(row, doc_new(r->d, DOC_CELL,
				    c->pos));
			while ((k = c->first) != NULL) {
				cell_add(r, row, k, joined);
				joined = true;
			}
			doc_unlink(c);
		}
		n++;
	}
	table->end = div->end;
	doc_unlink(div);
	row_end(r, table, row, n);
}

/* -------------------------------------------------------------- captions */

size_t
caption_scan(const char *s, size_t n)
{
	static const char *const words[] = {"Table:", "table:", "جدول:"};
	size_t i, len;

	if (n > 1 && s[0] == ':' && is_blank(s[1]))
		return 1;
	for (i = 0; i < NELEM(words); i++) {
		len = strlen(words[i]);
		if (n > len && memcmp(s, words[i], len) == 0 &&
		    is_blank(s[len]))
			return len;
	}
	return 0;
}

struct doc_node *
caption_read(struct reader *r, struct leaf *l, size_t from,
    struct doc_attr **attr)
{
	size_t skip = caption_scan(l->text.p + from, l->text.n - from), to;
	struct doc_node *c;

	leaf_seen(r, l, from, from + skip);
	from += skip;
	while (from < l->text.n && is_blank(l->text.p[from]))
		from++;
	c = doc_new(r->d, DOC_CAPTION, leaf_pos(r, l, from));
	to = leaf_attr(r, l, from, l->text.n, attr);
	inline_parse(r, c, l, from, to);
	c->end = leaf_pos(r, l, to);
	return c;
}

bool
caption_attach(struct reader *r, struct doc_node *table,
    struct doc_node *caption, struct doc_attr *attr)
{
	if (table->first != NULL && table->first->kind == DOC_CAPTION)
		return false;
	if (caption->first == NULL)
		;
	else if (table->first != NULL)
		doc_insert_before(table->first, caption);
	else
		doc_append(table, caption);
	attr_merge(r, table, attr);
	return true;
}

/* ----------------------------------------------------------------- verse */

/*
 * A line of verse is cut into hemistichs at " | " if it has one, else at
 * " / ". Each paragraph is a stanza: a DOC_VERSE of its own.
 */
void
verse_read(struct reader *r, struct doc_node *parent, struct leaf *l)
{
	struct doc_node *verse, *row, *cell;
	const char *s = l->text.p;
	size_t i, k, at, end;
	char bar;

	verse = doc_new(r->d, DOC_VERSE, leaf_pos(r, l, 0));
	verse->end = leaf_pos(r, l, l->text.n);
	for (i = 0; i < l->n; i++) {
		at = l->v[i].off;
		end = line_end(l, i);
		bar = memmem(s + at, end - at, " | ", 3) != NULL ? '|' : '/';
		row = doc_new(r->d, DOC_ROW, leaf_pos(r, l, at));
		row->end = leaf_pos(r, l, end);
		for (k = at; k <= end; k++) {
			if (k < end && !(s[k] == bar && k > at && k + 1 < end &&
			    is_blank(s[k - 1]) && is_blank(s[k + 1])))
				continue;
			while (at < k && is_blank(s[at]))
				at++;
			cell = doc_new(r->d, DOC_CELL, leaf_pos(r, l, at));
			inline_parse(r, cell, l, at, k);
			cell->end = leaf_pos(r, l, k);
			doc_append(row, cell);
			at = k + 1;
		}
		doc_append(verse, row);
	}
	block_append(r, parent, verse);
}

bool
line_block_read(struct reader *r, struct doc_node *parent,
    struct leaf *l)
{
	const char *s = l->text.p;
	struct doc_node *p, *br;
	size_t i, at, end;

	for (i = 0; i < l->n; i++) {
		at = l->v[i].off;
		end = line_end(l, i);
		while (end > at && is_blank(s[end - 1]))
			end--;
		/* A bar at the end, too: a table that lacks its second line. */
		if (s[at] != '|' || (end - at > 1 && (!is_blank(s[at + 1]) ||
		    s[end - 1] == '|')))
			return false;
	}
	p = doc_new(r->d, DOC_PARA, leaf_pos(r, l, 0));
	p->end = leaf_pos(r, l, l->text.n);
	for (i = 0; i < l->n; i++) {
		if (i > 0) {
			br = doc_new(r->d, DOC_HARD_BREAK,
			    leaf_pos(r, l, l->v[i].off - 1));
			doc_append(p, br);
		}
		inline_parse(r, p, l, l->v[i].off + 1, line_end(l, i));
	}
	doc_add_class(r->d, p, "line-block");
	block_append(r, parent, p);
	return true;
}
