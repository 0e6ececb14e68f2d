/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * keychain: the keys that an account has and had, as far back as its signed
 * keyChange requests prove it (RFC 8555 s7.3.5, design.md 3).  What the database
 * says without such a request does not count.
 */
#ifndef CAAS_SIGNER_KEYCHAIN_H
#define CAAS_SIGNER_KEYCHAIN_H

#include "crypto/key.h"
#include "store/db.h"
#include "wire/jws.h"
#include "wire/url.h"

struct keychain {
	struct arena	*arena;
	struct db	*db;
	uint64_t	 account_id;
	struct view	 account_url;
	struct view	 change_url;	/* keyChange of its server */
	struct jwk	*keys;		/* newest first */
	size_t		 n;
	bool		 is_whole;	/* the requests were read */
};

/* Begin with the key that the account has now.  ERR_UNAUTHORIZED when that is none. */
MUST_USE int	keychain_init(struct keychain *, struct arena *, struct db *,
		    uint64_t account_id, struct view account_url, const struct url_base *,
		    struct view key_jwk, struct err *);
/*
 * Where the key stands in it, 0 for the newest: 1 found, 0 not, -1 (database).  The
 * requests are read when it is not the newest.
 */
MUST_USE int	keychain_find(struct keychain *, const uint8_t thumbprint[THUMBPRINT_LEN],
		    size_t *at, struct err *);
/* Is the JWS signed by one of the keys from the newest to the one at last? */
bool		keychain_signed(const struct keychain *, const struct jws *, size_t last);

#endif
