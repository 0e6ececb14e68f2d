/* SPDX-License-Identifier: BSD-2-Clause */
/* From a job of the sign queue to a certificate. */
#include "signer/issue.h"

#include "base/hex.h"
#include "base/log.h"
#include "policy/schedule.h"
#include "crypto/digest.h"
#include "signer/evidence.h"
#include "signer/lint.h"
#include "signer/tbs.h"
#include "wire/problem.h"

#define SERIAL_TRIES	3
#define JOB_TRIES	5	/* 1 + 2 + 4 + 8 s between them: within FIN-21 */
#define PROBLEM_MAX	((size_t)64 * 1024)

/* One order on its way. */
struct issue_case {
	const struct issuer_context	*c;
	const struct job		*job;
	struct arena			*arena;
	struct sign_order		 order;
	struct proven			 proven;
	const struct signer_profile	*profile;
	struct ca			*ca;
	struct issuance			 issuance;
	struct cert_facts		 facts;		/* of its bytes */
	bool				 reserved;	/* issuance is in the database */
	int64_t				 now;
	int64_t				 started_ms;
};

static void
free_buf(void *b)
{
	buf_release(b);
}

/* No certificate for this order. */
static int
refuse(struct issue_case *k, const struct err *why, struct err *err)
{
	struct buf *b = arena_alloc(k->arena, sizeof(*b));
	struct jsonw w;

	buf_init(b, PROBLEM_MAX);
	arena_defer(k->arena, free_buf, b);
	jsonw_init(&w, b);
	problem_put(&w, why, NULL);
	log_event(LOG_WARNING, "cert.refuse", LOGF_U("order", k->order.id),
	    LOGF_S("error", err_kind_name(why->kind)), LOGF_S("detail", why->detail),
	    LOGF_S("inner", why->inner));
	return issuance_refuse(k->c->store, k->c->slot, k->job->id, k->order.id,
	    k->reserved ? &k->issuance : NULL, buf_view(b),
	    view_of(why->inner[0] != '\0' ? why->inner : why->detail), err);
}

static int
look(struct issue_case *k, struct view lint_copy, struct err *err)
{
	const struct lint_ask q = { k->ca, &k->proven, k->profile, k->issuance.serial,
	    k->now };

	return lint(k->arena, lint_copy, &q, &k->facts, err);
}

/* A predecessor reserved a serial and died: its bytes must still be right. */
static int
resume(struct issue_case *k, struct err *err)
{
	const char *why;
	struct view copy;

	if (authority_by_id(k->c->authority, k->c->store->db, k->issuance.issuer_id,
	    &k->ca, err) != 0 ||
	    tbs_lint_copy(k->arena, k->ca, k->issuance.tbs, &copy, err) != 0)
		return -1;
	if (look(k, copy, err) != 0) {
		why = arena_str(k->arena, view_of(err->inner));
		(void)err_set(err, ERR_UNAUTHORIZED,
		    "The issuance was interrupted and cannot be continued");
		return err_inner(err, "stored bytes: %s", why);
	}
	log_event(LOG_NOTICE, "cert.resume", LOGF_U("order", k->order.id));
	return 0;
}

/* Build, look, and write down the intent. */
static int
reserve(struct issue_case *k, struct err *err)
{
	struct tbs_ask q = { .profile = k->profile, .proven = &k->proven, .now = k->now };
	struct view copy;
	unsigned try;
	int rc = 0;

	if (authority_active(k->c->authority, k->c->store->db, &k->ca, err) != 0)
		return -1;
	q.ca = k->ca;
	for (try = 0; rc == 0 && try < SERIAL_TRIES; try++) {
		tbs_new_serial(q.serial);
		k->issuance = (struct issuance){ .order_id = k->order.id,
		    .serial = arena_view(k->arena, view_from(q.serial, SERIAL_BYTES)),
		    .issuer_id = k->ca->id };
		if (tbs_build(k->arena, &q, &k->issuance.tbs, &copy, err) != 0 ||
		    look(k, copy, err) != 0)
			return -1;
		rc = issuance_reserve(k->c->store, &k->issuance, err);
	}
	if (rc == 0)
		return err_internal(err, "no serial could be reserved");
	k->reserved = rc == 1;
	return rc == 1 ? 0 : -1;
}

static int
record(struct issue_case *k, struct view der, struct err *err)
{
	struct cert c = { .order_id = k->order.id, .account_id = k->order.account_id,
	    .issuer_id = k->ca->id, .serial = k->issuance.serial,
	    .profile = k->order.profile };
	char serial[2 * SERIAL_MAX + 1];

	c.not_before_at = k->facts.not_before_at;
	c.not_after_at = k->facts.not_after_at;
	memcpy(c.spki_sha256, k->proven.csr.spki_sha256, sizeof(c.spki_sha256));
	sha256(k->order.idents, c.idents_sha256);
	if (issuance_complete(k->c->store, k->c->slot, k->job->id, &k->issuance, &c, der,
	    k->proven.key_thumbprint, err) != 0)
		return -1;
	hex_encode(c.serial.p, c.serial.n, serial);
	log_event(LOG_INFO, "cert.issue", LOGF_U("order", k->order.id),
	    LOGF_U("cert", c.id), LOGF_S("serial", serial),
	    LOGF_U("names", k->proven.nidents), LOGF_V("profile", c.profile),
	    LOGF_I("ms", mono_ms() - k->started_ms));
	return 0;
}

/* What was asked for when the order was made may have become impossible since. */
static int
check_dates(const struct issue_case *k, struct err *err)
{
	const struct sign_order *o = &k->order;
	int64_t from = o->not_before_at, to = o->not_after_at;
	int64_t max = schedule_lifetime_max(k->now);

	if (from == 0 && to == 0)
		return 0;
	if (max > k->profile->lifetime)
		max = k->profile->lifetime;
	if (from == 0)
		from = k->now - k->profile->backdate;
	if (to == 0)
		to = from + max - 1;
	if (from > k->now || to <= k->now || to - from + 1 > max)
		return err_set(err, ERR_MALFORMED, "The validity that the order asks for is not, "
		    "or no longer, within its profile");
	return 0;
}

static int
check(struct issue_case *k, struct err *err)
{
	const struct evidence_context ec = { k->c->authority, k->c->store->db,
	    k->c->url_keys, k->arena, k->now };

	k->profile = authority_profile(k->c->authority, k->order.profile);
	if (k->profile == NULL)
		return err_set(err, ERR_INVALID_PROFILE,
		    "The profile of the order is not offered any more");
	if (evidence_check(&ec, &k->order, &k->proven, err) != 0)
		return -1;
	return check_dates(k, err);
}

static int
make(struct issue_case *k, struct err *err)
{
	struct view der;
	int rc;

	rc = issuance_get(k->c->store->db, k->arena, k->order.id, &k->issuance, err);
	if (rc < 0)
		return -1;
	k->reserved = rc == 1;
	if (check(k, err) != 0)
		return -1;
	if ((k->reserved ? resume(k, err) : reserve(k, err)) != 0)
		return -1;
	if (tbs_sign(k->arena, k->ca, k->issuance.tbs, &der, err) != 0)
		return -1;
	return record(k, der, err);
}

/*
 * A fault of ours, or a row that somebody else moved meanwhile: once more, later,
 * a few times.  A job that is no longer ours is simply left alone.
 */
static int
again(struct issue_case *k, const struct err *why, struct err *err)
{
	struct err shown;

	log_err(LOG_ERR, "cert.again", why);
	if (k->job->tries + 1 < JOB_TRIES)
		return job_retry(k->c->store->db, k->c->slot, k->job->id,
		    k->now + ((int64_t)1 << k->job->tries), err) < 0 ? -1 : 0;
	(void)err_internal(&shown, "%s", why->inner);
	return refuse(k, &shown, err);
}

static int
work(struct issue_case *k, struct err *err)
{
	struct err why = ERR_INIT;
	int rc;

	rc = sign_order_get(k->c->store->db, k->arena, k->job->object_id, &k->order, err);
	if (rc < 0)
		return -1;
	if (rc == 0 || k->order.status != ORDER_PROCESSING)
		rc = issuance_skip(k->c->store, k->c->slot, k->job->id, &why);
	else
		rc = make(k, &why);
	switch (rc == 0 ? ERR_NONE : why.kind) {
	case ERR_NONE:
		return 0;
	case ERR_UNAVAILABLE:
		*err = why;
		return -1;
	case ERR_INTERNAL:
	case ERR_CONFLICT:
		return again(k, &why, err);
	default:
		return refuse(k, &why, err);
	}
}

int
issue(const struct issuer_context *c, const struct job *job, struct err *err)
{
	struct issue_case k = { .c = c, .job = job, .arena = arena_new(),
	    .now = clk_now(c->store->clk), .started_ms = mono_ms() };
	int rc = work(&k, err);

	arena_free(k.arena);
	return rc;
}
