/*
 * The list: which entries stand in it, in which order, under which numbers,
 * and what tells two years of one author apart.
 */
#include "cite/resolve.h"

#include "base/messages.h"

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

/*
 * Words alone: «سیب» in quotes stands with سیب, ʿAbd with Abd. Blanks stay,
 * for a family name ends where the given name begins, and a dash is one.
 */
static void
words_alone(const char *s, size_t n, struct buf *out)
{
	size_t i = 0, at, start = out->n;
	uint32_t cp;

	while (i < n) {
		at = i;
		cp = utf8_next(s, n, &i);
		if (cp == '-' || (cp >= 0x2010 && cp <= 0x2015) ||
		    uni_is_space(cp)) {
			if (out->n > start && out->p[out->n - 1] != ' ')
				buf_char(out, ' ');
		} else if (!uni_is_punct(cp) && (cp < 0x2b0 || cp > 0x2ff)) {
			buf_add(out, s + at, i - at);
		}
	}
	while (out->n > start && out->p[out->n - 1] == ' ')
		out->n--;
}

static void
add_key(struct uni_collator *c, const char *s, size_t n, struct buf *keys)
{
	struct buf words = {0};

	words_alone(s, n, &words);
	if (words.n == 0)		/* C++ is a title too */
		buf_add(&words, s, n);
	if (c != NULL)
		uni_sort_key(c, words.n > 0 ? words.p : "", words.n, keys);
	else
		buf_add(keys, words.p, words.n);
	/* Parts a key from the one behind it, below every other byte. */
	buf_char(keys, '\0');
	buf_free(&words);
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

/* The book's word goes before its style's. */
static bool
shows_all(struct resolver *r)
{
	const struct doc_meta *m;
	bool all = r->style->show_all;

	for (m = r->d->meta; m != NULL; m = m->next) {
		if (strcmp(m->key, "reference-list") != 0)
			continue;
		if (strcmp(m->value, "all") == 0)
			return true;
		if (strcmp(m->value, "cited") == 0)
			return false;
		diag_add(r->dg, m->pos, STY_WRONG_TYPE, m->key, SAY(r->dg,
		    "cited or all", "cited یا all"), m->value,
		    all ? "all" : "cited");
		break;
	}
	return all;
}

void
order_list(struct resolver *r)
{
	bool all = shows_all(r);
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

/* -------------------------------------------------------------- suffixes */

/* Entries that would print alike in the text. */
struct alike {
	int n, given;
};

/* A year as the eye sees it: ۱۳۹۰ and 1390 are one. */
static void
add_year(const char *s, struct buf *key)
{
	size_t n = strlen(s), i = 0;
	uint32_t cp;
	int v;

	while (i < n) {
		cp = utf8_next(s, n, &i);
		v = uni_digit_value(cp);
		if (v >= 0)
			buf_char(key, (char)('0' + v));
		else if (cp == 0x2013)
			buf_char(key, '-');
		else if (!uni_is_space(cp))
			buf_utf8(key, cp);
	}
}

/*
 * What the text shows of an entry: its author and year. By the collator, for
 * «كريمي» of one keyboard is «کریمی» of another.
 */
static void
alike_key(struct resolver *r, struct uni_collator *c,
    const struct cite_entry *e, struct buf *tmp, struct buf *key)
{
	tmp->n = key->n = 0;
	intext_author(r, e, tmp);
	add_key(c, tmp->n > 0 ? tmp->p : "", tmp->n, key);
	add_year(cite_field(e, "year"), key);
}

/* Is the year there with this letter, maybe a blank between them? */
static bool
holds_year(const char *line, const char *year, const char *suffix)
{
	size_t n = strlen(suffix), i;
	struct buf text = {0}, want = {0};
	bool is = false;

	add_year(line, &text);
	add_year(year, &want);
	buf_str(&want, suffix);
	for (i = 0; i + want.n <= text.n && want.n > 0 && !is; i++)
		is = memcmp(text.p + i, want.p, want.n) == 0;
	buf_free(&text);
	buf_free(&want);
	return is && n > 0;
}

/* A line that is printed as it stands must bear the letter itself. */
static void
check_as_printed(struct resolver *r, const struct cite_entry *e)
{
	const char *line = cite_field(e, "asprinted");
	const char *year = cite_field(e, "year");
	struct buf shown = {0};

	if (!r->style->as_printed || *line == '\0' ||
	    holds_year(line, year, e->year_suffix))
		return;
	uni_digits(&shown, e->ltr ? "en" : r->style->lang, year,
	    strlen(year));
	buf_str(&shown, e->year_suffix);
	diag_add(r->dg, e->pos, BIB_NO_SUFFIX, e->key, shown.p);
	buf_free(&shown);
}

/*
 * Two works of one author and year are told apart by letters, in the order
 * of the list; two without a year as well. "One author" is what the citation
 * prints, not what the entry says: two people called احمدی must be told apart
 * too.
 */
void
order_suffixes(struct resolver *r)
{
	struct arena a = {0};
	struct map groups = {0};
	struct alike **of = xcalloc(r->nlist + 1, sizeof(*of)), *g;
	struct uni_collator *c = uni_collator_open(r->style->lang);
	struct buf key = {0}, tmp = {0};
	struct cite_entry *e;
	const char *lang;
	size_t i;
	void **slot;

	for (i = 0; i < r->nlist; i++) {
		alike_key(r, c, r->list[i], &tmp, &key);
		slot = map_put(&groups, key.p, key.n);
		if (*slot == NULL)
			*slot = ARENA_NEW(&a, struct alike);
		of[i] = *slot;
		of[i]->n++;
	}
	for (i = 0; i < r->nlist; i++) {
		g = of[i];
		if (g->n < 2)
			continue;
		e = r->list[i];
		key.n = 0;
		lang = e->ltr ? "en" : r->style->lang;
		uni_alphabetic(&key, lang, ++g->given);
		e->year_suffix = arena_strn(&r->d->arena, key.p, key.n);
		check_as_printed(r, e);
	}
	uni_collator_close(c);
	buf_free(&key);
	buf_free(&tmp);
	map_free(&groups);
	arena_free(&a);
	free(of);
}
