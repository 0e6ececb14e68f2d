/* SPDX-License-Identifier: BSD-2-Clause */
/* Resellers, prices, balances and the ledger. */
#include "store/reseller.h"
#include "store/audit.h"

static const struct column columns[] = {
	COLUMN(reseller, id, COL_U64, uint64_t),
	COLUMN(reseller, login_name, COL_VIEW, struct view),
	COLUMN(reseller, password_hash, COL_VIEW, struct view),
	COLUMN(reseller, password_expires_at, COL_I64, int64_t),
	COLUMN(reseller, is_locked, COL_BOOL, bool),
	COLUMN(reseller, currency, COL_VIEW, struct view),
	COLUMN(reseller, balance_cents, COL_I64, int64_t),
	COLUMN(reseller, credit_limit_cents, COL_I64, int64_t),
	COLUMN(reseller, networks, COL_VIEW, struct view),
};

int
reseller_get(struct db *db, struct arena *a, struct view login_name,
    struct reseller *r, struct err *err)
{
	return db_row(db, STMT_RESELLER_GET, PARAMS(P_T(login_name)), columns,
	    NITEMS(columns), r, a, err);
}

int
reseller_list(struct db *db, struct arena *a, struct reseller **rows, size_t *n,
    struct err *err)
{
	return db_rows(db, STMT_RESELLER_LIST, NO_PARAMS, columns, NITEMS(columns),
	    sizeof(**rows), RESELLERS_MAX, a, rows, n, err);
}

/* What the transactions of this file work on. */
struct change {
	struct reseller	*reseller;
	const uint64_t	*server_ids;
	size_t		 nservers;
	int64_t		 cents;
	struct view	 reason;
	uint64_t	 ledger_id;
	struct audit	 audit;
};

static int
put(struct db *db, void *arg, struct err *err)
{
	struct change *c = arg;
	const struct reseller *r = c->reseller;
	size_t i;
	int rc;

	rc = db_insert(db, STMT_RESELLER_PUT, PARAMS(P_U(r->id), P_T(r->login_name),
	    P_T(r->password_hash), P_T(r->currency), P_I(r->credit_limit_cents),
	    P_I(c->audit.at)), err);
	if (rc == 0)
		return err_set(err, ERR_CONFLICT, "the login name is taken");
	for (i = 0; rc >= 0 && i < c->nservers; i++)
		rc = db_exec(db, STMT_RESELLER_SERVER_PUT, PARAMS(P_U(r->id),
		    P_U(c->server_ids[i])), NULL, err);
	return rc < 0 ? -1 : audit_put(db, &c->audit, err);
}

int
reseller_put(struct store *st, struct reseller *r, const uint64_t *server_ids,
    size_t n, struct err *err)
{
	struct change c = { .reseller = r, .server_ids = server_ids, .nservers = n };
	uint64_t ids[2];

	if (writer_ids(st->writer, ids, NITEMS(ids), err) != 0)
		return -1;
	r->id = ids[0];
	c.audit = (struct audit){ ids[1], clk_now(st->clk), VIEW("operator"),
	    "reseller.add", r->id, r->login_name };
	if (tx_run(st->db, put, &c, NULL, err) == 0)
		return 1;
	return err->kind == ERR_CONFLICT ? 0 : -1;
}

/* A server is taken away with its prices, unless somebody was promised it. */
static int
take_server(struct db *db, uint64_t reseller_id, uint64_t server_id, struct err *err)
{
	uint64_t rows;

	if (db_exec(db, STMT_RESELLER_PRICES_DROP, PARAMS(P_U(reseller_id), P_U(server_id)), NULL,
	    err) != 0 || db_exec(db, STMT_RESELLER_SERVER_DROP, PARAMS(P_U(reseller_id),
	    P_U(server_id)), &rows, err) != 0)
		return -1;
	return rows == 1 ? 0 : err_set(err, ERR_CONFLICT, "the reseller has customers on that "
	    "server, or may not use it anyway");
}

/* A change with whom it is about. */
struct change_of {
	uint64_t			 id;
	const struct reseller_change	*to;
	struct audit			 audit;
};

static int
change(struct db *db, void *arg, struct err *err)
{
	const struct change_of *c = arg;
	const struct reseller_change *to = c->to;
	size_t i;

	if (audit_put(db, &c->audit, err) != 0 ||
	    db_exec(db, STMT_RESELLER_CHANGE, PARAMS(P_U(to->has_password),
	    P_T(to->password_hash), P_U(to->has_expiry), P_I_OR_NULL(to->password_expires_at),
	    P_U(to->has_lock), P_U(to->is_locked), P_U(to->has_limit),
	    P_I(to->credit_limit_cents), P_U(to->has_networks), P_T(to->networks),
	    P_U(c->id)), NULL, err) != 0 || (to->forget_logins && db_exec(db,
	    STMT_LOGINS_UNLOCK, PARAMS(P_B(view_from(to->name_sha256, 32))), NULL, err) != 0))
		return -1;
	for (i = 0; i < to->nadd; i++)
		if (db_insert(db, STMT_RESELLER_SERVER_PUT, PARAMS(P_U(c->id),
		    P_U(to->add[i])), err) < 0)
			return -1;
	for (i = 0; i < to->nremove; i++)
		if (take_server(db, c->id, to->remove[i], err) != 0)
			return -1;
	return 0;
}

int
reseller_change(struct store *st, uint64_t reseller_id, const struct reseller_change *to,
    struct err *err)
{
	struct change_of c = { .id = reseller_id, .to = to };
	uint64_t id;

	if (writer_ids(st->writer, &id, 1, err) != 0)
		return -1;
	c.audit = (struct audit){ id, clk_now(st->clk), VIEW("operator"), "reseller.set",
	    reseller_id, to->detail };
	return tx_run(st->db, change, &c, NULL, err);
}

static int
credit(struct db *db, void *arg, struct err *err)
{
	struct change *c = arg;

	if (audit_put(db, &c->audit, err) != 0 ||
	    db_exec(db, STMT_BALANCE_CREDIT, PARAMS(P_I(c->cents),
	    P_U(c->reseller->id)), NULL, err) != 0)
		return -1;
	return db_exec(db, STMT_LEDGER_PUT, PARAMS(P_U(c->ledger_id),
	    P_U(c->reseller->id), P_I(c->cents), P_U(LEDGER_CREDIT), P_NULL,
	    P_T(c->reason), P_I(c->audit.at)), NULL, err);
}

int
reseller_credit(struct store *st, const struct reseller *r, int64_t cents,
    struct view reason, struct err *err)
{
	struct reseller copy = *r;
	struct change c = { .reseller = &copy, .cents = cents, .reason = reason };
	uint64_t ids[2];

	if (writer_ids(st->writer, ids, NITEMS(ids), err) != 0)
		return -1;
	c.ledger_id = ids[0];
	c.audit = (struct audit){ ids[1], clk_now(st->clk), VIEW("operator"),
	    "reseller.credit", r->id, reason };
	return tx_run(st->db, credit, &c, NULL, err);
}

/* A price with the row that tells of it. */
struct price_put {
	const struct price_change	*to;
	struct audit			 audit;
};

static int
put_price(struct db *db, void *arg, struct err *err)
{
	const struct price_put *p = arg;
	const struct price_change *to = p->to;

	if (audit_put(db, &p->audit, err) != 0)
		return -1;
	return db_exec(db, STMT_PRICE_SET, PARAMS(P_U(to->reseller_id), P_U(to->server_id),
	    P_U(to->kind), P_U(to->years), P_I(to->cents)), NULL, err);
}

int
price_set(struct store *st, const struct price_change *to, struct err *err)
{
	struct price_put p = { .to = to };
	uint64_t id;

	if (writer_id(st->writer, &id, err) != 0)
		return -1;
	p.audit = (struct audit){ id, clk_now(st->clk), VIEW("operator"), "price.set",
	    to->reseller_id, to->detail };
	return tx_run(st->db, put_price, &p, NULL, err);
}

struct price_row {
	uint64_t	years;
	int64_t		cents;
};

int
price_get(struct db *db, struct arena *a, uint64_t reseller_id, uint64_t server_id,
    unsigned kind, int64_t term_cents[3], struct err *err)
{
	static const struct column cols[] = {
		COLUMN(price_row, years, COL_U64, uint64_t),
		COLUMN(price_row, cents, COL_I64, int64_t),
	};
	struct price_row *rows;
	size_t i, n;

	if (db_rows(db, STMT_PRICE_LIST, PARAMS(P_U(reseller_id), P_U(server_id),
	    P_U(kind)), cols, NITEMS(cols), sizeof(*rows), 16, a, &rows, &n, err) != 0)
		return -1;
	for (i = 0; i < 3; i++)
		term_cents[i] = -1;
	for (i = 0; i < n; i++)
		if (rows[i].years >= 1 && rows[i].years <= 3)
			term_cents[rows[i].years - 1] = rows[i].cents;
	return n != 0;
}

/* The row beside a balance that a transaction has changed by cents. */
static int
put_ledger(struct db *db, uint64_t ledger_id, uint64_t reseller_id,
    uint64_t transaction_id, int64_t cents, int64_t now, struct err *err)
{
	return db_exec(db, STMT_LEDGER_PUT, PARAMS(P_U(ledger_id), P_U(reseller_id),
	    P_I(cents), P_U(LEDGER_TRANSACTION), P_U(transaction_id),
	    P_T(VIEW("")), P_I(now)), NULL, err);
}

int
ledger_debit(struct db *db, uint64_t ledger_id, uint64_t reseller_id,
    uint64_t transaction_id, int64_t cents, int64_t now, struct err *err)
{
	uint64_t rows;

	/* The ledger's foreign key would share a lock that the balance then needs alone. */
	if (db_exec(db, STMT_BALANCE_DEBIT, PARAMS(P_I(cents), P_U(reseller_id),
	    P_I(cents)), &rows, err) != 0)
		return -1;
	if (rows == 0)
		return 0;
	return put_ledger(db, ledger_id, reseller_id, transaction_id, -cents, now,
	    err) != 0 ? -1 : 1;
}

int
ledger_refund(struct db *db, uint64_t ledger_id, uint64_t reseller_id,
    uint64_t transaction_id, int64_t cents, int64_t now, struct err *err)
{
	if (db_exec(db, STMT_BALANCE_CREDIT, PARAMS(P_I(cents), P_U(reseller_id)), NULL,
	    err) != 0)
		return -1;
	return put_ledger(db, ledger_id, reseller_id, transaction_id, cents, now, err);
}
