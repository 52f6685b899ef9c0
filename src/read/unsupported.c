/*
 * Pandoc's Markdown that is not read here. It is printed as it stands; the
 * author is told where, instead of finding it on the page.
 */
#include "base/messages.h"
#include "read/reader.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void
unsupported(struct reader *r, struct pos pos, const char *en, const char *fa)
{
	diag_add(r->dg, pos, MAN_NOT_SUPPORTED, say(r, en, fa),
	    say(r, "printed as it stands", "چنان که هست چاپ می‌شود"));
}

/* Pandoc's other tables, drawn with dashes and plus signs. */
static bool
is_drawn_table(const char *s, size_t n, char mark)
{
	size_t i, runs = 0;

	for (i = 0; i < n; i++) {
		if (s[i] != '-' && s[i] != '=' && s[i] != mark)
			return false;
		/* "- - -" is a rule; a column has more than one dash. */
		if (s[i] != mark && i + 1 < n && s[i + 1] == s[i] &&
		    (i == 0 || s[i - 1] == mark))
			runs++;
	}
	return runs > 1 || (runs == 1 && mark == '+');
}

/* What opens a paragraph that Pandoc would read otherwise. */
void
unsupported_find(struct reader *r, struct leaf *l)
{
	const char *s = l->text.p;
	size_t n = l->n > 1 ? l->v[1].off - 1 : l->text.n, i;

	while (n > 0 && is_blank(s[n - 1]))
		n--;
	if (s[0] == '+' && is_drawn_table(s, n, '+'))
		unsupported(r, leaf_pos(r, l, 0), "a table drawn with + and -",
		    "جدولِ کشیده با + و -");
	else if (s[0] == '\\' && n > 1 && ((s[1] | 32) >= 'a' &&
	    (s[1] | 32) <= 'z'))
		unsupported(r, leaf_pos(r, l, 0), "a TeX command",
		    "فرمان تک (TeX)");
	else if (caption_scan(s, n) > 0)
		unsupported(r, leaf_pos(r, l, 0), "a caption without a table",
		    "شرحِ بی‌جدول");
	else if (s[0] == '%' && n > 1 && s[1] == ' ' &&
	    l->v[0].line == r->body)
		unsupported(r, leaf_pos(r, l, 0), "a title block of % lines",
		    "سرلوحه با سطرهای %");
	for (i = 1; i < l->n; i++)
		if (r->lines[l->v[i].line].flags & LINE_DEF)
			unsupported(r, leaf_pos(r, l, l->v[i].off),
			    "a definition under more than one line",
			    "تعریف در زیر بیش از یک سطر");
}

/* "-----  ----" is a rule to cmark, and a table's head to Pandoc. */
void
unsupported_rule(struct reader *r, struct pos pos, size_t line, size_t at)
{
	if (is_drawn_table(line_text(r, line) + at, r->lines[line].len - at,
	    ' '))
		unsupported(r, pos, "a table drawn with dashes",
		    "جدولِ کشیده با خط تیره");
}
