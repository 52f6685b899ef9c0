/*
 * SHA-256 (FIPS 180-4), to compare a font file with the manifest.
 *
 * Every face that is opened is hashed whole, on the way of every build, so
 * the time counts: portable C takes 3 ms for the 0.8 MB of Gentium, the
 * processor's own instructions 0.5. No library that is linked anyway has it.
 */
#include "font/private.h"

#include <string.h>

#if (defined(__x86_64__) || defined(__i386__)) && \
    __has_include(<sys/platform/x86.h>)
#include <immintrin.h>
#include <sys/platform/x86.h>
#define HAVE_SHA_NI 1
#endif

/* First 32 bits of the fractional parts of the cube roots of 64 primes. */
static const uint32_t K[64] __attribute__((aligned(16))) = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
	0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
	0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
	0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
	0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t
ror(uint32_t v, int n)
{
	return v >> n | v << (32 - n);
}

/* The eight words move down one a round; unrolled by eight they only change
 * names, and it takes 40% of the time. */
static void
blocks_plain(uint32_t h[8], const uint8_t *p, size_t nblocks)
{
	uint32_t w[64], a, b, c, d, e, f, g, k, t;
	int i;

	for (; nblocks > 0; nblocks--, p += 64) {
		for (i = 0; i < 16; i++)
			w[i] = be32(p + 4 * i);
		for (; i < 64; i++)
			w[i] = w[i - 16] + w[i - 7] +
			    (ror(w[i - 15], 7) ^ ror(w[i - 15], 18) ^
			    w[i - 15] >> 3) +
			    (ror(w[i - 2], 17) ^ ror(w[i - 2], 19) ^
			    w[i - 2] >> 10);
		a = h[0];
		b = h[1];
		c = h[2];
		d = h[3];
		e = h[4];
		f = h[5];
		g = h[6];
		k = h[7];
#pragma GCC unroll 8
		for (i = 0; i < 64; i++) {
			t = k + (ror(e, 6) ^ ror(e, 11) ^ ror(e, 25)) +
			    (g ^ (e & (f ^ g))) + K[i] + w[i];
			k = g;
			g = f;
			f = e;
			e = d + t;
			t += (ror(a, 2) ^ ror(a, 13) ^ ror(a, 22)) +
			    ((a & b) | (c & (a | b)));
			d = c;
			c = b;
			b = a;
			a = t;
		}
		h[0] += a;
		h[1] += b;
		h[2] += c;
		h[3] += d;
		h[4] += e;
		h[5] += f;
		h[6] += g;
		h[7] += k;
	}
}

#ifdef HAVE_SHA_NI
/*
 * The instructions keep the eight words as two vectors, ABEF and CDGH; one
 * of them makes two rounds and returns the new ABEF, the old ABEF being the
 * new CDGH, so that two of them in turn leave both where they were.
 */
__attribute__((target("sha,sse4.1,ssse3"))) static void
blocks_ni(uint32_t h[8], const uint8_t *p, size_t nblocks)
{
	const __m128i swap = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11,
	    4, 5, 6, 7, 0, 1, 2, 3);
	__m128i abef, cdgh, abef0, cdgh0, m[4], k, next;
	int i;

	abef = _mm_set_epi32((int)h[0], (int)h[1], (int)h[4], (int)h[5]);
	cdgh = _mm_set_epi32((int)h[2], (int)h[3], (int)h[6], (int)h[7]);
	for (; nblocks > 0; nblocks--, p += 64) {
		abef0 = abef;
		cdgh0 = cdgh;
		for (i = 0; i < 4; i++)
			m[i] = _mm_shuffle_epi8(_mm_loadu_si128(
			    (const __m128i *)(const void *)(p + 16 * i)), swap);
#pragma GCC unroll 16
		for (i = 0; i < 16; i++) {
			k = _mm_add_epi32(m[i & 3], _mm_load_si128(
			    (const __m128i *)(const void *)(K + 4 * i)));
			cdgh = _mm_sha256rnds2_epu32(cdgh, abef, k);
			abef = _mm_sha256rnds2_epu32(abef, cdgh,
			    _mm_shuffle_epi32(k, 0x0e));
			if (i >= 12)
				continue;
			/* Words 4i + 16 .. 4i + 19 take the place of the
			 * oldest four. */
			next = _mm_add_epi32(
			    _mm_sha256msg1_epu32(m[i & 3], m[(i + 1) & 3]),
			    _mm_alignr_epi8(m[(i + 3) & 3], m[(i + 2) & 3], 4));
			m[i & 3] = _mm_sha256msg2_epu32(next, m[(i + 3) & 3]);
		}
		abef = _mm_add_epi32(abef, abef0);
		cdgh = _mm_add_epi32(cdgh, cdgh0);
	}
	h[0] = (uint32_t)_mm_extract_epi32(abef, 3);
	h[1] = (uint32_t)_mm_extract_epi32(abef, 2);
	h[4] = (uint32_t)_mm_extract_epi32(abef, 1);
	h[5] = (uint32_t)_mm_extract_epi32(abef, 0);
	h[2] = (uint32_t)_mm_extract_epi32(cdgh, 3);
	h[3] = (uint32_t)_mm_extract_epi32(cdgh, 2);
	h[6] = (uint32_t)_mm_extract_epi32(cdgh, 1);
	h[7] = (uint32_t)_mm_extract_epi32(cdgh, 0);
}

/* As the C library knows it from the start: to ask the processor costs some
 * microseconds each time where it is a virtual one. */
static bool
cpu_has_sha(void)
{
	return CPU_FEATURE_ACTIVE(SHA) && CPU_FEATURE_ACTIVE(SSE4_1) &&
	    CPU_FEATURE_ACTIVE(SSSE3);
}
#endif

static void
blocks(uint32_t h[8], const uint8_t *p, size_t nblocks)
{
#ifdef HAVE_SHA_NI
	if (cpu_has_sha()) {
		blocks_ni(h, p, nblocks);
		return;
	}
#endif
	blocks_plain(h, p, nblocks);
}

static void
hash(const void *p, size_t n, uint8_t out[static SHA256_SIZE],
    void (*run)(uint32_t *, const uint8_t *, size_t))
{
	uint32_t h[8] = {
		0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
		0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
	};
	uint8_t tail[128] = {0};
	size_t whole = n / 64, rest = n % 64, ntail = rest < 56 ? 1 : 2;
	int i;

	run(h, p, whole);
	if (rest > 0)
		memcpy(tail, (const uint8_t *)p + whole * 64, rest);
	tail[rest] = 0x80;
	put32(tail + ntail * 64 - 8, (uint32_t)((uint64_t)n >> 29));
	put32(tail + ntail * 64 - 4, (uint32_t)((uint64_t)n << 3));
	run(h, tail, ntail);
	for (i = 0; i < 8; i++)
		put32(out + 4 * i, h[i]);
}

void
sha256(const void *p, size_t n, uint8_t out[static SHA256_SIZE])
{
	hash(p, n, out, blocks);
}

void
sha256_plain(const void *p, size_t n, uint8_t out[static SHA256_SIZE])
{
	hash(p, n, out, blocks_plain);
}

void
sha256_hex(const uint8_t sum[static SHA256_SIZE],
    char out[static 2 * SHA256_SIZE + 1])
{
	static const char digit[] = "0123456789abcdef";
	int i;

	for (i = 0; i < SHA256_SIZE; i++) {
		out[2 * i] = digit[sum[i] >> 4];
		out[2 * i + 1] = digit[sum[i] & 15];
	}
	out[2 * SHA256_SIZE] = '\0';
}
