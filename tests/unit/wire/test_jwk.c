/* SPDX-License-Identifier: BSD-2-Clause */
/* wire/jwk: which public keys are taken, and what their thumbprint is made of. */
#include "wire/jwk.h"
#include "base/base64url.h"
#include "wire/limits.h"
#include "tap.h"

/* RFC 7638 s3.1: this text has the thumbprint NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs. */
#define RSA_N \
	"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aP" \
	"FFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl9" \
	"3lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdA" \
	"ZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3" \
	"XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
#define RSA	"\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" RSA_N "\""
/* RFC 8037 appendix A.2; thumbprint kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k. */
#define ED_X	"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
#define ED	"\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" ED_X "\""
/* Two leading zero octets: the width of the field is kept. */
#define C32	"AAAAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0"
#define C48	"AAAAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywt"
#define C66	"AAAAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2" \
		"Nzg5Ojs8PT4_"
#define P256	"\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" C32 "\",\"y\":\"" C32 "\""

static const struct {
	const char	*rule;
	const char	*jwk;
	enum jwk_type	 type;
	const char	*canonical;
} good[] = {
	{ "JWS-26: the RFC 7638 key, members in any order, others left out",
	    "{\"alg\":\"RS256\",\"n\":\"" RSA_N "\",\"kid\":\"2011-04-29\",\"kty\":\"RSA\","
	    "\"e\":\"AQAB\",\"use\":\"sig\"}", JWK_RSA,
	    "{\"e\":\"AQAB\",\"kty\":\"RSA\",\"n\":\"" RSA_N "\"}" },
	{ "JWS-26: the RFC 8037 key", "{" ED "}", JWK_ED25519,
	    "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" ED_X "\"}" },
	{ "JWS-26, JWS-14: P-256, coordinates at full width", "{" P256 "}", JWK_P256,
	    "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" C32 "\",\"y\":\"" C32 "\"}" },
	{ "JWS-14: P-384", "{\"y\":\"" C48 "\",\"x\":\"" C48 "\",\"crv\":\"P-384\","
	    "\"kty\":\"EC\"}", JWK_P384,
	    "{\"crv\":\"P-384\",\"kty\":\"EC\",\"x\":\"" C48 "\",\"y\":\"" C48 "\"}" },
	{ "JWS-14: P-521", "{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":\"" C66 "\","
	    "\"y\":\"" C66 "\"}", JWK_P521,
	    "{\"crv\":\"P-521\",\"kty\":\"EC\",\"x\":\"" C66 "\",\"y\":\"" C66 "\"}" },
	{ "JWS-26: y of an OKP key is no part of it", "{" ED ",\"y\":\"AAAA\"}", JWK_ED25519,
	    "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" ED_X "\"}" },
	{ "JWS-12: alg ES256 fits", "{" P256 ",\"alg\":\"ES256\"}", JWK_P256, NULL },
	{ "JWS-12: alg EdDSA fits", "{" ED ",\"alg\":\"EdDSA\"}", JWK_ED25519, NULL },
	{ "JWS-12: alg Ed25519 (RFC 9864) fits", "{" ED ",\"alg\":\"Ed25519\"}",
	    JWK_ED25519, NULL },
	{ "JWS-12: key_ops verify", "{" P256 ",\"key_ops\":[\"verify\"]}", JWK_P256, NULL },
	{ "JWS-12: key_ops sign, left from the private key",
	    "{" P256 ",\"key_ops\":[\"sign\"]}", JWK_P256, NULL },
	{ "JWS-12: key_ops with another beside", "{" P256 ",\"key_ops\":[\"x\",\"verify\"]}",
	    JWK_P256, NULL },
	{ "unknown members are ignored", "{" P256 ",\"ext\":true,\"x5c\":[1]}", JWK_P256, NULL },
	{ "crv of an RSA key is an unknown member", "{" RSA ",\"crv\":\"P-256\"}", JWK_RSA,
	    NULL },
};

static const struct {
	const char	*rule;
	const char	*jwk;
	enum err_kind	 kind;
} bad[] = {
	{ "not an object", "[]", ERR_MALFORMED },
	{ "null", "null", ERR_MALFORMED },
	{ "a string", "\"{}\"", ERR_MALFORMED },
	{ "no kty", "{\"crv\":\"P-256\",\"x\":\"" C32 "\",\"y\":\"" C32 "\"}", ERR_MALFORMED },
	{ "JWS-25: kty a number", "{\"kty\":1}", ERR_MALFORMED },
	{ "TOP-12: kty twice", "{" P256 ",\"kty\":\"EC\"}", ERR_MALFORMED },
	{ "kty in another case", "{\"kty\":\"ec\",\"crv\":\"P-256\",\"x\":\"" C32 "\","
	    "\"y\":\"" C32 "\"}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-11: a symmetric key", "{\"kty\":\"oct\",\"k\":\"AQID\"}", ERR_BAD_PUBLIC_KEY },
	{ "kty oct without its key", "{\"kty\":\"oct\"}", ERR_BAD_PUBLIC_KEY },
	{ "kty AKP", "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"\"}",
	    ERR_BAD_PUBLIC_KEY },
	{ "JWS-11: d of an EC key", "{" P256 ",\"d\":\"" C32 "\"}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-11: d of an OKP key", "{" ED ",\"d\":\"" C32 "\"}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-11: d of an RSA key", "{" RSA ",\"d\":\"AQ\"}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-11: p", "{" RSA ",\"p\":\"AQ\"}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-11: q", "{" RSA ",\"q\":\"AQ\"}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-11: dp", "{" RSA ",\"dp\":\"AQ\"}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-11: dq", "{" RSA ",\"dq\":\"AQ\"}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-11: qi", "{" RSA ",\"qi\":\"AQ\"}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-11: oth", "{" RSA ",\"oth\":[]}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-11: k", "{" P256 ",\"k\":\"AQ\"}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-11: d that is null", "{" P256 ",\"d\":null}", ERR_BAD_PUBLIC_KEY },
	{ "EC without crv", "{\"kty\":\"EC\",\"x\":\"" C32 "\",\"y\":\"" C32 "\"}",
	    ERR_MALFORMED },
	{ "EC with crv true", "{\"kty\":\"EC\",\"crv\":true}", ERR_MALFORMED },
	{ "EC with an empty crv", "{\"kty\":\"EC\",\"crv\":\"\",\"x\":\"\",\"y\":\"\"}",
	    ERR_BAD_PUBLIC_KEY },
	{ "secp256k1", "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"" C32 "\",\"y\":\"" C32
	    "\"}", ERR_BAD_PUBLIC_KEY },
	{ "EC on an OKP curve", "{\"kty\":\"EC\",\"crv\":\"Ed25519\",\"x\":\"" ED_X "\"}",
	    ERR_BAD_PUBLIC_KEY },
	{ "OKP on an EC curve", "{\"kty\":\"OKP\",\"crv\":\"P-256\",\"x\":\"" C32 "\"}",
	    ERR_BAD_PUBLIC_KEY },
	{ "JWS-16: Ed448", "{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"" C48 "\"}",
	    ERR_BAD_PUBLIC_KEY },
	{ "X25519 signs nothing", "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" ED_X "\"}",
	    ERR_BAD_PUBLIC_KEY },
	{ "JWS-16: Ed25519 x too short", "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}",
	    ERR_BAD_PUBLIC_KEY },
	{ "JWS-14: x too short", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\","
	    "\"y\":\"" C32 "\"}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-14: y of another curve's width", "{\"kty\":\"EC\",\"crv\":\"P-256\","
	    "\"x\":\"" C32 "\",\"y\":\"" C48 "\"}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-14: x and y of another curve's width", "{\"kty\":\"EC\",\"crv\":\"P-521\","
	    "\"x\":\"" C48 "\",\"y\":\"" C48 "\"}", ERR_BAD_PUBLIC_KEY },
	{ "JWS-14: an empty x", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"\","
	    "\"y\":\"" C32 "\"}", ERR_BAD_PUBLIC_KEY },
	{ "EC without y", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" C32 "\"}",
	    ERR_MALFORMED },
	{ "OKP without x", "{\"kty\":\"OKP\",\"crv\":\"Ed25519\"}", ERR_MALFORMED },
	{ "JWS-25: x a number", "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":1}",
	    ERR_MALFORMED },
	{ "TRN-05: padded x", "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" ED_X "=\"}",
	    ERR_MALFORMED },
	{ "TRN-05: bits left over in x", "{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
	    "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp\"}", ERR_MALFORMED },
	{ "RSA without e", "{\"kty\":\"RSA\",\"n\":\"" RSA_N "\"}", ERR_MALFORMED },
	{ "RSA without n", "{\"kty\":\"RSA\",\"e\":\"AQAB\"}", ERR_MALFORMED },
	{ "TRN-05: padded n", "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" RSA_N "==\"}",
	    ERR_MALFORMED },
	{ "JWS-25: e a number", "{\"kty\":\"RSA\",\"e\":65537,\"n\":\"" RSA_N "\"}",
	    ERR_MALFORMED },
	{ "JWS-12: alg of another curve", "{" P256 ",\"alg\":\"ES384\"}", ERR_MALFORMED },
	{ "JWS-12: alg of another key type", "{" RSA ",\"alg\":\"ES256\"}", ERR_MALFORMED },
	{ "JWS-12: alg of RSA that we do not verify", "{" RSA ",\"alg\":\"PS256\"}",
	    ERR_MALFORMED },
	{ "JWS-12: alg for encryption", "{" RSA ",\"alg\":\"RSA-OAEP\"}", ERR_MALFORMED },
	{ "JWS-12: alg none", "{" P256 ",\"alg\":\"none\"}", ERR_MALFORMED },
	{ "JWS-25: alg null", "{" P256 ",\"alg\":null}", ERR_MALFORMED },
	{ "JWS-12: use enc", "{" P256 ",\"use\":\"enc\"}", ERR_MALFORMED },
	{ "JWS-25: use an array", "{" P256 ",\"use\":[\"sig\"]}", ERR_MALFORMED },
	{ "JWS-12: key_ops without signatures", "{" P256 ",\"key_ops\":[\"deriveKey\"]}",
	    ERR_MALFORMED },
	{ "JWS-12: empty key_ops", "{" P256 ",\"key_ops\":[]}", ERR_MALFORMED },
	{ "JWS-25: key_ops a string", "{" P256 ",\"key_ops\":\"verify\"}", ERR_MALFORMED },
	{ "JWS-25: a number among key_ops", "{" P256 ",\"key_ops\":[\"verify\",1]}",
	    ERR_MALFORMED },
};

/* RSA keys by their numbers. */
static const struct {
	const char	*rule;
	size_t		 n;			/* octets of the modulus */
	unsigned char	 first, last;		/* of them; 0xa5 between */
	struct view	 e;
	enum err_kind	 kind;
} rsa[] = {
	{ "JWS-13: 2048 bits", 256, 0x80, 1, VIEW("\1\0\1"), ERR_NONE },
	{ "JWS-13: 4096 bits", 512, 0xff, 0xff, VIEW("\1\0\1"), ERR_NONE },
	{ "JWS-13: 2056 bits are a multiple of 8", 257, 0x80, 1, VIEW("\1\0\1"), ERR_NONE },
	{ "JWS-13: 512 bits", 64, 0x80, 1, VIEW("\1\0\1"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-13: 1024 bits", 128, 0x80, 1, VIEW("\1\0\1"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-13: 2040 bits", 255, 0xff, 1, VIEW("\1\0\1"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-13: 2047 bits", 256, 0x7f, 1, VIEW("\1\0\1"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-13: 2049 bits", 257, 0x01, 1, VIEW("\1\0\1"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-13: 4095 bits", 512, 0x7f, 1, VIEW("\1\0\1"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-13: 4104 bits", 513, 0x80, 1, VIEW("\1\0\1"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-13: 16384 bits", 2048, 0x80, 1, VIEW("\1\0\1"), ERR_BAD_PUBLIC_KEY },
	{ "TOP-17: an even modulus", 256, 0x80, 2, VIEW("\1\0\1"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-27: a leading zero in n", 257, 0, 1, VIEW("\1\0\1"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-27: a leading zero in e", 256, 0x80, 1, VIEW("\0\1\0\1"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-13: e = 3", 256, 0x80, 1, VIEW("\3"), ERR_NONE },
	{ "JWS-13: e = 257", 256, 0x80, 1, VIEW("\1\1"), ERR_NONE },
	{ "JWS-13: e = 0", 256, 0x80, 1, VIEW("\0"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-13: e = 1", 256, 0x80, 1, VIEW("\1"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-13: e = 2", 256, 0x80, 1, VIEW("\2"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-13: e = 65536", 256, 0x80, 1, VIEW("\1\0\0"), ERR_BAD_PUBLIC_KEY },
	{ "JWS-13: e empty", 256, 0x80, 1, VIEW(""), ERR_BAD_PUBLIC_KEY },
	{ "JWS-13: e of 32 octets", 512, 0x80, 1,
	    VIEW("\xff" "5678901234567890123456789012345"), ERR_NONE },
	{ "JWS-13: e of 33 octets", 512, 0x80, 1,
	    VIEW("\1" "56789012345678901234567890123455"), ERR_BAD_PUBLIC_KEY },
};

static void
test_good(struct arena *arena)
{
	struct jwk k;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(good); i++) {
		err_clear(&err);
		if (!tap_ok(jwk_parse_text(arena, view_of(good[i].jwk), &k, &err) == 0 &&
		    k.type == good[i].type, "taken: %s", good[i].rule))
			tap_diag("%s", err.detail);
		else if (good[i].canonical != NULL)
			tap_is_view(k.canonical, view_of(good[i].canonical),
			    "its canonical form: %s", good[i].rule);
		arena_reset(arena);
	}
}

static void
test_bad(struct arena *arena)
{
	struct jwk k;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(bad); i++) {
		err_clear(&err);
		tap_is_int(jwk_parse_text(arena, view_of(bad[i].jwk), &k, &err), -1,
		    "refused: %s", bad[i].rule);
		tap_is_int(err.kind, bad[i].kind, "... as %s", err_kind_name(bad[i].kind));
		arena_reset(arena);
	}
}

static void
test_members(struct arena *arena)
{
	struct jwk k;
	struct err err;

	tap_ok(jwk_parse_text(arena, VIEW("{" P256 "}"), &k, &err) == 0 && k.x.n == 32 &&
	    k.y.n == 32 && memcmp(k.x.p, "\0\0\0\1\2\3", 6) == 0 && k.n.n == 0,
	    "x and y of an EC key, nothing else");
	tap_ok(jwk_parse_text(arena, VIEW("{" ED "}"), &k, &err) == 0 && k.x.n == 32 &&
	    k.y.n == 0, "x of an OKP key");
	tap_ok(jwk_parse_text(arena, VIEW("{" RSA "}"), &k, &err) == 0 && k.n.n == 256 &&
	    view_eq(k.e, VIEW("\1\0\1")) && k.x.n == 0, "n and e of an RSA key");
	tap_is_view(view_of(jwk_type_name(JWK_P384)), VIEW("EC P-384"), "the name of a type");
	arena_reset(arena);
}

static void
test_rsa(struct arena *arena)
{
	struct buf json = BUF_INIT(8192);
	struct jwk k, again;
	unsigned char n[4096];
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(rsa); i++) {
		memset(n, 0xa5, sizeof(n));
		n[0] = rsa[i].first;
		n[rsa[i].n - 1] = rsa[i].last;
		buf_reset(&json);
		buf_str(&json, "{\"kty\":\"RSA\",\"n\":\"");
		b64u_put(&json, view_from(n, rsa[i].n));
		buf_str(&json, "\",\"e\":\"");
		b64u_put(&json, rsa[i].e);
		buf_str(&json, "\"}");
		err_clear(&err);
		if (!tap_is_int(jwk_parse_text(arena, buf_view(&json), &k, &err),
		    rsa[i].kind == ERR_NONE ? 0 : -1, "%s", rsa[i].rule) ||
		    !tap_is_int(err.kind, rsa[i].kind, "... as %s",
		    err_kind_name(rsa[i].kind)))
			tap_diag("%s", err.detail);
		if (rsa[i].kind == ERR_NONE)
			tap_ok(k.canonical.n < JWK_CANONICAL_MAX &&
			    jwk_parse_text(arena, k.canonical, &again, &err) == 0 &&
			    view_eq(again.canonical, k.canonical),
			    "its canonical form is short and a JWK itself");
		arena_reset(arena);
	}
	buf_release(&json);
}

int
main(void)
{
	struct arena *arena = arena_new();

	test_good(arena);
	test_bad(arena);
	test_members(arena);
	test_rsa(arena);
	arena_free(arena);
	return tap_done();
}
