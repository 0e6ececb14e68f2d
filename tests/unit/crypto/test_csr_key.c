/* SPDX-License-Identifier: BSD-2-Clause */
/* PKCS#10 requests: keys and signatures. */
#include "crypto/csr.h"

#include <openssl/ec.h>
#include <openssl/rsa.h>

#include "bytes.h"
#include "csrcase.h"
#include "tap.h"

static EVP_PKEY *p256;

static void
test_signatures(struct arena *a)
{
	static const char good[] = "dns:example.test\n", bad[] = "!must be signed with";
	static const struct { const char *digest, *want; bool has_ecdsa; } digests[] = {
		{ "SHA256", good, true }, { "SHA384", good, true }, { "SHA512", good, true },
		{ "SHA1", bad, true }, { "SHA224", bad, true }, { "MD5", bad, false },
	};
	EVP_PKEY *rsa = EVP_RSA_gen(2048), *other = EVP_EC_gen("P-256");
	struct csr_spec spec = spec_of(a, p256, NULL, "dns:example.test");
	size_t i;

	for (i = 0; i < NITEMS(digests); i++) {
		spec.digest = digests[i].digest;
		spec.pkey = rsa;
		is_made(a, &spec, digests[i].want,
		    arena_printf(a, "FIN-04: RSA with %s", spec.digest));
		spec.pkey = p256;
		if (digests[i].has_ecdsa)
			is_made(a, &spec, digests[i].want,
			    arena_printf(a, "FIN-04: ECDSA with %s", spec.digest));
	}
	spec.digest = NULL;
	spec.spki = spki_of(a, other);
	is_made(a, &spec, "!not made with its own key", "FIN-03: a signature by another key");
	spec.spki = spki_of(a, rsa);
	is_made(a, &spec, "!not made with its own key", "FIN-03: or by a key of another type");
	spec = spec_of(a, p256, NULL, "dns:example.test");
	spec.pkey = rsa;
	spec.alg = der(a, 0x30, oid(a, "RSA-SHA384"));
	is_made(a, &spec, "!not made with its own key",
	    "FIN-04: a digest other than the one signed");
	spec.alg = der(a, 0x30, cat(a, 2, oid(a, "rsassaPss"), der(a, 0x30, VIEW_NONE)));
	is_made(a, &spec, "!must be signed with", "FIN-04: PSS");
	spec.alg = der(a, 0x30, oid(a, "dsa_with_SHA256"));
	is_made(a, &spec, "!must be signed with", "FIN-04: DSA");
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(other);
}

static void
key_row(struct arena *a, const char *rule, EVP_PKEY *pkey, enum jwk_type type, unsigned bits)
{
	struct csr_spec spec = spec_of(a, p256, NULL, "dns:example.test");
	uint8_t md[SHA256_LEN];
	struct err err = ERR_INIT;
	struct csr csr;

	spec.pkey = pkey;
	if (!tap_ok(csr_parse(a, make_csr(a, &spec), &csr, &err) == 0, "%s: %s", rule, err.detail))
		return;
	sha256(csr.spki, md);
	tap_ok(csr.key_type == type && csr.key_bits == bits &&
	    view_eq(csr.spki, spki_of(a, pkey)) &&
	    memcmp(md, csr.spki_sha256, sizeof(md)) == 0, "%s: type, size, bytes, digest", rule);
	tap_ok(type == JWK_RSA ? csr.rsa_e == 65537 && csr.rsa_n.n == bits / 8 :
	    csr.rsa_e == 0 && csr.rsa_n.n == 0, "%s: RSA numbers", rule);
}

/* A request whose key stands there in other bytes. */
static void
is_spki(struct arena *a, EVP_PKEY *pkey, struct view spki, const char *want, const char *rule)
{
	struct csr_spec spec = spec_of(a, p256, NULL, "dns:example.test");

	spec.pkey = pkey;
	spec.spki = spki;
	is_made(a, &spec, want, rule);
}

static void
test_rsa_keys(struct arena *a)
{
	EVP_PKEY *rsa = EVP_RSA_gen(2048);
	struct view spki = spki_of(a, rsa), bits = view_sub(spki, 19, spki.n);
	struct view alg = oid(a, "rsaEncryption"), null = VIEW("\5\0");

	key_row(a, "PRO-20: RSA", rsa, JWK_RSA, 2048);
	is_spki(a, rsa, der(a, 0x30, cat(a, 2, der(a, 0x30, cat(a, 2, alg, null)), bits)),
	    "dns:example.test\n", "PRO-20: the exact encoding");
	is_spki(a, rsa, der(a, 0x30, cat(a, 2, der(a, 0x30, alg), bits)),
	    "!must be RSA", "PRO-20: rsaEncryption without NULL");
	is_spki(a, rsa, der(a, 0x30, cat(a, 2, der(a, 0x30, oid(a, "rsassaPss")), bits)),
	    "!must be RSA", "PRO-20: id-RSASSA-PSS");
	is_spki(a, rsa, der(a, 0x30, cat(a, 2, der(a, 0x30, cat(a, 2, alg, null)),
	    der(a, 0x03, cat(a, 2, VIEW("\0"), der(a, 0x30, cat(a, 2,
	    VIEW("\x02\x02\x00\x0f"), VIEW("\x02\x01\x03"))))))),
	    "!encoding of its algorithm", "PRO-20: an INTEGER with a needless zero");
	is_spki(a, rsa, der(a, 0x30, cat(a, 2, der(a, 0x30, cat(a, 2, alg, null)),
	    der(a, 0x03, cat(a, 2, VIEW("\0"), der(a, 0x30, cat(a, 2,
	    VIEW("\x02\x01\xff"), VIEW("\x02\x01\x03"))))))),
	    "!encoding of its algorithm", "PRO-20: a negative modulus");
	EVP_PKEY_free(rsa);
}

static void
test_ec_keys(struct arena *a)
{
	EVP_PKEY *p384 = EVP_EC_gen("P-384"), *p521 = EVP_EC_gen("P-521");
	EVP_PKEY *key = EVP_EC_gen("P-256"), *k256 = EVP_EC_gen("secp256k1");
	struct view point = view_sub(spki_of(a, key), 23, 68);
	struct csr_spec spec = spec_of(a, p256, NULL, "dns:example.test");

	key_row(a, "PRO-21: P-256", key, JWK_P256, 256);
	key_row(a, "PRO-21: P-384", p384, JWK_P384, 384);
	key_row(a, "PRO-21: P-521", p521, JWK_P521, 521);
	spec.pkey = k256;
	is_made(a, &spec, "!must be RSA, or P-256", "KEY-07: secp256k1");
	is_spki(a, key, der(a, 0x30, cat(a, 2, der(a, 0x30, cat(a, 2,
	    oid(a, "id-ecPublicKey"), oid(a, "prime256v1"))), point)),
	    "dns:example.test\n", "PRO-21: the exact encoding");
	is_spki(a, key, der(a, 0x30, cat(a, 2, der(a, 0x30, cat(a, 2,
	    oid(a, "id-ecPublicKey"), oid(a, "secp384r1"))), point)),
	    "!encoding of its algorithm", "PRO-21: a point on another curve");
	is_spki(a, key, with_flip(a, spki_of(a, key), 90), "!no point on P-256",
	    "KEY-07: a point beside the curve");
	EVP_PKEY_set_utf8_string_param(key, "point-format", "compressed");
	spec.pkey = key;
	is_made(a, &spec, "!encoding of its algorithm", "PRO-21: a compressed point");
	EVP_PKEY_set_utf8_string_param(key, "point-format", "hybrid");
	is_made(a, &spec, "!encoding of its algorithm", "PRO-21: a hybrid point");
	EVP_PKEY_set_utf8_string_param(p384, "encoding", "explicit");
	spec.pkey = p384;
	is_made(a, &spec, "!as a named curve", "PRO-21: explicit curve parameters");
	EVP_PKEY_free(p384);
	EVP_PKEY_free(p521);
	EVP_PKEY_free(key);
	EVP_PKEY_free(k256);
}

static void
test_ed25519_keys(struct arena *a)
{
	EVP_PKEY *ed = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	struct csr_spec spec = spec_of(a, p256, NULL, "dns:example.test");

	spec.pkey = ed;
	is_made(a, &spec, "!must be signed with", "FIN-04: an Ed25519 signature");
	is_spki(a, p256, spki_of(a, ed), "!cannot be certified", "KEY-07: an Ed25519 key");
	EVP_PKEY_free(ed);
}

int
main(void)
{
	struct arena *a = arena_new();

	p256 = EVP_EC_gen("P-256");
	test_signatures(a);
	test_rsa_keys(a);
	test_ec_keys(a);
	test_ed25519_keys(a);
	EVP_PKEY_free(p256);
	arena_free(a);
	return tap_done();
}
