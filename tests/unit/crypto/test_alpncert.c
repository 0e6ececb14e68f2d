/* SPDX-License-Identifier: BSD-2-Clause */
/* Certificates of tls-alpn-01, each with one fault. */
#include "crypto/alpncert.h"

#include <openssl/ec.h>

#include "bytes.h"
#include "mkder.h"
#include "tap.h"

#define ACME_OID	"1.3.6.1.5.5.7.1.31"
#define OLD_OID		"1.3.6.1.5.5.7.1.30.1"
#define DIGEST		"0123456789abcdef0123456789abcdef"

static EVP_PKEY *key, *other_key;

static struct view
critical(struct arena *a, const char *type, struct view value)
{
	return der(a, 0x30, cat(a, 3, oid(a, type), VIEW("\x01\x01\xff"), der(a, 0x04, value)));
}

static struct view
san(struct arena *a, const char *names)
{
	return names != NULL ? extension(a, "subjectAltName", general_names(a, names)) :
	    VIEW_NONE;
}

static struct view
acme(struct arena *a)
{
	return critical(a, ACME_OID, der(a, 0x04, VIEW(DIGEST)));
}

static struct cert_spec
spec_of(struct arena *a, struct view extensions)
{
	struct cert_spec spec = { .pkey = key, .ca = key };

	spec.issuer = spec.subject = rdn(a, "CN", UTF8_STRING, VIEW("anything"));
	spec.extensions = extensions;
	return spec;
}

static void
is(struct arena *a, const struct cert_spec *spec, const struct ident *id, enum err_kind kind,
    const char *rule)
{
	struct err err = ERR_INIT;
	int rc = alpncert_check(make_cert(a, spec), id, (const uint8_t *)DIGEST, &err);

	tap_ok(rc == (kind == ERR_NONE ? 0 : -1) && err.kind == kind, "%s: %s", rule,
	    err.detail);
}

static const struct {
	const char	*rule;
	const char	*names;
	enum err_kind	 kind;
} names[] = {
	{ "ALP-04: the name", "dns:shop.test", ERR_NONE },
	{ "ALP-04: in another case", "dns:Shop.TEST", ERR_NONE },
	{ "ALP-04: another name", "dns:shop.example", ERR_UNAUTHORIZED },
	{ "ALP-04: a name below it", "dns:www.shop.test", ERR_UNAUTHORIZED },
	{ "ALP-04: a wildcard", "dns:*.test", ERR_UNAUTHORIZED },
	{ "ALP-04: the name with a dot behind it", "dns:shop.test.", ERR_UNAUTHORIZED },
	{ "ALP-04: two names (TOP-32)", "dns:shop.test dns:www.shop.test", ERR_UNAUTHORIZED },
	{ "ALP-04: the name twice", "dns:shop.test dns:shop.test", ERR_UNAUTHORIZED },
	{ "ALP-04: a mail address beside it", "dns:shop.test mail:a@shop.test",
	    ERR_UNAUTHORIZED },
	{ "ALP-04: the name as another type", "uri:shop.test", ERR_UNAUTHORIZED },
	{ "ALP-04: an address instead", "ip:7f000001", ERR_UNAUTHORIZED },
	{ "ALP-04: no subjectAltName", NULL, ERR_UNAUTHORIZED },
};

static void
test_names(struct arena *a)
{
	const struct ident id = { IDENT_DNS, false, VIEW("shop.test") };
	const struct ident v4 = { IDENT_IP, false, VIEW("192.0.2.1") };
	const struct ident v6 = { IDENT_IP, false, VIEW("2001:db8::1") };
	struct cert_spec spec;
	size_t i;

	for (i = 0; i < NITEMS(names); i++) {
		spec = spec_of(a, cat(a, 2, acme(a), san(a, names[i].names)));
		is(a, &spec, &id, names[i].kind, names[i].rule);
	}
	spec = spec_of(a, cat(a, 2, acme(a), san(a, "ip:c0000201")));
	is(a, &spec, &v4, ERR_NONE, "IPI-04: an address");
	is(a, &spec, &v6, ERR_UNAUTHORIZED, "IPI-04: another address");
	is(a, &spec, &id, ERR_UNAUTHORIZED, "IPI-04: an address for a name");
	spec = spec_of(a, cat(a, 2, acme(a), san(a, "ip:20010db8000000000000000000000001")));
	is(a, &spec, &v6, ERR_NONE, "IPI-04: an address of 16 octets");
	spec = spec_of(a, cat(a, 2, acme(a), san(a, "ip:c00002")));
	is(a, &spec, &v4, ERR_UNAUTHORIZED, "IPI-04: an address of 3 octets");
	spec = spec_of(a, cat(a, 2, acme(a), san(a, "dns:192.0.2.1")));
	is(a, &spec, &v4, ERR_UNAUTHORIZED, "IPI-04: the address as a name");
}

static void
test_acme_identifier(struct arena *a)
{
	const struct ident id = { IDENT_DNS, false, VIEW("shop.test") };
	const struct {
		const char	*rule;
		struct view	 extension;
		enum err_kind	 kind;
	} rows[] = {
		{ "ALP-05: the digest", acme(a), ERR_NONE },
		{ "ALP-05: not critical (TOP-32)", extension(a, ACME_OID,
		    der(a, 0x04, VIEW(DIGEST))), ERR_UNAUTHORIZED },
		{ "ALP-05: not there", VIEW_NONE, ERR_UNAUTHORIZED },
		{ "ALP-05: another digest", critical(a, ACME_OID, der(a, 0x04,
		    VIEW("0123456789abcdef0123456789abcdeF"))), ERR_INCORRECT_RESPONSE },
		{ "ALP-05: the digest without its OCTET STRING", critical(a, ACME_OID,
		    VIEW(DIGEST)), ERR_UNAUTHORIZED },
		{ "ALP-05: 31 octets", critical(a, ACME_OID, der(a, 0x04,
		    VIEW("0123456789abcdef0123456789abcde"))), ERR_UNAUTHORIZED },
		{ "ALP-05: 33 octets", critical(a, ACME_OID, der(a, 0x04, VIEW(DIGEST "0"))),
		    ERR_UNAUTHORIZED },
		{ "ALP-05: something behind it", critical(a, ACME_OID, cat(a, 2,
		    der(a, 0x04, VIEW(DIGEST)), VIEW("\x05\x00"))), ERR_UNAUTHORIZED },
		{ "ALP-05: another string type", critical(a, ACME_OID, der(a, 0x0c,
		    VIEW(DIGEST))), ERR_UNAUTHORIZED },
		{ "ALP-09: the obsolete identifier", critical(a, OLD_OID, der(a, 0x04,
		    VIEW(DIGEST))), ERR_UNAUTHORIZED },
		{ "ALP-06: twice", cat(a, 2, acme(a), acme(a)), ERR_UNAUTHORIZED },
		{ "ALP-06: another extension twice", cat(a, 3, acme(a),
		    extension(a, "basicConstraints", VIEW("\x30\x00")),
		    extension(a, "basicConstraints", VIEW("\x30\x00"))), ERR_UNAUTHORIZED },
	};
	struct cert_spec spec;
	size_t i;

	for (i = 0; i < NITEMS(rows); i++) {
		spec = spec_of(a, cat(a, 2, san(a, "dns:shop.test"), rows[i].extension));
		is(a, &spec, &id, rows[i].kind, rows[i].rule);
	}
}

static void
test_signature(struct arena *a)
{
	const struct ident id = { IDENT_DNS, false, VIEW("shop.test") };
	struct cert_spec spec = spec_of(a, cat(a, 2, san(a, "dns:shop.test"), acme(a)));
	struct view good = make_cert(a, &spec);
	struct err err = ERR_INIT;

	spec.validity = cat(a, 2, der(a, 0x17, VIEW("100101000000Z")),
	    der(a, 0x17, VIEW("100102000000Z")));
	is(a, &spec, &id, ERR_NONE, "ALP-03: dates do not matter");
	spec.ca = other_key;
	is(a, &spec, &id, ERR_UNAUTHORIZED, "ALP-03: signed by another key (TOP-32)");
	spec.ca = key;
	spec.issuer = rdn(a, "CN", UTF8_STRING, VIEW("somebody"));
	is(a, &spec, &id, ERR_UNAUTHORIZED, "ALP-03: issued by another name");
	tap_ok(alpncert_check(VIEW_NONE, &id, (const uint8_t *)DIGEST, &err) == -1 &&
	    err.kind == ERR_UNAUTHORIZED, "no certificate");
	tap_ok(alpncert_check(view_sub(good, 0, good.n - 1), &id, (const uint8_t *)DIGEST,
	    &err) == -1, "one that is cut off");
	tap_ok(alpncert_check(cat(a, 2, good, VIEW("\0")), &id, (const uint8_t *)DIGEST,
	    &err) == -1, "one with a byte behind it");
}

int
main(void)
{
	struct arena *a = arena_new();

	key = EVP_EC_gen("P-256");
	other_key = EVP_EC_gen("P-256");
	test_names(a);
	test_acme_identifier(a);
	test_signature(a);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other_key);
	arena_free(a);
	return tap_done();
}
