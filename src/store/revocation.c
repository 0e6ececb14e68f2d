/* SPDX-License-Identifier: BSD-2-Clause */
/* Revocations are only added: nothing takes one back. */
#include "store/revocation.h"

#include "store/account.h"
#include "store/audit.h"
#include "store/cert.h"

#define SPKI_HASH	32	/* bytes of a key's hash */

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
	struct arena		*arena;
	const struct revocation	*r;
	int64_t			 now;
	struct job_new		*jobs;		/* a CRL each; the first is that of the certificate */
	size_t			 njobs;
	struct audit		 audit;
};

/* The key is known to others: nothing that it is in may be relied on any more (KEY-09). */
static int
revoke_key(struct db *db, struct step *s, struct err *err)
{
	struct view spki = view_from(s->r->block, SPKI_HASH);
	uint64_t rows;

	if (db_exec(db, STMT_KEY_COMPROMISE, PARAMS(P_I(s->now), P_B(spki), P_I(s->now)), NULL,
	    err) != 0 ||
	    db_exec(db, STMT_KEY_REVOKE, PARAMS(P_I(s->now), P_B(spki), P_I(s->now)), &rows,
	    err) != 0)
		return -1;
	s->audit.detail = view_of(arena_printf(s->arena, "keyCompromise, with %llu others",
	    (unsigned long long)rows));
	return 0;
}

static int
put(struct db *db, void *arg, struct err *err)
{
	struct step *s = arg;
	const struct revocation *r = s->r;
	size_t i;
	int rc;

	/* First, so that two revocations with one key do not wait for each other. */
	if (r->block != NULL && key_block(db, r->block, "keyCompromise", s->now, err) != 0)
		return -1;
	if (r->cert->is_revoked)
		rc = db_insert(db, STMT_COMPROMISE_PUT, PARAMS(P_U(r->cert->id),
		    P_I(s->now)), err);
	else
		rc = db_insert(db, STMT_REVOCATION_PUT, PARAMS(P_U(r->cert->id),
		    P_U(r->cert->issuer_id), P_U(r->reason), P_I(s->now)), err);
	if (rc == 0)
		return err_set(err, ERR_ALREADY_REVOKED, "The certificate is revoked already");
	if (rc < 0 || (r->block != NULL && revoke_key(db, s, err) != 0))
		return -1;
	for (i = 0; i < s->njobs; i++)
		if (job_put(db, &s->jobs[i], err) != 0)
			return -1;
	return audit_put(db, &s->audit, err);
}

/* A CRL for the issuer of the certificate, and for the others of its key. */
static int
make_jobs(struct store *st, struct step *s, const struct job_route *route, struct err *err)
{
	static const struct column cols[] = { { "issuer_id", COL_U64, 0 } };
	uint64_t own = s->r->cert->issuer_id, *issuers = NULL, *ids;
	size_t i, n = 0;

	if (s->r->block != NULL && db_rows(st->db, STMT_KEY_ISSUERS, PARAMS(
	    P_B(view_from(s->r->block, SPKI_HASH)), P_I(s->now)), cols, NITEMS(cols),
	    sizeof(*issuers), ISSUERS_MAX, s->arena, &issuers, &n, err) != 0)
		return -1;
	ids = arena_array(s->arena, n + 1, sizeof(*ids));
	s->jobs = arena_array(s->arena, n + 1, sizeof(*s->jobs));
	if (writer_ids(st->writer, ids, n + 1, err) != 0)
		return -1;
	s->jobs[s->njobs++] = (struct job_new){ ids[0], QUEUE_CRL, own, s->now, route->ring,
	    route->host, 0, 0, VIEW("") };
	for (i = 0; i < n; i++)
		if (issuers[i] != own)
			s->jobs[s->njobs++] = (struct job_new){ ids[i + 1], QUEUE_CRL,
			    issuers[i], s->now, 0, route->host, 0, 0, VIEW("") };
	return 0;
}

int
revocation_put(struct store *st, struct tx_once *once, const struct revocation *r,
    const struct job_route *route, uint64_t *job, struct err *err)
{
	struct step s = { .arena = arena_new(), .r = r, .now = clk_now(st->clk) };
	uint64_t id;
	int rc = -1;

	s.audit = (struct audit){ 0, s.now, r->actor, "cert.revoke", r->cert->id, VIEW("") };
	if (writer_id(st->writer, &id, err) == 0 && make_jobs(st, &s, route, err) == 0) {
		s.audit.id = id;
		*job = s.jobs[0].id;
		rc = tx_run(st->db, put, &s, once, err);
	}
	arena_free(s.arena);
	return rc;
}
