/*
 * The style sheet: the same for every book but for the counters. It says
 * start and end, never left and right, so that one sheet serves both
 * directions; it names no file, so that nothing is fetched; and it leaves
 * the size of text to the reader.
 *
 * A list without marks has an empty string for one: with none, a reader of
 * the screen no longer calls it a list.
 *
 * Colours keep 7:1 on their ground, light and dark. A line holds some
 * seventy letters. Persian wants more leading than Latin, never slanted
 * letters, and never space between them.
 */
#include "html/private.h"

static const char sheet[] =
":root{color-scheme:light dark;--ink:#1d1b18;--paper:#fffdf8;--soft:#4f4a43;"
"--line:#cfc7b8;--shade:#f5f0e5;--link:#0a4a82}\n"
"@media (prefers-color-scheme:dark){:root{--ink:#e9e4da;--paper:#17181b;"
"--soft:#b9b2a6;--line:#47484e;--shade:#24262b;--link:#9ccbf5}}\n"
"html{font-size:112.5%;line-height:1.65;-webkit-text-size-adjust:100%;"
"text-size-adjust:100%}html[dir=rtl]{line-height:1.95}\n"
"body{margin:0;background:var(--paper);color:var(--ink);"
"font-family:Vazirmatn,\"Noto Sans Arabic\",\"Noto Sans\",\"Segoe UI\","
"system-ui,sans-serif}\n"
"bdi[dir=rtl]{white-space:nowrap}\n"
"main{max-inline-size:37rem;margin-inline:auto;padding-block:1.5rem 5rem;"
"padding-inline:1.15rem;overflow-wrap:break-word}\n"
"h1,h2,h3,h4,h5,h6{line-height:1.5;margin-block:2em .5em;text-wrap:balance}\n"
"h1{font-size:1.7rem;margin-block-start:.5em}\n"
"h2{font-size:1.35rem}h3{font-size:1.15rem}h4,h5,h6{font-size:1rem}\n"
"p,ul,ol,dl,blockquote,figure,pre{margin-block:0 .9em}\n"
"a{color:var(--link);text-underline-offset:.25em;"
"text-decoration-thickness:.06em;unicode-bidi:isolate}\n"
":target{background:var(--shade)}\n"
"em{font-style:normal;font-weight:600}:lang(en) em{font-style:italic;"
"font-weight:inherit}\n"
"sup{line-height:0;font-size:.8em}sup a{text-decoration:none;"
"padding-inline:.15em}\n"
"code{font-family:ui-monospace,Consolas,Menlo,monospace;font-size:.9em;"
"unicode-bidi:isolate}\n"
"pre{background:var(--shade);padding:.8em 1em;white-space:pre-wrap;"
"line-height:1.5}\n"
"blockquote{margin-inline:0;padding-inline-start:1.1em;"
"border-inline-start:.2em solid var(--line)}\n"
"hr{border:0;border-block-start:1px solid var(--line);"
"margin-block:2em;margin-inline:30%}\n"
"ul,ol{padding-inline-start:2.3em}li{margin-block:.2em}\n"
".db-plain{list-style-type:\"\";padding-inline-start:0}\n"
".db-plain .db-plain{padding-inline-start:1.4em;margin-block:0}\n"
"dt{font-weight:600;margin-block-start:.6em}dd{margin-inline:1.4em 0}\n"
"header{margin-block-end:2em}header p{margin-block:.2em}\n"
".db-subtitle{font-size:1.15rem}.db-publisher,.db-course{color:var(--soft)}\n"
".db-imprint{font-size:.85em;color:var(--soft)}.db-imprint dt,"
".db-imprint dd{display:inline;margin:0}.db-imprint dt::after{content:\":\"}\n"
"nav{border-block:1px solid var(--line);padding-block:.2em .6em;"
"margin-block:2em}nav h2{font-size:1.1rem;margin-block:.8em .4em}"
"nav+nav{border-block-start:0;margin-block-start:-1.8em}"
"nav a{text-decoration:none}nav a:hover{text-decoration:underline}\n"
"table{border-collapse:collapse;inline-size:100%;font-size:.88em;"
"line-height:1.75;margin-block:0 1.2em;border-block:.11em solid var(--ink)}\n"
"caption{text-align:start;padding-block:.4em}\n"
"th,td{text-align:start;vertical-align:top;padding-block:.35em;"
"padding-inline:.5em;border-block-start:1px solid var(--line)}\n"
"thead th,thead td{border-block-end:1px solid var(--ink);vertical-align:bottom}"
"th[scope=row]{font-weight:inherit}\n"
".db-centre{text-align:center}.db-end{text-align:end}\n"
".db-scroll{overflow-x:auto}.db-scroll th,.db-scroll td{min-inline-size:6em}\n"
"figure{margin-inline:0;text-align:center}"
"img{max-inline-size:100%;block-size:auto}\n"
"figcaption,.db-caption{font-size:.88em;color:var(--soft)}\n"
".db-missing{display:block;border:1px dashed var(--soft);padding:1em}\n"
".db-verse{border:0;padding:0}.db-verse p{display:grid;"
"grid-template-columns:1fr 1fr;gap:2em;margin-block:.3em;"
"text-align:center}\n"
".db-timeline>ol{border-inline-start:.14em solid var(--soft);"
"margin-inline-start:.4em}.db-timeline>ol>li{position:relative;"
"display:grid;grid-template-columns:8.5em 1fr;gap:0 1em;"
"padding-inline-start:1.1em;margin-block:.45em}"
".db-timeline>ol>li::before{content:\"\";position:absolute;"
"inset-inline-start:-.41em;inset-block-start:.72em;inline-size:.4em;"
"block-size:.4em;border:.14em solid var(--soft);border-radius:50%;"
"background:var(--soft)}.db-timeline>ol>.db-gap::before{"
"background:var(--paper)}.db-gap{color:var(--soft);font-style:normal}"
".db-date{font-weight:600}\n"
".db-spans{font-size:.85em;display:flex;flex-wrap:wrap;gap:.4em 1em}"
".db-spans li{flex:1 1 9em;border-block-start:.3em solid var(--line);"
"padding-block-start:.2em}.db-spans [aria-current]{"
"border-color:var(--ink)}\n"
".db-notes,.db-refs{font-size:.92em}.db-notes>li>div>:last-child{"
"margin-block-end:0}\n"
".db-refs.db-plain>li{padding-inline-start:1.6em;text-indent:-1.6em}\n"
".db-letter{font-weight:600;margin-block:1em .2em}"
".db-index{margin-block:0}\n"
".db-blank{padding-inline:2.2em;background:linear-gradient(var(--soft),"
"var(--soft)) 0 calc(50% + .6em)/100% 1px no-repeat;"
"-webkit-box-decoration-break:clone;box-decoration-break:clone}"
".db-filled{padding-inline:.6em;color:var(--link)}"
".db-choice .db-blank,.db-order .db-blank,.db-questions li li .db-blank{"
"padding-inline:1.1em}.db-choice .db-filled,.db-order .db-filled,"
".db-questions li li .db-filled{padding-inline:.6em}\n"
".db-fill{border-block-end:1px solid var(--line);padding-block-end:.6em}"
".db-fill>span{display:inline-block;margin-inline-end:1.2em}"
".db-fill .db-blank{padding-inline:3.5em}"
".db-fill .db-filled{padding-inline:.6em}\n"
".db-questions>li{margin-block:1.2em}.db-answer{color:var(--link)}\n"
".db-hidden{position:absolute;inline-size:1px;block-size:1px;"
"overflow:hidden;clip-path:inset(50%);white-space:nowrap}\n"
".centre{text-align:center}.small{font-size:.85em}\n"
"@media (max-width:30rem){.db-timeline>ol>li{display:block}.db-date{"
"display:block}.db-verse p{display:block}.db-verse span{display:block}"
".db-verse span+span{margin-block-end:.6em}}\n"
"@media print{:root{--ink:#000;--paper:#fff;--soft:#333;--line:#888;"
"--shade:#eee;--link:#000}html{font-size:11pt}main{max-inline-size:none;"
"padding:0}a{text-decoration:none}h2,h3,h4{break-after:avoid}"
"tr,figure,img,.db-questions>li{break-inside:avoid}"
".db-scroll{overflow:visible}:target{background:none}"
"[role=doc-backlink]{display:none}}\n";

/* ---------------------------------------------------------------- counters */

static void
put_symbols(struct html *h, const char *lang, long n)
{
	struct buf b = {0};

	/* A pair of letters must not join into a word: each ends so. */
	for (long i = 1; i <= n; i++) {
		b.n = 0;
		uni_alphabetic(&b, lang, i);
		raw(h, i > 1 ? " \"" : "\"");
		raw(h, b.p);
		raw(h, *lang == 'e' ? "\"" : "\\200c\"");
	}
	buf_free(&b);
}

/* Abjad is additive: thousand, hundreds, tens, units. */
static void
put_additive(struct html *h)
{
	struct buf b = {0};
	bool any = false;

	for (long scale = 1000; scale > 0; scale /= 10)
		for (long i = scale == 1000 ? 1 : 9; i > 0; i--) {
			b.n = 0;
			uni_abjad(&b, i * scale);
			rawf(h, "%s%ld \"%s\"", any ? "," : "", i * scale,
			    b.p);
			any = true;
		}
	buf_free(&b);
}

static void
put_system(struct html *h, enum count_lang lang, enum count_kind kind)
{
	static const char *const langs[] = {"fa", "ar", "en"};
	/* Letters before pairs begin. */
	static const long letters[] = {32, 28, 26};

	if (kind == COUNT_ABJAD) {
		raw(h, "system:additive;range:1 1999;additive-symbols:");
		put_additive(h);
	} else if (kind == COUNT_ALPHA) {
		raw(h, "system:alphabetic;symbols:");
		put_symbols(h, langs[lang], letters[lang]);
	} else {
		struct buf b = {0};

		raw(h, "system:numeric;symbols:");
		for (int i = 0; i < 10; i++) {
			b.n = 0;
			uni_number(&b, langs[lang], i);
			rawf(h, "%s\"%s\"", i > 0 ? " " : "", b.p);
		}
		buf_free(&b);
	}
}

static void
put_counter(struct html *h, enum count_lang lang, enum count_kind kind,
    enum count_round round)
{
	static const char *const langs[] = {"fa", "ar", "en"};
	static const char *const kinds[] = {"number", "abjad", "alpha"};
	static const char *const rounds[] = {"dot", "paren", "brackets"};
	static const char *const ends[] = {";suffix:\". \"", ";suffix:\") \"",
	    ";prefix:\"[\";suffix:\"] \""};
	char name[32];

	snprintf(name, sizeof(name), "db-%s-%s-%s", langs[lang], kinds[kind],
	    rounds[round]);
	rawf(h, "@counter-style %s{", name);
	put_system(h, lang, kind);
	raw(h, ends[round]);
	rawf(h, "}\n.%s{list-style-type:%s}\n", name, name);
}

void
put_sheet(struct html *h)
{
	raw(h, "<style>\n");
	raw(h, sheet);
	for (int l = 0; l < COUNT_NLANGS; l++)
		for (int k = 0; k < COUNT_NKINDS; k++)
			for (int r = 0; r < COUNT_NROUNDS; r++)
				if (h->counted[l][k][r])
					put_counter(h, (enum count_lang)l,
					    (enum count_kind)k,
					    (enum count_round)r);
	raw(h, "</style>\n");
}
