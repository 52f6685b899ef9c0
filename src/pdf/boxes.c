/*
 * Page boxes and printer's marks.
 *
 * The media box holds the bleed box, which holds the trim box; all three
 * share a middle. Marks stand in the space between bleed and media: crop
 * marks at the trim's corners, registration marks at the middles of the
 * sides, ticks where the page is folded, a bar of the inks at the head, a line
 * of words at the foot.
 * Registration marks print on every plate, so their ink is the separation
 * All.
 */
#include "pdf/internal.h"

#define MARK_SPACE PT(24)		/* beyond the bleed */
#define MARK_GAP PT(3)			/* from the bleed to a mark */
#define MARK_LENGTH PT(15)
#define MARK_LINE (SP_PT / 4)
#define TARGET PT(4)			/* radius of a registration mark */
#define PATCH PT(9)			/* side of a patch of the bar */
#define SLUG_SIZE PT(6)

/* Control points of a quarter circle, in thousandths of its radius. */
#define KAPPA 552

sp
pdf_margin(const struct pdf_options *o)
{
	return MAX(o->bleed, 0) + (o->marks ? MARK_SPACE : 0);
}

void
pdf_boxes(const struct pdf_job *j, struct buf *b)
{
	sp64 w = j->book->width, h = j->book->height, m = j->margin;
	sp64 bleed = MAX(j->o->bleed, 0);

	pdf_put_box(b, "MediaBox", 0, 0, w + 2 * m, h + 2 * m);
	if (m > 0 || j->cmyk) {
		pdf_put_box(b, "BleedBox", m - bleed, m - bleed,
		    w + 2 * bleed, h + 2 * bleed);
		pdf_put_box(b, "TrimBox", m, m, w, h);
	}
}

static void
line(struct buf *b, sp64 x0, sp64 y0, sp64 x1, sp64 y1)
{
	sp64 v[4] = { x0, y0, x1, y1 };
	int i;

	for (i = 0; i < 4; i++) {
		pdf_put_sp(b, v[i], 2);
		buf_str(b, i == 1 ? " m " : i == 3 ? " l S\n" : " ");
	}
}

static void
point(struct buf *b, sp64 x, sp64 y)
{
	pdf_put_sp(b, x, 2);
	buf_char(b, ' ');
	pdf_put_sp(b, y, 2);
	buf_char(b, ' ');
}

/* Circle and cross. */
static void
target(struct buf *b, sp64 x, sp64 y)
{
	static const int side[4][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 },
		{ 0, -1 } };
	sp64 r = TARGET, k = r * KAPPA / 1000;
	int i;

	point(b, x + r, y);
	buf_str(b, "m\n");
	for (i = 0; i < 4; i++) {
		sp64 fx = side[i][0], fy = side[i][1];
		sp64 tx = side[(i + 1) & 3][0], ty = side[(i + 1) & 3][1];

		point(b, x + fx * r + tx * k, y + fy * r + ty * k);
		point(b, x + tx * r + fx * k, y + ty * r + fy * k);
		point(b, x + tx * r, y + ty * r);
		buf_str(b, "c\n");
	}
	buf_str(b, "s\n");
	line(b, x - r * 2, y, x + r * 2, y);
	line(b, x, y - r * 2, x, y + r * 2);
}

static void
colour_bar(struct buf *b, sp64 x, sp64 y)
{
	static const char *const inks[] = { "1 0 0 0", "0 1 0 0", "0 0 1 0",
		"0 0 0 1", "1 1 0 0", "1 0 1 0", "0 1 1 0", "0 0 0 .5",
		".5 0 0 0", "0 .5 0 0", "0 0 .5 0" };
	size_t i;

	for (i = 0; i < NELEM(inks); i++) {
		buf_printf(b, "%s k ", inks[i]);
		point(b, x + (sp64)i * PATCH, y);
		point(b, PATCH, PATCH);
		buf_str(b, "re f\n");
	}
}

/* The look of the book's first words, small. */
static const struct shape_style *
slug_style(const struct pdf_job *j, struct shape_style *out)
{
	const struct page_book *b = j->book;
	size_t i, k;

	for (i = 0; i < b->npages; i++) {
		for (k = 0; k < b->pages[i].nitems; k++) {
			const struct page_item *it = &b->pages[i].items[k];
			const struct para_line *l;

			if (it->kind != PAGE_TEXT)
				continue;
			l = &it->u.text.para->lines->v[it->u.text.line];
			if (l->nruns == 0 || l->runs[0].run->style == NULL)
				continue;
			*out = *l->runs[0].run->style;
			out->size = SLUG_SIZE;
			out->rise = out->tracking = 0;
			out->features = NULL;
			out->lang = b->lang;
			return out;
		}
	}
	return NULL;
}

/* Words of at most `measure`, what does not fit left out behind a "…": a
 * line that ran into the corner would be cut off with it. */
static struct para_lines *
slug_words(struct pdf_job *j, struct arena *a, struct buf *words,
    const struct shape_style *style, sp measure)
{
	static const struct shape_rules rules = {
		.isolate = SHAPE_ISOLATE_ALL };
	static const struct para_style look = { .align = PARA_START,
		.space_min = 1000, .space_natural = 1000, .space_max = 1000,
		.keep_last_natural = true };
	struct para_shape shape = { .measure = measure };
	struct shape_ctx *ctx = shape_ctx_open();
	struct para_lines *lines;
	struct arena scratch = {0};
	struct diag unheard = {0};
	int again;

	for (again = 0;; again++) {
		struct shape_span span = { .end = (uint32_t)words->n,
			.style = style };

		lines = para_break(ctx, a, &scratch, &unheard,
		    shape_text(ctx, a, &unheard, arena_strn(a, words->p,
		    words->n), words->n, &span, 1, j->book->level, &rules,
		    NULL, NULL), &shape, &look, NULL, NULL);
		if (lines->n < 2 || again == 2)
			break;
		/* Once more for the dots themselves. */
		words->n = lines->v[0].text_end;
		while (words->n > 0 && words->p[words->n - 1] == ' ')
			words->n--;
		if (again == 1)
			while (words->n > 0 && words->p[words->n - 1] != ' ')
				words->n--;
		buf_str(words, "…");
	}
	shape_ctx_close(ctx);
	diag_free(&unheard);
	arena_free(&scratch);
	return lines;
}

/*
 * Which page, for which press, of which day, then which book: below the page,
 * from its middle to the right. What tells one plate from another comes
 * first, since a title may be too long for the line. The words are shaped
 * like any others.
 */
static void
slug_line(struct pdf_job *j, struct pdf_content *c, uint32_t number, sp y)
{
	const struct page *p = &j->book->pages[number];
	struct page_span plain = { .elem = PDF_ARTIFACT_PAGE,
		.link_elem = -1 };
	struct page_para para = { .spans = &plain };
	struct page_item it = { .kind = PAGE_TEXT,
		.elem = PDF_ARTIFACT_PAGE, .y = y,
		.x = j->book->width / 2 + 3 * TARGET };
	sp measure = j->book->width / 2 - 4 * TARGET;
	struct shape_style style;
	struct arena a = {0};
	struct buf words = {0};

	if (measure <= 0 || slug_style(j, &style) == NULL)
		return;
	if (p->label != NULL && p->label[0] != '\0')
		buf_str(&words, p->label);
	else
		pdf_put_int(&words, (int64_t)number + 1);
	if (j->condition != NULL)
		buf_printf(&words, " · %s", j->condition);
	if (j->o->date != NULL)
		buf_printf(&words, " · %.4s-%.2s-%.2s", j->o->date + 2,
		    j->o->date + 6, j->o->date + 8);
	if (j->o->slug != NULL)
		buf_printf(&words, " · %s", j->o->slug);
	if (j->title != NULL)
		buf_printf(&words, " · %s", j->title);
	it.u.text.para = &para;
	para.lines = slug_words(j, &a, &words, &style,
	    measure);
	it.x += para.lines->v[0].x;
	pdf_draw_line(j, c, &it);
	buf_free(&words);
	arena_free(&a);
}

/* Broken ticks where the printed page is folded into equal parts: across its
 * longer side. */
static void
fold_marks(struct buf *b, sp64 w, sp64 h, sp64 near, sp64 far, int folds)
{
	int parts = MAX(folds, 1) + 1, i;

	buf_str(b, "[2 1.5] 0 d\n");
	for (i = 1; i < parts; i++) {
		if (w > h) {
			line(b, w * i / parts, -far, w * i / parts, -near);
			line(b, w * i / parts, h + near, w * i / parts,
			    h + far);
		} else {
			line(b, -far, h * i / parts, -near, h * i / parts);
			line(b, w + near, h * i / parts, w + far,
			    h * i / parts);
		}
	}
	buf_str(b, "[] 0 d\n");
}

/* Around a trim box whose lower left corner is the origin. */
void
pdf_marks(struct pdf_job *j, struct pdf_content *c, uint32_t number)
{
	unsigned which = j->o->marks;
	sp64 w = j->book->width, h = j->book->height;
	sp64 near = MAX(j->o->bleed, 0) + MARK_GAP, far = near + MARK_LENGTH;
	sp64 mid = MAX(j->o->bleed, 0) + MARK_SPACE / 2;
	struct buf *b = &c->b;
	int i;

	pdf_tag(j, c, NULL, PDF_ARTIFACT_PAGE, PDF_ANY_ORDER);
	pdf_end_text(c);
	buf_str(b, "q\n/All CS 1 SCN ");
	pdf_put_sp(b, MARK_LINE, 3);
	buf_str(b, " w\n");
	for (i = 0; i < 2 && (which & PDF_MARK_CROP); i++) {
		sp64 x = i == 0 ? 0 : w, y = i == 0 ? 0 : h;

		line(b, x, -far, x, -near);
		line(b, x, h + near, x, h + far);
		line(b, -far, y, -near, y);
		line(b, w + near, y, w + far, y);
	}
	if (which & PDF_MARK_FOLD)
		fold_marks(b, w, h, near, far, j->o->folds);
	if (which & PDF_MARK_REGISTRATION) {
		/* They make room for a fold in the middle. */
		bool folded = (which & PDF_MARK_FOLD) && j->o->folds != 2;
		sp64 x = folded && w > h ? w / 4 : w / 2;
		sp64 y = folded && w <= h ? h / 4 : h / 2;

		target(b, x, -mid);
		target(b, x, h + mid);
		target(b, -mid, y);
		target(b, w + mid, y);
	}
	if ((which & PDF_MARK_BAR) && j->cmyk && w / 2 > 14 * (sp64)PATCH)
		colour_bar(b, w / 2 + 2 * (sp64)PATCH, h + mid - PATCH / 2);
	buf_str(b, "Q\n");
	if (which & PDF_MARK_SLUG)
		slug_line(j, c, number, (sp)(h + mid + SLUG_SIZE / 3));
}
