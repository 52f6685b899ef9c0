/*
 * The list: which entries stand in it, in which order, under which numbers,
 * and what tells two years of one author apart.
 */
#include "cite/resolve.h"

#include <stdlib.h>
#include <string.h>

/* What one entry is sorted by: its stretch of one buffer of keys. */
struct sortable {
	struct cite_entry *e;
	size_t start, len;		/* [byte] of the buffer */
	size_t listed;			/* equal keys stay as listed */
	const char *keys;
};

/*
 * A Latin particle does not count ("von" in "von Neumann"), a Persian one
 * does: ابن سینا is looked for under الف.
 */
static void
sort_text(const struct cite_entry *e, struct buf *out)
{
	const struct cite_name *nm = e->authors != NULL ? e->authors :
	    e->editors != NULL ? e->editors : e->translators;
	const char *key = cite_field(e, "sortkey");

	if (*key != '\0' || nm == NULL) {
		buf_str(out, *key != '\0' ? key : cite_field(e, "title"));
		return;
	}
	for (; nm != NULL; nm = nm->next) {
		if (!e->ltr && *nm->particle != '\0') {
			buf_str(out, nm->particle);
			buf_char(out, ' ');
		}
		buf_str(out, nm->family);
		buf_char(out, ' ');
		buf_str(out, nm->given);
		buf_char(out, ' ');
	}
	while (out->n > 0 && out->p[out->n - 1] == ' ')
		out->n--;
}

static void
add_key(struct uni_collator *c, const char *s, size_t n, struct buf *keys)
{
	if (c != NULL)
		uni_sort_key(c, s, n, keys);
	else
		buf_add(keys, s, n);
	/* Parts a key from the one behind it, below every other byte. */
	buf_char(keys, '\0');
}

/* Script, author, year, title. */
static void
sort_key(struct uni_collator *c, const struct cite_entry *e, struct buf *tmp,
    struct buf *keys)
{
	const char *title = cite_field(e, "title");
	/* The two calendars on one scale, so an author's works keep order. */
	int year = e->year + (e->jalali && e->year > 0 ? 621 : 0);

	buf_char(keys, e->ltr ? 2 : 1);
	tmp->n = 0;
	sort_text(e, tmp);
	add_key(c, tmp->n > 0 ? tmp->p : "", tmp->n, keys);
	buf_char(keys, (char)(year >> 16));
	buf_char(keys, (char)(year >> 8));
	buf_char(keys, (char)year);
	add_key(c, title, strlen(title), keys);
}

static int
compare(const void *a, const void *b)
{
	const struct sortable *x = a, *y = b;
	int c = memcmp(x->keys + x->start, y->keys + y->start,
	    MIN(x->len, y->len));

	if (c != 0)
		return c;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	return x->listed < y->listed ? -1 : x->listed > y->listed;
}

static void
collate(struct resolver *r)
{
	struct sortable *s = xcalloc(r->nlist + 1, sizeof(*s));
	struct uni_collator *c = uni_collator_open(r->style->lang);
	struct buf keys = {0}, tmp = {0};
	size_t i;

	for (i = 0; i < r->nlist; i++) {
		s[i].e = r->list[i];
		s[i].listed = i;
		s[i].start = keys.n;
		sort_key(c, r->list[i], &tmp, &keys);
		s[i].len = keys.n - s[i].start;
	}
	for (i = 0; i < r->nlist; i++)
		s[i].keys = keys.p;
	qsort(s, r->nlist, sizeof(*s), compare);
	for (i = 0; i < r->nlist; i++)
		r->list[i] = s[i].e;
	uni_collator_close(c);
	buf_free(&keys);
	buf_free(&tmp);
	free(s);
}

void
order_list(struct resolver *r)
{
	bool all = r->style->show_all;
	struct cite_entry *e;
	size_t i;

	r->list = ARENA_ARRAY(&r->d->arena, struct cite_entry *,
	    r->bib->n + 1);
	if (r->style->order == ORDER_CITED)
		for (i = 0; i < r->cited.n; i++)
			r->list[r->nlist++] = r->cited.v[i];
	for (e = r->bib->first; e != NULL; e = e->next)
		if (e->ncited > 0 ? r->style->order != ORDER_CITED :
		    all || e->nocite)
			r->list[r->nlist++] = e;
	if (r->style->order == ORDER_COLLATION)
		collate(r);
	for (i = 0; i < r->nlist; i++)
		r->list[i]->number = (int)i + 1;
	r->state = ARENA_ARRAY(&r->d->arena, struct entry_state,
	    r->nlist + 1);
	for (i = 0; i < r->nlist; i++)
		r->state[i].last_use = &r->state[i].uses;
}

/* Entries that would print alike in the text. */
struct alike {
	int n, given;
};

/*
 * Two works of one author and year are told apart by letters, in the order
 * of the list. "One author" is what the citation prints, not what the entry
 * says: two people called احمدی must be told apart too.
 */
void
order_suffixes(struct resolver *r)
{
	struct arena a = {0};
	struct map groups = {0};
	struct alike **of = xcalloc(r->nlist + 1, sizeof(*of)), *g;
	struct buf key = {0};
	const char *lang;
	size_t i;
	void **slot;

	for (i = 0; i < r->nlist; i++) {
		if (*cite_field(r->list[i], "year") == '\0')
			continue;
		key.n = 0;
		intext_author(r, r->list[i], &key);
		buf_char(&key, '\n');
		buf_str(&key, cite_field(r->list[i], "year"));
		slot = map_put(&groups, key.p, key.n);
		if (*slot == NULL)
			*slot = ARENA_NEW(&a, struct alike);
		of[i] = *slot;
		of[i]->n++;
	}
	for (i = 0; i < r->nlist; i++) {
		g = of[i];
		if (g == NULL || g->n < 2)
			continue;
		key.n = 0;
		lang = r->list[i]->ltr ? "en" : r->style->lang;
		uni_alphabetic(&key, lang, ++g->given);
		r->list[i]->year_suffix = arena_strn(&r->bib->arena, key.p,
		    key.n);
	}
	buf_free(&key);
	map_free(&groups);
	arena_free(&a);
	free(of);
}
