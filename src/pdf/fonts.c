/*
 * Font dictionaries, and the second pass over content streams: keys become
 * codes once every page was seen.
 *
 * A face is a Type0 font of two-byte codes, each with its own width and its
 * own text; a face of more than 60,000 codes has several programs.
 */
#include "base/messages.h"
#include "pdf/internal.h"

#include <stdlib.h>
#include <string.h>

/* A bfchar block holds no more. */
#define BFCHAR_MOST 100

void
pdf_font_name(struct buf *b, size_t face, size_t program)
{
	buf_char(b, 'F');
	pdf_put_int(b, (int64_t)face);
	if (program > 0) {
		buf_char(b, '-');
		pdf_put_int(b, (int64_t)program);
	}
}

/* Font units -> 1/1000 em with two decimals: readers move the pen by this,
 * and whole numbers would drift in faces of 2,048 units. */
static void
put_width(struct buf *b, int units, int upem)
{
	pdf_put_fixed(b, muldiv(units, 100000, upem), 2);
}

static int64_t
thousand(int units, int upem)
{
	return muldiv(units, 1000, upem);
}

/*
 * The width that most codes have, for DW, which must be whole: poppler takes
 * no other. -1 where none is.
 */
static int
common_width(const struct font_program *p, int upem)
{
	uint16_t count[512] = {0};
	size_t i;
	int best = -1, most = 0, w;

	for (i = 0; i < p->ncodes; i++) {
		w = p->codes[i].advance;
		if (w >= 0 && (int64_t)w * 1000 % upem == 0 &&
		    ++count[w % 512] > most) {
			most = count[w % 512];
			best = w;
		}
	}
	return best;
}

/* "c [w w w] ...": stretches of codes that follow one another. */
static void
put_widths(struct buf *b, const struct font_program *p, int upem)
{
	int usual = common_width(p, upem);
	size_t i, k;

	if (usual >= 0) {
		buf_str(b, "/DW ");
		put_width(b, usual, upem);
	}
	buf_str(b, "/W[");
	for (i = 0; i < p->ncodes; i = k) {
		k = i + 1;
		if (p->codes[i].advance == usual)
			continue;
		pdf_put_int(b, p->codes[i].code);
		buf_char(b, '[');
		put_width(b, p->codes[i].advance, upem);
		for (; k < p->ncodes && p->codes[k].advance != usual &&
		    p->codes[k].code == p->codes[k - 1].code + 1; k++) {
			buf_char(b, ' ');
			put_width(b, p->codes[k].advance, upem);
		}
		buf_char(b, ']');
	}
	buf_char(b, ']');
}

static void
put_hex16(struct buf *b, uint32_t v)
{
	static const char digits[] = "0123456789ABCDEF";
	char s[4] = { digits[v >> 12 & 15], digits[v >> 8 & 15],
		digits[v >> 4 & 15], digits[v & 15] };

	buf_add(b, s, 4);
}

static void
put_bfchar(struct buf *b, const struct font_code *c)
{
	size_t i;

	buf_char(b, '<');
	put_hex16(b, c->code);
	buf_str(b, "><");
	for (i = 0; i < c->ncps; i++) {
		uint32_t cp = c->cps[i];

		if (cp > 0xffff) {
			cp -= 0x10000;
			put_hex16(b, 0xd800 | cp >> 10);
			cp = 0xdc00 | (cp & 0x3ff);
		}
		put_hex16(b, cp);
	}
	buf_str(b, ">\n");
}

static void
put_tounicode(struct buf *b, const struct font_program *p)
{
	size_t i, n = 0, left = 0;

	buf_str(b, "/CIDInit/ProcSet findresource begin\n12 dict begin\n"
	    "begincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)"
	    "/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n"
	    "/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\n"
	    "endcodespacerange\n");
	for (i = 0; i < p->ncodes; i++)
		left += p->codes[i].ncps > 0;
	for (i = 0; i < p->ncodes; i++) {
		if (p->codes[i].ncps == 0)
			continue;
		if (n == 0) {
			n = MIN(left, BFCHAR_MOST);
			pdf_put_int(b, (int64_t)n);
			buf_str(b, " beginbfchar\n");
			left -= n;
		}
		put_bfchar(b, &p->codes[i]);
		if (--n == 0)
			buf_str(b, "endbfchar\n");
	}
	buf_str(b, "endcmap\nCMapName currentdict/CMap defineresource pop\n"
	    "end\nend\n");
}

static void
put_descriptor(struct buf *b, const struct font_program *p,
    const struct pdf_face *f, uint32_t file)
{
	const struct font_metrics *m = font_metrics(f->face);
	int u = m->upem;

	buf_str(b, "/Type/FontDescriptor/FontName");
	pdf_put_name(b, p->name);
	/* Symbolic: its codes are no standard encoding's. */
	buf_printf(b, "/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %d"
	    "/Ascent %d/Descent %d/CapHeight %d/StemV %d/%s %u 0 R",
	    4 | (m->fixed ? 1 : 0) | (m->italic ? 64 : 0),
	    (int)thousand(m->xmin, u), (int)thousand(m->ymin, u),
	    (int)thousand(m->xmax, u), (int)thousand(m->ymax, u),
	    m->italic ? -12 : 0, (int)thousand(m->ascent, u),
	    -(int)thousand(m->descent, u),
	    (int)thousand(m->cap_height > 0 ? m->cap_height : m->ascent, u),
	    50 + m->weight * m->weight / 4225,
	    p->cff ? "FontFile3" : "FontFile2", file);
}

/* Two bytes a code: its glyph. */
static void
put_gids(struct buf *b, const struct font_program *p)
{
	uint32_t next = 0;
	size_t i;

	for (i = 0; i < p->ncodes; i++) {
		for (; next < p->codes[i].code; next++)
			buf_add(b, "\0", 2);
		buf_char(b, (char)(p->codes[i].gid >> 8));
		buf_char(b, (char)p->codes[i].gid);
		next++;
	}
}

/* Data of a font's stream, deflated where the file is, made at need. */
static void
put_stream(struct pdf_file *f, uint32_t object, const char *dict,
    struct buf *made, const void *data, size_t n, bool keep)
{
	if (made->n == 0 && f->compress)
		pdf_deflate(f->deflate, data, n, made);
	else if (made->n == 0)
		buf_add(made, data, n);
	if (keep)
		pdf_stream_kept(f, object, dict, made, f->compress);
	else
		pdf_stream_take(f, object, dict, made, f->compress);
}

static uint32_t
make_font(struct pdf_file *f, const struct pdf_face *face,
    const struct font_program *p, struct pdf_font_streams *made, bool keep)
{
	uint32_t type0 = pdf_objects(f, 5), cid = type0 + 1, desc = type0 + 2,
	    file = type0 + 3, unicode = type0 + 4;
	struct buf b = {0}, data = {0};
	char dict[64];

	buf_str(&b, "/Type/Font/Subtype/Type0/BaseFont");
	pdf_put_name(&b, p->name);
	buf_printf(&b, "/Encoding/Identity-H/DescendantFonts[%u 0 R]"
	    "/ToUnicode %u 0 R", cid, unicode);
	pdf_dict_buf(f, type0, &b);

	buf_printf(&b, "/Type/Font/Subtype/CIDFontType%d/BaseFont",
	    p->cff ? 0 : 2);
	pdf_put_name(&b, p->name);
	buf_printf(&b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
	    "/Supplement 0>>/FontDescriptor %u 0 R", desc);
	if (!p->cff) {
		uint32_t gids = pdf_object(f);

		buf_printf(&b, "/CIDToGIDMap %u 0 R", gids);
		if (made->gids.n == 0)
			put_gids(&data, p);
		put_stream(f, gids, "", &made->gids, data.p, data.n, keep);
	}
	if (made->widths.n == 0)
		put_widths(&made->widths, p, face->upem);
	buf_add(&b, made->widths.p, made->widths.n);
	if (!keep)
		buf_free(&made->widths);
	pdf_dict_buf(f, cid, &b);
	put_descriptor(&b, p, face, file);
	pdf_dict_buf(f, desc, &b);
	snprintf(dict, sizeof(dict), p->cff ? "/Subtype/CIDFontType0C" :
	    "/Length1 %zu", p->size);
	put_stream(f, file, dict, &made->file, p->data, p->size, keep);
	data.n = 0;
	if (made->unicode.n == 0)
		put_tounicode(&data, p);
	put_stream(f, unicode, "", &made->unicode, data.p, data.n, keep);
	buf_free(&data);
	return type0;
}

void
pdf_font_drop(struct pdf_face *f)
{
	size_t i;

	for (i = 0; i < f->nobjects; i++) {
		buf_free(&f->streams[i].gids);
		buf_free(&f->streams[i].file);
		buf_free(&f->streams[i].unicode);
		buf_free(&f->streams[i].widths);
	}
	free(f->objects);
	free(f->streams);
	f->objects = NULL;
	f->streams = NULL;
	f->nobjects = 0;
}

/* The codes of a face's keys. Which of those that pages use had another? */
static void
take_codes(struct pdf_job *j, struct pdf_face *f)
{
	uint32_t *final = xmalloc(f->nkeys * sizeof(*final)), key;
	size_t program;
	uint16_t code;

	if (j->kept != NULL)
		f->moved = xrealloc(f->moved, f->nkeys * sizeof(*f->moved));
	for (key = 0; key < f->nkeys; key++) {
		font_embed_code(f->embed, key, &program, &code);
		final[key] = (uint32_t)program << 16 | code;
		if (j->kept == NULL)
			continue;
		f->moved[key] = f->uses[key] > 0 && (key >= f->nfinal ||
		    f->final[key] != final[key]);
		j->codes_moved |= f->moved[key];
	}
	free(f->final);
	f->final = final;
	f->nfinal = f->nkeys;
}

static bool
fix_face(struct pdf_job *j, struct pdf_face *f)
{
	size_t n;
	bool anew;

	if (j->kept != NULL && f->nused == 0) {
		pdf_font_drop(f);
		return true;
	}
	if (!font_embed_finish_used(f->embed, f->uses, &anew, j->dg))
		return false;
	if (!anew && f->nobjects > 0) {
		if (f->moved != NULL)
			memset(f->moved, 0, f->nfinal * sizeof(*f->moved));
		return true;
	}
	pdf_font_drop(f);
	n = font_embed_nprograms(f->embed);
	f->objects = xcalloc(n, sizeof(*f->objects));
	f->streams = xcalloc(n, sizeof(*f->streams));
	f->nobjects = n;
	take_codes(j, f);
	return true;
}

bool
pdf_fonts_fix(struct pdf_job *j)
{
	struct pdf_face *f;
	bool ok = true;
	size_t i;

	for (i = 0; i < j->glyphs.nfaces; i++) {
		f = j->glyphs.faces[i];
		if (f != NULL && f->nkeys > 0 && !fix_face(j, f))
			ok = false;
	}
	return ok;
}

void
pdf_fonts_put(struct pdf_job *j, struct pdf_file *file, bool keep)
{
	size_t i, k;

	for (i = 0; i < j->glyphs.nfaces; i++) {
		struct pdf_face *f = j->glyphs.faces[i];

		for (k = 0; f != NULL && k < f->nobjects; k++)
			f->objects[k] = make_font(file, f,
			    font_embed_program(f->embed, k), &f->streams[k],
			    keep);
	}
}

bool
pdf_fonts_finish(struct pdf_job *j)
{
	bool ok = pdf_fonts_fix(j);

	pdf_fonts_put(j, &j->file, j->kept != NULL);
	return ok;
}

void
pdf_fonts_resources(const struct pdf_job *j, struct buf *b)
{
	size_t i, k;

	for (i = 0; i < j->glyphs.nfaces; i++) {
		const struct pdf_face *f = j->glyphs.faces[i];

		for (k = 0; f != NULL && k < f->nobjects; k++) {
			buf_char(b, '/');
			pdf_font_name(b, i, j->first_program + k);
			buf_printf(b, " %u 0 R", f->objects[k]);
		}
	}
}

/* ---------------------------------------------------- the second pass */

struct state {
	uint32_t face, program;
	sp size;
	bool set;
};

/*
 * Codes as a string of bytes, half as long as hexadecimal: what must be
 * escaped is one byte in 60.
 */
static char *
put_byte(char *p, unsigned c)
{
	if (c == '(' || c == ')' || c == '\\') {
		*p++ = '\\';
	} else if (c == '\r') {
		*p++ = '\\';
		c = 'r';
	}
	*p++ = (char)c;
	return p;
}

static void
set_font(const struct pdf_job *j, struct state *s, struct buf *out,
    uint32_t face, uint32_t program, sp size)
{
	if (s->set && s->face == face && s->program == program &&
	    s->size == size)
		return;
	*s = (struct state){ face, program, size, true };
	buf_char(out, '/');
	pdf_font_name(out, face, j->first_program + program);
	buf_char(out, ' ');
	pdf_put_sp(out, size, 3);
	buf_str(out, " Tf\n");
}

/* Units [i, *end) of one program; sets *end and the program. */
static bool
same_program(const struct pdf_face *f, const uint16_t *u, size_t n, size_t i,
    size_t *end, uint32_t *program)
{
	bool found = false, moves = false;
	uint32_t key;
	size_t step;

	*program = 0;
	for (; i < n; i += step) {
		step = 1;
		if (u[i] & PDF_UNIT_ADJUST) {
			moves = true;
			continue;
		}
		key = u[i];
		if (key == PDF_UNIT_LONG) {
			key = u[i + 1] | (uint32_t)u[i + 2] << 16;
			step = 3;
		}
		if (found && f->final[key] >> 16 != *program)
			break;
		*program = f->final[key] >> 16;
		found = true;
	}
	*end = i;
	return moves;
}

static void
put_string(const struct pdf_face *f, const uint16_t *u, size_t n, bool moves,
    struct buf *out)
{
	bool open = !moves;
	uint32_t key, code;
	char *p;
	size_t i;

	/* A unit yields four bytes, or a number with parentheses: nine. */
	buf_reserve(out, n * 9 + 16);
	p = out->p + out->n;
	*p++ = moves ? '[' : '(';
	for (i = 0; i < n; i++) {
		key = u[i];
		if (key & PDF_UNIT_ADJUST) {
			if (open)
				*p++ = ')';
			else if (p[-1] != '[')
				*p++ = ' ';
			open = false;
			out->n = (size_t)(p - out->p);
			pdf_put_int(out, (int16_t)(uint16_t)(key << 1) / 2);
			p = out->p + out->n;
			continue;
		}
		if (key == PDF_UNIT_LONG) {
			key = u[i + 1] | (uint32_t)u[i + 2] << 16;
			i += 2;
		}
		if (!open)
			*p++ = '(';
		open = true;
		code = f->final[key];
		p = put_byte(p, code >> 8 & 255);
		p = put_byte(p, code & 255);
	}
	if (open)
		*p++ = ')';
	if (moves)
		*p++ = ']';
	out->n = (size_t)(p - out->p);
	buf_str(out, moves ? "TJ\n" : "Tj\n");
}

bool
pdf_units_next(const struct buf *in, size_t *at, struct pdf_units *u)
{
	const char *mark;
	uint16_t n;

	if (*at >= in->n)
		return false;
	mark = memchr(in->p + *at, PDF_RECORD, in->n - *at);
	if (mark == NULL)
		return false;
	memcpy(&u->face, mark + 1, 2);
	memcpy(&n, mark + 3, 2);
	memcpy(&u->size, mark + 5, 4);
	vec_grow((void **)&u->v, &u->cap, n, sizeof(*u->v));
	memcpy(u->v, mark + 9, n * sizeof(*u->v));
	u->n = n;
	u->from = (size_t)(mark - in->p);
	*at = u->from + 9 + n * sizeof(*u->v);
	return true;
}

void
pdf_content_finish(const struct pdf_job *j, const struct buf *in,
    struct buf *out)
{
	struct state s = {0};
	struct pdf_units u = {0};
	size_t i, k, at = 0, from;
	uint32_t program;

	if (in->n == 0)
		return;
	buf_reserve(out, in->n * 2);
	for (from = 0; pdf_units_next(in, &at, &u); from = at) {
		const struct pdf_face *f = j->glyphs.faces[u.face];
		bool moves;

		buf_add(out, in->p + from, u.from - from);
		/* Without codes it could not be embedded, as was told. */
		for (i = 0; i < u.n && f->final != NULL; i = k) {
			moves = same_program(f, u.v, u.n, i, &k, &program);
			set_font(j, &s, out, u.face, program, u.size);
			put_string(f, u.v + i, k - i, moves, out);
		}
	}
	buf_add(out, in->p + from, in->n - from);
	free(u.v);
}
