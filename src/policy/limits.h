/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limits: rate limits as GCRA: a key stores one number, its theoretical arrival
 * time (TAT): when everything that was taken will have been earned back.
 *
 * A rate of n in a window earns one back every window / n; n at once are
 * allowed, never more.  All times are ms since 1970 and are the caller's.  The
 * same rule stands in sql/query/limit_take.sql, where it is enforced.
 */
#ifndef CAAS_POLICY_LIMITS_H
#define CAAS_POLICY_LIMITS_H

#include "conf/conf.h"
#include "model/limit.h"

/* Clocks of hosts may differ by so much; a TAT further ahead is of a clock that was set back. */
#define LIMITS_SKEW_MS	60000

struct rate	limits_rate(const struct conf *, enum limit);
/* "accounts", "orders", "nameOrders", "pendingAuthorizations", "failedValidations" */
const char	*limits_name(enum limit);

/* In what time one is earned back; at least 1. */
int64_t	limits_step_ms(const struct rate *);
/* What units cost; no more than the whole burst, so that it can be had at all. */
int64_t	limits_cost_ms(const struct rate *, uint64_t units);
/* The latest TAT that is allowed; INT64_MAX without a limit. */
int64_t	limits_latest_ms(const struct rate *, int64_t now_ms);
/* A stored TAT beyond this counts as none. */
int64_t	limits_far_ms(const struct rate *, int64_t now_ms);
/* 0: units can be taken now; else after so many ms. */
int64_t	limits_wait_ms(const struct rate *, int64_t tat_ms, int64_t now_ms, uint64_t units);
/* How many can be taken now, at most n. */
int64_t	limits_left(const struct rate *, int64_t tat_ms, int64_t now_ms);

/* Did so many validations fail that the name is paused? */
bool	limits_is_paused(const struct conf *, const struct limit_state *);

#endif
