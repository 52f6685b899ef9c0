/*
 * Every code of messages.h has a Persian text with the same arguments, and
 * help in both languages. messages.h is read as text: its macros cannot be
 * counted otherwise, and one that nobody uses must still have its entry.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"
#include "base/catalogue.h"

/*
 * The conversions of a format as "s d zu .2f", in the order of arguments;
 * false where %1$s and %s are mixed or an argument is skipped.
 */
static bool
conversions(const char *fmt, char *out, size_t size)
{
	char conv[10][16] = {{0}};
	size_t next = 0, n = 0, i, len;
	bool numbered = false, plain = false;
	const char *p;

	for (p = fmt; (p = strchr(p, '%')) != NULL;) {
		p++;
		if (*p == '%') {
			p++;
			continue;
		}
		if (p[0] >= '1' && p[0] <= '9' && p[1] == '$') {
			i = (size_t)(p[0] - '1');
			p += 2;
			numbered = true;
		} else {
			i = next++;
			plain = true;
		}
		len = strspn(p, "-+ #0123456789.lzjth");
		if (i >= 9 || len + 1 >= sizeof(conv[0]) ||
		    strchr("diuxXcsfgep", p[len]) == NULL || p[len] == '\0')
			return false;
		memcpy(conv[i], p, len + 1);
		p += len + 1;
		n = MAX(n, i + 1);
	}
	out[0] = '\0';
	for (i = 0; i < n; i++) {
		if (conv[i][0] == '\0' ||
		    strlen(out) + strlen(conv[i]) + 2 > size)
			return false;
		strcat(out, conv[i]);
		strcat(out, " ");
	}
	return !(numbered && plain);
}

static void
persian_takes_the_same_arguments(void **state)
{
	const struct catalogue_entry *e;
	const char *const *code;
	char en[128], fa[128];
	int wrong = 0;

	(void)state;
	for (code = diag_codes(); *code != NULL; code++) {
		e = catalogue_lookup(*code);
		assert_non_null(e);
		if (!conversions(e->format, en, sizeof(en)) ||
		    !conversions(e->persian, fa, sizeof(fa)) ||
		    strcmp(en, fa) != 0) {
			print_error("%s: arguments differ:\n  %s\n  %s\n",
			    *code, e->format, e->persian);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void
texts_are_clean(void **state)
{
	const struct catalogue_entry *e;
	const char *const *code, *const *other;
	const char *text[3];
	size_t i;

	(void)state;
	for (code = diag_codes(); *code != NULL; code++) {
		e = catalogue_lookup(*code);
		text[0] = e->persian;
		text[1] = e->help;
		text[2] = e->help_persian;
		for (i = 0; i < 3; i++) {
			size_t n = strlen(text[i]);

			assert_true(n > 0);
			assert_int_equal(utf8_valid(text[i], n), n);
			/* Arabic Yeh and Kaf, direction marks: none. */
			assert_null(strstr(text[i], "ي"));
			assert_null(strstr(text[i], "ك"));
			assert_null(strstr(text[i], "\xe2\x81\xa8"));
			assert_null(strstr(text[i], "\xe2\x80\x8f"));
			assert_null(strstr(text[i], "  "));
		}
		assert_int_equal(e->help[strlen(e->help) - 1], '.');
		assert_int_equal(e->help_persian[strlen(e->help_persian) - 1],
		    '.');
		for (other = code + 1; *other != NULL; other++)
			assert_string_not_equal(*code, *other);
	}
}

static void
every_code_has_an_entry(void **state)
{
	struct buf text = {0};
	const char *why, *line, *end, *q;
	char code[7];
	int n = 0, missing = 0;

	(void)state;
	why = file_read("src/base/messages.h", 1 << 20, &text);
	if (why != NULL) {
		print_message("src/base/messages.h: %s\n", why);
		skip();
	}
	for (line = text.p; *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		if (end == NULL)
			break;
		q = memchr(line, '"', (size_t)(end - line));
		if (strncmp(line, "#define ", 8) != 0 || q == NULL ||
		    end - q < 8 || q[7] != '"')
			continue;
		memcpy(code, q + 1, 6);
		code[6] = '\0';
		n++;
		if (catalogue_lookup(code) == NULL) {
			print_error("catalogue.c lacks %s: %.*s\n", code,
			    (int)(end - line), line);
			missing++;
		}
	}
	buf_free(&text);
	assert_true(n >= 70);
	assert_int_equal(missing, 0);
}

static void
explain(void **state)
{
	(void)state;
	assert_null(diag_explain("XXX000", false));
	assert_null(diag_explain("", true));
	assert_non_null(strstr(diag_explain("MAN001", false), "UTF-8"));
	assert_non_null(strstr(diag_explain("MAN001", true), "ذخیره"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(persian_takes_the_same_arguments),
		cmocka_unit_test(texts_are_clean),
		cmocka_unit_test(every_code_has_an_entry),
		cmocka_unit_test(explain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
