/* SPDX-License-Identifier: BSD-2-Clause */
/* What signer/lint refuses and no library writes: good certificates, altered in their bytes. */
#include "lintcase.h"

#include "crypto/der.h"
#include "signer/assemble.h"
#include "tap.h"

/* The parts of a certificate, and the elements of its to-be-signed bytes. */
struct parts {
	struct view	algorithm, signature;
	struct der	tbs[10];
	size_t		n;
};

static void
take_apart(struct view der, struct parts *p)
{
	struct der cert, tbs, e;
	struct view rest;

	p->n = 0;
	if (der_only(der, DER_SEQUENCE, &cert) != 0 ||
	    der_take(&cert.content, DER_SEQUENCE, &tbs) != 0 ||
	    der_take(&cert.content, DER_SEQUENCE, &e) != 0)
		abort();
	p->algorithm = e.whole;
	if (der_take(&cert.content, DER_BIT_STRING, &e) != 0)
		abort();
	p->signature = view_sub(e.content, 1, e.content.n);
	rest = tbs.content;
	while (rest.n != 0 && p->n < NITEMS(p->tbs))
		if (der_next(&rest, &p->tbs[p->n++]) != 0)
			abort();
}

/* Put together again, with more bytes before the extensions, which may be others. */
static struct view
rebuild(struct arena *a, const struct parts *p, struct view algorithm, struct view more,
    struct view exts)
{
	struct view tbs = VIEW("");
	size_t i;

	for (i = 0; i + 1 < p->n; i++)
		tbs = der_join(a, tbs, p->tbs[i].whole);
	tbs = der_join(a, der_join(a, tbs, more), exts);
	return assemble(a, der_make(a, DER_SEQUENCE, tbs), algorithm, p->signature);
}

/* The extensions, with a BOOLEAN FALSE in the first one that is not critical. */
static struct view
write_default(struct arena *a, const struct der *exts)
{
	struct view rest = exts->content, out = VIEW(""), e;
	struct der list, ext, id, value;
	bool done = false;

	if (der_take(&rest, DER_SEQUENCE, &list) != 0)
		abort();
	while (list.content.n != 0) {
		if (der_take(&list.content, DER_SEQUENCE, &ext) != 0)
			abort();
		e = ext.whole;
		if (!done && der_take(&ext.content, DER_OID, &id) == 0 &&
		    der_take(&ext.content, DER_OCTET_STRING, &value) == 0) {
			e = der_join(a, id.whole, (struct view){ "\x01\x01\x00", 3 });
			e = der_make(a, DER_SEQUENCE, der_join(a, e, value.whole));
			done = true;
		}
		out = der_join(a, out, e);
	}
	return der_make(a, DER_CONTEXT_CONS(3), der_make(a, DER_SEQUENCE, out));
}

static void
test_bytes(struct lintcase *c)
{
	static const struct view sha384 = {
	    "\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x03", 12 };
	struct arena *a = c->arena;
	struct view good = lintcase_der(c, c->good, NULL), exts;
	struct parts p;

	take_apart(good, &p);
	exts = p.tbs[p.n - 1].whole;
	lintcase_is(c, rebuild(a, &p, p.algorithm, VIEW(""), exts), NULL,
	    "taken apart and put together it passes");
	lintcase_is(c, rebuild(a, &p, sha384, VIEW(""), exts), "signature algorithm (PRO-16)",
	    "PRO-16: two different algorithms");
	lintcase_is(c, rebuild(a, &p, p.algorithm, (struct view){ "\x81\x02\x00\x01", 4 }, exts),
	    "unique ids (PRO-19)", "PRO-19: issuerUniqueID");
	lintcase_is(c, rebuild(a, &p, p.algorithm, (struct view){ "\x82\x02\x00\x01", 4 }, exts),
	    "unique ids (PRO-19)", "PRO-19: subjectUniqueID");
	lintcase_is(c, rebuild(a, &p, p.algorithm, VIEW(""), write_default(a, &p.tbs[p.n - 1])),
	    "DER (PRO-19)", "PRO-19: critical FALSE is written out");
	lintcase_is(c, der_join(a, good, VIEW("x")), "the certificate cannot be parsed",
	    "PRO-19: a byte behind it");
}

int
main(void)
{
	struct lintcase c;

	lintcase_init(&c, 0, NOW);
	test_bytes(&c);
	lintcase_release(&c);
	return tap_done();
}
