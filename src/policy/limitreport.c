/* SPDX-License-Identifier: BSD-2-Clause */
/* How the limits of an account stand, as JSON. */
#include "policy/limitreport.h"

#include "policy/limits.h"

static void
put_rate(struct jsonw *w, const struct conf *conf, int64_t now, enum limit kind, int64_t tat_ms)
{
	struct rate rate = limits_rate(conf, kind);
	int64_t left = limits_left(&rate, tat_ms, now * 1000);
	/* Rounded up; what was taken before a clock went back counts as nothing. */
	int64_t whole = left == rate.n ? now : tat_ms / 1000 + (tat_ms % 1000 != 0);

	if (rate.n == 0)
		return;
	jsonw_open(w);
	jsonw_kv_cstr(w, "name", limits_name(kind));
	jsonw_kv_int(w, "limit", rate.n);
	jsonw_kv_int(w, "window", rate.window_ms / 1000);
	jsonw_kv_int(w, "used", rate.n - left);
	jsonw_kv_int(w, "available", left);
	jsonw_kv_time(w, "reset", whole);
	jsonw_close(w);
}

static void
put_name(struct jsonw *w, const struct conf *conf, int64_t now, const struct limit_state *s)
{
	jsonw_open(w);
	jsonw_kv_str(w, "name", s->subject);
	jsonw_kv_bool(w, "paused", limits_is_paused(conf, s));
	jsonw_kv_int(w, "failures", (int64_t)s->failures);
	jsonw_kv_time(w, "since", s->failing_since);
	jsonw_kv_str(w, "lastFailure", s->failed_detail);
	jsonw_key(w, "limits");
	jsonw_open_array(w);
	put_rate(w, conf, now, LIMIT_NAME_ORDERS, s->tat_ms);
	put_rate(w, conf, now, LIMIT_FAILURES, s->failed_ms);
	jsonw_close_array(w);
	jsonw_close(w);
}

void
limitreport_put(struct jsonw *w, const struct conf *conf, const struct limitreport *l)
{
	size_t i;

	jsonw_open(w);
	jsonw_key(w, "limits");
	jsonw_open_array(w);
	put_rate(w, conf, l->now, LIMIT_ORDERS, l->orders->tat_ms);
	put_rate(w, conf, l->now, LIMIT_PENDING, l->pending->tat_ms);
	jsonw_close_array(w);
	jsonw_key(w, "failing");
	jsonw_open_array(w);
	for (i = 0; i < l->n; i++)
		put_name(w, conf, l->now, &l->names[i]);
	jsonw_close_array(w);
	jsonw_close(w);
}
