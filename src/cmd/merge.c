/*
 * dabir build --each: one handout, many readers.
 *
 * All that a row can be wrong about is found before the first file is
 * begun. A row's file has the row's number in all of the list, with as many
 * digits as the last has, and what is in it depends on that row alone: so a
 * slice (--rows) writes the very files that a run over all rows writes, and
 * slices may run wherever there is a machine.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "cmd/merge.h"
#include "read/read.h"

enum column { NAME, CLASS, DATE, SEED, FILE_NAME, NCOLUMNS };
static const char *const column_names[NCOLUMNS][2] = {
	{"name", "نام"}, {"class", "کلاس"}, {"date", "تاریخ"},
	{"seed", "بذر"}, {"file", "پرونده"},
};

struct merge {
	struct arena arena;
	struct diag *dg;
	const char *path;
	struct read_csv csv;
	int column[NCOLUMNS];		/* in the file; -1: it has none */
	size_t first, last;		/* the slice, from 0, last included */
	bool joined, list;
	uint64_t *seeds;		/* of all rows */
	const char **files;		/* what rows are called in files' names */
	const char *all;		/* and all of them in one */
};

static const char *
cell(const struct merge *m, size_t row, enum column c)
{
	return m->column[c] < 0 ? "" : m->csv.rows[row].cells[m->column[c]];
}

/* --------------------------------------------------------------- columns */

/* Small letters, Persian Yeh and Kaf, no joiners: as it is looked for. */
static void
fold(const char *s, struct buf *out)
{
	size_t n = strlen(s), i = 0;

	out->n = 0;
	while (i < n) {
		uint32_t cp = uni_persian_letter(utf8_next(s, n, &i));

		if (cp >= 'A' && cp <= 'Z')
			cp += 'a' - 'A';
		if (!uni_is_default_ignorable(cp))
			buf_utf8(out, cp);
	}
	buf_char(out, '\0');
}

static bool
is_column(enum column c, const char *folded)
{
	return strcmp(column_names[c][0], folded) == 0 ||
	    strcmp(column_names[c][1], folded) == 0;
}

static void
tell_unused(struct merge *m, const char *name)
{
	const char *known[2 * NCOLUMNS + 1] = {NULL};

	for (int c = 0; c < NCOLUMNS; c++) {
		known[2 * c] = column_names[c][0];
		known[2 * c + 1] = column_names[c][1];
	}
	diag_add(m->dg, m->csv.pos, USE_CSV_UNUSED, name, diag_near(m->dg,
	    name, known));
}

static bool
find_columns(struct merge *m)
{
	struct buf name = {0};

	for (int c = 0; c < NCOLUMNS; c++)
		m->column[c] = -1;
	for (size_t i = 0; i < m->csv.ncols; i++) {
		int c = 0;

		fold(m->csv.names[i], &name);
		while (c < NCOLUMNS && !is_column(c, name.p))
			c++;
		if (c < NCOLUMNS && m->column[c] < 0)
			m->column[c] = (int)i;
		else
			tell_unused(m, m->csv.names[i]);
	}
	buf_free(&name);
	if (m->column[NAME] < 0)
		diag_add(m->dg, m->csv.pos, USE_CSV_COLUMN, m->dg->persian ?
		    column_names[NAME][1] : column_names[NAME][0]);
	return m->column[NAME] >= 0;
}

/* ------------------------------------------------------------------ rows */

/* A whole number above 0, in digits of any language. */
static bool
read_number(const char *s, size_t n, uint64_t most, uint64_t *out)
{
	size_t i = 0;

	*out = 0;
	while (i < n) {
		int d = uni_digit_value(utf8_next(s, n, &i));

		if (d < 0 || (uint64_t)d > most ||
		    *out > (most - (uint64_t)d) / 10)
			return false;
		*out = *out * 10 + (uint64_t)d;
	}
	return *out > 0;
}

/*
 * "7", "3-9", "3-" and "-9"; nothing: all. The last slice of many of one
 * length may go beyond the last row.
 */
static bool
find_slice(struct merge *m, const char *rows)
{
	uint64_t a = 1, b = m->csv.nrows, n_rows = m->csv.nrows;
	const char *dash;
	size_t n;

	if (rows == NULL)
		rows = "-";
	n = strlen(rows);
	dash = memchr(rows, '-', n);
	if ((dash == NULL ? !read_number(rows, n, n_rows, &a) :
	    (dash > rows && !read_number(rows, (size_t)(dash - rows), n_rows,
	    &a)) || (dash[1] != '\0' && !read_number(dash + 1,
	    strlen(dash + 1), INT64_MAX, &b))) || a > b) {
		diag_add(m->dg, NOPOS, USE_CSV_ROWS, m->csv.nrows, rows);
		return false;
	}
	m->first = a - 1;
	m->last = MIN(dash == NULL ? a : b, n_rows) - 1;
	return true;
}

/* A cell as part of a file's name: it must not lead anywhere else. */
static const char *
safe_name(struct merge *m, size_t row)
{
	const char *name = cell(m, row, FILE_NAME);
	char *s = arena_str(&m->arena, name);

	for (char *c = s; *c != '\0'; c++)
		if (*c == '/' || (c == s && *c == '.') || (unsigned char)*c < ' ')
			*c = '-';
	if (strcmp(s, name) != 0)
		diag_add(m->dg, m->csv.rows[row].pos, MAN_BAD_NAME, name, s);
	return s;
}

/* What each row is called; no two are called the same. */
static bool
name_files(struct merge *m)
{
	int digits = snprintf(NULL, 0, "%zu", m->csv.nrows);
	struct map seen = {0};
	bool good = true;

	m->files = ARENA_ARRAY(&m->arena, const char *, m->csv.nrows);
	for (size_t i = 0; i < m->csv.nrows; i++) {
		const char *s = *cell(m, i, FILE_NAME) != '\0' ?
		    safe_name(m, i) : arena_printf(&m->arena, "%0*zu", digits,
		    i + 1);
		void **slot = map_put(&seen, s, strlen(s));

		if (*slot != NULL) {
			diag_add(m->dg, m->csv.rows[i].pos, USE_CSV_FILE,
			    (size_t)(uintptr_t)*slot, i + 1, s);
			good = false;
		}
		*slot = (void *)(uintptr_t)(i + 1);
		m->files[i] = s;
	}
	map_free(&seen);
	return good;
}

static bool
read_seeds(struct merge *m)
{
	bool good = true;

	m->seeds = ARENA_ARRAY(&m->arena, uint64_t, m->csv.nrows);
	for (size_t i = 0; i < m->csv.nrows; i++) {
		const char *s = cell(m, i, SEED);

		if (*s != '\0' && !read_number(s, strlen(s), INT64_MAX,
		    &m->seeds[i])) {
			diag_add(m->dg, m->csv.rows[i].pos, USE_CSV_SEED, s);
			good = false;
		}
		if (*cell(m, i, NAME) == '\0')
			diag_add(m->dg, m->csv.rows[i].pos, USE_CSV_NO_NAME,
			    i + 1);
	}
	return good;
}

/* "students", or of a slice "students-1-500". */
static const char *
name_joined(struct merge *m)
{
	const char *base = path_base(m->path);
	const char *dot = strrchr(base, '.');
	int n = (int)(dot != NULL && dot > base ? (size_t)(dot - base) :
	    strlen(base));

	if (m->first == 0 && m->last + 1 == m->csv.nrows)
		return arena_strn(&m->arena, base, (size_t)n);
	return arena_printf(&m->arena, "%.*s-%zu-%zu", n, base, m->first + 1,
	    m->last + 1);
}

struct merge *
merge_open(const struct options *o, struct diag *dg)
{
	static const char *const with_each[] = {"--rows", "--joined", "--list"};
	struct merge *m;
	const char *path = option_value(o, "--each");

	if (path == NULL) {
		for (size_t i = 0; i < NELEM(with_each); i++)
			if (option_given(o, with_each[i]))
				diag_add(dg, NOPOS, USE_NEEDS_EACH,
				    with_each[i]);
		return NULL;
	}
	m = xcalloc(1, sizeof(*m));
	m->dg = dg;
	m->path = path;
	m->joined = option_given(o, "--joined");
	m->list = option_given(o, "--list");
	if (!read_csv(&m->csv, dg, path) || !find_columns(m) ||
	    !read_seeds(m) || !name_files(m) ||
	    !find_slice(m, option_value(o, "--rows"))) {
		merge_close(m);
		return NULL;
	}
	m->all = name_joined(m);
	return m;
}

void
merge_close(struct merge *m)
{
	if (m == NULL)
		return;
	read_csv_free(&m->csv);
	arena_free(&m->arena);
	free(m);
}

bool
merge_only_lists(const struct merge *m)
{
	return m->list;
}

const char *
merge_path(const struct merge *m)
{
	return m->path;
}

/* ----------------------------------------------------------------- files */

/* "handouts/phase-1.pdf" for "07" -> "handouts/phase-1-07.pdf". */
static char *
path_for(struct arena *a, const char *path, const char *which)
{
	const char *base = path_base(path), *dot = strrchr(base, '.');

	if (dot == NULL || dot == base)
		dot = base + strlen(base);
	return arena_printf(a, "%.*s-%s%s", (int)(dot - path), path, which,
	    dot);
}

static struct page_reader
reader(const struct merge *m, size_t row)
{
	struct page_reader r = {.seed = m->seeds[row],
	    .pos = m->csv.rows[row].pos};

	for (int c = NAME; c <= DATE; c++) {
		const char *s = cell(m, row, c);

		r.fill[c] = *s != '\0' ? s : NULL;
	}
	return r;
}

/* What a reader's part of a joined file is called. */
static const char *
called(const struct merge *m, size_t row)
{
	const char *name = cell(m, row, NAME);

	return *name != '\0' ? name : m->files[row];
}

static void
list_files(struct merge *m, const struct merge_job *j)
{
	struct arena a = {0};

	if (m->joined)
		printf("output\t%s\n", path_for(&a, j->path, m->all));
	for (size_t i = m->first; !m->joined && i <= m->last; i++)
		printf("output\t%s\n", path_for(&a, j->path, m->files[i]));
	arena_free(&a);
}

static void
tell(const struct merge_job *j, size_t done, size_t all)
{
	const struct progress *p = &j->bar->progress;

	if (p->tell != NULL)
		p->tell(p->arg, "readers", done, all);
}

static size_t
write_each(struct merge *m, const struct merge_job *j, struct page_merge *p,
    struct pdf_merge *pdf)
{
	struct arena a = {0};
	size_t n = m->last - m->first + 1, done = 0;

	for (size_t i = m->first; i <= m->last; i++) {
		struct page_reader r = reader(m, i);
		const struct page_book *b = page_merge_reader(p, &r);

		if (!pdf_merge_begin(pdf, path_for(&a, j->path, m->files[i]),
		    b->title, false, 1) ||
		    !pdf_merge_end(pdf, pdf_merge_add(pdf, b, "")))
			break;
		tell(j, ++done, n);
		arena_reset(&a);
	}
	arena_free(&a);
	return done;
}

static size_t
write_joined(struct merge *m, const struct merge_job *j, struct page_merge *p,
    struct pdf_merge *pdf)
{
	size_t n = m->last - m->first + 1, i;
	struct arena a = {0};
	bool ok = pdf_merge_begin(pdf, path_for(&a, j->path, m->all), NULL,
	    true, 2);

	if (!ok)
		return 0;
	for (i = 0; ok && i < n; i++) {
		struct page_reader r = reader(m, m->first + i);

		ok = pdf_merge_add(pdf, page_merge_reader(p, &r), called(m,
		    m->first + i));
		tell(j, i + 1, n);
	}
	ok = pdf_merge_end(pdf, ok);
	arena_free(&a);
	return ok;
}

/* What was made, in one line: a thousand names would say less. */
static void
tell_files(struct merge *m, const struct merge_job *j, size_t done)
{
	size_t n = m->last - m->first + 1;
	struct arena a = {0};

	bar_wipe(j->bar);
	if (!j->quiet && done > 0 && m->joined)
		printf("%s: %zu reader%s\n", path_for(&a, j->path, m->all), n,
		    n == 1 ? "" : "s");
	else if (!j->quiet && done == 1)
		printf("%s\n", path_for(&a, j->path, m->files[m->first]));
	else if (!j->quiet && done > 0)
		printf("%s ... %s: %zu files\n", path_for(&a, j->path,
		    m->files[m->first]), path_base(path_for(&a, j->path,
		    m->files[m->first + done - 1])), done);
	arena_free(&a);
}

size_t
merge_write(struct merge *m, const struct merge_job *j)
{
	const struct page_reader nobody = {.seed = 0};
	struct page_merge *p;
	struct pdf_merge *pdf = NULL;
	const struct page_book *like;
	size_t done = 0;

	if (m->list) {
		list_files(m, j);
		return 0;
	}
	p = page_merge_open(&j->page);
	like = page_merge_reader(p, &nobody);
	if (like->npages == 0)
		diag_add(m->dg, NOPOS, MAN_EMPTY);
	else if (!page_merge_has_blanks(p))
		diag_add(m->dg, j->pos, USE_NO_MERGE, j->target,
		    "its style has no header with blanks");
	else
		pdf = pdf_merge_open(like, &j->pdf, m->dg);
	if (pdf != NULL)
		done = m->joined ? write_joined(m, j, p, pdf) :
		    write_each(m, j, p, pdf);
	tell_files(m, j, done);
	pdf_merge_close(pdf);
	page_merge_close(p);
	return done;
}
