/* Which face serves, who stands in, and what is said about it. */
#include "font/fonts.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

/* A folder with a manifest of its own over the project's font files. */
struct folder {
	char dir[64];
	char real[512];		/* fonts/files of the project */
};

static void
folder_begin(struct folder *d)
{
	char cwd[400];

	strcpy(d->dir, "/tmp/dabir-fonts-XXXXXX");
	assert_non_null(mkdtemp(d->dir));
	assert_non_null(getcwd(cwd, sizeof(cwd)));
	snprintf(d->real, sizeof(d->real), "%s/fonts/files", cwd);
	/* The faces are links to these. */
	assert_true(path_allow(d->real));
}

static void
folder_manifest(struct folder *d, const char *text)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/manifest.yaml", d->dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void
folder_link(const struct folder *d, const char *from, const char *to)
{
	char a[1024], b[128];

	snprintf(a, sizeof(a), "%s/%s", d->real, from);
	snprintf(b, sizeof(b), "%s/%s", d->dir, to);
	assert_int_equal(symlink(a, b), 0);
}

static void
folder_end(const struct folder *d)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", d->dir);
	assert_int_equal(system(command), 0);
}

#define AMIRI_SUM \
    "6f909d81f17de2919be4ce99fac51b07623794d9a46cfd1df53e2d6e669d9263"

static void
test_project(void **state)
{
	struct fonts t;
	struct font_face *f;
	const struct font_metrics *m;
	int xmin, ymin, xmax, ymax;

	(void)state;
	fonts_open(&t, "fonts");
	f = fonts_face(&t, "Parastoo", 400);
	if (f == NULL) {
		fonts_close(&t);
		skip();
	}
	assert_int_equal(t.dg.worst, 0);
	m = font_metrics(f);
	assert_int_equal(m->upem, 2727);
	assert_int_equal(m->ascent, 2635);
	assert_int_equal(m->descent, 1200);
	assert_int_equal(m->alef_height, 1528);
	assert_int_equal(m->weight, 400);
	assert_false(m->italic);
	assert_false(m->fixed);
	assert_string_equal(font_style_name(f), "Regular");
	assert_false(font_is_cff(f));
	assert_true(font_can_compose(f));

	assert_true(font_has(f, 0x67e));
	assert_true(font_has(f, 0x200c));
	assert_false(font_has(f, 0x1e25));	/* h with a dot below */
	assert_false(font_has(f, 0x10ffff));
	assert_false(font_has(f, UINT32_MAX));
	assert_int_equal(font_glyph(f, 0x1e25), 0);
	assert_true(font_advance(f, font_glyph(f, ' ')) > 0);
	assert_false(font_extents(f, font_glyph(f, ' '), &xmin, &ymin, &xmax,
	    &ymax));
	assert_true(font_extents(f, font_glyph(f, 0x627), &xmin, &ymin, &xmax,
	    &ymax));
	assert_int_equal(ymax, m->alef_height);

	/* Asked again the same, asked otherwise others. */
	assert_ptr_equal(font_lookup(t.set, &t.dg, "parastoo", 450, false,
	    NOPOS), f);
	assert_string_equal(font_style_name(font_lookup(t.set, &t.dg,
	    "Parastoo", 900, false, NOPOS)), "Bold");
	assert_int_equal(font_metrics(font_lookup(t.set, &t.dg, "Sahel", 400,
	    false, NOPOS))->weight, 900);
	assert_true(font_metrics(font_lookup(t.set, &t.dg,
	    "Gentium Book Plus", 700, true, NOPOS))->italic);
	assert_int_equal(t.dg.worst, 0);
	fonts_close(&t);
}

/* Rule 8: which faces have a tatweel that may be scaled. */
static void
test_bars(void **state)
{
	struct fonts t;
	struct font_face *f;
	int i;

	(void)state;
	fonts_open(&t, "fonts");
	f = font_lookup(t.set, &t.dg, "Noto Nastaliq Urdu", 400, false, NOPOS);
	assert_string_equal(font_family(f), "Noto Nastaliq Urdu");
	assert_false(font_is_plain_bar(f, font_glyph(f, 0x640)));
	f = fonts_face(&t, "Parastoo", 400);
	if (f != NULL) {
		for (i = 0; i < 3; i++) {
			assert_true(font_is_plain_bar(f, font_glyph(f,
			    0x640)));
			assert_false(font_is_plain_bar(f, font_glyph(f,
			    0x627)));
			assert_false(font_is_plain_bar(f, font_glyph(f, ' ')));
			assert_false(font_is_plain_bar(f, 100000));
		}
	}
	fonts_close(&t);
}

static void
test_chain(void **state)
{
	static const char *const families[] = { "Amiri", "Gentium Book Plus",
	    "Noto Nastaliq Urdu" };
	struct fonts t;
	struct font_chain c;
	size_t i, j;

	(void)state;
	fonts_open(&t, "fonts");
	c = font_chain(t.set, &t.a, &t.dg, families, 3, 700, false, NOPOS);
	assert_true(c.n >= 3);
	for (i = 0; i < 3; i++)
		assert_string_equal(font_family(c.v[i]), families[i]);
	assert_int_equal(font_metrics(c.v[1])->weight, 700);
	for (i = 0; i < c.n; i++)
		for (j = 0; j < i; j++)
			assert_ptr_not_equal(c.v[i], c.v[j]);
	for (i = 0; i < c.n; i++)
		if (font_has(c.v[i], 0x1e25))
			break;
	assert_true(i < c.n);
	/* Without a name: the manifest's first, and what follows it. */
	c = font_chain(t.set, &t.a, &t.dg, NULL, 0, 400, false, NOPOS);
	assert_true(c.n >= 2);
	fonts_close(&t);
}

/* Two faces of a family gone, its neighbour too far: the chain serves. */
static void
test_missing(void **state)
{
	struct folder d;
	struct fonts t;
	struct font_face *f;
	struct font_info *list;
	static const char *const families[] = { "Body" };
	struct font_chain c;

	(void)state;
	folder_begin(&d);
	folder_link(&d, "Amiri-Regular.ttf", "amiri.ttf");
	folder_link(&d, "Amiri-Bold.ttf", "bold.ttf");
	folder_manifest(&d, "faces:\n"
	    "  - {family: Body, weight: 400, file: gone.ttf,\n"
	    "     fallback: [Nobody, Lost, Amiri]}\n"
	    "  - {family: Body, weight: 700, file: bold.ttf}\n"
	    "  - {family: Lost, weight: 400, file: lost.ttf}\n"
	    "  - {family: Amiri, weight: 400, file: amiri.ttf, role: arabic,\n"
	    "     license: OFL-1.1,\n"
	    "     sha256: " AMIRI_SUM "}\n");
	fonts_open(&t, d.dir);
	f = font_lookup(t.set, &t.dg, "Body", 400, false, NOPOS);
	assert_string_equal(font_family(f), "Amiri");
	assert_ptr_equal(font_lookup(t.set, &t.dg, "Body", 410, false, NOPOS),
	    f);
	assert_int_equal(said(&t.dg, "FNT002"), 1);
	assert_int_equal(t.dg.ncount[DIAG_WARNING], 1);
	/* 700 is there; 600 takes it, and so does Medium in its place. */
	f = font_lookup(t.set, &t.dg, "Body", 600, false, NOPOS);
	assert_string_equal(font_family(f), "Body");
	/* The chain of the one that is gone stays its own. */
	c = font_chain(t.set, &t.a, &t.dg, families, 1, 400, false, NOPOS);
	assert_int_equal(c.n, 1);
	assert_int_equal(t.dg.ncount[DIAG_WARNING], 1);
	assert_int_equal(t.dg.ncount[DIAG_ERROR], 0);
	assert_int_equal(font_list(t.set, &t.a, &list), 4);
	assert_false(list[0].present);
	assert_false(list[0].hash_ok);
	assert_true(list[3].present);
	assert_true(list[3].hash_ok);
	assert_string_equal(list[3].role, "arabic");
	assert_string_equal(list[3].licence, "OFL-1.1");
	fonts_close(&t);
	folder_end(&d);
}

static void
test_unknown_family(void **state)
{
	struct fonts t;
	struct font_face *f;
	const char *dirs[] = { "/nowhere/at/all", "fonts" };

	(void)state;
	memset(&t, 0, sizeof(t));
	t.set = font_set_open(&t.dg, dirs, 2, false);
	assert_int_equal(said(&t.dg, "FNT001"), 0);
	f = font_lookup(t.set, &t.dg, "Amirri", 400, false, NOPOS);
	assert_non_null(f);
	assert_int_equal(said(&t.dg, "FNT006"), 1);
	assert_non_null(strstr(t.dg.first->text, "Amiri"));
	fonts_close(&t);
}

static void
test_hash(void **state)
{
	static const char manifest[] = "faces:\n"
	    "  - {family: Body, weight: 400, file: amiri.ttf, sha256: "
	    "6F909D81f17de2919be4ce99fac51b07"
	    "623794d9a46cfd1df53e2d6e669d9263}\n"
	    "  - {family: Other, weight: 400, file: bold.ttf, sha256: "
	    AMIRI_SUM "}\n";
	static const char *const families[] = { "Body", "Other" };
	struct folder d;
	struct fonts t;
	struct font_chain c;
	const char *dir = d.dir;
	int strict;

	(void)state;
	folder_begin(&d);
	folder_link(&d, "Amiri-Regular.ttf", "amiri.ttf");
	folder_link(&d, "Amiri-Bold.ttf", "bold.ttf");
	folder_manifest(&d, manifest);
	for (strict = 0; strict < 2; strict++) {
		memset(&t, 0, sizeof(t));
		t.set = font_set_open(&t.dg, &dir, 1, strict != 0);
		c = font_chain(t.set, &t.a, &t.dg, families, 2, 400, false,
		    NOPOS);
		assert_int_equal(c.n, 2);
		/* Not opened yet, so not hashed. */
		assert_null(t.dg.first);
		assert_true(font_has(c.v[1], 'a'));
		font_set_report(t.set, &t.dg, NOPOS);
		font_set_report(t.set, &t.dg, NOPOS);
		assert_int_equal(said(&t.dg, "FNT003"), strict == 0);
		assert_int_equal(said(&t.dg, "FNT004"), strict != 0);
		fonts_close(&t);
	}
	folder_end(&d);
}

/* What is wrong with a manifest is told at its line; the rest counts. */
static void
test_bad_manifest(void **state)
{
	static const char *const bad[] = {
		"", "faces", "faces: 3\n", "- a\n- b\n",
		"faces: [1, [2], {}]\n",
		"faces:\n  - {family: A}\n  - {file: b}\n", "faces: [\n", "{",
		"faces:\n  - {family: [], file: {}, weight: x, italic: 7,\n"
		"     sha256: zz, fallback: x, color: red}\n",
		"faces:\n  - {family: A, file: b, fallback: [[1], ''],\n"
		"     weight: 99999999999999999999, index: -1}\n",
	};
	struct folder d;
	struct fonts t;
	struct font_info *list;
	size_t i;

	(void)state;
	folder_begin(&d);
	for (i = 0; i < NELEM(bad); i++) {
		folder_manifest(&d, bad[i]);
		fonts_open(&t, d.dir);
		assert_int_equal(t.dg.worst, DIAG_ERROR);
		font_list(t.set, &t.a, &list);
		fonts_close(&t);
	}
	folder_link(&d, "Amiri-Regular.ttf", "amiri.ttf");
	folder_manifest(&d, "faces:\n"
	    "  - {family: Body, wieght: 400, file: amiri.ttf}\n");
	fonts_open(&t, d.dir);
	assert_int_equal(said(&t.dg, "STY001"), 1);
	assert_int_equal(t.dg.first->pos.line, 2);
	assert_non_null(strstr(t.dg.first->text, "“weight”"));
	assert_string_equal(font_family(font_lookup(t.set, &t.dg, "Body", 400,
	    false, NOPOS)), "Body");
	fonts_close(&t);
	folder_end(&d);
}

/* No manifest anywhere: the system's faces, as far as it has any. */
static void
test_no_manifest(void **state)
{
	static const char *const families[] = { "DejaVu Sans" };
	struct fonts t;
	struct font_chain c;

	(void)state;
	fonts_open(&t, "/nowhere/at/all");
	assert_int_equal(said(&t.dg, "FNT001"), 1);
	c = font_chain(t.set, &t.a, &t.dg, families, 1, 400, false, NOPOS);
	if (c.n == 0)
		assert_int_equal(said(&t.dg, "FNT007"), 1);
	else
		assert_true(font_metrics(c.v[0])->upem > 0);
	fonts_close(&t);
}

static void *
ask(void *arg)
{
	struct font_face **v = arg;
	intptr_t sum = 0;
	uint32_t cp;
	int i;

	for (cp = 0x600; cp < 0x700; cp++)
		for (i = 0; i < 4; i++)
			if (font_has(v[i], cp))
				sum += font_advance(v[i], font_glyph(v[i],
				    cp)) + font_is_plain_bar(v[i],
				    font_glyph(v[i], cp));
	return (void *)sum;
}

/* Faces at the end of a chain are opened by whoever comes first. */
static void
test_threads(void **state)
{
	static const char *const families[] = { "Amiri", "Gentium Book Plus",
	    "Noto Nastaliq Urdu", "Parastoo" };
	struct fonts t;
	struct font_chain c;
	pthread_t id[8];
	void *sum[8];
	size_t i;

	(void)state;
	fonts_open(&t, "fonts");
	c = font_chain(t.set, &t.a, &t.dg, families, 4, 400, false, NOPOS);
	if (c.n >= 4) {
		for (i = 0; i < 8; i++)
			assert_int_equal(pthread_create(&id[i], NULL, ask,
			    c.v), 0);
		for (i = 0; i < 8; i++)
			pthread_join(id[i], &sum[i]);
		for (i = 1; i < 8; i++)
			assert_ptr_equal(sum[i], sum[0]);
	}
	fonts_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_project),
		cmocka_unit_test(test_bars),
		cmocka_unit_test(test_chain),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_unknown_family),
		cmocka_unit_test(test_hash),
		cmocka_unit_test(test_bad_manifest),
		cmocka_unit_test(test_no_manifest),
		cmocka_unit_test(test_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
