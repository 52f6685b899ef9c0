/*
 * JSON through jansson, copied into the arena so that it lives and dies
 * with what it describes. jansson turns numbers into doubles; their text as
 * written is found again by walking the source beside the tree, which is
 * possible because members keep their order and none may be given twice.
 */

#include "base/base.h"
#include "base/catalogue.h"
#include "base/jansson.h"
#include "base/messages.h"

#include <string.h>

#define MAX_DEPTH 64

struct walk {
	struct arena *a;
	const char *p, *end;	/* source, just past the last number taken */
};

/* Step over the string whose opening quote is at `p`. */
static const char *
skip_string(const char *p, const char *end)
{
	for (p++; p < end && *p != '"'; p++) {
		if (*p == '\\' && p + 1 < end)
			p++;
	}
	return p < end ? p + 1 : end;
}

/* The next number of the source that stands outside strings. */
static void
take_number(struct walk *w, struct json *j)
{
	const char *start;

	while (w->p < w->end && *w->p != '-' && (*w->p < '0' || *w->p > '9'))
		w->p = *w->p == '"' ? skip_string(w->p, w->end) : w->p + 1;
	start = w->p;
	while (w->p < w->end && *w->p != '\0' &&
	    strchr("+-.0123456789eE", *w->p) != NULL)
		w->p++;
	j->len = (size_t)(w->p - start);
	j->text = arena_strn(w->a, start, j->len);
}

static struct json *
convert(struct walk *w, json_t *v)
{
	struct json *j = ARENA_NEW(w->a, struct json), *c, **link;
	const char *key;
	json_t *item;
	size_t i;

	j->text = "";
	link = &j->child;
	switch (json_typeof(v)) {
	case JANSSON_OBJECT:
		j->kind = JSON_OBJECT;
		json_object_foreach(v, key, item) {
			c = convert(w, item);
			c->key = arena_str(w->a, key);
			*link = c;
			link = &c->next;
			j->nchildren++;
		}
		break;
	case JANSSON_ARRAY:
		j->kind = JSON_ARRAY;
		json_array_foreach(v, i, item) {
			c = convert(w, item);
			*link = c;
			link = &c->next;
			j->nchildren++;
		}
		break;
	case JANSSON_STRING:
		j->kind = JSON_STRING;
		j->len = json_string_length(v);
		j->text = arena_strn(w->a, json_string_value(v), j->len);
		break;
	case JSON_INTEGER:
	case JSON_REAL:
		j->kind = JSON_NUMBER;
		j->number = json_number_value(v);
		take_number(w, j);
		break;
	case JSON_TRUE:
		j->kind = JSON_BOOL;
		j->number = 1;
		break;
	case JSON_FALSE:
		j->kind = JSON_BOOL;
		break;
	default:
		j->kind = JSON_NULL;
		break;
	}
	return j;
}

/* The bracket that opens level MAX_DEPTH + 1, or NULL. */
static const char *
find_too_deep(const char *p, const char *end)
{
	int depth = 0;

	while (p < end) {
		if (*p == '"') {
			p = skip_string(p, end);
			continue;
		}
		if ((*p == '[' || *p == '{') && ++depth > MAX_DEPTH)
			return p;
		if ((*p == ']' || *p == '}') && depth > 0)
			depth--;
		p++;
	}
	return NULL;
}

static struct pos
place_of(uint16_t file, const char *text, const char *at)
{
	struct pos pos = { 1, 1, file };
	const char *s = text, *nl;

	while ((nl = memchr(s, '\n', (size_t)(at - s))) != NULL) {
		s = nl + 1;
		pos.line++;
	}
	pos.col = (uint32_t)utf8_count(s, (size_t)(at - s)) + 1;
	return pos;
}

/*
 * What jansson says of a text is "']' expected near 'x'": the phrase is in the
 * catalogue, what stands at the place is the author's.
 */
static const char *
persian_of(struct diag *dg, const char *text)
{
	const char *near = strstr(text, " near ");
	struct buf out = {0};
	char *phrase = arena_strn(&dg->arena, text, near != NULL ?
	    (size_t)(near - text) : strlen(text));
	size_t n;

	if (!catalogue_phrase(phrase, &out))
		buf_str(&out, phrase);
	if (near != NULL && strcmp(near, " near end of file") == 0) {
		buf_str(&out, "، نزدیک پایان پرونده");
	} else if (near != NULL) {
		near += strlen(" near ");
		n = strlen(near);
		/* In quotes of another kind, without jansson's. */
		if (n > 1 && near[0] == '\'' && near[n - 1] == '\'') {
			near++;
			n -= 2;
		}
		buf_printf(&out, "، نزدیک «\xe2\x81\xa8%.*s\xe2\x81\xa9»", (int)n,
		    near);
	}
	text = arena_strn(&dg->arena, out.p, out.n);
	buf_free(&out);
	return text;
}

struct json *
json_parse(struct arena *a, struct diag *dg, const char *name,
    const char *text, size_t n)
{
	struct walk w = { a, text, text + n };
	struct pos pos = { 0, 0, diag_file(dg, name) };
	struct json *j;
	json_error_t err;
	json_t *root;
	const char *bad;

	if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		w.p += 3;
	/* jansson passes over a NUL that follows a number. */
	bad = memchr(w.p, '\0', (size_t)(w.end - w.p));
	if (bad != NULL) {
		diag_add(dg, place_of(pos.file, text, bad), JSON_SYNTAX,
		    "a control character stands here");
		return NULL;
	}
	/* It recurses to a depth of 2048 before it complains. */
	bad = find_too_deep(w.p, w.end);
	if (bad != NULL) {
		diag_add(dg, place_of(pos.file, text, bad), JSON_SYNTAX,
		    "nested deeper than 64 levels");
		return NULL;
	}
	/* As reals, integers of any length are numbers and no errors. */
	root = json_loadb(w.p, (size_t)(w.end - w.p), JSON_DECODE_ANY |
	    JSON_DECODE_INT_AS_REAL | JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL,
	    &err);
	if (root == NULL) {
		if (json_error_code(&err) == json_error_out_of_memory)
			xmalloc(SIZE_MAX);	/* ends the program */
		if (err.line > 0)
			pos.line = (uint32_t)err.line;
		if (err.line > 0 && err.column > 0)
			pos.col = (uint32_t)err.column;
		diag_add(dg, pos, JSON_SYNTAX, dg->persian ?
		    persian_of(dg, err.text) : err.text);
		return NULL;
	}
	j = convert(&w, root);
	json_decref(root);
	return j;
}

struct json *
json_get(const struct json *object, const char *key)
{
	struct json *j;

	if (object == NULL || object->kind != JSON_OBJECT)
		return NULL;
	for (j = object->child; j != NULL; j = j->next) {
		if (strcmp(j->key, key) == 0)
			return j;
	}
	return NULL;
}

void
json_quote(struct buf *b, const char *s, size_t n)
{
	size_t i = 0, at;
	uint32_t c;

	buf_char(b, '"');
	while (i < n) {
		at = i;
		c = utf8_next(s, n, &i);
		switch (c) {
		case '"':
			buf_str(b, "\\\"");
			break;
		case '\\':
			buf_str(b, "\\\\");
			break;
		case '\n':
			buf_str(b, "\\n");
			break;
		case '\r':
			buf_str(b, "\\r");
			break;
		case '\t':
			buf_str(b, "\\t");
			break;
		case 0xfffd:		/* or what is not UTF-8 */
			buf_utf8(b, c);
			break;
		default:
			if (c < 0x20 || c == 0x7f)
				buf_printf(b, "\\u%04x", c);
			else
				buf_add(b, s + at, i - at);
		}
	}
	buf_char(b, '"');
}
