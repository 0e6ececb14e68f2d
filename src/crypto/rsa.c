/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Factoring the moduli that can be factored at once.  The big numbers fail only
 * without memory, which ends the process.
 */
#include "crypto/rsa.h"

#include "crypto/ossl.h"
#include "crypto/scoped.h"

#define SMALL_FACTOR_MAX	752
#define SMALL_FACTOR_BITS	9	/* a prime above it has more */
#define FERMAT_ROUNDS		100
#define POWER_TESTS		64
#define ROCA_GENERATOR		65537
#define ROCA_PRIME_MAX		167

static void
must(int ok)
{
	if (ok != 1)
		ossl_die("big numbers");
}

static BIGNUM *
new_number(void)
{
	BIGNUM *n = BN_new();

	if (n == NULL)
		ossl_die("big numbers");
	return n;
}

/* Odd divisors that are not prime find nothing new, and cost little. */
static bool
has_small_factor(const BIGNUM *n)
{
	BN_ULONG d;

	for (d = 3; d < SMALL_FACTOR_MAX; d += 2)
		if (BN_mod_word(n, d) == 0)
			return true;
	return false;
}

/* root = the square root of n > 0, rounded down: Newton's method from above. */
static void
square_root(BIGNUM *root, const BIGNUM *n, BN_CTX *ctx)
{
	SCOPED(BIGNUM) next = new_number();

	BN_zero(root);
	must(BN_set_bit(root, (BN_num_bits(n) + 1) / 2));
	for (;;) {
		must(BN_div(next, NULL, n, root, ctx));
		must(BN_add(next, next, root));
		must(BN_rshift1(next, next));
		if (BN_cmp(next, root) >= 0)
			return;
		must(BN_copy(root, next) != NULL);
	}
}

static bool
is_square(const BIGNUM *n, BN_CTX *ctx)
{
	/* Bit i: i is a square modulo 64.  Four of five numbers end here. */
	static const uint64_t squares = UINT64_C(0x0202021202030213);
	SCOPED(BIGNUM) root = NULL;
	SCOPED(BIGNUM) square = NULL;

	if (BN_is_zero(n))
		return true;
	if ((squares >> BN_mod_word(n, 64) & 1) == 0)
		return false;
	root = new_number();
	square = new_number();
	square_root(root, n, ctx);
	must(BN_sqr(square, root, ctx));
	return BN_cmp(square, n) == 0;
}

/* Fermat: n = a^2 - b^2 with a just above the square root of n. */
static bool
has_close_primes(const BIGNUM *n, BN_CTX *ctx)
{
	SCOPED(BIGNUM) a = new_number();
	SCOPED(BIGNUM) rest = new_number();
	unsigned i;

	square_root(a, n, ctx);
	for (i = 0; i <= FERMAT_ROUNDS; i++) {
		must(BN_sqr(rest, a, ctx));
		must(BN_sub(rest, rest, n));
		/* Only the first a can lie below the root. */
		if (!BN_is_negative(rest) && is_square(rest, ctx))
			return true;
		must(BN_add_word(a, 1));
	}
	return false;
}

static bool
is_prime(uint64_t n)
{
	uint64_t d;

	for (d = 3; d * d <= n; d += 2)
		if (n % d == 0)
			return false;
	return n % 2 != 0;
}

/* base^exponent modulo a modulus below 2^32. */
static uint64_t
power_mod(uint64_t base, uint64_t exponent, uint64_t modulus)
{
	uint64_t result = 1;

	for (; exponent != 0; exponent >>= 1) {
		if ((exponent & 1) != 0)
			result = result * base % modulus;
		base = base * base % modulus;
	}
	return result;
}

/*
 * A k-th power is one modulo every prime q = 1 (mod k) too, where only one
 * number in k is; 64 such q leave no room for chance.
 */
static bool
is_power_of(const BIGNUM *n, uint64_t k)
{
	unsigned tests = 0;
	uint64_t q, residue;

	for (q = 2 * k + 1; tests < POWER_TESTS; q += 2 * k) {
		if (!is_prime(q) || (residue = BN_mod_word(n, q)) == 0)
			continue;
		if (power_mod(residue, (q - 1) / k, q) != 1)
			return false;
		tests++;
	}
	return true;
}

static bool
is_power(const BIGNUM *n)
{
	uint64_t k, max = (uint64_t)BN_num_bits(n) / SMALL_FACTOR_BITS;

	for (k = 3; k <= max; k += 2)
		if (is_prime(k) && is_power_of(n, k))
			return true;
	return false;
}

/* Is it a power of the generator modulo that prime? */
static bool
is_roca_residue(uint64_t residue, uint64_t prime)
{
	uint64_t x = 1;

	do {
		if (x == residue)
			return true;
		x = x * ROCA_GENERATOR % prime;
	} while (x != 1);
	return false;
}

/*
 * CVE-2017-15361: the primes that some chips made are powers of 65537 modulo each
 * small prime, and so is their product.  Of other moduli one in 2^27 is.
 */
static bool
is_roca(const BIGNUM *n)
{
	uint64_t prime;

	for (prime = 3; prime <= ROCA_PRIME_MAX; prime += 2)
		if (is_prime(prime) && !is_roca_residue(BN_mod_word(n, prime), prime))
			return false;
	return true;
}

enum rsa_flaw
rsa_find_flaw(struct view modulus)
{
	SCOPED(BIGNUM) n = BN_bin2bn((const uint8_t *)modulus.p, (int)modulus.n, NULL);
	SCOPED(BN_CTX) ctx = BN_CTX_new();

	if (n == NULL || ctx == NULL)
		ossl_die("big numbers");
	if (!BN_is_odd(n))
		return RSA_FLAW_EVEN;
	if (has_small_factor(n))
		return RSA_FLAW_SMALL_FACTOR;
	if (is_roca(n))
		return RSA_FLAW_ROCA;
	if (has_close_primes(n, ctx))
		return RSA_FLAW_CLOSE_PRIMES;
	return is_power(n) ? RSA_FLAW_POWER : RSA_FLAW_NONE;
}
