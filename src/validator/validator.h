/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * validator: works one queue of challenges: probe and CAA climb side by side,
 * attested records, one transaction (design.md 2, 3).  It may touch neither money
 * nor certificates.
 */
#ifndef CAAS_VALIDATOR_VALIDATOR_H
#define CAAS_VALIDATOR_VALIDATOR_H

#include "crypto/key.h"
#include "probe/probe.h"
#include "queue/consumer.h"

#define CHECKS_MAX	4000	/* in flight at once */

struct validator_conf {
	const struct conf		*conf;
	struct store			*store;
	const struct prober		*prober;
	const struct probe_method	*method;	/* of the queue; NULL: it only looks at CAA */
	const struct key		*attest_key;	/* Ed25519 pair of this host */
	struct view			 key_id;
};

struct validator;

MUST_USE int	validator_start(const struct validator_conf *, struct validator **, struct err *);
void		validator_free(struct validator *);
/* Take no more jobs; idle once none is in flight. */
void		validator_drain(struct validator *);
bool		validator_idle(const struct validator *);

#endif
