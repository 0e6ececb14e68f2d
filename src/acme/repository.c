/* SPDX-License-Identifier: BSD-2-Clause */
/* CRLs and issuer certificates, as DER. */
#include "acme/repository.h"

#include "auth/gate.h"
#include "store/cert.h"
#include "wire/timefmt.h"

#define CRL_MAX_AGE_S	300	/* a revocation is seen soon after it */

int
repository_enter(struct req *r UNUSED, struct err *err UNUSED)
{
	return 0;
}

int
repository_settle(struct req *r UNUSED, int rc, struct err *err UNUSED)
{
	return rc;
}

void
repository_fail(struct req *r, const struct err *err)
{
	struct jsonw w;

	r->reply.status = problem_status(err->kind);
	reply_type(&r->reply, "application/problem+json");
	if (err->retry_after_s != 0)
		reply_header_printf(&r->reply, "Retry-After", "%u", err->retry_after_s);
	jsonw_init(&w, &r->reply.body);
	problem_put(&w, err, NULL);
}

void
repository_finish(struct req *r)
{
	reply_header(&r->reply, "X-Content-Type-Options", VIEW("nosniff"));
}

/* The name before a file ending; -1 when it has another. */
static int
strip(struct view file, struct view ending, struct view *name)
{
	if (file.n <= ending.n || !view_ends(file, ending))
		return -1;
	*name = view_sub(file, 0, file.n - ending.n);
	return 0;
}

static int
find_issuer(struct req *r, struct view name, struct issuer *out, struct err *err)
{
	int rc = issuer_by_name(service_of(r)->store->db, r->arena, name, out, err);

	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND, "There is no issuer of that name");
	return rc < 0 ? -1 : 0;
}

int
repository_crl(struct req *r, struct err *err)
{
	char date[HTTPDATE_LEN + 1];
	struct issuer issuer;
	struct view name;
	uint64_t shard;
	struct crl crl;
	int rc;

	if (strip(r->stars[1], VIEW(".crl"), &name) != 0 ||
	    view_u64(name, UINT16_MAX, &shard) != 0)
		return err_set(err, ERR_NOT_FOUND, "There is no such CRL");
	if (find_issuer(r, r->stars[0], &issuer, err) != 0)
		return -1;
	rc = crl_newest(service_of(r)->store->db, r->arena, issuer.id, (unsigned)shard,
	    &crl, err);
	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND, "There is no such CRL");
	if (rc < 0)
		return -1;
	buf_put(&r->reply.body, crl.der);
	reply_type(&r->reply, "application/pkix-crl");
	reply_header_printf(&r->reply, "Cache-Control", "max-age=%d", CRL_MAX_AGE_S);
	httpdate_format(crl.this_update_at, date);
	reply_header_printf(&r->reply, "Last-Modified", "%s", date);
	return 0;
}

int
repository_issuer(struct req *r, struct err *err)
{
	struct issuer issuer;
	struct view name;

	if (strip(r->stars[0], VIEW(".crt"), &name) != 0)
		return err_set(err, ERR_NOT_FOUND, "There is no such certificate");
	if (find_issuer(r, name, &issuer, err) != 0)
		return -1;
	buf_put(&r->reply.body, issuer.cert);
	reply_type(&r->reply, "application/pkix-cert");
	reply_header(&r->reply, "Cache-Control", VIEW("max-age=86400"));
	return 0;
}
