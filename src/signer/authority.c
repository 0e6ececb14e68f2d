/* SPDX-License-Identifier: BSD-2-Clause */
/* Loading what the signer signs with and believes in. */
#include "signer/authority.h"

#include "base/base64url.h"
#include "crypto/attest.h"
#include "crypto/scoped.h"

#define CERT_FILE_MAX	((size_t)64 * 1024)

static int
load_cert(struct authority *auth, struct ca *ca, struct err *err)
{
	const unsigned char *p;
	struct view text;

	if (conf_read_file(auth->arena, ca->conf->cert, CERT_FILE_MAX, &text, err) != 0)
		return -1;
	if (pem_get(auth->arena, text, "CERTIFICATE", &ca->der) != 0)
		return err_internal(err, "%s: holds no certificate", ca->conf->cert);
	if (x509_read(auth->arena, ca->der, &ca->facts, err) != 0)
		return err_internal(err, "%s: %s", ca->conf->cert, err->detail);
	p = (const unsigned char *)ca->der.p;
	if ((ca->cert = d2i_X509(NULL, &p, (long)ca->der.n)) == NULL)
		return err_internal(err, "%s: cannot be parsed", ca->conf->cert);
	if (!ca->facts.is_ca || ca->facts.ski.n == 0)
		return err_internal(err, "%s: not the certificate of a CA", ca->conf->cert);
	return 0;
}

/* A key of the same kind whose signatures mean nothing. */
static EVP_PKEY *
new_dummy(const EVP_PKEY *like)
{
	char group[32];
	size_t n;

	if (EVP_PKEY_is_a(like, "RSA"))
		return EVP_RSA_gen(2048);
	if (EVP_PKEY_get_group_name(like, group, sizeof(group), &n) != 1)
		return NULL;
	return EVP_EC_gen(group);
}

static int
load_ca(struct authority *auth, struct ca *ca, struct err *err)
{
	const char *base = auth->conf->http_base_url;

	if (load_cert(auth, ca, err) != 0 ||
	    backend_file(ca->conf->key, &ca->backend, err) != 0)
		return -1;
	if (X509_check_private_key(ca->cert, ca->backend->public_key) != 1)
		return err_internal(err, "%s and %s do not belong together",
		    ca->conf->cert, ca->conf->key);
	if ((ca->dummy = new_dummy(ca->backend->public_key)) == NULL)
		return err_internal(err, "no key for lint copies");
	ca->crl_url = view_of(arena_printf(auth->arena, "%s/crl/%s/0.crl", base,
	    ca->conf->name));
	ca->issuer_url = view_of(arena_printf(auth->arena, "%s/issuer/%s.crt", base,
	    ca->conf->name));
	return 0;
}

static int
load_perspective(struct perspective *p, struct err *err)
{
	uint8_t raw[32];

	if (b64u_decode_exact(view_of(p->conf->public_key), raw, sizeof(raw)) != 0)
		return err_internal(err, "public_key of perspective %s is no Ed25519 key",
		    p->conf->name);
	return key_from_ed25519(view_from(raw, sizeof(raw)), &p->key, err);
}

static int
load(struct authority *auth, const char *path, struct err *err)
{
	size_t i, active = 0;

	if (signer_conf_load(path, &auth->conf, err) != 0)
		return -1;
	auth->ncas = auth->conf->nissuers;
	auth->cas = arena_array(auth->arena, auth->ncas, sizeof(*auth->cas));
	for (i = 0; i < auth->ncas; i++) {
		auth->cas[i].conf = &auth->conf->issuers[i];
		active += auth->cas[i].conf->active;
		if (load_ca(auth, &auth->cas[i], err) != 0)
			return -1;
	}
	if (active != 1)
		return err_internal(err, "%s: exactly one issuer must be active", path);
	auth->nperspectives = auth->conf->nperspectives;
	auth->perspectives = arena_array(auth->arena, auth->nperspectives,
	    sizeof(*auth->perspectives));
	for (i = 0; i < auth->nperspectives; i++) {
		auth->perspectives[i].conf = &auth->conf->perspectives[i];
		if (load_perspective(&auth->perspectives[i], err) != 0)
			return -1;
	}
	auth->issuers = attest_issuers(auth->arena, auth->conf->caa_identities.v,
	    auth->conf->caa_identities.n);
	return names_policy_new(false, false, &auth->names, err);
}

int
authority_load(const char *path, struct authority **out, struct err *err)
{
	struct arena *a = arena_new();
	struct authority *auth = arena_alloc(a, sizeof(*auth));

	*out = NULL;
	auth->arena = a;
	if (load(auth, path, err) != 0) {
		authority_free(auth);
		return -1;
	}
	*out = auth;
	return 0;
}

void
authority_free(struct authority *auth)
{
	size_t i;

	if (auth == NULL)
		return;
	for (i = 0; auth->cas != NULL && i < auth->ncas; i++) {
		X509_free(auth->cas[i].cert);
		EVP_PKEY_free(auth->cas[i].dummy);
		if (auth->cas[i].backend != NULL)
			auth->cas[i].backend->ops->free(auth->cas[i].backend);
	}
	for (i = 0; auth->perspectives != NULL && i < auth->nperspectives; i++)
		key_free(auth->perspectives[i].key);
	names_policy_free(auth->names);
	signer_conf_free(auth->conf);
	arena_free(auth->arena);
}

int
authority_resolve(struct db *db, struct ca *ca, struct err *err)
{
	struct issuer row;
	struct arena *a;
	int rc;

	if (ca->id != 0)
		return 0;
	a = arena_new();
	rc = issuer_by_name(db, a, view_of(ca->conf->name), &row, err);
	if (rc == 0)
		rc = err_internal(err, "issuer %s is not in the database: caasctl ca init",
		    ca->conf->name);
	else if (rc == 1 && !view_eq(row.cert, ca->der))
		rc = err_internal(err, "issuer %s is another certificate in the database",
		    ca->conf->name);
	if (rc == 1)
		ca->id = row.id;
	arena_free(a);
	return rc == 1 ? 0 : -1;
}

int
authority_active(struct authority *auth, struct db *db, struct ca **out,
    struct err *err)
{
	size_t i = 0;

	while (!auth->cas[i].conf->active)
		i++;
	*out = &auth->cas[i];
	return authority_resolve(db, *out, err);
}

int
authority_by_id(struct authority *auth, struct db *db, uint64_t id,
    struct ca **out, struct err *err)
{
	size_t i;

	for (i = 0; i < auth->ncas; i++) {
		*out = &auth->cas[i];
		if (authority_resolve(db, *out, err) != 0)
			return -1;
		if ((*out)->id == id)
			return 0;
	}
	return err_set(err, ERR_UNAUTHORIZED, "The issuer of this order is gone");
}

const struct key *
authority_perspective(const struct authority *auth, struct view name,
    struct view key_id)
{
	const struct signer_perspective *p;
	size_t i;

	for (i = 0; i < auth->nperspectives; i++) {
		p = auth->perspectives[i].conf;
		if (view_is(name, p->name) && view_is(key_id, p->key_id))
			return auth->perspectives[i].key;
	}
	return NULL;
}

const struct signer_profile *
authority_profile(const struct authority *auth, struct view name)
{
	size_t i;

	for (i = 0; i < auth->conf->nprofiles; i++)
		if (view_is(name, auth->conf->profiles[i].name))
			return &auth->conf->profiles[i];
	return NULL;
}
