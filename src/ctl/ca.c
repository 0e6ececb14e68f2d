/* SPDX-License-Identifier: BSD-2-Clause */
/* ca init, ca show. */
#include "ctl/ctl.h"

#include "base/base64url.h"
#include "base/hex.h"
#include "crypto/key.h"
#include "crypto/newca.h"
#include "crypto/x509.h"
#include "ctl/file.h"
#include "store/cert.h"

#define ISSUER_NAME_MAX	64
#define ROOT_DAYS	3650
#define ISSUING_DAYS	1825
#define KEY_ID_BYTES	8
#define CONF_TEXT_MAX	((size_t)64 * 1024)

/* Where the parts of a CA go. */
struct places {
	const char	*root_key, *root_cert;		/* kept aside */
	const char	*issuing_key, *issuing_cert;	/* the signer's */
};

static int
write_files(struct ctl *c, const char *root_dir, const struct newca *ca,
    const struct places *p, struct err *err)
{
	const char *sign = c->conf->user_sign;

	if (file_make_dir(root_dir, 0700, NULL, err) != 0 ||
	    file_create(p->root_key, ca->root_key, 0400, NULL, err) != 1 ||
	    file_create(p->root_cert, ca->root_cert, 0444, NULL, err) != 1 ||
	    file_create(p->issuing_key, ca->issuing_key, 0400, sign, err) != 1 ||
	    file_create(p->issuing_cert, ca->issuing_cert, 0444, sign, err) != 1)
		return err->kind != ERR_NONE ? -1 :
		    ctl_usage(err, "a part of this CA is there already; nothing was replaced");
	return 0;
}

static int
put_row(struct ctl *c, const char *name, const struct newca *ca, struct err *err)
{
	struct issuer row = { .name = view_of(name) };
	struct cert_facts facts;
	int rc;

	if (pem_get(c->arena, ca->issuing_cert, "CERTIFICATE", &row.cert) != 0)
		return err_internal(err, "the new certificate is no PEM");
	if (x509_read(c->arena, row.cert, &facts, err) != 0)
		return -1;
	row.ski = facts.ski;
	row.chain = ca->issuing_cert;
	rc = issuer_put(&c->store, &row, err);
	if (rc == 0)
		return ctl_usage(err, "there is an issuer %s already", name);
	return rc < 0 ? -1 : 0;
}

/* The host's own perspective, as the signer must know it. */
static int
perspective_text(struct ctl *c, const char **out, struct err *err)
{
	char hex[2 * KEY_ID_BYTES + 1], b64[B64U_LEN(32) + 1];
	uint8_t raw[32], hash[SHA256_LEN];
	struct key *key;
	struct view pem;
	int rc;

	if (conf_read_key(c->conf, c->arena, "va", "attest.key", &pem, err) != 0 ||
	    key_from_pem(pem, &key, err) != 0)
		return -1;
	rc = key_public_raw(key, raw, err);
	key_free(key);
	if (rc != 0)
		return -1;
	sha256(view_from(raw, sizeof(raw)), hash);
	hex_encode(hash, KEY_ID_BYTES, hex);
	b64u_encode(raw, sizeof(raw), b64);
	*out = arena_printf(c->arena, "perspective %s {\n\tkey_id = \"%s\"\n"
	    "\tpublic_key = \"%s\"\n}\n", c->conf->perspective, hex, b64);
	return 0;
}

static const char *
identities_text(struct ctl *c)
{
	const char *text = "";
	size_t i;

	for (i = 0; i < c->conf->caa_identities.n; i++)
		text = arena_printf(c->arena, "%s%s\"%s\"", text, i > 0 ? ", " : "",
		    c->conf->caa_identities.v[i]);
	return text;
}

/* A whole configuration where there is none; else the section to add to it. */
static int
signer_conf(struct ctl *c, const char *name, const char *http_base,
    const struct places *p, struct err *err)
{
	const char *perspective, *issuer, *text;
	int rc;

	issuer = arena_printf(c->arena, "issuer %s {\n\tcert = \"%s\"\n\tkey = \"%s\"\n}\n",
	    name, p->issuing_cert, p->issuing_key);
	if (file_exists(c->conf->signer_conf)) {
		jsonw_kv_cstr(&c->out.w, "toDo", arena_printf(c->arena, "add the section to %s, and "
		    "set active = no in the other issuers", c->conf->signer_conf));
		jsonw_kv_cstr(&c->out.w, "section", issuer);
		return 0;
	}
	if (perspective_text(c, &perspective, err) != 0)
		return -1;
	text = arena_printf(c->arena, "# caas-signer.conf(5): what the signer believes.\n"
	    "base_url = \"%s\"\nhttp_base_url = \"%s\"\ncaa_identities = {%s}\n\n%s\n%s\n"
	    "profile default {\n}\n\nprofile shortlived {\n\tlifetime = 576000\n}\n", c->conf->base_url, http_base, identities_text(c),
	    issuer, perspective);
	rc = file_create(c->conf->signer_conf, view_of(text), 0400, c->conf->user_sign, err);
	if (rc == 1)
		jsonw_kv_cstr(&c->out.w, "signerConfiguration", c->conf->signer_conf);
	return rc < 0 ? -1 : 0;
}

static bool
is_name(const char *name)
{
	size_t n = strlen(name);

	return n >= 1 && n <= ISSUER_NAME_MAX && strspn(name,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == n;
}

int
ctl_ca_init(struct ctl *c, struct err *err)
{
	const char *root_dir = ctl_option(c, "root-dir"), *o = ctl_option(c, "organization");
	const char *country = ctl_option(c, "country"), *root = ctl_option(c, "root-name");
	const char *issuing = ctl_option(c, "issuing-name");
	const char *http_base = ctl_option(c, "http-base-url");
	const char *name, *dir;
	struct newca_ask q;
	struct newca ca;
	struct places p;

	if (ctl_args(c, 1, err) != 0)
		return -1;
	if (root_dir == NULL || http_base == NULL)
		return ctl_usage(err, "--root-dir and --http-base-url must be given");
	name = c->argv[0];
	if (!is_name(name))
		return ctl_usage(err, "an issuer's name is part of file names: 1 to %d letters, "
		    "digits, - and _", ISSUER_NAME_MAX);
	dir = arena_printf(c->arena, "%s/sign", c->conf->key_dir);
	q = (struct newca_ask){ o != NULL ? o : "CaaS", country != NULL ? country : "US",
	    root != NULL ? root : arena_printf(c->arena, "%s Root", name),
	    issuing != NULL ? issuing : arena_printf(c->arena, "%s Issuing CA", name),
	    clk_now(c->clk), ROOT_DAYS, ISSUING_DAYS };
	p = (struct places){ arena_printf(c->arena, "%s/%s-root.key", root_dir, name),
	    arena_printf(c->arena, "%s/%s-root.pem", root_dir, name),
	    arena_printf(c->arena, "%s/%s.key", dir, name),
	    arena_printf(c->arena, "%s/%s.pem", dir, name) };
	if (ctl_open(c, err) != 0 || newca_make(c->arena, &q, &ca, err) != 0)
		return -1;
	err_clear(err);
	if (write_files(c, root_dir, &ca, &p, err) != 0 || put_row(c, name, &ca, err) != 0)
		return -1;
	secret_wipe((char *)(uintptr_t)ca.root_key.p, ca.root_key.n);
	secret_wipe((char *)(uintptr_t)ca.issuing_key.p, ca.issuing_key.n);
	jsonw_open(&c->out.w);
	jsonw_kv_cstr(&c->out.w, "rootCertificate", p.root_cert);
	jsonw_kv_cstr(&c->out.w, "rootKeyToKeepOffThisHost", p.root_key);
	jsonw_kv_cstr(&c->out.w, "issuingCertificate", p.issuing_cert);
	if (signer_conf(c, name, http_base, &p, err) != 0)
		return -1;
	jsonw_close(&c->out.w);
	return 0;
}

/* Which root each other chain leads to. */
static int
show_chains(struct ctl *c, const struct issuer *issuer, struct err *err)
{
	struct view ders[ISSUER_CHAIN_CERTS_MAX];
	struct jsonw *w = &c->out.w;
	struct issuer_chain *rows;
	struct cert_facts top;
	size_t i, n, ncerts;

	if (issuer_chains(c->store.db, c->arena, issuer->id, &rows, &n, err) != 0)
		return -1;
	jsonw_key(w, "otherChains");
	jsonw_open_array(w);
	for (i = 0; i < n; i++) {
		if (pem_list(c->arena, rows[i].chain, "CERTIFICATE", ders, NITEMS(ders),
		    &ncerts) != 0)
			return err_internal(err, "chain %u is no PEM", rows[i].number);
		if (x509_read(c->arena, ders[ncerts - 1], &top, err) != 0)
			return -1;
		jsonw_open(w);
		jsonw_kv_int(w, "chain", rows[i].number);
		jsonw_kv_str(w, "root", x509_name_text(c->arena, top.issuer));
		jsonw_close(w);
	}
	jsonw_close_array(w);
	return 0;
}

int
ctl_ca_show(struct ctl *c, struct err *err)
{
	struct jsonw *w = &c->out.w;
	struct cert_facts facts;
	struct issuer *rows;
	size_t i, n;

	if (ctl_args(c, 0, err) != 0 || ctl_open(c, err) != 0 ||
	    issuer_list(c->store.db, c->arena, &rows, &n, err) != 0)
		return -1;
	jsonw_open_array(w);
	for (i = 0; i < n; i++) {
		if (x509_read(c->arena, rows[i].cert, &facts, err) != 0)
			return -1;
		jsonw_open(w);
		jsonw_kv_str(w, "name", rows[i].name);
		out_time(w, "notBefore", facts.not_before_at);
		out_time(w, "notAfter", facts.not_after_at);
		jsonw_kv_str(w, "subject", x509_name_text(c->arena, facts.subject));
		jsonw_kv_str(w, "issuer", x509_name_text(c->arena, facts.issuer));
		if (show_chains(c, &rows[i], err) != 0)
			return -1;
		jsonw_close(w);
	}
	jsonw_close_array(w);
	return 0;
}
