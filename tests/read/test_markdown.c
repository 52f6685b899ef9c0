/*
 * What no golden can hold: bytes, places checked against the source, the
 * account, languages, several files.
 */
#include <glob.h>
#include <stdio.h>

#include "read/reader.h"
#include "made.h"

/* ----------------------------------------------------------------- bytes */

static void
bad_bytes_are_replaced_and_placed(void **state)
{
	static const char text[] = "\xef\xbb\xbfسلام\n\nمت\xff" "ن \xd9\n"
	    "\xe2\x80 x\n";
	const struct diag_msg *m;

	(void)state;
	read_bytes(text, sizeof(text) - 1);
	assert_int_equal(messages("MAN001"), 4);
	m = message("MAN001");
	assert_int_equal(m->pos.line, 3);
	assert_int_equal(m->pos.col, 3);
	/* The offset counts the byte order mark, too. */
	assert_non_null(strstr(m->text, "0xff"));
	assert_non_null(strstr(m->text, "offset 17"));
	assert_string_equal(dump(),
	    "root\n"
	    "  para 1:1\n"
	    "    text 1:1 \"سلام\"\n"
	    "  para 3:1\n"
	    "    text 3:1 \"مت\xef\xbf\xbdن \xef\xbf\xbd\"\n"
	    "    soft-break 3:7\n"
	    "    text 4:1 \"\xef\xbf\xbd\xef\xbf\xbd x\"\n");
}

static void
nul_cuts_nothing_short(void **state)
{
	static const char text[] = "الف\0ب {#a\0b}\n\n# x {#a\0b}\n";

	(void)state;
	read_bytes(text, sizeof(text) - 1);
	assert_int_equal(messages("MAN001"), 3);
	assert_string_equal(doc_id(first_of(DOC_HEADING)),
	    "a\xef\xbf\xbd" "b");
	assert_int_equal(messages("MAN015"), 0);
}

static void
presentation_forms_pass(void **state)
{
	(void)state;
	assert_string_equal(inlines("\xef\xbb\xbb \xd9\x80"),
	    "    text 1:1 \"\xef\xbb\xbb \xd9\x80\"\n");
}

static void
line_ends_are_one(void **state)
{
	static const char *const texts[] = {
		"# یک\n\nدو  \nسه\n\n```\nx\n\ny\n```\n",
		"# یک\r\n\r\nدو  \r\nسه\r\n\r\n```\r\nx\r\n\r\ny\r\n```\r\n",
		"# یک\r\rدو  \rسه\r\r```\rx\r\ry\r```\r",
		"\xef\xbb\xbf# یک\n\nدو  \nسه\n\n```\nx\n\ny\n```",
	};
	char *first;

	(void)state;
	read_text(texts[0]);
	first = strdup(dump());
	for (size_t i = 1; i < NELEM(texts); i++) {
		read_text(texts[i]);
		assert_string_equal(dump(), first);
	}
	free(first);
}

static void
nothing_is_something(void **state)
{
	static const char *const texts[] = {
		"", "\n", "\n\n \n\t\n", "\xef\xbb\xbf", "---", "---\n---\n",
		"\r", ">", "-", "#", ":::", "[^a]:", "```", "|-|", ": ", "<!--",
		"---\na: b\n---", "x", "{", "[", "\\",
	};

	(void)state;
	for (size_t i = 0; i < NELEM(texts); i++) {
		read_text(texts[i]);
		dump();
		assert_int_equal(messages("MAN015"), 0);
	}
}

/* ---------------------------------------------------------------- places */

/* Byte of a place in a text. */
static size_t
byte_at(const char *s, size_t n, struct pos pos)
{
	uint32_t line = 1, col = 1;
	size_t i = 0;

	while (i < n && (line < pos.line || col < pos.col)) {
		uint32_t cp = utf8_next(s, n, &i);

		if (cp == '\n') {
			line++;
			col = 1;
		} else {
			col++;
		}
	}
	return i;
}

/*
 * Every text of the tree begins in the source where it says, and ends where
 * it says, unless escapes, entities or joined lines came between.
 */
static size_t
places_checked(const char *s, size_t n, const struct doc_node *top)
{
	const struct doc_node *t;
	size_t at, end, nchecked = 0, from = 0;

	for (t = top; t != NULL; t = doc_next(t, top)) {
		if (t->kind != DOC_TEXT || t->len == 0 || t->pos.line == 0)
			continue;
		at = byte_at(s, n, t->pos);
		if (strcmp(t->text, "; ") == 0 || s[at] == '\\' ||
		    s[at] == '&' || s[at] == '<' || (from != 0 && at < from))
			continue;
		if (t->len > n - at || memcmp(s + at, t->text, t->len) != 0) {
			uint32_t a, b;
			size_t i = 0, k = at;

			a = utf8_next(t->text, t->len, &i);
			b = utf8_next(s, n, &k);
			assert_int_equal(a, b);
			continue;
		}
		nchecked++;
		if (t->end.line == t->pos.line && t->end.line != 0) {
			end = byte_at(s, n, t->end);
			assert_true(end >= at + t->len);
		}
	}
	return nchecked;
}

static void
texts_stand_where_they_say(void **state)
{
	struct buf text = {0};
	size_t nchecked = 0;
	glob_t g;

	(void)state;
	assert_int_equal(glob("tests/read/*.md", 0, NULL, &g), 0);
	assert_int_equal(glob("manuscript/*.md", GLOB_APPEND, NULL, &g) &
	    ~GLOB_NOMATCH, 0);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		text.n = 0;
		assert_null(file_read(g.gl_pathv[i], 1 << 24, &text));
		read_bytes(text.p, text.n);
		nchecked += places_checked(text.p, text.n, d.root);
		nchecked += places_checked(text.p, text.n, d.note_root);
		assert_int_equal(messages("MAN015"), 0);
	}
	assert_true(nchecked > 500);
	globfree(&g);
	buf_free(&text);
}

/* Blocks end behind what they hold, and children within their parents. */
static void
ends_enclose(void **state)
{
	const struct doc_node *n;

	(void)state;
	read_text("# الف\n\nب *پ*\nت\n\n- ث\n\n  ج\n\n> چ\n\n"
	    "| ح | خ |\n|---|---|\n| د | ذ |\n\n::: {.x}\nر\n:::\n");
	for (n = d.root->first; n != NULL; n = doc_next(n, d.root)) {
		if (n->end.line == 0)
			continue;
		assert_true(n->end.line > n->pos.line ||
		    (n->end.line == n->pos.line && n->end.col >= n->pos.col));
		if (n->parent->end.line != 0)
			assert_true(n->end.line <= n->parent->end.line);
	}
	n = first_of(DOC_HEADING);
	assert_int_equal(n->end.line, 1);
	assert_int_equal(n->end.col, 6);
	n = first_of(DOC_EMPH);
	assert_int_equal(n->pos.col, 3);
	assert_int_equal(n->end.col, 6);
	n = first_of(DOC_DIV);
	assert_int_equal(n->end.line, 18);
	assert_int_equal(n->end.col, 4);
}

/* ------------------------------------------------------------ the account */

/* The tree below is made by hand: "دو" and the note's "پنج" are missing. */
static void
lost_text_is_put_back(void **state)
{
	static const char text[] = "یک دو سه\n\nچهار\n\nپنج 5 {#شش}\n";
	struct reader r = {.d = &d, .dg = &dg};
	struct doc_node *p;

	(void)state;
	done(NULL);
	doc_open(&d);
	r.file = diag_file(&dg, "test.md");
	source_load(&r, text, sizeof(text) - 1);
	p = doc_new(&d, DOC_PARA, (struct pos){1, 1, r.file});
	doc_append(d.root, p);
	doc_append(p, doc_text(&d, "یک ", 5, (struct pos){1, 1, r.file}));
	doc_append(p, doc_text(&d, " سه", 5, (struct pos){1, 6, r.file}));
	p = doc_new(&d, DOC_PARA, (struct pos){3, 1, r.file});
	doc_append(d.root, p);
	doc_append(p, doc_text(&d, "چهار", 8, (struct pos){3, 1, r.file}));
	account_close(&r, d.root->first, NULL);
	free(r.seen);
	free(r.lines);
	assert_int_equal(messages("MAN015"), 2);
	assert_string_equal(dump(),
	    "root\n"
	    "  para 1:1\n"
	    "    text 1:1 \"یک \"\n"
	    "    text 1:6 \" سه\"\n"
	    "  para 1:4\n"
	    "    text 1:4 \"دو\"\n"
	    "  para 3:1\n"
	    "    text 3:1 \"چهار\"\n"
	    "  para 5:1\n"
	    "    text 5:1 \"پنج 5 {#شش\"\n");
}

/* A text that claims a place where other letters stand is no witness. */
static void
a_wrong_place_counts_as_lost(void **state)
{
	static const char text[] = "الف ب\n";
	struct reader r = {.d = &d, .dg = &dg};
	struct doc_node *p;

	(void)state;
	done(NULL);
	doc_open(&d);
	source_load(&r, text, sizeof(text) - 1);
	p = doc_new(&d, DOC_PARA, (struct pos){1, 1, 0});
	doc_append(d.root, p);
	doc_append(p, doc_text(&d, "الف ت", 9, (struct pos){1, 1, 0}));
	account_close(&r, d.root->first, NULL);
	free(r.seen);
	free(r.lines);
	assert_int_equal(messages("MAN015"), 1);
	assert_non_null(strstr(message("MAN015")->text, "ب"));
}

/* Texts that begin like their source although an entity parts them. */
static void
nothing_is_lost_behind_an_entity(void **state)
{
	static const char *const texts[] = {
		"&amp;a", "&amp;amp", "x <!-- x y --> x y <!-- z", "&lt;l&gt;g",
		"[a &amp; b\n&amp; c @tbl-x d &lt;e]", "<a\nb=\"&amp;\">c",
		"[a\nb @c d\ne]",
	};

	(void)state;
	for (size_t i = 0; i < NELEM(texts); i++) {
		read_text(texts[i]);
		assert_int_equal(messages("MAN015"), 0);
	}
}

/* ------------------------------------------------------- what is a place */

static void
a_comment_allows_what_comes_next(void **state)
{
	(void)state;
	read_text("<!-- dabir: allow LAY002 تنگ -->\n\n- مورد\n");
	assert_int_equal(d.excuses.n, 1);
	assert_string_equal(d.excuses.v[0].text, "LAY002 تنگ");
	assert_ptr_equal(d.excuses.v[0].node, first_of(DOC_LIST));
	assert_int_equal(d.excuses.v[0].pos.line, 1);
	read_text("متن <!-- dabir: allow A --> و <!-- dabir: allow B -->\n");
	assert_int_equal(d.excuses.n, 2);
	for (size_t i = 0; i < 2; i++)
		assert_ptr_equal(d.excuses.v[i].node, first_of(DOC_PARA));
	assert_string_equal(d.excuses.v[1].text, "B");
	assert_int_equal(d.excuses.v[1].pos.col, 31);
	read_text("<!-- dabir: allowance --> <!--x-->\n\nمتن\n");
	assert_int_equal(d.excuses.n, 0);
	/* For a note itself, not for what stands behind it. */
	read_text("متن[^a].\n\n<!-- dabir: allow A: x -->\n[^a]: یاد.\n\n"
	    "پایان.\n\n<!-- dabir: allow B: x -->\n");
	assert_int_equal(d.excuses.n, 2);
	assert_int_equal(d.excuses.v[0].node->kind, DOC_NOTE);
	assert_null(d.excuses.v[1].node);
}

/* The messages of reading in the author's language. */
static void
messages_are_persian_when_asked(void **state)
{
	static const char text[] = "# x {#a b}\n\n| a |\n|---|\n| b | c |\n";

	(void)state;
	done(NULL);
	dg.persian = true;
	read_markdown(&d, &dg, "test.md", text, sizeof(text) - 1);
	assert_null(strstr(message("MAN007")->text, "neither"));
	assert_null(strstr(message("MAN004")->text, "surplus"));
}

/* Fences and definitions do what a nest of them should. */
static void
nests_close_from_inside(void **state)
{
	(void)state;
	read_text("::::: a\n:::: b\n::: c\nx\n:::\n::::\n:::::\ny\n");
	assert_string_equal(dump(),
	    "root\n"
	    "  div 1:1 .a\n"
	    "    div 2:1 .b\n"
	    "      div 3:1 .c\n"
	    "        para 4:1\n"
	    "          text 4:1 \"x\"\n"
	    "  para 8:1\n"
	    "    text 8:1 \"y\"\n");
	assert_null(dg.first);
}

#define T(f) cmocka_unit_test_teardown(f, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(bad_bytes_are_replaced_and_placed),
		T(nul_cuts_nothing_short), T(presentation_forms_pass),
		T(line_ends_are_one), T(nothing_is_something),
		T(texts_stand_where_they_say), T(ends_enclose),
		T(lost_text_is_put_back), T(a_wrong_place_counts_as_lost),
		T(nothing_is_lost_behind_an_entity),
		T(a_comment_allows_what_comes_next),
		T(messages_are_persian_when_asked), T(nests_close_from_inside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
