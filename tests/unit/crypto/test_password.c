/* SPDX-License-Identifier: BSD-2-Clause */
/* yescrypt passwords. */
#include "crypto/password.h"

#include "tap.h"

static const struct view good = VIEW("correct horse battery staple");

/* The least CPU time of some tries, in microseconds: the machine may be busy. */
static int64_t
cost_us(struct view password, const char *hash)
{
	int64_t least = INT64_MAX, took;
	clock_t start;
	unsigned i;

	for (i = 0; i < 3; i++) {
		start = clock();
		if (password_verify(password, hash))
			return -1;
		took = (int64_t)(clock() - start) * 1000000 / CLOCKS_PER_SEC;
		if (took < least)
			least = took;
	}
	return least;
}

static void
test_verify(void)
{
	char hash[PASSWORD_HASH_MAX], other[PASSWORD_HASH_MAX], longest[PASSWORD_MAX + 1];
	struct err err;

	if (!tap_ok(password_hash(good, hash, &err) == 0, "a password is hashed"))
		return;
	tap_ok(strncmp(hash, "$y$j9T$", 7) == 0, "by yescrypt of the stated cost: %s", hash);
	tap_ok(password_verify(good, hash), "it verifies");
	tap_ok(!password_verify(VIEW("correct horse battery stapl"), hash), "a prefix does not");
	tap_ok(!password_verify(VIEW("Correct horse battery staple"), hash), "nor another case");
	tap_ok(!password_verify(VIEW("correct horse battery staple\0"), hash),
	    "nor the same with a NUL behind");
	tap_ok(!password_verify(VIEW_NONE, hash), "nor nothing");
	tap_ok(!password_verify(good, NULL), "an unknown name has no password");
	tap_ok(!password_verify(good, "*0"), "a hash that is none verifies nothing");
	tap_ok(!password_verify(good, ""), "nor an empty one");
	tap_ok(password_hash(good, other, &err) == 0 && strcmp(hash, other) != 0,
	    "each hash has a salt of its own");
	memset(longest, 'x', sizeof(longest));
	tap_ok(password_hash(view_from(longest, PASSWORD_MAX), hash, &err) == 0 &&
	    password_verify(view_from(longest, PASSWORD_MAX), hash), "the longest password works");
	tap_ok(!password_verify(view_from(longest, PASSWORD_MAX + 1), hash),
	    "a longer one is not cut to it");
	tap_ok(password_hash(view_from(longest, PASSWORD_MAX + 1), hash, &err) == -1,
	    "and is not hashed");
	tap_ok(password_hash(VIEW("a\0b"), hash, &err) == -1, "nor one with a NUL");
}

static void
test_cost(void)
{
	char hash[PASSWORD_HASH_MAX];
	int64_t known, unknown, too_long;
	char longer[PASSWORD_MAX + 1];
	struct err err;

	if (password_hash(good, hash, &err) != 0)
		return;
	memset(longer, 'x', sizeof(longer));
	known = cost_us(VIEW("wrong"), hash);
	unknown = cost_us(VIEW("wrong"), NULL);
	too_long = cost_us(view_from(longer, sizeof(longer)), hash);
	tap_ok(known >= 5000, "a guess costs milliseconds (%lld us)", (long long)known);
	tap_ok(unknown >= known / 2 && unknown <= known * 2,
	    "an unknown name costs as much (%lld us)", (long long)unknown);
	tap_ok(too_long >= known / 2 && too_long <= known * 2,
	    "and so does a password that cannot be (%lld us)", (long long)too_long);
}

int
main(void)
{
	test_verify();
	test_cost();
	return tap_done();
}
