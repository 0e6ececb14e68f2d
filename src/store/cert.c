/* SPDX-License-Identifier: BSD-2-Clause */
/* Certificates, issuers, CRLs. */
#include "store/cert.h"

#include "store/audit.h"

static const struct column issuer_columns[] = {
	COLUMN(issuer, id, COL_U64, uint64_t),
	COLUMN(issuer, name, COL_VIEW, struct view),
	COLUMN(issuer, ski, COL_VIEW, struct view),
	COLUMN(issuer, cert, COL_VIEW, struct view),
	COLUMN(issuer, chain, COL_VIEW, struct view),
};

static const struct column crl_columns[] = {
	COLUMN(crl, number, COL_U64, uint64_t),
	COLUMN(crl, this_update_at, COL_I64, int64_t),
	COLUMN(crl, next_update_at, COL_I64, int64_t),
	COLUMN(crl, der, COL_VIEW, struct view),
};

int
cert_get(struct db *db, struct arena *a, uint64_t id, uint64_t account_id,
    struct cert_der *out, struct err *err)
{
	static const struct column cols[] = {
		COLUMN(cert_der, id, COL_U64, uint64_t),
		COLUMN(cert_der, order_id, COL_U64, uint64_t),
		COLUMN(cert_der, issuer_id, COL_U64, uint64_t),
		COLUMN(cert_der, der, COL_VIEW, struct view),
		COLUMN(cert_der, is_collected, COL_BOOL, bool),
	};

	return db_row(db, STMT_CERT_GET, PARAMS(P_U(id), P_U(account_id)), cols,
	    NITEMS(cols), out, a, err);
}

struct collection {
	uint64_t	order_id;
	int64_t		now;
};

static int
collect(struct db *db, void *arg, struct err *err)
{
	const struct collection *c = arg;

	return db_exec(db, STMT_ORDER_COLLECTED, PARAMS(P_I(c->now), P_U(c->order_id)), NULL, err);
}

int
cert_collect(struct store *st, struct tx_once *once, const struct cert_der *cert,
    struct err *err)
{
	struct collection c = { cert->order_id, clk_now(st->clk) };

	return tx_run(st->db, collect, &c, once, err);
}

int
issuer_by_id(struct db *db, struct arena *a, uint64_t id, struct issuer *out,
    struct err *err)
{
	return db_row(db, STMT_ISSUER_BY_ID, PARAMS(P_U(id)), issuer_columns,
	    NITEMS(issuer_columns), out, a, err);
}

int
issuer_by_name(struct db *db, struct arena *a, struct view name,
    struct issuer *out, struct err *err)
{
	return db_row(db, STMT_ISSUER_BY_NAME, PARAMS(P_T(name)), issuer_columns,
	    NITEMS(issuer_columns), out, a, err);
}

int
issuer_list(struct db *db, struct arena *a, struct issuer **rows, size_t *n,
    struct err *err)
{
	return db_rows(db, STMT_ISSUER_LIST, NO_PARAMS, issuer_columns,
	    NITEMS(issuer_columns), sizeof(**rows), ISSUERS_MAX, a, rows, n, err);
}

int
issuer_put(struct store *st, struct issuer *i, struct err *err)
{
	if (writer_id(st->writer, &i->id, err) != 0)
		return -1;
	return audit_insert(st, STMT_ISSUER_PUT, PARAMS(P_U(i->id), P_T(i->name),
	    P_B(i->ski), P_B(i->cert), P_B(i->chain), P_I(clk_now(st->clk))), "ca.init", i->id,
	    i->name, err);
}

int
issuer_chains(struct db *db, struct arena *a, uint64_t issuer_id, struct issuer_chain **rows,
    size_t *n, struct err *err)
{
	static const struct column cols[] = {
		COLUMN(issuer_chain, number, COL_ENUM, unsigned),
		COLUMN(issuer_chain, chain, COL_VIEW, struct view),
	};

	return db_rows(db, STMT_ISSUER_CHAINS, PARAMS(P_U(issuer_id)), cols, NITEMS(cols),
	    sizeof(**rows), ISSUER_CHAINS_MAX, a, rows, n, err);
}

/* What is done to the chains of an issuer, and the row that tells of it. */
struct chain_change {
	struct arena		*arena;
	struct issuer_chain	*chain;
	struct audit		 audit;
	int			 done;	/* 1, or 0 when there was nothing to do */
};

static int
note_change(struct db *db, struct chain_change *c, struct err *err)
{
	c->audit.detail = view_of(arena_printf(c->arena, "%u", c->chain->number));
	return audit_put(db, &c->audit, err);
}

static int
put_chain(struct db *db, void *arg, struct err *err)
{
	static const struct column cols[] = { { "chain_numbers", COL_ENUM, 0 } };
	struct chain_change *c = arg;
	uint64_t issuer_id = c->audit.object_id, rows;

	if (db_exec(db, STMT_ISSUER_CHAIN_NEXT, PARAMS(P_U(issuer_id)), NULL, err) != 0 ||
	    db_exec(db, STMT_ISSUER_CHAIN_PUT, PARAMS(P_B(c->chain->chain),
	    P_I(c->audit.at), P_U(issuer_id), P_U(ISSUER_CHAINS_MAX)), &rows, err) != 0 ||
	    db_row(db, STMT_ISSUER_CHAIN_NUMBER, PARAMS(P_U(issuer_id)), cols, NITEMS(cols),
	    &c->chain->number, c->arena, err) < 0)
		return -1;
	c->done = rows != 0;
	return c->done == 1 ? note_change(db, c, err) : 0;
}

static int
drop_chain(struct db *db, void *arg, struct err *err)
{
	struct chain_change *c = arg;
	uint64_t rows;

	if (db_exec(db, STMT_ISSUER_CHAIN_DROP, PARAMS(P_U(c->audit.object_id),
	    P_U(c->chain->number)), &rows, err) != 0)
		return -1;
	c->done = rows != 0;
	return c->done == 1 ? note_change(db, c, err) : 0;
}

static int
change_chain(struct store *st, tx_fn fn, const char *event, uint64_t issuer_id,
    struct issuer_chain *chain, struct err *err)
{
	struct chain_change c = { .chain = chain };
	uint64_t id;
	int rc;

	if (writer_id(st->writer, &id, err) != 0)
		return -1;
	c.arena = arena_new();
	c.audit = (struct audit){ id, clk_now(st->clk), VIEW("operator"), event, issuer_id,
	    VIEW_NONE };
	rc = tx_run(st->db, fn, &c, NULL, err);
	arena_free(c.arena);
	return rc != 0 ? -1 : c.done;
}

int
issuer_chain_put(struct store *st, uint64_t issuer_id, struct issuer_chain *c,
    struct err *err)
{
	return change_chain(st, put_chain, "ca.chain", issuer_id, c, err);
}

int
issuer_chain_drop(struct store *st, uint64_t issuer_id, unsigned number, struct err *err)
{
	struct issuer_chain c = { .number = number };

	return change_chain(st, drop_chain, "ca.unchain", issuer_id, &c, err);
}

int
crl_newest(struct db *db, struct arena *a, uint64_t issuer_id, unsigned shard,
    struct crl *out, struct err *err)
{
	return db_row(db, STMT_CRL_NEWEST, PARAMS(P_U(issuer_id), P_U(shard)),
	    crl_columns, NITEMS(crl_columns), out, a, err);
}

int
crl_put(struct db *db, uint64_t issuer_id, unsigned shard, const struct crl *c,
    struct err *err)
{
	return db_exec(db, STMT_CRL_PUT, PARAMS(P_U(issuer_id), P_U(shard),
	    P_U(c->number), P_I(c->this_update_at), P_I(c->next_update_at),
	    P_B(c->der)), NULL, err);
}

int
cert_by_serial(struct db *db, struct arena *a, struct view serial, struct view *der,
    struct err *err)
{
	static const struct column cols[] = { { "der", COL_VIEW, 0 } };

	return db_row(db, STMT_CERT_BY_SERIAL, PARAMS(P_B(serial)), cols, NITEMS(cols), der, a,
	    err);
}

int
crl_entries(struct db *db, struct arena *a, uint64_t issuer_id, unsigned shard,
    int64_t since, struct crl_entry **rows, size_t *n, struct err *err)
{
	static const struct column cols[] = {
		COLUMN(crl_entry, serial, COL_VIEW, struct view),
		COLUMN(crl_entry, revoked_at, COL_I64, int64_t),
		COLUMN(crl_entry, revoke_reason, COL_ENUM, unsigned),
	};

	return db_rows(db, STMT_CRL_ENTRIES, PARAMS(P_U(issuer_id), P_U(shard),
	    P_I(since)), cols, NITEMS(cols), sizeof(**rows), CRL_ENTRIES_MAX, a, rows,
	    n, err);
}
