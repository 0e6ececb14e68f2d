/* SPDX-License-Identifier: BSD-2-Clause */
/* cert: issued certificates, issuers and CRLs, for whoever serves them. */
#ifndef CAAS_STORE_CERT_H
#define CAAS_STORE_CERT_H

#include "model/cert.h"
#include "store/store.h"

#define ISSUERS_MAX		256
#define ISSUER_CHAINS_MAX	16	/* others, of one issuer */
#define ISSUER_CHAIN_CERTS_MAX	8	/* in one of them */

struct cert_der {
	uint64_t	id;
	uint64_t	order_id;
	uint64_t	issuer_id;
	struct view	der;
	bool		is_collected;	/* its client has had it */
};

/* A certificate of this account: 1, 0, -1. */
MUST_USE int	cert_get(struct db *, struct arena *, uint64_t id, uint64_t account_id,
		    struct cert_der *, struct err *);
/* Its client gets it now. */
MUST_USE int	cert_collect(struct store *, struct tx_once *, const struct cert_der *,
		    struct err *);

/* 1, 0, -1. */
MUST_USE int	issuer_by_id(struct db *, struct arena *, uint64_t id, struct issuer *,
		    struct err *);
MUST_USE int	issuer_by_name(struct db *, struct arena *, struct view name,
		    struct issuer *, struct err *);
MUST_USE int	issuer_list(struct db *, struct arena *, struct issuer **, size_t *n,
		    struct err *);
/* 1 added, 0 the name is taken, -1; id is set. */
MUST_USE int	issuer_put(struct store *, struct issuer *, struct err *);
/* Its other chains, by number. */
MUST_USE int	issuer_chains(struct db *, struct arena *, uint64_t issuer_id,
		    struct issuer_chain **, size_t *n, struct err *);
/* 1 added, under a number that none had before; 0 there are ISSUER_CHAINS_MAX; -1. */
MUST_USE int	issuer_chain_put(struct store *, uint64_t issuer_id, struct issuer_chain *,
		    struct err *);
/* 1 dropped, 0 there is none, -1. */
MUST_USE int	issuer_chain_drop(struct store *, uint64_t issuer_id, unsigned number,
		    struct err *);

struct crl {
	uint64_t	number;
	int64_t		this_update_at;
	int64_t		next_update_at;
	struct view	der;
};
/* The newest of a shard: 1, 0, -1. */
MUST_USE int	crl_newest(struct db *, struct arena *, uint64_t issuer_id, unsigned shard,
		    struct crl *, struct err *);
MUST_USE int	crl_put(struct db *, uint64_t issuer_id, unsigned shard,
		    const struct crl *, struct err *);

struct crl_entry {
	struct view	serial;
	int64_t		revoked_at;
	unsigned	revoke_reason;
};
/* The bytes of a certificate by its serial: 1, 0, -1. */
MUST_USE int	cert_by_serial(struct db *, struct arena *, struct view serial,
		    struct view *der, struct err *);
#define CRL_ENTRIES_MAX	1000000
/* Revoked certificates whose notAfter is at or after since. */
MUST_USE int	crl_entries(struct db *, struct arena *, uint64_t issuer_id,
		    unsigned shard, int64_t since, struct crl_entry **, size_t *n,
		    struct err *);

#endif
