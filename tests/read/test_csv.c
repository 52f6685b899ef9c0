/*
 * Comma-separated values: what spreadsheets write is read, what is wrong is
 * told at its line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "read/read.h"

static struct read_csv csv;
static struct diag dg;

static int
end(void **state)
{
	(void)state;
	read_csv_free(&csv);
	diag_free(&dg);
	memset(&dg, 0, sizeof(dg));
	return 0;
}

static bool
takes(const char *text)
{
	return read_csv_text(&csv, &dg, "a.csv", text, strlen(text));
}

static void
check_told(const char *text, const char *code, uint32_t line)
{
	assert_false(takes(text));
	assert_non_null(dg.first);
	assert_string_equal(dg.first->code, code);
	assert_int_equal(dg.first->pos.line, line);
	end(NULL);
}

static void
rows_of_a_header(void **state)
{
	(void)state;
	assert_true(takes("name,class\nمریم,هشتم\n\nعلی\n"));
	assert_int_equal(csv.ncols, 2);
	assert_int_equal(csv.nrows, 2);
	assert_string_equal(csv.names[1], "class");
	assert_string_equal(csv.rows[0].cells[0], "مریم");
	assert_string_equal(csv.rows[0].cells[1], "هشتم");
	assert_string_equal(csv.rows[1].cells[0], "علی");
	assert_string_equal(csv.rows[1].cells[1], "");
	assert_int_equal(csv.rows[1].pos.line, 4);
	assert_null(dg.first);
}

static void
quotes_hold_anything(void **state)
{
	(void)state;
	assert_true(takes("name,class\r\n\"Smith, John\",\"8 \"\"b\"\"\"\r\n"
	    "\"two\r\nlines\" , x\r\nlast,y"));
	assert_int_equal(csv.nrows, 3);
	assert_string_equal(csv.rows[0].cells[0], "Smith, John");
	assert_string_equal(csv.rows[0].cells[1], "8 \"b\"");
	assert_string_equal(csv.rows[1].cells[0], "two lines");
	assert_string_equal(csv.rows[1].cells[1], "x");
	assert_int_equal(csv.rows[1].pos.line, 3);
	assert_int_equal(csv.rows[2].pos.line, 5);
}

static void
other_separators_and_line_ends(void **state)
{
	(void)state;
	assert_true(takes("\xef\xbb\xbfname;class\rA, B;8\rC;9\r"));
	assert_int_equal(csv.nrows, 2);
	assert_string_equal(csv.names[0], "name");
	assert_string_equal(csv.rows[0].cells[0], "A, B");
	end(NULL);
	assert_true(takes("name\tclass\nA;B\t8\n"));
	assert_string_equal(csv.rows[0].cells[0], "A;B");
	end(NULL);
	/* One column; a spreadsheet's empty cells behind the last. */
	assert_true(takes("name,,\nA,,\n,,\n"));
	assert_int_equal(csv.ncols, 1);
	assert_int_equal(csv.nrows, 1);
}

static void
what_is_wrong_is_told_at_its_line(void **state)
{
	(void)state;
	check_told("name\nA\n\"B\nC\n", "USE021", 3);
	check_told("name,class\nA,8\nB,9,c\n", "USE022", 3);
	check_told("", "USE024", 0);
	check_told("\n\n", "USE024", 0);
	check_told("name,class\n", "USE024", 0);
	check_told("name\n\xe3\xe6\n", "USE009", 0);
	assert_false(read_csv_text(&csv, &dg, "a.csv", "n\0a\n", 4));
	assert_string_equal(dg.first->code, "USE009");
}

static void
there_is_a_limit_to_rows(void **state)
{
	struct buf b = {0};

	(void)state;
	buf_str(&b, "name\n");
	for (int i = 0; i < 100001; i++)
		buf_str(&b, "a\n");
	check_told(b.p, "USE023", 100002);
	b.n -= 2;
	b.p[b.n] = '\0';
	assert_true(takes(b.p));
	assert_int_equal(csv.nrows, 100000);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(rows_of_a_header, end),
		cmocka_unit_test_teardown(quotes_hold_anything, end),
		cmocka_unit_test_teardown(other_separators_and_line_ends, end),
		cmocka_unit_test_teardown(what_is_wrong_is_told_at_its_line,
		    end),
		cmocka_unit_test_teardown(there_is_a_limit_to_rows, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
