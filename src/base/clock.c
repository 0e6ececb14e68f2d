/* SPDX-License-Identifier: BSD-2-Clause */
/* The one place that asks the system what time it is. */
#include "base/clock.h"

static int64_t
read_ms(clockid_t id)
{
	struct timespec ts;

	/* These two clocks cannot fail on a system that we build on. */
	(void)clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int64_t
real_now_ms(const struct clk *clk UNUSED)
{
	return read_ms(CLOCK_REALTIME);
}

static int64_t
fixed_now_ms(const struct clk *clk)
{
	return clk->fixed_ms;
}

const struct clk clk_real = { real_now_ms, 0 };

struct clk
clk_fixed(int64_t at)
{
	return (struct clk){ fixed_now_ms, at * 1000 };
}

int64_t
clk_now_ms(const struct clk *clk)
{
	return clk->now_ms(clk);
}

int64_t
clk_now(const struct clk *clk)
{
	int64_t ms = clk_now_ms(clk);

	return (ms - (ms % 1000 + 1000) % 1000) / 1000;
}

int64_t
mono_ms(void)
{
	return read_ms(CLOCK_MONOTONIC);
}
