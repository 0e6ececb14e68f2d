/* SPDX-License-Identifier: BSD-2-Clause */
/* SHA-256, HMAC and comparing secrets, by published vectors. */
#include "crypto/digest.h"

#include "bytes.h"
#include "tap.h"

static const struct {
	const char	*rule, *data, *want;
} sha256_cases[] = {
	{ "FIPS 180-4: of nothing", "",
	  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ "FIPS 180-4: \"abc\"", "abc",
	  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ "FIPS 180-4: two blocks", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

/* RFC 4231 s4.2, s4.3; key and data in hexadecimal. */
static const struct {
	const char	*rule;
	enum hmac_alg	 alg;
	const char	*key, *data, *want;
} hmac_cases[] = {
	{ "RFC 4231 case 1, HS256", HMAC_SHA256,
	  "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
	  "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
	{ "RFC 4231 case 1, HS384", HMAC_SHA384,
	  "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
	  "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c"
	  "faea9ea9076ede7f4af152e8b2fa9cb6" },
	{ "RFC 4231 case 1, HS512", HMAC_SHA512,
	  "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
	  "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
	  "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854" },
	{ "RFC 4231 case 2, a short key", HMAC_SHA256, "4a656665",
	  "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	  "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
	{ "no key and no data", HMAC_SHA256, "", "",
	  "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad" },
};

static void
test_sha256(struct arena *a)
{
	uint8_t md[SHA256_LEN];
	size_t i;

	for (i = 0; i < NITEMS(sha256_cases); i++) {
		sha256(view_of(sha256_cases[i].data), md);
		tap_ok(view_eq(view_from(md, sizeof(md)), from_hex(a, sha256_cases[i].want)),
		    "%s", sha256_cases[i].rule);
	}
}

static void
test_hmac(struct arena *a)
{
	uint8_t mac[HMAC_LEN_MAX];
	size_t i;

	for (i = 0; i < NITEMS(hmac_cases); i++) {
		hmac(hmac_cases[i].alg, from_hex(a, hmac_cases[i].key),
		    from_hex(a, hmac_cases[i].data), mac);
		tap_ok(view_eq(view_from(mac, hmac_len(hmac_cases[i].alg)),
		    from_hex(a, hmac_cases[i].want)), "%s", hmac_cases[i].rule);
	}
	tap_is_int((int64_t)hmac_len(HMAC_SHA256), 32, "EAB-08: HS256 keys have 32 octets");
	tap_is_int((int64_t)hmac_len(HMAC_SHA384), 48, "EAB-08: HS384 keys have 48 octets");
	tap_is_int((int64_t)hmac_len(HMAC_SHA512), 64, "EAB-08: HS512 keys have 64 octets");
}

static void
test_secrets(void)
{
	char key[] = "0123456789";

	tap_ok(secret_equal(VIEW("abc"), VIEW("abc")), "EAB-08: equal secrets are equal");
	tap_ok(!secret_equal(VIEW("abc"), VIEW("abd")), "EAB-08: others are not");
	tap_ok(!secret_equal(VIEW("abc"), VIEW("ab")), "a prefix is not equal");
	tap_ok(!secret_equal(VIEW("abc"), VIEW_NONE), "nothing is not equal to something");
	tap_ok(secret_equal(VIEW_NONE, VIEW("")), "nothing equals nothing");
	secret_wipe(key, 5);
	tap_ok(memcmp(key, "\0\0\0\0\0" "56789", 11) == 0, "wiping zeroes what it was told to");
	secret_wipe(NULL, 0);
}

int
main(void)
{
	struct arena *a = arena_new();

	test_sha256(a);
	test_hmac(a);
	test_secrets();
	arena_free(a);
	return tap_done();
}
