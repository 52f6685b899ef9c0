/*
 * Inlines -> pieces: one run of UTF-8 in logical order, with spans that say
 * how it looks, which way it runs, where it leads, and where each stretch
 * stands in the manuscript.
 *
 * Spans are nested as the inlines are; the first covers the whole text, the
 * innermost one wins. A look of an inline changes only what it states, so
 * «strong» inside a heading keeps the heading's size.
 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "page/layout.h"

enum { MAX_INLINE_DEPTH = 100 };

/* A piece while it is gathered. */
struct gather {
	struct layout *l;
	struct buf text;
	struct { struct shape_span *v; size_t n, cap; } spans;
	struct { struct page_span *v; size_t n, cap; } pspans;
	struct { uint32_t text; struct pos pos; } *src;
	size_t nsrc, srccap;
	struct { struct note_at *v; size_t n, cap; } notes;
	struct { struct id_at *v; size_t n, cap; } ids;
	struct piece *p;
	bool space;		/* the text so far ends in a space */
	int level;		/* direction of the paragraph */
	sp wide;		/* room for a picture that stands alone */
	sp high;		/* of the highest such picture */
	size_t mark_end;	/* where the last note mark ended [byte] */
};

/* What an inline inherits from those around it. */
struct inl {
	struct style_look look;		/* resolved so far */
	const char *lang;
	struct page_span ps;
	bool code, no_break, plain;
	int depth;
};

/* ---------------------------------------------------------------- looks */

/* Lay an inline's look over what surrounds it. */
static void
overlay(struct inl *in, const struct style_look *o)
{
	if (o == NULL || o->set == 0)
		return;
	style_overlay(&in->look, o);
	in->ps.colour = in->look.colour;
}

static const struct font_face *
first_face(struct layout *l, const struct inl *in)
{
	const struct shape_style *s = layout_style(l, &in->look, in->lang);

	return s->chain.n > 0 ? s->chain.v[0] : NULL;
}

/* Does text that is `in` look otherwise than what is round it? */
static bool
is_seen(struct layout *l, const struct inl *before, const struct inl *in)
{
	return in->ps.line != before->ps.line ||
	    memcmp(&in->ps.colour, &before->ps.colour,
	    sizeof(in->ps.colour)) != 0 ||
	    in->look.size != before->look.size ||
	    in->look.features != before->look.features ||
	    first_face(l, in) != first_face(l, before);
}

/* Once a face and kind of emphasis: what the style asks for is not there. */
static void
tell_unseen(struct layout *l, const struct inl *before, const char *name,
    unsigned how, bool weight, struct pos pos)
{
	const struct font_face *f = first_face(l, before);
	const char *family = f != NULL ? font_family(f) : "";
	const char *by = how & EMPH_SLANT ? "slant" : how & EMPH_COLOUR ?
	    "colour" : "weight";
	char *key = arena_printf(&l->scratch, "\1%s\1%s\1%s", name, by,
	    family);
	void **slot = map_put(&l->warned, key, strlen(key));

	if (*slot != NULL)
		return;
	*slot = l;
	diag_add(l->dg, pos, STY_UNSEEN, name, by, family, weight ? "weight" :
	    "overline");
}

/*
 * Strong and emphasis by what the style names: never letter spacing. What
 * cannot be seen, a slant no face has or a colour that no look gives, is set
 * by weight; that too may be lacking, but inside a bold heading nothing more
 * is done: whole headings are written bold.
 */
static void
emphasize(struct layout *l, struct inl *in, unsigned how, const char *name,
    struct pos pos)
{
	const struct style_look *o = style_look_or_null(l->st, name);
	struct inl before = *in;
	bool bold = in->look.weight >= 600;

	if (how & EMPH_WEIGHT)
		in->look.weight = bold ? 900 : 700;
	if (how & (EMPH_SLANT | EMPH_AUTO))
		in->look.italic = true;
	if (how & EMPH_OVERLINE)
		in->ps.line |= 2;
	if (how & EMPH_UNDERLINE)
		in->ps.line |= 1;
	overlay(in, o);
	if (how == 0 || is_seen(l, &before, in))
		return;
	in->look.italic = before.look.italic;
	if (how & EMPH_AUTO) {
		in->ps.line |= 2;
		return;
	}
	in->look.weight = bold ? 900 : 700;
	if (is_seen(l, &before, in)) {
		tell_unseen(l, &before, name, how, true, pos);
	} else if (!bold) {
		in->ps.line |= 2;
		tell_unseen(l, &before, name, how, false, pos);
	}
}

/* ------------------------------------------------------------- gathering */

static size_t
open_span(struct gather *g, const struct inl *in, enum shape_dir dir)
{
	struct shape_span *s = VEC_PUSH(&g->spans);

	*s = (struct shape_span){.start = (uint32_t)g->text.n,
	    .end = (uint32_t)g->text.n,
	    .style = layout_style(g->l, &in->look, in->lang), .dir = dir,
	    .no_break = in->no_break, .code = in->code,
	    .user = (uint32_t)g->pspans.n};
	*VEC_PUSH(&g->pspans) = in->ps;
	if (in->ps.href != NULL)
		g->p->has_links = true;
	if (in->ps.line != 0)
		g->p->has_lines = true;
	return g->spans.n - 1;
}

static void
close_span(struct gather *g, size_t i)
{
	g->spans.v[i].end = (uint32_t)g->text.n;
}

static void
mark_source(struct gather *g, struct pos pos)
{
	if (pos.line == 0)
		return;
	if (g->nsrc == g->srccap) {
		g->srccap = MAX(16, 2 * g->srccap);
		g->src = xrealloc(g->src, g->srccap * sizeof(*g->src));
	}
	g->src[g->nsrc].text = (uint32_t)g->text.n;
	g->src[g->nsrc++].pos = pos;
}

/*
 * Text from the manuscript: runs of white space print as one space, none at
 * the head of a paragraph.
 */
static void
add_text(struct gather *g, const char *s, size_t n, struct pos pos, bool exact)
{
	mark_source(g, pos);
	if (exact) {
		buf_add(&g->text, s, n);
		g->space = false;
		return;
	}
	for (size_t i = 0; i < n;) {
		size_t j = i;

		while (j < n && s[j] != ' ' && s[j] != '\t' && s[j] != '\n')
			j++;
		if (j > i) {
			buf_add(&g->text, s + i, j - i);
			g->space = false;
		}
		for (i = j; i < n && (s[i] == ' ' || s[i] == '\t' ||
		    s[i] == '\n'); i++)
			;
		if (i > j && !g->space && g->text.n > 0) {
			buf_char(&g->text, ' ');
			g->space = true;
		}
	}
}

static void walk(struct gather *g, const struct doc_node *parent,
    const struct inl *in);

static void
in_span(struct gather *g, const struct doc_node *n, const struct inl *in,
    enum shape_dir dir)
{
	size_t s = open_span(g, in, dir);

	if (doc_id(n) != NULL)
		*VEC_PUSH(&g->ids) = (struct id_at){(uint32_t)g->text.n,
		    doc_id(n), in->ps.elem};
	walk(g, n, in);
	close_span(g, s);
}

static int32_t
inline_elem(struct gather *g, struct inl *in, enum page_role role,
    const struct doc_node *n)
{
	if (in->ps.elem >= 0)
		in->ps.elem = elem_new(g->l, in->ps.elem, role, n);
	return in->ps.elem;
}

static const char *
plain_words(struct layout *l, const struct doc_node *n)
{
	struct buf b = {0};
	const char *s;

	doc_plain(n, &b);
	s = arena_strn(l->a, b.n > 0 ? b.p : "", b.n);
	buf_free(&b);
	return s;
}

/*
 * The direction a link or a reference is isolated in: that of its own letters,
 * without any the paragraph's. Not FSI: its rule passes over what is isolated
 * inside, and a bracket around a link would then decide.
 */
static enum shape_dir
own_dir(const struct gather *g, const char *words)
{
	int level = text_level(words, strlen(words));

	if (level < 0)
		level = g->level;
	return level & 1 ? SHAPE_DIR_RTL : SHAPE_DIR_LTR;
}

static void
add_link(struct gather *g, const struct doc_node *n, struct inl in)
{
	const char *words = plain_words(g->l, n);

	if (!doc_link_leads(g->l->doc, n, g->l->dg)) {
		in_span(g, n, &in, own_dir(g, words));
		return;
	}
	in.ps.href = n->url;
	overlay(&in, style_look_or_null(g->l->st, "link"));
	if (in.ps.elem >= 0) {
		bool inside = n->url != NULL && n->url[0] == '#';

		inline_elem(g, &in, inside ? ROLE_REFERENCE : ROLE_LINK, n);
		in.ps.elem = inside ? elem_new(g->l, in.ps.elem, ROLE_LINK, n) :
		    in.ps.elem;
		in.ps.link_elem = in.ps.elem;
		g->l->elems.v[in.ps.elem].alt = words;
	}
	in_span(g, n, &in, own_dir(g, words));
}

/* What a link to a note says of itself: «یادداشت ۱». */
const char *
note_words(struct layout *l, const char *num)
{
	return arena_printf(l->a, "%s %s", layout_word(l, "note"), num);
}

static void
add_note_ref(struct gather *g, const struct doc_node *n, struct inl in)
{
	struct layout *l = g->l;
	char *num;
	size_t s;
	struct note_at *at;

	if (n->target == NULL) {
		add_text(g, n->text, n->len, n->pos, true);
		return;
	}
	num = layout_number(l, notes_by_page(l) ? mark_stand_in(l, n->target) :
	    note_number(l, n->target));
	overlay(&in, style_look_or_null(l->st, "note-mark"));
	in.no_break = true;
	if (in.ps.elem >= 0) {
		inline_elem(g, &in, ROLE_REFERENCE, n);
		in.ps.elem = elem_new(l, in.ps.elem, ROLE_LINK, n);
		in.ps.link_elem = in.ps.elem;
		l->elems.v[in.ps.elem].alt = note_words(l, num);
	}
	in.ps.href = arena_printf(l->a, "#fn-%s", n->target->text);
	/* The word joiner keeps the mark with the word before it. Between two
	 * marks alone it would join their levels, and they would change
	 * places; a space between them keeps them apart for the eye too. */
	if (g->mark_end > 0 && g->mark_end == g->text.n)
		buf_utf8(&g->text, 0x2005);	/* ۳ ۴ is not ۳۴ */
	if (g->text.n > 0 && !g->space)
		buf_utf8(&g->text, 0x2060);
	s = open_span(g, &in, SHAPE_DIR_RTL);
	if (!l->level)
		g->spans.v[s].dir = SHAPE_DIR_LTR;
	*VEC_PUSH(&g->ids) = (struct id_at){(uint32_t)g->text.n,
	    arena_printf(l->a, "fnref-%s", n->target->text), in.ps.elem};
	at = VEC_PUSH(&g->notes);
	*at = (struct note_at){.text = (uint32_t)g->text.n,
	    .len = (uint32_t)strlen(num), .span = (uint32_t)s,
	    .elem = in.ps.elem, .note = n->target, .left = l->level & 1,
	    .room = mark_room(l, n->target, g->spans.v[s].style)};
	add_text(g, num, strlen(num), n->pos, true);
	close_span(g, s);
	g->mark_end = g->text.n;
}

/* The words of a blank on one line, at most `most` wide: smaller at need. */
static struct piece *
blank_words(struct layout *l, const struct ctx *c, const struct doc_node *n,
    const char *words, struct style_look *look, sp most, int32_t elem)
{
	enum { LEAST = 60 };		/* percent that can still be read */
	struct piece *p = NULL;
	int percent = 100;
	sp size = look->size;

	for (int round = 0; round < 2; round++) {
		p = piece_new(l, c, NULL, words, look, elem);
		p->shape.measure = SP_MAX / 4;
		p->quiet = true;
		piece_now(l, p);
		if (p->para.lines == NULL || p->para.lines->n == 0 ||
		    p->para.lines->v[0].natural <= most || percent < 100)
			break;
		percent = (int)MAX((int64_t)LEAST, muldiv(100, most,
		    p->para.lines->v[0].natural));
		look = arena_dup(l->a, look, sizeof(*look));
		look->size = (sp)muldiv(size, percent, 100);
	}
	if (percent < 100)
		diag_add(l->dg, n->pos, MAN_BLANK_LONG, words, percent);
	return p;
}

static sp
blank_natural(const struct piece *p)
{
	return p->para.lines != NULL && p->para.lines->n > 0 ?
	    p->para.lines->v[0].natural : 0;
}

const struct page_para *
blank_fill(struct layout *l, const struct blank_place *at, const char *words,
    struct pos pos)
{
	struct style_look *look = arena_dup(l->a, &at->look, sizeof(*look));
	struct ctx c = {.lang = at->lang, .level = at->level, .look = look};
	struct doc_node n = *at->node;

	n.pos = pos;
	return &blank_words(l, &c, &n, words, look, at->most, at->elem)->para;
}

/* Those that a mail merge fills in are told apart from the start. */
static void
share_blank(struct layout *l, const struct doc_node *n,
    const struct style_look *look, const struct ctx *c, sp most, int32_t elem)
{
	struct sharing *s = l->share;

	if (s != NULL && doc_value(n, "fill") != NULL && s->nblanks <
	    NELEM(s->blanks))
		s->blanks[s->nblanks++] = (struct blank_place){.look = *look,
		    .lang = c->lang, .level = c->level, .node = n,
		    .most = most, .elem = elem};
}

/*
 * [answer]{.blank}: room to write in. All blanks of a handout are as wide as
 * its longest answer asks, so that none tells the length of its own; no
 * blank is wider than a line. Only the teacher's edition (and a filled-in
 * name) holds the words; otherwise readers are told of the gap.
 */
static void
add_blank(struct gather *g, const struct doc_node *n, struct inl in)
{
	struct layout *l = g->l;
	const char *words = plain_words(l, n), *given = doc_value(n, "width");
	struct ctx c = {.lang = in.lang, .level = g->level,
	    .look = &in.look};
	struct style_look *look = arena_dup(l->a, &in.look, sizeof(*look));
	sp most = l->measure - 4 * look->size;
	sp width = MAX(2 * look->size, l->blank);
	struct length len;
	size_t s;

	look->align = STYLE_START;
	look->indent_first = 0;
	if (given != NULL && length_parse(given, strlen(given), &len) &&
	    len.unit == UNIT_EM)
		width = most = sp_clamp(muldiv(len.value, look->size,
		    1000000));
	inline_elem(g, &in, ROLE_SPAN, n);
	if (*words != '\0') {
		struct piece *p = blank_words(l, &c, n, words, look, most,
		    in.ps.elem);

		if (given == NULL)
			width = MAX(width, blank_room(blank_natural(p),
			    look->size));
		if (l->job->answers || doc_value(n, "fill") != NULL)
			in.ps.filled = &p->para;
	}
	width = MIN(width, most);
	share_blank(l, n, look, &c, most, in.ps.elem);
	if (in.ps.filled == NULL && in.ps.elem >= 0)
		l->elems.v[in.ps.elem].alt = layout_word(l, "blank");
	in.ps.line |= 8;
	g->p->has_lines = true;
	s = open_span(g, &in, SHAPE_DIR_NONE);
	g->spans.v[s].is_object = true;
	g->spans.v[s].width = width;
	mark_source(g, n->pos);
	buf_utf8(&g->text, 0xfffc);
	g->space = false;
	close_span(g, s);
}

static bool
is_picture_or_blank(const struct doc_node *n)
{
	return n->kind == DOC_IMAGE || n->kind == DOC_SOFT_BREAK ||
	    n->kind == DOC_HARD_BREAK || (n->kind == DOC_TEXT &&
	    strspn(n->text, " \t\n") >= n->len);
}

/* Nothing but pictures in the whole paragraph? */
static bool
stands_alone(const struct doc_node *n)
{
	const struct doc_node *k = n;

	if (n->parent == NULL || doc_is_inline(n->parent->kind))
		return false;
	for (k = n->parent->first; k != NULL; k = k->next)
		if (!is_picture_or_blank(k))
			return false;
	return true;
}

/*
 * A picture among words is no higher than their line; one that stands alone
 * in its paragraph or cell makes a line as high as itself.
 */
static void
add_picture(struct gather *g, const struct doc_node *n, struct inl in)
{
	struct layout *l = g->l;
	bool alone = stands_alone(n);
	const struct image *im;
	const char *alt;
	sp w, h;
	size_t s;

	im = figure_inline(l, n, g->wide, alone ? l->height / 2 :
	    in.look.leading, &w, &h);
	if (im == NULL) {		/* its words stand for it */
		in_span(g, n, &in, SHAPE_DIR_NONE);
		return;
	}
	alt = doc_alt(l->a, n);
	if (alt == NULL)
		alt = plain_words(l, n);
	if (in.ps.elem >= 0 && *alt != '\0') {
		inline_elem(g, &in, ROLE_FIGURE, n);
		l->elems.v[in.ps.elem].alt = alt;
	} else {
		in.ps.elem = ARTIFACT_LAYOUT;
	}
	in.ps.image = im;
	in.ps.image_h = h;
	in.ps.line |= 16;
	g->p->has_lines = true;
	if (alone)
		g->high = MAX(g->high, h);
	s = open_span(g, &in, SHAPE_DIR_NONE);
	g->spans.v[s].is_object = true;
	g->spans.v[s].width = w;
	mark_source(g, n->pos);
	buf_utf8(&g->text, 0xfffc);
	g->space = false;
	close_span(g, s);
}

/*
 * The ways from a reference back to its citations: the pages they stand on,
 * each once, linked. Nothing in the round that does not know pages yet.
 */
static void
add_backlinks(struct gather *g, const struct doc_node *n, struct inl in,
    enum shape_dir dir)
{
	struct layout *l = g->l;
	const char *last = NULL;
	size_t s = 0;

	g->p->unstable = true;
	for (const struct doc_node *k = n->first; k != NULL; k = k->next) {
		struct doc_node *link;
		const char *label;

		if (k->kind != DOC_LINK || k->url == NULL || *k->url != '#')
			continue;
		label = map_get(&l->labels, k->url + 1, strlen(k->url + 1));
		if (label == NULL || (last != NULL && strcmp(label, last) == 0))
			continue;
		if (last == NULL) {
			const char *word = layout_word(l, "page");

			add_text(g, " ", 1, NOPOS, false);
			s = open_span(g, &in, dir);
			add_text(g, "(", 1, NOPOS, false);
			add_text(g, word, strlen(word), NOPOS, false);
			add_text(g, "\xc2\xa0", 2, NOPOS, false);
		} else {
			const char *comma = layout_word(l, "comma");

			add_text(g, comma, strlen(comma), NOPOS, false);
		}
		last = label;
		/* Elements know it as long as the layout lives. */
		link = arena_dup(l->a, k, sizeof(*k));
		link->first = link->last = made_text(l, label);
		add_link(g, link, in);
	}
	if (last != NULL) {
		add_text(g, ")", 1, NOPOS, false);
		close_span(g, s);
	}
}

/* [text]{.class lang=en dir=ltr}. */
static void
add_span(struct gather *g, const struct doc_node *n, struct inl in)
{
	const char *lang = doc_value(n, "lang"), *dir = doc_value(n, "dir");
	enum shape_dir d = SHAPE_DIR_NONE;
	bool tagged = false;

	if (lang != NULL && strcmp(lang, in.lang) != 0) {
		in.lang = lang;
		d = lang_is_rtl(lang) ? SHAPE_DIR_RTL : SHAPE_DIR_LTR;
		tagged = true;
	}
	if (dir != NULL)
		d = strcmp(dir, "rtl") == 0 ? SHAPE_DIR_RTL :
		    strcmp(dir, "ltr") == 0 ? SHAPE_DIR_LTR : SHAPE_DIR_AUTO;
	for (size_t i = 0; n->attr != NULL && i < n->attr->nclasses; i++) {
		const char *cls = n->attr->classes[i];
		const struct style_look *o = style_class(g->l->st, cls);

		/* Labels of our own: with_label(). */
		if (o == NULL && (strcmp(cls, "caption-label") == 0 ||
		    strcmp(cls, "heading-number") == 0))
			o = style_look(g->l->st, cls);
		if (o != NULL)
			overlay(&in, o);
		else
			unknown_class(g->l, n, cls);
	}
	if (in.look.display == STYLE_HIDE)
		return;
	if (doc_has_class(n, "blank")) {
		add_blank(g, n, in);
		return;
	}
	if (doc_has_class(n, "backlinks")) {
		add_backlinks(g, n, in, d);
		return;
	}
	if (doc_has_class(n, "index"))
		*VEC_PUSH(&g->ids) = (struct id_at){(uint32_t)g->text.n,
		    index_id(g->l, n), in.ps.elem};
	if (doc_has_class(n, "term")) {
		const char *word = plain_words(g->l, n);
		const char *id = term_id(g->l, n);

		if (id != NULL && in.ps.href == NULL) {
			in.ps.href = arena_printf(g->l->a, "#%s", id);
			if (in.ps.elem >= 0) {
				inline_elem(g, &in, ROLE_REFERENCE, n);
				in.ps.elem = elem_new(g->l, in.ps.elem,
				    ROLE_LINK, n);
				in.ps.link_elem = in.ps.elem;
				g->l->elems.v[in.ps.elem].alt = word;
			}
		} else if (id == NULL) {
			diag_add(g->l->dg, n->pos, MAN_UNKNOWN_TERM, word);
		}
	}
	if (tagged && in.ps.elem >= 0) {
		inline_elem(g, &in, ROLE_SPAN, n);
		g->l->elems.v[in.ps.elem].lang = lang;
	}
	in_span(g, n, &in, d);
}

static void
add_ref(struct gather *g, const struct doc_node *n, struct inl in)
{
	struct layout *l = g->l;
	bool by_page = false;
	const char *id = NULL;
	const char *words = reference_words(l, n, &id, &by_page);

	g->p->unstable |= by_page;
	if (words == NULL) {		/* leads nowhere: reported there */
		add_text(g, "@", 1, n->pos, true);
		add_text(g, n->text, n->len, n->pos, true);
		return;
	}
	in.ps.href = arena_printf(l->a, "#%s", id);
	overlay(&in, style_look_or_null(l->st, "reference"));
	if (in.ps.elem >= 0) {
		inline_elem(g, &in, ROLE_REFERENCE, n);
		in.ps.elem = elem_new(l, in.ps.elem, ROLE_LINK, n);
		in.ps.link_elem = in.ps.elem;
		l->elems.v[in.ps.elem].alt = words;
	}
	size_t s = open_span(g, &in, own_dir(g, words));

	add_text(g, words, strlen(words), n->pos, false);
	close_span(g, s);
}

static void
walk(struct gather *g, const struct doc_node *parent, const struct inl *outer)
{
	if (outer->depth > MAX_INLINE_DEPTH)
		return;		/* read/ has reported and flattened these */
	for (const struct doc_node *n = parent->first; n != NULL; n = n->next) {
		struct inl in = *outer;
		size_t s;

		in.depth++;
		switch (n->kind) {
		case DOC_TEXT:
			add_text(g, n->text, n->len, n->pos, in.code);
			break;
		case DOC_STRONG:
			emphasize(g->l, &in, g->l->st->para.strong, "strong",
			    n->pos);
			in_span(g, n, &in, SHAPE_DIR_NONE);
			break;
		case DOC_EMPH:
			emphasize(g->l, &in, g->l->st->para.emphasis,
			    "emphasis", n->pos);
			in_span(g, n, &in, SHAPE_DIR_NONE);
			break;
		case DOC_STRIKE:
			in.ps.line |= 4;
			overlay(&in, style_look_or_null(g->l->st,
			    "strike"));
			in_span(g, n, &in, SHAPE_DIR_NONE);
			break;
		case DOC_CODE_SPAN:
		case DOC_MATH:
			overlay(&in, style_look_or_null(g->l->st,
			    "code-span"));
			/* Code is copied letter by letter, by eye too. */
			in.look.kashida = false;
			in.code = true;
			inline_elem(g, &in, n->kind == DOC_MATH ? ROLE_FORMULA :
			    ROLE_CODE, n);
			/* Printed as it stands, so it is read as it stands. */
			if (n->kind == DOC_MATH && in.ps.elem >= 0)
				g->l->elems.v[in.ps.elem].alt = arena_strn(
				    g->l->a, n->text, n->len);
			s = open_span(g, &in, SHAPE_DIR_LTR);
			add_text(g, n->text, n->len, n->pos, true);
			close_span(g, s);
			break;
		case DOC_SPAN:
			add_span(g, n, in);
			break;
		case DOC_LINK:
			add_link(g, n, in);
			break;
		case DOC_IMAGE:
			add_picture(g, n, in);
			break;
		case DOC_NOTE_REF:
			add_note_ref(g, n, in);
			break;
		case DOC_CITE:
			overlay(&in, style_look_or_null(g->l->st,
			    "citation"));
			/* Each source has a direction of its own; brackets
			 * and what parts two of them the paragraph's. */
			in_span(g, n, &in, g->level & 1 ? SHAPE_DIR_RTL :
			    SHAPE_DIR_LTR);
			break;
		case DOC_REF:
			add_ref(g, n, in);
			break;
		case DOC_SOFT_BREAK:
			add_text(g, " ", 1, NOPOS, false);
			break;
		case DOC_HARD_BREAK:
			while (g->text.n > 0 && g->text.p[g->text.n - 1] == ' ')
				g->text.n--;
			buf_utf8(&g->text, 0x2028);
			g->space = true;
			break;
		default:
			in_span(g, n, &in, SHAPE_DIR_NONE);
			break;
		}
	}
}

struct piece *
piece_new(struct layout *l, const struct ctx *c, const struct doc_node *node,
    const char *text, const struct style_look *look, int32_t elem)
{
	struct piece *p = ARENA_NEW(l->a, struct piece);
	struct gather g = {.l = l, .p = p, .level = c->level,
	    .wide = c->cell ? c->measure / 3 : c->measure - c->start - c->end};
	struct inl in = {.look = *look, .lang = c->lang};
	const struct style_para *sp_ = &l->st->para;
	size_t whole;

	in.ps = (struct page_span){.elem = elem, .colour = look->colour,
	    .link_elem = -1, .node = node};
	whole = open_span(&g, &in, SHAPE_DIR_NONE);
	g.space = true;
	if (node != NULL && text == NULL)
		walk(&g, node, &in);
	else
		add_text(&g, text, strlen(text), node != NULL ? node->pos :
		    NOPOS, true);
	while (g.text.n > 0 && g.text.p[g.text.n - 1] == ' ')
		g.text.n--;
	for (size_t i = 0; i < g.spans.n; i++)
		if (g.spans.v[i].end > g.text.n)
			g.spans.v[i].end = (uint32_t)g.text.n;
	close_span(&g, whole);

	p->text = arena_dup(l->a, g.text.n > 0 ? g.text.p : "", g.text.n + 1);
	((char *)p->text)[g.text.n] = '\0';
	p->n = (uint32_t)g.text.n;
	p->nspans = (uint32_t)g.spans.n;
	p->spans = arena_dup(l->a, g.spans.v, g.spans.n * sizeof(*p->spans));
	p->pspans = arena_dup(l->a, g.pspans.v, g.pspans.n *
	    sizeof(*p->pspans));
	p->nnotes = (uint32_t)g.notes.n;
	p->notes = arena_dup(l->a, g.notes.v, g.notes.n * sizeof(*p->notes));
	p->nids = (uint32_t)g.ids.n;
	p->ids = arena_dup(l->a, g.ids.v, g.ids.n * sizeof(*p->ids));
	if (g.nsrc > 0) {
		struct page_source *src = arena_alloc(l->a, sizeof(*src) +
		    g.nsrc * sizeof(src->v[0]));

		src->n = (uint32_t)g.nsrc;
		memcpy(src->v, g.src, g.nsrc * sizeof(src->v[0]));
		p->para.source = src;
	}
	p->para.spans = p->pspans;
	p->para.node = node;
	p->para.lang = c->lang;
	/* Direction is declared, not guessed: a line that begins with a Latin
	 * word stays right to left in a Persian book. */
	p->level = c->level;
	p->look = look;
	p->pictures = g.high > 0;
	p->leading = MAX(look->leading, g.high);
	for (size_t i = 0; i < g.pspans.n; i++)
		if (p->pspans[i].image != NULL)
			/* In the middle of its line. */
			p->pspans[i].image_drop = (p->leading +
			    p->pspans[i].image_h) / 2 - line_baseline(l, look,
			    p->leading);
	p->pstyle = (struct para_style){
		.align = (enum para_align)look->align,
		.space_min = sp_->space_min, .space_max = sp_->space_max,
		.space_natural = sp_->space_natural,
		.tolerance = sp_->tolerance, .looseness = look->looseness,
		.line_penalty = sp_->line_penalty,
		.fitness_demerits = sp_->fitness_demerits,
		.alike_demerits = sp_->alike_demerits,
		.river_demerits = sp_->river_demerits,
		.runt_demerits = sp_->runt_demerits,
		.runt_min = sp_->runt_min, .greedy = sp_->greedy,
		.split_wide = sp_->split_wide,
		.keep_last_natural = true,
		.kashida = sp_->kashida && look->kashida &&
		    look->align == STYLE_JUSTIFY,
		.kashida_min = sp_->kashida_min,
		.kashida_max = sp_->kashida_max,
		.kashida_words = sp_->kashida_words,
		.kashida_demerits = sp_->kashida_demerits,
		.kashida_stack_demerits = sp_->kashida_stack_demerits,
		.kashida_repeat_demerits = sp_->kashida_repeat_demerits,
	};
	free(g.src);
	free(g.spans.v);
	free(g.pspans.v);
	free(g.notes.v);
	free(g.ids.v);
	buf_free(&g.text);

	if (l->last_piece != NULL)
		l->last_piece->next = p;
	else
		l->first_piece = p;
	l->last_piece = p;
	return p;
}

struct piece *
piece_of(const struct page_para *para)
{
	return (struct piece *)((uintptr_t)para - offsetof(struct piece, para));
}

/* The stretch that a byte of the text is in; there is at least one. */
static uint32_t
source_find(const struct page_source *s, uint32_t text)
{
	uint32_t lo = 0, hi;

	for (hi = s->n; hi - lo > 1;) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (s->v[mid].text <= text)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

struct pos
page_source_pos(const struct page_source *s, uint32_t text)
{
	return s == NULL || s->n == 0 ? NOPOS :
	    s->v[source_find(s, text)].pos;
}

/*
 * Columns count code points from the start of the stretch, or from the place
 * asked for last: messages come line by line, and a paragraph may be as long
 * as a book.
 */
struct pos
piece_place(void *piece, uint32_t text)
{
	struct piece *p = piece;
	const struct page_source *s = p->para.source;
	struct place_at *at = &p->place_at;
	struct pos pos = NOPOS;
	uint32_t i;

	if (p->para.node != NULL)
		pos = p->para.node->pos;
	if (s == NULL || s->n == 0)
		return pos;
	i = source_find(s, text);
	if (s->v[i].pos.line == 0)
		return pos;
	pos = s->v[i].pos;
	if (pos.col == 0 || s->v[i].text > text)
		return pos;
	text = MIN(text, p->n);
	if (at->col == 0 || at->stretch != i || at->text > text ||
	    at->text < s->v[i].text)
		*at = (struct place_at){i, s->v[i].text, pos.col};
	at->col += (uint32_t)utf8_count(p->text + at->text, text - at->text);
	at->text = text;
	pos.col = at->col;
	return pos;
}
