/*
 * A target's `impose:` mapping:
 *
 *	method		saddle (default), signature-8, signature-16, fold-8,
 *			fold-16, n-up
 *	pages		n-up: 2, 4, 6 or 8 on a side
 *	sheet		A4 (default), SRA3, letter ... or "320mm 450mm"
 *	binding		auto (default: by the style or language), right, left
 *	flip		the edge a duplex printer turns sheets about: short,
 *			long; or separate: fronts and backs as two files
 *	turn		separate: the edge the pile is turned about by hand
 *	tray		separate: up or down, as fronts leave the printer
 *	caliper		thickness of a sheet, 0.1mm
 *	creep		how much of it inner sheets are shifted by, 1.0
 *	gutter		white between pages where they are cut apart; for
 *			saddle at the fold
 *	milling		what is ground off the spine before it is glued
 *	fit		printer: scale down to stay clear of `margin`; none
 *	margin		where the printer cannot print, 5mm
 *	marks		true, false, or some of: crop, fold, labels,
 *			collation, bar
 *	back-cover	true: blanks stand before the last page
 *
 * Values are set one by one, from the book file and from the command line
 * by the same rules.
 */
#include <string.h>

#include "base/messages.h"
#include "impose/internal.h"

static const char *const keys[] = {
	"method", "pages", "sheet", "binding", "flip", "turn", "tray",
	"caliper", "creep", "gutter", "milling", "fit", "margin", "marks",
	"back-cover", NULL
};

static const struct {
	const char *name;
	int w, h;			/* [mm / 10] */
} sheets[] = {
	{"A0", 8410, 11890}, {"A1", 5940, 8410}, {"A2", 4200, 5940},
	{"A3", 2970, 4200}, {"A4", 2100, 2970}, {"A5", 1480, 2100},
	{"A6", 1050, 1480}, {"A3+", 3290, 4830},
	{"B3", 3530, 5000}, {"B4", 2500, 3530}, {"B5", 1760, 2500},
	{"RA0", 8600, 12200}, {"RA1", 6100, 8600}, {"RA2", 4300, 6100},
	{"RA3", 3050, 4300}, {"RA4", 2150, 3050},
	{"SRA0", 9000, 12800}, {"SRA1", 6400, 9000}, {"SRA2", 4500, 6400},
	{"SRA3", 3200, 4500}, {"SRA4", 2250, 3200},
	{"letter", 2159, 2794}, {"legal", 2159, 3556},
	{"tabloid", 2794, 4318},
	/* As presses in Iran name theirs, in centimetres. */
	{"45x60", 4500, 6000}, {"50x70", 5000, 7000}, {"60x90", 6000, 9000},
	{"70x100", 7000, 10000},
};

/* A value on its way in. */
struct setting {
	struct impose_options *o;
	struct diag *dg;
	const char *key, *value;
	struct pos pos;
};

const char *const *
impose_keys(void)
{
	return keys;
}

void
impose_defaults(struct impose_options *o)
{
	*o = (struct impose_options){
		.method = IMPOSE_SADDLE, .pages = 2, .width = MM(210),
		.height = MM(297), .sheet = "A4", .caliper = MM(0.1),
		.creep = 1000, .gutter = -1, .milling = -1,
		.margin = MM(5), .marks = IMPOSE_MARK_ALL,
	};
}

static void
wrong(const struct setting *s, const char *en, const char *fa,
    const char *stands)
{
	diag_add(s->dg, s->pos, STY_WRONG_TYPE, s->key,
	    s->dg->persian ? fa : en, s->value, stands);
}

/* Index of the value among `words`, or -1 (reported). */
static int
word_of(const struct setting *s, const char *const *words, const char *stands)
{
	struct buf list = {0};
	int i;

	for (i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], s->value) == 0)
			return i;
	for (i = 0; words[i] != NULL; i++)
		buf_printf(&list, "%s%s", i == 0 ? "" : words[i + 1] != NULL ?
		    s->dg->persian ? "، " : ", " : s->dg->persian ? " یا " :
		    " or ", words[i]);
	wrong(s, list.p, list.p, stands);
	buf_free(&list);
	return -1;
}

static void
length_of(const struct setting *s, sp *v, sp most, const char *stands)
{
	struct length l;
	char range[64];

	if (!length_parse(s->value, strlen(s->value), &l) ||
	    (l.unit != UNIT_ABS && !(l.unit == UNIT_NONE && l.value == 0))) {
		wrong(s, "a length (as 0.1mm, 12pt)",
		    "یک اندازه (مانند ‎0.1mm یا ‎12pt)", stands);
	} else if (l.value < 0 || l.value > most) {
		snprintf(range, sizeof(range), "0 %s %.1f mm",
		    s->dg->persian ? "تا" : "to", (double)most / MM(1));
		diag_add(s->dg, s->pos, STY_RANGE, s->key, s->value, range,
		    stands);
	} else {
		*v = (sp)l.value;
	}
}

static void
bool_of(const struct setting *s, bool *v)
{
	static const char *const words[] = {"true", "yes", "on", "false",
	    "no", "off"};

	for (size_t i = 0; i < NELEM(words); i++)
		if (strcmp(words[i], s->value) == 0) {
			*v = i < 3;
			return;
		}
	wrong(s, "true or false", "true یا false", "false");
}

/* ---------------------------------------------------------------- sheets */

static bool
sheet_side(const char *s, size_t n, sp *v)
{
	struct length l;

	if (!length_parse(s, n, &l) || l.unit != UNIT_ABS ||
	    l.value < MM(40) || l.value > MM(3000))
		return false;
	*v = (sp)l.value;
	return true;
}

static void
sheet_of(const struct setting *s)
{
	const char *v = s->value, *second;
	size_t n = strcspn(v, " x,");
	sp w, h;

	for (size_t i = 0; i < NELEM(sheets); i++)
		if (strcmp(v, sheets[i].name) == 0) {
			s->o->width = sp_clamp(muldiv(sheets[i].w, SP_PT * 36,
			    127));
			s->o->height = sp_clamp(muldiv(sheets[i].h, SP_PT * 36,
			    127));
			s->o->sheet = sheets[i].name;
			return;
		}
	second = v + n + strspn(v + n, " x,");
	if (sheet_side(v, n, &w) && sheet_side(second, strlen(second), &h)) {
		s->o->width = w;
		s->o->height = h;
		s->o->sheet = NULL;
		return;
	}
	wrong(s, "a sheet (A4, SRA4 ...) or two lengths (“320mm 450mm”)",
	    "نام برگه (A4، SRA4 ...) یا دو اندازه («320mm 450mm»)",
	    s->o->sheet != NULL ? s->o->sheet : "A4");
}

/* ----------------------------------------------------------------- marks */

static void
marks_of(const struct setting *s)
{
	static const struct { const char *name; unsigned bits; } known[] = {
		{"crop", IMPOSE_MARK_CROP}, {"fold", IMPOSE_MARK_FOLD},
		{"labels", IMPOSE_MARK_LABEL},
		{"collation", IMPOSE_MARK_COLLATION},
		{"bar", IMPOSE_MARK_BAR}, {"true", IMPOSE_MARK_ALL},
		{"yes", IMPOSE_MARK_ALL}, {"on", IMPOSE_MARK_ALL},
		{"false", 0}, {"no", 0}, {"off", 0},
	};
	const char *p = s->value;
	unsigned bits = 0;
	bool bar = false;
	size_t n, i;

	for (p += strspn(p, " ,+"); *p != '\0'; p += n, p += strspn(p, " ,+")) {
		n = strcspn(p, " ,+");
		for (i = 0; i < NELEM(known); i++)
			if (strlen(known[i].name) == n &&
			    memcmp(known[i].name, p, n) == 0)
				break;
		if (i == NELEM(known)) {
			wrong(s, "true, false, or some of crop, fold, labels, "
			    "collation, bar", "true، false، یا چند تا از "
			    "crop، fold، labels، collation، bar", "true");
			return;
		}
		bits |= known[i].bits;
		bar |= known[i].bits == IMPOSE_MARK_BAR;
	}
	s->o->marks = bits;
	s->o->bar_asked = bar;
}

/* ------------------------------------------------------------------ keys */

static void
flip_of(const struct setting *s)
{
	static const char *const words[] = {"short", "long", "separate", NULL};
	int i = word_of(s, words, "short");

	s->o->separate = i == 2 || (i < 0 && s->o->separate);
	if (i == 0)
		s->o->edge = IMPOSE_EDGE_SHORT;
	else if (i == 1)
		s->o->edge = IMPOSE_EDGE_LONG;
}

static void
creep_of(const struct setting *s)
{
	struct length l;

	if (!length_parse(s->value, strlen(s->value), &l) ||
	    l.unit != UNIT_NONE)
		wrong(s, "a number (as 1.0)", "یک عدد (مانند ‎1.0)", "1.0");
	else if (l.value < 0 || l.value > 2000000)
		diag_add(s->dg, s->pos, STY_RANGE, s->key, s->value,
		    s->dg->persian ? "0 تا 2" : "0 to 2", "1.0");
	else
		s->o->creep = (int)(l.value / 1000);
}

static void
set(const struct setting *s)
{
	static const char *const methods[] = {"saddle", "signature-8",
	    "signature-16", "fold-8", "fold-16", "n-up", NULL};
	static const char *const bindings[] = {"auto", "right", "left", NULL};
	static const char *const counts[] = {"2", "4", "6", "8", NULL};
	static const char *const edges[] = {"short", "long", NULL};
	static const char *const trays[] = {"down", "up", NULL};
	static const char *const fits[] = {"none", "printer", NULL};
	struct impose_options *o = s->o;
	int i;

	if (strcmp(s->key, "method") == 0) {
		if ((i = word_of(s, methods, "saddle")) >= 0)
			o->method = (enum impose_method)i;
	} else if (strcmp(s->key, "binding") == 0) {
		if ((i = word_of(s, bindings, "auto")) >= 0)
			o->binding = (unsigned)i;
	} else if (strcmp(s->key, "pages") == 0) {
		if ((i = word_of(s, counts, "2")) >= 0)
			o->pages = 2 * i + 2;
	} else if (strcmp(s->key, "turn") == 0) {
		if ((i = word_of(s, edges, "short")) >= 0)
			o->edge = i == 0 ? IMPOSE_EDGE_SHORT :
			    IMPOSE_EDGE_LONG;
	} else if (strcmp(s->key, "tray") == 0) {
		if ((i = word_of(s, trays, "down")) >= 0)
			o->face_up = i == 1;
	} else if (strcmp(s->key, "fit") == 0) {
		if ((i = word_of(s, fits, "none")) >= 0)
			o->fit = i == 1;
	} else if (strcmp(s->key, "sheet") == 0) {
		sheet_of(s);
	} else if (strcmp(s->key, "flip") == 0) {
		flip_of(s);
	} else if (strcmp(s->key, "creep") == 0) {
		creep_of(s);
	} else if (strcmp(s->key, "marks") == 0) {
		marks_of(s);
	} else if (strcmp(s->key, "back-cover") == 0) {
		bool_of(s, &o->back_cover);
	} else if (strcmp(s->key, "caliper") == 0) {
		length_of(s, &o->caliper, MM(2), "0.1mm");
	} else if (strcmp(s->key, "gutter") == 0) {
		length_of(s, &o->gutter, MM(60), s->dg->persian ?
		    "اندازهٔ خودِ روش" : "of the method");
	} else if (strcmp(s->key, "milling") == 0) {
		length_of(s, &o->milling, MM(12), s->dg->persian ?
		    "اندازهٔ خودِ روش" : "of the method");
	} else if (strcmp(s->key, "margin") == 0) {
		length_of(s, &o->margin, MM(40), "5mm");
	}
}

static bool
is_key(const char *s)
{
	for (const char *const *k = keys; *k != NULL; k++)
		if (strcmp(*k, s) == 0)
			return true;
	return false;
}

void
impose_set(struct impose_options *o, struct diag *dg, const char *key,
    const char *value)
{
	struct setting s = {o, dg, key, value, o->pos};

	if (is_key(key))
		set(&s);
	else
		diag_add(dg, o->pos, STY_UNKNOWN_KEY, key, diag_near(dg, key,
		    keys));
}

/* "impose: saddle" is short for {method: saddle}. */
static void
read_value(struct impose_options *o, struct diag *dg, const char *key,
    const struct yaml *y)
{
	struct setting s = {o, dg, key, y->text, y->pos};
	struct buf list = {0};

	if (y->kind == YAML_SEQ) {
		for (const struct yaml *c = y->child; c != NULL; c = c->next)
			if (c->kind == YAML_SCALAR)
				buf_printf(&list, "%s%s", list.n > 0 ? " " :
				    "", c->text);
		s.value = list.n > 0 ? list.p : "";
		set(&s);
		buf_free(&list);
	} else if (y->kind == YAML_MAP) {
		s.value = dg->persian ? "نگاشت" : "a mapping";
		wrong(&s, "a value", "یک مقدار", "");
	} else {
		set(&s);
	}
}

void
impose_read(struct impose_options *o, struct diag *dg, const struct yaml *y)
{
	if (y == NULL)
		return;
	o->pos = y->pos;
	if (y->kind != YAML_MAP) {
		if (y->kind != YAML_SCALAR || y->len > 0)
			read_value(o, dg, "method", y);
		return;
	}
	for (const struct yaml *c = y->child; c != NULL; c = c->next) {
		if (is_key(c->key))
			read_value(o, dg, c->key, c);
		else
			diag_add(dg, c->key_pos, STY_UNKNOWN_KEY, c->key,
			    diag_near(dg, c->key, keys));
	}
}
