/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clock: the one source of the time of day.
 *
 * Times are UTC seconds since 1970 named ..._at, spans are ..._s or ..._ms.
 * Code asks once per request or job and hands the number down.
 */
#ifndef CAAS_BASE_CLOCK_H
#define CAAS_BASE_CLOCK_H

#include "base/attr.h"

struct clk {
	/* Milliseconds since 1970, UTC. */
	int64_t	(*now_ms)(const struct clk *);
	int64_t	  fixed_ms;	/* what clk_fixed() answers */
};

#define DAY_S	((int64_t)86400)

/* The system's clock. */
extern const struct clk	clk_real;
/* A clock that stands still until the owner moves fixed_ms. */
struct clk	clk_fixed(int64_t at);

int64_t	clk_now(const struct clk *);	/* seconds */
int64_t	clk_now_ms(const struct clk *);

/* Milliseconds that only go forward, for timers; no date. */
int64_t	mono_ms(void);

#endif
