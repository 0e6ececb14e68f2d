/* SPDX-License-Identifier: BSD-2-Clause */
/* Dated limits as a table. */
#include "policy/schedule.h"

#include "base/clock.h"

#define PERSIST_REUSE_DAYS	10

static const struct {
	int64_t	from;
	int64_t	lifetime_days;
	int64_t	reuse_days;
} steps[] = {
	{ 0,			398, 398 },
	{ 1773532800,		200, 200 },	/* 2026-03-15 */
	{ 1805068800,		100, 100 },	/* 2027-03-15 */
	{ 1868227200,		 47,  10 },	/* 2029-03-15 */
};

static size_t
step_at(int64_t at)
{
	size_t i = NITEMS(steps) - 1;

	while (i > 0 && at < steps[i].from)
		i--;
	return i;
}

int64_t
schedule_lifetime_max(int64_t at)
{
	/* One day below what is allowed, as BR 6.3.2 recommends. */
	return (steps[step_at(at)].lifetime_days - 1) * DAY_S;
}

int64_t
schedule_reuse_max(int64_t at)
{
	return steps[step_at(at)].reuse_days * DAY_S;
}

int64_t
schedule_persist_reuse_max(int64_t at)
{
	int64_t max = schedule_reuse_max(at);

	return max < PERSIST_REUSE_DAYS * DAY_S ? max : PERSIST_REUSE_DAYS * DAY_S;
}
