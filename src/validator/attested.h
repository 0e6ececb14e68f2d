/* SPDX-License-Identifier: BSD-2-Clause */
/* attested: statements about one check, signed by this host's perspective. */
#ifndef CAAS_VALIDATOR_ATTESTED_H
#define CAAS_VALIDATOR_ATTESTED_H

#include "probe/caa.h"
#include "store/check.h"
#include "validator/validator.h"

struct attest_context {
	const struct validator_conf	*v;
	struct arena			*arena;
	const struct check		*check;
	struct view			 account_url;
	const struct ident		*named;		/* whose CAA was looked at */
	const char			*method;	/* that proves, or proved, it */
	int64_t				 checked_at;
};

/* Control was proven, or was not; result goes into out. */
MUST_USE int	attested_verdict(const struct attest_context *, const struct verdict *,
		    struct attested *out, struct err *);
/* CAA permits, or does not. */
MUST_USE int	attested_caa(const struct attest_context *, const struct caa_climb *,
		    bool permits, struct attested *out, struct err *);

#endif
