/*
 * Messages: collecting, folding, printing.
 *
 * Persian texts are formatted here and not by vsnprintf(): the arguments
 * are read by the English format, which the compiler has checked, and then
 * placed by the Persian one. A slip in a translation can so never read a
 * wrong argument, and each string can be isolated and, where it is one of
 * the fixed phrases, translated on its way.
 */
#include "base/base.h"
#include "base/catalogue.h"

#include <stdlib.h>
#include <string.h>

#define KEEP_PER_CODE 200
#define TEXT_MAX 4096	/* [byte]; an argument may be a word of a megabyte */
#define MAX_ARGS 9

/* U+2068 FIRST STRONG ISOLATE, U+2069 POP DIRECTIONAL ISOLATE */
#define FSI "\xe2\x81\xa8"
#define PDI "\xe2\x81\xa9"

struct count {
	const char *code;
	enum diag_level level;
	size_t n;
};

uint16_t
diag_file(struct diag *dg, const char *path)
{
	size_t i;

	for (i = 1; i < dg->nfiles; i++) {
		if (strcmp(dg->files[i], path) == 0)
			return (uint16_t)i;
	}
	if (dg->nfiles > UINT16_MAX)
		return 0;
	if (dg->nfiles == 0) {
		dg->files = xmalloc(8 * sizeof(*dg->files));
		dg->files[dg->nfiles++] = NULL;
	} else if (dg->nfiles >= 8 && (dg->nfiles & (dg->nfiles - 1)) == 0) {
		dg->files = xrealloc(dg->files,
		    2 * dg->nfiles * sizeof(*dg->files));
	}
	dg->files[dg->nfiles++] = arena_str(&dg->arena, path);
	return (uint16_t)(dg->nfiles - 1);
}

/* ---------------------------------------------------------- formatting */

enum arg_type { ARG_INT, ARG_LONG, ARG_LLONG, ARG_SIZE, ARG_MAX, ARG_DOUBLE,
	ARG_STR, ARG_PTR };
union arg {
	int i;
	long l;
	long long ll;
	size_t z;
	intmax_t j;
	double d;
	const char *s;
	const void *p;
};

/* One conversion: "%2$-5.3lx" has index 2, flags "-5.3", type long. */
struct conv {
	const char *flags, *end;	/* flags up to the length modifier */
	size_t nflags;
	const char *tail;		/* length modifier and letter */
	int index;			/* 0: the next one */
	enum arg_type type;
};

/* Read the conversion after the % at *p; false: "%%", or not understood. */
static bool
conv_read(const char *p, struct conv *c)
{
	const char *q = p + 1;

	c->index = 0;
	if (q[0] >= '1' && q[0] <= '9' && q[1] == '$') {
		c->index = q[0] - '0';
		q += 2;
	}
	c->flags = q;
	q += strspn(q, "-+ #0'123456789.");
	c->nflags = (size_t)(q - c->flags);
	c->tail = q;
	c->type = ARG_INT;
	if (q[0] == 'l' && q[1] == 'l') {
		c->type = ARG_LLONG;
		q += 2;
	} else if (q[0] == 'l') {
		c->type = ARG_LONG;
		q++;
	} else if (q[0] == 'z' || q[0] == 't') {
		c->type = ARG_SIZE;
		q++;
	} else if (q[0] == 'j') {
		c->type = ARG_MAX;
		q++;
	} else {
		while (*q == 'h')
			q++;
	}
	if (*q == '\0' || *q == '%')
		return false;
	if (*q == 's')
		c->type = ARG_STR;
	else if (*q == 'p')
		c->type = ARG_PTR;
	else if (strchr("feEgGaAF", *q) != NULL)
		c->type = ARG_DOUBLE;
	else if (strchr("diouxXc", *q) == NULL)
		return false;
	c->end = q + 1;
	return true;
}

static void
put_string(struct buf *b, const struct conv *c, const char *s)
{
	const char *dot;
	size_t n;

	if (s == NULL)
		s = "(null)";
	dot = memchr(c->flags, '.', c->nflags);
	n = dot != NULL ? strnlen(s, strtoul(dot + 1, NULL, 10)) : strlen(s);
	if (n == 0)
		return;
	buf_str(b, FSI);
	if (dot != NULL || !catalogue_phrase(s, b))
		buf_add(b, s, n);
	buf_str(b, PDI);
}

/* A number as Persian writes it: «۲٫۳۱». What is counted in sixteens is a
 * name of the machine's and stays. */
static void
put_number(struct buf *b, const char *s, char letter)
{
	if (letter == 'x' || letter == 'X') {
		buf_str(b, s);
		return;
	}
	for (; *s != '\0'; s++)
		if (*s >= '0' && *s <= '9')
			buf_utf8(b, 0x06f0 + (uint32_t)(*s - '0'));
		else if (*s == '.')
			buf_utf8(b, 0x066b);	/* ٫ */
		else
			buf_char(b, *s);
}

static void
put_arg(struct buf *b, const struct conv *c, const union arg *v)
{
	char spec[32];
	size_t ntail = (size_t)(c->end - c->tail);
	struct buf number = {0};

	if (c->nflags + ntail + 2 > sizeof(spec))
		return;
	spec[0] = '%';
	memcpy(spec + 1, c->flags, c->nflags);
	memcpy(spec + 1 + c->nflags, c->tail, ntail);
	spec[1 + c->nflags + ntail] = '\0';
	switch (c->type) {
	case ARG_INT:
		buf_printf(&number, spec, v->i);
		break;
	case ARG_LONG:
		buf_printf(&number, spec, v->l);
		break;
	case ARG_LLONG:
		buf_printf(&number, spec, v->ll);
		break;
	case ARG_SIZE:
		buf_printf(&number, spec, v->z);
		break;
	case ARG_MAX:
		buf_printf(&number, spec, v->j);
		break;
	case ARG_DOUBLE:
		buf_printf(&number, spec, v->d);
		break;
	case ARG_PTR:
		buf_printf(&number, spec, v->p);
		break;
	case ARG_STR:
		put_string(b, c, v->s);
		break;
	}
	if (number.n > 0)
		put_number(b, number.p, c->end[-1]);
	buf_free(&number);
}

static size_t
args_read(const char *fmt, va_list *ap, union arg *args, enum arg_type *types)
{
	struct conv c;
	size_t n = 0;

	while ((fmt = strchr(fmt, '%')) != NULL && n < MAX_ARGS) {
		if (!conv_read(fmt, &c)) {
			fmt += fmt[1] != '\0' ? 2 : 1;
			continue;
		}
		fmt = c.end;
		switch (c.type) {
		case ARG_INT:
			args[n].i = va_arg(*ap, int);
			break;
		case ARG_LONG:
			args[n].l = va_arg(*ap, long);
			break;
		case ARG_LLONG:
			args[n].ll = va_arg(*ap, long long);
			break;
		case ARG_SIZE:
			args[n].z = va_arg(*ap, size_t);
			break;
		case ARG_MAX:
			args[n].j = va_arg(*ap, intmax_t);
			break;
		case ARG_DOUBLE:
			args[n].d = va_arg(*ap, double);
			break;
		case ARG_STR:
			args[n].s = va_arg(*ap, const char *);
			break;
		case ARG_PTR:
			args[n].p = va_arg(*ap, const void *);
			break;
		}
		types[n++] = c.type;
	}
	return n;
}

/* Arguments as `english` says, placed as `fmt` says. */
static void
format_persian(struct buf *b, const char *english, const char *fmt,
    va_list *ap)
{
	union arg args[MAX_ARGS];
	enum arg_type types[MAX_ARGS];
	struct conv c;
	const char *p;
	size_t n, k, next = 0;

	n = args_read(english, ap, args, types);
	while ((p = strchr(fmt, '%')) != NULL) {
		buf_add(b, fmt, (size_t)(p - fmt));
		if (!conv_read(p, &c)) {
			buf_char(b, '%');
			fmt = p + (p[1] == '%' ? 2 : 1);
			continue;
		}
		fmt = c.end;
		k = c.index != 0 ? (size_t)c.index - 1 : next++;
		if (k < n && types[k] == c.type)
			put_arg(b, &c, &args[k]);
	}
	buf_str(b, fmt);
}

static void
format_english(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	buf_reserve(b, 256);
	n = vsnprintf(b->p, b->cap, fmt, ap);
	if (n >= 0 && (size_t)n >= b->cap) {
		buf_reserve(b, (size_t)n);
		vsnprintf(b->p, b->cap, fmt, again);
	}
	va_end(again);
	b->n = n > 0 ? (size_t)n : 0;
}

/*
 * One line of valid UTF-8: what an argument brings from a manuscript must
 * neither break the line nor reach a terminal as an escape sequence.
 */
static void
add_clean(struct buf *b, const char *s, size_t n)
{
	size_t i = 0, start = b->n;
	uint32_t c;

	while (i < n) {
		c = utf8_next(s, n, &i);
		if (c == '\n' || c == '\r' || c == '\t')
			c = ' ';
		else if (c < 0x20)
			c += 0x2400;	/* SYMBOL FOR ... */
		else if (c >= 0x7f && c < 0xa0)
			c = 0xfffd;
		if (b->n - start > TEXT_MAX) {
			buf_str(b, "…");
			break;
		}
		buf_utf8(b, c);
	}
}

static struct count *
count_of(struct diag *dg, const char *code, enum diag_level level)
{
	void **slot = map_put(&dg->counts, code, strlen(code));
	struct count *c = *slot;

	if (c == NULL) {
		c = *slot = ARENA_NEW(&dg->arena, struct count);
		c->code = code;
		c->level = level;
	}
	if (level > c->level)
		c->level = level;
	return c;
}

/*
 * Keep a finished text, unless it was said before.
 *
 * Layout is done up to four times and says the same each time. The texts of
 * a million folded messages are not kept, only hashes; two different texts
 * at one place never share theirs in practice.
 */
static struct diag_msg *
keep(struct diag *dg, struct pos pos, const char *code, enum diag_level level,
    const char *text, size_t n)
{
	struct diag_msg *m = &dg->dummy;
	struct count *count;
	void **seen;
	struct { uint64_t hash; size_t n; uint32_t line, col, file; } key;

	memset(&key, 0, sizeof(key));
	key.hash = hash_bytes(hash_bytes(HASH_SEED, code, strlen(code) + 1),
	    text, n);
	key.n = n;
	key.line = pos.line;
	key.col = pos.col;
	key.file = pos.file;
	seen = map_put(&dg->seen, (const char *)&key, sizeof(key));

	memset(m, 0, sizeof(*m));
	m->code = code;
	m->level = level;
	m->pos = pos;
	m->text = "";
	if (level > dg->worst)
		dg->worst = level;
	if (*seen != NULL)
		return m;
	*seen = dg;	/* anything but NULL */
	dg->ncount[level]++;
	count = count_of(dg, code, level);
	if (++count->n > KEEP_PER_CODE)
		return m;

	m = arena_dup(&dg->arena, m, sizeof(*m));
	m->text = arena_strn(&dg->arena, text, n);
	if (dg->last != NULL)
		dg->last->next = m;
	else
		dg->first = m;
	dg->last = m;
	return m;
}

struct diag_msg *
diag_add(struct diag *dg, struct pos pos, const char *code,
    enum diag_level level, const char *fmt, ...)
{
	const struct catalogue_entry *e;
	struct buf raw = {0}, text = {0};
	struct diag_msg *m;
	va_list ap;

	va_start(ap, fmt);
	e = dg->persian ? catalogue_lookup(code) : NULL;
	if (e != NULL && e->persian != NULL)
		format_persian(&raw, fmt, e->persian, &ap);
	else
		format_english(&raw, fmt, ap);
	add_clean(&text, raw.p, raw.n);
	va_end(ap);
	buf_reserve(&text, 0);
	m = keep(dg, pos, code, level, text.p, text.n);
	buf_free(&raw);
	buf_free(&text);
	return m;
}

size_t
diag_told(const struct diag *dg)
{
	size_t n = 0;

	for (size_t i = 0; i < NELEM(dg->ncount); i++)
		n += (size_t)dg->ncount[i];
	return n;
}

void
diag_repeat(struct diag *dg, const struct diag *from)
{
	const struct diag_msg *m;
	const struct count *c;
	struct diag_msg *k;
	size_t i = 0;

	for (m = from->first; m != NULL; m = m->next) {
		k = keep(dg, m->pos, m->code, m->level, m->text,
		    strlen(m->text));
		k->page = m->page;
		if (m->output != NULL)
			k->output = arena_str(&dg->arena, m->output);
		k->x = m->x;
		k->y = m->y;
		k->measured = m->measured;
		k->limit = m->limit;
		k->has_measure = m->has_measure;
		/* It may live in the arena that goes with `from`. */
		if (m->excuse != NULL)
			k->excuse = arena_str(&dg->arena, m->excuse);
	}
	while ((c = map_next(&from->counts, &i)) != NULL) {
		if (c->n <= KEEP_PER_CODE)
			continue;
		count_of(dg, c->code, c->level)->n += c->n - KEEP_PER_CODE;
		dg->ncount[c->level] += c->n - KEEP_PER_CODE;
	}
	if (from->worst > dg->worst)
		dg->worst = from->worst;
}

void
diag_merge(struct diag *dg, struct diag *from)
{
	diag_repeat(dg, from);
	diag_free(from);
}

const char *
diag_near(struct diag *dg, const char *word, const char *const *names)
{
	const char *name = nearest(word, names);

	if (name == NULL)
		return "";
	if (dg->persian)
		return arena_printf(&dg->arena, "؛ آیا «" FSI "%s" PDI
		    "» منظور بود؟", name);
	return arena_printf(&dg->arena, "; did you mean “%s”?", name);
}

void
diag_drop_excused(struct diag *dg)
{
	struct diag_msg **at = &dg->first, *m;

	dg->last = NULL;
	while ((m = *at) != NULL) {
		if (m->excuse != NULL && m->level != DIAG_FATAL) {
			*at = m->next;
			dg->ncount[m->level]--;
			continue;
		}
		dg->last = m;
		at = &m->next;
	}
	dg->worst = DIAG_FATAL;
	while (dg->worst > DIAG_INFO && dg->ncount[dg->worst] == 0)
		dg->worst--;
}

int
diag_exit(const struct diag *dg)
{
	switch (dg->worst) {
	case DIAG_FATAL:
		return 2;
	case DIAG_ERROR:
		return 1;
	default:
		return 0;
	}
}

/* ------------------------------------------------------------ printing */

static const struct {
	const char *english, *persian, *colour;
} levels[] = {
	[DIAG_INFO] = { "info", "یادآوری", "\033[1;36m" },
	[DIAG_WARNING] = { "warning", "هشدار", "\033[1;35m" },
	[DIAG_ERROR] = { "error", "خطا", "\033[1;31m" },
	[DIAG_FATAL] = { "fatal error", "خطای بازدارنده", "\033[1;31m" },
};

struct entry {
	const struct diag_msg *m;
	size_t seq;		/* qsort() is not stable */
};

static int
by_place(const void *va, const void *vb)
{
	const struct entry *a = va, *b = vb;
	const struct pos *p = &a->m->pos, *q = &b->m->pos;

	if (p->file != q->file)
		return p->file < q->file ? -1 : 1;
	if (p->line != q->line)
		return p->line < q->line ? -1 : 1;
	if (p->col != q->col)
		return p->col < q->col ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

static int
by_code(const void *va, const void *vb)
{
	const struct count *const *a = va, *const *b = vb;

	return strcmp((*a)->code, (*b)->code);
}

static void
put_place(struct buf *b, const struct diag *dg, const struct pos *pos,
    bool colour)
{
	const char *name;

	if (pos->file == 0 && pos->line == 0)
		return;
	if (colour)
		buf_str(b, "\033[1m");
	if (dg->persian)
		buf_str(b, FSI);
	if (pos->file != 0 && pos->file < dg->nfiles) {
		name = dg->files[pos->file];
		add_clean(b, name, strlen(name));
	}
	if (pos->line != 0)
		buf_printf(b, "%s%u", pos->file != 0 ? ":" : "", pos->line);
	if (pos->line != 0 && pos->col != 0)
		buf_printf(b, ":%u", pos->col);
	if (dg->persian)
		buf_str(b, PDI);
	buf_str(b, ":");
	if (colour)
		buf_str(b, "\033[0m");
	buf_char(b, ' ');
}

static void
put_message(struct buf *b, const struct diag *dg, const struct diag_msg *m,
    bool colour)
{
	put_place(b, dg, &m->pos, colour);
	if (colour)
		buf_str(b, levels[m->level].colour);
	buf_str(b, dg->persian ? levels[m->level].persian :
	    levels[m->level].english);
	buf_char(b, ':');
	if (colour)
		buf_str(b, "\033[0m");
	buf_char(b, ' ');
	buf_str(b, m->text);
	if (m->page != 0 && dg->persian) {
		buf_str(b, " (صفحهٔ ");
		uni_number(b, "fa", m->page);
		if (m->output != NULL) {
			buf_str(b, " از " FSI);
			add_clean(b, m->output, strlen(m->output));
			buf_str(b, PDI);
		}
		buf_char(b, ')');
	} else if (m->page != 0) {
		buf_printf(b, " (page %d", m->page);
		if (m->output != NULL) {
			buf_str(b, " of ");
			add_clean(b, m->output, strlen(m->output));
		}
		buf_char(b, ')');
	}
	if (m->excuse != NULL) {
		buf_str(b, dg->persian ? " (پذیرفته: " FSI : " (accepted: ");
		add_clean(b, m->excuse, strlen(m->excuse));
		buf_str(b, dg->persian ? PDI ")" : ")");
	}
	buf_printf(b, " [%s]\n", m->code);
}

static void
put_folded(struct buf *b, const struct diag *dg, enum diag_level least)
{
	const struct count **v, *c;
	size_t i, n = 0;

	v = xcalloc(dg->counts.n, sizeof(*v));
	for (i = 0; (c = map_next(&dg->counts, &i)) != NULL;)
		v[n++] = c;
	qsort(v, n, sizeof(*v), by_code);
	for (i = 0; i < n; i++) {
		if (v[i]->n <= KEEP_PER_CODE || v[i]->level < least)
			continue;
		if (dg->persian) {
			buf_str(b, "… و ");
			uni_number(b, "fa", (long)(v[i]->n - KEEP_PER_CODE));
			buf_printf(b, " پیام دیگر از %s\n", v[i]->code);
			continue;
		}
		buf_printf(b, "… and %zu more of %s\n", v[i]->n -
		    KEEP_PER_CODE, v[i]->code);
	}
	free(v);
}

void
diag_print(const struct diag *dg, FILE *f, enum diag_level least, bool colour)
{
	const struct diag_msg *m;
	struct entry *v;
	struct buf b = {0};
	size_t i, n = 0, seq = 0;

	for (m = dg->first; m != NULL; m = m->next)
		seq++;
	v = xcalloc(seq, sizeof(*v));
	for (m = dg->first; m != NULL; m = m->next) {
		if (m->level >= least) {
			v[n] = (struct entry){ m, n };
			n++;
		}
	}
	qsort(v, n, sizeof(*v), by_place);
	for (i = 0; i < n; i++)
		put_message(&b, dg, v[i].m, colour);
	put_folded(&b, dg, least);
	if (b.n != 0)
		fwrite(b.p, 1, b.n, f);
	buf_free(&b);
	free(v);
}

void
diag_free(struct diag *dg)
{
	map_free(&dg->seen);
	map_free(&dg->counts);
	free(dg->files);
	arena_free(&dg->arena);
	*dg = (struct diag){0};
}

const char *
diag_explain(const char *code, bool persian)
{
	const struct catalogue_entry *e = catalogue_lookup(code);

	return e == NULL ? NULL : persian ? e->help_persian : e->help;
}
