/* SPDX-License-Identifier: BSD-2-Clause */
/* ca chain, ca unchain: other ways from an issuer to a root (RFC 8555 s7.4.2). */
#include "ctl/ctl.h"

#include "crypto/x509.h"
#include "store/cert.h"

#define FILE_MAX	((size_t)64 * 1024)

static int
find_issuer(struct ctl *c, const char *name, struct issuer *out, struct err *err)
{
	int rc = issuer_by_name(c->store.db, c->arena, view_of(name), out, err);

	return rc == 0 ? ctl_usage(err, "there is no issuer %s", name) : rc < 0 ? -1 : 0;
}

/* One of the certificates that go into the chain. */
static int
check_cert(struct ctl *c, struct view der, struct cert_facts *out, struct err *err)
{
	if (x509_read(c->arena, der, out, err) != 0)
		return -1;
	if (!out->is_ca)
		return ctl_usage(err, "%.*s is no CA",
		    VIEW_ARG(x509_name_text(c->arena, out->subject)));
	if (view_eq(out->subject, out->issuer))
		return ctl_usage(err, "%.*s signed itself: the root is left out",
		    VIEW_ARG(x509_name_text(c->arena, out->subject)));
	return out->not_after_at > clk_now(c->clk) ? 0 : ctl_usage(err, "%.*s is expired",
	    VIEW_ARG(x509_name_text(c->arena, out->subject)));
}

/* The first is the issuer's name and key again, each next one signed the one before (CRT-08). */
static int
check_chain(struct ctl *c, const struct issuer *issuer, const struct view *ders, size_t n,
    struct err *err)
{
	struct cert_facts own, facts;
	size_t i;

	if (x509_read(c->arena, issuer->cert, &own, err) != 0)
		return -1;
	for (i = 0; i < n; i++) {
		if (check_cert(c, ders[i], &facts, err) != 0)
			return -1;
		if (i == 0 && (!view_eq(facts.subject, own.subject) ||
		    !view_eq(facts.spki, own.spki) || !view_eq(facts.ski, own.ski)))
			return ctl_usage(err, "the first certificate is not the issuer's: name, key "
			    "and key identifier must be the same");
		if (i > 0 && !x509_signed_by(ders[i - 1], ders[i]))
			return ctl_usage(err, "certificate %zu is not signed by the one behind it", i);
	}
	return 0;
}

static int
read_chain(struct ctl *c, const char *path, const struct issuer *issuer, struct view *out,
    struct err *err)
{
	struct buf *b = arena_alloc(c->arena, sizeof(*b));
	struct view text, ders[ISSUER_CHAIN_CERTS_MAX];
	size_t i, n;

	if (conf_read_file(c->arena, path, FILE_MAX, &text, err) != 0)
		return -1;
	if (pem_list(c->arena, text, "CERTIFICATE", ders, NITEMS(ders), &n) != 0)
		return ctl_usage(err, "%s is not 1 to %d certificates as PEM", path,
		    ISSUER_CHAIN_CERTS_MAX);
	if (check_chain(c, issuer, ders, n, err) != 0)
		return -1;
	buf_init(b, FILE_MAX);
	for (i = 0; i < n; i++)
		pem_put(b, "CERTIFICATE", ders[i]);
	*out = arena_view(c->arena, buf_view(b));
	buf_release(b);
	return 0;
}

/* What is offered already is not offered twice. */
static int
check_new(struct ctl *c, const struct issuer *issuer, struct view chain, struct err *err)
{
	struct issuer_chain *rows;
	size_t i, n;

	if (issuer_chains(c->store.db, c->arena, issuer->id, &rows, &n, err) != 0)
		return -1;
	for (i = 0; i < n; i++)
		if (view_eq(rows[i].chain, chain))
			return ctl_usage(err, "it is chain %u already", rows[i].number);
	return view_eq(issuer->chain, chain) ?
	    ctl_usage(err, "it is the issuer's own chain") : 0;
}

int
ctl_ca_chain(struct ctl *c, struct err *err)
{
	struct issuer_chain chain;
	struct issuer issuer;
	int rc;

	if (ctl_args(c, 2, err) != 0 || ctl_open(c, err) != 0 ||
	    find_issuer(c, c->argv[0], &issuer, err) != 0 ||
	    read_chain(c, c->argv[1], &issuer, &chain.chain, err) != 0 ||
	    check_new(c, &issuer, chain.chain, err) != 0)
		return -1;
	if ((rc = issuer_chain_put(&c->store, issuer.id, &chain, err)) < 0)
		return -1;
	if (rc == 0)
		return ctl_usage(err, "an issuer has at most %d other chains", ISSUER_CHAINS_MAX);
	jsonw_open(&c->out.w);
	jsonw_kv_int(&c->out.w, "chain", chain.number);
	jsonw_close(&c->out.w);
	return 0;
}

int
ctl_ca_unchain(struct ctl *c, struct err *err)
{
	struct issuer issuer;
	uint64_t number;
	int rc;

	if (ctl_args(c, 2, err) != 0)
		return -1;
	if (view_u64(view_of(c->argv[1]), UINT16_MAX, &number) != 0)
		return ctl_usage(err, "%s is no number of a chain", c->argv[1]);
	if (ctl_open(c, err) != 0 || find_issuer(c, c->argv[0], &issuer, err) != 0)
		return -1;
	rc = issuer_chain_drop(&c->store, issuer.id, (unsigned)number, err);
	if (rc <= 0)
		return rc < 0 ? -1 : ctl_usage(err, "%s has no chain %s", c->argv[0], c->argv[1]);
	out_did(&c->out, "withdrew", arena_printf(c->arena, "chain %s of %s", c->argv[1],
	    c->argv[0]));
	return 0;
}
