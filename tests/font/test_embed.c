/*
 * Embedded programs, as FreeType reads them: every glyph must be drawn as
 * its key says, from the outlines FreeType finds in the font's own file.
 *
 * With FONT_OUT=FOLDER the programs are left there for other judges.
 */
#include "font/fonts.h"

#include "font/private.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_BBOX_H

#define ONE 0x4000

static FT_Library ft;

static int
setup(void **state)
{
	(void)state;
	return FT_Init_FreeType(&ft);
}

static int
teardown(void **state)
{
	(void)state;
	return FT_Done_FreeType(ft);
}

/* ------------------------------------------------------------------ keys */

struct made {
	struct font_part parts[16];
	size_t nparts;
	int advance;
	uint32_t cp;
	uint32_t number;
};

struct keys {
	struct made *v;
	size_t n, cap;
};

static void
put(struct keys *ks, struct font_embed *e, const struct font_part *parts,
    size_t nparts, int advance, uint32_t cp)
{
	struct made *m = VEC_PUSH(ks);
	struct font_key k = { parts, nparts, advance, &cp, 1 };

	assert_true(nparts <= NELEM(m->parts));
	memset(m, 0, sizeof(*m));
	if (nparts > 0)
		memcpy(m->parts, parts, nparts * sizeof(*parts));
	m->nparts = nparts;
	m->advance = advance;
	m->cp = cp;
	m->number = font_embed_key(e, &k);
}

/* Shape a word and put one key a cluster, as the PDF room will. */
static void
put_word(struct keys *ks, struct font_embed *e, struct font_face *f,
    const char *text)
{
	hb_buffer_t *b = hb_buffer_create();
	struct font_part parts[16];
	hb_glyph_info_t *g;
	hb_glyph_position_t *p;
	unsigned n, i, j;
	int x;

	hb_buffer_add_utf8(b, text, -1, 0, -1);
	hb_buffer_set_direction(b, HB_DIRECTION_RTL);
	hb_buffer_set_script(b, HB_SCRIPT_ARABIC);
	hb_buffer_set_language(b, hb_language_from_string("fa", -1));
	hb_shape(font_hb(f), b, NULL, 0);
	g = hb_buffer_get_glyph_infos(b, &n);
	p = hb_buffer_get_glyph_positions(b, &n);
	for (i = 0; i < n; i = j) {
		x = 0;
		for (j = i; j < n && g[j].cluster == g[i].cluster &&
		    j - i < NELEM(parts); j++) {
			parts[j - i] = (struct font_part){
			    (uint16_t)g[j].codepoint,
			    (int16_t)(x + p[j].x_offset),
			    (int16_t)p[j].y_offset, ONE };
			x += p[j].x_advance;
		}
		put(ks, e, parts, j - i, x, 0x627 + i);
	}
	hb_buffer_destroy(b);
}

/* Everything rules 2 to 6 of the PDF's design ask for. */
static void
put_all_kinds(struct keys *ks, struct font_embed *e, struct font_face *f)
{
	uint16_t beh = (uint16_t)font_glyph(f, 0x628);
	uint16_t kasra = (uint16_t)font_glyph(f, 0x650);
	uint16_t space = (uint16_t)font_glyph(f, ' ');
	uint16_t bar = (uint16_t)font_glyph(f, 0x640);
	int upem = font_metrics(f)->upem, adv = font_advance(f, beh), i;
	struct font_part p[4];

	/* The letter as it stands, and for another character. */
	p[0] = (struct font_part){ beh, 0, 0, ONE };
	put(ks, e, p, 1, adv, 0x628);
	put(ks, e, p, 1, adv, 0x67e);
	/* With another advance, and shifted: kerning, a ligature's half. */
	put(ks, e, p, 1, adv - 31, 0x628);
	p[0].dx = -200;
	put(ks, e, p, 1, adv / 2, 0x628);
	/* A letter with a mark; the same glyph for another character. */
	p[0] = (struct font_part){ beh, 0, 0, ONE };
	p[1] = (struct font_part){ kasra, 150, -300, ONE };
	put(ks, e, p, 2, adv, 0x628);
	put(ks, e, p, 2, adv, 0x67e);
	/* Kashida, narrowed and widened; a part without ink between. */
	for (i = 1; i <= 6; i++) {
		p[0] = (struct font_part){ bar, 0, 0, (uint16_t)(ONE * i / 4) };
		p[1] = (struct font_part){ space, 10, 0, ONE };
		p[2] = (struct font_part){ beh,
		    (int16_t)(font_advance(f, bar) * i / 4), 0, ONE };
		put(ks, e, p, 3, adv + p[2].dx, 0x628);
	}
	/* Spaces of exact widths; shared widths share a glyph. */
	for (i = 0; i < 40; i++)
		put(ks, e, NULL, 0, upem / 5 + 7 * i, ' ');
	put(ks, e, NULL, 0, upem / 5, 0x200c);
	/* Only parts without ink. */
	p[0] = (struct font_part){ space, 20, 0, ONE };
	put(ks, e, p, 1, upem / 4, 0xa0);
	/* What is missing is a box. */
	p[0] = (struct font_part){ 0, 0, 0, ONE };
	put(ks, e, p, 1, font_advance(f, 0), 0x1234);
	put_word(ks, e, f, "بِسْمِ");
	put_word(ks, e, f, "صلاح‌الدّین");
	put_word(ks, e, f, "ترکستان");
}

/* --------------------------------------------------------------- judging */

/* Append the outline of a glyph as FreeType has it, moved and scaled. */
static int
expect_part(FT_Face face, const struct font_part *p, FT_Vector *out)
{
	FT_Outline *o = &face->glyph->outline;
	int i;

	assert_int_equal(FT_Load_Glyph(face, p->gid, FT_LOAD_NO_SCALE), 0);
	for (i = 0; i < o->n_points; i++) {
		out[i].x = muldiv(o->points[i].x, p->xscale, ONE) + p->dx;
		out[i].y = o->points[i].y + p->dy;
	}
	return o->n_points;
}

static const struct font_code *
find_code(const struct font_program *p, uint16_t code)
{
	size_t i;

	for (i = 0; i < p->ncodes; i++)
		if (p->codes[i].code == code)
			return &p->codes[i];
	fail_msg("code %04x is not in the program", code);
	return NULL;
}

/* A key's glyph, point by point; scaling may round by one unit. */
static void
check_key(FT_Face source, FT_Face made, const struct font_code *c,
    const struct made *k)
{
	static FT_Vector want[20000];
	FT_Outline *o = &made->glyph->outline;
	int n = 0, i;
	size_t j;

	assert_int_equal(c->advance, k->advance);
	assert_int_equal(c->ncps, 1);
	assert_int_equal(c->cps[0], k->cp);
	for (j = 0; j < k->nparts; j++)
		n += expect_part(source, &k->parts[j], want + n);
	assert_int_equal(FT_Load_Glyph(made, c->gid, FT_LOAD_NO_SCALE), 0);
	assert_int_equal(made->glyph->metrics.horiAdvance, k->advance);
	assert_int_equal(o->n_points, n);
	for (i = 0; i < n; i++) {
		assert_in_range(o->points[i].x - want[i].x + 1, 0, 2);
		assert_in_range(o->points[i].y - want[i].y + 1, 0, 2);
	}
}

static void
join(FT_BBox *a, const FT_BBox *b)
{
	a->xMin = MIN(a->xMin, b->xMin);
	a->xMax = MAX(a->xMax, b->xMax);
	a->yMin = MIN(a->yMin, b->yMin);
	a->yMax = MAX(a->yMax, b->yMax);
}

/* The same by boxes, where the outlines were written as other curves. In
 * a CID-keyed CFF FreeType takes the CID, which is the code. */
static void
check_key_box(FT_Face source, FT_Face made, const struct font_code *c,
    const struct made *k)
{
	FT_BBox box, all = { 0, 0, 0, 0 };
	const struct font_part *p;
	bool any = false;
	size_t j;

	assert_int_equal(c->advance, k->advance);
	for (j = 0; j < k->nparts; j++) {
		p = &k->parts[j];
		assert_int_equal(FT_Load_Glyph(source, p->gid,
		    FT_LOAD_NO_SCALE), 0);
		if (source->glyph->outline.n_points == 0)
			continue;
		FT_Outline_Get_BBox(&source->glyph->outline, &box);
		box.xMin = muldiv(box.xMin, p->xscale, ONE) + p->dx;
		box.xMax = muldiv(box.xMax, p->xscale, ONE) + p->dx;
		box.yMin += p->dy;
		box.yMax += p->dy;
		if (!any)
			all = box;
		join(&all, &box);
		any = true;
	}
	assert_int_equal(FT_Load_Glyph(made, c->code, FT_LOAD_NO_SCALE), 0);
	assert_int_equal(made->glyph->metrics.horiAdvance, k->advance);
	assert_int_equal(made->glyph->outline.n_points > 0, any);
	if (!any)
		return;
	FT_Outline_Get_BBox(&made->glyph->outline, &box);
	assert_in_range(box.xMin - all.xMin + 2, 0, 4);
	assert_in_range(box.xMax - all.xMax + 2, 0, 4);
	assert_in_range(box.yMin - all.yMin + 2, 0, 4);
	assert_in_range(box.yMax - all.yMax + 2, 0, 4);
}

static void
leave(const struct font_program *p, const char *stem)
{
	const char *dir = getenv("FONT_OUT");
	char path[512];
	FILE *f;

	if (dir == NULL)
		return;
	snprintf(path, sizeof(path), "%s/%s.%s", dir, stem,
	    p->cff ? "cff" : "ttf");
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(p->data, 1, p->size, f), p->size);
	assert_int_equal(fclose(f), 0);
}

/* Every key of the embedding against the face's own file. */
static void
check_programs(const struct font_face *f, const struct font_embed *e,
    const struct keys *ks)
{
	const struct font_program *p;
	FT_Face source, made[4];
	size_t i, at, n = font_embed_nprograms(e);
	uint16_t code;

	assert_in_range(n, 1, NELEM(made));
	assert_int_equal(FT_New_Face(ft, font_path(f), 0, &source), 0);
	for (i = 0; i < n; i++) {
		p = font_embed_program(e, i);
		assert_int_equal(FT_New_Memory_Face(ft, p->data,
		    (FT_Long)p->size, 0, &made[i]), 0);
		assert_int_equal(made[i]->units_per_EM, source->units_per_EM);
		if (!p->cff)
			assert_int_equal(made[i]->num_glyphs, p->nglyphs);
		assert_int_equal(p->name[6], '+');
	}
	for (i = 0; i < ks->n; i++) {
		font_embed_code(e, ks->v[i].number, &at, &code);
		p = font_embed_program(e, at);
		assert_int_not_equal(code, 0);
		if (p->cff)
			check_key_box(source, made[at], find_code(p, code),
			    &ks->v[i]);
		else
			check_key(source, made[at], find_code(p, code),
			    &ks->v[i]);
	}
	for (i = 0; i < n; i++)
		FT_Done_Face(made[i]);
	FT_Done_Face(source);
}

/* ----------------------------------------------------------------- tests */

static void
embed_family(const char *family, int weight, bool as_cff, const char *stem)
{
	struct fonts t;
	struct font_face *f;
	struct font_embed *e;
	struct keys ks = {0};

	fonts_open(&t, "fonts");
	f = fonts_face(&t, family, weight);
	if (f == NULL) {
		fonts_close(&t);
		skip();
	}
	if (as_cff)
		f->glyf = false;
	e = font_embed_open(f);
	put_all_kinds(&ks, e, f);
	assert_true(font_embed_finish(e, &t.dg));
	assert_int_equal(t.dg.worst, 0);
	assert_int_equal(font_embed_nprograms(e), 1);
	assert_int_equal(font_embed_program(e, 0)->cff, as_cff);
	leave(font_embed_program(e, 0), stem);
	check_programs(f, e, &ks);
	font_embed_close(e);
	free(ks.v);
	fonts_close(&t);
}

static void
test_parastoo(void **state)
{
	(void)state;
	embed_family("Parastoo", 400, false, "parastoo");
}

static void
test_vazirmatn(void **state)
{
	(void)state;
	embed_family("Vazirmatn", 700, false, "vazirmatn");
}

static void
test_amiri(void **state)
{
	(void)state;
	embed_family("Amiri", 400, false, "amiri");
}

static void
test_nastaliq(void **state)
{
	(void)state;
	embed_family("Noto Nastaliq Urdu", 400, false, "nastaliq");
}

static void
test_cff(void **state)
{
	(void)state;
	embed_family("Parastoo", 400, true, "parastoo");
}

/* Codes and bytes depend on the keys, not on the order they came in. */
static void
test_order(void **state)
{
	enum { N = 700 };
	struct fonts t;
	struct font_face *f;
	struct font_embed *e[2];
	struct font_key k = {0};
	uint32_t number[2][N], cp;
	const struct font_program *p[2];
	size_t at;
	uint16_t c[2];
	int i, j;

	(void)state;
	fonts_open(&t, "fonts");
	f = font_lookup(t.set, &t.dg, "Amiri", 400, false, NOPOS);
	assert_non_null(f);
	for (j = 0; j < 2; j++) {
		e[j] = font_embed_open(f);
		for (i = 0; i < N; i++) {
			k.advance = j == 0 ? i : (i * 299) % N;
			cp = 0x20;
			k.cps = &cp;
			k.ncps = 1;
			number[j][k.advance] = font_embed_key(e[j], &k);
			assert_int_equal(font_embed_key(e[j], &k),
			    number[j][k.advance]);
		}
		assert_true(font_embed_finish(e[j], &t.dg));
		p[j] = font_embed_program(e[j], 0);
	}
	for (i = 0; i < N; i++) {
		font_embed_code(e[0], number[0][i], &at, &c[0]);
		font_embed_code(e[1], number[1][i], &at, &c[1]);
		assert_int_equal(c[0], c[1]);
		assert_in_range(c[0], 1, 2047);
	}
	assert_int_equal(p[0]->size, p[1]->size);
	assert_memory_equal(p[0]->data, p[1]->data, p[0]->size);
	assert_string_equal(p[0]->name, p[1]->name);
	for (i = 1; i < (int)p[0]->ncodes; i++)
		assert_true(p[0]->codes[i - 1].code < p[0]->codes[i].code);
	font_embed_close(e[0]);
	font_embed_close(e[1]);
	fonts_close(&t);
}

/* One key more leaves almost all codes where they were. */
static void
test_edit(void **state)
{
	enum { N = 1500 };
	struct fonts t;
	struct font_face *f;
	struct font_embed *e;
	struct font_key k = {0};
	uint16_t codes[2][N];
	size_t at;
	int i, j, moved = 0;

	(void)state;
	fonts_open(&t, "fonts");
	f = font_lookup(t.set, &t.dg, "Amiri", 400, false, NOPOS);
	assert_non_null(f);
	for (j = 0; j < 2; j++) {
		e = font_embed_open(f);
		for (i = 0; i < N + j; i++) {
			k.advance = i;
			font_embed_key(e, &k);
		}
		assert_true(font_embed_finish(e, &t.dg));
		for (i = 0; i < N; i++)
			font_embed_code(e, (uint32_t)i, &at, &codes[j][i]);
		font_embed_close(e);
	}
	for (i = 0; i < N; i++)
		moved += codes[0][i] != codes[1][i];
	assert_in_range(moved, 0, 4);
	fonts_close(&t);
}

/* More keys than one program has codes, and more glyphs than it can hold. */
static void
test_many(void **state)
{
	enum { N = 59900 };	/* and 6,000 glyphs they are made of */
	struct fonts t;
	struct font_face *f;
	struct font_embed *e;
	struct keys ks = {0};
	struct font_part p = { 0, 0, 0, ONE };
	int i;

	(void)state;
	fonts_open(&t, "fonts");
	f = font_lookup(t.set, &t.dg, "Amiri", 400, false, NOPOS);
	assert_non_null(f);
	e = font_embed_open(f);
	for (i = 0; i < N; i++) {
		p.gid = (uint16_t)(i % 6000);
		p.dx = (int16_t)(1 + i / 6000);
		put(&ks, e, &p, 1, 500, 0x628);
	}
	assert_true(font_embed_finish(e, &t.dg));
	assert_int_equal(t.dg.worst, 0);
	assert_int_equal(font_embed_nprograms(e), 2);
	ks.n = 3000;
	check_programs(f, e, &ks);
	font_embed_close(e);
	free(ks.v);
	fonts_close(&t);
}

/* What no shaper would ask for must not hurt. */
static void
test_absurd(void **state)
{
	struct fonts t;
	struct font_face *f;
	struct font_embed *e;
	struct font_part p[3] = { { 65535, 0, 0, ONE },
	    { 100, INT16_MIN, INT16_MAX, 65535 },
	    { 101, INT16_MAX, INT16_MIN, 0 } };
	struct font_key k = { p, 3, INT32_MAX, NULL, 0 };
	uint32_t a, b;
	size_t at;
	uint16_t code;
	const struct font_program *prog;
	int pass;

	(void)state;
	for (pass = 0; pass < 2; pass++) {
		fonts_open(&t, "fonts");
		f = font_lookup(t.set, &t.dg, "Amiri", 400, false, NOPOS);
		assert_non_null(f);
		if (pass == 1)
			f->glyf = false;
		e = font_embed_open(f);
		k.advance = INT32_MAX;
		a = font_embed_key(e, &k);
		k.advance = INT32_MIN;
		b = font_embed_key(e, &k);
		assert_int_not_equal(a, b);
		assert_true(font_embed_finish(e, &t.dg));
		prog = font_embed_program(e, 0);
		font_embed_code(e, a, &at, &code);
		assert_int_equal(find_code(prog, code)->advance, 65535);
		font_embed_code(e, b, &at, &code);
		assert_int_equal(find_code(prog, code)->advance, 0);
		font_embed_close(e);
		/* Nothing used: nothing to embed. */
		e = font_embed_open(f);
		assert_true(font_embed_finish(e, &t.dg));
		assert_int_equal(font_embed_nprograms(e), 0);
		font_embed_close(e);
		fonts_close(&t);
	}
}

/* Keys `i` of 40 blanks, those that `uses` has. */
static void
put_blanks(struct font_embed *e, const uint32_t *uses)
{
	static const uint32_t space = ' ';
	struct font_key k = { .cps = &space, .ncps = 1 };

	for (int i = 0; i < 40; i++) {
		k.advance = 100 + i * 7;
		if (uses == NULL || uses[i] != 0)
			font_embed_key(e, &k);
	}
}

/* Of some keys, then of others: programs and codes as if there were no more,
 * and not made again where the same are used. */
static void
test_used(void **state)
{
	struct fonts t;
	struct font_face *f;
	struct font_embed *all, *few;
	uint32_t uses[40], i, n;
	size_t at, at2;
	uint16_t code, code2;
	bool anew;

	(void)state;
	fonts_open(&t, "fonts");
	f = font_lookup(t.set, &t.dg, "Amiri", 400, false, NOPOS);
	assert_non_null(f);
	all = font_embed_open(f);
	put_blanks(all, NULL);
	for (uint32_t round = 1; round < 5; round++) {
		for (i = 0; i < 40; i++)
			uses[i] = round == 4 ? 0 : i % (round + 1);
		assert_true(font_embed_finish_used(all, uses, &anew, &t.dg));
		assert_true(anew);
		assert_true(font_embed_finish_used(all, uses, &anew, &t.dg));
		assert_false(anew);
		few = font_embed_open(f);
		put_blanks(few, uses);
		assert_true(font_embed_finish(few, &t.dg));
		n = (uint32_t)font_embed_nprograms(few);
		assert_int_equal(font_embed_nprograms(all), n);
		for (i = n = 0; i < 40; i++) {
			if (uses[i] == 0)
				continue;
			font_embed_code(all, i, &at, &code);
			font_embed_code(few, n++, &at2, &code2);
			assert_int_equal(code, code2);
		}
		if (n > 0)
			assert_string_equal(font_embed_program(all, 0)->name,
			    font_embed_program(few, 0)->name);
		font_embed_close(few);
	}
	font_embed_close(all);
	fonts_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parastoo),
		cmocka_unit_test(test_vazirmatn),
		cmocka_unit_test(test_amiri),
		cmocka_unit_test(test_nastaliq),
		cmocka_unit_test(test_cff),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_edit),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_absurd),
		cmocka_unit_test(test_used),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
