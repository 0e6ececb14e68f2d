/* SPDX-License-Identifier: BSD-2-Clause */
/* Comparing a CRL with the one before. */
#include "signer/crlkeep.h"

#include "base/hex.h"
#include "crypto/der.h"
#include "crypto/scoped.h"

static int
by_serial(const void *a, const void *b)
{
	return view_cmp(((const struct crl_entry *)a)->serial,
	    ((const struct crl_entry *)b)->serial);
}

/* As rows have it: the content octets of the INTEGER. */
static struct view
serial_of(struct arena *a, X509_REVOKED *r)
{
	unsigned char *p = NULL;
	struct der number;
	struct view v;
	int n = i2d_ASN1_INTEGER(X509_REVOKED_get0_serialNumber(r), &p);

	v = arena_view(a, view_from(p, n > 0 ? (size_t)n : 0));
	OPENSSL_free(p);
	return der_only(v, DER_INTEGER, &number) == 0 ? number.content : VIEW_NONE;
}

/* By the bytes that this CA signed: 1 it ended before from, 0 it did not or is not there, -1. */
static int
ended_before(const struct ca *ca, struct db *db, struct arena *a, struct view serial,
    int64_t from, struct err *err)
{
	struct cert_facts facts;
	struct view der;
	int rc;

	if ((rc = cert_by_serial(db, a, serial, &der, err)) <= 0)
		return rc;
	if (x509_read(a, der, &facts, err) != 0 || !view_eq(facts.serial, serial))
		return 0;
	return facts.not_after_at < from && x509_signed_by(der, ca->der);
}

static int
lost(struct err *err, struct view serial)
{
	char text[2 * SERIAL_MAX + 1];

	serial = view_sub(serial, 0, SERIAL_MAX);
	hex_encode(serial.p, serial.n, text);
	return err_internal(err, "a new CRL would lack serial %s, which is revoked", text);
}

static X509_CRL *
read_crl(struct view der, struct err *err)
{
	const unsigned char *p = (const unsigned char *)der.p;
	X509_CRL *crl = d2i_X509_CRL(NULL, &p, (long)der.n);

	if (crl == NULL)
		(void)err_internal(err, "the newest CRL cannot be read");
	return crl;
}

int
crlkeep_from(struct view previous, int64_t interval, int64_t now, int64_t *from,
    struct err *err)
{
	SCOPED(X509_CRL) crl = NULL;

	*from = 0;
	if (previous.n == 0)
		return 0;
	if ((crl = read_crl(previous, err)) == NULL)
		return -1;
	if (x509_time(X509_CRL_get0_lastUpdate(crl), from) != 0)
		return err_internal(err, "the newest CRL has no time");
	/* It was made before the clock was set back: nothing has ended by that time. */
	if (*from > now)
		*from = now;
	*from -= interval;
	return 0;
}

int
crlkeep_check(const struct ca *ca, struct db *db, struct arena *a, struct view previous,
    struct crl_entry *entries, size_t n, int64_t from, struct err *err)
{
	SCOPED(X509_CRL) crl = NULL;
	struct crl_entry want;
	int i, rc;

	qsort(entries, n, sizeof(*entries), by_serial);
	if (previous.n == 0)
		return 0;
	if ((crl = read_crl(previous, err)) == NULL)
		return -1;
	for (i = 0; i < sk_X509_REVOKED_num(X509_CRL_get_REVOKED(crl)); i++) {
		want.serial = serial_of(a, sk_X509_REVOKED_value(X509_CRL_get_REVOKED(crl), i));
		if (bsearch(&want, entries, n, sizeof(want), by_serial) != NULL)
			continue;
		if ((rc = ended_before(ca, db, a, want.serial, from, err)) < 0)
			return -1;
		if (rc == 0)
			return lost(err, want.serial);
	}
	return 0;
}
