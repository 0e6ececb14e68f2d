/* SPDX-License-Identifier: BSD-2-Clause */
/* account: ACME accounts and their contacts. */
#ifndef CAAS_STORE_ACCOUNT_H
#define CAAS_STORE_ACCOUNT_H

#include "model/account.h"
#include "store/limit.h"

/* By the last part of the account URL: 1, 0, -1. */
MUST_USE int	account_get(struct db *, struct arena *, struct view acme_account_id,
		    struct account *, struct err *);
/* By key, within a server: 1, 0, -1. */
MUST_USE int	account_by_key(struct db *, struct arena *, const uint8_t thumbprint[32],
		    uint64_t server_id, struct account *, struct err *);
MUST_USE int	account_contacts(struct db *, struct arena *, uint64_t account_id,
		    struct view **contacts, size_t *n, struct err *);

/* 1 yes, 0 no, -1: is it the key of any account; of any certificate; blocked? */
MUST_USE int	account_key_used(struct db *, const uint8_t thumbprint[32], struct err *);
MUST_USE int	cert_key_used(struct db *, const uint8_t thumbprint[32], struct err *);
MUST_USE int	key_blocked(struct db *, const uint8_t spki_sha256[32], struct err *);
/* Refuse the key from now on, for accounts and certificates; whoever blocked it before. */
MUST_USE int	key_block(struct db *, const uint8_t spki_sha256[32], const char *reason,
		    int64_t now, struct err *);

/* Who a request came from, for the partner's lists. */
struct client {
	struct view	user_agent;
	struct view	ip_address;
};

struct account_new {
	uint64_t		 server_id;
	uint64_t		 binding_id;
	const uint8_t		*key_thumbprint;	/* 32 bytes */
	struct view		 key_jwk;
	const struct view	*contacts;
	size_t			 ncontacts;
	struct view		 tos_url;		/* agreed to; p == NULL: there are none */
	struct view		 eab;			/* JSON as received */
	struct client		 client;
	struct limit_takes	 takes;
};

/*
 * newAccount: the pre-registered account of the binding takes the key, or a new
 * one is made; out gets id and acme_account_id.  ERR_CONFLICT when the key has
 * an account by now; ERR_UNAUTHORIZED when the binding is not usable;
 * ERR_MALFORMED when it is single-use and spent (EAB-11); ERR_RATE_LIMITED.
 */
MUST_USE int	account_register(struct store *, struct tx_once *, struct arena *,
		    const struct account_new *, struct account *out, struct err *);

#endif
