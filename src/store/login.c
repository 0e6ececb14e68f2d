/* SPDX-License-Identifier: BSD-2-Clause */
/* Logins and their records. */
#include "store/login.h"
#include "store/audit.h"

#define FORGET_ROWS	10000	/* a statement; as it says */
#define AT(field)	offsetof(struct login, field)

static const struct column columns[] = {
	{ "id", COL_U64, AT(reseller.id) },
	{ "login_name", COL_VIEW, AT(reseller.login_name) },
	{ "password_hash", COL_VIEW, AT(reseller.password_hash) },
	{ "password_expires_at", COL_I64, AT(reseller.password_expires_at) },
	{ "is_locked", COL_BOOL, AT(reseller.is_locked) },
	{ "currency", COL_VIEW, AT(reseller.currency) },
	{ "balance_cents", COL_I64, AT(reseller.balance_cents) },
	{ "credit_limit_cents", COL_I64, AT(reseller.credit_limit_cents) },
	{ "networks", COL_VIEW, AT(reseller.networks) },
	{ "failures", COL_U64, AT(here.failures) },
	{ "failing_since", COL_I64, AT(here.failing_since) },
	{ "locks", COL_U64, AT(here.locks) },
	{ "locked_until", COL_I64, AT(here.locked_until) },
	{ "succeeded_at", COL_I64, AT(here.succeeded_at) },
	{ "all_failures", COL_U64, AT(anywhere.failures) },
	{ "all_failing_since", COL_I64, AT(anywhere.failing_since) },
};

int
login_get(struct db *db, struct arena *a, const struct login_key *key, struct login *out,
    struct err *err)
{
	struct view sha = view_from(key->name_sha256, sizeof(key->name_sha256));

	memset(out, 0, sizeof(*out));
	if (db_row(db, STMT_LOGIN_GET, PARAMS(P_T(key->name), P_B(sha),
	    P_T(view_of(key->network)), P_B(sha)), columns, NITEMS(columns), out, a, err) < 0)
		return -1;
	/* SQL takes no notice of blanks at the end. */
	if (!view_eq(out->reseller.login_name, key->name))
		out->reseller = (struct reseller){ .id = 0 };
	return 0;
}

static int
put(struct db *db, const struct login_key *key, const char *network,
    const struct login_record *l, struct err *err)
{
	return db_exec(db, STMT_LOGIN_PUT, PARAMS(
	    P_B(view_from(key->name_sha256, sizeof(key->name_sha256))),
	    P_T(view_of(network)), P_U(l->failures), P_I(l->failing_since), P_U(l->locks),
	    P_I(l->locked_until), P_I(l->succeeded_at)), NULL, err);
}

int
login_put(struct db *db, const struct login_key *key, const struct login_record *l,
    struct err *err)
{
	return put(db, key, key->network, l, err);
}

static int
lock(struct db *db, const struct login_key *key, const char *network,
    struct login_record *out, struct err *err)
{
	static const struct column cols[] = {
		COLUMN(login_record, failures, COL_U64, uint64_t),
		COLUMN(login_record, failing_since, COL_I64, int64_t),
		COLUMN(login_record, locks, COL_U64, uint64_t),
		COLUMN(login_record, locked_until, COL_I64, int64_t),
		COLUMN(login_record, succeeded_at, COL_I64, int64_t),
	};
	struct arena *a = arena_new();
	int rc;

	memset(out, 0, sizeof(*out));
	rc = db_row(db, STMT_LOGIN_LOCK, PARAMS(
	    P_B(view_from(key->name_sha256, sizeof(key->name_sha256))),
	    P_T(view_of(network))), cols, NITEMS(cols), out, a, err);
	arena_free(a);
	return rc < 0 ? -1 : 0;
}

struct changing {
	const struct login_key	*key;
	login_change_fn		 fn;
	void			*arg;
	struct audit		 audit;
};

static int
change(struct db *db, void *arg, struct err *err)
{
	struct changing *c = arg;
	struct login_record here, anywhere;
	bool locked;

	if (lock(db, c->key, "", &anywhere, err) != 0 ||
	    lock(db, c->key, c->key->network, &here, err) != 0)
		return -1;
	locked = c->fn(&here, &anywhere, c->audit.at, c->arg);
	if (put(db, c->key, "", &anywhere, err) != 0 ||
	    put(db, c->key, c->key->network, &here, err) != 0)
		return -1;
	return locked && c->audit.object_id != 0 ? audit_put(db, &c->audit, err) : 0;
}

int
login_change(struct store *st, const struct login_key *key, uint64_t reseller_id,
    login_change_fn fn, void *arg, int64_t now, struct err *err)
{
	struct changing c = { key, fn, arg, { .at = now, .actor = VIEW("unknown"),
	    .event = "login.lock", .object_id = reseller_id,
	    .detail = view_of(key->network) } };

	if (writer_ids(st->writer, &c.audit.id, 1, err) != 0)
		return -1;
	return tx_run(st->db, change, &c, NULL, err);
}

int
logins_locked(struct db *db, struct arena *a, const uint8_t name_sha256[32], int64_t now,
    struct login_lock **out, size_t *n, struct err *err)
{
	static const struct column cols[] = {
		COLUMN(login_lock, network, COL_VIEW, struct view),
		COLUMN(login_lock, locked_until, COL_I64, int64_t),
	};

	return db_rows(db, STMT_LOGINS_LOCKED, PARAMS(P_B(view_from(name_sha256, 32)),
	    P_I(now)), cols, NITEMS(cols), sizeof(**out), LOGIN_LOCKS_MAX, a, out, n, err);
}

int
logins_forget(struct db *db, int64_t succeeded, int64_t locked, int64_t failing,
    struct err *err)
{
	uint64_t rows;

	do {
		if (db_exec(db, STMT_LOGINS_FORGET, PARAMS(P_I(succeeded), P_I(locked),
		    P_I(failing)), &rows, err) != 0)
			return -1;
	} while (rows == FORGET_ROWS);
	return 0;
}
