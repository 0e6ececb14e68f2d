/* SPDX-License-Identifier: BSD-2-Clause */
/* A good certificate, and what is said of one that is not. */
#include "lintcase.h"

#include "crypto/newca.h"
#include "signer/tbs.h"
#include "tap.h"

static void
must(bool ok, const char *what)
{
	if (ok)
		return;
	(void)tap_ok(false, "%s", what);
	exit(tap_done());
}

/* The issuing CA of crypto/newca has a P-256 key, its root a P-384 one. */
static void
make_ca(struct lintcase *c, bool p384, int64_t now)
{
	const struct newca_ask q = { "Test", "DE", "Root", "Issuing", now, 7300, 3650 };
	struct ca *ca = &c->ca;
	struct newca made;
	struct err err;

	must(newca_make(c->arena, &q, &made, &err) == 0 &&
	    pem_get(c->arena, p384 ? made.root_cert : made.issuing_cert, "CERTIFICATE",
	    &ca->der) == 0 &&
	    x509_open(c->arena, ca->der, &ca->facts, &ca->cert, &err) == 0, "a CA");
	c->backend.public_key = X509_get0_pubkey(ca->cert);
	c->backend.digest = p384 ? EVP_sha384() : EVP_sha256();
	ca->backend = &c->backend;
	ca->dummy = EVP_EC_gen(p384 ? "P-384" : "P-256");
	must(ca->dummy != NULL, "a dummy key");
	ca->crl_url = view_of("http://ca.test/crl/first/0.crl");
	ca->issuer_url = view_of("http://ca.test/issuer/first.crt");
}

static void
make_key(struct lintcase *c, bool rsa)
{
	EVP_PKEY *key = rsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256");
	unsigned char *der = NULL;
	int n = i2d_PUBKEY(key, &der);

	must(n > 0, "a subscriber's key");
	c->proven.csr.spki = arena_view(c->arena, view_from(der, (size_t)n));
	c->proven.csr.key_type = rsa ? JWK_RSA : JWK_P256;
	OPENSSL_free(der);
	EVP_PKEY_free(key);
}

void
lintcase_init(struct lintcase *c, unsigned flags, int64_t now)
{
	struct tbs_ask ask;
	struct view tbs, der;
	const unsigned char *p;
	struct err err;

	*c = (struct lintcase){ .arena = arena_new() };
	make_ca(c, (flags & CASE_P384) != 0, now);
	make_key(c, (flags & CASE_RSA) != 0);
	c->idents[0] = (struct ident){ IDENT_DNS, false, VIEW("a.test") };
	c->idents[1] = (struct ident){ IDENT_DNS, true, VIEW("b.test") };
	c->idents[2] = (struct ident){ IDENT_IP, false, VIEW("192.0.2.1") };
	c->proven.idents = c->idents;
	c->proven.nidents = ident_uniq(c->idents, NITEMS(c->idents));
	c->profile = (struct signer_profile){ "default", INT64_C(90) * 86400, 3600 };
	tbs_new_serial(c->serial);
	ask = (struct tbs_ask){ &c->ca, &c->profile, &c->proven, { 0 }, now };
	memcpy(ask.serial, c->serial, sizeof(c->serial));
	must(tbs_build(c->arena, &ask, &tbs, &der, &err) == 0, "a certificate");
	p = (const unsigned char *)der.p;
	must((c->good = d2i_X509(NULL, &p, (long)der.n)) != NULL, "a certificate that parses");
	c->q = (struct lint_ask){ &c->ca, &c->proven, &c->profile,
	    view_from(c->serial, sizeof(c->serial)), now };
}

void
lintcase_release(struct lintcase *c)
{
	X509_free(c->good);
	X509_free(c->ca.cert);
	EVP_PKEY_free(c->ca.dummy);
	arena_free(c->arena);
}

void
lintcase_extension(X509 *x, int nid, const char *value)
{
	int at = X509_get_ext_by_NID(x, nid, -1);
	X509_EXTENSION *ext;
	X509V3_CTX ctx;

	if (at >= 0)
		X509_EXTENSION_free(X509_delete_ext(x, at));
	if (value == NULL)
		return;
	X509V3_set_ctx(&ctx, NULL, x, NULL, NULL, 0);
	ext = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	must(ext != NULL && X509_add_ext(x, ext, -1) == 1, value);
	X509_EXTENSION_free(ext);
}

struct view
lintcase_der(struct lintcase *c, X509 *x, const EVP_MD *digest)
{
	unsigned char *der = NULL;
	struct view v;
	int n = 0;

	must(X509_sign(x, c->ca.dummy, digest != NULL ? digest : c->backend.digest) != 0 &&
	    (n = i2d_X509(x, &der)) > 0, "a signed copy");
	v = arena_view(c->arena, view_from(der, (size_t)n));
	OPENSSL_free(der);
	return v;
}

void
lintcase_is(struct lintcase *c, struct view der, const char *rule, const char *what)
{
	struct cert_facts facts;
	struct err err = ERR_INIT;
	const char *want;
	int rc = lint(c->arena, der, &c->q, &facts, &err);

	if (rule == NULL) {
		if (!tap_ok(rc == 0, "%s", what))
			tap_diag("%s", err.inner);
		return;
	}
	want = arena_printf(c->arena, "lint: %s", rule);
	(void)tap_is_view(rc == 0 ? VIEW("it passes") : view_of(err.inner), view_of(want), "%s",
	    what);
}
