/*
 * The author in the text and the author of the entry.
 *
 * «آریانفر [-@آریانفر۱۳۸۷]»: the name stands in the sentence, written by
 * hand. If the word before the citation is nearly a name of the entry but not
 * quite, one of the two is misspelt; if it is the name of another entry's
 * author, the key may be wrong. Other words say nothing: it may be a pronoun.
 */
#include "cite/resolve.h"

#include "base/messages.h"

#include <string.h>

/* A name as the eye sees it: Arabic Yeh and Kaf as the Persian ones, no ZWNJ,
 * marks, tatweel or punctuation. Appended. */
static void
fold(const char *s, size_t n, struct buf *out)
{
	size_t i = 0;
	uint32_t c;

	while (i < n) {
		c = utf8_next(s, n, &i);
		if (c == 0x64a || c == 0x649)
			c = 0x6cc;
		else if (c == 0x643)
			c = 0x6a9;
		if (c != 0x640 && !uni_is_mark(c) && !uni_is_punct(c) &&
		    !uni_is_default_ignorable(c))
			buf_utf8(out, c);
	}
}

static char *
folded(struct resolver *r, const char *s, size_t n)
{
	struct buf b = {0};
	char *text;

	fold(s, n, &b);
	text = arena_strn(&r->dg->arena, b.n > 0 ? b.p : "", b.n);
	buf_free(&b);
	return text;
}

/* `word` is a word of `name`, which is folded here. */
static bool
is_word_of(struct resolver *r, const char *name, const char *word)
{
	const char *s = folded(r, name, strlen(name));
	size_t len = strlen(word);

	for (; (s = strstr(s, word)) != NULL; s++)
		if (s[len] == '\0' || s[len] == ' ')
			return true;
	return false;
}

static bool
is_named(struct resolver *r, const struct cite_entry *e, const char *word)
{
	const struct cite_name *const lists[] = { e->authors, e->editors,
		e->translators };
	const struct cite_name *nm;
	size_t i;

	for (i = 0; i < NELEM(lists); i++)
		for (nm = lists[i]; nm != NULL; nm = nm->next)
			if (is_word_of(r, nm->family, word))
				return true;
	return is_word_of(r, cite_field(e, "shortauthor"), word);
}

/* Whose family name is that? NULL: nobody's. */
static const struct cite_entry *
find_family(struct resolver *r, const char *word)
{
	const struct cite_name *nm;
	struct cite_entry *e;
	const char *s;
	void **slot;

	if (r->families.n == 0) {
		for (e = r->bib->first; e != NULL; e = e->next)
			for (nm = e->authors; nm != NULL; nm = nm->next) {
				s = folded(r, nm->family, strlen(nm->family));
				slot = map_put(&r->families, s, strlen(s));
				if (*slot == NULL)
					*slot = e;
			}
	}
	return map_get(&r->families, word, strlen(word));
}

/* The word before a node, without the marks on it; NULL: there is none. */
static char *
word_before(struct resolver *r, const struct doc_node *node)
{
	const struct doc_node *prev = node->prev;
	const char *word, *end;
	struct buf b = {0};

	if (prev == NULL || prev->kind != DOC_TEXT)
		return NULL;
	end = prev->text + prev->len;
	while (end > prev->text && end[-1] == ' ')
		end--;
	for (word = end; word > prev->text && word[-1] != ' '; word--)
		;
	if (word == end || end - word > 100)
		return NULL;
	for (size_t i = 0, at; i < (size_t)(end - word);) {
		at = i;
		if (!uni_is_punct(utf8_next(word, (size_t)(end - word), &i)))
			buf_add(&b, word + at, i - at);
	}
	if (b.n > 0)
		word = arena_strn(&r->dg->arena, b.p, b.n);
	else
		word = NULL;
	buf_free(&b);
	return (char *)(uintptr_t)word;
}

void
author_check_word(struct resolver *r, const struct doc_node *node,
    const struct cite_entry *e)
{
	const struct cite_name *nm;
	char *shown = word_before(r, node), *word;

	if (shown == NULL || e->authors == NULL)
		return;
	word = folded(r, shown, strlen(shown));
	if (*word == '\0' || is_named(r, e, word))
		return;
	for (nm = e->authors; nm != NULL; nm = nm->next)
		if (utf8_count(word, strlen(word)) > 3 &&
		    utf8_distance(folded(r, nm->family, strlen(nm->family)),
		    word, 2) <= 2)
			break;
	/* Not near, but known: «حافظ [-@سعدی۱۳۷۰]». */
	if (nm == NULL && find_family(r, word) != NULL)
		nm = e->authors;
	if (nm != NULL)
		diag_add(r->dg, node->pos, BIB_NAME_DIFFERS, shown, e->key,
		    nm->family);
}

/* `word` opens `name`: زمانی stands for زمانی محبوب. */
static bool
opens(const char *name, const char *word)
{
	size_t n = strlen(word);

	return strncmp(name, word, n) == 0 &&
	    (name[n] == '\0' || name[n] == ' ');
}

/* The form in the text is another name than the list's. */
void
author_check_short(struct resolver *r, const struct doc_cite *c,
    const struct cite_entry *e)
{
	const char *s = cite_field(e, "shortauthor");
	const struct cite_name *nm;

	if (*s == '\0' || e->authors == NULL || c->suppress_author)
		return;
	for (nm = e->authors; nm != NULL; nm = nm->next)
		if (opens(nm->family, s) || strstr(s, nm->family) != NULL)
			return;
	/* A body goes by its letters («یونسکو»); a misspelling is near. */
	nm = e->authors;
	if (nm->corporate && utf8_distance(nm->family, s, 2) > 2)
		return;
	diag_add(r->dg, c->pos, BIB_NAME_DIFFERS, s, e->key,
	    e->authors->family);
}
