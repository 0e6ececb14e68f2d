/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * attest: what a perspective saw, as bytes that it signs (design.md 3).
 *
 * A statement is its label with version and a zero byte, then its fields in a
 * fixed order: text and bytes with a 4-byte big-endian length before them,
 * numbers, enums and flags as 8 bytes big-endian.  Parsing accepts exactly what
 * building makes.
 */
#ifndef CAAS_CRYPTO_ATTEST_H
#define CAAS_CRYPTO_ATTEST_H

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/sig.h"
#include "wire/ident.h"

#define ATTEST_MAX	4096	/* bytes of a statement */

enum attest_result { ATTEST_NO = 0, ATTEST_YES = 1 };
/* RFC 4035 s4.3; bogus is never attested as a yes. */
enum dnssec_state {
	DNSSEC_INDETERMINATE = 0, DNSSEC_INSECURE = 1, DNSSEC_SECURE = 2, DNSSEC_BOGUS = 3,
};

/*
 * caas-verdict-v1: control of an identifier was, or was not, proven.  The same fields
 * as caas-verdict-subdomains-v1: of a name and all names below it (RFC 9444).
 */
struct attest_verdict {
	struct view		perspective;
	struct view		key_id;
	uint64_t		authz_id;
	uint64_t		account_id;
	struct view		account_url;
	uint8_t			key_thumbprint[THUMBPRINT_LEN];
	struct ident		ident;		/* type, value, wildcard */
	bool			covers_subdomains;	/* the names below are proven with it */
	struct view		adn;		/* Authorization Domain Name (VAL-04) */
	struct view		method;		/* "http-01" */
	struct view		token;
	enum attest_result	result;
	enum dnssec_state	dnssec;
	int64_t			checked_at;
};

/* caas-caa-v1: CAA permits, or does not permit, this issuer. */
struct attest_caa {
	struct view		perspective;
	struct view		key_id;
	struct view		name;		/* without "*." */
	bool			wildcard;
	struct view		account_url;
	struct view		method;
	struct view		issuers;	/* our identities, one a line, sorted */
	enum attest_result	result;
	enum dnssec_state	dnssec;
	int64_t			checked_at;
};

/* The text of attest_caa.issuers: the names sorted, one a line. */
struct view	attest_issuers(struct arena *, const char *const *names, size_t n);

/*
 * The buffer fails for a statement over ATTEST_MAX and for what parsing would
 * refuse: an enum or time out of range, a yes with bogus, a wildcard address, names
 * below a wildcard or an address.
 */
void	attest_verdict_put(struct buf *, const struct attest_verdict *);
void	attest_caa_put(struct buf *, const struct attest_caa *);
/* ERR_UNAUTHORIZED when the bytes are no such statement; views point into them. */
MUST_USE int	attest_verdict_get(struct view, struct attest_verdict *, struct err *);
MUST_USE int	attest_caa_get(struct view, struct attest_caa *, struct err *);

#endif
