/*
 * Comma-separated values, as RFC 4180 and spreadsheets write them: a header
 * and rows, cells in quotes where they hold separators, quotes or line ends.
 * Semicolons and tabs part cells as well, whichever the header has.
 *
 * libcsv would do the states below, but knows no places: a class list is
 * typed by people, and what is wrong with it is told at its line. The text
 * must be UTF-8: what a spreadsheet saves otherwise would be printed on a
 * thousand sheets as it came.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "read/read.h"

#define MOST_BYTES ((size_t)64 << 20)
enum { MOST_ROWS = 100000, MOST_CELLS = 256 };

struct csv_reader {
	struct read_csv *csv;
	struct diag *dg;
	const char *s;
	size_t n, at;
	uint32_t line;
	uint16_t file;
	char separator;
	struct { const char **v; size_t n, cap; } cells;	/* of the row */
	struct { struct read_row *v; size_t n, cap; } rows;
	struct buf cell;
};

static struct pos
here(const struct csv_reader *r, uint32_t line)
{
	return (struct pos){line, 1, r->file};
}

/* Whichever stands most often in the first line. */
static char
find_separator(const char *s, size_t n)
{
	static const char known[] = ",;\t";
	size_t count[3] = {0}, best = 0;

	for (size_t i = 0; i < n && s[i] != '\n' && s[i] != '\r'; i++)
		for (size_t k = 0; k < 3; k++)
			count[k] += s[i] == known[k];
	for (size_t k = 1; k < 3; k++)
		if (count[k] > count[best])
			best = k;
	return known[best];
}

/* The text of a cell in one line, without spaces around. */
static const char *
finish_cell(struct csv_reader *r)
{
	struct buf *b = &r->cell;
	size_t w = 0;

	for (size_t i = 0; i < b->n; i++) {
		char c = b->p[i] == '\t' || b->p[i] == '\n' || b->p[i] == '\r' ?
		    ' ' : b->p[i];

		if (c != ' ' || (w > 0 && b->p[w - 1] != ' '))
			b->p[w++] = c;
	}
	while (w > 0 && b->p[w - 1] == ' ')
		w--;
	return arena_strn(&r->csv->arena, b->n > 0 ? b->p : "", w);
}

/* Past a line end, whichever kind it is. */
static void
skip_line_end(struct csv_reader *r)
{
	if (r->at < r->n && r->s[r->at] == '\r')
		r->at++;
	if (r->at < r->n && r->s[r->at] == '\n')
		r->at++;
	r->line++;
}

/* What is in quotes, the first of which was read; a doubled one is one. */
static bool
read_quoted(struct csv_reader *r)
{
	uint32_t line = r->line;

	while (r->at < r->n) {
		char c = r->s[r->at++];

		if (c == '"' && (r->at == r->n || r->s[r->at] != '"'))
			return true;
		if (c == '"')
			r->at++;
		r->line += c == '\n';
		buf_char(&r->cell, c);
	}
	diag_add(r->dg, here(r, line), USE_CSV_QUOTE);
	return false;
}

static bool
read_cell(struct csv_reader *r)
{
	r->cell.n = 0;
	while (r->at < r->n) {
		char c = r->s[r->at];

		if (c == r->separator || c == '\n' || c == '\r')
			break;
		r->at++;
		if (c == '"' && r->cell.n == 0) {
			if (!read_quoted(r))
				return false;
		} else {
			buf_char(&r->cell, c);
		}
	}
	*VEC_PUSH(&r->cells) = finish_cell(r);
	return true;
}

/* The cells of the next row; false: the file was told to be broken. */
static bool
read_cells(struct csv_reader *r)
{
	r->cells.n = 0;
	for (;;) {
		if (!read_cell(r))
			return false;
		if (r->at == r->n || r->s[r->at] != r->separator)
			break;
		r->at++;
	}
	if (r->at < r->n)
		skip_line_end(r);
	/* Spreadsheets write separators as far as any row goes. */
	while (r->cells.n > 0 && *r->cells.v[r->cells.n - 1] == '\0')
		r->cells.n--;
	return true;
}

static bool
add_row(struct csv_reader *r, uint32_t line)
{
	struct read_csv *csv = r->csv;
	const char **cells;

	if (r->cells.n > csv->ncols) {
		diag_add(r->dg, here(r, line), USE_CSV_RAGGED, r->cells.n,
		    csv->ncols);
		return false;
	}
	if (r->rows.n == MOST_ROWS) {
		diag_add(r->dg, here(r, line), USE_CSV_MANY, (int)MOST_ROWS);
		return false;
	}
	cells = ARENA_ARRAY(&csv->arena, const char *, csv->ncols);
	for (size_t i = 0; i < csv->ncols; i++)
		cells[i] = i < r->cells.n ? r->cells.v[i] : "";
	*VEC_PUSH(&r->rows) = (struct read_row){cells, here(r, line)};
	return true;
}

static bool
read_rows(struct csv_reader *r, const char *path)
{
	struct read_csv *csv = r->csv;

	while (r->at < r->n) {
		uint32_t line = r->line;

		if (!read_cells(r))
			return false;
		if (r->cells.n == 0)
			continue;
		if (csv->ncols > 0) {
			if (!add_row(r, line))
				return false;
			continue;
		}
		csv->ncols = MIN(r->cells.n, (size_t)MOST_CELLS);
		csv->names = arena_dup(&csv->arena, r->cells.v, csv->ncols *
		    sizeof(*csv->names));
		csv->pos = here(r, line);
	}
	if (r->rows.n == 0) {
		diag_add(r->dg, NOPOS, USE_CSV_EMPTY, path);
		return false;
	}
	csv->rows = arena_dup(&csv->arena, r->rows.v, r->rows.n *
	    sizeof(*csv->rows));
	csv->nrows = r->rows.n;
	return true;
}

/* The first byte that is no text, or n. */
static size_t
find_bad_byte(const char *s, size_t n)
{
	size_t bad = utf8_valid(s, n);
	const char *zero = n > 0 ? memchr(s, '\0', n) : NULL;

	return zero != NULL ? MIN(bad, (size_t)(zero - s)) : bad;
}

bool
read_csv_text(struct read_csv *csv, struct diag *dg, const char *path,
    const char *text, size_t n)
{
	struct csv_reader r = {.csv = csv, .dg = dg, .line = 1, .s = text,
	    .n = n, .file = diag_file(dg, path)};
	size_t bad = find_bad_byte(text, n);
	bool ok = false;

	if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		r.at = 3;
	r.separator = find_separator(text + r.at, n - r.at);
	if (bad < n)
		diag_add(dg, NOPOS, USE_NOT_UTF8, path, (unsigned char)
		    text[bad], bad);
	else
		ok = read_rows(&r, path);
	free(r.cells.v);
	free(r.rows.v);
	buf_free(&r.cell);
	return ok;
}

bool
read_csv(struct read_csv *csv, struct diag *dg, const char *path)
{
	struct buf text = {0};
	const char *why = file_read(path, MOST_BYTES, &text);
	bool ok = false;

	if (why != NULL)
		diag_add(dg, NOPOS, USE_CANNOT_READ, path, why);
	else
		ok = read_csv_text(csv, dg, path, text.n > 0 ? text.p : "",
		    text.n);
	buf_free(&text);
	return ok;
}

void
read_csv_free(struct read_csv *csv)
{
	arena_free(&csv->arena);
	memset(csv, 0, sizeof(*csv));
}
