/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Row ids as AES-128 blocks (design.md 6): id 8 bytes big-endian, kind 1 byte,
 * 7 zero bytes that prove on the way back that the block is ours.
 */
#include "crypto/token.h"

#include "base/base64url.h"
#include "crypto/aesblock.h"
#include "crypto/bigendian.h"
#include "crypto/keyfile.h"

#define ID_TIME_SHIFT	22	/* bits of writer and counter below the time */
#define KIND_AT		8
#define ZEROS_AT	9

_Static_assert(TOKEN_LEN == B64U_LEN(AESBLOCK_LEN), "one block is one token");

struct token_key {
	uint64_t	from_ms;	/* since 1970 */
	struct aesblock	aes;
};

struct token_keys {
	size_t			n;
	struct token_key	keys[KEYFILE_KEYS_MAX];
};

static int
add_key(struct token_keys *keys, struct view from, struct view hex, struct err *err)
{
	struct token_key *key = &keys->keys[keys->n];

	if (keys->n == NITEMS(keys->keys))
		return err_internal(err, "too many keys");
	if (view_u64(from, INT64_MAX, &key->from_ms) != 0)
		return err_internal(err, "no time in milliseconds");
	if (keys->n == 0 ? key->from_ms != 0 : key->from_ms <= key[-1].from_ms)
		return err_internal(err, "times must begin with 0 and rise");
	keys->n++;
	return aesblock_init_hex(&key->aes, hex, err);
}

int
token_keys_parse(struct view file, struct token_keys **out, struct err *err)
{
	struct keyfile f = keyfile_of(file);
	struct token_keys *keys;
	struct view from, hex;

	*out = NULL;
	if ((keys = calloc(1, sizeof(*keys))) == NULL)
		return err_internal(err, "out of memory");
	while (keyfile_next(&f, &from, &hex)) {
		if (add_key(keys, from, hex, err) != 0) {
			(void)keyfile_err(&f, "URL key file", err);
			token_keys_free(keys);
			return -1;
		}
	}
	if (keys->n == 0) {
		token_keys_free(keys);
		return err_internal(err, "URL key file: no key");
	}
	*out = keys;
	return 0;
}

void
token_keys_free(struct token_keys *keys)
{
	size_t i;

	if (keys == NULL)
		return;
	for (i = 0; i < keys->n; i++)
		aesblock_release(&keys->keys[i].aes);
	free(keys);
}

/* The key that was in force when the id was made; the first one is from 0. */
static const struct token_key *
key_of(const struct token_keys *keys, uint64_t id)
{
	uint64_t ms = (id >> ID_TIME_SHIFT) + (uint64_t)ID_EPOCH_S * 1000;
	size_t i = keys->n - 1;

	while (i > 0 && keys->keys[i].from_ms > ms)
		i--;
	return &keys->keys[i];
}

void
token_encode(const struct token_keys *keys, enum token_kind kind, uint64_t id,
    char out[TOKEN_LEN + 1])
{
	uint8_t block[AESBLOCK_LEN] = { 0 };

	put_be(block, id, 8);
	block[KIND_AT] = (uint8_t)kind;
	aesblock_encrypt(&key_of(keys, id)->aes, block, block);
	b64u_encode(block, sizeof(block), out);
}

/* Not 0 unless the block is one of that kind; in constant time. */
static unsigned
block_faults(const uint8_t block[AESBLOCK_LEN], enum token_kind kind)
{
	unsigned faults = block[KIND_AT] ^ (unsigned)kind;
	size_t i;

	for (i = ZEROS_AT; i < AESBLOCK_LEN; i++)
		faults |= block[i];
	return faults;
}

int
token_decode(const struct token_keys *keys, enum token_kind kind,
    struct view token, uint64_t *id)
{
	uint8_t cipher[AESBLOCK_LEN], block[AESBLOCK_LEN];
	uint64_t got;
	size_t i;

	if (b64u_decode_exact(token, cipher, sizeof(cipher)) != 0)
		return -1;
	for (i = keys->n; i-- > 0; ) {
		aesblock_decrypt(&keys->keys[i].aes, cipher, block);
		got = get_be(block, 8);
		if (block_faults(block, kind) == 0 && key_of(keys, got) == &keys->keys[i]) {
			*id = got;
			return 0;
		}
	}
	return -1;
}
