/* SPDX-License-Identifier: BSD-2-Clause */
/* ask: what a probe is to prove, made of an authorization and its account. */
#ifndef CAAS_VALIDATOR_ASK_H
#define CAAS_VALIDATOR_ASK_H

#include "probe/probe.h"
#include "store/check.h"
#include "validator/validator.h"

/*
 * What a job is about, with its authorization: 1, 0 when that is gone, -1 from the
 * database only.  named is the identifier, or the covered name that a look at CAA is
 * for.  All live as long as the arena.
 */
MUST_USE int	ask_load(const struct validator_conf *, struct arena *, const struct job *,
		    struct check *, struct probe_ask *, struct ident *named, struct err *);

#endif
