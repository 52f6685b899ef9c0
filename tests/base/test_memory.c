/* Arenas, buffers, arrays, the map. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"

static bool
all_zero(const unsigned char *p, size_t n)
{
	while (n-- > 0) {
		if (*p++ != 0)
			return false;
	}
	return true;
}

static void
arena_returns_zeroed_aligned_memory(void **state)
{
	static const size_t sizes[] = { 0, 1, 7, 16, 17, 100, 1000, 4000, 5000,
	    70000, 1 << 20, 3 << 20 };
	struct arena a = {0};
	unsigned char *p;
	size_t i, round;

	(void)state;
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 12 * NELEM(sizes); i++) {
			size_t n = sizes[i % NELEM(sizes)];

			p = arena_alloc(&a, n);
			assert_int_equal((uintptr_t)p % 16, 0);
			assert_true(all_zero(p, n));
			memset(p, 0xaa, n);	/* dirt for the next round */
		}
		assert_true(a.used > 0);
		arena_reset(&a);
		assert_int_equal(a.used, 0);
	}
	arena_free(&a);
	arena_free(&a);
	assert_null(a.head);
}

static void
arena_keeps_what_it_handed_out(void **state)
{
	struct arena a = {0};
	uint32_t *v[5000];
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(v); i++) {
		v[i] = ARENA_ARRAY(&a, uint32_t, i % 97 + 1);
		v[i][i % 97] = (uint32_t)i;
		if (i % 500 == 0)
			arena_alloc(&a, 300000);
	}
	for (i = 0; i < NELEM(v); i++)
		assert_int_equal(v[i][i % 97], i);
	arena_free(&a);
}

static void
arena_reset_reuses_the_largest_block(void **state)
{
	struct arena a = {0};
	void *big;

	(void)state;
	arena_alloc(&a, 10);
	big = arena_alloc(&a, 500000);
	arena_alloc(&a, 10);
	arena_reset(&a);
	assert_ptr_equal(arena_alloc(&a, 400000), big);
	arena_free(&a);
}

static void
arena_strings(void **state)
{
	struct arena a = {0};
	char *s, wide[2001];

	(void)state;
	assert_string_equal(arena_str(&a, "دبیر"), "دبیر");
	assert_string_equal(arena_str(&a, ""), "");
	assert_string_equal(arena_strn(&a, "abcdef", 3), "abc");
	assert_string_equal(arena_strn(&a, NULL, 0), "");
	assert_memory_equal(arena_dup(&a, "a\0b", 3), "a\0b", 3);
	assert_non_null(arena_dup(&a, NULL, 0));
	assert_string_equal(arena_printf(&a, "%d %s", 7, "x"), "7 x");
	memset(wide, 'w', 2000);
	wide[2000] = '\0';
	s = arena_printf(&a, "<%s>", wide);
	assert_int_equal(strlen(s), 2002);
	assert_int_equal(s[2001], '>');
	arena_free(&a);
}

static void
buffers_grow_and_stay_terminated(void **state)
{
	struct buf b = {0};
	size_t i;

	(void)state;
	buf_add(&b, NULL, 0);
	assert_string_equal(b.p, "");
	for (i = 0; i < 10000; i++) {
		buf_char(&b, (char)('a' + i % 26));
		assert_int_equal(b.p[b.n], 0);
	}
	assert_int_equal(b.n, 10000);
	assert_true(b.cap > b.n);
	b.n = 0;
	for (i = 0; i < 500; i++)
		buf_printf(&b, "%zu,", i);
	assert_int_equal(b.n, 10 * 2 + 90 * 3 + 400 * 4);
	assert_int_equal(strlen(b.p), b.n);
	b.n = 0;
	buf_utf8(&b, 'x');
	buf_utf8(&b, 0x6cc);
	buf_utf8(&b, 0x1f600);
	buf_utf8(&b, 0xd800);
	buf_utf8(&b, 0x110000);
	assert_string_equal(b.p, "xی😀\xef\xbf\xbd\xef\xbf\xbd");
	buf_free(&b);
	assert_null(b.p);
	buf_str(&b, "again");
	assert_string_equal(b.p, "again");
	buf_free(&b);
	buf_free(&b);
}

/* A printf that fills the room to the last byte must not lose it. */
static void
printf_at_every_fill(void **state)
{
	char word[300];
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(word) - 1; n++) {
		struct buf b = {0};

		memset(word, 'w', n);
		word[n] = '\0';
		buf_printf(&b, "%s", word);
		buf_printf(&b, "%s|", word);
		assert_int_equal(b.n, 2 * n + 1);
		assert_int_equal(b.p[2 * n], '|');
		assert_int_equal(b.p[b.n], 0);
		buf_free(&b);
	}
}

static void
arrays_grow(void **state)
{
	struct { struct pos *v; size_t n, cap; } list = {0};
	size_t i;

	(void)state;
	for (i = 0; i < 10000; i++)
		*VEC_PUSH(&list) = (struct pos){ (uint32_t)i, 1, 2 };
	assert_int_equal(list.n, 10000);
	for (i = 0; i < 10000; i++)
		assert_int_equal(list.v[i].line, i);
	free(list.v);
}

static void
hash_is_fnv_1a(void **state)
{
	(void)state;
	/* Values of the authors' own test suite. */
	assert_true(hash_bytes(HASH_SEED, "", 0) == 0xcbf29ce484222325u);
	assert_true(hash_bytes(HASH_SEED, "a", 1) == 0xaf63dc4c8601ec8cu);
	assert_true(hash_bytes(HASH_SEED, "foobar", 6) ==
	    0x85944171f73967e8u);
	assert_true(hash_bytes(hash_bytes(HASH_SEED, "foo", 3), "bar", 3) ==
	    0x85944171f73967e8u);
}

static void
map_holds_many_keys(void **state)
{
	struct map m = {0};
	char key[32];
	size_t i, at, sum;
	void **slot;
	int values[20000], *v;

	(void)state;
	assert_null(map_get(&m, "x", 1));
	for (i = 0; i < NELEM(values); i++) {
		int n = snprintf(key, sizeof(key), "کلید-%zu", i);

		values[i] = (int)i;
		slot = map_put(&m, key, (size_t)n);
		assert_null(*slot);
		*slot = &values[i];
	}
	assert_int_equal(m.n, NELEM(values));
	for (i = 0; i < NELEM(values); i++) {
		int n = snprintf(key, sizeof(key), "کلید-%zu", i);

		assert_ptr_equal(map_get(&m, key, (size_t)n), &values[i]);
		assert_ptr_equal(*map_put(&m, key, (size_t)n), &values[i]);
	}
	assert_int_equal(m.n, NELEM(values));
	assert_null(map_get(&m, "کلید", strlen("کلید")));
	for (i = 0, sum = 0, at = 0; (v = map_next(&m, &at)) != NULL; i++)
		sum += (size_t)*v;
	assert_int_equal(i, NELEM(values));
	assert_int_equal(sum, NELEM(values) * (NELEM(values) - 1) / 2);
	map_free(&m);
	assert_null(map_get(&m, "x", 1));
}

static void
map_keys_are_bytes(void **state)
{
	struct map m = {0};
	char key[] = "k";

	(void)state;
	*map_put(&m, "a\0b", 3) = "nul";
	*map_put(&m, "a", 1) = "a";
	*map_put(&m, "", 0) = "empty";
	*map_put(&m, key, 1) = "copied";
	key[0] = 'z';
	assert_string_equal(map_get(&m, "a\0b", 3), "nul");
	assert_string_equal(map_get(&m, "a", 1), "a");
	assert_string_equal(map_get(&m, "", 0), "empty");
	assert_string_equal(map_get(&m, "k", 1), "copied");
	assert_null(map_get(&m, "a\0c", 3));
	map_free(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_returns_zeroed_aligned_memory),
		cmocka_unit_test(arena_keeps_what_it_handed_out),
		cmocka_unit_test(arena_reset_reuses_the_largest_block),
		cmocka_unit_test(arena_strings),
		cmocka_unit_test(buffers_grow_and_stay_terminated),
		cmocka_unit_test(printf_at_every_fill),
		cmocka_unit_test(arrays_grow),
		cmocka_unit_test(hash_is_fnv_1a),
		cmocka_unit_test(map_holds_many_keys),
		cmocka_unit_test(map_keys_are_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
