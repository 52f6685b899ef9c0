/*
 * Numbered objects through libharu's object layer.
 *
 * libharu numbers the objects, frames them, keeps their offsets and writes
 * table and trailer. What stands inside a dictionary is text of ours, given
 * to it through write_fn: its own arrays and names cost 1.3 KB a small
 * dictionary, 30 times the text. A stream is written by after_write_fn, so
 * that Length is direct (libharu makes an object of each) and the data may
 * be deflated by whom and when we like.
 *
 * A packed file has none of what libharu could write but its own three
 * dictionaries, and a dictionary of it costs ten times one of ours: there the
 * others are numbered and framed here, in the same bytes.
 *
 * Its object layer reports errors by return values alone, which stick; the
 * first is kept and told by pdf_file_save().
 */
#include "base/messages.h"
#include "pdf/internal.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>
#include <stdlib.h>
#include <string.h>

/* libharu's list of objects grows by this many; its own 1,024 make long
 * files quadratic. */
#define XREF_BLOCK 262144

/* What readers must be able to count to (ISO 32000-1, annex C). */
#define OBJECTS_MOST 8388607

enum { EMPTY, TEXT, MADE, STREAM, STREAM_MADE };

struct pdf_object {
	struct pdf_file *file;
	uint8_t kind;
	bool deflated;
	bool borrowed;			/* `data` */
	uint32_t index;
	const char *text;		/* entries of the dictionary */
	size_t ntext;
	pdf_maker make;
	void *arg;
	struct buf data;		/* of a stream */
};

struct pdf_priv {
	HPDF_Doc doc;
	HPDF_STATUS error;
	const char *where;
	struct buf scratch;
};

static void
failed(struct pdf_file *f, HPDF_STATUS status, const char *where)
{
	if (status == HPDF_OK || f->priv->error != HPDF_OK)
		return;
	f->priv->error = status;
	f->priv->where = where;
}

static void
on_error(HPDF_STATUS status, HPDF_STATUS detail, void *arg)
{
	(void)detail;
	failed(arg, status, "an object");
}

static void *
get_memory(HPDF_UINT n)
{
	return xmalloc(n);
}

static HPDF_STATUS
to_sink(HPDF_Stream stream, const HPDF_BYTE *p, HPDF_UINT n)
{
	struct pdf_sink *s = stream->attr;

	pdf_sink_write(s, p, n);
	return s->failed ? HPDF_FILE_IO_ERROR : HPDF_OK;
}

static HPDF_STATUS
send(HPDF_Stream stream, const void *p, size_t n)
{
	return n == 0 ? HPDF_OK : HPDF_Stream_Write(stream, p, (HPDF_UINT)n);
}

/* ------------------------------------------------- what libharu calls */

/* Inside the dictionary. */
static HPDF_STATUS
write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
	struct pdf_object *o = dict->attr;
	struct buf *b = &o->file->priv->scratch;
	HPDF_STATUS ret;

	if (o->kind == MADE) {
		b->n = 0;
		o->make(o->arg, o->index, b);
		return send(stream, b->p, b->n);
	}
	if (o->kind == STREAM || o->kind == STREAM_MADE)
		pdf_sink_stream(&o->file->sink);
	if ((ret = send(stream, o->text, o->ntext)) != HPDF_OK)
		return ret;
	if (o->kind == STREAM_MADE)
		o->make(o->arg, o->index, &o->data);
	if (o->kind != STREAM && o->kind != STREAM_MADE)
		return HPDF_OK;
	b->n = 0;
	if (o->deflated)
		buf_str(b, "/Filter/FlateDecode");
	buf_printf(b, "/Length %zu", o->data.n);
	return send(stream, b->p, b->n);
}

static void
data_done(struct pdf_object *o)
{
	if (o->borrowed)
		memset(&o->data, 0, sizeof(o->data));
	else
		buf_free(&o->data);
}

/* Behind it. */
static HPDF_STATUS
write_data(HPDF_Dict dict)
{
	struct pdf_object *o = dict->attr;
	HPDF_Stream stream = o->file->priv->doc->stream;
	HPDF_STATUS ret;

	if (o->kind != STREAM && o->kind != STREAM_MADE)
		return HPDF_OK;
	if ((ret = send(stream, "\nstream\n", 8)) != HPDF_OK ||
	    (ret = send(stream, o->data.p, o->data.n)) != HPDF_OK)
		return ret;
	data_done(o);
	return send(stream, "\nendstream", 10);
}

/* In the trailer, when everything else is written. */
static HPDF_STATUS
write_id(HPDF_Dict dict, HPDF_Stream stream)
{
	struct pdf_file *f = dict->attr;
	char id[33];

	pdf_sink_id(&f->sink, id);
	f->priv->scratch.n = 0;
	buf_printf(&f->priv->scratch, "/ID[<%s><%s>]\n", id, id);
	return send(stream, f->priv->scratch.p, f->priv->scratch.n);
}

/* ------------------------------------------------------------- objects */

static struct pdf_object *
object_new(struct pdf_file *f, uint32_t number)
{
	struct pdf_object *o = ARENA_NEW(&f->arena, struct pdf_object);
	uint32_t cap = f->nobjects;

	o->file = f;
	if (number >= cap) {
		while (number >= cap)
			cap = cap * 2 + 256;
		f->objects = xrealloc(f->objects, cap * sizeof(*f->objects));
		memset(f->objects + f->nobjects, 0,
		    (cap - f->nobjects) * sizeof(*f->objects));
		f->nobjects = cap;
	}
	f->objects[number] = o;
	return o;
}

static void
adopt(struct pdf_file *f, HPDF_Dict dict)
{
	dict->attr = object_new(f, dict->header.obj_id & 0x00ffffff);
	dict->write_fn = write_entries;
	dict->after_write_fn = write_data;
}

bool
pdf_file_open(struct pdf_file *f, struct diag *dg, struct pos pos,
    bool compress, _Atomic int64_t *deflating)
{
	HPDF_Doc doc;
	HPDF_Dict root;

	f->dg = dg;
	f->pos = pos;
	f->compress = compress;
	f->priv = xcalloc(1, sizeof(*f->priv));
	f->deflate = pdf_deflate_open(deflating);
	doc = f->priv->doc = HPDF_NewEx(on_error, get_memory, free, 0, f);
	if (doc == NULL) {
		diag_add(dg, pos, PDF_LIBRARY, 0ul, "opening");
		return false;
	}
	doc->xref->entries->items_per_block = XREF_BLOCK;
	/* Its page tree is flat and its producer its own name: both are
	 * written by us. */
	root = doc->root_pages;
	root->before_write_fn = NULL;
	HPDF_Dict_RemoveElement(root, "Kids");
	HPDF_Dict_RemoveElement(root, "Count");
	HPDF_Dict_RemoveElement(root, "Type");
	HPDF_Dict_RemoveElement(doc->info, "Producer");
	doc->trailer->attr = f;
	doc->trailer->write_fn = write_id;
	adopt(f, doc->catalog);
	adopt(f, root);
	adopt(f, doc->info);
	f->catalog = doc->catalog->header.obj_id & 0x00ffffff;
	f->pages = root->header.obj_id & 0x00ffffff;
	f->info = doc->info->header.obj_id & 0x00ffffff;
	return true;
}

void
pdf_file_begin(struct pdf_file *f, struct out_file *out, int version)
{
	f->direct = f->priv->doc->xref->entries->count;
	f->sink.out = out;
	f->sink.pack = true;
	f->sink.next = f->direct;
	f->sink.root = f->catalog;
	f->sink.info = f->info;
	f->sink.deflate = f->compress ? f->deflate : NULL;
	pdf_sink_begin(&f->sink, version);
}

void
pdf_file_own(struct pdf_file *f)
{
	f->own = f->next = f->priv->doc->xref->entries->count;
}

void
pdf_file_part(struct pdf_file *f)
{
	f->part = f->next;
}

void
pdf_file_part_end(struct pdf_file *f)
{
	f->part_end = f->next;
}

void
pdf_file_part_again(struct pdf_file *f, uint32_t n)
{
	f->part = f->next;
	f->part_end = f->next += n;
	f->part_same = true;
}

uint32_t
pdf_file_packed(const struct pdf_file *f)
{
	uint32_t i, n = 0;

	for (i = f->own; i < f->next; i++)
		n += f->objects[i]->kind != STREAM &&
		    f->objects[i]->kind != STREAM_MADE;
	return n;
}

/* The object is written at once. */
static bool
is_direct(const struct pdf_file *f, uint32_t object)
{
	return f->direct > 0 && object >= f->direct;
}

uint32_t
pdf_object(struct pdf_file *f)
{
	HPDF_Dict dict;
	HPDF_STATUS ret;

	if (f->direct > 0) {
		if (f->sink.next >= OBJECTS_MOST)
			failed(f, HPDF_XREF_COUNT_ERR, "numbering an object");
		return f->sink.next++;
	}
	if (f->own > 0) {
		if (f->next >= OBJECTS_MOST) {
			failed(f, HPDF_XREF_COUNT_ERR, "numbering an object");
			return f->info;
		}
		object_new(f, f->next);
		return f->next++;
	}
	dict = HPDF_Dict_New(f->priv->doc->mmgr);
	/* Past 8,388,607 objects libharu frees what it is given. */
	ret = HPDF_Xref_Add(f->priv->doc->xref, dict);
	if (ret != HPDF_OK) {
		failed(f, ret, "numbering an object");
		return f->info;
	}
	adopt(f, dict);
	return dict->header.obj_id & 0x00ffffff;
}

uint32_t
pdf_objects(struct pdf_file *f, uint32_t n)
{
	uint32_t first = pdf_object(f);

	while (n-- > 1)
		pdf_object(f);
	return first;
}

void
pdf_dict(struct pdf_file *f, uint32_t object, const char *text, size_t n)
{
	struct pdf_object *o;

	if (is_direct(f, object)) {
		pdf_sink_dict(&f->sink, object, text, n);
		return;
	}
	o = f->objects[object];
	o->kind = TEXT;
	o->text = arena_strn(&f->arena, text, n);
	o->ntext = n;
}

void
pdf_dict_buf(struct pdf_file *f, uint32_t object, struct buf *b)
{
	pdf_dict(f, object, b->n == 0 ? "" : b->p, b->n);
	buf_free(b);
}

void
pdf_dict_made(struct pdf_file *f, uint32_t object, pdf_maker make, void *arg,
    uint32_t index)
{
	struct pdf_object *o;

	if (is_direct(f, object)) {
		f->priv->scratch.n = 0;
		make(arg, index, &f->priv->scratch);
		pdf_sink_dict(&f->sink, object, f->priv->scratch.p,
		    f->priv->scratch.n);
		return;
	}
	o = f->objects[object];
	o->kind = MADE;
	o->make = make;
	o->arg = arg;
	o->index = index;
}

void
pdf_stream(struct pdf_file *f, uint32_t object, const char *dict,
    const void *data, size_t n, bool compress)
{
	struct buf b = {0};

	compress = compress && f->compress;
	if (compress)
		pdf_deflate(f->deflate, data, n, &b);
	else
		buf_add(&b, data, n);
	pdf_stream_take(f, object, dict, &b, compress);
}

void
pdf_stream_take(struct pdf_file *f, uint32_t object, const char *dict,
    struct buf *data, bool deflated)
{
	struct pdf_object *o;

	if (is_direct(f, object)) {
		pdf_sink_whole(&f->sink, object, dict, data, deflated);
		buf_free(data);
		return;
	}
	o = f->objects[object];
	o->kind = STREAM;
	o->text = arena_str(&f->arena, dict);
	o->ntext = strlen(dict);
	o->data = *data;
	o->deflated = deflated;
	memset(data, 0, sizeof(*data));
}

void
pdf_stream_kept(struct pdf_file *f, uint32_t object, const char *dict,
    const struct buf *data, bool deflated)
{
	struct buf copy = *data;

	if (is_direct(f, object)) {
		pdf_sink_whole(&f->sink, object, dict, data, deflated);
		return;
	}
	pdf_stream_take(f, object, dict, &copy, deflated);
	f->objects[object]->borrowed = true;
}

void
pdf_stream_made(struct pdf_file *f, uint32_t object, const char *dict,
    pdf_maker make, void *arg)
{
	struct pdf_object *o;
	struct buf data = {0};

	if (is_direct(f, object)) {
		make(arg, 0, &data);
		pdf_sink_whole(&f->sink, object, dict, &data, false);
		buf_free(&data);
		return;
	}
	o = f->objects[object];
	o->kind = STREAM_MADE;
	o->text = arena_str(&f->arena, dict);
	o->ntext = strlen(dict);
	o->make = make;
	o->arg = arg;
}

/* An object that libharu does not know, piece by piece as it would. */
static void
write_own(struct pdf_file *f, struct pdf_object *o, uint32_t number)
{
	struct pdf_sink *s = &f->sink;
	struct buf *b = &f->priv->scratch;
	bool stream = o->kind == STREAM || o->kind == STREAM_MADE;

	pdf_sink_object(s, number);
	pdf_sink_write(s, "<<\n", 3);
	b->n = 0;
	if (o->kind == MADE) {
		o->make(o->arg, o->index, b);
		pdf_sink_write(s, b->p, b->n);
	} else if (stream) {
		pdf_sink_stream(s);
		pdf_sink_write(s, o->text, o->ntext);
		if (o->kind == STREAM_MADE)
			o->make(o->arg, o->index, &o->data);
		if (o->deflated)
			buf_str(b, "/Filter/FlateDecode");
		buf_printf(b, "/Length %zu", o->data.n);
		pdf_sink_write(s, b->p, b->n);
	} else {
		pdf_sink_write(s, o->text, o->ntext);
	}
	pdf_sink_write(s, ">>", 2);
	if (stream) {
		pdf_sink_write(s, "\nstream\n", 8);
		pdf_sink_write(s, o->data.p, o->data.n);
		pdf_sink_write(s, "\nendstream", 10);
		data_done(o);
	}
	pdf_sink_write(s, "\nendobj\n", 8);
}

bool
pdf_file_save(struct pdf_file *f, struct out_file *out, int version,
    bool pack, const char *path)
{
	static const HPDF_PDFVer versions[] = { HPDF_VER_14, HPDF_VER_15,
		HPDF_VER_16, HPDF_VER_17 };
	struct pdf_priv *p = f->priv;
	const char *why;
	uint32_t i;

	if (f->direct == 0) {
		f->sink.out = out;
		f->sink.pack = pack;
		f->sink.next = f->own > 0 ? f->next :
		    p->doc->xref->entries->count;
		f->sink.root = f->catalog;
		f->sink.info = f->info;
		f->sink.deflate = f->compress ? f->deflate : NULL;
	}
	p->doc->stream = HPDF_CallbackWriter_New(p->doc->mmgr, to_sink,
	    &f->sink);
	if (p->doc->stream == NULL)
		failed(f, HPDF_FAILD_TO_ALLOC_MEM, "the output");
	/* Some of its calls lower the version: last, therefore. */
	p->doc->pdf_version = versions[version - 14];
	if (p->error == HPDF_OK)
		failed(f, HPDF_SaveToStream(p->doc), "writing");
	for (i = f->own; i < f->next && p->error == HPDF_OK; i++) {
		if (i == f->part || i == f->part_end)
			pdf_sink_cut(&f->sink);
		if (i == f->part && f->part_same && i < f->part_end) {
			pdf_sink_again(&f->sink, i, f->part_end - i);
			i = f->part_end - 1;
			continue;
		}
		write_own(f, f->objects[i], i);
		if (f->sink.failed)
			failed(f, HPDF_FILE_IO_ERROR, "writing");
	}
	if (p->error == HPDF_OK)
		pdf_sink_finish(&f->sink);
	why = out_error(out);
	if (why != NULL)
		diag_add(f->dg, f->pos, PDF_WRITE, path, why);
	else if (p->error != HPDF_OK)
		diag_add(f->dg, f->pos, PDF_LIBRARY,
		    (unsigned long)p->error, p->where);
	return why == NULL && p->error == HPDF_OK;
}

void
pdf_file_close(struct pdf_file *f)
{
	uint32_t i;

	if (f->priv == NULL)
		return;
	for (i = 0; i < f->nobjects; i++) {
		if (f->objects[i] != NULL)
			data_done(f->objects[i]);
	}
	free(f->objects);
	HPDF_Free(f->priv->doc);
	buf_free(&f->priv->scratch);
	pdf_deflate_close(f->deflate);
	f->deflate = NULL;
	free(f->priv);
	f->priv = NULL;
	pdf_sink_close(&f->sink);
	arena_free(&f->arena);
}

const char *
pdf_library(void)
{
	return "libharu " HPDF_VERSION_TEXT;
}
