/*
 * A record of a layout -> JSON, and back: the baseline of later builds.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "check/layout.h"

/* ---------------------------------------------------------------- writing */

static void
quoted(struct buf *out, const char *key, const char *s)
{
	buf_printf(out, "\"%s\": ", key);
	json_quote(out, s, strlen(s));
}

static void
put_place(struct buf *out, const char *file, uint32_t line)
{
	if (file == NULL)
		return;
	buf_str(out, ", ");
	quoted(out, "file", file);
	buf_printf(out, ", \"line\": %u", line);
}

static void
put_para(struct buf *out, const struct para_record *p)
{
	buf_printf(out, "{\"id\": \"%s\", \"first\": %zu, \"last\": %zu, ",
	    p->id, p->first, p->last);
	quoted(out, "words", p->words);
	put_place(out, p->file, p->line);
	buf_str(out, ", \"lines\": [");
	for (size_t i = 0; i < p->nlines; i++)
		buf_printf(out, "%s%u", i > 0 ? ", " : "", p->lines[i]);
	buf_str(out, "]}");
}

static void
put_output(struct buf *out, const struct output_record *r)
{
	buf_str(out, "{");
	quoted(out, "output", r->output);
	buf_str(out, ",\n\"pages\": [");
	for (size_t i = 0; i < r->pages.n; i++)
		buf_printf(out, "%s\n\"%s\"", i > 0 ? "," : "",
		    r->pages.v[i].hash);
	buf_str(out, "],\n\"headings\": [");
	for (size_t i = 0; i < r->headings.n; i++) {
		const struct heading_record *h = &r->headings.v[i];

		buf_str(out, i > 0 ? ",\n{" : "\n{");
		quoted(out, "title", h->title);
		buf_printf(out, ", \"page\": %zu", h->page);
		put_place(out, h->file, h->line);
		buf_char(out, '}');
	}
	buf_str(out, "],\n\"paragraphs\": [");
	for (size_t i = 0; i < r->paras.n; i++) {
		buf_str(out, i > 0 ? ",\n" : "\n");
		put_para(out, &r->paras.v[i]);
	}
	buf_str(out, "]}");
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
check_layout_write(struct check_layout *l, struct buf *out)
{
	const char *sep = "";

	buf_str(out, "{\n\"layout\": 2,\n\"made_with\": [");
	for (size_t i = 0; i < l->makers.n; i++, sep = ", ") {
		buf_str(out, sep);
		json_quote(out, l->makers.v[i], strlen(l->makers.v[i]));
	}
	buf_str(out, "],\n\"fonts\": {");
	if (l->face_names.n > 0)
		qsort(l->face_names.v, l->face_names.n,
		    sizeof(*l->face_names.v), by_name);
	for (size_t i = 0; i < l->face_names.n; i++) {
		const char *name = l->face_names.v[i];
		const char *sum = map_get(&l->faces, name, strlen(name));

		buf_str(out, i > 0 ? ",\n" : "\n");
		json_quote(out, name, strlen(name));
		buf_printf(out, ": \"%s\"", sum);
	}
	buf_str(out, "},\n\"outputs\": [");
	for (size_t i = 0; i < l->outputs.n; i++) {
		buf_str(out, i > 0 ? ",\n" : "\n");
		put_output(out, &l->outputs.v[i]);
	}
	buf_str(out, "]\n}\n");
}

/* ---------------------------------------------------------------- reading */

static const char *
text_of(const struct json *j, const char *key)
{
	const struct json *v = json_get(j, key);

	return v != NULL && v->text != NULL ? v->text : "";
}

static size_t
number_of(const struct json *j, const char *key)
{
	return (size_t)strtoul(text_of(j, key), NULL, 10);
}

/* An array whose entries are of a kind; NULL if it is not. */
static const struct json *
array_of(const struct json *j, const char *key, enum json_kind kind)
{
	const struct json *v = json_get(j, key);

	if (v == NULL || v->kind != JSON_ARRAY)
		return NULL;
	for (const struct json *c = v->child; c != NULL; c = c->next)
		if (c->kind != kind)
			return NULL;
	return v;
}

static const char *
file_in(const struct json *j)
{
	const struct json *v = json_get(j, "file");

	return v != NULL ? v->text : NULL;
}

static bool
read_para(struct check_layout *l, const struct json *j, struct para_record *p)
{
	const struct json *lines = array_of(j, "lines", JSON_NUMBER);

	*p = (struct para_record){.id = text_of(j, "id"),
	    .first = number_of(j, "first"), .last = number_of(j, "last"),
	    .words = text_of(j, "words"), .file = file_in(j),
	    .line = (uint32_t)number_of(j, "line")};
	if (lines == NULL)
		return false;
	p->lines = ARENA_ARRAY(&l->arena, uint32_t, lines->nchildren + 1);
	for (const struct json *c = lines->child; c != NULL; c = c->next)
		p->lines[p->nlines++] = (uint32_t)strtoul(c->text, NULL, 10);
	return true;
}

static bool
read_output(struct check_layout *l, const struct json *j)
{
	const struct json *pages = array_of(j, "pages", JSON_STRING);
	const struct json *headings = array_of(j, "headings", JSON_OBJECT);
	const struct json *paras = array_of(j, "paragraphs", JSON_OBJECT);
	struct output_record *o;
	bool good = true;

	if (pages == NULL || headings == NULL || paras == NULL)
		return false;
	o = VEC_PUSH(&l->outputs);
	memset(o, 0, sizeof(*o));
	o->output = text_of(j, "output");
	for (const struct json *c = pages->child; c != NULL; c = c->next)
		*VEC_PUSH(&o->pages) = (struct page_record){.hash = c->text};
	for (const struct json *c = headings->child; c != NULL; c = c->next)
		*VEC_PUSH(&o->headings) = (struct heading_record){
		    .title = text_of(c, "title"), .page = number_of(c, "page"),
		    .file = file_in(c), .line = (uint32_t)number_of(c,
		    "line")};
	for (const struct json *c = paras->child; c != NULL; c = c->next)
		good &= read_para(l, c, VEC_PUSH(&o->paras));
	return good;
}

static bool
read_layout(struct check_layout *l, const struct json *j)
{
	const struct json *makers, *fonts, *outputs;
	bool good = true;

	if (j == NULL || j->kind != JSON_OBJECT)
		return false;
	makers = array_of(j, "made_with", JSON_STRING);
	outputs = array_of(j, "outputs", JSON_OBJECT);
	fonts = json_get(j, "fonts");
	if (makers == NULL || outputs == NULL || fonts == NULL ||
	    fonts->kind != JSON_OBJECT)
		return false;
	for (const struct json *c = makers->child; c != NULL; c = c->next)
		*VEC_PUSH(&l->makers) = c->text;
	for (const struct json *c = fonts->child; c != NULL; c = c->next)
		layout_add_face(l, c->key, c->text != NULL ? c->text : "?");
	for (const struct json *c = outputs->child; c != NULL; c = c->next)
		good &= read_output(l, c);
	return good;
}

struct check_layout *
check_layout_read(const char *path, struct diag *dg)
{
	static const char *const none[] = {NULL};
	struct check_layout *l;
	struct buf file = {0};
	const char *why = file_read(path, (size_t)256 << 20, &file);

	if (why != NULL) {
		diag_add(dg, NOPOS, USE_CANNOT_READ, path, why);
		buf_free(&file);
		return NULL;
	}
	l = check_layout_open(none);
	if (!read_layout(l, json_parse(&l->arena, dg, path, file.p != NULL ?
	    file.p : "", file.n))) {
		diag_add(dg, NOPOS, USE_NO_BASELINE, path);
		check_layout_free(l);
		l = NULL;
	}
	buf_free(&file);
	return l;
}

/* --------------------------------------------------------------- the same? */

/* "HarfBuzz 6.0.0" and "HarfBuzz 6.0.1" are of one name. */
static bool
same_name(const char *a, const char *b)
{
	const char *p = strrchr(a, ' '), *q = strrchr(b, ' ');

	return p != NULL && q != NULL && p - a == q - b &&
	    memcmp(a, b, (size_t)(p - a)) == 0;
}

static const char *
find_maker(const struct check_layout *l, const char *like)
{
	for (size_t i = 0; i < l->makers.n; i++)
		if (same_name(l->makers.v[i], like))
			return l->makers.v[i];
	return NULL;
}

static bool
refuse(struct diag *dg, const char *path, const char *old, const char *now)
{
	diag_add(dg, NOPOS, USE_OTHER_MAKER, path, old, now);
	return false;
}

bool
check_layout_fits(const struct check_layout *old,
    const struct check_layout *now, const char *path, struct diag *dg)
{
	bool fits = true;

	for (size_t i = 0; i < now->makers.n; i++) {
		const char *was = find_maker(old, now->makers.v[i]);

		if (was == NULL || strcmp(was, now->makers.v[i]) != 0)
			fits = refuse(dg, path, was != NULL ? was : "?",
			    now->makers.v[i]);
	}
	/* A face that only one of them has is an edit's: the first bold
	 * word. */
	for (size_t i = 0; i < now->face_names.n; i++) {
		const char *name = now->face_names.v[i];
		const char *is = map_get(&now->faces, name, strlen(name));
		const char *was = map_get(&old->faces, name, strlen(name));

		if (was != NULL && strcmp(was, is) != 0)
			fits = refuse(dg, path, arena_printf(&dg->arena,
			    "%s (%.12s…)", name, was), arena_printf(&dg->arena,
			    "%s (%.12s…)", name, is));
	}
	return fits;
}
