/*
 * The order of work, and the rounds until page numbers stand still.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "page/layout.h"

enum { MAX_ROUNDS = 4 };

struct shape_rules
layout_rules(const struct style *st)
{
	const struct style_para *p = &st->para;
	const struct { bool on; unsigned kind; } isolates[] = {
		{p->isolate_ranges, SHAPE_ISOLATE_RANGES},
		{p->isolate_percent, SHAPE_ISOLATE_PERCENT},
		{p->isolate_signs, SHAPE_ISOLATE_SIGNS},
		{p->isolate_phones, SHAPE_ISOLATE_PHONES},
		{p->isolate_dates, SHAPE_ISOLATE_DATES},
		{p->isolate_units, SHAPE_ISOLATE_UNITS},
		{p->isolate_latin, SHAPE_ISOLATE_LATIN},
		{p->isolate_marks, SHAPE_ISOLATE_MARKS},
	};
	struct shape_rules r = {
		.levels = (enum shape_levels)p->multi_level,
		.keep_units = p->keep_units,
		.kashida = p->kashida,
		.kashida_min_letters = p->kashida_letters,
		.kashida_never = p->kashida_never,
	};

	for (size_t i = 0; i < NELEM(isolates); i++)
		if (isolates[i].on)
			r.isolate |= isolates[i].kind;
	for (int i = 0; i < SHAPE_NPLACES; i++)
		r.kashida_priority[i] = p->kashida_places >> 4 * i & 15;
	return r;
}

/* The book's, behind that of the section whose pages these are. */
static const char *
page_title(struct layout *l)
{
	const char *title = doc_meta(l->doc, "title"), *own;
	struct buf b = {0};

	if (l->job->section == NULL)
		return title;
	doc_plain(l->job->section, &b);
	own = arena_printf(l->a, "%.*s%s%s", (int)b.n, b.n > 0 ? b.p : "",
	    title != NULL ? " – " : "", title != NULL ? title : "");
	buf_free(&b);
	return own;
}

static struct pos
lang_pos(const struct doc *d)
{
	for (const struct doc_meta *m = d->meta; m != NULL; m = m->next)
		if (strcmp(m->key, "lang") == 0)
			return m->pos;
	return NOPOS;
}

static void
prepare(struct layout *l)
{
	const struct page_job *job = l->job;
	const struct style *st = job->style;
	struct page_book *b = l->book;

	l->doc = job->doc;
	l->st = st;
	l->dg = job->dg;
	l->a = &b->arena;
	memcpy(l->fill, job->fill, sizeof(l->fill));
	l->lang = doc_meta(l->doc, "lang");
	if (l->lang == NULL)
		l->lang = "fa";
	if (!style_knows(l->lang) &&
	    style_setting(st, "words.contents", NULL) == NULL)
		diag_add(l->dg, lang_pos(l->doc), STY_NO_WORDS, l->lang);
	l->level = lang_is_rtl(l->lang);
	b->lang = arena_str(l->a, l->lang);
	b->level = l->level;
	b->width = st->page.width;
	b->height = st->page.height;
	b->facing = job->section == NULL && st->page.inner != st->page.outer;
	b->title = page_title(l);
	b->author = imprint_value(l, "author");
	b->subject = doc_meta(l->doc, "subject");
	b->keywords = doc_meta(l->doc, "keywords");
	l->measure = MAX(b->width - st->page.inner - st->page.outer, PT(20));
	l->grid = style_look(st, "para")->leading;
	l->height = MAX(b->height - st->page.top - st->page.foot, l->grid);
	/* Whole lines: feet of facing pages stand level. */
	if (st->page.grid)
		l->height -= l->height % l->grid;
	l->rules = layout_rules(st);
	l->no_kashida_rules = l->rules;
	l->no_kashida_rules.kashida = false;
}

void
layout_forget_boxes(struct layout *l)
{
	l->flow.n = l->floats.n = 0;
	l->float_start = 0;
	l->section_level = 0;
	l->section_start = 0;
	l->title_end = l->body_start = 0;
	l->lines_due = 0;
}

void
layout_forget(struct layout *l)
{
	layout_forget_boxes(l);
	map_free(&l->style_map);
	style_numbers_free(&l->num);
	map_free(&l->note_flows);
	l->first_piece = l->last_piece = NULL;
	l->protos.n = l->heads.n = l->elems.n = l->dests.n = 0;
	l->toc.n = l->index.n = 0;
	map_free(&l->terms);
	map_free(&l->marks);
	if (l->keeping != NULL) {
		l->keeping->paras.n = 0;
		map_free(&l->keeping->running);
	}
}

/* Does any text depend on where pages end? */
bool
layout_is_unstable(const struct layout *l)
{
	for (const struct piece *p = l->first_piece; p != NULL; p = p->next)
		if (p->unstable)
			return true;
	return false;
}

static void
gather(struct layout *l)
{
	l->chapter = doc_chapter_level(l->doc);
	style_number(&l->num, l->a, l->doc, l->st, l->lang);
	flow_gather(l);
	notes_gather(l);
}

/* The book keeps what its pages point to; the rest goes. */
static void
finish(struct layout *l)
{
	struct page_book *b = l->book;

	if (l->job->times != NULL)
		l->job->times->shape += shape_ctx_spent(l->sctx);
	shape_ctx_close(l->sctx);
	layout_forget(l);
	map_free(&l->labels);
	map_free(&l->page_of);
	map_free(&l->page_notes);
	map_free(&l->note_digits);
	map_free(&l->digit_widths);
	map_free(&l->pictures);
	map_free(&l->warned);
	b->arenas = arena_dup(&b->arena, l->arenas.v, l->arenas.n *
	    sizeof(*l->arenas.v));
	b->narenas = l->arenas.n;
	free(l->arenas.v);
	free(l->flow.v);
	free(l->protos.v);
	free(l->heads.v);
	free(l->elems.v);
	free(l->dests.v);
	free(l->toc.v);
	free(l->floats.v);
	free(l->index.v);
	arena_free(&l->scratch);
	free(l);
}

static bool
has_font(struct layout *l)
{
	return layout_style(l, style_look(l->st, "body"), l->lang)->chain.n >
	    0;
}

static struct layout *
begin(const struct page_job *job)
{
	struct layout *l = xcalloc(1, sizeof(*l));

	l->job = job;
	l->book = l->shared_book = xcalloc(1, sizeof(*l->book));
	prepare(l);
	l->sctx = shape_ctx_open();
	shape_ctx_cache(l->sctx, !job->no_word_cache);
	return l;
}

struct layout *
layout_open(const struct page_job *job)
{
	struct layout *l = begin(job);

	if (has_font(l))
		return l;
	layout_close(l);
	return NULL;
}

void
layout_gather(struct layout *l)
{
	gather(l);
	work_run(l, l->first_piece);
}

void
layout_close(struct layout *l)
{
	struct page_book *b = l->book;

	finish(l);
	page_free(b);
}

void
layout_pages(struct layout *l)
{
	struct page_book *b = l->book;
	uint64_t before = 0;
	bool still, last;

	for (b->rounds = 1;; b->rounds++) {
		layout_gather(l);
		if (b->rounds == 1 && l->index.n > 0 && !l->has_index &&
		    l->job->section == NULL)
			diag_add(l->dg, NOPOS, MAN_NO_INDEX, l->index.n);
		if (l->keeping != NULL)
			l->keeping->told = diag_told(l->dg);
		flow_expand(l);
		breaks_find(l);
		emit_number(l);
		last = b->rounds == MAX_ROUNDS;
		still = !layout_is_unstable(l) || l->printed == before;
		if (still || last)
			still &= marks_number(l);
		if (still)
			break;
		if (last) {
			diag_add(l->dg, NOPOS, LAY_NOT_STABLE, b->rounds);
			break;
		}
		before = l->printed;
		layout_forget(l);
	}
	breaks_tell(l);
	emit_pages(l);
	notes_account(l);
}

struct page_book *
page_layout(const struct page_job *job)
{
	struct layout *l = begin(job);
	struct page_book *b = l->book;

	/* Not one font on the machine (FNT_NONE): no page can be made. */
	if (has_font(l))
		layout_pages(l);
	finish(l);
	return b;
}

void
page_free(struct page_book *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; i < b->narenas; i++) {
		arena_free(b->arenas[i]);
		free(b->arenas[i]);
	}
	arena_free(&b->arena);
	free(b);
}

void
page_dump_paras(const struct page_job *job, bool lines, struct buf *out)
{
	struct layout *l = begin(job);

	layout_gather(l);
	for (const struct piece *p = l->first_piece; p != NULL; p = p->next) {
		if (!lines)
			shape_dump(p->shaped, out);
		else if (p->para.lines != NULL)
			para_dump(p->para.lines, out);
	}
	layout_close(l);
}
