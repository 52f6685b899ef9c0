/*
 * dabir fonts: which face serves which script of a book, and what is
 * missing.
 */
#include <string.h>

#include "base/messages.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/project.h"

static const struct option_def defs[] = {
	{"--style", 0, "FILE", "use this style"},
	{NULL, 0, NULL, NULL}
};

/* Scripts of a book in the order of first use, with a letter of each. */
struct scripts {
	struct { uint32_t tag; size_t n; } v[64];
	size_t n;
	struct map missing;	/* code points already told */
};

static void
list_files(struct project *p)
{
	struct font_info *v;
	size_t n = font_list(project_fonts(p), &p->arena, &v);

	printf("Faces of the manifest:\n");
	for (size_t i = 0; i < n; i++)
		printf("  %-22s %3d%s  %-10s %-8s %s\n", v[i].family,
		    v[i].weight, v[i].italic ? " italic" : "", v[i].role,
		    !v[i].present ? "MISSING" : !v[i].hash_ok ? "DIFFERS" :
		    "ok", v[i].file);
}

static void
count_text(struct scripts *s, const char *t, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp = utf8_next(t, n, &i), tag = uni_script(cp);
		size_t k;

		for (k = 0; k < s->n; k++)
			if (s->v[k].tag == tag)
				break;
		if (k == s->n) {
			if (s->n == NELEM(s->v))
				continue;
			s->v[s->n].tag = tag;
			s->v[s->n++].n = 0;
		}
		s->v[k].n++;
	}
}

/* The face of a chain that has the most letters of a script. */
static void
serve(struct project *p, struct font_chain chain, uint32_t tag, size_t total)
{
	size_t counts[32] = {0}, none = 0;
	struct map seen = {0};
	struct buf missing = {0};

	for (const struct doc_node *d = p->doc.root; d != NULL;
	    d = doc_next(d, p->doc.root))
		for (size_t i = 0; d->text != NULL && i < d->len;) {
			size_t at = i, k;
			uint32_t cp = utf8_next(d->text, d->len, &i);
			void **slot;

			if (uni_script(cp) != tag ||
			    uni_is_default_ignorable(cp))
				continue;
			for (k = 0; k < chain.n && k < NELEM(counts); k++)
				if (font_has(chain.v[k], cp))
					break;
			if (k < chain.n && k < NELEM(counts)) {
				counts[k]++;
				continue;
			}
			none++;
			slot = map_put(&seen, d->text + at, i - at);
			if (*slot == NULL) {
				*slot = p;
				buf_printf(&missing, " U+%04X", cp);
			}
		}
	printf("  %c%c%c%c  %7zu letters:", (char)(tag >> 24),
	    (char)(tag >> 16), (char)(tag >> 8), (char)tag, total);
	for (size_t k = 0; k < chain.n && k < NELEM(counts); k++)
		if (counts[k] > 0)
			printf(" %s %s (%zu)", font_family(chain.v[k]),
			    font_style_name(chain.v[k]), counts[k]);
	if (none > 0)
		printf(" missing (%zu):%s", none, missing.p);
	putchar('\n');
	map_free(&seen);
	buf_free(&missing);
}

int
cmd_fonts(int argc, char **argv)
{
	struct diag dg = {0};
	struct project p = {0};
	struct options o = {0};
	struct scripts s = {0};
	struct style *st;
	int status;

	if (!options_read(&o, &dg, argc, argv, defs)) {
		options_free(&o);
		return finish_messages(&dg);
	}
	if (o.help || o.nargs != 1) {
		options_help(o.help ? stdout : stderr,
		    "dabir fonts BOOK [options]",
		    "Say which face serves which script, and what is missing.",
		    defs);
		status = o.help ? 0 : 2;
		options_free(&o);
		return status;
	}
	if (project_open(&p, &dg, o.args[0])) {
		st = project_style(&p, p.book.targets, option_value(&o,
		    "--style"));
		list_files(&p);
		for (const struct doc_node *d = p.doc.root; d != NULL;
		    d = doc_next(d, p.doc.root))
			if (d->text != NULL)
				count_text(&s, d->text, d->len);
		for (size_t i = 0; st != NULL && i < st->nfonts; i++) {
			const struct style_font *f = &st->fonts[i];
			struct font_chain c = font_chain(project_fonts(&p),
			    &p.arena, &dg, f->families, f->nfamilies, 400,
			    false, NOPOS);

			printf("\nRole “%s”:\n", f->role);
			for (size_t k = 0; k < s.n; k++)
				serve(&p, c, s.v[k].tag, s.v[k].n);
		}
		style_free(st);
	}
	project_close(&p);
	options_free(&o);
	return finish_messages(&dg);
}
