/* SPDX-License-Identifier: BSD-2-Clause */
/* When to renew, and what an order replaces. */
#include "acme/renewal.h"

#include "auth/gate.h"
#include "base/random.h"
#include "crypto/certid.h"
#include "policy/renewal.h"
#include "store/renewal.h"
#include "store/revocation.h"

#define RETRY_S		21600	/* mean; clients come back as they like within (ARI-05) */
#define JITTER_S	1800
#define MAX_AGE_S	600	/* what the operator pulls forward is soon seen */

/* The certificate that is named: 1, 0 there is none of ours, -1 with ERR_MALFORMED too. */
static int
find(struct req *r, struct view text, struct certid *id, struct renewal *out, struct err *err)
{
	int rc;

	if (certid_parse(r->arena, text, id, err) != 0)
		return -1;
	rc = renewal_get(service_of(r)->store->db, r->arena, id->serial, out, err);
	return rc == 1 && !view_eq(out->ski, id->aki) ? 0 : rc;
}

int
renewal_info(struct req *r, struct err *err)
{
	struct renewal_window window;
	struct renewal_ask q;
	struct certid id;
	struct renewal n;
	struct jsonw w;
	int rc;

	if ((rc = find(r, r->stars[1], &id, &n, err)) < 0)
		return -1;
	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND, "There is no such certificate");
	q = (struct renewal_ask){ n.not_before_at, n.not_after_at, n.revoked_at,
	    n.pulled_from, n.pulled_to };
	window = renewal_window(&q);
	jsonw_init(&w, &r->reply.body);
	jsonw_open(&w);
	jsonw_key(&w, "suggestedWindow");
	jsonw_open(&w);
	jsonw_kv_time(&w, "start", window.start);
	jsonw_kv_time(&w, "end", window.end);
	jsonw_close(&w);
	if (n.explanation_url.n != 0)
		jsonw_kv_str(&w, "explanationURL", n.explanation_url);
	jsonw_close(&w);
	reply_type(&r->reply, "application/json");
	reply_header_printf(&r->reply, "Retry-After", "%llu", RETRY_S - JITTER_S / 2 +
	    (unsigned long long)random_below(JITTER_S));
	auth_of(r)->max_age = MAX_AGE_S;
	return 0;
}

static bool
has_common(const struct cert_facts *facts, const struct ident *ids, size_t n)
{
	size_t i, j;

	for (i = 0; i < facts->nidents; i++)
		for (j = 0; j < n; j++)
			if (ident_eq(&facts->idents[i], &ids[j]))
				return true;
	return false;
}

int
renewal_predecessor(struct req *r, const struct ident *ids, size_t n, struct view *text,
    uint64_t *cert_id, struct err *err)
{
	struct cert_facts facts = { .nidents = 0 };
	struct revocable cert;
	struct renewal known;
	struct certid id;
	int rc;

	*text = VIEW_NONE;
	*cert_id = 0;
	if ((rc = json_get_str(auth_of(r)->payload, "replaces", text, err)) <= 0)
		return rc;
	if ((rc = find(r, *text, &id, &known, err)) < 0)
		return -1;
	/* Clients try again without it when the type is malformed (ARI-14). */
	if (rc == 0)
		return err_set(err, ERR_MALFORMED, "'replaces' names no certificate of this CA");
	if (known.account_id != auth_of(r)->account.id)
		return err_set(err, ERR_UNAUTHORIZED,
		    "'replaces' names a certificate of another account");
	rc = revocable_get(service_of(r)->store->db, r->arena, id.serial, &cert, err);
	if (rc < 0 || (rc == 1 && x509_read(r->arena, cert.der, &facts, err) != 0))
		return -1;
	if (rc == 0 || !has_common(&facts, ids, n))
		return err_set(err, ERR_MALFORMED, "The certificate that 'replaces' names has "
		    "none of the order's identifiers");
	*cert_id = known.id;
	return 0;
}
