/* SPDX-License-Identifier: BSD-2-Clause */
/* Public keys and their thumbprints, by the examples of the RFCs; keys that are none. */
#include "crypto/key.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/arena.h"
#include "base/base64url.h"
#include "crypto/sig.h"
#include "bytes.h"
#include "mkder.h"
#include "tap.h"

/* The base point of P-256 (SP 800-186), and one octet of y changed. */
#define GX	"6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
#define GY	"4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"
#define NOT_GY	"4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F4"
#define P	"FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF"
#define ZERO	"0000000000000000000000000000000000000000000000000000000000000000"
#define RFC8037_X "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"

static const struct {
	const char	*rule, *jwk, *want;
} thumbprints[] = {
	{ "RFC 7638 s3.1",
	  "{\"kty\":\"RSA\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtV"
	  "T86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl9"
	  "3lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5"
	  "hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1"
	  "jF44-csFCur-kEgU8awapJzKnqDKgw\",\"e\":\"AQAB\",\"alg\":\"RS256\","
	  "\"kid\":\"2011-04-29\"}",
	  "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs" },
	{ "RFC 8037 A.3", "{\"crv\":\"Ed25519\",\"x\":\"" RFC8037_X "\",\"kty\":\"OKP\"}",
	  "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k" },
	/* RFC 7517 A.1 has this key; the thumbprint is sha256sum's. */
	{ "RFC 7517 A.1", "{\"kty\":\"EC\",\"crv\":\"P-256\","
	  "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
	  "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\",\"use\":\"sig\",\"kid\":\"1\"}",
	  "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s" },
};

static const struct {
	const char	*rule;
	enum jwk_type	 type;
	const char	*x, *y;		/* RSA: n and e; hexadecimal */
	bool		 ok;
} numbers[] = {
	{ "JWS-14: a point on P-256", JWK_P256, GX, GY, true },
	{ "JWS-14: a point beside the curve", JWK_P256, GX, NOT_GY, false },
	{ "JWS-14: x and y exchanged", JWK_P256, GY, GX, false },
	{ "JWS-14: infinity has no coordinates", JWK_P256, ZERO, ZERO, false },
	{ "JWS-14: nothing", JWK_P256, "", "", false },
	{ "JWS-14: x as large as p", JWK_P256, P, GY, false },
	{ "JWS-14: a short x", JWK_P256, "6B17", GY, false },
	{ "JWS-14: a long y", JWK_P256, GX, "00" GY, false },
	{ "JWS-14: a point of P-256 on P-384", JWK_P384, GX, GY, false },
	{ "JWS-14: the same, padded to its width", JWK_P384, "00000000000000000000000000000000" GX,
	  "00000000000000000000000000000000" GY, false },
	{ "JWS-14: the same on P-521", JWK_P521, GX, GY, false },
	{ "JWS-13: an even modulus", JWK_RSA, GX, "010001", false },
	{ "JWS-13: exponent 3", JWK_RSA, GX "01", "03", true },
	{ "JWS-13: exponent 1", JWK_RSA, GX "01", "01", false },
	{ "JWS-13: an even exponent", JWK_RSA, GX "01", "010000", false },
	{ "JWS-13: no exponent", JWK_RSA, GX "01", "", false },
	{ "JWS-13: an exponent over 64 bits", JWK_RSA, GX "01", "010000000000000001", false },
	{ "JWS-13: no modulus", JWK_RSA, "", "010001", false },
	{ "JWS-27: a modulus with a leading zero", JWK_RSA, "00" GX "01", "010001", false },
	{ "JWS-27: an exponent with a leading zero", JWK_RSA, GX "01", "00010001", false },
	{ "JWS-16: an Ed25519 key of 31 octets", JWK_ED25519, "d75a980182b10ab7d54bfed3c964073a"
	  "0ee172f3daa62325af021a68f70751", "", false },
	{ "JWS-16: an Ed25519 key of 57 octets, as Ed448 has", JWK_ED25519, GX "0102030405060708"
	  "090a0b0c0d0e0f10111213141516171819", "", false },
	{ "JWS-16: an Ed25519 key", JWK_ED25519, "d75a980182b10ab7d54bfed3c964073a"
	  "0ee172f3daa62325af021a68f707511a", "", true },
	{ "RFC 8032 s8.9: the identity", JWK_ED25519, "01000000000000000000000000000000"
	  "00000000000000000000000000000000", "", false },
	{ "RFC 8032 s8.9: order 2", JWK_ED25519, "ecffffffffffffffffffffffffffffff"
	  "ffffffffffffffffffffffffffffff7f", "", false },
	{ "RFC 8032 s8.9: order 4", JWK_ED25519, ZERO, "", false },
	{ "RFC 8032 s8.9: order 4, the other sign", JWK_ED25519, "00000000000000000000000000000000"
	  "00000000000000000000000000000080", "", false },
	{ "RFC 8032 s8.9: order 8", JWK_ED25519, "26e8958fc2b227b045c3f489f2ef98f0"
	  "d5dfac05d3c63339b13802886d53fc05", "", false },
	{ "RFC 8032 s8.9: order 8, the other sign", JWK_ED25519, "c7176a703d4dd84fba3c0b760d10670f"
	  "2a2053fa2c39ccc64ec7fd7792ac03fa", "", false },
};

static void
test_thumbprints(struct arena *a)
{
	uint8_t got[THUMBPRINT_LEN];
	struct jwk jwk;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(thumbprints); i++) {
		if (jwk_parse_text(a, view_of(thumbprints[i].jwk), &jwk, &err) != 0) {
			tap_ok(false, "%s: %s", thumbprints[i].rule, err.detail);
			continue;
		}
		key_thumbprint(&jwk, got);
		tap_ok(view_eq(view_from(got, sizeof(got)), from_b64u(a, thumbprints[i].want)),
		    "JWS-26: thumbprint of %s", thumbprints[i].rule);
	}
}

static void
test_numbers(struct arena *a)
{
	struct jwk jwk;
	struct key *key;
	struct err err;
	size_t i;
	int rc;

	for (i = 0; i < NITEMS(numbers); i++) {
		jwk = (struct jwk){ .type = numbers[i].type };
		jwk.n = jwk.x = from_hex(a, numbers[i].x);
		jwk.e = jwk.y = from_hex(a, numbers[i].y);
		err_clear(&err);
		rc = key_from_jwk(&jwk, &key, &err);
		tap_ok(numbers[i].ok ? rc == 0 && key_type(key) == numbers[i].type :
		    rc == -1 && key == NULL && err.kind == ERR_BAD_PUBLIC_KEY, "%s is %s",
		    numbers[i].rule, numbers[i].ok ? "a key" : "none");
		key_free(key);
	}
	/* Over the limit by one octet. */
	jwk = (struct jwk){ .type = JWK_RSA, .e = VIEW("\1\0\1") };
	jwk.n = view_from(memset(arena_alloc(a, 513), 0xff, 513), 513);
	tap_ok(key_from_jwk(&jwk, &key, &err) == -1 && err.kind == ERR_BAD_PUBLIC_KEY,
	    "JWS-13: an RSA key over 4096 bits is none");
}

/* A number of the key in base64url, width octets wide; 0: as wide as it is. */
static char *
number_text(struct arena *a, const EVP_PKEY *pkey, const char *name, int width)
{
	unsigned char bytes[512];
	BIGNUM *n = NULL;
	char *text;
	int len = -1;

	if (EVP_PKEY_get_bn_param(pkey, name, &n) == 1)
		len = BN_bn2binpad(n, bytes, width != 0 ? width : BN_num_bytes(n));
	BN_free(n);
	if (len < 0) {
		tap_ok(false, "the key has %s", name);
		len = 0;
	}
	text = arena_alloc(a, B64U_LEN((size_t)len) + 1);
	b64u_encode(bytes, (size_t)len, text);
	return text;
}

/* A JWK of the key, by OpenSSL's own words for its numbers. */
static struct view
jwk_text(struct arena *a, const EVP_PKEY *pkey, enum jwk_type type)
{
	static const struct { const char *crv; int width; } curves[] = {
		[JWK_P256] = { "P-256", 32 },
		[JWK_P384] = { "P-384", 48 },
		[JWK_P521] = { "P-521", 66 },
	};
	unsigned char raw[32];
	size_t n = sizeof(raw);
	char text[B64U_LEN(sizeof(raw)) + 1];

	if (type == JWK_RSA)
		return view_of(arena_printf(a, "{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\"}",
		    number_text(a, pkey, "n", 0), number_text(a, pkey, "e", 0)));
	if (type == JWK_ED25519) {
		if (EVP_PKEY_get_raw_public_key(pkey, raw, &n) != 1)
			return VIEW_NONE;
		b64u_encode(raw, n, text);
		return view_of(arena_printf(a,
		    "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\"}", text));
	}
	return view_of(arena_printf(a,
	    "{\"kty\":\"EC\",\"crv\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}", curves[type].crv,
	    number_text(a, pkey, "qx", curves[type].width),
	    number_text(a, pkey, "qy", curves[type].width)));
}

/* The same key from both of its forms. */
static void
test_spki(struct arena *a, const char *name, EVP_PKEY *pkey, enum jwk_type type, unsigned bits)
{
	struct view spki = spki_of(a, pkey);
	uint8_t from_spki[THUMBPRINT_LEN], from_jwk[THUMBPRINT_LEN];
	unsigned passed = 0;
	struct key *key = NULL;
	struct err err;
	struct jwk jwk;
	size_t i;

	tap_ok(key_from_spki(spki, &key, &err) == 0 && key_type(key) == type &&
	    key_bits(key) == bits, "%s: a SubjectPublicKeyInfo is a key of %u bits", name, bits);
	key_free(key);
	tap_ok(key_spki_thumbprint(spki, from_spki, &err) == 0 &&
	    jwk_parse_text(a, jwk_text(a, pkey, type), &jwk, &err) == 0,
	    "FIN-12: %s has a thumbprint", name);
	key_thumbprint(&jwk, from_jwk);
	tap_ok(memcmp(from_spki, from_jwk, sizeof(from_jwk)) == 0,
	    "FIN-12: %s: it is that of the JWK", name);
	for (i = 0; i < spki.n; i++) {
		if (key_from_spki(view_sub(spki, 0, i), &key, &err) == 0) {
			passed++;
			key_free(key);
		}
	}
	tap_is_int(passed, 0, "%s: no part of it is a key", name);
	tap_ok(key_spki_thumbprint(cat(a, 2, spki, VIEW("\0")), from_spki, &err) == -1 &&
	    err.kind == ERR_BAD_PUBLIC_KEY, "%s: nor with a byte behind it", name);
	EVP_PKEY_free(pkey);
}

static void
test_spki_refused(struct arena *a)
{
	EVP_PKEY *pkeys[] = {
		EVP_PKEY_Q_keygen(NULL, NULL, "ED448"), EVP_PKEY_Q_keygen(NULL, NULL, "X25519"),
		EVP_EC_gen("secp256k1"), EVP_EC_gen("P-224"),
	};
	static const char *const rules[] = {
		"JWS-16: Ed448", "X25519", "KEY-07: secp256k1", "KEY-07: P-224",
	};
	EVP_PKEY *p256 = EVP_EC_gen("P-256");
	struct view spki = spki_of(a, p256);
	uint8_t md[THUMBPRINT_LEN];
	struct key *key;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(pkeys); i++) {
		err_clear(&err);
		tap_ok(key_from_spki(spki_of(a, pkeys[i]), &key, &err) == -1 && key == NULL &&
		    err.kind == ERR_BAD_PUBLIC_KEY &&
		    key_spki_thumbprint(spki_of(a, pkeys[i]), md, &err) == -1,
		    "%s is refused", rules[i]);
		EVP_PKEY_free(pkeys[i]);
	}
	tap_ok(key_from_spki(VIEW_NONE, &key, &err) == -1, "nothing is refused");
	/* Two bytes of header, and the same content with a NULL behind. */
	tap_ok(key_from_spki(der(a, 0x30, cat(a, 2, view_sub(spki, 2, spki.n), VIEW("\5\0"))),
	    &key, &err) == -1, "PRO-21: a third element is refused");
	EVP_PKEY_free(p256);
}

static void
test_pem(void)
{
	struct buf pem = BUF_INIT(4096), tight = BUF_INIT(10);
	uint8_t raw[32], again[32], sig[ED25519_SIG_LEN];
	struct key *pair, *read = NULL, *public = NULL;
	struct err err;

	if (key_new_ed25519(&pair, &err) != 0 || key_public_raw(pair, raw, &err) != 0) {
		tap_ok(false, "a pair: %s", err.inner);
		return;
	}
	tap_ok(key_private_pem(pair, &pem, &err) == 0 &&
	    view_starts(buf_view(&pem), VIEW("-----BEGIN PRIVATE KEY-----\n")),
	    "a pair is written as PKCS#8");
	tap_ok(key_from_pem(buf_view(&pem), &read, &err) == 0 &&
	    key_public_raw(read, again, &err) == 0 && memcmp(raw, again, sizeof(raw)) == 0,
	    "and comes back");
	tap_ok(sig_ed25519(read, VIEW("x"), sig, &err) == 0 &&
	    sig_ed25519_ok(pair, VIEW("x"), view_from(sig, sizeof(sig))), "and signs");
	tap_ok(key_private_pem(pair, &tight, &err) == -1,
	    "a buffer that is too small is an error");
	tap_ok(key_from_ed25519(view_from(raw, sizeof(raw)), &public, &err) == 0 &&
	    key_private_pem(public, &pem, &err) == -1, "a public key has no private form");
	key_free(read);
	key_free(public);
	key_free(pair);
	buf_release(&pem);
	buf_release(&tight);
}

/* The same key in PEM; under a passphrase when there is one. */
static struct view
pem_of(struct arena *a, EVP_PKEY *pkey, const char *passphrase)
{
	BIO *bio = BIO_new(BIO_s_mem());
	struct view text;
	char *p;
	long n;

	if (PEM_write_bio_PKCS8PrivateKey(bio, pkey, passphrase != NULL ? EVP_aes_128_cbc() : NULL,
	    passphrase, passphrase != NULL ? (int)strlen(passphrase) : 0, NULL, NULL) != 1)
		tap_ok(false, "OpenSSL writes PEM");
	n = BIO_get_mem_data(bio, &p);
	text = arena_view(a, view_from(p, (size_t)n));
	BIO_free(bio);
	return text;
}

static void
test_pem_refused(struct arena *a)
{
	EVP_PKEY *p384 = EVP_EC_gen("P-384"), *k256 = EVP_EC_gen("secp256k1");
	struct key *key = NULL;
	struct err err;

	tap_ok(key_from_pem(pem_of(a, p384, NULL), &key, &err) == 0 &&
	    key_type(key) == JWK_P384, "a P-384 pair is read");
	key_free(key);
	tap_ok(key_from_pem(pem_of(a, p384, "secret"), &key, &err) == -1 && key == NULL &&
	    err.kind == ERR_INTERNAL, "a key under a passphrase is refused, and nobody is asked");
	tap_ok(key_from_pem(pem_of(a, k256, NULL), &key, &err) == -1 && key == NULL,
	    "a curve that is not used is refused");
	tap_ok(key_from_pem(VIEW("-----BEGIN PRIVATE KEY-----\nAA==\n"
	    "-----END PRIVATE KEY-----\n"), &key, &err) == -1, "PEM of no key is refused");
	tap_ok(key_from_pem(VIEW_NONE, &key, &err) == -1, "nothing is refused");
	EVP_PKEY_free(p384);
	EVP_PKEY_free(k256);
}

int
main(void)
{
	struct arena *a = arena_new();

	test_thumbprints(a);
	test_numbers(a);
	test_spki(a, "RSA-2048", EVP_RSA_gen(2048), JWK_RSA, 2048);
	test_spki(a, "P-256", EVP_EC_gen("P-256"), JWK_P256, 256);
	test_spki(a, "P-384", EVP_EC_gen("P-384"), JWK_P384, 384);
	test_spki(a, "P-521", EVP_EC_gen("P-521"), JWK_P521, 521);
	test_spki(a, "Ed25519", EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"), JWK_ED25519, 256);
	test_spki_refused(a);
	test_pem();
	test_pem_refused(a);
	arena_free(a);
	return tap_done();
}
