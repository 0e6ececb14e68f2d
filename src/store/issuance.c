/* SPDX-License-Identifier: BSD-2-Clause */
/* The rows of an issuance. */
#include "store/issuance.h"
#include "store/audit.h"

static const struct column order_columns[] = {
	COLUMN(sign_order, id, COL_U64, uint64_t),
	COLUMN(sign_order, account_id, COL_U64, uint64_t),
	COLUMN(sign_order, status, COL_ENUM, enum order_status),
	COLUMN(sign_order, expires_at, COL_I64, int64_t),
	COLUMN(sign_order, profile, COL_VIEW, struct view),
	COLUMN(sign_order, not_before_at, COL_I64, int64_t),
	COLUMN(sign_order, not_after_at, COL_I64, int64_t),
	COLUMN(sign_order, idents, COL_VIEW, struct view),
	COLUMN(sign_order, authzs, COL_VIEW, struct view),
	COLUMN(sign_order, finalize_jws, COL_VIEW, struct view),
	COLUMN(sign_order, acme_account_id, COL_VIEW, struct view),
	COLUMN(sign_order, account_status, COL_ENUM, enum account_status),
	COLUMN(sign_order, key_jwk, COL_VIEW, struct view),
	COLUMN(sign_order, binding_id, COL_U64, uint64_t),
	COLUMN(sign_order, binding_status, COL_ENUM, enum binding_status),
	COLUMN(sign_order, server, COL_VIEW, struct view),
};

static const struct column evidence_columns[] = {
	COLUMN(evidence, statement, COL_VIEW, struct view),
	COLUMN(evidence, signature, COL_VIEW, struct view),
};

static const struct column issuance_columns[] = {
	COLUMN(issuance, serial, COL_VIEW, struct view),
	COLUMN(issuance, issuer_id, COL_U64, uint64_t),
	COLUMN(issuance, tbs, COL_VIEW, struct view),
};

int
sign_order_get(struct db *db, struct arena *a, uint64_t id, struct sign_order *out,
    struct err *err)
{
	return db_row(db, STMT_ORDER_FOR_SIGNING, PARAMS(P_U(id)), order_columns,
	    NITEMS(order_columns), out, a, err);
}

int
verdict_newest(struct db *db, struct arena *a, uint64_t authz_id,
    struct evidence *out, struct err *err)
{
	return db_row(db, STMT_VERDICT_NEWEST, PARAMS(P_U(authz_id),
	    P_U(id_later_than(authz_id))), evidence_columns,
	    NITEMS(evidence_columns), out, a, err);
}

int
caa_check_newest(struct db *db, struct arena *a, uint64_t authz_id, struct view name,
    struct evidence *out, struct err *err)
{
	return db_row(db, STMT_CAA_CHECK_NEWEST, PARAMS(P_U(authz_id), P_T(name),
	    P_U(id_later_than(authz_id))), evidence_columns,
	    NITEMS(evidence_columns), out, a, err);
}

int
issuance_get(struct db *db, struct arena *a, uint64_t order_id,
    struct issuance *out, struct err *err)
{
	out->order_id = order_id;
	return db_row(db, STMT_ISSUANCE_GET, PARAMS(P_U(order_id)), issuance_columns,
	    NITEMS(issuance_columns), out, a, err);
}

/* What the transactions of this file work on. */
struct step {
	const struct slot	*slot;
	uint64_t		 job_id;
	uint64_t		 order_id;
	const struct issuance	*issuance;	/* NULL: nothing reserved */
	const struct cert	*cert;
	struct view		 der;
	const uint8_t		*key_thumbprint;
	struct view		 problem;
	int64_t			 now;
	struct audit		 audit;
};

static int
reserve(struct db *db, void *arg, struct err *err)
{
	const struct step *s = arg;
	const struct issuance *i = s->issuance;
	int rc;

	rc = db_insert(db, STMT_ISSUANCE_PUT, PARAMS(P_U(i->order_id), P_B(i->serial),
	    P_U(i->issuer_id), P_B(i->tbs), P_I(s->now)), err);
	if (rc == 1)
		rc = db_insert(db, STMT_SERIAL_PUT, PARAMS(P_B(i->serial),
		    P_U(i->issuer_id), P_U(i->order_id), P_I(s->now)), err);
	if (rc == 0)
		return err_set(err, ERR_CONFLICT, "the serial or the order is taken");
	return rc < 0 ? -1 : 0;
}

int
issuance_reserve(struct store *st, const struct issuance *i, struct err *err)
{
	struct step s = { .issuance = i, .now = clk_now(st->clk) };

	if (tx_run(st->db, reserve, &s, NULL, err) == 0)
		return 1;
	return err->kind == ERR_CONFLICT ? 0 : -1;
}

/* A statement that must move exactly one row. */
static int
move(struct db *db, enum stmt st, const struct param *params, size_t n,
    const char *what, struct err *err)
{
	uint64_t rows;

	if (db_exec(db, st, params, n, &rows, err) != 0)
		return -1;
	if (rows != 1)
		return err_set(err, ERR_CONFLICT, "%s is not what it was", what);
	return 0;
}

static int
finish(struct db *db, const struct step *s, struct err *err)
{
	int rc = job_finish(db, s->slot, s->job_id, s->now, err);

	if (rc == 0)
		return err_set(err, ERR_CONFLICT, "the job is somebody else's");
	return rc < 0 ? -1 : 0;
}

static int
put_cert(struct db *db, const struct step *s, struct err *err)
{
	const struct cert *c = s->cert;

	if (db_exec(db, STMT_CERT_PUT, PARAMS(P_U(c->id), P_U(c->number),
	    P_U(c->order_id), P_U(c->account_id), P_U(c->issuer_id), P_B(c->serial),
	    P_I(c->not_before_at), P_I(c->not_after_at),
	    P_B(view_from(c->spki_sha256, 32)), P_T(c->profile), P_U(c->crl_shard),
	    P_I(s->now)), NULL, err) != 0)
		return -1;
	if (db_exec(db, STMT_CERT_DER_PUT, PARAMS(P_U(c->id), P_B(s->der)), NULL,
	    err) != 0)
		return -1;
	if (db_insert(db, STMT_ISSUED_SET_PUT, PARAMS(P_U(c->account_id),
	    P_B(view_from(c->idents_sha256, 32))), err) < 0)
		return -1;
	return db_insert(db, STMT_CERT_KEY_PUT, PARAMS(
	    P_B(view_from(s->key_thumbprint, 32)), P_U(c->id)), err) < 0 ? -1 : 0;
}

static int
complete(struct db *db, void *arg, struct err *err)
{
	const struct step *s = arg;
	const struct issuance *i = s->issuance;

	if (move(db, STMT_ORDER_VALID, PARAMS(P_U(s->cert->id), P_U(s->order_id)),
	    "the order", err) != 0 ||
	    move(db, STMT_SERIAL_USED, PARAMS(P_U(s->cert->id), P_B(i->serial)),
	    "the serial", err) != 0 ||
	    move(db, STMT_ISSUANCE_DROP, PARAMS(P_U(s->order_id), P_B(i->serial)),
	    "the issuance", err) != 0)
		return -1;
	if (put_cert(db, s, err) != 0 || audit_put(db, &s->audit, err) != 0)
		return -1;
	return finish(db, s, err);
}

int
issuance_complete(struct store *st, const struct slot *slot, uint64_t job_id,
    const struct issuance *i, struct cert *c, struct view der,
    const uint8_t key_thumbprint[32], struct err *err)
{
	struct step s = { .slot = slot, .job_id = job_id, .order_id = i->order_id,
	    .issuance = i, .cert = c, .der = der, .key_thumbprint = key_thumbprint,
	    .now = clk_now(st->clk) };
	uint64_t ids[2];

	if (writer_ids(st->writer, ids, NITEMS(ids), err) != 0 ||
	    writer_small(st->writer, NUMBER_CERTIFICATE, &c->number, err) != 0)
		return -1;
	c->id = ids[0];
	s.audit = (struct audit){ ids[1], s.now, VIEW("signer"), "cert.issue", c->id,
	    c->profile };
	return tx_run(st->db, complete, &s, NULL, err);
}

static int
refuse(struct db *db, void *arg, struct err *err)
{
	const struct step *s = arg;
	const struct issuance *i = s->issuance;

	if (move(db, STMT_ORDER_FAIL, PARAMS(P_T(s->problem), P_U(s->order_id),
	    P_U(ORDER_PROCESSING)), "the order", err) != 0)
		return -1;
	/* A serial that is not reserved any more needs no burning. */
	if (i != NULL &&
	    (db_exec(db, STMT_ORDER_BURNED, PARAMS(P_U(s->order_id)), NULL, err) != 0 ||
	    db_exec(db, STMT_SERIAL_BURN, PARAMS(P_B(i->serial)), NULL, err) != 0 ||
	    move(db, STMT_ISSUANCE_DROP, PARAMS(P_U(s->order_id), P_B(i->serial)),
	    "the issuance", err) != 0))
		return -1;
	if (audit_put(db, &s->audit, err) != 0)
		return -1;
	return finish(db, s, err);
}

int
issuance_refuse(struct store *st, const struct slot *slot, uint64_t job_id,
    uint64_t order_id, const struct issuance *reserved, struct view problem,
    struct view why, struct err *err)
{
	struct step s = { .slot = slot, .job_id = job_id, .order_id = order_id,
	    .issuance = reserved, .problem = problem, .now = clk_now(st->clk) };
	uint64_t id;

	if (writer_id(st->writer, &id, err) != 0)
		return -1;
	s.audit = (struct audit){ id, s.now, VIEW("signer"), "cert.refuse", order_id,
	    why };
	return tx_run(st->db, refuse, &s, NULL, err);
}

static int
skip(struct db *db, void *arg, struct err *err)
{
	return finish(db, arg, err);
}

int
issuance_skip(struct store *st, const struct slot *slot, uint64_t job_id,
    struct err *err)
{
	struct step s = { .slot = slot, .job_id = job_id, .now = clk_now(st->clk) };

	return tx_run(st->db, skip, &s, NULL, err);
}
