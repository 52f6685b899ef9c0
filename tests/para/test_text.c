/*
 * Real text in real faces: what holds of hand-made paragraphs holds of
 * shaped ones, whatever their words, and kashida is what it should be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "para/check.h"

static const char *const words[] = {
	"آسیای", "مرکزی", "در", "نیمه", "اول", "قرن", "بیستم", "شاهد",
	"شکل‌گیری", "جنبش‌ها", "بدست", "آوردن", "حاکمیت", "مردمان", "این",
	"سرزمین", "بود", "که", "باسماچیان", "از", "آن", "جمله", "به", "شمار",
	"می‌رود.", "«سلام»،", "(۱۹۱۶–۱۹۳۱)", "۵۸", "Basmachi", "movement",
	"of 1916", "C++", "سیستم", "قاهره", "محمّد", "صنعت", "هم‌چنان",
	"اللهِ", "ـــ", "و", "…", "[۳]", "٪", "−۵", "نیم‌فاصله‌های‌دراز",
};

static struct arena arena, scratch;
static struct diag diag;
static struct font_set *fonts;
static struct shape_ctx *ctx;
static const struct shape_rules rules = { .isolate = SHAPE_ISOLATE_ALL,
	.keep_units = true, .kashida = true,
	.kashida_min_letters = 4,
		.kashida_priority = SHAPE_PLACES_USUAL,
		.kashida_never = SHAPE_NEVER_USUAL };
static struct para_style style;
static struct para_shape shape;
static struct shape_style look;
static struct shape_span span;

static bool
use_face(const char *family)
{
	look.chain = font_chain(fonts, &arena, &diag, &family, 1, 400, false,
	    NOPOS);
	return look.chain.n > 0 &&
	    strcmp(font_family(look.chain.v[0]), family) == 0;
}

static struct para_lines *
set(const char *text, int level)
{
	struct shape_para *p;

	span = (struct shape_span){ .end = (uint32_t)strlen(text),
		.style = &look };
	p = shape_text(ctx, &arena, &diag, text, span.end, &span, 1, level,
	    &rules, NULL, NULL);
	return para_break(ctx, &arena, &scratch, &diag, p, &shape, &style,
	    NULL, NULL);
}

static int
setup(void **state)
{
	static const char *const dirs[] = { "fonts" };

	(void)state;
	fonts = font_set_open(&diag, dirs, 1, false);
	ctx = shape_ctx_open();
	look = (struct shape_style){ .size = PT(13), .lang = "fa" };
	style = (struct para_style){ .align = PARA_JUSTIFY,
		.space_min = 800, .space_max = 1500, .space_natural = 1000,
		.tolerance = 200, .line_penalty = 10,
		.fitness_demerits = 3000, .river_demerits = 3000,
		.keep_last_natural = true, .kashida = true,
		.kashida_min = 100, .kashida_max = 500, .kashida_words = 3,
		.kashida_demerits = 20, .kashida_stack_demerits = 3000,
		.kashida_repeat_demerits = 1000 };
	shape = (struct para_shape){ .measure = PT(300) };
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	shape_ctx_close(ctx);
	font_set_close(fonts);
	arena_free(&arena);
	arena_free(&scratch);
	diag_free(&diag);
	diag = (struct diag){0};
	return 0;
}

static uint64_t seed;

static uint32_t
rnd(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % n;
}

static void
draw(struct buf *text, uint32_t n)
{
	text->n = 0;
	while (n-- > 0) {
		buf_str(text, words[rnd(NELEM(words))]);
		buf_str(text, rnd(12) ? " " : rnd(2) ? "  " : "\xe2\x80\xa8");
	}
}

/* Each line's kashida by the style's table. */
static void
check_kashida(const struct para_lines *l)
{
	const struct para_line *v;
	const struct line_run *r;
	const struct shape_cluster *c;
	uint32_t i, j, k, n;
	sp gain, sum, em = look.size;

	for (i = 0; i < l->n; i++) {
		v = &l->v[i];
		n = 0;
		sum = 0;
		for (j = 0; j < v->nruns; j++) {
			r = &v->runs[j];
			if (r->word == NULL)
				continue;
			n++;
			c = l->para->clusters + r->cluster;
			gain = r->width;
			for (k = 0; k < r->nclusters; k++) {
				gain -= sp_clamp(muldiv(c[k].adv,
				    r->run->size, font_metrics(
				    r->run->face)->upem));
				assert_int_equal(r->word->clusters[k].len,
				    c[k].len);
			}
			/* To a rounding of each letter. */
			assert_in_range(gain, em / 10 - 100, em / 2 + 100);
			sum += gain;
		}
		assert_int_equal(n, v->nkashida);
		assert_int_equal(sum, v->kashida);
		if (n == 0)
			continue;
		assert_false(v->ragged);
		assert_true(n <= (v->nspaces + 1) / 3 + 1);
	}
}

static void
every_text_makes_lines(void **state)
{
	static const char *const faces[] = { "Parastoo", "Amiri",
		"Vazirmatn", "Noto Nastaliq Urdu" };
	struct buf text = {0};
	struct para_lines *l;
	uint32_t i, j, kashidas = 0;

	(void)state;
	for (i = 0; i < NELEM(faces); i++) {
		if (!use_face(faces[i])) {
			print_message("%s is not here\n", faces[i]);
			continue;
		}
		for (j = 0; j < 150; j++) {
			seed = i * 1000 + j;
			draw(&text, 1 + rnd(120));
			shape.measure = PT(30) + (sp)rnd(PT(400));
			shape.indent_first = (sp)rnd(PT(40)) - PT(20);
			shape.indent_start = (sp)rnd(PT(10));
			style.align = rnd(5) ? PARA_JUSTIFY :
			    (enum para_align)rnd(4);
			l = set(text.p, (int)rnd(4) ? 1 : 0);
			check_lines(l, &shape);
			check_kashida(l);
			while (l->n > 0)
				kashidas += l->v[--l->n].nkashida;
			arena_reset(&scratch);
		}
	}
	print_message("%u kashidas\n", kashidas);
	buf_free(&text);
}

/* The same input, the same lines: nothing is left over from before. */
static void
breaking_is_pure(void **state)
{
	struct buf text = {0}, one = {0}, two = {0};
	struct para_lines *l;

	(void)state;
	use_face("Parastoo");
	seed = 9;
	draw(&text, 400);
	l = set(text.p, 1);
	para_dump(l, &one);
	arena_reset(&scratch);
	para_dump(set(text.p, 1), &two);
	assert_string_equal(one.p, two.p);
	buf_free(&text);
	buf_free(&one);
	buf_free(&two);
}

/* A Latin phrase that a line's end cuts begins on the first line. */
static void
latin_over_a_line_end(void **state)
{
	const struct para_line *v;
	struct para_lines *l;
	const char *text = "کتاب the quick brown fox jumps over دوم";

	(void)state;
	use_face("Parastoo");
	style.align = PARA_START;
	shape.measure = PT(100);
	l = set(text, 1);
	check_lines(l, &shape);
	assert_true(l->n >= 2);
	v = &l->v[0];
	assert_true(v->nruns >= 2);
	assert_memory_equal(text + v->runs[v->nruns - 1].text, "the", 3);
	assert_int_equal(v->runs[v->nruns - 1].x, 0);
	assert_int_equal(v->runs[0].x + v->runs[0].width, v->width);
}

/* In a table column of the widest cell nothing is broken. */
static void
widths_hold_their_text(void **state)
{
	struct buf text = {0};
	struct shape_para *p;
	sp min, max;
	uint32_t i;

	(void)state;
	use_face("Vazirmatn");
	style.align = PARA_START;
	for (i = 0; i < 50; i++) {
		seed = i;
		draw(&text, 1 + rnd(10));
		span = (struct shape_span){ .end = (uint32_t)text.n,
			.style = &look };
		p = shape_text(ctx, &arena, &diag, text.p, text.n, &span, 1,
		    1, &rules, NULL, NULL);
		para_widths(p, &min, &max);
		assert_true(min <= max);
		shape.measure = max;
		diag_free(&diag);
		diag = (struct diag){0};
		set(text.p, 1);
		assert_null(diag.first);
		shape.measure = min;
		set(text.p, 1);
		assert_null(diag.first);
	}
	buf_free(&text);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Time and memory by the word must not grow with the paragraph. */
static void
very_long_paragraphs(void **state)
{
	static const uint32_t sizes[] = { 500, 5000, 50000 };
	struct buf text = {0};
	struct shape_para *p;
	struct para_lines *l;
	struct arena lines = {0};
	uint32_t i;
	double t, u;

	(void)state;
	use_face("Parastoo");
	seed = 5;
	for (i = 0; i < NELEM(sizes); i++) {
		draw(&text, sizes[i]);
		span = (struct shape_span){ .end = (uint32_t)text.n,
			.style = &look };
		t = now();
		p = shape_text(ctx, &arena, &diag, text.p, text.n, &span, 1,
		    1, &rules, NULL, NULL);
		u = now();
		l = para_break(ctx, &lines, &scratch, &diag, p, &shape,
		    &style, NULL, NULL);
		print_message("%u words: shaped in %.1f ms, broken in %.1f "
		    "into %u lines; %zu bytes a word, %zu of scratch\n",
		    sizes[i], (u - t) * 1e3, (now() - u) * 1e3, l->n,
		    lines.used / sizes[i], scratch.used / sizes[i]);
		check_lines(l, &shape);
		arena_reset(&scratch);
		arena_reset(&lines);
	}
	arena_free(&lines);
	buf_free(&text);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_text_makes_lines),
		TEST(breaking_is_pure),
		TEST(latin_over_a_line_end),
		TEST(widths_hold_their_text),
		TEST(very_long_paragraphs),
	};

	return cmocka_run_group_tests_name("para/text", tests, NULL, NULL);
}
