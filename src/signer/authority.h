/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * authority: the issuing CAs of this signer, and whom it believes, from its own
 * file (caas-signer.conf); the database is asked for nothing but their row ids.
 */
#ifndef CAAS_SIGNER_AUTHORITY_H
#define CAAS_SIGNER_AUTHORITY_H

#include "conf/signer_conf.h"
#include "crypto/key.h"
#include "crypto/x509.h"
#include "policy/names.h"
#include "signer/backend.h"
#include "store/cert.h"

struct ca {
	const struct signer_issuer	*conf;
	uint64_t			 id;		/* row of issuers; 0: not looked up yet */
	struct view			 der;		/* its certificate */
	struct cert_facts		 facts;
	X509				*cert;
	struct backend			*backend;
	EVP_PKEY			*dummy;		/* same kind of key, for lint copies */
	struct view			 crl_url;	/* of shard 0 */
	struct view			 issuer_url;
};

struct perspective {
	const struct signer_perspective	*conf;
	struct key			*key;
};

struct authority {
	struct arena		*arena;
	struct signer_conf	*conf;
	struct ca		*cas;
	size_t			 ncas;
	struct perspective	*perspectives;
	size_t			 nperspectives;
	struct view		 issuers;	/* caa_identities as attestations hold them */
	struct names_policy	*names;		/* which names are everybody's */
};

/* Loads keys and certificates and checks that they belong together. */
MUST_USE int	authority_load(const char *path, struct authority **, struct err *);
void		authority_free(struct authority *);

/* The CA that signs new certificates, its row looked up and compared. */
MUST_USE int	authority_active(struct authority *, struct db *, struct ca **, struct err *);
/* By row id, for an issuance that began earlier. */
MUST_USE int	authority_by_id(struct authority *, struct db *, uint64_t id, struct ca **,
		    struct err *);
/* Look up the row of a CA: ERR_INTERNAL when it is missing or not the same certificate. */
MUST_USE int	authority_resolve(struct db *, struct ca *, struct err *);
/* NULL when nobody of that name and key id is trusted. */
const struct key	*authority_perspective(const struct authority *, struct view name,
			    struct view key_id);
const struct signer_profile	*authority_profile(const struct authority *, struct view name);

#endif
