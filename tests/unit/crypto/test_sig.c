/* SPDX-License-Identifier: BSD-2-Clause */
/* JWS signatures, by the examples of RFC 7515 and RFC 8037, and forged ones. */
#include "crypto/sig.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "bytes.h"
#include "tap.h"

/* RFC 7515 A.2 and A.3 sign the same payload. */
#define JOE	"eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxl" \
		"LmNvbS9pc19yb290Ijp0cnVlfQ"

static const struct vector {
	const char	*rule, *alg;
	enum jwk_type	 type;
	const char	*x, *y;		/* RSA: n and e */
	const char	*input, *signature;
} vectors[] = {
	{ "RFC 7515 A.2", "RS256", JWK_RSA,
	  "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEz"
	  "P1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf6"
	  "3kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5Zw"
	  "Kh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRW"
	  "yuXpoQ", "AQAB",
	  "eyJhbGciOiJSUzI1NiJ9." JOE,
	  "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt"
	  "_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArL"
	  "IARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7no"
	  "OPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQ"
	  "Ge77Rw" },
	{ "RFC 7515 A.3", "ES256", JWK_P256,
	  "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
	  "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
	  "eyJhbGciOiJFUzI1NiJ9." JOE,
	  "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8I"
	  "SlSApmWQxfKTUJqPP3-Kg6NU1Q" },
	{ "RFC 7515 A.4", "ES512", JWK_P521,
	  "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ"
	  "6OvLFV1jSfS9tsz4qUxcWceqwQGk",
	  "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79a"
	  "jL4Kkd0AZMaZmh9ubmf63e3kyMj2",
	  "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA",
	  "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-"
	  "mZZqwqT2SI-KGDKB34XO0aw_7Xdt"
	  "AG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vc"
	  "nwNrmxYbSW9ERBXukOXolLzeO_Jn" },
	{ "RFC 8037 A.4, A.5", "EdDSA", JWK_ED25519,
	  "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "",
	  "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
	  "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylG"
	  "jg5BhVsPt9g7sVvpAr_MuM0KAg" },
};

static struct key *
key_of(struct arena *a, const struct vector *v)
{
	struct jwk jwk = { .type = v->type };
	struct key *key;
	struct err err;

	jwk.n = jwk.x = from_b64u(a, v->x);
	jwk.e = jwk.y = from_b64u(a, v->y);
	if (key_from_jwk(&jwk, &key, &err) != 0)
		tap_ok(false, "%s: key: %s", v->rule, err.detail);
	return key;
}

static bool
good(const char *alg, const struct key *key, struct view data, struct view signature)
{
	struct err err = ERR_INIT;
	int rc = sig_verify(sig_alg_find(view_of(alg)), key, data, signature, &err);

	if (rc != 0 && err.kind != ERR_MALFORMED)
		tap_ok(false, "JWS-18: a bad signature is malformed, not %s",
		    err_kind_name(err.kind));
	return rc == 0;
}

static void
test_vector(struct arena *a, const struct vector *v)
{
	struct key *key = key_of(a, v);
	struct view data = view_of(v->input), signature = from_b64u(a, v->signature);
	unsigned passed = 0;
	size_t i;

	tap_ok(good(v->alg, key, data, signature), "%s: %s verifies", v->rule, v->alg);
	tap_ok(good("Ed25519", key, data, signature) == (v->type == JWK_ED25519),
	    "OTH-02: %s: Ed25519 is another name of EdDSA", v->alg);
	for (i = 0; i < signature.n; i += 7)
		passed += good(v->alg, key, data, with_flip(a, signature, i));
	for (i = 0; i < data.n; i += 17)
		passed += good(v->alg, key, with_flip(a, data, i), signature);
	tap_is_int(passed, 0, "JWS-18: %s: with a byte changed it does not", v->alg);
	for (i = 0; i < signature.n; i++)
		passed += good(v->alg, key, data, view_sub(signature, 0, i));
	tap_is_int(passed, 0, "JWS-15, JWS-16: %s: cut short it does not", v->alg);
	/* arena_str() has put a NUL behind it. */
	tap_ok(!good(v->alg, key, data, view_from(arena_str(a, signature), signature.n + 1)),
	    "JWS-15, JWS-16: %s: nor longer", v->alg);
	tap_ok(good(v->alg, key, data, signature), "%s: and the key still works", v->alg);
	key_free(key);
}

static void
test_table(void)
{
	static const char *const refused[] = {
		"none", "HS256", "HS384", "HS512", "RS1", "RS384", "RS512", "PS256", "ES256K",
		"ES224", "es256", "ES256 ", "ed25519", "Ed448", "",
	};
	size_t i;

	for (i = 0; i < NITEMS(refused); i++)
		tap_ok(sig_alg_find(view_of(refused[i])) == NULL, "JWS-06: alg \"%s\" is refused",
		    refused[i]);
	tap_ok(sig_alg_find((struct view){ "ES256\0", 6 }) == NULL, "JWS-06: nor with a NUL");
	for (i = 0; sig_alg_names[i] != NULL; i++)
		tap_ok(sig_alg_find(view_of(sig_alg_names[i])) != NULL &&
		    strcmp(sig_alg_find(view_of(sig_alg_names[i]))->name, sig_alg_names[i]) == 0,
		    "JWS-06: alg \"%s\" is named and found", sig_alg_names[i]);
	tap_is_int((int64_t)i, 5, "JWS-06: that is all of them");
}

/* Every algorithm with every other key. */
static void
test_mismatch(struct arena *a)
{
	struct key *key;
	size_t i, j;

	for (i = 0; i < NITEMS(vectors); i++) {
		key = key_of(a, &vectors[i]);
		for (j = 0; sig_alg_names[j] != NULL; j++) {
			if (strcmp(sig_alg_names[j], vectors[i].alg) == 0)
				continue;
			tap_ok(!good(sig_alg_names[j], key, view_of(vectors[i].input),
			    from_b64u(a, vectors[i].signature)),
			    "JWS-07: %s refuses the key of %s", sig_alg_names[j], vectors[i].alg);
		}
		key_free(key);
	}
}

/* Raw signatures that are long enough and yet are none. */
static void
test_ecdsa_numbers(struct arena *a)
{
	static const char n[] =
	    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
	static const char one[] =
	    "0000000000000000000000000000000000000000000000000000000000000001";
	static const char zero[] =
	    "0000000000000000000000000000000000000000000000000000000000000000";
	static const char ones[] =
	    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
	static const struct { const char *rule, *r, *s; } rows[] = {
		{ "both 0", zero, zero }, { "r 0", zero, one }, { "s 0", one, zero },
		{ "r = n", n, one }, { "s = n", one, n }, { "both n", n, n },
		{ "r and s of all ones", ones, ones }, { "both 1", one, one },
	};
	struct key *key = key_of(a, &vectors[1]);
	struct view der;
	size_t i;

	for (i = 0; i < NITEMS(rows); i++)
		tap_ok(!good("ES256", key, view_of(vectors[1].input),
		    from_hex(a, arena_printf(a, "%s%s", rows[i].r, rows[i].s))),
		    "JWS-15: a signature with %s is refused", rows[i].rule);
	der = from_hex(a, "304502200ed1215379636c483c2f7f155807d402a3b228033af97c7e17819ac3169e"
	    "a665022100c50a07d38c3c70e5d8f12daf084a5480a66590c5f293509a8f3f7f8a83a354d5");
	tap_ok(!good("ES256", key, view_of(vectors[1].input), der),
	    "JWS-15: the same signature in DER is refused");
	key_free(key);
}

/* R||S of a signature by OpenSSL. */
static struct view
raw_signature(struct arena *a, EVP_PKEY *pkey, const char *digest, struct view data,
    size_t width)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char der[150], *raw = arena_alloc(a, 2 * width);
	const unsigned char *p = der;
	ECDSA_SIG *sig = NULL;
	size_t n = sizeof(der);

	if (EVP_DigestSignInit_ex(ctx, NULL, digest, NULL, NULL, pkey, NULL) != 1 ||
	    EVP_DigestSign(ctx, der, &n, (const unsigned char *)data.p, data.n) != 1 ||
	    (sig = d2i_ECDSA_SIG(NULL, &p, (long)n)) == NULL ||
	    BN_bn2binpad(ECDSA_SIG_get0_r(sig), raw, (int)width) < 0 ||
	    BN_bn2binpad(ECDSA_SIG_get0_s(sig), raw + width, (int)width) < 0)
		tap_ok(false, "OpenSSL signs");
	ECDSA_SIG_free(sig);
	EVP_MD_CTX_free(ctx);
	return view_from(raw, 2 * width);
}

/* Sign with OpenSSL until r or s has leading zeros, and verify the raw form. */
static void
test_ecdsa_padding(struct arena *a, const char *alg, const char *digest, const char *group,
    size_t width, unsigned count)
{
	EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "EC", group);
	unsigned zeros = 0, refused = 0, stripped = 0, i;
	unsigned char spki_room[200], *spki = spki_room;
	struct view data, raw;
	struct key *key = NULL;
	struct err err;
	int n = i2d_PUBKEY(pkey, &spki);

	if (n <= 0 || key_from_spki(view_from(spki_room, (size_t)n), &key, &err) != 0) {
		tap_ok(false, "%s: key: %s", alg, err.detail);
		EVP_PKEY_free(pkey);
		return;
	}
	for (i = 0; i < count; i++) {
		data = view_of(arena_printf(a, "message %u", i));
		raw = raw_signature(a, pkey, digest, data, width);
		refused += !good(alg, key, data, raw);
		if (raw.p[0] == 0 && raw.p[width] != 0) {
			zeros++;
			stripped += good(alg, key, data, view_sub(raw, 1, raw.n));
		}
	}
	tap_is_int(refused, 0, "JWS-15: %u %s signatures verify, leading zeros in %u",
	    count, alg, zeros);
	tap_is_int(stripped, 0, "JWS-15: %s with stripped zeros is refused", alg);
	key_free(key);
	EVP_PKEY_free(pkey);
}

static void
test_ed25519_pair(struct arena *a)
{
	struct key *pair, *public = NULL;
	uint8_t sig[ED25519_SIG_LEN] = { 0 }, raw[32];
	struct view data = VIEW("caas-verdict-v1"), v = view_from(sig, sizeof(sig));
	struct key *ec = key_of(a, &vectors[1]);
	struct err err;

	if (key_new_ed25519(&pair, &err) != 0 || key_public_raw(pair, raw, &err) != 0 ||
	    key_from_ed25519(view_from(raw, sizeof(raw)), &public, &err) != 0) {
		tap_ok(false, "an Ed25519 pair: %s", err.inner);
		return;
	}
	tap_ok(sig_ed25519(pair, data, sig, &err) == 0 && sig_ed25519_ok(public, data, v),
	    "what a pair signs its public key verifies");
	tap_ok(!sig_ed25519_ok(public, VIEW("caas-verdict-v2"), v), "but not for other bytes");
	tap_ok(!sig_ed25519_ok(public, data, view_sub(v, 0, 63)), "nor cut short");
	tap_ok(!sig_ed25519_ok(public, data, with_flip(a, v, 63)), "nor changed");
	tap_ok(!sig_ed25519_ok(ec, data, v), "nor with a key of another type");
	tap_ok(sig_ed25519(public, data, sig, &err) == -1 && err.kind == ERR_INTERNAL,
	    "a public key signs nothing");
	tap_ok(sig_ed25519(ec, data, sig, &err) == -1 && err.kind == ERR_INTERNAL,
	    "nor does a key of another type");
	key_free(pair);
	key_free(public);
	key_free(ec);
}

int
main(void)
{
	struct arena *a = arena_new();
	size_t i;

	test_table();
	for (i = 0; i < NITEMS(vectors); i++)
		test_vector(a, &vectors[i]);
	test_mismatch(a);
	test_ecdsa_numbers(a);
	test_ecdsa_padding(a, "ES256", "SHA256", "P-256", 32, 1000);
	test_ecdsa_padding(a, "ES384", "SHA384", "P-384", 48, 300);
	test_ecdsa_padding(a, "ES512", "SHA512", "P-521", 66, 30);
	test_ed25519_pair(a);
	arena_free(a);
	return tap_done();
}
