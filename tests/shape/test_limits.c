/*
 * Hostile text: random characters of several scripts and controls, spans
 * anyhow nested, one endless word, a paragraph of 50,000 words. What must
 * hold of every result is in shaping_check().
 */
#include "shaping.h"

#include <time.h>

static const char *const families[] = { "Parastoo", "Gentium Book Plus",
	"Amiri" };

/* The same numbers everywhere. */
static uint64_t seed = 1;

static uint32_t
random_below(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % n;
}

static uint32_t
random_char(void)
{
	static const uint32_t odd[] = { ' ', ' ', ' ', 0xa0, '\t', '\n', 0x200c,
		0x200d, 0x200e, 0x200f, 0x61c, 0x202a, 0x202b, 0x202c, 0x202d,
		0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0xad, 0x2009, 0x2010,
		0x2013, 0x640, 0x64e, 0x651, 0x670, 0x654, 0x301, '(', ')',
		'[', ']', 0xab, 0xbb, '-', '+', '%', 0x66a, '.', ',', 0x60c,
		'#', '@', 0xfffc, 0xfffd, 0x2028, 0, 0x7f, 0xfe0f, 0x1f600,
		0x10ffff, 0x12000, 0xe0001 };

	switch (random_below(10)) {
	case 0: case 1: case 2: case 3:
		return 0x620 + random_below(0x2b);
	case 4:
		return 'a' + random_below(26);
	case 5:
		return (random_below(2) ? '0' : 0x6f0) + random_below(10);
	case 6:
		return 0x20 + random_below(0x600);
	case 7:
		return 1 + random_below(0x2fff);
	default:
		return odd[random_below(NELEM(odd))];
	}
}

static void
random_text(struct buf *b, size_t n)
{
	b->n = 0;
	buf_reserve(b, 1);
	while (n-- > 0)
		buf_utf8(b, random_char());
}

/* Spans properly nested, at boundaries of characters. */
static size_t
random_spans(struct shape_span *v, size_t max, const char *s, uint32_t start,
    uint32_t end, const struct shape_style *styles, size_t n, int depth)
{
	uint32_t a = start, b;

	while (n < max && a < end && random_below(4) != 0) {
		a += random_below(end - a);
		while (a < end && ((unsigned char)s[a] & 0xc0) == 0x80)
			a++;
		b = a + random_below(end - a + 1);
		while (b < end && ((unsigned char)s[b] & 0xc0) == 0x80)
			b++;
		v[n] = (struct shape_span){ .start = a, .end = b,
		    .style = &styles[random_below(3)],
		    .dir = (enum shape_dir)random_below(4),
		    .no_break = random_below(8) == 0,
		    .code = random_below(8) == 0 };
		n++;
		if (depth < 6)
			n = random_spans(v, max, s, a, b, styles, n,
			    depth + 1);
		a = b;
	}
	return n;
}

static void
fuzz(void **state)
{
	enum { MAX_SPANS = 40 };
	struct shape_span v[MAX_SPANS];
	struct shape_style styles[3];
	struct shape_para *p;
	struct shaping t;
	struct buf text = {0}, out = {0};
	struct diag dg = {0};
	int i, rounds = 4000;
	size_t n;

	(void)state;
	if (!shaping_open(&t, families, NELEM(families))) {
		shaping_close(&t);
		skip();
	}
	styles[0] = styles[1] = styles[2] = t.style;
	styles[1].lang = "en";
	styles[1].rise = PT(3);
	styles[2].features = "-kern";
	styles[2].no_kashida = true;
	for (i = 0; i < rounds; i++) {
		random_text(&text, random_below(i % 100 == 0 ? 2000 : 60));
		v[0] = (struct shape_span){ .end = (uint32_t)text.n,
		    .style = &styles[0] };
		n = random_spans(v, MAX_SPANS, text.p, 0, (uint32_t)text.n,
		    styles, 1, 0);
		t.rules.isolate = random_below(4) != 0 ? SHAPE_ISOLATE_ALL :
		    random_below(SHAPE_ISOLATE_ALL + 1);
		t.rules.levels = random_below(3);
		t.rules.keep_units = random_below(2) != 0;
		p = shape_text(t.c, &t.a, &dg, text.p, text.n, v, n,
		    (int)random_below(2), random_below(8) ? &t.rules : NULL,
		    NULL, NULL);
		shaping_check(p);
		out.n = 0;
		if (i % 50 == 0)
			shape_dump(p, &out);
		arena_reset(&t.a);
	}
	buf_free(&text);
	buf_free(&out);
	diag_free(&dg);
	shaping_close(&t);
}

static double
seconds(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

/* Time to shape `n` copies of a text in one paragraph. */
static double
time_of(struct shaping *t, const char *unit, size_t n)
{
	struct shape_para *p;
	struct buf text = {0};
	double start;
	size_t i;

	for (i = 0; i < n; i++)
		buf_str(&text, unit);
	start = seconds();
	p = shaping_text(t, text.p);
	start = seconds() - start;
	shaping_check(p);
	buf_free(&text);
	arena_reset(&t->a);
	return start;
}

/*
 * Eight times the text takes about eight times as long, whatever it is made
 * of; three times that is allowed for a machine that is busy. Texts that
 * tempt to look far: one word, brackets, controls, numbers, marks, isolates.
 */
static void
linear(void **state)
{
	static const char *const unit[] = {
		"جنبش ", "بب", "(", "([{", "\u2067", "\u2067ب\u2069",
		"\u202bب", "۱", "۱-", "۱۲-۳۴ ", "۲۵٪ ", "C++ ", "a ", "a(",
		"\u064e", "ـ", "\u200c", "ل", "لله", "للِه", " ", "۱ م ",
		"\n", "\U00012000", "گټ", "Ḥa", "م.", "۵ ق. ", "۱ – ",
	};
	struct shaping t;
	double small, big;
	size_t i;

	(void)state;
	if (!shaping_open(&t, families, NELEM(families))) {
		shaping_close(&t);
		skip();
	}
	for (i = 0; i < NELEM(unit); i++) {
		time_of(&t, unit[i], 100);
		small = time_of(&t, unit[i], 4000);
		big = time_of(&t, unit[i], 32000);
		if (big > 0.05 && big > 24 * MAX(small, 0.001))
			print_error("%s: %.3f s, then %.3f s\n", unit[i],
			    small, big);
		assert_true(big <= 0.05 || big <= 24 * MAX(small, 0.001));
	}
	shaping_close(&t);
}

static void
long_paragraph(void **state)
{
	struct shaping t;
	double took;

	(void)state;
	if (!shaping_open(&t, families, NELEM(families))) {
		shaping_close(&t);
		skip();
	}
	took = time_of(&t, "جنبش باسماچی در آسیای میانه (۱۹۱۶–۱۹۳۱) بود. ",
	    6250);
	print_message("50,000 words: %.3f s\n", took);
	assert_true(took < 5);
	shaping_close(&t);
}

/* A word of many pieces: no space to part it at. */
static void
endless_word(void **state)
{
	struct shape_para *p;
	struct buf text = {0};
	struct shaping t;
	const char *s = getenv("DABIR_ENDLESS_MB");
	size_t want = (size_t)(s == NULL ? 5 : atoi(s)) << 20;

	(void)state;
	if (!shaping_open(&t, families, 1)) {
		shaping_close(&t);
		skip();
	}
	while (text.n < want)
		buf_str(&text, "ببببببببببببببسسسسسسس");
	p = shaping_text(&t, text.p);
	shaping_check(p);
	assert_true(p->nruns > 1);
	buf_free(&text);
	shaping_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fuzz),
		cmocka_unit_test(linear),
		cmocka_unit_test(long_paragraph),
		cmocka_unit_test(endless_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
