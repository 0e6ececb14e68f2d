/* SPDX-License-Identifier: BSD-2-Clause */
/* Judging the records of dns-persist-01. */
#include "policy/persist.h"

#include "base/base64url.h"
#include "base/buf.h"
#include "crypto/digest.h"
#include "wire/caarr.h"

#define HASH_NAME	"sha-256/"

static const char *const texts[] = {
	[PERSIST_MALFORMED]	= "its value is malformed",
	[PERSIST_OTHER_ISSUER]	= "it does not name this certification authority",
	[PERSIST_TWICE]		= "a parameter stands twice",
	[PERSIST_NO_ACCOUNT]	= "it names no account",
	[PERSIST_OTHER_ACCOUNT]	= "it names another account",
	[PERSIST_BAD_UNTIL]	= "its persistUntil is no time",
	[PERSIST_OVER]		= "its persistUntil is over",
	[PERSIST_NO_WILDCARD]	= "it lacks policy=wildcard",
	[PERSIST_PERMITTED]	= "it permits issuance",
};

const char *
persist_ruling_text(enum persist_ruling r)
{
	return texts[r];
}

struct view
persist_account_hash(struct arena *a, const struct persist_ask *ask, struct view domain,
    struct view thumbprint)
{
	struct buf b = BUF_INIT(1024 + domain.n + thumbprint.n + ask->account_url.n);
	char text[B64U_LEN(SHA256_LEN) + 1];
	uint8_t digest[SHA256_LEN], octet = (uint8_t)domain.n;	/* of at most 253 */

	buf_put(&b, view_from(&octet, 1));
	buf_put(&b, domain);
	buf_put(&b, thumbprint);
	buf_put(&b, ask->account_url);
	sha256(buf_view(&b), digest);
	buf_release(&b);
	b64u_encode(digest, sizeof(digest), text);
	return view_of(arena_printf(a, "%.*s" HASH_NAME "%s", VIEW_ARG(ask->hash_prefix), text));
}

/* Any key that the account had will do, and a record may leave its place open (DPE-04, DPE-16). */
static bool
is_account(struct arena *a, const struct persist_ask *ask, struct view uri)
{
	size_t i;

	if (ask->draft == CONF_PERSIST_01)
		return view_eq(uri, ask->account_url);
	for (i = 0; i < ask->nthumbprints; i++)
		if (view_eq(uri, persist_account_hash(a, ask, ask->domain,
		    ask->thumbprints[i])) || view_eq(uri, persist_account_hash(a, ask,
		    VIEW("*"), ask->thumbprints[i])))
			return true;
	return false;
}

static bool
is_ours(const struct persist_ask *ask, struct view issuer)
{
	size_t i;

	for (i = 0; i < ask->nissuers; i++)
		if (view_ieq(ask->issuers[i], issuer))
			return true;
	return false;
}

/* Decimal digits only (DPE-11); -1 when it is none or ends beyond all time. */
static int
parse_until(struct view text, int64_t *until)
{
	uint64_t n;

	if (view_u64(text, INT64_MAX, &n) != 0)
		return -1;
	*until = (int64_t)n;
	return 0;
}

/* The parameters of a record that names us. */
static enum persist_ruling
judge_params(struct arena *a, const struct persist_ask *ask, const struct caa_issue *record,
    int64_t *until)
{
	struct view account, policy, end;
	int has_account, has_policy, has_end;

	has_account = caa_issue_param(record, "accounturi", &account);
	has_policy = caa_issue_param(record, "policy", &policy);
	has_end = caa_issue_param(record, "persistuntil", &end);
	if (has_account < 0 || has_policy < 0 || has_end < 0)
		return PERSIST_TWICE;
	if (has_account == 0)
		return PERSIST_NO_ACCOUNT;
	if (!is_account(a, ask, account))
		return PERSIST_OTHER_ACCOUNT;
	if (has_end == 1 && parse_until(end, until) != 0)
		return PERSIST_BAD_UNTIL;
	if (has_end == 1 && ask->now > *until)
		return PERSIST_OVER;
	if (ask->wildcard && (has_policy == 0 || !view_ieq(policy, VIEW("wildcard"))))
		return PERSIST_NO_WILDCARD;
	return PERSIST_PERMITTED;
}

enum persist_ruling
persist_judge(struct arena *a, const struct persist_ask *ask, struct view value,
    int64_t *until)
{
	struct caa_issue record;

	*until = 0;
	if (caa_issue_parse(a, value, &record) != 0)
		return PERSIST_MALFORMED;
	if (!is_ours(ask, record.issuer))
		return PERSIST_OTHER_ISSUER;
	return judge_params(a, ask, &record, until);
}
