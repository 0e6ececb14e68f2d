/* SPDX-License-Identifier: BSD-2-Clause */
/* cert: issued certificates, their serials and issuers. */
#ifndef CAAS_MODEL_CERT_H
#define CAAS_MODEL_CERT_H

#include "base/view.h"

enum revoke_reason {		/* RFC 5280 s5.3.1; those that subscribers may give */
	REVOKE_UNSPECIFIED = 0,
	REVOKE_KEY_COMPROMISE = 1,
	REVOKE_AFFILIATION_CHANGED = 3,
	REVOKE_SUPERSEDED = 4,
	REVOKE_CESSATION_OF_OPERATION = 5,
};

enum serial_status {		/* stored in SQL, never renumbered */
	SERIAL_RESERVED = 1,
	SERIAL_USED = 2,
	SERIAL_BURNED = 3,	/* reserved, but never signed for */
};

struct cert {
	uint64_t		id;
	uint64_t		number;		/* small, certificateID on the wire */
	uint64_t		order_id;
	uint64_t		account_id;
	uint64_t		issuer_id;
	struct view		serial;		/* content octets */
	int64_t			not_before_at;
	int64_t			not_after_at;
	uint8_t			spki_sha256[32];
	struct view		profile;
	unsigned		crl_shard;
	uint8_t			idents_sha256[32];	/* of the order's names, packed */
};

struct issuer {
	uint64_t		id;
	struct view		name;
	struct view		ski;
	struct view		cert;		/* DER */
	struct view		chain;		/* PEM, without the root */
};

/* Another way to a root: begins with another certificate of the issuer, or goes on otherwise. */
struct issuer_chain {
	unsigned		number;		/* from 1 */
	struct view		chain;		/* PEM, without the root */
};

#endif
