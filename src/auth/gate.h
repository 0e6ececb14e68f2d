/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate: who sends an ACME request, and may it be looked at (RFC 8555 s6)?
 *
 * Order of checks (design.md 5): media type, size, JWS shape, algorithm, url,
 * shape and age of the nonce, account and key, signature, nonce spent, state of
 * the account; only then the handler.  A request refused after its signature
 * verified has spent its nonce.
 */
#ifndef CAAS_AUTH_GATE_H
#define CAAS_AUTH_GATE_H

#include "auth/nonce.h"
#include "crypto/sig.h"
#include "model/account.h"
#include "model/partner.h"
#include "wire/jws.h"
#include "wire/problem.h"
#include "wire/url.h"

/* struct route.auth of ACME routes. */
enum {
	AUTH_NONE,	/* GET only needs nothing; a POST is a signed POST-as-GET */
	AUTH_JWK,	/* signed by a key that the request brings: newAccount */
	AUTH_KID,	/* signed by the key of an account */
	AUTH_EITHER,	/* one or the other: revokeCert */
};
/* struct route.flags of ACME routes. */
enum {
	ROUTE_WRITES = BIT(0),		/* the handler's transaction spends the nonce */
	ROUTE_POST_AS_GET = BIT(1),	/* the payload must be empty */
};

/* Who asks; req->auth of ACME requests. */
struct auth {
	struct server		 server;
	struct url_base		 base;
	struct jws		 jws;
	struct view		 body;		/* the JWS as received */
	bool			 verified;	/* its signature is good */
	const struct json	*payload;	/* NULL: empty */
	struct jwk		 jwk;		/* AUTH_JWK, or by jwk: the key */
	struct key		*key;		/* AUTH_JWK: ready to verify */
	uint8_t			 thumbprint[THUMBPRINT_LEN];	/* of the signing key */
	struct account		 account;	/* by kid; id 0: by jwk */
	struct nonce_row	 nonce;
	struct view		 location;	/* 409: what is in the way */
	struct problem_extra	 extra;		/* for the problem document */
	bool			 wants_nonce;	/* the answer carries a fresh one */
	int64_t			 max_age;	/* seconds that the answer may be kept; 0: none */
	bool			 is_directory;	/* the one resource without Link "index" */
};

static inline struct auth *
auth_of(const struct req *r)
{
	return r->auth;
}

/* Hooks of the ACME site. */
MUST_USE int	gate_enter(struct req *, struct err *);
MUST_USE int	gate_settle(struct req *, int rc, struct err *);
void		gate_fail(struct req *, const struct err *);
void		gate_finish(struct req *);

#endif
