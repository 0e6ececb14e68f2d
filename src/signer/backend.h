/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * backend: who holds a CA's private key.  A table of functions, filled once at
 * start: a key file now, an HSM by an OpenSSL provider beside it.
 */
#ifndef CAAS_SIGNER_BACKEND_H
#define CAAS_SIGNER_BACKEND_H

#include "base/arena.h"

#include <openssl/x509.h>

#include "base/err.h"

struct backend;

struct backend_ops {
	/* Sign bytes with the issuer's key; DER signature value in the arena. */
	int	(*sign)(struct backend *, struct arena *, struct view tbs,
		    struct view *signature, struct err *);
	void	(*free)(struct backend *);
};

struct backend {
	const struct backend_ops	*ops;
	EVP_PKEY			*public_key;	/* to check what was signed */
	const EVP_MD			*digest;	/* that goes with the key (PRO-16) */
};

/* A PEM file without passphrase, readable by the signer alone. */
MUST_USE int	backend_file(const char *path, struct backend **, struct err *);

#endif
