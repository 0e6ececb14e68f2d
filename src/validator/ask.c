/* SPDX-License-Identifier: BSD-2-Clause */
/* What is to be proven. */
#include "validator/ask.h"

#include "base/base64url.h"
#include "wire/url.h"

static struct view
text_of(struct arena *a, const uint8_t *thumbprint)
{
	char *text = arena_alloc(a, B64U_LEN(THUMBPRINT_LEN) + 1);

	b64u_encode(thumbprint, THUMBPRINT_LEN, text);
	return view_of(text);
}

/* A record that stays may have been made under a key that was changed (DPE-16). */
static int
all_keys(const struct validator_conf *c, struct arena *a, const struct check *k,
    struct probe_ask *out, struct err *err)
{
	struct check_key *old;
	struct view *keys;
	size_t i, n;

	if (check_old_keys(c->store->db, a, k->account_id, &old, &n, err) != 0)
		return -1;
	keys = arena_array(a, n + 1, sizeof(*keys));
	keys[0] = text_of(a, k->key_thumbprint);
	for (i = 0; i < n; i++)
		keys[i + 1] = text_of(a, old[i].thumbprint);
	out->thumbprints = keys;
	out->nthumbprints = n + 1;
	return 0;
}

static int
prepare(const struct validator_conf *c, struct arena *a, const struct check *k,
    struct probe_ask *out, struct err *err)
{
	const struct url_base base = { view_of(c->conf->base_url), k->server };

	*out = (struct probe_ask){ .ident = { k->ident_type, k->is_wildcard, k->ident_value },
	    .subdomains = k->covers_subdomains, .token = k->token, .account_url = url_account(a, &base, k->acme_account_id),
	    .account_hash_prefix = url_account_hashes(a, &base),
	    .now = clk_now(c->store->clk) };
	out->key_authz = view_of(arena_printf(a, "%.*s.%.*s", VIEW_ARG(k->token),
	    VIEW_ARG(text_of(a, k->key_thumbprint))));
	return k->active_type == CHALL_DNSPERSIST01 ? all_keys(c, a, k, out, err) : 0;
}

int
ask_load(const struct validator_conf *c, struct arena *a, const struct job *j, struct check *k,
    struct probe_ask *ask, struct ident *named, struct err *err)
{
	struct db *db = c->store->db;
	struct view name = VIEW("");
	int rc;

	if ((rc = check_get(db, a, j->object_id, k, err)) != 1)
		return rc;
	if (prepare(c, a, k, ask, err) != 0)
		return -1;
	*named = ask->ident;
	if (j->blocks == 0)
		return 1;
	if ((rc = check_order_of(db, a, j->blocks, &k->order_id, err)) == 1)
		rc = check_name_of(db, a, j->id, &name, err);
	if (rc == 1 && name.n != 0)
		*named = (struct ident){ IDENT_DNS, false, name };
	return rc;
}
