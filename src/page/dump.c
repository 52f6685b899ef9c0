/*
 * The display list as text: one item a line, lengths in points with three
 * decimals (enough to see a shift, short enough to read).
 */
#include <string.h>

#include "image/image.h"
#include "page/layout.h"

static const char *const roles[ROLE_NROLES] = {
	"Document", "Sect", "H1", "H2", "H3", "H4", "H5", "H6", "P", "Title",
	"Quote", "BlockQuote", "L", "LI", "Lbl", "LBody", "Table", "THead",
	"TBody", "TR", "TH", "TD", "Caption", "Figure", "Code", "Span", "Link",
	"Reference", "Note", "TOC", "TOCI", "BibEntry", "Div", "Index",
	"Formula",
};

static void
dump_length(struct buf *out, sp v)
{
	int64_t mil = muldiv(v, 1000, SP_PT);

	buf_printf(out, " %s%lld.%03lld", mil < 0 ? "-" : "",
	    (long long)(mil < 0 ? -mil : mil) / 1000,
	    (long long)(mil < 0 ? -mil : mil) % 1000);
}

static void
dump_colour(struct buf *out, struct colour c)
{
	buf_printf(out, " colour %d/%02x%02x%02x%02x", c.space, c.v[0], c.v[1],
	    c.v[2], c.v[3]);
}

static void
dump_elem(struct buf *out, const struct page_book *b, int32_t elem)
{
	if (elem < 0)
		buf_printf(out, " [%s]", elem == ARTIFACT_PAGINATION ?
		    "pagination" : elem == ARTIFACT_BACKGROUND ? "background" :
		    "layout");
	else
		buf_printf(out, " [%s %d]", roles[b->elems[elem].role], elem);
}

/* Printable text; what cannot be seen as \u{...}. */
static void
dump_text(struct buf *out, const char *s, size_t n)
{
	buf_str(out, " “");
	for (size_t i = 0; i < n;) {
		size_t at = i;
		uint32_t cp = utf8_next(s, n, &i);

		if (cp < 0x20 || cp == 0xa0 || uni_is_default_ignorable(cp) ||
		    cp == 0x2028)
			buf_printf(out, "\\u{%X}", cp);
		else
			buf_add(out, s + at, i - at);
	}
	buf_str(out, "”");
}

/* What a picture is printed with, in the direction that has less of it. */
static int
resolution(const struct page_item *it)
{
	const struct image *im = it->u.image.image;
	int64_t x = muldiv(im->width, (int64_t)72 * SP_PT, MAX(it->u.image.w, 1));
	int64_t y = muldiv(im->height, (int64_t)72 * SP_PT, MAX(it->u.image.h, 1));

	return (int)MIN(MIN(x, y), INT32_MAX);
}

void
page_dump(const struct page_book *b, struct buf *out)
{
	buf_str(out, "book");
	dump_length(out, b->width);
	dump_length(out, b->height);
	buf_printf(out, " level %d lang %s pages %zu rounds %d cost %lld\n",
	    b->level, b->lang, b->npages, b->rounds, (long long)b->cost);
	for (size_t i = 0; i < b->npages; i++) {
		const struct page *p = &b->pages[i];

		buf_printf(out, "page %zu “%s”%s%s filled", i + 1, p->label,
		    p->blank ? " blank" : "", p->opener ? " opener" : "");
		dump_length(out, p->filled);
		buf_char(out, '\n');
		for (size_t k = 0; k < p->nitems; k++) {
			const struct page_item *it = &p->items[k];
			static const char *const kinds[] = {"text", "rect",
			    "path", "image", "link"};

			buf_printf(out, "  %s", kinds[it->kind]);
			dump_length(out, it->x);
			dump_length(out, it->y);
			if (it->turn != 0)
				buf_printf(out, " turn %d", it->turn);
			switch (it->kind) {
			case PAGE_TEXT: {
				const struct para_lines *ls =
				    it->u.text.para->lines;
				const struct para_line *ln =
				    &ls->v[it->u.text.line];

				buf_str(out, " w");
				dump_length(out, ln->width);
				dump_elem(out, b, it->elem);
				dump_text(out, ls->para->text + ln->text,
				    ln->text_end - ln->text);
				break;
			}
			case PAGE_RECT:
				dump_length(out, it->u.rect.w);
				dump_length(out, it->u.rect.h);
				dump_colour(out, it->u.rect.fill);
				dump_elem(out, b, it->elem);
				break;
			case PAGE_PATH:
				for (uint16_t j = 0; j < it->u.path.n; j++) {
					dump_length(out, it->u.path.v[j].x);
					dump_length(out, it->u.path.v[j].y);
				}
				dump_elem(out, b, it->elem);
				break;
			case PAGE_IMAGE:
				dump_length(out, it->u.image.w);
				dump_length(out, it->u.image.h);
				buf_printf(out, " %d ppi", resolution(it));
				dump_elem(out, b, it->elem);
				break;
			case PAGE_LINK:
				dump_length(out, it->u.link.w);
				dump_length(out, it->u.link.h);
				buf_printf(out, " %s", it->u.link.href);
				break;
			}
			buf_char(out, '\n');
		}
	}
	for (size_t i = 0; i < b->noutline; i++)
		buf_printf(out, "outline %d “%s” page %u\n",
		    b->outline[i].level, b->outline[i].title,
		    b->outline[i].page + 1);
	for (size_t i = 0; i < b->ndests; i++)
		buf_printf(out, "dest %s page %u\n", b->dests[i].id,
		    b->dests[i].page + 1);
}
