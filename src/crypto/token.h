/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * token: row ids and nonces as they go on the wire, each one AES-128 block in
 * base64url (design.md 6): unguessable, not countable, checked before the
 * database is asked.  NON-03, TRN-20.
 */
#ifndef CAAS_CRYPTO_TOKEN_H
#define CAAS_CRYPTO_TOKEN_H

#include "base/err.h"

#define TOKEN_LEN	22		/* characters, without NUL */
#define ID_EPOCH_S	1735689600	/* 2025-01-01T00:00:00Z */

/* What an id names; stored in the block, so that ids of two kinds never pass. */
enum token_kind {
	TOKEN_ORDER = 1, TOKEN_AUTHZ = 2, TOKEN_CERT = 3, TOKEN_CURSOR = 4,
};

struct token_keys;	/* the URL keys, oldest first; for one thread at a time */

/*
 * Parse the key file: lines "from_ms hexkey" with rising from_ms (milliseconds
 * since 1970; 32 hex digits), '#' comments.  The first line's from_ms is 0.
 * ERR_INTERNAL names the line.
 */
MUST_USE int	token_keys_parse(struct view file, struct token_keys **, struct err *);
void		token_keys_free(struct token_keys *);

/*
 * Encode an id (41 bits of ms since ID_EPOCH_S above 22 others) under the key
 * that was in force at the id's time, so that it never changes.
 */
void		token_encode(const struct token_keys *, enum token_kind, uint64_t id,
		    char out[TOKEN_LEN + 1]);
/* -1 when it is none of ours of that kind. */
MUST_USE int	token_decode(const struct token_keys *, enum token_kind,
		    struct view, uint64_t *id);

/* Nonces: minute since ID_EPOCH_S, writer, counter. */
struct nonce_keys;
struct nonce {
	uint32_t	minute;		/* since ID_EPOCH_S, 24 bits */
	uint16_t	writer;		/* 10 bits */
	uint64_t	counter;	/* 46 bits */
	uint8_t		block[16];	/* as on the wire, decoded */
};

/*
 * The file holds one or two lines of 32 hex digits, '#' comments beside them:
 * the key to issue under, and an older one that is still accepted.
 */
MUST_USE int	nonce_keys_parse(struct view file, struct nonce_keys **, struct err *);
void		nonce_keys_free(struct nonce_keys *);
/* Fills block from the other members, cut to their bits, and writes the text. */
void		nonce_encode(const struct nonce_keys *, struct nonce *, char out[TOKEN_LEN + 1]);
/* -1 when it is none of ours. */
MUST_USE int	nonce_decode(const struct nonce_keys *, struct view, struct nonce *out);

#endif
