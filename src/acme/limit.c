/* SPDX-License-Identifier: BSD-2-Clause */
/* Rate limits: what requests take, and what clients are told. */
#include "acme/limit.h"

#include <stdarg.h>

#include "crypto/digest.h"
#include "policy/limitreport.h"
#include "policy/limits.h"
#include "policy/network.h"
#include "wire/timefmt.h"

#define PAUSE_RETRY_S	86400	/* nobody knows when it is unpaused: look again tomorrow */
#define NEVER_PAUSED	UINT32_MAX

static int64_t
now_ms(const struct req *r)
{
	return r->now * 1000;
}

static struct limit_takes
takes_new(struct req *r, size_t max)
{
	return (struct limit_takes){ arena_array(r->arena, max, sizeof(struct limit_take)), 0 };
}

/* One more key, that nothing but its rate limits yet. */
static struct limit_take *
take(struct req *r, struct limit_takes *t, enum limit kind, struct view subject, uint64_t units)
{
	struct rate rate = limits_rate(service_of(r)->conf, kind);
	struct limit_take *k = &t->v[t->n++];

	*k = (struct limit_take){
		.owner = kind == LIMIT_ACCOUNTS ? 0 : auth_of(r)->account.id,
		.kind = kind, .subject = subject, .units = units, .now_ms = now_ms(r),
		.cost_ms = limits_cost_ms(&rate, units),
		.latest_ms = limits_latest_ms(&rate, now_ms(r)),
		.far_ms = limits_far_ms(&rate, now_ms(r)),
		.failed_latest_ms = INT64_MAX, .failed_far_ms = INT64_MAX,
		.pause_at = NEVER_PAUSED,
	};
	return k;
}

/* A name that has to be validated must not fail all the time. */
static void
guard(struct req *r, struct limit_take *k)
{
	struct rate rate = limits_rate(service_of(r)->conf, LIMIT_FAILURES);

	if (rate.n != 0) {
		k->failed_latest_ms = limits_latest_ms(&rate, now_ms(r)) - limits_step_ms(&rate);
		k->failed_far_ms = limits_far_ms(&rate, now_ms(r));
	}
	if (service_of(r)->conf->pause_failures != 0)
		k->pause_at = (uint64_t)service_of(r)->conf->pause_failures;
}

struct limit_takes
limit_of_account(struct req *r)
{
	struct limit_takes t = takes_new(r, 1);
	char address[NETWORK_TEXT_MAX];

	if (service_of(r)->conf->limit_accounts != 0) {
		network_around(r->remote_addr, 32, 64, address);
		(void)take(r, &t, LIMIT_ACCOUNTS, view_of(arena_str(r->arena,
		    view_of(address))), 1);
	}
	return t;
}

static void
take_pending(struct req *r, struct limit_takes *t, uint64_t units)
{
	if (units != 0 && service_of(r)->conf->limit_pending != 0)
		(void)take(r, t, LIMIT_PENDING, VIEW(""), units);
}

/* Is there anything to be said of single names? */
static bool
names_count(const struct req *r)
{
	const struct conf *c = service_of(r)->conf;

	return c->limit_name_orders != 0 || c->limit_failures != 0 || c->pause_failures != 0;
}

struct limit_takes
limit_of_authz(struct req *r, const struct ident *id)
{
	struct limit_takes t = takes_new(r, 2);

	take_pending(r, &t, 1);
	if (names_count(r))
		guard(r, take(r, &t, LIMIT_NAME_ORDERS, ident_text(r->arena, id), 0));
	return t;
}

static bool
is_among(const struct ident *id, const struct ident *ids, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (ident_eq(&ids[i], id))
			return true;
	return false;
}

/* Each name is ordered; what is to be validated, a name or a domain above, is guarded. */
static void
take_names(struct req *r, struct limit_takes *t, const struct identifiers *ids,
    const struct authz *authzs, size_t n)
{
	struct ident *fresh = arena_array(r->arena, n + 1, sizeof(*fresh));
	size_t i, nfresh = 0;

	for (i = 0; i < n; i++)
		if (authzs[i].id == 0)
			fresh[nfresh++] = authz_ident(&authzs[i]);
	for (i = 0; i < ids->n; i++) {
		(void)take(r, t, LIMIT_NAME_ORDERS, ident_text(r->arena, &ids->v[i]), 1);
		if (is_among(&ids->v[i], fresh, nfresh))
			guard(r, &t->v[t->n - 1]);
	}
	for (i = 0; i < nfresh; i++)
		if (!is_among(&fresh[i], ids->v, ids->n))
			guard(r, take(r, t, LIMIT_NAME_ORDERS, ident_text(r->arena, &fresh[i]), 0));
}

struct limit_takes
limit_of_order(struct req *r, const struct order *o, const struct identifiers *ids,
    const struct authz *authzs, size_t n)
{
	struct limit_takes t = takes_new(r, ids->n + n + 2);
	uint8_t *set = arena_alloc(r->arena, SHA256_LEN);
	uint64_t pending = 0;
	size_t i;

	if (service_of(r)->conf->limit_orders != 0)
		(void)take(r, &t, LIMIT_ORDERS, VIEW(""), 1);
	if (names_count(r))
		take_names(r, &t, ids, authzs, n);
	sha256(o->idents, set);
	for (i = 0; i < t.n; i++) {
		t.v[i].set_account = o->account_id;
		t.v[i].idents_sha256 = set;
		/* What replaces a certificate is a renewal, whatever its names (ARI-16). */
		if (o->replaced != 0)
			t.v[i].cost_ms = 0;
	}
	for (i = 0; i < n; i++)
		pending += authzs[i].id == 0;
	take_pending(r, &t, pending);
	return t;
}

static unsigned
seconds(int64_t ms)
{
	int64_t s = ms / 1000 + (ms % 1000 != 0);

	return s < 1 ? 1 : s > INT32_MAX ? INT32_MAX : (unsigned)s;
}

/* The later of two ends. */
static void
wait_for(struct err *why, unsigned s)
{
	if (why->retry_after_s < s)
		why->retry_after_s = s;
}

static void PRINTF(4, 5)
blame(struct req *r, struct err *why, const struct limit_take *k, const char *fmt, ...)
{
	char text[2 * ERR_DETAIL_MAX];
	struct view name = k->subject;
	unsigned s = why->retry_after_s;
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (why->detail[0] == '\0') {
		(void)err_set(why, ERR_RATE_LIMITED, "%s", text);
		why->retry_after_s = s;
	}
	if (k->kind == LIMIT_NAME_ORDERS)
		err_sub(why, r->arena, ident_type_name(view_has(name, ':') ? IDENT_IP : IDENT_DNS),
		    name, ERR_RATE_LIMITED, "%s", text);
}

/* The limit of the key itself. */
static void
explain_rate(struct req *r, const struct limit_take *k, const struct limit_state *s,
    bool is_free, struct err *why)
{
	struct rate rate = limits_rate(service_of(r)->conf, k->kind);
	int64_t wait = is_free ? 0 : limits_wait_ms(&rate, s->tat_ms, k->now_ms, k->units);

	if (wait == 0)
		return;
	wait_for(why, seconds(wait));
	blame(r, why, k, "Too many %s%s%.*s: %lld in %lld seconds are allowed, %lld are left; "
	    "try again in %u seconds", limits_name(k->kind), k->subject.n != 0 ? " for " : "",
	    VIEW_ARG(k->subject), (long long)rate.n, (long long)rate.window_ms / 1000,
	    (long long)limits_left(&rate, s->tat_ms, k->now_ms), seconds(wait));
}

/* Validations of the name that failed. */
static void
explain_failures(struct req *r, const struct limit_take *k, const struct limit_state *s,
    struct err *why)
{
	struct rate rate = limits_rate(service_of(r)->conf, LIMIT_FAILURES);
	char since[RFC3339_LEN + 1];
	int64_t wait;

	rfc3339_format(s->failing_since, since);
	if (s->failures >= k->pause_at) {
		wait_for(why, PAUSE_RETRY_S);
		blame(r, why, k, "%.*s is paused for this account: %llu validations failed since "
		    "%s, the last one: %.*s. When that is mended, POST {\"unpause\": [\"%.*s\"]} "
		    "to the \"limits\" URL of the account, or ask the operator",
		    VIEW_ARG(k->subject), (unsigned long long)s->failures, since,
		    VIEW_ARG(s->failed_detail), VIEW_ARG(k->subject));
		return;
	}
	if (k->failed_latest_ms == INT64_MAX ||
	    (wait = limits_wait_ms(&rate, s->failed_ms, k->now_ms, 1)) == 0)
		return;
	wait_for(why, seconds(wait));
	blame(r, why, k, "Too many failed validations for %.*s: %lld in %lld seconds are allowed; "
	    "the last one: %.*s; try again in %u seconds", VIEW_ARG(k->subject),
	    (long long)rate.n, (long long)rate.window_ms / 1000,
	    VIEW_ARG(s->failed_detail), seconds(wait));
}

int
limit_explain(struct req *r, const struct limit_takes *takes, struct err *err)
{
	struct db *db = service_of(r)->store->db;
	const struct limit_take *k;
	struct err why = ERR_INIT;
	struct limit_state s;
	int had = 0;
	size_t i;

	if (err->kind != ERR_RATE_LIMITED)
		return -1;
	if (takes->v[0].set_account != 0 && (had = limit_had_set(db, takes->v[0].set_account,
	    takes->v[0].idents_sha256, err)) < 0)
		return -1;
	for (i = 0; i < takes->n; i++) {
		k = &takes->v[i];
		if (limit_get(db, r->arena, k->owner, k->kind, k->subject, &s, err) != 0)
			return -1;
		explain_rate(r, k, &s, had == 1 && k->set_account != 0, &why);
		if (k->kind == LIMIT_NAME_ORDERS)
			explain_failures(r, k, &s, &why);
	}
	/* What stood in the way is gone by now: somebody's transaction was rolled back. */
	if (why.detail[0] == '\0') {
		(void)err_set(&why, ERR_RATE_LIMITED, "A rate limit was reached; try again");
		why.retry_after_s = 1;
	}
	*err = why;
	return -1;
}

static int
render(struct req *r, struct err *err)
{
	struct db *db = service_of(r)->store->db;
	uint64_t id = auth_of(r)->account.id;
	struct limit_state orders, pending, *names;
	struct jsonw w;
	size_t n;

	if (limit_get(db, r->arena, id, LIMIT_ORDERS, VIEW(""), &orders, err) != 0 ||
	    limit_get(db, r->arena, id, LIMIT_PENDING, VIEW(""), &pending, err) != 0 ||
	    limit_failing(db, r->arena, id, &names, &n, err) != 0)
		return -1;
	jsonw_init(&w, &r->reply.body);
	limitreport_put(&w, service_of(r)->conf, &(const struct limitreport){
	    r->now, &orders, &pending, names, n });
	reply_type(&r->reply, "application/json");
	return 0;
}

static int
unpause(struct req *r, struct err *err)
{
	const struct json *list, *v;
	struct view *names;
	uint64_t changed;
	size_t i, n;
	int rc;

	if ((rc = json_get_array(auth_of(r)->payload, "unpause", &list, err)) < 0)
		return -1;
	if (rc == 0 || (n = json_len(list)) == 0 || n > LIMIT_FAILING_MAX)
		return err_set(err, ERR_MALFORMED, "'unpause' must be an array of 1 to %d names",
		    LIMIT_FAILING_MAX);
	names = arena_array(r->arena, n, sizeof(*names));
	for (i = 0; i < n; i++) {
		v = json_at(list, i);
		if (json_kind(v) != JSON_STR)
			return err_set(err, ERR_MALFORMED, "'unpause' has an element that is no string");
		names[i] = json_str(v);
	}
	return limit_unpause(service_of(r)->store->db, &auth_of(r)->nonce.once,
	    auth_of(r)->account.id, names, n, &changed, err);
}

int
limit_post(struct req *r, struct err *err)
{
	if (!view_eq(r->stars[1], auth_of(r)->account.acme_account_id))
		return err_set(err, ERR_UNAUTHORIZED,
		    "This is not the account that signed the request");
	if (auth_of(r)->payload != NULL && unpause(r, err) != 0)
		return -1;
	return render(r, err);
}
