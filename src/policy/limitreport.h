/* SPDX-License-Identifier: BSD-2-Clause */
/* limitreport: how the limits of an account stand, for itself and for the operator. */
#ifndef CAAS_POLICY_LIMITREPORT_H
#define CAAS_POLICY_LIMITREPORT_H

#include "conf/conf.h"
#include "model/limit.h"
#include "wire/json.h"

struct limitreport {
	int64_t				 now;	/* seconds */
	const struct limit_state	*orders, *pending;
	const struct limit_state	*names;	/* that fail */
	size_t				 n;
};

/* {"limits": [...], "failing": [...]} (doc/limits.md); a limit that is off is left out. */
void	limitreport_put(struct jsonw *, const struct conf *, const struct limitreport *);

#endif
