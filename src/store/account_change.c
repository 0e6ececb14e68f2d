/* SPDX-License-Identifier: BSD-2-Clause */
/* Changes of accounts, each one transaction with its audit row. */
#include "store/account_change.h"

#include "store/audit.h"

struct change {
	const struct account		*account;
	const struct view		*contacts;
	size_t				 n;
	int64_t				 orders_since;
	struct view			 problem;
	const struct account_rekey	*rekey;
	struct view			 tos_url;
	uint64_t			 id;
	int64_t				 now;
	struct audit			 audit;
};

/* Run fn as the transaction of this event. */
static int
run(struct store *st, struct tx_once *once, struct change *c, tx_fn fn, const char *event,
    struct err *err)
{
	uint64_t ids[2];

	if (writer_ids(st->writer, ids, NITEMS(ids), err) != 0)
		return -1;
	c->id = ids[0];
	c->now = clk_now(st->clk);
	c->audit = (struct audit){ ids[1], c->now, c->account->acme_account_id, event,
	    c->account->id, VIEW("") };
	return tx_run(st->db, fn, c, once, err);
}

static int
set_contacts(struct db *db, void *arg, struct err *err)
{
	const struct change *c = arg;
	size_t i;

	if (db_exec(db, STMT_ACCOUNT_CONTACTS_DROP, PARAMS(P_U(c->account->id)), NULL,
	    err) != 0)
		return -1;
	for (i = 0; i < c->n; i++)
		if (db_exec(db, STMT_ACCOUNT_CONTACT_PUT, PARAMS(P_U(c->account->id),
		    P_U(i), P_T(c->contacts[i])), NULL, err) != 0)
			return -1;
	return audit_put(db, &c->audit, err);
}

static int
agree(struct db *db, void *arg, struct err *err)
{
	struct change *c = arg;

	if (db_exec(db, STMT_ACCOUNT_AGREE, PARAMS(P_T(c->tos_url), P_I(c->now),
	    P_U(c->account->id)), NULL, err) != 0)
		return -1;
	c->audit.detail = c->tos_url;
	return audit_put(db, &c->audit, err);
}

int
account_agree(struct store *st, struct tx_once *once, const struct account *acct,
    struct view tos_url, struct err *err)
{
	struct change c = { .account = acct, .tos_url = tos_url };

	return run(st, once, &c, agree, "account.agree", err);
}

int
account_set_contacts(struct store *st, struct tx_once *once, const struct account *acct,
    const struct view *contacts, size_t n, struct err *err)
{
	struct change c = { .account = acct, .contacts = contacts, .n = n };

	return run(st, once, &c, set_contacts, "account.contacts", err);
}

static int
deactivate(struct db *db, void *arg, struct err *err)
{
	const struct change *c = arg;

	/* Who ends it a second time finds it as it wanted it. */
	if (db_exec(db, STMT_ACCOUNT_DEACTIVATE, PARAMS(P_U(c->account->id)), NULL,
	    err) != 0 ||
	    db_exec(db, STMT_ORDERS_CANCEL, PARAMS(P_T(c->problem), P_U(c->account->id),
	    P_U(id_of_time(c->orders_since))), NULL, err) != 0)
		return -1;
	return audit_put(db, &c->audit, err);
}

int
account_deactivate(struct store *st, struct tx_once *once, const struct account *acct,
    int64_t orders_since, struct view problem, struct err *err)
{
	struct change c = { .account = acct, .orders_since = orders_since,
	    .problem = problem };

	return run(st, once, &c, deactivate, "account.deactivate", err);
}

static int
rekey(struct db *db, void *arg, struct err *err)
{
	const struct change *c = arg;
	const struct account_rekey *k = c->rekey;
	const struct view old_key = view_from(k->old_thumbprint, 32);
	const struct view new_key = view_from(k->new_thumbprint, 32);
	int rc;

	rc = db_insert(db, STMT_ACCOUNT_REKEY, PARAMS(P_B(new_key), P_B(k->new_jwk),
	    P_U(c->account->id), P_B(old_key)), err);
	if (rc == 0)
		return err_set(err, ERR_CONFLICT, "the key has an account");
	if (rc < 0)
		return -1;
	if (db_affected(db, STMT_ACCOUNT_REKEY) == 0)
		return err_set(err, ERR_UNAUTHORIZED,
		    "The key that signed the request is no longer the account's");
	if (db_exec(db, STMT_ACCOUNT_KEY_PUT, PARAMS(P_U(c->id), P_U(c->account->id),
	    P_B(old_key), P_B(new_key), P_B(k->request), P_I(c->now)), NULL, err) != 0)
		return -1;
	return audit_put(db, &c->audit, err);
}

int
account_rekey(struct store *st, struct tx_once *once, const struct account *acct,
    const struct account_rekey *k, struct err *err)
{
	struct change c = { .account = acct, .rekey = k };

	return run(st, once, &c, rekey, "account.key", err);
}

int
account_key_changes(struct db *db, struct arena *a, uint64_t account_id,
    struct view **requests, size_t *n, struct err *err)
{
	static const struct column cols[] = { { "request", COL_VIEW, 0 } };

	return db_rows(db, STMT_ACCOUNT_KEYS, PARAMS(P_U(account_id),
	    P_U(ACCOUNT_KEYS_MAX)), cols, NITEMS(cols), sizeof(**requests),
	    ACCOUNT_KEYS_MAX, a, requests, n, err);
}
