/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * issuance: what the signer reads of an order, and the two transactions between
 * which it signs (design.md 2, habit 22): the intent with its serial, then the
 * certificate.
 */
#ifndef CAAS_STORE_ISSUANCE_H
#define CAAS_STORE_ISSUANCE_H

#include "model/account.h"
#include "model/cert.h"
#include "model/order.h"
#include "store/job.h"

/* An order with its account and binding as they are now. */
struct sign_order {
	uint64_t		id;
	uint64_t		account_id;
	enum order_status	status;
	int64_t			expires_at;
	struct view		profile;
	int64_t			not_before_at;	/* asked for; 0: the profile decides */
	int64_t			not_after_at;
	struct view		idents;
	struct view		authzs;
	struct view		finalize_jws;
	struct view		acme_account_id;
	enum account_status	account_status;
	struct view		key_jwk;
	uint64_t		binding_id;
	enum binding_status	binding_status;
	struct view		server;
};

/* 1, 0, -1. */
MUST_USE int	sign_order_get(struct db *, struct arena *, uint64_t id,
		    struct sign_order *, struct err *);

/* A statement with its signature, as a row holds it. */
struct evidence {
	struct view	statement;
	struct view	signature;
};
/*
 * The newest proof of an authorization, and the newest CAA check of a name that it
 * covers, or (empty) of its own: 1, 0, -1.
 */
MUST_USE int	verdict_newest(struct db *, struct arena *, uint64_t authz_id,
		    struct evidence *, struct err *);
MUST_USE int	caa_check_newest(struct db *, struct arena *, uint64_t authz_id,
		    struct view name, struct evidence *, struct err *);

/* The intent. */
struct issuance {
	uint64_t	order_id;
	struct view	serial;		/* content octets */
	uint64_t	issuer_id;
	struct view	tbs;		/* DER, to be signed unchanged */
};
/* The one under way for an order: 1, 0, -1. */
MUST_USE int	issuance_get(struct db *, struct arena *, uint64_t order_id,
		    struct issuance *, struct err *);
/* Reserve the serial and record the bytes: 1 done, 0 the serial or the order is taken, -1. */
MUST_USE int	issuance_reserve(struct store *, const struct issuance *, struct err *);

/*
 * The certificate is signed: certificate, order valid, serial used, job done, in
 * one transaction.  c->id and c->number are set here.  ERR_CONFLICT: the order,
 * the serial or the job is no longer what it was; nothing happened.
 */
MUST_USE int	issuance_complete(struct store *, const struct slot *, uint64_t job_id,
		    const struct issuance *, struct cert *, struct view der,
		    const uint8_t key_thumbprint[32], struct err *);
/*
 * The order will get no certificate: order invalid with this problem, the serial
 * burned if one was reserved, job done.  why goes to the audit.
 */
MUST_USE int	issuance_refuse(struct store *, const struct slot *, uint64_t job_id,
		    uint64_t order_id, const struct issuance *reserved,
		    struct view problem, struct view why, struct err *);

/* Only end a job whose order needs nothing any more. */
MUST_USE int	issuance_skip(struct store *, const struct slot *, uint64_t job_id,
		    struct err *);

#endif
