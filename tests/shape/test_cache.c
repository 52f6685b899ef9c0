/*
 * Words kept from paragraph to paragraph change nothing but the time: every
 * face gives the same runs, clusters and glyphs with and without, cold and
 * warm, whatever the rules, the style and what stands beside a word.
 */
#include "shaping.h"

static const char *const texts[] = {
	"جنبش باسماچی که از سال ۱۹۱۶ تا ۱۹۳۱ در آسیای میانه جریان داشت",
	"«جنبش باسماچی» (Basmachi) جنبش، باسماچی. جنبش‌ها و باسماچی‌گری",
	"مُسَلَّماً اللهِ الله بِسمِ اللهِ سـلام سلام لا بلا ملا",
	" جنبش  جنبش\tجنبش\nجنبش\u200f جنبش \u200cجنبش \u064eجنبش",
	"می‌رود نمی‌رود ‌می‌رود می‌ رود",
	"هـ ه‍ ه. ق. که ک گ ه ک ره کا",
	"A Tahir, Ṭāhir; AV To (A) V. fi ffi",
	"۱۲ ۱۲ ۱۲٪ −۵ C++ ۱-۲-۳",
	"گټلی جنبش گټلی", "ڵ ڵا",
};

static const char *const families[] = { "Parastoo", "Amiri",
	"Scheherazade New", "Vazirmatn", "Sahel", "Gentium Book Plus" };

static bool
equal(const struct shape_para *p, const struct shape_para *q)
{
	uint32_t i;

	if (p->nruns != q->nruns || p->nclusters != q->nclusters ||
	    p->nglyphs != q->nglyphs || p->has_kashida != q->has_kashida ||
	    memcmp(p->clusters, q->clusters,
	    p->nclusters * sizeof(*p->clusters)) != 0 ||
	    memcmp(p->glyphs, q->glyphs, p->nglyphs *
	    sizeof(*p->glyphs)) != 0)
		return false;
	for (i = 0; i < p->nruns; i++)
		if (p->runs[i].face != q->runs[i].face ||
		    p->runs[i].level != q->runs[i].level ||
		    p->runs[i].cluster != q->runs[i].cluster ||
		    p->runs[i].glyph != q->runs[i].glyph)
			return false;
	return true;
}

/* Each text plain, with other rules and styles, and cut by a span. */
static void
compare(struct shaping *t, struct shape_ctx *kept)
{
	struct shape_style other = t->style;
	struct shape_rules rules[5];
	struct shape_span v[2];
	struct shape_para *p, *q;
	size_t i, r, s, n;

	other.features = "-kern,-liga";
	other.no_kashida = true;
	for (r = 0; r < NELEM(rules); r++)
		rules[r] = t->rules;
	rules[1].kashida = false;
	rules[2].kashida_min_letters = 6;
	rules[3].kashida_priority[SHAPE_PLACE_SEEN] = 9;
	rules[4].kashida_never = SHAPE_NEVER_VOWELLED;
	for (i = 0; i < NELEM(texts); i++) {
		n = strlen(texts[i]);
		for (r = 0; r < NELEM(rules); r++) {
			for (s = 0; s < n; s += 5) {
				v[0] = (struct shape_span){
				    .end = (uint32_t)n, .style = &t->style };
				while (((unsigned char)texts[i][s] & 0xc0) ==
				    0x80)
					s++;
				v[1] = (struct shape_span){
				    .start = (uint32_t)s, .end = (uint32_t)n,
				    .style = s % 2 ? &t->style : &other };
				p = shape_text(t->c, &t->a, &t->dg, texts[i],
				    n, v, s == 0 ? 1 : 2, 1, &rules[r], NULL,
				    NULL);
				q = shape_text(kept, &t->a, &t->dg, texts[i],
				    n, v, s == 0 ? 1 : 2, 1, &rules[r], NULL,
				    NULL);
				shaping_check(q);
				assert_true(equal(p, q));
			}
		}
	}
}

static void
same_result(void **state)
{
	struct shape_ctx *kept;
	struct shaping t;
	size_t f;

	(void)state;
	for (f = 0; f < NELEM(families); f++) {
		if (shaping_open(&t, &families[f], NELEM(families) - f)) {
			kept = shape_ctx_open();
			shape_ctx_cache(kept, true);
			compare(&t, kept);
			compare(&t, kept);
			shape_ctx_cache(kept, false);
			compare(&t, kept);
			shape_ctx_close(kept);
		}
		shaping_close(&t);
	}
}

/* More words than are kept: it begins anew, and nothing is lost. */
static void
overflow(void **state)
{
	struct shape_ctx *kept;
	struct shape_para *p, *q;
	struct buf text = {0};
	struct shaping t;
	uint32_t n;
	int i, k;

	(void)state;
	if (!shaping_open(&t, families, 1)) {
		shaping_close(&t);
		skip();
	}
	kept = shape_ctx_open();
	shape_ctx_cache(kept, true);
	for (i = 0; i < 160; i++) {
		text.n = 0;
		for (k = 0; k < 1000; k++) {
			for (n = (uint32_t)(i * 1000 + k) + 9999; n > 0;
			    n /= 7)
				buf_utf8(&text, 0x641 + n % 7);
			buf_char(&text, ' ');
		}
		p = shaping_text(&t, text.p);
		q = shape_text(kept, &t.a, &t.dg, text.p, text.n, p->spans, 1,
		    1, &t.rules, NULL, NULL);
		assert_true(equal(p, q));
		arena_reset(&t.a);
	}
	buf_free(&text);
	shape_ctx_close(kept);
	shaping_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_result),
		cmocka_unit_test(overflow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
