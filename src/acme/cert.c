/* SPDX-License-Identifier: BSD-2-Clause */
/* The chain as PEM, leaf first, root left out. */
#include "acme/cert.h"

#include "auth/gate.h"
#include "crypto/x509.h"
#include "store/cert.h"

static int
find(struct req *r, struct cert_der *c, struct issuer *issuer, struct err *err)
{
	struct service *svc = service_of(r);
	uint64_t id;
	int rc = 0;

	if (token_decode(svc->url_keys, TOKEN_CERT, r->stars[1], &id) == 0)
		rc = cert_get(svc->store->db, r->arena, id, auth_of(r)->account.id, c, err);
	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND, "There is no such certificate");
	if (rc < 0 || (rc = issuer_by_id(svc->store->db, r->arena, c->issuer_id, issuer,
	    err)) < 0)
		return -1;
	return rc == 1 ? 0 : err_internal(err, "certificate %llu has no issuer",
	    (unsigned long long)id);
}

int
cert_read(struct req *r, struct err *err)
{
	struct issuer issuer;
	struct cert_der c;

	if (find(r, &c, &issuer, err) != 0)
		return -1;
	pem_put(&r->reply.body, "CERTIFICATE", c.der);
	buf_put(&r->reply.body, issuer.chain);
	reply_type(&r->reply, "application/pem-certificate-chain");
	return 0;
}
