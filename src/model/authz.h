/* SPDX-License-Identifier: BSD-2-Clause */
/* authz: authorizations and the challenges in them (RFC 8555 s7.1.4, s7.1.5, s8). */
#ifndef CAAS_MODEL_AUTHZ_H
#define CAAS_MODEL_AUTHZ_H

#include "wire/ident.h"

enum authz_status {		/* stored in SQL, never renumbered */
	AUTHZ_PENDING = 1,
	AUTHZ_VALID = 2,
	AUTHZ_INVALID = 3,
	AUTHZ_DEACTIVATED = 4,
	AUTHZ_EXPIRED = 5,
	AUTHZ_REVOKED = 6,
	AUTHZ__MAX
};

enum chall_status {
	CHALL_PENDING = 1,
	CHALL_PROCESSING,
	CHALL_VALID,
	CHALL_INVALID,
	CHALL__MAX
};

enum chall_type {		/* stored in SQL, never renumbered */
	CHALL_NONE = 0,
	CHALL_HTTP01 = 1,
	CHALL_DNS01 = 2,
	CHALL_TLSALPN01 = 3,
	CHALL_DNSACCOUNT01 = 4,
	CHALL_DNSPERSIST01 = 5,
	CHALL_TYPE__MAX
};

#define AUTHZ_LIFE_MAX	((int64_t)38 * 86400)	/* seconds; order_ttl and authz_ttl allow less */

/* 256 random bits as base64url (CHL-07). */
#define AUTHZ_TOKEN_BYTES	32
#define AUTHZ_TOKEN_LEN		43

struct authz {
	uint64_t		id;
	uint64_t		order_id;	/* that made it */
	uint64_t		account_id;
	enum ident_type		ident_type;
	struct view		ident_value;
	bool			is_wildcard;
	bool			covers_subdomains;	/* names below too (RFC 9444) */
	enum authz_status	status;		/* as stored; see authz_status_at() */
	struct view		token;
	unsigned		offered;	/* BIT(chall_type) of each */
	enum chall_type		active_type;	/* responded to; CHALL_NONE: none yet */
	uint8_t			key_thumbprint[32];	/* of the account key at the response */
	int64_t			validated_at;	/* 0: not */
	int64_t			expires_at;
	int64_t			deactivated_at;	/* 0: not */
	struct view		error;		/* problem document of the failed challenge */
};

const char	*authz_status_name(enum authz_status);
/* One that was given up is deactivated; pending past its end is invalid, valid past it expired (AUZ-04). */
enum authz_status	authz_status_at(const struct authz *, int64_t now);
struct ident	 authz_ident(const struct authz *);
/*
 * Does control of an identifier, and with subdomains of the names below it, prove
 * another one?  No wildcard but itself (SUB-04).
 */
bool		 authz_covers(const struct ident *proven, bool subdomains,
		    const struct ident *);

const char	*chall_status_name(enum chall_status);
/* "http-01"; also the name of its queue. */
const char	*chall_type_name(enum chall_type);
/* CHALL_NONE when there is no such type. */
enum chall_type	 chall_type_find(struct view name);
/*
 * BIT() of each of the named types.  ERR_MALFORMED for a name that is none, and
 * when there are no names.
 */
MUST_USE int	 chall_set_parse(const char *const *names, size_t n, unsigned *set,
		    struct err *);
/* May an identifier be proven by this type (VAL-03, AUZ-12, DNS-11, HTT-12)? */
bool		 chall_proves(enum chall_type, const struct ident *);
/* May it prove the names below too: the prune mark of the BR (VAL-03)? */
bool		 chall_proves_below(enum chall_type);
/* Those of the enabled types that may prove the identifier (AUZ-12, DNS-11, HTT-12). */
unsigned	 chall_offered(const struct ident *, unsigned enabled);
/* Those of a set that may prove the names below too (SUB-04). */
unsigned	 chall_below(unsigned set);
/* The status of one challenge, derived from its authorization (AUZ-06, AUZ-07). */
enum chall_status	chall_status_at(const struct authz *, enum chall_type, int64_t now);

#endif
