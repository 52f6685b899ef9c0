/*
 * A file whose parts were kept reads as one that was never read before,
 * whatever was edited: the same tree, the same messages.
 */
#include "base/messages.h"
#include "cite/cite.h"
#include "read/cache.h"
#include "made.h"

enum { EDITS = 150 };

static struct cite_bib bib;
static struct cite_style *style;
static struct arena arena;

/* splitmix64 */
static uint64_t seed;
static size_t
dice(size_t n)
{
	uint64_t z = (seed += 0x9e3779b97f4a7c15u);

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % n;
}

/* Bytes of lines [at, at + n) of the text; *start where they begin. */
static size_t
lines_at(const struct buf *b, size_t at, size_t n, size_t *start)
{
	size_t i = 0, from;

	while (i < b->n && at > 0)
		at -= b->p[i++] == '\n';
	*start = from = i;
	while (i < b->n && n > 0)
		n -= b->p[i++] == '\n';
	return i - from;
}

static void
put(struct buf *b, size_t at, size_t cut, const char *s, size_t n)
{
	struct buf out_ = {0};

	buf_add(&out_, b->p, at);
	buf_add(&out_, s, n);
	buf_add(&out_, b->p + at + cut, b->n - at - cut);
	buf_free(b);
	*b = out_;
}

/* Lines that open, close, call or define something. */
static void
edit(struct buf *b)
{
	static const char *const lines[] = {"# سرفصل\n", "\n# سرفصل\n\n",
	    "\n## بخش {#phase-1}\n\n", ":::\n", "::: {.question}\n", "```\n",
	    "<!-- ", " -->\n", "\n[^n]: متن یادداشت\n\n", "متن[^n] و ^[درون].\n",
	    "\n[پیوند]: http://example.org/\n\n", "[پیوند] و [@زمانی۱۳۹۵]\n",
	    "\n: شرح جدول\n\n", "<!-- dabir: allow LAY002: چرا -->\n", "\n",
	    "| الف | ب |\n|---|---|\n| ۱ |\n", "\xff\n", "الف. یک\n",
	    "واژه [@طوغان۱۳۷۵, ۷] و [@nokey].\n", "    code\n", "> نقل\n",
	    "[نک. *همان*[^n] @زمانی۱۳۹۵, ۵، [این](x)^[آن]] و -@nokey.\n",
	    "\r\n\r\n# با CR\r\n\r\n", "###### شش\n"};
	size_t nlines = 1, at, n, start, len;
	const char *s;

	for (size_t i = 0; i < b->n; i++)
		nlines += b->p[i] == '\n';
	at = dice(nlines);
	n = 1 + dice(4);
	len = lines_at(b, at, n, &start);
	switch (dice(4)) {
	case 0:		/* taken away */
		put(b, start, len, "", 0);
		break;
	case 1:		/* said twice */
		s = xstrdup(arena_strn(&arena, b->p + start, len));
		put(b, start, 0, s, len);
		free((void *)s);
		break;
	default:
		s = lines[dice(NELEM(lines))];
		put(b, start, 0, s, strlen(s));
		break;
	}
}

static void
say_all(struct buf *b, struct doc *doc, struct diag *said)
{
	b->n = 0;
	doc_finish(doc, said);
	cite_resolve(doc, &bib, style, said);
	doc_dump(doc, b);
	for (const struct diag_msg *m = said->first; m != NULL; m = m->next)
		buf_printf(b, "%u:%u:%u %s %s\n", m->pos.file, m->pos.line,
		    m->pos.col, m->code, m->text);
}

static void
cold(struct buf *b, const struct buf *text)
{
	struct doc one = {0};
	struct diag said = {0};

	read_markdown(&one, &said, "test.md", text->p, text->n);
	say_all(b, &one, &said);
	doc_free(&one);
	diag_free(&said);
}

static void
kept_as_cold(const char *path, const char *citations)
{
	struct read_cache *k = read_cache_open();
	struct buf text = {0}, want = {0}, got = {0}, first = {0};

	assert_null(file_read(path, 1 << 20, &text));
	buf_add(&first, text.p, text.n);
	style = cite_style_load(&arena, &dg, citations, NULL, 0);
	assert_non_null(style);
	for (int i = 0; i < EDITS; i++) {
		struct doc one = {0};
		struct diag said = {0};

		/* Another file before it: its number is another. */
		if (dice(5) == 0)
			diag_file(&said, "other.md");
		read_cached(k, &one, &said, "test.md", text.p, text.n);
		say_all(&got, &one, &said);
		if (said.nfiles == 3)
			for (char *p = got.p; (p = strstr(p, "\n2:")) != NULL;)
				p[1] = '1';
		doc_free(&one);
		diag_free(&said);
		cold(&want, &text);
		if (strcmp(want.p, got.p) != 0) {
			size_t at = 0, line = 0;

			for (; want.p[at] == got.p[at]; at++)
				if (want.p[at] == '\n')
					line = at + 1;
			fail_msg("%s, edit %d:\n%.200s\n--- but kept:\n%.200s",
			    path, i, want.p + line, got.p + line);
		}
		/* Now and then back to the start, or nothing at all. */
		if (dice(25) == 0) {
			text.n = 0;
			buf_add(&text, first.p, first.n);
		} else if (dice(10) != 0) {
			edit(&text);
		}
	}
	read_cache_close(k);
	buf_free(&text);
	buf_free(&first);
	buf_free(&want);
	buf_free(&got);
}

static int
setup(void **state)
{
	(void)state;
	seed = 7;
	cite_read_file(&bib, &dg, "manuscript/references.bib", NOPOS);
	return 0;
}

static int
teardown(void **state)
{
	cite_free(&bib);
	memset(&bib, 0, sizeof(bib));
	arena_free(&arena);
	return done(state);
}

static void
the_booklet(void **state)
{
	(void)state;
	kept_as_cold("manuscript/basmachi.md",
	    "styles/citations/author-date-fa.yaml");
}

static void
notes_of_citations(void **state)
{
	(void)state;
	kept_as_cold("manuscript/basmachi.md",
	    "styles/citations/footnote-fa.yaml");
}

static void
hard_files(void **state)
{
	static const char *const files[] = {"notes", "fences", "tables",
	    "headings", "links", "html", "front", "lists", "code",
	    "definitions", "captions"};

	(void)state;
	for (size_t i = 0; i < NELEM(files); i++)
		kept_as_cold(arena_printf(&arena, "tests/read/%s.md",
		    files[i]), "styles/citations/author-date-fa.yaml");
}

/* Only what changed is read again; what is made of it is told by `made`. */
static void
parts_are_kept(void **state)
{
	static const char one[] = "متن\n\n# الف\n\nیک\n\n# ب\n\nدو\n";
	static const char two[] = "متن\n\n# الف\n\nیک و\n\n# ب\n\nدو\n";
	struct read_cache *k = read_cache_open();
	uint32_t made[2][5];

	(void)state;
	for (int i = 0; i < 2; i++) {
		size_t n = 0;

		read_cached(k, &d, &dg, "a.md", i == 0 ? one : two,
		    strlen(i == 0 ? one : two));
		for (struct doc_node *c = d.root->first; c != NULL; c = c->next)
			made[i][n++] = c->made;
		assert_int_equal(n, 5);
		doc_free(&d);
	}
	assert_int_equal(made[0][0], made[1][0]);
	assert_int_not_equal(made[0][1], made[1][1]);
	assert_int_equal(made[1][1], made[1][2]);
	assert_int_equal(made[0][3], made[1][3]);
	assert_int_equal(made[0][4], made[1][4]);
	read_cache_close(k);
}

/* What was given out is there until the release, though nobody reads it. */
static void
parts_are_held(void **state)
{
	static const char *const texts[] = {"# الف\n\nیک\n", "# الف\n\nدو\n",
	    "# ب\n", ""};
	const struct doc_node *seen[NELEM(texts)] = {0};
	struct read_cache *k = read_cache_open();

	(void)state;
	read_cache_hold(k, true);
	for (size_t i = 0; i < NELEM(texts); i++) {
		read_cached(k, &d, &dg, "a.md", texts[i], strlen(texts[i]));
		if (d.root->first != NULL)
			seen[i] = d.root->last->first;
		doc_free(&d);
	}
	assert_string_equal(seen[0]->text, "یک");
	assert_string_equal(seen[1]->text, "دو");
	assert_string_equal(seen[2]->text, "ب");
	read_cache_hold(k, false);
	read_cache_hold(k, true);
	read_cached(k, &d, &dg, "a.md", texts[0], strlen(texts[0]));
	doc_free(&d);
	read_cache_close(k);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(parts_are_kept), T(the_booklet), T(notes_of_citations),
		T(hard_files), T(parts_are_held),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
