/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lint: a certificate is looked at before it is signed (BR 4.3.1.2; LIN-01),
 * by code that shares nothing with the code that built it.
 */
#ifndef CAAS_SIGNER_LINT_H
#define CAAS_SIGNER_LINT_H

#include "signer/evidence.h"

struct lint_ask {
	const struct ca			*ca;
	const struct proven		*proven;
	const struct signer_profile	*profile;
	struct view			 serial;	/* that was reserved */
	int64_t				 now;
};

/*
 * facts gets what the copy says, which is what the certificate will say.
 * ERR_INTERNAL, inner naming the rule (PRO-04 ...) that it breaks.
 */
MUST_USE int	lint(struct arena *, struct view der, const struct lint_ask *,
		    struct cert_facts *facts, struct err *);

#endif
