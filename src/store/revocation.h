/* SPDX-License-Identifier: BSD-2-Clause */
/* revocation: which certificates are revoked, and why (RFC 8555 s7.6, RFC 5280 s5.3). */
#ifndef CAAS_STORE_REVOCATION_H
#define CAAS_STORE_REVOCATION_H

#include "model/cert.h"
#include "store/job.h"

/* What decides whether a certificate may be revoked. */
struct revocable {
	uint64_t	id;
	uint64_t	account_id;
	uint64_t	issuer_id;
	int64_t		not_after_at;
	struct view	der;
	bool		is_revoked;
	bool		is_compromised;		/* its revocation says keyCompromise */
};

/* By the content octets of the serial: 1, 0, -1. */
MUST_USE int	revocable_get(struct db *, struct arena *, struct view serial,
		    struct revocable *, struct err *);
struct revocation {
	const struct revocable	*cert;
	enum revoke_reason	 reason;
	const uint8_t		*block;		/* SPKI hash of a compromised key, or NULL */
	struct view		 actor;		/* for the audit */
};
/*
 * Revoke it, or if it is revoked say that its key is compromised; and leave a job
 * for its issuer's CRL.  With a compromised key go all certificates that have it and
 * are not expired, whosever they are, and it is blocked for good (KEY-08, KEY-09).
 * ERR_ALREADY_REVOKED when another request was faster.
 */
MUST_USE int	revocation_put(struct store *, struct tx_once *, const struct revocation *,
		    const struct job_route *, uint64_t *job, struct err *);

#endif
