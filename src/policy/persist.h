/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * persist: does a persistent TXT record permit this issuer and account
 * (draft-ietf-acme-dns-persist; DPE-02..05, DPE-09..12)?
 */
#ifndef CAAS_POLICY_PERSIST_H
#define CAAS_POLICY_PERSIST_H

#include "base/arena.h"
#include "base/err.h"
#include "conf/conf.h"

#define PERSIST_LABEL	"_validation-persist."
/* Issuer domain names that a challenge may list (DPE-06). */
#define PERSIST_ISSUERS_MAX	10

struct persist_ask {
	struct view		 domain;	/* at which the record sits, lower case */
	bool			 wildcard;	/* or names below are asked for */
	const struct view	*issuers;	/* our issuer domain names */
	size_t			 nissuers;
	enum conf_persist	 draft;
	struct view		 account_url;
	struct view		 hash_prefix;	/* for CONF_PERSIST_02, with the slash behind */
	const struct view	*thumbprints;	/* base64url, of the account's keys, old ones too */
	size_t			 nthumbprints;
	int64_t			 now;
};

/* A later one is nearer to permission, and is what to tell of several. */
enum persist_ruling {
	PERSIST_MALFORMED, PERSIST_OTHER_ISSUER, PERSIST_TWICE, PERSIST_NO_ACCOUNT,
	PERSIST_OTHER_ACCOUNT, PERSIST_BAD_UNTIL, PERSIST_OVER, PERSIST_NO_WILDCARD,
	PERSIST_PERMITTED,
};

/* One TXT value.  *until: when a permission ends, 0: never. */
enum persist_ruling	persist_judge(struct arena *, const struct persist_ask *,
			    struct view value, int64_t *until);
/* "it names another account" */
const char		*persist_ruling_text(enum persist_ruling);
/* The accounturi of CONF_PERSIST_02 for a domain, or for "*". */
struct view		 persist_account_hash(struct arena *, const struct persist_ask *,
			    struct view domain, struct view thumbprint);

#endif
