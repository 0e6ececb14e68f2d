/* SPDX-License-Identifier: BSD-2-Clause */
/* Rate limits: the arithmetic of GCRA (SEC-04). */
#include "policy/limits.h"

struct rate
limits_rate(const struct conf *c, enum limit kind)
{
	switch (kind) {
	case LIMIT_ACCOUNTS:
		return (struct rate){ c->limit_accounts, c->limit_accounts_s * 1000 };
	case LIMIT_ORDERS:
		return (struct rate){ c->limit_orders, c->limit_orders_s * 1000 };
	case LIMIT_NAME_ORDERS:
		return (struct rate){ c->limit_name_orders, c->limit_name_orders_s * 1000 };
	case LIMIT_PENDING:
		return (struct rate){ c->limit_pending, c->limit_pending_s * 1000 };
	case LIMIT_FAILURES:
		return (struct rate){ c->limit_failures, c->limit_failures_s * 1000 };
	case LIMIT__MAX:
		break;
	}
	return (struct rate){ 0, 0 };
}

const char *
limits_name(enum limit kind)
{
	static const char *const names[] = {
		[LIMIT_ACCOUNTS] = "accounts", [LIMIT_ORDERS] = "orders",
		[LIMIT_NAME_ORDERS] = "nameOrders", [LIMIT_PENDING] = "pendingAuthorizations",
		[LIMIT_FAILURES] = "failedValidations",
	};

	_Static_assert(NITEMS(names) == LIMIT__MAX, "a name for every limit");
	return names[kind];
}

static int64_t
add(int64_t a, int64_t b)
{
	int64_t sum;

	return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

int64_t
limits_step_ms(const struct rate *r)
{
	int64_t step = r->n > 0 ? r->window_ms / r->n : 1;

	return step > 0 ? step : 1;
}

/* All n at once. */
static int64_t
burst_ms(const struct rate *r)
{
	int64_t burst;

	return __builtin_mul_overflow(limits_step_ms(r), r->n, &burst) ? INT64_MAX : burst;
}

int64_t
limits_cost_ms(const struct rate *r, uint64_t units)
{
	if (r->n <= 0)
		return 0;
	return units >= (uint64_t)r->n ? burst_ms(r) : (int64_t)units * limits_step_ms(r);
}

int64_t
limits_latest_ms(const struct rate *r, int64_t now_ms)
{
	return r->n > 0 ? add(now_ms, burst_ms(r)) : INT64_MAX;
}

int64_t
limits_far_ms(const struct rate *r, int64_t now_ms)
{
	return add(limits_latest_ms(r, now_ms), LIMITS_SKEW_MS);
}

/* What still has to be earned back; nothing of what a clock ahead of its time left. */
static int64_t
owed_ms(const struct rate *r, int64_t tat_ms, int64_t now_ms)
{
	if (tat_ms <= now_ms || tat_ms > limits_far_ms(r, now_ms))
		return 0;
	return tat_ms - now_ms;
}

int64_t
limits_wait_ms(const struct rate *r, int64_t tat_ms, int64_t now_ms, uint64_t units)
{
	int64_t over;

	if (r->n <= 0)
		return 0;
	over = add(owed_ms(r, tat_ms, now_ms), limits_cost_ms(r, units)) - burst_ms(r);
	return over > 0 ? over : 0;
}

int64_t
limits_left(const struct rate *r, int64_t tat_ms, int64_t now_ms)
{
	int64_t room = burst_ms(r) - owed_ms(r, tat_ms, now_ms);

	return room > 0 ? room / limits_step_ms(r) : 0;
}

bool
limits_is_paused(const struct conf *c, const struct limit_state *s)
{
	return c->pause_failures != 0 && s->failures >= (uint64_t)c->pause_failures;
}
