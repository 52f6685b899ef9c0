/* The .bib reader: syntax, text, people, dates, and what it survives. */
#include "made.h"

static void
values(void **state)
{
	(void)state;
	read_bib("@string{nima = {نشر نیما}}\n"
	    "@string(samt = \"نشر \" # \"سمت\", one = 1,)\n"
	    "@Book{a,\n"
	    "  Title = {یک {دو {سه}} چهار},\n"
	    "  publisher = NIMA # \" و \" # samt,\n"
	    "  note = \"با {\"}نقل{\"}\",\n"
	    "  edition = one # 2,\n"
	    "  YEAR = 1399 }");
	assert_null(dg.first);
	assert_int_equal(bib.n, 1);
	assert_string_equal(entry("a")->kind, "book");
	field_is("a", "title", "یک دو سه چهار");
	field_is("a", "publisher", "نشر نیما و نشر سمت");
	field_is("a", "note", "با \"نقل\"");
	field_is("a", "edition", "12");
	field_is("a", "year", "1399");
	assert_int_equal(entry("a")->year, 1399);
}

static void
brackets_and_remarks(void **state)
{
	(void)state;
	read_bib("remark with a@b.example and {braces\n"
	    "@comment{@book{no, title = {x}}}\n"
	    "@preamble{\"x\" # {y}}\n"
	    "@misc(paren, title = {a) b}, year = 2000)\n"
	    "@misc {spaced ,\n title = {y}\n}\n"
	    "@misc{nothing,}\n"
	    "@misc{less}\n");
	assert_null(dg.first);
	assert_int_equal(bib.n, 4);
	field_is("paren", "title", "a) b");
	field_is("spaced", "title", "y");
	entry("nothing");
	entry("less");
}

static void
tex(void **state)
{
	static const char *const pairs[][2] = {
		{"{\\'e}t\\'{e} \\\"{O}l na{\\\"\\i}ve", "été Öl naïve"},
		{"\\c{c}a \\v s \\H{o} \\k{a} \\=a \\.z", "ça š ő ą ā ż"},
		/* TeX eats the blank after a control word. */
		{"\\ss{} \\o \\L\\'od\\'z \\AA{} \\ae", "ß øŁódź Å æ"},
		{"a \\& b \\% \\$ \\# \\_ \\{x\\}", "a & b % $ # _ {x}"},
		{"1--2 a---b c-d", "1–2 a—b c-d"},
		{"p.~5", "p.\u00a05"},
		{"``x'' `y' don't", "“x” ‘y' don't"},
		{"\\emph{a} \\textbf{b} {\\LaTeX} \\TeX", "a b LaTeX TeX"},
		{"  a \n\t b\r\n ", "a b"},
		{"می\u200cرود", "می\u200cرود"},
		{"\\unknown{x} y", "x y"},
		{"", ""},
	};
	char src[200];
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(pairs) - 1; i++) {
		fresh(NULL);
		snprintf(src, sizeof(src), "@misc{a, title = {%s}}",
		    pairs[i][0]);
		read_bib(src);
		field_is("a", "title", pairs[i][1]);
	}
}

static void
addresses(void **state)
{
	(void)state;
	read_bib("@misc{a, title = {x}, "
	    "url = {https://e.org/a_b~c--d%20e\\_f\\%41},\n"
	    "doi = {10.1000/a--b}}");
	field_is("a", "url", "https://e.org/a_b~c--d%20e_f%41");
	field_is("a", "doi", "10.1000/a--b");
}

static void
name_is(const struct cite_name *n, const char *given, const char *particle,
    const char *family, const char *suffix)
{
	assert_non_null(n);
	assert_string_equal(n->given, given);
	assert_string_equal(n->particle, particle);
	assert_string_equal(n->family, family);
	assert_string_equal(n->suffix, suffix);
}

static void
people(void **state)
{
	const struct cite_name *n;

	(void)state;
	read_bib("@book{a, title = {x}, author = {Donald E. Knuth and "
	    "Ludwig van Beethoven and de la Cruz, Maria AND\n"
	    "King, Jr, Martin Luther and {Barnes and Noble} and "
	    "{\\'E}mile Zola and von Neumann, John},\n"
	    "editor = {چالیشکان, مرات and طوغان، احمد ذکی and عزیز آریان‌فر "
	    "and محمد بن جریر and ابن سینا and others}}\n"
	    "@book{b, title = {y}, author = {{خبرگزاری تسنیم}}, "
	    "translator = \"{A, B and C}\"}");
	n = entry("a")->authors;
	name_is(n, "Donald E.", "", "Knuth", "");
	name_is(n = n->next, "Ludwig", "van", "Beethoven", "");
	name_is(n = n->next, "Maria", "de la", "Cruz", "");
	name_is(n = n->next, "Martin Luther", "", "King", "Jr");
	name_is(n = n->next, "", "", "Barnes and Noble", "");
	assert_true(n->corporate);
	name_is(n = n->next, "Émile", "", "Zola", "");
	assert_false(n->corporate);
	name_is(n = n->next, "John", "von", "Neumann", "");
	assert_null(n->next);
	n = entry("a")->editors;
	name_is(n, "مرات", "", "چالیشکان", "");
	name_is(n = n->next, "احمد ذکی", "", "طوغان", "");
	name_is(n = n->next, "عزیز", "", "آریان‌فر", "");
	name_is(n = n->next, "محمد", "بن", "جریر", "");
	name_is(n = n->next, "", "ابن", "سینا", "");
	assert_true(n->next->others);
	n = entry("b")->authors;
	assert_true(n->corporate);
	assert_string_equal(n->family, "خبرگزاری تسنیم");
	assert_string_equal(entry("b")->translators->family, "A, B and C");
}

static void
odd_people(void **state)
{
	(void)state;
	/* What made other readers fall over. */
	read_bib("@misc{a, title = {x}, author={, ب}}\n"
	    "@misc{b, title = {x}, author={ and and , and {} and x}}\n"
	    "@misc{c, title = {x}, author={,}}\n"
	    "@misc{d, title = {x}, author={von}}\n"
	    "@misc{e, title = {x}, author={a, b, c, d, e}}\n");
	name_is(entry("a")->authors, "", "", "ب", "");
	name_is(entry("b")->authors, "", "", "x", "");
	assert_null(entry("c")->authors);
	name_is(entry("d")->authors, "", "", "von", "");
	name_is(entry("e")->authors, "c, d, e", "", "a", "b");
}

static void
dates(void **state)
{
	const struct cite_entry *e;

	(void)state;
	read_bib("@misc{a, title={x}, year=1387, month={دلو}}\n"
	    "@misc{b, title={x}, year=2006, month=feb}\n"
	    "@misc{c, title={x}, date={1399-11-02}}\n"
	    "@misc{d, title={x}, date={2020-05/2020-06}, "
	    "urldate={2021-01-30}}\n"
	    "@misc{e, title={x}, year={۱۳۵۰}, month=دلو}\n"
	    "@misc{f, title={x}, year=1450, calendar={gregorian}}\n"
	    "@misc{g, title={x}, date={2001-23}}\n"
	    "@misc{h, title={x}, year=1990, calendar={شمسی}}\n"
	    "@misc{i, title={x}, year={بی‌تا}}\n"
	    "@misc{j, title={x}, month={خزان}, year={1395}}\n");
	assert_null(dg.first);
	e = entry("a");
	assert_true(e->jalali);
	field_is("a", "month", "دلو");
	e = entry("b");
	assert_false(e->jalali);
	field_is("b", "month", "2");
	e = entry("c");
	assert_true(e->jalali);
	assert_int_equal(e->year, 1399);
	field_is("c", "month", "11");
	field_is("c", "day", "2");
	field_is("d", "year", "2020");
	field_is("d", "month", "5");
	field_is("d", "day", "");
	field_is("d", "urlyear", "2021");
	field_is("d", "urlday", "30");
	assert_int_equal(entry("e")->year, 1350);
	assert_false(entry("f")->jalali);
	field_is("g", "month", "15");	/* the third season */
	assert_true(entry("h")->jalali);
	assert_int_equal(entry("i")->year, 0);
	field_is("j", "month", "خزان");
}

static void
languages(void **state)
{
	(void)state;
	read_bib("@misc{a, title={کتاب فارسی}}\n"
	    "@misc{b, title={An English Book}}\n"
	    "@misc{c, title={Tarikh}, language={persian}}\n"
	    "@misc{d, title={Ein Buch}, langid={ngerman}}\n"
	    "@misc{e, title={1984}, author={اورول, جورج}}\n"
	    "@misc{f, title={x}, language={prs-AF}}\n"
	    "@misc{g, title={Кыргыз тарыхы}}\n");
	assert_string_equal(entry("a")->lang, "fa");
	assert_string_equal(entry("b")->lang, "en");
	assert_true(entry("b")->ltr);
	assert_string_equal(entry("c")->lang, "fa");
	assert_false(entry("c")->ltr);
	assert_string_equal(entry("d")->lang, "de");
	assert_true(entry("d")->ltr);
	assert_string_equal(entry("e")->lang, "fa");
	assert_string_equal(entry("f")->lang, "prs-AF");
	assert_false(entry("f")->ltr);
	assert_true(entry("g")->ltr);
}

static void
one_name_for_a_thing(void **state)
{
	(void)state;
	read_bib("@phdthesis{a, title={x}, school={دانشگاه}, location={کابل}}\n"
	    "@article{b, journaltitle={مجله}, title={x}, subtitle={y}}\n"
	    "@online{c, title={x}, organization={سایت}, keywords={no}}\n");
	assert_null(dg.first);
	assert_string_equal(entry("a")->kind, "thesis");
	field_is("a", "type", "phd");
	field_is("a", "publisher", "دانشگاه");
	field_is("a", "address", "کابل");
	field_is("b", "journal", "مجله");
	field_is("b", "title", "x: y");
	assert_string_equal(entry("c")->kind, "web");
	field_is("c", "keywords", "");
}

static void
crossref(void **state)
{
	(void)state;
	read_bib("@incollection{child, author={ا, ب}, title={فصل}, "
	    "crossref={parent}, pages={1-2}}\n"
	    "@collection{parent, editor={پ, ت}, title={کتاب}, year=1380, "
	    "publisher={ناشر}}\n"
	    "@misc{loop, crossref={loop}, title={x}}\n"
	    "@misc{lost, crossref={nowhere}, title={x}}\n");
	field_is("child", "title", "فصل");
	field_is("child", "booktitle", "کتاب");
	field_is("child", "publisher", "ناشر");
	assert_int_equal(entry("child")->year, 1380);
	assert_string_equal(entry("child")->editors->family, "پ");
	assert_string_equal(entry("child")->authors->family, "ا");
}

/* ------------------------------------------------------------- mistakes */

static void
unclosed_value(void **state)
{
	(void)state;
	read_bib("@book{a,\n"
	    "  title = {بسته نمی‌شود,\n"
	    "  year = 1390\n"
	    "}\n"
	    "\n"
	    "@book{b, title = {دوم}}\n");
	said_at("BIB005", 2, 11, "this brace is never closed; read on from "
	    "line 3");
	field_is("a", "title", "بسته نمی‌شود");
	field_is("a", "year", "1390");
	field_is("b", "title", "دوم");
}

/* The last field takes in nothing but its own lines. */
static void
long_last_value(void **state)
{
	(void)state;
	read_bib("@book{a,\n title = {x\n = y\n},\n note = {z\n q}\n"
	    "@book{b,\n title = {1},\n note = {2,\n year = 3\n}");
	field_is("a", "title", "x = y");
	field_is("a", "note", "z q");
	field_is("b", "note", "2");
	field_is("b", "year", "3");
	assert_int_equal(said("BIB005", NULL), 2);
}

static void
unclosed_entry(void **state)
{
	(void)state;
	read_bib("@book{a, title = {یک},\n  year = 1390\n"
	    "@book{b, title = {دوم}}\n"
	    "@book{c, title = \"سوم, author = {x}\n"
	    "  @book{d, title = {چهارم}}\n");
	assert_int_equal(said("BIB005", NULL), 3);
	assert_int_equal(bib.n, 4);
	field_is("a", "year", "1390");
	field_is("b", "title", "دوم");
	field_is("d", "title", "چهارم");
	assert_int_equal(dg.first->pos.line, 1);
	assert_string_equal(dg.first->text, "this entry is never closed; "
	    "read on from line 3");
}

static void
second_unclosed_value_ends_the_entry(void **state)
{
	(void)state;
	read_bib("@book{a,\n title = {x,\n note = {y,\n year = 1\n}\n"
	    "@book{b, title = {z}}\n");
	assert_int_equal(bib.n, 2);
	field_is("a", "title", "x");
	field_is("a", "year", "");
	field_is("b", "title", "z");
}

static void
bad_fields(void **state)
{
	(void)state;
	read_bib("@book{a, title {x}, year = 1390, = {y}, note =, "
	    "publisher = {p} address = {q}}\n"
	    "@book{b, title = {z}}");
	assert_int_equal(said("BIB005", NULL), 4);
	field_is("a", "year", "1390");
	field_is("a", "publisher", "p");
	field_is("a", "address", "q");
	field_is("b", "title", "z");
}

static void
no_key(void **state)
{
	(void)state;
	read_bib("\n@book{title = {x}, year = 1390}\n@book{,title={y}}\n");
	assert_int_equal(said("BIB005", NULL), 2);
	field_is("line-2", "title", "x");
	field_is("line-3", "title", "y");
}

/* "@book{key author = ...": the key is there, and the field. */
static void
no_comma_behind_the_key(void **state)
{
	(void)state;
	read_bib("@book{a b author = {x}, title = {y}}\n"
	    "@book{c\n author = {x}, title = {y}}\n"
	    "@book{d e, title={z}}\n");
	assert_string_equal(entry("a")->kind, "book");
	field_is("a", "title", "y");
	field_is("c", "title", "y");
	assert_string_equal(entry("c")->authors->family, "x");
	field_is("d e", "title", "z");
	assert_int_equal(said("BIB005", NULL) > 0, true);
	assert_int_equal(bib.n, 3);
}

/* A brace too many does not end the entry, for a field follows it. */
static void
stray_brace(void **state)
{
	(void)state;
	read_bib("@book{a, author={شش, ج}}, title={ششم}}, year={1395}}\n"
	    "@book{b, author = {x}},\n\ttitle = {y},\n}\n"
	    "@book(c, author={x}}, title={y})\n"
	    "@book{d, title={z}}}\n"
	    "@book{e, title={z}}, a remark\n@book{f, title={g}}\n");
	field_is("a", "title", "ششم");
	field_is("a", "year", "1395");
	field_is("b", "title", "y");
	field_is("c", "title", "y");
	field_is("e", "title", "z");
	field_is("f", "title", "g");
	assert_int_equal(bib.n, 6);
	assert_int_equal(said("BIB005", NULL), 4);
}

static void
messages(void **state)
{
	(void)state;
	read_bib("@book{a, titel = {x}, title = {y}, title = {z}, "
	    "note = nima, foo = {q}}\n"
	    "@bok{b, title = {x}}\n"
	    "@book{a, title = {again}}\n"
	    "@ {x}\n"
	    "@book{c, titel = {x}, title = {y}}\n");
	field_is("a", "title", "y");
	said_at("BIB012", 1, 36, "field “title” is given twice; the first is "
	    "used");
	said_at("BIB008", 1, 56, "string “nima” is not defined; left empty");
	said_at("BIB011", 2, 1, "no kind of entry is called “bok”; read as "
	    "misc; did you mean “book”?");
	said_at("BIB004", 3, 1, "key “a” was given before, at line 1; the "
	    "first is used");
	said_at("BIB005", 4, 1, "an entry begins with “@”, its kind and a "
	    "brace; read on from line 5");
	/* A field's name is reported once a file. */
	assert_int_equal(said("BIB006", NULL), 2);
	assert_string_equal(dg.first->text, "field “titel” is not used; did "
	    "you mean “title”?");
	assert_int_equal(bib.n, 3);
}

/* Every message in Persian, and no English word left in it. */
static void
messages_in_persian(void **state)
{
	const struct diag_msg *m;
	const char *s;
	int n = 0;

	(void)state;
	dg.persian = true;
	read_bib("@book{a, titel = {x}, title = {y\n}\n@bok{b, title {x},"
	    "note=,title={z} year=1, title={q}}\n@book{a, note = nima}\n"
	    "@book{=}\n@ {x}\n@string{b = {c}\n");
	for (m = dg.first; m != NULL; m = m->next, n++) {
		/* Keys and names stand between isolates or quotes. */
		for (s = m->text; *s != '\0'; s++)
			if (strncmp(s, "\u2068", 3) == 0)
				while (strncmp(s, "\u2069", 3) != 0)
					s++;
			else if (strncmp(s, "misc", 4) == 0)
				s += 3;
			else if (*s >= 'a' && *s <= 'z')
				fail_msg("%s", m->text);
	}
	assert_true(n >= 9);
}

static void
columns_are_code_points(void **state)
{
	(void)state;
	read_bib("@book{کلید, title = {ی}, xyz = {x}}\n");
	said_at("BIB006", 1, 26, "field “xyz” is not used");
}

static void
hostile_bytes(void **state)
{
	static const char bytes[] = "\xef\xbb\xbf@misc{a, title = {x\xffy\0z}}";

	(void)state;
	cite_read_bib(&bib, &dg, "x.bib", bytes, sizeof(bytes) - 1);
	field_is("a", "title", "x\ufffdy z");
	assert_int_equal(said("MAN001", NULL), 1);
	fresh(NULL);
	read_bib("@i\"\"");		/* ended a process elsewhere */
	read_bib("@");
	read_bib("@@@{{{");
	read_bib("@book");
	read_bib("@book{");
	read_bib("@book{a");
	read_bib("@string{a");
	read_bib("@string{b=");
	read_bib("@comment{");
	read_bib("@preamble{\"");
	read_bib("");
	assert_int_equal(bib.n, 2);
}

static void
repeat(struct buf *b, const char *s, size_t n)
{
	while (n-- > 0)
		buf_str(b, s);
}

static void
limits(void **state)
{
	struct buf b = {0};

	(void)state;
	buf_str(&b, "@misc{a, title = ");
	repeat(&b, "{", 70);
	buf_str(&b, "x");
	repeat(&b, "}", 70);
	buf_str(&b, ", note = {");
	repeat(&b, "ی", 600000);
	buf_str(&b, "}}\n@misc{b, title = {after}");
	repeat(&b, ", year = 1", 300);
	buf_str(&b, "}\n@misc{c, author = {");
	repeat(&b, "x and ", 1200);
	buf_str(&b, "y}}\n");
	cite_read_bib(&bib, &dg, "x.bib", b.p, b.n);
	assert_int_equal(said("BIB009", NULL), 4);
	assert_int_equal(bib.n, 3);
	assert_int_equal(strlen(cite_field(entry("a"), "note")), 1 << 20);
	field_is("b", "title", "after");
	buf_free(&b);
}

/* Texts that double at each step must not fill the memory. */
static void
strings_that_double(void **state)
{
	struct buf b = {0};
	int i;

	(void)state;
	buf_str(&b, "@string{s0 = {0123456789abcdef}}\n");
	for (i = 1; i < 40; i++)
		buf_printf(&b, "@string{s%d = s%d # s%d}\n", i, i - 1, i - 1);
	buf_str(&b, "@misc{a, title = s39}\n");
	cite_read_bib(&bib, &dg, "x.bib", b.p, b.n);
	assert_true(bib.arena.used < (size_t)200 << 20);
	assert_true(said("BIB009", NULL) > 0);
	buf_free(&b);
}

/* Inputs that would make a careless reader walk the rest at each step. */
static void
hostile_shapes(void **state)
{
	static const char *const shapes[] = {
		"@a{b,c={", "@a{b,\nc={\n", "@comment{", "@comment{\n",
		"@string{a={\n", "{\n@", "@a{b\n", "a=\"\n", "@a{b,c=\"{\n",
		"@preamble{\"", "@a{b,c,", "@", "@a ",
	};
	struct buf b = {0};
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(shapes); i++) {
		fresh(NULL);
		b.n = 0;
		repeat(&b, shapes[i], 100000);
		cite_read_bib(&bib, &dg, "x.bib", b.p, b.n);
	}
	buf_free(&b);
}

static void
several_files(void **state)
{
	(void)state;
	cite_read_file(&bib, &dg, "tests/cite/syntax.bib", NOPOS);
	cite_read_file(&bib, &dg, "tests/cite/kinds.bib", NOPOS);
	field_is("after", "title", "پس از آن");
	field_is("last", "title", "y");
	field_is("unclosed", "year", "1390");
	field_is("plain", "title", "The TeXbook: Öl, été, ça, "
	    "naïve & more");
	assert_string_equal(entry("thesis")->kind, "thesis");
	cite_read_file(&bib, &dg, "tests/cite/no-such-file.bib", NOPOS);
	assert_int_equal(said("MAN008", NULL), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(values, fresh),
		cmocka_unit_test_setup(brackets_and_remarks, fresh),
		cmocka_unit_test_setup(tex, fresh),
		cmocka_unit_test_setup(addresses, fresh),
		cmocka_unit_test_setup(people, fresh),
		cmocka_unit_test_setup(odd_people, fresh),
		cmocka_unit_test_setup(dates, fresh),
		cmocka_unit_test_setup(languages, fresh),
		cmocka_unit_test_setup(one_name_for_a_thing, fresh),
		cmocka_unit_test_setup(crossref, fresh),
		cmocka_unit_test_setup(unclosed_value, fresh),
		cmocka_unit_test_setup(long_last_value, fresh),
		cmocka_unit_test_setup(unclosed_entry, fresh),
		cmocka_unit_test_setup(second_unclosed_value_ends_the_entry,
		    fresh),
		cmocka_unit_test_setup(bad_fields, fresh),
		cmocka_unit_test_setup(no_key, fresh),
		cmocka_unit_test_setup(no_comma_behind_the_key, fresh),
		cmocka_unit_test_setup(stray_brace, fresh),
		cmocka_unit_test_setup(messages, fresh),
		cmocka_unit_test_setup(messages_in_persian, fresh),
		cmocka_unit_test_setup(columns_are_code_points, fresh),
		cmocka_unit_test_setup(hostile_bytes, fresh),
		cmocka_unit_test_setup(limits, fresh),
		cmocka_unit_test_setup(strings_that_double, fresh),
		cmocka_unit_test_setup(hostile_shapes, fresh),
		cmocka_unit_test_setup(several_files, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, fresh);
}
