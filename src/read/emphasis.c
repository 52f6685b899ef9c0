/*
 * Runs of *, _ and ~~: CommonMark's delimiter stack.
 *
 * For the place of a run CommonMark asks what stands on either side: a run
 * with a letter before and a punctuation mark behind neither opens nor closes
 * what a Persian writes without a blank, **«متن»**ی or و**«متن»**. Where the
 * letter is not ASCII such a run therefore counts as Pandoc has it, by the
 * kind of quotation mark or bracket on its other side.
 */
#include <string.h>

#include "read/inline.h"

static uint32_t
cp_before(const struct inl *in, size_t i)
{
	size_t k = i;

	if (i == 0)
		return '\n';
	do
		k--;
	while (k > 0 && i - k < 4 && ((unsigned char)in->s[k] & 0xc0) == 0x80);
	return utf8_next(in->s, i, &k);
}

static uint32_t
cp_at(const struct inl *in, size_t i)
{
	return i < in->n ? utf8_next(in->s, in->n, &i) : '\n';
}

static bool
is_space(uint32_t cp)
{
	return cp == ' ' || cp == '\n' || cp == '\t' ||
	    (cp > 0x7f && uni_is_space(cp));
}

static bool
is_punct(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '!' && cp <= '/') || (cp >= ':' && cp <= '@') ||
		    (cp >= '[' && cp <= '`') || (cp >= '{' && cp <= '~');
	return uni_is_punct(cp);
}

static bool
is_one_of(uint32_t cp, const char *set)
{
	size_t i = 0, n = strlen(set);

	while (i < n)
		if (utf8_next(set, n, &i) == cp)
			return true;
	return false;
}

static void
flanks(const struct inl *in, size_t from, size_t to, struct delim *d)
{
	uint32_t before = cp_before(in, from), after = cp_at(in, to);
	bool space_before = is_space(before), space_after = is_space(after);
	bool punct_before = is_punct(before), punct_after = is_punct(after);
	bool left = !space_after && (!punct_after || space_before ||
	    punct_before);
	bool right = !space_before && (!punct_before || space_after ||
	    punct_after);

	if (d->c == '_') {
		d->open = left && (!right || punct_before);
		d->close = right && (!left || punct_after);
		d->both = d->open && d->close;
		return;
	}
	d->both = left && right;
	d->open = left || (!space_after && before > 0x7f &&
	    is_one_of(after, "«([{“‘‹"));
	d->close = right || (!space_before && after > 0x7f &&
	    is_one_of(before, "»)]}”’›"));
}

void
delim_take(struct inl *in)
{
	size_t from = in->i, to = from;
	struct delim run = {.c = in->s[from]}, *d;

	while (to < in->n && in->s[to] == run.c)
		to++;
	flanks(in, from, to, &run);
	if ((!run.open && !run.close) || (run.c == '~' && to - from != 2)) {
		inline_run(in, from, to);
		in->i = to;
		return;
	}
	inline_flush(in);
	inline_run(in, from, to);
	in->i = to;
	inline_flush(in);
	d = ARENA_NEW(&in->r->scratch, struct delim);
	*d = run;
	d->node = in->parent->last;
	d->len = d->left = to - from;
	d->seq = ++in->seq;
	d->prev = in->delims;
	if (in->delims != NULL)
		in->delims->next = d;
	in->delims = d;
	in->rough = true;
}

static void
delim_remove(struct inl *in, struct delim *d)
{
	if (d->prev != NULL)
		d->prev->next = d->next;
	if (d->next != NULL)
		d->next->prev = d->prev;
	else
		in->delims = d->prev;
}

/* Marks not used stay as text; none left, and the node goes. */
static void
delim_use(struct inl *in, struct delim *d, size_t n, bool opener)
{
	d->left -= n;
	if (!opener) {
		d->node->text += n;
		d->node->pos.col += (uint32_t)n;
	} else {
		d->node->end.col -= (uint32_t)n;
	}
	d->node->len -= n;
	if (d->left == 0)
		doc_unlink(d->node);
	else	/* Strings end with NUL: a shorter one is another. */
		d->node->text = arena_strn(&in->r->d->arena, d->node->text,
		    d->node->len);
}

static bool
delims_match(const struct delim *o, const struct delim *c)
{
	if (o->c != c->c || !o->open)
		return false;
	if (o->c == '~')
		return true;
	/* "If one can both open and close, the sum is no multiple of 3." */
	return !((o->both || c->both) && (o->len + c->len) % 3 == 0 &&
	    (o->len % 3 != 0 || c->len % 3 != 0));
}

/* Make one node of what stands between; false if it nests too deep. */
static bool
delims_join(struct inl *in, struct delim *o, struct delim *c)
{
	size_t use = o->c == '~' || (o->left >= 2 && c->left >= 2) ? 2 : 1;
	enum doc_kind kind = o->c == '~' ? DOC_STRIKE :
	    use == 2 ? DOC_STRONG : DOC_EMPH;
	struct doc_node *n, *first = o->node->next, *last = c->node->prev;

	n = doc_new(in->r->d, kind, o->node->end);
	n->pos.col -= (uint32_t)use;
	n->end = c->node->pos;
	n->end.col += (uint32_t)use;
	if (first == c->node)
		n->level = 1;
	else if (!inline_wrap(in, o->seq, n, first, last))
		return false;
	doc_insert_before(c->node, n);
	delim_use(in, o, use, true);
	delim_use(in, c, use, false);
	return true;
}

/*
 * Close what can be closed above `bottom`. For each kind of closer,
 * `floor` remembers below which place no opener for it exists.
 */
void
delims_close(struct inl *in, const struct delim *bottom)
{
	size_t floor[3][2][3] = {{{0}}}, *fl, base;
	struct delim *c, *o, *next;
	int k;

	base = MAX(bottom != NULL ? bottom->seq : 0, in->doomed);
	c = in->delims;
	if (c == bottom)
		return;
	while (c != NULL && c->prev != bottom)
		c = c->prev;
	while (c != NULL) {
		if (!c->close) {
			c = c->next;
			continue;
		}
		k = c->c == '*' ? 0 : c->c == '_' ? 1 : 2;
		fl = &floor[k][c->both][c->len % 3];
		for (o = c->prev; o != bottom && o->seq > *fl &&
		    o->seq > base; o = o->prev)
			if (delims_match(o, c))
				break;
		if (o == bottom || o->seq <= *fl || o->seq <= base) {
			*fl = c->prev != NULL ? c->prev->seq : 0;
			next = c->next;
			if (!c->open)
				delim_remove(in, c);
			c = next;
			continue;
		}
		/* What stands between can no longer match anything. */
		while (o->next != c)
			delim_remove(in, o->next);
		if (!delims_join(in, o, c)) {
			next = c->next;
			base = MAX(base, in->doomed);
			delim_remove(in, c);
			delim_remove(in, o);
			c = next;
			continue;
		}
		if (o->left == 0)
			delim_remove(in, o);
		if (c->left == 0) {
			next = c->next;
			delim_remove(in, c);
			c = next;
		}
	}
	while (in->delims != NULL && in->delims != bottom)
		delim_remove(in, in->delims);
}
