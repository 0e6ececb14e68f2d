/* SPDX-License-Identifier: BSD-2-Clause */
/* External account bindings. */
#include "store/binding.h"

static const struct column columns[] = {
	COLUMN(binding, id, COL_U64, uint64_t),
	COLUMN(binding, reseller_id, COL_U64, uint64_t),
	COLUMN(binding, server_id, COL_U64, uint64_t),
	COLUMN(binding, key_id, COL_VIEW, struct view),
	COLUMN(binding, mac_key, COL_VIEW, struct view),
	COLUMN(binding, mac_key_version, COL_ENUM, unsigned),
	COLUMN(binding, term_years, COL_ENUM, unsigned),
	COLUMN(binding, status, COL_ENUM, enum binding_status),
	COLUMN(binding, is_reusable, COL_BOOL, bool),
};

int
binding_get(struct db *db, struct arena *a, struct view key_id,
    struct binding *b, struct err *err)
{
	return db_row(db, STMT_BINDING_GET, PARAMS(P_T(key_id)), columns,
	    NITEMS(columns), b, a, err);
}

int
binding_lock(struct db *db, struct arena *a, uint64_t id, struct binding *b,
    struct err *err)
{
	return db_row(db, STMT_BINDING_LOCK, PARAMS(P_U(id)), columns,
	    NITEMS(columns), b, a, err);
}

int
binding_of_account(struct db *db, struct arena *a, struct view acme_account_id,
    uint64_t reseller_id, struct binding *b, struct err *err)
{
	return db_row(db, STMT_BINDING_OF_ACCOUNT, PARAMS(P_T(acme_account_id),
	    P_U(reseller_id)), columns, NITEMS(columns), b, a, err);
}

int
binding_preregister(struct db *db, const struct binding *b, uint64_t account_id,
    const struct audit *audit, struct err *err)
{
	if (db_exec(db, STMT_BINDING_PUT, PARAMS(P_U(b->id), P_U(b->reseller_id),
	    P_U(b->server_id), P_T(b->key_id), P_B(b->mac_key),
	    P_U(b->mac_key_version), P_U(b->term_years), P_I(audit->at)), NULL, err) != 0 ||
	    db_exec(db, STMT_ACCOUNT_PREREGISTER, PARAMS(P_U(account_id),
	    P_U(b->server_id), P_U(b->id), P_U(b->reseller_id), P_T(b->key_id),
	    P_I(audit->at)), NULL, err) != 0)
		return -1;
	return audit_put(db, audit, err);
}
