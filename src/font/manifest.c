/*
 * fonts/manifest.yaml: which files there are, what they are called, what
 * they must hash to, and who stands in for whom.
 *
 * Nothing is opened here: a manifest of twenty faces is read on the way of
 * every build, of which a book uses three.
 */
#include "base/messages.h"
#include "font/private.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define MANIFEST "manifest.yaml"
#define MANIFEST_MAX ((size_t)1 << 20)
#define FALLBACK_MAX 32			/* families one face may name */

static const char *const top_keys[] = { "faces", "licenses", NULL };
static const char *const face_keys[] = { "family", "weight", "italic",
    "role", "file", "sha256", "license", "source", "fallback", "index", NULL };

static void
unknown_keys(struct diag *dg, const struct yaml *map,
    const char *const *names)
{
	const struct yaml *y;
	size_t i;

	for (y = map->child; y != NULL; y = y->next) {
		for (i = 0; names[i] != NULL; i++)
			if (strcmp(names[i], y->key) == 0)
				break;
		if (names[i] == NULL)
			diag_add(dg, y->key_pos, STY_UNKNOWN_KEY, y->key,
			    diag_near(dg, y->key, names));
	}
}

static const char *
kind_name(const struct yaml *y)
{
	switch (y->kind) {
	case YAML_SEQ:
		return "a list";
	case YAML_MAP:
		return "a map";
	case YAML_SCALAR:
		break;
	}
	return y->text;
}

static void
wrong(struct diag *dg, const struct yaml *y, const char *want,
    const char *deflt)
{
	diag_add(dg, y->pos, STY_WRONG_TYPE, y->key != NULL ? y->key : "faces",
	    want, kind_name(y), deflt);
}

/* The string under `key`, copied; NULL if there is none. */
static const char *
get_string(struct arena *a, struct diag *dg, const struct yaml *map,
    const char *key)
{
	const struct yaml *y = yaml_get(map, key);

	if (y == NULL)
		return NULL;
	if (y->kind != YAML_SCALAR || y->len == 0 ||
	    strlen(y->text) != y->len) {
		wrong(dg, y, "a word", "“”");
		return NULL;
	}
	return arena_str(a, y->text);
}

static int
get_int(struct diag *dg, const struct yaml *map, const char *key, int least,
    int most, int deflt)
{
	const struct yaml *y = yaml_get(map, key);
	char text[16], *end;
	long v;

	if (y == NULL)
		return deflt;
	if (y->kind == YAML_SCALAR && y->len > 0) {
		v = strtol(y->text, &end, 10);
		if (*end == '\0' && v >= least && v <= most)
			return (int)v;
	}
	snprintf(text, sizeof(text), "%d", deflt);
	wrong(dg, y, "a whole number", text);
	return deflt;
}

static bool
get_bool(struct diag *dg, const struct yaml *map, const char *key)
{
	const struct yaml *y = yaml_get(map, key);

	if (y == NULL)
		return false;
	if (y->kind == YAML_SCALAR && strcmp(y->text, "true") == 0)
		return true;
	if (y->kind != YAML_SCALAR || strcmp(y->text, "false") != 0)
		wrong(dg, y, "true or false", "false");
	return false;
}

static void
get_hash(struct diag *dg, const struct yaml *map, struct font_entry *e)
{
	const struct yaml *y = yaml_get(map, "sha256");
	size_t i;

	if (y == NULL)
		return;
	if (y->kind == YAML_SCALAR && y->len == 2 * SHA256_SIZE) {
		for (i = 0; i < y->len; i++) {
			if (!isxdigit((unsigned char)y->text[i]))
				break;
			e->sha256[i] =
			    (char)tolower((unsigned char)y->text[i]);
		}
		if (i == y->len)
			return;
	}
	memset(e->sha256, 0, sizeof(e->sha256));
	wrong(dg, y, "64 hexadecimal digits", "“”");
}

static void
get_fallback(struct arena *a, struct diag *dg, const struct yaml *map,
    struct font_entry *e)
{
	const struct yaml *y = yaml_get(map, "fallback"), *item;

	if (y == NULL)
		return;
	if (y->kind != YAML_SEQ) {
		wrong(dg, y, "a list of families", "[]");
		return;
	}
	e->fallback = ARENA_ARRAY(a, const char *,
	    MIN(y->nchildren, FALLBACK_MAX));
	for (item = y->child; item != NULL; item = item->next) {
		if (e->nfallback == FALLBACK_MAX)
			break;
		if (item->kind != YAML_SCALAR || item->len == 0)
			diag_add(dg, item->pos, STY_WRONG_TYPE, "fallback",
			    "a list of families", kind_name(item), "[]");
		else
			e->fallback[e->nfallback++] = arena_str(a, item->text);
	}
}

static void
read_face(struct arena *a, struct diag *dg, const char *dir,
    const struct yaml *y, struct font_entries *out)
{
	struct font_entry *e;
	const char *file;

	if (y->kind != YAML_MAP) {
		diag_add(dg, y->pos, STY_WRONG_TYPE, "faces",
		    "a list of maps", kind_name(y), "[]");
		return;
	}
	unknown_keys(dg, y, face_keys);
	e = ARENA_NEW(a, struct font_entry);
	e->family = get_string(a, dg, y, "family");
	file = get_string(a, dg, y, "file");
	if (e->family == NULL || file == NULL) {
		diag_add(dg, y->pos, FNT_ENTRY,
		    e->family == NULL ? "family" : "file");
		return;
	}
	e->path = path_join(a, dir, file);
	if (!path_allowed(dir, e->path)) {
		diag_add(dg, yaml_get(y, "file")->pos, MAN_OUTSIDE, file);
		return;
	}
	e->role = get_string(a, dg, y, "role");
	e->licence = get_string(a, dg, y, "license");
	e->weight = get_int(dg, y, "weight", 1, 1000, 400);
	e->italic = get_bool(dg, y, "italic");
	e->index = (unsigned)get_int(dg, y, "index", 0, 255, 0);
	get_hash(dg, y, e);
	get_fallback(a, dg, y, e);
	*VEC_PUSH(out) = e;
}

bool
manifest_read(struct arena *a, struct diag *dg, const char *dir,
    struct font_entries *out)
{
	struct arena scratch = {0};
	struct buf text = {0};
	struct yaml *root, *faces, *y;
	char *path = path_join(a, dir, MANIFEST);
	const char *why;
	bool found = false;

	if (!file_exists(path))
		return false;
	if (!path_allowed(dir, path)) {
		diag_add(dg, NOPOS, MAN_OUTSIDE, path);
		return false;
	}
	why = file_read(path, MANIFEST_MAX, &text);
	if (why != NULL) {
		diag_add(dg, NOPOS, MAN_UNREADABLE, path, why);
		goto out;
	}
	found = true;
	root = yaml_parse(&scratch, dg, path, text.p != NULL ? text.p : "",
	    text.n, 0);
	if (root == NULL)
		goto out;
	faces = root->kind == YAML_MAP ? yaml_get(root, "faces") : NULL;
	if (root->kind == YAML_MAP)
		unknown_keys(dg, root, top_keys);
	if (faces == NULL || faces->kind != YAML_SEQ) {
		diag_add(dg, root->pos, FNT_ENTRY, "faces");
		goto out;
	}
	for (y = faces->child; y != NULL; y = y->next) {
		if (out->n >= FONT_FACES_MAX) {
			diag_add(dg, y->pos, STY_LIMIT, "the manifests list "
			    "too many faces; the rest is not read");
			break;
		}
		read_face(a, dg, dir, y, out);
	}
out:
	buf_free(&text);
	arena_free(&scratch);
	return found;
}
