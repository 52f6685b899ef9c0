/* Known answers of FIPS 180-4, and both ways of reckoning alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "font/private.h"

static void
is(const char *text, size_t n, const char *want)
{
	uint8_t sum[SHA256_SIZE];
	char hex[2 * SHA256_SIZE + 1];

	sha256(text, n, sum);
	sha256_hex(sum, hex);
	assert_string_equal(hex, want);
	sha256_plain(text, n, sum);
	sha256_hex(sum, hex);
	assert_string_equal(hex, want);
}

static void
test_known(void **state)
{
	static char million[1000000];

	(void)state;
	is("", 0, "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855");
	is("abc", 3, "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
	is("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
	    "248d6a61d20638b8e5c026930c3e6039"
	    "a33ce45964ff2167f6ecedd419db06c1");
	memset(million, 'a', sizeof(million));
	is(million, sizeof(million), "cdc76e5c9914fb9281a1c7e284d73e67"
	    "f1809a48a497200e046d39ccc7112cd0");
}

static void
test_both_agree(void **state)
{
	uint8_t data[300], a[SHA256_SIZE], b[SHA256_SIZE];
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(data); n++)
		data[n] = (uint8_t)(n * 37 + n / 7);
	for (n = 0; n < sizeof(data); n++) {
		sha256(data, n, a);
		sha256_plain(data, n, b);
		assert_memory_equal(a, b, SHA256_SIZE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_both_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
