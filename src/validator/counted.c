/* SPDX-License-Identifier: BSD-2-Clause */
/* What the rate limits of an account learn of a validation (SEC-04). */
#include "validator/counted.h"

#include "policy/limits.h"

void
counted(const struct conf *conf, struct arena *a, const struct check *k, const struct err *why,
    struct check_result *result)
{
	struct rate failed = limits_rate(conf, LIMIT_FAILURES);
	struct rate pending = limits_rate(conf, LIMIT_PENDING);
	struct ident id = { k->ident_type, k->is_wildcard, k->ident_value };

	if (result->blocks != 0 || why->kind == ERR_INTERNAL || why->kind == ERR_UNAVAILABLE)
		return;
	result->limit = (struct limit_outcome){ .owner = k->account_id,
	    .name = ident_text(a, &id), .at = result->checked_at,
	    .failed_step_ms = failed.n != 0 ? limits_step_ms(&failed) : 0,
	    .failed_latest_ms = limits_latest_ms(&failed, result->checked_at * 1000),
	    .pending_step_ms = pending.n != 0 ? limits_step_ms(&pending) : 0,
	    .detail = arena_view(a, view_of(why->detail)) };
}
