/*
 * Reports: JSON (docs/report.schema.json), SARIF 2.1.0, JUnit XML. Text is
 * diag_print()'s.
 */
#include <string.h>

#include "check/check.h"

static const char *const levels[] = {"info", "warning", "error", "fatal"};

struct check_counts
check_count(const struct diag *dg)
{
	struct check_counts c = {0};

	for (const struct diag_msg *m = dg->first; m != NULL; m = m->next)
		if (m->excuse != NULL)
			c.excused++;
		else if (m->level == DIAG_INFO)
			c.infos++;
		else if (m->level == DIAG_WARNING)
			c.warnings++;
		else
			c.errors++;
	return c;
}

static void
quoted(struct buf *out, const char *s)
{
	json_quote(out, s, strlen(s));
}

static const char *
file_of(const struct diag *dg, struct pos p)
{
	return p.file < dg->nfiles && dg->files[p.file] != NULL ?
	    dg->files[p.file] : NULL;
}

/* Page, place on it [pt] from its top left corner, what was measured. */
static void
put_measure(const struct diag_msg *m, struct buf *out)
{
	if (m->page != 0)
		buf_printf(out, ", \"page\": %d", m->page);
	if (m->page != 0 && m->output != NULL) {
		buf_str(out, ", \"output\": ");
		quoted(out, m->output);
	}
	if (m->page != 0 && (m->x != 0 || m->y != 0))
		buf_printf(out, ", \"x\": %.2f, \"y\": %.2f", (double)m->x /
		    SP_PT, (double)m->y / SP_PT);
	if (m->has_measure)
		buf_printf(out, ", \"measured\": %.6g, \"limit\": %.6g",
		    m->measured, m->limit);
}

/* [6, 7]; null for none. */
static void
put_range(struct buf *out, const char *key, size_t first, size_t last)
{
	if (first == 0)
		buf_printf(out, ", \"%s\": null", key);
	else
		buf_printf(out, ", \"%s\": [%zu, %zu]", key, first, last);
}

static void
put_change(const struct check_change *c, struct buf *out)
{
	static const char *const kinds[] = {"pages", "page", "heading",
	    "paragraph", "lines"};

	buf_printf(out, "{\"kind\": \"%s\", \"output\": ", kinds[c->kind]);
	quoted(out, c->output);
	if (c->kind == CHECK_PAGES)
		buf_printf(out, ", \"old\": %zu, \"new\": %zu", c->old_last,
		    c->new_last);
	else
		put_range(out, "old", c->old_first, c->old_last);
	if (c->kind != CHECK_PAGES)
		put_range(out, "new", c->new_first, c->new_last);
	if (c->kind == CHECK_PAGE)
		buf_printf(out, ", \"state\": \"%s\"", check_state(c->state,
		    false));
	if (c->kind == CHECK_LINES)
		buf_printf(out, ", \"lines\": %zu, \"from\": %zu", c->nlines,
		    c->line);
	if (*c->text != '\0') {
		buf_str(out, ", \"text\": ");
		quoted(out, c->text);
	}
	if (c->file != NULL) {
		buf_str(out, ", \"file\": ");
		quoted(out, c->file);
		buf_printf(out, ", \"line\": %u", c->pos.line);
	}
	buf_char(out, '}');
}

static void
report_json(const struct diag *dg, const char *version,
    const struct check_changes *changes, struct buf *out)
{
	struct check_counts c = check_count(dg);

	buf_str(out, "{\"program\": \"dabir\", \"version\": ");
	quoted(out, version);
	buf_printf(out, ",\n \"errors\": %zu, \"warnings\": %zu, \"infos\": "
	    "%zu, \"excused\": %zu,\n \"messages\": [", c.errors, c.warnings,
	    c.infos, c.excused);
	for (const struct diag_msg *m = dg->first; m != NULL; m = m->next) {
		const char *file = file_of(dg, m->pos);

		buf_printf(out, "%s\n  {\"code\": \"%s\", \"level\": \"%s\"",
		    m == dg->first ? "" : ",", m->code, levels[m->level]);
		if (file != NULL) {
			buf_str(out, ", \"file\": ");
			quoted(out, file);
		}
		if (m->pos.line != 0)
			buf_printf(out, ", \"line\": %u, \"column\": %u",
			    m->pos.line, MAX(m->pos.col, 1));
		put_measure(m, out);
		buf_str(out, ", \"text\": ");
		quoted(out, m->text);
		if (m->excuse != NULL) {
			buf_str(out, ", \"excuse\": ");
			quoted(out, m->excuse);
		}
		buf_char(out, '}');
	}
	buf_str(out, "\n ]");
	for (size_t i = 0; changes != NULL && i < changes->n; i++) {
		buf_str(out, i == 0 ? ",\n \"changes\": [\n  " : ",\n  ");
		put_change(&changes->v[i], out);
	}
	if (changes != NULL)
		buf_str(out, changes->n == 0 ? ",\n \"changes\": []" :
		    "\n ]");
	buf_str(out, "}\n");
}

/* A path as RFC 3986 wants it in a reference, UTF-8 bytes and all. */
static void
put_uri(struct buf *out, const char *path)
{
	buf_char(out, '"');
	if (*path == '/')
		buf_str(out, "file://");
	for (; *path != '\0'; path++) {
		unsigned char c = (unsigned char)*path;

		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		    (c >= 'a' && c <= 'z') || strchr("-._~/", c) != NULL)
			buf_char(out, (char)c);
		else
			buf_printf(out, "%%%02X", c);
	}
	buf_char(out, '"');
}

static void
put_properties(const struct diag_msg *m, struct buf *out)
{
	struct buf p = {0};

	put_measure(m, &p);
	if (p.n > 0)		/* without the comma in front */
		buf_printf(out, ", \"properties\": {%s}", p.p + 2);
	buf_free(&p);
}

/*
 * Where a result is shown. A code host refuses a whole file for one result
 * without a place: what has none is a matter of the book.
 */
static void
put_location(const struct diag *dg, const struct diag_msg *m,
    const char *book, struct buf *out)
{
	const char *file = file_of(dg, m->pos);

	buf_str(out, ", \"locations\": [{\"physicalLocation\": "
	    "{\"artifactLocation\": {\"uri\": ");
	put_uri(out, file != NULL ? file : book);
	buf_printf(out, "}, \"region\": {\"startLine\": %u, \"startColumn\": "
	    "%u}}}]", MAX(m->pos.line, 1), MAX(m->pos.col, 1));
}

static void
report_sarif(const struct diag *dg, const char *version, const char *book,
    struct buf *out)
{
	static const char *const sarif[] = {"note", "warning", "error",
	    "error"};
	struct map seen = {0};
	bool first = true;

	buf_str(out, "{\"$schema\": \"https://json.schemastore.org/"
	    "sarif-2.1.0.json\", \"version\": \"2.1.0\", \"runs\": [{\n"
	    " \"tool\": {\"driver\": {\"name\": \"dabir\", \"version\": ");
	quoted(out, version);
	buf_str(out, ", \"rules\": [");
	for (const struct diag_msg *m = dg->first; m != NULL; m = m->next) {
		void **slot = map_put(&seen, m->code, strlen(m->code));
		const char *help = diag_explain(m->code, dg->persian);

		if (*slot != NULL)
			continue;
		*slot = (void *)m;
		buf_printf(out, "%s\n  {\"id\": \"%s\"", first ? "" : ",",
		    m->code);
		first = false;
		if (help != NULL) {
			buf_str(out, ", \"help\": {\"text\": ");
			quoted(out, help);
			buf_char(out, '}');
		}
		buf_char(out, '}');
	}
	map_free(&seen);
	buf_str(out, "]}},\n \"columnKind\": \"unicodeCodePoints\",\n"
	    " \"results\": [");
	for (const struct diag_msg *m = dg->first; m != NULL; m = m->next) {
		buf_printf(out, "%s\n  {\"ruleId\": \"%s\", \"level\": \"%s\", "
		    "\"message\": {\"text\": ", m == dg->first ? "" : ",",
		    m->code, sarif[m->level]);
		quoted(out, m->text);
		buf_char(out, '}');
		put_location(dg, m, book, out);
		if (m->excuse != NULL) {
			buf_str(out, ", \"suppressions\": [{\"kind\": "
			    "\"inSource\", \"justification\": ");
			quoted(out, m->excuse);
			buf_str(out, "}]");
		}
		put_properties(m, out);
		buf_char(out, '}');
	}
	buf_str(out, "\n ]}]}\n");
}

static void
xml(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++)
		switch (*s) {
		case '&': buf_str(out, "&amp;"); break;
		case '<': buf_str(out, "&lt;"); break;
		case '>': buf_str(out, "&gt;"); break;
		case '"': buf_str(out, "&quot;"); break;
		default:
			if ((unsigned char)*s >= 0x20 || *s == '\n')
				buf_char(out, *s);
		}
}

/* A message is a test case that failed; infos and excuses are skipped ones. */
static void
report_junit(const struct diag *dg, const char *book, struct buf *out)
{
	struct check_counts c = check_count(dg);
	size_t n = c.errors + c.warnings + c.infos + c.excused;

	buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<testsuite name=\"dabir\" tests=\"%zu\" failures=\"%zu\" "
	    "skipped=\"%zu\">\n", n, c.errors + c.warnings, c.infos +
	    c.excused);
	for (const struct diag_msg *m = dg->first; m != NULL; m = m->next) {
		const char *file = file_of(dg, m->pos);

		buf_printf(out, " <testcase classname=\"%s\" name=\"", m->code);
		xml(out, file != NULL ? file : book);
		buf_printf(out, ":%u:%u\">", m->pos.line, m->pos.col);
		if (m->excuse != NULL || m->level == DIAG_INFO) {
			buf_str(out, "<skipped message=\"");
			xml(out, m->text);
			buf_str(out, "\"/>");
		} else {
			buf_printf(out, "<failure type=\"%s\" message=\"",
			    levels[m->level]);
			xml(out, m->text);
			buf_str(out, "\"/>");
		}
		buf_str(out, "</testcase>\n");
	}
	buf_str(out, "</testsuite>\n");
}

void
check_report(const struct diag *dg, enum check_format format,
    const char *version, const char *book,
    const struct check_changes *changes, struct buf *out)
{
	switch (format) {
	case CHECK_JSON:
		report_json(dg, version, changes, out);
		break;
	case CHECK_SARIF:
		report_sarif(dg, version, book, out);
		break;
	case CHECK_JUNIT:
		report_junit(dg, book, out);
		break;
	case CHECK_TEXT:
		break;
	}
}
