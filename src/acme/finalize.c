/* SPDX-License-Identifier: BSD-2-Clause */
/* Checking a CSR and handing the order to the signer. */
#include "acme/finalize.h"

#include "acme/identifier.h"
#include "acme/order.h"
#include "acme/profile.h"
#include "acme/render.h"
#include "policy/csrmatch.h"
#include "policy/keys.h"
#include "queue/bell.h"
#include "store/order.h"

static int
decode_csr(struct req *r, struct csr *csr, struct err *err)
{
	struct view der;

	if (auth_of(r)->payload == NULL)
		return err_set(err, ERR_MALFORMED, "The payload is empty");
	if (json_need_b64u(r->arena, auth_of(r)->payload, "csr", &der, err) != 0)
		return -1;
	if (der.n > CSR_DER_MAX)
		return err_set(err, ERR_BAD_CSR, "The CSR is larger than %d bytes",
		    CSR_DER_MAX);
	return csr_parse(r->arena, der, csr, err);
}

/* A certificate's key is nobody's account key and not known as compromised (FIN-12). */
static int
check_key_use(struct req *r, const struct csr *csr, struct err *err)
{
	struct db *db = service_of(r)->store->db;
	uint8_t thumbprint[THUMBPRINT_LEN];
	int rc;

	if (key_spki_thumbprint(csr->spki, thumbprint, err) != 0)
		return -1;
	if ((rc = account_key_used(db, thumbprint, err)) < 0)
		return -1;
	if (rc == 1)
		return err_set(err, ERR_BAD_CSR,
		    "The CSR's key is the key of an account; a certificate needs its own");
	if ((rc = key_blocked(db, csr->spki_sha256, err)) < 0)
		return -1;
	if (rc == 1)
		return err_set(err, ERR_BAD_CSR, "The CSR's key is known to be compromised");
	return 0;
}

/* A name that left the subscription, or was refused, since newOrder ends the order (R-9, FIN-18). */
static int
check_names(struct req *r, const struct order *o, const struct ident *ids,
    size_t n, struct err *err)
{
	struct buf b = BUF_INIT(REPLY_BODY_MAX);
	struct err fail_err;
	struct jsonw w;
	int rc;

	if (identifier_check_allowed(r, ids, n, err) == 0 &&
	    identifier_check_entitled(r, ids, n, err) == 0)
		return 0;
	if (err->kind != ERR_NOT_SUBSCRIBED && err->kind != ERR_REJECTED_IDENTIFIER)
		return -1;
	jsonw_init(&w, &b);
	problem_put(&w, err, NULL);
	rc = order_fail(service_of(r)->store, &auth_of(r)->nonce.once, o->id,
	    ORDER_READY, buf_view(&b), &fail_err);
	buf_release(&b);
	if (rc < 0)
		*err = fail_err;
	return -1;
}

/* The authorizations as they are now (FIN-18). */
static int
check_authzs(struct req *r, const struct order *o, struct freshness *all, struct err *err)
{
	struct freshness *f;
	size_t i;
	int rc;

	for (i = 0; i < order_nauthzs(o); i++) {
		f = &all[i];
		rc = authz_freshness(service_of(r)->store->db, r->arena, order_authz(o, i),
		    o->account_id, f, err);
		if (rc < 0)
			return -1;
		if (rc == 0 || f->status != AUTHZ_VALID || f->deactivated_at != 0 ||
		    f->expires_at <= r->now)
			return err_set(err, ERR_UNAUTHORIZED,
			    "An authorization of the order is no longer valid");
	}
	return 0;
}

/* By which of n authorizations a name is proven; n: by none. */
static size_t
covering(const struct freshness *all, size_t n, const struct ident *id)
{
	struct ident proven;
	size_t i;

	for (i = 0; i < n; i++) {
		proven = (struct ident){ all[i].ident_type, all[i].is_wildcard,
		    all[i].ident_value };
		if (authz_covers(&proven, all[i].covers_subdomains, id))
			break;
	}
	return i;
}

/*
 * The names whose CAA was looked at too long ago, or never: it is looked at again
 * before the certificate is signed (CAA-09).
 */
static int
find_stale(struct req *r, const struct order *o, const struct ident *ids, size_t nids,
    struct caa_due **stale, size_t *n, struct err *err)
{
	int64_t checked, since = r->now - service_of(r)->conf->caa_recheck_s;
	size_t at, i, nauthzs = order_nauthzs(o);
	struct freshness *all = arena_array(r->arena, nauthzs + 1, sizeof(*all));
	struct view name;

	*n = 0;
	*stale = arena_array(r->arena, nids + 1, sizeof(**stale));
	if (check_authzs(r, o, all, err) != 0)
		return -1;
	for (i = 0; i < nids; i++) {
		if ((at = covering(all, nauthzs, &ids[i])) == nauthzs)
			return err_internal(err, "order %llu has an identifier without an "
			    "authorization", (unsigned long long)o->id);
		name = all[at].covers_subdomains ? ids[i].value : VIEW("");
		checked = all[at].caa_checked_at;
		if (name.n != 0 && authz_caa_checked(service_of(r)->store->db, r->arena,
		    order_authz(o, at), name, &checked, err) != 0)
			return -1;
		if (ids[i].type == IDENT_DNS && checked < since)
			(*stale)[(*n)++] = (struct caa_due){ order_authz(o, at), name };
	}
	return 0;
}

static void
ring(const struct service *svc, const uint64_t *jobs, size_t nstale)
{
	size_t i;

	for (i = 0; i < nstale; i++)
		bell_ring(svc->bell, QUEUE_CAA, jobs[i]);
	/* With something to look at before, the last look rings the signer. */
	if (nstale == 0)
		bell_ring(svc->bell, QUEUE_SIGN, jobs[0]);
}

static bool
is_decided(struct req *r, void *arg)
{
	struct order *o = arg;
	struct order now;
	struct err err;

	if (order_get(service_of(r)->store->db, r->arena, o->id, o->account_id, &now,
	    &err) == 1)
		*o = now;
	return o->status != ORDER_PROCESSING;
}

static int
show_decided(struct req *r, void *arg, struct err *err UNUSED)
{
	render_order(r, arg);
	return 0;
}

int
finalize(struct req *r, struct err *err)
{
	struct service *svc = service_of(r);
	struct job_route route = { svc->conf->host, svc->process };
	struct order *o = arena_alloc(r->arena, sizeof(*o));
	struct ident *ids;
	struct csr csr;
	struct caa_due *stale;
	uint64_t *jobs;
	size_t n, nstale;

	if (order_of_path(r, o, err) != 0 || order_check_open(r, err) != 0 ||
	    profile_check(r, o, err) != 0)
		return -1;
	if (order_status_at(o, r->now) != ORDER_READY)
		return err_set(err, ERR_ORDER_NOT_READY,
		    "The order is %s, not ready", order_status_name(order_status_at(o, r->now)));
	if (ident_unpack(r->arena, o->idents, &ids, &n, err) != 0 ||
	    decode_csr(r, &csr, err) != 0 || keys_check(&csr, err) != 0 ||
	    csrmatch(r->arena, &csr, ids, n, err) != 0 ||
	    check_key_use(r, &csr, err) != 0 || check_names(r, o, ids, n, err) != 0 ||
	    find_stale(r, o, ids, n, &stale, &nstale, err) != 0)
		return -1;
	if (order_finalize(svc->store, &auth_of(r)->nonce.once, r->arena, o,
	    auth_of(r)->body, stale, nstale, &route, &jobs, err) != 0)
		return -1;
	o->status = ORDER_PROCESSING;
	ring(svc, jobs, nstale);
	r->hold = (struct hold){ o->id, svc->conf->hold_ms, is_decided, show_decided, o };
	return 0;
}
