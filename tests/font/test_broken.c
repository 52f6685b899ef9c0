/*
 * Fonts cut short, bits turned over, tables exchanged: a face that will not
 * do is refused in words; one that seems to do must answer and embed
 * without harm. What harm is, `make san` sees.
 */
#include "font/fonts.h"

#include "font/private.h"

#include <stdio.h>
#include <unistd.h>

/* One face of a manifest, its file written anew for each case. */
struct victim {
	char dir[64], path[128];
	struct buf whole;
};

static void
begin(struct victim *v, const char *file)
{
	char path[256];
	FILE *f;

	memset(v, 0, sizeof(*v));
	strcpy(v->dir, "/tmp/dabir-fonts-XXXXXX");
	assert_non_null(mkdtemp(v->dir));
	snprintf(path, sizeof(path), "%s/manifest.yaml", v->dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("faces:\n  - {family: Victim, file: victim.ttf}\n", f);
	assert_int_equal(fclose(f), 0);
	snprintf(v->path, sizeof(v->path), "%s/victim.ttf", v->dir);
	assert_null(file_read(file, FONT_FILE_MAX, &v->whole));
}

static void
end(struct victim *v)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", v->dir);
	assert_int_equal(system(command), 0);
	buf_free(&v->whole);
}

/*
 * Ask the file that lies there everything, and embed from it. Returns
 * whether it opened.
 */
static bool
use(const struct victim *v, const void *data, size_t n)
{
	struct fonts t;
	struct font_face *f;
	struct font_embed *e;
	struct font_part p[3];
	struct font_key k = { p, 3, 0, NULL, 0 };
	FILE *out = fopen(v->path, "wb");
	int box[4];
	unsigned gid;
	bool opened;

	assert_non_null(out);
	assert_int_equal(fwrite(data, 1, n, out), n);
	assert_int_equal(fclose(out), 0);
	fonts_open(&t, v->dir);
	/* Not font_lookup(): that would go on to ask the system. */
	f = face_of(t.set, t.set->entries.v[0]);
	opened = face_ready(f);
	assert_true(font_metrics(f)->upem > 0);
	assert_non_null(font_style_name(f));
	font_has(f, 0x627);
	e = font_embed_open(f);
	for (gid = 0; gid < 300; gid += 7) {
		font_advance(f, gid);
		font_extents(f, gid, &box[0], &box[1], &box[2], &box[3]);
		font_is_plain_bar(f, gid);
		p[0] = (struct font_part){ (uint16_t)gid, 0, 0, 0x4000 };
		k.nparts = 1;
		k.advance = font_advance(f, gid);
		font_embed_key(e, &k);
		p[1] = (struct font_part){ (uint16_t)(gid + 3), 50, -60,
		    0x5000 };
		p[2] = (struct font_part){ 65000, 0, 0, 0x4000 };
		k.nparts = 3;
		font_embed_key(e, &k);
	}
	assert_int_equal(font_embed_finish(e, &t.dg), opened);
	assert_int_equal(said(&t.dg, "FNT005") + said(&t.dg, "FNT009"),
	    !opened);
	if (opened)
		assert_true(font_embed_program(e, 0)->size > 100);
	font_embed_close(e);
	fonts_close(&t);
	return opened;
}

static void
test_whole(void **state)
{
	struct victim v;

	begin(&v, *state);
	assert_true(use(&v, v.whole.p, v.whole.n));
	end(&v);
}

static void
test_cut(void **state)
{
	struct victim v;
	size_t n;

	begin(&v, *state);
	for (n = 0; n < 400; n += n < 16 ? 1 : 13)
		assert_false(use(&v, v.whole.p, n));
	for (n = 400; n < v.whole.n; n += v.whole.n / 40)
		use(&v, v.whole.p, n);
	end(&v);
}

/* The same numbers on every machine. */
static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static void
test_flipped(void **state)
{
	struct victim v;
	char *copy;
	uint32_t seed = 1;
	int i, j, opened = 0;

	begin(&v, *state);
	copy = xmalloc(v.whole.n);
	for (i = 0; i < 150; i++) {
		memcpy(copy, v.whole.p, v.whole.n);
		for (j = 0; j < 1 + i * 2; j++)
			copy[next(&seed) % v.whole.n] ^=
			    (char)(1 << next(&seed) % 8);
		opened += use(&v, copy, v.whole.n);
	}
	print_message("%d of 150 opened\n", opened);
	free(copy);
	end(&v);
}

/* Bytes of the tables that lead to others: turned over one by one. */
static void
test_tables(void **state)
{
	static const char *const tags[] = { "head", "hhea", "maxp", "loca",
	    "glyf", "hmtx", "cmap", "OS/2" };
	struct victim v;
	uint8_t *copy, *record;
	uint32_t seed = 2, at, len, k;
	size_t i, t, ntables;
	int round;

	begin(&v, *state);
	copy = xmalloc(v.whole.n);
	ntables = be16((uint8_t *)v.whole.p + 4);
	for (t = 0; t < NELEM(tags); t++) {
		for (round = 0; round < 20; round++) {
			memcpy(copy, v.whole.p, v.whole.n);
			for (i = 0; i < ntables; i++) {
				record = copy + 12 + 16 * i;
				if (memcmp(record, tags[t], 4) != 0)
					continue;
				at = be32(record + 8);
				len = be32(record + 12);
				assert_true(at + len <= v.whole.n);
				for (k = 0; k < 4; k++)
					copy[at + next(&seed) %
					    MIN(len, 400)] =
					    (uint8_t)next(&seed);
				if (round == 19)	/* gone altogether */
					memcpy(record, "none", 4);
				if (round == 18)
					put32(record + 12, 0);
				if (round == 17)
					put32(record + 8, UINT32_MAX - 3);
			}
			use(&v, copy, v.whole.n);
		}
	}
	free(copy);
	end(&v);
}

static void
test_no_font(void **state)
{
	static const char text[] = "<!DOCTYPE html><title>404</title>"
	    "this is what a download sometimes leaves";
	struct victim v;

	begin(&v, *state);
	assert_false(use(&v, "", 0));
	assert_false(use(&v, text, sizeof(text)));
	end(&v);
}

/* A licence bit that keeps a font out of files. */
static void
test_forbidden(void **state)
{
	struct victim v;
	uint8_t *record;
	size_t i;

	begin(&v, *state);
	for (i = 0; i < be16((uint8_t *)v.whole.p + 4); i++) {
		record = (uint8_t *)v.whole.p + 12 + 16 * i;
		if (memcmp(record, "OS/2", 4) == 0)
			put16((uint8_t *)v.whole.p + be32(record + 8) + 8, 2);
	}
	assert_false(use(&v, v.whole.p, v.whole.n));
	end(&v);
}

int
main(void)
{
	/* Debian's package brings it, where npm could not be reached too. */
	static char amiri[] = "fonts/files/Amiri-Regular.ttf";
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(test_whole, amiri),
		cmocka_unit_test_prestate(test_cut, amiri),
		cmocka_unit_test_prestate(test_flipped, amiri),
		cmocka_unit_test_prestate(test_tables, amiri),
		cmocka_unit_test_prestate(test_no_font, amiri),
		cmocka_unit_test_prestate(test_forbidden, amiri),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
