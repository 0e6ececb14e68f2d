/* SPDX-License-Identifier: BSD-2-Clause */
/* Rate limits (SEC-04): bursts, the steady rate, clocks that step back, extremes. */
#include "policy/limits.h"

#include "tap.h"

#define NOW	INT64_C(1800000000000)

static const struct rate ten = { 10, 60000 };	/* one each 6 s */

/* Take one if it is allowed. */
static bool
take(const struct rate *r, int64_t *tat, int64_t now)
{
	if (limits_wait_ms(r, *tat, now, 1) != 0)
		return false;
	*tat = (*tat > now && *tat <= limits_far_ms(r, now) ? *tat : now) + limits_cost_ms(r, 1);
	return true;
}

static void
test_burst(void)
{
	int64_t tat = 0, wait;
	int n = 0;

	while (n < 20 && take(&ten, &tat, NOW))
		n++;
	tap_ok(n == 10, "a burst of n passes, not one more (%d)", n);
	tap_ok(tat == limits_latest_ms(&ten, NOW), "and ends at the latest time");
	wait = limits_wait_ms(&ten, tat, NOW, 1);
	tap_ok(wait == 6000, "the next has to wait one step");
	tap_ok(!take(&ten, &tat, NOW + wait - 1), "not a millisecond less");
	tap_ok(take(&ten, &tat, NOW + wait), "and passes after it");
	tap_ok(limits_wait_ms(&ten, limits_latest_ms(&ten, NOW), NOW, 3) == 18000, "three wait three steps");
}

static void
test_steady(void)
{
	int64_t tat = 0, at;
	int passed = 0;

	for (at = NOW; at < NOW + 600 * 6000; at += 6000)
		passed += take(&ten, &tat, at);
	tap_ok(passed == 600, "the steady rate always passes");
	tap_ok(limits_left(&ten, tat, at) == 10, "and leaves the burst whole");
	passed = 0;
	for (tat = 0, at = NOW; at < NOW + 600000; at += 1000)
		passed += take(&ten, &tat, at);
	tap_ok(passed == 10 + 99, "a faster one passes at the burst and the rate (%d)", passed);
}

static void
test_left(void)
{
	int64_t tat = 0;

	tap_ok(limits_left(&ten, 0, NOW) == 10, "nothing taken: all is left");
	tap_ok(take(&ten, &tat, NOW) && limits_left(&ten, tat, NOW) == 9, "one taken");
	tap_ok(limits_left(&ten, limits_latest_ms(&ten, NOW), NOW) == 0, "all taken");
	tap_ok(limits_left(&ten, tat, NOW + 6000) == 10, "earned back after one step");
}

static void
test_clock(void)
{
	int64_t full = limits_latest_ms(&ten, NOW);

	tap_ok(limits_wait_ms(&ten, full, NOW - 1000, 1) == 7000,
	    "a clock a second behind: the wait is that much longer");
	tap_ok(limits_wait_ms(&ten, full, NOW - LIMITS_SKEW_MS, 1) == 6000 + LIMITS_SKEW_MS,
	    "as far as clocks of hosts may differ");
	tap_ok(limits_wait_ms(&ten, full, NOW - LIMITS_SKEW_MS - 1, 1) == 0,
	    "a clock that was set back locks nobody out");
	tap_ok(limits_left(&ten, full, NOW - 86400000) == 10, "and all is left");
}

static void
test_extremes(void)
{
	static const struct rate off = { 0, 60000 }, fast = { 10000000, 1000 },
	    odd = { 7, 1000 }, huge = { INT64_MAX, INT64_MAX };

	tap_ok(limits_wait_ms(&off, INT64_MAX, NOW, 1) == 0 && limits_cost_ms(&off, 5) == 0 &&
	    limits_latest_ms(&off, NOW) == INT64_MAX, "0 is no limit");
	tap_ok(limits_step_ms(&fast) == 1, "a step is at least a millisecond");
	tap_ok(limits_cost_ms(&ten, UINT64_MAX) == 60000, "more than the burst costs the burst");
	tap_ok(limits_wait_ms(&ten, 0, NOW, 1000) == 0, "so that it can be had at all");
	tap_ok(limits_left(&odd, 0, NOW) == 7, "a window that n does not divide");
	tap_ok(limits_latest_ms(&huge, NOW) == INT64_MAX && limits_far_ms(&huge, INT64_MAX) ==
	    INT64_MAX && limits_wait_ms(&huge, INT64_MAX, 0, UINT64_MAX) >= 0 &&
	    limits_left(&huge, INT64_MAX, 0) == 0,
	    "sums end at the largest number");
}

int
main(void)
{
	test_burst();
	test_steady();
	test_left();
	test_clock();
	test_extremes();
	return tap_done();
}
