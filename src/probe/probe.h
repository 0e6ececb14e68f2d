/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * probe: proof of control over one identifier, one file a method (RFC 8555 s8).
 * A probe runs in the loop and delays nobody; it knows no database.
 */
#ifndef CAAS_PROBE_PROBE_H
#define CAAS_PROBE_PROBE_H

#include "base/arena.h"
#include "probe/fetch.h"
#include "probe/handshake.h"
#include "probe/resolver.h"

/* What every probe of a process shares. */
struct prober {
	struct loop		*loop;
	struct resolver		*resolver;
	struct fetcher		*fetcher;
	struct handshaker	*handshaker;
	const struct conf	*conf;
};

/* What is to be proven; must outlive the probe. */
struct probe_ask {
	struct ident	ident;
	bool		subdomains;	/* the names below are to be proven with it */
	struct view	token;
	struct view	key_authz;	/* token "." thumbprint (RFC 8555 s8.1) */
	struct view	account_url;
	/* For dns-persist-01 alone. */
	struct view	account_hash_prefix;	/* URL, with the slash behind (DPE-04) */
	const struct view *thumbprints;		/* base64url, of the account's keys, old ones too */
	size_t		nthumbprints;
	int64_t		now;
};

struct verdict {
	bool			 ok;
	bool			 transient;	/* a new try may help */
	struct err		 err;		/* what the client is told, unless ok */
	enum dnssec_state	 dnssec;	/* the weakest look-up that the proof rests on */
	struct view		 adn;		/* Authorization Domain Name */
	int64_t			 until;		/* how long it may be used, 0: no matter */
	/*
	 * What was looked up, tried and seen, as one JSON object (HTT-14, BLD-09):
	 * url, hostname, port, addressesResolved, addressUsed, hops, answers.
	 */
	struct view		 record;
};

/* Called exactly once, from the loop, unless cancelled; the verdict lives in the arena. */
typedef void (*probe_done)(void *arg, const struct verdict *);

struct probe;

struct probe_method {
	const char	 *name;		/* "http-01" */
	/* Everything it makes lives in the arena, which must outlive the probe. */
	struct probe	*(*start)(const struct prober *, struct arena *,
			    const struct probe_ask *, probe_done, void *arg);
	/* Only before done was called. */
	void		 (*cancel)(struct probe *);
};

/* NULL when there is no such method. */
const struct probe_method	*probe_method_find(struct view name);

extern const struct probe_method	probe_http01;
extern const struct probe_method	probe_dns01;
extern const struct probe_method	probe_tlsalpn01;
extern const struct probe_method	probe_dnsaccount01;
extern const struct probe_method	probe_dnspersist01;

#endif
