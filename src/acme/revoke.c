/* SPDX-License-Identifier: BSD-2-Clause */
/* Who may revoke what, and for which reason (REV-01..13). */
#include "acme/revoke.h"

#include "acme/adn.h"
#include "crypto/x509.h"
#include "queue/bell.h"
#include "store/revocation.h"

/* By which right. */
enum right { RIGHT_ISSUED_TO, RIGHT_HOLDS_NAMES, RIGHT_HOLDS_KEY };

struct ask {
	struct cert_facts	 facts;
	struct revocable	 cert;
	int64_t			 reason;	/* as asked */
	enum right		 right;
};

static int
parse_reason(const struct json *payload, int64_t *reason, struct err *err)
{
	*reason = REVOKE_UNSPECIFIED;
	if (json_get_int(payload, "reason", reason, err) < 0)
		return -1;
	switch (*reason) {
	case REVOKE_UNSPECIFIED:
	case REVOKE_KEY_COMPROMISE:
	case REVOKE_AFFILIATION_CHANGED:
	case REVOKE_SUPERSEDED:
	case REVOKE_CESSATION_OF_OPERATION:
		return 0;
	default:
		return err_set(err, ERR_BAD_REVOCATION_REASON, "The reason can be 0 "
		    "(unspecified), 1 (keyCompromise), 3 (affiliationChanged), "
		    "4 (superseded) or 5 (cessationOfOperation)");
	}
}

/* The certificate that was sent must be ours to the byte (REV-02). */
static int
find(struct req *r, struct ask *a, struct err *err)
{
	struct view der;
	int rc;

	if (json_need_b64u(r->arena, auth_of(r)->payload, "certificate", &der, err) != 0)
		return -1;
	if (x509_read(r->arena, der, &a->facts, err) != 0)
		return err_set(err, ERR_MALFORMED, "'certificate' is not a certificate in DER");
	rc = revocable_get(service_of(r)->store->db, r->arena, a->facts.serial, &a->cert, err);
	if (rc < 0)
		return -1;
	if (rc == 0 || !view_eq(a->cert.der, der))
		return err_set(err, ERR_NOT_FOUND, "There is no such certificate");
	return 0;
}

static int
check_names(struct req *r, const struct ask *a, struct err *err)
{
	struct authz ignored;
	size_t i;
	int rc;

	for (i = 0; i < a->facts.nidents; i++) {
		rc = adn_holds(r, &a->facts.idents[i], r->now, &ignored, err);
		if (rc < 0)
			return -1;
		if (rc == 0)
			return err_set(err, ERR_UNAUTHORIZED, "The certificate was issued to "
			    "another account, and this one holds no authorization for all of "
			    "its names");
	}
	return 0;
}

static int
check_right(struct req *r, struct ask *a, struct err *err)
{
	const struct auth *auth = auth_of(r);
	uint8_t thumbprint[THUMBPRINT_LEN];

	if (auth->account.id == 0) {
		a->right = RIGHT_HOLDS_KEY;
		if (key_spki_thumbprint(a->facts.spki, thumbprint, err) != 0)
			return -1;
		if (!view_eq(view_from(thumbprint, sizeof(thumbprint)),
		    view_from(auth->thumbprint, sizeof(auth->thumbprint))))
			return err_set(err, ERR_UNAUTHORIZED,
			    "The request is not signed by the key of the certificate");
		return 0;
	}
	a->right = a->cert.account_id == auth->account.id ? RIGHT_ISSUED_TO :
	    RIGHT_HOLDS_NAMES;
	return a->right == RIGHT_ISSUED_TO ? 0 : check_names(r, a, err);
}

static int
check_state(const struct req *r, const struct ask *a, struct err *err)
{
	/* Who shows the key may still say that it is compromised (REV-09). */
	if (a->cert.is_revoked && (a->right != RIGHT_HOLDS_KEY || a->cert.is_compromised))
		return err_set(err, ERR_ALREADY_REVOKED, "The certificate is revoked already");
	if (a->cert.not_after_at < r->now)
		return err_set(err, ERR_UNAUTHORIZED, "The certificate has expired");
	return 0;
}

/* What the right allows to be said (REV-07, REV-10). */
static enum revoke_reason
reason_of(const struct ask *a)
{
	switch (a->right) {
	case RIGHT_HOLDS_KEY:
		return REVOKE_KEY_COMPROMISE;
	case RIGHT_HOLDS_NAMES:
		return REVOKE_CESSATION_OF_OPERATION;
	case RIGHT_ISSUED_TO:
		break;
	}
	return (enum revoke_reason)a->reason;
}

int
revoke(struct req *r, struct err *err)
{
	struct service *svc = service_of(r);
	struct auth *auth = auth_of(r);
	const struct job_route route = { svc->conf->host, svc->process };
	struct ask a = { .reason = 0 };
	uint8_t spki[SHA256_LEN];
	struct revocation rev;
	uint64_t job;

	if (auth->payload == NULL)
		return err_set(err, ERR_MALFORMED, "The payload is empty");
	if (parse_reason(auth->payload, &a.reason, err) != 0 || find(r, &a, err) != 0 ||
	    check_right(r, &a, err) != 0 || check_state(r, &a, err) != 0)
		return -1;
	rev = (struct revocation){ &a.cert, reason_of(&a), NULL,
	    auth->account.id != 0 ? auth->account.acme_account_id : VIEW("certificate key") };
	sha256(a.facts.spki, spki);
	if (rev.reason == REVOKE_KEY_COMPROMISE)
		rev.block = spki;
	if (revocation_put(svc->store, &auth->nonce.once, &rev, &route, &job, err) != 0)
		return -1;
	bell_ring(svc->bell, QUEUE_CRL, job);
	return 0;
}
