/*
 * Kashida: the places of each rule with their priority, where none may be,
 * and words shaped again with one.
 */
#include "shaping.h"

static const char *const families[] = { "Parastoo", "Gentium Book Plus" };

static struct shaping t;
static bool there;

static int
set_up(void **state)
{
	(void)state;
	there = shaping_open(&t, families, NELEM(families));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	shaping_close(&t);
	return 0;
}

static const char *
places(const char *text)
{
	struct shape_para *p = shaping_text(&t, text);
	const char *s = shaping_marked(&t, p);

	shaping_check(p);
	assert_int_equal(p->has_kashida, strcspn(s, "1234567") < strlen(s));
	return s;
}

static void
rows(const char *const *row, size_t n)
{
	size_t i, k, len;
	char plain[128];

	if (!there)
		skip();
	for (i = 0; i < n; i++) {
		for (k = len = 0; row[i][k] != '\0'; k++)
			if (strchr("1234567", row[i][k]) == NULL)
				plain[len++] = row[i][k];
		plain[len] = '\0';
		assert_string_equal(places(plain), row[i]);
		/* Off, there is none. */
		t.rules.kashida = false;
		assert_string_equal(places(plain), plain);
		t.rules.kashida = true;
	}
}

#define ROWS(name, ...)							\
	static void							\
	name(void **state)						\
	{								\
		static const char *const row[] = { __VA_ARGS__ };	\
									\
		(void)state;						\
		rows(row, NELEM(row));					\
	}

/* A digit stands where a kashida of that priority may. */
ROWS(after_tatweel, "کتـ1اب", "گفتــ1ن3د", "سـ1لام", "رسـ", "ـ1سر")
ROWS(after_seen, "مس2تن3د", "عص2م7ت", "س2لام7ت", "کش2ور", "مص2طفی")
ROWS(before_heh_and_dal, "ن4ام3ه", "گفت3ه‌ان3د", "م3دی7ر", "خ4ان3ۀ", "مکتب3ة")
ROWS(before_final_alef, "ب4الا", "مخ4ال6ف", "بس2م4ل", "مع7رب4ا", "ش2رک4ک")
ROWS(before_medial_beh, "ت5ب7ری7ز", "ب5نی4اد", "چ5نی7ن", "دف5ت7ر")
ROWS(before_final_waw, "ن6وج6وان", "متف6ق", "م4اج7را", "ش2قی6ف", "تص2نی6ع")
ROWS(before_other_finals, "مثل7ث", "ق7رم7ز", "ب7زرگ", "س2نگی7ن")

/* Nowhere at all. */
ROWS(never,
    "لا", "بلا", "الاول",		/* inside لا */
    "بدی", "تبر",			/* fewer than four letters */
    "می‌رود", "می‌دود",		/* final ی, though a ZWNJ follows */
    "آگهی", "درجی",		/* final ی */
    "دارد", "روزه",			/* nothing joins */
    "Latin", "۱۳۹۹")

/* What a style or a rule switches off. */
static void
switched_off(void **state)
{
	(void)state;
	if (!there)
		skip();
	assert_string_equal(places("کتاب"), "کت4اب");
	t.rules.kashida_min_letters = 5;
	assert_string_equal(places("کتاب کتابی"), "کتاب |کت4ابی");
	/* What the author lengthened is long enough. */
	assert_string_equal(places("کتـاب"), "کتـ1اب");
	t.rules.kashida_min_letters = 4;
	t.style.no_kashida = true;
	assert_string_equal(places("کتاب"), "کتاب");
	t.style.no_kashida = false;
	t.style.nastaliq = true;
	assert_string_equal(places("کتاب"), "کتاب");
	t.style.nastaliq = false;
	assert_string_equal(places("کتاب"), "کت4اب");
}

/* A style orders the places, and leaves some out. */
static void
by_the_style(void **state)
{
	static const uint8_t usual[SHAPE_NPLACES] = SHAPE_PLACES_USUAL;

	(void)state;
	if (!there)
		skip();
	assert_string_equal(places("تبریز مستند"), "ت5ب7ری7ز |مس2تن3د");
	memset(t.rules.kashida_priority, 0, sizeof(usual));
	t.rules.kashida_priority[SHAPE_PLACE_HEH] = 1;
	t.rules.kashida_priority[SHAPE_PLACE_BEH] = 2;
	assert_string_equal(places("تبریز مستند"), "ت2بریز |مستن1د");
	memcpy(t.rules.kashida_priority, usual, sizeof(usual));
	/* What never is may be. */
	assert_string_equal(places("آگهی کِتَاب"), "آگهی |کِتَ4اب");
	t.rules.kashida_never &= ~(unsigned)SHAPE_NEVER_FINAL_YEH;
	assert_string_equal(places("آگهی کِتَاب"), "آگه7ی |کِتَ4اب");
	t.rules.kashida_never |= SHAPE_NEVER_VOWELLED;
	assert_string_equal(places("آگهی کِتَاب کتاب"), "آگه7ی |کِتَاب |کت4اب");
	t.rules.kashida_never = SHAPE_NEVER_USUAL;
}

/* Amiri has لا as two glyphs, and no ligature of لله: nothing but the rules
 * keeps a bar out of them. */
static void
inside_lam_alef(void **state)
{
	static const char *const amiri[] = { "Amiri" };
	struct shaping s;
	bool here = shaping_open(&s, amiri, 1);
	const char *text = "بلانس الله وَاللَّه";

	(void)state;
	if (here) {
		assert_string_equal(shaping_marked(&s, shaping_text(&s,
		    text)), "بلان7س |الله |وَاللَّه");
		s.rules.kashida_never &= ~(unsigned)SHAPE_NEVER_LAM_ALEF;
		assert_string_equal(shaping_marked(&s, shaping_text(&s,
		    text)), "بل4ان7س |الله |وَاللَّه");
		s.rules.kashida_never = SHAPE_NEVER_LAM_ALEF;
		assert_string_equal(shaping_marked(&s, shaping_text(&s,
		    text)), "بلان7س |الل3ه |وَاللَّ3ه");
	}
	shaping_close(&s);
	if (!here)
		skip();
}

/* After a letter's marks; never between them; not across a change of span
 * or face, though the letters join. */
static void
beside_marks_and_spans(void **state)
{
	const char *text = "کتاب";
	struct shape_span v[2] = {
		{ .end = (uint32_t)strlen(text), .style = &t.style },
		{ .start = 4, .end = (uint32_t)strlen(text),
		  .style = &t.style }
	};

	(void)state;
	if (!there)
		skip();
	assert_string_equal(places("کِتَاب"), "کِتَ4اب");
	assert_string_equal(places("مُسَلَّم"), "مُسَ2لَّ7م");
	assert_string_equal(shaping_marked(&t, shaping_spans(&t, text, v, 2)),
	    "کتاب");
	/* The word counts whole. */
	v[1].start = 2;
	assert_string_equal(shaping_marked(&t, shaping_spans(&t, text, v, 2)),
	    "کت4اب");
}

/* Nastaliq has no bar, whatever the style forgot to say. */
static void
no_plain_bar(void **state)
{
	static const char *const nastaliq[] = { "Noto Nastaliq Urdu" };
	struct shaping one;

	(void)state;
	if (shaping_open(&one, nastaliq, 1))
		assert_string_equal(shaping_marked(&one,
		    shaping_text(&one, "کتاب مستند")), "کتاب |مستند");
	shaping_close(&one);
}

/* --------------------------------------------------------- lengthened words */

struct tally {
	unsigned places, safe, done, safe_done;
};

/* The word of cluster `at`: between spaces, in its run. */
static void
word_at(const struct shape_para *p, const struct shape_run *r, uint32_t at,
    uint32_t *c0, uint32_t *c1)
{
	*c0 = at;
	while (*c0 > r->cluster &&
	    !(p->clusters[*c0 - 1].flags & SHAPE_SPACE))
		--*c0;
	*c1 = at;
	while (*c1 < r->cluster + r->nclusters &&
	    !(p->clusters[*c1].flags & SHAPE_SPACE))
		++*c1;
}

/* The word is what it was, but for bars in cluster `at` that make it
 * `length` wider. */
static void
judge(const struct shape_para *p, uint32_t c0, uint32_t c1, uint32_t at,
    int length, const struct shape_word *w)
{
	const struct shape_glyph *g = w->glyphs, *old;
	uint32_t k, j, n, text, glyph;
	int64_t sum = 0, was = 0, adv;

	shape_seek(p, c0, &text, &glyph);
	old = p->glyphs + glyph;
	for (k = c0; k < c1; k++) {
		const struct shape_cluster *cl = &w->clusters[k - c0];

		assert_int_equal(cl->len, p->clusters[k].len);
		assert_int_equal(cl->flags, p->clusters[k].flags);
		for (j = n = 0, adv = 0; j < cl->nglyph; j++) {
			adv += g[j].adv;
			assert_true(g[j].xscale < 0x8000);
			if (k == at && g[j].gid != old[n].gid)
				continue;	/* a bar */
			if (k != at) {
				assert_int_equal(g[j].gid, old[n].gid);
				assert_int_equal(g[j].xscale, 0x4000);
			}
			n++;
		}
		if (!(p->clusters[k].flags & SHAPE_TATWEEL))
			assert_true(n >= p->clusters[k].nglyph);
		assert_int_equal(adv, cl->adv);
		sum += cl->adv;
		was += p->clusters[k].adv;
		old += p->clusters[k].nglyph;
		g += cl->nglyph;
	}
	assert_int_equal(g - w->glyphs, w->nglyphs);
	assert_int_equal(sum - was, length);
}

static void
every_place(struct shaping *s, const struct shape_para *p, int length,
    struct tally *n)
{
	const struct shape_run *r;
	struct shape_word w;
	uint32_t i, k, c0, c1;
	bool safe;

	for (i = 0; i < p->nruns; i++) {
		r = &p->runs[i];
		for (k = r->cluster; k < r->cluster + r->nclusters; k++) {
			if (!(p->clusters[k].flags & SHAPE_KASHIDA))
				continue;
			safe = p->clusters[k].flags & SHAPE_KASHIDA_SAFE;
			n->places++;
			n->safe += safe;
			word_at(p, r, k, &c0, &c1);
			if (!shape_kashida(s->c, &s->a, p, r, c0, c1, k,
			    length, &w))
				continue;
			n->done++;
			n->safe_done += safe;
			judge(p, c0, c1, k, length, &w);
		}
	}
}

static const char *const sample =
    "جنبش باسماچی که از سال ۱۹۱۶ تا ۱۹۳۱ در آسیای میانه جریان داشت، "
    "یکی از بزرگ‌ترین خیزش‌های مسلمانان بر ضد حکومت روسیه و سپس شوروی "
    "به شمار می‌آید. «مُسَلَّماً» این حرکت ریشه در سیاست‌های استعماری تزار "
    "داشت؛ سـلام و کتــاب نیز هست. بی‌تردید، شکستِ نهاییِ آن نتیجۀ تفرقه و "
    "برتری نظامی بود.";

static void
lengthen(void **state)
{
	static const char *const all[] = { "Parastoo", "Vazirmatn", "Amiri",
		"Scheherazade New", "Sahel" };
	struct shape_para *p;
	struct shaping one;
	struct tally n;
	int quantum, i;
	size_t f;

	(void)state;
	for (f = 0; f < NELEM(all); f++) {
		if (!shaping_open(&one, &all[f], 1)) {
			shaping_close(&one);
			continue;
		}
		p = shaping_text(&one, sample);
		shaping_check(p);
		assert_true(p->has_kashida);
		quantum = shape_kashida_quantum(one.style.chain.v[0]);
		memset(&n, 0, sizeof(n));
		for (i = 4; i <= 40; i += 3)
			every_place(&one, p, i * quantum, &n);
		print_message("%s: of %u places %u done, of %u safe %u\n",
		    all[f], n.places, n.done, n.safe, n.safe_done);
		/* Most places serve; Amiri's curves allow fewer. */
		assert_true(n.done * 2 > n.places);
		shaping_close(&one);
	}
}

/* The glyphs are those that the face draws when the author types as many
 * tatweels himself. */
static void
as_if_typed(void **state)
{
	struct shape_para *p, *q;
	struct shape_word w;
	struct buf typed = {0};
	uint32_t i;
	int adv, n;

	(void)state;
	if (!there)
		skip();
	p = shaping_text(&t, "مُسَلمان");
	q = shaping_text(&t, "مُسَـلمان");
	adv = q->clusters[2].adv;
	for (n = 1; n < 5; n++) {
		assert_true(shape_kashida(t.c, &t.a, p, &p->runs[0], 0,
		    p->nclusters, 1, n * adv, &w));
		typed.n = 0;
		buf_str(&typed, "مُسَ");
		for (i = 0; i < (uint32_t)n; i++)
			buf_str(&typed, "ـ");
		buf_str(&typed, "لمان");
		q = shaping_text(&t, typed.p);
		assert_int_equal(q->nglyphs, w.nglyphs);
		/* Clusters are in logical order, and bars stand left of
		 * their letter: compare as the eye meets them. */
		for (i = 0; i < q->nglyphs; i++)
			assert_int_equal(w.glyphs[i].xscale, 0x4000);
		assert_int_equal(w.clusters[1].adv, p->clusters[1].adv +
		    n * adv);
	}
	buf_free(&typed);
}

/* What cannot be is refused, and nothing is written. */
static void
refused(void **state)
{
	struct shape_word w = {0};
	struct shape_para *p;

	(void)state;
	if (!there)
		skip();
	p = shaping_text(&t, "کتاب ملا");
	assert_false(shape_kashida(t.c, &t.a, p, &p->runs[0], 0, 4, 1, 0,
	    &w));
	assert_false(shape_kashida(t.c, &t.a, p, &p->runs[0], 0, 4, 1, -50,
	    &w));
	/* After the last letter, and far too long. */
	assert_false(shape_kashida(t.c, &t.a, p, &p->runs[0], 0, 4, 3, 300,
	    &w));
	assert_false(shape_kashida(t.c, &t.a, p, &p->runs[0], 0, 4, 1,
	    1000000, &w));
	assert_null(w.glyphs);
	/* ا does not join: a tatweel there would change the ب. */
	assert_false(shape_kashida(t.c, &t.a, p, &p->runs[0], 0, 4, 2, 300,
	    &w));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(after_tatweel),
		cmocka_unit_test(after_seen),
		cmocka_unit_test(before_heh_and_dal),
		cmocka_unit_test(before_final_alef),
		cmocka_unit_test(before_medial_beh),
		cmocka_unit_test(before_final_waw),
		cmocka_unit_test(before_other_finals),
		cmocka_unit_test(never),
		cmocka_unit_test(switched_off),
		cmocka_unit_test(by_the_style),
		cmocka_unit_test(inside_lam_alef),
		cmocka_unit_test(beside_marks_and_spans),
		cmocka_unit_test(no_plain_bar),
		cmocka_unit_test(lengthen),
		cmocka_unit_test(as_if_typed),
		cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
