/*
 * Clusters: what is never parted, what is not seen, what the face lacks;
 * and the faces that draw them. Dumps are of Parastoo 3.000.
 */
#include "shaping.h"

static const char *const families[] = { "Parastoo", "Gentium Book Plus",
	"Scheherazade New" };

static struct shaping t;
static bool there;

static int
set_up(void **state)
{
	(void)state;
	there = shaping_open(&t, families, NELEM(families));
	t.rules.kashida = false;
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shaping_close(&t);
	return 0;
}

/*
 * One line a run, "level face: clusters", a cluster being its text and its
 * flags in brackets. Glyph numbers are left out: they are the font's.
 */
static const char *
outline(const struct shape_para *p)
{
	static const struct { unsigned bit; char c; } names[] = {
		{ SHAPE_SPACE, 'S' }, { SHAPE_IGNORABLE, 'I' },
		{ SHAPE_MISSING, 'M' }, { SHAPE_TATWEEL, 'T' },
		{ SHAPE_NEUTRAL, 'N' }, { SHAPE_DIGIT, 'D' },
		{ SHAPE_OBJECT, 'O' }, { SHAPE_FORCED, 'F' }
	};
	struct buf out = {0};
	uint32_t i, k, at = 0;
	size_t j;
	const char *s;

	shaping_check(p);
	for (i = 0; i < p->nruns; i++) {
		buf_printf(&out, "%s%u %s:", i == 0 ? "" : " ",
		    p->runs[i].level, font_family(p->runs[i].face));
		for (k = 0; k < p->runs[i].nclusters; k++) {
			const struct shape_cluster *cl =
			    &p->clusters[p->runs[i].cluster + k];

			buf_char(&out, ' ');
			buf_add(&out, p->text + at, cl->len);
			at += cl->len;
			for (j = 0; j < NELEM(names); j++)
				if (cl->flags & names[j].bit)
					buf_printf(&out, "%c", names[j].c);
			if (cl->nglyph != 1)
				buf_printf(&out, "%u", cl->nglyph);
		}
	}
	s = arena_strn(&t.a, out.p, out.n);
	buf_free(&out);
	return s;
}

struct row {
	const char *text, *seen;
};

static void
rows(const struct row *row, size_t n)
{
	size_t i;

	if (!there)
		skip();
	for (i = 0; i < n; i++)
		assert_string_equal(outline(shaping_text(&t, row[i].text)),
		    row[i].seen);
}

#define ROWS(name, ...)							\
	static void							\
	name(void **state)						\
	{								\
		static const struct row row[] = { __VA_ARGS__ };	\
									\
		(void)state;						\
		rows(row, NELEM(row));					\
	}

ROWS(marks_and_ligatures,
    { "بَرّ", "1 Parastoo: بَ2 رّ2" },
    { "سلام", "1 Parastoo: س لا م" },
    { "سَلَّام", "1 Parastoo: سَ2 لَّا2 م" },
    /* Heh with hamza, one character or two. */
    { "خانۀ", "1 Parastoo: خ ا ن ۀ" },
    { "خانهٔ", "1 Parastoo: خ ا ن هٔ" },
    /* A mark with nothing before it. */
    { "\u064eب", "1 Parastoo: \u064e ب" },
    { "ب \u064eب", "1 Parastoo: ب  SN \u064e ب" },
    { "fi", "2 Parastoo: fi" })

/* What is not seen belongs to what stands before it and draws nothing. */
ROWS(unseen,
    { "می‌رود", "1 Parastoo: م ی\u200c ر و د" },
    { "\u200cب", "1 Parastoo: \u200cI0 ب" },
    { "ب\u200f\u200e\u2067ج\u2069", "1 Parastoo: ب\u200f\u200e\u2067 3 Parastoo: ج\u2069" },
    { "ب\u00adج", "1 Parastoo: ب\u00ad ج" },
    { "\u200f", "1 Parastoo: \u200fI0" },
    { "ب\nج", "1 Parastoo: ب \nI0 جF" },
    { "ب \u200cج", "1 Parastoo: ب  \u200cSN ج" })

ROWS(spaces,
    { "ب ج", "1 Parastoo: ب  SN ج" },
    { "ب\u00a0ج", "1 Parastoo: ب \u00a0SN ج" },
    /* Thin spaces and tabs do not stretch. */
    { "ب\u2009ج", "1 Parastoo: ب \u2009N ج" },
    { "ب\u202fج", "1 Parastoo: ب \u202fN ج" },
    { "ب\tج", "1 Parastoo: ب \tN ج" })

ROWS(digits_and_neutrals,
    { "۱۲٫۵", "2 Parastoo: ۱D ۲D ٫D ۵D" },
    { "ب:۵", "1 Parastoo: ب :N 2 Parastoo: ۵D" },
    { "ب−.،ـ", "1 Parastoo: ب −N .N ،N ـT" })

/* The whole word comes from the companion, with its comma and space. */
ROWS(fallback,
    { "در Ṭāhir (Qurbān), Ḥ بود",
      "1 Parastoo: د ر  SN 2 Gentium Book Plus: Ṭ ā h i r  SN (N Q u r b "
      "ā n )N ,N  SN Ḥ 1 Parastoo:  SN ب و د" },
    { "در Tahir بود",
      "1 Parastoo: د ر  SN 2 Parastoo: T a h i r 1 Parastoo:  SN ب و د" },
    /* Joined letters never come from two faces. */
    { "گټلی ها",
      "1 Scheherazade New: گ ټ ل ی 1 Parastoo:  SN ه ا" },
    /* What the face has in parts, or whole for parts. */
    { "e\u0301", "2 Parastoo: e\u0301" })

static void
no_fallback_for_the_unseen(void **state)
{
	static const char *const alone[] = { "Parastoo" };
	struct shaping one;

	(void)state;
	if (!there)
		skip();
	assert_true(shaping_open(&one, alone, 1));
	/* Thin spaces, joiners, marks of direction, a hyphen. */
	assert_string_equal(outline(shaping_text(&one,
	    "ب\u2009\u200c\u200f\u2060ج\u2010\u00ad")),
	    "1 Parastoo: ب \u2009\u200c\u200f\u2060N ج ‐\u00adN");
	assert_int_equal(one.dg.ncount[DIAG_INFO] +
	    one.dg.ncount[DIAG_ERROR], 0);
	shaping_close(&one);
}

static int
said(const struct diag *dg, const char *code, const char *part)
{
	const struct diag_msg *m;
	int n = 0;

	for (m = dg->first; m != NULL; m = m->next)
		n += strcmp(m->code, code) == 0 &&
		    strstr(m->text, part) != NULL;
	return n;
}

static struct pos
place(void *arg, uint32_t offset)
{
	(void)arg;
	return (struct pos){ 7, offset + 1, 0 };
}

static void
messages(void **state)
{
	const char *text = "Ḥ گټل گټل \U00012000 \U00012000";
	struct shape_span span = { .end = (uint32_t)strlen(text) };
	struct shaping one;
	struct shape_para *p;
	const struct diag_msg *m;

	(void)state;
	if (!there || !shaping_open(&one, families, NELEM(families)))
		skip();
	span.style = &one.style;
	p = shape_text(one.c, &one.a, &one.dg, text, strlen(text), &span, 1,
	    1, &one.rules, place, NULL);
	shaping_check(p);
	/* The Latin companion is no news; the rest is told once. */
	assert_int_equal(said(&one.dg, "TXT002", "Ḥ"), 0);
	assert_int_equal(said(&one.dg, "TXT002", "ټ"), 1);
	assert_int_equal(said(&one.dg, "TXT002", "گ"), 0);
	assert_int_equal(said(&one.dg, "TXT001", "U+12000"), 1);
	for (m = one.dg.first; m != NULL; m = m->next)
		if (strcmp(m->code, "TXT001") == 0)
			assert_int_equal(m->pos.col,
			    strlen("Ḥ گټل گټل ") + 1);
	assert_true(p->clusters[p->nclusters - 1].flags & SHAPE_MISSING);
	/* The next paragraph says it again, at its own place. */
	text = "ب ټب";
	span.end = (uint32_t)strlen(text);
	shape_text(one.c, &one.a, &one.dg, text, strlen(text), &span, 1, 1,
	    &one.rules, place, NULL);
	assert_int_equal(said(&one.dg, "TXT002", "ټ"), 2);
	/* A foreign word is told once, with the count of its letters. */
	text = "از ټڅځړټ";
	span.end = (uint32_t)strlen(text);
	diag_free(&one.dg);
	memset(&one.dg, 0, sizeof(one.dg));
	shape_text(one.c, &one.a, &one.dg, text, strlen(text), &span, 1, 1,
	    &one.rules, place, NULL);
	assert_int_equal(one.dg.ncount[DIAG_INFO], 1);
	assert_int_equal(said(&one.dg, "TXT002", ": 4,"), 1);
	assert_int_equal(one.dg.first->pos.col, strlen("از ") + 1);
	shaping_close(&one);
}

/* Parastoo's «الله» misplaces marks; without marks the ligature stays. */
static void
allah(void **state)
{
	struct shape_para *p;
	const struct shape_glyph *g;

	(void)state;
	if (!there)
		skip();
	p = shaping_text(&t, "الله");
	assert_int_equal(p->nglyphs, 1);
	p = shaping_text(&t, "بلا اللهِ لا");
	assert_string_equal(outline(p),
	    "1 Parastoo: ب لا  SN ا ل ل هِ2  SN لا");
	/* The kasra belongs to the heh, under its middle. */
	g = &p->glyphs[p->nglyphs - 4];
	assert_true(g[0].dx < 0 && -g[0].dx < g[1].adv);
}

static void
objects(void **state)
{
	const char *text = "ب \ufffc ج";
	struct shape_span v[2] = {
		{ .end = (uint32_t)strlen(text), .style = &t.style },
		{ .start = 3, .end = 6, .style = &t.style,
		  .is_object = true, .width = PT(40) }
	};
	struct shape_para *p;

	(void)state;
	if (!there)
		skip();
	p = shaping_spans(&t, text, v, 2);
	assert_string_equal(outline(p),
	    "1 Parastoo: ب  SN 1 Parastoo: \ufffcNO0 1 Parastoo:  SN ج");
	assert_int_equal(p->clusters[2].adv, PT(40));
}

/* A letter under more marks than a cluster's counters hold. */
static void
absurd_marks(void **state)
{
	struct buf text = {0};
	struct shape_para *p;
	int i;

	(void)state;
	if (!there)
		skip();
	buf_str(&text, "ب");
	for (i = 0; i < 1000; i++)
		buf_str(&text, i % 3 == 0 ? "\u064e" : "\u0651");
	buf_str(&text, "ج");
	p = shaping_text(&t, text.p);
	shaping_check(p);
	assert_true(p->nclusters >= 9);
	assert_true(p->nglyphs > 255);
	buf_free(&text);
}

static void
size_and_features(void **state)
{
	static const uint16_t scale[] = { 1000, 850, 1100 };
	struct shape_style st = t.style, *was = &t.style, keep = t.style;
	struct shape_para *p;
	uint32_t i;

	(void)state;
	if (!there)
		skip();
	st.scale = scale;
	st.tracking = PT(1);
	t.style = st;
	p = shaping_text(&t, "Ḥm با");
	assert_int_equal(p->runs[0].size, PT(8.5));
	assert_int_equal(p->runs[1].size, PT(10));
	/* One point more after a Latin letter, none in joined ones. */
	i = (uint32_t)font_advance(p->runs[0].face, p->glyphs[1].gid);
	assert_int_equal(p->clusters[1].adv - (int)i,
	    muldiv(PT(1), font_metrics(p->runs[0].face)->upem, PT(8.5)));
	assert_int_equal(p->clusters[3].adv,
	    font_advance(p->runs[1].face, p->glyphs[3].gid));
	/* A feature string, good and bad parts. */
	t.style.tracking = 0;
	t.style.features = "-liga,nonsense=,rlig=0";
	assert_string_equal(outline(shaping_text(&t, "لا fi")),
	    "1 Parastoo: ل ا  SN 2 Parastoo: f i");
	*was = keep;
}

/* A face that stands in is as large as the first looks; what the style says
 * of its size counts more. */
static void
size_of_companions(void **state)
{
	static const char *const latin[] = { "Gentium Book Plus", "Parastoo" };
	uint16_t scale[64] = { 1000 };
	struct shape_para *p;
	struct shaping s;

	(void)state;
	if (!there)
		skip();
	t.style.scale = scale;
	p = shaping_text(&t, "آ Ṭḥ");
	assert_string_equal(font_family(p->runs[p->nruns - 1].face),
	    "Gentium Book Plus");
	assert_in_range(p->runs[p->nruns - 1].size, PT(8.3), PT(8.5));
	p = shaping_text(&t, "ࢠ");
	assert_string_equal(font_family(p->runs[0].face), "Scheherazade New");
	assert_in_range(p->runs[0].size, PT(7.9), PT(8.1));
	scale[1] = 950;
	p = shaping_text(&t, "آ Ṭḥ");
	assert_int_equal(p->runs[p->nruns - 1].size, PT(9.5));
	t.style.scale = NULL;

	if (shaping_open(&s, latin, NELEM(latin))) {
		s.style.scale = scale;
		scale[1] = 0;
		p = shaping_text(&s, "آب");
		assert_string_equal(font_family(p->runs[0].face), "Parastoo");
		assert_in_range(p->runs[0].size, PT(11.8), PT(12));
	}
	shaping_close(&s);
}

static void
empty(void **state)
{
	struct shape_span span = { .style = &t.style };
	struct shape_para *p;

	(void)state;
	if (!there)
		skip();
	p = shaping_spans(&t, "", &span, 1);
	shaping_check(p);
	assert_int_equal(p->nruns, 0);
}

static void
no_face(void **state)
{
	struct shape_style st = { .size = PT(10), .lang = "fa" };
	struct shape_span span = { .end = 5, .style = &st };
	struct shape_para *p;

	(void)state;
	p = shaping_spans(&t, "ab \u062a", &span, 1);
	shaping_check(p);
	assert_int_equal(p->nglyphs, 0);
}

/* Turned round against its script's direction, text has its marks bound to
 * what stands before them, be it a space or a control: they are drawn. */
static void
stray_marks(void **state)
{
	static const char *const texts[] = { "\u202c\u0300",
		"\u202a\u202c\u0300", " \u0300" };
	struct shape_para *p;
	uint32_t k, drawn;
	size_t i;

	(void)state;
	if (!there)
		skip();
	t.level = 0;
	for (i = 0; i < NELEM(texts); i++) {
		p = shaping_text(&t, texts[i]);
		shaping_check(p);
		for (k = drawn = 0; k < p->nclusters; k++)
			if (!(p->clusters[k].flags &
			    (SHAPE_IGNORABLE | SHAPE_SPACE)))
				drawn += p->clusters[k].nglyph;
		assert_true(drawn > 0);
	}
	t.level = 1;
}

/*
 * Unicode's text-rendering-tests, SHARAN-1: words of Nastaliq, which descend
 * along the line, with the places its drawings give their glyphs from left
 * to right. Its font is a cut of an older version of this one: units round
 * otherwise here and there, and its word «یونیکوڈ» has other forms.
 */
static const struct {
	const char *word;
	int n, at[16][2];
} nastaliq_words[] = {
	{ "لسان", 6, { { 398, -1 }, { 0, 0 }, { 861, 0 }, { 1125, 0 },
	    { 1664, 0 }, { 1664, 223 } } },
	{ "فونٹ", 8, { { 595, -331 }, { 0, 0 }, { 1163, -182 }, { 1184, 0 },
	    { 1184, 300 }, { 1340, 0 }, { 1784, 108 }, { 1599, 237 } } },
	{ "ٹائپ فیس", 16, { { 0, 0 }, { 1216, 269 }, { 1041, 455 },
	    { 1454, 224 }, { 1271, 0 }, { 1271, 490 }, { 1584, 0 },
	    { 2290, -159 }, { 1715, 0 }, { 2878, -201 }, { 2899, 0 },
	    { 2899, 300 }, { 3056, 0 }, { 3442, -420 }, { 3295, 0 },
	    { 3295, 0 } } },
	{ "فن خطاطی", 13, { { 0, 0 }, { 521, 0 }, { 521, 380 }, { 1119, 0 },
	    { 1382, 0 }, { 2081, -47 }, { 1451, 0 }, { 1451, 36 },
	    { 2326, 0 }, { 2855, -2 }, { 2458, 0 }, { 3361, 188 },
	    { 3208, 336 } } },
	{ "نستعلیق", 12, { { 519, -199 }, { 0, 0 }, { 977, 141 },
	    { 692, 272 }, { 1023, 434 }, { 1301, 507 }, { 1785, 209 },
	    { 1563, 603 }, { 1865, 735 }, { 2574, 670 }, { 2434, 0 },
	    { 2434, 952 } } },
};

/* Glyphs of a paragraph of one right-to-left run, from left to right. */
static int
places(const struct shape_para *p, int (*at)[2], int most)
{
	uint32_t k, i, glyph = p->nglyphs;
	int n = 0, pen = 0;

	assert_int_equal(p->nruns, 1);
	for (k = p->nclusters; k-- > 0;) {
		glyph -= p->clusters[k].nglyph;
		for (i = 0; i < p->clusters[k].nglyph && n < most; i++) {
			const struct shape_glyph *g = &p->glyphs[glyph + i];

			at[n][0] = pen + g->dx;
			at[n++][1] = g->dy;
			pen += g->adv;
		}
	}
	return n;
}

static void
nastaliq(void **state)
{
	static const char *const family[] = { "Noto Nastaliq Urdu" };
	struct shaping s;
	bool here = shaping_open(&s, family, 1);
	int at[16][2];
	size_t i;
	int n, k;

	(void)state;
	s.style.lang = "ur";
	s.style.nastaliq = true;
	for (i = 0; here && i < NELEM(nastaliq_words); i++) {
		n = places(shaping_text(&s, nastaliq_words[i].word), at, 16);
		assert_int_equal(n, nastaliq_words[i].n);
		for (k = 0; k < n; k++) {
			assert_true(abs(at[k][0] -
			    nastaliq_words[i].at[k][0]) <= 4);
			assert_true(abs(at[k][1] -
			    nastaliq_words[i].at[k][1]) <= 4);
		}
	}
	shaping_close(&s);
	if (!here)
		skip();
}

static void
dump(void **state)
{
	struct buf out = {0};

	(void)state;
	if (!there)
		skip();
	shape_dump(shaping_text(&t, "بَ‌ج ۵"), &out);
	assert_string_equal(out.p,
	    "paragraph rtl 12 bytes\n"
	    "run 1 Arab Parastoo 10pt fa span 0\n"
	    "\t\"ب<064E><200C>\" 778@345,-375 395 =1845\n"
	    "\t\"ج\" 413 =1318\n"
	    "\t\" \" 626 =580 S N\n"
	    "run 2 Arab Parastoo 10pt fa span 0\n"
	    "\t\"۵\" 593 =1133 B D\n");
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_and_ligatures),
		cmocka_unit_test(unseen),
		cmocka_unit_test(spaces),
		cmocka_unit_test(digits_and_neutrals),
		cmocka_unit_test(fallback),
		cmocka_unit_test(no_fallback_for_the_unseen),
		cmocka_unit_test(messages),
		cmocka_unit_test(allah),
		cmocka_unit_test(objects),
		cmocka_unit_test(absurd_marks),
		cmocka_unit_test(size_and_features),
		cmocka_unit_test(size_of_companions),
		cmocka_unit_test(empty),
		cmocka_unit_test(no_face),
		cmocka_unit_test(stray_marks),
		cmocka_unit_test(nastaliq),
		cmocka_unit_test(dump),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
