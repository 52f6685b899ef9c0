/*
 * The end of the pipe: what libharu writes, piece by piece, goes from here
 * to the output file, and a full disk is noticed at the write that fails.
 *
 * libharu 2.3 knows neither object streams nor cross-reference streams, and
 * a tagged book is mostly small dictionaries: the article of twelve pages
 * is a third larger without them. So the sink can pack. libharu writes an
 * object as separate pieces, the first of which is "12 0 obj" and the last
 * "endobj", each whole; between them the text is held back until it is
 * known whether it has a stream. Objects without one are gathered by the
 * hundred, and the table at the end is replaced by a stream of ours.
 */
#include "pdf/internal.h"

#include <stdlib.h>
#include <string.h>

/* Readers unpack a whole stream for one object of it: small enough to be
 * quick, large enough to compress. */
#define PACK_MOST 200

/*
 * Where an object is, in one word, for a long file has millions of them:
 * kind (1: at an offset; 2: in an object stream), then the byte offset or the
 * object stream's number, then the index in that.
 */
#define PLACE(kind, a, b) ((uint64_t)(kind) << 62 | (uint64_t)(a) << 16 | (b))
#define PLACE_KIND(p) ((unsigned)((p) >> 62))
#define PLACE_A(p) ((p) >> 16 & 0x3fffffffffff)
#define PLACE_B(p) ((unsigned)((p) & 0xffff))

/*
 * 128 bits over the file, for its identifier: two lanes of multiply and
 * rotate over words of 8 bytes. Not for secrets.
 */
static void
hash_add(uint64_t h[2], const unsigned char *p, size_t n)
{
	uint64_t w;

	for (; n > 0; p += w, n -= w) {
		uint64_t v = 0;

		w = n < 8 ? n : 8;
		memcpy(&v, p, w);
		h[0] = (h[0] ^ v) * 0x9e3779b97f4a7c15u;
		h[0] ^= h[0] >> 29;
		h[1] = (h[1] + v + w) * 0xc2b2ae3d27d4eb4fu;
		h[1] ^= h[1] >> 31;
	}
}

void
pdf_sink_id(const struct pdf_sink *s, char out[static 33])
{
	static const char digits[] = "0123456789ABCDEF";
	uint64_t h[2] = { s->hash[0], s->hash[1] };
	int i;

	/* What waits to be packed counts as written. */
	hash_add(h, (const unsigned char *)s->pack_body.p, s->pack_body.n);
	h[0] ^= s->pos;
	h[1] ^= h[0] >> 7;
	for (i = 0; i < 32; i++)
		out[i] = digits[h[i / 16] >> (60 - i % 16 * 4) & 15];
	out[32] = '\0';
}

static void
put(struct pdf_sink *s, const void *p, size_t n)
{
	if (n == 0)
		return;
	hash_add(s->hash, p, n);
	s->pos += n;
	if (!s->failed && !out_write(s->out, p, n))
		s->failed = true;
}

static void
put_buf(struct pdf_sink *s, struct buf *b)
{
	put(s, b->p, b->n);
	b->n = 0;
}

static void
place(struct pdf_sink *s, uint32_t object, uint8_t kind, uint64_t a,
    uint32_t b)
{
	uint32_t cap;

	if (object >= s->cplaces) {
		cap = MAX(object + 1, s->cplaces * 2 + 256);
		s->places = xrealloc(s->places, cap * sizeof(*s->places));
		memset(s->places + s->cplaces, 0,
		    (cap - s->cplaces) * sizeof(*s->places));
		s->cplaces = cap;
	}
	s->places[object] = PLACE(kind, a, b);
	if (object >= s->nplaces)
		s->nplaces = object + 1;
}

void
pdf_sink_whole(struct pdf_sink *s, uint32_t object, const char *entries,
    const struct buf *data, bool deflated)
{
	struct buf b = {0};

	place(s, object, 1, s->pos, 0);
	buf_printf(&b, "%u 0 obj\n<<", object);
	buf_str(&b, entries);
	if (deflated)
		buf_str(&b, "/Filter/FlateDecode");
	buf_printf(&b, "/Length %zu>>\nstream\n", data->n);
	put_buf(s, &b);
	put(s, data->p, data->n);
	put(s, "\nendstream\nendobj\n", 18);
	buf_free(&b);
}

/* A stream object that is the sink's own. */
static void
put_stream(struct pdf_sink *s, uint32_t object, struct buf *dict,
    const struct buf *data)
{
	struct buf packed = {0};

	buf_char(dict, '\0');
	if (s->deflate != NULL)
		pdf_deflate(s->deflate, data->p, data->n, &packed);
	pdf_sink_whole(s, object, dict->p, s->deflate != NULL ? &packed : data,
	    s->deflate != NULL);
	buf_free(&packed);
}

void
pdf_packs_free(struct pdf_packs *p)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		buf_free(&p->v[i].plain);
		buf_free(&p->v[i].deflated);
	}
	free(p->v);
	memset(p, 0, sizeof(*p));
}

static void
put_pack(struct pdf_sink *s, uint32_t object, uint32_t n, size_t first,
    const struct buf *data, bool deflated)
{
	struct buf dict = {0};

	buf_printf(&dict, "/Type/ObjStm/N %u/First %zu", n, first);
	pdf_sink_whole(s, object, dict.p, data, deflated);
	buf_free(&dict);
}

/* Deflated as it was for the last write, where it is the same again. */
static const struct buf *
deflate_pack(struct pdf_sink *s, size_t first)
{
	struct pdf_packs *k = s->packs;
	struct buf *plain = &s->pack_index, *out;

	if (s->packs_done == k->n)
		memset(VEC_PUSH(k), 0, sizeof(*k->v));
	out = &k->v[s->packs_done].deflated;
	if (k->v[s->packs_done].plain.n != plain->n ||
	    memcmp(k->v[s->packs_done].plain.p, plain->p, plain->n) != 0) {
		out->n = 0;
		pdf_deflate(s->deflate, plain->p, plain->n, out);
		out->p = xrealloc(out->p, out->n + 1);
		out->cap = out->n + 1;
		k->v[s->packs_done].plain.n = 0;
		buf_add(&k->v[s->packs_done].plain, plain->p, plain->n);
	}
	k->v[s->packs_done++].first = first;
	return out;
}

static void
flush_pack(struct pdf_sink *s)
{
	struct buf packed = {0};
	size_t first = s->pack_index.n;

	if (s->npack == 0)
		return;
	buf_add(&s->pack_index, s->pack_body.p, s->pack_body.n);
	if (s->deflate == NULL) {
		put_pack(s, s->pack_object, s->npack, first, &s->pack_index,
		    false);
	} else if (s->packs != NULL) {
		put_pack(s, s->pack_object, s->npack, first,
		    deflate_pack(s, first), true);
	} else {
		pdf_deflate(s->deflate, s->pack_index.p, s->pack_index.n,
		    &packed);
		put_pack(s, s->pack_object, s->npack, first, &packed, true);
		buf_free(&packed);
	}
	s->npack = 0;
	s->pack_index.n = s->pack_body.n = 0;
}

void
pdf_sink_cut(struct pdf_sink *s)
{
	flush_pack(s);
}

void
pdf_sink_again(struct pdf_sink *s, uint32_t object, uint32_t n)
{
	uint32_t i, k, many, pack;

	for (i = 0; i < n; i += many) {
		many = MIN(n - i, PACK_MOST);
		pack = s->next++;
		for (k = 0; k < many; k++)
			place(s, object + i + k, 2, pack, k);
		put_pack(s, pack, many, s->packs->v[s->packs_done].first,
		    &s->packs->v[s->packs_done].deflated, true);
		s->packs_done++;
	}
}

/* "12 0 obj\n" whole: the number, else 0. */
static uint32_t
object_start(const char *p, size_t n)
{
	uint32_t v = 0;
	size_t i;

	for (i = 0; i < n && p[i] >= '0' && p[i] <= '9'; i++)
		v = v * 10 + (uint32_t)(p[i] - '0');
	return i > 0 && n - i == 7 && memcmp(p + i, " 0 obj\n", 7) == 0 ?
	    v : 0;
}

static void
pack(struct pdf_sink *s, uint32_t object, const char *p, size_t n)
{
	if (s->npack == 0)
		s->pack_object = s->next++;
	place(s, object, 2, s->pack_object, s->npack);
	pdf_put_int(&s->pack_index, object);
	buf_char(&s->pack_index, ' ');
	pdf_put_int(&s->pack_index, (int64_t)s->pack_body.n);
	buf_char(&s->pack_index, ' ');
	buf_add(&s->pack_body, p, n);
	buf_char(&s->pack_body, '\n');
	if (++s->npack == PACK_MOST)
		flush_pack(s);
}

static void
end_object(struct pdf_sink *s)
{
	static const char end[] = "\nendobj\n";

	s->in_object = false;
	if (s->direct) {
		put(s, end, sizeof(end) - 1);
		return;
	}
	pack(s, s->object, s->pending.p, s->pending.n);
}

void
pdf_sink_begin(struct pdf_sink *s, int version)
{
	struct buf b = {0};

	s->begun = true;
	/* The second line as libharu has it: bytes that are no text. */
	buf_printf(&b, "%%PDF-1.%d\n%%\267\276\255\252\n", version - 10);
	put_buf(s, &b);
	buf_free(&b);
}

void
pdf_sink_dict(struct pdf_sink *s, uint32_t object, const char *entries,
    size_t n)
{
	s->pending.n = 0;
	buf_str(&s->pending, "<<");
	buf_add(&s->pending, entries, n);
	buf_str(&s->pending, ">>");
	pack(s, object, s->pending.p, s->pending.n);
}

void
pdf_sink_object(struct pdf_sink *s, uint32_t object)
{
	s->object = object;
	s->in_object = true;
	s->direct = s->tail = false;
	s->pending.n = 0;
}

void
pdf_sink_write(struct pdf_sink *s, const void *p, size_t n)
{
	uint32_t object;

	if (!s->pack) {
		put(s, p, n);
		return;
	}
	if (s->tail)
		return;		/* libharu's table and trailer */
	if (!s->in_object) {
		if (n >= 5 && memcmp(p, "xref\n", 5) == 0) {
			s->tail = true;
			return;
		}
		object = object_start(p, n);
		if (object != 0)
			pdf_sink_object(s, object);
		else if (!s->begun)
			put(s, p, n);	/* the header */
	} else if (n == 8 && memcmp(p, "\nendobj\n", 8) == 0) {
		end_object(s);
	} else if (s->direct) {
		put(s, p, n);
	} else {
		buf_add(&s->pending, p, n);
	}
}

void
pdf_sink_stream(struct pdf_sink *s)
{
	struct buf b = {0};

	if (!s->pack || s->direct)
		return;
	s->direct = true;
	place(s, s->object, 1, s->pos, 0);
	buf_printf(&b, "%u 0 obj\n", s->object);
	put_buf(s, &b);
	put_buf(s, &s->pending);
	buf_free(&b);
}

/* Kind, place and index of an object as a row of the table. */
static void
xref_row(const struct pdf_sink *s, uint32_t object, unsigned char row[8])
{
	uint64_t pl = s->places[object], a = PLACE_A(pl);
	/* Object 0 heads the list of free ones. */
	uint32_t b = object == 0 ? 65535 : PLACE_B(pl);
	int k;

	row[0] = (unsigned char)PLACE_KIND(pl);
	for (k = 5; k > 0; k--, a >>= 8)
		row[k] = (unsigned char)a;
	row[6] = (unsigned char)(b >> 8);
	row[7] = (unsigned char)b;
}

/*
 * The cross-reference stream. Where it is deflated each byte is told as its
 * difference from the row above (PNG's "up"): a byte or so a row is left.
 */
static void
put_xref(struct pdf_sink *s)
{
	uint32_t object = s->next++, i;
	unsigned char row[8], last[8] = {0}, told[9] = { 2 };
	struct buf data = {0}, dict = {0};
	uint64_t at = s->pos;
	char id[33];
	int k;

	place(s, object, 1, at, 0);
	for (i = 0; i < s->nplaces; i++) {
		xref_row(s, i, row);
		for (k = 0; k < 8; k++)
			told[k + 1] = (unsigned char)(row[k] - last[k]);
		if (s->deflate != NULL)
			buf_add(&data, told, 9);
		else
			buf_add(&data, row, 8);
		memcpy(last, row, 8);
	}
	pdf_sink_id(s, id);
	buf_printf(&dict, "/Type/XRef/Size %u/W[1 5 2]/Root %u 0 R"
	    "/Info %u 0 R/ID[<%s><%s>]", s->nplaces, s->root, s->info, id, id);
	if (s->deflate != NULL)
		buf_str(&dict, "/DecodeParms<</Predictor 12/Columns 8>>");
	put_stream(s, object, &dict, &data);
	data.n = 0;
	buf_printf(&data, "startxref\n%llu\n%%%%EOF\n",
	    (unsigned long long)at);
	put_buf(s, &data);
	buf_free(&data);
	buf_free(&dict);
}

void
pdf_sink_finish(struct pdf_sink *s)
{
	if (!s->pack)
		return;
	flush_pack(s);
	put_xref(s);
}

void
pdf_sink_close(struct pdf_sink *s)
{
	buf_free(&s->pending);
	buf_free(&s->pack_index);
	buf_free(&s->pack_body);
	free(s->places);
	s->places = NULL;
	s->deflate = NULL;
}
