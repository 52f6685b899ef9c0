/* Pictures in the file: what kind of object each becomes, and how it lies. */
#include "image/pictures.h"
#include "pdf/made.h"

/* A book of one page for each picture, written plainly; its bytes. */
struct shown {
	struct made m;
	struct pdf_options o;
	struct buf pdf;
};

static void
begin(struct shown *s, unsigned standards)
{
	memset(s, 0, sizeof(*s));
	/* No letters, so no fonts are asked for. */
	s->m.book.width = PT(200);
	s->m.book.height = PT(300);
	s->m.book.lang = "fa";
	s->m.book.title = "کتاب آزمون";
	made_elem(&s->m, ROLE_DOCUMENT, -1);
	s->o.standards = standards;
	s->o.creator = "test";
	if (standards & (PDF_X4 | PDF_X1A)) {
		s->o.profile = "inks.icc";
		s->o.condition = "Inks";
	}
}

/* 100 x 50 pt, 20 pt from the left, 30 from the top. */
static struct page_item *
show(struct shown *s, const char *path, int turn)
{
	const char *why = NULL;
	struct image *im = image_open(&s->m.arena, path, NULL, &why);
	int32_t e = made_elem(&s->m, ROLE_FIGURE, 0);
	struct page_item *it = VEC_PUSH(&s->m.items);

	assert_non_null(im);
	memset(it, 0, sizeof(*it));
	s->m.elems.v[e].alt = "تصویر";
	it->kind = PAGE_IMAGE;
	it->turn = (uint8_t)turn;
	it->elem = e;
	it->x = PT(20);
	it->y = PT(30);
	it->u.image.w = PT(100);
	it->u.image.h = PT(50);
	it->u.image.image = im;
	made_page_end(&s->m);
	return it;
}

static void
end(struct shown *s)
{
	assert_true(made_write(&s->m, &s->o, "it.pdf"));
	s->pdf.n = 0;
	assert_null(file_read("it.pdf", 1 << 24, &s->pdf));
}

static void
done(struct shown *s)
{
	free(s->m.pages.v);
	free(s->m.items.v);
	free(s->m.elems.v);
	diag_free(&s->m.dg);
	arena_free(&s->m.arena);
	buf_free(&s->pdf);
}

static int
times(const struct shown *s, const char *words)
{
	const char *p = s->pdf.p, *stop = s->pdf.p + s->pdf.n;
	size_t n = strlen(words);
	int count = 0;

	while ((p = memmem(p, (size_t)(stop - p), words, n)) != NULL) {
		count++;
		p += n;
	}
	return count;
}

static int
told(const struct shown *s, const char *code)
{
	const struct diag_msg *m;
	int n = 0;

	for (m = s->m.dg.first; m != NULL; m = m->next)
		n += strcmp(m->code, code) == 0;
	return n;
}

static void
pictures(void)
{
	struct picture glass = { .cols = 20, .rows = 10, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB_ALPHA };
	struct picture plain = { .cols = 20, .rows = 10, .bits = 8,
		.kind = PNG_COLOR_TYPE_RGB };
	struct picture index = { .cols = 20, .rows = 10, .bits = 4,
		.kind = PNG_COLOR_TYPE_PALETTE };
	struct photo photo = { .cols = 20, .rows = 10, .space = JCS_RGB };
	struct photo inks = { .cols = 20, .rows = 10, .space = JCS_CMYK };
	struct buf icc = {0}, b = {0};

	make_png(&b, &glass);
	put_file("glass.png", b.p, b.n);
	b.n = 0;
	make_png(&b, &plain);
	put_file("plain.png", b.p, b.n);
	put_file("same.png", b.p, b.n);
	b.n = 0;
	make_png(&b, &index);
	put_file("index.png", b.p, b.n);
	b.n = 0;
	make_jpeg(&b, &photo);
	put_file("photo.jpg", b.p, b.n);
	b.n = 0;
	make_jpeg(&b, &inks);
	put_file("inks.jpg", b.p, b.n);
	b.n = 0;
	make_rgb_profile(&icc);
	photo.icc = icc.p;
	photo.nicc = icc.n;
	make_jpeg(&b, &photo);
	put_file("profile.jpg", b.p, b.n);
	make_ink_profile("inks.icc");
	buf_free(&b);
	buf_free(&icc);
}

static void
for_the_screen(void **state)
{
	struct shown s;

	(void)state;
	pictures();
	begin(&s, PDF_UA1 | PDF_A2A);
	show(&s, "plain.png", 0);
	show(&s, "same.png", 0);
	show(&s, "glass.png", 0);
	show(&s, "index.png", 0);
	show(&s, "photo.jpg", 0);
	show(&s, "inks.jpg", 0);
	show(&s, "profile.jpg", 0);
	end(&s);
	/* plain and same are one; glass has a mask. */
	assert_int_equal(times(&s, "/Subtype/Image"), 7);
	assert_int_equal(times(&s, "/SMask "), 1);
	assert_int_equal(times(&s, "/Group<</Type/Group/S/Transparency"
	    "/CS/DeviceRGB>>"), 1);
	assert_int_equal(times(&s, "/Filter/DCTDecode"), 3);
	assert_int_equal(times(&s, "/ColorSpace[/Indexed/DeviceRGB 15<"), 1);
	assert_int_equal(times(&s, "/ColorSpace[/ICCBased "), 1);
	/* Inks of no profile may not stand in PDF/A. */
	assert_int_equal(times(&s, "/DeviceCMYK"), 0);
	assert_int_equal(times(&s, "/BBox[20 220 120 270]"), 7);
	assert_int_equal(s.m.dg.worst, DIAG_INFO);
	done(&s);
}

static void
without_a_standard(void **state)
{
	struct shown s;

	(void)state;
	pictures();
	begin(&s, 0);
	show(&s, "inks.jpg", 0);
	end(&s);
	assert_int_equal(times(&s, "/ColorSpace/DeviceCMYK"), 1);
	assert_int_equal(times(&s, "/Decode[1 0 1 0 1 0 1 0]"), 1);
	done(&s);
}

static void
for_the_press(void **state)
{
	struct shown s;
	int old;

	(void)state;
	pictures();
	for (old = 0; old < 2; old++) {
		begin(&s, old ? PDF_X1A : PDF_X4);
		show(&s, "plain.png", 0);
		show(&s, "glass.png", 0);
		show(&s, "index.png", 0);
		show(&s, "profile.jpg", 0);
		show(&s, "inks.jpg", 0);
		end(&s);
		assert_int_equal(times(&s, "/DeviceRGB"), 0);
		assert_int_equal(times(&s, "/ICCBased"), 0);
		assert_int_equal(times(&s, "/ColorSpace/DeviceCMYK"), 4);
		assert_int_equal(times(&s, "[/Indexed/DeviceCMYK 15<"), 1);
		/* Inks pass as they are, ours are the right way up. */
		assert_int_equal(times(&s, "/Decode[1 0"), 1);
		assert_int_equal(times(&s, "/SMask "), !old);
		assert_int_equal(times(&s, "/Group<<"), !old);
		done(&s);
	}
}

/*
 * The matrix of each orientation and turn: where the stored picture's lower
 * left corner, right side and left side come to lie in the box from (20,
 * 220) to (120, 270).
 */
static void
turned(void **state)
{
	static const char *const want[8] = {
		"100 0 0 50 20 220 cm", "-100 0 0 50 120 220 cm",
		"-100 0 0 -50 120 270 cm", "100 0 0 -50 20 270 cm",
		"0 -50 -100 0 120 270 cm", "0 -50 100 0 20 270 cm",
		"0 50 100 0 20 220 cm", "0 50 -100 0 120 220 cm",
	};
	/* A turn more is another orientation: 1 6 3 8, 2 7 4 5. */
	static const uint8_t next[9] = { 0, 6, 7, 8, 5, 2, 3, 4, 1 };
	struct photo p = { .cols = 20, .rows = 10, .space = JCS_GRAYSCALE };
	struct shown s;
	int o, turn, is;

	(void)state;
	for (o = 1; o <= 8; o++) {
		for (turn = 0, is = o; turn < 4; turn++, is = next[is]) {
			struct buf b = {0};

			p.orientation = o;
			make_jpeg(&b, &p);
			put_file("turned.jpg", b.p, b.n);
			begin(&s, 0);
			show(&s, "turned.jpg", turn);
			end(&s);
			if (times(&s, want[is - 1]) != 1)
				print_error("orientation %d, turn %d: not %s\n",
				    o, turn, want[is - 1]);
			assert_int_equal(times(&s, want[is - 1]), 1);
			done(&s);
			buf_free(&b);
		}
	}
}

/* A file that is gone when it is to be written leaves white, and a message. */
static void
gone(void **state)
{
	struct shown s;

	(void)state;
	pictures();
	begin(&s, 0);
	show(&s, "photo.jpg", 0);
	show(&s, "plain.png", 0);
	assert_int_equal(unlink("photo.jpg"), 0);
	put_file("plain.png", "other bytes", 11);
	end(&s);
	assert_int_equal(told(&s, "PDF005"), 2);
	assert_int_equal(times(&s, "/Subtype/Image"), 2);
	done(&s);

	/* Known while the page is drawn: nothing is. */
	pictures();
	begin(&s, 0);
	show(&s, "glass.png", 0);
	assert_int_equal(unlink("glass.png"), 0);
	end(&s);
	assert_int_equal(told(&s, "MAN017"), 1);
	assert_int_equal(times(&s, "/Subtype/Image"), 0);
	assert_int_equal(times(&s, " Do\n"), 0);
	done(&s);
}

static void
same_bytes(void **state)
{
	struct shown s;
	struct buf first = {0};
	int i;

	(void)state;
	pictures();
	for (i = 0; i < 2; i++) {
		begin(&s, PDF_X4);
		s.o.compress = true;
		show(&s, "glass.png", 0);
		show(&s, "profile.jpg", 0);
		end(&s);
		if (i == 0)
			buf_add(&first, s.pdf.p, s.pdf.n);
		else {
			assert_int_equal(first.n, s.pdf.n);
			assert_memory_equal(first.p, s.pdf.p, first.n);
		}
		done(&s);
	}
	buf_free(&first);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(for_the_screen),
		cmocka_unit_test(without_a_standard),
		cmocka_unit_test(for_the_press),
		cmocka_unit_test(turned),
		cmocka_unit_test(gone),
		cmocka_unit_test(same_bytes),
	};

	return cmocka_run_group_tests(tests, pictures_enter, pictures_leave);
}
