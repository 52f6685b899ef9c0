/*
 * Which words are stretched. The font is played by this file: it adds what
 * it is asked for and refuses what the test tells it to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "para/made.h"

static struct arena arena, scratch;
static struct diag diag;
static struct para_style style;
static struct para_shape shape;
static sp LETTER;
static char refused;		/* no kashida after this letter */
static int ncalls;

int
shape_kashida_quantum(const struct font_face *f)
{
	return font_metrics(f)->upem / 64;
}

bool
shape_kashida(struct shape_ctx *c, struct arena *a,
    const struct shape_para *p, const struct shape_run *r, uint32_t c0,
    uint32_t c1, uint32_t at, int length, struct shape_word *out)
{
	(void)c;
	ncalls++;
	assert_true(c0 <= at && at < c1);
	assert_true(r->cluster <= c0 && c1 <= r->cluster + r->nclusters);
	assert_int_equal(length % shape_kashida_quantum(r->face), 0);
	if (refused == '*' || p->text[at] == refused)
		return false;
	out->clusters = arena_dup(a, p->clusters + c0,
	    (c1 - c0) * sizeof(*out->clusters));
	out->clusters[at - c0].adv += length;
	return true;
}

static struct para_lines *
set(const char *text)
{
	return para_break(NULL, &arena, &scratch, &diag,
	    made_para(&arena, text), &shape, &style, NULL, NULL);
}

static int
setup(void **state)
{
	(void)state;
	diag = (struct diag){0};
	made_open(&diag);
	style = (struct para_style){ .align = PARA_JUSTIFY,
		.space_min = 800, .space_max = 1500, .space_natural = 1000,
		.tolerance = 200, .line_penalty = 10,
		.fitness_demerits = 3000, .keep_last_natural = true,
		.kashida = true, .kashida_min = 100, .kashida_max = 500,
		.kashida_words = 3, .kashida_stack_demerits = 2000,
		.kashida_repeat_demerits = 2000 };
	shape = (struct para_shape){ .measure = PT(300) };
	LETTER = set("a")->v[0].width;
	refused = '\0';
	ncalls = 0;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	made_close();
	arena_free(&arena);
	arena_free(&scratch);
	diag_free(&diag);
	return 0;
}

/* The paragraph's text with «~» after each letter that grew. */
static const char *
marked(const struct para_lines *l)
{
	static char out[4096];
	const struct line_run *r;
	uint32_t i, j, k;
	size_t n = 0;

	for (i = 0; i < l->n; i++) {
		for (j = 0; j < l->v[i].nruns; j++) {
			r = &l->v[i].runs[j];
			for (k = 0; k < r->nclusters; k++) {
				out[n++] = l->para->text[r->cluster + k];
				if (r->word != NULL &&
				    r->word->clusters[k].adv !=
				    l->para->clusters[r->cluster + k].adv)
					out[n++] = '~';
			}
		}
		out[n++] = '/';
	}
	out[n] = '\0';
	return out;
}

/* One full line of `text` with `want` missing of its measure, and a last. */
static struct para_lines *
line(const char *text, sp want)
{
	const char *both;	/* the lines keep it */
	struct para_lines *l;

	both = arena_printf(&arena, "%s|a", text);
	style.keep_last_natural = true;
	style.kashida = false;
	shape.measure = PT(10000);
	l = set(both);
	shape.measure = l->v[0].width + want;
	/* A forced end would be natural: stand a word in its place that the
	 * line cannot hold. */
	both = arena_printf(&arena, "%s aaaaaaaaaaaaaaaaaaaaaaaa", text);
	style.kashida = true;
	l = set(both);
	assert_int_equal(l->n, 2);
	assert_int_equal(l->v[0].width, shape.measure);
	return l;
}

static void
priority_decides(void **state)
{
	(void)state;
	assert_string_equal(marked(line("aqaa aapa aara", PT(5))),
	    "aqaa aap~a aara/aaaaaaaaaaaaaaaaaaaaaaaa/");
	/* Inside a word too; of equals the later. */
	assert_string_equal(marked(line("aaaa aqapa aaaa", PT(5))),
	    "aaaa aqap~a aaaa/aaaaaaaaaaaaaaaaaaaaaaaa/");
	assert_string_equal(marked(line("aaaa apapa aaaa", PT(5))),
	    "aaaa apap~a aaaa/aaaaaaaaaaaaaaaaaaaaaaaa/");
	/* A place that HarfBuzz does not vouch for comes after its equals. */
	assert_string_equal(marked(line("aqaa aaaa aqaa", PT(5))),
	    "aqaa aaaa aq~aa/aaaaaaaaaaaaaaaaaaaaaaaa/");
	assert_string_equal(marked(line("aqaa aaaa a2aa", PT(5))),
	    "aq~aa aaaa a2aa/aaaaaaaaaaaaaaaaaaaaaaaa/");
	assert_string_equal(marked(line("araa aaaa a1aa", PT(5))),
	    "araa aaaa a1~aa/aaaaaaaaaaaaaaaaaaaaaaaa/");
}

static void
one_word_in_three_and_spread(void **state)
{
	struct para_lines *l;

	(void)state;
	l = line("apa bpa cpa dpa epa fpa gpa hpa ipa", PT(25));
	assert_int_equal(l->v[0].nkashida, 3);
	assert_string_equal(marked(l),
	    "apa bp~a cpa dpa ep~a fpa gpa hp~a ipa/"
	    "aaaaaaaaaaaaaaaaaaaaaaaa/");
	assert_in_range(l->v[0].ratio, 1000, 1015);
	/* A word may break at its hyphens, and is one all the same. */
	l = line("apa-bpa-cpa-dpa-epa-fpa gpa hpa ipa jpa", PT(25));
	assert_int_equal(l->v[0].nkashida, 1);
	l = line("apa bpa cpa_dpa epa fpa gpa hpa_ipa", PT(25));
	assert_int_equal(l->v[0].nkashida, 3);
	/* Little is asked: one word is enough. */
	l = line("apa bpa cpa dpa epa fpa gpa hpa ipa", PT(5));
	assert_int_equal(l->v[0].nkashida, 1);
	/* Too little for a kashida: the spaces take it. */
	l = line("apa bpa cpa dpa epa fpa gpa hpa ipa", PT(1));
	assert_int_equal(l->v[0].nkashida, 0);
	/* Two words to a line: none of them. */
	l = line("apaaaa bpaaaa", PT(4));
	assert_int_equal(l->v[0].nkashida, 0);
}

static void
lengths_keep_the_limits(void **state)
{
	struct para_lines *l;
	const struct line_run *r;
	uint32_t i, k;
	sp gain;

	(void)state;
	l = line("apa bpa cpa dpa epa fpa gpa hpa ipa", PT(45));
	assert_int_equal(l->v[0].nkashida, 3);
	for (i = 0; i < l->v[0].nruns; i++) {
		r = &l->v[0].runs[i];
		if (r->word == NULL)
			continue;
		gain = r->width;
		for (k = 0; k < r->nclusters; k++)
			gain -= LETTER;
		assert_in_range(gain, PT(2), PT(10));
	}
	assert_in_range(l->v[0].kashida, PT(29), PT(30));
	/* The rest is in the spaces. */
	assert_true(l->v[0].ratio > 1300);
}

static void
a_refusal_is_worked_around(void **state)
{
	struct para_lines *l;

	(void)state;
	/* One word instead of three is not stretched threefold. */
	refused = 'q';
	l = line("aqa bpa cqa dqa eqa fqa gqa hqa iqa", PT(28));
	assert_int_equal(l->v[0].nkashida, 1);
	assert_in_range(l->v[0].kashida, PT(9.8), PT(10));
	refused = 'p';
	l = line("aqaa aapa aara", PT(5));
	assert_string_equal(marked(l),
	    "aq~aa aapa aara/aaaaaaaaaaaaaaaaaaaaaaaa/");
	refused = '*';
	l = line("aqaa aapa aara", PT(3));
	assert_int_equal(l->v[0].nkashida, 0);
	assert_int_equal(l->v[0].kashida, 0);
	assert_int_equal(l->v[0].width, shape.measure);
}

/* Words of letters with and without places, by a seed. */
static uint64_t seed;

static const char *
draw(char *text, uint32_t room)
{
	uint32_t n = 0, j;

	while (n < room - 20) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		for (j = 0; j <= (seed >> 40) % 8; j++)
			text[n++] = "abcdpqrs"[(seed >> (41 + j)) & 7];
		text[n++] = ' ';
	}
	text[n] = '\0';
	return text;
}

static void
weigh(const struct para_lines *l, int *worst, uint32_t *nloose)
{
	uint32_t i;

	*worst = 0;
	*nloose = 0;
	for (i = 0; i < l->n; i++) {
		if (l->v[i].ragged)
			continue;
		assert_true(l->v[i].nspaces == 0 ||
		    l->v[i].width == shape.measure);
		*worst = MAX(*worst, l->v[i].ratio);
		*nloose += l->v[i].ratio > style.space_max;
	}
}

/* Even where the font refuses: then the other breaks are tried. */
static void
no_line_is_worse_than_without(void **state)
{
	uint32_t i, j, nloose[2];
	int worst[2];
	char text[500];

	(void)state;
	seed = 1;
	for (i = 0; i < 3000; i++) {
		draw(text, sizeof(text) - i % 300);
		shape.measure = PT(200) + (sp)(seed >> 44 & 0xffffff);
		style.kashida_demerits = (int)(seed >> 20 & 3) * 15;
		refused = "pqrs*"[i % 5];
		for (j = 0; j < 2; j++) {
			style.kashida = j == 1;
			weigh(set(text), &worst[j], &nloose[j]);
		}
		if (nloose[1] > nloose[0] ||
		    (worst[1] > worst[0] && worst[1] > style.space_max))
			fail_msg("case %u: %u loose lines, worst %d; without "
			    "%u, %d", i, nloose[1], worst[1], nloose[0],
			    worst[0]);
		arena_reset(&arena);
		arena_reset(&scratch);
	}
}

static void
never_in_the_last_line(void **state)
{
	struct para_lines *l;

	(void)state;
	shape.measure = PT(200);
	l = set("apa bpa cpa dpa epa fpa gpa hpa ipa jpa kpa");
	assert_int_equal(l->v[l->n - 1].nkashida, 0);
	style.align = PARA_START;
	l = set("apa bpa cpa dpa epa fpa gpa hpa ipa jpa kpa");
	assert_int_equal(l->v[0].nkashida, 0);
	assert_null(strchr(marked(l), '~'));
	style.align = PARA_JUSTIFY;
	made_style.no_kashida = true;
	assert_null(strchr(marked(line("aqaa aapa aara", PT(5))), '~'));
	made_style.no_kashida = false;
	made_style.nastaliq = true;
	assert_null(strchr(marked(line("aqaa aapa aara", PT(5))), '~'));
	made_style.nastaliq = false;
	style.kashida = false;
	assert_null(strchr(marked(set("apa bpa cpa dpa epa fpa")), '~'));
}

/* Two lines of the same letters: the second avoids what is above. */
static void
none_right_under_another(void **state)
{
	static const char text[] =
	    "aapa bbpa ccpa ddpa eepa ffpa "
	    "ggpa hhpa iipa jjpa kkpa llpa aaaaaaaaaaaaaaa aaaa";
	struct para_lines *l;
	int stacked = 0, pass;

	(void)state;
	for (pass = 0; pass < 2; pass++) {
		const char *m, *second;
		ptrdiff_t above = -1, below = -1;

		style.kashida_stack_demerits = pass ? 3000 : 0;
		style.kashida = false;
		shape.measure = PT(10000);
		l = set("aapa bbpa ccpa ddpa eepa ffpa");
		shape.measure = l->v[0].width + PT(5);
		style.kashida = true;
		m = marked(set(text));
		second = strchr(m, '/') + 1;
		above = strchr(m, '~') - m;
		below = strchr(second, '~') - second;
		if (pass == 0)
			stacked = above == below;
		else
			assert_true(above != below);
	}
	assert_true(stacked);
}

static int
count(const char *s, const char *what)
{
	int n = 0;

	for (; (s = strstr(s, what)) != NULL; s++)
		n++;
	return n;
}

static void
no_word_twice_when_another_serves(void **state)
{
	const char *m;

	(void)state;
	style.kashida_stack_demerits = 0;
	m = marked(line("aapa ccra aapa ddra aapa eera", PT(14)));
	assert_int_equal(count(m, "~"), 2);
	assert_int_equal(count(m, "aap~a"), 1);
	/* The next line of the paragraph too does without it. */
	shape.measure -= PT(8);
	m = marked(set("aapa ccca cccc ddda dddd eeee "
	    "aapa ccra cccc ddda dddd eeee aaaaaaaaaaaaaaaaaaaaaaaaaaa"));
	assert_string_equal(m, "aap~a ccca cccc ddda dddd eeee/"
	    "aapa ccr~a cccc ddda dddd eeee/aaaaaaaaaaaaaaaaaaaaaaaaaaa/");
	/* Nothing else serves: then twice. */
	style.kashida_repeat_demerits = 50;
	assert_int_equal(line("aapa aapa aapa aapa aapa aapa",
	    PT(14))->v[0].nkashida, 2);
}

/* The breaks themselves know what kashida can do. */
static void
breaks_count_on_kashida(void **state)
{
	uint32_t i, n, with = 0, without = 0;
	char text[400];
	int worst;

	(void)state;
	seed = 3;
	for (i = 0; i < 300; i++) {
		draw(text, sizeof(text));
		shape.measure = PT(400) + (sp)(seed >> 44 & 0x7fffff);
		style.kashida = false;
		weigh(set(text), &worst, &n);
		without += n;
		style.kashida = true;
		weigh(set(text), &worst, &n);
		with += n;
		arena_reset(&scratch);
		arena_reset(&arena);
	}
	print_message("loose lines: %u without kashida, %u with\n", without,
	    with);
	assert_true(with * 2 <= without);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(priority_decides),
		TEST(one_word_in_three_and_spread),
		TEST(lengths_keep_the_limits),
		TEST(a_refusal_is_worked_around),
		TEST(no_line_is_worse_than_without),
		TEST(never_in_the_last_line),
		TEST(none_right_under_another),
		TEST(no_word_twice_when_another_serves),
		TEST(breaks_count_on_kashida),
	};

	return cmocka_run_group_tests_name("para/kashida", tests, NULL, NULL);
}
