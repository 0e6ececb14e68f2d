/* SPDX-License-Identifier: BSD-2-Clause */
/* ACME accounts. */
#include "store/account.h"
#include "base/base64url.h"
#include "base/random.h"
#include "store/audit.h"
#include "store/binding.h"
#include "wire/limits.h"

static const struct column columns[] = {
	COLUMN(account, id, COL_U64, uint64_t),
	COLUMN(account, server_id, COL_U64, uint64_t),
	COLUMN(account, binding_id, COL_U64, uint64_t),
	COLUMN(account, acme_account_id, COL_VIEW, struct view),
	COLUMN(account, status, COL_ENUM, enum account_status),
	COLUMN(account, binding_status, COL_ENUM, enum binding_status),
	COLUMN(account, key_thumbprint, COL_B32, uint8_t[32]),
	COLUMN(account, key_jwk, COL_VIEW, struct view),
	COLUMN(account, tos_url, COL_VIEW, struct view),
	COLUMN(account, eab, COL_VIEW, struct view),
};

/* What account_claim and account_put set alike. */
struct found {
	uint64_t	id;
	struct view	acme_account_id;
};

static const struct column pending_columns[] = {
	COLUMN(found, id, COL_U64, uint64_t),
	COLUMN(found, acme_account_id, COL_VIEW, struct view),
};

int
account_get(struct db *db, struct arena *a, struct view acme_account_id,
    struct account *out, struct err *err)
{
	return db_row(db, STMT_ACCOUNT_GET, PARAMS(P_T(acme_account_id)), columns,
	    NITEMS(columns), out, a, err);
}

int
account_by_key(struct db *db, struct arena *a, const uint8_t thumbprint[32],
    uint64_t server_id, struct account *out, struct err *err)
{
	return db_row(db, STMT_ACCOUNT_BY_KEY, PARAMS(
	    P_B(view_from(thumbprint, 32)), P_U(server_id)), columns,
	    NITEMS(columns), out, a, err);
}

int
account_contacts(struct db *db, struct arena *a, uint64_t account_id,
    struct view **contacts, size_t *n, struct err *err)
{
	static const struct column cols[] = { { "contact", COL_VIEW, 0 } };

	return db_rows(db, STMT_ACCOUNT_CONTACTS, PARAMS(P_U(account_id)), cols,
	    NITEMS(cols), sizeof(**contacts), CONTACTS_MAX, a, contacts, n, err);
}

/* 1 if the statement finds a row for these 32 bytes. */
static int
known(struct db *db, enum stmt s, const char *column, const uint8_t key[32],
    struct err *err)
{
	const struct column cols[] = { { column, COL_U64, 0 } };
	struct arena *a = arena_new();
	uint64_t ignored;
	int rc;

	rc = db_row(db, s, PARAMS(P_B(view_from(key, 32))), cols, 1, &ignored, a, err);
	arena_free(a);
	return rc;
}

int
account_key_used(struct db *db, const uint8_t thumbprint[32], struct err *err)
{
	return known(db, STMT_ACCOUNT_KEY_USED, "id", thumbprint, err);
}

int
cert_key_used(struct db *db, const uint8_t thumbprint[32], struct err *err)
{
	return known(db, STMT_CERT_KEY_USED, "id", thumbprint, err);
}

int
key_blocked(struct db *db, const uint8_t spki_sha256[32], struct err *err)
{
	return known(db, STMT_KEY_BLOCKED, "found", spki_sha256, err);
}

int
key_block(struct db *db, const uint8_t spki_sha256[32], const char *reason, int64_t now,
    struct err *err)
{
	return db_insert(db, STMT_KEY_BLOCK, PARAMS(P_B(view_from(spki_sha256, 32)),
	    P_T(view_of(reason)), P_I(now)), err) < 0 ? -1 : 0;
}

struct registration {
	struct arena			*arena;
	const struct account_new	*new;
	struct account			*out;
	uint64_t			 new_id;
	uint64_t			 reseller_id;	/* of the binding */
	int64_t				 now;
	struct audit			 audit;
	struct audit			 agreement;
};

static int
check_binding(struct db *db, struct registration *r, struct err *err)
{
	static const struct column cols[] = { { "n", COL_U64, 0 } };
	struct binding b;
	uint64_t n = 0;
	int rc;

	if ((rc = binding_lock(db, r->arena, r->new->binding_id, &b, err)) < 0)
		return -1;
	if (rc == 0 || b.status != BINDING_USABLE)
		return err_set(err, ERR_UNAUTHORIZED,
		    "The external account binding is not valid or no longer usable");
	r->reseller_id = b.reseller_id;
	if (b.is_reusable)
		return 0;
	if (db_row(db, STMT_ACCOUNT_COUNT, PARAMS(P_U(b.id)), cols, 1, &n, r->arena,
	    err) < 0)
		return -1;
	if (n != 0)
		return err_set(err, ERR_MALFORMED, "[External Account Binding] "
		    "The account is not awaiting external account binding");
	return 0;
}

/* The pre-registered account takes the key: 1 it did, 0 the key is taken, -1. */
static int
claim(struct db *db, const struct registration *r, uint64_t id, struct err *err)
{
	const struct account_new *n = r->new;
	int64_t agreed_at = n->tos_url.p != NULL ? r->now : 0;

	return db_insert(db, STMT_ACCOUNT_CLAIM, PARAMS(
	    P_B(view_from(n->key_thumbprint, 32)), P_B(n->key_jwk),
	    P_T_OR_NULL(n->tos_url), P_I_OR_NULL(agreed_at), P_B(n->eab),
	    P_T_OR_NULL(n->client.user_agent), P_T_OR_NULL(n->client.ip_address),
	    P_I(r->now), P_U(id)), err);
}

static int
add(struct db *db, const struct registration *r, struct view acme_account_id,
    struct err *err)
{
	const struct account_new *n = r->new;
	int64_t agreed_at = n->tos_url.p != NULL ? r->now : 0;

	return db_insert(db, STMT_ACCOUNT_PUT, PARAMS(P_U(r->new_id),
	    P_U(n->server_id), P_U(n->binding_id), P_U(r->reseller_id),
	    P_T(acme_account_id), P_B(view_from(n->key_thumbprint, 32)), P_B(n->key_jwk),
	    P_T_OR_NULL(n->tos_url), P_I_OR_NULL(agreed_at), P_B(n->eab),
	    P_T_OR_NULL(n->client.user_agent), P_T_OR_NULL(n->client.ip_address),
	    P_I(r->now), P_I(r->now)), err);
}

static int
put_contacts(struct db *db, const struct registration *r, uint64_t account_id,
    struct err *err)
{
	size_t i;

	for (i = 0; i < r->new->ncontacts; i++)
		if (db_exec(db, STMT_ACCOUNT_CONTACT_PUT, PARAMS(P_U(account_id),
		    P_U(i), P_T(r->new->contacts[i])), NULL, err) != 0)
			return -1;
	return 0;
}

static int
do_register(struct db *db, void *arg, struct err *err)
{
	struct registration *r = arg;
	struct found f;
	int rc;

	if (check_binding(db, r, err) != 0 || limit_take(db, r->arena, &r->new->takes, err) != 0)
		return -1;
	/* The binding is locked, so nobody else claims the pending row meanwhile. */
	rc = db_row(db, STMT_ACCOUNT_PENDING, PARAMS(P_U(r->new->binding_id)),
	    pending_columns, NITEMS(pending_columns), &f, r->arena, err);
	if (rc < 0)
		return -1;
	if (rc == 1) {
		rc = claim(db, r, f.id, err);
	} else {
		f.id = r->new_id;
		f.acme_account_id = r->out->acme_account_id;
		rc = add(db, r, f.acme_account_id, err);
	}
	if (rc < 0)
		return -1;
	if (rc == 0)
		return err_set(err, ERR_CONFLICT, "the key has an account");
	r->out->id = f.id;
	r->out->acme_account_id = f.acme_account_id;
	r->audit.object_id = f.id;
	if (put_contacts(db, r, f.id, err) != 0 || audit_put(db, &r->audit, err) != 0)
		return -1;
	/* The account row has the newest terms, these rows all that it ever agreed to (LOG-04). */
	r->agreement.actor = f.acme_account_id;
	r->agreement.object_id = f.id;
	return r->new->tos_url.p != NULL ? audit_put(db, &r->agreement, err) : 0;
}

int
account_register(struct store *st, struct tx_once *once, struct arena *a,
    const struct account_new *n, struct account *out, struct err *err)
{
	struct registration r = { .arena = a, .new = n, .out = out };
	uint8_t raw[16];
	uint64_t ids[3];
	char *name = arena_alloc(a, B64U_LEN(sizeof(raw)) + 1);

	if (writer_ids(st->writer, ids, NITEMS(ids), err) != 0)
		return -1;
	random_bytes(raw, sizeof(raw));
	b64u_encode(raw, sizeof(raw), name);
	*out = (struct account){ .server_id = n->server_id,
	    .binding_id = n->binding_id, .acme_account_id = view_of(name),
	    .status = ACCOUNT_VALID, .binding_status = BINDING_USABLE,
	    .key_jwk = n->key_jwk, .tos_url = n->tos_url, .eab = n->eab };
	memcpy(out->key_thumbprint, n->key_thumbprint, 32);
	r.new_id = ids[0];
	r.now = clk_now(st->clk);
	r.audit = (struct audit){ ids[1], r.now, view_of(arena_printf(a, "ip %.*s",
	    VIEW_ARG(n->client.ip_address))), "account.new", 0,
	    n->client.user_agent };
	if (r.audit.detail.n > 1024)
		r.audit.detail.n = 1024;
	r.agreement = (struct audit){ ids[2], r.now, VIEW_NONE, "account.agree", 0, n->tos_url };
	return tx_run(st->db, do_register, &r, once, err);
}
