/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of a new CA's certificates: BR 7.1.4 (PRO-22). */
#include "crypto/newca.h"

#include <openssl/x509.h>

#include "crypto/x509.h"
#include "tap.h"

#define NOW	INT64_C(1795824000)	/* 2026-11-28 */

/* C, O and CN, in the order of BR 7.1.4.2, each an RDN of its own. */
static void
test_name(X509_NAME *name, const char *cn, const char *whose)
{
	const struct {
		int		 nid, type;
		const char	*text;
	} want[] = {
		{ NID_countryName, V_ASN1_PRINTABLESTRING, "DE" },
		{ NID_organizationName, V_ASN1_UTF8STRING, "B\xc3\xbcro" },
		{ NID_commonName, V_ASN1_UTF8STRING, cn },
	};
	const X509_NAME_ENTRY *e;
	const ASN1_STRING *s;
	int i;

	tap_is_int(X509_NAME_entry_count(name), (int64_t)NITEMS(want), "PRO-22: %s: C, O and CN", whose);
	for (i = 0; i < X509_NAME_entry_count(name); i++) {
		e = X509_NAME_get_entry(name, i);
		s = X509_NAME_ENTRY_get_data(e);
		tap_is_int(OBJ_obj2nid(X509_NAME_ENTRY_get_object(e)), want[i].nid,
		    "PRO-22: %s: the order, part %d", whose, i);
		tap_is_int(X509_NAME_ENTRY_set(e), i, "PRO-22: %s: an RDN of its own, part %d",
		    whose, i);
		tap_is_int(ASN1_STRING_type(s), want[i].type, "PRO-22: %s: the string type, part %d",
		    whose, i);
		tap_is_view(view_from(ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s)),
		    view_of(want[i].text), "PRO-22: %s: the text, part %d", whose, i);
	}
}

static X509 *
read_cert(struct arena *a, struct view pem)
{
	struct cert_facts facts;
	struct view der;
	X509 *x = NULL;
	struct err err;

	if (pem_get(a, pem, "CERTIFICATE", &der) != 0 || x509_open(a, der, &facts, &x, &err) != 0)
		x = NULL;
	if (!tap_ok(x != NULL && facts.is_ca, "a CA certificate"))
		exit(tap_done());
	return x;
}

int
main(void)
{
	const struct newca_ask q = { "B\xc3\xbcro", "DE", "Root R1", "Issuing I1", NOW, 3650, 1825 };
	struct arena *a = arena_new();
	X509 *root, *issuing;
	struct newca ca;
	struct err err;

	if (!tap_ok(newca_make(a, &q, &ca, &err) == 0, "a CA is made"))
		return tap_done();
	root = read_cert(a, ca.root_cert);
	issuing = read_cert(a, ca.issuing_cert);
	test_name(X509_get_subject_name(root), "Root R1", "root");
	test_name(X509_get_subject_name(issuing), "Issuing I1", "issuing CA");
	tap_ok(X509_NAME_cmp(X509_get_issuer_name(issuing), X509_get_subject_name(root)) == 0,
	    "PRO-02: the issuing CA names the root as the root names itself");
	X509_free(root);
	X509_free(issuing);
	arena_free(a);
	return tap_done();
}
