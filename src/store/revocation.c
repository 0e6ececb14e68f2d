/* SPDX-License-Identifier: BSD-2-Clause */
/* Revocations are only added: nothing takes one back. */
#include "store/revocation.h"

#include "store/account.h"
#include "store/audit.h"

int
revocable_get(struct db *db, struct arena *a, struct view serial, struct revocable *out,
    struct err *err)
{
	static const struct column cols[] = {
		COLUMN(revocable, id, COL_U64, uint64_t),
		COLUMN(revocable, account_id, COL_U64, uint64_t),
		COLUMN(revocable, issuer_id, COL_U64, uint64_t),
		COLUMN(revocable, not_after_at, COL_I64, int64_t),
		COLUMN(revocable, der, COL_VIEW, struct view),
		COLUMN(revocable, is_revoked, COL_BOOL, bool),
		COLUMN(revocable, is_compromised, COL_BOOL, bool),
	};

	return db_row(db, STMT_CERT_REVOCABLE, PARAMS(P_B(serial)), cols, NITEMS(cols), out,
	    a, err);
}

struct step {
	const struct revocation	*r;
	int64_t			 now;
	struct job_new		 job;
	struct audit		 audit;
};

static int
put(struct db *db, void *arg, struct err *err)
{
	const struct step *s = arg;
	const struct revocation *r = s->r;
	int rc;

	if (r->cert->is_revoked)
		rc = db_insert(db, STMT_COMPROMISE_PUT, PARAMS(P_U(r->cert->id),
		    P_I(s->now)), err);
	else
		rc = db_insert(db, STMT_REVOCATION_PUT, PARAMS(P_U(r->cert->id),
		    P_U(r->cert->issuer_id), P_U(r->reason), P_I(s->now)), err);
	if (rc == 0)
		return err_set(err, ERR_ALREADY_REVOKED, "The certificate is revoked already");
	if (rc < 0)
		return -1;
	if (r->block != NULL && key_block(db, r->block, "keyCompromise", s->now, err) != 0)
		return -1;
	if (job_put(db, &s->job, err) != 0)
		return -1;
	return audit_put(db, &s->audit, err);
}

int
revocation_put(struct store *st, struct tx_once *once, const struct revocation *r,
    const struct job_route *route, uint64_t *job, struct err *err)
{
	struct step s = { .r = r, .now = clk_now(st->clk) };
	uint64_t ids[2];

	if (writer_ids(st->writer, ids, NITEMS(ids), err) != 0)
		return -1;
	s.job = (struct job_new){ ids[0], QUEUE_CRL, r->cert->issuer_id, s.now, route->ring,
	    route->host, 0, 0, VIEW("") };
	s.audit = (struct audit){ ids[1], s.now, r->actor, "cert.revoke", r->cert->id,
	    r->reason == REVOKE_KEY_COMPROMISE ? VIEW("keyCompromise") : VIEW("") };
	*job = ids[0];
	return tx_run(st->db, put, &s, once, err);
}
