/*
 * People: "First von Last", "von Last, First", "von Last, Jr, First" and
 * "{Corporate body}", joined by "and".
 *
 * BibTeX tells a particle by its small first letter. Persian has none, so
 * there a few words are known (بن، ابن، آل ...); and since Persian authors
 * write «چالیشکان، مرات» as they print it, the Persian comma parts a name
 * as well as the Latin one.
 */
#include "cite/model.h"

#include <string.h>
#include <strings.h>

/* A stretch of the raw list. */
struct slice {
	const char *p;
	size_t n;
};

static const char *const persian_particles[] = {
	"بن", "ابن", "بنت", "آل", "فون", "فان",
};

static bool
is_space_at(const char *s)
{
	return *s == ' ' || *s == '\t' || *s == '\n' || *s == '\r' ||
	    *s == '\0' || *s == '~';
}

static struct slice
trim(struct slice s)
{
	while (s.n > 0 && is_space_at(s.p)) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && is_space_at(s.p + s.n - 1))
		s.n--;
	return s;
}

/* Depth after byte c; a brace too many closes nothing. */
static int
depth_after(int depth, char c)
{
	if (c == '{')
		return depth + 1;
	return c == '}' && depth > 0 ? depth - 1 : depth;
}

/* The word "and" between blanks at s[i]? Its length with them, or 0. */
static size_t
and_at(const char *s, size_t n, size_t i)
{
	if (!is_space_at(s + i) || s[i] == '~' || n - i < 5 ||
	    strncasecmp(s + i + 1, "and", 3) != 0 || !is_space_at(s + i + 4))
		return 0;
	return 4;	/* the blank after it may begin the next "and" */
}

/* The first letter, past braces and TeX commands, is small. */
static bool
is_particle(struct slice w)
{
	size_t i;

	for (i = 0; i < NELEM(persian_particles); i++)
		if (strlen(persian_particles[i]) == w.n &&
		    memcmp(persian_particles[i], w.p, w.n) == 0)
			return true;
	for (i = 0; i < w.n; i++) {
		unsigned char c = (unsigned char)w.p[i];

		/* In braces it counts as capital, so authors can say so. */
		if (c == '{')
			return false;
		if (c >= 'a' && c <= 'z')
			return true;
		/* Small letters of Latin-1: U+00DF to U+00FF. */
		if (c == 0xc3 && i + 1 < w.n)
			return (unsigned char)w.p[i + 1] >= 0x9f;
		if (c >= 0x80 || (c >= 'A' && c <= 'Z'))
			return false;
	}
	return false;
}

/* The next word of *s at depth 0, which is stepped over; n == 0: none. */
static struct slice
next_word(struct slice *s)
{
	struct slice w;
	int depth = 0;

	*s = trim(*s);
	w.p = s->p;
	w.n = 0;
	while (w.n < s->n && (depth > 0 || !is_space_at(s->p + w.n))) {
		depth = depth_after(depth, s->p[w.n]);
		w.n++;
	}
	s->p += w.n;
	s->n -= w.n;
	return w;
}

static const char *
text_of(struct arena *a, struct buf *tmp, struct slice s)
{
	tmp->n = 0;
	tex_text(tmp, s.p, s.n);
	return tmp->n == 0 ? "" : arena_strn(a, tmp->p, tmp->n);
}

/*
 * Part "First von Last" (or "von Last", with no first allowed) into its
 * three stretches, in one walk: the particle runs from the first small word
 * to the last one, and the last word of all is never in it.
 */
static void
part_words(struct slice s, bool has_first, struct slice *first,
    struct slice *von, struct slice *last)
{
	struct slice rest = s, w, prev = { s.p, 0 };
	const char *von_start = NULL, *von_end = NULL;
	size_t count = 0;
	bool in_von = !has_first;

	for (;;) {
		w = next_word(&rest);
		if (w.n == 0)
			break;
		if (count > 0 && is_particle(prev) &&
		    (has_first || in_von)) {
			if (von_start == NULL)
				von_start = prev.p;
			von_end = prev.p + prev.n;
		} else if (count > 0 && !has_first) {
			/* "Last, First": the particle can only lead. */
			in_von = false;
		}
		prev = w;
		count++;
	}
	first->n = von->n = 0;
	first->p = von->p = s.p;
	if (von_start != NULL) {
		first->n = (size_t)(von_start - s.p);
		von->p = von_start;
		von->n = (size_t)(von_end - von_start);
		last->p = von_end;
		last->n = (size_t)(s.p + s.n - von_end);
	} else if (has_first) {
		first->n = (size_t)(prev.p - s.p);
		*last = prev;
	} else {
		*last = s;
	}
	*first = trim(*first);
	*last = trim(*last);
}

/* True if one pair of braces holds all of s. */
static bool
is_enclosed(struct slice s)
{
	size_t i;
	int depth = 0;

	if (s.n < 2 || s.p[0] != '{')
		return false;
	for (i = 0; i < s.n; i++) {
		depth = depth_after(depth, s.p[i]);
		if (depth == 0)
			return i == s.n - 1;
	}
	return false;
}

/* The length of a comma at s[i], 0 if there is none. */
static size_t
comma_at(struct slice s, size_t i)
{
	if (s.p[i] == ',')
		return 1;
	if (s.n - i >= 2 && memcmp(s.p + i, "،", 2) == 0)
		return 2;
	return 0;
}

static struct cite_name *
parse_one(struct arena *a, struct buf *tmp, struct slice s)
{
	struct cite_name *nm = ARENA_NEW(a, struct cite_name);
	struct slice part[3] = {{0}}, first, von, last;
	size_t i, start = 0, len, nparts = 0;
	int depth = 0;

	nm->family = nm->given = nm->particle = nm->suffix = "";
	if (s.n == 6 && strncasecmp(s.p, "others", 6) == 0) {
		nm->others = true;
		return nm;
	}
	if (is_enclosed(s)) {
		nm->corporate = true;
		nm->family = text_of(a, tmp, s);
		return nm;
	}
	for (i = 0; i < s.n && nparts < 2; i++) {
		depth = depth_after(depth, s.p[i]);
		len = depth == 0 ? comma_at(s, i) : 0;
		if (len == 0)
			continue;
		part[nparts].p = s.p + start;
		part[nparts++].n = i - start;
		start = i + len;
		i = start - 1;
	}
	part[nparts].p = s.p + start;
	part[nparts++].n = s.n - start;
	for (i = 0; i < nparts; i++)
		part[i] = trim(part[i]);

	part_words(part[0], nparts == 1, &first, &von, &last);
	if (nparts > 1)
		first = part[nparts - 1];
	nm->given = text_of(a, tmp, first);
	nm->particle = text_of(a, tmp, von);
	nm->family = text_of(a, tmp, last);
	if (nparts == 3)
		nm->suffix = text_of(a, tmp, part[1]);
	if (nm->family[0] == '\0') {	/* ", ب": what there is, is the name */
		nm->family = nm->given[0] != '\0' ? nm->given : nm->particle;
		nm->given = "";
	}
	return nm;
}

struct cite_name *
names_parse(struct arena *a, const char *s, size_t n, bool *cut)
{
	struct cite_name *head = NULL, **tail = &head, *nm;
	struct buf tmp = {0};
	struct slice one;
	size_t i, start = 0, len, count = 0;
	int depth = 0;

	*cut = false;
	for (i = 0; i <= n; i++) {
		len = 0;
		if (i < n) {
			depth = depth_after(depth, s[i]);
			len = depth == 0 ? and_at(s, n, i) : 0;
			if (len == 0)
				continue;
		}
		one.p = s + start;
		one.n = i - start;
		one = trim(one);
		if (one.n > 0) {
			if (++count > CITE_MAX_NAMES) {
				*cut = true;
				break;
			}
			nm = parse_one(a, &tmp, one);
			if (nm->others || nm->family[0] != '\0') {
				*tail = nm;
				tail = &nm->next;
			}
		}
		start = i + len;
		if (len > 0)
			i = start - 1;
	}
	buf_free(&tmp);
	return head;
}
