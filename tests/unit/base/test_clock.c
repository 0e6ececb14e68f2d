/* SPDX-License-Identifier: BSD-2-Clause */
/* The real clock, a clock that stands still, and the one for timers. */
#include "base/clock.h"
#include "tap.h"

int
main(void)
{
	static const struct { const char *rule; int64_t ms, s; } floors[] = {
		{ "a whole second", 1000, 1 },
		{ "its last millisecond", 1999, 1 },
		{ "the epoch", 0, 0 },
		{ "just before the epoch is the second before", -1, -1 },
		{ "a whole second before the epoch", -1000, -1 },
		{ "one millisecond more before it", -1001, -2 },
	};
	struct clk clk = clk_fixed(1773137700);
	int64_t before, after;
	size_t i;

	tap_is_int(clk_now(&clk), 1773137700, "fixed: stands where it was put");
	tap_is_int(clk_now_ms(&clk), 1773137700000, "fixed: in milliseconds");
	clk.fixed_ms += 90 * DAY_S * 1000;
	tap_is_int(clk_now(&clk), 1773137700 + 90 * 86400, "fixed: its owner moves it");
	for (i = 0; i < NITEMS(floors); i++) {
		clk.fixed_ms = floors[i].ms;
		tap_is_int(clk_now(&clk), floors[i].s, "seconds: %s", floors[i].rule);
	}
	before = clk_now(&clk_real);
	tap_ok(before > 1700000000, "real: after this was written");
	after = clk_now_ms(&clk_real);
	tap_ok(after / 1000 >= before && after / 1000 <= before + 60,
	    "real: seconds and milliseconds are of one clock");
	before = mono_ms();
	for (i = 0; i < 1000; i++) {
		after = mono_ms();
		if (after < before)
			break;
		before = after;
	}
	tap_is_int((int64_t)i, 1000, "mono: never goes back");
	return tap_done();
}
