/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Nonces as AES-128 blocks (design.md 6): minute 24 bits, writer 10, counter
 * 46, and 48 zero bits that prove on the way back that the block is ours.
 */
#include "crypto/token.h"

#include "base/base64url.h"
#include "crypto/aesblock.h"
#include "crypto/bigendian.h"
#include "crypto/keyfile.h"

#define COUNTER_BITS	46
#define WRITER_BITS	10
#define MINUTE_BITS	24
#define MASK(bits)	((UINT64_C(1) << (bits)) - 1)

#define MINUTE_LEN	3	/* bytes */
#define REST_LEN	7	/* bytes of writer and counter */
#define ZEROS_AT	(MINUTE_LEN + REST_LEN)
#define NONCE_KEYS_MAX	2

_Static_assert(MINUTE_BITS == 8 * MINUTE_LEN, "the minute is whole bytes");
_Static_assert(WRITER_BITS + COUNTER_BITS == 8 * REST_LEN, "and so is the rest");

struct nonce_keys {
	size_t		n;
	struct aesblock	keys[NONCE_KEYS_MAX];	/* the first one issues */
};

static int
add_key(struct nonce_keys *keys, struct view hex, struct view rest, struct err *err)
{
	if (keys->n == NITEMS(keys->keys))
		return err_internal(err, "too many keys");
	if (rest.n != 0)
		return err_internal(err, "more than a key");
	return aesblock_init_hex(&keys->keys[keys->n++], hex, err);
}

int
nonce_keys_parse(struct view file, struct nonce_keys **out, struct err *err)
{
	struct keyfile f = keyfile_of(file);
	struct nonce_keys *keys;
	struct view hex, rest;

	*out = NULL;
	if ((keys = calloc(1, sizeof(*keys))) == NULL)
		return err_internal(err, "out of memory");
	while (keyfile_next(&f, &hex, &rest)) {
		if (add_key(keys, hex, rest, err) != 0) {
			(void)keyfile_err(&f, "nonce key file", err);
			nonce_keys_free(keys);
			return -1;
		}
	}
	if (keys->n == 0) {
		nonce_keys_free(keys);
		return err_internal(err, "nonce key file: no key");
	}
	*out = keys;
	return 0;
}

void
nonce_keys_free(struct nonce_keys *keys)
{
	size_t i;

	if (keys == NULL)
		return;
	for (i = 0; i < keys->n; i++)
		aesblock_release(&keys->keys[i]);
	free(keys);
}

void
nonce_encode(const struct nonce_keys *keys, struct nonce *nonce, char out[TOKEN_LEN + 1])
{
	uint8_t block[AESBLOCK_LEN] = { 0 };
	uint64_t rest = (nonce->writer & MASK(WRITER_BITS)) << COUNTER_BITS |
	    (nonce->counter & MASK(COUNTER_BITS));

	put_be(block, nonce->minute & MASK(MINUTE_BITS), MINUTE_LEN);
	put_be(block + MINUTE_LEN, rest, REST_LEN);
	aesblock_encrypt(&keys->keys[0], block, nonce->block);
	b64u_encode(nonce->block, sizeof(nonce->block), out);
}

/* Not 0 unless the zeros are there; in constant time. */
static unsigned
block_faults(const uint8_t block[AESBLOCK_LEN])
{
	unsigned faults = 0;
	size_t i;

	for (i = ZEROS_AT; i < AESBLOCK_LEN; i++)
		faults |= block[i];
	return faults;
}

int
nonce_decode(const struct nonce_keys *keys, struct view token, struct nonce *out)
{
	uint8_t block[AESBLOCK_LEN];
	uint64_t rest;
	size_t i;

	if (b64u_decode_exact(token, out->block, sizeof(out->block)) != 0)
		return -1;
	for (i = 0; i < keys->n; i++) {
		aesblock_decrypt(&keys->keys[i], out->block, block);
		if (block_faults(block) != 0)
			continue;
		rest = get_be(block + MINUTE_LEN, REST_LEN);
		out->minute = (uint32_t)get_be(block, MINUTE_LEN);
		out->writer = (uint16_t)(rest >> COUNTER_BITS);
		out->counter = rest & MASK(COUNTER_BITS);
		return 0;
	}
	return -1;
}
