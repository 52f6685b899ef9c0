/*
 * LineBreakTest.txt through the program's own break stage, with every line
 * that differs listed and explained; then what Dabir adds for Persian.
 */
#include "shaping.h"

#define DATA "/usr/share/unicode/auxiliary/LineBreakTest.txt"
#define VERSION "# LineBreakTest-15.0.0.txt"

/*
 * Lines of the file that are not met. The first three kinds are ICU 72's
 * own choices (its root tailoring of UAX #14, 22 lines), the last is ours.
 */
static const struct { int line; const char *why; } excused[] = {
#define WHY "ICU: no break after a hyphen that begins a word"
	{ 2265, WHY }, { 2267, WHY }, { 2421, WHY }, { 2423, WHY },
	{ 2425, WHY }, { 2427, WHY }, { 2429, WHY }, { 2431, WHY },
#undef WHY
#define WHY "ICU: no break between a comma or stop and a digit (LB25)"
	{ 2873, WHY }, { 2875, WHY }, { 7576, WHY }, { 7577, WHY },
	{ 7578, WHY }, { 7579, WHY }, { 7580, WHY }, { 7581, WHY },
	{ 7583, WHY }, { 7584, WHY }, { 7585, WHY }, { 7586, WHY },
	{ 7587, WHY },
#undef WHY
#define WHY "ICU: a break before a decimal that begins with its point"
	{ 7477, WHY },
#undef WHY
#define WHY "ours: no break at a soft hyphen, for no hyphen is drawn"
	{ 7466, WHY }, { 7501, WHY }, { 7507, WHY }, { 7522, WHY },
	{ 7524, WHY }, { 7525, WHY }, { 7527, WHY },
#undef WHY
#define WHY "ours: no break between a number and its sign (keep-units)"
	{ 4086, WHY }, { 4090, WHY }, { 4594, WHY },
#undef WHY
};

/* Read "÷ 0061 × 0062 ÷" into text and breaks before each byte. */
static void
read_case(char *s, struct buf *text, uint8_t *breaks)
{
	while (*s != '\0' && *s != '#' && *s != '\n') {
		if (strncmp(s, "÷", strlen("÷")) == 0) {
			breaks[text->n] = 1;
			s += strlen("÷");
		} else if (strncmp(s, "×", strlen("×")) == 0) {
			breaks[text->n] = 0;
			s += strlen("×");
		} else if (*s == ' ' || *s == '\t') {
			s++;
		} else {
			buf_utf8(text, (uint32_t)strtoul(s, &s, 16));
		}
	}
}

static void
conformance(void **state)
{
	static const struct shape_rules rules = { .keep_units = true };
	struct shape_ctx *c;
	uint8_t want[1024], at[1024];
	int line = 0, ncases = 0, wrong = 0;
	size_t i, nexcused = 0;
	char s[4096];
	struct buf text = {0};
	bool same;
	FILE *f;

	(void)state;
	f = fopen(DATA, "r");
	if (f == NULL || fgets(s, sizeof(s), f) == NULL ||
	    strncmp(s, VERSION, strlen(VERSION)) != 0)
		skip();
	c = shape_ctx_open();
	for (line = 2; fgets(s, sizeof(s), f) != NULL; line++) {
		if (s[0] == '#')
			continue;
		text.n = 0;
		memset(want, 0, sizeof(want));
		read_case(s, &text, want);
		assert_true(text.n < sizeof(at));
		shape_breaks(c, "fa", text.p, text.n, &rules, at);
		same = true;
		for (i = 1; i < text.n; i++)
			same &= (at[i] != BREAK_NONE) == want[i];
		ncases++;
		for (i = 0; i < NELEM(excused); i++)
			if (excused[i].line == line)
				break;
		if (i < NELEM(excused)) {
			/* A line that is met need not be excused. */
			nexcused++;
			assert_false(same);
		} else if (!same) {
			print_error("%d: %s", line, s);
			wrong++;
		}
	}
	fclose(f);
	buf_free(&text);
	shape_ctx_close(c);
	print_message("LineBreakTest.txt: %d cases, %d wrong, %zu excused\n",
	    ncases, wrong, nexcused);
	for (i = 0; i < NELEM(excused); i++)
		print_message("  line %d: %s\n", excused[i].line,
		    excused[i].why);
	assert_int_equal(nexcused, NELEM(excused));
	assert_true(ncases > 7600);
	assert_int_equal(wrong, 0);
}

/*
 * Plain stretches are not shown to ICU. Where nothing is tailored the
 * result must be ICU's of the whole text, whatever stands side by side.
 */
static void
plain_stretches(void **state)
{
	static const char *const part[] = {
		"سلام", "ب", "می", "abc", "é", "َ", "ّ", " ", " ", " ", "  ",
		".", ",", "،", "؛", "؟", "!", ":", "(", ")", "«", "»", "\"",
		"۱", "23", "/", "%", "٪", "…", "\u00a0", "\u200b", "\u2060",
		"\n", "\u2028", "漢", "字", "か", "ไทย", "\U0001f600",
		"\U0001f1ee", "\U0001f1f7", "א", "—", "'", "ª", "\u0301",
		"\u200d", "\u0671", "\ufffc", "𐎠", "\t", "[", "]", "$", "€",
		"\u0600", "ـ", "\u200f", "\u2067"
	};
	struct uni_breaker *b = uni_breaker_open("fa");
	struct shape_ctx *c = shape_ctx_open();
	uint8_t want[512], at[512];
	struct buf text = {0};
	uint32_t seed = 7;
	int i, k;

	(void)state;
	assert_non_null(b);
	for (i = 0; i < 20000; i++) {
		text.n = 0;
		for (k = 0; k < 12 + i % 30; k++) {
			seed = seed * 1664525u + 1013904223u;
			/* Half of it letters and spaces. */
			buf_str(&text, part[seed >> 31 ? (seed >> 16) % 10 :
			    (seed >> 16) % NELEM(part)]);
		}
		assert_true(text.n < sizeof(at));
		uni_line_breaks(b, text.p, text.n, want);
		shape_breaks(c, "fa", text.p, text.n, NULL, at);
		/* The end is a break to ICU, and nothing to us. */
		want[text.n] = at[text.n];
		if (memcmp(want + 1, at + 1, text.n) != 0)
			print_error("%s\n", text.p);
		assert_memory_equal(want + 1, at + 1, text.n);
	}
	buf_free(&text);
	uni_breaker_close(b);
	shape_ctx_close(c);
}

/* ---------------------------------------------------------------- Persian */

/* The text with "|" where a line may break. */
static char *
broken_by(const char *text, const struct shape_rules *rules)
{
	static char out[1024];
	struct shape_ctx *c = shape_ctx_open();
	uint8_t at[512];
	size_t i, n = strlen(text), k = 0;

	assert_true(n < sizeof(at));
	shape_breaks(c, "fa", text, n, rules, at);
	for (i = 0; i < n; i++) {
		if (at[i] == BREAK_ALLOWED)
			out[k++] = '|';
		out[k++] = text[i];
	}
	out[k] = '\0';
	shape_ctx_close(c);
	return out;
}

static char *
broken(const char *text, bool units)
{
	struct shape_rules rules = { .keep_units = units };

	return broken_by(text, &rules);
}

/* Whatever the style says. */
static void
always(void **state)
{
	static const struct { const char *text, *seen; } row[] = {
		{ "سال ۱۹۱۶–۱۹۳۱ بود", "سال |۱۹۱۶–۱۹۳۱ |بود" },
		{ "ص ۵۹-۶۰ است", "ص |۵۹-۶۰ |است" },
		{ "از ۱۹۱۶ – ۱۹۳۱ تا", "از |۱۹۱۶ – ۱۹۳۱ |تا" },
		{ "از ۱۹۱۶—۱۹۳۱ تا", "از |۱۹۱۶—۱۹۳۱ |تا" },
		{ "از ۱۹۱۶ — ۱۹۳۱ تا", "از |۱۹۱۶ — ۱۹۳۱ |تا" },
		{ "می‌رود و نمی‌شود", "می‌رود |و |نمی‌شود" },
		{ "می -‌رود", "می |-‌رود" },
		{ "زبان C++ و", "زبان |C++ |و" },
		{ "soft\u00adhyphen", "soft\u00adhyphen" },
		{ "پنج\u00a0نفر", "پنج\u00a0نفر" },
		{ "«گفت» و رفت.", "«گفت» |و |رفت." },
	};
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(row); i++) {
		assert_string_equal(broken(row[i].text, false), row[i].seen);
		assert_string_equal(broken(row[i].text, true), row[i].seen);
	}
}

/* What leads to the next word does not end a line of a title. */
static void
particles(void **state)
{
	static const struct { const char *text, *seen; } row[] = {
		{ "قیام باسماچی‌ها بین سال‌های ۱۹۱۶–۱۹۳۱",
		    "قیام |باسماچی‌ها |بین سال‌های |۱۹۱۶–۱۹۳۱" },
		{ "و از آن پس", "و از آن |پس" },
		{ "ضعف و فروپاشی", "ضعف |و فروپاشی" },
		{ "a history of the steppe", "a history |of the steppe" },
		{ "وطن بینا ازبک", "وطن |بینا |ازبک" },
		{ "آنچه در", "آنچه |در" },
	};
	struct shape_rules rules = { .keep_particles = true };
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(row); i++)
		assert_string_equal(broken_by(row[i].text, &rules),
		    row[i].seen);
}

/* Each row without the rule has a break more. */
static void
units(void **state)
{
	static const struct { const char *text, *seen; } row[] = {
		{ "در ۱۹۱۶ م بود", "در |۱۹۱۶ م |بود" },
		{ "در ۱۹۱۶ م. بود", "در |۱۹۱۶ م. |بود" },
		{ "در ۶۰ ق. م. بود", "در |۶۰ ق. م. |بود" },
		{ "در ۶۰ ق.م بود", "در |۶۰ ق.م |بود" },
		{ "در ۱۳۹۹ ه‍.ش. بود", "در |۱۳۹۹ ه‍.ش. |بود" },
		{ "حدود ۵۰۰ کیلومتر بود", "حدود |۵۰۰ کیلومتر |بود" },
		{ "حدود ۱۵۰۰ سانتی‌متر بود", "حدود |۱۵۰۰ سانتی‌متر |بود" },
		{ "about 120 km away", "about |120 km |away" },
		{ "حدود ۲۵ ٪ بود", "حدود |۲۵ ٪ |بود" },
		{ "بها ۵۰ $ یا $ ۵۰ است", "بها |۵۰ $ |یا |$ ۵۰ |است" },
		{ "در ۱۳۴۵ هش بود", "در |۱۳۴۵ هش |بود" },
		{ "در ۱۳۴۵ ه‍ش بود", "در |۱۳۴۵ ه‍ش |بود" },
		{ "در ۱۳۴۵ ه ش بود", "در |۱۳۴۵ ه ش |بود" },
		{ "در ۱۳۹۹ هجری شمسی بود", "در |۱۳۹۹ هجری شمسی |بود" },
		{ "حدود ۱٬۲۰۰ کیلومتر مربع بود",
		    "حدود |۱٬۲۰۰ کیلومتر مربع |بود" },
		{ "حدود ۱۲۰۰ کیلومتر‌مربع بود",
		    "حدود |۱۲۰۰ کیلومتر‌مربع |بود" },
		{ "بها ۵۰ هزار تومان بود", "بها |۵۰ هزار تومان |بود" },
		{ "بها ۵۰۰ میلیون دلار بود", "بها |۵۰۰ میلیون دلار |بود" },
		{ "راه ۱۲۰ کیلومتری شهر", "راه |۱۲۰ کیلومتری |شهر" },
		{ "یک ۱۲۰ دقیقه‌ای کوتاه", "یک |۱۲۰ دقیقه‌ای |کوتاه" },
		{ "دمای ۱۲۰ درجهٔ سانتی‌گراد بود",
		    "دمای |۱۲۰ درجهٔ سانتی‌گراد |بود" },
		{ "این ۳ مرحله", "این |۳ مرحله" },
		{ "(۱۲ نفر)", "(۱۲ نفر)" },
	};
	static const char *const free_rows[] = {
		"میان |۵ |و |۶", "سال |۱۹۱۶ |شورش |شد", "ص |۱۲۳ |کتاب",
		"از |۱ |تا |۲", "شماره |A۱۲ |کتاب",
		/* Not every word after a unit is one of its. */
		"حدود |۱۲۰ کیلومتر |راه", "حدود |۵۰۰ هزار |نفر",
		"در |۱۳۹۹ هجری |بود", "$ |پنجاه", "حدود |۲۰٪ |۵۰۰ |تن‌ها",
		"بها |۵۰$ |۱۹۱۶ |شورش",
	};
	char text[256];
	size_t i, k, n;

	(void)state;
	for (i = 0; i < NELEM(row); i++) {
		assert_string_equal(broken(row[i].text, true), row[i].seen);
		assert_string_not_equal(broken(row[i].text, false),
		    row[i].seen);
	}
	for (i = 0; i < NELEM(free_rows); i++) {
		for (k = n = 0; free_rows[i][k] != '\0'; k++)
			if (free_rows[i][k] != '|')
				text[n++] = free_rows[i][k];
		text[n] = '\0';
		assert_string_equal(broken(text, true), free_rows[i]);
	}
}

/* Breaks reach the clusters, over what is not seen; spans keep theirs. */
static void
in_clusters(void **state)
{
	static const char *const families[] = { "Parastoo" };
	const char *text = "یک دو سه چهار";
	struct shape_span v[2];
	struct shaping t;

	(void)state;
	if (!shaping_open(&t, families, 1)) {
		shaping_close(&t);
		skip();
	}
	t.rules.kashida = false;
	assert_string_equal(shaping_marked(&t, shaping_text(&t,
	    "یک دو\nسه")), "یک |دو\n¶سه");
	/* A mark of direction between a space and a word. */
	assert_string_equal(shaping_marked(&t, shaping_text(&t,
	    "یک \u200fدو \u200cسه")), "یک \u200f|دو \u200c|سه");
	/* A phone with spaces is one word. */
	assert_string_equal(shaping_marked(&t, shaping_text(&t,
	    "در ۰۹۱۲ ۱۲۳ ۴۵۶۷ و (۰۲۱) ۸۸۷۷ ۶۶۵۵ است")),
	    "در |۰۹۱۲ ۱۲۳ ۴۵۶۷ |و |(۰۲۱) ۸۸۷۷ ۶۶۵۵ |است");
	t.rules.keep_units = false;
	assert_string_equal(shaping_marked(&t, shaping_text(&t,
	    "در ۰۹۱۲ ۱۲۳ ۴۵۶۷")), "در |۰۹۱۲ |۱۲۳ |۴۵۶۷");
	t.rules.keep_units = true;
	v[0] = (struct shape_span){ .end = (uint32_t)strlen(text),
	    .style = &t.style };
	v[1] = v[0];
	v[1].start = (uint32_t)strlen("یک ");
	v[1].end = (uint32_t)strlen("یک دو سه");
	v[1].no_break = true;
	assert_string_equal(shaping_marked(&t, shaping_spans(&t, text, v, 2)),
	    "یک |دو سه |چهار");
	shaping_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conformance),
		cmocka_unit_test(plain_stretches),
		cmocka_unit_test(always),
		cmocka_unit_test(particles),
		cmocka_unit_test(units),
		cmocka_unit_test(in_clusters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
