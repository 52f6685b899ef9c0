/*
 * Lines as text, for --dump para and the golden tests.
 *
 *	paragraph rtl, 3 lines, 2417 demerits
 *	line 1 x=0pt width=300pt natural=291.5pt space=1.034 of 11 kashida=2.5pt/1
 *		«the text, as it stands in the manuscript»
 *		run 0 level=1 x=0pt width=300pt clusters=0..70 size=11pt Amiri space=3.1pt+4
 *		kashida «word» after «o» +2.5pt
 */
#include "para/private.h"

static void
put_text(struct buf *out, const struct shape_para *p, uint32_t from,
    uint32_t to)
{
	uint32_t i;

	buf_str(out, "«");
	for (i = from; i < to; i++) {
		/* One line of the dump a line of the paragraph. */
		if (p->text[i] == '\n')
			buf_str(out, "\\n");
		else
			buf_char(out, p->text[i]);
	}
	buf_str(out, "»");
}

/* Which letters carry the kashida: those that grew. */
static void
put_kashida(struct buf *out, const struct line_run *r,
    const struct shape_para *p)
{
	const struct shape_cluster *c = &p->clusters[r->cluster];
	int upem = font_metrics(r->run->face)->upem;
	uint32_t i, at = r->text, end = r->text;
	char s[24];

	for (i = 0; i < r->nclusters; i++)
		end += c[i].len;
	buf_str(out, "\tkashida ");
	put_text(out, p, r->text, end);
	for (i = 0; i < r->nclusters; i++) {
		sp gain = cluster_width(r->run, &r->word->clusters[i], upem) -
		    cluster_width(r->run, &c[i], upem);

		if (gain != 0) {
			buf_str(out, " after ");
			put_text(out, p, at, at + c[i].len);
			buf_printf(out, " %s%s", gain > 0 ? "+" : "",
			    sp_str(gain, s));
		}
		at += c[i].len;
	}
	buf_char(out, '\n');
}

static void
put_run(struct buf *out, const struct line_run *r, const struct shape_para *p)
{
	char x[24], width[24], size[24], space[24];

	buf_printf(out, "\trun %td level=%d x=%s width=%s clusters=%u..%u "
	    "size=%s %s", r->run - p->runs, r->level, sp_str(r->x, x),
	    sp_str(r->width, width), r->cluster, r->cluster + r->nclusters,
	    sp_str(r->run->size, size), font_family(r->run->face));
	if (r->space != 0)
		buf_printf(out, " space=%s+%d", sp_str(r->space, space),
		    r->nextra);
	buf_char(out, '\n');
	if (r->word != NULL)
		put_kashida(out, r, p);
}

void
para_dump(const struct para_lines *l, struct buf *out)
{
	const struct para_line *v;
	char x[24], width[24], natural[24], kashida[24];
	uint32_t i, j;

	buf_printf(out, "paragraph %s, %u line%s, %lld demerits\n",
	    l->para->level & 1 ? "rtl" : "ltr", l->n, l->n == 1 ? "" : "s",
	    (long long)(l->demerits / 1000));
	for (i = 0; i < l->n; i++) {
		v = &l->v[i];
		buf_printf(out, "line %u x=%s width=%s natural=%s "
		    "space=%d.%03d of %u", i + 1, sp_str(v->x, x),
		    sp_str(v->width, width), sp_str(v->natural, natural),
		    v->ratio / 1000, v->ratio % 1000, v->nspaces);
		if (v->nkashida > 0)
			buf_printf(out, " kashida=%s/%d",
			    sp_str(v->kashida, kashida), v->nkashida);
		buf_printf(out, "%s%s%s\n\t", v->overfull ? " overfull" : "",
		    v->ragged ? " ragged" : "", v->last ? " last" : "");
		put_text(out, l->para, v->text, v->text_end);
		buf_char(out, '\n');
		for (j = 0; j < v->nruns; j++)
			put_run(out, &v->runs[j], l->para);
	}
}
