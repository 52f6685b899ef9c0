/*
 * The keys of a style, and what stands where no style says anything: an A5
 * page a lone manuscript may be printed on.
 */
#include <string.h>

#include "style/table.h"

#define MM(x) ((sp)(((int64_t)(x) * SP_PT * 720 + 127) / 254))
#define BIG PT(14000)

static const char *const aligns[] = {"justify", "start", "end", "centre", NULL};
/* By enum shape_place and SHAPE_NEVER_. */
static const char *const places[] = {"tatweel", "seen", "heh", "alef", "beh",
    "waw", "other", NULL};
static const char *const nevers[] = {"lam-alef", "final-yeh", "allah",
    "vowelled", NULL};
static const char *const hehs[] = {"as-typed", "composed", "decomposed", NULL};
static const char *const level_orders[] = {"by-sign", "rtl", "ltr", NULL};
static const char *const displays[] = {"show", "hide", NULL};
static const char *const emphases[] = {"weight", "colour", "overline",
    "underline", "slant", "auto", NULL};
static const char *const folios[] = {"outer", "centre", "inner", "none", NULL};
static const char *const folio_places[] = {"head", "foot", NULL};
static const char *const bindings[] = {"auto", "right", "left", NULL};
static const char *const fronts[] = {"continued", "abjad", "roman", "none",
    NULL};
static const char *const note_places[] = {"page", "end", NULL};
static const char *const note_resets[] = {"page", "chapter", "book", NULL};
static const char *const spans[] = {"measure", "page", NULL};
static const char *const above_below[] = {"above", "below", NULL};
/* By PDF_MARK_. */
static const char *const marks[] = {"crop", "registration", "bar", "slug",
    "fold", NULL};
static const char *const float_places[] = {"here", "top", "foot", "page",
    NULL};

#define P(field) offsetof(struct style_look, field)
const struct style_key style_props[STYLE_NPROPS] = {
	{"font", T_FONT, P(font), 0, 0, NULL},
	{"weight", T_INT, P(weight), 1, 1000, NULL},
	{"italic", T_BOOL, P(italic), 0, 0, NULL},
	{"size", T_SP, P(size), PT(1), PT(1000), NULL},
	{"leading", T_SP, P(leading), PT(1), PT(2000), NULL},
	{"colour", T_COLOUR, P(colour), 0, 0, NULL},
	{"background", T_COLOUR, P(background), 0, 0, NULL},
	{"align", T_ENUM, P(align), 0, 0, aligns},
	{"display", T_ENUM, P(display), 0, 0, displays},
	{"space-before", T_SP, P(space_before), 0, BIG, NULL},
	{"space-after", T_SP, P(space_after), 0, BIG, NULL},
	{"indent-first", T_SP, P(indent_first), -BIG, BIG, NULL},
	{"indent-start", T_SP, P(indent_start), -BIG, BIG, NULL},
	{"indent-end", T_SP, P(indent_end), -BIG, BIG, NULL},
	{"hang", T_SP, P(hang), 0, BIG, NULL},
	{"padding", T_SP, P(padding), 0, BIG, NULL},
	{"rule-above", T_SP, P(rule_above), 0, PT(100), NULL},
	{"rule-below", T_SP, P(rule_below), 0, PT(100), NULL},
	{"rule-colour", T_COLOUR, P(rule_colour), 0, 0, NULL},
	{"keep-next", T_BOOL, P(keep_next), 0, 0, NULL},
	{"keep-together", T_BOOL, P(keep_together), 0, 0, NULL},
	{"page-before", T_BOOL, P(page_before), 0, 0, NULL},
	{"side-before", T_BOOL, P(side_before), 0, 0, NULL},
	{"kashida", T_BOOL, P(kashida), 0, 0, NULL},
	{"tracking", T_MILLE, P(tracking), -500, 2000, NULL},
	{"rise", T_SP, P(rise), -PT(1000), PT(1000), NULL},
	{"features", T_STR, P(features), 0, 0, NULL},
	{"looseness", T_INT, P(looseness), -20, 20, NULL},
	{"columns", T_INT, P(columns), 1, 4, NULL},
	{"column-gap", T_SP, P(column_gap), 0, BIG, NULL},
	{"column-rule", T_SP, P(column_rule), 0, PT(100), NULL},
	{"numbering", T_STR, P(numbering), 0, 0, NULL},
	{"label", T_STR, P(label), 0, 0, NULL},
	{"column-widths", T_STR, P(columns_widths), 0, 0, NULL},
	{"place", T_WORD, P(place), 0, 0, float_places},
};
#undef P

#define K(field) offsetof(struct style_page, field)
static const struct style_key page_keys[] = {
	{"trim", T_STR, K(trim), 0, 0, NULL},
	{"width", T_SP, K(width), MM(30), BIG, NULL},
	{"height", T_SP, K(height), MM(30), BIG, NULL},
	{"inner", T_SP, K(inner), 0, BIG, NULL},
	{"outer", T_SP, K(outer), 0, BIG, NULL},
	{"top", T_SP, K(top), 0, BIG, NULL},
	{"foot", T_SP, K(foot), 0, BIG, NULL},
	{"head-gap", T_SP, K(head_gap), 0, BIG, NULL},
	{"foot-gap", T_SP, K(foot_gap), 0, BIG, NULL},
	{"folio", T_WORD, K(folio), 0, 0, folios},
	{"folio-place", T_WORD, K(folio_place), 0, 0, folio_places},
	{"folio-text", T_STR, K(folio_text), 0, 0, NULL},
	{"head-recto", T_STR, K(head_recto), 0, 0, NULL},
	{"head-verso", T_STR, K(head_verso), 0, 0, NULL},
	{"head-rule", T_SP, K(head_rule), 0, PT(100), NULL},
	{"grid", T_BOOL, K(grid), 0, 0, NULL},
	{"binding", T_WORD, K(binding), 0, 0, bindings},
	{"multiple", T_INT, K(multiple), 1, 64, NULL},
	{"front-numbers", T_WORD, K(front), 0, 0, fronts},
	{NULL, T_STR, 0, 0, 0, NULL}
};
#undef K

#define K(field) offsetof(struct style_breaks, field)
static const struct style_key breaks_keys[] = {
	{"widow-lines", T_INT, K(widow_lines), 1, 20, NULL},
	{"orphan-lines", T_INT, K(orphan_lines), 1, 20, NULL},
	{"widow", T_COST, K(widow), 0, 1000000000, NULL},
	{"orphan", T_COST, K(orphan), 0, 1000000000, NULL},
	{"heading-foot", T_COST, K(heading_foot), 0, 1000000000, NULL},
	{"split-row", T_COST, K(split_row), 0, 1000000000, NULL},
	{"split-note", T_COST, K(split_note), 0, 1000000000, NULL},
	{"uneven", T_COST, K(uneven), 0, 1000000000, NULL},
	{"short-page", T_COST, K(short_page), 0, 1000000000, NULL},
	{"keep", T_COST, K(keep), 0, 1000000000, NULL},
	{"float", T_COST, K(float_late), 0, 1000000000, NULL},
	{"heading-lines", T_INT, K(heading_lines), 1, 20, NULL},
	{NULL, T_STR, 0, 0, 0, NULL}
};
#undef K

#define K(field) offsetof(struct style_para, field)
static const struct style_key para_keys[] = {
	{"space-min", T_MILLE, K(space_min), 300, 1000, NULL},
	{"space-natural", T_MILLE, K(space_natural), 300, 3000, NULL},
	{"space-max", T_MILLE, K(space_max), 1000, 10000, NULL},
	{"tolerance", T_INT, K(tolerance), 1, 10000, NULL},
	{"looseness", T_INT, K(looseness), -20, 20, NULL},
	{"line-penalty", T_INT, K(line_penalty), 0, 10000, NULL},
	{"fitness-demerits", T_INT, K(fitness_demerits), 0, 1000000, NULL},
	{"alike-demerits", T_INT, K(alike_demerits), 0, 1000000, NULL},
	{"river-demerits", T_INT, K(river_demerits), 0, 1000000, NULL},
	{"runt-demerits", T_INT, K(runt_demerits), 0, 1000000, NULL},
	{"runt-min", T_SP, K(runt_min), 0, BIG, NULL},
	{"greedy", T_BOOL, K(greedy), 0, 0, NULL},
	{"split-wide", T_BOOL, K(split_wide), 0, 0, NULL},
	{"kashida", T_BOOL, K(kashida), 0, 0, NULL},
	{"kashida-min", T_MILLE, K(kashida_min), 10, 2000, NULL},
	{"kashida-max", T_MILLE, K(kashida_max), 10, 4000, NULL},
	{"kashida-words", T_INT, K(kashida_words), 1, 100, NULL},
	{"kashida-letters", T_INT, K(kashida_letters), 2, 20, NULL},
	{"kashida-places", T_ORDER, K(kashida_places), 0, 0, places},
	{"kashida-never", T_FLAGS, K(kashida_never), 0, 0, nevers},
	{"kashida-demerits", T_INT, K(kashida_demerits), 0, 1000000, NULL},
	{"kashida-stack-demerits", T_INT, K(kashida_stack_demerits), 0, 1000000,
	    NULL},
	{"kashida-repeat-demerits", T_INT, K(kashida_repeat_demerits), 0,
	    1000000, NULL},
	{"isolate-ranges", T_BOOL, K(isolate_ranges), 0, 0, NULL},
	{"isolate-percent", T_BOOL, K(isolate_percent), 0, 0, NULL},
	{"isolate-signs", T_BOOL, K(isolate_signs), 0, 0, NULL},
	{"isolate-phones", T_BOOL, K(isolate_phones), 0, 0, NULL},
	{"isolate-dates", T_BOOL, K(isolate_dates), 0, 0, NULL},
	{"isolate-units", T_BOOL, K(isolate_units), 0, 0, NULL},
	{"isolate-latin", T_BOOL, K(isolate_latin), 0, 0, NULL},
	{"isolate-marks", T_BOOL, K(isolate_marks), 0, 0, NULL},
	{"multi-level", T_ENUM, K(multi_level), 0, 0, level_orders},
	{"keep-units", T_BOOL, K(keep_units), 0, 0, NULL},
	{"emphasis", T_FLAGS, K(emphasis), 0, 0, emphases},
	{"strong", T_FLAGS, K(strong), 0, 0, emphases},
	{NULL, T_STR, 0, 0, 0, NULL}
};
#undef K

#define K(field) offsetof(struct style_characters, field)
static const struct style_key characters_keys[] = {
	{"yeh-kaf", T_BOOL, K(letters), 0, 0, NULL},
	{"heh-hamza", T_ENUM, K(heh_hamza), 0, 0, hehs},
	{"digits", T_BOOL, K(digits), 0, 0, NULL},
	{"separators", T_BOOL, K(separators), 0, 0, NULL},
	{"quotes", T_BOOL, K(quotes), 0, 0, NULL},
	{"ellipsis", T_BOOL, K(ellipsis), 0, 0, NULL},
	{"keep-tatweel", T_BOOL, K(tatweel), 0, 0, NULL},
	{NULL, T_STR, 0, 0, 0, NULL}
};
#undef K

#define K(field) offsetof(struct style_toc, field)
static const struct style_key toc_keys[] = {
	{"show", T_BOOL, K(show), 0, 0, NULL},
	{"depth", T_INT, K(depth), 1, 6, NULL},
	{"tables", T_BOOL, K(tables), 0, 0, NULL},
	{"figures", T_BOOL, K(figures), 0, 0, NULL},
	{"leader", T_STR, K(leader), 0, 0, NULL},
	{"title", T_STR, K(title), 0, 0, NULL},
	{NULL, T_STR, 0, 0, 0, NULL}
};
#undef K

#define K(field) offsetof(struct style_notes, field)
static const struct style_key notes_keys[] = {
	{"place", T_WORD, K(place), 0, 0, note_places},
	{"reset", T_WORD, K(reset), 0, 0, note_resets},
	{"rule-width", T_SP, K(rule_width), 0, BIG, NULL},
	{"rule-size", T_SP, K(rule_size), 0, PT(100), NULL},
	{"gap", T_SP, K(gap), 0, BIG, NULL},
	{NULL, T_STR, 0, 0, 0, NULL}
};
#undef K

#define K(field) offsetof(struct style_table, field)
static const struct style_key table_keys[] = {
	{"rule-top", T_SP, K(rule_top), 0, PT(100), NULL},
	{"rule-head", T_SP, K(rule_head), 0, PT(100), NULL},
	{"rule-row", T_SP, K(rule_row), 0, PT(100), NULL},
	{"rule-bottom", T_SP, K(rule_bottom), 0, PT(100), NULL},
	{"rule-colour", T_COLOUR, K(rule_colour), 0, 0, NULL},
	{"zebra", T_COLOUR, K(zebra), 0, 0, NULL},
	{"head-background", T_COLOUR, K(head_background), 0, 0, NULL},
	{"pad-x", T_SP, K(pad_x), 0, BIG, NULL},
	{"pad-y", T_SP, K(pad_y), 0, BIG, NULL},
	{"caption-place", T_WORD, K(caption_place), 0, 0, above_below},
	{"numbered", T_BOOL, K(numbered), 0, 0, NULL},
	{"place", T_WORD, K(place), 0, 0, float_places},
	{"span", T_WORD, K(span), 0, 0, spans},
	{"edge", T_SP, K(edge), 0, BIG, NULL},
	{NULL, T_STR, 0, 0, 0, NULL}
};
#undef K

#define K(field) offsetof(struct style_figure, field)
static const struct style_key figure_keys[] = {
	{"caption-place", T_WORD, K(caption_place), 0, 0, above_below},
	{"numbered", T_BOOL, K(numbered), 0, 0, NULL},
	{"ppi-min", T_INT, K(ppi_min), 0, 2400, NULL},
	{"place", T_WORD, K(place), 0, 0, float_places},
	{NULL, T_STR, 0, 0, 0, NULL}
};
#undef K

#define K(field) offsetof(struct style_handout, field)
static const struct style_key handout_keys[] = {
	{"parts", T_STR, K(parts), 0, 0, NULL},
	{"line-height", T_SP, K(line_height), PT(5), BIG, NULL},
	{"term-lines", T_INT, K(term_lines), 0, 10, NULL},
	{NULL, T_STR, 0, 0, 0, NULL}
};
#undef K

#define K(field) offsetof(struct style_title, field)
static const struct style_key title_keys[] = {
	{"page", T_BOOL, K(page), 0, 0, NULL},
	{"half", T_BOOL, K(half), 0, 0, NULL},
	{"imprint", T_BOOL, K(imprint), 0, 0, NULL},
	{"drop", T_SP, K(drop), 0, BIG, NULL},
	{"ornament", T_SP, K(ornament), 0, BIG, NULL},
	{NULL, T_STR, 0, 0, 0, NULL}
};
#undef K

#define K(field) offsetof(struct style_timeline, field)
static const struct style_key timeline_keys[] = {
	{"axis", T_SP, K(axis), 0, PT(100), NULL},
	{"tick", T_SP, K(tick), 0, BIG, NULL},
	{"dot", T_SP, K(dot), 0, BIG, NULL},
	{"colour", T_COLOUR, K(colour), 0, 0, NULL},
	{"gap-colour", T_COLOUR, K(gap_colour), 0, 0, NULL},
	{"date-width", T_SP, K(date_width), 0, BIG, NULL},
	{NULL, T_STR, 0, 0, 0, NULL}
};
#undef K

#define K(field) offsetof(struct style_print, field)
static const struct style_key print_keys[] = {
	{"bleed", T_SP, K(bleed), 0, PT(144), NULL},
	{"marks", T_FLAGS, K(marks), 0, 0, marks},
	{"folds", T_INT, K(folds), 1, 3, NULL},
	{NULL, T_STR, 0, 0, 0, NULL}
};
#undef K

#define K(field) offsetof(struct style_check, field)
static const struct style_key check_keys[] = {
	{"loose", T_MILLE, K(loose), 0, 10000, NULL},
	{"short-page", T_INT, K(short_page), 0, 100, NULL},
	{"runt", T_SP, K(runt), 0, BIG, NULL},
	{"page-multiple", T_INT, K(page_multiple), 0, 64, NULL},
	{"river", T_INT, K(river), 0, 100, NULL},
	{"contrast", T_MILLE, K(contrast), 0, 21000, NULL},
	{"ink", T_INT, K(ink), 0, 400, NULL},
	{NULL, T_STR, 0, 0, 0, NULL}
};
#undef K

const char *const style_level_words[] = {"off", "info", "warning", "error",
    NULL};

const struct style_section style_sections[STYLE_NSECTIONS] = {
	{"page", offsetof(struct style, page), page_keys, true},
	{"breaks", offsetof(struct style, breaks), breaks_keys, false},
	{"paragraph", offsetof(struct style, para), para_keys, false},
	{"characters", offsetof(struct style, characters), characters_keys,
	    false},
	{"contents", offsetof(struct style, toc), toc_keys, false},
	{"notes", offsetof(struct style, notes), notes_keys, false},
	{"table", offsetof(struct style, table), table_keys, false},
	{"figure", offsetof(struct style, figure), figure_keys, false},
	{"handout", offsetof(struct style, handout), handout_keys, false},
	{"title-page", offsetof(struct style, title), title_keys, false},
	{"timeline", offsetof(struct style, timeline), timeline_keys, false},
	{"print", offsetof(struct style, print), print_keys, false},
	{"check", offsetof(struct style, check), check_keys, false},
};

/* A look, and what it is based on when the style does not say. */
static const char *const bases[][2] = {
	{"body", NULL}, {"para", "body"},
	{"heading", "body"}, {"heading-1", "heading"}, {"heading-2", "heading"},
	{"heading-3", "heading"}, {"heading-4", "heading"},
	{"heading-5", "heading"}, {"heading-6", "heading"},
	{"title", "heading"}, {"subtitle", "heading"}, {"author", "body"},
	{"publisher", "body"}, {"imprint", "body"}, {"half-title", "title"},
	{"dedication", "body"}, {"colophon", "imprint"},
	{"quote", "body"}, {"verse", "body"}, {"list", "body"}, {"item", "body"},
	{"term", "body"}, {"definition", "body"},
	{"table", "body"}, {"table-cell", "table"}, {"table-head", "table-cell"},
	{"caption", "body"}, {"figure", "body"}, {"code", "body"},
	{"note", "body"}, {"note-number", "note"},
	{"references", "body"}, {"rule", "body"},
	{"contents-title", "heading-1"}, {"contents-1", "body"},
	{"contents-2", "contents-1"}, {"contents-3", "contents-2"},
	{"contents-4", "contents-3"}, {"contents-5", "contents-4"},
	{"contents-6", "contents-5"},
	{"head", "body"}, {"folio", "body"},
	{"timeline", "body"}, {"timeline-date", "timeline"},
	{"glossary-title", "heading-1"}, {"index-title", "heading-1"},
	{"index", "body"}, {"index-letter", "heading-3"},
	{"questions", "body"}, {"handout-header", "body"},
	{"handout-text", "para"}, {"answer", "body"}, {"blank", NULL},
	{"teacher-mark", "body"},
	{"strong", NULL}, {"emphasis", NULL}, {"strike", NULL},
	{"code-span", NULL}, {"link", NULL}, {"citation", NULL},
	{"reference", NULL}, {"note-mark", NULL}, {"list-label", NULL},
	{"caption-label", NULL}, {"heading-number", NULL},
};
const char *const style_look_names[] = {
	"body", "para", "heading", "heading-1", "heading-2", "heading-3",
	"heading-4", "heading-5", "heading-6", "title", "subtitle", "author",
	"publisher", "imprint", "half-title", "dedication", "colophon", "quote",
	"verse", "list", "item", "term", "definition", "table", "table-cell",
	"table-head", "caption", "figure", "code", "note", "note-number",
	"references", "rule", "contents-title", "contents-1", "contents-2",
	"contents-3", "contents-4", "contents-5", "contents-6", "head", "folio",
	"timeline", "timeline-date", "glossary-title", "index-title", "index",
	"index-letter", "questions", "handout-header", "handout-text", "answer",
	"blank", "teacher-mark", "strong", "emphasis",
	"strike", "code-span", "link", "citation", "reference", "note-mark",
	"list-label", "caption-label", "heading-number", NULL
};

bool
style_look_is_known(const char *name)
{
	for (size_t i = 0; i < NELEM(bases); i++)
		if (strcmp(bases[i][0], name) == 0)
			return true;
	return false;
}

const char *
style_default_base(const char *name)
{
	for (size_t i = 0; i < NELEM(bases); i++)
		if (strcmp(bases[i][0], name) == 0)
			return bases[i][1];
	return NULL;	/* a class changes only what it states */
}

const char *
style_type_words(const struct style_key *k)
{
	switch (k->type) {
	case T_SP: return "a length (as 12pt, 3mm, 1.5em)";
	case T_INT: case T_COST: return "a whole number";
	case T_MILLE: return "a number";
	case T_BOOL: return "true or false";
	case T_STR: return "a text";
	case T_COLOUR: return "a colour (#rrggbb, k 60%, cmyk c m y k, none)";
	case T_ENUM: case T_WORD: case T_FLAGS: case T_ORDER:
		return k->words == aligns ? "justify, start, end or centre" :
		    k->words == displays ? "show or hide" :
		    k->words == level_orders ? "by-sign, rtl or ltr" :
		    k->words == places ?
		    "a list of tatweel, seen, heh, alef, beh, waw, other" :
		    k->words == nevers ?
		    "a list of lam-alef, final-yeh, allah, vowelled" :
		    k->words == hehs ? "as-typed, composed or decomposed" :
		    k->words == marks ?
		    "a list of crop, registration, bar, slug, fold" :
		    k->words == emphases ?
		    "weight, colour, overline, underline, slant, auto" :
		    k->words == folios ? "outer, centre, inner or none" :
		    k->words == folio_places ? "head or foot" :
		    k->words == fronts ? "continued, abjad, roman or none" :
		    k->words == bindings ? "auto, right or left" :
		    k->words == note_places ? "page or end" :
		    k->words == note_resets ? "page, chapter or book" :
		    k->words == spans ? "measure or page" :
		    k->words == float_places ? "here, top, foot or page" :
		    "above or below";
	case T_FONT: return "a font role that `fonts` names";
	}
	return "";
}

const char *
style_range_words(struct arena *a, const struct style_key *k)
{
	char lo[24], hi[24];

	if (k->type == T_SP)
		return arena_printf(a, "%s to %s", sp_str((sp)k->lo, lo),
		    sp_str((sp)k->hi, hi));
	if (k->type == T_MILLE)
		return arena_printf(a, "%.2f to %.2f", (double)k->lo / 1000,
		    (double)k->hi / 1000);
	return arena_printf(a, "%lld to %lld", (long long)k->lo,
	    (long long)k->hi);
}

/* What a look is before anything is said of it. */
void
style_look_defaults(const struct style *s, struct style_look *l)
{
	const char *name = l->name;

	memset(l, 0, sizeof(*l));
	l->name = name;
	l->font = s->nfonts > 0 ? &s->fonts[0] : NULL;
	for (size_t i = 0; i < s->nfonts; i++)
		if (strcmp(s->fonts[i].role, "body") == 0)
			l->font = &s->fonts[i];
	l->weight = 400;
	l->size = PT(13.5);
	l->leading = PT(20.5);
	l->colour = (struct colour){1, {0, 0, 0, 0}};
	l->rule_colour = l->colour;
	l->align = STYLE_JUSTIFY;
	l->columns = 1;
	l->looseness = s->para.looseness;
	l->kashida = true;
}

void
style_defaults(struct style *s)
{
	s->page = (struct style_page){.width = MM(148), .height = MM(210),
	    .trim = "A5", .inner = MM(20), .outer = MM(16), .top = MM(19),
	    .foot = MM(22), .head_gap = MM(6), .foot_gap = MM(8),
	    .folio_text = "{page}", .folio = "outer", .folio_place = "foot", .head_recto = "",
	    .head_verso = "", .grid = true, .binding = "auto", .multiple = 1};
	s->breaks = (struct style_breaks){.widow_lines = 2, .orphan_lines = 2,
	    .widow = 1000000, .orphan = 1000000, .heading_foot = 10000000,
	    .split_row = 150000, .split_note = 3000, .uneven = 500,
	    .short_page = 4000, .keep = 600000,
	    .float_late = 20000, .heading_lines = 2};
	s->para = (struct style_para){.space_min = 800, .space_natural = 1000,
	    .space_max = 1500, .tolerance = 200, .line_penalty = 10,
	    .fitness_demerits = 3000, .alike_demerits = 0,
	    .river_demerits = 0, .runt_demerits = 5000, .runt_min = PT(30),
	    .split_wide = true,
	    .kashida_min = 100, .kashida_max = 500, .kashida_words = 3,
	    .kashida_letters = 4, .kashida_places = 0x7654321,
	    .kashida_never = 7, .kashida_demerits = 10,
	    .kashida_stack_demerits = 3000, .kashida_repeat_demerits = 1000,
	    .isolate_ranges = true, .isolate_percent = true,
	    .isolate_signs = true, .isolate_phones = true,
	    .isolate_dates = true, .isolate_units = true,
	    .isolate_latin = true, .isolate_marks = true,
	    .keep_units = true, .emphasis = EMPH_AUTO,
	    .strong = EMPH_WEIGHT};
	s->toc = (struct style_toc){.depth = 3, .leader = " ."};
	s->notes = (struct style_notes){.place = "page", .reset = "page",
	    .rule_width = MM(35), .rule_size = PT(0.4), .gap = PT(8)};
	s->table = (struct style_table){.rule_top = PT(0.8),
	    .rule_head = PT(0.5), .rule_bottom = PT(0.8),
	    .rule_colour = {1, {0}}, .pad_x = PT(4), .pad_y = PT(2),
	    .caption_place = "above", .numbered = true, .edge = MM(10)};
	s->figure = (struct style_figure){.caption_place = "below",
	    .numbered = true, .ppi_min = 200, .place = "here"};
	s->handout = (struct style_handout){.parts = "", .line_height = MM(9)};
	s->title = (struct style_title){.drop = MM(40), .ornament = MM(30)};
	s->timeline = (struct style_timeline){.axis = PT(1.2), .tick = PT(4),
	    .dot = PT(5), .colour = {1, {0}}, .gap_colour = {1, {150}},
	    .date_width = MM(24)};
	s->print = (struct style_print){.folds = 1};
	/* WCAG 2.1 asks 4.5:1; coated offset carries 300 % of ink. */
	s->check = (struct style_check){.short_page = 35, .runt = PT(20),
	    .river = 5, .contrast = 4500, .ink = 300};
}

static const struct { const char *name; sp w, h; } trims[] = {
	{"A4", MM(210), MM(297)}, {"A5", MM(148), MM(210)},
	{"A6", MM(105), MM(148)}, {"B5", MM(176), MM(250)},
	{"letter", PT(612), PT(792)},
};

bool
style_trim(const struct style *s, const char *name, sp *w, sp *h)
{
	char key[128];
	const char *t;

	snprintf(key, sizeof(key), "trims.%s", name);
	t = style_setting(s, key, NULL);
	if (t != NULL) {
		struct length lw, lh;
		size_t n = strcspn(t, " x\xc3");
		const char *rest = t + n + strspn(t + n, " x\xc3\x97");

		if (length_parse(t, n, &lw) &&
		    length_parse(rest, strlen(rest), &lh)) {
			*w = sp_clamp(lw.value);
			*h = sp_clamp(lh.value);
			return true;
		}
	}
	for (size_t i = 0; i < NELEM(trims); i++)
		if (strcmp(trims[i].name, name) == 0) {
			*w = trims[i].w;
			*h = trims[i].h;
			return true;
		}
	return false;
}
