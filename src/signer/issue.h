/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * issue: one job of the sign queue (design.md 2, habit 22): check everything anew,
 * reserve a serial with the bytes to be signed, sign, record.  After a crash the
 * stored bytes are signed unchanged if every check still holds, else the serial is
 * burned and the order fails.
 */
#ifndef CAAS_SIGNER_ISSUE_H
#define CAAS_SIGNER_ISSUE_H

#include "signer/authority.h"
#include "store/issuance.h"

struct issuer_context {
	struct authority		*authority;
	struct store			*store;
	const struct token_keys		*url_keys;
	const struct slot		*slot;
};

/*
 * Work the job.  0: it is over (the order may have been refused).  -1: it stays
 * open and is to be tried again.
 */
MUST_USE int	issue(const struct issuer_context *, const struct job *, struct err *);

#endif
