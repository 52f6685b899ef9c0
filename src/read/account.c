/*
 * The account: is every letter and digit of the file in the tree?
 *
 * What is not printed as text (attributes, addresses, keys, the marks of
 * items, comments) is ticked off by whoever takes it. Text is not taken at
 * anyone's word: at the end every text of the tree is laid beside the source
 * at the place it claims to stand at, and only letters that are found there
 * are ticked off. What is left was lost, and is put back.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "read/reader.h"

#define LOST_MAX 10000		/* paragraphs put back in one file */

void
seen_mark(struct reader *r, size_t from, size_t to)
{
	for (; from < to && (from & 7) != 0; from++)
		r->seen[from >> 3] |= (uint8_t)(1u << (from & 7));
	if (from < to) {
		memset(r->seen + (from >> 3), 0xff, (to - from) >> 3);
		from += (to - from) & ~(size_t)7;
	}
	for (; from < to; from++)
		r->seen[from >> 3] |= (uint8_t)(1u << (from & 7));
}

static bool
is_seen(const struct reader *r, size_t i)
{
	return r->seen[i >> 3] >> (i & 7) & 1;
}

static bool
is_any_seen(const struct reader *r, size_t from, size_t to)
{
	for (; from < to; from++) {
		if ((from & 7) == 0 && to - from >= 8 &&
		    r->seen[from >> 3] == 0)
			from += 7;
		else if (is_seen(r, from))
			return true;
	}
	return false;
}

static bool
counts(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') ||
		    (cp >= 'a' && cp <= 'z');
	return uni_is_letter(cp) || uni_is_digit(cp);
}

/* Where the last text was found, to go on from there. */
struct cursor {
	uint32_t line, col;
	size_t at;
};

static size_t
byte_of(const struct reader *r, struct cursor *c, struct pos pos)
{
	size_t end;

	if (pos.line <= r->line_base || pos.line - r->line_base > r->nlines)
		return r->n;
	pos.line -= r->line_base;
	if (c->line != pos.line || c->col > pos.col) {
		c->line = pos.line;
		c->col = 1;
		c->at = r->lines[pos.line - 1].off;
	}
	end = r->lines[pos.line - 1].off + r->lines[pos.line - 1].len;
	while (c->col < pos.col && c->at < end) {
		utf8_next(r->src, r->n, &c->at);
		c->col++;
	}
	return c->at;
}

/*
 * Escapes and entities make the text differ from the source, a block's
 * prefix stands between lines of code: so only letters are compared, and a
 * few that the source does not have (an entity's) are passed over.
 */
static void
text_match(struct reader *r, size_t at, const char *s, size_t n)
{
	size_t i = 0, next;
	uint32_t want, cp;
	int misses = 0;

	/* "&a" out of "&amp;a" begins like its source and is not it. */
	if (n <= r->n - at && memcmp(r->src + at, s, n) == 0 &&
	    !is_any_seen(r, at, at + n)) {
		seen_mark(r, at, at + n);
		return;
	}
	while (i < n && misses < 64) {
		want = utf8_next(s, n, &i);
		if (!counts(want))
			continue;
		for (cp = 0; at < r->n; at = next) {
			next = at;
			cp = utf8_next(r->src, r->n, &next);
			if (!is_seen(r, at) && counts(cp))
				break;
		}
		if (at == r->n)
			return;
		if (cp == want) {
			seen_mark(r, at, next);
			at = next;
			misses = 0;
		} else {
			misses++;
		}
	}
}

static void
tree_match(struct reader *r, struct doc_node *n, const struct doc_node *top)
{
	struct cursor c = {0};

	for (; n != NULL; n = doc_next(n, top)) {
		if (n->kind != DOC_TEXT && n->kind != DOC_CODE &&
		    n->kind != DOC_CODE_SPAN && n->kind != DOC_MATH)
			continue;
		text_match(r, byte_of(r, &c, n->pos), n->text, n->len);
	}
}

/* The block after which a paragraph of this line belongs. */
static void
put_back(struct reader *r, struct doc_node **at, struct pos pos,
    const char *s, size_t n)
{
	struct doc_node *p = doc_new(r->d, DOC_PARA, pos);

	doc_append(p, doc_text(r->d, s, n, pos));
	while (*at != NULL && (*at)->next != NULL &&
	    (*at)->next->pos.line <= pos.line)
		*at = (*at)->next;
	if (*at != NULL)
		doc_insert_after(*at, p);
	else
		doc_append(r->d->root, p);
	*at = p;
	diag_add(r->dg, pos, MAN_LOST_TEXT, p->first->text);
}

/* The stretch of line i that was lost from byte `at` on: its end. */
static size_t
lost_end(const struct reader *r, size_t at, size_t end)
{
	size_t next, last = at;
	uint32_t cp;

	for (; at < end; at = next) {
		next = at;
		cp = utf8_next(r->src, r->n, &next);
		if (!counts(cp))
			continue;
		if (is_seen(r, at))
			break;
		last = next;
	}
	return last;
}

void
account_close(struct reader *r, struct doc_node *first,
    struct doc_node *first_note)
{
	struct doc_node *at = first;
	size_t i, b, end, next, to, nlost = 0;
	struct line *l;

	tree_match(r, first, r->d->root);
	tree_match(r, first_note, r->d->note_root);
	for (i = r->body; i < r->nlines; i++) {
		l = &r->lines[i];
		end = (size_t)l->off + l->len;
		for (b = l->off; b < end; b = next) {
			/* Eight bytes at a time where all is well. */
			if ((b & 7) == 0 && r->seen[b >> 3] == 0xff) {
				next = b + 8;
				continue;
			}
			next = b + 1;
			if (is_seen(r, b) ||
			    ((unsigned char)r->src[b] & 0xc0) == 0x80)
				continue;
			next = b;
			if (!counts(utf8_next(r->src, r->n, &next)))
				continue;
			to = lost_end(r, b, end);
			if (nlost++ < LOST_MAX)
				put_back(r, &at, line_pos(r, i, b - l->off),
				    r->src + b, to - b);
			next = to;
		}
	}
}
