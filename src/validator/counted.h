/* SPDX-License-Identifier: BSD-2-Clause */
/* counted: what the rate limits of an account learn of a validation. */
#ifndef CAAS_VALIDATOR_COUNTED_H
#define CAAS_VALIDATOR_COUNTED_H

#include "conf/conf.h"
#include "store/check.h"

/*
 * Fill result->limit; its other members are set.  A look at CAA alone is no
 * validation, and what we could not do ourselves is not the client's failure.
 */
void	counted(const struct conf *, struct arena *, const struct check *, const struct err *why,
	    struct check_result *);

#endif
