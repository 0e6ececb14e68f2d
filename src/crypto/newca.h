/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * newca: a fresh two-level CA: a P-384 root that is kept aside and a P-256 issuing
 * CA (RFC 5280; BR 7.1.2.1, 7.1.2.6).
 */
#ifndef CAAS_CRYPTO_NEWCA_H
#define CAAS_CRYPTO_NEWCA_H

#include "base/arena.h"
#include "base/err.h"

struct newca_ask {
	const char	*organization;	/* O of both subjects */
	const char	*country;	/* C, two letters */
	const char	*root_name;	/* CN */
	const char	*issuing_name;	/* CN */
	int64_t		 now;
	int64_t		 root_days;
	int64_t		 issuing_days;
};

/* All PEM, in the arena; the caller wipes the keys. */
struct newca {
	struct view	root_key;
	struct view	root_cert;
	struct view	issuing_key;
	struct view	issuing_cert;
};

MUST_USE int	newca_make(struct arena *, const struct newca_ask *, struct newca *,
		    struct err *);

#endif
