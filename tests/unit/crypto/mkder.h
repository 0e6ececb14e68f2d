/* SPDX-License-Identifier: BSD-2-Clause */
/* mkder: requests and certificates with any fault, made piece by piece in DER. */
#ifndef CAAS_TESTS_UNIT_CRYPTO_MKDER_H
#define CAAS_TESTS_UNIT_CRYPTO_MKDER_H

#include <openssl/evp.h>

#include "base/arena.h"

#define UTF8_STRING	0x0c
#define PRINTABLE	0x13
#define BMP_STRING	0x1e

/* One element; the n views behind each other. */
struct view	der(struct arena *, unsigned tag, struct view content);
struct view	cat(struct arena *, unsigned n, ...);
/* An object identifier by OpenSSL's name or in dots. */
struct view	oid(struct arena *, const char *);

/* A RelativeDistinguishedName: "CN" and a text of that string type. */
struct view	rdn(struct arena *, const char *type, unsigned tag, struct view text);
/*
 * GeneralNames from words with a space between: "dns:a.test ip:7f000001
 * mail:x uri:y"; NULL gives no bytes.
 */
struct view	general_names(struct arena *, const char *);
/* An Extension that is not critical. */
struct view	extension(struct arena *, const char *type, struct view value);
/* The extensionRequest attribute of some Extensions. */
struct view	extension_request(struct arena *, struct view extensions);

struct csr_spec {
	EVP_PKEY	*pkey;		/* signs, and stands in the request */
	const char	*digest;	/* NULL: SHA256 */
	struct view	 version;	/* INTEGER; empty: 0 */
	struct view	 subject;	/* RDNs */
	struct view	 spki;		/* empty: that of pkey */
	struct view	 attributes;
	struct view	 alg;		/* AlgorithmIdentifier; empty: what fits */
};

struct view	make_csr(struct arena *, const struct csr_spec *);
struct cert_spec {
	EVP_PKEY	*pkey;		/* stands in the certificate */
	EVP_PKEY	*ca;		/* signs */
	struct view	 serial;	/* INTEGER; empty: 1 */
	struct view	 issuer, subject;	/* RDNs */
	struct view	 validity;	/* two times; empty: 2026 */
	struct view	 extensions;	/* empty: version 1 without any */
};

struct view	make_cert(struct arena *, const struct cert_spec *);
/* As i2d_PUBKEY() writes it. */
struct view	spki_of(struct arena *, EVP_PKEY *);

#endif
