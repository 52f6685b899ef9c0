/*
 * What was read, kept for the next reading of the same files.
 *
 * A file is read in parts that begin at headings, each as if it were a file
 * of its own. A heading ends whatever is open before it, unless it stands in
 * a fence, in code or in a comment: so a part is read with one more heading
 * behind it, and is good if that comes out as a heading of the flow with
 * nothing waiting for it. Else the part goes on to the next heading. What is
 * still seen from one part to another, definitions of links and bytes that
 * are no UTF-8, makes the whole file one part.
 *
 * A part keeps its bytes, its nodes and what was said of it. The next reading
 * takes parts whose bytes are the same. Nodes change while a tree is finished
 * and citations are printed; what may change then is copied beforehand and
 * put back. Lines above a part may have come or gone: then the places of its
 * nodes are moved.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "read/cache.h"
#include "read/reader.h"

/* A part that is cut wrong is read again with the next: so often, before the
 * rest of the file is taken as one. */
#define TRIES 8

/* A node, and its attributes if it has some, before anything changed. */
struct saved {
	struct doc_node *node;
	struct doc_node was;
	struct doc_attr attr;
};

struct part {
	char *text;
	size_t n;
	uint32_t line, nlines;		/* of the file before it, and its own */
	uint16_t file;
	int heading, heading_after;	/* level of the last one before, after */
	struct doc d;			/* arena, and roots while it was read */
	struct diag dg;
	bool has_links;
	bool plain;			/* no byte that is no text */
	uint32_t made;
	struct { struct doc_node **v; size_t n, cap; } blocks, notes;
	struct { struct saved *v; size_t n, cap; } saved;
	struct doc_marks marks, note_marks;
};

struct file {
	char *path;
	struct part **v;
	size_t n, cap;
};

struct read_cache {
	struct { struct file *v; size_t n, cap; } files;
	struct { struct part **v; size_t n, cap; } aside; /* dropped while held */
	bool held;
	uint32_t made;
};

struct read_cache *
read_cache_open(void)
{
	return xcalloc(1, sizeof(struct read_cache));
}

static void
part_free(struct part *p)
{
	free(p->text);
	free(p->blocks.v);
	free(p->notes.v);
	free(p->saved.v);
	free(p->marks.v);
	free(p->note_marks.v);
	diag_free(&p->dg);
	doc_free(&p->d);
	free(p);
}

/* Nobody takes the part again; who holds the cache may look at it still. */
static void
part_drop(struct read_cache *k, struct part *p)
{
	if (k->held)
		*VEC_PUSH(&k->aside) = p;
	else
		part_free(p);
}

void
read_cache_hold(struct read_cache *k, bool hold)
{
	k->held = hold;
	for (size_t i = 0; i < k->aside.n && !hold; i++)
		part_free(k->aside.v[i]);
	if (!hold)
		k->aside.n = 0;
}

void
read_cache_close(struct read_cache *k)
{
	if (k == NULL)
		return;
	read_cache_hold(k, false);
	free(k->aside.v);
	for (size_t i = 0; i < k->files.n; i++) {
		for (size_t p = 0; p < k->files.v[i].n; p++)
			part_free(k->files.v[i].v[p]);
		free(k->files.v[i].v);
		free(k->files.v[i].path);
	}
	free(k->files.v);
	free(k);
}

/* ----------------------------------------------------------- what changes */

static void
save(struct part *p, struct doc_node *n)
{
	struct saved *s = VEC_PUSH(&p->saved);

	s->node = n;
	s->was = *n;
	if (n->attr != NULL)
		s->attr = *n->attr;
}

/*
 * Citations get children, and take the blank before them away: they are
 * kept with all that stands beside them. Calls of unknown notes become text,
 * headings get ids, the place of the references its entries.
 */
static bool
changes(const struct doc_node *n)
{
	return n->kind == DOC_NOTE_REF || n->kind == DOC_HEADING ||
	    n->kind == DOC_REFS || n->kind == DOC_NOTE;
}

static bool
holds_citation(const struct doc_node *n)
{
	const struct doc_node *c;

	for (c = n->first; c != NULL; c = c->next)
		if (c->kind == DOC_CITE)
			return true;
	return false;
}

static void
save_calls(struct part *p, struct doc_node *top)
{
	struct doc_node *n;

	for (n = top; n != NULL; n = doc_next(n, top))
		if (n->kind == DOC_NOTE_REF)
			save(p, n);
}

static void
save_below(struct part *p, struct doc_node *top)
{
	const struct doc_cite *k;
	struct doc_node *n, *c;

	for (n = top; n != NULL; n = doc_next(n, top)) {
		if (holds_citation(n)) {
			save(p, n);
			for (c = n->first; c != NULL; c = c->next)
				save(p, c);
		} else if (changes(n)) {
			save(p, n);
		}
		/* Words around a key may call notes. */
		for (k = n->cite; k != NULL; k = k->next) {
			save_calls(p, k->prefix_inlines);
			save_calls(p, k->suffix_inlines);
		}
	}
}

/* Nothing had changed when any of the copies was made: their order is no
 * matter, nor that some nodes have two. */
static void
restore(struct part *p)
{
	for (size_t i = 0; i < p->saved.n; i++) {
		struct saved *s = &p->saved.v[i];

		*s->node = s->was;
		if (s->was.attr != NULL)
			*s->was.attr = s->attr;
	}
}

/* ----------------------------------------------------------------- places */

struct move {
	uint32_t lines;			/* added, modulo 2^32 */
	uint16_t file;
};

static void
move_pos(struct pos *pos, const struct move *m)
{
	if (pos->line != 0)
		pos->line += m->lines;
	if (pos->file != 0)
		pos->file = m->file;
}

static void
move_node(struct doc_node *n, const struct move *m)
{
	move_pos(&n->pos, m);
	move_pos(&n->end, m);
	if (n->attr != NULL)
		move_pos(&n->attr->pos, m);
}

static void
move_words(struct doc_node *top, const struct move *m)
{
	for (struct doc_node *n = top; n != NULL; n = doc_next(n, top))
		move_node(n, m);
}

static void
move_below(struct doc_node *top, const struct move *m)
{
	for (struct doc_node *n = top; n != NULL; n = doc_next(n, top)) {
		move_node(n, m);
		for (struct doc_cite *c = n->cite; c != NULL; c = c->next) {
			move_pos(&c->pos, m);
			move_words(c->prefix_inlines, m);
			move_words(c->suffix_inlines, m);
		}
	}
}

/* Lines above it came or went, or the file has another number now. */
static void
part_move(struct part *p, uint32_t line, uint16_t file)
{
	struct move m = {line - p->line, file};

	if (m.lines == 0 && file == p->file)
		return;
	for (size_t i = 0; i < p->blocks.n; i++)
		move_below(p->blocks.v[i], &m);
	for (size_t i = 0; i < p->notes.n; i++)
		move_below(p->notes.v[i], &m);
	for (struct doc_meta *t = p->d.meta; t != NULL; t = t->next)
		move_pos(&t->pos, &m);
	for (struct diag_msg *g = p->dg.first; g != NULL; g = g->next)
		move_pos(&g->pos, &m);
	for (size_t i = 0; i < p->d.excuses.n; i++)
		move_pos(&p->d.excuses.v[i].pos, &m);
	/* The copies hold places too. */
	for (size_t i = 0; i < p->saved.n; i++) {
		struct saved *s = &p->saved.v[i];

		s->was.pos = s->node->pos;
		s->was.end = s->node->end;
		if (s->was.attr != NULL)
			s->attr.pos = s->was.attr->pos;
	}
	p->line = line;
	p->file = file;
}

/* ---------------------------------------------------------------- reading */

/* Is a comment opened that is not closed here? */
static bool
leaves_comment(const char *s, size_t n)
{
	const char *open = NULL, *p;

	while (n > 0 && (p = memmem(s, n, "<!--", 4)) != NULL) {
		open = p;
		n -= (size_t)(p - s) + 4;
		s = p + 4;
		p = memmem(s, n, "-->", 3);
		if (p == NULL)
			return open != NULL;
		n -= (size_t)(p - s) + 3;
		s = p + 3;
	}
	return false;
}

/* The heading put behind the part: is it one, and does nothing wait? */
static bool
sentinel_take(struct part *p, const struct reader *r, uint32_t line)
{
	struct doc_node *last = p->d.root->last;

	if (last == NULL || last->kind != DOC_HEADING || last->attr != NULL ||
	    last->pos.line != line || r->caption != NULL)
		return false;
	/* An excuse that waited is for the next part's first block. */
	for (size_t i = 0; i < p->d.excuses.n; i++)
		if (p->d.excuses.v[i].node == last)
			return false;
	doc_unlink(last);
	return true;
}

static int
last_heading(const struct doc *d, int before)
{
	for (const struct doc_node *n = d->root; n != NULL;
	    n = doc_next(n, d->root))
		if (n->kind == DOC_HEADING)
			before = n->level;
	return before;
}

static void
part_keep(struct part *p)
{
	struct doc_node *n, *next;

	for (n = p->d.root->first; n != NULL; n = next) {
		next = n->next;
		n->parent = n->prev = n->next = NULL;
		n->made = p->made;
		save_below(p, n);
		doc_marks_add(&p->marks, n);
		*VEC_PUSH(&p->blocks) = n;
	}
	for (n = p->d.note_root->first; n != NULL; n = next) {
		next = n->next;
		n->parent = n->prev = n->next = NULL;
		save_below(p, n);
		doc_marks_add(&p->note_marks, n);
		*VEC_PUSH(&p->notes) = n;
	}
	map_free(&p->d.notes);
	map_free(&p->d.ids);
}

static bool
is_plain(const char *text, size_t n)
{
	return utf8_valid(text, n) == n && memchr(text, 0, n) == NULL;
}

/* NULL if the part may not end here. `ends` says that the file does. */
static struct part *
part_read(struct read_cache *k, struct diag *dg, const struct part *like,
    const char *name, const char *text, size_t n, bool ends)
{
	struct part *p = xcalloc(1, sizeof(*p));
	struct reader r = {.d = &p->d, .dg = &p->dg, .file = like->file,
	    .line_base = like->line, .last_heading = like->heading};
	struct buf more = {0};
	uint32_t line = like->line;
	bool good = ends || !leaves_comment(text, n);

	p->line = like->line;
	p->file = like->file;
	p->heading = like->heading;
	/* Places of both say which of the same files they mean. */
	p->dg.persian = dg->persian;
	p->dg.files = dg->files;
	p->dg.nfiles = dg->nfiles;
	if (good) {
		buf_add(&more, text, n);
		for (size_t i = 0; i < n; i++)
			line += text[i] == '\n';
		if (!ends)
			buf_str(&more, "# x\n");
		doc_open(&p->d);
		source_load(&r, more.p, more.n);
		if (like->line == 0)
			meta_from_yaml(&p->d, &p->dg, front_matter(&r,
			    &p->d.arena, name));
		skeleton_build(&r);
		blocks_read(&r);
		linkdefs_report(&r);
		account_close(&r, p->d.root->first, p->d.note_root->first);
		p->has_links = r.refs.n > 0;
		good = ends || sentinel_take(p, &r, line + 1);
		reader_free(&r);
	}
	buf_free(&more);
	p->dg.files = NULL;
	p->dg.nfiles = 0;
	if (!good) {
		part_free(p);
		return NULL;
	}
	p->text = xmalloc(n + 1);
	memcpy(p->text, text, n);
	p->n = n;
	p->nlines = line - like->line;
	p->plain = is_plain(text, n);
	p->heading_after = last_heading(&p->d, p->heading);
	p->made = ++k->made;
	part_keep(p);
	return p;
}

/* A line "# ..." in the first column behind an empty line? */
static bool
is_heading(const char *s, size_t n, size_t at)
{
	size_t k;

	if (at < 2 || s[at - 1] != '\n' || (s[at - 2] != '\n' &&
	    (at < 3 || s[at - 2] != '\r' || s[at - 3] != '\n')))
		return false;
	for (k = at; k < n && s[k] == '#'; k++)
		;
	return k > at && k - at <= 6 && k < n && (s[k] == ' ' ||
	    s[k] == '\t');
}

static size_t
next_heading(const char *s, size_t n, size_t from)
{
	const char *p;

	while (from < n && (p = memmem(s + from, n - from, "\n#", 2)) != NULL) {
		from = (size_t)(p - s) + 1;
		if (is_heading(s, n, from))
			return from;
	}
	return n;
}

/* Where the front matter of a file ends, as front_matter() has it; 0: there
 * is none. Nothing in it is a heading. */
static size_t
front_end(const char *s, size_t n)
{
	size_t at = 4, len;
	const char *nl;

	if (n < 4 || memcmp(s, "---", 3) != 0)
		return 0;
	for (at = 0; at < n; at += len + 1) {
		nl = memchr(s + at, '\n', n - at);
		len = nl != NULL ? (size_t)(nl - s) - at : n - at;
		if (at > 0 && len >= 3 && (memcmp(s + at, "---", 3) == 0 ||
		    memcmp(s + at, "...", 3) == 0))
			return MIN(at + len + 1, n);
	}
	return 0;
}

/* The part of the text from `at` on. */
static struct part *
part_cut(struct read_cache *k, struct diag *dg, const struct part *like,
    const char *name, const char *text, size_t n, size_t at)
{
	size_t end = at > 0 ? at : front_end(text, n);
	struct part *p;

	for (int i = 0;; i++) {
		end = i < TRIES ? next_heading(text, n, MAX(end, at + 1)) : n;
		p = part_read(k, dg, like, name, text + at, end - at,
		    end == n);
		if (p != NULL)
			return p;
	}
}

/* -------------------------------------------------------------- one file */

static struct file *
file_of(struct read_cache *k, const char *path)
{
	struct file *f;

	for (size_t i = 0; i < k->files.n; i++)
		if (strcmp(k->files.v[i].path, path) == 0)
			return &k->files.v[i];
	f = VEC_PUSH(&k->files);
	memset(f, 0, sizeof(*f));
	f->path = xstrdup(path);
	return f;
}

/* An old part that the text goes on with, from the `next`th on. */
static struct part *
part_find(const struct file *old, size_t *next, const char *text, size_t n,
    int heading)
{
	for (size_t i = *next; i < old->n; i++) {
		struct part *p = old->v[i];

		if (p == NULL || p->heading != heading || p->has_links ||
		    !p->plain || p->n > n || memcmp(p->text, text, p->n) != 0)
			continue;
		if (i == 0 && front_end(text, n) > p->n)
			continue;
		/* The last part of a file was read as such. */
		if (p->n < n && (i + 1 == old->n || !is_heading(text, n,
		    p->n)))
			continue;
		old->v[i] = NULL;
		*next = i + 1;
		restore(p);
		return p;
	}
	return NULL;
}

/* All parts of the text; those that are as they were are taken from `old`.
 * False if it must be one part. */
static bool
file_read_parts(struct read_cache *k, struct diag *dg, struct file *f,
    struct file *old, struct part *like, const char *name, const char *text,
    size_t n)
{
	size_t at = 0, next = 0;

	do {
		struct part *p = part_find(old, &next, text + at, n - at,
		    like->heading);

		if (p == NULL)
			p = part_cut(k, dg, like, name, text, n, at);
		part_move(p, like->line, like->file);
		*VEC_PUSH(f) = p;
		if (!p->plain)
			return p->n == n;
		like->line += p->nlines;
		like->heading = p->heading_after;
		at += p->n;
	} while (at < n);
	return true;
}

static void
file_drop(struct read_cache *k, struct file *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i] != NULL)
			part_drop(k, f->v[i]);
	f->n = 0;
}

/* Hang a part's nodes into the book's tree. */
static void
part_hang(struct doc *d, struct diag *dg, struct part *p)
{
	for (size_t i = 0; i < p->blocks.n; i++) {
		p->blocks.v[i]->parent = NULL;
		p->blocks.v[i]->prev = p->blocks.v[i]->next = NULL;
		doc_append(d->root, p->blocks.v[i]);
	}
	for (size_t i = 0; i < p->notes.n; i++) {
		p->notes.v[i]->parent = NULL;
		p->notes.v[i]->prev = p->notes.v[i]->next = NULL;
		doc_append(d->note_root, p->notes.v[i]);
	}
	doc_marks_join(&d->marks, &p->marks);
	doc_marks_join(&d->note_marks, &p->note_marks);
	for (const struct doc_meta *m = p->d.meta; m != NULL; m = m->next)
		doc_meta_add(d, m->key, m->value, m->pos);
	for (size_t i = 0; i < p->d.excuses.n; i++)
		*VEC_PUSH(&d->excuses) = p->d.excuses.v[i];
	diag_repeat(dg, &p->dg);
}

void
read_cached(struct read_cache *k, struct doc *d, struct diag *dg,
    const char *name, const char *text, size_t n)
{
	struct file *f = file_of(k, name), old = *f;
	struct part like = {.file = diag_file(dg, name)};
	bool marked, good, links = false;

	doc_open(d);
	marked = d->marked || (d->root->first == NULL &&
	    d->note_root->first == NULL);
	f->v = NULL;
	f->n = f->cap = 0;
	good = file_read_parts(k, dg, f, &old, &like, name, text, n);
	for (size_t i = 0; i < f->n; i++)
		links |= f->v[i]->has_links;
	if (!good || (links && f->n > 1)) {
		file_drop(k, f);
		like.line = 0;
		like.heading = 0;
		*VEC_PUSH(f) = part_read(k, dg, &like, name, text, n,
		    true);
	}
	file_drop(k, &old);
	free(old.v);
	for (size_t i = 0; i < f->n; i++)
		part_hang(d, dg, f->v[i]);
	d->marked = marked;
}
