/*
 * YAML front matter: "---" on the first line, up to "---" or "...".
 */
#include <string.h>

#include "base/messages.h"
#include "read/reader.h"

static bool
line_is(const struct reader *r, size_t i, const char *s)
{
	return i < r->nlines && r->lines[i].len == 3 &&
	    memcmp(line_text(r, i), s, 3) == 0;
}

/*
 * Lists become several entries of one key; a mapping's keys are joined by a
 * dot, so that author: {name: ...} is "author.name".
 */
void
meta_add(struct doc *d, const char *key, const struct yaml *v, int depth)
{
	const struct yaml *c;
	char *path;

	if (v->kind == YAML_SCALAR) {
		doc_meta_add(d, key, v->text, v->pos);
		return;
	}
	for (c = v->child; c != NULL && depth < 8; c = c->next) {
		if (v->kind == YAML_SEQ) {
			meta_add(d, key, c, depth + 1);
			continue;
		}
		path = arena_printf(&d->arena, "%s.%s", key, c->key);
		meta_add(d, path, c, depth + 1);
	}
}

/*
 * Is there a use for this key? Title page, imprint, PDF's own metadata, the
 * handout's head; and what read/ and cite/ take themselves. Pandoc allows
 * any key, so others are kept, with a word.
 */
static bool
has_use(const char *key)
{
	static const char *const keys[] = {"title", "subtitle", "author",
	    "translator", "editor", "publisher", "place", "year", "isbn",
	    "lang", "edition", "series", "volume", "subject", "keywords",
	    "rights", "licence", "license", "dedication", "colophon",
	    "catalogue", "course", "nocite", "reference-list",
	    "bibliography", "citations", "style", "printing", "printer", "copies", "price", "cover",
	    "design", "layout", "editors", "dir", "description"};

	for (size_t i = 0; i < NELEM(keys); i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

void
meta_from_yaml(struct doc *d, struct diag *dg, const struct yaml *map)
{
	const struct yaml *c;

	if (map == NULL || map->kind != YAML_MAP)
		return;
	for (c = map->child; c != NULL; c = c->next) {
		if (!has_use(c->key))
			diag_add(dg, c->key_pos, MAN_NOT_PRINTED, c->key);
		meta_add(d, c->key, c, 0);
	}
}

struct yaml *
front_matter(struct reader *r, struct arena *a, const char *name)
{
	size_t end, from, to;

	/* Pandoc: a blank line behind the dashes makes them a rule. */
	if (!line_is(r, 0, "---") || r->nlines < 2 ||
	    (r->lines[1].flags & LINE_BLANK))
		return NULL;
	for (end = 1; end < r->nlines; end++)
		if (line_is(r, end, "---") || line_is(r, end, "..."))
			break;
	if (end == r->nlines)
		return NULL;
	r->body = end + 1;
	from = r->lines[1].off;
	to = r->lines[end].off;
	seen_mark(r, from, to);
	return yaml_parse(a, r->dg, name, r->src + from, to - from, 1);
}
