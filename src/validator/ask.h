/* SPDX-License-Identifier: BSD-2-Clause */
/* ask: what a probe is to prove, made of an authorization and its account. */
#ifndef CAAS_VALIDATOR_ASK_H
#define CAAS_VALIDATOR_ASK_H

#include "probe/probe.h"
#include "store/check.h"
#include "validator/validator.h"

/* *out lives as long as the check and the arena; -1 from the database only. */
MUST_USE int	ask_prepare(const struct validator_conf *, struct arena *,
		    const struct check *, struct probe_ask *out, struct err *);

#endif
