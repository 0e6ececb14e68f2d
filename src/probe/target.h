/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * target: which of a host's addresses a validation connects to (HTT-09), and
 * that none of them is one that it must not reach (SEC-01).
 */
#ifndef CAAS_PROBE_TARGET_H
#define CAAS_PROBE_TARGET_H

#include "probe/host.h"

struct target {
	const struct address	*first;
	const struct address	*fallback;	/* if first does not connect; or NULL */
};

/* Public, or on loopback where the configuration allows that for tests. */
bool		target_is_allowed(const struct conf *, const struct address *);
/*
 * IPv6 first; an address that must not be reached is as good as none.
 * ERR_CONNECTION when no other is there.  The addresses are those of host.
 */
MUST_USE int	target_choose(const struct conf *, struct view name, const struct host *,
		    struct target *, struct err *);
/*
 * How long the first may take to connect, of the time that is left: half of it
 * when another waits.
 */
int64_t		target_connect_ms(const struct conf *, const struct target *, int64_t left_ms);

#endif
