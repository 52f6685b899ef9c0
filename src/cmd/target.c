/*
 * Targets: build writes them, check judges them before, both by this.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/messages.h"
#include "cmd/target.h"

static const struct read_target *
find_target(const struct read_book *b, const char *name, struct diag *dg)
{
	const struct read_target *t;
	const char *names[64];
	size_t n = 0;

	for (t = b->targets; t != NULL; t = t->next) {
		if (n + 1 < NELEM(names))
			names[n++] = t->name;
		if (strcmp(t->name, name) == 0)
			return t;
	}
	names[n] = NULL;
	diag_add(dg, NOPOS, USE_NO_TARGET, name, diag_near(dg, name, names));
	return NULL;
}

void
targets_pick(struct targets *ts, const struct options *o,
    const struct read_book *b, struct diag *dg)
{
	const struct read_target *t;

	for (size_t i = 0; i < o->n; i++) {
		if (strcmp(o->v[i].def->name, "--target") != 0)
			continue;
		t = find_target(b, o->v[i].value, dg);
		if (t != NULL)
			*VEC_PUSH(ts) = t;
	}
	if (option_given(o, "--target"))
		return;
	for (t = b->targets; t != NULL; t = t->next)
		if (t->is_default)
			*VEC_PUSH(ts) = t;
}

/* -------------------------------------------------------------- sections */

/* Does a heading match `each`: ".class", "h2", or "#id"? */
static bool
matches(const struct doc_node *n, const char *each)
{
	if (n->kind != DOC_HEADING)
		return false;
	if (*each == '.')
		return doc_has_class(n, each + 1);
	if (*each == '#')
		return doc_id(n) != NULL && strcmp(doc_id(n), each + 1) == 0;
	return (*each == 'h' || *each == 'H') && each[1] == '0' + n->level &&
	    each[2] == '\0';
}

const struct doc_node *
target_section(const struct doc *d, const struct read_target *t,
    const struct doc_node *after)
{
	const struct doc_node *n = after != NULL ? after->next : d->root->first;

	while (n != NULL && !matches(n, t->each))
		n = n->next;
	return n;
}

void
target_no_match(const struct read_target *t, bool named, struct diag *dg)
{
	if (named)
		diag_add(dg, t->pos, USE_NO_MATCH, t->name, t->each);
	else
		diag_add(dg, t->pos, MAN_NO_MATCH, t->name, t->each);
}

/* An id as part of a file's name: it must not lead anywhere else. */
static const char *
safe_name(struct project *p, const struct read_target *t, const char *id)
{
	char *s = arena_str(&p->arena, id);

	for (char *c = s; *c != '\0'; c++)
		if (*c == '/' || (c == s && *c == '.'))
			*c = '-';
	if (strcmp(s, id) != 0)
		diag_add(p->dg, t->pos, MAN_BAD_NAME, id, s);
	return s;
}

char *
target_output(struct project *p, const struct read_target *t,
    const struct doc_node *section)
{
	const char *at = strstr(t->output, "{id}"), *id = NULL;

	if (section != NULL)
		id = doc_id(section);
	if (at == NULL)
		return arena_str(&p->arena, t->output);
	return arena_printf(&p->arena, "%.*s%s%s", (int)(at - t->output),
	    t->output, id != NULL ? safe_name(p, t, id) : "all", at + 4);
}

/* ------------------------------------------------------------------- PDF */

/* D:YYYYMMDDHHMMSSZ of SOURCE_DATE_EPOCH; NULL without it: no clock. */
static const char *
source_date(struct project *p)
{
	const char *e = getenv("SOURCE_DATE_EPOCH");
	char *end;
	long long v;
	time_t t;
	struct tm tm;

	if (e == NULL || *e == '\0')
		return NULL;
	errno = 0;
	v = strtoll(e, &end, 10);
	if (*end != '\0' || errno != 0 || v < 0 || v > 253402300799) {
		diag_add(p->dg, NOPOS, USE_BAD_EPOCH, e);
		return NULL;
	}
	t = (time_t)v;
	gmtime_r(&t, &tm);
	return arena_printf(&p->arena, "D:%04d%02d%02d%02d%02d%02dZ",
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
	    tm.tm_min, tm.tm_sec);
}

void
target_pdf(struct pdf_options *o, struct project *p,
    const struct read_target *t, const struct style *st)
{
	size_t ndirs;
	const char *const *dirs = project_profiles(p, &ndirs);

	o->date = source_date(p);
	pdf_options_read(o, &p->arena, p->dg, t->map, &st->print, dirs,
	    ndirs);
}
