/* SPDX-License-Identifier: BSD-2-Clause */
/* PKCS#10 requests: frame, extensions and names. */
#include "crypto/csr.h"

#include <openssl/ec.h>

#include "bytes.h"
#include "csrcase.h"
#include "tap.h"

#define LONG_CN	"a123456789.b123456789.c123456789.d123456789.e123456789.f1234.test"

/* Names of a subject and a SAN, and what they make together; '!': refused. */
static const struct {
	const char	*rule, *cn, *san, *want;
} names[] = {
	{ "FIN-06: SAN only", NULL, "dns:example.test", "dns:example.test\n" },
	{ "FIN-06: CN only", "example.test", NULL, "dns:example.test\n" },
	{ "FIN-06: CN and SAN are the same", "example.test", "dns:example.test",
	  "dns:example.test\n" },
	{ "FIN-05: the union of CN and SAN", "b.test.test", "dns:c.test.test dns:a.test.test",
	  "dns:a.test.test\ndns:b.test.test\ndns:c.test.test\n" },
	{ "FIN-05: duplicates collapse", NULL, "dns:a.test dns:b.test dns:a.test",
	  "dns:a.test\ndns:b.test\n" },
	{ "FIN-05: upper case is lower case", "EXAMPLE.test", "dns:Example.TEST",
	  "dns:example.test\n" },
	{ "a wildcard", NULL, "dns:*.example.test", "dns:*.example.test\n" },
	{ "a wildcard CN", "*.example.test", NULL, "dns:*.example.test\n" },
	{ "a wildcard and its base are two", NULL, "dns:*.example.test dns:example.test",
	  "dns:example.test\ndns:*.example.test\n" },
	{ "a wildcard inside", NULL, "dns:a.*.example.test", "!only be the whole first label" },
	{ "FIN-07: an IPv4 iPAddress", NULL, "ip:c0000201", "ip:192.0.2.1\n" },
	{ "FIN-07: an IPv6 iPAddress", NULL, "ip:20010db8000000000000000000000001",
	  "ip:2001:db8::1\n" },
	{ "FIN-07: an iPAddress of 5 octets", NULL, "ip:c000020101", "!has 5 octets" },
	{ "FIN-07: an iPAddress with a mask", NULL, "ip:c0000201ffffff00", "!has 8 octets" },
	{ "FIN-07: an empty iPAddress", NULL, "ip:", "!has 0 octets" },
	{ "FIN-07: IPv4 as dNSName", NULL, "dns:192.0.2.1",
	  "!192.0.2.1\": An IP address is no DNS name" },
	{ "FIN-07: IPv6 as dNSName", NULL, "dns:2001:db8::1", "!2001:db8::1\"" },
	{ "FIN-07: IPv4 as CN", "192.0.2.1", "ip:c0000201",
	  "!192.0.2.1 stands in the common name" },
	{ "FIN-07: IPv6 as CN", "2001:db8::1", "dns:example.test",
	  "!2001:db8::1 stands in the common name" },
	{ "FIN-08: an rfc822Name", NULL, "dns:example.test mail:a@example.test",
	  "!other than dNSName and iPAddress" },
	{ "FIN-08: a URI", NULL, "uri:https://example.test/ dns:example.test",
	  "!other than dNSName and iPAddress" },
	{ "FIN-13: a CN of 65 characters is ignored", LONG_CN, "dns:example.test",
	  "dns:example.test\n" },
	{ "FIN-13: and gives no name", LONG_CN, NULL, "!no name" },
	{ "FIN-13: a CN of 64 characters counts",
	  "a123456789.b123456789.c123456789.d123456789.e123456789.f123.test", NULL,
	  "dns:a123456789.b123456789.c123456789.d123456789.e123456789.f123.test\n" },
	{ "a CN that is no name, beside a SAN", "My Web Server", "dns:example.test",
	  "dns:example.test\n" },
	{ "a CN that is no name, alone", "My Web Server", NULL, "!My Web Server\"" },
	{ "an empty CN beside a SAN", "", "dns:example.test", "dns:example.test\n" },
	{ "an empty CN alone", "", NULL, "!empty label" },
	{ "no name", NULL, NULL, "!no name" },
	{ "an empty SAN", NULL, "", "!not a list of names" },
	{ "FIN-14: a trailing dot", NULL, "dns:example.test.", "!\"example.test.\"" },
	{ "FIN-14: a leading dot", NULL, "dns:.example.test", "!\".example.test\"" },
	{ "FIN-14: an empty dNSName", NULL, "dns:", "!\"\"" },
	{ "FIN-14: a byte over 127", NULL, "dns:ex\xc3\xa4mple.test", "!character other than" },
	{ "FIN-14: a tab", NULL, "dns:example.test\t", "!character other than" },
	{ "FIN-14: an underscore", NULL, "dns:_acme.example.test", "!\"_acme.example.test\"" },
	{ "one bad name among good ones", NULL, "dns:a.test dns:-b.test", "!\"-b.test\"" },
};

static EVP_PKEY *p256;

static void
test_names(struct arena *a)
{
	struct csr_spec spec;
	size_t i;

	for (i = 0; i < NITEMS(names); i++) {
		spec = spec_of(a, p256, names[i].cn, names[i].san);
		is_made(a, &spec, names[i].want, names[i].rule);
	}
}

/* What the table cannot say. */
static void
test_strange_names(struct arena *a)
{
	struct csr_spec spec = spec_of(a, p256, NULL, "dns:example.test");

	spec.subject = cat(a, 3, rdn(a, "O", PRINTABLE, VIEW("Example")),
	    rdn(a, "CN", PRINTABLE, VIEW("a.test")), rdn(a, "C", PRINTABLE, VIEW("XX")));
	is_made(a, &spec, "dns:a.test\ndns:example.test\n",
	    "FIN-13: attributes other than the CN are ignored");
	spec.subject = cat(a, 2, rdn(a, "CN", PRINTABLE, VIEW("b.test")),
	    rdn(a, "CN", UTF8_STRING, VIEW("a.test")));
	is_made(a, &spec, "dns:a.test\ndns:b.test\ndns:example.test\n",
	    "FIN-05: two CNs both count");
	spec.subject = rdn(a, "CN", BMP_STRING, VIEW("\0a\0.\0t\0e\0s\0t"));
	is_made(a, &spec, "dns:a.test\ndns:example.test\n",
	    "FIN-05: a CN in UTF-16 is read");
	spec.subject = rdn(a, "CN", UTF8_STRING, VIEW("a.test\0"));
	is_made(a, &spec, "dns:example.test\n",
	    "FIN-14: a CN with a NUL is no name");
	spec = spec_of(a, p256, NULL, NULL);
	spec.attributes = extension_request(a, extension(a, "subjectAltName",
	    der(a, 0x30, der(a, 0x82, VIEW("example.test\0.evil.test")))));
	is_made(a, &spec, "!character other", "FIN-14: a NUL in a dNSName");
	spec.attributes = extension_request(a, extension(a, "subjectAltName",
	    cat(a, 2, general_names(a, "dns:example.test"), VIEW("\5\0"))));
	is_made(a, &spec, "!not a list", "bytes behind the SAN");
	spec.attributes = extension_request(a, extension(a, "subjectAltName",
	    VIEW("\x30\x81\x0a\x82\x08" "a.b.test")));
	is_made(a, &spec, "!not a list", "a SAN that is BER and not DER");
	spec.attributes = extension_request(a, extension(a, "subjectAltName",
	    VIEW("\x30\x0a\x82\x09" "a.b.test")));
	is_made(a, &spec, "!not a list", "a SAN whose name is longer than itself");
}

static void
test_extensions(struct arena *a)
{
	struct view san = extension(a, "subjectAltName", general_names(a, "dns:a.test"));
	struct view other = extension(a, "subjectAltName", general_names(a, "dns:b.test"));
	struct view feature = extension(a, "tlsfeature", VIEW("\x30\x03\x02\x01\x05"));
	struct view eku = extension(a, "extendedKeyUsage",
	    der(a, 0x30, cat(a, 2, oid(a, "serverAuth"), oid(a, "clientAuth"))));
	struct view ca = extension(a, "basicConstraints", VIEW("\x30\x03\x01\x01\xff"));
	struct view no_ca = extension(a, "basicConstraints", VIEW("\x30\x00"));
	struct csr_spec spec = spec_of(a, p256, NULL, NULL);

	spec.attributes = extension_request(a, cat(a, 3, eku, san, no_ca));
	is_made(a, &spec, "dns:a.test\n",
	    "FIN-09: extended key usage and basic constraints are ignored");
	spec.attributes = extension_request(a, cat(a, 2, san, ca));
	is_made(a, &spec, "!certificate of a CA", "FIN-09, TOP-36: but not the wish to be a CA");
	spec.attributes = extension_request(a, cat(a, 2, san, feature));
	is_made(a, &spec, "!must-staple", "FIN-09: TLS Feature (must-staple)");
	spec.attributes = extension_request(a, cat(a, 2, san, other));
	is_made(a, &spec, "!two subjectAltName", "FIN-10: SAN twice");
	spec.attributes = cat(a, 2, extension_request(a, san), extension_request(a, eku));
	is_made(a, &spec, "!with one value", "FIN-10: two extension requests");
	spec.attributes = der(a, 0x30, cat(a, 2, oid(a, "extReq"),
	    der(a, 0x31, cat(a, 2, der(a, 0x30, san), der(a, 0x30, eku)))));
	is_made(a, &spec, "!with one value", "FIN-10: an extension request with two values");
	spec.subject = rdn(a, "CN", UTF8_STRING, VIEW("c.test"));
	spec.attributes = der(a, 0x30, cat(a, 2, oid(a, "extReq"), der(a, 0x31, VIEW_NONE)));
	is_made(a, &spec, "!with one value", "FIN-10: an extension request without a value");
	spec.attributes = der(a, 0x30, cat(a, 2, oid(a, "extReq"),
	    der(a, 0x31, der(a, 0x04, san))));
	is_made(a, &spec, "!cannot be read", "an extension request of another type");
	spec.attributes = der(a, 0x30, cat(a, 2, oid(a, "1.3.6.1.4.1.311.2.1.14"),
	    der(a, 0x31, der(a, 0x30, san))));
	is_made(a, &spec, "dns:c.test\n",
	    "FIN-10: Microsoft's extension request is an unknown attribute");
	spec.attributes = cat(a, 2, der(a, 0x30, cat(a, 2, oid(a, "challengePassword"),
	    der(a, 0x31, der(a, UTF8_STRING, VIEW("x"))))), extension_request(a, san));
	is_made(a, &spec, "dns:a.test\ndns:c.test\n",
	    "other attributes are ignored");
	spec.attributes = extension_request(a, VIEW_NONE);
	is_made(a, &spec, "dns:c.test\n",
	    "an empty extension request asks for nothing");
}

static void
test_frame(struct arena *a)
{
	struct csr_spec spec = spec_of(a, p256, "example.test", "dns:example.test");
	struct view good = make_csr(a, &spec), bad;
	unsigned passed = 0;
	size_t i;
	char *exact;

	is_parsed(a, good, "dns:example.test\n", "FIN-02: the request parses");
	for (i = 0; i < good.n; i++) {
		exact = malloc(i + 1);
		memcpy(exact, good.p, i);
		passed += parsed(a, view_from(exact, i)).p[0] != '!';
		free(exact);
	}
	tap_is_int(passed, 0, "FIN-02: no part of it does");
	for (i = 0; i < good.n; i++)
		passed += parsed(a, with_flip(a, good, i)).p[0] != '!';
	tap_is_int(passed, 0, "FIN-03: nor with any bit changed");
	is_parsed(a, cat(a, 2, good, VIEW("\0")), "!not a PKCS#10", "FIN-02: a byte behind it");
	bad = cat(a, 3, VIEW("\x30\x80"), view_sub(good, good.n < 0x100 + 3 ? 3 : 4, good.n),
	    VIEW("\0\0"));
	is_parsed(a, bad, "!not a PKCS#10", "FIN-02: an indefinite length");
	is_parsed(a, VIEW("-----BEGIN CERTIFICATE REQUEST-----\n"), "!not a PKCS#10",
	    "FIN-02: PEM");
	is_parsed(a, VIEW_NONE, "!not a PKCS#10", "FIN-02: nothing");
	is_parsed(a, view_from(arena_alloc(a, CSR_DER_MAX + 1), CSR_DER_MAX + 1),
	    "!longer than", "a request over CSR_DER_MAX");
	spec.version = VIEW("\x02\x01\x03");
	is_made(a, &spec, "!version", "FIN-03: version 3");
	spec.version = VIEW("\x02\x01\xff");
	is_made(a, &spec, "!version", "FIN-03: a negative version");
	spec.version = VIEW("\x02\x09\x01\0\0\0\0\0\0\0\0");
	is_made(a, &spec, "!version", "FIN-03: a version of 2^64");
}

int
main(void)
{
	struct arena *a = arena_new();

	p256 = EVP_EC_gen("P-256");
	test_names(a);
	test_strange_names(a);
	test_extensions(a);
	test_frame(a);
	EVP_PKEY_free(p256);
	arena_free(a);
	return tap_done();
}
