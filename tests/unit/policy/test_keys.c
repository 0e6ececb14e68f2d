/* SPDX-License-Identifier: BSD-2-Clause */
/* Which keys may be certified, and which account keys are weak. */
#include "policy/keys.h"

#include "base/base64url.h"
#include "tap.h"

#define KEY_LEN	256	/* bytes of a modulus of 2048 bits */

/* The modulus of RFC 7515 A.2. */
static const struct view sound_b64u = VIEW(
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEz"
    "P1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf6"
    "3kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5Zw"
    "Kh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRW"
    "yuXpoQ");

static const struct {
	const char	*rule;
	enum jwk_type	 type;
	unsigned	 bits;
	uint64_t	 e;
	const char	*says;		/* of the refusal; NULL: allowed */
} rows[] = {
	{ "KEY-01: RSA of 2048 bits", JWK_RSA, 2048, 65537, NULL },
	{ "KEY-01: RSA of 3072 bits", JWK_RSA, 3072, 65537, NULL },
	{ "KEY-01: RSA of 4096 bits", JWK_RSA, 4096, 65537, NULL },
	{ "KEY-01: RSA of 1024 bits", JWK_RSA, 1024, 65537, "not 1024" },
	{ "KEY-01: RSA of 2047 bits", JWK_RSA, 2047, 65537, "not 2047" },
	{ "KEY-01: RSA of 2056 bits", JWK_RSA, 2056, 65537, "not 2056" },
	{ "KEY-01: RSA of 8192 bits", JWK_RSA, 8192, 65537, "not 8192" },
	{ "KEY-02: exponent 3", JWK_RSA, 2048, 3, "exponent" },
	{ "KEY-02: exponent 65539", JWK_RSA, 2048, 65539, "exponent" },
	{ "KEY-02: exponent 2^32 + 65537", JWK_RSA, 2048, UINT64_C(0x100010001), "exponent" },
	{ "KEY-02: no exponent", JWK_RSA, 2048, 0, "exponent" },
	{ "KEY-07: P-256", JWK_P256, 256, 0, NULL },
	{ "KEY-07: P-384", JWK_P384, 384, 0, NULL },
	{ "KEY-07: P-521", JWK_P521, 521, 0, NULL },
	{ "KEY-07: Ed25519", JWK_ED25519, 256, 0, "must be RSA, or EC" },
};

static unsigned char sound[KEY_LEN], even[KEY_LEN], thirds[KEY_LEN], square[KEY_LEN];

static const struct {
	const char	*rule;
	const unsigned char *n;
	const char	*says;
} moduli[] = {
	{ "a sound modulus", sound, NULL },
	{ "KEY-03: an even modulus", even, "is even" },
	{ "KEY-03: the factor 3", thirds, "factor below 752" },
	{ "KEY-06: the square of a prime", square, "close together" },
};

static void
fill_moduli(void)
{
	if (b64u_decode_exact(sound_b64u, sound, KEY_LEN) != 0)
		tap_ok(false, "the sound modulus is base64url");
	memcpy(even, sound, KEY_LEN);
	even[KEY_LEN - 1] ^= 1;
	/* 2^2048 - 1 */
	memset(thirds, 0xff, KEY_LEN);
	/* (2^1024 - 105)^2 = 2^2048 - 210 * 2^1024 + 11025; the base is prime. */
	memset(square, 0xff, KEY_LEN / 2);
	square[KEY_LEN / 2 - 1] = 0x100 - 210;
	square[KEY_LEN - 2] = 11025 >> 8;
	square[KEY_LEN - 1] = 11025 & 0xff;
}

static void
row(const struct csr *csr, const char *says, const char *rule)
{
	struct err err = ERR_INIT;
	int rc = keys_check(csr, &err);

	tap_ok(says == NULL ? rc == 0 : rc == -1 && err.kind == ERR_BAD_CSR &&
	    view_icontains(view_of(err.detail), view_of(says)), "%s %s %s", rule,
	    says == NULL ? "is allowed" : "is refused:", err.detail);
}

int
main(void)
{
	struct csr csr;
	struct jwk jwk;
	struct err err;
	size_t i;
	int rc;

	fill_moduli();
	for (i = 0; i < NITEMS(rows); i++) {
		csr = (struct csr){ .key_type = rows[i].type, .key_bits = rows[i].bits,
		    .rsa_e = rows[i].e, .rsa_n = view_from(sound, KEY_LEN) };
		row(&csr, rows[i].says, rows[i].rule);
	}
	for (i = 0; i < NITEMS(moduli); i++) {
		csr = (struct csr){ .key_type = JWK_RSA, .key_bits = 2048, .rsa_e = 65537,
		    .rsa_n = view_from(moduli[i].n, KEY_LEN) };
		row(&csr, moduli[i].says, moduli[i].rule);
		jwk = (struct jwk){ .type = JWK_RSA, .n = view_from(moduli[i].n, KEY_LEN) };
		err_clear(&err);
		rc = keys_check_account(&jwk, &err);
		tap_ok(moduli[i].says == NULL ? rc == 0 : rc == -1 &&
		    err.kind == ERR_BAD_PUBLIC_KEY, "JWS-13: the same for account keys");
	}
	jwk = (struct jwk){ .type = JWK_P256 };
	tap_ok(keys_check_account(&jwk, &err) == 0, "JWS-13: an EC account key has no modulus");
	return tap_done();
}
