/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * url: our resource URLs, and the targets of redirects (RFC 3986 as far as
 * http-01 needs it; HTT-04, HTT-05).
 *
 * A resource URL is base + "/v2/" + server + path: byte-stable for the life of
 * the object (TRN-19).  Ids in them are tokens of crypto/token or the stored
 * acmeAccountID.  The paths:
 *	/newNonce ...			directory entries
 *	/account/ID, /account/ID/orders
 *	/order/TOKEN, /order/TOKEN/finalize
 *	/authz/TOKEN, /authz/TOKEN/METHOD	a challenge, by the authorization
 *	/cert/TOKEN
 */
#ifndef CAAS_WIRE_URL_H
#define CAAS_WIRE_URL_H

#include "base/arena.h"
#include "base/err.h"
#include "wire/limits.h"

/* Where the resources of one ACME server live. */
struct url_base {
	struct view	base;		/* "https://ca.example.net", no slash behind */
	struct view	server;		/* "DV" */
};

struct view	url_directory(struct arena *, const struct url_base *);
/* .../v2/DV/newNonce and the like */
struct view	url_resource(struct arena *, const struct url_base *, const char *name);
struct view	url_account(struct arena *, const struct url_base *, struct view acme_account_id);
struct view	url_account_orders(struct arena *, const struct url_base *,
		    struct view acme_account_id);
struct view	url_account_limits(struct arena *, const struct url_base *,
		    struct view acme_account_id);
/* Before the hashes of accounts in DNS records; nothing is there (DPE-04). */
struct view	url_account_hashes(struct arena *, const struct url_base *);
struct view	url_order(struct arena *, const struct url_base *, const char *token);
struct view	url_finalize(struct arena *, const struct url_base *, const char *token);
struct view	url_authz(struct arena *, const struct url_base *, const char *token);
struct view	url_challenge(struct arena *, const struct url_base *, const char *token,
		    const char *method);
struct view	url_cert(struct arena *, const struct url_base *, const char *token);

/*
 * The acmeAccountID of one of our account URLs, compared octet for octet
 * (JWS-10); -1 when the URL has another shape.
 */
MUST_USE int	url_parse_account(const struct url_base *, struct view url,
		    struct view *acme_account_id);

enum url_scheme { URL_HTTP, URL_HTTPS };

/* An absolute http or https URL. */
struct url {
	enum url_scheme	scheme;
	struct view	host;		/* lower case; a v6 literal without brackets */
	bool		host_is_ip;
	uint16_t	port;		/* 0: none was given */
	struct view	target;		/* path and query, at least "/"; no fragment */
};

/*
 * Parse the Location of a redirect, resolved against base (NULL: absolute
 * only).  ERR_CONNECTION with a text that helps the site's owner: scheme other
 * than http or https, user information, a host that is missing or neither an IP
 * address nor a name that ident_parse_dns() takes, one that ends in
 * ".well-known" (the missing slash), path and query over REDIRECT_PATH_MAX,
 * bytes other than printable ASCII.  Which ports and hosts are allowed is the
 * caller's to say.  out lives in the arena and may be *base.
 */
MUST_USE int	url_parse_redirect(struct arena *, struct view location,
		    const struct url *base, struct url *out, struct err *);
/* Absolute text form, for records and for the loop check. */
struct view	url_text(struct arena *, const struct url *);

#endif
