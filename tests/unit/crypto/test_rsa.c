/* SPDX-License-Identifier: BSD-2-Clause */
/* Moduli that can be factored at once (KEY-03, KEY-05, KEY-06). */
#include "crypto/rsa.h"

#include <openssl/bn.h>

#include "base/arena.h"
#include "bytes.h"
#include "tap.h"

static struct view
bytes_of(struct arena *a, const BIGNUM *n)
{
	size_t len = (size_t)BN_num_bytes(n);
	unsigned char *p = arena_alloc(a, len);

	(void)BN_bn2bin(n, p);
	return view_from(p, len);
}

static BIGNUM *
prime(int bits)
{
	BIGNUM *p = BN_new();

	if (p == NULL || BN_generate_prime_ex(p, bits, 0, NULL, NULL, NULL) != 1)
		abort();
	return p;
}

static enum rsa_flaw
flaw_of(struct arena *a, const BIGNUM *n)
{
	return rsa_find_flaw(bytes_of(a, n));
}

static void
test_sound(struct arena *a)
{
	BIGNUM *n = prime(1024), *p;
	BN_CTX *ctx = BN_CTX_new();
	unsigned i;

	for (i = 2; i <= 4; i++) {
		p = prime(1024);
		(void)BN_mul(n, n, p, ctx);
		tap_is_int(flaw_of(a, n), RSA_FLAW_NONE, "%u primes of 1024 bits are sound", i);
		BN_free(p);
	}
	BN_free(n);
	BN_CTX_free(ctx);
}

static void
test_small_factors(struct arena *a)
{
	static const BN_ULONG factors[] = { 3, 5, 7, 127, 509, 743, 751 };
	BIGNUM *p = prime(2040), *n = BN_new();
	size_t i;

	for (i = 0; i < NITEMS(factors); i++) {
		(void)(BN_copy(n, p) != NULL && BN_mul_word(n, factors[i]));
		tap_is_int(flaw_of(a, n), RSA_FLAW_SMALL_FACTOR, "KEY-03: a factor %u",
		    (unsigned)factors[i]);
	}
	(void)(BN_copy(n, p) != NULL && BN_mul_word(n, 757));
	tap_is_int(flaw_of(a, n), RSA_FLAW_NONE, "KEY-03: the factor 757 is beyond the rule");
	(void)(BN_copy(n, p) != NULL && BN_mul_word(n, 2));
	tap_is_int(flaw_of(a, n), RSA_FLAW_EVEN, "KEY-03: an even modulus");
	BN_free(p);
	BN_free(n);
}

/*
 * n = (a - b)(a + b) that Fermat's method takes just so many rounds for: the
 * root of n lies about b^2 / 2a below a.
 */
static void
fermat_number(BIGNUM *n, BIGNUM *a, unsigned rounds, BN_CTX *ctx)
{
	BIGNUM *b = BN_new(), *square = BN_new();
	int bit;

	/* b = the square root of 2a * (rounds - 1/2), bit by bit. */
	BN_zero(b);
	for (bit = 530; bit >= 0; bit--) {
		(void)BN_set_bit(b, bit);
		(void)BN_sqr(square, b, ctx);
		(void)BN_set_word(n, 2 * rounds - 1);
		(void)BN_mul(n, n, a, ctx);
		if (BN_cmp(square, n) > 0)
			(void)BN_clear_bit(b, bit);
	}
	/* One of a and b is even, so that n is odd. */
	if (BN_is_odd(b) == BN_is_odd(a))
		(void)BN_sub_word(b, 1);
	(void)BN_sqr(n, a, ctx);
	(void)BN_sqr(square, b, ctx);
	(void)BN_sub(n, n, square);
	BN_free(b);
	BN_free(square);
}

static enum rsa_flaw
fermat_flaw(struct arena *arena, unsigned rounds)
{
	BIGNUM *n = BN_new(), *a = BN_new();
	BN_CTX *ctx = BN_CTX_new();
	enum rsa_flaw flaw;

	(void)BN_rand(a, 1024, BN_RAND_TOP_TWO, BN_RAND_BOTTOM_ANY);
	do {
		(void)BN_add_word(a, 1);
		fermat_number(n, a, rounds, ctx);
		flaw = flaw_of(arena, n);
	} while (flaw == RSA_FLAW_SMALL_FACTOR);
	BN_free(n);
	BN_free(a);
	BN_CTX_free(ctx);
	return flaw;
}

static void
test_close_primes(struct arena *a)
{
	BIGNUM *p = prime(1024), *q = BN_dup(p), *n = BN_new();
	BN_CTX *ctx = BN_CTX_new();

	do
		(void)BN_add_word(q, 2);
	while (BN_check_prime(q, ctx, NULL) != 1);
	(void)BN_mul(n, p, q, ctx);
	tap_is_int(flaw_of(a, n), RSA_FLAW_CLOSE_PRIMES, "KEY-06: two primes that are neighbours");
	(void)BN_sqr(n, p, ctx);
	tap_is_int(flaw_of(a, n), RSA_FLAW_CLOSE_PRIMES, "KEY-03: the square of a prime");
	tap_is_int(fermat_flaw(a, 1), RSA_FLAW_CLOSE_PRIMES, "KEY-06: found in round 1");
	tap_is_int(fermat_flaw(a, 2), RSA_FLAW_CLOSE_PRIMES, "KEY-06: found in round 2");
	tap_is_int(fermat_flaw(a, 99), RSA_FLAW_CLOSE_PRIMES, "KEY-06: found in round 99");
	tap_is_int(fermat_flaw(a, 100), RSA_FLAW_CLOSE_PRIMES, "KEY-06: found in round 100");
	tap_is_int(fermat_flaw(a, 101), RSA_FLAW_NONE, "KEY-06: beyond 100 rounds nobody looks");
	BN_free(p);
	BN_free(q);
	BN_free(n);
	BN_CTX_free(ctx);
}

static void
test_powers(struct arena *a)
{
	static const struct { int bits; BN_ULONG exponent; } powers[] = {
		{ 683, 3 }, { 410, 5 }, { 293, 7 }, { 228, 9 }, { 32, 67 },
	};
	BIGNUM *n = BN_new(), *exponent = BN_new(), *p;
	BN_CTX *ctx = BN_CTX_new();
	size_t i;

	for (i = 0; i < NITEMS(powers); i++) {
		p = prime(powers[i].bits);
		(void)(BN_set_word(exponent, powers[i].exponent) && BN_exp(n, p, exponent, ctx));
		tap_is_int(flaw_of(a, n), RSA_FLAW_POWER, "KEY-03: a prime to the %u",
		    (unsigned)powers[i].exponent);
		BN_free(p);
	}
	p = BN_new();
	(void)(BN_set_word(p, 757) && BN_set_word(exponent, 211) && BN_exp(n, p, exponent, ctx));
	tap_is_int(flaw_of(a, n), RSA_FLAW_POWER, "KEY-03: 757 to the 211");
	BN_free(n);
	BN_free(p);
	BN_free(exponent);
	BN_CTX_free(ctx);
}

/* m = the primes up to 167; returns the count of them. */
static int
primorial(BIGNUM *m, BN_CTX *ctx)
{
	BIGNUM *p = BN_new();
	BN_ULONG w;
	int n = 0;

	(void)BN_one(m);
	for (w = 2; w <= 167; w++)
		if (BN_set_word(p, w) == 1 && BN_check_prime(p, ctx, NULL) == 1) {
			(void)BN_mul_word(m, w);
			n++;
		}
	BN_free(p);
	return n;
}

/* A prime as the chips made them: k * m + (65537^a mod m). */
static BIGNUM *
roca_prime(const BIGNUM *m, BN_CTX *ctx)
{
	BIGNUM *p = BN_new(), *k = BN_new(), *a = BN_new(), *g = BN_new();

	do {
		(void)BN_rand(k, 1024 - BN_num_bits(m), BN_RAND_TOP_TWO, BN_RAND_BOTTOM_ANY);
		(void)BN_rand(a, 200, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY);
		(void)BN_set_word(g, 65537);
		(void)BN_mod_exp(p, g, a, m, ctx);
		(void)BN_mul(k, k, m, ctx);
		(void)BN_add(p, p, k);
	} while (BN_check_prime(p, ctx, NULL) != 1);
	BN_free(k);
	BN_free(a);
	BN_free(g);
	return p;
}

/* n by a number that is one modulo every prime of m but 11, where 65537 has the powers 1 and 10. */
static void
spoil_roca(BIGNUM *n, const BIGNUM *m, BN_CTX *ctx)
{
	BIGNUM *step = BN_dup(m), *c = BN_new();
	BN_ULONG rest;

	(void)BN_div_word(step, 11);
	(void)BN_one(c);
	do {
		(void)BN_add(c, c, step);
		rest = BN_mod_word(c, 11);
	} while (rest == 1 || rest == 10 || BN_check_prime(c, ctx, NULL) != 1);
	(void)BN_mul(n, n, c, ctx);
	BN_free(step);
	BN_free(c);
}

static void
test_roca(struct arena *a)
{
	BN_CTX *ctx = BN_CTX_new();
	BIGNUM *m = BN_new(), *n = BN_new(), *p, *q, *other = prime(1024);

	tap_is_int(primorial(m, ctx), 39, "39 primes up to 167");
	p = roca_prime(m, ctx);
	q = roca_prime(m, ctx);
	(void)BN_mul(n, p, q, ctx);
	tap_is_int(flaw_of(a, n), RSA_FLAW_ROCA, "KEY-05: two primes of a faulty chip");
	spoil_roca(n, m, ctx);
	tap_is_int(flaw_of(a, n), RSA_FLAW_NONE, "KEY-05: all but one small prime are as the chip's");
	(void)BN_mul(n, p, other, ctx);
	tap_is_int(flaw_of(a, n), RSA_FLAW_NONE, "KEY-05: one of them beside a sound one");
	BN_free(other);
	BN_free(p);
	BN_free(q);
	BN_free(m);
	BN_free(n);
	BN_CTX_free(ctx);
}

int
main(void)
{
	struct arena *a = arena_new();

	test_sound(a);
	test_small_factors(a);
	test_close_primes(a);
	test_powers(a);
	test_roca(a);
	arena_free(a);
	return tap_done();
}
