/* SPDX-License-Identifier: BSD-2-Clause */
/* The chain as PEM, leaf first, root left out; or the leaf alone as DER. */
#include "acme/cert.h"

#include "auth/gate.h"
#include "crypto/x509.h"
#include "store/cert.h"
#include "wire/accept.h"

#define TYPE_PEM	"application/pem-certificate-chain"
#define TYPE_DER	"application/pkix-cert"

struct download {
	struct cert_der		 cert;
	struct issuer		 issuer;
	struct issuer_chain	*others;
	size_t			 nothers;
};

static int
find(struct req *r, struct download *d, struct err *err)
{
	struct service *svc = service_of(r);
	struct db *db = svc->store->db;
	uint64_t id;
	int rc = 0;

	if (token_decode(svc->url_keys, TOKEN_CERT, r->stars[1], &id) == 0)
		rc = cert_get(db, r->arena, id, auth_of(r)->account.id, &d->cert, err);
	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND, "There is no such certificate");
	if (rc < 0 ||
	    (rc = issuer_by_id(db, r->arena, d->cert.issuer_id, &d->issuer, err)) < 0)
		return -1;
	if (rc == 0)
		return err_internal(err, "certificate %llu has no issuer",
		    (unsigned long long)id);
	return issuer_chains(db, r->arena, d->issuer.id, &d->others, &d->nothers, err);
}

/* All chains but the one that is sent; 0 is the issuer's own (CRT-03). */
static void
link_others(struct req *r, const struct download *d, unsigned sent)
{
	char token[TOKEN_LEN + 1];
	struct view url;
	size_t i;

	token_encode(service_of(r)->url_keys, TOKEN_CERT, d->cert.id, token);
	url = url_cert(r->arena, &auth_of(r)->base, token);
	if (sent != 0)
		reply_header_printf(&r->reply, "Link", "<%.*s>;rel=\"alternate\"",
		    VIEW_ARG(url));
	for (i = 0; i < d->nothers; i++)
		if (d->others[i].number != sent)
			reply_header_printf(&r->reply, "Link", "<%.*s/%u>;rel=\"alternate\"",
			    VIEW_ARG(url), d->others[i].number);
}

static void
send_chain(struct req *r, const struct download *d, struct view chain)
{
	pem_put(&r->reply.body, "CERTIFICATE", d->cert.der);
	buf_put(&r->reply.body, chain);
	reply_type(&r->reply, TYPE_PEM);
}

/* Where its issuer is found stands in the certificate itself. */
static int
send_leaf(struct req *r, const struct download *d, struct err *err)
{
	struct cert_facts facts;

	if (x509_read(r->arena, d->cert.der, &facts, err) != 0)
		return err_internal(err, "certificate %llu cannot be read",
		    (unsigned long long)d->cert.id);
	buf_put(&r->reply.body, d->cert.der);
	reply_type(&r->reply, TYPE_DER);
	reply_header_printf(&r->reply, "Link", "<%.*s>;rel=\"up\"", VIEW_ARG(facts.issuer_url));
	return 0;
}

/* The first time is written down, with the nonce of the request. */
static int
collect(struct req *r, const struct download *d, struct err *err)
{
	if (d->cert.is_collected)
		return 0;
	return cert_collect(service_of(r)->store, &auth_of(r)->nonce.once, &d->cert, err);
}

int
cert_read(struct req *r, struct err *err)
{
	struct download d;

	if (find(r, &d, err) != 0 || collect(r, &d, err) != 0)
		return -1;
	if (accept_weight(r->accept, TYPE_DER) > accept_weight(r->accept, TYPE_PEM))
		return send_leaf(r, &d, err);
	send_chain(r, &d, d.issuer.chain);
	link_others(r, &d, 0);
	return 0;
}

int
cert_read_other(struct req *r, struct err *err)
{
	struct download d;
	uint64_t number;
	size_t i;

	if (find(r, &d, err) != 0)
		return -1;
	for (i = 0; view_u64(r->stars[2], UINT16_MAX, &number) == 0 && i < d.nothers; i++) {
		if (d.others[i].number != number)
			continue;
		if (collect(r, &d, err) != 0)
			return -1;
		send_chain(r, &d, d.others[i].chain);
		link_others(r, &d, d.others[i].number);
		return 0;
	}
	return err_set(err, ERR_NOT_FOUND, "There is no such chain");
}
