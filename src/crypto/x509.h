/* SPDX-License-Identifier: BSD-2-Clause */
/* x509: reading certificates, and PEM text (RFC 5280, RFC 7468). */
#ifndef CAAS_CRYPTO_X509_H
#define CAAS_CRYPTO_X509_H

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/digest.h"
#include "wire/ident.h"

#define SERIAL_MAX	20	/* octets (RFC 5280 s4.1.2.2) */

struct cert_facts {
	struct view	 serial;	/* content octets of the INTEGER, sign octet included */
	int64_t		 not_before_at;
	int64_t		 not_after_at;
	struct view	 issuer;	/* Name, DER */
	struct view	 subject;	/* Name, DER */
	struct view	 spki;		/* DER */
	struct view	 aki;		/* keyIdentifier octets; empty when absent */
	struct view	 ski;		/* subjectKeyIdentifier octets; empty when absent */
	struct view	 issuer_url;	/* first caIssuers URL; empty when absent */
	struct ident	*idents;	/* SAN, in the order of the certificate */
	size_t		 nidents;
	bool		 is_ca;
};

/*
 * A certificate in DER, no bytes behind it; what it holds lives in the arena.
 * ERR_MALFORMED, also for a negative serial, one over SERIAL_MAX, an extension
 * twice, and a dNSName that is no name.  SAN types other than dNSName and
 * iPAddress are left out.
 */
MUST_USE int	x509_read(struct arena *, struct view der, struct cert_facts *out,
		    struct err *);
/*
 * The same, and the library's object for whoever looks closer (signer/lint): an
 * X509 *, to be freed by the caller, NULL with -1.
 */
struct x509_st;
MUST_USE int	x509_open(struct arena *, struct view der, struct cert_facts *out,
		    struct x509_st **, struct err *);
/* Seconds since 1970 of a Time, ASN1_TIME of the library; -1 when it is none. */
struct asn1_string_st;
MUST_USE int	x509_time(const struct asn1_string_st *, int64_t *at);
/* "CN=..., O=..." for people (RFC 4514); empty when it is no Name. */
struct view	x509_name_text(struct arena *, struct view name);
/* True if the certificate names issuer's subject as its issuer and is signed by its key. */
bool		x509_signed_by(struct view der, struct view issuer);

/* Strict RFC 7468: 64 columns, LF, nothing else (CRT-02). */
void		pem_put(struct buf *, const char *label, struct view der);
/* The first block with that label; 0 and the DER in the arena, or -1. */
MUST_USE int	pem_get(struct arena *, struct view text, const char *label, struct view *der);
/*
 * All blocks, at least one and at most max, each with that label; -1 when one is broken
 * or another.
 */
MUST_USE int	pem_list(struct arena *, struct view text, const char *label, struct view *ders,
		    size_t max, size_t *n);

#endif
