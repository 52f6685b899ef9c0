/*
 * From files to one tree.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "read/cache.h"
#include "read/reader.h"

void
reader_free(struct reader *r)
{
	buf_free(&r->fixed);
	buf_free(&r->skel);
	free(r->lines);
	free(r->seen);
	free(r->deflist.v);
	map_free(&r->refs);
	map_free(&r->entities);
	arena_free(&r->scratch);
}

void
read_markdown(struct doc *d, struct diag *dg, const char *name,
    const char *text, size_t n)
{
	struct reader r = {.d = d, .dg = dg};
	struct doc_node *last, *last_note;

	doc_open(d);
	r.excused = d->excuses.n;
	r.file = diag_file(dg, name);
	if (n > READ_LIMIT) {
		diag_add(dg, (struct pos){0, 0, r.file}, MAN_UNREADABLE, name,
		    say(&r, "larger than 16 MiB", "بزرگ‌تر از ۱۶ مبی‌بایت"));
		return;
	}
	last = d->root->last;
	last_note = d->note_root->last;
	source_load(&r, text, n);
	meta_from_yaml(d, dg, front_matter(&r, &d->arena, name));
	skeleton_build(&r);
	blocks_read(&r);
	linkdefs_report(&r);
	account_close(&r, last != NULL ? last->next : d->root->first,
	    last_note != NULL ? last_note->next : d->note_root->first);
	reader_free(&r);
}

/*
 * The language by the letters. A few foreign words change nothing, so the
 * majority of scripts decides.
 */
static const char *
lang_guess(const struct doc *d)
{
	struct lang_letters seen = {0};
	const struct doc_node *n;

	for (n = d->root; n != NULL && seen.arabic + seen.latin + seen.hebrew <
	    20000; n = doc_next(n, d->root))
		if (n->kind == DOC_TEXT)
			lang_count(&seen, n->text, n->len);
	return lang_guessed(&seen);
}

static void
lang_check(const struct doc *d, struct diag *dg)
{
	const struct doc_meta *m;

	for (m = d->meta; m != NULL; m = m->next)
		if (strcmp(m->key, "lang") == 0 && !uni_is_lang(m->value)) {
			diag_add(dg, m->pos, MAN_STRANGE_LANG, m->value);
			break;
		}
}

bool
read_manuscripts(struct doc *d, struct diag *dg, const struct read_book *b,
    struct read_cache *kept)
{
	const struct doc_meta *m;
	const struct doc_node *last;
	struct pos pos = NOPOS;
	const char *why, *lang;
	struct buf text = {0};
	size_t i, nread = 0;

	doc_open(d);
	for (m = b->meta; m != NULL; m = m->next)
		doc_meta_add(d, m->key, m->value, m->pos);
	for (i = 0; i < b->nmanuscript; i++) {
		text.n = 0;
		why = file_read(b->manuscript[i], READ_LIMIT, &text);
		if (why != NULL) {
			diag_add(dg, b->manuscript_at[i], MAN_UNREADABLE,
			    b->manuscript[i], why);
			continue;
		}
		if (nread++ == 0)
			pos = (struct pos){1, 1, diag_file(dg,
			    b->manuscript[i])};
		last = d->root->last;
		if (kept != NULL && text.n <= READ_LIMIT)
			read_cached(kept, d, dg, b->manuscript[i],
			    text.p != NULL ? text.p : "", text.n);
		else
			read_markdown(d, dg, b->manuscript[i],
			    text.p != NULL ? text.p : "", text.n);
		if (d->root->last == last && b->nmanuscript > 1)
			diag_add(dg, b->manuscript_at[i], MAN_EMPTY_FILE,
			    b->manuscript[i]);
	}
	buf_free(&text);
	if (nread == 0)
		return false;
	if (d->root->first == NULL) {
		diag_add(dg, pos, MAN_EMPTY);
		return false;
	}
	if (doc_meta(d, "lang") == NULL) {
		lang = lang_guess(d);
		diag_add(dg, pos, MAN_NO_LANG, lang, lang);
		doc_meta_add(d, "lang", lang, NOPOS);
	}
	lang_check(d, dg);
	doc_finish(d, dg);
	doc_check_questions(d, dg);
	return true;
}
