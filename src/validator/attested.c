/* SPDX-License-Identifier: BSD-2-Clause */
/* Building and signing statements. */
#include "validator/attested.h"

#include "crypto/attest.h"

static void
free_buf(void *b)
{
	buf_release(b);
}

static struct buf *
new_buf(struct arena *a)
{
	struct buf *b = arena_alloc(a, sizeof(*b));

	buf_init(b, ATTEST_MAX);
	arena_defer(a, free_buf, b);
	return b;
}

static int
sign(const struct attest_context *c, const struct buf *statement,
    struct attested *out, struct err *err)
{
	uint8_t *sig = arena_alloc(c->arena, ED25519_SIG_LEN);

	if (buf_failed(statement))
		return err_internal(err, "a statement is larger than %d bytes", ATTEST_MAX);
	out->statement = buf_view(statement);
	out->signature = view_from(sig, ED25519_SIG_LEN);
	return sig_ed25519(c->v->attest_key, out->statement, sig, err);
}

int
attested_verdict(const struct attest_context *c, const struct verdict *verdict,
    struct attested *out, struct err *err)
{
	const struct check *k = c->check;
	struct buf *b = new_buf(c->arena);
	struct attest_verdict s = {
		.perspective = view_of(c->v->conf->perspective),
		.key_id = c->v->key_id,
		.authz_id = k->id,
		.account_id = k->account_id,
		.account_url = c->account_url,
		.ident = { k->ident_type, k->is_wildcard, k->ident_value },
		.covers_subdomains = k->covers_subdomains,
		.adn = verdict->adn,
		.method = view_of(c->method),
		.token = k->token,
		.result = verdict->ok ? ATTEST_YES : ATTEST_NO,
		.dnssec = verdict->dnssec,
		.checked_at = c->checked_at,
	};

	memcpy(s.key_thumbprint, k->key_thumbprint, sizeof(s.key_thumbprint));
	attest_verdict_put(b, &s);
	out->is_yes = verdict->ok;
	out->record = verdict->record;
	return sign(c, b, out, err);
}

int
attested_caa(const struct attest_context *c, const struct caa_climb *climb,
    bool permits, struct attested *out, struct err *err)
{
	struct buf *b = new_buf(c->arena);
	struct attest_caa s = {
		.perspective = view_of(c->v->conf->perspective),
		.key_id = c->v->key_id,
		.name = c->named->value,
		.wildcard = c->named->wildcard,
		.account_url = c->account_url,
		.method = view_of(c->method),
		.issuers = attest_issuers(c->arena, c->v->conf->caa_identities.v,
		    c->v->conf->caa_identities.n),
		.result = permits ? ATTEST_YES : ATTEST_NO,
		.dnssec = climb->dnssec,
		.checked_at = c->checked_at,
	};

	attest_caa_put(b, &s);
	out->is_yes = permits;
	out->record = climb->record;
	return sign(c, b, out, err);
}
