/* Styles: every kind of value, inheritance, and what mistakes are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "style/style.h"

struct fixture {
	char dir[64];
	struct diag dg;
	struct style *s;
};

static void
put(struct fixture *f, const char *name, const char *text)
{
	char path[128];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s.yaml", f->dir, name);
	out = fopen(path, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static void
load(struct fixture *f, const char *text)
{
	const char *dirs[] = {f->dir};

	put(f, "mine", text);
	f->s = style_load(&f->dg, "mine", NULL, dirs, 1, NOPOS);
	assert_non_null(f->s);
}

static int
setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	strcpy(f->dir, "/tmp/dabir-style-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;
	static const char *const names[] = {"mine", "base", "other"};

	for (size_t i = 0; i < NELEM(names); i++) {
		char path[128];

		snprintf(path, sizeof(path), "%s/%s.yaml", f->dir, names[i]);
		unlink(path);
	}
	rmdir(f->dir);
	style_free(f->s);
	diag_free(&f->dg);
	free(f);
	return 0;
}

static bool
told(const struct fixture *f, const char *code, unsigned line,
    const char *words)
{
	for (const struct diag_msg *m = f->dg.first; m != NULL; m = m->next)
		if (strcmp(m->code, code) == 0 && m->pos.line == line &&
		    strstr(m->text, words) != NULL)
			return true;
	return false;
}

static void
an_empty_style_prints(void **state)
{
	struct fixture *f = *state;

	load(f, "");
	assert_int_equal(f->dg.worst, DIAG_INFO);
	assert_string_equal(f->s->page.trim, "A5");
	assert_int_equal(style_look(f->s, "para")->size, PT(13.5));
	assert_ptr_equal(style_look(f->s, "no such look"),
	    style_look(f->s, "body"));
}

static void
values_of_every_kind(void **state)
{
	struct fixture *f = *state;
	const struct style_look *h;

	load(f,
	    "fonts: {body: [A, B], head: {families: [C], scale: {C: 0.85}}}\n"
	    "page: {trim: A4, inner: 3cm, folio: centre, grid: false}\n"
	    "paragraph: {space-min: 0.75, tolerance: 300, strong: colour+overline}\n"
	    "breaks: {widow: 12345}\n"
	    "looks:\n"
	    "  body: {size: 10pt, leading: 15pt}\n"
	    "  heading-1: {font: head, size: 1.6em, space-before: 2lh, colour: '#c00000'}\n"
	    "  caption: {colour: k 60%, align: centre}\n");
	assert_int_equal(f->dg.worst, DIAG_INFO);
	assert_true(f->s->page.width > PT(595.2) && f->s->page.width <
	    PT(595.4));
	assert_true(f->s->page.inner > PT(85.03) && f->s->page.inner <
	    PT(85.05));
	assert_string_equal(f->s->page.folio, "centre");
	assert_false(f->s->page.grid);
	assert_int_equal(f->s->para.space_min, 750);
	assert_int_equal(f->s->para.strong, EMPH_COLOUR | EMPH_OVERLINE);
	assert_int_equal(f->s->breaks.widow, 12345);
	h = style_look(f->s, "heading-1");
	assert_string_equal(h->font->role, "head");
	assert_int_equal(h->font->scale[0], 850);
	assert_int_equal(h->size, PT(16));
	assert_int_equal(h->leading, PT(24));	/* keeps its proportion */
	assert_int_equal(h->space_before, PT(48));
	assert_int_equal(h->colour.space, 3);
	assert_int_equal(h->colour.v[0], 0xc0);
	assert_int_equal(style_look(f->s, "caption")->colour.v[0], 255 - 153);
	assert_int_equal(style_look(f->s, "caption")->align, STYLE_CENTRE);
}

static void
looks_follow_their_base(void **state)
{
	struct fixture *f = *state;

	load(f,
	    "looks:\n"
	    "  heading-2: {base: quote, weight: 500}\n"
	    "  quote: {size: 8pt}\n"
	    "  body: {size: 20pt, leading: 30pt}\n");
	assert_int_equal(style_look(f->s, "heading-2")->size, PT(8));
	assert_int_equal(style_look(f->s, "heading-2")->weight, 500);
	assert_int_equal(style_look(f->s, "note")->size, PT(20));
}

static void
inline_looks_state_only_their_own(void **state)
{
	struct fixture *f = *state;
	struct style_look look;

	load(f, "looks: {note-mark: {size: 0.5em, rise: 0.3em}}\n");
	look = *style_look(f->s, "heading-1");
	look.size = PT(40);
	style_overlay(&look, style_look(f->s, "note-mark"));
	assert_int_equal(look.size, PT(20));
	assert_int_equal(look.rise, PT(6));
	assert_int_equal(look.weight, style_look(f->s, "heading-1")->weight);
}

static void
styles_inherit(void **state)
{
	struct fixture *f = *state;

	put(f, "base", "looks: {body: {size: 9pt}, caption: {size: 2em}}\n");
	put(f, "other", "inherit: base\npage: {inner: 11mm, outer: 12mm}\n");
	load(f, "inherit: other\npage: {outer: 30mm}\n"
	    "looks: {body: {size: 10pt}}\n");
	assert_int_equal(f->dg.worst, DIAG_INFO);
	assert_int_equal(style_look(f->s, "body")->size, PT(10));
	/* em of the parent's caption is that of the child's body */
	assert_int_equal(style_look(f->s, "caption")->size, PT(20));
	assert_true(f->s->page.outer > PT(85) && f->s->page.inner < PT(32));
}

static void
chains_that_bite_their_tail(void **state)
{
	struct fixture *f = *state;

	put(f, "other", "inherit: mine\n");
	load(f, "inherit: other\nlooks:\n  quote: {base: verse}\n"
	    "  verse: {base: quote}\n");
	assert_true(told(f, "STY005", 1, "mine"));
	assert_int_equal(f->dg.worst, DIAG_ERROR);
	assert_int_equal(style_look(f->s, "quote")->size, PT(13.5));
}

static void
mistakes_have_a_place_and_a_near_name(void **state)
{
	struct fixture *f = *state;

	load(f,
	    "page:\n"
	    "  iner: 20mm\n"
	    "  top: wide\n"
	    "  foot: 20000pt\n"
	    "  trim: A77\n"
	    "lokks: {}\n"
	    "looks:\n"
	    "  heading-9: {size: 3pt}\n"
	    "  para: {colour: reddish, base: nothing}\n"
	    "  note: {font: gothic}\n"
	    "  code: plain\n");
	assert_true(told(f, "STY001", 2, "inner"));
	assert_true(told(f, "STY002", 3, "a length"));
	assert_true(told(f, "STY006", 4, "20000pt"));
	assert_true(told(f, "STY002", 5, "A77"));
	assert_true(told(f, "STY001", 6, "looks"));
	assert_true(told(f, "STY001", 8, "heading-"));
	assert_true(told(f, "STY002", 9, "colour"));
	assert_true(told(f, "STY001", 9, "nothing"));
	assert_true(told(f, "STY002", 10, "font role"));
	assert_true(told(f, "STY002", 11, "mapping"));
	assert_int_equal(f->s->page.trim != NULL, 1);
}

static void
trim_sizes_by_name(void **state)
{
	struct fixture *f = *state;

	load(f, "trims: {رقعی: 145mm 210mm}\npage: {trim: رقعی}\n");
	assert_int_equal(f->dg.worst, DIAG_INFO);
	assert_string_equal(f->s->page.trim, "رقعی");
	assert_true(f->s->page.width > PT(411) && f->s->page.width < PT(411.1));
}

static void
classes_are_overlays(void **state)
{
	struct fixture *f = *state;

	load(f, "classes:\n  aside: {background: '#eeeeee', padding: 4pt}\n"
	    "  none: {}\n");
	assert_non_null(style_class(f->s, "aside"));
	assert_null(style_class(f->s, "other"));
	assert_true(style_look_sets(style_class(f->s, "aside"), "padding"));
	assert_false(style_look_sets(style_class(f->s, "aside"), "size"));
	assert_non_null(style_class(f->s, "none"));
}

static void
no_style_names_the_folders(void **state)
{
	struct fixture *f = *state;
	const char *dirs[] = {f->dir};

	assert_null(style_load(&f->dg, "absent", NULL, dirs, 1, NOPOS));
	assert_int_equal(f->dg.worst, DIAG_FATAL);
	assert_non_null(strstr(f->dg.first->text, f->dir));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_empty_style_prints, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(values_of_every_kind, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(looks_follow_their_base, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    inline_looks_state_only_their_own, setup, teardown),
		cmocka_unit_test_setup_teardown(styles_inherit, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(chains_that_bite_their_tail,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(
		    mistakes_have_a_place_and_a_near_name, setup, teardown),
		cmocka_unit_test_setup_teardown(trim_sizes_by_name, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(classes_are_overlays, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(no_style_names_the_folders,
		    setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
