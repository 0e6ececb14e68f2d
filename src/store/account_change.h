/* SPDX-License-Identifier: BSD-2-Clause */
/* account_change: what becomes of an account after it was registered (RFC 8555 s7.3.2..s7.3.6). */
#ifndef CAAS_STORE_ACCOUNT_CHANGE_H
#define CAAS_STORE_ACCOUNT_CHANGE_H

#include "model/account.h"
#include "store/store.h"

/* Replace the contacts; none: there are none from then on. */
MUST_USE int	account_set_contacts(struct store *, struct tx_once *, const struct account *,
		    const struct view *contacts, size_t n, struct err *);

/* It agreed to the terms at that URL. */
MUST_USE int	account_agree(struct store *, struct tx_once *, const struct account *,
		    struct view tos_url, struct err *);

/*
 * End the account for good, and its orders that no signer has yet with problem
 * as their error (ACC-13).  orders_since: older ones have expired anyway.
 */
MUST_USE int	account_deactivate(struct store *, struct tx_once *, const struct account *,
		    int64_t orders_since, struct view problem, struct err *);

struct account_rekey {
	const uint8_t	*old_thumbprint;	/* 32 bytes: the key that signed */
	const uint8_t	*new_thumbprint;	/* 32 bytes */
	struct view	 new_jwk;		/* canonical form */
	struct view	 request;		/* the signed request, proof for the signer */
};
/*
 * keyChange: the account has the new key at once, and the change is kept.
 * ERR_CONFLICT when the key has an account by now; ERR_UNAUTHORIZED when the
 * account no longer has the old one (KCH-07).
 */
MUST_USE int	account_rekey(struct store *, struct tx_once *, const struct account *,
		    const struct account_rekey *, struct err *);

#define ACCOUNT_KEYS_MAX	1000
/* The requests by which its keys changed, oldest first. */
MUST_USE int	account_key_changes(struct db *, struct arena *, uint64_t account_id,
		    struct view **requests, size_t *n, struct err *);

#endif
