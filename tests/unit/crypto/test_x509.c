/* SPDX-License-Identifier: BSD-2-Clause */
/* Certificates as facts, who signed them, and PEM. */
#include "crypto/x509.h"

#include <openssl/ec.h>

#include "bytes.h"
#include "mkder.h"
#include "tap.h"

#define KEY_ID	"\x01\x02\x03\x04"

static EVP_PKEY *ca_key, *leaf_key;

static struct view
name_of(struct arena *a, const char *cn)
{
	return rdn(a, "CN", UTF8_STRING, view_of(cn));
}

static struct cert_spec
leaf_spec(struct arena *a)
{
	struct cert_spec spec = { .pkey = leaf_key, .ca = ca_key };

	spec.serial = VIEW("\x02\x04\x00\x87\x65\x43");
	spec.issuer = name_of(a, "Test CA");
	spec.subject = name_of(a, "example.test");
	spec.extensions = cat(a, 5,
	    extension(a, "subjectKeyIdentifier", der(a, 0x04, VIEW(KEY_ID))),
	    extension(a, "authorityKeyIdentifier", der(a, 0x30, der(a, 0x80, VIEW("ca-key")))),
	    extension(a, "basicConstraints", VIEW("\x30\x00")),
	    extension(a, "authorityInfoAccess", der(a, 0x30, cat(a, 2,
	    der(a, 0x30, cat(a, 2, der(a, 0x06, VIEW("\x2b\x06\x01\x05\x05\x07\x30\x01")),
	    der(a, 0x86, VIEW("http://ocsp")))),
	    der(a, 0x30, cat(a, 2, der(a, 0x06, VIEW("\x2b\x06\x01\x05\x05\x07\x30\x02")),
	    der(a, 0x86, VIEW("http://ca/i.crt"))))))),
	    extension(a, "subjectAltName",
	    general_names(a, "dns:z.test.test dns:*.example.test ip:c0000201")));
	return spec;
}

static struct cert_spec
ca_spec(struct arena *a)
{
	struct cert_spec spec = { .pkey = ca_key, .ca = ca_key };

	spec.issuer = spec.subject = name_of(a, "Test CA");
	spec.extensions = extension(a, "basicConstraints", VIEW("\x30\x03\x01\x01\xff"));
	return spec;
}

static void
test_leaf(struct arena *a)
{
	struct cert_spec spec = leaf_spec(a);
	struct buf b = BUF_INIT(4096);
	struct cert_facts f;
	struct err err;

	if (!tap_ok(x509_read(a, make_cert(a, &spec), &f, &err) == 0, "a certificate is read"))
		return;
	tap_ok(view_eq(f.serial, VIEW("\x00\x87\x65\x43")),
	    "the serial has its sign octet, as ARI wants it");
	tap_is_int(f.not_before_at, 1767225600, "notBefore, from UTCTime");
	tap_is_int(f.not_after_at, 1798761599, "notAfter");
	tap_ok(view_eq(f.issuer, der(a, 0x30, spec.issuer)), "the issuer's name");
	tap_ok(view_eq(f.subject, der(a, 0x30, spec.subject)), "the subject's name");
	tap_ok(view_eq(f.spki, spki_of(a, leaf_key)), "the key");
	tap_ok(view_eq(f.ski, VIEW(KEY_ID)), "the subject key identifier");
	tap_ok(view_eq(f.aki, VIEW("ca-key")), "the authority key identifier");
	tap_is_view(f.issuer_url, VIEW("http://ca/i.crt"), "where its issuer is");
	tap_ok(!f.is_ca, "it is no CA");
	ident_pack(&b, f.idents, f.nidents);
	tap_is_view(buf_view(&b), VIEW("dns:z.test.test\ndns:*.example.test\nip:192.0.2.1\n"),
	    "the names, in their order");
	buf_release(&b);
}

static void
test_variants(struct arena *a)
{
	struct cert_spec spec = ca_spec(a);
	struct cert_facts f;
	struct err err;

	tap_ok(x509_read(a, make_cert(a, &spec), &f, &err) == 0 && f.is_ca && f.nidents == 0 &&
	    f.aki.n == 0 && f.ski.n == 0, "a CA certificate without identifiers");
	spec.extensions = VIEW_NONE;
	tap_ok(x509_read(a, make_cert(a, &spec), &f, &err) == 0 && !f.is_ca,
	    "a certificate of version 1");
	spec.validity = cat(a, 2, der(a, 0x17, VIEW("500101000000Z")),
	    der(a, 0x18, VIEW("99991231235959Z")));
	tap_ok(x509_read(a, make_cert(a, &spec), &f, &err) == 0 &&
	    f.not_before_at == -631152000 && f.not_after_at == INT64_C(253402300799),
	    "dates of 1950 and 9999");
	spec.serial = der(a, 0x02, VIEW("\x7f" "1234567890123456789"));
	tap_ok(x509_read(a, make_cert(a, &spec), &f, &err) == 0 && f.serial.n == SERIAL_MAX,
	    "a serial of 20 octets");
	spec = leaf_spec(a);
	spec.extensions = extension(a, "subjectAltName",
	    general_names(a, "mail:a@example.test dns:a.test uri:x"));
	tap_ok(x509_read(a, make_cert(a, &spec), &f, &err) == 0 && f.nidents == 1 &&
	    view_is(f.idents[0].value, "a.test"), "names of other types are left out");
}

static void
refused(struct arena *a, const struct cert_spec *spec, const char *rule)
{
	struct err err = ERR_INIT;
	struct cert_facts f;

	tap_ok(x509_read(a, make_cert(a, spec), &f, &err) == -1 && err.kind == ERR_MALFORMED,
	    "%s is refused", rule);
}

static void
test_refused(struct arena *a)
{
	struct cert_spec good = leaf_spec(a), spec = good;
	struct view san = extension(a, "subjectAltName", general_names(a, "dns:a.test"));
	struct view bc = extension(a, "basicConstraints", VIEW("\x30\x00"));

	spec.serial = VIEW("\x02\x01\x80");
	refused(a, &spec, "a negative serial");
	spec.serial = VIEW("\x02\x02\x00\x01");
	refused(a, &spec, "a serial with a needless zero");
	spec.serial = der(a, 0x02, VIEW("\x01" "12345678901234567890"));
	refused(a, &spec, "a serial of 21 octets");
	spec = good;
	spec.validity = cat(a, 2, der(a, 0x17, VIEW("260101000000Z")),
	    der(a, 0x17, VIEW("261331000000Z")));
	refused(a, &spec, "a month 13");
	spec = good;
	spec.extensions = cat(a, 2, san, san);
	refused(a, &spec, "SAN twice");
	spec.extensions = cat(a, 2, bc, bc);
	refused(a, &spec, "basic constraints twice");
	spec.extensions = extension(a, "basicConstraints", VIEW("\x04\x00"));
	refused(a, &spec, "basic constraints of another type");
	spec.extensions = extension(a, "authorityKeyIdentifier", VIEW("\x05\x00"));
	refused(a, &spec, "a broken authority key identifier");
	spec.extensions = extension(a, "subjectAltName", general_names(a, "dns:no_name"));
	refused(a, &spec, "a dNSName that is no name");
}

static void
test_cuts(struct arena *a)
{
	struct cert_spec spec = leaf_spec(a);
	struct view good = make_cert(a, &spec);
	unsigned passed = 0;
	struct cert_facts f;
	struct err err;
	char *exact;
	size_t i;

	for (i = 0; i < good.n; i++) {
		exact = malloc(i + 1);
		memcpy(exact, good.p, i);
		passed += x509_read(a, view_from(exact, i), &f, &err) == 0;
		free(exact);
	}
	tap_is_int(passed, 0, "no part of a certificate is read");
	tap_ok(x509_read(a, cat(a, 2, good, VIEW("\0")), &f, &err) == -1,
	    "nor one with a byte behind it");
	/* Whatever comes out of this is only looked at by the sanitizers. */
	for (i = 0; i < good.n; i++)
		passed += x509_read(a, with_flip(a, good, i), &f, &err) == 0;
	tap_ok(passed > 0, "the facts of a changed certificate are not believed, but read");
}

static void
test_signed_by(struct arena *a)
{
	struct cert_spec spec = leaf_spec(a), issuer = ca_spec(a);
	struct view leaf = make_cert(a, &spec), ca = make_cert(a, &issuer), other;

	tap_ok(x509_signed_by(leaf, ca), "a leaf is signed by its issuer");
	tap_ok(x509_signed_by(ca, ca), "a root is signed by itself");
	tap_ok(!x509_signed_by(ca, leaf), "a root is not signed by its leaf");
	tap_ok(!x509_signed_by(with_flip(a, leaf, leaf.n - 1), ca),
	    "a changed signature is none");
	tap_ok(!x509_signed_by(with_flip(a, leaf, 60), ca), "nor that of changed contents");
	issuer.subject = name_of(a, "Other CA");
	tap_ok(!x509_signed_by(leaf, make_cert(a, &issuer)), "the right key with another name");
	issuer = ca_spec(a);
	issuer.pkey = issuer.ca = leaf_key;
	other = make_cert(a, &issuer);
	tap_ok(x509_signed_by(other, other) && !x509_signed_by(leaf, other),
	    "the right name with another key");
	tap_ok(!x509_signed_by(leaf, VIEW_NONE) && !x509_signed_by(VIEW_NONE, ca),
	    "nothing signs nothing");
}

static void
test_name_text(struct arena *a)
{
	struct view name = der(a, 0x30, cat(a, 3, rdn(a, "C", PRINTABLE, VIEW("XX")),
	    rdn(a, "O", UTF8_STRING, VIEW("B\xc3\xa4r, Inc.")), name_of(a, "Test CA")));

	tap_is_view(x509_name_text(a, name), VIEW("CN=Test CA, O=B\xc3\xa4r\\, Inc., C=XX"),
	    "RFC 4514: a name for people");
	tap_is_view(x509_name_text(a, der(a, 0x30, name_of(a, "a\nb"))), VIEW("CN=a\\0Ab"),
	    "control characters are escaped");
	tap_is_view(x509_name_text(a, VIEW("\x30\x05")), VIEW_NONE, "what is no name is empty");
}

static void
test_pem(struct arena *a)
{
	char bytes[97], *text;
	struct buf b = BUF_INIT(4096);
	struct view der_bytes, got;
	size_t i, wrong = 0;

	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 7);
	pem_put(&b, "X", VIEW("Hello"));
	tap_is_view(buf_view(&b), VIEW("-----BEGIN X-----\nSGVsbG8=\n-----END X-----\n"),
	    "CRT-02: a short block");
	for (i = 1; i <= sizeof(bytes); i++) {
		buf_reset(&b);
		der_bytes = view_from(bytes, i);
		pem_put(&b, "CERTIFICATE", der_bytes);
		wrong += pem_get(a, buf_view(&b), "CERTIFICATE", &got) != 0 ||
		    !view_eq(got, der_bytes);
	}
	tap_is_int((int64_t)wrong, 0, "blocks of 1 to 97 bytes come back");
	tap_ok(view_icontains(buf_view(&b), VIEW("\n")) && strlen(b.p) == 28 + 65 + 65 + 5 + 26,
	    "CRT-02: lines of 64 characters, with LF");
	text = arena_printf(a, "text before\n-----BEGIN X-----\nAAAA\n-----END X-----\n%.*s"
	    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
	    VIEW_ARG(buf_view(&b)));
	tap_ok(pem_get(a, view_of(text), "CERTIFICATE", &got) == 0 &&
	    view_eq(got, view_from(bytes, sizeof(bytes))), "the first block with the label");
	tap_ok(pem_get(a, view_of(text), "Y", &got) == -1, "another label is not there");
	tap_ok(pem_get(a, VIEW_NONE, "X", &got) == -1, "nothing holds no block");
	tap_ok(pem_get(a, VIEW("-----BEGIN X-----\nA?AA\n-----END X-----\n"), "X", &got) == -1,
	    "nor does what is not base64");
	buf_release(&b);
}

static void
test_pem_list(struct arena *a)
{
#define X	"-----BEGIN X-----\nAAAA\n-----END X-----\n"
#define Y	"-----BEGIN Y-----\nAAAA\n-----END Y-----\n"
	struct view ders[2];
	size_t n;

	tap_ok(pem_list(a, VIEW("# text\n" X "\n" X "text\n"), "X", ders, 2, &n) == 0 && n == 2 &&
	    view_eq(ders[0], VIEW("\0\0\0")) && view_eq(ders[1], ders[0]), "all blocks");
	tap_ok(pem_list(a, VIEW(X), "X", ders, 2, &n) == 0 && n == 1, "fewer than there may be");
	tap_ok(pem_list(a, VIEW(X X X), "X", ders, 2, &n) == -1, "more");
	tap_ok(pem_list(a, VIEW(X Y), "X", ders, 2, &n) == -1, "one of another label");
	tap_ok(pem_list(a, VIEW(X "-----BEGIN X-----\nAA"), "X", ders, 2, &n) == -1, "half a block");
	tap_ok(pem_list(a, VIEW(X "-----BEGIN X-----\nA?AA\n-----END X-----\n"), "X", ders, 2,
	    &n) == -1, "a broken block");
	tap_ok(pem_list(a, VIEW("text"), "X", ders, 2, &n) == -1, "none");
#undef X
#undef Y
}

int
main(void)
{
	struct arena *a = arena_new();

	ca_key = EVP_EC_gen("P-256");
	leaf_key = EVP_EC_gen("P-256");
	test_leaf(a);
	test_variants(a);
	test_refused(a);
	test_cuts(a);
	test_signed_by(a);
	test_name_text(a);
	test_pem(a);
	test_pem_list(a);
	EVP_PKEY_free(ca_key);
	EVP_PKEY_free(leaf_key);
	arena_free(a);
	return tap_done();
}
