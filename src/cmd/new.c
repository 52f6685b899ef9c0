/*
 * dabir new: a project that builds at once, and that its owner understands.
 */
#include <errno.h>
#include <string.h>

#include "base/messages.h"
#include "cmd/cmd.h"
#include "cmd/options.h"

static const struct option_def defs[] = {
	{"--kind", 'k', "KIND", "booklet (default), article or handout"},
	{NULL, 0, NULL, NULL}
};

/*
 * What each kind begins with: a few lines of everything it is made of, so
 * that its owner has something to change and nothing to look up.
 */
static const char booklet_yaml[] =
	"title: عنوان کتاب\n"
	"subtitle: زیرعنوان\n"
	"author: نام نویسنده\n"
	"publisher: ناشر\n"
	"place: تهران\n"
	"year: ۱۴۰۵\n"
	"lang: fa\n"
	"manuscript: [text.md]\n"
	"bibliography: [references.bib]\n"
	"citations: author-date-fa\n"
	"targets:\n"
	"  screen:  {style: booklet, output: booklet.pdf, "
	"standard: ua-1+a-2a, default: true}\n"
	"  imposed: {from: screen, output: booklet-imposed.pdf, "
	"impose: {method: saddle, sheet: A4}}\n";

static const char booklet_md[] =
	"# مقدمه {#intro}\n"
	"\n"
	"این متن نمونه است؛ جای آن نوشته‌ی خود را بگذارید. ارجاع به منبع چنین\n"
	"نوشته می‌شود [@نمونه۱۴۰۰, ۱۲] و پانوشت چنین.[^note]\n"
	"\n"
	"[^note]: متن پانوشت.\n"
	"\n"
	"# فصل نخست {#first}\n"
	"\n"
	"فهرست شماره‌دار:\n"
	"\n"
	"1. نخست\n"
	"2. دوم\n"
	"\n"
	"رویدادها در [@tbl-events] آمده است.\n"
	"\n"
	"| سال | رویداد |\n"
	"|:---|:---|\n"
	"| ۱۳۹۹ | آغاز |\n"
	"| ۱۴۰۰ | پایان |\n"
	"\n"
	": رویدادها {#tbl-events}\n"
	"\n"
	"::: {#refs}\n"
	"# منابع {#references}\n"
	":::\n";

static const char article_yaml[] =
	"title: عنوان مقاله\n"
	"author: نام نویسنده\n"
	"lang: fa\n"
	"manuscript: [text.md]\n"
	"bibliography: [references.bib]\n"
	"citations: author-date-fa        # یا numeric-fa، footnote-fa\n"
	"targets:\n"
	"  screen: {style: article, output: article.pdf, "
	"standard: ua-1+a-2a, default: true}\n";

static const char article_md[] =
	"> **چکیده.** در چند جمله بنویسید که مقاله چه می‌پرسد و چه می‌یابد.\n"
	"\n"
	"# مقدمه\n"
	"\n"
	"پرسش مقاله و آنچه دیگران گفته‌اند [@نمونه۱۴۰۰, ۱۲–۱۵].\n"
	"\n"
	"# یافته‌ها\n"
	"\n"
	"متن مقاله.[^note]\n"
	"\n"
	"[^note]: توضیحی که در متن نمی‌گنجد.\n"
	"\n"
	"# نتیجه\n"
	"\n"
	"پاسخ پرسش.\n"
	"\n"
	"::: {#refs}\n"
	"# منابع {#references}\n"
	":::\n";

static const char handout_yaml[] =
	"title: عنوان درس\n"
	"lang: fa\n"
	"manuscript: [text.md]\n"
	"bibliography: [references.bib]\n"
	"targets:\n"
	"  handouts: {style: handout, each: .phase, output: \"{id}.pdf\", "
	"default: true}\n"
	"  teacher:  {style: handout, each: .phase, "
	"output: \"{id}-teacher.pdf\", answers: true, default: true}\n";

static const char handout_md[] =
	"# بخش نخست {#part-1 .phase years=\"۱۳۹۹–۱۴۰۰\"}\n"
	"\n"
	"هر عنوانی که نشانه‌ی `.phase` دارد برگه‌ای جدا می‌شود. متن درس\n"
	"[@نمونه۱۴۰۰, ۱۲].\n"
	"\n"
	"::: {.timeline}\n"
	"\n"
	"۱۳۹۹\n"
	": آغاز\n"
	"\n"
	"۱۴۰۰\n"
	": پایان\n"
	"\n"
	":::\n"
	"\n"
	"::::: {.questions}\n"
	"\n"
	":::: {.question .short lines=2}\n"
	"این بخش از چه سالی آغاز می‌شود؟\n"
	"\n"
	"::: {.answer}\n"
	"۱۳۹۹\n"
	":::\n"
	"::::\n"
	"\n"
	":::: {.question .fill}\n"
	"این بخش در سال [۱۴۰۰]{.blank} پایان می‌یابد.\n"
	"::::\n"
	"\n"
	":::: {.question .true-false answer=false}\n"
	"این بخش یک روز بود.\n"
	"::::\n"
	"\n"
	":::::\n"
	"\n"
	"# بخش دوم {#part-2 .phase years=\"۱۴۰۱–۱۴۰۲\"}\n"
	"\n"
	"متن درس دوم.\n"
	"\n"
	"::: {#refs}\n"
	"# منابع {#references}\n"
	":::\n";

static const char references_bib[] =
	"@book{نمونه۱۴۰۰,\n"
	"  author = {نویسنده, نام},\n"
	"  title = {نمونه‌ی یک کتاب},\n"
	"  year = {1400},\n"
	"  address = {تهران},\n"
	"  publisher = {نشر نمونه},\n"
	"  language = {fa},\n"
	"}\n";

static const struct kind {
	const char *name, *yaml, *md;
} kinds[] = {
	{"booklet", booklet_yaml, booklet_md},
	{"article", article_yaml, article_md},
	{"handout", handout_yaml, handout_md},
};

static bool
write_file(struct diag *dg, struct arena *a, const char *dir, const char *name,
    const char *text)
{
	char *path = path_join(a, dir, name);
	const char *why = NULL;
	struct out_file *o;

	o = out_open(path, &why);
	if (o != NULL) {
		out_write(o, text, strlen(text));
		if (out_commit(o, &why))
			return true;
	}
	diag_add(dg, NOPOS, USE_CANNOT_WRITE, path, why);
	return false;
}

static bool
make_project(struct diag *dg, struct arena *a, const char *dir,
    const struct kind *k)
{
	static const char *const names[] = {"book.yaml", "text.md",
	    "references.bib"};

	/* Never over what is there. */
	for (size_t i = 0; i < NELEM(names); i++) {
		char *path = path_join(a, dir, names[i]);

		if (file_exists(path)) {
			diag_add(dg, NOPOS, USE_OUTPUT_EXISTS, path);
			return false;
		}
	}
	if (!dir_make(dir)) {
		diag_add(dg, NOPOS, USE_CANNOT_WRITE, dir, file_why(errno));
		return false;
	}
	return write_file(dg, a, dir, "book.yaml", k->yaml) &&
	    write_file(dg, a, dir, "text.md", k->md) &&
	    write_file(dg, a, dir, "references.bib", references_bib);
}

int
cmd_new(int argc, char **argv)
{
	const char *names[NELEM(kinds) + 1] = {0};
	const struct kind *k = NULL;
	struct diag dg = {0};
	struct options o = {0};
	struct arena a = {0};
	const char *kind;
	int status = 0;

	if (!options_read(&o, &dg, argc, argv, defs)) {
		options_free(&o);
		return finish_messages(&dg);
	}
	if (o.help || o.nargs != 1) {
		options_help(o.help ? stdout : stderr,
		    "dabir new DIR [options]",
		    "Make a project in DIR that “dabir build DIR/book.yaml” "
		    "builds.", defs);
		status = o.help ? 0 : 2;
		options_free(&o);
		return status;
	}
	kind = option_value(&o, "--kind");
	if (kind == NULL)
		kind = "booklet";
	for (size_t i = 0; i < NELEM(kinds); i++) {
		names[i] = kinds[i].name;
		if (strcmp(kinds[i].name, kind) == 0)
			k = &kinds[i];
	}
	if (k == NULL)
		diag_add(&dg, NOPOS, USE_BAD_OPTION, kind, diag_near(&dg, kind,
		    names));
	else if (make_project(&dg, &a, o.args[0], k))
		printf("%s is ready: dabir build %s/book.yaml\n", o.args[0],
		    o.args[0]);
	arena_free(&a);
	options_free(&o);
	return finish_messages(&dg);
}
