/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signer_conf: caas-signer.conf(5), what the signer believes without asking the
 * database.  Its keys stand in a table as those of caas.conf do (conf/conf.h).
 */
#ifndef CAAS_CONF_SIGNER_CONF_H
#define CAAS_CONF_SIGNER_CONF_H

#include "conf/conf.h"

struct signer_issuer {
	const char	*name;
	const char	*cert;		/* file, PEM: the issuing CA's certificate */
	const char	*key;		/* file, PEM: its private key */
	bool		 active;	/* signs new certificates */
};

struct signer_perspective {
	const char	*name;
	const char	*key_id;
	const char	*public_key;	/* Ed25519, base64url */
};

struct signer_profile {
	const char	*name;
	int64_t		 lifetime;	/* seconds, inclusive of both ends */
	int64_t		 backdate;	/* seconds that notBefore lies before signing */
};

/* Strings are never NULL, but may be "". */
struct signer_conf {
	struct arena			*arena;
	const char			*base_url;
	const char			*http_base_url;
	struct conf_list		 caa_identities;
	int64_t				 verdict_max_age;
	int64_t				 caa_max_age;
	int64_t				 crl_lifetime;
	int64_t				 crl_refresh;
	bool				 wildcard_covers_names;
	const struct signer_issuer	*issuers;
	size_t				 nissuers;
	const struct signer_perspective	*perspectives;
	size_t				 nperspectives;
	const struct signer_profile	*profiles;
	size_t				 nprofiles;
};
/* As conf_load() and conf_free() do it. */
MUST_USE int	signer_conf_load(const char *path, struct signer_conf **, struct err *);
void		signer_conf_free(struct signer_conf *);

#endif
