/*
 * Inside of page/: how a document becomes boxes, and boxes pages.
 *
 * 1. gather.c walks the tree (with list.c, div.c, table.c, notes.c and
 *    others) and makes blocks; inline.c gathers the text of each paragraph
 *    with its spans (a piece). Nothing is shaped yet.
 * 2. work.c shapes and breaks all pieces, in as many threads as asked for.
 * 3. flow.c turns blocks into vertical boxes; tablebox.c, notes.c, timeline.c
 *    and toc.c make theirs.
 * 4. breaks.c finds where pages end; emit.c goes through them, put.c places
 *    boxes, notes, links and anchors, heads.c heads and folios.
 * What depends on page numbers (contents, references by page, notes
 * numbered per page) is filled in or made again after 4; see layout.c.
 * A book that is edited (kept.c) keeps all of it: again.c begins at 3.
 */
#ifndef PAGE_LAYOUT_H
#define PAGE_LAYOUT_H

#include "page/page.h"

enum { NEVER = INT32_MAX };

enum { MAX_COLUMNS = 4 };

struct layout;

/* Text that will be shaped and broken as one paragraph. */
struct piece {
	struct page_para para;		/* lines filled in by work.c */
	const char *text;
	uint32_t n;
	struct shape_span *spans;
	struct page_span *pspans;
	uint32_t nspans;
	int level;
	struct shape_para *shaped;
	struct para_shape shape;	/* measure 0: table cell, broken later */
	struct para_style pstyle;
	const struct style_look *look;
	sp leading;
	/* Note marks, rising: bytes of the text, its span and element. */
	struct note_at {
		uint32_t text, len, span;
		int32_t elem;
		struct doc_node *note;
		int32_t room;		/* its advance, if the number is not
					 * known yet [units of its face]; 0 */
		bool left;		/* white it leaves stands left of it */
	} *notes;
	uint32_t nnotes;
	/* Ids that lead into the middle of the text (spans with an id). */
	struct id_at { uint32_t text; const char *id; int32_t elem; } *ids;
	uint32_t nids;
	bool has_links, has_lines;	/* links; under- and overlines */
	bool unstable;			/* text holds page numbers */
	bool pictures;			/* nothing else stands in it */
	bool placed;			/* its lines stand in ready items */
	bool quiet;			/* labels, folios: no messages of theirs */
	bool heading;			/* ragged, it is broken by sense */
	uint32_t turn;			/* of pages found again: its last change */
	uint32_t box;			/* of its first line + 1, in the flow; 0 */
	struct place_at {		/* asked for last (piece_place()) */
		uint32_t stretch, text, col;
	} place_at;
	struct diag dg;			/* of its own, merged in order */
	struct piece *next;		/* all of them, in document order */
};

/* What a vertical box is. */
enum box_kind {
	BOX_LINE,		/* one line of a piece */
	BOX_ITEMS,		/* ready items: table rows, figures, rules */
	BOX_GAP,		/* vertical space; vanishes at a page's head */
	BOX_FORCE,		/* a page ends here */
};

/* Which page a forced break leads to: 1 the opening side's, 2 the other's. */
enum side { SIDE_ANY, SIDE_OPENING, SIDE_OTHER };

struct box {
	uint8_t kind;
	uint8_t level;		/* of a heading, 1-6; 0 */
	bool grid;		/* its top stands on the baseline grid */
	bool paper;		/* x is from the edge of the page */
	uint8_t side;		/* FORCE: of the next page (enum side) */
	bool opener;		/* FORCE: and has no running head */
	bool last_of_block;
	sp height;
	sp x;			/* LINE: added to the line's own x */
	sp baseline;		/* LINE: from the box's top */
	int32_t cost_after;	/* of ending the page here; NEVER: not legal */
	const struct piece *piece;
	uint32_t line;
	int32_t elem;
	struct page_item *items;	/* relative to block's left, box's top */
	uint32_t nitems;
	const struct box *repeat;	/* table header to repeat on a new page */
	uint32_t nrepeat;
	const char *id, *alias;		/* anchors at the box's top */
	uint32_t head;			/* it begins this one of l->heads + 1 */
	const struct note_flow **notes;	/* notes called in it, in order */
	uint32_t nnotes;
	struct colour background;	/* of the whole width, behind */
	sp back_x, back_w;
	const struct ground *ground;	/* of its fence, behind that; NULL */
	const struct columns *cols;	/* the run of columns it is of; NULL */
	const struct doc_node *node;	/* for messages */
	uint32_t toc;			/* line of the contents + 1; 0: none */
	const struct jottings *to_foot;	/* fills what its page has left; NULL */
	uint32_t bundle, serial;	/* mail merge: of bundle + 1 */
	uint32_t label;			/* items[0] is the label of this place */
};

/* A run of boxes set in columns (columns.c). */
struct columns {
	int n;
	sp width, gap, x;		/* x: left edge of all, from the block's */
	sp rule;			/* between two; 0: none */
	struct colour colour;
	int level;			/* direction: where the first one stands */
	size_t end;			/* box after the last of the run */
};

/* A note's own boxes. */
struct note_flow {
	const struct doc_node *node;
	struct box *boxes;
	uint32_t nboxes;
	sp height;
};

struct note_list {
	const struct note_flow **v;
	size_t n, cap;
};

/* One heading as the outline and the running heads need it. */
struct head_info {
	const char *title;		/* plain text */
	int32_t elem;
};

/* [word]{.index}: a place the index names. */
struct index_mark {
	const char *key;		/* what the index prints */
	const char *id;			/* anchor of the place: index_id() */
};

/* A line of the contents whose number is filled in when pages are known. */
struct toc_line {
	const char *target;		/* id it leads to */
	const struct style_look *look;
	int level;			/* of the heading, from 1 on */
	int32_t elem, link_elem;
};

enum float_place { FLOAT_HERE, FLOAT_TOP, FLOAT_FOOT, FLOAT_PAGE };

/* A figure or table that stands where a page has room for it (float.c). */
struct float_flow {
	struct box *boxes;
	uint32_t nboxes;
	sp height;
	size_t anchor;			/* box before which it is named */
	size_t limit;			/* box that it comes before; SIZE_MAX */
	size_t section;			/* box of its section's heading; 0 */
	int level;			/* ... and its level; 0 */
	bool foot;			/* wanted at the foot of the page */
	bool alone;			/* has a page without text */
};

struct boxes {
	struct box *v;
	size_t n, cap;
};

/*
 * What the walk leaves for after the lines are known: expand() turns it
 * into boxes at the end of l->flow.
 */
struct proto {
	void (*expand)(struct layout *l, const struct proto *p);
	struct piece *piece, *label;
	int32_t elem, label_elem;
	const struct style_look *look;
	const struct doc_node *node;
	const char *id, *alias;		/* its own; of a fence it begins */
	sp height;			/* of a gap */
	sp label_x;			/* label: width of its column */
	struct colour background;
	const struct ground *ground;	/* of the fence it stands in; NULL */
	sp measure;			/* of the place: the block or a column */
	sp start, end;			/* indents, for rules and backgrounds */
	bool keep_next, keep_together, keep_before;
	bool padded;			/* padding follows: no break before it */
	uint8_t side;			/* enum side */
	bool marker;			/* makes no boxes */
	int level;			/* of a heading */
	uint32_t head;			/* its place in l->heads + 1; 0 */
	void *data;
};

/* The state that nesting changes while the tree is walked. */
struct ctx {
	const struct style_look *look;	/* of paragraphs here */
	const char *lang;
	int level;			/* direction of paragraphs here */
	sp start, end;			/* indents so far */
	sp measure;
	int32_t elem;			/* parent element */
	bool first;			/* paragraph after a heading: no indent */
	bool tight;			/* in a tight list */
	bool cell;			/* of a table */
	int list_depth;			/* of lists; of them with bullets */
	int bullet_depth;
	int depth;
	struct ground *ground;		/* of the innermost fence that has one */
	const struct style_look *fence;	/* what classes of fences say; NULL */
	const char *place;		/* what a fence itself says; NULL */
	struct columns *columns;	/* measure is that of one of these; NULL */
	const struct ctx *full;		/* around the columns; NULL */
	const struct style_look *item_look;
};

/* A blank that each reader of a mail merge has filled in. */
struct blank_place {
	struct style_look look;
	const char *lang;
	int level;
	const struct doc_node *node;
	sp most;			/* width */
	int32_t elem;
	struct page_span *span;		/* NULL: not found */
};

/* Boxes that keep their order for all readers: one question, or all that is
 * before or behind the questions. */
struct bundle {
	size_t from, to;		/* protos */
	struct box *boxes;
	size_t n;
	/* Of a question: */
	int32_t li, lbl;		/* elements */
	struct piece *label;		/* of its place, whoever stands there */
	struct proto labelled;		/* the text that it hangs on */
};

/* What the readers of a mail merge share (merge.c). */
struct sharing {
	struct { struct bundle *v; size_t n, cap; } questions;
	struct bundle *bundles;		/* [0], the questions, the rest */
	size_t nbundles;
	int32_t list;			/* element of the questions */
	struct blank_place blanks[3];
	size_t nblanks;
	/* of the page that is emitted: */
	struct { struct page_part *v; size_t n, cap; } cuts;
	uint32_t page_bundle;		/* that its last box is of */
	uint64_t key;			/* of the part at hand */
	uint32_t bundle, times;
	sp top;
};

struct layout {
	const struct page_job *job;
	const struct doc *doc;
	const struct style *st;
	struct diag *dg;
	struct page_book *book;
	struct arena *a;		/* the book's */
	struct page_book *shared_book;	/* what outlives a reader's book */
	struct sharing *share;		/* mail merge; NULL */
	const char *fill[3];		/* name, class, date; NULL: blank */
	const char *lang;
	int level;			/* base direction */
	sp measure, height;		/* of the text block */
	sp grid;			/* body leading */

	struct piece *first_piece, *last_piece;
	struct boxes flow;
	struct { struct proto *v; size_t n, cap; } protos;
	struct { struct head_info *v; size_t n, cap; } heads;
	struct { struct page_elem *v; size_t n, cap; } elems;
	struct { struct page_dest *v; size_t n, cap; } dests;
	struct map style_map;		/* look and language -> shape_style */
	struct map warned;		/* classes reported as unknown */
	struct map note_flows;		/* label -> struct note * (notes.c) */
	struct note_list *calling;	/* a note's boxes are made: its calls */
	struct { struct arena **v; size_t n, cap; } arenas;
	struct shape_rules rules, no_kashida_rules;
	struct shape_ctx *sctx;		/* of the main thread */
	struct arena scratch;
	int chapter;			/* level of the book's uppermost headings */
	struct style_numbers num;
	struct map labels;		/* id -> label of its page, last round */
	struct map page_of;		/* id -> number of its page, last round */
	struct map page_notes;		/* note -> number on its page, last round */
	struct map note_digits;		/* note -> digits its mark has room for */
	struct map digit_widths;	/* shape_style * -> widest digit [units] */
	uint64_t printed;		/* hash of what pages gave to labels */
	struct { struct index_mark *v; size_t n, cap; } index;
	struct map marks;		/* serial of a mark's node -> its id */
	struct map terms;		/* glossary term -> id */
	bool is_handout;		/* in parts: no question stands in the text */
	sp blank;			/* width of a handout's blanks */
	struct map pictures;		/* path -> struct picture * (figure.c) */
	bool has_index;			/* ::: {#index} was seen */
	int lines_due;			/* still to stand with a heading */
	struct verse *stanza;		/* gathered last (verse.c), and its node */
	const struct doc_node *stanza_node;
	size_t title_end;		/* first box after the title pages */
	size_t body_start;		/* first box after the front matter */
	struct { struct toc_line *v; size_t n, cap; } toc;
	struct { struct float_flow *v; size_t n, cap; } floats;
	sp place, gutter;		/* while gathering: measure; between the
					 * columns it is of, or 0 */
	struct columns *cols;		/* run that is open while expanding */
	bool floating;			/* a float's boxes are made */
	size_t float_start;		/* box that may stand below a float */
	int section_level;		/* of the heading expanded last ... */
	size_t section_start;		/* ... and its box */
	struct page_break *breaks;
	size_t nbreaks;
	struct keeping *keeping;	/* what the next layout may use; NULL */
};

/* Notes left over: v[0] from its line `line` on, the others whole; n 0: none.
 * They are the end of the notes of one box. */
struct carry {
	const struct note_flow *const *v;
	uint32_t n;
	uint32_t line;
};

/* Where a page begins and ends in the flow, as breaks.c chose. */
struct page_break {
	size_t start, end;		/* boxes [start, end) */
	bool blank;			/* an empty page before a side opener */
	bool opener;
	sp filled;
	int64_t cost;			/* of this page alone */
	struct carry carry, split;	/* rest of notes before, after */
	size_t floats;			/* first of those on it ... */
	uint32_t nfloats, nhead;	/* ... how many, and at its head */
};

/* ------------------------------------------------------------- layout.c */

/* Open a layout, its book with it; NULL: no font, no page. */
struct layout *layout_open(const struct page_job *job);
void layout_gather(struct layout *l);	/* and shape */
bool layout_is_unstable(const struct layout *l);
void layout_forget(struct layout *l);	/* what was gathered */
void layout_forget_boxes(struct layout *l);	/* what it was expanded to */
void layout_close(struct layout *l);	/* with its book */
void layout_pages(struct layout *l);	/* all rounds, to the last item */
/* What the style asks of shaping, kashida wherever it allows it. */
struct shape_rules layout_rules(const struct style *st);

/* --------------------------------------------------------------- kept.c */

/* A paragraph of the flow, as it was gathered: what it takes to gather it
 * anew when only its words have changed. */
struct kept_para {
	const struct doc_node *node;
	struct ctx ctx;
	const struct style_look *look;
	struct piece *piece;
	size_t proto;
	int32_t elem;
	size_t elems, elems_end;	/* its inlines have these */
};

/* What a page is emitted with that pages before it decide. */
struct page_before {
	const char *sections[7];
	size_t noutline;
};

struct keeping {
	struct { struct kept_para *v; size_t n, cap; } paras;
	struct page_before *before;	/* by page break */
	struct map running;		/* heads and folios: text -> piece */
	size_t told;			/* messages before there were boxes */
	uint32_t turn;			/* counts edits */
	const struct page *was;		/* before they are found again; NULL */
	size_t nwas;
	struct { struct piece **v; size_t n, cap; } noted;	/* with notes */
};

void keep_para(struct layout *l, const struct kept_para *k);

/* -------------------------------------------------------------- again.c */

/* Boxes, breaks and pages of the pieces as they are now. False if the book
 * must be laid out from nothing. */
bool layout_again(struct layout *l);
/* NULL is equal to NULL alone. */
bool equal_strings(const char *a, const char *b);
/* Does a page say just this, and of no piece that was changed in this turn? */
bool items_are_same(const struct page *a, const struct page_item *v, size_t n,
    uint32_t turn);
/* Is it another with the same items? */
bool page_is_same(const struct page *a, const struct page *b);

/* ------------------------------------------------------------- inline.c */

/* Gather a node's inlines (or plain text if node is NULL). */
struct piece *piece_new(struct layout *l, const struct ctx *c,
    const struct doc_node *node, const char *text,
    const struct style_look *look, int32_t elem);
struct piece *piece_of(const struct page_para *para);
struct pos piece_place(void *piece, uint32_t text);
/* The words of a reader for a blank. */
const struct page_para *blank_fill(struct layout *l,
    const struct blank_place *at, const char *words, struct pos pos);
void unknown_class(struct layout *l, const struct doc_node *n, const char *cls);

/* -------------------------------------------------------------- marks.c */

bool notes_by_page(const struct layout *l);	/* numbered page by page? */
int mark_stand_in(const struct layout *l, const struct doc_node *note);
int32_t mark_room(struct layout *l, const struct doc_node *note,
    const struct shape_style *style);
void marks_fit(struct piece *p);	/* after shaping; any thread */
const char *note_words(struct layout *l, const char *num);
void piece_renumber(struct layout *l, struct piece *p, uint32_t at,
    uint32_t len, const char *number);
bool marks_number(struct layout *l);
bool marks_renumber(struct layout *l, struct piece *p);
/* Those of the last pages whose numbers are others now. False if lines would
 * not stay as they are. */
bool marks_again(struct layout *l);
/* Of what pages know of a piece: how many lines, which calls of notes and
 * anchors in which. */
uint64_t lines_hash(const struct piece *p);

/* --------------------------------------------------------------- refs.c */

/* The number a note prints with. */
int note_number(struct layout *l, const struct doc_node *note);
/* What a cross-reference prints; NULL (reported) if it leads nowhere. `id` is
 * set to what it leads to, which may be called otherwise in the text. */
const char *reference_words(struct layout *l, const struct doc_node *ref,
    const char **id, bool *by_page);
const char *node_number(const struct layout *l, const struct doc_node *n);
/* A heading's words with its number before them. */
const char *heading_title(struct layout *l, const struct doc_node *n);

/* --------------------------------------------------------------- work.c */

/* Shape (and, where the measure is known, break) every piece not yet so. */
void work_run(struct layout *l, struct piece *from);
void piece_break(struct layout *l, struct piece *p);	/* main thread, now */
void piece_now(struct layout *l, struct piece *p);	/* shape and break */

/* --------------------------------------------------------------- flow.c */

void flow_expand(struct layout *l);	/* protos -> boxes */
struct proto *flow_proto(struct layout *l,
    void (*expand)(struct layout *, const struct proto *));
struct box *flow_box(struct layout *l, enum box_kind kind);
void flow_gap(struct layout *l, sp height);	/* a proto; gaps collapse */
void gap_box(struct layout *l, sp height);	/* the same, while expanding */
bool proto_is_gap(const struct proto *p);
/* Boxes of one proto, with the notes called in them. */
void expand_proto(struct layout *l, const struct proto *p);
/* Boxes of a piece's lines, with widow and orphan costs. */
void expand_lines(struct layout *l, const struct proto *p);
/* Place a proto's label beside its first box. */
void hang_label(struct layout *l, struct box *b, const struct proto *p);
/* A paragraph of its own look; returns its proto. */
struct proto *gather_para(struct layout *l, struct ctx *c,
    const struct doc_node *n, const char *text, const struct style_look *look,
    enum page_role role);
sp line_baseline(const struct layout *l, const struct style_look *look,
    sp leading);
void gather_rule(struct layout *l, const struct ctx *c,
    const struct style_look *look, sp size);
void gather_rule_below(struct layout *l, const struct ctx *c,
    const struct style_look *look, sp size);
void fixed_gap(struct layout *l, sp height);
void force_page(struct layout *l, enum side side, bool opener);
/* A look's page-before and side-before. */
void force_look(struct layout *l, const struct style_look *look, bool opener);
/* A chapter that follows a page break opens a page. */
void flow_opens_page(struct layout *l);

/* ------------------------------------------------------------- gather.c */

void flow_gather(struct layout *l);	/* tree -> protos and pieces */
/* What this job prints of the tree: nodes from `first` up to `stop`. */
const struct doc_node *flow_first(const struct layout *l);
const struct doc_node *flow_stop(const struct layout *l);
void gather_block(struct layout *l, struct ctx *c, const struct doc_node *n);
void flow_children(struct layout *l, struct ctx *c,
    const struct doc_node *parent);
/* A copy of a node with a label before its words, in the look `cls`. */
const struct doc_node *with_label(struct layout *l, const struct doc_node *n,
    const char *text, const char *cls);
/* The proto begins a section that outline and running heads name. */
void flow_head(struct layout *l, struct proto *p, int level,
    const char *title, int32_t elem);
/* A section of the book's own (glossary, index, notes), named by `title`. */
void section_gather(struct layout *l, struct ctx *c, const struct doc_node *n,
    const char *title, const char *look, const char *id);
/* What a section of the book's own is reached by. */
const char *section_id(struct layout *l, const struct doc_node *n);

/* --------------------------------------------------------------- list.c */

void list_gather(struct layout *l, struct ctx *c, const struct doc_node *n);
void refs_gather(struct layout *l, struct ctx *c, const struct doc_node *n);
void deflist_gather(struct layout *l, struct ctx *c, const struct doc_node *n);
/* Terms and definitions in the order of `v`. */
void gather_deflist_part(struct layout *l, struct ctx *c,
    const struct doc_node *const *v, size_t n, const struct doc_node *list);
/* Hang a label on the first text gathered from proto `from` on. */
void label_first(struct layout *l, size_t from, struct piece *label,
    int32_t elem);
const char *list_label(struct layout *l, const struct ctx *c,
    const struct doc_node *list, const struct style_look *look, int number);
struct piece *label_piece(struct layout *l, const struct ctx *c,
    const char *text, const struct style_look *look, int32_t elem);

/* ---------------------------------------------------------------- div.c */

bool is_division(const struct doc_node *n, const char *cls);
void div_gather(struct layout *l, struct ctx *c, const struct doc_node *n);

/* -------------------------------------------------------------- looks.c */

/* A block's look with its classes laid over it; reports unknown ones. */
const struct style_look *look_with_classes(struct layout *l,
    const struct doc_node *n, const struct style_look *look);
/* The shape_style of a look in a language, interned. */
const struct shape_style *layout_style(struct layout *l,
    const struct style_look *look, const char *lang);

/* -------------------------------------------------------------- float.c */

/* Where a figure or table is to stand: its own word, its fence's, its class's,
 * that of its fence's class, or else `place`, the style's. */
enum float_place float_place(struct layout *l, const struct ctx *c,
    const struct doc_node *n, const struct style_look *look,
    const char *place);
struct ctx float_ctx(const struct layout *l, const struct ctx *c);
void float_wrap(struct layout *l, size_t from, enum float_place place);
void float_take(struct layout *l, size_t first, enum float_place place);
struct proto *proto_inside(struct proto *p);
void floats_allow(struct layout *l);	/* from here on */
void floats_close(struct layout *l, int level);
sp floats_room(const struct layout *l, size_t first, uint32_t n);
size_t box_from(const struct layout *l, size_t i);
/* May these stand on a page of boxes [start, end), and at what cost? */
bool floats_arrange(const struct layout *l, size_t first, uint32_t n,
    size_t start, size_t end, uint32_t *nhead, int64_t *cost);
/* How many have a page of their own after one that ends before box `end`,
 * when the next page with text begins at `next`. */
uint32_t floats_alone(const struct layout *l, size_t first, size_t end,
    size_t next);

/* ------------------------------------------------------------ columns.c */

int columns_asked(const struct doc_node *n, const struct style_look *look);
/* What is gathered with the returned context is set in n columns, with the
 * gap and rule of `look`, or else of the body. */
struct ctx columns_begin(struct layout *l, const struct ctx *outer,
    const struct style_look *look, int n);
void columns_end(struct layout *l, const struct ctx *in,
    const struct ctx *outer);
/* Across all columns: what is gathered between these two. */
struct ctx columns_leave(struct layout *l, const struct ctx *in);
void columns_again(struct layout *l, const struct ctx *in);
void columns_force(struct layout *l);	/* a page ends within them */
/* The boxes were put together anew: where each run ends now. */
void columns_settle(struct layout *l);
/* Boxes made between these two stand across the columns `cs`, if any. */
void columns_pause(struct layout *l);
void columns_resume(struct layout *l, const struct columns *cs);

/* -------------------------------------------------------------- fence.c */

/* What lies behind all boxes of a fence, with white around them. */
struct ground {
	struct colour colour;
	sp x, w;
	bool in_column;			/* x is from a column's left */
	struct ground *outer;		/* that of the fence around it; NULL */
	size_t first;			/* proto */
};

/* Boxes that protos between these two make stay on a page if they can. */
struct keep;
struct keep *keep_begin(struct layout *l);
void keep_end(struct layout *l, struct keep *k);
/* The look's background behind protos between these two. */
struct ground *ground_begin(struct layout *l, struct ctx *c,
    const struct style_look *look);
void ground_end(struct layout *l, const struct ground *g);
void fence_padding(struct layout *l, sp height, bool below);

/* ------------------------------------- notes.c, toc.c, figure.c, timeline.c */

void notes_gather(struct layout *l);
/* Notes called in lines [from, to) of a piece that were not printed before,
 * and those called in these, at the end of `out`. */
void notes_called(struct layout *l, const struct piece *p, uint32_t from,
    uint32_t to, struct note_list *out);
/* The height of the notes that a piece calls, before they are boxes. */
sp notes_room(struct layout *l, const struct piece *p);
/* Of flow boxes from `first` on, those that are not lines. */
void notes_of_items(struct layout *l, size_t first);
/* Their numbers as pages have them, those that are others. Shaped by
 * work_run(), or now, for pages that are found again. */
void notes_label(struct layout *l, bool now);
void notes_hang(struct layout *l);	/* ... shaped: where they hang */
void notes_forget_boxes(struct layout *l);
/* What a page prints of notes: boxes [from, to) of each, in order. */
struct note_part { const struct note_flow *note; uint32_t from, to; };
struct note_parts { struct note_part *v; size_t n, cap; };
void notes_on_page(const struct layout *l, const struct page_break *pb,
    struct note_parts *out);
bool notes_at_end(const struct layout *l);	/* and are there any? */
void notes_gather_end(struct layout *l, struct ctx *c);
/* Once pages are made: a mark whose text stands on none is told. */
void notes_account(const struct layout *l);
void toc_gather(struct layout *l, struct ctx *c);
/* ::: {.glossary}: its definition list in the language's order. */
void glossary_gather(struct layout *l, struct ctx *c,
    const struct doc_node *n);
void glossary_terms(struct layout *l);	/* before any text is gathered */
const char *term_id(struct layout *l, const struct doc_node *term); /* or NULL */
void index_find(struct layout *l);	/* all marks, before anything */
const char *index_id(struct layout *l, const struct doc_node *mark);
/* ::: {#index}: the pages that the marks had in the last round. */
void index_gather(struct layout *l, struct ctx *c, const struct doc_node *n);
/* Half title, title page, imprint, dedication; sets l->body_start. */
void front_gather(struct layout *l, struct ctx *c);
void imprint_gather(struct layout *l, struct ctx *c);
/* What the metadata say of a key, all authors in one; NULL. */
const char *imprint_value(struct layout *l, const char *key);
/* Lines of the metadata as a paragraph, with their spaces if `verbatim`. */
void gather_lines(struct layout *l, struct ctx *c, const char *text,
    const struct style_look *look, bool verbatim);
/* Is a ::: dedication of the flow printed there and not where it stands? */
bool front_takes(const struct layout *l, const struct doc_node *n);
/* The metadata's colophon, on the last page. */
void colophon_gather(struct layout *l, struct ctx *c);
/* A picture that stands in a line: its size in a room of this width and
 * height (of the measure and the page for 0); NULL, reported, if there is
 * none. */
const struct image *figure_inline(struct layout *l, const struct doc_node *n,
    sp wide, sp high, sp *w, sp *h);
void figure_gather(struct layout *l, struct ctx *c, const struct doc_node *n,
    const struct doc_node *caption);
void timeline_gather(struct layout *l, struct ctx *c,
    const struct doc_node *n, const struct style_look *look);
/* Caption with its number before it: "جدول ۲: ..."; a gathered proto. */
void caption_gather(struct layout *l, struct ctx *c, const struct doc_node *cap,
    const char *word, const char *number, bool keep_next);

/* ------------------------------------------------------------ handout.c */

/* The section of the job in the style's parts; `stop` ends the section. */
void handout_gather(struct layout *l, struct ctx *c,
    const struct doc_node *stop);
void handout_heading(struct layout *l, struct ctx *c, const char *word);
/* What stands around the text of a handout's further pages, from the left of
 * the block and the baseline of its head: the section, a blank for the name,
 * and below that it is the teacher's. */
enum { HANDOUT_HEAD = 4 };
size_t handout_head(struct layout *l, struct page_item out[HANDOUT_HEAD]);
/* Rule the room that is left below box `b` for notes, if it is enough. */
void handout_to_foot(struct layout *l, struct box *b, sp room);
/* In the teacher's margin, beside the first text from proto `from` on. */
void handout_mark(struct layout *l, size_t from, const char *text,
    int32_t elem);

/* ----------------------------------------------------------- question.c */

/* Every question from `first` up to `stop`, below a heading. */
void questions_gather(struct layout *l, struct ctx *c,
    const struct doc_node *first, const struct doc_node *stop);
/* Terms of a handout with their meanings, and lines to use them if the style
 * asks. */
void terms_gather(struct layout *l, struct ctx *c,
    const struct doc_node *const *v, size_t n);
/* What those who do not see ruled lines are told of them. */
const char *room_words(struct layout *l, int lines);
/* How wide a blank is for an answer that wide: hands write larger. */
sp blank_room(sp natural, sp size);
/* Nodes that no manuscript holds: they live with the layout. */
struct doc_node *made_node(struct layout *l, enum doc_kind kind,
    struct pos pos);
struct doc_node *made_text(struct layout *l, const char *s);
/* A blank `em` wide ("2em"); `text` fills it for the teacher, or for all. */
struct doc_node *made_blank(struct layout *l, const char *text,
    const char *em, bool for_all);
/* The inlines of `from` behind those of `to`; the tree keeps its own. */
void made_copies(struct layout *l, struct doc_node *to,
    const struct doc_node *from);

/* -------------------------------------------------------------- verse.c */

void verse_gather(struct layout *l, struct ctx *c, const struct doc_node *n);

/* -------------------------------------------------------------- table.c */

void table_gather(struct layout *l, struct ctx *c, const struct doc_node *t);

/* --------------------------------------------------------------- elem.c */

int32_t elem_new(struct layout *l, int32_t parent, enum page_role role,
    const struct doc_node *node);
/* As the last child of another. */
void elem_link(struct layout *l, int32_t parent, int32_t elem);
/* It has the language and the direction of `c`, where its parents have
 * others. */
void elem_speaks(struct layout *l, int32_t elem, const struct ctx *c);
/* So do all that were made since there were `from` of them: a fence has no
 * element of its own. */
void elems_speak(struct layout *l, size_t from, const struct ctx *c);

/* ------------------------------------------------------------- breaks.c */

void breaks_find(struct layout *l);
/* Report widows, orphans, headings at the foot: once, for the last round. */
void breaks_tell(struct layout *l);

/* --------------------------------------------------------------- emit.c */

void emit_number(struct layout *l);	/* pages and labels, after the breaks */
void emit_pages(struct layout *l);
void emit_again(struct layout *l, size_t page_break);	/* one of them */

/* ------------------------------------------------------------ strokes.c */

/* A line under, over or through words: from the line's left end, below its
 * baseline. */
struct stroke {
	sp x, y, w, h;
	struct colour colour;
};
struct strokes {
	struct stroke *v;
	size_t n, cap;
};
void line_strokes(const struct page_para *para, const struct para_line *ln,
    struct strokes *out);

/* -------------------------------------------------------------- merge.c */

/*
 * Parts of the page that is emitted, by the number of its items so far; all
 * do nothing outside a mail merge.
 */
struct places;				/* page/fill.h */
void part_page(struct layout *l);
void part_page_end(struct layout *l, struct page *p);
void part_box(struct layout *l, size_t item, const struct page_break *pb,
    size_t i, const struct places *at, sp left);
void part_label(struct layout *l, size_t item, const struct box *b, sp y,
    sp left);
void part_begin(struct layout *l, size_t item, uint64_t key, uint32_t bundle,
    sp top, int32_t elem);
void part_again(struct layout *l, size_t item);
/* Is it a blank that the reader at hand has filled in? */
bool part_is_own(const struct layout *l, const struct page_span *ps);

/* -------------------------------------------------------------- words.c */

/* A word of the book's own ("contents", "table", "figure", "references"...)
 * in a language; the style's `words:` section comes first. */
const char *layout_word(const struct layout *l, const char *name);
char *layout_number(const struct layout *l, long n);

#endif
