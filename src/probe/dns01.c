/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dns-01: a TXT record below _acme-challenge is the digest of the key
 * authorization (RFC 8555 s8.4; DNS-01..08, DNS-11).  dns-account-01: the same
 * below a label of the account (draft-ietf-acme-dns-account-label; DAC-01..05).
 */
#include "probe/txtprobe.h"

#include "base/base32.h"
#include "base/base64url.h"
#include "crypto/digest.h"
#include "probe/excerpt.h"

#define OWNER_LABEL	"_acme-challenge."
#define ACCOUNT_HASH	10	/* octets of the account URL's hash in a label (DAC-02) */

static void
explain(const struct txt_seen *seen, struct err *err)
{
	char shown[EXCERPT_MAX];

	if (seen->nxdomain)
		err_set(err, ERR_DNS, "DNS problem: NXDOMAIN looking up TXT for %.*s - "
		    "check that a DNS record exists for this domain", VIEW_ARG(seen->owner));
	else if (seen->n == 0)
		err_set(err, ERR_UNAUTHORIZED, "No TXT record found at %.*s",
		    VIEW_ARG(seen->owner));
	else {
		excerpt(seen->values[0], shown, sizeof(shown));
		err_set(err, ERR_INCORRECT_RESPONSE, "Incorrect TXT record \"%s\"%s "
		    "found at %.*s", shown, seen->n > 1 ? " (and others)" : "",
		    VIEW_ARG(seen->owner));
	}
}

/* base64url of the SHA-256 of the key authorization (DNS-01). */
static struct view
digest_of(struct arena *arena, struct view key_authz)
{
	uint8_t digest[SHA256_LEN];
	char *text = arena_alloc(arena, B64U_LEN(sizeof(digest)) + 1);

	sha256(key_authz, digest);
	b64u_encode(digest, sizeof(digest), text);
	return view_of(text);
}

/* Any one record will do (DNS-02), but it must be the value exactly (DNS-04). */
static bool
is_proven(const struct prober *pr UNUSED, struct arena *arena, const struct probe_ask *ask,
    const struct txt_seen *seen, struct verdict *verdict)
{
	struct view expected = digest_of(arena, ask->key_authz);
	size_t i;

	for (i = 0; i < seen->n; i++)
		if (secret_equal(seen->values[i], expected))
			return true;
	explain(seen, &verdict->err);
	return false;
}

static const struct txt_rule rule_dns01 = { "dns-01", is_proven };
static const struct txt_rule rule_dnsaccount01 = { "dns-account-01", is_proven };

static struct probe *
start_dns01(const struct prober *pr, struct arena *arena, const struct probe_ask *ask,
    probe_done done, void *arg)
{
	struct view owner = view_of(arena_printf(arena, OWNER_LABEL "%.*s",
	    VIEW_ARG(ask->ident.value)));

	return txtprobe_start(&rule_dns01, owner, pr, arena, ask, done, arg);
}

/* The label is a hash of the account URL, so that accounts do not meet (DAC-02). */
static struct probe *
start_dnsaccount01(const struct prober *pr, struct arena *arena, const struct probe_ask *ask,
    probe_done done, void *arg)
{
	char label[BASE32_LEN(ACCOUNT_HASH) + 1];
	uint8_t hash[SHA256_LEN];
	struct view owner;

	sha256(ask->account_url, hash);
	base32_encode(hash, ACCOUNT_HASH, label);
	owner = view_of(arena_printf(arena, "_%s." OWNER_LABEL "%.*s", label,
	    VIEW_ARG(ask->ident.value)));
	return txtprobe_start(&rule_dnsaccount01, owner, pr, arena, ask, done, arg);
}

const struct probe_method probe_dns01 = { "dns-01", start_dns01, txtprobe_cancel };
const struct probe_method probe_dnsaccount01 = { "dns-account-01", start_dnsaccount01,
    txtprobe_cancel };
