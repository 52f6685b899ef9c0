/* Citations in the text, footnotes, the list, links, and what is reported. */
#include "made.h"

#include <unistd.h>

#define REFERENCES "manuscript/references.bib"

static int
source(void **state)
{
	fresh(state);
	cite_read_file(&bib, &dg, REFERENCES, NOPOS);
	assert_null(dg.first);
	assert_int_equal(bib.n, 10);
	return 0;
}

/* What one citation prints in a style, by itself. */
static void
prints(const char *spec, const char *want)
{
	struct doc_node *n;

	fresh_tree();
	doc_meta_add(&d, "reference-list", "all", NOPOS);
	n = cite(spec);
	resolve();
	assert_string_equal(plain(n), want);
}

static const char *const small_bib =
    "@book{a, author={احمدی, رضا}, title={یک}, publisher={p}, year=1390}\n"
    "@book{b, author={احمدی, رضا}, title={دو}, publisher={p}, year=1390}\n"
    "@book{c, author={احمدی, علی}, title={سه}, publisher={p}, year=1390}\n"
    "@book{d, author={احمدی, رضا}, title={چهار}, publisher={p}, year=1391}\n"
    "@book{two, author={الف, ا and ب, ب}, title={پ}, publisher={p}, "
    "year=1380}\n"
    "@book{three, author={الف, ا and ب, ب and پ, پ}, title={پ}, "
    "publisher={p}, year=1380}\n"
    "@book{others, author={ت, ت and others}, title={پ}, publisher={p}, "
    "year=1380}\n"
    "@article{en, author={Olcott, Martha B. and Roy, Olivier and X, Y}, "
    "title={The Basmachi}, journal={Soviet Studies}, volume=33, number=3, "
    "pages={352-369}, year=1981}\n"
    "@book{en2, author={von Braun, W.}, title={X}, publisher={P}, "
    "year=1960}\n"
    "@misc{bare, title={بی پدیدآور}}\n";

static int
small(void **state)
{
	fresh(state);
	read_bib(small_bib);
	assert_null(dg.first);
	return 0;
}

/* ---------------------------------------------------------- author, date */

static void
as_the_source_has_it(void **state)
{
	(void)state;
	load("author-date-fa");
	prints("@چالیشکان۱۳۹۹||۵۹–۶۰", "(چالیشکان، ۱۳۹۹: ۵۹–۶۰)");
	prints("@چالیشکان۱۳۹۹|ص|59-60", "(چالیشکان، ۱۳۹۹: ۵۹–۶۰)");
	prints("@چالیشکان۱۳۹۹|صص.|59--60", "(چالیشکان، ۱۳۹۹: ۵۹–۶۰)");
	prints("@زمانی۱۳۹۵||۷۱", "(زمانی، ۱۳۹۵: ۷۱)");
	prints("@آریانفر۱۳۸۷", "(آرین‌فر، ۱۳۸۷)");
	prints("@ایوبزاده۲۰۰۶||۶۱", "(ایوب‌زاده، ۲۰۰۶: ۶۱)");
	prints("@تسنیم۱۳۹۷", "(خبرگزاری تسنیم، ۱۳۹۷)");
	prints("@تسنیم۱۳۹۷;@زمانی۱۳۹۵|ج|۲",
	    "(خبرگزاری تسنیم، ۱۳۹۷؛ زمانی، ۱۳۹۵، ج~۲)");
	prints("@زمانی۱۳۹۵|فصل|۲", "(زمانی، ۱۳۹۵، فصل~۲)");
	prints("@زمانی۱۳۹۵|||سراسر", "(زمانی، ۱۳۹۵، سراسر)");
	prints("-@زمانی۱۳۹۵||۷۱", "(۱۳۹۵: ۷۱)");
	prints("+@زمانی۱۳۹۵||۷۱", "زمانی (۱۳۹۵: ۷۱)");
	prints("+@زمانی۱۳۹۵;@تسنیم۱۳۹۷",
	    "زمانی (۱۳۹۵؛ خبرگزاری تسنیم، ۱۳۹۷)");
	prints("نک. @زمانی۱۳۹۵||۷۱|~و جاهای دیگر",
	    "(نک. زمانی، ۱۳۹۵: ۷۱ و جاهای دیگر)");
	prints("@زمانی۱۳۹۵||۷۱|~، پانوشت", "(زمانی، ۱۳۹۵: ۷۱، پانوشت)");
	prints("@زمانی۱۳۹۵|ص|۷۱|پانوشت ۲", "(زمانی، ۱۳۹۵: ۷۱، پانوشت ۲)");
	prints("@زمانی۱۳۹۵|ص|۷۱|~(چاپ دوم)", "(زمانی، ۱۳۹۵: ۷۱ (چاپ دوم))");
}

static void
list_as_printed(void **state)
{
	struct doc_node *n;
	const struct cite_entry *e;
	int i = 0;

	(void)state;
	load("author-date-fa");
	cite("@زمانی۱۳۹۵");
	all_refs_here();
	resolve();
	for (e = bib.first; e != NULL; e = e->next) {
		n = listed(++i);
		assert_string_equal(plain(n), cite_field(e, "asprinted"));
		assert_int_equal(n->number, i);
		assert_ptr_equal(e->node, n);
	}
	assert_string_equal(doc_value(listed(10), "marker"), "۱۰.");
	assert_string_equal(doc_id(listed(4)), "ref-زمانی۱۳۹۵");
	assert_ptr_equal(map_get(&d.ids, "ref-زمانی۱۳۹۵",
	    strlen("ref-زمانی۱۳۹۵")), listed(4));
}

static void
authors(void **state)
{
	(void)state;
	load("author-date-fa");
	prints("@two", "(الف و ب، ۱۳۸۰)");
	prints("@three", "(الف و همکاران، ۱۳۸۰)");
	prints("@others", "(ت و همکاران، ۱۳۸۰)");
	prints("@bare", "(بی پدیدآور، بی‌تا)");
	prints("-@bare", "(بی‌تا)");
}

static void
equal_years(void **state)
{
	(void)state;
	load("author-date-fa");
	prints("@a;@b", "(احمدی، ۱۳۹۰الف؛ احمدی، ۱۳۹۰ب)");
	/* Another man of that name is told apart as well. */
	prints("@c||۵", "(احمدی، ۱۳۹۰پ: ۵)");
	prints("@d", "(احمدی، ۱۳۹۱)");
	all_refs_here();
	resolve();
	fresh_tree();
	all_refs_here();
	resolve();
	assert_string_equal(plain(listed(2)),
	    "احمدی، رضا (۱۳۹۰ب). دو. p.");
}

static const char *const twins_bib =
    "@book{a1, author={احمدی, رضا}, title={الف}, publisher={پ}, year=1390}\n"
    "@book{a2, author={احمدی, رضا}, title={ب}, publisher={پ}, year={۱۳۹۰}}\n"
    "@book{a3, author={احمدی, رضا}, title={پ}, publisher={پ}, "
    "date={1390-02}}\n"
    "@book{k1, author={كريمي, رضا}, title={ت}, publisher={پ}, year=1370}\n"
    "@book{k2, author={کریمی, رضا}, title={ث}, publisher={پ}, year=1370}\n"
    "@book{n1, author={نقی, رضا}, title={ت}, publisher={پ}}\n"
    "@book{n2, author={نقی, رضا}, title={ث}, publisher={پ}}\n"
    "@book{l1, author={Roy, O.}, title={T}, publisher={P}}\n"
    "@book{l2, author={Roy, O.}, title={U}, publisher={P}}\n"
    "@book{s, author={تنها, ت}, title={ت}, publisher={پ}}\n"
    "@book{p1, author={پری, رضا}, title={ت}, publisher={پ}, year=1370, "
    "asprinted={پری، رضا (۱۳۷۰ الف). ت.}}\n"
    "@book{p2, author={پری, رضا}, title={ث}, publisher={پ}, year=1370, "
    "asprinted={پری، رضا (۱۳۷۰). ث.}}\n";

static int
twins(void **state)
{
	fresh(state);
	read_bib(twins_bib);
	return 0;
}

/* Digits of two keyboards are one year, letters of two one name; and works
 * without a year are told apart as well. */
static void
equal_to_the_eye(void **state)
{
	(void)state;
	style = cite_style_load(&arena, &dg,
	    "styles/citations/author-date-fa.yaml", NULL, 0);
	prints("@a1;@a2;@a3", "(احمدی، ۱۳۹۰الف؛ احمدی، ۱۳۹۰ب؛ احمدی، "
	    "۱۳۹۰پ)");
	prints("@k1;@k2", "(كريمي، ۱۳۷۰الف؛ کریمی، ۱۳۷۰ب)");
	prints("@n1;@n2||۵", "(نقی، بی‌تا الف؛ نقی، بی‌تا ب: ۵)");
	prints("@l1;@l2", "(Roy, n.d.-a؛ Roy, n.d.-b)");
	prints("@s", "(تنها، بی‌تا)");
	all_refs_here();
	resolve();
	fresh_tree();
	all_refs_here();
	cite("@n1;@n2;@l2;@s;@a2;@p1;@p2");
	resolve();
	assert_string_equal(plain(listed(2)), "احمدی، رضا (۱۳۹۰ب). ب. پ.");
	assert_string_equal(plain(listed(6)), "نقی، رضا (بی‌تا الف). ت. پ.");
	assert_string_equal(plain(listed(9)), "Roy, O. (n.d.-b). U. P.");
	assert_string_equal(plain(listed(10)), "تنها، ت. ت. پ.");
	/* A line that stands as it is says the letter, or it is told. */
	said_at("BIB013", 12, 1, "entry “p2” is cited as ۱۳۷۰ب, but its line, "
	    "printed as it stands, does not say so");
}

/* Latin entries: their own words and digits, from left to right. */
static void
latin(void **state)
{
	struct doc_node *n, *link, *span;

	(void)state;
	load("author-date-fa");
	prints("@en||۳۵۲", "(Olcott et al., 1981: 352)");
	prints("@en2", "(von Braun, 1960)");
	fresh_tree();
	n = cite("@a;@en");
	all_refs_here();
	resolve();
	link = n->last->prev;
	assert_int_equal(link->kind, DOC_LINK);
	span = link->first;
	assert_int_equal(span->kind, DOC_SPAN);
	assert_string_equal(doc_value(span, "dir"), "ltr");
	assert_string_equal(doc_value(span, "lang"), "en");
	/* An entry of the list is a block that runs so as a whole. */
	assert_string_equal(doc_value(listed(8), "dir"), "ltr");
	assert_string_equal(doc_value(listed(8), "lang"), "en");
	assert_null(doc_value(listed(1), "dir"));
	assert_string_equal(plain(listed(8)), "Olcott, Martha B.; Roy, "
	    "Olivier; X, Y (1981). The Basmachi. Soviet Studies, vol.~33, "
	    "no.~3, pp.~352–369.");
	assert_string_equal(plain(listed(9)), "von Braun, W. (1960). X. P.");
}

static void
links(void **state)
{
	struct doc_node *n;

	(void)state;
	load("author-date-fa");
	n = cite("@زمانی۱۳۹۵||۷۱;@تسنیم۱۳۹۷");
	resolve();
	assert_int_equal(n->first->kind, DOC_TEXT);
	assert_int_equal(n->first->next->kind, DOC_LINK);
	assert_string_equal(n->first->next->url, "#ref-زمانی۱۳۹۵");
	assert_string_equal(plain(n->first->next), "زمانی، ۱۳۹۵: ۷۱");
	assert_string_equal(n->last->prev->url, "#ref-تسنیم۱۳۹۷");
	/* No place was given: the list stands at the end. */
	assert_int_equal(d.root->last->kind, DOC_REFS);
	assert_int_equal(d.root->last->first->kind, DOC_REF_ENTRY);
}

/* --------------------------------------------------------------- numbers */

static void
numbers(void **state)
{
	struct doc_node *n[6];

	(void)state;
	load("numeric-fa");
	n[0] = cite("@تسنیم۱۳۹۷");
	n[1] = cite("@زمانی۱۳۹۵|ص|۵۸");
	n[2] = cite("@طوغان۱۳۷۵;@تسنیم۱۳۹۷;@زمانی۱۳۹۵");
	n[3] = cite("@طوغان۱۳۷۵;@تسنیم۱۳۹۷");
	n[4] = cite("@طوغان۱۳۷۵;@تسنیم۱۳۹۷||۵–۷");
	n[5] = cite("+@زمانی۱۳۹۵");
	all_refs_here();
	resolve();
	assert_string_equal(plain(n[0]), "[۱]");
	assert_string_equal(plain(n[1]), "[۲، ص~۵۸]");
	assert_string_equal(plain(n[2]), "[۱–۳]");
	assert_string_equal(plain(n[3]), "[۱، ۳]");
	assert_string_equal(plain(n[4]), "[۳؛ ۱، ص~۵–۷]");
	assert_string_equal(plain(n[5]), "زمانی [۲]");
	assert_string_equal(doc_value(listed(1), "marker"), "[۱]");
	assert_string_equal(plain(listed(2)), "زمانی محبوب، حبیب (۱۳۹۵). روند "
	    "اسلام‌ستیزی بلشویک‌ها در آسیای مرکزی. مجله خراسان بزرگ، سال "
	    "هفتم، شماره ۲۴ (خزان).");
}

/* ----------------------------------------------------------------- notes */

static void
notes(void **state)
{
	struct doc_node *n;

	(void)state;
	load("footnote-fa");
	n = cite("@زمانی۱۳۹۵||۷۱");
	cite("@زمانی۱۳۹۵|ص|۷۲");
	cite("@زمانی۱۳۹۵|ص|۷۲");
	cite("@زمانی۱۳۹۵");
	cite("@ایوبزاده۲۰۰۶||۵۹");
	cite("@زمانی۱۳۹۵||۷۳");
	cite("@زمانی۱۳۹۵||۷۴;@ایوبزاده۲۰۰۶||۶۱");
	cite("@ایوبزاده۲۰۰۶||۶۱");
	cite("@ایوبزاده۲۰۰۶||۶۲;@ایوبزاده۲۰۰۶||۶۳");
	resolve();
	assert_int_equal(n->first->kind, DOC_NOTE_REF);
	assert_int_equal(n->first->target->kind, DOC_NOTE);
	assert_int_equal(n->first->target->number, 1);
	/* The mark stands at its word. */
	assert_string_equal(plain(n->prev), "واژه");
	assert_string_equal(note(1), "حبیب زمانی محبوب، «روند اسلام‌ستیزی "
	    "بلشویک‌ها در آسیای مرکزی»، مجله خراسان بزرگ، سال هفتم، شماره ۲۴ "
	    "(خزان ۱۳۹۵)، ص~۷۱.");
	assert_string_equal(note(2), "همان، ص~۷۲.");
	assert_string_equal(note(3), "همان‌جا.");
	assert_string_equal(note(4), "همان.");
	assert_string_equal(note(5), "سلیم ایوب‌زاده، تاجیکان در قرن بیستم "
	    "(آلمان: نشر نیما، ۲۰۰۶)، ص~۵۹.");
	assert_string_equal(note(6), "زمانی، «روند اسلام‌ستیزی بلشویک‌ها در "
	    "آسیای…»، ص~۷۳.");
	assert_string_equal(note(7), "همان، ص~۷۴؛ ایوب‌زاده، «تاجیکان در قرن "
	    "بیستم»، ص~۶۱.");
	/* The note before had two sources: «همان» would be no answer. */
	assert_string_equal(note(8), "ایوب‌زاده، «تاجیکان در قرن بیستم»، "
	    "ص~۶۱.");
	assert_string_equal(note(9), "همان، ص~۶۲؛ همان، ص~۶۳.");
}

static void
latin_notes(void **state)
{
	(void)state;
	load("footnote-fa");
	cite("@en||352");
	cite("@en|ص|۳۵۳–۳۵۵");
	cite("@en2;@a");
	cite("@en");
	resolve();
	assert_string_equal(note(1), "Martha B. Olcott, Olivier Roy and Y X, "
	    "“The Basmachi”, Soviet Studies, vol.~33, no.~3 (1981), p.~352.");
	assert_string_equal(note(2), "Ibid., pp.~353–355.");
	assert_string_equal(doc_value(d.note_root->first, "dir"), "ltr");
	assert_string_equal(doc_value(d.note_root->last->prev, "dir"), "rtl");
	assert_string_equal(note(4), "Olcott et al., “The Basmachi”.");
}

/* An author's own footnote: sources inside it are printed there, and a note
 * between two citations ends what «همان» could mean. */
static void
notes_of_the_author(void **state)
{
	struct doc_node *p, *ref, *own, *inside;

	(void)state;
	load("footnote-fa");
	cite("@زمانی۱۳۹۵||۷۱");
	p = doc_new(&d, DOC_PARA, NOPOS);
	doc_append(d.root, p);
	ref = doc_new(&d, DOC_NOTE_REF, NOPOS);
	own = doc_new(&d, DOC_NOTE, NOPOS);
	ref->text = own->text = "mine";
	ref->len = own->len = 4;
	ref->target = own;
	*map_put(&d.notes, "mine", 4) = own;
	doc_append(p, ref);
	doc_append(d.note_root, own);
	p = doc_new(&d, DOC_PARA, NOPOS);
	doc_append(own, p);
	doc_append(p, doc_text(&d, "نیز ", strlen("نیز "), NOPOS));
	inside = cite_in(p, "@زمانی۱۳۹۵||۷۲", NOPOS);
	cite("@زمانی۱۳۹۵||۷۳");
	cite("@ایوبزاده۲۰۰۶");
	resolve();
	assert_string_equal(plain(inside), "همان، ص~۷۲");
	assert_string_equal(note(2), "نیز همان، ص~۷۲");
	assert_string_equal(note(3), "همان، ص~۷۳.");
	assert_int_equal(own->number, 2);
}

/* A note that calls itself, and one called twice, are read once. */
static void
notes_in_a_circle(void **state)
{
	struct doc_node *p = doc_new(&d, DOC_PARA, NOPOS), *ref, *own;
	int i;

	(void)state;
	load("author-date-fa");
	own = doc_new(&d, DOC_NOTE, NOPOS);
	own->text = "n";
	own->len = 1;
	*map_put(&d.notes, "n", 1) = own;
	doc_append(d.note_root, own);
	doc_append(own, p);
	cite_in(p, "@زمانی۱۳۹۵", NOPOS);
	for (i = 0; i < 3; i++) {
		ref = doc_new(&d, DOC_NOTE_REF, NOPOS);
		ref->text = "n";
		ref->len = 1;
		ref->target = own;
		if (i > 0) {
			p = doc_new(&d, DOC_PARA, NOPOS);
			doc_append(d.root, p);
		}
		doc_append(p, ref);
	}
	resolve();
	assert_int_equal(entry("زمانی۱۳۹۵")->ncited, 1);
}

/* -------------------------------------------------------------- messages */

static void
booklet_messages(void **state)
{
	static const char *const cited[] = { "زمانی۱۳۹۵", "چالیشکان۱۳۹۹",
		"ایوبزاده۲۰۰۶", "آریانفر۱۳۸۷", "تسنیم۱۳۹۷", "فیضزاد۱۳۷۲",
		"طبرستانی۱۳۹۳" };
	const struct diag_msg *m = NULL;
	char spec[64];
	size_t i;

	(void)state;
	load("author-date-fa");
	for (i = 0; i < NELEM(cited); i++) {
		snprintf(spec, sizeof(spec), "@%s", cited[i]);
		cite(spec);
	}
	all_refs_here();
	resolve();
	/* 6, 7 and 10 are never cited. */
	assert_int_equal(said("BIB002", &m), 3);
	assert_string_equal(m->text, "entry “طوغان۱۳۷۵” is never cited");
	assert_string_equal(dg.files[m->pos.file], REFERENCES);
	assert_int_equal(m->pos.line, entry("طوغان۱۳۷۵")->pos.line);
	assert_non_null(strstr(m->next->text, "طوغان۱۳۸۷"));
	assert_non_null(strstr(m->next->next->text, "فریزر۱۳۹۴"));
	/* The list is printed as it stands, so no field is missed. */
	assert_int_equal(said("BIB003", NULL), 0);
	assert_int_equal(said("BIB007", &m), 1);
	assert_string_equal(m->text, "“آرین‌فر” in the text, but entry "
	    "“آریانفر۱۳۸۷” has “آریان‌فر”");
	assert_int_equal(dg.worst, DIAG_WARNING);
}

static void
unknown_keys(void **state)
{
	struct doc_node *n;
	const struct diag_msg *m = NULL;

	(void)state;
	load("author-date-fa");
	n = cite("@زمان۱۳۹۵|ص|۷۱;@تسنیم۱۳۹۷");
	resolve();
	assert_string_equal(plain(n), "(@زمان۱۳۹۵، ص ۷۱؛ خبرگزاری تسنیم، "
	    "۱۳۹۷)");
	assert_int_equal(said("BIB001", &m), 1);
	assert_string_equal(m->text, "no entry “زمان۱۳۹۵” in the "
	    "bibliography; printed as “@زمان۱۳۹۵”; did you mean "
	    "“زمانی۱۳۹۵”?");
	assert_int_equal(m->pos.line, n->pos.line);
	assert_int_equal(m->pos.col, 6);
	fresh_tree();
	load("numeric-fa");
	prints("@nobody;@زمانی۱۳۹۵", "[@nobody؛ ۱]");
	fresh_tree();
	load("footnote-fa");
	cite("@nobody");
	resolve();
	assert_string_equal(note(1), "@nobody.");
}

static void
missing_fields(void **state)
{
	const struct diag_msg *m = NULL;

	(void)state;
	load("numeric-fa");
	cite("@زمانی۱۳۹۵");
	all_refs_here();
	resolve();
	/* 3 has no title, 8 no address, 9 no publisher. */
	assert_int_equal(said("BIB003", &m), 3);
	assert_string_equal(m->text, "entry “چالیشکان۱۳۹۹” (article) has no "
	    "title; left out of the list's line");
}

static void
name_before_the_citation(void **state)
{
	struct doc_node *p;
	const struct diag_msg *m = NULL;

	(void)state;
	load("author-date-fa");
	p = doc_new(&d, DOC_PARA, NOPOS);
	doc_append(d.root, p);
	doc_append(p, doc_text(&d, "به باور چالشکان ",
	    strlen("به باور چالشکان "), NOPOS));
	cite_in(p, "-@چالیشکان۱۳۹۹", (struct pos){7, 3, 0});
	doc_append(p, doc_text(&d, " و چالیشکان ", strlen(" و چالیشکان "),
	    NOPOS));
	cite_in(p, "-@چالیشکان۱۳۹۹", (struct pos){8, 3, 0});
	doc_append(p, doc_text(&d, " او ", strlen(" او "), NOPOS));
	cite_in(p, "-@چالیشکان۱۳۹۹", (struct pos){9, 3, 0});
	/* An abbreviation of a body is no misspelling. */
	read_bib("@misc{un, author={{سازمان ملل متحد}}, shortauthor={سمم}, "
	    "title={x}}");
	cite("@un");
	resolve();
	assert_int_equal(said("BIB007", &m), 1);
	assert_string_equal(m->text, "“چالشکان” in the text, but entry "
	    "“چالیشکان۱۳۹۹” has “چالیشکان”");
	assert_int_equal(m->pos.line, 7);
}

/* Words before a citation without its author, and what is said of them. */
static void
words_before(void **state)
{
	static const struct { const char *word, *spec; int n; } cases[] = {
		{"«احمدی» ", "-@a", 0}, {"احمدی، ", "-@a", 0},
		{"(احمدي) ", "-@a", 0}, {"اَحمدی: ", "-@a", 0},
		{"زاده ", "-@z", 0}, {"محمدی ", "-@z", 0},
		{"محمدی‌پور ", "-@p", 0}, {"محمدیپور ", "-@p", 0},
		{"جمالی ", "-@e", 0}, {"او ", "-@a", 0}, {"چنین ", "-@a", 0},
		{"احمدلی ", "-@a", 1},
		/* Another entry's author: is it the key that is wrong? */
		{"حافظ ", "-@a", 1}, {"«حافظ»، ", "-@a", 1},
		{"حافظ ", "-@h", 0},
	};
	struct doc_node *p;

	(void)state;
	read_bib("@book{a, author={احمدی, ر}, title={ت}, publisher={پ}, "
	    "year=1390}\n"
	    "@book{z, author={محمدی زاده, ر}, title={ت}, publisher={پ}, "
	    "year=1390}\n"
	    "@book{p, author={محمدی‌پور, ر}, title={ت}, publisher={پ}, "
	    "year=1390}\n"
	    "@book{e, author={سعدی, ر}, editor={جمالی, ج}, title={ت}, "
	    "publisher={پ}, year=1390}\n"
	    "@book{h, author={حافظ}, title={دیوان}, publisher={پ}, "
	    "year=1390}\n");
	load("author-date-fa");
	for (size_t i = 0; i < NELEM(cases); i++) {
		fresh_tree();
		p = doc_new(&d, DOC_PARA, NOPOS);
		doc_append(d.root, p);
		doc_append(p, doc_text(&d, cases[i].word,
		    strlen(cases[i].word), NOPOS));
		cite_in(p, cases[i].spec, (struct pos){7, 3, 0});
		resolve();
		if (said("BIB007", NULL) != cases[i].n)
			print_error("%s%s\n", cases[i].word, cases[i].spec);
		assert_int_equal(said("BIB007", NULL), cases[i].n);
	}
}

/* What `nocite` names stands in a list of cited entries, and is still
 * reported as never cited. */
static void
nocite(void **state)
{
	char path[] = "/tmp/dabir-cite-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "list: {show: cited, entries: title}", 35),
	    35);
	close(fd);
	style = cite_style_load(&arena, &dg, path, NULL, 0);
	unlink(path);
	doc_meta_add(&d, "nocite", "@طوغان۱۳۸۷; @nix, @طوغان۱۳۷۵", NOPOS);
	cite("@زمانی۱۳۹۵");
	resolve();
	/* Two that are listed; seven more in one word. */
	assert_int_equal(said("BIB002", NULL), 2);
	said_at("BIB014", 6, 1, "7 entries are never cited and not listed "
	    "(the first is “آریانفر۱۳۸۷”)");
	assert_int_equal(said("BIB001", NULL), 1);
	assert_string_equal(doc_id(listed(1)), "ref-زمانی۱۳۹۵");
	assert_string_equal(doc_id(listed(3)), "ref-طوغان۱۳۸۷");
	assert_null(listed(3)->next);
	fresh_tree();
	doc_meta_add(&d, "nocite", "@*", NOPOS);
	refs_here();
	resolve();
	assert_int_equal(d.root->last->last->number, 0);
	assert_ptr_equal(listed(10), d.root->last->last);
}

/* A list holds what is cited, unless the book says otherwise. */
static void
list_of_the_cited(void **state)
{
	static const char *const styles[] = { "author-date-fa", "numeric-fa",
		"footnote-fa" };

	(void)state;
	for (size_t i = 0; i < NELEM(styles); i++) {
		fresh_tree();
		load(styles[i]);
		cite("@زمانی۱۳۹۵;@آریانفر۱۳۸۷");
		refs_here();
		resolve();
		assert_null(listed(2)->next);
		fresh_tree();
		doc_meta_add(&d, "reference-list", "all", NOPOS);
		cite("@زمانی۱۳۹۵");
		refs_here();
		resolve();
		assert_null(listed(10)->next);
	}
	fresh_tree();
	doc_meta_add(&d, "reference-list", "some", (struct pos){3, 5, 0});
	cite("@زمانی۱۳۹۵");
	refs_here();
	resolve();
	assert_null(listed(1)->next);
	said_at("STY002", 3, 5, "“reference-list” must be cited or all, not "
	    "“some”; the default cited stands");
}

static void
no_bibliography(void **state)
{
	struct doc_node *n;

	(void)state;
	load("author-date-fa");
	n = cite("@a;@b");
	all_refs_here();
	resolve();
	assert_string_equal(plain(n), "(@a؛ @b)");
	assert_int_equal(said("BIB001", NULL), 2);
}

/* A style that cannot be read leaves the keys, and nothing falls over. */
static void
no_style(void **state)
{
	struct doc_node *n;

	(void)state;
	n = cite("@زمانی۱۳۹۵|ص|۵;+@nobody");
	refs_here();
	resolve();
	assert_string_equal(plain(n), "[زمانی۱۳۹۵; @nobody]");
	assert_string_equal(plain(listed(1)), "زمانی۱۳۹۵");
}

/* -------------------------------------------------------------- way back */

static void
backlinks(void **state)
{
	struct doc_node *n, *span;
	char path[] = "/tmp/dabir-cite-XXXXXX";
	FILE *f;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	f = fdopen(fd, "w");
	fputs("kind: numeric\ncitation: {open: '[', close: ']', collapse: 3, "
	    "item: entry-number}\nlist: {order: cited, backlinks: true, "
	    "entries: title}\n", f);
	fclose(f);
	style = cite_style_load(&arena, &dg, path, NULL, 0);
	unlink(path);
	cite("@a;@b;@c");
	n = cite("@b");
	all_refs_here();
	resolve();
	assert_string_equal(doc_id(n->first->next), "cite-b-2");
	assert_ptr_equal(map_get(&d.ids, "cite-b-2", 8), n->first->next);
	span = listed(2)->last;
	assert_true(doc_has_class(span, "backlinks"));
	/* The range passed over b: its way back leads to where it begins. */
	assert_string_equal(span->first->next->url, "#cite-a-1");
	assert_string_equal(span->last->url, "#cite-b-2");
	assert_string_equal(plain(span->last), "۲");
	assert_int_equal(listed(4)->last->kind, DOC_TEXT);	/* not cited */
}

/* ----------------------------------------------------------------- kinds */

static void
kinds(void **state)
{
	(void)state;
	cite_read_file(&bib, &dg, "tests/cite/kinds.bib", NOPOS);
	load("author-date-fa");
	all_refs_here();
	resolve();
	assert_string_equal(plain(listed(1)), "Olcott, Martha B. (2000). “A "
	    "Chapter”, in The Whole, ed. Olivier Roy, pp.~10–20. London: "
	    "Hurst.");
	assert_string_equal(plain(listed(3)), "احمدی، رضا (۱۳۸۰). رساله. "
	    "رسالهٔ دکتری. دانشگاه تهران.");
	assert_string_equal(plain(listed(4)), "خبرگزاری (۱۳۹۹). خبر. بازدید "
	    "در ۳ اردیبهشت ۱۴۰۰. https://example.org/");
	assert_string_equal(plain(listed(5)), "A, B (1999). C, no.~5. D. "
	    "10.1000/182");
	assert_string_equal(plain(listed(6)),
	    "د، ه (۱۳۸۰، ۳ حمل). ه. روزنامه.");
}

static void
afghan_months(void **state)
{
	(void)state;
	read_bib("@online{x, author={ا, ب}, title={ت}, date={1399-11-02}, "
	    "url={https://e.org}}");
	load("author-date-fa");
	doc_meta_add(&d, "lang", "fa-AF", NOPOS);
	all_refs_here();
	resolve();
	assert_string_equal(plain(listed(1)),
	    "ا، ب (۱۳۹۹، ۲ دلو). ت. https://e.org");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(as_the_source_has_it, source),
		cmocka_unit_test_setup(list_as_printed, source),
		cmocka_unit_test_setup(authors, small),
		cmocka_unit_test_setup(equal_years, small),
		cmocka_unit_test_setup(equal_to_the_eye, twins),
		cmocka_unit_test_setup(latin, small),
		cmocka_unit_test_setup(links, source),
		cmocka_unit_test_setup(numbers, source),
		cmocka_unit_test_setup(notes, source),
		cmocka_unit_test_setup(latin_notes, small),
		cmocka_unit_test_setup(notes_of_the_author, source),
		cmocka_unit_test_setup(notes_in_a_circle, source),
		cmocka_unit_test_setup(booklet_messages, source),
		cmocka_unit_test_setup(unknown_keys, source),
		cmocka_unit_test_setup(missing_fields, source),
		cmocka_unit_test_setup(name_before_the_citation, source),
		cmocka_unit_test_setup(words_before, fresh),
		cmocka_unit_test_setup(nocite, source),
		cmocka_unit_test_setup(list_of_the_cited, source),
		cmocka_unit_test_setup(no_bibliography, fresh),
		cmocka_unit_test_setup(no_style, source),
		cmocka_unit_test_setup(backlinks, small),
		cmocka_unit_test_setup(kinds, fresh),
		cmocka_unit_test_setup(afghan_months, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, fresh);
}
