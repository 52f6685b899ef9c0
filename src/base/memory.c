/*
 * Arenas, buffers, arrays, the map. Whoever runs out of memory here ends
 * the program: a typesetter has nothing sensible to do without it, and no
 * caller has to write a path that no test can reach.
 */
#include "base/base.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#define REDZONE 16	/* so that running off one allocation is seen */
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define REDZONE 0
#endif

#define ALIGN 16		/* >= _Alignof(max_align_t) here */
#define BLOCK_MIN 4096
#define BLOCK_MAX ((size_t)1 << 20)

/* Nothing half written stays behind. */
_Noreturn void
out_of_memory(void)
{
	fputs("dabir: out of memory; nothing was written\n", stderr);
	out_abort_all();
	_exit(2);
}

void *
xmalloc(size_t n)
{
	void *p;

	p = malloc(n != 0 ? n : 1);
	if (p == NULL)
		out_of_memory();
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p;

	if (n == 0 || size == 0)
		n = size = 1;
	p = calloc(n, size);
	if (p == NULL)
		out_of_memory();
	return p;
}

void *
xrealloc(void *p, size_t n)
{
	p = realloc(p, n != 0 ? n : 1);
	if (p == NULL)
		out_of_memory();
	return p;
}

char *
xstrdup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(xmalloc(n), s, n);
}

/* --------------------------------------------------------------- arena */

/*
 * The block being filled is the head; full ones and oversized ones hang
 * behind it.
 */
struct arena_block {
	_Alignas(ALIGN) struct arena_block *next;
	size_t used, cap;	/* [byte] of data */
	_Alignas(ALIGN) unsigned char data[];
};

static struct arena_block *
block_new(size_t cap, bool zeroed)
{
	struct arena_block *b;

	b = zeroed ? xcalloc(1, sizeof(*b) + cap) : xmalloc(sizeof(*b) + cap);
	b->next = NULL;
	b->used = 0;
	b->cap = cap;
	POISON(b->data, cap);
	return b;
}

static void
block_free(struct arena_block *b)
{
	UNPOISON(b->data, b->cap);
	free(b);
}

static void *
block_take(struct arena_block *b, size_t rounded, size_t n)
{
	void *p = b->data + b->used;

	b->used += rounded;
	UNPOISON(p, n);
	return p;
}

/* The current block cannot hold the request. */
static void *
arena_slow(struct arena *a, size_t rounded, size_t n, bool zero)
{
	struct arena_block *b, *head = a->head;
	size_t cap;
	void *p;

	cap = head == NULL ? BLOCK_MIN : MIN(head->cap * 2, BLOCK_MAX);
	if (rounded > cap / 2) {
		/*
		 * A block of its own, behind the head, whose rest stays in
		 * use. calloc leaves the zeroing of large ones to the kernel.
		 */
		b = block_new(rounded, zero);
		if (head != NULL) {
			b->next = head->next;
			head->next = b;
		} else {
			a->head = b;
		}
		return block_take(b, rounded, n);
	}
	b = block_new(cap, false);
	b->next = head;
	a->head = b;
	p = block_take(b, rounded, n);
	return zero ? memset(p, 0, n) : p;
}

static inline void *
arena_take(struct arena *a, size_t n, bool zero)
{
	struct arena_block *b = a->head;
	size_t rounded;
	void *p;

	if (n > SIZE_MAX / 4)
		out_of_memory();
	/* Even nothing gets an address of its own. */
	rounded = ((n != 0 ? n : 1) + REDZONE + ALIGN - 1) &
	    ~(size_t)(ALIGN - 1);
	a->used += rounded;
	if (b == NULL || b->cap - b->used < rounded)
		return arena_slow(a, rounded, n, zero);
	p = block_take(b, rounded, n);
	return zero ? memset(p, 0, n) : p;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	return arena_take(a, n, true);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total))
		out_of_memory();
	return arena_take(a, total, true);
}

void *
arena_dup(struct arena *a, const void *p, size_t n)
{
	void *q = arena_take(a, n, false);

	if (n != 0)
		memcpy(q, p, n);
	return q;
}

char *
arena_strn(struct arena *a, const char *s, size_t n)
{
	char *q = arena_take(a, n + 1, false);

	if (n != 0)
		memcpy(q, s, n);
	q[n] = '\0';
	return q;
}

char *
arena_str(struct arena *a, const char *s)
{
	return arena_strn(a, s, strlen(s));
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	char small[512], *p;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (n < 0)
		return arena_strn(a, "", 0);
	if ((size_t)n < sizeof(small))
		return arena_strn(a, small, (size_t)n);
	p = arena_take(a, (size_t)n + 1, false);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}

void
arena_reset(struct arena *a)
{
	struct arena_block *b, *next, *keep = a->head;

	if (keep == NULL)
		return;
	for (b = keep->next; b != NULL; b = b->next) {
		if (b->cap > keep->cap)
			keep = b;
	}
	for (b = a->head; b != NULL; b = next) {
		next = b->next;
		if (b != keep)
			block_free(b);
	}
	keep->next = NULL;
	keep->used = 0;
	POISON(keep->data, keep->cap);
	a->head = keep;
	a->used = 0;
}

void
arena_free(struct arena *a)
{
	struct arena_block *b, *next;

	for (b = a->head; b != NULL; b = next) {
		next = b->next;
		block_free(b);
	}
	a->head = NULL;
	a->used = 0;
}

/* -------------------------------------------------------------- buffer */

void
buf_reserve(struct buf *b, size_t extra)
{
	size_t need, cap;

	if (b->p != NULL && extra < b->cap - b->n)
		return;
	if (extra > SIZE_MAX / 4 || b->n > SIZE_MAX / 4)
		out_of_memory();
	need = b->n + extra + 1;
	cap = b->cap < 64 ? 64 : b->cap;
	while (cap < need)
		cap += cap / 2;
	b->p = xrealloc(b->p, cap);
	b->cap = cap;
	b->p[b->n] = '\0';
}

void
buf_add(struct buf *b, const void *p, size_t n)
{
	buf_reserve(b, n);
	if (n != 0)
		memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void
buf_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_char(struct buf *b, char c)
{
	buf_reserve(b, 1);
	b->p[b->n++] = c;
	b->p[b->n] = '\0';
}

void
buf_utf8(struct buf *b, uint32_t cp)
{
	buf_reserve(b, 4);
	b->n += utf8_put(b->p + b->n, cp);
	b->p[b->n] = '\0';
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	buf_reserve(b, 80);
	va_start(ap, fmt);
	n = vsnprintf(b->p + b->n, b->cap - b->n, fmt, ap);
	va_end(ap);
	if (n < 0) {
		b->p[b->n] = '\0';
		return;
	}
	if ((size_t)n >= b->cap - b->n) {
		buf_reserve(b, (size_t)n);
		va_start(ap, fmt);
		vsnprintf(b->p + b->n, b->cap - b->n, fmt, ap);
		va_end(ap);
	}
	b->n += (size_t)n;
}

void
buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){0};
}

/* --------------------------------------------------------------- array */

void
vec_grow(void **v, size_t *cap, size_t n, size_t size)
{
	size_t want, bytes;
	void *p;

	if (n <= *cap)
		return;
	want = *cap < 8 ? 8 : *cap + *cap / 2;
	if (want < n)
		want = n;
	if (__builtin_mul_overflow(want, size, &bytes))
		out_of_memory();
	/*
	 * The caller's pointer has another type than void *: copied in and
	 * out by bytes, since reading it through *v would break aliasing.
	 */
	memcpy(&p, v, sizeof(p));
	p = xrealloc(p, bytes);
	memcpy(v, &p, sizeof(p));
	*cap = want;
}

/* ----------------------------------------------------------------- map */

uint64_t
hash_bytes(uint64_t h, const void *p, size_t n)
{
	const unsigned char *s = p;
	size_t i;

	for (i = 0; i < n; i++)
		h = (h ^ s[i]) * 0x100000001b3u;
	return h;
}

static uint64_t
mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 32;
}

uint64_t
hash_fast(uint64_t h, const void *p, size_t n)
{
	const unsigned char *s = p;
	uint64_t v;

	for (; n >= 8; s += 8, n -= 8) {
		memcpy(&v, s, 8);
		h = mix(h, le64toh(v));
	}
	/* What is left by loads of a fixed size, which may overlap: most keys
	 * are shorter than a word, and a copy of any length is a call. */
	if (n >= 4) {
		uint32_t lo, hi;

		memcpy(&lo, s, 4);
		memcpy(&hi, s + n - 4, 4);
		h = mix(h, (uint64_t)le32toh(hi) << 32 | le32toh(lo));
	} else if (n > 0) {
		h = mix(h, (uint64_t)s[n - 1] << 16 |
		    (uint64_t)s[n / 2] << 8 | s[0]);
	}
	return h;
}

/* Open addressing, linear probing, never more than 3/4 full. */
struct map_slot {
	char *key;		/* NULL: empty */
	size_t n;
	uint64_t hash;
	void *value;
};

static struct map_slot *
map_find(const struct map *m, uint64_t h, const char *key, size_t n)
{
	size_t i, mask = m->cap - 1;
	struct map_slot *s;

	/* FNV leaves its best bits on top; fold them into the index. */
	for (i = (size_t)(h ^ h >> 32) & mask;; i = (i + 1) & mask) {
		s = &m->slots[i];
		if (s->key == NULL || (s->hash == h && s->n == n &&
		    memcmp(s->key, key, n) == 0))
			return s;
	}
}

static void
map_grow(struct map *m)
{
	struct map old = *m;
	size_t i;

	m->cap = old.cap == 0 ? 16 : old.cap * 2;
	m->slots = xcalloc(m->cap, sizeof(*m->slots));
	for (i = 0; i < old.cap; i++) {
		if (old.slots[i].key == NULL)
			continue;
		*map_find(m, old.slots[i].hash, old.slots[i].key,
		    old.slots[i].n) = old.slots[i];
	}
	free(old.slots);
}

void **
map_put(struct map *m, const char *key, size_t n)
{
	uint64_t h = hash_bytes(HASH_SEED, key, n);
	struct map_slot *s;

	if (m->n + 1 > m->cap / 4 * 3)
		map_grow(m);
	s = map_find(m, h, key, n);
	if (s->key == NULL) {
		s->key = xmalloc(n + 1);
		if (n != 0)
			memcpy(s->key, key, n);
		s->key[n] = '\0';
		s->n = n;
		s->hash = h;
		m->n++;
	}
	return &s->value;
}

void *
map_get(const struct map *m, const char *key, size_t n)
{
	struct map_slot *s;

	if (m->n == 0)
		return NULL;
	s = map_find(m, hash_bytes(HASH_SEED, key, n), key, n);
	return s->key != NULL ? s->value : NULL;
}

void *
map_next(const struct map *m, size_t *i)
{
	while (*i < m->cap) {
		struct map_slot *s = &m->slots[(*i)++];

		if (s->key != NULL && s->value != NULL)
			return s->value;
	}
	return NULL;
}

void
map_free(struct map *m)
{
	size_t i;

	for (i = 0; i < m->cap; i++)
		free(m->slots[i].key);
	free(m->slots);
	*m = (struct map){0};
}

int64_t
clock_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}
